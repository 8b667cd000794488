/* Activities with names and rules: the month of a county by day, one of them to change, a new one; and those of one village. */
#include "supply/desk/roster_board_internal.h"

#include "resources/activity/activity.h"
#include "standards/holidays/holidays.h"

#define SHOWN 100
#define MONTHS 3

#define ACT(member) offsetof(struct roster_activity_values, member)
static const struct field activity_fields[] = {
	{ .key = "name", .kind = FIELD_LINE, .label = T("名字"), .required = true, .max = 60, .offset = ACT(name), .hint = T("例如：逢四法律集市、法润水乡流动车。") },
	{ .key = "name_en", .kind = FIELD_LINE, .label = T("英文名字（可以不写）"), .max = 60, .offset = ACT(name_en) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("哪一类"), .required = true, .choices = activity_kind_choices, .offset = ACT(kind) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("做什么，给居民看"), .max = 500, .offset = ACT(words) },
	{ .key = "ends_in", .kind = FIELD_LINE, .label = T("逢几（每月日子的末位数字）"), .max = 30, .offset = ACT(ends_in), .hint = T("例如：4，或者 4 9。") },
	{ .key = "weekdays", .kind = FIELD_FLAGS, .label = T("周几"), .choices = duty_weekday_choices, .offset = ACT(weekdays) },
	{ .key = "nth", .kind = FIELD_FLAGS, .label = T("当月第几个这样的周几"), .choices = duty_nth_choices, .offset = ACT(nth) },
	{ .key = "rest", .kind = FIELD_BOOL, .label = T("休息日、节假日也办"), .offset = ACT(rest) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, .min = -3660, .max = 3660, .offset = ACT(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到哪一天（空着：一直办）"), .min = -3660, .max = 3660, .offset = ACT(to) },
	{ .key = "stops", .kind = FIELD_PARAGRAPH, .label = T("在哪里，几点到几点"), .required = true, .max = 600, .offset = ACT(stops),
	  .hint = T("一行一站：地方的名字或者区划代码，空一格，开始–结束。例如：金阊街道 09:00-11:30。只有流动服务车可以写几站。") },
	{ .key = "county", .kind = FIELD_PLACE, .label = T("县（市、区）"), .required = true, .offset = ACT(county) },
	{ .key = "id", .kind = FIELD_KEY, .label = T("哪一个"), .offset = ACT(id) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .offset = ACT(revision) },
};
#define TYPED 11 /* of them: the others are hidden */
const struct form roster_activity_form = FORM_OF("roster.activity", T("活动和流动服务"), activity_fields, struct roster_activity_values);

struct acts { struct place county, at; int64_t id; struct day day; struct activity v[SHOWN], one; size_t n; };

static enum rc
acts_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct acts *a = argument;
	enum rc rc = a->at.code != 0 ? activity_at(tx, actor, a->at, a->day, a->v, SHOWN, &a->n) :
	    activity_list(tx, actor, a->county, a->day, a->v, SHOWN, &a->n);

	return rc == RC_OK && a->id != 0 ? activity_load(tx, actor, a->id, &a->one) : rc;
}

static struct text
minute_text(const struct exchange *x, int minute)
{
	return arena_format(x->ctx->mem, "%02d:%02d", minute / 60, minute % 60);
}

static struct text
stop_text(const struct exchange *x, const struct activity_stop *s)
{
	struct text name = region_name(s->place), from = minute_text(x, s->opens), to = minute_text(x, s->closes);

	return arena_format(x->ctx->mem, "%.*s %.*s-%.*s", (int)name.n, name.p, (int)from.n, from.p, (int)to.n, to.p);
}

static struct text
act_name(const struct exchange *x, const struct activity *a)
{
	return desk_name(x, a->name, a->name_en);
}

/* ---- of a month, of a village ---------------------------------------------------------------------------------------- */

static void
put_acts(struct exchange *x, struct html *h, const struct acts *a, bool linked)
{
	static const struct ui_column columns[] = { { T("活动"), false }, { T("哪一类"), false }, { T("什么时候"), false }, { T("哪里"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("活动和流动服务"), columns, 4);
	for (size_t i = 0; i < a->n; i++) {
		const struct activity *v = &a->v[i];

		ui_row_open(&t);
		if (linked)
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/roster/activities?id=%lld#one", (long long)v->id), act_name(x, v));
		else
			ui_cell(&t, act_name(x, v));
		ui_cell_say(&t, activity_kind_label(v->kind));
		ui_cell(&t, activity_rule_text(x->ctx->mem, x->ctx->lang, v));
		ui_cell_open(&t);
		for (size_t k = 0; k < v->n_stops; k++) {
			if (k > 0)
				html_raw(h, "<br>");
			else
				html_raw(h, "<span>");
			html_text(h, stop_text(x, &v->stop[k]));
		}
		html_raw(h, "</span>");
		ui_cell_close(&t);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_month(struct exchange *x, struct html *h, const struct acts *a, int month)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("活动"), false } };
	uint32_t days = 0, on[SHOWN];
	struct day first = DAY_NONE;
	struct ui_table t;

	if (duty_month_days(month, &first, &days) != RC_OK)
		return;
	for (size_t i = 0; i < a->n; i++)
		on[i] = activity_days(&a->v[i], month, holidays_current());
	ui_table_open(&t, h, T("这个月哪天有什么"), columns, 2);
	for (uint32_t k = 0; k < days; k++) {
		bool any = false;

		for (size_t i = 0; i < a->n; i++) {
			if ((on[i] >> k & 1) == 0)
				continue;
			if (!any) {
				ui_row_open(&t);
				ui_cell(&t, roster_day_text(x, day_add(first, (int)k)));
				ui_cell_open(&t);
			} else
				html_raw(h, "<br>");
			html_raw(h, "<span>");
			html_text(h, desk_join(x, act_name(x, &a->v[i]), a->v[i].n_stops > 0 ? stop_text(x, &a->v[i].stop[0]) : TEXT_NONE));
			html_raw(h, "</span>");
			any = true;
		}
		if (any) {
			ui_cell_close(&t);
			ui_row_close(&t);
		}
	}
	ui_table_close(&t);
}

enum rc
roster_put_activities(struct exchange *x, struct html *h, struct place at)
{
	struct acts *a = ARENA_NEW(x->ctx->mem, struct acts);
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->at = at;
	a->day = desk_today(x);
	rc = db_read(x->ctx, acts_tx, a);
	if (rc == RC_OK && a->n > 0)
		put_acts(x, h, a, true);
	return rc;
}

/* On the board: a row for each, with a mark on its days. */
enum rc
roster_put_activity_rows(struct exchange *x, struct html *h, struct place county, int month, bool column)
{
	struct acts *a = ARENA_NEW(x->ctx->mem, struct acts);
	struct day first = DAY_NONE;
	uint32_t days = 0;
	enum rc rc = a == NULL ? RC_NO_MEMORY : duty_month_days(month, &first, &days);

	if (rc != RC_OK)
		return rc;
	a->county = county;
	a->day = first;
	rc = db_read(x->ctx, acts_tx, a);
	for (size_t i = 0; rc == RC_OK && i < a->n; i++) {
		uint32_t on = activity_days(&a->v[i], month, holidays_current());

		if (on == 0)
			continue;
		html_raw(h, "<tr class=\"act\"><th scope=\"row\">");
		ui_link_text(h, arena_format(x->ctx->mem, "/desk/roster/activities?id=%lld#one", (long long)a->v[i].id), act_name(x, &a->v[i]));
		html_raw(h, "</th>");
		if (column)
			html_raw(h, "<td></td>");
		for (uint32_t k = 0; k < days; k++) {
			html_raw(h, "<td");
			html_attr(h, "data-label", roster_day_text(x, day_add(first, (int)k)));
			html_raw(h, ">");
			if ((on >> k & 1) != 0) {
				html_raw(h, "<span class=\"turn\">");
				html_text(h, a->v[i].n_stops > 0 ? region_name(a->v[i].stop[0].place) : TEXT("●"));
				html_raw(h, "</span>");
			}
			html_raw(h, "</td>");
		}
		html_raw(h, "</tr>");
	}
	return rc;
}

/* ---- one of them ------------------------------------------------------------------------------------------------------- */

static struct text
keys_text(const struct exchange *x, uint32_t bits, const struct choice *c)
{
	struct text t = TEXT("");

	for (; c->key != NULL; c++)
		if ((bits >> c->value & 1) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? "," : "", c->key);
	return t;
}

static struct text
stored_text(struct exchange *x, const struct activity *a, const struct field *f)
{
	struct text t = TEXT("");
	char day[16];

	switch (f->offset) {
	case ACT(name):
		return a->name;
	case ACT(name_en):
		return a->name_en;
	case ACT(kind):
		return choice_by_value(activity_kind_choices, a->kind) != NULL ? text_of(choice_by_value(activity_kind_choices, a->kind)->key) : TEXT_NONE;
	case ACT(words):
		return a->words;
	case ACT(ends_in):
		for (int k = 0; k < 10; k++)
			if ((a->rule.ends_in >> k & 1) != 0)
				t = arena_format(x->ctx->mem, "%.*s%s%d", (int)t.n, t.p, t.n > 0 ? " " : "", k);
		return t;
	case ACT(weekdays):
		return keys_text(x, a->rule.weekdays, duty_weekday_choices);
	case ACT(nth):
		return keys_text(x, a->rule.nth, duty_nth_choices);
	case ACT(rest):
		return a->rest ? TEXT("1") : TEXT_NONE;
	case ACT(from):
		return arena_text(x->ctx->mem, day_print(a->id == 0 ? desk_today(x) : a->from, day));
	case ACT(to):
		return a->id == 0 || day_is_none(a->to) ? TEXT_NONE : arena_text(x->ctx->mem, day_print(a->to, day));
	default:
		for (size_t i = 0; i < a->n_stops; i++) {
			struct text line = stop_text(x, &a->stop[i]);

			t = arena_format(x->ctx->mem, "%.*s%s%.*s", (int)t.n, t.p, t.n > 0 ? "\n" : "", (int)line.n, line.p);
		}
		return t;
	}
}

static void
put_form(struct exchange *x, struct html *h, const struct acts *a)
{
	const struct roster_activity_values *in = x->values;
	bool sent = x->route->form == &roster_activity_form;

	html_raw(h, "<section id=\"one\"><h2>");
	html_say(h, (sent ? in->id : a->one.id) != 0 ? T("改这个活动") : T("加一个活动"));
	html_raw(h, "</h2>");
	if (sent)
		ui_error_summary(h, &roster_activity_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/roster/activities"), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "county", arena_format(x->ctx->mem, "%lld", (long long)a->county.code));
	ui_hidden(h, "id", arena_format(x->ctx->mem, "%lld", (long long)(sent ? in->id : a->one.id)));
	ui_hidden(h, "revision", arena_format(x->ctx->mem, "%lld", (long long)(sent && x->out->status != 409 ? in->revision : a->one.revision)));
	for (size_t i = 0; i < TYPED; i++)
		ui_field(h, &activity_fields[i], sent ? ui_typed(&roster_activity_form, activity_fields[i].key, &x->typed) :
		    stored_text(x, &a->one, &activity_fields[i]), sent ? findings_of(&x->findings, activity_fields[i].key) : NULL);
	ui_form_buttons(h, T("保存"), TEXT("/desk/roster/activities"));
	ui_form_close(h);
	html_raw(h, "</section>");
}

static enum rc
show(struct exchange *x, struct acts *a)
{
	struct html h = frame_html(x);
	int month = roster_month_query(x, duty_month_of(desk_today(x)));
	struct ui_chip chips[MONTHS];
	struct day first = DAY_NONE;
	uint32_t days = 0;
	enum rc rc = duty_month_days(month, &first, &days);

	a->day = day_compare(first, desk_today(x)) < 0 ? first : desk_today(x);
	if (rc == RC_OK)
		rc = db_read(x->ctx, acts_tx, a);
	if (rc == RC_OK && a->id != 0 && a->one.county.code != a->county.code)
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = roster_activity_form.title, .area = FRAME_ROSTER });
	ui_title(&h, roster_activity_form.title, desk_join(x, region_name(a->county), roster_month_text(x, month)));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster"), T("值班表"));
	html_raw(&h, "</p>");
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这个活动刚才有人改过，请看过再存。"));
	for (int i = 0; i < MONTHS; i++) {
		int m = duty_month_of(day_add_months(desk_today(x), i));

		chips[i] = (struct ui_chip){ .text = roster_month_text(x, m), .count = -1, .on = m == month,
			.href = arena_format(x->ctx->mem, "/desk/roster/activities?county=%lld&month=%d", (long long)a->county.code, m) };
	}
	ui_chips(&h, T("月份"), chips, MONTHS);
	put_month(x, &h, a, month);
	put_acts(x, &h, a, true);
	put_form(x, &h, a);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static struct place
county_asked(const struct exchange *x)
{
	const struct division *county[ROSTER_COUNTIES];
	size_t n = roster_counties(x, county);
	struct place asked;

	if (place_parse(desk_query(x, "county"), &asked) == RC_OK && duty_may_plan(x->ctx->actor, asked))
		return asked;
	return (struct place){ n > 0 ? county[0]->place.code : 0 };
}

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct acts *a = argument;

	return activity_load(tx, actor, a->id, &a->one);
}

enum rc
roster_activities_page(struct exchange *x)
{
	struct acts *a = ARENA_NEW(x->ctx->mem, struct acts);
	enum rc rc = RC_OK;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->county = county_asked(x);
	if (int64_parse(desk_query(x, "id"), 1, INT64_MAX, &a->id) != RC_OK)
		a->id = 0;
	if (a->id != 0)
		rc = db_read(x->ctx, one_tx, a);
	if (rc == RC_OK && a->id != 0)
		a->county = a->one.county;
	if (rc == RC_OK && !duty_may_plan(x->ctx->actor, a->county))
		rc = RC_NOT_FOUND;
	return rc == RC_OK ? show(x, a) : rc;
}

/* ---- what was typed ------------------------------------------------------------------------------------------------------ */

/* "金阊街道 09:00-11:30", or the code of the place. */
static bool
stop_read(const struct exchange *x, struct place county, struct text line, struct activity_stop *ret)
{
	struct text hours = TEXT_NONE, from;
	const struct division *found[2];
	size_t at = line.n;
	int a[4], n = 0;

	while (at > 0 && line.p[at - 1] != ' ')
		at--;
	if (at == 0)
		return false;
	hours = (struct text){ line.p + at, line.n - at };
	line.n = at - 1;
	for (size_t i = 0; i < hours.n && n < 4; n++) {
		for (a[n] = 0; i < hours.n && hours.p[i] >= '0' && hours.p[i] <= '9' && a[n] < 100; i++)
			a[n] = a[n] * 10 + (hours.p[i] - '0');
		while (i < hours.n && (hours.p[i] < '0' || hours.p[i] > '9'))
			i++;
	}
	if (n != 4 || a[0] > 24 || a[2] > 24 || a[1] > 59 || a[3] > 59)
		return false;
	ret->opens = a[0] * 60 + a[1];
	ret->closes = a[2] * 60 + a[3];
	from = text_trim(line);
	if (place_parse(from, &ret->place) == RC_OK)
		return true;
	if (region_search(from, county, PLACE_NONE, desk_today(x), found, 2) == 0)
		return false;
	ret->place = found[0]->place; /* the best match first */
	return true;
}

static bool
stops_read(struct exchange *x, struct text t, struct activity *a)
{
	int64_t line = 0;

	while (t.n > 0) {
		struct text one = text_trim(text_cut(&t, '\n'));

		line++;
		if (text_is_empty(one))
			continue;
		if (a->n_stops == ACTIVITY_STOPS || !stop_read(x, a->county, one, &a->stop[a->n_stops])) {
			findings_add(&x->findings, "stops", a->n_stops == ACTIVITY_STOPS ? T("最多 %lld 站") :
			    T("第 %lld 行看不懂：地方，空一格，09:00-11:30"), a->n_stops == ACTIVITY_STOPS ? ACTIVITY_STOPS : line);
			return false;
		}
		a->n_stops++;
	}
	return true;
}

static bool
digits_read(struct text t, uint32_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] >= '0' && t.p[i] <= '9')
			*ret |= UINT32_C(1) << (t.p[i] - '0');
		else if (t.p[i] != ' ' && t.p[i] != ',')
			return false;
	return true;
}

