/* Cases that were sent back too often: whoever supervises the place says who has them, and why. */
#include "supply/desk/desk_internal.h"

#define RULINGS 100

struct rulings { struct ruling v[RULINGS]; size_t n; };

static enum rc
rulings_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct rulings *r = argument;

	return dispatch_rulings(tx, actor, r->v, RULINGS, &r->n);
}

static enum rc
count_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	return dispatch_rulings_count(tx, actor, argument);
}

int64_t
rulings_count(struct exchange *x)
{
	int64_t n = 0;

	return db_read(x->ctx, count_tx, &n) == RC_OK ? n : -1;
}

static void
put_table(struct exchange *x, struct html *h, const struct rulings *r)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("事情"), false }, { T("现在由谁负责"), false },
		{ T("退回次数"), true }, { T("最后退回"), false }, { T("期限"), false }, { T("裁定"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("等您裁定由谁办的，等得最久的在前"), columns, 7);
	for (size_t i = 0; i < r->n; i++) {
		const struct ruling *v = &r->v[i];
		struct text detail = TEXT_NONE;
		enum ui_lamp lamp = desk_lamp(x, v->start_ms, v->due_ms, true, &detail);

		ui_row_open(&t);
		ui_cell_link(&t, desk_case_path(x, v->id, ""), v->number);
		ui_cell(&t, v->subject);
		ui_cell(&t, desk_join(x, v->holder_name, v->point_name));
		ui_cell_int(&t, v->returns);
		ui_cell(&t, desk_when(x, v->since_ms));
		ui_cell_lamp(&t, lamp, detail);
		ui_cell_link(&t, desk_case_path(x, v->id, "assign"), desk_say(x, T("裁定由谁办")));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
rulings_page(struct exchange *x)
{
	struct rulings *r = ARENA_NEW(x->ctx->mem, struct rulings);
	struct html h = frame_html(x);
	enum rc rc = r == NULL ? RC_NO_MEMORY : db_read(x->ctx, rulings_tx, r);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("待裁定"), .area = FRAME_QUEUE });
	ui_title(&h, T("待裁定"), TEXT_NONE);
	ui_paragraph(&h, T("被退回两次的事不再转交：由您裁定谁来办，写明理由。裁定给谁，谁就办到底。"));
	if (r->n > 0)
		put_table(x, &h, r);
	else
		ui_notice_say(&h, UI_OK, NULL, T("没有等您裁定的事。"));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk"), T("回工作台"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
