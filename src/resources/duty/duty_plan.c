/* Plans made, looked through and published. */
#include "resources/duty/duty_month.h"
#include "resources/duty/duty_store.h"
#include "resources/duty/duty_swap_internal.h"
#include "resources/duty/duty_tell_internal.h"

#include <stdatomic.h>
#include <string.h>

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define OWN_BYTES ((size_t)128 << 20)
#define SPARE_BYTES ((size_t)768 << 20)

#define SWAPS_MOST 200 /* in one go */

static atomic_flag working = ATOMIC_FLAG_INIT; /* one at a time: the others are told to wait */

struct made {
	const struct duty_month *d;
	const struct roster_result *r;
	const uint8_t *why;                /* of each slot */
	struct text input, costs;
	int64_t seed, hash;
	struct { int64_t id; } ret;
};

/* ---- storing ---------------------------------------------------------------------------------------------------- */

static struct db_value
key_or_null(bool open, int64_t v)
{
	return open ? db_null() : db_int(v);
}

static enum rc
slot_store(struct tx *tx, const struct actor *actor, const struct made *a, uint32_t slot)
{
	const struct duty_month *d = a->d;
	struct roster_slot s = a->r->plan.slot[slot];
	bool seat = slot >= a->r->plan.n_visits, open = s.person == ROSTER_NOBODY;
	uint32_t nth = 0, what = roster_slot_of(&d->m, slot, &nth);
	struct duty_where at = seat ? d->window[what] : d->village[what];
	uint32_t minutes = seat ? d->m.window[what].minutes : d->m.village[what].minutes, day = seat ? d->m.window[what].day : s.day;

	return tx_run(tx, actor, &duty_q[D_SLOT_ADD], ARGS(db_int(a->ret.id), db_int(slot), db_int(seat), db_int(at.place.code), db_key(at.point),
	    db_int(nth), db_int(minutes), key_or_null(open, open ? 0 : d->who[s.person].id), key_or_null(open && !seat, d->first.n + (int64_t)day),
	    db_int(a->why[slot])), NULL);
}

static enum rc
store_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct made *a = argument;
	const struct duty_month *d = a->d;
	const struct roster_result *r = a->r;
	int64_t version = 0, visits = r->plan.n_visits;
	enum rc rc = tx_int(tx, actor, &duty_q[D_VERSION], ARGS(db_int(d->county.code), db_int(d->month)), &version);

	if (rc != RC_OK)
		return rc;
	a->ret.id = tx_id(tx);
	rc = tx_run(tx, actor, &duty_q[D_PLAN_ADD], ARGS(db_int(a->ret.id), db_int(d->county.code), db_int(d->month), db_int(version), db_int(a->seed),
	    db_blob(a->input), db_int(a->hash), db_int(r->weights_version), db_int(r->objective), db_int(r->bound), db_text(a->costs), db_int(visits),
	    db_int(r->plan.n - visits), db_int(d->m.n_persons), db_int(r->open_visits), db_int(r->open_seats), db_int(r->stopped),
	    db_int(d->calendar), db_int(d->est), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	for (uint32_t i = 0; rc == RC_OK && i < r->plan.n; i++)
		rc = slot_store(tx, actor, a, i);
	return rc == RC_OK ? audit_note(tx, actor, "duty.plan", "duty_plan", a->ret.id, TEXT_NONE) : rc;
}

/* ---- working it out ------------------------------------------------------------------------------------------------ */

/* Which rule speaks against most persons and days?  Nobody on the list: that one. */
static enum rc
reasons_find(struct arena *own, struct arena *spare, const struct duty_month *d, const struct roster_plan *plan, uint8_t *why)
{
	for (uint32_t i = 0; i < plan->n; i++) {
		struct roster_candidates c;
		uint32_t nth, what = roster_slot_of(&d->m, i, &nth);
		enum rc rc;

		if (plan->slot[i].person != ROSTER_NOBODY)
			continue;
		why[i] = ROSTER_ENTITLED;
		if (i < plan->n_visits && d->m.village[what].n_serves == 0)
			continue;
		arena_reset(spare);
		rc = roster_candidates(own, spare, &d->m, plan, i, 0, &c);
		if (rc != RC_OK)
			return rc;
		for (int k = ROSTER_ENTITLED + 1; k < ROSTER_RULES; k++)
			if (c.why[k] > 0 && (why[i] == ROSTER_ENTITLED || c.why[k] > c.why[why[i]]))
				why[i] = (uint8_t)k;
	}
	return RC_OK;
}

static struct text
costs_text(struct arena *mem, const int64_t by[static ROSTER_COSTS])
{
	struct text t = TEXT("");

	for (int i = 0; i < ROSTER_COSTS && t.p != NULL; i++)
		t = arena_format(mem, "%.*s%s%lld", (int)t.n, t.p, i > 0 ? " " : "", (long long)by[i]);
	return t;
}

/*
 * Nothing is stored that the validator does not say the same of.  Villages that nobody serves are open in every plan: the engine leaves
 * them out of price and bound, the validator counts them, and so do we.
 */
static enum rc
result_check(const struct duty_month *d, struct roster_result *r)
{
	struct roster_verdict v;
	int64_t owed = 0, missing;

	for (uint32_t i = 0; i < d->m.n_villages; i++)
		if (d->m.village[i].n_serves == 0)
			owed += (int64_t)d->m.village[i].visits * d->m.weights.open_visit;
	roster_check(&d->m, &r->plan, &v);
	missing = v.objective - r->objective;
	if (v.n_faults != 0 || (missing != 0 && missing != owed) || r->bound > r->objective)
		return RC_INTERNAL;
	r->objective += missing;
	r->bound += missing;
	return RC_OK;
}

static enum rc
work(struct ctx *ctx, struct idem_key key, const struct duty_plan_new *in, struct arena *own, struct arena *spare, struct findings *findings,
    struct duty_made *ret)
{
	struct duty_month d;
	struct roster_result r = { .seed = 0 };
	struct made a = { .d = &d, .r = &r, .seed = in->seed };
	uint8_t *why;
	enum rc rc = duty_facts(ctx, own, in, findings, &d);

	if (rc != RC_OK)
		return rc;
	if (d.pin_lost != 0) {
		*ret = (struct duty_made){ .pin_a = d.pin_lost, .rule = ROSTER_ENTITLED };
		return RC_REFUSED;
	}
	rc = roster_solve(own, spare, &d.m, (uint64_t)in->seed, (struct roster_limits){ .steps = 0 }, &r);
	if (rc == RC_REFUSED && r.clash.a != ROSTER_NOBODY) {
		ret->pin_a = d.pin[r.clash.a];
		ret->pin_b = r.clash.b == ROSTER_NOBODY ? 0 : d.pin[r.clash.b];
		ret->rule = r.clash.rule;
	}
	if (rc == RC_TOO_LARGE) {
		findings_add(findings, "", T("有人负责的驻点太多，一个月最多排 %lld 次：请先把一部分村（社区）交给别人"), ROSTER_TASKS_MAX);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = result_check(&d, &r);
	why = rc == RC_OK ? arena_array(own, r.plan.n + 1, 1) : NULL;
	if (why == NULL)
		return rc == RC_OK ? RC_NO_MEMORY : rc;
	a.why = why;
	a.hash = (int64_t)r.hash;
	a.costs = costs_text(own, r.by);
	rc = a.costs.p == NULL ? RC_NO_MEMORY : reasons_find(own, spare, &d, &r.plan, why);
	if (rc == RC_OK)
		rc = duty_pack(own, &d, &a.input);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "duty.plan", .fn = store_tx, .arg = &a, .ret = &a.ret, .ret_size = sizeof a.ret,
		    .asked = ARGS(db_int(in->county.code), db_int(in->month), db_int(in->seed), db_int(a.hash)) });
	ret->id = a.ret.id;
	return rc;
}

