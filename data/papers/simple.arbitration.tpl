# 劳动人事争议仲裁申请书（代写）
paper simple.arbitration
name 劳动人事争议仲裁申请书
series 代仲
law 劳动争议调解仲裁法第二十八条
for resident
fact person text must 申请人姓名
fact id_number text may 证件号码
fact phone text must 联系电话
fact address text must 住所
fact employer text must 被申请人（单位）
fact employer_address text must 单位地址
fact employer_head text may 法定代表人或者负责人
fact commission text must 哪个仲裁委员会
fact claims list must 仲裁请求
fact joined day must 哪一天入职
fact left day may 哪一天离职
fact work text must 做什么工作
fact story words must 事实和理由
fact proof list may 证据和证人
title 劳动人事争议仲裁申请书
number
flush 申请人：{person}{?id_number}，证件号码{id_number}{/}，住{address}，联系电话{phone}。
flush 被申请人：{employer}，地址：{employer_address}{?employer_head}，法定代表人（负责人）：{employer_head}{/}。
heading 仲裁请求
list claims {.}
heading 事实和理由
para 申请人于{joined}到被申请人处从事{work}工作{?left}，{left}离职{/}。
para {story}
if proof
heading 证据、证人
list proof {.}
end
note 附：本申请书副本（按被申请人人数）。
flush 此致
flush {commission}
sign 申请人（签名或者按指印）：
sign 日期：
