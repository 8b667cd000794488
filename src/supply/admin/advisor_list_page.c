/* Which village has an adviser, which has none, whose licence runs out; the same as a table to take away. */
#include "supply/admin/advisor_page_internal.h"

#include "kit/msg/msg.h"
#include "supply/frame/frame_table.h"

#define VILLAGES_MAX 4000
#define CHILDREN_MAX 400
#define EXPIRING_MAX 200
#define GAPS_SHOWN 300

/* ---- what all these pages share ------------------------------------------------------------------------- */

bool
advisor_may(const struct exchange *x)
{
	return actor_may(x->ctx->actor, RIGHT_ADVISORS);
}

struct text
advisor_days(const struct exchange *x, struct day from, struct day to)
{
	struct text a = admin_day(x, from), b = admin_day(x, to);

	return arena_format(x->ctx->mem, "%.*s – %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

struct text
advisor_duties(const struct exchange *x, unsigned duties)
{
	struct text t = TEXT_NONE;

	for (int d = 0; d < ADVISOR_DUTY_COUNT; d++)
		if ((duties & BIT(d)) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? " · " : "",
			    msg(x->ctx->lang, advisor_duty_label((enum advisor_duty)d)));
	return t;
}

struct text
advisor_duties_typed(const struct exchange *x, unsigned duties)
{
	struct text t = TEXT_NONE;

	for (int d = 0; d < ADVISOR_DUTY_COUNT; d++)
		if ((duties & BIT(d)) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? "," : "",
			    choice_by_value(advisor_duty_choices, d)->key);
	return t;
}

void
advisor_up(struct html *h)
{
	html_raw(h, "<p>");
	ui_link(h, TEXT("/desk/advisors"), T("村（社区）法律顾问"));
	html_raw(h, "</p>");
}

void
advisor_trouble(struct exchange *x, struct html *h)
{
	for (size_t i = 0; i < x->findings.n; i++)
		if (x->findings.v[i].field[0] == '\0')
			ui_notice(h, UI_LATE, NULL, finding_text(x->ctx->mem, x->ctx->lang, &x->findings.v[i]));
}

struct setting_arg { int which; int64_t ret; };

static enum rc
setting_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct setting_arg *arg = argument;

	return setting_read(tx, actor, &advisor_settings[arg->which], &arg->ret);
}

int64_t
advisor_setting(struct exchange *x, int which)
{
	struct setting_arg arg = { .which = which, .ret = advisor_settings[which].usual };

	return db_read(x->ctx, setting_tx, &arg) == RC_OK ? arg.ret : advisor_settings[which].usual;
}

/* ---- the list ------------------------------------------------------------------------------------------------ */

struct listing {
	struct place within;
	struct day today;
	bool gaps, licence, rows;        /* rows: a town's contracts whole */
	struct place *have;              /* villages with a contract today */
	struct advisor_contract *c, *expiring;
	size_t n_have, n, n_expiring;
	int64_t days;
	const struct division **village, **child;
	size_t n_villages, n_children;
};

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct listing *l = argument;
	enum rc rc = advisor_places(tx, actor, l->within, l->today, l->have, VILLAGES_MAX, &l->n_have);

	if (rc == RC_OK)
		rc = setting_read(tx, actor, &advisor_settings[ADVISOR_WARN], &l->days);
	if (rc == RC_OK)
		rc = advisor_expiring(tx, actor, l->within, l->today, l->days, l->expiring, EXPIRING_MAX, &l->n_expiring);
	if (rc == RC_OK && l->rows)
		rc = advisor_on_day(tx, actor, l->within, l->today, (struct place){ 0 }, l->c, CHILDREN_MAX, &l->n);
	return rc;
}

