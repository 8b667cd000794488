/*
 * paper: which papers has the house issued, under which number, and what exactly did they say?  (文书)
 *
 * A paper is a template (data/papers/, docs/paper-language.md) and the facts it was given, both kept.  It is drawn once: by
 * the worker within a second of its issue, or by whoever reads it sooner.  That print is kept, sealed and bound to its
 * number, with its digest; every reader gets those bytes, whatever becomes of fonts and templates, or is told that
 * they are not what was issued (RC_CORRUPT).
 *
 * Issuing has two halves.  paper_prepare() stands before the command: it checks the facts against the template, tries the
 * paper (a name no font can print is found here, not after a number was taken) and seals.  paper_issue() stands inside
 * the caller's command: it takes the next number of the series and writes the row, so that the paper and the deed it
 * states exist together or not at all, and a year's numbers have no gaps.
 *
 * A number reads 苏吴中援决字〔2026〕第12号: the first words are the setting "paper.prefix.320506" of the county that issues
 * (empty: its code stands there), the kind's word comes from the template, the year is that of the moment in China.
 *
 * Read by whoever may read its case; by the resident with the receipt if it is addressed to residents and not voided.
 * Every reading is in the audit trail and counted.  Functions with a struct tx * run inside db_read or db_command.
 */
#pragma once

#include "base/buf.h"
#include "base/fen.h"
#include "operations/request/request.h"
#include "standards/sheet/sheet.h"

/* ---- facts ------------------------------------------------------------------------------------------------------- */

#define PAPER_FACTS_MAX 400
#define PAPER_VALUE_MAX 20000   /* bytes */
#define PAPER_CANONICAL_MAX 65536

struct paper_fact {
	struct text key;
	int item;                  /* of a list: 0..; -1: no list */
	struct text column;        /* of a list with columns */
	struct text value;
};
/* In any order; errors are remembered (paper_facts_rc). */
struct paper_facts {
	struct arena *mem;
	struct paper_fact *v;
	size_t n;
	enum rc failed;
};
void paper_facts_init(struct paper_facts *f, struct arena *mem);
/* An empty value, DAY_NONE: as if it had not been said.  Texts are views: they live until paper_prepare() is back. */
void paper_say(struct paper_facts *f, const char *key, struct text value);
void paper_say_day(struct paper_facts *f, const char *key, struct day value);
void paper_say_moment(struct paper_facts *f, const char *key, int64_t at_ms);  /* 0: not said */
void paper_say_fen(struct paper_facts *f, const char *key, struct fen value);
void paper_say_int(struct paper_facts *f, const char *key, int64_t value);
/* Item 0, 1, … of a list; column "" where the list has none. */
void paper_say_item(struct paper_facts *f, const char *key, int item, const char *column, struct text value);
enum rc paper_facts_rc(const struct paper_facts *f);
/* From the command line: {"key": "text", "list": ["…"], "rows": [{"column": "…"}]}. */
enum rc paper_facts_json(struct paper_facts *f, struct text json, struct text *ret_why);
/* "key=value" lines in the order of their keys, "list[0].column=value"; line feed and '\' as \n and \\.  Read back by
 * paper_facts_parse (RC_CORRUPT). */
enum rc paper_facts_text(const struct paper_facts *f, struct text *ret);
enum rc paper_facts_parse(struct paper_facts *f, struct text t);
/* NULL: not said. */
const struct text *paper_fact_find(const struct paper_facts *f, struct text key, int item, struct text column);
int paper_items(const struct paper_facts *f, struct text key);

/* ---- templates ----------------------------------------------------------------------------------------------------- */

#define PAPER_TEMPLATE_MAX 32768 /* bytes */
#define PAPER_BLOCKS_MAX 200
#define PAPER_DECLARED_MAX 80

