/* The pages of mediation at the desk.  Which side takes a step the flow asks (mediation_sides): office and mediator alike come
 * here, so the route wants no more than to read cases. */
#include "supply/desk/mediation_internal.h"

#define CASE "/desk/request/{id}/mediation"

const struct route desk_mediation_routes[] = {
	{ HTTP_GET, "/desk/mediation", RIGHT_CASE_READ, mediation_list_page, NULL, T("人民调解案件"), 0, 0 },
	{ HTTP_GET, "/desk/mediation/mediators", RIGHT_CASE_HANDLE, mediators_page, NULL, T("调解员名册"), 0, 0 },
	{ HTTP_POST, "/desk/mediation/mediators", RIGHT_CASE_HANDLE, mediators_post, &mediator_form, T("调解员名册"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/mediation/groups", RIGHT_CASE_HANDLE, chat_groups_page, NULL, T("楼道群、村民群"), 0, 0 },
	{ HTTP_POST, "/desk/mediation/groups", RIGHT_CASE_HANDLE, chat_groups_post, &chat_group_form, T("楼道群、村民群"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, CASE, RIGHT_CASE_READ, mediation_page, NULL, T("人民调解"), 0, 0 },
	{ HTTP_GET, CASE "/do/{step}", RIGHT_CASE_READ, mediation_act_page, NULL, T("人民调解"), 0, 0 },
	{ HTTP_POST, CASE "/do/{step}", RIGHT_CASE_READ, mediation_act_post, &mediation_act_form, T("人民调解"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, CASE "/paper/{paper}", RIGHT_CASE_READ, mediation_paper_post, NULL, T("出具文书"), 0, 0 },
};
const size_t desk_mediation_routes_n = sizeof desk_mediation_routes / sizeof desk_mediation_routes[0];
