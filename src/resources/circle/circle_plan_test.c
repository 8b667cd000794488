/* Proposals are what they say, plans are kept whole or not at all, seen and registered by whoever may; on both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/db/db_fixture_main.h"
#include "resources/circle/circle_plan.h"
#include "resources/identity/identity.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#define CITY ((struct place){ INT64_C(320500000000) })
#define GUSU ((struct place){ INT64_C(320508000000) })
#define WUZHONG ((struct place){ INT64_C(320506000000) })

static const char *engine;

/* Straight lines are enough here: the network has a test of its own. */
static int
begin(void **state)
{
	static struct db_fixture x;

	if (!fixture_open(&x, engine, "circle_plan"))
		return -1;
	*state = &x;
	if (region_seed(&x.ctx) != RC_OK || holidays_seed(&x.ctx) != RC_OK || network_reload(&x.ctx) != RC_OK)
		return -1;
	fixture_keep(&x);
	circle_configure(NULL);
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

static struct actor
actor_of(struct place p, uint64_t rights)
{
	return (struct actor){ .kind = ACTOR_ACCOUNT, .city = 3205, .account = 7, .places = place_range(p), .rights = rights };
}

static void
centre_make(struct db_fixture *x)
{
	struct point_new in = { .kind = POINT_COUNTY, .place = GUSU, .name = TEXT("中心"), .phone = TEXT("0512-65550000"), .opened = { 100 } };
	struct findings f = { .n = 0 };
	int64_t id;

	in.position = region_find(GUSU, DAY_NONE)->position;
	assert_int_equal(network_create(&x->ctx, fixture_key(), &in, &f, &id), RC_OK);
	assert_int_equal(network_reload(&x->ctx), RC_OK);
}

static void
a_proposal_is_what_it_says(void **state)
{
	struct db_fixture *x = *state;
	struct circle_ask ask = { ROUTE_FOOT, CIRCLE_TIERS_ALL, 0 };
	struct circle_site_ask want = { GUSU, 15, 3, true, 1, CIRCLE_GOAL_MOST };
	struct circle_proposal p, again, fewer, none;
	const struct circle_view *view;
	struct circle_verdict *v;
	struct route_point at[CIRCLE_SITES_MAX];
	int64_t inside = 0, alone = 0;
	CIRCLE_CITY c = NULL;

	centre_make(x);
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &p), RC_OK);
	assert_int_equal(p.n, 3);
	assert_true(p.before <= p.objective && p.objective <= p.bound);
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &again), RC_OK);
	assert_memory_equal(p.village, again.village, p.n * sizeof p.village[0]);
	want.k = 2;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &fewer), RC_OK);
	assert_true(fewer.objective <= p.objective);
	/* what it promises is what the verdicts say once the points are there */
	for (size_t i = 0; i < p.n; i++)
		at[i] = c->village[p.village[i]].at;
	assert_int_equal(circle_sites_judge(&x->ctx, c, view, at, 3, true, 15, &v), RC_OK);
	for (uint32_t i = 0; i < c->n_villages; i++)
		if (place_range_has(place_range(GUSU), c->village[i].place) && v[i].class == CIRCLE_COVERED)
			inside += circle_city_counted(c)[i].weight;
	assert_int_equal(inside, p.objective);
	/* one point: no village does better alone */
	want.k = 1;
	want.keep = false;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &none), RC_OK);
	assert_int_equal(none.before, 0);
	for (uint32_t k = 0; k < c->n_villages; k += 1) {
		int64_t sum = 0;

		if (!place_range_has(place_range(GUSU), c->village[k].place))
			continue;
		assert_int_equal(circle_sites_judge(&x->ctx, c, view, &c->village[k].at, 1, false, 15, &v), RC_OK);
		for (uint32_t i = 0; i < c->n_villages; i++)
			sum += place_range_has(place_range(GUSU), c->village[i].place) && v[i].class == CIRCLE_COVERED;
		alone = sum > alone ? sum : alone;
		if (k % 8 == 0)
			arena_reset(x->ctx.mem);
	}
	assert_true(none.proven);
	assert_int_equal(none.objective, alone);
	want.k = 0;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &p), RC_INVALID);
	want.k = CIRCLE_SITES_MAX + 1;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &p), RC_INVALID);
}

