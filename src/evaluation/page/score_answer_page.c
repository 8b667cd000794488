/* Four questions to the village: a few taps, or a sheet of paper typed in by somebody else. */
#include "evaluation/page/score_page_internal.h"

#include "standards/region/region.h"

static const struct choice five[] = { { 5, "5", T("很好") }, { 4, "4", T("好") }, { 3, "3", T("一般") }, { 2, "2", T("差") }, { 1, "1", T("很差") },
	{ 0, NULL, NULL } };
static const struct choice stay[] = { { 5, "yes", T("是") }, { 1, "no", T("不") }, { 0, NULL, NULL } };

struct answer_values { int64_t period; int v[SCORE_ANSWERS]; bool paper; struct text words; };
#define V(i) offsetof(struct answer_values, v) + (i) * sizeof(int)
static const struct field answer_fields[] = {
	{ .key = "period", .kind = FIELD_INT, .label = T("哪一期"), .required = true, .min = 20000, .max = 21994,
	  .offset = offsetof(struct answer_values, period) },
	{ .key = "punctual", .kind = FIELD_CHOICE, .label = T("按约定的日子来"), .required = true, .choices = five, .offset = V(0) },
	{ .key = "useful", .kind = FIELD_CHOICE, .label = T("对村里有用"), .required = true, .choices = five, .offset = V(1) },
	{ .key = "plain", .kind = FIELD_CHOICE, .label = T("讲得明白"), .required = true, .choices = five, .offset = V(2) },
	{ .key = "keep", .kind = FIELD_CHOICE, .label = T("下一期还请他"), .required = true, .choices = stay, .offset = V(3) },
	{ .key = "paper", .kind = FIELD_BOOL, .label = T("照纸上填的录入"), .offset = offsetof(struct answer_values, paper) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("还想说的（可以不写）"), .max = 200, .offset = offsetof(struct answer_values, words) },
};
const struct form score_answer_form = FORM_OF("score.answer", T("村（社区）的评价"), answer_fields, struct answer_values);

/* Who may answer need not be one who may read the score: only who and where. */
struct view { int64_t id; int period; struct score_party p; struct score_answered a; };

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct view *v = arg;
	enum rc rc = score_party(tx, actor, v->id, &v->p);

	if (rc == RC_OK && !score_may_answer(actor, v->p.village))
		rc = RC_NOT_FOUND;
	return rc == RC_OK ? score_answered(tx, actor, v->id, v->period, &v->a) : rc;
}

static enum rc
view_show(struct exchange *x, const struct view *v, struct text why)
{
	struct html h = frame_html(x);
	bool sent = x->route->form == &score_answer_form;

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("村（社区）的评价"), .area = FRAME_ADVISORS });
	ui_title_text(&h, region_name(v->p.village), qp_join(x, qp_say(x, T("村（社区）的评价")), score_period_text(x->ctx->mem, x->ctx->lang, v->period)));
	score_trouble_put(x, &h, why);
	if (qp_query(x, "done").n > 0 || v->a.given) {
		ui_notice_say(&h, UI_OK, NULL, T("已经填好，谢谢。一期填一次。"));
		frame_desk_close(x, &h);
		return buf_rc(h.out);
	}
	ui_facts(&h, (const struct ui_fact[]){ { T("法律顾问"), qp_join(x, v->p.name, v->p.firm), TEXT_NONE } }, 1);
	if (sent)
		ui_error_summary(&h, &score_answer_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = score_path(x, v->id, v->period, "/answer"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_hidden(&h, "period", qp_int(x, v->period));
	for (size_t i = 1; i < score_answer_form.n; i++)
		ui_field(&h, &answer_fields[i], sent ? ui_typed(&score_answer_form, answer_fields[i].key, &x->typed) : TEXT_NONE,
		    sent ? findings_of(&x->findings, answer_fields[i].key) : NULL);
	ui_form_buttons(&h, T("交上去"), TEXT_NONE);
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
view_read(struct exchange *x, struct view **ret)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	enum rc rc = v == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &v->id);

	*ret = v;
	if (rc != RC_OK)
		return rc;
	v->period = score_period_query(x);
	return db_read(x->ctx, view_tx, v);
}

enum rc
score_answer_get(struct exchange *x)
{
	struct view *v;
	enum rc rc = view_read(x, &v);

	return rc == RC_OK ? view_show(x, v, TEXT_NONE) : rc;
}

enum rc
score_answer_post(struct exchange *x)
{
	const struct answer_values *in = x->values;
	struct text why = TEXT_NONE;
	struct view *v;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = score_answer(x->ctx, frame_idem_key(x), &(struct score_answer){ v->id, (int)in->period, { in->v[0], in->v[1], in->v[2], in->v[3] },
		    in->paper, in->words }, &x->findings);
	if (rc == RC_OK) {
		struct text to = score_path(x, v->id, v->period, "/answer");

		http_redirect(x->out, arena_format(x->ctx->mem, "%.*s&done=1", (int)to.n, to.p));
		return RC_OK;
	}
	if (!score_trouble(x, rc, T("这一期已经填过，或者已经定分。"), &why))
		return rc;
	return view_show(x, v, why);
}
