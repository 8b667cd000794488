#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/db/db_fixture_main.h"
#include "resources/identity/identity.h"
#include "resources/network/network_internal.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#define CITY ((struct place){ INT64_C(320500000000) })
#define GUSU ((struct place){ INT64_C(320508000000) })
#define JINCHANG ((struct place){ INT64_C(320508019000) })
#define VILLAGE(n) ((struct place){ INT64_C(320508019000) + (n) })

static const char *engine;
static struct place villages[8]; /* the first of 金阊街道 */

static int
begin(void **state)
{
	static struct db_fixture x;
	const struct division *v[8];

	if (!fixture_open(&x, engine, "network"))
		return -1;
	*state = &x;
	if (region_seed(&x.ctx) != RC_OK || holidays_seed(&x.ctx) != RC_OK || network_reload(&x.ctx) != RC_OK)
		return -1;
	fixture_keep(&x);
	if (region_children(JINCHANG, DAY_NONE, v, 8) < 8)
		return -1;
	for (size_t i = 0; i < 8; i++)
		villages[i] = v[i]->place;
	return 0;
}

static int
end(void **state)
{
	fixture_close(*state);
	return 0;
}

static struct day
on(const char *s)
{
	struct day d = DAY_NONE;

	return day_parse(text_of(s), &d) == RC_OK ? d : DAY_NONE;
}

static bool
says(struct text t, const char *want)
{
	return text_equals(t, text_of(want));
}

static struct point_new
sound_point(int kind, struct place place, const char *name)
{
	const struct division *d = region_find(place, DAY_NONE);
	struct point_new in = { .kind = kind, .place = place, .name = text_of(name), .phone = TEXT("0512-65550000"),
		.opened = on("2026-01-01") };

	if (d != NULL)
		in.position = d->position;
	for (int day = 1; day <= 5; day++)
		in.hours[in.n_hours++] = (struct point_hours){ day, 540, 1020 };
	return in;
}

static int64_t
make(struct db_fixture *x, struct point_new in)
{
	struct findings f = { .n = 0 };
	int64_t id = 0;
	enum rc rc = network_create(&x->ctx, fixture_key(), &in, &f, &id);

	if (rc != RC_OK)
		fail_msg("%s: %s", rc_name(rc), f.n > 0 ? f.v[0].field : "");
	return id;
}

static int64_t
account(struct db_fixture *x, int64_t id, int64_t place, int active)
{
	char sql[512];

	snprintf(sql, sizeof(sql), "INSERT INTO account (city, id, login, name, title, role, place, password, active,"
	    " open_load, capacity, created_ms, revision) VALUES (3205, %lld, 'u%lld', 'n', '', 5, %lld, '', %d, 0, 0, 0, 1)",
	    (long long)id, (long long)id, (long long)place, active);
	assert_int_equal(db_raw(x->db, sql), RC_OK);
	return id;
}

static void
statements_are_sound(void **state)
{
	struct db_fixture *x = *state;
	const struct db_set *sets[] = { &network_sql };
	const char *why = "";
	struct text words = TEXT_NONE;
	const struct db_stmt *bad = db_check_statements(sets, 1, &why);

	if (bad != NULL)
		fail_msg("%s: %s", bad->name, why);
	assert_null(db_prepare_all(x->db, sets, 1, &words));
}

static void
a_point_is_created_and_found(void **state)
{
	struct db_fixture *x = *state;
	struct point_new in = sound_point(POINT_STATION, villages[0], "一站");
	int64_t county = make(x, sound_point(POINT_COUNTY, GUSU, "中心")), id;
	struct point p;

	in.parent = county;
	in.director = account(x, 77, JINCHANG.code, 1);
	in.name_en = TEXT("Station 1");
	id = make(x, in);
	assert_int_equal(network_find(&x->ctx, id, &p), RC_OK);
	assert_int_equal(p.kind, POINT_STATION);
	assert_int_equal(p.place.code, villages[0].code);
	assert_true(says(p.name, "一站") && says(p.name_en, "Station 1") && says(p.phone, "0512-65550000"));
	assert_int_equal(p.parent, county);
	assert_int_equal(p.director, 77);
	assert_int_equal(p.revision, 1);
	assert_true(day_is_none(p.closed));
	assert_int_equal(p.n_hours, 5);
	assert_int_equal(p.n_villages, 1); /* its own */
	assert_int_equal(p.villages[0].village.code, villages[0].code);
	assert_int_equal(network_find_code(&x->ctx, TEXT("320508-1"), &p), RC_OK);
	assert_int_equal(p.id, county);
	id = make(x, sound_point(POINT_COUNTY, GUSU, "中心二"));
	assert_int_equal(network_find_code(&x->ctx, TEXT("320508-2"), &p), RC_OK);
	assert_int_equal(p.id, id);
	assert_int_equal(network_find(&x->ctx, 1, &p), RC_NOT_FOUND);
	assert_int_equal(network_find_code(&x->ctx, TEXT("320508-9"), &p), RC_NOT_FOUND);
}

