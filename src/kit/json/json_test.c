#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "kit/json/json.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

static void
writes_commas_and_escapes(void **state)
{
	struct buf b;
	struct json j;

	(void)state;
	buf_init(&b, 4096);
	json_init(&j, &b);
	json_begin_object(&j, NULL);
	json_int(&j, "n", INT64_MIN);
	json_begin_array(&j, "a");
	json_begin_object(&j, NULL);
	json_end_object(&j);
	json_bool(&j, NULL, true);
	json_bool(&j, NULL, false);
	json_none(&j, NULL);
	json_begin_array(&j, NULL);
	json_end_array(&j);
	json_end_array(&j);
	json_text(&j, "t\"", TEXT("法\"\\\n\0</script>\x7f\u2028\xff."));
	json_str(&j, "s", NULL);
	json_str(&j, "e", "");
	json_end_object(&j);
	buf_char(&b, '\0');
	assert_string_equal(b.p, "{\"n\":-9223372036854775808,\"a\":[{},true,false,null,[]],"
	    "\"t\\\"\":\"法\\\"\\\\\\u000a\\u0000\\u003c/script>\\u007f\\u2028\\ufffd.\",\"s\":null,\"e\":\"\"}");
	assert_int_equal(buf_rc(&b), RC_OK);
	buf_free(&b);
}

static void
nesting_past_its_bound_fails_the_buf(void **state)
{
	struct buf b;
	struct json j;

	(void)state;
	buf_init(&b, 4096);
	json_init(&j, &b);
	for (int i = 0; i < 63; i++)
		json_begin_array(&j, NULL);
	assert_int_equal(buf_rc(&b), RC_OK);
	json_begin_array(&j, NULL);
	assert_int_equal(buf_rc(&b), RC_INTERNAL);
	buf_reset(&b);
	json_init(&j, &b);
	json_end_object(&j);
	assert_int_equal(buf_rc(&b), RC_INTERNAL);
	buf_free(&b);
}

static void
a_flat_object_becomes_params(void **state)
{
	struct arena *a = arena_create(65536);
	struct findings f = { .n = 0 };
	struct params p = { NULL, 0 };

	(void)state;
	assert_int_equal(json_params(TEXT("{\"s\":\"法\\u0000\",\"n\":-5,\"r\":1.5,\"y\":true,\"no\":false,"
	    "\"nil\":null,\"many\":[\"a\",1,null],\"none\":[]}"), a, &p, &f), RC_OK);
	assert_int_equal(p.n, 7);
	assert_true(text_equals(params_get(p, "s"), TEXT("法\0")));
	assert_true(text_equals(params_get(p, "n"), TEXT("-5")));
	assert_true(text_equals(params_get(p, "r"), TEXT("1.5")));
	assert_true(text_equals(params_get(p, "y"), TEXT("true")));
	assert_true(text_equals(params_get(p, "no"), TEXT("false")));
	assert_false(params_has(p, "nil"));
	assert_false(params_has(p, "none"));
	assert_true(text_equals(p.v[5].name, TEXT("many")));
	assert_true(text_equals(p.v[6].value, TEXT("1")));
	assert_int_equal(json_params(TEXT(" { } "), a, &p, &f), RC_OK);
	assert_int_equal(p.n, 0);
	arena_free(a);
}

static void
what_is_no_flat_object_is_refused_by_name(void **state)
{
	static const struct { struct text in; const char *field, *message; int line; } row[] = {
		{ TEXT_INIT(""), "", "第 %lld 行不是有效的 JSON", 1 },
		{ TEXT_INIT("[]"), "", "应为一个 JSON 对象", 0 },
		{ TEXT_INIT("{\"a\":1,\n\"b\" 2}"), "", "第 %lld 行不是有效的 JSON", 2 },
		{ TEXT_INIT("{\"a\":1}x"), "", "第 %lld 行不是有效的 JSON", 1 },
		{ TEXT_INIT("{\"a\":1,\n\"a\":2}"), "", "第 %lld 行的键已经出现过", 2 },
		{ TEXT_INIT("{\"a\":\"\xff\"}"), "", "第 %lld 行不是有效的 JSON", 1 },
		{ TEXT_INIT("{\"a\":9223372036854775808}"), "", "第 %lld 行不是有效的 JSON", 1 },
		{ TEXT_INIT("{\"a\":1e999}"), "", "第 %lld 行不是有效的 JSON", 1 },
		{ TEXT_INIT("{\"a\":{}}"), "a", "这里不能再嵌套对象或数组", 0 },
		{ TEXT_INIT("{\"b\":[[]]}"), "b", "这里不能再嵌套对象或数组", 0 },
	};
	struct arena *a = arena_create(65536);

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct findings f = { .n = 0 };
		struct params p = { NULL, 4711 };

		assert_int_equal(json_params(row[i].in, a, &p, &f), RC_INVALID);
		assert_int_equal(p.n, 4711);
		assert_int_equal(f.total, 1);
		assert_string_equal(f.v[0].field, row[i].field);
		assert_string_equal(f.v[0].message, row[i].message);
		assert_int_equal(f.v[0].line, row[i].line);
	}
	arena_free(a);
}

/* An array nested so deep, closed again, as the value of "a". */
static enum rc
nested_read(struct arena *a, int depth, struct findings *f)
{
	struct params p;
	struct buf b;
	enum rc rc;

	buf_init(&b, 1 << 20);
	buf_add(&b, TEXT("{\"]]]]]]]]\\\"]\":"));
	for (int i = 0; i < depth; i++)
		buf_char(&b, '[');
	for (int i = 0; i < depth; i++)
		buf_char(&b, ']');
	buf_char(&b, '}');
	memset(f, 0, sizeof(*f));
	rc = json_params(buf_text(&b), a, &p, f);
	buf_free(&b);
	return rc;
}

