#include "resources/circle/circle_rule.h"

#include <stdlib.h>

enum circle_class
circle_judge(const struct circle_known *k, uint32_t limit)
{
	if (!k->has_position)
		return CIRCLE_NOWHERE;
	if (!k->on_network)
		return CIRCLE_OFF;
	if (k->open_high <= limit)
		return CIRCLE_COVERED;
	if (k->open_low <= limit)
		return CIRCLE_UNSURE;
	if (k->door_high <= limit)
		return CIRCLE_EMPTY;
	if (k->any_high <= limit)
		return CIRCLE_SHUT;
	return k->any_low <= limit ? CIRCLE_UNSURE : CIRCLE_FAR;
}

/* ---- evenness ------------------------------------------------------------------------------ */

static int
by_seconds(const void *x, const void *y)
{
	const struct circle_weighed *a = x, *b = y;

	return (a->seconds > b->seconds) - (a->seconds < b->seconds);
}

static int64_t
sorted_weight(struct circle_weighed *v, size_t n)
{
	int64_t whole = 0;

	qsort(v, n, sizeof *v, by_seconds);
	for (size_t i = 0; i < n && whole <= CIRCLE_WEIGHT_MAX; i++)
		whole = v[i].weight < 0 || v[i].weight > CIRCLE_WEIGHT_MAX ? INT64_MAX : whole + v[i].weight;
	return whole;
}

/* Twice the differences of all pairs over twice the sum: Σ w·s·(2C − w − W) / (W · Σ w·s), C counted up to and with i. */
int64_t
circle_gini(struct circle_weighed *v, size_t n)
{
	int64_t whole = sorted_weight(v, n), up_to = 0, sum = 0, apart = 0, all;

	if (whole <= 0 || whole > CIRCLE_WEIGHT_MAX || v[n - 1].seconds > CIRCLE_SECONDS_MAX)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int64_t w = v[i].weight, s = v[i].seconds;

		up_to += w;
		sum += w * s;
		apart += w * s * (2 * up_to - w - whole);
	}
	if (sum == 0)
		return 0;
	all = sum * whole;
	/* Small ones exactly; of the great ones the last digits of the divisor are too many to matter. */
	return all < INT64_MAX / 2000 ? (apart * 1000 + all / 2) / all : (apart + all / 2000) / (all / 1000);
}

int64_t
circle_centile90(struct circle_weighed *v, size_t n)
{
	int64_t whole = sorted_weight(v, n), up_to = 0;

	if (whole <= 0 || whole > CIRCLE_WEIGHT_MAX)
		return -1;
	for (size_t i = 0; i < n; i++) {
		up_to += v[i].weight;
		if (up_to * 10 >= whole * 9)
			return v[i].seconds;
	}
	return -1;
}
