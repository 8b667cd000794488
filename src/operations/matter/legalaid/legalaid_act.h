/*
 * legalaid_act: what does a step, or an application, ask for, and which use case takes it?
 *
 * The fields that pages and calls read, and one function that takes any step but the application out of them.  Refusals as in
 * legalaid.h; RC_INVALID comes with findings keyed as the fields, except where no one field is to blame.
 */
#pragma once

#include <limits.h>
#include <stddef.h>

#include "operations/matter/legalaid/legalaid_run.h"

struct aid_act_values {
	int64_t revision, provider, proof, minutes, pages, report;
	struct text words, deviation, papers, voucher, recovered, place;
	uint64_t grounds;
	int ground, kind, way, result, rate, time;
	struct day until, day;
	bool shown, waived, cancel;
};
extern const struct form aid_act_form;
struct aid_act { struct case_id id; enum aid_step step; const struct aid_act_values *in; };
/* RC_NOT_FOUND: no step of that kind is taken here. */
enum rc aid_act_take(struct ctx *ctx, struct idem_key key, const struct aid_act *act, struct findings *findings, struct aid_verdict *ret);

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
