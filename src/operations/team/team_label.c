/* Names of kinds, professions and states. */
#include "operations/team/team.h"

#include "kit/msg/msg.h"

const struct choice team_kind_choices[] = {
	{ TEAM_OFFICE, "office", T("司法所便民法律服务团") },
	{ TEAM_VOLUNTEERS, "volunteers", T("法律志愿者队伍") },
	{ TEAM_GROUP, "group", T("冠名志愿团") },
	{ 0, NULL, NULL },
};
const struct choice team_profession_choices[] = {
	{ TEAM_OFFICER, "officer", T("司法行政干部") },
	{ TEAM_NOTARY, "notary", T("公证员") },
	{ TEAM_MEDIATOR, "mediator", T("专职调解员") },
	{ TEAM_LAWYER, "lawyer", T("律师") },
	{ TEAM_LEGAL_WORKER, "legal_worker", T("基层法律服务工作者") },
	{ TEAM_APPRAISER, "appraiser", T("司法鉴定人") },
	{ TEAM_HELPER, "volunteer", T("志愿者") },
	{ 0, NULL, NULL },
};
const struct choice hours_kind_choices[] = {
	{ HOURS_VOLUNTEER, "volunteer", T("志愿服务") },
	{ HOURS_PRO_BONO, "pro_bono", T("律师公益服务") },
	{ 0, NULL, NULL },
};

static const char *
label_of(const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	return c != NULL ? c->label : T("未填写");
}

const char *team_kind_label(int k) { return label_of(team_kind_choices, k); }
const char *team_profession_label(int p) { return label_of(team_profession_choices, p); }
const char *hours_kind_label(int k) { return label_of(hours_kind_choices, k); }

const char *
visit_state_label(int s)
{
	return s == VISIT_PLANNED ? T("已安排") : s == VISIT_DONE ? T("已完成") : T("取消了");
}
