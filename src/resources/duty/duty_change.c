/* What is published and changes: one visit by hand, a sick call. */
#include "resources/duty/duty_look.h"
#include "resources/duty/duty_now_internal.h"
#include "resources/duty/duty_store.h"

#include <string.h>

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define WHY_POINTS 200
#define DUTY_CHANGES_SEEN 400
#define HASH_START UINT64_C(0xcbf29ce484222325)
#define HASH_PRIME UINT64_C(0x100000001b3)

/* ---- one visit ---------------------------------------------------------------------------------------------------------- */

static enum rc
choice_fill(struct ctx *ctx, const struct duty_now *s, const struct roster_candidates *c, size_t most, struct duty_choice *ret)
{
	struct day today = day_of_moment(ctx->now_ms);

	ret->v = arena_array(ctx->mem, most + 1, sizeof *ret->v);
	if (ret->v == NULL)
		return RC_NO_MEMORY;
	for (uint32_t k = 0; k < c->n && ret->n < most; k++) {
		struct duty_candidate *to = &ret->v[ret->n];
		struct day day = day_add(s->d.first, (int)c->v[k].day);

		if (day_compare(day, today) < 0)
			continue;
		*to = (struct duty_candidate){ .provider = s->d.who[c->v[k].person].id, .difference = c->v[k].difference, .day = day,
			.blocked = c->v[k].blocked, .name = arena_text(ctx->mem, s->d.who[c->v[k].person].name) };
		memcpy(to->by, c->v[k].by, sizeof to->by);
		ret->n++;
		ret->n_fine += c->v[k].blocked == ROSTER_FINE;
	}
	memcpy(ret->why, c->why, sizeof ret->why);
	return RC_OK;
}

/* What was read into the work's own memory, for the caller. */
static void
slot_keep(struct ctx *ctx, struct duty_slot *s)
{
	s->name = arena_text(ctx->mem, s->name);
	s->firm = arena_text(ctx->mem, s->firm);
}

enum rc
duty_candidates(struct ctx *ctx, int64_t plan, uint32_t slot, size_t most, struct duty_choice *ret)
{
	struct roster_candidates c;
	struct duty_now s;
	enum rc rc = duty_now_read(ctx, &s, plan);

	*ret = (struct duty_choice){ .n = 0 };
	if (rc == RC_OK)
		rc = duty_now_choose(&s, slot, s.d.m.n_persons * s.d.m.n_days, &c);
	if (rc == RC_OK) {
		ret->plan = s.plan;
		ret->plan.name = arena_text(ctx->mem, s.plan.name);
		ret->plan.published_name = arena_text(ctx->mem, s.plan.published_name);
		ret->slot = s.v[slot];
		slot_keep(ctx, &ret->slot);
		rc = choice_fill(ctx, &s, &c, most, ret);
	}
	duty_now_free(&s);
	return rc;
}

static bool
may_change(const struct ctx *ctx, const struct duty_now *s, enum rc *rc)
{
	*rc = !duty_may_plan(ctx->actor, s->plan.county) ? RC_NOT_FOUND : s->plan.state != DUTY_PUBLISHED ? RC_CONFLICT : RC_OK;
	return *rc == RC_OK;
}

static bool
why_check(struct text why, struct findings *findings)
{
	if (text_is_empty(text_trim(why)))
		findings_add(findings, "why", T("必填"), 0);
	else if (utf8_check(why, false) != UTF8_FINE || utf8_length(why) > WHY_POINTS)
		findings_add(findings, "why", T("最多%lld个字"), WHY_POINTS);
	return findings->total == 0;
}