/* ---- findings -------------------------------------------------------------------------------------------- */

static void
check(struct point_new in, const char *want)
{
	struct findings f = { .n = 0 };
	enum rc rc = network_check(&in, &f);

	if (want == NULL ? rc != RC_OK : rc != RC_INVALID || f.total != 1 || strcmp(f.v[0].field, want) != 0)
		fail_msg("want %s, got %zu: %s", want, f.total, f.total > 0 ? f.v[0].field : "");
}

#define WITH(change) __extension__ ({ struct point_new i_ = sound_point(POINT_STATION, villages[0], "站"); i_.change; i_; })

static struct point_new
serving(size_t n, const char *reason)
{
	struct point_new in = sound_point(POINT_STATION, villages[0], "站");

	for (; in.n_villages < n; in.n_villages++)
		in.villages[in.n_villages] = villages[in.n_villages];
	in.reason = text_of(reason);
	return in;
}

static void
each_fault_has_its_finding(void **state)
{
	(void)state;
	check(WITH(name = TEXT("站")), NULL);
	check(WITH(code = TEXT("a_b")), "code");
	check(WITH(kind = 0), "kind");
	check(WITH(kind = POINT_KIND_COUNT), "kind");
	check(WITH(kind = POINT_TOWN), "place");
	check(WITH(place = GUSU), "place");
	check(WITH(place = VILLAGE(998)), "place");
	check(WITH(name = TEXT(" ")), "name");
	check(WITH(phone = TEXT_NONE), "phone");
	check(WITH(phone = TEXT("123456")), "phone");
	check(WITH(phone = TEXT("12348")), NULL);
	check(WITH(position = ((struct geo){ 72999999, 31000000, GEO_WGS84 })), "position");
	check(WITH(position = ((struct geo){ 73000000, 31000000, GEO_WGS84 })), NULL);
	check(WITH(position = ((struct geo){ 73000000, 31000000, GEO_UNKNOWN })), "datum");
	check(WITH(position = ((struct geo){ 73000000, 31000000, GEO_GCJ02 })), NULL);
	check(WITH(position = ((struct geo){ 73000000, 31000000, GEO_BD09 })), NULL);
	check(WITH(position = ((struct geo){ 0, 0, GEO_UNKNOWN })), NULL); /* no position at all */
	check(WITH(position.datum = (enum geo_datum)9), "datum");
	check(WITH(opened = DAY_NONE), "opened");
	check(WITH(hours[0].closes = 540), "hours");
	check(WITH(hours[0].closes = 541), NULL);
	check(WITH(hours[1] = i_.hours[0]), "hours");
	check(WITH(n_hours = POINT_HOURS_MAX + 1), "hours");
	check(WITH(n_villages = POINT_VILLAGES_MAX + 1; i_.reason = TEXT("x"); i_.n_villages = 1; i_.villages[0] = GUSU), "villages");
}

static void
more_than_three_villages_need_a_reason(void **state)
{
	struct point_new in = serving(2, "");

	(void)state;
	check(serving(3, ""), NULL);
	check(serving(4, ""), "reason");
	check(serving(4, "  "), "reason");
	check(serving(4, "合并办公"), NULL);
	in.villages[1] = in.villages[0];
	check(in, "villages");
	in = sound_point(POINT_TOWN, JINCHANG, "中心");
	in.villages[in.n_villages++] = villages[0];
	check(in, "villages");
}

