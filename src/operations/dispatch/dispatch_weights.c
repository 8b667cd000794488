#include "operations/dispatch/dispatch.h"

#include "kit/msg/msg.h"

/* What the program comes with.  No paper fixes these numbers: a city decides them, and each version says who did. */
const struct dispatch_weight_row dispatch_weight_rows[WEIGHT_COUNT] = {
	[WEIGHT_VILLAGE] = { "village", T("同村（社区）得分"), 0, 1000, 40 },
	[WEIGHT_TOWN] = { "town", T("同镇（街道）得分"), 0, 1000, 30 },
	[WEIGHT_COUNTY] = { "county", T("同县（区）得分"), 0, 1000, 20 },
	[WEIGHT_CITY] = { "city", T("全市、热线得分"), 0, 1000, 10 },
	[WEIGHT_ITEM_OWN] = { "item_own", T("本人列明办此事项得分"), 0, 1000, 30 },
	[WEIGHT_ITEM_ANY] = { "item_any", T("本人没有列事项得分"), 0, 1000, 10 },
	[WEIGHT_LOAD] = { "load", T("手上没有在办得分（越满越少）"), 0, 1000, 20 },
	[WEIGHT_OPEN] = { "open", T("站点正在开放得分（不清楚算一半）"), 0, 1000, 10 },
	[WEIGHT_DUTY] = { "duty", T("正在值班得分（不清楚算一半）"), 0, 1000, 10 },
	[WEIGHT_LANGUAGE] = { "language", T("会说来访人要的语言得分"), 0, 1000, 30 },
	[WEIGHT_LANGUAGE_MUST] = { "language_must", T("不会说就不派（1 是，0 否）"), 0, 1, 0 },
	[WEIGHT_FAIR] = { "fair", T("近期没有派过得分（越多越少）"), 0, 1000, 10 },
	[WEIGHT_FAIR_FULL] = { "fair_full", T("近期派到多少件就不得分"), 1, 1000, 20 },
	[WEIGHT_FAIR_DAYS] = { "fair_days", T("近期是多少天"), 1, 366, 14 },
	[WEIGHT_SAME] = { "same", T("以前服务过同一个人得分"), 0, 1000, 25 },
	[WEIGHT_SAME_DAYS] = { "same_days", T("以前是多少天以内"), 1, 3660, 365 },
};

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
