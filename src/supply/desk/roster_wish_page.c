/* What a roster is made from: what is settled beforehand, what a village wants, which windows are to be staffed. */
#include "supply/desk/roster_board_internal.h"

#define PINS 200
#define WINDOWS 60

#define PIN(member) offsetof(struct roster_pin_values, member)
static const struct field pin_fields[] = {
	{ .key = "county", .kind = FIELD_PLACE, .label = T("县（市、区）"), .required = true, .offset = PIN(county) },
	{ .key = "month", .kind = FIELD_INT, .label = T("月份"), .required = true, .min = 200001, .max = 299912, .offset = PIN(month) },
	{ .key = "licence", .kind = FIELD_LINE, .label = T("谁（执业证号）"), .required = true, .max = 40, .offset = PIN(licence) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = -31, .max = 366, .offset = PIN(day) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("去哪个村（社区）"), .hint = T("区划代码；空着是这一天不排他。"), .offset = PIN(place) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("为什么定死"), .required = true, .max = 200, .offset = PIN(why) },
};
const struct form roster_pin_form = FORM_OF("roster.pin", T("加一条定死的安排"), pin_fields, struct roster_pin_values);

#define DROP(member) offsetof(struct roster_drop_values, member)
static const struct field drop_fields[] = {
	{ .key = "county", .kind = FIELD_PLACE, .label = T("县（市、区）"), .required = true, .offset = DROP(county) },
	{ .key = "month", .kind = FIELD_INT, .label = T("月份"), .required = true, .min = 200001, .max = 299912, .offset = DROP(month) },
	{ .key = "pin", .kind = FIELD_KEY, .label = T("哪一条"), .required = true, .offset = DROP(pin) },
};
const struct form roster_drop_form = FORM_OF("roster.drop", T("去掉"), drop_fields, struct roster_drop_values);

#define VIL(member) offsetof(struct roster_village_values, member)
static const struct field village_fields[] = {
	{ .key = "licence", .kind = FIELD_LINE, .label = T("谁来（执业证号）"), .max = 40, .hint = T("空着是合同上的法律顾问。"), .offset = VIL(licence) },
	{ .key = "visits", .kind = FIELD_INT, .label = T("每月几次"), .required = true, .min = 1, .max = 4, .offset = VIL(visits) },
	{ .key = "minutes", .kind = FIELD_INT, .label = T("每次几分钟"), .max = 480, .hint = T("空着按合同。"), .offset = VIL(minutes) },
	{ .key = "ends_in", .kind = FIELD_LINE, .label = T("逢几来"), .max = 20, .hint = T("写「4」是每月 4、14、24 号；几个数之间空一格；空着不限。"),
	  .offset = VIL(ends_in) },
	{ .key = "weekdays", .kind = FIELD_FLAGS, .label = T("星期几"), .choices = duty_weekday_choices, .offset = VIL(weekdays) },
	{ .key = "nth", .kind = FIELD_FLAGS, .label = T("每月第几个"), .choices = duty_nth_choices, .offset = VIL(nth) },
	{ .key = "market", .kind = FIELD_BOOL, .label = T("逢集：这些日子是休息日也来"), .offset = VIL(market) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .offset = VIL(revision) },
};
const struct form roster_village_form = FORM_OF("roster.village", T("这个村（社区）的约定"), village_fields, struct roster_village_values);

#define WIN(member) offsetof(struct roster_window_values, member)
static const struct field window_fields[] = {
	{ .key = "county", .kind = FIELD_PLACE, .label = T("县（市、区）"), .required = true, .offset = WIN(county) },
	{ .key = "point", .kind = FIELD_LINE, .label = T("哪个中心"), .required = true, .max = 40, .hint = T("站点的编号。"), .offset = WIN(point) },
	{ .key = "weekdays", .kind = FIELD_FLAGS, .label = T("星期几"), .choices = duty_weekday_choices, .offset = WIN(weekdays) },
	{ .key = "need", .kind = FIELD_INT, .label = T("每天几个人"), .required = true, .max = 8, .hint = T("0 是不再排。"), .offset = WIN(need) },
	{ .key = "minutes", .kind = FIELD_INT, .label = T("每班几分钟"), .required = true, .min = 30, .max = 480, .offset = WIN(minutes) },
};
const struct form roster_window_form = FORM_OF("roster.window", T("窗口要有人"), window_fields, struct roster_window_values);

/* ---- pins ---------------------------------------------------------------------------------------------------------- */

