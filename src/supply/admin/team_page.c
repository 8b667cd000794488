/* Service teams of judicial offices, teams of volunteers, groups with a name: which are incomplete, which offices have none; one team. */
#include "supply/admin/admin_internal.h"

#include "kit/msg/msg.h"
#include "operations/dutylog/dutylog.h"
#include "operations/matter/mediation/mediation.h"
#include "operations/team/team.h"

#include <limits.h>

#define SHOWN 200
#define TOWNS 400
#define MANY 200
#define ANY_DAY .min = INT_MIN, .max = INT_MAX

struct team_values { int64_t revision; int kind; struct text name; struct place place; uint64_t needs; bool active; };
#define AT(member) offsetof(struct team_values, member)
static const struct field new_fields[] = {
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("哪一种队"), .required = true, .choices = team_kind_choices, .offset = AT(kind) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("名称"), .required = true, .min = 2, .max = 60, .offset = AT(name) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("区划代码"), .required = true, .hint = T("司法所的服务团写镇（街道）；志愿者队伍写市、县（区）、镇或村。"), .offset = AT(place) },
	{ .key = "needs", .kind = FIELD_FLAGS, .label = T("要有哪些人"), .choices = team_profession_choices, .hint = T("司法所服务团：司法行政干部、公证员、专职调解员、律师。"), .offset = AT(needs) },
};
const struct form team_new_form = FORM_OF("team.new", T("新建队伍"), new_fields, struct team_values);
static const struct field change_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .max = INT64_MAX, .offset = AT(revision) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("名称"), .required = true, .min = 2, .max = 60, .offset = AT(name) },
	{ .key = "needs", .kind = FIELD_FLAGS, .label = T("要有哪些人"), .choices = team_profession_choices, .offset = AT(needs) },
	{ .key = "active", .kind = FIELD_BOOL, .label = T("还在活动"), .offset = AT(active) },
};
const struct form team_change_form = FORM_OF("team.change", T("改队伍"), change_fields, struct team_values);
#undef AT

struct join_values { struct text licence; int64_t mediator; bool leads; struct day from; };
#define AT(member) offsetof(struct join_values, member)
static const struct field join_fields[] = {
	{ .key = "licence", .kind = FIELD_LINE, .label = T("证号"), .max = 40, .hint = T("人员名册里的证号；调解员在下面选。"), .offset = AT(licence) },
	{ .key = "mediator", .kind = FIELD_KEY, .label = T("调解员"), .max = INT64_MAX, .offset = AT(mediator) },
	{ .key = "leads", .kind = FIELD_BOOL, .label = T("是队长"), .offset = AT(leads) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, ANY_DAY, .offset = AT(from) },
};
const struct form team_join_form = FORM_OF("team.join", T("加人"), join_fields, struct join_values);
#undef AT

struct leave_values { int64_t member; };
static const struct field leave_fields[] = {
	{ .key = "member", .kind = FIELD_KEY, .label = T("成员"), .required = true, .max = INT64_MAX, .offset = offsetof(struct leave_values, member) },
};
const struct form team_leave_form = FORM_OF("team.leave", T("退出"), leave_fields, struct leave_values);

struct plan_values { struct place place; struct day day; struct text what; };
#define AT(member) offsetof(struct plan_values, member)
static const struct field plan_fields[] = {
	{ .key = "place", .kind = FIELD_PLACE, .label = T("去哪里（区划代码）"), .required = true, .offset = AT(place) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = -366, .max = 400, .offset = AT(day) },
	{ .key = "what", .kind = FIELD_LINE, .label = T("去做什么"), .required = true, .min = 2, .max = 100, .offset = AT(what) },
};
const struct form team_visit_form = FORM_OF("team.visit", T("安排一次下乡服务"), plan_fields, struct plan_values);
#undef AT

