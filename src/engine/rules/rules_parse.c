/*
 * rules_parse: the statements of a package, in the order of the text; a name is known from the
 * statement after its own, so nothing can be worked out from itself.  After a finding the rest of the
 * statement is skipped, so that one reading shows the mistakes of all of them.
 */
#include "engine/rules/rules_internal.h"

#include "base/utf8.h"

static bool
taken(const struct rules_parser *p, int list, struct text name)
{
	for (size_t i = 0; list >= 0 && i < p->rules->n_running; i++)
		if (p->rules->running[i].list == list && text_equals(p->rules->running[i].name, name))
			return true;
	if (list >= 0)
		return rules_field_find(p->rules, list, name) >= 0 || rules_step_find(p->rules, list, name) >= 0;
	return rules_options_find(p->rules, name) >= 0 || rules_input_find(p->rules, name) >= 0 ||
	    rules_step_find(p->rules, -1, name) >= 0 || rules_parameter_find(p->rules, name) >= 0 || rules_list_find(p->rules, name) >= 0;
}

bool
rules_new_name(struct rules_parser *p, int list, size_t n, size_t most, struct text *ret)
{
	const struct rules_token *at = rules_peek(p);

	if (!rules_name_parse(p, ret))
		return false;
	if (taken(p, list, *ret)) {
		rules_find(p, at, RULES_NAME_TAKEN, *ret, TEXT_NONE);
		return false;
	}
	if (n >= most) {
		rules_find(p, at, RULES_TOO_MANY, *ret, TEXT_NONE);
		return false;
	}
	return true;
}

static void
package_statement(struct rules_parser *p)
{
	struct rules_package *k = &p->rules->package;
	const struct rules_token *t;

	if (!rules_name_parse(p, &k->name) || !rules_expect_word(p, W_VERSION))
		return;
	t = rules_take(p);
	if (t->kind != T_STRING && t->kind != T_NAME && t->kind != T_NUMBER && t->kind != T_DAY) {
		rules_find(p, t, RULES_EXPECTED, rules_word_text(W_VERSION), t->text);
		return;
	}
	k->version = t->text;
	if (rules_take_word(p, W_NAME) && !rules_words_parse(p, &k->words))
		return;
	k->head_line = p->token[p->at - 1].line;
}

static void
document_statement(struct rules_parser *p)
{
	struct rules_package *k = &p->rules->package;
	struct rules_document *d = &p->document[k->n_documents];

	*d = (struct rules_document){ .issued = DAY_NONE, .effective = DAY_NONE };
	if (!rules_new_name(p, -1, k->n_documents, RULES_SMALL_MAX, &d->name) || !rules_words_parse(p, &d->title))
		return;
	for (;;) {
		bool issued = rules_is(p, W_ISSUED), text = rules_is(p, W_NUMBER) || rules_is(p, W_ISSUER);
		bool number = rules_is(p, W_NUMBER);
		const struct rules_token *t;

		if (rules_take_word(p, W_UNVERIFIED)) {
			d->unverified = true;
			continue;
		}
		if (!issued && !text && !rules_is(p, W_EFFECTIVE))
			break;
		rules_take(p);
		t = rules_peek(p);
		if (!rules_expect(p, text ? T_STRING : T_DAY, text ? TEXT("“…”") : TEXT("日期")))
			return;
		if (text)
			*(number ? &d->number : &d->issuer) = t->text;
		else
			(issued ? &d->issued : &d->effective)->n = (int32_t)t->n;
	}
	k->n_documents++;
}

