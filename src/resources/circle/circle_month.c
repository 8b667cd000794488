/* Figures of a month, kept with what they were made from. */
#include "resources/circle/circle_month.h"
#include "resources/circle/circle_keep_internal.h"

#include <stdlib.h>
#include <string.h>

#include "kit/audit/audit.h"
#include "resources/identity/identity.h"

#define BYTES_MAX ((size_t)64 << 20)
#define MONTHS_CHECKED 400

#define COLUMNS "m.id, m.place, m.month, m.mode, m.minutes, m.tier, m.day, m.time, m.moment_ms, m.input, m.net_hash, m.provider," \
	" m.people, m.villages, m.covered, m.shut, m.far, m.doubt, m.weight, m.covered_weight, m.urban_permille," \
	" m.rural_permille, m.gini_permille, m.p90_seconds, m.account, m.at_ms, a.name, m.empty"
#define FROM " FROM circle_month m JOIN account a ON a.city = m.city AND a.id = m.account"

enum { LIST, LOAD, ALL, IS_KEPT, PUT_INPUT, INSERT };

static const struct db_stmt q[] = {
	[LIST] = { "circle.month_list", DB_AREA, "SELECT " COLUMNS FROM " WHERE m.city = $1 AND m.place BETWEEN $2 AND $3"
	    " ORDER BY m.month DESC, m.id DESC LIMIT $4", 0 },
	[LOAD] = { "circle.month_load", DB_AREA, "SELECT " COLUMNS ", m.open, i.bytes" FROM
	    " LEFT JOIN circle_input i ON i.city = m.city AND i.hash = m.input"
	    " WHERE m.city = $1 AND m.place BETWEEN $2 AND $3 AND m.id = $4", 0 },
	[ALL] = { "circle.month_all", DB_SYSTEM, "SELECT id FROM circle_month WHERE city = $1 ORDER BY id DESC LIMIT $2", 0 },
	[IS_KEPT] = { "circle.month_is_kept", DB_CITY, "SELECT COUNT(*) FROM circle_month WHERE city = $1 AND place = $2 AND month = $3"
	    " AND mode = $4 AND minutes = $5 AND tier = $6 AND day = $7 AND time = $8", 0 },
	[PUT_INPUT] = { "circle.month_input", DB_CITY, "INSERT INTO circle_input (city, hash, bytes, since_ms)"
	    " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", 0 },
	[INSERT] = { "circle.month_insert", DB_CITY,
	    "INSERT INTO circle_month (city, id, place, month, mode, minutes, tier, day, time, moment_ms, input, open, net_hash,"
	    " provider, people, villages, covered, shut, far, doubt, weight, covered_weight, urban_permille, rural_permille,"
	    " gini_permille, p90_seconds, account, at_ms, empty) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
	    " $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)", 0 },
};
const struct db_set circle_month_sql = DB_SET("circle_month", q);

void
circle_month_figures(const struct circle_sum *s, struct circle_month *ret)
{
	ret->villages = s->all.villages;
	ret->covered = s->of[CIRCLE_COVERED].villages;
	ret->shut = s->of[CIRCLE_SHUT].villages;
	ret->empty = s->of[CIRCLE_EMPTY].villages;
	ret->far = s->of[CIRCLE_FAR].villages;
	ret->doubt = s->of[CIRCLE_UNSURE].villages + s->of[CIRCLE_OFF].villages + s->of[CIRCLE_NOWHERE].villages;
	ret->weight = s->all.weight;
	ret->covered_weight = s->of[CIRCLE_COVERED].weight;
	ret->urban_permille = s->urban_permille;
	ret->rural_permille = s->rural_permille;
	ret->gini_permille = s->gini_permille;
	ret->p90_seconds = s->p90_seconds;
}

bool
circle_month_agrees(const struct circle_month *a, const struct circle_month *b)
{
	return a->villages == b->villages && a->covered == b->covered && a->shut == b->shut && a->empty == b->empty && a->far == b->far &&
	    a->doubt == b->doubt && a->weight == b->weight && a->covered_weight == b->covered_weight &&
	    a->urban_permille == b->urban_permille && a->rural_permille == b->rural_permille &&
	    a->gini_permille == b->gini_permille && a->p90_seconds == b->p90_seconds;
}

static void
month_read(const struct rows *r, struct circle_month *ret)
{
	*ret = (struct circle_month){ .id = rows_int(r, 0), .month = (int)rows_int(r, 2), .moment_ms = rows_int(r, 8),
		.input = rows_int(r, 9), .net_hash = rows_int(r, 10), .provider = rows_copy(r, 11), .people = rows_int(r, 12) != 0,
		.villages = rows_int(r, 13), .covered = rows_int(r, 14), .shut = rows_int(r, 15), .far = rows_int(r, 16),
		.doubt = rows_int(r, 17), .weight = rows_int(r, 18), .covered_weight = rows_int(r, 19),
		.urban_permille = rows_int(r, 20), .rural_permille = rows_int(r, 21), .gini_permille = rows_int(r, 22),
		.p90_seconds = rows_int(r, 23), .account = rows_int(r, 24), .at_ms = rows_int(r, 25), .by = rows_copy(r, 26),
		.empty = rows_int(r, 27) };
	ret->ask = (struct circle_month_ask){ { rows_int(r, 1) }, (int)rows_int(r, 3), (int)rows_int(r, 4), (int)rows_int(r, 5),
		(int)rows_int(r, 6), (int)rows_int(r, 7) };
}

