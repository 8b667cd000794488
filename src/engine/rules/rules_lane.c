/*
 * rules_lane: one operation over all lanes of a block.  Values are worked out for every lane, whatever
 * its state, in loops of fixed length; the states follow only where one of the operands is not clean.
 * What a lane that is not known holds need not be within its bounds, so sums and products wrap.
 */
#include "engine/rules/rules_batch_internal.h"

#define EACH(i) for (int i = 0; i < RULES_BLOCK; i++)
#define WRAP(a, sign, b) (int64_t)((uint64_t)(a) sign (uint64_t)(b))

static const uint16_t all_known[RULES_BLOCK];

const uint16_t *
rules_lane_states(const struct rules_lane *l)
{
	return l->clean ? all_known : l->s;
}

void
rules_lane_settle(struct rules_lane *l)
{
	unsigned any = 0;

	if (l->clean)
		return;
	EACH(i)
		any |= l->s[i];
	l->clean = any == 0;
}

RULES_HOT void
rules_lane_merge(struct rules_lane *r, const struct rules_lane *a, const struct rules_lane *b)
{
	const uint16_t *x = rules_lane_states(a), *y = rules_lane_states(b);

	r->clean = a->clean && b->clean;
	if (r->clean)
		return;
	EACH(i) {
		if (x[i] >= LANE_FAILED)
			r->n[i] = a->n[i];
		else if (y[i] >= LANE_FAILED)
			r->n[i] = b->n[i];
		r->s[i] = x[i] >= LANE_FAILED ? x[i] : y[i] >= LANE_FAILED ? y[i] : (uint16_t)(x[i] | y[i]);
	}
}

void
rules_lane_copy(struct rules_lane *r, const struct rules_lane *a)
{
	EACH(i)
		r->n[i] = a->n[i];
	r->clean = a->clean;
	if (!a->clean)
		EACH(i)
			r->s[i] = a->s[i];
}

RULES_HOT void
rules_lane_select(struct rules_lane *r, const struct rules_lane *c, const struct rules_lane *a, const struct rules_lane *b)
{
	const uint16_t *z = rules_lane_states(c), *x = rules_lane_states(a), *y = rules_lane_states(b);
	const int64_t *restrict cn = c->n, *restrict an = a->n, *restrict bn = b->n;
	int64_t *restrict n = r->n;

	EACH(i)
		n[i] = cn[i] != 0 ? an[i] : bn[i];
	r->clean = c->clean && a->clean && b->clean;
	if (r->clean)
		return;
	EACH(i) {
		if (z[i] == 0) {
			r->s[i] = cn[i] != 0 ? x[i] : y[i];
		} else if (z[i] >= LANE_FAILED) {
			r->s[i] = z[i];
			n[i] = cn[i];
		} else {
			r->s[i] = x[i] == 0 && y[i] == 0 && an[i] == bn[i] ? 0 : LANE_MISSING;
			n[i] = an[i];
		}
	}
	rules_lane_settle(r);
}

RULES_HOT void
rules_lane_logic(struct rules_lane *r, const struct rules_lane *a, const struct rules_lane *b, int64_t decides)
{
	const uint16_t *x = rules_lane_states(a), *y = rules_lane_states(b);
	const int64_t *restrict an = a->n, *restrict bn = b->n;
	int64_t *restrict n = r->n;

	if (decides != 0)
		EACH(i)
			n[i] = an[i] | bn[i];
	else
		EACH(i)
			n[i] = an[i] & bn[i];
	r->clean = a->clean && b->clean;
	if (r->clean)
		return;
	EACH(i) {
		bool decided = (x[i] == 0 && an[i] == decides) || (y[i] == 0 && bn[i] == decides);

		if (decided) {
			r->s[i] = 0;
			n[i] = decides;
		} else if (x[i] >= LANE_FAILED) {
			r->s[i] = x[i];
			n[i] = an[i];
		} else if (y[i] >= LANE_FAILED) {
			r->s[i] = y[i];
			n[i] = bn[i];
		} else {
			r->s[i] = (uint16_t)(x[i] | y[i]);
		}
	}
	rules_lane_settle(r);
}

/* ---- values that need nothing but values ---------------------------------------------------------------- */

#define LANES(expression) do { EACH(i) n[i] = (expression); return true; } while (0)

/* False: not one of these. */
RULES_HOT static bool
plain(const struct rules_node *e, int64_t *restrict n, const int64_t *restrict a, const int64_t *restrict b)
{
	switch ((int)e->op) {
	case OP_ADD:
		LANES(WRAP(a[i], +, b[i]));
	case OP_SUB:
	case OP_DAYS:
		LANES(WRAP(a[i], -, b[i]));
	case OP_MUL:
		LANES(WRAP(a[i], *, b[i]));
	case OP_LARGER:
		LANES(a[i] > b[i] ? a[i] : b[i]);
	case OP_SMALLER:
		LANES(a[i] < b[i] ? a[i] : b[i]);
	case OP_EQ:
		LANES(a[i] == b[i]);
	case OP_NE:
		LANES(a[i] != b[i]);
	case OP_LT:
		LANES(a[i] < b[i]);
	case OP_LE:
		LANES(a[i] <= b[i]);
	default:
		return false;
	}
}

