/* Reading complaints, within the rights that stand in the statements. */
#include "evaluation/complaint/complaint_store.h"

#include "base/buf.h"
#include "kit/audit/audit.h"

/* ---- one whole -------------------------------------------------------------------------------------------------- */

static enum rc
load_abouts(struct tx *tx, const struct actor *system, struct complaint *c)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, system, &complaint_q[Q_ABOUTS], ARGS(db_int(c->id)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct text name = rows_copy(row, 0);

		c->about_names = c->about_names.n == 0
		    ? name
		    : arena_format(tx_mem(tx), "%.*s, %.*s", (int)c->about_names.n,
			  c->about_names.p, (int)name.n, name.p);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
load_rounds(struct tx *tx, const struct actor *system, struct complaint_whole *w)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, system, &complaint_q[Q_ROUNDS], ARGS(db_int(w->c.id)), &row);

	w->n_rounds = 0;
	while (rc == RC_OK && w->n_rounds < COMPLAINT_LEVELS && (rc = rows_next(row)) == RC_OK)
		w->rounds[w->n_rounds++] = (struct complaint_round){ .level = (int)rows_int(row, 0),
			.reader = rows_int(row, 1),
			.opened_ms = rows_int(row, 2),
			.due_ms = rows_int(row, 3),
			.told_ms = rows_int(row, 4),
			.found_ms = rows_int(row, 5),
			.replied_ms = rows_int(row, 6),
			.finding = (enum complaint_finding)rows_int(row, 7),
			.reader_name = rows_copy(row, 8),
			.asked = rows_copy(row, 9),
			.verified = rows_copy(row, 10),
			.reasons = rows_copy(row, 11),
			.evidence = rows_copy(row, 12),
			.reply = rows_copy(row, 13) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
load_remedies(struct tx *tx, const struct actor *system, struct complaint_whole *w)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, system, &complaint_q[Q_REMEDIES], ARGS(db_int(w->c.id)), &row);

	w->n_remedies = 0;
	while (
	    rc == RC_OK && w->n_remedies < COMPLAINT_REMEDIES_MAX && (rc = rows_next(row)) == RC_OK)
		w->remedies[w->n_remedies++] = (struct complaint_remedy){ .id = rows_int(row, 0),
			.kind = (enum complaint_remedy_kind)rows_int(row, 1),
			.words = rows_copy(row, 2),
			.who = rows_copy(row, 3),
			.due = { (int32_t)rows_int(row, 4) },
			.done_ms = rows_int(row, 5),
			.done_words = rows_copy(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
load_events(
    struct tx *tx, const struct actor *system, enum complaint_q q, struct complaint_whole *w)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, system, &complaint_q[q], ARGS(db_int(w->c.id)), &row);

	w->n_events = 0;
	while (rc == RC_OK && w->n_events < COMPLAINT_EVENTS_MAX && (rc = rows_next(row)) == RC_OK)
		w->events[w->n_events++] = (struct complaint_event){ .id = rows_int(row, 0),
			.at_ms = rows_int(row, 1),
			.account = rows_int(row, 2),
			.kind = rows_copy(row, 3),
			.note = rows_copy(row, 4),
			.shown = rows_int(row, 5) != 0,
			.account_name = rows_copy(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* The head was found under its scope: what hangs on it goes with it. */
static enum rc
load_rest(struct tx *tx, int64_t city, enum complaint_q events, struct complaint_whole *w)
{
	struct actor system = identity_system(city);
	enum rc rc = load_abouts(tx, &system, &w->c);

	if (rc == RC_OK)
		rc = load_rounds(tx, &system, w);
	if (rc == RC_OK)
		rc = load_remedies(tx, &system, w);
	return rc == RC_OK ? load_events(tx, &system, events, w) : rc;
}

enum rc
complaint_load(struct tx *tx, const struct actor *actor, int64_t id, struct complaint_whole *ret)
{
	ROWS row = NULL;
	enum rc rc = actor_may(actor, RIGHT_SUPERVISE)
	    ? tx_one(tx, actor, &complaint_q[Q_LOAD], ARGS(db_int(id)), &row)
	    : RC_FORBIDDEN;

	if (rc != RC_OK)
		return rc;
	complaint_read(row, &ret->c);
	return load_rest(tx, actor->city, Q_EVENTS, ret);
}

/* Of staff the complainant learns the office, of the inquiry its reasons and reply. */
static void
hide(struct complaint_whole *w)
{
	w->c.reader_name = w->c.reader_title = w->c.watcher_name = TEXT_NONE;
	w->c.reader = w->c.watcher = 0;
	for (size_t i = 0; i < w->n_rounds; i++) {
		struct complaint_round *o = &w->rounds[i];

		o->reader = 0;
		o->reader_name = o->verified = o->evidence = TEXT_NONE;
		if (o->replied_ms == 0) {
			o->reasons = TEXT_NONE;
			o->finding = (enum complaint_finding)0;
		}
	}
	if (w->c.replied_ms == 0)
		w->c.finding = (enum complaint_finding)0;
}

enum rc
complaint_load_code(
    struct tx *tx, const struct actor *actor, struct text code, struct complaint_whole *ret)
{
	unsigned char hash[16];
	ROWS row = NULL;
	enum rc rc = complaint_code_hash(code, hash);

	if (rc == RC_OK)
		rc = tx_one(tx, actor, &complaint_q[Q_LOAD_CODE],
		    ARGS(db_blob((struct text){ (const char *)hash, 16 })), &row);
	if (rc != RC_OK)
		return rc;
	complaint_read(row, &ret->c);
	rc = load_rest(tx, actor->city, Q_EVENTS_SHOWN, ret);
	hide(ret);
	return rc;
}

/* ---- lists -------------------------------------------------------------------------------------------------------- */

enum rc
complaint_list(struct tx *tx, const struct actor *actor, bool open, int64_t after_due,
    int64_t after_id, struct complaint *ret, size_t cap, size_t *ret_n)
{
	struct db_value most = db_int((int64_t)cap);
	ROWS row = NULL;
	enum rc rc = RC_FORBIDDEN;

	*ret_n = 0;
	if (actor_may(actor, RIGHT_SUPERVISE))
		rc = open ? tx_rows(tx, actor, &complaint_q[Q_LIST_OPEN],
				ARGS(db_int(after_due), db_int(after_id), most), &row)
			  : tx_rows(tx, actor, &complaint_q[Q_LIST_DONE],
				ARGS(db_int(after_id), most), &row);
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		complaint_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
complaint_count(struct tx *tx, const struct actor *actor, int64_t *ret)
{
	return actor_may(actor, RIGHT_SUPERVISE)
	    ? tx_int(tx, actor, &complaint_q[Q_COUNT_MINE], NO_ARGS, ret)
	    : RC_FORBIDDEN;
}

/* ---- who complained -------------------------------------------------------------------------------------------------- */

struct caller_arg {
	int64_t id;
	struct text name, phone;
};

static enum rc
sealed_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct caller_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &complaint_q[Q_SEALED], ARGS(db_int(arg->id)), &row);

	if (rc == RC_OK) {
		arg->name = rows_copy(row, 0);
		arg->phone = rows_copy(row, 1);
	}
	return rc;
}

static enum rc
looked_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct caller_arg *arg = argument;
	enum rc rc = complaint_note(
	    tx, actor, arg->id, "complaint.revealed", TEXT_NONE, TEXT_NONE, COMPLAINT_QUIET);

	return rc == RC_OK
	    ? audit_note(tx, actor, "complaint.reveal", "complaint", arg->id, TEXT_NONE)
	    : rc;
}

enum rc
complaint_caller(struct ctx *ctx, int64_t id, struct complaint_caller *ret)
{
	struct caller_arg arg = { .id = id };
	int64_t city = ctx->actor->city;
	enum rc rc =
	    actor_may(ctx->actor, RIGHT_SUPERVISE) ? db_read(ctx, sealed_tx, &arg) : RC_FORBIDDEN;

	if (rc == RC_OK)
		rc = db_command(ctx, idem_key_new(),
		    &(struct command){ .name = "complaint.reveal",
			.fn = looked_tx,
			.arg = &arg,
			.asked = ARGS(db_int(id)) });
	if (rc == RC_OK)
		rc = crypt_unseal(ctx->crypt, ctx->mem, arg.name,
		    crypt_context(ctx->mem, "complaint.name", city, id), &ret->name);
	return rc == RC_OK ? crypt_unseal(ctx->crypt, ctx->mem, arg.phone,
				 crypt_context(ctx->mem, "complaint.phone", city, id), &ret->phone)
			   : rc;
}
