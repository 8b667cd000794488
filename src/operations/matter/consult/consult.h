/*
 * consult: how is a question answered, talked over, and closed?  法律咨询, the first matter.
 *
 * accepted → answered (the first full answer) → closed with an outcome of the dated table
 * "consult.outcome", or converted into another item.  The person must have been told of the right to
 * apply for legal aid before a consultation is closed (法律援助法 23: 提示; S30).
 */
#pragma once

#include "operations/matter/matter.h"
#include "operations/request/request.h"

enum aid_hint { AID_NOT_SAID, AID_TOLD, AID_WISHED };

enum consult_why {
	CONSULT_FINE,
	CONSULT_NOT_ACCEPTED,    /* accept it first */
	CONSULT_NOT_ANSWERED,    /* this outcome needs an answer */
	CONSULT_AID_NOT_TOLD,    /* 法律援助法 23 */
	CONSULT_WAITING,         /* a hand-over waits for its answer */
	CONSULT_NEEDS_REASON,    /* this outcome wants words */
	CONSULT_WHY_COUNT
};

struct consult_verdict {
	bool allowed;
	enum consult_why why;
	const char *article;     /* "法律援助法 第23条", or "" */
};
const char *consult_why_label(enum consult_why w); /* T() */

/* ---- pure ---- */
/* An outcome that counts as service done needs an answer and the hint at legal aid. */
struct consult_closing {
	enum request_state state;
	enum aid_hint hint;
	bool served;             /* OUTCOME_SERVED */
	bool wants_reason, has_reason; /* OUTCOME_NEEDS_REASON, and whether words were given */
	bool handover_open;
};
struct consult_verdict consult_may_close(const struct consult_closing *c);

/* ---- use cases ---- */
struct consult {
	struct text answer, answered_by_name;
	int64_t answered_ms, answered_by;
	enum aid_hint hint;
	int64_t converted;
	struct text converted_number;
	int64_t revision;
};
/* RC_NOT_FOUND before acceptance. */
enum rc consult_load(struct tx *tx, const struct actor *actor, struct case_id id, struct consult *ret);

struct consult_answer { struct case_id id; int64_t revision; struct text answer; bool aid_told; };
enum rc consult_answer(struct ctx *ctx, struct idem_key key, const struct consult_answer *in);
/* The hint was given (or the wish expressed), by phone or face to face. */
enum rc consult_tell_aid(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, enum aid_hint hint);
enum rc consult_close(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision,
    struct text outcome, struct text note, struct consult_verdict *ret);
struct consult_convert { struct case_id id; int64_t revision; int64_t item; struct text note; };
struct consult_converted { int64_t id; char number[24]; };
enum rc consult_convert(struct ctx *ctx, struct idem_key key, const struct consult_convert *in,
    struct consult_converted *ret);

/* A message by the side that holds the case; by the resident with a receipt. */
enum rc consult_say(struct ctx *ctx, struct idem_key key, struct case_id id, struct text body);

struct callback { int64_t id, account, due_ms, done_ms; int tries; struct text result, account_name, number, subject; struct case_id request; };
/* Inside a command, by whoever has judged that: a promise of r's holder.  *ret_id may be NULL. */
enum rc callback_put(struct tx *tx, const struct actor *actor, const struct request *r, int64_t due_ms, int64_t *ret_id);
enum rc callback_promise(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, int64_t due_ms);
/* result: "reached" ends it; "unreachable" counts a try and keeps it due. */
enum rc callback_done(struct ctx *ctx, struct idem_key key, int64_t callback, struct text result);
enum rc callback_list(struct tx *tx, const struct actor *actor, struct case_id id, struct callback *ret, size_t cap,
    size_t *ret_n);
/* Calls promised on what the actor holds, the nearest first. */
enum rc callback_mine(struct tx *tx, const struct actor *actor, struct callback *ret, size_t cap, size_t *ret_n);

/* Promised calls move with the case to its next holder; when it ends they end ("withdrawn"), and when it
 * is converted they go on with the new one. */
extern const struct event_hook callback_held_hook, callback_ended_hook;
extern const struct matter_kind consult_matter;   /* "consult" */
extern const struct matter_kind referral_matter;  /* "referral": items whose own matter is not built yet are answered and referred */
extern const struct db_set consult_sql;