static enum rc
listing_read(struct exchange *x, struct listing *l)
{
	struct place city = { x->ctx->actor->city * INT64_C(100000000) };

	if (place_parse(admin_query(x, "place"), &l->within) != RC_OK || region_find(l->within, DAY_NONE) == NULL)
		l->within = city;
	if (place_level(l->within) == PLACE_VILLAGE)
		l->within = place_up(l->within, PLACE_TOWN);
	l->today = admin_today(x);
	l->gaps = text_equals(admin_query(x, "show"), TEXT("gaps"));
	l->licence = text_equals(admin_query(x, "show"), TEXT("licence"));
	l->rows = place_level(l->within) == PLACE_TOWN;
	l->have = arena_array(x->ctx->mem, VILLAGES_MAX, sizeof *l->have);
	l->village = arena_array(x->ctx->mem, VILLAGES_MAX, sizeof(struct division *));
	l->child = arena_array(x->ctx->mem, CHILDREN_MAX, sizeof(struct division *));
	l->expiring = arena_array(x->ctx->mem, EXPIRING_MAX, sizeof *l->expiring);
	l->c = arena_array(x->ctx->mem, CHILDREN_MAX, sizeof *l->c);
	if (l->have == NULL || l->village == NULL || l->child == NULL || l->expiring == NULL || l->c == NULL)
		return RC_NO_MEMORY;
	l->n_villages = region_list(l->within, PLACE_VILLAGE, l->today, l->village, VILLAGES_MAX);
	l->n_children = region_children(l->within, l->today, l->child, CHILDREN_MAX);
	return db_read(x->ctx, listing_tx, l);
}

/* Both ascend: how many villages of the place, and how many of them have one. */
static void
count_in(const struct listing *l, struct place p, int64_t *ret_villages, int64_t *ret_have)
{
	struct place_range r = place_range(p);

	*ret_villages = *ret_have = 0;
	for (size_t i = 0; i < l->n_villages; i++)
		*ret_villages += place_range_has(r, l->village[i]->place);
	for (size_t i = 0; i < l->n_have; i++)
		*ret_have += place_range_has(r, l->have[i]);
}

static struct text
here(struct exchange *x, struct place p, const char *show)
{
	return arena_format(x->ctx->mem, "/desk/advisors?place=%012lld%s%s", (long long)p.code, show[0] != '\0' ? "&show=" : "", show);
}

static void
put_figures(struct exchange *x, struct html *h, const struct listing *l)
{
	int64_t villages, have;
	struct ui_stat stats[4];

	count_in(l, l->within, &villages, &have);
	stats[0] = (struct ui_stat){ .label = T("村（社区）"), .value = admin_int(x, villages), .unit = T("个") };
	stats[1] = (struct ui_stat){ .label = T("今天有法律顾问"), .value = admin_int(x, have), .unit = T("个"), .tone = UI_OK,
		.note = villages == 0 ? TEXT_NONE : arena_format(x->ctx->mem, "%lld.%lld%%", (long long)(have * 100 / villages),
		    (long long)(have * 1000 / villages % 10)) };
	stats[2] = (struct ui_stat){ .label = T("没有法律顾问"), .value = admin_int(x, villages - have), .unit = T("个"),
		.tone = villages > have ? UI_LATE : UI_PLAIN, .href = here(x, l->within, "gaps") };
	stats[3] = (struct ui_stat){ .label = T("执业证要到期"), .value = admin_int(x, (int64_t)l->n_expiring), .unit = T("份合同"),
		.tone = l->n_expiring > 0 ? UI_SOON : UI_PLAIN, .href = here(x, l->within, "licence") };
	ui_stats(h, stats, 4);
}

static void
put_above(struct exchange *x, struct html *h, struct place p)
{
	html_raw(h, "<p class=\"path\">");
	for (int level = PLACE_CITY; level <= (int)place_level(p); level++) {
		struct place up = place_up(p, (enum place_level)level);

		if (level > PLACE_CITY)
			html_raw(h, " / ");
		if (up.code == p.code)
			html_text(h, region_name(up));
		else
			ui_link_text(h, here(x, up, ""), region_name(up));
	}
	html_raw(h, "</p>");
}

