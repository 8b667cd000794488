/* Why this adviser for this village: what everything would cost if somebody else came. */
#include "resources/advisor/advisor_facts_internal.h"

#include "standards/region/region.h"

#include <string.h>

/* The plan once more with the village's choice narrowed to one; RC_NOT_FOUND when that leaves it open. */
static enum rc
with_only(struct plan_facts *f, uint32_t village, uint32_t seat, int64_t *ret)
{
	uint32_t *row = f->cost + (size_t)village * f->m, *kept = arena_raw(f->own, f->m, sizeof *kept);
	struct assign_flow flow = { f->n, f->m, f->cost, f->open, f->first, f->load };
	struct assign_flow_answer a;
	enum rc rc;

	if (kept == NULL)
		return RC_NO_MEMORY;
	memcpy(kept, row, f->m * sizeof *kept);
	for (uint32_t j = 0; j < f->m; j++)
		row[j] = j == seat ? kept[j] : ASSIGN_NEVER;
	rc = assign_flow(f->own, f->own, &flow, &a);
	memcpy(row, kept, f->m * sizeof *kept);
	if (rc == RC_OK)
		*ret = a.objective;
	return rc == RC_OK && a.at[village] != seat ? RC_NOT_FOUND : rc;
}

/* The nearest by their own cost that are not marked yet. */
static uint32_t
cheapest(const struct plan_facts *f, uint32_t village, const uint8_t *seen)
{
	uint32_t best = UINT32_MAX;

	for (uint32_t j = 0; j < f->m; j++) {
		uint32_t cost = f->cost[(size_t)village * f->m + j];

		if (seen[j] == 0 && cost != ASSIGN_NEVER && f->first[j + 1] > f->first[j]
		    && (best == UINT32_MAX || cost < f->cost[(size_t)village * f->m + best]))
			best = j;
	}
	return best;
}

static void
one_set(const struct plan_facts *f, uint32_t village, uint32_t seat, struct advisor_choice *ret)
{
	const struct advisor_seat *s = &f->seat[seat];

	*ret = (struct advisor_choice){ .provider = s->p.id, .name = s->p.name, .firm = s->p.firm_name,
		.minutes = f->minutes[(size_t)village * f->m + seat], .busy = f->busy[seat], .room = s->room,
		.change = f->before[village] != 0 && f->before[village] != s->p.id ? f->in->price_change : 0,
		.dialect = f->village[village]->rural && !s->dialect ? f->in->price_dialect : 0 };
}

/* Sorted by what the whole plan would cost more. */
static void
put_in_order(struct advisor_choice *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k].more < v[k - 1].more; k--) {
			struct advisor_choice t = v[k];

			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

static enum rc
weigh(struct plan_facts *f, const struct advisor_plan *p, struct place village, struct advisor_reasons *ret)
{
	uint32_t i = plan_village_at(f, village.code);
	uint8_t *seen = arena_array(f->own, f->m, 1);
	enum rc rc = RC_OK;

	if (i == UINT32_MAX)
		return RC_NOT_FOUND;
	if (seen == NULL)
		return RC_NO_MEMORY;
	for (uint32_t j = 0; j < f->m; j++)
		ret->barred += f->barred[(size_t)i * f->m + j] != 0;
	ret->able = f->m;
	while (rc == RC_OK && ret->n < ADVISOR_CHOICES) {
		uint32_t j = cheapest(f, i, seen);
		int64_t whole = 0;

		if (j == UINT32_MAX)
			break;
		seen[j] = 1;
		rc = with_only(f, i, j, &whole);
		if (rc == RC_OK) {
			one_set(f, i, j, &ret->v[ret->n]);
			ret->v[ret->n++].more = whole - p->objective;
		}
		rc = rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	put_in_order(ret->v, ret->n);
	return rc;
}

struct why_arg { int64_t plan; struct advisor_plan p; };

static enum rc
why_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct why_arg *arg = argument;

	return advisor_plan_load(tx, actor, arg->plan, &arg->p);
}

enum rc
advisor_plan_why(struct ctx *ctx, int64_t plan, struct place village, struct advisor_reasons *ret)
{
	struct why_arg arg = { .plan = plan };
	struct advisor_plan_new in;
	struct plan_facts f = { .in = &in };
	enum rc rc = db_read(ctx, why_tx, &arg);

	*ret = (struct advisor_reasons){ .n = 0 };
	if (rc != RC_OK)
		return rc;
	if (arg.p.state != ADVISOR_PLAN_PROPOSED)
		return RC_CONFLICT;
	in = (struct advisor_plan_new){ .place = arg.p.place, .from = arg.p.term.from, .to = arg.p.term.to,
		.price_change = arg.p.price_change, .price_dialect = arg.p.price_dialect, .price_load = arg.p.price_load };
	f.own = arena_create(PLAN_WORK_BYTES);
	rc = f.own == NULL ? RC_NO_MEMORY : db_read(ctx, plan_facts_tx, &f);
	if (rc == RC_OK && (f.n == 0 || f.m == 0))
		rc = RC_CONFLICT;
	if (rc == RC_OK && (!plan_loads_set(&f) || !plan_costs_set(&f)))
		rc = RC_NO_MEMORY;
	if (rc == RC_OK && plan_facts_hash(&f) != arg.p.input_hash)
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = weigh(&f, &arg.p, village, ret);
	arena_free(f.own);
	return rc;
}
