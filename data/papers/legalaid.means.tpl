# 经济状况说明表，附个人诚信承诺
paper legalaid.means
name 法律援助申请人经济状况说明表
series 援经
law 法律援助法第三十四条、第四十一条、第六十四条
for resident
fact issuer text must 法律援助机构
fact applicant text must 申请人姓名
fact id_number text must 证件号码
fact months text must 所说明的期间
fact persons count must 共同生活的家庭成员人数（含申请人）
fact members list must 家庭成员
column members.name text must 姓名
column members.relation text must 与申请人关系
column members.work text must 就业、就学状况
column members.income money must 月平均收入
fact total money must 家庭月收入合计
fact average money must 家庭人均月收入
fact property words may 财产状况
fact expense words may 大额必要支出
fact standard money set 当地经济困难标准（人均每月）
fact waived text may 免予核查经济困难状况的情形
title 法律援助申请人经济状况说明表
number
table 6 10 6 10
row 申请人 | {applicant} | 证件号码 | {id_number}
row 说明的期间 | {months} | 共同生活人数 | {persons}人
/table
table 6 6 10 8
head 家庭成员 | 与申请人关系 | 就业、就学状况 | 月平均收入
each members {.name} | {.relation} | {.work} | {.income}
/table
table 6 10 6 10
row 月收入合计 | {total} | 人均月收入 | {average}
row 经济困难标准 | {standard}
if property
row 财产状况 | {property}
end
if expense
row 大额必要支出 | {expense}
end
if waived
row 免予核查 | {waived}
end
/table
heading 个人诚信承诺
clause 以上说明的家庭成员、收入、财产和支出情况真实、完整，没有隐瞒。
clause 同意法律援助机构依照《中华人民共和国法律援助法》第四十一条，向有关部门、单位、村民委员会或者居民委员会核查，并查询共享的信息。
clause 经济状况发生变化的，及时告知法律援助机构。
clause 知道不实说明或者承诺的后果：法律援助机构依照第四十八条终止法律援助；依照第六十四条，由司法行政部门责令支付已实施法律援助的费用，并处三千元以下罚款。
sign 承诺人（签名或者按指印）：
seal {issuer}
