/* A complaint written down for somebody on the phone, at a window, or who says it aloud: read back before it is stored. */
#include "evaluation/page/complaint_page_internal.h"

#include "resources/identity/identity.h"
#include "resources/network/network.h"

#include <limits.h>

struct new_values {
	int channel, kind, about;
	struct text words, number, login, point, whom, wish, name, phone;
	struct day day;
	bool anonymous, read_back;
};
#define N(member) offsetof(struct new_values, member)
static const struct choice channel_choices[] = {
	{ COMPLAINT_PHONE, "phone", T("电话") },
	{ COMPLAINT_ORAL, "oral", T("口头") },
	{ COMPLAINT_WINDOW, "window", T("窗口书面") },
	{ 0, NULL, NULL },
};
static const struct choice about_choices[] = {
	{ COMPLAINT_HOLDER, "holder", T("那件求助现在的承办人") },
	{ COMPLAINT_FIRST, "first", T("那件求助的首问负责人") },
	{ COMPLAINT_POINT, "point", T("整个站点") },
	{ COMPLAINT_PERSON, "person", T("下面写的登录名") },
	{ COMPLAINT_UNSAID, "unsaid", T("说不清") },
	{ 0, NULL, NULL },
};
static const struct field fields[] = {
	{ .key = "channel",
	    .kind = FIELD_CHOICE,
	    .label = T("怎样来的"),
	    .required = true,
	    .choices = channel_choices,
	    .offset = N(channel) },
	{ .key = "kind",
	    .kind = FIELD_CHOICE,
	    .label = T("哪一种"),
	    .required = true,
	    .choices = complaint_kind_choices,
	    .offset = N(kind) },
	{ .key = "words",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("发生了什么（用对方的话记）"),
	    .required = true,
	    .max = COMPLAINT_WORDS_MAX,
	    .offset = N(words) },
	{ .key = "about",
	    .kind = FIELD_CHOICE,
	    .label = T("投诉谁"),
	    .choices = about_choices,
	    .offset = N(about) },
	{ .key = "number",
	    .kind = FIELD_LINE,
	    .label = T("哪件求助（编号）"),
	    .max = 40,
	    .offset = N(number) },
	{ .key = "login",
	    .kind = FIELD_LINE,
	    .label = T("哪个人（登录名）"),
	    .max = 32,
	    .offset = N(login) },
	{ .key = "point",
	    .kind = FIELD_LINE,
	    .label = T("哪个站点（编号）"),
	    .max = 40,
	    .offset = N(point) },
	{ .key = "whom",
	    .kind = FIELD_LINE,
	    .label = T("哪里、哪个人（对方怎么说的）"),
	    .max = 100,
	    .offset = N(whom) },
	{ .key = "day",
	    .kind = FIELD_DAY,
	    .label = T("哪一天的事"),
	    .min = INT_MIN,
	    .max = 0,
	    .offset = N(day) },
	{ .key = "wish",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("希望怎么办"),
	    .max = 500,
	    .offset = N(wish) },
	{ .key = "anonymous",
	    .kind = FIELD_BOOL,
	    .label = T("不留名"),
	    .hint = T("不留名的，要写明哪里、哪一天、发生了什么，不然查不了。"),
	    .offset = N(anonymous) },
	{ .key = "name",
	    .kind = FIELD_LINE,
	    .label = T("投诉人的名字"),
	    .max = 30,
	    .offset = N(name) },
	{ .key = "phone",
	    .kind = FIELD_LINE,
	    .label = T("投诉人的电话"),
	    .max = 30,
	    .offset = N(phone) },
	{ .key = "read_back",
	    .kind = FIELD_BOOL,
	    .label = T("已经读给对方听，对方说没有错"),
	    .offset = N(read_back) },
};
const struct form complaint_new_form =
    FORM_OF("complaint.new", T("记一件投诉"), fields, struct new_values);

static struct text
begins(const struct exchange *x, const struct field *f)
{
	if (x->typed.v != NULL && x->in->method == HTTP_POST)
		return ui_typed(&complaint_new_form, f->key, &x->typed);
	if (f->choices == channel_choices)
		return x->ctx->actor->role == ROLE_HOTLINE ? TEXT("phone") : TEXT("oral");
	if (f->choices == about_choices)
		return TEXT("unsaid");
	return text_equals(text_of(f->key), TEXT("number")) ? qp_query(x, "request") : TEXT_NONE;
}

