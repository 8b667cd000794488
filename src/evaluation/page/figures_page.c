/* Figures: counted from the records, each with its unit, each opening to what it was counted from. */
#include "evaluation/page/page.h"

#include "evaluation/review/review.h"
#include "evaluation/statistics/statistics.h"
#include "kit/csv/csv.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/catalogue/catalogue.h"
#include "standards/region/region.h"
#include "supply/frame/frame.h"

#define RECORDS 20

struct figures_values { struct day from, to; struct place place; int by; int64_t key, before; int part; };

static const struct choice by_choices[] = {
	{ FIGURE_BY_ITEM + 1, "item", T("按事项") }, { FIGURE_BY_CHANNEL + 1, "channel", T("按渠道") },
	{ FIGURE_BY_TIER + 1, "tier", T("按层级") }, { FIGURE_BY_COUNTY + 1, "county", T("按县级市（区）") },
	{ FIGURE_BY_TOWN + 1, "town", T("按镇（街道）") }, { FIGURE_BY_TOPIC + 1, "topic", T("按遇到的事") },
	{ FIGURE_BY_TIMING + 1, "timing", T("定时＋及时") }, { FIGURE_BY_LINE + 1, "line", T("线上＋线下") },
	{ FIGURE_BY_GATHERING + 1, "gathering", T("集中＋分散") }, { FIGURE_BY_DAY + 1, "day", T("按日") }, { 0, NULL, NULL },
};
static const struct choice part_choices[] = {
	{ FIGURE_RECEIVED + 1, "received", T("收到（件）") }, { FIGURE_CONVERTED + 1, "converted", T("转办（件）") },
	{ FIGURE_OPEN + 1, "open", T("在办（件）") },
	{ FIGURE_CLOSED + 1, "closed", T("办结（件）") }, { FIGURE_LATE + 1, "late", T("逾期（件）") }, { 0, NULL, NULL },
};
static const struct field figures_fields[] = {
	{ "from", FIELD_DAY, T("从"), NULL, false, INT32_MIN, INT32_MAX, NULL, offsetof(struct figures_values, from), NULL },
	{ "to", FIELD_DAY, T("到（含当天）"), NULL, false, INT32_MIN, INT32_MAX, NULL, offsetof(struct figures_values, to), NULL },
	{ "place", FIELD_PLACE, T("地方"), NULL, false, 0, 0, NULL, offsetof(struct figures_values, place), NULL },
	{ "by", FIELD_CHOICE, T("分类"), NULL, false, 0, 0, by_choices, offsetof(struct figures_values, by), NULL },
	{ "key", FIELD_INT, T("行"), NULL, false, 0, INT64_MAX, NULL, offsetof(struct figures_values, key), NULL },
	{ "part", FIELD_CHOICE, T("栏"), NULL, false, 0, 0, part_choices, offsetof(struct figures_values, part), NULL },
	{ "before", FIELD_INT, T("翻页"), NULL, false, 0, INT64_MAX, NULL, offsetof(struct figures_values, before), NULL },
};
const struct form figures_form = FORM_OF("evaluation.figures", T("统计"), figures_fields, struct figures_values);

struct sheet {
	bool sound;                 /* else nothing was counted, and the findings say why */
	struct figure_query q;
	struct figure_row rows[FIGURE_ROWS_MAX];
	size_t n;
	struct figure_totals totals;
	int64_t key, before;
	enum figure_part part;
	struct queue_row records[RECORDS + 1];
	size_t n_records;
};

