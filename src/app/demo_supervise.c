/*
 * Supervision in the demonstration's year: twice a day the same job that serves people looks for what has come due, and
 * those who got an order reply to it, mostly.
 */
#include "app/demo.h"

#include "operations/supervise/supervise.h"

#define MORNING (9 * 60 + 30)
#define AFTERNOON (14 * 60 + 30)
#define LOOKED_AT 200
#define MOST 500

struct orders { struct order_filter f; struct order v[LOOKED_AT]; size_t n; };

static enum rc
orders_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct orders *o = arg;

	return order_list(tx, actor, &o->f, o->v, LOOKED_AT, &o->n);
}

/* An official of the city judges. */
static const struct account *
official_of(const struct demo_city *c)
{
	for (size_t i = 0; i < c->n_accounts; i++)
		if (c->accounts[i].account.role == ROLE_OFFICIAL && place_level(c->accounts[i].account.place) == PLACE_CITY)
			return &c->accounts[i].account;
	return NULL;
}

static enum rc
reply_all(struct demo_city *c, struct demo_random *r, struct arena *mem, struct orders *o)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < o->n; i++) {
		const struct account *a = demo_account_find(c, o->v[i].to_account);
		struct actor actor;
		struct ctx ctx;

		if (a == NULL || !demo_chance(r, o->v[i].read_ms == 0 ? 45 : 30))
			continue;
		actor = identity_actor(a, c->app->conf.city);
		ctx = app_ctx(c->app, mem, &actor);
		if (o->v[i].read_ms == 0)
			rc = order_sign(&ctx, idem_key_new(), o->v[i].id);
		else
			rc = order_reply(&ctx, idem_key_new(), o->v[i].id, o->v[i].revision,
			    TEXT("近期来访较多，已经安排加班处理，本周内办结并回访。"));
	}
	return rc;
}

static enum rc
judge_all(struct demo_city *c, struct demo_random *r, struct arena *mem, struct orders *o)
{
	const struct account *official = official_of(c);
	enum rc rc = RC_OK;

	for (size_t i = 0; official != NULL && rc == RC_OK && i < o->n; i++) {
		struct actor actor = identity_actor(official, c->app->conf.city);
		struct ctx ctx = app_ctx(c->app, mem, &actor);
		bool taken = demo_chance(r, 85);

		if (!demo_chance(r, 40))
			continue;
		rc = order_judge(&ctx, idem_key_new(), o->v[i].id, o->v[i].revision, taken ? VERDICT_ACCEPTED : VERDICT_SENT_BACK,
		    taken ? TEXT_NONE : TEXT("没有写明办结时间，请补充。"), DAY_NONE);
	}
	return rc;
}

static enum rc
look(struct demo_city *c, struct arena *mem, enum order_group group, struct orders **ret)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	struct orders *o = ARENA_NEW(mem, struct orders);

	if (o == NULL)
		return RC_NO_MEMORY;
	o->f.group = group;
	*ret = o;
	return db_read(&ctx, orders_tx, o);
}

static enum rc
run_one(struct demo_city *c, struct demo_random *r, struct arena *mem)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	struct orders *o = NULL;
	int64_t n = MOST;
	enum rc rc = RC_OK;

	while (rc == RC_OK && n == MOST)
		rc = supervise_run(&ctx, MOST, &n);
	if (rc == RC_OK)
		rc = look(c, mem, ORDERS_REPLIED, &o);
	if (rc == RC_OK)
		rc = judge_all(c, r, mem, o);
	if (rc == RC_OK)
		rc = look(c, mem, ORDERS_WAITING, &o);
	return rc == RC_OK ? reply_all(c, r, mem, o) : rc;
}

int64_t
demo_supervise_next(int64_t at_ms)
{
	struct day d = day_of_moment(at_ms);

	for (;; d = day_add(d, 1)) {
		if (day_start_ms(d) + MORNING * INT64_C(60000) > at_ms)
			return day_start_ms(d) + MORNING * INT64_C(60000);
		if (day_start_ms(d) + AFTERNOON * INT64_C(60000) > at_ms)
			return day_start_ms(d) + AFTERNOON * INT64_C(60000);
	}
}

enum rc
demo_supervise(struct demo_city *c, struct demo_random *r, struct arena *mem, int64_t *at_ms, int64_t until_ms)
{
	enum rc rc = RC_OK;

	for (; rc == RC_OK && *at_ms <= until_ms; *at_ms = demo_supervise_next(*at_ms)) {
		app_clock_freeze(*at_ms);
		rc = run_one(c, r, mem);
		if (rc == RC_OK)
			rc = demo_cooperate(c, mem, *at_ms);
		if (rc == RC_OK)
			rc = demo_policy(c, mem, *at_ms);
		if (rc == RC_OK)
			rc = demo_aid(c, mem, *at_ms);
		if (rc == RC_OK)
			rc = demo_quality(c, mem, *at_ms);
		if (rc == RC_OK)
			rc = demo_hours(c, mem, *at_ms);
		if (rc == RC_OK)
			rc = demo_complaint(c, mem, *at_ms);
		if (rc == RC_OK)
			rc = demo_mediation(c, mem, *at_ms);
		arena_reset(mem);
	}
	return rc;
}
