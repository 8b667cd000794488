/* A year at a glance, one day of it changed, and what that does to the deadlines that run. */
#include "supply/admin/admin_internal.h"

#include "operations/request/clock_label.h"

#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* msgfmt -c holds the English to the Chinese */

#define HISTORY_MAX 60

struct page {
	int year;
	const struct calendar *calendar; /* as shown: the table in force, or the one tried */
	struct day changed;              /* tried, not yet done; or DAY_NONE */
	struct recount_try effect;
	int64_t waiting;
	struct holiday_history history[HISTORY_MAX];
	size_t n_history;
};

/* ---- reading ------------------------------------------------------------------------------------------ */

static int
year_asked(const struct exchange *x, const struct calendar *c)
{
	int this_year = day_to_ymd(admin_today(x)).year;
	int64_t year = 0;

	if (int64_parse(admin_query(x, "year"), 1970, 2999, &year) != RC_OK)
		year = this_year;
	if (c->last_year >= c->first_year && (year < c->first_year || year > c->last_year))
		year = year < c->first_year ? c->first_year : c->last_year;
	return (int)year;
}

static enum rc
page_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct page *p = arg;
	enum rc rc = holidays_history(tx, actor, p->year, p->history, HISTORY_MAX, &p->n_history);

	if (rc == RC_OK)
		rc = request_recount_waiting(tx, actor, &p->waiting);
	return rc == RC_OK && !day_is_none(p->changed) ? request_recount_try(tx, actor, p->calendar, &p->effect) : rc;
}

/* ---- the year ------------------------------------------------------------------------------------------- */

static const char *
day_mark(enum day_kind kind)
{
	switch (kind) {
	case DAY_HOLIDAY:
		return T("休");
	case DAY_MAKEUP:
		return T("班");
	case DAY_HALF:
		return T("半");
	case DAY_WORK:
	case DAY_REST:
		break;
	}
	return NULL;
}

static void
put_day(struct html *h, struct day d, void *arg)
{
	const struct page *p = arg;
	enum day_kind kind = calendar_kind(p->calendar, d);
	const char *name = calendar_name(p->calendar, d), *mark = day_mark(kind);

	html_raw(h, "<td");
	html_attr(h, "class", d.n == p->changed.n ? TEXT("due") : kind == DAY_MAKEUP || kind == DAY_HALF ? TEXT("counted")
	    : calendar_is_working(p->calendar, d) ? TEXT("in") : TEXT("off"));
	if (name != NULL && *name != '\0')
		html_attr(h, "title", text_of(name));
	html_raw(h, "><b>");
	html_int(h, day_to_ymd(d).day);
	html_raw(h, "</b>");
	if (mark != NULL) {
		html_raw(h, " <i>");
		html_say(h, mark);
		html_raw(h, "</i>");
	}
	html_raw(h, "</td>");
}

static void
put_year(struct html *h, struct page *p)
{
	struct day first = DAY_NONE;

	ui_paragraph(h, T("「休」放假，「班」调休上班，「半」上半天班；底色深的不上班。"));
	html_raw(h, "<div class=\"months year\">");
	for (int m = 1; m <= 12; m++)
		if (day_from_ymd((struct ymd){ p->year, m, 1 }, &first) == RC_OK)
			ui_month(h, first, put_day, p);
	html_raw(h, "</div>");
}

