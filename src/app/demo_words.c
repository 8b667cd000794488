#include "app/demo.h"

#include "base/idcard.h"

#include <stdio.h>
#include <string.h>

uint64_t
demo_next(struct demo_random *r)
{
	uint64_t z = (r->s += UINT64_C(0x9e3779b97f4a7c15)); /* splitmix64 */

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

int64_t
demo_below(struct demo_random *r, int64_t n)
{
	return n <= 0 ? 0 : (int64_t)(demo_next(r) % (uint64_t)n);
}

bool
demo_chance(struct demo_random *r, int percent)
{
	return demo_below(r, 100) < percent;
}

static const char *
pick(struct demo_random *r, const char *const *v, size_t n)
{
	return v[demo_below(r, (int64_t)n)];
}
#define PICK(r, v) pick((r), (v), sizeof(v) / sizeof((v)[0]))

void
demo_name(struct demo_random *r, char out[static 32])
{
	static const char *const family[] = { "沈", "陆", "顾", "周", "吴", "徐", "钱", "朱", "张", "王", "李", "陈", "蒋", "金",
		"许", "姚", "潘", "唐", "杨", "赵", "孙", "马", "俞", "严" };
	static const char *const given[] = { "建", "明", "秀", "英", "国", "华", "丽", "芳", "伟", "敏", "静", "军", "雪", "勤",
		"根", "林", "玉", "梅", "宝", "兴", "文", "晓", "春", "海", "荣", "珍", "德", "福", "慧", "平" };

	const char *third = demo_chance(r, 70) ? PICK(r, given) : "";
	const char *second = PICK(r, given);
	const char *first = PICK(r, family);

	snprintf(out, 32, "%s%s%s", first, second, third);
}

void
demo_person_make(struct demo_random *r, struct day today, struct demo_person *ret)
{
	struct day born = day_add(today, (int)-(6570 + demo_below(r, 24000)));
	struct ymd ymd = day_to_ymd(born);
	int64_t serial = demo_below(r, 999) + 1;

	*ret = (struct demo_person){ .born = born, .sex = serial % 2 == 1 ? SEX_MALE : SEX_FEMALE };
	demo_name(r, ret->name);
	snprintf(ret->id, sizeof ret->id, "990000%04d%02d%02d%03d", ymd.year, ymd.month, ymd.day, (int)serial);
	ret->id[17] = idcard_check_char(ret->id);
	ret->id[18] = '\0';
	snprintf(ret->phone, sizeof ret->phone, "1990000%04d", (int)demo_below(r, 10000));
	if (demo_chance(r, 25))
		ret->groups |= GROUP_BIT(GROUP_MIGRANT_WORKER);
	if (demo_chance(r, 4))
		ret->groups |= GROUP_BIT(GROUP_DISABLED);
	if (demo_chance(r, 3))
		ret->groups |= GROUP_BIT(GROUP_DIBAO);
	if (demo_chance(r, 2))
		ret->groups |= GROUP_BIT(GROUP_MILITARY);
}

#define SAYINGS(name, ...) static const char *const name[] = { __VA_ARGS__ }
SAYINGS(wage, "在厂里做了三个月，工资一直没发，老板说等货款到了再给，手里只有微信聊天记录。",
    "工地上干完活，包工头不接电话，一共欠我一万八千多块钱，该找谁要？",
    "辞职了，公司不给结最后两个月的工资，也没有签合同，怎么办？");
SAYINGS(family, "想离婚，对方不同意，孩子三岁一直跟我，能不能要到抚养权？",
    "离婚时说好每月给抚养费，已经半年没给了，可以去哪里申请执行？",
    "丈夫喝了酒就动手，我想知道怎样申请人身安全保护令。");
SAYINGS(neighbor, "楼上漏水把我家天花板泡坏了，找了好几次都不肯修，也不肯赔。",
    "隔壁把墙砌到了两家的公用巷子里，车子进不来，村里说不好管。",
    "邻居家的狗咬伤了孩子，打针花了一千多块，对方只肯出一半。");
SAYINGS(injury, "骑电动车被小汽车撞了，交警认定对方全责，保险公司赔得很少。",
    "在车间压伤了手指，厂里说算我自己不小心，能不能认定工伤？",
    "老人在超市门口滑倒骨折，超市说没有责任。");
SAYINGS(house, "房子拆迁，协议里面积少算了二十平方，签字之前想问问清楚。",
    "租的房子没到期，房东要收回，押金也不退。", "宅基地上的老房子，兄弟之间怎么分？");
SAYINGS(consumer, "在网上买的理疗仪，说能治高血压，没有用，退不了货。",
    "健身房关门了，卡里还有三千块，找不到人。", "买的二手车被调过里程表，卖家不认。");
SAYINGS(loan, "借给朋友五万块，有借条，到期两年了一直拖，会不会过时效？",
    "替人做了担保，现在银行找我还钱。", "装修公司收了钱不开工，合同上写了违约金。");
SAYINGS(elder, "母亲一个人住，三个儿子都不肯轮流照顾，能不能要赡养费？",
    "父亲去世没有留遗嘱，房子在他名下，继承要办哪些手续？", "想立遗嘱，今年七十二岁，到哪里办公证，要不要钱？");
SAYINGS(unsure, "收到一封法院寄来的信，看不懂，不知道要不要去。", "村里要修路占了我家的自留地，该找哪个部门问？",
    "有人打电话说我欠了贷款，可是我没有借过。");

const char *
demo_trouble(enum topic topic, struct demo_random *r)
{
	switch (topic) {
	case TOPIC_WAGE_ARREARS: return PICK(r, wage);
	case TOPIC_MARRIAGE_FAMILY: return PICK(r, family);
	case TOPIC_NEIGHBOR: return PICK(r, neighbor);
	case TOPIC_INJURY: return PICK(r, injury);
	case TOPIC_HOUSE_LAND: return PICK(r, house);
	case TOPIC_CONSUMER: return PICK(r, consumer);
	case TOPIC_LOAN_CONTRACT: return PICK(r, loan);
	case TOPIC_ELDER_INHERIT: return PICK(r, elder);
	case TOPIC_NONE:
	case TOPIC_UNSURE:
	case TOPIC_COUNT: break;
	}
	return PICK(r, unsure);
}

const char *
demo_answer(enum topic topic)
{
	switch (topic) {
	case TOPIC_WAGE_ARREARS:
		return "工资可以向劳动监察大队投诉，也可以申请劳动仲裁，仲裁不收费。请保留考勤、聊天记录和转账记录。"
		    "进城务工人员申请支付劳动报酬，申请法律援助时免予核查经济困难状况。";
	case TOPIC_ELDER_INHERIT:
		return "先把老人的户口簿、房产证和亲属关系证明准备好。赡养纠纷可以先请村（社区）调委会调解，"
		    "调解不成再起诉；经济困难的可以申请法律援助。";
	case TOPIC_INJURY:
		return "请先保留病历、票据和责任认定书。工伤认定由单位在三十日内提出，单位不提的，本人一年内可以自己提出。";
	case TOPIC_NONE:
	case TOPIC_MARRIAGE_FAMILY:
	case TOPIC_NEIGHBOR:
	case TOPIC_HOUSE_LAND:
	case TOPIC_CONSUMER:
	case TOPIC_LOAN_CONTRACT:
	case TOPIC_UNSURE:
	case TOPIC_COUNT: break;
	}
	return "您说的情况可以先协商，协商不成请村（社区）调委会调解，调解不收费。证据请自己先留一份。"
	    "如果要起诉，带上身份证和材料到法院立案；经济困难的，可以申请法律援助。";
}

SAYINGS(ask, "谢谢，材料要交原件吗？", "我白天上班，能不能晚上打电话？", "对方又联系我了，说愿意先还一半，可以答应吗？");
SAYINGS(reply, "交复印件就可以，原件带来核对。", "可以，我们晚上七点给您回电。", "可以先写一份书面协议，写清楚金额和日期，双方签字。");
SAYINGS(praise, "说得很清楚，谢谢。", "态度好，一次就讲明白了。", "");
SAYINGS(blame, "打了三次电话才有人回。", "说的话听不懂，没有解决问题。", "让我跑了两趟。");
SAYINGS(back, "事情发生在邻镇，应由当地中心受理。", "需要仲裁方面的经验，建议转县级中心。", "本人是对方当事人的亲戚，应当回避。");
SAYINGS(follow, "已当面向来访人说明并道歉，重新作了书面答复。", "电话回访，来访人同意由县级中心律师再次答复。", "核实后安排值班律师当面解答。");

const char *
demo_word(const char *kind, struct demo_random *r)
{
	if (strcmp(kind, "ask") == 0)
		return PICK(r, ask);
	if (strcmp(kind, "reply") == 0)
		return PICK(r, reply);
	if (strcmp(kind, "praise") == 0)
		return PICK(r, praise);
	if (strcmp(kind, "blame") == 0)
		return PICK(r, blame);
	return strcmp(kind, "return") == 0 ? PICK(r, back) : PICK(r, follow);
}
