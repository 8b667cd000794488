/*
 * The law of legal aid as values: which step leads where and by which article, what a decision, a refusal, a termination
 * and an objection need.  法律援助法 (in force 2022-01-01).
 */
#include "operations/matter/legalaid/legalaid_rule.h"

#include <stdlib.h>

#define A AID_SIDE_APPLICANT
#define O AID_SIDE_OFFICE
#define D AID_SIDE_DECIDER
#define L AID_SIDE_LAWYER
#define B AID_SIDE_BUREAU
#define LAW "法律援助法 "

#define DECIDE BIT(TARGET_DECIDE)
#define ASSIGN BIT(TARGET_ASSIGN)
#define AGREE BIT(TARGET_AGREE)
#define OBJECTION BIT(TARGET_OBJECTION)
#define CHANGE BIT(TARGET_CHANGE)
#define FILE_DUE BIT(TARGET_FILE)
#define CHECK BIT(TARGET_FILE_CHECK)
#define RUNNING (ASSIGN | AGREE | CHANGE)

/* Rows of one step in several states. */
#define BEFORE(step, who, basis) \
	{ AID_APPLIED, step, AID_APPLIED, who, basis, 0, 0 }, { AID_SUPPLEMENT, step, AID_SUPPLEMENT, who, basis, 0, 0 }, \
	{ AID_EXAMINED, step, AID_EXAMINED, who, basis, 0, 0 }
#define WORK(step, who, basis, meets, starts) \
	{ AID_ASSIGNED, step, AID_ASSIGNED, who, basis, meets, starts }, { AID_AGREED, step, AID_AGREED, who, basis, meets, starts }, \
	{ AID_IN_PROGRESS, step, AID_IN_PROGRESS, who, basis, meets, starts }

