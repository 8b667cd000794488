/*
 * rules_node: nodes with their type, their decimals and the bounds of every value they can have.
 * The bounds come from the declared ranges upwards, in 128 bits; what might not fit 64 is refused
 * here, so that no evaluator has to look.
 */
#include "engine/rules/rules_internal.h"

#include "base/checked.h"

int64_t
rules_power10(int decimals)
{
	int64_t n = 1;

	while (decimals-- > 0)
		n *= 10;
	return n;
}

int64_t
rules_round(int64_t value, int64_t n, int64_t d, enum rules_rounding mode)
{
	rules_wide whole = (rules_wide)value * n, q = whole / d, r = whole % d; /* q towards zero, r with the sign of whole */
	rules_wide twice = r < 0 ? -r * 2 : r * 2;
	int away = r < 0 ? -1 : 1;

	if (r == 0)
		return (int64_t)q;
	switch (mode) {
	case ROUND_HALF_UP:
		return (int64_t)(twice >= d ? q + away : q);
	case ROUND_HALF_EVEN:
		return (int64_t)(twice > d || (twice == d && q % 2 != 0) ? q + away : q);
	case ROUND_DOWN:
		return (int64_t)(away < 0 ? q - 1 : q);
	case ROUND_UP:
		return (int64_t)(away > 0 ? q + 1 : q);
	case ROUND_AWAY:
		return (int64_t)(q + away);
	case ROUND_TO_ZERO:
		break;
	}
	return (int64_t)q;
}

struct rules_node *
rules_node(struct rules_parser *p, enum rules_op op, struct rules_type type)
{
	struct rules_node *n;

	if (++p->nodes > RULES_NODE_MAX) {
		rules_find(p, rules_peek(p), RULES_TOO_MANY, TEXT_NONE, TEXT_NONE);
		return NULL;
	}
	n = rules_alloc(p, sizeof *n);
	if (n != NULL)
		*n = (struct rules_node){ .op = op, .type = type, .ref = -1, .list = -1, .d = 1, .least = 0, .most = 1 };
	return n;
}

const struct rules_node *
rules_literal(struct rules_parser *p, struct rules_type type, int64_t n)
{
	struct rules_node *e = rules_node(p, OP_LITERAL, type);

	if (e != NULL)
		e->n = e->least = e->most = n;
	return e;
}

static bool
is_number(const struct rules_node *e)
{
	return e->type.kind == RULES_NUMBER || e->type.kind == RULES_MONEY;
}

/* Sets the bounds, or says that they do not fit. */
static bool
bound(struct rules_parser *p, const struct rules_token *at, struct rules_node *e, rules_wide least, rules_wide most)
{
	if (least < INT64_MIN + 1 || most > INT64_MAX) {
		rules_find(p, at, RULES_MAY_OVERFLOW, TEXT_NONE, TEXT_NONE);
		return false;
	}
	e->least = (int64_t)least;
	e->most = (int64_t)most;
	return true;
}

/* The same value with more decimals. */
static const struct rules_node *
finer(struct rules_parser *p, const struct rules_token *at, const struct rules_node *e, int decimals)
{
	struct rules_type type = e->type;
	int64_t factor;
	struct rules_node *s;

	if (decimals == type.decimals)
		return e;
	factor = rules_power10(decimals - type.decimals);
	type.decimals = (uint8_t)decimals;
	s = rules_node(p, e->op == OP_LITERAL ? OP_LITERAL : OP_SCALE, type);
	if (s == NULL || !bound(p, at, s, (rules_wide)e->least * factor, (rules_wide)e->most * factor))
		return NULL;
	s->n = e->op == OP_LITERAL ? s->least : factor;
	s->kid[0] = e->op == OP_LITERAL ? NULL : e;
	return s;
}

/* A bare 0 may stand for no money. */
static const struct rules_node *
as_money(struct rules_parser *p, const struct rules_node *e)
{
	if (e->op == OP_LITERAL && e->type.kind == RULES_NUMBER && e->n == 0)
		return rules_literal(p, (struct rules_type){ RULES_MONEY, 2, 0 }, 0);
	return e;
}

