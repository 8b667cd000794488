#include "operations/judge/judge_reach.h"

#include "operations/judge/judge_whatif.h"

#define PIECE_BYTES ((size_t)192 << 20)
#define CHECKS 5           /* of a curve: values every row is worked out again for */
#define GRANTED 2          /* the least judge_rank() that gives something */

#define OPTIONS_MAX 64     /* of a set, by the language */

/* One version over one piece. */
struct answers {
	const struct rules *rules;
	struct rules_type type;      /* of the conclusion */
	struct rules_population *p;
	const struct rules_plan *plan;
	struct rules_column v[2];
	int rank[OPTIONS_MAX], rank_open; /* judge_rank() of each option, and of what is not known */
};

static enum rc
answers_begin(struct arena *mem, const struct rules *r, struct answers *a)
{
	const struct rules_package *k = rules_package(r);
	int want[2] = { k->conclusion, RULES_WANT_CONFLICT };

	*a = (struct answers){ .rules = r, .type = k->step[k->conclusion].type };
	for (size_t i = 0; a->type.kind == RULES_OPTION && i < k->options[a->type.options].n && i < OPTIONS_MAX; i++)
		a->rank[i] = judge_rank(r, RULES_KNOWN, (int64_t)i);
	a->rank_open = judge_rank(r, RULES_MISSING, 0);
	return rules_plan_new(mem, r, want, 2, &a->plan);
}

static int
rank_of(const struct answers *a, size_t row)
{
	if (rules_column_state(a->v[0].state[row]) != RULES_KNOWN)
		return a->rank_open;
	return a->type.kind == RULES_OPTION ? a->rank[a->v[0].n[row]] : 0;
}

static enum rc
answers_make(struct arena *mem, const struct judge_people *people, uint64_t from, size_t n, struct answers *a, uint8_t *place,
    uint16_t *groups)
{
	enum rc rc = people->make(people->arg, mem, a->rules, from, n, &a->p, place, groups);

	for (int i = 0; rc == RC_OK && i < 2; i++) {
		a->v[i] = (struct rules_column){ arena_array(mem, n, sizeof *a->v[i].n), arena_array(mem, n, sizeof *a->v[i].state), NULL };
		if (a->v[i].n == NULL || a->v[i].state == NULL)
			rc = RC_NO_MEMORY;
	}
	return rc == RC_OK ? rules_batch_run(mem, a->plan, a->p, 0, n, NULL, a->v) : rc;
}

static bool
contradictory(const struct answers *a, size_t row)
{
	return rules_column_state(a->v[1].state[row]) == RULES_KNOWN && a->v[1].n[row] != 0;
}

/* ---- a draft ------------------------------------------------------------------------------------------------------ */

struct reaching {
	struct answers a, b;         /* before, after */
	int same[OPTIONS_MAX];       /* the option of `after` with the name of this one of `before`; −1 none */
	uint8_t *place;
	uint16_t *groups;
	struct judge_reach *ret;
};

static void
same_begin(struct reaching *x)
{
	const struct rules_package *k = rules_package(x->a.rules);
	const struct rules_options *o = &k->options[x->a.type.options];

	for (size_t i = 0; i < OPTIONS_MAX; i++)
		x->same[i] = x->a.type.kind == RULES_OPTION && x->b.type.kind == RULES_OPTION && i < o->n ?
		    rules_option_find(x->b.rules, x->b.type.options, o->option[i].name) : -1;
}

static bool
differs(const struct reaching *x, size_t row)
{
	const struct rules_column *a = &x->a.v[0], *b = &x->b.v[0];
	enum rules_state s = rules_column_state(a->state[row]);
	char one[48], two[48];

	if (s != rules_column_state(b->state[row]) || s != RULES_KNOWN)
		return s != rules_column_state(b->state[row]);
	if (x->a.type.kind == RULES_OPTION)
		return x->same[a->n[row]] != b->n[row];
	return !text_equals(rules_print(x->a.rules, x->a.type, a->n[row], one), rules_print(x->b.rules, x->b.type, b->n[row], two));
}

static void
add(struct judge_tally *t, const struct judge_tally *one)
{
	t->n += one->n;
	t->was += one->was;
	t->is += one->is;
	t->gains += one->gains;
	t->loses += one->loses;
	t->other += one->other;
	t->open += one->open;
}

static void
count_row(struct reaching *x, size_t row)
{
	int was = rank_of(&x->a, row), is = rank_of(&x->b, row);
	struct judge_tally one = { 1, was >= GRANTED, is >= GRANTED, is > was, is < was, is == was && differs(x, row), is == 1 };

	add(&x->ret->all, &one);
	add(&x->ret->place[x->place[row]], &one);
	for (int g = 0; g < JUDGE_GROUPS_MAX; g++)
		if ((x->groups[row] >> g & 1) != 0)
			add(&x->ret->group[g], &one);
}

static enum rc
reach_piece(struct reaching *x, struct arena *mem, const struct judge_people *p, uint64_t from, size_t n)
{
	enum rc rc = answers_make(mem, p, from, n, &x->a, x->place, x->groups);

	if (rc == RC_OK)
		rc = answers_make(mem, p, from, n, &x->b, x->place, x->groups);
	for (size_t row = 0; rc == RC_OK && row < n; row++) {
		if (contradictory(&x->a, row) || contradictory(&x->b, row))
			x->ret->left_out++;
		else
			count_row(x, row);
	}
	return rc;
}

static size_t
piece_of(const struct judge_people *p, uint64_t from)
{
	return p->n - from < JUDGE_PIECE ? (size_t)(p->n - from) : JUDGE_PIECE;
}