static enum rc
move_now(struct ctx *ctx, struct idem_key key, struct duty_now *s, const struct duty_move *in, enum roster_rule *ret_rule)
{
	struct roster_candidates c;
	struct duty_to change = { &s->v[in->slot], in->provider, in->day };
	struct duty_apply a = { .plan = in->plan, .revision = s->plan.revision, .kind = DUTY_MOVED, .why = in->why, .v = &change, .n = 1 };
	uint32_t person = duty_who_at(&s->d, in->provider);
	bool seen = change.slot->revision == in->revision; /* else: done already under this key, or a conflict; the command tells */
	enum rc rc = seen ? duty_now_choose(s, in->slot, s->d.m.n_persons * s->d.m.n_days, &c) : RC_OK;

	if (rc != RC_OK)
		return rc;
	a.revision = seen ? a.revision : -1;
	*ret_rule = !seen ? ROSTER_FINE : day_compare(in->day, day_of_moment(ctx->now_ms)) < 0 ? ROSTER_CALENDAR : ROSTER_ENTITLED;
	for (uint32_t k = 0; seen && k < c.n && *ret_rule == ROSTER_ENTITLED; k++)
		if (c.v[k].person == person && day_add(s->d.first, (int)c.v[k].day).n == in->day.n) {
			*ret_rule = c.v[k].blocked;
			a.difference = c.v[k].difference;
			break;
		}
	if (*ret_rule != ROSTER_FINE)
		return RC_REFUSED;
	return db_command(ctx, key, &(struct command){ .name = "duty.move", .fn = duty_apply_tx, .arg = &a, .asked = ARGS(db_int(in->plan),
	    db_int(in->slot), db_int(in->revision), db_int(in->provider), db_int(in->day.n), db_text(in->why)) });
}

