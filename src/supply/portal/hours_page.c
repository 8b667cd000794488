/* Whom to ring at this hour: who answers for a point now and who next; and a call that nobody took, noted by whoever rang. */
#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"
#include "operations/missed/missed.h"
#include "resources/oncall/oncall.h"
#include "standards/holidays/holidays.h"

struct missed_values { struct text phone, name, words; int minute; };
#define AT(member) offsetof(struct missed_values, member)
static const struct field fields[] = {
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("打哪个电话找您"), .required = true, .autocomplete = "tel", .offset = AT(phone) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("怎么称呼您"), .max = 60, .hint = T("可以不写。"), .autocomplete = "name",
	  .offset = AT(name) },
	{ .key = "minute", .kind = FIELD_TIME, .label = T("几点打的"), .max = 1439, .hint = T("刚刚打的不用写。"), .offset = AT(minute) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("想问什么事"), .max = 500, .hint = T("一两句话就行，也可以不写。"),
	  .offset = AT(words) },
};
const struct form missed_form = FORM_OF("portal.missed", T("打了没有人接"), fields, struct missed_values);

/* ---- who answers now -------------------------------------------------------------------------------------- */

struct duty_arg {
	int64_t point;
	struct day day;
	struct text phone;
	struct oncall_contact v[ONCALL_MOST];
	enum phone_result bad[ONCALL_MOST], own;
	size_t n;
};

static enum rc
duty_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct duty_arg *a = argument;
	enum rc rc = oncall_list(tx, actor, a->point, a->day, a->v, ONCALL_MOST, &a->n);

	if (rc == RC_OK)
		rc = oncall_last(tx, actor, a->point, a->phone, &a->own);
	for (size_t i = 0; rc == RC_OK && i < a->n; i++)
		rc = oncall_last(tx, actor, a->point, a->v[i].phone, &a->bad[i]);
	return rc;
}

static struct text
who_text(struct exchange *x, const struct oncall_contact *k)
{
	bool named = k->show_name && k->name.n > 0;

	return named ? arena_format(x->ctx->mem, "%.*s %.*s", (int)k->office.n, k->office.p, (int)k->name.n, k->name.p) : k->office;
}

static void
put_who(struct exchange *x, struct html *h, const struct duty_arg *a, const struct oncall_contact *k, const char *label)
{
	html_raw(h, "<div class=\"duty\"><p><strong>");
	html_say(h, label);
	html_raw(h, "</strong> ");
	html_text(h, who_text(x, k));
	html_raw(h, "</p>");
	portal_call(h, k->phone);
	if (phone_is_bad(a->bad[k - a->v])) {
		html_raw(h, "<p class=\"hint\">");
		html_say(h, T("这个号码上次测试没有打通。"));
		html_raw(h, "</p>");
	}
	html_raw(h, "</div>");
}

/* "1-5,8 17:00-24:00; …" with the days by name. */
static struct text
hours_words(struct exchange *x, struct text hours)
{
	static const char *const days[] = { T("周一"), T("周二"), T("周三"), T("周四"), T("周五"), T("周六"), T("周日"), T("法定节假日") };
	struct text t = TEXT_NONE;

	while (hours.n > 0) {
		struct text part = text_trim(text_cut(&hours, ';')), which = text_cut(&part, ' ');

		for (size_t i = 0; i < which.n; i++)
			t = which.p[i] >= '1' && which.p[i] <= '8'
			    ? arena_format(x->ctx->mem, "%.*s%s", (int)t.n, t.p, msg(x->ctx->lang, days[which.p[i] - '1']))
			    : arena_format(x->ctx->mem, "%.*s%s", (int)t.n, t.p, which.p[i] == '-' ? "–" : ", ");
		t = arena_format(x->ctx->mem, "%.*s %.*s%s", (int)t.n, t.p, (int)part.n, part.p, hours.n > 0 ? "; " : "");
	}
	return t;
}

