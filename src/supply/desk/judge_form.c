/*
 * A form made from a package: a field for each fact it asks for, rows for its lists.  Keys are numbers ("i3", in row 2
 * of its list "i14r2"), since names are Chinese.  When the package has a new version meanwhile, what was typed finds its
 * field by the name of the fact.
 */
#include "supply/desk/judge_internal.h"

#include <stddef.h>
#include <stdio.h>

#define TYPED_MAX 40

static const struct choice deeds[] = {
	{ JUDGE_TRY, "try", T("试算") }, { JUDGE_RECORD, "record", T("记入本案") }, { 0, NULL, NULL },
};
static const struct field fields[] = {
	{ .key = "seen", .kind = FIELD_KEY, .label = T("所用的版本"), .min = 0, .max = INT64_MAX, .offset = offsetof(struct judge_values, seen) },
	{ .key = "deed", .kind = FIELD_CHOICE, .label = T("怎么办"), .choices = deeds, .offset = offsetof(struct judge_values, deed) },
};
const struct form judge_form = FORM_OF("judge", T("规则试算"), fields, struct judge_values);

/* ---- what was typed --------------------------------------------------------------------------------------- */

/* The key of a fact, row -1 outside lists. */
static const char *
key_of(const struct exchange *x, int input, int row)
{
	struct text t = row < 0 ? arena_format(x->ctx->mem, "i%d", input) : arena_format(x->ctx->mem, "i%dr%d", input, row);

	return t.p != NULL ? t.p : "i";
}

/* Where the form that was sent had this fact: it may be of another version. */
static int
sent_index(const struct judging *q, int input)
{
	const struct rules_input *in = &q->k->input[input];
	int list;

	if (q->typed == NULL)
		return input;
	if (in->list < 0)
		return rules_input_find(q->typed, in->name);
	list = rules_list_find(q->typed, q->k->list[in->list].name);
	return list < 0 ? -1 : rules_field_find(q->typed, list, in->name);
}

static struct text
typed_of(const struct exchange *x, const struct judging *q, int input, int row)
{
	int sent = sent_index(q, input);
	struct text t = sent < 0 ? TEXT_NONE : text_trim(params_get(x->in->form, key_of(x, sent, row)));

	return t.n <= 4 * TYPED_MAX ? t : (struct text){ t.p, 4 * TYPED_MAX };
}

static int
sent_list(const struct judging *q, int list)
{
	return q->typed == NULL ? list : rules_list_find(q->typed, q->k->list[list].name);
}

static const char *
list_key(const struct exchange *x, char kind, int list)
{
	struct text t = arena_format(x->ctx->mem, "%c%d", kind, list);

	return t.p != NULL ? t.p : "n";
}

/* Rows shown of a list. */
static int
rows_of(const struct exchange *x, const struct judging *q, int list)
{
	int most = q->k->list[list].most, sent = sent_list(q, list);
	int64_t n = JUDGE_ROWS, more = -1;

	if (sent >= 0 && int64_parse(params_get(x->in->form, list_key(x, 'n', sent)), 1, RULES_LIST_ITEM_MAX, &n) != RC_OK)
		n = JUDGE_ROWS;
	if (int64_parse(params_get(x->in->form, "more"), 0, RULES_ASK_MAX, &more) == RC_OK && more == sent)
		n += JUDGE_ROWS;
	return n < most ? (int)n : most;
}

static struct text
label_of(const struct exchange *x, const struct rules_input *in)
{
	struct text t = policy_words(x->ctx->lang, in->question);

	return t.n > 0 ? t : in->name;
}

/* How a value has to look, and what holds when it is left out. */
static const char *
hint_of(const struct exchange *x, const struct judging *q, const struct rules_input *in)
{
	struct text help = policy_words(x->ctx->lang, in->help), preset = TEXT_NONE;

	if (in->type.kind == RULES_MONEY && help.n == 0)
		help = desk_say(x, T("多少元，只写数字"));
	if (in->has_default) {
		preset = policy_value(x->ctx->mem, x->ctx->lang, q->rules, in->type, in->preset);
		preset = arena_format(x->ctx->mem, "%s%.*s", msg(x->ctx->lang, T("不填就当作：")), (int)preset.n, preset.p);
	}
	help = desk_join(x, help, preset);
	return help.n > 0 ? arena_text(x->ctx->mem, help).p : NULL;
}