static void
refused(struct db_fixture *x, struct point_new in, const char *field)
{
	struct findings f = { .n = 0 };
	int64_t id = 0;

	assert_int_equal(network_create(&x->ctx, fixture_key(), &in, &f, &id), RC_INVALID);
	assert_int_equal(f.total, 1);
	assert_string_equal(f.v[0].field, field);
}

static void
directors_and_parents_are_checked(void **state)
{
	struct db_fixture *x = *state;
	int64_t town = make(x, sound_point(POINT_TOWN, JINCHANG, "中心"));

	account(x, 1, villages[0].code, 1);
	account(x, 2, villages[0].code, 0);
	account(x, 3, villages[1].code, 1);
	account(x, 4, CITY.code, 1);
	refused(x, WITH(director = 2), "director");  /* not active */
	refused(x, WITH(director = 3), "director");  /* another village */
	refused(x, WITH(director = 99), "director"); /* nobody */
	make(x, WITH(director = 1));
	make(x, WITH(director = 4));
	refused(x, WITH(parent = 99), "parent");
	make(x, WITH(parent = town));
	refused(x, WITH(parent = town; i_.kind = POINT_TOWN; i_.place = JINCHANG), "parent"); /* not above it */
	refused(x, WITH(place.code = INT64_C(320581101001); i_.parent = town), "parent"); /* of another county */
	refused(x, WITH(code = TEXT("320508019-1")), "code");
}

/* ---- who serves, what is near, what is covered ------------------------------------------------------------- */

static void
serves(struct db_fixture *x, struct place p, const char *day, const char *name)
{
	struct point found;
	enum rc rc = network_serving(&x->ctx, p, day == NULL ? DAY_NONE : on(day), &found);

	if (name == NULL ? rc != RC_NOT_FOUND : rc != RC_OK || !says(found.name, name))
		fail_msg("%lld: want %s, got %s", (long long)p.code, name, rc == RC_OK ? found.name.p : rc_name(rc));
}

static void
a_place_is_served_by_the_nearest_tier(void **state)
{
	struct db_fixture *x = *state;
	struct point_new line = sound_point(POINT_HOTLINE, CITY, "热线");
	struct point_new later = sound_point(POINT_STATION, villages[3], "后来的站");

	serves(x, villages[0], "2026-06-30", NULL);
	make(x, sound_point(POINT_ONLINE, CITY, "网上"));
	serves(x, villages[0], "2026-06-30", "网上");
	line.phone = TEXT("12348");
	make(x, line);
	serves(x, villages[0], "2026-06-30", "热线");
	make(x, sound_point(POINT_COUNTY, GUSU, "区中心"));
	serves(x, villages[0], "2026-06-30", "区中心");
	make(x, sound_point(POINT_TOWN, JINCHANG, "街道中心"));
	serves(x, villages[0], "2026-06-30", "街道中心");
	make(x, serving(3, ""));
	later.opened = on("2026-07-01");
	make(x, later);
	serves(x, villages[0], "2026-06-30", "站");
	serves(x, villages[2], "2026-06-30", "站");
	serves(x, villages[3], "2026-06-30", "街道中心");
	serves(x, villages[3], "2026-07-01", "后来的站");
	serves(x, villages[0], "2025-12-31", NULL); /* nothing was open then */
	serves(x, JINCHANG, "2026-06-30", "街道中心");
	serves(x, GUSU, "2026-06-30", "区中心");
	serves(x, CITY, "2026-06-30", "热线");
	serves(x, (struct place){ INT64_C(320581101001) }, "2026-06-30", "热线");
	line.place = (struct place){ INT64_C(320581000000) };
	line.name = TEXT("县热线");
	make(x, line);
	serves(x, (struct place){ INT64_C(320581101001) }, "2026-06-30", "县热线"); /* its own before the city's */
	serves(x, CITY, "2026-06-30", "热线");
}

