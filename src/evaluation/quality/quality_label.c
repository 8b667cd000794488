#include "evaluation/quality/quality.h"

#include "kit/msg/msg.h"

const struct choice quality_kind_choices[] = {
	{ QUALITY_CIVIL, "civil", T("民事、行政") }, { QUALITY_CRIMINAL, "criminal", T("刑事") }, { 0, NULL, NULL },
};
const struct choice quality_voice_choices[] = {
	{ QUALITY_OBSERVED, "observed", T("旁听庭审") }, { QUALITY_OPINION, "opinion", T("征询司法机关意见") },
	{ QUALITY_VISIT, "visit", T("回访受援人") }, { 0, NULL, NULL },
};
const struct choice quality_way_choices[] = {
	{ QUALITY_IN_COURT, "court", T("到场") }, { QUALITY_BY_PHONE, "phone", T("电话") }, { QUALITY_AT_HOME, "home", T("上门") },
	{ QUALITY_IN_WRITING, "writing", T("书面") }, { 0, NULL, NULL },
};
const struct choice quality_answer_choices[] = {
	{ 5, "5", T("很好") }, { 4, "4", T("好") }, { 3, "3", T("一般") }, { 2, "2", T("差") }, { 1, "1", T("很差") }, { 0, NULL, NULL },
};

const struct choice quality_seminar_choices[] = {
	{ QUALITY_SEMINAR, "seminar", T("业务研讨") }, { QUALITY_DEMONSTRATION, "demonstration", T("质量观摩") }, { 0, NULL, NULL },
};

const char *
quality_round_label(enum quality_round_state s)
{
	switch (s) {
	case QUALITY_FIXED: return T("名单已定，待抽取");
	case QUALITY_DRAWN: return T("评查中");
	case QUALITY_CLOSED: return T("已结束");
	}
	return T("未填写");
}

const char *
quality_file_label(enum quality_file_state s)
{
	switch (s) {
	case QUALITY_UNDRAWN: return T("未抽中");
	case QUALITY_SCORING: return T("专家评分中");
	case QUALITY_HEARD: return T("听取承办人员陈述");
	case QUALITY_FINAL: return T("已定分");
	case QUALITY_DROPPED: return T("不评了");
	}
	return T("未填写");
}

const char *
quality_task_label(enum quality_task_state s)
{
	switch (s) {
	case QUALITY_GIVEN: return T("待评");
	case QUALITY_SCORED: return T("已评");
	case QUALITY_STOOD_BACK: return T("已回避");
	}
	return T("未填写");
}

const char *
quality_rectify_label(enum quality_rectify_state s)
{
	switch (s) {
	case QUALITY_ORDERED: return T("待整改");
	case QUALITY_ANSWERED: return T("已报整改，待认定");
	case QUALITY_ACCEPTED: return T("整改已认可");
	case QUALITY_AGAIN: return T("退回再整改");
	}
	return T("未填写");
}

const char *
quality_grade_label(enum quality_grade g)
{
	switch (g) {
	case QUALITY_EXCELLENT: return T("优秀");
	case QUALITY_GOOD: return T("良好");
	case QUALITY_PASS: return T("合格");
	case QUALITY_FAIL: return T("不合格");
	case QUALITY_NO_GRADE: case QUALITY_GRADE_COUNT: break;
	}
	return T("还没有");
}

const char *
quality_why_label(enum quality_why w)
{
	switch (w) {
	case QUALITY_MAY: return T("可以评");
	case QUALITY_OWN_CASE: return T("本人办过这一件");
	case QUALITY_SAME_FIRM: return T("与承办人员在同一机构");
	case QUALITY_OPPOSING: return T("所在机构或者本人为对方办过案");
	case QUALITY_OFFICER: return T("经手审查、决定、指派或者核定过这一件");
	case QUALITY_RECUSED: return T("本人申请回避");
	case QUALITY_SEATED: return T("已经在评这一件");
	case QUALITY_OFF: return T("不在任期或者已停用");
	case QUALITY_WHY_COUNT: break;
	}
	return T("未填写");
}

