/* advisor_plan: who will advise which village next year?  See advisor.h. */
#pragma once

#include "resources/advisor/advisor.h"

#define ADVISOR_PLAN_VILLAGES_MAX 4000
#define ADVISOR_PLAN_NAME_MAX 60

struct advisor_plan_new {
	struct text name;
	struct place place;
	struct day from, to;
	int64_t price_change, price_dialect, price_load; /* minutes */
	int64_t hours, fee;                              /* fee: yuan a village and year */
	uint64_t duties;
};
struct advisor_plan {
	int64_t id, account, at_ms, decided_by, decided_ms, input_hash;
	struct place place;
	struct text name, by, decided_name;
	struct advisor_term term;
	enum advisor_plan_state state;
	int64_t price_change, price_dialect, price_load, hours, fee;  /* fee: fen */
	unsigned duties;
	int64_t objective, bound, villages, opened, minutes, longest, changed, strangers, advisers, most;
};
/*
 * Villages of the place without a contract in that term, advisers of the register whose licence holds for all of it, the
 * way by straight line (circle_est), nothing else; another plan of the same term may claim the same people: told by
 * advisor_plan_claims().  RC_INVALID with findings; a whole city takes about a second.
 */
enum rc advisor_plan_make(struct ctx *ctx, struct idem_key key, const struct advisor_plan_new *in, struct findings *findings,
    int64_t *ret_id);
enum rc advisor_plan_list(struct tx *tx, const struct actor *actor, struct advisor_plan *ret, size_t cap, size_t *ret_n);
enum rc advisor_plan_load(struct tx *tx, const struct actor *actor, int64_t id, struct advisor_plan *ret);

struct advisor_plan_row { struct place village; int64_t provider, before; int minutes; struct text name, firm, before_name; };
/* By village, after that one; names read along. */
enum rc advisor_plan_rows(struct tx *tx, const struct actor *actor, int64_t plan, struct place after, struct advisor_plan_row *ret,
    size_t cap, size_t *ret_n);
/* Villages with another adviser in `other` than in `plan`. */
struct advisor_plan_other { struct place village; struct text name, other; int minutes, other_minutes; };
enum rc advisor_plan_differs(struct tx *tx, const struct actor *actor, int64_t plan, int64_t other, struct advisor_plan_other *ret,
    size_t cap, size_t *ret_n, int64_t *ret_all);
/* Advisers who would have more villages than room: with an undecided plan of another place, or with contracts signed since (plan empty). */
struct advisor_claim { struct text name, firm, plan; struct place place; int64_t here, there, room; };
enum rc advisor_plan_claims(struct tx *tx, const struct actor *actor, int64_t plan, struct advisor_claim *ret, size_t cap,
    size_t *ret_n);
/*
 * Those who would be cheapest for a village of an undecided plan, and what the best whole plan with each of them there
 * would cost more (0: as good).  One flow a candidate: a second or two for a whole city.  RC_CONFLICT: decided, or the
 * registers are no longer what the plan was made from.
 */
#define ADVISOR_CHOICES 6
struct advisor_choice { int64_t provider; struct text name, firm; int64_t minutes, change, dialect, busy, more; int room; };
struct advisor_reasons { struct advisor_choice v[ADVISOR_CHOICES]; size_t n; int64_t able, barred; };
enum rc advisor_plan_why(struct ctx *ctx, int64_t plan, struct place village, struct advisor_reasons *ret);
/*
 * Approved: its contracts are made, all or none, after licences, other contracts and room have been looked at once more.
 * RC_FORBIDDEN: by its author.  RC_CONFLICT: decided before.
 */
enum rc advisor_plan_decide(struct ctx *ctx, struct idem_key key, int64_t plan, bool approve, struct findings *findings);
