/* Who answers the points' numbers: the register of a jurisdiction with what is wrong in it, and one point. */
#include "supply/desk/hours_internal.h"

#include "standards/holidays/holidays.h"

#define PAGE 40
#define TESTS_SHOWN 20

#define AT(member) offsetof(struct oncall_values, member)
static const struct field fields[] = {
	{ .key = "turn", .kind = FIELD_INT, .label = T("第几个接"), .required = true, .min = 1, .max = ONCALL_MOST,
	  .hint = T("1 最先接，没有人接再打 2。"), .offset = AT(turn) },
	{ .key = "office", .kind = FIELD_LINE, .label = T("对外怎么叫"), .required = true, .max = 60, .hint = T("例如：夜间值班律师。"),
	  .offset = AT(office) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("电话"), .required = true, .hint = T("对外公开。"), .offset = AT(phone) },
	{ .key = "login", .kind = FIELD_LINE, .label = T("登录名"), .max = 32, .hint = T("有账号的写登录名，未接来电会派给他回电。"),
	  .offset = AT(login) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .max = 60, .hint = T("没有账号的一定要写。"), .offset = AT(name) },
	{ .key = "show_name", .kind = FIELD_BOOL, .label = T("本人同意对外公开姓名"), .offset = AT(show_name) },
	{ .key = "hours", .kind = FIELD_LINE, .label = T("值班时间"), .max = ONCALL_HOURS_BYTES,
	  .hint = T("写成「1-5 17:00-24:00; 6-8 00:00-24:00」；1 到 7 是周一到周日，8 是法定节假日；空着是随时。"), .offset = AT(hours) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, .min = -3650, .max = 730, .offset = AT(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到哪一天"), .min = 0, .max = 3650, .hint = T("空着是一直到另有安排。"), .offset = AT(to) },
};
const struct form oncall_form = FORM_OF("desk.oncall", T("加一个值班的人"), fields, struct oncall_values);

#define END(member) offsetof(struct oncall_end_values, member)
static const struct field end_fields[] = {
	{ .key = "contact", .kind = FIELD_KEY, .label = T("值班的人"), .required = true, .offset = END(contact) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = END(revision) },
	{ .key = "last", .kind = FIELD_DAY, .label = T("最后一天"), .required = true, .min = 0, .max = 3650, .offset = END(last) },
};
const struct form oncall_end_form = FORM_OF("desk.oncall_end", T("不再值班"), end_fields, struct oncall_end_values);

static struct text
point_path(const struct exchange *x, struct text code, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/oncall/%.*s%s", (int)code.n, code.p, tail);
}

static struct text
day_text(const struct exchange *x, struct day d)
{
	char out[16];

	return arena_text(x->ctx->mem, day_print(d, out));
}

/* ---- the register ------------------------------------------------------------------------------------------- */

struct duty { struct oncall_contact v[ONCALL_MOST]; size_t n; };
struct board {
	struct oncall_row_filter filter;
	struct oncall_sums sums;
	struct oncall_row rows[PAGE + 1];
	struct duty duty[PAGE];
	size_t n;
};

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct board *b = argument;
	enum rc rc = oncall_sums(tx, actor, b->filter.day, b->filter.month, &b->sums);

	if (rc == RC_OK)
		rc = oncall_rows(tx, actor, &b->filter, b->rows, PAGE + 1, &b->n);
	for (size_t i = 0; rc == RC_OK && i < b->n && i < PAGE; i++)
		rc = oncall_list(tx, actor, b->rows[i].id, b->filter.day, b->duty[i].v, ONCALL_MOST, &b->duty[i].n);
	return rc;
}

static struct text
who_text(const struct exchange *x, const struct oncall_contact *k)
{
	return k == NULL ? TEXT_NONE : desk_join(x, desk_join(x, k->office, k->name), k->phone);
}

static void
put_sums(struct exchange *x, struct html *h, const struct board *b)
{
	const struct ui_stat stats[] = {
		{ .label = T("没有公开电话的站点"), .value = arena_format(x->ctx->mem, "%lld", (long long)b->sums.no_phone),
		  .tone = b->sums.no_phone > 0 ? UI_LATE : UI_OK },
		{ .label = T("没有安排值班的站点"), .value = arena_format(x->ctx->mem, "%lld", (long long)b->sums.no_contact),
		  .tone = b->sums.no_contact > 0 ? UI_SOON : UI_OK },
		{ .label = T("有号码打不通的站点"), .value = arena_format(x->ctx->mem, "%lld", (long long)b->sums.bad),
		  .tone = b->sums.bad > 0 ? UI_LATE : UI_OK },
		{ .label = T("本月还没有测的号码"), .value = arena_format(x->ctx->mem, "%lld", (long long)b->sums.result[PHONE_NOT_TESTED]),
		  .note = arena_format(x->ctx->mem, "/ %lld", (long long)b->sums.numbers), .href = TEXT("/desk/oncall/tests") },
	};

	ui_stats(h, stats, 4);
}

static void
put_faults(struct html *h, const struct oncall_row *r)
{
	if (r->phone.n == 0)
		ui_tag(h, UI_LATE, text_of(msg(h->lang, T("没有公开电话"))));
	if (r->contacts == 0)
		ui_tag(h, UI_SOON, text_of(msg(h->lang, T("没有安排值班"))));
	if (r->bad > 0)
		ui_tag(h, UI_LATE, text_of(msg(h->lang, T("有号码打不通"))));
	if (r->phone.n == 0 || r->contacts == 0 || r->bad > 0)
		html_raw(h, " ");
	if (r->waiting > 0)
		html_sayf(h, T("%lld 个号码本月待测"), (long long)r->waiting);
}

static void
put_rows(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("站点"), false }, { T("公开电话"), false }, { T("现在谁接"), false },
		{ T("没有人接再打"), false }, { T("要处理的"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("各站点的值班电话"), columns, 5);
	for (size_t i = 0; i < b->n && i < PAGE; i++) {
		const struct oncall_row *r = &b->rows[i];
		struct oncall_now now = oncall_pick(b->duty[i].v, b->duty[i].n, x->ctx->now_ms, holidays_current());

		ui_row_open(&t);
		ui_cell_link(&t, point_path(x, r->code, ""), desk_name(x, r->name, r->name_en));
		ui_cell(&t, r->phone);
		ui_cell(&t, who_text(x, now.first));
		ui_cell(&t, who_text(x, now.next));
		ui_cell_open(&t);
		html_raw(h, "<span>");
		put_faults(h, r);
		html_raw(h, "</span>");
		ui_cell_close(&t);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
oncall_list_page(struct exchange *x)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	bool faults = text_equals(desk_query(x, "show"), TEXT("faults"));
	struct html h = frame_html(x);
	enum rc rc;

	if (b == NULL)
		return RC_NO_MEMORY;
	b->filter = (struct oncall_row_filter){ desk_today(x), oncall_month(x->ctx->now_ms), faults, desk_query(x, "after") };
	rc = db_read(x->ctx, board_tx, b);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("值班电话"), .area = FRAME_NETWORK });
	ui_title(&h, T("值班电话"), desk_say(x, T("每个站点的公开电话，关了门也有人接")));
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/desk/oncall/tests"), T("测试电话"), false);
	html_raw(&h, " ");
	if (actor_may(x->ctx->actor, RIGHT_CASE_READ))
		ui_button_link(&h, TEXT("/desk/missed"), T("未接来电"), false);
	html_raw(&h, "</p>");
	put_sums(x, &h, b);
	ui_chips(&h, T("看哪些"), (const struct ui_chip[]){ { .label = T("全部"), .href = TEXT("/desk/oncall"), .count = b->sums.points, .on = !faults },
	    { .label = T("有问题的"), .href = TEXT("/desk/oncall?show=faults"), .count = -1, .on = faults } }, 2);
	if (b->n == 0)
		ui_empty(&h, T("这里没有站点"), T("您管的范围里没有这样的站点。"), TEXT("/desk/oncall"), T("看全部"));
	else
		put_rows(x, &h, b);
	if (b->n > PAGE)
		ui_pager(&h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "/desk/oncall?show=%s&after=%.*s", faults ? "faults" : "all",
		    (int)b->rows[PAGE - 1].code.n, b->rows[PAGE - 1].code.p) });
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one point ------------------------------------------------------------------------------------------------ */

