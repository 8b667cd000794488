#include "kit/msg/msg.h"
#include "resources/network/network_rule.h"

const struct choice point_kind_choices[] = {
	{ POINT_COUNTY, "county", T("市（区）公共法律服务中心") },
	{ POINT_TOWN, "town", T("镇（街道）公共法律服务中心") },
	{ POINT_STATION, "station", T("便民法律服务站") },
	{ POINT_HOTLINE, "hotline", T("12348 热线") },
	{ POINT_ONLINE, "online", T("网上平台") },
	{ 0, NULL, NULL },
};

const char *
point_kind_key(enum point_kind k)
{
	const struct choice *c = choice_by_value(point_kind_choices, (int)k);

	return c == NULL ? "" : c->key;
}

const char *
point_kind_label(enum point_kind k)
{
	const struct choice *c = choice_by_value(point_kind_choices, (int)k);

	return c == NULL ? "" : c->label;
}

const char *
point_kind_setting(enum point_kind k)
{
	static const char *const keys[POINT_KIND_COUNT] = {
		"", "point.kind.county", "point.kind.town", "point.kind.station", "point.kind.hotline", "point.kind.online",
	};

	return (unsigned)k < POINT_KIND_COUNT ? keys[k] : "";
}

/* ---- hours as text: "1-5,7 09:00-12:00; 8 10:00-12:00" ------------------------------------------- */

/* "09:00", "24:00". */
static enum rc
minute_read(struct text t, int *ret)
{
	struct text hours = text_cut(&t, ':');
	int64_t h, m;

	if (hours.n < 1 || hours.n > 2 || t.n != 2 || int64_parse(hours, 0, 24, &h) != RC_OK ||
	    int64_parse(t, 0, 59, &m) != RC_OK || h * 60 + m > 1440)
		return RC_INVALID;
	*ret = (int)(h * 60 + m);
	return RC_OK;
}

/* "1-5,8" as bits. */
static enum rc
weekdays_read(struct text t, unsigned *ret)
{
	*ret = 0;
	while (!text_is_empty(t)) {
		struct text part = text_cut(&t, ','), from = text_cut(&part, '-');
		int64_t lo, hi;

		if (int64_parse(from, 1, WEEKDAY_HOLIDAY, &lo) != RC_OK)
			return RC_INVALID;
		hi = lo;
		if (!text_is_empty(part) && int64_parse(part, lo, WEEKDAY_HOLIDAY, &hi) != RC_OK)
			return RC_INVALID;
		for (; lo <= hi; lo++)
			*ret |= 1U << lo;
	}
	return *ret == 0 ? RC_INVALID : RC_OK;
}

static enum rc
part_read(struct text t, struct point_hours *ret, size_t *n)
{
	struct text days = text_cut(&t, ' '), opens;
	unsigned set;
	int from, to;

	t = text_trim(t);
	opens = text_cut(&t, '-');
	if (weekdays_read(days, &set) != RC_OK || minute_read(text_trim(opens), &from) != RC_OK ||
	    minute_read(text_trim(t), &to) != RC_OK)
		return RC_INVALID;
	for (int day = 1; day <= WEEKDAY_HOLIDAY; day++) {
		if ((set & (1U << day)) == 0)
			continue;
		if (*n == POINT_HOURS_MAX)
			return RC_INVALID;
		ret[(*n)++] = (struct point_hours){ day, from, to };
	}
	return RC_OK;
}

enum rc
point_hours_read(struct text t, struct point_hours ret[static POINT_HOURS_MAX], size_t *ret_n)
{
	size_t n = 0;

	while (!text_is_empty(t)) {
		struct text part = text_trim(text_cut(&t, ';'));

		if (!text_is_empty(part) && part_read(part, ret, &n) != RC_OK)
			return RC_INVALID;
	}
	if (!point_hours_are_sound(ret, n))
		return RC_INVALID;
	*ret_n = n;
	return RC_OK;
}

static unsigned
weekdays_of(const struct point_hours *hours, size_t n, struct point_hours like)
{
	unsigned set = 0;

	for (size_t i = 0; i < n; i++)
		if (hours[i].opens == like.opens && hours[i].closes == like.closes)
			set |= 1U << hours[i].weekday;
	return set;
}

static struct text
weekdays_print(struct arena *a, unsigned set)
{
	struct text t = TEXT_NONE;

	for (int day = 1; day <= WEEKDAY_HOLIDAY; day++) {
		int end = day;

		if ((set & (1U << day)) == 0)
			continue;
		while (end < WEEKDAY_HOLIDAY - 1 && (set & (1U << (end + 1))) != 0)
			end++;
		t = arena_format(a, "%.*s%s%d", (int)t.n, t.p, t.n > 0 ? "," : "", day);
		if (end > day)
			t = arena_format(a, "%.*s-%d", (int)t.n, t.p, end);
		day = end;
	}
	return t;
}

struct text
point_hours_print(struct arena *a, const struct point_hours *hours, size_t n)
{
	struct text t = TEXT_NONE;

	for (size_t i = 0; i < n; i++) {
		struct point_hours h = hours[i];
		struct text days;

		if (weekdays_of(hours, i, h) != 0)
			continue; /* said already */
		days = weekdays_print(a, weekdays_of(hours, n, h));
		t = arena_format(a, "%.*s%s%.*s %02d:%02d-%02d:%02d", (int)t.n, t.p, t.n > 0 ? "; " : "", (int)days.n, days.p,
		    h.opens / 60, h.opens % 60, h.closes / 60, h.closes % 60);
	}
	return t;
}
