# 法律援助公函：出庭、会见、阅卷
paper legalaid.letter
name 法律援助公函
series 援函
law 法律援助法第二十二条
for outside
fact issuer text must 法律援助机构
fact recipient text must 收函机关
fact applicant text must 受援人姓名
fact cause text must 案由
fact lawyer text must 承办人
fact firm text must 承办单位
fact licence text must 执业证号
fact role text must 诉讼代理人或者辩护人
fact lawyer_phone text set 承办人联系电话
fact fees text may 请求缓收、减收或者免收的费用
fact clerk text set 联系人
fact phone text set 联系电话
title 法律援助公函
number
flush {recipient}：
para 本机构依法对{applicant}“{cause}”一案提供法律援助，指派{firm}{lawyer}（执业证号：{licence}，联系电话：{lawyer_phone}）担任受援人的{role}。请予支持，并依法保障其执业权利。
if fees
para 依照《中华人民共和国法律援助法》第五十三条的规定，请对受援人的{fees}予以缓收、减收或者免收。
end
para 特此函告。
para 联系人：{clerk}　联系电话：{phone}
seal {issuer}
