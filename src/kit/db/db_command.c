#include "kit/db/db_engine.h"

#include <sodium.h>
#include <string.h>

/*
 * A key is taken before fn runs: a second command with it waits there for the first (PostgreSQL: on
 * the unique index; SQLite: one writer), and then finds the answer instead of running.  A rejected
 * command rolls its key back with everything else.
 */

enum { ANSWER_MAX = 256, CONTENT_HASH = 16 };

static const struct db_stmt key_sql[] = {
	{ "db.key_take", DB_SYSTEM,
	    "INSERT INTO command_key (city, account, key, name, content, answer, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (city, account, key) DO NOTHING", 0 },
	{ "db.key_answer", DB_SYSTEM,
	    "UPDATE command_key SET answer = $4 WHERE city = $1 AND account = $2 AND key = $3", 0 },
	{ "db.key_load", DB_SYSTEM,
	    "SELECT content, answer FROM command_key WHERE city = $1 AND account = $2 AND key = $3", 0 },
	/* a repeat writes too: its COMMIT then waits for the first one's data to be safe */
	{ "db.key_touch", DB_SYSTEM,
	    "UPDATE command_key SET at_ms = at_ms WHERE city = $1 AND account = $2 AND key = $3", 0 },
	{ "db.lease", DB_SYSTEM,
	    "INSERT INTO lease (city, name, owner, until_ms) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (city, name) DO UPDATE SET owner = excluded.owner,"
	    " until_ms = excluded.until_ms"
	    " WHERE lease.owner = excluded.owner OR lease.until_ms <= $5 OR lease.until_ms > $6", 0 },
};

enum { KEY_TAKE, KEY_ANSWER, KEY_LOAD, KEY_TOUCH, LEASE };

const struct db_set db_sql = DB_SET("db", key_sql);

struct command_work {
	struct db_work work;
	struct ctx *ctx;
	const struct command *cmd;
	struct idem_key key;
	int64_t account;
	unsigned char content[CONTENT_HASH];
	bool replayed;
	bool same;                      /* the repeat asked for the same */
	unsigned char answer[ANSWER_MAX];
};

static struct text
bytes_text(const void *p, size_t n)
{
	return (struct text){ .p = n == 0 ? "" : p, .n = n };
}

static struct db_value
key_value(const struct command_work *w)
{
	return db_blob(bytes_text(w->key.b, sizeof(w->key.b)));
}

/* Kind and length go first, so that two values never read as one. */
static void
value_hash(crypto_hash_sha256_state *s, const struct db_value *v)
{
	bool number = v->type == DB_INT;
	uint64_t n = number ? (uint64_t)v->n : v->type == DB_NULL ? 0 : v->t.n;
	unsigned char head[9] = { (unsigned char)v->type };

	for (int i = 0; i < 8; i++)
		head[8 - i] = (unsigned char)(n >> (8 * i));
	crypto_hash_sha256_update(s, head, sizeof(head));
	if (!number && n > 0)
		crypto_hash_sha256_update(s, (const unsigned char *)v->t.p, v->t.n);
}

static void
content_hash(const struct command *cmd, unsigned char out[static CONTENT_HASH])
{
	unsigned char full[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state s;

	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, (const unsigned char *)cmd->name, strlen(cmd->name) + 1);
	if (cmd->content.n > 0)
		crypto_hash_sha256_update(&s, (const unsigned char *)cmd->content.p, cmd->content.n);
	for (size_t i = 0; i < cmd->asked.n; i++)
		value_hash(&s, &cmd->asked.v[i]);
	crypto_hash_sha256_final(&s, full);
	memcpy(out, full, CONTENT_HASH);
}

static enum rc
key_take(struct tx *tx, struct command_work *w, bool *ret_fresh)
{
	int64_t changed = 0;
	enum rc rc = tx_exec(tx, &key_sql[KEY_TAKE], ARGS(db_int(w->ctx->actor->city),
	    db_int(w->account), key_value(w), db_text(text_of(w->cmd->name)),
	    db_blob(bytes_text(w->content, CONTENT_HASH)), db_blob(TEXT_NONE),
	    db_int(w->work.now_ms)), NULL, &changed);

	*ret_fresh = changed == 1;
	return rc;
}

static enum rc
key_load(struct tx *tx, struct command_work *w)
{
	struct rows *rows;
	struct text content, answer;
	enum rc rc = tx_exec(tx, &key_sql[KEY_LOAD], ARGS(db_int(w->ctx->actor->city),
	    db_int(w->account), key_value(w)), &rows, NULL);

	if (rc != RC_OK)
		return rc;
	rc = rows_next(rows);
	if (rc == RC_OK) {
		content = rows_text(rows, 0);
		w->same = text_equals(content, bytes_text(w->content, CONTENT_HASH));
		answer = rows_text(rows, 1);
		memset(w->answer, 0, sizeof(w->answer));
		/* another command's answer says nothing to this one, whatever its size */
		if (answer.n == w->cmd->ret_size && answer.n > 0)
			memcpy(w->answer, answer.p, answer.n);
		else if (w->same && answer.n != w->cmd->ret_size)
			rc = RC_CORRUPT;
	}
	rows_close(rows);
	return rc == RC_DONE ? RC_BUSY : rc; /* gone meanwhile: run again */
}

