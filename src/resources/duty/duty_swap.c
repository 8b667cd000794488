/* Swaps between colleagues: what can be asked, and each step of the table, one command each. */
#include "resources/duty/duty_now_internal.h"
#include "resources/duty/duty_store.h"
#include "resources/duty/duty_swap_internal.h"
#include "resources/duty/duty_swap_rule.h"
#include "resources/duty/duty_tell_internal.h"

#include <string.h>

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define WHY_POINTS 200
#define NONE_IN_RETURN (-1)

static bool
words_check(struct text words, bool needed, const char *field, struct findings *findings)
{
	if (needed && text_is_empty(text_trim(words)))
		findings_add(findings, field, T("必填"), 0);
	else if (utf8_check(words, false) != UTF8_FINE || utf8_length(words) > WHY_POINTS)
		findings_add(findings, field, T("最多%lld个字"), WHY_POINTS);
	return findings->total == 0;
}

/* ---- what the rules say ---------------------------------------------------------------------------------------------- */

/* May this person come on this day?  Said by the engine's candidates, all else as it is. */
static enum rc
seek(struct duty_now *s, uint32_t slot, uint32_t person, uint32_t day, enum roster_rule *ret)
{
	struct roster_candidates c;
	enum rc rc = roster_candidates(s->own, s->spare, &s->d.m, &s->is, slot, s->d.m.n_persons * s->d.m.n_days, &c);

	*ret = ROSTER_ENTITLED;
	for (uint32_t k = 0; rc == RC_OK && k < c.n; k++)
		if (c.v[k].person == person && c.v[k].day == day) {
			*ret = c.v[k].blocked;
			break;
		}
	return rc;
}

static bool
had(const struct roster_verdict *v, struct roster_fault f)
{
	for (uint32_t i = 0; i < v->n_faults && i < ROSTER_FAULTS_KEPT; i++)
		if (v->fault[i].slot == f.slot && v->fault[i].rule == f.rule)
			return true;
	return false;
}

/* The validator's own reading: is anything wrong that was not wrong before? */
static enum roster_rule
new_fault(const struct roster_verdict *before, const struct roster_verdict *after)
{
	for (uint32_t i = 0; i < after->n_faults && i < ROSTER_FAULTS_KEPT; i++)
		if (!had(before, after->fault[i]))
			return after->fault[i].rule;
	return after->n_faults > before->n_faults ? ROSTER_PINNED : ROSTER_FINE;
}

struct exchange_of { uint32_t slot; int64_t theirs; int64_t with; };

/* Both slots with each other's person: the rule that speaks against it, and the difference in points.  Leaves s as it was. */
static enum rc
judge(struct duty_now *s, const struct exchange_of *e, enum roster_rule *ret_rule, int64_t *ret_difference)
{
	struct roster_month m = s->d.m;
	struct roster_slot mine = s->is.slot[e->slot], theirs = { ROSTER_NOBODY, 0 };
	uint32_t with = duty_who_at(&s->d, e->with), other = e->theirs >= 0 ? (uint32_t)e->theirs : 0, nth;
	bool *village = arena_array(s->own, m.n_villages + 1, sizeof *village);
	struct roster_verdict before, after;
	enum rc rc = village == NULL ? RC_NO_MEMORY : RC_OK;

	*ret_rule = with == ROSTER_NOBODY || mine.person == ROSTER_NOBODY ? ROSTER_ENTITLED : ROSTER_FINE;
	*ret_difference = 0;
	if (rc != RC_OK || *ret_rule != ROSTER_FINE)
		return rc;
	if (e->slot < s->is.n_visits)
		village[roster_slot_of(&m, e->slot, &nth)] = true;
	if (e->theirs >= 0 && other < s->is.n_visits)
		village[roster_slot_of(&m, other, &nth)] = true;
	rc = duty_now_open(s, village);
	roster_check(&s->d.m, &s->is, &before);
	if (e->theirs >= 0) {
		theirs = s->is.slot[other];
		s->is.slot[other] = (struct roster_slot){ ROSTER_NOBODY, 0 };
	}
	if (rc == RC_OK)
		rc = seek(s, e->slot, with, mine.day, ret_rule);
	s->is.slot[e->slot].person = with;
	if (rc == RC_OK && *ret_rule == ROSTER_FINE && e->theirs >= 0)
		rc = seek(s, other, mine.person, theirs.day, ret_rule);
	if (e->theirs >= 0)
		s->is.slot[other] = (struct roster_slot){ mine.person, theirs.day };
	roster_check(&s->d.m, &s->is, &after);
	*ret_difference = after.objective - before.objective;
	if (*ret_rule == ROSTER_FINE)
		*ret_rule = new_fault(&before, &after);
	s->is.slot[e->slot] = mine;
	if (e->theirs >= 0)
		s->is.slot[other] = theirs;
	s->d.m = m;
	return rc;
}

