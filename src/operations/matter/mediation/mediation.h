/*
 * mediation: how do two who quarrel come to an agreement that is kept, without a suit?  (人民调解)
 *
 * One row of mediation beside its request (matter "mediation") with a state of its own.  The table of steps
 * (mediation_rule.c) says which step leads where, who takes it, by which article, and which limits it meets and starts.
 * It costs nothing (Art. 4), nobody is kept from arbitration or a suit (Art. 3): whoever refuses or ends it is told the
 * other ways.  Names of parties are sealed; hashes alone are compared.
 *
 * Source: 人民调解法 (2011), articles beside each step; the time to conclude is a setting (30 days of 人民调解工作若干规定,
 * 未核实); joint judicial confirmation: Art. 33 and 法释〔2011〕5号.
 *
 * Use cases: RC_REFUSED with a verdict: a rule says no, and which.  RC_CONFLICT: changed since.  RC_INVALID: findings name
 * the field.  What the resident does, ACTOR_RECEIPT does.
 */
#pragma once

#include "engine/calendar/calendar.h"
#include "kit/form/form.h"
#include "operations/intake/intake.h"
#include "operations/matter/matter.h"
#include "operations/request/request.h"

/* ---- sets: stored numbers ------------------------------------------------------------------------------ */

enum mediation_state {
	MEDIATION_NONE = 0,
	MEDIATION_UNFILLED = 5,      /* asked for; not registered yet */
	MEDIATION_REGISTERED = 10,   /* the parties are asked */
	MEDIATION_ACCEPTED = 20,
	MEDIATION_IN_SESSION = 30,
	MEDIATION_DRAFTED = 35,      /* written down, not signed by all */
	MEDIATION_AGREED = 40,       /* in effect: to be performed */
	MEDIATION_BREACHED = 45,     /* not performed in time */
	/* the request has ended */
	MEDIATION_PERFORMED = 90,
	MEDIATION_FAILED = 91,       /* no agreement (Art. 26) */
	MEDIATION_ENDED = 92,        /* by a party (Art. 23) */
	MEDIATION_REFUSED = 93,      /* a party clearly refuses (Art. 17), or it can't be mediated */
	MEDIATION_BROKEN = 94,       /* agreed and not kept: a suit (Art. 32) or execution */
	MEDIATION_WITHDRAWN = 95,
	MEDIATION_ELSEWHERE = 96,
};

enum mediation_step {
	MEDIATION_REGISTER = 1, MEDIATION_PARTY, MEDIATION_CONSENT, MEDIATION_REFUSE, MEDIATION_ACCEPT, MEDIATION_APPOINT,
	MEDIATION_RELIEVE, MEDIATION_SESSION, MEDIATION_EXTEND, MEDIATION_DANGER, MEDIATION_DRAFT, MEDIATION_SIGN, MEDIATION_EFFECT,
	MEDIATION_REDRAFT, MEDIATION_FAIL, MEDIATION_END, MEDIATION_CLAIM, MEDIATION_PERFORM, MEDIATION_FULFIL, MEDIATION_MISS,
	MEDIATION_VISIT, MEDIATION_BREAK, MEDIATION_CONFIRM_ASK, MEDIATION_CONFIRM_DROP, MEDIATION_CONFIRM_SEND,
	MEDIATION_CONFIRM_RESULT, MEDIATION_MEND, MEDIATION_WITHDRAW,
	MEDIATION_STEP_COUNT
};

/* Classes of the bulletin: applied for, taken up, entrusted. */
enum mediation_source { MEDIATION_APPLIED = 1, MEDIATION_INITIATIVE, MEDIATION_GROUP_SOURCE, MEDIATION_COURT, MEDIATION_POLICE,
	MEDIATION_PETITION, MEDIATION_ORGAN, MEDIATION_SOURCE_COUNT };
enum mediation_class { MEDIATION_CLASS_INITIATIVE = 1, MEDIATION_CLASS_APPLIED, MEDIATION_CLASS_ENTRUSTED, MEDIATION_CLASS_COUNT };
/* The fifteen of the bulletin in its order, then those that came later. */
enum mediation_category { MEDIATION_FAMILY = 1, MEDIATION_NEIGHBOURS, MEDIATION_HOUSING, MEDIATION_CONTRACT, MEDIATION_BUSINESS,
	MEDIATION_DAMAGES, MEDIATION_LAND, MEDIATION_DEMOLITION, MEDIATION_POLLUTION, MEDIATION_LABOUR, MEDIATION_CONSUMER,
	MEDIATION_MEDICAL, MEDIATION_TRAFFIC, MEDIATION_PROPERTY, MEDIATION_OTHER, MEDIATION_WAGES, MEDIATION_TOURISM,
	MEDIATION_ECOMMERCE, MEDIATION_CATEGORY_COUNT };
