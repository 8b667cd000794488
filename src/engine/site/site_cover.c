/* Maximal covering: lazy greedy and swaps for the choice, Lagrange for the bound, branching between them. */
#include <stdlib.h>
#include <string.h>

#include "engine/site/site_internal.h"

#define WEIGHTS_MAX (INT64_C(1) << 48)    /* of all together: scaled they fit */
#define STEPS_ROOT 3000
#define STEPS_NODE 150
#define NODES 2000
#define TRIES 40
#define PATIENCE 25
#define WEIGHED 20000                     /* choices weighed by the swaps where room is short */
#define ROOM_WORK UINT64_C(2000000000)    /* pairs of the steps at the root, and of those below it */

struct worth { int64_t worth; uint32_t site; };

struct covering {
	const struct site_covers *c;
	struct arena *spare;
	uint32_t k;                  /* sites to choose */
	int64_t kept_weight;         /* what the kept ones cover */
	int64_t most;                /* what all sites together would add */
	int64_t *weight;             /* of each client; 0: covered by a kept one */
	uint32_t *count, *owner;     /* of each client: chosen sites that cover it, and their places xor-ed */
	uint32_t *chosen, *picked, *place;
	int64_t *loss, *extra;       /* of each place: scratch */
	int64_t *mu;                 /* of each client: price of covering it, scaled, 0 .. weight */
	struct worth *order;
	struct room *room;           /* NULL: a site has room for all it covers */
	uint32_t weighed;            /* choices */
	uint8_t *fixed;              /* enum site_fixed; kept sites are closed: they are no choice */
	uint32_t *best_chosen;
	int64_t best;
	struct level { uint8_t *fixed; int64_t *mu; } *level;
	uint32_t nodes, nodes_max, steps; /* steps: below the root */
	enum rc rc;
	bool cut_off;
};

/* ---- a choice -------------------------------------------------------------------------------- */

static void
choice_change(struct covering *s, uint32_t place, uint32_t site, int by)
{
	for (uint32_t a = s->c->first[site]; a < s->c->first[site + 1]; a++) {
		s->count[s->c->client[a]] += (uint32_t)by;
		s->owner[s->c->client[a]] ^= place;
	}
}

static int64_t
choice_set(struct covering *s)
{
	int64_t sum = 0;

	memset(s->count, 0, s->c->n * sizeof *s->count);
	memset(s->owner, 0, s->c->n * sizeof *s->owner);
	memset(s->place, 0xff, s->c->m * sizeof *s->place);
	for (uint32_t r = 0; r < s->k; r++) {
		s->place[s->chosen[r]] = r;
		choice_change(s, r, s->chosen[r], 1);
	}
	if (s->room != NULL)
		return room_value(s->room, s->chosen, s->k);
	for (uint32_t i = 0; i < s->c->n; i++)
		sum += s->count[i] > 0 ? s->weight[i] : 0;
	return sum;
}

/* Weight a site would add, and in extra[] what it would save of the loss of each place. */
static int64_t
site_adds(struct covering *s, uint32_t site)
{
	int64_t sum = 0;

	for (uint32_t a = s->c->first[site]; a < s->c->first[site + 1]; a++) {
		uint32_t i = s->c->client[a];

		if (s->count[i] == 0)
			sum += s->weight[i];
		else if (s->count[i] == 1)
			s->extra[s->owner[i]] += s->weight[i];
	}
	return sum;
}

static bool
swap_best(struct covering *s, uint32_t *ret_in, uint32_t *ret_out, int64_t *ret_won)
{
	*ret_won = 0;
	memset(s->loss, 0, s->k * sizeof *s->loss);
	for (uint32_t i = 0; i < s->c->n; i++)
		if (s->count[i] == 1)
			s->loss[s->owner[i]] += s->weight[i];
	for (uint32_t j = 0; j < s->c->m; j++) {
		int64_t adds;

		if (s->place[j] != UINT32_MAX || (s->c->kept != NULL && s->c->kept[j] != 0))
			continue;
		memset(s->extra, 0, s->k * sizeof *s->extra);
		adds = site_adds(s, j);
		for (uint32_t r = 0; r < s->k; r++)
			if (adds - s->loss[r] + s->extra[r] > *ret_won) {
				*ret_won = adds - s->loss[r] + s->extra[r];
				*ret_in = j;
				*ret_out = r;
			}
	}
	return *ret_won > 0;
}

