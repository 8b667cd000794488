/* On which ground which organ notifies at which stage, what it must and what it may (法律援助法 25, 26, 28, 36). */
#include "operations/matter/legalaid/legalaid_notice.h"

static bool
organ_has_stage(enum aid_organ o, enum aid_stage s)
{
	switch (s) {
	case AID_INVESTIGATION: return o == AID_POLICE || o == AID_PROCURATORATE; /* who investigates: the procuratorate has its own */
	case AID_PROSECUTION: return o == AID_PROCURATORATE;
	case AID_FIRST_INSTANCE:
	case AID_SECOND_INSTANCE:
	case AID_DEATH_CHECK:
	case AID_COMPULSORY_CASE: return o == AID_COURT;
	case AID_STAGE_NONE:
	case AID_STAGE_COUNT: break;
	}
	return false;
}

static bool
is_trial(enum aid_stage s)
{
	return s == AID_FIRST_INSTANCE || s == AID_SECOND_INSTANCE;
}

enum aid_notice_why
aid_notice_judge(const struct aid_notice_facts *f)
{
	bool check = f->stage == AID_DEATH_CHECK;

	if (!f->compulsory && (f->ground <= AID_DESIGNATION_NONE || f->ground >= AID_D_NO_CASE))
		return AID_N_NO_GROUND;
	if (!f->compulsory && f->organ != AID_COURT && (f->ground == AID_D_ORDINARY || f->ground == AID_D_ABSENT || f->ground == AID_D_DEATH_REVIEW))
		return AID_N_COURT_ONLY;
	if (f->compulsory && f->organ != AID_COURT)
		return AID_N_COURT_ONLY;
	if (!organ_has_stage(f->organ, f->stage))
		return AID_N_ORGAN_STAGE;
	if (f->compulsory != (f->stage == AID_COMPULSORY_CASE))
		return AID_N_STAGE_ONLY;
	if (!f->compulsory && (f->ground == AID_D_DEATH_REVIEW) != check)
		return AID_N_STAGE_ONLY;
	if (!f->compulsory && (f->ground == AID_D_ORDINARY || f->ground == AID_D_ABSENT) && !is_trial(f->stage))
		return AID_N_STAGE_ONLY;
	if (day_compare(f->received, f->today) > 0 || (!day_is_none(f->found) && day_compare(f->found, f->received) > 0))
		return AID_N_DAYS;
	if (!day_is_none(f->hearing) && day_compare(f->hearing, f->received) < 0)
		return AID_N_HEARING;
	return AID_N_MAY;
}

bool
aid_notice_mandatory(enum aid_designation ground, bool compulsory)
{
	return compulsory || ground != AID_D_ORDINARY;
}

const char *
aid_notice_basis(enum aid_designation ground, bool compulsory)
{
	static const char *const basis[AID_DESIGNATION_COUNT] = {
		[AID_D_MINOR] = "法律援助法 第二十五条第一款第一项、刑事诉讼法 第二百七十八条",
		[AID_D_IMPAIRED] = "法律援助法 第二十五条第一款第二项、刑事诉讼法 第三十五条第二款",
		[AID_D_CAPACITY] = "法律援助法 第二十五条第一款第三项、刑事诉讼法 第三十五条第二款",
		[AID_D_GRAVEST] = "法律援助法 第二十五条第一款第四项、刑事诉讼法 第三十五条第三款",
		[AID_D_DEATH_REVIEW] = "法律援助法 第二十五条第一款第五项",
		[AID_D_ABSENT] = "法律援助法 第二十五条第一款第六项、刑事诉讼法 第二百九十三条",
		[AID_D_OTHER_LAW] = "法律援助法 第二十五条第一款第七项",
		[AID_D_ORDINARY] = "法律援助法 第二十五条第二款",
	};

	if (compulsory)
		return "法律援助法 第二十八条、刑事诉讼法 第三百零四条";
	return ground > AID_DESIGNATION_NONE && ground < AID_D_NO_CASE ? basis[ground] : "";
}

int
aid_notice_years(enum aid_designation ground, bool gravest)
{
	return gravest || ground == AID_D_GRAVEST || ground == AID_D_DEATH_REVIEW ? AID_GRAVEST_YEARS : 0;
}
