/* Why is it due on this day?  One deadline of a case with every day from its start to its end. */
#include "operations/request/clock_label.h"
#include "standards/holidays/holidays.h"
#include "supply/desk/desk_internal.h"

#define STEPS_MAX 400
#define MONTHS_MAX 14 /* longer ways are told by the table alone */

struct why {
	struct case_id id;
	enum clock_target target;
	struct request r;
	struct case_clock clock;
	bool found;
	struct clock_pause pauses[CASE_PAUSES_MAX];
	struct case_pause stops[CASE_PAUSES_MAX];
	size_t n_pauses;
	struct clock_step *steps;
	size_t n;
	struct clock_answer answer;
	const struct calendar *calendar;
};

/* ---- reading ------------------------------------------------------------------------------------------- */

static enum rc
load_clock(struct tx *tx, const struct actor *actor, struct why *w)
{
	struct case_clock clocks[CASE_CLOCKS_MAX];
	size_t n = 0;
	enum rc rc = case_clock_list(tx, actor, w->id, clocks, CASE_CLOCKS_MAX, &n);

	w->found = false;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (clocks[i].target == w->target) {
			w->clock = clocks[i];
			w->found = true;
		}
	return rc;
}

/* Those that stopped this clock, with their words. */
static enum rc
load_pauses(struct tx *tx, const struct actor *actor, struct why *w)
{
	size_t n = 0, k = 0;
	enum rc rc = case_pause_list(tx, actor, w->id, w->stops, CASE_PAUSES_MAX, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if ((w->stops[i].targets & BIT(w->target)) != 0) {
			w->pauses[k] = (struct clock_pause){ w->stops[i].from_ms, w->stops[i].to_ms };
			w->stops[k++] = w->stops[i];
		}
	w->n_pauses = k;
	return rc;
}

static enum rc
why_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct why *w = argument;
	enum rc rc = request_load(tx, actor, w->id, &w->r);

	if (rc == RC_OK)
		rc = load_clock(tx, actor, w);
	if (rc == RC_OK)
		rc = load_pauses(tx, actor, w);
	return rc == RC_OK && !w->found ? RC_NOT_FOUND : rc;
}

static bool
target_read(struct text key, enum clock_target *ret)
{
	for (int t = TARGET_ACCEPT; t < TARGET_COUNT; t++)
		if (text_equals(key, text_of(target_key((enum clock_target)t)))) {
			*ret = (enum clock_target)t;
			return true;
		}
	return false;
}

/* ---- what it was counted with ----------------------------------------------------------------------------- */

static struct text
due_text(const struct exchange *x, int64_t due_ms)
{
	return due_ms == DUE_NONE ? desk_say(x, T("暂停中，恢复后才能算出")) : desk_when(x, due_ms);
}

static void
put_facts(struct exchange *x, struct html *h, const struct why *w)
{
	const struct case_clock *c = &w->clock;
	struct ui_fact facts[6];
	size_t n = 0;

	facts[n++] = (struct ui_fact){ .label = T("到期日"), .value = due_text(x, w->answer.due_ms) };
	facts[n++] = (struct ui_fact){ .label = T("期限"), .value = clock_rule_words(x->ctx->mem, x->ctx->lang, c->rule) };
	facts[n++] = (struct ui_fact){ .label = T("依据"), .value = c->source };
	facts[n++] = (struct ui_fact){ .label = T("从什么时候起算"), .value = desk_when(x, c->start_ms) };
	if (c->rule.unit != CLOCK_HOUR && c->rule.unit != CLOCK_WORKHOUR)
		facts[n++] = (struct ui_fact){ .label = T("最后一天不上班"),
			.value = desk_say(x, c->rule.roll || c->rule.unit == CLOCK_WORKDAY ? T("顺延到下一个上班的日子") : T("不顺延")) };
	if (c->met_ms != 0)
		facts[n++] = (struct ui_fact){ .label = T("完成"), .value = desk_when(x, c->met_ms) };
	ui_facts(h, facts, n);
}

