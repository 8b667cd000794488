/* Supervision: what is late, by whom; bad grades and what became of them. */
#include "evaluation/page/page.h"

#include "evaluation/review/review.h"
#include "evaluation/statistics/statistics.h"
#include "kit/msg/msg.h"
#include "operations/dutylog/dutylog_alarm.h"
#include "standards/region/region.h"
#include "supply/frame/frame.h"

#define HOLDERS 60
#define PRESSING 20
#define FOLLOW_UPS 50
#define GAPS 60

struct board {
	struct late_row holders[HOLDERS];
	struct queue_row pressing[PRESSING];
	struct follow_up mine[FOLLOW_UPS], area[FOLLOW_UPS];
	struct dutylog_alarm gap[GAPS];
	size_t n_holders, n_pressing, n_mine, n_area, n_gaps;
};

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;
	struct queue_filter f = { .kind = queue_kind_of(actor), .place = { actor->places.lo }, .due_last_ms = DUE_NONE,
		.most = PRESSING };
	enum rc rc = late_by_holder(tx, actor, b->holders, HOLDERS, &b->n_holders);

	if (rc == RC_OK)
		rc = request_queue(tx, actor, &f, b->pressing, &b->n_pressing);
	if (rc == RC_OK)
		rc = follow_up_mine(tx, actor, b->mine, FOLLOW_UPS, &b->n_mine);
	if (rc == RC_OK)
		rc = dutylog_alarms(tx, actor, b->gap, GAPS, &b->n_gaps);
	return rc == RC_OK ? follow_up_area(tx, actor, b->area, FOLLOW_UPS, &b->n_area) : rc;
}

static struct text
when(struct exchange *x, int64_t at_ms)
{
	char s[32];

	return at_ms == DUE_NONE ? TEXT_NONE : arena_text(x->ctx->mem, moment_print(at_ms, s));
}

static struct text
number(struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

static enum ui_lamp
due_lamp(int64_t due_ms, int64_t now_ms)
{
	if (due_ms == DUE_NONE)
		return LAMP_PAUSED;
	return due_ms < now_ms ? LAMP_LATE : due_ms < now_ms + request_lights().near_ms ? LAMP_SOON : LAMP_NORMAL;
}

static void
tiles(struct exchange *x, struct html *h, const struct board *b)
{
	int64_t open = 0, late = 0, soon = 0, late_follow = 0;
	struct text near = arena_format(x->ctx->mem, "%lld %s", (long long)(request_lights().near_ms / INT64_C(3600000)),
	    msg(x->ctx->lang, T("小时之内")));

	for (size_t i = 0; i < b->n_holders; i++) {
		open += b->holders[i].open;
		late += b->holders[i].late;
		soon += b->holders[i].soon;
	}
	for (size_t i = 0; i < b->n_area; i++)
		late_follow += b->area[i].due_ms < x->ctx->now_ms;
	ui_stats(h, (const struct ui_stat[]){
	    { T("逾期"), number(x, late), T("件"), TEXT_NONE, TEXT("/desk?list=area&light=late"), late > 0 ? UI_LATE : UI_OK },
	    { T("快到期"), number(x, soon), T("件"), near, TEXT("/desk?list=area&light=soon"), soon > 0 ? UI_SOON : UI_OK },
	    { T("在办"), number(x, open), T("件"), TEXT_NONE, TEXT("/desk?list=area"), UI_PLAIN },
	    { T("差评回访未办"), number(x, (int64_t)b->n_area), T("件"),
	        arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, T("其中逾期")), (long long)late_follow), TEXT_NONE,
	        late_follow > 0 ? UI_LATE : UI_PLAIN },
	}, 4);
}

