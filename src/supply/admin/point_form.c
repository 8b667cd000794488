/* What a point of service is described with, one row a field; and the files that bring many. */
#include "supply/admin/admin_internal.h"

#include <limits.h>
#include <stddef.h>

static const struct choice datums[] = {
	{ GEO_WGS84, "wgs84", T("WGS-84（GPS）") }, { GEO_GCJ02, "gcj02", T("GCJ-02（高德、腾讯）") },
	{ GEO_BD09, "bd09", T("BD-09（百度）") }, { GEO_ESTIMATE, "estimate", T("估计的") }, { 0, NULL, NULL },
};

#define AT(member) offsetof(struct point_values, member)

/* The first row belongs to a new point alone, the second to a change. */
static const struct field fields[] = {
	{ .key = "code", .kind = FIELD_LINE, .label = T("编号"), .max = 40, .hint = T("空着就按区划自动编。"), .offset = AT(code) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .offset = AT(revision) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("站点类型"), .required = true, .choices = point_kind_choices,
	  .offset = AT(kind) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("在哪里"), .required = true,
	  .hint = T("区划代码，6、9 或 12 位。站点写到村（社区）。"), .offset = AT(place) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("名称"), .required = true, .min = 2, .max = 60, .offset = AT(name) },
	{ .key = "name_en", .kind = FIELD_LINE, .label = T("英文名称"), .max = 120, .offset = AT(name_en) },
	{ .key = "address", .kind = FIELD_LINE, .label = T("地址"), .max = 200, .offset = AT(address) },
	{ .key = "phone", .kind = FIELD_LINE, .label = T("电话"), .required = true, .max = 40,
	  .hint = T("公开的电话，必须有人接。"), .offset = AT(phone) },
	{ .key = "director", .kind = FIELD_LINE, .label = T("负责人（登录名）"), .max = 32, .offset = AT(director) },
	{ .key = "parent", .kind = FIELD_LINE, .label = T("由哪个站点管（编号）"), .max = 40, .offset = AT(parent) },
	{ .key = "lon", .kind = FIELD_LINE, .label = T("经度"), .max = 12, .hint = T("度，如 120.585300"), .offset = AT(lon) },
	{ .key = "lat", .kind = FIELD_LINE, .label = T("纬度"), .max = 12, .hint = T("度，如 31.298900"), .offset = AT(lat) },
	{ .key = "datum", .kind = FIELD_CHOICE, .label = T("坐标系"), .choices = datums, .offset = AT(datum) },
	{ .key = "opened", .kind = FIELD_DAY, .label = T("哪一天起开放"), .min = INT_MIN, .max = 3650, .offset = AT(opened) },
	{ .key = "hours", .kind = FIELD_LINE, .label = T("开放时间"), .max = 300,
	  .hint = T("如 1-5 09:00-12:00; 1-5 13:30-17:00。1 周一，7 周日，8 节假日。"), .offset = AT(hours) },
	{ .key = "villages", .kind = FIELD_PARAGRAPH, .label = T("服务哪些村（社区）"), .max = 1000,
	  .hint = T("12 位区划代码，用空格分开。空着就是所在的村（社区）。"), .offset = AT(villages) },
	{ .key = "reason", .kind = FIELD_LINE, .label = T("服务三个以上村（社区）的理由"), .max = 200, .offset = AT(reason) },
};
enum { FIELDS_N = sizeof fields / sizeof fields[0] };

const struct form point_new_form = { "admin.point_new", T("新站点"), fields, FIELDS_N, sizeof(struct point_values) };
const struct form point_change_form = { "admin.point_change", T("改站点"), fields + 1, FIELDS_N - 1,
	sizeof(struct point_values) };

static const struct field close_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true,
	  .offset = offsetof(struct point_close_values, revision) },
	{ .key = "closed", .kind = FIELD_DAY, .label = T("从哪一天起撤销"), .required = true, .min = 0, .max = 3650,
	  .hint = T("撤销以后不再派事到这里；手上的事请先转交。"), .offset = offsetof(struct point_close_values, day) },
};
const struct form point_close_form = FORM_OF("admin.point_close", T("撤销站点"), close_fields, struct point_close_values);

