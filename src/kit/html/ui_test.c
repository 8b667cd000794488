/* The components: what is typed stays text, ids meet, what was typed is shown again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kit/html/ui.h"

#define HOSTILE "\"><script>alert('1')</script>"

struct page { struct buf buf; struct html h; };

static int
page_open(void **state)
{
	static struct page p;

	buf_init(&p.buf, 1 << 20);
	p.h = (struct html){ .out = &p.buf, .mem = arena_create(1 << 20), .icons = "/i.svg" };
	*state = &p;
	return p.h.mem ? 0 : -1;
}

static int
page_close(void **state)
{
	struct page *p = *state;

	arena_free(p->h.mem);
	buf_free(&p->buf);
	return 0;
}

static size_t
count(struct page *p, const char *part)
{
	size_t n = 0, m = strlen(part);

	for (size_t i = 0; i + m <= p->buf.n; i++)
		n += memcmp(p->buf.p + i, part, m) == 0;
	return n;
}

static void
assert_has(struct page *p, const char *part)
{
	if (count(p, part) == 0)
		fail_msg("%s is not in %.*s", part, (int)p->buf.n, p->buf.p);
}

static const struct choice few[] = { { 1, "one", "一" }, { 2, "two", "二" }, { 0, NULL, NULL } };
static const struct choice many[] = {
	{ 1, "1", "1" }, { 2, "2", "2" }, { 3, "3", "3" }, { 4, "4", "4" }, { 5, "5", "5" }, { 6, "6", "6" }, { 7, "7", "7" },
	{ 8, "8", "8" }, { 9, "9", "9" }, { 10, "10", "10" }, { 11, "11", "11" }, { 12, "12", "12" }, { 13, "13", "13" },
	{ 0, NULL, NULL },
};

/* Every kind of field, typed and found fault with by somebody hostile. */
static void
a_field_of_any_kind_stays_text(void **state)
{
	struct page *p = *state;
	struct finding finding = { .field = "k", .message = "不对" };

	for (enum field_kind kind = FIELD_LINE; kind <= FIELD_SECRET; kind++) {
		struct field f = { .key = "k", .kind = kind, .label = "标签", .hint = "提示", .required = true,
			.choices = few };

		buf_reset(&p->buf);
		ui_field(&p->h, &f, TEXT(HOSTILE), &finding);
		assert_int_equal(buf_rc(&p->buf), RC_OK);
		assert_int_equal(count(p, "<script"), 0);
		if (kind == FIELD_KEY)
			continue;
		assert_has(p, "id=\"f-k\"");
		assert_has(p, "id=\"f-k-error\"");
		assert_has(p, "id=\"f-k-hint\"");
		assert_has(p, "f-k-hint");
		assert_has(p, "不对");
	}
}

static void
the_error_belongs_to_the_control(void **state)
{
	struct page *p = *state;
	struct field f = { .key = "k", .kind = FIELD_LINE, .label = "标签", .required = true };
	struct finding finding = { .field = "k", .message = "不对" };

	ui_field(&p->h, &f, TEXT_NONE, &finding);
	assert_has(p, " aria-describedby=\"f-k-error\" aria-invalid=\"true\"");
	assert_has(p, " required");
	assert_int_equal(count(p, "选填"), 0);
	buf_reset(&p->buf);
	f.required = false;
	f.hint = "提示";
	ui_field(&p->h, &f, TEXT_NONE, NULL);
	assert_has(p, " aria-describedby=\"f-k-hint\"");
	assert_int_equal(count(p, "aria-invalid"), 0);
	assert_int_equal(count(p, " required"), 0);
	assert_has(p, "选填");
}

static void
a_password_is_never_shown_again(void **state)
{
	struct page *p = *state;
	struct field f = { .key = "k", .kind = FIELD_SECRET, .label = "口令", .required = true };

	ui_field(&p->h, &f, TEXT("geheim"), NULL);
	assert_int_equal(count(p, "geheim"), 0);
	assert_has(p, "type=\"password\"");
}

