# 承办情况通报
paper legalaid.progress
name 法律援助承办情况通报表
series 援报
law 法律援助法第四十六条第二款
for resident
fact applicant text must 受援人姓名
fact cause text must 援助事项
fact lawyer text must 承办人
fact firm text must 承办单位
fact lawyer_phone text must 承办人联系电话
fact stage text must 办理阶段
fact done list must 已经办理的事项
column done.day day must 日期
column done.what text must 事项
fact next words must 下一步安排
fact need words may 需要受援人做的事
title 法律援助承办情况通报表
number
table 6 10 6 10
row 受援人 | {applicant} | 援助事项 | {cause}
row 承办人 | {lawyer}（{firm}） | 联系电话 | {lawyer_phone}
row 办理阶段 | {stage}
/table
table 8 20
head 日期 | 已经办理的事项
each done {.day} | {.what}
/table
table 8 20
row 下一步安排 | {next}
if need
row 需要您做的事 | {need}
end
/table
sign 承办人（签名）：
note 对办理情况有疑问的，请与承办人联系；对承办人不满意的，可以向法律援助机构反映。
