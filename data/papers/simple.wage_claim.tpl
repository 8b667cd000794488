# 支付劳动报酬请求书（代写）
paper simple.wage_claim
name 支付劳动报酬请求书
series 代薪
law 劳动合同法第三十条
for resident
fact person text must 申请人姓名
fact id_number text may 证件号码
fact phone text must 联系电话
fact address text must 住所
fact employer text must 用人单位
fact employer_address text may 用人单位地址
fact work text must 做什么工作
fact from day must 从哪一天欠起
fact until day must 欠到哪一天
fact amount money must 欠多少
fact count text may 怎么算出来的
fact story words must 经过
fact proof list may 证据
fact deadline day must 请最晚哪一天支付
title 支付劳动报酬请求书
number
flush {employer}{?employer_address}（{employer_address}）{/}：
flush 请求人：{person}{?id_number}，证件号码{id_number}{/}，住{address}，联系电话{phone}。
para 请求人在你单位从事{work}。{from}至{until}的劳动报酬共计{amount}至今没有支付。
if count
para 计算方法：{count}
end
heading 事实和理由
para {story}
para 用人单位应当按照约定和国家规定，及时足额支付劳动报酬。请在{deadline}以前付清。逾期不付的，请求人将向劳动保障监察机构投诉，或者依法申请劳动争议仲裁、申请法律援助。
if proof
heading 证据
list proof {.}
end
sign 请求人（签名或者按指印）：
sign 日期：
