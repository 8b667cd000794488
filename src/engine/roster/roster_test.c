/* roster_test: tiny months against every plan there is; the ledger against the validator; pins, changes by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/roster/roster_month_internal.h"
#include "engine/roster/roster_stage.h"

static struct arena *mem, *spare;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)64 << 20);
	spare = arena_create((size_t)256 << 20);
	return mem == NULL || spare == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	arena_free(spare);
	return 0;
}

/* ---- every plan there is ------------------------------------------------------------------------------ */

struct every {
	const struct roster_month *m;
	struct roster_plan plan;
	int64_t best;
	uint64_t looked;
};

static void
every_slot(struct every *e, uint32_t slot)
{
	struct roster_verdict v;

	if (slot == e->plan.n) {
		roster_check(e->m, &e->plan, &v);
		e->looked++;
		if (v.n_faults == 0 && v.objective < e->best)
			e->best = v.objective;
		return;
	}
	e->plan.slot[slot] = (struct roster_slot){ ROSTER_NOBODY, 0 };
	every_slot(e, slot + 1);
	for (uint32_t i = 0; i < e->m->n_persons; i++)
		for (uint32_t day = 0; day < e->m->n_days; day++) {
			e->plan.slot[slot] = (struct roster_slot){ i, day };
			if (!stage_hopeless(e->m, slot, i, day))
				every_slot(e, slot + 1);
		}
	e->plan.slot[slot] = (struct roster_slot){ ROSTER_NOBODY, 0 };
}

static void
tiny_months_are_solved_to_the_optimum(void **state)
{
	uint32_t solved = 0, refused = 0, opened = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 3000; seed++) {
		const struct roster_month *m;
		struct roster_verdict v;
		struct roster_result r;
		struct every e = { .best = INT64_MAX };
		enum rc rc;

		arena_reset(mem);
		arena_reset(spare);
		m = stage_tiny(mem, seed);
		rc = roster_solve(mem, spare, m, seed, (struct roster_limits){ .steps = 20, .tries = 5, .nodes = 1000000 }, &r);
		e.m = m;
		e.plan.n = roster_slots(m, &e.plan.n_visits);
		e.plan.slot = arena_array(mem, e.plan.n + 1, sizeof *e.plan.slot);
		every_slot(&e, 0);
		if (rc == RC_REFUSED) {
			refused++;
			assert_true(e.best == INT64_MAX);
			assert_true(r.clash.a != ROSTER_NOBODY);
			continue;
		}
		assert_int_equal(rc, RC_OK);
		roster_check(m, &r.plan, &v);
		assert_int_equal(v.n_faults, 0);
		assert_int_equal(v.objective, r.objective);
		assert_int_equal(r.objective, e.best);
		assert_int_equal(r.bound, e.best);
		assert_true(r.proven && !r.stopped);
		solved++;
		opened += r.open_visits + r.open_seats > 0;
	}
	print_message("# %u solved, %u of them with gaps, %u refused for their pins\n", solved, opened, refused);
	assert_true(solved > 2000 && refused > 20 && opened > 100);
}

/* ---- the ledger against the validator ---------------------------------------------------------------------- */

static struct roster_plan
plan_open(const struct roster_month *m)
{
	struct roster_plan p = { .n = 0 };

	p.n = roster_slots(m, &p.n_visits);
	p.slot = arena_array(mem, p.n + 1, sizeof *p.slot);
	for (uint32_t k = 0; k < p.n; k++)
		p.slot[k] = (struct roster_slot){ ROSTER_NOBODY, 0 };
	return p;
}

static void
ledger_equals(const struct roster_month *m, const struct roster_plan *plan, const struct ledger *l)
{
	struct roster_verdict v;

	roster_check(m, plan, &v);
	assert_int_equal(v.n_faults, 0);
	for (int c = 0; c < ROSTER_COSTS; c++)
		assert_int_equal(l->by[c], v.by[c]);
	assert_int_equal(ledger_cost(l), v.objective);
}

