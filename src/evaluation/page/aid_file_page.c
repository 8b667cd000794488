/* The figures of legal aid to take away: one table in CSV, or a workbook with a sheet for each table. */
#include "evaluation/page/aid_board_internal.h"

#include "kit/csv/csv.h"
#include "kit/xlsx/xlsx.h"

static const char *const heads[] = { T("分类"), T("类别"), T("申请"), T("给予援助"), T("不予援助"), T("有了决定"), T("到决定平均（日）"),
	T("决定晚于期限"), T("有了指派"), T("到指派平均（日）"), T("指派晚于期限") };
#define HEADS (sizeof heads / sizeof heads[0])

/* Where rows go: a file of commas, or a workbook. */
struct sheet { struct xlsx *book; struct buf *csv; bool begun; };

static void
put_text(struct sheet *s, struct text t)
{
	if (s->book != NULL) {
		xlsx_text(s->book, t);
		return;
	}
	if (s->begun)
		csv_comma(s->csv);
	csv_cell(s->csv, t);
	s->begun = true;
}

static void
put_int(struct sheet *s, int64_t n)
{
	if (s->book != NULL) {
		xlsx_number(s->book, n, 0);
		return;
	}
	if (s->begun)
		csv_comma(s->csv);
	csv_cell_int(s->csv, n);
	s->begun = true;
}

static void
end_row(struct sheet *s)
{
	if (s->book != NULL)
		xlsx_row(s->book);
	else
		csv_line(s->csv);
	s->begun = false;
}

static void
put_row(const struct exchange *x, struct sheet *s, const char *by, struct text label, const struct aid_part *p)
{
	put_text(s, aid_board_say(x, by));
	put_text(s, label);
	put_int(s, p->applied);
	put_int(s, p->granted);
	put_int(s, p->refused);
	put_int(s, p->decided);
	put_text(s, aid_board_days(x, p->decide_ms, p->decided));
	put_int(s, p->decided_late);
	put_int(s, p->assigned);
	put_text(s, aid_board_days(x, p->assign_ms, p->assigned));
	put_int(s, p->assigned_late);
	end_row(s);
}

static void
put_board(const struct exchange *x, struct sheet *s, const struct aid_board *b)
{
	static const char *const titles[AID_BY_RATE] = { [AID_BY_MATTER] = T("按事项"), [AID_BY_STATUS] = T("按人员类别"),
		[AID_BY_GROUP] = T("按重点人群") };
	struct aid_part all = aid_board_part(&b->all);

	for (size_t i = 0; i < HEADS; i++)
		put_text(s, aid_board_say(x, heads[i]));
	end_row(s);
	put_row(x, s, T("合计"), region_path(b->q.span.place), &all);
	for (size_t i = 0; i < b->n; i++) {
		struct aid_part p = aid_board_part(&b->of[i]);

		put_row(x, s, T("按地方"), b->county[i]->name, &p);
	}
	for (int by = AID_BY_MATTER; by <= AID_BY_GROUP; by++)
		for (size_t i = 0; i < b->n_parts[by]; i++)
			put_row(x, s, titles[by], aid_board_say(x, aid_part_label((enum aid_by)by, b->parts[by][i].key)), &b->parts[by][i]);
}

static void
put_refusals(const struct exchange *x, struct xlsx *book, const struct aid_board *b)
{
	xlsx_head(book, aid_board_say(x, T("不予援助的理由")));
	xlsx_head(book, aid_board_say(x, T("件")));
	xlsx_row(book);
	for (int g = 0; g < AID_REFUSAL_COUNT; g++) {
		xlsx_text(book, aid_board_say(x, aid_choice_label(aid_refusal_choices, g)));
		xlsx_number(book, b->all.refusal[g], 0);
		xlsx_row(book);
	}
}

static void
put_paid(const struct exchange *x, struct xlsx *book, const struct aid_board *b)
{
	static const char *const columns[] = { T("按哪一类标准"), T("核定（件）"), T("核定（元）"), T("已发放（件）"), T("已发放（元）") };

	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		xlsx_head(book, aid_board_say(x, columns[i]));
	xlsx_row(book);
	for (size_t i = 0; i < b->n_paid; i++) {
		xlsx_text(book, aid_board_say(x, aid_choice_label(aid_rate_choices, b->paid[i].kind)));
		xlsx_number(book, b->paid[i].n, 0);
		xlsx_number(book, b->paid[i].fen, 2);
		xlsx_number(book, b->paid[i].paid, 0);
		xlsx_number(book, b->paid[i].paid_fen, 2);
		xlsx_row(book);
	}
}

enum rc
aid_figures_csv_get(struct exchange *x)
{
	struct sheet s = { .csv = &x->out->body };
	struct aid_board *b = NULL;
	enum rc rc = aid_board_read(x, &b);

	if (rc != RC_OK)
		return rc;
	x->out->type = "text/csv; charset=utf-8";
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"legalaid.csv\""));
	csv_mark(s.csv);
	put_board(x, &s, b);
	return buf_rc(s.csv);
}

enum rc
aid_figures_xlsx_get(struct exchange *x)
{
	struct sheet s = { .csv = NULL };
	struct aid_board *b = NULL;
	enum rc rc = aid_board_read(x, &b);

	if (rc == RC_OK)
		rc = xlsx_open(&s.book);
	if (rc != RC_OK)
		return rc;
	xlsx_sheet(s.book, aid_board_say(x, T("法律援助统计")));
	put_board(x, &s, b);
	xlsx_sheet(s.book, aid_board_say(x, T("不予援助的理由")));
	put_refusals(x, s.book, b);
	xlsx_sheet(s.book, aid_board_say(x, T("补贴")));
	put_paid(x, s.book, b);
	rc = xlsx_close(s.book, &x->out->body);
	x->out->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"legalaid.xlsx\""));
	return rc;
}
