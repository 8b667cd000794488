/* The quality of one case: its evaluations with marks, what the handling person says, what is put right, and the voices. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"

#include <limits.h>

static const struct choice deed_choices[] = {
	{ QP_STATE, "state", T("陈述意见") }, { QP_UPHOLD, "uphold", T("定分") }, { QP_AGAIN, "again", T("再请一位专家评") }, { QP_DROP, "drop", T("不评了") },
	{ QP_ORDER, "order", T("要求整改") }, { QP_ANSWER, "answer", T("报告整改") }, { QP_ACCEPT, "accept", T("认可整改") },
	{ QP_REDO, "redo", T("退回再整改") }, { QP_MORE, "more", T("补抽专家") }, { 0, NULL, NULL },
};
#define V(member) offsetof(struct qp_deed, member)
static const struct field deed_fields[] = {
	{ .key = "file", .kind = FIELD_KEY, .label = T("评查"), .required = true, .max = INT64_MAX, .offset = V(file) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = V(revision) },
	{ .key = "deed", .kind = FIELD_CHOICE, .label = T("做什么"), .required = true, .choices = deed_choices, .offset = V(deed) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("理由和说明"), .max = QUALITY_WORDS_MAX, .offset = V(words) },
	{ .key = "due", .kind = FIELD_DAY, .label = T("最晚哪一天整改完"), .min = 1, .max = 180, .offset = V(due) },
};
const struct form quality_deed_form = FORM_OF("quality.deed", T("案件质量"), deed_fields, struct qp_deed);

struct view {
	struct case_id id;
	struct request r;
	struct quality_file files[8];
	struct quality_task tasks[40];
	struct quality_given marks[QP_ROWS * 4];
	struct quality_rectify rectifies[40];
	struct quality_voice voices[60];
	struct quality_checklist items[8];
	struct quality_bounds bounds;
	size_t n, n_tasks, n_marks, n_rectifies, n_voices;
};

static enum rc
lists_read(struct tx *tx, const struct actor *actor, struct view *v)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < v->n; i++) {
		struct quality_list list;
		int line = 0;

		rc = quality_list_load(tx, actor, v->files[i].kind, v->files[i].checklist, &list);
		if (rc == RC_OK && quality_checklist_parse(list.body, &v->items[i], &line) != QUALITY_LIST_OK)
			rc = RC_CORRUPT;
	}
	return rc;
}

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct view *v = arg;
	enum rc rc = request_load(tx, actor, v->id, &v->r);

	if (rc == RC_OK)
		rc = quality_files_of(tx, actor, v->id, v->files, 8, &v->n);
	if (rc == RC_OK)
		rc = lists_read(tx, actor, v);
	if (rc == RC_OK)
		rc = quality_bounds_read(tx, actor, &v->bounds);
	if (rc == RC_OK)
		rc = quality_tasks_of(tx, actor, v->id, v->tasks, 40, &v->n_tasks);
	if (rc == RC_OK)
		rc = quality_marks_of(tx, actor, v->id, v->marks, QP_ROWS * 4, &v->n_marks);
	if (rc == RC_OK)
		rc = quality_rectifies_of(tx, actor, v->id, v->rectifies, 40, &v->n_rectifies);
	return rc == RC_OK ? quality_voices_of(tx, actor, v->id, v->voices, 60, &v->n_voices) : rc;
}

/* ---- what somebody can do ------------------------------------------------------------------------------------- */

static bool
manages(const struct exchange *x, const struct quality_file *f)
{
	const struct actor *a = x->ctx->actor;
	struct place_range r = place_range(f->round_place);

	return actor_may(a, RIGHT_QUALITY) && a->places.lo <= r.lo && a->places.hi >= r.hi && f->account != a->account;
}

