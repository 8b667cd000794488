# 授权委托书（代写）
paper simple.authorisation
name 授权委托书
series 代授
law 民事诉讼法第六十二条
for resident
fact person text must 申请人姓名
fact id_number text may 证件号码
fact phone text must 联系电话
fact address text must 住所
fact agent text must 受托人姓名
fact agent_id text may 受托人证件号码
fact agent_phone text must 受托人联系电话
fact relation text must 与委托人的关系
fact cause text must 委托办什么事
fact before text must 向哪里办
fact special list may 特别授权的事项
fact until day may 委托到哪一天
title 授权委托书
number
flush 委托人：{person}{?id_number}，证件号码{id_number}{/}，住{address}，联系电话{phone}。
flush 受托人：{agent}{?agent_id}，证件号码{agent_id}{/}，联系电话{agent_phone}，与委托人的关系：{relation}。
para 委托人因{cause}，委托受托人向{before}代为办理。
if special
heading 特别授权
para 受托人有权代为下列事项：
list special {.}
end
unless special
para 委托权限为一般代理。代为承认、放弃、变更请求，进行和解，提起反诉或者上诉，须另有委托人的特别授权。
end
if until
para 委托期限至{until}。
end
sign 委托人（签名或者按指印）：
sign 日期：
