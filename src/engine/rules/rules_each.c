/* rules_each: 逐项, the steps worked out for each item of a list and the totals carried along it. */
#include "engine/rules/rules_internal.h"

/* 累计 余额 金额 范围 0 至 100000 = 上限 */
static void
running_statement(struct rules_parser *p, int list, int loop)
{
	struct rules_running *r = &p->rules->running[p->rules->n_running];
	const struct rules_token *at;

	if (p->rules->n_running == RULES_SMALL_MAX) {
		rules_find(p, rules_peek(p), RULES_TOO_MANY, TEXT_NONE, TEXT_NONE);
		return;
	}
	*r = (struct rules_running){ .list = list, .loop = loop };
	if (!rules_new_name(p, list, 0, 1, &r->name) || !rules_type_parse(p, &r->type))
		return;
	rules_range_of(r->type, false, p, &r->least, &r->most);
	if (rules_take_word(p, W_RANGE) && !rules_range_parse(p, r->type, &r->least, &r->most))
		return;
	if (!rules_expect(p, T_EQ, TEXT("=")))
		return;
	at = rules_peek(p);
	p->n_scopes--; /* the beginning is worked out before there is an item */
	r->start = rules_fit(p, rules_expression(p), r->type, at);
	p->n_scopes++;
	if (r->start != NULL)
		p->rules->n_running++;
}

/* 结转 余额 = 余额 − 扣除 */
static void
carry_statement(struct rules_parser *p, int list, int loop)
{
	const struct rules_token *at = rules_peek(p);
	struct text name;

	if (!rules_name_parse(p, &name))
		return;
	for (size_t i = 0; i < p->rules->n_running; i++) {
		struct rules_running *r = &p->rules->running[i];

		if (r->list == list && r->loop == loop && r->next == NULL && text_equals(r->name, name)) {
			if (!rules_expect(p, T_EQ, TEXT("=")))
				return;
			at = rules_peek(p);
			r->next = rules_fit(p, rules_expression(p), r->type, at);
			p->reach_carry[i] = p->nodes - p->nodes_before + p->deepest;
			return;
		}
	}
	rules_find(p, at, RULES_UNKNOWN_NAME, name, TEXT_NONE);
}

/* A step of the loop may read a total, and so whatever its 结转 walks through. */
static void
carry_weight(struct rules_parser *p, int loop, const struct rules_token *at)
{
	int most = 0;

	for (size_t i = 0; i < p->rules->n_running; i++)
		if (p->rules->running[i].loop == loop && p->reach_carry[i] > most)
			most = p->reach_carry[i];
	for (size_t i = 0; i < p->rules->package.n_steps; i++)
		if (p->rules->body[i].loop == loop)
			p->reach[i] += most;
	if (most > RULES_REACH_MAX)
		rules_find(p, at, RULES_TOO_DEEP, TEXT_NONE, TEXT_NONE);
}

/* 逐项 成员, and the indented lines under it. */
void
rules_each_statement(struct rules_parser *p, int column)
{
	const struct rules_token *at = rules_take(p);
	int list = at->kind == T_NAME ? rules_list_find(p->rules, at->text) : -1;
	int loop = at->line; /* a number of its own */

	if (list < 0) {
		rules_find(p, at, RULES_UNKNOWN_NAME, at->text, TEXT_NONE);
		return;
	}
	while (rules_peek(p)->first && rules_peek(p)->column > column && rules_peek(p)->kind != T_END) {
		const struct rules_token *t = rules_take(p);

		rules_statement_begins(p);
		p->scope[0] = (struct rules_scope){ list, loop }; /* the beginning of a total may have opened another there */
		p->n_scopes = 1;
		if (t->word == W_DEFINE)
			rules_define_statement(p, list, loop);
		else if (t->word == W_DECIDE)
			rules_decide_statement(p, list, loop);
		else if (t->word == W_RUNNING)
			running_statement(p, list, loop);
		else if (t->word == W_CARRY)
			carry_statement(p, list, loop);
		else
			rules_find(p, t, RULES_EXPECTED, TEXT("定义、判定、累计、结转"), t->text);
		if (p->broken)
			rules_skip(p);
	}
	rules_statement_begins(p);
	p->n_scopes = 0;
	carry_weight(p, loop, at);
	for (size_t i = 0; i < p->rules->n_running; i++)
		if (p->rules->running[i].loop == loop && p->rules->running[i].next == NULL)
			rules_find(p, at, RULES_EXPECTED, rules_word_text(W_CARRY), p->rules->running[i].name);
}