static void
goals_differ_as_they_say(void **state)
{
	struct db_fixture *x = *state;
	struct circle_ask ask = { ROUTE_FOOT, CIRCLE_TIERS_ALL, 0 };
	struct circle_site_ask want = { GUSU, 15, 4, true, 1, CIRCLE_GOAL_MOST };
	struct circle_proposal most, room, all, fewer;
	struct route_point at[CIRCLE_SITES_MAX];
	const struct circle_view *view;
	struct circle_verdict *v;
	int64_t outside = 0;
	CIRCLE_CITY c = NULL;

	centre_make(x);
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &most), RC_OK);
	want.goal = CIRCLE_GOAL_ROOM;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &room), RC_OK);
	assert_true(room.objective < most.objective); /* people are not known here: a village weighs one */
	assert_int_equal(room.objective - room.before, 4 * CIRCLE_ROOM);
	assert_true(room.proven);
	want.goal = CIRCLE_GOAL_ALL;
	want.minutes = 30;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &all), RC_OK);
	assert_true(all.n >= 1 && all.proven && all.fewest == (int64_t)all.n);
	assert_true(all.objective == all.bound);
	for (size_t i = 0; i < all.n; i++)
		at[i] = c->village[all.village[i]].at;
	assert_int_equal(circle_sites_judge(&x->ctx, c, view, at, (uint32_t)all.n, true, 30, &v), RC_OK);
	for (uint32_t i = 0; i < c->n_villages; i++)
		outside += place_range_has(place_range(GUSU), c->village[i].place) && v[i].class != CIRCLE_COVERED;
	assert_int_equal(outside, all.left);
	want.goal = CIRCLE_GOAL_MOST;
	want.k = (int)all.n - 1;
	if (want.k > 0) {
		assert_int_equal(circle_propose(&x->ctx, c, view, &want, &fewer), RC_OK);
		assert_true(fewer.bound < all.objective);
	}
	want.goal = CIRCLE_GOAL_ALL;
	want.k = 1;
	want.minutes = 1;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &all), RC_TOO_MANY);
	assert_true(all.fewest > CIRCLE_SITES_MAX);
}

/* Longest and average way with what is chosen: by plain verdicts of the view that holds the points, minute by minute. */
static void
ways_are_what_they_say(void **state)
{
	struct db_fixture *x = *state;
	struct circle_ask ask = { ROUTE_EBIKE, CIRCLE_TIERS_ALL, 0 };
	struct circle_site_ask want = { GUSU, 15, 3, true, 1, CIRCLE_GOAL_CENTRE };
	struct circle_proposal centre, more, median;
	struct route_point at[CIRCLE_SITES_MAX];
	const struct circle_view *view;
	struct circle_verdict *v;
	uint32_t villages = 0;
	CIRCLE_CITY c = NULL;

	centre_make(x);
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &centre), RC_OK);
	assert_true(centre.n >= 1 && centre.n <= 3 && centre.bound <= centre.objective && centre.objective <= centre.before);
	assert_int_equal(centre.proven, centre.bound == centre.objective);
	/* with them everybody is inside the minute that it says, and not all inside the one before */
	for (size_t i = 0; i < centre.n; i++)
		at[i] = c->village[centre.village[i]].at;
	for (int less = 0; less < 2; less++) {
		int minutes = (int)((centre.objective + 59999) / 60000) - less, outside = 0;

		assert_int_equal(circle_sites_judge(&x->ctx, c, view, at, (uint32_t)centre.n, true, minutes, &v), RC_OK);
		for (uint32_t i = 0; i < c->n_villages; i++)
			outside += place_range_has(place_range(GUSU), c->village[i].place) && v[i].class != CIRCLE_COVERED;
		assert_int_equal(outside > 0, less);
	}
	want.k = 5;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &more), RC_OK);
	assert_true(more.objective <= centre.objective);
	want.goal = CIRCLE_GOAL_MEDIAN;
	want.k = 3;
	assert_int_equal(circle_propose(&x->ctx, c, view, &want, &median), RC_OK);
	assert_true(median.n == 3 && median.bound <= median.objective && median.objective < median.before);
	/* all ways together are no longer than the longest for each */
	assert_true(median.objective <= centre.objective / 1000 * median.total + median.total);
	for (uint32_t i = 0; i < c->n_villages; i++)
		villages += place_range_has(place_range(GUSU), c->village[i].place) && c->village[i].has_position;
	assert_int_equal(median.candidates, villages);
}

