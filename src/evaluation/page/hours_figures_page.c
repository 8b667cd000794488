/* After hours in figures, for a month: test calls by result, calls nobody took by what became of them; each opens to its records. */
#include "evaluation/page/page.h"

#include "kit/msg/msg.h"
#include "operations/missed/missed.h"
#include "resources/identity/identity.h"
#include "resources/oncall/oncall.h"
#include "supply/frame/frame.h"

#define ROWS_MOST 50

struct calls_values { struct text month, state; int64_t below; };
#define AT(member) offsetof(struct calls_values, member)
static const struct field fields[] = {
	{ .key = "month", .kind = FIELD_LINE, .label = T("哪个月"), .max = 7, .hint = T("写成 2026-06。"), .offset = AT(month) },
	{ .key = "state", .kind = FIELD_LINE, .label = T("状态"), .max = 20, .offset = AT(state) },
	{ .key = "below", .kind = FIELD_INT, .label = T("翻页"), .min = 0, .max = INT64_MAX, .offset = AT(below) },
};
const struct form calls_span_form = FORM_OF("figures.calls", T("值班电话统计"), fields, struct calls_values);

struct board {
	struct day first;            /* of the month */
	struct text month;           /* "2026-06" */
	int number;                  /* 202606 */
	struct missed_filter f;
	struct oncall_sums sums;
	int64_t n[MISSED_STATE_COUNT];
	struct missed rows[ROWS_MOST];
	size_t n_rows;
};

static struct text
number(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

static struct text
when(const struct exchange *x, int64_t at_ms)
{
	char out[32];

	return at_ms == 0 ? TEXT_NONE : arena_text(x->ctx->mem, moment_print(at_ms, out));
}

/* The month asked for, or the one that runs. */
static void
month_read(struct exchange *x, const struct calls_values *in, struct board *b)
{
	struct ymd today = day_to_ymd(day_of_moment(x->ctx->now_ms)), d;

	if (in == NULL || day_parse(arena_format(x->ctx->mem, "%.*s-01", (int)in->month.n, in->month.p), &b->first) != RC_OK) {
		if (in != NULL && in->month.n > 0)
			findings_add(&x->findings, "month", T("月份写成 2026-06"), 0);
		today.day = 1;
		if (day_from_ymd(today, &b->first) != RC_OK)
			b->first = day_of_moment(x->ctx->now_ms);
	}
	d = day_to_ymd(b->first);
	b->number = d.year * 100 + d.month;
	b->month = arena_format(x->ctx->mem, "%04d-%02d", d.year, d.month);
}

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;
	enum rc rc = oncall_sums(tx, actor, day_of_moment(tx_now_ms(tx)), b->number, &b->sums);

	if (rc == RC_OK)
		rc = missed_sums(tx, actor, &b->f, b->n);
	return rc == RC_OK ? missed_list(tx, actor, &b->f, b->rows, ROWS_MOST, &b->n_rows) : rc;
}

static struct text
href(const struct exchange *x, const struct board *b, const char *state, int64_t below)
{
	return arena_format(x->ctx->mem, "/desk/figures/calls?month=%.*s&state=%s&below=%lld", (int)b->month.n, b->month.p, state, (long long)below);
}

static void
put_tests(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("测试结果"), false }, { T("号码"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("测试电话：现有号码在这个月最后一次的结果"), columns, 2);
	for (int r = PHONE_ANSWERED; r <= PHONE_RESULT_COUNT; r++) {
		enum phone_result result = r == PHONE_RESULT_COUNT ? PHONE_NOT_TESTED : (enum phone_result)r;

		ui_row_open(&t);
		ui_cell_say(&t, phone_result_label(result));
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/oncall/tests?month=%d&result=%s", b->number, phone_result_key(result)),
		    number(x, b->sums.result[result]));
		ui_row_close(&t);
	}
	ui_row_open(&t);
	ui_cell_say(&t, T("合计"));
	ui_cell_link(&t, TEXT("/desk/oncall/tests?show=all"), number(x, b->sums.numbers));
	ui_row_close(&t);
	ui_table_close(&t);
}

static void
put_missed(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("未接来电"), false }, { T("件"), true } };
	struct ui_table t;
	int64_t all = 0;

	ui_table_open(&t, h, T("未接来电：这个月记下的，现在怎样"), columns, 2);
	for (int s = 0; s < MISSED_STATE_COUNT; s++) {
		ui_row_open(&t);
		ui_cell_say(&t, missed_state_label((enum missed_state)s));
		ui_cell_link(&t, href(x, b, missed_state_key((enum missed_state)s), 0), number(x, b->n[s]));
		ui_row_close(&t);
		all += b->n[s];
	}
	ui_row_open(&t);
	ui_cell_say(&t, T("合计"));
	ui_cell_link(&t, href(x, b, "", 0), number(x, all));
	ui_row_close(&t);
	ui_table_close(&t);
}

static void
put_rows(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("什么时候打的"), false }, { T("站点"), false }, { T("谁回电"), false }, { T("最晚"), false },
		{ T("回电"), false }, { T("状态"), false }, { T("案件"), false } };
	struct ui_table t;

	if (b->n_rows == 0)
		return;
	ui_table_open(&t, h, b->f.state >= 0 ? missed_state_label((enum missed_state)b->f.state) : T("全部未接来电"), columns, 7);
	for (size_t i = 0; i < b->n_rows; i++) {
		const struct missed *m = &b->rows[i];

		ui_row_open(&t);
		ui_cell(&t, when(x, m->rang_ms));
		ui_cell(&t, m->point_name);
		ui_cell(&t, m->holder_name);
		ui_cell(&t, when(x, m->due_ms));
		ui_cell(&t, when(x, m->done_ms));
		ui_cell_say(&t, missed_state_label(m->state));
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld", (long long)m->request.n), m->number);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (b->n_rows == ROWS_MOST)
		ui_button_link(h, href(x, b, b->f.state >= 0 ? missed_state_key((enum missed_state)b->f.state) : "", b->rows[ROWS_MOST - 1].id),
		    T("下一页"), false);
}

enum rc
calls_figures_get(struct exchange *x)
{
	const struct calls_values *in = x->form_rc == RC_OK ? x->values : NULL;
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	struct html h = frame_html(x);
	enum rc rc;

	if (b == NULL)
		return RC_NO_MEMORY;
	month_read(x, in, b);
	b->f = (struct missed_filter){ .from_ms = day_start_ms(b->first), .to_ms = day_start_ms(day_add_months(b->first, 1)), .state = -1,
		.before = in != NULL ? in->below : 0 };
	for (int s = 0; in != NULL && s < MISSED_STATE_COUNT; s++)
		if (text_equals(in->state, text_of(missed_state_key((enum missed_state)s))))
			b->f.state = s;
	rc = db_read(x->ctx, board_tx, b);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("值班电话统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("值班电话统计"), b->month);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/figures/calls"), .get = true });
	ui_field(&h, &fields[0], b->month, findings_of(&x->findings, "month"));
	ui_form_buttons(&h, T("统计"), TEXT_NONE);
	ui_form_close(&h);
	put_tests(x, &h, b);
	put_missed(x, &h, b);
	put_rows(x, &h, b);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
