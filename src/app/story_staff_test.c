/* A station that is open and has nobody on duty covers nobody at that hour: by the published roster, days away and sign-ins. */
#include "app/story_stage.h"

#include "operations/dutylog/dutylog_staff.h"
#include "resources/network/network.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#include <stdio.h>

#define PLAN 9001
#define SOMEBODY 77

static int64_t
at(const char *local)
{
	char iso[40];
	int64_t ms = 0;

	snprintf(iso, sizeof iso, "2026-07-%s+08:00", local);
	return moment_parse(text_of(iso), &ms) == RC_OK ? ms : -1;
}

/* The station stands in its village, open on weekdays from nine to five; the county's July is not published yet. */
static void
stand(struct stage *f)
{
	const struct division *d;
	char sql[700];

	begin(f);
	d = region_find((struct place){ VILLAGE }, DAY_NONE);
	snprintf(sql, sizeof sql, "UPDATE point SET lon_e6 = %lld, lat_e6 = %lld, datum = %d WHERE id = %d", (long long)d->position.lon_e6,
	    (long long)d->position.lat_e6, (int)d->position.datum, STATION);
	stage_raw(f, sql);
	for (int day = 1; day <= 5; day++) {
		snprintf(sql, sizeof sql, "INSERT INTO point_hours (city, point, weekday, opens, closes) VALUES (3205, %d, %d, 540, 1020)", STATION, day);
		stage_raw(f, sql);
	}
	snprintf(sql, sizeof sql, "INSERT INTO duty_plan (city, id, county, month, version, state, seed, input, input_hash, weights, objective,"
	    " bound, costs, visits, seats, persons, open_visits, open_seats, stopped, calendar, est, account, at_ms, revision) VALUES (3205,"
	    " %d, %lld, 202607, 1, 10, 1, '', 1, 0, 0, 0, '', 1, 0, 1, 0, 0, 0, 1, 1, 105, 1, 1)", PLAN, (long long)COUNTY);
	stage_raw(f, sql);
	snprintf(sql, sizeof sql, "INSERT INTO duty_slot (city, plan, slot, state, seat, place, point, nth, minutes, made_provider, made_day,"
	    " provider, day, why, revision) VALUES (3205, %d, 0, 10, 0, %lld, %d, 0, 180, %d, 20641, %d, 20641, 0, 1)", PLAN, (long long)VILLAGE,
	    STATION, SOMEBODY, SOMEBODY); /* 7 July 2026, a Tuesday */
	stage_raw(f, sql);
	assert_int_equal(network_reload(&f->ctx), RC_OK);
}

static void
publish(struct stage *f, bool published)
{
	stage_raw(f, published ? "UPDATE duty_plan SET state = 20" : "UPDATE duty_plan SET state = 10");
	stage_raw(f, published ? "UPDATE duty_slot SET state = 20" : "UPDATE duty_slot SET state = 10");
}

struct said { enum circle_state station; enum circle_class village; bool near_open, near_empty; };

static struct said
said_at(struct stage *f, const char *local)
{
	struct actor anybody = { .kind = ACTOR_ANONYMOUS, .city = STAGE_CITY };
	struct ctx ctx = ctx_as(f, &anybody);
	struct circle_ask ask = { ROUTE_FOOT, CIRCLE_TIERS_ALL, at(local) };
	const struct circle_view *view;
	struct circle_verdict *verdict;
	struct circle_reach near[4];
	struct said s;
	size_t n = 0;
	CIRCLE_CITY c = NULL;
	uint32_t i, v;

	assert_int_equal(circle_city_hold(&ctx, &c), RC_OK);
	i = circle_city_point(c, TEXT("p201"));
	v = circle_city_village(c, (struct place){ VILLAGE });
	assert_true(i != ROUTE_NONE && v != ROUTE_NONE);
	assert_int_equal(circle_view_of(&ctx, c, &ask, &view), RC_OK);
	assert_int_equal(circle_view_judge(ctx.mem, c, view, 30, &verdict), RC_OK);
	assert_int_equal(circle_nearest(&ctx, c, &ask, c->village[v].at, 60, near, 4, &n), RC_OK);
	assert_true(n >= 1 && near[0].point == i);
	s = (struct said){ (enum circle_state)view->state[i], verdict[v].class, near[0].open, near[0].empty };
	assert_int_equal(view->n_empty, s.station == CIRCLE_STATE_EMPTY);
	return s;
}

static void
must(struct stage *f, const char *local, enum circle_state station, enum circle_class village)
{
	struct said s = said_at(f, local);

	if (s.station != station || s.village != village || s.near_open != circle_state_covers((uint8_t)station) ||
	    s.near_empty != (station == CIRCLE_STATE_EMPTY))
		fail_msg("%s: station %d, village %d", local, (int)s.station, (int)s.village);
}

