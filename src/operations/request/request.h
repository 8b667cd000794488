/*
 * request: what did somebody bring, who answers for it at this moment, and what has happened to it?
 *
 * One record whatever the door.  Intake is not acceptance: intake records and names a holder,
 * acceptance starts the clocks of the matter.  Every step appends an event in the transaction of its
 * effect.  A holding row stores only its beginning (its end is the next row's), so gaps and overlaps
 * cannot exist (首问负责, S93).
 *
 * Functions with a struct tx * run inside db_read or db_command.  Texts live in tx_mem() / ctx->mem.
 * RC_NOT_FOUND: no such request, or none this actor may see.  RC_CONFLICT: it has changed since.
 */
#pragma once

#include "base/day.h"
#include "engine/clock/clock.h"
#include "kit/db/db.h"
#include "resources/identity/identity.h"
#include "standards/catalogue/kinds.h"
#include "standards/setting/setting.h"

struct case_id { int64_t n; };

/* Stored; below 50 a request is open. */
enum request_state {
	REQUEST_NONE = 0,
	REQUEST_RECEIVED = 10,   /* written down, somebody answers for it, not yet accepted */
	REQUEST_ACCEPTED = 20,   /* accepted: the matter's clocks run */
	REQUEST_ANSWERED = 30,   /* the first full answer is given */
	REQUEST_CLOSED = 50,
	REQUEST_DECLINED = 60,   /* not for us: said politely, with who can help (S21) */
	REQUEST_WITHDRAWN = 70,  /* by the resident */
	REQUEST_CONVERTED = 80,  /* goes on as another matter */
};

enum relation { RELATION_SELF, RELATION_FAMILY, RELATION_AGENT, RELATION_VILLAGE, RELATION_OTHER, RELATION_COUNT };
enum holding_how { HOLDING_RECEIVED = 1, HOLDING_HANDED_OVER, HOLDING_ASSIGNED, HOLDING_TAKEN_OVER };

#define ACCOUNT_RESIDENT INT64_C(0)
#define ACCOUNT_SYSTEM INT64_C(-1)
#define DUE_NONE INT64_MAX /* ended; of an open one: its clocks stand still */

struct request {
	struct case_id id;
	struct place place;
	struct text number;
	int64_t item;
	struct day item_from;
	struct text matter;
	enum topic topic;
	enum channel channel;
	enum tier tier;
	int64_t point;
	bool scheduled, online, gathered;
	enum applicant_kind applicant;
	int64_t person, organisation; /* both 0: asked without a name */
	enum relation caller;
	struct text caller_name;
	struct text told_name;        /* as typed, when the person on record has another name */
	unsigned differs;             /* bits of PERSON_DIFFERS_* */
	struct text subject, detail;
	bool urgent;
	uint64_t groups;
	enum request_state state;
	int64_t holder, holder_point, first_contact;
	int64_t due_ms, start_ms;
	int64_t created_ms, accepted_ms, closed_ms; /* 0: not yet */
	struct text outcome;
	int64_t parent;
	int64_t revision;
	/* read along */
	struct text person_name, holder_name, holder_point_name, first_contact_name, item_name, item_name_en;
};

/* ---- states (request_rule.c, pure) -------------------------------------------------------- */
bool request_step_allowed(enum request_state from, enum request_state to);
bool request_is_open(enum request_state s);
const char *request_state_key(enum request_state s);   /* "received" */
const char *request_state_label(enum request_state s); /* T() */
const char *channel_key(enum channel c);
const char *channel_label(enum channel c);
const char *tier_key(enum tier t);
const char *tier_label(enum tier t);
const char *target_label(enum clock_target t);
const char *target_key(enum clock_target t);
const char *relation_label(enum relation r);
/* "260630-7KQ2-M9XA": civil day and 40 random bits. */
struct text request_number_make(struct day day, const unsigned char random[static 5], char out[static 24]);

/* ---- reading -------------------------------------------------------------------------------- */
enum rc request_load(struct tx *tx, const struct actor *actor, struct case_id id, struct request *ret);
/* By receipt: the actor is ACTOR_RECEIPT. */
enum rc request_load_receipt(struct tx *tx, const struct actor *actor, struct request *ret);
enum rc request_find_number(struct tx *tx, const struct actor *actor, struct text number, struct case_id *ret);
/* The request behind a receipt code's hash; public: the code is unguessable and tries are limited. */
enum rc request_find_code(struct tx *tx, const struct actor *actor, const unsigned char code_hash[static 16],
    struct case_id *ret);

