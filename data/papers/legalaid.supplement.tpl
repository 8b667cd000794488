# 补充材料（说明）通知书：一次性告知
paper legalaid.supplement
name 补充材料（说明）通知书
series 援补
law 法律援助法第四十三条第二款
for resident
fact issuer text must 法律援助机构
fact applicant text must 申请人姓名
fact applied day must 申请日期
fact cause text must 申请事项
fact missing list must 需要补充的材料或者说明
fact words words may 对补充的说明
fact due day must 补充期限的最后一天
fact where text must 提交的地点和方式
fact clerk text set 承办人
fact phone text set 联系电话
title 补充材料（说明）通知书
number
flush {applicant}：
para 你于{applied}就“{cause}”提出的法律援助申请，经审查，申请材料不齐全。依照《中华人民共和国法律援助法》第四十三条第二款的规定，现将需要补充的材料和说明一次性告知如下：
list missing {.}
if words
para {words}
end
para 请于{due}前（含当日）提交。提交的地点和方式：{where}。确有困难的，请在期限内告诉承办人，本机构可以协助。
para 未按要求补充材料或者作出说明的，视为撤回申请。补充材料、作出说明的时间不计入审查期限。
para 承办人：{clerk}　联系电话：{phone}
seal {issuer}
