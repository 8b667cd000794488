/* Simple papers in figures: how many of each kind were issued; each number opens to the papers behind it. */
#include "evaluation/page/page.h"

#include "kit/msg/msg.h"
#include "operations/writing/writing.h"
#include "resources/identity/identity.h"
#include "supply/frame/frame.h"

#define ROWS_MOST 50

struct span_values { struct day from, to; struct text kind; int64_t below; };
#define S(member) offsetof(struct span_values, member)
static const struct field fields[] = {
	{ .key = "from", .kind = FIELD_DAY, .label = T("从"), .min = -36500, .max = 0, .offset = S(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到"), .min = -36500, .max = 0, .offset = S(to) },
	{ .key = "kind", .kind = FIELD_LINE, .label = T("文书"), .max = 40, .offset = S(kind) },
	{ .key = "below", .kind = FIELD_INT, .label = T("翻页"), .min = 0, .max = INT64_MAX, .offset = S(below) },
};
const struct form writing_span_form = FORM_OF("figures.writing", T("代写文书统计"), fields, struct span_values);

struct board {
	struct writing_span span;
	struct writing_count v[WRITING_KINDS_MOST];
	size_t n;
	struct writing_row rows[ROWS_MOST];
	size_t n_rows;
};

static struct text
say(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
}

static struct text
number(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

static struct text
day_text(const struct exchange *x, struct day d)
{
	char out[16];

	return arena_text(x->ctx->mem, day_print(d, out));
}

static struct text
kind_name(const struct exchange *x, struct text kind)
{
	const struct paper_template *t = writing_template(x->ctx->mem, kind);

	return t == NULL ? kind : t->name;
}

/* A year back to today, as far as the reader may see, unless said otherwise. */
static struct writing_span
asked(const struct exchange *x)
{
	const struct span_values *in = x->form_rc == RC_OK ? x->values : NULL;
	struct day today = day_of_moment(x->ctx->now_ms);
	struct writing_span s = { day_add_months(today, -12), today, { x->ctx->actor->city * INT64_C(100000000) }, TEXT(""), 0 };

	if (in == NULL)
		return s;
	if (!day_is_none(in->from))
		s.from = in->from;
	if (!day_is_none(in->to))
		s.to = in->to;
	s.kind = in->kind;
	s.below = in->below;
	return s;
}

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;
	enum rc rc = writing_counts(tx, actor, b->span.from, b->span.to, b->span.place, b->v, WRITING_KINDS_MOST, &b->n);

	return rc == RC_OK ? writing_issued(tx, actor, &b->span, b->rows, ROWS_MOST, &b->n_rows) : rc;
}

static struct text
href(const struct exchange *x, const struct board *b, struct text kind, int64_t below)
{
	struct text from = day_text(x, b->span.from), to = day_text(x, b->span.to);

	return arena_format(x->ctx->mem, "/desk/figures/writing?from=%.*s&to=%.*s&kind=%.*s&below=%lld", (int)from.n, from.p, (int)to.n, to.p,
	    (int)kind.n, kind.p, (long long)below);
}

static void
put_kinds(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("文书"), false }, { T("件"), true } };
	struct ui_table t;
	int64_t all = 0;

	ui_table_open(&t, h, T("按文书种类"), columns, 2);
	for (size_t i = 0; i < b->n; i++) {
		ui_row_open(&t);
		ui_cell(&t, kind_name(x, b->v[i].kind));
		ui_cell_link(&t, href(x, b, b->v[i].kind, 0), number(x, b->v[i].issued));
		ui_row_close(&t);
		all += b->v[i].issued;
	}
	ui_row_open(&t);
	ui_cell_say(&t, T("合计"));
	ui_cell_link(&t, href(x, b, TEXT(""), 0), number(x, all));
	ui_row_close(&t);
	ui_table_close(&t);
}

static void
put_rows(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("文书号"), false }, { T("文书"), false }, { T("案件"), false }, { T("谁写的"), false },
		{ T("谁核对"), false }, { T("什么时候"), false } };
	struct ui_table t;
	char when[32];

	if (b->n_rows == 0)
		return;
	ui_table_open(&t, h, b->span.kind.n > 0 ? T("这一种文书") : T("全部文书"), columns, 6);
	for (size_t i = 0; i < b->n_rows; i++) {
		const struct writing_row *r = &b->rows[i];

		ui_row_open(&t);
		ui_cell(&t, r->number);
		ui_cell(&t, kind_name(x, r->kind));
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld", (long long)r->request), r->request_number);
		ui_cell(&t, r->author_name);
		ui_cell(&t, r->checker_name);
		ui_cell(&t, arena_text(x->ctx->mem, moment_print(r->at_ms, when)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (b->n_rows == ROWS_MOST)
		ui_button_link(h, href(x, b, b->span.kind, b->rows[ROWS_MOST - 1].id), T("下一页"), false);
}

enum rc
writing_figures_get(struct exchange *x)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	struct html h = frame_html(x);
	enum rc rc;

	if (b == NULL)
		return RC_NO_MEMORY;
	b->span = asked(x);
	rc = db_read(x->ctx, board_tx, b);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("代写文书统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("代写文书统计"), say(x, T("出具时算一件，只算一次")));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/figures/writing"), .get = true });
	ui_field(&h, &fields[0], day_text(x, b->span.from), findings_of(&x->findings, "from"));
	ui_field(&h, &fields[1], day_text(x, b->span.to), findings_of(&x->findings, "to"));
	ui_form_buttons(&h, T("统计"), TEXT_NONE);
	ui_form_close(&h);
	put_kinds(x, &h, b);
	put_rows(x, &h, b);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