const struct aid_edge aid_edges[] = {
	{ AID_NONE, AID_APPLY, AID_APPLIED, A | O, LAW "第三十八条", 0, TARGET_DECIDE },
	{ AID_UNFILLED, AID_APPLY, AID_APPLIED, A | O, LAW "第三十八条", 0, TARGET_DECIDE },
	{ AID_APPLIED, AID_APPLY, AID_APPLIED, A | O, LAW "第三十八条", 0, 0 }, /* corrected */
	{ AID_APPLIED, AID_ASK_SUPPLEMENT, AID_SUPPLEMENT, O, LAW "第四十三条第二款", 0, 0 },
	{ AID_EXAMINED, AID_ASK_SUPPLEMENT, AID_SUPPLEMENT, O, LAW "第四十三条第二款", 0, 0 },
	{ AID_SUPPLEMENT, AID_GIVE_SUPPLEMENT, AID_APPLIED, A | O, LAW "第四十三条第二款", 0, 0 },
	{ AID_SUPPLEMENT, AID_LAPSE, AID_DEEMED_WITHDRAWN, O, LAW "第四十三条第二款", DECIDE, 0 },
	{ AID_APPLIED, AID_EXAMINE, AID_EXAMINED, O, LAW "第四十三条第一款", 0, 0 },
	{ AID_EXAMINED, AID_EXAMINE, AID_EXAMINED, O, LAW "第四十三条第一款", 0, 0 },
	{ AID_EXAMINED, AID_GRANT, AID_GRANTED, D, LAW "第四十三条第一款", DECIDE, TARGET_ASSIGN },
	{ AID_EXAMINED, AID_REFUSE, AID_REFUSED, D, LAW "第四十三条第一款", DECIDE, 0 },
	{ AID_CORRECTED, AID_GRANT, AID_GRANTED, D, LAW "第四十九条", 0, TARGET_ASSIGN },
	BEFORE(AID_ADVANCE, D, LAW "第四十四条"),
	BEFORE(AID_ASSIGN, O, LAW "第四十四条"),
	{ AID_APPLIED, AID_PASS_BACK, AID_ELSEWHERE, O, "", DECIDE, 0 },
	{ AID_EXAMINED, AID_PASS_BACK, AID_ELSEWHERE, O, "", DECIDE, 0 },
	{ AID_UNFILLED, AID_NOTICE, AID_GRANTED, O, LAW "第三十六条", 0, TARGET_ASSIGN },
	{ AID_GRANTED, AID_NOTICE_BACK, AID_WITHDRAWN, O, "", RUNNING, 0 },
	{ AID_ASSIGNED, AID_NOTICE_BACK, AID_WITHDRAWN, O, "", RUNNING, 0 },
	{ AID_UNFILLED, AID_WITHDRAW, AID_WITHDRAWN, A, "", 0, 0 },
	{ AID_APPLIED, AID_WITHDRAW, AID_WITHDRAWN, A, "", DECIDE, 0 },
	{ AID_SUPPLEMENT, AID_WITHDRAW, AID_WITHDRAWN, A, "", DECIDE, 0 },
	{ AID_EXAMINED, AID_WITHDRAW, AID_WITHDRAWN, A, "", DECIDE, 0 },

	{ AID_GRANTED, AID_ASSIGN, AID_ASSIGNED, O, LAW "第四十三条第一款", ASSIGN, TARGET_AGREE },
	WORK(AID_ACCEPT, L | O, LAW "第四十六条", 0, 0),
	{ AID_ASSIGNED, AID_DECLINE, AID_GRANTED, L | O, LAW "第四十六条", AGREE, TARGET_ASSIGN },
	{ AID_ASSIGNED, AID_AGREE, AID_AGREED, L | O, "", AGREE, 0 },
	{ AID_AGREED, AID_REPORT, AID_IN_PROGRESS, L | O, LAW "第四十六条", 0, 0 },
	{ AID_IN_PROGRESS, AID_REPORT, AID_IN_PROGRESS, L | O, LAW "第四十六条", 0, 0 },
	{ AID_AGREED, AID_MOVE, AID_AGREED, L | O, LAW "第四十六条", 0, 0 },
	{ AID_IN_PROGRESS, AID_MOVE, AID_IN_PROGRESS, L | O, LAW "第四十六条", 0, 0 },
	WORK(AID_CHANGE_ASK, A | O | L, LAW "第五十五条", 0, TARGET_CHANGE),
	{ AID_ASSIGNED, AID_CHANGE_ALLOW, AID_GRANTED, D, LAW "第五十五条", AGREE | CHANGE, TARGET_ASSIGN },
	{ AID_AGREED, AID_CHANGE_ALLOW, AID_GRANTED, D, LAW "第五十五条", AGREE | CHANGE, TARGET_ASSIGN },
	{ AID_IN_PROGRESS, AID_CHANGE_ALLOW, AID_GRANTED, D, LAW "第五十五条", AGREE | CHANGE, TARGET_ASSIGN },
	WORK(AID_CHANGE_DENY, D, LAW "第五十五条", CHANGE, 0),
	{ AID_GRANTED, AID_TERMINATE, AID_TERMINATED, D, LAW "第四十八条", RUNNING, 0 },
	{ AID_ASSIGNED, AID_TERMINATE, AID_TERMINATED, D, LAW "第四十八条", RUNNING, 0 },
	{ AID_AGREED, AID_TERMINATE, AID_TERMINATED, D, LAW "第四十八条", RUNNING, TARGET_FILE },
	{ AID_IN_PROGRESS, AID_TERMINATE, AID_TERMINATED, D, LAW "第四十八条", RUNNING, TARGET_FILE },
	{ AID_AGREED, AID_CLOSE, AID_CLOSED, L | O, LAW "第五十条", RUNNING, TARGET_FILE },
	{ AID_IN_PROGRESS, AID_CLOSE, AID_CLOSED, L | O, LAW "第五十条", RUNNING, TARGET_FILE },

	{ AID_CLOSED, AID_FILE, AID_FILE_SUBMITTED, L | O, LAW "第五十条", FILE_DUE, TARGET_FILE_CHECK },
	{ AID_TERMINATED, AID_FILE, AID_FILE_SUBMITTED, L | O, LAW "第五十条", FILE_DUE, TARGET_FILE_CHECK },
	{ AID_UPHELD, AID_FILE, AID_FILE_SUBMITTED, L | O, LAW "第五十条", FILE_DUE, TARGET_FILE_CHECK },
	{ AID_FILE_SUBMITTED, AID_FILE_RETURN, AID_CLOSED, O, LAW "第五十二条", CHECK, TARGET_FILE },
	{ AID_FILE_SUBMITTED, AID_FILE_PASS, AID_FILE_REVIEWED, O, LAW "第五十二条", CHECK, 0 },
	{ AID_FILE_REVIEWED, AID_SUBSIDY, AID_SUBSIDY_APPROVED, D, LAW "第五十二条", 0, 0 },
	{ AID_SUBSIDY_APPROVED, AID_PAY, AID_SUBSIDY_PAID, O, LAW "第五十二条", 0, 0 },
	{ AID_SUBSIDY_PAID, AID_ARCHIVE, AID_ARCHIVED, O, "", 0, 0 },
	{ AID_FILE_REVIEWED, AID_ARCHIVE, AID_ARCHIVED, O, "", 0, 0 }, /* no subsidy is due: with words */

	{ AID_REFUSED, AID_OBJECT, AID_OBJECTED, A | O, LAW "第四十九条", 0, TARGET_OBJECTION },
	{ AID_TERMINATED, AID_OBJECT, AID_OBJECTED, A | O, LAW "第四十九条", 0, TARGET_OBJECTION },
	{ AID_OBJECTED, AID_UPHOLD, AID_UPHELD, B, LAW "第四十九条", OBJECTION, 0 },
	{ AID_OBJECTED, AID_CORRECT, AID_CORRECTED, B, LAW "第四十九条", OBJECTION | FILE_DUE, 0 },
	{ AID_REFUSED, AID_SETTLE, AID_SETTLED, O, LAW "第四十九条", 0, 0 },
	{ AID_TERMINATED, AID_SETTLE, AID_SETTLED, O, LAW "第四十九条", 0, 0 },
	{ AID_UPHELD, AID_SETTLE, AID_SETTLED, O, LAW "第四十九条", 0, 0 },
};
const size_t aid_edges_n = sizeof aid_edges / sizeof aid_edges[0];