enum rc
duty_move(struct ctx *ctx, struct idem_key key, const struct duty_move *in, struct findings *findings, enum roster_rule *ret_rule)
{
	struct duty_now s;
	enum rc rc;

	*ret_rule = ROSTER_FINE;
	if (!why_check(in->why, findings))
		return RC_INVALID;
	rc = duty_now_read(ctx, &s, in->plan);
	if (rc == RC_OK && may_change(ctx, &s, &rc))
		rc = in->slot >= s.n ? RC_NOT_FOUND : RC_OK;
	if (rc == RC_OK && s.there[in->slot] && s.v[in->slot].revision == in->revision) {
		findings_add(findings, "day", T("已经有人签到，这一次不能再改"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = move_now(ctx, key, &s, in, ret_rule);
	duty_now_free(&s);
	return rc;
}

/* ---- taken back ------------------------------------------------------------------------------------------------------------- */

struct undo { int64_t plan, id; struct duty_change c; bool found; };

static enum rc
undo_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct undo *u = argument;
	struct duty_change *v = arena_array(tx_mem(tx), DUTY_CHANGES_SEEN, sizeof *v);
	size_t n = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : duty_changes(tx, actor, u->plan, v, DUTY_CHANGES_SEEN, &n);

	for (size_t i = 0; rc == RC_OK && i < n && !u->found; i++) {
		u->found = v[i].id == u->id;
		if (u->found)
			u->c = v[i];
		for (size_t k = 0; u->found && k < i; k++) /* the newest first: something came after it */
			if (v[k].slot == v[i].slot)
				return RC_CONFLICT;
	}
	return rc == RC_OK && !u->found ? RC_NOT_FOUND : rc;
}

/* Where it was: allowed still, and at which price?  Open again is always allowed. */
static enum rc
undo_price(struct duty_now *s, const struct undo *u, int64_t *difference, enum roster_rule *ret_rule)
{
	uint32_t person = duty_who_at(&s->d, u->c.from_provider);
	struct roster_candidates c;
	enum rc rc;

	*difference = -u->c.difference;
	if (u->c.from_provider == 0)
		return RC_OK;
	rc = duty_now_choose(s, u->c.slot, s->d.m.n_persons * s->d.m.n_days, &c);
	*ret_rule = ROSTER_ENTITLED;
	for (uint32_t k = 0; rc == RC_OK && k < c.n && *ret_rule == ROSTER_ENTITLED; k++)
		if (c.v[k].person == person && day_add(s->d.first, (int)c.v[k].day).n == u->c.from_day.n) {
			*ret_rule = c.v[k].blocked;
			*difference = c.v[k].difference;
		}
	return rc == RC_OK && *ret_rule != ROSTER_FINE ? RC_REFUSED : rc;
}

enum rc
duty_undo(struct ctx *ctx, struct idem_key key, int64_t plan, int64_t change, enum roster_rule *ret_rule)
{
	struct undo u = { .plan = plan, .id = change };
	struct duty_apply a = { .plan = plan, .kind = DUTY_MOVED, .why = text_of(msg(ctx->lang, T("撤销上一次改动"))), .n = 1 };
	struct duty_to back;
	struct duty_now s;
	enum rc rc = duty_now_read(ctx, &s, plan), seen = RC_OK;

	*ret_rule = ROSTER_FINE;
	if (rc == RC_OK && may_change(ctx, &s, &rc))
		seen = db_read(ctx, undo_tx, &u); /* a conflict may be this very undo, done: the command tells by its key */
	if (rc == RC_OK && seen != RC_OK && seen != RC_CONFLICT)
		rc = seen;
	if (rc == RC_OK && (u.c.slot >= s.n || s.v[u.c.slot].provider != u.c.to_provider || s.v[u.c.slot].day.n != u.c.to_day.n))
		seen = RC_CONFLICT;
	if (rc == RC_OK && seen == RC_OK)
		rc = undo_price(&s, &u, &a.difference, ret_rule);
	a.v = &back;
	a.revision = seen == RC_OK ? s.plan.revision : -1;
	if (rc == RC_OK) {
		back = (struct duty_to){ &s.v[u.c.slot < s.n ? u.c.slot : 0], u.c.from_provider, u.c.from_day };
		rc = db_command(ctx, key, &(struct command){ .name = "duty.undo", .fn = duty_apply_tx, .arg = &a,
		    .asked = ARGS(db_int(plan), db_int(change)) });
	}
	duty_now_free(&s);
	return rc;
}

/* ---- a stand-in for all of it ------------------------------------------------------------------------------------------------- */

struct by_licence { struct text licence; int64_t id; };

static enum rc
licence_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct by_licence *a = argument;

	return tx_int(tx, actor, &duty_q[D_LICENCE], ARGS(db_text(a->licence)), &a->id);
}

/* What of it changes, in the work's own memory; the engine's validator looks at the whole. */
static enum rc
cover_now(struct ctx *ctx, struct duty_now *s, const struct duty_cover *in, uint32_t to, struct duty_to *v, struct duty_covered *ret)
{
	bool *village = arena_array(s->own, s->d.m.n_villages + 1, sizeof *village);
	struct day today = day_of_moment(ctx->now_ms);
	struct roster_verdict before, after;
	uint32_t nth;
	enum rc rc = village == NULL ? RC_NO_MEMORY : RC_OK;

	for (uint32_t k = 0; rc == RC_OK && k < s->n; k++)
		if (s->v[k].provider == in->provider && s->v[k].day.n >= in->from.n && s->v[k].day.n <= in->to.n && s->v[k].day.n >= today.n
		    && !s->there[k]) {
			v[ret->n++] = (struct duty_to){ &s->v[k], s->d.who[to].id, s->v[k].day };
			if (k < s->is.n_visits)
				village[roster_slot_of(&s->d.m, k, &nth)] = true;
		}
	if (rc == RC_OK)
		rc = duty_now_open(s, village);
	if (rc != RC_OK)
		return rc;
	roster_check(&s->d.m, &s->is, &before);
	for (size_t i = 0; i < ret->n; i++)
		s->is.slot[v[i].slot->slot].person = to;
	roster_check(&s->d.m, &s->is, &after);
	ret->difference = after.objective - before.objective;
	for (uint32_t k = 0; k < after.n_faults && k < ROSTER_FAULTS_KEPT && ret->rule == ROSTER_FINE; k++)
		if (after.fault[k].slot < s->n && s->is.slot[after.fault[k].slot].person == to) {
			ret->rule = after.fault[k].rule;
			ret->slot = s->v[after.fault[k].slot];
			slot_keep(ctx, &ret->slot);
		}
	return after.n_faults > before.n_faults ? RC_REFUSED : RC_OK;
}

static uint32_t
cover_who(struct ctx *ctx, const struct duty_now *s, const struct duty_cover *in, struct findings *findings)
{
	struct by_licence a = { in->licence, 0 };
	enum rc rc = db_read(ctx, licence_tx, &a);
	uint32_t to = rc == RC_OK ? duty_who_at(&s->d, a.id) : ROSTER_NOBODY;

	if (to == ROSTER_NOBODY || a.id == in->provider)
		findings_add(findings, "licence", T("写这个县这个月值班的另一个人的证号"), 0);
	return to;
}

enum rc
duty_cover(struct ctx *ctx, struct idem_key key, const struct duty_cover *in, struct findings *findings, struct duty_covered *ret)
{
	struct duty_apply a = { .plan = in->plan, .kind = DUTY_SICK, .why = in->why };
	struct duty_to *v = NULL;
	struct duty_now s;
	uint32_t to;
	enum rc rc;

	*ret = (struct duty_covered){ .n = 0 };
	if (day_is_none(in->from) || day_is_none(in->to) || day_compare(in->to, in->from) < 0)
		findings_add(findings, "to", T("最后一天不能早于第一天"), 0);
	if (!why_check(in->why, findings))
		return RC_INVALID;
	rc = duty_now_read(ctx, &s, in->plan);
	if (rc == RC_OK && may_change(ctx, &s, &rc)) {
		to = cover_who(ctx, &s, in, findings);
		v = arena_array(s.own, s.n + 1, sizeof *v);
		rc = findings->total > 0 ? RC_INVALID : v == NULL ? RC_NO_MEMORY : cover_now(ctx, &s, in, to, v, ret);
	}
	a.v = v;
	a.n = ret->n;
	a.difference = ret->difference;
	a.revision = ret->n > 0 ? s.plan.revision : -1; /* -1: done already, or there is nothing */
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "duty.cover", .fn = duty_apply_tx, .arg = &a, .asked = ARGS(db_int(in->plan),
		    db_int(in->provider), db_text(in->licence), db_int(in->from.n), db_int(in->to.n), db_text(in->why)) });
	duty_now_free(&s);
	return rc;
}

