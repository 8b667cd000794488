#include "app/app.h"
#include "app/demo.h"
#include "app/live.h"

#include "evaluation/complaint/complaint_figures.h"
#include "evaluation/page/page.h"
#include "evaluation/quality/quality.h"
#include "evaluation/review/review.h"
#include "evaluation/score/score.h"
#include "evaluation/statistics/statistics.h"
#include "kit/audit/audit.h"
#include "operations/cooperate/cooperate.h"
#include "operations/dispatch/dispatch.h"
#include "operations/intake/intake.h"
#include "operations/judge/judge_whatif.h"
#include "operations/matter/consult/consult.h"
#include "operations/matter/legalaid/legalaid_duty.h"
#include "operations/matter/legalaid/legalaid_notice.h"
#include "operations/matter/legalaid/legalaid_run.h"
#include "operations/matter/mediation/mediation.h"
#include "operations/missed/missed.h"
#include "operations/dutylog/dutylog.h"
#include "operations/dutylog/dutylog_alarm.h"
#include "operations/dutylog/dutylog_staff.h"
#include "resources/activity/activity.h"
#include "operations/paper/paper.h"
#include "operations/supervise/supervise.h"
#include "operations/team/team.h"
#include "operations/writing/writing.h"
#include "resources/advisor/advisor.h"
#include "resources/circle/circle_month.h"
#include "resources/duty/duty.h"
#include "resources/circle/circle_plan.h"
#include "resources/network/network.h"
#include "resources/oncall/oncall.h"
#include "resources/provider/provider_register.h"
#include "resources/person/person.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"
#include "standards/setting/setting.h"
#include "supply/admin/admin.h"
#include "supply/api/api.h"
#include "standards/policy/policy_version.h"
#include "supply/circle/circle_pages.h"
#include "supply/desk/desk.h"
#include "supply/frame/frame.h"
#include "supply/notify/notify.h"
#include "supply/portal/portal.h"

const struct db_set *const app_sql[] = {
	&complaint_sql, &complaint_figures_sql, &notify_complaint_sql, &notify_duty_sql, &verify_complaint_sql, &demo_complaint_sql,
	&advisor_sql, &advisor_plan_sql, &advisor_support_sql, &verify_advisor_sql,
	&duty_sql, &dutylog_sql, &dutylog_staff_sql, &dutylog_alarm_sql, &activity_sql, &roster_seats_sql, &verify_duty_sql, &score_sql, &verify_score_sql, &demo_score_sql,
	&audit_sql, &region_sql, &holidays_sql, &catalogue_sql, &identity_sql, &person_sql, &network_sql,
	&request_sql, &paper_sql, &writing_sql, &dispatch_sql, &supervise_sql, &cooperate_sql, &intake_sql, &consult_sql, &provider_sql, &legalaid_sql, &legalaid_run_sql, &legalaid_notice_sql, &legalaid_duty_sql, &mediation_sql, &demo_mediation_sql, &demo_aid_sql, &demo_quality_sql, &review_sql, &statistics_sql,
	&circle_sql, &circle_month_sql, &oncall_sql, &missed_sql, &sheet_sql, &verify_hours_sql, &verify_roster_sql,
	&register_sql, &register_ratio_sql, &team_sql,
	&setting_sql, &policy_sql, &judge_sql, &notify_sql, &portal_sql, &desk_sql, &worker_sql, &live_sql, &verify_sql, &verify_supervise_sql,
	&verify_cooperate_sql, &verify_paper_sql, &verify_policy_sql, &verify_aid_sql, &verify_mediation_sql, &verify_quality_sql, &quality_sql, &quality_read_sql, &demo_sql, &demo_clock_sql,
};
const size_t app_sql_n = sizeof app_sql / sizeof app_sql[0];

static const struct matter_kind *const matters[] = { &consult_matter, &referral_matter, &legalaid_matter, &mediation_matter };

static const struct sheet_kind *const sheets[] = { &paper_sheet, &topic_sheet, &score_sheet };

/* In this order at a hand-over: an offer to the leaver on the leaver's own case cannot be. */
static const struct duty_kind *const duties[] = { &dispatch_held_duty, &dispatch_offered_duty, &follow_up_duty, &complaint_duty };

static struct route_set sets[20];
static size_t n_sets;

const struct route_set *
app_routes(size_t *ret_n)
{
	*ret_n = n_sets;
	return sets;
}

