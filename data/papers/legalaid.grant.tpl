# 给予法律援助决定书
paper legalaid.grant
name 给予法律援助决定书
series 援决
law 法律援助法第四十三条第一款
for resident
fact issuer text must 法律援助机构
fact applicant text must 受援人姓名
fact id_number text may 证件号码
fact applied day must 申请日期
fact cause text must 援助事项
fact form text may 援助形式
fact basis text must 符合的条文
fact waived text may 免予核查经济困难状况的条文
fact urgent text may 先行提供法律援助的日期
fact ordered text may 司法行政部门责令改正的决定
fact phone text set 联系电话
title 给予法律援助决定书
number
flush {applicant}{?id_number}（证件号码：{id_number}）{/}：
para 你于{applied}就“{cause}”向本机构提出法律援助申请。{?ordered}根据{ordered}责令改正的决定，本机构重新作出决定。{/}经审查，你的申请符合《中华人民共和国法律援助法》{basis}的规定{?waived}；依照{waived}的规定，免予核查经济困难状况{/}。依照该法第四十三条第一款的规定，决定给予法律援助{?form}，援助形式为{form}{/}。
if urgent
para 本机构已于{urgent}依照该法第四十四条的规定先行提供法律援助。
end
para 本机构自作出本决定之日起三日内指派法律援助人员，并将姓名和联系方式告知你。
para 法律援助是无偿的。法律援助人员不得以任何名义向你收取财物；有这种情形的，请向本机构反映。
para 你应当如实陈述与法律援助事项有关的情况，及时提供证据材料，协助、配合办理；经济状况或者案件情况发生变化的，及时告知本机构或者法律援助人员。你认为法律援助人员不依法履行职责的，可以申请更换。
para 联系电话：{phone}
seal {issuer}
