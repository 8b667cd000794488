# 异议书（代写）
paper simple.objection
name 异议书
series 代异
for resident
fact person text must 申请人姓名
fact id_number text may 证件号码
fact phone text must 联系电话
fact address text must 住所
fact organ text must 提给哪个机关或者单位
fact paper text must 对哪份决定或者通知
fact paper_number text may 文号
fact received day must 哪一天收到
fact wish words must 要求怎样
fact story words must 理由
fact proof list may 附上的材料
title 异议书
number
flush {organ}：
flush 提出人：{person}{?id_number}，证件号码{id_number}{/}，住{address}，联系电话{phone}。
para 本人于{received}收到{paper}{?paper_number}（{paper_number}）{/}，对其内容有异议，现提出如下：
heading 请求
para {wish}
heading 理由
para {story}
if proof
heading 附件
list proof {.}
end
sign 提出人（签名或者按指印）：
sign 日期：