/* One deed, or a choice of them, with its words; days: a last day is asked for, so many from now unless said otherwise. */
static void
put_deed(struct exchange *x, struct html *h, const struct quality_file *f, const char *hint, const int *deeds, size_t n, int days)
{
	bool typed = x->typed.v != NULL && x->in->method == HTTP_POST;

	ui_paragraph(h, hint);
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/request/%lld/quality", (long long)f->request), .csrf = x->csrf,
	    .key = frame_key_text(x) });
	ui_hidden(h, "file", qp_int(x, f->id));
	ui_hidden(h, "revision", qp_int(x, f->revision));
	ui_field(h, form_field(&quality_deed_form, "words"), typed ? ui_typed(&quality_deed_form, "words", &x->typed) : TEXT_NONE,
	    findings_of(&x->findings, "words"));
	if (days > 0)
		ui_field(h, form_field(&quality_deed_form, "due"), typed ? ui_typed(&quality_deed_form, "due", &x->typed)
		    : qp_day(x, day_add(day_of_moment(x->ctx->now_ms), days)), findings_of(&x->findings, "due"));
	html_raw(h, "<div class=\"buttons\">");
	for (size_t i = 0; i < n; i++) {
		const struct choice *c = choice_by_value(deed_choices, deeds[i]);

		html_raw(h, "<button type=\"submit\" name=\"deed\"");
		html_attr(h, "value", text_of(c->key));
		html_attr(h, "class", i == 0 ? TEXT("button primary") : TEXT("button"));
		html_raw(h, ">");
		html_say(h, c->label);
		html_raw(h, "</button> ");
	}
	html_raw(h, "</div>");
	ui_form_close(h);
}

/* What this actor can do with a file now, in one form: of one set of fields there is one on a page. */
static void
put_deeds(struct exchange *x, struct html *h, const struct quality_file *f, const struct quality_bounds *b)
{
	bool manager = manages(x, f), speaks = f->account == x->ctx->actor->account || (f->account == 0 && manager);

	if (f->state == QUALITY_HEARD && f->statement_ms == 0 && speaks)
		put_deed(x, h, f, f->account == 0 ? T("承办人员没有账号：代为登记他的陈述；没有意见的，空着也可以交。陈述期过了，可以定分。")
		    : T("您可以陈述意见；没有意见的，空着也可以交。"), (const int[]){ QP_STATE, QP_UPHOLD }, manager ? 2 : 1, 0);
	else if (f->rectify == QUALITY_ORDERED && speaks)
		put_deed(x, h, f, T("请写怎样整改的。"), (const int[]){ QP_ANSWER }, 1, 0);
	else if (!manager)
		return;
	else if (f->state == QUALITY_SCORING && f->lacks > 0)
		put_deed(x, h, f, T("没有能评的专家：先在专家名册里添人，再补抽；实在没有的，写明理由不评。"), (const int[]){ QP_MORE, QP_DROP }, 2, 0);
	else if (f->state == QUALITY_HEARD)
		put_deed(x, h, f, T("承办人员陈述以后，或者陈述期过了，可以定分。陈述有道理的，再请一位专家评一次。"), (const int[]){ QP_UPHOLD, QP_AGAIN }, 2, 0);
	else if (f->state == QUALITY_FINAL && f->rectify == 0 && f->grade == QUALITY_FAIL)
		put_deed(x, h, f, T("写明要整改什么、哪一天以前。"), (const int[]){ QP_ORDER }, 1, (int)b->rectify_days);
	else if (f->rectify == QUALITY_ANSWERED)
		put_deed(x, h, f, T("看整改得怎么样；退回的，写明还差什么。"), (const int[]){ QP_ACCEPT, QP_REDO }, 2, 0);
}

/* ---- an evaluation ------------------------------------------------------------------------------------------------- */

/* What one expert gave, line by line; a name for who manages alone. */
static void
put_task(struct exchange *x, struct html *h, const struct view *v, const struct quality_file *f, const struct quality_checklist *items,
    const struct quality_task *t, int nth)
{
	static const struct ui_column columns[] = { { T("检查什么"), false }, { T("满分"), true }, { T("得分"), true }, { T("理由"), false } };
	struct ui_table table;

	html_raw(h, "<details class=\"why\"><summary>");
	if (manages(x, f))
		html_text(h, t->name);
	else
		html_sayf(h, T("第 %lld 位专家"), (long long)nth);
	html_raw(h, " ");
	html_sayf(h, T("%lld 分"), (long long)t->score);
	html_raw(h, "</summary>");
	ui_table_open(&table, h, T("评分"), columns, 4);
	for (size_t i = 0; i < v->n_marks; i++) {
		const struct quality_given *m = &v->marks[i];

		if (m->task != t->id || m->n > items->n)
			continue;
		ui_row_open(&table);
		ui_cell(&table, items->v[m->n - 1].label);
		ui_cell_int(&table, items->v[m->n - 1].points);
		ui_cell_int(&table, m->points);
		ui_cell(&table, m->note);
		ui_row_close(&table);
	}
	ui_table_close(&table);
	if (t->words.n > 0) {
		html_raw(h, "<p>");
		html_lines(h, t->words);
		html_raw(h, "</p>");
	}
	html_raw(h, "</details>");
}

