/* Papers that were issued to a resident: the list on the progress page, each as a PDF, and whether a code is a paper's. */
#include "supply/portal/my_internal.h"

#include "kit/msg/msg.h"

void
my_put_papers(struct exchange *x, struct html *h, const struct my_request *m)
{
	if (m->n_papers == 0)
		return;
	ui_section_open(h, T("给您的文书"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < m->n_papers; i++) {
		const struct paper *p = &m->papers[i];
		struct text when = portal_when(x, p->at_ms);

		html_raw(h, "<li>");
		ui_link_text(h, portal_path(x, "/my/paper/", p->code), p->name);
		html_raw(h, " <small class=\"meta\">");
		html_text(h, p->number);
		html_raw(h, " · ");
		html_text(h, when);
		html_raw(h, "</small></li>");
	}
	html_raw(h, "</ul>");
	ui_section_close(h);
}

struct mine_arg { struct text code; struct case_id request; int64_t id; };

static enum rc
mine_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct mine_arg *arg = argument;
	struct paper *v = arena_array(tx_mem(tx), PAPERS_OF_CASE_MAX, sizeof *v);
	size_t n = 0;
	enum rc rc = v != NULL ? paper_list(tx, actor, arg->request, v, PAPERS_OF_CASE_MAX, &n) : RC_NO_MEMORY;

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (text_equals(v[i].code, arg->code))
			arg->id = v[i].id;
	return rc != RC_OK || arg->id != 0 ? rc : RC_NOT_FOUND;
}

enum rc
my_paper_page(struct exchange *x)
{
	struct mine_arg arg = { .code = http_segment(x, "code") };
	struct text why = TEXT_NONE;
	struct receipt receipt;
	enum rc rc = receipt_enter(x, &receipt);

	if (rc == RC_NOT_FOUND) {
		http_redirect(x->out, TEXT("/my"));
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	arg.request.n = receipt.actor.request;
	rc = db_read(&receipt.ctx, mine_tx, &arg);
	if (rc == RC_OK)
		rc = paper_print(&receipt.ctx, arg.request, arg.id, &x->out->body, &why);
	if (rc != RC_OK)
		return rc;
	x->out->type = "application/pdf";
	http_header(x->out, "Content-Disposition", TEXT("inline"));
	http_header(x->out, "X-Content-Type-Options", TEXT("nosniff"));
	return RC_OK;
}

/* ---- is it one of ours? ---------------------------------------------------------------------------------------- */

struct check_arg { struct text code; struct paper_checked paper; };

static enum rc
check_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct check_arg *arg = argument;

	return paper_check(tx, actor, arg->code, &arg->paper);
}

enum rc
paper_check_page(struct exchange *x)
{
	struct check_arg arg = { .code = http_segment(x, "code") };
	enum rc rc = db_read(x->ctx, check_tx, &arg);
	struct html h = frame_html(x);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("文书核验"), .noindex = true });
	ui_title(&h, T("文书核验"), TEXT_NONE);
	if (rc == RC_NOT_FOUND) {
		x->out->status = 404;
		ui_notice_say(&h, UI_LATE, T("没有这份文书"), T("请核对文书页脚的核验码。还有疑问，请打 12348。"));
	} else if (arg.paper.void_ms != 0) {
		ui_notice_say(&h, UI_LATE, T("这份文书已经作废"), T("不要再使用。需要新的文书，请找出具单位。"));
	} else {
		ui_notice_say(&h, UI_OK, T("这份文书由本系统出具，现在有效"), T("请把下面的名称、编号和日期同手里的文书对一对。"));
	}
	if (rc == RC_OK)
		ui_facts(&h, (const struct ui_fact[]){
		    { T("文书"), arg.paper.name, TEXT_NONE }, { T("文书号"), arg.paper.number, TEXT_NONE },
		    { T("出具日期"), portal_date_time(x, arg.paper.at_ms), TEXT_NONE } }, 3);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}