static const struct field except_fields[] = {
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = 0, .max = 730,
	  .offset = offsetof(struct point_except_values, day) },
	{ .key = "opens", .kind = FIELD_TIME, .label = T("几点开门"), .min = 0, .max = 1439,
	  .hint = T("开门、关门都空着：那天不开门。"), .offset = offsetof(struct point_except_values, opens) },
	{ .key = "closes", .kind = FIELD_TIME, .label = T("几点关门"), .min = 0, .max = 1439,
	  .offset = offsetof(struct point_except_values, closes) },
	{ .key = "note", .kind = FIELD_LINE, .label = T("为什么"), .max = 60, .hint = T("群众看得到，如「停电检修」。"),
	  .offset = offsetof(struct point_except_values, note) },
	{ .key = "usual", .kind = FIELD_BOOL, .label = T("取消这一天的例外，照平常开门"),
	  .offset = offsetof(struct point_except_values, usual) },
};
const struct form point_except_form = FORM_OF("admin.point_except", T("某一天不一样"), except_fields, struct point_except_values);

static const struct choice files[] = {
	{ FILE_POINTS, "points", T("站点") }, { FILE_DIVISIONS, "divisions", T("区划") }, { 0, NULL, NULL },
};
static const struct field file_fields[] = {
	{ .key = "what", .kind = FIELD_CHOICE, .label = T("文件里是什么"), .required = true, .choices = files,
	  .offset = offsetof(struct file_values, what) },
	{ .key = "source", .kind = FIELD_LINE, .label = T("来源"), .max = 200,
	  .hint = T("哪份文件、哪个部门给的。"), .offset = offsetof(struct file_values, source) },
};
const struct form network_file_form = FORM_OF("admin.network_file", T("从文件导入"), file_fields, struct file_values);

static const struct field holidays_fields[] = {
	{ .key = "source", .kind = FIELD_LINE, .label = T("来源"), .required = true, .min = 2, .max = 200,
	  .hint = T("通知的标题和文号，如 国办发明电〔2025〕…号。"), .offset = offsetof(struct file_values, source) },
};
const struct form holidays_file_form = FORM_OF("admin.holidays_file", T("导入放假安排"), holidays_fields, struct file_values);

static const struct choice day_kinds[] = {
	{ DAY_HOLIDAY + 1, "holiday", T("放假") }, { DAY_MAKEUP + 1, "makeup", T("调休上班") }, { DAY_REST + 1, "rest", T("休息") },
	{ DAY_HALF + 1, "half", T("上半天班") }, { DAY_WORK + 1, "work", T("平日上班") }, { 0, NULL, NULL },
};
static const struct field calendar_fields[] = {
	{ .key = "seen", .kind = FIELD_INT, .label = T("版本"), .required = true, .min = 0, .max = INT_MAX,
	  .offset = offsetof(struct calendar_values, seen) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = -20000, .max = 4000,
	  .offset = offsetof(struct calendar_values, day) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("这一天"), .required = true, .choices = day_kinds,
	  .hint = T("要恢复成平常的样子：周一至周五选「平日上班」，周末选「休息」，名称留空。"),
	  .offset = offsetof(struct calendar_values, kind) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("名称"), .max = 40, .hint = T("如 春节、国庆节调休。"),
	  .offset = offsetof(struct calendar_values, name) },
	{ .key = "source", .kind = FIELD_LINE, .label = T("依据"), .required = true, .min = HOLIDAY_SOURCE_MIN, .max = 200,
	  .hint = T("通知的标题和文号，如 国办发明电〔2025〕…号。"), .offset = offsetof(struct calendar_values, source) },
	{ .key = "sure", .kind = FIELD_BOOL, .label = T("确认"), .offset = offsetof(struct calendar_values, sure) },
};
const struct form calendar_form = FORM_OF("admin.calendar", T("改一天"), calendar_fields, struct calendar_values);
