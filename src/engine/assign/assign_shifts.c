/* Shifts that cover the seats.  See assign_seats.h. */
#include "engine/assign/assign_seats.h"

#include <string.h>

#define SCALE 4096
#define STEPS 3000

struct cover {
	const int64_t *need;
	const struct seats_shift *shift;
	uint32_t n, order[SEATS_SHIFTS_MAX];     /* in which they are tried */
	int64_t price[SEATS_SLOTS], best_price[SEATS_SLOTS]; /* of a seat, in 1 / SCALE */
	int64_t slack;                           /* of the bound at best_price: what shifts earn beyond their cost */
	int64_t left[SEATS_SLOTS];               /* seats still missing; may be negative */
	uint32_t count[SEATS_SHIFTS_MAX];
	uint64_t nodes_left;
	struct seats_plan *best;
};

static int64_t
most_of(const struct cover *c, uint32_t s)
{
	int64_t most = 0;

	for (int t = 0; t < SEATS_SLOTS; t++)
		if (c->shift[s].covers[t] != 0 && c->need[t] > most)
			most = c->need[t];
	return most;
}

/* What no plan can undercut at these prices, and by how much each half hour is then over- or underserved. */
static int64_t
relax(const struct cover *c, int64_t *ret_slack, int64_t miss[static SEATS_SLOTS])
{
	int64_t value = 0;

	*ret_slack = 0;
	for (int t = 0; t < SEATS_SLOTS; t++) {
		value += c->price[t] * c->need[t];
		miss[t] = c->need[t];
	}
	for (uint32_t s = 0; s < c->n; s++) {
		int64_t earns = -(int64_t)c->shift[s].cost * SCALE, most;

		for (int t = 0; t < SEATS_SLOTS; t++)
			earns += c->shift[s].covers[t] != 0 ? c->price[t] : 0;
		if (earns <= 0)
			continue;
		most = most_of(c, s);
		*ret_slack += earns * most;
		for (int t = 0; t < SEATS_SLOTS; t++)
			miss[t] -= c->shift[s].covers[t] != 0 ? most : 0;
	}
	return value - *ret_slack;
}

static int64_t
whole(int64_t scaled)
{
	return scaled <= 0 ? 0 : (scaled + SCALE - 1) / SCALE;
}

static void
bound_set(struct cover *c, int64_t reached)
{
	int64_t best = -1, miss[SEATS_SLOTS], slack;
	int still = 0, shrink = 0;

	for (int k = 0; k < STEPS && shrink < 14; k++) {
		int64_t here = relax(c, &slack, miss), norm = 0, gap;

		if (here > best) {
			best = here;
			c->slack = slack;
			memcpy(c->best_price, c->price, sizeof c->price);
			still = 0;
		} else if (++still == 25) {
			still = 0;
			shrink++;
			memcpy(c->price, c->best_price, sizeof c->price);
			continue;
		}
		for (int t = 0; t < SEATS_SLOTS; t++)
			norm += miss[t] * miss[t];
		if (norm == 0)
			break;
		gap = reached * SCALE - here > SCALE ? reached * SCALE - here : SCALE;
		for (int t = 0; t < SEATS_SLOTS; t++) {
			c->price[t] += miss[t] * (2 * gap >> shrink) / norm;
			c->price[t] = c->price[t] < 0 ? 0 : c->price[t];
		}
	}
	c->best->bound = whole(best);
}

static void
take(struct cover *c, uint32_t s, int sign)
{
	for (int t = 0; t < SEATS_SLOTS; t++)
		if (c->shift[s].covers[t] != 0)
			c->left[t] -= sign;
	c->count[s] += sign > 0 ? 1 : UINT32_MAX;
}

/*
 * What is missing is filled: each time the shift whose still missing half hours are worth most for its cost,
 * all worth the same at first, later by their prices and a little chance.
 */
static int64_t
fill(struct cover *c, bool priced, uint64_t *dice)
{
	int64_t cost = 0;

	for (;;) {
		uint32_t best = 0;
		int64_t most = 0;

		for (uint32_t s = 0; s < c->n; s++) {
			int64_t helps = 0;

			for (int t = 0; t < SEATS_SLOTS; t++)
				if (c->shift[s].covers[t] != 0 && c->left[t] > 0)
					helps += priced ? c->best_price[t] + 64 : SCALE;
			*dice = *dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			helps = helps * 16 / c->shift[s].cost;
			helps += priced ? helps * (int64_t)(*dice >> 60) / 128 : 0;
			if (helps > most) {
				most = helps;
				best = s;
			}
		}
		if (most == 0)
			return cost;
		take(c, best, 1);
		cost += c->shift[best].cost;
	}
}

/* Shifts without which nothing is missing go. */
static int64_t
trim(struct cover *c)
{
	int64_t saved = 0;

	for (uint32_t s = 0; s < c->n; s++)
		while (c->count[s] > 0) {
			bool spare = true;

			for (int t = 0; t < SEATS_SLOTS && spare; t++)
				spare = c->shift[s].covers[t] == 0 || c->left[t] < 0;
			if (!spare)
				break;
			take(c, s, -1);
			saved += c->shift[s].cost;
		}
	return saved;
}

