/*
 * legalaid: how does somebody who cannot afford a lawyer get one, from the application to the archive?
 *
 * 法律援助.  One row of aid beside its request (matter "legal-aid") with a state of its own; the table of steps
 * (legalaid_rule.c) says which step leads where, who may take it, by which article, and which limits it meets and starts.
 * The rules propose, a named officer decides, and never the one who recorded or examined the application.
 *
 * Source: 法律援助法 (2022), articles beside each step; limits in days from the package "time_limits", where what nobody
 * has verified is empty: then no clock is started.
 *
 * Use cases: RC_REFUSED with a verdict: a rule says no, and which.  RC_CONFLICT: changed since.  RC_FORBIDDEN: not yours to
 * do.  RC_INVALID: a value outside its bounds.  What the resident does, ACTOR_RECEIPT does.
 */
#pragma once

#include "operations/intake/intake.h"
#include "operations/matter/matter.h"
#include "operations/request/request.h"
#include "resources/provider/provider_register.h"
#include "standards/policy/policy_version.h"

/* ---- sets: stored numbers ------------------------------------------------------------------------------ */

enum aid_state {
	AID_NONE = 0,
	AID_UNFILLED = 5,          /* wished for; the form is not filled in yet */
	AID_APPLIED = 10,
	AID_SUPPLEMENT = 15,     /* told once what is missing */
	AID_EXAMINED = 20,       /* facts checked, the rules asked */
	AID_GRANTED = 30,        /* nobody assigned yet, or somebody else is needed */
	AID_ASSIGNED = 35,
	AID_AGREED = 40,         /* agreement with the client signed */
	AID_IN_PROGRESS = 45,
	AID_CLOSED = 50,         /* case done: report is there */
	AID_FILE_SUBMITTED = 55,
	AID_FILE_REVIEWED = 60,
	AID_SUBSIDY_APPROVED = 65,
	AID_SUBSIDY_PAID = 70,
	AID_REFUSED = 80,
	AID_TERMINATED = 82,
	AID_OBJECTED = 84,
	AID_UPHELD = 86,
	AID_CORRECTED = 88,      /* the bureau ordered correction: to be granted */
	/* the request has ended */
	AID_ARCHIVED = 90,
	AID_SETTLED = 91,        /* refused or upheld, and nothing more came */
	AID_DEEMED_WITHDRAWN = 92,
	AID_WITHDRAWN = 93,
	AID_ELSEWHERE = 94,      /* applied for at another institution before: that one handles it */
};

enum aid_step {
	AID_APPLY = 1, AID_ASK_SUPPLEMENT, AID_GIVE_SUPPLEMENT, AID_LAPSE, AID_EXAMINE, AID_GRANT, AID_REFUSE, AID_ADVANCE,
	AID_ASSIGN, AID_ACCEPT, AID_DECLINE, AID_AGREE, AID_REPORT, AID_CHANGE_ASK, AID_CHANGE_ALLOW, AID_CHANGE_DENY,
	AID_TERMINATE, AID_CLOSE, AID_FILE, AID_FILE_RETURN, AID_FILE_PASS, AID_SUBSIDY, AID_PAY, AID_ARCHIVE,
	AID_OBJECT, AID_UPHOLD, AID_CORRECT, AID_SETTLE, AID_WITHDRAW, AID_PASS_BACK,
	AID_MOVE, /* what was fixed for a day to come: another day, another place, or called off */
	AID_NOTICE, AID_NOTICE_BACK,
	AID_STEP_COUNT
};

/* Which kind of aid; the order is the package's. */
enum aid_kind { AID_KIND_NONE, AID_CIVIL, AID_RETRIAL, AID_ACCUSED, AID_VICTIM, AID_DESIGNATED, AID_COMPULSORY, AID_KIND_COUNT };
enum aid_matter { AID_MATTER_NONE, AID_STATE_COMPENSATION, AID_SOCIAL_INSURANCE, AID_PENSION, AID_MAINTENANCE, AID_WAGES,
	AID_EMPLOYMENT, AID_CAPACITY, AID_WORK_INJURY, AID_TRAFFIC, AID_FOOD_DRUG, AID_MEDICAL, AID_ENVIRONMENT, AID_HEROES,
	AID_BRAVERY, AID_ACQUITTED, AID_VIOLENCE, AID_OTHER_MATTER, AID_MATTER_COUNT };