enum rc
judge_reach(const struct rules *before, const struct rules *after, const struct judge_people *p, struct judge_reach *ret)
{
	struct arena *all = arena_create(PIECE_BYTES), *mem = arena_create(PIECE_BYTES);
	struct reaching x = { .ret = ret };
	enum rc rc = all == NULL || mem == NULL ? RC_NO_MEMORY : answers_begin(all, before, &x.a);

	*ret = (struct judge_reach){ .left_out = 0 };
	if (rc == RC_OK)
		rc = answers_begin(all, after, &x.b);
	if (rc == RC_OK) {
		same_begin(&x);
		x.place = arena_array(all, JUDGE_PIECE, sizeof *x.place);
		x.groups = arena_array(all, JUDGE_PIECE, sizeof *x.groups);
		rc = x.place == NULL || x.groups == NULL ? RC_NO_MEMORY : RC_OK;
	}
	for (uint64_t from = 0; rc == RC_OK && from < p->n; from += JUDGE_PIECE) {
		arena_reset(mem);
		rc = reach_piece(&x, mem, p, from, piece_of(p, from));
	}
	arena_free(mem);
	arena_free(all);
	return rc;
}

/* ---- a curve -------------------------------------------------------------------------------------------------------- */

int64_t
judge_best(const struct rules *r)
{
	const struct rules_package *k = rules_package(r);
	struct rules_type type = k->step[k->conclusion].type;
	int64_t best = -1;

	for (size_t i = 0; type.kind == RULES_OPTION && i < k->options[type.options].n; i++)
		if (judge_rank(r, RULES_KNOWN, (int64_t)i) > (best < 0 ? 1 : judge_rank(r, RULES_KNOWN, best)))
			best = (int64_t)i;
	return best;
}

struct curving {
	struct answers a;
	struct rules_turn turn;
	uint16_t *at;
	uint8_t *place;
	uint16_t *groups;
	int64_t *value;
	uint64_t *count, *ret_count;
	int slow;
};

static enum rc
curve_slowly(struct curving *c, struct arena *spare, size_t n)
{
	struct rules_override o = { c->turn.parameter, c->turn.entry, c->value };
	enum rc rc = RC_OK;

	c->slow++;
	for (size_t i = 0; rc == RC_OK && i < c->turn.n_grid; i++) {
		for (size_t row = 0; row < n; row++)
			c->value[row] = c->turn.grid[i];
		arena_reset(spare);
		rc = rules_batch_run(spare, c->a.plan, c->a.p, 0, n, &o, c->a.v);
		for (size_t row = 0; rc == RC_OK && row < n; row++)
			c->ret_count[i] += !contradictory(&c->a, row) && rules_column_state(c->a.v[0].state[row]) == RULES_KNOWN &&
			    c->a.v[0].n[row] == c->turn.wanted;
	}
	return rc;
}

/* The way the piece before turned is tried first. */
static enum rc
curve_piece(struct curving *c, struct arena *mem, struct arena *spare, const struct judge_people *p, uint64_t from, size_t n)
{
	struct rules_turned turned = { .n_not_monotone = 1 };
	size_t kept = 0;
	enum rc rc = answers_make(mem, p, from, n, &c->a, c->place, c->groups);

	for (int way = 0; rc == RC_OK && way < 2 && turned.n_not_monotone > 0; way++) {
		c->turn.rising = c->turn.rising == (way == 0);
		arena_reset(spare);
		rc = rules_breakeven(spare, c->a.plan, c->a.p, 0, n, &c->turn, c->at, &turned);
	}
	if (rc != RC_OK)
		return rc;
	if (turned.n_not_monotone > 0)
		return curve_slowly(c, spare, n);
	for (size_t row = 0; row < n; row++)
		if (!contradictory(&c->a, row))
			c->at[kept++] = c->at[row];
	arena_reset(spare);
	rc = rules_curve(spare, c->at, kept, c->turn.n_grid, c->turn.rising, c->count);
	for (size_t i = 0; rc == RC_OK && i < c->turn.n_grid; i++)
		c->ret_count[i] += c->count[i];
	return rc;
}

enum rc
judge_curve(const struct rules *r, const struct judge_people *p, const struct judge_grid *g, uint64_t *ret_count, int *ret_slow)
{
	struct arena *all = arena_create(PIECE_BYTES), *mem = arena_create(PIECE_BYTES), *spare = arena_create(PIECE_BYTES);
	struct curving c = { .ret_count = ret_count, .turn = { .parameter = g->parameter, .entry = g->entry,
	    .wanted = judge_best(r), .grid = g->value, .n_grid = g->n, .rising = true, .checks = CHECKS } };
	enum rc rc = all == NULL || mem == NULL || spare == NULL ? RC_NO_MEMORY : c.turn.wanted < 0 ? RC_NOT_FOUND :
	    answers_begin(all, r, &c.a);

	if (rc == RC_OK) {
		c.at = arena_array(all, JUDGE_PIECE, sizeof *c.at);
		c.place = arena_array(all, JUDGE_PIECE, sizeof *c.place);
		c.groups = arena_array(all, JUDGE_PIECE, sizeof *c.groups);
		c.value = arena_array(all, JUDGE_PIECE, sizeof *c.value);
		c.count = arena_array(all, g->n, sizeof *c.count);
		if (c.at == NULL || c.place == NULL || c.groups == NULL || c.value == NULL || c.count == NULL)
			rc = RC_NO_MEMORY;
	}
	for (size_t i = 0; i < g->n; i++)
		ret_count[i] = 0;
	for (uint64_t from = 0; rc == RC_OK && from < p->n; from += JUDGE_PIECE) {
		arena_reset(mem);
		rc = curve_piece(&c, mem, spare, p, from, piece_of(p, from));
	}
	*ret_slow = c.slow;
	arena_free(spare);
	arena_free(mem);
	arena_free(all);
	return rc;
}
