# 转交申请公函
paper legalaid.forward
name 法律援助公函（转交申请）
series 援转函
law 法律援助法第三十八条、第三十九条
for outside
fact issuer text must 转交单位
fact recipient text must 收函的法律援助机构
fact applicant text must 申请人姓名
fact cause text must 申请事项
fact received time must 收到申请的时间
fact basis text must 转交的依据
fact organ text may 办案机关
fact custody text may 羁押场所
fact materials list must 转交的材料
fact clerk text set 联系人
fact phone text set 联系电话
title 法律援助公函
subtitle （转交申请）
number
flush {recipient}：
para {applicant}就“{cause}”提出法律援助申请，本单位于{received}收到{?custody}，申请人现羁押于{custody}{/}{?organ}，办案机关为{organ}{/}。依照{basis}，现将申请和下列材料转交你机构，请依法审查，并将结果告知申请人和本单位。
list materials {.}
para 联系人：{clerk}　联系电话：{phone}
seal {issuer}
cut
title 回执
flush {issuer}：
para 你单位{number}及所附材料收到。
sign 收件人（签名）：
sign 收到时间：
sign 单位（盖章）：
