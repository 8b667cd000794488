/* One co-operation: what was asked, what of the case may be read, what was answered; and what either side can do now. */
#include "supply/desk/cooperate_internal.h"

#define FILES 30
#define OF_CASE 30
#define POINTS 200

struct view {
	int64_t id;
	struct cooperation c;
	struct cooperation_round rounds[COOPERATION_ROUNDS_MAX];
	struct attachment files[FILES];
	size_t n_rounds, n_files;
	bool asks;                  /* acts for the case */
	struct text phone;          /* shown once, after it was asked for */
	bool phone_shown;
};

/* ---- words ---------------------------------------------------------------------------------------------- */

struct text
cooperate_path(const struct exchange *x, int64_t id, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/cooperate/%lld%s%s", (long long)id, tail != NULL ? "/" : "",
	    tail != NULL ? tail : "");
}

enum ui_lamp
cooperate_lamp(const struct exchange *x, const struct cooperation *c)
{
	switch (cooperation_light(c, request_lights().near_ms, x->ctx->now_ms)) {
	case LIGHT_LATE:
		return LAMP_LATE;
	case LIGHT_SOON:
		return LAMP_SOON;
	case LIGHT_DONE:
		return LAMP_DONE;
	case LIGHT_PAUSED:
	case LIGHT_NORMAL:
		break;
	}
	return LAMP_NORMAL;
}

void
cooperate_table(struct exchange *x, struct html *h, const char *caption, const struct cooperation *v, size_t n, bool incoming)
{
	const struct ui_column columns[] = { { T("请对方做什么"), false }, { T("编号"), false },
		{ incoming ? T("谁请求的") : T("请谁协助"), false }, { T("状态"), false }, { T("答复期限"), false } };
	struct ui_table t;

	ui_table_open(&t, h, caption, columns, 5);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, cooperate_path(x, v[i].id, NULL), desk_name(x, v[i].kind_name, v[i].kind_name_en));
		ui_cell(&t, v[i].number);
		ui_cell(&t, incoming ? desk_join(x, v[i].from_point_name, v[i].from_name)
		    : desk_join(x, v[i].to_point_name, v[i].taken_name));
		ui_cell_say(&t, cooperation_state_label(v[i].state));
		ui_cell_lamp(&t, cooperate_lamp(x, &v[i]), desk_when(x, v[i].due_ms));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct view *v = arg;
	struct request r;
	enum rc rc = cooperation_load(tx, actor, v->id, &v->c);

	if (rc == RC_OK)
		rc = cooperation_rounds(tx, actor, &v->c, v->rounds, COOPERATION_ROUNDS_MAX, &v->n_rounds);
	if (rc != RC_OK)
		return rc;
	if (v->c.incoming)
		return cooperation_files(tx, actor, v->id, v->files, FILES, &v->n_files);
	rc = request_load(tx, actor, v->c.request, &r);
	v->asks = rc == RC_OK && request_may_act(actor, &r);
	return rc;
}

static bool
shares(const struct view *v, enum cooperation_share s)
{
	return (v->c.shared & BIT(s)) != 0;
}

static struct text
shared_words(const struct exchange *x, const struct view *v)
{
	struct text t = TEXT_NONE;

	for (int s = 0; s < SHARE_COUNT; s++)
		if (shares(v, (enum cooperation_share)s))
			t = desk_join(x, t, desk_say(x, cooperation_share_label((enum cooperation_share)s)));
	return t.n > 0 ? t : desk_say(x, T("只有目的和要求"));
}

#define FACTS 12
/* Those that there are. */
static void
put_known(struct html *h, const struct ui_fact *all, size_t n)
{
	struct ui_fact v[FACTS];
	size_t k = 0;

	for (size_t i = 0; i < n && k < FACTS; i++)
		if (all[i].value.n > 0)
			v[k++] = all[i];
	if (k > 0)
		ui_facts(h, v, k);
}

