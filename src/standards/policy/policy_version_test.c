/* policy_version_test: drafts, the second person, what a draft may not change, replay, on both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "kit/db/db_fixture_main.h"
#include "standards/policy/policy_store.h"

static const char *engine;

static const char source[] =
    "规则包 试 版本 1\n"
    "文件 法 “援助法”\n"
    "输入 日 日期\n法律日 日\n"
    "输入 收入 金额\n"
    "选项 类 准、不准\n"
    "参数 线 金额 范围 0 至 5000\n"
    "  自 2013-01-01 值 1370 依据 法 “第一条”\n"
    "  自 2014-01-01 值 1530 依据 法 “第一条” 未核实\n"
    "参数 倍数 小数 1\n"
    "  自 2013-01-01 值 1.0 依据 法\n"
    "判定 果 类\n  当 收入 < 线 × 倍数 得 准 因 “低于”\n  否则 得 不准\n"
    "结论 果\n";

#define TWO INT64_C(4102) /* accounts */
#define ONE INT64_C(4101)

static struct findings findings;
static struct text why;

static int
open_db(void **state)
{
	static struct db_fixture x;

	if (!fixture_open(&x, engine, "policy_version"))
		return -1;
	*state = &x;
	x.actor = (struct actor){ .kind = ACTOR_ACCOUNT, .city = 3205, .account = ONE, .rights = UINT64_MAX,
		.places = { INT64_C(320500000000), INT64_C(320599999999) } };
	return 0;
}

static int
close_db(void **state)
{
	fixture_close(*state);
	return 0;
}

static struct day
on(const char *s)
{
	struct day d = DAY_NONE;

	return day_parse(text_of(s), &d) == RC_OK ? d : DAY_NONE;
}

static enum rc
text_draft(struct db_fixture *x, const char *text, const char *change, int64_t *ret)
{
	struct policy_text_change in = { TEXT("shi"), text_of(text), TEXT("第一版，按援助法"), on("2026-01-01"), on(change) };

	findings = (struct findings){ .n = 0 };
	why = TEXT_NONE;
	return policy_draft_text(&x->ctx, fixture_key(), &in, &findings, &why, ret);
}

static enum rc
decide(struct db_fixture *x, int64_t who, int64_t id, enum policy_state to)
{
	enum rc rc;

	findings = (struct findings){ .n = 0 };
	x->actor.account = who;
	rc = policy_decide(&x->ctx, fixture_key(), id, to, TEXT("看过了，同意"), &findings);
	x->actor.account = ONE;
	return rc;
}

/* The package in force, by two people. */
static int64_t
first_version(struct db_fixture *x)
{
	int64_t id = 0;

	assert_int_equal(text_draft(x, source, "2013-01-01", &id), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	return id;
}

struct current { struct day day; struct policy_version v; };

static enum rc
current_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct current *c = arg;

	return policy_current(tx, actor, TEXT("shi"), c->day, &c->v);
}

static enum rc
legal_aid_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct current *c = arg;

	return policy_current(tx, actor, TEXT("legal_aid"), c->day, &c->v);
}

static struct policy_version
current(struct db_fixture *x, const char *day)
{
	struct current c = { .day = on(day) };
	enum rc rc = db_read(&x->ctx, current_tx, &c);

	assert_true(rc == RC_OK || rc == RC_NOT_FOUND);
	return rc == RC_OK ? c.v : (struct policy_version){ .id = 0 };
}

static void
statements_are_sound(void **state)
{
	struct db_fixture *x = *state;
	const struct db_set *sets[] = { &policy_sql };
	const char *reason = "";
	struct text words = TEXT_NONE;

	assert_null(db_check_statements(sets, 1, &reason));
	assert_null(db_prepare_all(x->db, sets, 1, &words));
}

