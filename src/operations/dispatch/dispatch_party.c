/*
 * Who stands on which side of a case: keyed hashes alone are compared, so that a conflict of interest shows across
 * points without anybody reading a name.
 */
#include "operations/dispatch/dispatch_store.h"

#include "base/idcard.h"

#include <string.h>

/* As it is compared: without blanks (U+3000 too) and the dots inside foreign and minority names. */
static void
name_key(struct crypt *crypt, struct arena *mem, struct text name, unsigned char out[static 16])
{
	static const struct text left_out[] = { TEXT_INIT(" "), TEXT_INIT("\t"), TEXT_INIT("　"), TEXT_INIT("·"), TEXT_INIT("•"),
		TEXT_INIT("・"), TEXT_INIT("‧") };
	char *p = arena_alloc(mem, name.n + 1);
	size_t n = 0;

	for (size_t i = 0; p != NULL && i < name.n;) {
		struct text rest = { name.p + i, name.n - i };
		size_t skip = 0;

		for (size_t k = 0; k < sizeof left_out / sizeof left_out[0]; k++)
			if (text_starts_with(rest, left_out[k]))
				skip = left_out[k].n;
		if (skip == 0)
			p[n++] = name.p[i++];
		i += skip;
	}
	crypt_index(crypt, "party.name", (struct text){ p != NULL ? p : "", n }, out);
}

enum rc
dispatch_party_prepare(struct ctx *ctx, const struct party_new *in, int64_t request, struct party *ret)
{
	struct idcard card;
	struct text name = text_trim(in->name), code = text_trim(in->id_number);

	*ret = (struct party){ .side = in->side, .n = in->organisation ? 2 : 1, .there = name.n > 0 };
	if (!ret->there)
		return RC_OK;
	name_key(ctx->crypt, ctx->mem, name, ret->name_key);
	if (in->organisation && code.n > 0) {
		crypt_index(ctx->crypt, "party.credit", code, ret->id_key);
		ret->has_id = true;
	} else if (code.n > 0 && idcard_read(code, day_of_moment(ctx->now_ms), &card) == IDCARD_FINE) {
		crypt_index(ctx->crypt, "idcard", text_of(card.number), ret->id_key); /* as person.id_index: they are compared */
		ret->has_id = true;
	}
	if (in->side != PARTY_OTHER)
		return RC_OK;
	return crypt_seal(ctx->crypt, ctx->mem, name, crypt_context(ctx->mem, "request_party.name", ctx->actor->city, request),
	    &ret->sealed);
}

static struct db_value
key_or_null(const unsigned char *key, bool there)
{
	return there ? db_blob((struct text){ (const char *)key, 16 }) : db_null();
}

enum rc
dispatch_party_insert(struct tx *tx, const struct actor *actor, struct case_id id, const struct party *p)
{
	if (!p->there)
		return RC_OK;
	return tx_run(tx, actor, &dispatch_q[Q_PARTY], ARGS(db_int(id.n), db_int(p->side), db_int(p->n),
	    key_or_null(p->name_key, true), key_or_null(p->id_key, p->has_id),
	    p->sealed.n > 0 ? db_blob(p->sealed) : db_null()), NULL);
}

enum rc
dispatch_wish_set(struct tx *tx, const struct actor *actor, struct case_id id, struct text language)
{
	if (language.n == 0)
		return RC_OK;
	return tx_run_one(tx, actor, &dispatch_q[Q_WISH_SET], ARGS(db_int(id.n), db_text(language)));
}

enum rc
dispatch_party_inherit(struct tx *tx, const struct actor *actor, struct case_id id, int64_t from)
{
	enum rc rc = tx_run(tx, actor, &dispatch_q[Q_PARTY_INHERIT], ARGS(db_int(id.n), db_int(from)), NULL);

	return rc == RC_OK ? tx_run(tx, actor, &dispatch_q[Q_WISH_INHERIT], ARGS(db_int(id.n), db_int(from)), NULL) : rc;
}

enum rc
dispatch_wish(struct tx *tx, const struct actor *actor, struct case_id id, struct dispatch_wish *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &dispatch_q[Q_WISH], ARGS(db_int(id.n)), &row);

	if (rc != RC_OK)
		return rc;
	*ret = (struct dispatch_wish){ .language = rows_copy(row, 0), .other_side = rows_int(row, 1) > 0 };
	return RC_OK;
}

/* ---- who has served the other side ------------------------------------------------------------------------ */

#define SERVED_MAX 200

/* Who held a case of the other side, and, for lawyers and legal workers, everybody of their house (point). */
enum rc
dispatch_conflicts_mark(struct tx *tx, const struct actor *actor, struct case_id id, struct candidate *c, size_t n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_CONFLICTS], ARGS(db_int(id.n), db_int(SERVED_MAX)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int64_t account = rows_int(row, 0), point = rows_int(row, 1);
		bool provider = rows_int(row, 2) == ROLE_PROVIDER;

		for (size_t i = 0; i < n; i++)
			if (c[i].account == account || (provider && c[i].provider && c[i].point == point))
				c[i].conflict = true;
	}
	return rc == RC_DONE ? RC_OK : rc;
}
