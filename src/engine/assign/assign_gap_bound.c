/* No assignment costs less.  See assign_gap.h. */
#include "engine/assign/assign_gap.h"

#include <string.h>

#define EXACT_MAX ((uint64_t)1 << 24)   /* jobs × hours of one agent's table of bits */
#define WAIT 20                         /* rounds without progress before steps are halved */
#define SHRINK_MAX 14

enum rc
gap_bound_begin(struct arena *mem, const struct gap *g, struct gap_bound *ret)
{
	int64_t most = 0;

	if (!gap_is_fine(g))
		return RC_INVALID;
	*ret = (struct gap_bound){ .bound = INT64_MIN, .g = g, .best = INT64_MIN };
	for (uint32_t i = 0; i < g->m; i++)
		most = g->room[i] > most ? g->room[i] : most;
	ret->exact = (uint64_t)most < EXACT_MAX / g->n;
	ret->u = arena_array(mem, g->n, sizeof *ret->u);
	ret->best_u = arena_array(mem, g->n, sizeof *ret->best_u);
	ret->value = arena_array(mem, g->n, sizeof *ret->value);
	ret->count = arena_array(mem, g->n, sizeof *ret->count);
	ret->order = arena_array(mem, g->n, sizeof *ret->order);
	if (ret->u == NULL || ret->best_u == NULL || ret->value == NULL || ret->count == NULL || ret->order == NULL)
		return RC_NO_MEMORY;
	if (ret->exact) {
		ret->table = arena_array(mem, (size_t)most + 1, sizeof *ret->table);
		ret->took = arena_array(mem, ((size_t)most + 1) * g->n / 8 + 1, 1);
		if (ret->table == NULL || ret->took == NULL)
			return RC_NO_MEMORY;
	}
	/* to begin with: what the second cheapest agent costs */
	for (uint32_t j = 0; j < g->n; j++) {
		int64_t first = INT64_MAX, second = INT64_MAX;

		for (uint32_t i = 0; i < g->m; i++) {
			int64_t c = g->cost[(size_t)i * g->n + j];

			if (g->need[(size_t)i * g->n + j] > g->room[i])
				continue;
			if (c < first) {
				second = first;
				first = c;
			} else if (c < second) {
				second = c;
			}
		}
		ret->u[j] = (second != INT64_MAX ? second : first != INT64_MAX ? first : 0) * GAP_SCALE;
	}
	return RC_OK;
}

/* The most that one agent's hours can earn: by a table over hours, with the way back. */
static int64_t
knapsack_exact(struct gap_bound *b, uint32_t agent)
{
	const struct gap *g = b->g;
	const int32_t *need = g->need + (size_t)agent * g->n;
	size_t room = (size_t)g->room[agent], at = room;

	memset(b->table, 0, (room + 1) * sizeof *b->table);
	memset(b->took, 0, (room + 1) * g->n / 8 + 1);
	for (uint32_t j = 0; j < g->n; j++) {
		size_t a = (size_t)need[j], row = j * (room + 1);

		if (b->value[j] <= 0 || a > room)
			continue;
		for (size_t h = room + 1; h-- > a;)
			if (b->table[h - a] + b->value[j] > b->table[h]) {
				b->table[h] = b->table[h - a] + b->value[j];
				b->took[(row + h) / 8] |= (uint8_t)(1u << (row + h) % 8);
			}
	}
	for (uint32_t j = g->n; j-- > 0;) {
		size_t bit = j * (room + 1) + at;

		if ((b->took[bit / 8] >> bit % 8 & 1) != 0) {
			b->count[j]++;
			at -= (size_t)need[j];
		}
	}
	return b->table[room];
}

/* Down a heap: the job that earns least an hour on top. */
static bool
earns_less(const struct gap_bound *b, const int32_t *need, uint32_t x, uint32_t y)
{
	double l = (double)b->value[x] * need[y], r = (double)b->value[y] * need[x];

	return l < r || (!(r < l) && x > y);
}

