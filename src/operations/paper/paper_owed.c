/* Papers that a deed wants and that are not issued yet. */
#include "operations/paper/paper_internal.h"
#include "operations/paper/paper_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/crypt/crypt.h"
#include "kit/pdf/pdf.h"

#define AGAIN_MS INT64_C(600000) /* fonts come with a restart, what a case lacks with its next step: not every tick */
#define WHY_MAX 200

static enum rc
owe(struct tx *tx, const struct actor *actor, int64_t id, const char *kind, struct text sealed, struct text why,
    struct case_id request, struct place place)
{
	enum rc rc = tx_run(tx, actor, &paper_q[Q_OWE], ARGS(db_int(id), db_int(request.n), db_text(text_of(kind)), db_int(place.code),
	    sealed.n > 0 ? db_blob(sealed) : db_null(), db_int(actor->account), db_int(tx_now_ms(tx)),
	    db_int(tx_now_ms(tx) + (why.n > 0 ? AGAIN_MS : 0)), db_text(why)), NULL);

	return rc == RC_OK ? audit_note(tx, actor, "paper.owe", "request", request.n, text_of(kind)) : rc;
}

enum rc
paper_owe(struct tx *tx, const struct actor *actor, const struct paper_draft *d, struct case_id request, struct place place)
{
	return owe(tx, actor, d->id, d->kind, d->sealed, d->why, request, place);
}

enum rc
paper_owe_kind(struct tx *tx, const struct actor *actor, const char *kind, struct case_id request)
{
	return owe(tx, actor, tx_id(tx), kind, TEXT_NONE, TEXT_NONE, request, (struct place){ 0 });
}

static void
owed_read(const struct rows *row, struct paper_owed *ret)
{
	*ret = (struct paper_owed){ .id = rows_int(row, 0), .request = { rows_int(row, 1) }, .kind = rows_copy(row, 2),
		.place = { rows_int(row, 3) }, .account = rows_int(row, 5), .at_ms = rows_int(row, 6), .tries = rows_int(row, 7),
		.why = rows_copy(row, 8) };
	ret->sealed = rows_is_null(row, 4) ? TEXT_NONE : rows_copy(row, 4);
}

static enum rc
owed_rows(struct rows *row, struct paper_owed *ret, size_t cap, size_t *ret_n)
{
	enum rc rc = RC_OK;

	*ret_n = 0;
	while (*ret_n < cap && (rc = rows_next(row)) == RC_OK)
		owed_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
paper_owed_list(struct tx *tx, const struct actor *actor, struct case_id request, struct paper_owed *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &paper_q[Q_OWED], ARGS(db_int(request.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	return rc == RC_OK ? owed_rows(row, ret, cap, ret_n) : rc;
}

enum rc
paper_owed_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id, struct paper_owed *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &paper_q[Q_OWED_ONE], ARGS(db_int(request.n), db_int(id)), &row);

	if (rc == RC_OK)
		owed_read(row, ret);
	return rc;
}

enum rc
paper_owed_due(struct tx *tx, const struct actor *actor, struct paper_owed *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &paper_q[Q_OWED_DUE], ARGS(db_int(tx_now_ms(tx)), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	return rc == RC_OK ? owed_rows(row, ret, cap, ret_n) : rc;
}

/* 〓 for each character that no font has. */
static enum rc
value_fill(struct arena *mem, struct text *value)
{
	struct buf b;
	enum rc rc;

	buf_init(&b, 4 * PAPER_VALUE_MAX);
	for (size_t at = 0; at < value->n;) {
		size_t from = at;
		uint32_t c = utf8_next(*value, &at);

		buf_add(&b, c < 0x80 || pdf_can_print(c) ? (struct text){ value->p + from, at - from } : TEXT("〓"));
	}
	rc = buf_rc(&b);
	if (rc == RC_OK) {
		*value = arena_text(mem, buf_text(&b));
		rc = value->p != NULL ? RC_OK : RC_NO_MEMORY;
	}
	buf_free(&b);
	return rc;
}

enum rc
paper_facts_fill(struct paper_facts *f)
{
	enum rc rc = f->failed;

	for (size_t i = 0; rc == RC_OK && i < f->n; i++)
		rc = value_fill(f->mem, &f->v[i].value);
	return rc;
}

enum rc
paper_owed_facts(struct ctx *ctx, const struct paper_owed *o, bool fill, struct paper_facts *ret)
{
	struct text plain;
	enum rc rc;

	if (o->sealed.n == 0)
		return RC_NOT_FOUND;
	rc = crypt_unseal(ctx->crypt, ctx->mem, o->sealed, crypt_context(ctx->mem, PAPER_SEALED_AS, ctx->actor->city, o->id), &plain);
	if (rc != RC_OK)
		return rc;
	paper_facts_init(ret, ctx->mem);
	rc = paper_facts_parse(ret, plain);
	return rc == RC_OK && fill ? paper_facts_fill(ret) : rc;
}

enum rc
paper_owed_issue(struct tx *tx, const struct actor *actor, const struct paper_owed *o, const struct paper_draft *d, struct place place,
    struct paper_issued *ret)
{
	int64_t changed = 0;
	enum rc rc = tx_run(tx, actor, &paper_q[Q_OWED_DONE], ARGS(db_int(o->id), db_int(d->id)), &changed);

	if (rc == RC_OK && changed == 0)
		return RC_CONFLICT;
	return rc == RC_OK ? paper_issue_as(tx, actor, o->account, d, o->request, o->place.code != 0 ? o->place : place, ret) : rc;
}

enum rc
paper_owed_later(struct tx *tx, const struct actor *actor, int64_t id, struct text why)
{
	struct text cut = { why.p, why.n < WHY_MAX ? why.n : WHY_MAX };

	return tx_run(tx, actor, &paper_q[Q_OWED_LATER], ARGS(db_int(id), db_int(tx_now_ms(tx) + AGAIN_MS), db_text(cut)), NULL);
}
