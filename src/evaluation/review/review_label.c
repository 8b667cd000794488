#include "evaluation/review/review.h"

#include "kit/msg/msg.h"

static const struct { const char *key, *label; } grades[GRADE_COUNT] = {
	[GRADE_NONE] = { "none", T("未评价") },
	[GRADE_VERY_BAD] = { "very_bad", T("非常不满意") },
	[GRADE_BAD] = { "bad", T("不满意") },
	[GRADE_FAIR] = { "fair", T("基本满意") },
	[GRADE_GOOD] = { "good", T("满意") },
	[GRADE_VERY_GOOD] = { "very_good", T("非常满意") },
};

const char *grade_key(enum grade g) { return grades[g < GRADE_COUNT ? g : GRADE_NONE].key; }
const char *grade_label(enum grade g) { return grades[g < GRADE_COUNT ? g : GRADE_NONE].label; }

bool
grade_is_bad(enum grade g)
{
	return g == GRADE_VERY_BAD || g == GRADE_BAD;
}

const char *
finding_label(enum finding_kind f)
{
	static const char *const labels[FOLLOW_COUNT] = {
		[0] = T("未填写"),
		[FOLLOW_FIXED] = T("情况清楚、诉求合理，已立行立改"),
		[FOLLOW_EXPLAINED] = T("情况复杂，已说明并列入台账限期整改"),
		[FOLLOW_NO_BASIS] = T("诉求缺乏法定依据，已解释说明"),
		[FOLLOW_MISTAKEN] = T("误评或恶意评价，经核实不计入"),
	};

	return labels[f < FOLLOW_COUNT ? f : 0];
}
