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
 * When an order was taken or withdrawn and its clock stays late, the next turn begins after a while that is a rule too; the
 * turn belongs to the key of the step.  There are so many turns for a deadline and no more: then the case is reported to the
 * bureau, once, and the program orders no more for that deadline; people may.  An order of the program whose clock is no longer late, since its deadline moved out
 * or stands still, is withdrawn by the program.
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
	SUPERVISE_AGAIN,     /* its rule: the next turn, when an order is done and its clock still late; the step: turns are over, to the bureau */
	SUPERVISE_STEP_COUNT
};
#define SUPERVISE_RULES SUPERVISE_STEP_COUNT /* by step; see supervise_has_rule */
bool supervise_has_rule(enum supervise_step s);
const char *supervise_step_key(enum supervise_step s);    /* "warning" */
const char *supervise_step_label(enum supervise_step s);  /* T() */

/* ---- rules ------------------------------------------------------------------------------------------ */

struct supervise_rule {
	int count;              /* units before (warning, reminder) or after; again: of lateness after the order was done, at least 1 */
	enum clock_unit unit;
	int reply_count;        /* order: time to reply; director: time to see to it; else 0 */
	enum clock_unit reply_unit;
	int most;               /* again: turns for one deadline, at least 1; else 0 */
	bool night;             /* for urgent cases also outside working hours */
	struct text source;     /* empty: 未核实 */
};
struct supervise_rules {
	int64_t from_ms;        /* 0: the program's own */
	struct supervise_rule v[SUPERVISE_RULES]; /* by step; those without a rule unused */
	int64_t account, written_ms;
	struct text account_name;
};
/* The set in force at tx_now_ms(). */
enum rc supervise_rules_load(struct tx *tx, const struct actor *actor, struct supervise_rules *ret);
/* Every set that was written, the newest beginning first; the program's own is not among them. */
enum rc supervise_rules_history(struct tx *tx, const struct actor *actor, struct supervise_rules *ret, size_t cap,
    size_t *ret_n);
#define SUPERVISE_COUNT_MAX 60   /* units */
#define SUPERVISE_TURNS_MAX 12
/*
 * Everything that is wrong with a set that is to hold from in->from_ms on: keyed "from", and by step "warning", "reminder",
 * "order", "director", "bureau", "again", for the time to reply "order_reply" and "director_reply", for the turns "again_most"; true
 * when nothing is.
 * A warning that could come after its reminder is out of order: tried on every day of the coming year.  Pure.
 */
bool supervise_rules_judge(const struct supervise_rules *in, const struct calendar *c, int64_t now_ms,
    struct findings *findings);
bool supervise_rules_are_for(const struct actor *actor); /* the rules are the city's: whoever answers for all of it */
/* From in->from_ms on.  RIGHT_SUPERVISE_RULES and the whole city, else RC_FORBIDDEN.  RC_INVALID with findings;
 * RC_CONFLICT: a set begins at that very moment. */
enum rc supervise_rules_set(struct ctx *ctx, struct idem_key key, const struct supervise_rules *in,
    struct findings *findings);

/* ---- the worker ----------------------------------------------------------------------------------------- */

/*
 * Take up to `most` steps that have come due, and order what stands open without a clock.  System actor.  It may
 * die at any moment and run in several processes at once.  *ret_n: steps taken now; below `most`: none is left.
 */
enum rc supervise_run(struct ctx *ctx, size_t most, int64_t *ret_n);
/* The same, and every open case is looked at for its clock, also one whose row says that it has a deadline, and every
 * open order of the program for whether its clock is still late: dearer, for once a minute. */
enum rc supervise_watch(struct ctx *ctx, size_t most, int64_t *ret_n);

/* Up to `most` orders that wait for a reply and were counted with an older table of holidays are counted again; a day set by
 * hand stays.  An order keeps its revision: who is writing a reply meets no conflict.  *ret_n: looked at. */
enum rc supervise_recount(struct ctx *ctx, size_t most, int64_t *ret_n);

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
	ORDER_WITHDRAWN = 70,  /* by a supervisor, with words; or by the program, since its clock is no longer late */
};
bool order_is_open(enum order_state s);
bool order_waits_for_reply(enum order_state s);
bool order_step_allowed(enum order_state from, enum order_state to);
const char *order_state_key(enum order_state s);
const char *order_state_label(enum order_state s); /* T() */

enum order_verdict { VERDICT_NONE, VERDICT_ACCEPTED, VERDICT_SENT_BACK };

