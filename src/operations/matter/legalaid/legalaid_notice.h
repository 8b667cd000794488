/*
 * legalaid_notice: how does somebody accused of a crime get a defender at an organ's notice, and what is taken in at the
 * counter in one go?
 *
 * Court, procuratorate and police notify the institution within three days of finding that nobody defends (Art. 36); the
 * institution assigns within three days of the notice and tells them.  Nothing is examined and nobody is refused: the
 * notice itself opens the case, already granted.  Mandatory under Art. 25(1) and Art. 28, optional for the court under
 * Art. 25(2); 刑事诉讼法 35, 278, 293, 304.
 *
 * Results as in legalaid.h.
 */
#pragma once

#include "operations/matter/legalaid/legalaid.h"

enum aid_organ { AID_ORGAN_NONE, AID_COURT, AID_PROCURATORATE, AID_POLICE, AID_ORGAN_COUNT };
enum aid_stage { AID_STAGE_NONE, AID_INVESTIGATION, AID_PROSECUTION, AID_FIRST_INSTANCE, AID_SECOND_INSTANCE, AID_DEATH_CHECK,
	AID_COMPULSORY_CASE, AID_STAGE_COUNT };
extern const struct choice aid_organ_choices[], aid_stage_choices[];

/* ---- pure (legalaid_designate.c) ------------------------------------------------------------------------ */

struct aid_notice_facts { enum aid_organ organ; enum aid_stage stage; enum aid_designation ground; bool compulsory; struct day found, received, hearing, today; };
enum aid_notice_why {
	AID_N_MAY,
	AID_N_NO_GROUND,         /* neither Art. 25 nor Art. 28: they may apply themselves (Art. 24) */
	AID_N_ORGAN_STAGE,       /* that organ has no case at that stage */
	AID_N_COURT_ONLY,        /* only a court notifies on that ground */
	AID_N_STAGE_ONLY,        /* a ground of another stage */
	AID_N_DAYS,              /* received before it was found, or in the future */
	AID_N_HEARING,           /* the hearing is over */
	AID_N_WHY_COUNT
};
enum aid_notice_why aid_notice_judge(const struct aid_notice_facts *f);
/* Must the organ notify?  Only the ground of Art. 25(2) is left to the court. */
bool aid_notice_mandatory(enum aid_designation ground, bool compulsory);
/* "法律援助法 第二十五条第一款第一项、刑事诉讼法 第二百七十八条" */
const char *aid_notice_basis(enum aid_designation ground, bool compulsory);
/* Years of practice the defender needs (Art. 26). */
int aid_notice_years(enum aid_designation ground, bool gravest);

const char *aid_notice_why_label(enum aid_notice_why w); /* T(), in legalaid_notice.c */

/* ---- a notice ------------------------------------------------------------------------------------------------ */

struct aid_notice_new {
	int organ_kind, stage, ground;
	bool compulsory, gravest, minor;
	struct text organ, notice, case_no, offence, custody; /* custody: where they are held; empty: at liberty */
	struct day found, received, hearing; /* DAY_NONE: not told, not fixed */
	struct text name, id_number, phone;  /* of the accused; phone: of the family, may be empty */
	struct place place;
};
/* Taken in at an institution: the case is granted, the three days to assign run.  RC_REFUSED: findings say why. */
enum rc aid_notice_take(struct ctx *ctx, struct idem_key key, const struct aid_notice_new *in, struct findings *findings,
    struct intake_receipt *ret);
/* The organ takes it back, before an agreement was signed; afterwards it is ended by Art. 48. */
enum rc aid_notice_withdraw(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);

struct aid_notice {
	int organ_kind, stage;
	struct text case_no, offence, custody, account_name, withdrawn_words;
	struct day hearing, received;
	int64_t at_ms, withdrawn_ms;
};
/* By the request's rights.  RC_NOT_FOUND: the case did not come by a notice. */
enum rc aid_notice_load(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_notice *ret);

/* ---- the counter: once and whole (legalaid_counter.c) ------------------------------------------------------------- */

struct aid_brought { struct text name; int copies; bool original; };
struct aid_counter {
	struct intake_new request;   /* its item is legal aid, whatever stands there */
	struct aid_form form;
	struct aid_brought brought[AID_PAPERS_MAX];
	size_t n_brought;
	struct text missing[AID_PAPERS_MAX]; /* told once: the seven days stand still until they are brought */
	size_t n_missing;
	struct day until;            /* last day to bring them */
	bool known_by_name;          /* the clerk has seen that the ID number is theirs though another name stands on record */
};
/*
 * Application, acceptance, receipt and, where something is missing, the one-time list, in one command; the papers are
 * owed and may be set at once (aid_papers_of).  RC_REFUSED with a finding: somebody else's number; another
 * institution has it already: its number and name are in the finding.
 */
enum rc aid_counter_take(struct ctx *ctx, struct idem_key key, const struct aid_counter *in, struct findings *findings,
    struct intake_receipt *ret);
enum rc aid_brought_list(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_brought *ret, size_t cap, size_t *ret_n);
/* Set what this case owes, as far as it can be set. */
enum rc aid_papers_of(struct ctx *ctx, struct case_id id);

extern const struct db_set legalaid_notice_sql;
