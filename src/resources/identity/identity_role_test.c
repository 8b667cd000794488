#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "resources/identity/delay.h"
#include "resources/identity/identity_session.h"

#define CITY_DIGITS 3205
#define KUNSHAN INT64_C(320583000000)
#define WUZHONG INT64_C(320506000000)
#define MUDU INT64_C(320506100000)
#define VILLAGE INT64_C(320506100201)
#define CITY INT64_C(320500000000)
#define GOOD "Spring-river-7"


static struct place
place(int64_t code)
{
	return (struct place){ code };
}

static bool
may(enum role role, enum right right)
{
	return (role_rights(role) >> right & 1) != 0;
}

static void
roles_have_their_rights(void **state)
{
	/* rights from INTAKE to ADVISORS, one column a right */
	static const char *const want[ROLE_COUNT] = {
		/*                   intake read handle dispatch reveal supervise figures people network catalogue settings audit rules policy … advisors */
		[ROLE_NONE] =     "..................", [ROLE_STATION] =  "####..............", [ROLE_CLERK] =    "#####.............",
		[ROLE_HOTLINE] =  "#####.............", [ROLE_PROVIDER] = ".###..............", [ROLE_DIRECTOR] = "#######.......#.#.",
		[ROLE_OFFICIAL] = ".#...##.....##.###", [ROLE_ADMIN] =    ".......####.......", [ROLE_AUDITOR] =  "...........#......",
	};

	(void)state;
	assert_int_equal(RIGHT_COUNT - RIGHT_INTAKE, strlen(want[0]));
	for (int role = 0; role < ROLE_COUNT; role++) {
		assert_false(may((enum role)role, RIGHT_NONE));
		assert_true(may((enum role)role, RIGHT_PUBLIC));
		assert_int_equal(may((enum role)role, RIGHT_STAFF), role != ROLE_NONE);
		for (int right = RIGHT_INTAKE; right < RIGHT_COUNT; right++)
			assert_int_equal(may((enum role)role, (enum right)right),
			    want[role][right - RIGHT_INTAKE] == '#');
	}
	assert_int_equal(role_rights(ROLE_COUNT), role_rights(ROLE_NONE));
	assert_int_equal(role_rights((enum role)-1), role_rights(ROLE_NONE));
}

/* Numbers in clear: the right, or the open case in one's own hands. */
static void
numbers_are_for_the_right_or_the_holder(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++) {
		struct account a = { .id = { 7 }, .role = (enum role)role, .place = { INT64_C(320506000000) }, .active = true };
		struct actor actor = identity_actor(&a, 3205);
		bool right = may((enum role)role, RIGHT_REVEAL);

		assert_true(identity_may_reveal(&actor, 7, true));
		assert_int_equal(identity_may_reveal(&actor, 7, false), right);
		assert_int_equal(identity_may_reveal(&actor, 8, true), right);
		assert_int_equal(identity_may_reveal(&actor, 0, true), right);
	}
	assert_false(identity_may_reveal(&(struct actor){ .kind = ACTOR_ANONYMOUS }, 0, true));
	assert_false(identity_may_reveal(&(struct actor){ .kind = ACTOR_RECEIPT, .rights = UINT64_MAX }, 7, true));
	assert_false(identity_may_reveal(&(struct actor){ .kind = ACTOR_SYSTEM, .rights = UINT64_MAX }, 7, true));
}

static void
roles_and_rights_have_names(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++) {
		assert_int_equal(role_by_key(text_of(role_key((enum role)role))), role);
		assert_non_null(role_label((enum role)role));
		assert_string_equal(choice_by_value(role_choices, role)->key, role_key((enum role)role));
	}
	assert_int_equal(role_by_key(TEXT("none")), ROLE_NONE);
	assert_int_equal(role_by_key(TEXT("")), ROLE_NONE);
	for (int right = 1; right < RIGHT_COUNT; right++)
		assert_true(right_key((enum right)right)[0] != '\0' && right_label((enum right)right)[0] != '\0');
}

