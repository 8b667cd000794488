# 法律援助申请书（代写）
paper simple.aid_application
name 法律援助申请书
series 代援
law 法律援助法第三十八条至第四十一条
for resident
fact person text must 申请人姓名
fact id_number text may 证件号码
fact phone text must 联系电话
fact address text must 住所
fact institution text must 哪个法律援助机构
fact opponent text may 对方
fact cause text must 申请援助的事
fact story words must 经过和理由
fact means words must 经济状况
fact proof list may 附上的材料
title 法律援助申请书
number
flush {institution}：
flush 申请人：{person}{?id_number}，证件号码{id_number}{/}，住{address}，联系电话{phone}。
heading 申请事项
para 因{cause}{?opponent}（对方：{opponent}）{/}，请求给予法律援助。
heading 经过和理由
para {story}
heading 经济状况
para {means}
para 以上情况属实；本人知道不如实说明的后果，愿意接受核查。
if proof
heading 附件
list proof {.}
end
sign 申请人（签名或者按指印）：
sign 日期：
