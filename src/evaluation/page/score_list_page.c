/* Scores of a county's advisers, or an adviser's own; the same to take away; closing a period. */
#include "evaluation/page/score_page_internal.h"

#include "kit/csv/csv.h"
#include "kit/xlsx/xlsx.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

#define OWN_MAX 40
#define ANSWERS_MAX 60

struct close_values { struct place place; int64_t period; };
static const struct field close_fields[] = {
	{ .key = "place", .kind = FIELD_PLACE, .label = T("哪个县（市、区）"), .required = true, .offset = offsetof(struct close_values, place) },
	{ .key = "period", .kind = FIELD_INT, .label = T("哪一期"), .required = true, .min = 20000, .max = 21994,
	  .offset = offsetof(struct close_values, period) },
};
const struct form score_close_form = FORM_OF("score.close", T("定分"), close_fields, struct close_values);

struct listing { struct place within; int period; bool own; struct score *v; size_t n; struct score_own mine[OWN_MAX]; struct score_to_answer ask[ANSWERS_MAX];
	size_t n_ask; struct score_waiting wait[ANSWERS_MAX]; size_t n_wait; };

/* An adviser's own contracts that hold in the period. */
static enum rc
own_tx(struct tx *tx, const struct actor *actor, struct listing *l)
{
	struct day first, last;
	size_t n = 0;
	enum rc rc = score_mine(tx, actor, l->mine, OWN_MAX, &n);

	if (rc != RC_OK || !score_period_days(l->period, &first, &last))
		return rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (l->mine[i].from.n <= last.n && l->mine[i].to.n >= first.n) {
			rc = score_load(tx, actor, l->mine[i].contract, l->period, &l->v[l->n]);
			l->n += rc == RC_OK;
		}
	return rc;
}

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct listing *l = arg;

	enum rc rc = RC_OK;

	l->n = l->n_ask = l->n_wait = 0;
	if (l->own) /* who works in a village has no score, but is asked for a word about one */
		rc = score_to_answer(tx, actor, l->period, l->ask, ANSWERS_MAX, &l->n_ask);
	else
		rc = score_waiting(tx, actor, l->within, l->period, l->wait, ANSWERS_MAX, &l->n_wait);
	if (rc != RC_OK)
		return rc;
	return l->own ? own_tx(tx, actor, l) : score_list(tx, actor, l->within, l->period, l->v, SCORE_CONTRACTS_MAX, &l->n);
}

static enum rc
listing_read(struct exchange *x, struct listing *l)
{
	const struct actor *a = x->ctx->actor;

	l->within = score_place_query(x);
	l->period = score_period_query(x);
	l->own = !actor_may(a, RIGHT_ADVISORS) && !actor_may(a, RIGHT_FIGURES);
	l->v = arena_array(x->ctx->mem, SCORE_CONTRACTS_MAX, sizeof *l->v);
	return l->v == NULL ? RC_NO_MEMORY : db_read(x->ctx, listing_tx, l);
}

/* ---- the page -------------------------------------------------------------------------------------------------------------- */

struct sums { int64_t closed, open, measured, total, due, county, town, low; };

static struct sums
sums_of(const struct listing *l)
{
	struct sums s = { .closed = 0 };

	for (size_t i = 0; i < l->n; i++) {
		const struct score *v = &l->v[i];

		if (v->marks.total >= 0) {
			s.measured++;
			s.total += v->marks.total;
		}
		s.open += v->closed.id == 0;
		if (v->closed.id == 0)
			continue; /* a preview of a period that still runs: nobody owes anything for it, and nobody has failed */
		s.closed++;
		s.due += v->pay.due;
		s.county += v->pay.county;
		s.town += v->pay.town;
		s.low += v->marks.total >= 0 && v->marks.total < v->scheme->renew;
	}
	return s;
}

static void
put_sums(struct exchange *x, struct html *h, const struct sums *s)
{
	ui_stats(h, (const struct ui_stat[]){
	    { T("合同"), qp_int(x, s->closed + s->open), T("份"), qp_sayn(x, T("%lld 份已定分"), s->closed), TEXT_NONE, UI_PLAIN },
	    { T("平均分"), score_points(x, s->measured > 0 ? s->total / s->measured : -1), T("分"), TEXT_NONE, TEXT_NONE, UI_PLAIN },
	    { T("低于续签线"), qp_int(x, s->low), T("份"), TEXT_NONE, TEXT_NONE, s->low > 0 ? UI_LATE : UI_OK },
	    { T("应付经费"), score_yuan(x, s->due), T("元"), arena_format(x->ctx->mem, "%s %.*s · %s %.*s", msg(x->ctx->lang, T("县级")),
	        (int)score_yuan(x, s->county).n, score_yuan(x, s->county).p, msg(x->ctx->lang, T("镇级")), (int)score_yuan(x, s->town).n,
	        score_yuan(x, s->town).p), TEXT_NONE, UI_PLAIN } }, 4);
}

