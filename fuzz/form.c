/* Input: values of the fields in order, separated by 0x1E; one too many repeats the flags. */
#include "fuzz.h"

#define VALUES_MAX 24

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text rest = fuzz_text(data, size);
	struct param v[VALUES_MAX];
	struct params params = { v, 0 };
	struct arena *a = arena_create((size_t)1 << 20);
	struct fuzz_values values;
	struct findings findings = { .n = 0 };
	struct typed typed;
	enum rc rc;

	if (a == NULL)
		return 0;
	while (rest.n > 0 && params.n < VALUES_MAX) {
		const char *key = params.n < fuzz_form.n ? fuzz_fields[params.n].key : "f";

		v[params.n++] = (struct param){ text_of(key), text_cut(&rest, 0x1E) };
	}
	rc = form_read(&fuzz_form, params, FUZZ_TODAY, a, &values, &typed, &findings);
	PROMISE(rc == RC_OK ? findings.total == 0 : rc == RC_NO_MEMORY || findings.total > 0);
	fuzz_findings_check(&findings);
	if (rc != RC_NO_MEMORY) {
		fuzz_values_check(&values);
		for (size_t i = 0; i < fuzz_form.n; i++)
			PROMISE(typed.v[i].p != NULL && utf8_check(typed.v[i], true) == UTF8_FINE);
		for (size_t i = 0; i < findings.n; i++)
			PROMISE(finding_text(a, LANG_EN, &findings.v[i]).p != NULL);
	}
	arena_free(a);
	return 0;
}