/* ---- what can be asked ------------------------------------------------------------------------------------------------- */

/* Those who can be asked first, then those who can come, then the cheaper. */
static bool
before(const struct duty_offer *a, const struct duty_offer *b)
{
	if (a->reachable != b->reachable)
		return a->reachable;
	if ((a->blocked == ROSTER_FINE) != (b->blocked == ROSTER_FINE))
		return a->blocked == ROSTER_FINE;
	return a->difference < b->difference;
}

static void
offer_add(struct duty_offers *o, struct duty_offer new)
{
	size_t at = o->n++;

	while (at > 0 && before(&new, &o->v[at - 1])) {
		o->v[at] = o->v[at - 1];
		at--;
	}
	o->v[at] = new;
}

static struct duty_offer
offer_of(struct ctx *ctx, const struct duty_now *s, uint32_t person)
{
	return (struct duty_offer){ .provider = s->d.who[person].id, .reachable = s->d.who[person].account != 0,
		.name = arena_text(ctx->mem, s->d.who[person].name) };
}

/* Every colleague, for this very day. */
static enum rc
colleagues(struct ctx *ctx, struct duty_now *s, uint32_t slot, struct duty_offers *ret)
{
	struct roster_candidates c;
	enum rc rc = duty_now_choose(s, slot, s->d.m.n_persons * s->d.m.n_days, &c);

	for (uint32_t p = 0; rc == RC_OK && p < s->d.m.n_persons; p++) {
		struct duty_offer o = offer_of(ctx, s, p);

		if (p == s->is.slot[slot].person)
			continue;
		o.blocked = ROSTER_ENTITLED;
		for (uint32_t k = 0; k < c.n; k++)
			if (c.v[k].person == p && c.v[k].day == s->is.slot[slot].day) {
				o.blocked = c.v[k].blocked;
				o.difference = c.v[k].difference;
				break;
			}
		offer_add(ret, o);
	}
	return rc;
}

/* One colleague: takes it as it is, or for each of the own that are still to come. */
static enum rc
exchanges(struct ctx *ctx, struct duty_now *s, uint32_t slot, int64_t with, struct duty_offers *ret)
{
	uint32_t person = duty_who_at(&s->d, with);
	struct day today = day_of_moment(ctx->now_ms);
	enum rc rc = person == ROSTER_NOBODY || with == s->v[slot].provider ? RC_NOT_FOUND : RC_OK;

	for (uint32_t k = 0; rc == RC_OK && k <= s->n; k++) {
		struct exchange_of e = { slot, k == 0 ? NONE_IN_RETURN : (int64_t)k - 1, with };
		struct duty_offer o = offer_of(ctx, s, person);

		if (k > 0 && (s->v[k - 1].provider != with || day_compare(s->v[k - 1].day, today) <= 0))
			continue;
		if (k > 0)
			o.theirs = s->v[k - 1];
		o.theirs.name = o.theirs.firm = TEXT_NONE;
		rc = judge(s, &e, &o.blocked, &o.difference);
		if (rc == RC_OK)
			offer_add(ret, o);
	}
	return rc;
}

/* Is this a visit of the actor's that can still be swapped? */
static enum rc
own_check(const struct ctx *ctx, const struct duty_now *s, uint32_t slot)
{
	if (slot >= s->n || s->v[slot].account != ctx->actor->account || s->v[slot].account == 0 || ctx->actor->kind != ACTOR_ACCOUNT)
		return RC_NOT_FOUND;
	return s->plan.state != DUTY_PUBLISHED ? RC_CONFLICT : RC_OK;
}

