/*
 * A county's month as a board: villages by days, or persons by days.  What is chosen shows its price on every day it could go to
 * before it is moved; by mouse it is dragged there, by keyboard and without JavaScript it is a link and a list.  A draft takes what
 * is put somewhere as a fixed arrangement and is worked out again.
 */
#include "supply/desk/roster_internal.h"

#include <stdlib.h>

#include "kit/json/json.h"
#include "standards/holidays/holidays.h"
#include "supply/desk/roster_board_internal.h"

#define PINS 400
#define CHANGES 20
#define LOOKED 4000
#define OFFERED 60       /* in the list */
#define PERSONS 1000

#define PUT(member) offsetof(struct roster_put_values, member)
static const struct field put_fields[] = {
	{ .key = "to", .kind = FIELD_LINE, .label = T("改成谁、哪一天"), .required = true, .max = 60, .offset = PUT(to) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("为什么改"), .required = true, .max = 200, .offset = PUT(why) },
	{ .key = "slot", .kind = FIELD_KEY, .label = T("哪一次"), .offset = PUT(slot) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = PUT(revision) },
	{ .key = "by", .kind = FIELD_KEY, .label = T("怎么排"), .offset = PUT(by) },
};
const struct form roster_put_form = FORM_OF("roster.put", T("月历"), put_fields, struct roster_put_values);
#define UNDO(member) offsetof(struct roster_undo_values, member)
static const struct field undo_fields[] = {
	{ .key = "change", .kind = FIELD_KEY, .label = T("哪一次改动"), .required = true, .offset = UNDO(change) },
	{ .key = "by", .kind = FIELD_KEY, .label = T("怎么排"), .offset = UNDO(by) },
};
const struct form roster_undo_form = FORM_OF("roster.undo", T("撤销"), undo_fields, struct roster_undo_values);

struct board {
	int64_t id;
	struct duty_plan p;
	struct duty_slot *v;
	size_t n;
	struct duty_pin pin[PINS];
	size_t n_pins;
	struct duty_change change[CHANGES];
	size_t n_changes;
	bool by_person;
	struct day first;
	uint32_t days;
	const struct duty_choice *choice;  /* of the chosen one; NULL: none is */
	struct text to;                    /* "PROVIDER.DAY" that is proposed */
};

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct board *b = argument;
	enum rc rc = duty_plan_load(tx, actor, b->id, &b->p);

	b->v = rc == RC_OK ? arena_array(tx_mem(tx), DUTY_SLOTS_MAX, sizeof *b->v) : NULL;
	if (b->v == NULL)
		return rc == RC_OK ? RC_NO_MEMORY : rc;
	rc = duty_slots(tx, actor, b->id, b->v, DUTY_SLOTS_MAX, &b->n);
	if (rc == RC_OK)
		rc = duty_pins(tx, actor, b->p.county, b->p.month, b->pin, PINS, &b->n_pins);
	return rc == RC_OK ? duty_changes(tx, actor, b->id, b->change, CHANGES, &b->n_changes) : rc;
}

static struct text
board_path(const struct exchange *x, const struct board *b, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/roster/%lld/board?by=%d%s", (long long)b->id, (int)b->by_person, tail);
}

static bool
is_pinned(const struct board *b, const struct duty_slot *s)
{
	for (size_t i = 0; i < b->n_pins; i++)
		if (b->pin[i].day.n == s->day.n && b->pin[i].provider == s->provider &&
		    (s->seat ? b->pin[i].point == s->point : b->pin[i].place.code == s->place.code))
			return true;
	return false;
}

/* ---- rows and cells --------------------------------------------------------------------------------------------- */

struct line { int64_t key; bool seat; struct text name; };

static int64_t
key_of(const struct board *b, const struct duty_slot *s)
{
	return b->by_person ? s->provider : s->seat ? s->point : s->place.code;
}

static bool
is_of(const struct board *b, const struct line *l, const struct duty_slot *s)
{
	return key_of(b, s) == l->key && (b->by_person || s->seat == l->seat);
}

/* Each village, window or person once; in the order of the plan. */
static size_t
lines_make(struct exchange *x, const struct board *b, struct line *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n && n < DUTY_SLOTS_MAX; i++) {
		const struct duty_slot *s = &b->v[i];
		size_t k = n;

		if (b->by_person && s->provider == 0)
			continue;
		while (k > 0 && !is_of(b, &ret[k - 1], s))
			k--;
		if (k > 0)
			continue;
		ret[n].key = key_of(b, s);
		ret[n].seat = s->seat;
		ret[n].name = b->by_person ? s->name : s->seat ? roster_where(x, s) : region_name(s->place);
		n++;
	}
	return n;
}

