/*
 * circle_plan: where should the next points stand, and what was proposed?
 *
 * A proposal is maximal covering (engine/site) over the villages of a place: of all villages with a
 * position so many are chosen that the most people come inside, beside the points there are or from
 * nothing.  A new point counts as open at the moment asked for.  Its objective is what would be inside,
 * and the bound what no choice of so many could pass.  The same city, question and seed give the same
 * proposal.  An accepted one is a plan, kept with the hashes of what it was made from; its points go
 * into the register as points that open on a later day, by whoever may change the register.
 */
#pragma once

#include "resources/circle/circle_city.h"

#define CIRCLE_SITES_MAX 60
#define CIRCLE_PLAN_NAME_MAX 60

/*
 * What is wanted: the most with k points, the same where a new point serves a few villages, nobody left out; or the longest way
 * as short as can be, or all ways together.  Ways are looked at as far as CIRCLE_MINUTES_MAX, by their longer end.
 */
enum circle_goal { CIRCLE_GOAL_MOST, CIRCLE_GOAL_ROOM, CIRCLE_GOAL_ALL, CIRCLE_GOAL_CENTRE, CIRCLE_GOAL_MEDIAN };
#define CIRCLE_ROOM 3            /* villages that a fixed station serves */

struct circle_site_ask {
	struct place within;
	int minutes, k;
	bool keep;               /* beside the points of the view; else from nothing */
	uint64_t seed;
	enum circle_goal goal;
};
struct circle_proposal {
	uint32_t village[CIRCLE_SITES_MAX];
	size_t n;                /* fewer than k where no more help */
	int64_t before, objective, bound; /* of the weight inside `within`; CENTRE: ms of the longest way, before -1 where somebody
	    had none; MEDIAN: weight × seconds, who has no way counting CIRCLE_MINUTES_MAX */
	int64_t total;           /* weight within, for the average of MEDIAN */
	int64_t fewest;          /* CIRCLE_GOAL_ALL: no fewer points can do it */
	int64_t left;            /* CIRCLE_GOAL_ALL, CENTRE: weight that no point anywhere would reach */
	bool proven;
	uint64_t seed;
	uint32_t candidates;
};
/*
 * Takes up to some seconds on a city.  RC_OK; RC_NOT_FOUND: no village with a position; RC_INVALID: k out
 * of 1..CIRCLE_SITES_MAX; RC_BUSY: another proposal is being worked out; RC_TOO_MANY: for nobody to be left
 * out more than CIRCLE_SITES_MAX (CENTRE: than k) are needed: ret->fewest says how many at least; RC_CONFLICT: k is more than
 * the candidates: ret->candidates; RC_TOO_LARGE: CENTRE over a
 * thousand villages, MEDIAN over too many people or villages.
 */
enum rc circle_propose(struct ctx *ctx, const struct circle_city *c, const struct circle_view *v,
    const struct circle_site_ask *ask, struct circle_proposal *ret);
/* Verdicts with so many new points, open whenever asked for; keep false: and without those there are. */
enum rc circle_sites_judge(struct ctx *ctx, const struct circle_city *c, const struct circle_view *v,
    const struct route_point *at, uint32_t n, bool keep, int minutes, struct circle_verdict **ret);

/* ---- plans ---------------------------------------------------------------------------------------- */

struct circle_plan_site { struct place village; struct route_point at; };
struct circle_plan {
	int64_t id;
	struct place place;
	struct text name, provider, by;
	int mode, minutes, tier, day, time, asked;
	bool keep, people;
	int64_t seed, before, objective, bound, net_hash, input_hash, account, at_ms, drafted_ms;
	struct circle_plan_site site[CIRCLE_SITES_MAX];
	size_t n;
};
/* RIGHT_FIGURES; the place inside the jurisdiction.  RC_INVALID with findings. */
enum rc circle_plan_accept(struct ctx *ctx, struct idem_key key, const struct circle_plan *in, struct findings *findings,
    int64_t *ret_id);
/* RIGHT_FIGURES or RIGHT_NETWORK; of the jurisdiction. */
enum rc circle_plan_list(struct tx *tx, const struct actor *actor, struct circle_plan *ret, size_t cap, size_t *ret_n);
enum rc circle_plan_load(struct tx *tx, const struct actor *actor, int64_t id, struct circle_plan *ret);
/*
 * Its points into the register, once: stations without hours, from `opened` on (not in the past), to be completed there.
 * RIGHT_NETWORK.  RC_CONFLICT: done already.
 */
enum rc circle_plan_draft(struct ctx *ctx, int64_t id, struct day opened, struct findings *findings);

extern const struct db_set circle_sql;