/* What was asked, within the actor's jurisdiction; this year up to today unless said. */
static void
ask(const struct exchange *x, struct sheet *s)
{
	const struct figures_values *v = x->values;
	struct day today = day_of_moment(x->ctx->now_ms);
	struct ymd first = day_to_ymd(today);
	const struct actor *a = x->ctx->actor;

	first.month = first.day = 1;
	s->q = (struct figure_query){ .from = today, .to = day_add(today, 1), .place = { a->places.lo } };
	if (day_is_none(v->from))
		(void)(day_from_ymd(first, &s->q.from) == RC_OK);
	else
		s->q.from = v->from;
	if (!day_is_none(v->to))
		s->q.to = day_add(v->to, 1);
	if (v->place.code != 0 && place_range_has(a->places, v->place))
		s->q.place = v->place;
	s->q.by = v->by > 0 ? (enum figure_by)(v->by - 1) : FIGURE_BY_ITEM;
	s->key = v->key;
	s->before = v->before;
	s->part = v->part > 0 ? (enum figure_part)(v->part - 1) : FIGURE_RECEIVED;
}

static enum rc
sheet_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct sheet *s = arg;
	enum rc rc = figure_table(tx, actor, &s->q, s->rows, &s->n);

	return rc == RC_OK ? figure_totals(tx, actor, &s->q, &s->totals) : rc;
}

static enum rc
records_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct sheet *s = arg;

	return figure_records(tx, actor, &s->q, s->key, s->part, s->before, s->records, RECORDS + 1, &s->n_records);
}

static enum rc
sheet_make(struct exchange *x, db_fn *fn, struct sheet **ret)
{
	struct sheet *s = ARENA_NEW(x->ctx->mem, struct sheet);

	if (s == NULL)
		return RC_NO_MEMORY;
	ask(x, s);
	*ret = s;
	s->sound = figure_judge(&s->q, &x->findings) && x->form_rc == RC_OK;
	return s->sound ? db_read(x->ctx, fn, s) : RC_OK;
}

/* ---- words ---------------------------------------------------------------------------------------------- */

static struct text
said(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
}

static struct text
row_name(const struct exchange *x, enum figure_by by, const struct figure_row *r)
{
	char day[16];

	switch (by) {
	case FIGURE_BY_ITEM: return x->ctx->lang == LANG_EN && r->name_en.n > 0 ? r->name_en : r->name;
	case FIGURE_BY_CHANNEL: return said(x, channel_label((enum channel)r->key));
	case FIGURE_BY_TIER: return said(x, tier_label((enum tier)r->key));
	case FIGURE_BY_COUNTY:
	case FIGURE_BY_TOWN: return region_name((struct place){ r->key });
	case FIGURE_BY_TOPIC: return said(x, topic_label((enum topic)r->key));
	case FIGURE_BY_TIMING: return said(x, r->key != 0 ? T("定时服务") : T("及时服务"));
	case FIGURE_BY_LINE: return said(x, r->key != 0 ? T("线上服务") : T("线下服务"));
	case FIGURE_BY_GATHERING: return said(x, r->key != 0 ? T("集中服务") : T("分散服务"));
	case FIGURE_BY_DAY: return arena_text(x->ctx->mem, day_print((struct day){ (int32_t)r->key }, day));
	case FIGURE_BY_COUNT: break;
	}
	return TEXT_NONE;
}

static struct text
query(const struct exchange *x, const struct sheet *s)
{
	char from[16], to[16];

	day_print(s->q.from, from);
	day_print(day_add(s->q.to, -1), to);
	return arena_format(x->ctx->mem, "from=%s&to=%s&place=%lld&by=%s", from, to, (long long)s->q.place.code,
	    figure_by_key(s->q.by));
}

static struct text
records_address(const struct exchange *x, const struct sheet *s, int64_t key, enum figure_part part)
{
	struct text q = query(x, s);

	return arena_format(x->ctx->mem, "/desk/figures/records?%.*s&key=%lld&part=%s", (int)q.n, q.p, (long long)key,
	    figure_part_key(part));
}

