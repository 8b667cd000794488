#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kit/form/form.h"
#include "kit/msg/msg.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))
#define TODAY ((struct day){ 20634 }) /* 2026-06-30 */

static const struct choice kinds[] = {
	{ 1, "labour", T("劳动"), }, { 2, "family", T("婚姻家庭") }, { 63, "other", T("其他") }, { 0, NULL, NULL },
};

struct sample {
	struct text line, paragraph, phone, idcard, credit, code, secret;
	int64_t number, key;
	bool yes;
	int choice, time;
	uint64_t flags;
	struct day day, born;
	struct place place;
};

#define AT(member) .offset = offsetof(struct sample, member)

static const struct field rows[] = {
	{ .key = "line", .kind = FIELD_LINE, .label = T("姓名"), .min = 2, .max = 4, AT(line) },
	{ .key = "paragraph", .kind = FIELD_PARAGRAPH, .label = T("经过"), .max = 5, AT(paragraph) },
	{ .key = "number", .kind = FIELD_INT, .label = T("人数"), .min = -1, .max = 10, AT(number) },
	{ .key = "yes", .kind = FIELD_BOOL, .label = T("同意"), AT(yes) },
	{ .key = "choice", .kind = FIELD_CHOICE, .label = T("类型"), .choices = kinds, AT(choice) },
	{ .key = "flags", .kind = FIELD_FLAGS, .label = T("类型"), .choices = kinds, AT(flags) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("预约"), .min = -2, .max = 30, AT(day) },
	{ .key = "born", .kind = FIELD_DAY, .label = T("出生"), .min = INT_MIN, .max = 0, AT(born) },
	{ .key = "time", .kind = FIELD_TIME, .label = T("时间"), AT(time) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("电话"), AT(phone) },
	{ .key = "idcard", .kind = FIELD_IDCARD, .label = T("身份证"), AT(idcard) },
	{ .key = "credit", .kind = FIELD_CREDIT, .label = T("信用代码"), AT(credit) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("地方"), AT(place) },
	{ .key = "key", .kind = FIELD_KEY, .label = T("编号"), AT(key) },
	{ .key = "code", .kind = FIELD_CODE, .label = T("查询码"), AT(code) },
	{ .key = "secret", .kind = FIELD_SECRET, .label = T("密码"), .min = 3, .max = 5, AT(secret) },
};
static const struct form sample_form = FORM_OF("test.sample", T("样表"), rows, struct sample);

struct fixture {
	struct arena *mem;
	struct sample v;
	struct typed typed;
	struct findings findings;
};

static int
fixture_make(void **state)
{
	struct fixture *x = calloc(1, sizeof(*x));

	x->mem = arena_create(1 << 20);
	*state = x;
	return x->mem == NULL;
}

static int
fixture_drop(void **state)
{
	struct fixture *x = *state;

	arena_free(x->mem);
	free(x);
	return 0;
}

static enum rc
sample_read(struct fixture *x, const struct param *v, size_t n)
{
	memset(&x->findings, 0, sizeof(x->findings));
	return form_read(&sample_form, (struct params){ v, n }, TODAY, x->mem, &x->v, &x->typed,
	    &x->findings);
}

static enum rc
read_one(struct fixture *x, const char *key, struct text value)
{
	struct param p = { text_of(key), value };

	return sample_read(x, &p, 1);
}

