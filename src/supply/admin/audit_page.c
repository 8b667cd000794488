/* The audit trail: newest first, and whether the chain holds. */
#include "supply/admin/admin_internal.h"

#define PAGE 50

struct audit_view {
	struct audit_row rows[PAGE + 1];
	struct text who[PAGE + 1];
	size_t n;
};

/* Names of those who did it: an account that is no more stays a number. */
static enum rc
names_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct audit_view *v = arg;
	struct account a;

	for (size_t i = 0; i < v->n; i++) {
		enum rc rc = RC_NOT_FOUND;

		for (size_t k = 0; k < i && v->who[i].n == 0; k++)
			if (v->rows[k].account == v->rows[i].account)
				v->who[i] = v->who[k];
		if (v->rows[i].account > 0 && v->who[i].n == 0)
			rc = identity_load(tx, actor, (struct account_id){ v->rows[i].account }, &a);
		if (rc == RC_OK)
			v->who[i] = a.name;
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	return RC_OK;
}

static struct text
who(struct exchange *x, const struct audit_view *v, size_t i)
{
	int64_t account = v->rows[i].account;

	if (v->who[i].n > 0)
		return v->who[i];
	return account < 0 ? admin_say(x, T("系统")) : account == 0 ? admin_say(x, T("群众")) : admin_int(x, account);
}

static void
put_rows(struct exchange *x, struct html *h, const struct audit_view *v, size_t n)
{
	static const struct ui_column columns[] = {
		{ T("序号"), true }, { T("时间"), false }, { T("谁"), false }, { T("做了什么"), false },
		{ T("对象"), false }, { T("记录"), true }, { T("说明"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("审计日志，新的在前"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++) {
		const struct audit_row *r = &v->rows[i];

		ui_row_open(&t);
		ui_cell_int(&t, r->seq);
		ui_cell(&t, admin_when(x, r->at_ms));
		ui_cell(&t, who(x, v, i));
		ui_cell(&t, r->action);
		ui_cell(&t, r->subject);
		ui_cell(&t, r->record != 0 ? admin_int(x, r->record) : TEXT_NONE);
		ui_cell(&t, r->detail);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_report(struct exchange *x, struct html *h, const struct audit_report *r)
{
	const struct ui_fact facts[] = {
		{ .label = T("已封存"), .value = admin_int(x, r->sealed) },
		{ .label = T("还没封存"), .value = admin_int(x, r->unsealed) },
		{ .label = T("检查点"), .value = admin_int(x, r->checkpoints) },
		{ .label = T("对不上的"), .value = admin_int(x, r->bad) },
		{ .label = T("第一处在"), .value = r->bad > 0 ? admin_int(x, r->first_bad_seq) : TEXT_NONE },
		{ .label = T("为什么"), .value = arena_text(x->ctx->mem, text_of(r->bad > 0 ? r->first_bad_why : "")) },
		{ .label = T("链头"), .value = arena_text(x->ctx->mem, text_of(r->head)) },
	};

	if (r->bad > 0)
		ui_notice_say(h, UI_LATE, T("审计日志被动过"), T("从下面这一处起，链对不上。请保护现场，报告上级和网安部门。"));
	else
		ui_notice_say(h, UI_OK, T("审计日志完整"), T("从头核对了每一行和每个检查点，都对得上。"));
	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

static enum rc
audit_show(struct exchange *x, const struct audit_report *report)
{
	struct audit_view *v = ARENA_NEW(x->ctx->mem, struct audit_view);
	struct ui_pager pager = { .where = TEXT_NONE };
	struct html h = frame_html(x);
	int64_t before = 0;
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	if (int64_parse(admin_query(x, "before"), 1, INT64_MAX, &before) != RC_OK)
		before = 0;
	rc = audit_list(x->ctx, before, v->rows, PAGE + 1, &v->n);
	if (rc == RC_OK)
		rc = db_read(x->ctx, names_tx, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("审计"), .area = FRAME_AUDIT });
	ui_title(&h, T("审计"), TEXT_NONE);
	if (report)
		put_report(x, &h, report);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/audit/verify"), .csrf = x->csrf });
	ui_form_buttons(&h, T("从头核对"), TEXT_NONE);
	ui_form_close(&h);
	if (v->n == 0)
		ui_empty(&h, T("还没有记录"), T("做了什么，一秒钟以内封存后就出现在这里。"), TEXT("/desk/audit"), T("刷新"));
	else
		put_rows(x, &h, v, v->n > PAGE ? PAGE : v->n);
	if (v->n > PAGE)
		pager.next = arena_format(x->ctx->mem, "/desk/audit?before=%lld", (long long)v->rows[PAGE - 1].seq);
	if (before > 0)
		pager.previous = TEXT("/desk/audit");
	if (pager.next.n > 0 || pager.previous.n > 0)
		ui_pager(&h, &pager);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
audit_page(struct exchange *x)
{
	return audit_show(x, NULL);
}

/* It changes nothing, so the report stands on the answer itself. */
enum rc
audit_verify_post(struct exchange *x)
{
	struct audit_report report;
	enum rc rc = audit_verify(x->ctx, x->ctx->crypt, &report);

	return rc == RC_OK ? audit_show(x, &report) : rc;
}
