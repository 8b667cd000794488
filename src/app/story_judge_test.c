/* The rules are asked about a case and what they said is kept: who may, what is refused, and that it all comes out again. */
#include "app/story_stage.h"

#include "operations/judge/judge_whatif.h"

#include <stdio.h>
#include <string.h>

#define MANY 10000
#define AT_ONCE 500

static const struct rules *rules;
static struct policy_version version;

static enum rc
current_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	(void)arg;
	return policy_current(tx, actor, TEXT("legal_aid"), day_of_moment(tx_now_ms(tx)), &version);
}

/* The city with its rules, and one case the helper has accepted. */
static int64_t
begin_judging(struct stage *f)
{
	struct ctx ctx;
	struct intake_receipt r;

	begin(f);
	ctx = ctx_as(f, &f->system);
	assert_int_equal(policy_seed(&ctx), RC_OK);
	assert_int_equal(db_read(&ctx, current_tx, NULL), RC_OK);
	assert_int_equal(policy_compile(f->mem, &version, &rules), RC_OK);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	return r.id;
}

static struct rules_facts *
facts_of(struct stage *f, const char *json)
{
	struct findings bad = { 0 };
	struct policy_findings wrong;
	const struct json_value *tree;
	struct rules_facts *facts = NULL;

	assert_int_equal(json_tree(text_of(json), f->mem, &tree, &bad), RC_OK);
	assert_int_equal(policy_facts_read(f->mem, LANG_ZH, rules, tree, &facts, &wrong), RC_OK);
	return facts;
}

#define POOR "{\"申请日\": \"2013-06-15\", \"类别\": \"民事行政\", \"事项\": \"劳动报酬\", \"身份\": \"普通人员\", \"有证明\": false," \
	" \"对方共同生活\": false, \"已委托\": false, \"共同生活人数\": 1, \"家庭收入\": \"16439.99\"}"

static enum rc
judge_as(struct stage *f, int who, int64_t id, struct idem_key key, const struct rules_facts *facts, int64_t *ret)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct judge_done done = { 0 };
	enum rc rc = judge_record(&ctx, key, (struct case_id){ id }, &version, rules, facts, &done);

	*ret = done.decision;
	return rc;
}

struct kept { int64_t request; struct policy_decision v[4]; size_t n; };

static enum rc
kept_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct kept *k = arg;

	return policy_decisions(tx, actor, k->request, k->v, 4, &k->n);
}

static struct kept
kept_of(struct stage *f, int64_t id)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct kept k = { .request = id };

	assert_int_equal(db_read(&ctx, kept_tx, &k), RC_OK);
	return k;
}

/* ---- stories ------------------------------------------------------------------------------------------------- */

static void
who_acts_for_a_case_keeps_what_the_rules_say(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_judging(f), first = 0, again = 0, before = revision(f, id);
	struct idem_key key = idem_key_new();
	struct kept k;

	assert_int_equal(judge_as(f, HELPER, id, key, facts_of(f, POOR), &first), RC_OK);
	assert_int_equal(judge_as(f, HELPER, id, key, facts_of(f, POOR), &again), RC_OK);
	assert_int_equal(first, again); /* sent twice, kept once */
	k = kept_of(f, id);
	assert_int_equal(k.n, 1);
	assert_int_equal(k.v[0].id, first);
	assert_int_equal(k.v[0].account, HELPER);
	assert_true(text_contains(k.v[0].output, TEXT("\"outcome\":{\"name\":\"审查意见\",\"value\":\"符合\"")));
	assert_true(text_contains(k.v[0].output, TEXT("\"parameter\":\"最低工资\"")));
	assert_int_equal(policy_replay_one(f->mem, &version, &k.v[0]), POLICY_SAME);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'policy.judged' AND shown = 0"), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'policy.judge'"), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM notice WHERE city = $1 AND kind = 'policy.judged'"), 0);
	assert_int_equal(revision(f, id), before); /* advice moves nothing, and no open form with it */
	assert_int_equal(problems(f), 0);
}

