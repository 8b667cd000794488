# 补贴审批表
paper legalaid.subsidy
name 法律援助补贴审批表
series 援补贴
law 法律援助法第五十二条
for office
fact issuer text must 法律援助机构
fact lawyer text must 承办人
fact firm text must 承办单位
fact applicant text must 受援人姓名
fact cause text must 案由
fact form text must 服务类别
fact closed day must 结案日期
fact reviewed day must 卷宗审查通过日期
fact standard text set 补贴标准及其依据
fact items list must 补贴项目
column items.name text must 项目
column items.count text must 数量
column items.amount money must 金额
fact total money must 合计
fact deduct words may 扣减或者增加的理由
fact handler text set 经办人
fact approver text set 审批人
title 法律援助补贴审批表
number
table 6 10 6 10
row 承办人 | {lawyer} | 承办单位 | {firm}
row 受援人 | {applicant} | 案由 | {cause}
row 服务类别 | {form} | 结案日期 | {closed}
row 卷宗审查 | {reviewed}
row 补贴标准 | {standard}
/table
table 14 6 8
head 项目 | 数量 | 金额
each items {.name} | {.count} | {.amount}
/table
table 6 22
row 合计 | {total}
if deduct
row 扣减或者增加 | {deduct}
end
row 经办人 | {handler}
row 审批人 | {approver}
/table
sign 审批人（签名）：
seal {issuer}
note 依照《中华人民共和国法律援助法》第五十二条，法律援助补贴免征增值税和个人所得税。
