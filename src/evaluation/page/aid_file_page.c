/* The figures of legal aid to take away: one table in CSV, or a workbook with a sheet for each table. */
#include "evaluation/page/aid_board_internal.h"

#include "kit/xlsx/xlsx.h"
#include "supply/frame/frame_table.h"

static const char *const heads[] = { T("分类"), T("类别"), T("申请"), T("给予援助"), T("不予援助"), T("有了决定"), T("到决定平均（日）"),
	T("决定晚于期限"), T("有了指派"), T("到指派平均（日）"), T("指派晚于期限") };
#define HEADS (sizeof heads / sizeof heads[0])

static void
put_row(const struct exchange *x, struct frame_table *s, const char *by, struct text label, const struct aid_part *p)
{
	frame_table_text(s, aid_board_say(x, by));
	frame_table_text(s, label);
	frame_table_int(s, p->applied);
	frame_table_int(s, p->granted);
	frame_table_int(s, p->refused);
	frame_table_int(s, p->decided);
	frame_table_text(s, aid_board_days(x, p->decide_ms, p->decided));
	frame_table_int(s, p->decided_late);
	frame_table_int(s, p->assigned);
	frame_table_text(s, aid_board_days(x, p->assign_ms, p->assigned));
	frame_table_int(s, p->assigned_late);
	frame_table_row(s);
}

static void
put_board(const struct exchange *x, struct frame_table *s, const struct aid_board *b)
{
	static const char *const titles[AID_BY_RATE] = { [AID_BY_MATTER] = T("按事项"), [AID_BY_STATUS] = T("按人员类别"),
		[AID_BY_GROUP] = T("按重点人群") };
	struct aid_part all = aid_board_part(&b->all);

	for (size_t i = 0; i < HEADS; i++)
		frame_table_text(s, aid_board_say(x, heads[i]));
	frame_table_row(s);
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
put_refusals(const struct exchange *x, struct frame_table *s, const struct aid_board *b)
{
	xlsx_head(s->book, aid_board_say(x, T("不予援助的理由")));
	xlsx_head(s->book, aid_board_say(x, T("件")));
	xlsx_row(s->book);
	for (int g = 0; g < AID_REFUSAL_COUNT; g++) {
		xlsx_text(s->book, aid_board_say(x, aid_choice_label(aid_refusal_choices, g)));
		xlsx_number(s->book, b->all.refusal[g], 0);
		xlsx_row(s->book);
	}
}

static void
put_paid(const struct exchange *x, struct frame_table *s, const struct aid_board *b)
{
	static const char *const columns[] = { T("按哪一类标准"), T("核定（件）"), T("核定（元）"), T("已发放（件）"), T("已发放（元）") };

	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		xlsx_head(s->book, aid_board_say(x, columns[i]));
	xlsx_row(s->book);
	for (size_t i = 0; i < b->n_paid; i++) {
		xlsx_text(s->book, aid_board_say(x, aid_choice_label(aid_rate_choices, b->paid[i].kind)));
		xlsx_number(s->book, b->paid[i].n, 0);
		xlsx_number(s->book, b->paid[i].fen, 2);
		xlsx_number(s->book, b->paid[i].paid, 0);
		xlsx_number(s->book, b->paid[i].paid_fen, 2);
		xlsx_row(s->book);
	}
}

static enum rc
file_answer(struct exchange *x, bool xlsx)
{
	struct frame_table t;
	struct aid_board *b = NULL;
	enum rc rc = aid_board_read(x, &b);

	if (rc == RC_OK)
		rc = frame_table_open(&t, x, "legalaid", T("法律援助统计"), xlsx);
	if (rc != RC_OK)
		return rc;
	put_board(x, &t, b);
	if (xlsx) {
		frame_table_sheet(&t, T("不予援助的理由"));
		put_refusals(x, &t, b);
		frame_table_sheet(&t, T("补贴"));
		put_paid(x, &t, b);
	}
	return frame_table_close(&t, RC_OK);
}

enum rc
aid_figures_csv_get(struct exchange *x)
{
	return file_answer(x, false);
}

enum rc
aid_figures_xlsx_get(struct exchange *x)
{
	return file_answer(x, true);
}