/* ---- writing, inside a command ---------------------------------------------------------------- */
struct request_new {
	struct place place;
	int64_t item;
	struct day item_from;
	struct text matter;
	enum topic topic;
	enum channel channel;
	enum tier tier;
	int64_t point;
	bool scheduled, online, gathered;
	enum applicant_kind applicant;
	int64_t person, organisation;
	enum relation caller;
	struct text caller_name;
	struct text caller_phone_sealed, contact_sealed; /* sealed outside the transaction */
	struct text told_name;    /* empty: the name on record */
	unsigned differs;
	struct text asked;        /* 16 bytes, keyed hash of all that was typed; empty: made by us */
	struct text subject, detail;
	bool urgent;
	uint64_t groups;
	int64_t parent;
	int64_t holder, holder_point;
	unsigned char code_hash[16];
	int64_t id;       /* made outside, since sealed columns are bound to it */
	char number[24];  /* out: the number given, drawn afresh when it meets another of its day */
};
/* The request, its first holding, its grants and the event "intake.received". */
enum rc request_insert(struct tx *tx, const struct actor *actor, struct request_new *in);
/* What of an old request a new one under another item keeps: nothing is asked twice (S98).  The old one is its parent; texts are
 * the old one's, not copied.  Item, matter, numbers and limits are left as they stand in *next. */
void request_new_from(const struct request *r, struct request_new *next);

struct event_new {
	const char *kind;          /* "consult.answered" */
	enum request_state to;     /* REQUEST_NONE: the state stays */
	bool shown;                /* the resident sees it */
	struct text note;          /* words of a person */
	struct text data;          /* "key=value" lines */
};
/*
 * One step: checks that it is allowed, moves the state and the revision (RC_CONFLICT when r is stale),
 * writes the event, runs the hooks on it.  r is brought up to date.  *ret_event may be NULL.
 */
enum rc request_step(struct tx *tx, const struct actor *actor, struct request *r,
    const struct event_new *event, int64_t *ret_event);
/* An event that changes nothing of the request itself: its revision stays, and open forms with it. */
enum rc request_note(struct tx *tx, const struct actor *actor, const struct request *r, const struct event_new *event);
/* From now on `account` at `point` answers for r (after a request_step in the same command). */
enum rc request_hold(struct tx *tx, const struct actor *actor, struct request *r, int64_t account,
    int64_t point, enum holding_how how, int64_t event);
/* A right to this one case.  It stays when its owner moves to another place or role: who handled a case
 * answers for it and may read it, as far as the new role reads cases at all. */
enum rc request_grant(struct tx *tx, const struct actor *actor, struct case_id id, int64_t account, const char *why);
/* Take it back from somebody who was only asked: who ever held the case, or did more to it than send it
 * back, keeps it. */
enum rc request_grant_drop(struct tx *tx, const struct actor *actor, struct case_id id, int64_t account);
/* May this actor act on it: holds it, or works at the point that holds it and has its place? */
bool request_may_act(const struct actor *actor, const struct request *r);
/* May this actor say who shall hold it: supervises (RIGHT_SUPERVISE) where it lies?  Who wants to act on it
 * takes it over first, so that one account answers at any moment. */
bool request_may_assign(const struct actor *actor, const struct request *r);
/* It has become urgent: supervision and lists know at once. */
enum rc request_urge(struct tx *tx, const struct actor *actor, struct request *r);
/* End it: every clock still running is met now, the holder carries it no longer.  `to` is not open. */
enum rc request_close(struct tx *tx, const struct actor *actor, struct request *r, enum request_state to,
    struct text outcome, const struct event_new *event, int64_t *ret_event);

/* Consequences in other folders, listed in app/ and run in the step's transaction, in the table's order. */
#define HOOK_ENDED "request:ended" /* after the hooks of the event, whatever it was: no longer open */
#define HOOK_HELD "request:held"   /* r->holder answers from now on, and somebody else did before */
struct event_hook {
	const char *kind;          /* the event's kind, or one of the above */
	enum rc (*run)(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event);
};
void request_hooks_set(const struct event_hook *hooks, size_t n); /* once, at start */

/* ---- clocks ------------------------------------------------------------------------------------ */
struct case_clock {
	enum clock_target target;
	struct clock_rule rule;
	struct text source;
	int64_t start_ms, due_ms, met_ms;
	bool uncertain;
};
#define CASE_CLOCKS_MAX 12
/* Start a target's clock by its rule, also one that was met before, and bring the request's nearest deadline up to date.
 * RC_CONFLICT: it runs already. */
