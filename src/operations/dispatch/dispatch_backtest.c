/* What would other weights have done?  Past decisions in order of time, each with the loads those before it would have left. */
#include "operations/dispatch/dispatch_rule.h"
#include "operations/dispatch/dispatch_store.h"

#include "resources/network/network.h"
#include "standards/region/region.h"

#include <stdlib.h>

#define PEOPLE_SLOTS 16384       /* power of two */
#define PEOPLE_MAX 12000
#define ACTIVE_MAX 200000
#define BOUND ((size_t)64 << 20)

enum { WAS, WOULD };

struct somebody {
	int64_t account;
	int64_t assigned[2];
	int64_t open_delta, recent_delta;  /* would less was, at the moment looked at */
	int64_t wait_n, wait_minutes;      /* in all their acceptances */
	bool could;                        /* was a candidate without a bar at least once */
};

/*
 * A past decision that still counts: as load until its case closed, as recent until the window has passed.  The one who
 * really was asked carries it from the acceptance on (never: sent back), the one who would have been, at once.
 */
struct past { int64_t from_ms[2], until_ms[2], closed_ms; int who[2]; bool counts[2], loads[2]; };

/* What became of a decision: INT64_MAX for never. */
struct then { int64_t closed_ms, taken_ms; struct place place; };

struct test {
	struct backtest *ret;
	const struct dispatch_weights *w;
	struct arena *mem, *scratch;     /* scratch: of one decision */
	struct somebody *people;         /* by hash; account 0: free */
	struct past *past;
	size_t n_past;
	struct candidate *c;
};

/* ---- people -------------------------------------------------------------------------------------------- */

/* -1: nobody, or more people than there is room for. */
static int
person_at(struct test *t, int64_t account)
{
	size_t i = (size_t)dispatch_tie(1, account) & (PEOPLE_SLOTS - 1);

	if (account == 0)
		return -1;
	while (t->people[i].account != 0 && t->people[i].account != account)
		i = (i + 1) & (PEOPLE_SLOTS - 1);
	if (t->people[i].account == 0) {
		if (t->ret->people == PEOPLE_MAX)
			return -1;
		t->people[i].account = account;
		t->ret->people++;
	}
	return (int)i;
}

static enum rc
waits_load(struct tx *tx, const struct actor *actor, struct test *t)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_WAITS], NO_ARGS, &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int i = person_at(t, rows_int(row, 0));

		if (i < 0)
			continue;
		t->people[i].wait_n = rows_int(row, 1);
		t->people[i].wait_minutes = rows_int(row, 2);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- one decision ----------------------------------------------------------------------------------------- */

/* What person `who` has more (or less) than the stored facts say, at that moment: counted in, or out again. */
static void
past_side(struct test *t, struct past *p, int side, int64_t now_ms)
{
	struct somebody *s = p->who[side] >= 0 ? &t->people[p->who[side]] : NULL;
	bool begun = s != NULL && p->from_ms[side] <= now_ms;
	bool loads = begun && p->closed_ms > now_ms, counts = begun && p->until_ms[side] > now_ms;
	int sign = side == WOULD ? 1 : -1;

	if (s == NULL)
		return;
	s->open_delta += sign * ((int)loads - (int)p->loads[side]);
	s->recent_delta += sign * ((int)counts - (int)p->counts[side]);
	p->loads[side] = loads;
	p->counts[side] = counts;
}

static bool
is_over(const struct past *p, int64_t now_ms)
{
	for (int side = WAS; side <= WOULD; side++)
		if (p->who[side] >= 0 && p->from_ms[side] != INT64_MAX && (p->closed_ms > now_ms || p->until_ms[side] > now_ms))
			return false;
	return true;
}

static void
past_update(struct test *t, int64_t now_ms)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n_past; i++) {
		past_side(t, &t->past[i], WAS, now_ms);
		past_side(t, &t->past[i], WOULD, now_ms);
		if (!is_over(&t->past[i], now_ms))
			t->past[kept++] = t->past[i];
	}
	t->n_past = kept;
}

