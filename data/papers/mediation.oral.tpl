# 人民调解口头协议登记表
paper mediation.oral
name 人民调解口头协议登记表
series 调口
law 人民调解法第二十八条、第三十条
for resident
fact issuer text must 人民调解委员会
fact parties list must 当事人
column parties.side text must 甲方还是乙方
column parties.name text must 姓名、名称
column parties.number text must 证件号码
fact category text must 纠纷类型
fact facts words must 主要事实、争议事项
fact content words must 协议内容
fact duties list must 履行的内容、方式、期限
column duties.side text must 由哪一方
column duties.what text must 做什么
column duties.amount text must 金额
column duties.due day must 期限
fact reached day must 达成之日
fact mediators text must 调解员
title 人民调解口头协议登记表
number
table 6 12 14
head 当事人 | 姓名或者名称 | 证件号码
each parties {.side} | {.name} | {.number}
/table
table 6 10 6 10
row 纠纷类型 | {category} | 达成之日 | {reached}
row 主要事实和争议 | {facts}
row 协议内容 | {content}
/table
table 5 11 7 9
head 由哪一方 | 履行的内容和方式 | 金额 | 期限
each duties {.side} | {.what} | {.amount} | {.due}
/table
note 口头调解协议自各方当事人达成协议之日起生效（第三十条）。
sign 人民调解员（签名）：{mediators}
seal {issuer}
