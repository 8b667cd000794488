# 人民调解受理登记表（申请书）
paper mediation.application
name 人民调解受理登记表
series 调受
law 人民调解法第十七条、第二十七条；司发通〔2010〕239号
for resident
fact issuer text must 人民调解委员会
fact category text must 纠纷类型
fact source text must 来源
fact organ text may 委托、移送单位
fact level text must 难易程度
fact registered time must 登记时间
fact accepted time may 受理时间
fact parties list must 当事人
column parties.side text must 甲方还是乙方
column parties.name text must 姓名、名称
column parties.number text must 证件号码
column parties.phone text must 电话
column parties.will text must 是否愿意调解
fact facts words must 纠纷的主要事实和争议
fact mediators text may 调解员
fact clerk text must 登记人
title 人民调解受理登记表
number
table 5 12 5 12
row 纠纷类型 | {category} | 难易程度 | {level}
row 来源 | {source}{?organ}（{organ}）{/}
row 登记时间 | {registered} | 受理时间 | {?accepted}{accepted}{/}{!accepted}待定{/}
if mediators
row 调解员 | {mediators}
end
/table
table 4 8 12 9 7
head 当事人 | 姓名或者名称 | 证件号码 | 电话 | 愿意调解吗
each parties {.side} | {.name} | {.number} | {.phone} | {.will}
/table
table 5 29
row 主要事实和争议 | {facts}
row 权利告知 | 调解不收取任何费用。当事人可以选择或者接受调解员，可以要求公开或者不公开，可以随时要求终止，自主表达意愿、自愿达成协议（第四条、第二十三条）。
/table
sign 当事人（签名、盖章或者按指印）：
sign 登记人（签名）：{clerk}
seal {issuer}