static enum rc
key_replay(struct tx *tx, struct command_work *w)
{
	enum rc rc = key_load(tx, w);

	if (rc != RC_OK)
		return rc;
	w->replayed = true;
	return tx_exec(tx, &key_sql[KEY_TOUCH], ARGS(db_int(w->ctx->actor->city),
	    db_int(w->account), key_value(w)), NULL, NULL);
}

static enum rc
answer_keep(struct tx *tx, struct command_work *w)
{
	if (w->cmd->ret_size == 0)
		return RC_OK;
	return tx_exec(tx, &key_sql[KEY_ANSWER], ARGS(db_int(w->ctx->actor->city),
	    db_int(w->account), key_value(w), db_blob(bytes_text(w->cmd->ret, w->cmd->ret_size))),
	    NULL, NULL);
}

static enum rc
fn_run(struct tx *tx, struct command_work *w)
{
	enum rc rc;

	tx->command = true;
	rc = w->cmd->fn(tx, w->ctx->actor, w->cmd->arg);
	tx->command = false;
	tx_close_rows(tx);
	return rc;
}

static enum rc
command_run(struct tx *tx, struct db_work *work)
{
	struct command_work *w = (struct command_work *)work;
	bool fresh;
	enum rc rc;

	w->replayed = false;
	rc = key_take(tx, w, &fresh);
	if (rc != RC_OK)
		return rc;
	if (!fresh)
		return key_replay(tx, w);
	rc = fn_run(tx, w);
	return rc == RC_OK ? answer_keep(tx, w) : rc;
}

static enum rc
job_run(struct tx *tx, struct db_work *work)
{
	return fn_run(tx, (struct command_work *)work);
}

/* Whose key is it?  Residents share account 0: 128 random bits keep them apart. */
static int64_t
key_account(const struct actor *a)
{
	if (a->kind == ACTOR_SYSTEM)
		return -1;
	return a->kind == ACTOR_ACCOUNT ? a->account : 0;
}

static bool
key_is_zero(struct idem_key key)
{
	return sodium_is_zero(key.b, sizeof(key.b)) == 1;
}

enum rc
db_command(struct ctx *ctx, struct idem_key key, const struct command *cmd)
{
	struct command_work w = { .work = { .run = command_run, .now_ms = ctx->now_ms,
	    .by_key = true }, .ctx = ctx, .cmd = cmd, .key = key };
	enum rc rc;

	if (db_is_running() || cmd->ret_size > ANSWER_MAX || ctx->actor->city != ctx->db->city)
		return RC_INTERNAL;
	if (key_is_zero(key))
		return RC_INVALID;
	w.account = key_account(ctx->actor);
	content_hash(cmd, w.content);
	rc = db_ids_reserve(ctx->db);
	if (rc != RC_OK)
		return rc;
	rc = ctx->db->engine->write(ctx->db, &w.work);
	if (rc != RC_OK || !w.replayed)
		return rc;
	if (cmd->ret_size > 0)
		memcpy(cmd->ret, w.answer, cmd->ret_size);
	return w.same ? RC_OK : RC_DUPLICATE;
}

enum rc
db_job(struct ctx *ctx, const struct command *cmd)
{
	struct command_work w = { .work = { .run = job_run, .now_ms = ctx->now_ms }, .ctx = ctx, .cmd = cmd };
	enum rc rc;

	if (db_is_running() || ctx->actor->city != ctx->db->city)
		return RC_INTERNAL;
	rc = db_ids_reserve(ctx->db);
	return rc == RC_OK ? ctx->db->engine->write(ctx->db, &w.work) : rc;
}

/* ---- leases --------------------------------------------------------------------------------- */

struct lease_work {
	struct db_work work;
	struct ctx *ctx;
	const char *name;
	struct text owner;
	int64_t ms;
	int64_t changed;
};

static enum rc
lease_run(struct tx *tx, struct db_work *work)
{
	struct lease_work *w = (struct lease_work *)work;

	return tx_run(tx, w->ctx->actor, &key_sql[LEASE], ARGS(db_text(text_of(w->name)),
	    db_text(w->owner), db_int(w->ctx->now_ms + w->ms), db_int(w->ctx->now_ms),
	    db_int(w->ctx->now_ms + LEASE_MS_MAX + LEASE_SKEW_MS)), &w->changed);
}

enum rc
db_lease(struct ctx *ctx, const char *name, struct text owner, int64_t ms, bool *ret_mine)
{
	struct lease_work w = { .work = { .run = lease_run, .now_ms = ctx->now_ms, .by_key = true },
	    .ctx = ctx, .name = name, .owner = owner, .ms = ms };
	enum rc rc;

	if (db_is_running() || ms < 0 || ms > LEASE_MS_MAX)
		return RC_INTERNAL;
	rc = ctx->db->engine->write(ctx->db, &w.work);
	if (rc == RC_OK)
		*ret_mine = w.changed == 1;
	return rc;
}
