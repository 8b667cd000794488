/* Nurse rosters as walks and rows. */
#include <string.h>

#include "engine/roster/roster_core_internal.h"
#include "engine/roster/roster_nurse.h"

#define STRETCHES 24u            /* of the bound */
#define COUNTED_MAX 8u           /* shifts with a limit of their own that binds */

struct nurse_state {
	uint8_t last, run, begun, weekends;      /* begun: no day off yet, the run may have begun before */
	uint8_t count[COUNTED_MAX];
	uint16_t units;
	uint16_t none;
};

/* One person's rules as the automaton sees them. */
struct nurse_rules {
	const struct nurse_problem *p;
	const struct nurse_staff *s;
	uint32_t unit;                           /* minutes */
	uint8_t counted[NURSE_SHIFTS_MAX];       /* of each shift: its place in count, or COUNTED_MAX */
};

/* Letters: 0 off; else shift × kind of day. */
enum { WEEKDAY, SATURDAY, SUNDAY, KINDS };
static uint32_t
letter_of(uint32_t shift, uint32_t day)
{
	return 1 + shift * KINDS + (day % 7 == 5 ? SATURDAY : day % 7 == 6 ? SUNDAY : WEEKDAY);
}

static bool
step_off(const struct nurse_staff *s, const struct nurse_state *from, struct nurse_state *to)
{
	if (from->last == NURSE_OFF) {
		to->run = (uint8_t)(from->run < s->off_min ? from->run + 1 : from->run);
		to->begun = 0;
		return true;
	}
	if (from->run < s->run_min && !from->begun)
		return false;
	*to = *from;
	to->last = NURSE_OFF;
	to->run = 1;
	to->begun = 0;
	return true;
}

static bool
step_on(const struct nurse_rules *x, uint32_t shift, uint32_t kind, const struct nurse_state *from, struct nurse_state *to)
{
	bool was_off = from->last == NURSE_OFF;

	if (was_off ? from->run < x->s->off_min : from->run >= x->s->run_max || (x->p->shift[from->last].blocks >> shift & 1) != 0)
		return false;
	to->last = (uint8_t)shift;
	to->run = (uint8_t)(was_off ? 1 : from->run + 1);
	to->weekends = (uint8_t)(from->weekends + (kind == SATURDAY || (kind == SUNDAY && was_off)));
	to->units = (uint16_t)(from->units + x->p->shift[shift].minutes / x->unit);
	if (x->counted[shift] < COUNTED_MAX && ++to->count[x->counted[shift]] > x->s->shifts_max[shift])
		return false;
	return to->weekends <= x->s->weekends_max && to->units * x->unit <= x->s->minutes_max && to->run <= x->s->run_max;
}

static bool
nurse_step(const void *arg, uint32_t letter, const void *was, void *ret)
{
	const struct nurse_rules *x = arg;
	const struct nurse_state *from = was;
	struct nurse_state *to = ret;

	*to = *from;
	if (letter == 0)
		return step_off(x->s, from, to);
	return step_on(x, (letter - 1) / KINDS, (letter - 1) % KINDS, from, to);
}

static int64_t
nurse_end(const void *arg, const void *state)
{
	const struct nurse_rules *x = arg;
	const struct nurse_state *s = state;

	return s->units * x->unit < x->s->minutes_min ? CORE_FAR : 0;
}

