/*
 * Advisers of villages in the demonstration: a register of made-up lawyers and legal workers, this year's contracts from an
 * approved plan, a dismissal for absences, a substitute, licences that run out, and plans for the next year to compare.
 */
#include "app/demo.h"

#include "resources/advisor/advisor_plan.h"
#include "standards/region/region.h"

#include <string.h>

#define TOWNS_MAX 400
#define EACH 4                  /* villages an adviser, about */
#define BYTES ((size_t)1 << 20)
#define SHOW_COUNTY INT64_C(320508000000)
#define NEXT_COUNTY INT64_C(320507000000)
#define MEMORY ((size_t)256 << 20)

/* The system, or the first or second official of the city. */
enum { SYSTEM, FIRST, SECOND };

static struct ctx
ctx_of(struct demo_city *c, struct arena *mem, int who, struct actor *actor)
{
	int seen = 0;

	*actor = identity_system(c->app->conf.city);
	for (size_t i = 0; i < c->n_accounts && who != SYSTEM; i++) {
		const struct account *a = &c->accounts[i].account;

		if (a->role == ROLE_OFFICIAL && place_level(a->place) == PLACE_CITY && ++seen == who)
			*actor = identity_actor(a, c->app->conf.city);
	}
	return app_ctx(c->app, mem, actor);
}

/* A firm a town, one adviser for about four villages, living in one of them. */
static void
people_write(struct demo_random *r, struct buf *people, struct buf *seats)
{
	const struct division *town[TOWNS_MAX];
	struct place city = { INT64_C(320500000000) };
	size_t n = region_list(city, PLACE_TOWN, DAY_NONE, town, TOWNS_MAX);
	int made = 0;

	buf_printf(people, "firm_licence,firm_kind,firm_name,place,firm_phone,licence,name,kind,valid_from,valid_to,practice_from,skills\n");
	buf_printf(seats, "licence,home,dialect,room\n");
	for (size_t i = 0; i < n && i < TOWNS_MAX; i++) {
		const struct division *v[256];
		size_t villages = region_children(town[i]->place, DAY_NONE, v, 256);
		bool office = i % 3 == 0;

		for (size_t k = 0; k < (villages + EACH - 1) / EACH; k++, made++) {
			const struct division *home = v[k * EACH + (size_t)demo_below(r, EACH < villages - k * EACH ? EACH : (int64_t)(villages - k * EACH))];
			char name[32];

			demo_name(r, name);
			buf_printf(people, "YS-G%03d,%s,演示%.*s%s,%lld,1990001%04d,YS-V%04d,%s,%s,2016-01-01,,%d-03-01,civil\n", (int)i,
			    office ? "grassroots" : "law_firm", (int)town[i]->name.n, town[i]->name.p, office ? "法律服务所" : "律师事务所",
			    (long long)town[i]->place.code, (int)i, made, name, office ? "legal_worker" : "lawyer", 2004 + made % 12);
			buf_printf(seats, "YS-V%04d,%lld,%d,%d\n", made, (long long)home->place.code, made % 4 != 0, made % 5 == 0 ? 6 : 5);
		}
	}
}

static enum rc
register_make(struct demo_city *c, struct arena *mem)
{
	struct demo_random r = { UINT64_C(0xad715e) };
	struct actor system;
	struct ctx ctx = ctx_of(c, mem, SYSTEM, &system);
	struct findings findings = { .n = 0 };
	struct buf people, seats;
	int64_t rows = 0;
	enum rc rc;

	buf_init(&people, BYTES);
	buf_init(&seats, BYTES);
	people_write(&r, &people, &seats);
	rc = buf_rc(&people) == RC_OK ? buf_rc(&seats) : buf_rc(&people);
	if (rc == RC_OK)
		rc = provider_import(&ctx, idem_key_new(), buf_text(&people), &findings, &rows);
	if (rc == RC_OK)
		rc = advisor_import_seats(&ctx, idem_key_new(), buf_text(&seats), &findings, &rows);
	buf_free(&people);
	buf_free(&seats);
	return rc;
}

static enum rc
plan_make(struct demo_city *c, struct arena *mem, const char *name, int64_t place, int year, int64_t price, int64_t *ret)
{
	struct findings findings = { .n = 0 };
	struct actor actor;
	struct ctx ctx = ctx_of(c, mem, FIRST, &actor);
	struct advisor_plan_new in = { .name = text_of(name), .place = { place }, .price_change = price, .price_dialect = price * 2 / 3,
		.price_load = price / 6, .hours = 8, .fee = 12000, .duties = BIT(ADVISOR_DUTY_ADVICE) | BIT(ADVISOR_DUTY_LECTURE) | BIT(ADVISOR_DUTY_MEDIATE) };
	enum rc rc = day_from_ymd((struct ymd){ year, 1, 1 }, &in.from);

	if (rc == RC_OK)
		rc = day_from_ymd((struct ymd){ year, 12, 31 }, &in.to);
	return rc == RC_OK ? advisor_plan_make(&ctx, idem_key_new(), &in, &findings, ret) : rc;
}

