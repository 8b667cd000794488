#include "evaluation/complaint/complaint_rule.h"

#include "base/utf8.h"

/* ---- who reads it ------------------------------------------------------------------------------------------------- */

enum complaint_rank
complaint_rank_of(enum role role, struct place place, int point_kind)
{
	static const enum complaint_rank of_kind[] = { COMPLAINT_NO_RANK, COMPLAINT_CENTRE,
		COMPLAINT_TOWN, COMPLAINT_STATION, COMPLAINT_CENTRE, COMPLAINT_CENTRE };
	enum complaint_rank directs =
	    point_kind > 0 && point_kind < 6 ? of_kind[point_kind] : COMPLAINT_NO_RANK;
	enum complaint_rank rank = COMPLAINT_NO_RANK;
	enum place_level level = place_level(place);

	if (role == ROLE_OFFICIAL)
		rank = level <= PLACE_CITY ? COMPLAINT_CITY : COMPLAINT_COUNTY;
	else if (role == ROLE_ADMIN || role == ROLE_AUDITOR)
		rank =
		    COMPLAINT_COUNTY; /* they work for the whole city: the city's bureau reads it */
	else if (role == ROLE_DIRECTOR)
		rank = level >= PLACE_VILLAGE ? COMPLAINT_STATION
		    : level == PLACE_TOWN     ? COMPLAINT_TOWN
					      : COMPLAINT_CENTRE;
	return rank > directs ? rank : directs;
}

static bool
may_read(const struct complaint_candidate *c, enum complaint_rank floor)
{
	return c->active && !c->accused && !c->handled && !c->before &&
	    c->rank != COMPLAINT_NO_RANK &&
	    (c->rank > floor || (floor == COMPLAINT_CITY && c->rank == COMPLAINT_CITY));
}

static bool
comes_first(const struct complaint_candidate *a, const struct complaint_candidate *b)
{
	if (a->rank != b->rank)
		return a->rank < b->rank;
	return a->load != b->load ? a->load < b->load : a->account < b->account;
}

int
complaint_reader_choose(const struct complaint_candidate *v, size_t n, enum complaint_rank floor)
{
	int best = -1;

	for (size_t i = 0; i < n; i++)
		if (may_read(&v[i], floor) && (best < 0 || comes_first(&v[i], &v[best])))
			best = (int)i;
	return best;
}

/* ---- limits -------------------------------------------------------------------------------------------------------- */

static int64_t
after(const struct calendar *c, int64_t at_ms, int64_t n, enum clock_unit unit, bool roll)
{
	return clock_due(c, (struct clock_rule){ .count = (int)n, .unit = unit, .roll = roll },
	    at_ms, NULL, 0, at_ms)
	    .due_ms;
}

/* A review has one limit of the law: its days to answer; what it looks at first has no clock of our own. */
struct complaint_dues
complaint_dues_of(
    const struct calendar *c, const struct complaint_limits *l, int64_t at_ms, int level)
{
	int64_t review;

	if (level == 0)
		return (struct complaint_dues){ after(c, at_ms, l->verify_workdays, CLOCK_WORKDAY,
						    true),
			after(c, at_ms, l->tell_days, CLOCK_DAY, false),
			after(c, at_ms, l->mend_workdays, CLOCK_WORKDAY, true),
			after(c, at_ms, l->finish_days, CLOCK_DAY, false) };
	review = after(c, at_ms, l->review_days, CLOCK_DAY, false);
	return (struct complaint_dues){ review, review, review, review };
}

int64_t
complaint_extended_due(const struct calendar *c, int64_t finish_due_ms, int64_t days)
{
	return after(c, finish_due_ms, days, CLOCK_DAY, false);
}

int64_t
complaint_ask_until(const struct calendar *c, const struct complaint_limits *l, int64_t replied_ms)
{
	return after(c, replied_ms, l->ask_days, CLOCK_DAY, true);
}

bool
complaint_is_open(enum complaint_state s)
{
	return s >= COMPLAINT_RECEIVED && s <= COMPLAINT_REPLIED;
}

bool
complaint_finding_mends(enum complaint_finding f)
{
	return f == COMPLAINT_FOUNDED || f == COMPLAINT_PARTLY;
}

