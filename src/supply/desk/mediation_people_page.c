/* The register of mediators, and of the chat groups that troubles are taken from. */
#include "supply/desk/mediation_internal.h"

#include <limits.h>
#include <stddef.h>

/* ---- mediators ---------------------------------------------------------------------------------------------- */

struct mediator_values { int64_t id, revision; struct text name, committee, phone, login; int kind; struct place place; uint64_t categories; bool active; };
#define AT(member) offsetof(struct mediator_values, member)
static const struct field mediator_fields[] = {
	{ .key = "id", .kind = FIELD_KEY, .label = T("编号"), .max = INT64_MAX, .offset = AT(id) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .max = INT64_MAX, .offset = AT(revision) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .required = true, .min = 2, .max = 40, .offset = AT(name) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("哪一类"), .required = true, .choices = mediator_kind_choices, .offset = AT(kind) },
	{ .key = "committee", .kind = FIELD_LINE, .label = T("调解委员会、调解组、调解室的名称"), .required = true, .min = 2, .max = 80, .offset = AT(committee) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("区划代码"), .required = true, .hint = T("在哪个村（社区）、镇（街道）、县（区）调解，12 位。"), .offset = AT(place) },
	{ .key = "categories", .kind = FIELD_FLAGS, .label = T("专门调解哪几类纠纷"), .choices = mediation_category_choices,
	  .hint = T("专业律师调解组必选（劳动争议、医患纠纷等）；其他的不选就是都可以。"), .offset = AT(categories) },
	{ .key = "phone", .kind = FIELD_LINE, .label = T("调解组织的电话"), .max = 30, .offset = AT(phone) },
	{ .key = "login", .kind = FIELD_LINE, .label = T("登录名"), .max = 32, .hint = T("没有账号的空着。"), .offset = AT(login) },
	{ .key = "active", .kind = FIELD_BOOL, .label = T("在任"), .offset = AT(active) },
};
const struct form mediator_form = FORM_OF("mediator", T("调解员名册"), mediator_fields, struct mediator_values);

struct people { struct mediator v[MEDIATORS_MAX]; struct chat_group g[MEDIATORS_MAX]; size_t n, n_g; };

static enum rc
people_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct people *p = arg;
	enum rc rc = mediators(tx, actor, p->v, MEDIATORS_MAX, &p->n);

	return rc == RC_OK ? chat_groups(tx, actor, p->g, MEDIATORS_MAX, &p->n_g) : rc;
}

static bool
is_own(const struct exchange *x, struct place place)
{
	return place_range_has(x->ctx->actor->places, place);
}

static struct text
categories_text(const struct exchange *x, unsigned categories)
{
	struct text t = TEXT_NONE;

	for (int c = 1; c < MEDIATION_CATEGORY_COUNT; c++)
		if ((categories & BIT(c)) != 0)
			t = desk_join(x, t, desk_say(x, mediation_choice_label(mediation_category_choices, c)));
	return t;
}