static enum rc
show(struct exchange *x, const char *trouble)
{
	struct html h = frame_html(x);

	frame_desk_open(
	    x, &h, &(struct frame_page){ .title = T("记一件投诉"), .area = FRAME_INTAKE });
	ui_title(&h, T("记一件投诉"), TEXT_NONE);
	ui_paragraph(&h,
	    T("由被投诉的人的上一级来看。存下以后您也看不到；投诉的是您，或者是您办过的事，请换一位同事来记。"));
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有存下"), trouble);
	ui_error_summary(&h, &complaint_new_form, &x->findings);
	ui_form_open(&h,
	    &(struct ui_form){
		.action = TEXT("/desk/complaint/new"), .csrf = x->csrf, .key = frame_key_text(x) });
	for (size_t i = 0; i < complaint_new_form.n; i++)
		ui_field(&h, &fields[i], begins(x, &fields[i]),
		    findings_of(&x->findings, fields[i].key));
	ui_form_buttons(&h, T("存下"), TEXT("/desk"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
complaint_new_get(struct exchange *x)
{
	return show(x, NULL);
}

/* ---- storing -------------------------------------------------------------------------------------------------------- */

struct named {
	struct text number;
	struct case_id id;
};

static enum rc
named_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct named *n = arg;

	return request_find_number(tx, actor, n->number, &n->id);
}

/* The request, person and point that were named by number, login and code: each as far as who writes it down may know of it. */
static enum rc
look_up(struct exchange *x, const struct new_values *in, struct complaint_new *new)
{
	struct named named = { .number = text_trim(in->number) };
	struct text login = text_trim(in->login), code = text_trim(in->point);
	struct point point;

	if (named.number.n > 0 && db_read(x->ctx, named_tx, &named) != RC_OK)
		findings_add(&x->findings, "number", T("没有这个编号，或者您看不到它"), 0);
	if (login.n > 0 && identity_find_login(x->ctx, login, &new->account) != RC_OK)
		findings_add(&x->findings, "login", T("没有这个登录名"), 0);
	if (code.n > 0 && network_find_code(x->ctx, code, &point) == RC_OK)
		new->point = point.id;
	else if (code.n > 0)
		findings_add(&x->findings, "point", T("没有这个站点"), 0);
	new->request = named.id;
	if (new->about == COMPLAINT_UNSAID &&new->account != 0)
		new->about = COMPLAINT_PERSON;
	if ((new->about == COMPLAINT_HOLDER || new->about == COMPLAINT_FIRST) &&
	    new->request.n == 0)
		findings_add(&x->findings, "number", T("写上求助的编号，才知道是谁"), 0);
	if (new->about == COMPLAINT_PERSON &&new->account == 0)
		findings_add(&x->findings, "login", T("写上登录名，才知道是谁"), 0);
	if (new->about == COMPLAINT_POINT &&new->point == 0 && new->request.n == 0)
		findings_add(&x->findings, "point", T("写上站点的编号"), 0);
	return x->findings.total > 0 ? RC_INVALID : RC_OK;
}

static enum rc
give(struct exchange *x, const struct new_values *in, struct complaint_receipt *ret)
{
	struct complaint_new new = { .channel = (enum complaint_channel)in->channel,
		.anonymous = in->anonymous,
		.kind = (enum complaint_kind)in->kind,
		.about = (enum complaint_about)in->about,
		.whom = text_trim(in->whom),
		.day = in->day,
		.words = text_trim(in->words),
		.wish = text_trim(in->wish),
		.read_back = in->read_back };
	enum rc rc = look_up(x, in, &new);

	if (!in->anonymous) {
		new.name = text_trim(in->name);
		new.phone = in->phone;
	}
	if (rc != RC_OK || x->form_rc != RC_OK) {
		(void)complaint_check(&new, day_of_moment(x->ctx->now_ms), &x->findings);
		return RC_INVALID;
	}
	return complaint_give(x->ctx, frame_idem_key(x), &new, &x->findings, ret);
}

enum rc
complaint_new_post(struct exchange *x)
{
	struct complaint_receipt r = { .id = 0 };
	enum rc rc = give(x, x->values, &r);

	if (rc == RC_OK) {
		frame_cookie_set(x, "desk-complaint", arena_text(x->ctx->mem, text_of(r.code)), 0);
		http_redirect(x->out, TEXT("/desk/complaint/given"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_DUPLICATE)
		return rc;
	x->out->status = rc == RC_DUPLICATE ? 409 : 422;
	return show(x,
	    rc == RC_DUPLICATE ? T("这一页以前已经提交过一次。改动的内容没有再记；您写的还在")
			       : NULL);
}

/* ---- the paper that goes along ----------------------------------------------------------------------------------------- */

struct given {
	struct text code;
	struct complaint_whole w;
};

static enum rc
given_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct given *g = arg;

	return complaint_load_code(tx, actor, g->code, &g->w);
}

enum rc
complaint_given_get(struct exchange *x)
{
	struct given *g = ARENA_NEW(x->ctx->mem, struct given);
	struct html h = frame_html(x);
	struct text url = TEXT_NONE;

	if (g == NULL)
		return RC_NO_MEMORY;
	g->code = frame_cookie(x, "desk-complaint");
	if (g->code.n == 0 || db_read(x->ctx, given_tx, g) != RC_OK) {
		http_redirect(x->out, TEXT("/desk/complaint/new"));
		return RC_OK;
	}
	frame_cookie_set(x, "desk-complaint", TEXT_NONE, -1); /* shown once */
	if (frame_site_get()->public_url != NULL)
		url = arena_format(x->ctx->mem, "%s/c/%.*s", frame_site_get()->public_url,
		    (int)g->code.n, g->code.p);
	frame_desk_open(
	    x, &h, &(struct frame_page){ .title = T("投诉回执"), .area = FRAME_INTAKE });
	ui_title(&h, T("投诉回执"), TEXT_NONE);
	ui_receipt(&h, T("编号"), g->w.c.number, g->code, url);
	ui_paragraph(&h,
	    T("当面交给对方，或者在电话里读给他：凭查询码可以看进度、补充、撤回、评价。这一页只显示一次。"));
	ui_facts(&h,
	    (const struct ui_fact[]){
		{ T("谁来看"), qp_say(x, complaint_rank_label(g->w.c.reader_rank)), TEXT_NONE },
		{ T("最晚开始核实"), qp_when(x, g->w.c.verify_due_ms), TEXT_NONE },
		{ T("最晚整改完"), qp_when(x, g->w.c.mend_due_ms), TEXT_NONE },
		{ T("最晚答复"), qp_when(x, g->w.c.finish_due_ms), TEXT_NONE },
	    },
	    4);
	ui_button_link(&h, TEXT("/desk/complaint/new"), T("再记一件投诉"), false);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
