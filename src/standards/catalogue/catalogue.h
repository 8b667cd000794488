/*
 * catalogue: what can be asked for, by whom, where, at what price, and how soon?
 *
 * A service item is a row of `item`; what it says stands in dated revisions, and a request keeps the
 * revision it was received under.  Nothing here is law unless `basis` or a limit's `source` names
 * it: empty basis is shown as 未核实, and limits of ours say 内部服务承诺.
 *
 * Functions with a struct tx * run inside db_read or db_command; texts live in tx_mem().
 * RC_NOT_FOUND: no such item, or none in force on that day.
 */
#pragma once

#include "base/day.h"
#include "engine/clock/clock.h"
#include "kit/db/db.h"
#include "kit/form/form.h"
#include "standards/catalogue/kinds.h"

/* ---- small sets (catalogue_label.c) ----------------------------------------------------------- */

const char *applicant_key(enum applicant_kind k);   /* "startup"; "" outside the set */
const char *applicant_label(enum applicant_kind k); /* T() */
const char *topic_key(enum topic t);                /* "wage_arrears" */
const char *topic_label(enum topic t);              /* T() */
const char *topic_hint(enum topic t);               /* T(): one line in plain words */
enum topic topic_by_key(struct text key);           /* TOPIC_NONE when unknown */
const char *topic_item(enum topic t);               /* code of the item suggested: "consult" */
const char *price_key(enum item_price p);
const char *price_label(enum item_price p);         /* T() */
const char *supply_key(enum item_supply s);
const char *supply_label(enum item_supply s);       /* T() */
extern const struct choice topic_choices[], applicant_choices[], price_choices[], supply_choices[];

/* ---- items -------------------------------------------------------------------------------------- */

struct item_limit {
	enum clock_target target;
	struct clock_rule rule;
	struct text source;         /* law and article, or CATALOGUE_PROMISE */
};
#define ITEM_LIMITS_MAX 3
#define CATALOGUE_PROMISE "内部服务承诺（可改）" /* source of a limit that is ours, not law's */

struct item {
	int64_t id;
	struct text code;           /* "consult" */
	struct text matter;         /* "consult", "referral": struct matter_kind that handles it */
	int sort;
	struct day from;            /* of this revision */
	struct text name, name_en, summary, summary_en;
	struct text why_public;     /* S21 */
	uint32_t who_may;           /* BIT(enum applicant_kind) */
	enum item_price price;
	struct text price_why;
	enum item_supply supply;
	struct text basis;          /* empty: 未核实 */
	struct text materials;      /* one per line */
	uint32_t channels, tiers;   /* BIT(enum channel), BIT(enum tier) */
	bool in_force;
	struct item_limit limits[ITEM_LIMITS_MAX];
	size_t n_limits;
};

/* The revision in force on a day; loads withdrawn ones too (in_force false), so that old requests show. */
enum rc catalogue_load(struct tx *tx, const struct actor *actor, int64_t item, struct day day, struct item *ret);
enum rc catalogue_load_code(struct tx *tx, const struct actor *actor, struct text code, struct day day,
    struct item *ret);
/* Exactly the revision that begins on `from`: what a request was received under. */
enum rc catalogue_load_revision(struct tx *tx, const struct actor *actor, int64_t item, struct day from,
    struct item *ret);
/* All in force on a day, by sort and id (withdrawn ones with `all`); array in ctx->mem. */
enum rc catalogue_list(struct ctx *ctx, struct day day, bool all, struct item **ret, size_t *ret_n);
/* Revisions of one item, newest first. */
enum rc catalogue_history(struct ctx *ctx, int64_t item, struct item **ret, size_t *ret_n);
/* The limit of a target; NULL when the item has none. */
const struct item_limit *item_limit_of(const struct item *item, enum clock_target target);

/* ---- may they ask? (catalogue_rule.c, pure) --------------------------------------------------------- */

/* enum catalogue_why and struct catalogue_verdict stand in kinds.h. */
struct catalogue_verdict catalogue_judge(const struct item *item, enum applicant_kind who, enum channel channel,
    enum tier tier);
const char *catalogue_why_code(enum catalogue_why why);  /* "market" */
const char *catalogue_why_label(enum catalogue_why why); /* T() */

/* ---- changing ---------------------------------------------------------------------------------------- */

struct item_new {
	struct text code, matter;   /* only for a new item */
	int64_t sort;
	struct day from;            /* in force from; an existing item: today or later */
	struct text name, name_en, summary, summary_en, why_public;
	uint64_t who_may;           /* bits */
	int price;
	struct text price_why;
	int supply;
	struct text basis, materials;
	uint64_t channels, tiers;
	bool in_force;
	struct item_limit limits[ITEM_LIMITS_MAX]; /* .rule.count 0: none */
};
/* What is wrong with it: prices that aren't free need a stated exception (S131), etc.
 * `newest`: from_day of the item's newest revision, DAY_NONE for a new item.  Findings name the
 * fields of struct item_new ("accept", "answer", "close" for limits). */
enum rc catalogue_check(const struct item_new *in, struct day today, struct day newest, struct findings *findings);
/* RC_DUPLICATE when the code is taken; RC_INVALID with findings.  Needs RIGHT_CATALOGUE (the route). */
enum rc catalogue_create(struct ctx *ctx, struct idem_key key, const struct item_new *in,
    struct findings *findings, int64_t *ret_item);
/* A new revision.  `seen`: from_day of the newest revision the official saw; RC_CONFLICT when there is a newer. */
enum rc catalogue_revise(struct ctx *ctx, struct idem_key key, int64_t item, struct day seen,
    const struct item_new *in, struct findings *findings);
/* The basic items and code tables of a new city; does nothing where there are some.  System actor. */
enum rc catalogue_seed(struct ctx *ctx);

/* ---- code tables (dated) ------------------------------------------------------------------------------- */

struct code_row { struct text code, name, name_en; int sort; int flags; struct day from, to; };
/* Flags of consult.outcome. */
enum { OUTCOME_SERVED = 1 /* counts as service done */, OUTCOME_NEEDS_REASON = 2 };
/* Codes of a kind in force on a day: "consult.outcome", "dispatch.return", "reveal.purpose", "urgency". */
enum rc code_list(struct ctx *ctx, const char *kind, struct day day, struct code_row **ret, size_t *ret_n);
/* One of them, in force on that day or (day DAY_NONE) ever.  RC_NOT_FOUND otherwise. */
enum rc code_find(struct tx *tx, const struct actor *actor, const char *kind, struct text code, struct day day,
    struct code_row *ret);

extern const struct db_set catalogue_sql;
