#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kit/msg/msg.h"
#include "kit/msg/msg_table.h"

static void
every_row_is_found(void **state)
{
	size_t n = 0;

	(void)state;
	assert_int_equal(msg_en_slots & (msg_en_slots - 1), 0);
	for (size_t i = 0; i < msg_en_slots; i++) {
		if (!msg_en_rows[i].zh)
			continue;
		n++;
		assert_true(msg_en_rows[i].hash == text_hash(text_of(msg_en_rows[i].zh)));
		assert_ptr_equal(msg(LANG_EN, msg_en_rows[i].zh), msg_en_rows[i].text);
		assert_true(msg_has(LANG_EN, msg_en_rows[i].zh));
		assert_true(msg_en_rows[i].text[0] != '\0');
	}
	assert_true(n > 0);
	assert_true(2 * n < msg_en_slots + 1);
}

static void
the_chinese_stands_where_no_english_is(void **state)
{
	static const char zh[] = "此句从未翻译";

	(void)state;
	assert_string_equal(msg(LANG_EN, zh), zh);
	assert_false(msg_has(LANG_EN, zh));
	assert_true(msg_has(LANG_ZH, zh));
	assert_string_equal(msg(LANG_ZH, zh), zh);
	assert_string_equal(msg(LANG_EN, ""), "");
	assert_string_equal(msg(LANG_EN, NULL), "");
	assert_string_equal(msg(LANG_ZH, NULL), "");
}

static void
a_known_text(void **state)
{
	(void)state;
	assert_string_equal(msg(LANG_EN, "返回"), "Back");
	assert_string_equal(msg(LANG_ZH, "返回"), "返回");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_found),
		cmocka_unit_test(the_chinese_stands_where_no_english_is),
		cmocka_unit_test(a_known_text),
	};

	return cmocka_run_group_tests_name("kit_msg", tests, NULL, NULL);
}