enum aid_status { AID_STATUS_NONE, AID_ORDINARY, AID_WEAK_GROUP, AID_ON_ASSISTANCE, AID_MIGRANT, AID_STATUS_COUNT };
enum aid_designation { AID_DESIGNATION_NONE, AID_D_MINOR, AID_D_IMPAIRED, AID_D_CAPACITY, AID_D_GRAVEST, AID_D_DEATH_REVIEW,
	AID_D_ABSENT, AID_D_OTHER_LAW, AID_D_ORDINARY, AID_D_NO_CASE, AID_DESIGNATION_COUNT };
enum aid_confirm { AID_UNCONFIRMED, AID_SIGNED, AID_THUMBPRINT, AID_ONLINE, AID_BY_NOTICE, AID_CONFIRM_COUNT };
/* What the rules concluded. */
enum aid_advice { AID_ADVICE_NONE, AID_ADVISED_YES, AID_ADVISED_NO, AID_ASK_PERSON, AID_FACTS_MISSING };
enum aid_decided { AID_DECIDED_GRANT = 1, AID_DECIDED_REFUSE, AID_DECIDED_TERMINATE, AID_DECIDED_ADVANCE };
/* Why refused: bits, each with its article. */
enum aid_refusal { AID_R_MEANS, AID_R_MATTER, AID_R_RETRIAL, AID_R_DESIGNATION, AID_R_COUNSEL, AID_R_PLACE, AID_R_UNTRUE,
	AID_REFUSAL_COUNT };
/* The eight grounds of Art. 48, in its order. */
enum aid_end_ground { AID_E_FRAUD = 1, AID_E_CONCEALED, AID_E_ILLEGAL, AID_E_MEANS, AID_E_CASE_OVER, AID_E_OWN_COUNSEL,
	AID_E_ASKED, AID_E_OTHER, AID_END_COUNT };
enum aid_assignment_state { AID_A_ASSIGNED = 10, AID_A_ACCEPTED = 20, AID_A_DECLINED = 50, AID_A_CHANGED = 51,
	AID_A_TERMINATED = 52, AID_A_DONE = 53 };
/* AID_R_GROUND: one of the grounds of Art. 48 was found; for the institution alone. */
enum aid_report_kind { AID_R_MEETING = 1, AID_R_FILE_READ, AID_R_EVIDENCE, AID_R_FILED, AID_R_HEARING, AID_R_MEDIATION,
	AID_R_PAPER, AID_R_PROGRESS, AID_R_GROUND, AID_REPORT_COUNT };
enum aid_way { AID_W_JUDGMENT = 1, AID_W_MEDIATED, AID_W_AWARD, AID_W_SETTLED, AID_W_DECISION, AID_W_WITHDRAWN, AID_WAY_COUNT };
enum aid_result { AID_RESULT_WON = 1, AID_RESULT_PARTLY, AID_RESULT_LOST, AID_RESULT_OTHER, AID_RESULT_COUNT };
enum aid_rate_kind { AID_RATE_CIVIL = 1, AID_RATE_CRIMINAL_TRIAL, AID_RATE_CRIMINAL_OTHER, AID_RATE_ADMINISTRATIVE,
	AID_RATE_NON_LITIGATION, AID_RATE_COUNT };

extern const struct choice aid_kind_choices[], aid_matter_choices[], aid_status_choices[], aid_designation_choices[],
    aid_confirm_choices[], aid_refusal_choices[], aid_end_choices[], aid_report_choices[], aid_way_choices[],
    aid_result_choices[], aid_rate_choices[];
const char *aid_choice_label(const struct choice *choices, int value); /* T(); "未填写" when there is none */
const char *aid_state_key(enum aid_state s);
const char *aid_state_label(enum aid_state s);   /* T() */
const char *aid_step_key(enum aid_step s);       /* "ask_supplement", as in events and addresses */
enum aid_step aid_step_by_key(struct text key);  /* 0: none */
const char *aid_step_label(enum aid_step s);     /* T() */
const char *aid_advice_label(enum aid_advice a); /* T() */

/* ---- pure (legalaid_rule.c) ------------------------------------------------------------------------------- */

/* Who takes a step.  The office is the side that holds the request; the decider has RIGHT_AID_DECIDE there; the bureau
 * RIGHT_AID_REVIEW where the request lies. */
