#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/csv/csv.h"

static const char *const required[] = { "code", "name", NULL }, *const optional[] = { "from", NULL };

struct fixture { struct arena *a; struct csv c; struct findings f; struct csv_record r; };

static int
begin(void **state)
{
	static struct fixture x;

	x = (struct fixture){ .a = arena_create(1 << 20) };
	*state = &x;
	return x.a == NULL ? -1 : 0;
}

static int
end(void **state)
{
	arena_free(((struct fixture *)*state)->a);
	return 0;
}

static void
quotes_line_ends_and_marks_are_read(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(csv_begin(&x->c, x->a, TEXT("\xEF\xBB\xBF# from somewhere\r\ncode, name ,from\r\n"
	    "1,\"a \"\"b\"\", c\nd\",x\r\n\r\n2,e"), required, optional, &x->f), RC_OK);
	assert_int_equal(csv_next(&x->c, x->a, &x->r, &x->f), RC_OK);
	assert_int_equal(x->r.line, 3);
	assert_true(text_equals(csv_field(&x->c, &x->r, "name"), TEXT("a \"b\", c\nd")));
	assert_true(text_equals(csv_field(&x->c, &x->r, "from"), TEXT("x")));
	assert_int_equal(csv_next(&x->c, x->a, &x->r, &x->f), RC_OK);
	assert_int_equal(x->r.line, 6);
	assert_true(text_equals(csv_field(&x->c, &x->r, "name"), TEXT("e")));
	assert_true(text_is_empty(csv_field(&x->c, &x->r, "from")));
	assert_int_equal(csv_next(&x->c, x->a, &x->r, &x->f), RC_DONE);
	assert_int_equal(x->f.total, 0);
}

static void
bad_headings_are_refused(void **state)
{
	static const char *const bad[] = { "", "\n\n", "# only\n", "code\n", "code,name,name\n", "code,name,what\n",
		"code,\"name\n", "code,na\xFF\n" };
	struct fixture *x = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		x->f.n = x->f.total = 0;
		assert_int_equal(csv_begin(&x->c, x->a, text_of(bad[i]), required, optional, &x->f), RC_INVALID);
		assert_true(x->f.total > 0);
	}
}

static void
bad_rows_are_found_with_their_line_and_the_rest_is_read(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(csv_begin(&x->c, x->a, TEXT("code,name\n1,\"a\"b\n2,b,c\n3,c\n4,\"d\n"), required, optional,
	    &x->f), RC_OK);
	assert_int_equal(csv_next(&x->c, x->a, &x->r, &x->f), RC_INVALID);
	assert_int_equal(csv_next(&x->c, x->a, &x->r, &x->f), RC_INVALID);
	assert_int_equal(csv_next(&x->c, x->a, &x->r, &x->f), RC_OK);
	assert_int_equal(csv_next(&x->c, x->a, &x->r, &x->f), RC_INVALID);
	assert_int_equal(csv_next(&x->c, x->a, &x->r, &x->f), RC_DONE);
	assert_int_equal(x->f.total, 3);
	assert_int_equal(x->f.v[0].line, 2);
	assert_int_equal(x->f.v[1].line, 3);
	assert_int_equal(x->f.v[2].line, 5);
}

static void
cells_are_quoted_and_never_formulas(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	csv_cell(&b, TEXT("plain"));
	csv_comma(&b);
	csv_cell(&b, TEXT("a,\"b\""));
	csv_comma(&b);
	csv_cell(&b, TEXT("=1+1"));
	csv_comma(&b);
	csv_cell_int(&b, -5);
	csv_line(&b);
	assert_true(text_equals(buf_text(&b), TEXT("plain,\"a,\"\"b\"\"\",\"'=1+1\",-5\r\n")));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(quotes_line_ends_and_marks_are_read, begin, end),
		cmocka_unit_test_setup_teardown(bad_headings_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(bad_rows_are_found_with_their_line_and_the_rest_is_read, begin, end),
		cmocka_unit_test(cells_are_quoted_and_never_formulas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
