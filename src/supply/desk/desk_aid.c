/* The pages of legal aid at the desk.  Which side takes a step the flow asks (aid_sides): bureau, institution, lawyer alike
 * come here, so the route wants no more than to read cases. */
#include "supply/desk/legalaid_internal.h"

#define CASE "/desk/request/{id}/legalaid"
#define FILES_MAX (INT64_C(11) * 1024 * 1024)

const struct route desk_aid_routes[] = {
	{ HTTP_GET, "/desk/legalaid", RIGHT_CASE_READ, legalaid_list_page, NULL, T("法律援助案件"), 0, 0 },
	{ HTTP_GET, "/desk/legalaid/rates", RIGHT_STAFF, rates_page, NULL, T("补贴标准"), 0, 0 },
	{ HTTP_POST, "/desk/legalaid/rates", RIGHT_POLICY, rates_post, &aid_rate_form, T("补贴标准"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/aid", RIGHT_CASE_HANDLE, lawyer_list_page, NULL, T("我的援助案件"), 0, 0 },
	{ HTTP_GET, "/desk/aid/{id}", RIGHT_CASE_HANDLE, lawyer_case_page, NULL, T("我的援助案件"), 0, 0 },
	{ HTTP_POST, "/desk/aid/{id}/say", RIGHT_CASE_HANDLE, lawyer_say_post, &say_form, T("留言"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/aid/{id}/phone", RIGHT_CASE_HANDLE, lawyer_phone_post, NULL, T("查看受援人电话"), 0, 0 },
	{ HTTP_POST, "/desk/aid/{id}/files", RIGHT_CASE_HANDLE, lawyer_files_post, NULL, T("添加材料"), ROUTE_UPLOAD | ROUTE_FORM_KEPT,
	    FILES_MAX },
	{ HTTP_GET, "/desk/legalaid/new", RIGHT_INTAKE, legalaid_counter_page, NULL, T("窗口申请法律援助"), 0, 0 },
	{ HTTP_POST, "/desk/legalaid/new", RIGHT_INTAKE, legalaid_counter_post, &aid_counter_form, T("窗口申请法律援助"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/legalaid/duty", RIGHT_CASE_READ, duty_list_page, NULL, T("值班律师"), 0, 0 },
	{ HTTP_POST, "/desk/legalaid/duty", RIGHT_INTAKE, duty_list_post, &aid_duty_form, T("值班律师"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/legalaid/duty/{id}", RIGHT_CASE_READ, duty_page, NULL, T("值班帮助记录"), 0, 0 },
	{ HTTP_POST, "/desk/legalaid/duty/{id}", RIGHT_CASE_HANDLE, duty_post, &aid_help_form, T("值班帮助记录"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/legalaid/duty/{id}/pass/{help}", RIGHT_CASE_HANDLE, duty_pass_post, NULL, T("申请已收到"), 0, 0 },
	{ HTTP_GET, "/desk/legalaid/notice", RIGHT_INTAKE, legalaid_notice_page, NULL, T("登记通知辩护"), 0, 0 },
	{ HTTP_POST, "/desk/legalaid/notice", RIGHT_INTAKE, legalaid_notice_post, &aid_notice_form, T("登记通知辩护"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, CASE, RIGHT_CASE_READ, legalaid_page, NULL, T("法律援助"), 0, 0 },
	{ HTTP_GET, CASE "/form", RIGHT_CASE_HANDLE, legalaid_form_page, NULL, T("法律援助申请表"), 0, 0 },
	{ HTTP_POST, CASE "/form", RIGHT_CASE_HANDLE, legalaid_form_post, &aid_application_form, T("法律援助申请表"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, CASE "/do/{step}", RIGHT_CASE_READ, legalaid_act_page, NULL, T("法律援助"), 0, 0 },
	{ HTTP_POST, CASE "/do/{step}", RIGHT_CASE_READ, legalaid_act_post, &aid_act_form, T("法律援助"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, CASE "/lawyers/{assignment}", RIGHT_CASE_READ, legalaid_lawyers_page, NULL, T("当时怎么选的"), 0, 0 },
};
const size_t desk_aid_routes_n = sizeof desk_aid_routes / sizeof desk_aid_routes[0];
