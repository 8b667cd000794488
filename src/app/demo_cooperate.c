/*
 * Co-operation in the demonstration's year: now and then whoever holds a case asks another point for help, which agrees,
 * declines and answers as people do; some of it is open on the last day.
 */
#include "app/demo.h"

#include "operations/cooperate/cooperate.h"

#define LOOKED_AT 60
#define CASES 60

struct helps { struct cooperation_filter f; struct cooperation v[LOOKED_AT]; size_t n; };
struct cases { struct queue_filter f; struct queue_row v[CASES]; size_t n; };

static const struct { const char *kind, *words, *answer; unsigned shared; } asks[] = {
	{ "evidence", "请到用工地点看一看考勤和工资发放记录，把看到的情况写给我们。", "已到现场，有考勤表，工资单由会计保管，复印件已留存。",
	  BIT(SHARE_MATTER) },
	{ "verify", "当事人说材料交在你们那里，请核实收到过哪些、什么时候收的。", "核实过了，收到过两份，都有登记。",
	  BIT(SHARE_MATTER) | BIT(SHARE_NAME) },
	{ "deliver", "当事人现住你们那里，请代为送达告知书并请签收。", "已送达，本人签收。",
	  BIT(SHARE_NAME) | BIT(SHARE_PHONE) | BIT(SHARE_PLACE) },
	{ "language", "当事人只讲方言，请安排一位听得懂的同事通话协助。", "已安排同事通话，内容已转告承办人。", 0 },
	{ "mediate", "对方当事人住在你们那里，请一起做一次调解。", "已约双方见面，愿意再谈，时间另行通知。", BIT(SHARE_MATTER) },
};

static enum rc
helps_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct helps *h = arg;

	return cooperation_list(tx, actor, &h->f, h->v, LOOKED_AT, &h->n);
}

static enum rc
cases_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct cases *q = arg;

	return request_queue(tx, actor, &q->f, q->v, &q->n);
}

static struct ctx
ctx_of(struct demo_city *c, struct arena *mem, const struct account *a, struct actor *actor)
{
	*actor = a != NULL ? identity_actor(a, c->app->conf.city) : identity_system(c->app->conf.city);
	return app_ctx(c->app, mem, actor);
}

static bool
handles(const struct account *a)
{
	return a->active && a->point != 0 && (a->role == ROLE_STATION || a->role == ROLE_CLERK || a->role == ROLE_DIRECTOR);
}

/* Somebody at a centre, often the one whom a visitor logs in as. */
static const struct account *
helper_of(const struct demo_city *c, struct demo_random *r)
{
	for (int tries = 0; tries < 20; tries++) {
		const struct account *a = &c->accounts[demo_below(r, (int64_t)c->n_accounts)].account;

		if (handles(a) && a->role != ROLE_STATION)
			return a;
	}
	return NULL;
}

static const struct account *
login_of(struct demo_city *c, struct arena *mem, const char *login)
{
	struct actor actor;
	struct ctx ctx = ctx_of(c, mem, NULL, &actor);
	int64_t id = 0;

	return identity_find_login(&ctx, text_of(login), &id) == RC_OK ? demo_account_find(c, id) : NULL;
}

#define ASKS (sizeof asks / sizeof asks[0])

static enum rc
ask(struct demo_city *c, struct arena *mem, const struct account *holder, int64_t point, struct case_id id, size_t k)
{
	struct cooperation_done done;
	struct actor actor;
	struct ctx ctx = ctx_of(c, mem, holder, &actor);
	enum rc rc = cooperation_ask(&ctx, idem_key_new(), &(struct cooperation_ask){ .request = id, .point = point,
	    .kind = text_of(asks[k].kind), .words = text_of(asks[k].words), .shared = asks[k].shared }, &done);

	return rc == RC_REFUSED || rc == RC_FORBIDDEN || rc == RC_CONFLICT ? RC_OK : rc;
}

static enum rc
ask_one(struct demo_city *c, struct demo_random *r, struct arena *mem)
{
	const struct account *holder, *helper = demo_chance(r, 35) ? login_of(c, mem, "clerk") : helper_of(c, r);
	struct cases *q = ARENA_NEW(mem, struct cases);
	size_t k = (size_t)demo_below(r, (int64_t)ASKS);
	struct actor actor;
	struct ctx ctx = ctx_of(c, mem, NULL, &actor);
	enum rc rc;

	if (q == NULL)
		return RC_NO_MEMORY;
	q->f = (struct queue_filter){ .kind = QUEUE_CITY, .place = { c->app->conf.city * 100000000 }, .due_last_ms = DUE_NONE,
		.most = CASES };
	rc = db_read(&ctx, cases_tx, q);
	if (rc != RC_OK || q->n == 0 || helper == NULL)
		return rc;
	q->v[0] = q->v[demo_below(r, (int64_t)q->n)];
	holder = demo_account_find(c, q->v[0].holder);
	if (holder == NULL || !handles(holder) || holder->point == helper->point)
		return RC_OK;
	return ask(c, mem, holder, helper->point, q->v[0].id, k);
}

