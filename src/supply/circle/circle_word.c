/* Words, and what stands under every figure. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"

struct text
circle_say(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
}

struct text
circle_name(const struct exchange *x, struct text zh, struct text en)
{
	return x->ctx->lang == LANG_EN && en.n > 0 ? en : zh;
}

struct text
circle_int(struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

struct text
circle_grouped(struct exchange *x, int64_t n)
{
	char out[32];

	return arena_text(x->ctx->mem, int64_grouped(n, out));
}

struct text
circle_percent(struct exchange *x, int64_t permille)
{
	if (permille < 0)
		return TEXT("—");
	return arena_format(x->ctx->mem, "%lld.%lld%%", (long long)(permille / 10), (long long)(permille % 10));
}

/* Whole minutes, rounded up: within 30 is then within. */
static int
minutes_up(uint32_t ms)
{
	return ms < 60000 ? 1 : (int)((ms + 59999) / 60000);
}

struct text
circle_minutes(struct exchange *x, uint32_t low, uint32_t high)
{
	const char *unit = msg(x->ctx->lang, T("分钟"));

	if (low >= ROUTE_NEVER)
		return arena_format(x->ctx->mem, "> %d %s", CIRCLE_MINUTES_MAX, unit);
	if (minutes_up(low) == minutes_up(high))
		return arena_format(x->ctx->mem, "%d %s", minutes_up(low), unit);
	return arena_format(x->ctx->mem, "%d–%d %s", minutes_up(low), minutes_up(high), unit);
}

struct text
circle_day_text(struct exchange *x, struct day d)
{
	char out[16];

	return arena_format(x->ctx->mem, "%.10s %s", day_print(d, out).p, msg(x->ctx->lang, ui_weekday_label(d)));
}

struct text
circle_moment(struct exchange *x, const struct circle_seen *s)
{
	struct text day;
	int minute;

	if (s->ask.at_ms == 0)
		return circle_say(x, T("不论开不开门"));
	day = circle_day_text(x, day_of_moment(s->ask.at_ms));
	minute = moment_minute(s->ask.at_ms);
	return arena_format(x->ctx->mem, "%.*s %02d:%02d", (int)day.n, day.p, minute / 60, minute % 60);
}

const char *
circle_unit(const struct circle_seen *s)
{
	return s->city->people_known ? T("人") : T("个村（社区）");
}

/* ---- legend ------------------------------------------------------------------------------------------- */

static struct text
provider_text(struct exchange *x, const struct circle_seen *s)
{
	if (s->provider.est)
		return circle_say(x, T("没有路网：按直线距离乘绕行系数估算，给出最短和最长，说不准的不算在圈内"));
	if (s->provider.synthetic)
		return arena_format(x->ctx->mem, "%s（%s）", s->provider.label, msg(x->ctx->lang, T("编造的路网，只作演示")));
	return text_of(s->provider.label);
}

void
circle_put_legend(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	const struct frame_site *site = frame_site_get();
	bool numbered = site->map_approval != NULL && site->map_approval[0] != '\0';
	const struct ui_fact facts[] = {
		{ T("时间按什么算"), provider_text(x, s), TEXT_NONE },
		{ T("路网数据日期"), day_is_none(s->provider.data_day) ? circle_say(x, T("未填写")) : circle_day_text(x, s->provider.data_day), TEXT_NONE },
		{ T("坐标系"), TEXT("WGS-84 / CGCS2000"), TEXT_NONE },
		{ T("村（社区）位置"), circle_say(x, s->city->any_estimated ? T("有估算的，以实地为准") : T("登记的位置")), TEXT_NONE },
		{ T("人口"), circle_say(x, !s->city->people_known ? T("有村（社区）未核实：一律按村（社区）数算") :
		    site->demo ? T("示范人口（虚构）") : T("登记的人口")), TEXT_NONE },
		{ T("审图号"), numbered ? text_of(site->map_approval) : circle_say(x, T("未填写")), TEXT_NONE },
	};

	ui_section_open(h, T("图例和出处"));
	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
	ui_section_close(h);
}

/* How many of the open doors have somebody behind them, and of how many nobody knows. */
struct text
circle_staff_text(struct exchange *x, const struct circle_seen *s)
{
	unsigned n[CIRCLE_STATE_STAFFED + 1] = { 0 };

	for (uint32_t i = 0; i < s->city->n_points; i++)
		if (place_range_has(place_range(s->within), s->city->point[i].p.place))
			n[s->view->state[i]]++;
	if (n[CIRCLE_STATE_STAFFED] + n[CIRCLE_STATE_EMPTY] == 0)
		return circle_say(x, T("还没有排班：开门不等于有人在岗，这里只按开门时间算，不把任何一处算作“有人在岗”。"));
	return arena_format(x->ctx->mem, "%s %u · %s %u · %s %u", msg(x->ctx->lang, T("开着门的站点：有人值班")), n[CIRCLE_STATE_STAFFED],
	    msg(x->ctx->lang, T("没有人值班（不算在圈内）")), n[CIRCLE_STATE_EMPTY], msg(x->ctx->lang, T("没有发布值班表、在岗未知（只按开门时间算）")), n[CIRCLE_STATE_OPEN]);
}

void
circle_put_doubts(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	if (s->provider.trouble != NULL)
		ui_notice(h, UI_LATE, T("路网文件用不了，先按直线估算"), circle_say(x, s->provider.trouble));
	if (s->ask.at_ms != 0 && (s->view->n_open + s->view->n_empty > 0))
		ui_notice(h, s->view->n_empty > 0 ? UI_LATE : UI_INFO, s->view->n_empty == 0 && s->view->n_unknown > 0 ? T("在岗未知") : T("在岗"), circle_staff_text(x, s));
	if (s->ask.at_ms != 0 && !calendar_knows(holidays_current(), day_of_moment(s->ask.at_ms)))
		ui_notice_say(h, UI_SOON, NULL, T("这一年的节假日安排还没有公布，按平常的星期算。"));
	if (s->city->points_nowhere > 0) {
		html_raw(h, "<p class=\"meta\">");
		html_sayf(h, T("%d 个站点没有登记位置，算不进来。"), (int)s->city->points_nowhere);
		html_raw(h, "</p>");
	}
}
