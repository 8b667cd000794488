/* An expert's page: what the case holds, and the checklist line by line, prefilled from the records. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"

struct score_values { int64_t revision, points[QUALITY_ITEMS_MAX]; struct text notes[QUALITY_ITEMS_MAX], words; };
#define P(i) offsetof(struct score_values, points) + (i) * sizeof(int64_t)
#define N(i) offsetof(struct score_values, notes) + (i) * sizeof(struct text)
#define LINE(i_, key_) \
	{ .key = "p" key_, .kind = FIELD_INT, .label = T("得分"), .min = 0, .max = QUALITY_WHOLE, .offset = P(i_) }, \
	{ .key = "n" key_, .kind = FIELD_LINE, .label = T("理由"), .max = 400, .offset = N(i_) }
static const struct field score_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = offsetof(struct score_values, revision) },
	LINE(0, "1"), LINE(1, "2"), LINE(2, "3"), LINE(3, "4"), LINE(4, "5"), LINE(5, "6"), LINE(6, "7"), LINE(7, "8"), LINE(8, "9"),
	LINE(9, "10"), LINE(10, "11"), LINE(11, "12"), LINE(12, "13"), LINE(13, "14"), LINE(14, "15"), LINE(15, "16"), LINE(16, "17"),
	LINE(17, "18"), LINE(18, "19"), LINE(19, "20"), LINE(20, "21"), LINE(21, "22"), LINE(22, "23"), LINE(23, "24"),
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("总体意见"), .max = QUALITY_WORDS_MAX, .hint = T("承办人员看得到，看不到是谁写的。"),
	  .offset = offsetof(struct score_values, words) },
};
const struct form quality_score_form = FORM_OF("quality.score", T("案件质量评分"), score_fields, struct score_values);

static const struct field *
points_field(int i)
{
	return &score_fields[1 + 2 * i];
}

struct back_values { int64_t revision; struct text words; };
static const struct field back_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = offsetof(struct back_values, revision) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("为什么要回避"), .max = QUALITY_WORDS_MAX, .offset = offsetof(struct back_values, words) },
};
const struct form quality_back_form = FORM_OF("quality.back", T("申请回避"), back_fields, struct back_values);

/* ---- the case, as far as it is needed ------------------------------------------------------------------------- */

struct view { int64_t id; struct quality_work w; };

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct view *v = arg;

	return quality_work_load(tx, actor, v->id, &v->w);
}

static void
put_case(struct exchange *x, struct html *h, const struct quality_work *w)
{
	const struct quality_task *t = &w->task;
	struct ui_event *e = arena_array(x->ctx->mem, w->n_reports + 1, sizeof *e);

	ui_section_open(h, T("这一件"));
	ui_facts(h, (const struct ui_fact[]){
	    { T("为了什么事"), qp_say(x, t->aid_kind == AID_CIVIL ? aid_choice_label(aid_matter_choices, t->aid_matter)
	        : aid_choice_label(aid_kind_choices, t->aid_kind)), TEXT_NONE },
	    { T("承办人员"), qp_join(x, t->provider_name, t->firm_name), TEXT_NONE },
	    { T("结案日期"), qp_day(x, t->closed), TEXT_NONE }, { T("结案报告"), w->closing, TEXT_NONE } }, 4);
	html_raw(h, "<details class=\"why\"><summary>");
	html_sayf(h, T("办理进展 %lld 条"), (long long)w->n_reports);
	html_raw(h, "</summary>");
	for (size_t i = 0; e != NULL && i < w->n_reports; i++)
		e[i] = (struct ui_event){ .when = qp_day(x, w->reports[i].day), .what = qp_join(x, qp_say(x,
		    aid_choice_label(aid_report_choices, w->reports[i].kind)), w->reports[i].words) };
	if (e != NULL && w->n_reports > 0)
		ui_timeline(h, e, w->n_reports);
	html_raw(h, "</details>");
	ui_section_close(h);
}

