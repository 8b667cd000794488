# 结案报告表
paper legalaid.closing
name 法律援助结案报告表
series 援结
law 法律援助法第五十条、第五十二条
for office
fact issuer text must 法律援助机构
fact applicant text must 受援人姓名
fact cause text must 案由
fact form text must 援助形式
fact lawyer text must 承办人
fact firm text must 承办单位
fact assigned day must 指派日期
fact closed day must 结案日期
fact organ text may 办案机关
fact outcome text must 结案方式
fact result words must 办理结果
fact gained money may 为受援人挽回损失或者取得利益
fact work words must 承办过程
fact meetings count must 会见、约见次数
fact hearings count must 出庭次数
fact files list may 卷宗材料
fact opinion words may 法律援助机构审查意见
fact reviewer text may 审查人
title 法律援助结案报告表
number
table 6 10 6 10
row 受援人 | {applicant} | 案由 | {cause}
row 援助形式 | {form} | 结案方式 | {outcome}
row 承办人 | {lawyer} | 承办单位 | {firm}
row 指派日期 | {assigned} | 结案日期 | {closed}
if organ
row 办案机关 | {organ}
end
row 会见、约见 | {meetings}次 | 出庭 | {hearings}次
row 办理结果 | {result}
if gained
row 取得利益 | {gained}
end
row 承办过程 | {work}
if opinion
row 机构审查意见 | {opinion}{?reviewer}（审查人：{reviewer}）{/}
end
if files
row 卷宗材料 | {files}
end
/table
sign 承办人（签名）：
seal {issuer}
