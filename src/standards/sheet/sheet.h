/*
 * sheet: texts that people of the city keep: which holds today, and how does another come into force?
 *
 * A sheet is a text of some kind ("paper": the template of a simple paper, "topic": what somebody's rights are) under a name.
 * The program brings one of each; a version made on a page is checked line by line by its kind, tried with facts where the
 * kind has any, approved by a second person, and holds from its day on.  A version never changes, so what was made from one
 * can be made again.  Kinds belong to the wings above; app lists them.
 *
 * Drafted and decided by who holds the right of its kind and answers for the whole city.
 */
#pragma once

#include "base/buf.h"
#include "kit/db/db.h"
#include "kit/form/form.h"

enum sheet_state { SHEET_DRAFT = 1, SHEET_APPROVED, SHEET_REJECTED, SHEET_WITHDRAWN };
const char *sheet_state_label(enum sheet_state s); /* T() */

#define SHEET_TEXT_MAX 32768   /* bytes */
#define SHEET_SAMPLE_MAX 16384
#define SHEET_WORDS_MIN 4      /* characters */
#define SHEET_WORDS_MAX 200
#define SHEET_SHOWN 40

/* message: T(), with one %s or none for `what`.  line 0: of the whole, or of its facts. */
struct sheet_fault { int line; const char *message; char what[64]; };
#define SHEET_FAULTS_MAX 20
struct sheet_faults { struct sheet_fault v[SHEET_FAULTS_MAX]; size_t n; };
void sheet_fault_add(struct sheet_faults *f, int line, const char *message, struct text what);
struct text sheet_fault_text(struct arena *mem, enum lang lang, const struct sheet_fault *f);

struct sheet_text { struct text name, text, sample; };
struct sheet_kind {
	const char *key;             /* "paper" */
	const char *label;           /* T() */
	int right;                   /* who may change it (enum right), with the whole city in their hands */
	const char *how;             /* T(): how one is written */
	const char *sample_label;    /* T(); NULL: this kind has no facts */
	bool (*builtin)(size_t i, struct sheet_text *ret);            /* the program's own, in order; false past the last */
	struct text (*title)(struct arena *mem, enum lang lang, struct text text);
	/* Everything that is wrong with it. */
	enum rc (*check)(struct arena *mem, const struct sheet_text *s, struct sheet_faults *ret);
	/* What it says with its facts, as lines; NULL: the text itself. */
	enum rc (*said)(struct arena *mem, const struct sheet_text *s, int64_t now_ms, struct text *ret);
	/* The same as a PDF; NULL: none. */
	enum rc (*print)(struct arena *mem, const struct sheet_text *s, int64_t now_ms, struct buf *out);
};
void sheet_kinds_set(const struct sheet_kind *const *v, size_t n); /* once, at start */
const struct sheet_kind *const *sheet_kinds(size_t *ret_n);
const struct sheet_kind *sheet_kind_find(struct text key);         /* NULL: none */
/* The program's own of that name; RC_NOT_FOUND. */
enum rc sheet_builtin(const struct sheet_kind *k, struct text name, struct sheet_text *ret);

struct sheet_version {
	int64_t id, base, author, decided_by; /* id 0: the program's own */
	int number;
	enum sheet_state state;
	struct sheet_text sheet;          /* text and sample only where said */
	struct day from;
	int64_t made_ms, decided_ms;
	struct text words, decided_words, author_name, decided_name;
};
/* What holds on a day, with its text.  RC_NOT_FOUND: no such name.  Any actor: these texts are public. */
enum rc sheet_current(struct tx *tx, const struct actor *actor, const struct sheet_kind *k, struct text name, struct day day,
    struct sheet_version *ret);
enum rc sheet_load(struct tx *tx, const struct actor *actor, const struct sheet_kind *k, struct text name, int64_t id,
    struct sheet_version *ret);  /* with text; id 0: the program's own */
/* Newest first, without texts. */
enum rc sheet_versions(struct tx *tx, const struct actor *actor, const struct sheet_kind *k, struct text name, struct sheet_version *ret,
    size_t cap, size_t *ret_n);

bool sheet_may_change(const struct actor *actor, const struct sheet_kind *k);
struct sheet_change {
	const struct sheet_kind *kind;
	struct sheet_text sheet;
	int64_t base;                /* the newest approved when it was read */
	struct day from;             /* today or later */
	struct text words;
};
/* RC_INVALID: findings by field ("text", "sample", "from", "words") and faults with their lines.  RC_CONFLICT: base is not the
 * newest approved any more.  RC_NOT_FOUND: no such sheet. */
enum rc sheet_draft(struct ctx *ctx, struct idem_key key, const struct sheet_change *in, struct findings *findings,
    struct sheet_faults *faults, int64_t *ret_id);
/* RC_REFUSED: the author approves or rejects, or withdraws somebody else's.  RC_CONFLICT: it is no draft any more, or its base
 * is no longer the newest approved. */
enum rc sheet_decide(struct ctx *ctx, struct idem_key key, const struct sheet_kind *k, struct text name, int64_t id, enum sheet_state to,
    struct text words, struct findings *findings);

/* ---- what is different (sheet_diff.c, pure but for mem) ----------------------------------------------------- */

enum sheet_mark { SHEET_SAME, SHEET_GONE, SHEET_NEW };
struct sheet_line { enum sheet_mark mark; int line; /* of the text it stands in */ struct text text; };
#define SHEET_LINES_MAX 1200
/* Lines of both in order, as few as can be marked.  Texts of more lines: all gone, all new. */
enum rc sheet_diff(struct arena *mem, struct text before, struct text after, struct sheet_line **ret, size_t *ret_n);

extern const struct db_set sheet_sql;