/* Message "" is a value that is taken. */
static const struct { const char *key; struct text in; const char *message; int64_t bound; } bound_rows[] = {
	{ "line", TEXT_INIT("张三"), "", 0 },
	{ "line", TEXT_INIT("张三李四"), "", 0 },
	{ "line", TEXT_INIT(" 张三李四\u3000"), "", 0 },
	{ "line", TEXT_INIT("张三李四王"), "最多 %lld 个字", 4 },
	{ "line", TEXT_INIT("张"), "至少 %lld 个字", 2 },
	{ "line", TEXT_INIT("\U00020000\U00020001\U00020002\U00020003"), "", 0 },
	{ "line", TEXT_INIT("张三\n李"), "第 %lld 个字是看不见的控制字符，请删去", 3 },
	{ "line", TEXT_INIT("张\0三"), "第 %lld 个字是空字符，请删去", 2 },
	{ "line", TEXT_INIT("张三\xff"), "第 %lld 个字不是有效的 UTF-8 编码", 3 },
	{ "line", TEXT_INIT("\u202e张三"), "第 %lld 个字是看不见的控制字符，请删去", 1 },
	{ "line", TEXT_INIT("\u2066张三"), "第 %lld 个字是看不见的控制字符，请删去", 1 },
	{ "paragraph", TEXT_INIT("一\r\n二\r\n三"), "", 0 },
	{ "paragraph", TEXT_INIT("一\r\n二\r\n三四"), "最多 %lld 个字", 5 },
	{ "paragraph", TEXT_INIT("一\x07"), "第 %lld 个字是看不见的控制字符，请删去", 2 },
	{ "paragraph", TEXT_INIT("一\u202e二"), "第 %lld 个字是看不见的控制字符，请删去", 2 },
	{ "number", TEXT_INIT("-1"), "", 0 },
	{ "number", TEXT_INIT("10"), "", 0 },
	{ "number", TEXT_INIT("１０"), "", 0 },
	{ "number", TEXT_INIT("-2"), "不能小于 %lld", -1 },
	{ "number", TEXT_INIT("11"), "不能大于 %lld", 10 },
	{ "number", TEXT_INIT("9223372036854775808"), "不能大于 %lld", 10 },
	{ "number", TEXT_INIT("-9223372036854775809"), "不能小于 %lld", -1 },
	{ "number", TEXT_INIT("1.5"), "请填写整数", 0 },
	{ "number", TEXT_INIT("-"), "请填写整数", 0 },
	{ "number", TEXT_INIT("十"), "请填写整数", 0 },
	{ "number", TEXT_INIT("1\xff"), "第 %lld 个字不是有效的 UTF-8 编码", 2 },
	{ "yes", TEXT_INIT("1"), "", 0 },
	{ "yes", TEXT_INIT("on"), "", 0 },
	{ "yes", TEXT_INIT("true"), "", 0 },
	{ "yes", TEXT_INIT("false"), "", 0 },
	{ "yes", TEXT_INIT("2"), "只能是“是”或“否”（1 或 0）", 0 },
	{ "choice", TEXT_INIT("family"), "", 0 },
	{ "choice", TEXT_INIT("famil"), "没有这个选项，请重新选择", 0 },
	{ "choice", TEXT_INIT("2"), "没有这个选项，请重新选择", 0 },
	{ "flags", TEXT_INIT("family"), "", 0 },
	{ "flags", TEXT_INIT("family,labour"), "", 0 },
	{ "flags", TEXT_INIT("family,x"), "没有这个选项，请重新选择", 0 },
	{ "day", TEXT_INIT("2026-06-28"), "", 0 },
	{ "day", TEXT_INIT("2026/6/28"), "", 0 },
	{ "day", TEXT_INIT("2026.07.30"), "", 0 },
	{ "day", TEXT_INIT("2026-06-27"), "不能早于今天之前 %lld 天", 2 },
	{ "day", TEXT_INIT("2026-07-31"), "不能晚于今天之后 %lld 天", 30 },
	{ "day", TEXT_INIT("2026-06-31"), "没有这一天，或写法不对，应如 2026-06-30", 0 },
	{ "day", TEXT_INIT("2026-06"), "没有这一天，或写法不对，应如 2026-06-30", 0 },
	{ "day", TEXT_INIT("26-06-30"), "没有这一天，或写法不对，应如 2026-06-30", 0 },
	{ "born", TEXT_INIT("2026-06-30"), "", 0 },
	{ "born", TEXT_INIT("1600-01-01"), "", 0 },
	{ "born", TEXT_INIT("2026-07-01"), "不能晚于今天", 0 },
	{ "time", TEXT_INIT("00:00"), "", 0 },
	{ "time", TEXT_INIT("9:30"), "", 0 },
	{ "time", TEXT_INIT("9：30"), "", 0 },
	{ "time", TEXT_INIT("23:59"), "", 0 },
	{ "time", TEXT_INIT("24:00"), "时间写法不对，应如 09:30（00:00 至 23:59）", 0 },
	{ "time", TEXT_INIT("09:60"), "时间写法不对，应如 09:30（00:00 至 23:59）", 0 },
	{ "time", TEXT_INIT("0930"), "时间写法不对，应如 09:30（00:00 至 23:59）", 0 },
	{ "time", TEXT_INIT("-0:30"), "时间写法不对，应如 09:30（00:00 至 23:59）", 0 },
	{ "phone", TEXT_INIT("199 0000 1234"), "", 0 },
	{ "phone", TEXT_INIT("１９９００００１２３４"), "", 0 },
	{ "phone", TEXT_INIT("1990000123"), "电话号码不正确：手机 11 位，固定电话请带区号", 0 },
	{ "idcard", TEXT_INIT("11010519491231002x"), "", 0 },
	{ "idcard", TEXT_INIT("110105194912310021"), "身份证号最后一位校验不符，请逐位核对", 0 },
	{ "idcard", TEXT_INIT("1101051949123100"), "身份证号应为 %lld 位（旧证 15 位）", 18 },
	{ "idcard", TEXT_INIT("A1010519491231002X"), "身份证号只能是数字，最后一位可以是 X", 0 },
	{ "idcard", TEXT_INIT("990000202607010011"), "身份证号里的出生日期不存在，或晚于今天", 0 },
	{ "credit", TEXT_INIT("91350100m000100y43"), "", 0 },
	{ "credit", TEXT_INIT("91350100M000100Y4A"), "统一社会信用代码校验不符，请逐位核对", 0 },
	{ "credit", TEXT_INIT("91350100M000100Y4"), "统一社会信用代码应为 %lld 位", 18 },
	{ "credit", TEXT_INIT("9135010OM000100Y43"),
	    "统一社会信用代码只有数字和大写字母，不含 I、O、S、V、Z", 0 },
	{ "place", TEXT_INIT("3205"), "", 0 },
	{ "place", TEXT_INIT("320"), "区划代码应为 2、4、6、9 或 12 位数字", 0 },
	{ "key", TEXT_INIT("0"), "", 0 },
	{ "key", TEXT_INIT("9223372036854775807"), "", 0 },
	{ "key", TEXT_INIT("9223372036854775808"), "编号不正确", 0 },
	{ "key", TEXT_INIT("-1"), "编号不正确", 0 },
	{ "code", TEXT_INIT("abcd-efgh-jkmn-pqrs"), "", 0 },
	{ "code", TEXT_INIT("abcd-efgh-jkmn-pqr"), "查询码应为 %lld 位字母和数字，请核对", 16 },
	{ "secret", TEXT_INIT(" a "), "", 0 },
	{ "secret", TEXT_INIT("ab"), "至少 %lld 个字", 3 },
	{ "secret", TEXT_INIT("abcde"), "", 0 },
	{ "secret", TEXT_INIT("abcdef"), "最多 %lld 个字", 5 },
	{ "secret", TEXT_INIT("abc\xff"), "第 %lld 个字不是有效的 UTF-8 编码", 4 },
};