struct write_values { int64_t visit, minutes, people; uint64_t kinds; struct text words; };
#define AT(member) offsetof(struct write_values, member)
static const struct field write_fields[] = {
	{ .key = "visit", .kind = FIELD_KEY, .label = T("哪一次"), .required = true, .max = INT64_MAX, .offset = AT(visit) },
	{ .key = "kinds", .kind = FIELD_FLAGS, .label = T("做了什么（没有去的不选）"), .choices = dutylog_kind_choices, .offset = AT(kinds) },
	{ .key = "minutes", .kind = FIELD_INT, .label = T("多少分钟"), .max = HOURS_DAY_MINUTES, .offset = AT(minutes) },
	{ .key = "people", .kind = FIELD_INT, .label = T("服务多少人"), .max = 100000, .offset = AT(people) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("说明（没有去的写为什么）"), .max = 200, .offset = AT(words) },
};
const struct form team_write_form = FORM_OF("team.write", T("写一次下乡服务"), write_fields, struct write_values);
#undef AT

/* ---- what both pages share ---------------------------------------------------------------------------------- */

static struct place
city_of(const struct exchange *x)
{
	return (struct place){ x->ctx->actor->city * INT64_C(100000000) };
}

static bool
keeps(const struct exchange *x, struct place place)
{
	return actor_may(x->ctx->actor, RIGHT_SUPERVISE) && place_range_has(x->ctx->actor->places, place);
}

