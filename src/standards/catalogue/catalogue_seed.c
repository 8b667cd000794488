#include "standards/catalogue/catalogue_store.h"

#include <string.h>

#include "kit/msg/msg.h"

/*
 * The basic items of a new city.  Matters that are not built yet are "referral": the request is
 * received, answered like a consultation and referred to who does it; their summaries say so.  A
 * basis stands only where the law was read (mission: [V]); else it is empty and shown as 未核实.
 * Limits are promises of ours that officials change, never law.
 */

#define SINCE ((struct day){ 16801 }) /* 2016-01-01 */

#define WHO_S17_S20 (BIT(APPLICANT_PERSON) | BIT(APPLICANT_FAMILY) | BIT(APPLICANT_STARTUP) | \
	BIT(APPLICANT_COMMITTEE) | BIT(APPLICANT_PUBLIC_ORG))
#define WHO_PERSONS (BIT(APPLICANT_PERSON) | BIT(APPLICANT_FAMILY))
#define WHO_ALL (WHO_S17_S20 | BIT(APPLICANT_ENTERPRISE) | BIT(APPLICANT_OTHER_ORG))
#define CHANNELS_ALL (BIT(CHANNEL_PORTAL) | BIT(CHANNEL_WINDOW) | BIT(CHANNEL_STATION) | BIT(CHANNEL_HOTLINE))
#define TIERS_ALL (BIT(TIER_COUNTY) | BIT(TIER_TOWN) | BIT(TIER_STATION) | BIT(TIER_HOTLINE) | BIT(TIER_ONLINE))

struct seed {
	const char *code, *matter, *name, *name_en, *summary, *summary_en, *why_public, *basis, *materials;
	uint32_t who_may;
	enum item_supply supply;
};