enum mediation_level { MEDIATION_ORAL_LEVEL = 1, MEDIATION_SIMPLE, MEDIATION_ORDINARY, MEDIATION_HARD, MEDIATION_MAJOR, MEDIATION_LEVEL_COUNT };
enum mediation_side { MEDIATION_SIDE_A = 1, MEDIATION_SIDE_B, MEDIATION_SIDE_COUNT };
enum mediation_consent { MEDIATION_NOT_ASKED, MEDIATION_AGREES, MEDIATION_OBJECTS, MEDIATION_CONSENT_COUNT };
enum mediation_form { MEDIATION_FORM_NONE, MEDIATION_WRITTEN, MEDIATION_ORAL, MEDIATION_FORM_COUNT };
enum mediation_sign { MEDIATION_UNSIGNED, MEDIATION_SIGNED, MEDIATION_STAMPED, MEDIATION_THUMBPRINT, MEDIATION_SIGN_COUNT };
enum mediation_confirm { MEDIATION_UNCONFIRMED, MEDIATION_CONFIRM_ASKED, MEDIATION_CONFIRM_SENT, MEDIATION_CONFIRMED,
	MEDIATION_NOT_CONFIRMED, MEDIATION_CONFIRM_COUNT };
enum mediation_record { MEDIATION_INQUIRY = 1, MEDIATION_TALK, MEDIATION_RETURN_VISIT, MEDIATION_RECORD_COUNT };
enum mediation_danger { MEDIATION_SECURITY = 1, MEDIATION_CRIME, MEDIATION_DANGER_COUNT };
enum mediation_chosen { MEDIATION_BY_COMMITTEE = 1, MEDIATION_BY_A, MEDIATION_BY_B, MEDIATION_BY_BOTH, MEDIATION_CHOSEN_COUNT };
enum mediation_helper { MEDIATION_NO_HELPER, MEDIATION_RELATIVE, MEDIATION_NEIGHBOUR, MEDIATION_COLLEAGUE, MEDIATION_EXPERT,
	MEDIATION_OTHER_HELPER, MEDIATION_HELPER_COUNT };
/* Committees of villages, towns, enterprises, trades; a panel; a room of one's own. */
enum mediator_kind { MEDIATOR_VILLAGE = 1, MEDIATOR_TOWN, MEDIATOR_ENTERPRISE, MEDIATOR_TRADE, MEDIATOR_PANEL, MEDIATOR_ROOM,
	MEDIATOR_KIND_COUNT };

extern const struct choice mediation_source_choices[], mediation_class_choices[], mediation_category_choices[],
    mediation_level_choices[], mediation_side_choices[], mediation_consent_choices[], mediation_form_choices[],
    mediation_sign_choices[], mediation_confirm_choices[], mediation_record_choices[], mediation_danger_choices[],
    mediation_chosen_choices[], mediation_helper_choices[], mediator_kind_choices[];
const char *mediation_choice_label(const struct choice *choices, int value); /* T(); "未填写" when there is none */
const char *mediation_state_key(enum mediation_state s);
const char *mediation_state_label(enum mediation_state s); /* T() */
const char *mediation_step_key(enum mediation_step s);     /* as in events and addresses */
enum mediation_step mediation_step_by_key(struct text key); /* 0: none */
const char *mediation_step_label(enum mediation_step s);   /* T() */

/* ---- pure (mediation_rule.c) ------------------------------------------------------------------------------ */

/* Who takes a step.  The office is the side that holds the request; a mediator is one of this case who has an account. */
enum mediation_who { MEDIATION_WHO_RESIDENT = 1, MEDIATION_WHO_OFFICE = 2, MEDIATION_WHO_MEDIATOR = 4, MEDIATION_WHO_PROGRAM = 8 };

struct mediation_edge {
	enum mediation_state from;
	enum mediation_step step;
	enum mediation_state to;
	unsigned who;             /* bits of enum mediation_who */
	const char *basis;        /* article; "" where it is the order of the house */
	unsigned meets;           /* bits of enum clock_target */
	enum clock_target starts; /* 0: none */
};
/* The row of that step in that state; NULL: there is none. */
const struct mediation_edge *mediation_edge_find(enum mediation_state from, enum mediation_step step);
extern const struct mediation_edge mediation_edges[];
extern const size_t mediation_edges_n;
bool mediation_is_open(enum mediation_state s);
bool mediation_in_effect(enum mediation_state s); /* an agreement was in effect */
enum mediation_class mediation_class_of(enum mediation_source s);

