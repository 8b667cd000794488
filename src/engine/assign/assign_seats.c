/* Queues and the forecast.  See assign_seats.h. */
#include "engine/assign/assign_seats.h"

#include <stdlib.h>

#define HALF_HOUR 1800.0
#define TINY 1e-15
#define PANELS 400                       /* of the integral; even */

/* e to the power of x: x brought near 0 by halving, a series, squared back. */
static double
power_of_e(double x)
{
	double term = 1, sum = 1;
	int halved = 0;

	if (x < -700)
		return 0;
	while (x > 0.5 || x < -0.5) {
		x /= 2;
		halved++;
	}
	for (int k = 1; k < 18; k++) {
		term = term * x / k;
		sum += term;
	}
	while (halved-- > 0)
		sum *= sum;
	return sum;
}

/* Rates a second, and of the likeliest state. */
struct queue { double arrive, serve, leave; int64_t seats, mode; };

/* How likely each state is, relative to the mode: what is summed of it. */
struct sums { double all, below, last_free, waiting, waits_in_line; };

static double
out_rate(const struct queue *q, int64_t state)
{
	double busy = (double)(state < q->seats ? state : q->seats) * q->serve;

	return state > q->seats ? busy + (double)(state - q->seats) * q->leave : busy;
}

static void
add(const struct queue *q, int64_t state, double weight, struct sums *s)
{
	s->all += weight;
	if (state < q->seats)
		s->below += weight;
	if (state == q->seats - 1)
		s->last_free = weight;
	if (state >= q->seats)
		s->waiting += weight;
	if (state > q->seats)
		s->waits_in_line += weight * (double)(state - q->seats);
}

static struct sums
states_sum(const struct queue *q)
{
	struct sums s = { 0, 0, 0, 0, 0 };
	double weight = 1;

	add(q, q->mode, 1, &s);
	for (int64_t k = q->mode; k > 0 && weight > TINY * TINY; k--) {
		weight = weight * out_rate(q, k) / q->arrive;
		add(q, k - 1, weight, &s);
	}
	weight = 1;
	for (int64_t k = q->mode + 1; weight > TINY; k++) {
		weight = weight * q->arrive / out_rate(q, k);
		add(q, k, weight, &s);
	}
	return s;
}

/* Those answered after a wait of at most t: the wait offered has the density arrive × P(one seat free) × the power below. */
static double
answered_late(const struct queue *q, double last_free, double t)
{
	double sum = 0, step = t / PANELS;

	for (int k = 0; k <= PANELS; k++) {
		double x = step * k, stays = q->leave > 0 ? power_of_e(-q->leave * x) : 1;
		double worked = q->leave > 0 ? (1 - stays) / q->leave : x;
		double here = q->arrive * last_free * power_of_e(q->arrive * worked - (double)q->seats * q->serve * x) * stays;

		sum += here * (k == 0 || k == PANELS ? 1 : k % 2 == 1 ? 4 : 2);
	}
	return sum * step / 3;
}

static int64_t
permille(double share)
{
	return share <= 0 ? 0 : share >= 1 ? 1000 : (int64_t)(share * 1000 + 0.5);
}

enum rc
seats_level(const struct seats_load *l, int64_t seats, int64_t seconds, struct seats_level *ret)
{
	struct queue q = { .seats = seats };
	struct sums s;
	double lost;

	if (seats < 1 || seats > SEATS_MOST || l->talk < 1 || l->calls < 0 || l->patience < 0 || seconds < 0)
		return RC_INVALID;
	if (l->calls == 0) {
		*ret = (struct seats_level){ .within = 1000 };
		return RC_OK;
	}
	q.arrive = (double)l->calls / 1000 / HALF_HOUR;
	q.serve = 1.0 / (double)l->talk;
	q.leave = l->patience > 0 ? 1.0 / (double)l->patience : 0;
	if (q.leave <= 0 && q.arrive >= (double)seats * q.serve)
		return RC_INVALID;
	if (q.arrive < (double)seats * q.serve)
		q.mode = (int64_t)(q.arrive / q.serve);
	else
		q.mode = seats + (int64_t)((q.arrive - (double)seats * q.serve) / q.leave);
	s = states_sum(&q);
	lost = q.leave * s.waits_in_line / s.all / q.arrive;
	*ret = (struct seats_level){ .within = permille(s.below / s.all + answered_late(&q, s.last_free / s.all, (double)seconds)),
		.lost = permille(lost), .waits = permille(s.waiting / s.all),
		.busy = permille(q.arrive * (1 - lost) / ((double)seats * q.serve)) };
	return RC_OK;
}