static void
put_facts(struct exchange *x, struct html *h, const struct view *v)
{
	const struct cooperation *c = &v->c;
	bool other_side = c->incoming;
	const struct ui_fact all[] = {
		{ T("状态"), desk_say(x, cooperation_state_label(c->state)), TEXT_NONE },
		{ T("请对方做什么"), desk_name(x, c->kind_name, c->kind_name_en), TEXT_NONE },
		{ T("编号"), desk_join(x, c->number, desk_name(x, c->item_name, c->item_name_en)),
		  other_side ? TEXT_NONE : desk_case_path(x, c->request, "") },
		{ T("谁请求的"), desk_join(x, desk_join(x, c->from_point_name, c->from_name), desk_when(x, c->asked_ms)), TEXT_NONE },
		{ T("请谁协助"), desk_join(x, desk_join(x, c->to_point_name, c->taken_name), desk_when(x, c->taken_ms)), TEXT_NONE },
		{ T("答复期限"), desk_join(x, desk_when(x, c->due_ms), arena_format(x->ctx->mem, "%d %s", c->rule.count,
		    msg(x->ctx->lang, T("个工作日")))), TEXT_NONE },
		{ T("期限依据"), desk_say(x, T("内部服务承诺（未核实）")), TEXT_NONE },
		{ T("给对方看什么"), shared_words(x, v), TEXT_NONE },
		{ T("不能协助的理由"), c->refusal.n > 0 ? desk_join(x, desk_name(x, c->refusal_name, c->refusal_name_en), c->words)
		    : TEXT_NONE, TEXT_NONE },
		{ T("为什么撤回"), c->state == COOPERATION_WITHDRAWN ? c->words : TEXT_NONE, TEXT_NONE },
		{ T("办结"), desk_when(x, c->closed_ms), TEXT_NONE },
	};

	put_known(h, all, sizeof all / sizeof all[0]);
}

static void
put_lines(struct html *h, struct text t)
{
	html_raw(h, "<p class=\"detail\">");
	html_lines(h, t);
	html_raw(h, "</p>");
}

static void
put_phone(struct exchange *x, struct html *h, const struct view *v)
{
	if (v->phone_shown) {
		ui_facts(h, (const struct ui_fact[]){ { T("求助人电话"), v->phone.n > 0 ? v->phone : desk_say(x, T("没有留电话")),
		    TEXT_NONE } }, 1);
		return;
	}
	ui_form_open(h, &(struct ui_form){ .action = cooperate_path(x, v->id, "phone"), .csrf = x->csrf, .key = desk_key(x) });
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, T("查看求助人电话（会记下来）"));
	html_raw(h, "</button>");
	ui_form_close(h);
}

/* For the side that was asked, as long as it is open. */
static void
put_shared(struct exchange *x, struct html *h, const struct view *v)
{
	const struct cooperation *c = &v->c;

	if (!c->incoming)
		return;
	ui_section_open(h, T("请求方给看的内容"));
	if (!cooperation_is_open(c->state))
		ui_paragraph(h, T("协作已经结束，事情的内容不再显示。"));
	else if (c->shared == 0)
		ui_paragraph(h, T("请求方只写了目的和要求。办这件事还需要什么，请在答复里说。"));
	else
		put_known(h, (const struct ui_fact[]){ { T("事情"), c->subject, TEXT_NONE }, { T("求助人姓名"), c->person_name, TEXT_NONE },
		    { T("所在村（社区）"), c->place.code != 0 ? region_path(c->place) : TEXT_NONE, TEXT_NONE } }, 3);
	if (c->detail.n > 0)
		put_lines(h, c->detail);
	for (size_t i = 0; i < v->n_files; i++)
		ui_facts(h, (const struct ui_fact[]){ { T("材料"), v->files[i].name, TEXT_NONE } }, 1);
	if (cooperation_is_open(c->state) && shares(v, SHARE_PHONE))
		put_phone(x, h, v);
	ui_section_close(h);
}

