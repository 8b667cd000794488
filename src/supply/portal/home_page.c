/* The home page begins with what happened to somebody, not with departments (S28). */
#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"

static const struct { enum topic topic; const char *icon; } troubles[] = {
	{ TOPIC_WAGE_ARREARS, "coin" }, { TOPIC_MARRIAGE_FAMILY, "heart" }, { TOPIC_NEIGHBOR, "users" },
	{ TOPIC_INJURY, "car" }, { TOPIC_HOUSE_LAND, "home" }, { TOPIC_CONSUMER, "shield" },
	{ TOPIC_LOAN_CONTRACT, "file-text" }, { TOPIC_ELDER_INHERIT, "user" }, { TOPIC_UNSURE, "help" },
};

static void
put_troubles(struct exchange *x, struct html *h)
{
	struct ui_tile tiles[sizeof troubles / sizeof troubles[0]];
	size_t n = sizeof troubles / sizeof troubles[0];

	for (size_t i = 0; i < n; i++)
		tiles[i] = (struct ui_tile){
			.icon = troubles[i].icon,
			.label = topic_label(troubles[i].topic),
			.detail = portal_say(x, topic_hint(troubles[i].topic)),
			.href = portal_path(x, "/ask?topic=", text_of(topic_key(troubles[i].topic))),
		};
	ui_tiles(h, T("遇到的事"), tiles, n);
}

struct service { const char *icon, *label, *detail, *href; };

/* What the service is called where people ask for it by name; each leads to what it is and how to get it. */
static const struct service services[] = {
	{ "messages", T("问法律"), T("免费解答，写下来或打电话"), "/items/consult" },
	{ "gavel", T("求法援"), T("经济困难的，免费请律师"), "/items/legal-aid" },
	{ "users", T("找调解"), T("坐下来谈，不收费"), "/items/mediation" },
	{ "certificate", T("办公证"), T("遗嘱、委托、学历等"), "/items/notary" },
	{ "microscope", T("寻鉴定"), T("伤残、笔迹、亲子等"), "/items/appraisal" },
	{ "briefcase", T("找律师"), T("律师和法律服务所"), "/items/representation" },
	{ "search", T("查进度"), T("凭回执上的查询码"), "/my" },
	{ "calendar", T("看值班"), T("站点几点开门、谁在"), "/points" },
};

static void
put_services(struct exchange *x, struct html *h)
{
	struct ui_tile tiles[sizeof services / sizeof services[0]];
	size_t n = sizeof services / sizeof services[0];

	for (size_t i = 0; i < n; i++)
		tiles[i] = (struct ui_tile){
			.icon = services[i].icon,
			.label = services[i].label,
			.detail = portal_say(x, services[i].detail),
			.href = text_of(services[i].href),
		};
	ui_section_open(h, T("知道要办什么，从这里进"));
	ui_tiles(h, T("服务"), tiles, n);
	ui_section_close(h);
}

/* The nearest that is open now; when none is, the nearest, with when it opens. */
static void
put_nearest(struct exchange *x, struct html *h, struct place place)
{
	struct point_near near[24];
	size_t n = 0, at = 0;
	enum rc rc = portal_near(x, place, near, sizeof near / sizeof near[0], &n);

	if (rc != RC_OK || n == 0) {
		ui_paragraph(h, T("这里还没有登记站点，请打 12348。"));
		return;
	}
	while (at < n && !near[at].state.open)
		at++;
	if (at == n) {
		ui_paragraph(h, T("附近的站点现在都关门了。可以先写下来，或者打 12348。"));
		at = 0;
	}
	portal_station(x, h, &near[at]);
	html_raw(h, "<p>");
	ui_link(h, TEXT("/points"), T("其他站点，换个地方"));
	html_raw(h, "</p>");
}

static void
put_points(struct exchange *x, struct html *h)
{
	struct place place = portal_place(x);

	ui_section_open(h, T("离您最近、开着门的站点"));
	if (place.code != 0) {
		html_raw(h, "<p class=\"meta\">");
		html_text(h, region_path(place));
		html_raw(h, "</p>");
		put_nearest(x, h, place);
	} else {
		ui_paragraph(h, T("您在哪里？点一下，看最近的站点。"));
		portal_places(x, h, T("选择您所在的地方"), portal_city(x));
	}
	ui_section_close(h);
}

enum rc
home_page(struct exchange *x)
{
	struct html h = frame_html(x);
	const struct frame_site *site = frame_site_get();
	struct text name = portal_name(x, text_of(site->name), text_of(site->name_en));

	frame_public_open(x, &h, &(struct frame_page){ .title_text = name, .home = true, .wide = true });
	html_raw(&h, "<div id=\"start\">");
	ui_title(&h, T("您遇到什么事？"), TEXT_NONE);
	ui_paragraph(&h, T("选最接近的一件，写几句话就有人联系您。免费，不用注册。"));
	html_raw(&h, "</div>");
	put_troubles(x, &h);
	html_raw(&h, "<p class=\"call-line\">");
	html_say(&h, T("不想写字？直接打电话："));
	html_raw(&h, " ");
	portal_call(&h, TEXT("12348"));
	html_raw(&h, "</p>");
	put_points(x, &h);
	put_services(x, &h);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/help/about"), T("这是什么服务，谁来负责"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}