/* 选项 人员类别 五保 “农村五保对象” / “…”，低保 “…” */
static void
options_statement(struct rules_parser *p)
{
	struct rules_package *k = &p->rules->package;
	struct rules_options *o = &p->options[k->n_options];
	struct rules_option *option = rules_alloc(p, 64 * sizeof *option);

	*o = (struct rules_options){ .option = option };
	if (option == NULL || !rules_new_name(p, -1, k->n_options, RULES_SMALL_MAX, &o->name))
		return;
	do {
		const struct rules_token *at = rules_peek(p);
		struct rules_option *n = &option[o->n];

		if (o->n == 64) {
			rules_find(p, at, RULES_TOO_MANY, TEXT_NONE, TEXT_NONE);
			return;
		}
		*n = (struct rules_option){ 0 };
		if (!rules_name_parse(p, &n->name))
			return;
		for (size_t i = 0; i < o->n; i++)
			if (text_equals(option[i].name, n->name)) {
				rules_find(p, at, RULES_NAME_TAKEN, n->name, TEXT_NONE);
				return;
			}
		n->words.zh = n->name;
		if (rules_peek(p)->kind == T_STRING && !rules_words_parse(p, &n->words))
			return;
		o->n++;
	} while (rules_take_kind(p, T_COMMA));
	k->n_options++;
}

/* The rest of an input or a field, after its word. */
static bool
input_rest(struct rules_parser *p, int list)
{
	struct rules_package *k = &p->rules->package;
	struct rules_input *in = &p->input[k->n_inputs];

	*in = (struct rules_input){ .list = list, .line = rules_peek(p)->line };
	if (!rules_new_name(p, list, k->n_inputs, RULES_SMALL_MAX, &in->name) || !rules_type_parse(p, &in->type))
		return false;
	rules_range_of(in->type, false, p, &in->least, &in->most);
	for (;;) {
		if (rules_take_word(p, W_RANGE)) {
			if (!rules_range_parse(p, in->type, &in->least, &in->most))
				return false;
		} else if (rules_take_word(p, W_ASK)) {
			if (!rules_words_parse(p, &in->question))
				return false;
		} else if (rules_take_word(p, W_HELP)) {
			if (!rules_words_parse(p, &in->help))
				return false;
		} else if (rules_take_word(p, W_PRESET)) {
			in->has_default = true;
			if (!rules_constant(p, in->type, in->least, in->most, &in->preset))
				return false;
		} else {
			break;
		}
	}
	k->n_inputs++;
	return true;
}

static void
list_statement(struct rules_parser *p)
{
	struct rules_package *k = &p->rules->package;
	struct rules_list *l = &p->list[k->n_lists];

	*l = (struct rules_list){ .most = 30, .line = rules_peek(p)->line, .first_field = (int)k->n_inputs };
	if (!rules_new_name(p, -1, k->n_lists, RULES_LIST_MAX, &l->name))
		return;
	for (;;) {
		const struct rules_token *t;

		if (rules_take_word(p, W_AT_MOST)) {
			t = rules_take(p);
			if (t->kind != T_NUMBER || t->decimals != 0 || t->n < 1 || t->n > RULES_LIST_ITEM_MAX) {
				rules_find(p, t, RULES_OUT_OF_RANGE, t->text, TEXT("1–200"));
				return;
			}
			l->most = (int)t->n;
		} else if (rules_take_word(p, W_ASK)) {
			if (!rules_words_parse(p, &l->question))
				return;
		} else if (rules_take_word(p, W_HELP)) {
			if (!rules_words_parse(p, &l->help))
				return;
		} else if (rules_take_word(p, W_PRESET)) {
			if (!rules_expect_word(p, W_NONE))
				return;
			l->empty_by_default = true;
		} else {
			break;
		}
	}
	k->n_lists++; /* its fields look it up */
	while (rules_take_word(p, W_FIELD))
		if (!input_rest(p, (int)k->n_lists - 1))
			return;
	l->n_fields = (int)k->n_inputs - l->first_field;
	if (l->n_fields == 0)
		rules_find(p, rules_peek(p), RULES_EXPECTED, rules_word_text(W_FIELD), rules_peek(p)->text);
}

