#include "supply/admin/advisor_page_internal.h"

#define ACCOUNT "/desk/people/{id}"
#define POINT "/desk/network/{code}"
#define ITEM "/desk/catalogue/{code}"
#define PACKAGE "/desk/policy/{package}"
#define SHEET "/desk/texts/{kind}/{name}"
#define FILE_BODY (ADMIN_FILE_MAX + INT64_C(65536))
#define KEPT ROUTE_FORM_KEPT

const struct route admin_routes[] = {
	{ HTTP_GET, "/desk/people", RIGHT_PEOPLE, people_page, NULL, T("人员"), 0, 0 },
	{ HTTP_GET, "/desk/people/new", RIGHT_PEOPLE, people_new_page, NULL, T("新账号"), 0, 0 },
	{ HTTP_POST, "/desk/people/new", RIGHT_PEOPLE, people_new_post, &account_new_form, T("新账号"), KEPT, 0 },
	{ HTTP_GET, ACCOUNT, RIGHT_PEOPLE, account_page_show, NULL, T("账号"), 0, 0 },
	{ HTTP_POST, ACCOUNT "/post", RIGHT_PEOPLE, account_post_post, &account_post_form, T("岗位"), KEPT, 0 },
	{ HTTP_POST, ACCOUNT "/work", RIGHT_PEOPLE, account_work_post, &account_work_form, T("姓名和能办的事"), KEPT, 0 },
	{ HTTP_POST, ACCOUNT "/password", RIGHT_PEOPLE, account_secret_post, &account_secret_form, T("重设密码"), KEPT, 0 },

	{ HTTP_GET, "/desk/providers", RIGHT_STAFF, providers_page, NULL, T("法律援助承办人员"), 0, 0 },
	{ HTTP_GET, "/desk/providers/new", RIGHT_NETWORK, provider_page, NULL, T("登记人员"), 0, 0 },
	{ HTTP_POST, "/desk/providers/new", RIGHT_NETWORK, provider_post, &provider_form, T("登记人员"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/providers/import", RIGHT_NETWORK, provider_file_page, NULL, T("导入机构和人员"), 0, 0 },
	{ HTTP_POST, "/desk/providers/import", RIGHT_NETWORK, provider_file_post, NULL, T("导入机构和人员"), ROUTE_UPLOAD,
	    FILE_BODY },
	{ HTTP_GET, "/desk/providers/{id}", RIGHT_NETWORK, provider_page, NULL, T("承办人员"), 0, 0 },
	{ HTTP_POST, "/desk/providers/{id}", RIGHT_NETWORK, provider_post, &provider_form, T("承办人员"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/firms/new", RIGHT_NETWORK, firm_page, NULL, T("登记机构"), 0, 0 },
	{ HTTP_POST, "/desk/firms/new", RIGHT_NETWORK, firm_post, &firm_form, T("登记机构"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/firms/{id}", RIGHT_NETWORK, firm_page, NULL, T("机构"), 0, 0 },
	{ HTTP_POST, "/desk/firms/{id}", RIGHT_NETWORK, firm_post, &firm_form, T("机构"), ROUTE_FORM_KEPT, 0 },

	{ HTTP_GET, "/desk/advisors", RIGHT_STAFF, advisor_list_page, NULL, T("村（社区）法律顾问"), 0, 0 },
	{ HTTP_GET, "/desk/advisors.csv", RIGHT_STAFF, advisor_csv, NULL, T("村（社区）法律顾问"), 0, 0 },
	{ HTTP_GET, "/desk/advisors.xlsx", RIGHT_STAFF, advisor_xlsx, NULL, T("村（社区）法律顾问"), 0, 0 },
	{ HTTP_GET, "/desk/advisors/new", RIGHT_ADVISORS, advisor_new_page, NULL, T("签一份法律顾问合同"), 0, 0 },
	{ HTTP_POST, "/desk/advisors/new", RIGHT_ADVISORS, advisor_new_post, &advisor_sign_form, T("签一份法律顾问合同"), KEPT, 0 },
	{ HTTP_GET, "/desk/advisors/import", RIGHT_ADVISORS, advisor_file_page, NULL, T("导入法律顾问合同"), 0, 0 },
	{ HTTP_POST, "/desk/advisors/import", RIGHT_ADVISORS, advisor_file_post, NULL, T("导入法律顾问合同"), ROUTE_UPLOAD, FILE_BODY },
	{ HTTP_GET, "/desk/advisors/people", RIGHT_ADVISORS, advisor_people_page, NULL, T("可以担任顾问的人"), 0, 0 },
	{ HTTP_POST, "/desk/advisors/people", RIGHT_ADVISORS, advisor_seat_post, &advisor_seat_table, T("可以担任顾问的人"), KEPT, 0 },
	{ HTTP_POST, "/desk/advisors/people/conflict", RIGHT_ADVISORS, advisor_conflict_post, &advisor_conflict_form, T("记一处利益冲突"),
	    KEPT, 0 },
	{ HTTP_GET, "/desk/advisors/people/import", RIGHT_ADVISORS, advisor_people_file_page, NULL, T("登记可以担任顾问的人"), 0, 0 },
	{ HTTP_POST, "/desk/advisors/people/import", RIGHT_ADVISORS, advisor_people_file_post, NULL, T("登记可以担任顾问的人"),
	    ROUTE_UPLOAD, FILE_BODY },
	{ HTTP_GET, "/desk/advisors/plans", RIGHT_ADVISORS, advisor_plans_page, NULL, T("法律顾问年度方案"), 0, 0 },
	{ HTTP_POST, "/desk/advisors/plans", RIGHT_ADVISORS, advisor_plans_post, &advisor_plan_form, T("排一个新方案"), KEPT, 0 },
	{ HTTP_GET, "/desk/advisors/plans/{id}", RIGHT_ADVISORS, advisor_plan_page, NULL, T("法律顾问年度方案"), 0, 0 },
	{ HTTP_POST, "/desk/advisors/plans/{id}/decide", RIGHT_ADVISORS, advisor_plan_decide_post, &advisor_decide_form, T("审定方案"), KEPT, 0 },
	{ HTTP_GET, "/desk/advisors/plans/{id}/{village}", RIGHT_ADVISORS, advisor_why_page, NULL, T("为什么是这名顾问"), 0, 0 },
	{ HTTP_GET, "/desk/advisors/{id}", RIGHT_STAFF, advisor_contract_page, NULL, T("法律顾问合同"), 0, 0 },
	{ HTTP_POST, "/desk/advisors/{id}/absence", RIGHT_ADVISORS, advisor_absence_post, &advisor_absence_form, T("记一次缺席"), KEPT, 0 },
	{ HTTP_POST, "/desk/advisors/{id}/substitute", RIGHT_ADVISORS, advisor_substitute_post, &advisor_substitute_form, T("请人代班"),
	    KEPT, 0 },
	{ HTTP_POST, "/desk/advisors/{id}/end", RIGHT_ADVISORS, advisor_end_post, &advisor_end_form, T("提前终止"), KEPT, 0 },
	{ HTTP_POST, "/desk/advisors/{id}/renew", RIGHT_ADVISORS, advisor_renew_post, &advisor_renew_form, T("续签下一期"), KEPT, 0 },

	{ HTTP_GET, "/desk/network", RIGHT_NETWORK, network_page, NULL, T("站点"), 0, 0 },
	{ HTTP_GET, "/desk/network/new", RIGHT_NETWORK, network_new_page, NULL, T("新站点"), 0, 0 },
	{ HTTP_POST, "/desk/network/new", RIGHT_NETWORK, network_new_post, &point_new_form, T("新站点"), KEPT, 0 },
	{ HTTP_GET, "/desk/network/import", RIGHT_NETWORK, network_file_page, NULL, T("从文件导入"), 0, 0 },
	{ HTTP_POST, "/desk/network/import", RIGHT_NETWORK, network_file_post, &network_file_form, T("从文件导入"),
	  ROUTE_UPLOAD | KEPT, FILE_BODY },
	{ HTTP_GET, POINT, RIGHT_NETWORK, network_point_page, NULL, T("站点"), 0, 0 },
	{ HTTP_GET, POINT "/change", RIGHT_NETWORK, network_change_page, NULL, T("改站点"), 0, 0 },
	{ HTTP_POST, POINT "/change", RIGHT_NETWORK, network_change_post, &point_change_form, T("改站点"), KEPT, 0 },
	{ HTTP_POST, POINT "/close", RIGHT_NETWORK, network_close_post, &point_close_form, T("撤销站点"), KEPT, 0 },
	{ HTTP_POST, POINT "/except", RIGHT_NETWORK, network_except_post, &point_except_form, T("某一天不一样"), KEPT, 0 },

	{ HTTP_GET, "/desk/catalogue", RIGHT_CATALOGUE, catalogue_page, NULL, T("事项目录"), 0, 0 },
	{ HTTP_GET, "/desk/catalogue/new", RIGHT_CATALOGUE, catalogue_new_page, NULL, T("新事项"), 0, 0 },
	{ HTTP_POST, "/desk/catalogue/new", RIGHT_CATALOGUE, catalogue_new_post, &item_new_form, T("新事项"), KEPT, 0 },
	{ HTTP_GET, ITEM, RIGHT_CATALOGUE, catalogue_item_page, NULL, T("事项"), 0, 0 },
	{ HTTP_GET, ITEM "/revise", RIGHT_CATALOGUE, catalogue_revise_page, NULL, T("写新的一版"), 0, 0 },
	{ HTTP_POST, ITEM "/revise", RIGHT_CATALOGUE, catalogue_revise_post, &item_revise_form, T("写新的一版"), KEPT, 0 },
	{ HTTP_POST, ITEM "/rerule", RIGHT_CATALOGUE, rerule_post, NULL, T("在办的也改按现在的时限"), 0, 0 },

	{ HTTP_GET, "/desk/policy", RIGHT_STAFF, policy_list_page, NULL, T("政策规则"), 0, 0 },
	{ HTTP_GET, "/desk/policy/papers", RIGHT_STAFF, policy_papers_page, NULL, T("政策文件一览"), 0, 0 },
	{ HTTP_GET, "/desk/policy/estimate", RIGHT_STAFF, estimate_page, NULL, T("测算用的数"), 0, 0 },
	{ HTTP_POST, "/desk/policy/estimate", RIGHT_POLICY, estimate_post, &estimate_form, T("测算用的数"), KEPT, 0 },
	{ HTTP_GET, PACKAGE, RIGHT_STAFF, policy_package_page, NULL, T("政策规则"), 0, 0 },
	{ HTTP_GET, PACKAGE "/text", RIGHT_STAFF, policy_text_page, NULL, T("整个文本"), 0, 0 },
	{ HTTP_GET, PACKAGE "/value", RIGHT_STAFF, policy_value_page, NULL, T("参数"), 0, 0 },
	{ HTTP_POST, PACKAGE "/value", RIGHT_POLICY, policy_value_post, &policy_value_form, T("改一个值"), KEPT, 0 },
	{ HTTP_GET, PACKAGE "/import", RIGHT_POLICY, policy_import_page, NULL, T("换整个文本"), 0, 0 },
	{ HTTP_POST, PACKAGE "/import", RIGHT_POLICY, policy_import_post, &policy_text_form, T("换整个文本"), KEPT, 0 },
	{ HTTP_GET, PACKAGE "/version/{id}", RIGHT_STAFF, policy_version_page, NULL, T("版本"), 0, 0 },
	{ HTTP_POST, PACKAGE "/version/{id}", RIGHT_POLICY, policy_decide_post, &policy_decide_form, T("审定"), KEPT, 0 },
	{ HTTP_GET, PACKAGE "/version/{id}/whatif.csv", RIGHT_POLICY, policy_whatif_csv, NULL, T("会影响到谁"), 0, 0 },
	{ HTTP_GET, PACKAGE "/version/{id}/whatif.xlsx", RIGHT_POLICY, policy_whatif_xlsx, NULL, T("会影响到谁"), 0, 0 },

	{ HTTP_GET, "/desk/texts", RIGHT_STAFF, sheet_list_page, NULL, T("文书模板和维权专题"), 0, 0 },
	{ HTTP_GET, SHEET, RIGHT_STAFF, sheet_page, NULL, T("文书模板和维权专题"), 0, 0 },
	{ HTTP_GET, SHEET "/new", RIGHT_POLICY, sheet_new_page, NULL, T("写新的一版"), 0, 0 },
	{ HTTP_POST, SHEET "/new", RIGHT_POLICY, sheet_new_post, &sheet_form, T("写新的一版"), KEPT, 0 },
	{ HTTP_GET, SHEET "/version/{id}", RIGHT_STAFF, sheet_version_page, NULL, T("版本"), 0, 0 },
	{ HTTP_POST, SHEET "/version/{id}", RIGHT_POLICY, sheet_decide_post, &sheet_decide_form, T("审定"), KEPT, 0 },
	{ HTTP_GET, SHEET "/version/{id}/print.pdf", RIGHT_STAFF, sheet_print_page, NULL, T("看样张（PDF）"), 0, 0 },

	{ HTTP_GET, "/desk/settings", RIGHT_SETTINGS, settings_page, NULL, T("设置"), 0, 0 },
	{ HTTP_POST, "/desk/settings/holidays", RIGHT_SETTINGS, holidays_post, &holidays_file_form, T("导入放假安排"),
	  ROUTE_UPLOAD | KEPT, FILE_BODY },
	{ HTTP_GET, "/desk/settings/calendar", RIGHT_SETTINGS, calendar_page, NULL, T("全年日历"), 0, 0 },
	{ HTTP_POST, "/desk/settings/calendar", RIGHT_SETTINGS, calendar_post, &calendar_form, T("改一天"), KEPT, 0 },

	{ HTTP_GET, "/desk/settings/limits", RIGHT_SETTINGS, limits_page, NULL, T("时限和门槛"), 0, 0 },
	{ HTTP_GET, "/desk/settings/limits/{key}", RIGHT_SETTINGS, limit_page, NULL, T("时限和门槛"), 0, 0 },
	{ HTTP_POST, "/desk/settings/limits/{key}", RIGHT_SETTINGS, limit_post, &limit_form, T("时限和门槛"), KEPT, 0 },

	{ HTTP_GET, "/desk/settings/dispatch", RIGHT_SETTINGS, dispatch_rules_page, NULL, T("派单权重"), 0, 0 },
	{ HTTP_POST, "/desk/settings/dispatch", RIGHT_SETTINGS, dispatch_rules_post, &dispatch_rules_form, T("派单权重"), KEPT, 0 },

	{ HTTP_GET, "/desk/audit", RIGHT_AUDIT, audit_page, NULL, T("审计"), 0, 0 },
	{ HTTP_POST, "/desk/audit/verify", RIGHT_AUDIT, audit_verify_post, NULL, T("核对审计日志"), 0, 0 },
};
const size_t admin_routes_n = sizeof admin_routes / sizeof admin_routes[0];