enum rc
circle_month_list(struct tx *tx, const struct actor *actor, struct circle_month *ret, size_t cap, size_t *ret_n)
{
	ROWS rows = NULL;
	size_t n = 0;
	enum rc rc;

	if (!actor_may(actor, RIGHT_FIGURES))
		return RC_FORBIDDEN;
	rc = tx_rows(tx, actor, &q[LIST], ARGS(db_int((int64_t)cap)), &rows);
	if (rc != RC_OK)
		return rc;
	while (n < cap && (rc = rows_next(rows)) == RC_OK)
		month_read(rows, &ret[n++]);
	*ret_n = n;
	return rc == RC_DONE || rc == RC_OK ? RC_OK : rc;
}

/* ---- keeping ---------------------------------------------------------------------------------------------- */

struct keep_arg { const struct circle_month *m; struct text bytes, open; int64_t ret; };

static enum rc
keep_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct keep_arg *arg = argument;
	const struct circle_month *m = arg->m;
	int64_t id = tx_id(tx), kept = 0;
	enum rc rc = tx_int(tx, actor, &q[IS_KEPT], ARGS(db_int(m->ask.place.code), db_int(m->month), db_int(m->ask.mode),
	    db_int(m->ask.minutes), db_int(m->ask.tier), db_int(m->ask.day), db_int(m->ask.time)), &kept);

	if (rc == RC_OK && kept > 0)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &q[PUT_INPUT], ARGS(db_int(m->input), db_blob(arg->bytes), db_int(tx_now_ms(tx))), NULL);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &q[INSERT], ARGS(db_int(id), db_int(m->ask.place.code), db_int(m->month), db_int(m->ask.mode),
		    db_int(m->ask.minutes), db_int(m->ask.tier), db_int(m->ask.day), db_int(m->ask.time), db_int(m->moment_ms),
		    db_int(m->input), db_blob(arg->open), db_int(m->net_hash), db_text(m->provider), db_int(m->people),
		    db_int(m->villages), db_int(m->covered), db_int(m->shut), db_int(m->far), db_int(m->doubt), db_int(m->weight),
		    db_int(m->covered_weight), db_int(m->urban_permille), db_int(m->rural_permille), db_int(m->gini_permille),
		    db_int(m->p90_seconds), db_int(actor->account), db_int(tx_now_ms(tx)), db_int(m->empty)));
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "circle.month", "circle_month", id, TEXT_NONE);
	if (rc == RC_OK)
		arg->ret = id;
	return rc;
}

static enum rc
month_fill(struct ctx *ctx, const struct circle_city *c, const struct circle_view *v, const struct circle_month_ask *ask,
    struct circle_month *ret)
{
	struct ymd today = day_to_ymd(day_of_moment(ctx->now_ms));
	struct circle_provider p = circle_provider_now();
	struct circle_verdict *verdict;
	struct circle_sum sum;
	enum rc rc = circle_view_judge(ctx->mem, c, v, ask->minutes, &verdict);

	if (rc == RC_OK)
		rc = circle_city_sum(ctx->mem, c, verdict, ask->place, &sum);
	if (rc != RC_OK)
		return rc;
	*ret = (struct circle_month){ .ask = *ask, .month = today.year * 100 + today.month, .moment_ms = v->ask.at_ms,
		.net_hash = (int64_t)p.hash, .provider = p.est ? TEXT("est") : text_of(p.label), .people = c->people_known };
	circle_month_figures(&sum, ret);
	return RC_OK;
}

enum rc
circle_month_keep(struct ctx *ctx, struct idem_key key, const struct circle_city *c, const struct circle_view *v,
    const struct circle_month_ask *ask, int64_t *ret_id)
{
	struct keep_arg arg = { .open = { (const char *)v->state, c->n_points } };
	struct circle_month m;
	struct buf bytes;
	enum rc rc;

	if (!actor_may(ctx->actor, RIGHT_FIGURES))
		return RC_FORBIDDEN;
	if (!place_range_has(ctx->actor->places, ask->place))
		return RC_NOT_FOUND;
	rc = month_fill(ctx, c, v, ask, &m);
	if (rc != RC_OK)
		return rc;
	buf_init(&bytes, BYTES_MAX);
	circle_keep_write(c, &bytes);
	arg.m = &m;
	arg.bytes = buf_text(&bytes);
	m.input = (int64_t)(text_hash(arg.bytes) >> 1);
	rc = buf_rc(&bytes);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "circle.month", .fn = keep_tx, .arg = &arg, .ret = &arg.ret,
		    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(ask->place.code), db_int(m.month), db_int(ask->mode),
		        db_int(ask->minutes), db_int(ask->tier), db_int(ask->day), db_int(ask->time)) });
	buf_free(&bytes);
	if (rc == RC_OK)
		*ret_id = arg.ret;
	return rc;
}