enum aid_side { AID_SIDE_APPLICANT = 1, AID_SIDE_OFFICE = 2, AID_SIDE_DECIDER = 4, AID_SIDE_LAWYER = 8, AID_SIDE_BUREAU = 16,
	AID_SIDE_PROGRAM = 32 };

struct aid_edge {
	enum aid_state from;
	enum aid_step step;
	enum aid_state to;
	unsigned who;            /* bits of enum aid_side */
	const char *basis;       /* article; "" where it is the order of the house */
	unsigned meets;          /* bits of enum clock_target */
	enum clock_target starts; /* 0: none */
};
/* The row of that step in that state; NULL: there is none. */
const struct aid_edge *aid_edge_find(enum aid_state from, enum aid_step step);
extern const struct aid_edge aid_edges[];
extern const size_t aid_edges_n;
bool aid_is_open(enum aid_state s);      /* the request has not ended */
bool aid_is_decided(enum aid_state s);   /* granted or refused, or past it */

enum aid_why {
	AID_MAY,
	AID_NO_STEP,             /* not in this state */
	AID_NOT_YOURS,           /* another side takes it */
	AID_NOT_ACCEPTED,        /* accept the request first */
	AID_SAME_PERSON,         /* who recorded or examined it does not decide */
	AID_NOT_JUDGED,          /* ask the rules first */
	AID_NO_DEVIATION,        /* otherwise than advised: say why */
	AID_NO_GROUND,           /* Art. 43: a refusal has reasons */
	AID_NO_WORDS,
	AID_NO_PROOF,            /* this ground of Art. 48 wants its proof */
	AID_NOT_URGENT,          /* Art. 44 is not met */
	AID_ONCE,                /* what is missing is told once (Art. 43) */
	AID_NO_PAPERS,           /* name what is missing */
	AID_UNTIL_BAD,           /* last day of bringing it: from tomorrow on */
	AID_NOT_YET,             /* the time to bring it is not over */
	AID_ELSEWHERE_FIRST,     /* another institution has it already */
	AID_NOT_ELSEWHERE,       /* no other has it */
	AID_NOT_CONFIRMED,       /* the applicant has not confirmed the form */
	AID_FORM_OPEN,           /* the form is not filled in */
	AID_NO_NAME,             /* asked without a name: aid is given to somebody */
	AID_TOO_LATE,            /* past the time to object */
	AID_OBJECTED_ALREADY,
	AID_NOT_THIS_LAWYER,     /* see enum aid_lawyer_why */
	AID_NOT_FIRST,           /* not the first of those proposed: say why */
	AID_NOT_ACCEPTED_YET,    /* the lawyer has not accepted it */
	AID_WINDOW_OPEN,         /* they may still object */
	AID_NO_FILE,             /* terminated after an agreement: the file is due first */
	AID_NO_RATE,             /* the standard is not known: nothing to work out */
	AID_PAID_ALREADY,
	AID_LICENCE,             /* the licence is not good on that day */
	AID_CONFLICT,            /* stands against somebody of the case, or the firm does */
	AID_BEHIND,              /* that day is past, or the new one */
	AID_CALLED_OFF,
	AID_NO_NOTICE,           /* did not come by a notice, or that is taken back already */
	AID_NO_MEANS,            /* at an organ's notice nobody asks about means */
	AID_WHY_COUNT
};
struct aid_verdict { enum aid_why why; const char *basis; int64_t bound; };
const char *aid_why_label(enum aid_why w); /* T() */
const char *aid_why_key(enum aid_why w);   /* "no_step", for programs */

/* What a step is judged by, beside its own arguments. */
struct aid_facts {
	enum aid_state state;
	unsigned sides;          /* bits the actor is of */
	bool accepted;           /* the request */
	bool advance;            /* aid was given before the decision */
	int64_t actor, recorded_by, examined_by; /* accounts; 0: the applicant, nobody */
};
/* The table, the sides and the two pairs of eyes: what every step is asked first. */
struct aid_verdict aid_step_judge(const struct aid_facts *f, enum aid_step step);