struct one {
	struct point p;
	struct day day;
	struct duty duty;
	enum phone_result own, last[ONCALL_MOST];
	struct oncall_tested tests[TESTS_SHOWN];
	size_t n_tests;
};

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct one *o = argument;
	enum rc rc = oncall_list(tx, actor, o->p.id, o->day, o->duty.v, ONCALL_MOST, &o->duty.n);

	if (rc == RC_OK)
		rc = oncall_last(tx, actor, o->p.id, o->p.phone, &o->own);
	for (size_t i = 0; rc == RC_OK && i < o->duty.n; i++)
		rc = oncall_last(tx, actor, o->p.id, o->duty.v[i].phone, &o->last[i]);
	return rc == RC_OK ? oncall_tests(tx, actor, o->p.id, o->tests, TESTS_SHOWN, &o->n_tests) : rc;
}

static bool
keeps(const struct exchange *x, const struct point *p)
{
	return oncall_may_keep(x->ctx->actor) && place_range_has(x->ctx->actor->places, p->place);
}

static void
put_end(struct exchange *x, struct html *h, const struct one *o, const struct oncall_contact *k)
{
	ui_form_open(h, &(struct ui_form){ .action = point_path(x, o->p.code, "/end"), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "contact", desk_int(x, k->id));
	ui_hidden(h, "revision", desk_int(x, k->revision));
	ui_hidden(h, "last", day_text(x, o->day));
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, T("今天以后不值班"));
	html_raw(h, "</button>");
	ui_form_close(h);
}