/* Still to be reached: the moment by which; INT64_MAX: reached, or not asked for. */
static void
targets_of(const struct complaint *c, int64_t due[static COMPLAINT_TARGETS])
{
	bool before_reply = c->state >= COMPLAINT_RECEIVED && c->state <= COMPLAINT_FOUND;
	bool mends = c->state == COMPLAINT_REPLIED || c->state == COMPLAINT_FOUND
	    ? c->remedies_open > 0 ||
		(c->state == COMPLAINT_FOUND && complaint_finding_mends(c->finding) &&
		    c->remedies == 0)
	    : before_reply;

	due[COMPLAINT_T_VERIFY] = c->state == COMPLAINT_RECEIVED ? c->verify_due_ms : INT64_MAX;
	due[COMPLAINT_T_TELL] = c->state == COMPLAINT_RECEIVED ? c->tell_due_ms : INT64_MAX;
	due[COMPLAINT_T_MEND] = mends ? c->mend_due_ms : INT64_MAX;
	due[COMPLAINT_T_FINISH] = before_reply ? c->finish_due_ms : INT64_MAX;
}

int64_t
complaint_next_due(const struct complaint *c)
{
	int64_t due[COMPLAINT_TARGETS], next = INT64_MAX;

	targets_of(c, due);
	for (int i = 0; i < COMPLAINT_TARGETS; i++)
		if ((c->late >> i & 1) == 0 && due[i] < next)
			next = due[i];
	return next;
}

int
complaint_late(const struct complaint *c, int64_t now_ms)
{
	int64_t due[COMPLAINT_TARGETS];
	int late = 0;

	targets_of(c, due);
	for (int i = 0; i < COMPLAINT_TARGETS; i++)
		if (due[i] < now_ms)
			late |= 1 << i;
	return late;
}

/* ---- may this be done ----------------------------------------------------------------------------------------------- */

#define S(state) (1u << COMPLAINT_##state)
/* From which states; words wanted. */
static const struct {
	unsigned from;
	bool words;
} deeds[COMPLAINT_DEEDS] = {
	[COMPLAINT_TELL] = { S(RECEIVED), true },
	[COMPLAINT_FORWARD] = { S(RECEIVED) | S(VERIFYING), true },
	[COMPLAINT_EXTEND] = { S(RECEIVED) | S(VERIFYING) | S(FOUND), true },
	[COMPLAINT_FIND] = { S(VERIFYING), true },
	[COMPLAINT_MEND] = { S(FOUND) | S(REPLIED), true },
	[COMPLAINT_DONE] = { S(FOUND) | S(REPLIED), true },
	[COMPLAINT_REPLY] = { S(FOUND), true },
	[COMPLAINT_TAKE] = { S(RECEIVED) | S(VERIFYING) | S(FOUND) | S(REPLIED), false },
	[COMPLAINT_ADD] = { S(RECEIVED) | S(VERIFYING) | S(FOUND), true },
	[COMPLAINT_WITHDRAW] = { S(RECEIVED) | S(VERIFYING) | S(FOUND), false },
	[COMPLAINT_RATE] = { S(REPLIED) | S(CLOSED), false },
	[COMPLAINT_REVIEW] = { S(REPLIED) | S(CLOSED), true },
};

static struct complaint_verdict
no(enum complaint_why why, int64_t bound)
{
	return (struct complaint_verdict){ why, bound };
}

static struct complaint_verdict
judge_extend(
    const struct complaint *c, const struct complaint_act *in, const struct complaint_limits *l)
{
	if (c->level > 0 || c->extended > 0)
		return no(COMPLAINT_ONCE, 0);
	return in->days < 1 || in->days > l->extend_days ? no(COMPLAINT_TOO_LONG, l->extend_days)
							 : no(COMPLAINT_MAY, 0);
}

static struct complaint_verdict
judge_find(const struct complaint_act *in)
{
	if (in->finding <= 0 || in->finding >= COMPLAINT_FINDINGS)
		return no(COMPLAINT_NO_FINDING, 0);
	return utf8_length(in->evidence) < COMPLAINT_WORDS_MIN
	    ? no(COMPLAINT_NO_EVIDENCE, COMPLAINT_WORDS_MIN)
	    : no(COMPLAINT_MAY, 0);
}

