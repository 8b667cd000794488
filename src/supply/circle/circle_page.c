/* The circle at a glance: figures, map, places below, and the gaps with their causes. */
#include "supply/circle/circle_page_internal.h"

#include <stdlib.h>

#include "kit/msg/msg.h"

#define GAPS 30

/* ---- filters ---------------------------------------------------------------------------------------- */

static void
put_presets(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	static const struct { const char *label; int day, time; } presets[] = {
		{ T("周二 10:00"), 2, 600 }, { T("周二 19:00"), 2, 1140 }, { T("周六 10:00"), 6, 600 }, { T("现在"), CIRCLE_NOW, -1 },
		{ T("不论开不开门"), CIRCLE_ALWAYS, -1 },
	};
	struct ui_chip chips[sizeof presets / sizeof presets[0]];

	for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++) {
		struct circle_seen other = *s;
		bool timed = presets[i].time >= 0;

		other.v.day = presets[i].day;
		other.v.time = timed ? presets[i].time : s->v.time;
		chips[i] = (struct ui_chip){ .label = presets[i].label, .count = -1, .tone = UI_PLAIN,
			.href = circle_url(x, &other, "/desk/circle", s->within, ""),
			.on = s->v.day == presets[i].day && (!timed || s->v.time == presets[i].time) };
	}
	ui_chips(h, T("什么时候"), chips, sizeof presets / sizeof presets[0]);
}

