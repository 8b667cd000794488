/* Hours given for nothing, by year; advisers paired with village officials; how many lawyers there are for people and enterprises. */
#include "supply/admin/admin_internal.h"

#include "kit/msg/msg.h"
#include "operations/team/team.h"
#include "resources/provider/provider_register.h"

#include <limits.h>

#define SHOWN 300
#define TEAMS 200
#define ANY_DAY .min = INT_MIN, .max = INT_MAX

struct hours_values { struct text licence; int kind; int64_t team, minutes; struct day day; struct text words; };
#define AT(member) offsetof(struct hours_values, member)
static const struct field hours_fields[] = {
	{ .key = "licence", .kind = FIELD_LINE, .label = T("谁的（证号）"), .max = 40, .hint = T("空着：我自己的。"), .offset = AT(licence) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("哪一种"), .required = true, .choices = hours_kind_choices, .offset = AT(kind) },
	{ .key = "team", .kind = FIELD_KEY, .label = T("为哪个队"), .max = INT64_MAX, .offset = AT(team) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = -92, .max = 0, .offset = AT(day) },
	{ .key = "minutes", .kind = FIELD_INT, .label = T("多少分钟"), .required = true, .min = 1, .max = HOURS_DAY_MINUTES, .offset = AT(minutes) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("做了什么"), .required = true, .min = 2, .max = 200, .offset = AT(words) },
};
const struct form hours_form = FORM_OF("team.hours", T("登记志愿和公益时间"), hours_fields, struct hours_values);
#undef AT

struct pair_values { struct text licence, official; struct place place; struct day from; };
#define AT(member) offsetof(struct pair_values, member)
static const struct field pair_fields[] = {
	{ .key = "licence", .kind = FIELD_LINE, .label = T("法律顾问的执业证号"), .required = true, .min = 4, .max = 40, .offset = AT(licence) },
	{ .key = "official", .kind = FIELD_LINE, .label = T("大学生村官姓名"), .required = true, .min = 2, .max = 40, .offset = AT(official) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("村（社区）区划代码"), .required = true, .offset = AT(place) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, ANY_DAY, .offset = AT(from) },
};
const struct form pair_form = FORM_OF("team.pair", T("结对"), pair_fields, struct pair_values);
#undef AT

struct train_values { struct day day; int64_t minutes; struct text words; };
#define AT(member) offsetof(struct train_values, member)
static const struct field train_fields[] = {
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = INT_MIN, .max = 0, .offset = AT(day) },
	{ .key = "minutes", .kind = FIELD_INT, .label = T("多少分钟"), .required = true, .min = 1, .max = HOURS_DAY_MINUTES, .offset = AT(minutes) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("练了什么"), .required = true, .min = 2, .max = 200, .offset = AT(words) },
};
const struct form train_form = FORM_OF("team.train", T("记一次技能辅导"), train_fields, struct train_values);
#undef AT

struct pair_end_values { struct day last; };
static const struct field pair_end_fields[] = {
	{ .key = "last", .kind = FIELD_DAY, .label = T("最后一天"), .required = true, ANY_DAY, .offset = offsetof(struct pair_end_values, last) },
};
const struct form pair_end_form = FORM_OF("team.pair_end", T("结束结对"), pair_end_fields, struct pair_end_values);

struct enterprise_values { struct place county; int64_t enterprises; struct text document; };
#define AT(member) offsetof(struct enterprise_values, member)
static const struct field enterprise_fields[] = {
	{ .key = "county", .kind = FIELD_PLACE, .label = T("县（区）区划代码"), .required = true, .offset = AT(county) },
	{ .key = "enterprises", .kind = FIELD_INT, .label = T("企业数（家）"), .required = true, .max = 10000000, .offset = AT(enterprises) },
	{ .key = "document", .kind = FIELD_LINE, .label = T("数从哪里来"), .required = true, .min = 2, .max = 120, .offset = AT(document) },
};
const struct form enterprise_form = FORM_OF("register.enterprises", T("填企业数"), enterprise_fields, struct enterprise_values);
#undef AT

