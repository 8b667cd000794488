/*
 * How many must sit at the telephone or the windows, by the half hour: from what came in over the past weeks, by Erlang C and A
 * (engine/assign_seats), with the shifts that cover it; a window seat settled for one person; and somebody's whole month taken over.
 */
#include "supply/desk/roster_board_internal.h"

#include <inttypes.h>

#include "engine/assign/assign_seats.h"
#include "operations/request/request.h"
#include "resources/network/network.h"
#include "standards/holidays/holidays.h"

#define WEEKS_MOST 26
#define SHIFT_SLOTS 17     /* eight hours and one off after the first four */
#define HALF_SLOTS 8       /* four hours */
#define BREAK_AFTER 8
#define POINTS 400

static const struct choice day_choices[] = { { 1, "1", T("周一") }, { 2, "2", T("周二") }, { 3, "3", T("周三") }, { 4, "4", T("周四") },
	{ 5, "5", T("周五") }, { 6, "6", T("周六") }, { 7, "7", T("周日") }, { 8, "8", T("节假日") }, { 0, NULL, NULL } };

#define ASK(member) offsetof(struct roster_seats_values, member)
static const struct field ask_fields[] = {
	{ .key = "at", .kind = FIELD_LINE, .label = T("哪里"), .max = 40, .offset = ASK(point) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("哪种日子"), .choices = day_choices, .offset = ASK(day) },
	{ .key = "weeks", .kind = FIELD_INT, .label = T("看过去几周"), .min = 1, .max = WEEKS_MOST, .offset = ASK(weeks) },
	{ .key = "talk", .kind = FIELD_INT, .label = T("一件平均办几秒"), .min = 10, .max = 14400, .offset = ASK(talk) },
	{ .key = "within", .kind = FIELD_INT, .label = T("几秒以内接上"), .min = 0, .max = 7200, .offset = ASK(within) },
	{ .key = "share", .kind = FIELD_INT, .label = T("百分之几要在这以内接上"), .min = 1, .max = 99, .offset = ASK(share) },
	{ .key = "patience", .kind = FIELD_INT, .label = T("平均等几秒就走（0：一直等）"), .min = 0, .max = 36000, .offset = ASK(patience) },
};
const struct form roster_seats_form = FORM_OF("roster.seats", T("要几个座席"), ask_fields, struct roster_seats_values);

#define PIN(member) offsetof(struct roster_seat_values, member)
static const struct field pin_fields[] = {
	{ .key = "licence", .kind = FIELD_LINE, .label = T("执业证号"), .required = true, .max = 40, .offset = PIN(licence) },
	{ .key = "point", .kind = FIELD_LINE, .label = T("哪个中心的窗口"), .required = true, .max = 40, .offset = PIN(point) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .max = 366, .offset = PIN(day) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("为什么"), .required = true, .max = 200, .offset = PIN(why) },
};
const struct form roster_seat_form = FORM_OF("roster.seat", T("定死一个窗口班"), pin_fields, struct roster_seat_values);

/* ---- what came ------------------------------------------------------------------------------------------------- */

enum { CAME, MISSED };
static const struct db_stmt q[] = {
	/* by the half hour of the land; $6 the channel, $7 the point or NULL */
	[CAME] = { "roster.came", DB_AREA,
	    "SELECT (r.created_ms + 28800000) / 1800000 AS half, COUNT(*) FROM request r WHERE r.city = $1 AND r.place BETWEEN $2 AND $3"
	    " AND r.created_day BETWEEN $4 AND $5 AND r.channel = $6 AND (r.point = $7 OR CAST($7 AS bigint) IS NULL)"
	    " GROUP BY (r.created_ms + 28800000) / 1800000 ORDER BY half", 0 },
	[MISSED] = { "roster.missed", DB_AREA,
	    "SELECT COUNT(*) FROM missed_call m JOIN request r ON r.city = m.city AND r.id = m.request WHERE m.city = $1"
	    " AND r.place BETWEEN $2 AND $3 AND r.created_day BETWEEN $4 AND $5 AND (m.point = $6 OR CAST($6 AS bigint) IS NULL)", 0 },
};
const struct db_set roster_seats_sql = DB_SET("roster_seats", q);

struct came {
	struct roster_seats_values v;
	struct point at;               /* id 0: the hotline */
	struct day first, last;
	struct seats_day day[WEEKS_MOST * 7];
	int64_t all, missed;
};

