/* judge_load_test: what follows of the stated figures, and who may state them, on both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "kit/db/db_fixture_main.h"
#include "operations/judge/judge_load.h"
#include "resources/identity/identity.h"
#include "standards/setting/setting.h"

static const char *engine;

#define NONE JUDGE_UNKNOWN

static int
open_db(void **state)
{
	static struct db_fixture x;

	if (!fixture_open(&x, engine, "judge_load"))
		return -1;
	*state = &x;
	x.actor = (struct actor){ .kind = ACTOR_ACCOUNT, .city = 3205, .account = 4101, .rights = UINT64_MAX,
		.places = { INT64_C(320500000000), INT64_C(320599999999) } };
	return 0;
}

static int
close_db(void **state)
{
	fixture_close(*state);
	return 0;
}

static void
what_is_not_stated_is_not_guessed(void **state)
{
	static const struct { struct judge_figures f; int64_t granted, applications, hours, cost; } rows[] = {
		{ { { NONE, NONE, NONE, NONE, NONE }, 0 }, 1000, NONE, NONE, NONE },
		{ { { NONE, 800, 100, 100, 100 }, 0 }, 1000, NONE, NONE, NONE },
		{ { { 250, NONE, NONE, NONE, NONE }, 0 }, 1000000, 2500, NONE, NONE },
		{ { { 250, 1050, NONE, NONE, NONE }, 0 }, 1000000, 2500, 2625000, NONE },
		{ { { 250, NONE, NONE, 120050, NONE }, 0 }, 1000000, 2500, NONE, 300125000 },
		{ { { 0, 0, 0, 0, 0 }, 0 }, 1000000, 0, 0, 0 },
		{ { { 250, 100, NONE, 100, NONE }, 0 }, 199, 0, 0, 0 },     /* 0.4975: nearest */
		{ { { 250, 100, NONE, 100, NONE }, 0 }, 200, 1, 100, 100 }, /* 0.5 */
		{ { { 250, 100, NONE, 100, NONE }, 0 }, 0, 0, 0, 0 },
		{ { { 100000, 100000, NONE, 100000000, NONE }, 0 }, 5900000, 5900000, INT64_C(590000000000), INT64_C(590000000000000) },
		{ { { 100000, 100, NONE, 100, NONE }, 0 }, INT64_MAX / 1000, NONE, NONE, NONE },
		{ { { 250, 100, NONE, 100, NONE }, 0 }, -1, NONE, NONE, NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct judge_load l = judge_load(&rows[i].f, rows[i].granted);

		if (l.applications != rows[i].applications || l.hours != rows[i].hours || l.cost != rows[i].cost)
			print_message("# row %zu\n", i);
		assert_true(l.applications == rows[i].applications && l.hours == rows[i].hours && l.cost == rows[i].cost);
	}
}

static void
the_first_that_lacks_is_named(void **state)
{
	struct judge_figures f = { { NONE, NONE, NONE, NONE, NONE }, 0 };

	(void)state;
	for (int limit = JUDGE_CAPACITY; limit <= JUDGE_BUDGET; limit++)
		assert_int_equal(judge_load_lacks(&f, (enum judge_figure)limit), JUDGE_APPLICATIONS);
	f.v[JUDGE_APPLICATIONS] = 1;
	assert_int_equal(judge_load_lacks(&f, JUDGE_CAPACITY), JUDGE_HOURS);
	assert_int_equal(judge_load_lacks(&f, JUDGE_BUDGET), JUDGE_SUBSIDY);
	f.v[JUDGE_HOURS] = f.v[JUDGE_SUBSIDY] = 0;
	assert_int_equal(judge_load_lacks(&f, JUDGE_CAPACITY), JUDGE_CAPACITY);
	assert_int_equal(judge_load_lacks(&f, JUDGE_BUDGET), JUDGE_BUDGET);
	f.v[JUDGE_CAPACITY] = f.v[JUDGE_BUDGET] = 0;
	assert_int_equal(judge_load_lacks(&f, JUDGE_CAPACITY), JUDGE_FIGURE_COUNT);
	assert_int_equal(judge_load_lacks(&f, JUDGE_BUDGET), JUDGE_FIGURE_COUNT);
}

/* ---- stated ---------------------------------------------------------------------------------------------------- */

static enum rc
now_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return judge_figures_now(tx, actor, arg);
}

