/*
 * policy_version: which package of rules is in force, and how does another come into force?  A version
 * is a text that never changes.  A draft is tried when it is made: the cases of the program, and the
 * decisions stored, whose law date lies before its change must come out as before.  A second person
 * approves it; from its day on cases are judged by it.
 *
 * Only who answers for the whole city may draft and approve (RIGHT_POLICY; the flows ask).
 */
#pragma once

#include "kit/db/db.h"
#include "standards/policy/policy.h"

enum policy_state { POLICY_DRAFT, POLICY_APPROVED, POLICY_REJECTED, POLICY_WITHDRAWN, POLICY_STATE_COUNT };

struct policy_version {
	int64_t id, base, author, decided_by;
	struct text package;
	int number;
	enum policy_state state;
	struct day from, change;
	struct text text, hash;     /* text: only where said */
	int64_t made_ms, decided_ms;
	struct text words, author_name, decided_words, decided_name;
	int held, broke;
	struct text report;
};

#define POLICY_HASH_CHARS 64
#define POLICY_WORDS_MIN 4       /* characters of why */
#define POLICY_WORDS_MAX 200
#define POLICY_VERSIONS_SHOWN 60
#define POLICY_TRIED_MAX 2000    /* stored decisions tried against a draft, the newest */

/* The packages of the program in a new database; a newer text of the program's own comes in as an approved version
 * where the city changed nothing, as a draft where it did.  System actor. */
enum rc policy_seed(struct ctx *ctx);

/* The version cases are judged by on a day, with its text.  RC_NOT_FOUND: no such package in force. */
enum rc policy_current(struct tx *tx, const struct actor *actor, struct text package, struct day day,
    struct policy_version *ret);
enum rc policy_version_load(struct tx *tx, const struct actor *actor, int64_t id, struct policy_version *ret); /* with text */
/* Newest first, without texts. */
enum rc policy_versions(struct tx *tx, const struct actor *actor, struct text package, struct policy_version *ret,
    size_t cap, size_t *ret_n);
/* One row for each package: the version in force on that day (id 0: none), and how many drafts wait. */
struct policy_row { struct text package; struct policy_version current; int64_t drafts; };
enum rc policy_packages(struct tx *tx, const struct actor *actor, struct day day, struct policy_row *ret, size_t cap,
    size_t *ret_n);

/* The compiled text in mem.  RC_CORRUPT when it is not the text of its hash, or does not compile. */
enum rc policy_compile(struct arena *mem, const struct policy_version *v, const struct rules **ret);

/* ---- changing -------------------------------------------------------------------------------------- */

/* One value of one parameter from a day on.  A document that is new is named by its title and number. */
struct policy_value_change {
	struct text package;
	int64_t seen;               /* id of the version it was read from: RC_CONFLICT when another is in force */
	struct text parameter;
	struct day from;
	struct text value;          /* "2.0"; empty with unset */
	bool unset, unverified;
	bool trial;                 /* only to be tried, from a day to come: no decision uses it */
	struct text document;       /* name of one the package has; empty: a new one */
	struct text title, number;  /* of a new one */
	struct text article;
	struct text words;
	struct day today;           /* a value somebody has vouched for is not replaced once its day has come */
};
/* RC_INVALID: findings on parameter, from, value, document, title, number, article, words; findings of the whole text
 * in *ret_why (in ctx->mem). */
enum rc policy_draft_value(struct ctx *ctx, struct idem_key key, const struct policy_value_change *in,
    struct findings *findings, struct text *ret_why, int64_t *ret_id);
/* A whole text; change: the first law date whose outcome may differ. */
struct policy_text_change { struct text package, text, words; struct day from, change; };
enum rc policy_draft_text(struct ctx *ctx, struct idem_key key, const struct policy_text_change *in,
    struct findings *findings, struct text *ret_why, int64_t *ret_id);
/* Approve, reject or withdraw a draft.  RC_REFUSED: the author approves or rejects, or the trial broke something, or
 * withdraws somebody else's.  RC_CONFLICT: it is no draft any more, or its base is no longer the newest approved. */
enum rc policy_decide(struct ctx *ctx, struct idem_key key, int64_t id, enum policy_state to, struct text words,
    struct findings *findings);

/* The text with the value put in; what policy_draft_value() does first.  Pure but for mem. */
enum rc policy_text_with(struct arena *mem, const struct rules *r, const struct policy_value_change *in, int number,
    struct findings *findings, struct text *ret);

/* ---- what is different -------------------------------------------------------------------------------- */

enum policy_diff_kind { POLICY_ADDED, POLICY_REMOVED, POLICY_CHANGED };
struct policy_diff { enum policy_diff_kind kind; struct text what, before, after; };
/* In words, in mem: values by day, steps, cases of decisions, facts, documents.  *ret_n > cap: the rest is left out. */
enum rc policy_differences(struct arena *mem, enum lang lang, const struct rules *before, const struct rules *after,
    struct policy_diff *ret, size_t cap, size_t *ret_n);

/* ---- decisions ------------------------------------------------------------------------------------------ */

struct policy_decision {
	int64_t id, request, version, at_ms, account;
	struct text hash, package;
	struct day law_day;
	struct text input, output;
	int number;                 /* of the version; read along, as is the name */
	struct text account_name;
};
/* What the rules say of the facts, stored with them.  In a command; *in: request, account of the actor, version,
 * hash, law_day, input and output filled by policy_judged(). */
enum rc policy_decision_put(struct tx *tx, const struct actor *actor, const struct policy_decision *in, int64_t *ret_id);
/* Judge and write both sides canonically, in mem.  RC_INVALID: facts that contradict each other. */
enum rc policy_judged(struct arena *mem, const struct policy_version *v, const struct rules *r, const struct rules_facts *f,
    struct rules_verdict *ret_verdict, struct policy_decision *ret);
/* Newest first, of one request; which the caller has loaded by its rights. */
enum rc policy_decisions(struct tx *tx, const struct actor *actor, int64_t request, struct policy_decision *ret,
    size_t cap, size_t *ret_n);
/* One of them. */
enum rc policy_decision_load(struct tx *tx, const struct actor *actor, int64_t request, int64_t id,
    struct policy_decision *ret);
/* Facts and verdict of a stored decision, read again by the text it was made by.  RC_CORRUPT: they do not fit. */
enum rc policy_decision_open(struct arena *mem, const struct rules *r, const struct policy_decision *d,
    struct rules_facts **ret_facts, struct rules_verdict *ret);

enum policy_replay { POLICY_SAME, POLICY_OTHER_BYTES, POLICY_TAMPERED, POLICY_UNREADABLE, POLICY_REPLAY_COUNT };
/* Make it again from the stored text and facts.  Pure but for mem. */
enum policy_replay policy_replay_one(struct arena *mem, const struct policy_version *v, const struct policy_decision *d);
struct policy_replays { int64_t n[POLICY_REPLAY_COUNT]; int64_t first_bad; };
/* All that are stored, in pieces; ctx->actor is the system. */
enum rc policy_replay_all(struct ctx *ctx, struct policy_replays *ret);

/* A draft tried against its base: see the head.  before may be NULL (a first version): nothing is compared. */
struct policy_trial { int held, broke, differ; struct text report; };
enum rc policy_try(struct arena *mem, const struct rules *before, const struct rules *after, struct text package,
    struct day change, const struct policy_decision *decisions, size_t n, struct policy_trial *ret);

extern const struct db_set policy_sql;
