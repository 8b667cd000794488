# 申请材料接收凭证
paper legalaid.received
name 法律援助申请材料接收凭证
series 援收
law 法律援助法第四十三条
for resident
fact issuer text must 接收材料的机构
fact applicant text must 申请人姓名
fact cause text must 申请事项
fact received time must 收到时间
fact materials list must 材料
column materials.name text must 材料名称
column materials.copies text must 份数
column materials.kind text must 原件或者复印件
fact complete text may 材料齐全
fact clerk text set 接收人
fact phone text set 联系电话
title 法律援助申请材料接收凭证
number
flush {applicant}：
para 你于{received}就“{cause}”向本机构提交的下列法律援助申请材料已经收到。
table 14 5 7
head 材料名称 | 份数 | 原件或者复印件
each materials {.name} | {.copies} | {.kind}
/table
if complete
para 经初步查看，材料齐全。本机构自收到申请之日起七日内进行审查，作出是否给予法律援助的决定。
end
unless complete
para 材料是否齐全，由本机构查看后告知；需要补充材料或者作出说明的，一次性告知。
end
para 接收人：{clerk}　联系电话：{phone}
seal {issuer}
note 本凭证不代表已经决定给予法律援助。请妥善保管，查询进度时出示。
