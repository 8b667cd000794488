/* The queue: what is late, what is next; hand-overs and calls that wait for the actor; live. */
#include "supply/desk/desk_internal.h"

#define PAGE 20
#define COUNT_MOST 1000
#define LIST_MAX 60
#define TRAIL_MAX 400 /* bytes of cursors behind the current page */
#define SCAN_MOST 300 /* rows looked through by the search for a name */

enum list { LIST_MINE, LIST_POINT, LIST_AREA, LIST_INBOX, LIST_CALLS, LIST_COUNT };
enum light { LIGHT_ALL, LIGHT_IS_LATE, LIGHT_IS_SOON, LIGHT_IS_LATER, LIGHT_IS_PAUSED, LIGHT_COUNT };

static const char *const list_keys[LIST_COUNT] = { "mine", "point", "area", "inbox", "calls" };
static const char *const list_labels[LIST_COUNT] = {
	T("我承办的"), T("本单位"), T("辖区"), T("待我接收"), T("待回电"),
};
static const char *const light_keys[LIGHT_COUNT] = { "all", "late", "soon", "later", "paused" };
static const char *const light_labels[LIGHT_COUNT] = { T("全部"), T("逾期"), T("快到期"), T("以后到期"), T("暂停中") };

struct queue {
	enum list list;
	enum light light;
	struct queue_filter filter;
	struct queue_row rows[PAGE + 1];
	size_t n;
	int64_t list_counts[LIST_COUNT], light_counts[LIGHT_COUNT];
	struct handover *inbox;
	struct callback *calls;
	size_t n_inbox, n_calls;
	bool counts;                /* in: chips are wanted */
	bool panel;                 /* in: the first row's panel too */
	struct case_view first;
	struct crypt *crypt;
	int64_t now_ms;
};

/* ---- what is asked for -------------------------------------------------------------------------------- */

static int
index_of(struct text key, const char *const *keys, int n, int otherwise)
{
	for (int i = 0; i < n; i++)
		if (text_equals(key, text_of(keys[i])))
			return i;
	return otherwise;
}

/* Desks share the work of their point; hotline and providers have their own; a bureau looks at its area. */
static enum list
usual_list(const struct actor *actor)
{
	if (actor->role == ROLE_OFFICIAL)
		return LIST_AREA;
	if (actor->role == ROLE_HOTLINE || actor->role == ROLE_PROVIDER || actor->point == 0)
		return LIST_MINE;
	return LIST_POINT;
}

static enum queue_kind
kind_of(const struct actor *actor, enum list list)
{
	if (list == LIST_POINT)
		return QUEUE_POINT;
	return list == LIST_AREA ? queue_kind_of(actor) : QUEUE_MINE;
}

static void
light_range(enum light light, int64_t now, int64_t *from, int64_t *last)
{
	int64_t near = now + request_lights().near_ms;

	*from = light == LIGHT_IS_SOON ? now : light == LIGHT_IS_LATER ? near
	    : light == LIGHT_IS_PAUSED ? DUE_NONE : 0;
	*last = light == LIGHT_IS_LATE ? now - 1 : light == LIGHT_IS_SOON ? near - 1
	    : light == LIGHT_IS_LATER ? DUE_NONE - 1 : DUE_NONE;
}

/* "DUE-ID" of the last row of the page before. */
static void
cursor_read(struct text t, int64_t *due, int64_t *id)
{
	struct text rest = t, head = text_cut(&rest, '-');

	if (int64_parse(head, 0, INT64_MAX, due) != RC_OK || int64_parse(rest, 0, INT64_MAX, id) != RC_OK)
		*due = *id = 0;
}