enum mediation_why {
	MEDIATION_MAY,
	MEDIATION_NO_STEP,          /* not in this state */
	MEDIATION_NOT_YOURS,
	MEDIATION_NOT_RECEIVED,     /* accept the request first */
	MEDIATION_PARTY_REFUSES,    /* Art. 17 */
	MEDIATION_ONE_SIDE,         /* nobody stands on the other side */
	MEDIATION_NOT_ALL_ASKED,
	MEDIATION_TWICE,            /* this party is named already */
	MEDIATION_BOTH_SIDES,       /* and on the other side */
	MEDIATION_TOO_MANY,
	MEDIATION_NO_MEDIATOR,
	MEDIATION_MEDIATOR_OFF,
	MEDIATION_MEDIATOR_THERE,
	MEDIATION_IS_PARTY,         /* the mediator is one of the parties */
	MEDIATION_SAME_NAME,        /* bears the name of a party: say that it is somebody else */
	MEDIATION_IS_RELATED,       /* declared to be related */
	MEDIATION_NO_CONSENT,       /* Art. 20: helpers with the parties' consent */
	MEDIATION_NO_WORDS,
	MEDIATION_ONCE,             /* made longer once already */
	MEDIATION_STANDS_STILL,     /* its clock stands still */
	MEDIATION_AHEAD,            /* that day has not come */
	MEDIATION_BEFORE,           /* that day was before the dispute was registered, or before the agreement */
	MEDIATION_SIGNED_ALREADY,
	MEDIATION_DONE_ALREADY,
	MEDIATION_NOT_OVER,         /* its last day is not over */
	MEDIATION_NONE_MISSED,
	MEDIATION_UNKNOWN,          /* no such party, duty or mediator in this case */
	MEDIATION_CONFIRM_LATE,     /* Art. 33: thirty days are over; bound: the last day */
	MEDIATION_CONFIRM_STATUS,   /* identity, adoption, marriage: courts do not confirm it */
	MEDIATION_CONFIRM_STATE,    /* not asked, or sent already */
	MEDIATION_WHY_COUNT
};
struct mediation_verdict { enum mediation_why why; const char *basis; int64_t bound; };
const char *mediation_why_label(enum mediation_why w); /* T() */
const char *mediation_why_key(enum mediation_why w);

/* What every step is judged by first. */
struct mediation_facts { enum mediation_state state; unsigned sides; bool received; };
struct mediation_verdict mediation_step_judge(const struct mediation_facts *f, enum mediation_step step);

#define MEDIATION_WORDS_MIN 4       /* characters of a reason */
#define MEDIATION_WORDS_MAX 4000
#define MEDIATION_PARTIES_MAX 40
#define MEDIATION_CONFIRM_DAYS 30   /* Art. 33 */

/* Who is named how: the name's key, the ID number's if known. */
struct mediation_key { enum mediation_side side; const unsigned char *name; const unsigned char *id; /* NULL: not known */ };
/* May this one be added? */
enum mediation_why mediation_party_judge(const struct mediation_key *v, size_t n, const struct mediation_key *fresh);
/* May this one mediate between them?  other: declared to be another person of that name. */
enum mediation_why mediation_mediator_judge(const struct mediation_key *v, size_t n, const struct mediation_key *mediator, bool related,
    bool other);

struct mediation_party;
/* Who asked for it: the first of side A, whoever was written down before; NULL: nobody yet. */
const struct mediation_party *mediation_asker(const struct mediation_party *v, size_t n);
/* Art. 17: all asked, nobody refuses, both sides there. */
enum mediation_why mediation_accept_judge(const struct mediation_party *v, size_t n);

/* Last day of asking the court: thirty days from the day after it took effect, moved on from a day of rest. */
struct day mediation_confirm_last(const struct calendar *c, struct day effect);
struct mediation_confirm_facts { bool status; enum mediation_confirm state; struct day effect, today; };
struct mediation_verdict mediation_confirm_judge(const struct calendar *c, const struct mediation_confirm_facts *f, enum mediation_step step);
/* Art. 31: is its last day over?  A day of rest is moved on (民法典 203). */
bool mediation_day_over(const struct calendar *c, struct day due, struct day today);

struct mediator {
	int64_t id, account, revision, load;
	struct text name, committee, phone, login; /* login empty: nobody logs in */
	enum mediator_kind kind;
	struct place place;
	unsigned categories;
	bool active;
	/* found */
	unsigned fit;
};
enum mediation_fit { MEDIATION_FIT_PANEL = 1, MEDIATION_FIT_PLACE = 2, MEDIATION_FIT_TOWN = 4, MEDIATION_FIT_ACCOUNT = 8 };
const char *mediation_fit_label(enum mediation_fit f); /* T() */
/* In order of fit for this dispute, then of what they carry. */
void mediation_rank(enum mediation_category category, struct place place, struct mediator *v, size_t n);