static void
nobody_else_keeps_anything(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_judging(f), n = 0;
	struct consult_verdict verdict;
	struct rules_facts *facts = facts_of(f, POOR);

	assert_int_equal(judge_as(f, STRANGER, id, idem_key_new(), facts, &n), RC_NOT_FOUND);
	assert_int_equal(judge_as(f, DIRECTOR, id, idem_key_new(), facts, &n), RC_FORBIDDEN);
	assert_int_equal(answer_as(f, HELPER, id, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, id, &verdict), RC_OK);
	assert_int_equal(judge_as(f, HELPER, id, idem_key_new(), facts, &n), RC_CONFLICT);
	assert_int_equal(kept_of(f, id).n, 0);
}

static void
facts_that_do_not_fit_are_not_kept(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_judging(f), n = 0;

	/* the opponent lives in a household of one */
	assert_int_equal(judge_as(f, HELPER, id, idem_key_new(), facts_of(f, "{\"申请日\": \"2013-06-15\", \"对方共同生活\": true,"
	    " \"共同生活人数\": 1}"), &n), RC_INVALID);
	assert_int_equal(judge_as(f, HELPER, id, idem_key_new(), facts_of(f, "{\"家庭收入\": \"1\"}"), &n), RC_INVALID); /* no day */
	assert_int_equal(kept_of(f, id).n, 0);
	/* what is not known is kept as not known */
	assert_int_equal(judge_as(f, HELPER, id, idem_key_new(), facts_of(f, "{\"申请日\": \"2026-06-15\"}"), &n), RC_OK);
	assert_true(text_contains(kept_of(f, id).v[0].output, TEXT("\"state\":\"missing\"")));
	assert_int_equal(problems(f), 0);
}

static void
the_rules_have_changed_meanwhile(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_judging(f), n = 0;

	version.id++; /* the form was made from another version than the one in force */
	assert_int_equal(judge_as(f, HELPER, id, idem_key_new(), facts_of(f, POOR), &n), RC_CONFLICT);
	assert_int_equal(kept_of(f, id).n, 0);
}

static void
a_failing_database_keeps_no_half(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_judging(f), n = 0;
	struct rules_facts *facts = facts_of(f, POOR);
	struct idem_key key = idem_key_new();
	int step = 1;

	for (; step < 100; step++) {
		db_fail_after(f->db, step);
		if (judge_as(f, HELPER, id, key, facts, &n) == RC_OK)
			break;
		db_fail_after(f->db, 0);
		assert_int_equal(kept_of(f, id).n, 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'policy.judged'"), 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'policy.judge'"), 0);
	}
	db_fail_after(f->db, 0);
	assert_in_range(step, 5, 99);
	assert_int_equal(kept_of(f, id).n, 1);
	assert_int_equal(problems(f), 0);
}

/* ---- whom a draft would reach ------------------------------------------------------------------------------------ */

/* The text in force with another multiple of the minimum wage in its newest entry. */
static const struct rules *
with_multiple(struct stage *f, int64_t hundredths)
{
	const struct rules *draft = NULL;
	int p = rules_parameter_find(rules, TEXT("倍数"));

	assert_true(p >= 0);
	assert_int_equal(rules_with_value(f->mem, rules, p, (int)rules_package(rules)->parameter[p].n_entries - 1, hundredths,
	    &draft), RC_OK);
	return draft;
}

static struct judge_past
past(struct stage *f, int64_t county, int yuan)
{
	return (struct judge_past){ .county = { county }, .input = arena_format(f->mem, "{\"申请日\": \"2025-03-01\", \"类别\":"
	    " \"民事行政\", \"事项\": \"劳动报酬\", \"身份\": \"普通人员\", \"有证明\": false, \"对方共同生活\": false,"
	    " \"已委托\": false, \"共同生活人数\": 1, \"家庭收入\": \"%d\"}", yuan) };
}

static bool
shows(struct text t, const char *words)
{
	return text_equals(t, text_of(words));
}

