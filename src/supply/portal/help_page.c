/* What this service is and who answers; what is done with what people tell of themselves. */
#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"

static void
put_part(struct html *h, const char *title, const char *body)
{
	ui_section_open(h, title);
	ui_paragraph(h, body);
	ui_section_close(h);
}

struct part { const char *title, *body; };

/* 个人信息保护法 17: who, what for, how, which kinds, how long, the rights and how to use them; 30: why a
 * sensitive number is needed and what it does to leave it out. */
static const struct part privacy[] = {
	{ T("谁处理"), T("本市司法行政机关，以及您求助的站点、热线和承办的工作人员。联系方式：12348。") },
	{ T("用来做什么"), T("联系您，核对身份，办您提出的事，按规定统计（不含姓名和号码）。不作别的用，不卖，不给广告。") },
	{ T("收集哪些"), T("您写的经过；姓名、电话；您选填的身份证号；村（社区）；您选择说明的特别情况；您上传的材料。") },
	{ T("身份证号"), T("属于敏感个人信息。用来核对身份、免得重复登记。不填，不影响咨询；申请法律援助等依法要核对身份的事项除外。加密保存，只显示头尾几位；查看全部号码要写明用途，并留下记录。") },
	{ T("保存多久"), T("按档案管理规定保存到办结以后的期限，到期删除或者去掉能认出您的内容。没提交的草稿放一段时间后自动删除。") },
	{ T("谁看得到"), T("只有办这件事的人、站点负责人，以及依法监督的人。办过的每一步、查看过完整号码的人，都有记录。") },
	{ T("您的权利"), T("您可以查看、复制、更正、要求删除，也可以撤回求助。凭查询码在进度页办，或者打 12348、到站点办。对处理不满意，可以投诉。") },
	{ T("浏览器里存什么"), T("几个必要的小记录：草稿是谁的、您选的地方、查询码（关掉浏览器就没了）、长辈版和语言。没有别家的跟踪。") },
};

static const struct part about[] = {
	{ T("一个号码、一个窗口"), T("遇到事不知道找谁，打 12348、去站点、或者在这里写下来，都行。三个门进来，是同一件事、同一个编号、同一条进度。") },
	{ T("谁第一个接，谁负责"), T("您求助的那一刻起，就有一个有名有姓的人负责，回执上写着他的姓名和电话。要转给别人办的，新的人接手以前，原来的人还要负责。任何时候都有、而且只有一个人负责。") },
	{ T("有时限"), T("收到、答复、办结都有最晚时间，写在回执和进度页上。快到期会提醒，过了期负责人会被督办。") },
	{ T("不收钱"), T("咨询、调解、法律援助不收费。个别事项要收费的，事项页上写明收多少、为什么。") },
	{ T("办不了的，告诉您谁能办"), T("有的事依法不归我们办，我们会说明原因，并告诉您该找谁，不会没有回音。") },
	{ T("由您评价"), T("办完请您打分。打了“不满意”，由没有办过这件事的负责人限期回访。") },
};

static enum rc
show(struct exchange *x, const char *title, const struct part *v, size_t n)
{
	struct html h = frame_html(x);

	frame_public_open(x, &h, &(struct frame_page){ .title = title });
	ui_title(&h, title, TEXT_NONE);
	for (size_t i = 0; i < n; i++)
		put_part(&h, v[i].title, v[i].body);
	html_raw(&h, "<div class=\"buttons\">");
	ui_button_link(&h, TEXT("/ask"), T("我要求助"), true);
	portal_call(&h, TEXT("12348"));
	html_raw(&h, "</div><p>");
	if (v == about)
		ui_link(&h, TEXT("/help/privacy"), T("您的个人信息怎么用"));
	else
		ui_link(&h, TEXT("/help/about"), T("这是什么服务，谁来负责"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
privacy_page(struct exchange *x)
{
	return show(x, T("您的个人信息怎么用"), privacy, sizeof privacy / sizeof privacy[0]);
}

enum rc
about_page(struct exchange *x)
{
	return show(x, T("这是什么服务，谁来负责"), about, sizeof about / sizeof about[0]);
}