bool
rules_align(struct rules_parser *p, const struct rules_token *at, const struct rules_node **a,
    const struct rules_node **b)
{
	int decimals;

	if (*a == NULL || *b == NULL)
		return false;
	if ((*a)->type.kind == RULES_MONEY)
		*b = as_money(p, *b);
	else if ((*b)->type.kind == RULES_MONEY)
		*a = as_money(p, *a);
	if (*a == NULL || *b == NULL)
		return false;
	if ((*a)->type.kind != (*b)->type.kind ||
	    ((*a)->type.kind == RULES_OPTION && (*a)->type.options != (*b)->type.options)) {
		rules_find(p, at, RULES_WRONG_TYPE, rules_type_name(p, (*a)->type), rules_type_name(p, (*b)->type));
		return false;
	}
	if (!is_number(*a))
		return true;
	decimals = (*a)->type.decimals > (*b)->type.decimals ? (*a)->type.decimals : (*b)->type.decimals;
	*a = finer(p, at, *a, decimals);
	*b = *a == NULL ? NULL : finer(p, at, *b, decimals);
	return *b != NULL;
}

static struct rules_node *
multiply(struct rules_parser *p, const struct rules_token *at, const struct rules_node *a, const struct rules_node *b)
{
	bool money = a->type.kind == RULES_MONEY || b->type.kind == RULES_MONEY;
	int decimals = a->type.decimals + b->type.decimals;
	rules_wide corner[4] = { (rules_wide)a->least * b->least, (rules_wide)a->least * b->most,
	    (rules_wide)a->most * b->least, (rules_wide)a->most * b->most };
	rules_wide least = corner[0], most = corner[0];
	struct rules_node *e;

	if (a->type.kind == RULES_MONEY && b->type.kind == RULES_MONEY) {
		rules_find(p, at, RULES_MONEY_TIMES_MONEY, TEXT_NONE, TEXT_NONE);
		return NULL;
	}
	if (decimals > RULES_DECIMAL_MAX) {
		rules_find(p, at, RULES_TOO_MANY_DECIMALS, TEXT_NONE, TEXT_NONE);
		return NULL;
	}
	e = rules_node(p, OP_MUL, (struct rules_type){ money ? RULES_MONEY : RULES_NUMBER, (uint8_t)decimals, 0 });
	if (e == NULL)
		return NULL;
	for (int i = 1; i < 4; i++) {
		least = corner[i] < least ? corner[i] : least;
		most = corner[i] > most ? corner[i] : most;
	}
	if (!bound(p, at, e, least, most))
		return NULL;
	e->kid[0] = a;
	e->kid[1] = b;
	return e;
}

static rules_wide
smaller(rules_wide a, rules_wide b)
{
	return a < b ? a : b;
}

static rules_wide
larger(rules_wide a, rules_wide b)
{
	return a > b ? a : b;
}

struct rules_node *
rules_arithmetic(struct rules_parser *p, const struct rules_token *at, enum rules_op op, const struct rules_node *a,
    const struct rules_node *b)
{
	struct rules_node *e;
	bool days = op == OP_LARGER || op == OP_SMALLER; /* the later or the earlier of two days */
	rules_wide least, most;

	if (a == NULL || b == NULL)
		return NULL;
	if (!is_number(a) && !(days && a->type.kind == RULES_DATE)) {
		rules_find(p, at, RULES_WRONG_TYPE, TEXT("数"), rules_type_name(p, a->type));
		return NULL;
	}
	if (op == OP_MUL) {
		if (!is_number(b)) {
			rules_find(p, at, RULES_WRONG_TYPE, TEXT("数"), rules_type_name(p, b->type));
			return NULL;
		}
		return multiply(p, at, a, b);
	}
	if (!rules_align(p, at, &a, &b))
		return NULL;
	e = rules_node(p, op, a->type);
	if (e == NULL)
		return NULL;
	if (op == OP_ADD) {
		least = (rules_wide)a->least + b->least;
		most = (rules_wide)a->most + b->most;
	} else if (op == OP_SUB) {
		least = (rules_wide)a->least - b->most;
		most = (rules_wide)a->most - b->least;
	} else if (op == OP_LARGER) {
		least = larger(a->least, b->least);
		most = larger(a->most, b->most);
	} else {
		least = smaller(a->least, b->least);
		most = smaller(a->most, b->most);
	}
	if (!bound(p, at, e, least, most))
		return NULL;
	e->kid[0] = a;
	e->kid[1] = b;
	return e;
}