static void
holders_table(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("承办人"), false }, { T("单位"), false }, { T("逾期"), true },
		{ T("快到期"), true }, { T("在办"), true }, { T("最早的期限"), false } };
	struct ui_table t;

	ui_section_open(h, T("谁手上有逾期"));
	ui_table_open(&t, h, T("按承办人"), columns, 6);
	for (size_t i = 0; i < b->n_holders; i++) {
		const struct late_row *r = &b->holders[i];

		ui_row_open(&t);
		ui_cell(&t, r->name);
		ui_cell(&t, r->point_name);
		ui_cell_int(&t, r->late);
		ui_cell_int(&t, r->soon);
		ui_cell_int(&t, r->open);
		ui_cell_lamp(&t, due_lamp(r->oldest_due_ms, x->ctx->now_ms), when(x, r->oldest_due_ms));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

/* Gaps of rosters, before they happen: who is to see to them, and how far it has come. */
static void
gaps_table(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("哪里"), false }, { T("缺什么"), false }, { T("哪一天"), false }, { T("到哪一步"), false },
		{ T("谁去补"), false }, { T("报给谁"), false } };
	struct ui_table t;
	char day[16];

	if (b->n_gaps == 0)
		return;
	ui_section_open(h, T("值班缺口"));
	ui_table_open(&t, h, T("还没有补上的，日子近的在前"), columns, 6);
	for (size_t i = 0; i < b->n_gaps; i++) {
		const struct dutylog_alarm *a = &b->gap[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/roster/gaps?month=%d", a->month), region_path(a->place));
		ui_cell(&t, arena_format(x->ctx->mem, "%d-%02d %s", a->month / 100, a->month % 100, msg(x->ctx->lang, dutylog_alarm_label(a->kind))));
		ui_cell(&t, arena_text(x->ctx->mem, day_print(a->due, day)));
		ui_cell_open(&t);
		ui_tag(t.h, a->step == SUPERVISE_WARNING ? UI_SOON : UI_LATE, arena_format(x->ctx->mem, "%s %.*s",
		    msg(x->ctx->lang, supervise_step_label(a->step)), (int)when(x, a->step_ms).n, when(x, a->step_ms).p));
		ui_cell_close(&t);
		ui_cell(&t, a->planner_name);
		ui_cell(&t, a->step >= SUPERVISE_REMINDER ? a->director_name : TEXT("—"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

/* A box that names its case; nobody orders what they do themselves. */
static void
tick(struct exchange *x, struct ui_table *t, const struct queue_row *r)
{
	ui_cell_open(t);
	if (r->holder != x->ctx->actor->account) {
		html_raw(t->h, "<input type=\"checkbox\" name=\"case\"");
		html_attr(t->h, "value", number(x, r->id.n));
		html_attr(t->h, "aria-label", r->number);
		html_raw(t->h, ">");
	}
	ui_cell_close(t);
}

static void
pressing_table(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("督办"), false }, { T("编号"), false }, { T("事情"), false },
		{ T("承办人"), false }, { T("状态"), false }, { T("期限"), false } };
	struct ui_table t;

	ui_section_open(h, T("最紧迫的"));
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/orders/new"), .get = true });
	ui_table_open(&t, h, T("期限最近的 20 件"), columns, 6);
	for (size_t i = 0; i < b->n_pressing; i++) {
		const struct queue_row *r = &b->pressing[i];

		ui_row_open(&t);
		tick(x, &t, r);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld", (long long)r->id.n), r->number);
		ui_cell(&t, r->subject);
		ui_cell(&t, r->holder_name);
		ui_cell_say(&t, request_state_label(r->state));
		ui_cell_lamp(&t, (enum ui_lamp)request_light(request_lights(), r->start_ms, r->due_ms, true, x->ctx->now_ms), when(x, r->due_ms));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_form_buttons(h, T("给勾选的下达督办单"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

/* Somebody who has left answers for nothing: it waits for whoever takes it. */
static struct text
director_words(const struct exchange *x, const struct follow_up *f)
{
	return f->free && f->done_ms == 0 ? text_of(msg(x->ctx->lang, T("待认领"))) : f->director_name;
}

static void
follow_ups_table(struct exchange *x, struct html *h, const char *title, const struct follow_up *v, size_t n)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("评价"), false }, { T("求助人的话"), false },
		{ T("承办人"), false }, { T("回访人"), false }, { T("期限"), false } };
	struct ui_table t;

	ui_section_open(h, title);
	if (n == 0) {
		ui_paragraph(h, T("没有待办的差评回访。"));
		ui_section_close(h);
		return;
	}
	ui_table_open(&t, h, title, columns, 6);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/follow-up/%lld", (long long)v[i].id), v[i].number);
		ui_cell_say(&t, grade_label(v[i].grade));
		ui_cell(&t, v[i].comment);
		ui_cell(&t, v[i].handler_name);
		ui_cell(&t, director_words(x, &v[i]));
		ui_cell_lamp(&t, due_lamp(v[i].due_ms, x->ctx->now_ms), when(x, v[i].due_ms));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

enum rc
supervise_get(struct exchange *x)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	struct html h = frame_html(x);
	enum rc rc = b != NULL ? db_read(x->ctx, board_tx, b) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("督办"), .area = FRAME_SUPERVISE });
	ui_title(&h, T("督办"), TEXT_NONE);
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/desk/complaints"), T("投诉"), false);
	html_raw(&h, " ");
	ui_button_link(&h, TEXT("/desk/orders"), T("督办台账"), false);
	html_raw(&h, " ");
	ui_button_link(&h, TEXT("/desk/supervise/rules"), T("督办规则"), false);
	html_raw(&h, "</p>");
	tiles(x, &h, b);
	follow_ups_table(x, &h, T("由我回访的差评"), b->mine, b->n_mine);
	gaps_table(x, &h, b);
	holders_table(x, &h, b);
	pressing_table(x, &h, b);
	rc = point_board(x, &h);
	if (rc != RC_OK)
		return rc;
	follow_ups_table(x, &h, T("辖区内的差评回访"), b->area, b->n_area);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one follow-up ------------------------------------------------------------------------------------ */

struct follow_up_values { int finding; struct text words; int64_t revision; };

static const struct choice findings_choices[] = {
	{ FOLLOW_FIXED, "fixed", T("情况清楚、诉求合理，已立行立改") },
	{ FOLLOW_EXPLAINED, "explained", T("情况复杂，已说明并列入台账限期整改") },
	{ FOLLOW_NO_BASIS, "no_basis", T("诉求缺乏法定依据，已解释说明") },
	{ FOLLOW_MISTAKEN, "mistaken", T("误评或恶意评价，经核实不计入") },
	{ 0, NULL, NULL },
};
static const struct field follow_up_fields[] = {
	{ "finding", FIELD_CHOICE, T("核实结果"), NULL, true, 0, 0, findings_choices, offsetof(struct follow_up_values, finding), NULL },
	{ "words", FIELD_PARAGRAPH, T("做了什么"), T("求助人会在进度页看到这段话"), true, 4, 2000, NULL,
	    offsetof(struct follow_up_values, words), NULL },
	{ "revision", FIELD_KEY, T("版本"), NULL, true, 0, INT64_MAX, NULL, offsetof(struct follow_up_values, revision), NULL },
};
const struct form follow_up_form = FORM_OF("evaluation.follow_up", T("差评回访"), follow_up_fields, struct follow_up_values);

struct take_values { int64_t revision; };
static const struct field take_fields[] = {
	{ "revision", FIELD_KEY, T("版本"), NULL, true, 0, INT64_MAX, NULL, offsetof(struct take_values, revision), NULL },
};
const struct form follow_up_take_form = FORM_OF("evaluation.follow_up_take", T("认领差评回访"), take_fields, struct take_values);

struct one_arg { int64_t id; struct follow_up f; };

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct one_arg *a = arg;

	return follow_up_load(tx, actor, a->id, &a->f);
}

static void
one_facts(struct exchange *x, struct html *h, const struct follow_up *f)
{
	const struct ui_fact facts[] = {
		{ T("评价"), text_of(msg(x->ctx->lang, grade_label(f->grade))), TEXT_NONE },
		{ T("求助人的话"), f->comment, TEXT_NONE },
		{ T("事情"), f->subject, arena_format(x->ctx->mem, "/desk/request/%lld", (long long)f->request.n) },
		{ T("承办人"), f->handler_name, TEXT_NONE },
		{ T("回访人"), director_words(x, f), TEXT_NONE },
		{ T("期限"), when(x, f->due_ms), TEXT_NONE },
		{ T("办理时间"), f->done_ms != 0 ? when(x, f->done_ms) : TEXT_NONE, TEXT_NONE },
		{ T("核实结果"), f->done_ms != 0 ? text_of(msg(x->ctx->lang, finding_label(f->finding))) : TEXT_NONE, TEXT_NONE },
		{ T("做了什么"), f->words, TEXT_NONE },
	};

	ui_facts(h, facts, f->done_ms != 0 ? 9 : 6);
}

static enum rc
one_show(struct exchange *x, const char *trouble)
{
	struct one_arg a = { .id = 0 };
	struct html h = frame_html(x);
	enum rc rc = http_segment_id(x, "id", &a.id);

	if (rc == RC_OK)
		rc = db_read(x->ctx, one_tx, &a);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("差评回访"), .area = FRAME_SUPERVISE });
	ui_title(&h, T("差评回访"), a.f.number);
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有保存"), trouble);
	one_facts(x, &h, &a.f);
	if (a.f.done_ms == 0 && a.f.director == x->ctx->actor->account) {
		ui_error_summary(&h, &follow_up_form, &x->findings);
		ui_form_open(&h, &(struct ui_form){ .action = x->in->path, .csrf = x->csrf, .key = frame_key_text(x) });
		ui_form_field(&h, &follow_up_form, "finding", &x->typed, &x->findings);
		ui_form_field(&h, &follow_up_form, "words", &x->typed, &x->findings);
		ui_hidden(&h, "revision", arena_format(x->ctx->mem, "%lld", (long long)a.f.revision));
		ui_form_buttons(&h, T("保存回访结果"), TEXT("/desk/supervise"));
		ui_form_close(&h);
	}
	if (a.f.free && a.f.done_ms == 0 && place_range_has(x->ctx->actor->places, a.f.place)) {
		ui_paragraph(&h, T("没有可以指派的人，期限照算。没有办过这件事的负责人都可以认领。"));
		ui_form_open(&h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/follow-up/%lld/take", (long long)a.f.id),
		    .csrf = x->csrf, .key = frame_key_text(x) });
		ui_hidden(&h, "revision", arena_format(x->ctx->mem, "%lld", (long long)a.f.revision));
		ui_form_buttons(&h, T("由我回访"), TEXT("/desk/supervise"));
		ui_form_close(&h);
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
follow_up_get(struct exchange *x)
{
	return one_show(x, NULL);
}

