/* One visit: why this one, what else there is and what it costs, the rule that blocks others; and somebody who can't come. */
#include "supply/desk/roster_board_internal.h"

#include <inttypes.h>

#define FINE 8         /* that can be chosen */
#define EACH 3         /* days of one person */
#define LOOKED 4000
#define BLOCKED 12

#define MOVE(member) offsetof(struct roster_move_values, member)
static const struct field move_fields[] = {
	{ .key = "to", .kind = FIELD_LINE, .label = T("改成谁、哪一天"), .required = true, .max = 60, .offset = MOVE(to) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("为什么改"), .required = true, .max = 200, .offset = MOVE(why) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = MOVE(revision) },
};
const struct form roster_move_form = FORM_OF("roster.move", T("改这一次"), move_fields, struct roster_move_values);

#define SICK(member) offsetof(struct roster_sick_values, member)
static const struct field sick_fields[] = {
	{ .key = "provider", .kind = FIELD_KEY, .label = T("谁"), .required = true, .offset = SICK(provider) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, .max = 366, .offset = SICK(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到哪一天"), .required = true, .max = 366, .offset = SICK(to) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("为什么来不了"), .required = true, .max = 200, .offset = SICK(why) },
	{ .key = "hash", .kind = FIELD_KEY, .label = T("看过的改动"), .offset = SICK(hash) },
};
const struct form roster_sick_form = FORM_OF("roster.sick", T("来不了，找人顶"), sick_fields, struct roster_sick_values);

/* ---- one visit ------------------------------------------------------------------------------------------------------ */

static struct text
difference_text(const struct exchange *x, const struct duty_candidate *c)
{
	struct text t = c->difference == 0 ? desk_say(x, T("一样好")) :
	    arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, c->difference > 0 ? T("多出的分") : T("省下的分")),
	    (long long)(c->difference > 0 ? c->difference : -c->difference));

	for (int k = 0; k < ROSTER_COSTS; k++)
		if (c->by[k] != 0)
			t = desk_join(x, t, arena_format(x->ctx->mem, "%s %+lld", msg(x->ctx->lang, duty_cost_label((enum roster_cost)k)), (long long)c->by[k]));
	return t;
}

static void
put_choice(struct exchange *x, struct html *h, const struct duty_candidate *c, bool on)
{
	struct text value = arena_format(x->ctx->mem, "%lld.%d", (long long)c->provider, c->day.n);

	html_raw(h, "<label class=\"card\"><input type=\"radio\" name=\"to\"");
	html_attr(h, "value", value);
	if (on)
		html_raw(h, " checked");
	html_raw(h, "><span><strong>");
	html_text(h, desk_join(x, c->name, roster_day_text(x, c->day)));
	html_raw(h, "</strong><br><small>");
	html_text(h, difference_text(x, c));
	html_raw(h, "</small></span></label>");
}

/* How many better ones the same person has: a few days of each are enough. */
static size_t
before(const struct duty_choice *c, size_t at)
{
	size_t n = 0;

	for (size_t i = 0; i < at; i++)
		n += c->v[i].provider == c->v[at].provider;
	return n;
}

static void
put_choices(struct exchange *x, struct html *h, const struct duty_choice *c)
{
	const struct roster_move_values *in = x->values;
	const struct finding *f = findings_of(&x->findings, "to");
	bool sent = x->route->form == &roster_move_form;
	struct text typed = sent ? in->to : TEXT_NONE;

	ui_form_open(h, &(struct ui_form){ .action = roster_visit_path(x, &c->slot), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, c->slot.revision));
	html_raw(h, "<fieldset class=\"field\" id=\"f-to\"><legend>");
	html_say(h, T("改成谁、哪一天（越上面越好）"));
	html_raw(h, "</legend>");
	if (f != NULL)
		ui_notice(h, UI_LATE, NULL, finding_text(x->ctx->mem, x->ctx->lang, f));
	html_raw(h, "<div class=\"cards\">");
	for (size_t i = 0, shown = 0; i < c->n_fine && shown < FINE; i++) {
		if (before(c, i) >= EACH)
			continue;
		put_choice(x, h, &c->v[i], text_equals(typed, arena_format(x->ctx->mem, "%lld.%d", (long long)c->v[i].provider, c->v[i].day.n)));
		shown++;
	}
	html_raw(h, "</div></fieldset>");
	ui_field(h, &move_fields[1], sent ? in->why : TEXT_NONE, findings_of(&x->findings, "why"));
	ui_form_buttons(h, T("改这一次"), roster_plan_path(x, c->slot.plan, ""));
	ui_form_close(h);
}

