# 法律援助审批表：内部
paper legalaid.approval
name 法律援助审批表
series 援审
law 法律援助法第四十三条
for office
fact issuer text must 法律援助机构
fact applicant text must 申请人姓名
fact id_number text must 证件号码
fact applied day must 收到申请日期
fact due day must 审查期限的最后一天
fact cause text must 申请事项
fact form text must 申请援助的形式
fact basis text must 适用的条文
fact means text must 经济困难状况审查
fact story words must 基本案情
fact opinion words must 承办人审查意见
fact examiner text must 承办人
fact examined day must 审查日期
fact decision words must 审批意见
fact approver text must 审批人
fact approved day must 审批日期
fact program text may 规则试算（仅供参考）
title 法律援助审批表
number
table 6 10 6 10
row 申请人 | {applicant} | 证件号码 | {id_number}
row 收到申请 | {applied} | 审查期限至 | {due}
row 申请事项 | {cause} | 援助形式 | {form}
row 适用的条文 | {basis}
row 经济困难状况 | {means}
row 基本案情 | {story}
if program
row 规则试算 | {program}
end
row 承办人意见 | {opinion}
row 承办人 | {examiner} | 日期 | {examined}
row 审批意见 | {decision}
row 审批人 | {approver} | 日期 | {approved}
/table
if program
note 规则试算仅供参考，决定由审批人作出。
end
sign 审批人（签名）：