/* The form with what was typed, else `typed`; a key field stays out of sight. */
static void
put_form(struct exchange *x, struct html *h, const struct form *form, struct text action, struct typed typed)
{
	ui_section_open(h, form->title);
	if (x->out->status == 409 && admin_sent(x, form))
		ui_notice_say(h, UI_SOON, NULL, T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再存。"));
	ui_error_summary(h, form, admin_findings(x, form));
	ui_form_open(h, &(struct ui_form){ .action = action, .csrf = x->csrf, .key = admin_key(x, form) });
	for (size_t i = 0; i < form->n; i++)
		ui_field(h, &form->fields[i], ui_typed(form, form->fields[i].key, &typed),
		    admin_findings(x, form) != NULL ? findings_of(&x->findings, form->fields[i].key) : NULL);
	ui_form_buttons(h, T("存下"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

/* ---- the list ------------------------------------------------------------------------------------------------- */

struct listing { int kind; struct place within; int64_t after; struct day today; struct team v[SHOWN + 1], offices[TOWNS]; size_t n, n_offices; };

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct listing *l = argument;
	enum rc rc = team_list(tx, actor, l->kind, l->within, l->after, l->today, l->v, SHOWN + 1, &l->n);

	return rc == RC_OK ? team_list(tx, actor, TEAM_OFFICE, l->within, 0, l->today, l->offices, TOWNS, &l->n_offices) : rc;
}

static void
put_teams(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("名称"), false }, { T("哪一种队"), false }, { T("在哪里"), false }, { T("人数"), true },
		{ T("下乡服务"), true }, { T("还缺"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("服务团和志愿者队伍"), columns, 6);
	for (size_t i = 0; i < l->n && i < SHOWN; i++) {
		const struct team *m = &l->v[i];
		unsigned missing = team_missing(m->needs, m->there);

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/teams/%lld", (long long)m->id), m->name);
		ui_cell_say(&t, team_kind_label(m->kind));
		ui_cell(&t, region_path(m->place));
		ui_cell_int(&t, m->members);
		ui_cell_int(&t, m->visits);
		if (!m->active)
			ui_cell_say(&t, T("已停止活动"));
		else if (missing != 0)
			ui_cell_lamp(&t, LAMP_LATE, admin_flags_text(x, team_profession_choices, missing));
		else
			ui_cell_say(&t, T("齐了"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (l->n > SHOWN)
		ui_pager(h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "/desk/teams?kind=%s&after=%lld",
		    admin_choice_key(team_kind_choices, l->kind).p, (long long)l->v[SHOWN - 1].id) });
}

static bool
has_office(const struct listing *l, struct place town)
{
	for (size_t i = 0; i < l->n_offices; i++)
		if (l->offices[i].active && l->offices[i].place.code == town.code)
			return true;
	return false;
}

/* Judicial offices stand at towns: which has no team, which a team that misses somebody. */
static void
put_offices(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("没有服务团的司法所"), false } };
	const struct division *town[TOWNS];
	size_t n = region_list(l->within, PLACE_TOWN, l->today, town, TOWNS), without = 0, incomplete = 0;
	struct ui_table t;

	n = n < TOWNS ? n : TOWNS;
	for (size_t i = 0; i < n; i++)
		without += !has_office(l, town[i]->place);
	for (size_t i = 0; i < l->n_offices; i++)
		incomplete += l->offices[i].active && team_missing(l->offices[i].needs, l->offices[i].there) != 0;
	ui_stats(h, (struct ui_stat[]){ { .label = T("司法所（镇、街道）"), .value = admin_int(x, (int64_t)n) },
	    { .label = T("没有服务团"), .value = admin_int(x, (int64_t)without), .tone = without > 0 ? UI_LATE : UI_OK },
	    { .label = T("服务团缺人"), .value = admin_int(x, (int64_t)incomplete), .tone = incomplete > 0 ? UI_SOON : UI_OK } }, 3);
	if (without == 0)
		return;
	html_raw(h, "<details><summary>");
	html_say(h, T("没有服务团的司法所"));
	html_raw(h, "</summary>");
	ui_table_open(&t, h, T("没有服务团的司法所"), columns, 1);
	for (size_t i = 0; i < n; i++)
		if (!has_office(l, town[i]->place)) {
			ui_row_open(&t);
			ui_cell(&t, region_path(town[i]->place));
			ui_row_close(&t);
		}
	ui_table_close(&t);
	html_raw(h, "</details>");
}

enum rc
team_list_page(struct exchange *x)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct ui_chip chip[TEAM_KIND_COUNT] = { { .label = T("全部"), .href = TEXT("/desk/teams"), .count = -1 } };
	const struct choice *kind = choice_by_key(team_kind_choices, admin_query(x, "kind"));
	struct html h = frame_html(x);
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	l->kind = kind != NULL ? kind->value : 0;
	l->within = city_of(x);
	l->today = admin_today(x);
	if (int64_parse(admin_query(x, "after"), 0, INT64_MAX, &l->after) != RC_OK)
		l->after = 0;
	rc = db_read(x->ctx, listing_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("服务团和志愿者队伍"), .area = FRAME_NETWORK });
	ui_title(&h, T("服务团和志愿者队伍"), TEXT_NONE);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/register"), T("法律服务资源名册"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/desk/volunteering"), T("志愿和公益时间"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/desk/pairs"), T("顾问与村官结对"));
	html_raw(&h, "</p>");
	chip[0].on = l->kind == 0;
	for (int k = TEAM_OFFICE; k < TEAM_KIND_COUNT; k++)
		chip[k] = (struct ui_chip){ .label = team_kind_label(k), .count = -1, .on = l->kind == k,
			.href = arena_format(x->ctx->mem, "/desk/teams?kind=%s", admin_choice_key(team_kind_choices, k).p) };
	ui_chips(&h, T("看哪些"), chip, TEAM_KIND_COUNT);
	put_offices(x, &h, l);
	put_teams(x, &h, l);
	if (actor_may(x->ctx->actor, RIGHT_SUPERVISE)) {
		html_raw(&h, "<p class=\"actions\">");
		ui_button_link(&h, TEXT("/desk/teams/new"), T("新建队伍"), true);
		html_raw(&h, "</p>");
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
team_new_page(struct exchange *x)
{
	struct typed typed = admin_typed(x, &team_new_form);
	struct html h = frame_html(x);

	if (!admin_sent(x, &team_new_form)) {
		admin_put(&team_new_form, &typed, "kind", TEXT("office"));
		admin_put(&team_new_form, &typed, "needs", admin_flags_typed(x, team_profession_choices, TEAM_OFFICE_NEEDS));
	}
	frame_desk_open(x, &h, &(struct frame_page){ .title = team_new_form.title, .area = FRAME_NETWORK });
	ui_title(&h, T("服务团和志愿者队伍"), TEXT_NONE);
	put_form(x, &h, &team_new_form, TEXT("/desk/teams/new"), typed);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
team_new_post(struct exchange *x)
{
	const struct team_values *in = x->values;
	int64_t id = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = team_save(x->ctx, frame_idem_key(x), &(struct team_new){ .kind = in->kind, .name = in->name, .place = in->place, .needs = in->needs,
		    .active = true }, &x->findings, &id);
	if (rc == RC_NOT_FOUND) {
		findings_add(&x->findings, "place", T("不在您的辖区"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/teams/%lld", (long long)id));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return team_new_page(x);
}

/* ---- one team ---------------------------------------------------------------------------------------------------- */

struct one {
	int64_t id;
	struct day today;
	struct team t;
	struct team_member m[MANY];
	struct team_visit v[MANY];
	struct mediator all[MEDIATORS_MAX];
	size_t n_m, n_v, n_all;
};

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct one *o = argument;
	enum rc rc = team_load(tx, actor, o->id, o->today, &o->t);

	if (rc == RC_OK)
		rc = team_members(tx, actor, o->id, o->today, o->m, MANY, &o->n_m);
	if (rc == RC_OK)
		rc = team_visits(tx, actor, o->id, o->v, MANY, &o->n_v);
	return rc == RC_OK ? mediators(tx, actor, o->all, MEDIATORS_MAX, &o->n_all) : rc;
}

static void
put_members(struct exchange *x, struct html *h, const struct one *o)
{
	static const struct ui_column columns[] = { { T("姓名"), false }, { T("身份"), false }, { T("机构"), false }, { T("从"), false },
		{ T("今天"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("成员"), columns, 5);
	for (size_t i = 0; i < o->n_m; i++) {
		const struct team_member *m = &o->m[i];

		ui_row_open(&t);
		ui_cell(&t, m->leads ? arena_format(x->ctx->mem, "%.*s（%s）", (int)m->name.n, m->name.p, admin_say(x, T("队长")).p) : m->name);
		ui_cell_say(&t, team_profession_label(m->profession));
		ui_cell(&t, m->house);
		ui_cell(&t, admin_day(x, m->from));
		ui_cell_say(&t, m->good ? T("在任") : T("证件到期或停用"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_leave(struct exchange *x, struct html *h, const struct one *o)
{
	if (o->n_m == 0)
		return;
	html_raw(h, "<details><summary>");
	html_say(h, T("退出"));
	html_raw(h, "</summary>");
	for (size_t i = 0; i < o->n_m; i++) {
		ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/teams/%lld/leave", (long long)o->id), .csrf = x->csrf,
		    .key = frame_key_text(x) });
		ui_hidden(h, "member", admin_int(x, o->m[i].id));
		html_raw(h, "<button type=\"submit\">");
		html_text(h, o->m[i].name);
		html_raw(h, " ");
		html_say(h, T("退出"));
		html_raw(h, "</button>");
		ui_form_close(h);
	}
	html_raw(h, "</details>");
}

static void
put_join(struct exchange *x, struct html *h, const struct one *o)
{
	struct ui_option *v = arena_array(x->ctx->mem, o->n_all + 1, sizeof *v);
	struct typed typed = admin_typed(x, &team_join_form);
	size_t n = 0;

	if (!admin_sent(x, &team_join_form))
		admin_put(&team_join_form, &typed, "from", admin_day(x, o->today));
	for (size_t i = 0; v != NULL && i < o->n_all; i++)
		if (o->all[i].active && place_range_has(place_range(place_up(o->t.place, PLACE_COUNTY)), o->all[i].place)) {
			v[n].value = admin_int(x, o->all[i].id);
			v[n++].label = arena_format(x->ctx->mem, "%.*s · %.*s", (int)o->all[i].name.n, o->all[i].name.p, (int)o->all[i].committee.n, o->all[i].committee.p);
		}
	ui_section_open(h, team_join_form.title);
	ui_error_summary(h, &team_join_form, admin_findings(x, &team_join_form));
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/teams/%lld/join", (long long)o->id), .csrf = x->csrf,
	    .key = admin_key(x, &team_join_form) });
	for (size_t i = 0; i < team_join_form.n; i++) {
		const struct field *f = &join_fields[i];
		const struct finding *found = admin_findings(x, &team_join_form) != NULL ? findings_of(&x->findings, f->key) : NULL;

		if (f->kind == FIELD_KEY)
			ui_field_select(h, f, v, n, ui_typed(&team_join_form, f->key, &typed), found);
		else
			ui_field(h, f, ui_typed(&team_join_form, f->key, &typed), found);
	}
	ui_form_buttons(h, T("存下"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static bool
is_member(const struct exchange *x, const struct one *o)
{
	for (size_t i = 0; i < o->n_m; i++)
		if (o->m[i].account != 0 && o->m[i].account == x->ctx->actor->account)
			return true;
	return false;
}

static void
put_visits(struct exchange *x, struct html *h, const struct one *o)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("去哪里"), false }, { T("去做什么"), false }, { T("到哪一步"), false },
		{ T("做了什么"), false }, { T("分钟"), true }, { T("人次"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("下乡服务"), columns, 7);
	for (size_t i = 0; i < o->n_v; i++) {
		const struct team_visit *v = &o->v[i];

		ui_row_open(&t);
		ui_cell(&t, admin_day(x, v->day));
		ui_cell(&t, region_path(v->place));
		ui_cell(&t, v->what);
		if (v->state == VISIT_PLANNED && day_compare(v->day, o->today) < 0)
			ui_cell_lamp(&t, LAMP_LATE, admin_say(x, T("没有写")));
		else
			ui_cell_say(&t, visit_state_label(v->state));
		ui_cell(&t, v->state == VISIT_DROPPED ? v->words : admin_flags_text(x, dutylog_kind_choices, v->kinds));
		ui_cell_int(&t, v->minutes);
		ui_cell_int(&t, v->people);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* The earliest visit that waits to be written down, or the one that was sent. */
static void
put_write(struct exchange *x, struct html *h, const struct one *o)
{
	struct ui_option *v = arena_array(x->ctx->mem, o->n_v + 1, sizeof *v);
	struct typed typed = admin_typed(x, &team_write_form);
	size_t n = 0;

	for (size_t i = 0; v != NULL && i < o->n_v; i++)
		if (o->v[i].state == VISIT_PLANNED) {
			v[n].value = admin_int(x, o->v[i].id);
			v[n++].label = arena_format(x->ctx->mem, "%.*s · %.*s", (int)admin_day(x, o->v[i].day).n, admin_day(x, o->v[i].day).p, (int)o->v[i].what.n, o->v[i].what.p);
		}
	if (n == 0 || v == NULL)
		return;
	if (!admin_sent(x, &team_write_form))
		admin_put(&team_write_form, &typed, "visit", v[n - 1].value);
	ui_section_open(h, team_write_form.title);
	ui_error_summary(h, &team_write_form, admin_findings(x, &team_write_form));
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/teams/%lld/log", (long long)o->id), .csrf = x->csrf,
	    .key = admin_key(x, &team_write_form) });
	for (size_t i = 0; i < team_write_form.n; i++) {
		const struct field *f = &write_fields[i];
		const struct finding *found = admin_findings(x, &team_write_form) != NULL ? findings_of(&x->findings, f->key) : NULL;

		if (f->kind == FIELD_KEY)
			ui_field_select(h, f, v, n, ui_typed(&team_write_form, f->key, &typed), found);
		else
			ui_field(h, f, ui_typed(&team_write_form, f->key, &typed), found);
	}
	ui_form_buttons(h, T("存下"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static struct typed
change_typed(struct exchange *x, const struct one *o)
{
	struct typed typed = admin_typed(x, &team_change_form);

	if (!admin_sent(x, &team_change_form)) {
		admin_put(&team_change_form, &typed, "name", o->t.name);
		admin_put(&team_change_form, &typed, "needs", admin_flags_typed(x, team_profession_choices, o->t.needs));
		admin_put(&team_change_form, &typed, "active", o->t.active ? TEXT("1") : TEXT_NONE);
	}
	admin_put(&team_change_form, &typed, "revision", admin_int(x, o->t.revision));
	return typed;
}

static void
put_kept(struct exchange *x, struct html *h, const struct one *o)
{
	put_form(x, h, &team_visit_form, arena_format(x->ctx->mem, "/desk/teams/%lld/visit", (long long)o->id), admin_typed(x, &team_visit_form));
	put_join(x, h, o);
	put_leave(x, h, o);
	put_form(x, h, &team_change_form, arena_format(x->ctx->mem, "/desk/teams/%lld/change", (long long)o->id), change_typed(x, o));
}

enum rc
team_page(struct exchange *x)
{
	struct one *o = ARENA_NEW(x->ctx->mem, struct one);
	struct html h = frame_html(x);
	unsigned missing;
	enum rc rc = o == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &o->id);

	if (rc != RC_OK)
		return rc;
	o->today = admin_today(x);
	rc = db_read(x->ctx, one_tx, o);
	if (rc != RC_OK)
		return rc;
	missing = team_missing(o->t.needs, o->t.there);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("服务团和志愿者队伍"), .area = FRAME_NETWORK });
	ui_title_text(&h, o->t.name, arena_format(x->ctx->mem, "%s · %.*s", admin_say(x, team_kind_label(o->t.kind)).p, (int)region_path(o->t.place).n,
	    region_path(o->t.place).p));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/teams"), T("全部队伍"));
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	if (o->t.active && missing != 0)
		ui_notice(&h, UI_SOON, T("还缺"), admin_flags_text(x, team_profession_choices, missing));
	put_members(x, &h, o);
	put_visits(x, &h, o);
	if (keeps(x, o->t.place) || is_member(x, o))
		put_write(x, &h, o);
	if (keeps(x, o->t.place))
		put_kept(x, &h, o);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
after(struct exchange *x, int64_t id, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/teams/%lld?done=1", (long long)id));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return team_page(x);
}

enum rc
team_change_post(struct exchange *x)
{
	const struct team_values *in = x->values;
	int64_t id = 0, saved = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = team_save(x->ctx, frame_idem_key(x), &(struct team_new){ .id = id, .revision = in->revision, .name = in->name, .needs = in->needs,
		    .active = in->active }, &x->findings, &saved);
	return after(x, id, rc);
}

enum rc
team_join_post(struct exchange *x)
{
	const struct join_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = team_member_add(x->ctx, frame_idem_key(x), &(struct team_join){ id, in->mediator, in->licence, in->leads, in->from }, &x->findings);
	return after(x, id, rc);
}

enum rc
team_leave_post(struct exchange *x)
{
	const struct leave_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = team_member_end(x->ctx, frame_idem_key(x), id, in->member);
	return after(x, id, rc);
}

enum rc
team_visit_post(struct exchange *x)
{
	const struct plan_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = team_visit_plan(x->ctx, frame_idem_key(x), &(struct visit_new){ id, in->place, in->day, in->what }, &x->findings);
	return after(x, id, rc);
}

enum rc
team_log_post(struct exchange *x)
{
	const struct write_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = team_visit_write(x->ctx, frame_idem_key(x), &(struct visit_log){ .team = id, .visit = in->visit, .kinds = (unsigned)in->kinds,
		    .minutes = in->minutes, .people = in->people, .words = in->words }, &x->findings);
	return after(x, id, rc);
}
