/* What a mediation holds, as it is read. */
#include "operations/matter/mediation/mediation_internal.h"

#include "kit/crypt/crypt.h"

#include <string.h>

static struct day
day_at(const struct rows *row, int col)
{
	struct day none = DAY_NONE, d = { (int32_t)rows_int(row, col) };

	return rows_is_null(row, col) ? none : d;
}

/* By the receipt's own statement, or by the request's rights. */
static enum rc
rows_of(struct tx *tx, const struct actor *actor, enum mediation_q desk, struct case_id id, size_t cap, struct rows **ret)
{
	return actor->kind == ACTOR_RECEIPT ? tx_rows(tx, actor, &mediation_q[desk + 1], ARGS(db_int((int64_t)cap)), ret)
	    : tx_rows(tx, actor, &mediation_q[desk], ARGS(db_int(id.n), db_int((int64_t)cap)), ret);
}

static void
mediation_read(const struct rows *row, struct case_id id, struct mediation *a)
{
	*a = (struct mediation){ .request = id, .state = (enum mediation_state)rows_int(row, 0), .source = (int)rows_int(row, 1),
		.category = (int)rows_int(row, 2), .level = (int)rows_int(row, 3), .organ = rows_copy(row, 4), .group = rows_int(row, 5),
		.facts = rows_copy(row, 6), .registered_ms = rows_int(row, 7), .registered_by = rows_int(row, 8),
		.accepted_ms = rows_int(row, 9), .extended_ms = rows_int(row, 10), .form = (int)rows_int(row, 11),
		.content = rows_copy(row, 12), .responsibility = rows_copy(row, 13), .status = rows_int(row, 14) != 0,
		.drafted_ms = rows_int(row, 15), .mediator_signed_ms = rows_int(row, 16), .sealed_ms = rows_int(row, 17),
		.effect_ms = rows_int(row, 18), .agreed_fen = rows_int(row, 19), .crime_persons = rows_int(row, 20),
		.petition_persons = rows_int(row, 21), .confirm = (int)rows_int(row, 22), .court = rows_copy(row, 23),
		.confirm_sent = day_at(row, 24), .confirm_result = day_at(row, 25), .confirm_number = rows_copy(row, 26),
		.ended_ms = rows_int(row, 27), .ended_side = (int)rows_int(row, 28), .next_request = rows_int(row, 29),
		.revision = rows_int(row, 30), .group_name = rows_copy(row, 31) };
}

enum rc
mediation_load(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation *ret)
{
	ROWS row = NULL;
	bool receipt = actor->kind == ACTOR_RECEIPT;
	enum rc rc = receipt ? tx_one(tx, actor, &mediation_q[Q_LOAD_RECEIPT], NO_ARGS, &row)
	    : tx_one(tx, actor, &mediation_q[Q_LOAD], ARGS(db_int(id.n)), &row);

	if (rc == RC_OK)
		mediation_read(row, (struct case_id){ receipt ? actor->request : id.n }, ret);
	return rc;
}

/* ---- parties ------------------------------------------------------------------------------------------- */

static void
party_read(const struct rows *row, struct mediation_party *p)
{
	struct text name = rows_text(row, 4), id = rows_text(row, 5);

	*p = (struct mediation_party){ .id = rows_int(row, 0), .side = (enum mediation_side)rows_int(row, 1),
		.organisation = rows_int(row, 2) != 0, .has_id = id.n == 16, .consent = (int)rows_int(row, 6),
		.consent_ms = rows_int(row, 7), .sign = (int)rows_int(row, 8), .signed_ms = rows_int(row, 9), .confirm_ms = rows_int(row, 10) };
	if (name.n == 16)
		memcpy(p->name_key, name.p, 16);
	if (id.n == 16)
		memcpy(p->id_key, id.p, 16);
	p->who = rows_copy(row, 3);
}

enum rc
mediation_parties(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_party *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = rows_of(tx, actor, Q_PARTIES, id, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		party_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
mediation_parties_open(struct ctx *ctx, struct mediation_party *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct text plain;
		enum rc rc = crypt_unseal(ctx->crypt, ctx->mem, v[i].who,
		    crypt_context(ctx->mem, "mediation_party.who", ctx->actor->city, v[i].id), &plain);

		if (rc != RC_OK)
			return rc;
		v[i].name = text_cut(&plain, '\n');
		v[i].id_number = text_cut(&plain, '\n');
		v[i].phone = text_cut(&plain, '\n');
		v[i].address = plain;
	}
	return RC_OK;
}

struct opponent_arg { struct case_id id; struct text sealed; };

static enum rc
opponent_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct opponent_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &mediation_q[Q_OPPONENT], ARGS(db_int(arg->id.n)), &row);

	if (rc == RC_OK)
		arg->sealed = rows_copy(row, 0);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