static void
put_rounds(struct exchange *x, struct html *h, const struct view *v)
{
	for (size_t i = 0; i < v->n_rounds; i++) {
		const struct cooperation_round *r = &v->rounds[i];

		ui_section_open(h, r->round > 1 ? T("追问") : T("目的和要求"));
		put_lines(h, r->words);
		put_known(h, (const struct ui_fact[]){ { T("谁请求的"), desk_join(x, r->asked_name, desk_when(x, r->asked_ms)), TEXT_NONE },
		    { T("谁答复的"), r->answered_ms != 0 ? desk_join(x, r->answered_name, desk_when(x, r->answered_ms)) : TEXT_NONE,
		      TEXT_NONE } }, 2);
		if (r->answered_ms != 0) {
			html_raw(h, "<h3>");
			html_say(h, T("协作结果"));
			html_raw(h, "</h3>");
			put_lines(h, r->answer);
		}
		ui_section_close(h);
	}
}

/* ---- forms --------------------------------------------------------------------------------------------------- */

static void
form_begin(struct exchange *x, struct html *h, const struct view *v, const struct form *form, const char *tail)
{
	bool sent = x->route->form == form;

	ui_section_open(h, form->title);
	if (sent)
		ui_error_summary(h, form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = cooperate_path(x, v->id, tail), .csrf = x->csrf,
	    .key = sent ? frame_key_text(x) : desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, v->c.revision));
}

/* Fields of a form that was sent keep what was typed; of the others on the page they are empty. */
static void
put_field(struct exchange *x, struct html *h, const struct form *form, const char *key)
{
	bool sent = x->route->form == form;
	struct findings none = { .n = 0 };

	ui_form_field(h, form, key, sent ? &x->typed : NULL, sent ? &x->findings : &none);
}

