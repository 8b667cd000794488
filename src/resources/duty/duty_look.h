/*
 * duty_look: a month looked at from outside: is it fair, how does one version differ from another, and what was there before
 * the last change?  Nothing here plans.
 */
#pragma once

#include "resources/duty/duty.h"

/* One person's month as it stands, beside what would be everybody's share and the most that is allowed. */
struct duty_fair {
	int64_t provider;
	struct text name;
	int64_t visits, seats;
	int64_t minutes, minutes_share, minutes_max;
	int64_t travel, travel_share;   /* minutes by car; begun tens of a day */
	int64_t weekends, weekends_max;
	int64_t away;                   /* days of the month */
};
/* By name's register order; everybody of the plan, those with nothing too.  Whoever may read the plan.  In ctx->mem. */
enum rc duty_fairness(struct ctx *ctx, int64_t plan, struct duty_fair **ret, size_t *ret_n);

/* Two versions of one county's month: what differs.  RC_INVALID: not of one month.  In ctx->mem. */
struct duty_differ { struct place place; int64_t point; bool seat; int nth; int64_t was, is; struct day was_day, is_day; struct text was_name, is_name; };
struct duty_share { int64_t provider; struct text name; int64_t was_visits, is_visits, was_minutes, is_minutes; };
struct duty_versions {
	struct duty_plan was, is;
	struct duty_differ *v;
	struct duty_share *who;
	size_t n, n_who;
};
enum rc duty_compare(struct ctx *ctx, int64_t was, int64_t is, struct duty_versions *ret);

/*
 * The last change of a visit taken back: it goes where it was, or stays open as it was.  RC_CONFLICT: something came after it.
 * RC_REFUSED with the rule: it can't be there any more.
 */
enum rc duty_undo(struct ctx *ctx, struct idem_key key, int64_t plan, int64_t change, enum roster_rule *ret_rule);

/*
 * All that somebody has between two days goes to one other person, each on its day: all of it or nothing.  RC_REFUSED: this visit
 * can't, by this rule.  RC_INVALID with findings ("licence", "from", "to", "why"); RC_CONFLICT: nothing (any more) to hand over.
 */
struct duty_cover { int64_t plan, provider; struct text licence; struct day from, to; struct text why; };
struct duty_covered { size_t n; int64_t difference; struct duty_slot slot; enum roster_rule rule; };
enum rc duty_cover(struct ctx *ctx, struct idem_key key, const struct duty_cover *in, struct findings *findings, struct duty_covered *ret);
