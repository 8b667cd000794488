/* legalaid_internal: what the pages of legal aid share. */
#pragma once

#include "operations/matter/legalaid/legalaid_act.h"
#include "operations/matter/legalaid/legalaid_notice.h"
#include "supply/desk/desk_internal.h"

#define AID_ROWS 60

/* A case of legal aid, read in one transaction. */
struct aid_view {
	struct case_id id;
	bool candidates_too;        /* in: whom it could be given to */
	int64_t proposal_of;        /* in: assignment whose ranking is shown; 0: none */
	struct request r;
	struct aid a;
	unsigned sides;
	struct aid_supplement supplement;
	bool has_supplement, has_closing, has_other, has_judged, has_notice;
	struct aid_notice notice;
	struct aid_other other;
	struct aid_decision decisions[AID_DECISIONS_MAX];
	struct aid_assignment assignments[AID_ROWS];
	struct aid_report reports[AID_ROWS];
	struct aid_change changes[AID_ROWS];
	struct aid_objection objections[AID_ROWS];
	struct aid_file files[AID_ROWS];
	struct aid_subsidy subsidies[AID_ROWS];
	struct aid_proposed proposed[AID_ROWS];
	struct aid_closing closing;
	struct attachment papers[UPLOADS_PER_REQUEST];
	struct case_clock clocks[CASE_CLOCKS_MAX];
	struct aid_candidate *candidates;
	struct message *messages;   /* in: room for VIEW_MESSAGES; NULL: not read */
	size_t n_decisions, n_assignments, n_reports, n_changes, n_objections, n_files, n_subsidies, n_proposed, n_papers, n_clocks,
	    n_candidates, n_messages;
	struct policy_decision judged;
	struct policy_version version;
	const struct aid_assignment *current; /* whose case it is; or NULL */
};
enum rc aid_view_read(struct exchange *x, struct aid_view *v);
/* The verdict of the actor's step, as the flow would say it. */
struct aid_verdict aid_view_judge(const struct exchange *x, const struct aid_view *v, enum aid_step step);

/* Who examined it, and what the rules advise with every step of it; nothing before the examination. */
void aid_put_examined(struct exchange *x, struct html *h, const struct aid_view *v);

struct text aid_path(const struct exchange *x, struct case_id id, const char *tail);
struct text aid_yuan(const struct exchange *x, int64_t fen); /* "1,370.00 元"; "未填写" for -1 */
struct text aid_day(const struct exchange *x, struct day d);
struct text aid_when(const struct exchange *x, struct day d, int minute); /* "2026-07-20 09:00"; minute -1: the day alone */
struct text aid_hours(const struct exchange *x, int64_t minutes);        /* "1.5 小时" */
struct text aid_report_what(const struct exchange *x, const struct aid_report *r); /* kind and place; that it was called off */
bool aid_is_ahead(const struct exchange *x, const struct aid_report *r);
const struct aid_report *aid_next_ahead(const struct exchange *x, const struct aid_view *v); /* or NULL */
/* Where the reader goes back to: the lawyer to their own page of the case. */
struct text aid_home(const struct exchange *x, struct case_id id, const char *tail);
enum ui_tone aid_tone(enum aid_state s);
/* Sections of the case's page that the lawyer's has as well (legalaid_page.c). */
void aid_put_steps(struct exchange *x, struct html *h, const struct aid_view *v);
void aid_put_reports(struct exchange *x, struct html *h, const struct aid_view *v);
void aid_put_end(struct exchange *x, struct html *h, const struct aid_view *v);

/* ---- the form of an application (legalaid_form.c) ---- */
/* What stands in the form now, as typed. */
struct text aid_form_typed(const struct exchange *x, const struct aid_form *f, const char *key);

/* ---- taken in on one page (legalaid_counter_page.c, legalaid_notice_page.c) ---- */
extern const struct form aid_counter_form, aid_notice_form;
extern const struct form aid_duty_form, aid_help_form; /* duty_page.c */

/* ---- the steps (legalaid_act.c) ---- */
/* A form is needed for it: else one button takes the step. */
bool aid_step_has_form(enum aid_step step);

http_handler legalaid_page, legalaid_form_page, legalaid_form_post, legalaid_act_page, legalaid_act_post, legalaid_list_page,
    legalaid_lawyers_page, legalaid_counter_page, legalaid_counter_post, legalaid_notice_page, legalaid_notice_post,
    duty_list_page, duty_list_post, duty_page, duty_post, duty_pass_post,
     lawyer_list_page, lawyer_case_page, lawyer_say_post, lawyer_files_post, lawyer_phone_post,
    rates_page, rates_post;
extern const struct form aid_rate_form;
