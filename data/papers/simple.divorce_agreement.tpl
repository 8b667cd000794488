# 离婚协议书（代写）
paper simple.divorce_agreement
name 离婚协议书
series 代离
law 民法典第一千零七十六条
for resident
fact person text must 一方姓名
fact id_number text may 一方证件号码
fact address text must 一方住所
fact other text must 另一方姓名
fact other_id text may 另一方证件号码
fact other_address text must 另一方住所
fact married day must 登记结婚日期
fact children list may 子女
column children.name text must 姓名
column children.born day must 出生日期
column children.lives text must 随谁生活
column children.support text must 抚养费和付法
fact visits words may 探望
fact property words must 财产怎么分
fact debts words must 债务怎么还
fact other_matters words may 其他约定
title 离婚协议书
number
flush 男方或者女方：{person}{?id_number}，证件号码{id_number}{/}，住{address}。
flush 另一方：{other}{?other_id}，证件号码{other_id}{/}，住{other_address}。
para 双方于{married}登记结婚，现自愿离婚，对子女抚养、财产和债务处理等事项协商一致如下：
clause 双方自愿离婚。
if children
clause 子女由下列一方直接抚养，另一方按表中约定支付抚养费：
table 6 7 6 12
head 姓名 | 出生日期 | 随谁生活 | 抚养费和付法
each children {.name} | {.born} | {.lives} | {.support}
/table
end
if visits
clause 探望：{visits}
end
clause 财产：{property}
clause 债务：{debts}
if other_matters
clause 其他：{other_matters}
end
clause 双方应当亲自到婚姻登记机关申请离婚登记；登记机关收到申请之日起三十日内任何一方可以撤回，期满后三十日内双方亲自申请发给离婚证，没有申请的视为撤回。本协议自离婚登记完成时生效，一式三份。
sign 双方（签名）：
sign 日期：
note 请逐条读给双方听，双方都明白、都愿意再签。有家庭暴力的，不要急着签协议，先告诉工作人员。
