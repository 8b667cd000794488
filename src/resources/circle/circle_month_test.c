/* A month's figures come out again whatever becomes of the register; a planted fault shows; on both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/db/db_fixture_main.h"
#include "resources/circle/circle_month.h"
#include "resources/identity/identity.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#define GUSU ((struct place){ INT64_C(320508000000) })
#define WUZHONG ((struct place){ INT64_C(320506000000) })

static const char *engine;
static struct actor own, other;

static int
begin(void **state)
{
	static struct db_fixture x;

	if (!fixture_open(&x, engine, "circle_month"))
		return -1;
	*state = &x;
	if (region_seed(&x.ctx) != RC_OK || holidays_seed(&x.ctx) != RC_OK || network_reload(&x.ctx) != RC_OK)
		return -1;
	fixture_keep(&x);
	circle_configure(NULL);
	own = (struct actor){ .kind = ACTOR_ACCOUNT, .city = 3205, .account = 7, .places = place_range(GUSU),
		.rights = UINT64_C(1) << RIGHT_FIGURES };
	other = own;
	other.places = place_range(WUZHONG);
	return db_raw(x.db, "INSERT INTO account (city, id, login, name, title, role, place, password, active, open_load, capacity,"
	    " created_ms, revision) VALUES (3205, 7, 'u7', '甲', '', 6, 320508000000, '', 1, 0, 0, 0, 1)") == RC_OK ? 0 : -1;
}

static int
end(void **state)
{
	circle_close();
	fixture_close(*state);
	return 0;
}

static void
point_make(struct db_fixture *x, size_t village)
{
	const struct division *d[200];
	struct point_new in = { .kind = POINT_STATION, .name = TEXT("站"), .phone = TEXT("0512-65550000"), .opened = { 100 } };
	struct findings f = { .n = 0 };
	int64_t id;

	assert_true(region_list(GUSU, PLACE_VILLAGE, DAY_NONE, d, 200) > village);
	in.place = d[village]->place;
	in.position = d[village]->position;
	for (int day = 1; day <= 5; day++)
		in.hours[in.n_hours++] = (struct point_hours){ day, 540, 1020 };
	assert_int_equal(network_create(&x->ctx, fixture_key(), &in, &f, &id), RC_OK);
	assert_int_equal(network_reload(&x->ctx), RC_OK);
}

static enum rc
keep(struct db_fixture *x, const struct actor *actor, struct idem_key key, struct circle_month_ask ask, int64_t *ret)
{
	struct circle_ask question = { (enum route_mode)ask.mode, CIRCLE_TIERS_ALL, x->ctx.now_ms };
	const struct circle_view *view;
	struct ctx ctx = x->ctx;
	CIRCLE_CITY c = NULL;

	ctx.actor = actor;
	assert_int_equal(circle_city_hold(&ctx, &c), RC_OK);
	assert_int_equal(circle_view_of(&ctx, c, &question, &view), RC_OK);
	return circle_month_keep(&ctx, key, c, view, &ask, ret);
}

static const struct circle_month_ask usual = { { INT64_C(320508000000) }, ROUTE_EBIKE, 15, 1, 2, 600 };

static enum rc
again(struct db_fixture *x, const struct actor *actor, int64_t id, struct circle_then *ret)
{
	struct ctx ctx = x->ctx;

	ctx.actor = actor;
	return circle_month_again(&ctx, id, ret);
}

static void
a_month_comes_out_again_after_the_register_has_changed(void **state)
{
	struct db_fixture *x = *state;
	struct idem_key key = fixture_key();
	struct circle_then then;
	int64_t id = 0, second = 0;

	point_make(x, 0);
	assert_int_equal(keep(x, &own, key, usual, &id), RC_OK);
	assert_int_equal(keep(x, &own, key, usual, &second), RC_OK); /* asked again under its key */
	assert_int_equal(second, id);
	assert_int_equal(keep(x, &own, fixture_key(), usual, &second), RC_CONFLICT);
	assert_int_equal(keep(x, &other, fixture_key(), usual, &second), RC_NOT_FOUND);
	for (size_t v = 10; v < 60; v += 10)
		point_make(x, v);
	assert_int_equal(again(x, &own, id, &then), RC_OK);
	assert_true(then.month.covered + then.month.doubt > 0 && then.month.month == 202606);
	assert_true(circle_month_agrees(&then.month, &then.again));
	assert_int_equal(then.city->n_points, 1);
	circle_city_drop(then.city);
	assert_int_equal(again(x, &other, id, &then), RC_NOT_FOUND);
	circle_city_drop(then.city);
}

static void
every_figure_that_is_changed_shows(void **state)
{
	static const char *const columns[] = { "villages", "covered", "shut", "far", "doubt", "weight", "covered_weight", "urban_permille",
		"rural_permille", "gini_permille", "p90_seconds" };
	struct db_fixture *x = *state;
	struct circle_months_checked all;
	char sql[160];
	int64_t id = 0;

	point_make(x, 3);
	assert_int_equal(keep(x, &own, fixture_key(), usual, &id), RC_OK);
	assert_int_equal(circle_month_check(&x->ctx, &all), RC_OK);
	assert_true(all.same == 1 && all.differ == 0 && all.other == 0);
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		snprintf(sql, sizeof sql, "UPDATE circle_month SET %s = %s + 1", columns[i], columns[i]);
		assert_int_equal(db_raw(x->db, sql), RC_OK);
		assert_int_equal(circle_month_check(&x->ctx, &all), RC_OK);
		assert_true(all.differ == 1 && all.first_bad == id);
		snprintf(sql, sizeof sql, "UPDATE circle_month SET %s = %s - 1", columns[i], columns[i]);
		assert_int_equal(db_raw(x->db, sql), RC_OK);
	}
	assert_int_equal(db_raw(x->db, "UPDATE circle_month SET net_hash = 5"), RC_OK);
	assert_int_equal(circle_month_check(&x->ctx, &all), RC_OK);
	assert_true(all.differ == 0 && all.other == 1);
	assert_int_equal(db_raw(x->db, "UPDATE circle_month SET net_hash = 0"), RC_OK);
	assert_int_equal(db_raw(x->db, "DELETE FROM circle_input"), RC_OK);
	assert_int_equal(circle_month_check(&x->ctx, &all), RC_OK);
	assert_true(all.differ == 1 && all.first_bad == id);
}

static void
a_failing_database_leaves_no_half_month(void **state)
{
	struct db_fixture *x = *state;
	struct circle_months_checked all;
	enum rc rc = RC_UNAVAILABLE;

	point_make(x, 5);
	for (int n = 1; rc != RC_OK && n < 40; n++) {
		int64_t id = 0;

		db_fail_after(x->db, n);
		rc = keep(x, &own, fixture_key(), usual, &id);
		db_fail_after(x->db, 0);
		assert_int_equal(circle_month_check(&x->ctx, &all), RC_OK);
		assert_int_equal(all.same, rc == RC_OK ? 1 : 0);
		assert_int_equal(all.differ, 0);
	}
	assert_int_equal(rc, RC_OK);
}

#define FLOW(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW(a_month_comes_out_again_after_the_register_has_changed), FLOW(every_figure_that_is_changed_shows),
		FLOW(a_failing_database_leaves_no_half_month),
	};

	return fixture_main("circle_month", tests, sizeof tests / sizeof tests[0], &engine);
}