/* A date control would drop what it cannot read. */
static void
what_is_no_day_is_shown_as_text(void **state)
{
	struct page *p = *state;
	struct field f = { .key = "k", .kind = FIELD_DAY, .label = "日期" };

	ui_field(&p->h, &f, TEXT("1990-02-28"), NULL);
	assert_has(p, "type=\"date\"");
	buf_reset(&p->buf);
	ui_field(&p->h, &f, TEXT("1990-02-30"), NULL);
	assert_has(p, "type=\"text\"");
	assert_has(p, "value=\"1990-02-30\"");
}

static void
choices_keep_what_was_chosen(void **state)
{
	struct page *p = *state;
	struct field f = { .key = "k", .kind = FIELD_CHOICE, .label = "选", .choices = few };

	ui_field(&p->h, &f, TEXT("two"), NULL);
	assert_has(p, "value=\"two\" checked");
	assert_int_equal(count(p, "checked"), 1);
	assert_int_equal(count(p, "data-digit"), 0);
	buf_reset(&p->buf);
	f.kind = FIELD_FLAGS;
	ui_field(&p->h, &f, TEXT("one,two"), NULL);
	assert_int_equal(count(p, " checked"), 2);
	buf_reset(&p->buf);
	ui_field(&p->h, &f, TEXT("tw,o"), NULL);
	assert_int_equal(count(p, " checked"), 0);
	buf_reset(&p->buf);
	f.kind = FIELD_CHOICE;
	f.choices = many; /* 13: a select */
	ui_field(&p->h, &f, TEXT("13"), NULL);
	assert_has(p, "<option value=\"13\" selected>");
}

static void
digits_are_for_one_choice_on_the_desk(void **state)
{
	struct page *p = *state;
	struct field f = { .key = "k", .kind = FIELD_CHOICE, .label = "选", .choices = few };

	p->h.desk = true;
	ui_digits(&p->h);
	ui_field(&p->h, &f, TEXT_NONE, NULL);
	assert_int_equal(count(p, "data-digit"), 2);
	ui_field(&p->h, &f, TEXT_NONE, NULL);
	assert_int_equal(count(p, "data-digit"), 2);
}

static void
the_summary_leads_to_the_fields(void **state)
{
	struct page *p = *state;
	static const struct field rows[] = { { .key = "k", .kind = FIELD_LINE, .label = "标签" } };
	struct form form = { .key = "t", .title = "t", .fields = rows, .n = 1 };
	struct findings findings = { .n = 0 };

	ui_error_summary(&p->h, &form, &findings);
	assert_int_equal(p->buf.n, 0);
	findings_add(&findings, "k", "至多 %lld 个字", 30);
	findings_add(&findings, "", "整张表", 0);
	ui_error_summary(&p->h, &form, &findings);
	assert_has(p, "<a href=\"#f-k\">标签：至多 30 个字</a>");
	assert_has(p, "<li>整张表</li>");
	assert_has(p, "2 处");
}

static void
a_form_carries_its_keys_only_when_it_posts(void **state)
{
	struct page *p = *state;
	struct ui_form f = { .action = TEXT("/a"), .csrf = TEXT("c<"), .key = TEXT("k") };

	ui_form_open(&p->h, &f);
	assert_has(p, "name=\"csrf\" value=\"c&lt;\"");
	assert_has(p, "name=\"key\" value=\"k\"");
	buf_reset(&p->buf);
	f.get = true;
	ui_form_open(&p->h, &f);
	assert_int_equal(count(p, "hidden"), 0);
	assert_has(p, "method=\"get\"");
}

