/* What can be typed at the desk, one row a field; the intake's form stands in intake_form.c. */
#include "supply/desk/desk_internal.h"

#include <limits.h>
#include <stddef.h>

#define REVISION(type) \
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = offsetof(struct type, revision) }

static const struct field login_fields[] = {
	{ .key = "login", .kind = FIELD_LINE, .label = T("登录名"), .required = true, .max = 64,
	  .offset = offsetof(struct login_values, login), .autocomplete = "username" },
	{ .key = "password", .kind = FIELD_SECRET, .label = T("密码"), .required = true, .max = 128,
	  .offset = offsetof(struct login_values, password), .autocomplete = "current-password" },
	{ .key = "next", .kind = FIELD_LINE, .label = T("登录后去"), .max = 300, .offset = offsetof(struct login_values, next) },
};
const struct form login_form = FORM_OF("desk.login", T("登录"), login_fields, struct login_values);

static const struct field password_fields[] = {
	{ .key = "old", .kind = FIELD_SECRET, .label = T("现在的密码"), .required = true, .max = 128,
	  .offset = offsetof(struct password_values, old), .autocomplete = "current-password" },
	{ .key = "fresh", .kind = FIELD_SECRET, .label = T("新密码"), .required = true, .min = 8, .max = 128,
	  .hint = T("至少 8 个字符，不要用常见密码，不要和登录名一样。"),
	  .offset = offsetof(struct password_values, fresh), .autocomplete = "new-password" },
	{ .key = "again", .kind = FIELD_SECRET, .label = T("再输一次新密码"), .required = true, .max = 128,
	  .offset = offsetof(struct password_values, again), .autocomplete = "new-password" },
};
const struct form password_form = FORM_OF("desk.password", T("修改密码"), password_fields, struct password_values);

static const struct field step_fields[] = { REVISION(step_values) };
const struct form step_form = FORM_OF("desk.step", T("办理"), step_fields, struct step_values);

static const struct field answer_fields[] = {
	REVISION(answer_values),
	{ .key = "answer", .kind = FIELD_PARAGRAPH, .label = T("答复内容"), .required = true, .min = 2, .max = 8000,
	  .hint = T("对方会在进度页看到全文：先说结论，再说依据，最后说怎么做、找谁。"),
	  .offset = offsetof(struct answer_values, answer) },
	{ .key = "aid_told", .kind = FIELD_BOOL, .label = T("已告知可以申请法律援助的权利和条件（法律援助法第 23 条）"),
	  .offset = offsetof(struct answer_values, aid_told) },
};
const struct form answer_form = FORM_OF("desk.answer", T("答复"), answer_fields, struct answer_values);

static const struct field close_fields[] = {
	REVISION(close_values),
	{ .key = "outcome", .kind = FIELD_LINE, .label = T("结果"), .required = true, .max = 40,
	  .offset = offsetof(struct close_values, outcome) },
	{ .key = "note", .kind = FIELD_PARAGRAPH, .label = T("说明"), .max = 2000,
	  .hint = T("对方看得到。没有要补充的可以不填。"), .offset = offsetof(struct close_values, note) },
};
const struct form close_form = FORM_OF("desk.close", T("办结"), close_fields, struct close_values);

static const struct field decline_fields[] = {
	REVISION(decline_values),
	{ .key = "reason", .kind = FIELD_PARAGRAPH, .label = T("为什么不能受理"), .required = true, .min = 4, .max = 1000,
	  .hint = T("对方会看到这段话，请客气、具体。"), .offset = offsetof(struct decline_values, reason) },
	{ .key = "helper", .kind = FIELD_LINE, .label = T("可以找谁、怎么找"), .required = true, .min = 2, .max = 200,
	  .hint = T("单位名称和电话。不能只说「不归我们管」。"), .offset = offsetof(struct decline_values, helper) },
};
const struct form decline_form = FORM_OF("desk.decline", T("不予受理"), decline_fields, struct decline_values);

static const struct field convert_fields[] = {
	REVISION(convert_values),
	{ .key = "item", .kind = FIELD_KEY, .label = T("转为哪一事项"), .required = true,
	  .offset = offsetof(struct convert_values, item) },
	{ .key = "note", .kind = FIELD_PARAGRAPH, .label = T("说明"), .max = 2000,
	  .hint = T("已有的信息会带过去，不用对方再说一遍。"), .offset = offsetof(struct convert_values, note) },
};
const struct form convert_form = FORM_OF("desk.convert", T("转为其他事项"), convert_fields, struct convert_values);

static const struct field callback_fields[] = {
	REVISION(callback_values),
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天回电"), .required = true, .min = 0, .max = 60,
	  .offset = offsetof(struct callback_values, day) },
	{ .key = "time", .kind = FIELD_TIME, .label = T("几点以前"), .required = true, .min = 0, .max = 1439,
	  .offset = offsetof(struct callback_values, time) },
};
const struct form callback_form = FORM_OF("desk.callback", T("约定回电"), callback_fields, struct callback_values);

static const struct choice called_choices[] = {
	{ CALLED_REACHED, "reached", T("打通了") }, { CALLED_UNREACHABLE, "unreachable", T("没打通") }, { 0, NULL, NULL },
};
static const struct field called_fields[] = {
	{ .key = "callback", .kind = FIELD_KEY, .label = T("哪一个回电"), .required = true,
	  .offset = offsetof(struct called_values, callback) },
	{ .key = "result", .kind = FIELD_CHOICE, .label = T("结果"), .required = true, .choices = called_choices,
	  .offset = offsetof(struct called_values, result) },
};
const struct form called_form = FORM_OF("desk.called", T("回电结果"), called_fields, struct called_values);

