/* The addresses of advisers' scores.  Who sees what the flow asks: an adviser their own, who manages or counts those of the place. */
#include "evaluation/page/score_page_internal.h"

#include "resources/identity/identity.h"

#define SCORES "/desk/advisors/scores"

const struct route evaluation_score_routes[] = {
	{ HTTP_GET, SCORES, RIGHT_STAFF, score_list_get, NULL, T("法律顾问评估"), 0, 0 },
	{ HTTP_GET, SCORES ".csv", RIGHT_STAFF, score_csv_get, NULL, T("法律顾问评估"), 0, 0 },
	{ HTTP_GET, SCORES ".xlsx", RIGHT_STAFF, score_xlsx_get, NULL, T("法律顾问评估"), 0, 0 },
	{ HTTP_POST, SCORES "/close", RIGHT_ADVISORS, score_close_post, &score_close_form, T("定分"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, SCORES "/findings", RIGHT_ADVISORS, score_findings_get, NULL, T("要人看的记录"), 0, 0 },
	{ HTTP_POST, SCORES "/findings", RIGHT_ADVISORS, score_findings_post, &score_look_form, T("要人看的记录"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, SCORES "/{id}", RIGHT_STAFF, score_get, NULL, T("法律顾问评估"), 0, 0 },
	{ HTTP_POST, SCORES "/{id}/appeal", RIGHT_STAFF, score_appeal_post, &score_appeal_form, T("申诉"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, SCORES "/{id}/decide", RIGHT_ADVISORS, score_decide_post, &score_decide_form, T("决定申诉"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, SCORES "/{id}/renewal", RIGHT_ADVISORS, score_renewal_post, &score_renewal_form, T("为什么还续签"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, SCORES "/{id}/answer", RIGHT_STAFF, score_answer_get, NULL, T("村（社区）的评价"), 0, 0 },
	{ HTTP_POST, SCORES "/{id}/answer", RIGHT_STAFF, score_answer_post, &score_answer_form, T("村（社区）的评价"), ROUTE_FORM_KEPT, 0 },
};
const size_t evaluation_score_routes_n = sizeof evaluation_score_routes / sizeof evaluation_score_routes[0];
