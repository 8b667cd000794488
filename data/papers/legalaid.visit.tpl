# 受援人回访表
paper legalaid.visit
name 法律援助案件回访表
series 援访
law 法律援助法第五十九条
for office
fact issuer text must 法律援助机构
fact applicant text must 受援人姓名
fact cause text must 援助事项
fact lawyer text must 承办人
fact visited time must 回访时间
fact way text must 回访方式
fact visitor text must 回访人
fact answers list must 回访内容
column answers.question text must 问题
column answers.answer text must 回答
fact grade text must 总体评价
fact words words may 意见和建议
fact follow words may 处理情况
title 法律援助案件回访表
number
table 6 10 6 10
row 受援人 | {applicant} | 援助事项 | {cause}
row 承办人 | {lawyer} | 回访方式 | {way}
row 回访时间 | {visited} | 回访人 | {visitor}
/table
table 18 10
head 问题 | 受援人的回答
each answers {.question} | {.answer}
/table
table 6 22
row 总体评价 | {grade}
if words
row 意见和建议 | {words}
end
if follow
row 处理情况 | {follow}
end
/table
sign 回访人（签名）：
seal {issuer}
