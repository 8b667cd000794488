/* What the tags of a way say. */
#include <string.h>

#include "kit/msg/msg.h"
#include "resources/circle/circle.h"

extern const char circle_speeds_csv[];
extern const size_t circle_speeds_csv_n;

#define KMH_MAX 200

/* ---- the table ----------------------------------------------------------------------------- */

/* "4.8" as 4800; an empty cell is 0. */
static bool
metres_an_hour(struct text t, uint32_t *ret)
{
	struct text whole = text_cut(&t, '.');
	int64_t kmh = 0, part = 0;

	*ret = 0;
	if (text_is_empty(whole) && text_is_empty(t))
		return true;
	if (int64_parse(whole, 0, KMH_MAX, &kmh) != RC_OK || t.n > 1 || (t.n == 1 && int64_parse(t,
	    0, 9, &part) != RC_OK))
		return false;
	*ret = (uint32_t)(kmh * 1000 + part * 100);
	return *ret > 0 && *ret <= KMH_MAX * 1000;
}

static const char *const speed_columns[] = { "class", "car_kmh", "ebike_kmh", "foot_kmh", NULL };

enum rc
circle_speeds_read(struct arena *mem, struct text csv, struct circle_speeds *ret, struct findings *findings)
{
	struct csv c;
	struct csv_record r;
	enum rc rc = csv_begin(&c, mem, csv, speed_columns, NULL, findings);

	ret->n = 0;
	if (rc != RC_OK)
		return rc;
	while ((rc = csv_next(&c, mem, &r, findings)) == RC_OK || rc == RC_INVALID) {
		struct text class = csv_field(&c, &r, "class");

		if (rc == RC_INVALID)
			continue;
		if (ret->n == CIRCLE_CLASSES_MAX || text_is_empty(class) ||
		    class.n >= sizeof ret->v[0].class) {
			csv_finding(findings, r.line, "class", T("道路等级要写 1 至 23 个字符，最多 64 级"), 0);
			continue;
		}
		memset(&ret->v[ret->n], 0, sizeof ret->v[0]);
		memcpy(ret->v[ret->n].class, class.p, class.n);
		for (int k = 0; k < ROUTE_MODES; k++)
			if (!metres_an_hour(csv_field(&c, &r, speed_columns[k + 1]), &ret->v[ret->n].mh[k]))
				csv_finding(findings, r.line, speed_columns[k + 1],
				    T("时速要写 0.1 至 200 公里，留空表示不通行"), 0);
		ret->n++;
	}
	if (rc != RC_DONE)
		return rc;
	return findings->total == 0 ? RC_OK : RC_INVALID;
}

enum rc
circle_speeds_carried(struct arena *mem, struct circle_speeds *ret)
{
	struct findings findings = { .n = 0 };
	enum rc rc = circle_speeds_read(mem, (struct text){ circle_speeds_csv,
	    circle_speeds_csv_n }, ret, &findings);

	return rc == RC_INVALID ? RC_INTERNAL : rc;
}

/* ---- tags ---------------------------------------------------------------------------------- */

struct tags { const struct circle_tag *v; size_t n; };

static struct text
tag(struct tags t, const char *key)
{
	for (size_t i = 0; i < t.n; i++)
		if (text_equals(t.v[i].key, text_of(key)))
			return t.v[i].value;
	return TEXT_NONE;
}

static bool
is_one_of(struct text t, const char *const *v)
{
	for (; *v != NULL; v++)
		if (text_equals(t, text_of(*v)))
			return true;
	return false;
}

static const char *const closed_words[] = { "no", "private", "use_sidepath", "agricultural",
    "forestry", "emergency", NULL };
static const char *const open_words[] = { "yes", "designated", "permissive", "destination",
    "customers", "official", "delivery", NULL };

/* The most special word counts: access, then the kind of vehicle, then the vehicle. */
static const char *const access_keys[ROUTE_MODES][5] = {
	[ROUTE_CAR] = { "motorcar", "motor_vehicle", "vehicle", "access", NULL },
	[ROUTE_EBIKE] = { "bicycle", "vehicle", "access", NULL },
	[ROUTE_FOOT] = { "foot", "access", NULL },
};

/* 1 open, 0 closed, -1 nothing said. */
static int
access_of(struct tags t, int mode)
{
	for (const char *const *key = access_keys[mode]; *key != NULL; key++) {
		struct text word = tag(t, *key);

		if (is_one_of(word, closed_words))
			return 0;
		if (is_one_of(word, open_words))
			return 1;
	}
	return -1;
}

/* "50", "30 mph", "walk"; 0: nothing that could be read. */
static uint32_t
posted_of(struct tags t)
{
	struct text word = tag(t, "maxspeed"), digits = text_cut(&word, ' ');
	int64_t n;

	if (int64_parse(digits, 1, 300, &n) != RC_OK)
		return 0;
	if (text_equals(text_trim(word), TEXT("mph")))
		n = n * 1609 / 1000;
	else if (!text_is_empty(word) && !text_equals(text_trim(word), TEXT("km/h")))
		return 0;
	return (uint32_t)(n > KMH_MAX ? KMH_MAX : n) * 1000;
}

/* 1 along, -1 against, 0 both. */
static int
one_way_of(struct tags t, const char *key, bool round)
{
	static const char *const along[] = { "yes", "true", "1", NULL }, *const against[] = { "-1",
	    "reverse", NULL };
	struct text word = tag(t, key);

	if (is_one_of(word, along))
		return 1;
	if (is_one_of(word, against))
		return -1;
	return text_is_empty(word) && round ? 1 : 0;
}

static bool
is_round(struct tags t)
{
	struct text highway = tag(t, "highway"), junction = tag(t, "junction");

	return text_equals(highway, TEXT("motorway")) || text_equals(junction, TEXT("roundabout")) ||
	    text_equals(junction, TEXT("circular"));
}

bool
circle_way_of(const struct circle_speeds *speeds, const struct circle_tag *v, size_t n,
    struct circle_way *ret)
{
	struct tags t = { v, n };
	struct text class = tag(t, "highway");
	uint32_t posted = posted_of(t);
	bool any = false;
	size_t row = 0;

	*ret = (struct circle_way){ .forth = { 0 } };
	while (row < speeds->n && !text_equals(class, text_of(speeds->v[row].class)))
		row++;
	if (row == speeds->n || text_equals(tag(t, "area"), TEXT("yes")))
		return false;
	for (int k = 0; k < ROUTE_MODES; k++) {
		int access = access_of(t, k), way = k == ROUTE_FOOT ? 0 : one_way_of(t, "oneway",
		    is_round(t));
		uint32_t mh = access == 0 ? 0 : speeds->v[row].mh[k];

		if (access == 1 && mh == 0 && k == ROUTE_EBIKE)
			mh = 12000; /* a footway where bicycles are let in */
		if (k == ROUTE_CAR && mh > 0 && posted > 0)
			mh = posted / 100 * 85;
		if (k == ROUTE_EBIKE && !text_is_empty(tag(t, "oneway:bicycle")))
			way = one_way_of(t, "oneway:bicycle", false);
		ret->forth[k] = way >= 0 ? mh : 0;
		ret->back[k] = way <= 0 ? mh : 0;
		any = any || mh > 0;
	}
	return any;
}
