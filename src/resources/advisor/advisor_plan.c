/* A plan: read from the registers, worked out, kept. */
#include "resources/advisor/advisor_plan.h"
#include "resources/advisor/advisor_internal.h"
#include "resources/advisor/advisor_plan_store.h"

#include "engine/assign/assign_flow.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/circle/circle.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

#include <string.h>

#define SEATS_MAX 4000
#define WORK_BYTES ((size_t)512 << 20)
#define OPEN_PRICE 100000u             /* minutes: only when nobody can */

/* ---- what it is made from -------------------------------------------------------------------------------- */

struct facts {
	const struct advisor_plan_new *in;
	struct arena *own;
	const struct division **village;
	int64_t *before;                   /* of each village: who had it, or 0 */
	uint32_t n, m;
	struct advisor_seat *seat;
	int64_t *busy;
	uint8_t *barred;                   /* [village * m + adviser] */
	uint32_t *cost, *minutes, *open, *first, *load;
};

static uint32_t
village_at(const struct facts *f, int64_t code)
{
	uint32_t lo = 0, hi = f->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (f->village[mid]->place.code < code)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < f->n && f->village[lo]->place.code == code ? lo : UINT32_MAX;
}

static uint32_t
seat_at(const struct facts *f, int64_t provider)
{
	uint32_t lo = 0, hi = f->m;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (f->seat[mid].p.id < provider)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < f->m && f->seat[lo].p.id == provider ? lo : UINT32_MAX;
}

