#include <string.h>

#include "engine/site/site_round.h"

#define PASSES 60

struct rounds {
	const struct site_round_ask *ask;
	uint32_t n_of[SITE_ROUND_STOPS];
	uint32_t stop[SITE_ROUND_STOPS][SITE_ROUND_DAY + 1];
	uint32_t *best;              /* of Held and Karp: [set × SITE_ROUND_DAY + last] */
	uint8_t *before;
};

static int64_t
way(const struct rounds *r, uint32_t from, uint32_t to)
{
	return r->ask->ms[(size_t)from * (r->ask->n + 1) + to];
}

/* The place at a position of a day; the base before the first and after the last. */
static uint32_t
place_at(const struct rounds *r, uint32_t day, int64_t at)
{
	return at < 0 || at >= (int64_t)r->n_of[day] ? r->ask->n : r->stop[day][at];
}

static int64_t
day_cost(const struct rounds *r, uint32_t day)
{
	int64_t sum = 0;

	for (int64_t k = 0; r->n_of[day] > 0 && k <= (int64_t)r->n_of[day]; k++)
		sum += way(r, place_at(r, day, k - 1), place_at(r, day, k));
	return sum;
}

/* What a stop before position `at` costs more. */
static int64_t
cost_in(const struct rounds *r, uint32_t day, uint32_t at, uint32_t stop)
{
	uint32_t a = place_at(r, day, (int64_t)at - 1), b = place_at(r, day, at);

	return way(r, a, stop) + way(r, stop, b) - (a == b ? 0 : way(r, a, b));
}

static void
stop_put(struct rounds *r, uint32_t day, uint32_t at, uint32_t stop)
{
	memmove(&r->stop[day][at + 1], &r->stop[day][at], (r->n_of[day] - at) * sizeof(uint32_t));
	r->stop[day][at] = stop;
	r->n_of[day]++;
}

static uint32_t
stop_take(struct rounds *r, uint32_t day, uint32_t at)
{
	uint32_t stop = r->stop[day][at];

	r->n_of[day]--;
	memmove(&r->stop[day][at], &r->stop[day][at + 1], (r->n_of[day] - at) * sizeof(uint32_t));
	return stop;
}

struct spot { uint32_t day, at; int64_t cost; };

static struct spot
cheapest(const struct rounds *r, uint32_t stop)
{
	struct spot best = { 0, 0, INT64_MAX };

	for (uint32_t d = 0; d < r->ask->days; d++)
		for (uint32_t at = 0; r->n_of[d] < r->ask->most && at <= r->n_of[d]; at++)
			if (cost_in(r, d, at, stop) < best.cost)
				best = (struct spot){ d, at, cost_in(r, d, at, stop) };
	return best;
}

/* The farthest first: who is near fits in anywhere. */
static void
stops_begin(struct rounds *r)
{
	bool done[SITE_ROUND_STOPS] = { false };

	for (uint32_t k = 0; k < r->ask->n; k++) {
		uint32_t far = 0;
		struct spot s;

		for (uint32_t i = 0; i < r->ask->n; i++)
			if (!done[i] && (done[far] || way(r, r->ask->n, i) > way(r, r->ask->n, far)))
				far = i;
		done[far] = true;
		s = cheapest(r, far);
		stop_put(r, s.day, s.at, far);
	}
}

/* Each stop out and in where it costs least. */
static bool
stops_move(struct rounds *r)
{
	bool any = false;

	for (uint32_t d = 0; d < r->ask->days; d++)
		for (uint32_t at = 0; at < r->n_of[d]; at++) {
			uint32_t stop = stop_take(r, d, at);
			int64_t here = cost_in(r, d, at, stop);
			struct spot s = cheapest(r, stop);

			if (s.cost < here) {
				stop_put(r, s.day, s.at, stop);
				any = true;
			} else {
				stop_put(r, d, at, stop);
			}
		}
	return any;
}

/* Two stops of two days in each other's place. */
static bool
stops_swap(struct rounds *r)
{
	bool any = false;

	for (uint32_t d = 0; d < r->ask->days; d++)
		for (uint32_t e = d + 1; e < r->ask->days; e++)
			for (uint32_t i = 0; i < r->n_of[d]; i++)
				for (uint32_t k = 0; k < r->n_of[e]; k++) {
					int64_t before = day_cost(r, d) + day_cost(r, e);
					uint32_t a = r->stop[d][i], b = r->stop[e][k];

					r->stop[d][i] = b;
					r->stop[e][k] = a;
					if (day_cost(r, d) + day_cost(r, e) < before) {
						any = true;
						continue;
					}
					r->stop[d][i] = a;
					r->stop[e][k] = b;
				}
	return any;
}