static void
put_contact(struct exchange *x, struct html *h, struct ui_table *t, const struct one *o, size_t i, const struct oncall_now *now)
{
	const struct oncall_contact *k = &o->duty.v[i];
	bool open_end = day_is_none(k->to);

	ui_row_open(t);
	ui_cell_int(t, k->turn);
	ui_cell(t, desk_join(x, k->office, k->name));
	ui_cell(t, k->phone);
	ui_cell(t, k->hours.n > 0 ? k->hours : desk_say(x, T("随时")));
	ui_cell(t, open_end ? day_text(x, k->from) : arena_format(x->ctx->mem, "%s – %s", day_text(x, k->from).p, day_text(x, k->to).p));
	ui_cell_open(t);
	html_raw(h, "<div>");
	if (k->account_off)
		ui_tag(h, UI_LATE, desk_say(x, T("账号已停用")));
	if (phone_is_bad(o->last[i]))
		ui_tag(h, UI_LATE, desk_say(x, phone_result_label(o->last[i])));
	if (k == now->first)
		ui_tag(h, UI_OK, desk_say(x, T("现在接")));
	if (k == now->next)
		ui_tag(h, UI_INFO, desk_say(x, T("再打")));
	if (keeps(x, &o->p) && (open_end || day_compare(k->to, o->day) > 0) && day_compare(k->from, o->day) <= 0)
		put_end(x, h, o, k);
	html_raw(h, "</div>");
	ui_cell_close(t);
	ui_row_close(t);
}

static void
put_duty(struct exchange *x, struct html *h, const struct one *o)
{
	static const struct ui_column columns[] = { { T("第几个接"), true }, { T("谁"), false }, { T("电话"), false }, { T("什么时候"), false },
		{ T("起止"), false }, { T("状态"), false } };
	struct oncall_now now = oncall_pick(o->duty.v, o->duty.n, x->ctx->now_ms, holidays_current());
	int64_t gap = oncall_gap(&o->p, o->duty.v, o->duty.n, x->ctx->now_ms, holidays_current());
	struct ui_table t;

	if (o->p.phone.n == 0)
		ui_notice_say(h, UI_LATE, NULL, T("这个站点没有对外公开的电话，必须补上。"));
	if (phone_is_bad(o->own))
		ui_notice(h, UI_LATE, T("公开电话上次测试没有打通"), o->p.phone);
	if (gap > 0)
		ui_notice(h, UI_SOON, T("一周里有没人接的时候"), arena_format(x->ctx->mem, "%s %s", msg(x->ctx->lang, T("最早的一段从")),
		    desk_when(x, gap).p));
	if (o->duty.n == 0) {
		ui_paragraph(h, T("还没有安排值班。"));
		return;
	}
	ui_table_open(&t, h, T("值班的人"), columns, 6);
	for (size_t i = 0; i < o->duty.n; i++)
		put_contact(x, h, &t, o, i, &now);
	ui_table_close(&t);
}