static struct judge_figures
now(struct db_fixture *x)
{
	struct judge_figures f = { .seen = -1 };

	assert_int_equal(db_read(&x->ctx, now_tx, &f), RC_OK);
	return f;
}

struct story { struct setting_past v[20]; size_t n; };

static enum rc
story_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct story *s = arg;

	return setting_changes(tx, actor, TEXT("estimate."), s->v, 20, &s->n);
}

static void
a_figure_is_stated_and_taken_back(void **state)
{
	struct db_fixture *x = *state;
	struct findings found = { .n = 0 };
	struct judge_figures f = now(x), old = f;
	struct story s;

	for (int i = 0; i < JUDGE_FIGURE_COUNT; i++)
		assert_true(f.v[i] == JUDGE_UNKNOWN);
	assert_true(f.seen == 0);
	f.v[JUDGE_APPLICATIONS] = 250;
	f.v[JUDGE_BUDGET] = 0;
	assert_int_equal(judge_figures_set(&x->ctx, fixture_key(), &f, TEXT("测算〔2026〕1号"), &found), RC_OK);
	f = now(x);
	assert_true(f.v[JUDGE_APPLICATIONS] == 250 && f.v[JUDGE_BUDGET] == 0 && f.v[JUDGE_HOURS] == JUDGE_UNKNOWN && f.seen > 0);
	/* what somebody else stated since is not written over */
	x->ctx.now_ms += 1000;
	old.v[JUDGE_HOURS] = 100;
	assert_int_equal(judge_figures_set(&x->ctx, fixture_key(), &old, TEXT_NONE, &found), RC_CONFLICT);
	assert_true(now(x).v[JUDGE_HOURS] == JUDGE_UNKNOWN);
	x->ctx.now_ms += 1000;
	f.v[JUDGE_APPLICATIONS] = JUDGE_UNKNOWN;
	assert_int_equal(judge_figures_set(&x->ctx, fixture_key(), &f, TEXT_NONE, &found), RC_OK);
	assert_true(now(x).v[JUDGE_APPLICATIONS] == JUDGE_UNKNOWN);
	assert_int_equal(db_read(&x->ctx, story_tx, &s), RC_OK);
	assert_int_equal(s.n, 3);
	assert_true(text_equals(s.v[0].key, TEXT("estimate.applications")) && text_equals(s.v[0].value, TEXT("-1")));
	assert_true(text_equals(s.v[1].document, TEXT("测算〔2026〕1号")) || text_equals(s.v[2].document, TEXT("测算〔2026〕1号")));
	assert_true(s.v[0].since_ms > s.v[1].since_ms);
}

static void
only_who_may_and_within_bounds(void **state)
{
	struct db_fixture *x = *state;
	struct findings found = { .n = 0 };
	struct judge_figures f = now(x);

	for (int i = 0; i < JUDGE_FIGURE_COUNT; i++)
		f.v[i] = judge_figure_rows[i].most;
	f.v[JUDGE_HOURS]++;
	assert_int_equal(judge_figures_set(&x->ctx, fixture_key(), &f, TEXT_NONE, &found), RC_INVALID);
	assert_non_null(findings_of(&found, "hours"));
	assert_int_equal(found.n, 1);
	f.v[JUDGE_HOURS]--;
	x->actor.rights = UINT64_MAX & ~(UINT64_C(1) << RIGHT_POLICY);
	assert_int_equal(judge_figures_set(&x->ctx, fixture_key(), &f, TEXT_NONE, &found), RC_FORBIDDEN);
	x->actor.rights = UINT64_MAX;
	found = (struct findings){ .n = 0 };
	assert_int_equal(judge_figures_set(&x->ctx, fixture_key(), &f, TEXT_NONE, &found), RC_OK);
	for (int i = 0; i < JUDGE_FIGURE_COUNT; i++)
		assert_true(now(x).v[i] == judge_figure_rows[i].most);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_not_stated_is_not_guessed, open_db, close_db),
		cmocka_unit_test_setup_teardown(the_first_that_lacks_is_named, open_db, close_db),
		cmocka_unit_test_setup_teardown(a_figure_is_stated_and_taken_back, open_db, close_db),
		cmocka_unit_test_setup_teardown(only_who_may_and_within_bounds, open_db, close_db),
	};

	return fixture_main("operations_judge_load", tests, sizeof tests / sizeof tests[0], &engine);
}