static void
each_kind_on_both_sides_of_its_bounds(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < ROWS(bound_rows); i++) {
		enum rc rc = read_one(x, bound_rows[i].key, bound_rows[i].in);
		bool fine = bound_rows[i].message[0] == '\0';

		if ((rc == RC_OK) != fine)
			print_message("row %zu: %s\n", i, bound_rows[i].key);
		assert_int_equal(rc, fine ? RC_OK : RC_INVALID);
		assert_int_equal(x->findings.total, fine ? 0 : 1);
		if (fine)
			continue;
		assert_string_equal(x->findings.v[0].field, bound_rows[i].key);
		assert_string_equal(x->findings.v[0].message, bound_rows[i].message);
		assert_true(x->findings.v[0].bound == bound_rows[i].bound);
	}
}

static void
values_land_in_the_struct(void **state)
{
	static const struct param all[] = {
		{ TEXT_INIT("line"), TEXT_INIT("\u3000张三 ") },
		{ TEXT_INIT("paragraph"), TEXT_INIT("一\r\n二\r三") },
		{ TEXT_INIT("number"), TEXT_INIT("+７") },
		{ TEXT_INIT("yes"), TEXT_INIT("on") },
		{ TEXT_INIT("choice"), TEXT_INIT("family") },
		{ TEXT_INIT("flags"), TEXT_INIT("other") },
		{ TEXT_INIT("flags"), TEXT_INIT("labour") },
		{ TEXT_INIT("day"), TEXT_INIT("2026/7/1") },
		{ TEXT_INIT("born"), TEXT_INIT("1990-01-01") },
		{ TEXT_INIT("time"), TEXT_INIT("9:05") },
		{ TEXT_INIT("phone"), TEXT_INIT("0512-65550123") },
		{ TEXT_INIT("idcard"), TEXT_INIT("110105491231002") },
		{ TEXT_INIT("credit"), TEXT_INIT("91350100m000100y43") },
		{ TEXT_INIT("place"), TEXT_INIT("320508") },
		{ TEXT_INIT("key"), TEXT_INIT("12") },
		{ TEXT_INIT("code"), TEXT_INIT("abcd efgh jkmn pqro") },
		{ TEXT_INIT("secret"), TEXT_INIT(" p w ") },
		{ TEXT_INIT("csrf"), TEXT_INIT("passed over\xff") },
	};
	struct fixture *x = *state;

	assert_int_equal(sample_read(x, all, ROWS(all)), RC_OK);
	assert_true(text_equals(x->v.line, TEXT("张三")));
	assert_true(text_equals(x->v.paragraph, TEXT("一\n二\n三")));
	assert_int_equal(x->v.number, 7);
	assert_true(x->v.yes);
	assert_int_equal(x->v.choice, 2);
	assert_true(x->v.flags == (UINT64_C(1) << 63 | 2));
	assert_int_equal(x->v.day.n, TODAY.n + 1);
	assert_int_equal(x->v.born.n, 7305);
	assert_int_equal(x->v.time, 9 * 60 + 5);
	assert_true(text_equals(x->v.phone, TEXT("051265550123")));
	assert_true(text_equals(x->v.idcard, TEXT("11010519491231002X")));
	assert_true(text_equals(x->v.credit, TEXT("91350100M000100Y43")));
	assert_true(x->v.place.code == 320508000000);
	assert_int_equal(x->v.key, 12);
	assert_true(text_equals(x->v.code, TEXT("ABCDEFGHJKMNPQR0")));
	assert_true(text_equals(x->v.secret, TEXT(" p w ")));
	/* typed: as it came, secrets never */
	assert_true(text_equals(x->typed.v[0], TEXT("\u3000张三 ")));
	assert_true(text_equals(x->typed.v[5], TEXT("other,labour")));
	assert_true(text_equals(x->typed.v[6], TEXT("2026/7/1")));
	assert_true(text_is_empty(x->typed.v[15]));
}