/* The shortest order of a day's stops. */
static void
day_order(struct rounds *r, uint32_t day)
{
	uint32_t n = r->n_of[day], all = (UINT32_C(1) << n) - 1, last = 0, order[SITE_ROUND_DAY];
	uint32_t *best = r->best;

	if (n < 2)
		return;
	for (uint32_t set = 1; set <= all; set++)
		for (uint32_t j = 0; j < n; j++) {
			uint32_t rest = set & ~(UINT32_C(1) << j), *here = &best[set * SITE_ROUND_DAY + j];

			*here = UINT32_MAX;
			if ((set >> j & 1) == 0)
				continue;
			if (rest == 0)
				*here = (uint32_t)way(r, r->ask->n, r->stop[day][j]);
			for (uint32_t i = 0; i < n; i++) {
				int64_t ms = (rest >> i & 1) == 0 ? UINT32_MAX : (int64_t)best[rest * SITE_ROUND_DAY + i] +
				    way(r, r->stop[day][i], r->stop[day][j]);

				if (ms < *here) {
					*here = (uint32_t)ms;
					r->before[set * SITE_ROUND_DAY + j] = (uint8_t)i;
				}
			}
		}
	for (uint32_t j = 1; j < n; j++)
		if (best[all * SITE_ROUND_DAY + j] + way(r, r->stop[day][j], r->ask->n) <
		    best[all * SITE_ROUND_DAY + last] + way(r, r->stop[day][last], r->ask->n))
			last = j;
	for (uint32_t k = n, set = all; k-- > 0;) {
		uint32_t j = last;

		order[k] = r->stop[day][j];
		last = r->before[set * SITE_ROUND_DAY + j];
		set &= ~(UINT32_C(1) << j);
	}
	memcpy(r->stop[day], order, n * sizeof *order);
}

/* To each stop some way is taken, and home so often as the days must be begun. */
static int64_t
bound_of(const struct rounds *r)
{
	uint32_t n = r->ask->n, days = (n + r->ask->most - 1) / r->ask->most;
	int64_t sum = 0;

	for (uint32_t to = 0; to <= n; to++) {
		int64_t least = INT64_MAX;

		for (uint32_t from = 0; from <= n; from++)
			if (from != to && way(r, from, to) < least)
				least = way(r, from, to);
		sum += to == n ? least * days : least;
	}
	return sum;
}

static bool
ask_is_fine(const struct site_round_ask *a)
{
	size_t cells = ((size_t)a->n + 1) * ((size_t)a->n + 1);

	if (a->n == 0 || a->n > SITE_ROUND_STOPS || a->days == 0 || a->days > SITE_ROUND_STOPS || a->most == 0 ||
	    a->most > SITE_ROUND_DAY || a->n > a->days * a->most)
		return false;
	for (size_t i = 0; i < cells; i++)
		if (a->ms[i] > SITE_ROUND_MS / (SITE_ROUND_DAY + 1))
			return false;
	return true;
}

static enum rc
round_write(struct arena *mem, const struct rounds *r, struct site_round *ret)
{
	uint32_t at = 0;

	*ret = (struct site_round){ .first = arena_array(mem, (size_t)r->ask->days + 1, sizeof *ret->first),
		.stop = arena_array(mem, r->ask->n, sizeof *ret->stop), .day_ms = arena_array(mem, r->ask->days, sizeof *ret->day_ms) };
	if (ret->first == NULL || ret->stop == NULL || ret->day_ms == NULL)
		return RC_NO_MEMORY;
	for (uint32_t d = 0; d < r->ask->days; d++) {
		memcpy(ret->stop + at, r->stop[d], r->n_of[d] * sizeof *ret->stop);
		at += r->n_of[d];
		ret->first[d + 1] = at;
		ret->day_ms[d] = day_cost(r, d);
		ret->total += ret->day_ms[d];
	}
	ret->bound = bound_of(r);
	if (r->ask->days == 1)
		ret->bound = ret->total; /* the order is the shortest there is */
	return RC_OK;
}

enum rc
site_round(struct arena *mem, struct arena *spare, const struct site_round_ask *ask, struct site_round *ret)
{
	size_t sets = (size_t)1 << SITE_ROUND_DAY;
	struct rounds *r = ARENA_NEW(spare, struct rounds);
	bool moved = true;

	if (!ask_is_fine(ask))
		return RC_INVALID;
	if (r == NULL)
		return RC_NO_MEMORY;
	r->ask = ask;
	r->best = arena_array(spare, sets * SITE_ROUND_DAY, sizeof *r->best);
	r->before = arena_array(spare, sets * SITE_ROUND_DAY, 1);
	if (r->best == NULL || r->before == NULL)
		return RC_NO_MEMORY;
	stops_begin(r);
	for (int pass = 0; pass < PASSES && moved; pass++) {
		moved = stops_move(r);
		moved = stops_swap(r) || moved;
		for (uint32_t d = 0; !moved && d < ask->days; d++) {
			int64_t before = day_cost(r, d);

			day_order(r, d);
			moved = day_cost(r, d) < before || moved;
		}
	}
	for (uint32_t d = 0; d < ask->days; d++)
		day_order(r, d);
	return round_write(mem, r, ret);
}