static struct text
number(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

static void
ask_form(struct exchange *x, struct html *h, const struct sheet *s)
{
	const struct division *d[400];
	struct ui_option options[401];
	struct place top = { x->ctx->actor->places.lo };
	size_t k = 0, m = region_list(top, PLACE_COUNTY, DAY_NONE, d, 40);
	char from[16], to[16];

	options[k++] = (struct ui_option){ number(x, top.code), region_name(top), TEXT_NONE };
	for (size_t i = 0; i < m; i++)
		if (d[i]->place.code != top.code)
			options[k++] = (struct ui_option){ number(x, d[i]->place.code), d[i]->name, TEXT_NONE };
	m = region_list(top, PLACE_TOWN, DAY_NONE, d, 350);
	for (size_t i = 0; i < m; i++)
		if (d[i]->place.code != top.code)
			options[k++] = (struct ui_option){ number(x, d[i]->place.code), d[i]->name, region_name(d[i]->parent) };
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/figures"), .get = true });
	ui_field(h, form_field(&figures_form, "from"), day_print(s->q.from, from), findings_of(&x->findings, "from"));
	ui_field(h, form_field(&figures_form, "to"), day_print(day_add(s->q.to, -1), to), findings_of(&x->findings, "to"));
	ui_field_select(h, form_field(&figures_form, "place"), options, k, number(x, s->q.place.code), NULL);
	k = 0;
	for (const struct choice *c = by_choices; c->key != NULL; c++)
		options[k++] = (struct ui_option){ text_of(c->key), said(x, c->label), TEXT_NONE };
	ui_field_select(h, form_field(&figures_form, "by"), options, k, text_of(figure_by_key(s->q.by)), NULL);
	ui_form_buttons(h, T("统计"), TEXT_NONE);
	ui_form_close(h);
}

static struct text
satisfied(const struct exchange *x, const struct figure_totals *t)
{
	int64_t good = t->grades[GRADE_FAIR] + t->grades[GRADE_GOOD] + t->grades[GRADE_VERY_GOOD];

	if (t->rated == 0)
		return TEXT("—");
	return arena_format(x->ctx->mem, "%lld.%lld%%", (long long)(good * 1000 / t->rated / 10),
	    (long long)(good * 1000 / t->rated % 10));
}

static struct text
rated_words(const struct exchange *x, const struct figure_totals *t)
{
	int64_t given = t->rated + t->mistaken, asked = given + t->silent;

	return arena_format(x->ctx->mem, "%s: %lld · %s: %lld / %lld (%lld%%) · %s: %lld · %s: %lld", msg(x->ctx->lang, T("基本满意及以上；评价件数")),
	    (long long)t->rated, msg(x->ctx->lang, T("评价率")), (long long)given, (long long)asked, (long long)(asked > 0 ? given * 100 / asked : 0),
	    msg(x->ctx->lang, T("请了没有评的")), (long long)t->silent, msg(x->ctx->lang, T("经核实不计入的误评")), (long long)t->mistaken);
}

static void
totals(struct exchange *x, struct html *h, const struct sheet *s)
{
	const struct figure_totals *t = &s->totals;

	ui_stats(h, (const struct ui_stat[]){
	    { T("收到求助"), number(x, t->requests), T("件"), said(x, T("按收到之日、事情发生地统计")), TEXT_NONE, UI_PLAIN },
	    { T("转办件"), number(x, t->converted), T("件"), said(x, T("由收到的事转成的另一事项，不再计入收到和人次")), TEXT_NONE, UI_PLAIN },
	    { T("来访来电"), number(x, t->attendances), T("人次"), said(x, T("窗口、站点、热线每次一人次，另加接通的回电")), TEXT_NONE, UI_PLAIN },
	    { T("往来留言"), number(x, t->messages), T("条"), said(x, T("双方留言")), TEXT_NONE, UI_PLAIN },
	    { T("在办"), number(x, t->open), T("件"), said(x, T("此刻尚未办结")), TEXT_NONE, UI_PLAIN },
	    { T("办结"), number(x, t->closed), T("件"), said(x, T("含不予受理、撤回、转办")), TEXT_NONE, UI_PLAIN },
	    { T("逾期"), number(x, t->late), T("件"), said(x, T("有一项时限未按时完成")), TEXT_NONE, t->late > 0 ? UI_LATE : UI_OK },
	    { T("满意率"), satisfied(x, t), NULL,
	        rated_words(x, t), TEXT_NONE, UI_PLAIN },
	}, 8);
}

static void
rows_table(struct exchange *x, struct html *h, const struct sheet *s)
{
	static const struct ui_column columns[] = { { T("类别"), false }, { T("收到（件）"), true }, { T("转办（件）"), true },
		{ T("在办（件）"), true }, { T("办结（件）"), true }, { T("逾期（件）"), true } };
	struct ui_table t;

	ui_table_open(&t, h, figure_by_label(s->q.by), columns, 6);
	for (size_t i = 0; i < s->n; i++) {
		const struct figure_row *r = &s->rows[i];
		int64_t parts[FIGURE_PART_COUNT] = { [FIGURE_RECEIVED] = r->received, [FIGURE_CONVERTED] = r->converted,
			[FIGURE_OPEN] = r->open, [FIGURE_CLOSED] = r->closed, [FIGURE_LATE] = r->late };

		ui_row_open(&t);
		ui_cell(&t, row_name(x, s->q.by, r));
		for (int p = 0; p < FIGURE_PART_COUNT; p++)
			ui_cell_link(&t, records_address(x, s, r->key, (enum figure_part)p), number(x, parts[p]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
bars(struct exchange *x, struct html *h, const struct sheet *s)
{
	size_t n = s->n < 40 ? s->n : 40;
	struct ui_datum *v = arena_array(x->ctx->mem, n + 1, sizeof *v);

	if (v == NULL || n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		v[i] = (struct ui_datum){ row_name(x, s->q.by, &s->rows[i]), s->rows[i].received,
			records_address(x, s, s->rows[i].key, FIGURE_RECEIVED), UI_PLAIN };
	ui_bars(h, &(struct ui_series){ .title = figure_by_label(s->q.by), .unit = T("件"), .label = T("类别"), .v = v, .n = n });
}

/* What was asked can't be counted: the form again with what is wrong, and no figures that could be taken for some. */
static enum rc
unsound(struct exchange *x, const struct sheet *s)
{
	struct html h = frame_html(x);

	x->out->status = 422;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("统计"), region_name(s->q.place));
	ui_error_summary(&h, &figures_form, &x->findings);
	ask_form(x, &h, s);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
figures_get(struct exchange *x)
{
	struct sheet *s = NULL;
	struct html h = frame_html(x);
	enum rc rc = sheet_make(x, sheet_tx, &s);
	struct text q;

	if (rc != RC_OK)
		return rc;
	if (!s->sound)
		return unsound(x, s);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("统计"), region_name(s->q.place));
	ask_form(x, &h, s);
	totals(x, &h, s);
	if (s->n == 0)
		ui_empty(&h, T("这段时间没有记录"), T("换一段时间或换一个地方再看"), TEXT_NONE, NULL);
	else {
		rows_table(x, &h, s);
		bars(x, &h, s);
	}
	q = query(x, s);
	ui_button_link(&h, arena_format(x->ctx->mem, "/desk/figures.csv?%.*s", (int)q.n, q.p), T("下载 CSV"), false);
	ui_button_link(&h, TEXT("/desk/figures/legalaid"), T("法律援助统计"), false);
	ui_button_link(&h, TEXT("/desk/figures/mediation"), T("人民调解统计"), false);
	ui_button_link(&h, TEXT("/desk/figures/writing"), T("代写文书统计"), false);
	if (actor_may(x->ctx->actor, RIGHT_SUPERVISE))
		ui_button_link(&h, TEXT("/desk/figures/complaints"), T("投诉统计"), false);
	ui_button_link(&h, TEXT("/desk/figures/calls"), T("值班电话统计"), false);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
figures_csv_get(struct exchange *x)
{
	struct sheet *s = NULL;
	struct buf *b = &x->out->body;
	enum rc rc = sheet_make(x, sheet_tx, &s);

	if (rc != RC_OK)
		return rc;
	if (!s->sound)
		return unsound(x, s);
	x->out->type = "text/csv; charset=utf-8";
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"figures.csv\""));
	csv_mark(b);
	csv_cell(b, said(x, T("类别")));
	for (int p = 0; p < FIGURE_PART_COUNT; p++) {
		csv_comma(b);
		csv_cell(b, said(x, figure_part_label((enum figure_part)p)));
	}
	csv_line(b);
	for (size_t i = 0; i < s->n; i++) {
		const int64_t v[FIGURE_PART_COUNT] = { s->rows[i].received, s->rows[i].converted, s->rows[i].open,
			s->rows[i].closed, s->rows[i].late };

		csv_cell(b, row_name(x, s->q.by, &s->rows[i]));
		for (size_t k = 0; k < FIGURE_PART_COUNT; k++) {
			csv_comma(b);
			csv_cell_int(b, v[k]);
		}
		csv_line(b);
	}
	return buf_rc(b);
}

/* ---- the records behind a figure ------------------------------------------------------------------------------ */

static void
records_table(struct exchange *x, struct html *h, const struct sheet *s, size_t n)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("事情"), false }, { T("收到"), false },
		{ T("渠道"), false }, { T("承办人"), false }, { T("状态"), false } };
	bool may = actor_may(x->ctx->actor, RIGHT_CASE_READ);
	struct ui_table t;
	char when[32];

	ui_table_open(&t, h, T("记录"), columns, 6);
	for (size_t i = 0; i < n; i++) {
		const struct queue_row *r = &s->records[i];

		ui_row_open(&t);
		if (may)
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld", (long long)r->id.n), r->number);
		else
			ui_cell(&t, r->number);
		ui_cell(&t, may ? r->subject : TEXT("—"));
		ui_cell(&t, moment_print(r->created_ms, when));
		ui_cell_say(&t, channel_label(r->channel));
		ui_cell(&t, r->holder_name);
		ui_cell_say(&t, request_state_label(r->state));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
figures_records_get(struct exchange *x)
{
	struct sheet *s = NULL;
	struct html h = frame_html(x);
	enum rc rc = sheet_make(x, records_tx, &s);
	struct figure_row row;
	size_t n;
	struct text here, q;

	if (rc != RC_OK)
		return rc;
	if (!s->sound)
		return unsound(x, s);
	row = (struct figure_row){ .key = s->key, .name = s->n_records > 0 ? s->records[0].item_name : TEXT_NONE,
		.name_en = s->n_records > 0 ? s->records[0].item_name_en : TEXT_NONE };
	n = s->n_records > RECORDS ? RECORDS : s->n_records;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("统计明细"), .area = FRAME_FIGURES });
	ui_title(&h, T("统计明细"), arena_format(x->ctx->mem, "%.*s · %s", (int)row_name(x, s->q.by, &row).n,
	    row_name(x, s->q.by, &row).p, msg(x->ctx->lang, figure_part_label(s->part))));
	if (n == 0)
		ui_empty(&h, T("没有记录"), T("换一段时间或换一个地方再看"), TEXT_NONE, NULL);
	else
		records_table(x, &h, s, n);
	here = records_address(x, s, s->key, s->part);
	q = query(x, s);
	ui_pager(&h, &(struct ui_pager){
	    .previous = arena_format(x->ctx->mem, "/desk/figures?%.*s", (int)q.n, q.p),
	    .next = s->n_records > RECORDS ? arena_format(x->ctx->mem, "%.*s&before=%lld", (int)here.n, here.p,
	        (long long)s->records[n - 1].id.n) : TEXT_NONE });
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