static void
swap_do(struct covering *s, uint32_t in, uint32_t out)
{
	s->place[s->chosen[out]] = UINT32_MAX;
	choice_change(s, out, s->chosen[out], -1);
	s->chosen[out] = in;
	s->place[in] = out;
	choice_change(s, out, in, 1);
}

static int64_t
choice_climb(struct covering *s, int64_t sum)
{
	uint32_t in, out;
	int64_t won;

	while (swap_best(s, &in, &out, &won)) {
		swap_do(s, in, out);
		sum += won;
	}
	return sum;
}

/* Each time the site that adds most; what it added before is never less than what it adds now, so the
 * first whose old figure is still right is the best. */
static void
choice_greedy(struct covering *s, struct worth *heap)
{
	uint32_t n = 0, taken = 0;

	memset(s->count, 0, s->c->n * sizeof *s->count);
	memset(s->owner, 0, s->c->n * sizeof *s->owner);
	for (uint32_t j = 0; j < s->c->m; j++)
		if (s->c->kept == NULL || s->c->kept[j] == 0) {
			heap[n].worth = site_adds(s, j);
			heap[n++].site = j;
		}
	while (taken < s->k) {
		uint32_t best = 0;
		int64_t now;

		for (uint32_t i = 1; i < n; i++)
			if (heap[i].worth > heap[best].worth)
				best = i;
		now = site_adds(s, heap[best].site);
		if (now < heap[best].worth) {
			heap[best].worth = now;
			continue;
		}
		choice_change(s, taken, heap[best].site, 1);
		s->chosen[taken++] = heap[best].site;
		heap[best] = heap[--n];
	}
}

static void
choice_keep(struct covering *s, const uint32_t *chosen, int64_t sum)
{
	s->best = sum;
	memmove(s->best_chosen, chosen, s->k * sizeof *chosen);
}

/* ---- a choice of sites that are short of room --------------------------------------------------- */

static bool
is_choice(const struct covering *s, uint32_t site)
{
	return s->c->kept == NULL || s->c->kept[site] == 0;
}

/* As choice_greedy(): what a site adds to a choice never grows with the choice. */
static int64_t
room_greedy(struct covering *s, struct worth *heap)
{
	uint32_t n = 0, taken = 0;
	int64_t sum = 0;

	for (uint32_t j = 0; j < s->c->m; j++)
		if (is_choice(s, j)) {
			heap[n].worth = room_value(s->room, &j, 1);
			heap[n++].site = j;
		}
	while (taken < s->k) {
		uint32_t best = 0;
		int64_t now;

		for (uint32_t i = 1; i < n; i++)
			if (heap[i].worth > heap[best].worth)
				best = i;
		s->chosen[taken] = heap[best].site;
		now = room_value(s->room, s->chosen, taken + 1) - sum;
		if (now < heap[best].worth) {
			heap[best].worth = now;
			continue;
		}
		taken++;
		sum += now;
		heap[best] = heap[--n];
	}
	return sum;
}

/* The first swap that helps; alone[]: what a site is worth alone, which it never adds more than. */
static bool
room_swap(struct covering *s, const int64_t *alone, int64_t *sum)
{
	for (uint32_t r = 0; r < s->k; r++) {
		uint32_t out = s->chosen[r];
		int64_t base;

		s->chosen[r] = s->chosen[s->k - 1];
		base = room_value(s->room, s->chosen, s->k - 1);
		for (uint32_t j = 0; j < s->c->m && s->weighed < WEIGHED; j++) {
			uint32_t last = s->chosen[s->k - 1];
			int64_t now;

			if (s->place[j] != UINT32_MAX || !is_choice(s, j) || base + alone[j] <= *sum)
				continue;
			s->weighed++;
			s->chosen[s->k - 1] = j;
			now = room_value(s->room, s->chosen, s->k);
			if (now > *sum) {
				s->place[out] = UINT32_MAX;
				s->place[j] = 0;
				*sum = now;
				return true;
			}
			s->chosen[s->k - 1] = last;
		}
		s->chosen[s->k - 1] = s->chosen[r];
		s->chosen[r] = out;
	}
	return false;
}

