/* Who may give legal aid: both ends of a licence, years of practice, and the register as a table. */
#include "kit/db/db_stage.h"

#include "resources/identity/identity.h"
#include "resources/provider/provider_register.h"
#include "resources/provider/provider_rule.h"

#include <stdio.h>
#include <string.h>

static struct day
on(const char *t)
{
	struct day d;

	assert_int_equal(day_parse(text_of(t), &d), RC_OK);
	return d;
}

static struct provider
lawyer(void)
{
	return (struct provider){ .kind = PROVIDER_LAWYER, .valid_from = on("2024-06-01"), .valid_to = on("2026-06-30"),
		.practice_from = on("2023-06-30"), .away_from = DAY_NONE, .away_to = DAY_NONE, .active = true, .firm_active = true };
}

static void
a_licence_counts_from_its_first_day_to_its_last(void **state)
{
	struct provider p = lawyer();

	(void)state;
	assert_int_equal(provider_judge(&p, on("2024-05-31")), PROVIDER_LICENCE_NOT_YET);
	assert_int_equal(provider_judge(&p, on("2024-06-01")), PROVIDER_MAY);
	assert_int_equal(provider_judge(&p, on("2026-06-30")), PROVIDER_MAY);
	assert_int_equal(provider_judge(&p, on("2026-07-01")), PROVIDER_LICENCE_OVER);
	p.valid_to = DAY_NONE;
	assert_int_equal(provider_judge(&p, on("2036-07-01")), PROVIDER_MAY);
	p.away_from = on("2026-03-02");
	p.away_to = on("2026-03-04");
	assert_int_equal(provider_judge(&p, on("2026-03-01")), PROVIDER_MAY);
	assert_int_equal(provider_judge(&p, on("2026-03-02")), PROVIDER_AWAY);
	assert_int_equal(provider_judge(&p, on("2026-03-04")), PROVIDER_AWAY);
	assert_int_equal(provider_judge(&p, on("2026-03-05")), PROVIDER_MAY);
	p.away_to = DAY_NONE;
	assert_int_equal(provider_judge(&p, on("2030-03-05")), PROVIDER_AWAY);
	p.firm_active = false;
	assert_int_equal(provider_judge(&p, on("2026-03-01")), PROVIDER_FIRM_OFF);
	p.active = false;
	assert_int_equal(provider_judge(&p, on("2026-03-01")), PROVIDER_OFF);
}

static void
years_of_practice_are_completed_years(void **state)
{
	struct provider p = lawyer();

	(void)state;
	assert_int_equal(provider_years(&p, on("2026-06-29")), 2);
	assert_int_equal(provider_years(&p, on("2026-06-30")), 3);
	assert_int_equal(provider_years(&p, on("2023-06-29")), -1);
}

static void
a_licence_number_is_digits_capitals_and_hyphens(void **state)
{
	(void)state;
	assert_true(licence_is_sound(TEXT("1320-5A")));
	assert_false(licence_is_sound(TEXT("132")));
	assert_false(licence_is_sound(TEXT("132a5")));
	assert_false(licence_is_sound(TEXT("12345678901234567890123456789012345678901")));
}