static void
a_station_covers_while_somebody_is_on_duty(void **state)
{
	struct stage *f = *state;

	stand(f);
	must(f, "07T08:59", CIRCLE_STATE_SHUT, CIRCLE_SHUT);
	must(f, "07T10:00", CIRCLE_STATE_OPEN, CIRCLE_COVERED);  /* no roster is published: not known, and the door counts */
	publish(f, true);
	must(f, "07T08:59", CIRCLE_STATE_SHUT, CIRCLE_SHUT);
	must(f, "07T09:00", CIRCLE_STATE_STAFFED, CIRCLE_COVERED);
	must(f, "07T11:59", CIRCLE_STATE_STAFFED, CIRCLE_COVERED);
	must(f, "07T12:00", CIRCLE_STATE_EMPTY, CIRCLE_EMPTY);
	must(f, "08T10:00", CIRCLE_STATE_EMPTY, CIRCLE_EMPTY);
	must(f, "11T10:00", CIRCLE_STATE_SHUT, CIRCLE_SHUT);     /* Saturday */
	publish(f, false);
	must(f, "08T10:00", CIRCLE_STATE_OPEN, CIRCLE_COVERED);
	publish(f, true);
	stage_raw(f, "UPDATE duty_plan SET county = 320507000000"); /* another county's roster says nothing of it */
	must(f, "08T10:00", CIRCLE_STATE_OPEN, CIRCLE_COVERED);
}

static void
a_sick_call_and_a_sign_in_are_known_at_once(void **state)
{
	struct stage *f = *state;
	char sql[200];

	stand(f);
	publish(f, true);
	must(f, "07T10:00", CIRCLE_STATE_STAFFED, CIRCLE_COVERED);
	snprintf(sql, sizeof sql, "INSERT INTO duty_away (city, id, provider, from_day, to_day, sick, reason, account, at_ms) VALUES (3205, 1,"
	    " %d, 20641, 20641, 1, '', 105, 1)", SOMEBODY);
	stage_raw(f, sql);
	must(f, "07T10:00", CIRCLE_STATE_EMPTY, CIRCLE_EMPTY);
	snprintf(sql, sizeof sql, "UPDATE duty_slot SET provider = %d", SOMEBODY + 1); /* somebody stands in */
	stage_raw(f, sql);
	must(f, "07T10:00", CIRCLE_STATE_STAFFED, CIRCLE_COVERED);
	stage_raw(f, "UPDATE duty_slot SET provider = NULL");
	must(f, "07T10:00", CIRCLE_STATE_EMPTY, CIRCLE_EMPTY);
	snprintf(sql, sizeof sql, "UPDATE duty_slot SET provider = %d", SOMEBODY + 1);
	stage_raw(f, sql);
	stage_now_ms = at("08T08:00");                            /* the day after: nobody signed in */
	f->ctx.now_ms = stage_now_ms;
	must(f, "07T10:00", CIRCLE_STATE_EMPTY, CIRCLE_EMPTY);
	snprintf(sql, sizeof sql, "INSERT INTO duty_attend (city, plan, slot, provider, point, day, at_ms) VALUES (3205, %d, 0, %d, %d, 20641,"
	    " %lld)", PLAN, SOMEBODY + 1, STATION, (long long)at("07T09:30"));
	stage_raw(f, sql);
	must(f, "07T09:29", CIRCLE_STATE_EMPTY, CIRCLE_EMPTY);
	must(f, "07T10:00", CIRCLE_STATE_STAFFED, CIRCLE_COVERED);
	must(f, "07T12:30", CIRCLE_STATE_EMPTY, CIRCLE_EMPTY);    /* three hours from half past nine */
}

/* A centre is under a roster only where its windows are. */
static void
a_centre_without_windows_is_not_known(void **state)
{
	struct stage *f = *state;
	struct actor system = f->system;
	struct ctx ctx = ctx_as(f, &system);
	struct circle_point v = { .p = { .id = COUNTY_CENTRE, .kind = POINT_COUNTY, .place = { COUNTY }, .opened = { 1 }, .closed = DAY_NONE } };
	uint8_t staff = 9;
	char sql[300];

	stand(f);
	publish(f, true);
	assert_int_equal(circle_staff_at(&ctx, at("07T10:00"), &v, 1, &staff), RC_OK);
	assert_int_equal(staff, CIRCLE_STAFF_UNKNOWN);
	snprintf(sql, sizeof sql, "INSERT INTO duty_slot (city, plan, slot, state, seat, place, point, nth, minutes, made_day, day, why, revision)"
	    " VALUES (3205, %d, 1, 20, 1, %lld, %d, 0, 180, 20642, 20642, 1, 1)", PLAN, (long long)COUNTY, COUNTY_CENTRE);
	stage_raw(f, sql); /* a seat on the eighth that nobody took */
	assert_int_equal(circle_staff_at(&ctx, at("07T10:00"), &v, 1, &staff), RC_OK);
	assert_int_equal(staff, CIRCLE_STAFF_NOBODY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_station_covers_while_somebody_is_on_duty),
		cmocka_unit_test(a_sick_call_and_a_sign_in_are_known_at_once),
		cmocka_unit_test(a_centre_without_windows_is_not_known),
	};
	int failed = stage_main("story_staff", tests, sizeof tests / sizeof tests[0]);

	circle_close();
	crypt_close(story_keys);
	return failed;
}
