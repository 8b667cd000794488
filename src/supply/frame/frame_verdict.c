/* A verdict of the rules in the reader's language, as ui_verdict() shows it. */
#include "supply/frame/frame_verdict.h"

#include "kit/msg/msg.h"

struct putting { struct exchange *x; const struct rules *r; const struct rules_package *k; const struct rules_verdict *v; const char *said; };

static struct text
step_label(struct putting *p, const struct rules_step *s, int item)
{
	struct text name = policy_name(p->x->ctx->lang, s->name, s->words);

	if (item < 0)
		return name;
	return arena_format(p->x->ctx->mem, "%.*s %d", (int)name.n, name.p, item + 1);
}

static struct text
value_text(struct putting *p, struct rules_type type, const struct rules_value *v)
{
	switch (v->state) {
	case RULES_KNOWN:
		return policy_value(p->x->ctx->mem, p->x->ctx->lang, p->r, type, v->n);
	case RULES_MISSING:
		return text_of(msg(p->x->ctx->lang, T("还不能算")));
	case RULES_FAILED:
		break;
	}
	return policy_failure_text(p->x->ctx->mem, p->x->ctx->lang, p->r, v);
}

static struct ui_verdict_line
step_line(struct putting *p, const struct rules_trace *t)
{
	const struct rules_step *s = &p->k->step[t->index];
	struct ui_verdict_line l = { .what = step_label(p, s, t->item), .value = value_text(p, s->type, &t->value) };
	struct rules_basis basis = s->basis;

	if (s->n_rules > 0 && t->rule >= 0) {
		l.reason = policy_words(p->x->ctx->lang, s->rule[t->rule].reason);
		basis = s->rule[t->rule].basis;
	}
	l.basis = policy_basis(p->x->ctx->mem, p->x->ctx->lang, p->r, basis);
	return l;
}

static struct ui_verdict_line
line(struct putting *p, const struct rules_trace *t)
{
	struct arena *mem = p->x->ctx->mem;
	struct ui_verdict_line l = { .unverified = false };
	char day[16];

	switch (t->kind) {
	case RULES_TRACE_STEP:
		return step_line(p, t);
	case RULES_TRACE_PARAMETER: {
		const struct rules_parameter *par = &p->k->parameter[t->index];
		const struct rules_entry *e = &par->entry[t->entry];

		l.what = policy_name(p->x->ctx->lang, par->name, par->words);
		l.value = t->value.state == RULES_KNOWN && !par->table ?
		    policy_parameter_value(mem, p->x->ctx->lang, p->r, par, t->value.n) : value_text(p, par->type, &t->value);
		l.basis = policy_basis(mem, p->x->ctx->lang, p->r, e->basis);
		l.since = arena_text(mem, day_print(e->from, day));
		l.unverified = e->unverified;
		break;
	}
	case RULES_TRACE_INPUT:
	case RULES_TRACE_FIELD: {
		const struct rules_input *in = &p->k->input[t->index];
		struct text what = policy_words(p->x->ctx->lang, in->question);

		l.what = what.n > 0 ? what : in->name;
		if (t->item >= 0)
			l.what = arena_format(mem, "%.*s %d", (int)l.what.n, l.what.p, t->item + 1);
		l.value = value_text(p, in->type, &t->value);
		l.basis = text_of(msg(p->x->ctx->lang, p->said));
		break;
	}
	}
	return l;
}

static const struct text *
words_of(struct putting *p, const struct rules_note *notes, const int *v, size_t n)
{
	struct text *t = arena_array(p->x->ctx->mem, n + 1, sizeof *t);

	for (size_t i = 0; t != NULL && i < n; i++)
		t[i] = policy_words(p->x->ctx->lang, notes[v[i]].words);
	return t;
}

static struct text
question(struct putting *p, const struct rules_input *in)
{
	struct text t = policy_words(p->x->ctx->lang, in->question);

	return t.n > 0 ? t : in->name;
}

static void
missing(struct putting *p, struct ui_verdict *ret)
{
	const struct rules_missing *m = &p->v->conclusion.missing;
	enum lang lang = p->x->ctx->lang;
	struct text *v = arena_array(p->x->ctx->mem, RULES_ASK_MAX, sizeof *v), *u = arena_array(p->x->ctx->mem, RULES_ASK_MAX, sizeof *u);

	if (v == NULL || u == NULL || p->v->conclusion.state != RULES_MISSING)
		return;
	ret->missing = v;
	ret->unset = u;
	for (size_t i = 0; i < p->k->n_lists; i++)
		if (rules_is_missing_list(p->r, m, (int)i)) {
			struct text t = policy_words(lang, p->k->list[i].question);

			v[ret->n_missing++] = t.n > 0 ? t : p->k->list[i].name;
		}
	for (size_t i = 0; i < p->k->n_inputs; i++)
		if (rules_is_missing(m, (int)i))
			v[ret->n_missing++] = question(p, &p->k->input[i]);
	for (size_t i = 0; i < p->k->n_parameters; i++)
		if (rules_is_missing_parameter(p->r, m, (int)i))
			u[ret->n_unset++] = policy_name(lang, p->k->parameter[i].name, p->k->parameter[i].words);
}

static void
stale(struct putting *p, struct ui_verdict *ret)
{
	struct text *t = arena_array(p->x->ctx->mem, p->v->n_stale + 1, sizeof *t);

	for (size_t i = 0; t != NULL && i < p->v->n_stale; i++) {
		const struct rules_parameter *par = &p->k->parameter[p->v->stale[i]];

		t[i] = policy_name(p->x->ctx->lang, par->name, par->words);
		ret->n_stale = i + 1;
	}
	ret->stale = t;
}

void
frame_verdict(struct exchange *x, struct html *h, const struct rules *r, const struct rules_verdict *v, enum ui_tone tone,
    const char *said)
{
	struct putting p = { x, r, rules_package(r), v, said };
	const struct rules_step *s = &p.k->step[p.k->conclusion];
	struct ui_verdict_line *l = arena_array(x->ctx->mem, v->n_trace + 1, sizeof *l);
	struct ui_verdict out = { .tone = tone, .question = step_label(&p, s, -1) };

	if (l == NULL)
		return;
	if (v->n_conflicts > 0) {
		out.result = text_of(msg(x->ctx->lang, T("填的情况互相矛盾，没有计算")));
		out.remarks = words_of(&p, p.k->conflict, v->conflict, v->n_conflicts);
		out.n_remarks = v->n_conflicts;
		ui_verdict(h, &out);
		return;
	}
	out.result = value_text(&p, s->type, &v->conclusion);
	if (v->rule >= 0) {
		out.reason = policy_words(x->ctx->lang, s->rule[v->rule].reason);
		out.basis = policy_basis(x->ctx->mem, x->ctx->lang, r, s->rule[v->rule].basis);
	}
	for (size_t i = 0; i < v->n_trace; i++)
		l[out.n_lines++] = line(&p, &v->trace[i]);
	out.lines = l;
	missing(&p, &out);
	stale(&p, &out);
	out.remarks = words_of(&p, p.k->remark, v->remark, v->n_remarks);
	out.n_remarks = v->n_remarks;
	ui_verdict(h, &out);
}