static void
the_nearest_come_first_and_say_whether_they_are_open(void **state)
{
	struct db_fixture *x = *state;
	struct geo nowhere = { 0 };
	struct point_near near[4];
	int64_t tuesday = fixture_now_ms;
	size_t n = 0;

	make(x, sound_point(POINT_COUNTY, GUSU, "区中心"));
	make(x, sound_point(POINT_STATION, villages[1], "二站"));
	make(x, sound_point(POINT_STATION, villages[0], "一站"));
	make(x, sound_point(POINT_HOTLINE, CITY, "热线"));
	assert_int_equal(network_nearest(&x->ctx, villages[0], nowhere, tuesday, holidays_current(), near, 4, &n), RC_OK);
	assert_int_equal(n, 3); /* a telephone is nowhere */
	assert_true(says(near[0].point.name, "一站"));
	assert_int_equal(near[0].metres, 0);
	assert_true(near[0].serves && !near[1].serves);
	assert_true(near[1].metres <= near[2].metres);
	assert_true(near[0].state.open);
	assert_int_equal(network_nearest(&x->ctx, villages[0], nowhere, tuesday - 2 * DAY_MS, holidays_current(), near, 4,
	    &n), RC_OK);
	assert_false(near[0].state.open); /* Sunday */
	assert_int_equal(network_nearest(&x->ctx, villages[0], region_find(villages[1], DAY_NONE)->position, tuesday,
	    holidays_current(), near, 1, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_true(says(near[0].point.name, "二站") && !near[0].serves);
}

static void
coverage_counts_villages_not_stations(void **state)
{
	struct db_fixture *x = *state;
	struct coverage c;

	make(x, sound_point(POINT_COUNTY, GUSU, "区中心"));
	make(x, sound_point(POINT_COUNTY, GUSU, "区中心二"));
	make(x, sound_point(POINT_TOWN, JINCHANG, "街道中心"));
	make(x, serving(3, ""));
	assert_int_equal(network_coverage(&x->ctx, CITY, on("2026-06-30"), &c), RC_OK);
	assert_int_equal(c.counties, 10);
	assert_int_equal(c.counties_with, 1);
	assert_int_equal(c.towns, 118);
	assert_int_equal(c.towns_with, 1);
	assert_int_equal(c.villages, 2248);
	assert_int_equal(c.villages_with, 3);
	assert_int_equal(c.stations, 1);
	assert_int_equal(network_coverage(&x->ctx, JINCHANG, on("2025-12-31"), &c), RC_OK);
	assert_int_equal(c.counties, 0);
	assert_int_equal(c.towns, 1);
	assert_int_equal(c.towns_with + c.villages_with + c.stations, 0);
}

static void
points_are_listed_by_kind_and_place(void **state)
{
	struct db_fixture *x = *state;
	struct point *v;
	size_t n = 0;

	make(x, sound_point(POINT_STATION, villages[1], "二站"));
	make(x, sound_point(POINT_STATION, villages[0], "一站"));
	make(x, sound_point(POINT_TOWN, JINCHANG, "街道中心"));
	assert_int_equal(network_list(&x->ctx, POINT_STATION, CITY, on("2026-06-30"), &v, &n), RC_OK);
	assert_int_equal(n, 2);
	assert_true(says(v[0].name, "一站") && says(v[1].name, "二站"));
	assert_int_equal(network_list(&x->ctx, POINT_NONE, JINCHANG, DAY_NONE, &v, &n), RC_OK);
	assert_int_equal(n, 3);
	assert_int_equal(network_list(&x->ctx, POINT_NONE, JINCHANG, on("2025-12-31"), &v, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(network_list(&x->ctx, POINT_NONE, (struct place){ INT64_C(320581000000) }, DAY_NONE, &v, &n), RC_OK);
	assert_int_equal(n, 0);
}

/* ---- changing ------------------------------------------------------------------------------------------------ */

static void
a_change_needs_the_newest_revision(void **state)
{
	struct db_fixture *x = *state;
	int64_t id = make(x, serving(3, ""));
	struct point_new in = serving(1, "");
	struct findings f = { .n = 0 };
	struct point p;

	in.name = TEXT("改名站");
	in.n_hours = 2;
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 2, &in, &f), RC_CONFLICT);
	assert_int_equal(network_change(&x->ctx, fixture_key(), 99, 1, &in, &f), RC_NOT_FOUND);
	in.phone = TEXT_NONE;
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 1, &in, &f), RC_INVALID);
	in.phone = TEXT("12348");
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 1, &in, &f), RC_OK);
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 1, &in, &f), RC_CONFLICT);
	assert_int_equal(network_find(&x->ctx, id, &p), RC_OK);
	assert_true(says(p.name, "改名站") && p.n_hours == 2 && p.revision == 2);
	/* the villages it gave up end today, and had been its own until yesterday */
	serves(x, villages[0], "2026-06-30", "改名站");
	serves(x, villages[2], "2026-06-29", "改名站");
	serves(x, villages[2], "2026-06-30", NULL);
	in = serving(3, "");
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 2, &in, &f), RC_OK); /* and come back */
	serves(x, villages[2], "2026-06-30", "站");
	in = serving(1, "");
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 3, &in, &f), RC_OK);
	serves(x, villages[2], "2026-06-30", NULL);
	serves(x, villages[2], "2026-06-29", "站");
}

