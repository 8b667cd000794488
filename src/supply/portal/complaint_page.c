/* Complaining: what happened, about whom; who will read it and by when stands above the first field. */
#include "supply/portal/complaint_internal.h"

#include "evaluation/review/review.h"
#include "kit/msg/msg.h"

#include <limits.h>

struct complain {
	int kind, about;
	struct text words, whom, wish, name, phone, point, from;
	struct day day;
	bool anonymous;
};
#define C(member) offsetof(struct complain, member)
static const struct choice about_choices[] = {
	{ COMPLAINT_HOLDER, "holder", T("现在负责这件事的人") },
	{ COMPLAINT_FIRST, "first", T("第一个接待我的人") },
	{ COMPLAINT_POINT, "point", T("整个站点，不是某一个人") },
	{ COMPLAINT_UNSAID, "unsaid", T("说不清，或者写在下面") },
	{ 0, NULL, NULL },
};
enum {
	F_KIND,
	F_WORDS,
	F_ABOUT,
	F_WHOM,
	F_DAY,
	F_WISH,
	F_ANONYMOUS,
	F_NAME,
	F_PHONE,
	F_POINT,
	F_FROM
};
static const struct field fields[] = {
	[F_KIND] = { .key = "kind",
	    .kind = FIELD_CHOICE,
	    .label = T("哪一种"),
	    .required = true,
	    .choices = complaint_kind_choices,
	    .offset = C(kind) },
	[F_WORDS] = { .key = "words",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("发生了什么"),
	    .required = true,
	    .hint = T("想到什么写什么。写错没关系，之后可以补充。"),
	    .max = COMPLAINT_WORDS_MAX,
	    .offset = C(words) },
	[F_ABOUT] = { .key = "about",
	    .kind = FIELD_CHOICE,
	    .label = T("投诉谁"),
	    .choices = about_choices,
	    .offset = C(about) },
	[F_WHOM] = { .key = "whom",
	    .kind = FIELD_LINE,
	    .label = T("哪里、哪个人"),
	    .hint = T("比如：阳澄湖镇的窗口，戴眼镜的男同志。不知道名字没关系。"),
	    .max = 100,
	    .offset = C(whom) },
	[F_DAY] = { .key = "day",
	    .kind = FIELD_DAY,
	    .label = T("哪一天的事"),
	    .min = INT_MIN,
	    .max = 0,
	    .offset = C(day) },
	[F_WISH] = { .key = "wish",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("希望怎么办"),
	    .max = 500,
	    .offset = C(wish) },
	[F_ANONYMOUS] = { .key = "anonymous",
	    .kind = FIELD_BOOL,
	    .label = T("不留名"),
	    .hint = T("不留名的，要写明哪里、哪一天、发生了什么，不然查不了。"),
	    .offset = C(anonymous) },
	[F_NAME] = { .key = "name",
	    .kind = FIELD_LINE,
	    .label = T("您的名字"),
	    .hint = T("选了“不留名”的不用写。"),
	    .max = 30,
	    .offset = C(name),
	    .autocomplete = "name" },
	[F_PHONE] = { .key = "phone",
	    .kind = FIELD_LINE,
	    .label = T("您的电话"),
	    .hint = T("只有看投诉的人看得到，每看一次都有记录。"),
	    .max = 30,
	    .offset = C(phone),
	    .autocomplete = "tel" },
	[F_POINT] = { .key = "point",
	    .kind = FIELD_LINE,
	    .label = T("站点"),
	    .max = 40,
	    .offset = C(point) },
	[F_FROM] = { .key = "from",
	    .kind = FIELD_LINE,
	    .label = T("来自"),
	    .max = 8,
	    .offset = C(from) },
};
const struct form complain_form = FORM_OF("complain", T("投诉"), fields, struct complain);

/* What the form stands on: a request of the receipt in the cookie, a point, or nothing yet. */
struct ground {
	bool of_request, has_point,
	    lost; /* lost: it came from a request whose code is gone from this browser */
	struct receipt receipt;
	struct request r;
	int64_t act; /* the newest that could be rated; 0 */
	struct point point;
};

