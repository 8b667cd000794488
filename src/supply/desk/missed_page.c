/* Calls that nobody took: those that wait to be rung back, those of the last month, and noting one. */
#include "supply/desk/hours_internal.h"

#define PAGE 40
#define BACK_DAYS 31
#define POINTS_MOST 400

#define AT(member) offsetof(struct missed_values, member)
static const struct field fields[] = {
	{ .key = "point", .kind = FIELD_LINE, .label = T("打的是哪个站点的电话"), .required = true, .max = 40, .hint = T("写站点的编号，可以从列表里选。"),
	  .offset = AT(point) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("回电打哪个号码"), .required = true, .offset = AT(phone) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("来电人姓名"), .max = 60, .offset = AT(name) },
	{ .key = "minute", .kind = FIELD_TIME, .label = T("几点打的"), .max = 1439, .hint = T("刚刚打的不用写。"), .offset = AT(minute) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("说了什么事"), .max = 500, .offset = AT(words) },
};
const struct form desk_missed_form = FORM_OF("desk.missed", T("记一个未接来电"), fields, struct missed_values);

struct list { struct missed_filter f; struct missed v[PAGE]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list *l = argument;

	return missed_list(tx, actor, &l->f, l->v, PAGE, &l->n);
}

int64_t
missed_chip_count(struct exchange *x)
{
	struct list *l = ARENA_NEW(x->ctx->mem, struct list);

	if (l == NULL)
		return -1;
	l->f = (struct missed_filter){ .open = true, .state = -1 };
	return db_read(x->ctx, list_tx, l) == RC_OK ? (int64_t)l->n : -1;
}

static void
put_state(struct exchange *x, struct ui_table *t, const struct missed *m)
{
	struct text detail = TEXT_NONE;
	enum ui_lamp lamp = desk_lamp(x, m->rang_ms, m->due_ms, true, &detail);

	if (!missed_is_open(m->state)) {
		ui_cell(t, desk_join(x, desk_say(x, missed_state_label(m->state)), desk_when(x, m->done_ms)));
		return;
	}
	ui_cell_lamp(t, lamp, m->tries == 0 ? detail
	    : desk_join(x, detail, arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, T("已经打过几次：")), (long long)m->tries)));
}