static void
put_chip(struct exchange *x, struct html *h, const struct board *b, const struct duty_slot *s)
{
	bool on = b->choice != NULL && b->choice->slot.slot == s->slot;

	html_raw(h, "<a draggable=\"true\"");
	html_attr(h, "class", on ? TEXT("turn on") : s->provider == 0 ? TEXT("turn open") : TEXT("turn"));
	html_attr(h, "data-slot", arena_format(x->ctx->mem, "%u", s->slot));
	html_attr(h, "href", arena_format(x->ctx->mem, "/desk/roster/%lld/board?by=%d&slot=%u#put", (long long)b->id, (int)b->by_person, s->slot));
	if (on)
		html_raw(h, " aria-current=\"true\"");
	html_raw(h, ">");
	if (is_pinned(b, s)) {
		html_raw(h, "<b>");
		html_say(h, T("定"));
		html_raw(h, "</b> ");
	}
	if (s->provider == 0)
		html_say(h, T("没有人"));
	else
		html_text(h, b->by_person ? roster_where(x, s) : s->name);
	html_raw(h, "</a>");
}

/* What it would cost there: the cheapest of this line on this day, or the rule against it. */
static const struct duty_candidate *
price_at(const struct board *b, const struct line *l, struct day day)
{
	const struct duty_choice *c = b->choice;
	const struct duty_candidate *blocked = NULL;

	if (c == NULL || (!b->by_person && !is_of(b, l, &c->slot)))
		return NULL;
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].day.n != day.n || (b->by_person && c->v[i].provider != l->key))
			continue;
		if (c->v[i].blocked == ROSTER_FINE)
			return &c->v[i];
		if (blocked == NULL && (b->by_person || c->v[i].provider == c->slot.provider))
			blocked = &c->v[i];
	}
	return blocked;
}

static void
put_price(struct exchange *x, struct html *h, const struct board *b, const struct duty_candidate *c)
{
	if (c->blocked != ROSTER_FINE) {
		html_raw(h, "<small class=\"no\"");
		html_attr(h, "title", desk_say(x, duty_rule_label(c->blocked)));
		html_raw(h, ">×</small>");
		return;
	}
	html_raw(h, "<a class=\"price\"");
	html_attr(h, "href", arena_format(x->ctx->mem, "/desk/roster/%lld/board?by=%d&slot=%u&to=%lld.%d#put", (long long)b->id, (int)b->by_person,
	    b->choice->slot.slot, (long long)c->provider, c->day.n));
	html_attr(h, "title", c->name);
	buf_printf(h->out, ">%+lld</a>", (long long)c->difference);
}

static void
put_line(struct exchange *x, struct html *h, const struct board *b, const struct line *l)
{
	html_raw(h, "<tr");
	html_attr(h, "data-line", arena_format(x->ctx->mem, "%lld", (long long)l->key));
	html_raw(h, "><th scope=\"row\">");
	if (l->seat || b->by_person)
		html_text(h, l->name);
	else
		ui_link_text(h, arena_format(x->ctx->mem, "/desk/roster/village/%lld", (long long)l->key), l->name);
	html_raw(h, "</th>");
	if (!b->by_person) {
		html_raw(h, "<td class=\"none\">");
		for (size_t i = 0; i < b->n; i++)
			if (b->v[i].provider == 0 && !b->v[i].seat && is_of(b, l, &b->v[i]))
				put_chip(x, h, b, &b->v[i]);
		html_raw(h, "</td>");
	}
	for (uint32_t k = 0; k < b->days; k++) {
		struct day d = day_add(b->first, (int)k);
		const struct duty_candidate *c = price_at(b, l, d);
		enum day_kind kind = calendar_kind(holidays_current(), d);

		html_raw(h, "<td");
		html_attr(h, "data-day", desk_int(x, d.n));
		html_attr(h, "data-label", roster_day_text(x, d));
		if (kind == DAY_HOLIDAY || kind == DAY_REST)
			html_raw(h, " class=\"off\"");
		html_raw(h, ">");
		for (size_t i = 0; i < b->n; i++)
			if (b->v[i].day.n == d.n && (b->v[i].provider != 0 || b->v[i].seat) && is_of(b, l, &b->v[i]))
				put_chip(x, h, b, &b->v[i]);
		if (c != NULL)
			put_price(x, h, b, c);
		html_raw(h, "</td>");
	}
	html_raw(h, "</tr>");
}

