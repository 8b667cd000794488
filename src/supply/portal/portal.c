#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/holidays/holidays.h"

#define UPLOAD_BODY (INT64_C(101) * 1024 * 1024) /* ten files of 10 MiB, and the form around them */

const struct route portal_routes[] = {
	{ HTTP_GET, "/", RIGHT_PUBLIC, home_page, NULL, T("首页"), 0, 0 },

	{ HTTP_GET, "/ask", RIGHT_PUBLIC, ask_what_page, NULL, T("求助：遇到什么事"), 0, 0 },
	{ HTTP_POST, "/ask", RIGHT_PUBLIC, ask_what_post, &ask_what_form, T("求助：遇到什么事"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/ask/where", RIGHT_PUBLIC, ask_where_page, NULL, T("求助：在哪里、是谁的事"), 0, 0 },
	{ HTTP_POST, "/ask/where", RIGHT_PUBLIC, ask_where_post, &ask_where_form, T("求助：在哪里、是谁的事"),
	  ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/ask/who", RIGHT_PUBLIC, ask_who_page, NULL, T("求助：怎么联系您"), 0, 0 },
	{ HTTP_POST, "/ask/who", RIGHT_PUBLIC, ask_who_post, &ask_who_form, T("求助：怎么联系您"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/ask/check", RIGHT_PUBLIC, ask_check_page, NULL, T("求助：核对后提交"), 0, 0 },
	{ HTTP_POST, "/ask/check", RIGHT_PUBLIC, ask_check_post, &ask_form, T("求助：提交"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/ask/draft", RIGHT_PUBLIC, ask_draft_post, &ask_form, T("求助：保存草稿"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/ask/clear", RIGHT_PUBLIC, ask_clear_post, NULL, T("求助：清空重填"), 0, 0 },

	{ HTTP_GET, "/my", RIGHT_PUBLIC, my_page, NULL, T("查进度"), 0, 0 },
	{ HTTP_POST, "/my", RIGHT_PUBLIC, my_post, &my_form, T("查进度"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/my/receipt", RIGHT_PUBLIC, my_receipt_page, NULL, T("回执"), 0, 0 },
	{ HTTP_GET, "/my/paper/{code}", RIGHT_PUBLIC, my_paper_page, NULL, T("文书"), 0, 0 },
	{ HTTP_GET, "/my/mediation", RIGHT_PUBLIC, my_mediation_page, NULL, T("我的调解"), 0, 0 },
	{ HTTP_POST, "/my/mediation/{step}", RIGHT_PUBLIC, my_mediation_post, &my_mediation_form, T("我的调解"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/my/legalaid", RIGHT_PUBLIC, my_legalaid_page, NULL, T("我的法律援助申请"), 0, 0 },
	{ HTTP_GET, "/my/legalaid/calendar.ics", RIGHT_PUBLIC, my_legalaid_calendar, NULL, T("约好的日子（日历）"), 0, 0 },
	{ HTTP_POST, "/my/legalaid/say", RIGHT_PUBLIC, my_legalaid_say_post, &my_say_form, T("留言"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/my/legalaid/form", RIGHT_PUBLIC, my_legalaid_form_page, NULL, T("法律援助申请表"), 0, 0 },
	{ HTTP_POST, "/my/legalaid/form", RIGHT_PUBLIC, my_legalaid_form_post, &my_aid_form, T("法律援助申请表"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/my/legalaid/{step}", RIGHT_PUBLIC, my_legalaid_post, &my_aid_words_form, T("我的法律援助申请"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/my/say", RIGHT_PUBLIC, my_say_post, &my_say_form, T("给承办人留言"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/my/withdraw", RIGHT_PUBLIC, my_withdraw_post, &my_withdraw_form, T("撤回求助"),
	  ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/my/files", RIGHT_PUBLIC, my_files_post, NULL, T("补充材料"), ROUTE_UPLOAD, UPLOAD_BODY },
	{ HTTP_POST, "/my/notices", RIGHT_PUBLIC, my_notices_post, NULL, T("短信提醒"), 0, 0 },
	{ HTTP_POST, "/my/leave", RIGHT_PUBLIC, my_leave_post, NULL, T("离开进度页"), 0, 0 },
	{ HTTP_GET, "/r/{code}", RIGHT_PUBLIC, receipt_link_page, NULL, T("扫回执上的码"), 0, 0 },

	{ HTTP_GET, "/p/{code}", RIGHT_PUBLIC, paper_check_page, NULL, T("文书核验"), 0, 0 },

	{ HTTP_GET, "/v/{code}", RIGHT_PUBLIC, rate_page, NULL, T("评价"), 0, 0 },
	{ HTTP_POST, "/v/{code}", RIGHT_PUBLIC, rate_post, &rate_form, T("评价"), ROUTE_FORM_KEPT, 0 },

	{ HTTP_GET, "/complain", RIGHT_PUBLIC, complain_page, NULL, T("投诉"), 0, 0 },
	{ HTTP_POST, "/complain", RIGHT_PUBLIC, complain_post, &complain_form, T("投诉"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/complain/numbers", RIGHT_PUBLIC, complaint_numbers_page, NULL, T("每年的投诉"), 0, 0 },
	{ HTTP_GET, "/c/{code}", RIGHT_PUBLIC, complaint_my_page, NULL, T("我的投诉"), 0, 0 },
	{ HTTP_POST, "/c/{code}/{step}", RIGHT_PUBLIC, complaint_my_post, &complaint_my_form, T("我的投诉"), ROUTE_FORM_KEPT, 0 },

	{ HTTP_GET, "/points", RIGHT_PUBLIC, points_page, NULL, T("附近站点"), 0, 0 },
	{ HTTP_POST, "/points/here", RIGHT_PUBLIC, points_here_post, &here_form, T("离我最近的站点"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/points/{code}", RIGHT_PUBLIC, point_page, NULL, T("站点"), 0, 0 },
	{ HTTP_GET, "/points/{code}/missed", RIGHT_PUBLIC, missed_page, NULL, T("打了没有人接"), 0, 0 },
	{ HTTP_POST, "/points/{code}/missed", RIGHT_PUBLIC, missed_post, &missed_form, T("打了没有人接"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/items", RIGHT_PUBLIC, items_page, NULL, T("服务事项"), 0, 0 },
	{ HTTP_GET, "/items/{code}", RIGHT_PUBLIC, item_page, NULL, T("服务事项"), 0, 0 },
	{ HTTP_GET, "/rights", RIGHT_PUBLIC, topics_page, NULL, T("维权专题"), 0, 0 },
	{ HTTP_GET, "/rights/{topic}", RIGHT_PUBLIC, topic_page, NULL, T("维权专题"), 0, 0 },
	{ HTTP_GET, "/check/{package}", RIGHT_PUBLIC, check_page, NULL, T("查一查"), 0, 0 },
	{ HTTP_POST, "/check/{package}", RIGHT_PUBLIC, check_post, NULL, T("查一查"), 0, 0 },
	{ HTTP_GET, "/help/privacy", RIGHT_PUBLIC, privacy_page, NULL, T("个人信息怎么用"), 0, 0 },
	{ HTTP_GET, "/help/about", RIGHT_PUBLIC, about_page, NULL, T("这是什么服务"), 0, 0 },
};
const size_t portal_routes_n = sizeof portal_routes / sizeof portal_routes[0];

/* ---- who and where ------------------------------------------------------------------------------- */

struct day
portal_today(const struct exchange *x)
{
	return day_of_moment(x->ctx->now_ms);
}

struct place
portal_city(const struct exchange *x)
{
	return (struct place){ x->ctx->actor->city * INT64_C(100000000) };
}

struct place
portal_place(const struct exchange *x)
{
	struct place p = { 0 };

	if (place_parse(frame_cookie(x, "place"), &p) != RC_OK || !region_find(p, portal_today(x)))
		p.code = 0;
	return p;
}

#define PLACE_KEPT_S (INT64_C(180) * 86400)

void
portal_place_keep(struct exchange *x, struct place p)
{
	frame_cookie_set(x, "place", arena_format(x->ctx->mem, "%012lld", (long long)p.code), PLACE_KEPT_S);
}

/* ---- words ------------------------------------------------------------------------------------------ */

struct text
portal_name(const struct exchange *x, struct text zh, struct text en)
{
	return x->ctx->lang == LANG_EN && en.n > 0 ? en : zh;
}

struct text
portal_say(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
}

/* One number in a T() format; what it says is short. */
static struct text
say_number(const struct exchange *x, const char *zh_format, int n)
{
	struct finding f = { .field = "", .message = zh_format, .bound = n };

	return finding_text(x->ctx->mem, x->ctx->lang, &f);
}

struct text
portal_days_left(const struct exchange *x, int64_t due_ms)
{
	int days = day_of_moment(due_ms).n - portal_today(x).n;

	if (due_ms < x->ctx->now_ms)
		return days < 0 ? say_number(x, T("已过 %lld 天"), -days) : portal_say(x, T("今天已过"));
	return days == 0 ? portal_say(x, T("今天到期")) : say_number(x, T("还有 %lld 天"), days);
}

struct text
portal_date_time(const struct exchange *x, int64_t at_ms)
{
	char line[32];

	return arena_text(x->ctx->mem, moment_print(at_ms, line));
}

struct text
portal_when(const struct exchange *x, int64_t at_ms)
{
	struct text t = portal_date_time(x, at_ms);
	int days = day_of_moment(at_ms).n - portal_today(x).n;
	const char *word = days == 0 ? T("今天") : days == 1 ? T("明天") : NULL;

	if (!word || t.n < 16)
		return t;
	return arena_format(x->ctx->mem, "%s %.5s", msg(x->ctx->lang, word), t.p + 11);
}

struct text
portal_path(const struct exchange *x, const char *before, struct text code)
{
	return arena_format(x->ctx->mem, "%s%.*s", before, (int)code.n, code.p);
}

/* ---- points ------------------------------------------------------------------------------------------- */

enum rc
portal_near(struct exchange *x, struct place p, struct point_near *ret, size_t cap, size_t *ret_n)
{
	struct geo nowhere = { .datum = GEO_UNKNOWN };

	*ret_n = 0;
	return network_nearest(x->ctx, p, nowhere, x->ctx->now_ms, holidays_current(), ret, cap, ret_n);
}

struct text
portal_open_words(const struct exchange *x, const struct point_state *s)
{
	if (s->open && s->until_ms > 0)
		return arena_format(x->ctx->mem, "%s %.5s", msg(x->ctx->lang, T("开到")),
		    portal_date_time(x, s->until_ms).p + 11);
	if (!s->open && s->next_ms > 0) {
		struct text when = portal_when(x, s->next_ms);

		return arena_format(x->ctx->mem, "%.*s %s", (int)when.n, when.p, msg(x->ctx->lang, T("开门")));
	}
	return TEXT_NONE;
}

void
portal_station(struct exchange *x, struct html *h, const struct point_near *near, bool on_its_page)
{
	portal_station_way(x, h, near, TEXT_NONE, on_its_page);
}

void
portal_station_way(struct exchange *x, struct html *h, const struct point_near *near, struct text way, bool on_its_page)
{
	const struct point *p = &near->point;
	struct text address = p->address.n > 0 ? p->address : region_path(p->place);
	bool known = p->n_hours > 0 || p->n_exceptions > 0;

	ui_station(h, &(struct ui_station){
		.name = portal_name(x, p->name, p->name_en),
		.address = address,
		.phone = p->phone,
		.hours = portal_open_words(x, &near->state),
		.open = !known ? UI_OPEN_UNKNOWN : near->state.open ? UI_OPEN_NOW : UI_CLOSED_NOW,
		.way = way,
		.metres = near->metres == INT64_MAX ? -1 : near->metres,
		.estimated = p->position.datum == GEO_ESTIMATE,
		.href = on_its_page ? TEXT_NONE : portal_path(x, "/points/", p->code),
	});
}

#define PLACES_MOST 700 /* villages of the largest town, several times over */

void
portal_places(struct exchange *x, struct html *h, const char *label, struct place p)
{
	const struct division **below = arena_array(x->ctx->mem, PLACES_MOST, sizeof *below);
	struct ui_chip *chips = arena_array(x->ctx->mem, PLACES_MOST, sizeof *chips);
	size_t n;

	if (!below || !chips)
		return;
	n = region_children(p, portal_today(x), below, PLACES_MOST);
	n = n < PLACES_MOST ? n : PLACES_MOST;
	for (size_t i = 0; i < n; i++)
		chips[i] = (struct ui_chip){
			.text = portal_name(x, below[i]->name, below[i]->name_en),
			.href = arena_format(x->ctx->mem, "/points?place=%012lld", (long long)below[i]->place.code),
			.count = -1,
		};
	if (n > 0)
		ui_chips(h, label, chips, n);
}

void
portal_call(struct html *h, struct text phone)
{
	html_raw(h, "<a class=\"button call\" href=\"tel:");
	html_text(h, phone);
	html_raw(h, "\">");
	ui_icon(h, "phone");
	html_raw(h, "<span>");
	html_say(h, T("打电话 "));
	html_text(h, phone);
	html_raw(h, "</span></a>");
}

/* ---- items ---------------------------------------------------------------------------------------------- */

struct item_arg {
	struct text code;
	struct day today;
	struct item ret;
};

static enum rc
item_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct item_arg *arg = argument;

	return catalogue_load_code(tx, actor, arg->code, arg->today, &arg->ret);
}

enum rc
portal_item(struct exchange *x, struct text code, struct item *ret)
{
	struct item_arg arg = { .code = code, .today = portal_today(x) };
	enum rc rc = db_read(x->ctx, item_tx, &arg);

	if (rc == RC_OK && !arg.ret.in_force)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		*ret = arg.ret;
	return rc;
}
