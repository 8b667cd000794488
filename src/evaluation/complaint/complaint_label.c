#include "evaluation/complaint/complaint.h"

#include "kit/msg/msg.h"

const struct choice complaint_kind_choices[] = {
	{ COMPLAINT_ATTITUDE, "attitude", T("态度不好") }, { COMPLAINT_DELAY, "delay", T("拖着不办、超期") },
	{ COMPLAINT_REFUSAL, "refusal", T("该办的不办、推来推去") }, { COMPLAINT_MISTAKE, "mistake", T("办错了、说错了") },
	{ COMPLAINT_MONEY, "money", T("乱收钱、要好处") }, { COMPLAINT_CONDUCT, "conduct", T("泄露隐私、不守纪律") },
	{ COMPLAINT_PLACE, "place", T("地方不好找、没开门、设施不好") }, { COMPLAINT_OTHER, "other", T("其他") }, { 0, NULL, NULL },
};
const struct choice complaint_channel_choices[] = {
	{ COMPLAINT_WEB, "web", T("网上") }, { COMPLAINT_PHONE, "phone", T("电话") }, { COMPLAINT_WINDOW, "window", T("窗口书面") },
	{ COMPLAINT_ORAL, "oral", T("口头") }, { 0, NULL, NULL },
};
const struct choice complaint_finding_choices[] = {
	{ COMPLAINT_FOUNDED, "founded", T("属实") }, { COMPLAINT_PARTLY, "partly", T("部分属实") },
	{ COMPLAINT_UNFOUNDED, "unfounded", T("不属实") }, { COMPLAINT_MISTAKEN, "mistaken", T("误投或者恶意") }, { 0, NULL, NULL },
};
const struct choice complaint_remedy_choices[] = {
	{ COMPLAINT_REDO, "redo", T("重新办理") }, { COMPLAINT_APOLOGY, "apology", T("道歉") },
	{ COMPLAINT_CORRECTION, "correction", T("更正记录") }, { COMPLAINT_TRAINING, "training", T("培训") },
	{ COMPLAINT_SANCTION, "sanction", T("问责处理") }, { COMPLAINT_MEASURE, "measure", T("其他整改") }, { 0, NULL, NULL },
};
const struct choice complaint_grade_choices[] = {
	{ 5, "very_good", T("非常满意") }, { 4, "good", T("满意") }, { 3, "fair", T("基本满意") }, { 2, "bad", T("不满意") },
	{ 1, "very_bad", T("非常不满意") }, { 0, NULL, NULL },
};

static const char *
label_of(const struct choice *v, int value)
{
	const struct choice *c = choice_by_value(v, value);

	return c != NULL ? c->label : "";
}

const char *
complaint_kind_label(enum complaint_kind k)
{
	return label_of(complaint_kind_choices, (int)k);
}

const char *
complaint_channel_label(enum complaint_channel c)
{
	return label_of(complaint_channel_choices, (int)c);
}

const char *
complaint_finding_label(enum complaint_finding f)
{
	return label_of(complaint_finding_choices, (int)f);
}

const char *
complaint_remedy_label(enum complaint_remedy_kind k)
{
	return label_of(complaint_remedy_choices, (int)k);
}

#define NAME(array, i) ((int)(i) >= 0 && (size_t)(i) < sizeof(array) / sizeof(array)[0] ? (array)[i] : "")

const char *
complaint_state_key(enum complaint_state s)
{
	static const char *const v[] = { "", "received", "verifying", "found", "replied", "closed", "withdrawn" };

	return NAME(v, s);
}

const char *
complaint_state_label(enum complaint_state s)
{
	static const char *const v[] = { "", T("已收到"), T("核实中"), T("有了结论"), T("已答复"), T("已结束"), T("已撤回") };

	return NAME(v, s);
}

const char *
complaint_end_label(enum complaint_end e)
{
	static const char *const v[] = { "", T("投诉人满意"), T("过了申请复查的日子"), T("已经复核，到此为止") };

	return NAME(v, e);
}

const char *
complaint_target_label(enum complaint_target t)
{
	static const char *const v[] = { T("核实"), T("告知"), T("整改"), T("办结") };

	return NAME(v, t);
}

const char *
complaint_level_label(int level)
{
	static const char *const v[] = { T("办理"), T("复查"), T("复核") };

	return NAME(v, level);
}

const char *
complaint_rank_label(enum complaint_rank r)
{
	static const char *const v[] = { T("正在安排"), T("工作站负责人"), T("乡镇（街道）中心负责人"), T("县（市、区）中心负责人"), T("县（市、区）司法局"),
		T("市司法局") };

	return NAME(v, r);
}

const char *
complaint_light_label(enum complaint_light l)
{
	static const char *const v[] = { T("数太少，不比较"), T("没有超过"), T("超过了，数还小"), T("明显超过") };

	return NAME(v, l);
}

