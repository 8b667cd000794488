/* Set cover: rows and columns that say nothing are dropped, Lagrange for the bound, branching on the hardest client. */
#include <stdlib.h>
#include <string.h>

#include "engine/site/site_internal.h"

#define STEPS_ROOT 1500
#define STEPS_NODE 60
#define NODES 5000
#define TRIES 20
#define PATIENCE 40
#define SLOPE_SLOW 6                            /* steps that a slope remembers */
#define SLOPE_ONE 4096
#define SHARE_ALL 65536
#define SHARE_SLOW 16
#define HALVES 8                                /* sites that are tried before one is branched on */
#define STEPS_TRY 25
#define WALK 60000                              /* steps of the search for a smaller choice, and how many a site */
#define WALK_EACH 64
#define GREEDY_EACH 16                          /* steps between two choices led by the prices */
#define DROP_WORK (UINT64_C(1) << 33)           /* words compared at most */

struct level { uint8_t *fixed; int64_t *price, *tried; };

struct setting {
	const struct site_covers *c;
	struct arena *spare;
	struct site_dice dice;
	uint32_t n, m;                          /* clients and sites that are left */
	uint32_t *site_of;                      /* of each of m: which it was */
	uint32_t *col_first, *col, *row_first, *row;
	uint8_t *fixed;                         /* enum site_fixed */
	uint32_t *count;                        /* of each client: open sites that cover it; scratch of the greedy */
	int64_t *price;                         /* of each client, 0 .. SITE_SCALE; 0 where it is covered */
	int64_t *score;                         /* of each site: the prices of what it covers */
	int32_t *slope;                         /* of each client: how its price moves, in 1 / SLOPE_ONE */
	int32_t *share;                         /* of each site: 0 .. SHARE_ALL */
	uint32_t *picked, *best_chosen, best;   /* best: UINT32_MAX before there is any */
	uint32_t below, enough;                 /* only fewer than `below` help; with `enough` it may stop */
	struct level *level;
	uint32_t nodes, nodes_max, steps;
	enum rc rc;
	bool cut_off;
};

/* ---- what need not be looked at --------------------------------------------------------------------- */

struct bits { uint64_t *v, *alive; uint32_t n; size_t words; }; /* n sets of so many words */

static bool
bit_has(const uint64_t *v, uint32_t i)
{
	return (v[i / 64] >> i % 64 & 1) != 0;
}

static void
bit_set(uint64_t *v, uint32_t i)
{
	v[i / 64] |= UINT64_C(1) << i % 64;
}

static bool
bits_new(struct arena *spare, uint32_t n, uint32_t of, bool sets, struct bits *ret)
{
	*ret = (struct bits){ .n = n, .words = (size_t)of / 64 + 1 };
	ret->alive = arena_array(spare, (size_t)n / 64 + 1, sizeof *ret->alive);
	if (sets)
		ret->v = arena_array(spare, n * ret->words + 1, sizeof *ret->v);
	return ret->alive != NULL && (!sets || ret->v != NULL);
}

static bool
is_within(const struct bits *b, uint32_t part, uint32_t whole, const uint64_t *mask)
{
	const uint64_t *x = b->v + part * b->words, *y = b->v + whole * b->words;

	for (size_t w = 0; w < b->words; w++)
		if ((x[w] & ~y[w] & mask[w]) != 0)
			return false;
	return true;
}

/* Of two sets of which one holds the other the greater goes, or the less; of equal ones one stays. */
static bool
bits_drop(struct bits *b, const uint64_t *mask, bool greater)
{
	bool any = false;

	for (uint32_t i = 0; i < b->n; i++)
		for (uint32_t k = 0; bit_has(b->alive, i) && k < b->n; k++) {
			uint32_t gone = greater ? k : i;

			if (k == i || !bit_has(b->alive, k) || !is_within(b, i, k, mask))
				continue;
			b->alive[gone / 64] &= ~(UINT64_C(1) << gone % 64);
			any = true;
		}
	return any;
}