static void
put_rectifies(struct exchange *x, struct html *h, const struct view *v, const struct quality_file *f)
{
	for (size_t i = 0; i < v->n_rectifies; i++) {
		const struct quality_rectify *r = &v->rectifies[i];
		struct ui_fact facts[5];
		size_t n = 0;

		if (r->file != f->id)
			continue;
		html_raw(h, "<h3>");
		html_sayf(h, T("第 %lld 次整改"), (long long)r->n);
		html_raw(h, "</h3>");
		facts[n++] = (struct ui_fact){ .label = T("要求"), .value = qp_join(x, r->words, qp_when(x, r->ordered_ms)) };
		facts[n++] = (struct ui_fact){ .label = T("期限"), .value = qp_day(x, r->due) };
		facts[n++] = (struct ui_fact){ .label = T("状态"), .value = qp_say(x, quality_rectify_label(r->state)) };
		if (r->answered_ms != 0)
			facts[n++] = (struct ui_fact){ .label = T("怎样整改的"), .value = qp_join(x, r->answer, qp_when(x, r->answered_ms)) };
		if (r->judged_ms != 0)
			facts[n++] = (struct ui_fact){ .label = T("认定"), .value = qp_join(x, r->judged_words, qp_when(x, r->judged_ms)) };
		ui_facts(h, facts, n);
	}
}

static void
put_file(struct exchange *x, struct html *h, const struct view *v, size_t at)
{
	const struct quality_file *f = &v->files[at];
	struct ui_fact facts[6];
	size_t n = 0;
	int nth = 0;

	ui_section_open(h, T("评查"));
	html_raw(h, "<p>");
	if (manages(x, f))
		ui_link_text(h, arena_format(x->ctx->mem, "/desk/quality/round/%lld", (long long)f->round), f->round_name);
	else
		html_text(h, f->round_name);
	html_raw(h, " ");
	ui_tag(h, f->state == QUALITY_FINAL ? qp_tone(f->grade) : UI_INFO, f->state == QUALITY_FINAL ? qp_say(x, quality_grade_label(f->grade))
	    : qp_say(x, quality_file_label(f->state)));
	html_raw(h, "</p>");
	facts[n++] = (struct ui_fact){ .label = T("承办人员"), .value = qp_join(x, f->provider_name, f->firm_name) };
	if (f->score >= 0)
		facts[n++] = (struct ui_fact){ .label = T("得分"), .value = qp_points(x, f->score) };
	if (f->state == QUALITY_HEARD && f->statement_ms == 0)
		facts[n++] = (struct ui_fact){ .label = T("陈述期到"), .value = qp_day(x, day_add(day_of_moment(f->heard_ms), (int)v->bounds.hear_days)) };
	if (f->statement_ms != 0)
		facts[n++] = (struct ui_fact){ .label = T("承办人员陈述"), .value = f->statement.n > 0 ? f->statement : qp_say(x, T("没有意见")) };
	if (f->decided_words.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("答复"), .value = f->decided_words };
	if (f->decided_ms != 0)
		facts[n++] = (struct ui_fact){ .label = T("谁定的"), .value = qp_join(x, f->decided_name, qp_when(x, f->decided_ms)) };
	ui_facts(h, facts, n);
	for (size_t i = 0; i < v->n_tasks && f->state >= QUALITY_HEARD; i++)
		if (v->tasks[i].file == f->id && v->tasks[i].state == QUALITY_SCORED)
			put_task(x, h, v, f, &v->items[at], &v->tasks[i], ++nth);
	put_rectifies(x, h, v, f);
	put_deeds(x, h, f, &v->bounds);
	ui_section_close(h);
}

/* ---- voices ------------------------------------------------------------------------------------------------------------ */