static void
it_takes_two(void **state)
{
	struct db_fixture *x = *state;
	int64_t id = 0;

	assert_int_equal(text_draft(x, source, "2013-01-01", &id), RC_OK);
	assert_int_equal(current(x, "2026-06-30").id, 0);
	assert_int_equal(decide(x, ONE, id, POLICY_APPROVED), RC_REFUSED); /* the author */
	assert_int_equal(decide(x, ONE, id, POLICY_REJECTED), RC_REFUSED);
	assert_int_equal(decide(x, TWO, id, POLICY_WITHDRAWN), RC_REFUSED); /* somebody else's */
	assert_int_equal(current(x, "2026-06-30").id, 0);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	assert_int_equal(current(x, "2025-12-31").id, 0); /* its first day is 2026-01-01 */
	assert_int_equal(current(x, "2026-01-01").id, id);
	assert_int_equal(decide(x, TWO, id, POLICY_REJECTED), RC_CONFLICT); /* decided */
	x->actor.places.hi = INT64_C(320506999999); /* not the whole city */
	assert_int_equal(text_draft(x, source, "2013-01-01", &id), RC_FORBIDDEN);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_FORBIDDEN);
}

static struct policy_value_change
value(int64_t seen, const char *parameter, const char *from, const char *v)
{
	return (struct policy_value_change){ .package = TEXT("shi"), .seen = seen, .parameter = text_of(parameter),
		.from = on(from), .value = text_of(v), .title = TEXT("关于调整倍数的通知"), .number = TEXT("苏司〔2026〕1号"),
		.article = TEXT("第一条"), .words = TEXT("随经济发展调整"), .today = on("2026-06-30") };
}

static enum rc
value_draft(struct db_fixture *x, const struct policy_value_change *in, int64_t *ret)
{
	findings = (struct findings){ .n = 0 };
	why = TEXT_NONE;
	return policy_draft_value(&x->ctx, fixture_key(), in, &findings, &why, ret);
}

static int64_t
outcome(struct db_fixture *x, const struct policy_version *v, const char *day, int64_t income)
{
	const struct rules *r;
	struct rules_facts *f;
	struct rules_verdict verdict;

	assert_int_equal(policy_compile(x->ctx.mem, v, &r), RC_OK);
	f = rules_facts_new(x->ctx.mem, r);
	assert_int_equal(rules_fact_set(f, 0, on(day).n), RC_OK);
	assert_int_equal(rules_fact_set(f, 1, income), RC_OK);
	assert_int_equal(rules_judge(x->ctx.mem, r, f, &verdict), RC_OK);
	assert_int_equal(verdict.conclusion.state, RULES_KNOWN);
	return verdict.conclusion.n;
}

static void
a_value_from_a_day_on(void **state)
{
	struct db_fixture *x = *state;
	int64_t base = first_version(x), id = 0;
	struct policy_value_change in = value(base, "倍数", "2026-07-01", "2.0");
	struct policy_version v;

	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	v = current(x, "2026-06-30");
	assert_int_equal(outcome(x, &v, "2026-07-01", 200000), 1); /* a draft changes nothing */
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	v = current(x, "2026-06-30");
	assert_int_equal(v.id, id);
	assert_int_equal(v.number, 2);
	assert_int_equal(outcome(x, &v, "2026-06-30", 200000), 1);
	assert_int_equal(outcome(x, &v, "2026-07-01", 200000), 0);
	assert_int_equal(outcome(x, &v, "2026-07-01", 305999), 0);
	assert_int_equal(outcome(x, &v, "2026-07-01", 306000), 1);
	assert_true(text_contains(v.text, TEXT("文件 文2 “关于调整倍数的通知” 文号 “苏司〔2026〕1号”")));
	assert_true(text_contains(v.text, TEXT("规则包 试 版本 2\n")));
	/* drafted from a version that is not in force any more */
	in = value(base, "倍数", "2026-08-01", "3.0");
	assert_int_equal(value_draft(x, &in, &id), RC_CONFLICT);
}

static void
refused(struct db_fixture *x, struct policy_value_change in, const char *field)
{
	int64_t id = 0;

	assert_int_equal(value_draft(x, &in, &id), RC_INVALID);
	assert_int_equal(findings.total, 1);
	assert_string_equal(findings.v[0].field, field);
}

