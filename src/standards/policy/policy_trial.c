/*
 * policy_trial: would this draft change what must stay?  Each case of the program and each decision
 * stored is judged by both texts.  With a law date before the change the two must say the same; from
 * then on a difference is told.  Each case is also moved to the day before the change and to its first
 * day, the two sides of the limit.
 */
#include "standards/policy/policy_version.h"

#include "kit/msg/msg.h"

#define REPORT_BYTES 8000
#define TOLD_MAX 40

struct trying {
	struct arena *mem;      /* emptied for each case */
	const struct rules *before, *after;
	struct day change;
	struct policy_trial *tally;
	struct buf report;
	int told, figures;      /* with another outcome; with other figures alone */
};

/* What the rules say of facts given as JSON, at a day of law (DAY_NONE: the one in the facts); empty: refused. */
static struct text
said(struct trying *x, const struct rules *r, const struct json_value *facts, struct day law, int64_t *ret_law)
{
	static const struct json_value none = { .kind = JSON_IS_OBJECT };
	int input = rules_package(r)->law_date;
	struct policy_findings findings;
	struct rules_facts *f;
	struct rules_verdict v = { .n_conflicts = 0 }; /* refused facts are no contradiction */
	struct buf out;
	struct text t = TEXT_NONE;
	enum rc rc = policy_facts_read(x->mem, LANG_ZH, r, facts == NULL ? &none : facts, &f, &findings);

	if (rc == RC_OK && input >= 0 && !day_is_none(law))
		rc = rules_fact_set(f, input, law.n);
	if (rc == RC_OK && (input < 0 || !rules_fact_known(f, input, ret_law)))
		*ret_law = INT32_MIN;
	if (rc == RC_OK)
		rc = rules_judge(x->mem, r, f, &v);
	if (rc != RC_OK && (rc != RC_INVALID || v.n_conflicts == 0))
		return t;
	buf_init(&out, (size_t)1 << 20);
	policy_verdict_body(&out, r, &v);
	t = buf_rc(&out) == RC_OK ? arena_text(x->mem, buf_text(&out)) : t;
	buf_free(&out);
	return t;
}

/* The outcome alone, for people. */
static struct text
outcome(struct text verdict)
{
	static const char key[] = "\"value\":\"";
	size_t n = sizeof key - 1;

	for (size_t i = 0; i + n < verdict.n; i++)
		if (text_equals((struct text){ verdict.p + i, n }, (struct text){ key, n })) {
			struct text rest = { verdict.p + i + n, verdict.n - i - n };

			return text_cut(&rest, '"');
		}
	return TEXT("?");
}

static void
tell(struct trying *x, bool broke, struct text name, struct text before, struct text after)
{
	struct text a = outcome(before), b = outcome(after);

	if (!broke && text_equals(a, b)) {
		x->figures++;
		return;
	}
	if (x->told++ >= TOLD_MAX)
		return;
	buf_printf(&x->report, "%s %.*s: %.*s → %.*s\n", broke ? "!" : "·", (int)name.n, name.p, (int)a.n, a.p, (int)b.n, b.p);
}

/* Both say the same; or it counts against the draft when the law date lies before the change. */
static void
compare(struct trying *x, struct text name, const struct json_value *facts, struct day law)
{
	int64_t law_day = INT32_MIN, other;
	struct text before = said(x, x->before, facts, law, &law_day), after;

	if (before.n == 0)
		return; /* a case about refused facts: nothing to compare */
	after = said(x, x->after, facts, law, &other);
	if (text_equals(before, after)) {
		x->tally->held++;
	} else if (law_day != INT32_MIN && law_day >= x->change.n) {
		x->tally->differ++;
		tell(x, false, name, before, after);
	} else {
		x->tally->broke++;
		tell(x, true, name, before, after);
	}
}

static struct day
law_of(const struct json_value *c)
{
	const struct json_value *date = json_member(c, TEXT("date"));
	struct day d = DAY_NONE;

	return date != NULL && day_parse(date->text, &d) == RC_OK ? d : DAY_NONE;
}

static void
case_try(struct trying *x, const struct json_value *c)
{
	const struct json_value *name = json_member(c, TEXT("name")), *facts = json_member(c, TEXT("facts"));
	struct text words = name == NULL ? TEXT("?") : name->text;

	compare(x, words, facts, law_of(c));
	arena_reset(x->mem);
	if (rules_package(x->after)->law_date < 0)
		return;
	compare(x, words, facts, day_add(x->change, -1)); /* the last day of the old */
	arena_reset(x->mem);
	compare(x, words, facts, x->change);
	arena_reset(x->mem);
}

static enum rc
cases_try(struct trying *x, struct arena *mem, struct text package)
{
	for (size_t i = 0; i < policy_builtin_cases_n; i++) {
		struct findings findings = { 0 };
		const struct json_value *list;
		enum rc rc;

		if (!text_equals(text_of(policy_builtin_cases[i].package), package))
			continue;
		rc = json_tree(policy_builtin_cases[i].text, mem, &list, &findings);
		if (rc != RC_OK)
			return rc == RC_INVALID ? RC_INTERNAL : rc;
		for (size_t k = 0; k < list->n; k++)
			case_try(x, &list->kid[k]);
	}
	return RC_OK;
}

static void
decision_try(struct trying *x, const struct policy_decision *d)
{
	struct findings findings = { 0 };
	const struct json_value *facts;
	char day[16];
	struct text at = day_print(d->law_day, day);

	if (json_tree(d->input, x->mem, &facts, &findings) != RC_OK) {
		x->tally->broke++;
		return;
	}
	compare(x, arena_format(x->mem, "%.*s #%lld", (int)at.n, at.p, (long long)d->id), facts, d->law_day);
	arena_reset(x->mem);
}

enum rc
policy_try(struct arena *mem, const struct rules *before, const struct rules *after, struct text package,
    struct day change, const struct policy_decision *decisions, size_t n, struct policy_trial *ret)
{
	struct trying x = { arena_create((size_t)32 << 20), before, after, change, ret, { 0 }, 0, 0 };
	enum rc rc = RC_OK;

	*ret = (struct policy_trial){ .held = 0 };
	if (x.mem == NULL)
		return RC_NO_MEMORY;
	buf_init(&x.report, REPORT_BYTES);
	if (before != NULL) {
		rc = cases_try(&x, mem, package);
		for (size_t i = 0; rc == RC_OK && i < n; i++)
			decision_try(&x, &decisions[i]);
	}
	if (x.told > TOLD_MAX)
		buf_printf(&x.report, "… +%d\n", x.told - TOLD_MAX);
	if (x.figures > 0)
		buf_printf(&x.report, "· %d: 结果相同，数字不同\n", x.figures);
	if (rc == RC_OK) {
		ret->report = arena_text(mem, buf_text(&x.report));
		rc = ret->report.p == NULL ? RC_NO_MEMORY : RC_OK;
	}
	buf_free(&x.report);
	arena_free(x.mem);
	return rc;
}
