/* The cases of legal aid by what they wait for. */
#include "supply/desk/legalaid_internal.h"

#define PAGE 50

/* Groups of states as the chips show them; the first is what is asked for without a word. */
static const struct { const char *key, *label; enum aid_state from, last; bool mine; } groups[] = {
	{ "mine", T("我办的"), AID_UNFILLED, AID_CORRECTED, true },
	{ "open", T("全部在办"), AID_UNFILLED, AID_CORRECTED, false },
	{ "examine", T("待审查"), AID_UNFILLED, AID_SUPPLEMENT, false },
	{ "decide", T("待决定"), AID_EXAMINED, AID_EXAMINED, false },
	{ "assign", T("待指派"), AID_GRANTED, AID_GRANTED, false },
	{ "work", T("办理中"), AID_ASSIGNED, AID_IN_PROGRESS, false },
	{ "file", T("结案、案卷、补贴"), AID_CLOSED, AID_SUBSIDY_PAID, false },
	{ "object", T("不予援助、终止、异议"), AID_REFUSED, AID_CORRECTED, false },
	{ "ended", T("已办结"), AID_ARCHIVED, AID_ELSEWHERE, false },
};
#define GROUPS (sizeof groups / sizeof groups[0])

struct listing { struct aid_filter f; struct aid_row v[PAGE + 1]; size_t n; };

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct listing *l = arg;

	return aid_list(tx, actor, &l->f, l->v, PAGE + 1, &l->n);
}

static void
put_rows(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("申请人"), false }, { T("为了什么事"), false },
		{ T("状态"), false }, { T("期限"), false }, { T("承办人员"), false }, { T("谁负责"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("法律援助案件"), columns, 7);
	for (size_t i = 0; i < l->n && i < PAGE; i++) {
		const struct aid_row *r = &l->v[i];
		bool open = aid_is_open(r->state);
		struct text detail;
		enum ui_lamp lamp = desk_lamp(x, r->start_ms, r->due_ms, open, &detail);

		ui_row_open(&t);
		ui_cell_link(&t, aid_path(x, r->id, ""), r->number);
		ui_cell(&t, r->person_name);
		ui_cell_say(&t, r->kind == AID_CIVIL ? aid_choice_label(aid_matter_choices, r->matter)
		    : aid_choice_label(aid_kind_choices, r->kind));
		ui_cell(&t, desk_join(x, desk_say(x, aid_state_label(r->state)), r->advance ? desk_say(x, T("先行提供")) : TEXT_NONE));
		ui_cell_lamp(&t, lamp, detail);
		ui_cell(&t, r->lawyer_name);
		ui_cell(&t, r->holder_name);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (l->n > PAGE) {
		const struct aid_row *r = &l->v[PAGE - 1];

		ui_pager(h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "/desk/legalaid?group=%.*s&after=%d-%lld",
		    (int)desk_query(x, "group").n, desk_query(x, "group").p, (int)r->state, (long long)r->id.n) });
	}
}

static void
after_read(const struct exchange *x, struct aid_filter *f)
{
	struct text rest = desk_query(x, "after"), state = text_cut(&rest, '-');
	int64_t s = 0, id = 0;

	if (int64_parse(state, 0, 99, &s) == RC_OK && int64_parse(rest, 0, INT64_MAX, &id) == RC_OK) {
		f->after_state = (enum aid_state)s;
		f->after_id = id;
	}
}

enum rc
legalaid_list_page(struct exchange *x)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct text asked = desk_query(x, "group");
	struct ui_chip chips[GROUPS];
	struct html h = frame_html(x);
	size_t at = 0;
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < GROUPS; i++)
		if (text_equals(asked, text_of(groups[i].key)))
			at = i;
	for (size_t i = 0; i < GROUPS; i++)
		chips[i] = (struct ui_chip){ .label = groups[i].label, .count = -1, .on = i == at,
			.href = arena_format(x->ctx->mem, "/desk/legalaid?group=%s", groups[i].key) };
	l->f = (struct aid_filter){ .from = groups[at].from, .last = groups[at].last, .mine = groups[at].mine };
	after_read(x, &l->f);
	rc = db_read(x->ctx, listing_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律援助案件"), .area = FRAME_QUEUE });
	ui_title(&h, T("法律援助案件"), TEXT_NONE);
	ui_chips(&h, T("看哪些"), chips, GROUPS);
	html_raw(&h, "<p>");
	if (actor_may(x->ctx->actor, RIGHT_INTAKE)) {
		ui_link(&h, TEXT("/desk/legalaid/new"), T("窗口申请"));
		html_raw(&h, " · ");
		ui_link(&h, TEXT("/desk/legalaid/notice"), T("登记通知辩护"));
		html_raw(&h, " · ");
	}
	ui_link(&h, TEXT("/desk/legalaid/duty"), T("值班律师"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/desk/providers"), T("承办人员名册"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/desk/legalaid/rates"), T("补贴标准"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/desk/quality"), T("案件质量"));
	html_raw(&h, "</p>");
	if (l->n == 0)
		ui_empty(&h, T("这里没有案件"), T("换一组看看。"), TEXT("/desk/legalaid?group=open"), T("全部在办"));
	else
		put_rows(x, &h, l);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