static void
put_tests(struct exchange *x, struct html *h, const struct one *o)
{
	static const struct ui_column columns[] = { { T("什么时候"), false }, { T("电话"), false }, { T("结果"), false }, { T("谁打的"), false } };
	struct ui_table t;

	if (o->n_tests == 0)
		return;
	ui_table_open(&t, h, T("测试记录"), columns, 4);
	for (size_t i = 0; i < o->n_tests; i++) {
		ui_row_open(&t);
		ui_cell(&t, desk_when(x, o->tests[i].at_ms));
		ui_cell(&t, o->tests[i].phone);
		ui_cell(&t, desk_join(x, desk_say(x, phone_result_label(o->tests[i].result)), o->tests[i].words));
		ui_cell(&t, o->tests[i].account_name);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_form(struct exchange *x, struct html *h, const struct one *o)
{
	bool sent = x->route->form == &oncall_form;

	ui_section_open(h, oncall_form.title);
	if (sent)
		ui_error_summary(h, &oncall_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = point_path(x, o->p.code, ""), .csrf = x->csrf,
	    .key = x->out->status == 422 ? frame_key_text(x) : desk_key(x) });
	for (size_t i = 0; i < oncall_form.n; i++) {
		const struct field *f = &oncall_form.fields[i];
		struct text typed = sent ? ui_typed(&oncall_form, f->key, &x->typed) : TEXT_NONE;

		if (!sent && f->kind == FIELD_DAY && f->required)
			typed = day_text(x, o->day);
		ui_field(h, f, typed, sent ? findings_of(&x->findings, f->key) : NULL);
	}
	ui_form_buttons(h, T("加上"), TEXT("/desk/oncall"));
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
one_show(struct exchange *x, const struct point *p)
{
	struct one *o = ARENA_NEW(x->ctx->mem, struct one);
	struct html h = frame_html(x);
	enum rc rc;

	if (o == NULL)
		return RC_NO_MEMORY;
	*o = (struct one){ .p = *p, .day = desk_today(x) };
	rc = db_read(x->ctx, one_tx, o);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title_text = desk_name(x, p->name, p->name_en), .area = FRAME_NETWORK });
	ui_title_text(&h, desk_name(x, p->name, p->name_en), desk_join(x, p->phone, point_hours_print(x->ctx->mem, p->hours, p->n_hours)));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/oncall"), T("值班电话"));
	html_raw(&h, "</p>");
	if (text_equals(desk_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已保存。"));
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这一行刚才有人改过，请看过再办。"));
	put_duty(x, &h, o);
	put_tests(x, &h, o);
	if (keeps(x, p))
		put_form(x, &h, o);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
oncall_point_page(struct exchange *x)
{
	struct point p;
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &p);

	return rc == RC_OK ? one_show(x, &p) : rc;
}

static enum rc
after(struct exchange *x, const struct point *p, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, point_path(x, p->code, "?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = http_status_of(rc);
	return one_show(x, p);
}

enum rc
oncall_point_post(struct exchange *x)
{
	const struct oncall_values *in = x->values;
	struct point p;
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &p);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = oncall_add(x->ctx, frame_idem_key(x), &(struct oncall_new){ .point = p.id, .turn = (int)in->turn, .login = in->login,
		    .name = in->name, .office = in->office, .phone = in->phone, .hours = in->hours, .show_name = in->show_name, .from = in->from,
		    .to = in->to }, &x->findings);
	return after(x, &p, rc);
}

enum rc
oncall_end_post(struct exchange *x)
{
	const struct oncall_end_values *in = x->values;
	struct point p;
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &p);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = oncall_end(x->ctx, frame_idem_key(x), p.id, in->contact, in->revision, in->last, &x->findings);
	return after(x, &p, rc);
}