/* ---- a sick call --------------------------------------------------------------------------------------------------------------- */

/* What changes: into ret, in the work's own memory. */
static enum rc
repair_now(struct duty_now *s, const struct duty_sick *in, struct duty_to **ret, size_t *ret_n, int64_t *ret_difference)
{
	uint32_t person = duty_who_at(&s->d, in->provider), nth, changed, off;
	uint32_t from = in->from.n <= s->d.first.n ? 0 : (uint32_t)(in->from.n - s->d.first.n);
	bool *village = arena_array(s->own, s->d.m.n_villages + 1, sizeof *village);
	struct duty_to *v = arena_array(s->own, s->n + 1, sizeof *v);
	int64_t before;
	enum rc rc = village == NULL || v == NULL ? RC_NO_MEMORY : person == ROSTER_NOBODY ? RC_NOT_FOUND : RC_OK;

	*ret = v;
	*ret_n = 0;
	if (rc != RC_OK)
		return rc;
	off = duty_days(&s->d, in->from, in->to);
	for (uint32_t k = 0; k < s->n; k++) /* a day on which they have signed in is worked */
		if (s->there[k] && s->is.slot[k].person == person)
			off &= ~(UINT32_C(1) << s->is.slot[k].day);
	s->person[person].away |= off;
	for (uint32_t k = 0; k < s->is.n_visits; k++)
		if (s->is.slot[k].person == person && (s->person[person].away >> s->is.slot[k].day & 1) != 0)
			village[roster_slot_of(&s->d.m, k, &nth)] = true;
	rc = duty_now_open(s, village);
	before = duty_now_price(&s->d.m, &s->is);
	if (rc == RC_OK)
		rc = roster_repair(s->spare, &s->d.m, &s->is, person, from, &changed);
	*ret_difference = duty_now_price(&s->d.m, &s->is) - before;
	for (uint32_t k = 0; rc == RC_OK && k < s->n; k++) {
		struct roster_slot is = s->is.slot[k];
		int64_t who = is.person == ROSTER_NOBODY ? 0 : s->d.who[is.person].id;
		struct day day = who == 0 ? s->v[k].seat ? s->v[k].day : DAY_NONE : day_add(s->d.first, (int)is.day);

		if (who != s->v[k].provider || day.n != s->v[k].day.n)
			v[(*ret_n)++] = (struct duty_to){ &s->v[k], who, day };
	}
	return rc;
}

