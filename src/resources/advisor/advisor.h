/*
 * advisor: who is the legal adviser of this village, on which terms, and who will be next year?
 *
 * One village, one adviser at a time (一村〔社区〕一法律顾问): commands are serialised, each looks for a
 * contract of the same village whose days meet its own, and `zhaofa verify` looks again.  An adviser is
 * a practising lawyer or a grassroots legal worker whose licence holds on every day of the term.  Fees,
 * hours, absences and the number of villages that is too many are settings.
 *
 * A plan is the cheapest assignment of a place's villages for a term (engine/assign_flow, exact, with its
 * bound), made from the registers; somebody else than its author approves it, which makes the contracts.
 *
 * Reading: whoever is logged in; changing: RIGHT_ADVISORS, inside the jurisdiction, or the system.
 * RC_NOT_FOUND, RC_CONFLICT, RC_INVALID with findings.  Texts live in tx_mem().
 */
#pragma once

#include "resources/provider/provider_register.h"
#include "standards/setting/setting.h"

enum advisor_duty { ADVISOR_DUTY_ADVICE, ADVISOR_DUTY_DRAFT, ADVISOR_DUTY_LECTURE, ADVISOR_DUTY_MEDIATE, ADVISOR_DUTY_RULES, ADVISOR_DUTY_AID, ADVISOR_DUTY_COUNT };
enum advisor_end { ADVISOR_END_NONE, ADVISOR_END_ABSENT, ADVISOR_END_LICENCE, ADVISOR_END_RESIGNED, ADVISOR_END_AGREED, ADVISOR_END_OTHER, ADVISOR_END_COUNT };
enum advisor_plan_state { ADVISOR_PLAN_PROPOSED = 10, ADVISOR_PLAN_APPROVED = 20, ADVISOR_PLAN_DROPPED = 30 };
extern const struct choice advisor_duty_choices[], advisor_end_choices[];
const char *advisor_duty_label(enum advisor_duty d);            /* T() */
const char *advisor_end_label(enum advisor_end e);              /* T() */
const char *advisor_plan_state_label(enum advisor_plan_state s); /* T() */

/* Settings: fee in yuan, absences, villages, hours, days of warning; prices of a plan in minutes. */
enum { ADVISOR_FEE, ADVISOR_ABSENCES, ADVISOR_VILLAGES, ADVISOR_HOURS, ADVISOR_WARN, ADVISOR_PRICE_CHANGE, ADVISOR_PRICE_DIALECT,
	ADVISOR_PRICE_LOAD, ADVISOR_SETTINGS_N };
extern const struct setting_kind advisor_settings[ADVISOR_SETTINGS_N];

/* ---- pure (advisor_rule.c) ---- */

struct advisor_term { struct day from, to; };
enum advisor_why { ADVISOR_MAY, ADVISOR_KIND, ADVISOR_OFF, ADVISOR_FIRM_OFF, ADVISOR_LICENCE_NOT_YET, ADVISOR_LICENCE_OVER,
	ADVISOR_CONFLICT, ADVISOR_FULL, ADVISOR_BARRED, ADVISOR_WHY_COUNT };
/* May they advise a village from the first to the last day?  (Conflict and room: whoever knows them.) */
enum advisor_why advisor_judge(const struct provider *p, struct advisor_term t);
const char *advisor_why_label(enum advisor_why w); /* T() */
bool advisor_terms_meet(struct advisor_term a, struct advisor_term b);
/* The next term after that one, as long in months; to the end of the same month day. */
struct advisor_term advisor_term_next(struct advisor_term t);
#define ADVISOR_TERM_DAYS_MAX 1100 /* our own bound against slips of the pen */

/* ---- reading ---- */

struct advisor_seat {
	struct provider p;
	struct place home;             /* that of the firm where none is said */
	bool dialect, listed;          /* listed: is in the register of advisers */
	int room;
	int64_t revision, load;        /* villages whose contracts hold on the day asked for */
};
/* Those in the register, after that provider; load on `day`. */
enum rc advisor_seats(struct tx *tx, const struct actor *actor, int64_t after, struct day day, struct advisor_seat *ret, size_t cap,
    size_t *ret_n);

struct advisor_contract {
	int64_t id, provider, firm, plan, renews, account, at_ms, revision;
	struct place village;
	struct advisor_term term;      /* as agreed */
	struct day last;               /* last day it holds */
	enum advisor_end ended;
	struct text ended_note;
	unsigned duties;
	int hours;
	int64_t fee;                   /* fen a year */
	struct provider p;             /* name, licence and its days, firm by name */
	struct text phone;             /* of the firm */
	int64_t absences;              /* unexcused */
};
enum rc advisor_load(struct tx *tx, const struct actor *actor, int64_t id, struct advisor_contract *ret);
/* Contracts of a place's villages that hold on a day, by village, after that one. */
enum rc advisor_on_day(struct tx *tx, const struct actor *actor, struct place within, struct day day, struct place after,
    struct advisor_contract *ret, size_t cap, size_t *ret_n);
