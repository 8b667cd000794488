/* What the pages of village advisers share. */
#pragma once

#include "resources/advisor/advisor_plan.h"
#include "supply/admin/admin_internal.h"

extern const struct form advisor_sign_form, advisor_absence_form, advisor_substitute_form, advisor_end_form, advisor_renew_form,
    advisor_conflict_form, advisor_support_form, advisor_plan_form, advisor_decide_form;

http_handler advisor_list_page, advisor_csv, advisor_xlsx, advisor_new_page, advisor_new_post, advisor_contract_page,
    advisor_absence_post, advisor_substitute_post, advisor_end_post, advisor_renew_post, advisor_support_post, advisor_file_page, advisor_file_post,
    advisor_people_page, advisor_seat_post, advisor_conflict_post, advisor_people_file_page, advisor_people_file_post,
    advisor_plans_page, advisor_plans_post, advisor_plan_page, advisor_plan_decide_post, advisor_why_page;

bool advisor_may(const struct exchange *x);
/* "2026-01-01 – 2026-12-31". */
struct text advisor_days(const struct exchange *x, struct day from, struct day to);
/* "法律咨询 · 法治讲座"; empty for none. */
struct text advisor_duties(const struct exchange *x, unsigned duties);
/* "advice,lecture", as a form has it typed. */
struct text advisor_duties_typed(const struct exchange *x, unsigned duties);
/* Way up: advisers, and what else is named. */
void advisor_up(struct html *h);
/* What stood in findings without a field. */
void advisor_trouble(struct exchange *x, struct html *h);
int64_t advisor_setting(struct exchange *x, int which);