static struct field
field_of(const struct exchange *x, const struct judging *q, int input, int row)
{
	const struct rules_input *in = &q->k->input[input];
	struct text label = label_of(x, in);
	struct field f = { .key = key_of(x, input, row), .kind = FIELD_LINE, .max = TYPED_MAX, .required = input == q->k->law_date };

	if (row >= 0)
		label = arena_format(x->ctx->mem, "%d. %.*s", row + 1, (int)label.n, label.p);
	if (in->type.kind == RULES_DATE) {
		f.kind = FIELD_DAY;
		f.min = INT32_MIN;
		f.max = INT32_MAX;
	}
	f.label = arena_text(x->ctx->mem, label).p;
	f.hint = row < 0 ? hint_of(x, q, in) : NULL;
	return f;
}

static void
wrong(struct exchange *x, struct judging *q, int input, int row, struct text why)
{
	struct field f = field_of(x, q, input, row);

	findings_add(&x->findings, f.key, arena_text(x->ctx->mem, why).p, 0);
	if (q->n_wrong < FINDINGS_MAX)
		q->wrong[q->n_wrong++] = f;
}

/* RC_OK with *ret_known false: nothing was typed, or a finding says what is wrong with it. */
static void
fact_read(struct exchange *x, struct judging *q, int input, int row, int64_t *ret, bool *ret_known)
{
	struct text t = typed_of(x, q, input, row), why = TEXT_NONE;

	*ret_known = t.n > 0 && policy_fact_typed(x->ctx->mem, x->ctx->lang, q->rules, input, t, ret, &why);
	if (t.n > 0 && !*ret_known)
		wrong(x, q, input, row, why);
	else if (t.n == 0 && input == q->k->law_date)
		wrong(x, q, input, row, desk_say(x, T("请填：按哪一天的标准算")));
}

static bool
row_is_empty(const struct exchange *x, const struct judging *q, const struct rules_list *l, int row)
{
	for (int i = l->first_field; i < l->first_field + l->n_fields; i++)
		if (typed_of(x, q, i, row).n > 0)
			return false;
	return true;
}

static bool
said_none(const struct exchange *x, const struct judging *q, int list)
{
	int sent = sent_list(q, list);

	return sent >= 0 && params_get(x->in->form, list_key(x, 'e', sent)).n > 0;
}

static enum rc
list_read(struct exchange *x, struct judging *q, int list)
{
	const struct rules_list *l = &q->k->list[list];
	int rows = rows_of(x, q, list), items = 0;
	enum rc rc = RC_OK;

	for (int row = 0; row < rows; row++)
		items += !row_is_empty(x, q, l, row);
	if (items > 0 || said_none(x, q, list))
		rc = rules_list_set(q->facts, list, items);
	for (int row = 0, item = 0; rc == RC_OK && row < rows; row++) {
		if (row_is_empty(x, q, l, row))
			continue;
		for (int i = l->first_field; rc == RC_OK && i < l->first_field + l->n_fields; i++) {
			int64_t n = 0;
			bool known;

			fact_read(x, q, i, row, &n, &known);
			if (known)
				rc = rules_field_set(q->facts, list, item, i, n);
		}
		item++;
	}
	return rc;
}

enum rc
judge_read(struct exchange *x, struct judging *q)
{
	enum rc rc = RC_OK;

	q->facts = rules_facts_new(x->ctx->mem, q->rules);
	if (q->facts == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; rc == RC_OK && i < q->k->n_inputs; i++) {
		int64_t n = 0;
		bool known;

		if (q->k->input[i].list >= 0)
			continue;
		fact_read(x, q, (int)i, -1, &n, &known);
		if (known)
			rc = rules_fact_set(q->facts, (int)i, n);
	}
	for (size_t l = 0; rc == RC_OK && l < q->k->n_lists; l++)
		rc = list_read(x, q, (int)l);
	return rc == RC_OK && x->findings.n > 0 ? RC_INVALID : rc;
}

/* ---- the form ------------------------------------------------------------------------------------------------ */

static void
put_options(struct exchange *x, struct html *h, const struct judging *q, const struct field *f, int input, struct text typed)
{
	const struct rules_input *in = &q->k->input[input];
	const struct rules_options *o = &q->k->options[in->type.options];
	size_t n = in->type.kind == RULES_TRUTH ? 2 : o->n;
	struct ui_option *v = arena_array(x->ctx->mem, n, sizeof *v);

	for (size_t i = 0; v != NULL && i < n; i++) {
		if (in->type.kind == RULES_TRUTH)
			v[i] = (struct ui_option){ .value = i == 0 ? TEXT("是") : TEXT("否"), .label = desk_say(x, i == 0 ? T("是") : T("否")) };
		else
			v[i] = (struct ui_option){ .value = o->option[i].name, .label = policy_name(x->ctx->lang, o->option[i].name,
			    o->option[i].words) };
	}
	ui_field_select(h, f, v, v == NULL ? 0 : n, typed, findings_of(&x->findings, f->key));
}