/* A value only to be tried is approved like any other and changes no decision; the value that holds takes its place. */
static void
a_value_only_to_be_tried(void **state)
{
	struct db_fixture *x = *state;
	int64_t base = first_version(x), id = 0;
	struct policy_value_change in = value(base, "倍数", "2026-06-30", "2.0");
	const struct rules *r, *before, *tried;
	struct policy_version v;
	struct policy_diff d[10];
	size_t n;

	in.trial = true;
	assert_int_equal(value_draft(x, &in, &id), RC_INVALID); /* from a day to come */
	assert_non_null(findings_of(&findings, "from"));
	in.from = on("2026-07-01");
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	v = current(x, "2026-06-30");
	assert_int_equal(policy_compile(x->ctx.mem, &v, &before), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	v = current(x, "2026-06-30");
	assert_int_equal(v.broke, 0);
	assert_true(text_contains(v.text, TEXT("  自 2026-07-01 值 2.0 依据 文2 “第一条” 试算\n")));
	assert_int_equal(outcome(x, &v, "2026-07-01", 200000), 1);
	assert_int_equal(policy_compile(x->ctx.mem, &v, &r), RC_OK);
	assert_int_equal(rules_with_trials(x->ctx.mem, r, &tried), RC_OK);
	assert_true(tried != r);
	assert_int_equal(policy_differences(x->ctx.mem, LANG_ZH, before, r, d, 10, &n), RC_OK);
	assert_int_equal(n, 2);
	assert_string_equal(d[0].what.p, "倍数（自 2026-07-01，只供试算）");
	/* an earlier one to be tried, then a later one, keep their order */
	in = value(id, "倍数", "2028-01-01", "3.0");
	in.trial = true;
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	in = value(id, "倍数", "2027-01-01", "2.5");
	in.trial = true;
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	/* what is to hold from one of those days takes its place, the others stay */
	in = value(id, "倍数", "2027-01-01", "1.5");
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	v = current(x, "2026-06-30");
	assert_int_equal(policy_compile(x->ctx.mem, &v, &r), RC_OK);
	assert_int_equal(rules_package(r)->parameter[1].n_entries, 2);
	assert_int_equal(rules_package(r)->parameter[1].n_trials, 2);
	assert_int_equal(outcome(x, &v, "2027-01-01", 200000), 0);
	assert_int_equal(outcome(x, &v, "2028-01-01", 300000), 1); /* 1,530 × 1.5; tried it would be × 3 */
	/* and one to be tried from the day of another is put in its place */
	in = value(id, "倍数", "2028-01-01", "4.0");
	in.trial = true;
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	v = current(x, "2026-06-30");
	assert_true(text_contains(v.text, TEXT("值 4.0")) && !text_contains(v.text, TEXT("值 3.0")));
}

static void
a_bad_value_names_its_field(void **state)
{
	struct db_fixture *x = *state;
	int64_t base = first_version(x), id = 0;
	struct policy_value_change in;

	refused(x, value(base, "没有", "2026-07-01", "2"), "parameter");
	refused(x, value(base, "倍数", "2026-07-01", "2.05"), "value");
	refused(x, value(base, "倍数", "2026-07-01", "两"), "value");
	refused(x, value(base, "线", "2026-07-01", "5000.01"), "value");
	refused(x, value(base, "线", "2026-07-01", "-0.01"), "value");
	refused(x, value(base, "线", "2026-02-30", "1"), "from");
	refused(x, value(base, "线", "2013-01-01", "1371"), "from"); /* vouched for, and in force */
	in = value(base, "线", "2026-07-01", "5000");
	in.title = TEXT("通知书"); /* three characters */
	refused(x, in, "title");
	in.title = TEXT("关于“倍数”的通知");
	refused(x, in, "title");
	in.title = TEXT("通知全文");
	in.words = TEXT("三个字");
	refused(x, in, "words");
	in.words = TEXT("四个字了");
	in.document = TEXT("没有的");
	refused(x, in, "document");
	in.document = TEXT("法");
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	in = value(base, "线", "2014-01-01", "1540"); /* was 未核实: may be set right */
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	in = value(base, "线", "2012-01-01", "1140"); /* before the first */
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
}

struct put { struct policy_decision d; int64_t id; };

static enum rc
decision_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct put *p = arg;

	return policy_decision_put(tx, actor, &p->d, &p->id);
}