/* Grades as the scheme of the period names them, each with its number. */
static void
put_grades(struct exchange *x, struct html *h, const struct listing *l, struct text grade)
{
	struct ui_chip chips[SCORE_GRADES + 1];
	size_t n = 0;

	if (l->n == 0 || l->own)
		return;
	chips[n++] = (struct ui_chip){ .label = T("全部"), .count = (int64_t)l->n, .on = grade.n == 0,
		.href = arena_format(x->ctx->mem, "/desk/advisors/scores?place=%012lld&period=%d", (long long)l->within.code, l->period) };
	for (size_t g = 0; g < l->v[0].scheme->n_grades; g++) {
		struct text name = text_of(l->v[0].scheme->grade[g].name);
		int64_t many = 0;

		for (size_t i = 0; i < l->n; i++)
			many += text_equals(score_grade_name(x, &l->v[i]), name);
		chips[n] = (struct ui_chip){ .text = name, .count = many, .on = text_equals(grade, name), .href = arena_format(x->ctx->mem,
		    "/desk/advisors/scores?place=%012lld&period=%d&grade=%d", (long long)l->within.code, l->period, (int)g) };
		n++;
	}
	ui_chips(h, T("等次"), chips, n);
}

static void
put_row(struct exchange *x, struct ui_table *t, const struct score *s)
{
	ui_row_open(t);
	ui_cell_link(t, score_path(x, s->contract, s->facts.period, ""), region_name(s->village));
	ui_cell(t, qp_join(x, s->name, s->firm));
	ui_cell(t, score_points(x, s->marks.total));
	ui_cell(t, score_grade_name(x, s));
	ui_cell(t, s->marks.grade < 0 ? TEXT("–") : score_yuan(x, s->pay.due));
	if (s->closed.id == 0)
		ui_cell_say(t, T("预览"));
	else
		ui_cell(t, arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, s->closed.version > 1 ? T("已更正") : T("已定分")),
		    (int)qp_day(x, day_of_moment(s->closed.at_ms)).n, qp_day(x, day_of_moment(s->closed.at_ms)).p));
	ui_row_close(t);
}

static void
put_rows(struct exchange *x, struct html *h, const struct listing *l, int64_t grade)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("法律顾问"), false }, { T("得分"), true }, { T("等次"), false },
		{ T("应付（元）"), true }, { T("状态"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("法律顾问评估"), columns, 6);
	for (size_t i = 0; i < l->n; i++)
		if (grade < 0 || l->v[i].marks.grade == grade)
			put_row(x, &t, &l->v[i]);
	ui_table_close(&t);
}

static void
put_asked(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("法律顾问"), false } };
	struct ui_table t;

	if (l->n_ask == 0)
		return;
	ui_table_open(&t, h, T("请村（社区）说一说，点几下就好"), columns, 2);
	for (size_t i = 0; i < l->n_ask; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, score_path(x, l->ask[i].contract, l->period, "/answer"), region_name(l->ask[i].village));
		ui_cell(&t, l->ask[i].name);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* Appeals that somebody else than who closed the score is to decide. */
