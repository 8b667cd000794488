# 更换法律援助人员通知书
paper legalaid.change
name 更换法律援助人员通知书
series 援换
law 法律援助法第五十五条
for resident
fact issuer text must 法律援助机构
fact applicant text must 受援人姓名
fact cause text must 援助事项
fact asked day may 受援人提出的日期
fact reason words must 更换或者不予更换的理由
fact former text must 原承办人
fact lawyer text may 新承办人
fact firm text may 新承办人的单位
fact lawyer_phone text may 新承办人联系电话
fact phone text set 联系电话
title 更换法律援助人员通知书
number
flush {applicant}：
para 本机构办理的“{cause}”法律援助事项，原由{former}承办{?asked}，你于{asked}申请更换{/}。
para {reason}
if lawyer
para 现改由{lawyer}{?firm}（{firm}）{/}承办{?lawyer_phone}，联系电话：{lawyer_phone}{/}。原承办人应当及时移交材料，已经办理的事项继续有效。
end
unless lawyer
para 决定不予更换，仍由{former}承办。
end
para 联系电话：{phone}
seal {issuer}
