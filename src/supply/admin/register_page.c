/*
 * The registers as lists: whom there is by kind and by government, social and market; whose licence ends, who is sanctioned, which
 * bodies can take on delegated work; the lists as files, out and in.
 */
#include "supply/admin/admin_internal.h"

#include "kit/msg/msg.h"
#include "operations/matter/mediation/mediation.h"
#include "resources/provider/provider_register.h"
#include "supply/frame/frame_table.h"

#include <limits.h>

#define PAGE 50
#define ENDS_SHOWN 500
#define FILE_PAGE 500
#define SHOWN 300

struct text
admin_flags_typed(const struct exchange *x, const struct choice *choices, uint64_t flags)
{
	struct text t = TEXT_NONE;

	for (const struct choice *c = choices; c->key != NULL; c++)
		if ((flags & BIT(c->value)) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? "," : "", c->key);
	return t;
}

struct text
admin_flags_text(const struct exchange *x, const struct choice *choices, uint64_t flags)
{
	struct text t = TEXT_NONE;

	for (const struct choice *c = choices; c->key != NULL; c++)
		if ((flags & BIT(c->value)) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? " · " : "", msg(x->ctx->lang, c->label));
	return t;
}

struct text
admin_choice_key(const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	return c != NULL ? text_of(c->key) : TEXT_NONE;
}

/* ---- what is asked for ----------------------------------------------------------------------------------- */

static const char *const state_keys[REGISTER_STATES] = { [REGISTER_ENDING] = "ending", [REGISTER_OVER] = "over", [REGISTER_BARRED] = "barred" };
static const char *const state_labels[REGISTER_STATES] = { [REGISTER_ANY] = T("全部"), [REGISTER_ENDING] = T("快到期"),
	[REGISTER_OVER] = T("已到期"), [REGISTER_BARRED] = T("受处分") };

struct listing {
	bool bodies;
	struct register_ask ask;
	struct register_count counts[REGISTER_COUNTS_MAX];
	size_t n_counts, n, n_mediators, n_renewals;
	struct provider p[FILE_PAGE];
	struct firm f[FILE_PAGE];
	size_t most;
	struct mediator m[MEDIATORS_MAX];
	struct renewal r[1];
};

static int
value_of(const struct choice *choices, struct text key)
{
	const struct choice *c = choice_by_key(choices, key);

	return c != NULL ? c->value : 0;
}

static void
ask_read(const struct exchange *x, struct listing *l)
{
	struct text state = admin_query(x, "state");

	l->bodies = text_equals(admin_query(x, "what"), TEXT("bodies"));
	l->ask = (struct register_ask){ .today = admin_today(x), .word = admin_query(x, "q"),
		.kind = value_of(l->bodies ? firm_kind_choices : provider_kind_choices, admin_query(x, "kind")),
		.sector = value_of(provider_sector_choices, admin_query(x, "sector")) };
	if (place_parse(admin_query(x, "place"), &l->ask.within) != RC_OK)
		l->ask.within.code = 0;
	if (int64_parse(admin_query(x, "after"), 0, INT64_MAX, &l->ask.after) != RC_OK)
		l->ask.after = 0;
	for (int i = REGISTER_ENDING; i < REGISTER_STATES; i++)
		if (text_equals(state, text_of(state_keys[i])))
			l->ask.state = (enum register_state)i;
}

static enum rc
rows_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct listing *l = argument;
	enum rc rc = setting_read(tx, actor, &register_settings[REGISTER_WARN_FIRST], &l->ask.days);

	if (rc != RC_OK)
		return rc;
	return l->bodies ? register_bodies(tx, actor, &l->ask, l->f, l->most, &l->n) : register_persons(tx, actor, &l->ask, l->p, l->most, &l->n);
}

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct listing *l = argument;
	enum rc rc = rows_tx(tx, actor, l);

	if (rc == RC_OK)
		rc = register_counts(tx, actor, l->counts, REGISTER_COUNTS_MAX, &l->n_counts);
	if (rc == RC_OK)
		rc = mediators(tx, actor, l->m, MEDIATORS_MAX, &l->n_mediators);
	return rc == RC_OK ? renewals(tx, actor, 0, l->r, 1, &l->n_renewals) : rc;
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static int64_t
count_of(const struct listing *l, int subject, int kind, int sector)
{
	int64_t n = 0;

	for (size_t i = 0; i < l->n_counts; i++)
		if (l->counts[i].subject == subject && l->counts[i].kind == kind && (sector < 0 || l->counts[i].sector == sector))
			n += l->counts[i].n;
	return n;
}