static const struct choice aid_choices[] = {
	{ AID_TOLD, "told", T("已告知") }, { AID_WISHED, "wished", T("希望申请") }, { 0, NULL, NULL },
};
static const struct field aid_fields[] = {
	REVISION(aid_values),
	{ .key = "hint", .kind = FIELD_CHOICE, .label = T("法律援助"), .required = true, .choices = aid_choices,
	  .offset = offsetof(struct aid_values, hint) },
};
const struct form aid_form = FORM_OF("desk.aid", T("告知法律援助"), aid_fields, struct aid_values);

static const struct field say_fields[] = {
	{ .key = "body", .kind = FIELD_PARAGRAPH, .label = T("给对方留言"), .required = true, .min = 1, .max = 2000,
	  .offset = offsetof(struct say_values, body) },
};
const struct form say_form = FORM_OF("desk.say", T("留言"), say_fields, struct say_values);

static const struct field reveal_fields[] = {
	{ .key = "purpose", .kind = FIELD_LINE, .label = T("为什么要看"), .required = true, .min = 4, .max = 100,
	  .hint = T("会写进审计日志：谁、什么时候、为什么看的。"), .offset = offsetof(struct reveal_values, purpose) },
};
const struct form reveal_form = FORM_OF("desk.reveal", T("查看完整号码"), reveal_fields, struct reveal_values);

static const struct field offer_fields[] = {
	REVISION(offer_values),
	{ .key = "account", .kind = FIELD_KEY, .label = T("转给谁"), .offset = offsetof(struct offer_values, account) },
	{ .key = "point", .kind = FIELD_KEY, .label = T("或者转给哪个单位"),
	  .hint = T("选了单位，就转给这个单位里最合适的人，不按名单。"), .offset = offsetof(struct offer_values, point) },
	{ .key = "reason", .kind = FIELD_PARAGRAPH, .label = T("为什么转"), .required = true, .min = 2, .max = 1000,
	  .hint = T("接的人第一眼看到的就是这段话。"), .offset = offsetof(struct offer_values, reason) },
};
const struct form offer_form = FORM_OF("desk.handover", T("转交"), offer_fields, struct offer_values);

static const struct field assign_fields[] = {
	REVISION(assign_values),
	{ .key = "account", .kind = FIELD_KEY, .label = T("改派给谁"), .offset = offsetof(struct assign_values, account) },
	{ .key = "login", .kind = FIELD_LINE, .label = T("或者填登录名"), .max = 32,
	  .hint = T("填了就给这个人，不按名单。填自己的登录名就是自己接过来办。"), .offset = offsetof(struct assign_values, login) },
	{ .key = "reason", .kind = FIELD_PARAGRAPH, .label = T("为什么改派"), .required = true, .min = 2, .max = 1000,
	  .hint = T("会记进经过，原承办人和新承办人都看得到，求助人看不到。"), .offset = offsetof(struct assign_values, reason) },
};
const struct form assign_form = FORM_OF("desk.assign", T("改派"), assign_fields, struct assign_values);

static const struct field answer_offer_fields[] = {
	{ .key = "handover", .kind = FIELD_KEY, .label = T("哪一次转交"), .required = true,
	  .offset = offsetof(struct answer_offer_values, handover) },
};
const struct form answer_offer_form =
    FORM_OF("desk.handover_answer", T("接收或撤回转交"), answer_offer_fields, struct answer_offer_values);

static const struct field return_fields[] = {
	{ .key = "handover", .kind = FIELD_KEY, .label = T("哪一次转交"), .required = true,
	  .offset = offsetof(struct return_values, handover) },
	{ .key = "code", .kind = FIELD_LINE, .label = T("退回的理由"), .required = true, .max = 40,
	  .offset = offsetof(struct return_values, code) },
	{ .key = "reason", .kind = FIELD_PARAGRAPH, .label = T("具体说明"), .required = true, .min = 2, .max = 1000,
	  .offset = offsetof(struct return_values, reason) },
	{ .key = "better", .kind = FIELD_KEY, .label = T("应该由哪个单位办"),
	  .hint = T("一定要选，不让事情来回转；真不清楚的，理由选「不清楚应由谁办」。"), .offset = offsetof(struct return_values, better) },
};
const struct form return_form = FORM_OF("desk.return", T("退回转交"), return_fields, struct return_values);

static const struct field pause_fields[] = {
	REVISION(pause_values),
	{ .key = "code", .kind = FIELD_LINE, .label = T("为什么暂停"), .required = true, .max = 40,
	  .offset = offsetof(struct pause_values, code) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("在等什么、等谁"), .required = true, .min = PAUSE_WORDS_LEAST,
	  .max = PAUSE_WORDS_MOST,
	  .hint = T("对方会看到这段话。要材料的，一次列全（一次性告知）。"), .offset = offsetof(struct pause_values, words) },
	{ .key = "until", .kind = FIELD_DAY, .label = T("最晚等到哪一天"), .required = true, .min = 0, .max = PAUSE_DAYS_MAX,
	  .hint = T("这一天过完，计时自动恢复；材料早到就早恢复。"), .offset = offsetof(struct pause_values, until) },
	{ .key = "proof", .kind = FIELD_KEY, .label = T("凭据"), .hint = T("鉴定委托书、书面申请等，从已收的材料里选。"),
	  .offset = offsetof(struct pause_values, proof) },
};
const struct form pause_form = FORM_OF("desk.pause", T("暂停计时"), pause_fields, struct pause_values);

static const struct field resume_fields[] = {
	REVISION(resume_values),
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("等到了什么"), .required = true, .min = 2, .max = 1000,
	  .hint = T("对方会看到这段话和新的时限。"), .offset = offsetof(struct resume_values, words) },
};
const struct form resume_form = FORM_OF("desk.resume", T("恢复计时"), resume_fields, struct resume_values);
