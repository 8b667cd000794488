#include "supply/circle/circle_page_internal.h"

const struct route circle_routes[] = {
	{ HTTP_GET, "/desk/circle", RIGHT_FIGURES, circle_page, &circle_form, T("半小时法律服务圈"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/map.geojson", RIGHT_FIGURES, circle_map_json, &circle_form, T("半小时圈的地图数据"), ROUTE_API, 0 },
	{ HTTP_GET, "/desk/circle/village/{code}", RIGHT_FIGURES, circle_village_page, &circle_form, T("村（社区）附近的站点"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/towns", RIGHT_FIGURES, circle_towns_page, &circle_form, T("空白镇和万人比"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/pin", RIGHT_FIGURES, circle_pin_page, &circle_form, T("挪一个站点试试"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/months", RIGHT_FIGURES, circle_months_page, &circle_form, T("半小时圈：按月存下的数"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/circle/months", RIGHT_FIGURES, circle_months_post, &circle_form, T("存下本月的数"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/month/{id}", RIGHT_FIGURES, circle_month_page, NULL, T("从那时起变了什么"), 0, 0 },
	{ HTTP_GET, "/desk/circle/report", RIGHT_FIGURES, circle_report_page, &circle_form, T("半小时法律服务圈报告"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/report.xlsx", RIGHT_FIGURES, circle_report_xlsx, &circle_form, T("半小时法律服务圈报告"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/api/v1/circle/coverage", RIGHT_PUBLIC, circle_api_coverage, &circle_form, T("半小时圈：覆盖"), ROUTE_API, 0 },
	{ HTTP_GET, "/api/v1/circle/nearest", RIGHT_PUBLIC, circle_api_nearest, &circle_form, T("半小时圈：最近的站点"), ROUTE_API, 0 },
	{ HTTP_GET, "/api/v1/circle/isochrone", RIGHT_PUBLIC, circle_api_isochrone, &circle_form, T("半小时圈：多久能到的范围"), ROUTE_API, 0 },
	{ HTTP_GET, "/desk/circle/site", RIGHT_FIGURES, circle_site_page, &circle_form, T("再建几个点，建在哪里"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/circle/site", RIGHT_FIGURES, circle_site_post, &circle_form, T("存为方案"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/plans", RIGHT_STAFF, circle_plans_page, NULL, T("布点方案"), 0, 0 },
	{ HTTP_GET, "/desk/circle/plan/{id}", RIGHT_STAFF, circle_plan_page, &circle_form, T("布点方案"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/circle/plan/{id}/draft", RIGHT_NETWORK, circle_plan_draft_post, &circle_draft_form, T("把方案登记为拟建站点"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/pin.json", RIGHT_FIGURES, circle_pin_json, &circle_form, T("挪一个站点会怎样"), ROUTE_API, 0 },
};
const size_t circle_routes_n = sizeof circle_routes / sizeof circle_routes[0];