enum rc
duty_swap_offers(struct ctx *ctx, int64_t plan, uint32_t slot, int64_t with, struct duty_offers *ret)
{
	struct duty_now s;
	enum rc rc = duty_now_read(ctx, &s, plan);

	*ret = (struct duty_offers){ .n = 0 };
	if (rc == RC_OK)
		rc = own_check(ctx, &s, slot);
	if (rc == RC_OK) {
		ret->v = arena_array(ctx->mem, s.n + s.d.m.n_persons + 1, sizeof *ret->v);
		rc = ret->v == NULL ? RC_NO_MEMORY : RC_OK;
	}
	if (rc == RC_OK && day_compare(s.v[slot].day, day_of_moment(ctx->now_ms)) > 0)
		rc = with == 0 ? colleagues(ctx, &s, slot, ret) : exchanges(ctx, &s, slot, with, ret);
	if (rc == RC_OK) {
		ret->plan = s.plan;
		ret->plan.name = ret->plan.published_name = TEXT_NONE;
		ret->slot = s.v[slot];
		ret->slot.name = arena_text(ctx->mem, ret->slot.name);
		ret->slot.firm = arena_text(ctx->mem, ret->slot.firm);
	}
	duty_now_free(&s);
	return rc;
}

/* ---- the steps ------------------------------------------------------------------------------------------------------------ */

static enum rc
tell_those(struct tx *tx, const struct actor *actor, const struct duty_swap *w, const struct duty_swap_rule *r)
{
	struct duty_plan p;
	struct duty_tell t = { r->kind, &p, &w->slot, w->id };
	enum rc rc = duty_plan_load(tx, actor, w->plan, &p);

	if (rc == RC_OK && (r->tells & SWAP_BY_ASKER) != 0)
		rc = duty_tell(tx, actor, &t, w->account);
	if (rc == RC_OK && (r->tells & SWAP_BY_COLLEAGUE) != 0 && w->with_account != w->account)
		rc = duty_tell(tx, actor, &t, w->with_account);
	if (rc == RC_OK && (r->tells & SWAP_BY_PLANNER) != 0)
		rc = duty_tell(tx, actor, &t, p.account);
	if (rc == RC_OK && (r->tells & SWAP_BY_PLANNER) != 0 && p.published_by != p.account)
		rc = duty_tell(tx, actor, &t, p.published_by);
	return rc;
}

static enum rc
step_store(struct tx *tx, const struct actor *actor, const struct duty_swap *w, enum duty_swap_step step, struct text words)
{
	const struct duty_swap_rule *r = &duty_swap_rules[step];
	bool first = step == SWAP_ASK;
	enum rc rc = first ? RC_OK : tx_run_one(tx, actor, &duty_q[D_SWAP_SET], ARGS(db_int(w->id), db_int(w->state), db_int(w->revision),
	    db_int(r->to), db_int(w->difference)));

	if (rc == RC_OK)
		rc = tx_run(tx, actor, &duty_q[D_SWAP_STEP_ADD], ARGS(db_int(w->id), db_int(first ? 1 : w->revision + 1), db_int(step),
		    db_int(first ? 0 : (int)w->state), db_int(r->to), db_text(words.n > 0 ? text_trim(words) : TEXT("")), db_int(actor->account),
		    db_int(tx_now_ms(tx))), NULL);
	if (rc == RC_OK)
		rc = tell_those(tx, actor, w, r);
	return rc == RC_OK ? audit_note(tx, actor, r->kind, "duty_swap", w->id, TEXT_NONE) : rc;
}

enum rc
duty_swap_overtake(struct tx *tx, const struct actor *actor, const struct duty_swap *v, size_t n)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = step_store(tx, actor, &v[i], SWAP_OVERTAKE, TEXT_NONE);
	return rc;
}

/* ---- asking --------------------------------------------------------------------------------------------------------------- */

struct ask_arg { const struct duty_swap_new *in; struct findings *findings; int64_t difference, theirs_revision; int64_t id; };

static enum rc
slot_free(struct tx *tx, const struct actor *actor, const struct ask_arg *a, uint32_t slot)
{
	struct duty_swap open;
	size_t n = 0;
	enum rc rc = duty_swaps_of_slot(tx, actor, a->in->plan, slot, &open, 1, &n);

	if (rc == RC_OK && n > 0) {
		findings_add(a->findings, "", T("这一次正在换，等有了结果再说"), 0);
		return RC_INVALID;
	}
	return rc;
}