static void
a_closed_point_serves_nobody(void **state)
{
	struct db_fixture *x = *state;
	int64_t id = make(x, serving(3, ""));
	struct point_new in = serving(3, "");
	struct findings f = { .n = 0 };
	struct point p;

	assert_int_equal(network_close(&x->ctx, fixture_key(), id, 1, on("2026-06-29"), &f), RC_INVALID);
	assert_int_equal(network_close(&x->ctx, fixture_key(), id, 9, on("2026-07-10"), &f), RC_CONFLICT);
	assert_int_equal(network_close(&x->ctx, fixture_key(), id, 1, on("2026-07-10"), &f), RC_OK);
	assert_int_equal(network_close(&x->ctx, fixture_key(), id, 2, on("2026-07-11"), &f), RC_CONFLICT);
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 2, &in, &f), RC_CONFLICT);
	serves(x, villages[1], "2026-07-09", "站");
	serves(x, villages[1], "2026-07-10", NULL);
	assert_int_equal(network_find(&x->ctx, id, &p), RC_OK);
	assert_int_equal(p.closed.n, on("2026-07-10").n);
}

static void
a_day_may_have_other_hours(void **state)
{
	struct db_fixture *x = *state;
	int64_t id = make(x, sound_point(POINT_TOWN, JINCHANG, "中心"));
	struct point_exception e = { on("2026-06-30"), -1, -1, TEXT("盘点") };
	struct findings f = { .n = 0 };
	struct point p;

	assert_int_equal(network_except(&x->ctx, fixture_key(), id, &e, false, &f), RC_OK);
	assert_int_equal(network_find(&x->ctx, id, &p), RC_OK);
	assert_true(p.n_exceptions == 1 && says(p.exceptions[0].note, "盘点"));
	assert_false(network_is_open(&p, fixture_now_ms + 3600000, holidays_current()));
	e.opens = 600;
	e.closes = 660;
	assert_int_equal(network_except(&x->ctx, fixture_key(), id, &e, false, &f), RC_OK);
	assert_int_equal(network_find(&x->ctx, id, &p), RC_OK);
	assert_true(network_is_open(&p, fixture_now_ms + 3600000, holidays_current()));
	assert_int_equal(network_except(&x->ctx, fixture_key(), id, &e, true, &f), RC_OK);
	assert_int_equal(network_find(&x->ctx, id, &p), RC_OK);
	assert_int_equal(p.n_exceptions, 0);
	assert_int_equal(network_except(&x->ctx, fixture_key(), 99, &e, false, &f), RC_NOT_FOUND);
	e.closes = 600;
	assert_int_equal(network_except(&x->ctx, fixture_key(), id, &e, false, &f), RC_INVALID);
	assert_string_equal(f.v[0].field, "closes");
	e = (struct point_exception){ on("2026-06-29"), -1, -1, TEXT_NONE };
	f.n = f.total = 0;
	assert_int_equal(network_except(&x->ctx, fixture_key(), id, &e, false, &f), RC_INVALID);
	assert_string_equal(f.v[0].field, "day");
}

static void
a_change_elsewhere_is_noticed(void **state)
{
	struct db_fixture *x = *state;
	int64_t id = make(x, sound_point(POINT_TOWN, JINCHANG, "中心"));
	int32_t version = network_version();
	struct point p;
	bool stale = true;

	assert_int_equal(network_is_stale(&x->ctx, &stale), RC_OK);
	assert_false(stale);
	assert_int_equal(db_raw(x->db, "UPDATE point SET name = 'else', revision = revision + 1"), RC_OK);
	assert_int_equal(network_is_stale(&x->ctx, &stale), RC_OK);
	assert_true(stale);
	assert_int_equal(network_reload(&x->ctx), RC_OK);
	assert_int_equal(network_is_stale(&x->ctx, &stale), RC_OK);
	assert_false(stale);
	assert_true(network_version() > version);
	assert_int_equal(network_find(&x->ctx, id, &p), RC_OK);
	assert_true(says(p.name, "else"));
}

