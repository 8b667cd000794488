# 会见（约见）笔录
paper legalaid.interview
name 会见笔录
series 援见
law 法律援助法第四十六条
for office
fact applicant text must 受援人姓名
fact cause text must 案由
fact began time must 开始时间
fact ended time must 结束时间
fact place text must 地点
fact lawyer text must 会见人
fact firm text must 会见人的单位
fact recorder text must 记录人
fact others text may 在场人
fact told words must 告知的事项
fact questions list must 问答
column questions.q words must 问
column questions.a words must 答
title 会见笔录
number
table 6 10 6 10
row 受援人 | {applicant} | 案由 | {cause}
row 开始时间 | {began} | 结束时间 | {ended}
row 地点 | {place}
row 会见人 | {lawyer}（{firm}） | 记录人 | {recorder}
if others
row 在场人 | {others}
end
row 告知事项 | {told}
/table
list questions 问：{.q}\n答：{.a}
para 以上笔录我看过（向我宣读过），与我说的相符。
sign 受援人（签名或者按指印）：
sign 会见人（签名）：
sign 记录人（签名）：