/* The same in words: what differs from Monday to Friday. */
static void
put_list(struct exchange *x, struct html *h, const struct page *p)
{
	static const struct ui_column columns[] = { { T("日子"), false }, { T("星期"), false }, { T("这一天"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("与周一至周五不同的日子"), columns, 3);
	for (size_t i = 0; i < p->calendar->n; i++) {
		const struct calendar_entry *e = &p->calendar->entries[i];

		if (day_to_ymd(e->day).year != p->year || e->kind == DAY_WORK || (e->kind == DAY_REST && *e->name == '\0'))
			continue;
		ui_row_open(&t);
		ui_cell(&t, admin_day(x, e->day));
		ui_cell_say(&t, ui_weekday_label(e->day));
		ui_cell(&t, clock_day_words(x->ctx->mem, x->ctx->lang, e->kind, e->name));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_history(struct exchange *x, struct html *h, const struct page *p)
{
	static const struct ui_column columns[] = {
		{ T("何时"), false }, { T("哪一天"), false }, { T("原来"), false }, { T("改为"), false }, { T("依据"), false }, { T("谁"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("改过的"), columns, 6);
	for (size_t i = 0; i < p->n_history; i++) {
		const struct holiday_history *e = &p->history[i];

		ui_row_open(&t);
		ui_cell(&t, admin_when(x, e->at_ms));
		ui_cell(&t, admin_day(x, e->day));
		ui_cell(&t, clock_day_words(x->ctx->mem, x->ctx->lang, e->before, NULL));
		ui_cell(&t, clock_day_words(x->ctx->mem, x->ctx->lang, e->after, e->name.p));
		ui_cell(&t, e->source);
		ui_cell(&t, e->account_name.n > 0 ? e->account_name : admin_say(x, T("系统")));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- the form --------------------------------------------------------------------------------------------- */

/* Nothing is done before its effect has been seen. */
static void
put_effect(struct exchange *x, struct html *h, const struct page *p)
{
	const struct recount_try *e = &p->effect;

	if (day_is_none(p->changed))
		return;
	ui_notice(h, e->late_at_once > 0 ? UI_LATE : UI_SOON, T("还没有改。改了以后："), arena_format(x->ctx->mem,
	    msg(x->ctx->lang, T("正在走的期限 %lld 个，其中 %lld 个延后、%lld 个提前；%lld 个会立刻变成逾期。")),
	    (long long)e->running, (long long)e->later, (long long)e->earlier, (long long)e->late_at_once));
}

static void
put_form(struct exchange *x, struct html *h, const struct page *p)
{
	static const char *const keys[] = { "day", "kind", "name", "source" };
	const struct form *form = &calendar_form;
	struct typed typed = admin_typed(x, form);
	bool sure = !day_is_none(p->changed);

	ui_section_open(h, form->title);
	ui_error_summary(h, form, admin_findings(x, form));
	put_effect(x, h, p);
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/settings/calendar?year=%d", p->year),
	    .csrf = x->csrf, .key = admin_key(x, form) });
	ui_hidden(h, "seen", admin_int(x, holidays_current()->version));
	if (sure)
		ui_hidden(h, "sure", TEXT("1"));
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		ui_form_field(h, form, keys[i], &typed, admin_findings(x, form));
	ui_form_buttons(h, sure ? T("确认，改并重算期限") : T("先看看会影响多少期限"),
	    arena_format(x->ctx->mem, "/desk/settings/calendar?year=%d", p->year));
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_ways(struct exchange *x, struct html *h, const struct page *p)
{
	const struct calendar *c = holidays_current();

	html_raw(h, "<p>");
	ui_link(h, TEXT("/desk/settings"), T("设置"));
	for (int y = p->year - 1; y <= p->year + 1; y += 2)
		if (y >= c->first_year && y <= c->last_year) {
			html_raw(h, " ");
			ui_link_text(h, arena_format(x->ctx->mem, "/desk/settings/calendar?year=%d", y), arena_format(x->ctx->mem, "%d", y));
		}
	html_raw(h, "</p>");
}

static enum rc
calendar_show(struct exchange *x, struct page *p)
{
	struct html h = frame_html(x);
	enum rc rc = db_read(x->ctx, page_tx, p);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("全年日历"), .area = FRAME_SETTINGS });
	ui_title_text(&h, arena_format(x->ctx->mem, "%s %d", msg(x->ctx->lang, T("全年日历")), p->year), TEXT_NONE);
	put_ways(x, &h, p);
	if (text_equals(admin_query(x, "done"), TEXT("1")) && x->in->method == HTTP_GET)
		ui_notice(&h, UI_OK, T("已改"), p->waiting == 0 ? admin_say(x, T("正在走的期限都已按新日历重算，变动记在各案的经过里。"))
		    : arena_format(x->ctx->mem, msg(x->ctx->lang, T("还有 %lld 个期限正在重算。")), (long long)p->waiting));
	if (holidays_warning(p->calendar, admin_today(x)))
		ui_notice_say(&h, UI_SOON, T("快要缺放假安排了"),
		    T("现在开始的期限可能算到没有放假安排的年份，会标「未定」。国务院办公厅发了通知就请导入。"));
	put_form(x, &h, p);
	put_year(&h, p);
	put_list(x, &h, p);
	put_history(x, &h, p);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
calendar_page(struct exchange *x)
{
	struct page *p = ARENA_NEW(x->ctx->mem, struct page);

	if (p == NULL)
		return RC_NO_MEMORY;
	p->calendar = holidays_current();
	p->changed = DAY_NONE;
	p->year = year_asked(x, p->calendar);
	return calendar_show(x, p);
}

/* Shown again with what was typed: refused, or tried and not yet confirmed. */
static enum rc
show_again(struct exchange *x, const struct holiday_change *in, bool tried, int status)
{
	struct page *p = ARENA_NEW(x->ctx->mem, struct page);
	struct calendar *c = ARENA_NEW(x->ctx->mem, struct calendar);
	enum rc rc = p == NULL || c == NULL ? RC_NO_MEMORY : tried ? holidays_try(x->ctx->mem, in, c) : RC_OK;

	if (rc != RC_OK)
		return rc;
	p->calendar = tried ? c : holidays_current();
	p->changed = tried ? in->day : DAY_NONE;
	p->year = tried ? day_to_ymd(in->day).year : year_asked(x, p->calendar);
	x->out->status = status;
	return calendar_show(x, p);
}

enum rc
calendar_post(struct exchange *x)
{
	const struct calendar_values *v = x->values;
	struct holiday_change in = { .day = v->day, .kind = (enum day_kind)(v->kind - 1), .name = v->name, .source = v->source,
		.seen = (int32_t)v->seen };
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = holidays_day_check(holidays_current(), &in, &x->findings);
	if (rc == RC_OK && !v->sure)
		return show_again(x, &in, true, 200);
	if (rc == RC_OK)
		rc = holidays_day_set(x->ctx, frame_idem_key(x), &in, &x->findings);
	if (rc == RC_CONFLICT)
		findings_add(&x->findings, "day", T("日历刚才有人改过了，请看过再改"), 0);
	if (rc == RC_INVALID || rc == RC_CONFLICT)
		return show_again(x, &in, false, http_status_of(rc));
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/settings/calendar?year=%d&done=1", day_to_ymd(in.day).year));
	return rc;
}
