#include <string.h>

#include "base/code.h"
#include "kit/audit/audit_own.h"

const struct db_stmt audit_stmts[AUDIT_STMT_COUNT] = {
	[AUDIT_INSERT] = { "audit.insert", DB_SYSTEM,
		"INSERT INTO audit (city, id, at_ms, account, action, subject, record, detail, hash) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[AUDIT_LAST] = { "audit.last", DB_SYSTEM,
		"SELECT seq, head FROM audit WHERE city = $1 AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1", 0 },
	[AUDIT_UNSEALED] = { "audit.unsealed", DB_SYSTEM,
		"SELECT id, hash FROM audit WHERE city = $1 AND seq IS NULL ORDER BY id LIMIT $2", 0 },
	[AUDIT_SEAL] = { "audit.seal", DB_SYSTEM,
		"UPDATE audit SET seq = $2, head = $3 WHERE city = $1 AND id = $4 AND seq IS NULL", 0 },
	[AUDIT_SEALED] = { "audit.sealed", DB_CITY,
		"SELECT id, at_ms, account, action, subject, record, detail, hash, head, seq FROM audit "
		"WHERE city = $1 AND seq IS NOT NULL AND seq > $2 ORDER BY seq LIMIT $3", 0 },
	[AUDIT_TAIL] = { "audit.tail", DB_CITY,
		"SELECT id, at_ms, account, action, subject, record, detail, hash, head FROM audit "
		"WHERE city = $1 AND seq IS NULL AND id > $2 ORDER BY id LIMIT $3", 0 },
	[AUDIT_HEAD_AT] = { "audit.head_at", DB_CITY,
		"SELECT head FROM audit WHERE city = $1 AND seq = $2", 0 },
	[AUDIT_LIST] = { "audit.list", DB_CITY,
		"SELECT seq, at_ms, account, action, subject, record, detail FROM audit "
		"WHERE city = $1 AND seq IS NOT NULL AND seq < $2 ORDER BY seq DESC LIMIT $3", 0 },
	[CHECKPOINT_LAST] = { "audit.checkpoint_last", DB_SYSTEM,
		"SELECT seq, at_ms FROM audit_checkpoint WHERE city = $1 ORDER BY seq DESC LIMIT 1", 0 },
	[CHECKPOINT_INSERT] = { "audit.checkpoint_insert", DB_SYSTEM,
		"INSERT INTO audit_checkpoint (city, seq, head, at_ms, signature) VALUES ($1, $2, $3, $4, $5)", 0 },
	[CHECKPOINT_NEXT] = { "audit.checkpoint_next", DB_CITY,
		"SELECT city, seq, head, at_ms, signature FROM audit_checkpoint "
		"WHERE city = $1 AND seq >= $2 ORDER BY seq LIMIT 1", 0 },
};

const struct db_set audit_sql = DB_SET("audit", audit_stmts);

/* ---- bytes ---------------------------------------------------------------------------------------- */

void
audit_row_hash(const struct audit_fields *f, unsigned char out[static HASH_N])
{
	struct crypt_hasher h;

	crypt_hasher_start(&h);
	crypt_hasher_field(&h, TEXT("zhaofa audit row 1"));
	crypt_hasher_int(&h, f->city);
	crypt_hasher_int(&h, f->id);
	crypt_hasher_int(&h, f->at_ms);
	crypt_hasher_int(&h, f->account);
	crypt_hasher_field(&h, f->action);
	crypt_hasher_field(&h, f->subject);
	crypt_hasher_int(&h, f->record);
	crypt_hasher_field(&h, f->detail);
	crypt_hasher_end(&h, out);
}

void
audit_head_add(unsigned char head[static HASH_N], const unsigned char row[static HASH_N])
{
	struct crypt_hasher h;

	crypt_hasher_start(&h);
	crypt_hasher_add(&h, (struct text){ (const char *)head, HASH_N });
	crypt_hasher_add(&h, (struct text){ (const char *)row, HASH_N });
	crypt_hasher_end(&h, head);
}

/* What is signed: a hash of the fields, so that its form is fixed. */
static void
checkpoint_digest(const struct audit_checkpoint *c, unsigned char out[static HASH_N])
{
	struct crypt_hasher h;

	crypt_hasher_start(&h);
	crypt_hasher_field(&h, TEXT("zhaofa audit checkpoint 1"));
	crypt_hasher_int(&h, c->city);
	crypt_hasher_int(&h, c->seq);
	crypt_hasher_field(&h, (struct text){ (const char *)c->head, HASH_N });
	crypt_hasher_int(&h, c->at_ms);
	crypt_hasher_end(&h, out);
}

void
audit_checkpoint_sign(struct crypt *crypt, struct audit_checkpoint *c)
{
	unsigned char digest[HASH_N];

	checkpoint_digest(c, digest);
	crypt_sign(crypt, (struct text){ (const char *)digest, HASH_N }, c->signature);
}

bool
audit_checkpoint_fits(struct crypt *crypt, const struct audit_checkpoint *c)
{
	unsigned char digest[HASH_N];

	checkpoint_digest(c, digest);
	return crypt_verify(crypt, (struct text){ (const char *)digest, HASH_N }, c->signature);
}

/* ---- lines ------------------------------------------------------------------------------------------ */