/* ---- the checklist ----------------------------------------------------------------------------------------------- */

static struct text
points_begin(const struct exchange *x, const struct quality_work *w, int i)
{
	if (x->typed.v != NULL && x->in->method == HTTP_POST)
		return ui_typed(&quality_score_form, points_field(i)->key, &x->typed);
	return w->suggested[i] >= 0 ? qp_int(x, w->suggested[i]) : TEXT_NONE;
}

static void
put_item(struct exchange *x, struct html *h, const struct quality_work *w, int i)
{
	const struct quality_item *item = &w->items.v[i];
	const struct field *note = points_field(i) + 1;
	struct field points = *points_field(i);

	html_raw(h, "<fieldset class=\"mark\"><legend>");
	html_int(h, i + 1);
	html_raw(h, ". ");
	html_text(h, item->label);
	html_raw(h, " <small>");
	html_sayf(h, T("满分 %lld"), (long long)item->points);
	html_raw(h, "</small></legend>");
	if (item->hint.n > 0 || w->suggested[i] >= 0) {
		html_raw(h, "<p class=\"hint\">");
		html_text(h, item->hint);
		if (item->from != QUALITY_NO_AUTO) {
			html_raw(h, " <b>");
			html_text(h, qp_sayn(x, quality_auto_label(item->from), w->numbers[i]));
			html_raw(h, "</b>");
		}
		html_raw(h, "</p>");
	}
	html_raw(h, "<div class=\"marked\">");
	points.required = true; /* of as many lines as the checklist has; the form has room for more */
	ui_field(h, &points, points_begin(x, w, i), findings_of(&x->findings, points.key));
	ui_field(h, note, x->typed.v != NULL && x->in->method == HTTP_POST ? ui_typed(&quality_score_form, note->key, &x->typed) : TEXT_NONE,
	    findings_of(&x->findings, note->key));
	html_raw(h, "</div></fieldset>");
}

static void
put_form(struct exchange *x, struct html *h, const struct quality_work *w)
{
	ui_section_open(h, T("评分"));
	html_raw(h, "<p>");
	html_sayf(h, T("得分低于满分的百分之 %lld，或者低于记录得出的分数的，要写理由。记录得出的分数已经填好，可以改。"), (long long)w->bounds.low_percent);
	html_raw(h, "</p>");
	ui_error_summary(h, &quality_score_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/quality/score/%lld", (long long)w->task.id), .csrf = x->csrf,
	    .key = frame_key_text(x), .draft = NULL });
	ui_hidden(h, "revision", qp_int(x, w->task.revision));
	for (int i = 0; i < w->items.n; i++)
		put_item(x, h, w, i);
	ui_form_field(h, &quality_score_form, "words", &x->typed, &x->findings);
	ui_form_buttons(h, T("交评分"), TEXT("/desk/quality"));
	ui_form_close(h);
	ui_section_close(h);
	html_raw(h, "<details class=\"why\"><summary>");
	html_say(h, T("我和这一件有关系，要回避"));
	html_raw(h, "</summary>");
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/quality/score/%lld/back", (long long)w->task.id), .csrf = x->csrf,
	    .key = qp_key(x) });
	ui_hidden(h, "revision", qp_int(x, w->task.revision));
	html_raw(h, "<div class=\"field\"><label for=\"back-words\">");
	html_say(h, T("为什么要回避"));
	html_raw(h, "</label><textarea id=\"back-words\" name=\"words\" rows=\"3\" maxlength=\"2000\"></textarea></div>");
	ui_form_buttons(h, T("申请回避"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "</details>");
}