enum rc
duty_plan_make(struct ctx *ctx, struct idem_key key, const struct duty_plan_new *in, struct findings *findings, struct duty_made *ret)
{
	struct arena *own, *spare;
	enum rc rc = RC_NO_MEMORY;

	*ret = (struct duty_made){ .id = 0 };
	if (!duty_may_plan(ctx->actor, in->county))
		return place_level(in->county) == PLACE_COUNTY && actor_may(ctx->actor, RIGHT_SUPERVISE) ? RC_NOT_FOUND : RC_FORBIDDEN;
	if (atomic_flag_test_and_set(&working))
		return RC_BUSY;
	own = arena_create(OWN_BYTES);
	spare = arena_create(SPARE_BYTES);
	if (own != NULL && spare != NULL)
		rc = work(ctx, key, in, own, spare, findings, ret);
	arena_free(own);
	arena_free(spare);
	atomic_flag_clear(&working);
	return rc;
}

/* ---- publishing ---------------------------------------------------------------------------------------------------- */

struct publish_arg { int64_t plan, revision; struct findings *findings; };

static enum rc
replace(struct tx *tx, const struct actor *actor, const struct duty_plan *p, struct findings *findings, int64_t *ret_old)
{
	struct duty_swap *open = arena_array(tx_mem(tx), SWAPS_MOST, sizeof *open);
	struct duty_plan old;
	size_t n = 0;
	enum rc rc = duty_plan_of(tx, actor, p->county, p->month, &old);

	*ret_old = 0;
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (open == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK && day_compare(day_of_moment(tx_now_ms(tx)), old.freeze) >= 0) {
		findings_add(findings, "", T("这个月的值班表已经定死，只能一次一次地调换"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &duty_q[D_REPLACE], ARGS(db_int(old.id)));
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &duty_q[D_REPLACE_SLOTS], ARGS(db_int(old.id)), NULL);
	do {
		if (rc == RC_OK)
			rc = duty_swaps_of_plan(tx, actor, old.id, open, SWAPS_MOST, &n);
		if (rc == RC_OK)
			rc = duty_swap_overtake(tx, actor, open, n);
	} while (rc == RC_OK && n == SWAPS_MOST);
	*ret_old = rc == RC_OK ? old.id : 0;
	return rc;
}

/* Somebody of this plan whom another county has published on one of its days since it was made. */
static enum rc
still_free(struct tx *tx, const struct actor *actor, const struct duty_plan *p, struct findings *findings)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &duty_q[D_CLAIMED], ARGS(db_int(p->id), db_int(p->county.code)), &n);

	if (rc == RC_OK && n > 0) {
		findings_add(findings, "", T("有 %lld 次值班的人那天已被别的县（市、区）排上，请重新排"), n);
		return RC_INVALID;
	}
	return rc;
}