static void
put_children(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("地方"), false }, { T("村（社区）"), true }, { T("有法律顾问"), true },
		{ T("没有"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("按地方"), columns, 4);
	for (size_t i = 0; i < l->n_children; i++) {
		int64_t villages, have;

		count_in(l, l->child[i]->place, &villages, &have);
		ui_row_open(&t);
		ui_cell_link(&t, here(x, l->child[i]->place, ""), l->child[i]->name);
		ui_cell_int(&t, villages);
		ui_cell_int(&t, have);
		ui_cell_int(&t, villages - have);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static const struct advisor_contract *
contract_at(const struct listing *l, struct place village)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->c[i].village.code == village.code)
			return &l->c[i];
	return NULL;
}

static void
put_missing(struct exchange *x, struct ui_table *t, struct place village)
{
	if (advisor_may(x) && place_range_has(x->ctx->actor->places, village))
		ui_cell_link(t, arena_format(x->ctx->mem, "/desk/advisors/new?village=%lld", (long long)village.code),
		    admin_say(x, T("签合同")));
	else
		ui_cell_say(t, T("没有"));
}

static void
put_town(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("法律顾问"), false }, { T("机构"), false },
		{ T("合同到"), false }, { T("无故缺席"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("村（社区）和法律顾问"), columns, 5);
	for (size_t i = 0; i < l->n_villages; i++) {
		const struct advisor_contract *c = contract_at(l, l->village[i]->place);

		ui_row_open(&t);
		ui_cell(&t, l->village[i]->name);
		if (c == NULL) {
			put_missing(x, &t, l->village[i]->place);
			ui_cell(&t, TEXT_NONE);
			ui_cell(&t, TEXT_NONE);
			ui_cell(&t, TEXT_NONE);
		} else {
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/advisors/%lld", (long long)c->id), c->p.name);
			ui_cell(&t, c->p.firm_name);
			ui_cell(&t, admin_day(x, c->last));
			ui_cell_int(&t, c->absences);
		}
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_gaps(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("法律顾问"), false } };
	struct ui_table t;
	size_t at = 0, shown = 0;

	ui_table_open(&t, h, T("没有法律顾问的村（社区）"), columns, 2);
	for (size_t i = 0; i < l->n_villages && shown < GAPS_SHOWN; i++) {
		while (at < l->n_have && l->have[at].code < l->village[i]->place.code)
			at++;
		if (at < l->n_have && l->have[at].code == l->village[i]->place.code)
			continue;
		ui_row_open(&t);
		ui_cell(&t, l->village[i]->path);
		put_missing(x, &t, l->village[i]->place);
		ui_row_close(&t);
		shown++;
	}
	ui_table_close(&t);
}

static void
put_licences(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("法律顾问"), false }, { T("执业证到"), false },
		{ T("合同到"), false } };
	struct ui_table t;

	html_raw(h, "<p>");
	html_sayf(h, T("执业证在合同期满前到期，或者 %lld 天内到期的："), (long long)l->days);
	html_raw(h, "</p>");
	ui_table_open(&t, h, T("执业证要到期的"), columns, 4);
	for (size_t i = 0; i < l->n_expiring; i++) {
		const struct advisor_contract *c = &l->expiring[i];

		ui_row_open(&t);
		ui_cell(&t, region_path(c->village));
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/advisors/%lld", (long long)c->id), c->p.name);
		ui_cell(&t, admin_day(x, c->p.valid_to));
		ui_cell(&t, admin_day(x, c->last));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_ways(struct exchange *x, struct html *h, const struct listing *l)
{
	html_raw(h, "<p class=\"actions\">");
	ui_button_link(h, TEXT("/desk/advisors/scores"), T("法律顾问评估"), false);
	if (advisor_may(x)) {
		ui_button_link(h, TEXT("/desk/advisors/plans"), T("年度方案"), true);
		ui_button_link(h, TEXT("/desk/advisors/new"), T("签一份合同"), false);
		ui_button_link(h, TEXT("/desk/advisors/people"), T("可以担任顾问的人"), false);
		ui_button_link(h, TEXT("/desk/advisors/import"), T("从文件导入"), false);
	}
	ui_button_link(h, arena_format(x->ctx->mem, "/desk/advisors.csv?place=%012lld", (long long)l->within.code), T("导出 CSV"), false);
	ui_button_link(h, arena_format(x->ctx->mem, "/desk/advisors.xlsx?place=%012lld", (long long)l->within.code), T("导出 Excel"), false);
	html_raw(h, "</p>");
}

enum rc
advisor_list_page(struct exchange *x)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct html h = frame_html(x);
	enum rc rc = l == NULL ? RC_NO_MEMORY : listing_read(x, l);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("村（社区）法律顾问"), .area = FRAME_ADVISORS });
	ui_title(&h, T("村（社区）法律顾问"), TEXT_NONE);
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	put_above(x, &h, l->within);
	put_figures(x, &h, l);
	put_ways(x, &h, l);
	if (l->gaps)
		put_gaps(x, &h, l);
	else if (l->licence)
		put_licences(x, &h, l);
	else if (l->rows)
		put_town(x, &h, l);
	else
		put_children(x, &h, l);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- to take away ------------------------------------------------------------------------------------------------ */

