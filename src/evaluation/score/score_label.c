#include "evaluation/score/score.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

const char *
score_item_label(enum score_item i)
{
	static const char *const labels[SCORE_ITEMS] = { T("按排班到村服务"), T("服务时长"), T("法治讲座"), T("居民评价"), T("日志及时、写清楚"), T("村（社区）的评价") };

	return labels[(unsigned)i < SCORE_ITEMS ? i : 0];
}

const char *
score_item_unit(enum score_item i)
{
	static const char *const labels[SCORE_ITEMS] = { T("次"), T("分钟"), T("场"), T("分（满分 500）"), T("篇"), T("分（满分 100）") };

	return labels[(unsigned)i < SCORE_ITEMS ? i : 0];
}

const char *
score_find_label(enum score_find k)
{
	static const char *const labels[SCORE_FIND_COUNT] = { T("没有"), T("日志和另一篇一字不差"), T("好几天的日志一次写完"), T("一天的时长太多"),
		T("同一时间在两个地方签到"), T("没有签到却有日志"), T("签到时间不在服务时间里") };

	return labels[(unsigned)k < SCORE_FIND_COUNT ? k : 0];
}

const char *
score_answer_label(int i)
{
	static const char *const labels[SCORE_ANSWERS] = { T("按约定的日子来"), T("对村里有用"), T("讲得明白"), T("下一期还请他") };

	return labels[i >= 0 && i < SCORE_ANSWERS ? i : 0];
}

const char *
score_appeal_label(enum score_appeal_state s)
{
	switch (s) {
	case SCORE_APPEAL_OPEN: return T("等待决定");
	case SCORE_APPEAL_KEPT: return T("维持原分");
	case SCORE_APPEAL_MENDED: return T("已更正");
	}
	return T("未填写");
}

struct text
score_period_text(struct arena *mem, enum lang lang, int period)
{
	static const char *const parts[] = { T("全年"), T("第一季度"), T("第二季度"), T("第三季度"), T("第四季度") };
	struct text year = finding_text(mem, lang, &(struct finding){ .message = T("%lld 年"), .bound = period / 10 });

	return arena_format(mem, "%.*s %s", (int)year.n, year.p, msg(lang, parts[period % 10 <= 4 ? period % 10 : 0]));
}

const struct setting_kind score_settings[SCORE_SETTINGS_N] = {
	[SCORE_COUNTY_SHARE] = { "score.county_share", T("法律顾问经费县级承担的比例"), T("百分之"),
	    T("其余由镇级承担（S166 写明县镇两级，比例未核实）。"), 0, 100, 50, RIGHT_SETTINGS, NULL },
	[SCORE_DAY_MINUTES] = { "score.day_minutes", T("顾问一天服务多少分钟算太多"), T("分钟"),
	    T("超过的列出来请人看，不自动扣分。"), 60, 1440, 600, RIGHT_SETTINGS, NULL },
	[SCORE_EARLY] = { "score.early", T("顾问签到最早"), T("零点后分钟"), T("更早的列出来请人看。420 是 7:00。"), 0, 1439, 420, RIGHT_SETTINGS, NULL },
	[SCORE_LATE] = { "score.late", T("顾问签到最晚"), T("零点后分钟"), T("更晚的列出来请人看。1260 是 21:00。"), 1, 1440, 1260, RIGHT_SETTINGS, NULL },
	[SCORE_EVENING_LOGS] = { "score.evening_logs", T("一次补写几篇日志算多"), T("篇"), T("列出来请人看，不自动扣分。"), 2, 60, 4, RIGHT_SETTINGS, NULL },
	[SCORE_EVENING_HOURS] = { "score.evening_hours", T("几小时里补写算一次"), T("小时"), T("和上面一条一起看。"), 1, 24, 3, RIGHT_SETTINGS, NULL },
	[SCORE_SAME_WORDS] = { "score.same_words", T("多少字以上的日志才比较是否雷同"), T("字"), T("太短的可能只是凑巧。"), 1, 500, 8, RIGHT_SETTINGS, NULL },
};