/* Clients to be covered: no kept site does, some other can.  Sites: those not kept. */
static enum rc
left_take(struct setting *s, struct bits *rows, struct bits *cols)
{
	const struct site_covers *c = s->c;
	uint64_t work = (uint64_t)c->n * c->n * (c->m / 64 + 1) + (uint64_t)c->m * c->m * (c->n / 64 + 1);
	bool sets = work <= DROP_WORK;

	if (!bits_new(s->spare, c->n, c->m, sets, rows) || !bits_new(s->spare, c->m, c->n, sets, cols))
		return RC_NO_MEMORY;
	for (uint32_t j = 0; j < c->m; j++)
		for (uint32_t a = c->first[j]; (c->kept == NULL || c->kept[j] == 0) && a < c->first[j + 1]; a++) {
			bit_set(cols->alive, j);
			bit_set(rows->alive, c->client[a]);
			if (sets) {
				bit_set(rows->v + c->client[a] * rows->words, j);
				bit_set(cols->v + j * cols->words, c->client[a]);
			}
		}
	for (uint32_t j = 0; c->kept != NULL && j < c->m; j++)
		for (uint32_t a = c->first[j]; c->kept[j] != 0 && a < c->first[j + 1]; a++)
			rows->alive[c->client[a] / 64] &= ~(UINT64_C(1) << c->client[a] % 64);
	while (sets && (bits_drop(cols, rows->alive, false) | (int)bits_drop(rows, cols->alive, true)) != 0)
		;
	return RC_OK;
}

static uint32_t
numbers_give(const struct bits *b, uint32_t *ret)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < b->n; i++)
		ret[i] = bit_has(b->alive, i) ? n++ : UINT32_MAX;
	return n;
}

static enum rc
setting_room(struct setting *s, size_t pairs)
{
	size_t n = (size_t)s->n + 2, m = (size_t)s->m + 2;

	s->site_of = arena_array(s->spare, m, sizeof *s->site_of);
	s->col_first = arena_array(s->spare, m, sizeof *s->col_first);
	s->row_first = arena_array(s->spare, n, sizeof *s->row_first);
	s->col = arena_array(s->spare, pairs + 1, sizeof *s->col);
	s->row = arena_array(s->spare, pairs + 1, sizeof *s->row);
	s->fixed = arena_array(s->spare, m, 1);
	s->count = arena_array(s->spare, n, sizeof *s->count);
	s->price = arena_array(s->spare, n, sizeof *s->price);
	s->score = arena_array(s->spare, m, sizeof *s->score);
	s->slope = arena_array(s->spare, n, sizeof *s->slope);
	s->share = arena_array(s->spare, m, sizeof *s->share);
	s->picked = arena_array(s->spare, m, sizeof *s->picked);
	s->best_chosen = arena_array(s->spare, m, sizeof *s->best_chosen);
	s->level = arena_array(s->spare, m, sizeof *s->level);
	return s->site_of != NULL && s->col_first != NULL && s->row_first != NULL && s->col != NULL && s->row != NULL &&
	    s->fixed != NULL && s->count != NULL && s->price != NULL && s->score != NULL && s->slope != NULL && s->share != NULL && s->picked != NULL &&
	    s->best_chosen != NULL && s->level != NULL ? RC_OK : RC_NO_MEMORY;
}

/* What is left, numbered anew, by site and by client. */
static enum rc
setting_fill(struct setting *s, const uint32_t *client, const uint32_t *site)
{
	const struct site_covers *c = s->c;
	uint32_t at = 0;

	if (setting_room(s, c->first[c->m]) != RC_OK)
		return RC_NO_MEMORY;
	for (uint32_t j = 0; j < c->m; j++) {
		if (site[j] == UINT32_MAX)
			continue;
		s->site_of[site[j]] = j;
		for (uint32_t a = c->first[j]; a < c->first[j + 1]; a++)
			if (client[c->client[a]] != UINT32_MAX) {
				s->col[at++] = client[c->client[a]];
				s->row_first[client[c->client[a]] + 2]++;
			}
		s->col_first[site[j] + 1] = at;
	}
	for (uint32_t i = 0; i < s->n; i++)
		s->row_first[i + 2] += s->row_first[i + 1];
	for (uint32_t j = 0; j < s->m; j++)
		for (uint32_t a = s->col_first[j]; a < s->col_first[j + 1]; a++)
			s->row[s->row_first[s->col[a] + 1]++] = j;
	return RC_OK;
}

/* ---- a choice --------------------------------------------------------------------------------------- */

static void
choice_keep(struct setting *s, const uint32_t *chosen, uint32_t n)
{
	if (n >= s->best)
		return;
	memmove(s->best_chosen, chosen, n * sizeof *chosen);
	s->best = n;
	s->below = n < s->below ? n : s->below;
}