static void
room_search(struct covering *s, uint64_t seed, uint32_t tries)
{
	struct site_dice dice = { seed };
	int64_t *alone = s->extra, sum;

	for (uint32_t j = 0; j < s->c->m; j++)
		alone[j] = room_value(s->room, &j, 1);
	choice_keep(s, s->chosen, room_greedy(s, s->order));
	sum = choice_set(s);
	for (uint32_t t = 0; s->k > 0; t++) {
		while (room_swap(s, alone, &sum))
			;
		if (sum > s->best)
			choice_keep(s, s->chosen, sum);
		if (t >= tries || s->weighed >= WEIGHED)
			return;
		memcpy(s->chosen, s->best_chosen, s->k * sizeof *s->chosen);
		choice_set(s);
		for (uint32_t n = 0; n < 2 + s->k / 8; n++) {
			uint32_t in = site_draw(&dice, s->c->m);

			if (s->place[in] == UINT32_MAX && is_choice(s, in))
				swap_do(s, in, site_draw(&dice, s->k));
		}
		sum = choice_set(s);
	}
}

static void
choice_search(struct covering *s, uint64_t seed, uint32_t tries)
{
	struct site_dice dice = { seed };
	int64_t sum;

	if (tries == SITE_UNTRIED) {
		uint32_t n = 0;

		for (uint32_t j = 0; n < s->k; j++)
			if (s->fixed[j] != SITE_CLOSED)
				s->chosen[n++] = j;
		choice_keep(s, s->chosen, choice_set(s));
		return;
	}
	if (s->room != NULL) {
		room_search(s, seed, tries);
		return;
	}
	choice_greedy(s, s->order);
	sum = choice_climb(s, choice_set(s));
	choice_keep(s, s->chosen, sum);
	for (uint32_t t = 0; t < tries && s->k > 0; t++) {
		memcpy(s->chosen, s->best_chosen, s->k * sizeof *s->chosen);
		choice_set(s);
		for (uint32_t n = 0; n < 2 + s->k / 8; n++) {
			uint32_t in = site_draw(&dice, s->c->m);

			if (s->place[in] == UINT32_MAX && (s->c->kept == NULL || s->c->kept[in] == 0))
				swap_do(s, in, site_draw(&dice, s->k));
		}
		sum = choice_climb(s, choice_set(s));
		if (sum > s->best)
			choice_keep(s, s->chosen, sum);
	}
}

/* ---- one relaxation ------------------------------------------------------------------------ */

static int
worth_compare(const void *x, const void *y)
{
	const struct worth *a = x, *b = y;

	if (a->worth != b->worth)
		return a->worth > b->worth ? -1 : 1;
	return (a->site > b->site) - (a->site < b->site);
}

struct relaxed { int64_t value; uint32_t n_open, n_free; };

/* Covered weight beyond the prices is had for nothing; the prices are what sites are worth. */
static struct relaxed
relax(struct covering *s)
{
	struct relaxed r = { 0, 0, 0 };

	for (uint32_t i = 0; i < s->c->n; i++)
		r.value += s->weight[i] * SITE_SCALE - s->mu[i];
	for (uint32_t j = 0; j < s->c->m; j++) {
		int64_t worth = 0, least;

		if (s->fixed[j] == SITE_CLOSED)
			continue;
		for (uint32_t a = s->c->first[j]; s->room == NULL && a < s->c->first[j + 1]; a++)
			worth += s->mu[s->c->client[a]];
		if (s->room != NULL)
			worth = room_top(s->room, j, s->mu, &least);
		if (s->fixed[j] == SITE_OPEN) {
			s->picked[r.n_open++] = j;
			r.value += worth;
		} else {
			s->order[r.n_free].worth = worth;
			s->order[r.n_free++].site = j;
		}
	}
	qsort(s->order, r.n_free, sizeof *s->order, worth_compare);
	for (uint32_t t = 0; r.n_open + t < s->k && t < r.n_free; t++) {
		s->picked[r.n_open + t] = s->order[t].site;
		r.value += s->order[t].worth;
	}
	return r;
}

/* The scaled value as a bound on whole weights; no choice adds more than all sites together. */
static int64_t
whole(const struct covering *s, int64_t value)
{
	int64_t bound = value >= 0 ? value / SITE_SCALE : -((-value + SITE_SCALE - 1) / SITE_SCALE);

	return bound < s->most ? bound : s->most;
}