static void
put_filter(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	static const char *const keys[] = { "mode", "minutes", "tier", "day", "time" };
	const struct choice *lists[] = { circle_mode_choices, circle_minutes_choices, circle_tier_choices, circle_day_choices };
	const int chosen[] = { s->v.mode, s->v.minutes, s->v.tier, s->v.day };

	html_raw(h, "<div class=\"circle-filter\">");
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/circle"), .get = true, .id = "circle-filter" });
	for (size_t i = 0; i < 4; i++) {
		struct ui_option options[12];
		size_t n = 0;

		for (const struct choice *c = lists[i]; c->key != NULL; c++) {
			options[n] = (struct ui_option){ text_of(c->key), circle_say(x, c->label), TEXT("") };
			n++;
		}
		ui_field_select(h, form_field(&circle_form, keys[i]), options, n, text_of(choice_by_value(lists[i], chosen[i])->key), NULL);
	}
	ui_field(h, form_field(&circle_form, "time"), arena_format(x->ctx->mem, "%02d:%02d", s->v.time / 60, s->v.time % 60),
	    findings_of(&x->findings, "time"));
	ui_hidden(h, "place", arena_format(x->ctx->mem, "%012lld", (long long)s->within.code));
	ui_form_buttons(h, T("查看"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "</div>");
}

static void
put_above(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	html_raw(h, "<p class=\"path\">");
	for (int level = PLACE_CITY; level <= (int)place_level(s->within); level++) {
		struct place up = place_up(s->within, (enum place_level)level);

		if (level > PLACE_CITY)
			html_raw(h, " / ");
		if (up.code == s->within.code || !place_range_has(x->ctx->actor->places, up))
			html_text(h, region_name(up));
		else
			ui_link_text(h, circle_url(x, s, "/desk/circle", up, ""), region_name(up));
	}
	html_raw(h, "</p>");
}

/* ---- figures ------------------------------------------------------------------------------------------- */

enum ui_tone
circle_tone(enum circle_class c)
{
	switch ((int)c) {
	case CIRCLE_COVERED: return UI_OK;
	case CIRCLE_SHUT: return UI_SOON;
	case CIRCLE_EMPTY:
	case CIRCLE_FAR: return UI_LATE;
	default: return UI_HOLD;
	}
}

static struct text
count_text(struct exchange *x, const struct circle_seen *s, struct circle_count c)
{
	struct text weight = circle_grouped(x, c.weight);

	if (!s->city->people_known)
		return TEXT_NONE;
	return arena_format(x->ctx->mem, "%.*s %s", (int)weight.n, weight.p, msg(x->ctx->lang, T("人")));
}

struct text
circle_p90_text(struct exchange *x, int64_t seconds)
{
	if (seconds < 0)
		return TEXT("—");
	if (seconds >= CIRCLE_MINUTES_MAX * 60)
		return arena_format(x->ctx->mem, "≥ %d", CIRCLE_MINUTES_MAX);
	return circle_int(x, (seconds + 59) / 60);
}

struct text
circle_points_text(struct exchange *x, int64_t a, int64_t b)
{
	int64_t d = a - b;

	if (a < 0 || b < 0)
		return TEXT("—");
	return arena_format(x->ctx->mem, "%s%lld.%lld", d < 0 ? "−" : "", (long long)(llabs(d) / 10), (long long)(llabs(d) % 10));
}

struct text
circle_gini_text(struct exchange *x, int64_t permille)
{
	if (permille < 0)
		return TEXT("—");
	return arena_format(x->ctx->mem, "%lld.%03lld", (long long)(permille / 1000), (long long)(permille % 1000));
}

void
circle_put_stats(struct exchange *x, struct html *h, const struct circle_seen *s, const struct circle_sum *sum)
{
	struct circle_count doubt = { 0, 0 };
	struct ui_stat stats[8];
	struct text in = circle_grouped(x, sum->of[CIRCLE_COVERED].weight), all = circle_grouped(x, sum->all.weight);

	for (int c = CIRCLE_UNSURE; c < CIRCLE_CLASSES; c++) {
		doubt.villages += sum->of[c].villages;
		doubt.weight += sum->of[c].weight;
	}
	stats[0] = (struct ui_stat){ .label = T("在圈内"), .value = circle_percent(x, sum->in_permille), .tone = UI_OK,
		.note = arena_format(x->ctx->mem, "%.*s / %.*s %s", (int)in.n, in.p, (int)all.n, all.p, msg(x->ctx->lang, circle_unit(s))) };
	stats[1] = (struct ui_stat){ .label = T("时限内没有站点"), .value = circle_int(x, sum->of[CIRCLE_FAR].villages),
		.unit = T("个村（社区）"), .tone = sum->of[CIRCLE_FAR].villages > 0 ? UI_LATE : UI_PLAIN,
		.note = count_text(x, s, sum->of[CIRCLE_FAR]) };
	stats[2] = (struct ui_stat){ .label = T("站点此时不开门"), .value = circle_int(x, sum->of[CIRCLE_SHUT].villages),
		.unit = T("个村（社区）"), .tone = sum->of[CIRCLE_SHUT].villages > 0 ? UI_SOON : UI_PLAIN,
		.note = count_text(x, s, sum->of[CIRCLE_SHUT]) };
	stats[3] = (struct ui_stat){ .label = T("说不准或没有位置"), .value = circle_int(x, doubt.villages), .unit = T("个村（社区）"),
		.tone = UI_HOLD, .note = count_text(x, s, doubt) };
	stats[4] = (struct ui_stat){ .label = T("九成在多少分钟内"), .value = circle_p90_text(x, sum->p90_seconds), .unit = T("分钟"), .tone = UI_PLAIN };
	stats[5] = (struct ui_stat){ .label = T("路上时间的基尼系数"), .value = circle_gini_text(x, sum->gini_permille), .tone = UI_PLAIN,
		.note = circle_say(x, T("0 是人人一样远")) };
	stats[6] = (struct ui_stat){ .label = T("城乡差"), .value = circle_points_text(x, sum->urban_permille, sum->rural_permille),
		.unit = T("个百分点"), .tone = UI_PLAIN, .note = arena_format(x->ctx->mem, "%s %.*s · %s %.*s", msg(x->ctx->lang, T("城")),
		    (int)circle_percent(x, sum->urban_permille).n, circle_percent(x, sum->urban_permille).p, msg(x->ctx->lang, T("乡")),
		    (int)circle_percent(x, sum->rural_permille).n, circle_percent(x, sum->rural_permille).p) };
	stats[7] = (struct ui_stat){ .label = T("站点此时没有人值班"), .value = circle_int(x, sum->of[CIRCLE_EMPTY].villages),
		.unit = T("个村（社区）"), .tone = sum->of[CIRCLE_EMPTY].villages > 0 ? UI_LATE : UI_PLAIN,
		.note = count_text(x, s, sum->of[CIRCLE_EMPTY]) };
	ui_stats(h, stats, s->view->n_empty > 0 ? 8 : 7); /* only where a roster says so */
}

/* ---- places below ------------------------------------------------------------------------------------------ */

#define BELOW_MAX 120

enum rc
circle_put_places(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	static const struct ui_column columns[] = { { T("地方"), false }, { T("在圈内"), true }, { T("村（社区）"), true },
		{ T("没有站点"), true }, { T("不开门"), true }, { T("没人值班"), true }, { T("说不准"), true }, { T("九成在（分钟）"), true }, { T("基尼系数"), true } };
	const struct division *below[BELOW_MAX];
	size_t n = place_level(s->within) >= PLACE_TOWN ? 0 : region_children(s->within, day_of_moment(x->ctx->now_ms), below, BELOW_MAX);
	struct ui_table t;

	if (n == 0)
		return RC_OK;
	n = n < BELOW_MAX ? n : BELOW_MAX;
	ui_section_open(h, T("各地比较"));
	ui_table_open(&t, h, T("下一级各地"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++) {
		struct circle_sum sum;
		enum rc rc = circle_sum_within(x, s, s->verdict, below[i]->place, &sum);

		if (rc != RC_OK)
			return rc;
		ui_row_open(&t);
		ui_cell_link(&t, circle_url(x, s, "/desk/circle", below[i]->place, ""), circle_name(x, below[i]->name, below[i]->name_en));
		ui_cell(&t, circle_percent(x, sum.in_permille));
		ui_cell_int(&t, sum.all.villages);
		ui_cell_int(&t, sum.of[CIRCLE_FAR].villages);
		ui_cell_int(&t, sum.of[CIRCLE_SHUT].villages);
		ui_cell_int(&t, sum.of[CIRCLE_EMPTY].villages);
		ui_cell_int(&t, sum.of[CIRCLE_UNSURE].villages + sum.of[CIRCLE_OFF].villages + sum.of[CIRCLE_NOWHERE].villages);
		ui_cell(&t, circle_p90_text(x, sum.p90_seconds));
		ui_cell(&t, circle_gini_text(x, sum.gini_permille));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
	return RC_OK;
}

/* ---- gaps ----------------------------------------------------------------------------------------------------- */

struct gap { uint32_t village; int64_t weight; };

/* The most people first, then by code. */
static int
by_weight(const void *a, const void *b)
{
	const struct gap *p = a, *q = b;

	if (p->weight != q->weight)
		return p->weight > q->weight ? -1 : 1;
	return (p->village > q->village) - (p->village < q->village);
}

static void
put_gap(struct exchange *x, struct ui_table *t, const struct circle_seen *s, uint32_t i)
{
	const struct circle_village *v = &s->city->village[i];
	const struct circle_verdict *d = &s->verdict[i];

	ui_row_open(t);
	ui_cell_link(t, circle_url(x, s, arena_format(x->ctx->mem, "/desk/circle/village/%012lld", (long long)v->place.code).p, s->within, ""),
	    v->name);
	ui_cell(t, v->path);
	ui_cell_open(t);
	ui_tag(t->h, circle_tone(d->class), circle_say(x, circle_class_label(d->class)));
	ui_cell_close(t);
	ui_cell(t, v->people < 0 ? circle_say(x, T("未核实")) : circle_grouped(x, v->people));
	ui_cell(t, d->class == CIRCLE_NOWHERE || d->class == CIRCLE_OFF ? TEXT("—") : circle_minutes(x, d->low, d->high));
	ui_row_close(t);
}

static void
put_gap_pager(struct exchange *x, struct html *h, const struct circle_seen *s, size_t from, size_t n)
{
	size_t end = n - from > GAPS ? from + GAPS : n;
	struct ui_pager pager = { .where = arena_format(x->ctx->mem, "%zu–%zu / %zu", from + 1, end, n) };

	if (end < n)
		pager.next = circle_url(x, s, "/desk/circle", s->within, arena_format(x->ctx->mem, "&class=%d&from=%zu", s->v.class, end).p);
	if (from > 0)
		pager.previous = circle_url(x, s, "/desk/circle", s->within, arena_format(x->ctx->mem, "&class=%d&from=%zu", s->v.class,
		    from > GAPS ? from - GAPS : 0).p);
	ui_pager(h, &pager);
}

static void
put_gap_chips(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	struct ui_chip chips[CIRCLE_CLASSES];
	size_t n = 0;

	for (int c = CIRCLE_SHUT; c < CIRCLE_CLASSES; c++) {
		if (s->sum.of[c].villages == 0)
			continue;
		chips[n] = (struct ui_chip){ .label = circle_class_label((enum circle_class)c), .count = s->sum.of[c].villages,
			.on = s->v.class == c, .tone = circle_tone((enum circle_class)c),
			.href = circle_url(x, s, "/desk/circle", s->within, arena_format(x->ctx->mem, "&class=%d", s->v.class == c ? 0 : c).p) };
		n++;
	}
	if (n > 1)
		ui_chips(h, T("原因"), chips, n);
}

static enum rc
put_gaps(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("在哪里"), false }, { T("原因"), false }, { T("人口"), true },
		{ T("最近的站点"), true } };
	struct gap *gaps = arena_array(x->ctx->mem, (size_t)s->n + 1, sizeof *gaps);
	size_t n = 0, from = (size_t)s->v.from;
	struct ui_table t;

	if (gaps == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = s->first; i < s->first + s->n; i++)
		if (s->v.class == 0 ? s->verdict[i].class != CIRCLE_COVERED : (int)s->verdict[i].class == s->v.class) {
			gaps[n].village = i;
			gaps[n++].weight = s->who[i].weight;
		}
	ui_section_open(h, T("不在圈内的村（社区）"));
	put_gap_chips(x, h, s);
	if (n == 0) {
		ui_paragraph(h, T("这个时刻、这种走法，都在圈内。"));
	} else {
		qsort(gaps, n, sizeof *gaps, by_weight);
		from = from < n ? from : 0;
		ui_table_open(&t, h, T("人多的在前；点开看它附近有什么"), columns, sizeof columns / sizeof columns[0]);
		for (size_t i = from; i < n && i < from + GAPS; i++)
			put_gap(x, &t, s, gaps[i].village);
		ui_table_close(&t);
		put_gap_pager(x, h, s, from, n);
	}
	ui_section_close(h);
	return RC_OK;
}

/* ---- the page ----------------------------------------------------------------------------------------------------- */

static void
put_ways(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	html_raw(h, "<p class=\"actions\">");
	ui_button_link(h, circle_url(x, s, "/desk/circle/pin", s->within, ""), T("挪一个站点试试"), true);
	html_raw(h, " ");
	ui_button_link(h, circle_url(x, s, "/desk/circle/site", s->within, ""), T("再建几个点，建在哪里"), false);
	html_raw(h, " ");
	ui_button_link(h, TEXT("/desk/circle/plans"), T("布点方案"), false);
	html_raw(h, " ");
	ui_button_link(h, circle_url(x, s, "/desk/circle/report", s->within, ""), T("报告（打印、电子表格）"), false);
	html_raw(h, " ");
	ui_button_link(h, circle_url(x, s, "/desk/circle/months", s->within, ""), T("按月存下、看变化"), false);
	html_raw(h, " ");
	ui_button_link(h, circle_url(x, s, "/desk/circle/towns", s->within, ""), T("空白镇和万人比"), false);
	html_raw(h, "</p>");
}

enum rc
circle_page(struct exchange *x)
{
	struct html h = frame_html(x);
	CIRCLE_SEEN s;
	enum rc rc = circle_see(x, &s);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("半小时法律服务圈"), .area = FRAME_CIRCLE, .style = "circle.css",
	    .script = "circle.js" });
	ui_title(&h, T("半小时法律服务圈"), s.provider.synthetic ? text_of(s.provider.label) : s.provider.est ?
	    circle_say(x, T("直线估算")) : text_of(s.provider.label));
	put_above(x, &h, &s);
	put_presets(x, &h, &s);
	circle_put_stats(x, &h, &s, &s.sum);
	put_ways(x, &h, &s);
	html_raw(&h, "<div class=\"circle-beside\"><div>");
	circle_put_canvas(x, &h, &s, false);
	circle_put_svg(x, &h, &s, NULL, 0);
	html_raw(&h, "</div><div>");
	put_filter(x, &h, &s);
	circle_put_doubts(x, &h, &s);
	html_raw(&h, "</div></div>");
	rc = circle_put_places(x, &h, &s);
	if (rc == RC_OK)
		rc = put_gaps(x, &h, &s);
	circle_put_legend(x, &h, &s);
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}