/* Villages of the place on the first day, less those that have a contract somewhere in the term. */
static enum rc
villages_read(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct place_range r = place_range(f->in->place);
	ROWS row = NULL;
	enum rc rc;

	f->village = arena_array(f->own, ADVISOR_PLAN_VILLAGES_MAX, sizeof(struct division *));
	if (f->village == NULL)
		return RC_NO_MEMORY;
	f->n = (uint32_t)region_list(f->in->place, PLACE_VILLAGE, f->in->from, f->village, ADVISOR_PLAN_VILLAGES_MAX);
	if (f->n > ADVISOR_PLAN_VILLAGES_MAX)
		return RC_TOO_MANY;
	rc = tx_rows(tx, actor, &plan_q[P_TAKEN], ARGS(db_int(f->in->from.n), db_int(f->in->to.n), db_int(r.lo), db_int(r.hi)), &row);
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		uint32_t i = village_at(f, rows_int(row, 0));

		if (i != UINT32_MAX) {
			memmove(&f->village[i], &f->village[i + 1], (f->n - i - 1) * sizeof *f->village);
			f->n--;
		}
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* Those of the register who may advise for the whole term. */
static enum rc
seats_read(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct advisor_term term = { f->in->from, f->in->to };
	int64_t after = 0;
	size_t got = 1;
	enum rc rc = RC_OK;

	f->seat = arena_array(f->own, SEATS_MAX + 200, sizeof *f->seat);
	if (f->seat == NULL)
		return RC_NO_MEMORY;
	while (rc == RC_OK && got > 0 && f->m < SEATS_MAX) {
		uint32_t at = f->m;

		rc = advisor_seats(tx, actor, after, f->in->from, f->seat + f->m, 200, &got);
		for (size_t i = 0; rc == RC_OK && i < got; i++) {
			struct advisor_seat s = f->seat[at + i];

			after = s.p.id;
			if (advisor_judge(&s.p, term) == ADVISOR_MAY)
				f->seat[f->m++] = s;
		}
	}
	return rc;
}

static enum rc
marks_read(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct place_range r = place_range(f->in->place);
	struct day eve = day_add(f->in->from, -1);
	ROWS had = NULL;
	ROWS busy = NULL;
	ROWS barred = NULL;
	enum rc rc = tx_rows(tx, actor, &plan_q[P_BEFORE], ARGS(db_int(r.lo), db_int(r.hi), db_int(eve.n)), &had);

	while (rc == RC_OK && (rc = rows_next(had)) == RC_OK) {
		uint32_t i = village_at(f, rows_int(had, 0));

		if (i != UINT32_MAX)
			f->before[i] = rows_int(had, 1);
	}
	rc = rc == RC_DONE ? tx_rows(tx, actor, &plan_q[P_BUSY], ARGS(db_int(f->in->from.n), db_int(f->in->to.n)), &busy) : rc;
	while (rc == RC_OK && (rc = rows_next(busy)) == RC_OK) {
		uint32_t j = seat_at(f, rows_int(busy, 0));

		if (j != UINT32_MAX)
			f->busy[j] = rows_int(busy, 1);
	}
	rc = rc == RC_DONE ? tx_rows(tx, actor, &plan_q[P_CONFLICTS], ARGS(db_int(r.lo), db_int(r.hi)), &barred) : rc;
	while (rc == RC_OK && (rc = rows_next(barred)) == RC_OK) {
		uint32_t j = seat_at(f, rows_int(barred, 0)), i = village_at(f, rows_int(barred, 1));

		if (j != UINT32_MAX && i != UINT32_MAX)
			f->barred[(size_t)i * f->m + j] = 1;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
facts_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct facts *f = argument;
	enum rc rc = villages_read(tx, actor, f);

	if (rc == RC_OK)
		rc = seats_read(tx, actor, f);
	if (rc != RC_OK || f->n == 0 || f->m == 0)
		return rc;
	f->before = arena_array(f->own, f->n, sizeof *f->before);
	f->busy = arena_array(f->own, f->m, sizeof *f->busy);
	f->barred = arena_array(f->own, (size_t)f->n * f->m, 1);
	return f->before == NULL || f->busy == NULL || f->barred == NULL ? RC_NO_MEMORY : marks_read(tx, actor, f);
}

/* ---- working it out ----------------------------------------------------------------------------------------- */

static uint32_t
way(struct geo a, struct geo b)
{
	struct circle_band band;

	if (geo_is_none(a) || geo_is_none(b))
		return 60; /* not known: an hour */
	band = circle_est((struct route_point){ (int32_t)(a.lon_e6 * 10), (int32_t)(a.lat_e6 * 10) },
	    (struct route_point){ (int32_t)(b.lon_e6 * 10), (int32_t)(b.lat_e6 * 10) }, circle_est_speed(ROUTE_CAR));
	return (band.middle_ms + 59999) / 60000;
}

/* Room, less what other contracts of the term take; each further village a step dearer. */
static bool
loads_set(struct facts *f)
{
	uint32_t at = 0;

	f->first = arena_array(f->own, f->m + 1, sizeof *f->first);
	f->load = arena_array(f->own, (size_t)f->m * 64, sizeof *f->load);
	if (f->first == NULL || f->load == NULL)
		return false;
	for (uint32_t j = 0; j < f->m; j++) {
		for (int64_t k = f->busy[j]; k < f->seat[j].room && k < 64; k++)
			f->load[at++] = (uint32_t)(f->in->price_load * k);
		f->first[j + 1] = at;
	}
	return true;
}

static bool
costs_set(struct facts *f)
{
	struct geo *home;

	f->cost = arena_raw(f->own, (size_t)f->n * f->m, sizeof *f->cost);
	f->minutes = arena_raw(f->own, (size_t)f->n * f->m, sizeof *f->minutes);
	f->open = arena_array(f->own, f->n, sizeof *f->open);
	home = arena_array(f->own, f->m, sizeof *home);
	if (f->cost == NULL || f->minutes == NULL || f->open == NULL || home == NULL)
		return false;
	for (uint32_t j = 0; j < f->m; j++) {
		const struct division *d = region_find(f->seat[j].home, f->in->from);

		if (d != NULL)
			home[j] = d->position;
	}
	for (uint32_t i = 0; i < f->n; i++) {
		f->open[i] = OPEN_PRICE;
		for (uint32_t j = 0; j < f->m; j++) {
			size_t k = (size_t)i * f->m + j;

			f->minutes[k] = way(f->village[i]->position, home[j]);
			f->cost[k] = f->minutes[k]
			    + (f->before[i] != 0 && f->before[i] != f->seat[j].p.id ? (uint32_t)f->in->price_change : 0)
			    + (f->village[i]->rural && !f->seat[j].dialect ? (uint32_t)f->in->price_dialect : 0);
			if (f->barred[k] != 0)
				f->cost[k] = ASSIGN_NEVER;
		}
	}
	return true;
}

static uint64_t
mix(uint64_t h, int64_t n)
{
	h = (h ^ (uint64_t)n) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ (h >> 29);
}

static int64_t
facts_hash(const struct facts *f)
{
	uint64_t h = mix(mix(f->n, f->m), f->in->price_load);

	for (size_t k = 0; k < (size_t)f->n * f->m; k++)
		h = mix(h, f->cost[k]);
	for (uint32_t j = 0; j < f->m; j++)
		h = mix(mix(h, f->seat[j].p.id), f->first[j + 1]);
	for (uint32_t i = 0; i < f->n; i++)
		h = mix(h, f->village[i]->place.code);
	return (int64_t)(h >> 1);
}

static void
figures_set(const struct facts *f, const uint32_t *at, struct advisor_plan *p)
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

struct keep_arg { const struct facts *f; const uint32_t *at; struct advisor_plan p; int64_t ret; };

static enum rc
keep_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct keep_arg *arg = argument;
	const struct facts *f = arg->f;
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
work(struct ctx *ctx, struct idem_key key, struct facts *f, struct findings *findings, int64_t *ret_id)
{
	struct assign_flow flow;
	struct assign_flow_answer answer;
	struct keep_arg arg = { .f = f };
	const struct advisor_plan_new *in = f->in;
	enum rc rc = db_read(ctx, facts_tx, f);

	if (rc != RC_OK)
		return rc;
	if (f->n == 0)
		findings_add(findings, "place", T("这里没有在这段时间还缺法律顾问的村（社区）"), 0);
	if (f->m == 0)
		findings_add(findings, "from", T("顾问名册里没有一个人的执业证管得住整段时间"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	if (!loads_set(f) || !costs_set(f))
		return RC_NO_MEMORY;
	flow = (struct assign_flow){ f->n, f->m, f->cost, f->open, f->first, f->load };
	rc = assign_flow(f->own, f->own, &flow, &answer);
	if (rc == RC_OK)
		rc = assign_flow_check(f->own, &flow, answer.at, answer.price, &arg.p.objective, &arg.p.bound);
	if (rc != RC_OK)
		return rc;
	arg.at = answer.at;
	arg.p.input_hash = facts_hash(f);
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
	struct facts f = { .in = in };
	enum rc rc;

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (!plan_check(ctx->actor, in, findings))
		return RC_INVALID;
	f.own = arena_create(WORK_BYTES);
	if (f.own == NULL)
		return RC_NO_MEMORY;
	rc = work(ctx, key, &f, findings, ret_id);
	arena_free(f.own);
	return rc;
}
