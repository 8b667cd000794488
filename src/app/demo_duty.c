/* Rosters of the demonstration: this month and the next of one county planned by its director and published by the city, with a wish
 * or two and a visit moved; a draft of the month after. */
#include "app/demo.h"

#include "resources/activity/activity.h"
#include "resources/duty/duty.h"
#include "resources/identity/identity.h"
#include "resources/network/network.h"
#include "resources/provider/provider.h"
#include "standards/region/region.h"


#define MEMORY ((size_t)64 << 20)
#define SEED 1
#define WISHES 5 /* of which the lawyer has three */
#define SECONDS 2 /* villages of a colleague with an account, to swap with */
#define LAWYER "YS-L99" /* whom a visitor logs in as */
#define COLLEAGUE "YS-L98"

static const struct account *
login_of(struct demo_city *c, struct arena *mem, const char *login)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	int64_t id = 0;

	return identity_find_login(&ctx, text_of(login), &id) == RC_OK ? demo_account_find(c, id) : NULL;
}

struct slots { int64_t plan; struct duty_slot *v; size_t n; struct duty_plan p; };

static enum rc
slots_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct slots *s = argument;
	enum rc rc = duty_plan_load(tx, actor, s->plan, &s->p);

	return rc == RC_OK ? duty_slots(tx, actor, s->plan, s->v, DUTY_SLOTS_MAX, &s->n) : rc;
}

static enum rc
lawyer_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct provider *p = argument;

	return provider_by_account(tx, actor, p->account, p);
}

/* Another of the same house, who logs in as well. */
static enum rc
colleague(struct demo_city *c, struct ctx *ctx, int64_t account)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx own = app_ctx(c->app, ctx->mem, &system);
	struct provider p = { .account = account };
	struct findings findings = { .n = 0 };
	int64_t id = 0;
	enum rc rc = db_read(&own, lawyer_tx, &p);

	return rc != RC_OK ? rc : provider_save(&own, idem_key_new(), &(struct provider_new){ .firm = p.firm, .kind = PROVIDER_LAWYER,
	    .licence = TEXT(COLLEAGUE), .name = TEXT("示范律师"), .login = TEXT("lawyer2"), .valid_from = p.valid_from, .valid_to = DAY_NONE,
	    .practice_from = p.practice_from, .away_from = DAY_NONE, .away_to = DAY_NONE, .active = true }, &findings, &id);
}

/* Two communities want the lawyer on days that end in 4, one of them on market days too. */
static enum rc
wishes(struct ctx *ctx, struct place county)
{
	const struct division *v[WISHES + SECONDS];
	size_t n = region_list(county, PLACE_VILLAGE, day_of_moment(ctx->now_ms), v, WISHES + SECONDS);
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < WISHES + SECONDS && i < n; i++) {
		struct findings findings = { .n = 0 };

		rc = duty_village_save(ctx, idem_key_new(), &(struct duty_village){ .place = v[i]->place, .licence = i < 2 ? TEXT("") :
		    i < WISHES ? TEXT(LAWYER) : TEXT(COLLEAGUE), .visits = 1, .ends_in = i < 2 ? 1u << 4 : 0, .market = i == 1 }, &findings);
	}
	return rc;
}

/* A law market on days that end in 4, and a van that goes round two towns on the second Wednesday. */
static enum rc
activities(struct ctx *ctx, struct place county)
{
	const struct division *village[2], *town[2];
	struct day today = day_of_moment(ctx->now_ms), from = day_add(today, 1 - day_to_ymd(today).day);
	struct findings findings = { .n = 0 };
	enum rc rc = RC_OK;

	if (region_list(county, PLACE_VILLAGE, today, village, 2) < 2 || region_list(county, PLACE_TOWN, today, town, 2) < 2)
		return RC_OK;
	rc = activity_save(ctx, idem_key_new(), &(struct activity){ .county = county, .kind = ACTIVITY_MARKET, .name = TEXT("逢四法律集市"),
	    .name_en = TEXT("Law market"), .words = TEXT("律师摆摊，现场答疑，不用预约。"), .rule = { 1u << 4, 0, 0 }, .rest = true, .from = from,
	    .to = DAY_NONE, .stop = { { village[1]->place, 540, 690 } }, .n_stops = 1 }, &findings);
	if (rc == RC_OK)
		rc = activity_save(ctx, idem_key_new(), &(struct activity){ .county = county, .kind = ACTIVITY_ROUND, .name = TEXT("流动法律服务车"),
		    .name_en = TEXT("Mobile law van"), .words = TEXT(""), .rule = { 0, 1u << 2, 1u << 1 }, .from = from, .to = DAY_NONE,
		    .stop = { { town[0]->place, 540, 660 }, { town[1]->place, 810, 960 } }, .n_stops = 2 }, &findings);
	return rc;
}