const char *
complaint_why_label(enum complaint_why w)
{
	static const char *const v[COMPLAINT_WHYS] = {
		[COMPLAINT_MAY] = "",
		[COMPLAINT_NOT_NOW] = T("到了这一步，不能再这样做"),
		[COMPLAINT_NO_WORDS] = T("写几句话，至少%lld个字"),
		[COMPLAINT_NO_FINDING] = T("选一个结论"),
		[COMPLAINT_NO_EVIDENCE] = T("写明依据什么：看了什么记录、问了谁，至少%lld个字"),
		[COMPLAINT_NO_REMEDY] = T("属实的，先写怎样整改、谁来做、哪天做完，再答复"),
		[COMPLAINT_NO_REMEDY_NEEDED] = T("选一种整改；不属实的不用整改"),
		[COMPLAINT_NO_DAY] = T("写明最晚哪一天做完，不能早于今天"),
		[COMPLAINT_NO_WHO] = T("写明谁来做"),
		[COMPLAINT_ONCE] = T("只能做一次"),
		[COMPLAINT_TOO_LONG] = T("延长1至%lld日"),
		[COMPLAINT_OVER] = T("申请的日子已经过了"),
		[COMPLAINT_LAST] = T("已经复核过，到此为止"),
		[COMPLAINT_NO_GRADE] = T("请选一个"),
		[COMPLAINT_TOO_MANY] = T("整改最多%lld项"),
		[COMPLAINT_NO_ACCOUNT] = T("没有这个人，或者没有这个站点"),
		[COMPLAINT_SELF] = T("投诉的是您，不能由您来办"),
	};

	return NAME(v, w);
}

const char *
complaint_event_label(struct text kind)
{
	static const struct { const char *kind, *label; } v[] = {
		{ "complaint.received", T("收到投诉") }, { "complaint.told", T("开始核实，已告知谁负责、最晚哪天") },
		{ "complaint.forwarded", T("转给另一位负责人") }, { "complaint.extended", T("延长办理期限") },
		{ "complaint.found", T("有了结论") }, { "complaint.remedy", T("定了一项整改") }, { "complaint.done", T("做完一项整改") },
		{ "complaint.replied", T("答复投诉人") }, { "complaint.taken", T("由另一位负责人接办") }, { "complaint.added", T("投诉人补充") },
		{ "complaint.withdrawn", T("投诉人撤回") }, { "complaint.rated", T("投诉人评价") }, { "complaint.review", T("投诉人申请上一级再看") },
		{ "complaint.pressed", T("超过期限，督办") }, { "complaint.closed", T("结束") }, { "complaint.revealed", T("查看投诉人的名字和电话") },
	};

	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (text_equals(kind, text_of(v[i].kind)))
			return v[i].label;
	return "";
}

/* ---- settings: what the law leaves open is 内部, 未核实 ------------------------------------------------------------- */

const struct setting_kind complaint_settings[COMPLAINT_SETTINGS_N] = {
	{ "complaint.verify_workdays", T("投诉：几个工作日内开始核实"), T("个工作日"), T("好差评由各地定（未核实）。"), 1, 15, 1, RIGHT_SETTINGS, NULL },
	{ "complaint.mend_workdays", T("投诉：几个工作日内整改完"), T("个工作日"), T("好差评由各地定（未核实）。"), 1, 60, 15, RIGHT_SETTINGS, NULL },
	{ "complaint.tell_days", T("投诉：几日内告知谁负责"), T("日"), T("信访工作条例：十五日内。可以更短。"), 1, 15, 15, RIGHT_SETTINGS, NULL },
	{ "complaint.finish_days", T("投诉：几日内办结"), T("日"), T("信访工作条例：六十日内。可以更短。"), 1, 60, 60, RIGHT_SETTINGS, NULL },
	{ "complaint.extend_days", T("投诉：最多延长几日"), T("日"), T("信访工作条例：不超过三十日，告知理由。"), 0, 30, 30, RIGHT_SETTINGS, NULL },
	{ "complaint.ask_days", T("投诉：答复后几日内可以申请复查、复核"), T("日"), T("信访工作条例：三十日。可以更长。"), 30, 180, 30, RIGHT_SETTINGS, NULL },
	{ "complaint.review_days", T("投诉：复查、复核几日内答复"), T("日"), T("信访工作条例：三十日内。可以更短。"), 1, 30, 30, RIGHT_SETTINGS, NULL },
	{ "complaint.rate_permille", T("投诉率：每千件办结超过几件要看"), T("件"), T("内部规定。"), 1, 1000, 10, RIGHT_SETTINGS, NULL },
	{ "complaint.rate_least", T("投诉率：办结少于几件不比较"), T("件"), T("内部规定；数太少，一件就会差很多。"), 1, 1000, 30, RIGHT_SETTINGS, NULL },
	{ "complaint.public_least", T("投诉：公开的数小于几件不写出来"), T("件"), T("内部规定；免得从小数认出人来。"), 1, 100, 5, RIGHT_SETTINGS, NULL },
	{ "complaint.burst", T("评价：一个地址一晚上几个五星要看一看"), T("个"), T("内部规定。"), 2, 1000, 5, RIGHT_SETTINGS, NULL },
	{ "complaint.quick_seconds", T("评价：办结后几秒内给五星要看一看"), T("秒"), T("内部规定；站点里替人点的，往往很快。"), 1, 3600, 20, RIGHT_SETTINGS, NULL },
};

enum rc
complaint_limits_read(struct tx *tx, const struct actor *actor, struct complaint_limits *ret)
{
	int64_t *const to[COMPLAINT_SETTINGS_N] = { &ret->verify_workdays, &ret->mend_workdays, &ret->tell_days, &ret->finish_days,
		&ret->extend_days, &ret->ask_days, &ret->review_days, &ret->rate_permille, &ret->rate_least, &ret->public_least, &ret->burst,
		&ret->quick_seconds };
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < COMPLAINT_SETTINGS_N; i++)
		rc = setting_read(tx, actor, &complaint_settings[i], to[i]);
	return rc;
}
