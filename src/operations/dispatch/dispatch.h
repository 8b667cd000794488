/*
 * dispatch: who should have this, and how does it get to them without anybody letting go of it?
 *
 * A hand-over is an offer: the holder stays the holder until the other accepts, and the first-contact
 * officer stays answerable throughout (首问负责, S93).  A return names a reason code, words, and where it
 * belongs instead.  Candidates are barred or scored by facts and weights alone; a decision is stored with all
 * its facts, so that it can be explained, and made again, years later.
 */
#pragma once

#include "base/buf.h"
#include "kit/msg/msg.h"
#include "operations/request/request.h"
#include "resources/identity/identity.h"

#define DISPATCH_ENGINE 1          /* the rule of dispatch_rank(): whatever changes its answers gives it a new number */
#define DISPATCH_CANDIDATES_MAX 400
#define DISPATCH_RECORD_MAX ((size_t)1 << 20) /* bytes of a decision's input or output */

/* Why somebody cannot be proposed.  Stored: new ones at the end. */
enum dispatch_bar {
	BAR_NONE,
	BAR_HOLDER,        /* already holds it */
	BAR_RETURNED,      /* has returned this very request */
	BAR_POINT_ITEM,    /* the point does not handle this item */
	BAR_PERSON_ITEM,   /* the person's list of items does not hold it */
	BAR_FULL,          /* open load has reached the capacity */
	BAR_CONFLICT,      /* has, or their point has, served the other side */
	BAR_LANGUAGE,      /* does not speak the language asked for, and the rules make that a must */
	BAR_COUNT
};
const char *dispatch_bar_label(enum dispatch_bar b); /* T() */

/* What a score is the sum of.  Stored: new ones at the end. */
enum dispatch_part {
	PART_PLACE, PART_ITEM, PART_LOAD, PART_OPEN, PART_DUTY, PART_LANGUAGE, PART_FAIR, PART_SAME, PART_COUNT
};
const char *dispatch_part_label(enum dispatch_part p); /* T() */

/* Unknown is never counted as no. */
enum fact { FACT_NO, FACT_YES, FACT_UNKNOWN };

struct candidate {
	int64_t account, point;
	struct text name, point_name; /* not part of the decision: they may change afterwards */
	enum tier tier;
	struct place place;       /* of the point */
	int load, capacity;
	bool lists_items, has_item;             /* the person's own list */
	bool point_lists_items, point_has_item; /* the point's list */
	bool returned;
	enum fact open;           /* the point is open at that moment */
	enum fact duty;           /* on duty at that moment: unknown until there is a roster */
	enum fact speaks;         /* the language asked for; unknown: none was */
	bool conflict;
	int recent;               /* cases handed to them in the window of days */
	int served_days;          /* days since they last served this person; -1 never */
	bool provider;            /* a lawyer or legal worker: not part of the decision, conflict says what follows */
	/* verdict */
	enum dispatch_bar bar;
	int score, part[PART_COUNT];
	uint64_t tie;
};

/* ---- weights: versioned data (dispatch_weights.c, pure) ---- */
/* X(NAME, key, label, least, most, usual); a form has the same rows. */
#define DISPATCH_WEIGHTS(X) \
	X(VILLAGE, "village", T("同村（社区）得分"), 0, 1000, 40) /* the point stands in the village of the matter */ \
	X(TOWN, "town", T("同镇（街道）得分"), 0, 1000, 30) \
	X(COUNTY, "county", T("同县（区）得分"), 0, 1000, 20) \
	X(CITY, "city", T("全市、热线得分"), 0, 1000, 10) \
	X(ITEM_OWN, "item_own", T("本人列明办此事项得分"), 0, 1000, 30) \
	X(ITEM_ANY, "item_any", T("本人没有列事项得分"), 0, 1000, 10) \
	X(LOAD, "load", T("手上没有在办得分（越满越少）"), 0, 1000, 20) \
	X(OPEN, "open", T("站点正在开放得分（不清楚算一半）"), 0, 1000, 10) \
	X(DUTY, "duty", T("正在值班得分（不清楚算一半）"), 0, 1000, 10) \
	X(LANGUAGE, "language", T("会说来访人要的语言得分"), 0, 1000, 30) \
	X(LANGUAGE_MUST, "language_must", T("不会说就不派（1 是，0 否）"), 0, 1, 0) \
	X(FAIR, "fair", T("近期没有派过得分（越多越少）"), 0, 1000, 10) \
	X(FAIR_FULL, "fair_full", T("近期派到多少件就不得分"), 1, 1000, 20) \
	X(FAIR_DAYS, "fair_days", T("近期是多少天"), 1, 366, 14) \
	X(SAME, "same", T("以前服务过同一个人得分"), 0, 1000, 25) \
	X(SAME_DAYS, "same_days", T("以前是多少天以内"), 1, 3660, 365)