struct order {
	int64_t id;
	struct case_id request;
	struct place place;
	enum clock_target target;     /* 0: the case as a whole */
	enum supervise_step level;    /* how high it has come */
	enum order_state state;
	struct text number, cause, words;
	int64_t issuer, to_account;   /* issuer ACCOUNT_SYSTEM: by the rules */
	int64_t issued_ms, due_ms, next_ms, read_ms, read_by, report_to, report_ms, closed_ms;
	int round;                    /* of replies */
	int turn;                     /* of orders for one deadline, from 1 */
	int64_t revision;
	/* read along */
	struct text cause_name, cause_name_en, issuer_name, to_name, read_name, report_name;
	struct text request_number, subject;
};
bool order_is_late(const struct order *o, int64_t now_ms); /* no reply, and it was due */

struct order_reply {
	int round;
	int64_t due_ms, replied_ms, replied_by, judged_ms;
	enum order_verdict verdict;
	struct text reply, words, replied_name, judged_name;
};
struct supervise_said {           /* a step that was taken */
	enum supervise_step step;
	enum clock_target target;
	int64_t at_ms, due_ms, to_account, order, read_ms;
	struct text to_name;
};

/*
 * By hand, by a supervisor of the place (request_may_assign): RC_FORBIDDEN else.  RC_CONFLICT: the case has ended.
 * RC_REFUSED: bar says why.  RC_INVALID: no such cause, no words, or `reply_by` has passed.
 */
enum order_bar { ORDER_BAR_NONE, ORDER_BAR_OWN /* the supervisor holds the case */, ORDER_BAR_OPEN /* one is open: id */ };
struct order_issue {
	struct case_id request;
	struct text cause, words;
	struct day reply_by;          /* last day to reply; DAY_NONE: by the rules */
};
struct order_issued { int64_t id; enum order_bar bar; };
enum rc order_issue(struct ctx *ctx, struct idem_key key, const struct order_issue *in, struct order_issued *ret);
/* One order each for n cases, each on its own: what cannot be ordered doesn't keep the others back, and is named.
 * RC_OK also when some were refused; ret[i].rc says what became of v[i].  The same key again gives the same orders. */
struct order_result { enum rc rc; struct order_issued issued; };
#define ORDER_BATCH_MAX 50
enum rc order_issue_all(struct ctx *ctx, struct idem_key key, const struct case_id *v, size_t n, const struct order_issue *in,
    struct order_result *ret);

/* Sign for it: who must reply, or to whom it was reported (RC_FORBIDDEN else).  Again does nothing. */
enum rc order_sign(struct ctx *ctx, struct idem_key key, int64_t id);
/* By the one who must reply, who signs for it by that.  RC_CONFLICT: it doesn't stand at `revision` or waits for none. */
enum rc order_reply(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words);
/* By a supervisor of the place who must not reply to it and has not (RC_FORBIDDEN).  Sent back: with words, and again
 * until `reply_by` (DAY_NONE: by the rules). */
enum rc order_judge(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, enum order_verdict verdict,
    struct text words, struct day reply_by);
enum rc order_withdraw(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words);
#define ORDER_WORDS_LEAST 4
#define ORDER_WORDS_MOST 2000

/* By whoever may see its case. */
enum rc order_load(struct tx *tx, const struct actor *actor, int64_t id, struct order *ret);
enum rc order_replies(struct tx *tx, const struct actor *actor, int64_t id, struct order_reply *ret, size_t cap,
    size_t *ret_n);
/* The newest first: a case that stays late has many. */
enum rc order_of_case(struct tx *tx, const struct actor *actor, struct case_id id, struct order *ret, size_t cap,
    size_t *ret_n);
/* What was said about a case: the last `cap`, the oldest of them first. */
enum rc supervise_said_list(struct tx *tx, const struct actor *actor, struct case_id id, struct supervise_said *ret,
    size_t cap, size_t *ret_n);
/* Orders the actor must reply to, the nearest deadline first. */
enum rc order_mine(struct tx *tx, const struct actor *actor, struct order *ret, size_t cap, size_t *ret_n);
enum rc order_mine_count(struct tx *tx, const struct actor *actor, int64_t *ret);
/* The register of the actor's jurisdiction, newest first. */
enum order_group { ORDERS_ALL, ORDERS_WAITING, ORDERS_LATE, ORDERS_REPLIED, ORDERS_OPEN, ORDERS_DONE, ORDERS_GROUP_COUNT };
struct order_filter {
	enum order_group group;
	struct text cause;            /* empty: any */
	enum supervise_step level;    /* SUPERVISE_NONE: any */
	struct place place;           /* code 0: the whole jurisdiction */
	int64_t before;               /* keyset: ids below; 0: from the newest */
};
const char *order_group_key(enum order_group g);
const char *order_group_label(enum order_group g); /* T() */
enum rc order_list(struct tx *tx, const struct actor *actor, const struct order_filter *f, struct order *ret, size_t cap,
    size_t *ret_n);

/* An order follows its case. */
extern const struct event_hook supervise_held_hook, supervise_ended_hook;
extern const struct db_set supervise_sql;