static void
nothing_typed_is_no_fault_and_no_null(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(sample_read(x, NULL, 0), RC_OK);
	assert_non_null(x->v.line.p);
	assert_non_null(x->v.secret.p);
	assert_non_null(x->v.code.p);
	assert_int_equal(x->v.line.n, 0);
	assert_true(day_is_none(x->v.day));
	assert_int_equal(x->v.time, -1);
	assert_int_equal(x->v.choice, 0);
	for (size_t i = 0; i < sample_form.n; i++)
		assert_non_null(x->typed.v[i].p);
	assert_int_equal(read_one(x, "line", TEXT(" \u3000 ")), RC_OK);
	assert_int_equal(x->v.line.n, 0);
}

static void
required_fields_are_asked_for_in_their_way(void **state)
{
	static const struct { const char *key; struct text in; const char *message; } row[] = {
		{ "line", TEXT_INIT(" "), "请填写这一项" },
		{ "number", TEXT_INIT(""), "请填写这一项" },
		{ "yes", TEXT_INIT(""), "请勾选这一项" },
		{ "yes", TEXT_INIT("0"), "请勾选这一项" },
		{ "choice", TEXT_INIT(""), "请选择至少一项" },
		{ "flags", TEXT_INIT(""), "请选择至少一项" },
		{ "flags", TEXT_INIT(","), "请选择至少一项" },
		{ "secret", TEXT_INIT(""), "请填写这一项" },
	};
	struct fixture *x = *state;
	struct sample v;

	for (size_t i = 0; i < ROWS(row); i++) {
		struct field f = *form_field(&sample_form, row[i].key);
		struct form form = { .key = "one", .fields = &f, .n = 1, .size = sizeof(v) };
		struct param p = { text_of(row[i].key), row[i].in };

		f.required = true;
		memset(&x->findings, 0, sizeof(x->findings));
		assert_int_equal(form_read(&form, (struct params){ &p, 1 }, TODAY, x->mem, &v, &x->typed,
		    &x->findings), RC_INVALID);
		assert_string_equal(x->findings.v[0].message, row[i].message);
		memset(&x->findings, 0, sizeof(x->findings));
		assert_int_equal(form_read(&form, (struct params){ &p, 0 }, TODAY, x->mem, &v, &x->typed,
		    &x->findings), RC_INVALID);
	}
}

