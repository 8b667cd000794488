#include "supply/desk/cooperate_internal.h"

#define REVISION(type) { .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, \
	.offset = offsetof(struct type, revision) }
#define WORDS(key_, type, label_, hint_) { .key = key_, .kind = FIELD_PARAGRAPH, .label = label_, .hint = hint_, \
	.required = true, .min = COOPERATION_WORDS_LEAST, .max = COOPERATION_WORDS_MOST, .offset = offsetof(struct type, words) }

static const struct choice shares[] = {
	{ SHARE_MATTER, "matter", T("事情经过") }, { SHARE_NAME, "name", T("求助人姓名") }, { SHARE_PHONE, "phone", T("求助人电话") },
	{ SHARE_PLACE, "place", T("所在村（社区）") }, { SHARE_FILES, "files", T("材料清单") }, { 0, NULL, NULL },
};
static const struct field ask_fields[] = {
	{ .key = "point", .kind = FIELD_KEY, .label = T("请哪个单位协助"), .required = true,
	  .hint = T("事情还在这里办，承办人和首问责任不变。"), .offset = offsetof(struct cooperate_values, point) },
	{ .key = "kind", .kind = FIELD_LINE, .label = T("请对方做什么"), .required = true, .max = 40,
	  .offset = offsetof(struct cooperate_values, kind) },
	WORDS("words", cooperate_values, T("目的和要求"), T("为什么需要、要查什么、要回什么。对方看得到这段话，不要写对方用不着的个人信息。")),
	{ .key = "shared", .kind = FIELD_FLAGS, .label = T("给对方看什么"), .choices = shares,
	  .hint = T("只勾对方办这件事用得着的。不勾的对方看不到；办结以后都看不到了。"),
	  .offset = offsetof(struct cooperate_values, shared) },
};
const struct form cooperate_form = FORM_OF("desk.cooperate", T("请求协作"), ask_fields, struct cooperate_values);

static const struct field step_fields[] = { REVISION(cooperate_step_values) };
const struct form cooperate_step_form = FORM_OF("desk.cooperate_step", T("协作"), step_fields, struct cooperate_step_values);

static const struct field decline_fields[] = {
	REVISION(cooperate_decline_values),
	{ .key = "code", .kind = FIELD_LINE, .label = T("不能协助的理由"), .required = true, .max = 40,
	  .offset = offsetof(struct cooperate_decline_values, code) },
	WORDS("words", cooperate_decline_values, T("具体说明"), T("请求方看得到；能请谁协助，也写上。")),
};
const struct form cooperate_decline_form =
    FORM_OF("desk.cooperate_decline", T("不能协助"), decline_fields, struct cooperate_decline_values);

/* of other names than the words of the others: several forms can stand on one page */
static const struct field answer_fields[] = {
	REVISION(cooperate_words_values),
	WORDS("answer", cooperate_words_values, T("协作结果"), T("做了什么、结果怎样、凭据在哪里。")),
};
const struct form cooperate_answer_form =
    FORM_OF("desk.cooperate_answer", T("答复协作请求"), answer_fields, struct cooperate_words_values);

static const struct field again_fields[] = {
	REVISION(cooperate_words_values),
	WORDS("again", cooperate_words_values, T("还要问什么"), T("对方的期限从现在重新计算。")),
};
const struct form cooperate_again_form = FORM_OF("desk.cooperate_again", T("追问"), again_fields, struct cooperate_words_values);

static const struct field withdraw_fields[] = {
	REVISION(cooperate_words_values),
	WORDS("why", cooperate_words_values, T("为什么撤回"), NULL),
};
const struct form cooperate_withdraw_form =
    FORM_OF("desk.cooperate_withdraw", T("撤回协作请求"), withdraw_fields, struct cooperate_words_values);
