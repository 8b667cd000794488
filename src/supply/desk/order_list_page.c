/* Supervision orders: mine, the register, and issuing one for several cases. */
#include "supply/desk/order_internal.h"

#include "kit/csv/csv.h"

#define PAGE 50
#define MINE 100
#define CSV_PAGE 500
#define CSV_MOST 20000
#define PLACES 400

/* ---- those I must reply to ---------------------------------------------------------------------------------- */

struct list { struct order_filter f; struct order v[PAGE + 1]; size_t n; };
struct mine { struct order v[MINE]; size_t n; };

static enum rc
mine_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct mine *a = arg;

	return order_mine(tx, actor, a->v, MINE, &a->n);
}

enum rc
orders_mine_page(struct exchange *x)
{
	struct mine *a = ARENA_NEW(x->ctx->mem, struct mine);
	struct html h = frame_html(x);
	enum rc rc = a != NULL ? db_read(x->ctx, mine_tx, a) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("等我回复的督办单"), .area = FRAME_QUEUE });
	ui_title(&h, T("等我回复的督办单"), TEXT_NONE);
	if (a->n == 0)
		ui_empty(&h, T("没有等您回复的督办单"), T("有了会在工作台上显示。"), TEXT("/desk"), T("回工作台"));
	else
		order_table(x, &h, T("期限近的在前"), a->v, a->n, false);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
mine_count_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return order_mine_count(tx, actor, arg);
}

int64_t
order_chip_count(struct exchange *x)
{
	int64_t n = 0;

	return db_read(x->ctx, mine_count_tx, &n) == RC_OK ? n : -1;
}

/* ---- the register ----------------------------------------------------------------------------------------------- */

static struct order_filter
filter_of(const struct exchange *x)
{
	struct order_filter f = { .group = ORDERS_OPEN, .cause = desk_query(x, "cause") };
	struct text group = desk_query(x, "group"), level = desk_query(x, "level");
	int64_t n = 0;

	for (int g = 0; g < ORDERS_GROUP_COUNT; g++)
		if (text_equals(group, text_of(order_group_key((enum order_group)g))))
			f.group = (enum order_group)g;
	for (int s = SUPERVISE_ORDER; s <= SUPERVISE_BUREAU; s++)
		if (text_equals(level, text_of(supervise_step_key((enum supervise_step)s))))
			f.level = (enum supervise_step)s;
	if (int64_parse(desk_query(x, "place"), 1, INT64_MAX, &n) == RC_OK)
		f.place.code = n;
	if (int64_parse(desk_query(x, "before"), 1, INT64_MAX, &n) == RC_OK)
		f.before = n;
	return f;
}

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list *a = arg;

	return order_list(tx, actor, &a->f, a->v, PAGE + 1, &a->n);
}

/* The address of this list with another group or beginning; causes and levels are codes of ours. */
static struct text
list_path(struct exchange *x, const char *path, const struct order_filter *f, enum order_group group, int64_t before)
{
	struct text from = before != 0 ? arena_format(x->ctx->mem, "&before=%lld", (long long)before) : TEXT_NONE;
	struct text place = f->place.code != 0 ? arena_format(x->ctx->mem, "&place=%lld", (long long)f->place.code) : TEXT_NONE;
	struct text cause = f->cause;

	for (size_t i = 0; i < cause.n; i++)
		if (!(cause.p[i] >= 'a' && cause.p[i] <= 'z') && cause.p[i] != '_')
			cause.n = 0;
	return arena_format(x->ctx->mem, "%s?group=%s&cause=%.*s&level=%s%.*s%.*s", path, order_group_key(group), (int)cause.n,
	    cause.p, f->level != SUPERVISE_NONE ? supervise_step_key(f->level) : "", (int)place.n, place.p, (int)from.n, from.p);
}

static void
put_groups(struct exchange *x, struct html *h, const struct order_filter *f)
{
	struct ui_chip chips[ORDERS_GROUP_COUNT];

	for (int g = 0; g < ORDERS_GROUP_COUNT; g++)
		chips[g] = (struct ui_chip){ .label = order_group_label((enum order_group)g), .count = -1,
			.href = list_path(x, "/desk/orders", f, (enum order_group)g, 0), .on = g == (int)f->group };
	ui_chips(h, T("哪些督办单"), chips, ORDERS_GROUP_COUNT);
}

