/* Reads a roster of nurses against every rule and sums its price; shares the shapes with the solver, no more. */
#include "engine/roster/roster_nurse.h"

struct reading {
	const struct nurse_problem *p;
	const uint8_t *day;              /* of one person */
	struct nurse_verdict *ret;
	uint32_t staff;
};

static void
fault(struct reading *x, uint32_t day, enum nurse_rule rule)
{
	if (x->ret->n_faults++ == 0) {
		x->ret->staff = x->staff;
		x->ret->day = day;
		x->ret->rule = rule;
	}
}

static bool
works(const struct reading *x, uint32_t day)
{
	return x->day[day] != NURSE_OFF;
}

/* Every run of days on, every run of days off: runs at the edges may go on outside. */
static void
runs_read(struct reading *x)
{
	const struct nurse_staff *s = &x->p->staff[x->staff];

	for (uint32_t from = 0, end; from < x->p->n_days; from = end) {
		bool inside;

		for (end = from + 1; end < x->p->n_days && works(x, end) == works(x, from);)
			end++;
		inside = from > 0 && end < x->p->n_days;
		if (works(x, from) && (end - from > s->run_max || (inside && end - from < s->run_min)))
			fault(x, from, NURSE_RUN);
		if (!works(x, from) && inside && end - from < s->off_min)
			fault(x, from, NURSE_REST);
	}
}

static void
totals_read(struct reading *x)
{
	const struct nurse_staff *s = &x->p->staff[x->staff];
	uint32_t minutes = 0, weekends = 0, count[NURSE_SHIFTS_MAX] = { 0 };

	for (uint32_t day = 0; day < x->p->n_days; day++) {
		if (works(x, day)) {
			minutes += x->p->shift[x->day[day]].minutes;
			count[x->day[day]]++;
		}
		if (day % 7 == 5)
			weekends += works(x, day) || (day + 1 < x->p->n_days && works(x, day + 1));
	}
	if (minutes > s->minutes_max || minutes < s->minutes_min)
		fault(x, x->p->n_days, NURSE_MINUTES);
	if (weekends > s->weekends_max)
		fault(x, x->p->n_days, NURSE_WEEKENDS);
	for (uint32_t k = 0; k < x->p->n_shifts; k++)
		if (count[k] > s->shifts_max[k])
			fault(x, x->p->n_days, NURSE_SHIFTS);
}

static void
days_read(struct reading *x)
{
	const struct nurse_problem *p = x->p;

	for (uint32_t day = 0; day < p->n_days; day++) {
		size_t at = ((size_t)x->staff * p->n_days + day) * p->n_shifts;

		for (uint32_t k = 0; k < p->n_shifts; k++)
			x->ret->wishes += x->day[day] == k ? p->wish_off[at + k] : p->wish_on[at + k];
		if (!works(x, day))
			continue;
		if (p->off[(size_t)x->staff * p->n_days + day] != 0)
			fault(x, day, NURSE_DAY_OFF);
		if (day > 0 && works(x, day - 1) && (p->shift[x->day[day - 1]].blocks & UINT32_C(1) << x->day[day]) != 0)
			fault(x, day, NURSE_FOLLOWS);
	}
}

void
nurse_check(const struct nurse_problem *p, const uint8_t *shift, struct nurse_verdict *ret)
{
	*ret = (struct nurse_verdict){ .n_faults = 0 };
	for (uint32_t i = 0; i < p->n_staff; i++) {
		struct reading x = { p, shift + (size_t)i * p->n_days, ret, i };

		days_read(&x);
		runs_read(&x);
		totals_read(&x);
	}
	for (uint32_t day = 0; day < p->n_days; day++)
		for (uint32_t k = 0; k < p->n_shifts; k++) {
			const struct nurse_cover *c = &p->cover[(size_t)day * p->n_shifts + k];
			int64_t have = 0;

			for (uint32_t i = 0; i < p->n_staff; i++)
				have += shift[(size_t)i * p->n_days + day] == k;
			ret->cover += have < c->need ? (c->need - have) * c->under : (have - c->need) * c->over;
		}
	ret->objective = ret->wishes + ret->cover;
}