static void
queue_ask(const struct exchange *x, struct queue *q)
{
	const struct actor *a = x->ctx->actor;

	q->now_ms = x->ctx->now_ms;
	q->crypt = x->ctx->crypt;
	q->first.lang = x->ctx->lang;
	q->list = (enum list)index_of(desk_query(x, "list"), list_keys, LIST_COUNT, (int)usual_list(a));
	q->light = (enum light)index_of(desk_query(x, "light"), light_keys, LIGHT_COUNT, LIGHT_ALL);
	q->filter = (struct queue_filter){ .kind = kind_of(a, q->list), .place = { a->places.lo }, .most = PAGE + 1 };
	light_range(q->light, q->now_ms, &q->filter.due_from_ms, &q->filter.due_last_ms);
	cursor_read(desk_query(x, "after"), &q->filter.after_due_ms, &q->filter.after_id);
}

/* ---- reading ------------------------------------------------------------------------------------------- */

static enum rc
count(struct tx *tx, const struct actor *actor, struct queue *q, enum list list, enum light light, int64_t *ret)
{
	struct queue_filter f = { .kind = kind_of(actor, list), .place = q->filter.place, .most = COUNT_MOST };

	light_range(light, q->now_ms, &f.due_from_ms, &f.due_last_ms);
	return request_queue_count(tx, actor, &f, ret);
}

