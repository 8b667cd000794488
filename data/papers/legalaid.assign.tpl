# 指派通知书
paper legalaid.assign
name 法律援助指派通知书
series 援指
law 法律援助法第二十六条、第四十三条第一款、第四十六条、第五十条
for outside
fact issuer text must 法律援助机构
fact firm text must 律师事务所或者其他机构
fact lawyer text may 建议的承办人
fact applicant text must 受援人姓名
fact applicant_phone text may 受援人联系电话
fact cause text must 援助事项
fact form text may 援助形式
fact organ text may 办案机关
fact decided text must 给予法律援助决定书编号或者通知辩护公函
fact due day may 安排承办人的最后一天
fact agreement_days count set 与受援人签订协议的期限（日）
fact report_days count set 结案后提交材料的期限（日）
fact major text may 重大案件的要求
fact clerk text set 联系人
fact phone text set 联系电话
title 法律援助指派通知书
number
flush {firm}：
para 本机构决定对{applicant}“{cause}”一案提供法律援助（{decided}）{?form}，援助形式为{form}{/}{?organ}，办案机关为{organ}{/}。现指派你单位办理，请{?due}于{due}前{/}安排承办人{?lawyer}（建议由{lawyer}承办）{/}，并将承办人姓名、执业证号和联系方式告知本机构和受援人。
if major
para {major}
end
para 办理中请注意：
clause 及时与受援人联系{?applicant_phone}（联系电话：{applicant_phone}）{/}，并在{agreement_days}日内签订委托协议，因受援人的原因不能签订的除外。
clause 承办人不得以任何名义向受援人收取财物；无正当理由不得拒绝、拖延或者终止办理。
clause 按照规定向受援人通报办理进展，对在办理中知悉的国家秘密、商业秘密和个人隐私予以保密。
clause 发现承办人与案件有利害关系、与对方当事人存在利益冲突，或者有应当终止法律援助的情形的，立即报告本机构。
clause 结案后{report_days}日内提交结案报告和卷宗材料，本机构审查后支付法律援助补贴。
para 联系人：{clerk}　联系电话：{phone}
seal {issuer}
cut
title 回执
flush {issuer}：
para 你机构{number}收到，现安排承办人办理。
sign 承办人姓名及执业证号：
sign 联系电话：
sign 单位（盖章）及日期：
