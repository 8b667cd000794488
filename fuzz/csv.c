#include <string.h>

#include "fuzz.h"
#include "kit/csv/csv.h"

/* A record written again is read as the same. */
static void
record_try(struct arena *a, const struct csv_record *r)
{
	struct csv c;
	struct csv_record again;
	struct findings findings = { .n = 0 };
	struct buf b;
	size_t bytes = 16;

	for (size_t i = 0; i < r->n; i++)
		bytes += r->fields[i].n * 2 + 8;
	buf_init(&b, bytes);
	for (size_t i = 0; i < r->n; i++) {
		if (i > 0)
			csv_comma(&b);
		csv_cell(&b, r->fields[i]);
	}
	csv_line(&b);
	PROMISE(buf_rc(&b) == RC_OK);
	c = (struct csv){ .rest = buf_text(&b), .line = 1 };
	PROMISE(csv_next(&c, a, &again, &findings) == RC_OK && again.n == r->n);
	for (size_t i = 0; i < r->n; i++)
		PROMISE(text_equals(again.fields[i], r->fields[i]));
	PROMISE(c.rest.n == 0);
	buf_free(&b);
}

static void
records_try(struct text t)
{
	struct arena *a = arena_create((size_t)4 << 20);
	struct findings findings = { .n = 0 };
	struct csv c;
	struct csv_record r;
	enum rc rc = a == NULL ? RC_NO_MEMORY : csv_open(&c, a, t, &findings);

	while (rc == RC_OK || rc == RC_INVALID) {
		if (rc == RC_INVALID && c.n_heading == 0)
			break;
		rc = csv_next(&c, a, &r, &findings);
		if (rc == RC_OK)
			record_try(a, &r);
	}
	fuzz_findings_check(&findings);
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text t = fuzz_text(data, size);
	struct arena *a = arena_create((size_t)4 << 20);
	struct findings findings = { .n = 0 };
	struct csv_rows rows = { .n = 0 };
	enum rc rc;

	if (a == NULL)
		return 0;
	records_try(t);
	rc = csv_form_read(t, &fuzz_form, FUZZ_TODAY, 50, a, &rows, &findings);
	PROMISE(rc == RC_OK ? findings.total == 0 : rc == RC_NO_MEMORY || findings.total > 0);
	PROMISE(rc == RC_OK || rows.n == 0);
	for (size_t i = 0; i < rows.n; i++)
		fuzz_values_check(csv_row(&rows, i));
	fuzz_findings_check(&findings);
	arena_free(a);
	return 0;
}