RULES_HOT static bool
plain_one(const struct rules_node *e, int64_t *restrict n, const int64_t *restrict a)
{
	int64_t k = e->n;

	switch ((int)e->op) {
	case OP_NOT:
		LANES(a[i] == 0);
	case OP_ABS:
		LANES(a[i] < 0 ? WRAP(0, -, a[i]) : a[i]);
	case OP_SCALE:
		LANES(WRAP(a[i], *, k));
	case OP_IN:
		LANES((int64_t)(((uint64_t)k >> (a[i] & 63)) & 1));
	default:
		return false;
	}
}

/* ---- lane by lane ------------------------------------------------------------------------------------------- */

/* Rounding in 64 bits where the bounds allow it, which is nearly always. */
static bool
rounds_small(const struct rules_node *e)
{
	const struct rules_node *a = e->kid[0], *b = e->kid[1];
	rules_wide size = a->most > -(rules_wide)a->least ? a->most : -(rules_wide)a->least;
	rules_wide by = b == NULL ? 1 : b->most > -(rules_wide)b->least ? b->most : -(rules_wide)b->least;

	return size * e->n < INT64_MAX / 4 && by * e->d < INT64_MAX / 4;
}

static inline __attribute__((always_inline)) int64_t
round_small(int64_t whole, int64_t d, enum rules_rounding mode)
{
	int64_t q = whole / d, r = whole % d, twice = r < 0 ? -r * 2 : r * 2;
	int64_t away = r < 0 ? -1 : 1;

	if (r == 0)
		return q;
	switch (mode) {
	case ROUND_HALF_UP:
		return twice >= d ? q + away : q;
	case ROUND_HALF_EVEN:
		return twice > d || (twice == d && q % 2 != 0) ? q + away : q;
	case ROUND_DOWN:
		return away < 0 ? q - 1 : q;
	case ROUND_UP:
		return away > 0 ? q + 1 : q;
	case ROUND_AWAY:
		return q + away;
	case ROUND_TO_ZERO:
		break;
	}
	return q;
}

#define ROUND_ALL(mode) do { \
	EACH(i) { \
		int64_t d = b == NULL ? 1 : b[i]; \
		n[i] = round_small((d < 0 ? -a[i] : a[i]) * e->n, e->d * (d < 0 ? -d : d), mode); \
	} \
	return; \
} while (0)

static bool
alike(const int64_t *v)
{
	uint64_t differs = 0;

	EACH(i)
		differs |= (uint64_t)v[i] ^ (uint64_t)v[0];
	return differs == 0;
}

/* What parameters alone make is the same for the whole block, and a division is dear. */
RULES_HOT static bool
rounded_alike(const struct rules_node *e, int64_t *restrict n, const int64_t *restrict a, const int64_t *restrict b)
{
	struct rules_value v;

	if (!alike(a) || (b != NULL && !alike(b)))
		return false;
	v = rules_operation(e, rules_known(a[0]), rules_known(b == NULL ? 1 : b[0]));
	EACH(i)
		n[i] = v.n;
	return v.state == RULES_KNOWN;
}

/* Every lane known, no divisor 0; a loop for each mode. */
RULES_HOT static void
rounded_small(const struct rules_node *e, int64_t *restrict n, const int64_t *restrict a, const int64_t *restrict b)
{
	switch ((enum rules_rounding)e->mode) {
	case ROUND_HALF_UP:
		ROUND_ALL(ROUND_HALF_UP);
	case ROUND_HALF_EVEN:
		ROUND_ALL(ROUND_HALF_EVEN);
	case ROUND_TO_ZERO:
		ROUND_ALL(ROUND_TO_ZERO);
	case ROUND_DOWN:
		ROUND_ALL(ROUND_DOWN);
	case ROUND_UP:
		ROUND_ALL(ROUND_UP);
	case ROUND_AWAY:
		ROUND_ALL(ROUND_AWAY);
	}
}

static void
rounded(const struct rules_node *e, struct rules_lane *r, const struct rules_lane *a, const struct rules_lane *b)
{
	bool small = rounds_small(e), by_zero = false;

	if (b != NULL)
		EACH(i)
			by_zero |= b->n[i] == 0;
	if (r->clean && !by_zero && small) {
		if (!rounded_alike(e, r->n, a->n, b == NULL ? NULL : b->n))
			rounded_small(e, r->n, a->n, b == NULL ? NULL : b->n);
		return;
	}
	for (int i = 0; r->clean && i < RULES_BLOCK; i++)
		r->s[i] = 0;
	r->clean = false;
	EACH(i) {
		struct rules_value v;

		if (r->s[i] != 0)
			continue;
		v = rules_operation(e, rules_known(a->n[i]), rules_known(b == NULL ? 1 : b->n[i]));
		r->n[i] = v.n;
		r->s[i] = v.state == RULES_KNOWN ? 0 : lane_failed(v.failure, v.culprit);
	}
	rules_lane_settle(r);
}

