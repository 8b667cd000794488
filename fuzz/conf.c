#include "fuzz.h"
#include "kit/conf/conf.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text t = fuzz_text(data, size), value = t, key, why = TEXT_NONE;
	struct arena *a = arena_create((size_t)1 << 20);
	struct conf c = { .port = -1 };
	enum rc rc;

	if (a == NULL)
		return 0;
	rc = conf_read(t, a, &c, &why);
	PROMISE(rc == RC_OK ? c.port >= 0 && c.port <= 65535 && c.listen != NULL : c.port == -1);
	PROMISE(rc != RC_INVALID || text_starts_with(why, TEXT("line ")));
	if (conf_read(TEXT_NONE, a, &c, &why) == RC_OK) {
		key = text_cut(&value, '=');
		rc = conf_set(&c, a, text_trim(key), value, &why);
		PROMISE(rc == RC_OK || why.n > 0);
		PROMISE(conf_db(&c, a).p != NULL);
	}
	arena_free(a);
	return 0;
}