/* ---- whose work ---------------------------------------------------------------------------------------------------- */

static void
only_those_of_the_place_change_it(void **state)
{
	struct db_fixture *x = *state;
	struct point_new here = sound_point(POINT_TOWN, JINCHANG, "中心"), there = here;
	struct actor system = x->actor;
	struct findings f = { .n = 0 };
	struct point_exception e = { .day = on("2026-07-01"), .opens = -1 };
	int64_t id = make(x, here), made = 0;

	there.place = (struct place){ INT64_C(320581101000) };
	x->actor.kind = ACTOR_ANONYMOUS;
	assert_int_equal(network_create(&x->ctx, fixture_key(), &here, &f, &made), RC_UNAUTHENTICATED);
	x->actor = (struct actor){ .kind = ACTOR_ACCOUNT, .city = 3205, .account = 5, .places = place_range(GUSU) };
	assert_int_equal(network_create(&x->ctx, fixture_key(), &here, &f, &made), RC_FORBIDDEN);
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 1, &here, &f), RC_FORBIDDEN);
	assert_int_equal(network_close(&x->ctx, fixture_key(), id, 1, e.day, &f), RC_FORBIDDEN);
	assert_int_equal(network_except(&x->ctx, fixture_key(), id, &e, false, &f), RC_FORBIDDEN);
	x->actor.rights = UINT64_C(1) << RIGHT_NETWORK;
	refused(x, there, "place");
	f.n = f.total = 0;
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 1, &there, &f), RC_INVALID);
	assert_string_equal(f.v[0].field, "place");
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 1, &here, &f), RC_OK);
	x->actor.places = place_range(there.place);
	assert_int_equal(network_change(&x->ctx, fixture_key(), id, 2, &there, &f), RC_NOT_FOUND);
	assert_int_equal(network_close(&x->ctx, fixture_key(), id, 2, e.day, &f), RC_NOT_FOUND);
	assert_int_equal(network_except(&x->ctx, fixture_key(), id, &e, false, &f), RC_NOT_FOUND);
	assert_int_equal(network_create(&x->ctx, fixture_key(), &there, &f, &made), RC_OK);
	x->actor = system;
	assert_int_equal(network_close(&x->ctx, fixture_key(), id, 2, e.day, &f), RC_OK);
}

/* The key of a form sent twice: the same answers the same, anything else is no repeat. */
static void
a_repeated_key_is_told_from_another_request(void **state)
{
	struct db_fixture *x = *state;
	struct point_new in[2] = { sound_point(POINT_STATION, villages[0], "站"), sound_point(POINT_STATION, villages[1], "站") };
	struct idem_key key = fixture_key();
	struct findings f = { .n = 0 };
	int64_t id = 0, again = 0, ids[2] = { 7, 7 };
	struct point_exception e = { .day = on("2026-07-01"), .opens = 600, .closes = 700 };

	assert_int_equal(network_create(&x->ctx, key, &in[0], &f, &id), RC_OK);
	assert_int_equal(network_create(&x->ctx, key, &in[0], &f, &again), RC_OK);
	assert_int_equal(id, again);
	in[0].phone = TEXT("12348");
	assert_int_equal(network_create(&x->ctx, key, &in[0], &f, &again), RC_DUPLICATE);
	key = fixture_key();
	assert_int_equal(network_change(&x->ctx, key, id, 1, &in[0], &f), RC_OK);
	assert_int_equal(network_change(&x->ctx, key, id, 1, &in[0], &f), RC_OK);
	in[0].hours[4].closes++;
	assert_int_equal(network_change(&x->ctx, key, id, 1, &in[0], &f), RC_DUPLICATE);
	key = fixture_key();
	assert_int_equal(network_except(&x->ctx, key, id, &e, false, &f), RC_OK);
	e.closes++;
	assert_int_equal(network_except(&x->ctx, key, id, &e, false, &f), RC_DUPLICATE);
	key = fixture_key();
	assert_int_equal(network_create_many(&x->ctx, key, in, 2, &f, NULL), RC_OK);
	assert_int_equal(network_create_many(&x->ctx, key, in, 2, &f, ids), RC_OK);
	assert_true(ids[0] == 0 && ids[1] == 0);
	in[1].name = TEXT("别的");
	assert_int_equal(network_create_many(&x->ctx, key, in, 2, &f, ids), RC_DUPLICATE);
}