static void
put_select(struct html *h, const char *key, const char *label, const struct ui_option *v, size_t n,
    struct text chosen)
{
	struct field f = { .key = key, .kind = FIELD_LINE, .label = label };

	ui_field_select(h, &f, v, n, chosen, NULL);
}

/* What lies in a place, and below each county its towns: a register of a city is looked at by town, too. */
static size_t
put_places(struct exchange *x, struct ui_option *o, size_t cap)
{
	struct place here = { x->ctx->actor->places.lo };
	const struct division *v[64], *w[64];
	size_t n = 0, n_v = region_children(here, desk_today(x), v, 64);

	for (size_t i = 0; i < n_v && i < 64 && n < cap; i++) {
		struct text name = desk_name(x, v[i]->name, v[i]->name_en);
		size_t n_w = v[i]->level == PLACE_COUNTY ? region_children(v[i]->place, desk_today(x), w, 64) : 0;

		o[n++] = (struct ui_option){ .value = desk_int(x, v[i]->place.code), .label = name };
		for (size_t k = 0; k < n_w && k < 64 && n < cap; k++)
			o[n++] = (struct ui_option){ .value = desk_int(x, w[k]->place.code),
				.label = desk_join(x, name, desk_name(x, w[k]->name, w[k]->name_en)) };
	}
	return n;
}

static void
put_filter(struct exchange *x, struct html *h, const struct order_filter *f)
{
	struct ui_option *o = arena_array(x->ctx->mem, PLACES, sizeof *o);
	struct ui_option levels[3];
	struct code_row *causes = NULL;
	size_t n = 0;

	if (o == NULL)
		return;
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/orders"), .get = true });
	ui_hidden(h, "group", text_of(order_group_key(f->group)));
	if (code_list(x->ctx, "supervise.cause", desk_today(x), &causes, &n) != RC_OK)
		n = 0;
	for (size_t i = 0; i < n && i < PLACES; i++)
		o[i] = (struct ui_option){ .value = causes[i].code, .label = desk_name(x, causes[i].name, causes[i].name_en) };
	put_select(h, "cause", T("督办事由"), o, n, f->cause);
	for (int s = SUPERVISE_ORDER; s <= SUPERVISE_BUREAU; s++)
		levels[s - SUPERVISE_ORDER] = (struct ui_option){ .value = text_of(supervise_step_key((enum supervise_step)s)),
			.label = desk_say(x, supervise_step_label((enum supervise_step)s)) };
	put_select(h, "level", T("到了哪一级"), levels, 3, f->level != SUPERVISE_NONE ? text_of(supervise_step_key(f->level))
	    : TEXT_NONE);
	n = put_places(x, o, PLACES);
	if (n > 0)
		put_select(h, "place", T("哪个地方"), o, n, desk_int(x, f->place.code));
	ui_form_buttons(h, T("筛选"), TEXT_NONE);
	ui_form_close(h);
}

enum rc
orders_page(struct exchange *x)
{
	struct list *a = ARENA_NEW(x->ctx->mem, struct list);
	struct html h = frame_html(x);
	size_t shown;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->f = filter_of(x);
	rc = db_read(x->ctx, list_tx, a);
	if (rc != RC_OK)
		return rc;
	shown = a->n > PAGE ? PAGE : a->n;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("督办台账"), .area = FRAME_SUPERVISE });
	ui_title(&h, T("督办台账"), TEXT_NONE);
	put_groups(x, &h, &a->f);
	put_filter(x, &h, &a->f);
	order_table(x, &h, T("新的在前"), a->v, shown, true);
	ui_pager(&h, &(struct ui_pager){
	    .previous = a->f.before != 0 ? list_path(x, "/desk/orders", &a->f, a->f.group, 0) : TEXT_NONE,
	    .next = a->n > PAGE ? list_path(x, "/desk/orders", &a->f, a->f.group, a->v[PAGE - 1].id) : TEXT_NONE });
	html_raw(&h, "<p>");
	ui_button_link(&h, list_path(x, "/desk/orders.csv", &a->f, a->f.group, 0), T("下载 CSV"), false);
	html_raw(&h, " ");
	ui_button_link(&h, TEXT("/desk/supervise/rules"), T("督办规则"), false);
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- the register as a file ------------------------------------------------------------------------------------------- */

struct sheet { struct order_filter f; struct order *v; size_t n; };

static enum rc
sheet_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct sheet *a = arg;

	return order_list(tx, actor, &a->f, a->v, CSV_PAGE, &a->n);
}

