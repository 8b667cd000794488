# 异议审查决定书：由司法行政部门作出
paper legalaid.objection
name 法律援助异议审查决定书
series 援异
law 法律援助法第四十九条
for resident
fact issuer text set 司法行政部门
fact applicant text must 异议人姓名
fact institution text must 作出原决定的法律援助机构
fact decision text must 原决定的名称和编号
fact received day must 收到异议的日期
fact claim words must 异议的请求和理由
fact found words may 查明的情况
fact opinion words may 审查认为
fact corrected words may 责令改正的内容
fact upheld text may 维持原决定
fact review_organ text set 行政复议机关
fact court text set 有管辖权的人民法院
title 法律援助异议审查决定书
number
flush 异议人：{applicant}
flush 法律援助机构：{institution}
para 异议人不服{institution}作出的{decision}，向本机关提出异议，本机关于{received}收到。现已审查终结。
heading 一、异议的请求和理由
para {claim}
if found
heading 二、查明的情况
para {found}
heading 三、审查决定
end
unless found
heading 二、审查决定
end
para {?opinion}本机关认为：{opinion}{/}依照《中华人民共和国法律援助法》第四十九条的规定，决定如下：
if upheld
para 维持{institution}作出的{decision}。
para 异议人对本决定不服的，可以依法向{review_organ}申请行政复议，或者向{court}提起行政诉讼。
end
if corrected
para 责令{institution}改正：{corrected}
end
seal {issuer}
