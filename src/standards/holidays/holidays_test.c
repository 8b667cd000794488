#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/db/db_fixture_main.h"
#include "standards/holidays/holidays.h"

static const char *engine;

static int
seeded(void **state)
{
	static struct db_fixture x;

	if (!fixture_open(&x, engine, "holidays"))
		return -1;
	*state = &x;
	return holidays_seed(&x.ctx) == RC_OK ? 0 : -1;
}

static int
close_db(void **state)
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

static void
statements_are_sound(void **state)
{
	struct db_fixture *x = *state;
	const struct db_set *sets[] = { &holidays_sql };
	const char *why = "";
	struct text words = TEXT_NONE;

	assert_null(db_check_statements(sets, 1, &why));
	assert_null(db_prepare_all(x->db, sets, 1, &words));
}

static void
the_published_tables_are_there(void **state)
{
	struct db_fixture *x = *state;
	const struct calendar *c = holidays_current();

	assert_int_equal(c->n, 769);
	assert_int_equal(c->first_year, 2004);
	assert_int_equal(c->last_year, 2026);
	assert_int_equal(c->version, 1);
	assert_int_equal(calendar_working_between(c, on("2015-12-31"), on("2016-12-31")), 250);
	assert_int_equal(calendar_working_between(c, on("2025-12-31"), on("2026-12-31")), 248);
	assert_string_equal(calendar_name(c, on("2026-02-17")), "春节");
	assert_int_equal(holidays_seed(&x->ctx), RC_OK);
	assert_int_equal(holidays_current()->n, 769);
	assert_int_equal(holidays_current()->version, 1);
}

static void
it_warns_in_time(void **state)
{
	const struct calendar *c = holidays_current();

	(void)state;
	assert_false(holidays_warning(c, on("2026-06-30")));
	assert_false(holidays_warning(c, on("2026-10-02")));
	assert_true(holidays_warning(c, on("2026-10-03")));
	assert_true(holidays_warning(c, on("2027-06-30")));
	assert_true(holidays_warning(c, on("2003-12-31")));
}

static enum rc
import(struct db_fixture *x, const char *csv, struct findings *f)
{
	int64_t rows = 0;

	*f = (struct findings){ .n = 0 };
	return holidays_import_csv(&x->ctx, fixture_key(), text_of(csv), TEXT("test"), f, &rows);
}

static void
a_year_is_imported_and_replaced(void **state)
{
	struct db_fixture *x = *state;
	const struct calendar *old = holidays_current();
	struct findings f;

	assert_int_equal(import(x, "day,kind,name\n2027-01-01,holiday,元旦\n2027-02-06,holiday,春节\n2027-02-20,makeup,春节\n",
	    &f), RC_OK);
	assert_int_equal(holidays_current()->last_year, 2027);
	assert_int_equal(holidays_current()->version, 2);
	assert_true(calendar_is_working(holidays_current(), on("2027-02-20")));
	assert_false(calendar_is_working(old, on("2027-02-20"))); /* the old table still stands for who holds it */
	assert_int_equal(import(x, "day,kind,name\n2027-01-01,holiday,元旦\n", &f), RC_OK);
	assert_false(calendar_is_working(holidays_current(), on("2027-02-20")));
	assert_int_equal(holidays_current()->n, 770);
	assert_int_equal(holidays_current()->version, 3);
}

static void
bad_rows_are_named_and_nothing_is_stored(void **state)
{
	static const char *const bad[] = {
		"day,kind,name\n2027-02-30,holiday,x\n", "day,kind,name\n2027-01-01,feast,x\n",
		"day,kind,name\n2027-01-01,holiday,\n", "day,kind,name\n2027-01-04,makeup,周一\n",
		"day,kind,name\n2027-01-01,holiday,x\n2027-01-01,holiday,y\n", "day,kind,name\n", "day,kind\n2027-01-01,holiday\n",
	};
	struct db_fixture *x = *state;
	struct findings f;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(import(x, bad[i], &f), RC_INVALID);
		assert_int_equal(f.total, 1);
	}
	assert_int_equal(holidays_reload(&x->ctx), RC_OK);
	assert_int_equal(holidays_current()->n, 769);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(statements_are_sound, seeded, close_db),
		cmocka_unit_test_setup_teardown(the_published_tables_are_there, seeded, close_db),
		cmocka_unit_test_setup_teardown(it_warns_in_time, seeded, close_db),
		cmocka_unit_test_setup_teardown(a_year_is_imported_and_replaced, seeded, close_db),
		cmocka_unit_test_setup_teardown(bad_rows_are_named_and_nothing_is_stored, seeded, close_db),
	};

	return fixture_main("holidays", tests, sizeof(tests) / sizeof(tests[0]), &engine);
}
