/* Names of states, shares and lists, as people read them. */
#include "operations/cooperate/cooperate.h"

#include "kit/msg/msg.h"

static const struct {
	enum cooperation_state state;
	const char *key, *label;
} states[] = {
	{ COOPERATION_ASKED, "asked", T("等对方回应") },
	{ COOPERATION_TAKEN, "taken", T("对方已接受，等答复") },
	{ COOPERATION_ANSWERED, "answered", T("对方已答复，等请求方确认") },
	{ COOPERATION_CLOSED, "closed", T("协作办结") },
	{ COOPERATION_DECLINED, "declined", T("对方不能协助") },
	{ COOPERATION_WITHDRAWN, "withdrawn", T("请求方撤回") },
	{ COOPERATION_ENDED, "ended", T("随事项结束") },
};

const char *
cooperation_state_key(enum cooperation_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].key;
	return "none";
}

const char *
cooperation_state_label(enum cooperation_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].label;
	return T("未知状态");
}

static const struct {
	const char *key, *label;
} shares[SHARE_COUNT] = {
	[SHARE_MATTER] = { "matter", T("事情经过") },
	[SHARE_NAME] = { "name", T("求助人姓名") },
	[SHARE_PHONE] = { "phone", T("求助人电话") },
	[SHARE_PLACE] = { "place", T("所在村（社区）") },
	[SHARE_FILES] = { "files", T("材料清单") },
};

const char *
cooperation_share_key(enum cooperation_share s)
{
	return (unsigned)s < SHARE_COUNT ? shares[s].key : "none";
}

const char *
cooperation_share_label(enum cooperation_share s)
{
	return (unsigned)s < SHARE_COUNT ? shares[s].label : T("未填写");
}

static const struct {
	const char *key, *label;
} groups[COOPERATIONS_GROUPS] = {
	[COOPERATIONS_OPEN] = { "open", T("未办结") },
	[COOPERATIONS_LATE] = { "late", T("逾期") },
	[COOPERATIONS_SOON] = { "soon", T("快到期") },
	[COOPERATIONS_NORMAL] = { "normal", T("期限内") },
	[COOPERATIONS_ANSWERED] = { "answered", T("已答复，待确认") },
	[COOPERATIONS_DONE] = { "done", T("已办结") },
};

const char *
cooperation_group_key(enum cooperation_group g)
{
	return groups[(unsigned)g < COOPERATIONS_GROUPS ? g : COOPERATIONS_OPEN].key;
}

const char *
cooperation_group_label(enum cooperation_group g)
{
	return groups[(unsigned)g < COOPERATIONS_GROUPS ? g : COOPERATIONS_OPEN].label;
}

const char *
cooperation_bar_label(enum cooperation_bar b)
{
	switch (b) {
	case COOPERATION_NO_KIND:
	case COOPERATION_NO_REASON:
		return T("请选择表里的一项");
	case COOPERATION_NO_POINT:
		return T("请从名单里选一个单位：要在开办，而且有人办事");
	case COOPERATION_OWN_POINT:
		return T("这件事就在这个单位办，请选别的单位");
	case COOPERATION_OPEN:
		return T("已经请这个单位协助，还没有办结");
	case COOPERATION_TOO_OFTEN:
		return T("追问次数太多了，请办结后重新提出");
	case COOPERATION_FREE:
		break;
	}
	return T("可以提出");
}

const char *
cooperation_bar_field(enum cooperation_bar b)
{
	switch (b) {
	case COOPERATION_NO_KIND:
		return "kind";
	case COOPERATION_NO_REASON:
		return "code";
	case COOPERATION_NO_POINT:
	case COOPERATION_OWN_POINT:
	case COOPERATION_OPEN:
		return "point";
	case COOPERATION_TOO_OFTEN:
		return "again";
	case COOPERATION_FREE:
		break;
	}
	return "";
}

static const struct {
	const char *label, *basis;
} kinds[TRANSFER_KIND_COUNT] = {
	[TRANSFER_KIND_NONE] = { T("未填写"), "" },
	[TRANSFER_LITIGATION] = { T("打官司的事：办案机关在那里"), "法律援助法 第三十八条：对诉讼事项的法律援助，由申请人向办案机关所在地的法律援助机构提出申请。" },
	[TRANSFER_DISPUTE] = { T("不打官司的事：处理争议的机关在那里"),
	    "法律援助法 第三十八条：对非诉讼事项的法律援助，由申请人向争议处理机关所在地或者事由发生地的法律援助机构提出申请。" },
	[TRANSFER_MATTER] = { T("不打官司的事：事情发生在那里"),
	    "法律援助法 第三十八条：对非诉讼事项的法律援助，由申请人向争议处理机关所在地或者事由发生地的法律援助机构提出申请。" },
};

const char *
transfer_kind_label(enum transfer_kind k)
{
	return kinds[(unsigned)k < TRANSFER_KIND_COUNT ? k : TRANSFER_KIND_NONE].label;
}

const char *
transfer_kind_basis(enum transfer_kind k)
{
	return kinds[(unsigned)k < TRANSFER_KIND_COUNT ? k : TRANSFER_KIND_NONE].basis;
}