/* Each kind with its number, by sector. */
static void
put_counts(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("种类"), false }, { T("在册"), true }, { T("政府"), true }, { T("社会"), true },
		{ T("市场"), true }, { T("未分类"), true } };
	const struct choice *kinds = l->bodies ? firm_kind_choices : provider_kind_choices;
	int subject = l->bodies ? 2 : 1;
	struct ui_table t;

	ui_table_open(&t, h, l->bodies ? T("机构按种类") : T("人员按种类"), columns, 6);
	for (const struct choice *c = kinds; c->key != NULL; c++) {
		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/register?what=%s&kind=%s", l->bodies ? "bodies" : "persons", c->key), admin_say(x, c->label));
		ui_cell_int(&t, count_of(l, subject, c->value, -1));
		for (int s = SECTOR_GOVERNMENT; s < SECTOR_COUNT; s++)
			ui_cell_int(&t, count_of(l, subject, c->value, s));
		ui_cell_int(&t, count_of(l, subject, c->value, 0));
		ui_row_close(&t);
	}
	if (!l->bodies) { /* their own register, not kept twice */
		ui_row_open(&t);
		if (actor_may(x->ctx->actor, RIGHT_CASE_HANDLE))
			ui_cell_link(&t, TEXT("/desk/mediation/mediators"), admin_say(x, T("人民调解员（另有名册）")));
		else
			ui_cell(&t, admin_say(x, T("人民调解员（另有名册）")));
		ui_cell_int(&t, (int64_t)l->n_mediators);
		for (int i = 0; i < 4; i++)
			ui_cell(&t, TEXT_NONE);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static struct text
here(const struct exchange *x, const struct listing *l, enum register_state state, int64_t after)
{
	return arena_format(x->ctx->mem, "/desk/register?what=%s&kind=%s&sector=%s&state=%s&place=%lld&q=%.*s&after=%lld", l->bodies ? "bodies" : "persons",
	    admin_choice_key(l->bodies ? firm_kind_choices : provider_kind_choices, l->ask.kind).p,
	    admin_choice_key(provider_sector_choices, l->ask.sector).p, state_keys[state] != NULL ? state_keys[state] : "",
	    (long long)l->ask.within.code, (int)admin_url(x, l->ask.word).n, admin_url(x, l->ask.word).p, (long long)after);
}

static const struct field word_field = { .key = "q", .kind = FIELD_LINE, .label = T("姓名、名称或证号"), .max = 60 };

static void
put_filter(struct exchange *x, struct html *h, const struct listing *l)
{
	struct ui_chip v[REGISTER_STATES + 2] = {
		{ .label = T("人员"), .href = TEXT("/desk/register"), .count = -1, .on = !l->bodies },
		{ .label = T("机构"), .href = TEXT("/desk/register?what=bodies"), .count = -1, .on = l->bodies } };

	for (int i = REGISTER_ANY; i < REGISTER_STATES; i++)
		v[i + 2] = (struct ui_chip){ .label = state_labels[i], .href = here(x, l, (enum register_state)i, 0), .count = -1,
			.on = (int)l->ask.state == i };
	ui_chips(h, T("看哪些"), v, 2);
	ui_chips(h, T("状态"), v + 2, REGISTER_STATES);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/register"), .get = true });
	ui_hidden(h, "what", l->bodies ? TEXT("bodies") : TEXT("persons"));
	ui_field(h, &word_field, l->ask.word, NULL);
	ui_form_buttons(h, T("找"), TEXT_NONE);
	ui_form_close(h);
}

static void
put_end(struct exchange *x, struct ui_table *t, struct day to)
{
	if (day_is_none(to))
		ui_cell_say(t, T("没有终止日"));
	else if (day_compare(to, admin_today(x)) < 0)
		ui_cell_lamp(t, LAMP_LATE, admin_day(x, to));
	else
		ui_cell(t, admin_day(x, to));
}

static void
put_persons(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("姓名"), false }, { T("人员种类"), false }, { T("机构"), false }, { T("证号"), false },
		{ T("有效期到"), false }, { T("专长"), false }, { T("语言和方言"), false }, { T("政府、社会、市场"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("人员名册"), columns, 8);
	for (size_t i = 0; i < l->n && i < PAGE; i++) {
		const struct provider *p = &l->p[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/register/person/%lld", (long long)p->id), p->name);
		ui_cell(&t, p->more.category == 0 ? admin_say(x, provider_kind_label(p->kind))
		    : arena_format(x->ctx->mem, "%s（%s）", admin_say(x, provider_kind_label(p->kind)).p, admin_say(x, volunteer_category_label(p->more.category)).p));
		ui_cell(&t, p->firm_name);
		ui_cell(&t, p->licence);
		put_end(x, &t, p->valid_to);
		ui_cell(&t, admin_flags_text(x, provider_skill_choices, p->skills));
		ui_cell(&t, admin_flags_text(x, provider_language_choices, p->more.languages));
		ui_cell_say(&t, provider_sector_label(p->more.sector));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_bodies(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("机构名称"), false }, { T("机构种类"), false }, { T("所在地"), false }, { T("机构证号"), false },
		{ T("统一社会信用代码"), false }, { T("有效期到"), false }, { T("政府、社会、市场"), false }, { T("公益"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("机构名册"), columns, 8);
	for (size_t i = 0; i < l->n && i < PAGE; i++) {
		const struct firm *f = &l->f[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/register/body/%lld", (long long)f->id), f->name);
		ui_cell_say(&t, firm_kind_label(f->kind));
		ui_cell(&t, region_path(f->place));
		ui_cell(&t, f->licence);
		ui_cell(&t, f->more.credit);
		put_end(x, &t, f->more.valid_to);
		ui_cell_say(&t, provider_sector_label(f->more.sector));
		ui_cell_say(&t, f->more.welfare ? T("是") : T("否"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_ways(struct exchange *x, struct html *h, const struct listing *l)
{
	const char *what = l->bodies ? "bodies" : "persons";

	html_raw(h, "<p class=\"actions\">");
	if (actor_may(x->ctx->actor, RIGHT_NETWORK)) {
		ui_button_link(h, l->bodies ? TEXT("/desk/firms/new") : TEXT("/desk/providers/new"), l->bodies ? T("登记机构") : T("登记人员"), true);
		ui_button_link(h, arena_format(x->ctx->mem, "/desk/register/import/%s", what), T("从文件导入"), false);
		ui_button_link(h, TEXT("/desk/register/renewals"), l->n_renewals > 0 ? T("换证待确认（有新的）") : T("换证待确认"), false);
	}
	ui_button_link(h, arena_format(x->ctx->mem, "/desk/register/%s.csv", what), T("导出 CSV"), false);
	ui_button_link(h, arena_format(x->ctx->mem, "/desk/register/%s.xlsx", what), T("导出 Excel"), false);
	html_raw(h, "</p><p>");
	ui_link(h, TEXT("/desk/register/licences"), T("快到期和已到期的证照"));
	html_raw(h, " · ");
	ui_link(h, TEXT("/desk/register/able"), T("具备承接能力的机构"));
	html_raw(h, " · ");
	ui_link(h, TEXT("/desk/register/sanctions"), T("处分和失信"));
	html_raw(h, " · ");
	ui_link(h, TEXT("/desk/teams"), T("服务团和志愿者队伍"));
	html_raw(h, " · ");
	ui_link(h, TEXT("/desk/register/ratio"), T("每万人、每千家企业有几名"));
	html_raw(h, " · ");
	ui_link(h, TEXT("/desk/register/me"), T("我在名册里"));
	html_raw(h, " · ");
	ui_link(h, TEXT("/desk/providers"), T("法律援助承办人员"));
	html_raw(h, "</p>");
}

/* What each category of volunteers has to show. */
static void
put_needs(struct exchange *x, struct html *h)
{
	static const struct ui_column columns[] = { { T("志愿者类别"), false }, { T("要的资格证明"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("志愿者按类别要的资格证明"), columns, 2);
	for (int c = VOLUNTEER_QUALIFIED; c < VOLUNTEER_COUNT; c++) {
		ui_row_open(&t);
		ui_cell(&t, admin_say(x, volunteer_category_label(c)));
		ui_cell_say(&t, volunteer_needs[c].paper);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
register_page(struct exchange *x)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct html h = frame_html(x);
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	ask_read(x, l);
	l->most = PAGE + 1;
	rc = db_read(x->ctx, listing_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律服务资源名册"), .area = FRAME_NETWORK });
	ui_title(&h, T("法律服务资源名册"), TEXT_NONE);
	put_ways(x, &h, l);
	put_filter(x, &h, l);
	if (l->n == 0)
		ui_empty(&h, T("没有符合的"), T("换一个条件，或者先登记、导入。"), TEXT("/desk/register"), T("全部"));
	else if (l->bodies)
		put_bodies(x, &h, l);
	else
		put_persons(x, &h, l);
	if (l->n > PAGE || l->ask.after != 0)
		ui_pager(&h, &(struct ui_pager){ .previous = l->ask.after != 0 ? here(x, l, l->ask.state, 0) : TEXT_NONE, .next = l->n > PAGE
		    ? here(x, l, l->ask.state, l->bodies ? l->f[PAGE - 1].id : l->p[PAGE - 1].id) : TEXT_NONE });
	put_counts(x, &h, l);
	if (!l->bodies)
		put_needs(x, &h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- licences that end -------------------------------------------------------------------------------------- */

struct ends { struct licence_end v[ENDS_SHOWN]; size_t n; int64_t days; struct day today; };

static enum rc
ends_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct ends *e = argument;
	enum rc rc = setting_read(tx, actor, &register_settings[REGISTER_WARN_FIRST], &e->days);

	return rc == RC_OK ? licence_ends(tx, actor, e->today, e->days, e->v, ENDS_SHOWN, &e->n) : rc;
}

enum rc
register_licences_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("名称"), false }, { T("种类"), false }, { T("证号"), false }, { T("有效期到"), false },
		{ T("还有几天"), true }, { T("提醒过（到期前几天）"), true } };
	struct ends *e = ARENA_NEW(x->ctx->mem, struct ends);
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (e == NULL)
		return RC_NO_MEMORY;
	e->today = admin_today(x);
	rc = db_read(x->ctx, ends_tx, e);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("快到期和已到期的证照"), .area = FRAME_NETWORK });
	ui_title(&h, T("快到期和已到期的证照"), TEXT_NONE);
	ui_paragraph(&h, T("有效期的最后一天还能安排，第二天起不再派案、排班、签合同。"));
	ui_table_open(&t, &h, T("快到期和已到期的证照"), columns, 6);
	for (size_t i = 0; i < e->n; i++) {
		const struct licence_end *l = &e->v[i];
		int64_t left = (int64_t)l->valid_to.n - e->today.n;

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/register/%s/%lld", l->subject == 2 ? "body" : "person", (long long)l->id), l->name);
		ui_cell_say(&t, l->subject == 2 ? firm_kind_label((enum firm_kind)l->kind) : provider_kind_label((enum provider_kind)l->kind));
		ui_cell(&t, l->licence);
		if (left < 0)
			ui_cell_lamp(&t, LAMP_LATE, admin_day(x, l->valid_to));
		else
			ui_cell(&t, admin_day(x, l->valid_to));
		ui_cell_int(&t, left);
		ui_cell(&t, l->days_told == 0 ? admin_say(x, T("还没有")) : admin_int(x, l->days_told));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- bodies that can take on work, and sanctions in force ------------------------------------------------------- */

struct able { struct assessment v[SHOWN]; size_t n; struct day today; };

static enum rc
able_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct able *a = argument;

	return assessments(tx, actor, 0, a->today, a->v, SHOWN, &a->n);
}

enum rc
register_able_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("机构名称"), false }, { T("机构种类"), false }, { T("能承接"), false }, { T("评估日期"), false },
		{ T("有效到"), false }, { T("今天的结论"), false } };
	struct able *a = ARENA_NEW(x->ctx->mem, struct able);
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->today = admin_today(x);
	rc = db_read(x->ctx, able_tx, a);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("具备承接能力的机构"), .area = FRAME_NETWORK });
	ui_title(&h, T("具备承接能力的机构"), TEXT_NONE);
	ui_paragraph(&h, T("每个机构列最近一次评估；过了有效期、受处分的，今天不算具备。"));
	ui_table_open(&t, &h, T("具备承接能力的机构"), columns, 6);
	for (size_t i = 0; i < a->n; i++) {
		const struct assessment *s = &a->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/register/body/%lld", (long long)s->firm), s->name);
		ui_cell_say(&t, firm_kind_label((enum firm_kind)s->kind));
		ui_cell(&t, s->works);
		ui_cell(&t, admin_day(x, s->day));
		ui_cell(&t, admin_day(x, s->until));
		ui_cell_say(&t, !s->able ? T("不具备") : s->barred ? T("受处分") : day_compare(s->until, a->today) < 0 ? T("评估已过期") : T("具备"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

struct sanctioned { struct sanction v[SHOWN]; size_t n; struct day today; };

static enum rc
sanctioned_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct sanctioned *s = argument;

	return sanctions(tx, actor, 0, 0, s->today, s->v, SHOWN, &s->n);
}

enum rc
register_sanctions_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("名称"), false }, { T("种类"), false }, { T("从"), false }, { T("到"), false },
		{ T("期间不安排"), false }, { T("决定书"), false } };
	struct sanctioned *s = ARENA_NEW(x->ctx->mem, struct sanctioned);
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (s == NULL)
		return RC_NO_MEMORY;
	s->today = admin_today(x);
	rc = db_read(x->ctx, sanctioned_tx, s);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("处分和失信"), .area = FRAME_NETWORK });
	ui_title(&h, T("处分和失信"), TEXT_NONE);
	ui_table_open(&t, &h, T("今天有效的"), columns, 6);
	for (size_t i = 0; i < s->n; i++) {
		const struct sanction *c = &s->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/register/%s/%lld", c->firm != 0 ? "body" : "person",
		    (long long)(c->firm != 0 ? c->firm : c->provider)), c->name);
		ui_cell_say(&t, sanction_kind_label(c->kind));
		ui_cell(&t, admin_day(x, c->from));
		ui_cell(&t, day_is_none(c->to) ? admin_say(x, T("没有期限")) : admin_day(x, c->to));
		ui_cell_say(&t, c->bars ? T("是") : T("否"));
		ui_cell(&t, c->document);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- as files: the columns that come in again ------------------------------------------------------------------- */

static struct text
place_typed(const struct exchange *x, struct place p)
{
	return p.code == 0 ? TEXT_NONE : arena_format(x->ctx->mem, "%012lld", (long long)p.code);
}

static void
person_row(const struct exchange *x, struct frame_table *t, const struct provider *p, struct text firm_licence)
{
	frame_table_text(t, firm_licence);
	frame_table_text(t, p->licence);
	frame_table_text(t, p->name);
	frame_table_text(t, admin_choice_key(provider_kind_choices, (int)p->kind));
	frame_table_text(t, admin_choice_key(volunteer_category_choices, p->more.category));
	frame_table_text(t, p->more.qualification);
	frame_table_text(t, admin_choice_key(provider_sector_choices, p->more.sector));
	frame_table_text(t, admin_day(x, p->valid_from));
	frame_table_text(t, admin_day(x, p->valid_to));
	frame_table_text(t, admin_day(x, p->practice_from));
	frame_table_text(t, admin_flags_typed(x, provider_skill_choices, p->skills));
	frame_table_text(t, admin_flags_typed(x, provider_language_choices, p->more.languages));
	frame_table_text(t, place_typed(x, p->more.home));
	frame_table_text(t, p->more.room == 0 ? TEXT_NONE : admin_int(x, p->more.room));
	frame_table_row(t);
}

static void
body_row(const struct exchange *x, struct frame_table *t, const struct firm *f)
{
	frame_table_text(t, f->licence);
	frame_table_text(t, f->more.credit);
	frame_table_text(t, f->name);
	frame_table_text(t, admin_choice_key(firm_kind_choices, (int)f->kind));
	frame_table_text(t, admin_choice_key(provider_sector_choices, f->more.sector));
	frame_table_text(t, f->more.welfare ? TEXT("1") : TEXT_NONE);
	frame_table_text(t, place_typed(x, f->place));
	frame_table_text(t, f->phone);
	frame_table_text(t, admin_day(x, f->more.valid_from));
	frame_table_text(t, admin_day(x, f->more.valid_to));
	frame_table_row(t);
}

struct firm_of { int64_t id; struct firm f; };

static enum rc
firm_of_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct firm_of *o = argument;

	return firm_load(tx, actor, o->id, &o->f);
}

/* A person's body by its number; neighbours are often of the same one. */
static enum rc
persons_put(struct exchange *x, struct frame_table *t, const struct listing *l, struct firm_of *last)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < l->n; i++) {
		if (last->id != l->p[i].firm) {
			last->id = l->p[i].firm;
			rc = db_read(x->ctx, firm_of_tx, last);
		}
		if (rc == RC_OK)
			person_row(x, t, &l->p[i], last->f.licence);
	}
	return rc;
}

