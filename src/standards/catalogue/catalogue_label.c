#include "kit/msg/msg.h"
#include "standards/catalogue/catalogue.h"

const struct choice applicant_choices[] = {
	{ APPLICANT_PERSON, "person", T("个人") },
	{ APPLICANT_FAMILY, "family", T("家庭") },
	{ APPLICANT_STARTUP, "startup", T("初创期小微企业") },
	{ APPLICANT_COMMITTEE, "committee", T("村（居）民委员会等自治组织") },
	{ APPLICANT_PUBLIC_ORG, "public_org", T("公益性社会组织") },
	{ APPLICANT_ENTERPRISE, "enterprise", T("其他企业") },
	{ APPLICANT_OTHER_ORG, "other_org", T("其他组织") },
	{ APPLICANT_GOVERNMENT, "government", T("政府机关") },
	{ 0, NULL, NULL },
};

const struct choice topic_choices[] = {
	{ TOPIC_WAGE_ARREARS, "wage_arrears", T("欠薪讨薪") },
	{ TOPIC_MARRIAGE_FAMILY, "marriage_family", T("婚姻家庭") },
	{ TOPIC_NEIGHBOR, "neighbor", T("邻里纠纷") },
	{ TOPIC_INJURY, "injury", T("交通事故与伤害") },
	{ TOPIC_HOUSE_LAND, "house_land", T("房屋土地") },
	{ TOPIC_CONSUMER, "consumer", T("消费维权") },
	{ TOPIC_LOAN_CONTRACT, "loan_contract", T("借钱与合同") },
	{ TOPIC_ELDER_INHERIT, "elder_inherit", T("老人子女、赡养继承") },
	{ TOPIC_UNSURE, "unsure", T("说不清楚") },
	{ 0, NULL, NULL },
};

const struct choice price_choices[] = {
	{ PRICE_FREE, "free", T("免费") },
	{ PRICE_REDUCED, "reduced", T("减收") },
	{ PRICE_PAID, "paid", T("收费") },
	{ 0, NULL, NULL },
};

const struct choice supply_choices[] = {
	{ SUPPLY_DIRECT, "direct", T("直接提供") },
	{ SUPPLY_PURCHASED, "purchased", T("政府购买") },
	{ SUPPLY_SUPPORTED, "supported", T("政策扶持") },
	{ 0, NULL, NULL },
};

static const struct { const char *hint, *item; } topics[TOPIC_COUNT] = {
	[TOPIC_NONE] = { "", "consult" },
	[TOPIC_WAGE_ARREARS] = { T("工资被拖欠、克扣，工伤待遇没给，被辞退没补偿"), "consult" },
	[TOPIC_MARRIAGE_FAMILY] = { T("离婚、抚养费、彩礼、家庭暴力"), "consult" },
	[TOPIC_NEIGHBOR] = { T("噪声、漏水、通行、采光、宠物等邻居间的矛盾"), "mediation" },
	[TOPIC_INJURY] = { T("车祸、摔伤、打伤、医疗损害，该谁赔、怎么赔"), "consult" },
	[TOPIC_HOUSE_LAND] = { T("买房租房、物业、宅基地、承包地、拆迁补偿"), "consult" },
	[TOPIC_CONSUMER] = { T("买到假货、退费难、预付卡、网购纠纷"), "rights" },
	[TOPIC_LOAN_CONTRACT] = { T("借出去的钱要不回、合同不兑现、做了担保"), "consult" },
	[TOPIC_ELDER_INHERIT] = { T("赡养老人、遗嘱、遗产怎么分、监护"), "consult" },
	[TOPIC_UNSURE] = { T("不知道属于哪一类也没关系，把事情说给我们听"), "consult" },
};

static const char *
choice_key(const struct choice *c, int value)
{
	const struct choice *found = choice_by_value(c, value);

	return found == NULL ? "" : found->key;
}

static const char *
choice_label(const struct choice *c, int value)
{
	const struct choice *found = choice_by_value(c, value);

	return found == NULL ? "" : found->label;
}

const char *
applicant_key(enum applicant_kind k)
{
	return choice_key(applicant_choices, (int)k);
}

const char *
applicant_label(enum applicant_kind k)
{
	return choice_label(applicant_choices, (int)k);
}

const char *
topic_key(enum topic t)
{
	return choice_key(topic_choices, (int)t);
}

const char *
topic_label(enum topic t)
{
	return choice_label(topic_choices, (int)t);
}

const char *
topic_hint(enum topic t)
{
	return (unsigned)t < TOPIC_COUNT ? topics[t].hint : "";
}

enum topic
topic_by_key(struct text key)
{
	const struct choice *c = choice_by_key(topic_choices, key);

	return c == NULL ? TOPIC_NONE : (enum topic)c->value;
}

const char *
topic_item(enum topic t)
{
	return (unsigned)t < TOPIC_COUNT ? topics[t].item : "consult";
}

const char *
price_key(enum item_price p)
{
	return choice_key(price_choices, (int)p);
}

const char *
price_label(enum item_price p)
{
	return choice_label(price_choices, (int)p);
}

const char *
supply_key(enum item_supply s)
{
	return choice_key(supply_choices, (int)s);
}

const char *
supply_label(enum item_supply s)
{
	return choice_label(supply_choices, (int)s);
}

/* ---- verdicts ------------------------------------------------------------------------------------ */

const char *
catalogue_why_code(enum catalogue_why why)
{
	static const char *const codes[] = {
		"may", "government", "market", "not-for", "withdrawn", "channel", "tier",
	};

	return (unsigned)why < sizeof(codes) / sizeof(codes[0]) ? codes[why] : "not-for";
}

const char *
catalogue_why_label(enum catalogue_why why)
{
	static const char *const labels[] = {
		T("可以申请"),
		T("政府机关不是公共法律服务的受益主体"),
		T("这类企业和组织可由市场上的法律服务机构服务，我们告诉您可以找谁"),
		T("这项服务面向其他人群，我们告诉您可以找谁"),
		T("这项服务已经停止提供"),
		T("这项服务不能从这个渠道办理"),
		T("这项服务不在这一级服务点办理"),
	};

	return (unsigned)why < sizeof(labels) / sizeof(labels[0]) ? labels[why] : labels[CATALOGUE_NOT_FOR];
}
