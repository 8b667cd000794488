# 终止法律援助决定书
paper legalaid.terminate
name 终止法律援助决定书
series 援终决
law 法律援助法第四十八条、第四十九条
for resident
fact issuer text must 法律援助机构
fact applicant text must 受援人姓名
fact id_number text may 证件号码
fact cause text must 援助事项
fact granted text must 给予法律援助决定书编号
fact item text must 第四十八条第几项
fact ground text must 法定情形
fact reason words must 查明的情况
fact repay text may 需要支付费用的说明
fact bureau text set 设立本机构的司法行政部门
fact bureau_address text set 司法行政部门的地址
fact bureau_phone text set 司法行政部门的电话
fact phone text set 联系电话
title 终止法律援助决定书
number
flush {applicant}{?id_number}（证件号码：{id_number}）{/}：
para 本机构以{granted}决定对你的“{cause}”一案给予法律援助。现查明：{reason}
para 以上情况属于《中华人民共和国法律援助法》第四十八条{item}规定的“{ground}”的情形。依照该条规定，决定终止法律援助。
if repay
para {repay}
end
para 你对本决定有异议的，可以依照该法第四十九条的规定，向设立本机构的司法行政部门{bureau}提出（地址：{bureau_address}；电话：{bureau_phone}）。司法行政部门自收到异议之日起五日内进行审查，作出维持本机构决定或者责令本机构改正的决定。对司法行政部门维持决定不服的，可以依法申请行政复议或者提起行政诉讼。
para 本决定同时送承办人。联系电话：{phone}
seal {issuer}
