/* From the database to a decision and back: facts gathered, ranked, stored, read again. */
#include "operations/dispatch/dispatch_store.h"

#include "kit/audit/audit.h"
#include "resources/network/network.h"
#include "standards/holidays/holidays.h"

/* ---- rules ------------------------------------------------------------------------------------------ */

enum rc
dispatch_rules_now(struct tx *tx, const struct actor *actor, struct dispatch_rules *ret)
{
	const struct dispatch_weight_row *bad;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &dispatch_q[Q_RULES], ARGS(db_int(tx_now_ms(tx))), &row);

	*ret = (struct dispatch_rules){ .version = 1, .account = -1, .weights = dispatch_weights_usual() };
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	ret->version = rows_int(row, 0);
	ret->since_ms = rows_int(row, 1);
	ret->account = rows_int(row, 3);
	ret->words = rows_copy(row, 4);
	return dispatch_weights_read(rows_text(row, 2), &ret->weights, &bad) == RC_OK ? RC_OK : RC_CORRUPT;
}

/* The same for a decision that will name them: version 1 is written down before it is first used. */
static enum rc
rules_kept(struct tx *tx, const struct actor *actor, struct dispatch_rules *ret)
{
	enum rc rc = dispatch_rules_now(tx, actor, ret);

	if (rc != RC_OK || ret->since_ms != 0)
		return rc;
	return tx_run(tx, actor, &dispatch_q[Q_RULES_FIRST],
	    ARGS(db_int(tx_now_ms(tx)), db_text(dispatch_weights_print(tx_mem(tx), &ret->weights))), NULL);
}

enum rc
dispatch_rules_newest(struct tx *tx, const struct actor *actor, int64_t *ret)
{
	return tx_int(tx, actor, &dispatch_q[Q_RULES_NEWEST], NO_ARGS, ret);
}

struct set_arg { const struct dispatch_rules_new *in; int64_t version; };

static enum rc
set_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct set_arg *arg = argument;
	struct dispatch_rules now;
	struct text weights = dispatch_weights_print(tx_mem(tx), &arg->in->weights);
	int64_t newest = 0, since_ms = arg->in->since_ms != 0 ? arg->in->since_ms : tx_now_ms(tx);
	enum rc rc = since_ms < tx_now_ms(tx) || since_ms > tx_now_ms(tx) + DISPATCH_AHEAD_DAYS * DAY_MS ? RC_INVALID
	    : rules_kept(tx, actor, &now);

	if (rc == RC_OK)
		rc = dispatch_rules_newest(tx, actor, &newest);
	if (rc == RC_OK && newest != arg->in->version)
		rc = RC_CONFLICT;
	arg->version = newest + 1;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &dispatch_q[Q_RULES_NEXT], ARGS(db_int(arg->version), db_int(since_ms), db_text(weights),
		    db_int(actor->account), db_text(arg->in->words)), NULL);
	if (rc == RC_DUPLICATE)
		return RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "dispatch.rules", "dispatch_rules", arg->version, weights) : rc;
}

enum rc
dispatch_rules_set(struct ctx *ctx, struct idem_key key, const struct dispatch_rules_new *in, int64_t *ret_version)
{
	struct set_arg arg = { .in = in };
	enum rc rc;

	if (!actor_may(ctx->actor, RIGHT_SETTINGS))
		return RC_FORBIDDEN;
	if (text_is_empty(text_trim(in->words)))
		return RC_INVALID;
	for (int i = 0; i < WEIGHT_COUNT; i++)
		if (in->weights.v[i] < dispatch_weight_rows[i].least || in->weights.v[i] > dispatch_weight_rows[i].most)
			return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "dispatch.rules_set", .fn = set_tx, .arg = &arg,
	    .ret = &arg.version, .ret_size = sizeof arg.version, .asked = ARGS(db_int(in->version), db_int(in->since_ms),
	        db_text(dispatch_weights_print(ctx->mem, &in->weights)), db_text(in->words)) });
	if (rc == RC_OK)
		*ret_version = arg.version;
	return rc;
}

enum rc
dispatch_rules_list(struct tx *tx, const struct actor *actor, struct dispatch_rules_row *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_RULES_LIST], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct dispatch_rules_row *v = &ret[(*ret_n)++];

		v->version = rows_int(row, 0);
		v->since_ms = rows_int(row, 1);
		v->name = rows_copy(row, 2);
		v->words = rows_copy(row, 3);
		v->weights = rows_copy(row, 4);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- facts ------------------------------------------------------------------------------------------- */

/* Colleagues share a point: each is asked once. */
static enum fact
open_now(struct tx *tx, const struct candidate *v, size_t n)
{
	struct ctx ctx = { .mem = tx_mem(tx), .now_ms = tx_now_ms(tx) };
	struct point_state state;
	struct point p;

	for (size_t i = 0; i < n; i++)
		if (v[i].point == v[n].point)
			return v[i].open;
	if (network_find(&ctx, v[n].point, &p) != RC_OK || (p.n_hours == 0 && p.n_exceptions == 0))
		return FACT_UNKNOWN;
	state = point_state_at(&p, tx_now_ms(tx), holidays_current());
	return state.uncertain ? FACT_UNKNOWN : state.open ? FACT_YES : FACT_NO;
}

