/* The addresses of quality.  Who may do what the flow asks: experts see what was drawn for them, the handling person what is
 * theirs, who manages a county or the city their rounds. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"

#define CASE "/desk/request/{id}/quality"
#define ROUND "/desk/quality/round"

const struct route evaluation_quality_routes[] = {
	{ HTTP_GET, "/desk/quality", RIGHT_STAFF, quality_home_get, NULL, T("案件质量"), 0, 0 },
	{ HTTP_GET, ROUND "/new", RIGHT_QUALITY, quality_round_new_get, NULL, T("新的评查"), 0, 0 },
	{ HTTP_POST, ROUND "/new", RIGHT_QUALITY, quality_round_new_post, &quality_round_form, T("新的评查"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, ROUND "/{id}", RIGHT_QUALITY, quality_round_get, NULL, T("案件质量评查"), 0, 0 },
	{ HTTP_POST, ROUND "/{id}/draw", RIGHT_QUALITY, quality_draw_post, &quality_draw_form, T("抽取"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, ROUND "/{id}/close", RIGHT_QUALITY, quality_close_post, &quality_step_form, T("结束评查"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/quality/score/{id}", RIGHT_STAFF, quality_score_get, NULL, T("案件质量评分"), 0, 0 },
	{ HTTP_POST, "/desk/quality/score/{id}", RIGHT_STAFF, quality_score_post, &quality_score_form, T("案件质量评分"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/quality/score/{id}/back", RIGHT_STAFF, quality_back_post, &quality_back_form, T("申请回避"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/quality/panel", RIGHT_QUALITY, quality_panel_get, NULL, T("评估专家和检查单"), 0, 0 },
	{ HTTP_POST, "/desk/quality/panel", RIGHT_AID_REVIEW, quality_expert_post, &quality_expert_form, T("评估专家"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/quality/checklist/{kind}", RIGHT_QUALITY, quality_list_get, NULL, T("检查单"), 0, 0 },
	{ HTTP_POST, "/desk/quality/checklist/{kind}", RIGHT_AID_REVIEW, quality_list_post, &quality_list_form, T("检查单"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/quality/seminars", RIGHT_QUALITY, quality_seminars_get, NULL, T("研讨和观摩"), 0, 0 },
	{ HTTP_POST, "/desk/quality/seminars", RIGHT_QUALITY, quality_seminar_post, &quality_seminar_form, T("研讨和观摩"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, CASE, RIGHT_CASE_READ, quality_case_get, NULL, T("案件质量"), 0, 0 },
	{ HTTP_POST, CASE, RIGHT_CASE_READ, quality_deed_post, &quality_deed_form, T("案件质量"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, CASE "/voice", RIGHT_CASE_READ, quality_voice_get, NULL, T("旁听、征询、回访"), 0, 0 },
	{ HTTP_POST, CASE "/voice", RIGHT_CASE_READ, quality_voice_post, &quality_voice_form, T("旁听、征询、回访"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/quality", RIGHT_FIGURES, quality_figures_get, &quality_span_form, T("质量统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/quality/{by}", RIGHT_FIGURES, quality_records_get, &quality_span_form, T("质量统计明细"), ROUTE_FORM_KEPT, 0 },
};
const size_t evaluation_quality_routes_n = sizeof evaluation_quality_routes / sizeof evaluation_quality_routes[0];
