#include "circle_import.h"

/* The input up to its first zero byte is nodes and speeds; what follows is edges. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text edges = fuzz_text(data, size), nodes = text_cut(&edges, '\0');
	struct arena *a = arena_create((size_t)512 << 20);
	struct circle_speeds *speeds;
	struct circle_import m;
	struct findings f = { .n = 0 };
	bool in_edges;
	enum rc rc;

	if (a == NULL || size > 65536) {
		arena_free(a);
		return 0;
	}
	speeds = ARENA_NEW(a, struct circle_speeds);
	rc = circle_speeds_read(a, nodes, speeds, &f);
	PROMISE(rc == RC_OK ? f.total == 0 && speeds->n <= CIRCLE_CLASSES_MAX : rc == RC_NO_MEMORY || f.total > 0);
	PROMISE(circle_speeds_carried(a, speeds) == RC_OK);
	f = (struct findings){ .n = 0 };
	rc = circle_csv_import(a, a, nodes, edges, ROUTE_DATUM_GCJ02, speeds, (struct circle_bounds){ 0, 0, 0, 0 }, &m, &f, &in_edges);
	PROMISE(rc == RC_OK ? f.total == 0 : rc == RC_NO_MEMORY || f.total > 0);
	fuzz_findings_check(&f);
	if (rc == RC_OK)
		fuzz_import_check(a, &m);
	arena_free(a);
	return 0;
}
