#include "supply/circle/circle_page_internal.h"

const struct route circle_routes[] = {
	{ HTTP_GET, "/desk/circle", RIGHT_FIGURES, circle_page, &circle_form, T("半小时法律服务圈"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/map.geojson", RIGHT_FIGURES, circle_map_json, &circle_form, T("半小时圈的地图数据"), ROUTE_API, 0 },
	{ HTTP_GET, "/desk/circle/village/{code}", RIGHT_FIGURES, circle_village_page, &circle_form, T("村（社区）附近的站点"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/towns", RIGHT_FIGURES, circle_towns_page, &circle_form, T("空白镇和万人比"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/pin", RIGHT_FIGURES, circle_pin_page, &circle_form, T("挪一个站点试试"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/circle/pin.json", RIGHT_FIGURES, circle_pin_json, &circle_form, T("挪一个站点会怎样"), ROUTE_API, 0 },
};
const size_t circle_routes_n = sizeof circle_routes / sizeof circle_routes[0];