enum paper_for { PAPER_FOR_RESIDENT, PAPER_FOR_OFFICE, PAPER_FOR_OUTSIDE };
enum paper_kind { PAPER_TEXT, PAPER_WORDS, PAPER_DAY, PAPER_TIME, PAPER_MONEY, PAPER_NUMBER, PAPER_LIST };
enum paper_need { PAPER_MUST, PAPER_MAY, PAPER_SET };
struct paper_declared {
	struct text key, label;
	struct text list;          /* a column: of which list */
	enum paper_kind kind;
	enum paper_need need;
};
struct paper_block { struct text text; int line; int word; int columns; };
struct paper_template {
	struct text id, name, series, law, source;
	enum paper_for whom;
	struct paper_declared declared[PAPER_DECLARED_MAX];
	size_t n_declared;
	struct paper_block blocks[PAPER_BLOCKS_MAX];
	size_t n_blocks;
};
/* Views into the source.  RC_INVALID with every fault and its line. */
enum rc paper_template_parse(struct text source, struct paper_template *ret, struct sheet_faults *findings);
/* Every fact there that must be, of its kind, and none that is not declared; RC_INVALID with "reasons: missing". */
enum rc paper_facts_check(const struct paper_template *t, const struct paper_facts *f, struct arena *mem, struct text *ret_why);

struct paper_builtin { const char *id; struct text source, sample; /* facts to try it with, of the simple papers; else empty */ };
extern const struct paper_builtin paper_builtins[]; /* data/papers/, made at build */
extern const size_t paper_builtins_n;
/* NULL: none of that name. */
const struct paper_builtin *paper_builtin_find(struct text id);

/*
 * Simple papers ("simple.*") are kept by the city's people (standards/sheet): the text that holds on a day, in tx_mem(); the
 * program's own of every other.  RC_NOT_FOUND.
 */
enum rc paper_source(struct tx *tx, const struct actor *actor, struct text kind, struct day day, struct text *ret);
extern const struct sheet_kind paper_sheet;
/* What is not declared is left out: a draft that was begun under another version. */
void paper_facts_keep(struct paper_facts *f, const struct paper_template *t);

/* ---- making one ---------------------------------------------------------------------------------------------------- */

struct paper_made {
	struct text number;
	int64_t at_ms;
	struct text code, url;     /* at the foot; empty: none */
	struct text mark;          /* across the page */
};
/* The bytes.  RC_INVALID with *ret_why in English: facts that do not fit, a character no font has.  out NULL: says only that,
 * without the drawing, which is most of the time. */
enum rc paper_render(const struct paper_template *t, const struct paper_facts *f, const struct paper_made *made,
    struct arena *mem, struct buf *out, struct text *ret_why);
/* What it says, a line for each piece of text in order: to see at once what another template changes. */
enum rc paper_said(const struct paper_template *t, const struct paper_facts *f, const struct paper_made *made, struct arena *mem,
    struct text *ret, struct text *ret_why);

/* ---- the register -------------------------------------------------------------------------------------------------- */

struct paper_draft {
	int64_t id;
	const char *kind;          /* of a builtin: for ever */
	struct text series, name, source;
	struct text sealed;        /* the facts */
	char hash[65];             /* of the template */
	char code[20];
	bool shown;
	struct text why;           /* it cannot be printed: what paper_prepare() said; such a one may be owed, not issued */
};
/*
 * Before the command.  RC_INVALID with *ret_why ("reasons: missing"): the caller's mistake or a character that cannot be
 * printed: the draft is whole all the same and may be owed.  RC_NOT_FOUND: no such template.  The draft lives in ctx->mem
 * and may be issued once.
 */
enum rc paper_prepare(struct ctx *ctx, const char *kind, const struct paper_facts *facts, struct paper_draft *ret,
    struct text *ret_why);
struct paper_issued { int64_t id; char number[96]; };
/*
 * Inside the caller's command, which has judged that the actor may.  `place` is the division of the office that issues:
 * the series is its county's (the city's own where it lies no deeper).  Facts that the transaction finds changed are the
 * caller's matter: it compares the revision it prepared for.
 */
enum rc paper_issue(struct tx *tx, const struct actor *actor, const struct paper_draft *d, struct case_id request,
    struct place place, struct paper_issued *ret);