static enum rc
swap_add(struct tx *tx, const struct actor *actor, const struct ask_arg *a, const struct duty_slot *s, const struct duty_slot *t)
{
	const struct duty_swap_new *in = a->in;
	struct duty_swap w;
	struct duty_plan p;
	bool both = in->theirs >= 0;
	int32_t until = both && t->day.n < s->day.n ? t->day.n : s->day.n;
	enum rc rc = duty_plan_load(tx, actor, in->plan, &p);

	if (rc == RC_OK)
		rc = tx_run(tx, actor, &duty_q[D_SWAP_ADD], ARGS(db_int(a->id), db_int(in->plan), db_int(p.county.code), db_int(in->slot),
		    db_int(s->provider), db_int(s->day.n), db_int(in->with), both ? db_int(in->theirs) : db_null(),
		    both ? db_int(t->day.n) : db_null(), db_int(until), db_int(a->difference), db_text(text_trim(in->why)),
		    db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	if (rc == RC_OK)
		rc = duty_swap_load(tx, actor, a->id, &w);
	return rc == RC_OK ? step_store(tx, actor, &w, SWAP_ASK, TEXT_NONE) : rc;
}

static enum rc
ask_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct ask_arg *a = argument;
	const struct duty_swap_new *in = a->in;
	struct duty_slot s, t = { .plan = 0 };
	enum rc rc = duty_slot_load(tx, actor, in->plan, in->slot, &s);

	*a->findings = (struct findings){ .n = 0 };
	if (rc == RC_OK && in->theirs >= 0)
		rc = duty_slot_load(tx, actor, in->plan, (uint32_t)in->theirs, &t);
	if (rc == RC_OK && (s.revision != in->revision || (in->theirs >= 0 && t.revision != a->theirs_revision)))
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = slot_free(tx, actor, a, in->slot);
	if (rc == RC_OK && in->theirs >= 0)
		rc = slot_free(tx, actor, a, (uint32_t)in->theirs);
	a->id = tx_id(tx);
	return rc == RC_OK ? swap_add(tx, actor, a, &s, &t) : rc;
}

/* Is there anybody, and anything, to ask for? */
static enum rc
ask_check(const struct ctx *ctx, const struct duty_now *s, const struct duty_swap_new *in, struct findings *findings)
{
	struct day today = day_of_moment(ctx->now_ms);
	uint32_t person = duty_who_at(&s->d, in->with);
	enum rc rc = own_check(ctx, s, in->slot);

	if (rc != RC_OK)
		return rc;
	if (person == ROSTER_NOBODY || in->with == s->v[in->slot].provider ||
	    (in->theirs >= 0 && (in->theirs >= (int64_t)s->n || s->v[in->theirs].provider != in->with || in->theirs == (int64_t)in->slot)))
		findings_add(findings, "to", T("请选一位同事"), 0);
	else if (s->d.who[person].account == 0)
		findings_add(findings, "to", T("这位同事没有账号，请打电话给排班的人"), 0);
	if (day_compare(s->v[in->slot].day, today) <= 0 || (in->theirs >= 0 && in->theirs < (int64_t)s->n &&
	    day_compare(s->v[in->theirs].day, today) <= 0))
		findings_add(findings, "", T("到了当天就不能换了，请打电话给排班的人"), 0);
	return findings->total > 0 ? RC_INVALID : RC_OK;
}

enum rc
duty_swap_ask(struct ctx *ctx, struct idem_key key, const struct duty_swap_new *in, struct findings *findings, enum roster_rule *ret_rule,
    int64_t *ret_id)
{
	struct ask_arg a = { .in = in, .findings = findings };
	struct duty_now s;
	enum rc rc;

	*ret_rule = ROSTER_FINE;
	if (!words_check(in->why, true, "why", findings))
		return RC_INVALID;
	rc = duty_now_read(ctx, &s, in->plan);
	if (rc == RC_OK)
		rc = ask_check(ctx, &s, in, findings);
	if (rc == RC_OK) {
		a.theirs_revision = in->theirs >= 0 ? s.v[in->theirs].revision : 0;
		rc = judge(&s, &(struct exchange_of){ in->slot, in->theirs, in->with }, ret_rule, &a.difference);
	}
	if (rc == RC_OK && *ret_rule != ROSTER_FINE)
		rc = RC_REFUSED;
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "duty.swap_ask", .fn = ask_tx, .arg = &a, .ret = &a.id, .ret_size = sizeof a.id,
		    .asked = ARGS(db_int(in->plan), db_int(in->slot), db_int(in->revision), db_int(in->with), db_int(in->theirs), db_text(in->why)) });
	duty_now_free(&s);
	*ret_id = a.id;
	return rc;
}

