/*
 * audit: who did what to which record, in a trail that cannot be changed unseen?
 *
 * audit_note() writes a row, hashed, in the transaction of the deed.  A leased worker seals the rows
 * into a hash chain within a second and signs checkpoints (Ed25519) that can be shipped off the host.
 * audit_verify() finds changed, removed, reordered and added rows, and truncation against a
 * checkpoint; it reports the unsealed tail, whose rows can be removed unseen: sealing within a second
 * keeps it short.  Row hash: SHA-256 over the fields in order, each with its length in front
 * (crypt_hasher_field), city, id, at_ms, account, action, subject, record, detail.  Head: SHA-256 of the
 * head before (32 zero bytes at first) and the row hash.
 */
#pragma once

#include "base/buf.h"
#include "kit/crypt/crypt.h"
#include "kit/db/db.h"

/* action "account.reveal", subject "request", record its id; detail English or codes, never personal data.
 * In a command. */
enum rc audit_note(struct tx *tx, const struct actor *actor, const char *action, const char *subject,
    int64_t record, struct text detail);
/*
 * Seal what is not yet sealed, oldest first; at most `most` rows, in transactions of AUDIT_BATCH.  Signs
 * a checkpoint when rows were added since the last one and that is AUDIT_CHECKPOINT_MS old or
 * AUDIT_CHECKPOINT_ROWS back.  Another process that holds the lease does it: RC_OK, *ret_sealed 0.
 * ctx->actor is the system.  Nothing is written where there is nothing to do.
 */
#define AUDIT_BATCH 500
#define AUDIT_CHECKPOINT_MS INT64_C(60000)
#define AUDIT_CHECKPOINT_ROWS 10000
enum rc audit_seal(struct ctx *ctx, struct crypt *crypt, int64_t most, int64_t *ret_sealed);

struct audit_report {
	int64_t sealed, unsealed, checkpoints;
	int64_t bad;               /* rows and checkpoints that do not fit */
	int64_t first_bad_seq;     /* 0: in the unsealed tail */
	char first_bad_why[96];    /* English */
	char head[65];             /* hex of the chain's head */
};
/* The whole chain, streamed, in one snapshot; RC_OK also when rows are bad: the report says so. */
enum rc audit_verify(struct ctx *ctx, struct crypt *crypt, struct audit_report *ret);
/* The same, and against checkpoints that were shipped off the host (lines of audit_export): what was cut
 * off the end, or written anew with a stolen database, is found by them. */
enum rc audit_verify_against(struct ctx *ctx, struct crypt *crypt, struct text shipped,
    struct audit_report *ret);
/* What `zhaofa audit verify` says; its last line begins "audit: ok" or "audit: BAD". */
void audit_print(const struct audit_report *r, struct buf *out);
/* Checkpoints after `after_seq`, oldest first, a line each, to be kept elsewhere. */
enum rc audit_export(struct ctx *ctx, struct crypt *crypt, int64_t after_seq, struct buf *out);

struct audit_row { int64_t seq, at_ms, account, record; struct text action, subject, detail; };
/* Newest first, before `before_seq` (0: the newest); only for an actor who may (the route says so). */
enum rc audit_list(struct ctx *ctx, int64_t before_seq, struct audit_row *ret, size_t cap, size_t *ret_n);

extern const struct db_set audit_sql;
