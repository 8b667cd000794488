/* What an item of the catalogue is described with, one row a field. */
#include "supply/admin/admin_internal.h"

#include <limits.h>
#include <stddef.h>

const struct choice admin_channels[] = {
	{ CHANNEL_PORTAL, "portal", T("网上") }, { CHANNEL_WINDOW, "window", T("窗口") },
	{ CHANNEL_STATION, "station", T("村（社区）站点") }, { CHANNEL_HOTLINE, "hotline", T("12348 热线") },
	{ 0, NULL, NULL },
};
const struct choice admin_tiers[] = {
	{ TIER_COUNTY, "county", T("县（区）中心") }, { TIER_TOWN, "town", T("镇（街道）中心") },
	{ TIER_STATION, "station", T("村（社区）站点") }, { TIER_HOTLINE, "hotline", T("12348 热线") },
	{ TIER_ONLINE, "online", T("网上平台") }, { 0, NULL, NULL },
};
/* One more than enum clock_unit, since a choice left out is 0. */
const struct choice admin_units[] = {
	{ CLOCK_HOUR + 1, "hour", T("小时") }, { CLOCK_DAY + 1, "day", T("天") },
	{ CLOCK_WORKDAY + 1, "workday", T("工作日") }, { CLOCK_MONTH + 1, "month", T("个月") },
	{ CLOCK_YEAR + 1, "year", T("年") }, { CLOCK_WORKHOUR + 1, "workhour", T("工作小时") }, { 0, NULL, NULL },
};

#define AT(member) offsetof(struct item_values, member)

/* The first three rows belong to a new item alone. */
static const struct field fields[] = {
	{ .key = "code", .kind = FIELD_LINE, .label = T("代码"), .required = true, .min = 2, .max = 32,
	  .hint = T("小写字母、数字、横线，定了不能改。"), .offset = AT(code) },
	{ .key = "matter", .kind = FIELD_LINE, .label = T("怎么办"), .required = true, .min = 2, .max = 32,
	  .hint = T("consult：在本系统里答复；referral：登记后转给办理单位。"), .offset = AT(matter) },
	{ .key = "sort", .kind = FIELD_INT, .label = T("排在第几"), .min = 0, .max = 10000, .offset = AT(sort) },

	{ .key = "seen", .kind = FIELD_KEY, .label = T("版本"), .offset = AT(seen) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, .min = 0, .max = 3650,
	  .hint = T("今天或以后。以前收的事仍按当时的那一版办。"), .offset = AT(from) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("名称"), .required = true, .min = 2, .max = 60, .offset = AT(name) },
	{ .key = "name_en", .kind = FIELD_LINE, .label = T("英文名称"), .max = 120, .offset = AT(name_en) },
	{ .key = "summary", .kind = FIELD_PARAGRAPH, .label = T("能得到什么"), .required = true, .min = 2, .max = 1000,
	  .hint = T("用群众听得懂的话，两三句。"), .offset = AT(summary) },
	{ .key = "summary_en", .kind = FIELD_PARAGRAPH, .label = T("能得到什么（英文）"), .max = 2000, .offset = AT(summary_en) },
	{ .key = "why_public", .kind = FIELD_PARAGRAPH, .label = T("为什么由政府办"), .max = 1000,
	  .hint = T("市场不愿办、办不好在哪里。"), .offset = AT(why_public) },
	{ .key = "who_may", .kind = FIELD_FLAGS, .label = T("谁可以申请"), .required = true, .choices = applicant_choices,
	  .offset = AT(who_may) },
	{ .key = "price", .kind = FIELD_CHOICE, .label = T("收费"), .required = true, .choices = price_choices,
	  .offset = AT(price) },
	{ .key = "price_why", .kind = FIELD_LINE, .label = T("收费理由"), .max = 300,
	  .hint = T("不免费的必须写：依据哪份文件。"), .offset = AT(price_why) },
	{ .key = "supply", .kind = FIELD_CHOICE, .label = T("提供方式"), .required = true, .choices = supply_choices,
	  .offset = AT(supply) },
	{ .key = "basis", .kind = FIELD_LINE, .label = T("依据"), .max = 300,
	  .hint = T("法律和条号。空着就显示「未核实」。"), .offset = AT(basis) },
	{ .key = "materials", .kind = FIELD_PARAGRAPH, .label = T("材料"), .max = 2000, .hint = T("一行一样。"),
	  .offset = AT(materials) },
	{ .key = "channels", .kind = FIELD_FLAGS, .label = T("渠道"), .required = true, .choices = admin_channels,
	  .offset = AT(channels) },
	{ .key = "tiers", .kind = FIELD_FLAGS, .label = T("在哪一级办"), .required = true, .choices = admin_tiers,
	  .offset = AT(tiers) },
	{ .key = "accept", .kind = FIELD_INT, .label = T("受理时限"), .min = 0, .max = 10000, .offset = AT(accept) },
	{ .key = "accept_unit", .kind = FIELD_CHOICE, .label = T("受理时限的单位"), .choices = admin_units,
	  .offset = AT(accept_unit) },
	{ .key = "accept_source", .kind = FIELD_LINE, .label = T("受理时限的依据"), .max = 200, .offset = AT(accept_source) },
	{ .key = "answer", .kind = FIELD_INT, .label = T("答复时限"), .min = 0, .max = 10000, .offset = AT(answer) },
	{ .key = "answer_unit", .kind = FIELD_CHOICE, .label = T("答复时限的单位"), .choices = admin_units,
	  .offset = AT(answer_unit) },
	{ .key = "answer_source", .kind = FIELD_LINE, .label = T("答复时限的依据"), .max = 200, .offset = AT(answer_source) },
	{ .key = "close", .kind = FIELD_INT, .label = T("办结时限"), .min = 0, .max = 10000, .offset = AT(close) },
	{ .key = "close_unit", .kind = FIELD_CHOICE, .label = T("办结时限的单位"), .choices = admin_units,
	  .offset = AT(close_unit) },
	{ .key = "close_source", .kind = FIELD_LINE, .label = T("办结时限的依据"), .max = 200, .offset = AT(close_source) },
	{ .key = "in_force", .kind = FIELD_BOOL, .label = T("办理这一事项"),
	  .hint = T("去掉就从那一天起停办。"), .offset = AT(in_force) },
};

enum { FIELDS_N = sizeof fields / sizeof fields[0] };

const struct form item_new_form = { "admin.item_new", T("新事项"), fields, FIELDS_N, sizeof(struct item_values) };
const struct form item_revise_form = { "admin.item_revise", T("写新的一版"), fields + 3, FIELDS_N - 3,
	sizeof(struct item_values) };
