/* The report of a place: a page to print, and the same figures as a workbook. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"
#include "kit/xlsx/xlsx.h"

#define GAPS_PRINTED 200

/* ---- the page ----------------------------------------------------------------------------------------- */

static void
put_head(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	const struct ui_fact facts[] = {
		{ T("地方"), region_path(s->within), TEXT_NONE },
		{ T("怎么去"), circle_say(x, choice_by_value(circle_mode_choices, s->v.mode)->label), TEXT_NONE },
		{ T("多久以内"), arena_format(x->ctx->mem, "%d %s", s->v.minutes, msg(x->ctx->lang, T("分钟"))), TEXT_NONE },
		{ T("到哪一级"), circle_say(x, choice_by_value(circle_tier_choices, s->v.tier)->label), TEXT_NONE },
		{ T("什么时候"), circle_moment(x, s), TEXT_NONE },
		{ T("制表日期"), circle_day_text(x, day_of_moment(x->ctx->now_ms)), TEXT_NONE },
	};

	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

static void
put_gaps(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("原因"), false }, { T("人口"), true }, { T("最近的站点"), true } };
	struct ui_table t;
	uint32_t n = 0;

	ui_section_open(h, T("不在圈内的村（社区）"));
	ui_table_open(&t, h, T("按区划代码"), columns, 4);
	for (uint32_t i = s->first; i < s->first + s->n && n < GAPS_PRINTED; i++) {
		const struct circle_verdict *v = &s->verdict[i];

		if (v->class == CIRCLE_COVERED)
			continue;
		n++;
		ui_row_open(&t);
		ui_cell(&t, s->city->village[i].path);
		ui_cell_say(&t, circle_class_label(v->class));
		ui_cell(&t, s->city->village[i].people < 0 ? circle_say(x, T("未核实")) : circle_grouped(x, s->city->village[i].people));
		ui_cell(&t, v->class >= CIRCLE_OFF ? TEXT("—") : circle_minutes(x, v->low, v->high));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (n == GAPS_PRINTED) {
		html_raw(h, "<p class=\"meta\">");
		html_sayf(h, T("只印前 %d 个，全部在电子表格里。"), GAPS_PRINTED);
		html_raw(h, "</p>");
	}
	ui_section_close(h);
}

enum rc
circle_report_page(struct exchange *x)
{
	struct html h = frame_html(x);
	CIRCLE_SEEN s;
	enum rc rc = circle_see(x, &s);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("半小时法律服务圈报告"), .area = FRAME_CIRCLE });
	ui_title(&h, T("半小时法律服务圈报告"), region_name(s.within));
	html_raw(&h, "<p class=\"tools\">");
	ui_button_link(&h, circle_url(x, &s, "/desk/circle/report.xlsx", s.within, ""), T("电子表格"), true);
	html_raw(&h, " ");
	ui_link(&h, circle_url(x, &s, "/desk/circle", s.within, ""), T("回到半小时圈"));
	html_raw(&h, "</p>");
	put_head(x, &h, &s);
	circle_put_stats(x, &h, &s, &s.sum);
	circle_put_svg(x, &h, &s, NULL, 0);
	rc = circle_put_places(x, &h, &s);
	put_gaps(x, &h, &s);
	circle_put_doubts(x, &h, &s);
	circle_put_legend(x, &h, &s);
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

/* ---- the workbook --------------------------------------------------------------------------------------- */

static void
pair_put(struct exchange *x, struct xlsx *b, const char *label, struct text value)
{
	xlsx_head(b, circle_say(x, label));
	xlsx_text(b, value);
	xlsx_row(b);
}

static void
sheet_about(struct exchange *x, struct xlsx *b, const struct circle_seen *s)
{
	xlsx_sheet(b, circle_say(x, T("说明")));
	pair_put(x, b, T("地方"), region_path(s->within));
	pair_put(x, b, T("怎么去"), circle_say(x, choice_by_value(circle_mode_choices, s->v.mode)->label));
	pair_put(x, b, T("多久以内"), arena_format(x->ctx->mem, "%d %s", s->v.minutes, msg(x->ctx->lang, T("分钟"))));
	pair_put(x, b, T("到哪一级"), circle_say(x, choice_by_value(circle_tier_choices, s->v.tier)->label));
	pair_put(x, b, T("什么时候"), circle_moment(x, s));
	pair_put(x, b, T("时间按什么算"), s->provider.est ? circle_say(x, T("直线估算")) : text_of(s->provider.label));
	pair_put(x, b, T("人口"), circle_say(x, !s->city->people_known ? T("有村（社区）未核实：一律按村（社区）数算") :
	    frame_site_get()->demo ? T("示范人口（虚构）") : T("登记的人口")));
	if (s->ask.at_ms != 0)
		pair_put(x, b, T("在岗"), circle_staff_text(x, s));
}