static uint32_t
common_divisor(uint32_t a, uint32_t b)
{
	while (b != 0) {
		uint32_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static enum rc
person_grow(struct arena *spare, const struct nurse_problem *p, uint32_t i, const struct core_option *option,
    struct core_person *ret)
{
	struct nurse_rules x = { .p = p, .s = &p->staff[i] };
	struct nurse_state start = { .last = NURSE_OFF, .run = (uint8_t)x.s->off_min, .begun = 1 };
	struct core_grow g = { .key_bytes = sizeof start, .n_letters = 1 + p->n_shifts * KINDS, .arg = &x, .start = &start,
		.step = nurse_step, .final = nurse_end };
	uint32_t n = 0;

	for (uint32_t s = 0; s < p->n_shifts; s++) {
		x.unit = common_divisor(p->shift[s].minutes, x.unit);
		x.counted[s] = COUNTED_MAX;
		if (x.s->shifts_max[s] > 0 && x.s->shifts_max[s] < p->n_days &&
		    x.s->shifts_max[s] < x.s->minutes_max / p->shift[s].minutes) {
			if (n == COUNTED_MAX)
				return RC_TOO_LARGE;
			x.counted[s] = (uint8_t)n++;
		}
	}
	return core_grow(spare, &g, option, p->n_days, ret);
}

struct nurse_build { struct core_option *option; struct core_use *use; uint32_t n; };

static void
options_of(const struct nurse_problem *p, uint32_t i, struct nurse_build *b, uint32_t *first)
{
	for (uint32_t day = 0; day < p->n_days; day++) {
		const int32_t *on = p->wish_on + ((size_t)i * p->n_days + day) * p->n_shifts;
		const int32_t *off = p->wish_off + ((size_t)i * p->n_days + day) * p->n_shifts;
		int32_t all = 0;

		first[day] = b->n;
		for (uint32_t s = 0; s < p->n_shifts; s++)
			all += on[s];
		b->option[b->n++] = (struct core_option){ .cost = all };
		for (uint32_t s = 0; s < p->n_shifts && p->off[(size_t)i * p->n_days + day] == 0; s++) {
			if (p->staff[i].shifts_max[s] == 0)
				continue;
			b->use[b->n] = (struct core_use){ day * p->n_shifts + s, 1 };
			b->option[b->n] = (struct core_option){ all - on[s] + off[s], letter_of(s, day), b->n, 1 };
			b->n++;
		}
	}
	first[p->n_days] = b->n;
}

static enum rc
nurse_core(struct arena *spare, const struct nurse_problem *p, struct core *c)
{
	size_t many = (size_t)p->n_staff * p->n_days * (p->n_shifts + 1);
	struct nurse_build b = { arena_array(spare, many, sizeof *b.option), arena_array(spare, many, sizeof *b.use), 0 };
	struct core_row *row = arena_array(spare, (size_t)p->n_days * p->n_shifts, sizeof *row);
	struct core_person *person = arena_array(spare, p->n_staff, sizeof *person);
	uint32_t *first = arena_array(spare, (size_t)p->n_staff * (p->n_days + 1), sizeof *first);
	enum rc rc = RC_OK;

	if (b.option == NULL || b.use == NULL || row == NULL || person == NULL || first == NULL)
		return RC_NO_MEMORY;
	*c = (struct core){ .n_persons = p->n_staff, .n_days = p->n_days, .n_rows = p->n_days * p->n_shifts,
		.person = person, .row = row, .option = b.option, .use = b.use };
	for (uint32_t r = 0; r < c->n_rows; r++)
		row[r] = (struct core_row){ p->cover[r].need, p->cover[r].under, p->cover[r].over };
	for (uint32_t i = 0; i < p->n_staff && rc == RC_OK; i++) {
		person[i].first = first + (size_t)i * (p->n_days + 1);
		options_of(p, i, &b, first + (size_t)i * (p->n_days + 1));
		rc = person_grow(spare, p, i, b.option, &person[i]);
		c->states_max = person[i].n_states > c->states_max ? person[i].n_states : c->states_max;
	}
	c->letters_max = 1 + p->n_shifts * KINDS;
	c->n_options = b.n;
	return rc;
}

enum rc
nurse_solve(struct arena *mem, struct arena *spare, const struct nurse_problem *p, uint64_t seed,
    struct nurse_limits limits, struct nurse_answer *ret, uint32_t *ret_stuck)
{
	struct core_limits how = { limits.steps == 0 ? 1000 : limits.steps, limits.tries == 0 ? 1000 : limits.tries,
		limits.rounds == 0 ? 6 : limits.rounds, limits.nodes == 0 ? 100000 : limits.nodes, limits.stop, limits.arg, 0, 0 };
	struct core_result found;
	struct core c;
	enum rc rc = nurse_core(spare, p, &c);

	how.sweeps = how.steps / STRETCHES + 1;
	if (rc == RC_OK) {
		rc = core_solve(mem, spare, &c, seed, how, &found);
		*ret_stuck = found.stuck;
	}
	if (rc != RC_OK)
		return rc;
	*ret = (struct nurse_answer){ NULL, found.cost, found.bound, found.cost == found.bound, found.stopped, found.steps,
		found.tries, found.nodes };
	ret->shift = arena_array(mem, (size_t)p->n_staff * p->n_days, 1);
	if (ret->shift == NULL)
		return RC_NO_MEMORY;
	for (size_t k = 0; k < (size_t)p->n_staff * p->n_days; k++) {
		uint32_t letter = c.option[found.option[k]].letter;

		ret->shift[k] = letter == 0 ? NURSE_OFF : (uint8_t)((letter - 1) / KINDS);
	}
	return RC_OK;
}