const struct aid_edge *
aid_edge_find(enum aid_state from, enum aid_step step)
{
	for (size_t i = 0; i < aid_edges_n; i++)
		if (aid_edges[i].from == from && aid_edges[i].step == step)
			return &aid_edges[i];
	return NULL;
}

bool
aid_is_open(enum aid_state s)
{
	return s > AID_NONE && s < AID_ARCHIVED;
}

bool
aid_is_decided(enum aid_state s)
{
	return s >= AID_GRANTED && s <= AID_SETTLED;
}

/* ---- a step -------------------------------------------------------------------------------------------- */

static struct aid_verdict
verdict(enum aid_why why, const char *basis)
{
	return (struct aid_verdict){ .why = why, .basis = basis };
}

static bool
decides(enum aid_step step)
{
	return step == AID_GRANT || step == AID_REFUSE || step == AID_ADVANCE;
}

/* Before acceptance the request is only recorded; the resident and whoever writes the form down may go on. */
static bool
wants_acceptance(enum aid_step step, unsigned sides)
{
	return (sides & ~(unsigned)A) != 0 && step != AID_APPLY && step != AID_NOTICE && step != AID_WITHDRAW;
}

struct aid_verdict
aid_step_judge(const struct aid_facts *f, enum aid_step step)
{
	const struct aid_edge *e = aid_edge_find(f->state, step);

	if (e == NULL)
		return verdict(f->state == AID_UNFILLED ? AID_FORM_OPEN : AID_NO_STEP, "");
	if ((e->who & f->sides) == 0)
		return verdict(AID_NOT_YOURS, e->basis);
	if (!f->accepted && wants_acceptance(step, f->sides))
		return verdict(AID_NOT_ACCEPTED, e->basis);
	if (step == AID_ASSIGN && !aid_is_decided(f->state) && !f->advance)
		return verdict(AID_NO_STEP, e->basis);
	if (decides(step) && f->actor != 0 && (f->actor == f->recorded_by || f->actor == f->examined_by))
		return verdict(AID_SAME_PERSON, e->basis);
	return verdict(AID_MAY, e->basis);
}

/* ---- deciding --------------------------------------------------------------------------------------------- */

struct aid_verdict
aid_decision_judge(const struct aid_decision_facts *f)
{
	bool as_advised = f->advised == (f->grant ? AID_ADVISED_YES : AID_ADVISED_NO);

	if (f->advised == AID_ADVICE_NONE)
		return verdict(AID_NOT_JUDGED, LAW "第四十三条第一款");
	if (!as_advised && f->deviation < AID_WORDS_MIN)
		return verdict(AID_NO_DEVIATION, "");
	if (!f->grant && f->by_notice && (f->grounds & BIT(AID_R_MEANS)) != 0)
		return verdict(AID_NO_MEANS, LAW "第二十五条");
	if (!f->grant && f->grounds == 0)
		return verdict(AID_NO_GROUND, LAW "第四十三条第一款");
	if (!f->grant && f->words < AID_WORDS_MIN)
		return verdict(AID_NO_WORDS, LAW "第四十三条第一款");
	return verdict(AID_MAY, LAW "第四十三条第一款");
}

bool
aid_is_urgent(struct day today, struct day limit, bool preserve, int64_t days)
{
	int64_t left = day_is_none(limit) ? 0 : (int64_t)limit.n - today.n;

	return preserve || (!day_is_none(limit) && left >= 0 && left < days);
}

/* Art. 32: the matters of those whom nobody asks about their means. */
static bool
means_never_asked(int matter)
{
	return matter == AID_HEROES || matter == AID_BRAVERY || matter == AID_ACQUITTED || matter == AID_VIOLENCE;
}