/* The lawyer is on duty today, at a community with a station. */
static enum rc
today_pinned(struct ctx *ctx, struct place county, struct day today)
{
	const struct division *v[WISHES];
	struct findings findings = { .n = 0 };
	size_t n = region_list(county, PLACE_VILLAGE, today, v, WISHES);
	struct point p;

	for (size_t i = 2; i < n && i < WISHES; i++)
		if (network_serving(ctx, v[i]->place, today, &p) == RC_OK && p.kind == POINT_STATION)
			return duty_pin_add(ctx, idem_key_new(), &(struct duty_pin){ .county = county, .month = duty_month_of(today), .kind = ROSTER_PIN_VISIT,
			    .licence = TEXT(LAWYER), .place = v[i]->place, .day = today, .why = TEXT("约好今天来讲课") }, &findings);
	return RC_OK;
}

static enum rc
month_make(struct ctx *director, struct ctx *official, struct place county, int month, bool publish, int64_t *ret)
{
	struct findings findings = { .n = 0 };
	struct slots s = { .v = arena_array(director->mem, DUTY_SLOTS_MAX, sizeof(struct duty_slot)) };
	struct duty_made made;
	enum rc rc = s.v == NULL ? RC_NO_MEMORY :
	    duty_plan_make(director, idem_key_new(), &(struct duty_plan_new){ county, month, SEED }, &findings, &made);

	*ret = s.plan = made.id;
	if (rc == RC_OK)
		rc = db_read(director, slots_tx, &s);
	return rc == RC_OK && publish ? duty_plan_publish(official, idem_key_new(), s.plan, s.p.revision, &findings) : rc;
}

/* After today: one visit goes to another day, one person falls ill. */
static enum rc
since_then(struct ctx *ctx, int64_t plan, struct day today)
{
	struct slots s = { .plan = plan, .v = arena_array(ctx->mem, DUTY_SLOTS_MAX, sizeof(struct duty_slot)) };
	struct findings findings = { .n = 0 };
	enum roster_rule rule;
	struct duty_choice c;
	enum rc rc = s.v == NULL ? RC_NO_MEMORY : db_read(ctx, slots_tx, &s);

	for (size_t i = 0; rc == RC_OK && i < s.n; i++) {
		if (s.v[i].provider == 0 || s.v[i].day.n <= today.n)
			continue;
		rc = duty_candidates(ctx, plan, s.v[i].slot, 4, &c);
		if (rc != RC_OK || c.n_fine == 0)
			continue;
		return duty_move(ctx, idem_key_new(), &(struct duty_move){ plan, s.v[i].slot, s.v[i].revision, c.v[0].provider, c.v[0].day,
		    TEXT("村里那天开村民会议") }, &findings, &rule);
	}
	return rc;
}

enum rc
demo_duty(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	const struct account *director = login_of(c, mem, "aid-director"), *official = login_of(c, mem, "official"),
	    *lawyer = login_of(c, mem, "lawyer");
	struct day today = day_of_moment(at_ms), first = day_add(today, 1 - day_to_ymd(today).day);
	struct arena *own = arena_create(MEMORY);
	struct actor one, other;
	struct ctx a, b;
	int64_t now = 0, next = 0;
	enum rc rc = own == NULL ? RC_NO_MEMORY : director == NULL || official == NULL || lawyer == NULL ? RC_NOT_FOUND : RC_OK;

	if (rc == RC_OK) {
		one = identity_actor(director, c->app->conf.city);
		other = identity_actor(official, c->app->conf.city);
		a = app_ctx(c->app, own, &one);
		b = app_ctx(c->app, own, &other);
		rc = colleague(c, &a, lawyer->id.n);
	}
	if (rc == RC_OK)
		rc = wishes(&a, director->place);
	if (rc == RC_OK)
		rc = activities(&a, director->place);
	if (rc == RC_OK)
		rc = today_pinned(&a, director->place, today);
	for (int i = 0; rc == RC_OK && i < 3; i++)
		rc = month_make(&a, &b, director->place, duty_month_of(day_add_months(first, i)), i < 2, i == 0 ? &now : &next);
	if (rc == RC_OK)
		rc = since_then(&a, now, today);
	arena_free(own);
	return rc;
}