static void
decision_store(struct db_fixture *x, const char *day, int64_t income, int again)
{
	static struct policy_version v;
	static const struct rules *r;
	struct rules_facts *f;
	struct rules_verdict verdict;
	struct put p;

	if (again == 0) {
		v = current(x, "2026-06-30");
		assert_int_equal(policy_compile(x->ctx.mem, &v, &r), RC_OK);
	}
	f = rules_facts_new(x->ctx.mem, r);
	assert_int_equal(rules_fact_set(f, 0, on(day).n), RC_OK);
	assert_int_equal(rules_fact_set(f, 1, income), RC_OK);
	assert_int_equal(policy_judged(x->ctx.mem, &v, r, f, &verdict, &p.d), RC_OK);
	assert_int_equal(db_command(&x->ctx, fixture_key(), &(struct command){ .name = "t", .fn = decision_tx, .arg = &p }), RC_OK);
}

/* A decision before the change would come out otherwise: such a draft has no second person. */
static void
a_draft_that_changes_the_past_is_stopped(void **state)
{
	struct db_fixture *x = *state;
	int64_t base = first_version(x), id = 0;
	struct policy_value_change in = value(base, "线", "2014-01-01", "1600");
	static char other[2000];

	decision_store(x, "2013-12-31", 136999, 0);
	decision_store(x, "2014-01-01", 155000, 1);
	assert_int_equal(value_draft(x, &in, &id), RC_OK); /* only what is from its day on differs */
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	snprintf(other, sizeof other, "%.*s", (int)(sizeof source - 1), source);
	assert_non_null(strstr(other, "1370"));
	memcpy(strstr(other, "1370"), "1369", 4);
	assert_int_equal(text_draft(x, other, "2014-01-01", &id), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_REFUSED);
	assert_int_equal(decide(x, TWO, id, POLICY_REJECTED), RC_OK);
}

static void
a_text_with_faults_is_told_where(void **state)
{
	struct db_fixture *x = *state;
	int64_t id = 0;

	assert_int_equal(text_draft(x, "规则包 试 版本 1\n结论 无此\n", "2013-01-01", &id), RC_INVALID);
	assert_true(text_contains(why, TEXT("第 2 行")));
	assert_int_equal(findings.total, 0);
	assert_int_equal(text_draft(x, "", "2013-01-01", &id), RC_INVALID);
	assert_string_equal(findings.v[0].field, "text");
}

static enum rc
tamper_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	static const struct db_stmt spoil[] = {
		{ "test.text", DB_SYSTEM, "UPDATE policy_version SET text = text || $2 WHERE city = $1", 0 },
		{ "test.input", DB_SYSTEM, "UPDATE policy_decision SET input = $2 WHERE city = $1 AND law_day < 17000", 0 },
	};

	return tx_run(tx, actor, &spoil[*(int *)arg], ARGS(db_text(*(int *)arg == 0 ? TEXT("# \n") :
	    TEXT("{\"日\":\"2013-12-31\",\"收入\":\"1370.00\"}"))), NULL);
}

static struct policy_replays
replays(struct db_fixture *x)
{
	struct policy_replays all;

	x->actor.kind = ACTOR_SYSTEM;
	assert_int_equal(policy_replay_all(&x->ctx, &all), RC_OK);
	x->actor.kind = ACTOR_ACCOUNT;
	return all;
}

static void
decisions_come_out_again(void **state)
{
	struct db_fixture *x = *state;
	int what = 1;

	first_version(x);
	for (int i = 0; i < 450; i++)
		decision_store(x, i % 2 == 0 ? "2013-12-31" : "2026-06-30", 136000 + i, i);
	assert_int_equal(replays(x).n[POLICY_SAME], 450);
	assert_int_equal(db_command(&x->ctx, fixture_key(), &(struct command){ .name = "t", .fn = tamper_tx, .arg = &what }), RC_OK);
	assert_int_equal(replays(x).n[POLICY_SAME], 225);
	assert_int_equal(replays(x).n[POLICY_OTHER_BYTES], 225);
	what = 0;
	assert_int_equal(db_command(&x->ctx, fixture_key(), &(struct command){ .name = "t", .fn = tamper_tx, .arg = &what }), RC_OK);
	assert_int_equal(replays(x).n[POLICY_TAMPERED], 450);
}