static bool
is_enough(const struct seats_load *l, int64_t seats, int64_t seconds, int64_t within, int64_t lost)
{
	struct seats_level level;

	return seats_level(l, seats, seconds, &level) == RC_OK && level.within >= within && level.lost <= lost;
}

enum rc
seats_needed(const struct seats_load *l, int64_t seconds, int64_t within, int64_t lost, int64_t *ret_seats)
{
	int64_t low = 0, high = 1; /* low is too few */

	if (l->talk < 1 || l->calls < 0 || l->patience < 0 || seconds < 0 || within > 1000 || lost < 0)
		return RC_INVALID;
	if (l->calls == 0) {
		*ret_seats = 0;
		return RC_OK;
	}
	while (high < SEATS_MOST && !is_enough(l, high, seconds, within, lost)) {
		low = high;
		high = high * 2 < SEATS_MOST ? high * 2 : SEATS_MOST;
	}
	if (!is_enough(l, high, seconds, within, lost))
		return RC_INVALID;
	while (high - low > 1) {
		int64_t mid = low + (high - low) / 2;

		if (is_enough(l, mid, seconds, within, lost))
			high = mid;
		else
			low = mid;
	}
	*ret_seats = high;
	return RC_OK;
}

/* ---- the forecast --------------------------------------------------------------------------------------- */

static int64_t
day_sum(const struct seats_day *d)
{
	int64_t sum = 0;

	for (int t = 0; t < SEATS_SLOTS; t++)
		sum += d->calls[t];
	return sum;
}

static int
compare(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

/* Mean of the last sums, in thousandths. */
static int64_t
level_of(const int64_t *sum, uint32_t n)
{
	uint32_t from = n > SEATS_LEVEL_DAYS ? n - SEATS_LEVEL_DAYS : 0;
	int64_t all = 0;

	for (uint32_t k = from; k < n; k++)
		all += sum[k];
	return n == 0 ? 0 : all * 1000 / (n - from);
}

enum rc
seats_forecast(struct arena *spare, const struct seats_day *days, uint32_t n, int kind, int64_t quantile, struct seats_forecast *ret)
{
	int64_t *sum = arena_array(spare, n, sizeof *sum), *off = arena_array(spare, n, sizeof *off), share[SEATS_SLOTS] = { 0 };
	int64_t all = 0, level;
	uint32_t same = 0, told = 0;

	if (sum == NULL || off == NULL)
		return RC_NO_MEMORY;
	if (quantile < 500 || quantile > 999)
		return RC_INVALID;
	for (uint32_t i = 0; i < n; i++) {
		if (days[i].kind != kind)
			continue;
		level = level_of(sum, same);
		sum[same] = day_sum(&days[i]);
		if (level > 0)
			off[told++] = sum[same] * 1000000 / level; /* per mille of what was forecast */
		all += sum[same++];
		for (int t = 0; t < SEATS_SLOTS; t++)
			share[t] += days[i].calls[t];
	}
	if (same == 0)
		return RC_NOT_FOUND;
	qsort(off, told, sizeof *off, compare);
	level = level_of(sum, same);
	*ret = (struct seats_forecast){ .days = same, .factor = told == 0 ? 1000 : off[(int64_t)(told - 1) * quantile / 1000 +
	    ((int64_t)(told - 1) * quantile % 1000 > 0)] };
	ret->factor = ret->factor < 1000 ? 1000 : ret->factor;
	for (int t = 0; t < SEATS_SLOTS; t++) {
		ret->middle[t] = all == 0 ? 0 : level * share[t] / all;
		ret->high[t] = ret->middle[t] * ret->factor / 1000;
	}
	return RC_OK;
}
