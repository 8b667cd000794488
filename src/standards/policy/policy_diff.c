/* policy_diff: what is different between two versions, in words. */
#include "standards/policy/policy_version.h"

#include "kit/msg/msg.h"

struct telling {
	struct arena *mem;
	enum lang lang;
	const struct rules *before, *after;
	struct policy_diff *v;
	size_t cap, n;
};

static void
tell(struct telling *x, enum policy_diff_kind kind, struct text what, struct text before, struct text after)
{
	if (x->n < x->cap)
		x->v[x->n] = (struct policy_diff){ kind, what, before, after };
	x->n++;
}

/* Compare what both may have: only here, only there, or otherwise. */
static void
compare(struct telling *x, struct text what, bool has_before, bool has_after, struct text before, struct text after)
{
	if (has_before && has_after && text_equals(before, after))
		return;
	if (has_before || has_after)
		tell(x, !has_before ? POLICY_ADDED : !has_after ? POLICY_REMOVED : POLICY_CHANGED, what, before, after);
}

/* ---- values --------------------------------------------------------------------------------------------- */

static struct text
entry_text(struct telling *x, const struct rules *r, const struct rules_parameter *par, const struct rules_entry *e)
{
	struct text value = e->unset ? text_of(msg(x->lang, T("未设定"))) : policy_value(x->mem, x->lang, r, par->type, e->value);
	struct text basis = policy_basis(x->mem, x->lang, r, e->basis), rows = TEXT_NONE;
	const char *unverified = e->unverified ? msg(x->lang, T("未核实")) : "";
	char day[16];

	for (size_t i = 0; i < e->n_rows; i++) {
		struct text key = policy_value(x->mem, x->lang, r, par->key, e->row[i].key);
		struct text v = policy_value(x->mem, x->lang, r, par->type, e->row[i].value);

		rows = arena_format(x->mem, "%.*s%s%.*s → %.*s", (int)rows.n, rows.p, i == 0 ? "" : "; ", (int)key.n, key.p,
		    (int)v.n, v.p);
	}
	if (par->table && !e->unset)
		value = rows;
	if (e->to.n != RULES_FOREVER) {
		struct text to = day_print(e->to, day);

		value = arena_format(x->mem, "%.*s (– %.*s)", (int)value.n, value.p, (int)to.n, to.p);
	}
	return arena_format(x->mem, "%.*s%s%.*s%s%s", (int)value.n, value.p, basis.n > 0 ? "  " : "", (int)basis.n, basis.p,
	    e->unverified ? "  " : "", unverified);
}

/* Values that hold, or those only to be tried. */
struct entries { const struct rules_entry *v; size_t n; };

static struct entries
entries_of(const struct rules_parameter *par, bool trial)
{
	if (par == NULL)
		return (struct entries){ NULL, 0 };
	return trial ? (struct entries){ par->trial, par->n_trials } : (struct entries){ par->entry, par->n_entries };
}

static const struct rules_entry *
entry_from(const struct entries *all, struct day from)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].from.n == from.n)
			return &all->v[i];
	return NULL;
}

/* An end that the next entry sets is told by the next entry. */
static struct rules_entry
without_end(struct entries all, const struct rules_entry *e)
{
	struct rules_entry copy = *e;

	if (e + 1 < all.v + all.n)
		copy.to.n = RULES_FOREVER;
	return copy;
}

static void
entry_compare(struct telling *x, const struct rules_parameter *a, const struct rules_parameter *b, bool trial, struct day from)
{
	struct entries of_a = entries_of(a, trial), of_b = entries_of(b, trial);
	const struct rules_entry *ea = entry_from(&of_a, from), *eb = entry_from(&of_b, from);
	const struct rules_parameter *par = a != NULL ? a : b;
	struct text name = policy_name(x->lang, par->name, par->words), what, before = TEXT_NONE, after = TEXT_NONE;
	const char *tried = !trial ? "" : msg(x->lang, T("，只供试算"));
	struct rules_entry copy;
	char day[16];
	struct text printed = day_print(from, day);

	if (ea != NULL) {
		copy = without_end(of_a, ea);
		before = entry_text(x, x->before, a, &copy);
	}
	if (eb != NULL) {
		copy = without_end(of_b, eb);
		after = entry_text(x, x->after, b, &copy);
	}
	what = arena_format(x->mem, "%.*s%s%.*s%s%s", (int)name.n, name.p, x->lang == LANG_ZH ? "（自 " : " (from ", (int)printed.n,
	    printed.p, tried, x->lang == LANG_ZH ? "）" : ")");
	compare(x, what, ea != NULL, eb != NULL, before, after);
}

static void
parameter_compare(struct telling *x, const struct rules_parameter *a, const struct rules_parameter *b, bool trial)
{
	struct entries of_a = entries_of(a, trial), of_b = entries_of(b, trial);

	for (size_t i = 0; i < of_a.n; i++)
		entry_compare(x, a, b, trial, of_a.v[i].from);
	for (size_t i = 0; i < of_b.n; i++)
		if (entry_from(&of_a, of_b.v[i].from) == NULL)
			entry_compare(x, a, b, trial, of_b.v[i].from);
}

