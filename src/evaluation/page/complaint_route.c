/* The addresses of complaints.  Whose a complaint is to see stands in its statements; who writes one down sees its receipt once. */
#include "evaluation/page/complaint_page_internal.h"

#include "resources/identity/identity.h"

#define ONE "/desk/complaint/{id}"
#define FIGURES "/desk/figures/complaints"

const struct route evaluation_complaint_routes[] = {
	{ HTTP_GET, "/desk/complaints", RIGHT_SUPERVISE, complaint_list_get, NULL, T("投诉"), 0,
	    0 },
	{ HTTP_GET, "/desk/complaint/new", RIGHT_INTAKE, complaint_new_get, NULL, T("记一件投诉"),
	    0, 0 },
	{ HTTP_POST, "/desk/complaint/new", RIGHT_INTAKE, complaint_new_post, &complaint_new_form,
	    T("记一件投诉"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/complaint/given", RIGHT_INTAKE, complaint_given_get, NULL, T("投诉回执"),
	    0, 0 },
	{ HTTP_GET, ONE, RIGHT_SUPERVISE, complaint_get, NULL, T("投诉"), 0, 0 },
	{ HTTP_POST, ONE, RIGHT_SUPERVISE, complaint_post, &complaint_deed_form, T("办理投诉"),
	    ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, ONE "/caller", RIGHT_SUPERVISE, complaint_caller_post, &complaint_caller_form,
	    T("看投诉人是谁"), 0, 0 },
	{ HTTP_GET, FIGURES, RIGHT_SUPERVISE, complaint_figures_get, &complaint_span_form, T("投诉统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, FIGURES ".csv", RIGHT_SUPERVISE, complaint_figures_csv_get, &complaint_span_form, T("投诉统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, FIGURES ".xlsx", RIGHT_SUPERVISE, complaint_figures_xlsx_get, &complaint_span_form, T("投诉统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, FIGURES "/records", RIGHT_SUPERVISE, complaint_lines_get, &complaint_span_form, T("投诉统计明细"), ROUTE_FORM_KEPT, 0 },
};
const size_t evaluation_complaint_routes_n =
    sizeof evaluation_complaint_routes / sizeof evaluation_complaint_routes[0];