static const struct seed seeds[] = {
	{ "consult", "consult", "法律咨询", "Legal advice",
	    "有法律上的疑问，说给我们听。我们告诉您这件事法律怎么规定、可以走哪几条路、下一步找谁。不收钱，也可以不留姓名。",
	    "Tell us what happened. We explain what the law says, which ways are open, and whom to see next. Free; no name needed.",
	    "弄清自己的权利是人人都需要的第一步，请不起律师的人在市场上得不到。", "",
	    "手头有的合同、借条、照片、聊天记录（没有也可以先问）", WHO_S17_S20, SUPPLY_DIRECT },
	{ "mediation", "mediation", "人民调解", "People's mediation",
	    "和邻居、家人、老板、生意伙伴闹了矛盾，双方愿意谈，就请调解员来主持公道。不收钱。谈成了写协议，我们盯着履行。",
	    "A mediator helps both sides talk it through. Free. What is agreed is written down, and we see that it is kept.",
	    "小矛盾打官司不值当，市场上没有人做，拖久了会变大。", "《中华人民共和国人民调解法》",
	    "身份证明\n对方的姓名和联系方式\n能说明经过的材料", WHO_S17_S20, SUPPLY_DIRECT },
	{ "legal-aid", "legal-aid", "法律援助", "Legal aid",
	    "经济困难又需要律师的，可以申请由国家出钱的律师帮您打官司、写材料。哪个站点都能申请，由县（区）法律援助机构审查决定。",
	    "If you need a lawyer and can't afford one, the state may pay. Apply at any point; the county's legal aid institution decides.",
	    "经济困难的人请不起律师，市场不会免费提供。", "《中华人民共和国法律援助法》",
	    "身份证明\n经济困难说明（可以用诚信承诺代替）\n和案件有关的材料", WHO_PERSONS, SUPPLY_PURCHASED },
	{ "notary", "referral", "公证咨询与指引", "Notarisation: advice and directions",
	    "遗嘱、继承、委托、房产等要办公证的，先告诉您该不该办、带什么、去哪家公证处、能不能减免。公证本身由公证处办理。",
	    "Whether you need a notary, what to bring, where to go, whether the fee can be waived. The notary office does the rest.",
	    "公证由公证机构依法办理；这里提供的指引是市场不做的部分。", "《中华人民共和国公证法》",
	    "身份证明\n要公证的文件（如有）", WHO_S17_S20, SUPPLY_DIRECT },
	{ "appraisal", "referral", "司法鉴定指引", "Forensic appraisal: directions",
	    "要做伤残、亲子、笔迹等鉴定的，告诉您该做哪一类、找哪些机构、怎么减免。鉴定本身由鉴定机构办理。",
	    "Which kind of appraisal you need, which institutions do it, whether the fee can be waived. The institution does the rest.",
	    "鉴定由鉴定机构办理；怎么选、怎么减免，普通人无处可问。", "",
	    "身份证明\n病历、票据、事故认定书等（如有）", WHO_S17_S20, SUPPLY_DIRECT },
	{ "drafting", "referral", "简单法律文书代写", "Drafting simple legal papers",
	    "帮您写起诉状、申请书、协议等简单的法律文书。复杂的案件我们会告诉您找谁。",
	    "We draft simple papers: complaints, applications, agreements. For complex cases we tell you whom to see.",
	    "不会写、请不起人写的，多数是老人和务工人员。", "",
	    "身份证明\n说明经过的材料\n对方的姓名、住址", WHO_S17_S20, SUPPLY_PURCHASED },
	{ "publicity", "referral", "法治宣传", "Law for everybody: talks and materials",
	    "村里、社区、企业、学校想请人讲讲法、要宣传材料的，提出来，我们安排人上门或寄送。",
	    "Villages, communities, firms and schools may ask for a talk or materials; we arrange it.",
	    "普及法律知识没有人愿意付费，却对人人有益。", "", "", WHO_ALL, SUPPLY_SUPPORTED },
	{ "rights", "referral", "维权指引", "Which door to knock at",
	    "权益受到侵害不知道该找哪个部门的，我们告诉您主管部门、电话、要带的材料和时限，必要时帮您转过去。",
	    "We tell you which authority is in charge, its number, what to bring and by when, and pass you on if needed.",
	    "跨部门的指引没有商业机构会做。", "", "能说明经过的材料（没有也可以先问）", WHO_S17_S20, SUPPLY_DIRECT },
	{ "opinion", "referral", "法律论证", "Legal opinion for communities",
	    "村（社区）的村规民约、合同、征地补偿方案和公益组织的章程、项目，请律师看一看合不合法。",
	    "A lawyer looks at by-laws, contracts and plans of villages, communities and public-interest organisations.",
	    "自治组织和公益组织的决定关系到许多人，又没有钱请顾问。", "", "要论证的文件\n背景说明",
	    BIT(APPLICANT_COMMITTEE) | BIT(APPLICANT_PUBLIC_ORG) | BIT(APPLICANT_STARTUP), SUPPLY_PURCHASED },
	{ "representation", "referral", "诉讼代理指引", "Finding somebody to represent you",
	    "要打官司、仲裁的，告诉您能不能申请法律援助、怎么请律师或法律工作者、大概的费用和时限。",
	    "Whether legal aid is possible, how to engage a lawyer or legal worker, roughly what it costs and how long it takes.",
	    "能请律师的由市场服务；不知道怎么请、请不起的需要有人指路。", "",
	    "身份证明\n起诉状、传票等（如有）", WHO_S17_S20, SUPPLY_DIRECT },
};