/* Out of a choice goes what the others cover as well. */
static uint32_t
choice_thin(struct setting *s, uint32_t n)
{
	uint32_t left = 0;

	for (uint32_t t = 0; t < n; t++) {
		uint32_t j = s->picked[t];
		bool spare = true;

		for (uint32_t a = s->col_first[j]; a < s->col_first[j + 1] && spare; a++)
			spare = s->count[s->col[a]] > 1;
		for (uint32_t a = s->col_first[j]; a < s->col_first[j + 1] && spare; a++)
			s->count[s->col[a]]--;
		if (!spare)
			s->picked[left++] = j;
	}
	return left;
}

/* Each time the site with most of what is not covered yet, a client counting as `worth` says. */
static void
choice_greedy(struct setting *s, const int64_t *worth)
{
	uint32_t n = 0, todo = s->n;

	memset(s->count, 0, s->n * sizeof *s->count);
	memset(s->score, 0, s->m * sizeof *s->score);
	for (uint32_t j = 0; j < s->m; j++)
		for (uint32_t a = s->col_first[j]; a < s->col_first[j + 1]; a++)
			s->score[j] += worth[s->col[a]] + 1;
	while (todo > 0) {
		uint32_t best = 0;

		for (uint32_t j = 1; j < s->m; j++)
			if (s->score[j] > s->score[best])
				best = j;
		s->picked[n++] = best;
		for (uint32_t a = s->col_first[best]; a < s->col_first[best + 1]; a++) {
			uint32_t i = s->col[a];

			if (s->count[i]++ > 0)
				continue;
			todo--;
			for (uint32_t b = s->row_first[i]; b < s->row_first[i + 1]; b++)
				s->score[s->row[b]] -= worth[i] + 1;
		}
	}
	choice_keep(s, s->picked, choice_thin(s, n));
}

/* The prices are free before the first relaxation: they hold what the tries count a client as. */
static void
choice_search(struct setting *s, uint32_t tries)
{
	if (tries == SITE_UNTRIED) {
		for (uint32_t j = 0; j < s->m; j++)
			s->picked[j] = j;
		choice_keep(s, s->picked, s->m);
		return;
	}
	for (uint32_t t = 0; t <= tries; t++) {
		for (uint32_t i = 0; i < s->n; i++)
			s->price[i] = t == 0 ? 0 : site_draw(&s->dice, 8);
		choice_greedy(s, s->price);
	}
}

static enum rc
choice_walk(struct setting *s, uint32_t steps, uint32_t bound)
{
	uint32_t enough = s->enough > bound ? s->enough : bound;
	const struct set_table t = { s->n, s->m, s->col_first, s->col, s->row_first, s->row };
	enum rc rc = set_search(s->spare, &t, &s->dice, steps, enough, s->best_chosen, &s->best);

	s->below = s->best < s->below ? s->best : s->below;
	return rc;
}

/* ---- one relaxation ---------------------------------------------------------------------------------- */

/* A site is had for what it costs less the prices of what it covers, where that is below nothing. */
static int64_t
relax(struct setting *s)
{
	int64_t value = 0;

	for (uint32_t i = 0; i < s->n; i++)
		value += s->price[i];
	for (uint32_t j = 0; j < s->m; j++) {
		s->score[j] = 0;
		if (s->fixed[j] != SITE_FREE)
			continue;
		for (uint32_t a = s->col_first[j]; a < s->col_first[j + 1]; a++)
			s->score[j] += s->price[s->col[a]];
		if (s->score[j] > SITE_SCALE)
			value -= s->score[j] - SITE_SCALE;
	}
	return value;
}

/* Sites are whole. */
static uint32_t
whole(int64_t value)
{
	return value <= 0 ? 0 : (uint32_t)((value + SITE_SCALE - 1) / SITE_SCALE);
}

/* Open sites counted onto the clients; returns how many are open. */
static uint32_t
open_count(struct setting *s, uint32_t *ret_todo)
{
	uint32_t n = 0;

	memset(s->count, 0, s->n * sizeof *s->count);
	for (uint32_t j = 0; j < s->m; j++)
		if (s->fixed[j] == SITE_OPEN) {
			n++;
			for (uint32_t a = s->col_first[j]; a < s->col_first[j + 1]; a++)
				s->count[s->col[a]]++;
		}
	*ret_todo = 0;
	for (uint32_t i = 0; i < s->n; i++)
		if (s->count[i] == 0)
			(*ret_todo)++;
		else
			s->price[i] = 0;
	return n;
}

