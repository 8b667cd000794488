/*
 * policy_verdict: a verdict as JSON.  What is stored with a decision and compared when it is replayed
 * years later, so nothing here may depend on anything but the package, the facts and their verdict.
 */
#include "standards/policy/policy.h"

struct writing { struct json j; const struct rules *rules; const struct rules_package *k; const struct rules_verdict *v; };

static void
value_write(struct writing *w, struct rules_type type, const struct rules_value *v)
{
	char out[48];

	switch (v->state) {
	case RULES_KNOWN:
		json_text(&w->j, "value", rules_print(w->rules, type, v->n, out));
		break;
	case RULES_MISSING:
		json_str(&w->j, "state", "missing");
		break;
	case RULES_FAILED:
		json_str(&w->j, "state", "failed");
		json_int(&w->j, "failure", v->failure);
		if (v->culprit >= 0) {
			json_text(&w->j, "parameter", w->k->parameter[v->culprit].name);
			json_text(&w->j, "day", day_print((struct day){ (int32_t)v->culprit_day }, out));
		}
		break;
	}
}

static void
basis_write(struct writing *w, struct rules_basis b)
{
	if (b.document < 0)
		return;
	json_text(&w->j, "document", w->k->document[b.document].name);
	if (b.article.n > 0)
		json_text(&w->j, "article", b.article);
}

/* A step with what decided it. */
static void
step_write(struct writing *w, int step, int rule, const struct rules_value *v)
{
	const struct rules_step *s = &w->k->step[step];

	value_write(w, s->type, v);
	if (s->n_rules > 0 && rule >= 0) {
		json_int(&w->j, "rule", rule + 1);
		if (s->rule[rule].reason.zh.n > 0)
			json_text(&w->j, "reason", s->rule[rule].reason.zh);
		basis_write(w, s->rule[rule].basis);
	} else {
		basis_write(w, s->basis);
	}
}

static void
outputs_write(struct writing *w)
{
	json_begin_array(&w->j, "outputs");
	for (size_t i = 0; i < w->k->n_steps; i++) {
		int list = w->k->step[i].list, n = list < 0 ? 1 : rules_list_items(w->v->facts, list);

		for (int item = 0; w->k->step[i].output && item < n; item++) {
			struct rules_value value;
			int rule;

			if (rules_verdict_step(w->v, (int)i, list < 0 ? -1 : item, &value, &rule) != RC_OK)
				continue;
			json_begin_object(&w->j, NULL);
			json_text(&w->j, "name", w->k->step[i].name);
			if (list >= 0)
				json_int(&w->j, "item", item + 1);
			step_write(w, (int)i, rule, &value);
			json_end_object(&w->j);
		}
	}
	json_end_array(&w->j);
}

static void
missing_write(struct writing *w)
{
	const struct rules_missing *m = &w->v->conclusion.missing;

	json_begin_array(&w->j, "missing");
	if (w->v->conclusion.state == RULES_MISSING) {
		for (size_t i = 0; i < w->k->n_inputs; i++)
			if (rules_is_missing(m, (int)i))
				json_text(&w->j, NULL, w->k->input[i].name);
		for (size_t i = 0; i < w->k->n_lists; i++)
			if (rules_is_missing_list(w->rules, m, (int)i))
				json_text(&w->j, NULL, w->k->list[i].name);
	}
	json_end_array(&w->j);
	json_begin_array(&w->j, "unset");
	for (size_t i = 0; w->v->conclusion.state == RULES_MISSING && i < w->k->n_parameters; i++)
		if (rules_is_missing_parameter(w->rules, m, (int)i))
			json_text(&w->j, NULL, w->k->parameter[i].name);
	json_end_array(&w->j);
}

static void
names_write(struct writing *w)
{
	json_begin_array(&w->j, "stale");
	for (size_t i = 0; i < w->v->n_stale; i++)
		json_text(&w->j, NULL, w->k->parameter[w->v->stale[i]].name);
	json_end_array(&w->j);
	json_begin_array(&w->j, "remarks");
	for (size_t i = 0; i < w->v->n_remarks; i++)
		json_text(&w->j, NULL, w->k->remark[w->v->remark[i]].words.zh);
	json_end_array(&w->j);
	json_begin_array(&w->j, "conflicts");
	for (size_t i = 0; i < w->v->n_conflicts; i++)
		json_text(&w->j, NULL, w->k->conflict[w->v->conflict[i]].words.zh);
	json_end_array(&w->j);
}

static void
line_write(struct writing *w, const struct rules_trace *t)
{
	char day[16];

	json_begin_object(&w->j, NULL);
	switch (t->kind) {
	case RULES_TRACE_STEP:
		json_text(&w->j, "step", w->k->step[t->index].name);
		if (t->item >= 0)
			json_int(&w->j, "item", t->item + 1);
		step_write(w, t->index, t->rule, &t->value);
		break;
	case RULES_TRACE_PARAMETER: {
		const struct rules_parameter *par = &w->k->parameter[t->index];

		json_text(&w->j, "parameter", par->name);
		json_text(&w->j, "at", day_print((struct day){ (int32_t)t->day }, day));
		json_text(&w->j, "since", day_print(par->entry[t->entry].from, day));
		value_write(w, par->type, &t->value);
		basis_write(w, par->entry[t->entry].basis);
		if (par->entry[t->entry].unverified)
			json_bool(&w->j, "unverified", true);
		if (par->entry[t->entry].trial)
			json_bool(&w->j, "trial", true);
		break;
	}
	case RULES_TRACE_INPUT:
	case RULES_TRACE_FIELD:
		json_text(&w->j, "fact", w->k->input[t->index].name);
		if (t->item >= 0)
			json_int(&w->j, "item", t->item + 1);
		value_write(w, w->k->input[t->index].type, &t->value);
		break;
	}
	json_end_object(&w->j);
}

static void
verdict_write(struct buf *out, const struct rules *r, const struct rules_verdict *v, bool head, bool trace)
{
	struct writing w = { .rules = r, .k = rules_package(r), .v = v };

	json_init(&w.j, out);
	json_begin_object(&w.j, NULL);
	if (head) {
		json_text(&w.j, "package", w.k->name);
		json_text(&w.j, "version", w.k->version);
	}
	if (v->n_conflicts == 0) {
		json_begin_object(&w.j, "outcome");
		json_text(&w.j, "name", w.k->step[w.k->conclusion].name);
		step_write(&w, w.k->conclusion, v->rule, &v->conclusion);
		json_end_object(&w.j);
		outputs_write(&w);
	}
	missing_write(&w);
	names_write(&w);
	if (trace) {
		json_begin_array(&w.j, "trace");
		for (size_t i = 0; i < v->n_trace; i++)
			line_write(&w, &v->trace[i]);
		json_end_array(&w.j);
	}
	json_end_object(&w.j);
	buf_char(out, '\n');
}

void
policy_verdict_write(struct buf *out, const struct rules *r, const struct rules_verdict *v, bool trace)
{
	verdict_write(out, r, v, true, trace);
}

void
policy_verdict_body(struct buf *out, const struct rules *r, const struct rules_verdict *v)
{
	verdict_write(out, r, v, false, false);
}
