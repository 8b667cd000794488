#include <string.h>

#include "fuzz.h"
#include "resources/circle/circle.h"

static void
import_check(struct arena *a, const struct circle_import *m)
{
	struct route_net net;
	struct route_findings f;

	for (uint32_t i = 0; i < m->links.m; i++)
		PROMISE(m->links.link[i].from < m->links.n && m->links.link[i].to < m->links.n);
	PROMISE(route_build(a, a, m->links.at, m->links.n, m->links.link, m->links.m, &net, NULL, &f) == RC_OK);
	PROMISE(f.v[ROUTE_FAULT_RANGE].n == 0 && f.v[ROUTE_FAULT_LONG].n == 0 && f.v[ROUTE_FAULT_ZERO].n == 0);
	PROMISE(route_net_is_sound(&net));
}

/* The input up to its first zero byte is nodes, places and speeds; what follows is edges. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text edges = fuzz_text(data, size), nodes = text_cut(&edges, '\0');
	struct arena *a = arena_create((size_t)512 << 20);
	struct circle_speeds *speeds;
	struct circle_import m;
	struct circle_places places;
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
		import_check(a, &m);
	f = (struct findings){ .n = 0 };
	rc = circle_places_read(a, nodes, ROUTE_DATUM_BD09, &places, &f);
	PROMISE(rc == RC_OK ? f.total == 0 : rc == RC_NO_MEMORY || f.total > 0);
	fuzz_findings_check(&f);
	for (uint32_t i = 0; rc == RC_OK && i < places.n; i++)
		PROMISE(places.v[i].at.lat >= -900000000 && places.v[i].at.lat <= 900000000);
	arena_free(a);
	return 0;
}
