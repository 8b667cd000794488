/* A hearing watched, an aided person asked, an organ's opinion: four questions and words. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"

#include <limits.h>

struct voice_values { int kind, way, answers[QUALITY_QUESTIONS]; struct day day; bool missed; struct text who, words; };
#define V(member) offsetof(struct voice_values, member)
#define ASKED(i, key_, label_) \
	{ .key = key_, .kind = FIELD_CHOICE, .label = label_, .choices = quality_answer_choices, .offset = V(answers) + (i) * sizeof(int) }
static const struct field voice_fields[] = {
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("种类"), .required = true, .choices = quality_voice_choices, .offset = V(kind) },
	{ .key = "way", .kind = FIELD_CHOICE, .label = T("怎样做的"), .required = true, .choices = quality_way_choices, .offset = V(way) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = INT_MIN, .max = 0, .offset = V(day) },
	{ .key = "who", .kind = FIELD_LINE, .label = T("哪个法院、机关，或者问了谁"), .max = 60, .offset = V(who) },
	{ .key = "missed", .kind = FIELD_BOOL, .label = T("没有联系上，改天再试"), .hint = T("勾了的，下面的问题不用答。"), .offset = V(missed) },
	ASKED(0, "a1", T("第一问")), ASKED(1, "a2", T("第二问")), ASKED(2, "a3", T("第三问")), ASKED(3, "a4", T("第四问")),
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("说明"), .max = QUALITY_WORDS_MAX, .hint = T("选了差、很差的，写明为什么。"), .offset = V(words) },
};
const struct form quality_voice_form = FORM_OF("quality.voice", T("旁听、征询、回访"), voice_fields, struct voice_values);

struct view { struct case_id id; struct request r; };

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct view *v = arg;

	return request_load(tx, actor, v->id, &v->r);
}

static struct text
begins(const struct exchange *x, int kind, const struct field *f)
{
	struct text k = text_of(f->key);

	if (x->typed.v != NULL && x->in->method == HTTP_POST)
		return ui_typed(&quality_voice_form, f->key, &x->typed);
	if (text_equals(k, TEXT("day")))
		return qp_day(x, day_of_moment(x->ctx->now_ms));
	if (text_equals(k, TEXT("way")))
		return kind == QUALITY_OBSERVED ? TEXT("court") : kind == QUALITY_OPINION ? TEXT("writing") : TEXT("phone");
	return TEXT_NONE;
}

/* The questions stand in the words of the kind. */
static void
put_fields(struct exchange *x, struct html *h, int kind)
{
	int question = 0;

	for (size_t i = 1; i < quality_voice_form.n; i++) {
		struct field f = voice_fields[i];

		if (f.choices == quality_answer_choices) {
			f.label = quality_question((enum quality_voice_kind)kind, question++);
			f.required = true; /* unless nobody was reached */
		}
		if (text_equals(text_of(f.key), TEXT("missed")) && kind != QUALITY_VISIT)
			continue;
		ui_field(h, &f, begins(x, kind, &f), findings_of(&x->findings, f.key));
	}
}

static enum rc
voice_show(struct exchange *x, struct case_id id, const struct choice *kind, struct text trouble)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct text back = arena_format(x->ctx->mem, "/desk/request/%lld/quality", (long long)id.n);
	struct html h = frame_html(x);
	enum rc rc;

	if (v == NULL || kind == NULL)
		return kind == NULL ? RC_NOT_FOUND : RC_NO_MEMORY;
	v->id = id;
	rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = kind->label, .area = FRAME_QUEUE });
	ui_title(&h, kind->label, qp_join(x, v->r.number, v->r.person_name));
	qp_back(&h, back, T("回到案件质量"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有存下"), trouble);
	ui_paragraph(&h, T("由不承办这一件的人来做。电话号码在案件页里查看。"));
	ui_error_summary(&h, &quality_voice_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/request/%lld/quality/voice", (long long)id.n), .csrf = x->csrf,
	    .key = frame_key_text(x) });
	ui_hidden(&h, "kind", text_of(kind->key));
	put_fields(x, &h, kind->value);
	ui_form_buttons(&h, T("存下"), back);
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
quality_voice_get(struct exchange *x)
{
	struct text asked = qp_query(x, "kind");
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? voice_show(x, id, choice_by_key(quality_voice_choices, asked.n > 0 ? asked : TEXT("visit")), TEXT_NONE) : rc;
}

enum rc
quality_voice_post(struct exchange *x)
{
	static const char *const keys[QUALITY_QUESTIONS] = { "a1", "a2", "a3", "a4" };
	const struct voice_values *in = x->values;
	struct quality_verdict v = { QUALITY_YES, 0 };
	struct quality_voice_new new = { .kind = in->kind, .way = in->way, .day = in->day, .reached = !in->missed, .who = text_trim(in->who),
		.words = text_trim(in->words) };
	struct text trouble = TEXT_NONE;
	enum rc rc = http_segment_id(x, "id", &new.id.n);

	for (int i = 0; i < QUALITY_QUESTIONS; i++) {
		new.answers[i] = in->answers[i];
		if (x->form_rc == RC_OK && !in->missed && in->answers[i] == 0)
			findings_add(&x->findings, keys[i], T("请选一个"), 0);
	}
	if (rc == RC_OK)
		rc = x->form_rc != RC_OK ? x->form_rc : x->findings.total > 0 ? RC_INVALID
		    : quality_voice_add(x->ctx, frame_idem_key(x), &new, &v);
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/request/%lld/quality", (long long)new.id.n));
		return RC_OK;
	}
	if (!qp_trouble(x, rc, v, &trouble))
		return rc;
	return voice_show(x, new.id, choice_by_value(quality_voice_choices, in->kind), x->findings.total > 0 ? TEXT_NONE : trouble);
}