static void
put_waiting(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("法律顾问"), false }, { T("哪一项"), false }, { T("什么时候"), false },
		{ T("谁来决定"), false } };
	struct ui_table t;

	if (l->n_wait == 0)
		return;
	ui_table_open(&t, h, T("等待决定的申诉"), columns, 5);
	for (size_t i = 0; i < l->n_wait; i++) {
		const struct score_waiting *w = &l->wait[i];

		ui_row_open(&t);
		ui_cell_link(&t, score_path(x, w->contract, l->period, ""), region_name(w->village));
		ui_cell(&t, w->name);
		ui_cell_say(&t, score_item_label(w->item));
		ui_cell(&t, qp_when(x, w->at_ms));
		ui_cell_say(&t, w->closer == x->ctx->actor->account ? T("您定的分，请另一个人") : T("您可以决定"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* An adviser is told until when the score can be appealed. */
static void
put_told(struct exchange *x, struct html *h, const struct listing *l)
{
	for (size_t i = 0; l->own && i < l->n; i++) {
		const struct score *s = &l->v[i];
		struct day last;

		if (s->closed.id == 0)
			continue;
		last = score_appeal_last(s->scheme, s->closed.at_ms);
		if (day_of_moment(x->ctx->now_ms).n <= last.n)
			ui_notice(h, UI_INFO, T("定分了，可以申诉"), qp_join(x, region_name(s->village), arena_format(x->ctx->mem, "%s %.*s",
			    msg(x->ctx->lang, T("申诉到")), (int)qp_day(x, last).n, qp_day(x, last).p)));
	}
}

static void
put_close(struct exchange *x, struct html *h, const struct listing *l, int64_t open)
{
	if (l->own || open == 0 || !actor_may(x->ctx->actor, RIGHT_ADVISORS) || !place_range_has(x->ctx->actor->places, l->within))
		return;
	ui_section_open(h, T("定分"));
	ui_paragraph(h, T("定分以后，每一份的记录、办法和得分都存下来，不再变；顾问看得到，可以申诉。还没有定分的一起定。"));
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/advisors/scores/close"), .csrf = x->csrf, .key = qp_key(x) });
	ui_hidden(h, "place", arena_format(x->ctx->mem, "%012lld", (long long)l->within.code));
	ui_hidden(h, "period", qp_int(x, l->period));
	ui_form_buttons(h, T("这一期定分"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_ways(struct exchange *x, struct html *h, const struct listing *l)
{
	html_raw(h, "<p class=\"tools\">");
	ui_link(h, TEXT("/desk/advisors"), T("村（社区）法律顾问"));
	html_raw(h, " ");
	ui_link(h, TEXT("/desk/texts/score/" SCORE_SHEET_NAME), T("评估办法"));
	if (actor_may(x->ctx->actor, RIGHT_ADVISORS)) {
		html_raw(h, " ");
		ui_link(h, arena_format(x->ctx->mem, "/desk/advisors/scores/findings?place=%012lld&period=%d", (long long)l->within.code, l->period),
		    T("要人看的记录"));
	}
	html_raw(h, " ");
	ui_link(h, arena_format(x->ctx->mem, "/desk/advisors/scores.csv?place=%012lld&period=%d", (long long)l->within.code, l->period), T("导出 CSV"));
	html_raw(h, " ");
	ui_link(h, arena_format(x->ctx->mem, "/desk/advisors/scores.xlsx?place=%012lld&period=%d", (long long)l->within.code, l->period),
	    T("导出 Excel"));
	html_raw(h, "</p>");
}

static enum rc
listing_show(struct exchange *x, struct listing *l, struct text why)
{
	struct html h = frame_html(x);
	struct sums s = sums_of(l);
	int64_t grade = -1;

	if (int64_parse(qp_query(x, "grade"), 0, SCORE_GRADES - 1, &grade) != RC_OK || l->n == 0
	    || (size_t)grade >= l->v[0].scheme->n_grades)
		grade = -1;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律顾问评估"), .area = FRAME_ADVISORS });
	ui_title(&h, l->own && l->n_ask == 0 ? T("我的评估") : T("法律顾问评估"), qp_join(x, l->own ? TEXT_NONE : region_name(l->within),
	    score_period_text(x->ctx->mem, x->ctx->lang, l->period)));
	put_ways(x, &h, l);
	if (qp_query(x, "closed").n > 0)
		ui_notice_say(&h, UI_OK, NULL, T("已定分。"));
	score_trouble_put(x, &h, why);
	score_chips(x, &h, l->within, l->period, "/desk/advisors/scores");
	put_told(x, &h, l);
	put_waiting(x, &h, l);
	put_asked(x, &h, l);
	if (l->n == 0 && l->n_ask == 0)
		ui_empty(&h, l->own ? T("这一期没有您的合同") : T("这里这一期没有法律顾问合同"), T("换一期或换一个地方看。"), TEXT("/desk/advisors"),
		    T("村（社区）法律顾问"));
	else if (l->n > 0) {
		put_sums(x, &h, &s);
		put_grades(x, &h, l, grade < 0 ? TEXT_NONE : text_of(l->v[0].scheme->grade[grade].name));
		put_rows(x, &h, l, grade);
		put_close(x, &h, l, s.open);
	}
	ui_paragraph(&h, T("分值、等次、补贴比例和县镇分担比例都是拟的，未核实：市里另写一版评估办法并审定以后，从施行的那一期起按新的算。"));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
score_list_get(struct exchange *x)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	enum rc rc = l == NULL ? RC_NO_MEMORY : listing_read(x, l);

	return rc == RC_OK ? listing_show(x, l, TEXT_NONE) : rc;
}

enum rc
score_close_post(struct exchange *x)
{
	const struct close_values *in = x->values;
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct text why = TEXT_NONE;
	int64_t n = 0;
	enum rc rc = l == NULL ? RC_NO_MEMORY : x->form_rc;

	if (rc == RC_OK)
		rc = score_close(x->ctx, frame_idem_key(x), in->place, (int)in->period, &x->findings, &n);
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/advisors/scores?place=%012lld&period=%lld&closed=%lld",
		    (long long)in->place.code, (long long)in->period, (long long)n));
		return RC_OK;
	}
	if (l == NULL || !score_trouble(x, rc, T("刚才有人改过了，没有覆盖任何东西。"), &why))
		return rc;
	rc = listing_read(x, l);
	if (rc == RC_OK && x->form_rc == RC_OK) { /* the address says neither */
		struct day first, last;

		l->within = in->place;
		l->period = score_period_days((int)in->period, &first, &last) ? (int)in->period : l->period;
		rc = db_read(x->ctx, listing_tx, l);
	}
	return rc == RC_OK ? listing_show(x, l, why) : rc;
}

/* ---- to take away ------------------------------------------------------------------------------------------------------------ */

static const char *const heads[] = { T("村（社区）区划代码"), T("村（社区）"), T("法律顾问"), T("机构"), T("哪一期"), T("得分"), T("等次"), T("状态"),
	T("应付（元）"), T("县级（元）"), T("镇级（元）") };

struct out { struct buf *b; struct xlsx *book; size_t at; };

static void
out_cell(struct out *o, struct text t)
{
	if (o->book != NULL) {
		xlsx_text(o->book, t);
		return;
	}
	if (o->at++ > 0)
		csv_comma(o->b);
	csv_cell(o->b, t);
}

static void
out_end(struct out *o)
{
	o->at = 0;
	if (o->book != NULL)
		xlsx_row(o->book);
	else
		csv_line(o->b);
}

static void
out_row(const struct exchange *x, struct out *o, const struct score *s)
{
	out_cell(o, arena_format(x->ctx->mem, "%012lld", (long long)s->village.code));
	out_cell(o, region_path(s->village));
	out_cell(o, s->name);
	out_cell(o, s->firm);
	out_cell(o, score_period_text(x->ctx->mem, x->ctx->lang, s->facts.period));
	out_cell(o, score_points(x, s->marks.total));
	out_cell(o, score_grade_name(x, s));
	out_cell(o, qp_say(x, s->closed.id != 0 ? T("已定分") : T("预览")));
	out_cell(o, score_yuan(x, s->pay.due));
	out_cell(o, score_yuan(x, s->pay.county));
	out_cell(o, score_yuan(x, s->pay.town));
	for (int i = 0; i < SCORE_ITEMS; i++)
		out_cell(o, s->marks.item[i].measured ? score_points(x, s->marks.item[i].got) : TEXT("–"));
	out_end(o);
}

static enum rc
out_write(struct exchange *x, struct out *o)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	enum rc rc = l == NULL ? RC_NO_MEMORY : listing_read(x, l);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		out_cell(o, qp_say(x, heads[i]));
	for (int i = 0; i < SCORE_ITEMS; i++)
		out_cell(o, qp_say(x, score_item_label((enum score_item)i)));
	out_end(o);
	for (size_t i = 0; i < l->n; i++)
		out_row(x, o, &l->v[i]);
	return RC_OK;
}

enum rc
score_csv_get(struct exchange *x)
{
	struct out o = { .b = &x->out->body };
	enum rc rc;

	x->out->type = "text/csv; charset=utf-8";
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"advisor-scores.csv\""));
	csv_mark(o.b);
	rc = out_write(x, &o);
	return rc == RC_OK ? buf_rc(o.b) : rc;
}

enum rc
score_xlsx_get(struct exchange *x)
{
	struct out o = { .book = NULL };
	enum rc rc = xlsx_open(&o.book);

	if (rc == RC_OK) {
		xlsx_sheet(o.book, qp_say(x, T("法律顾问评估")));
		rc = out_write(x, &o);
	}
	if (rc == RC_OK) {
		x->out->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
		http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"advisor-scores.xlsx\""));
		return xlsx_close(o.book, &x->out->body);
	}
	xlsx_free(o.book);
	return rc;
}