static struct place
city_of(const struct exchange *x)
{
	return (struct place){ x->ctx->actor->city * INT64_C(100000000) };
}

static void
put_fields(struct exchange *x, struct html *h, const struct form *form, struct text action, const struct ui_option *v, size_t n)
{
	struct typed typed = admin_typed(x, form);

	ui_section_open(h, form->title);
	ui_error_summary(h, form, admin_findings(x, form));
	ui_form_open(h, &(struct ui_form){ .action = action, .csrf = x->csrf, .key = admin_key(x, form) });
	for (size_t i = 0; i < form->n; i++) {
		const struct finding *found = admin_findings(x, form) != NULL ? findings_of(&x->findings, form->fields[i].key) : NULL;

		if (form->fields[i].kind == FIELD_KEY)
			ui_field_select(h, &form->fields[i], v, n, ui_typed(form, form->fields[i].key, &typed), found);
		else
			ui_field(h, &form->fields[i], ui_typed(form, form->fields[i].key, &typed), found);
	}
	ui_form_buttons(h, T("存下"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
after(struct exchange *x, struct text back, enum rc rc, http_handler *show)
{
	if (rc == RC_OK) {
		http_redirect(x->out, back);
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return show(x);
}

/* ---- hours ------------------------------------------------------------------------------------------------------ */

struct volunteering { int year; struct day from, to; struct hours v[SHOWN]; struct hours_sum s[SHOWN]; struct team t[TEAMS]; size_t n, n_s, n_t; };

static enum rc
volunteering_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct volunteering *o = argument;
	struct place city = { actor->city * INT64_C(100000000) };
	enum rc rc = hours_waiting(tx, actor, o->v, SHOWN, &o->n);

	if (rc == RC_OK)
		rc = hours_sums(tx, actor, o->from, o->to, o->s, SHOWN, &o->n_s);
	return rc == RC_OK ? team_list(tx, actor, 0, city, 0, o->to, o->t, TEAMS, &o->n_t) : rc;
}

static struct text
as_hours(const struct exchange *x, int64_t minutes)
{
	return arena_format(x->ctx->mem, "%lld.%lld", (long long)(minutes / 60), (long long)(minutes % 60 / 6));
}

static void
put_sums(struct exchange *x, struct html *h, const struct volunteering *o)
{
	static const struct ui_column columns[] = { { T("姓名"), false }, { T("人员种类"), false }, { T("机构"), false }, { T("哪一种"), false },
		{ T("已确认（小时）"), true }, { T("等确认（小时）"), true } };
	int64_t volunteer = 0, pro_bono = 0;
	struct ui_table t;

	for (size_t i = 0; i < o->n_s; i++)
		*(o->s[i].kind == HOURS_PRO_BONO ? &pro_bono : &volunteer) += o->s[i].minutes;
	ui_stats(h, (struct ui_stat[]){ { .label = T("志愿服务（已确认）"), .value = as_hours(x, volunteer), .unit = T("小时") },
	    { .label = T("律师公益服务（已确认）"), .value = as_hours(x, pro_bono), .unit = T("小时") } }, 2);
	ui_table_open(&t, h, T("一年里每个人的时间"), columns, 6);
	for (size_t i = 0; i < o->n_s; i++) {
		const struct hours_sum *s = &o->s[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/register/person/%lld", (long long)s->provider), s->name);
		ui_cell_say(&t, provider_kind_label((enum provider_kind)s->provider_kind));
		ui_cell(&t, s->firm_name);
		ui_cell_say(&t, hours_kind_label(s->kind));
		ui_cell(&t, as_hours(x, s->minutes));
		ui_cell(&t, as_hours(x, s->waiting));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_waiting(struct exchange *x, struct html *h, const struct volunteering *o)
{
	static const struct ui_column columns[] = { { T("姓名"), false }, { T("哪一天"), false }, { T("分钟"), true }, { T("做了什么"), false },
		{ T("为哪个队"), false }, { T("确认"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("等第二个人确认的"), columns, 6);
	for (size_t i = 0; i < o->n; i++) {
		const struct hours *w = &o->v[i];

		ui_row_open(&t);
		ui_cell(&t, w->name);
		ui_cell(&t, admin_day(x, w->day));
		ui_cell_int(&t, w->minutes);
		ui_cell(&t, w->words);
		ui_cell(&t, w->team_name);
		if (w->own || !actor_may(x->ctx->actor, RIGHT_SUPERVISE)) {
			ui_cell_say(&t, T("等别人确认"));
		} else {
			ui_cell_open(&t);
			ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/volunteering/%lld", (long long)w->id), .csrf = x->csrf,
			    .key = frame_key_text(x) });
			ui_form_buttons(h, T("确认"), TEXT_NONE);
			ui_form_close(h);
			ui_cell_close(&t);
		}
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
volunteering_page(struct exchange *x)
{
	struct volunteering *o = ARENA_NEW(x->ctx->mem, struct volunteering);
	struct ui_option *v = arena_array(x->ctx->mem, TEAMS, sizeof *v);
	int64_t year = day_to_ymd(admin_today(x)).year;
	struct html h = frame_html(x);
	enum rc rc;

	if (o == NULL || v == NULL)
		return RC_NO_MEMORY;
	if (int64_parse(admin_query(x, "year"), 2000, 2100, &year) != RC_OK)
		year = day_to_ymd(admin_today(x)).year;
	rc = day_from_ymd((struct ymd){ (int)year, 1, 1 }, &o->from);
	if (rc == RC_OK)
		rc = day_from_ymd((struct ymd){ (int)year, 12, 31 }, &o->to);
	if (rc == RC_OK)
		rc = db_read(x->ctx, volunteering_tx, o);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < o->n_t; i++) {
		v[i].value = admin_int(x, o->t[i].id);
		v[i].label = o->t[i].name;
	}
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("志愿和公益时间"), .area = FRAME_NETWORK });
	ui_title(&h, T("志愿和公益时间"), admin_int(x, year));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/teams"), T("服务团和志愿者队伍"));
	html_raw(&h, " · ");
	ui_link(&h, arena_format(x->ctx->mem, "/desk/volunteering?year=%lld", (long long)year - 1), T("上一年"));
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	if (x->out->status == 409)
		ui_notice_say(&h, UI_SOON, NULL, T("别人已经处理了这一份。"));
	put_sums(x, &h, o);
	put_waiting(x, &h, o);
	put_fields(x, &h, &hours_form, TEXT("/desk/volunteering"), v, o->n_t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
volunteering_post(struct exchange *x)
{
	const struct hours_values *in = x->values;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = hours_add(x->ctx, frame_idem_key(x), &(struct hours_new){ .licence = in->licence, .kind = in->kind, .team = in->team,
		    .minutes = in->minutes, .day = in->day, .words = in->words }, &x->findings);
	return after(x, TEXT("/desk/volunteering?done=1"), rc, volunteering_page);
}

enum rc
volunteering_confirm_post(struct exchange *x)
{
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = hours_confirm(x->ctx, frame_idem_key(x), id);
	return after(x, TEXT("/desk/volunteering?done=1"), rc, volunteering_page);
}

/* ---- pairs --------------------------------------------------------------------------------------------------------- */

struct pairs { struct place within; int64_t after; struct pair v[SHOWN + 1]; size_t n; };

static enum rc
pairs_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pairs *p = argument;

	return pair_list(tx, actor, p->within, p->after, p->v, SHOWN + 1, &p->n);
}

enum rc
pairs_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("法律顾问"), false }, { T("大学生村官"), false }, { T("村（社区）"), false }, { T("从"), false },
		{ T("到"), false }, { T("辅导次数"), true }, { T("辅导（小时）"), true } };
	struct pairs *p = ARENA_NEW(x->ctx->mem, struct pairs);
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (p == NULL)
		return RC_NO_MEMORY;
	p->within = city_of(x);
	if (int64_parse(admin_query(x, "after"), 0, INT64_MAX, &p->after) != RC_OK)
		p->after = 0;
	rc = db_read(x->ctx, pairs_tx, p);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("顾问与村官结对"), .area = FRAME_NETWORK });
	ui_title(&h, T("顾问与村官结对"), TEXT_NONE);
	ui_table_open(&t, &h, T("顾问与村官结对"), columns, 7);
	for (size_t i = 0; i < p->n && i < SHOWN; i++) {
		const struct pair *a = &p->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/pairs/%lld", (long long)a->id), a->name);
		ui_cell(&t, a->official);
		ui_cell(&t, region_path(a->place));
		ui_cell(&t, admin_day(x, a->from));
		ui_cell(&t, admin_day(x, a->to));
		ui_cell_int(&t, a->trainings);
		ui_cell(&t, as_hours(x, a->minutes));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (p->n > SHOWN)
		ui_pager(&h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "/desk/pairs?after=%lld", (long long)p->v[SHOWN - 1].id) });
	if (actor_may(x->ctx->actor, RIGHT_SUPERVISE)) {
		html_raw(&h, "<p class=\"actions\">");
		ui_button_link(&h, TEXT("/desk/pairs/new"), T("结对"), true);
		html_raw(&h, "</p>");
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
pair_new_page(struct exchange *x)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("结对"), .area = FRAME_NETWORK });
	ui_title(&h, T("顾问与村官结对"), TEXT_NONE);
	put_fields(x, &h, &pair_form, TEXT("/desk/pairs/new"), NULL, 0);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
