/* Settings: which years have a table of holidays, and a new table from a file. */
#include "supply/admin/admin_internal.h"

#define DAYS_MAX 200

static void
put_years(struct exchange *x, struct html *h, const struct calendar *c)
{
	static const struct ui_column columns[] = {
		{ T("年"), false }, { T("放假和调休的天数"), true }, { T("放假"), true }, { T("调休上班"), true },
	};
	int this_year = day_to_ymd(admin_today(x)).year;
	struct ui_table t;

	if (holidays_warning(c, admin_today(x)))
		ui_notice_say(h, UI_SOON, T("快要缺放假安排了"),
		    T("现在开始的期限可能算到没有放假安排的年份，会标「未定」。国务院办公厅发了通知就请导入。"));
	if (c->last_year < c->first_year) {
		ui_notice_say(h, UI_LATE, NULL, T("还没有任何一年的放假安排，期限都按周一至周五估算。"));
		return;
	}
	ui_table_open(&t, h, T("有放假安排的年份"), columns, sizeof columns / sizeof columns[0]);
	for (int y = c->last_year; y >= c->first_year; y--) {
		int64_t all = 0, off = 0, on = 0;

		for (size_t i = 0; i < c->n; i++) {
			if (day_to_ymd(c->entries[i].day).year != y)
				continue;
			all++;
			off += c->entries[i].kind == DAY_HOLIDAY || c->entries[i].kind == DAY_REST;
			on += c->entries[i].kind == DAY_MAKEUP;
		}
		ui_row_open(&t);
		ui_cell_open(&t);
		ui_link_text(h, arena_format(x->ctx->mem, "/desk/settings/calendar?year=%d", y),
		    arena_format(x->ctx->mem, y == this_year ? "%d ←" : "%d", y));
		ui_cell_close(&t);
		ui_cell_int(&t, all);
		ui_cell_int(&t, off);
		ui_cell_int(&t, on);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static const struct ui_file csv_file = {
	.key = "csv", .label = T("CSV 文件"), .accept = ".csv",
	.hint = T("第一行 day,kind,name；kind 写 holiday（放假）、makeup（调休上班）、rest（休息）或 half（上半天班）。文件里有的年份整年替换。"),
};

static enum rc
settings_show(struct exchange *x, const struct findings *found, int64_t rows)
{
	const struct form *form = &holidays_file_form;
	struct typed typed = admin_typed(x, form);
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("设置"), .area = FRAME_SETTINGS });
	ui_title(&h, T("设置"), TEXT_NONE);
	if (rows >= 0)
		admin_imported(&h, rows);
	ui_error_summary(&h, form, admin_findings(x, form));
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/desk/settings/notices"), T("通知设置"), false);
	ui_button_link(&h, TEXT("/desk/settings/limits"), T("时限和门槛"), false);
	ui_button_link(&h, TEXT("/desk/settings/dispatch"), T("派单权重"), false);
	html_raw(&h, "</p>");
	ui_section_open(&h, T("放假安排"));
	put_years(x, &h, holidays_current());
	ui_section_close(&h);
	ui_section_open(&h, form->title);
	if (found)
		admin_file_findings(x, &h, found);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/settings/holidays"), .csrf = x->csrf,
	    .key = frame_key_text(x), .upload = true });
	ui_form_fields(&h, form, &typed, admin_findings(x, form));
	ui_file(&h, &csv_file, findings_of(&x->findings, "csv"));
	ui_form_buttons(&h, T("导入"), TEXT_NONE);
	ui_form_close(&h);
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
settings_page(struct exchange *x)
{
	return settings_show(x, NULL, admin_rows_imported(x));
}

static enum rc
years_import(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows)
{
	const struct file_values *in = x->values;

	return holidays_import_csv(x->ctx, frame_idem_key(x), csv, in->source, found, ret_rows);
}

enum rc
holidays_post(struct exchange *x)
{
	return admin_import(x, years_import, "/desk/settings", settings_show);
}