#define DISPATCH_WEIGHT_NAME(name, key, label, least, most, usual) WEIGHT_##name,
enum dispatch_weight { DISPATCH_WEIGHTS(DISPATCH_WEIGHT_NAME) WEIGHT_COUNT };
struct dispatch_weights { int v[WEIGHT_COUNT]; };
struct dispatch_weight_row { const char *key, *label; int least, most, usual; }; /* label: T() */
extern const struct dispatch_weight_row dispatch_weight_rows[WEIGHT_COUNT];
struct dispatch_weights dispatch_weights_usual(void);
/* "key=number" lines, every key, in order. */
struct text dispatch_weights_print(struct arena *a, const struct dispatch_weights *w);
/* Reads lines, or a list with commas, over what *ret holds; RC_INVALID with the row at fault (NULL: no such key). */
enum rc dispatch_weights_read(struct text t, struct dispatch_weights *ret, const struct dispatch_weight_row **ret_bad);

struct dispatch_rules {
	int64_t version, since_ms, account;
	struct dispatch_weights weights;
	struct text words;
};

/* ---- pure (dispatch_rule.c) ---- */
/*
 * Judge and rank: best first, barred last; ties by lighter load, then by a hash of seed and account, so that
 * nobody comes first for ever.  Integers alone: the same input gives the same order on any machine.
 */
void dispatch_rank(const struct dispatch_weights *w, int64_t seed, struct place place, int64_t holder,
    struct candidate *c, size_t n);

/* ---- a decision that can be made again (dispatch_record.c, pure) ---- */
enum dispatch_how { CHOSEN_BEST = 1, CHOSEN_POINT, CHOSEN_BY_HAND, CHOSEN_RULED };
const char *dispatch_how_label(enum dispatch_how how); /* T() */
struct decision {
	int64_t id, at_ms, engine, rules, seed, chosen;
	struct case_id request;
	enum dispatch_how how;
	struct text input, output, reason;
	struct dispatch_weights weights;  /* of that version */
};
/* Canonical bytes; candidates are put in order of account first.  RC_TOO_LARGE past DISPATCH_RECORD_MAX. */
enum rc dispatch_input_print(struct buf *out, struct place place, int64_t holder, struct candidate *c, size_t n);
enum rc dispatch_output_print(struct buf *out, const struct candidate *c, size_t n);
/* Ranked again from the stored facts; RC_CORRUPT when they cannot be read, RC_TOO_LARGE past cap. */
enum rc dispatch_decide_again(const struct decision *d, struct candidate *ret, size_t cap, size_t *ret_n);
/* And is it what was stored?  *ret_same. */
enum rc dispatch_replay(const struct decision *d, struct arena *mem, bool *ret_same);

/* ---- use cases ---- */
/* The first holder of a request that came in with nobody beside it: the director of the station that
 * serves the village, else of the town's centre, else of the county's, else of the hotline. */
enum rc dispatch_first_holder(struct tx *tx, const struct actor *actor, struct place place, int64_t *ret_account,
    int64_t *ret_point, enum tier *ret_tier);