static void
routes_add(const struct route *routes, size_t n)
{
	sets[n_sets++] = (struct route_set){ .routes = routes, .n = n };
}

const struct route *
route_without_right(const struct route_set *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n; k++)
			if (v[i].routes[k].right <= RIGHT_NONE || v[i].routes[k].right >= RIGHT_COUNT)
				return &v[i].routes[k];
	return NULL;
}

bool
app_tables_ready(const char **ret_why)
{
	static struct event_hook hooks[15];
	static struct setting_group set[13];
	const struct db_stmt *bad;
	const struct route *open;

	matter_kinds_set(matters, sizeof matters / sizeof matters[0]);
	hooks[0] = review_hook;
	hooks[1] = dispatch_ended_hook;
	hooks[2] = callback_held_hook;
	hooks[3] = callback_ended_hook;
	hooks[4] = supervise_held_hook;
	hooks[5] = supervise_ended_hook;
	hooks[6] = cooperation_held_hook;
	hooks[7] = cooperation_ended_hook;
	hooks[8] = aid_held_hook;
	hooks[9] = aid_ended_hook;
	hooks[10] = aid_received_hook;
	hooks[11] = writing_ended_hook;
	hooks[12] = missed_called_hook;
	hooks[13] = mediation_received_hook;
	hooks[14] = mediation_ended_hook;
	set[0] = light_settings;
	set[1] = cooperation_settings;
	set[2] = (struct setting_group){ &aid_objection_setting, AID_SETTINGS_N };
	set[3] = (struct setting_group){ quality_settings, QUALITY_SETTINGS_N };
	set[4] = (struct setting_group){ complaint_settings, COMPLAINT_SETTINGS_N };
	set[5] = (struct setting_group){ &oncall_test_day, 1 };
	set[6] = (struct setting_group){ &missed_hours, 1 };
	set[7] = (struct setting_group){ duty_settings, DUTY_SETTINGS_N };
	set[8] = (struct setting_group){ advisor_settings, ADVISOR_SETTINGS_N };
	set[9] = (struct setting_group){ mediation_settings, MEDIATION_SETTINGS_N };
	set[10] = (struct setting_group){ score_settings, SCORE_SETTINGS_N };
	set[11] = (struct setting_group){ dutylog_alarm_settings, DUTYLOG_ALARM_SETTINGS };
	set[12] = (struct setting_group){ register_settings, REGISTER_SETTINGS_N };
	setting_groups_set(set, sizeof set / sizeof set[0]);
	circle_staffing_set(&dutylog_staffing);
	identity_duties_set(duties, sizeof duties / sizeof duties[0]);
	request_hooks_set(hooks, sizeof hooks / sizeof hooks[0]);
	desk_hooks_set(&(struct desk_hooks){ .after_close = evaluation_review_panel, .follow_ups = evaluation_follow_ups,
	    .complaints = evaluation_complaints,
	    .aid_quality = evaluation_aid_quality, .provider_quality = evaluation_provider_quality });
	admin_hooks_set(&(struct admin_hooks){ .provider_quality = evaluation_provider_quality });
	advisor_again_set(score_may_renew);
	sheet_kinds_set(sheets, sizeof sheets / sizeof sheets[0]);
	n_sets = 0;
	routes_add(ops_routes, ops_routes_n);
	routes_add(frame_routes, frame_routes_n);
	routes_add(portal_routes, portal_routes_n);
	routes_add(desk_routes, desk_routes_n);
	routes_add(desk_aid_routes, desk_aid_routes_n);
	routes_add(desk_mediation_routes, desk_mediation_routes_n);
	routes_add(desk_hours_routes, desk_hours_routes_n);
	routes_add(desk_roster_routes, desk_roster_routes_n);
	routes_add(notify_routes, notify_routes_n);
	routes_add(evaluation_routes, evaluation_routes_n);
	routes_add(evaluation_quality_routes, evaluation_quality_routes_n);
	routes_add(evaluation_complaint_routes, evaluation_complaint_routes_n);
	routes_add(evaluation_score_routes, evaluation_score_routes_n);
	routes_add(admin_routes, admin_routes_n);
	routes_add(circle_routes, circle_routes_n);
	routes_add(api_routes, api_routes_n);
	bad = db_check_statements(app_sql, app_sql_n, ret_why);
	if (bad != NULL)
		return false;
	open = route_without_right(sets, n_sets);
	if (open != NULL)
		*ret_why = open->path;
	return open == NULL;
}