static void
past_add(struct test *t, const struct decision *d, const struct then *then, int was, int would)
{
	int64_t window = t->w->v[WEIGHT_FAIR_DAYS] * DAY_MS;
	struct past *p = &t->past[t->n_past++];

	*p = (struct past){ .who = { was, would }, .closed_ms = then->closed_ms, .from_ms = { then->taken_ms, d->at_ms } };
	for (int side = WAS; side <= WOULD; side++)
		p->until_ms[side] = p->from_ms[side] == INT64_MAX ? 0 : p->from_ms[side] + window;
}

static int
at_least_0(int64_t n)
{
	return n < 0 ? 0 : n > INT32_MAX ? INT32_MAX : (int)n;
}

static const struct candidate *
find(const struct candidate *c, size_t n, int64_t account)
{
	for (size_t i = 0; i < n; i++)
		if (c[i].account == account)
			return &c[i];
	return NULL;
}

static void
distance(struct test *t, struct backtest_side *s, const struct candidate *c, struct place matter)
{
	struct ctx ctx = { .mem = t->scratch };
	const struct division *d = region_find(matter, DAY_NONE);
	struct point p;
	int64_t metres;

	if (c->tier == TIER_HOTLINE || c->tier == TIER_ONLINE)
		s->city++;
	else if (c->place.code == matter.code && place_level(matter) == PLACE_VILLAGE)
		s->village++;
	else if (place_level(matter) >= PLACE_TOWN && place_up(c->place, PLACE_TOWN).code == place_up(matter, PLACE_TOWN).code)
		s->town++;
	else if (place_up(c->place, PLACE_COUNTY).code == place_up(matter, PLACE_COUNTY).code)
		s->county++;
	else
		s->city++;
	if (d == NULL || network_find(&ctx, c->point, &p) != RC_OK)
		return;
	metres = geo_distance_m(p.position, d->position);
	if (metres == INT64_MAX)
		return;
	s->km_n++;
	s->km_tenths += (metres + 50) / 100;
}

static void
side_count(struct test *t, int which, const struct candidate *c, struct place matter)
{
	struct backtest_side *s = which == WAS ? &t->ret->was : &t->ret->would;
	int i = c != NULL ? person_at(t, c->account) : -1;
	int64_t full;

	if (i < 0)
		return;
	s->chosen++;
	s->open_point += c->open == FACT_YES;
	t->people[i].assigned[which]++;
	s->wait_n += t->people[i].wait_n > 0;
	s->wait_minutes += t->people[i].wait_n > 0 ? t->people[i].wait_minutes / t->people[i].wait_n : 0;
	full = c->capacity > 0 ? INT64_C(1000) * c->load / c->capacity : 0;
	s->peak_permille = full > s->peak_permille ? full : s->peak_permille;
	distance(t, s, c, matter);
}

/* The facts as they would have been. */
static void
facts_shift(struct test *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int k = person_at(t, t->c[i].account);

		if (k < 0)
			continue;
		t->people[k].could |= t->c[i].bar == BAR_NONE;
		t->c[i].load = at_least_0(t->c[i].load + t->people[k].open_delta);
		t->c[i].recent = at_least_0(t->c[i].recent + t->people[k].recent_delta);
	}
}

static int64_t
holder_of(const struct decision *d)
{
	struct text rest = d->input, head = text_cut(&rest, '\n');
	int64_t ret = 0;

	for (int i = 0; i < 2; i++)
		(void)text_cut(&head, ' ');
	return int64_parse(head, INT64_MIN, INT64_MAX, &ret) == RC_OK ? ret : 0;
}

