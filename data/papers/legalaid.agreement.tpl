# 委托代理协议、委托辩护协议
paper legalaid.agreement
name 法律援助委托协议
series 援协
law 法律援助法第二十条、第二十一条、第四十六条至第四十八条、第五十五条
for resident
fact role text must 代理或者辩护
fact applicant text must 受援人
fact id_number text must 受援人证件号码
fact applicant_phone text must 受援人联系电话
fact firm text must 承办单位
fact lawyer text must 承办人
fact licence text must 执业证号
fact lawyer_phone text must 承办人联系电话
fact cause text must 案由
fact stage text must 办理阶段
fact organ text may 办案机关
fact decided text must 决定书或者指派通知书编号
fact powers text must 权限
fact special text may 特别授权的事项
title 法律援助委托{role}协议
number
flush 甲方（受援人）：{applicant}
flush 证件号码：{id_number}　联系电话：{applicant_phone}
flush 乙方（承办单位）：{firm}
flush 承办人：{lawyer}　执业证号：{licence}
flush 承办人联系电话：{lawyer_phone}
para 根据{decided}，甲乙双方就法律援助事项达成如下协议：
clause 甲方委托乙方在“{cause}”一案中{?organ}（办案机关：{organ}）{/}担任{role}人，乙方指派{lawyer}承办，办理阶段为{stage}。
clause 委托权限：{powers}{?special}，包括：{special}{/}。
clause 法律援助是无偿的。乙方和承办人不得以任何名义向甲方收取财物。
clause 承办人应当依法维护甲方的合法权益，按照规定向甲方通报办理进展，不得无正当理由拒绝、拖延或者终止办理，并对在办理中知悉的国家秘密、商业秘密和个人隐私予以保密。
clause 甲方应当如实陈述案情，及时提供证据材料，协助、配合办理；经济状况或者案件情况发生变化的，及时告知。
clause 甲方认为承办人不依法履行职责的，可以向法律援助机构申请更换。
clause 有《中华人民共和国法律援助法》第四十八条规定情形的，法律援助机构可以决定终止法律援助，本协议随之终止。
clause 本协议自双方签名、盖章之日起生效，至上述阶段办理终结时止。本协议一式三份，甲方、乙方和法律援助机构各执一份。
space
sign 甲方（签名或者按指印）：
sign 乙方（盖章）：
sign 承办人（签名）：
sign 日期：