static void
form_end(struct html *h, const char *submit)
{
	ui_form_buttons(h, submit, TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_details(struct html *h, bool open)
{
	buf_add(h->out, open ? TEXT("<details open><summary>") : TEXT("<details><summary>"));
}

static void
put_decline(struct exchange *x, struct html *h, const struct view *v)
{
	bool sent = x->route->form == &cooperate_decline_form;
	struct code_row *rows = NULL;
	struct ui_option *o;
	size_t n = 0;

	if (code_list(x->ctx, "dispatch.return", desk_today(x), &rows, &n) != RC_OK)
		n = 0;
	o = arena_array(x->ctx->mem, n + 1, sizeof *o);
	for (size_t i = 0; o != NULL && i < n; i++)
		o[i] = (struct ui_option){ .value = rows[i].code, .label = desk_name(x, rows[i].name, rows[i].name_en) };
	put_details(h, sent);
	html_say(h, T("不能协助"));
	html_raw(h, "</summary>");
	form_begin(x, h, v, &cooperate_decline_form, "decline");
	ui_field_select(h, form_field(&cooperate_decline_form, "code"), o, o != NULL ? n : 0,
	    sent ? ui_typed(&cooperate_decline_form, "code", &x->typed) : TEXT_NONE,
	    sent ? findings_of(&x->findings, "code") : NULL);
	put_field(x, h, &cooperate_decline_form, "words");
	form_end(h, T("告知不能协助"));
	html_raw(h, "</details>");
}

static void
put_button(struct exchange *x, struct html *h, const struct view *v, const char *tail, const char *label)
{
	ui_form_open(h, &(struct ui_form){ .action = cooperate_path(x, v->id, tail), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, v->c.revision));
	html_raw(h, "<button type=\"submit\" class=\"button primary\">"); /* Ctrl+Enter is the form's below it */
	html_say(h, label);
	html_raw(h, "</button>");
	ui_form_close(h);
}

static void
put_forms_of_helper(struct exchange *x, struct html *h, const struct view *v)
{
	if (!cooperation_waits(v->c.state))
		return;
	if (v->c.state == COOPERATION_ASKED)
		put_button(x, h, v, "take", T("接受，由我们协助"));
	form_begin(x, h, v, &cooperate_answer_form, "answer");
	put_field(x, h, &cooperate_answer_form, "answer");
	form_end(h, T("提交协作结果"));
	if (v->c.state == COOPERATION_ASKED)
		put_decline(x, h, v);
}

static void
put_forms_of_asker(struct exchange *x, struct html *h, const struct view *v)
{
	if (!cooperation_is_open(v->c.state))
		return;
	if (v->c.state == COOPERATION_ANSWERED) {
		put_button(x, h, v, "close", T("确认，协作办结"));
		form_begin(x, h, v, &cooperate_again_form, "again");
		put_field(x, h, &cooperate_again_form, "again");
		form_end(h, T("提交追问"));
	}
	put_details(h, x->route->form == &cooperate_withdraw_form);
	html_say(h, T("撤回协作请求"));
	html_raw(h, "</summary>");
	form_begin(x, h, v, &cooperate_withdraw_form, "withdraw");
	put_field(x, h, &cooperate_withdraw_form, "why");
	form_end(h, T("撤回"));
	html_raw(h, "</details>");
}

static enum rc
show(struct exchange *x, const char *trouble, const struct text *phone)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct html h = frame_html(x);
	enum rc rc = v != NULL ? http_segment_id(x, "id", &v->id) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	v->phone_shown = phone != NULL;
	v->phone = phone != NULL ? *phone : TEXT_NONE;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("协作"), .area = FRAME_QUEUE });
	ui_title(&h, T("协作"), desk_name(x, v->c.kind_name, v->c.kind_name_en));
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有保存"), trouble);
	else if (cooperate_lamp(x, &v->c) == LAMP_LATE)
		ui_notice_say(&h, UI_LATE, NULL, T("答复已经逾期"));
	put_facts(x, &h, v);
	put_rounds(x, &h, v);
	put_shared(x, &h, v);
	if (actor_may(x->ctx->actor, RIGHT_CASE_HANDLE) && v->c.incoming)
		put_forms_of_helper(x, &h, v);
	else if (actor_may(x->ctx->actor, RIGHT_CASE_HANDLE) && v->asks)
		put_forms_of_asker(x, &h, v);
	html_raw(&h, "<p>");
	ui_link(&h, v->c.incoming ? TEXT("/desk/cooperate") : TEXT("/desk/cooperate?box=out"), T("回协作列表"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
cooperate_page(struct exchange *x)
{
	return show(x, NULL, NULL);
}

/* ---- what is done with it ------------------------------------------------------------------------------------- */

static enum rc
end(struct exchange *x, int64_t id, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, cooperate_path(x, id, NULL));
		return RC_OK;
	}
	if (rc == RC_INVALID || rc == RC_REFUSED) {
		x->out->status = 422;
		return show(x, T("请改正下面标出的地方"), NULL);
	}
	if (rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = 409;
	return show(x, rc == RC_CONFLICT ? T("刚才有人改过了，下面是现在的情况；您写的还在")
	    : T("这一份以前已经提交过，这次改动的内容没有再记；您写的还在"), NULL);
}

/* The form's row for a bar; "words" of a later question is typed under another name. */
static void
bar_find(struct exchange *x, enum rc rc, enum cooperation_bar bar)
{
	if (rc == RC_REFUSED)
		findings_add(&x->findings, cooperation_bar_field(bar), cooperation_bar_label(bar), 0);
}

enum rc
cooperate_take_post(struct exchange *x)
{
	const struct cooperate_step_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	return end(x, id, x->form_rc == RC_OK ? cooperation_take(x->ctx, frame_idem_key(x), id, in->revision) : x->form_rc);
}

enum rc
cooperate_close_post(struct exchange *x)
{
	const struct cooperate_step_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	return end(x, id, x->form_rc == RC_OK ? cooperation_close(x->ctx, frame_idem_key(x), id, in->revision) : x->form_rc);
}

enum rc
cooperate_decline_post(struct exchange *x)
{
	const struct cooperate_decline_values *in = x->values;
	struct cooperation_done done = { .id = 0 };
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = cooperation_decline(x->ctx, frame_idem_key(x), id, in->revision, in->code, in->words, &done);
	bar_find(x, rc, done.bar);
	return end(x, id, rc);
}

enum rc
cooperate_answer_post(struct exchange *x)
{
	const struct cooperate_words_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	return end(x, id, x->form_rc == RC_OK ? cooperation_answer(x->ctx, frame_idem_key(x), id, in->revision, in->words)
	    : x->form_rc);
}

enum rc
cooperate_again_post(struct exchange *x)
{
	const struct cooperate_words_values *in = x->values;
	struct cooperation_done done = { .id = 0 };
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = cooperation_again(x->ctx, frame_idem_key(x), id, in->revision, in->words, &done);
	bar_find(x, rc, done.bar);
	return end(x, id, rc);
}

enum rc
cooperate_withdraw_post(struct exchange *x)
{
	const struct cooperate_words_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	return end(x, id, x->form_rc == RC_OK ? cooperation_withdraw(x->ctx, frame_idem_key(x), id, in->revision, in->words)
	    : x->form_rc);
}

/* Shown in the answer alone: no address has it. */
enum rc
cooperate_phone_post(struct exchange *x)
{
	struct text phone = TEXT_NONE;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = cooperation_phone(x->ctx, x->ctx->crypt, frame_idem_key(x), id, &phone);
	return rc == RC_OK ? show(x, NULL, &phone) : rc;
}

/* ---- on the page of a case ------------------------------------------------------------------------------------- */

struct of_case { struct case_id id; struct cooperation v[OF_CASE]; size_t n; };

static enum rc
of_case_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct of_case *a = arg;

	return cooperation_of_case(tx, actor, a->id, a->v, OF_CASE, &a->n);
}

