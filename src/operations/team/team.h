/*
 * team: who goes down to the villages together, what did they do, and who gave hours for nothing?
 *
 * A service team per judicial office (S118–S120), members by profession out of both registers (providers, mediators); a profession
 * that is wanted and missing makes it incomplete.  Teams of volunteers by level and groups with a name (S121, S208).  Hours of
 * volunteers and pro-bono hours of lawyers count when somebody else has confirmed them (S122, S206).  Advisers paired with village
 * officials, and what they practised (S123).
 *
 * Reading: whoever is logged in.  Changing: RIGHT_SUPERVISE inside the jurisdiction; who is in it writes its visits, the own hours and
 * trainings.  RC_NOT_FOUND, RC_CONFLICT, RC_INVALID with findings.  Texts live in tx_mem().
 */
#pragma once

#include "resources/provider/provider.h"

enum team_kind { TEAM_OFFICE = 1, TEAM_VOLUNTEERS, TEAM_GROUP, TEAM_KIND_COUNT };
/* Stored as bits. */
enum team_profession { TEAM_OFFICER, TEAM_NOTARY, TEAM_MEDIATOR, TEAM_LAWYER, TEAM_LEGAL_WORKER, TEAM_APPRAISER, TEAM_HELPER, TEAM_PROFESSIONS };
enum visit_state { VISIT_PLANNED = 1, VISIT_DONE, VISIT_DROPPED };
enum hours_kind { HOURS_VOLUNTEER = 1, HOURS_PRO_BONO, HOURS_KIND_COUNT };
extern const struct choice team_kind_choices[], team_profession_choices[], hours_kind_choices[];
const char *team_kind_label(int k);        /* T() */
const char *team_profession_label(int p);  /* T() */
const char *visit_state_label(int s);      /* T() */
const char *hours_kind_label(int k);       /* T() */

/* ---- pure (team_rule.c) ---- */

/* Which profession a kind of the register stands for; TEAM_PROFESSIONS: none. */
enum team_profession team_profession_of(enum provider_kind kind);
/* Wanted and not there, as bits. */
unsigned team_missing(unsigned needs, unsigned there);
/* What a team of a judicial office is made of (S119). */
#define TEAM_OFFICE_NEEDS (1u << TEAM_OFFICER | 1u << TEAM_NOTARY | 1u << TEAM_MEDIATOR | 1u << TEAM_LAWYER)
#define HOURS_DAY_MINUTES 720 /* of one person on one day at most */

/* ---- teams ---- */

struct team { int64_t id, revision, members, visits; int kind; unsigned needs, there; struct text name; struct place place; bool active; };
/* Of a kind (0: any) and a place, by place, after that id; what is there counts those whose licence is good on `today`. */
enum rc team_list(struct tx *tx, const struct actor *actor, int kind, struct place within, int64_t after, struct day today, struct team *ret,
    size_t cap, size_t *ret_n);
enum rc team_load(struct tx *tx, const struct actor *actor, int64_t id, struct day today, struct team *ret);
struct team_new { int64_t id, revision; int kind; struct text name; struct place place; uint64_t needs; bool active; };
enum rc team_save(struct ctx *ctx, struct idem_key key, const struct team_new *in, struct findings *findings, int64_t *ret_id);

struct team_member { int64_t id, provider, mediator, account; int profession; bool leads, good; struct text name, house; struct day from, to; };
enum rc team_members(struct tx *tx, const struct actor *actor, int64_t team, struct day today, struct team_member *ret, size_t cap, size_t *ret_n);
/* licence: of a provider; or mediator: the id. */
struct team_join { int64_t team, mediator; struct text licence; bool leads; struct day from; };
enum rc team_member_add(struct ctx *ctx, struct idem_key key, const struct team_join *in, struct findings *findings);
enum rc team_member_end(struct ctx *ctx, struct idem_key key, int64_t team, int64_t member);

struct team_visit { int64_t id, team, done_ms; struct place place; struct day day; int state, minutes, people; unsigned kinds; struct text what, words, team_name; };
/* The newest day first. */
enum rc team_visits(struct tx *tx, const struct actor *actor, int64_t team, struct team_visit *ret, size_t cap, size_t *ret_n);
struct visit_new { int64_t team; struct place place; struct day day; struct text what; };
enum rc team_visit_plan(struct ctx *ctx, struct idem_key key, const struct visit_new *in, struct findings *findings);
/* kinds 0: dropped, with a reason in words. */
struct visit_log { int64_t team, visit; unsigned kinds; int64_t minutes, people; struct text words; };
enum rc team_visit_write(struct ctx *ctx, struct idem_key key, const struct visit_log *in, struct findings *findings);

/* ---- hours ---- */

struct hours { int64_t id, provider, team, account, confirmed_ms, minutes; int kind; struct day day; struct text words, name, firm_name, team_name; bool own; };
/* Those that wait (own: entered by the actor, who can't confirm them). */
enum rc hours_waiting(struct tx *tx, const struct actor *actor, struct hours *ret, size_t cap, size_t *ret_n);
struct hours_sum { int64_t provider, minutes, waiting; int kind, provider_kind; struct text name, firm_name; };
/* Of each person between two days, the most first. */
enum rc hours_sums(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct hours_sum *ret, size_t cap, size_t *ret_n);
struct hours_new { struct text licence; int kind; int64_t team, minutes; struct day day; struct text words; }; /* licence empty: the actor's own */
enum rc hours_add(struct ctx *ctx, struct idem_key key, const struct hours_new *in, struct findings *findings);
/* By somebody else than who entered it and whose hours they are. */
enum rc hours_confirm(struct ctx *ctx, struct idem_key key, int64_t id);

/* ---- pairs ---- */

struct pair { int64_t id, provider, account, trainings, minutes; struct text name, official; struct place place; struct day from, to; };
enum rc pair_list(struct tx *tx, const struct actor *actor, struct place within, int64_t after, struct pair *ret, size_t cap, size_t *ret_n);
enum rc pair_load(struct tx *tx, const struct actor *actor, int64_t id, struct pair *ret);
struct pair_new { struct text licence, official; struct place place; struct day from; };
/* The adviser must hold the contract of that village on the first day. */
enum rc pair_add(struct ctx *ctx, struct idem_key key, const struct pair_new *in, struct findings *findings);
enum rc pair_end(struct ctx *ctx, struct idem_key key, int64_t id, struct day last, struct findings *findings);
struct training { int64_t minutes; struct day day; struct text words; };
enum rc pair_trainings(struct tx *tx, const struct actor *actor, int64_t pair, struct training *ret, size_t cap, size_t *ret_n);
enum rc pair_train(struct ctx *ctx, struct idem_key key, int64_t pair, const struct training *in, struct findings *findings);

extern const struct db_set team_sql;
