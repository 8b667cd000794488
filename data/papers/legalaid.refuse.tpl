# 不予法律援助决定书
paper legalaid.refuse
name 不予法律援助决定书
series 援不决
law 法律援助法第四十三条第一款、第四十九条
for resident
fact issuer text must 法律援助机构
fact applicant text must 申请人姓名
fact id_number text may 证件号码
fact applied day must 申请日期
fact cause text must 申请事项
fact reasons list must 不予法律援助的理由
fact basis text must 依据的条文
fact figures words may 计算所依据的数字
fact bureau text set 设立本机构的司法行政部门
fact bureau_address text set 司法行政部门的地址
fact bureau_phone text set 司法行政部门的电话
fact other words may 其他途径
fact phone text set 联系电话
title 不予法律援助决定书
number
flush {applicant}{?id_number}（证件号码：{id_number}）{/}：
para 你于{applied}就“{cause}”向本机构提出法律援助申请。经审查，依照《中华人民共和国法律援助法》{basis}的规定，决定不予法律援助。理由如下：
list reasons {.}
if figures
para 审查所依据的数字：{figures}
end
para 你对本决定有异议的，可以依照该法第四十九条的规定，向设立本机构的司法行政部门{bureau}提出（地址：{bureau_address}；电话：{bureau_phone}）。司法行政部门自收到异议之日起五日内进行审查，作出维持本机构决定或者责令本机构改正的决定。对司法行政部门维持决定不服的，可以依法申请行政复议或者提起行政诉讼。
if other
para 你还可以通过下列途径寻求帮助：{other}
end
para 情况发生变化，或者有新的证明材料的，可以重新申请。联系电话：{phone}
seal {issuer}