enum rc case_clock_start(struct tx *tx, const struct actor *actor, struct request *r, enum clock_target target,
    struct clock_rule rule, struct text source);
/* The target is reached; late or not is read from met_ms and due_ms. */
enum rc case_clock_meet(struct tx *tx, const struct actor *actor, struct request *r, enum clock_target target);
enum rc case_clock_list(struct tx *tx, const struct actor *actor, struct case_id id, struct case_clock *ret,
    size_t cap, size_t *ret_n);
/*
 * Count again up to `most` running clocks whose calendar is older than the table in force, pauses kept; what moves is
 * an event of its request ("clock.recounted").  *ret_counted 0: none is left.  For the worker: the system actor.
 */
enum rc request_recount(struct ctx *ctx, size_t most, int64_t *ret_counted, int64_t *ret_moved);
/* Do the events of every batch still say what its row in the audit trail was made over?  For verify. */
enum rc request_recount_check(struct tx *tx, const struct actor *actor, int64_t *ret_looked, int64_t *ret_bad,
    int64_t *ret_first);
/* What another table would do to the running clocks; writes nothing.  Clocks that stand still don't move. */
struct recount_try { int64_t running, later, earlier, late_at_once; };
enum rc request_recount_try(struct tx *tx, const struct actor *actor, const struct calendar *c, struct recount_try *ret);
/* Running clocks that were counted with an older table than the one in force: they are on their way. */
enum rc request_recount_waiting(struct tx *tx, const struct actor *actor, int64_t *ret);
/*
 * The running clocks of an item's target go over to another rule (`try`: what that would do, nothing is written), in
 * transactions of a thousand, as the official who says so.  Those that would be late at once keep the old one.
 */
struct clock_ruling { int64_t item; enum clock_target target; struct clock_rule rule; struct text source; };
enum rc request_rerule(struct ctx *ctx, const struct clock_ruling *in, bool try, struct recount_try *ret);

/*
 * A clock stands still while somebody else must act first (补正, 鉴定, 核实: 公证法 Art. 30, 司法鉴定程序通则).
 * Which targets a reason stops, and whether it needs a paper, are flags of its code (kind "clock.pause").
 * It goes on when the holder says so, when one of its targets is met, or by itself at the end of `until`.
 */
#define CASE_PAUSES_MAX 40
#define PAUSE_DAYS_MAX 60        /* our own bound, 未核实: nobody waits unseen for longer */
#define PAUSE_NEEDS_PROOF 0x100  /* flag of the code; the bits below are the targets */
#define PAUSE_TARGETS 0xff
#define PAUSE_WORDS_LEAST 4      /* characters */
#define PAUSE_WORDS_MOST 1000
struct pause_new {
	struct case_id id;
	int64_t revision;
	struct text code, words;     /* the resident reads the words */
	struct day until;            /* last day of waiting */
	int64_t proof;               /* attachment of this request; 0: none */
};
enum pause_why {
	PAUSE_MAY, PAUSE_NOT_ACCEPTED, PAUSE_RUNNING, PAUSE_NO_CODE, PAUSE_NO_WORDS, PAUSE_UNTIL, PAUSE_NO_PROOF,
	PAUSE_TOO_MANY, PAUSE_NOTHING_RUNS
};
const char *pause_why_label(enum pause_why w); /* T() */
const char *pause_why_field(enum pause_why w); /* of struct pause_new; "": of none */
/* The same inside a command, for a matter's own step: r loaded and the right asked by the caller; `targets` (bits) stop. */
enum rc case_pause_begin(struct tx *tx, const struct actor *actor, struct request *r, const struct pause_new *in,
    unsigned targets, enum pause_why *ret_why);
