/* What the files of this folder share.  Private. */
#pragma once

#include "operations/supervise/supervise.h"

/* Until when to reply, and when the director hears of it that there was none; how that was counted. */
struct order_time {
	int64_t due_ms, next_ms, base_ms;
	int count;               /* units of `unit` from base_ms; 0: the day was set by hand */
	enum clock_unit unit;
	int64_t rule_ms;
};
struct order_time order_time_of(struct tx *tx, const struct supervise_rules *rules, struct day reply_by);

struct order_new {
	int64_t id;
	const struct request *r;
	int target;              /* enum clock_target; 0: the case as a whole */
	int turn;                /* 0: the first */
	enum supervise_step level;
	struct text cause, words;
	int64_t issuer;
	struct order_time time;
	int64_t report_to, report_ms; /* 0: not reported */
};
/* The row, with a number drawn afresh; RC_BUSY when another has opened one on the same target meanwhile. */
enum rc order_insert(struct tx *tx, const struct actor *actor, const struct order_new *in);
/* The set that was in force at a moment; its own from_ms: that set. */
enum rc supervise_rules_at(struct tx *tx, const struct actor *actor, int64_t at_ms, struct supervise_rules *ret);
/* When the clock of an order that is done now is looked at again. */
int64_t order_again_ms(struct tx *tx, const struct supervise_rules *rules);
/* The open order on a target; 0 when there is none. */
enum rc order_open_find(struct tx *tx, const struct actor *actor, struct case_id request, int target, int64_t *ret);