const char *
quality_question(enum quality_voice_kind kind, int n)
{
	static const char *const v[QUALITY_VOICE_COUNT][QUALITY_QUESTIONS] = {
		[QUALITY_OBSERVED] = { T("准时到庭、着装和礼仪"), T("熟悉案情和证据"), T("发表意见有依据、有条理"), T("维护受援人权益") },
		[QUALITY_OPINION] = { T("按时提交材料、按时到庭"), T("意见有事实和法律依据"), T("遵守程序和纪律"), T("对承办人员的总体评价") },
		[QUALITY_VISIT] = { T("承办人员听您把事情说清楚了吗"), T("办到哪一步，告诉您了吗"), T("有没有收钱、要东西（没有选很好）"), T("您总的来说满意吗") },
	};

	return (int)kind > 0 && kind < QUALITY_VOICE_COUNT && n >= 0 && n < QUALITY_QUESTIONS ? v[kind][n] : NULL;
}

const char *
quality_list_why_label(enum quality_list_why w)
{
	switch (w) {
	case QUALITY_LIST_OK: return "";
	case QUALITY_LIST_LINE: return T("第 %lld 行不是“分值 | 记录项 | 检查什么 | 怎么看”");
	case QUALITY_LIST_POINTS: return T("第 %lld 行的分值要在 1 到 100 之间");
	case QUALITY_LIST_AUTO: return T("第 %lld 行的记录项系统不认识");
	case QUALITY_LIST_LABEL: return T("第 %lld 行检查什么要写 2 到 60 个字");
	case QUALITY_LIST_MANY: return T("到第 %lld 行项目太多了，最多 24 项");
	case QUALITY_LIST_WHOLE: return T("各项分值合计 %lld，应当是 100");
	}
	return "";
}

const char *
quality_auto_label(enum quality_auto from)
{
	switch (from) {
	case QUALITY_A_ACCEPT: return T("记录：从指派到接受 %lld 日");
	case QUALITY_A_MEETING: return T("记录：会见 %lld 次");
	case QUALITY_A_FILE_READ: return T("记录：阅卷 %lld 次");
	case QUALITY_A_EVIDENCE: return T("记录：调查取证 %lld 次");
	case QUALITY_A_HEARING: return T("记录：开庭、调解 %lld 次");
	case QUALITY_A_REPORT: return T("记录：向受援人通报 %lld 次");
	case QUALITY_A_LIMITS: return T("记录：超过时限 %lld 项");
	case QUALITY_A_FILE: return T("记录：案卷退回补正 %lld 次");
	case QUALITY_NO_AUTO: case QUALITY_AUTO_COUNT: break;
	}
	return "";
}

const char *
quality_no_label(enum quality_no why)
{
	switch (why) {
	case QUALITY_YES: return "";
	case QUALITY_NO_FILES: return T("这段时间、这个地方没有可以评查的结案件");
	case QUALITY_NO_EXPERTS: return T("没有能评的专家了");
	case QUALITY_NO_NUMBER: return T("请写见证人姓名，以及见证人当场报出的 6 到 30 位数字");
	case QUALITY_NO_WORDS: return T("请写明理由，至少 4 个字");
	case QUALITY_NO_NOTE: return T("第 %lld 项分数低，或者低于记录，请写明理由");
	case QUALITY_OUT_OF_BOUNDS: return T("第 %lld 项的分数超出范围");
	case QUALITY_CONFLICT: return T("您与这一件有利害关系，不能评");
	case QUALITY_DONE: return T("这一份已经评过，不能再评");
	case QUALITY_OVER: return T("这一轮评查已经结束");
	case QUALITY_NOT_NOW: return T("现在不是这一步");
	case QUALITY_HEAR_FIRST: return T("要先听承办人员陈述，或者等到 %lld 日的陈述期过完");
	case QUALITY_ONCE: return T("已经重新评过一次");
	case QUALITY_STILL_OPEN: return T("还有 %lld 件没有定分或者整改没有完");
	case QUALITY_NO_DAY: return T("整改期限要在今天以后、180 日以内");
	case QUALITY_PROMISE: return T("开出的密值与名单确定时公布的承诺不一致，不能抽取");
	case QUALITY_NO_ACCOUNT: return T("没有这个登录名，或者账号已停用");
	case QUALITY_NO_CASE: return T("第 %lld 个编号没有这样的案件，或者您看不到，或者超过 20 件");
	case QUALITY_NO_COUNT: break;
	}
	return "";
}