static enum rc
one(struct test *t, const struct decision *d, const struct then *then)
{
	const struct candidate *actual;
	size_t n = 0;
	enum rc rc = dispatch_decide_again(d, t->c, DISPATCH_CANDIDATES_MAX, &n);
	int was, would = -1;

	if (rc != RC_OK || d->engine != DISPATCH_ENGINE || t->n_past == ACTIVE_MAX) {
		t->ret->skipped++;
		return rc == RC_CORRUPT ? RC_OK : rc;
	}
	arena_reset(t->scratch);
	past_update(t, d->at_ms);
	actual = find(t->c, n, d->chosen);
	was = actual != NULL ? person_at(t, d->chosen) : -1;
	side_count(t, WAS, actual, then->place);
	facts_shift(t, n);
	dispatch_rank(t->w, d->seed, then->place, holder_of(d), t->c, n);
	if (n > 0 && t->c[0].bar == BAR_NONE) {
		would = person_at(t, t->c[0].account);
		side_count(t, WOULD, &t->c[0], then->place);
		t->ret->changed += t->c[0].account != d->chosen;
	}
	past_add(t, d, then, was, would);
	t->ret->decisions++;
	return RC_OK;
}

/* ---- all of them ------------------------------------------------------------------------------------------- */

static enum rc
some(struct tx *tx, const struct actor *actor, struct test *t, int64_t *ret_after)
{
	struct decision d;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_BACKTEST], ARGS(db_int(*ret_after)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		*ret_after = rows_int(row, 0);
		rc = dispatch_decision_read(row, &d);
		if (rc == RC_OK)
			rc = one(t, &d, &(struct then){ rows_int(row, 12), rows_int(row, 14), { rows_int(row, 13) } });
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static int
int64_compare(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

/* G = sum of (2i - n - 1) x_i over n times the sum of x, x ascending, i from 1 (Gini 1912). */
int64_t
dispatch_gini_permille(int64_t *counts, size_t n)
{
	int64_t sum = 0, weighted = 0;

	qsort(counts, n, sizeof *counts, int64_compare);
	for (size_t i = 0; i < n; i++) {
		sum += counts[i];
		weighted += (2 * ((int64_t)i + 1) - (int64_t)n - 1) * counts[i];
	}
	return sum == 0 ? 0 : 1000 * weighted / ((int64_t)n * sum);
}

static void
spread(struct test *t, int which, int64_t *counts)
{
	struct backtest_side *s = which == WAS ? &t->ret->was : &t->ret->would;
	size_t n = 0;

	for (size_t i = 0; i < PEOPLE_SLOTS; i++)
		if (t->people[i].account != 0 && (t->people[i].could || t->people[i].assigned[which] > 0))
			counts[n++] = t->people[i].assigned[which];
	s->gini_permille = dispatch_gini_permille(counts, n);
	s->most = n > 0 ? counts[n - 1] : 0;
	s->p90 = n > 0 ? counts[(n * 9 + 9) / 10 - 1] : 0;
}

enum rc
dispatch_backtest(struct tx *tx, const struct actor *actor, const struct dispatch_weights *w, struct backtest *ret)
{
	struct test t = { .ret = ret, .w = w, .mem = arena_create(BOUND),
		.scratch = arena_create((size_t)4 << 20) };
	int64_t after = 0, before = -1, *counts;
	enum rc rc = RC_OK;

	*ret = (struct backtest){ .decisions = 0 };
	if (t.mem == NULL || t.scratch == NULL) {
		arena_free(t.mem);
		arena_free(t.scratch);
		return RC_NO_MEMORY;
	}
	t.people = arena_array(t.mem, PEOPLE_SLOTS, sizeof *t.people);
	t.past = arena_array(t.mem, ACTIVE_MAX + 1, sizeof *t.past);
	t.c = arena_array(t.mem, DISPATCH_CANDIDATES_MAX, sizeof *t.c);
	counts = arena_array(t.mem, PEOPLE_SLOTS, sizeof *counts);
	if (t.people == NULL || t.past == NULL || t.c == NULL || counts == NULL)
		rc = RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = waits_load(tx, actor, &t);
	while (rc == RC_OK && after != before) {
		before = after;
		rc = some(tx, actor, &t, &after);
	}
	if (rc == RC_OK) {
		spread(&t, WAS, counts);
		spread(&t, WOULD, counts);
		ret->people = 0;
		for (size_t i = 0; i < PEOPLE_SLOTS; i++)
			ret->people += t.people[i].account != 0 && t.people[i].could;
	}
	arena_free(t.mem);
	arena_free(t.scratch);
	return rc;
}