/* One step of the walk: a slot is opened, or put wherever no rule speaks against it. */
static uint32_t
slot_move(const struct roster_month *m, struct roster_plan *plan, struct ledger *l, struct core_dice *d)
{
	uint32_t slot = core_draw(d, plan->n), person = core_draw(d, m->n_persons), day = core_draw(d, m->n_days);
	enum roster_rule r;
	struct roster_verdict v;

	if (plan->slot[slot].person != ROSTER_NOBODY) {
		ledger_open(l, slot);
		return 0;
	}
	r = ledger_blocks(l, slot, person, day);
	if (r == ROSTER_FINE) {
		ledger_seat(l, slot, person, day);
		return 1;
	}
	plan->slot[slot] = (struct roster_slot){ person, day }; /* the validator must say no, too */
	roster_check(m, plan, &v);
	assert_true(v.n_faults > 0);
	plan->slot[slot] = (struct roster_slot){ ROSTER_NOBODY, 0 };
	return 0;
}

static void
a_change_costs_what_a_new_count_says(void **state)
{
	uint32_t seated = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		struct roster_month m;
		struct core_dice d = { seed };
		struct roster_plan plan;
		struct ledger l;

		arena_reset(mem);
		arena_reset(spare);
		m = *stage_tiny(mem, seed);
		m.n_pins = 0; /* a plan half made does not hold them */
		plan = plan_open(&m);
		assert_int_equal(ledger_new(spare, &m, &plan, &l), RC_OK);
		for (int k = 0; k < 100; k++) {
			seated += slot_move(&m, &plan, &l, &d);
			ledger_equals(&m, &plan, &l);
		}
	}
	print_message("# %u changes\n", seated);
	assert_true(seated > 4000);
}

/* ---- the validator sees each rule ------------------------------------------------------------------------- */

static void
the_validator_names_each_rule(void **state)
{
	uint32_t seen[ROSTER_RULES] = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 1500; seed++) {
		const struct roster_month *m;
		struct core_dice d = { seed };
		struct roster_plan plan;
		struct roster_verdict v;

		arena_reset(mem);
		m = stage_tiny(mem, seed);
		plan = plan_open(m);
		for (uint32_t k = 0; k < plan.n; k++)
			plan.slot[k] = (struct roster_slot){ core_draw(&d, m->n_persons), core_draw(&d, m->n_days) };
		roster_check(m, &plan, &v);
		for (uint32_t k = 0; k < v.n_faults && k < ROSTER_FAULTS_KEPT; k++)
			seen[v.fault[k].rule]++;
	}
	for (int r = 1; r < ROSTER_RULES; r++)
		if (seen[r] == 0)
			fail_msg("no fault of rule %s", roster_rule_code((enum roster_rule)r));
}

/* ---- changes by hand --------------------------------------------------------------------------------------- */

/* Each candidate by itself: the difference is that of two counts, the block is a fault. */
static void
candidates_check(const struct roster_month *m, const struct roster_plan *plan, uint32_t slot, uint32_t *ret_fine)
{
	struct roster_candidates c;
	struct roster_verdict before, after;
	struct roster_slot was = plan->slot[slot];

	assert_int_equal(roster_candidates(mem, spare, m, plan, slot, UINT32_MAX, &c), RC_OK);
	roster_check(m, plan, &before);
	for (uint32_t k = 0; k < c.n; k++) {
		plan->slot[slot] = (struct roster_slot){ c.v[k].person, c.v[k].day };
		roster_check(m, plan, &after);
		assert_int_equal(c.v[k].blocked != ROSTER_FINE, after.n_faults > 0);
		assert_int_equal(c.v[k].blocked == ROSTER_FINE, k < c.n_fine);
		if (c.v[k].blocked != ROSTER_FINE)
			continue;
		assert_int_equal(c.v[k].difference, after.objective - before.objective);
		for (int r = 0; r < ROSTER_COSTS; r++)
			assert_int_equal(c.v[k].by[r], after.by[r] - before.by[r]);
		assert_true(k == 0 || c.v[k].difference >= c.v[k - 1].difference);
	}
	plan->slot[slot] = was;
	*ret_fine += c.n_fine;
}

