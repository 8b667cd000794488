/* Points of service: the list with what is covered, one point, and files that bring many. */
#include "supply/admin/admin_internal.h"

#include "resources/oncall/oncall.h"

#define PAGE 50

static struct place
city_of(const struct exchange *x)
{
	return (struct place){ x->ctx->actor->city * INT64_C(100000000) };
}

/* ---- the list ------------------------------------------------------------------------------------------- */

static const struct field kind_field = {
	.key = "kind", .kind = FIELD_CHOICE, .label = T("站点类型"), .choices = point_kind_choices,
};
static const struct field place_field = {
	.key = "place", .kind = FIELD_PLACE, .label = T("在哪里"), .hint = T("区划代码，6、9 或 12 位；空着看全市。"),
};

static void
put_filter(struct exchange *x, struct html *h)
{
	struct admin_options places = admin_places(x);

	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/network"), .get = true });
	ui_field(h, &kind_field, admin_query(x, "kind"), NULL);
	ui_field_suggest(h, &place_field, places.v, places.n, admin_query(x, "place"), NULL);
	ui_form_buttons(h, T("查看"), TEXT_NONE);
	ui_form_close(h);
}

static void
put_coverage(struct exchange *x, struct html *h, struct place within)
{
	struct coverage c;
	struct ui_stat stats[4];

	if (network_coverage(x->ctx, within, admin_today(x), &c) != RC_OK)
		return;
	stats[0] = (struct ui_stat){ .label = T("县（区）有中心的"),
		.value = arena_format(x->ctx->mem, "%lld / %lld", (long long)c.counties_with, (long long)c.counties) };
	stats[1] = (struct ui_stat){ .label = T("镇（街道）有中心的"),
		.value = arena_format(x->ctx->mem, "%lld / %lld", (long long)c.towns_with, (long long)c.towns) };
	stats[2] = (struct ui_stat){ .label = T("村（社区）有站点服务的"),
		.value = arena_format(x->ctx->mem, "%lld / %lld", (long long)c.villages_with, (long long)c.villages) };
	stats[3] = (struct ui_stat){ .label = T("站点数"), .value = admin_int(x, c.stations) };
	ui_stats(h, stats, 4);
}

/* Points that cannot be rung as they must be (S172). */
struct faults_arg { struct day day; int month; struct oncall_sums sums; };

static enum rc
faults_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct faults_arg *a = argument;

	return oncall_sums(tx, actor, a->day, a->month, &a->sums);
}

static void
put_faults(struct exchange *x, struct html *h)
{
	struct faults_arg a = { .day = admin_today(x), .month = oncall_month(x->ctx->now_ms) };

	if (db_read(x->ctx, faults_tx, &a) != RC_OK || a.sums.no_phone + a.sums.no_contact + a.sums.bad == 0)
		return;
	ui_notice(h, UI_LATE, T("有站点的电话要处理"), arena_format(x->ctx->mem, "%s %lld · %s %lld · %s %lld",
	    msg(x->ctx->lang, T("没有公开电话")), (long long)a.sums.no_phone, msg(x->ctx->lang, T("没有安排值班")), (long long)a.sums.no_contact,
	    msg(x->ctx->lang, T("有号码打不通")), (long long)a.sums.bad));
	html_raw(h, "<p>");
	ui_link(h, TEXT("/desk/oncall?show=faults"), T("看是哪些站点"));
	html_raw(h, "</p>");
}

static struct text
point_path(struct exchange *x, struct text code, const char *tail)
{
	struct text safe = admin_url(x, code);

	return arena_format(x->ctx->mem, "/desk/network/%.*s%s", (int)safe.n, safe.p, tail);
}