static void
put_given(struct exchange *x, struct html *h, const struct quality_work *w)
{
	static const struct ui_column columns[] = { { T("检查什么"), false }, { T("满分"), true }, { T("得分"), true }, { T("理由"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("评分"), columns, 4);
	for (int i = 0; i < w->items.n && (size_t)i < w->n_marks; i++) {
		ui_row_open(&t);
		ui_cell(&t, w->items.v[i].label);
		ui_cell_int(&t, w->items.v[i].points);
		ui_cell_int(&t, w->marks[i].points);
		ui_cell(&t, w->marks[i].note);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_facts(h, (const struct ui_fact[]){ { T("合计"), qp_int(x, w->task.score), TEXT_NONE }, { T("总体意见"), w->task.words, TEXT_NONE } }, 2);
}

static enum rc
score_show(struct exchange *x, int64_t id, struct text trouble)
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
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("案件质量评分"), .area = FRAME_QUEUE });
	ui_title(&h, T("案件质量评分"), qp_join(x, v->w.task.number, v->w.task.round_name));
	qp_back(&h, TEXT("/desk/quality"), T("回到案件质量"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有办成"), trouble);
	if (v->w.task.state != QUALITY_GIVEN)
		ui_notice_say(&h, UI_OK, NULL, quality_task_label(v->w.task.state));
	put_case(x, &h, &v->w);
	if (v->w.task.state == QUALITY_GIVEN && v->w.task.round_state == QUALITY_DRAWN)
		put_form(x, &h, &v->w);
	else if (v->w.task.state == QUALITY_SCORED)
		put_given(x, &h, &v->w);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
quality_score_get(struct exchange *x)
{
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	return rc == RC_OK ? score_show(x, id, TEXT_NONE) : rc;
}

/* What was typed as marks of as many lines as the checklist has; a line left empty is no zero. */
static enum rc
marks_take(struct exchange *x, const struct score_values *in, int n, struct quality_score *ret)
{
	for (int i = 0; i < n; i++) {
		if (text_is_empty(text_trim(ui_typed(&quality_score_form, points_field(i)->key, &x->typed))))
			findings_add(&x->findings, points_field(i)->key, T("请打分"), 0);
		ret->v[i] = (struct quality_mark){ .points = (int)in->points[i], .note = text_trim(in->notes[i]) };
	}
	ret->n = n;
	return x->findings.total > 0 ? RC_INVALID : RC_OK;
}

enum rc
quality_score_post(struct exchange *x)
{
	const struct score_values *in = x->values;
	struct quality_verdict verdict = { QUALITY_YES, 0 };
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct quality_score score = { .revision = in->revision, .words = text_trim(in->words) };
	struct text trouble = TEXT_NONE;
	enum rc rc = v == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &score.task);

	if (rc != RC_OK)
		return rc;
	v->id = score.task;
	rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	rc = x->form_rc == RC_OK ? marks_take(x, in, v->w.items.n, &score) : x->form_rc;
	if (rc == RC_OK)
		rc = quality_score(x->ctx, frame_idem_key(x), &score, &verdict);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/quality"));
		return RC_OK;
	}
	if (rc == RC_REFUSED && verdict.bound > 0 && verdict.bound <= v->w.items.n)
		findings_add(&x->findings, verdict.why == QUALITY_NO_NOTE ? points_field((int)verdict.bound - 1)[1].key
		    : points_field((int)verdict.bound - 1)->key, quality_no_label(verdict.why), verdict.bound);
	if (!qp_trouble(x, rc, verdict, &trouble))
		return rc;
	return score_show(x, score.task, x->findings.total > 0 ? TEXT_NONE : trouble);
}

enum rc
quality_back_post(struct exchange *x)
{
	const struct back_values *in = x->values;
	struct quality_verdict verdict = { QUALITY_YES, 0 };
	struct text trouble = TEXT_NONE;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = x->form_rc;
	if (rc == RC_OK)
		rc = quality_stand_back(x->ctx, frame_idem_key(x), id, in->revision, in->words, &verdict);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/quality"));
		return RC_OK;
	}
	if (!qp_trouble(x, rc, verdict, &trouble))
		return rc;
	x->typed = (struct typed){ NULL }; /* of the other form */
	return score_show(x, id, trouble);
}