static enum rc
load_counts(struct tx *tx, const struct actor *actor, struct queue *q)
{
	enum rc rc = RC_OK;

	for (int l = LIST_MINE; rc == RC_OK && l <= LIST_AREA; l++)
		rc = count(tx, actor, q, (enum list)l, LIGHT_ALL, &q->list_counts[l]);
	for (int l = LIGHT_ALL; rc == RC_OK && q->list <= LIST_AREA && l < LIGHT_COUNT; l++)
		rc = count(tx, actor, q, q->list, (enum light)l, &q->light_counts[l]);
	q->inbox = arena_array(tx_mem(tx), LIST_MAX, sizeof *q->inbox);
	q->calls = arena_array(tx_mem(tx), LIST_MAX, sizeof *q->calls);
	if (q->inbox == NULL || q->calls == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = dispatch_inbox(tx, actor, q->inbox, LIST_MAX, &q->n_inbox);
	if (rc == RC_OK)
		rc = callback_mine(tx, actor, q->calls, LIST_MAX, &q->n_calls);
	q->list_counts[LIST_INBOX] = (int64_t)q->n_inbox;
	q->list_counts[LIST_CALLS] = (int64_t)q->n_calls;
	return rc;
}

static struct case_id
first_case(const struct queue *q)
{
	if (q->list == LIST_INBOX)
		return q->n_inbox > 0 ? q->inbox[0].request : (struct case_id){ 0 };
	if (q->list == LIST_CALLS)
		return q->n_calls > 0 ? q->calls[0].request : (struct case_id){ 0 };
	return q->n > 0 ? q->rows[0].id : (struct case_id){ 0 };
}

static enum rc
queue_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct queue *q = argument;
	enum rc rc = RC_OK;

	if (q->list <= LIST_AREA)
		rc = request_queue(tx, actor, &q->filter, q->rows, &q->n);
	if (rc == RC_OK && q->counts)
		rc = load_counts(tx, actor, q);
	if (rc != RC_OK || !q->panel || (q->first.id = first_case(q)).n == 0)
		return rc;
	rc = case_view_load(tx, actor, &q->first, q->crypt);
	if (rc == RC_NOT_FOUND)
		q->first.id.n = 0;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- the table ------------------------------------------------------------------------------------------ */

static struct ui_queue_row
row_of(struct exchange *x, const struct queue_row *r, bool selected)
{
	struct ui_queue_row row = {
		.href = desk_case_path(x, r->id, ""), .panel = desk_case_path(x, r->id, "panel"),
		.number = r->number, .name = r->person_name.n > 0 ? r->person_name : desk_say(x, T("匿名")),
		.reason = r->subject, .due = desk_when(x, r->due_ms), .place = r->point_name,
		.channel = desk_say(x, channel_label(r->channel)), .holder = r->holder_name, .urgent = r->urgent,
		.selected = selected,
	};

	row.more = desk_join(x, desk_name(x, r->item_name, r->item_name_en), desk_say(x, request_state_label(r->state)));
	row.lamp = desk_lamp(x, r->start_ms, r->due_ms, request_is_open(r->state), &row.lamp_detail);
	return row;
}

static size_t
queue_rows(struct exchange *x, const struct queue *q, struct ui_queue_row *rows)
{
	size_t n = q->n > PAGE ? PAGE : q->n;

	for (size_t i = 0; i < n; i++)
		rows[i] = row_of(x, &q->rows[i], i == 0);
	return n;
}

static size_t
inbox_rows(struct exchange *x, const struct queue *q, struct ui_queue_row *rows)
{
	for (size_t i = 0; i < q->n_inbox; i++) {
		const struct handover *o = &q->inbox[i];

		rows[i] = (struct ui_queue_row){ .href = desk_case_path(x, o->request, ""),
			.panel = desk_case_path(x, o->request, "panel"), .number = o->number, .name = o->subject,
			.reason = desk_join(x, o->reason, desk_when(x, o->offered_ms)), .due = desk_when(x, o->due_ms),
			.place = o->to_point_name, .holder = o->from_name, .selected = i == 0 };
		rows[i].lamp = desk_lamp(x, o->start_ms, o->due_ms, true, &rows[i].lamp_detail);
	}
	return q->n_inbox;
}

static size_t
call_rows(struct exchange *x, const struct queue *q, struct ui_queue_row *rows)
{
	for (size_t i = 0; i < q->n_calls; i++) {
		const struct callback *k = &q->calls[i];

		rows[i] = (struct ui_queue_row){ .href = desk_case_path(x, k->request, ""),
			.panel = desk_case_path(x, k->request, "panel"), .number = k->number, .name = k->subject,
			.lamp = k->due_ms < x->ctx->now_ms ? LAMP_LATE : LAMP_NORMAL,
			.lamp_detail = desk_span(x, k->due_ms - x->ctx->now_ms), .due = desk_when(x, k->due_ms),
			.holder = k->account_name, .selected = i == 0 };
	}
	return q->n_calls;
}

static size_t
rows_of(struct exchange *x, const struct queue *q, struct ui_queue_row *rows)
{
	if (q->list == LIST_INBOX)
		return inbox_rows(x, q, rows);
	return q->list == LIST_CALLS ? call_rows(x, q, rows) : queue_rows(x, q, rows);
}

/* ---- chips and pages --------------------------------------------------------------------------------------- */

static struct text
count_text(const struct exchange *x, int64_t n)
{
	return n >= COUNT_MOST ? TEXT("999+") : arena_format(x->ctx->mem, "%lld", (long long)n);
}

static struct ui_chip
chip(const struct exchange *x, const char *label, struct text href, int64_t n, bool on, enum ui_tone tone)
{
	struct ui_chip c = { .label = label, .href = href, .count = n < COUNT_MOST ? n : -1, .on = on,
		.tone = n > 0 ? tone : UI_PLAIN };

	if (n >= COUNT_MOST)
		c.text = arena_format(x->ctx->mem, " %.*s", 4, count_text(x, n).p);
	return c;
}

static void
put_chips(struct exchange *x, struct html *h, const struct queue *q)
{
	struct ui_chip lists[LIST_COUNT + 8], lights[LIGHT_COUNT];
	int64_t orders = order_chip_count(x), missed = missed_chip_count(x), tests = tests_chip_count(x);
	int64_t follow = desk_hooks.follow_ups && actor_may(x->ctx->actor, RIGHT_SUPERVISE) ? desk_hooks.follow_ups(x) : -1;
	int64_t complaints = desk_hooks.complaints ? desk_hooks.complaints(x) : -1;
	size_t k = 0;

	for (int l = 0; l < LIST_COUNT; l++) {
		if (l == LIST_POINT && x->ctx->actor->point == 0)
			continue;
		lists[k++] = chip(x, list_labels[l], arena_format(x->ctx->mem, "/desk?list=%s", list_keys[l]),
		    q->list_counts[l], l == (int)q->list, l >= LIST_INBOX ? UI_SOON : UI_PLAIN);
	}
	if (orders > 0)
		lists[k++] = chip(x, T("督办单等我回复"), TEXT("/desk/orders/mine"), orders, false, UI_LATE);
	if (follow >= 0)
		lists[k++] = chip(x, T("差评回访"), TEXT("/desk/supervise"), follow, false, UI_LATE);
	if (complaints >= 0)
		lists[k++] = chip(x, T("投诉"), TEXT("/desk/complaints"), complaints, false, UI_LATE);
	if (actor_may(x->ctx->actor, RIGHT_SUPERVISE))
		lists[k++] = chip(x, T("待裁定"), TEXT("/desk/rulings"), rulings_count(x), false, UI_LATE);
	if (x->ctx->actor->role != ROLE_PROVIDER)
		lists[k++] = chip(x, T("协作"), TEXT("/desk/cooperate"), cooperate_chip_count(x), false, UI_SOON);
	if (missed > 0 || (missed == 0 && actor_may(x->ctx->actor, RIGHT_INTAKE)))
		lists[k++] = chip(x, T("未接来电"), TEXT("/desk/missed"), missed, false, UI_LATE);
	if (tests > 0)
		lists[k++] = chip(x, T("电话本月待测"), TEXT("/desk/oncall/tests"), tests, false, UI_SOON);
	if (x->ctx->actor->role == ROLE_PROVIDER)
		lists[k++] = (struct ui_chip){ .label = T("我的援助案件"), .href = TEXT("/desk/aid"), .count = -1 };
	else
		lists[k++] = (struct ui_chip){ .label = T("法律援助"), .href = TEXT("/desk/legalaid"), .count = -1 };
	lists[k++] = (struct ui_chip){ .label = T("人民调解"), .href = TEXT("/desk/mediation"), .count = -1 };
	ui_chips(h, T("哪些事"), lists, k);
	if (q->list > LIST_AREA)
		return;
	for (int l = 0; l < LIGHT_COUNT; l++)
		lights[l] = chip(x, light_labels[l],
		    arena_format(x->ctx->mem, "/desk?list=%s&light=%s", list_keys[q->list], light_keys[l]), q->light_counts[l],
		    l == (int)q->light, l == LIGHT_IS_LATE ? UI_LATE : l == LIGHT_IS_SOON ? UI_SOON : UI_PLAIN);
	ui_chips(h, T("按时限"), lights, LIGHT_COUNT);
}

/* The cursors of the pages before, the newest last, so that one can go back without counting rows. */
static void
put_pager(struct exchange *x, struct html *h, const struct queue *q)
{
	struct text after = desk_query(x, "after"), trail = desk_query(x, "trail"), before = TEXT_NONE, rest = trail;
	const char *list = list_keys[q->list], *light = light_keys[q->light];
	struct ui_pager pager = { .where = TEXT_NONE };
	int64_t page = 1;

	if (q->list > LIST_AREA || (q->n <= PAGE && after.n == 0))
		return;
	if (int64_parse(desk_query(x, "page"), 1, 100000, &page) != RC_OK)
		page = 1;
	if (trail.n > TRAIL_MAX)
		trail = rest = TEXT_NONE;
	for (size_t i = trail.n; i > 0; i--)
		if (trail.p[i - 1] == '.') {
			before = (struct text){ trail.p, i - 1 };
			rest = (struct text){ trail.p + i, trail.n - i };
			break;
		}
	if (q->n > PAGE)
		pager.next = arena_format(x->ctx->mem, "/desk?list=%s&light=%s&after=%lld-%lld&trail=%.*s%s%.*s&page=%lld", list,
		    light, (long long)q->rows[PAGE - 1].due_ms, (long long)q->rows[PAGE - 1].id.n, (int)trail.n, trail.p,
		    trail.n > 0 ? "." : "", (int)after.n, after.p, (long long)page + 1);
	if (after.n > 0)
		pager.previous = arena_format(x->ctx->mem, "/desk?list=%s&light=%s&after=%.*s&trail=%.*s&page=%lld", list, light,
		    (int)rest.n, rest.p, (int)before.n, before.p, (long long)(page > 1 ? page - 1 : 1));
	pager.where = arena_format(x->ctx->mem, "%lld–%lld", (long long)((page - 1) * PAGE + 1),
	    (long long)((page - 1) * PAGE) + (long long)(q->n > PAGE ? PAGE : q->n));
	ui_pager(h, &pager);
}

/* ---- pages ------------------------------------------------------------------------------------------------------ */

static void
put_empty(struct exchange *x, struct html *h, const struct queue *q)
{
	bool intake = actor_may(x->ctx->actor, RIGHT_INTAKE);

	if (q->list == LIST_INBOX)
		ui_empty(h, T("没有等您接收的转交"), T("别人转给您的事会出现在这里。"), TEXT("/desk"), T("看工作台"));
	else if (q->list == LIST_CALLS)
		ui_empty(h, T("没有要回的电话"), T("在案件里按 d 约定回电。"), TEXT("/desk"), T("看工作台"));
	else
		ui_empty(h, T("这里没有在办的事"), T("换一个清单看看，或者登记一件新的。"),
		    intake ? TEXT("/desk/intake") : TEXT_NONE, T("新受理"));
}

static void
put_queue(struct exchange *x, struct html *h, const struct queue *q)
{
	struct ui_queue_row rows[LIST_MAX];
	size_t n = rows_of(x, q, rows);
	struct text live = TEXT_NONE, fragment = TEXT_NONE;

	/* the first page follows what happens; further pages stand still under the reader */
	if (q->filter.after_id == 0) {
		live = arena_format(x->ctx->mem, "/desk/live?topic=%s", list_keys[q->list]);
		fragment = arena_format(x->ctx->mem, "/desk/queue?list=%s&light=%s", list_keys[q->list], light_keys[q->light]);
	}
	if (n == 0)
		put_empty(x, h, q);
	else
		ui_queue(h, list_labels[q->list], rows, n, live, fragment);
	put_pager(x, h, q);
}

enum rc
queue_page(struct exchange *x)
{
	struct queue *q = ARENA_NEW(x->ctx->mem, struct queue);
	struct html h = frame_html(x);
	enum rc rc;

	if (q == NULL)
		return RC_NO_MEMORY;
	queue_ask(x, q);
	q->counts = q->panel = true;
	rc = db_read(x->ctx, queue_tx, q);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("工作台"), .area = FRAME_QUEUE });
	html_raw(&h, "<h1 class=\"hidden\">");
	html_say(&h, T("工作台"));
	html_raw(&h, "</h1>");
	if (text_equals(desk_query(x, "done"), TEXT("returned")))
		ui_notice_say(&h, UI_OK, NULL, T("已退回，仍由原来的承办人负责。"));
	put_chips(x, &h, q);
	ui_split_open(&h);
	put_queue(x, &h, q);
	ui_split_side(&h);
	if (q->first.id.n != 0)
		case_panel(x, &h, &q->first);
	ui_split_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* The table alone, for the live refresh. */
