/* Plans: accepted proposals, and their way into the register. */
#include "resources/circle/circle_plan.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

#define COLUMNS "p.id, p.place, p.name, p.mode, p.minutes, p.tier, p.day, p.time, p.keep, p.asked, p.seed, p.people," \
	" p.before_weight, p.objective, p.bound, p.provider, p.net_hash, p.input_hash, p.account, p.at_ms," \
	" COALESCE(p.drafted_ms, 0), a.name" \
	" FROM circle_plan p JOIN account a ON a.city = p.city AND a.id = p.account"
#define OF_PLACE " WHERE p.city = $1 AND p.place BETWEEN $2 AND $3"

enum { LIST, LOAD, SITES, INSERT, PUT_SITE, DRAFTED };

static const struct db_stmt q[] = {
	[LIST] = { "circle.plan_list", DB_AREA, "SELECT " COLUMNS OF_PLACE " ORDER BY p.id DESC LIMIT $4", 0 },
	[LOAD] = { "circle.plan_load", DB_AREA, "SELECT " COLUMNS OF_PLACE " AND p.id = $4", 0 },
	[SITES] = { "circle.plan_sites", DB_CITY,
	    "SELECT village, lon_e7, lat_e7 FROM circle_plan_site WHERE city = $1 AND plan = $2 ORDER BY n", 0 },
	[INSERT] = { "circle.plan_insert", DB_CITY,
	    "INSERT INTO circle_plan (city, id, place, name, mode, minutes, tier, day, time, keep, asked, seed, people,"
	    " before_weight, objective, bound, provider, net_hash, input_hash, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)", 0 },
	[PUT_SITE] = { "circle.plan_site_insert", DB_CITY,
	    "INSERT INTO circle_plan_site (city, plan, n, village, lon_e7, lat_e7) VALUES ($1, $2, $3, $4, $5, $6)", 0 },
	[DRAFTED] = { "circle.plan_drafted", DB_AREA, "UPDATE circle_plan SET drafted_ms = $5"
	    " WHERE city = $1 AND place BETWEEN $2 AND $3 AND id = $4 AND drafted_ms IS NULL", 0 },
};
const struct db_set circle_sql = DB_SET("circle", q);

static bool
may_read(const struct actor *a)
{
	return actor_may(a, RIGHT_FIGURES) || actor_may(a, RIGHT_NETWORK);
}

/* ---- reading -------------------------------------------------------------------------------------- */

static void
plan_read(const struct rows *row, struct circle_plan *ret)
{
	*ret = (struct circle_plan){ .id = rows_int(row, 0), .place = { rows_int(row, 1) }, .name = rows_copy(row, 2),
		.mode = (int)rows_int(row, 3), .minutes = (int)rows_int(row, 4), .tier = (int)rows_int(row, 5),
		.day = (int)rows_int(row, 6), .time = (int)rows_int(row, 7), .keep = rows_int(row, 8) != 0,
		.asked = (int)rows_int(row, 9), .seed = rows_int(row, 10), .people = rows_int(row, 11) != 0,
		.before = rows_int(row, 12), .objective = rows_int(row, 13), .bound = rows_int(row, 14),
		.provider = rows_copy(row, 15), .net_hash = rows_int(row, 16), .input_hash = rows_int(row, 17),
		.account = rows_int(row, 18), .at_ms = rows_int(row, 19), .drafted_ms = rows_int(row, 20),
		.by = rows_copy(row, 21) };
}

static enum rc
sites_read(struct tx *tx, const struct actor *actor, struct circle_plan *p)
{
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &q[SITES], ARGS(db_int(p->id)), &rows);

	if (rc != RC_OK)
		return rc;
	while ((rc = rows_next(rows)) == RC_OK && p->n < CIRCLE_SITES_MAX) {
		struct circle_plan_site *s = &p->site[p->n++];

		s->village.code = rows_int(rows, 0);
		s->at = (struct route_point){ (int32_t)rows_int(rows, 1), (int32_t)rows_int(rows, 2) };
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
circle_plan_list(struct tx *tx, const struct actor *actor, struct circle_plan *ret, size_t cap, size_t *ret_n)
{
	ROWS rows = NULL;
	size_t n = 0;
	enum rc rc;

	if (!may_read(actor))
		return RC_FORBIDDEN;
	rc = tx_rows(tx, actor, &q[LIST], ARGS(db_int((int64_t)cap)), &rows);
	if (rc != RC_OK)
		return rc;
	while (n < cap && (rc = rows_next(rows)) == RC_OK)
		plan_read(rows, &ret[n++]);
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
circle_plan_load(struct tx *tx, const struct actor *actor, int64_t id, struct circle_plan *ret)
{
	ROWS rows = NULL;
	enum rc rc;

	if (!may_read(actor))
		return RC_FORBIDDEN;
	rc = tx_one(tx, actor, &q[LOAD], ARGS(db_int(id)), &rows);
	if (rc != RC_OK)
		return rc;
	plan_read(rows, ret);
	return sites_read(tx, actor, ret);
}

/* ---- accepting ---------------------------------------------------------------------------------------- */

struct accept_arg { const struct circle_plan *in; int64_t ret; };

static enum rc
accept_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct accept_arg *arg = argument;
	const struct circle_plan *p = arg->in;
	int64_t id = tx_id(tx);
	enum rc rc = tx_run_one(tx, actor, &q[INSERT], ARGS(db_int(id), db_int(p->place.code), db_text(p->name), db_int(p->mode),
	    db_int(p->minutes), db_int(p->tier), db_int(p->day), db_int(p->time), db_int(p->keep), db_int(p->asked), db_int(p->seed),
	    db_int(p->people), db_int(p->before), db_int(p->objective), db_int(p->bound), db_text(p->provider), db_int(p->net_hash),
	    db_int(p->input_hash), db_int(actor->account), db_int(tx_now_ms(tx))));

	for (size_t i = 0; rc == RC_OK && i < p->n; i++)
		rc = tx_run_one(tx, actor, &q[PUT_SITE], ARGS(db_int(id), db_int((int64_t)i + 1), db_int(p->site[i].village.code),
		    db_int(p->site[i].at.lon), db_int(p->site[i].at.lat)));
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "circle.plan", "circle_plan", id, p->name);
	if (rc == RC_OK)
		arg->ret = id;
	return rc;
}

