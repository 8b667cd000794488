/*
 * rules_call: what stands before a parenthesis: roundings, days, tables, and the folds over a list, whose
 * inside has the names of the list.
 */
#include "engine/rules/rules_internal.h"

static bool
comma(struct rules_parser *p)
{
	return rules_expect(p, T_COMMA, TEXT("，"));
}

/* A day inside a call, where a comma ends it; after 于 only a sum is read. */
static const struct rules_node *
day_argument(struct rules_parser *p)
{
	const struct rules_token *at = rules_peek(p);

	return rules_fit(p, rules_expression(p), (struct rules_type){ .kind = RULES_DATE }, at);
}

/* 舍入（a ÷ b，2，四舍五入） */
static const struct rules_node *
round_call(struct rules_parser *p, const struct rules_token *at)
{
	static const struct { enum rules_word word; enum rules_rounding mode; } modes[] = {
		{ W_HALF_UP, ROUND_HALF_UP }, { W_HALF_EVEN, ROUND_HALF_EVEN }, { W_TO_ZERO, ROUND_TO_ZERO },
		{ W_DOWN, ROUND_DOWN }, { W_UP, ROUND_UP }, { W_AWAY, ROUND_AWAY },
	};
	const struct rules_node *a = rules_sum(p), *b = NULL;
	const struct rules_token *t;
	int decimals;

	if (a != NULL && rules_take_kind(p, T_DIVIDE)) {
		b = rules_sum(p);
		if (b == NULL)
			return NULL;
	}
	if (a == NULL || !comma(p))
		return NULL;
	t = rules_take(p);
	if (t->kind != T_NUMBER || t->decimals != 0 || t->n > RULES_DECIMAL_MAX)
		return rules_expected(p, TEXT("0–9"));
	decimals = (int)t->n;
	if (!comma(p))
		return NULL;
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
		if (rules_take_word(p, modes[i].word)) {
			if (a->type.kind != RULES_NUMBER && a->type.kind != RULES_MONEY) {
				rules_find(p, at, RULES_WRONG_TYPE, TEXT("数"), rules_type_name(p, a->type));
				return NULL;
			}
			return rules_round_node(p, at, a, b, decimals, modes[i].mode);
		}
	return rules_expected(p, TEXT("四舍五入"));
}

static const struct rules_node *
fold_call(struct rules_parser *p, const struct rules_token *at, enum rules_op op)
{
	const struct rules_node *e = rules_expression(p);

	while (e != NULL && rules_take_kind(p, T_COMMA))
		e = rules_arithmetic(p, at, op, e, rules_expression(p));
	return e;
}

static const struct rules_node *
day_call(struct rules_parser *p, enum rules_op op)
{
	struct rules_type number = { .kind = RULES_NUMBER };
	bool two = op == OP_AGE || op == OP_DAYS;
	struct rules_node *e = rules_node(p, op, two || op == OP_YEAR ? number : (struct rules_type){ .kind = RULES_DATE });

	if (e == NULL)
		return NULL;
	e->kid[0] = day_argument(p);
	if (e->kid[0] == NULL || (two && !comma(p)))
		return NULL;
	if (two && (e->kid[1] = day_argument(p)) == NULL)
		return NULL;
	e->least = op == OP_AGE ? -1 : op == OP_YEAR ? 1600 : RULES_DAY_FIRST;
	e->most = op == OP_AGE || op == OP_YEAR ? 9999 : RULES_DAY_LAST;
	if (op == OP_DAYS) {
		e->least = e->kid[0]->least - e->kid[1]->most;
		e->most = e->kid[0]->most - e->kid[1]->least;
	}
	return e;
}

static const struct rules_node *
table_call(struct rules_parser *p, enum rules_op op)
{
	const struct rules_token *t = rules_take(p);
	int i = t->kind == T_NAME ? rules_parameter_find(p->rules, t->text) : -1;
	const struct rules_parameter *par;
	const struct rules_node *key, *day;
	struct rules_node *e;

	if (i < 0 || !p->parameter[i].table || (op == OP_MARGINAL && p->parameter[i].key.kind == RULES_OPTION) ||
	    (op == OP_BAND_START && p->parameter[i].key.kind == RULES_OPTION)) {
		rules_find(p, t, i < 0 ? RULES_UNKNOWN_NAME : RULES_NOT_HERE, t->text, TEXT_NONE);
		return NULL;
	}
	par = &p->parameter[i];
	if (!comma(p))
		return NULL;
	t = rules_peek(p);
	key = rules_fit(p, rules_expression(p), par->key, t);
	if (key == NULL)
		return NULL;
	day = rules_take_word(p, W_AT) ? rules_day_argument(p) : rules_law_day(p, t);
	if (day == NULL)
		return NULL;
	if (op == OP_MARGINAL) { /* the type of key × value: borrow the product's checks */
		struct rules_node *value = rules_node(p, OP_LITERAL, par->type);

		if (value == NULL)
			return NULL;
		value->least = par->least;
		value->most = par->most;
		e = rules_arithmetic(p, t, OP_MUL, key, value);
		if (e == NULL)
			return NULL;
		e->op = OP_MARGINAL;
	} else {
		e = rules_node(p, op, op == OP_LOOKUP ? par->type : par->key);
		if (e == NULL)
			return NULL;
		e->least = op == OP_LOOKUP ? par->least : key->least;
		e->most = op == OP_LOOKUP ? par->most : key->most;
		if (op == OP_BAND_START && e->least > 0)
			e->least = 0;
	}
	e->ref = i;
	e->kid[0] = key;
	e->kid[1] = day;
	return e;
}