enum rc
roster_activities_post(struct exchange *x)
{
	const struct roster_activity_values *in = x->values;
	struct acts *a = ARENA_NEW(x->ctx->mem, struct acts);
	struct activity v = { .id = in->id, .revision = in->revision, .county = in->county, .kind = in->kind, .name = in->name,
		.name_en = in->name_en, .words = in->words, .rule = { 0, (uint32_t)in->weekdays, (uint32_t)in->nth }, .rest = in->rest,
		.from = in->from, .to = in->to };
	enum rc rc = a == NULL ? RC_NO_MEMORY : !duty_may_plan(x->ctx->actor, in->county) ? RC_NOT_FOUND : x->form_rc;

	if (rc == RC_OK && !digits_read(in->ends_in, &v.rule.ends_in)) {
		findings_add(&x->findings, "ends_in", T("写数字，中间空一格"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK && !stops_read(x, in->stops, &v))
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = activity_save(x->ctx, frame_idem_key(x), &v, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/roster/activities?county=%lld", (long long)in->county.code));
		return RC_OK;
	}
	if (a == NULL || (rc != RC_INVALID && rc != RC_CONFLICT))
		return rc;
	x->out->status = http_status_of(rc);
	a->county = in->county;
	a->id = in->id;
	return show(x, a);
}
