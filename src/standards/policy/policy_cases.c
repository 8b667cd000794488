/* policy_cases: cases that must hold for a package, as the program brings them and as an editor adds them. */
#include "standards/policy/policy.h"

#include <string.h>

#include "kit/msg/msg.h"

struct running {
	struct arena *mem;
	const struct rules *rules;
	struct policy_tally *tally;
	void (*say)(void *arg, struct text name, struct text what);
	void *arg;
};

/* What a step is, in the words of a case: its value, "?" or "!". */
static struct text
is(struct running *x, struct rules_type type, const struct rules_value *v)
{
	char out[48];

	if (v->state != RULES_KNOWN)
		return v->state == RULES_MISSING ? TEXT("?") : TEXT("!");
	return arena_text(x->mem, rules_print(x->rules, type, v->n, out));
}

/* "1370" and "1370.00" are the same amount. */
static bool
same(struct running *x, struct rules_type type, struct text is, struct text wanted)
{
	int64_t a, b;

	if (text_equals(is, wanted))
		return true;
	return is.n > 0 && is.p[0] != '?' && is.p[0] != '!' && rules_read(x->rules, type, is, &a) == RC_OK &&
	    rules_read(x->rules, type, wanted, &b) == RC_OK && a == b;
}

/* "结论", a step, or "列表[2].步骤". */
static bool
find_step(struct running *x, struct text name, int *ret_step, int *ret_item)
{
	struct text rest = name, list = text_cut(&rest, '['), item = text_cut(&rest, ']');
	int64_t n;

	*ret_item = -1;
	if (list.n == name.n) {
		*ret_step = text_equals(name, TEXT("结论")) ? rules_package(x->rules)->conclusion :
		    rules_step_find(x->rules, -1, name);
		return *ret_step >= 0;
	}
	if (rest.n < 2 || int64_parse(item, 1, RULES_LIST_ITEM_MAX, &n) != RC_OK || rules_list_find(x->rules, list) < 0)
		return false;
	*ret_item = (int)n - 1;
	*ret_step = rules_step_find(x->rules, rules_list_find(x->rules, list), (struct text){ rest.p + 1, rest.n - 1 });
	return *ret_step >= 0;
}

static struct text
expect(struct running *x, const struct rules_verdict *v, const struct json_value *want)
{
	struct rules_value value;
	struct text found, wanted = want->kind == JSON_IS_TRUTH ? (want->truth ? TEXT("是") : TEXT("否")) : want->text;
	struct rules_type type;
	int step, item;

	if (!find_step(x, want->key, &step, &item))
		return arena_format(x->mem, "%.*s: no such step", (int)want->key.n, want->key.p);
	if (rules_verdict_step(v, step, item, &value, NULL) != RC_OK)
		return arena_format(x->mem, "%.*s: not worked out", (int)want->key.n, want->key.p);
	type = rules_package(x->rules)->step[step].type;
	found = is(x, type, &value);
	if (same(x, type, found, wanted))
		return TEXT_NONE;
	return arena_format(x->mem, "%.*s: is %.*s, expected %.*s", (int)want->key.n, want->key.p, (int)found.n, found.p,
	    (int)wanted.n, wanted.p);
}

/* The law date of the case, unless its facts hold it. */
static enum rc
date_set(struct running *x, const struct json_value *date, struct rules_facts *f)
{
	int input = rules_package(x->rules)->law_date;
	int64_t n;

	if (date == NULL || input < 0)
		return RC_OK;
	if (rules_read(x->rules, (struct rules_type){ .kind = RULES_DATE }, date->text, &n) != RC_OK)
		return RC_INVALID;
	return rules_fact_set(f, input, n);
}

static struct text
judged(struct running *x, const struct json_value *c, const struct rules_facts *f)
{
	const struct json_value *want = json_member(c, TEXT("expect"));
	struct rules_verdict v;
	enum rc rc = rules_judge(x->mem, x->rules, f, &v);
	struct text why = TEXT_NONE;

	if (json_member(c, TEXT("conflict")) != NULL)
		return rc == RC_INVALID ? TEXT_NONE : TEXT("the facts were expected to contradict each other");
	if (rc != RC_OK)
		return rc == RC_INVALID ? TEXT("the facts contradict each other") : TEXT("out of memory");
	if (want == NULL || want->kind != JSON_IS_OBJECT || want->n == 0)
		return TEXT("expects nothing");
	for (size_t i = 0; i < want->n && why.n == 0; i++)
		why = expect(x, &v, &want->kid[i]);
	return why;
}

static struct text
run_one(struct running *x, const struct json_value *c)
{
	static const struct json_value none = { .kind = JSON_IS_OBJECT };
	const struct json_value *facts = json_member(c, TEXT("facts")), *refused = json_member(c, TEXT("refused"));
	struct policy_findings findings;
	struct rules_facts *f;
	enum rc rc = policy_facts_read(x->mem, LANG_ZH, x->rules, facts == NULL ? &none : facts, &f, &findings);

	if (rc == RC_INVALID && refused != NULL && text_equals(findings.v[0].field, refused->text))
		return TEXT_NONE;
	if (rc == RC_INVALID)
		return arena_format(x->mem, "%.*s: %.*s", (int)findings.v[0].field.n, findings.v[0].field.p,
		    (int)findings.v[0].message.n, findings.v[0].message.p);
	if (rc != RC_OK)
		return TEXT("out of memory");
	if (refused != NULL)
		return TEXT("the facts were expected to be refused");
	if (date_set(x, json_member(c, TEXT("date")), f) != RC_OK)
		return TEXT("date: not a day the package takes");
	return judged(x, c, f);
}

enum rc
policy_cases_run(struct arena *mem, const struct rules *r, struct text json, struct policy_tally *tally,
    void (*say)(void *arg, struct text name, struct text what), void *arg, struct findings *findings)
{
	struct running x = { .rules = r, .tally = tally, .say = say, .arg = arg };
	const struct json_value *list;
	enum rc rc = json_tree(json, mem, &list, findings);

	if (rc != RC_OK)
		return rc;
	if (list->kind != JSON_IS_LIST || list->n == 0) {
		findings_add(findings, "", T("应是一个列表，每项是一个案例"), 0);
		return RC_INVALID;
	}
	x.mem = arena_create((size_t)16 << 20); /* one case at a time */
	if (x.mem == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < list->n; i++) {
		const struct json_value *name = json_member(&list->kid[i], TEXT("name"));
		struct text why;

		arena_reset(x.mem);
		why = run_one(&x, &list->kid[i]);
		*(why.n == 0 ? &tally->passed : &tally->failed) += 1;
		if (why.n > 0)
			say(arg, name == NULL ? arena_format(x.mem, "#%zu", i + 1) : name->text, why);
	}
	arena_free(x.mem);
	return RC_OK;
}

const struct policy_builtin *
policy_builtin_find(struct text package)
{
	for (size_t i = 0; i < policy_builtins_n; i++)
		if (text_equals(text_of(policy_builtins[i].package), package))
			return &policy_builtins[i];
	return NULL;
}
