/* Names of steps and states, as people read them. */
#include "operations/supervise/supervise.h"

#include "kit/msg/msg.h"

static const struct {
	const char *key, *label;
} steps[SUPERVISE_STEP_COUNT] = {
	[SUPERVISE_NONE] = { "none", T("无") },
	[SUPERVISE_WARNING] = { "warning", T("预警") },
	[SUPERVISE_REMINDER] = { "reminder", T("催办") },
	[SUPERVISE_ORDER] = { "order", T("督办单") },
	[SUPERVISE_DIRECTOR] = { "director", T("报中心主任") },
	[SUPERVISE_BUREAU] = { "bureau", T("报司法行政机关") },
	[SUPERVISE_NO_CLOCK] = { "no_clock", T("没有期限在走") },
	[SUPERVISE_AGAIN] = { "turns_over", T("督办轮次已满，报司法行政机关") },
};

const char *
supervise_step_key(enum supervise_step s)
{
	return steps[(unsigned)s < SUPERVISE_STEP_COUNT ? s : SUPERVISE_NONE].key;
}

const char *
supervise_step_label(enum supervise_step s)
{
	return steps[(unsigned)s < SUPERVISE_STEP_COUNT ? s : SUPERVISE_NONE].label;
}

static const struct {
	enum order_state state;
	const char *key, *label;
} states[] = {
	{ ORDER_ISSUED, "issued", T("待签收") },
	{ ORDER_READ, "read", T("已签收，待回复") },
	{ ORDER_SENT_BACK, "sent_back", T("退回重报") },
	{ ORDER_REPLIED, "replied", T("已回复，待审核") },
	{ ORDER_ACCEPTED, "accepted", T("回复通过") },
	{ ORDER_ENDED, "ended", T("随事项办结") },
	{ ORDER_WITHDRAWN, "withdrawn", T("已撤销") },
};

const char *
order_state_key(enum order_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].key;
	return "none";
}

static const struct {
	const char *key, *label;
} groups[ORDERS_GROUP_COUNT] = {
	[ORDERS_ALL] = { "all", T("全部") },
	[ORDERS_WAITING] = { "waiting", T("待回复") },
	[ORDERS_LATE] = { "late", T("逾期未回复") },
	[ORDERS_REPLIED] = { "replied", T("待审核") },
	[ORDERS_OPEN] = { "open", T("未办结") },
	[ORDERS_DONE] = { "done", T("已办结") },
};

const char *
order_group_key(enum order_group g)
{
	return groups[(unsigned)g < ORDERS_GROUP_COUNT ? g : ORDERS_ALL].key;
}

const char *
order_group_label(enum order_group g)
{
	return groups[(unsigned)g < ORDERS_GROUP_COUNT ? g : ORDERS_ALL].label;
}

const char *
order_state_label(enum order_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].label;
	return T("未知状态");
}
