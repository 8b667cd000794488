#include "operations/dispatch/dispatch.h"

#include "kit/msg/msg.h"

const char *
dispatch_bar_label(enum dispatch_bar b)
{
	static const char *const labels[BAR_COUNT] = {
		[BAR_NONE] = T("可以接办"),
		[BAR_HOLDER] = T("现在就由其负责"),
		[BAR_RETURNED] = T("已退回过此件"),
		[BAR_POINT_ITEM] = T("所在站点不办此事项"),
		[BAR_PERSON_ITEM] = T("本人不办此事项"),
		[BAR_FULL] = T("在办已满"),
		[BAR_CONFLICT] = T("办理过对方当事人的案件，利益冲突"),
		[BAR_LANGUAGE] = T("不会说来访人要的语言"),
	};

	return b < BAR_COUNT ? labels[b] : labels[BAR_NONE];
}

const char *
dispatch_part_label(enum dispatch_part p)
{
	static const char *const labels[PART_COUNT] = {
		[PART_PLACE] = T("地方"),
		[PART_ITEM] = T("事项"),
		[PART_LOAD] = T("负担"),
		[PART_OPEN] = T("开放"),
		[PART_DUTY] = T("值班"),
		[PART_LANGUAGE] = T("语言"),
		[PART_FAIR] = T("均衡"),
		[PART_SAME] = T("熟悉"),
	};

	return labels[p < PART_COUNT ? p : PART_PLACE];
}

const char *
dispatch_how_label(enum dispatch_how how)
{
	switch (how) {
	case CHOSEN_BEST:
		return T("名单上的第一位");
	case CHOSEN_POINT:
		return T("指定单位里的第一位");
	case CHOSEN_BY_HAND:
		return T("人工另选");
	case CHOSEN_RULED:
		return T("主任裁定");
	}
	return T("人工另选");
}