static void
parameters_compare(struct telling *x)
{
	const struct rules_package *a = rules_package(x->before), *b = rules_package(x->after);

	for (size_t i = 0; i < a->n_parameters; i++) {
		int j = rules_parameter_find(x->after, a->parameter[i].name);

		for (int trial = 0; trial < 2; trial++)
			parameter_compare(x, &a->parameter[i], j < 0 ? NULL : &b->parameter[j], trial != 0);
	}
	for (size_t j = 0; j < b->n_parameters; j++)
		for (int trial = 0; trial < 2 && rules_parameter_find(x->before, b->parameter[j].name) < 0; trial++)
			parameter_compare(x, NULL, &b->parameter[j], trial != 0);
}

/* ---- steps ------------------------------------------------------------------------------------------------ */

/* As written: the expression, or the cases one after the other. */
static struct text
step_text(struct telling *x, const struct rules *r, const struct rules_step *s)
{
	struct text t = s->source;

	for (size_t i = 0; i < s->n_rules; i++) {
		const struct rules_case *c = &s->rule[i];
		struct text basis = policy_basis(x->mem, LANG_ZH, r, c->basis);

		t = arena_format(x->mem, "%.*s%s%s%.*s%s%.*s %.*s", (int)t.n, t.p, i == 0 ? "" : "; ", c->when.n > 0 ? "当 " : "否则",
		    (int)c->when.n, c->when.p, c->reason.zh.n > 0 ? "：" : "", (int)c->reason.zh.n, c->reason.zh.p, (int)basis.n, basis.p);
	}
	return t;
}

static int
step_like(const struct rules *r, const struct rules *other, const struct rules_step *s)
{
	int list = s->list < 0 ? -1 : rules_list_find(other, rules_package(r)->list[s->list].name);

	return s->list >= 0 && list < 0 ? -1 : rules_step_find(other, list, s->name);
}

static void
steps_compare(struct telling *x)
{
	const struct rules_package *a = rules_package(x->before), *b = rules_package(x->after);

	for (size_t i = 0; i < a->n_steps; i++) {
		int j = step_like(x->before, x->after, &a->step[i]);

		compare(x, policy_name(x->lang, a->step[i].name, a->step[i].words), true, j >= 0, step_text(x, x->before, &a->step[i]),
		    j < 0 ? TEXT_NONE : step_text(x, x->after, &b->step[j]));
	}
	for (size_t j = 0; j < b->n_steps; j++)
		if (step_like(x->after, x->before, &b->step[j]) < 0)
			compare(x, policy_name(x->lang, b->step[j].name, b->step[j].words), false, true, TEXT_NONE,
			    step_text(x, x->after, &b->step[j]));
}

/* ---- facts and documents ------------------------------------------------------------------------------------ */

static struct text
input_text(struct telling *x, const struct rules *r, const struct rules_input *in)
{
	struct text least = policy_value(x->mem, x->lang, r, in->type, in->least);
	struct text most = policy_value(x->mem, x->lang, r, in->type, in->most);
	struct text ask = policy_words(x->lang, in->question);

	return arena_format(x->mem, "%.*s – %.*s  %.*s", (int)least.n, least.p, (int)most.n, most.p, (int)ask.n, ask.p);
}

static int
input_like(const struct rules *r, const struct rules *other, const struct rules_input *in)
{
	int list = in->list < 0 ? -1 : rules_list_find(other, rules_package(r)->list[in->list].name);

	return in->list >= 0 && list < 0 ? -1 : rules_field_find(other, list, in->name);
}

static void
inputs_compare(struct telling *x)
{
	const struct rules_package *a = rules_package(x->before), *b = rules_package(x->after);

	for (size_t i = 0; i < a->n_inputs; i++) {
		int j = input_like(x->before, x->after, &a->input[i]);

		compare(x, a->input[i].name, true, j >= 0, input_text(x, x->before, &a->input[i]),
		    j < 0 ? TEXT_NONE : input_text(x, x->after, &b->input[j]));
	}
	for (size_t j = 0; j < b->n_inputs; j++)
		if (input_like(x->after, x->before, &b->input[j]) < 0)
			compare(x, b->input[j].name, false, true, TEXT_NONE, input_text(x, x->after, &b->input[j]));
}

static struct text
document_text(const struct rules_package *k, struct text name, struct arena *mem)
{
	for (size_t i = 0; i < k->n_documents; i++)
		if (text_equals(k->document[i].name, name))
			return arena_format(mem, "%.*s %.*s", (int)k->document[i].title.zh.n, k->document[i].title.zh.p,
			    (int)k->document[i].number.n, k->document[i].number.p);
	return TEXT_NONE;
}

static void
documents_compare(struct telling *x)
{
	const struct rules_package *a = rules_package(x->before), *b = rules_package(x->after);
	struct text what = text_of(msg(x->lang, T("文件")));

	for (size_t i = 0; i < a->n_documents; i++) {
		struct text before = document_text(a, a->document[i].name, x->mem), after = document_text(b, a->document[i].name, x->mem);

		compare(x, what, true, after.n > 0, before, after);
	}
	for (size_t j = 0; j < b->n_documents; j++)
		if (document_text(a, b->document[j].name, x->mem).n == 0)
			compare(x, what, false, true, TEXT_NONE, document_text(b, b->document[j].name, x->mem));
}

enum rc
policy_differences(struct arena *mem, enum lang lang, const struct rules *before, const struct rules *after,
    struct policy_diff *ret, size_t cap, size_t *ret_n)
{
	struct telling x = { mem, lang, before, after, ret, cap, 0 };

	parameters_compare(&x);
	steps_compare(&x);
	inputs_compare(&x);
	documents_compare(&x);
	*ret_n = x.n;
	return RC_OK;
}