static void
put_voice(struct exchange *x, struct html *h, const struct quality_voice *v)
{
	const struct choice *kind = choice_by_value(quality_voice_choices, (int)v->kind), *way = choice_by_value(quality_way_choices, (int)v->way);
	struct ui_fact facts[QUALITY_QUESTIONS + 2];
	int divisor = 1000;
	size_t n = 0;

	html_raw(h, "<h3>");
	html_say(h, kind != NULL ? kind->label : "");
	html_raw(h, " <small>");
	html_text(h, qp_join(x, qp_day(x, v->day), qp_say(x, way != NULL ? way->label : "")));
	html_raw(h, "</small> ");
	if (v->low)
		ui_tag(h, UI_LATE, qp_say(x, T("不满意")));
	html_raw(h, "</h3>");
	facts[n++] = (struct ui_fact){ .label = T("谁做的"), .value = qp_join(x, v->account_name, v->who) };
	if (!v->reached)
		facts[n++] = (struct ui_fact){ .label = T("结果"), .value = qp_say(x, T("没有联系上")) };
	for (int i = 0; v->reached && i < QUALITY_QUESTIONS; i++, divisor /= 10) {
		const struct choice *a = choice_by_value(quality_answer_choices, v->answers / divisor % 10);

		facts[n++] = (struct ui_fact){ .label = quality_question(v->kind, i), .value = qp_say(x, a != NULL ? a->label : "") };
	}
	if (v->words.n > 0 && n < sizeof facts / sizeof facts[0])
		facts[n++] = (struct ui_fact){ .label = T("说明"), .value = v->words };
	ui_facts(h, facts, n);
}

static void
put_voices(struct exchange *x, struct html *h, const struct view *v)
{
	if (x->ctx->actor->role == ROLE_PROVIDER)
		return; /* what others say of the lawyer is not for the lawyer */
	ui_section_open(h, T("旁听、征询、回访"));
	html_raw(h, "<div class=\"actions\">");
	for (int k = QUALITY_OBSERVED; k < QUALITY_VOICE_COUNT; k++) {
		const struct choice *c = choice_by_value(quality_voice_choices, k);

		ui_button_link(h, arena_format(x->ctx->mem, "/desk/request/%lld/quality/voice?kind=%s", (long long)v->id.n, c->key), c->label, false);
	}
	html_raw(h, "</div>");
	for (size_t i = 0; i < v->n_voices; i++)
		put_voice(x, h, &v->voices[i]);
	ui_section_close(h);
}

static enum rc
case_show(struct exchange *x, struct case_id id, struct text trouble)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct html h = frame_html(x);
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	v->id = id;
	rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("案件质量"), .area = FRAME_QUEUE });
	ui_title(&h, T("案件质量"), x->ctx->actor->role == ROLE_PROVIDER ? v->r.number : qp_join(x, v->r.number, v->r.person_name));
	qp_back(&h, arena_format(x->ctx->mem, "/desk/request/%lld/legalaid", (long long)id.n), T("回到法律援助"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有办成"), trouble);
	ui_error_summary(&h, &quality_deed_form, &x->findings);
	if (v->n == 0)
		ui_paragraph(&h, T("这一件还没有抽中过评查。"));
	for (size_t i = v->n; i > 0; i--)
		put_file(x, &h, v, i - 1);
	put_voices(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
quality_case_get(struct exchange *x)
{
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? case_show(x, id, TEXT_NONE) : rc;
}

/* ---- the deeds ------------------------------------------------------------------------------------------------------------ */

static enum rc
deed_do(struct exchange *x, const struct qp_deed *in, struct quality_verdict *v)
{
	struct idem_key key = frame_idem_key(x);
	struct ctx *ctx = x->ctx;

	switch (in->deed) {
	case QP_STATE: return quality_state(ctx, key, in->file, in->revision, in->words, v);
	case QP_UPHOLD: return quality_decide(ctx, key, in->file, in->revision, QUALITY_UPHOLD, in->words, v);
	case QP_AGAIN: return quality_decide(ctx, key, in->file, in->revision, QUALITY_LOOK_AGAIN, in->words, v);
	case QP_DROP: return quality_decide(ctx, key, in->file, in->revision, QUALITY_DROP, in->words, v);
	case QP_ORDER: return quality_order(ctx, key, in->file, in->revision, in->words, in->due, v);
	case QP_ANSWER: return quality_answer(ctx, key, in->file, in->revision, in->words, v);
	case QP_ACCEPT: case QP_REDO: return quality_judge(ctx, key, in->file, in->revision, in->deed == QP_ACCEPT, in->words, v);
	case QP_MORE: return quality_draw_more(ctx, key, in->file, in->revision, v);
	default: return RC_INVALID;
	}
}

enum rc
quality_deed_post(struct exchange *x)
{
	const struct qp_deed *in = x->values;
	struct quality_verdict v = { QUALITY_YES, 0 };
	struct text trouble = TEXT_NONE;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc == RC_OK)
		rc = x->form_rc == RC_OK ? deed_do(x, in, &v) : x->form_rc;
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/request/%lld/quality", (long long)id.n));
		return RC_OK;
	}
	if (!qp_trouble(x, rc, v, &trouble))
		return rc;
	return case_show(x, id, trouble);
}