/* Each person once: the first rule that blocks them, those who are entitled before the others. */
static void
put_blocked(struct exchange *x, struct html *h, const struct duty_choice *c)
{
	static const struct ui_column columns[] = { { T("谁"), false }, { T("哪一天"), false }, { T("什么规则不让"), false } };
	size_t shown = 0;
	int64_t last = 0;
	struct ui_table t;

	html_raw(h, "<details><summary>");
	html_say(h, T("别的人、别的日子为什么不行"));
	html_raw(h, "</summary>");
	ui_table_open(&t, h, T("被规则挡住的"), columns, 3);
	for (size_t i = c->n_fine; i < c->n && shown < BLOCKED; i++) {
		if (c->v[i].provider == last || (!day_is_none(c->slot.day) && c->v[i].day.n != c->slot.day.n))
			continue;
		last = c->v[i].provider;
		shown++;
		ui_row_open(&t);
		ui_cell(&t, c->v[i].name);
		ui_cell(&t, roster_day_text(x, c->v[i].day));
		ui_cell_say(&t, duty_rule_label(c->v[i].blocked));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "<ul>");
	for (int r = ROSTER_FINE + 1; r < ROSTER_RULES; r++)
		if (c->why[r] > 0) {
			html_raw(h, "<li>");
			html_say(h, duty_rule_label((enum roster_rule)r));
			html_raw(h, "：");
			html_int(h, c->why[r]);
			html_raw(h, "</li>");
		}
	html_raw(h, "</ul></details>");
}

static void
put_why(struct exchange *x, struct html *h, const struct duty_choice *c)
{
	if (c->slot.provider == 0)
		ui_notice(h, UI_SOON, T("还没有人"), desk_say(x, duty_rule_label(c->slot.why)));
	else if (c->n_fine == 0)
		ui_notice_say(h, UI_INFO, T("为什么是这样"), T("没有别的人、别的日子可以。"));
	else if (c->v[0].difference >= 0)
		ui_notice(h, UI_INFO, T("为什么是这样"), desk_join(x, desk_say(x, T("别的排法都不比它好，最近的一个：")),
		    difference_text(x, &c->v[0])));
	else
		ui_notice(h, UI_INFO, T("为什么是这样"), desk_join(x,
		    desk_say(x, T("整张表一起算是这样，或者后来改过；单看这一次有更好的：")), difference_text(x, &c->v[0])));
}