/* All contracts of one village, the newest first. */
enum rc advisor_of_village(struct tx *tx, const struct actor *actor, struct place village, struct advisor_contract *ret, size_t cap,
    size_t *ret_n);
/* Whose licence ends before their contract does, or within so many days of `today`; the earliest first. */
enum rc advisor_expiring(struct tx *tx, const struct actor *actor, struct place within, struct day today, int64_t days,
    struct advisor_contract *ret, size_t cap, size_t *ret_n);
/* Only where they stand, for figures and gaps: places of villages with a contract on that day, ascending. */
enum rc advisor_places(struct tx *tx, const struct actor *actor, struct place within, struct day day, struct place *ret, size_t cap,
    size_t *ret_n);
/* For everybody: name, firm and its telephone of who advises the village that day, the substitute where one stands in. */
struct advisor_public { struct text name, firm, phone; bool substitute; struct day to; };
enum rc advisor_public(struct tx *tx, const struct actor *actor, struct place village, struct day day, struct advisor_public *ret);

struct advisor_absence { struct day day; bool excused; struct text note; };
struct advisor_substitute { struct advisor_term term; int64_t provider; struct text name, firm_name, reason; };
enum rc advisor_absences(struct tx *tx, const struct actor *actor, int64_t contract, struct advisor_absence *ret, size_t cap,
    size_t *ret_n);
enum rc advisor_substitutes(struct tx *tx, const struct actor *actor, int64_t contract, struct advisor_substitute *ret, size_t cap,
    size_t *ret_n);

/* ---- changing ---- */

struct advisor_contract_new {
	struct place village;
	struct text licence;           /* of the adviser */
	struct day from, to;
	int64_t hours, fee;            /* hours a month; yuan a year */
	uint64_t duties;
};
struct advisor_signed { int64_t id, villages, most; }; /* villages the adviser then has; more than `most`: to be told */
enum rc advisor_sign(struct ctx *ctx, struct idem_key key, const struct advisor_contract_new *in, struct findings *findings,
    struct advisor_signed *ret);
/* What those above know against giving this adviser this village again (app sets it once at start; NULL: nothing).  RC_INVALID with
 * a finding at `line`. */
typedef enum rc advisor_again_fn(struct tx *tx, const struct actor *actor, struct place village, int64_t provider, int line,
    struct findings *findings);
void advisor_again_set(advisor_again_fn *fn);
/* The next term with the same adviser, the same duties, hours and fee. */
enum rc advisor_renew(struct ctx *ctx, struct idem_key key, int64_t contract, struct findings *findings, struct advisor_signed *ret);
struct advisor_ending { int64_t contract, revision; int why; struct day last; struct text note; };
/* ADVISOR_END_ABSENT only with as many unexcused absences as the setting says. */
enum rc advisor_end(struct ctx *ctx, struct idem_key key, const struct advisor_ending *in, struct findings *findings);
struct advisor_absent { int64_t contract; struct day day; bool excused; struct text note; };
enum rc advisor_note_absence(struct ctx *ctx, struct idem_key key, const struct advisor_absent *in, struct findings *findings);
struct advisor_stand_in { int64_t contract; struct text licence, reason; struct day from, to; };
enum rc advisor_substitute(struct ctx *ctx, struct idem_key key, const struct advisor_stand_in *in, struct findings *findings);
/* What the place did for the adviser's work: training, materials, a room …; newest first. */
enum advisor_support_kind { ADVISOR_SUPPORT_TRAINING = 1, ADVISOR_SUPPORT_MATERIALS, ADVISOR_SUPPORT_PLACE, ADVISOR_SUPPORT_INSURANCE,
	ADVISOR_SUPPORT_TRAVEL, ADVISOR_SUPPORT_OTHER, ADVISOR_SUPPORT_KINDS };
extern const struct choice advisor_support_choices[];
struct advisor_support_new { int64_t contract, amount; struct day day; int kind; struct text words; }; /* amount: fen */
enum rc advisor_support(struct ctx *ctx, struct idem_key key, const struct advisor_support_new *in, struct findings *findings);
enum rc advisor_supports(struct tx *tx, const struct actor *actor, int64_t contract, struct advisor_support_new *ret, size_t cap,
    size_t *ret_n);
struct advisor_seat_new { struct text licence; struct place home; bool dialect; int64_t room; };
enum rc advisor_seat_save(struct ctx *ctx, struct idem_key key, const struct advisor_seat_new *in, struct findings *findings);
struct advisor_ruled_out { struct text licence, reason; struct place village; };
enum rc advisor_conflict(struct ctx *ctx, struct idem_key key, const struct advisor_ruled_out *in, struct findings *findings);

/* Tables: a row a contract, a row an adviser.  All or none; findings carry line and column. */
#define ADVISOR_ROWS_MAX 4000
extern const struct form advisor_contract_table, advisor_seat_table;
enum rc advisor_import(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows);
enum rc advisor_import_seats(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows);

extern const struct db_set advisor_sql, advisor_plan_sql, advisor_support_sql;
