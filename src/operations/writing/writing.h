/*
 * writing: how does somebody who cannot write get a paper that says what they mean?  (代写法律文书; S158)
 *
 * A draft of one of the simple papers (templates "simple.*") beside a case: begun from what the case holds, so that only
 * gaps are asked; written by one, checked by another, read back to the person, and only then issued under its number.
 * A paper is counted when it is issued, once.  A draft ends with its case.
 *
 * RC_REFUSED with *ret_why: a rule says no.  RC_CONFLICT: changed since.  RC_NOT_FOUND: none this actor may see.
 */
#pragma once

#include "operations/paper/paper.h"

enum writing_state { WRITING_DRAFT = 10, WRITING_ASKED = 20 /* waits for its check */, WRITING_RETURNED = 30, WRITING_ISSUED = 50,
	WRITING_DROPPED = 60 };
enum writing_step { WRITING_SAVE = 1, WRITING_ASK, WRITING_RETURN, WRITING_ISSUE, WRITING_DROP };
enum writing_read { WRITING_NOT_READ, WRITING_READ_ALOUD, WRITING_READ_SELF, WRITING_READ_COUNT };
extern const struct choice writing_read_choices[];
const char *writing_state_label(enum writing_state s); /* T() */

enum writing_why {
	WRITING_MAY,
	WRITING_NO_STEP,         /* not in this state */
	WRITING_NOT_YOURS,       /* the holder's side acts */
	WRITING_NOT_ACCEPTED,    /* accept the case first */
	WRITING_SAME_PERSON,     /* nobody checks what they wrote */
	WRITING_NOT_READ_BACK,   /* the person must know what it says */
	WRITING_NO_WORDS,        /* what is wrong with it? */
	WRITING_INCOMPLETE,      /* a fact is missing */
	WRITING_UNPRINTABLE,     /* a character that no font has */
	WRITING_TOO_MANY,
	WRITING_WHY_COUNT
};
const char *writing_why_label(enum writing_why w); /* T() */

#define WRITING_WORDS_MIN 4      /* characters of a reason */
#define WRITING_WORDS_MAX 1000
#define WRITING_MOST 12          /* drafts of one case that are open */

/* ---- pure (writing_rule.c) ---- */
struct writing_facts {
	enum writing_state state;
	bool holds, accepted;    /* of the holder's side (to check: or supervises there); the case is open and accepted */
	bool author;             /* wrote it last */
	enum writing_read read;
	size_t words;
};
enum writing_why writing_judge(const struct writing_facts *f, enum writing_step step);
bool writing_is_open(enum writing_state s);

/* ---- use cases ---- */
struct writing {
	int64_t id, begun_ms, at_ms, author, checker, paper, revision;
	struct case_id request;
	enum writing_state state;
	enum writing_read read;
	struct text kind, words, author_name, checker_name;
	struct text sealed;
};
#define WRITINGS_MOST 60
/* Oldest first. */
enum rc writing_list(struct tx *tx, const struct actor *actor, struct case_id request, struct writing *ret, size_t cap, size_t *ret_n);
enum rc writing_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id, struct writing *ret);
/* What it says so far. */
enum rc writing_facts(struct ctx *ctx, const struct writing *w, struct paper_facts *ret);
/* The i-th simple paper; NULL past the last. */
const struct paper_builtin *writing_kind(size_t i);
/* Its template as it holds today, in tx_mem(); RC_NOT_FOUND. */
enum rc writing_template_now(struct tx *tx, const struct actor *actor, struct text kind, const struct paper_template **ret);
/* The program's own, in mem, for its name; NULL when there is none. */
const struct paper_template *writing_template(struct arena *mem, struct text kind);

/* Begun with what the case holds: who asks, where they live, what they told. */
enum rc writing_begin(struct ctx *ctx, struct idem_key key, struct case_id request, struct text kind, int64_t *ret_id,
    enum writing_why *ret_why);
struct writing_head { struct case_id request; int64_t id, revision; };
/* ask: written to the end, to be checked.  RC_INVALID with *ret_missing: facts that do not fit the template ("amount: missing"). */
enum rc writing_save(struct ctx *ctx, struct idem_key key, const struct writing_head *h, const struct paper_facts *facts, bool ask,
    struct text *ret_missing, enum writing_why *ret_why);
enum rc writing_return(struct ctx *ctx, struct idem_key key, const struct writing_head *h, struct text words, enum writing_why *ret_why);
enum rc writing_issue(struct ctx *ctx, struct idem_key key, const struct writing_head *h, enum writing_read read, int64_t *ret_paper,
    enum writing_why *ret_why);
enum rc writing_drop(struct ctx *ctx, struct idem_key key, const struct writing_head *h, enum writing_why *ret_why);

/* Issued in those days inside a place, by kind; in the order of the templates. */
#define WRITING_KINDS_MOST 32
struct writing_count { struct text kind; int64_t issued; };
enum rc writing_counts(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct place place,
    struct writing_count *ret, size_t cap, size_t *ret_n);

/* The papers behind such a number, kind empty: all; the newest first, below that id (0: from the newest). */
struct writing_span { struct day from, to; struct place place; struct text kind; int64_t below; };
struct writing_row { int64_t id, request, paper, at_ms; struct text kind, request_number, number, author_name, checker_name; };
enum rc writing_issued(struct tx *tx, const struct actor *actor, const struct writing_span *s, struct writing_row *ret, size_t cap,
    size_t *ret_n);

extern const struct event_hook writing_ended_hook;
extern const struct db_set writing_sql;