static void
moment_cell(struct buf *b, int64_t at_ms)
{
	char s[32];

	csv_comma(b);
	csv_cell(b, moment_print(at_ms, s));
}

static void
sheet_row(struct exchange *x, struct buf *b, const struct order *o)
{
	const struct text cells[] = { o->number, o->request_number, desk_name(x, o->cause_name, o->cause_name_en),
		desk_say(x, supervise_step_label(o->level)), desk_say(x, order_state_label(o->state)), order_issuer(x, o), o->to_name };

	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
		if (i > 0)
			csv_comma(b);
		csv_cell(b, cells[i]);
	}
	moment_cell(b, o->issued_ms);
	moment_cell(b, o->read_ms);
	moment_cell(b, o->due_ms);
	moment_cell(b, o->closed_ms);
	csv_comma(b);
	csv_cell_int(b, o->round);
	csv_comma(b);
	csv_cell_int(b, o->turn);
	csv_line(b);
}

enum rc
orders_csv(struct exchange *x)
{
	static const char *const heads[] = { T("督办单"), T("编号"), T("督办事由"), T("到了哪一级"), T("状态"), T("谁下达的"),
		T("谁回复"), T("下达"), T("签收"), T("回复期限"), T("办结"), T("第几次回复"), T("第几次督办") };
	struct sheet a = { .f = filter_of(x), .v = arena_array(x->ctx->mem, CSV_PAGE, sizeof *a.v), .n = CSV_PAGE };
	struct buf *b = &x->out->body;
	enum rc rc = a.v != NULL ? RC_OK : RC_NO_MEMORY;

	x->out->type = "text/csv; charset=utf-8";
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"orders.csv\""));
	csv_mark(b);
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		if (i > 0)
			csv_comma(b);
		csv_cell(b, desk_say(x, heads[i]));
	}
	csv_line(b);
	for (size_t sum = 0; rc == RC_OK && a.n == CSV_PAGE && sum < CSV_MOST; sum += a.n) {
		rc = db_read(x->ctx, sheet_tx, &a);
		for (size_t i = 0; rc == RC_OK && i < a.n; i++)
			sheet_row(x, b, &a.v[i]);
		if (rc == RC_OK && a.n > 0)
			a.f.before = a.v[a.n - 1].id;
	}
	return rc == RC_OK ? buf_rc(b) : rc;
}

/* ---- issue, for one case or several -------------------------------------------------------------------------------------- */

struct batch {
	struct case_id ids[ORDER_BATCH_MAX];
	struct request r[ORDER_BATCH_MAX];
	struct order_result results[ORDER_BATCH_MAX];
	size_t n, asked;
	bool done;
};

/* The cases ticked: "case" as often as there are some, each once; what this supervisor can't see is passed over. */
static void
batch_read(struct params in, struct batch *b)
{
	for (size_t i = 0; i < in.n; i++) {
		int64_t id = 0;
		bool twice = false;

		if (!text_equals(in.v[i].name, TEXT("case")) || int64_parse(in.v[i].value, 1, INT64_MAX, &id) != RC_OK)
			continue;
		b->asked++;
		for (size_t k = 0; k < b->n; k++)
			twice = twice || b->ids[k].n == id;
		if (!twice && b->n < ORDER_BATCH_MAX)
			b->ids[b->n++] = (struct case_id){ id };
	}
}

static enum rc
batch_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct batch *b = arg;
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		enum rc rc = request_load(tx, actor, b->ids[i], &b->r[n]);

		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
		if (rc == RC_OK)
			b->ids[n++] = b->ids[i];
	}
	b->n = n;
	return RC_OK;
}

static const char *
refusal(const struct order_result *r)
{
	if (r->rc == RC_REFUSED)
		return r->issued.bar == ORDER_BAR_OWN ? T("没有下达：这件事由您自己办") : T("没有下达：已有一份没有办结的督办单");
	if (r->rc == RC_CONFLICT)
		return T("没有下达：这件事已经办结");
	return r->rc == RC_FORBIDDEN || r->rc == RC_NOT_FOUND ? T("没有下达：不在您的督办范围") : T("没有下达：请重新提交这一页");
}

