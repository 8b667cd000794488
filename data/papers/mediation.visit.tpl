# 人民调解回访记录
paper mediation.visit
name 人民调解回访记录
series 调访
law 人民调解法第三十一条
for office
fact issuer text must 人民调解委员会
fact a text must 甲方
fact b text must 乙方
fact agreed day must 协议生效之日
fact visits list must 回访
column visits.when text must 时间
column visits.place text must 地点、方式
column visits.words words must 情况
column visits.clerk text must 回访人
fact duties list must 履行情况
column duties.side text must 由哪一方
column duties.what text must 做什么
column duties.due day must 期限
column duties.kept text must 履行了没有
title 人民调解回访记录
number
table 6 10 6 10
row 甲方 | {a} | 乙方 | {b}
row 协议生效之日 | {agreed}
/table
table 5 11 9 9
head 由哪一方 | 履行的内容 | 期限 | 履行情况
each duties {.side} | {.what} | {.due} | {.kept}
/table
list visits {.when}　{.place}\n{.words}\n回访人：{.clerk}
sign 回访人（签名）：
seal {issuer}
