#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define BIT(r) (UINT64_C(1) << (r))
#define CASES (BIT(RIGHT_INTAKE) | BIT(RIGHT_CASE_READ) | BIT(RIGHT_CASE_HANDLE) | BIT(RIGHT_DISPATCH))

struct role_row {
	const char *key, *label;
	uint64_t rights;                 /* beside PUBLIC and STAFF */
	enum place_level widest, finest; /* of the jurisdiction */
};

static const struct role_row roles[ROLE_COUNT] = {
	[ROLE_NONE] = { "none", T("无角色"), 0, PLACE_NONE, PLACE_NONE },
	[ROLE_STATION] = { "station", T("站点工作人员"), CASES, PLACE_TOWN, PLACE_VILLAGE },
	[ROLE_CLERK] = { "clerk", T("窗口人员"), CASES | BIT(RIGHT_REVEAL), PLACE_CITY, PLACE_TOWN },
	[ROLE_HOTLINE] = { "hotline", T("12348话务员"), CASES | BIT(RIGHT_REVEAL), PLACE_CITY, PLACE_COUNTY },
	[ROLE_PROVIDER] = { "provider", T("服务提供者"),
		BIT(RIGHT_CASE_READ) | BIT(RIGHT_CASE_HANDLE) | BIT(RIGHT_DISPATCH), PLACE_CITY, PLACE_VILLAGE },
	[ROLE_DIRECTOR] = { "director", T("中心主任"),
		CASES | BIT(RIGHT_REVEAL) | BIT(RIGHT_SUPERVISE) | BIT(RIGHT_FIGURES) | BIT(RIGHT_AID_DECIDE) |
			BIT(RIGHT_QUALITY),
		PLACE_CITY, PLACE_VILLAGE },
	[ROLE_OFFICIAL] = { "official", T("司法行政机关人员"),
		BIT(RIGHT_CASE_READ) | BIT(RIGHT_SUPERVISE) | BIT(RIGHT_FIGURES) | BIT(RIGHT_SUPERVISE_RULES) |
			BIT(RIGHT_POLICY) | BIT(RIGHT_AID_REVIEW) | BIT(RIGHT_QUALITY) | BIT(RIGHT_ADVISORS),
		PLACE_CITY, PLACE_TOWN },
	[ROLE_ADMIN] = { "admin", T("系统管理员"),
		BIT(RIGHT_PEOPLE) | BIT(RIGHT_NETWORK) | BIT(RIGHT_CATALOGUE) | BIT(RIGHT_SETTINGS),
		PLACE_CITY, PLACE_COUNTY },
	[ROLE_AUDITOR] = { "auditor", T("审计员"), BIT(RIGHT_AUDIT), PLACE_CITY, PLACE_CITY },
};

const struct choice role_choices[] = {
	{ ROLE_STATION, "station", T("站点工作人员") }, { ROLE_CLERK, "clerk", T("窗口人员") },
	{ ROLE_HOTLINE, "hotline", T("12348话务员") }, { ROLE_PROVIDER, "provider", T("服务提供者") },
	{ ROLE_DIRECTOR, "director", T("中心主任") }, { ROLE_OFFICIAL, "official", T("司法行政机关人员") },
	{ ROLE_ADMIN, "admin", T("系统管理员") }, { ROLE_AUDITOR, "auditor", T("审计员") },
	{ 0, NULL, NULL },
};

