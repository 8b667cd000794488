/* 12348: what to say, how long it has been, what this caller brought before, and the same form. */
#include "supply/desk/desk_internal.h"
#include "supply/desk/desk_store.h"

#include <stddef.h>

#define EARLIER_MAX 12

struct earlier { struct case_id id; int64_t created_ms; enum request_state state;
	struct text number, subject, item, item_en, holder; };

struct earlier_arg { const struct person_likely *who; size_t n_who; struct earlier *v; size_t n; };

static enum rc
earlier_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct earlier_arg *arg = argument;

	arg->v = arena_array(tx_mem(tx), EARLIER_MAX, sizeof *arg->v);
	if (arg->v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < arg->n_who; i++) {
		ROWS row = NULL;
		enum rc rc = tx_rows(tx, actor, &desk_q[Q_EARLIER], ARGS(db_int(arg->who[i].id.n), db_int(EARLIER_MAX)), &row);

		while (rc == RC_OK && arg->n < EARLIER_MAX && (rc = rows_next(row)) == RC_OK)
			arg->v[arg->n++] = (struct earlier){
				.id = { rows_int(row, 0) }, .number = rows_copy(row, 1), .subject = rows_copy(row, 2),
				.state = (enum request_state)rows_int(row, 3), .created_ms = rows_int(row, 4),
				.item = rows_copy(row, 5), .item_en = rows_copy(row, 6), .holder = rows_copy(row, 7),
			};
		if (rc != RC_OK && rc != RC_DONE)
			return rc;
	}
	return RC_OK;
}

static void
put_earlier(struct exchange *x, struct html *h, const struct earlier_arg *arg)
{
	static const struct ui_column columns[] = {
		{ T("编号"), false }, { T("事由"), false }, { T("事项"), false }, { T("状态"), false }, { T("收件"), false },
		{ T("承办"), false },
	};
	struct ui_table t;

	if (arg->n == 0) {
		ui_notice_say(h, UI_PLAIN, NULL, T("这个号码以前没有来过，或者您看不到。"));
		return;
	}
	ui_table_open(&t, h, T("这个号码以前的事"), columns, 6);
	for (size_t i = 0; i < arg->n; i++) {
		const struct earlier *e = &arg->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, desk_case_path(x, e->id, ""), e->number);
		ui_cell(&t, e->subject);
		ui_cell(&t, desk_name(x, e->item, e->item_en));
		ui_cell_say(&t, request_state_label(e->state));
		ui_cell(&t, desk_when(x, e->created_ms));
		ui_cell(&t, e->holder);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_script(struct html *h)
{
	static const char *const lines[] = {
		T("您好，12348 公共法律服务热线，工号……，请问遇到什么事？"),
		T("先听完，再复述一遍：您说的是……，对吗？"),
		T("人身安全有危险的，马上转 110；问清现在是否安全。"),
		T("问地方：在哪个区、镇（街道）、村（社区）？"),
		T("问期限：什么时候发生的？收到过法院、仲裁委的文书吗？写着哪天前？"),
		T("答复：先结论，后依据，再说下一步找谁、带什么。"),
		T("告知：经济困难或特定事项可以申请法律援助。"),
		T("结束：报回执编号和查询码，说清谁、什么时候再联系。"),
	};

	ui_script(h, T("话术"), lines, sizeof lines / sizeof lines[0], true);
}

static const struct field call_fields[] = {
	{ .key = "number", .kind = FIELD_PHONE, .label = T("来电号码"), .offset = offsetof(struct call_values, phone) },
	{ .key = "since", .kind = FIELD_KEY, .label = T("来电时间"), .offset = offsetof(struct call_values, since) },
};
const struct form call_form = FORM_OF("desk.call", T("来电"), call_fields, struct call_values);

static const struct finding *
number_finding(const struct exchange *x)
{
	return findings_of(&x->findings, "number");
}

static void
put_phone(struct exchange *x, struct html *h, int64_t since)
{
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/call"), .csrf = x->csrf, .id = "act" });
	ui_hidden(h, "since", desk_int(x, since));
	ui_field(h, &call_fields[0], x->in->method == HTTP_POST ? params_get(x->in->form, "number") : TEXT_NONE,
	    number_finding(x));
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, T("看以前的事"));
	html_raw(h, "</button>");
	ui_form_close(h);
}

static enum rc
call_show(struct exchange *x, int64_t since, const struct earlier_arg *earlier, bool restored)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("来电"), .area = FRAME_HOTLINE });
	ui_title(&h, T("来电"), TEXT_NONE);
	ui_split_open(&h);
	html_raw(&h, "<div class=\"call\">");
	put_phone(x, &h, since);
	ui_timer(&h, since, x->ctx->now_ms, desk_when(x, since));
	html_raw(&h, "</div><p>");
	ui_link(&h, TEXT("/desk/missed/new"), T("记一个未接来电"));
	html_raw(&h, " ");
	ui_link(&h, TEXT("/desk/oncall"), T("值班电话"));
	html_raw(&h, "</p>");
	if (earlier != NULL)
		put_earlier(x, &h, earlier);
	if (restored)
		ui_notice_say(&h, UI_INFO, NULL, T("这是上次没提交的内容，接着填。"));
	x->findings.n = x->findings.total = 0;
	intake_form_show(x, &h);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/complaint/new"), T("不是求助，是投诉：记一件投诉"));
	html_raw(&h, "</p>");
	ui_split_side(&h);
	put_script(&h);
	ui_split_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
call_page(struct exchange *x)
{
	bool restored = false;
	enum rc rc = intake_begin(x, &restored);

	if (rc != RC_OK)
		return rc;
	intake_begin_with(x, "channel", TEXT("hotline"));
	return call_show(x, x->ctx->now_ms, NULL, restored);
}

enum rc
call_post(struct exchange *x)
{
	const struct call_values *in = x->values;
	struct person_likely who[PERSON_LIKELY_MAX];
	struct earlier_arg arg = { .who = who };
	bool restored = false, readable = x->form_rc == RC_OK;
	enum rc rc = RC_OK;

	if (readable)
		rc = person_find_duplicates(x->ctx, x->ctx->crypt, TEXT_NONE, in->phone, TEXT_NONE, DAY_NONE, who,
		    PERSON_LIKELY_MAX, &arg.n_who);
	if (rc == RC_OK)
		rc = db_read(x->ctx, earlier_tx, &arg);
	if (rc == RC_OK)
		rc = intake_begin(x, &restored);
	if (rc != RC_OK)
		return rc;
	intake_begin_with(x, "channel", TEXT("hotline"));
	if (readable)
		intake_begin_with(x, "phone", in->phone);
	else
		x->out->status = 422;
	return call_show(x, in->since > 0 ? in->since : x->ctx->now_ms, readable ? &arg : NULL, restored);
}