static enum rc
put_table(struct exchange *x, struct html *h, const struct board *b)
{
	struct line *line = arena_array(x->ctx->mem, DUTY_SLOTS_MAX + 1, sizeof *line);
	size_t n = line == NULL ? 0 : lines_make(x, b, line);
	enum rc rc;

	if (line == NULL)
		return RC_NO_MEMORY;
	html_raw(h, "<section class=\"board-wrap\" tabindex=\"0\"");
	html_attr(h, "aria-label", desk_say(x, T("月历")));
	html_raw(h, "><table class=\"board\"");
	html_attr(h, "data-board", arena_format(x->ctx->mem, "/desk/roster/%lld/candidates/", (long long)b->id));
	html_attr(h, "data-put", board_path(x, b, ""));
	html_raw(h, "><caption>");
	html_text(h, desk_join(x, roster_month_text(x, b->p.month), desk_say(x, b->by_person ? T("按人") : T("按村（社区）"))));
	html_raw(h, "</caption><thead><tr><th scope=\"col\">");
	html_say(h, b->by_person ? T("谁") : T("哪里"));
	html_raw(h, "</th>");
	if (!b->by_person) {
		html_raw(h, "<th scope=\"col\">");
		html_say(h, T("没定"));
		html_raw(h, "</th>");
	}
	for (uint32_t k = 0; k < b->days; k++) {
		struct day d = day_add(b->first, (int)k);

		buf_printf(h->out, "<th scope=\"col\">%u<small>", k + 1);
		html_say(h, ui_weekday_label(d));
		html_raw(h, "</small></th>");
	}
	html_raw(h, "</tr></thead><tbody>");
	rc = roster_put_activity_rows(x, h, b->p.county, b->p.month, !b->by_person);
	for (size_t i = 0; i < n; i++)
		put_line(x, h, b, &line[i]);
	html_raw(h, "</tbody></table></section>");
	return rc;
}

/* ---- where to -------------------------------------------------------------------------------------------------- */

static struct text
price_text(const struct exchange *x, const struct duty_candidate *c)
{
	struct text t = arena_format(x->ctx->mem, "%+lld", (long long)c->difference);

	for (int k = 0; k < ROSTER_COSTS; k++)
		if (c->by[k] != 0)
			t = desk_join(x, t, arena_format(x->ctx->mem, "%s %+lld", msg(x->ctx->lang, duty_cost_label((enum roster_cost)k)), (long long)c->by[k]));
	return t;
}

static struct text
to_text(const struct exchange *x, const struct duty_candidate *c)
{
	return arena_format(x->ctx->mem, "%lld.%d", (long long)c->provider, c->day.n);
}

static void
put_options(struct exchange *x, struct html *h, const struct board *b)
{
	const struct duty_choice *c = b->choice;
	struct ui_option *v = arena_array(x->ctx->mem, c->n_fine + 1, sizeof *v);
	size_t n = 0;

	for (size_t i = 0; v != NULL && i < c->n_fine; i++) {
		struct text to = to_text(x, &c->v[i]);

		if (n >= OFFERED && !text_equals(to, b->to))
			continue;
		v[n].value = to;
		v[n].label = desk_join(x, desk_join(x, roster_day_text(x, c->v[i].day), c->v[i].name), price_text(x, &c->v[i]));
		v[n].group = TEXT_NONE;
		n++;
	}
	ui_field_select(h, &put_fields[0], v, n, b->to.n > 0 ? b->to : n > 0 ? v[0].value : TEXT_NONE, findings_of(&x->findings, "to"));
}

