/*
 * circle_month: what were the figures of a month, and do they still come out of what they were made from?
 *
 * A month's figures are kept with everything they depend on: the villages and points as they stood, which
 * points were open at the moment asked for, and the hash of the network.  As long as that network is
 * the one in use they are made again to the last digit (verify does), whatever became of the register.
 */
#pragma once

#include "resources/circle/circle_city.h"

struct circle_month_ask { struct place place; int mode, minutes, tier, day, time; };
struct circle_month {
	int64_t id, moment_ms, input, net_hash, account, at_ms;
	int month;                    /* 202606 */
	struct circle_month_ask ask;
	struct text provider, by;
	bool people;
	int64_t villages, covered, shut, empty, far, doubt, weight, covered_weight;
	int64_t urban_permille, rural_permille, gini_permille, p90_seconds;
};
/* The figures of a sum as a month keeps them; what is not a figure stays. */
void circle_month_figures(const struct circle_sum *s, struct circle_month *ret);
bool circle_month_agrees(const struct circle_month *a, const struct circle_month *b);

/*
 * Keep this month's figures of a view.  RIGHT_FIGURES, the place inside the jurisdiction.  RC_CONFLICT: this
 * question has been kept for the month already.
 */
enum rc circle_month_keep(struct ctx *ctx, struct idem_key key, const struct circle_city *c, const struct circle_view *v,
    const struct circle_month_ask *ask, int64_t *ret_id);
/* Of the jurisdiction, the newest first. */
enum rc circle_month_list(struct tx *tx, const struct actor *actor, struct circle_month *ret, size_t cap, size_t *ret_n);

/* A month as it stood: its figures, its city (to be dropped) and the verdicts of then. */
struct circle_then {
	struct circle_month month;
	const struct circle_city *city;
	struct circle_verdict *verdict;
	const uint8_t *open;          /* of each point of that city */
	struct circle_month again;    /* figures made again */
};
/* RC_UNAVAILABLE: made with another network; month is filled even so.  RC_CORRUPT: what it was made from is not whole. */
enum rc circle_month_again(struct ctx *ctx, int64_t id, struct circle_then *ret);

/* For verify: of all months, those that come out as stored, those that do not, those of another network. */
struct circle_months_checked { int64_t same, differ, other, first_bad; };
enum rc circle_month_check(struct ctx *ctx, struct circle_months_checked *ret);

extern const struct db_set circle_month_sql;
