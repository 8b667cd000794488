#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kit/csv/csv.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))
#define TODAY ((struct day){ 20634 })

struct station { struct text name, phone; int64_t seats; };

static const struct field rows[] = {
	{ .key = "name", .kind = FIELD_LINE, .label = "名称", .required = true, .min = 1, .max = 5,
	    .offset = offsetof(struct station, name) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = "电话", .offset = offsetof(struct station, phone) },
	{ .key = "seats", .kind = FIELD_INT, .label = "席位", .min = 0, .max = 9,
	    .offset = offsetof(struct station, seats) },
};
static const struct form station_form = FORM_OF("station", "站点", rows, struct station);

struct fixture { struct arena *a; struct findings f; struct csv_rows rows; };

static int
begin(void **state)
{
	static struct fixture x;

	memset(&x, 0, sizeof(x));
	x.a = arena_create(1 << 20);
	x.rows.n = 4711;
	*state = &x;
	return x.a == NULL ? -1 : 0;
}

static int
end(void **state)
{
	arena_free(((struct fixture *)*state)->a);
	return 0;
}

static enum rc
stations_read(struct fixture *x, struct text t, size_t max)
{
	return csv_form_read(t, &station_form, TODAY, max, x->a, &x->rows, &x->f);
}

static void
rows_come_by_key_or_label_in_any_order(void **state)
{
	struct fixture *x = *state;
	const struct station *s;

	assert_int_equal(stations_read(x, TEXT("\xEF\xBB\xBF# 说明\r\n席位,name,电话\r\n"
	    "3,\"甲\n站\",110\r\n,,\r\n 9 ,'=乙,\r\r\n0,\"'-丙\",12348"), 10), RC_INVALID);
	assert_int_equal(x->f.total, 1); /* a line end within a one-line field */
	assert_int_equal(x->f.v[0].line, 3);
	memset(&x->f, 0, sizeof(x->f));
	assert_int_equal(stations_read(x, TEXT("\xEF\xBB\xBF# 说明\r\n席位,name,电话\r\n"
	    "3,\"甲,\"\"站\",110\r\n,,\r\n 9 ,'=乙,\r\r\n0,\"'-丙\",12348"), 10), RC_OK);
	assert_int_equal(x->rows.n, 3);
	s = csv_row(&x->rows, 0);
	assert_true(text_equals(s->name, TEXT("甲,\"站")));
	assert_true(text_equals(s->phone, TEXT("110")));
	assert_int_equal(s->seats, 3);
	s = csv_row(&x->rows, 1);
	assert_true(text_equals(s->name, TEXT("=乙")));
	assert_int_equal(s->seats, 9);
	assert_int_equal(x->rows.lines[1], 5);
	s = csv_row(&x->rows, 2);
	assert_true(text_equals(s->name, TEXT("-丙")));
	assert_int_equal(x->rows.lines[2], 7);
}

static void
every_finding_has_line_and_column_and_nothing_is_given(void **state)
{
	static const struct { int line, column; const char *field; } want[] = {
		{ 2, 2, "name" }, { 2, 1, "seats" }, { 3, 2, "" }, { 4, 0, "" }, { 5, 3, "phone" }, { 6, 0, "" },
		{ 7, 3, "phone" }, { 9, 2, "" },
	};
	struct fixture *x = *state;

	assert_int_equal(stations_read(x, TEXT("seats,name,phone\n"
	    "10,六个字的名称,110\n"
	    "1,a\"b,110\n"
	    "1,甲\n"
	    "1,乙,1\n"
	    "1,丙,110,x\n"
	    "1,丁,1\x07\n"
	    "1,戊,110\n"
	    "1,\"己,110\n1,庚,2\n"), 100), RC_INVALID);
	assert_int_equal(x->f.total, ROWS(want));
	for (size_t i = 0; i < ROWS(want); i++) {
		assert_int_equal(x->f.v[i].line, want[i].line);
		assert_int_equal(x->f.v[i].column, want[i].column);
		assert_string_equal(x->f.v[i].field, want[i].field);
	}
	assert_int_equal(x->rows.n, 4711);
}

static void
headings_that_are_not_the_form_are_found_whole(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(stations_read(x, TEXT("name,what,名称\n1,2,3\n"), 10), RC_INVALID);
	assert_int_equal(x->f.total, 4);
	assert_string_equal(x->f.v[0].message, "第%lld列的列名不认识");
	assert_int_equal(x->f.v[0].column, 2);
	assert_string_equal(x->f.v[1].message, "第%lld列的列名重复");
	assert_int_equal(x->f.v[1].column, 3);
	assert_string_equal(x->f.v[2].field, "phone");
	assert_string_equal(x->f.v[3].field, "seats");
}

static void
bytes_that_are_no_utf8_are_said_once_with_their_line(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(stations_read(x, TEXT("name,phone,seats\n甲,110,1\n\xd2\xd2,110,1\n\xb1\xfb,1,1\n"), 10),
	    RC_INVALID);
	assert_int_equal(x->f.total, 1);
	assert_int_equal(x->f.v[0].line, 3);
}

static void
rows_are_bounded(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(stations_read(x, TEXT("name,phone,seats\na,,1\nb,,1\n"), 2), RC_OK);
	assert_int_equal(x->rows.n, 2);
	assert_int_equal(stations_read(x, TEXT("name,phone,seats\na,,1\nb,,1\nc,,1\nd,,1\n"), 2), RC_INVALID);
	assert_int_equal(x->f.total, 1);
	assert_int_equal(x->f.v[0].line, 4);
	assert_int_equal(x->f.v[0].bound, 2);
	memset(&x->f, 0, sizeof(x->f));
	assert_int_equal(stations_read(x, TEXT("name,phone,seats"), 2), RC_OK);
	assert_int_equal(x->rows.n, 0);
}