struct aid_decision_facts { enum aid_advice advised; bool grant; size_t deviation, words; unsigned grounds; bool by_notice; };
#define AID_GRAVEST_YEARS 3      /* Art. 26 */
#define AID_WORDS_MIN 4          /* characters of a reason */
#define AID_WORDS_MAX 2000
/* Otherwise than advised wants words; a refusal wants grounds and reasons (Art. 43). */
struct aid_verdict aid_decision_judge(const struct aid_decision_facts *f);
/* Art. 44: less than `days` to the end of a limit (today the last day: 0 left), or preservation is needed at once. */
bool aid_is_urgent(struct day today, struct day limit, bool preserve, int64_t days);
struct aid_form;
/* Which ground wants a paper, which words (Art. 48). */
struct aid_verdict aid_end_judge(enum aid_end_ground ground, bool proof, size_t words);
const char *aid_end_proof(enum aid_end_ground ground);   /* T(): what proves it; "" none needed */
const char *aid_end_basis(enum aid_end_ground ground);   /* "法律援助法 第四十八条第一项" */
const char *aid_refusal_basis(enum aid_refusal r);
/* By which article aid is given for such a form, "第三十一条"; "": none fits.  And by which nobody asks about means: "" it is asked. */
const char *aid_grant_basis(const struct aid_form *form);
const char *aid_waived_basis(const struct aid_form *form);
/* An objection: `days` after the decision, 0: no limit is known. */
bool aid_objection_in_time(struct day decided, struct day today, int64_t days);
/* Art. 36, 39: was the authority in time?  at or before found + days; DAY_NONE: not told, so not late. */
bool aid_notice_in_time(struct day found, struct day received, int64_t days);

/* Whom a case may be given to. */
enum aid_lawyer_why { AID_L_MAY, AID_L_OFF, AID_L_LICENCE, AID_L_AWAY, AID_L_YEARS, AID_L_MINORS, AID_L_CRIMINAL,
	AID_L_OPPONENT_FIRM, AID_L_CONFLICT, AID_L_DECLINED, AID_L_WHY_COUNT };
enum aid_fit { AID_FIT_SKILL = 1, AID_FIT_PLACE = 2, AID_FIT_MINORS = 4, AID_FIT_PANEL = 8, AID_FIT_ACCOUNT = 16 };
struct aid_need { enum aid_kind kind; enum aid_matter matter; bool gravest, minor; int years; struct day today; struct place place; };
struct aid_candidate {
	struct provider provider;
	struct place firm_place;
	int64_t load;            /* open assignments */
	bool opponent_firm;      /* somebody of the firm stands on the other side */
	bool conflict;           /* acted for the other side before */
	bool declined;           /* sent this case back */
	/* found */
	enum aid_lawyer_why why;
	unsigned fit;            /* bits of enum aid_fit */
};
enum aid_lawyer_why aid_lawyer_judge(const struct aid_need *need, const struct aid_candidate *c);
const char *aid_lawyer_why_label(enum aid_lawyer_why w); /* T() */
/* Art. 46: to take it on, or go on with it, on that day.  `against`: acted for the other side, or the firm does now. */
struct aid_verdict aid_standing_judge(const struct provider *p, struct day day, bool against);
/* Of what was fixed for the day `was`. */
struct aid_move_facts { bool cancelled, cancel; struct day was, to, today; size_t words; };
struct aid_verdict aid_move_judge(const struct aid_move_facts *f);
const char *aid_fit_label(enum aid_fit f);               /* T() */
/* Judge all and put them in order: who may first, by fit, load, then id. */
void aid_rank(const struct aid_need *need, struct aid_candidate *v, size_t n);

/* ---- limits (legalaid_limit.c) ------------------------------------------------------------------------------ */

/* From "time_limits" as it stands on a day.  count 0: nobody has verified it. */
struct aid_limit { struct clock_rule rule; struct text source; };
struct aid_limits { struct aid_limit target[TARGET_COUNT], by_notice; int64_t urgent_days, supplement_days, notify_days; };
enum rc aid_limits_load(struct ctx *ctx, struct day day, struct aid_limits *ret);

/* ---- the application ------------------------------------------------------------------------------------------- */

struct aid_form {
	int kind, matter, status, designation;
	bool proof, gravest, detained, minor, retrial, other_reason, own_counsel, opponent_home;
	int64_t household;           /* 0: not told */
	int64_t income, own_income;  /* fen; -1: not told */
	bool commitment, preserve;
	struct day limit_day, found_day;
	struct text organ, notice;
	int confirmed;               /* enum aid_confirm */
};
/* All findings at once, keyed as the members. */
bool aid_form_check(const struct aid_form *in, struct day today, struct findings *findings);
/* What to bring for this form: names, in order. */
#define AID_PAPERS_MAX 12
size_t aid_papers_needed(const struct aid_form *in, const char *ret[static AID_PAPERS_MAX]); /* T() */

