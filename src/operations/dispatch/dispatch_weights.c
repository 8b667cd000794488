#include "operations/dispatch/dispatch.h"

/* What the program comes with.  No paper fixes these numbers: a city decides them, and each version says who did. */
#define ROW(name, key, label, least, most, usual) [WEIGHT_##name] = { key, label, least, most, usual },
const struct dispatch_weight_row dispatch_weight_rows[WEIGHT_COUNT] = { DISPATCH_WEIGHTS(ROW) };

struct dispatch_weights
dispatch_weights_usual(void)
{
	struct dispatch_weights w;

	for (int i = 0; i < WEIGHT_COUNT; i++)
		w.v[i] = dispatch_weight_rows[i].usual;
	return w;
}

struct text
dispatch_weights_print(struct arena *a, const struct dispatch_weights *w)
{
	struct text ret = TEXT_NONE;

	for (int i = 0; i < WEIGHT_COUNT && ret.p != NULL; i++)
		ret = arena_format(a, "%.*s%s=%d\n", (int)ret.n, ret.p, dispatch_weight_rows[i].key, w->v[i]);
	return ret;
}

static const struct dispatch_weight_row *
row_of(struct text key)
{
	for (int i = 0; i < WEIGHT_COUNT; i++)
		if (text_equals(key, text_of(dispatch_weight_rows[i].key)))
			return &dispatch_weight_rows[i];
	return NULL;
}

static enum rc
weight_read(struct text line, struct dispatch_weights *ret, const struct dispatch_weight_row **ret_bad)
{
	struct text value = line, key = text_trim(text_cut(&value, '='));
	const struct dispatch_weight_row *row = row_of(key);
	int64_t n = 0;

	*ret_bad = row;
	if (row == NULL || int64_parse(text_trim(value), row->least, row->most, &n) != RC_OK)
		return RC_INVALID;
	ret->v[row - dispatch_weight_rows] = (int)n;
	return RC_OK;
}

enum rc
dispatch_weights_read(struct text t, struct dispatch_weights *ret, const struct dispatch_weight_row **ret_bad)
{
	struct dispatch_weights w = *ret;

	*ret_bad = NULL;
	while (t.n > 0) {
		struct text line = text_cut(&t, '\n');

		while (line.n > 0) {
			struct text one = text_trim(text_cut(&line, ','));
			enum rc rc = one.n == 0 || one.p[0] == '#' ? RC_OK : weight_read(one, &w, ret_bad);

			if (rc != RC_OK)
				return rc;
		}
	}
	*ret = w;
	return RC_OK;
}
