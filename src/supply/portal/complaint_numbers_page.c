/* What anybody may know: how many complaints a year, about what, and what became of them; small numbers are left out. */
#include "supply/portal/complaint_internal.h"

#include "evaluation/complaint/complaint_figures.h"
#include "kit/msg/msg.h"

struct page {
	struct complaint_year v[COMPLAINT_YEARS];
	size_t n;
	int64_t least;
};

static enum rc
page_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct page *p = arg;

	return complaint_years(tx, actor, p->v, COMPLAINT_YEARS, &p->n, &p->least);
}

static struct text
shown(const struct exchange *x, const struct page *p, int64_t n, bool hidden)
{
	if (!hidden)
		return arena_format(x->ctx->mem, "%lld", (long long)n);
	return n < p->least ? arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, T("少于")),
				  (long long)p->least)
			    : portal_say(x, T("不写出来"));
}

static void
put_outcomes(
    struct exchange *x, struct html *h, const struct page *p, const struct complaint_year *y)
{
	static const struct ui_column columns[] = { { T("怎么办的"), false }, { T("件"), true } };
	static const char *const labels[] = { T("属实、部分属实"), T("不属实、误投"),
		T("还没有结论") };
	const int64_t v[] = { y->founded, y->unfounded, y->received - y->founded - y->unfounded };
	bool hidden[3];
	struct ui_table t;

	complaint_suppress(v, 3, p->least, hidden);
	ui_table_open(&t, h, T("结论"), columns, 2);
	for (size_t i = 0; i < 3; i++) {
		ui_row_open(&t);
		ui_cell_say(&t, labels[i]);
		ui_cell(&t, shown(x, p, v[i], hidden[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_kinds(struct exchange *x, struct html *h, const struct page *p, const struct complaint_year *y)
{
	static const struct ui_column columns[] = { { T("投诉什么"), false }, { T("件"), true } };
	bool hidden[COMPLAINT_KINDS];
	struct ui_table t;

	complaint_suppress(y->kinds, COMPLAINT_KINDS, p->least, hidden);
	ui_table_open(&t, h, T("投诉什么"), columns, 2);
	for (int k = 1; k < COMPLAINT_KINDS; k++) {
		ui_row_open(&t);
		ui_cell_say(&t, complaint_kind_label((enum complaint_kind)k));
		ui_cell(&t, shown(x, p, y->kinds[k], hidden[k]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_year(struct exchange *x, struct html *h, const struct page *p, const struct complaint_year *y)
{
	bool few = y->received < p->least;
	const struct ui_fact facts[] = {
		{ T("收到"), shown(x, p, y->received, few), TEXT_NONE },
		{ T("按时答复"),
		    y->replied < p->least ? TEXT("—")
					  : arena_format(x->ctx->mem, "%lld%%",
						(long long)(y->replied_in_time * 100 / y->replied)),
		    TEXT_NONE },
	};

	html_raw(h, "<section><h2>");
	html_text(h, arena_format(x->ctx->mem, "%d", y->year));
	html_raw(h, "</h2>");
	ui_facts(h, facts, 2);
	if (!few) {
		put_outcomes(x, h, p, y);
		put_kinds(x, h, p, y);
	}
	html_raw(h, "</section>");
}

enum rc
complaint_numbers_page(struct exchange *x)
{
	struct page p = { .n = 0 };
	struct html h = frame_html(x);
	enum rc rc = db_read(x->ctx, page_tx, &p);

	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("每年的投诉"), .wide = true });
	ui_title(&h, T("每年的投诉"), TEXT_NONE);
	html_raw(&h, "<p>");
	html_sayf(&h, T("全市收到的投诉和结论。小于 %lld 件的不写出来，免得认出人来。"),
	    (long long)p.least);
	html_raw(&h, "</p>");
	if (p.n == 0)
		ui_paragraph(&h, T("还没有收到过投诉。"));
	for (size_t i = 0; i < p.n; i++)
		put_year(x, &h, &p, &p.v[i]);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/complain"), T("投诉"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}
