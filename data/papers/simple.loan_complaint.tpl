# 民事起诉状（民间借贷）（代写）
paper simple.loan_complaint
name 民事起诉状（民间借贷）
series 代诉
law 民事诉讼法第一百二十四条
for resident
fact person text must 申请人姓名
fact id_number text may 证件号码
fact phone text must 联系电话
fact address text must 住所
fact opponent text must 被告姓名
fact opponent_phone text may 被告联系电话
fact opponent_address text must 被告住所
fact court text must 哪个法院
fact amount money must 借了多少
fact lent day must 哪一天借的
fact way text must 怎么给的
fact due day may 约定哪一天还
fact interest text may 约定的利息
fact repaid text may 还过多少
fact story words must 经过
fact proof list must 证据
title 民事起诉状
number
flush 原告：{person}{?id_number}，证件号码{id_number}{/}，住{address}，联系电话{phone}。
flush 被告：{opponent}，住{opponent_address}{?opponent_phone}，联系电话{opponent_phone}{/}。
heading 诉讼请求
clause 判令被告归还借款本金{amount}{?repaid}（扣除已还的{repaid}）{/}{?interest}，并按约定支付利息（{interest}）{/}。
clause 诉讼费用由被告承担。
heading 事实和理由
para {lent}，被告向原告借款{amount}，原告以{way}的方式交付{?due}，约定{due}归还{/}。
para {story}
heading 证据
list proof {.}
note 附：本起诉状副本（按被告人数）；证据复印件。
flush 此致
flush {court}
sign 具状人（签名或者按指印）：
sign 日期：