static void
candidate_read(const struct rows *row, struct candidate *c)
{
	*c = (struct candidate){
		.account = rows_int(row, 0),
		.point = rows_int(row, 1),
		.name = rows_copy(row, 2),
		.point_name = rows_copy(row, 3),
		.tier = (enum tier)rows_int(row, 4),
		.place = { rows_int(row, 5) },
		.load = (int)rows_int(row, 6),
		.capacity = (int)rows_int(row, 7),
		.lists_items = rows_int(row, 8) != 0,
		.has_item = rows_int(row, 9) != 0,
		.point_lists_items = rows_int(row, 10) != 0,
		.point_has_item = rows_int(row, 11) != 0,
		.duty = FACT_UNKNOWN,
		.speaks = (enum fact)rows_int(row, 14),
		.provider = rows_int(row, 13) == ROLE_PROVIDER,
		.recent = (int)rows_int(row, 12),
		.served_days = -1,
	};
}

static struct candidate *
candidate_find(struct candidate *c, size_t n, int64_t account)
{
	for (size_t i = 0; i < n; i++)
		if (c[i].account == account)
			return &c[i];
	return NULL;
}

/* Who has sent this very case back, and who has served this very person: few, so they are looked up among the candidates. */
static enum rc
touched_mark(struct tx *tx, const struct actor *actor, const struct request *r, struct candidate *c, size_t n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_TOUCHED], ARGS(db_int(r->id.n), db_int(r->person)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct candidate *v = candidate_find(c, n, rows_int(row, 0));
		int64_t days = (tx_now_ms(tx) - rows_int(row, 1)) / DAY_MS;

		if (v == NULL)
			continue;
		if (rows_is_null(row, 1))
			v->returned = true;
		else
			v->served_days = days < 0 ? 0 : (int)days; /* below 0: a clock set back */
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
gather(struct tx *tx, const struct actor *actor, const struct request *r, const struct dispatch_weights *w,
    struct candidate *ret, size_t cap, size_t *ret_n)
{
	struct place_range town = place_range(place_up(r->place, PLACE_TOWN));
	struct dispatch_wish wish;
	ROWS row = NULL;
	enum rc rc;

	*ret_n = 0;
	if (place_level(r->place) < PLACE_TOWN)
		town = PLACE_RANGE_EMPTY;
	rc = dispatch_wish(tx, actor, r->id, &wish);
	if (rc != RC_OK)
		return rc;
	rc = tx_rows(tx, actor, &dispatch_q[Q_CANDIDATES],
	    ARGS(db_int(town.lo), db_int(town.hi), db_int(place_up(r->place, PLACE_COUNTY).code), db_int(r->item),
	        db_int(tx_now_ms(tx) - w->v[WEIGHT_FAIR_DAYS] * DAY_MS),
	        db_text(wish.language)), &row);
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		candidate_read(row, &ret[*ret_n]);
		ret[*ret_n].open = open_now(tx, ret, *ret_n);
		++*ret_n;
	}
	if (rc == RC_OK || rc == RC_DONE)
		rc = touched_mark(tx, actor, r, ret, *ret_n);
	return rc == RC_OK ? dispatch_conflicts_mark(tx, actor, r->id, ret, *ret_n) : rc;
}

/* The same list as long as nothing has happened to the case: what a page shows is what is decided. */
static int64_t
seed_of(const struct request *r)
{
	return r->id.n ^ r->revision;
}

enum rc
dispatch_candidates(struct tx *tx, const struct actor *actor, const struct request *r, struct candidate *ret,
    size_t cap, size_t *ret_n)
{
	struct dispatch_rules rules;
	enum rc rc = dispatch_rules_now(tx, actor, &rules);

	if (rc == RC_OK)
		rc = gather(tx, actor, r, &rules.weights, ret, cap, ret_n);
	if (rc == RC_OK)
		dispatch_rank(&rules.weights, seed_of(r), r->place, r->holder, ret, *ret_n);
	return rc;
}

/* ---- deciding ----------------------------------------------------------------------------------------- */

enum rc
dispatch_decide(struct tx *tx, const struct actor *actor, const struct request *r, struct deciding *ret)
{
	enum rc rc;

	*ret = (struct deciding){ .seed = seed_of(r),
		.c = arena_array(tx_mem(tx), DISPATCH_CANDIDATES_MAX, sizeof *ret->c) };
	buf_init(&ret->input, DISPATCH_RECORD_MAX);
	if (ret->c == NULL)
		return RC_NO_MEMORY;
	rc = rules_kept(tx, actor, &ret->rules);
	if (rc == RC_OK)
		rc = gather(tx, actor, r, &ret->rules.weights, ret->c, DISPATCH_CANDIDATES_MAX, &ret->n);
	if (rc == RC_OK)
		rc = dispatch_input_print(&ret->input, r->place, r->holder, ret->c, ret->n);
	if (rc == RC_OK)
		dispatch_rank(&ret->rules.weights, ret->seed, r->place, r->holder, ret->c, ret->n);
	return rc;
}