static void
fix(struct covering *s, const struct relaxed *r)
{
	uint32_t wanted = s->k - r->n_open;
	int64_t last, following;

	if (wanted == 0 || wanted >= r->n_free)
		return;
	last = s->order[wanted - 1].worth;
	following = s->order[wanted].worth;
	for (uint32_t t = 0; t < r->n_free; t++) {
		if (t < wanted && whole(s, r->value - s->order[t].worth + following) <= s->best)
			s->fixed[s->order[t].site] = SITE_OPEN;
		if (t >= wanted && whole(s, r->value + s->order[t].worth - last) <= s->best)
			s->fixed[s->order[t].site] = SITE_CLOSED;
	}
}

/* Of each picked site those whose prices room_top() added up. */
static int64_t
picked_count_room(struct covering *s)
{
	for (uint32_t t = 0; t < s->k; t++) {
		uint32_t j = s->picked[t], left = s->room->size;
		int64_t least;

		room_top(s->room, j, s->mu, &least);
		for (int even = 0; even < 2; even++)
			for (uint32_t a = s->c->first[j]; left > 0 && a < s->c->first[j + 1]; a++) {
				uint32_t i = s->c->client[a];

				if (even == 0 ? s->mu[i] > least : s->mu[i] == least) {
					s->count[i]++;
					left--;
				}
			}
	}
	return room_value(s->room, s->picked, s->k);
}

/* Counts of the picked sites into s->count; returns what they cover. */
static int64_t
picked_count(struct covering *s)
{
	int64_t sum = 0;

	memset(s->count, 0, s->c->n * sizeof *s->count);
	if (s->room != NULL)
		return picked_count_room(s);
	for (uint32_t t = 0; t < s->k; t++)
		for (uint32_t a = s->c->first[s->picked[t]]; a < s->c->first[s->picked[t] + 1]; a++)
			s->count[s->c->client[a]]++;
	for (uint32_t i = 0; i < s->c->n; i++)
		sum += s->count[i] > 0 ? s->weight[i] : 0;
	return sum;
}

/* How much a price is to fall: covered more often than once, down; not at all, up. */
static inline int64_t
slope_of(const struct covering *s, uint32_t i)
{
	int64_t most = s->weight[i] * SITE_SCALE;

	if (most == 0 || (s->count[i] == 0 && s->mu[i] == most) || (s->count[i] > 1 && s->mu[i] == 0))
		return 0;
	return (int64_t)s->count[i] - 1;
}

static int64_t
bound_fall(struct covering *s, uint32_t steps, int64_t *best_mu)
{
	double length = 1.2;
	int64_t best = INT64_MAX;
	uint32_t since = 0;

	for (uint32_t step = 0; step < steps && length > 0.004; step++) {
		struct relaxed r = relax(s);
		int64_t sum, squares = 0, move;

		if (r.n_open > s->k || r.n_open + r.n_free < s->k)
			return INT64_MIN;
		sum = picked_count(s);
		if (sum > s->best)
			choice_keep(s, s->picked, sum);
		if (r.value < best) {
			best = r.value;
			since = 0;
			memcpy(best_mu, s->mu, s->c->n * sizeof *best_mu);
			fix(s, &r);
		} else if (++since == PATIENCE) {
			since = 0;
			length /= 2;
		}
		for (uint32_t i = 0; i < s->c->n; i++)
			squares += slope_of(s, i) * slope_of(s, i);
		if (whole(s, best) <= s->best || squares == 0)
			break;
		move = (int64_t)(length * (double)(r.value - s->best * SITE_SCALE) / (double)squares);
		for (uint32_t i = 0; i < s->c->n; i++) {
			int64_t mu = s->mu[i] - move * slope_of(s, i), most = s->weight[i] * SITE_SCALE;

			s->mu[i] = mu < 0 ? 0 : mu > most ? most : mu;
		}
	}
	memcpy(s->mu, best_mu, s->c->n * sizeof *best_mu);
	return best;
}

/* ---- branching -------------------------------------------------------------------------------- */

static bool
level_ready(struct covering *s, uint32_t depth)
{
	struct level *l = &s->level[depth];

	if (l->mu != NULL)
		return true;
	l->fixed = arena_raw(s->spare, s->c->m, 1);
	l->mu = arena_raw(s->spare, s->c->n, sizeof *l->mu);
	if (l->fixed == NULL || l->mu == NULL)
		s->rc = RC_NO_MEMORY;
	return s->rc == RC_OK;
}