static const struct rules_node *
peak_call(struct rules_parser *p)
{
	const struct rules_token *t = rules_take(p);
	int i = t->kind == T_NAME ? rules_parameter_find(p->rules, t->text) : -1;
	struct rules_node *e;

	if (i < 0 || p->parameter[i].table ||
	    (p->parameter[i].type.kind != RULES_MONEY && p->parameter[i].type.kind != RULES_NUMBER)) {
		rules_find(p, t, i < 0 ? RULES_UNKNOWN_NAME : RULES_NOT_HERE, t->text, TEXT_NONE);
		return NULL;
	}
	e = rules_node(p, OP_PEAK, p->parameter[i].type);
	if (e == NULL || !comma(p))
		return NULL;
	e->ref = i;
	e->least = p->parameter[i].least;
	e->most = p->parameter[i].most;
	e->kid[0] = day_argument(p);
	if (e->kid[0] == NULL || !comma(p))
		return NULL;
	e->kid[1] = day_argument(p);
	return e->kid[1] == NULL ? NULL : e;
}

/* 已知（收入）: was the fact given?  Always known itself. */
static const struct rules_node *
known_call(struct rules_parser *p)
{
	struct rules_node *e = rules_node(p, OP_KNOWN, rules_truth_type());

	if (e == NULL)
		return NULL;
	e->kid[0] = rules_expression(p);
	return e->kid[0] == NULL ? NULL : e;
}

static const struct rules_node *
optional_condition(struct rules_parser *p)
{
	return rules_take_kind(p, T_COMMA) && rules_take_word(p, W_WHEN) ? rules_condition(p) : NULL;
}

/* The sum's bounds: at most `items` times the value's, and nothing at all when the list is empty. */
static bool
sum_bounds(struct rules_parser *p, const struct rules_token *at, struct rules_node *e)
{
	rules_wide items = p->list[e->list].most;
	rules_wide least = e->kid[0]->least < 0 ? e->kid[0]->least * items : 0;
	rules_wide most = e->kid[0]->most > 0 ? e->kid[0]->most * items : 0;

	if (least < INT64_MIN + 1 || most > INT64_MAX) {
		rules_find(p, at, RULES_MAY_OVERFLOW, TEXT_NONE, TEXT_NONE);
		return false;
	}
	e->least = (int64_t)least;
	e->most = (int64_t)most;
	return true;
}

/* After "（列表，" with the list's scope open. */
static struct rules_node *
over_items(struct rules_parser *p, const struct rules_token *at, enum rules_word word, int list)
{
	static const struct { enum rules_word word; enum rules_op op; } table[] = {
		{ W_SUM, OP_SUM }, { W_HOW_MANY, OP_SUM }, { W_ANY, OP_ANY }, { W_ALL, OP_ALL }, { W_LARGEST, OP_LARGEST },
		{ W_SMALLEST, OP_SMALLEST }, { W_FIRST, OP_FIRST }, { W_FREQUENCY, OP_FREQUENCY },
	};
	enum rules_op op = OP_SUM;
	struct rules_node *e = rules_node(p, OP_SUM, rules_truth_type());

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (table[i].word == word)
			op = table[i].op;
	if (e == NULL)
		return NULL;
	e->op = op;
	e->list = list;
	if (op == OP_ANY || op == OP_ALL) {
		if (!comma(p))
			return NULL;
		e->kid[0] = rules_condition(p);
		return e->kid[0] == NULL ? NULL : e;
	}
	if (word == W_HOW_MANY) {
		e->kid[0] = rules_literal(p, (struct rules_type){ .kind = RULES_NUMBER }, 1);
	} else {
		if (!comma(p))
			return NULL;
		e->kid[0] = word == W_FREQUENCY ? day_argument(p) : rules_expression(p);
	}
	if (e->kid[0] == NULL)
		return NULL;
	if (rules_peek(p)->kind == T_COMMA && p->token[p->at + 1].word == W_WHEN &&
	    (e->kid[1] = optional_condition(p)) == NULL)
		return NULL;
	e->type = e->kid[0]->type;
	e->least = e->kid[0]->least;
	e->most = e->kid[0]->most;
	if (op == OP_FREQUENCY) {
		e->type = (struct rules_type){ RULES_OPTION, 0, (uint16_t)p->rules->frequency_options };
		e->least = 0;
		e->most = FREQUENCY_COUNT - 1;
	} else if (op == OP_SUM) {
		if (e->type.kind != RULES_MONEY && e->type.kind != RULES_NUMBER) {
			rules_find(p, at, RULES_WRONG_TYPE, TEXT("数"), rules_type_name(p, e->type));
			return NULL;
		}
		return sum_bounds(p, at, e) ? e : NULL;
	}
	return e;
}

