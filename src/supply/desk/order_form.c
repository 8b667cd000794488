#include "supply/desk/order_internal.h"

#define REVISION(type) { .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, \
	.offset = offsetof(struct type, revision) }
#define WORDS(type, label_, hint_, required_) { .key = "words", .kind = FIELD_PARAGRAPH, .label = label_, .hint = hint_, \
	.required = required_, .min = ORDER_WORDS_LEAST, .max = ORDER_WORDS_MOST, .offset = offsetof(struct type, words) }
#define REPLY_BY(type) { .key = "reply_by", .kind = FIELD_DAY, .label = T("最晚哪天回复"), \
	.hint = T("不填就按督办规则算。"), .min = 0, .max = 60, .offset = offsetof(struct type, reply_by) }

static const struct field reply_fields[] = {
	REVISION(order_reply_values),
	WORDS(order_reply_values, T("回复"), T("办到哪一步、为什么超期、什么时候办完。下达督办单的人会看到。"), true),
};
const struct form order_reply_form = FORM_OF("desk.order_reply", T("回复督办单"), reply_fields, struct order_reply_values);

static const struct choice verdicts[] = {
	{ VERDICT_ACCEPTED, "accepted", T("通过，督办单办结") }, { VERDICT_SENT_BACK, "sent_back", T("退回，重新回复") },
	{ 0, NULL, NULL },
};
static const struct field judge_fields[] = {
	REVISION(order_judge_values),
	{ .key = "verdict", .kind = FIELD_CHOICE, .label = T("这份回复"), .required = true, .choices = verdicts,
	  .offset = offsetof(struct order_judge_values, verdict) },
	WORDS(order_judge_values, T("意见"), T("退回时必须写明还缺什么。"), false),
	REPLY_BY(order_judge_values),
};
const struct form order_judge_form = FORM_OF("desk.order_judge", T("审核回复"), judge_fields, struct order_judge_values);

static const struct field withdraw_fields[] = {
	REVISION(order_withdraw_values),
	/* of another name than the words of the verdict: both forms can stand on one page */
	{ .key = "why", .kind = FIELD_PARAGRAPH, .label = T("为什么撤销"), .required = true, .min = ORDER_WORDS_LEAST,
	  .max = ORDER_WORDS_MOST, .offset = offsetof(struct order_withdraw_values, words) },
};
const struct form order_withdraw_form =
    FORM_OF("desk.order_withdraw", T("撤销督办单"), withdraw_fields, struct order_withdraw_values);

static const struct field issue_fields[] = {
	{ .key = "cause", .kind = FIELD_LINE, .label = T("督办事由"), .required = true, .max = 40,
	  .offset = offsetof(struct order_issue_values, cause) },
	WORDS(order_issue_values, T("要求"), T("要做什么、要回复什么。承办人签收后看到这段话，求助人看不到。"), true),
	REPLY_BY(order_issue_values),
};
const struct form order_issue_form = FORM_OF("desk.order_issue", T("下达督办单"), issue_fields, struct order_issue_values);

static const struct choice units[] = {
	{ CLOCK_WORKDAY, "workday", T("个工作日") }, { CLOCK_WORKHOUR, "workhour", T("个工作小时") },
	{ CLOCK_DAY, "day", T("天") }, { CLOCK_HOUR + CLOCK_UNIT_COUNT, "hour", T("小时") }, { 0, NULL, NULL },
};
#define COUNT(step, key_, label_, hint_) { .key = key_, .kind = FIELD_INT, .label = label_, .hint = hint_, .required = true, \
	.max = SUPERVISE_COUNT_MAX, .offset = offsetof(struct supervise_rules_values, count) + sizeof(int64_t) * (step) }
#define REPLY(step, key_, label_) { .key = key_, .kind = FIELD_INT, .label = label_, .required = true, .min = 1, \
	.max = SUPERVISE_COUNT_MAX, .offset = offsetof(struct supervise_rules_values, reply) + sizeof(int64_t) * (step) }
#define UNIT(step, key_, array) { .key = key_, .kind = FIELD_CHOICE, .label = T("单位"), .required = true, .choices = units, \
	.offset = offsetof(struct supervise_rules_values, array) + sizeof(int) * (step) }

static const struct field rules_fields[] = {
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪天起"), .required = true, .min = 0, .max = 366,
	  .hint = T("选今天就是从现在起。已经下达的督办单不变。"), .offset = offsetof(struct supervise_rules_values, from) },
	COUNT(SUPERVISE_WARNING, "warning", T("预警：到期前"), T("不会早于时限过半的时候。")),
	UNIT(SUPERVISE_WARNING, "warning_unit", unit),
	COUNT(SUPERVISE_REMINDER, "reminder", T("催办：到期前"), NULL),
	UNIT(SUPERVISE_REMINDER, "reminder_unit", unit),
	COUNT(SUPERVISE_ORDER, "order", T("督办单：逾期后"), T("0 就是一逾期就下达。")),
	UNIT(SUPERVISE_ORDER, "order_unit", unit),
	REPLY(SUPERVISE_ORDER, "order_reply", T("督办单：几时内回复")),
	UNIT(SUPERVISE_ORDER, "order_reply_unit", reply_unit),
	{ .key = "order_night", .kind = FIELD_BOOL, .label = T("紧急事项的督办单，非工作时间也下达"),
	  .offset = offsetof(struct supervise_rules_values, order_night) },
	COUNT(SUPERVISE_DIRECTOR, "director", T("报中心主任：回复逾期后"), NULL),
	UNIT(SUPERVISE_DIRECTOR, "director_unit", unit),
	REPLY(SUPERVISE_DIRECTOR, "director_reply", T("中心主任：几时内督促到位")),
	UNIT(SUPERVISE_DIRECTOR, "director_reply_unit", reply_unit),
	{ .key = "director_night", .kind = FIELD_BOOL, .label = T("紧急事项，非工作时间也报中心主任"),
	  .offset = offsetof(struct supervise_rules_values, director_night) },
	COUNT(SUPERVISE_BUREAU, "bureau", T("报司法行政机关：再过"), NULL),
	UNIT(SUPERVISE_BUREAU, "bureau_unit", unit),
	{ .key = "again", .kind = FIELD_INT, .label = T("再次督办：办结后仍逾期满"), .required = true, .min = 1,
	  .max = SUPERVISE_COUNT_MAX, .hint = T("上一份督办单通过或撤销后还没办的，过这么久再下达一份。"),
	  .offset = offsetof(struct supervise_rules_values, count) + sizeof(int64_t) * SUPERVISE_AGAIN },
	UNIT(SUPERVISE_AGAIN, "again_unit", unit),
	{ .key = "again_most", .kind = FIELD_INT, .label = T("同一期限最多督办几次"), .required = true, .min = 1,
	  .max = SUPERVISE_TURNS_MAX, .hint = T("连第一次在内。满了仍逾期的，报司法行政机关，系统不再下达；人还可以下达。"),
	  .offset = offsetof(struct supervise_rules_values, again_most) },
	{ .key = "source", .kind = FIELD_LINE, .label = T("依据的文件"), .max = 200,
	  .hint = T("标题和文号。没有就空着，页面会标“未核实”。"), .offset = offsetof(struct supervise_rules_values, source) },
};
const struct form supervise_rules_form = FORM_OF("desk.supervise_rules", T("督办规则"), rules_fields, struct supervise_rules_values);