static void
keep(struct cover *c, int64_t cost)
{
	if (cost >= c->best->cost)
		return;
	c->best->cost = cost;
	memcpy(c->best->count, c->count, sizeof c->count);
}

/* Some shifts go and what is missing is filled again; kept when it is no dearer. */
static void
improve(struct cover *c, int64_t cost, uint32_t rounds)
{
	uint64_t dice = 1;

	for (uint32_t round = 0; round < rounds && c->best->cost > c->best->bound; round++) {
		uint32_t count[SEATS_SHIFTS_MAX];
		int64_t left[SEATS_SLOTS], now = cost;
		uint32_t out = 2 + round % 5;

		memcpy(count, c->count, sizeof count);
		memcpy(left, c->left, sizeof left);
		for (uint32_t tries = 0; out > 0 && tries < 400; tries++) {
			uint32_t s;

			dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			s = (uint32_t)((dice >> 32) * c->n >> 32);
			if (c->count[s] == 0)
				continue;
			take(c, s, -1);
			now -= c->shift[s].cost;
			out--;
		}
		now += fill(c, true, &dice);
		now -= trim(c);
		if (now <= cost) {
			cost = now;
			keep(c, cost);
			continue;
		}
		memcpy(c->count, count, sizeof count);
		memcpy(c->left, left, sizeof left);
	}
}

static void
descend(struct cover *c, int64_t cost, int last_slot, uint32_t from)
{
	int64_t rest = -c->slack;
	int slot = -1;

	for (int t = SEATS_SLOTS - 1; t >= 0; t--)
		if (c->left[t] > 0) {
			rest += c->left[t] * c->best_price[t];
			slot = t;
		}
	if (slot < 0) {
		keep(c, cost);
		return;
	}
	if (c->nodes_left == 0 || cost + whole(rest) >= c->best->cost || cost + 1 >= c->best->cost)
		return;
	c->nodes_left--;
	/* while the same half hour lacks somebody, shifts are taken in order: no plan is looked at twice */
	for (uint32_t k = slot == last_slot ? from : 0; k < c->n && c->best->cost > c->best->bound; k++) {
		uint32_t s = c->order[k];

		if (c->shift[s].covers[slot] == 0)
			continue;
		take(c, s, 1);
		descend(c, cost + c->shift[s].cost, slot, k);
		take(c, s, -1);
	}
}

static enum rc
cover_check(const int64_t *need, const struct seats_shift *shift, uint32_t n)
{
	if (n == 0 || n > SEATS_SHIFTS_MAX)
		return RC_INVALID;
	for (uint32_t s = 0; s < n; s++)
		if (shift[s].cost < 1 || shift[s].cost > 10000)
			return RC_INVALID;
	for (int t = 0; t < SEATS_SLOTS; t++) {
		bool any = need[t] <= 0;

		if (need[t] < 0 || need[t] > SEATS_MOST)
			return RC_INVALID;
		for (uint32_t s = 0; s < n && !any; s++)
			any = shift[s].covers[t] != 0;
		if (!any)
			return RC_NOT_FOUND;
	}
	return RC_OK;
}

/* What reaches furthest first: of two that help now, the one that helps longer. */
static void
order_set(struct cover *c)
{
	int reach[SEATS_SHIFTS_MAX] = { 0 };

	for (uint32_t s = 0; s < c->n; s++) {
		uint32_t at = s;

		for (int t = 0; t < SEATS_SLOTS; t++)
			reach[s] = c->shift[s].covers[t] != 0 ? t : reach[s];
		while (at > 0 && reach[c->order[at - 1]] < reach[s]) {
			c->order[at] = c->order[at - 1];
			at--;
		}
		c->order[at] = s;
	}
}

enum rc
seats_cover(const int64_t need[static SEATS_SLOTS], const struct seats_shift *shift, uint32_t n, struct seats_limits limits,
    struct seats_plan *ret)
{
	struct cover c = { .need = need, .shift = shift, .n = n, .nodes_left = limits.nodes, .best = ret };
	uint64_t dice = 1;
	int64_t cost;
	enum rc rc = cover_check(need, shift, n);

	if (rc != RC_OK)
		return rc;
	*ret = (struct seats_plan){ .bound = 0 };
	order_set(&c);
	memcpy(c.left, need, sizeof c.left);
	ret->cost = INT64_MAX;
	cost = fill(&c, false, &dice);
	cost -= trim(&c);
	keep(&c, cost);
	bound_set(&c, ret->cost);
	improve(&c, cost, limits.rounds);
	memcpy(c.left, need, sizeof c.left);
	memset(c.count, 0, sizeof c.count);
	descend(&c, 0, -1, 0);
	ret->nodes = limits.nodes - c.nodes_left;
	if (c.nodes_left > 0)
		ret->bound = ret->cost;
	ret->proven = ret->bound == ret->cost;
	return RC_OK;
}