struct pins { struct place county; int month; struct duty_pin v[PINS]; size_t n; };

static enum rc
pins_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pins *p = argument;

	return duty_pins(tx, actor, p->county, p->month, p->v, PINS, &p->n);
}

static void
put_pins(struct exchange *x, struct html *h, const struct pins *p)
{
	static const struct ui_column columns[] = { { T("谁"), false }, { T("哪一天"), false }, { T("去哪里"), false }, { T("为什么定死"), false },
		{ T("去掉"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("定死的安排"), columns, 5);
	for (size_t i = 0; i < p->n; i++) {
		ui_row_open(&t);
		ui_cell(&t, desk_join(x, p->v[i].provider_name, p->v[i].licence));
		ui_cell(&t, roster_day_text(x, p->v[i].day));
		ui_cell(&t, p->v[i].kind == ROSTER_PIN_VISIT ? region_name(p->v[i].place) : desk_say(x, T("不排他")));
		ui_cell(&t, p->v[i].why);
		ui_cell_open(&t);
		ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/roster/pins/drop"), .csrf = x->csrf, .key = desk_key(x) });
		ui_hidden(h, "county", desk_int(x, p->county.code));
		ui_hidden(h, "month", desk_int(x, p->month));
		ui_hidden(h, "pin", desk_int(x, p->v[i].id));
		html_raw(h, "<button type=\"submit\" class=\"button\">");
		html_say(h, T("去掉"));
		html_raw(h, "</button>");
		ui_form_close(h);
		ui_cell_close(&t);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static struct place
county_query(const struct exchange *x)
{
	const struct division *county[ROSTER_COUNTIES];
	size_t n = roster_counties(x, county);
	struct place p = { n > 0 ? county[0]->place.code : 0 };
	struct place asked;

	if (place_parse(desk_query(x, "county"), &asked) == RC_OK && duty_may_plan(x->ctx->actor, asked))
		p = asked;
	return p;
}

static enum rc
pins_show(struct exchange *x, struct place county, int month)
{
	const struct roster_pin_values *in = x->values;
	struct pins *p = ARENA_NEW(x->ctx->mem, struct pins);
	bool sent = x->route->form == &roster_pin_form;
	struct html h = frame_html(x);
	enum rc rc;

	if (p == NULL)
		return RC_NO_MEMORY;
	p->county = county;
	p->month = month;
	rc = db_read(x->ctx, pins_tx, p);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("定死的安排"), .area = FRAME_ROSTER });
	ui_title(&h, T("定死的安排"), desk_join(x, roster_month_text(x, month), region_name(county)));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster"), T("值班表"));
	html_raw(&h, "</p>");
	put_pins(x, &h, p);
	ui_section_open(&h, roster_pin_form.title);
	if (sent)
		ui_error_summary(&h, &roster_pin_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/roster/pins"), .csrf = x->csrf, .key = desk_key(x) });
	roster_put_county(x, &h, &pin_fields[0], sent ? in->county : county);
	roster_put_month(x, &h, &pin_fields[1], sent ? in->month : month);
	for (size_t i = 2; i < roster_pin_form.n; i++)
		ui_field(&h, &pin_fields[i], sent ? ui_typed(&roster_pin_form, pin_fields[i].key, &x->typed) : TEXT_NONE,
		    sent ? findings_of(&x->findings, pin_fields[i].key) : NULL);
	ui_form_buttons(&h, T("加上"), TEXT("/desk/roster"));
	ui_form_close(&h);
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
roster_pins_page(struct exchange *x)
{
	return pins_show(x, county_query(x), roster_month_query(x, duty_month_of(day_add_months(desk_today(x), 1))));
}

static enum rc
pins_back(struct exchange *x, struct place county, int64_t month)
{
	http_redirect(x->out, arena_format(x->ctx->mem, "/desk/roster/pins?county=%lld&month=%lld", (long long)county.code, (long long)month));
	return RC_OK;
}

enum rc
roster_pins_post(struct exchange *x)
{
	const struct roster_pin_values *in = x->values;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = duty_pin_add(x->ctx, frame_idem_key(x), &(struct duty_pin){ .county = in->county, .month = (int)in->month,
		    .kind = in->place.code != 0 ? ROSTER_PIN_VISIT : ROSTER_PIN_FREE, .licence = in->licence, .day = in->day, .place = in->place,
		    .why = in->why }, &x->findings);
	if (rc == RC_OK)
		return pins_back(x, in->county, in->month);
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return pins_show(x, duty_may_plan(x->ctx->actor, in->county) ? in->county : county_query(x),
	    in->month != 0 ? (int)in->month : duty_month_of(desk_today(x)));
}

enum rc
roster_drop_post(struct exchange *x)
{
	const struct roster_drop_values *in = x->values;
	enum rc rc = x->form_rc == RC_OK ? duty_pin_drop(x->ctx, frame_idem_key(x), in->county, in->pin) : x->form_rc;

	return rc == RC_OK || rc == RC_CONFLICT ? pins_back(x, in->county, in->month) : rc;
}

/* ---- a village --------------------------------------------------------------------------------------------------------- */

struct wish { struct place village; struct duty_village v; };

static enum rc
wish_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct wish *w = argument;

	return duty_village_load(tx, actor, w->village, &w->v);
}

static struct text
keys_of(const struct exchange *x, unsigned bits, const struct choice *c)
{
	struct text t = TEXT("");

	for (; c->key != NULL; c++)
		if ((bits >> c->value & 1) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? "," : "", c->key);
	return t;
}

static struct text
digits_of(const struct exchange *x, unsigned bits)
{
	struct text t = TEXT("");

	for (int k = 0; k < 10; k++)
		if ((bits >> k & 1) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%d", (int)t.n, t.p, t.n > 0 ? " " : "", k);
	return t;
}

static struct text
wish_typed(struct exchange *x, const struct duty_village *v, const struct field *f)
{
	switch (f->offset) {
	case VIL(licence):
		return v->licence;
	case VIL(visits):
		return desk_int(x, v->visits);
	case VIL(minutes):
		return desk_int(x, v->minutes);
	case VIL(ends_in):
		return digits_of(x, v->ends_in);
	case VIL(weekdays):
		return keys_of(x, v->weekdays, duty_weekday_choices);
	case VIL(nth):
		return keys_of(x, v->nth, duty_nth_choices);
	case VIL(market):
		return v->market ? TEXT("1") : TEXT_NONE;
	default:
		return desk_int(x, v->revision);
	}
}

static enum rc
village_show(struct exchange *x, const struct division *d)
{
	struct wish w = { .village = d->place };
	bool sent = x->route->form == &roster_village_form;
	struct html h = frame_html(x);
	enum rc rc = duty_may_plan(x->ctx->actor, place_up(d->place, PLACE_COUNTY)) ? db_read(x->ctx, wish_tx, &w) : RC_NOT_FOUND;

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = roster_village_form.title, .area = FRAME_ROSTER });
	ui_title(&h, roster_village_form.title, d->path);
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster"), T("值班表"));
	html_raw(&h, "</p>");
	ui_paragraph(&h, T("下一次排班按这里写的排；已经发布的表不变。"));
	if (text_equals(desk_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已保存。"));
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这一行刚才有人改过，请看过再办。"));
	if (sent)
		ui_error_summary(&h, &roster_village_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/roster/village/%lld", (long long)d->place.code), .csrf = x->csrf,
	    .key = desk_key(x) });
	for (size_t i = 0; i + 1 < roster_village_form.n; i++) {
		const struct field *f = &village_fields[i];

		ui_field(&h, f, sent ? ui_typed(&roster_village_form, f->key, &x->typed) : wish_typed(x, &w.v, f),
		    sent ? findings_of(&x->findings, f->key) : NULL);
	}
	ui_hidden(&h, "revision", desk_int(x, w.v.revision));
	ui_form_buttons(&h, T("保存"), TEXT("/desk/roster"));
	ui_form_close(&h);
	rc = roster_put_activities(x, &h, d->place);
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

static const struct division *
village_of(const struct exchange *x)
{
	struct place p;
	const struct division *d = place_parse(http_segment(x, "code"), &p) == RC_OK ? region_find(p, desk_today(x)) : NULL;

	return d != NULL && d->level == PLACE_VILLAGE ? d : NULL;
}

enum rc
roster_village_page(struct exchange *x)
{
	const struct division *d = village_of(x);

	return d == NULL ? RC_NOT_FOUND : village_show(x, d);
}

/* "4" or "4 9". */
static enum rc
digits_read(struct text t, unsigned *ret)
{
	*ret = 0;
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] >= '0' && t.p[i] <= '9')
			*ret |= 1u << (t.p[i] - '0');
		else if (t.p[i] != ' ' && t.p[i] != ',')
			return RC_INVALID;
	return RC_OK;
}

enum rc
roster_village_post(struct exchange *x)
{
	const struct roster_village_values *in = x->values;
	const struct division *d = village_of(x);
	struct duty_village v = { .licence = in->licence, .visits = (int)in->visits, .minutes = (int)in->minutes, .weekdays = (unsigned)in->weekdays,
		.nth = (unsigned)in->nth, .market = in->market, .revision = in->revision };
	enum rc rc = d == NULL ? RC_NOT_FOUND : x->form_rc;

	if (rc == RC_OK && digits_read(in->ends_in, &v.ends_in) != RC_OK) {
		findings_add(&x->findings, "ends_in", T("写数字，中间空一格"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK) {
		v.place = d->place;
		rc = duty_village_save(x->ctx, frame_idem_key(x), &v, &x->findings);
	}
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/roster/village/%lld?done=1", (long long)d->place.code));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = http_status_of(rc);
	return village_show(x, d);
}

/* ---- windows ------------------------------------------------------------------------------------------------------------- */

struct windows { struct place county; struct duty_window v[WINDOWS]; size_t n; };

static enum rc
windows_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct windows *w = argument;

	return duty_windows(tx, actor, w->county, w->v, WINDOWS, &w->n);
}

static void
put_windows(struct exchange *x, struct html *h, const struct windows *w)
{
	static const struct ui_column columns[] = { { T("哪个中心"), false }, { T("星期几"), false }, { T("每天几个人"), true }, { T("每班"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("要有人的窗口"), columns, 4);
	for (size_t i = 0; i < w->n; i++) {
		struct text days = TEXT_NONE;
		struct point p;

		if (network_find(x->ctx, w->v[i].point, &p) != RC_OK)
			continue;
		for (const struct choice *c = duty_weekday_choices; c->key != NULL; c++)
			if ((w->v[i].weekdays >> c->value & 1) != 0)
				days = desk_join(x, days, desk_say(x, c->label));
		ui_row_open(&t);
		ui_cell(&t, desk_join(x, desk_name(x, p.name, p.name_en), p.code));
		ui_cell(&t, days);
		ui_cell_int(&t, w->v[i].need);
		ui_cell(&t, roster_hours(x, w->v[i].minutes));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static enum rc
windows_show(struct exchange *x, struct place county)
{
	struct windows *w = ARENA_NEW(x->ctx->mem, struct windows);
	bool sent = x->route->form == &roster_window_form;
	struct html h = frame_html(x);
	enum rc rc;

	if (w == NULL)
		return RC_NO_MEMORY;
	w->county = county;
	rc = db_read(x->ctx, windows_tx, w);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("要有人的窗口"), .area = FRAME_ROSTER });
	ui_title(&h, T("要有人的窗口"), region_name(county));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster"), T("值班表"));
	html_raw(&h, "</p>");
	put_windows(x, &h, w);
	ui_section_open(&h, roster_window_form.title);
	if (sent)
		ui_error_summary(&h, &roster_window_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/roster/windows"), .csrf = x->csrf, .key = desk_key(x) });
	roster_put_county(x, &h, &window_fields[0], county);
	for (size_t i = 1; i < roster_window_form.n; i++)
		ui_field(&h, &window_fields[i], sent ? ui_typed(&roster_window_form, window_fields[i].key, &x->typed) : TEXT_NONE,
		    sent ? findings_of(&x->findings, window_fields[i].key) : NULL);
	ui_form_buttons(&h, T("保存"), TEXT("/desk/roster"));
	ui_form_close(&h);
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
roster_windows_page(struct exchange *x)
{
	return windows_show(x, county_query(x));
}

enum rc
roster_windows_post(struct exchange *x)
{
	const struct roster_window_values *in = x->values;
	struct place county = duty_may_plan(x->ctx->actor, in->county) ? in->county : county_query(x);
	struct point p = { .id = 0 };
	enum rc rc = x->form_rc;

	if (rc == RC_OK && network_find_code(x->ctx, in->point, &p) != RC_OK) {
		findings_add(&x->findings, "point", T("没有这个编号的站点"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = duty_window_save(x->ctx, frame_idem_key(x), &(struct duty_window){ .point = p.id, .weekdays = (unsigned)in->weekdays,
		    .need = (int)in->need, .minutes = (int)in->minutes }, &x->findings);
	if (rc == RC_NOT_FOUND) {
		findings_add(&x->findings, "point", T("您的辖区里没有这个中心"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/roster/windows?county=%lld", (long long)county.code));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return windows_show(x, county);
}