/* Inside a command: no longer valid, with the reason; its number stays taken.  RC_CONFLICT: voided already. */
#define PAPER_REASON_MAX 500 /* bytes */
enum rc paper_void(struct tx *tx, const struct actor *actor, int64_t id, struct text reason);

struct paper {
	int64_t id, at_ms, account, void_ms, copies;
	struct case_id request;
	struct text kind, name, number, code, url, digest, hash, void_reason, account_name;
	struct text source, sealed, kept; /* of one that was loaded to be read; kept: the print, sealed; empty: never made */
	bool shown;
};
#define PAPERS_OF_CASE_MAX 60
/* Of a case this actor may read, oldest first; with a receipt those addressed to residents that still hold. */
enum rc paper_list(struct tx *tx, const struct actor *actor, struct case_id request, struct paper *ret, size_t cap, size_t *ret_n);
/*
 * The print as it was made first; write down who read it.  RC_CORRUPT with *ret_why: it is not what was issued (the
 * register was changed): the bytes are then not given.  A voided one is drawn anew with the mark 已作废.
 */
enum rc paper_print(struct ctx *ctx, struct case_id request, int64_t id, struct buf *out, struct text *ret_why);
/* Is this the code at the foot of a paper of ours, and does that still hold?  For whoever holds one in hand: the code is
 * unguessable, and no fact of the paper is told.  RC_NOT_FOUND. */
struct paper_checked { struct text name, number; int64_t at_ms, void_ms; };
enum rc paper_check(struct tx *tx, const struct actor *actor, struct text code, struct paper_checked *ret);
/* The worker: up to `most` papers that were never made are made, so that their digest is known. */
enum rc paper_digest_due(struct ctx *ctx, size_t most, int64_t *ret_n);

/* ---- owed ---------------------------------------------------------------------------------------------------------- */

/*
 * A deed whose paper cannot be set at this moment, or is set after it: written down inside the deed's command, so that
 * deed and debt exist together or not at all.  Whoever pays it prepares a draft, and issues it with the date of that day.
 */
struct paper_owed {
	int64_t id, account, at_ms, tries;
	struct case_id request;
	struct place place;        /* code 0: of whoever holds the case when it is issued */
	struct text kind, why, sealed; /* sealed empty: gathered from the case */
};
/* d: one that paper_prepare() found unprintable. */
enum rc paper_owe(struct tx *tx, const struct actor *actor, const struct paper_draft *d, struct case_id request, struct place place);
/* Its facts are gathered when it is set. */
enum rc paper_owe_kind(struct tx *tx, const struct actor *actor, const char *kind, struct case_id request);
enum rc paper_owed_list(struct tx *tx, const struct actor *actor, struct case_id request, struct paper_owed *ret, size_t cap, size_t *ret_n);
enum rc paper_owed_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id, struct paper_owed *ret);
/* Those to be tried now, across the city, the newest first: somebody may be waiting for it. */
enum rc paper_owed_due(struct tx *tx, const struct actor *actor, struct paper_owed *ret, size_t cap, size_t *ret_n);
/* A character that no font has becomes 〓, as printers do. */
enum rc paper_facts_fill(struct paper_facts *f);
/* RC_NOT_FOUND: it has no facts of its own.  fill: see above. */
enum rc paper_owed_facts(struct ctx *ctx, const struct paper_owed *o, bool fill, struct paper_facts *ret);
/* In the name of whoever took the step.  RC_CONFLICT: it was issued meanwhile. */
enum rc paper_owed_issue(struct tx *tx, const struct actor *actor, const struct paper_owed *o, const struct paper_draft *d, struct place place,
    struct paper_issued *ret);
/* Not yet: tried again after a while. */
enum rc paper_owed_later(struct tx *tx, const struct actor *actor, int64_t id, struct text why);

/* The address that the code at the foot leads to, once at start; empty: none is printed. */
void paper_site_set(struct text url);

extern const struct db_set paper_sql;