static void
differences_in_words(void **state)
{
	struct db_fixture *x = *state;
	int64_t base = first_version(x), id = 0;
	struct policy_version before = current(x, "2026-06-30"), after;
	struct policy_value_change in = value(base, "线", "2014-01-01", "1540");
	const struct rules *a, *b;
	struct policy_diff d[10];
	size_t n;

	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	after = current(x, "2026-06-30");
	assert_int_equal(policy_compile(x->ctx.mem, &before, &a), RC_OK);
	assert_int_equal(policy_compile(x->ctx.mem, &after, &b), RC_OK);
	assert_int_equal(policy_differences(x->ctx.mem, LANG_ZH, a, b, d, 10, &n), RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(d[0].kind, POLICY_CHANGED);
	assert_string_equal(d[0].what.p, "线（自 2014-01-01）");
	assert_string_equal(d[0].before.p, "1,530.00 元  《援助法》第一条  未核实");
	assert_string_equal(d[0].after.p, "1,540.00 元  《关于调整倍数的通知》第一条");
	assert_int_equal(d[1].kind, POLICY_ADDED);
	assert_int_equal(policy_differences(x->ctx.mem, LANG_ZH, a, a, d, 10, &n), RC_OK);
	assert_int_equal(n, 0);
}

/* With all the cases of the program, refused and contradictory ones among them. */
static void
the_packages_of_the_program_can_be_changed(void **state)
{
	struct db_fixture *x = *state;
	struct current c = { .day = on("2026-06-30") };
	struct policy_value_change in = value(0, "倍数", "2026-07-01", "1.5");
	int64_t id = 0;

	x->actor.kind = ACTOR_SYSTEM;
	assert_int_equal(policy_seed(&x->ctx), RC_OK);
	assert_int_equal(policy_seed(&x->ctx), RC_OK); /* once */
	x->actor.kind = ACTOR_ACCOUNT;
	assert_int_equal(db_read(&x->ctx, legal_aid_tx, &c), RC_OK);
	assert_int_equal(c.v.number, 1);
	assert_int_equal(c.v.author, -1);
	in.package = TEXT("legal_aid");
	in.seen = c.v.id;
	assert_int_equal(value_draft(x, &in, &id), RC_OK);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	assert_int_equal(db_read(&x->ctx, legal_aid_tx, &c), RC_OK);
	assert_int_equal(c.v.id, id);
	assert_true(c.v.held > 300);
	assert_int_equal(c.v.broke, 0);
	assert_true(text_contains(c.v.report, TEXT("不符合 → 符合")));
}

/* Whatever database call fails, there is no half of a version. */
static void
a_failing_database_leaves_nothing(void **state)
{
	struct db_fixture *x = *state;
	int64_t base = first_version(x), id = 0;
	int n = 1;

	for (; n < 100; n++) {
		struct policy_value_change in = value(base, "倍数", "2026-07-01", "2.0");
		enum rc rc;

		db_fail_after(x->db, n);
		rc = value_draft(x, &in, &id);
		db_fail_after(x->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(current(x, "2026-06-30").id, base);
	}
	assert_in_range(n, 5, 60);
	assert_int_equal(decide(x, TWO, id, POLICY_APPROVED), RC_OK);
	assert_int_equal(current(x, "2026-06-30").number, 2); /* the failed ones took no number */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(statements_are_sound, open_db, close_db),
		cmocka_unit_test_setup_teardown(it_takes_two, open_db, close_db),
		cmocka_unit_test_setup_teardown(a_value_from_a_day_on, open_db, close_db),
		cmocka_unit_test_setup_teardown(a_value_only_to_be_tried, open_db, close_db),
		cmocka_unit_test_setup_teardown(a_bad_value_names_its_field, open_db, close_db),
		cmocka_unit_test_setup_teardown(a_draft_that_changes_the_past_is_stopped, open_db, close_db),
		cmocka_unit_test_setup_teardown(a_text_with_faults_is_told_where, open_db, close_db),
		cmocka_unit_test_setup_teardown(decisions_come_out_again, open_db, close_db),
		cmocka_unit_test_setup_teardown(differences_in_words, open_db, close_db),
		cmocka_unit_test_setup_teardown(the_packages_of_the_program_can_be_changed, open_db, close_db),
		cmocka_unit_test_setup_teardown(a_failing_database_leaves_nothing, open_db, close_db),
	};

	return fixture_main("policy_version", tests, sizeof tests / sizeof tests[0], &engine);
}