/* With its request: by the resident at the portal, or by whoever takes it down.  As intake_receive(). */
enum rc aid_apply(struct ctx *ctx, struct idem_key key, const struct intake_new *request, const struct aid_form *form,
    struct findings *findings, struct intake_receipt *ret);
/* The form of a request that is there already (a consultation that went on as this); or corrected before examination. */
enum rc aid_fill(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, const struct aid_form *form,
    struct findings *findings, struct aid_verdict *ret);

/* ---- one application ----------------------------------------------------------------------------------------------- */

struct aid {
	struct case_id request;
	enum aid_state state, before;
	struct aid_form form;
	int64_t applied_ms, applied_by, advance_ms, advance_by, examined_ms, examined_by, judged, archived_ms;
	struct text advance_words, examined_words, number, archive_number;
	enum aid_advice advised;
	int years;
	int64_t revision;
	struct text applied_name, examined_name;
};
/* By the request's rights; a receipt's resident reads their own. */
enum rc aid_load(struct tx *tx, const struct actor *actor, struct case_id id, struct aid *ret);
/* Which sides this actor is of, in this case. */
enum rc aid_sides(struct tx *tx, const struct actor *actor, const struct request *r, unsigned *ret);

struct aid_supplement {
	int64_t asked_ms, asked_by, given_ms, given_by;
	struct day until;
	struct text words, given_words, asked_name;
	size_t n;
	struct text papers[AID_PAPERS_MAX];
};
enum rc aid_supplement_load(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_supplement *ret);

struct aid_decision {
	int n;
	enum aid_decided kind;
	struct text number, deviation, words, account_name;
	int64_t at_ms, account, judged, proof, due_ms;
	enum aid_advice advised;
	unsigned grounds;
};
#define AID_DECISIONS_MAX 8
/* What the rules said when it was examined, with the text they were made by; also for the receipt's resident, who reads
 * what was worked out about them.  RC_NOT_FOUND: not examined. */
enum rc aid_judged_load(struct tx *tx, const struct actor *actor, const struct aid *a, struct policy_decision *ret,
    struct policy_version *ret_version);
enum rc aid_decisions(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_decision *ret, size_t cap,
    size_t *ret_n);

/* ---- from the application to the decision ---------------------------------------------------------------------------- */

struct aid_ask { struct case_id id; int64_t revision; struct text words; struct day until; size_t n; struct text papers[AID_PAPERS_MAX]; };
/* Once and whole; the seven days stand still until it is brought. */
enum rc aid_ask_supplement(struct ctx *ctx, struct idem_key key, const struct aid_ask *in, struct aid_verdict *ret);
enum rc aid_give_supplement(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);
/* Not brought in time: deemed withdrawn (Art. 43). */
enum rc aid_lapse(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);
/* Facts checked: the form as it is now, the rules asked and kept.  *ret_decision: of policy_decision. */
enum rc aid_examine(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, const struct aid_form *form,
    struct text words, struct findings *findings, struct aid_verdict *ret);
struct aid_decide { struct case_id id; int64_t revision; bool grant; struct text deviation, words; unsigned grounds; };
enum rc aid_decide(struct ctx *ctx, struct idem_key key, const struct aid_decide *in, struct aid_verdict *ret);
/* Aid before the decision (Art. 44). */
enum rc aid_advance(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);
/* Another institution received it first: its number. */
struct aid_other { struct case_id request; struct text number, point_name; };
enum rc aid_other_find(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_other *ret);
enum rc aid_pass_back(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);

/* The worker: papers that steps owe are set and issued, up to that many. */
enum rc aid_papers_due(struct ctx *ctx, size_t most, int64_t *ret_n);
/* One of them now, by whoever may act on the case; fill: with 〓 for each character that no font has.  RC_INVALID with
 * *ret_why: something is missing still. */
enum rc aid_paper_set(struct ctx *ctx, struct case_id id, int64_t owed, bool fill, struct text *ret_why);

/* Withdrawn by the resident, or ended otherwise: aid ends with its request.  Held by the institution: passed on. */
extern const struct event_hook aid_received_hook, aid_ended_hook, aid_held_hook;
extern const struct matter_kind legalaid_matter;
extern const struct db_set legalaid_sql;