static enum rc
came_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct came *c = argument;
	struct db_value point = c->at.id == 0 ? db_null() : db_int(c->at.id);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[CAME], ARGS(db_int(c->first.n), db_int(c->last.n),
	    db_int(c->at.id == 0 ? CHANNEL_HOTLINE : CHANNEL_WINDOW), point), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int64_t half = rows_int(row, 0), day = half / SEATS_SLOTS - c->first.n;

		if (day < 0 || day > c->last.n - c->first.n)
			continue;
		c->day[day].calls[half % SEATS_SLOTS] += (uint32_t)rows_int(row, 1);
		c->all += rows_int(row, 1);
	}
	return rc == RC_DONE ? tx_int(tx, actor, &q[MISSED], ARGS(db_int(c->first.n), db_int(c->last.n), point), &c->missed) : rc;
}

static int
kind_of(struct day d)
{
	enum day_kind k = calendar_kind(holidays_current(), d);

	return k == DAY_HOLIDAY || (k == DAY_REST && day_weekday(d) < 6) ? 8 : day_weekday(d);
}

static enum rc
came_read(struct exchange *x, const struct roster_seats_values *in, struct came *c)
{
	bool hotline = text_is_empty(in->point) || text_equals(in->point, TEXT("12348"));
	enum rc rc = hotline ? RC_OK : network_find_code(x->ctx, in->point, &c->at);

	if (rc == RC_OK && !hotline && !place_range_has(x->ctx->actor->places, c->at.place))
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	c->v = *in;
	c->v.day = c->v.day == 0 ? 2 : c->v.day;
	c->v.weeks = c->v.weeks == 0 ? 8 : c->v.weeks;
	c->v.talk = c->v.talk == 0 ? hotline ? 420 : 1200 : c->v.talk;
	c->v.within = params_has(x->in->query, "within") ? c->v.within : hotline ? 20 : 600;
	c->v.share = c->v.share == 0 ? 80 : c->v.share;
	c->v.patience = params_has(x->in->query, "patience") ? c->v.patience : hotline ? 180 : 0;
	c->last = day_add(desk_today(x), -1);
	c->first = day_add(c->last, 1 - (int)c->v.weeks * 7);
	for (int i = 0; i < (int)c->v.weeks * 7; i++)
		c->day[i].kind = kind_of(day_add(c->first, i));
	return db_read(x->ctx, came_tx, c);
}

/* ---- seats and shifts --------------------------------------------------------------------------------------------- */

static struct text
slot_text(const struct exchange *x, int slot)
{
	return arena_format(x->ctx->mem, "%02d:%02d", slot / 2, slot % 2 * 30);
}

static struct text
thousandths(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%" PRId64 ".%" PRId64, n / 1000, n % 1000 / 100);
}

