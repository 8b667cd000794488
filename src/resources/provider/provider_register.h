/*
 * provider_register: who is in the registers, how does each stand today, and what was decided about them?
 *
 * Lists with filters, tables to import, sanctions (a person or body under one that bars is not offered for anything new, with its
 * days), assessments of bodies that may take on delegated work (S128), licences that end (warned of once a distance), and renewals
 * that a provider proposes and the keeper of the register (RIGHT_NETWORK) confirms.
 *
 * RC_NOT_FOUND, RC_CONFLICT, RC_INVALID with findings.  Texts live in tx_mem().
 */
#pragma once

#include "resources/provider/provider.h"
#include "standards/setting/setting.h"

/* Days before the end of a licence at which it is told. */
enum { REGISTER_WARN_FIRST, REGISTER_WARN_SECOND, REGISTER_WARN_LAST, REGISTER_SETTINGS_N };
extern const struct setting_kind register_settings[REGISTER_SETTINGS_N];

/* ---- lists ---------------------------------------------------------------------------------------------- */

enum register_state { REGISTER_ANY, REGISTER_ENDING, REGISTER_OVER, REGISTER_BARRED, REGISTER_STATES };
/* 0, empty or REGISTER_ANY: whatever it is; within: of the body; word: the whole name or number. */
struct register_ask { int kind, sector; enum register_state state; struct place within; struct text word; int64_t after; struct day today; int64_t days; };
enum rc register_persons(struct tx *tx, const struct actor *actor, const struct register_ask *ask, struct provider *ret, size_t cap,
    size_t *ret_n);
enum rc register_bodies(struct tx *tx, const struct actor *actor, const struct register_ask *ask, struct firm *ret, size_t cap,
    size_t *ret_n);
/* How many by kind and sector; subject as in provider_warning. */
struct register_count { int subject, kind, sector; int64_t n; };
#define REGISTER_COUNTS_MAX 120
enum rc register_counts(struct tx *tx, const struct actor *actor, struct register_count *ret, size_t cap, size_t *ret_n);

/* ---- sanctions ---------------------------------------------------------------------------------------------- */

enum sanction_kind { SANCTION_WARNING = 1, SANCTION_FINE, SANCTION_SUSPENDED, SANCTION_REVOKED, SANCTION_DISHONEST, SANCTION_TRADE, SANCTION_COUNT };
extern const struct choice sanction_kind_choices[];
const char *sanction_kind_label(int k); /* T() */
struct sanction {
	int64_t id, provider, firm, at_ms, ended_ms;
	int kind;
	bool bars;
	struct day from, to;           /* to: last day; DAY_NONE: open */
	struct text document, words, ended_words, name;
};
/* Of one person (with those of their body) or of one body, the newest first; 0, 0: all that hold on `today`. */
enum rc sanctions(struct tx *tx, const struct actor *actor, int64_t provider, int64_t firm, struct day today, struct sanction *ret,
    size_t cap, size_t *ret_n);
struct sanction_new { int64_t provider, firm; int kind; bool bars; struct day from, to; struct text document, words; };
/* Suspension and revocation always bar. */
enum rc sanction_add(struct ctx *ctx, struct idem_key key, const struct sanction_new *in, struct findings *findings);
/* `last`: its last day, today or earlier than it was to end. */
enum rc sanction_end(struct ctx *ctx, struct idem_key key, int64_t id, struct day last, struct text words, struct findings *findings);

/*
 * What bars whom between two days, sanctions and bodies whose licence has ended by then.  RC_TOO_LARGE: more than there is room
 * for, so that nobody is let through unseen.
 */
struct provider_bar { int64_t provider, firm; struct day from, to; };
#define PROVIDER_BARS_MAX 8000 /* more than a city has bodies: each whose licence is over stands there once, for ever */
struct provider_bars { struct provider_bar v[PROVIDER_BARS_MAX]; size_t n; };
enum rc provider_bars_read(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct provider_bars *ret);
bool provider_bar_hits(const struct provider_bar *b, int64_t provider, int64_t firm); /* pure */
/* Set p->barred: is there one between those days? */
enum rc provider_bar(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct provider *p);