/* The rules that keep the same person from other days, each once with its days. */
static void
put_rules(struct exchange *x, struct html *h, const struct duty_choice *c)
{
	html_raw(h, "<details><summary>");
	html_say(h, T("别的日子为什么不行"));
	html_raw(h, "</summary><ul>");
	for (int r = ROSTER_FINE + 1; r < ROSTER_RULES; r++) {
		struct text days = TEXT_NONE;

		for (size_t i = c->n_fine; i < c->n; i++)
			if (c->v[i].blocked == (enum roster_rule)r && c->v[i].provider == c->slot.provider)
				days = desk_join(x, days, roster_day_text(x, c->v[i].day));
		if (days.n == 0 && c->why[r] == 0)
			continue;
		html_raw(h, "<li>");
		html_say(h, duty_rule_label((enum roster_rule)r));
		html_raw(h, "：");
		if (days.n > 0)
			html_text(h, days);
		else
			html_int(h, c->why[r]);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul></details>");
}

static void
put_move(struct exchange *x, struct html *h, const struct board *b, enum roster_rule refused)
{
	const struct roster_put_values *in = x->values;
	const struct duty_choice *c = b->choice;
	bool sent = x->route->form == &roster_put_form, draft = b->p.state == DUTY_DRAFT;

	html_raw(h, "<section id=\"put\" class=\"board-put\" tabindex=\"-1\"><h2>");
	html_text(h, roster_where(x, &c->slot));
	html_raw(h, "</h2>");
	if (refused != ROSTER_FINE)
		ui_notice(h, UI_LATE, T("不能这样改"), desk_say(x, duty_rule_label(refused)));
	ui_facts(h, (const struct ui_fact[]){
	    { .label = T("谁"), .value = c->slot.provider != 0 ? desk_join(x, c->slot.name, c->slot.firm) : desk_say(x, T("没有人")) },
	    { .label = T("哪一天"), .value = day_is_none(c->slot.day) ? TEXT("—") : roster_day_text(x, c->slot.day) } }, 2);
	if (c->n_fine == 0)
		ui_notice_say(h, UI_SOON, NULL, T("没有别的人、别的日子可以。"));
	else if (b->p.state == DUTY_REPLACED)
		ui_notice_say(h, UI_INFO, NULL, T("这一版已被新版代替，不能再改。"));
	else {
		ui_paragraph(h, draft ? T("这是草案：放到哪里就定死在哪里，然后重排。") : T("每个去处后面是和现在相差的分，越小越好。"));
		ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/roster/%lld/board", (long long)b->id), .csrf = x->csrf,
		    .key = desk_key(x) });
		ui_hidden(h, "slot", arena_format(x->ctx->mem, "%u", c->slot.slot));
		ui_hidden(h, "revision", desk_int(x, c->slot.revision));
		ui_hidden(h, "by", desk_int(x, b->by_person));
		put_options(x, h, b);
		ui_field(h, &put_fields[1], sent ? in->why : TEXT_NONE, findings_of(&x->findings, "why"));
		ui_form_buttons(h, draft ? T("定死在这里") : T("改这一次"), board_path(x, b, ""));
		ui_form_close(h);
	}
	put_rules(x, h, c);
	html_raw(h, "<p>");
	ui_link(h, roster_visit_path(x, &c->slot), T("为什么是这样，还有谁可以"));
	html_raw(h, "</p></section>");
}

/* ---- the page ------------------------------------------------------------------------------------------------------ */

/* The last change by hand, as long as it stands. */
static void
put_undo(struct exchange *x, struct html *h, const struct board *b)
{
	const struct duty_change *c = b->n_changes > 0 ? &b->change[0] : NULL;

	if (c == NULL || b->p.state != DUTY_PUBLISHED || c->kind != DUTY_MOVED || c->slot >= b->n || b->v[c->slot].provider != c->to_provider ||
	    b->v[c->slot].day.n != c->to_day.n)
		return;
	html_raw(h, "<div class=\"board-undo\"><p role=\"status\">");
	html_say(h, T("上一次改动："));
	html_text(h, desk_join(x, desk_join(x, roster_where(x, &b->v[c->slot]), desk_join(x, c->from_name, roster_day_text(x, c->from_day))),
	    desk_join(x, TEXT("→"), desk_join(x, c->to_name, roster_day_text(x, c->to_day)))));
	html_raw(h, "</p>");
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/roster/%lld/undo", (long long)b->id), .csrf = x->csrf,
	    .key = desk_key(x) });
	ui_hidden(h, "change", arena_format(x->ctx->mem, "%lld", (long long)c->id));
	ui_hidden(h, "by", desk_int(x, b->by_person));
	ui_form_buttons(h, T("撤销"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "</div>");
}

