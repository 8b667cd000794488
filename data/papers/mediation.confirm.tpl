# 司法确认申请书（双方共同）
paper mediation.confirm
name 司法确认申请书
series 调确
law 人民调解法第三十三条；民事诉讼法第二百零五条；法释〔2011〕5号
for resident
fact issuer text must 人民调解委员会
fact parties list must 申请人
column parties.side text must 甲方还是乙方
column parties.name text must 姓名、名称
column parties.number text must 证件号码
column parties.address text must 住址
column parties.phone text must 电话
fact court text may 人民法院
fact category text must 纠纷类型
fact effect day must 协议生效之日
fact last day must 最晚提出之日
fact agreement text may 协议书文号
fact content words must 协议内容
title 司法确认申请书
number
flush {?court}{court}：{/}{!court}＿＿＿＿＿＿人民法院：{/}
list parties 申请人（{.side}）：{.name}　证件号码：{.number}　住址：{.address}　电话：{.phone}
heading 请求事项
para 请求确认申请人之间于{effect}经{issuer}主持调解达成的人民调解协议{?agreement}（{agreement}）{/}有效。
heading 事实与理由
para 申请人因{category}，经{issuer}调解，自愿达成协议，内容如下：{content}
clause 申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如果因为该协议内容给他人造成损害，愿意承担相应的民事责任和其他法律责任。
clause 本协议不涉及确认身份关系、收养关系、婚姻关系。
clause 申请人自协议生效之日起三十日内共同提出，最晚为{last}。
para 附：人民调解协议书、申请人身份证明、与协议有关的财产权利证明等材料。
space
sign 申请人甲方（签名、盖章或者按指印）：
sign 申请人乙方（签名、盖章或者按指印）：
sign 日期：