static struct complaint_verdict
judge_mend(const struct complaint *c, const struct complaint_act *in, int64_t now_ms)
{
	if (in->remedy <= 0 || in->remedy >= COMPLAINT_REMEDIES ||
	    !complaint_finding_mends(c->finding))
		return no(COMPLAINT_NO_REMEDY_NEEDED, 0);
	if (c->remedies >= COMPLAINT_REMEDIES_MAX)
		return no(COMPLAINT_TOO_MANY, COMPLAINT_REMEDIES_MAX);
	if (utf8_length(in->who) < 2)
		return no(COMPLAINT_NO_WHO, 0);
	return day_is_none(in->day) || in->day.n < day_of_moment(now_ms).n ? no(COMPLAINT_NO_DAY, 0)
									   : no(COMPLAINT_MAY, 0);
}

/* The last day counts for who asks; the second review ends it. */
static struct complaint_verdict
judge_review(const struct complaint *c, int64_t now_ms)
{
	if (c->level + 1 >= COMPLAINT_LEVELS)
		return no(COMPLAINT_LAST, 0);
	return now_ms > c->review_until_ms ? no(COMPLAINT_OVER, 0) : no(COMPLAINT_MAY, 0);
}

struct complaint_verdict
complaint_judge(const struct complaint *c, const struct complaint_act *in,
    const struct complaint_limits *l, int64_t now_ms)
{
	if (in->deed <= 0 || in->deed >= COMPLAINT_DEEDS ||
	    (deeds[in->deed].from >> c->state & 1) == 0)
		return no(COMPLAINT_NOT_NOW, 0);
	if (deeds[in->deed].words && utf8_length(in->words) < COMPLAINT_WORDS_MIN)
		return no(COMPLAINT_NO_WORDS, COMPLAINT_WORDS_MIN);
	switch ((int)in->deed) {
	case COMPLAINT_EXTEND:
		return judge_extend(c, in, l);
	case COMPLAINT_FIND:
		return judge_find(in);
	case COMPLAINT_MEND:
		return judge_mend(c, in, now_ms);
	case COMPLAINT_REPLY:
		return complaint_finding_mends(c->finding) && c->remedies == 0
		    ? no(COMPLAINT_NO_REMEDY, 0)
		    : no(COMPLAINT_MAY, 0);
	case COMPLAINT_RATE:
		if (c->grade != 0)
			return no(COMPLAINT_ONCE, 0);
		return in->grade < 1 || in->grade > 5 ? no(COMPLAINT_NO_GRADE, 0)
						      : no(COMPLAINT_MAY, 0);
	case COMPLAINT_REVIEW:
		return judge_review(c, now_ms);
	default:
		return no(COMPLAINT_MAY, 0);
	}
}

/* ---- shares of small numbers ------------------------------------------------------------------------------------------ */

static int64_t
root(int64_t n)
{
	int64_t r = 0;

	for (int64_t bit = INT64_C(1) << 30; bit > 0; bit >>= 1)
		if ((r + bit) * (r + bit) <= n)
			r += bit;
	return r;
}

/*
 * (2x + z² ± z √(z² + 4x(n−x)/n)) / (2(n + z²)), z = 1.96: in whole thousandths, so that every machine has the same.
 * Counts past a million are halved until the products fit.
 */
struct complaint_share
complaint_wilson(int64_t x, int64_t n)
{
	const int64_t z2 = 3842; /* z², thousandths */
	int64_t spread, low, high, below;

	while (n > 1000000) {
		n /= 2;
		x /= 2;
	}
	if (n <= 0 || x < 0 || x > n)
		return (struct complaint_share){ 0, 1000 };
	/* z √(…) in thousandths = √(z² · (z² + 4x(n−x)/n)) */
	spread = root(z2 * (z2 + 4000 * x * (n - x) / n));
	below = 2 * (1000 * n + z2);
	low = (2000 * x + z2 - spread) * 1000 / below;
	high = ((2000 * x + z2 + spread) * 1000 + below - 1) / below;
	return (struct complaint_share){ low < 0 ? 0 : low, high > 1000 ? 1000 : high };
}

enum complaint_light
complaint_light_of(int64_t x, int64_t n, int64_t permille, int64_t least)
{
	if (n < least)
		return COMPLAINT_FEW;
	if (complaint_wilson(x, n).low > permille)
		return COMPLAINT_HIGH;
	return x * 1000 > n * permille ? COMPLAINT_WATCH : COMPLAINT_FINE;
}
