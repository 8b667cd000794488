/* Evaluation of advisers in the demonstration: the lawyer a visitor logs in as advises a few villages; a month of the quarter before was
 * on a roster, signed in to and written down, villages answered, the quarter was closed, and one item was appealed and corrected. */
#include "app/demo.h"

#include "evaluation/score/score.h"
#include "resources/advisor/advisor.h"
#include "resources/duty/duty.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

#define MEMORY ((size_t)64 << 20)
#define LAWYER "YS-L99"      /* whom a visitor logs in as */
#define FIRST_VILLAGE 2      /* of the county: demo_duty sends the lawyer there, too */
#define LAST_VILLAGE 4
#define MISSED 9             /* every so many visits nobody came */
#define ANSWERS 160

enum { Q_ATTEND, Q_LOG };
static const struct db_stmt demo_score_q[] = {
	[Q_ATTEND] = { "demo_score.attend", DB_SYSTEM, "INSERT INTO duty_attend (city, plan, slot, provider, point, day, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	[Q_LOG] = { "demo_score.log", DB_SYSTEM, "INSERT INTO duty_log (city, plan, slot, provider, point, day, kinds, minutes, people, words, account,"
	    " at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)", 0 },
};
const struct db_set demo_score_sql = DB_SET("demo_score", demo_score_q);

static const struct account *
login_of(struct demo_city *c, struct arena *mem, const char *login)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	int64_t id = 0;

	return identity_find_login(&ctx, text_of(login), &id) == RC_OK ? demo_account_find(c, id) : NULL;
}

struct people { const struct account *director, *official, *other, *lawyer; struct actor keep; };

static enum rc
people_find(struct demo_city *c, struct arena *mem, struct people *ret)
{
	*ret = (struct people){ login_of(c, mem, "aid-director"), login_of(c, mem, "official"), login_of(c, mem, "official2"), login_of(c, mem, "lawyer"),
		{ .city = 0 } };
	return ret->director == NULL || ret->official == NULL || ret->other == NULL || ret->lawyer == NULL ? RC_NOT_FOUND : RC_OK;
}

static struct ctx
ctx_at(struct demo_city *c, struct arena *mem, const struct account *who, struct actor *keep, int64_t at_ms)
{
	struct ctx ctx;

	*keep = who != NULL ? identity_actor(who, c->app->conf.city) : identity_system(c->app->conf.city);
	ctx = app_ctx(c->app, mem, keep);
	ctx.now_ms = at_ms;
	return ctx;
}

/* ---- before the rosters: whose villages ---------------------------------------------------------------------------------- */

struct of_village { struct place village; struct advisor_contract v[4]; size_t n; };

static enum rc
village_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct of_village *o = argument;

	return advisor_of_village(tx, actor, o->village, o->v, 4, &o->n);
}

/* The contract there ends by agreement, the lawyer goes on for the rest of its term. */
static enum rc
taken_over(struct ctx *ctx, struct place village, struct day from)
{
	struct of_village o = { .village = village };
	struct findings findings = { .n = 0 };
	struct advisor_signed made;
	enum rc rc = db_read(ctx, village_tx, &o);

	if (rc != RC_OK || o.n == 0 || o.v[0].ended != ADVISOR_END_NONE || o.v[0].term.from.n >= from.n || o.v[0].term.to.n <= from.n)
		return rc;
	rc = advisor_end(ctx, idem_key_new(), &(struct advisor_ending){ .contract = o.v[0].id, .revision = o.v[0].revision, .why = ADVISOR_END_AGREED,
	    .last = day_add(from, -1), .note = TEXT("双方商定，由另一位律师接任") }, &findings);
	return rc != RC_OK ? rc : advisor_sign(ctx, idem_key_new(), &(struct advisor_contract_new){ .village = village, .licence = TEXT(LAWYER),
	    .from = from, .to = o.v[0].term.to, .hours = 8, .fee = 12000, .duties = o.v[0].duties }, &findings, &made);
}

/* First day of the last month of the quarter before. */
static struct day
month_before(int64_t at_ms)
{
	struct day first, last;

	if (!score_period_days(score_period_before(score_period_of(day_of_moment(at_ms))), &first, &last))
		return DAY_NONE;
	return day_add_months(first, 2);
}

enum rc
demo_score_contracts(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	const struct division *v[LAST_VILLAGE + 1];
	struct people p;
	struct ctx ctx;
	size_t n = 0;
	enum rc rc = people_find(c, mem, &p);

	if (rc == RC_OK) {
		n = region_list(p.director->place, PLACE_VILLAGE, day_of_moment(at_ms), v, LAST_VILLAGE + 1);
		ctx = ctx_at(c, mem, p.official, &p.keep, at_ms);
	}
	for (size_t i = FIRST_VILLAGE; rc == RC_OK && i <= LAST_VILLAGE && i < n; i++)
		rc = taken_over(&ctx, v[i]->place, month_before(at_ms));
	return rc;
}