static void
put_register(struct exchange *x, struct html *h, const struct duty_arg *a)
{
	static const struct ui_column columns[] = { { T("第几个接"), true }, { T("谁"), false }, { T("电话"), false }, { T("什么时候"), false } };
	struct ui_table t;

	html_raw(h, "<details><summary>");
	html_say(h, T("一周里谁接电话"));
	html_raw(h, "</summary>");
	ui_table_open(&t, h, T("值班电话"), columns, 4);
	for (size_t i = 0; i < a->n; i++) {
		if (a->v[i].account_off)
			continue;
		ui_row_open(&t);
		ui_cell_int(&t, a->v[i].turn);
		ui_cell(&t, who_text(x, &a->v[i]));
		ui_cell(&t, a->v[i].phone);
		ui_cell(&t, a->v[i].hours.n > 0 ? hours_words(x, a->v[i].hours) : portal_say(x, T("随时")));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "</details>");
}

enum rc
portal_put_duty(struct exchange *x, struct html *h, const struct point *p)
{
	struct duty_arg *a = ARENA_NEW(x->ctx->mem, struct duty_arg);
	struct oncall_now now;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	*a = (struct duty_arg){ .point = p->id, .day = portal_today(x), .phone = p->phone };
	rc = db_read(x->ctx, duty_tx, a);
	if (rc != RC_OK)
		return rc;
	now = oncall_pick(a->v, a->n, x->ctx->now_ms, holidays_current());
	ui_section_open(h, T("这个时候谁接电话"));
	if (phone_is_bad(a->own))
		ui_notice_say(h, UI_SOON, NULL, T("本站点的电话上次测试没有打通，请先打下面的电话，或者 12348。"));
	if (now.first != NULL)
		put_who(x, h, a, now.first, T("现在找"));
	if (now.next != NULL)
		put_who(x, h, a, now.next, T("没有人接，再找"));
	if (now.first == NULL)
		ui_paragraph(h, network_is_open(p, x->ctx->now_ms, holidays_current()) ? T("现在开着门，打上面的电话。")
		    : T("这个时候没有安排值班，请打 12348，免费，也可以留个电话，我们回电。"));
	if (now.first == NULL)
		portal_call(h, TEXT("12348"));
	html_raw(h, "<p>");
	ui_button_link(h, arena_format(x->ctx->mem, "/points/%.*s/missed", (int)p->code.n, p->code.p), T("打了没有人接？留个电话，我们回电"), false);
	html_raw(h, "</p>");
	if (a->n > 0)
		put_register(x, h, a);
	ui_section_close(h);
	return RC_OK;
}

/* ---- a call that nobody took ------------------------------------------------------------------------------- */

struct hours_arg { int64_t hours; };

static enum rc
hours_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct hours_arg *a = argument;

	return setting_read(tx, actor, &missed_hours, &a->hours);
}

static enum rc
missed_show(struct exchange *x, const struct point *p)
{
	struct html h = frame_html(x);
	struct hours_arg a = { 0 };
	enum rc rc = db_read(x->ctx, hours_tx, &a);

	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("打了没有人接"), .noindex = true });
	ui_title(&h, T("打了没有人接"), portal_name(x, p->name, p->name_en));
	html_raw(&h, "<p>");
	html_sayf(&h, T("对不起，让您白打了。留个电话，值班的人 %lld 小时内给您回电，过时有人督办。"), (long long)a.hours);
	html_raw(&h, "</p>");
	ui_error_summary(&h, &missed_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/points/%.*s/missed", (int)p->code.n, p->code.p),
	    .csrf = x->csrf, .key = frame_key_text(x) });
	ui_form_fields(&h, &missed_form, &x->typed, &x->findings);
	ui_form_buttons(&h, T("请给我回电"), portal_path(x, "/points/", p->code));
	ui_form_close(&h);
	ui_paragraph(&h, T("很急的，请打 12348；有人身危险，先打 110。"));
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
missed_page(struct exchange *x)
{
	struct point p;
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &p);

	return rc == RC_OK ? missed_show(x, &p) : rc;
}

enum rc
missed_post(struct exchange *x)
{
	const struct missed_values *in = x->values;
	struct intake_receipt receipt = { .id = 0 };
	struct point p;
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &p);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = missed_note(x->ctx, frame_idem_key(x), &(struct missed_new){ .point = p.id, .channel = CHANNEL_PORTAL, .name = in->name,
		    .phone = in->phone, .words = in->words, .minute = in->minute }, &x->findings, &receipt);
	if (rc == RC_OK || rc == RC_DUPLICATE) {
		receipt_keep(x, text_of(receipt.code));
		http_redirect(x->out, rc == RC_DUPLICATE ? TEXT("/my/receipt?again=1") : TEXT("/my/receipt"));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return missed_show(x, &p);
}