static void
roles_fit_their_places(void **state)
{
	static const struct { enum role role; int64_t place; bool fits; } rows[] = {
		{ ROLE_STATION, VILLAGE, true }, { ROLE_STATION, MUDU, true }, { ROLE_STATION, WUZHONG, false },
		{ ROLE_CLERK, VILLAGE, false }, { ROLE_CLERK, MUDU, true }, { ROLE_CLERK, CITY, true },
		{ ROLE_HOTLINE, CITY, true }, { ROLE_HOTLINE, MUDU, false },
		{ ROLE_OFFICIAL, MUDU, true }, { ROLE_OFFICIAL, VILLAGE, false },
		{ ROLE_ADMIN, WUZHONG, true }, { ROLE_ADMIN, MUDU, false },
		{ ROLE_AUDITOR, CITY, true }, { ROLE_AUDITOR, WUZHONG, false },
		{ ROLE_ADMIN, INT64_C(320000000000), false }, { ROLE_NONE, CITY, false }, { ROLE_CLERK, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(role_fits_place(rows[i].role, place(rows[i].place)), rows[i].fits);
}

static void
actors_see_their_places(void **state)
{
	struct account a = { .id = { 7 }, .role = ROLE_CLERK, .place = place(MUDU), .point = 9 };
	struct actor actor = identity_actor(&a, 3205);

	(void)state;
	assert_true(place_range_has(actor.places, place(VILLAGE)));
	assert_false(place_range_has(actor.places, place(WUZHONG)));
	assert_int_equal(actor.account, 7);
	assert_int_equal(actor.point, 9);
	a.role = ROLE_PROVIDER;
	assert_false(place_range_has(identity_actor(&a, 3205).places, place(MUDU)));
	a.role = ROLE_AUDITOR;
	a.place = place(CITY);
	assert_false(place_range_has(identity_actor(&a, 3205).places, place(MUDU)));
	assert_true(place_range_has(identity_system(3205).places, place(CITY)));
	assert_false(place_range_has(identity_system(3205).places, place(INT64_C(320600000000))));
	assert_false(actor_may(&(struct actor){ .rights = identity_anonymous(3205).rights }, RIGHT_STAFF));
	assert_false(place_range_has(identity_anonymous(3205).places, place(CITY)));
}

static void
sessions_end_at_either_bound(void **state)
{
	struct session_span span = { 1000, 5000 };

	(void)state;
	assert_false(session_is_over(span, 0, 0, 999));
	assert_true(session_is_over(span, 0, 0, 1000));
	assert_false(session_is_over(span, 0, 4500, 4999));
	assert_true(session_is_over(span, 0, 4500, 5000));
	assert_int_equal(session_expires_ms(span, 0, 3000), 4000);
	assert_int_equal(session_expires_ms(span, 0, 4500), 5000);
	assert_false(session_is_stale(0, 59999));
	assert_true(session_is_stale(0, 60000));
}

static void
delays_double_to_five_minutes(void **state)
{
	static const int64_t login[] = { 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 };

	(void)state;
	for (int64_t n = 0; n < 12; n++) {
		assert_int_equal(delay_seconds(TEXT("login:zhang"), n), login[n]);
		assert_int_equal(delay_seconds(TEXT("peer:10.0.0.1"), n + 10), login[n]);
		assert_int_equal(delay_seconds(TEXT("code:10.0.0.1"), n + 10), login[n]);
	}
	assert_int_equal(delay_seconds(TEXT("peer:10.0.0.1"), 9), 0);
	assert_int_equal(delay_seconds(TEXT("login:zhang"), INT64_MAX), 300);
}

static void
logins_are_read(void **state)
{
	char out[33];

	(void)state;
	assert_int_equal(login_read(TEXT(" Zhang.San-1_x "), out), RC_OK);
	assert_string_equal(out, "zhang.san-1_x");
	assert_int_equal(login_read(TEXT("ab"), out), RC_INVALID);
	assert_int_equal(login_read(TEXT("abc"), out), RC_OK);
	assert_int_equal(login_read(TEXT("abcdefghijabcdefghijabcdefghijab"), out), RC_OK);
	assert_int_equal(login_read(TEXT("abcdefghijabcdefghijabcdefghijabc"), out), RC_INVALID);
	assert_int_equal(login_read(TEXT(".abc"), out), RC_INVALID);
	assert_int_equal(login_read(TEXT("ab c"), out), RC_INVALID);
	assert_int_equal(login_read(TEXT("张三丰"), out), RC_INVALID);
	assert_int_equal(login_read(TEXT("ab\0c"), out), RC_INVALID);
}

static struct account_new
somebody(const char *login, enum role role, int64_t where)
{
	return (struct account_new){ .login = text_of(login), .name = TEXT("演示员"), .title = TEXT_NONE,
		.password = TEXT(GOOD), .role = role, .place = place(where), .point = 11, .capacity = 20 };
}

static struct actor
admin_of(int64_t where)
{
	struct account a = { .id = { 1 }, .role = ROLE_ADMIN, .place = place(where) };

	return identity_actor(&a, CITY_DIGITS);
}

static const char *
first_fault(struct account_new in, struct actor actor)
{
	struct findings f = { 0 };

	return identity_judge(&actor, &in, &f) ? "" : f.v[0].field;
}

static void
judge_names_each_fault(void **state)
{
	struct actor county = admin_of(WUZHONG);
	struct account_new in = somebody("zhang", ROLE_CLERK, MUDU);
	struct findings all = { 0 };

	(void)state;
	assert_string_equal(first_fault(in, county), "");
	in.login = TEXT("z");
	assert_string_equal(first_fault(in, county), "login");
	in = somebody("zhang", ROLE_CLERK, MUDU);
	in.password = TEXT("12345678");
	assert_string_equal(first_fault(in, county), "password");
	in.password = TEXT(GOOD);
	in.name = TEXT_NONE;
	assert_string_equal(first_fault(in, county), "name");
	in.name = TEXT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十");
	assert_string_equal(first_fault(in, county), "");
	in.name = TEXT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一");
	assert_string_equal(first_fault(in, county), "name");
	in = somebody("zhang", ROLE_NONE, MUDU);
	assert_string_equal(first_fault(in, county), "role");
	assert_string_equal(first_fault(somebody("zhang", ROLE_CLERK, VILLAGE), county), "place");
	assert_string_equal(first_fault(somebody("zhang", ROLE_CLERK, KUNSHAN), county), "place");
	assert_string_equal(first_fault(somebody("zhang", ROLE_CLERK, WUZHONG), county), "");
	assert_string_equal(first_fault(somebody("zhang", ROLE_CLERK, CITY), county), "place"); /* above it */
	in = somebody("zhang", ROLE_CLERK, MUDU);
	in.capacity = -1;
	assert_string_equal(first_fault(in, county), "capacity");
	in = (struct account_new){ .login = TEXT_NONE, .name = TEXT_NONE, .title = TEXT_NONE,
		.password = TEXT_NONE };
	assert_false(identity_judge(&county, &in, &all));
	assert_int_equal(all.total, 5); /* login, password, name, role, place: all at once */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_have_their_rights),
		cmocka_unit_test(numbers_are_for_the_right_or_the_holder),
		cmocka_unit_test(roles_and_rights_have_names),
		cmocka_unit_test(roles_fit_their_places),
		cmocka_unit_test(actors_see_their_places),
		cmocka_unit_test(sessions_end_at_either_bound),
		cmocka_unit_test(delays_double_to_five_minutes),
		cmocka_unit_test(logins_are_read),
		cmocka_unit_test(judge_names_each_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