static void
put_mediators(struct exchange *x, struct html *h, const struct people *p)
{
	static const struct ui_column columns[] = { { T("姓名"), false }, { T("调解组织"), false }, { T("哪一类"), false }, { T("在哪里"), false },
		{ T("专门调解"), false }, { T("在办"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("调解员名册"), columns, 6);
	for (size_t i = 0; i < p->n; i++) {
		const struct mediator *m = &p->v[i];

		if (!is_own(x, m->place) && m->kind != MEDIATOR_PANEL)
			continue;
		ui_row_open(&t);
		if (is_own(x, m->place) && actor_may(x->ctx->actor, RIGHT_INTAKE))
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/mediation/mediators?id=%lld", (long long)m->id), m->name);
		else
			ui_cell(&t, m->name);
		ui_cell(&t, desk_join(x, m->committee, m->phone));
		ui_cell(&t, desk_join(x, desk_say(x, mediation_choice_label(mediator_kind_choices, (int)m->kind)),
		    m->active ? TEXT_NONE : desk_say(x, T("已停用"))));
		ui_cell(&t, region_name(m->place));
		ui_cell(&t, categories_text(x, m->categories));
		ui_cell_int(&t, m->load);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static struct text
flags_typed(const struct exchange *x, unsigned flags)
{
	struct text t = TEXT_NONE;

	for (int c = 1; c < MEDIATION_CATEGORY_COUNT; c++)
		if ((flags & BIT(c)) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? "," : "", choice_by_value(mediation_category_choices, c)->key);
	return t;
}

static struct text
choice_key(const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	return c != NULL ? text_of(c->key) : TEXT_NONE;
}

static void
put_mediator_form(struct exchange *x, struct html *h, const struct mediator *m)
{
	struct typed typed = x->typed;
	struct text begin[sizeof mediator_fields / sizeof mediator_fields[0]] = { desk_int(x, m != NULL ? m->id : 0),
		desk_int(x, m != NULL ? m->revision : 0), m != NULL ? m->name : TEXT_NONE, m != NULL ? choice_key(mediator_kind_choices, (int)m->kind) : TEXT_NONE,
		m != NULL ? m->committee : TEXT_NONE, desk_int(x, m != NULL ? m->place.code : desk_own_place(x->ctx->actor).code),
		m != NULL ? flags_typed(x, m->categories) : TEXT_NONE, m != NULL ? m->phone : TEXT_NONE, m != NULL ? m->login : TEXT_NONE,
		m == NULL || m->active ? TEXT("1") : TEXT_NONE };

	if (typed.v == NULL)
		typed.v = begin;
	ui_section_open(h, m != NULL ? T("修改") : T("登记一位调解员"));
	ui_error_summary(h, &mediator_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/mediation/mediators"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_form_fields(h, &mediator_form, &typed, &x->findings);
	ui_form_buttons(h, T("存下"), TEXT("/desk/mediation"));
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
mediators_show(struct exchange *x, const char *trouble)
{
	struct people *p = ARENA_NEW(x->ctx->mem, struct people);
	const struct mediator *edit = NULL;
	struct html h = frame_html(x);
	int64_t id = 0;
	enum rc rc = p == NULL ? RC_NO_MEMORY : db_read(x->ctx, people_tx, p);

	if (rc != RC_OK)
		return rc;
	if (int64_parse(desk_query(x, "id"), 1, INT64_MAX, &id) == RC_OK)
		for (size_t i = 0; i < p->n; i++)
			if (p->v[i].id == id && is_own(x, p->v[i].place))
				edit = &p->v[i];
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("调解员名册"), .area = FRAME_QUEUE });
	ui_title(&h, T("调解员名册"), TEXT_NONE);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/mediation"), T("人民调解案件"));
	html_raw(&h, "</p>");
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有存下"), trouble);
	put_mediators(x, &h, p);
	if (actor_may(x->ctx->actor, RIGHT_INTAKE))
		put_mediator_form(x, &h, edit);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
mediators_page(struct exchange *x)
{
	return mediators_show(x, NULL);
}

static const char *
trouble_of(enum rc rc)
{
	switch ((int)rc) {
	case RC_FORBIDDEN: return T("只能登记自己辖区里的");
	case RC_CONFLICT: return T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再交。");
	case RC_DUPLICATE: return T("这个登录名已经是另一位调解员，或者这一份已经提交过。");
	default: return NULL;
	}
}

enum rc
mediators_post(struct exchange *x)
{
	const struct mediator_values *in = x->values;
	int64_t id = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = mediator_save(x->ctx, frame_idem_key(x), &(struct mediator_new){ .id = in->id, .revision = in->revision, .name = in->name,
		    .committee = in->committee, .phone = in->phone, .login = in->login, .kind = in->kind, .place = in->place,
		    .categories = (unsigned)in->categories, .active = in->active }, &x->findings, &id);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/mediation/mediators"));
		return RC_OK;
	}
	if (rc != RC_INVALID && trouble_of(rc) == NULL)
		return rc;
	x->out->status = rc == RC_FORBIDDEN ? 422 : http_status_of(rc);
	return mediators_show(x, trouble_of(rc));
}

/* ---- chat groups ------------------------------------------------------------------------------------------------ */

struct group_values { int64_t id, revision, mediator, members; struct text name, platform; struct place place; bool active; };
#define G(member) offsetof(struct group_values, member)
static const struct field group_fields[] = {
	{ .key = "id", .kind = FIELD_KEY, .label = T("编号"), .max = INT64_MAX, .offset = G(id) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .max = INT64_MAX, .offset = G(revision) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("群名"), .required = true, .min = 2, .max = 60, .offset = G(name) },
	{ .key = "platform", .kind = FIELD_LINE, .label = T("在哪个平台"), .required = true, .min = 1, .max = 20, .offset = G(platform) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("区划代码"), .required = true, .hint = T("给哪个村（社区）、镇（街道）的，12 位。"), .offset = G(place) },
	{ .key = "mediator", .kind = FIELD_KEY, .label = T("由哪位调解员负责"), .max = INT64_MAX, .offset = G(mediator) },
	{ .key = "members", .kind = FIELD_INT, .label = T("群里有多少人"), .min = 0, .max = 100000, .offset = G(members) },
	{ .key = "active", .kind = FIELD_BOOL, .label = T("在用"), .offset = G(active) },
};
const struct form chat_group_form = FORM_OF("chat_group", T("楼道群、村民群"), group_fields, struct group_values);

static void
put_groups(struct exchange *x, struct html *h, const struct people *p)
{
	static const struct ui_column columns[] = { { T("群名"), false }, { T("平台"), false }, { T("在哪里"), false }, { T("谁负责"), false },
		{ T("人数"), true }, { T("从群里调解的"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("楼道群、村民群"), columns, 6);
	for (size_t i = 0; i < p->n_g; i++) {
		const struct chat_group *g = &p->g[i];

		if (!is_own(x, g->place))
			continue;
		ui_row_open(&t);
		ui_cell(&t, desk_join(x, g->name, g->active ? TEXT_NONE : desk_say(x, T("已停用"))));
		ui_cell(&t, g->platform);
		ui_cell(&t, region_name(g->place));
		ui_cell(&t, g->mediator_name);
		ui_cell_int(&t, g->members);
		ui_cell_int(&t, g->taken);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_group_form(struct exchange *x, struct html *h, const struct people *p)
{
	struct ui_option *o = arena_array(x->ctx->mem, p->n + 1, sizeof *o);
	static const char *const keys[] = { "name", "platform", "place", "members", "active" };
	struct text begin[] = { TEXT_NONE, desk_say(x, T("微信")), desk_int(x, desk_own_place(x->ctx->actor).code), TEXT_NONE, TEXT("1") };
	size_t n = 0;

	for (size_t i = 0; o != NULL && i < p->n; i++)
		if (is_own(x, p->v[i].place) && p->v[i].active) {
			o[n].value = desk_int(x, p->v[i].id);
			o[n].label = desk_join(x, p->v[i].name, p->v[i].committee);
			o[n].group = TEXT_NONE;
			n++;
		}
	ui_section_open(h, T("登记一个群"));
	ui_error_summary(h, &chat_group_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/mediation/groups"), .csrf = x->csrf, .key = frame_key_text(x) });
	for (size_t i = 0; i < 5; i++)
		ui_field(h, form_field(&chat_group_form, keys[i]), x->typed.v != NULL ? ui_typed(&chat_group_form, keys[i], &x->typed) : begin[i],
		    findings_of(&x->findings, keys[i]));
	ui_field_select(h, form_field(&chat_group_form, "mediator"), o, n, ui_typed(&chat_group_form, "mediator", &x->typed),
	    findings_of(&x->findings, "mediator"));
	ui_form_buttons(h, T("存下"), TEXT("/desk/mediation"));
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
groups_show(struct exchange *x, const char *trouble)
{
	struct people *p = ARENA_NEW(x->ctx->mem, struct people);
	struct html h = frame_html(x);
	enum rc rc = p == NULL ? RC_NO_MEMORY : db_read(x->ctx, people_tx, p);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("楼道群、村民群"), .area = FRAME_QUEUE });
	ui_title(&h, T("楼道群、村民群"), desk_say(x, T("群里有了矛盾，调解员主动去问，登记时选“从楼道群、村民群里发现”")));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/mediation"), T("人民调解案件"));
	html_raw(&h, "</p>");
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有存下"), trouble);
	put_groups(x, &h, p);
	if (actor_may(x->ctx->actor, RIGHT_INTAKE))
		put_group_form(x, &h, p);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
chat_groups_page(struct exchange *x)
{
	return groups_show(x, NULL);
}

enum rc
chat_groups_post(struct exchange *x)
{
	const struct group_values *in = x->values;
	int64_t id = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = chat_group_save(x->ctx, frame_idem_key(x), &(struct chat_group_new){ .id = in->id, .revision = in->revision,
		    .mediator = in->mediator, .members = in->members, .name = in->name, .platform = in->platform, .place = in->place,
		    .active = in->active }, &x->findings, &id);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/mediation/groups"));
		return RC_OK;
	}
	if (rc != RC_INVALID && trouble_of(rc) == NULL)
		return rc;
	x->out->status = rc == RC_FORBIDDEN ? 422 : http_status_of(rc);
	return groups_show(x, trouble_of(rc));
}