static const struct { const char *key, *label; } rights[RIGHT_COUNT] = {
	[RIGHT_NONE] = { "none", T("无") },
	[RIGHT_PUBLIC] = { "public", T("公开") },
	[RIGHT_STAFF] = { "staff", T("登录人员") },
	[RIGHT_INTAKE] = { "intake", T("登记事项") },
	[RIGHT_CASE_READ] = { "case-read", T("查看事项") },
	[RIGHT_CASE_HANDLE] = { "case-handle", T("办理事项") },
	[RIGHT_DISPATCH] = { "dispatch", T("转办分派") },
	[RIGHT_REVEAL] = { "reveal", T("查看完整证件号码和电话") },
	[RIGHT_SUPERVISE] = { "supervise", T("督办") },
	[RIGHT_FIGURES] = { "figures", T("统计数据") },
	[RIGHT_PEOPLE] = { "people", T("人员管理") },
	[RIGHT_NETWORK] = { "network", T("站点管理") },
	[RIGHT_CATALOGUE] = { "catalogue", T("服务目录管理") },
	[RIGHT_SETTINGS] = { "settings", T("参数设置") },
	[RIGHT_AUDIT] = { "audit", T("审计日志") },
	[RIGHT_SUPERVISE_RULES] = { "supervise-rules", T("督办规则") },
	[RIGHT_POLICY] = { "policy", T("政策规则") },
	[RIGHT_AID_DECIDE] = { "aid-decide", T("法律援助决定") },
	[RIGHT_AID_REVIEW] = { "aid-review", T("法律援助异议审查") },
	[RIGHT_QUALITY] = { "quality", T("案件质量评查") },
	[RIGHT_ADVISORS] = { "advisors", T("村（社区）法律顾问") },
};

static const struct role_row *
row_of(enum role role)
{
	return &roles[(unsigned)role < ROLE_COUNT ? role : ROLE_NONE];
}

const char *
role_key(enum role role)
{
	return row_of(role)->key;
}

const char *
role_label(enum role role)
{
	return row_of(role)->label;
}

enum role
role_by_key(struct text key)
{
	for (int r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
		if (text_equals(key, text_of(roles[r].key)))
			return (enum role)r;
	return ROLE_NONE;
}

uint64_t
role_rights(enum role role)
{
	if (row_of(role) == &roles[ROLE_NONE])
		return BIT(RIGHT_PUBLIC);
	return roles[role].rights | BIT(RIGHT_PUBLIC) | BIT(RIGHT_STAFF);
}

const char *
right_key(enum right right)
{
	return rights[(unsigned)right < RIGHT_COUNT ? right : RIGHT_NONE].key;
}

const char *
right_label(enum right right)
{
	return rights[(unsigned)right < RIGHT_COUNT ? right : RIGHT_NONE].label;
}

bool
role_fits_place(enum role role, struct place place)
{
	const struct role_row *row = row_of(role);
	enum place_level level = place_level(place);

	return level != PLACE_NONE && row->widest != PLACE_NONE && level >= row->widest && level <= row->finest;
}

/* ---- actors ------------------------------------------------------------------------------------- */

struct actor
identity_actor(const struct account *a, int64_t city)
{
	bool by_place = a->role != ROLE_PROVIDER && a->role != ROLE_AUDITOR && a->role != ROLE_NONE;

	return (struct actor){
		.kind = ACTOR_ACCOUNT,
		.city = city,
		.account = a->id.n,
		.point = a->point,
		.places = by_place ? place_range(a->place) : PLACE_RANGE_EMPTY,
		.rights = role_rights(a->role),
		.role = (int)a->role,
	};
}

bool
identity_may_reveal(const struct actor *actor, int64_t holder, bool open)
{
	if (actor->kind != ACTOR_ACCOUNT)
		return false;
	return actor_may(actor, RIGHT_REVEAL) || (open && holder != 0 && holder == actor->account);
}

struct actor
identity_system(int64_t city)
{
	return (struct actor){
		.kind = ACTOR_SYSTEM,
		.city = city,
		.account = -1,
		.places = place_range((struct place){ city * INT64_C(100000000) }),
		.rights = BIT(RIGHT_COUNT) - 1 - BIT(RIGHT_NONE),
		.role = ROLE_NONE,
	};
}

struct actor
identity_anonymous(int64_t city)
{
	return (struct actor){
		.kind = ACTOR_ANONYMOUS,
		.city = city,
		.places = PLACE_RANGE_EMPTY,
		.rights = role_rights(ROLE_NONE),
		.role = ROLE_NONE,
	};
}
