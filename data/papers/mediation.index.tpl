# 人民调解卷宗目录
paper mediation.index
name 人民调解卷宗目录
series 调卷
law 人民调解法第二十七条；司发通〔2010〕239号
for office
fact issuer text must 人民调解委员会
fact category text must 纠纷类型
fact a text must 甲方
fact b text must 乙方
fact mediators text may 调解员
fact accepted day may 受理日期
fact ended day may 结束日期
fact result text must 结果
fact items list must 目录
column items.name text must 材料
column items.what text must 文号、说明
column items.count text must 份数
title 人民调解卷宗
number
table 6 10 6 10
row 纠纷类型 | {category} | 结果 | {result}
row 甲方 | {a} | 乙方 | {b}
row 受理日期 | {?accepted}{accepted}{/}{!accepted}未受理{/} | 结束日期 | {?ended}{ended}{/}{!ended}在办{/}
if mediators
row 调解员 | {mediators}
end
/table
heading 目录
table 10 16 4
head 材料 | 文号、说明 | 份数
each items {.name} | {.what} | {.count}
/table
sign 立卷人（签名）：
seal {issuer}
