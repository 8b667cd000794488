# 人民调解协议书
paper mediation.agreement
name 人民调解协议书
series 调协
law 人民调解法第二十八条至第三十三条
for resident
fact issuer text must 人民调解委员会
fact parties list must 当事人
column parties.side text must 甲方还是乙方
column parties.name text must 姓名、名称
column parties.number text must 证件号码
column parties.address text must 住址
fact category text must 纠纷类型
fact facts words must 主要事实、争议事项
fact responsibility words may 各方当事人的责任
fact content words must 协议内容
fact duties list must 履行的内容、方式、期限
column duties.side text must 由哪一方
column duties.what text must 做什么
column duties.amount text must 金额
column duties.due day must 期限
fact copies count must 份数
title 人民调解协议书
number
list parties {.side}：{.name}　证件号码：{.number}　住址：{.address}
heading 纠纷的主要事实、争议事项
para 双方因{category}，自愿申请（接受）调解。{facts}
if responsibility
heading 各方当事人的责任
para {responsibility}
end
heading 协议内容
para 经调解，双方自愿达成如下协议：{content}
table 5 11 7 9
head 由哪一方 | 履行的内容和方式 | 金额 | 期限
each duties {.side} | {.what} | {.amount} | {.due}
/table
heading 效力
clause 本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效，具有法律约束力，当事人应当按照约定履行。
clause 认为有必要的，双方可以自本协议生效之日起三十日内共同向人民法院申请司法确认；对本协议的履行或者内容发生争议的，可以向人民法院提起诉讼。
clause 本协议一式{copies}份，当事人各执一份，人民调解委员会留存一份。
space
sign 甲方（签名、盖章或者按指印）：
sign 乙方（签名、盖章或者按指印）：
sign 人民调解员（签名）：
seal {issuer}
