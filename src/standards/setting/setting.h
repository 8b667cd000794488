/*
 * setting: what have the officials of this city set?  Limits and thresholds that change without a new
 * program; each change is a row with its moment, its author and the paper behind it, the newest is in
 * force.  A key without a row has the caller's default, which pages show as 未核实.
 */
#pragma once

#include "kit/db/db.h"

#define SETTING_TEXT_MAX 400 /* bytes */
#define SETTING_HISTORY_MAX 60

/* A number that may be set: what it means, its bounds, and what holds until somebody sets it.  The subject that reads
 * it keeps a const array of them; app lists the arrays, and the page of settings is made of the list. */
struct setting_kind {
	const char *key;      /* "light.soon_hours" */
	const char *label, *unit, *hint; /* T(): its name, what it counts, what it changes */
	int64_t min, max, usual;         /* usual: our own, shown as 未核实 */
	int right;            /* who may set it (enum right) */
	enum rc (*changed)(struct ctx *ctx); /* after the commit; NULL: it is read at each use */
};
struct setting_group { const struct setting_kind *v; size_t n; };
void setting_groups_set(const struct setting_group *v, size_t n); /* once, at start */
const struct setting_group *setting_groups(size_t *ret_n);
const struct setting_kind *setting_find(struct text key);         /* NULL: none of that name */

/* The number in force, or the usual one: also where what is stored is none or lies outside the bounds. */
enum rc setting_read(struct tx *tx, const struct actor *actor, const struct setting_kind *k, int64_t *ret);
/* The same of one that stands in no list. */
enum rc setting_int(struct tx *tx, const struct actor *actor, const char *key, int64_t min, int64_t max,
    int64_t fallback, int64_t *ret);
/* The words in force, or fallback: also where they are longer than SETTING_TEXT_MAX. */
enum rc setting_text(struct tx *tx, const struct actor *actor, const char *key, struct text fallback, struct text *ret);
/* Inside a command, by whoever may (the caller has asked): a new row, and its trace in the audit trail.
 * Two changes within a millisecond: RC_CONFLICT. */
enum rc setting_put(struct tx *tx, const struct actor *actor, const char *key, int64_t value, struct text document);
enum rc setting_put_text(struct tx *tx, const struct actor *actor, const char *key, struct text value, struct text document);

/* Who set it to what, and by which paper, the newest first. */
struct setting_row { int64_t since_ms, account; struct text value, document, name; };
enum rc setting_history(struct tx *tx, const struct actor *actor, const struct setting_kind *k, struct setting_row *ret,
    size_t cap, size_t *ret_n);

/*
 * Set it.  `seen`: since_ms of the row the page was made from, 0 where there was none.
 * RC_CONFLICT: somebody set it meanwhile.  RC_INVALID: out of bounds, or no word of why.  RC_FORBIDDEN.
 */
struct setting_change { const struct setting_kind *kind; int64_t seen, value; struct text document; };
enum rc setting_change(struct ctx *ctx, struct idem_key key, const struct setting_change *in);

/* Who set what, of the keys that begin with `head`; newest first.  value and document as they are stored. */
struct setting_past { struct text key, value, document, name; int64_t since_ms; };
enum rc setting_changes(struct tx *tx, const struct actor *actor, struct text head, struct setting_past *ret, size_t cap,
    size_t *ret_n);

extern const struct db_set setting_sql;
