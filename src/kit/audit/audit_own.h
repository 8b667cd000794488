/* audit_own: rows, heads and checkpoints as bytes.  Private to kit/audit. */
#pragma once

#include "kit/audit/audit.h"

#define HASH_N 32
#define SIGNATURE_N 64

enum audit_stmt {
	AUDIT_INSERT, AUDIT_LAST, AUDIT_UNSEALED, AUDIT_SEAL, AUDIT_SEALED, AUDIT_TAIL, AUDIT_HEAD_AT, AUDIT_LIST,
	CHECKPOINT_LAST, CHECKPOINT_INSERT, CHECKPOINT_NEXT,
	AUDIT_STMT_COUNT
};
extern const struct db_stmt audit_stmts[AUDIT_STMT_COUNT];

struct audit_fields {
	int64_t city, id, at_ms, account;
	struct text action, subject;
	int64_t record;
	struct text detail;
};
void audit_row_hash(const struct audit_fields *f, unsigned char out[static HASH_N]);
/* head := SHA-256(head, row hash) */
void audit_head_add(unsigned char head[static HASH_N], const unsigned char row[static HASH_N]);

struct audit_checkpoint {
	int64_t city, seq, at_ms;
	unsigned char head[HASH_N], signature[SIGNATURE_N];
};
void audit_checkpoint_sign(struct crypt *crypt, struct audit_checkpoint *c);
bool audit_checkpoint_fits(struct crypt *crypt, const struct audit_checkpoint *c);
/* As a line without its end; RC_INVALID when the line is none. */
void audit_checkpoint_print(const struct audit_checkpoint *c, struct buf *out);
enum rc audit_checkpoint_read(struct text line, struct audit_checkpoint *ret);
/* The first one from `seq` on; RC_NOT_FOUND.  A blob of a wrong length leaves zeros: nothing fits them. */
enum rc audit_checkpoint_next(struct tx *tx, const struct actor *actor, int64_t seq,
    struct audit_checkpoint *ret);
