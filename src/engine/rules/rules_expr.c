/*
 * rules_expr: expressions.  Loosest first: 如果…则…否则, 或, 且, 非, comparison, + −, × , then names,
 * literals, calls.  ÷ stands only as the outermost sign inside 舍入(…).  A name means, from the
 * inside out, a field, a step or a total of the lists being walked, then a fact, a step, a parameter.
 */
#include "engine/rules/rules_internal.h"

const struct rules_node *
rules_expected(struct rules_parser *p, struct text what)
{
	rules_find(p, rules_peek(p), RULES_EXPECTED, what, rules_peek(p)->text);
	return NULL;
}

/* ---- names ------------------------------------------------------------------------------------ */

const struct rules_node *
rules_field_node(struct rules_parser *p, int input)
{
	const struct rules_input *in = &p->input[input];
	struct rules_node *e = rules_node(p, in->list >= 0 ? OP_FIELD : OP_INPUT, in->type);

	if (e != NULL) {
		e->ref = input;
		e->list = in->list;
		e->least = in->least;
		e->most = in->most;
	}
	return e;
}

/* The bounds a step's value was proven to have. */
static void
step_bounds(const struct rules_body *b, struct rules_node *e)
{
	if (b->value != NULL) {
		e->least = b->value->least;
		e->most = b->value->most;
		return;
	}
	for (size_t i = 0; i < b->n_arms; i++) {
		const struct rules_node *v = b->arm[i].value;

		e->least = i == 0 || v->least < e->least ? v->least : e->least;
		e->most = i == 0 || v->most > e->most ? v->most : e->most;
	}
}

static const struct rules_node *
step_node(struct rules_parser *p, int step)
{
	struct rules_node *e = rules_node(p, OP_STEP, p->step[step].type);

	if (e != NULL) {
		p->deepest = p->reach[step] > p->deepest ? p->reach[step] : p->deepest;
		e->ref = step;
		e->list = p->step[step].list;
		step_bounds(&p->rules->body[step], e);
	}
	return e;
}

static const struct rules_node *
running_node(struct rules_parser *p, int running, enum rules_op op)
{
	const struct rules_running *r = &p->rules->running[running];
	struct rules_node *e = rules_node(p, op, r->type);

	if (e != NULL) {
		p->deepest = p->reach_carry[running] > p->deepest ? p->reach_carry[running] : p->deepest;
		e->ref = running;
		e->list = r->list;
		e->least = r->least;
		e->most = r->most;
	}
	return e;
}

/* What a name means inside a list; NULL without a finding when nothing. */
static const struct rules_node *
name_in(struct rules_parser *p, struct rules_scope scope, struct text name)
{
	int i = rules_field_find(p->rules, scope.list, name);

	if (i >= 0)
		return rules_field_node(p, i);
	i = rules_step_find(p->rules, scope.list, name);
	if (i >= 0)
		return step_node(p, i);
	for (size_t k = 0; k < p->rules->n_running; k++) {
		const struct rules_running *r = &p->rules->running[k];

		if (r->list == scope.list && r->loop == scope.loop && text_equals(r->name, name))
			return running_node(p, (int)k, OP_RUNNING);
	}
	return NULL;
}

const struct rules_node *
rules_law_day(struct rules_parser *p, const struct rules_token *at)
{
	if (p->rules->package.law_date >= 0)
		return rules_field_node(p, p->rules->package.law_date);
	rules_find(p, at, RULES_NO_LAW_DATE, TEXT_NONE, TEXT_NONE);
	return NULL;
}

const struct rules_node *
rules_day_argument(struct rules_parser *p)
{
	const struct rules_token *at = rules_peek(p);

	return rules_fit(p, rules_sum(p), (struct rules_type){ .kind = RULES_DATE }, at);
}

/* A parameter, at the law date or 于 another day. */
static const struct rules_node *
parameter_node(struct rules_parser *p, int parameter, const struct rules_token *at)
{
	const struct rules_parameter *par = &p->parameter[parameter];
	struct rules_node *e;

	if (par->table) {
		rules_find(p, at, RULES_NOT_HERE, at->text, TEXT_NONE);
		return NULL;
	}
	e = rules_node(p, OP_PARAMETER, par->type);
	if (e == NULL)
		return NULL;
	e->ref = parameter;
	e->least = par->least;
	e->most = par->most;
	e->kid[0] = rules_take_word(p, W_AT) ? rules_day_argument(p) : rules_law_day(p, at);
	return e->kid[0] == NULL ? NULL : e;
}