static void
branch(struct covering *s, uint32_t depth)
{
	struct level *l = &s->level[depth];
	struct relaxed r;
	uint32_t site;
	int64_t value;

	if (!level_ready(s, depth))
		return;
	value = bound_fall(s, s->steps, l->mu);
	s->nodes++;
	if (value == INT64_MIN || whole(s, value) <= s->best)
		return;
	r = relax(s);
	if (r.n_open >= s->k || r.n_free == 0)
		return; /* nothing is free any more: the choice was looked at */
	if (s->nodes >= s->nodes_max) {
		s->cut_off = true;
		return;
	}
	site = s->order[0].site;
	memcpy(l->fixed, s->fixed, s->c->m);
	memcpy(l->mu, s->mu, s->c->n * sizeof *l->mu);
	for (int way = 0; way < 2 && s->rc == RC_OK; way++) {
		memcpy(s->fixed, l->fixed, s->c->m);
		memcpy(s->mu, l->mu, s->c->n * sizeof *l->mu);
		s->fixed[site] = way == 0 ? SITE_OPEN : SITE_CLOSED;
		branch(s, depth + 1);
	}
}

/* ---- all ------------------------------------------------------------------------------------------ */

static bool
weights_fine(const struct site_covers *c)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		if (c->weight[i] < 0 || c->weight[i] > INT64_C(1) << 40)
			return false;
		sum += c->weight[i];
		if (sum > WEIGHTS_MAX)
			return false;
	}
	return true;
}

int64_t
site_cover_weight(struct arena *spare, const struct site_covers *c, const uint32_t *chosen, uint32_t n)
{
	uint8_t *covered = arena_array(spare, c->n, 1);
	int64_t sum = 0;

	if (covered == NULL)
		return -1;
	for (uint32_t j = 0; c->kept != NULL && j < c->m; j++)
		for (uint32_t a = c->first[j]; c->kept[j] != 0 && a < c->first[j + 1]; a++)
			covered[c->client[a]] = 1;
	for (uint32_t t = 0; t < n; t++)
		for (uint32_t a = c->first[chosen[t]]; a < c->first[chosen[t] + 1]; a++)
			covered[c->client[a]] = 1;
	for (uint32_t i = 0; i < c->n; i++)
		sum += covered[i] != 0 ? c->weight[i] : 0;
	return sum;
}

/* Kept sites: what they cover weighs nothing any more, and they are no choice. */
static void
kept_take(struct covering *s)
{
	uint32_t n_free = s->c->m;

	memcpy(s->weight, s->c->weight, s->c->n * sizeof *s->weight);
	for (uint32_t j = 0; s->c->kept != NULL && j < s->c->m; j++) {
		if (s->c->kept[j] == 0)
			continue;
		n_free--;
		s->fixed[j] = SITE_CLOSED;
		for (uint32_t a = s->c->first[j]; a < s->c->first[j + 1]; a++) {
			s->kept_weight += s->weight[s->c->client[a]];
			s->weight[s->c->client[a]] = 0;
		}
	}
	s->k = s->k < n_free ? s->k : n_free;
	for (uint32_t j = 0; j < s->c->m; j++)
		for (uint32_t a = s->c->first[j]; a < s->c->first[j + 1]; a++)
			s->count[s->c->client[a]] = 1;
	for (uint32_t i = 0; i < s->c->n; i++) {
		s->mu[i] = s->weight[i] * (SITE_SCALE / 2);
		s->most += s->count[i] != 0 ? s->weight[i] : 0;
	}
}

static enum rc
covering_room(struct covering *s)
{
	size_t n = s->c->n, m = s->c->m;

	s->weight = arena_array(s->spare, n, sizeof *s->weight);
	s->count = arena_array(s->spare, n, sizeof *s->count);
	s->owner = arena_array(s->spare, n, sizeof *s->owner);
	s->mu = arena_array(s->spare, n, sizeof *s->mu);
	s->chosen = arena_array(s->spare, m, sizeof *s->chosen);
	s->picked = arena_array(s->spare, m, sizeof *s->picked);
	s->best_chosen = arena_array(s->spare, m, sizeof *s->best_chosen);
	s->place = arena_array(s->spare, m, sizeof *s->place);
	s->loss = arena_array(s->spare, m, sizeof *s->loss);
	s->extra = arena_array(s->spare, m, sizeof *s->extra);
	s->order = arena_array(s->spare, m, sizeof *s->order);
	s->fixed = arena_array(s->spare, m, 1);
	s->level = arena_array(s->spare, m + 2, sizeof *s->level);
	if (s->weight == NULL || s->count == NULL || s->owner == NULL || s->mu == NULL ||
	    s->chosen == NULL || s->picked == NULL ||
	    s->best_chosen == NULL || s->place == NULL || s->loss == NULL || s->extra == NULL ||
	    s->order == NULL ||
	    s->fixed == NULL || s->level == NULL)
		return RC_NO_MEMORY;
	return level_ready(s, (uint32_t)m + 1) ? RC_OK : RC_NO_MEMORY;
}