static int64_t
changes_hash(const struct duty_to *v, size_t n)
{
	uint64_t h = HASH_START;

	for (size_t i = 0; i < n; i++) {
		int64_t about[] = { v[i].slot->slot, v[i].to, v[i].day.n };

		for (size_t k = 0; k < sizeof about / sizeof about[0]; k++)
			h = (h ^ (uint64_t)about[k]) * HASH_PRIME;
	}
	return (int64_t)(h >> 1);
}

static enum rc
sick_check(const struct ctx *ctx, const struct duty_sick *in, const struct duty_now *s)
{
	struct day today = day_of_moment(ctx->now_ms), last = day_add(s->d.first, (int)s->d.m.n_days - 1);

	return day_is_none(in->from) || day_is_none(in->to) || day_compare(in->from, today) < 0 || day_compare(in->to, in->from) < 0 ||
	    day_compare(in->from, last) > 0 ? RC_INVALID : RC_OK;
}

enum rc
duty_sick_try(struct ctx *ctx, const struct duty_sick *in, struct duty_repair *ret)
{
	struct duty_to *v = NULL;
	struct duty_now s;
	enum rc rc = duty_now_read(ctx, &s, in->plan);

	*ret = (struct duty_repair){ .n = 0 };
	if (rc == RC_OK && may_change(ctx, &s, &rc))
		rc = sick_check(ctx, in, &s);
	if (rc == RC_OK)
		rc = repair_now(&s, in, &v, &ret->n, &ret->difference);
	ret->v = rc == RC_OK ? arena_array(ctx->mem, ret->n + 1, sizeof *ret->v) : NULL;
	for (size_t i = 0; ret->v != NULL && i < ret->n; i++) {
		uint32_t person = duty_who_at(&s.d, v[i].to);

		ret->v[i] = (struct duty_moved){ *v[i].slot, v[i].to, v[i].day,
			person == ROSTER_NOBODY ? TEXT("") : arena_text(ctx->mem, s.d.who[person].name) };
		slot_keep(ctx, &ret->v[i].slot);
	}
	if (rc == RC_OK)
		ret->hash = changes_hash(v, ret->n);
	duty_now_free(&s);
	return rc;
}

enum rc
duty_sick_take(struct ctx *ctx, struct idem_key key, const struct duty_sick *in, int64_t hash, struct findings *findings)
{
	struct duty_apply a = { .plan = in->plan, .away = in->provider, .kind = DUTY_SICK, .why = in->why, .from = in->from, .last = in->to };
	struct duty_to *v = NULL;
	struct duty_now s;
	enum rc rc;

	if (!why_check(in->why, findings))
		return RC_INVALID;
	rc = duty_now_read(ctx, &s, in->plan);
	if (rc == RC_OK && may_change(ctx, &s, &rc))
		rc = sick_check(ctx, in, &s);
	if (rc == RC_OK)
		rc = repair_now(&s, in, &v, &a.n, &a.difference);
	a.v = v;
	a.revision = rc == RC_OK && changes_hash(v, a.n) == hash ? s.plan.revision : -1; /* -1: done already, or a conflict */
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "duty.sick", .fn = duty_apply_tx,
		    .arg = &a, .asked = ARGS(db_int(in->plan), db_int(in->provider), db_int(in->from.n), db_int(in->to.n), db_text(in->why),
		    db_int(hash)) });
	duty_now_free(&s);
	return rc;
}