static void
a_lawyers_number_is_seventeen_digits_in_order(void **state)
{
	static const struct { const char *number; enum licence_fault fault; } v[] = {
		{ "13205200810123456", LICENCE_FINE },
		{ "1320520081012345", LICENCE_LENGTH }, { "132052008101234567", LICENCE_LENGTH }, { "132052008101", LICENCE_FINE }, /* the old one */
		{ "13205197810123456", LICENCE_YEAR }, { "13205197910123456", LICENCE_FINE },
		{ "13205202610123456", LICENCE_FINE }, { "13205202710123456", LICENCE_YEAR },
		{ "13205200800123456", LICENCE_CATEGORY }, { "13205200890123456", LICENCE_FINE },
		{ "13205200812123456", LICENCE_SEX }, { "13205200811123456", LICENCE_FINE },
		{ "YS-L0001", LICENCE_FINE }, /* other papers are not judged */
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (lawyer_licence_judge(text_of(v[i].number), 2026) != v[i].fault)
			fail_msg("%s", v[i].number);
}

static void
a_volunteer_shows_what_the_category_asks(void **state)
{
	(void)state;
	for (int c = VOLUNTEER_QUALIFIED; c < VOLUNTEER_COUNT; c++) {
		assert_int_equal(volunteer_needs[c].category, c);
		assert_int_equal(volunteer_shows_paper(c, TEXT(" ")), c == VOLUNTEER_OTHER);
		assert_true(volunteer_shows_paper(c, TEXT("1")));
	}
	assert_true(volunteer_shows_paper(0, TEXT_NONE));
}

static void
the_nearest_distance_is_told(void **state)
{
	static const int64_t days[REGISTER_SETTINGS_N] = { 60, 30, 7 };
	static const struct { int64_t left, at; } v[] = { { 61, 0 }, { 60, 60 }, { 31, 60 }, { 30, 30 }, { 8, 30 }, { 7, 7 }, { 0, 7 }, { -1, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		assert_int_equal(licence_warn_at(v[i].left, days), v[i].at);
}

static void
what_bars_a_body_bars_its_people(void **state)
{
	struct provider p = lawyer();
	struct provider_bar of_body = { .firm = 7 }, of_person = { .provider = 3 };

	(void)state;
	assert_true(provider_bar_hits(&of_body, 3, 7));
	assert_false(provider_bar_hits(&of_body, 7, 8));
	assert_true(provider_bar_hits(&of_person, 3, 8));
	assert_false(provider_bar_hits(&of_person, 0, 3));
	assert_false(provider_bar_hits(&of_person, 4, 3));
	p.barred = true;
	assert_int_equal(provider_judge(&p, on("2026-06-30")), PROVIDER_BARRED);
	for (int k = PROVIDER_LAWYER; k < PROVIDER_KIND_COUNT; k++)
		assert_int_equal(provider_gives_aid((enum provider_kind)k), k <= PROVIDER_VOLUNTEER);
}

#define HEAD "firm_licence,firm_kind,firm_name,place,firm_phone,licence,name,kind,valid_from,valid_to,practice_from,skills\n"
#define ONE "F-0001,law_firm,演示一所,320506,,L-0001,周演示,lawyer,2024-01-01,,2020-01-01,\"labour,minors\"\n"
#define TWO "F-0001,law_firm,演示一所,320506,,L-0002,吴演示,lawyer,2024-01-01,2026-12-31,2025-01-01,\n"

static enum rc
import(struct stage *f, const char *csv, struct findings *findings, int64_t *rows)
{
	*findings = (struct findings){ .n = 0 };
	return provider_import(&f->ctx, idem_key_new(), text_of(csv), findings, rows);
}

static void
a_table_comes_in_whole_or_not_at_all(void **state)
{
	struct stage *f = *state;
	struct findings findings;
	int64_t rows = 0;

	assert_int_equal(import(f, HEAD ONE TWO, &findings, &rows), RC_OK);
	assert_int_equal(rows, 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM firm WHERE city = $1"), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM provider WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT skills FROM provider WHERE city = $1 AND licence = 'L-0001'"),
	    1 << SKILL_LABOUR | 1 << SKILL_MINORS);
	/* again, with a change: brought up to date, nothing twice */
	assert_int_equal(import(f, HEAD "F-0001,law_firm,演示第一所,320506,,L-0002,吴演示,lawyer,2024-01-01,2027-12-31,2025-01-01,\n",
	    &findings, &rows), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM provider WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT revision FROM provider WHERE city = $1 AND licence = 'L-0002'"), 2);
	assert_int_equal(stage_int(f, "SELECT revision FROM firm WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM firm WHERE city = $1 AND name = '演示第一所'"), 1);
}

static void
findings_name_line_and_column(void **state)
{
	struct stage *f = *state;
	struct findings findings;
	int64_t rows = 0;

	assert_int_equal(import(f, HEAD ONE "F-0002,law_firm,演示二所,320506,,L-0003,郑演示,lawyer,2024-01-01,2023-12-31,2025-01-01,\n" ONE,
	    &findings, &rows), RC_INVALID);
	assert_int_equal(findings.total, 2);
	assert_int_equal(findings.v[0].line, 3);
	assert_string_equal(findings.v[0].field, "valid_to");
	assert_int_equal(findings.v[1].line, 4);
	assert_string_equal(findings.v[1].field, "licence");
	assert_int_equal(findings.v[1].bound, 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM provider WHERE city = $1"), 0);
	assert_int_equal(import(f, HEAD "F-0002,bakery,演示二所,320506,,L-0003,郑演示,lawyer,2024-01-01,,2025-01-01,\n", &findings, &rows),
	    RC_INVALID);
}

struct lists { struct firm firms[4]; struct provider v[4]; size_t n_firms, n; };

static enum rc
lists_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct lists *l = arg;
	struct provider none;
	enum rc rc = firm_list(tx, actor, TEXT_NONE, l->firms, 4, &l->n_firms);

	if (rc == RC_OK)
		rc = provider_list(tx, actor, l->firms[0].id, 0, l->v, 1, &l->n); /* a page of one */
	if (rc == RC_OK)
		rc = provider_list(tx, actor, l->firms[0].id, l->v[0].id, &l->v[1], 3, &l->n);
	assert_int_equal(provider_by_account(tx, actor, 77, &none), RC_NOT_FOUND);
	return rc;
}

static void
the_register_is_read_page_by_page(void **state)
{
	struct stage *f = *state;
	struct findings findings;
	struct lists l = { .n = 0 };
	int64_t rows = 0;

	assert_int_equal(import(f, HEAD ONE TWO, &findings, &rows), RC_OK);
	assert_int_equal(db_read(&f->ctx, lists_tx, &l), RC_OK);
	assert_int_equal(l.n_firms, 1);
	assert_int_equal(l.n, 1);
	assert_true(l.v[1].id > l.v[0].id);
	assert_int_equal(l.v[0].firm_place.code, INT64_C(320506000000));
	assert_true(text_equals(l.v[1].firm_name, TEXT("演示一所")));
}

static void
only_who_keeps_the_register_changes_it(void **state)
{
	struct stage *f = *state;
	struct actor clerk = { .kind = ACTOR_ACCOUNT, .city = STAGE_CITY, .account = 5, .role = ROLE_CLERK,
		.rights = role_rights(ROLE_CLERK), .places = PLACE_RANGE_EMPTY };
	struct ctx ctx = stage_ctx(f, &clerk);
	struct findings findings = { .n = 0 };
	struct firm_new firm = { .kind = FIRM_LAW, .licence = TEXT("F-0009"), .name = TEXT("演示九所"), .phone = TEXT_NONE,
		.place = { INT64_C(320506000000) }, .active = true };
	struct provider_new p = { .kind = PROVIDER_LAWYER, .licence = TEXT("L-0009"), .name = TEXT("王演示"), .login = TEXT_NONE,
		.valid_from = on("2024-01-01"), .valid_to = DAY_NONE, .practice_from = on("2020-01-01"), .away_from = DAY_NONE,
		.away_to = DAY_NONE, .active = true };
	int64_t id = 0, rows = 0;

	assert_int_equal(firm_save(&ctx, idem_key_new(), &firm, &findings, &id), RC_FORBIDDEN);
	assert_int_equal(provider_import(&ctx, idem_key_new(), text_of(HEAD ONE), &findings, &rows), RC_FORBIDDEN);
	assert_int_equal(firm_save(&f->ctx, idem_key_new(), &firm, &findings, &id), RC_OK);
	assert_int_equal(firm_save(&f->ctx, idem_key_new(), &firm, &findings, &rows), RC_INVALID); /* the licence is known */
	p.firm = id;
	assert_int_equal(provider_save(&f->ctx, idem_key_new(), &p, &findings, &rows), RC_OK);
	p.id = rows;
	p.revision = 1;
	p.login = TEXT("nobody");
	assert_int_equal(provider_save(&f->ctx, idem_key_new(), &p, &findings, &rows), RC_INVALID);
	p.login = TEXT_NONE;
	p.active = false;
	assert_int_equal(provider_save(&f->ctx, idem_key_new(), &p, &findings, &rows), RC_OK);
	assert_int_equal(provider_save(&f->ctx, idem_key_new(), &p, &findings, &rows), RC_CONFLICT); /* changed since */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_licence_counts_from_its_first_day_to_its_last),
		cmocka_unit_test(years_of_practice_are_completed_years),
		cmocka_unit_test(a_licence_number_is_digits_capitals_and_hyphens),
		cmocka_unit_test(a_lawyers_number_is_seventeen_digits_in_order),
		cmocka_unit_test(a_volunteer_shows_what_the_category_asks),
		cmocka_unit_test(the_nearest_distance_is_told),
		cmocka_unit_test(what_bars_a_body_bars_its_people),
		cmocka_unit_test(a_table_comes_in_whole_or_not_at_all),
		cmocka_unit_test(findings_name_line_and_column),
		cmocka_unit_test(the_register_is_read_page_by_page),
		cmocka_unit_test(only_who_keeps_the_register_changes_it),
	};

	return stage_main("provider", tests, sizeof tests / sizeof tests[0]);
}