enum rc
queue_fragment(struct exchange *x)
{
	struct queue *q = ARENA_NEW(x->ctx->mem, struct queue);
	struct html h = frame_html(x);
	struct ui_queue_row rows[LIST_MAX] = { { .selected = false } };
	size_t n;
	enum rc rc;

	if (q == NULL)
		return RC_NO_MEMORY;
	queue_ask(x, q);
	q->counts = q->list > LIST_AREA; /* what waits for the actor comes with them */
	rc = db_read(x->ctx, queue_tx, q);
	if (rc != RC_OK)
		return rc;
	n = rows_of(x, q, rows);
	rows[0].selected = false; /* which one is marked, the page knows */
	ui_queue_table(&h, list_labels[q->list], rows, n);
	return buf_rc(h.out);
}

enum rc
queue_live(struct exchange *x)
{
	const struct actor *a = x->ctx->actor;
	struct text topic = desk_query(x, "topic");
	bool area = text_equals(topic, TEXT("area")) && queue_kind_of(a) != QUEUE_MINE;
	bool point = text_equals(topic, TEXT("point"));
	int64_t id = area ? a->places.lo : point ? a->point : a->account;

	if (x->ctx->hub == NULL || id == 0)
		return RC_NOT_FOUND;
	x->out->sse = sse_join(x->ctx->hub,
	    arena_format(x->ctx->mem, "%s:%lld", area ? "place" : point ? "point" : "account", (long long)id));
	return x->out->sse == NULL ? RC_TOO_MANY : RC_OK;
}

