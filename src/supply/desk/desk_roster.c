/* Rosters at the desk.  Planning is for who supervises a whole county; the flow asks for the place. */
#include "supply/desk/roster_internal.h"

const struct route desk_roster_routes[] = {
	{ HTTP_GET, "/desk/roster", RIGHT_STAFF, roster_list_page, NULL, T("值班表"), 0, 0 },
	{ HTTP_GET, "/desk/roster/new", RIGHT_SUPERVISE, roster_new_page, NULL, T("排一个月的值班表"), 0, 0 },
	{ HTTP_POST, "/desk/roster/new", RIGHT_SUPERVISE, roster_new_post, &roster_new_form, T("排一个月的值班表"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/roster/gaps", RIGHT_STAFF, roster_gaps_page, NULL, T("没有人的驻点"), 0, 0 },
	{ HTTP_GET, "/desk/roster/pins", RIGHT_SUPERVISE, roster_pins_page, NULL, T("定死的安排"), 0, 0 },
	{ HTTP_POST, "/desk/roster/pins", RIGHT_SUPERVISE, roster_pins_post, &roster_pin_form, T("定死的安排"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/roster/pins/drop", RIGHT_SUPERVISE, roster_drop_post, &roster_drop_form, T("去掉"), 0, 0 },
	{ HTTP_GET, "/desk/roster/village/{code}", RIGHT_SUPERVISE, roster_village_page, NULL, T("这个村（社区）的约定"), 0, 0 },
	{ HTTP_POST, "/desk/roster/village/{code}", RIGHT_SUPERVISE, roster_village_post, &roster_village_form, T("这个村（社区）的约定"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/roster/windows", RIGHT_SUPERVISE, roster_windows_page, NULL, T("要有人的窗口"), 0, 0 },
	{ HTTP_POST, "/desk/roster/windows", RIGHT_SUPERVISE, roster_windows_post, &roster_window_form, T("要有人的窗口"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/roster/{id}", RIGHT_STAFF, roster_plan_page, NULL, T("值班表"), 0, 0 },
	{ HTTP_POST, "/desk/roster/{id}/publish", RIGHT_SUPERVISE, roster_publish_post, &roster_publish_form, T("发布"), 0, 0 },
	{ HTTP_GET, "/desk/roster/{id}/visit/{slot}", RIGHT_SUPERVISE, roster_visit_page, NULL, T("一次值班"), 0, 0 },
	{ HTTP_POST, "/desk/roster/{id}/visit/{slot}", RIGHT_SUPERVISE, roster_visit_post, &roster_move_form, T("一次值班"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/roster/{id}/sick", RIGHT_SUPERVISE, roster_sick_page, NULL, T("来不了，找人顶"), 0, 0 },
	{ HTTP_POST, "/desk/roster/{id}/sick", RIGHT_SUPERVISE, roster_sick_post, &roster_sick_form, T("来不了，找人顶"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/duty", RIGHT_STAFF, roster_mine_page, NULL, T("我的值班"), 0, 0 },
	{ HTTP_POST, "/desk/duty", RIGHT_STAFF, roster_away_post, &roster_away_form, T("我的值班"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/duty/{id}/{slot}", RIGHT_STAFF, roster_log_page, NULL, T("值班签到和日志"), 0, 0 },
	{ HTTP_POST, "/desk/duty/{id}/{slot}", RIGHT_STAFF, roster_sign_post, &roster_sign_form, T("签到"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/duty/{id}/{slot}/log", RIGHT_STAFF, roster_log_post, &roster_log_form, T("值班日志"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/duty/{id}/{slot}/confirm", RIGHT_STAFF, roster_confirm_post, NULL, T("站点确认"), 0, 0 },
	{ HTTP_GET, "/desk/duty/point/{code}", RIGHT_STAFF, roster_point_page, NULL, T("站点的值班表"), 0, 0 },
};
const size_t desk_roster_routes_n = sizeof desk_roster_routes / sizeof desk_roster_routes[0];
