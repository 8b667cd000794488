# 自书遗嘱草稿（代写）
paper simple.will
name 自书遗嘱草稿
series 代嘱
law 民法典第一千一百三十四条
for resident
fact person text must 立遗嘱人姓名
fact id_number text may 证件号码
fact born day must 出生日期
fact address text must 住所
fact gifts list must 财产给谁
column gifts.what text must 什么财产
column gifts.whom text must 给谁、什么关系
column gifts.share text must 多少
fact executor text may 遗嘱执行人
fact words words may 还要交代的话
title 自书遗嘱草稿
number
note 这是草稿，签名也没有效力。请本人从头到尾亲笔抄写一遍，签名，写上年、月、日，才是自书遗嘱。七十周岁以上的老人可以到公证处问一问遗嘱公证怎样减免。
para 我叫{person}，{born}出生{?id_number}，证件号码{id_number}{/}，住{address}。我头脑清楚，自愿立下这份遗嘱，我去世以后，我的财产按照下面的意思处理：
list gifts {.what}，由{.whom}继承（受遗赠）{.share}。
if executor
para 由{executor}执行这份遗嘱。
end
if words
para {words}
end
para 这份遗嘱以前立的遗嘱，与这份不一致的，以这份为准。
sign 立遗嘱人（亲笔签名）：
sign 年、月、日（亲笔）：
