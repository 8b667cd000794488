#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static void
hands_out_up_to_the_bound(void **state)
{
	struct arena *a = arena_create(64);
	unsigned char *p;

	(void)state;
	assert_non_null(a);
	assert_int_equal(arena_used(a), 0);
	p = arena_alloc(a, 60);
	assert_non_null(p);
	memset(p, 0xAA, 60);
	assert_null(arena_alloc(a, 1)); /* the next aligned place is the bound itself */
	assert_int_equal(arena_used(a), 60);
	arena_reset(a);
	assert_int_equal(arena_used(a), 0);
	p = arena_alloc(a, 64);
	assert_non_null(p);
	for (int i = 0; i < 64; i++)
		assert_int_equal(p[i], 0); /* zeroed though used before */
	arena_reset(a);
	assert_null(arena_alloc(a, 65));
	assert_null(arena_alloc(a, SIZE_MAX));
	assert_null(arena_array(a, SIZE_MAX / 2, 3));
	assert_non_null(arena_alloc(a, 0));
	arena_free(a);
	arena_free(NULL);
}

static void
raw_arrays_are_aligned_and_bounded(void **state)
{
	struct arena *a = arena_create(4096);
	unsigned char *p;

	(void)state;
	for (int i = 0; i < 5; i++) {
		p = arena_raw(a, 7, 11);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % 64, 0);
		memset(p, 0xEE, 77);
	}
	assert_null(arena_raw(a, 4096, 1)); /* the bound counts what aligning may take */
	assert_null(arena_raw(a, SIZE_MAX / 2, 3));
	assert_null(arena_raw(a, SIZE_MAX - 8, 1));
	p = arena_alloc(a, 100);
	for (int i = 0; i < 100; i++)
		assert_int_equal(p[i], 0);
	arena_free(a);
}

static void
grows_over_many_blocks(void **state)
{
	struct arena *a = arena_create((size_t)1 << 20);
	unsigned char *first = arena_alloc(a, 10), *great, *p;

	(void)state;
	memset(first, 7, 10);
	great = arena_alloc(a, 300000); /* larger than a block */
	assert_non_null(great);
	memset(great, 9, 300000);
	for (int i = 0; i < 500; i++) {
		p = arena_alloc(a, 1000);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		assert_int_equal(p[0], 0);
		assert_int_equal(p[999], 0);
		memset(p, 1, 1000);
	}
	assert_int_equal(first[9], 7);
	assert_int_equal(great[299999], 9);
	arena_reset(a);
	assert_non_null(arena_alloc(a, 1 << 20));
	arena_free(a);
}

static void
copies_and_formats_texts(void **state)
{
	struct arena *a = arena_create(40);
	struct text t;

	(void)state;
	t = arena_text(a, TEXT("法律"));
	assert_string_equal(t.p, "法律");
	assert_int_equal(t.n, 6);
	t = arena_format(a, "%d-%s", 12, "x");
	assert_string_equal(t.p, "12-x");
	assert_int_equal(t.n, 4);
	t = arena_text(a, TEXT("12345678"));
	assert_null(t.p); /* eight places left, the NUL has none */
	assert_int_equal(t.n, 0);
	assert_null(arena_format(a, "%08d", 1).p);
	assert_non_null(arena_format(a, "%07d", 1).p);
	arena_free(a);
}

static void
remembers_the_first_failure(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 10);
	assert_int_equal(buf_text(&b).n, 0);
	buf_add(&b, TEXT("12345"));
	buf_int(&b, -123);
	buf_char(&b, 'x');
	assert_int_equal(buf_rc(&b), RC_OK);
	b.n -= 1;
	buf_add(&b, TEXT("yz"));
	assert_int_equal(buf_rc(&b), RC_TOO_LARGE);
	buf_add(&b, TEXT("y")); /* would fit, but the text would have a hole */
	buf_printf(&b, "%d", 1);
	assert_null(buf_grow(&b, 1));
	assert_true(text_equals(buf_text(&b), TEXT("12345-123")));
	buf_reset(&b);
	assert_int_equal(buf_rc(&b), RC_OK);
	buf_printf(&b, "%s", "1234567890");
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_true(text_equals(buf_text(&b), TEXT("1234567890")));
	buf_printf(&b, "%s", "");
	assert_int_equal(buf_rc(&b), RC_OK);
	buf_printf(&b, "%s", "1");
	assert_int_equal(buf_rc(&b), RC_TOO_LARGE);
	buf_free(&b);
	buf_free(NULL);
	assert_int_equal(buf_text(&b).n, 0);
	buf_char(&b, 'a'); /* an empty buf can be written again */
	assert_true(text_equals(buf_text(&b), TEXT("a")));
	buf_free(&b);
}

static void
writes_numbers_and_grows(void **state)
{
	struct buf b;
	char *p;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_char(&b, ' ');
	buf_int(&b, 0);
	assert_true(text_equals(buf_text(&b), TEXT("-9223372036854775808 9223372036854775807 0")));
	buf_reset(&b);
	for (int i = 0; i < 5000; i++)
		buf_printf(&b, "%05d\n", i);
	assert_int_equal(b.n, 30000);
	assert_true(text_ends_with(buf_text(&b), TEXT("\n04999\n")));
	p = buf_grow(&b, 3);
	assert_non_null(p);
	memcpy(p, "end", 3);
	assert_true(text_ends_with(buf_text(&b), TEXT("end")));
	assert_int_equal(buf_rc(&b), RC_OK);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hands_out_up_to_the_bound),
		cmocka_unit_test(raw_arrays_are_aligned_and_bounded),
		cmocka_unit_test(grows_over_many_blocks),
		cmocka_unit_test(copies_and_formats_texts),
		cmocka_unit_test(remembers_the_first_failure),
		cmocka_unit_test(writes_numbers_and_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