static void
put_again(struct exchange *x, struct html *h, const struct board *b)
{
	if (b->p.state != DUTY_DRAFT)
		return;
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/roster/new"), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "county", arena_format(x->ctx->mem, "%lld", (long long)b->p.county.code));
	ui_hidden(h, "month", desk_int(x, b->p.month));
	ui_hidden(h, "seed", arena_format(x->ctx->mem, "%lld", (long long)b->p.seed));
	ui_form_buttons(h, T("按定死的安排重排"), TEXT_NONE);
	ui_form_close(h);
}

static void
put_head(struct exchange *x, struct html *h, const struct board *b)
{
	struct ui_chip chips[2];

	ui_title_text(h, desk_join(x, roster_month_text(x, b->p.month), region_name(b->p.county)),
	    desk_join(x, desk_say(x, duty_state_label(b->p.state)), arena_format(x->ctx->mem, "%s %d", msg(x->ctx->lang, T("版本")), b->p.version)));
	html_raw(h, "<p class=\"tools\">");
	ui_link(h, roster_plan_path(x, b->id, ""), T("整张值班表"));
	html_raw(h, " ");
	ui_link(h, roster_plan_path(x, b->id, "/fair"), T("公平不公平"));
	html_raw(h, " ");
	ui_link(h, arena_format(x->ctx->mem, "/desk/roster/gaps?month=%d", b->p.month), T("没有人的驻点"));
	html_raw(h, "</p>");
	for (int k = 0; k < 2; k++)
		chips[k] = (struct ui_chip){ .label = k == 0 ? T("按村（社区）") : T("按人"), .count = -1, .on = b->by_person == (k == 1),
			.href = arena_format(x->ctx->mem, "/desk/roster/%lld/board?by=%d", (long long)b->id, k) };
	ui_chips(h, T("怎么排"), chips, 2);
}

static enum rc
show(struct exchange *x, struct board *b, int64_t slot, enum roster_rule refused)
{
	struct duty_choice *choice = ARENA_NEW(x->ctx->mem, struct duty_choice);
	struct html h = frame_html(x);
	enum rc rc = choice == NULL ? RC_NO_MEMORY : db_read(x->ctx, board_tx, b);

	if (rc == RC_OK && !duty_may_plan(x->ctx->actor, b->p.county))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = duty_month_days(b->p.month, &b->first, &b->days);
	if (rc == RC_OK && slot >= 0 && (size_t)slot < b->n) {
		rc = duty_candidates(x->ctx, b->id, (uint32_t)slot, LOOKED, choice);
		b->choice = choice;
	}
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("月历"), .area = FRAME_ROSTER, .script = "board.js" });
	put_head(x, &h, b);
	roster_trouble(x, &h);
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这张表刚才有人改过，请看过再办。"));
	if (b->choice == NULL && refused != ROSTER_FINE)
		ui_notice(&h, UI_LATE, T("不能这样改"), desk_say(x, duty_rule_label(refused)));
	ui_paragraph(&h, T("点一次值班，或者按住它拖动：它能去的每一天都写着相差的分，叉是规则不让。"));
	put_undo(x, &h, b);
	put_again(x, &h, b);
	if (b->choice != NULL)
		put_move(x, &h, b, refused);
	rc = put_table(x, &h, b);
	html_raw(&h, "<p class=\"meta\" role=\"status\" id=\"board-said\"></p>");
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

static struct board *
board_of(struct exchange *x, bool by_person, enum rc *rc)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);

	*rc = b == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &b->id);
	if (*rc == RC_OK)
		b->by_person = by_person;
	return b;
}

enum rc
roster_board_page(struct exchange *x)
{
	enum rc rc;
	struct board *b = board_of(x, text_equals(desk_query(x, "by"), TEXT("1")), &rc);
	int64_t slot = -1;

	if (rc != RC_OK)
		return rc;
	if (int64_parse(desk_query(x, "slot"), 0, DUTY_SLOTS_MAX, &slot) != RC_OK)
		slot = -1;
	b->to = desk_query(x, "to");
	return show(x, b, slot, ROSTER_FINE);
}

/* ---- moving ------------------------------------------------------------------------------------------------------------ */

struct pin_arg { int64_t provider, plan; uint32_t slot; struct duty_plan p; struct duty_slot s; struct provider who; };

static enum rc
pin_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pin_arg *a = argument;
	enum rc rc = duty_plan_load(tx, actor, a->plan, &a->p);

	if (rc == RC_OK)
		rc = duty_slot_load(tx, actor, a->plan, a->slot, &a->s);
	return rc == RC_OK ? provider_load(tx, actor, a->provider, &a->who) : rc;
}