mediation_opponent(struct ctx *ctx, struct case_id id, struct text *ret)
{
	struct opponent_arg arg = { .id = id };
	enum rc rc = db_read(ctx, opponent_tx, &arg);

	*ret = TEXT_NONE;
	if (rc != RC_OK || arg.sealed.n == 0)
		return rc;
	return crypt_unseal(ctx->crypt, ctx->mem, arg.sealed, crypt_context(ctx->mem, "request_party.name", ctx->actor->city, id.n), ret);
}

/* ---- what else there is ------------------------------------------------------------------------------------ */

enum rc
mediation_members(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_member *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = rows_of(tx, actor, Q_MEMBERS, id, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct mediation_member){ .id = rows_int(row, 0), .mediator = rows_int(row, 1), .name = rows_copy(row, 2),
			.kind = (int)rows_int(row, 3), .chosen = (int)rows_int(row, 4), .rank = (int)rows_int(row, 5), .words = rows_copy(row, 6),
			.at_ms = rows_int(row, 7), .ended_ms = rows_int(row, 8), .ended_words = rows_copy(row, 9), .account = rows_int(row, 10),
			.committee = rows_copy(row, 11) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
mediation_sessions(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_session *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = rows_of(tx, actor, Q_SESSIONS, id, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct mediation_session){ .id = rows_int(row, 0), .kind = (int)rows_int(row, 1), .day = day_at(row, 2),
			.minute = rows_is_null(row, 3) ? -1 : (int)rows_int(row, 3), .minutes = rows_int(row, 4), .place = rows_copy(row, 5),
			.public = rows_int(row, 6) != 0, .words = rows_copy(row, 7), .at_ms = rows_int(row, 8), .account_name = rows_copy(row, 9) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
mediation_duties(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_duty *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = rows_of(tx, actor, Q_DUTIES, id, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct mediation_duty){ .id = rows_int(row, 0), .side = (enum mediation_side)rows_int(row, 1),
			.what = rows_copy(row, 2), .fen = rows_int(row, 3), .due = day_at(row, 4), .performed = day_at(row, 5),
			.performed_ms = rows_int(row, 6), .missed_ms = rows_int(row, 7), .said = (int)rows_int(row, 8), .said_ms = rows_int(row, 9),
			.said_words = rows_copy(row, 10), .performed_name = rows_copy(row, 11) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
mediation_dangers(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_told *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = rows_of(tx, actor, Q_DANGERS, id, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct mediation_told){ .id = rows_int(row, 0), .kind = (int)rows_int(row, 1), .told_ms = rows_int(row, 2),
			.receiver = rows_copy(row, 3), .words = rows_copy(row, 4), .at_ms = rows_int(row, 5), .account_name = rows_copy(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- lists ---------------------------------------------------------------------------------------------------- */

static enum rc
listed(struct rows *row, struct mediation_row *ret, size_t cap, size_t *ret_n)
{
	enum rc rc = RC_OK;

	*ret_n = 0;
	while (*ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct mediation_row){ .id = { rows_int(row, 0) }, .state = (enum mediation_state)rows_int(row, 1),
			.category = (int)rows_int(row, 2), .level = (int)rows_int(row, 3), .source = (int)rows_int(row, 4),
			.due_ms = rows_int(row, 5), .start_ms = rows_int(row, 6), .accepted_ms = rows_int(row, 7), .effect_ms = rows_int(row, 8),
			.number = rows_copy(row, 9), .person_name = rows_copy(row, 10), .holder_name = rows_copy(row, 11),
			.mediator_name = rows_copy(row, 12), .next_due = day_at(row, 13) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
mediation_list(struct tx *tx, const struct actor *actor, const struct mediation_filter *f, struct mediation_row *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &mediation_q[f->mine ? Q_LIST_MINE : Q_LIST], ARGS(db_int(f->from), db_int(f->last),
	    db_int(f->after_state), db_int(f->after_id), db_int((int64_t)cap)), &row);

	return rc == RC_OK ? listed(row, ret, cap, ret_n) : rc;
}

enum rc
mediation_records(struct tx *tx, const struct actor *actor, const struct mediation_behind *b, struct mediation_row *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(b->span.place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &mediation_q[Q_RECORDS], ARGS(db_int(day_start_ms(b->span.from)),
	    db_int(day_start_ms(day_add(b->span.to, 1))), db_int(range.lo), db_int(range.hi), db_int(b->measure), db_int(b->category),
	    db_int(b->class), db_int(b->below == 0 ? INT64_MAX : b->below), db_int((int64_t)cap)), &row);

	return rc == RC_OK ? listed(row, ret, cap, ret_n) : rc;
}