static void
findings_past_the_kept_ones_are_counted(void **state)
{
	struct fixture *x = *state;
	struct buf b;

	buf_init(&b, 1 << 20);
	csv_form_heading(&b, &station_form, LANG_ZH);
	for (int i = 0; i < FINDINGS_MAX + 5; i++)
		buf_add(&b, TEXT("甲,1,1\n"));
	assert_int_equal(stations_read(x, buf_text(&b), 1000), RC_INVALID);
	assert_int_equal(x->f.n, FINDINGS_MAX);
	assert_int_equal(x->f.total, FINDINGS_MAX + 5);
	assert_int_equal(x->f.v[FINDINGS_MAX - 1].line, FINDINGS_MAX + 1);
	buf_free(&b);
}

static void
cells_are_bounded(void **state)
{
	struct fixture *x = *state;
	struct csv c;
	struct csv_record r;
	struct buf b;

	buf_init(&b, 1 << 20);
	buf_add(&b, TEXT("a\n"));
	memset(buf_grow(&b, CSV_CELL_MAX), 'x', CSV_CELL_MAX);
	buf_char(&b, '\n');
	memset(buf_grow(&b, CSV_CELL_MAX + 1), 'x', CSV_CELL_MAX + 1);
	assert_int_equal(csv_open(&c, x->a, buf_text(&b), &x->f), RC_OK);
	assert_int_equal(csv_next(&c, x->a, &r, &x->f), RC_OK);
	assert_int_equal(csv_next(&c, x->a, &r, &x->f), RC_INVALID);
	assert_int_equal(x->f.v[0].line, 3);
	buf_reset(&b);
	for (int i = 1; i < CSV_COLUMNS_MAX; i++)
		buf_add(&b, TEXT("a,"));
	assert_int_equal(csv_open(&c, x->a, buf_text(&b), &x->f), RC_OK);
	assert_int_equal(c.n_heading, CSV_COLUMNS_MAX);
	buf_char(&b, ',');
	assert_int_equal(csv_open(&c, x->a, buf_text(&b), &x->f), RC_INVALID);
	buf_free(&b);
}

static void
what_is_written_is_read_back(void **state)
{
	static const struct text cells[] = {
		TEXT_INIT("plain"), TEXT_INIT("=1+1"), TEXT_INIT("+1"), TEXT_INIT("-1"), TEXT_INIT("@a"),
		TEXT_INIT("＝1"), TEXT_INIT("'=1"), TEXT_INIT("''=1"), TEXT_INIT("'quoted'"), TEXT_INIT("a,b"),
		TEXT_INIT("a\"b"), TEXT_INIT("a\nb"), TEXT_INIT("\"\""), TEXT_INIT("'"), TEXT_INIT(""), TEXT_INIT("end"),
	};
	struct fixture *x = *state;
	struct csv c;
	struct csv_record r;
	struct buf b;

	buf_init(&b, 65536);
	csv_mark(&b);
	for (int line = 0; line < 2; line++) {
		for (size_t i = 0; i < ROWS(cells); i++) {
			if (i > 0)
				csv_comma(&b);
			csv_cell(&b, cells[i]);
		}
		csv_line(&b);
	}
	assert_int_equal(csv_open(&c, x->a, buf_text(&b), &x->f), RC_OK);
	assert_int_equal(csv_next(&c, x->a, &r, &x->f), RC_OK);
	assert_int_equal(r.n, ROWS(cells));
	for (size_t i = 0; i < ROWS(cells); i++) {
		assert_true(text_equals(r.fields[i], cells[i]));
		assert_true(text_equals(c.heading[i], cells[i]));
	}
	assert_int_equal(csv_next(&c, x->a, &r, &x->f), RC_DONE);
	buf_free(&b);
}

static void
no_dangerous_cell_stands_bare(void **state)
{
	static const struct { struct text in, want; } row[] = {
		{ TEXT_INIT("=A1"), TEXT_INIT("\"'=A1\"") },
		{ TEXT_INIT("+A1"), TEXT_INIT("\"'+A1\"") },
		{ TEXT_INIT("-A1"), TEXT_INIT("\"'-A1\"") },
		{ TEXT_INIT("@A1"), TEXT_INIT("\"'@A1\"") },
		{ TEXT_INIT("\tA1"), TEXT_INIT("\"'\tA1\"") },
		{ TEXT_INIT("\rA1"), TEXT_INIT("\"'\rA1\"") },
		{ TEXT_INIT("＠A1"), TEXT_INIT("\"'＠A1\"") },
		{ TEXT_INIT("A=1"), TEXT_INIT("A=1") },
	};
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	for (size_t i = 0; i < ROWS(row); i++) {
		buf_reset(&b);
		csv_cell(&b, row[i].in);
		assert_true(text_equals(buf_text(&b), row[i].want));
	}
	buf_free(&b);
}

int
main(void)
{
#define CSV_TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		CSV_TEST(rows_come_by_key_or_label_in_any_order),
		CSV_TEST(every_finding_has_line_and_column_and_nothing_is_given),
		CSV_TEST(headings_that_are_not_the_form_are_found_whole),
		CSV_TEST(bytes_that_are_no_utf8_are_said_once_with_their_line),
		CSV_TEST(rows_are_bounded),
		CSV_TEST(findings_past_the_kept_ones_are_counted),
		CSV_TEST(cells_are_bounded),
		CSV_TEST(what_is_written_is_read_back),
		CSV_TEST(no_dangerous_cell_stands_bare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
