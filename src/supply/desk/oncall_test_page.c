/* Test calls: which public numbers are to be rung this month, and what came of each. */
#include "supply/desk/hours_internal.h"

#define PAGE 30

#define AT(member) offsetof(struct oncall_test_values, member)
static const struct field fields[] = {
	{ .key = "point", .kind = FIELD_KEY, .label = T("站点"), .required = true, .offset = AT(point) },
	{ .key = "contact", .kind = FIELD_KEY, .label = T("值班的人"), .offset = AT(contact) },
	{ .key = "phone", .kind = FIELD_LINE, .label = T("电话"), .required = true, .max = 40, .offset = AT(phone) },
	{ .key = "result", .kind = FIELD_CHOICE, .label = T("结果"), .required = true, .choices = phone_result_choices, .offset = AT(result) },
};
const struct form oncall_test_form = FORM_OF("desk.oncall_test", T("测试电话"), fields, struct oncall_test_values);

static const struct { const char *key, *label; } shown[] = {
	[NUMBERS_WAITING] = { "waiting", T("本月待测") }, [NUMBERS_ALL] = { "all", T("全部") }, [NUMBERS_BAD] = { "bad", T("打不通的") },
	[NUMBERS_RESULT] = { "result", T("这个月的这个结果") },
};

struct numbers { struct oncall_number_filter f; struct oncall_number v[PAGE + 1]; size_t n; struct oncall_sums sums; };

static enum rc
numbers_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct numbers *m = argument;
	enum rc rc = oncall_numbers(tx, actor, &m->f, m->v, PAGE + 1, &m->n);

	return rc == RC_OK ? oncall_sums(tx, actor, m->f.day, m->f.month, &m->sums) : rc;
}

/* A reminder to whoever leads the points: from the day of the month on that is set. */
struct reminder { struct numbers m; int64_t day; };

static enum rc
reminder_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct reminder *r = argument;
	enum rc rc = setting_read(tx, actor, &oncall_test_day, &r->day);

	if (rc != RC_OK || day_to_ymd(r->m.f.day).day < r->day)
		return rc;
	return oncall_numbers(tx, actor, &r->m.f, r->m.v, PAGE + 1, &r->m.n);
}

int64_t
tests_chip_count(struct exchange *x)
{
	struct reminder *r = ARENA_NEW(x->ctx->mem, struct reminder);

	if (r == NULL || !actor_may(x->ctx->actor, RIGHT_SUPERVISE) || x->ctx->actor->point == 0)
		return -1;
	*r = (struct reminder){ .m.f = { .which = NUMBERS_WAITING, .month = oncall_month(x->ctx->now_ms), .day = desk_today(x) } };
	return db_read(x->ctx, reminder_tx, r) == RC_OK ? (int64_t)r->m.n : -1;
}

static void
filter_read(const struct exchange *x, struct oncall_number_filter *f)
{
	const struct choice *result;
	int64_t month = 0;

	*f = (struct oncall_number_filter){ .which = NUMBERS_WAITING, .month = oncall_month(x->ctx->now_ms), .day = desk_today(x),
		.after = desk_query(x, "after") };
	for (int i = NUMBERS_WAITING; i <= NUMBERS_BAD; i++)
		if (text_equals(desk_query(x, "show"), text_of(shown[i].key)))
			f->which = (enum oncall_numbers)i;
	/* as figures lead here: a month and what the tests in it said */
	result = choice_by_key(phone_result_choices, desk_query(x, "result"));
	if (int64_parse(desk_query(x, "month"), 200001, 299912, &month) == RC_OK) {
		f->which = NUMBERS_RESULT;
		f->month = (int)month;
		f->result = result != NULL ? (enum phone_result)result->value : PHONE_NOT_TESTED;
	}
	if (int64_parse(desk_query(x, "contact"), 0, INT64_MAX, &f->after_contact) != RC_OK)
		f->after_contact = 0;
}

static struct text
filter_query(const struct exchange *x, const struct oncall_number_filter *f)
{
	return f->which != NUMBERS_RESULT ? arena_format(x->ctx->mem, "show=%s", shown[f->which].key)
	    : arena_format(x->ctx->mem, "month=%d&result=%s", f->month, phone_result_key(f->result));
}