/* Candidates for a request, ranked by the rules in force; texts in tx_mem(). */
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
/*
 * A case goes from hand to hand no more than DISPATCH_RETURNS_MAX times: once it has been sent back so often, it is
 * offered to nobody any more and whoever supervises its place rules on it (dispatch_assign).  RC_REFUSED: that, or the
 * one meant holds it already (dispatch_returns_of() tells which).  RC_NOT_FOUND: nobody there who can take it; an
 * account that has left or handles no cases.
 */
#define DISPATCH_RETURNS_MAX 2
enum rc dispatch_offer(struct ctx *ctx, struct idem_key key, const struct dispatch_offer *in,
    struct dispatch_result *ret);
enum rc dispatch_accept(struct ctx *ctx, struct idem_key key, int64_t handover);
struct dispatch_return {
	int64_t handover;
	struct text code;        /* of dispatch.return */
	struct text reason;
	int64_t better_point;    /* who should have it; 0 only with DISPATCH_UNCLEAR */
};
#define DISPATCH_UNCLEAR TEXT("unclear") /* code of dispatch.return: not clear who should */
/* RC_INVALID: no words; or neither a better point nor "unclear"; or a point that is the receiver's own or closed. */
enum rc dispatch_send_back(struct ctx *ctx, struct idem_key key, const struct dispatch_return *in);
/* The one who offered takes the offer back before it is answered. */
enum rc dispatch_withdraw(struct ctx *ctx, struct idem_key key, int64_t handover);
/* Sent back or withdrawn, the receiver's right to the case goes too (request_grant_drop). */
/* The desk takes over what its own point holds. */
enum rc dispatch_take_over(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision);

/*
 * A supervisor of the place says who holds it from now on: to_account, or 0 for the supervisor's own.  An
 * open offer is withdrawn, promised calls go along.  On a case sent back DISPATCH_RETURNS_MAX times this is a ruling:
 * the resident is told, and whoever gets it can neither send it back nor offer it on.  The decision is stored.  RC_FORBIDDEN: not supervised by this actor.
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
/* How often a request has been sent back. */
enum rc dispatch_returns_of(struct tx *tx, const struct actor *actor, struct case_id id, int64_t *ret);
/* Open cases sent back too often and not ruled on yet, where the actor supervises; longest waiting first. */
struct ruling { struct case_id id; struct text number, subject, holder_name, point_name; int64_t returns, since_ms, start_ms, due_ms; };
enum rc dispatch_rulings(struct tx *tx, const struct actor *actor, struct ruling *ret, size_t cap, size_t *ret_n);
enum rc dispatch_rulings_count(struct tx *tx, const struct actor *actor, int64_t *ret);
/* Offers that wait for the actor's answer. */
enum rc dispatch_inbox(struct tx *tx, const struct actor *actor, struct handover *ret, size_t cap, size_t *ret_n);
/* ---- sides and wishes (dispatch_party.c) ---- */
enum party_side { PARTY_ASKING = 1, PARTY_OTHER };
struct party_new {
	enum party_side side;
	bool organisation;
	struct text name, id_number;   /* id_number: of an organisation its credit code; may be empty */
};
struct party {
	enum party_side side;
	int n;
	bool there, has_id;
	unsigned char name_key[16], id_key[16];
	struct text sealed;            /* of the other side alone */
};
/* Before the transaction: hashes, and the other side's name sealed; without a name nothing is there. */
enum rc dispatch_party_prepare(struct ctx *ctx, const struct party_new *in, int64_t request, struct party *ret);
/* In a command. */
enum rc dispatch_party_insert(struct tx *tx, const struct actor *actor, struct case_id id, const struct party *p);
enum rc dispatch_wish_set(struct tx *tx, const struct actor *actor, struct case_id id, struct text language);
/* A case that goes on as another keeps its sides and wishes. */
enum rc dispatch_party_inherit(struct tx *tx, const struct actor *actor, struct case_id id, int64_t from);
struct dispatch_wish { struct text language; /* code, empty: none */ bool other_side; /* is written down */ };
enum rc dispatch_wish(struct tx *tx, const struct actor *actor, struct case_id id, struct dispatch_wish *ret);

