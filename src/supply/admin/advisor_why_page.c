/* Why this adviser for this village: the next best, and what the whole plan would cost more with each. */
#include "supply/admin/advisor_page_internal.h"

#include "kit/msg/msg.h"

struct view { int64_t id; struct place village; struct advisor_plan p; struct advisor_plan_row row; size_t n; };

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct view *v = argument;
	struct place before = { v->village.code - 1 };
	enum rc rc = advisor_plan_load(tx, actor, v->id, &v->p);

	if (rc == RC_OK)
		rc = advisor_plan_rows(tx, actor, v->id, before, &v->row, 1, &v->n);
	return rc == RC_OK && (v->n == 0 || v->row.village.code != v->village.code) ? RC_NOT_FOUND : rc;
}

static void
put_choices(struct exchange *x, struct html *h, const struct view *v, const struct advisor_reasons *r)
{
	static const struct ui_column columns[] = { { T("顾问"), false }, { T("机构"), false }, { T("路程（分钟）"), true },
		{ T("换人折算"), true }, { T("本地话折算"), true }, { T("别处已有 / 最多"), false }, { T("全方案多出的分钟"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("换成别人会怎样"), columns, 7);
	for (size_t i = 0; i < r->n; i++) {
		const struct advisor_choice *c = &r->v[i];

		ui_row_open(&t);
		ui_cell(&t, c->provider == v->row.provider ? arena_format(x->ctx->mem, "%.*s ✓", (int)c->name.n, c->name.p) : c->name);
		ui_cell(&t, c->firm);
		ui_cell_int(&t, c->minutes);
		ui_cell_int(&t, c->change);
		ui_cell_int(&t, c->dialect);
		ui_cell(&t, arena_format(x->ctx->mem, "%lld / %d", (long long)c->busy, c->room));
		ui_cell_int(&t, c->more);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "<p>");
	html_sayf(h, T("执业证管得住整段时间、在名册上的有 %lld 人；"), (long long)r->able);
	html_sayf(h, T("其中因利益冲突不能到这里的有 %lld 人。"), (long long)r->barred);
	html_raw(h, "</p>");
	ui_paragraph(h, T("多出的分钟是把这个村（社区）定给那个人以后，整个方案重新排到最好时比现在多的数：零就是一样好。"));
}

enum rc
advisor_why_page(struct exchange *x)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct advisor_reasons *r = ARENA_NEW(x->ctx->mem, struct advisor_reasons);
	struct html h = frame_html(x);
	enum rc why, rc = v == NULL || r == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &v->id);

	if (rc == RC_OK)
		rc = http_segment_id(x, "village", &v->village.code);
	if (rc == RC_OK)
		rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	why = advisor_plan_why(x->ctx, v->id, v->village, r);
	if (why != RC_OK && why != RC_CONFLICT)
		return why;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("为什么是这名顾问"), .area = FRAME_ADVISORS });
	ui_title(&h, T("为什么是这名顾问"), region_path(v->village));
	html_raw(&h, "<p>");
	ui_link_text(&h, arena_format(x->ctx->mem, "/desk/advisors/plans/%lld", (long long)v->id), v->p.name);
	html_raw(&h, "</p>");
	if (why == RC_CONFLICT)
		ui_notice_say(&h, UI_SOON, NULL, T("方案已经决定，或者排好以后名册和合同又变了，原来的道理不能照旧说；请重新排方案。"));
	else
		put_choices(x, &h, v, r);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