static const struct code_new codes[] = {
	{ "consult.outcome", "answered", "已答复", "answered", 1, OUTCOME_SERVED },
	{ "consult.outcome", "referred", "已转介", "referred", 2, OUTCOME_SERVED | OUTCOME_NEEDS_REASON },
	{ "consult.outcome", "aid_applied", "已申请法律援助", "applied for legal aid", 3, OUTCOME_SERVED },
	{ "consult.outcome", "mediation_advised", "建议调解", "advised to mediate", 4, OUTCOME_SERVED },
	{ "consult.outcome", "withdrawn", "本人撤回", "withdrawn", 5, 0 },
	{ "consult.outcome", "no_contact", "联系不上", "could not be reached", 6, OUTCOME_NEEDS_REASON },
	{ "consult.outcome", "out_of_scope", "不属于服务范围", "out of scope", 7, OUTCOME_NEEDS_REASON },
	{ "dispatch.return", "not_our_place", "不属于本地", "not our place", 1, 0 },
	{ "dispatch.return", "not_our_item", "不办理这个事项", "not an item of ours", 2, 0 },
	{ "dispatch.return", "conflict", "有利益冲突", "conflict of interest", 3, 0 },
	{ "dispatch.return", "no_capacity", "人手不够", "no capacity", 4, 0 },
	{ "dispatch.return", "duplicate", "重复的请求", "duplicate", 5, 0 },
	{ "dispatch.return", "other", "其他（写明原因）", "other (say why)", 6, OUTCOME_NEEDS_REASON },
	{ "dispatch.return", "unclear", "不清楚应由谁办", "not clear who should", 7, OUTCOME_NEEDS_REASON },
	{ "language", "putonghua", "普通话", "Mandarin", 1, 0 },
	{ "language", "suzhou", "苏州话", "Suzhou dialect", 2, 0 },
	{ "language", "sign", "手语", "sign language", 3, 0 },
	{ "language", "english", "英语", "English", 4, 0 },
	{ "language", "japanese", "日语", "Japanese", 5, 0 },
	{ "language", "korean", "韩语", "Korean", 6, 0 },
	{ "reveal.purpose", "call_back", "回电联系", "to call back", 1, 0 },
	{ "reveal.purpose", "identity_check", "核对身份", "to check identity", 2, 0 },
	{ "reveal.purpose", "referral", "转介给其他机构", "to refer to another body", 3, 0 },
	{ "reveal.purpose", "follow_up", "回访", "follow-up", 4, 0 },
	{ "reveal.purpose", "other", "其他（写明原因）", "other (say why)", 5, OUTCOME_NEEDS_REASON },
	/* which clocks a pause stops, and whether it needs a paper: PAUSE_* of operations/request; 4 answer, 8 close, 16 decide */
	{ "clock.pause", "papers", "等当事人补充材料", "waiting for papers", 1, 4 | 8 | 16 },
	{ "clock.pause", "verify", "等有关单位核实", "waiting for verification", 2, 4 | 8 | 16 },
	{ "clock.pause", "appraisal", "等鉴定意见", "waiting for an appraisal", 3, 4 | 8 | 0x100 },
	{ "clock.pause", "force", "不可抗力", "force majeure", 4, 4 | 8 | 0x100 },
	{ "clock.pause", "party", "当事人书面要求等一等", "the party asked in writing to wait", 5, 4 | 8 | 0x100 },
	{ "urgency", "limit_near", "诉讼或仲裁时效快到期", "a time limit is near", 1, 0 },
	{ "urgency", "safety", "人身安全有危险", "danger to life or body", 2, 0 },
	{ "urgency", "minor", "涉及未成年人的紧急情况", "a minor in need", 3, 0 },
	{ "urgency", "crowd", "多人、可能激化的矛盾", "many people, may escalate", 4, 0 },
	{ "urgency", "livelihood", "基本生活没有着落", "no means to live", 5, 0 },
	{ "urgency", "other", "其他（写明原因）", "other (say why)", 6, OUTCOME_NEEDS_REASON },
	{ "cooperate.ask", "evidence", "调查取证", "find out, take evidence", 1, 0 },
	{ "cooperate.ask", "deliver", "送达文书", "hand over papers", 2, 0 },
	{ "cooperate.ask", "meet", "代为见面", "meet somebody for us", 3, 0 },
	{ "cooperate.ask", "verify", "核实材料", "check papers", 4, 0 },
	{ "cooperate.ask", "language", "翻译、方言", "interpret, dialect", 5, 0 },
	{ "cooperate.ask", "mediate", "协助调解", "help to mediate", 6, 0 },
	{ "cooperate.ask", "other", "其他（写明）", "other (say what)", 7, 0 },
	{ "supervise.cause", "accept_late", "受理超时", "not accepted in time", 1, 0 },
	{ "supervise.cause", "answer_late", "答复超时", "not answered in time", 2, 0 },
	{ "supervise.cause", "close_late", "办结超时", "not closed in time", 3, 0 },
	{ "supervise.cause", "no_clock", "没有期限在走", "no clock is running", 4, 0 },
	{ "supervise.cause", "passing_on", "推诿、反复转办", "passed from hand to hand", 5, 0 },
	{ "supervise.cause", "quality", "办理质量问题", "quality of the work", 6, 0 },
	{ "supervise.cause", "complaint", "求助人投诉", "a complaint of the resident", 7, 0 },
	{ "supervise.cause", "other", "其他（写明原因）", "other (say why)", 8, 0 },
	{ "aid.outcome", "archived", "援助完成，已归档", "aid given, archived", 1, OUTCOME_SERVED },
	{ "aid.outcome", "settled", "未予援助", "no aid", 2, 0 },
	{ "aid.outcome", "deemed_withdrawn", "视为撤回", "deemed withdrawn", 3, 0 },
	{ "aid.outcome", "elsewhere", "由最先收到的机构办理", "handled where it was received first", 4, 0 },
	{ "mediation.outcome", "performed", "调解成功，已履行", "agreed and performed", 1, OUTCOME_SERVED },
	{ "mediation.outcome", "failed", "调解不成", "no agreement", 2, OUTCOME_SERVED },
	{ "mediation.outcome", "ended", "当事人终止调解", "ended by a party", 3, 0 },
	{ "mediation.outcome", "refused", "不予调解", "not mediated", 4, 0 },
	{ "mediation.outcome", "broken", "达成协议，没有履行", "agreed, not performed", 5, OUTCOME_SERVED },
	{ "mediation.outcome", "elsewhere", "由其他机构办理", "handled elsewhere", 6, 0 },
};