const char *
aid_refusal_basis(enum aid_refusal r)
{
	static const char *const basis[AID_REFUSAL_COUNT] = {
		[AID_R_MEANS] = LAW "第三十四条", [AID_R_MATTER] = LAW "第三十一条", [AID_R_RETRIAL] = LAW "第三十三条",
		[AID_R_DESIGNATION] = LAW "第二十五条", [AID_R_COUNSEL] = LAW "第四十八条第六项", [AID_R_PLACE] = LAW "第三十八条",
		[AID_R_UNTRUE] = LAW "第四十一条",
	};

	return (unsigned)r < AID_REFUSAL_COUNT ? basis[r] : "";
}

const char *
aid_grant_basis(const struct aid_form *form)
{
	static const char *const basis[AID_KIND_COUNT] = { [AID_RETRIAL] = "第三十三条", [AID_ACCUSED] = "第二十四条",
		[AID_VICTIM] = "第二十九条", [AID_DESIGNATED] = "第二十五条", [AID_COMPULSORY] = "第二十八条" };

	if (form->kind == AID_CIVIL)
		return means_never_asked(form->matter) ? "第三十二条" : "第三十一条";
	return form->kind > AID_KIND_NONE && form->kind < AID_KIND_COUNT ? basis[form->kind] : "";
}

/* Art. 42: proven to be one of its three; the migrant worker for wages and injuries at work. */
const char *
aid_waived_basis(const struct aid_form *form)
{
	bool asked = form->kind == AID_RETRIAL || form->kind == AID_ACCUSED || form->kind == AID_VICTIM
	    || (form->kind == AID_CIVIL && !means_never_asked(form->matter));

	if (!asked || !form->proof)
		return "";
	switch (form->status) {
	case AID_WEAK_GROUP: return "第四十二条第一项";
	case AID_ON_ASSISTANCE: return "第四十二条第二项";
	case AID_MIGRANT:
		return form->kind == AID_CIVIL && (form->matter == AID_WAGES || form->matter == AID_WORK_INJURY)
		    ? "第四十二条第三项" : "";
	default: return "";
	}
}

/* ---- termination: the eight grounds --------------------------------------------------------------------------- */

static const struct { const char *basis; bool paper; } ends[AID_END_COUNT] = {
	[AID_E_FRAUD] = { LAW "第四十八条第一项", true },
	[AID_E_CONCEALED] = { LAW "第四十八条第二项", true },
	[AID_E_ILLEGAL] = { LAW "第四十八条第三项", true },
	[AID_E_MEANS] = { LAW "第四十八条第四项", true },
	[AID_E_CASE_OVER] = { LAW "第四十八条第五项", true },
	[AID_E_OWN_COUNSEL] = { LAW "第四十八条第六项", false },
	[AID_E_ASKED] = { LAW "第四十八条第七项", false },
	[AID_E_OTHER] = { LAW "第四十八条第八项", false },
};

const char *
aid_end_basis(enum aid_end_ground ground)
{
	return ground >= AID_E_FRAUD && ground < AID_END_COUNT ? ends[ground].basis : "";
}

struct aid_verdict
aid_end_judge(enum aid_end_ground ground, bool proof, size_t words)
{
	if (ground < AID_E_FRAUD || ground >= AID_END_COUNT)
		return verdict(AID_NO_GROUND, LAW "第四十八条");
	if (ends[ground].paper && !proof)
		return verdict(AID_NO_PROOF, ends[ground].basis);
	if (words < AID_WORDS_MIN)
		return verdict(AID_NO_WORDS, ends[ground].basis);
	return verdict(AID_MAY, ends[ground].basis);
}

/* ---- limits of days ----------------------------------------------------------------------------------------------- */

bool
aid_objection_in_time(struct day decided, struct day today, int64_t days)
{
	return days <= 0 || (int64_t)today.n - decided.n <= days;
}

bool
aid_notice_in_time(struct day found, struct day received, int64_t days)
{
	return day_is_none(found) || day_is_none(received) || days <= 0 || (int64_t)received.n - found.n <= days;
}

/* ---- whom a case may be given to -------------------------------------------------------------------------------------- */

