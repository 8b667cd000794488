/* Plans read, compared and decided on. */
#include "resources/advisor/advisor_internal.h"
#include "resources/advisor/advisor_plan_store.h"
#include "resources/advisor/advisor_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

/* ---- reading ---------------------------------------------------------------------------------------------- */

static void
plan_read(const struct rows *row, struct advisor_plan *ret)
{
	*ret = (struct advisor_plan){ .id = rows_int(row, 0), .place = { rows_int(row, 1) }, .name = rows_copy(row, 2),
		.term = { { (int32_t)rows_int(row, 3) }, { (int32_t)rows_int(row, 4) } }, .state = (enum advisor_plan_state)rows_int(row, 5),
		.price_change = rows_int(row, 6), .price_dialect = rows_int(row, 7), .price_load = rows_int(row, 8),
		.duties = (unsigned)rows_int(row, 9), .hours = rows_int(row, 10), .fee = rows_int(row, 11), .input_hash = rows_int(row, 12),
		.objective = rows_int(row, 13), .bound = rows_int(row, 14), .villages = rows_int(row, 15), .opened = rows_int(row, 16),
		.minutes = rows_int(row, 17), .longest = rows_int(row, 18), .changed = rows_int(row, 19), .strangers = rows_int(row, 20),
		.advisers = rows_int(row, 21), .most = rows_int(row, 22), .account = rows_int(row, 23), .at_ms = rows_int(row, 24),
		.decided_by = rows_int(row, 25), .decided_ms = rows_int(row, 26), .by = rows_copy(row, 27), .decided_name = rows_copy(row, 28) };
}

