/* The nearest point that is open now, in minutes by the way one goes: from a village, or from where the phone is. */
#include "supply/portal/portal_internal.h"

#include <stdlib.h>
#include <string.h>

#include "kit/msg/msg.h"
#include "resources/circle/circle_city.h"
#include "standards/holidays/holidays.h"

#define LOOKED 40
#define OPEN_MOST 4
#define SHUT_MOST 3
#define FAR_MINUTES 120

struct here_values { struct text lon, lat; int mode; };

static const struct choice modes[] = {
	{ ROUTE_FOOT + 1, "foot", T("步行") }, { ROUTE_EBIKE + 1, "ebike", T("骑电动自行车") }, { ROUTE_CAR + 1, "car", T("开车") },
	{ 0, NULL, NULL },
};
static const struct field here_fields[] = {
	{ .key = "lon", .kind = FIELD_LINE, .label = T("经度"), .max = 16, .offset = offsetof(struct here_values, lon) },
	{ .key = "lat", .kind = FIELD_LINE, .label = T("纬度"), .max = 16, .offset = offsetof(struct here_values, lat) },
	{ .key = "mode", .kind = FIELD_CHOICE, .label = T("怎么去"), .choices = modes, .offset = offsetof(struct here_values, mode) },
};
const struct form here_form = FORM_OF("points.here", T("离我最近的站点"), here_fields, struct here_values);

/* By e-bike unless asked otherwise. */
static const struct choice *
mode_asked(const struct exchange *x)
{
	const struct choice *c = choice_by_key(modes, params_get(x->in->query, "mode"));

	if (c == NULL)
		c = choice_by_key(modes, params_get(x->in->form, "mode"));
	return c == NULL ? &modes[1] : c;
}

/* ---- words ------------------------------------------------------------------------------------------ */

static int
minutes_up(uint32_t ms)
{
	return ms < 60000 ? 1 : (int)((ms + 59999) / 60000);
}

static struct text
way_text(struct exchange *x, const struct choice *mode, const struct circle_reach *r)
{
	const char *how = msg(x->ctx->lang, mode->label), *unit = msg(x->ctx->lang, T("分钟"));

	if (minutes_up(r->low) == minutes_up(r->high))
		return arena_format(x->ctx->mem, "%s %d %s", how, minutes_up(r->high), unit);
	return arena_format(x->ctx->mem, "%s %d–%d %s", how, minutes_up(r->low), minutes_up(r->high), unit);
}

static void
put_legend(struct exchange *x, struct html *h)
{
	struct circle_provider p = circle_provider_now();
	const char *number = frame_site_get()->map_approval;
	char day[16];

	(void)x;
	html_raw(h, "<p class=\"meta\">");
	if (p.est) {
		html_say(h, T("路上时间按直线距离估算，只供参考。"));
	} else {
		html_say(h, T("路上时间按路网估算："));
		html_str(h, p.label);
		if (!day_is_none(p.data_day)) {
			html_raw(h, " ");
			html_text(h, day_print(p.data_day, day));
		}
		html_raw(h, "。");
	}
	html_raw(h, " WGS-84 · ");
	html_say(h, T("审图号"));
	html_raw(h, " ");
	if (number != NULL && number[0] != '\0')
		html_str(h, number);
	else
		html_say(h, T("未填写"));
	html_raw(h, "</p>");
}

static void
put_modes(struct exchange *x, struct html *h, const char *action, const struct choice *mode)
{
	struct ui_chip chips[3];

	for (size_t i = 0; i < 3; i++)
		chips[i] = (struct ui_chip){ .label = modes[i].label, .count = -1, .on = modes[i].value == mode->value,
			.href = arena_format(x->ctx->mem, "%s&mode=%s", action, modes[i].key) };
	ui_chips(h, T("怎么去"), chips, 3);
}

/* ---- the list ------------------------------------------------------------------------------------------ */

static void
put_some(struct exchange *x, struct html *h, const struct circle_city *c, const struct choice *mode, const struct circle_reach *v,
    size_t n, bool open, bool empty, size_t most)
{
	size_t shown = 0;

	html_raw(h, "<div class=\"stations\">");
	for (size_t i = 0; i < n && shown < most; i++) {
		struct point_near near = { .point = c->point[v[i].point].p, .metres = INT64_MAX };

		if (v[i].open != open || v[i].empty != empty)
			continue;
		near.state = point_state_at(&near.point, x->ctx->now_ms, holidays_current());
		portal_station_way(x, h, &near, way_text(x, mode, &v[i]), false);
		shown++;
	}
	html_raw(h, "</div>");
}

