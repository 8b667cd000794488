/* complaint_page_internal: what the pages of complaints on the desk share. */
#pragma once

#include "evaluation/complaint/complaint.h"
#include "evaluation/page/page.h"
#include "evaluation/page/quality_internal.h"

http_handler complaint_list_get, complaint_get, complaint_post, complaint_caller_post, complaint_new_get, complaint_new_post, complaint_given_get;
http_handler complaint_figures_get, complaint_lines_get, complaint_figures_csv_get, complaint_figures_xlsx_get;
extern const struct form complaint_span_form, complaint_deed_form, complaint_caller_form, complaint_new_form;
/* Until when, with a lamp; 0 or INT64_MAX: nothing runs. */
void complaint_due_cell(struct exchange *x, struct ui_table *t, int64_t due_ms);
