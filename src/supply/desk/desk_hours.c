/* After hours at the desk.  Who may change the register and test its numbers the flow asks, by right and place: those who keep
 * the network, lead a centre or take calls come here alike. */
#include "supply/desk/hours_internal.h"

#define POINT "/desk/oncall/{code}"

const struct route desk_hours_routes[] = {
	{ HTTP_GET, "/desk/oncall", RIGHT_STAFF, oncall_list_page, NULL, T("值班电话"), 0, 0 },
	{ HTTP_GET, "/desk/oncall/tests", RIGHT_STAFF, oncall_tests_page, NULL, T("测试电话"), 0, 0 },
	{ HTTP_POST, "/desk/oncall/tests", RIGHT_STAFF, oncall_tests_post, &oncall_test_form, T("测试电话"), 0, 0 },
	{ HTTP_GET, POINT, RIGHT_STAFF, oncall_point_page, NULL, T("站点的值班电话"), 0, 0 },
	{ HTTP_POST, POINT, RIGHT_STAFF, oncall_point_post, &oncall_form, T("站点的值班电话"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, POINT "/end", RIGHT_STAFF, oncall_end_post, &oncall_end_form, T("不再值班"), 0, 0 },
	{ HTTP_GET, "/desk/missed", RIGHT_CASE_READ, missed_list_page, NULL, T("未接来电"), 0, 0 },
	{ HTTP_GET, "/desk/missed/new", RIGHT_INTAKE, missed_new_page, NULL, T("记一个未接来电"), 0, 0 },
	{ HTTP_POST, "/desk/missed/new", RIGHT_INTAKE, missed_new_post, &desk_missed_form, T("记一个未接来电"), ROUTE_FORM_KEPT, 0 },
};
const size_t desk_hours_routes_n = sizeof desk_hours_routes / sizeof desk_hours_routes[0];