static void
put_list(struct exchange *x, struct html *h, const struct list *l)
{
	static const struct ui_column columns[] = { { T("什么时候打的"), false }, { T("站点"), false }, { T("该谁接"), false }, { T("谁回电"), false },
		{ T("最晚"), false }, { T("状态"), false }, { T("案件"), false } };
	struct ui_table t;

	ui_table_open(&t, h, l->f.open ? T("等着回电") : T("近一个月"), columns, 7);
	for (size_t i = 0; i < l->n; i++) {
		const struct missed *m = &l->v[i];

		ui_row_open(&t);
		ui_cell(&t, desk_when(x, m->rang_ms));
		ui_cell(&t, desk_name(x, m->point_name, m->point_name_en));
		ui_cell(&t, m->office.n > 0 ? m->office : desk_say(x, T("没有安排值班")));
		ui_cell(&t, m->holder_name);
		ui_cell(&t, desk_when(x, m->due_ms));
		put_state(x, &t, m);
		ui_cell_link(&t, desk_case_path(x, m->request, ""), m->number);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
missed_list_page(struct exchange *x)
{
	struct list *l = ARENA_NEW(x->ctx->mem, struct list);
	bool all = text_equals(desk_query(x, "show"), TEXT("all"));
	struct html h = frame_html(x);
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	l->f = (struct missed_filter){ .from_ms = x->ctx->now_ms - BACK_DAYS * DAY_MS, .to_ms = x->ctx->now_ms + DAY_MS, .state = -1, .open = !all };
	rc = db_read(x->ctx, list_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("未接来电"), .area = FRAME_QUEUE });
	ui_title(&h, T("未接来电"), desk_say(x, T("打了没有人接的，都要回电")));
	html_raw(&h, "<p>");
	if (actor_may(x->ctx->actor, RIGHT_INTAKE))
		ui_button_link(&h, TEXT("/desk/missed/new"), T("记一个未接来电"), true);
	html_raw(&h, " ");
	ui_button_link(&h, TEXT("/desk/oncall"), T("值班电话"), false);
	html_raw(&h, "</p>");
	ui_chips(&h, T("看哪些"), (const struct ui_chip[]){ { .label = T("等着回电"), .href = TEXT("/desk/missed"), .count = -1, .on = !all },
	    { .label = T("近一个月"), .href = TEXT("/desk/missed?show=all"), .count = -1, .on = all } }, 2);
	if (l->n == 0)
		ui_empty(&h, T("没有这样的来电"), T("有人说打了没人接，就在这里记下来。"), TEXT("/desk"), T("看工作台"));
	else
		put_list(x, &h, l);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- noting one ------------------------------------------------------------------------------------------- */

static size_t
points_near(struct exchange *x, struct ui_option *ret, size_t cap)
{
	struct place within = { x->ctx->actor->city * INT64_C(100000000) }, own = desk_own_place(x->ctx->actor);
	struct point *v = NULL;
	size_t n = 0;

	if (place_level(own) > PLACE_COUNTY)
		within = place_up(own, PLACE_COUNTY);
	if (network_list(x->ctx, POINT_NONE, within, desk_today(x), &v, &n) != RC_OK)
		return 0;
	n = n < cap ? n : cap;
	for (size_t i = 0; i < n; i++)
		ret[i] = (struct ui_option){ .value = v[i].code, .label = desk_join(x, desk_name(x, v[i].name, v[i].name_en), v[i].phone) };
	return n;
}

static enum rc
new_show(struct exchange *x)
{
	struct ui_option *options = arena_array(x->ctx->mem, POINTS_MOST, sizeof *options);
	struct html h = frame_html(x);
	struct text own = TEXT_NONE;
	struct point mine;
	size_t n;

	if (options == NULL)
		return RC_NO_MEMORY;
	n = points_near(x, options, POINTS_MOST);
	if (x->ctx->actor->point != 0 && network_find(x->ctx, x->ctx->actor->point, &mine) == RC_OK)
		own = mine.code;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("记一个未接来电"), .area = FRAME_QUEUE });
	ui_title(&h, T("记一个未接来电"), desk_say(x, T("记下来就有回电的期限，由值班的人回")));
	ui_error_summary(&h, &desk_missed_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/missed/new"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_field_suggest(&h, &fields[0], options, n, x->typed.v != NULL ? ui_typed(&desk_missed_form, "point", &x->typed) : own,
	    findings_of(&x->findings, "point"));
	for (size_t i = 1; i < desk_missed_form.n; i++)
		ui_form_field(&h, &desk_missed_form, fields[i].key, &x->typed, &x->findings);
	ui_form_buttons(&h, T("记下，要求回电"), TEXT("/desk/missed"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
missed_new_page(struct exchange *x)
{
	return new_show(x);
}

static enum channel
channel_of(const struct actor *a)
{
	return a->role == ROLE_HOTLINE ? CHANNEL_HOTLINE : a->role == ROLE_STATION ? CHANNEL_STATION : CHANNEL_WINDOW;
}

enum rc
missed_new_post(struct exchange *x)
{
	const struct missed_values *in = x->values;
	struct intake_receipt receipt = { .id = 0 };
	struct point p;
	enum rc rc = x->form_rc;

	if (rc == RC_OK) {
		rc = network_find_code(x->ctx, in->point, &p);
		if (rc == RC_NOT_FOUND)
			findings_add(&x->findings, "point", T("没有这个编号的站点"), 0);
		rc = rc == RC_NOT_FOUND ? RC_INVALID : rc;
	}
	if (rc == RC_OK)
		rc = missed_note(x->ctx, frame_idem_key(x), &(struct missed_new){ .point = p.id, .channel = channel_of(x->ctx->actor),
		    .name = in->name, .phone = in->phone, .words = in->words, .minute = in->minute }, &x->findings, &receipt);
	if (rc == RC_OK)
		return desk_to_receipt(x, &receipt);
	if (rc == RC_DUPLICATE) {
		findings_add(&x->findings, "phone", T("这张表刚才已经记成一个来电了。确实是另一个，就再按一次。"), 0);
		x->out->status = 409;
		return new_show(x);
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return new_show(x);
}
