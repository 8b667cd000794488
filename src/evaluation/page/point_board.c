/* The own centre and every station below it, side by side: what lies there, what is late, what came and was done. */
#include "evaluation/page/page.h"

#include "evaluation/statistics/statistics.h"
#include "kit/msg/msg.h"
#include "resources/network/network.h"
#include "supply/frame/frame.h"

#define POINTS 400

struct points { struct point_row v[POINTS]; size_t n; };

static enum rc
points_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct points *p = arg;

	return late_by_point(tx, actor, p->v, POINTS, &p->n);
}

static enum ui_lamp
lamp_of(const struct point_row *r)
{
	return r->late > 0 ? LAMP_LATE : r->soon > 0 ? LAMP_SOON : r->open > 0 && r->open == r->paused ? LAMP_PAUSED : LAMP_NORMAL;
}

enum rc
point_board(struct exchange *x, struct html *h)
{
	static const struct ui_column columns[] = { { T("站点"), false }, { T("主任"), false }, { T("时限"), false }, { T("逾期"), true },
		{ T("快到期"), true }, { T("暂停"), true }, { T("在办"), true }, { T("近 30 天收到"), true }, { T("其中办结"), true } };
	struct points *p = ARENA_NEW(x->ctx->mem, struct points);
	enum rc rc = p == NULL ? RC_NO_MEMORY : db_read(x->ctx, points_tx, p);
	struct ui_table t;

	if (rc != RC_OK)
		return rc;
	ui_section_open(h, T("本中心和各站点"));
	ui_table_open(&t, h, T("辖区内的站点，逾期多的在前"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < p->n; i++) {
		const struct point_row *r = &p->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/points/%.*s", (int)r->code.n, r->code.p), r->name);
		ui_cell(&t, r->director);
		ui_cell_lamp(&t, lamp_of(r), TEXT_NONE);
		ui_cell_int(&t, r->late);
		ui_cell_int(&t, r->soon);
		ui_cell_int(&t, r->paused);
		ui_cell_int(&t, r->open);
		ui_cell_int(&t, r->received);
		ui_cell_int(&t, r->closed);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (p->n == POINTS) {
		html_raw(h, "<p>");
		html_sayf(h, T("只列出前 %d 个。"), POINTS);
		html_raw(h, "</p>");
	}
	ui_section_close(h);
	return RC_OK;
}