static void
put_ask(struct exchange *x, struct html *h, const struct oncall_number *n)
{
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/oncall/tests"), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "point", desk_int(x, n->point));
	ui_hidden(h, "contact", desk_int(x, n->contact));
	ui_hidden(h, "phone", n->phone);
	html_raw(h, "<span class=\"buttons\">");
	for (const struct choice *c = phone_result_choices; c->key != NULL; c++) {
		html_raw(h, "<button type=\"submit\" class=\"button\" name=\"result\"");
		html_attr(h, "value", text_of(c->key));
		html_raw(h, ">");
		html_say(h, c->label);
		html_raw(h, "</button>");
	}
	html_raw(h, "</span>");
	ui_form_close(h);
}

static void
put_numbers(struct exchange *x, struct html *h, const struct numbers *m)
{
	static const struct ui_column columns[] = { { T("站点"), false }, { T("谁的电话"), false }, { T("电话"), false }, { T("上次"), false },
		{ T("现在打，结果"), false } };
	bool may = oncall_may_test(x->ctx->actor);
	struct ui_table t;

	ui_table_open(&t, h, m->f.which == NUMBERS_RESULT ? phone_result_label(m->f.result) : shown[m->f.which].label, columns, may ? 5 : 4);
	for (size_t i = 0; i < m->n && i < PAGE; i++) {
		const struct oncall_number *n = &m->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/oncall/%.*s", (int)n->code.n, n->code.p), desk_name(x, n->name, n->name_en));
		ui_cell(&t, n->contact == 0 ? desk_say(x, T("公开电话")) : n->office);
		ui_cell_link(&t, arena_format(x->ctx->mem, "tel:%.*s", (int)n->phone.n, n->phone.p), n->phone);
		ui_cell(&t, desk_join(x, desk_say(x, phone_result_label(n->last)), desk_when(x, n->last_ms)));
		if (may) {
			ui_cell_open(&t);
			put_ask(x, h, n);
			ui_cell_close(&t);
		}
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static enum rc
tests_show(struct exchange *x)
{
	struct numbers *m = ARENA_NEW(x->ctx->mem, struct numbers);
	struct html h = frame_html(x);
	struct ui_chip chips[3];
	enum rc rc;

	if (m == NULL)
		return RC_NO_MEMORY;
	filter_read(x, &m->f);
	rc = db_read(x->ctx, numbers_tx, m);
	if (rc != RC_OK)
		return rc;
	for (int i = NUMBERS_WAITING; i <= NUMBERS_BAD; i++)
		chips[i] = (struct ui_chip){ .label = shown[i].label, .href = arena_format(x->ctx->mem, "/desk/oncall/tests?show=%s", shown[i].key),
			.count = i == NUMBERS_WAITING ? m->sums.result[PHONE_NOT_TESTED] : i == NUMBERS_ALL ? m->sums.numbers : -1, .on = i == (int)m->f.which };
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("测试电话"), .area = FRAME_NETWORK });
	ui_title(&h, T("测试电话"), desk_say(x, T("每个公开的号码每个月打一次")));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/oncall"), T("值班电话"));
	html_raw(&h, "</p>");
	if (x->out->status == 409)
		ui_notice_say(&h, UI_SOON, NULL, T("这个号码刚才改了，没有记下，请看现在的号码。"));
	ui_chips(&h, T("看哪些"), chips, 3);
	if (m->n == 0)
		ui_empty(&h, m->f.which == NUMBERS_BAD ? T("没有打不通的号码") : T("本月的都测过了"), T("下个月一号再来。"), TEXT("/desk/oncall"), T("值班电话"));
	else
		put_numbers(x, &h, m);
	if (m->n > PAGE)
		ui_pager(&h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "/desk/oncall/tests?%.*s&after=%.*s&contact=%lld",
		    (int)filter_query(x, &m->f).n, filter_query(x, &m->f).p, (int)m->v[PAGE - 1].code.n, m->v[PAGE - 1].code.p, (long long)m->v[PAGE - 1].contact) });
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
oncall_tests_page(struct exchange *x)
{
	return tests_show(x);
}

enum rc
oncall_tests_post(struct exchange *x)
{
	const struct oncall_test_values *in = x->values;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = oncall_test_put(x->ctx, frame_idem_key(x), &(struct oncall_test){ .point = in->point, .contact = in->contact, .phone = in->phone,
		    .words = TEXT(""), .result = (enum phone_result)in->result });
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/oncall/tests"));
		return RC_OK;
	}
	if (rc != RC_CONFLICT && rc != RC_INVALID)
		return rc;
	x->out->status = http_status_of(rc);
	return tests_show(x);
}