void
audit_checkpoint_print(const struct audit_checkpoint *c, struct buf *out)
{
	char head[2 * HASH_N + 1], signature[2 * SIGNATURE_N + 1];

	hex_print(c->head, HASH_N, head);
	hex_print(c->signature, SIGNATURE_N, signature);
	buf_printf(out, "zhaofa-audit-1 %lld %lld %lld %s %s", (long long)c->city, (long long)c->seq,
	    (long long)c->at_ms, head, signature);
}

enum rc
audit_checkpoint_read(struct text line, struct audit_checkpoint *ret)
{
	struct audit_checkpoint c;
	struct text rest = line, word = text_cut(&rest, ' ');

	if (!text_equals(word, TEXT("zhaofa-audit-1"))
	    || int64_parse(text_cut(&rest, ' '), 0, INT64_MAX, &c.city) != RC_OK
	    || int64_parse(text_cut(&rest, ' '), 1, INT64_MAX, &c.seq) != RC_OK
	    || int64_parse(text_cut(&rest, ' '), INT64_MIN, INT64_MAX, &c.at_ms) != RC_OK)
		return RC_INVALID;
	word = text_cut(&rest, ' ');
	if (word.n != 2 * HASH_N || hex_parse(word, c.head, HASH_N) != RC_OK || rest.n != 2 * SIGNATURE_N
	    || hex_parse(rest, c.signature, SIGNATURE_N) != RC_OK)
		return RC_INVALID;
	*ret = c;
	return RC_OK;
}

/* ---- a row --------------------------------------------------------------------------------------------- */

enum rc
audit_note(struct tx *tx, const struct actor *actor, const char *action, const char *subject,
    int64_t record, struct text detail)
{
	struct audit_fields f = { .city = actor->city, .id = tx_id(tx), .at_ms = tx_now_ms(tx),
		.account = actor->kind == ACTOR_SYSTEM ? -1 : actor->account, .action = text_of(action),
		.subject = text_of(subject), .record = record, .detail = detail };
	unsigned char hash[HASH_N];

	audit_row_hash(&f, hash);
	return tx_run_one(tx, actor, &audit_stmts[AUDIT_INSERT], ARGS(db_int(f.id), db_int(f.at_ms),
	    db_int(f.account), db_text(f.action), db_text(f.subject), db_int(f.record), db_text(f.detail),
	    db_blob((struct text){ (const char *)hash, HASH_N })));
}

/* ---- reading -------------------------------------------------------------------------------------------- */

static void
bytes_copy(struct text from, unsigned char *to, size_t n)
{
	memset(to, 0, n);
	if (from.n == n)
		memcpy(to, from.p, n);
}

enum rc
audit_checkpoint_next(struct tx *tx, const struct actor *actor, int64_t seq,
    struct audit_checkpoint *ret)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &audit_stmts[CHECKPOINT_NEXT], ARGS(db_int(seq)), &rows);

	if (rc != RC_OK)
		return rc;
	ret->city = rows_int(rows, 0);
	ret->seq = rows_int(rows, 1);
	bytes_copy(rows_text(rows, 2), ret->head, HASH_N);
	ret->at_ms = rows_int(rows, 3);
	bytes_copy(rows_text(rows, 4), ret->signature, SIGNATURE_N);
	return RC_OK;
}

struct list_arg { int64_t before; struct audit_row *ret; size_t cap, n; };

static enum rc
list_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct list_arg *arg = p;
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &audit_stmts[AUDIT_LIST],
	    ARGS(db_int(arg->before), db_int((int64_t)arg->cap)), &rows);

	if (rc != RC_OK)
		return rc;
	arg->n = 0;
	while (arg->n < arg->cap && (rc = rows_next(rows)) == RC_OK)
		arg->ret[arg->n++] = (struct audit_row){ .seq = rows_int(rows, 0), .at_ms = rows_int(rows, 1),
			.account = rows_int(rows, 2), .action = rows_copy(rows, 3), .subject = rows_copy(rows, 4),
			.record = rows_int(rows, 5), .detail = rows_copy(rows, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
audit_list(struct ctx *ctx, int64_t before_seq, struct audit_row *ret, size_t cap, size_t *ret_n)
{
	struct list_arg arg = { before_seq > 0 ? before_seq : INT64_MAX, ret, cap, 0 };
	enum rc rc = db_read(ctx, list_read, &arg);

	if (rc == RC_OK)
		*ret_n = arg.n;
	return rc;
}

struct export_arg { int64_t after; struct buf *out; };

static enum rc
export_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct export_arg *arg = p;
	struct audit_checkpoint c = { .seq = arg->after };
	enum rc rc;

	while ((rc = audit_checkpoint_next(tx, actor, c.seq + 1, &c)) == RC_OK) {
		audit_checkpoint_print(&c, arg->out);
		buf_char(arg->out, '\n');
	}
	return rc == RC_NOT_FOUND ? buf_rc(arg->out) : rc;
}

enum rc
audit_export(struct ctx *ctx, struct crypt *crypt, int64_t after_seq, struct buf *out)
{
	struct export_arg arg = { after_seq, out };
	unsigned char pub[32];
	char hex[65];

	crypt_sign_public(crypt, pub);
	hex_print(pub, sizeof(pub), hex);
	buf_printf(out, "# zhaofa audit checkpoints: city, seq, moment in ms, head, Ed25519 signature; public key %s\n",
	    hex);
	return db_read(ctx, export_read, &arg);
}
