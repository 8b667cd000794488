/*
 * roster_nurse: who works which shift?  Nurse rostering in the form of schedulingbenchmarks.org (Curtois and
 * Qu, Computational results on new staff scheduling benchmark instances, 2014), solved by the same engine as
 * the months of a county; it is there so that others can compare.
 *
 * Hard: one shift a day, which may not follow which, shifts and minutes of each, runs of days on and off,
 * weekends, days off.  Before the horizon lie days off without end as to least runs, and no day on; after
 * it runs may go on.  Price: wishes not granted, and cover below or above what is needed.
 */
#pragma once

#include "base/arena.h"

#define NURSE_DAYS_MAX 371u
#define NURSE_SHIFTS_MAX 32u
#define NURSE_STAFF_MAX 250u
#define NURSE_OFF 0xffu

struct nurse_shift { struct text id; uint32_t minutes, blocks; /* bit s: shift s may not follow */ };
struct nurse_staff {
	struct text id;
	uint32_t shifts_max[NURSE_SHIFTS_MAX];
	uint32_t minutes_max, minutes_min, run_max, run_min, off_min, weekends_max;
};
struct nurse_cover { int32_t need, under, over; };
struct nurse_problem {
	uint32_t n_days, n_shifts, n_staff;
	const struct nurse_shift *shift;
	const struct nurse_staff *staff;
	const uint8_t *off;              /* [staff * n_days + day]: a day off */
	const int32_t *wish_on, *wish_off; /* [(staff * n_days + day) * n_shifts + shift]: price */
	const struct nurse_cover *cover; /* [day * n_shifts + shift] */
};

/* RC_OK; RC_INVALID: *ret_line says where; RC_TOO_LARGE; RC_NO_MEMORY.  Texts are views of t. */
enum rc nurse_read(struct arena *mem, struct text t, struct nurse_problem *ret, uint32_t *ret_line);

struct nurse_limits { uint32_t steps, tries, rounds, nodes; bool (*stop)(void *arg); void *arg; }; /* 0: 1,000, 1,000, 6, 100,000 */
struct nurse_answer {
	uint8_t *shift;                  /* [staff * n_days + day], or NURSE_OFF */
	int64_t objective, bound;
	bool proven, stopped;
	uint32_t steps, tries, nodes;
};
/* RC_OK; RC_REFUSED: somebody's rules leave no roster at all (ret_stuck); RC_TOO_LARGE; RC_NO_MEMORY. */
enum rc nurse_solve(struct arena *mem, struct arena *spare, const struct nurse_problem *p, uint64_t seed,
    struct nurse_limits limits, struct nurse_answer *ret, uint32_t *ret_stuck);

/* ---- the check: its own reading of the rules (roster_nurse_check.c) ------------------------------------ */

enum nurse_rule { NURSE_FINE, NURSE_FOLLOWS, NURSE_SHIFTS, NURSE_MINUTES, NURSE_RUN, NURSE_REST, NURSE_WEEKENDS, NURSE_DAY_OFF };
struct nurse_verdict {
	uint32_t n_faults, staff, day;   /* of the first fault; day n_days: of the whole */
	enum nurse_rule rule;
	int64_t objective, wishes, cover;
};
void nurse_check(const struct nurse_problem *p, const uint8_t *shift, struct nurse_verdict *ret);
/* Lines "staff,day,shift", # begins a remark.  RC_INVALID with its line. */
enum rc nurse_read_roster(struct arena *mem, const struct nurse_problem *p, struct text t, uint8_t **ret, uint32_t *ret_line);