/*
 * Prices along the slope: too often covered, down; not at all, up.  What open sites cover has no price.  The slope is that of the last
 * steps together, the newest counting most, which keeps it from turning about at every step.
 */
static bool
prices_move(struct setting *s, double length, int64_t missing, bool first)
{
	double squares = 0, move;

	for (uint32_t j = 0; j < s->m; j++)
		for (uint32_t a = s->col_first[j]; s->score[j] > SITE_SCALE && a < s->col_first[j + 1]; a++)
			s->count[s->col[a]]++;
	for (uint32_t i = 0; i < s->n; i++) {
		int32_t here = SLOPE_ONE * (1 - (int32_t)s->count[i]);

		s->slope[i] = first ? here : s->slope[i] + (here - s->slope[i]) / SLOPE_SLOW;
		if (s->slope[i] > 0 || s->price[i] > 0)
			squares += (double)s->slope[i] * s->slope[i];
	}
	if (squares < 1)
		return false;
	move = length * (double)missing * SLOPE_ONE / squares;
	for (uint32_t i = 0; i < s->n; i++) {
		int64_t price = s->price[i] + (int64_t)(move * s->slope[i]);

		s->price[i] = price < 0 ? 0 : price > SITE_SCALE ? SITE_SCALE : price;
	}
	return true;
}

/* How a bound is climbed: from prices that are good already in short steps. */
struct climb { uint32_t steps, patience; double length; bool tries; };

/* Sites whose opening, or shutting, would bring the bound to what is of no interest any more. */
static void
sites_fix(struct setting *s, uint32_t open, int64_t value)
{
	for (uint32_t j = 0; j < s->m; j++)
		if (s->fixed[j] == SITE_FREE && s->score[j] < SITE_SCALE &&
		    open + whole(value + SITE_SCALE - s->score[j]) >= s->below)
			s->fixed[j] = SITE_CLOSED;
}

/* The prices of the best bound, and what had to be open by them: without one of those it would be past `below`. */
static void
climb_end(struct setting *s, uint32_t open, const int64_t *best_price)
{
	int64_t value;

	memcpy(s->price, best_price, s->n * sizeof *s->price);
	value = relax(s);
	for (uint32_t j = 0; j < s->m; j++)
		if (s->fixed[j] == SITE_FREE && s->score[j] > SITE_SCALE &&
		    open + whole(value + s->score[j] - SITE_SCALE) >= s->below)
			s->fixed[j] = SITE_OPEN;
}

/*
 * The best bound from here on in SITE_SCALE, open sites counted in; in `best_price` its prices.  Fixes what can only be one way.
 * s->share: how often each site was had of late, what of it a choice in fractions would take.
 */
static int64_t
bound_rise(struct setting *s, struct climb how, int64_t *best_price)
{
	double length = how.length;
	int64_t best = -1;
	uint32_t since = 0, todo, open = open_count(s, &todo);

	memcpy(best_price, s->price, s->n * sizeof *best_price);
	for (uint32_t step = 0; step < how.steps && length > 0.005 && open + whole(best) < s->below; step++) {
		int64_t value = relax(s);

		if (value > best) {
			best = value;
			since = 0;
			memcpy(best_price, s->price, s->n * sizeof *best_price);
		} else if (++since == how.patience) {
			since = 0;
			length /= 2;
		}
		sites_fix(s, open, value);
		for (uint32_t j = 0; j < s->m; j++)
			s->share[j] += ((s->score[j] > SITE_SCALE ? SHARE_ALL : 0) - s->share[j]) / SHARE_SLOW;
		if (!prices_move(s, length, (int64_t)(s->below - open) * SITE_SCALE - value, step == 0))
			break;
		if (how.tries && step % GREEDY_EACH == 0)
			choice_greedy(s, s->price);
		open_count(s, &todo);
	}
	climb_end(s, open, best_price);
	return (int64_t)open * SITE_SCALE + best;
}

/* ---- branching ---------------------------------------------------------------------------------------- */

static bool
level_ready(struct setting *s, uint32_t depth)
{
	struct level *l = &s->level[depth];

	if (l->fixed != NULL)
		return true;
	l->fixed = arena_raw(s->spare, s->m, 1);
	l->price = arena_raw(s->spare, s->n, sizeof *l->price);
	l->tried = arena_raw(s->spare, s->n, sizeof *l->tried);
	if (l->fixed == NULL || l->price == NULL || l->tried == NULL)
		s->rc = RC_NO_MEMORY;
	return s->rc == RC_OK;
}