enum rc
advisor_plan_list(struct tx *tx, const struct actor *actor, struct advisor_plan *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &plan_q[P_LIST], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		plan_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
advisor_plan_load(struct tx *tx, const struct actor *actor, int64_t id, struct advisor_plan *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &plan_q[P_LOAD], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		plan_read(row, ret);
	return rc;
}

enum rc
advisor_plan_rows(struct tx *tx, const struct actor *actor, int64_t plan, struct place after, struct advisor_plan_row *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &plan_q[P_ROWS], ARGS(db_int(plan), db_int(after.code), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct advisor_plan_row){ .village = { rows_int(row, 0) }, .provider = rows_int(row, 1),
			.before = rows_int(row, 2), .minutes = (int)rows_int(row, 3), .name = rows_copy(row, 4), .firm = rows_copy(row, 5),
			.before_name = rows_copy(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
advisor_plan_differs(struct tx *tx, const struct actor *actor, int64_t plan, int64_t other, struct advisor_plan_other *ret, size_t cap,
    size_t *ret_n, int64_t *ret_all)
{
	ROWS row = NULL;
	enum rc rc = tx_int(tx, actor, &plan_q[P_DIFFERS_N], ARGS(db_int(plan), db_int(other)), ret_all);

	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &plan_q[P_DIFFERS], ARGS(db_int(plan), db_int(other), db_int((int64_t)cap)), &row);
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct advisor_plan_other){ .village = { rows_int(row, 0) }, .name = rows_copy(row, 1),
			.other = rows_copy(row, 2), .minutes = (int)rows_int(row, 3), .other_minutes = (int)rows_int(row, 4) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* Contracts of the term that leave no room for what the plan wants. */
static enum rc
signed_since(struct tx *tx, const struct actor *actor, const struct advisor_plan *p, struct advisor_claim *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &plan_q[P_UNFIT], ARGS(db_int(p->id), db_int(p->term.from.n), db_int(p->term.to.n)), &row);

	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		if (rows_int(row, 2) + rows_int(row, 3) > rows_int(row, 4))
			ret[(*ret_n)++] = (struct advisor_claim){ .name = rows_copy(row, 1), .firm = rows_copy(row, 5), .plan = TEXT_NONE,
				.here = rows_int(row, 2), .there = rows_int(row, 3), .room = rows_int(row, 4) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
advisor_plan_claims(struct tx *tx, const struct actor *actor, int64_t plan, struct advisor_claim *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	struct advisor_plan p;
	struct place_range r;
	enum rc rc = advisor_plan_load(tx, actor, plan, &p);

	if (rc != RC_OK)
		return rc;
	r = place_range(p.place);
	rc = tx_rows(tx, actor, &plan_q[P_CLAIMS], ARGS(db_int(plan), db_int(p.term.from.n), db_int(p.term.to.n), db_int(r.lo),
	    db_int(r.hi), db_int((int64_t)cap)), &row);
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct advisor_claim){ .name = rows_copy(row, 0), .firm = rows_copy(row, 1), .plan = rows_copy(row, 2),
			.place = { rows_int(row, 3) }, .here = rows_int(row, 4), .there = rows_int(row, 5), .room = rows_int(row, 6) };
	return rc == RC_DONE ? signed_since(tx, actor, &p, ret, cap, ret_n) : rc;
}

/* ---- deciding ----------------------------------------------------------------------------------------------- */

struct decide_arg { int64_t plan; bool approve; struct findings *findings; };

/* Nobody is over their room, and no village has got a contract meanwhile. */
static enum rc
still_fits(struct tx *tx, const struct actor *actor, const struct advisor_plan *p, struct findings *findings)
{
	ROWS met = NULL;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &plan_q[P_MEETS], ARGS(db_int(p->id), db_int(p->term.from.n), db_int(p->term.to.n)), &met);

	if (rc == RC_OK) {
		findings_add(findings, "", T("村（社区）%lld 在这段时间里已有法律顾问，请重新排方案"), rows_int(met, 0));
		return RC_INVALID;
	}
	if (rc == RC_NOT_FOUND)
		rc = tx_rows(tx, actor, &plan_q[P_UNFIT], ARGS(db_int(p->id), db_int(p->term.from.n), db_int(p->term.to.n)), &row);
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		if (rows_int(row, 2) + rows_int(row, 3) > rows_int(row, 4))
			findings_add(findings, "", T("有顾问被别处也排上了，超过能服务的 %lld 个村（社区），请重新排方案"), rows_int(row, 4));
	if (rc == RC_DONE)
		rc = findings->total > 0 ? RC_INVALID : RC_OK;
	return rc;
}

struct to_sign { struct place village; struct provider p; };

static enum rc
people_read(struct tx *tx, const struct actor *actor, const struct advisor_plan *p, struct to_sign *v, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &plan_q[P_PEOPLE], ARGS(db_int(p->id)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		v[*ret_n].village.code = rows_int(row, 0);
		person_read(row, 1, &v[(*ret_n)++].p);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
bars_set(struct tx *tx, const struct actor *actor, const struct advisor_plan *p, struct to_sign *v, size_t n)
{
	struct provider_bars *bars = ARENA_NEW(tx_mem(tx), struct provider_bars);
	enum rc rc = bars == NULL ? RC_NO_MEMORY : provider_bars_read(tx, actor, p->term.from, p->term.to, bars);

	for (size_t k = 0; rc == RC_OK && k < bars->n; k++)
		for (size_t i = 0; i < n; i++)
			v[i].p.barred |= provider_bar_hits(&bars->v[k], v[i].p.id, v[i].p.firm);
	return rc;
}

static enum rc
contracts_make(struct tx *tx, const struct actor *actor, const struct advisor_plan *p, struct findings *findings)
{
	struct to_sign *v = arena_array(tx_mem(tx), (size_t)p->villages + 1, sizeof *v);
	int64_t id, least = 0;
	size_t n = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : people_read(tx, actor, p, v, (size_t)p->villages, &n);

	if (rc == RC_OK)
		rc = setting_read(tx, actor, &advisor_settings[ADVISOR_FEE], &least);
	if (rc == RC_OK && p->fee < least * 100)
		findings_add(findings, "", T("每村每年不少于 %lld 元（参数设置里可改）"), least);
	if (rc == RC_OK)
		rc = bars_set(tx, actor, p, v, n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		enum advisor_why why = advisor_judge(&v[i].p, p->term);

		if (why != ADVISOR_MAY)
			findings_add(findings, "", advisor_why_label(why), 0);
		rc = advisor_again(tx, actor, v[i].village, v[i].p.id, 0, findings);
		if (rc == RC_INVALID) {
			findings->v[findings->n - 1].field = ""; /* of the plan: it has no field for it */
			rc = RC_OK;
		}
	}
	if (rc == RC_OK && findings->total > 0)
		return RC_INVALID;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = contract_insert(tx, actor, v[i].village, &v[i].p, &(struct contract_terms){ .term = p->term, .duties = p->duties,
		    .hours = p->hours, .fee = p->fee, .plan = p->id }, &id);
	return rc;
}

static enum rc
decide_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct decide_arg *arg = argument;
	struct advisor_plan p;
	enum rc rc = advisor_plan_load(tx, actor, arg->plan, &p);

	if (rc != RC_OK)
		return rc;
	if (p.state != ADVISOR_PLAN_PROPOSED)
		return RC_CONFLICT;
	if (arg->approve && p.account == actor->account)
		return RC_FORBIDDEN;
	if (arg->approve)
		rc = still_fits(tx, actor, &p, arg->findings);
	if (rc == RC_OK && arg->approve)
		rc = contracts_make(tx, actor, &p, arg->findings);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &plan_q[P_DECIDE], ARGS(db_int(p.id), db_int(arg->approve ? ADVISOR_PLAN_APPROVED : ADVISOR_PLAN_DROPPED),
		    db_int(actor->account), db_int(tx_now_ms(tx))));
	return rc == RC_OK ? audit_note(tx, actor, arg->approve ? "advisor.approve" : "advisor.drop", "advisor_plan", p.id, TEXT_NONE) : rc;
}

enum rc
advisor_plan_decide(struct ctx *ctx, struct idem_key key, int64_t plan, bool approve, struct findings *findings)
{
	struct decide_arg arg = { .plan = plan, .approve = approve, .findings = findings };

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "advisor.decide", .fn = decide_tx, .arg = &arg,
	    .asked = ARGS(db_int(plan), db_int(approve)) });
}