/* From the token `from` to before the one at hand, as written. */
static struct text
written(const struct rules_parser *p, const struct rules_token *from)
{
	const struct rules_token *last = &p->token[p->at - 1];
	const char *end = last->text.p + last->text.n;
	struct text t = { from->text.p, (size_t)(end - from->text.p) };

	if (from->kind == T_STRING || last->kind == T_STRING || end < from->text.p)
		return from->text;
	return t;
}

static void
step_done(struct rules_parser *p, struct rules_body body)
{
	int reach = p->nodes - p->nodes_before + p->deepest;

	if (reach > RULES_REACH_MAX) {
		rules_find(p, rules_peek(p), RULES_TOO_DEEP, TEXT_NONE, TEXT_NONE);
		return;
	}
	p->reach[p->rules->package.n_steps] = reach;
	p->rules->body[p->rules->package.n_steps++] = body;
}

void
rules_statement_begins(struct rules_parser *p)
{
	p->broken = p->no_memory;
	p->depth = p->deepest = 0;
	p->nodes_before = p->nodes;
}

static bool
step_named(struct rules_parser *p, int list, struct rules_step *s)
{
	*s = (struct rules_step){ .list = list, .line = rules_peek(p)->line, .basis = { .document = -1 } };
	if (!rules_new_name(p, list, p->rules->package.n_steps, RULES_PART_MAX, &s->name))
		return false;
	return !rules_take_word(p, W_NAME) || rules_words_parse(p, &s->words);
}

/* 定义 人均 = 舍入（总收入 ÷ 人数，2，舍去） 依据 … */
void
rules_define_statement(struct rules_parser *p, int list, int loop)
{
	struct rules_step *s = &p->step[p->rules->package.n_steps < RULES_PART_MAX ? p->rules->package.n_steps : 0];
	struct rules_body body = { .loop = loop };
	const struct rules_token *from;

	if (!step_named(p, list, s) || !rules_expect(p, T_EQ, TEXT("=")))
		return;
	from = rules_peek(p);
	body.value = rules_expression(p);
	if (body.value == NULL)
		return;
	if (rules_peek(p)->kind == T_DIVIDE) {
		rules_find(p, rules_peek(p), RULES_DIVISION_OUTSIDE, TEXT_NONE, TEXT_NONE);
		return;
	}
	s->source = written(p, from);
	s->type = body.value->type;
	if (rules_take_word(p, W_BASIS) && !rules_basis_parse(p, &s->basis))
		return;
	step_done(p, body);
}

/* One "当 … 得 … 因 … 依据 …" or "否则 得 …". */
static bool
arm(struct rules_parser *p, struct rules_type type, struct rules_arm *a, struct rules_case *c)
{
	bool otherwise = rules_is(p, W_OTHERWISE);
	const struct rules_token *from, *at;

	*c = (struct rules_case){ .basis = { .document = -1 }, .line = rules_take(p)->line };
	from = rules_peek(p);
	a->when = otherwise ? NULL : rules_condition(p);
	if (!otherwise && a->when == NULL)
		return false;
	if (!otherwise)
		c->when = written(p, from);
	if (!rules_expect_word(p, W_GIVES))
		return false;
	at = rules_peek(p);
	if (type.kind == RULES_OPTION && at->kind == T_NAME && rules_option_find(p->rules, type.options, at->text) >= 0) {
		rules_take(p);
		a->value = rules_literal(p, type, rules_option_find(p->rules, type.options, at->text));
	} else {
		a->value = rules_fit(p, rules_expression(p), type, at);
	}
	if (a->value == NULL)
		return false;
	for (;;) {
		if (rules_take_word(p, W_BECAUSE)) {
			if (!rules_words_parse(p, &c->reason))
				return false;
		} else if (rules_take_word(p, W_BASIS)) {
			if (!rules_basis_parse(p, &c->basis))
				return false;
		} else {
			return true;
		}
	}
}