enum rc
follow_up_post(struct exchange *x)
{
	const struct follow_up_values *v = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK && x->form_rc != RC_OK) {
		x->out->status = 422;
		return one_show(x, T("请改正下面标出的地方"));
	}
	if (rc == RC_OK)
		rc = follow_up_do(x->ctx, frame_idem_key(x), id, v->revision, (enum finding_kind)v->finding, v->words);
	if (rc == RC_CONFLICT) {
		x->out->status = 409;
		return one_show(x, T("这条回访已被改动，下面是现在的内容；您写的还在"));
	}
	if (rc == RC_DUPLICATE) {
		x->out->status = 409;
		return one_show(x, T("这条回访以前已经提交过，这次改动的内容没有再记；您写的还在"));
	}
	if (rc == RC_OK)
		http_redirect(x->out, TEXT("/desk/supervise"));
	return rc;
}

enum rc
follow_up_take_post(struct exchange *x)
{
	const struct take_values *v = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK && x->form_rc != RC_OK)
		return x->form_rc;
	if (rc == RC_OK)
		rc = follow_up_take(x->ctx, frame_idem_key(x), id, v->revision);
	if (rc == RC_CONFLICT) {
		x->out->status = 409;
		return one_show(x, T("这条回访已经有人认领或已经办完，下面是现在的内容"));
	}
	if (rc == RC_FORBIDDEN) {
		x->out->status = 403;
		return one_show(x, T("办过这件事的人不能回访自己的差评"));
	}
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/follow-up/%lld", (long long)id));
	return rc;
}