/* ---- a month that is over --------------------------------------------------------------------------------------------------- */

struct slots { int64_t plan; struct duty_slot *v; size_t n; struct duty_plan p; };

static enum rc
slots_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct slots *s = argument;
	enum rc rc = duty_plan_load(tx, actor, s->plan, &s->p);

	return rc == RC_OK ? duty_slots(tx, actor, s->plan, s->v, DUTY_SLOTS_MAX, &s->n) : rc;
}

static enum rc
month_make(struct demo_city *c, struct arena *mem, struct people *p, struct day first, struct slots *s)
{
	struct findings findings = { .n = 0 };
	struct duty_made made = { .id = 0 };
	struct ctx ctx = ctx_at(c, mem, p->director, &p->keep, day_start_ms(day_add(first, -8)) + 9 * INT64_C(3600000));
	enum rc rc;

	s->v = arena_array(mem, DUTY_SLOTS_MAX, sizeof *s->v);
	rc = s->v == NULL ? RC_NO_MEMORY : duty_plan_make(&ctx, idem_key_new(), &(struct duty_plan_new){ p->director->place,
	    duty_month_of(first), 1 }, &findings, &made);
	s->plan = made.id;
	if (rc == RC_OK)
		rc = db_read(&ctx, slots_tx, s);
	if (rc == RC_OK) {
		ctx = ctx_at(c, mem, p->official, &p->keep, ctx.now_ms + 3600000);
		rc = duty_plan_publish(&ctx, idem_key_new(), s->plan, s->p.revision, &findings);
	}
	return rc == RC_OK ? db_read(&ctx, slots_tx, s) : rc;
}

/* How many visits the person had before this one that day. */
static int
before(const struct slots *s, size_t i)
{
	int n = 0;

	for (size_t k = 0; k < i; k++)
		n += s->v[k].provider == s->v[i].provider && s->v[k].day.n == s->v[i].day.n && !s->v[k].seat;
	return n;
}

/* Every visit but some was signed in to and written down; a few in a way that somebody should look at. */
static enum rc
done_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	static const char *const words[] = { "接待村民咨询，解答了土地流转和邻里纠纷的问题", "在活动室讲了防范电信诈骗，发了材料", "帮村里看了两份租赁合同，提了修改意见",
		"引导一户困难家庭申请法律援助", "参与调解一起相邻通行纠纷，双方当场谈妥" };
	static const char *const who[] = { "，来的多是老人", "，有三位又问了继承", "，记了要回访的一户", "", "，村干部在场", "，下次约好讲婚姻法", "，材料留在站里" };
	const struct slots *s = argument;
	enum rc rc = RC_OK;

	for (size_t i = 0, k = 0; rc == RC_OK && i < s->n; i++) {
		const struct duty_slot *d = &s->v[i];
		int hour = k % 61 == 3 ? 6 : before(s, i) == 0 || k % 53 == 20 ? 8 : 9 + 4 * before(s, i);
		int64_t at = day_start_ms(d->day) + hour * INT64_C(3600000) + (int64_t)(k % 20) * 60000;
		bool same = k % 60 < 12 && k % 4 == 1;
		struct text said = arena_format(tx_mem(tx), "%s%s%s", words[same ? 0 : k % 5], same ? "" : who[k % 7], same ? "" : k % 2 ? "。" : "");

		if (d->provider == 0 || d->point == 0 || d->seat)
			continue;
		if (k++ % MISSED == MISSED - 1)
			continue;
		rc = tx_run(tx, actor, &demo_score_q[Q_ATTEND], ARGS(db_int(s->plan), db_int(d->slot), db_int(d->provider), db_int(d->point), db_int(d->day.n),
		    db_int(at)), NULL);
		if (rc == RC_OK && k % 13 != 0)
			rc = tx_run(tx, actor, &demo_score_q[Q_LOG], ARGS(db_int(s->plan), db_int(d->slot), db_int(d->provider), db_int(d->point),
			    db_int(d->day.n), db_int(k % 4 == 0 ? 5 : 3), db_int(220), db_int((int64_t)(3 + k % 17)), db_text(said),
			    db_int(at + 220 * INT64_C(60000) + (k % 11 == 0 ? 5 * DAY_MS : 0))), NULL);
	}
	return rc;
}

/* ---- the quarter ------------------------------------------------------------------------------------------------------------ */

struct scores { struct place county; int period; struct score *v; size_t n; };

static enum rc
scores_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct scores *s = argument;

	return score_list(tx, actor, s->county, s->period, s->v, SCORE_CONTRACTS_MAX, &s->n);
}