static void
more_than_the_candidates_is_said(void **state)
{
	struct db_fixture *x = *state;
	struct circle_ask ask = { ROUTE_FOOT, CIRCLE_TIERS_ALL, 0 };
	const struct circle_view *view;
	CIRCLE_CITY c = NULL;
	const enum circle_goal goals[] = { CIRCLE_GOAL_MOST, CIRCLE_GOAL_ROOM, CIRCLE_GOAL_CENTRE, CIRCLE_GOAL_MEDIAN };
	const struct division *d[1];

	assert_int_equal(region_list(GUSU, PLACE_VILLAGE, DAY_NONE, d, 1) >= 1, true);
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
	for (size_t i = 0; i < sizeof goals / sizeof goals[0]; i++) {
		struct circle_site_ask want = { d[0]->place, 30, 2, true, 1, goals[i] };
		struct circle_proposal p;

		assert_int_equal(circle_propose(&x->ctx, c, view, &want, &p), RC_CONFLICT);
		assert_int_equal(p.candidates, 1);
		want.k = 1;
		assert_int_equal(circle_propose(&x->ctx, c, view, &want, &p), RC_OK);
	}
}

static struct circle_plan
some_plan(void)
{
	struct circle_plan p = { .place = GUSU, .name = TEXT("三个点"), .provider = TEXT("est"), .mode = ROUTE_FOOT, .minutes = 15, .tier = 1,
		.day = 2, .time = 600, .asked = 2, .keep = true, .seed = 1, .before = 5, .objective = 9, .bound = 10, .input_hash = 77, .n = 2 };
	const struct division *d[8];

	assert_true(region_list(GUSU, PLACE_VILLAGE, DAY_NONE, d, 8) >= 2);
	for (size_t i = 0; i < 2; i++) {
		p.site[i].village = d[i]->place;
		assert_true(circle_position(d[i]->position, &p.site[i].at));
	}
	return p;
}

struct read_arg { int64_t id; struct circle_plan one, list[4]; size_t n; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct read_arg *a = arg;

	return circle_plan_load(tx, actor, a->id, &a->one);
}

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct read_arg *a = arg;

	return circle_plan_list(tx, actor, a->list, 4, &a->n);
}

static void
a_plan_is_kept_and_seen_by_whoever_may(void **state)
{
	struct db_fixture *x = *state;
	struct actor own = actor_of(GUSU, BIT(RIGHT_FIGURES)), other = actor_of(WUZHONG, BIT(RIGHT_FIGURES)), clerk = actor_of(GUSU, 0),
	    keeper = actor_of(CITY, BIT(RIGHT_NETWORK));
	struct circle_plan p = some_plan();
	struct findings f = { .n = 0 };
	static struct read_arg a;
	struct idem_key key = fixture_key();
	int64_t id = 0, again = 0;
	struct ctx ctx = x->ctx;

	ctx.actor = &clerk;
	assert_int_equal(circle_plan_accept(&ctx, key, &p, &f, &id), RC_FORBIDDEN);
	ctx.actor = &other;
	assert_int_equal(circle_plan_accept(&ctx, key, &p, &f, &id), RC_NOT_FOUND);
	ctx.actor = &own;
	p.name = TEXT("");
	assert_int_equal(circle_plan_accept(&ctx, key, &p, &f, &id), RC_INVALID);
	assert_non_null(findings_of(&f, "name"));
	f = (struct findings){ .n = 0 };
	p = some_plan();
	assert_int_equal(circle_plan_accept(&ctx, key, &p, &f, &id), RC_OK);
	assert_int_equal(circle_plan_accept(&ctx, key, &p, &f, &again), RC_OK);
	assert_int_equal(again, id);
	a = (struct read_arg){ .id = id };
	assert_int_equal(db_read(&ctx, load_tx, &a), RC_OK);
	assert_true(text_equals(a.one.name, p.name) && text_equals(a.one.by, TEXT("甲")));
	assert_int_equal(a.one.n, 2);
	assert_int_equal(a.one.site[1].village.code, p.site[1].village.code);
	assert_int_equal(a.one.site[1].at.lon, p.site[1].at.lon);
	assert_true(a.one.objective == 9 && a.one.bound == 10 && a.one.input_hash == 77 && a.one.keep);
	ctx.actor = &keeper;
	assert_int_equal(db_read(&ctx, list_tx, &a), RC_OK);
	assert_int_equal(a.n, 1);
	ctx.actor = &other;
	assert_int_equal(db_read(&ctx, load_tx, &a), RC_NOT_FOUND);
	assert_int_equal(db_read(&ctx, list_tx, &a), RC_OK);
	assert_int_equal(a.n, 0);
	ctx.actor = &clerk;
	assert_int_equal(db_read(&ctx, load_tx, &a), RC_FORBIDDEN);
}