static uint64_t
mix(uint64_t h, int64_t n)
{
	h = (h ^ (uint64_t)n) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ (h >> 29);
}

static uint64_t
sites_digest(const struct circle_plan *p)
{
	uint64_t h = p->n;

	for (size_t i = 0; i < p->n; i++)
		h = mix(h, p->site[i].village.code);
	return h >> 1;
}

enum rc
circle_plan_accept(struct ctx *ctx, struct idem_key key, const struct circle_plan *in, struct findings *findings, int64_t *ret_id)
{
	struct accept_arg arg = { .in = in };
	struct command cmd = { .name = "circle.plan", .fn = accept_tx, .arg = &arg, .ret = &arg.ret, .ret_size = sizeof arg.ret,
		.asked = ARGS(db_text(in->name), db_int(in->place.code), db_int(in->mode), db_int(in->minutes), db_int(in->tier),
		    db_int(in->day), db_int(in->time), db_int(in->keep), db_int(in->asked), db_int(in->seed),
		    db_int((int64_t)sites_digest(in))) };
	enum rc rc;

	if (!actor_may(ctx->actor, RIGHT_FIGURES))
		return RC_FORBIDDEN;
	if (!place_range_has(ctx->actor->places, in->place))
		return RC_NOT_FOUND;
	if (text_is_empty(in->name))
		findings_add(findings, "name", T("给方案起个名字"), 0);
	if (in->n == 0)
		findings_add(findings, "k", T("没有一个新站点能多覆盖谁，没有可存的方案"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	rc = db_command(ctx, key, &cmd);
	if (rc == RC_OK)
		*ret_id = arg.ret;
	return rc;
}

/* ---- into the register ----------------------------------------------------------------------------------- */

struct load_arg { int64_t id; struct circle_plan *ret; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct load_arg *arg = argument;

	return circle_plan_load(tx, actor, arg->id, arg->ret);
}

static enum rc
drafted_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct circle_plan *p = argument;
	enum rc rc = tx_run_one(tx, actor, &q[DRAFTED], ARGS(db_int(p->id), db_int(tx_now_ms(tx))));

	return rc == RC_OK ? audit_note(tx, actor, "circle.draft", "circle_plan", p->id, p->name) : rc;
}

static enum rc
points_draft(struct ctx *ctx, const struct circle_plan *p, struct day opened, struct findings *findings)
{
	struct point_new *v = arena_array(ctx->mem, p->n + 1, sizeof *v);

	if (v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < p->n; i++) {
		struct text name = region_name(p->site[i].village);

		v[i] = (struct point_new){ .kind = POINT_STATION, .place = p->site[i].village, .phone = TEXT("12348"), .opened = opened,
			.name = arena_format(ctx->mem, "%.*s%s", (int)name.n, name.p, T("便民法律服务站（拟建）")),
			.position = { p->site[i].at.lon / 10, p->site[i].at.lat / 10, GEO_WGS84 } };
	}
	/* One key for the plan: what was cut off in the middle is done once when it is asked for again. */
	return network_create_many(ctx, idem_key_of("circle.draft", p->id), v, p->n, findings, NULL);
}

enum rc
circle_plan_draft(struct ctx *ctx, int64_t id, struct day opened, struct findings *findings)
{
	struct circle_plan *p = ARENA_NEW(ctx->mem, struct circle_plan);
	struct load_arg arg = { id, p };
	enum rc rc;

	if (!actor_may(ctx->actor, RIGHT_NETWORK))
		return RC_FORBIDDEN;
	if (day_is_none(opened) || day_compare(opened, day_of_moment(ctx->now_ms)) < 0) {
		findings_add(findings, "opened", T("写今天或以后的日子"), 0);
		return RC_INVALID;
	}
	rc = p == NULL ? RC_NO_MEMORY : db_read(ctx, load_tx, &arg);
	if (rc == RC_OK && p->drafted_ms != 0)
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = points_draft(ctx, p, opened, findings);
	return rc == RC_OK ? db_command(ctx, idem_key_of("circle.drafted", id), &(struct command){ .name = "circle.drafted",
	    .fn = drafted_tx, .arg = p }) : rc;
}
