# 人民调解记录（含调查记录）
paper mediation.record
name 人民调解记录
series 调录
law 人民调解法第二十七条
for office
fact issuer text must 人民调解委员会
fact category text must 纠纷类型
fact a text must 甲方
fact b text must 乙方
fact mediators text must 调解员
fact helpers text may 受邀协助的人
fact sessions list must 每一次
column sessions.kind text must 做了什么
column sessions.when text must 时间
column sessions.place text must 地点
column sessions.public text must 是否公开
column sessions.words words must 记录
column sessions.clerk text must 记录人
title 人民调解记录
number
table 6 10 6 10
row 纠纷类型 | {category} | 调解员 | {mediators}
row 甲方 | {a} | 乙方 | {b}
if helpers
row 受邀协助 | {helpers}
end
/table
list sessions {.kind}　{.when}　{.place}　{.public}\n{.words}\n记录人：{.clerk}
para 以上记录我看过（向我宣读过），与我说的相符。
sign 甲方（签名或者按指印）：
sign 乙方（签名或者按指印）：
sign 调解员（签名）：
sign 记录人（签名）：