void
case_cooperation(struct exchange *x, struct html *h, const struct case_view *v)
{
	struct of_case *a = ARENA_NEW(x->ctx->mem, struct of_case);

	if (a == NULL)
		return;
	a->id = v->id;
	if (db_read(x->ctx, of_case_tx, a) == RC_OK && a->n > 0)
		cooperate_table(x, h, T("请别的单位协助"), a->v, a->n, false);
}

static void
add_points(struct exchange *x, enum point_kind kind, struct place within, int64_t but, struct ui_option *v, size_t *n)
{
	struct point *points = NULL;
	size_t n_points = 0;

	if (network_list(x->ctx, kind, within, desk_today(x), &points, &n_points) != RC_OK)
		return;
	for (size_t i = 0; i < n_points && *n < POINTS; i++)
		if (points[i].id != but)
			v[(*n)++] = (struct ui_option){ .value = desk_int(x, points[i].id),
				.label = desk_name(x, points[i].name, points[i].name_en), .group = desk_say(x, point_kind_label(kind)) };
}

/* Every centre of the city, county and town, and the stations of the case's own town. */
void
draw_cooperate(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	struct ui_option *o = arena_array(x->ctx->mem, POINTS, sizeof *o);
	struct place city = place_up(v->r.place, PLACE_CITY);
	size_t n = 0;

	if (o == NULL)
		return;
	add_points(x, POINT_COUNTY, city, v->r.holder_point, o, &n);
	add_points(x, POINT_HOTLINE, city, v->r.holder_point, o, &n);
	if (place_level(v->r.place) >= PLACE_TOWN)
		add_points(x, POINT_STATION, place_up(v->r.place, PLACE_TOWN), v->r.holder_point, o, &n);
	add_points(x, POINT_TOWN, city, v->r.holder_point, o, &n);
	ui_field_select(h, form_field(act->form, "point"), o, n, ui_typed(act->form, "point", &x->typed),
	    findings_of(&x->findings, "point"));
	draw_codes(x, h, act->form, "kind", "cooperate.ask");
	ui_form_field(h, act->form, "words", &x->typed, &x->findings);
	ui_form_field(h, act->form, "shared", &x->typed, &x->findings);
}

enum rc
cooperate_post(struct exchange *x)
{
	const struct cooperate_values *in = x->values;
	struct cooperation_done done = { .id = 0 };
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = cooperation_ask(x->ctx, frame_idem_key(x), &(struct cooperation_ask){ .request = id, .point = in->point,
		    .kind = in->kind, .words = in->words, .shared = (unsigned)in->shared }, &done);
	bar_find(x, rc, done.bar);
	return case_end(x, id, "cooperate", rc, "cooperate");
}