static void
put_list(struct exchange *x, struct html *h, const struct point *v, size_t n)
{
	static const struct ui_column columns[] = {
		{ T("名称"), false }, { T("编号"), false }, { T("站点类型"), false }, { T("在哪里"), false },
		{ T("电话"), false }, { T("状态"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("站点"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, point_path(x, v[i].code, ""), admin_name(x, v[i].name, v[i].name_en));
		ui_cell(&t, v[i].code);
		ui_cell_say(&t, point_kind_label(v[i].kind));
		ui_cell(&t, region_path(v[i].place));
		ui_cell(&t, v[i].phone);
		if (day_is_none(v[i].closed))
			ui_cell_say(&t, T("开放"));
		else
			ui_cell(&t, arena_format(x->ctx->mem, "%s %s", msg(x->ctx->lang, T("撤销于")), admin_day(x, v[i].closed).p));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* Codes are in order: a page begins after the code of the last one. */
static size_t
first_after(const struct point *v, size_t n, struct text code)
{
	size_t i = 0;

	while (i < n && code.n > 0 && text_compare(v[i].code, code) <= 0)
		i++;
	return i;
}

static void
put_pager(struct exchange *x, struct html *h, const struct point *v, size_t n, size_t first)
{
	struct text kind = admin_url(x, admin_query(x, "kind")), place = admin_url(x, admin_query(x, "place")), last;
	size_t end = n - first > PAGE ? first + PAGE : n;
	struct ui_pager pager = { .where = arena_format(x->ctx->mem, "%zu–%zu / %zu", first + 1, end, n) };

	if (end < n) {
		last = admin_url(x, v[end - 1].code);
		pager.next = arena_format(x->ctx->mem, "/desk/network?kind=%.*s&place=%.*s&after=%.*s", (int)kind.n, kind.p,
		    (int)place.n, place.p, (int)last.n, last.p);
	}
	if (first > 0)
		pager.previous = arena_format(x->ctx->mem, "/desk/network?kind=%.*s&place=%.*s", (int)kind.n, kind.p,
		    (int)place.n, place.p);
	if (n > 0)
		ui_pager(h, &pager);
}

enum rc
network_page(struct exchange *x)
{
	const struct choice *kind = choice_by_key(point_kind_choices, admin_query(x, "kind"));
	struct place within = city_of(x), asked;
	struct html h = frame_html(x);
	struct point *v = NULL;
	size_t n = 0, first;
	enum rc rc;

	if (place_parse(admin_query(x, "place"), &asked) == RC_OK)
		within = asked;
	rc = network_list(x->ctx, kind != NULL ? (enum point_kind)kind->value : POINT_NONE, within, DAY_NONE, &v, &n);
	if (rc != RC_OK)
		return rc;
	first = first_after(v, n, admin_query(x, "after"));
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("站点"), .area = FRAME_NETWORK });
	ui_title(&h, T("站点"), region_path(within));
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/desk/network/new"), T("新站点"), true);
	html_raw(&h, " ");
	ui_button_link(&h, TEXT("/desk/network/import"), T("从文件导入"), false);
	ui_button_link(&h, TEXT("/desk/providers"), T("法律援助承办人员"), false);
	ui_button_link(&h, TEXT("/desk/oncall"), T("值班电话"), false);
	ui_button_link(&h, TEXT("/desk/circle/plans"), T("布点方案"), false);
	html_raw(&h, "</p>");
	put_faults(x, &h);
	put_coverage(x, &h, within);
	put_filter(x, &h);
	if (n == 0)
		ui_empty(&h, T("这里没有站点"), T("换一个类型或地方看看。"), TEXT("/desk/network"), T("看全部"));
	else
		put_list(x, &h, v + first, n - first > PAGE ? PAGE : n - first);
	put_pager(x, &h, v, n, first);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- files ------------------------------------------------------------------------------------------------ */

static const struct ui_file csv_file = {
	.key = "csv", .label = T("CSV 文件"), .accept = ".csv",
	.hint = T("UTF-8，第一行是列名，最大 4 MB。有一行不对就整个不存，并逐行说明。"),
};

static enum rc
file_show(struct exchange *x, const struct findings *found, int64_t rows)
{
	const struct form *form = &network_file_form;
	struct typed typed = admin_typed(x, form);
	struct html h = frame_html(x);

	if (!admin_sent(x, form))
		admin_put(form, &typed, "what", TEXT("points"));
	frame_desk_open(x, &h, &(struct frame_page){ .title = form->title, .area = FRAME_NETWORK });
	ui_title(&h, form->title, TEXT_NONE);
	if (rows >= 0)
		admin_imported(&h, rows);
	ui_error_summary(&h, form, admin_findings(x, form));
	if (found)
		admin_file_findings(x, &h, found);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/network/import"), .csrf = x->csrf, .key = frame_key_text(x),
	    .upload = true });
	ui_form_fields(&h, form, &typed, admin_findings(x, form));
	ui_file(&h, &csv_file, findings_of(&x->findings, "csv"));
	ui_form_buttons(&h, T("导入"), TEXT("/desk/network"));
	ui_form_close(&h);
	ui_section_open(&h, T("文件怎么写"));
	ui_paragraph(&h, T("站点：kind,place,name,phone 必填；code,name_en,address,director,parent,lon,lat,datum,opened,hours,villages,reason 可选。"));
	ui_paragraph(&h, T("区划：code,name 必填；name_en,from,to,rural,lon,lat,datum,population 可选。"));
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
network_file_page(struct exchange *x)
{
	return file_show(x, NULL, admin_rows_imported(x));
}

static enum rc
file_import(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows)
{
	const struct file_values *in = x->values;

	return in->what == FILE_POINTS ? network_import_csv(x->ctx, frame_idem_key(x), csv, found, ret_rows)
	    : region_import_csv(x->ctx, frame_idem_key(x), csv, in->source, found, ret_rows);
}

enum rc
network_file_post(struct exchange *x)
{
	return admin_import(x, file_import, "/desk/network/import", file_show);
}