void
deciding_end(struct deciding *d)
{
	buf_free(&d->input);
}

enum rc
dispatch_store_decision(struct tx *tx, const struct actor *actor, const struct request *r, const struct deciding *d,
    enum dispatch_how how, int64_t chosen, struct text reason, int64_t *ret)
{
	int64_t id = tx_id(tx);
	struct buf output;
	enum rc rc;

	buf_init(&output, DISPATCH_RECORD_MAX);
	rc = dispatch_output_print(&output, d->c, d->n);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &dispatch_q[Q_DECIDE],
		    ARGS(db_int(id), db_int(r->id.n), db_int(tx_now_ms(tx)), db_int(DISPATCH_ENGINE), db_int(d->rules.version),
		        db_int(d->seed), db_text(buf_text(&d->input)), db_text(buf_text(&output)), db_int(how), db_int(chosen),
		        db_text(reason)), NULL);
	if (rc == RC_OK)
		*ret = id;
	buf_free(&output);
	return rc;
}

/* ---- reading ---------------------------------------------------------------------------------------------- */

/* Texts are views, valid until the next row. */
enum rc
dispatch_decision_read(const struct rows *row, struct decision *ret)
{
	const struct dispatch_weight_row *bad;

	*ret = (struct decision){
		.id = rows_int(row, 0),
		.request = { rows_int(row, 1) },
		.at_ms = rows_int(row, 2),
		.engine = rows_int(row, 3),
		.rules = rows_int(row, 4),
		.seed = rows_int(row, 5),
		.input = rows_text(row, 6),
		.output = rows_text(row, 7),
		.how = (enum dispatch_how)rows_int(row, 8),
		.chosen = rows_int(row, 9),
		.reason = rows_text(row, 10),
		.weights = dispatch_weights_usual(),
	};
	return dispatch_weights_read(rows_text(row, 11), &ret->weights, &bad) == RC_OK ? RC_OK : RC_CORRUPT;
}

enum rc
dispatch_decision_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id, struct decision *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &dispatch_q[Q_DECISION], ARGS(db_int(request.n), db_int(id)), &row);

	if (rc == RC_OK)
		rc = dispatch_decision_read(row, ret);
	if (rc != RC_OK)
		return rc;
	ret->input = rows_copy(row, 6);
	ret->output = rows_copy(row, 7);
	ret->reason = rows_copy(row, 10);
	return RC_OK;
}

/* Up to 200 of them; *ret_after is the last, unchanged when there was none. */
static enum rc
replay_some(struct tx *tx, const struct actor *actor, struct arena *mem, int64_t *ret_after, struct dispatch_replayed *ret)
{
	struct decision d;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_DECISIONS], ARGS(db_int(*ret_after)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		bool same = false;
		enum rc told = dispatch_decision_read(row, &d);

		arena_reset(mem);
		if (told == RC_OK)
			told = dispatch_replay(&d, mem, &same);
		if (told == RC_NO_MEMORY)
			return told;
		*ret_after = rows_int(row, 0);
		ret->looked_at++;
		ret->other_engine += told == RC_REFUSED;
		ret->same += told == RC_OK && same;
		if (told != RC_REFUSED && !(told == RC_OK && same) && ret->differ++ == 0)
			ret->first = *ret_after;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
dispatch_replay_all(struct tx *tx, const struct actor *actor, struct dispatch_replayed *ret)
{
	struct arena *mem = arena_create(8 * DISPATCH_RECORD_MAX);
	int64_t after = 0, before = -1;
	enum rc rc = mem == NULL ? RC_NO_MEMORY : RC_OK;

	*ret = (struct dispatch_replayed){ .looked_at = 0 };
	while (rc == RC_OK && after != before) {
		before = after;
		rc = replay_some(tx, actor, mem, &after, ret);
	}
	arena_free(mem);
	return rc;
}

static enum rc
named(struct tx *tx, const struct actor *actor, struct candidate *c)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &dispatch_q[Q_NAMES], ARGS(db_int(c->account), db_int(c->point)), &row);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	c->name = rows_copy(row, 0);
	c->point_name = rows_copy(row, 1);
	return RC_OK;
}

enum rc
dispatch_decision_candidates(struct tx *tx, const struct actor *actor, const struct decision *d, struct candidate *ret,
    size_t cap, size_t *ret_n)
{
	enum rc rc = dispatch_decide_again(d, ret, cap, ret_n);

	for (size_t i = 0; rc == RC_OK && i < *ret_n; i++)
		rc = named(tx, actor, &ret[i]);
	return rc;
}