/* ---- decisions, read again ---- */
/* One decision on a request; the newest when id is 0. */
enum rc dispatch_decision_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id,
    struct decision *ret);
/* Its candidates as the stored facts give them now, with the names of today. */
enum rc dispatch_decision_candidates(struct tx *tx, const struct actor *actor, const struct decision *d,
    struct candidate *ret, size_t cap, size_t *ret_n);
/* All decisions of the city made again; the first that comes out otherwise, or cannot be read, is named.  The system. */
struct dispatch_replayed { int64_t looked_at, same, differ, other_engine, first; };
enum rc dispatch_replay_all(struct tx *tx, const struct actor *actor, struct dispatch_replayed *ret);
/*
 * New weights as the next version; the old ones stay with the decisions made by them.  In force is the newest version
 * whose day has come: one saved later for an earlier day replaces one that still waits.  RIGHT_SETTINGS (RC_FORBIDDEN),
 * audited.  RC_INVALID: a weight out of its bounds, no words on why, or a beginning that has passed or is more than
 * DISPATCH_AHEAD_DAYS away.  RC_CONFLICT: `version` is no longer the newest.
 */
#define DISPATCH_AHEAD_DAYS 366
struct dispatch_rules_new {
	int64_t version;         /* the newest the one who decides has seen */
	int64_t since_ms;        /* 0: from now on */
	struct dispatch_weights weights;
	struct text words;
};
enum rc dispatch_rules_set(struct ctx *ctx, struct idem_key key, const struct dispatch_rules_new *in, int64_t *ret_version);
/* All versions, newest first, with who decided. */
struct dispatch_rules_row { int64_t version, since_ms; struct text name, words, weights; };
enum rc dispatch_rules_list(struct tx *tx, const struct actor *actor, struct dispatch_rules_row *ret, size_t cap, size_t *ret_n);
/* The newest version, in force or not yet; 1 where nobody has decided yet. */
enum rc dispatch_rules_newest(struct tx *tx, const struct actor *actor, int64_t *ret);
/* The rules in force: version 1 as the program came where nobody has decided yet. */
enum rc dispatch_rules_now(struct tx *tx, const struct actor *actor, struct dispatch_rules *ret);

/* ---- what other weights would have done (dispatch_backtest.c) ---- */
/*
 * Every stored decision made again with other weights, in order of time: whoever would have got a case carries it in
 * the decisions after it, as long as it was really open, and whoever got it does not.  Waiting is an estimate: what
 * the chosen usually took to accept an offer.
 */
struct backtest_side {
	int64_t chosen;                              /* decisions in which there was somebody */
	int64_t village, town, county, city;         /* where the chosen works, seen from the matter */
	int64_t km_n, km_tenths;                     /* those with both positions; sum of 0.1 km */
	int64_t open_point;                          /* whose point was open at that moment */
	int64_t most, p90, gini_permille;            /* cases assigned, over all who could have been */
	int64_t peak_permille;                       /* the fullest anybody was when given one: load / capacity */
	int64_t wait_n, wait_minutes;                /* sum; from the offer to its acceptance */
};
struct backtest { int64_t decisions, skipped, people, changed; struct backtest_side was, would; };
enum rc dispatch_backtest(struct tx *tx, const struct actor *actor, const struct dispatch_weights *w, struct backtest *ret);
/* Of n counts, sorted or not (they are sorted): 0 all equal, towards 1000 one has all.  Pure. */
int64_t dispatch_gini_permille(int64_t *counts, size_t n);

/* What an older program stored behind an offer, in rank order: scores without their facts. */
struct choice_row { int rank; int64_t account; struct text name, point_name, reasons; int score; };
enum rc dispatch_reasons(struct tx *tx, const struct actor *actor, struct case_id id, int64_t choice,
    struct choice_row *ret, size_t cap, size_t *ret_n);

extern const struct db_set dispatch_sql;