/* What stood still on one of these targets (bits) goes on now.  Nothing happens when nothing did. */
enum rc case_pause_lift(struct tx *tx, const struct actor *actor, struct request *r, unsigned targets);
/* RC_REFUSED, with *ret_why: not now.  RC_CONFLICT: changed since.  RC_FORBIDDEN: not the holder's side. */
enum rc request_pause(struct ctx *ctx, struct idem_key key, const struct pause_new *in, enum pause_why *ret_why);
/* RC_REFUSED: does not stand still. */
enum rc request_resume(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words);
/* For the worker: up to `most` pauses past their last day end with it. */
enum rc request_resume_due(struct ctx *ctx, size_t most, int64_t *ret_n);
struct case_pause {
	int64_t from_ms, to_ms;      /* to_ms 0: stands still */
	struct text code, name, name_en, words, ended_words, account_name;
	unsigned targets;
	int64_t until_ms, proof, ended_by;
};
/* Of pauses in order: the one that still stands, or NULL. */
const struct case_pause *case_pause_running(const struct case_pause *v, size_t n);
/* In order; the receipt's resident may read them too. */
enum rc case_pause_list(struct tx *tx, const struct actor *actor, struct case_id id, struct case_pause *ret, size_t cap,
    size_t *ret_n);

/* When lights change, as the officials have set it: soon_permille of the whole time left, or less than soon_ms; what
 * is due within near_ms is counted as near in lists and boards. */
struct lights { int soon_permille; int64_t soon_ms, near_ms; };
struct lights request_lights(void);
/* What another process may have set; at start, after a change, and by the worker. */
enum rc request_lights_follow(struct ctx *ctx);
extern const struct setting_group light_settings;
/* The light of a request's nearest deadline. */
enum clock_light request_light(struct lights l, int64_t start_ms, int64_t due_ms, bool open, int64_t now_ms);

/* ---- history ------------------------------------------------------------------------------------- */
struct event {
	int64_t id, at_ms, account;
	struct text kind, note, data, account_name;
	enum request_state from, to;
	bool shown;
};
enum rc request_events(struct tx *tx, const struct actor *actor, struct case_id id, bool shown_only,
    struct event *ret, size_t cap, size_t *ret_n);
const char *event_label(struct text kind); /* T() sentence */

struct holding { int64_t since_ms, account, point; enum holding_how how; struct text account_name, point_name; };
enum rc request_holdings(struct tx *tx, const struct actor *actor, struct case_id id, struct holding *ret,
    size_t cap, size_t *ret_n);

struct message { int64_t id, at_ms, account; struct text body, account_name; };
enum rc request_messages(struct tx *tx, const struct actor *actor, struct case_id id, struct message *ret,
    size_t cap, size_t *ret_n);
/* Write a message; the actor is the holder's side, who works on it beside them, or the receipt's resident.  tell: an account
 * beside the holder that is told; 0: nobody. */
enum rc request_say(struct tx *tx, const struct actor *actor, struct request *r, struct text body, int64_t tell);

struct attachment { int64_t id, at_ms, account, bytes; struct text name, type; unsigned char sha256[32]; };
enum rc request_attach(struct tx *tx, const struct actor *actor, struct case_id id, const struct attachment *in);
enum rc request_attachments(struct tx *tx, const struct actor *actor, struct case_id id, struct attachment *ret,
    size_t cap, size_t *ret_n);

/* ---- queues --------------------------------------------------------------------------------------- */
enum queue_kind {
	QUEUE_MINE,    /* held by the actor */
	QUEUE_POINT,   /* held at the actor's point, as far as the actor may open it */
	QUEUE_VILLAGE, QUEUE_TOWN, QUEUE_COUNTY, QUEUE_CITY, /* by place, within the actor's jurisdiction */
	QUEUE_COUNT
};
struct queue_filter {
	enum queue_kind kind;
	struct place place;              /* for the kinds by place */
	int64_t due_from_ms, due_last_ms; /* both count; 0 and DUE_NONE for all, DUE_NONE alone for what stands still */
	int64_t after_due_ms, after_id;  /* keyset; 0, 0 for the first page */
	size_t most;
};
struct queue_row {
	struct case_id id;
	struct text number, subject, person_name, holder_name, item_name, item_name_en, point_name;
	enum request_state state;
	enum channel channel;
	bool urgent;
	int64_t due_ms, start_ms, created_ms, holder;
};
/* A row of a statement that selects a queue's columns in their order (also used by statistics). */
void queue_row_read(const struct rows *row, struct queue_row *ret);
enum rc request_queue(struct tx *tx, const struct actor *actor, const struct queue_filter *f,
    struct queue_row *ret, size_t *ret_n);
/* The queue kind that fits the actor's jurisdiction (city, county, town, village). */
enum queue_kind queue_kind_of(const struct actor *actor);
/* Open requests with a deadline in [from, last], counted up to `most`. */
enum rc request_queue_count(struct tx *tx, const struct actor *actor, const struct queue_filter *f, int64_t *ret);

extern const struct db_set request_sql;