/* ---- again ------------------------------------------------------------------------------------------------- */

struct load_arg { int64_t id; struct circle_month *m; struct text open, bytes; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct load_arg *arg = argument;
	ROWS rows = NULL;
	enum rc rc;

	if (!actor_may(actor, RIGHT_FIGURES) && actor->kind != ACTOR_SYSTEM)
		return RC_FORBIDDEN;
	rc = tx_one(tx, actor, &q[LOAD], ARGS(db_int(arg->id)), &rows);
	if (rc != RC_OK)
		return rc;
	month_read(rows, arg->m);
	arg->open = rows_copy(rows, 28);
	arg->bytes = rows_is_null(rows, 29) ? TEXT_NONE : rows_copy(rows, 29);
	return RC_OK;
}

static enum rc
make_again(struct ctx *ctx, const struct load_arg *arg, struct circle_then *ret)
{
	struct circle_ask ask = { (enum route_mode)ret->month.ask.mode, CIRCLE_TIERS_ALL, ret->month.moment_ms };
	const struct circle_view *view;
	struct circle_sum sum;
	enum rc rc;

	if ((int64_t)(text_hash(arg->bytes) >> 1) != ret->month.input || ret->month.ask.mode < 0 || ret->month.ask.mode >= ROUTE_MODES)
		return RC_CORRUPT;
	rc = circle_keep_read(arg->bytes, &ret->city);
	if (rc == RC_OK && arg->open.n != ret->city->n_points)
		rc = RC_CORRUPT;
	if (rc == RC_OK)
		rc = circle_view_of_state(ctx, ret->city, &ask, (const uint8_t *)arg->open.p, &view);
	if (rc == RC_OK)
		rc = circle_view_judge(ctx->mem, ret->city, view, ret->month.ask.minutes, &ret->verdict);
	if (rc == RC_OK)
		rc = circle_city_sum(ctx->mem, ret->city, ret->verdict, ret->month.ask.place, &sum);
	if (rc == RC_OK)
		circle_month_figures(&sum, &ret->again);
	return rc;
}

enum rc
circle_month_again(struct ctx *ctx, int64_t id, struct circle_then *ret)
{
	struct load_arg arg = { .id = id, .m = &ret->month };
	enum rc rc;

	*ret = (struct circle_then){ .city = NULL };
	rc = db_read(ctx, load_tx, &arg);
	if (rc != RC_OK)
		return rc;
	ret->open = (const uint8_t *)arg.open.p;
	if (ret->month.net_hash != (int64_t)circle_provider_now().hash)
		return RC_UNAVAILABLE;
	return make_again(ctx, &arg, ret);
}

struct all_arg { int64_t id[MONTHS_CHECKED]; size_t n; };

static enum rc
all_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct all_arg *arg = argument;
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &q[ALL], ARGS(db_int(MONTHS_CHECKED)), &rows);

	if (rc != RC_OK)
		return rc;
	while (arg->n < MONTHS_CHECKED && (rc = rows_next(rows)) == RC_OK)
		arg->id[arg->n++] = rows_int(rows, 0);
	return rc == RC_DONE || rc == RC_OK ? RC_OK : rc;
}

enum rc
circle_month_check(struct ctx *ctx, struct circle_months_checked *ret)
{
	struct all_arg *all = ARENA_NEW(ctx->mem, struct all_arg);
	struct ctx own = *ctx;
	enum rc rc = all == NULL ? RC_NO_MEMORY : db_read(ctx, all_tx, all);

	*ret = (struct circle_months_checked){ 0, 0, 0, 0 };
	own.mem = arena_create(BYTES_MAX * 4);
	if (own.mem == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; rc == RC_OK && i < all->n; i++) {
		struct circle_then then;
		bool bad;

		arena_reset(own.mem);
		rc = circle_month_again(&own, all->id[i], &then);
		bad = rc == RC_CORRUPT || (rc == RC_OK && !circle_month_agrees(&then.month, &then.again));
		ret->other += rc == RC_UNAVAILABLE;
		ret->same += rc == RC_OK && !bad;
		ret->differ += bad;
		if (bad && ret->first_bad == 0)
			ret->first_bad = all->id[i];
		circle_city_drop(then.city);
		rc = rc == RC_UNAVAILABLE || rc == RC_CORRUPT ? RC_OK : rc;
	}
	arena_free(own.mem);
	return rc;
}