/* ---- many ---------------------------------------------------------------------------------------------------------- */

static void
many_are_created_all_or_none(void **state)
{
	struct db_fixture *x = *state;
	static struct point_new in[3];
	struct findings f = { .n = 0 };
	struct point *v;
	int64_t ids[3] = { 0 };
	size_t n = 9;

	for (size_t i = 0; i < 3; i++)
		in[i] = sound_point(POINT_STATION, villages[i], "站");
	in[1].phone = TEXT_NONE;
	in[2].director = 99;
	assert_int_equal(network_create_many(&x->ctx, fixture_key(), in, 3, &f, ids), RC_INVALID);
	assert_true(f.total == 1 && f.v[0].line == 2);
	in[1].phone = TEXT("12348");
	f.n = f.total = 0;
	assert_int_equal(network_create_many(&x->ctx, fixture_key(), in, 3, &f, ids), RC_INVALID);
	assert_true(f.total == 1 && f.v[0].line == 3);
	assert_int_equal(network_reload(&x->ctx), RC_OK);
	assert_int_equal(network_list(&x->ctx, POINT_NONE, CITY, DAY_NONE, &v, &n), RC_OK);
	assert_int_equal(n, 0);
	in[2].director = 0;
	assert_int_equal(network_create_many(&x->ctx, fixture_key(), in, 3, &f, ids), RC_OK);
	assert_int_equal(network_list(&x->ctx, POINT_NONE, CITY, DAY_NONE, &v, &n), RC_OK);
	assert_int_equal(n, 3);
	assert_int_equal(v[2].id, ids[2]);
}

#define HEAD "kind,place,name,phone,parent,director,hours,villages,reason,code\n"

static void
points_are_imported(void **state)
{
	struct db_fixture *x = *state;
	struct findings f = { .n = 0 };
	struct point p;
	int64_t rows = 0;
	char csv[1000];

	account(x, 7, GUSU.code, 1);
	snprintf(csv, sizeof(csv), HEAD "county,320508,区中心,0512-65550001,,u7,\"1-5 09:00-12:00; 1-5 13:30-17:00\",,,G1\n"
	    "town,320508019,街道中心,12348,G1,,,,,T1\nstation,%lld,一站,13900000000,T1,,1-5 09:00-17:00,%lld %lld,,\n",
	    (long long)villages[0].code, (long long)villages[0].code, (long long)villages[1].code);
	assert_int_equal(network_import_csv(&x->ctx, fixture_key(), text_of(csv), &f, &rows), RC_OK);
	assert_int_equal(rows, 3);
	assert_int_equal(network_serving(&x->ctx, villages[1], on("2026-06-30"), &p), RC_OK);
	assert_true(says(p.name, "一站"));
	assert_int_equal(network_find(&x->ctx, p.parent, &p), RC_OK);
	assert_true(says(p.code, "T1"));
	assert_int_equal(network_find_code(&x->ctx, TEXT("G1"), &p), RC_OK);
	assert_true(p.director == 7 && p.n_hours == 10);
	assert_int_equal(p.opened.n, on("2026-06-30").n);
	assert_int_equal(network_import_csv(&x->ctx, fixture_key(), TEXT(HEAD), &f, &rows), RC_OK);
	assert_int_equal(rows, 0);
}

