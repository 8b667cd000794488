/*
 * notify: who must be told of what has happened, by which way, and did it get there?
 *
 * Notices are worked off the events of the requests, never written by those who act.  The follower reads
 * every event once and writes, in one transaction, a notice on the desk for each account it concerns and a
 * row of the outbox for each message that leaves the house.  The sender claims a row, sends it outside any
 * transaction, and records what came of it.  What a message says and where it goes is looked up when it is
 * sent: an opt-out and a corrected number hold to the last moment, and no copy of a phone waits in the outbox.
 *
 * How often: a notice is written once per event and recipient (unique keys).  A message is sent once, unless
 * the process ends between sending and recording: then it is sent a second time, under the same id, which
 * the provider gets as Idempotency-Key (e-mail: Message-ID) and can tell it by.
 *
 * An outage of a provider is the provider's (struct notify_answer: NOTIFY_DOWN) and costs no message its
 * tries: the way is closed and asked by one message at a time, ever more seldom.  Afterwards what waits for
 * one recipient about one case is folded into the newest, and a rate per minute bounds the rest.
 *
 * A way that is not set up (send NULL) gets no rows.  A demonstration sends nothing: each row ends as
 * NOTIFY_DEMO, and its log says so.
 */
#pragma once

#include "kit/db/db.h"
#include "kit/form/form.h"
#include "kit/http/http.h"
#include "resources/duty/duty.h"
#include "resources/identity/identity.h"

enum notify_way { NOTIFY_DESK, NOTIFY_SMS, NOTIFY_WECHAT, NOTIFY_MAIL, NOTIFY_WAYS };
const char *notify_way_key(enum notify_way way);   /* "sms" */
const char *notify_way_label(enum notify_way way); /* T() */

/* What an account may want by e-mail; stored as bits (1 << topic). */
enum notify_topic { NOTIFY_NEW, NOTIFY_OFFERED, NOTIFY_SUPERVISED, NOTIFY_DEADLINE, NOTIFY_MESSAGE, NOTIFY_REVIEW,
	NOTIFY_DUTY, NOTIFY_TOPICS };
const char *notify_topic_key(enum notify_topic topic);
const char *notify_topic_label(enum notify_topic topic); /* T() */

/* Of a row of the outbox; stored.  All but the first are final. */
enum notify_state { NOTIFY_WAITING = 1, NOTIFY_SENT, NOTIFY_REFUSED, NOTIFY_GIVEN_UP, NOTIFY_FOLDED, NOTIFY_VOID,
	NOTIFY_DEMO, NOTIFY_STATES };
const char *notify_state_label(enum notify_state state); /* T() */

/* Of one attempt; stored. */
enum notify_result {
	NOTIFY_UNKNOWN,   /* begun; the process ended before it was recorded */
	NOTIFY_OK,        /* the provider has taken it */
	NOTIFY_NO,        /* the provider will never take this one */
	NOTIFY_LATER,     /* not now: this one again, later */
	NOTIFY_DOWN,      /* the provider is not there: the way is closed for a while */
	NOTIFY_NOT_SENT,  /* demonstration */
	NOTIFY_NOBODY,    /* no number, none that takes messages, or opted out */
	NOTIFY_RESULTS
};
const char *notify_result_label(enum notify_result result); /* T() */

/* ---- sending --------------------------------------------------------------------------------------- */

struct notify_message {
	enum notify_way way;
	struct text id;              /* the same at every attempt: "3205-7411…" */
	struct text to;              /* digits, or an address */
	struct text subject;         /* e-mail */
	struct text body;
	struct text code;            /* the provider's number of the template; empty: none */
	int64_t at_ms;
	struct text number, item, due, phone; /* the template's values, for providers that fill it in themselves */
};
struct notify_answer {
	enum notify_result result;   /* OK, NO, LATER or DOWN */
	int code;                    /* HTTP or SMTP status; 0: none */
	char words[160];             /* what was said, for the log; UTF-8 */
};
struct notify_sender {
	void (*send)(void *arg, const struct notify_message *m, struct notify_answer *ret); /* NULL: not set up */
	void *arg;
};
struct notify_ways {
	struct notify_sender v[NOTIFY_WAYS];
	bool demo;                   /* nothing leaves the house */
};

