# 终止（不予）调解告知书
paper mediation.end
name 终止调解告知书
series 调终
law 人民调解法第三条、第十七条、第二十三条、第二十六条、第三十二条
for resident
fact issuer text must 人民调解委员会
fact parties list must 当事人
column parties.side text must 甲方还是乙方
column parties.name text must 姓名、名称
fact category text must 纠纷类型
fact how text must 怎样结束
fact basis text must 依据
fact words words may 说明
fact ways list must 其他途径
fact aid text may 已转为法律援助申请
title 终止调解告知书
number
list parties {.side}：{.name}
para 你们之间的{category}，{how}（《中华人民共和国人民调解法》{basis}）。
if words
para {words}
end
para 你们可以通过下列途径维护自己的权利：
list ways {.}
if aid
para 应当事人要求，本件已转为法律援助申请，不用再填写。
end
para 以上途径有期限的，请在期限内提出。
seal {issuer}
sign 当事人（签收、日期）：