const struct rules_node *
rules_compare(struct rules_parser *p, const struct rules_token *at, enum rules_token_kind sign,
    const struct rules_node *a, const struct rules_node *b)
{
	bool turned = sign == T_GT || sign == T_GE;
	enum rules_op op = sign == T_EQ ? OP_EQ : sign == T_NE ? OP_NE : sign == T_LT || sign == T_GT ? OP_LT : OP_LE;
	struct rules_node *e;

	if (!rules_align(p, at, &a, &b))
		return NULL;
	if ((op == OP_LT || op == OP_LE) && (a->type.kind == RULES_TRUTH || a->type.kind == RULES_OPTION)) {
		rules_find(p, at, RULES_WRONG_TYPE, TEXT("数"), rules_type_name(p, a->type));
		return NULL;
	}
	e = rules_node(p, op, rules_truth_type());
	if (e != NULL) {
		e->kid[0] = turned ? b : a;
		e->kid[1] = turned ? a : b;
	}
	return e;
}

/* ÷ by anything that can be 1 unit small makes at most |value| × n; bounds follow from that. */
const struct rules_node *
rules_round_node(struct rules_parser *p, const struct rules_token *at, const struct rules_node *a,
    const struct rules_node *b, int decimals, enum rules_rounding mode)
{
	int up = decimals - a->type.decimals + (b == NULL ? 0 : b->type.decimals);
	struct rules_type type = { a->type.kind, (uint8_t)decimals, 0 };
	rules_wide least, most, size;
	struct rules_node *e;

	if (b != NULL && b->type.kind == RULES_MONEY) {
		if (a->type.kind != RULES_MONEY) {
			rules_find(p, at, RULES_WRONG_TYPE, TEXT("金额"), rules_type_name(p, a->type));
			return NULL;
		}
		type.kind = RULES_NUMBER;
	}
	if (decimals > RULES_DECIMAL_MAX || up > 18 || up < -18 || (type.kind == RULES_MONEY && decimals < 0)) {
		rules_find(p, at, RULES_TOO_MANY_DECIMALS, TEXT_NONE, TEXT_NONE);
		return NULL;
	}
	e = rules_node(p, OP_ROUND, type);
	if (e == NULL)
		return NULL;
	e->n = up > 0 ? rules_power10(up) : 1;
	e->d = up < 0 ? rules_power10(-up) : 1;
	e->mode = (int)mode;
	size = larger(a->most, -(rules_wide)a->least);
	least = a->least >= 0 && (b == NULL || b->least >= 0) ? 0 : -(size * e->n / e->d + 1);
	most = size * e->n / e->d + 1;
	if (b != NULL && b->least > 0) { /* a divisor that is never small */
		most = size * e->n / e->d / b->least + 1;
		least = a->least >= 0 ? 0 : -most;
	}
	if (b != NULL && (rules_wide)larger(b->most, -(rules_wide)b->least) * e->d > INT64_MAX) {
		rules_find(p, at, RULES_MAY_OVERFLOW, TEXT_NONE, TEXT_NONE);
		return NULL;
	}
	if (!bound(p, at, e, least, most))
		return NULL;
	e->kid[0] = a;
	e->kid[1] = b;
	return e;
}

const struct rules_node *
rules_fit(struct rules_parser *p, const struct rules_node *e, struct rules_type type, const struct rules_token *at)
{
	if (e == NULL)
		return NULL;
	if (type.kind == RULES_MONEY)
		e = as_money(p, e);
	if (e == NULL)
		return NULL;
	if (e->type.kind != type.kind || (type.kind == RULES_OPTION && e->type.options != type.options)) {
		rules_find(p, at, RULES_WRONG_TYPE, rules_type_name(p, type), rules_type_name(p, e->type));
		return NULL;
	}
	if (!is_number(e))
		return e;
	if (e->type.decimals > type.decimals) {
		rules_find(p, at, RULES_TOO_MANY_DECIMALS, TEXT_NONE, TEXT_NONE);
		return NULL;
	}
	return finer(p, at, e, type.decimals);
}

struct text
rules_type_name(const struct rules_parser *p, struct rules_type t)
{
	switch ((enum rules_kind)t.kind) {
	case RULES_TRUTH:
		return TEXT("是否");
	case RULES_NUMBER:
		return t.decimals == 0 ? TEXT("整数") : TEXT("小数");
	case RULES_MONEY:
		return TEXT("金额");
	case RULES_DATE:
		return TEXT("日期");
	case RULES_OPTION:
		return p->options[t.options].name;
	}
	return TEXT_NONE;
}