static void
day_bounds_say_which_side(void **state)
{
	static const struct { int64_t min, max; struct text in; const char *message; int64_t bound; } row[] = {
		{ 0, INT_MAX, TEXT_INIT("2026-06-30"), "", 0 },
		{ 0, INT_MAX, TEXT_INIT("2026-06-29"), "不能早于今天", 0 },
		{ 3, INT_MAX, TEXT_INIT("2026-07-03"), "", 0 },
		{ 3, INT_MAX, TEXT_INIT("2026-07-02"), "不能早于今天之后 %lld 天", 3 },
		{ INT_MIN, -3, TEXT_INIT("2026-06-27"), "", 0 },
		{ INT_MIN, -3, TEXT_INIT("2026-06-28"), "不能晚于今天之前 %lld 天", 3 },
		{ INT_MIN, INT_MAX, TEXT_INIT("9999-12-31"), "", 0 },
	};
	struct fixture *x = *state;
	struct sample v;

	for (size_t i = 0; i < ROWS(row); i++) {
		struct field f = *form_field(&sample_form, "day");
		struct form form = { .key = "one", .fields = &f, .n = 1, .size = sizeof(v) };
		struct param p = { TEXT("day"), row[i].in };

		f.min = row[i].min;
		f.max = row[i].max;
		memset(&x->findings, 0, sizeof(x->findings));
		assert_int_equal(form_read(&form, (struct params){ &p, 1 }, TODAY, x->mem, &v, &x->typed,
		    &x->findings), row[i].message[0] == '\0' ? RC_OK : RC_INVALID);
		if (row[i].message[0] == '\0')
			continue;
		assert_string_equal(x->findings.v[0].message, row[i].message);
		assert_true(x->findings.v[0].bound == row[i].bound);
	}
}

static void
all_findings_come_at_once_and_what_was_typed_stays(void **state)
{
	static const struct param bad[] = {
		{ TEXT_INIT("line"), TEXT_INIT("a\xff\0\x01z") },
		{ TEXT_INIT("number"), TEXT_INIT("many") },
		{ TEXT_INIT("choice"), TEXT_INIT("none") },
		{ TEXT_INIT("phone"), TEXT_INIT("1") },
		{ TEXT_INIT("secret"), TEXT_INIT("x") },
		{ TEXT_INIT("key"), TEXT_INIT("5") },
		{ TEXT_INIT("born"), TEXT_INIT("1990-01-01") },
		{ TEXT_INIT("born"), TEXT_INIT("1990-01-01") },
	};
	struct fixture *x = *state;

	assert_int_equal(sample_read(x, bad, ROWS(bad)), RC_INVALID);
	assert_int_equal(x->findings.total, 6);
	assert_int_equal(x->findings.n, 6);
	assert_string_equal(findings_of(&x->findings, "born")->message, "这一项只能填写 %lld 个值");
	assert_null(findings_of(&x->findings, "key"));
	assert_true(text_equals(x->typed.v[0], TEXT("a\uFFFD\uFFFD\uFFFDz")));
	assert_true(text_equals(x->typed.v[2], TEXT("many")));
	assert_true(text_is_empty(x->typed.v[15]));
	assert_int_equal(x->v.key, 5);
	assert_int_equal(x->v.number, 0);
	assert_int_equal(x->v.line.n, 0);
}

