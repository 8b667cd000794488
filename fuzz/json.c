#include <string.h>

#include <jansson.h>

#include "fuzz.h"
#include "kit/json/json.h"

/* Any bytes written as a string are JSON, and clean ones are read back as they were. */
static void
string_try(struct text t)
{
	struct buf b;
	struct json j;
	json_t *root;

	buf_init(&b, t.n * 6 + 64);
	json_init(&j, &b);
	json_begin_array(&j, NULL);
	json_text(&j, NULL, t);
	json_end_array(&j);
	PROMISE(buf_rc(&b) == RC_OK);
	root = json_loadb(b.p, b.n, JSON_ALLOW_NUL, NULL);
	PROMISE(root != NULL);
	if (utf8_check(t, true) == UTF8_FINE) {
		json_t *s = json_array_get(root, 0);

		PROMISE(json_string_length(s) == t.n && memcmp(json_string_value(s), t.p, t.n) == 0);
	}
	json_decref(root);
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create((size_t)4 << 20);
	struct findings findings = { .n = 0 };
	struct fuzz_values values;
	struct params params;
	struct typed typed;
	enum rc rc;

	if (a == NULL)
		return 0;
	if (size > 0)
		string_try(fuzz_text(data, size));
	rc = json_params(fuzz_text(data, size), a, &params, &findings);
	PROMISE(rc == RC_OK ? findings.total == 0 : rc == RC_NO_MEMORY || findings.total > 0);
	if (rc == RC_OK && form_read(&fuzz_form, params, FUZZ_TODAY, a, &values, &typed, &findings) == RC_OK)
		fuzz_values_check(&values);
	fuzz_findings_check(&findings);
	arena_free(a);
	return 0;
}
