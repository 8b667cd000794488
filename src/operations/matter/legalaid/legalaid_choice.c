/* What can be chosen in the forms of legal aid. */
#include "operations/matter/legalaid/legalaid.h"

#include "kit/msg/msg.h"

#define END { 0, NULL, NULL }

const struct choice aid_kind_choices[] = {
	{ AID_CIVIL, "civil", T("民事、行政、国家赔偿事项") },
	{ AID_RETRIAL, "retrial", T("申诉、申请再审") },
	{ AID_ACCUSED, "accused", T("刑事案件的犯罪嫌疑人、被告人") },
	{ AID_VICTIM, "victim", T("被害人、自诉人、附带民事诉讼原告人") },
	{ AID_DESIGNATED, "designated", T("办案机关通知指派辩护") },
	{ AID_COMPULSORY, "compulsory", T("强制医疗案件的被申请人、被告人") },
	END,
};
const struct choice aid_matter_choices[] = {
	{ AID_WAGES, "wages", T("请求支付劳动报酬") },
	{ AID_WORK_INJURY, "work_injury", T("工伤事故人身损害赔偿") },
	{ AID_MAINTENANCE, "maintenance", T("请求给付赡养费、抚养费、扶养费") },
	{ AID_VIOLENCE, "violence", T("遭受虐待、遗弃或者家庭暴力，主张权益") },
	{ AID_TRAFFIC, "traffic", T("交通事故人身损害赔偿") },
	{ AID_EMPLOYMENT, "employment", T("请求确认劳动关系") },
	{ AID_SOCIAL_INSURANCE, "social_insurance", T("请求社会保险待遇或者社会救助") },
	{ AID_PENSION, "pension", T("请求发给抚恤金、救济金") },
	{ AID_MEDICAL, "medical", T("医疗事故人身损害赔偿") },
	{ AID_FOOD_DRUG, "food_drug", T("食品药品安全事故人身损害赔偿") },
	{ AID_ENVIRONMENT, "environment", T("环境污染、生态破坏损害赔偿") },
	{ AID_CAPACITY, "capacity", T("请求认定公民无民事行为能力或者限制民事行为能力") },
	{ AID_STATE_COMPENSATION, "state_compensation", T("请求国家赔偿") },
	{ AID_ACQUITTED, "acquitted", T("再审改判无罪请求国家赔偿") },
	{ AID_BRAVERY, "bravery", T("因见义勇为行为主张相关民事权益") },
	{ AID_HEROES, "heroes", T("英雄烈士近亲属维护英雄烈士的人格权益") },
	{ AID_OTHER_MATTER, "other", T("以上都不是") },
	END,
};
const struct choice aid_status_choices[] = {
	{ AID_ORDINARY, "ordinary", T("以下都不是") },
	{ AID_MIGRANT, "migrant", T("进城务工人员") },
	{ AID_WEAK_GROUP, "weak_group", T("无固定生活来源的未成年人、老年人、残疾人等特定群体") },
	{ AID_ON_ASSISTANCE, "on_assistance", T("社会救助、司法救助或者优抚对象") },
	END,
};
const struct choice aid_designation_choices[] = {
	{ AID_D_MINOR, "minor", T("未成年人") },
	{ AID_D_IMPAIRED, "impaired", T("视力、听力、言语残疾人") },
	{ AID_D_CAPACITY, "capacity", T("不能完全辨认自己行为的成年人") },
	{ AID_D_GRAVEST, "gravest", T("可能被判处无期徒刑、死刑的人") },
	{ AID_D_DEATH_REVIEW, "death_review", T("申请法律援助的死刑复核案件被告人") },
	{ AID_D_ABSENT, "absent", T("缺席审判案件的被告人") },
	{ AID_D_OTHER_LAW, "other_law", T("法律法规规定的其他人员") },
	{ AID_D_ORDINARY, "ordinary", T("其他适用普通程序审理的刑事案件") },
	{ AID_D_NO_CASE, "no_case", T("都不属于") },
	END,
};
const struct choice aid_confirm_choices[] = {
	{ AID_SIGNED, "signed", T("本人签名") },
	{ AID_THUMBPRINT, "thumbprint", T("工作人员代填，本人捺印") },
	{ AID_ONLINE, "online", T("本人在网上确认") },
	{ AID_BY_NOTICE, "by_notice", T("以办案机关的通知为准") },
	END,
};
const struct choice aid_refusal_choices[] = {
	{ AID_R_MEANS, "means", T("不符合经济困难标准（第三十四条）") },
	{ AID_R_MATTER, "matter", T("事项不在法律援助范围内（第三十一条、第三十二条）") },
	{ AID_R_RETRIAL, "retrial", T("没有决定、裁定再审，也没有抗诉（第三十三条）") },
	{ AID_R_DESIGNATION, "designation", T("不属于通知辩护的情形（第二十五条）") },
	{ AID_R_COUNSEL, "counsel", T("已经自行委托了律师或者其他代理人") },
	{ AID_R_PLACE, "place", T("应当向另一地的法律援助机构申请（第三十八条）") },
	{ AID_R_UNTRUE, "untrue", T("没有如实说明经济困难状况（第四十一条）") },
	END,
};
const struct choice aid_end_choices[] = {
	{ AID_E_FRAUD, "fraud", T("以欺骗或者其他不正当手段获得法律援助") },
	{ AID_E_CONCEALED, "concealed", T("故意隐瞒与案件有关的重要事实或者提供虚假证据") },
	{ AID_E_ILLEGAL, "illegal", T("利用法律援助从事违法活动") },
	{ AID_E_MEANS, "means", T("经济状况发生变化，不再符合条件") },
	{ AID_E_CASE_OVER, "case_over", T("案件终止审理或者已经被撤销") },
	{ AID_E_OWN_COUNSEL, "own_counsel", T("自行委托律师或者其他代理人") },
	{ AID_E_ASKED, "asked", T("受援人有正当理由要求终止") },
	{ AID_E_OTHER, "other", T("法律法规规定的其他情形") },
	END,
};
const struct choice aid_report_choices[] = {
	{ AID_R_MEETING, "meeting", T("会见、约谈受援人") },
	{ AID_R_FILE_READ, "file_read", T("阅卷") },
	{ AID_R_EVIDENCE, "evidence", T("调查取证") },
	{ AID_R_FILED, "filed", T("起诉、申请仲裁、立案") },
	{ AID_R_HEARING, "hearing", T("开庭") },
	{ AID_R_MEDIATION, "mediation", T("调解、和解") },
	{ AID_R_PAPER, "paper", T("收到裁判文书") },
	{ AID_R_PROGRESS, "progress", T("其他进展") },
	{ AID_R_GROUND, "ground", T("发现应当终止援助的情形（第四十八条，只报告机构）") },
	END,
};
const struct choice aid_way_choices[] = {
	{ AID_W_JUDGMENT, "judgment", T("判决、裁定") },
	{ AID_W_MEDIATED, "mediated", T("调解") },
	{ AID_W_AWARD, "award", T("仲裁裁决") },
	{ AID_W_SETTLED, "settled", T("和解") },
	{ AID_W_DECISION, "decision", T("行政决定、复议决定") },
	{ AID_W_WITHDRAWN, "withdrawn", T("撤诉") },
	END,
};
const struct choice aid_result_choices[] = {
	{ AID_RESULT_WON, "won", T("请求全部得到支持") },
	{ AID_RESULT_PARTLY, "partly", T("请求部分得到支持") },
	{ AID_RESULT_LOST, "lost", T("请求没有得到支持") },
	{ AID_RESULT_OTHER, "other", T("其他结果（刑事、程序性）") },
	END,
};
const struct choice aid_rate_choices[] = {
	{ AID_RATE_CIVIL, "civil", T("民事诉讼、仲裁代理") },
	{ AID_RATE_CRIMINAL_TRIAL, "criminal_trial", T("刑事审判阶段辩护、代理") },
	{ AID_RATE_CRIMINAL_OTHER, "criminal_other", T("刑事侦查、审查起诉阶段") },
	{ AID_RATE_ADMINISTRATIVE, "administrative", T("行政、国家赔偿") },
	{ AID_RATE_NON_LITIGATION, "non_litigation", T("非诉讼代理") },
	END,
};