/* ---- what becomes of it ------------------------------------------------------------------------------------------------------ */

struct take_arg {
	int64_t id, revision, difference;
	enum duty_swap_step step;
	struct text words;
	struct findings *findings;
	const struct duty_apply *apply; /* of an approval */
};

static enum rc
approve(struct tx *tx, const struct actor *actor, struct take_arg *a, const struct duty_swap *w)
{
	struct duty_apply apply = *a->apply;
	struct duty_plan p;
	enum rc rc = duty_apply_tx(tx, actor, &apply);

	if (rc == RC_OK)
		rc = duty_plan_load(tx, actor, w->plan, &p);
	if (rc == RC_OK)
		rc = duty_tell_station(tx, actor, &(struct duty_tell){ "duty.station", &p, &w->slot, w->id });
	if (rc == RC_OK && w->theirs.plan != 0 && w->theirs.point != w->slot.point)
		rc = duty_tell_station(tx, actor, &(struct duty_tell){ "duty.station", &p, &w->theirs, w->id });
	return rc;
}

static enum rc
take_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct take_arg *a = argument;
	struct duty_swap w;
	enum rc rc = duty_swap_load(tx, actor, a->id, &w);

	*a->findings = (struct findings){ .n = 0 };
	if (rc == RC_OK && (w.revision != a->revision || !duty_swap_may(w.state, a->step, duty_swap_who(actor, &w))))
		rc = w.revision != a->revision ? RC_CONFLICT : RC_FORBIDDEN;
	if (rc == RC_OK && a->step != SWAP_EXPIRE && day_compare(w.until, day_of_moment(tx_now_ms(tx))) <= 0) {
		findings_add(a->findings, "", T("到了当天就不能换了，请打电话给排班的人"), 0);
		rc = RC_INVALID;
	}
	w.difference = a->step == SWAP_APPROVE ? a->difference : w.difference;
	if (rc == RC_OK)
		rc = step_store(tx, actor, &w, a->step, a->words);
	return rc == RC_OK && a->step == SWAP_APPROVE ? approve(tx, actor, a, &w) : rc;
}

struct load_arg { int64_t id; struct duty_swap w; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct load_arg *a = argument;

	return duty_swap_load(tx, actor, a->id, &a->w);
}

/* The month as it is now; RC_CONFLICT: not what was asked about any more. */
static enum rc
judge_now(struct duty_now *s, const struct duty_swap *w, enum roster_rule *ret_rule, int64_t *ret_difference)
{
	bool both = w->theirs.plan != 0;
	struct exchange_of e = { w->slot.slot, both ? (int64_t)w->theirs.slot : NONE_IN_RETURN, w->with_provider };

	if (s->plan.state != DUTY_PUBLISHED || e.slot >= s->n || s->v[e.slot].provider != w->provider || s->v[e.slot].day.n != w->day.n ||
	    (both && (w->theirs.slot >= s->n || s->v[w->theirs.slot].provider != w->with_provider ||
	    s->v[w->theirs.slot].day.n != w->with_day.n)))
		return RC_CONFLICT;
	return judge(s, &e, ret_rule, ret_difference);
}

enum rc
duty_swap_price(struct ctx *ctx, const struct duty_swap *w, enum roster_rule *ret_rule, int64_t *ret_difference)
{
	struct duty_now s;
	enum rc rc = duty_now_read(ctx, &s, w->plan);

	*ret_rule = ROSTER_FINE;
	*ret_difference = 0;
	if (rc == RC_OK)
		rc = judge_now(&s, w, ret_rule, ret_difference);
	duty_now_free(&s);
	return rc;
}

