#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "kit/audit/audit_own.h"

#define STEP 1000 /* rows a statement */

struct walk {
	struct crypt *crypt;
	struct text shipped;
	struct audit_report *report;
	int64_t seq;                  /* of the last row seen; 0 none */
	int64_t after;                /* where the next statement begins: below 0 too, where none may be */
	unsigned char head[HASH_N];   /* as stored with it */
	struct audit_checkpoint next; /* the first checkpoint not yet passed */
	bool has_next;
};

static void
bad(struct walk *w, int64_t seq, const char *why)
{
	if (w->report->bad++ > 0)
		return;
	w->report->first_bad_seq = seq;
	snprintf(w->report->first_bad_why, sizeof(w->report->first_bad_why), "%s", why);
}

static void
row_read(const struct rows *rows, int64_t city, struct audit_fields *ret)
{
	*ret = (struct audit_fields){ .city = city, .id = rows_int(rows, 0), .at_ms = rows_int(rows, 1),
		.account = rows_int(rows, 2), .action = rows_text(rows, 3), .subject = rows_text(rows, 4),
		.record = rows_int(rows, 5), .detail = rows_text(rows, 6) };
}

/* Does the stored hash fit the fields?  *ret the stored one, zeros when it is none. */
static bool
hash_fits(const struct rows *rows, int64_t city, unsigned char ret[static HASH_N])
{
	struct audit_fields f;
	unsigned char want[HASH_N];
	struct text stored = rows_text(rows, 7);

	row_read(rows, city, &f);
	audit_row_hash(&f, want);
	memset(ret, 0, HASH_N);
	if (stored.n != HASH_N)
		return false;
	memcpy(ret, stored.p, HASH_N);
	return memcmp(want, ret, HASH_N) == 0;
}

/* ---- checkpoints ------------------------------------------------------------------------------------- */

static enum rc
checkpoint_step(struct walk *w, struct tx *tx, const struct actor *actor, int64_t from_seq)
{
	enum rc rc = audit_checkpoint_next(tx, actor, from_seq, &w->next);

	w->has_next = rc == RC_OK;
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	w->report->checkpoints++;
	if (!audit_checkpoint_fits(w->crypt, &w->next))
		bad(w, w->next.seq, "a checkpoint's signature does not fit");
	return RC_OK;
}

/* After the row at w->seq: every checkpoint up to it must have been met. */
static enum rc
checkpoints_pass(struct walk *w, struct tx *tx, const struct actor *actor)
{
	enum rc rc = RC_OK;

	while (rc == RC_OK && w->has_next && w->next.seq <= w->seq) {
		if (w->next.seq < w->seq)
			bad(w, w->next.seq, "the row of a checkpoint is missing");
		else if (memcmp(w->next.head, w->head, HASH_N) != 0)
			bad(w, w->next.seq, "the chain is not the one a checkpoint signed");
		rc = checkpoint_step(w, tx, actor, w->next.seq + 1);
	}
	return rc;
}

