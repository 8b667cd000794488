#include "supply/admin/admin_internal.h"

#define ACCOUNT "/desk/people/{id}"
#define KEPT ROUTE_FORM_KEPT

const struct route admin_routes[] = {
	{ HTTP_GET, "/desk/people", RIGHT_PEOPLE, people_page, NULL, T("人员"), 0, 0 },
	{ HTTP_GET, "/desk/people/new", RIGHT_PEOPLE, people_new_page, NULL, T("新账号"), 0, 0 },
	{ HTTP_POST, "/desk/people/new", RIGHT_PEOPLE, people_new_post, &account_new_form, T("新账号"), KEPT, 0 },
	{ HTTP_GET, ACCOUNT, RIGHT_PEOPLE, account_page_show, NULL, T("账号"), 0, 0 },
	{ HTTP_POST, ACCOUNT "/post", RIGHT_PEOPLE, account_post_post, &account_post_form, T("岗位"), KEPT, 0 },
	{ HTTP_POST, ACCOUNT "/work", RIGHT_PEOPLE, account_work_post, &account_work_form, T("姓名和能办的事"), KEPT, 0 },
	{ HTTP_POST, ACCOUNT "/password", RIGHT_PEOPLE, account_secret_post, &account_secret_form, T("重设密码"), KEPT, 0 },

	{ HTTP_GET, "/desk/audit", RIGHT_AUDIT, audit_page, NULL, T("审计"), 0, 0 },
	{ HTTP_POST, "/desk/audit/verify", RIGHT_AUDIT, audit_verify_post, NULL, T("核对审计日志"), 0, 0 },
};
const size_t admin_routes_n = sizeof admin_routes / sizeof admin_routes[0];