/*
 * The senders of a running installation (notify_webhook.c, notify_mail.c), over kit/post.
 *
 * Webhook: POST of a JSON object {"id", "way", "to", "text", "template", "values": {"number", "item", "due",
 * "phone"}} with Idempotency-Key: the id, X-Zhaofa-Timestamp: seconds, and X-Zhaofa-Signature:
 * "sha256=" and the hex of HMAC-SHA-256(key, timestamp "." body).  2xx, or 409 for an id it knows: taken.
 * 400, 410, 413, 422: never this one.  408, 425: this one later.  All else, no connection included: the
 * provider is down (401, 404, a redirect: a wrong key or address is not the message's fault).
 */
struct notify_webhook { const char *url; struct text key; };
void notify_webhook_send(void *webhook, const struct notify_message *m, struct notify_answer *ret);
/* E-mail as plain text; Message-ID is made of the id. */
struct notify_mailer { const char *url, *from, *user, *password; };
void notify_mailer_send(void *mailer, const struct notify_message *m, struct notify_answer *ret);

/*
 * Events after the cursor.  Ids are given before their transaction commits, so the last
 * NOTIFY_OVERLAP_MS (`deep`: NOTIFY_DEEP_MS) are read again; what was seen is passed over here and refused
 * by the unique keys in any case.  A city that was never followed begins now, or at notify_begin().
 * *ret_n: notices and messages written.  System actor; not inside a transaction.
 */
#define NOTIFY_OVERLAP_MS INT64_C(15000)
#define NOTIFY_DEEP_MS INT64_C(600000)
#define NOTIFY_SEEN 4096
struct notify_tail { int64_t seen[NOTIFY_SEEN]; };
enum rc notify_follow(struct ctx *ctx, const struct notify_ways *ways, struct notify_tail *tail, size_t most, bool deep,
    int64_t *ret_n);
/* Follow from this moment on (a demonstration: the last days).  Inside a command. */
enum rc notify_begin(struct tx *tx, const struct actor *actor, int64_t from_ms);

/* Messages to who complained (notify_complaint.c), of what their complaints' own history says is to be told; *ret_n: written.
 * System actor; ctx->crypt opens the numbers; not inside a transaction. */
enum rc notify_complaints(struct ctx *ctx, const struct notify_ways *ways, size_t most, int64_t *ret_n);

/* Notices to those a roster concerns (notify_duty.c), of what duty noted; *ret_n: notices and messages written.  System actor; not
 * inside a transaction. */
enum rc notify_duties(struct ctx *ctx, const struct notify_ways *ways, size_t most, int64_t *ret_n);

/* Send up to `most` messages that are due; *ret_n: tried.  System actor; ctx->crypt opens the numbers. */
enum rc notify_send(struct ctx *ctx, const struct notify_ways *ways, size_t most, int64_t *ret_n);

#define NOTIFY_UNDO_MS INT64_C(10000)    /* a message waits so long for an undo */
#define NOTIFY_LEASE_MS INT64_C(120000)  /* a claim that is not recorded by then is free again */

/* ---- what officials set ------------------------------------------------------------------------------ */

struct notify_rules {
	int64_t quiet_from, quiet_to; /* minutes of the day; equal: no quiet hours */
	int64_t per_minute;           /* messages of all ways */
	int64_t give_up_hours;        /* after its event, a message is of no use */
	int64_t wechat;               /* 1: residents are told by WeChat, too */
};
enum rc notify_rules_load(struct tx *tx, const struct actor *actor, struct notify_rules *ret);

/* ---- on the desk --------------------------------------------------------------------------------------- */

struct notice {
	int64_t id, request, event, at_ms, read_ms; /* read_ms 0: not yet */
	struct text kind, number, subject;
	struct text about;           /* of a duty: day and place; request is 0 then */
	int64_t due_ms;              /* of its request now; DUE_NONE: none */
	bool open;
	bool seen;                   /* the account may open the case: not one it has sent back */
};
const char *notify_kind_label(struct text kind); /* T(): what the account is told */
/* The actor's own, newest first, before `before` (0: from the newest). */
enum rc notify_list(struct ctx *ctx, int64_t before, struct notice *ret, size_t cap, size_t *ret_n);
/* Unread ones of the actor, counted up to NOTIFY_COUNT_MOST. */
#define NOTIFY_COUNT_MOST 100
enum rc notify_unread(struct ctx *ctx, int64_t *ret);
/* Mark one as read, or (id 0) all. */
enum rc notify_read(struct ctx *ctx, int64_t id);

/* ---- what an account wants, and its calendar --------------------------------------------------------------- */

struct notify_choice { struct text mail; uint64_t topics; }; /* topics: bits (1 << topic) that go by e-mail */
enum rc notify_choice_get(struct ctx *ctx, struct notify_choice *ret);
/* RC_INVALID: not one plain address (empty: none).  The actor's own. */
enum rc notify_choice_set(struct ctx *ctx, const struct notify_choice *in);