/* While it is asked for, a box that is ticked and can be left out. */
static void
put_tick(struct exchange *x, struct ui_table *t, const struct batch *b, const struct request *r)
{
	if (b->done) {
		ui_cell_link(t, desk_case_path(x, r->id, ""), r->number);
		return;
	}
	ui_cell_open(t);
	html_raw(t->h, "<label class=\"tick\"><input type=\"checkbox\" name=\"case\" checked");
	html_attr(t->h, "value", desk_int(x, r->id.n));
	html_raw(t->h, "> ");
	html_text(t->h, r->number);
	html_raw(t->h, "</label>");
	ui_cell_close(t);
}

static void
put_cases(struct exchange *x, struct html *h, const struct batch *b)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("事情"), false }, { T("承办人"), false },
		{ T("期限"), false }, { T("结果"), false } };
	struct ui_table t;

	ui_table_open(&t, h, b->done ? T("每一件的结果") : T("督办这些事"), columns, b->done ? 5 : 4);
	for (size_t i = 0; i < b->n; i++) {
		const struct request *r = &b->r[i];
		struct text left;
		enum ui_lamp lamp = desk_lamp(x, r->start_ms, r->due_ms, request_is_open(r->state), &left);

		ui_row_open(&t);
		put_tick(x, &t, b, r);
		ui_cell(&t, r->subject);
		ui_cell(&t, r->holder_name);
		ui_cell_lamp(&t, lamp, left);
		if (b->done && b->results[i].rc == RC_OK)
			ui_cell_link(&t, order_path(x, b->results[i].issued.id, NULL), desk_say(x, T("已下达")));
		else if (b->done)
			ui_cell_say(&t, refusal(&b->results[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_issue(struct exchange *x, struct html *h, const struct batch *b)
{
	const struct form *form = &order_issue_form;

	ui_error_summary(h, form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/orders/new"), .csrf = x->csrf, .key = frame_key_text(x) });
	put_cases(x, h, b);
	draw_codes(x, h, form, "cause", "supervise.cause");
	ui_form_field(h, form, "words", &x->typed, &x->findings);
	ui_form_field(h, form, "reply_by", &x->typed, &x->findings);
	ui_form_buttons(h, T("下达"), TEXT("/desk/supervise"));
	ui_form_close(h);
}

static enum rc
batch_show(struct exchange *x, struct batch *b)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("下达督办单"), .area = FRAME_SUPERVISE });
	ui_title(&h, T("下达督办单"), TEXT_NONE);
	if (b->asked > ORDER_BATCH_MAX)
		ui_notice_say(&h, UI_SOON, NULL, T("一次最多五十件，其余的请再下达一次。"));
	if (b->n == 0) {
		ui_empty(&h, T("没有选中事项"), T("请在督办页勾选要督办的事。"), TEXT("/desk/supervise"), T("去督办页"));
	} else {
		if (b->done) {
			put_cases(x, &h, b);
			ui_button_link(&h, TEXT("/desk/orders"), T("看督办台账"), true);
		} else {
			put_issue(x, &h, b);
		}
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
order_new_page(struct exchange *x)
{
	struct batch *b = ARENA_NEW(x->ctx->mem, struct batch);
	enum rc rc;

	if (b == NULL)
		return RC_NO_MEMORY;
	batch_read(x->in->query, b);
	rc = db_read(x->ctx, batch_tx, b);
	return rc == RC_OK ? batch_show(x, b) : rc;
}

enum rc
order_new_post(struct exchange *x)
{
	const struct order_issue_values *in = x->values;
	struct batch *b = ARENA_NEW(x->ctx->mem, struct batch);
	enum rc rc;

	if (b == NULL)
		return RC_NO_MEMORY;
	batch_read(x->in->form, b);
	rc = db_read(x->ctx, batch_tx, b);
	if (rc != RC_OK || b->n == 0)
		return rc == RC_OK ? batch_show(x, b) : rc;
	if (x->form_rc == RC_OK && !desk_code_fits(x, "supervise.cause", in->cause, "cause", in->words, "words"))
		x->form_rc = RC_INVALID;
	if (x->form_rc != RC_OK) {
		x->out->status = 422;
		return batch_show(x, b);
	}
	rc = order_issue_all(x->ctx, frame_idem_key(x), b->ids, b->n, &(struct order_issue){ .cause = in->cause,
	    .words = in->words, .reply_by = in->reply_by }, b->results);
	if (rc != RC_OK)
		return rc;
	if (b->n == 1 && b->results[0].rc == RC_OK) {
		http_redirect(x->out, order_path(x, b->results[0].issued.id, NULL));
		return RC_OK;
	}
	b->done = true;
	return batch_show(x, b);
}