static const char *
answer_for(struct text kind)
{
	for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++)
		if (text_equals(kind, text_of(asks[i].kind)))
			return asks[i].answer;
	return asks[0].answer;
}

static const struct account *
at_point(const struct demo_city *c, int64_t point)
{
	for (size_t i = 0; i < c->n_accounts; i++)
		if (c->accounts[i].account.point == point && handles(&c->accounts[i].account))
			return &c->accounts[i].account;
	return NULL;
}

static enum rc
go_on(struct demo_city *c, struct demo_random *r, struct arena *mem, const struct cooperation *o)
{
	const struct account *a = o->state == COOPERATION_ANSWERED ? demo_account_find(c, o->from_account) : at_point(c, o->to_point);
	struct cooperation_done done;
	struct actor actor;
	struct ctx ctx;
	enum rc rc;

	if (a == NULL || !demo_chance(r, 8))
		return RC_OK;
	ctx = ctx_of(c, mem, a, &actor);
	if (o->state == COOPERATION_ANSWERED)
		rc = demo_chance(r, 10) && o->round < 3
		    ? cooperation_again(&ctx, idem_key_new(), o->id, o->revision, TEXT("请再问一句：是哪几个月的？"), &done)
		    : cooperation_close(&ctx, idem_key_new(), o->id, o->revision);
	else if (o->state == COOPERATION_ASKED && demo_chance(r, 15))
		rc = cooperation_decline(&ctx, idem_key_new(), o->id, o->revision, TEXT("no_capacity"),
		    TEXT("这两周人手都在外，建议请县级中心协助。"), &done);
	else if (o->state == COOPERATION_ASKED)
		rc = cooperation_take(&ctx, idem_key_new(), o->id, o->revision);
	else
		rc = cooperation_answer(&ctx, idem_key_new(), o->id, o->revision, text_of(answer_for(o->kind)));
	/* the case has gone on to another holder, who has not looked yet */
	return rc == RC_FORBIDDEN || rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
demo_cooperate(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct demo_random r = { (uint64_t)at_ms ^ UINT64_C(0xc0fe9e3779b97f4a) }; /* of its own: the year is the same without it */
	struct helps *h = ARENA_NEW(mem, struct helps);
	struct actor actor;
	struct ctx ctx = ctx_of(c, mem, NULL, &actor);
	enum rc rc;

	if (h == NULL)
		return RC_NO_MEMORY;
	h->f = (struct cooperation_filter){ .outgoing = true };
	rc = db_read(&ctx, helps_tx, h);
	for (size_t i = 0; rc == RC_OK && i < h->n; i++)
		rc = go_on(c, &r, mem, &h->v[i]);
	return rc == RC_OK && demo_chance(&r, 35) ? ask_one(c, &r, mem) : rc;
}

/* On the last day those whom a visitor logs in as ask each other: a case or two of each. */
enum rc
demo_cooperate_last(struct demo_city *c, struct arena *mem)
{
	static const char *const pairs[][2] = { { "station", "clerk" }, { "clerk", "hotline" }, { "hotline", "clerk" },
		{ "director", "hotline" } };
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < sizeof pairs / sizeof pairs[0]; i++) {
		const struct account *holder = login_of(c, mem, pairs[i][0]), *helper = login_of(c, mem, pairs[i][1]);
		struct cases *q = ARENA_NEW(mem, struct cases);
		struct actor actor;
		struct ctx ctx = ctx_of(c, mem, holder, &actor);

		if (q == NULL)
			return RC_NO_MEMORY;
		if (holder == NULL || helper == NULL || helper->point == 0)
			continue;
		q->f = (struct queue_filter){ .kind = QUEUE_POINT, .due_last_ms = DUE_NONE, .most = 2 };
		rc = db_read(&ctx, cases_tx, q);
		for (size_t k = 0; rc == RC_OK && k < q->n; k++)
			rc = ask(c, mem, holder, helper->point, q->v[k].id, (i + k) % ASKS);
	}
	return rc;
}
