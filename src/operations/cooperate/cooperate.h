/*
 * cooperate: how does one centre help another with a case, and what does it get to read for that?  (协作)
 *
 * Whoever answers for a case asks another point of service of the city for help.  The case stays where it is: its
 * holder, its clocks and whoever was asked first answer on.  The other side reads the kind of help, the purpose and
 * those parts of the case that were ticked, and these only while the co-operation is open; the statements leave the
 * other columns out, so they never leave the database.  It agrees or declines with a reason, and answers; the asker
 * closes or asks again.
 *
 * A co-operation has a clock of its own: so many working days from the question (setting "cooperate.days"; no law
 * gives the number, ours is shown as an internal promise).  Every step is one event of the case ("cooperate.asked",
 * "cooperate.taken", …) whose data end with "cooperation=ID".  It is tied to a point and not to a person, so nobody
 * who leaves leaves one behind.  It ends with its case, and when the case comes to the point that was asked.
 */
#pragma once

#include "operations/request/request.h"

/* Stored; below 50 it is open, below 40 the other side must do something. */
enum cooperation_state {
	COOPERATION_NONE = 0,
	COOPERATION_ASKED = 10,
	COOPERATION_TAKEN = 20,      /* the other side agreed to help, or was asked again */
	COOPERATION_ANSWERED = 40,   /* the asker reads it, and closes or asks again */
	COOPERATION_CLOSED = 50,
	COOPERATION_DECLINED = 60,
	COOPERATION_WITHDRAWN = 70,  /* by the asker */
	COOPERATION_ENDED = 80,      /* with its case, or the case came to the point asked */
};
bool cooperation_is_open(enum cooperation_state s);
bool cooperation_waits(enum cooperation_state s);           /* for the other side */
bool cooperation_step_allowed(enum cooperation_state from, enum cooperation_state to);
const char *cooperation_state_key(enum cooperation_state s);
const char *cooperation_state_label(enum cooperation_state s); /* T() */

/* Stored as bits.  Kind of help, purpose, number and item are always read. */
enum cooperation_share {
	SHARE_MATTER,  /* subject and detail */
	SHARE_NAME,
	SHARE_PHONE,   /* in clear by cooperation_phone() alone, which is audited */
	SHARE_PLACE,   /* the division where the matter arises */
	SHARE_FILES,   /* what papers there are: names, sizes; not the files */
	SHARE_COUNT
};
#define SHARE_ALL (BIT(SHARE_COUNT) - 1)
const char *cooperation_share_key(enum cooperation_share s);
const char *cooperation_share_label(enum cooperation_share s); /* T() */

struct cooperation {
	int64_t id;
	struct case_id request;
	int64_t from_account, from_point, to_point;
	struct text kind;
	unsigned shared;              /* BIT(enum cooperation_share) */
	enum cooperation_state state;
	int round;
	struct clock_rule rule;
	struct text source;
	int64_t start_ms, due_ms, asked_ms, taken_ms, taken_by, closed_ms;
	struct text refusal, words;   /* declined: code, words; withdrawn: words */
	int64_t revision;
	/* read along */
	struct text kind_name, kind_name_en, refusal_name, refusal_name_en;
	struct text from_name, from_point_name, to_point_name, taken_name, number, item_name, item_name_en;
	/* of the case; for the other side empty unless shared and open */
	struct text subject, detail, person_name;
	struct place place;
	bool incoming;                /* read as the side that was asked */
};
struct cooperation_round {
	int round;
	struct text words, answer, asked_name, answered_name;
	int64_t asked_ms, due_ms, answered_ms;
};
#define COOPERATION_ROUNDS_MAX 20
/* Its light: soon within near_ms of its end; what does not wait for the other side is done. */
enum clock_light cooperation_light(const struct cooperation *c, int64_t near_ms, int64_t now_ms);

extern const struct setting_group cooperation_settings;

/* ---- steps ------------------------------------------------------------------------------------------- */

#define COOPERATION_WORDS_LEAST 4    /* characters */
#define COOPERATION_WORDS_MOST 2000

enum cooperation_bar {
	COOPERATION_FREE,
	COOPERATION_NO_KIND,     /* not in the table cooperate.ask today */
	COOPERATION_NO_POINT,    /* no such point, it is closed, or nobody there handles cases */
	COOPERATION_OWN_POINT,   /* the case is held there */
	COOPERATION_OPEN,        /* this point is asked already: id */
	COOPERATION_NO_REASON,   /* not in the table dispatch.return today */
	COOPERATION_TOO_OFTEN,   /* COOPERATION_ROUNDS_MAX questions */
};
const char *cooperation_bar_label(enum cooperation_bar b); /* T() */
const char *cooperation_bar_field(enum cooperation_bar b); /* "point"; "": of none */
struct cooperation_done { int64_t id; enum cooperation_bar bar; };

struct cooperation_ask {
	struct case_id request;
	int64_t point;
	struct text kind, words;
	unsigned shared;
};
/* By the side that holds the case, else RC_FORBIDDEN.  RC_CONFLICT: it has ended.  RC_REFUSED: bar.  RC_INVALID: words. */
enum rc cooperation_ask(struct ctx *ctx, struct idem_key key, const struct cooperation_ask *in, struct cooperation_done *ret);

/*
 * By whoever handles cases at the point asked (else RC_NOT_FOUND): agree; decline with a code and words; answer, which
 * agrees too.  RC_CONFLICT: it no longer stands at `revision`, or somebody else was first.
 */
enum rc cooperation_take(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision);
enum rc cooperation_decline(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text code,
    struct text words, struct cooperation_done *ret);
