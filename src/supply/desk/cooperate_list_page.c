/* Co-operations: what the own point was asked, and what it asked of others; by light. */
#include "supply/desk/cooperate_internal.h"

#define PAGE 50

struct list { struct cooperation_filter f; struct cooperation v[PAGE + 1]; size_t n; int64_t waiting; };

static struct cooperation_filter
filter_of(const struct exchange *x)
{
	struct cooperation_filter f = { .outgoing = text_equals(desk_query(x, "box"), TEXT("out")), .group = COOPERATIONS_OPEN };
	struct text group = desk_query(x, "light");
	int64_t n = 0;

	for (int g = 0; g < COOPERATIONS_GROUPS; g++)
		if (text_equals(group, text_of(cooperation_group_key((enum cooperation_group)g))))
			f.group = (enum cooperation_group)g;
	if (int64_parse(desk_query(x, "due"), 0, INT64_MAX, &n) == RC_OK)
		f.after_due_ms = n;
	if (int64_parse(desk_query(x, "after"), 1, INT64_MAX, &n) == RC_OK)
		f.after_id = n;
	return f;
}

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list *a = arg;
	enum rc rc = cooperation_list(tx, actor, &a->f, a->v, PAGE + 1, &a->n);

	return rc == RC_OK ? cooperation_mine_count(tx, actor, &a->waiting) : rc;
}

static struct text
list_path(const struct exchange *x, bool outgoing, enum cooperation_group g)
{
	return arena_format(x->ctx->mem, "/desk/cooperate?box=%s&light=%s", outgoing ? "out" : "in", cooperation_group_key(g));
}

static void
put_chips(struct exchange *x, struct html *h, const struct list *a)
{
	const struct ui_chip boxes[] = {
		{ .label = T("请我们协助的"), .href = list_path(x, false, a->f.group), .count = a->waiting, .on = !a->f.outgoing },
		{ .label = T("我们请别人协助的"), .href = list_path(x, true, a->f.group), .count = -1, .on = a->f.outgoing },
	};
	struct ui_chip lights[COOPERATIONS_GROUPS];

	ui_chips(h, T("哪些协作"), boxes, 2);
	for (int g = 0; g < COOPERATIONS_GROUPS; g++)
		lights[g] = (struct ui_chip){ .label = cooperation_group_label((enum cooperation_group)g), .count = -1,
			.href = list_path(x, a->f.outgoing, (enum cooperation_group)g), .on = g == (int)a->f.group };
	ui_chips(h, T("按期限"), lights, COOPERATIONS_GROUPS);
}

enum rc
cooperate_list_page(struct exchange *x)
{
	struct list *a = ARENA_NEW(x->ctx->mem, struct list);
	struct html h = frame_html(x);
	struct text here, next = TEXT_NONE;
	size_t shown;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->f = filter_of(x);
	rc = db_read(x->ctx, list_tx, a);
	if (rc != RC_OK)
		return rc;
	shown = a->n > PAGE ? PAGE : a->n;
	here = list_path(x, a->f.outgoing, a->f.group);
	if (a->n > PAGE)
		next = arena_format(x->ctx->mem, "%.*s&due=%lld&after=%lld", (int)here.n, here.p,
		    (long long)a->v[PAGE - 1].due_ms, (long long)a->v[PAGE - 1].id);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("协作"), .area = FRAME_QUEUE });
	ui_title(&h, T("协作"), TEXT_NONE);
	put_chips(x, &h, a);
	if (shown == 0)
		ui_empty(&h, T("这里没有协作"), T("在一件事的页面上点「请求协作」，可以请别的单位帮忙。"), TEXT("/desk"), T("回工作台"));
	else
		cooperate_table(x, &h, a->f.group == COOPERATIONS_DONE ? T("新的在前") : T("期限近的在前"), a->v, shown,
		    !a->f.outgoing);
	ui_pager(&h, &(struct ui_pager){ .previous = a->f.after_id != 0 ? here : TEXT_NONE, .next = next });
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
count_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return cooperation_mine_count(tx, actor, arg);
}

int64_t
cooperate_chip_count(struct exchange *x)
{
	int64_t n = 0;

	return db_read(x->ctx, count_tx, &n) == RC_OK ? n : -1;
}