static void
data_of_components_stays_text(void **state)
{
	struct page *p = *state;
	struct text t = TEXT_INIT(HOSTILE);
	struct ui_queue_row row = { t, t, t, t, t, LAMP_LATE, t, t, t, t, t, true, true, t };
	struct ui_datum datum = { t, 3, t, UI_LATE };
	struct ui_mark mark = { { 120000000, 31000000 }, t, t, UI_LATE };
	struct ui_letter letter = { t, t, t, t, t, t };
	struct ui_station station = { t, t, t, t, t, UI_OPEN_NOW, 12, true, t, t };

	ui_queue(&p->h, "表", &row, 1, t, t);
	ui_panel_open(&p->h, &(struct ui_panel){ t, t, LAMP_LATE, t, t });
	ui_facts(&p->h, &(struct ui_fact){ "事", t, t }, 1);
	ui_actions(&p->h, &(struct ui_action){ .label = "办", .post = t, .post_key = t }, 1, t);
	ui_timeline(&p->h, &(struct ui_event){ t, t, t, UI_LATE, true }, 1);
	ui_bars(&p->h, &(struct ui_series){ "图", "件", "事", &datum, 1 });
	ui_line(&p->h, &(struct ui_series){ "图", "件", "事", &datum, 1 });
	ui_curve(&p->h, &(struct ui_curve){ t, "表", "值", "户", &(struct ui_curve_point){ t, 1, 2, true }, 1,
	    &(struct ui_curve_mark){ "现行", 1 }, 1 });
	ui_map(&p->h, &(struct ui_map){ .title = "图", .marks = &mark, .n_marks = 1 });
	ui_letter_open(&p->h, &letter);
	ui_letter_close(&p->h, &letter);
	ui_station(&p->h, &station);
	ui_receipt(&p->h, "号", t, t, t);
	ui_undo(&p->h, t, &(struct ui_form){ .action = t, .csrf = t, .key = t });
	ui_notice(&p->h, UI_LATE, NULL, t);
	ui_answers(&p->h, &(struct ui_answer){ "事", t, t }, 1);
	ui_trouble(&p->h, "坏", NULL, t);
	assert_int_equal(buf_rc(&p->buf), RC_OK);
	assert_int_equal(count(p, "<script"), 0);
	assert_int_equal(count(p, "style="), 0); /* the security policy has no inline style */
	assert_int_equal(count(p, "\"><s"), count(p, "\"><span") + count(p, "\"><svg") + count(p, "\"><summary"));
}

/* The picture and the table beside it are of the same figures; a mark stands on its row. */
static void
a_curve_has_its_figures_beside_it(void **state)
{
	struct page *p = *state;
	struct ui_curve_point v[] = { { TEXT_INIT("1.00"), 100, 1000, true }, { TEXT_INIT("1.01"), 101, 1500, false },
		{ TEXT_INIT("1.02"), 102, 2000, true } };
	struct ui_curve_mark marks[] = { { "现行", 100 }, { "草稿", 102 } };

	ui_curve(&p->h, &(struct ui_curve){ TEXT("倍数"), "表", "值", "户", v, 3, marks, 2 });
	assert_has(p, "points=\"76,132 286,81 496,30 \"");
	assert_has(p, ">2,000</text>");
	assert_int_equal(count(p, "<tr>"), 3); /* the heading, two rows */
	assert_has(p, "1,000</td>");
	assert_int_equal(count(p, "1.01"), 1); /* a tick of the picture, no row */
	assert_int_equal(count(p, "现行"), 2);
	assert_int_equal(count(p, "stroke-dasharray"), 2);
	buf_reset(&p->buf);
	marks[1].x = 103; /* outside what is shown */
	ui_curve(&p->h, &(struct ui_curve){ TEXT("倍数"), "表", "值", "户", v, 3, marks, 2 });
	assert_int_equal(count(p, "stroke-dasharray"), 1);
}

static void
a_day_in_a_table_is_not_broken(void **state)
{
	struct page *p = *state;
	static const struct ui_column columns[] = { { "自", false }, { "件", true } };
	struct ui_table t;

	ui_table_open(&t, &p->h, "表", columns, 2);
	ui_row_open(&t);
	ui_cell(&t, TEXT("2026-06-30"));
	ui_cell(&t, TEXT("2026-06-30"));
	ui_row_close(&t);
	ui_row_open(&t);
	ui_cell(&t, TEXT("2026-06-31"));
	ui_cell(&t, TEXT_NONE);
	ui_row_close(&t);
	ui_table_close(&t);
	assert_int_equal(count(p, "class=\"day\""), 1);
	assert_int_equal(count(p, "class=\"n\""), 2 + count(p, "<th scope=\"col\" class=\"n\""));
}