static enum provider_skill
skill_for(const struct aid_need *need)
{
	if (need->kind == AID_ACCUSED || need->kind == AID_VICTIM || need->kind == AID_DESIGNATED || need->kind == AID_COMPULSORY)
		return SKILL_CRIMINAL;
	switch ((int)need->matter) {
	case AID_WAGES: case AID_EMPLOYMENT: case AID_SOCIAL_INSURANCE:
		return SKILL_LABOUR;
	case AID_MAINTENANCE: case AID_VIOLENCE: case AID_CAPACITY:
		return SKILL_FAMILY;
	case AID_WORK_INJURY: case AID_TRAFFIC: case AID_FOOD_DRUG: case AID_MEDICAL: case AID_ENVIRONMENT:
		return SKILL_INJURY;
	case AID_STATE_COMPENSATION: case AID_PENSION: case AID_ACQUITTED:
		return SKILL_ADMINISTRATIVE;
	default:
		return SKILL_CIVIL;
	}
}

static bool
is_lawyer(enum provider_kind k)
{
	return k == PROVIDER_LAWYER || k == PROVIDER_AID_LAWYER;
}

enum aid_lawyer_why
aid_lawyer_judge(const struct aid_need *need, const struct aid_candidate *c)
{
	const struct provider *p = &c->provider;
	enum provider_why w = provider_judge(p, need->today);

	if (w == PROVIDER_OFF || w == PROVIDER_FIRM_OFF || w == PROVIDER_BARRED)
		return AID_L_OFF;
	if (w == PROVIDER_LICENCE_NOT_YET || w == PROVIDER_LICENCE_OVER)
		return AID_L_LICENCE;
	if (w == PROVIDER_AWAY)
		return AID_L_AWAY;
	if (skill_for(need) == SKILL_CRIMINAL && !is_lawyer(p->kind))
		return AID_L_CRIMINAL;
	if (provider_years(p, need->today) < need->years)
		return AID_L_YEARS;
	if (need->minor && (p->skills & BIT(SKILL_MINORS)) == 0)
		return AID_L_MINORS;
	if (c->opponent_firm)
		return AID_L_OPPONENT_FIRM;
	if (c->conflict)
		return AID_L_CONFLICT;
	return c->declined ? AID_L_DECLINED : AID_L_MAY;
}

struct aid_verdict
aid_standing_judge(const struct provider *p, struct day day, bool against)
{
	enum provider_why w = provider_judge(p, day);

	if (against)
		return verdict(AID_CONFLICT, "");
	return w == PROVIDER_MAY || w == PROVIDER_AWAY ? verdict(AID_MAY, LAW "第四十六条") : verdict(AID_LICENCE, "");
}

struct aid_verdict
aid_move_judge(const struct aid_move_facts *f)
{
	if (f->cancelled)
		return verdict(AID_CALLED_OFF, "");
	if (day_compare(f->was, f->today) < 0 || (!f->cancel && day_compare(f->to, f->today) < 0))
		return verdict(AID_BEHIND, "");
	return verdict(f->words < AID_WORDS_MIN ? AID_NO_WORDS : AID_MAY, LAW "第四十六条");
}

static unsigned
fit_of(const struct aid_need *need, const struct aid_candidate *c)
{
	unsigned fit = 0, skills = c->provider.skills;

	if ((skills & BIT(skill_for(need))) != 0)
		fit |= AID_FIT_SKILL;
	if (place_up(c->firm_place, PLACE_COUNTY).code == place_up(need->place, PLACE_COUNTY).code)
		fit |= AID_FIT_PLACE;
	if (need->minor && (skills & BIT(SKILL_MINORS)) != 0)
		fit |= AID_FIT_MINORS;
	if (need->gravest && (skills & BIT(SKILL_PANEL)) != 0)
		fit |= AID_FIT_PANEL;
	return c->provider.account != 0 ? fit | AID_FIT_ACCOUNT : fit;
}

static int
weight(const struct aid_candidate *c)
{
	return (c->fit & AID_FIT_PANEL ? 8 : 0) + (c->fit & AID_FIT_SKILL ? 4 : 0) + (c->fit & AID_FIT_PLACE ? 3 : 0)
	    + (c->fit & AID_FIT_ACCOUNT ? 1 : 0);
}

static int
compare(const void *va, const void *vb)
{
	const struct aid_candidate *a = va, *b = vb;
	bool ma = a->why == AID_L_MAY, mb = b->why == AID_L_MAY;

	if (ma != mb)
		return ma ? -1 : 1;
	if (weight(a) != weight(b))
		return weight(a) > weight(b) ? -1 : 1;
	if (a->load != b->load)
		return a->load < b->load ? -1 : 1;
	return a->provider.id < b->provider.id ? -1 : a->provider.id > b->provider.id;
}

void
aid_rank(const struct aid_need *need, struct aid_candidate *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		v[i].why = aid_lawyer_judge(need, &v[i]);
		v[i].fit = fit_of(need, &v[i]);
	}
	qsort(v, n, sizeof v[0], compare);
}
