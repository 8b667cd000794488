/* A person's month on a phone, days on which they can't come, and a station's month. */
#include "supply/desk/roster_internal.h"

#include "operations/dutylog/dutylog.h"

#define SHOWN 60
#define AWAYS 40
#define AHEAD 62
#define VILLAGE_LINKS 3
#define SWAPS 12

#define AWAY(member) offsetof(struct roster_away_values, member)
static const struct field away_fields[] = {
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, .max = 366, .offset = AWAY(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到哪一天"), .required = true, .max = 732, .offset = AWAY(to) },
	{ .key = "reason", .kind = FIELD_LINE, .label = T("为什么（可以不写）"), .max = 200, .offset = AWAY(reason) },
};
const struct form roster_away_form = FORM_OF("roster.away", T("哪几天来不了"), away_fields, struct roster_away_values);

/* ---- mine ------------------------------------------------------------------------------------------------------------- */

struct mine {
	struct day today;
	struct provider me;
	struct duty_slot v[SHOWN];
	size_t n;
	struct duty_away away[AWAYS];
	size_t n_away;
	struct duty_swap swap[SWAPS];
	size_t n_swaps;
};

static enum rc
mine_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct mine *m = argument;
	enum rc rc = provider_by_account(tx, actor, actor->account, &m->me);

	if (rc == RC_NOT_FOUND) {
		m->me.id = 0;
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = duty_of_person(tx, actor, m->me.id, day_add(m->today, -7), day_add(m->today, AHEAD), m->v, SHOWN, &m->n);
	if (rc == RC_OK)
		rc = duty_swaps_of(tx, actor, m->me.id, m->swap, SWAPS, &m->n_swaps);
	return rc == RC_OK ? duty_aways(tx, actor, m->me.id, m->today, m->away, AWAYS, &m->n_away) : rc;
}

static struct text
address_of(const struct exchange *x, const struct duty_slot *s)
{
	struct point p;

	return s->point != 0 && network_find(x->ctx, s->point, &p) == RC_OK ? desk_join(x, p.address, p.phone) : TEXT_NONE;
}

static struct text
log_path(const struct exchange *x, const struct duty_slot *s)
{
	return arena_format(x->ctx->mem, "/desk/duty/%lld/%u", (long long)s->plan, s->slot);
}

/* A day that has come leads to its log. */
static void
put_turn(struct exchange *x, struct ui_table *t, const struct mine *m, const struct duty_slot *s)
{
	struct text day = roster_day_text(x, s->day);

	ui_row_open(t);
	if (s->day.n <= m->today.n && s->point != 0)
		ui_cell_link(t, log_path(x, s), s->day.n == m->today.n ? desk_join(x, desk_say(x, T("今天")), day) : day);
	else
		ui_cell(t, day);
	ui_cell(t, roster_where(x, s));
	ui_cell(t, roster_hours(x, s->minutes));
	ui_cell(t, s->point == 0 ? region_path(s->place) : address_of(x, s));
	if (s->day.n > m->today.n)
		ui_cell_link(t, arena_format(x->ctx->mem, "/desk/duty/%lld/%u/swap", (long long)s->plan, s->slot), desk_say(x, T("请同事换班")));
	else
		ui_cell(t, TEXT_NONE);
	ui_row_close(t);
}

static void
put_mine(struct exchange *x, struct html *h, const struct mine *m)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("哪里"), false }, { T("多久"), false }, { T("地址"), false },
		{ T("来不了"), false } };
	struct ui_table t;

	if (m->n == 0) {
		ui_empty(h, T("还没有排到您"), T("值班表发布以后，您的每一次值班列在这里。"), TEXT("/desk/roster"), T("看值班表"));
		return;
	}
	ui_table_open(&t, h, T("我的值班"), columns, 5);
	for (size_t i = 0; i < m->n; i++)
		put_turn(x, &t, m, &m->v[i]);
	ui_table_close(&t);
}