/* What a reader must know before the days: nothing of it may stand only in a colour. */
static void
put_notices(struct exchange *x, struct html *h, const struct why *w)
{
	if (w->answer.due_ms != w->clock.due_ms) {
		struct text stored = due_text(x, w->clock.due_ms), now = due_text(x, w->answer.due_ms);

		ui_notice(h, UI_LATE, T("和案件上存的到期时间不一样：节假日表或暂停在存下之后变过"),
		    arena_format(x->ctx->mem, "%s %.*s · %s %.*s", msg(x->ctx->lang, T("案件上存的：")),
		        (int)stored.n, stored.p, msg(x->ctx->lang, T("现在重算：")), (int)now.n, now.p));
	}
	if (w->answer.uncertain)
		ui_notice_say(h, UI_SOON, T("未定：节假日表未到这一年"), T("国务院的放假通知公布并导入以后，到期这天可能会变。"));
	if (clock_day_is_missing(w->clock.rule, w->clock.start_ms))
		ui_notice_say(h, UI_INFO, T("那个月没有对应的日子"), T("按月、按年计算时没有对应日的，以月末日为期限的最后一天（民法典第二百零二条）。"));
}

static void
put_pauses(struct exchange *x, struct html *h, const struct why *w)
{
	static const struct ui_column columns[] = { { T("从"), false }, { T("到"), false }, { T("原因"), false } };
	struct ui_table t;

	if (w->n_pauses == 0)
		return;
	ui_table_open(&t, h, T("暂停"), columns, 3);
	for (size_t i = 0; i < w->n_pauses; i++) {
		ui_row_open(&t);
		ui_cell(&t, desk_when(x, w->pauses[i].from_ms));
		if (w->pauses[i].to_ms == 0)
			ui_cell_say(&t, T("还在暂停"));
		else
			ui_cell(&t, desk_when(x, w->pauses[i].to_ms));
		ui_cell(&t, desk_join(x, desk_name(x, w->stops[i].name, w->stops[i].name_en), w->stops[i].words));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- months as a wall calendar ------------------------------------------------------------------------------ */

/* The step a day is shown by: the due one, else one that counts, else any. */
static const struct clock_step *
step_at(const struct why *w, struct day d)
{
	const struct clock_step *ret = NULL;

	for (size_t i = 0; i < w->n; i++) {
		const struct clock_step *s = &w->steps[i];

		if (d.n < s->first.n || d.n > s->last.n)
			continue;
		if (ret == NULL || (s->due && d.n == s->last.n) || (s->kind == STEP_COUNTED && !ret->due))
			ret = s;
	}
	return ret;
}

static void
put_mark(struct html *h, const struct clock_step *s, struct day d)
{
	switch (s->kind) {
	case STEP_START:
		html_say(h, T("起算"));
		break;
	case STEP_COUNTED:
		if (s->n_first > 0)
			html_sayf(h, T("第 %d 天"), s->n_first + d.n - s->first.n);
		else
			html_say(h, T("计入"));
		break;
	case STEP_SKIPPED:
	case STEP_CLOSED:
		html_say(h, T("不计"));
		break;
	case STEP_PAUSED:
	case STEP_WAITING:
		html_say(h, T("暂停"));
		break;
	case STEP_PASSED:
		html_say(h, T("往后"));
		break;
	case STEP_ROLLED:
		html_say(h, T("顺延到"));
		break;
	case STEP_RESUMED:
		html_say(h, T("移到"));
		break;
	case STEP_FOLDED:
		html_raw(h, "…");
		break;
	}
}

static struct text
day_class(const struct why *w, const struct clock_step *s, struct day d)
{
	if (s == NULL)
		return calendar_is_working(w->calendar, d) ? TEXT("out") : TEXT("out off");
	if (s->due && d.n == s->last.n)
		return TEXT("due");
	if (s->kind == STEP_PAUSED || s->kind == STEP_WAITING)
		return TEXT("held");
	if (s->kind == STEP_COUNTED)
		return TEXT("counted");
	return calendar_is_working(w->calendar, d) ? TEXT("in") : TEXT("off");
}

struct why_day { struct exchange *x; const struct why *w; };

static void
put_day(struct html *h, struct day d, void *arg)
{
	struct exchange *x = ((struct why_day *)arg)->x;
	const struct why *w = ((struct why_day *)arg)->w;
	const struct clock_step *s = step_at(w, d);
	const char *name = calendar_name(w->calendar, d);

	html_raw(h, "<td");
	html_attr(h, "class", day_class(w, s, d));
	html_raw(h, "><b>");
	html_int(h, day_to_ymd(d).day);
	html_raw(h, "</b>");
	if (name != NULL || calendar_kind(w->calendar, d) == DAY_HALF) {
		html_raw(h, "<small>");
		html_text(h, clock_day_words(x->ctx->mem, x->ctx->lang, calendar_kind(w->calendar, d), name));
		html_raw(h, "</small>");
	}
	if (s != NULL) {
		html_raw(h, "<small>");
		put_mark(h, s, d);
		html_raw(h, "</small>");
		if (s->due && d.n == s->last.n) {
			html_raw(h, "<strong>");
			html_say(h, T("到期"));
			html_raw(h, "</strong>");
		}
	}
	html_raw(h, "</td>");
}

static void
put_months(struct exchange *x, struct html *h, const struct why *w)
{
	struct day from = w->steps[0].first, to = w->steps[w->n - 1].last;
	struct ymd a = day_to_ymd(from), b = day_to_ymd(to);
	int months = (b.year - a.year) * 12 + b.month - a.month + 1;

	if (months > MONTHS_MAX)
		return;
	from = day_add(from, 1 - a.day);
	html_raw(h, "<div class=\"months\">");
	for (int i = 0; i < months; i++)
		ui_month(h, day_add_months(from, i), put_day, &(struct why_day){ x, w });
	html_raw(h, "</div>");
}

/* ---- the same in words ------------------------------------------------------------------------------------------ */

static struct text
span_text(const struct exchange *x, const struct clock_step *s)
{
	char a[16], b[16];
	struct text first = day_print(s->first, a), last = day_print(s->last, b);

	if (s->first.n == s->last.n)
		return arena_format(x->ctx->mem, "%.*s %s", (int)first.n, first.p,
		    msg(x->ctx->lang, ui_weekday_label(s->first)));
	return arena_format(x->ctx->mem, "%.*s %s – %.*s %s", (int)first.n, first.p,
	    msg(x->ctx->lang, ui_weekday_label(s->first)), (int)last.n, last.p,
	    msg(x->ctx->lang, ui_weekday_label(s->last)));
}

static void
put_steps(struct exchange *x, struct html *h, const struct why *w)
{
	static const struct ui_column columns[] = {
		{ T("日子"), false }, { T("日历上"), false }, { T("怎么算"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("一天一天怎么算的"), columns, 3);
	for (size_t i = 0; i < w->n; i++) {
		const struct clock_step *s = &w->steps[i];
		bool plain = w->clock.rule.unit == CLOCK_HOUR || s->kind == STEP_FOLDED;

		ui_row_open(&t);
		ui_cell(&t, span_text(x, s));
		ui_cell(&t, plain ? TEXT("—") : clock_day_words(x->ctx->mem, x->ctx->lang, s->day, s->name));
		ui_cell(&t, clock_step_words(x->ctx->mem, x->ctx->lang, s, w->clock.rule, -1));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_back(struct exchange *x, struct html *h, struct case_id id)
{
	html_raw(h, "<p><a data-back");
	html_attr(h, "href", desk_case_path(x, id, ""));
	html_raw(h, ">");
	html_say(h, T("回案件"));
	html_raw(h, " <kbd>Esc</kbd></a></p>");
}

enum rc
why_page(struct exchange *x)
{
	struct why *w = ARENA_NEW(x->ctx->mem, struct why);
	struct html h = frame_html(x);
	enum rc rc;

	if (w == NULL || (w->steps = arena_array(x->ctx->mem, STEPS_MAX, sizeof *w->steps)) == NULL)
		return RC_NO_MEMORY;
	rc = http_segment_id(x, "id", &w->id.n);
	if (rc == RC_OK && !target_read(http_segment(x, "target"), &w->target))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = db_read(x->ctx, why_tx, w);
	if (rc != RC_OK)
		return rc;
	w->calendar = holidays_current();
	w->n = clock_explain(w->calendar, w->clock.rule, w->clock.start_ms, w->pauses, w->n_pauses, x->ctx->now_ms,
	    w->steps, STEPS_MAX, &w->answer);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("为什么是这一天"), .area = FRAME_QUEUE });
	ui_title(&h, T("为什么是这一天"), desk_join(x, w->r.number, desk_say(x, target_label(w->target))));
	put_back(x, &h, w->id);
	put_notices(x, &h, w);
	put_facts(x, &h, w);
	put_pauses(x, &h, w);
	put_months(x, &h, w);
	put_steps(x, &h, w);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