static void
put_fact(struct exchange *x, struct html *h, const struct judging *q, int input, int row)
{
	const struct rules_input *in = &q->k->input[input];
	struct field f = field_of(x, q, input, row);
	struct text typed = typed_of(x, q, input, row);
	char day[16];

	if (input == q->k->law_date && x->in->method == HTTP_GET)
		typed = arena_text(x->ctx->mem, day_print(desk_today(x), day));
	if (in->type.kind == RULES_TRUTH || in->type.kind == RULES_OPTION)
		put_options(x, h, q, &f, input, typed);
	else
		ui_field(h, &f, typed, findings_of(&x->findings, f.key));
}

static void
put_none(struct exchange *x, struct html *h, const struct judging *q, int list)
{
	struct field f = { .key = list_key(x, 'e', list), .kind = FIELD_BOOL, .label = T("一项也没有"),
		.hint = T("空着不填就是还不知道；确实没有的，勾上。") };

	if (!q->k->list[list].empty_by_default)
		ui_field(h, &f, said_none(x, q, list) ? TEXT("1") : TEXT_NONE, NULL);
}

static void
put_more(struct exchange *x, struct html *h, int list)
{
	html_raw(h, "<p><button type=\"submit\" class=\"button\" name=\"more\"");
	html_attr(h, "value", arena_format(x->ctx->mem, "%d", list));
	html_raw(h, ">");
	html_say(h, T("再加几行"));
	html_raw(h, "</button></p>");
}

static void
put_list(struct exchange *x, struct html *h, const struct judging *q, int list)
{
	const struct rules_list *l = &q->k->list[list];
	struct text title = policy_words(x->ctx->lang, l->question), help = policy_words(x->ctx->lang, l->help);
	int rows = rows_of(x, q, list);

	html_raw(h, "<fieldset><legend>");
	html_text(h, title.n > 0 ? title : l->name);
	html_raw(h, "</legend>");
	if (help.n > 0) {
		html_raw(h, "<p class=\"hint\">");
		html_text(h, help);
		html_raw(h, "</p>");
	}
	put_none(x, h, q, list);
	ui_hidden(h, list_key(x, 'n', list), arena_format(x->ctx->mem, "%d", rows));
	for (int row = 0; row < rows; row++) {
		html_raw(h, "<div class=\"row-of-list\">");
		for (int i = l->first_field; i < l->first_field + l->n_fields; i++)
			put_fact(x, h, q, i, row);
		html_raw(h, "</div>");
	}
	if (rows < l->most)
		put_more(x, h, list);
	html_raw(h, "</fieldset>");
}

static void
put_try(struct html *h)
{
	html_raw(h, "<div class=\"buttons\"><button type=\"submit\" class=\"button primary\" name=\"deed\" value=\"try\">");
	html_say(h, T("按规则试算"));
	html_raw(h, "</button></div>");
}

/* The facts first with their button: it is the one that Enter presses.  The lists, which few cases need, stand after it. */
void
judge_put_form(struct exchange *x, struct html *h, struct judging *q)
{
	struct form bad = { .key = "judge", .title = judge_form.title, .fields = q->wrong, .n = q->n_wrong };

	ui_section_open(h, T("填写事实"));
	ui_error_summary(h, &bad, &x->findings);
	ui_paragraph(h, T("不知道的空着，不要猜：空着的会列为待补，不会当作「没有」。"));
	ui_form_open(h, &(struct ui_form){ .action = desk_case_path(x, q->id, arena_format(x->ctx->mem, "policy/%.*s",
	    (int)q->package.n, q->package.p).p), .csrf = x->csrf });
	ui_hidden(h, "seen", desk_int(x, q->version.id));
	for (size_t i = 0; i < q->k->n_inputs; i++)
		if (q->k->input[i].list < 0)
			put_fact(x, h, q, (int)i, -1);
	put_try(h);
	for (size_t l = 0; l < q->k->n_lists; l++)
		put_list(x, h, q, (int)l);
	if (q->k->n_lists > 0)
		put_try(h);
	ui_form_close(h);
	ui_section_close(h);
}
