/* So many more points: where they would stand, how much that helps, and how good it is proven to be. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"

struct proposed {
	struct circle_proposal p;
	struct circle_sum sum;       /* with them */
	struct route_point at[CIRCLE_SITES_MAX];
};

static enum circle_goal
goal_of(const struct circle_seen *s)
{
	return (enum circle_goal)(s->v.goal - 1);
}

static enum rc
work(struct exchange *x, const struct circle_seen *s, struct proposed *ret)
{
	struct circle_site_ask ask = { s->within, s->v.minutes, (int)s->v.k, s->v.keep == 1, (uint64_t)s->v.seed, goal_of(s) };
	struct circle_verdict *v;
	enum rc rc = circle_propose(x->ctx, s->city, s->view, &ask, &ret->p);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < ret->p.n; i++)
		ret->at[i] = s->city->village[ret->p.village[i]].at;
	rc = circle_sites_judge(x->ctx, s->city, s->view, ret->at, (uint32_t)ret->p.n, ask.keep, s->v.minutes, &v);
	return rc == RC_OK ? circle_sum_within(x, s, v, s->within, &ret->sum) : rc;
}

/* ---- words ------------------------------------------------------------------------------------------ */

static void
put_bound(struct exchange *x, struct html *h, const struct circle_seen *s, const struct proposed *d)
{
	struct text best = circle_grouped(x, d->p.bound - d->p.before), gap = circle_grouped(x, d->p.bound - d->p.objective);
	int64_t permille = circle_share(d->p.bound - d->p.objective, d->p.bound - d->p.before);
	const char *unit = msg(x->ctx->lang, circle_unit(s));

	if (d->p.proven)
		html_sayf(h, T("已证明：再建 %d 个，怎么选都不会超过 %.*s %s。"), (int)s->v.k, (int)best.n, best.p, unit);
	else
		html_sayf(h, T("再建 %d 个，怎么选都不会超过 %.*s %s；离这个上限还差 %.*s（%d.%d%%）。"), (int)s->v.k, (int)best.n, best.p, unit,
		    (int)gap.n, gap.p, (int)(permille / 10), (int)(permille % 10));
	if (goal_of(s) == CIRCLE_GOAL_ROOM) {
		html_raw(h, "</p><p>");
		html_sayf(h, T("每个新站点最多管 %d 个村（社区），一个村只算给一个站点；右边“建成以后”的数只看路上的时间，不看管几个村。"), CIRCLE_ROOM);
	}
}

static void
put_fewest(struct exchange *x, struct html *h, const struct circle_seen *s, const struct proposed *d)
{
	struct text left = circle_grouped(x, d->p.left);
	const char *unit = msg(x->ctx->lang, circle_unit(s));

	if (d->p.proven)
		html_sayf(h, T("已证明：少于 %d 个，就有到得了的人落在外面。"), (int)d->p.fewest);
	else
		html_sayf(h, T("少于 %d 个，一定有到得了的人落在外面；说不准的还差 %d 个。"), (int)d->p.fewest, (int)((int64_t)d->p.n - d->p.fewest));
	if (d->p.left > 0)
		html_sayf(h, T("另有 %.*s %s，建在哪个村都到不了。"), (int)left.n, left.p, unit);
}

