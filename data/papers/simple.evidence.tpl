# 证据清单（代写）
paper simple.evidence
name 证据清单
series 代证
law 民事诉讼法第六十六条
for resident
fact person text must 提交人
fact opponent text may 对方
fact cause text must 案由
fact to text must 提交给谁
fact items list must 证据
column items.name text must 名称
column items.shape text must 原件还是复印件
column items.pages count must 页数
column items.shows text must 要证明什么
fact note text may 说明
title 证据清单
number
flush 提交人：{person}{?opponent}　对方：{opponent}{/}
flush 案由：{cause}
flush 提交给：{to}
table 8 6 4 14
head 证据名称 | 原件或者复印件 | 页数 | 要证明什么
each items {.name} | {.shape} | {.pages} | {.shows}
/table
if note
para {note}
end
sign 提交人（签名）：
sign 收到人（签名、日期）：
