/*
 * audit: who did what to which record, in a trail that cannot be changed unseen?
 *
 * audit_note() writes a row, hashed, in the transaction of the deed.  A leased worker seals the rows
 * into a hash chain within a second and signs checkpoints (Ed25519) that can be shipped off the host.
 * audit_verify() finds changed, removed, reordered and added rows, and truncation against a
 * checkpoint; it reports the unsealed tail.
 */
#pragma once

#include "kit/crypt/crypt.h"
#include "kit/db/db.h"

/* action "account.reveal", subject "request", record its id; detail English or codes, never personal data. */
enum rc audit_note(struct tx *tx, const struct actor *actor, const char *action, const char *subject,
    int64_t record, struct text detail);
/* Seal what is not yet sealed; at most `most` rows.  *ret_sealed rows done. */
enum rc audit_seal(struct ctx *ctx, struct crypt *crypt, int64_t most, int64_t *ret_sealed);

struct audit_report {
	int64_t sealed, unsealed, checkpoints;
	int64_t bad;               /* rows that do not fit */
	int64_t first_bad_seq;
	char first_bad_why[96];    /* English */
	char head[65];             /* hex of the chain's head */
};
enum rc audit_verify(struct ctx *ctx, struct crypt *crypt, struct audit_report *ret);

struct audit_row { int64_t seq, at_ms, account, record; struct text action, subject, detail; };
/* Newest first, before `before_seq` (0: the newest); only for an actor who may (the route says so). */
enum rc audit_list(struct ctx *ctx, int64_t before_seq, struct audit_row *ret, size_t cap, size_t *ret_n);

extern const struct db_set audit_sql;
