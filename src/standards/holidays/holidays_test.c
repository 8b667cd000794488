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

/* What every year must hold; 2027-02-06 and -20 come or go. */
#define FIXED "day,kind,name\n2027-01-01,holiday,元旦\n2027-05-01,holiday,劳动节\n2027-10-01,holiday,国庆节\n" \
	"2027-10-02,holiday,国庆节\n2027-10-03,holiday,国庆节\n"

static void
a_year_is_imported_and_replaced(void **state)
{
	struct db_fixture *x = *state;
	const struct calendar *old = holidays_current();
	struct findings f;

	assert_int_equal(import(x, FIXED "2027-02-06,holiday,春节\n2027-02-20,makeup,春节\n", &f), RC_OK);
	assert_int_equal(holidays_current()->last_year, 2027);
	assert_int_equal(holidays_current()->version, 2);
	assert_true(calendar_is_working(holidays_current(), on("2027-02-20")));
	assert_false(calendar_is_working(old, on("2027-02-20"))); /* the old table still stands for who holds it */
	assert_int_equal(import(x, FIXED, &f), RC_OK);
	assert_false(calendar_is_working(holidays_current(), on("2027-02-20")));
	assert_int_equal(holidays_current()->n, 774);
	assert_int_equal(holidays_current()->version, 3);
}

static void
bad_rows_are_named_and_nothing_is_stored(void **state)
{
	static const char *const bad[] = {
		"day,kind,name\n2027-02-30,holiday,x\n", "day,kind,name\n2027-01-01,feast,x\n",
		"day,kind,name\n2027-01-01,holiday,\n", "day,kind,name\n2027-01-04,makeup,周一\n",
		FIXED "2027-01-01,holiday,y\n", FIXED "2027-05-01,rest,y\n", "day,kind,name\n", "day,kind\n2027-01-01,holiday\n",
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

/* A second row of a day names its line; a year without its fixed days, or after a year that is left out, is refused. */
static void
a_table_with_holes_is_refused(void **state)
{
	struct db_fixture *x = *state;
	struct findings f;

	assert_int_equal(import(x, FIXED "2027-05-01,rest,y\n", &f), RC_INVALID);
	assert_int_equal(f.v[0].line, 7);
	assert_int_equal(import(x, "day,kind,name\n2027-01-01,holiday,x\n2027-10-02,rest,x\n", &f), RC_INVALID);
	assert_int_equal(f.total, 4); /* 1 May, 1 to 3 October: a rest day is none */
	assert_int_equal(import(x, "day,kind,name\n2028-01-01,holiday,x\n2028-05-01,holiday,x\n2028-10-01,holiday,x\n"
	    "2028-10-02,holiday,x\n2028-10-03,holiday,x\n", &f), RC_INVALID);
	assert_int_equal(f.total, 1);
	assert_int_equal(f.v[0].bound, 2027);
	assert_int_equal(holidays_current()->last_year, 2026);
}

static enum rc
day_set(struct db_fixture *x, const char *day, enum day_kind kind, const char *name, int seen, struct findings *f)
{
	*f = (struct findings){ .n = 0 };
	return holidays_day_set(&x->ctx, fixture_key(), &(struct holiday_change){ on(day), kind, text_of(name),
	    TEXT("国办发明电〔2025〕7号"), seen }, f);
}

struct history { struct holiday_history v[8]; size_t n; };

static enum rc
history_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct history *h = arg;

	return holidays_history(tx, actor, 2026, h->v, 8, &h->n);
}

static void
one_day_is_changed_and_remembered(void **state)
{
	struct db_fixture *x = *state;
	struct history h;
	struct calendar tried;
	struct findings f;
	struct holiday_change in = { .day = on("2026-07-04"), .kind = DAY_MAKEUP, .name = TEXT("x") };

	assert_int_equal(holidays_try(x->ctx.mem, &in, &tried), RC_OK);
	assert_true(calendar_is_working(&tried, on("2026-07-04")));
	assert_int_equal(tried.n, 770);
	assert_false(calendar_is_working(holidays_current(), on("2026-07-04"))); /* only tried */
	assert_int_equal(day_set(x, "2026-07-04", DAY_MAKEUP, "临时调休", 1, &f), RC_OK);
	assert_true(calendar_is_working(holidays_current(), on("2026-07-04")));
	assert_int_equal(holidays_current()->version, 2);
	assert_int_equal(day_set(x, "2026-07-04", DAY_REST, "", 1, &f), RC_CONFLICT); /* somebody was faster */
	assert_int_equal(day_set(x, "2026-07-04", DAY_REST, "", 2, &f), RC_OK);     /* an ordinary Saturday again */
	assert_false(calendar_is_working(holidays_current(), on("2026-07-04")));
	assert_int_equal(holidays_current()->version, 3); /* so that what was counted with version 2 is counted again */
	assert_int_equal(day_set(x, "2026-07-06", DAY_HALF, "半天", 3, &f), RC_OK);
	assert_int_equal(calendar_kind(holidays_current(), on("2026-07-06")), DAY_HALF);
	assert_int_equal(db_read(&x->ctx, history_tx, &h), RC_OK);
	assert_int_equal(h.n, 3);
	assert_int_equal(h.v[2].before, DAY_REST);
	assert_int_equal(h.v[2].after, DAY_MAKEUP);
	assert_int_equal(h.v[1].after, DAY_REST);
	assert_int_equal(h.v[0].day.n, on("2026-07-06").n);
}

static void
a_bad_change_names_its_field(void **state)
{
	static const struct { const char *day; enum day_kind kind; const char *name, *source, *field; } bad[] = {
		{ "2027-07-04", DAY_HOLIDAY, "x", "国办发明电", "day" }, { "2026-07-06", DAY_MAKEUP, "x", "国办发明电", "kind" },
		{ "2026-07-04", DAY_WORK, "x", "国办发明电", "kind" }, { "2026-07-06", DAY_HOLIDAY, " ", "国办发明电", "name" },
		{ "2026-07-06", DAY_HOLIDAY, "x", "国办发", "source" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct findings f = { .n = 0 };
		struct holiday_change in = { on(bad[i].day), bad[i].kind, text_of(bad[i].name), text_of(bad[i].source), 1 };

		assert_int_equal(holidays_day_check(holidays_current(), &in, &f), RC_INVALID);
		assert_int_equal(f.total, 1);
		assert_string_equal(f.v[0].field, bad[i].field);
		in = (struct holiday_change){ on("2026-07-06"), DAY_HOLIDAY, TEXT("x"), TEXT("国办发明"), 1 };
		f = (struct findings){ .n = 0 };
		assert_int_equal(holidays_day_check(holidays_current(), &in, &f), RC_OK);
	}
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
		cmocka_unit_test_setup_teardown(a_table_with_holes_is_refused, seeded, close_db),
		cmocka_unit_test_setup_teardown(one_day_is_changed_and_remembered, seeded, close_db),
		cmocka_unit_test_setup_teardown(a_bad_change_names_its_field, seeded, close_db),
	};

	return fixture_main("holidays", tests, sizeof(tests) / sizeof(tests[0]), &engine);
}
