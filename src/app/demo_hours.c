/* After hours in the demonstration: who is on duty at the points, last month's and this month's test calls, and some calls nobody
 * took: most rung back in time, one late, one that waits. */
#include "app/demo.h"

#include "operations/matter/consult/consult.h"
#include "operations/missed/missed.h"
#include "resources/network/network.h"
#include "resources/oncall/oncall.h"

#include <stdio.h>

#define HOUR_MS INT64_C(3600000)
#define EVERY 7      /* a point in so many has nobody on duty yet */
#define EVENING (21 * 60 + 40)
#define NOON (12 * 60)
#define DUTY_DAYS 40 /* so long before the end the register is written, the numbers are rung */
#define TEST_DAYS 18

static struct ctx
ctx_of(struct demo_city *c, struct arena *mem, struct actor *actor)
{
	return app_ctx(c->app, mem, actor);
}

static const struct account *
account_at(const struct demo_city *c, int64_t point)
{
	for (size_t i = 0; i < c->n_accounts; i++)
		if (c->accounts[i].account.point == point && c->accounts[i].account.active && c->accounts[i].account.role != ROLE_PROVIDER)
			return &c->accounts[i].account;
	return NULL;
}

static enum rc
duty_add(struct ctx *ctx, const struct point *p, int turn, int64_t account, const char *office, const char *phone, const char *hours)
{
	struct findings findings = { .n = 0 };
	struct oncall_new in = { .point = p->id, .turn = turn, .account = account, .login = TEXT(""), .name = TEXT(""), .office = text_of(office), .phone = text_of(phone),
		.hours = text_of(hours), .show_name = turn == 1, .from = day_add(day_of_moment(ctx->now_ms), -60), .to = DAY_NONE };

	return oncall_add(ctx, idem_key_new(), &in, &findings);
}

/* The first on weekday nights, the second at any hour. */
static enum rc
duty_make(struct demo_city *c, struct ctx *ctx, const struct point *p, size_t at)
{
	const struct account *own = account_at(c, p->id), *up = p->parent != 0 ? account_at(c, p->parent) : NULL;
	char phone[16];
	enum rc rc = RC_OK;

	if (at % EVERY == EVERY - 1)
		return RC_OK;
	snprintf(phone, sizeof phone, "1990001%04zu", at % 10000);
	if (own != NULL)
		rc = duty_add(ctx, p, 1, own->id.n, "夜间值班人员", phone, "1-5 17:00-24:00; 6-8 08:00-22:00");
	snprintf(phone, sizeof phone, "1990002%04zu", at % 10000);
	if (rc == RC_OK && up != NULL)
		rc = duty_add(ctx, p, 2, up->id.n, "镇法律服务中心值班", phone, "");
	return rc;
}

static enum rc
test_make(struct ctx *ctx, const struct point *p, size_t at)
{
	enum phone_result result = at % 23 == 5 ? PHONE_DEAD : at % 11 == 3 ? PHONE_BUSY : PHONE_ANSWERED;

	if (at % 3 == 2) /* still to be rung */
		return RC_OK;
	return oncall_test_put(ctx, idem_key_new(), &(struct oncall_test){ .point = p->id, .phone = p->phone, .words = TEXT(""), .result = result });
}

struct call_arg { struct case_id request; struct callback v[4]; size_t n; struct request r; };

static enum rc
call_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct call_arg *a = argument;
	enum rc rc = request_load(tx, actor, a->request, &a->r);

	return rc == RC_OK ? callback_list(tx, actor, a->request, a->v, 4, &a->n) : rc;
}

/* Rung back by who holds it, after so many minutes. */
static enum rc
call_back(struct demo_city *c, struct arena *mem, int64_t request, int64_t after_ms)
{
	struct actor system = identity_system(c->app->conf.city), holder;
	struct call_arg a = { .request = { request } };
	const struct account *who;
	struct ctx ctx = ctx_of(c, mem, &system);
	enum rc rc = db_read(&ctx, call_tx, &a);

	if (rc != RC_OK || a.n == 0)
		return rc;
	who = demo_account_find(c, a.r.holder);
	if (who == NULL)
		return RC_NOT_FOUND;
	holder = identity_actor(who, c->app->conf.city);
	app_clock_freeze(ctx.now_ms + after_ms);
	ctx = ctx_of(c, mem, &holder);
	return callback_done(&ctx, idem_key_new(), a.v[0].id, TEXT("reached"));
}

/* Noted now, of last evening; rung back after_ms later, 0: by nobody yet. */
static enum rc
missed_make(struct demo_city *c, struct arena *mem, const struct point *p, const char *words, int64_t after_ms)
{
	struct actor nobody = identity_anonymous(c->app->conf.city);
	struct intake_receipt receipt = { .id = 0 };
	struct findings findings = { .n = 0 };
	struct ctx ctx = ctx_of(c, mem, &nobody);
	enum rc rc = missed_note(&ctx, idem_key_new(), &(struct missed_new){ .point = p->id, .channel = CHANNEL_PORTAL, .name = TEXT(""),
	    .phone = TEXT("19900005678"), .words = text_of(words), .minute = EVENING }, &findings, &receipt);

	return rc == RC_OK && after_ms > 0 ? call_back(c, mem, receipt.id, after_ms) : rc;
}

static enum rc
points_of(struct demo_city *c, struct arena *mem, struct point **ret, size_t *ret_n)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = ctx_of(c, mem, &system);

	return network_list(&ctx, POINT_NONE, (struct place){ c->app->conf.city * INT64_C(100000000) }, day_of_moment(ctx.now_ms), ret, ret_n);
}

static enum rc
each_point(struct demo_city *c, struct arena *mem, bool duty)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = ctx_of(c, mem, &system);
	struct point *v = NULL;
	size_t n = 0;
	enum rc rc = points_of(c, mem, &v, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = duty ? duty_make(c, &ctx, &v[i], i) : v[i].phone.n > 0 ? test_make(&ctx, &v[i], i) : RC_OK;
	return rc;
}

static enum rc
call_one(struct demo_city *c, struct arena *mem, size_t nth, const char *words, int64_t after_ms)
{
	struct point *v = NULL;
	size_t n = 0, at = 0;
	enum rc rc = points_of(c, mem, &v, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (v[i].kind == POINT_STATION && i % EVERY != EVERY - 1 && at++ == nth)
			return missed_make(c, mem, &v[i], words, after_ms);
	return rc;
}

enum rc
demo_hours(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	static const struct { int days; const char *words; int64_t after_ms; } calls[] = {
		{ 20, "想问工资的事。", HOUR_MS / 2 }, { 12, "老人被推销了保健品。", 2 * HOUR_MS }, { 6, "", 6 * HOUR_MS }, { 1, "急，后天开庭。", 0 },
	};
	int days = day_of_moment(c->aid_until_ms).n - day_of_moment(at_ms).n;
	enum rc rc = RC_OK;

	if (moment_minute(at_ms) > NOON)
		return RC_OK;
	if (days == DUTY_DAYS || days == TEST_DAYS)
		rc = each_point(c, mem, days == DUTY_DAYS);
	for (size_t i = 0; rc == RC_OK && i < sizeof calls / sizeof calls[0]; i++)
		if (days == calls[i].days)
			rc = call_one(c, mem, i, calls[i].words, calls[i].after_ms);
	return rc;
}

enum rc
demo_hours_last(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	app_clock_freeze(at_ms);
	return call_one(c, mem, 4, "", 0);
}
