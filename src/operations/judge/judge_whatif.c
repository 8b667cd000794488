/*
 * Whom would a draft reach?  The facts of cases that were judged are judged once more by the version in force and by the
 * draft, both as if they had come on the draft's first day; who would stand better, who worse, is counted by county.
 */
#include "operations/judge/judge_whatif.h"

#include <stdlib.h>

static const struct db_stmt judge_q[] = {
	{ "judge.past", DB_AREA,
	    "SELECT d.input, r.place FROM policy_decision d JOIN policy_version v ON v.city = d.city AND v.id = d.version"
	    " JOIN request r ON r.city = d.city AND r.id = d.request WHERE d.city = $1 AND r.place BETWEEN $2 AND $3"
	    " AND v.package = $4 AND d.at_ms >= $5 AND NOT EXISTS (SELECT 1 FROM policy_decision l JOIN policy_version w"
	    " ON w.city = l.city AND w.id = l.version WHERE l.city = d.city AND l.request = d.request AND l.id > d.id"
	    " AND w.package = v.package) ORDER BY d.id DESC LIMIT $6", 0 },
};
const struct db_set judge_sql = DB_SET("judge", judge_q);

enum rc
judge_past_load(struct tx *tx, const struct actor *actor, struct text package, int64_t since_ms, struct judge_past *ret,
    size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &judge_q[0], ARGS(db_text(package), db_int(since_ms), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct judge_past){ .input = rows_copy(row, 0),
			.county = place_up((struct place){ rows_int(row, 1) }, PLACE_COUNTY) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- better or worse ---------------------------------------------------------------------------------------- */

#define PERSON_LOOKS 1

static int
rank_of_name(struct text name)
{
	static const struct { const char *name; int rank; } ranks[] = {
		{ "符合", 3 }, { "免收", 3 }, { "纳入", 3 }, { "减收", 2 }, { "请工作人员判断", PERSON_LOOKS },
	};

	for (size_t i = 0; i < sizeof ranks / sizeof ranks[0]; i++)
		if (text_equals(name, text_of(ranks[i].name)))
			return ranks[i].rank;
	return 0;
}

/* Does the package answer by giving somebody something?  A day or an amount is neither better nor worse. */
static bool
grants(const struct rules *r, struct rules_type type)
{
	const struct rules_options *o = &rules_package(r)->options[type.options];

	for (size_t i = 0; type.kind == RULES_OPTION && i < o->n; i++)
		if (rank_of_name(o->option[i].name) > PERSON_LOOKS)
			return true;
	return false;
}

int
judge_rank(const struct rules *r, enum rules_state state, int64_t n)
{
	const struct rules_package *k = rules_package(r);
	struct rules_type type = k->step[k->conclusion].type;
	char out[48];

	if (!grants(r, type))
		return 0;
	return state == RULES_KNOWN ? rank_of_name(rules_print(r, type, n, out)) : PERSON_LOOKS;
}

static bool
same_answer(const struct rules *before, const struct rules_value *a, const struct rules *after, const struct rules_value *b)
{
	const struct rules_package *k = rules_package(before), *m = rules_package(after);
	char x[48], y[48];

	if (a->state != b->state)
		return false;
	return a->state != RULES_KNOWN || text_equals(rules_print(before, k->step[k->conclusion].type, a->n, x),
	    rules_print(after, m->step[m->conclusion].type, b->n, y));
}

/* What a version says of the facts on that day or their own, whichever is later; false: they do not fit it. */
static bool
answer(struct arena *mem, const struct rules *r, const struct json_value *facts, struct day change, struct rules_value *ret)
{
	int law = rules_package(r)->law_date;
	struct policy_findings bad;
	struct rules_facts *f;
	struct rules_verdict v;
	int64_t own;

	if (policy_facts_read(mem, LANG_ZH, r, facts, &f, &bad) != RC_OK)
		return false;
	if (law >= 0 && (!rules_fact_known(f, law, &own) || own < change.n) && rules_fact_set(f, law, change.n) != RC_OK)
		return false;
	if (rules_judge(mem, r, f, &v) != RC_OK)
		return false;
	*ret = v.conclusion;
	return true;
}

static struct judge_county *
county_of(struct judge_whatif *w, struct place county)
{
	size_t i = 0;

	while (i < w->n && w->v[i].county.code != county.code)
		i++;
	if (i == JUDGE_COUNTIES_MAX)
		return &w->v[i - 1];
	if (i == w->n)
		w->v[w->n++].county = county;
	return &w->v[i];
}

static void
count(struct judge_whatif *w, struct arena *mem, const struct rules *before, const struct rules *after, struct day change,
    const struct judge_past *p)
{
	struct findings bad = { 0 };
	const struct json_value *facts;
	struct rules_value a, b;
	struct judge_county *c;
	int was, is;

	if (json_tree(p->input, mem, &facts, &bad) != RC_OK || !answer(mem, before, facts, change, &a) ||
	    !answer(mem, after, facts, change, &b)) {
		w->left_out++;
		return;
	}
	c = county_of(w, p->county);
	c->n[JUDGE_ALL]++;
	was = judge_rank(before, a.state, a.n);
	is = judge_rank(after, b.state, b.n);
	if (is > was)
		c->n[JUDGE_GAINS]++;
	else if (is < was)
		c->n[JUDGE_LOSES]++;
	else if (!same_answer(before, &a, after, &b))
		c->n[JUDGE_OTHER]++;
}

static int
by_code(const void *a, const void *b)
{
	const struct judge_county *x = a, *y = b;

	return (x->county.code > y->county.code) - (x->county.code < y->county.code);
}

enum rc
judge_whatif(const struct rules *before, const struct rules *after, struct day change, const struct judge_past *v, size_t n,
    struct judge_whatif *ret)
{
	struct arena *mem = arena_create((size_t)16 << 20);

	*ret = (struct judge_whatif){ .n = 0 };
	if (mem == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		count(ret, mem, before, after, change, &v[i]);
		arena_reset(mem);
	}
	arena_free(mem);
	if (ret->n > 1)
		qsort(ret->v, ret->n, sizeof ret->v[0], by_code);
	return RC_OK;
}

struct text
judge_cell(struct arena *mem, int n)
{
	if (n > 0 && n < JUDGE_SMALL)
		return arena_format(mem, "<%d", JUDGE_SMALL);
	return arena_format(mem, "%d", n);
}

/* One hidden cell could be had by taking the others from the sum, so the sum then says no more than they do. */
struct text
judge_sum(struct arena *mem, const struct judge_whatif *w, enum judge_what what)
{
	int shown = 0, hidden = 0;

	for (size_t i = 0; i < w->n; i++) {
		int n = w->v[i].n[what];

		if (n > 0 && n < JUDGE_SMALL)
			hidden++;
		else
			shown += n;
	}
	return hidden > 0 ? arena_format(mem, "≥%d", shown + hidden) : arena_format(mem, "%d", shown);
}