/* ---- what a step asks for, and taking it (mediation_act.c) -------------------------------------------------- */

#define MEDIATION_DUTIES 6 /* in one form */
struct mediation_duty_values { int side; struct text what, yuan; struct day due; };
struct mediation_values {
	int64_t revision, group, party, mediator, member, duty, minutes, crime_persons, petition_persons;
	int source, category, level, side, consent, chosen, helper, kind, danger, form, sign, time, result, said;
	struct text organ, facts, name, id_number, phone, address, place, words, receiver, content, responsibility, signer, court, number;
	bool organisation, related, other, agreed, public, status, aid;
	struct day day;
	struct mediation_duty_values duties[MEDIATION_DUTIES];
};
extern const struct form mediation_act_form;
struct mediation_act { struct case_id id; enum mediation_step step; const struct mediation_values *in; };
/* Any step of the table but those of the program.  *ret_next: the request it goes on as, 0: none. */
enum rc mediation_act_take(struct ctx *ctx, struct idem_key key, const struct mediation_act *act, struct findings *findings,
    struct mediation_verdict *ret, int64_t *ret_next);

/* ---- one mediation (mediation_read.c) -------------------------------------------------------------------------- */

struct mediation {
	struct case_id request;
	enum mediation_state state;
	int source, category, level, form, confirm, ended_side;
	struct text organ, facts, content, responsibility, court, confirm_number, group_name;
	int64_t group, registered_ms, registered_by, accepted_ms, extended_ms, drafted_ms, mediator_signed_ms, sealed_ms, effect_ms,
	    agreed_fen, crime_persons, petition_persons, ended_ms, next_request, revision;
	bool status;
	struct day confirm_sent, confirm_result;
};
struct mediation_party {
	int64_t id, consent_ms, signed_ms, confirm_ms;
	enum mediation_side side;
	bool organisation, has_id;
	int consent, sign;
	struct text who;                       /* sealed */
	struct text name, id_number, phone, address; /* opened by mediation_parties_open() */
	unsigned char name_key[16], id_key[16];
};
struct mediation_member {
	int64_t id, mediator, account, at_ms, ended_ms;
	int kind, chosen, rank;
	struct text name, words, ended_words, committee;
};
struct mediation_session {
	int64_t id, minutes, at_ms;
	int kind, minute;
	struct day day;
	struct text place, words, account_name;
	bool public;
};
struct mediation_duty {
	int64_t id, fen, performed_ms, missed_ms, said_ms;
	enum mediation_side side;
	struct text what, said_words, performed_name;
	struct day due, performed;
	int said;
};
struct mediation_told { int64_t id, told_ms, at_ms; int kind; struct text receiver, words, account_name; };

/* By the request's rights; a receipt's resident reads their own. */
enum rc mediation_load(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation *ret);
enum rc mediation_sides(struct tx *tx, const struct actor *actor, const struct request *r, unsigned *ret);
enum rc mediation_parties(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_party *ret, size_t cap, size_t *ret_n);
/* Outside the transaction: names, numbers, phones and addresses. */
enum rc mediation_parties_open(struct ctx *ctx, struct mediation_party *v, size_t n);
enum rc mediation_members(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_member *ret, size_t cap, size_t *ret_n);
enum rc mediation_sessions(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_session *ret, size_t cap, size_t *ret_n);
enum rc mediation_duties(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_duty *ret, size_t cap, size_t *ret_n);
enum rc mediation_dangers(struct tx *tx, const struct actor *actor, struct case_id id, struct mediation_told *ret, size_t cap, size_t *ret_n);
/* The other side's name as it was told at intake; empty: none. */
enum rc mediation_opponent(struct ctx *ctx, struct case_id id, struct text *ret);

struct mediation_row {
	struct case_id id;
	enum mediation_state state;
	int category, level, source;
	int64_t due_ms, start_ms, accepted_ms, effect_ms;
	struct day next_due;
	struct text number, person_name, holder_name, mediator_name, place_name;
};
struct mediation_filter { enum mediation_state from, last; bool mine; enum mediation_state after_state; int64_t after_id; };
enum rc mediation_list(struct tx *tx, const struct actor *actor, const struct mediation_filter *f, struct mediation_row *ret, size_t cap,
    size_t *ret_n);

/* ---- papers (mediation_paper.c) ------------------------------------------------------------------------------------- */

