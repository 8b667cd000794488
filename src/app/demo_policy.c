/*
 * The rules in the demonstration's year: whoever holds a case now and then asks whether its people would get legal aid,
 * and keeps what the rules say.  Incomes lie around the limit, so that a change of it reaches somebody.
 */
#include "app/demo.h"

#include "operations/judge/judge.h"

#define CASES 200
#define PACKAGE TEXT("legal_aid")
#define LIMIT INT64_C(2988000) /* fen a head and year: twelve months of the minimum wage at the end of 2025 */

struct asking { struct queue_filter f; struct queue_row v[CASES]; size_t n; struct policy_version version; };

static enum rc
asking_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct asking *a = arg;
	enum rc rc = policy_current(tx, actor, PACKAGE, day_of_moment(tx_now_ms(tx)), &a->version);

	return rc == RC_OK ? request_queue(tx, actor, &a->f, a->v, &a->n) : rc;
}

/* A fact by its name; an option or "是" as its word. */
static enum rc
say(const struct rules *r, struct rules_facts *f, const char *name, const char *word)
{
	int input = rules_input_find(r, text_of(name));
	int64_t n;
	enum rc rc = input < 0 ? RC_NOT_FOUND : rules_read(r, rules_package(r)->input[input].type, text_of(word), &n);

	return rc == RC_OK ? rules_fact_set(f, input, n) : rc;
}

static enum rc
say_number(const struct rules *r, struct rules_facts *f, const char *name, int64_t n)
{
	int input = rules_input_find(r, text_of(name));

	return input < 0 ? RC_NOT_FOUND : rules_fact_set(f, input, n);
}

/* A household that asks for a civil matter; now and then something is not known yet. */
static enum rc
household(const struct rules *r, struct rules_facts *f, struct demo_random *d, struct day today)
{
	static const char *const matters[] = { "劳动报酬", "劳动报酬", "赡养抚养扶养费", "工伤事故", "交通事故", "社保救助", "家庭暴力",
		"其他事项" };
	static const char *const people[] = { "普通人员", "普通人员", "普通人员", "普通人员", "特定群体", "进城务工人员" };
	int64_t members = 1 + demo_below(d, 5);
	size_t who = (size_t)demo_below(d, 6);
	enum rc rc = say_number(r, f, "申请日", today.n);

	if (rc == RC_OK)
		rc = say(r, f, "类别", "民事行政");
	if (rc == RC_OK)
		rc = say(r, f, "事项", matters[demo_below(d, 8)]);
	if (rc == RC_OK)
		rc = say(r, f, "身份", people[who]);
	if (rc == RC_OK)
		rc = say(r, f, "有证明", who > 3 && demo_chance(d, 60) ? "是" : "否");
	if (rc == RC_OK)
		rc = say(r, f, "对方共同生活", "否");
	if (rc == RC_OK)
		rc = say(r, f, "已委托", demo_chance(d, 5) ? "是" : "否");
	if (rc == RC_OK)
		rc = say_number(r, f, "共同生活人数", members);
	if (rc == RC_OK && !demo_chance(d, 6))
		rc = say_number(r, f, "家庭收入", members * LIMIT / 100 * (40 + demo_below(d, 160)));
	return rc;
}

/* At this moment, when the clock stands there. */
enum rc
demo_policy(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct demo_random d = { (uint64_t)at_ms ^ UINT64_C(0x9011c7f4a7c15b21) }; /* of its own: the year is the same without it */
	struct asking *a = ARENA_NEW(mem, struct asking);
	struct actor actor = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &actor);
	const struct account *holder;
	const struct rules *r = NULL;
	struct rules_facts *f;
	struct judge_done done;
	size_t k;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	if (!demo_chance(&d, 60))
		return RC_OK;
	a->f = (struct queue_filter){ .kind = QUEUE_CITY, .place = { c->app->conf.city * 100000000 }, .due_last_ms = DUE_NONE,
		.most = CASES };
	rc = db_read(&ctx, asking_tx, a);
	if (rc != RC_OK || a->n == 0)
		return rc;
	k = (size_t)demo_below(&d, (int64_t)a->n);
	holder = demo_account_find(c, a->v[k].holder);
	rc = policy_compile(mem, &a->version, &r);
	if (holder == NULL || !holder->active || rc != RC_OK)
		return rc;
	f = rules_facts_new(mem, r);
	rc = f == NULL ? RC_NO_MEMORY : household(r, f, &d, day_of_moment(at_ms));
	if (rc != RC_OK)
		return rc;
	actor = identity_actor(holder, c->app->conf.city);
	rc = judge_record(&ctx, idem_key_new(), a->v[k].id, &a->version, r, f, &done);
	return rc == RC_FORBIDDEN || rc == RC_NOT_FOUND || rc == RC_CONFLICT ? RC_OK : rc; /* it has gone on meanwhile */
}