static void
depth_size_and_count_are_bounded(void **state)
{
	struct arena *a = arena_create(1 << 20);
	struct findings f = { .n = 0 };
	struct params p;
	struct buf b;

	(void)state;
	assert_int_equal(nested_read(a, JSON_DEPTH_MAX - 1, &f), RC_INVALID);
	assert_string_equal(f.v[0].message, "这里不能再嵌套对象或数组");
	assert_int_equal(nested_read(a, JSON_DEPTH_MAX, &f), RC_INVALID);
	assert_string_equal(f.v[0].message, "JSON 嵌套过深，最多 %lld 层");
	assert_int_equal(nested_read(a, 100000, &f), RC_INVALID);

	memset(&f, 0, sizeof(f));
	buf_init(&b, JSON_BODY_MAX + 1);
	buf_add(&b, TEXT("{}"));
	memset(buf_grow(&b, JSON_BODY_MAX - 2), ' ', JSON_BODY_MAX - 2);
	assert_int_equal(json_params(buf_text(&b), a, &p, &f), RC_OK);
	buf_char(&b, ' ');
	assert_int_equal(json_params(buf_text(&b), a, &p, &f), RC_TOO_LARGE);
	assert_int_equal(f.v[0].bound, JSON_BODY_MAX);

	memset(&f, 0, sizeof(f));
	buf_reset(&b);
	buf_add(&b, TEXT("{\"a\":[0"));
	for (int i = 1; i < JSON_PARAMS_MAX; i++)
		buf_add(&b, TEXT(",0"));
	buf_add(&b, TEXT("]}"));
	assert_int_equal(json_params(buf_text(&b), a, &p, &f), RC_OK);
	assert_int_equal(p.n, JSON_PARAMS_MAX);
	b.n -= 2;
	buf_add(&b, TEXT(",0]}"));
	assert_int_equal(json_params(buf_text(&b), a, &p, &f), RC_INVALID);
	assert_string_equal(f.v[0].field, "a");
	buf_free(&b);
	arena_free(a);
}

static void
memory_running_out_is_said(void **state)
{
	struct findings f = { .n = 0 };
	struct params p;
	bool fine = false;

	(void)state;
	for (size_t bound = 0; bound < 512; bound += 8) {
		struct arena *a = arena_create(bound);
		enum rc rc = json_params(TEXT("{\"a\":\"x\",\"b\":[1,2.5]}"), a, &p, &f);

		assert_true(rc == RC_OK || (rc == RC_NO_MEMORY && !fine));
		fine = rc == RC_OK;
		arena_free(a);
	}
	assert_true(fine);
	assert_int_equal(f.total, 0);
}

static void
a_form_tells_its_schema(void **state)
{
	static const struct choice kinds[] = { { 1, "labour", "劳动" }, { 0, NULL, NULL } };
	static const struct field rows[] = {
		{ .key = "name", .kind = FIELD_LINE, .label = "姓名", .required = true, .min = 2, .max = 30,
		    .hint = "与证件一致" },
		{ .key = "n", .kind = FIELD_INT, .label = "人数", .min = -1, .max = 9 },
		{ .key = "kind", .kind = FIELD_CHOICE, .label = "类型", .choices = kinds },
		{ .key = "kinds", .kind = FIELD_FLAGS, .label = "类型", .choices = kinds },
		{ .key = "day", .kind = FIELD_DAY, .label = "日期", .min = INT_MIN, .max = 0 },
		{ .key = "id", .kind = FIELD_IDCARD, .label = "证号" },
	};
	struct form form = { .key = "f", .title = "表", .fields = rows, .n = ROWS(rows), .size = 1 };
	struct buf b;
	struct json j;
	json_t *top, *root, *at;

	(void)state;
	buf_init(&b, 65536);
	json_init(&j, &b);
	json_form_schema(&j, NULL, &form);
	top = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(top);
	assert_int_equal(json_array_size(json_object_get(top, "required")), 1);
	root = json_object_get(top, "properties");
	assert_int_equal(json_object_size(root), ROWS(rows));
	at = json_object_get(root, "name");
	assert_int_equal(json_integer_value(json_object_get(at, "maxLength")), 30);
	assert_int_equal(json_integer_value(json_object_get(at, "minLength")), 2);
	assert_string_equal(json_string_value(json_object_get(at, "x-hint")), "与证件一致");
	at = json_object_get(root, "n");
	assert_string_equal(json_string_value(json_object_get(at, "type")), "integer");
	assert_int_equal(json_integer_value(json_object_get(at, "minimum")), -1);
	at = json_object_get(json_object_get(root, "kind"), "enum");
	assert_string_equal(json_string_value(json_array_get(at, 0)), "labour");
	at = json_object_get(json_object_get(json_object_get(root, "kinds"), "items"), "enum");
	assert_int_equal(json_array_size(at), 1);
	at = json_object_get(root, "day");
	assert_null(json_object_get(at, "x-days-from-today-minimum"));
	assert_non_null(json_object_get(at, "x-days-from-today-maximum"));
	assert_non_null(json_object_get(json_object_get(root, "id"), "pattern"));
	json_decref(top);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_commas_and_escapes),
		cmocka_unit_test(nesting_past_its_bound_fails_the_buf),
		cmocka_unit_test(a_flat_object_becomes_params),
		cmocka_unit_test(what_is_no_flat_object_is_refused_by_name),
		cmocka_unit_test(depth_size_and_count_are_bounded),
		cmocka_unit_test(memory_running_out_is_said),
		cmocka_unit_test(a_form_tells_its_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