static enum rc
answers(struct ctx *ctx, const struct scores *s)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < s->n && i < ANSWERS; i++) {
		struct findings findings = { .n = 0 };
		int low = i % 7 == 0 ? 2 : 0;

		if (i % 5 != 4)
			rc = score_answer(ctx, idem_key_new(), &(struct score_answer){ s->v[i].contract, s->period, { 5 - low, 4 + (int)(i % 2) - low, 5 - low,
			    low > 0 && i % 2 == 0 ? 1 : 5 }, true, TEXT("") }, &findings);
	}
	return rc;
}

struct appeals { int64_t contract; int period; struct score_appeal v[2]; size_t n; };

static enum rc
appeals_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct appeals *a = argument;

	return score_appeals(tx, actor, a->contract, a->period, a->v, 2, &a->n);
}

/* The lawyer does not agree with one item in each village: the first is corrected, the second waits. */
static enum rc
appealed(struct demo_city *c, struct arena *mem, struct people *p, const struct scores *s, int64_t at_ms)
{
	struct findings findings = { .n = 0 };
	struct ctx ctx;
	int done = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < s->n && done < 2; i++) {
		struct appeals a = { .contract = s->v[i].contract, .period = s->period };

		if (s->v[i].account != p->lawyer->id.n)
			continue;
		ctx = ctx_at(c, mem, p->lawyer, &p->keep, at_ms);
		rc = score_appeal(&ctx, idem_key_new(), a.contract, s->period, SCORE_HOURS, TEXT("另外还电话答复过几次，站里的电话记录可以核对"), &findings);
		if (rc != RC_OK || done++ > 0)
			continue;
		ctx = ctx_at(c, mem, p->other, &p->keep, at_ms + 2 * DAY_MS);
		rc = db_read(&ctx, appeals_tx, &a);
		if (rc == RC_OK && a.n > 0)
			rc = score_decide(&ctx, idem_key_new(), a.v[0].id, 1200, TEXT("核对了站里的电话记录，补记十二分"), &findings);
	}
	return rc;
}

/* ---- support ------------------------------------------------------------------------------------------------------------------- */

static enum rc
given(struct demo_city *c, struct arena *mem, struct people *p, const struct scores *s, int64_t at_ms)
{
	struct findings findings = { .n = 0 };
	struct ctx ctx = ctx_at(c, mem, p->official, &p->keep, at_ms);
	struct day today = day_of_moment(at_ms);
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < s->n; i++)
		if (s->v[i].account == p->lawyer->id.n)
			rc = advisor_support(&ctx, idem_key_new(), &(struct advisor_support_new){ .contract = s->v[i].contract, .day = day_add(today, -20),
			    .kind = i % 2 == 0 ? ADVISOR_SUPPORT_TRAINING : ADVISOR_SUPPORT_MATERIALS, .amount = 30000, .words = TEXT("市里统一安排") }, &findings);
	return rc;
}

enum rc
demo_score(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct arena *own = arena_create(MEMORY);
	struct slots s = { .plan = 0 };
	struct scores scores = { .period = score_period_before(score_period_of(day_of_moment(at_ms))) };
	struct day first = month_before(at_ms);
	struct findings findings = { .n = 0 };
	struct people p;
	struct ctx ctx;
	int64_t n = 0, closed_ms = day_start_ms(day_add(day_add_months(first, 1), 20)) + 9 * INT64_C(3600000);
	enum rc rc = own == NULL ? RC_NO_MEMORY : people_find(c, own, &p);

	(void)mem;
	if (rc == RC_OK)
		rc = month_make(c, own, &p, first, &s);
	if (rc == RC_OK) {
		ctx = ctx_at(c, own, NULL, &p.keep, at_ms);
		rc = db_job(&ctx, &(struct command){ .name = "demo.score", .fn = done_tx, .arg = &s });
	}
	if (rc == RC_OK) {
		scores.county = p.director->place;
		scores.v = arena_array(own, SCORE_CONTRACTS_MAX, sizeof *scores.v);
		ctx = ctx_at(c, own, p.official, &p.keep, closed_ms - 9 * DAY_MS);
		rc = scores.v == NULL ? RC_NO_MEMORY : db_read(&ctx, scores_tx, &scores);
	}
	if (rc == RC_OK)
		rc = answers(&ctx, &scores);
	if (rc == RC_OK) {
		ctx = ctx_at(c, own, p.official, &p.keep, closed_ms);
		rc = score_close(&ctx, idem_key_new(), scores.county, scores.period, &findings, &n);
	}
	if (rc == RC_OK)
		rc = appealed(c, own, &p, &scores, closed_ms + 2 * DAY_MS);
	if (rc == RC_OK)
		rc = given(c, own, &p, &scores, at_ms);
	arena_free(own);
	return rc;
}