/* 判定 减免 整数 / 当 … 得 … / 否则 得 … */
void
rules_decide_statement(struct rules_parser *p, int list, int loop)
{
	enum { MOST = 60 };
	struct rules_step *s = &p->step[p->rules->package.n_steps < RULES_PART_MAX ? p->rules->package.n_steps : 0];
	struct rules_arm *a = rules_alloc(p, MOST * sizeof *a);
	struct rules_case *c = rules_alloc(p, MOST * sizeof *c);
	const struct rules_token *at = rules_peek(p);
	size_t n = 0;

	if (a == NULL || c == NULL || !step_named(p, list, s) || !rules_type_parse(p, &s->type))
		return;
	if (rules_take_word(p, W_NAME) && !rules_words_parse(p, &s->words)) /* before the type or after it */
		return;
	for (bool last = false; !last; n++) {
		if (!rules_is(p, W_WHEN) && !rules_is(p, W_OTHERWISE)) {
			rules_find(p, at, RULES_NO_OTHERWISE, s->name, TEXT_NONE);
			return;
		}
		if (n == MOST) {
			rules_find(p, at, RULES_TOO_MANY, s->name, TEXT_NONE);
			return;
		}
		last = rules_is(p, W_OTHERWISE);
		if (!arm(p, s->type, &a[n], &c[n]))
			return;
	}
	s->rule = c;
	s->n_rules = n;
	step_done(p, (struct rules_body){ .arm = a, .n_arms = n, .loop = loop });
}

