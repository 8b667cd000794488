/* What can be typed at the pages of administration, one row a field. */
#include "supply/admin/admin_internal.h"

#include <stddef.h>

#define REVISION(type) \
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = offsetof(struct type, revision) }
#define ROLE(type) \
	{ .key = "role", .kind = FIELD_CHOICE, .label = T("角色"), .required = true, .choices = role_choices, \
	  .offset = offsetof(struct type, role) }
#define PLACE(type) \
	{ .key = "place", .kind = FIELD_PLACE, .label = T("管辖范围"), .required = true, \
	  .hint = T("区划代码，6、9 或 12 位。输入时会提示市、县区和镇街；村、社区请填 12 位代码。"), \
	  .offset = offsetof(struct type, place) }
#define POINT(type) \
	{ .key = "point", .kind = FIELD_LINE, .label = T("在哪个单位上班"), .max = 40, \
	  .hint = T("站点编号，如 320506101-1。输入时会提示各中心；站点编号见「站点」。"), .offset = offsetof(struct type, point) }
#define NAME(type) \
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .required = true, .min = 1, .max = 40, \
	  .offset = offsetof(struct type, name) }
#define TITLE(type) \
	{ .key = "title", .kind = FIELD_LINE, .label = T("职务"), .max = 40, .offset = offsetof(struct type, title) }
#define CAPACITY(type) \
	{ .key = "capacity", .kind = FIELD_INT, .label = T("最多同时办几件"), .max = 10000, \
	  .hint = T("满了就不再往这里派。0：不派。"), .offset = offsetof(struct type, capacity) }
#define PASSWORD(type) \
	{ .key = "password", .kind = FIELD_SECRET, .label = T("密码"), .required = true, .min = 8, .max = 128, \
	  .hint = T("至少 8 个字符，不要用常见密码，不要和登录名一样。当面告诉本人，请他登录后自己改。"), \
	  .offset = offsetof(struct type, password), .autocomplete = "new-password" }

static const struct field account_new_fields[] = {
	{ .key = "login", .kind = FIELD_LINE, .label = T("登录名"), .required = true, .min = 3, .max = 32,
	  .hint = T("3 至 32 个小写字母、数字、点或横线。定了不能改。"),
	  .offset = offsetof(struct person_new_values, login) },
	NAME(person_new_values), TITLE(person_new_values), ROLE(person_new_values), PLACE(person_new_values),
	POINT(person_new_values), CAPACITY(person_new_values), PASSWORD(person_new_values),
};
const struct form account_new_form =
    FORM_OF("admin.account_new", T("新账号"), account_new_fields, struct person_new_values);

static const struct field post_fields[] = {
	REVISION(post_values), ROLE(post_values), PLACE(post_values), POINT(post_values),
	{ .key = "active", .kind = FIELD_BOOL, .label = T("账号可用"),
	  .hint = T("去掉就不能再登录，已登录的立即退出。手上有事的，要写明由谁接手。"),
	  .offset = offsetof(struct post_values, active) },
	{ .key = "successor", .kind = FIELD_LINE, .label = T("手上的事由谁接手"), .max = 32,
	  .hint = T("登录名。停用、换角色、换范围或换单位时，在办的事、等其接收的转交、没办完的差评回访，连同约好的回电，一起转给他。"),
	  .offset = offsetof(struct post_values, successor) },
};
const struct form account_post_form = FORM_OF("admin.account_post", T("岗位"), post_fields, struct post_values);

static const struct field work_fields[] = {
	REVISION(work_values), NAME(work_values), TITLE(work_values), CAPACITY(work_values),
};
const struct form account_work_form = FORM_OF("admin.account_work", T("姓名和能办的事"), work_fields, struct work_values);

static const struct field secret_fields[] = { PASSWORD(secret_values) };
const struct form account_secret_form = FORM_OF("admin.account_secret", T("重设密码"), secret_fields, struct secret_values);