static enum rc
checkpoints_left(struct walk *w, struct tx *tx, const struct actor *actor)
{
	enum rc rc = RC_OK;

	while (rc == RC_OK && w->has_next) {
		bad(w, w->next.seq, "cut off: a checkpoint lies beyond the last row");
		rc = checkpoint_step(w, tx, actor, w->next.seq + 1);
	}
	return rc;
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

static void
row_check(struct walk *w, const struct rows *rows, int64_t city)
{
	unsigned char hash[HASH_N], want[HASH_N];
	struct text head = rows_text(rows, 8);
	int64_t seq = rows_int(rows, 9);
	bool fits = hash_fits(rows, city, hash);

	memcpy(want, w->head, HASH_N);
	audit_head_add(want, hash);
	if (seq != w->seq + 1)
		bad(w, w->seq + 1, "rows are missing before the next one");
	else if (!fits)
		bad(w, seq, "a row was changed: its hash does not fit");
	else if (head.n != HASH_N || memcmp(head.p, want, HASH_N) != 0)
		bad(w, seq, "the chain is broken: a head does not fit");
	/* go on from what is stored, so that one change is one bad row */
	w->seq = seq;
	w->after = seq;
	memset(w->head, 0, HASH_N);
	if (head.n == HASH_N)
		memcpy(w->head, head.p, HASH_N);
	w->report->sealed++;
}

static enum rc
step_read(struct walk *w, struct tx *tx, const struct actor *actor, int64_t *ret_rows)
{
	int64_t n = 0;
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &audit_stmts[AUDIT_SEALED], ARGS(db_int(w->after), db_int(STEP)),
	    &rows);

	if (rc != RC_OK)
		return rc;
	while ((rc = rows_next(rows)) == RC_OK) {
		row_check(w, rows, actor->city);
		n++;
		rc = checkpoints_pass(w, tx, actor);
		if (rc != RC_OK)
			return rc;
	}
	*ret_rows = n;
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
tail_read(struct walk *w, struct tx *tx, const struct actor *actor, int64_t *after, int64_t *ret_rows)
{
	int64_t n = 0;
	unsigned char hash[HASH_N];
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &audit_stmts[AUDIT_TAIL], ARGS(db_int(*after), db_int(STEP)), &rows);

	if (rc != RC_OK)
		return rc;
	while ((rc = rows_next(rows)) == RC_OK) {
		if (!hash_fits(rows, actor->city, hash))
			bad(w, 0, "a row not yet sealed was changed: its hash does not fit");
		else if (!rows_is_null(rows, 8))
			bad(w, 0, "a row was taken out of the chain");
		*after = rows_int(rows, 0);
		w->report->unsealed++;
		n++;
	}
	*ret_rows = n;
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- what was shipped off the host --------------------------------------------------------------------- */

static enum rc
shipped_check(struct walk *w, struct tx *tx, const struct actor *actor, struct text line)
{
	struct audit_checkpoint c;
	ROWS rows = NULL;
	enum rc rc;

	if (audit_checkpoint_read(line, &c) != RC_OK || c.city != actor->city
	    || !audit_checkpoint_fits(w->crypt, &c)) {
		bad(w, 0, "a shipped line is no checkpoint of ours");
		return RC_OK;
	}
	rc = tx_one(tx, actor, &audit_stmts[AUDIT_HEAD_AT], ARGS(db_int(c.seq)), &rows);
	if (rc == RC_NOT_FOUND) {
		bad(w, c.seq, "cut off: a shipped checkpoint's row is missing");
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	if (!text_equals(rows_text(rows, 0), (struct text){ (const char *)c.head, HASH_N }))
		bad(w, c.seq, "the chain is not the one a shipped checkpoint signed");
	return RC_OK;
}

static enum rc
shipped_read(struct walk *w, struct tx *tx, const struct actor *actor)
{
	struct text rest = w->shipped;
	enum rc rc = RC_OK;

	while (rc == RC_OK && rest.n > 0) {
		struct text line = text_trim(text_cut(&rest, '\n'));

		if (line.n > 0 && line.p[0] != '#')
			rc = shipped_check(w, tx, actor, line);
	}
	return rc;
}

static enum rc
verify_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct walk *w = p;
	int64_t n = STEP, after = INT64_MIN;
	enum rc rc;

	*w->report = (struct audit_report){ 0 };
	w->seq = 0;
	w->after = INT64_MIN;
	memset(w->head, 0, HASH_N);
	rc = checkpoint_step(w, tx, actor, INT64_MIN);
	while (rc == RC_OK && n == STEP)
		rc = step_read(w, tx, actor, &n);
	if (rc == RC_OK)
		rc = checkpoints_left(w, tx, actor);
	n = STEP;
	while (rc == RC_OK && n == STEP)
		rc = tail_read(w, tx, actor, &after, &n);
	if (rc == RC_OK)
		rc = shipped_read(w, tx, actor);
	hex_print(w->head, HASH_N, w->report->head);
	return rc;
}

enum rc
audit_verify_against(struct ctx *ctx, struct crypt *crypt, struct text shipped,
    struct audit_report *ret)
{
	struct audit_report report;
	struct walk w = { .crypt = crypt, .shipped = shipped, .report = &report };
	enum rc rc = db_read(ctx, verify_read, &w);

	if (rc == RC_OK)
		*ret = report;
	return rc;
}

enum rc
audit_verify(struct ctx *ctx, struct crypt *crypt, struct audit_report *ret)
{
	return audit_verify_against(ctx, crypt, TEXT_NONE, ret);
}

void
audit_print(const struct audit_report *r, struct buf *out)
{
	buf_printf(out, "audit: %lld rows in the chain, %lld not yet sealed, %lld checkpoints\n",
	    (long long)r->sealed, (long long)r->unsealed, (long long)r->checkpoints);
	buf_printf(out, "audit: head %s\n", r->head);
	if (r->bad == 0)
		buf_printf(out, "audit: ok\n");
	else
		buf_printf(out, "audit: BAD: %lld do not fit; first at row %lld: %s\n", (long long)r->bad,
		    (long long)r->first_bad_seq, r->first_bad_why);
}