/* 备注 当 … “…” and 矛盾 当 … “…” 字段 收入 */
static void
note_statement(struct rules_parser *p, bool conflict)
{
	struct rules_package *k = &p->rules->package;
	size_t *n = conflict ? &k->n_conflicts : &k->n_remarks;
	struct rules_note *note = &(conflict ? p->conflict : p->remark)[*n];
	const struct rules_node **when = &(conflict ? p->conflict_when : p->remark_when)[*n];
	const struct rules_token *from;

	if (*n == RULES_SMALL_MAX) {
		rules_find(p, rules_peek(p), RULES_TOO_MANY, TEXT_NONE, TEXT_NONE);
		return;
	}
	*note = (struct rules_note){ .basis = { .document = -1 }, .field = -1 };
	if (!rules_expect_word(p, W_WHEN))
		return;
	from = rules_peek(p);
	*when = rules_condition(p);
	if (*when == NULL)
		return;
	note->when = written(p, from);
	if (!rules_words_parse(p, &note->words))
		return;
	for (;;) {
		if (rules_take_word(p, W_BASIS)) {
			if (!rules_basis_parse(p, &note->basis))
				return;
		} else if (conflict && rules_take_word(p, W_FIELD)) {
			const struct rules_token *t = rules_take(p);

			note->field = rules_input_find(p->rules, t->text);
			if (note->field < 0) {
				rules_find(p, t, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
				return;
			}
		} else {
			break;
		}
	}
	(*n)++;
}

/* 输出 人均、标准、成员.净值; 结论 审查 */
static void
output_statement(struct rules_parser *p, bool conclusion)
{
	do {
		const struct rules_token *t = rules_take(p);
		int list = t->kind == T_NAME ? rules_list_find(p->rules, t->text) : -1, i;

		if (list >= 0 && rules_take_kind(p, T_DOT))
			t = rules_take(p);
		i = t->kind == T_NAME ? rules_step_find(p->rules, list, t->text) : -1;
		if (i < 0 || (conclusion && list >= 0)) {
			rules_find(p, t, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
			return;
		}
		p->step[i].output = true;
		if (conclusion)
			p->rules->package.conclusion = i;
	} while (!conclusion && rules_take_kind(p, T_COMMA));
}

static void
law_date_statement(struct rules_parser *p)
{
	const struct rules_token *t = rules_take(p);
	int i = t->kind == T_NAME ? rules_input_find(p->rules, t->text) : -1;

	if (i < 0 || p->input[i].type.kind != RULES_DATE)
		rules_find(p, t, i < 0 ? RULES_UNKNOWN_NAME : RULES_WRONG_TYPE, i < 0 ? t->text : TEXT("日期"), TEXT_NONE);
	else
		p->rules->package.law_date = i;
}

static bool
is_statement(enum rules_word w)
{
	switch ((int)w) {
	case W_PACKAGE: case W_LAW_DATE: case W_DOCUMENT: case W_OPTIONS: case W_PARAMETER: case W_INPUT: case W_LIST:
	case W_DEFINE: case W_DECIDE: case W_EACH: case W_RUNNING: case W_CARRY: case W_OUTPUT: case W_CONCLUSION:
	case W_REMARK: case W_CONFLICT:
		return true;
	default:
		return false;
	}
}

void
rules_skip(struct rules_parser *p)
{
	while (rules_peek(p)->kind != T_END &&
	    !(rules_peek(p)->first && rules_peek(p)->kind == T_NAME && is_statement(rules_peek(p)->word)))
		rules_take(p);
}

static void
statement(struct rules_parser *p)
{
	const struct rules_token *t = rules_take(p);
	struct rules_package *k = &p->rules->package;

	switch ((int)t->word) {
	case W_PACKAGE:
		package_statement(p);
		break;
	case W_LAW_DATE:
		law_date_statement(p);
		break;
	case W_DOCUMENT:
		document_statement(p);
		break;
	case W_OPTIONS:
		options_statement(p);
		break;
	case W_PARAMETER:
		if (k->n_parameters == RULES_SMALL_MAX || taken(p, -1, rules_peek(p)->text))
			rules_find(p, rules_peek(p), k->n_parameters == RULES_SMALL_MAX ? RULES_TOO_MANY : RULES_NAME_TAKEN,
			    rules_peek(p)->text, TEXT_NONE);
		else
			rules_parameter_statement(p);
		break;
	case W_INPUT:
		(void)input_rest(p, -1);
		break;
	case W_LIST:
		list_statement(p);
		break;
	case W_DEFINE:
		rules_define_statement(p, -1, -1);
		break;
	case W_DECIDE:
		rules_decide_statement(p, -1, -1);
		break;
	case W_EACH:
		rules_each_statement(p, t->column);
		break;
	case W_OUTPUT:
	case W_CONCLUSION:
		output_statement(p, t->word == W_CONCLUSION);
		break;
	case W_REMARK:
	case W_CONFLICT:
		note_statement(p, t->word == W_CONFLICT);
		break;
	default:
		rules_find(p, t, RULES_EXPECTED, TEXT("定义、参数、输入…"), t->text);
	}
	if (!p->broken && rules_peek(p)->kind != T_END && !rules_peek(p)->first)
		rules_find(p, rules_peek(p), RULES_EXPECTED, TEXT("换行"), rules_peek(p)->text);
}

static bool
rooms(struct rules_parser *p)
{
	struct rules *r = p->rules;
	struct rules_package *k = &r->package;

	k->document = p->document = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->document);
	k->options = p->options = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->options);
	k->parameter = p->parameter = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->parameter);
	k->input = p->input = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->input);
	k->list = p->list = rules_alloc(p, (RULES_LIST_MAX + 1) * sizeof *p->list);
	k->step = p->step = rules_alloc(p, (RULES_PART_MAX + 1) * sizeof *p->step);
	k->remark = p->remark = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->remark);
	k->conflict = p->conflict = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->conflict);
	p->remark_when = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->remark_when);
	p->conflict_when = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->conflict_when);
	r->body = rules_alloc(p, (RULES_PART_MAX + 1) * sizeof *r->body);
	r->running = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *r->running);
	p->reach = rules_alloc(p, (RULES_PART_MAX + 1) * sizeof *p->reach);
	p->reach_carry = rules_alloc(p, (RULES_SMALL_MAX + 1) * sizeof *p->reach_carry);
	return !p->no_memory;
}