static enum rc
visit_show(struct exchange *x, int64_t plan, uint32_t slot, enum roster_rule refused)
{
	struct duty_choice c;
	struct point p;
	struct html h = frame_html(x);
	enum rc rc = duty_candidates(x->ctx, plan, slot, LOOKED, &c);

	if (rc == RC_OK && !duty_may_plan(x->ctx->actor, c.plan.county))
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("一次值班"), .area = FRAME_ROSTER });
	ui_title_text(&h, roster_where(x, &c.slot), desk_join(x, region_path(c.slot.place), roster_hours(x, c.slot.minutes)));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, roster_plan_path(x, plan, ""), T("整张值班表"));
	html_raw(&h, " ");
	if (!c.slot.seat)
		ui_link(&h, arena_format(x->ctx->mem, "/desk/roster/village/%lld", (long long)c.slot.place.code), T("这个村（社区）的约定"));
	if (c.slot.point != 0 && network_find(x->ctx, c.slot.point, &p) == RC_OK) {
		html_raw(&h, " ");
		ui_link(&h, arena_format(x->ctx->mem, "/desk/duty/point/%.*s", (int)p.code.n, p.code.p), T("站点的值班表"));
	}
	html_raw(&h, "</p>");
	roster_trouble(x, &h);
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这张表刚才有人改过，请看过再办。"));
	if (refused != ROSTER_FINE)
		ui_notice(&h, UI_LATE, T("不能这样改"), desk_say(x, duty_rule_label(refused)));
	ui_facts(&h, (const struct ui_fact[]){ { .label = T("谁"), .value = c.slot.provider != 0 ? desk_join(x, c.slot.name, c.slot.firm) : TEXT("—") },
	    { .label = T("哪一天"), .value = day_is_none(c.slot.day) ? TEXT("—") : roster_day_text(x, c.slot.day) },
	    { .label = T("排的时候"), .value = c.slot.made_day.n == c.slot.day.n && c.slot.made_provider == c.slot.provider ? desk_say(x, T("一样")) :
	        roster_day_text(x, c.slot.made_day) } }, 3);
	put_why(x, &h, &c);
	if (c.plan.state == DUTY_PUBLISHED && c.n_fine > 0)
		put_choices(x, &h, &c);
	else if (c.plan.state == DUTY_DRAFT)
		ui_paragraph(&h, T("这是草案，要改就加一条定死的安排再排一次。"));
	put_blocked(x, &h, &c);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
visit_of(const struct exchange *x, int64_t *plan, uint32_t *slot)
{
	int64_t n = 0;
	enum rc rc = http_segment_id(x, "id", plan);

	if (rc == RC_OK)
		rc = int64_parse(http_segment(x, "slot"), 0, DUTY_SLOTS_MAX, &n) == RC_OK ? RC_OK : RC_NOT_FOUND;
	*slot = (uint32_t)n;
	return rc;
}

enum rc
roster_visit_page(struct exchange *x)
{
	uint32_t slot = 0;
	int64_t plan = 0;
	enum rc rc = visit_of(x, &plan, &slot);

	return rc == RC_OK ? visit_show(x, plan, slot, ROSTER_FINE) : rc;
}

/* "PROVIDER.DAY" */
enum rc
roster_to_read(struct text t, int64_t *provider, struct day *day)
{
	int64_t n = 0;
	size_t at = 0;

	while (at < t.n && t.p[at] != '.')
		at++;
	if (at == t.n || int64_parse((struct text){ t.p, at }, 1, INT64_MAX, provider) != RC_OK ||
	    int64_parse((struct text){ t.p + at + 1, t.n - at - 1 }, 0, INT32_MAX, &n) != RC_OK)
		return RC_INVALID;
	day->n = (int32_t)n;
	return RC_OK;
}

