# 房屋租赁合同（代写）
paper simple.lease
name 房屋租赁合同
series 代约
law 民法典第七百零四条
for resident
fact owner text must 出租人
fact owner_phone text must 出租人电话
fact tenant text must 承租人
fact tenant_phone text must 承租人电话
fact house text must 房屋坐落
fact use text must 用来做什么
fact from day must 从哪一天起
fact until day must 到哪一天止
fact rent money must 每月租金
fact pay text must 怎么付、哪一天付
fact deposit money may 押金
fact bills text must 水电气和物业费谁付
fact things list may 屋里的东西
fact other words may 其他约定
title 房屋租赁合同
number
flush 出租人（甲方）：{owner}，联系电话{owner_phone}
flush 承租人（乙方）：{tenant}，联系电话{tenant_phone}
clause 房屋：{house}，用于{use}。甲方保证有权出租。
clause 租期：{from}起至{until}止。租期超过二十年的，超过部分无效。
clause 租金：每月{rent}，{pay}。
if deposit
clause 押金：{deposit}。租期届满、费用结清、房屋没有人为损坏的，当日退还。
end
clause 费用：{bills}。
clause 维修：房屋和设备自然损坏的由甲方维修；乙方使用不当损坏的由乙方维修或者赔偿。
clause 乙方转租要经甲方同意。甲方在租期内出卖房屋的，应当在合理期限以前告诉乙方，乙方在同等条件下有优先购买的权利；房屋换了主人，本合同继续有效。
if things
clause 交付时屋里有：{things}。
end
if other
clause 其他：{other}
end
clause 发生争议的，双方先协商，也可以请人民调解委员会调解；不成的，向房屋所在地人民法院起诉。
clause 本合同自双方签名之日起生效，一式两份，双方各执一份。
sign 甲方（签名）：
sign 乙方（签名）：
sign 日期：