/* At 2490 a month the line is 29880 a year; half as much again is 44820. */
static void
a_draft_says_whom_it_reaches_and_no_single_person(void **state)
{
	struct stage *f = *state;
	struct day change = { 0 };
	struct judge_past v[16];
	struct judge_whatif w;
	size_t n = 0;

	begin_judging(f);
	assert_int_equal(day_parse(TEXT("2026-07-01"), &change), RC_OK);
	for (int i = 0; i < 6; i++)
		v[n++] = past(f, COUNTY, 44819);        /* gain */
	v[n++] = past(f, COUNTY, 29879);                /* could before */
	v[n++] = past(f, COUNTY, 44820);                /* cannot after either */
	for (int i = 0; i < 4; i++)
		v[n++] = past(f, 320507000000, 29880);  /* gain, but few */
	v[n] = (struct judge_past){ .county = { COUNTY }, .input = TEXT("{\"收人\": 1}") };
	n++;
	assert_int_equal(judge_whatif(rules, with_multiple(f, 150), change, v, n, &w), RC_OK);
	assert_int_equal(w.n, 2);
	assert_int_equal(w.left_out, 1);
	assert_int_equal(w.v[0].county.code, COUNTY);
	assert_int_equal(w.v[0].n[JUDGE_ALL], 8);
	assert_int_equal(w.v[0].n[JUDGE_GAINS], 6);
	assert_int_equal(w.v[0].n[JUDGE_LOSES], 0);
	assert_int_equal(w.v[1].n[JUDGE_GAINS], 4);
	assert_true(shows(judge_cell(f->mem, w.v[1].n[JUDGE_GAINS]), "<5"));
	assert_true(shows(judge_cell(f->mem, 5), "5") && shows(judge_cell(f->mem, 1), "<5") && shows(judge_cell(f->mem, 0), "0"));
	assert_true(shows(judge_sum(f->mem, &w, JUDGE_GAINS), "≥7")); /* 10 would tell the four */
	assert_true(shows(judge_sum(f->mem, &w, JUDGE_LOSES), "0"));
	/* half of it: the other way round */
	assert_int_equal(judge_whatif(rules, with_multiple(f, 50), change, v, n, &w), RC_OK);
	assert_int_equal(w.v[0].n[JUDGE_LOSES], 1);
	assert_int_equal(w.v[0].n[JUDGE_GAINS], 0);
}

struct pasts { struct judge_past v[8]; size_t n; };

static enum rc
pasts_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct pasts *p = arg;

	return judge_past_load(tx, actor, TEXT("legal_aid"), 0, p->v, 8, &p->n);
}

static size_t
pasts_of(struct stage *f, int who, struct pasts *p)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	assert_int_equal(db_read(&ctx, pasts_tx, p), RC_OK);
	return p->n;
}

static void
of_a_case_the_last_verdict_counts_and_of_the_own_area(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_judging(f), n = 0;
	struct pasts p;

	assert_int_equal(judge_as(f, HELPER, id, idem_key_new(), facts_of(f, POOR), &n), RC_OK);
	assert_int_equal(judge_as(f, HELPER, id, idem_key_new(), facts_of(f, "{\"申请日\": \"2026-06-15\"}"), &n), RC_OK);
	assert_int_equal(pasts_of(f, CHIEF, &p), 1);
	assert_true(text_contains(p.v[0].input, TEXT("2026-06-15")));
	assert_int_equal(p.v[0].county.code, COUNTY);
	assert_int_equal(pasts_of(f, STRANGER, &p), 0);
}

/* ---- ten thousand ---------------------------------------------------------------------------------------------- */

struct draw { uint64_t s; };

static int64_t
below(struct draw *d, int64_t n)
{
	d->s = d->s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((d->s >> 20) % (uint64_t)n);
}

static int64_t
value_of(struct draw *d, const struct rules_input *in)
{
	const struct rules_package *k = rules_package(rules);

	switch ((enum rules_kind)in->type.kind) {
	case RULES_TRUTH:
		return below(d, 2);
	case RULES_OPTION:
		return below(d, (int64_t)k->options[in->type.options].n);
	case RULES_DATE:
		return 15000 + below(d, 6000); /* 2011 to 2027: before some values, after others */
	case RULES_NUMBER:
	case RULES_MONEY:
		break;
	}
	return in->least + below(d, (in->most - in->least < 12000000 ? in->most - in->least : 12000000) + 1);
}