/* ---- what happened since -------------------------------------------------------------------------------------- */

#define FEW 12
struct few { struct advisor_contract v[FEW]; size_t n; struct day today; };

static enum rc
few_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct few *f = argument;

	return advisor_on_day(tx, actor, (struct place){ SHOW_COUNTY }, f->today, (struct place){ 0 }, f->v, FEW, &f->n);
}

static enum rc
dismiss(struct ctx *ctx, const struct advisor_contract *c, struct day today)
{
	struct findings findings = { .n = 0 };
	enum rc rc = RC_OK;

	for (int k = 1; rc == RC_OK && k <= 3; k++)
		rc = advisor_note_absence(ctx, idem_key_new(), &(struct advisor_absent){ .contract = c->id, .day = day_add(today, -30 * k),
		    .note = TEXT("约好的日子没有来，也没有请假") }, &findings);
	return rc != RC_OK ? rc : advisor_end(ctx, idem_key_new(), &(struct advisor_ending){ .contract = c->id, .revision = c->revision,
	    .why = ADVISOR_END_ABSENT, .last = day_add(today, -10), .note = TEXT("任期内三次无故缺席") }, &findings);
}

/* The licence is renewed late: it ends before the contract does. */
static enum rc
licence_cut(struct ctx *ctx, const struct advisor_contract *c, struct day today)
{
	const struct provider *p = &c->p;
	struct findings findings = { .n = 0 };
	int64_t id = 0;

	return provider_save(ctx, idem_key_new(), &(struct provider_new){ .id = p->id, .revision = 1, .firm = p->firm, .kind = (int)p->kind,
	    .licence = p->licence, .name = p->name, .login = TEXT_NONE, .valid_from = p->valid_from, .valid_to = day_add(today, 45),
	    .practice_from = p->practice_from, .away_from = DAY_NONE, .away_to = DAY_NONE, .skills = BIT(SKILL_CIVIL), .active = true },
	    &findings, &id);
}

static enum rc
since_then(struct demo_city *c, struct arena *mem, struct day today)
{
	struct few *f = ARENA_NEW(mem, struct few);
	struct findings findings = { .n = 0 };
	struct actor system, actor;
	struct ctx all = ctx_of(c, mem, SYSTEM, &system), ctx = ctx_of(c, mem, FIRST, &actor);
	enum rc rc = RC_NO_MEMORY;

	if (f == NULL)
		return rc;
	f->today = today;
	rc = db_read(&ctx, few_tx, f);
	if (rc != RC_OK || f->n < FEW)
		return rc;
	rc = dismiss(&ctx, &f->v[2], today);
	if (rc == RC_OK)
		rc = advisor_note_absence(&ctx, idem_key_new(), &(struct advisor_absent){ .contract = f->v[0].id, .day = day_add(today, -12),
		    .excused = true, .note = TEXT("开庭") }, &findings);
	if (rc == RC_OK)
		rc = advisor_substitute(&ctx, idem_key_new(), &(struct advisor_stand_in){ .contract = f->v[0].id, .licence = f->v[FEW - 1].p.licence,
		    .reason = TEXT("休假"), .from = day_add(today, -3), .to = day_add(today, 11) }, &findings);
	return rc == RC_OK ? licence_cut(&all, &f->v[6], today) : rc;
}

enum rc
demo_advisor(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct day today = day_of_moment(at_ms);
	struct arena *own = arena_create(MEMORY);
	struct findings findings = { .n = 0 };
	int64_t id = 0, other = 0;
	struct actor actor;
	struct ctx second;
	enum rc rc = own == NULL ? RC_NO_MEMORY : register_make(c, own);

	(void)mem;
	if (rc == RC_OK)
		rc = plan_make(c, own, "本年度", INT64_C(320500000000), day_to_ymd(today).year, 30, &id);
	if (rc == RC_OK) {
		second = ctx_of(c, own, SECOND, &actor);
		rc = advisor_plan_decide(&second, idem_key_new(), id, true, &findings);
	}
	if (rc == RC_OK)
		rc = since_then(c, own, today);
	if (rc == RC_OK)
		rc = plan_make(c, own, "下一年度：续聘优先", SHOW_COUNTY, day_to_ymd(today).year + 1, 30, &other);
	if (rc == RC_OK)
		rc = plan_make(c, own, "下一年度：只看路程", SHOW_COUNTY, day_to_ymd(today).year + 1, 0, &other);
	if (rc == RC_OK)
		rc = plan_make(c, own, "下一年度", NEXT_COUNTY, day_to_ymd(today).year + 1, 30, &other);
	arena_free(own);
	return rc;
}
