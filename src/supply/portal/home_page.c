/* The home page begins with what happened to somebody, not with departments (S28). */
#include "supply/portal/portal_internal.h"

#include <string.h>

#include "kit/msg/msg.h"
#include "resources/circle/circle_city.h"

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

#define NEAR_MOST 24

/* What is known of points near the place that this browser chose. */
struct nearest {
	struct place place;              /* code 0: nobody has chosen yet */
	struct point_near near[NEAR_MOST];
	size_t n, best;                  /* best: the nearest that is open now, nobody missing there; else the nearest */
	bool open;
};

/* By the rosters somebody is there, or nobody knows. */
static void
staffed_find(struct exchange *x, const struct nearest *n, uint8_t ret[static NEAR_MOST])
{
	struct circle_point v[NEAR_MOST];

	for (size_t i = 0; i < n->n; i++)
		v[i] = (struct circle_point){ .p = n->near[i].point };
	if (circle_staff_at(x->ctx, x->ctx->now_ms, v, (uint32_t)n->n, ret) != RC_OK)
		memset(ret, CIRCLE_STAFF_UNKNOWN, n->n);
}

static void
nearest_find(struct exchange *x, struct nearest *ret)
{
	uint8_t staff[NEAR_MOST];

	*ret = (struct nearest){ .place = portal_place(x) };
	if (ret->place.code == 0 || portal_near(x, ret->place, ret->near, NEAR_MOST, &ret->n) != RC_OK)
		return;
	staffed_find(x, ret, staff);
	for (size_t i = 0; i < ret->n && !ret->open; i++) {
		ret->open = ret->near[i].state.open && staff[i] != CIRCLE_STAFF_NOBODY;
		ret->best = ret->open ? i : 0;
	}
}

/* In sight without scrolling: the nearest point that is open, or the way to choose where one is. */
static void
put_quick(struct exchange *x, struct html *h, const struct nearest *nearest)
{
	const struct point_near *best = &nearest->near[nearest->best];
	struct text words;

	html_raw(h, "<p class=\"quick\"><a class=\"button\"");
	html_attr(h, "href", nearest->n > 0 ? portal_path(x, "/points/", best->point.code) : TEXT("#points"));
	html_raw(h, ">");
	ui_icon(h, "map-pin");
	html_raw(h, "<span>");
	if (nearest->n > 0) {
		words = portal_open_words(x, &best->state);
		html_text(h, portal_name(x, best->point.name, best->point.name_en));
		html_raw(h, "<small>");
		html_text(h, words);
		html_raw(h, "</small>");
	} else {
		html_say(h, T("找离我最近、开着门的站点"));
	}
	html_raw(h, "</span></a></p>");
}

static void
put_points(struct exchange *x, struct html *h, const struct nearest *nearest)
{
	html_raw(h, "<div id=\"points\">");
	ui_section_open(h, T("离您最近、开着门的站点"));
	if (nearest->place.code == 0) {
		portal_put_here(x, h);
		ui_paragraph(h, T("您在哪里？点一下，看最近的站点。"));
		portal_places(x, h, T("选择您所在的地方"), portal_city(x));
	} else {
		html_raw(h, "<p class=\"meta\">");
		html_text(h, region_path(nearest->place));
		html_raw(h, "</p>");
		if (nearest->n == 0)
			ui_paragraph(h, T("这里还没有登记站点，请打 12348。"));
		else if (!nearest->open)
			ui_paragraph(h, T("附近的站点现在都关门了。可以先写下来，或者打 12348。"));
		if (nearest->n > 0)
			portal_station(x, h, &nearest->near[nearest->best], false);
		html_raw(h, "<p>");
		ui_link(h, TEXT("/points"), T("其他站点，换个地方"));
		html_raw(h, "</p>");
	}
	ui_section_close(h);
	html_raw(h, "</div>");
}

enum rc
home_page(struct exchange *x)
{
	struct html h = frame_html(x);
	const struct frame_site *site = frame_site_get();
	struct text name = portal_name(x, text_of(site->name), text_of(site->name_en));
	struct nearest nearest;

	nearest_find(x, &nearest);
	frame_public_open(x, &h, &(struct frame_page){ .title_text = name, .home = true, .wide = true });
	html_raw(&h, "<div id=\"start\">");
	ui_title(&h, T("您遇到什么事？"), TEXT_NONE);
	ui_paragraph(&h, T("选最接近的一件，写几句话就有人联系您。免费，不用注册。"));
	put_quick(x, &h, &nearest);
	html_raw(&h, "</div>");
	put_troubles(x, &h);
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/check/paths"), T("不知道该走哪条路？答几个问题"), false);
	html_raw(&h, "</p><p class=\"call-line\">");
	html_say(&h, T("不想写字？直接打电话："));
	html_raw(&h, " ");
	portal_call(&h, TEXT("12348"));
	html_raw(&h, "</p>");
	put_points(x, &h, &nearest);
	put_services(x, &h);
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/rights"), T("维权专题：欠薪、消费、老人、残疾人、孩子、外来务工"), false);
	html_raw(&h, "</p><p>");
	ui_button_link(&h, TEXT("/complain"), T("办得不好、态度不好？投诉"), false);
	html_raw(&h, "</p><p>");
	ui_link(&h, TEXT("/help/about"), T("这是什么服务，谁来负责"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}