static void
put_reached(struct exchange *x, struct html *h, const struct circle_city *c, const struct choice *mode, const struct circle_reach *v,
    size_t n)
{
	size_t open = 0, empty = 0;

	for (size_t i = 0; i < n; i++) {
		open += v[i].open;
		empty += v[i].empty;
	}
	ui_section_open(h, T("现在开着门的，近的在前"));
	if (open == 0)
		ui_notice_say(h, UI_SOON, NULL, empty > 0 ? T("两小时路程内现在没有开着门、又有人值班的站点。可以打 12348，或先打电话问站点。") :
		    T("两小时路程内的站点现在都关着门。可以打 12348，或看下面几点开门。"));
	else
		put_some(x, h, c, mode, v, n, true, false, OPEN_MOST);
	ui_section_close(h);
	if (empty > 0) {
		ui_section_open(h, T("开着门，值班表上现在没有人，去以前请先打电话"));
		put_some(x, h, c, mode, v, n, false, true, SHUT_MOST);
		ui_section_close(h);
	}
	if (open + empty < n) {
		ui_section_open(h, T("现在关着门的"));
		put_some(x, h, c, mode, v, n, false, false, SHUT_MOST);
		ui_section_close(h);
	}
}

bool
portal_near_way(struct exchange *x, struct html *h, struct geo at, const char *action)
{
	const struct choice *mode = mode_asked(x);
	struct circle_ask ask = { (enum route_mode)(mode->value - 1), CIRCLE_TIERS_ALL, x->ctx->now_ms };
	struct circle_reach v[LOOKED];
	struct route_point here;
	size_t n = 0;
	CIRCLE_CITY c = NULL;

	if (!circle_position(at, &here) || circle_city_hold(x->ctx, &c) != RC_OK ||
	    circle_nearest(x->ctx, c, &ask, here, FAR_MINUTES, v, LOOKED, &n) != RC_OK || n == 0)
		return false;
	if (action != NULL)
		put_modes(x, h, action, mode);
	put_reached(x, h, c, mode, v, n);
	put_legend(x, h);
	return true;
}

/* ---- from the phone ---------------------------------------------------------------------------------------- */

void
portal_put_here(struct exchange *x, struct html *h)
{
	html_raw(h, "<div hidden");
	html_attr(h, "data-here", portal_say(x, T("手机没有给出位置。请在下面写村（社区）的名字。")));
	html_raw(h, ">");
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/points/here"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_hidden(h, "lon", TEXT_NONE);
	ui_hidden(h, "lat", TEXT_NONE);
	ui_hidden(h, "mode", text_of(mode_asked(x)->key));
	ui_form_buttons(h, T("用手机的位置找最近的站点"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "<p class=\"meta\" role=\"status\">");
	html_say(h, T("位置只用来算这一次，不保存、不记录。"));
	html_raw(h, "</p></div>");
}

static bool
degrees_e6(struct text t, int64_t *ret)
{
	char word[24], *end;
	double d;

	if (t.n == 0 || t.n >= sizeof word)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if ((t.p[i] < '0' || t.p[i] > '9') && t.p[i] != '.' && t.p[i] != '-')
			return false;
	memcpy(word, t.p, t.n);
	word[t.n] = '\0';
	d = strtod(word, &end);
	if (*end != '\0' || !(d >= -180 && d <= 180))
		return false;
	*ret = (int64_t)(d * 1e6);
	return true;
}

enum rc
points_here_post(struct exchange *x)
{
	const struct here_values *in = x->values;
	struct geo at = { .datum = GEO_WGS84 };
	struct html h = frame_html(x);
	bool known = degrees_e6(text_trim(in->lon), &at.lon_e6) && degrees_e6(text_trim(in->lat), &at.lat_e6);

	frame_public_open(x, &h, &(struct frame_page){ .title = T("离我最近的站点"), .wide = true, .noindex = true });
	ui_title(&h, T("离我最近的站点"), TEXT_NONE);
	if (!known)
		ui_notice_say(&h, UI_LATE, NULL, T("手机没有给出位置。请在下面写村（社区）的名字。"));
	else if (!portal_near_way(x, &h, at, NULL))
		ui_notice_say(&h, UI_SOON, NULL, T("这个位置附近没有本市的道路或站点。请按村（社区）找，或者打 12348。"));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/points"), T("按村（社区）找"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}
