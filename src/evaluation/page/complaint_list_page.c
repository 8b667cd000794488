/* The complaints somebody reads or watches over: what is due next stands first. */
#include "evaluation/page/complaint_page_internal.h"

#include "resources/identity/identity.h"

#define ROWS_MOST 30

struct board {
	struct complaint v[ROWS_MOST + 1];
	size_t n;
	int64_t due, id;
	bool done;
};

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;

	return complaint_list(tx, actor, !b->done, b->due, b->id, b->v, ROWS_MOST + 1, &b->n);
}

void
complaint_due_cell(struct exchange *x, struct ui_table *t, int64_t due_ms)
{
	if (due_ms <= 0 || due_ms == INT64_MAX)
		ui_cell(t, TEXT("—"));
	else
		ui_cell_lamp(t,
		    due_ms < x->ctx->now_ms				     ? LAMP_LATE
			: due_ms < x->ctx->now_ms + request_lights().near_ms ? LAMP_SOON
									     : LAMP_NORMAL,
		    qp_when(x, due_ms));
}

static struct text
reader(const struct exchange *x, const struct complaint *c)
{
	if (c->reader == 0)
		return qp_say(x, T("没有人可以指派，请认领"));
	if (c->reader == x->ctx->actor->account)
		return qp_say(x, T("我"));
	return c->watcher == x->ctx->actor->account
	    ? qp_join(x, c->reader_name, qp_say(x, T("由我督办")))
	    : c->reader_name;
}

static void
put_rows(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("投诉什么"), false },
		{ T("哪里、哪个人"), false }, { T("到哪一步"), false }, { T("谁来看"), false },
		{ T("最近的期限"), false } };
	size_t n = b->n > ROWS_MOST ? ROWS_MOST : b->n;
	struct ui_table t;

	ui_table_open(&t, h, b->done ? T("已经结束的投诉") : T("还没有结束的投诉"), columns, 6);
	for (size_t i = 0; i < n; i++) {
		const struct complaint *c = &b->v[i];

		ui_row_open(&t);
		ui_cell_link(&t,
		    arena_format(x->ctx->mem, "/desk/complaint/%lld", (long long)c->id), c->number);
		ui_cell_say(&t, complaint_kind_label(c->kind));
		ui_cell(&t, qp_join(x, c->point_name, c->whom));
		ui_cell(&t,
		    c->level > 0 ? qp_join(x, qp_say(x, complaint_level_label(c->level)),
				       qp_say(x, complaint_state_label(c->state)))
				 : qp_say(x, complaint_state_label(c->state)));
		ui_cell(&t, reader(x, c));
		complaint_due_cell(x, &t,
		    c->late != 0 && c->state < COMPLAINT_CLOSED ? c->finish_due_ms
								: c->next_due_ms);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (b->n > ROWS_MOST)
		ui_button_link(h,
		    arena_format(x->ctx->mem, "/desk/complaints?done=%d&due=%lld&id=%lld", b->done,
			(long long)b->v[ROWS_MOST - 1].finish_due_ms,
			(long long)b->v[ROWS_MOST - 1].id),
		    T("下一页"), false);
}

enum rc
complaint_list_get(struct exchange *x)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	struct html h = frame_html(x);
	enum rc rc;

	if (b == NULL)
		return RC_NO_MEMORY;
	b->done = text_equals(qp_query(x, "done"), TEXT("1"));
	if (int64_parse(qp_query(x, "due"), 0, INT64_MAX, &b->due) != RC_OK ||
	    int64_parse(qp_query(x, "id"), 0, INT64_MAX, &b->id) != RC_OK)
		b->due = b->id = 0;
	rc = db_read(x->ctx, board_tx, b);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("投诉"), .area = FRAME_SUPERVISE });
	ui_title(&h, T("投诉"), TEXT_NONE);
	ui_chips(&h, T("哪些投诉"),
	    (const struct ui_chip[]){
		{ .label = T("没有结束的"),
		    .href = TEXT("/desk/complaints"),
		    .count = -1,
		    .on = !b->done },
		{ .label = T("已经结束的"),
		    .href = TEXT("/desk/complaints?done=1"),
		    .count = -1,
		    .on = b->done },
		{ .label = T("统计"), .href = TEXT("/desk/figures/complaints"), .count = -1 },
	    },
	    3);
	ui_paragraph(&h,
	    T("这里只有由您来看的、由您督办的投诉。投诉您本人的、您办过的事的，由别人来看，不在这里。"));
	put_rows(x, &h, b);
	if (actor_may(x->ctx->actor, RIGHT_INTAKE))
		ui_button_link(&h, TEXT("/desk/complaint/new"), T("替来人记一件投诉"), false);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