static struct text
minutes_text(struct exchange *x, int64_t tenths)
{
	return arena_format(x->ctx->mem, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* Minutes and tenths of the goals that are about ways. */
static int64_t
tenths_of(const struct circle_seen *s, const struct proposed *d, int64_t value)
{
	if (goal_of(s) == CIRCLE_GOAL_CENTRE)
		return (value + 5999) / 6000;
	return d->p.total == 0 ? 0 : (value + 6 * d->p.total - 1) / (6 * d->p.total);
}

/* The longest way, or the way on average: before, after, and what no choice gets below. */
static void
put_ways(struct exchange *x, struct html *h, const struct circle_seen *s, const struct proposed *d)
{
	bool centre = goal_of(s) == CIRCLE_GOAL_CENTRE;
	struct text after = minutes_text(x, tenths_of(s, d, d->p.objective)), bound = minutes_text(x, tenths_of(s, d, d->p.bound));
	struct text before = d->p.before < 0 ? TEXT("—") : minutes_text(x, tenths_of(s, d, d->p.before));
	struct text left = circle_grouped(x, d->p.left);

	html_raw(h, "<div class=\"notice ok\" role=\"status\"><div><p class=\"strong\">");
	html_sayf(h, centre ? T("再建 %d 个点，最远的村（社区）从 %.*s 分钟变成 %.*s 分钟。") : T("再建 %d 个点，平均路程从 %.*s 分钟变成 %.*s 分钟。"),
	    (int)d->p.n, (int)before.n, before.p, (int)after.n, after.p);
	html_raw(h, "</p><p>");
	html_sayf(h, d->p.proven ? T("已证明：%d 个点怎么选都不会少于 %.*s 分钟。") : T("没有证明到底：%d 个点怎么选都不会少于 %.*s 分钟。"), (int)s->v.k,
	    (int)bound.n, bound.p);
	if (d->p.left > 0)
		html_sayf(h, T("另有 %.*s %s，建在哪个村都到不了。"), (int)left.n, left.p, msg(x->ctx->lang, circle_unit(s)));
	html_raw(h, "</p><p class=\"meta\">");
	html_sayf(h, T("只看 %d 分钟以内的路，到不了的按 %d 分钟算；在 %d 个村（社区）里选；种子 %d。"), CIRCLE_MINUTES_MAX, CIRCLE_MINUTES_MAX,
	    (int)d->p.candidates, (int)d->p.seed);
	html_raw(h, "</p></div></div>");
}

static bool
is_about_ways(const struct circle_seen *s)
{
	return goal_of(s) == CIRCLE_GOAL_CENTRE || goal_of(s) == CIRCLE_GOAL_MEDIAN;
}

static void
put_words(struct exchange *x, struct html *h, const struct circle_seen *s, const struct proposed *d)
{
	struct text more = circle_grouped(x, d->p.objective - d->p.before), all = circle_grouped(x, d->p.objective);
	const char *unit = msg(x->ctx->lang, circle_unit(s));

	html_raw(h, "<div class=\"notice ok\" role=\"status\"><div><p class=\"strong\">");
	html_sayf(h, T("再建 %d 个点，%d 分钟内多覆盖 %.*s %s，共 %.*s %s。"), (int)d->p.n, s->v.minutes, (int)more.n, more.p, unit,
	    (int)all.n, all.p, unit);
	html_raw(h, "</p><p>");
	if (goal_of(s) == CIRCLE_GOAL_ALL)
		put_fewest(x, h, s, d);
	else
		put_bound(x, h, s, d);
	html_raw(h, "</p><p class=\"meta\">");
	html_sayf(h, T("在 %d 个村（社区）里选；种子 %d，同样的问题和种子得同样的答案；新站点当作问的那个时刻开着门。"), (int)d->p.candidates,
	    (int)d->p.seed);
	html_raw(h, "</p></div></div>");
}

static void
put_too_many(struct html *h, const struct circle_seen *s, const struct proposed *d)
{
	html_raw(h, "<div class=\"notice soon\" role=\"status\"><div><p>");
	if (goal_of(s) == CIRCLE_GOAL_CENTRE)
		html_sayf(h, T("%d 个点没有找到能让到得了的人都在 %d 分钟以内的选法，至少要再建 %d 个。"), (int)s->v.k, CIRCLE_MINUTES_MAX,
		    (int)d->p.fewest);
	else
		html_sayf(h, T("至少要再建 %d 个，一次最多排 %d 个：请放宽时间，或者换小一点的地方。"), (int)d->p.fewest, CIRCLE_SITES_MAX);
	html_raw(h, "</p></div></div>");
}

static void
put_too_few_places(struct html *h, const struct circle_seen *s, const struct proposed *d)
{
	html_raw(h, "<div class=\"notice soon\" role=\"status\"><div><p>");
	html_sayf(h, T("要建 %d 个，可选的村（社区）只有 %d 个：少建几个，或者换大一点的地方。"), (int)s->v.k, (int)d->p.candidates);
	html_raw(h, "</p></div></div>");
}

static void
put_sites(struct exchange *x, struct html *h, const struct circle_seen *s, const struct proposed *d)
{
	static const struct ui_column columns[] = { { T("序号"), true }, { T("村（社区）"), false }, { T("在哪里"), false }, { T("人口"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("建在这些村（社区）"), columns, 4);
	for (size_t i = 0; i < d->p.n; i++) {
		const struct circle_village *v = &s->city->village[d->p.village[i]];

		ui_row_open(&t);
		ui_cell_int(&t, (int64_t)i + 1);
		ui_cell_link(&t, circle_url(x, s, arena_format(x->ctx->mem, "/desk/circle/village/%012lld", (long long)v->place.code).p,
		    s->within, ""), v->name);
		ui_cell(&t, v->path);
		ui_cell(&t, v->people < 0 ? circle_say(x, T("未核实")) : circle_grouped(x, v->people));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- forms ---------------------------------------------------------------------------------------------- */

static void
put_select(struct exchange *x, struct html *h, const char *key, const struct choice *list, int chosen)
{
	struct ui_option options[12];
	size_t n = 0;

	for (const struct choice *c = list; c->key != NULL && n < 12; c++, n++)
		options[n] = (struct ui_option){ text_of(c->key), circle_say(x, c->label), TEXT("") };
	ui_field_select(h, form_field(&circle_form, key), options, n, text_of(choice_by_value(list, chosen)->key), NULL);
}

static void
put_question(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	html_raw(h, "<div class=\"circle-filter\">");
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/circle/site"), .get = true, .id = "site-form" });
	put_select(x, h, "goal", circle_goal_choices, s->v.goal);
	ui_field(h, form_field(&circle_form, "k"), circle_int(x, s->v.k), findings_of(&x->findings, "k"));
	put_select(x, h, "keep", circle_keep_choices, s->v.keep);
	put_select(x, h, "mode", circle_mode_choices, s->v.mode);
	put_select(x, h, "minutes", circle_minutes_choices, s->v.minutes);
	put_select(x, h, "tier", circle_tier_choices, s->v.tier);
	put_select(x, h, "day", circle_day_choices, s->v.day);
	ui_field(h, form_field(&circle_form, "time"), arena_format(x->ctx->mem, "%02d:%02d", s->v.time / 60, s->v.time % 60), NULL);
	ui_field(h, form_field(&circle_form, "seed"), circle_int(x, s->v.seed), findings_of(&x->findings, "seed"));
	ui_hidden(h, "place", arena_format(x->ctx->mem, "%012lld", (long long)s->within.code));
	ui_form_buttons(h, T("算一算"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "</div>");
}

static void
put_accept(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	ui_section_open(h, T("存为方案"));
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/circle/site"), .csrf = x->csrf, .key = frame_key_text(x), .id = "accept" });
	circle_hidden(x, h, s);
	ui_hidden(h, "k", circle_int(x, s->v.k));
	ui_hidden(h, "seed", circle_int(x, s->v.seed));
	ui_hidden(h, "goal", text_of(choice_by_value(circle_goal_choices, s->v.goal)->key));
	ui_hidden(h, "keep", text_of(choice_by_value(circle_keep_choices, s->v.keep)->key));
	ui_field(h, form_field(&circle_form, "name"), s->v.name, findings_of(&x->findings, "name"));
	ui_form_buttons(h, T("存为方案"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static enum rc
put_answer(struct exchange *x, struct html *h, const struct circle_seen *s, const struct proposed *d)
{
	struct circle_mark marks[CIRCLE_SITES_MAX];
	const struct circle_column columns[] = { { T("现在"), TEXT(""), &s->sum }, { T("建成以后"), TEXT(""), &d->sum } };

	for (size_t i = 0; i < d->p.n; i++)
		marks[i] = (struct circle_mark){ d->at[i], s->city->village[d->p.village[i]].name };
	if (is_about_ways(s))
		put_ways(x, h, s, d);
	else
		put_words(x, h, s, d);
	html_raw(h, "<div class=\"circle-beside\"><div>");
	circle_put_svg(x, h, s, marks, d->p.n);
	html_raw(h, "</div><div>");
	put_sites(x, h, s, d);
	circle_put_compared(x, h, s, columns, 2);
	html_raw(h, "</div></div>");
	if (d->p.n > 0)
		put_accept(x, h, s);
	return RC_OK;
}

static enum rc
show(struct exchange *x, const struct circle_seen *s)
{
	struct html h = frame_html(x);
	struct proposed *d = ARENA_NEW(x->ctx->mem, struct proposed);
	enum rc rc = d == NULL ? RC_NO_MEMORY : work(x, s, d);

	if (rc != RC_OK && rc != RC_BUSY && rc != RC_NOT_FOUND && rc != RC_TOO_MANY && rc != RC_CONFLICT &&
	    rc != RC_TOO_LARGE)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("再建几个点，建在哪里"), .area = FRAME_CIRCLE });
	ui_title(&h, T("再建几个点，建在哪里"), region_path(s->within));
	ui_error_summary(&h, &circle_form, &x->findings);
	put_question(x, &h, s);
	if (rc == RC_BUSY)
		ui_notice_say(&h, UI_SOON, NULL, T("有人正在算另一个布点方案，过几秒再点“算一算”。"));
	else if (rc == RC_NOT_FOUND)
		ui_notice_say(&h, UI_LATE, NULL, T("这里没有一个村（社区）登记了位置，没法选。"));
	else if (rc == RC_TOO_MANY)
		put_too_many(&h, s, d);
	else if (rc == RC_CONFLICT)
		put_too_few_places(&h, s, d);
	else if (rc == RC_TOO_LARGE)
		ui_notice_say(&h, UI_SOON, NULL, T("这里的村（社区）太多，这样算不过来：请换小一点的地方。"));
	else
		rc = put_answer(x, &h, s, d);
	circle_put_doubts(x, &h, s);
	circle_put_legend(x, &h, s);
	html_raw(&h, "<p>");
	ui_link(&h, circle_url(x, s, "/desk/circle", s->within, ""), T("回到半小时圈"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/desk/circle/plans"), T("布点方案"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
circle_site_page(struct exchange *x)
{
	CIRCLE_SEEN s;
	enum rc rc = circle_see(x, &s);

	return rc == RC_OK ? show(x, &s) : rc;
}

/*
 * A plan is compared by who is within the time.  Where something else was wanted that is counted for the points chosen, and the bound
 * is what no choice of so many points could pass.
 */
static enum rc
weights_take(struct exchange *x, const struct circle_seen *s, struct proposed *d)
{
	struct circle_site_ask ask = { s->within, s->v.minutes, (int)s->v.k, s->v.keep == 1, (uint64_t)s->v.seed, CIRCLE_GOAL_MOST };
	struct circle_proposal *most = ARENA_NEW(x->ctx->mem, struct circle_proposal);
	enum rc rc;

	if (goal_of(s) == CIRCLE_GOAL_MOST || goal_of(s) == CIRCLE_GOAL_ALL)
		return RC_OK;
	rc = most == NULL ? RC_NO_MEMORY : circle_propose(x->ctx, s->city, s->view, &ask, most);
	if (rc != RC_OK)
		return rc;
	d->p.before = most->before;
	d->p.objective = d->sum.of[CIRCLE_COVERED].weight;
	d->p.bound = most->bound > d->p.objective ? most->bound : d->p.objective;
	return RC_OK;
}

static void
plan_fill(const struct circle_seen *s, const struct proposed *d, struct circle_plan *p)
{
	*p = (struct circle_plan){ .place = s->within, .name = text_trim(s->v.name),
		.provider = s->provider.est ? TEXT("est") : text_of(s->provider.label), .mode = s->v.mode - 1, .minutes = s->v.minutes,
		.tier = s->v.tier, .day = s->v.day, .time = s->v.time, .asked = goal_of(s) == CIRCLE_GOAL_ALL ? (int)d->p.n : (int)s->v.k, .keep = s->v.keep == 1,
		.people = s->city->people_known, .seed = s->v.seed, .before = d->p.before, .objective = d->p.objective,
		.bound = d->p.bound, .net_hash = (int64_t)s->provider.hash, .input_hash = (int64_t)s->city->hash, .n = d->p.n };
	for (size_t i = 0; i < d->p.n; i++) {
		p->site[i].village = s->city->village[d->p.village[i]].place;
		p->site[i].at = d->at[i];
	}
}

enum rc
circle_site_post(struct exchange *x)
{
	CIRCLE_SEEN s;
	struct proposed *d = ARENA_NEW(x->ctx->mem, struct proposed);
	struct circle_plan *p = ARENA_NEW(x->ctx->mem, struct circle_plan);
	int64_t id = 0;
	enum rc rc = circle_see(x, &s);

	if (rc == RC_OK)
		rc = d == NULL || p == NULL ? RC_NO_MEMORY : x->form_rc;
	if (rc == RC_OK)
		rc = work(x, &s, d);
	if (rc == RC_OK)
		rc = weights_take(x, &s, d);
	if (rc == RC_OK) {
		plan_fill(&s, d, p);
		rc = circle_plan_accept(x->ctx, frame_idem_key(x), p, &x->findings, &id);
	}
	if (rc == RC_INVALID || rc == RC_TOO_MANY || rc == RC_CONFLICT) {
		x->out->status = 422;
		return show(x, &s);
	}
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/circle/plan/%lld", (long long)id));
	return rc;
}