#define N_CODES (sizeof codes / sizeof codes[0])

static struct item_limit
promise(enum clock_target target, int workdays)
{
	return (struct item_limit){ target, { workdays, CLOCK_WORKDAY, true }, text_of(CATALOGUE_PROMISE) };
}

static struct item_new
item_of(const struct seed *s, int64_t sort)
{
	return (struct item_new){
		.code = text_of(s->code), .matter = text_of(s->matter), .sort = sort, .from = SINCE, .name = text_of(s->name),
		.name_en = text_of(s->name_en), .summary = text_of(s->summary), .summary_en = text_of(s->summary_en),
		.why_public = text_of(s->why_public), .who_may = s->who_may, .price = PRICE_FREE, .supply = (int)s->supply,
		.basis = text_of(s->basis), .materials = text_of(s->materials), .channels = CHANNELS_ALL, .tiers = TIERS_ALL,
		.in_force = true,
		.limits = { promise(TARGET_ACCEPT, 1), promise(TARGET_ANSWER, 3), promise(TARGET_CLOSE, 15) },
	};
}

/* An application is decided by the limits of the law, which its own steps start; a case in court takes as long as it takes. */
static void
aid_limits(struct item_new *in)
{
	in->limits[1].rule.count = 0;
	in->limits[2].rule = (struct clock_rule){ 12, CLOCK_MONTH, true };
}

struct seed_ret { int64_t items; };

static enum rc
seed_item(struct tx *tx, const struct actor *actor, const struct seed *s, int64_t sort)
{
	struct item_new in = item_of(s, sort);
	int64_t id = tx_id(tx);
	enum rc rc = catalogue_insert_item(tx, actor, id, &in);

	if (text_equals(in.matter, TEXT("legal-aid")))
		aid_limits(&in);
	if (text_equals(in.matter, TEXT("mediation")))
		in.limits[2].rule = (struct clock_rule){ 12, CLOCK_MONTH, true }; /* as long as its agreement is performed */
	return rc == RC_OK ? catalogue_insert_revision(tx, actor, id, &in) : rc;
}

/* Tables of codes that this city has none of yet: a newer program brings new tables along. */
static enum rc
seed_codes(struct tx *tx, const struct actor *actor)
{
	int64_t there = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < N_CODES; i++) {
		if (i == 0 || strcmp(codes[i].kind, codes[i - 1].kind) != 0)
			rc = code_count(tx, actor, codes[i].kind, &there);
		if (rc == RC_OK && there == 0)
			rc = code_insert(tx, actor, &codes[i], SINCE);
	}
	return rc;
}

static enum rc
seed_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct seed_ret *ret = arg;
	enum rc rc = catalogue_count(tx, actor, &ret->items);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && ret->items == 0 && i < sizeof(seeds) / sizeof(seeds[0]); i++)
		rc = seed_item(tx, actor, &seeds[i], (int64_t)(i + 1) * 10);
	return rc == RC_OK ? seed_codes(tx, actor) : rc;
}

enum rc
catalogue_seed(struct ctx *ctx)
{
	struct idem_key key = { .b = "catalogue.seed" };
	struct seed_ret ret = { 0 };
	struct command cmd = { .name = "catalogue.seed", .fn = seed_tx, .arg = &ret, .ret = &ret,
		.ret_size = sizeof(ret) };

	key.b[sizeof key.b - 1] = N_CODES; /* once for each program that knows other codes */
	return db_command(ctx, key, &cmd);
}