/* A limit that no site passes is none for the search; who serves whom is still told. */
static enum rc
room_take(struct covering *s, struct room *room)
{
	uint32_t longest = 0;

	for (uint32_t j = 0; j < s->c->m; j++)
		longest = s->c->first[j + 1] - s->c->first[j] > longest ? s->c->first[j + 1] - s->c->first[j] : longest;
	if (s->c->capacity == 0)
		return RC_OK;
	s->room = s->c->capacity < longest ? room : NULL;
	/* at the full price a site is worth what it has room for: the bound of few sites with little room */
	for (uint32_t i = 0; s->room != NULL && i < s->c->n; i++)
		s->mu[i] = s->weight[i] * SITE_SCALE;
	return room_new(s->spare, s->c, s->weight, s->room != NULL ? s->c->capacity : longest, room);
}

static enum rc
serves_fill(struct arena *mem, const struct covering *s, struct room *room, struct site_answer *ret)
{
	ret->serves = arena_array(mem, (size_t)s->c->n + 1, sizeof *ret->serves);
	if (ret->serves == NULL)
		return RC_NO_MEMORY;
	room_value(room, s->best_chosen, s->k);
	for (uint32_t i = 0; i < s->c->n; i++)
		ret->serves[i] = room->at[i] == UINT32_MAX ? UINT32_MAX : s->best_chosen[room->at[i]];
	return RC_OK;
}

/* Where room is short a step costs more: the usual limits are of work then, still not of time. */
static struct site_limits
limits_usual(const struct site_covers *c, struct site_limits l)
{
	uint64_t steps = ROOM_WORK / ((uint64_t)c->first[c->m] + 1), nodes = steps / STEPS_NODE;
	bool room = c->capacity > 0;

	if (l.steps == 0)
		l.steps = room && steps < STEPS_ROOT ? (uint32_t)steps + 1 : STEPS_ROOT;
	if (l.nodes == 0)
		l.nodes = room && nodes < NODES ? (uint32_t)nodes + 1 : NODES;
	l.tries = l.tries == 0 ? TRIES : l.tries;
	return l;
}

enum rc
site_cover(struct arena *mem, struct arena *spare, const struct site_covers *c, uint32_t k, uint64_t seed,
    struct site_limits asked, struct site_answer *ret)
{
	struct site_limits limits = limits_usual(c, asked);
	struct covering s = { .c = c, .spare = spare, .k = k, .rc = RC_OK,
		.nodes_max = limits.nodes, .steps = limits.steps > STEPS_NODE ? STEPS_NODE : limits.steps };
	struct room room;
	int64_t root;
	enum rc rc;

	if (!site_columns_fine(c) || !weights_fine(c))
		return RC_INVALID;
	rc = covering_room(&s);
	if (rc != RC_OK)
		return rc;
	kept_take(&s);
	rc = room_take(&s, &room);
	if (rc != RC_OK)
		return rc;
	choice_search(&s, seed, limits.tries);
	root = bound_fall(&s, limits.steps, s.level[c->m + 1].mu);
	if (root != INT64_MIN && whole(&s, root) > s.best)
		branch(&s, 0);
	if (s.rc != RC_OK)
		return s.rc;
	*ret = (struct site_answer){ .n = s.k, .objective = s.kept_weight + s.best, .seed = seed, .nodes = s.nodes };
	ret->bound = s.cut_off && root != INT64_MIN ? s.kept_weight + whole(&s, root) : ret->objective;
	ret->proven = ret->bound == ret->objective;
	rc = c->capacity == 0 ? RC_OK : serves_fill(mem, &s, &room, ret);
	return rc == RC_OK ? site_chosen(mem, s.best_chosen, s.k, ret) : rc;
}
