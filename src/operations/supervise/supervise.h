/*
 * supervise: what happens when a deadline comes near, passes, and nobody answers (督办)?
 *
 * Before a clock's deadline its holder is warned, then reminded; when it has passed an order (督办单) goes
 * out, with a deadline of its own and a reply that must be made; without a reply in time the centre's
 * director is told, and then the bureau.  How long before and after is data (struct supervise_rules), in
 * sets that hold from a moment on; no law gives these numbers, the ones the program comes with are ours
 * and shown as 未核实.  Each step is taken once for each due moment of each clock: that is the key of its
 * row, so a worker that dies and two that run at once can neither lose nor double one.  A deadline that
 * has moved is judged anew; a paused clock is let be.  Steps wait for working hours.
 *
 * An order follows its case: to the next holder, who has to sign for it again, and to its end.  So nobody
 * who leaves leaves an order behind, and there is no duty_kind here: the case itself is the duty.  Who judges a
 * reply is whoever supervises the place and has not written it, not the issuer alone.
 *
 * GET writes nothing, so the receipt is an act of its own: whoever must reply signs for the order (签收)
 * and sees its words after that.
 */
#pragma once

#include "kit/form/form.h"
#include "operations/request/request.h"

enum supervise_step {
	SUPERVISE_NONE,
	SUPERVISE_WARNING,   /* 预警: before the deadline */
	SUPERVISE_REMINDER,  /* 催办: before the deadline */
	SUPERVISE_ORDER,     /* 督办单: after it */
	SUPERVISE_DIRECTOR,  /* report to the centre's director: no reply in time */
	SUPERVISE_BUREAU,    /* report to the bureau */
	SUPERVISE_NO_CLOCK,  /* an open case without a running clock: order and report at once */
	SUPERVISE_STEP_COUNT
};
#define SUPERVISE_RULES (SUPERVISE_BUREAU + 1) /* steps that have a rule, counted from 1 */
const char *supervise_step_key(enum supervise_step s);    /* "warning" */
const char *supervise_step_label(enum supervise_step s);  /* T() */

/* ---- rules ------------------------------------------------------------------------------------------ */

struct supervise_rule {
	int count;              /* units before (warning, reminder) or after; see migrations */
	enum clock_unit unit;
	int reply_count;        /* order: time to reply; director: time to see to it; else 0 */
	enum clock_unit reply_unit;
	bool night;             /* for urgent cases also outside working hours */
	struct text source;     /* empty: 未核实 */
};
struct supervise_rules {
	int64_t from_ms;        /* 0: the program's own */
	struct supervise_rule v[SUPERVISE_RULES]; /* by step; [0] unused */
	int64_t account, written_ms;
	struct text account_name;
};
/* The set in force at tx_now_ms(). */
enum rc supervise_rules_load(struct tx *tx, const struct actor *actor, struct supervise_rules *ret);

/* ---- the worker ----------------------------------------------------------------------------------------- */

/*
 * Take up to `most` steps that have come due, and order what stands open without a clock.  System actor.  It may
 * die at any moment and run in several processes at once.  *ret_n: steps taken now; below `most`: none is left.
 */
enum rc supervise_run(struct ctx *ctx, size_t most, int64_t *ret_n);
/* The same, and every open case is looked at for its clock, also one whose row says that it has a deadline: dearer,
 * for once a minute. */
enum rc supervise_watch(struct ctx *ctx, size_t most, int64_t *ret_n);

/* ---- orders ------------------------------------------------------------------------------------------------ */

/* Stored; below 50 an order is open, below 40 it waits for a reply. */
enum order_state {
	ORDER_NONE = 0,
	ORDER_ISSUED = 10,
	ORDER_READ = 20,       /* signed for */
	ORDER_SENT_BACK = 30,  /* the reply was not taken: again, until a new deadline */
	ORDER_REPLIED = 40,
	ORDER_ACCEPTED = 50,   /* the reply was taken: done */
	ORDER_ENDED = 60,      /* its case has ended */
	ORDER_WITHDRAWN = 70,  /* by a supervisor, with words */
};
bool order_is_open(enum order_state s);
bool order_waits_for_reply(enum order_state s);
bool order_step_allowed(enum order_state from, enum order_state to);
const char *order_state_key(enum order_state s);
const char *order_state_label(enum order_state s); /* T() */

/* An order follows its case. */
extern const struct event_hook supervise_held_hook, supervise_ended_hook;
extern const struct db_set supervise_sql;
