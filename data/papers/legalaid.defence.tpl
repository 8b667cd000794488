# 公函（通知辩护）：回复通知辩护的机关，告知承办律师
paper legalaid.defence
name 法律援助公函（通知辩护）
series 援辩函
law 法律援助法第二十五条、第二十六条、第二十八条、第三十六条
for outside
fact issuer text must 法律援助机构
fact recipient text must 通知机关
fact notice text must 通知文书的编号
fact notified day must 收到通知的日期
fact defendant text must 犯罪嫌疑人或者被告人姓名
fact cause text set 涉嫌罪名
fact basis text must 适用的条文
fact lawyer text must 承办律师
fact firm text must 律师事务所
fact licence text must 执业证号
fact lawyer_phone text set 承办律师联系电话
fact years text may 三年以上执业经历的说明
fact phone text set 联系电话
title 法律援助公函
subtitle （通知辩护）
number
flush {recipient}：
para 你单位{notice}于{notified}收到。依照《中华人民共和国法律援助法》{basis}和第三十六条的规定，本机构指派{firm}{lawyer}律师（执业证号：{licence}，联系电话：{lawyer_phone}）为{cause}一案的{defendant}提供辩护。
if years
para 依照该法第二十六条的规定，承办律师具有三年以上相关执业经历：{years}。
end
para 犯罪嫌疑人、被告人自行委托辩护人的，其委托优先；请及时告知本机构。开庭、提审等时间如有变化，请通知承办律师。
para 特此函告。联系电话：{phone}
seal {issuer}