/* ---- bodies that can take on delegated work ------------------------------------------------------------------- */

struct assessment { int64_t id, firm, at_ms; struct day day, until; bool able, barred; struct text works, words, name; int kind; };
/* The latest of each body (firm 0), or all of one, the newest first. */
enum rc assessments(struct tx *tx, const struct actor *actor, int64_t firm, struct day today, struct assessment *ret, size_t cap, size_t *ret_n);
struct assessment_new { int64_t firm; struct day day, until; bool able; struct text works, words; };
/* RC_INVALID when a sanction bars the body on that day and it is said to be able. */
enum rc assessment_add(struct ctx *ctx, struct idem_key key, const struct assessment_new *in, struct findings *findings);

/* ---- licences that end ------------------------------------------------------------------------------------------ */

struct licence_end { int subject; int64_t id, days_told, account; struct text name, licence; int kind; struct day valid_to; };
/* Those over, or ending within so many days; the earliest first. */
enum rc licence_ends(struct tx *tx, const struct actor *actor, struct day today, int64_t days, struct licence_end *ret, size_t cap,
    size_t *ret_n);
/* Which distance has come (pure): the smallest of the three that is not below `left`; 0: none, or it is over. */
int64_t licence_warn_at(int64_t left, const int64_t days[static REGISTER_SETTINGS_N]);
/* Write down what has come since; *ret_n: new ones.  System. */
enum rc licence_watch(struct ctx *ctx, int64_t most, int64_t *ret_n);

/* ---- renewals ------------------------------------------------------------------------------------------------------ */

enum renewal_state { RENEWAL_PROPOSED = 1, RENEWAL_CONFIRMED, RENEWAL_REFUSED };
const char *renewal_state_label(int s); /* T() */
struct renewal {
	int64_t id, provider, account, at_ms, decided_ms;
	struct day valid_from, valid_to;
	int state;
	bool scan;
	struct text words, decided_words, name, licence, scan_type;
};
/* Of one person, or (0) those that wait. */
enum rc renewals(struct tx *tx, const struct actor *actor, int64_t provider, struct renewal *ret, size_t cap, size_t *ret_n);
#define RENEWAL_SCAN_MAX ((size_t)1 << 20)
struct renewal_new { struct day valid_from, valid_to; struct text words, scan; };
/* By the provider's own account; scan: PDF, JPEG or PNG, or empty. */
enum rc renewal_propose(struct ctx *ctx, struct idem_key key, const struct renewal_new *in, struct findings *findings);
enum rc renewal_decide(struct ctx *ctx, struct idem_key key, int64_t id, bool confirm, struct text words, struct findings *findings);
/* The picture, for its author and the keeper. */
enum rc renewal_scan(struct tx *tx, const struct actor *actor, int64_t id, struct text *ret, struct text *ret_type);

/* What a provider changes of their own: skills stay the keeper's. */
struct provider_own { uint64_t languages; struct place home; int64_t room; };
enum rc provider_own_save(struct ctx *ctx, struct idem_key key, const struct provider_own *in, struct findings *findings);

/* ---- tables: a row a person, a row a body.  All or none; findings carry line and column. ----------------------------- */

#define REGISTER_ROWS_MAX 4000
extern const struct form register_person_table, register_body_table;
enum rc register_import_persons(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows);
enum rc register_import_bodies(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows);

/* ---- how many for how many (S36) -------------------------------------------------------------------------------------- */

#define REGISTER_COUNTIES_MAX 40
/* Lawyers and legal workers whose licence is good; people, enterprises: -1 not known (未核实). */
struct register_ratio { struct place county; int64_t lawyers, workers, people, enterprises; };
enum rc register_ratios(struct tx *tx, const struct actor *actor, struct place within, struct day today, struct register_ratio *ret,
    size_t cap, size_t *ret_n);
/* Hundredths per `per`; -1 where `of` is not known (pure). */
int64_t register_per(int64_t persons, int64_t of, int64_t per);
/* document: where the number comes from. */
enum rc register_enterprises_set(struct ctx *ctx, struct idem_key key, struct place county, int64_t n, struct text document,
    struct findings *findings);

extern const struct db_set register_sql, register_ratio_sql;