static void
candidates_say_what_a_change_costs(void **state)
{
	uint32_t fine = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		const struct roster_month *m;
		struct roster_result r;

		arena_reset(mem);
		arena_reset(spare);
		m = stage_tiny(mem, seed);
		if (m->n_pins > 0 || roster_solve(mem, spare, m, 1, (struct roster_limits){ .steps = 5, .tries = 1 }, &r) != RC_OK)
			continue;
		for (uint32_t slot = 0; slot < r.plan.n; slot++)
			candidates_check(m, &r.plan, slot, &fine);
	}
	print_message("# %u candidates\n", fine);
	assert_true(fine > 200);
}

/* A month of two advisors and three villages in a row, where everything has room. */
static struct roster_month
month_simple(struct roster_pin *pin, uint32_t n_pins)
{
	static const uint16_t minutes[] = { 0, 0, 20, 20, 20, 0, 0, 20, 20, 20, 20, 20, 0, 10, 10, 20, 20, 10, 0, 10, 20, 20, 10, 10, 0 };
	static const struct roster_person person[] = {
		{ 0, 0, 2, 480, 2400, 600, 600, 2, 2, 1 }, { 1, 0, 2, 480, 2400, 600, 600, 2, 2, 1 } };
	static const struct roster_serve serve[] = { { 0, 0 }, { 1, 40 }, { 0, 0 }, { 1, 40 }, { 1, 0 }, { 0, 40 } };
	static const struct roster_village village[] = {
		{ 2, 0, 1, 180, 0xff, 0, 0xff, 1, 0, 2, false }, { 3, 0, 1, 180, 0xff, 0, 0xff, 1, 2, 2, false },
		{ 4, 0, 1, 180, 0xff, 0, 0xff, 1, 4, 2, false } };
	static const struct roster_window window[] = { { 3, 0, 0, 240, 1 } };
	static const struct roster_town town[] = { { 2 } };

	return (struct roster_month){ 8, 0x7f, 0x80, 2, 3, 6, 1, 1, n_pins, 5, person, village, serve, window, town, pin, minutes, 15,
		{ 1, 1000, 800, 2, 1, 3, 10, 2 } };
}

static void
pins_that_cannot_both_hold_are_named(void **state)
{
	static const struct { struct roster_pin pin[3]; uint32_t n, a, b; enum roster_rule rule; } cases[] = {
		{ { { ROSTER_PIN_VISIT, 0, 3, 0 }, { ROSTER_PIN_SEAT, 0, 3, 0 } }, 2, 1, 0, ROSTER_PINNED },
		{ { { ROSTER_PIN_VISIT, 0, 1, 0 }, { ROSTER_PIN_VISIT, 1, 2, 1 }, { ROSTER_PIN_FREE, 0, 1, 0 } }, 3, 2, 0, ROSTER_PINNED },
		{ { { ROSTER_PIN_VISIT, 0, 1, 0 }, { ROSTER_PIN_VISIT, 1, 2, 0 } }, 2, 0, 1, ROSTER_BOOKED },
		{ { { ROSTER_PIN_SEAT, 0, 3, 0 }, { ROSTER_PIN_SEAT, 1, 3, 0 } }, 2, 0, 1, ROSTER_BOOKED },
		{ { { ROSTER_PIN_VISIT, 0, 1, 0 }, { ROSTER_PIN_VISIT, 0, 1, 1 }, { ROSTER_PIN_VISIT, 1, 1, 2 } }, 3, 1, 2, ROSTER_TOWN_CAP },
		{ { { ROSTER_PIN_VISIT, 0, 7, 0 } }, 1, 0, ROSTER_NOBODY, ROSTER_CALENDAR },
		{ { { ROSTER_PIN_SEAT, 0, 2, 0 } }, 1, 0, ROSTER_NOBODY, ROSTER_PERIOD },
	};

	(void)state;
	for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
		struct roster_pin pin[3];
		struct roster_month m = month_simple(pin, cases[k].n);
		struct roster_result r;
		uint32_t low, high;

		arena_reset(spare);
		memcpy(pin, cases[k].pin, sizeof pin);
		assert_int_equal(roster_solve(mem, spare, &m, 1, (struct roster_limits){ 0 }, &r), RC_REFUSED);
		low = r.clash.a < r.clash.b ? r.clash.a : r.clash.b;
		high = r.clash.a < r.clash.b ? r.clash.b : r.clash.a;
		assert_int_equal(low, cases[k].a < cases[k].b ? cases[k].a : cases[k].b);
		assert_int_equal(high, cases[k].a < cases[k].b ? cases[k].b : cases[k].a);
		assert_int_equal(r.clash.rule, cases[k].rule);
	}
}