/* ---- search -------------------------------------------------------------------------------------------------------- */

struct search { struct text q; struct case_id found; struct queue_row *rows; size_t n, scanned; };

static void
keep_matching(struct search *s, const struct queue_row *rows, size_t n)
{
	for (size_t i = 0; i < n && s->n < LIST_MAX; i++) {
		bool seen = false;

		if (!text_contains(rows[i].person_name, s->q) && !text_contains(rows[i].subject, s->q)
		    && !text_contains(rows[i].number, s->q))
			continue;
		for (size_t k = 0; k < s->n; k++)
			seen = seen || s->rows[k].id.n == rows[i].id.n;
		if (!seen)
			s->rows[s->n++] = rows[i];
	}
}

/* A number finds any case one may see; a name or a subject is looked for among the open ones of the
 * actor and of the point, which is bounded (a real index of names is its own subject). */
static enum rc
search_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct search *s = argument;
	struct queue_row *page = arena_array(tx_mem(tx), SCAN_MOST, sizeof *page);
	enum rc rc = request_find_number(tx, actor, s->q, &s->found);

	if (rc != RC_NOT_FOUND)
		return rc;
	s->rows = arena_array(tx_mem(tx), LIST_MAX, sizeof *s->rows);
	if (page == NULL || s->rows == NULL)
		return RC_NO_MEMORY;
	rc = RC_OK;
	for (int kind = QUEUE_MINE; rc == RC_OK && kind <= QUEUE_POINT; kind++) {
		struct queue_filter f = { .kind = (enum queue_kind)kind, .due_last_ms = DUE_NONE, .most = SCAN_MOST };
		size_t n = 0;

		rc = request_queue(tx, actor, &f, page, &n);
		keep_matching(s, page, n);
	}
	return rc;
}