static void
heap_down(const struct gap_bound *b, const int32_t *need, uint32_t *heap, uint32_t n, uint32_t at)
{
	for (;;) {
		uint32_t low = at, left = 2 * at + 1, t;

		if (left < n && earns_less(b, need, heap[left], heap[low]))
			low = left;
		if (left + 1 < n && earns_less(b, need, heap[left + 1], heap[low]))
			low = left + 1;
		if (low == at)
			return;
		t = heap[at];
		heap[at] = heap[low];
		heap[low] = t;
		at = low;
	}
}

/*
 * The same from above: with the hour at a price p, at most p × room + sum of max(0, value - p × need), for
 * any p whatever; taken at the rate of the first job that no longer fits, by falling rate.
 */
#define RATE_SCALE 1024
static int64_t
knapsack_above(struct gap_bound *b, uint32_t agent)
{
	const struct gap *g = b->g;
	const int32_t *need = g->need + (size_t)agent * g->n;
	int64_t room = g->room[agent], sum, rate;
	uint32_t n = 0, kept;

	for (uint32_t j = 0; j < g->n; j++)
		if (b->value[j] > 0 && need[j] <= g->room[agent])
			b->order[n++] = j;
	for (uint32_t k = n / 2; k-- > 0;)
		heap_down(b, need, b->order, n, k);
	for (uint32_t k = n; k-- > 1;) {
		uint32_t t = b->order[0];

		b->order[0] = b->order[k];
		b->order[k] = t;
		heap_down(b, need, b->order, k, 0);
	}
	for (kept = 0; kept < n && need[b->order[kept]] <= room; kept++) {
		room -= need[b->order[kept]];
		b->count[b->order[kept]]++;
	}
	rate = kept == n ? 0 : b->value[b->order[kept]] * RATE_SCALE / need[b->order[kept]];
	sum = rate * g->room[agent];
	for (uint32_t k = 0; k < n; k++) {
		int64_t more = b->value[b->order[k]] * RATE_SCALE - rate * need[b->order[k]];

		sum += more > 0 ? more : 0;
	}
	return sum / RATE_SCALE + 1;
}

static void
step(struct gap_bound *b, int64_t here, int64_t best_known)
{
	int64_t norm = 0, gap, reach = b->best < 0 ? -b->best : b->best;

	for (uint32_t j = 0; j < b->g->n; j++)
		norm += ((int64_t)b->count[j] - 1) * ((int64_t)b->count[j] - 1);
	if (norm == 0) {
		b->finished = true;
		return;
	}
	gap = best_known == INT64_MAX ? reach / 20 : best_known * GAP_SCALE - here;
	gap = gap < GAP_SCALE ? GAP_SCALE : gap;
	for (uint32_t j = 0; j < b->g->n; j++)
		b->u[j] += (1 - (int64_t)b->count[j]) * ((gap * 2 >> b->shrink) / norm + 1);
}

void
gap_bound_run(struct gap_bound *b, int64_t best_known, uint32_t rounds)
{
	const struct gap *g = b->g;

	for (uint32_t r = 0; r < rounds && !b->finished; r++) {
		int64_t sum = 0;

		memset(b->count, 0, g->n * sizeof *b->count);
		for (uint32_t j = 0; j < g->n; j++)
			sum += b->u[j];
		for (uint32_t i = 0; i < g->m; i++) {
			for (uint32_t j = 0; j < g->n; j++)
				b->value[j] = b->u[j] - (int64_t)g->cost[(size_t)i * g->n + j] * GAP_SCALE;
			sum -= b->exact ? knapsack_exact(b, i) : knapsack_above(b, i);
		}
		b->rounds++;
		if (sum > b->best) {
			b->best = sum;
			b->bound = sum >= 0 ? (sum + GAP_SCALE - 1) / GAP_SCALE : -(-sum / GAP_SCALE);
			memcpy(b->best_u, b->u, g->n * sizeof *b->u);
			b->still = 0;
		} else if (++b->still >= WAIT) {
			b->still = 0;
			memcpy(b->u, b->best_u, g->n * sizeof *b->u);
			if (++b->shrink > SHRINK_MAX)
				b->finished = true;
			continue;
		}
		step(b, sum, best_known);
	}
}
