#include <pthread.h>
#include <string.h>

#include "base/code.h"
#include "kit/audit/audit_own.h"

#define LEASE_MS LEASE_MS_MAX

/* Who seals: one name a process. */
static char owner[33];
static pthread_once_t owner_once = PTHREAD_ONCE_INIT;

static void
owner_make(void)
{
	unsigned char raw[16];

	crypt_random(raw, sizeof(raw));
	hex_print(raw, sizeof(raw), owner);
}

struct seal_arg {
	struct crypt *crypt;
	int64_t most;
	int64_t seq;                  /* of the last sealed row; 0 none */
	unsigned char head[HASH_N];
	int64_t sealed;               /* in this run */
};

struct open_row { int64_t id; unsigned char hash[HASH_N]; };

static enum rc
last_load(struct tx *tx, const struct actor *actor, struct seal_arg *arg)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &audit_stmts[AUDIT_LAST], NO_ARGS, &rows);

	arg->seq = 0;
	memset(arg->head, 0, HASH_N);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	arg->seq = rows_int(rows, 0);
	if (rows_text(rows, 1).n == HASH_N)
		memcpy(arg->head, rows_text(rows, 1).p, HASH_N);
	return RC_OK; /* a head of a wrong length is verify's to report; the trail goes on */
}

static enum rc
open_load(struct tx *tx, const struct actor *actor, int64_t most, struct open_row **ret, size_t *ret_n)
{
	struct open_row *v = arena_array(tx_mem(tx), (size_t)most, sizeof(*v));
	size_t n = 0;
	ROWS rows = NULL;
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	rc = tx_rows(tx, actor, &audit_stmts[AUDIT_UNSEALED], ARGS(db_int(most)), &rows);
	if (rc != RC_OK)
		return rc;
	while (n < (size_t)most && (rc = rows_next(rows)) == RC_OK) {
		struct text hash = rows_text(rows, 1);

		v[n].id = rows_int(rows, 0);
		if (hash.n == HASH_N)
			memcpy(v[n].hash, hash.p, HASH_N);
		n++;
	}
	*ret = v;
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
checkpoint_make(struct tx *tx, const struct actor *actor, struct seal_arg *arg)
{
	struct audit_checkpoint c = { .city = actor->city, .seq = arg->seq, .at_ms = tx_now_ms(tx) };

	memcpy(c.head, arg->head, HASH_N);
	audit_checkpoint_sign(arg->crypt, &c);
	return tx_run_one(tx, actor, &audit_stmts[CHECKPOINT_INSERT], ARGS(db_int(c.seq),
	    db_blob((struct text){ (const char *)c.head, HASH_N }), db_int(c.at_ms),
	    db_blob((struct text){ (const char *)c.signature, SIGNATURE_N })));
}

/* Is it time to sign the chain at arg->seq? */
static enum rc
checkpoint_is_due(struct tx *tx, const struct actor *actor, const struct seal_arg *arg, bool *ret)
{
	int64_t seq, at_ms;
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &audit_stmts[CHECKPOINT_LAST], NO_ARGS, &rows);

	*ret = rc == RC_NOT_FOUND && arg->seq > 0;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	seq = rows_int(rows, 0);
	at_ms = rows_int(rows, 1);
	*ret = arg->seq > seq
	    && (tx_now_ms(tx) - at_ms >= AUDIT_CHECKPOINT_MS || arg->seq - seq >= AUDIT_CHECKPOINT_ROWS);
	return RC_OK;
}

static enum rc
checkpoint_if_due(struct tx *tx, const struct actor *actor, struct seal_arg *arg)
{
	bool due = false;
	enum rc rc = checkpoint_is_due(tx, actor, arg, &due);

	return rc == RC_OK && due ? checkpoint_make(tx, actor, arg) : rc;
}

static enum rc
seal_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct seal_arg *arg = p;
	struct open_row *open;
	size_t n;
	enum rc rc = last_load(tx, actor, arg);

	arg->sealed = 0;
	if (rc == RC_OK)
		rc = open_load(tx, actor, arg->most, &open, &n);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		arg->seq++;
		audit_head_add(arg->head, open[i].hash);
		rc = tx_run_one(tx, actor, &audit_stmts[AUDIT_SEAL], ARGS(db_int(arg->seq),
		    db_blob((struct text){ (const char *)arg->head, HASH_N }), db_int(open[i].id)));
		if (rc != RC_OK)
			return rc;
	}
	arg->sealed = (int64_t)n;
	return checkpoint_if_due(tx, actor, arg);
}

struct pending { struct seal_arg arg; bool ret; };

/* Looked at before anything is written: a quiet house leaves the disk alone. */
static enum rc
pending_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct pending *pending = p;
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &audit_stmts[AUDIT_UNSEALED], ARGS(db_int(1)), &rows);

	pending->ret = rc == RC_OK;
	if (rc != RC_NOT_FOUND)
		return rc;
	rc = last_load(tx, actor, &pending->arg);
	return rc == RC_OK ? checkpoint_is_due(tx, actor, &pending->arg, &pending->ret) : rc;
}

enum rc
audit_seal(struct ctx *ctx, struct crypt *crypt, int64_t most, int64_t *ret_sealed)
{
	struct seal_arg arg = { .crypt = crypt };
	struct pending pending = { .ret = false };
	int64_t sealed = 0;
	bool mine = false;
	enum rc rc = db_read(ctx, pending_tx, &pending), given;

	if (rc != RC_OK || !pending.ret) {
		if (rc == RC_OK)
			*ret_sealed = 0;
		return rc;
	}
	pthread_once(&owner_once, owner_make);
	rc = db_lease(ctx, "audit.seal", text_of(owner), LEASE_MS, &mine);
	if (rc != RC_OK || !mine) {
		if (rc == RC_OK)
			*ret_sealed = 0;
		return rc;
	}
	do {
		arg.most = most - sealed < AUDIT_BATCH ? most - sealed : AUDIT_BATCH;
		if (arg.most < 1)
			break;
		rc = db_job(ctx, &(struct command){ .name = "audit.seal", .fn = seal_tx, .arg = &arg });
		if (rc == RC_OK)
			sealed += arg.sealed;
	} while (rc == RC_OK && arg.sealed == AUDIT_BATCH);
	given = db_lease(ctx, "audit.seal", text_of(owner), 0, &mine);
	*ret_sealed = sealed;
	return rc == RC_OK ? given : rc;
}