static void
pins_that_agree_are_kept(void **state)
{
	struct roster_pin pin[] = { { ROSTER_PIN_VISIT, 1, 4, 0 }, { ROSTER_PIN_SEAT, 1, 3, 0 }, { ROSTER_PIN_FREE, 0, 1, 0 },
		{ ROSTER_PIN_SEAT, 1, 3, 0 } }; /* said twice: no harm */
	struct roster_month m = month_simple(pin, 4);
	struct roster_result r;
	struct roster_verdict v;

	(void)state;
	arena_reset(spare);
	assert_int_equal(roster_solve(mem, spare, &m, 1, (struct roster_limits){ 0 }, &r), RC_OK);
	assert_int_equal(r.plan.slot[0].person, 1);
	assert_int_equal(r.plan.slot[0].day, 4);
	assert_int_equal(r.plan.slot[3].person, 1);
	assert_true(r.proven);
	roster_check(&m, &r.plan, &v);
	assert_int_equal(v.n_faults, 0);
	assert_int_equal(r.by[ROSTER_STAND_IN], 40);
}

static void
a_sick_call_moves_only_what_it_must(void **state)
{
	struct roster_month m = month_simple(NULL, 0);
	struct roster_person person[2] = { m.person[0], m.person[1] };
	struct roster_result r;
	struct roster_verdict v;
	uint32_t changed, touched = 0;

	(void)state;
	arena_reset(spare);
	assert_int_equal(roster_solve(mem, spare, &m, 1, (struct roster_limits){ 0 }, &r), RC_OK);
	for (uint32_t k = 0; k < r.plan.n; k++)
		touched += r.plan.slot[k].person == 0;
	person[0].away = 0xff;
	m.person = person;
	assert_int_equal(roster_repair(spare, &m, &r.plan, 0, 0, &changed), RC_OK);
	assert_int_equal(changed, touched);
	roster_check(&m, &r.plan, &v);
	assert_int_equal(v.n_faults, 0);
	assert_int_equal(v.open_visits + v.open_seats, 0);
	person[1].away = 0xff; /* nobody is left: all stays open, at its price */
	assert_int_equal(roster_repair(spare, &m, &r.plan, 1, 0, &changed), RC_OK);
	roster_check(&m, &r.plan, &v);
	assert_int_equal(v.n_faults, 0);
	assert_int_equal(v.objective, 3 * 1000 + 800);
}

static void
days_of_recurring_rules(void **state)
{
	(void)state;
	/* June 2026 begins on a Monday */
	assert_int_equal(roster_recurring_days((struct roster_recurring){ .ends_in = 1 << 4 }, 30, 0), 1 << 3 | 1 << 13 | 1 << 23);
	assert_int_equal(roster_recurring_days((struct roster_recurring){ .weekdays = 1 << 1, .nth = 1 << 1 }, 30, 0), 1 << 8);
	assert_int_equal(roster_recurring_days((struct roster_recurring){ .weekdays = 1 << 6 }, 30, 0),
	    1 << 6 | 1 << 13 | 1 << 20 | 1 << 27);
	assert_int_equal(roster_recurring_days((struct roster_recurring){ .ends_in = 1 }, 31, 0), 1 << 9 | 1 << 19 | 1 << 29);
	assert_int_equal(roster_recurring_days((struct roster_recurring){ .nth = 1 << 4 }, 30, 0), 1 << 28 | 1 << 29);
	assert_int_equal(roster_recurring_days((struct roster_recurring){ 0, 0, 0 }, 28, 3), (1 << 28) - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tiny_months_are_solved_to_the_optimum),
		cmocka_unit_test(a_change_costs_what_a_new_count_says),
		cmocka_unit_test(the_validator_names_each_rule),
		cmocka_unit_test(candidates_say_what_a_change_costs),
		cmocka_unit_test(pins_that_cannot_both_hold_are_named),
		cmocka_unit_test(pins_that_agree_are_kept),
		cmocka_unit_test(a_sick_call_moves_only_what_it_must),
		cmocka_unit_test(days_of_recurring_rules),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