static void
pictures_bear_any_figures(void **state)
{
	struct page *p = *state;
	struct ui_datum wild[] = { { TEXT_INIT("a"), INT64_MAX, TEXT_INIT(""), UI_PLAIN },
		{ TEXT_INIT("b"), INT64_MIN, TEXT_INIT(""), UI_PLAIN }, { TEXT_INIT("c"), 0, TEXT_INIT(""), UI_PLAIN } };
	struct ui_point far[] = { { -180000000, -90000000 }, { 180000000, 90000000 } };
	struct ui_outline outline = { TEXT_INIT("x"), far, 2 };
	struct ui_curve_point edges[] = { { TEXT_INIT("a"), INT64_MIN, INT64_MAX, true }, { TEXT_INIT("b"), 0, INT64_MIN, false },
		{ TEXT_INIT("c"), INT64_MAX, 0, true } };

	ui_bars(&p->h, &(struct ui_series){ "图", "件", "事", wild, 3 });
	ui_line(&p->h, &(struct ui_series){ "图", "件", "事", wild, 3 });
	ui_line(&p->h, &(struct ui_series){ "图", "件", "事", wild, 0 });
	ui_bars(&p->h, &(struct ui_series){ "图", "件", "事", wild, 0 });
	ui_curve(&p->h, &(struct ui_curve){ TEXT("图"), "表", "值", "户", NULL, 0, NULL, 0 });
	ui_curve(&p->h, &(struct ui_curve){ TEXT("图"), "表", "值", "户", edges, 3, &(struct ui_curve_mark){ "现行", 0 }, 1 });
	ui_map(&p->h, &(struct ui_map){ .title = "图", .outlines = &outline, .n_outlines = 1 });
	ui_map(&p->h, &(struct ui_map){ .title = "图" });
	assert_int_equal(buf_rc(&p->buf), RC_OK);
	assert_int_equal(count(p, "nan"), 0);
	assert_int_equal(count(p, "inf"), 0);
}

static void
a_code_is_drawn_up_to_its_bound(void **state)
{
	struct page *p = *state;
	static char longer[400];

	for (size_t i = 0; i < sizeof longer; i++)
		longer[i] = 'a';
	ui_qr(&p->h, (struct text){ longer, 300 }, "码");
	assert_has(p, "<svg class=\"qr\"");
	buf_reset(&p->buf);
	ui_qr(&p->h, (struct text){ longer, 301 }, "码");
	ui_qr(&p->h, TEXT_NONE, "码");
	assert_int_equal(p->buf.n, 0);
}

#define PAGE_TEST(f) cmocka_unit_test_setup_teardown(f, page_open, page_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PAGE_TEST(a_field_of_any_kind_stays_text), PAGE_TEST(the_error_belongs_to_the_control),
		PAGE_TEST(a_password_is_never_shown_again), PAGE_TEST(what_is_no_day_is_shown_as_text),
		PAGE_TEST(choices_keep_what_was_chosen), PAGE_TEST(digits_are_for_one_choice_on_the_desk),
		PAGE_TEST(the_summary_leads_to_the_fields), PAGE_TEST(a_form_carries_its_keys_only_when_it_posts),
		PAGE_TEST(data_of_components_stays_text), PAGE_TEST(pictures_bear_any_figures),
		PAGE_TEST(a_day_in_a_table_is_not_broken), PAGE_TEST(a_curve_has_its_figures_beside_it),
		PAGE_TEST(a_code_is_drawn_up_to_its_bound),
	};

	return cmocka_run_group_tests_name("kit_html_ui", tests, NULL, NULL);
}