pair_new_post(struct exchange *x)
{
	const struct pair_values *in = x->values;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = pair_add(x->ctx, frame_idem_key(x), &(struct pair_new){ in->licence, in->official, in->place, in->from }, &x->findings);
	return after(x, TEXT("/desk/pairs"), rc, pair_new_page);
}

struct one_pair { int64_t id; struct pair p; struct training v[SHOWN]; size_t n; };

static enum rc
one_pair_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct one_pair *o = argument;
	enum rc rc = pair_load(tx, actor, o->id, &o->p);

	return rc == RC_OK ? pair_trainings(tx, actor, o->id, o->v, SHOWN, &o->n) : rc;
}

enum rc
pair_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("分钟"), true }, { T("练了什么"), false } };
	struct one_pair *o = ARENA_NEW(x->ctx->mem, struct one_pair);
	struct html h = frame_html(x);
	struct ui_table t;
	bool keeps;
	enum rc rc = o == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &o->id);

	if (rc == RC_OK)
		rc = db_read(x->ctx, one_pair_tx, o);
	if (rc != RC_OK)
		return rc;
	keeps = actor_may(x->ctx->actor, RIGHT_SUPERVISE) && place_range_has(x->ctx->actor->places, o->p.place);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("顾问与村官结对"), .area = FRAME_NETWORK });
	ui_title_text(&h, arena_format(x->ctx->mem, "%.*s · %.*s", (int)o->p.name.n, o->p.name.p, (int)o->p.official.n, o->p.official.p), region_path(o->p.place));
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	ui_table_open(&t, &h, T("技能辅导"), columns, 3);
	for (size_t i = 0; i < o->n; i++) {
		ui_row_open(&t);
		ui_cell(&t, admin_day(x, o->v[i].day));
		ui_cell_int(&t, o->v[i].minutes);
		ui_cell(&t, o->v[i].words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (keeps || (o->p.account != 0 && o->p.account == x->ctx->actor->account))
		put_fields(x, &h, &train_form, arena_format(x->ctx->mem, "/desk/pairs/%lld/training", (long long)o->id), NULL, 0);
	if (keeps && day_is_none(o->p.to))
		put_fields(x, &h, &pair_end_form, arena_format(x->ctx->mem, "/desk/pairs/%lld/end", (long long)o->id), NULL, 0);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static struct text
pair_path(const struct exchange *x, int64_t id)
{
	return arena_format(x->ctx->mem, "/desk/pairs/%lld?done=1", (long long)id);
}

enum rc
pair_train_post(struct exchange *x)
{
	const struct train_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = x->form_rc;
	if (rc == RC_OK)
		rc = pair_train(x->ctx, frame_idem_key(x), id, &(struct training){ in->minutes, in->day, in->words }, &x->findings);
	return after(x, pair_path(x, id), rc, pair_page);
}

enum rc
pair_end_post(struct exchange *x)
{
	const struct pair_end_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = x->form_rc;
	if (rc == RC_OK)
		rc = pair_end(x->ctx, frame_idem_key(x), id, in->last, &x->findings);
	return after(x, pair_path(x, id), rc, pair_page);
}

/* ---- how many for how many ------------------------------------------------------------------------------------------- */

struct ratios { struct place within; struct day today; struct register_ratio v[REGISTER_COUNTIES_MAX]; size_t n; };

static enum rc
ratios_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct ratios *r = argument;

	return register_ratios(tx, actor, r->within, r->today, r->v, REGISTER_COUNTIES_MAX, &r->n);
}

static void
put_known(struct exchange *x, struct ui_table *t, int64_t n, bool hundredths)
{
	if (n < 0)
		ui_cell_say(t, T("未核实"));
	else if (hundredths)
		ui_cell(t, arena_format(x->ctx->mem, "%lld.%02lld", (long long)(n / 100), (long long)(n % 100)));
	else
		ui_cell_int(t, n);
}

static void
put_ratio(struct exchange *x, struct ui_table *t, struct text name, const struct register_ratio *r)
{
	int64_t both = r->lawyers + r->workers;

	ui_row_open(t);
	ui_cell(t, name);
	ui_cell_int(t, r->lawyers);
	ui_cell_int(t, r->workers);
	put_known(x, t, r->people, false);
	put_known(x, t, register_per(both, r->people, 10000), true);
	put_known(x, t, r->enterprises, false);
	put_known(x, t, register_per(both, r->enterprises, 1000), true);
	ui_row_close(t);
}

enum rc
ratio_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("县（区）"), false }, { T("律师"), true }, { T("基层法律服务工作者"), true }, { T("人口"), true },
		{ T("每万人"), true }, { T("企业（家）"), true }, { T("每千家企业"), true } };
	struct ratios *r = ARENA_NEW(x->ctx->mem, struct ratios);
	struct register_ratio all = { .people = 0 };
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (r == NULL)
		return RC_NO_MEMORY;
	r->within = city_of(x);
	r->today = admin_today(x);
	rc = db_read(x->ctx, ratios_tx, r);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("每万人、每千家企业有几名"), .area = FRAME_NETWORK });
	ui_title(&h, T("每万人、每千家企业有几名"), TEXT_NONE);
	ui_paragraph(&h, T("律师和基层法律服务工作者，按所在机构的县（区）、今天有效的证件算。人口、企业数没有核实的不算。"));
	ui_table_open(&t, &h, T("每万人、每千家企业有几名"), columns, 7);
	for (size_t i = 0; i < r->n; i++) {
		const struct register_ratio *c = &r->v[i];

		put_ratio(x, &t, region_name(c->county), c);
		all.lawyers += c->lawyers;
		all.workers += c->workers;
		all.people = all.people < 0 || c->people < 0 ? -1 : all.people + c->people;
		all.enterprises = all.enterprises < 0 || c->enterprises < 0 ? -1 : all.enterprises + c->enterprises;
	}
	put_ratio(x, &t, admin_say(x, T("合计")), &all);
	ui_table_close(&t);
	if (actor_may(x->ctx->actor, RIGHT_NETWORK))
		put_fields(x, &h, &enterprise_form, TEXT("/desk/register/ratio/set"), NULL, 0);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
ratio_post(struct exchange *x)
{
	const struct enterprise_values *in = x->values;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = register_enterprises_set(x->ctx, frame_idem_key(x), in->county, in->enterprises, in->document, &x->findings);
	return after(x, TEXT("/desk/register/ratio"), rc, ratio_page);
}