enum rc
roster_visit_post(struct exchange *x)
{
	const struct roster_move_values *in = x->values;
	struct duty_move m = { .revision = in->revision, .why = in->why };
	enum roster_rule rule = ROSTER_FINE;
	enum rc rc = visit_of(x, &m.plan, &m.slot);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && roster_to_read(in->to, &m.provider, &m.day) != RC_OK) {
		findings_add(&x->findings, "to", T("必填"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = duty_move(x->ctx, frame_idem_key(x), &m, &x->findings, &rule);
	if (rc == RC_OK) {
		http_redirect(x->out, roster_plan_path(x, m.plan, ""));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED)
		return rc;
	x->out->status = rc == RC_REFUSED ? 422 : http_status_of(rc);
	return visit_show(x, m.plan, m.slot, rule);
}

/* ---- somebody can't come ------------------------------------------------------------------------------------------------ */

static void
put_moved(struct exchange *x, struct html *h, const struct duty_repair *r)
{
	static const struct ui_column columns[] = { { T("哪里"), false }, { T("原来"), false }, { T("改成"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("要改的几次"), columns, 3);
	for (size_t i = 0; i < r->n; i++) {
		const struct duty_moved *m = &r->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, roster_visit_path(x, &m->slot), roster_where(x, &m->slot));
		ui_cell(&t, desk_join(x, m->slot.name, roster_day_text(x, m->slot.day)));
		ui_cell(&t, m->to == 0 ? desk_say(x, T("没有人能顶")) : desk_join(x, m->name, roster_day_text(x, m->day)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

struct who { int64_t id; struct provider p; };

static enum rc
who_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct who *w = argument;

	return provider_load(tx, actor, w->id, &w->p);
}

/* First the days; then what would change; then it is taken. */
static enum rc
sick_show(struct exchange *x, int64_t plan, int64_t provider, const struct duty_sick *in, const struct duty_repair *r)
{
	struct who w = { .id = provider };
	struct html h = frame_html(x);
	bool sent = x->route->form == &roster_sick_form;
	char from[16], to[16];
	enum rc rc = db_read(x->ctx, who_tx, &w);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = roster_sick_form.title, .area = FRAME_ROSTER });
	ui_title(&h, roster_sick_form.title, desk_join(x, w.p.name, w.p.firm_name));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, roster_plan_path(x, plan, ""), T("整张值班表"));
	html_raw(&h, " ");
	ui_link(&h, arena_format(x->ctx->mem, "/desk/roster/%lld/cover?provider=%lld", (long long)plan, (long long)provider), T("整月由另一个人顶"));
	html_raw(&h, "</p>");
	roster_trouble(x, &h);
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这张表刚才有人改过，请看过再办。"));
	if (r != NULL && r->n > 0)
		put_moved(x, &h, r);
	else if (r != NULL)
		ui_notice_say(&h, UI_INFO, NULL, T("这几天没有排他，只记下来不了。"));
	ui_form_open(&h, &(struct ui_form){ .action = roster_plan_path(x, plan, "/sick"), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(&h, "provider", desk_int(x, provider));
	if (r != NULL)
		ui_hidden(&h, "hash", arena_format(x->ctx->mem, "%" PRId64, r->hash));
	ui_field(&h, &sick_fields[1], in == NULL ? day_print(desk_today(x), from) : day_print(in->from, from), findings_of(&x->findings, "from"));
	ui_field(&h, &sick_fields[2], in == NULL ? TEXT_NONE : day_print(in->to, to), findings_of(&x->findings, "to"));
	ui_field(&h, &sick_fields[3], in == NULL ? TEXT_NONE : in->why, sent ? findings_of(&x->findings, "why") : NULL);
	ui_form_buttons(&h, r == NULL ? T("看看怎么改") : T("就这样改"), roster_plan_path(x, plan, ""));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
roster_sick_page(struct exchange *x)
{
	int64_t plan = 0, provider = 0;
	enum rc rc = http_segment_id(x, "id", &plan);

	if (rc == RC_OK && int64_parse(desk_query(x, "provider"), 1, INT64_MAX, &provider) != RC_OK)
		rc = RC_NOT_FOUND;
	return rc == RC_OK ? sick_show(x, plan, provider, NULL, NULL) : rc;
}

enum rc
roster_sick_post(struct exchange *x)
{
	const struct roster_sick_values *v = x->values;
	struct duty_sick in = { .provider = v->provider, .from = v->from, .to = v->to, .why = v->why };
	struct duty_repair r = { .n = 0 };
	enum rc rc = http_segment_id(x, "id", &in.plan), shown;

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && v->hash != 0) {
		rc = duty_sick_take(x->ctx, frame_idem_key(x), &in, v->hash, &x->findings);
		if (rc == RC_OK) {
			http_redirect(x->out, roster_plan_path(x, in.plan, ""));
			return RC_OK;
		}
	}
	if (rc != RC_OK && rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	if (rc != RC_OK)
		x->out->status = http_status_of(rc);
	shown = x->form_rc == RC_OK ? duty_sick_try(x->ctx, &in, &r) : RC_INVALID;
	if (shown != RC_OK && shown != RC_INVALID)
		return shown;
	if (shown == RC_INVALID && x->findings.total == 0) {
		findings_add(&x->findings, "from", T("从今天或以后的一天起，要在这个月里"), 0);
		x->out->status = 422;
	}
	return sick_show(x, in.plan, in.provider, &in, shown == RC_OK ? &r : NULL);
}
