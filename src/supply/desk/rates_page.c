/* What a case is paid: the standards by kind and day, with paper and reason; a new one from a day on. */
#include "supply/desk/legalaid_internal.h"

#include "base/fen.h"

#include <limits.h>

#define AT(member) offsetof(struct rate_values, member)

struct rate_values { int kind; struct day from; struct text amount, source, words; bool unknown; };
static const struct field fields[] = {
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("哪一类"), .required = true, .choices = aid_rate_choices, .offset = AT(kind) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, .min = INT_MIN, .max = INT_MAX,
	  .hint = T("按申请援助的日期算，这一天当天就用新标准。"), .offset = AT(from) },
	{ .key = "amount", .kind = FIELD_LINE, .label = T("每件多少元"), .max = 14, .hint = T("最多两位小数，例如 1800 或者 1800.50。"), .offset = AT(amount) },
	{ .key = "unknown", .kind = FIELD_BOOL, .label = T("从这一天起标准还没有核实（算不出补贴）"), .offset = AT(unknown) },
	{ .key = "source", .kind = FIELD_LINE, .label = T("依据的文件"), .required = true, .min = AID_WORDS_MIN, .max = 200, .offset = AT(source) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("为什么录入"), .required = true, .min = AID_WORDS_MIN, .max = 500, .offset = AT(words) },
};
const struct form aid_rate_form = FORM_OF("aid.rate", T("补贴标准"), fields, struct rate_values);

struct rates { struct aid_rate v[AID_RATES_MAX]; size_t n; };

static enum rc
rates_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct rates *r = arg;

	return aid_rates(tx, actor, r->v, AID_RATES_MAX, &r->n);
}

/* In force today, before, or to come: of one kind they stand in order of their days. */
static const char *
standing(const struct exchange *x, const struct rates *r, size_t i)
{
	bool later = i + 1 < r->n && r->v[i + 1].kind == r->v[i].kind && r->v[i + 1].from.n <= desk_today(x).n;

	if (r->v[i].from.n > desk_today(x).n)
		return T("还没有开始");
	return later ? T("已被后来的替代") : T("现在用的");
}

static void
put_kind(struct exchange *x, struct html *h, const struct rates *r, int kind)
{
	static const struct ui_column columns[] = { { T("从哪一天起"), false }, { T("每件"), true }, { T("现在"), false },
		{ T("依据的文件"), false }, { T("为什么"), false }, { T("谁录入的"), false } };
	struct ui_table t;
	bool any = false;

	for (size_t i = 0; i < r->n; i++)
		any = any || r->v[i].kind == kind;
	ui_section_open(h, aid_choice_label(aid_rate_choices, kind));
	if (!any)
		ui_paragraph(h, T("没有录入（未核实）：这一类的补贴算不出来。"));
	if (any)
		ui_table_open(&t, h, aid_choice_label(aid_rate_choices, kind), columns, 6);
	for (size_t i = 0; any && i < r->n; i++) {
		const struct aid_rate *s = &r->v[i];

		if (s->kind != kind)
			continue;
		ui_row_open(&t);
		ui_cell(&t, aid_day(x, s->from));
		ui_cell(&t, s->fen < 0 ? desk_say(x, T("未核实")) : aid_yuan(x, s->fen));
		ui_cell_say(&t, standing(x, r, i));
		ui_cell(&t, s->source);
		ui_cell(&t, s->words);
		ui_cell(&t, desk_join(x, s->account_name, desk_when(x, s->at_ms)));
		ui_row_close(&t);
	}
	if (any)
		ui_table_close(&t);
	ui_section_close(h);
}

static void
put_form(struct exchange *x, struct html *h)
{
	ui_section_open(h, T("录入一个标准"));
	ui_paragraph(h, T("只加不改：每一类从哪一天起是多少，以前的留着。已经有案件按原标准核定过的日子，不能再插进新标准。"));
	ui_error_summary(h, &aid_rate_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/legalaid/rates"), .csrf = x->csrf,
	    .key = x->out->status == 422 ? frame_key_text(x) : desk_key(x) });
	ui_form_fields(h, &aid_rate_form, &x->typed, &x->findings);
	ui_form_buttons(h, T("录入"), TEXT("/desk/legalaid"));
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
show(struct exchange *x)
{
	struct rates *r = ARENA_NEW(x->ctx->mem, struct rates);
	struct html h = frame_html(x);
	enum rc rc = r == NULL ? RC_NO_MEMORY : db_read(x->ctx, rates_tx, r);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("补贴标准"), .area = FRAME_QUEUE });
	ui_title(&h, T("补贴标准"), TEXT_NONE);
	ui_paragraph(&h, T("由省一级司法行政和财政部门定（法律援助法第五十二条）。没有核实的不要猜，先空着。"));
	if (text_equals(desk_query(x, "done"), TEXT("rate")))
		ui_notice_say(&h, UI_OK, NULL, T("已录入"));
	for (int k = 1; k < AID_RATE_COUNT; k++)
		put_kind(x, &h, r, k);
	if (actor_may(x->ctx->actor, RIGHT_POLICY))
		put_form(x, &h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
rates_page(struct exchange *x)
{
	return show(x);
}

enum rc
rates_post(struct exchange *x)
{
	const struct rate_values *in = x->values;
	struct aid_rate_new next = { .kind = in->kind, .from = in->from, .fen = -1, .source = text_trim(in->source), .words = text_trim(in->words) };
	struct fen fen = { 0 };
	enum rc rc = x->form_rc;

	if (rc == RC_OK && !in->unknown) {
		if (fen_parse(text_trim(in->amount), AID_RATE_FEN_MAX / 100, &fen) != RC_OK)
			fen.n = 0; /* the flow names the bounds */
		next.fen = fen.n;
	}
	if (rc == RC_OK)
		rc = aid_rate_set(x->ctx, frame_idem_key(x), &next, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/legalaid/rates?done=rate"));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return show(x);
}