/* The options every package has: how often something is paid. */
static bool
built_in(struct rules_parser *p)
{
	static const struct rules_option frequency[FREQUENCY_COUNT] = {
		{ TEXT_INIT("每周"), { TEXT_INIT("每周"), TEXT_INIT("weekly") } },
		{ TEXT_INIT("每两周"), { TEXT_INIT("每两周"), TEXT_INIT("every two weeks") } },
		{ TEXT_INIT("每四周"), { TEXT_INIT("每四周"), TEXT_INIT("every four weeks") } },
		{ TEXT_INIT("每月"), { TEXT_INIT("每月"), TEXT_INIT("monthly") } },
		{ TEXT_INIT("每季"), { TEXT_INIT("每季"), TEXT_INIT("quarterly") } },
		{ TEXT_INIT("每年"), { TEXT_INIT("每年"), TEXT_INIT("yearly") } },
		{ TEXT_INIT("不定期"), { TEXT_INIT("不定期"), TEXT_INIT("irregular") } },
	};

	p->options[0] = (struct rules_options){ TEXT("付款频率"), FREQUENCY_COUNT, frequency };
	p->rules->frequency_options = 0;
	p->rules->package.n_options = 1;
	return true;
}

static void
finish(struct rules_parser *p)
{
	struct rules *r = p->rules;
	struct rules_package *k = &r->package;

	r->note = rules_alloc(p, (k->n_remarks + k->n_conflicts + 1) * sizeof *r->note);
	for (size_t i = 0; r->note != NULL && i < k->n_remarks + k->n_conflicts; i++)
		r->note[i] = i < k->n_remarks ? p->remark_when[i] : p->conflict_when[i - k->n_remarks];
	p->broken = p->no_memory;
	if (k->name.n == 0)
		rules_find(p, &p->token[0], RULES_NO_PACKAGE, TEXT_NONE, TEXT_NONE);
	else if (k->n_inputs + k->n_lists + k->n_parameters > RULES_ASK_MAX)
		rules_find(p, &p->token[0], RULES_TOO_MANY, TEXT_NONE, TEXT_NONE);
	else if (k->conclusion < 0)
		rules_find(p, rules_peek(p), RULES_NO_CONCLUSION, TEXT_NONE, TEXT_NONE);
}

enum rc
rules_compile(struct arena *mem, struct text source, struct rules_findings *findings, const struct rules **ret)
{
	struct rules_parser p = { .mem = mem, .findings = findings };
	enum rc rc;

	findings->n = 0;
	if (source.n > RULES_TEXT_MAX)
		return RC_TOO_LARGE;
	p.rules = arena_alloc(mem, sizeof *p.rules);
	if (p.rules == NULL || !rooms(&p) || !built_in(&p))
		return RC_NO_MEMORY;
	p.rules->package.law_date = p.rules->package.conclusion = -1;
	p.rules->package.source = source = arena_text(mem, source);
	if (source.p == NULL)
		return RC_NO_MEMORY;
	if (utf8_check(source, true) != UTF8_FINE) {
		findings->finding[findings->n++] = (struct rules_finding){ .line = 1, .column = 1, .fault = RULES_BAD_BYTE };
		return RC_INVALID;
	}
	rc = rules_lex(&p, source);
	if (rc != RC_OK)
		return rc;
	while (rules_peek(&p)->kind != T_END) {
		rules_statement_begins(&p);
		p.n_scopes = 0;
		statement(&p);
		if (p.broken)
			rules_skip(&p);
	}
	p.broken = false;
	finish(&p);
	if (p.no_memory)
		return RC_NO_MEMORY;
	if (findings->n > 0)
		return RC_INVALID;
	*ret = p.rules;
	return RC_OK;
}