/* A draft is not changed: what is put somewhere is settled there, and holds from the next working out on. */
static enum rc
pin_put(struct exchange *x, const struct pin_arg *a, struct day day, struct text why)
{
	struct duty_pin pin = { .county = a->p.county, .month = a->p.month, .kind = ROSTER_PIN_SEAT, .licence = a->who.licence,
		.point = a->s.point, .day = day, .why = why };

	if (!a->s.seat) {
		pin.kind = ROSTER_PIN_VISIT;
		pin.point = 0;
		pin.place = a->s.place;
	}
	return duty_pin_add(x->ctx, frame_idem_key(x), &pin, &x->findings);
}

static enum rc
put_now(struct exchange *x, const struct roster_put_values *in, int64_t plan, enum roster_rule *rule)
{
	struct duty_move m = { .plan = plan, .slot = (uint32_t)in->slot, .revision = in->revision, .why = in->why };
	struct pin_arg a = { .plan = plan, .slot = (uint32_t)in->slot };
	enum rc rc = roster_to_read(in->to, &m.provider, &m.day);

	if (rc != RC_OK || in->slot < 0 || in->slot > DUTY_SLOTS_MAX) {
		findings_add(&x->findings, "to", T("必填"), 0);
		return RC_INVALID;
	}
	a.provider = m.provider;
	rc = db_read(x->ctx, pin_tx, &a);
	if (rc != RC_OK)
		return rc;
	return a.p.state == DUTY_DRAFT ? pin_put(x, &a, m.day, in->why) : duty_move(x->ctx, frame_idem_key(x), &m, &x->findings, rule);
}

enum rc
roster_board_post(struct exchange *x)
{
	const struct roster_put_values *in = x->values;
	enum roster_rule rule = ROSTER_FINE;
	enum rc rc;
	struct board *b = board_of(x, in->by == 1, &rc);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc == RC_OK ? put_now(x, in, b->id, &rule) : x->form_rc;
	if (rc == RC_OK) {
		http_redirect(x->out, board_path(x, b, ""));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED)
		return rc;
	x->out->status = rc == RC_CONFLICT ? 409 : 422;
	b->to = in->to;
	return show(x, b, in->slot, rule);
}

enum rc
roster_undo_post(struct exchange *x)
{
	const struct roster_undo_values *in = x->values;
	enum roster_rule rule = ROSTER_FINE;
	enum rc rc;
	struct board *b = board_of(x, in->by == 1, &rc);

	if (rc == RC_OK)
		rc = x->form_rc == RC_OK ? duty_undo(x->ctx, frame_idem_key(x), b->id, in->change, &rule) : x->form_rc;
	if (rc == RC_OK) {
		http_redirect(x->out, board_path(x, b, ""));
		return RC_OK;
	}
	if (b == NULL || (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED))
		return rc;
	x->out->status = rc == RC_CONFLICT ? 409 : 422;
	return show(x, b, -1, rule);
}

/* ---- prices for the mouse ------------------------------------------------------------------------------------------------ */

enum rc
roster_candidates_json(struct exchange *x)
{
	struct duty_choice c;
	int64_t plan = 0, slot = 0;
	struct json j;
	enum rc rc = http_segment_id(x, "id", &plan);

	if (rc == RC_OK && int64_parse(http_segment(x, "slot"), 0, DUTY_SLOTS_MAX, &slot) != RC_OK)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = duty_candidates(x->ctx, plan, (uint32_t)slot, LOOKED, &c);
	if (rc == RC_OK && !duty_may_plan(x->ctx->actor, c.plan.county))
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	x->out->type = "application/json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	json_int(&j, "slot", slot);
	json_begin_array(&j, "places");
	for (size_t i = 0; i < c.n; i++) {
		const struct duty_candidate *v = &c.v[i];

		if (v->blocked != ROSTER_FINE && v->provider != c.slot.provider)
			continue;
		json_begin_object(&j, NULL);
		json_int(&j, "day", v->day.n);
		json_text(&j, "who", arena_format(x->ctx->mem, "%lld", (long long)v->provider));
		json_text(&j, "name", v->name);
		if (v->blocked == ROSTER_FINE)
			json_int(&j, "points", v->difference);
		json_text(&j, "why", v->blocked == ROSTER_FINE ? price_text(x, v) : desk_say(x, duty_rule_label(v->blocked)));
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	return buf_rc(&x->out->body);
}