static int
option_of(const struct rules_parser *p, struct text name, int *ret_options)
{
	for (size_t o = 0; o < p->rules->package.n_options; o++) {
		int i = rules_option_find(p->rules, (int)o, name);

		if (i >= 0) {
			*ret_options = (int)o;
			return i;
		}
	}
	return -1;
}

/* "成员.出生": inside the list the field; outside the total after its last item. */
static const struct rules_node *
qualified(struct rules_parser *p, int list, const struct rules_token *at)
{
	const struct rules_token *t;

	if (!rules_expect(p, T_DOT, TEXT(".")))
		return NULL;
	t = rules_take(p);
	for (int i = p->n_scopes - 1; i >= 0; i--)
		if (p->scope[i].list == list) {
			const struct rules_node *e = name_in(p, p->scope[i], t->text);

			if (e != NULL)
				return e;
		}
	for (size_t k = 0; k < p->rules->n_running; k++)
		if (p->rules->running[k].list == list && text_equals(p->rules->running[k].name, t->text)) {
			if (p->rules->running[k].next != NULL)
				return running_node(p, (int)k, OP_FINAL);
			break;
		}
	rules_find(p, at, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
	return NULL;
}

/* "意见.符合": an option whose name several sets have. */
static const struct rules_node *
option_of_set(struct rules_parser *p, int options)
{
	const struct rules_token *t;
	int i;

	rules_take(p); /* . */
	t = rules_take(p);
	i = t->kind == T_NAME ? rules_option_find(p->rules, options, t->text) : -1;
	if (i >= 0)
		return rules_literal(p, (struct rules_type){ RULES_OPTION, 0, (uint16_t)options }, i);
	rules_find(p, t, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
	return NULL;
}

static const struct rules_node *
name(struct rules_parser *p)
{
	const struct rules_token *t = rules_take(p);
	const struct rules_node *e;
	int i, options = -1;

	i = rules_list_find(p->rules, t->text);
	if (i >= 0)
		return qualified(p, i, t);
	i = rules_options_find(p->rules, t->text);
	if (i >= 0 && rules_peek(p)->kind == T_DOT)
		return option_of_set(p, i);
	for (int s = p->n_scopes - 1; s >= 0; s--) {
		e = name_in(p, p->scope[s], t->text);
		if (e != NULL || p->broken)
			return e;
	}
	i = rules_input_find(p->rules, t->text);
	if (i >= 0)
		return rules_field_node(p, i);
	i = rules_step_find(p->rules, -1, t->text);
	if (i >= 0)
		return step_node(p, i);
	i = rules_parameter_find(p->rules, t->text);
	if (i >= 0)
		return parameter_node(p, i, t);
	i = option_of(p, t->text, &options);
	if (i >= 0)
		return rules_literal(p, (struct rules_type){ RULES_OPTION, 0, (uint16_t)options }, i);
	rules_find(p, t, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
	return NULL;
}

const struct rules_node *
rules_close(struct rules_parser *p, const struct rules_node *e)
{
	return e != NULL && rules_expect(p, T_CLOSE, TEXT("）")) ? e : NULL;
}

/* ---- from the inside out ------------------------------------------------------------------------ */

static const struct rules_node *
number_literal(struct rules_parser *p)
{
	const struct rules_token *t = rules_take(p);
	const struct rules_node *e;

	if (t->unit != UNIT_MONEY && t->unit != UNIT_NONE) {
		rules_find(p, t, RULES_NOT_HERE, t->text, TEXT_NONE);
		return NULL;
	}
	e = rules_literal(p, (struct rules_type){ t->unit == UNIT_MONEY ? RULES_MONEY : RULES_NUMBER,
	    (uint8_t)t->decimals, 0 }, t->n);
	if (t->unit == UNIT_MONEY && t->decimals < 2)
		return rules_fit(p, e, (struct rules_type){ RULES_MONEY, 2, 0 }, t);
	return e;
}

static const struct rules_node *
primary(struct rules_parser *p)
{
	const struct rules_token *t = rules_peek(p);
	const struct rules_node *e;

	switch (t->kind) {
	case T_NUMBER:
		return number_literal(p);
	case T_DAY:
		rules_take(p);
		if (t->n < RULES_DAY_LEAST || t->n > RULES_DAY_MOST) {
			rules_find(p, t, RULES_BAD_DATE, t->text, TEXT_NONE);
			return NULL;
		}
		return rules_literal(p, (struct rules_type){ .kind = RULES_DATE }, t->n);
	case T_OPEN:
		rules_take(p);
		e = rules_expression(p);
		return rules_close(p, e);
	case T_MINUS: {
		const struct rules_node *a, *zero;

		rules_take(p);
		if (++p->depth > RULES_DEPTH_MAX) {
			rules_find(p, t, RULES_TOO_DEEP, TEXT_NONE, TEXT_NONE);
			return NULL;
		}
		a = primary(p);
		p->depth--;
		zero = a == NULL ? NULL : rules_literal(p, a->type, 0);
		return zero == NULL ? NULL : rules_arithmetic(p, t, OP_SUB, zero, a);
	}
	case T_NAME:
		if (t->word == W_YES || t->word == W_NO) {
			rules_take(p);
			return rules_literal(p, rules_truth_type(), t->word == W_YES);
		}
		if (p->token[p->at + 1].kind == T_OPEN)
			return rules_call(p);
		if (rules_word_reserved(t->word))
			return rules_expected(p, TEXT("值"));
		return name(p);
	case T_END: case T_STRING: case T_PLUS: case T_TIMES: case T_DIVIDE: case T_CLOSE: case T_COMMA: case T_COLON:
	case T_DOT: case T_EQ: case T_NE: case T_LT: case T_LE: case T_GT: case T_GE: case T_BRACE_OPEN: case T_BRACE_CLOSE:
		break;
	}
	return rules_expected(p, TEXT("值"));
}

static const struct rules_node *
product(struct rules_parser *p)
{
	const struct rules_node *e = primary(p);

	while (e != NULL && rules_peek(p)->kind == T_TIMES) {
		const struct rules_token *at = rules_take(p);

		e = rules_arithmetic(p, at, OP_MUL, e, primary(p));
	}
	return e;
}

/* A day ± 3天, 12个月, 1年; a day − a day is the days in between. */
static const struct rules_node *
day_sum(struct rules_parser *p, const struct rules_token *at, const struct rules_node *day, bool minus)
{
	const struct rules_token *t = rules_peek(p);
	struct rules_node *e;
	int64_t count;

	if (t->kind != T_NUMBER || t->decimals != 0 || t->unit == UNIT_NONE || t->unit == UNIT_MONEY) {
		rules_find(p, at, RULES_EXPECTED, TEXT("天、个月、年"), t->text);
		return NULL;
	}
	rules_take(p);
	count = t->unit == UNIT_YEARS ? t->n * 12 : t->n;
	if (t->n > 40000) {
		rules_find(p, t, RULES_OUT_OF_RANGE, t->text, TEXT("40000"));
		return NULL;
	}
	e = rules_node(p, OP_DAY_ADD, (struct rules_type){ .kind = RULES_DATE });
	if (e == NULL)
		return NULL;
	e->mode = t->unit != UNIT_DAYS;
	e->n = minus ? -count : count;
	e->kid[0] = day;
	e->least = RULES_DAY_FIRST;
	e->most = RULES_DAY_LAST;
	return e;
}

const struct rules_node *
rules_sum(struct rules_parser *p)
{
	const struct rules_node *e;

	if (++p->depth > RULES_DEPTH_MAX) {
		rules_find(p, rules_peek(p), RULES_TOO_DEEP, TEXT_NONE, TEXT_NONE);
		p->depth--;
		return NULL;
	}
	e = product(p);
	while (e != NULL && (rules_peek(p)->kind == T_PLUS || rules_peek(p)->kind == T_MINUS)) {
		const struct rules_token *at = rules_take(p);
		bool minus = at->kind == T_MINUS;

		if (e->type.kind == RULES_DATE)
			e = day_sum(p, at, e, minus);
		else
			e = rules_arithmetic(p, at, minus ? OP_SUB : OP_ADD, e, product(p));
	}
	p->depth--;
	return e;
}

/* 属于 { 五保、低保 } */
static const struct rules_node *
among(struct rules_parser *p, const struct rules_node *a, bool inside)
{
	struct rules_node *e = rules_node(p, OP_IN, rules_truth_type()), *not;
	const struct rules_token *at = rules_peek(p);

	if (e == NULL || !rules_expect(p, T_BRACE_OPEN, TEXT("{")))
		return NULL;
	if (a->type.kind != RULES_OPTION) {
		rules_find(p, at, RULES_WRONG_TYPE, TEXT("选项"), rules_type_name(p, a->type));
		return NULL;
	}
	do {
		const struct rules_token *t = rules_take(p);
		int i = rules_option_find(p->rules, a->type.options, t->text);

		if (i < 0) {
			rules_find(p, t, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
			return NULL;
		}
		e->n |= INT64_C(1) << i;
	} while (rules_take_kind(p, T_COMMA));
	if (!rules_expect(p, T_BRACE_CLOSE, TEXT("}")))
		return NULL;
	e->kid[0] = a;
	if (inside)
		return e;
	not = rules_node(p, OP_NOT, rules_truth_type());
	if (not != NULL)
		not->kid[0] = e;
	return not;
}

static bool
is_comparison(enum rules_token_kind k)
{
	return k == T_EQ || k == T_NE || k == T_LT || k == T_LE || k == T_GT || k == T_GE;
}

/* The names after = are looked for among the options of the left side first. */
static const struct rules_node *
right_side(struct rules_parser *p, const struct rules_node *a)
{
	const struct rules_token *t = rules_peek(p);

	if (a->type.kind == RULES_OPTION && t->kind == T_NAME && p->token[p->at + 1].kind != T_OPEN) {
		int i = rules_option_find(p->rules, a->type.options, t->text);

		if (i >= 0) {
			rules_take(p);
			return rules_literal(p, a->type, i);
		}
	}
	return rules_sum(p);
}

static const struct rules_node *
comparison(struct rules_parser *p)
{
	const struct rules_node *e;
	const struct rules_token *at = rules_peek(p);

	if (rules_take_word(p, W_NOT)) {
		struct rules_node *not = rules_node(p, OP_NOT, rules_truth_type());

		if (++p->depth > RULES_DEPTH_MAX) {
			rules_find(p, at, RULES_TOO_DEEP, TEXT_NONE, TEXT_NONE);
			return NULL;
		}
		e = rules_fit(p, comparison(p), rules_truth_type(), at);
		p->depth--;
		if (not == NULL || e == NULL)
			return NULL;
		not->kid[0] = e;
		return not;
	}
	e = rules_sum(p);
	at = rules_peek(p);
	if (e != NULL && at->kind == T_DIVIDE) {
		rules_find(p, at, RULES_DIVISION_OUTSIDE, TEXT_NONE, TEXT_NONE);
		return NULL;
	}
	if (e != NULL && is_comparison(at->kind)) {
		rules_take(p);
		e = rules_compare(p, at, at->kind, e, right_side(p, e));
	} else if (e != NULL && rules_take_word(p, W_IN)) {
		e = among(p, e, true);
	} else if (e != NULL && rules_take_word(p, W_NOT_IN)) {
		e = among(p, e, false);
	}
	return e;
}

static const struct rules_node *
chain(struct rules_parser *p, enum rules_word word, enum rules_op op)
{
	const struct rules_token *at = rules_peek(p);
	const struct rules_node *e = op == OP_AND ? comparison(p) : chain(p, W_AND, OP_AND);

	while (e != NULL && rules_is(p, word)) {
		struct rules_node *both = rules_node(p, op, rules_truth_type());
		const struct rules_token *right;

		rules_take(p);
		right = rules_peek(p);
		e = rules_fit(p, e, rules_truth_type(), at);
		if (both == NULL || e == NULL)
			return NULL;
		both->kid[0] = e;
		e = op == OP_AND ? comparison(p) : chain(p, W_AND, OP_AND);
		both->kid[1] = rules_fit(p, e, rules_truth_type(), right);
		e = both->kid[1] == NULL ? NULL : both;
	}
	return e;
}

static const struct rules_node *
choice(struct rules_parser *p, const struct rules_token *at)
{
	struct rules_node *e = rules_node(p, OP_IF, rules_truth_type());
	const struct rules_node *c, *a, *b;

	if (e == NULL || (c = rules_condition(p)) == NULL || !rules_expect_word(p, W_THEN) ||
	    (a = rules_expression(p)) == NULL || !rules_expect_word(p, W_OTHERWISE) || (b = rules_expression(p)) == NULL ||
	    !rules_align(p, at, &a, &b))
		return NULL;
	e->type = a->type;
	e->least = a->least < b->least ? a->least : b->least;
	e->most = a->most > b->most ? a->most : b->most;
	e->kid[0] = c;
	e->kid[1] = a;
	e->kid[2] = b;
	return e;
}

const struct rules_node *
rules_expression(struct rules_parser *p)
{
	const struct rules_token *at = rules_peek(p);
	const struct rules_node *e;

	if (++p->depth > RULES_DEPTH_MAX) {
		rules_find(p, at, RULES_TOO_DEEP, TEXT_NONE, TEXT_NONE);
		p->depth--;
		return NULL;
	}
	e = rules_take_word(p, W_IF) ? choice(p, at) : chain(p, W_OR, OP_OR);
	p->depth--;
	return e;
}

const struct rules_node *
rules_condition(struct rules_parser *p)
{
	const struct rules_token *at = rules_peek(p);

	return rules_fit(p, rules_expression(p), rules_truth_type(), at);
}