static void
put_due(struct exchange *x, struct html *h, const struct mine *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].day.n == m->today.n && m->v[i].point != 0) {
			html_raw(h, "<p>");
			ui_button_link(h, log_path(x, &m->v[i]), T("今天签到、写日志"), true);
			html_raw(h, "</p>");
		}
}

/* A colleague waits for an answer. */
static void
put_waiting(struct exchange *x, struct html *h, const struct mine *m)
{
	for (size_t i = 0; i < m->n_swaps; i++)
		if (m->swap[i].state == SWAP_ASKED && m->swap[i].with_account == x->ctx->actor->account && m->swap[i].until.n > m->today.n) {
			html_raw(h, "<p>");
			ui_button_link(h, arena_format(x->ctx->mem, "/desk/duty/swap/%lld", (long long)m->swap[i].id), T("有同事请您换班"), true);
			html_raw(h, "</p>");
		}
}

static void
put_away(struct exchange *x, struct html *h, const struct mine *m)
{
	static const struct ui_column columns[] = { { T("从"), false }, { T("到"), false }, { T("为什么"), false } };
	bool sent = x->route->form == &roster_away_form;
	struct ui_table t;

	ui_section_open(h, roster_away_form.title);
	if (m->n_away > 0) {
		ui_table_open(&t, h, T("已经登记的"), columns, 3);
		for (size_t i = 0; i < m->n_away; i++) {
			ui_row_open(&t);
			ui_cell(&t, roster_day_text(x, m->away[i].from));
			ui_cell(&t, roster_day_text(x, m->away[i].to));
			ui_cell(&t, m->away[i].sick ? desk_join(x, desk_say(x, T("来不了，找人顶")), m->away[i].reason) : m->away[i].reason);
			ui_row_close(&t);
		}
		ui_table_close(&t);
	}
	ui_paragraph(h, T("下一次排班不排这几天。已经排上的，请马上打电话给排班的人找人顶。"));
	if (sent)
		ui_error_summary(h, &roster_away_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/duty"), .csrf = x->csrf, .key = desk_key(x) });
	for (size_t i = 0; i < roster_away_form.n; i++)
		ui_field(h, &away_fields[i], sent ? ui_typed(&roster_away_form, away_fields[i].key, &x->typed) : TEXT_NONE,
		    sent ? findings_of(&x->findings, away_fields[i].key) : NULL);
	ui_form_buttons(h, T("登记"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

enum rc
roster_mine_page(struct exchange *x)
{
	struct mine *m = ARENA_NEW(x->ctx->mem, struct mine);
	struct html h = frame_html(x);
	enum rc rc;

	if (m == NULL)
		return RC_NO_MEMORY;
	m->today = desk_today(x);
	rc = db_read(x->ctx, mine_tx, m);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("我的值班"), .area = FRAME_ROSTER });
	ui_title(&h, T("我的值班"), desk_join(x, m->me.name, m->me.firm_name));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster"), T("值班表"));
	html_raw(&h, " ");
	ui_link(&h, TEXT("/desk/advisors/scores"), T("我的评估"));
	html_raw(&h, "</p>");
	if (text_equals(desk_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已保存。"));
	if (m->me.id == 0)
		ui_empty(&h, T("您不在值班的名册里"), T("律师和基层法律服务工作者用名册里登记的账号登录，才有自己的值班。"), TEXT("/desk/roster"), T("看值班表"));
	else {
		put_due(x, &h, m);
		put_waiting(x, &h, m);
		put_mine(x, &h, m);
		if (m->n_swaps > 0) {
			ui_section_open(&h, T("换班"));
			roster_put_swaps(x, &h, T("我提出的、请我的"), m->swap, m->n_swaps);
			ui_section_close(&h);
		}
		put_away(x, &h, m);
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
roster_away_post(struct exchange *x)
{
	const struct roster_away_values *in = x->values;
	struct mine *m = ARENA_NEW(x->ctx->mem, struct mine);
	enum rc rc = m == NULL ? RC_NO_MEMORY : RC_OK;

	if (rc == RC_OK) {
		m->today = desk_today(x);
		rc = db_read(x->ctx, mine_tx, m);
	}
	if (rc == RC_OK && m->me.id == 0)
		rc = RC_FORBIDDEN;
	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = duty_away_add(x->ctx, frame_idem_key(x), &(struct duty_away){ .provider = m->me.id, .from = in->from, .to = in->to,
		    .reason = in->reason }, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/duty?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return roster_mine_page(x);
}

/* ---- a station's month --------------------------------------------------------------------------------------------------- */

struct station { struct point p; struct day from, to; struct duty_slot v[SHOWN]; size_t n; };

static enum rc
station_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct station *s = argument;

	return duty_of_point(tx, actor, s->p.id, s->from, s->to, s->v, SHOWN, &s->n);
}

enum rc
roster_point_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("谁"), false }, { T("哪里"), false }, { T("多久"), false } };
	struct station *s = ARENA_NEW(x->ctx->mem, struct station);
	struct html h = frame_html(x);
	struct ui_table t;
	uint32_t days = 0;
	char code[DUTYLOG_CODE_CHARS];
	int month = roster_month_query(x, duty_month_of(desk_today(x)));
	enum rc rc = s == NULL ? RC_NO_MEMORY : network_find_code(x->ctx, http_segment(x, "code"), &s->p);

	if (rc == RC_OK)
		rc = duty_month_days(month, &s->from, &days);
	if (rc != RC_OK)
		return rc;
	s->to = day_add(s->from, (int)days - 1);
	rc = db_read(x->ctx, station_tx, s);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("站点的值班表"), .area = FRAME_ROSTER });
	ui_title_text(&h, desk_name(x, s->p.name, s->p.name_en), desk_join(x, roster_month_text(x, month), desk_say(x, T("值班表"))));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster"), T("值班表"));
	html_raw(&h, "</p>");
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, arena_format(x->ctx->mem, "/desk/duty/point/%.*s/poster.pdf?month=%d", (int)s->p.code.n, s->p.code.p, month), T("打印张贴"));
	for (size_t i = 0; i < s->p.n_villages && i < VILLAGE_LINKS; i++) {
		html_raw(&h, " ");
		ui_link_text(&h, arena_format(x->ctx->mem, "/desk/duty/village/%lld/poster.pdf?month=%d", (long long)s->p.villages[i].village.code, month),
		    desk_join(x, desk_say(x, T("打印张贴")), region_name(s->p.villages[i].village)));
	}
	html_raw(&h, " ");
	ui_link(&h, arena_format(x->ctx->mem, "/feed/point/%.*s.ics", (int)s->p.code.n, s->p.code.p), T("值班日历"));
	html_raw(&h, "</p>");
	if (dutylog_may_see_code(x->ctx->actor, &s->p)) {
		dutylog_code(x->ctx, s->p.id, desk_today(x), code);
		ui_receipt(&h, T("今天的签到码，给来值班的人看"), text_of(code), TEXT_NONE, TEXT_NONE);
	}
	ui_table_open(&t, &h, T("这个月谁来"), columns, 4);
	for (size_t i = 0; i < s->n; i++) {
		ui_row_open(&t);
		if (s->p.id == x->ctx->actor->point || duty_may_plan(x->ctx->actor, place_up(s->p.place, PLACE_COUNTY)))
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/duty/%lld/%u", (long long)s->v[i].plan, s->v[i].slot),
			    roster_day_text(x, s->v[i].day));
		else
			ui_cell(&t, roster_day_text(x, s->v[i].day));
		ui_cell(&t, s->v[i].provider == 0 ? desk_say(x, T("还没有人")) : desk_join(x, s->v[i].name, s->v[i].firm));
		ui_cell(&t, roster_where(x, &s->v[i]));
		ui_cell(&t, roster_hours(x, s->v[i].minutes));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_qr(&h, arena_format(x->ctx->mem, "%s/points/%.*s", frame_site_get()->public_url, (int)s->p.code.n, s->p.code.p), T("扫一扫看谁值班"));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
