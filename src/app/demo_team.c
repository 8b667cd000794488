/*
 * Teams of the demonstration: a complete one and two that miss somebody, a named group, visits done, late and to come, hours of
 * volunteers and of a lawyer, an adviser paired with a village official, the number of enterprises of one county.
 */
#include "app/demo.h"

#include "operations/matter/mediation/mediation.h"
#include "operations/team/team.h"
#include "resources/advisor/advisor.h"
#include "resources/identity/identity.h"
#include "resources/provider/provider_register.h"

#define MEMORY ((size_t)32 << 20)
#define TOWN INT64_C(320506100000)
#define COUNTY INT64_C(320506000000)
#define CITY INT64_C(320500000000)
#define ADVISERS 4

struct around { struct mediator m[MEDIATORS_MAX]; struct advisor_contract c[ADVISERS]; size_t n, n_c; struct day today; int64_t mediator; };

static enum rc
around_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct around *a = argument;
	enum rc rc = mediators(tx, actor, a->m, MEDIATORS_MAX, &a->n);

	for (size_t i = 0; rc == RC_OK && i < a->n; i++)
		if (a->m[i].active && (a->mediator == 0 || place_range_has(place_range((struct place){ TOWN }), a->m[i].place)))
			a->mediator = a->m[i].id;
	return rc == RC_OK ? advisor_on_day(tx, actor, (struct place){ TOWN }, a->today, (struct place){ 0 }, a->c, ADVISERS, &a->n_c) : rc;
}

static enum rc
team(struct ctx *ctx, int kind, const char *name, int64_t place, unsigned needs, int64_t *ret)
{
	struct findings findings = { .n = 0 };

	return team_save(ctx, idem_key_new(), &(struct team_new){ .kind = kind, .name = text_of(name), .place = { place }, .needs = needs, .active = true },
	    &findings, ret);
}

static enum rc
join(struct ctx *ctx, int64_t team, const char *licence, int64_t mediator, bool leads, struct day from)
{
	struct findings findings = { .n = 0 };

	return team_member_add(ctx, idem_key_new(), &(struct team_join){ team, mediator, text_of(licence), leads, from }, &findings);
}

static enum rc
visits(struct ctx *ctx, int64_t team, const struct around *a)
{
	static const int days[] = { -12, -5, 0, 9 };
	struct findings findings = { .n = 0 };
	struct team_visit *v = arena_array(ctx->mem, 8, sizeof *v);
	enum rc rc = v == NULL ? RC_NO_MEMORY : RC_OK;

	for (size_t i = 0; rc == RC_OK && i < 4; i++)
		rc = team_visit_plan(ctx, idem_key_new(), &(struct visit_new){ team, { TOWN }, day_add(a->today, days[i]), TEXT("集市日咨询和普法") }, &findings);
	return rc;
}

struct listed { int64_t team; struct team_visit v[8]; size_t n; };

static enum rc
listed_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct listed *l = argument;

	return team_visits(tx, actor, l->team, l->v, 8, &l->n);
}

/* The first visit is written down; the second still waits. */
static enum rc
written(struct ctx *ctx, int64_t team)
{
	struct listed l = { .team = team };
	struct findings findings = { .n = 0 };
	enum rc rc = db_read(ctx, listed_tx, &l);

	return rc != RC_OK || l.n == 0 ? rc : team_visit_write(ctx, idem_key_new(), &(struct visit_log){ .team = team, .visit = l.v[l.n - 1].id, .kinds = 3,
	    .minutes = 180, .people = 26, .words = TEXT("咨询十九人，讲了一课") }, &findings);
}

static enum rc
hours(struct ctx *ctx, const char *licence, int kind, int64_t team, struct day day, int64_t minutes)
{
	struct findings findings = { .n = 0 };

	return hours_add(ctx, idem_key_new(), &(struct hours_new){ .licence = text_of(licence), .kind = kind, .team = team, .minutes = minutes, .day = day,
	    .words = TEXT("值守公共法律服务中心咨询台") }, &findings);
}

