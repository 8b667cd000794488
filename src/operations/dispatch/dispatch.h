/*
 * dispatch: who should have this, and how does it get to them without anybody letting go of it?
 *
 * A hand-over is an offer: the holder stays the holder until the other accepts, and the first-contact
 * officer stays answerable throughout (首问负责, S93).  A return names a reason code, words, and where it
 * belongs instead.  Candidates are ranked by place, item, capability and open load, deterministically;
 * every candidate's reasons are stored with the offer and can be shown.
 */
#pragma once

#include "operations/request/request.h"
#include "resources/identity/identity.h"

#define DISPATCH_RULES_VERSION 1
#define DISPATCH_CANDIDATES_MAX 400

/* Why somebody cannot be proposed. */
enum dispatch_bar {
	BAR_NONE,
	BAR_HOLDER,        /* already holds it */
	BAR_RETURNED,      /* has returned this very request */
	BAR_POINT_ITEM,    /* the point does not handle this item */
	BAR_PERSON_ITEM,   /* the person's list of items does not hold it */
	BAR_FULL,          /* open load has reached the capacity */
	BAR_COUNT
};
const char *dispatch_bar_label(enum dispatch_bar b); /* T() */

struct candidate {
	int64_t account, point;
	struct text name, point_name;
	enum tier tier;
	struct place place;       /* of the point */
	int load, capacity;
	bool lists_items, has_item;             /* the person's own list */
	bool point_lists_items, point_has_item; /* the point's list */
	bool returned;
	/* verdict */
	enum dispatch_bar bar;
	int score, score_place, score_item, score_load;
};

/* ---- pure (dispatch_rule.c) ---- */
/* Judge and rank: best first, barred last; ties by lighter load, then by account id. */
void dispatch_rank(struct candidate *c, size_t n, struct place place, int64_t holder);

/* ---- use cases ---- */
/* The first holder of a request that came in with nobody beside it: the director of the station that
 * serves the village, else of the town's centre, else of the county's, else of the hotline. */
enum rc dispatch_first_holder(struct tx *tx, const struct actor *actor, struct place place, int64_t *ret_account,
    int64_t *ret_point, enum tier *ret_tier);

/* Candidates for a request, ranked; texts in tx_mem(). */
enum rc dispatch_candidates(struct tx *tx, const struct actor *actor, const struct request *r,
    struct candidate *ret, size_t cap, size_t *ret_n);

struct dispatch_offer {
	struct case_id id;
	int64_t revision;
	int64_t to_account;      /* 0: the best candidate at to_point; both 0: the best of all */
	int64_t to_point;
	struct text reason;      /* why it is handed over */
};
struct dispatch_result { int64_t handover; int64_t to_account, to_point; };
enum rc dispatch_offer(struct ctx *ctx, struct idem_key key, const struct dispatch_offer *in,
    struct dispatch_result *ret);
enum rc dispatch_accept(struct ctx *ctx, struct idem_key key, int64_t handover);
struct dispatch_return {
	int64_t handover;
	struct text code;        /* of dispatch.return */
	struct text reason;
	int64_t better_point;    /* 0: not said */
};
enum rc dispatch_send_back(struct ctx *ctx, struct idem_key key, const struct dispatch_return *in);
/* The one who offered takes the offer back before it is answered. */
enum rc dispatch_withdraw(struct ctx *ctx, struct idem_key key, int64_t handover);
/* Sent back or withdrawn, the receiver's right to the case goes too (request_grant_drop). */
/* The desk takes over what its own point holds. */
enum rc dispatch_take_over(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision);

/*
 * A supervisor of the place says who holds it from now on: to_account, or 0 for the supervisor's own.  An
 * open offer is withdrawn, promised calls go along.  RC_FORBIDDEN: not supervised by this actor.
 * RC_REFUSED: holds it already.  RC_INVALID: no words, or no active account that handles cases at a point.
 */
struct dispatch_assign {
	struct case_id id;
	int64_t revision;
	int64_t to_account;
	struct text reason;
};
enum rc dispatch_assign(struct ctx *ctx, struct idem_key key, const struct dispatch_assign *in);
/* What an account holds and what it is asked to take over, for when it leaves. */
extern const struct duty_kind dispatch_held_duty, dispatch_offered_duty;
/* A case that ends leaves no offer open. */
extern const struct event_hook dispatch_ended_hook;

enum handover_state { HANDOVER_OFFERED = 1, HANDOVER_ACCEPTED, HANDOVER_RETURNED, HANDOVER_WITHDRAWN };
struct handover {
	int64_t id, from_account, from_point, to_account, to_point, better_point, choice;
	struct case_id request;
	enum handover_state state;
	struct text reason, return_code, return_reason;
	int64_t offered_ms, answered_ms;
	int64_t start_ms, due_ms;  /* the nearest deadline of the case itself */
	struct text from_name, to_name, to_point_name, better_name, number, subject;
};
enum rc dispatch_history(struct tx *tx, const struct actor *actor, struct case_id id, struct handover *ret,
    size_t cap, size_t *ret_n);
/* Offers that wait for the actor's answer. */
enum rc dispatch_inbox(struct tx *tx, const struct actor *actor, struct handover *ret, size_t cap, size_t *ret_n);
/* The stored reasons behind an offer, in rank order. */
struct choice_row { int rank; int64_t account; struct text name, point_name, reasons; int score; };
enum rc dispatch_reasons(struct tx *tx, const struct actor *actor, struct case_id id, int64_t choice,
    struct choice_row *ret, size_t cap, size_t *ret_n);

extern const struct db_set dispatch_sql;