static enum rc
request_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct ground *g = arg;
	struct review v[4];
	size_t n = 0;
	enum rc rc = request_load_receipt(tx, actor, &g->r);

	if (rc == RC_OK)
		rc = review_list(tx, actor, g->r.id, v, 4, &n);
	g->act = n > 0 ? v[n - 1].act : 0;
	return rc;
}

static void
ground_find(struct exchange *x, bool from_my, struct text point, struct ground *g)
{
	*g = (struct ground){ .of_request = false };
	if (from_my && receipt_enter(x, &g->receipt) == RC_OK)
		g->of_request = db_read(&g->receipt.ctx, request_tx, g) == RC_OK;
	g->lost = from_my && !g->of_request;
	if (point.n > 0)
		g->has_point = network_find_code(x->ctx, point, &g->point) == RC_OK;
}

/* ---- the page --------------------------------------------------------------------------------------------------- */

static void
put_promise(struct html *h, const struct complaint_limits *l)
{
	html_raw(h, "<div class=\"notice info\"><div><p class=\"strong\">");
	html_say(h, T("谁来看，多久有结果"));
	html_raw(h, "</p><p>");
	html_say(
	    h, T("由被投诉的人的上一级来看，不是他本人，也不是他的下属。他看不到您的投诉和名字。"));
	html_raw(h, "</p><p>");
	html_sayf(h,
	    T("%lld 个工作日内开始核实，%lld 个工作日内整改，最晚 %lld 日办结；要延长的会告诉您为什么。提交后写明您这一件的日期。"),
	    (long long)l->verify_workdays, (long long)l->mend_workdays, (long long)l->finish_days);
	html_raw(h, "</p></div></div>");
}

static void
put_ground(struct exchange *x, struct html *h, const struct ground *g)
{
	if (g->of_request) {
		const struct ui_fact facts[] = { { T("哪件事"), g->r.subject, TEXT_NONE },
			{ T("编号"), g->r.number, TEXT_NONE } };

		ui_facts(h, facts, 2);
	} else if (g->has_point) {
		const struct ui_fact facts[] = { { T("站点"),
		    portal_name(x, g->point.name, g->point.name_en), TEXT_NONE } };

		ui_facts(h, facts, 1);
	}
	if (g->lost)
		ui_notice_say(h, UI_SOON, T("没有连到您的求助"),
		    T("这台机器上已经没有查询码。可以先去“查进度”输入查询码再来投诉，也可以就这样提交，把哪里、哪个人写清楚。"));
}

static struct text
begins(const struct exchange *x, size_t i)
{
	if (x->typed.v != NULL && x->in->method == HTTP_POST)
		return ui_typed(&complain_form, fields[i].key, &x->typed);
	return i == F_ABOUT ? TEXT("unsaid") : TEXT_NONE;
}

static void
put_field(struct exchange *x, struct html *h, size_t i)
{
	struct field f = fields[i];

	f.required =
	    f.required || i == F_NAME || i == F_PHONE; /* unless without a name, as the hint says */
	ui_field(h, &f, begins(x, i), findings_of(&x->findings, f.key));
}

static void
put_about(struct exchange *x, struct html *h, const struct ground *g)
{
	struct field about = fields[F_ABOUT];

	if (!g->of_request)
		about.choices = &about_choices[2];
	if (g->of_request || g->has_point)
		ui_field(h, &about, begins(x, F_ABOUT), findings_of(&x->findings, "about"));
}

static enum rc
limits_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return complaint_limits_read(tx, actor, arg);
}

