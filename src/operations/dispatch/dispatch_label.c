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
	};

	return b < BAR_COUNT ? labels[b] : labels[BAR_NONE];
}