static enum rc
publish_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct publish_arg *a = argument;
	struct duty_plan p;
	struct day first;
	uint32_t days;
	int64_t freeze = 0, old = 0;
	enum rc rc = duty_plan_own(tx, actor, a->plan, &p);

	*a->findings = (struct findings){ .n = 0 };
	if (rc != RC_OK)
		return rc;
	if (p.revision != a->revision || p.state != DUTY_DRAFT)
		return RC_CONFLICT;
	if (actor->kind == ACTOR_ACCOUNT && p.account == actor->account) {
		findings_add(a->findings, "", T("排班的人不能自己发布，请另一位负责人看过再发布"), 0);
		return RC_INVALID;
	}
	rc = still_free(tx, actor, &p, a->findings);
	if (rc == RC_OK)
		rc = replace(tx, actor, &p, a->findings, &old);
	if (rc == RC_OK)
		rc = duty_month_days(p.month, &first, &days);
	if (rc == RC_OK)
		rc = setting_read(tx, actor, &duty_settings[DUTY_FREEZE], &freeze);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &duty_q[D_PUBLISH], ARGS(db_int(p.id), db_int(p.revision), db_int(actor->account), db_int(tx_now_ms(tx)),
		    db_int(first.n - freeze)));
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &duty_q[D_PUBLISH_SLOTS], ARGS(db_int(p.id)), NULL);
	if (rc == RC_OK)
		rc = duty_tell_all(tx, actor, &(struct duty_tell){ "duty.published", &p, NULL, 0 }, old);
	return rc == RC_OK ? audit_note(tx, actor, "duty.publish", "duty_plan", p.id, TEXT_NONE) : rc;
}

enum rc
duty_plan_publish(struct ctx *ctx, struct idem_key key, int64_t plan, int64_t revision, struct findings *findings)
{
	struct publish_arg a = { plan, revision, findings };

	if (ctx->actor->kind != ACTOR_SYSTEM && !actor_may(ctx->actor, RIGHT_SUPERVISE))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "duty.publish", .fn = publish_tx, .arg = &a,
	    .asked = ARGS(db_int(plan), db_int(revision)) });
}

/* ---- looked at again ------------------------------------------------------------------------------------------------- */

struct again { int64_t plan; struct duty_plan p; struct text input; struct duty_slot *v; size_t n; };

static enum rc
again_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct again *a = argument;
	ROWS row = NULL;
	enum rc rc = duty_plan_load(tx, actor, a->plan, &a->p);

	if (rc == RC_OK)
		rc = tx_one(tx, actor, &duty_q[D_INPUT], ARGS(db_int(a->plan)), &row);
	if (rc != RC_OK)
		return rc;
	a->input = rows_copy(row, 0);
	return duty_slots(tx, actor, a->plan, a->v, DUTY_SLOTS_MAX, &a->n);
}

enum rc
duty_plan_check(struct ctx *ctx, int64_t plan, struct duty_checked *ret)
{
	struct again a = { .plan = plan, .v = arena_array(ctx->mem, DUTY_SLOTS_MAX, sizeof(struct duty_slot)) };
	struct roster_plan was;
	struct roster_verdict v;
	struct duty_month d;
	enum rc rc = a.v == NULL ? RC_NO_MEMORY : db_read(ctx, again_tx, &a);

	*ret = (struct duty_checked){ .plan = plan };
	if (rc != RC_OK)
		return rc;
	rc = duty_unpack(ctx->mem, a.input, &d);
	if (rc != RC_OK)
		return rc == RC_CORRUPT ? RC_OK : rc;
	ret->input = d.county.code == a.p.county.code && d.month == a.p.month;
	ret->hash = (int64_t)roster_month_hash(&d.m) == a.p.hash;
	rc = duty_plan_of_slots(ctx->mem, &d, a.v, a.n, true, &was);
	if (rc != RC_OK)
		return rc == RC_CORRUPT ? RC_OK : rc;
	roster_check(&d.m, &was, &v);
	ret->rules = v.n_faults == 0;
	ret->price = v.objective == a.p.objective && a.p.bound <= a.p.objective && v.open_visits == (uint32_t)a.p.open_visits &&
	    v.open_seats == (uint32_t)a.p.open_seats && memcmp(v.by, a.p.by, sizeof v.by) == 0;
	return RC_OK;
}