static enum rc
take(struct ctx *ctx, struct idem_key key, struct take_arg *a)
{
	return db_command(ctx, key, &(struct command){ .name = "duty.swap_take", .fn = take_tx, .arg = a,
	    .asked = ARGS(db_int(a->id), db_int(a->revision), db_int(a->step), db_text(a->words.n > 0 ? a->words : TEXT(""))) });
}

/* The validator looks first, outside the transaction; the roster's revision holds what it saw. */
static enum rc
take_approved(struct ctx *ctx, struct idem_key key, struct take_arg *a, const struct duty_swap *w, enum roster_rule *ret_rule)
{
	struct duty_apply *apply = ARENA_NEW(ctx->mem, struct duty_apply);
	struct duty_to to[2];
	struct duty_now s;
	enum rc rc = duty_now_read(ctx, &s, w->plan);

	if (rc == RC_OK && apply == NULL)
		rc = RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = judge_now(&s, w, ret_rule, &a->difference);
	if (rc == RC_OK && *ret_rule != ROSTER_FINE)
		rc = RC_REFUSED;
	if (rc == RC_OK) {
		to[0] = (struct duty_to){ &s.v[w->slot.slot], w->with_provider, w->day };
		if (w->theirs.plan != 0)
			to[1] = (struct duty_to){ &s.v[w->theirs.slot], w->provider, w->with_day };
		*apply = (struct duty_apply){ .plan = w->plan, .kind = DUTY_SWAPPED, .why = w->why, .revision = s.plan.revision,
			.difference = a->difference, .v = to, .n = w->theirs.plan != 0 ? 2 : 1 };
		a->apply = apply;
		rc = take(ctx, key, a);
	}
	duty_now_free(&s);
	return rc;
}

enum rc
duty_swap_take(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, enum duty_swap_step step, struct text words,
    struct findings *findings, enum roster_rule *ret_rule)
{
	struct take_arg a = { .id = id, .revision = revision, .step = step, .words = words, .findings = findings };
	struct load_arg l = { .id = id };
	enum rc rc;

	*ret_rule = ROSTER_FINE;
	if ((unsigned)step >= SWAP_STEPS || step == SWAP_ASK || step == SWAP_OVERTAKE)
		return RC_FORBIDDEN;
	if (!words_check(words, duty_swap_needs_words(step), "words", findings))
		return RC_INVALID;
	rc = db_read(ctx, load_tx, &l);
	if (rc != RC_OK)
		return rc;
	/* another revision: done already under this key, or a conflict; the command tells */
	if (step == SWAP_APPROVE && l.w.revision == revision && duty_swap_may(l.w.state, step, duty_swap_who(ctx->actor, &l.w)))
		return take_approved(ctx, key, &a, &l.w, ret_rule);
	return take(ctx, key, &a);
}

/* ---- the day has come -------------------------------------------------------------------------------------------------------- */

#define EXPIRE_MOST 100

struct past { struct duty_swap v[EXPIRE_MOST]; size_t n; };

static enum rc
past_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct past *p = argument;

	return duty_swaps_past(tx, actor, p->v, EXPIRE_MOST, &p->n);
}

static enum rc
expire_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct past *p = argument;
	enum rc rc = past_tx(tx, actor, p);

	for (size_t i = 0; rc == RC_OK && i < p->n; i++)
		rc = step_store(tx, actor, &p->v[i], SWAP_EXPIRE, TEXT_NONE);
	return rc;
}

enum rc
duty_swap_expire(struct ctx *ctx, int64_t *ret_n)
{
	struct past *p = ARENA_NEW(ctx->mem, struct past);
	enum rc rc = p == NULL ? RC_NO_MEMORY : ctx->actor->kind != ACTOR_SYSTEM ? RC_FORBIDDEN : db_read(ctx, past_tx, p);

	*ret_n = 0;
	if (rc == RC_OK && p->n > 0)
		rc = db_job(ctx, &(struct command){ .name = "duty.swap_expire", .fn = expire_tx, .arg = p });
	*ret_n = rc == RC_OK ? (int64_t)p->n : 0;
	return rc;
}