static size_t
planned(struct db_fixture *x)
{
	struct point *v;
	size_t n = 0;

	assert_int_equal(network_reload(&x->ctx), RC_OK);
	assert_int_equal(network_list(&x->ctx, POINT_STATION, CITY, DAY_NONE, &v, &n), RC_OK);
	return n;
}

static void
its_points_go_into_the_register_once(void **state)
{
	struct db_fixture *x = *state;
	struct actor own = actor_of(GUSU, BIT(RIGHT_FIGURES)), keeper = actor_of(CITY, BIT(RIGHT_NETWORK)),
	    elsewhere = actor_of(WUZHONG, BIT(RIGHT_NETWORK));
	struct circle_plan p = some_plan();
	struct findings f = { .n = 0 };
	struct day today = day_of_moment(x->ctx.now_ms);
	int64_t id = 0;
	struct ctx ctx = x->ctx;

	ctx.actor = &own;
	assert_int_equal(circle_plan_accept(&ctx, fixture_key(), &p, &f, &id), RC_OK);
	assert_int_equal(circle_plan_draft(&ctx, id, day_add(today, 30), &f), RC_FORBIDDEN);
	ctx.actor = &elsewhere;
	assert_int_equal(circle_plan_draft(&ctx, id, day_add(today, 30), &f), RC_NOT_FOUND);
	ctx.actor = &keeper;
	assert_int_equal(circle_plan_draft(&ctx, id, day_add(today, -1), &f), RC_INVALID);
	assert_int_equal(planned(x), 0);
	f = (struct findings){ .n = 0 };
	for (int n = 1, done = 0; !done; n++) { /* the n-th call of the database fails: points twice, never */
		enum rc rc;

		assert_true(n < 80);
		db_fail_after(x->db, n);
		rc = circle_plan_draft(&ctx, id, day_add(today, 30), &f);
		db_fail_after(x->db, 0);
		done = rc == RC_OK;
		assert_true(planned(x) == 0 || planned(x) == 2);
	}
	assert_int_equal(planned(x), 2);
	assert_int_equal(circle_plan_draft(&ctx, id, day_add(today, 30), &f), RC_CONFLICT);
	assert_int_equal(planned(x), 2);
}

static void
a_failing_database_leaves_no_half_plan(void **state)
{
	struct db_fixture *x = *state;
	struct actor own = actor_of(GUSU, BIT(RIGHT_FIGURES));
	struct circle_plan p = some_plan();
	static struct read_arg a;
	struct ctx ctx = x->ctx;
	enum rc rc = RC_UNAVAILABLE;

	ctx.actor = &own;
	for (int n = 1; rc != RC_OK && n < 60; n++) {
		struct findings f = { .n = 0 };
		int64_t id = 0;

		db_fail_after(x->db, n);
		rc = circle_plan_accept(&ctx, fixture_key(), &p, &f, &id);
		db_fail_after(x->db, 0);
		a = (struct read_arg){ .id = id };
		assert_int_equal(db_read(&ctx, list_tx, &a), RC_OK);
		assert_int_equal(a.n, rc == RC_OK ? 1 : 0);
		if (rc == RC_OK)
			assert_int_equal(db_read(&ctx, load_tx, &a), RC_OK);
	}
	assert_int_equal(rc, RC_OK);
	assert_int_equal(a.one.n, 2);
}

#define FLOW(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW(a_proposal_is_what_it_says), FLOW(goals_differ_as_they_say), FLOW(ways_are_what_they_say), FLOW(more_than_the_candidates_is_said),
		FLOW(a_plan_is_kept_and_seen_by_whoever_may), FLOW(its_points_go_into_the_register_once),
		FLOW(a_failing_database_leaves_no_half_plan),
	};

	return fixture_main("circle_plan", tests, sizeof tests / sizeof tests[0], &engine);
}
