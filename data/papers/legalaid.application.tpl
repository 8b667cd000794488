# 法律援助申请表
paper legalaid.application
name 法律援助申请表
series 援申
law 法律援助法第三十八条至第四十一条
for resident
fact issuer text must 接收申请的法律援助机构
fact applicant text must 申请人姓名
fact sex text may 性别
fact born day may 出生日期
fact id_number text must 证件号码
fact phone text must 联系电话
fact address text must 住所或者经常居住地
fact household text may 户籍所在地
fact workplace text may 工作单位
fact group text may 人群类别
fact agent text may 代为申请人姓名
fact agent_relation text may 与申请人的关系
fact agent_id text may 代为申请人证件号码
fact opponent text may 对方当事人
fact cause text must 申请事项
fact form text must 申请援助的形式
fact story words must 案情和申请理由
fact materials list must 提交的材料
fact spoken text may 口头申请的记录人
title 法律援助申请表
number
table 6 10 6 10
row 申请人 | {applicant} | 证件号码 | {id_number}
if sex
if born
row 性别 | {sex} | 出生日期 | {born}
end
end
row 联系电话 | {phone} | 住所 | {address}
if household
row 户籍所在地 | {household}
end
if workplace
row 工作单位 | {workplace}
end
if group
row 人群类别 | {group}
end
if agent
row 代为申请人 | {agent} | 与申请人关系 | {?agent_relation}{agent_relation}{/}{!agent_relation}未说明{/}
end
if agent_id
row 代为申请人证件号码 | {agent_id}
end
if opponent
row 对方当事人 | {opponent}
end
row 申请事项 | {cause} | 援助形式 | {form}
row 案情和理由 | {story}
row 提交的材料 | {materials}
/table
note 本人保证以上内容和所交材料真实。本人知道：以欺骗或者其他不正当手段获得法律援助的，法律援助机构将终止法律援助，并由司法行政部门责令支付已实施法律援助的费用，并处三千元以下罚款。
if spoken
note 申请人口头提出申请，由{spoken}如实记录并向申请人宣读，申请人确认无误。
end
sign 申请人（签名或者按指印）：
seal {issuer}
