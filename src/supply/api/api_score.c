/* Scores of village advisers for programs: of a place and period, item by item. */
#include "evaluation/score/score.h"
#include "supply/api/api_internal.h"

struct scores_ask { struct place place; int64_t period; };
static const struct field ask_fields[] = {
	{ .key = "place", .kind = FIELD_PLACE, .label = T("哪个县（市、区）"), .required = true, .offset = offsetof(struct scores_ask, place) },
	{ .key = "period", .kind = FIELD_INT, .label = T("哪一期"), .required = true, .min = 20000, .max = 21994,
	  .hint = T("20261 是 2026 年第一季度，20260 是全年。"), .offset = offsetof(struct scores_ask, period) },
};
const struct form scores_ask_form = FORM_OF("api.scores", T("法律顾问评估"), ask_fields, struct scores_ask);

struct list { struct place within; int period; struct score *v; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list *l = arg;

	return score_list(tx, actor, l->within, l->period, l->v, SCORE_CONTRACTS_MAX, &l->n);
}

static void
put_score(struct json *j, const struct score *s)
{
	json_begin_object(j, NULL);
	api_id(j, "contract", s->contract);
	api_place(j, "village", s->village);
	json_text(j, "adviser", s->name);
	json_text(j, "firm", s->firm);
	json_bool(j, "closed", s->closed.id != 0);
	json_int(j, "version", s->closed.version);
	json_int(j, "total_hundredths", s->marks.total);
	json_text(j, "grade", s->marks.grade < 0 ? TEXT_NONE : text_of(s->scheme->grade[s->marks.grade].name));
	json_int(j, "due_fen", s->pay.due);
	json_int(j, "county_fen", s->pay.county);
	json_int(j, "town_fen", s->pay.town);
	json_begin_array(j, "items");
	for (int i = 0; i < SCORE_ITEMS; i++) {
		const struct score_mark *m = &s->marks.item[i];

		json_begin_object(j, NULL);
		json_str(j, "item", score_item_key((enum score_item)i));
		json_bool(j, "measured", m->measured);
		json_int(j, "full_hundredths", m->full);
		json_int(j, "got_hundredths", m->got);
		json_int(j, "have", m->have);
		json_int(j, "want", m->want);
		json_end_object(j);
	}
	json_end_array(j);
	json_end_object(j);
}

enum rc
api_scores(struct exchange *x)
{
	const struct scores_ask *in = x->values;
	struct list l = { .within = in->place, .period = (int)in->period };
	struct json j;
	enum rc rc;

	if (x->form_rc != RC_OK)
		return x->form_rc;
	if (place_level(in->place) < PLACE_COUNTY) {
		findings_add(&x->findings, "place", T("请选一个县（市、区）、镇（街道）或村（社区）"), 0);
		return RC_INVALID;
	}
	l.v = arena_array(x->ctx->mem, SCORE_CONTRACTS_MAX, sizeof *l.v);
	rc = l.v == NULL ? RC_NO_MEMORY : db_read(x->ctx, list_tx, &l);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	json_int(&j, "period", l.period);
	json_begin_array(&j, "scores");
	for (size_t i = 0; i < l.n; i++)
		put_score(&j, &l.v[i]);
	json_end_array(&j);
	return api_close(x, &j);
}
