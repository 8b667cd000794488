/* A pin that is moved: what becomes of coverage and evenness when a point stands elsewhere, or a new one is opened. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"

#define NEWLY_SHOWN 30

struct pinned {
	bool asked;              /* a position was given */
	const char *wrong;       /* T(): why it could not be tried; NULL */
	struct circle_pin pin;
	const struct circle_verdict *verdict;
	struct circle_sum sum;
	int64_t gained, lost;    /* villages that come in, and that fall out */
};

static enum rc
pin_read(struct exchange *x, const struct circle_seen *s, struct pinned *p)
{
	struct text code = text_trim(s->v.point);

	*p = (struct pinned){ .pin = { .point = ROUTE_NONE } };
	(void)x;
	if (code.n > 0) {
		p->pin.point = circle_city_point(s->city, code);
		if (p->pin.point == ROUTE_NONE)
			return RC_NOT_FOUND;
		p->pin.at = s->city->point[p->pin.point].at;
	}
	p->asked = s->v.lon.n > 0 || s->v.lat.n > 0;
	if (p->asked && !circle_asked_position(s->v.lon, s->v.lat, &p->pin.at))
		p->wrong = T("经度、纬度应是十进制度数（WGS-84），如 120.62 和 31.30");
	return RC_OK;
}

static enum rc
pin_try(struct exchange *x, const struct circle_seen *s, struct pinned *p)
{
	struct circle_verdict *verdict;
	enum rc rc;

	if (!p->asked || p->wrong != NULL)
		return RC_OK;
	rc = circle_pin_judge(x->ctx, s->city, s->view, &p->pin, s->v.minutes, &verdict);
	if (rc == RC_NOT_FOUND) {
		p->wrong = T("这个位置 2 公里内没有道路");
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	p->verdict = verdict;
	for (uint32_t i = s->first; i < s->first + s->n; i++) {
		bool was = s->verdict[i].class == CIRCLE_COVERED, is = verdict[i].class == CIRCLE_COVERED;

		p->gained += is && !was;
		p->lost += was && !is;
	}
	return circle_sum_within(x, s, verdict, s->within, &p->sum);
}

/* ---- JSON -------------------------------------------------------------------------------------------- */

void
circle_sum_json(struct json *j, const char *key, const struct circle_seen *s, const struct circle_sum *sum)
{
	json_begin_object(j, key);
	json_int(j, "villages", sum->all.villages);
	json_int(j, "weight", sum->all.weight);
	json_str(j, "unit", s->city->people_known ? "people" : "villages");
	for (int c = 0; c < CIRCLE_CLASSES; c++)
		json_int(j, circle_class_key((enum circle_class)c), sum->of[c].villages);
	json_int(j, "covered_weight", sum->of[CIRCLE_COVERED].weight);
	json_int(j, "covered_permille", sum->in_permille);
	json_int(j, "urban_permille", sum->urban_permille);
	json_int(j, "rural_permille", sum->rural_permille);
	json_int(j, "gini_permille", sum->gini_permille);
	json_int(j, "p90_seconds", sum->p90_seconds);
	json_end_object(j);
}

static void
put_changed(struct exchange *x, struct json *j, const struct circle_seen *s, const struct pinned *p)
{
	json_begin_object(j, "changed");
	for (uint32_t i = s->first; i < s->first + s->n; i++)
		if (p->verdict[i].class != s->verdict[i].class)
			json_str(j, arena_format(x->ctx->mem, "%012lld", (long long)s->city->village[i].place.code).p,
			    circle_class_key(p->verdict[i].class));
	json_end_object(j);
}

/* What the page shows, in its language, so that the script writes no words of its own. */
static void
put_shown(struct exchange *x, struct json *j, const struct circle_sum *sum)
{
	struct text minutes = sum->p90_seconds >= CIRCLE_MINUTES_MAX * 60 ? TEXT("≥ 60") : circle_int(x, (sum->p90_seconds + 59) / 60);

	json_begin_object(j, "shown");
	json_text(j, "in", circle_percent(x, sum->in_permille));
	json_text(j, "covered", circle_grouped(x, sum->of[CIRCLE_COVERED].weight));
	json_text(j, "far", circle_int(x, sum->of[CIRCLE_FAR].villages));
	json_text(j, "shut", circle_int(x, sum->of[CIRCLE_SHUT].villages));
	json_text(j, "p90", minutes);
	json_text(j, "gini", arena_format(x->ctx->mem, "0.%03lld", (long long)sum->gini_permille));
	json_end_object(j);
}

enum rc
circle_pin_json(struct exchange *x)
{
	CIRCLE_SEEN s;
	struct pinned p;
	struct json j;
	enum rc rc = circle_see(x, &s);

	if (rc == RC_OK)
		rc = pin_read(x, &s, &p);
	if (rc == RC_OK)
		rc = pin_try(x, &s, &p);
	if (rc != RC_OK)
		return rc;
	if (p.verdict == NULL) {
		findings_add(&x->findings, "lon", p.wrong != NULL ? p.wrong : T("请给出位置"), 0);
		return RC_INVALID;
	}
	x->out->type = "application/json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	circle_sum_json(&j, "before", &s, &s.sum);
	circle_sum_json(&j, "after", &s, &p.sum);
	put_shown(x, &j, &p.sum);
	json_int(&j, "gained", p.gained);
	json_int(&j, "lost", p.lost);
	put_changed(x, &j, &s, &p);
	json_end_object(&j);
	return buf_rc(&x->out->body);
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static void
put_form(struct exchange *x, struct html *h, const struct circle_seen *s, const struct pinned *p)
{
	bool has = p->asked || p->pin.point != ROUTE_NONE;
	struct text lon = p->asked ? s->v.lon : has ? arena_format(x->ctx->mem, "%.6f", p->pin.at.lon / 1e7) : TEXT_NONE;
	struct text lat = p->asked ? s->v.lat : has ? arena_format(x->ctx->mem, "%.6f", p->pin.at.lat / 1e7) : TEXT_NONE;

	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/circle/pin"), .get = true, .id = "pin-form" });
	circle_hidden(x, h, s);
	ui_field(h, form_field(&circle_form, "lon"), lon, NULL);
	ui_field(h, form_field(&circle_form, "lat"), lat, NULL);
	ui_hidden(h, "point", s->v.point);
	ui_form_buttons(h, T("看看会怎样"), TEXT_NONE);
	ui_form_close(h);
}

struct line { const char *label, *id; struct text was, is; };

static void
put_line(struct ui_table *t, const struct line *l)
{
	ui_row_open(t);
	ui_cell_say(t, l->label);
	ui_cell(t, l->was);
	ui_cell_open(t);
	html_raw(t->h, "<span class=\"after\"");
	html_attr(t->h, "id", text_of(l->id));
	html_raw(t->h, ">");
	html_text(t->h, l->is);
	html_raw(t->h, "</span>");
	ui_cell_close(t);
	ui_row_close(t);
}

static void
put_table(struct exchange *x, struct html *h, const struct circle_seen *s, const struct pinned *p)
{
	static const struct ui_column columns[] = { { T("项目"), false }, { T("现在"), true }, { T("挪过以后"), true } };
	const struct circle_sum *a = &s->sum, *b = p->verdict != NULL ? &p->sum : NULL;
	const struct line lines[] = {
		{ T("在圈内"), "after-in", circle_percent(x, a->in_permille), b ? circle_percent(x, b->in_permille) : TEXT("—") },
		{ s->city->people_known ? T("在圈内的人") : T("在圈内的村（社区）"), "after-covered", circle_grouped(x, a->of[CIRCLE_COVERED].weight),
		  b ? circle_grouped(x, b->of[CIRCLE_COVERED].weight) : TEXT("—") },
		{ T("时限内没有站点的村（社区）"), "after-far", circle_int(x, a->of[CIRCLE_FAR].villages),
		  b ? circle_int(x, b->of[CIRCLE_FAR].villages) : TEXT("—") },
		{ T("站点不开门的村（社区）"), "after-shut", circle_int(x, a->of[CIRCLE_SHUT].villages),
		  b ? circle_int(x, b->of[CIRCLE_SHUT].villages) : TEXT("—") },
		{ T("九成在（分钟）"), "after-p90", circle_p90_text(x, a->p90_seconds), b ? circle_p90_text(x, b->p90_seconds) : TEXT("—") },
		{ T("基尼系数"), "after-gini", circle_gini_text(x, a->gini_permille), b ? circle_gini_text(x, b->gini_permille) : TEXT("—") },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("挪之前和挪之后"), columns, 3);
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		put_line(&t, &lines[i]);
	ui_table_close(&t);
	html_raw(h, "<p class=\"meta\" role=\"status\" id=\"after-said\"></p>");
}

static void
put_newly(struct html *h, const struct circle_seen *s, const struct pinned *p)
{
	size_t n = 0;

	if (p->verdict == NULL || p->gained + p->lost == 0)
		return;
	ui_section_open(h, T("变了的村（社区）"));
	html_raw(h, "<ul>");
	for (uint32_t i = s->first; i < s->first + s->n && n < NEWLY_SHOWN; i++) {
		if ((p->verdict[i].class == CIRCLE_COVERED) == (s->verdict[i].class == CIRCLE_COVERED))
			continue;
		n++;
		html_raw(h, "<li>");
		html_text(h, s->city->village[i].path);
		html_raw(h, "：");
		html_say(h, circle_class_label(s->verdict[i].class));
		html_raw(h, " → ");
		html_say(h, circle_class_label(p->verdict[i].class));
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
	if ((int64_t)n < p->gained + p->lost) {
		html_raw(h, "<p class=\"meta\">");
		html_sayf(h, T("只列出前 %d 个。"), NEWLY_SHOWN);
		html_raw(h, "</p>");
	}
	ui_section_close(h);
}

enum rc
circle_pin_page(struct exchange *x)
{
	struct html h = frame_html(x);
	CIRCLE_SEEN s;
	struct circle_mark mark;
	struct pinned p;
	bool shown;
	enum rc rc = circle_see(x, &s);

	if (rc == RC_OK)
		rc = pin_read(x, &s, &p);
	if (rc == RC_OK)
		rc = pin_try(x, &s, &p);
	if (rc != RC_OK)
		return rc;
	shown = (p.asked && p.wrong == NULL) || p.pin.point != ROUTE_NONE;
	mark = (struct circle_mark){ p.pin.at, p.pin.point != ROUTE_NONE ? s.city->point[p.pin.point].p.name : circle_say(x, T("新站点")) };
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("挪一个站点试试"), .area = FRAME_CIRCLE, .style = "circle.css",
	    .script = "circle.js" });
	ui_title(&h, T("挪一个站点试试"), circle_moment(x, &s));
	if (p.pin.point != ROUTE_NONE)
		ui_notice(&h, UI_INFO, T("挪的是这个站点"), s.city->point[p.pin.point].p.name);
	else
		ui_paragraph(&h, T("在地图上拖动图钉，或写经纬度：像是在那里新开一个站点，问的那个时刻开着门。点地图上的站点，就改为挪那个站点。"));
	if (p.wrong != NULL)
		ui_notice_say(&h, UI_LATE, NULL, p.wrong);
	html_raw(&h, "<div class=\"circle-beside\"><div>");
	circle_put_canvas(x, &h, &s, true);
	circle_put_svg(x, &h, &s, &mark, shown ? 1 : 0);
	html_raw(&h, "</div><div>");
	put_form(x, &h, &s, &p);
	put_table(x, &h, &s, &p);
	html_raw(&h, "</div></div>");
	put_newly(&h, &s, &p);
	circle_put_doubts(x, &h, &s);
	circle_put_legend(x, &h, &s);
	html_raw(&h, "<p>");
	ui_link(&h, circle_url(x, &s, "/desk/circle", s.within, ""), T("回到半小时圈"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