static void
open_keep(struct setting *s)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < s->m; j++)
		if (s->fixed[j] == SITE_OPEN)
			s->picked[n++] = j;
	choice_keep(s, s->picked, n);
}

/* Of the client with the fewest sites left to cover it the one that is had most. */
static uint32_t
hardest(struct setting *s)
{
	uint32_t best = UINT32_MAX, least = UINT32_MAX;

	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t n = 0, most = UINT32_MAX;

		if (s->count[i] != 0)
			continue;
		for (uint32_t b = s->row_first[i]; b < s->row_first[i + 1]; b++) {
			uint32_t j = s->row[b];

			if (s->fixed[j] != SITE_FREE)
				continue;
			n++;
			if (most == UINT32_MAX || s->share[j] > s->share[most])
				most = j;
		}
		if (n < least) {
			least = n;
			best = most; /* none left: there is no choice here */
		}
	}
	return best;
}

static bool
is_done(const struct setting *s)
{
	return s->rc != RC_OK || s->best <= s->enough || s->cut_off;
}

/* Sites of which a choice in fractions takes about half, the nearest to it first. */
static uint32_t
halves_find(const struct setting *s, uint32_t *ret)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < s->m; j++) {
		int32_t far = s->share[j] > SHARE_ALL / 2 ? s->share[j] - SHARE_ALL / 2 : SHARE_ALL / 2 - s->share[j];
		uint32_t at = n;

		if (s->fixed[j] != SITE_FREE || far > SHARE_ALL * 2 / 5)
			continue;
		for (; at > 0 && abs(s->share[ret[at - 1]] - SHARE_ALL / 2) > far; at--)
			if (at < HALVES)
				ret[at] = ret[at - 1];
		if (at < HALVES)
			ret[at] = j;
		n += n < HALVES;
	}
	return n;
}

static void
level_back(struct setting *s, const struct level *l)
{
	memcpy(s->fixed, l->fixed, s->m);
	memcpy(s->price, l->price, s->n * sizeof *s->price);
}

/*
 * The site both of whose ways bring the bound farthest: each of the halves is tried for some steps.  One that can go only
 * one way is fixed on the level.  UINT32_MAX: no way is left.
 */
static uint32_t
site_choose(struct setting *s, struct level *l)
{
	uint32_t half[HALVES], n = halves_find(s, half), best = UINT32_MAX, todo;
	int64_t most = -1;

	for (uint32_t k = 0; k < n; k++) {
		int64_t value[2];
		bool ends[2];

		for (int way = 0; way < 2; way++) {
			level_back(s, l);
			s->fixed[half[k]] = way == 0 ? SITE_OPEN : SITE_CLOSED;
			value[way] = bound_rise(s, (struct climb){ STEPS_TRY, 6, 0.4, false }, l->tried);
			ends[way] = whole(value[way]) >= s->below;
		}
		if (ends[0] && ends[1])
			return UINT32_MAX;
		if (ends[0] || ends[1]) {
			l->fixed[half[k]] = ends[0] ? SITE_CLOSED : SITE_OPEN;
			continue;
		}
		value[0] = value[0] < value[1] ? value[0] * 4 + value[1] : value[1] * 4 + value[0];
		if (value[0] > most) {
			most = value[0];
			best = half[k];
		}
	}
	level_back(s, l);
	open_count(s, &todo);
	if (todo == 0) {
		open_keep(s); /* what could go only one way was enough */
		return UINT32_MAX;
	}
	return best != UINT32_MAX && l->fixed[best] == SITE_FREE ? best : hardest(s);
}

/* A site open, and then shut. */
static void
branch(struct setting *s, uint32_t depth)
{
	struct level *l = &s->level[depth];
	uint32_t todo, site;

	open_count(s, &todo);
	if (todo == 0) {
		open_keep(s);
		return;
	}
	if (depth >= s->m || !level_ready(s, depth))
		return;
	s->nodes++;
	if (whole(bound_rise(s, (struct climb){ s->steps, 10, 0.6, false }, l->price)) >= s->below)
		return;
	if (s->nodes >= s->nodes_max) {
		s->cut_off = true;
		return;
	}
	memcpy(l->fixed, s->fixed, s->m);
	open_count(s, &todo);
	if (todo == 0) {
		open_keep(s);
		return;
	}
	site = site_choose(s, l);
	for (int way = 0; way < 2 && site != UINT32_MAX && !is_done(s); way++) {
		level_back(s, l);
		s->fixed[site] = way == 0 ? SITE_OPEN : SITE_CLOSED;
		branch(s, depth + 1);
	}
}