enum mediation_paper { MEDIATION_PAPER_NONE, MEDIATION_PAPER_APPLICATION, MEDIATION_PAPER_RECORD, MEDIATION_PAPER_AGREEMENT,
	MEDIATION_PAPER_ORAL, MEDIATION_PAPER_VISIT, MEDIATION_PAPER_CONFIRM, MEDIATION_PAPER_END, MEDIATION_PAPER_INDEX,
	MEDIATION_PAPER_COUNT };
const char *mediation_paper_key(enum mediation_paper p);    /* in addresses */
const char *mediation_paper_label(enum mediation_paper p);  /* T() */
enum mediation_paper mediation_paper_by_key(struct text key); /* 0: none */
/* Is there anything for it to say?  talks, visits: how many are written down. */
bool mediation_paper_fits(enum mediation_paper p, const struct mediation *m, size_t talks, size_t visits);
/* Set from what the case holds, under the next number of its series; by the office or a mediator of the case.  RC_REFUSED: it does
 * not fit.  RC_INVALID with *ret_why: it cannot be printed. */
enum rc mediation_paper_set(struct ctx *ctx, struct idem_key key, struct case_id id, enum mediation_paper p, struct text *ret_why,
    int64_t *ret_id);

/* ---- mediators and groups (mediation_people.c) ------------------------------------------------------------------ */

#define MEDIATORS_MAX 400
/* Those of the own places, and every panel. */
enum rc mediators(struct tx *tx, const struct actor *actor, struct mediator *ret, size_t cap, size_t *ret_n);
/* Ranked for a case. */
enum rc mediators_for(struct tx *tx, const struct actor *actor, struct place place, int category, struct mediator *ret, size_t cap,
    size_t *ret_n);
struct mediator_new { int64_t id, revision; struct text name, committee, phone, login; int kind; struct place place; unsigned categories; bool active; };
/* RIGHT_INTAKE and the place, as it is and as it stood, in the own jurisdiction, else RC_FORBIDDEN.  id 0: a new one. */
enum rc mediator_save(struct ctx *ctx, struct idem_key key, const struct mediator_new *in, struct findings *findings, int64_t *ret);
struct chat_group { int64_t id, mediator, members, revision, taken; struct text name, platform, mediator_name; struct place place; struct day since; bool active; };
enum rc chat_groups(struct tx *tx, const struct actor *actor, struct chat_group *ret, size_t cap, size_t *ret_n);
struct chat_group_new { int64_t id, revision, mediator, members; struct text name, platform; struct place place; bool active; };
enum rc chat_group_save(struct ctx *ctx, struct idem_key key, const struct chat_group_new *in, struct findings *findings, int64_t *ret);

/* ---- the monthly form (mediation_figures.c) ----------------------------------------------------------------------- */

struct mediation_counts { int64_t accepted, successful, fen, crime, crime_persons, petition, petition_persons, performed; };
struct mediation_span { struct day from, to; struct place place; };
struct mediation_figures { struct mediation_counts category[MEDIATION_CATEGORY_COUNT], class[MEDIATION_CLASS_COUNT], total; };
enum rc mediation_figures(struct tx *tx, const struct actor *actor, const struct mediation_span *s, struct mediation_figures *ret);
/* Successful of those accepted, in permille; -1: none was accepted. */
int64_t mediation_rate(const struct mediation_counts *c);
/* Change to an earlier number in permille; INT64_MIN: there was none. */
int64_t mediation_change(int64_t now, int64_t before);
enum mediation_measure { MEDIATION_COUNT_ACCEPTED = 1, MEDIATION_COUNT_SUCCESSFUL, MEDIATION_COUNT_CRIME, MEDIATION_COUNT_PETITION,
	MEDIATION_COUNT_PERFORMED, MEDIATION_MEASURE_COUNT };
extern const struct choice mediation_measure_choices[];
/* The records behind a number; category or class 0: all; below: id of the last of the page before, 0: from the newest. */
struct mediation_behind { struct mediation_span span; enum mediation_measure measure; int category, class; int64_t below; };
enum rc mediation_records(struct tx *tx, const struct actor *actor, const struct mediation_behind *b, struct mediation_row *ret, size_t cap,
    size_t *ret_n);

/* ---- for app ---------------------------------------------------------------------------------------------------------- */

extern const struct event_hook mediation_received_hook, mediation_ended_hook;
extern const struct matter_kind mediation_matter;
#define MEDIATION_SETTINGS_N 2
extern const struct setting_kind mediation_settings[MEDIATION_SETTINGS_N];
extern const struct db_set mediation_sql;
