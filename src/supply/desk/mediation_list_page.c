/* Mediations by what they wait for. */
#include "supply/desk/mediation_internal.h"

#define PAGE 50

static const struct { const char *key, *label; enum mediation_state from, last; bool mine; } groups[] = {
	{ "mine", T("我办的"), MEDIATION_UNFILLED, MEDIATION_BREACHED, true },
	{ "open", T("全部在办"), MEDIATION_UNFILLED, MEDIATION_BREACHED, false },
	{ "asked", T("待受理"), MEDIATION_UNFILLED, MEDIATION_REGISTERED, false },
	{ "talks", T("调解中"), MEDIATION_ACCEPTED, MEDIATION_DRAFTED, false },
	{ "agreed", T("待履行"), MEDIATION_AGREED, MEDIATION_AGREED, false },
	{ "breached", T("没有按时履行"), MEDIATION_BREACHED, MEDIATION_BREACHED, false },
	{ "ended", T("已办结"), MEDIATION_PERFORMED, MEDIATION_ELSEWHERE, false },
};
#define GROUPS (sizeof groups / sizeof groups[0])

struct listing { struct mediation_filter f; struct mediation_row v[PAGE + 1]; size_t n; };

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct listing *l = arg;

	return mediation_list(tx, actor, &l->f, l->v, PAGE + 1, &l->n);
}

static void
put_rows(struct exchange *x, struct html *h, const struct listing *l, const char *group)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("甲方"), false }, { T("纠纷类型"), false }, { T("状态"), false },
		{ T("期限"), false }, { T("下一次履行"), false }, { T("调解员"), false }, { T("谁负责"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("人民调解案件"), columns, 8);
	for (size_t i = 0; i < l->n && i < PAGE; i++) {
		const struct mediation_row *r = &l->v[i];
		struct text detail;
		enum ui_lamp lamp = desk_lamp(x, r->start_ms, r->due_ms, mediation_is_open(r->state), &detail);

		ui_row_open(&t);
		ui_cell_link(&t, mediation_path(x, r->id, ""), r->number);
		ui_cell(&t, r->person_name);
		ui_cell_say(&t, mediation_choice_label(mediation_category_choices, r->category));
		ui_cell_say(&t, mediation_state_label(r->state));
		ui_cell_lamp(&t, lamp, detail);
		ui_cell(&t, mediation_day_text(x, r->next_due));
		ui_cell(&t, r->mediator_name);
		ui_cell(&t, r->holder_name);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (l->n > PAGE)
		ui_pager(h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "/desk/mediation?group=%s&after=%d-%lld", group,
		    (int)l->v[PAGE - 1].state, (long long)l->v[PAGE - 1].id.n) });
}

static void
after_read(const struct exchange *x, struct mediation_filter *f)
{
	struct text rest = desk_query(x, "after"), state = text_cut(&rest, '-');
	int64_t s = 0, id = 0;

	if (int64_parse(state, 0, 99, &s) == RC_OK && int64_parse(rest, 0, INT64_MAX, &id) == RC_OK) {
		f->after_state = (enum mediation_state)s;
		f->after_id = id;
	}
}

enum rc
mediation_list_page(struct exchange *x)
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
			.href = arena_format(x->ctx->mem, "/desk/mediation?group=%s", groups[i].key) };
	l->f = (struct mediation_filter){ .from = groups[at].from, .last = groups[at].last, .mine = groups[at].mine };
	after_read(x, &l->f);
	rc = db_read(x->ctx, listing_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("人民调解案件"), .area = FRAME_QUEUE });
	ui_title(&h, T("人民调解案件"), TEXT_NONE);
	ui_chips(&h, T("看哪些"), chips, GROUPS);
	html_raw(&h, "<p>");
	if (actor_may(x->ctx->actor, RIGHT_INTAKE)) {
		ui_link(&h, TEXT("/desk/intake?item=mediation"), T("登记一件纠纷"));
		html_raw(&h, " · ");
	}
	if (actor_may(x->ctx->actor, RIGHT_CASE_HANDLE)) {
		ui_link(&h, TEXT("/desk/mediation/mediators"), T("调解员名册"));
		html_raw(&h, " · ");
		ui_link(&h, TEXT("/desk/mediation/groups"), T("楼道群、村民群"));
	}
	if (actor_may(x->ctx->actor, RIGHT_FIGURES)) {
		if (actor_may(x->ctx->actor, RIGHT_CASE_HANDLE))
			html_raw(&h, " · ");
		ui_link(&h, TEXT("/desk/figures/mediation"), T("人民调解统计"));
	}
	html_raw(&h, "</p>");
	if (l->n == 0)
		ui_empty(&h, T("这里没有案件"), T("换一组看看。"), TEXT("/desk/mediation?group=open"), T("全部在办"));
	else
		put_rows(x, &h, l, groups[at].key);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