/* False: no number of seats does it. */
static bool
put_seats(struct exchange *x, struct html *h, const struct came *c, const struct seats_forecast *f, int64_t need[static SEATS_SLOTS])
{
	static const struct ui_column columns[] = { { T("几点起"), false }, { T("平常几件"), true }, { T("多的时候几件"), true },
		{ T("要几个座席"), true }, { T("按时接上（‰）"), true }, { T("等不及走了（‰）"), true }, { T("忙（‰）"), true } };
	struct ui_table t;
	bool fine = true;

	ui_table_open(&t, h, T("每半小时要几个座席"), columns, 7);
	for (int k = 0; k < SEATS_SLOTS; k++) {
		struct seats_load l = { f->high[k], c->v.talk, c->v.patience };
		struct seats_level level = { .within = 1000 };

		if (seats_needed(&l, c->v.within, c->v.share * 10, 1000, &need[k]) != RC_OK ||
		    (need[k] > 0 && seats_level(&l, need[k], c->v.within, &level) != RC_OK)) {
			need[k] = 0;
			fine = false;
			continue;
		}
		if (need[k] == 0)
			continue;
		ui_row_open(&t);
		ui_cell(&t, slot_text(x, k));
		ui_cell(&t, thousandths(x, f->middle[k]));
		ui_cell(&t, thousandths(x, f->high[k]));
		ui_cell_int(&t, need[k]);
		ui_cell_int(&t, level.within);
		ui_cell_int(&t, level.lost);
		ui_cell_int(&t, level.busy);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	return fine;
}

/* Whole days and half days, beginning at any half hour; a half day costs a little more than half. */
static uint32_t
shifts_make(struct seats_shift v[static 2 * SEATS_SLOTS], int first[static 2 * SEATS_SLOTS], int slots[static 2 * SEATS_SLOTS])
{
	uint32_t n = 0;

	for (int half = 0; half < 2; half++)
		for (int s = 0; s + (half ? HALF_SLOTS : SHIFT_SLOTS) <= SEATS_SLOTS; s++) {
			v[n] = (struct seats_shift){ .cost = half ? 6 : 10 };
			first[n] = s;
			slots[n] = half ? HALF_SLOTS : SHIFT_SLOTS;
			for (int k = 0; k < slots[n]; k++)
				v[n].covers[s + k] = half || k != BREAK_AFTER;
			n++;
		}
	return n;
}

static enum rc
put_shifts(struct exchange *x, struct html *h, const int64_t need[static SEATS_SLOTS])
{
	static const struct ui_column columns[] = { { T("班次"), false }, { T("几个人"), true } };
	struct seats_shift *v = arena_array(x->ctx->mem, 2 * SEATS_SLOTS, sizeof *v);
	struct seats_plan *p = ARENA_NEW(x->ctx->mem, struct seats_plan);
	int first[2 * SEATS_SLOTS], slots[2 * SEATS_SLOTS];
	struct ui_table t;
	uint32_t n;
	enum rc rc;

	if (v == NULL || p == NULL)
		return RC_NO_MEMORY;
	n = shifts_make(v, first, slots);
	rc = seats_cover(need, v, n, SEATS_LIMITS, p);
	if (rc != RC_OK) {
		ui_notice_say(h, UI_SOON, NULL, T("没有一种班次能盖住这些座席。"));
		return rc == RC_NO_MEMORY ? rc : RC_OK;
	}
	ui_table_open(&t, h, T("怎么排班最省"), columns, 2);
	for (uint32_t k = 0; k < n; k++)
		if (p->count[k] > 0) {
			struct text from = slot_text(x, first[k]), to = slot_text(x, first[k] + slots[k]);

			ui_row_open(&t);
			ui_cell(&t, arena_format(x->ctx->mem, "%.*s–%.*s", (int)from.n, from.p, (int)to.n, to.p));
			ui_cell_int(&t, p->count[k]);
			ui_row_close(&t);
		}
	ui_table_close(&t);
	ui_facts(h, (const struct ui_fact[]){ { .label = T("合计"), .value = desk_int(x, p->cost) }, { .label = T("下界"), .value = desk_int(x, p->bound) },
	    { .label = T("说明"), .value = desk_say(x, p->proven ? T("已证明：没有更省的排法") : T("还没有证明最省")) } }, 3);
	ui_paragraph(h, T("八小时班中间歇半小时记 10，四小时班记 6。"));
	return RC_OK;
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

static void
put_where(struct exchange *x, struct html *h, const struct came *c)
{
	struct ui_option v[POINTS + 1];
	struct point *p = NULL;
	size_t n = 0, at = 1;

	v[0] = (struct ui_option){ TEXT("12348"), desk_say(x, T("12348 热线")), TEXT_NONE };
	if (network_list(x->ctx, POINT_NONE, (struct place){ x->ctx->actor->places.lo }, desk_today(x), &p, &n) != RC_OK)
		n = 0;
	for (size_t i = 0; i < n && at < POINTS; i++)
		if (p[i].kind == POINT_COUNTY || p[i].kind == POINT_TOWN)
			v[at++] = (struct ui_option){ p[i].code, desk_name(x, p[i].name, p[i].name_en), TEXT_NONE };
	ui_field_select(h, &ask_fields[0], v, at, c->at.id == 0 ? TEXT("12348") : c->at.code, findings_of(&x->findings, "at"));
}

static void
put_ask(struct exchange *x, struct html *h, const struct came *c)
{
	const int64_t value[] = { c->v.weeks, c->v.talk, c->v.within, c->v.share, c->v.patience };
	struct ui_option days[8];

	for (int i = 0; i < 8; i++)
		days[i] = (struct ui_option){ text_of(day_choices[i].key), desk_say(x, day_choices[i].label), TEXT_NONE };
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/roster/seats"), .get = true });
	put_where(x, h, c);
	ui_field_select(h, &ask_fields[1], days, 8, desk_int(x, c->v.day), findings_of(&x->findings, "kind"));
	for (size_t i = 0; i < 5; i++)
		ui_field(h, &ask_fields[i + 2], arena_format(x->ctx->mem, "%" PRId64, value[i]), findings_of(&x->findings, ask_fields[i + 2].key));
	ui_form_buttons(h, T("算一算"), TEXT_NONE);
	ui_form_close(h);
}

static void
put_pin(struct exchange *x, struct html *h, const struct came *c)
{
	bool sent = x->route->form == &roster_seat_form;

	ui_section_open(h, roster_seat_form.title);
	ui_paragraph(h, T("排班时这个人那天一定在这个窗口；和别的定死的安排冲突的话，排班时两条都会说出来。"));
	if (sent)
		ui_error_summary(h, &roster_seat_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/roster/seats/pin"), .csrf = x->csrf, .key = desk_key(x) });
	for (size_t i = 0; i < 4; i++)
		ui_field(h, &pin_fields[i], sent ? ui_typed(&roster_seat_form, pin_fields[i].key, &x->typed) :
		    i == 1 && c->at.id != 0 ? c->at.code : TEXT_NONE, sent ? findings_of(&x->findings, pin_fields[i].key) : NULL);
	ui_form_buttons(h, T("定死"), TEXT("/desk/roster/pins"));
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
put_answer(struct exchange *x, struct html *h, const struct came *c)
{
	struct seats_forecast *f = ARENA_NEW(x->ctx->mem, struct seats_forecast);
	int64_t need[SEATS_SLOTS] = { 0 }, most = 0;
	enum rc rc = f == NULL ? RC_NO_MEMORY :
	    seats_forecast(x->ctx->mem, c->day, (uint32_t)c->v.weeks * 7, (int)c->v.day, 800, f);

	if (rc == RC_NOT_FOUND) {
		ui_notice_say(h, UI_SOON, NULL, T("过去这几周里没有这种日子，多看几周。"));
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	if (c->all == 0) {
		ui_empty(h, T("没有可以推算的记录"), T("过去这几周这里没有来过一件，推算不出要几个座席。"), TEXT_NONE, NULL);
		return RC_OK;
	}
	if (!put_seats(x, h, c, f, need))
		ui_notice_say(h, UI_SOON, NULL, T("有的时段再多座席也做不到，请放宽要求。"));
	for (int k = 0; k < SEATS_SLOTS; k++)
		most = need[k] > most ? need[k] : most;
	if (c->at.id != 0 && most > 0) {
		html_raw(h, "<p>");
		html_sayf(h, T("最忙的时候要 %d 个窗口有人。"), (int)most);
		html_raw(h, " ");
		ui_link(h, TEXT("/desk/roster/windows"), T("去改要有人的窗口"));
		html_raw(h, "</p>");
	}
	return put_shifts(x, h, need);
}

static enum rc
show(struct exchange *x, struct came *c)
{
	struct html h = frame_html(x);
	enum rc rc;

	frame_desk_open(x, &h, &(struct frame_page){ .title = roster_seats_form.title, .area = FRAME_ROSTER });
	ui_title(&h, roster_seats_form.title, c->at.id == 0 ? TEXT("12348") : desk_name(x, c->at.name, c->at.name_en));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster/windows"), T("要有人的窗口"));
	html_raw(&h, " ");
	ui_link(&h, TEXT("/desk/roster/pins"), T("定死的安排"));
	html_raw(&h, "</p>");
	put_ask(x, &h, c);
	ui_facts(&h, (const struct ui_fact[]){ { .label = T("过去这几周来过"), .value = arena_format(x->ctx->mem, "%" PRId64, c->all) },
	    { .label = T("其中没有人接的电话"), .value = arena_format(x->ctx->mem, "%" PRId64, c->missed) } }, 2);
	ui_paragraph(&h, T("按同一种日子最近四次的平均和每半小时的份额推算，座席按五次里四次够用的量算；办一件多久、接上多快都是您填的数，未核实。"));
	rc = put_answer(x, &h, c);
	put_pin(x, &h, c);
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

enum rc
roster_seats_page(struct exchange *x)
{
	struct came *c = ARENA_NEW(x->ctx->mem, struct came);
	enum rc rc = c == NULL ? RC_NO_MEMORY : came_read(x, x->values, c);

	if (rc != RC_OK)
		return rc;
	if (x->form_rc != RC_OK)
		x->out->status = 422;
	return show(x, c);
}

enum rc
roster_seat_post(struct exchange *x)
{
	const struct roster_seat_values *in = x->values;
	struct duty_pin pin = { .kind = ROSTER_PIN_SEAT, .licence = in->licence, .day = in->day, .why = in->why };
	struct came *c = ARENA_NEW(x->ctx->mem, struct came);
	struct point p = { .id = 0 };
	enum rc rc = c == NULL ? RC_NO_MEMORY : x->form_rc;

	if (rc == RC_OK && (network_find_code(x->ctx, in->point, &p) != RC_OK || (p.kind != POINT_COUNTY && p.kind != POINT_TOWN) ||
	    !place_range_has(x->ctx->actor->places, p.place))) {
		findings_add(&x->findings, "point", T("没有这个中心"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK) {
		pin.point = p.id;
		pin.county = place_level(p.place) > PLACE_COUNTY ? place_up(p.place, PLACE_COUNTY) : p.place;
		pin.month = duty_month_of(in->day);
		rc = duty_pin_add(x->ctx, frame_idem_key(x), &pin, &x->findings);
	}
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/roster/pins?county=%lld&month=%d", (long long)pin.county.code, pin.month));
		return RC_OK;
	}
	if (c == NULL || rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	rc = came_read(x, &(struct roster_seats_values){ .point = TEXT("12348") }, c);
	return rc == RC_OK ? show(x, c) : rc;
}