/* "…，无则 0": what the largest, smallest or first is when no item is meant. */
static const struct rules_node *
or_else(struct rules_parser *p, const struct rules_token *at, struct rules_node *e)
{
	const struct rules_node *value, *other;

	if (e == NULL || (e->op != OP_LARGEST && e->op != OP_SMALLEST && e->op != OP_FIRST))
		return e;
	if (!rules_take_kind(p, T_COMMA) || !rules_is(p, W_IF_NONE)) {
		rules_find(p, at, RULES_NEEDS_DEFAULT, at->text, TEXT_NONE);
		return NULL;
	}
	rules_take(p);
	value = e->kid[0];
	other = rules_expression(p);
	if (!rules_align(p, at, &value, &other))
		return NULL;
	e->kid[0] = value;
	e->kid[2] = other;
	e->type = value->type;
	e->least = value->least < other->least ? value->least : other->least;
	e->most = value->most > other->most ? value->most : other->most;
	return e;
}

static const struct rules_node *
list_call(struct rules_parser *p, const struct rules_token *at, enum rules_word word)
{
	const struct rules_token *t = rules_take(p);
	int list = t->kind == T_NAME ? rules_list_find(p->rules, t->text) : -1;
	struct rules_node *e;

	if (list < 0) {
		rules_find(p, t, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
		return NULL;
	}
	for (int i = 0; i < p->n_scopes; i++) /* a list inside itself would have two current items */
		if (p->scope[i].list == list || p->n_scopes == (int)(sizeof p->scope / sizeof p->scope[0])) {
			rules_find(p, t, RULES_NOT_HERE, t->text, TEXT_NONE);
			return NULL;
		}
	p->scope[p->n_scopes++] = (struct rules_scope){ list, -1 };
	e = over_items(p, at, word, list);
	p->n_scopes--;
	return or_else(p, at, e);
}

/* A node of its own: as the larger of a and −a, a stood twice below it, and absolutes within absolutes 2ⁿ times. */
static const struct rules_node *
absolute(struct rules_parser *p, const struct rules_token *at)
{
	const struct rules_node *a = rules_sum(p);
	struct rules_node *e;

	if (a == NULL)
		return NULL;
	if (a->type.kind != RULES_NUMBER && a->type.kind != RULES_MONEY) {
		rules_find(p, at, RULES_WRONG_TYPE, TEXT("数"), rules_type_name(p, a->type));
		return NULL;
	}
	e = rules_node(p, OP_ABS, a->type);
	if (e == NULL)
		return NULL;
	e->least = a->least > 0 ? a->least : a->most < 0 ? -a->most : 0;
	e->most = a->most > -a->least ? a->most : -a->least;
	e->kid[0] = a;
	return e;
}

const struct rules_node *
rules_call(struct rules_parser *p)
{
	const struct rules_token *at = rules_take(p);

	rules_take(p); /* ( */
	switch ((int)at->word) {
	case W_ROUND:
		return rules_close(p, round_call(p, at));
	case W_LARGER:
		return rules_close(p, fold_call(p, at, OP_LARGER));
	case W_SMALLER:
		return rules_close(p, fold_call(p, at, OP_SMALLER));
	case W_AGE:
		return rules_close(p, day_call(p, OP_AGE));
	case W_DAYS:
		return rules_close(p, day_call(p, OP_DAYS));
	case W_YEAR:
		return rules_close(p, day_call(p, OP_YEAR));
	case W_YEAR_FIRST:
		return rules_close(p, day_call(p, OP_YEAR_FIRST));
	case W_YEAR_LAST:
		return rules_close(p, day_call(p, OP_YEAR_LAST));
	case W_MONTH_FIRST:
		return rules_close(p, day_call(p, OP_MONTH_FIRST));
	case W_LOOKUP:
		return rules_close(p, table_call(p, OP_LOOKUP));
	case W_BAND_START:
		return rules_close(p, table_call(p, OP_BAND_START));
	case W_MARGINAL:
		return rules_close(p, table_call(p, OP_MARGINAL));
	case W_PEAK:
		return rules_close(p, peak_call(p));
	case W_KNOWN:
		return rules_close(p, known_call(p));
	case W_SUM: case W_HOW_MANY: case W_ANY: case W_ALL: case W_LARGEST: case W_SMALLEST: case W_FIRST: case W_FREQUENCY:
		return rules_close(p, list_call(p, at, at->word));
	case W_ABSOLUTE:
		return rules_close(p, absolute(p, at));
	default:
		rules_find(p, at, RULES_UNKNOWN_NAME, at->text, TEXT_NONE);
		return NULL;
	}
}