static enum rc
file_answer(struct exchange *x, bool bodies, bool xlsx)
{
	const struct form *form = bodies ? &register_body_table : &register_person_table;
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct firm_of last = { .id = 0 };
	struct frame_table t;
	enum rc rc = l == NULL ? RC_NO_MEMORY : frame_table_open(&t, x, bodies ? "bodies" : "persons", bodies ? T("机构名册") : T("人员名册"), xlsx);

	if (rc != RC_OK)
		return rc;
	ask_read(x, l);
	l->bodies = bodies;
	l->ask.kind = value_of(bodies ? firm_kind_choices : provider_kind_choices, admin_query(x, "kind"));
	l->ask.after = 0;
	l->most = l->n = FILE_PAGE;
	for (size_t i = 0; i < form->n; i++)
		frame_table_say(&t, form->fields[i].label);
	frame_table_row(&t);
	while (rc == RC_OK && l->n == FILE_PAGE) {
		rc = db_read(x->ctx, rows_tx, l);
		if (rc == RC_OK && !bodies)
			rc = persons_put(x, &t, l, &last);
		for (size_t i = 0; rc == RC_OK && bodies && i < l->n; i++)
			body_row(x, &t, &l->f[i]);
		if (l->n > 0)
			l->ask.after = bodies ? l->f[l->n - 1].id : l->p[l->n - 1].id;
	}
	return frame_table_close(&t, rc);
}