static void
findings_are_counted_past_the_ones_kept(void **state)
{
	struct fixture *x = *state;

	for (int i = 0; i < FINDINGS_MAX; i++)
		findings_add(&x->findings, "a", "m", i);
	assert_int_equal(x->findings.n, FINDINGS_MAX);
	findings_add(&x->findings, "b", "m", 0);
	assert_int_equal(x->findings.n, FINDINGS_MAX);
	assert_int_equal(x->findings.total, FINDINGS_MAX + 1);
	assert_null(findings_of(&x->findings, "b"));
	assert_int_equal(findings_of(&x->findings, "a")->bound, 0);
}

static void
a_finding_is_said_with_its_bound(void **state)
{
	struct fixture *x = *state;
	struct finding f = { .field = "a", .message = "最多 %lld 个字 %s%n", .bound = -7 };

	assert_string_equal(finding_text(x->mem, LANG_ZH, &f).p, "最多 -7 个字 %s%n");
	f.message = "100%n";
	assert_string_equal(finding_text(x->mem, LANG_ZH, &f).p, "100%n");
}

static void
params_and_choices_are_found(void **state)
{
	static const struct param v[] = {
		{ TEXT_INIT("a"), TEXT_INIT("1") }, { TEXT_INIT("a"), TEXT_INIT("2") }, { TEXT_INIT("e"), TEXT_INIT("") },
	};
	struct params p = { v, ROWS(v) };

	(void)state;
	assert_true(text_equals(params_get(p, "a"), TEXT("1")));
	assert_true(text_is_empty(params_get(p, "b")));
	assert_true(params_has(p, "e"));
	assert_false(params_has(p, "b"));
	assert_string_equal(choice_by_value(kinds, 2)->key, "family");
	assert_null(choice_by_value(kinds, 0));
	assert_int_equal(choice_by_key(kinds, TEXT("labour"))->value, 1);
	assert_null(choice_by_key(kinds, TEXT("")));
	assert_null(choice_by_key(NULL, TEXT("a")));
	assert_null(form_field(&sample_form, "nothing"));
}

/* Whatever the bound on memory, the answer is a result and never a half-read form said to be fine. */
static void
memory_running_out_is_said(void **state)
{
	static const struct param v[] = {
		{ TEXT_INIT("line"), TEXT_INIT("张三") }, { TEXT_INIT("paragraph"), TEXT_INIT("一\r\n") },
		{ TEXT_INIT("phone"), TEXT_INIT("１１０") }, { TEXT_INIT("flags"), TEXT_INIT("labour") },
		{ TEXT_INIT("flags"), TEXT_INIT("other") }, { TEXT_INIT("code"), TEXT_INIT("abcd-efgh-jkmn-pqrs") },
	};
	struct fixture *x = *state;
	bool fine = false;

	for (size_t bound = 0; bound < 4096 && !fine; bound += 8) {
		struct arena *mem = arena_create(bound);
		enum rc rc;

		memset(&x->findings, 0, sizeof(x->findings));
		rc = form_read(&sample_form, (struct params){ v, ROWS(v) }, TODAY, mem, &x->v, &x->typed,
		    &x->findings);
		fine = rc == RC_OK;
		assert_true(fine || rc == RC_NO_MEMORY);
		assert_true(!fine || (x->v.code.n == 16 && x->v.phone.n == 3 && x->v.paragraph.n == 3));
		assert_int_equal(x->findings.total, 0);
		arena_free(mem);
	}
	assert_true(fine);
}

int
main(void)
{
#define FORM_TEST(f) cmocka_unit_test_setup_teardown(f, fixture_make, fixture_drop)
	const struct CMUnitTest tests[] = {
		FORM_TEST(each_kind_on_both_sides_of_its_bounds),
		FORM_TEST(values_land_in_the_struct),
		FORM_TEST(nothing_typed_is_no_fault_and_no_null),
		FORM_TEST(required_fields_are_asked_for_in_their_way),
		FORM_TEST(day_bounds_say_which_side),
		FORM_TEST(all_findings_come_at_once_and_what_was_typed_stays),
		FORM_TEST(findings_are_counted_past_the_ones_kept),
		FORM_TEST(a_finding_is_said_with_its_bound),
		FORM_TEST(params_and_choices_are_found),
		FORM_TEST(memory_running_out_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
