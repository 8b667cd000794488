/* Papers of a case: those issued and those owed on its page, each issued one as a PDF. */
#include "supply/desk/desk_internal.h"

#include "operations/matter/legalaid/legalaid.h"
#include "operations/paper/paper.h"

/* The name of its template; its key where that is gone. */
static struct text
owed_name(const struct exchange *x, const struct paper_owed *o)
{
	const struct paper_builtin *b = paper_builtin_find(o->kind);
	struct paper_template *t = ARENA_NEW(x->ctx->mem, struct paper_template);
	struct sheet_faults findings = { .n = 0 };

	return b != NULL && t != NULL && paper_template_parse(b->source, t, &findings) == RC_OK ? t->name : o->kind;
}

static void
put_owed(struct exchange *x, struct html *h, const struct case_view *v)
{
	if (v->n_owed == 0)
		return;
	ui_section_open(h, T("待出具的文书"));
	ui_paragraph(h, T("步骤已经办好，文书随后出具，日期是出具那一天。自己会再试；有字体里没有的字，可以现在以“〓”代替出具。"));
	for (size_t i = 0; i < v->n_owed; i++) {
		const struct paper_owed *o = &v->owed[i];

		html_raw(h, "<div class=\"actions\"><span>");
		html_text(h, desk_join(x, owed_name(x, o), desk_when(x, o->at_ms)));
		if (o->why.n > 0) {
			html_raw(h, " <small>");
			html_text(h, o->why);
			html_raw(h, "</small>");
		}
		html_raw(h, "</span>");
		if (v->may_act) {
			ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/request/%lld/paper/%lld/set",
			    (long long)v->id.n, (long long)o->id), .csrf = x->csrf, .key = desk_key(x) });
			html_raw(h, "<button type=\"submit\" class=\"button\">");
			html_say(h, T("现在出具"));
			html_raw(h, "</button>");
			ui_form_close(h);
		}
		html_raw(h, "</div>");
	}
	ui_section_close(h);
}

static void
put_issued(struct exchange *x, struct html *h, const struct case_view *v)
{
	static const struct ui_column columns[] = {
		{ T("文书"), false }, { T("文书号"), false }, { T("出具日期"), false }, { T("谁出具"), false }, { T("打印次数"), true },
		{ T("状态"), false },
	};
	struct ui_table t;

	if (v->n_papers == 0)
		return;
	ui_table_open(&t, h, T("已出具的文书"), columns, 6);
	for (size_t i = 0; i < v->n_papers; i++) {
		const struct paper *p = &v->papers[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld/paper/%lld", (long long)v->id.n, (long long)p->id), p->name);
		ui_cell(&t, p->number);
		ui_cell(&t, desk_when(x, p->at_ms));
		ui_cell(&t, p->account_name);
		ui_cell_int(&t, p->copies);
		if (p->void_ms == 0)
			ui_cell_say(&t, p->shown ? T("有效，求助人可看") : T("有效，内部使用"));
		else
			ui_cell(&t, desk_join(x, desk_say(x, T("已作废")), p->void_reason));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

void
case_issued(struct exchange *x, struct html *h, const struct case_view *v)
{
	put_issued(x, h, v);
	put_owed(x, h, v);
}

/* It is not what was issued: said, with the reason, and nothing is printed. */
static enum rc
put_mismatch(struct exchange *x, struct case_id id, struct text why)
{
	struct html h = frame_html(x);

	x->out->status = 409;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("文书"), .area = FRAME_QUEUE });
	ui_title(&h, T("文书"), TEXT_NONE);
	ui_notice(&h, UI_LATE, T("保存的文书与出具时的不一致，不予打印"), desk_join(x, why,
	    desk_say(x, T("请告诉管理员核对登记簿和审计记录；确有需要的，作废后另行出具。"))));
	html_raw(&h, "<p>");
	ui_link(&h, desk_case_path(x, id, ""), T("回到案件"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
paper_page(struct exchange *x)
{
	struct case_id id = { 0 };
	struct text why = TEXT_NONE;
	int64_t paper = 0;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc == RC_OK)
		rc = http_segment_id(x, "paper", &paper);
	if (rc == RC_OK)
		rc = paper_print(x->ctx, id, paper, &x->out->body, &why);
	if (rc == RC_CORRUPT)
		return put_mismatch(x, id, why);
	if (rc != RC_OK)
		return rc;
	x->out->type = "application/pdf";
	http_header(x->out, "Content-Disposition", TEXT("inline"));
	http_header(x->out, "X-Content-Type-Options", TEXT("nosniff"));
	return RC_OK;
}

/* A paper that is owed, now.  What it lacks still is said on the page of the case. */
enum rc
paper_set_post(struct exchange *x)
{
	struct text why = TEXT_NONE;
	struct case_id id = { 0 };
	int64_t owed = 0;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc == RC_OK)
		rc = http_segment_id(x, "paper", &owed);
	if (rc == RC_OK)
		rc = aid_paper_set(x->ctx, id, owed, true, &why);
	if (rc != RC_OK && rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	http_redirect(x->out, desk_case_path(x, id, ""));
	return RC_OK;
}