enum rc register_persons_csv(struct exchange *x) { return file_answer(x, false, false); }
enum rc register_persons_xlsx(struct exchange *x) { return file_answer(x, false, true); }
enum rc register_bodies_csv(struct exchange *x) { return file_answer(x, true, false); }
enum rc register_bodies_xlsx(struct exchange *x) { return file_answer(x, true, true); }

/* ---- and in ----------------------------------------------------------------------------------------------------- */

static const struct ui_file csv_file = {
	.key = "csv", .label = T("CSV 文件"), .accept = ".csv",
	.hint = T("UTF-8，第一行是列名，最大 4 MB。有一行不对就整个不存，并逐行说明。"),
};

static enum rc
file_show(struct exchange *x, const struct form *form, const char *address, const struct findings *found, int64_t rows)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = form->title, .area = FRAME_NETWORK });
	ui_title(&h, form->title, TEXT_NONE);
	if (rows >= 0)
		admin_imported(&h, rows);
	if (found)
		admin_file_findings(x, &h, found);
	ui_form_open(&h, &(struct ui_form){ .action = text_of(address), .csrf = x->csrf, .key = frame_key_text(x), .upload = true });
	ui_file(&h, &csv_file, findings_of(&x->findings, "csv"));
	ui_form_buttons(&h, T("导入"), TEXT("/desk/register"));
	ui_form_close(&h);
	ui_section_open(&h, T("文件怎么写"));
	ui_paragraph(&h, T("导出的 CSV 改了可以直接再导入。证号已经在册的，按这一行更新。"));
	html_raw(&h, "<ul>");
	for (size_t i = 0; i < form->n; i++) {
		html_raw(&h, "<li><code>");
		html_str(&h, form->fields[i].key);
		html_raw(&h, "</code> ");
		html_say(&h, form->fields[i].label);
		for (const struct choice *c = form->fields[i].choices; c != NULL && c->key != NULL; c++) {
			html_raw(&h, " <code>");
			html_str(&h, c->key);
			html_raw(&h, "</code> ");
			html_say(&h, c->label);
		}
		html_raw(&h, "</li>");
	}
	html_raw(&h, "</ul>");
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
persons_show(struct exchange *x, const struct findings *found, int64_t rows)
{
	return file_show(x, &register_person_table, "/desk/register/import/persons", found, rows);
}

static enum rc
bodies_show(struct exchange *x, const struct findings *found, int64_t rows)
{
	return file_show(x, &register_body_table, "/desk/register/import/bodies", found, rows);
}

static enum rc
persons_import(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows)
{
	return register_import_persons(x->ctx, frame_idem_key(x), csv, found, ret_rows);
}

static enum rc
bodies_import(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows)
{
	return register_import_bodies(x->ctx, frame_idem_key(x), csv, found, ret_rows);
}

enum rc register_persons_file_page(struct exchange *x) { return persons_show(x, NULL, admin_rows_imported(x)); }
enum rc register_bodies_file_page(struct exchange *x) { return bodies_show(x, NULL, admin_rows_imported(x)); }
enum rc register_persons_file_post(struct exchange *x) { return admin_import(x, persons_import, "/desk/register/import/persons", persons_show); }
enum rc register_bodies_file_post(struct exchange *x) { return admin_import(x, bodies_import, "/desk/register/import/bodies", bodies_show); }
