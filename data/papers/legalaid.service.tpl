# 送达回证
paper legalaid.service
name 送达回证
series 援达
law 民事诉讼法关于送达的规定（参照）
for office
fact issuer text must 送达机构
fact recipient text must 受送达人
fact address text must 送达地点
fact papers list must 送达的文书
column papers.name text must 文书名称
column papers.number text must 文书编号
fact way text must 送达方式
fact server text must 送达人
fact cause text must 案由
fact note words may 备注
title 送达回证
number
table 6 10 6 10
row 案由 | {cause} | 送达方式 | {way}
row 受送达人 | {recipient} | 送达地点 | {address}
/table
table 12 16
head 文书名称 | 文书编号
each papers {.name} | {.number}
/table
table 6 22
row 送达人 | {server}
if note
row 备注 | {note}
end
/table
space
sign 受送达人（签名或者按指印）：
sign 收到日期：
sign 代收人（签名）及与受送达人的关系：
sign 送达人（签名）：
seal {issuer}
note 受送达人拒绝接收的，由送达人在备注中记明情况和日期，并由见证人签名。
