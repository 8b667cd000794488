/* A plan: worked out from the facts, kept. */
#include "resources/advisor/advisor_plan.h"
#include "resources/advisor/advisor_facts_internal.h"
#include "resources/advisor/advisor_internal.h"
#include "resources/advisor/advisor_plan_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

static void
figures_set(const struct plan_facts *f, const uint32_t *at, struct advisor_plan *p)
{
	int64_t *has = arena_array(f->own, f->m, sizeof *has);

	p->villages = f->n;
	for (uint32_t i = 0; has != NULL && i < f->n; i++) {
		int64_t minutes;

		if (at[i] == ASSIGN_OPEN) {
			p->opened++;
			continue;
		}
		minutes = f->minutes[(size_t)i * f->m + at[i]];
		p->minutes += minutes;
		p->longest = minutes > p->longest ? minutes : p->longest;
		p->changed += f->before[i] != 0 && f->before[i] != f->seat[at[i]].p.id;
		p->strangers += f->village[i]->rural && !f->seat[at[i]].dialect;
		p->advisers += has[at[i]]++ == 0;
		p->most = has[at[i]] + f->busy[at[i]] > p->most ? has[at[i]] + f->busy[at[i]] : p->most;
	}
}

struct keep_arg { const struct plan_facts *f; const uint32_t *at; struct advisor_plan p; int64_t ret; };

static enum rc
keep_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct keep_arg *arg = argument;
	const struct plan_facts *f = arg->f;
	const struct advisor_plan *p = &arg->p;
	int64_t id = tx_id(tx);
	enum rc rc = tx_run(tx, actor, &plan_q[P_INSERT], ARGS(db_int(id), db_int(f->in->place.code), db_text(f->in->name),
	    db_int(f->in->from.n), db_int(f->in->to.n), db_int(f->in->price_change), db_int(f->in->price_dialect), db_int(f->in->price_load),
	    db_int((int64_t)f->in->duties), db_int(f->in->hours), db_int(f->in->fee * 100), db_int(p->input_hash), db_int(p->objective),
	    db_int(p->bound), db_int(p->villages), db_int(p->opened), db_int(p->minutes), db_int(p->longest), db_int(p->changed),
	    db_int(p->strangers), db_int(p->advisers), db_int(p->most), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);

	for (uint32_t i = 0; rc == RC_OK && i < f->n; i++) {
		uint32_t j = arg->at[i];

		rc = tx_run(tx, actor, &plan_q[P_ROW_PUT], ARGS(db_int(id), db_int(f->village[i]->place.code),
		    db_key(j == ASSIGN_OPEN ? 0 : f->seat[j].p.id), db_key(f->before[i]),
		    db_int(j == ASSIGN_OPEN ? 0 : f->minutes[(size_t)i * f->m + j])), NULL);
	}
	arg->ret = id;
	return rc == RC_OK ? audit_note(tx, actor, "advisor.plan", "advisor_plan", id, f->in->name) : rc;
}

static enum rc
work(struct ctx *ctx, struct idem_key key, struct plan_facts *f, struct findings *findings, int64_t *ret_id)
{
	struct assign_flow flow;
	struct assign_flow_answer answer;
	struct keep_arg arg = { .f = f };
	const struct advisor_plan_new *in = f->in;
	enum rc rc = db_read(ctx, plan_facts_tx, f);

	if (rc != RC_OK)
		return rc;
	if (f->n == 0)
		findings_add(findings, "place", T("这里没有在这段时间还缺法律顾问的村（社区）"), 0);
	if (f->m == 0)
		findings_add(findings, "from", T("顾问名册里没有一个人的执业证管得住整段时间"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	if (!plan_loads_set(f) || !plan_costs_set(f))
		return RC_NO_MEMORY;
	flow = (struct assign_flow){ f->n, f->m, f->cost, f->open, f->first, f->load };
	rc = assign_flow(f->own, f->own, &flow, &answer);
	if (rc == RC_OK)
		rc = assign_flow_check(f->own, &flow, answer.at, answer.price, &arg.p.objective, &arg.p.bound);
	if (rc != RC_OK)
		return rc;
	arg.at = answer.at;
	arg.p.input_hash = plan_facts_hash(f);
	figures_set(f, answer.at, &arg.p);
	rc = db_command(ctx, key, &(struct command){ .name = "advisor.plan", .fn = keep_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_text(in->name), db_int(in->place.code), db_int(in->from.n), db_int(in->to.n),
	        db_int(in->price_change), db_int(in->price_dialect), db_int(in->price_load), db_int(in->hours), db_int(in->fee),
	        db_int((int64_t)in->duties), db_int(arg.p.input_hash)) });
	*ret_id = arg.ret;
	return rc;
}

static bool
plan_check(const struct actor *actor, const struct advisor_plan_new *in, struct findings *findings)
{
	size_t before = findings->total;
	const struct division *d = region_find(in->place, DAY_NONE);

	if (text_is_empty(in->name))
		findings_add(findings, "name", T("给方案起个名字"), 0);
	if (d == NULL || d->level > PLACE_TOWN || !place_range_has(actor->places, in->place)
	    || !place_range_has(actor->places, (struct place){ place_range(in->place).hi }))
		findings_add(findings, "place", T("请写您辖区里的市、县（区）或镇（街道）"), 0);
	if (day_is_none(in->from) || day_is_none(in->to) || day_compare(in->to, in->from) < 0
	    || in->to.n - in->from.n >= ADVISOR_TERM_DAYS_MAX)
		findings_add(findings, "to", T("请写第一天和最后一天，最长 %lld 天"), ADVISOR_TERM_DAYS_MAX);
	return findings->total == before;
}

enum rc
advisor_plan_make(struct ctx *ctx, struct idem_key key, const struct advisor_plan_new *in, struct findings *findings, int64_t *ret_id)
{
	struct plan_facts f = { .in = in };
	enum rc rc;

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (!plan_check(ctx->actor, in, findings))
		return RC_INVALID;
	f.own = arena_create(PLAN_WORK_BYTES);
	if (f.own == NULL)
		return RC_NO_MEMORY;
	rc = work(ctx, key, &f, findings, ret_id);
	arena_free(f.own);
	return rc;
}
