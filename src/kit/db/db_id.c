#include "kit/db/db_engine.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/*
 * Ids never repeat, whatever the clock does and even when two processes were given one node: a
 * process makes ids only inside blocks of milliseconds it has taken from the table meta, and a
 * block is given once.  A demonstration restarted at the same --now so goes on behind its last id.
 */

enum { SEQUENCE_BITS = 12, NODE_BITS = 10, BLOCK_MS = 5000 };

/* 2020-01-01T00:00:00Z: 41 bits last until 2089. */
static const int64_t epoch_ms = INT64_C(1577836800000);

static const struct db_stmt block_take = { "db.id_block", DB_SYSTEM,
	"INSERT INTO meta (key, value) VALUES ($1, CAST($2 AS text))"
	" ON CONFLICT (key) DO UPDATE SET value = CAST("
	"CASE WHEN CAST(meta.value AS bigint) > CAST($3 AS bigint)"
	" THEN CAST(meta.value AS bigint) ELSE CAST($3 AS bigint) END + CAST($4 AS bigint) AS text)"
	" RETURNING CAST(value AS bigint)", 0 };

struct block_work {
	struct db_work work;
	const char *key;
	int64_t from_ms;
	int64_t hi_ms;
};

void
db_ids_init(struct db_ids *ids)
{
	*ids = (struct db_ids){ 0 };
	pthread_mutex_init(&ids->lock, NULL);
}

void
db_ids_free(struct db_ids *ids)
{
	pthread_mutex_destroy(&ids->lock);
}

static int64_t
id_ms(int64_t now_ms)
{
	return now_ms - epoch_ms < 1 ? 1 : now_ms - epoch_ms;
}

int64_t
db_id_at(int64_t at_ms)
{
	return id_ms(at_ms) << (NODE_BITS + SEQUENCE_BITS);
}

int64_t
db_ids_next(struct db_ids *ids, int64_t now_ms, int node)
{
	int64_t ms = id_ms(now_ms);
	int64_t next;

	pthread_mutex_lock(&ids->lock);
	if (ids->hi_ms > 0 && ms >= ids->hi_ms)
		ms = ids->hi_ms - 1; /* the clock ran past the block during a command */
	if (ms < ids->lo_ms)
		ms = ids->lo_ms;
	next = ms << SEQUENCE_BITS;
	if (next <= ids->last)
		next = ids->last + 1;
	ids->last = next;
	pthread_mutex_unlock(&ids->lock);
	ms = next >> SEQUENCE_BITS;
	return ms << (NODE_BITS + SEQUENCE_BITS) | (int64_t)node << SEQUENCE_BITS |
	    (next & ((1 << SEQUENCE_BITS) - 1));
}

static enum rc
block_run(struct tx *tx, struct db_work *work)
{
	struct block_work *b = (struct block_work *)work;
	char first[24];

	snprintf(first, sizeof(first), "%lld", (long long)(b->from_ms + BLOCK_MS));
	return tx_exec_int(tx, &block_take, ARGS(db_text(text_of(b->key)), db_text(text_of(first)),
	    db_int(b->from_ms), db_int(BLOCK_MS)), &b->hi_ms);
}

static bool
block_has_room(const struct db_ids *ids, int64_t ms)
{
	/* a tenth of the block is kept for what runs now */
	int64_t used = ids->last >> SEQUENCE_BITS;

	return ids->hi_ms > 0 && ms < ids->hi_ms && used < ids->hi_ms - BLOCK_MS / 10;
}

enum rc
db_ids_reserve(struct db *db)
{
	int64_t ms = id_ms(db->clock_ms());
	char key[32];
	struct block_work b = { .work.run = block_run, .key = key, .from_ms = ms };
	bool room;
	enum rc rc;

	pthread_mutex_lock(&db->ids.lock);
	room = block_has_room(&db->ids, ms);
	pthread_mutex_unlock(&db->ids.lock);
	if (room)
		return RC_OK;
	snprintf(key, sizeof(key), "id_block.%d", db->node);
	rc = db->engine->write(db, &b.work);
	if (rc != RC_OK)
		return rc == RC_UNKNOWN ? RC_UNAVAILABLE : rc; /* nothing of the caller's was tried */
	pthread_mutex_lock(&db->ids.lock);
	if (b.hi_ms > db->ids.hi_ms) {
		db->ids.lo_ms = b.hi_ms - BLOCK_MS;
		db->ids.hi_ms = b.hi_ms;
	}
	pthread_mutex_unlock(&db->ids.lock);
	return RC_OK;
}

enum rc
db_id(struct db *db, int64_t *ret)
{
	enum rc rc = db_ids_reserve(db);

	if (rc == RC_OK)
		*ret = db_ids_next(&db->ids, db->clock_ms(), db->node);
	return rc;
}

/* ---- idempotency keys ----------------------------------------------------------------------- */

struct idem_key
idem_key_new(void)
{
	struct idem_key key;

	randombytes_buf(key.b, sizeof(key.b));
	return key;
}

struct idem_key
idem_key_of(const char *name, int64_t n)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	struct idem_key key;
	char words[128];

	snprintf(words, sizeof(words), "%s %lld", name, (long long)n);
	crypto_hash_sha256(hash, (const unsigned char *)words, strlen(words));
	memcpy(key.b, hash, sizeof(key.b));
	return key;
}

enum rc
idem_key_parse(struct text t, struct idem_key *ret)
{
	struct idem_key key;
	size_t n;

	if (t.n != 2 * sizeof(key.b) ||
	    sodium_hex2bin(key.b, sizeof(key.b), t.p, t.n, NULL, &n, NULL) != 0 || n != sizeof(key.b))
		return RC_INVALID;
	*ret = key;
	return RC_OK;
}

void
idem_key_hex(struct idem_key key, char out[static 33])
{
	sodium_bin2hex(out, 33, key.b, sizeof(key.b));
}
