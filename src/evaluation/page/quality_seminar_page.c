/* Seminars and demonstrations: what was held, and one more. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"
#include "standards/region/region.h"

#include <limits.h>

struct seminar_values { int kind; struct day day; struct text topic, host, cases, words; int64_t people; };
#define S(member) offsetof(struct seminar_values, member)
static const struct field seminar_fields[] = {
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("种类"), .required = true, .choices = quality_seminar_choices, .offset = S(kind) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = INT_MIN, .max = 0, .offset = S(day) },
	{ .key = "topic", .kind = FIELD_LINE, .label = T("题目"), .required = true, .min = 2, .max = 100, .offset = S(topic) },
	{ .key = "host", .kind = FIELD_LINE, .label = T("在哪里、谁主持"), .max = 100, .offset = S(host) },
	{ .key = "people", .kind = FIELD_INT, .label = T("来了几人"), .required = true, .min = 1, .max = 5000, .offset = S(people) },
	{ .key = "cases", .kind = FIELD_PARAGRAPH, .label = T("讲了哪些案件（编号，一行一个）"), .max = 600, .offset = S(cases) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("形成了什么意见"), .max = QUALITY_WORDS_MAX, .offset = S(words) },
};
const struct form quality_seminar_form = FORM_OF("quality.seminar", T("研讨和观摩"), seminar_fields, struct seminar_values);

struct list { struct quality_seminar v[QP_ROWS]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list *l = arg;

	return quality_seminars(tx, actor, l->v, QP_ROWS, &l->n);
}

static void
put_list(struct exchange *x, struct html *h, const struct list *l)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("种类"), false }, { T("题目"), false }, { T("在哪里、谁主持"), false },
		{ T("来了几人"), true }, { T("案件"), true }, { T("形成了什么意见"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("研讨和观摩"), columns, 7);
	for (size_t i = 0; i < l->n; i++) {
		const struct quality_seminar *s = &l->v[i];
		const struct choice *c = choice_by_value(quality_seminar_choices, (int)s->kind);

		ui_row_open(&t);
		ui_cell(&t, qp_day(x, s->day));
		ui_cell_say(&t, c != NULL ? c->label : "");
		ui_cell(&t, s->topic);
		ui_cell(&t, qp_join(x, region_path(s->place), s->host));
		ui_cell_int(&t, s->people);
		ui_cell_int(&t, s->cases);
		ui_cell(&t, s->words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static enum rc
seminar_show(struct exchange *x, struct text trouble)
{
	struct list *l = ARENA_NEW(x->ctx->mem, struct list);
	bool typed = x->typed.v != NULL && x->in->method == HTTP_POST;
	struct html h = frame_html(x);
	enum rc rc = l == NULL ? RC_NO_MEMORY : db_read(x->ctx, list_tx, l);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("研讨和观摩"), .area = FRAME_QUEUE });
	ui_title(&h, T("研讨和观摩"), TEXT_NONE);
	qp_back(&h, TEXT("/desk/quality"), T("回到案件质量"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有存下"), trouble);
	put_list(x, &h, l);
	ui_section_open(&h, T("登记一次"));
	ui_error_summary(&h, &quality_seminar_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/quality/seminars"), .csrf = x->csrf, .key = frame_key_text(x) });
	for (size_t i = 0; i < quality_seminar_form.n; i++)
		ui_field(&h, &seminar_fields[i], typed ? ui_typed(&quality_seminar_form, seminar_fields[i].key, &x->typed)
		    : i == 0 ? TEXT("seminar") : i == 1 ? qp_day(x, day_of_moment(x->ctx->now_ms)) : TEXT_NONE,
		    findings_of(&x->findings, seminar_fields[i].key));
	ui_form_buttons(&h, T("存下"), TEXT("/desk/quality"));
	ui_form_close(&h);
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
quality_seminars_get(struct exchange *x)
{
	return seminar_show(x, TEXT_NONE);
}

enum rc
quality_seminar_post(struct exchange *x)
{
	const struct seminar_values *in = x->values;
	struct quality_verdict v = { QUALITY_YES, 0 };
	struct text trouble = TEXT_NONE;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = quality_seminar_add(x->ctx, frame_idem_key(x), &(struct quality_seminar_new){ .kind = in->kind,
		    .place = qp_place(x->ctx->actor, false), .day = in->day, .topic = text_trim(in->topic), .host = text_trim(in->host),
		    .cases = in->cases, .words = text_trim(in->words), .people = in->people }, &v);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/quality/seminars"));
		return RC_OK;
	}
	if (rc == RC_REFUSED)
		findings_add(&x->findings, "cases", quality_no_label(v.why), v.bound);
	if (!qp_trouble(x, rc, v, &trouble))
		return rc;
	return seminar_show(x, x->findings.total > 0 ? TEXT_NONE : trouble);
}