/* Anything that may be said of a household, also what nobody knows; again until nothing contradicts. */
static struct rules_facts *
drawn(struct arena *mem, struct draw *d)
{
	const struct rules_package *k = rules_package(rules);
	struct rules_facts *facts = rules_facts_new(mem, rules);

	assert_non_null(facts);
	for (size_t i = 0; i < k->n_inputs; i++)
		if (k->input[i].list < 0 && ((int)i == k->law_date || below(d, 8) != 0))
			assert_int_equal(rules_fact_set(facts, (int)i, value_of(d, &k->input[i])), RC_OK);
	for (size_t l = 0; l < k->n_lists; l++) {
		int items = (int)below(d, 4);

		if (below(d, 4) != 0 || rules_list_set(facts, (int)l, items) != RC_OK)
			continue;
		for (int item = 0; item < items; item++)
			for (int i = k->list[l].first_field; i < k->list[l].first_field + k->list[l].n_fields; i++)
				assert_int_equal(rules_field_set(facts, (int)l, item, i, value_of(d, &k->input[i])), RC_OK);
	}
	return facts;
}

struct batch { struct draw d; struct arena *mem; int n; };

static enum rc
batch_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct batch *b = arg;
	struct draw d = b->d; /* a command may run again */
	int n = 0;

	while (n < AT_ONCE) {
		struct policy_decision one;
		struct rules_verdict v;
		int64_t id = 0;
		enum rc rc;

		arena_reset(b->mem);
		rc = policy_judged(b->mem, &version, rules, drawn(b->mem, &d), &v, &one);
		if (rc == RC_INVALID)
			continue; /* they contradict each other */
		if (rc == RC_OK)
			rc = policy_decision_put(tx, actor, &one, &id);
		if (rc != RC_OK)
			return rc;
		n++;
	}
	b->d = d;
	return RC_OK;
}

static void
many_decisions_come_out_again_bit_for_bit(void **state)
{
	struct stage *f = *state;
	struct batch b = { .d = { 20261124 }, .mem = arena_create((size_t)16 << 20) };
	int many = strcmp(f->engine, "sqlite") == 0 ? MANY : MANY / 10; /* what is replayed is the rules' doing, not the database's */
	struct policy_replays all;
	struct ctx ctx;

	begin_judging(f);
	ctx = ctx_as(f, &f->system);
	for (int i = 0; i < many / AT_ONCE; i++)
		assert_int_equal(db_job(&ctx, &(struct command){ .name = "judge.many", .fn = batch_tx, .arg = &b }), RC_OK);
	assert_int_equal(policy_replay_all(&ctx, &all), RC_OK);
	assert_int_equal(all.n[POLICY_SAME], many);
	assert_int_equal(all.first_bad, 0);
	/* one byte of one verdict changed: that one is found, among those beside it */
	stage_raw(f, "DELETE FROM policy_decision WHERE city = 3205 AND id < (SELECT MIN(q.id) FROM (SELECT id FROM policy_decision"
	    " WHERE city = 3205 ORDER BY id DESC LIMIT 300) q)");
	stage_raw(f, "UPDATE policy_decision SET output = replace(output, '\"trace\":[', '\"trace\":[ ') WHERE city = 3205 AND id ="
	    " (SELECT max(id) FROM policy_decision WHERE city = 3205)");
	assert_int_equal(policy_replay_all(&ctx, &all), RC_OK);
	assert_int_equal(all.n[POLICY_SAME], 299);
	assert_int_equal(all.n[POLICY_OTHER_BYTES], 1);
	assert_int_equal(all.first_bad, stage_int(f, "SELECT max(id) FROM policy_decision WHERE city = $1"));
	arena_free(b.mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_acts_for_a_case_keeps_what_the_rules_say),
		cmocka_unit_test(nobody_else_keeps_anything),
		cmocka_unit_test(facts_that_do_not_fit_are_not_kept),
		cmocka_unit_test(the_rules_have_changed_meanwhile),
		cmocka_unit_test(a_failing_database_keeps_no_half),
		cmocka_unit_test(a_draft_says_whom_it_reaches_and_no_single_person),
		cmocka_unit_test(of_a_case_the_last_verdict_counts_and_of_the_own_area),
		cmocka_unit_test(many_decisions_come_out_again_bit_for_bit),
	};
	int failed = stage_main("story_judge", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