/* The columns of the table that is imported; in the workbook also names for whoever reads it. */
static const char *const heads[] = { T("村（社区）区划代码"), T("顾问执业证号"), T("合同第一天"), T("合同最后一天"), T("每月服务小时"),
	T("每年费用（元）"), T("服务内容"), T("村（社区）"), T("法律顾问"), T("机构") };
#define HEADS (sizeof heads / sizeof heads[0])
#define HEADS_CSV 7

struct sheet_arg { struct place within, after; struct day today; struct advisor_contract *v; size_t n; };
#define SHEET_PAGE 500

static enum rc
sheet_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct sheet_arg *a = argument;

	return advisor_on_day(tx, actor, a->within, a->today, a->after, a->v, SHEET_PAGE, &a->n);
}

static void
sheet_row(const struct exchange *x, struct frame_table *s, const struct advisor_contract *c)
{
	frame_table_text(s, arena_format(x->ctx->mem, "%012lld", (long long)c->village.code));
	frame_table_text(s, c->p.licence);
	frame_table_text(s, admin_day(x, c->term.from));
	frame_table_text(s, admin_day(x, c->last));
	frame_table_text(s, admin_int(x, c->hours));
	frame_table_text(s, admin_int(x, c->fee / 100));
	frame_table_text(s, advisor_duties_typed(x, c->duties));
	if (s->book != NULL) {
		frame_table_text(s, region_path(c->village));
		frame_table_text(s, c->p.name);
		frame_table_text(s, c->p.firm_name);
	}
	frame_table_row(s);
}

static enum rc
sheet_write(struct exchange *x, struct frame_table *s)
{
	struct sheet_arg a = { .today = admin_today(x), .n = SHEET_PAGE, .v = arena_array(x->ctx->mem, SHEET_PAGE, sizeof *a.v) };
	enum rc rc = a.v == NULL ? RC_NO_MEMORY : RC_OK;

	if (place_parse(admin_query(x, "place"), &a.within) != RC_OK)
		a.within.code = x->ctx->actor->city * INT64_C(100000000);
	for (size_t i = 0; i < (s->book != NULL ? HEADS : HEADS_CSV); i++)
		frame_table_text(s, admin_say(x, heads[i]));
	frame_table_row(s);
	while (rc == RC_OK && a.n == SHEET_PAGE) {
		rc = db_read(x->ctx, sheet_tx, &a);
		for (size_t i = 0; rc == RC_OK && i < a.n; i++)
			sheet_row(x, s, &a.v[i]);
		if (rc == RC_OK && a.n > 0)
			a.after = a.v[a.n - 1].village;
	}
	return rc;
}

static enum rc
file_answer(struct exchange *x, bool xlsx)
{
	struct frame_table t;
	enum rc rc = frame_table_open(&t, x, "advisors", T("法律顾问"), xlsx);

	return rc == RC_OK ? frame_table_close(&t, sheet_write(x, &t)) : rc;
}

enum rc
advisor_csv(struct exchange *x)
{
	return file_answer(x, false);
}

enum rc
advisor_xlsx(struct exchange *x)
{
	return file_answer(x, true);
}
