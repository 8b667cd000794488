#include "app/cli_clock.h"

/*
 * Legal Aid Law (in force 2022-01-01): its days are natural days, the word 工作日 does not occur in it.
 * Notarization Law Art. 30: working days.  That a last day which is a rest day rolls on is Civil Code
 * Art. 203, taken as the default for administrative periods too (--no-roll turns it off).
 */
#define LEGALAID "《中华人民共和国法律援助法》"

const struct clock_law clock_laws[] = {
	{ "legalaid-decide", { 7, CLOCK_DAY, true }, "收到法律援助申请 → 作出是否给予法律援助的决定",
	    "legal aid application received → decision", LEGALAID "第四十三条第一款", NULL },
	{ "legalaid-assign", { 3, CLOCK_DAY, true }, "决定给予法律援助 → 指派人员",
	    "legal aid granted → somebody assigned", LEGALAID "第四十三条第一款", NULL },
	{ "legalaid-notify", { 3, CLOCK_DAY, true }, "办案机关发现应当通知辩护的情形 → 通知法律援助机构",
	    "authority finds a case for designated defence → notifies the legal aid institution", LEGALAID "第三十六条", NULL },
	{ "legalaid-designate", { 3, CLOCK_DAY, true }, "收到通知辩护的通知 → 指派律师并通知办案机关",
	    "notice of designated defence received → lawyer assigned, authority told", LEGALAID "第三十六条", NULL },
	{ "legalaid-forward", { 24, CLOCK_HOUR, false }, "收到在押人员等的法律援助申请 → 转交法律援助机构",
	    "application of a detainee received → passed on to the legal aid institution", LEGALAID "第三十九条", NULL },
	{ "legalaid-objection", { 5, CLOCK_DAY, true }, "收到对不予援助、终止援助的异议 → 司法行政部门审查",
	    "objection to refusal or termination received → reviewed by the justice bureau", LEGALAID "第四十九条", NULL },
	{ "legalaid-decide-2012", { 7, CLOCK_WORKDAY, false }, "收到法律援助申请 → 审查决定（旧规定）",
	    "legal aid application received → decision (old rule)", "《办理法律援助案件程序规定》（2012年司法部令第124号）第十三条",
	    "只用于重算历史数据；现行法是 7 天（自然日） / for replaying old cases only; the law in force says 7 natural days" },
	{ "notary-certificate", { 15, CLOCK_WORKDAY, false }, "受理公证申请 → 出具公证书",
	    "notarisation accepted → certificate", "《中华人民共和国公证法》第三十条",
	    "不可抗力、补充材料、核实的时间不计入：用 --pause / force majeure, supplements and verification do not count: --pause" },
	{ "mediation-confirm", { 30, CLOCK_DAY, true }, "调解协议生效 → 双方共同申请司法确认",
	    "mediation agreement in effect → both apply for judicial confirmation", "《中华人民共和国人民调解法》第三十三条", NULL },
};
const size_t clock_laws_n = sizeof clock_laws / sizeof clock_laws[0];