static struct text
upper_number(struct arena *a, struct text q)
{
	struct text t = arena_text(a, text_trim(q));
	char *p = arena_alloc(a, t.n + 1);

	for (size_t i = 0; p != NULL && i < t.n; i++)
		p[i] = (char)(t.p[i] >= 'a' && t.p[i] <= 'z' ? t.p[i] - 'a' + 'A' : t.p[i]);
	return p ? (struct text){ p, t.n } : TEXT_NONE;
}

enum rc
search_page(struct exchange *x)
{
	struct search s = { .q = upper_number(x->ctx->mem, desk_query(x, "q")) };
	struct html h = frame_html(x);
	struct ui_queue_row rows[LIST_MAX];
	enum rc rc = s.q.n > 0 && s.q.n <= 200 ? db_read(x->ctx, search_tx, &s) : RC_OK;

	if (rc != RC_OK)
		return rc;
	if (s.found.n != 0) {
		http_redirect(x->out, desk_case_path(x, s.found, ""));
		return RC_OK;
	}
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("找案件"), .area = FRAME_QUEUE,
	    .search = desk_query(x, "q") });
	ui_title(&h, T("找案件"), TEXT_NONE);
	ui_paragraph(&h, T("完整的编号能找到您看得到的任何一件；姓名和事由在您和本单位在办的事里找。"));
	for (size_t i = 0; i < s.n; i++)
		rows[i] = row_of(x, &s.rows[i], i == 0);
	ui_split_open(&h);
	if (s.n > 0)
		ui_queue(&h, T("找到的案件"), rows, s.n, TEXT_NONE, TEXT_NONE);
	else
		ui_empty(&h, T("没有找到"), T("核对编号，形如 260630-7KQ2-M9XA；或者换个词。"), TEXT("/desk"), T("回工作台"));
	ui_split_side(&h);
	ui_split_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