/* What grows with the day is the same for the whole block when it is for its first day and its last. */
RULES_HOT static bool
same_for_all(const struct rules_node *e, struct rules_lane *r, const struct rules_lane *a)
{
	int64_t least = a->n[0], most = a->n[0];
	struct rules_value v, w;

	if (!r->clean || (e->op != OP_YEAR && e->op != OP_YEAR_FIRST && e->op != OP_YEAR_LAST && e->op != OP_MONTH_FIRST))
		return false;
	EACH(i) {
		least = a->n[i] < least ? a->n[i] : least;
		most = a->n[i] > most ? a->n[i] : most;
	}
	v = rules_operation(e, rules_known(least), rules_known(1));
	w = rules_operation(e, rules_known(most), rules_known(1));
	if (v.state != RULES_KNOWN || w.state != RULES_KNOWN || v.n != w.n)
		return false;
	EACH(i)
		r->n[i] = v.n;
	return true;
}

/* Days added that cannot leave the calendar. */
RULES_HOT static bool
days_added(const struct rules_node *e, struct rules_lane *r, const struct rules_lane *a)
{
	if (e->op != OP_DAY_ADD || e->mode != 0 || !r->clean)
		return false;
	EACH(i)
		if (a->n[i] + e->n < RULES_DAY_FIRST || a->n[i] + e->n > RULES_DAY_LAST)
			return false;
	EACH(i)
		r->n[i] = a->n[i] + e->n;
	return true;
}

/* Days: most rows of a block have a few of them, so the last answer is kept. */
static void
by_lane(const struct rules_node *e, struct rules_lane *r, const struct rules_lane *a, const struct rules_lane *b)
{
	struct rules_value v = rules_known(0);
	int64_t last_a = 0, last_b = 0;
	bool any = false, failed = false;

	EACH(i) {
		int64_t x = a->n[i], y = b == NULL ? 1 : b->n[i];

		if (!r->clean && r->s[i] != 0)
			continue;
		if (!any || x != last_a || y != last_b)
			v = rules_operation(e, rules_known(x), rules_known(y));
		any = true;
		last_a = x;
		last_b = y;
		if (v.state == RULES_FAILED) {
			for (int k = 0; r->clean && k < RULES_BLOCK; k++)
				r->s[k] = 0;
			r->clean = false;
			r->s[i] = lane_failed(v.failure, v.culprit);
			failed = true;
		}
		r->n[i] = v.n;
	}
	if (failed)
		rules_lane_settle(r);
}

static void
known_of(struct rules_lane *r, const struct rules_lane *a)
{
	const uint16_t *x = rules_lane_states(a);

	r->clean = true;
	EACH(i)
		r->n[i] = x[i] == 0;
}

static void
holds(struct rules_lane *r, const struct rules_lane *a)
{
	const uint16_t *x = rules_lane_states(a);

	r->clean = true;
	EACH(i)
		r->n[i] = x[i] == 0 && a->n[i] != 0;
}

/* A total before the first item: within its range, or it failed. */
static void
start(struct rules_work *w, const struct rules_instr *in)
{
	const struct rules_running *t = &w->plan->rules->running[in->running];
	struct rules_lane *r = &w->lane[in->r];

	rules_lane_copy(r, &w->lane[in->a]);
	rules_lane_range(r, t->least, t->most);
}

void
rules_lane_range(struct rules_lane *r, int64_t least, int64_t most)
{
	bool out = false;

	EACH(i)
		out |= (r->clean || r->s[i] == 0) && (r->n[i] < least || r->n[i] > most);
	if (!out)
		return;
	EACH(i) {
		uint16_t s = r->clean ? 0 : r->s[i];

		if (s == 0 && (r->n[i] < least || r->n[i] > most)) {
			s = lane_failed(RULES_TOTAL_RANGE, -1);
			r->n[i] = 0;
		}
		r->s[i] = s;
	}
	r->clean = false;
}

void
rules_lane_operation(struct rules_work *w, const struct rules_instr *in)
{
	const struct rules_node *e = in->node;
	struct rules_lane *r = &w->lane[in->r];
	const struct rules_lane *a = &w->lane[in->a], *b = in->b < 0 ? NULL : &w->lane[in->b];

	switch (in->op) {
	case OP_AND:
	case OP_OR:
		rules_lane_logic(r, a, b, in->op == OP_OR);
		return;
	case OP_IF:
		rules_lane_select(r, a, b, &w->lane[in->c]);
		return;
	case OP_KNOWN:
		known_of(r, a);
		return;
	case LANE_HOLDS:
		holds(r, a);
		return;
	case LANE_START:
		start(w, in);
		return;
	case LANE_COPY:
		rules_lane_copy(r, a);
		return;
	default:
		break;
	}
	if (b != NULL ? plain(e, r->n, a->n, b->n) : plain_one(e, r->n, a->n)) {
		rules_lane_merge(r, a, b == NULL ? a : b);
		return;
	}
	rules_lane_merge(r, a, b == NULL ? a : b);
	if (e->op == OP_ROUND)
		rounded(e, r, a, b);
	else if (!same_for_all(e, r, a) && !days_added(e, r, a))
		by_lane(e, r, a, b);
}