/*
 * The deadlines of an account as a calendar (RFC 5545) at an address that is its own key: 160 bits, of which
 * the database keeps a hash.  It says number, item and moment, nothing of a person.
 */
#define NOTIFY_TOKEN_CHARS 41
/* The token in force; RC_NOT_FOUND: there is none. */
enum rc notify_feed_token(struct ctx *ctx, char out[static NOTIFY_TOKEN_CHARS]);
/* A new one; the old one is worth nothing from now on.  And: none any more. */
enum rc notify_feed_make(struct ctx *ctx);
enum rc notify_feed_end(struct ctx *ctx);
struct notify_entry { struct text number, item; int64_t due_ms; };
/* A meeting, a hearing: nth within its case, changes since it was first fixed. */
struct notify_appointment { struct text number, what, place; int64_t nth, changes; struct day day; int minute; bool cancelled; };
/* A visit or a seat of a roster; minute -1: all day, when the hours of the point say nothing. */
struct notify_turn { struct text uid, what, place; struct day day; int minute, minutes; int64_t sequence; bool cancelled; };
#define NOTIFY_ENTRIES_MAX 500
#define NOTIFY_BACK_DAYS 30      /* appointments so long ago still stand in the calendar */
struct notify_feed { struct notify_entry *v; struct notify_appointment *a; struct duty_turn *duty; size_t cap, n, n_a, n_turns; };
/* Deadlines of what the account holds, appointments of the legal aid it gives, its turns of duty.  cap of the arrays.  RC_NOT_FOUND: no such
 * token, or its account is off.  RC_TOO_MANY with *ret_wait_s: wrong ones from this peer. */
enum rc notify_feed_read(struct ctx *ctx, struct text token, struct text peer, struct notify_feed *feed, int64_t *ret_wait_s);
/* The answer of a page: a calendar file of appointments alone. */
enum rc notify_answer_calendar(struct exchange *x, const struct notify_appointment *v, size_t n);

/* ---- administration (RIGHT_SETTINGS, asked here) ------------------------------------------------------------- */

struct notify_way_now { bool there, down; int64_t down_ms, next_ms, waiting, oldest_ms; };
struct notify_try {
	int64_t at_ms, outbox, nth;
	enum notify_way way;
	enum notify_result result;
	enum notify_state state;
	int code;
	struct text words, to_masked, kind, number;
};
struct notify_template {
	struct text kind, body, code, source, author;
	enum notify_way way;
	struct day from;             /* DAY_NONE: what the program brings along */
	int64_t at_ms;
};
#define NOTIFY_TEMPLATES_MAX 400
/* Attempts, newest first, before (at, outbox); 0: from the newest. */
enum rc notify_log(struct ctx *ctx, int64_t before_ms, int64_t before_outbox, struct notify_try *ret, size_t cap, size_t *ret_n);
enum rc notify_ways_now(struct ctx *ctx, struct notify_way_now ret[static NOTIFY_WAYS]);
/* Every version that was written, by kind and way, newest first. */
enum rc notify_templates(struct ctx *ctx, struct notify_template *ret, size_t cap, size_t *ret_n);
/* RC_INVALID with findings on "kind", "body", "from"; RC_CONFLICT: there is a version from that day. */
enum rc notify_template_write(struct ctx *ctx, struct idem_key key, const struct notify_template *in, struct findings *findings);
/* Each value that differs is set; RC_INVALID with findings. */
enum rc notify_rules_set(struct ctx *ctx, struct idem_key key, const struct notify_rules *in, struct text document);
enum rc notify_rules_get(struct ctx *ctx, struct notify_rules *ret);
/* One message by hand, to try a way.  RC_INVALID with a finding on "to". */
enum rc notify_trial(struct ctx *ctx, struct idem_key key, enum notify_way way, struct text to, struct findings *findings);
/* Which ways this process has, for the page; app says it once at start. */
void notify_ways_set(const struct notify_ways *ways);
/* Are residents told by message at all (a demonstration: they would be)? */
bool notify_tells_residents(void);

extern const struct route notify_routes[];
extern const size_t notify_routes_n;

/* ---- residents who want no messages ------------------------------------------------------------------------ */

/* The actor is ACTOR_RECEIPT: of their one request. */
enum rc notify_off_get(struct tx *tx, const struct actor *actor, bool *ret);
enum rc notify_off_set(struct ctx *ctx, bool off);

extern const struct db_set notify_sql, notify_complaint_sql, notify_duty_sql;
