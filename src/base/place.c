#include "base/place.h"

#define PLACE_MAX INT64_C(999999999999)

/* How many codes of 12 digits lie in a place of that level. */
static int64_t
level_span(enum place_level level)
{
	switch (level) {
	case PLACE_PROVINCE:
		return INT64_C(10000000000);
	case PLACE_CITY:
		return 100000000;
	case PLACE_COUNTY:
		return 1000000;
	case PLACE_TOWN:
		return 1000;
	case PLACE_NONE:
	case PLACE_VILLAGE:
	default:
		return 1;
	}
}

enum rc
place_parse(struct text t, struct place *ret)
{
	int64_t code;
	enum rc rc;

	if (t.n != 2 && t.n != 4 && t.n != 6 && t.n != 9 && t.n != 12)
		return RC_INVALID;
	if (t.p[0] < '0' || t.p[0] > '9')
		return RC_INVALID;
	rc = int64_parse(t, 0, PLACE_MAX, &code);
	if (rc != RC_OK)
		return rc;
	for (size_t n = t.n; n < 12; n++)
		code *= 10;
	if (code < level_span(PLACE_PROVINCE))
		return RC_INVALID;
	ret->code = code;
	return RC_OK;
}

enum place_level
place_level(struct place p)
{
	if (p.code < level_span(PLACE_PROVINCE) || p.code > PLACE_MAX)
		return PLACE_NONE;
	for (int level = PLACE_PROVINCE; level < PLACE_VILLAGE; level++)
		if (p.code % level_span((enum place_level)level) == 0)
			return (enum place_level)level;
	return PLACE_VILLAGE;
}

struct place
place_up(struct place p, enum place_level level)
{
	if (level == PLACE_NONE || place_level(p) == PLACE_NONE)
		return (struct place){ 0 };
	return (struct place){ p.code - p.code % level_span(level) };
}

struct place_range
place_range(struct place p)
{
	enum place_level level = place_level(p);

	if (level == PLACE_NONE)
		return PLACE_RANGE_EMPTY;
	return (struct place_range){ p.code, p.code + level_span(level) - 1 };
}

bool
place_range_has(struct place_range r, struct place p)
{
	return r.lo <= p.code && p.code <= r.hi;
}

int64_t
place_city4(struct place p)
{
	return p.code / level_span(PLACE_CITY);
}