static void
number_or(struct exchange *x, struct xlsx *b, int64_t n, int decimals)
{
	if (n < 0)
		xlsx_text(b, circle_say(x, T("未核实")));
	else
		xlsx_number(b, n, decimals);
}

static enum rc
sheet_places(struct exchange *x, struct xlsx *b, const struct circle_seen *s)
{
	static const char *const heads[] = { T("地方"), T("村（社区）"), T("权重合计"), T("在圈内的权重"), T("在圈内（%）"), T("没有站点"),
		T("不开门"), T("没人值班"), T("说不准或没有位置"), T("九成在（分钟）"), T("基尼系数") };
	const struct division *below[120];
	size_t n = region_children(s->within, day_of_moment(x->ctx->now_ms), below, 120);

	xlsx_sheet(b, circle_say(x, T("各地比较")));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		xlsx_head(b, circle_say(x, heads[i]));
	xlsx_row(b);
	n = n < 120 ? n : 120;
	for (size_t i = 0; i <= n; i++) {
		struct place p = i == n ? s->within : below[i]->place;
		struct circle_sum sum;
		enum rc rc = circle_sum_within(x, s, s->verdict, p, &sum);

		if (rc != RC_OK)
			return rc;
		xlsx_text(b, region_name(p));
		xlsx_number(b, sum.all.villages, 0);
		xlsx_number(b, sum.all.weight, 0);
		xlsx_number(b, sum.of[CIRCLE_COVERED].weight, 0);
		number_or(x, b, sum.in_permille, 1);
		xlsx_number(b, sum.of[CIRCLE_FAR].villages, 0);
		xlsx_number(b, sum.of[CIRCLE_SHUT].villages, 0);
		xlsx_number(b, sum.of[CIRCLE_EMPTY].villages, 0);
		xlsx_number(b, sum.of[CIRCLE_UNSURE].villages + sum.of[CIRCLE_OFF].villages + sum.of[CIRCLE_NOWHERE].villages, 0);
		number_or(x, b, sum.p90_seconds < 0 ? -1 : (sum.p90_seconds + 59) / 60, 0);
		number_or(x, b, sum.gini_permille, 3);
		xlsx_row(b);
	}
	return RC_OK;
}

static void
sheet_villages(struct exchange *x, struct xlsx *b, const struct circle_seen *s)
{
	static const char *const heads[] = { T("区划代码"), T("村（社区）"), T("城乡"), T("人口"), T("在不在圈内"), T("最近站点的编号"),
		T("路上（分钟，至少）"), T("路上（分钟，至多）") };

	xlsx_sheet(b, circle_say(x, T("村（社区）")));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		xlsx_head(b, circle_say(x, heads[i]));
	xlsx_row(b);
	for (uint32_t i = s->first; i < s->first + s->n; i++) {
		const struct circle_village *v = &s->city->village[i];
		const struct circle_verdict *d = &s->verdict[i];

		xlsx_text(b, arena_format(x->ctx->mem, "%012lld", (long long)v->place.code));
		xlsx_text(b, v->path);
		xlsx_text(b, circle_say(x, v->rural ? T("乡村") : T("城镇")));
		number_or(x, b, v->people, 0);
		xlsx_text(b, circle_say(x, circle_class_label(d->class)));
		if (d->point != ROUTE_NONE) {
			xlsx_text(b, s->city->point[d->point].p.code);
			xlsx_number(b, (d->low + 59999) / 60000, 0);
			xlsx_number(b, (d->high + 59999) / 60000, 0);
		}
		xlsx_row(b);
	}
}

enum rc
circle_report_xlsx(struct exchange *x)
{
	CIRCLE_SEEN s;
	struct xlsx *b = NULL;
	enum rc rc = circle_see(x, &s);

	if (rc == RC_OK)
		rc = xlsx_open(&b);
	if (rc != RC_OK)
		return rc;
	sheet_about(x, b, &s);
	rc = sheet_places(x, b, &s);
	if (rc != RC_OK) {
		xlsx_free(b);
		return rc;
	}
	sheet_villages(x, b, &s);
	x->out->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"circle.xlsx\""));
	return xlsx_close(b, &x->out->body);
}
