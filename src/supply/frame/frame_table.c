#include "supply/frame/frame_table.h"

#include "kit/csv/csv.h"
#include "kit/msg/msg.h"
#include "kit/xlsx/xlsx.h"

enum rc
frame_table_open(struct frame_table *t, struct exchange *x, const char *name, const char *sheet, bool xlsx)
{
	enum rc rc = RC_OK;

	*t = (struct frame_table){ .x = x, .csv = &x->out->body };
	if (xlsx)
		rc = xlsx_open(&t->book);
	if (rc != RC_OK)
		return rc;
	http_header(x->out, "Content-Disposition", arena_format(x->ctx->mem, "attachment; filename=\"%s.%s\"", name, xlsx ? "xlsx" : "csv"));
	if (xlsx)
		xlsx_sheet(t->book, text_of(msg(x->ctx->lang, sheet)));
	else
		csv_mark(t->csv);
	return RC_OK;
}

void
frame_table_sheet(struct frame_table *t, const char *title)
{
	if (t->book != NULL)
		xlsx_sheet(t->book, text_of(msg(t->x->ctx->lang, title)));
	else
		csv_line(t->csv);
	t->begun = false;
}

void
frame_table_text(struct frame_table *t, struct text v)
{
	if (t->book != NULL) {
		xlsx_text(t->book, v);
		return;
	}
	if (t->begun)
		csv_comma(t->csv);
	csv_cell(t->csv, v);
	t->begun = true;
}

void
frame_table_say(struct frame_table *t, const char *zh)
{
	frame_table_text(t, zh != NULL ? text_of(msg(t->x->ctx->lang, zh)) : TEXT_NONE);
}

void
frame_table_heads(struct frame_table *t, const char *const *heads, size_t n)
{
	for (size_t i = 0; i < n; i++)
		frame_table_say(t, heads[i]);
	frame_table_row(t);
}

void
frame_table_int(struct frame_table *t, int64_t n)
{
	frame_table_number(t, n, 0);
}

void
frame_table_number(struct frame_table *t, int64_t n, int decimals)
{
	if (t->book != NULL) {
		xlsx_number(t->book, n, decimals);
		return;
	}
	if (decimals != 0) {
		frame_table_text(t, arena_format(t->x->ctx->mem, "%lld.%02lld", (long long)(n / 100), (long long)(n % 100)));
		return;
	}
	if (t->begun)
		csv_comma(t->csv);
	csv_cell_int(t->csv, n);
	t->begun = true;
}

void
frame_table_row(struct frame_table *t)
{
	if (t->book != NULL)
		xlsx_row(t->book);
	else
		csv_line(t->csv);
	t->begun = false;
}

enum rc
frame_table_close(struct frame_table *t, enum rc rc)
{
	if (rc != RC_OK) {
		xlsx_free(t->book);
		return rc;
	}
	if (t->book == NULL) {
		t->x->out->type = "text/csv; charset=utf-8";
		return buf_rc(t->csv);
	}
	t->x->out->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	return xlsx_close(t->book, &t->x->out->body);
}
