/* legalaid_internal: what the pages of legal aid share. */
#pragma once

#include <limits.h>
#include <stddef.h>

#include "operations/matter/legalaid/legalaid_notice.h"
#include "operations/matter/legalaid/legalaid_run.h"
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
struct aid_form_values {
	int64_t revision;
	int kind, matter, status, designation, confirmed, step;
	bool proof, gravest, detained, minor, retrial, other_reason, own_counsel, opponent_home, commitment, preserve;
	int64_t household;
	struct text income, own_income, organ, notice, words;
	struct day limit_day, found_day;
};
enum { AID_FORM_SAVE = 1, AID_FORM_EXAMINE };
/* What is told in it, in its order: of every form whose values begin with a struct aid_form_values. */
#define AID_AT(member) offsetof(struct aid_form_values, member)
#define AID_FORM_FIELDS \
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("申请哪一类援助"), .required = true, .choices = aid_kind_choices, .offset = AID_AT(kind) }, \
	{ .key = "matter", .kind = FIELD_CHOICE, .label = T("为了什么事"), .choices = aid_matter_choices, \
	  .hint = T("刑事案件不用选。"), .offset = AID_AT(matter) }, \
	{ .key = "status", .kind = FIELD_CHOICE, .label = T("属于哪一类人员"), .choices = aid_status_choices, \
	  .hint = T("有材料证明的，不核查经济状况（第四十二条）。"), .offset = AID_AT(status) }, \
	{ .key = "proof", .kind = FIELD_BOOL, .label = T("看过证明这一身份的材料"), .offset = AID_AT(proof) }, \
	{ .key = "household", .kind = FIELD_INT, .label = T("共同生活的有几人（连本人）"), .min = 0, .max = 30, .offset = AID_AT(household) }, \
	{ .key = "income", .kind = FIELD_LINE, .label = T("申请前十二个月全家收入（元）"), .max = 14, .offset = AID_AT(income) }, \
	{ .key = "own_income", .kind = FIELD_LINE, .label = T("申请前十二个月本人收入（元）"), .max = 14, .offset = AID_AT(own_income) }, \
	{ .key = "opponent_home", .kind = FIELD_BOOL, .label = T("对方是共同生活的家庭成员"), .offset = AID_AT(opponent_home) }, \
	{ .key = "commitment", .kind = FIELD_BOOL, .label = T("以个人诚信承诺代替经济状况材料"), \
	  .hint = T("已告知：不实的要支付已经实施援助的费用，并可处三千元以下罚款（第六十四条）。"), .offset = AID_AT(commitment) }, \
	{ .key = "own_counsel", .kind = FIELD_BOOL, .label = T("已经自己请了律师或者其他代理人"), .offset = AID_AT(own_counsel) }, \
	{ .key = "limit_day", .kind = FIELD_DAY, .label = T("快要届满的时效或者期限，哪一天届满"), .min = INT_MIN, .max = INT_MAX, .offset = AID_AT(limit_day) }, \
	{ .key = "preserve", .kind = FIELD_BOOL, .label = T("需要立即申请财产保全、证据保全或者先予执行"), .offset = AID_AT(preserve) }, \
	{ .key = "retrial", .kind = FIELD_BOOL, .label = T("法院已决定、裁定再审，或者检察院已抗诉"), .offset = AID_AT(retrial) }, \
	{ .key = "other_reason", .kind = FIELD_BOOL, .label = T("因经济困难以外的其他原因没有委托辩护人"), .offset = AID_AT(other_reason) }, \
	{ .key = "designation", .kind = FIELD_CHOICE, .label = T("通知辩护的情形"), .choices = aid_designation_choices, .offset = AID_AT(designation) }, \
	{ .key = "organ", .kind = FIELD_LINE, .label = T("办案机关"), .max = 60, .offset = AID_AT(organ) }, \
	{ .key = "notice", .kind = FIELD_LINE, .label = T("通知文号"), .max = 60, .offset = AID_AT(notice) }, \
	{ .key = "found_day", .kind = FIELD_DAY, .label = T("办案机关哪一天发现没有辩护人"), .min = INT_MIN, .max = 0, .offset = AID_AT(found_day) }, \
	{ .key = "gravest", .kind = FIELD_BOOL, .label = T("可能判处无期徒刑、死刑，或者死刑复核"), .offset = AID_AT(gravest) }, \
	{ .key = "detained", .kind = FIELD_BOOL, .label = T("在押"), .offset = AID_AT(detained) }, \
	{ .key = "minor", .kind = FIELD_BOOL, .label = T("未满十八周岁"), .offset = AID_AT(minor) }, \
	{ .key = "confirmed", .kind = FIELD_CHOICE, .label = T("申请人怎样确认了申请表"), .required = true, .choices = aid_confirm_choices, .offset = AID_AT(confirmed) }
extern const struct form aid_application_form;
/* As values of the matter; findings for amounts that are none. */
struct aid_form aid_form_of(const struct aid_form_values *in, struct findings *findings);
/* What stands in the form now, as typed. */
struct text aid_form_typed(const struct exchange *x, const struct aid_form *f, const char *key);

/* ---- taken in on one page (legalaid_counter_page.c, legalaid_notice_page.c) ---- */
extern const struct form aid_counter_form, aid_notice_form;
extern const struct form aid_duty_form, aid_help_form; /* duty_page.c */

/* ---- the steps (legalaid_act.c) ---- */
struct aid_act_values {
	int64_t revision, provider, proof, minutes, pages, report;
	struct text words, deviation, papers, voucher, recovered, place;
	uint64_t grounds;
	int ground, kind, way, result, rate, time;
	struct day until, day;
	bool shown, waived, cancel;
};
extern const struct form aid_act_form;
/* A form is needed for it: else one button takes the step. */
bool aid_step_has_form(enum aid_step step);

http_handler legalaid_page, legalaid_form_page, legalaid_form_post, legalaid_act_page, legalaid_act_post, legalaid_list_page,
    legalaid_lawyers_page, legalaid_counter_page, legalaid_counter_post, legalaid_notice_page, legalaid_notice_post,
    duty_list_page, duty_list_post, duty_page, duty_post, duty_pass_post,
     lawyer_list_page, lawyer_case_page, lawyer_say_post, lawyer_files_post, lawyer_phone_post,
    rates_page, rates_post;
extern const struct form aid_rate_form;