struct waiting { struct hours v[8]; size_t n; };

static enum rc
waiting_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct waiting *w = argument;

	return hours_waiting(tx, actor, w->v, 8, &w->n);
}

static enum rc
given(struct ctx *ctx, int64_t group, struct day today)
{
	struct waiting w = { .n = 0 };
	enum rc rc = hours(ctx, "YS-Z01", HOURS_VOLUNTEER, group, day_add(today, -40), 240);

	if (rc == RC_OK)
		rc = hours(ctx, "YS-Z03", HOURS_VOLUNTEER, group, day_add(today, -33), 180);
	if (rc == RC_OK)
		rc = hours(ctx, "YS-L99", HOURS_PRO_BONO, 0, day_add(today, -20), 150);
	if (rc == RC_OK)
		rc = db_read(ctx, waiting_tx, &w);
	for (size_t i = 0; rc == RC_OK && i < w.n; i++)
		rc = hours_confirm(ctx, idem_key_new(), w.v[i].id);
	return rc == RC_OK ? hours(ctx, "YS-Z02", HOURS_VOLUNTEER, group, day_add(today, -3), 120) : rc;
}

static enum rc
paired(struct ctx *ctx, const struct around *a)
{
	struct findings findings = { .n = 0 };
	const struct advisor_contract *c = &a->c[0];

	if (a->n_c == 0)
		return RC_OK;
	return pair_add(ctx, idem_key_new(), &(struct pair_new){ c->p.licence, TEXT("演示村官"), c->village, c->term.from }, &findings);
}

enum rc
demo_team(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct actor system = identity_system(c->app->conf.city);
	struct arena *own = arena_create(MEMORY);
	struct around *a = own == NULL ? NULL : ARENA_NEW(own, struct around);
	struct findings findings = { .n = 0 };
	int64_t office = 0, group = 0, other = 0;
	struct day from;
	struct ctx ctx;
	enum rc rc;

	(void)mem;
	if (a == NULL) {
		arena_free(own);
		return RC_NO_MEMORY;
	}
	ctx = app_ctx(c->app, own, &system);
	a->today = day_of_moment(at_ms);
	from = day_add(a->today, -200);
	rc = db_read(&ctx, around_tx, a);
	if (rc == RC_OK)
		rc = team(&ctx, TEAM_OFFICE, "演示便民法律服务团", TOWN, TEAM_OFFICE_NEEDS, &office);
	if (rc == RC_OK)
		rc = join(&ctx, office, "YS-J01", 0, true, from);
	if (rc == RC_OK)
		rc = join(&ctx, office, "YS-N01", 0, false, from);
	if (rc == RC_OK)
		rc = join(&ctx, office, "YS-L99", 0, false, from);
	if (rc == RC_OK && a->mediator != 0)
		rc = join(&ctx, office, "", a->mediator, false, from);
	if (rc == RC_OK)
		rc = visits(&ctx, office, a);
	if (rc == RC_OK)
		rc = written(&ctx, office);
	if (rc == RC_OK)
		rc = team(&ctx, TEAM_GROUP, "演示法律援助志愿团", CITY, 0, &group);
	if (rc == RC_OK)
		rc = join(&ctx, group, "YS-Z01", 0, true, from);
	if (rc == RC_OK)
		rc = join(&ctx, group, "YS-Z03", 0, false, from);
	if (rc == RC_OK)
		rc = team(&ctx, TEAM_VOLUNTEERS, "演示县级法律志愿者队伍", COUNTY, 1u << TEAM_LAWYER | 1u << TEAM_HELPER, &other);
	if (rc == RC_OK)
		rc = join(&ctx, other, "YS-Z02", 0, true, from);
	if (rc == RC_OK)
		rc = given(&ctx, group, a->today);
	if (rc == RC_OK)
		rc = paired(&ctx, a);
	if (rc == RC_OK)
		rc = register_enterprises_set(&ctx, idem_key_new(), (struct place){ COUNTY }, 52000, TEXT("演示数字"), &findings);
	arena_free(own);
	return rc;
}