static enum rc
show(struct exchange *x, const struct ground *g, struct text point, const char *trouble)
{
	struct html h = frame_html(x);
	struct complaint_limits limits;
	enum rc rc = db_read(x->ctx, limits_tx, &limits);

	if (rc != RC_OK)
		return rc;
	frame_public_open(
	    x, &h, &(struct frame_page){ .title = T("投诉"), .noindex = g->of_request });
	ui_title(&h, T("投诉"), TEXT_NONE);
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有提交"), trouble);
	ui_error_summary(&h, &complain_form, &x->findings);
	put_promise(&h, &limits);
	put_ground(x, &h, g);
	ui_form_open(&h,
	    &(struct ui_form){
		.action = TEXT("/complain"), .csrf = x->csrf, .key = frame_key_text(x) });
	put_field(x, &h, F_KIND);
	put_field(x, &h, F_WORDS);
	put_about(x, &h, g);
	for (size_t i = F_WHOM; i <= F_PHONE; i++)
		put_field(x, &h, i);
	if (g->has_point)
		ui_hidden(&h, "point", point);
	if (g->of_request || g->lost)
		ui_hidden(&h, "from", TEXT("my"));
	ui_form_buttons(&h, T("提交投诉"), g->of_request ? TEXT("/my") : TEXT("/"));
	ui_form_close(&h);
	html_raw(&h, "<p class=\"call-line\">");
	html_say(&h, T("不想写字？打电话说，由接线员记下来读给您听："));
	html_raw(&h, " ");
	portal_call(&h, TEXT("12348"));
	html_raw(&h, "</p>");
	ui_paragraph(&h, T("已经投诉过的，在“查进度”输入查询码。"));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/my"), T("查进度"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/complain/numbers"), T("每年收到多少投诉，怎么办的"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
complain_page(struct exchange *x)
{
	struct ground g;
	struct text point = params_get(x->in->query, "point");

	ground_find(x, text_equals(params_get(x->in->query, "from"), TEXT("my")), point, &g);
	return show(x, &g, point, NULL);
}

/* ---- sending ------------------------------------------------------------------------------------------------------ */

static struct complaint_new
made_of(const struct exchange *x, const struct complain *in, const struct ground *g)
{
	struct complaint_new c = { .channel = COMPLAINT_WEB,
		.anonymous = in->anonymous,
		.name = text_trim(in->name),
		.phone = in->phone,
		.kind = (enum complaint_kind)in->kind,
		.about = (enum complaint_about)in->about,
		.whom = text_trim(in->whom),
		.day = in->day,
		.words = text_trim(in->words),
		.wish = text_trim(in->wish) };

	if (in->anonymous)
		c.name = c.phone = TEXT_NONE;
	if (g->of_request) {
		c.request = g->r.id;
		c.act = g->act;
	}
	if (g->has_point)
		c.point = g->point.id;
	if (!g->of_request && (c.about == COMPLAINT_HOLDER || c.about == COMPLAINT_FIRST))
		c.about = COMPLAINT_UNSAID;
	if (c.about == COMPLAINT_POINT && !g->of_request && !g->has_point)
		c.about = COMPLAINT_UNSAID;
	if (!g->of_request && !g->has_point)
		c.place = portal_place(x);
	return c;
}

/* Who is logged in on this machine says nothing of who complains: a resident with a receipt, or nobody. */
static enum rc
send(struct exchange *x, struct ground *g, const struct complaint_new *in,
    struct complaint_receipt *ret)
{
	struct actor nobody = identity_anonymous(x->ctx->actor->city);
	struct ctx ctx = *x->ctx;

	if (g->of_request)
		return complaint_give(&g->receipt.ctx, frame_idem_key(x), in, &x->findings, ret);
	ctx.actor = &nobody;
	return complaint_give(&ctx, frame_idem_key(x), in, &x->findings, ret);
}

enum rc
complain_post(struct exchange *x)
{
	const struct complain *in = x->values;
	struct complaint_receipt r = { .id = 0 };
	struct complaint_new new;
	struct ground g;
	enum rc rc;

	ground_find(x, text_equals(in->from, TEXT("my")), in->point, &g);
	new = made_of(x, in, &g);
	if (x->form_rc != RC_OK) {
		struct findings more = { .n = 0 };

		if (!complaint_check(&new, portal_today(x), &more))
			for (size_t i = 0; i < more.n; i++)
				if (findings_of(&x->findings, more.v[i].field) == NULL)
					findings_add(&x->findings, more.v[i].field,
					    more.v[i].message, more.v[i].bound);
		rc = RC_INVALID;
	} else {
		rc = send(x, &g, &new, &r);
	}
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/c/%s?new=1", r.code));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_DUPLICATE)
		return rc;
	x->out->status = rc == RC_INVALID ? 422 : 409;
	return show(x, &g, in->point,
	    rc == RC_INVALID
		? NULL
		: T("这一页以前已经提交过一次。改动的内容没有再记；要补充，请在投诉的页面里写。"));
}