enum rc cooperation_answer(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words);
/* By the side that holds the case now (RC_FORBIDDEN). */
enum rc cooperation_close(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision);
enum rc cooperation_again(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words,
    struct cooperation_done *ret);
enum rc cooperation_withdraw(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words);
/* The phone in clear, by the side that was asked, while it is open and was shared (else RC_NOT_FOUND).  The audit row is
 * committed before.  "": none is stored. */
enum rc cooperation_phone(struct ctx *ctx, struct crypt *crypt, struct idem_key key, int64_t id, struct text *ret);

/* ---- reading ------------------------------------------------------------------------------------------- */

/* For whoever was asked, as much as was shared; for whoever may see the case, all of it. */
enum rc cooperation_load(struct tx *tx, const struct actor *actor, int64_t id, struct cooperation *ret);
/* Oldest first, of one that this actor has loaded. */
enum rc cooperation_rounds(struct tx *tx, const struct actor *actor, const struct cooperation *c,
    struct cooperation_round *ret, size_t cap, size_t *ret_n);
/* Names of the papers, for the side that was asked; none unless shared and open. */
enum rc cooperation_files(struct tx *tx, const struct actor *actor, int64_t id, struct attachment *ret, size_t cap,
    size_t *ret_n);
/* Of a case this actor may see, oldest first. */
enum rc cooperation_of_case(struct tx *tx, const struct actor *actor, struct case_id id, struct cooperation *ret,
    size_t cap, size_t *ret_n);

enum cooperation_group {
	COOPERATIONS_OPEN, COOPERATIONS_LATE, COOPERATIONS_SOON, COOPERATIONS_NORMAL, COOPERATIONS_ANSWERED, COOPERATIONS_DONE,
	COOPERATIONS_GROUPS
};
const char *cooperation_group_key(enum cooperation_group g);
const char *cooperation_group_label(enum cooperation_group g); /* T() */
struct cooperation_filter {
	bool outgoing;                /* asked by the side that holds the case: all that the actor may see; else what the
	                               * actor's point was asked */
	enum cooperation_group group;
	int64_t after_due_ms, after_id; /* keyset; 0, 0 from the beginning; of done ones the id alone, the newest first */
};
enum rc cooperation_list(struct tx *tx, const struct actor *actor, const struct cooperation_filter *f,
    struct cooperation *ret, size_t cap, size_t *ret_n);
/* Open ones that wait for the actor's point. */
enum rc cooperation_mine_count(struct tx *tx, const struct actor *actor, int64_t *ret);

/* The worker: up to `most` open ones counted with an older table of holidays are counted again. */
enum rc cooperation_recount(struct ctx *ctx, size_t most, int64_t *ret_n);

/* ---- over a border ----------------------------------------------------------------------------------------- */

/*
 * Who has it when a person lives here and the matter arose elsewhere?
 *
 * 法律援助法 Art. 38: in litigation the institution where the case-handling organ is; otherwise the one where the organ
 * that handles the dispute is, or where the matter arose.  Judged by division codes alone, exact at every border.
 * Inside the city the case is handed over to that county's centre, which accepts it (operations/dispatch).  Beyond the
 * city nobody here can accept for others: a letter goes to the authority there, the resident is told where to go, and
 * the case is closed as transferred.  It counts as closed and never as a service given.
 */
enum transfer_kind {
	TRANSFER_KIND_NONE,
	TRANSFER_LITIGATION,   /* where the court, procuratorate or police office is */
	TRANSFER_DISPUTE,      /* where the organ is that handles the dispute: arbitration, reconsideration … */
	TRANSFER_MATTER,       /* where the matter arose */
	TRANSFER_KIND_COUNT
};
const char *transfer_kind_label(enum transfer_kind k); /* T() */
const char *transfer_kind_basis(enum transfer_kind k); /* the article, as the letter quotes it; Chinese */

enum transfer_way {
	TRANSFER_UNCLEAR,      /* the code is too coarse to tell which county or city */
	TRANSFER_STAYS,        /* the same county */
	TRANSFER_COUNTY,       /* another county of the city: hand it over to its centre */
	TRANSFER_OUTSIDE,      /* another city: a letter */
};
/* Pure.  here: where the case is held; the city itself where that is the city's own point. */
enum transfer_way transfer_judge(struct place here, struct place organ);

#define TRANSFER_OUTCOME "transferred"
#define TRANSFER_WORDS_LEAST 4     /* characters */
#define TRANSFER_WORDS_MOST 2000
struct transfer_letter {
	struct text number;            /* "Z260630-7KQ2-M9XA" */
	enum transfer_kind kind;
	struct place organ;
	struct text authority;         /* to whom it is addressed */
	struct text content, told;     /* told: what the resident reads */
	struct text basis;
	int64_t at_ms, account;
	/* read along */
	struct text account_name, point_name, point_phone, request_number, subject, person_name;
};
struct transfer_new {
	struct case_id id;
	int64_t revision;
	enum transfer_kind kind;
	struct place organ;
	struct text authority, content, told;
};
/*
 * By the side that holds the case (RC_FORBIDDEN).  RC_CONFLICT: changed since, or ended.  RC_REFUSED with *ret_way: the
 * organ does not lie outside the city.  RC_INVALID: kind or words.
 */
enum rc transfer_out(struct ctx *ctx, struct idem_key key, const struct transfer_new *in, enum transfer_way *ret_way);
/* Of a case this actor may see.  RC_NOT_FOUND: there is none. */
enum rc transfer_letter_load(struct tx *tx, const struct actor *actor, struct case_id id, struct transfer_letter *ret);

extern const struct event_hook cooperation_held_hook, cooperation_ended_hook;
extern const struct db_set cooperate_sql;
