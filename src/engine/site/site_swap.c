/* The p-median by swaps; and what every answer ends with. */
#include <stdlib.h>
#include <string.h>

#include "engine/site/site_internal.h"

static int
site_compare(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

enum rc
site_chosen(struct arena *mem, const uint32_t *chosen, uint32_t n, struct site_answer *ret)
{
	ret->chosen = arena_array(mem, n, sizeof *ret->chosen);
	if (ret->chosen == NULL)
		return RC_NO_MEMORY;
	memcpy(ret->chosen, chosen, n * sizeof *ret->chosen);
	qsort(ret->chosen, n, sizeof *ret->chosen, site_compare);
	return RC_OK;
}

#define NO_NEXT ((int64_t)SITE_COST_MAX * 4)

enum rc
median_state_new(struct arena *spare, const struct site_costs *c, uint32_t p, struct median_state *ret)
{
	size_t n = c->n, m = c->m;

	*ret = (struct median_state){ .c = c, .p = p };
	ret->chosen = arena_array(spare, p, sizeof *ret->chosen);
	ret->place = arena_array(spare, m, sizeof *ret->place);
	ret->by_site = n > SIZE_MAX / 8 / m ? NULL : arena_raw(spare, n * m, sizeof *ret->by_site);
	ret->first = arena_array(spare, n, sizeof *ret->first);
	ret->second = arena_array(spare, n, sizeof *ret->second);
	ret->near = arena_array(spare, n, sizeof *ret->near);
	ret->next = arena_array(spare, n, sizeof *ret->next);
	ret->loss = arena_array(spare, p, sizeof *ret->loss);
	ret->extra = arena_array(spare, p, sizeof *ret->extra);
	if (ret->chosen == NULL || ret->place == NULL || ret->by_site == NULL ||
	    ret->first == NULL || ret->second == NULL ||
	    ret->near == NULL || ret->next == NULL || ret->loss == NULL || ret->extra == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++)
			ret->by_site[j * n + i] = c->cost[i * m + j];
	return RC_OK;
}

int64_t
site_median_cost(const struct site_costs *c, const uint32_t *chosen, uint32_t n)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		const uint32_t *cost = c->cost + (size_t)i * c->m;
		uint32_t best = UINT32_MAX;

		for (uint32_t k = 0; k < n; k++)
			best = cost[chosen[k]] < best ? cost[chosen[k]] : best;
		sum += best;
	}
	return sum;
}

int64_t
median_state_set(struct median_state *s)
{
	int64_t sum = 0;

	memset(s->place, 0xff, s->c->m * sizeof *s->place);
	for (uint32_t k = 0; k < s->p; k++)
		s->place[s->chosen[k]] = k;
	for (uint32_t i = 0; i < s->c->n; i++) {
		const uint32_t *cost = s->c->cost + (size_t)i * s->c->m;

		s->near[i] = s->next[i] = NO_NEXT;
		s->first[i] = s->second[i] = 0;
		for (uint32_t k = 0; k < s->p; k++) {
			int64_t here = cost[s->chosen[k]];

			if (here < s->near[i]) {
				s->next[i] = s->near[i];
				s->second[i] = s->first[i];
				s->near[i] = here;
				s->first[i] = k;
			} else if (here < s->next[i]) {
				s->next[i] = here;
				s->second[i] = k;
			}
		}
		sum += s->near[i];
	}
	return sum;
}

/* What opening `site` saves with nothing closed; extra[r]: what it saves besides when place r closes. */
static int64_t
site_gain(const struct median_state *s, uint32_t site)
{
	const uint32_t *cost = s->by_site + (size_t)site * s->c->n;
	int64_t gain = 0;

	memset(s->extra, 0, s->p * sizeof *s->extra);
	for (uint32_t i = 0; i < s->c->n; i++) {
		int64_t here = cost[i];

		if (here < s->near[i]) {
			gain += s->near[i] - here;
			s->extra[s->first[i]] += s->next[i] - s->near[i];
		} else if (here < s->next[i]) {
			s->extra[s->first[i]] += s->next[i] - here;
		}
	}
	return gain;
}

static bool
best_swap(const struct median_state *s, uint32_t *ret_in, uint32_t *ret_out, int64_t *ret_saved)
{
	*ret_saved = 0;
	memset(s->loss, 0, s->p * sizeof *s->loss);
	for (uint32_t i = 0; i < s->c->n; i++)
		s->loss[s->first[i]] += s->next[i] - s->near[i];
	for (uint32_t j = 0; j < s->c->m; j++) {
		int64_t gain;

		if (s->place[j] != UINT32_MAX)
			continue;
		gain = site_gain(s, j);
		for (uint32_t r = 0; r < s->p; r++)
			if (gain - s->loss[r] + s->extra[r] > *ret_saved) {
				*ret_saved = gain - s->loss[r] + s->extra[r];
				*ret_in = j;
				*ret_out = r;
			}
	}
	return *ret_saved > 0;
}

int64_t
median_descend(struct median_state *s, int64_t cost)
{
	uint32_t in, out;
	int64_t saved;

	while (best_swap(s, &in, &out, &saved)) {
		s->chosen[out] = in;
		cost = median_state_set(s);
	}
	return cost;
}

void
median_greedy(struct median_state *s)
{
	const struct site_costs *c = s->c;
	uint32_t *now = s->first; /* of each client: what it costs so far */

	memset(s->place, 0xff, c->m * sizeof *s->place);
	for (uint32_t i = 0; i < c->n; i++)
		now[i] = SITE_COST_MAX;
	for (uint32_t k = 0; k < s->p; k++) {
		uint32_t best = UINT32_MAX;
		int64_t most = -1;

		for (uint32_t j = 0; j < c->m; j++) {
			int64_t gain = 0;

			if (s->place[j] != UINT32_MAX)
				continue;
			for (uint32_t i = 0; i < c->n; i++) {
				uint32_t here = s->by_site[(size_t)j * c->n + i];

				gain += here < now[i] ? now[i] - here : 0;
			}
			if (gain > most) {
				most = gain;
				best = j;
			}
		}
		s->chosen[k] = best;
		s->place[best] = k;
		for (uint32_t i = 0; i < c->n; i++)
			if (c->cost[(size_t)i * c->m + best] < now[i])
				now[i] = c->cost[(size_t)i * c->m + best];
	}
}