static void
bad_rows_are_named_and_nothing_is_stored(void **state)
{
	static const struct { const char *csv; int line; const char *column; } bad[] = {
		{ HEAD "county,320508,好,12348,,,,,,\nshop,320508,坏,12348,,,,,,\n", 3, "kind" },
		{ HEAD "county,32050,坏,12348,,,,,,\n", 2, "place" },
		{ HEAD "county,320599,坏,12348,,,,,,\n", 2, "place" },
		{ HEAD "county,320508,,12348,,,,,,\n", 2, "name" },
		{ HEAD "county,320508,坏,,,,,,,\n", 2, "phone" },
		{ HEAD "county,320508,好,12348,,,,,,\nstation,320508019044,坏,12348,X9,,,,,\n", 3, "parent" },
		{ HEAD "county,320508,坏,12348,,nobody,,,,\n", 2, "director" },
		{ HEAD "county,320508,坏,12348,,,1-5 9-17,,,\n", 2, "hours" },
		{ HEAD "station,320508019044,坏,12348,,,,12,,\n", 2, "villages" },
		{ HEAD "county,320508,好,12348,,,,,,A1\ncounty,320508,坏,12348,,,,,,A1\n", 3, "code" },
		{ "kind,place,name,phone,opened\ncounty,320508,坏,12348,2026-13-01\n", 2, "opened" },
		{ "kind,place,name,phone,lon,lat,datum\ncounty,320508,坏,12348,x,31,wgs84\n", 2, "lon" },
		{ "kind,place,name,phone,lon,lat,datum\ncounty,320508,坏,12348,120,31,\n", 2, "datum" },
		{ "kind,place,name\ncounty,320508,坏\n", 1, "phone" },
	};
	struct db_fixture *x = *state;
	struct point *v;
	size_t n = 9;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct findings f = { .n = 0 };
		int64_t rows = 0;

		if (network_import_csv(&x->ctx, fixture_key(), text_of(bad[i].csv), &f, &rows) != RC_INVALID)
			fail_msg("taken: %s", bad[i].csv);
		if (f.total != 1 || f.v[0].line != bad[i].line || strcmp(f.v[0].field, bad[i].column) != 0)
			fail_msg("%s: %zu, line %d, column %s", bad[i].csv, f.total, f.v[0].line, f.v[0].field);
	}
	assert_int_equal(network_reload(&x->ctx), RC_OK);
	assert_int_equal(network_list(&x->ctx, POINT_NONE, CITY, DAY_NONE, &v, &n), RC_OK);
	assert_int_equal(n, 0);
}

static void
a_failing_database_leaves_no_half_point(void **state)
{
	struct db_fixture *x = *state;
	struct point_new in = serving(3, "");
	struct findings f = { .n = 0 };
	enum rc rc = RC_UNAVAILABLE;

	for (int n = 1; rc != RC_OK && n < 60; n++) {
		struct point *v;
		size_t found = 9;
		int64_t id = 0;

		db_fail_after(x->db, n);
		rc = network_create(&x->ctx, fixture_key(), &in, &f, &id);
		db_fail_after(x->db, 0);
		assert_int_equal(network_reload(&x->ctx), RC_OK);
		assert_int_equal(network_list(&x->ctx, POINT_NONE, CITY, DAY_NONE, &v, &found), RC_OK);
		assert_int_equal(found, rc == RC_OK ? 1 : 0);
		if (rc == RC_OK)
			assert_true(v[0].n_hours == 5 && v[0].n_villages == 3);
	}
	assert_int_equal(rc, RC_OK);
}

#define FLOW(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW(statements_are_sound), FLOW(a_point_is_created_and_found), FLOW(each_fault_has_its_finding),
		FLOW(more_than_three_villages_need_a_reason), FLOW(directors_and_parents_are_checked),
		FLOW(a_place_is_served_by_the_nearest_tier), FLOW(the_nearest_come_first_and_say_whether_they_are_open),
		FLOW(coverage_counts_villages_not_stations), FLOW(points_are_listed_by_kind_and_place),
		FLOW(a_change_needs_the_newest_revision), FLOW(a_closed_point_serves_nobody), FLOW(a_day_may_have_other_hours),
		FLOW(a_change_elsewhere_is_noticed), FLOW(only_those_of_the_place_change_it),
		FLOW(a_repeated_key_is_told_from_another_request), FLOW(many_are_created_all_or_none), FLOW(points_are_imported),
		FLOW(bad_rows_are_named_and_nothing_is_stored), FLOW(a_failing_database_leaves_no_half_point),
	};

	return fixture_main("network", tests, sizeof(tests) / sizeof(tests[0]), &engine);
}