/* ---- all ------------------------------------------------------------------------------------------------ */

bool
site_columns_fine(const struct site_covers *c)
{
	for (uint32_t j = 0; j < c->m; j++) {
		if (c->first[j + 1] < c->first[j])
			return false;
		for (uint32_t a = c->first[j]; a < c->first[j + 1]; a++)
			if (c->client[a] >= c->n)
				return false;
	}
	return true;
}

static enum rc
setting_open(struct setting *s)
{
	struct bits rows, cols;
	uint32_t *client, *site;
	enum rc rc = left_take(s, &rows, &cols);

	if (rc != RC_OK)
		return rc;
	client = arena_array(s->spare, (size_t)s->c->n + 1, sizeof *client);
	site = arena_array(s->spare, (size_t)s->c->m + 1, sizeof *site);
	if (client == NULL || site == NULL)
		return RC_NO_MEMORY;
	s->n = numbers_give(&rows, client);
	s->m = numbers_give(&cols, site);
	return setting_fill(s, client, site);
}

/* Prices to begin with: no site is worth more than it costs, so their sum is a bound already. */
static void
prices_begin(struct setting *s)
{
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t most = 1;

		for (uint32_t b = s->row_first[i]; b < s->row_first[i + 1]; b++) {
			uint32_t n = s->col_first[s->row[b] + 1] - s->col_first[s->row[b]];

			most = n > most ? n : most;
		}
		s->price[i] = SITE_SCALE / most;
	}
}

static enum rc
setting_solve(struct setting *s, struct site_limits limits, uint32_t *ret_bound)
{
	uint32_t root = 0;

	choice_search(s, limits.tries == 0 ? TRIES : limits.tries);
	if (s->best > s->enough) {
		prices_begin(s);
		if (!level_ready(s, s->m + 1))
			return s->rc;
		root = whole(bound_rise(s, (struct climb){ limits.steps == 0 ? STEPS_ROOT : limits.steps, PATIENCE, 1.5,
		    limits.tries != SITE_UNTRIED }, s->level[s->m + 1].price));
		if (root < s->below && s->best > s->enough && limits.tries != SITE_UNTRIED)
			s->rc = choice_walk(s, s->m < WALK / WALK_EACH ? s->m * WALK_EACH : WALK, root);
		if (s->rc == RC_OK && root < s->below && s->best > s->enough)
			branch(s, 0);
	}
	/* all was looked at: nothing is below `below` */
	*ret_bound = (s->cut_off || s->best <= s->enough) && root < s->below ? root : s->below;
	return s->rc;
}

enum rc
site_set_within(struct arena *spare, const struct site_covers *c, uint32_t enough, uint32_t below, uint64_t seed,
    struct site_limits limits, struct site_set_found *ret)
{
	struct setting s = { .c = c, .spare = spare, .dice = { seed }, .best = UINT32_MAX, .below = below, .enough = enough,
		.rc = RC_OK, .nodes_max = limits.nodes == 0 ? NODES : limits.nodes,
		.steps = limits.steps == 0 || limits.steps > STEPS_NODE ? STEPS_NODE : limits.steps };
	enum rc rc = setting_open(&s);

	*ret = (struct site_set_found){ .n = 0 };
	if (rc != RC_OK || s.n == 0) {
		ret->chosen = s.best_chosen;
		return rc;
	}
	rc = setting_solve(&s, limits, &ret->bound);
	ret->n = s.best;
	ret->nodes = s.nodes;
	ret->chosen = s.best_chosen;
	for (uint32_t t = 0; s.best != UINT32_MAX && t < s.best; t++)
		s.best_chosen[t] = s.site_of[s.best_chosen[t]];
	return rc;
}

enum rc
site_set(struct arena *mem, struct arena *spare, const struct site_covers *c, uint64_t seed, struct site_limits limits,
    struct site_answer *ret)
{
	struct site_set_found f;
	enum rc rc = site_columns_fine(c) ? site_set_within(spare, c, 0, UINT32_MAX, seed, limits, &f) : RC_INVALID;

	if (rc != RC_OK)
		return rc;
	*ret = (struct site_answer){ .n = f.n, .objective = f.n, .bound = f.bound < f.n ? f.bound : f.n, .seed = seed,
		.nodes = f.nodes };
	ret->proven = ret->objective == ret->bound;
	return site_chosen(mem, f.chosen, f.n, ret);
}
