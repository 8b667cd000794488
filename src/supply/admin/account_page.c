/* One account: what it is, where it works, what it can do; three forms, each with its own end. */
#include "supply/admin/admin_internal.h"

struct account_view {
	struct account_id id;
	struct account a;
	int64_t items[IDENTITY_ITEMS_MAX];
	struct text languages[IDENTITY_LANGUAGES_MAX];
	size_t n_items, n_languages;
	const char *trouble;   /* T(): over the forms */
	bool again;            /* the newest revision is to be written over knowingly */
	bool left;             /* something would be left to nobody */
};

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct account_view *v = arg;
	enum rc rc = identity_load(tx, actor, v->id, &v->a);

	if (rc == RC_OK)
		rc = identity_items(tx, actor, v->id, v->items, IDENTITY_ITEMS_MAX, &v->n_items);
	return rc == RC_OK ? identity_languages(tx, actor, v->id, v->languages, IDENTITY_LANGUAGES_MAX, &v->n_languages) : rc;
}

static enum rc
view_read(struct exchange *x, struct account_view *v)
{
	enum rc rc;

	*v = (struct account_view){ .trouble = NULL };
	rc = http_segment_id(x, "id", &v->id.n);
	return rc == RC_OK ? db_read(x->ctx, view_tx, v) : rc;
}

/* Others inside the jurisdiction; nobody changes the own account here. */
static bool
may_change(const struct exchange *x, const struct account *a)
{
	struct place_range outer = x->ctx->actor->places, inner = place_range(a->place);

	return a->id.n != x->ctx->actor->account && inner.lo >= outer.lo && inner.hi <= outer.hi;
}

static struct text
here(struct exchange *x, const struct account_view *v, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/people/%lld%s", (long long)v->id.n, tail);
}

/* ---- what it is --------------------------------------------------------------------------------------- */

static struct text
point_code(struct exchange *x, int64_t id, struct text *ret_name)
{
	struct point p;

	*ret_name = TEXT_NONE;
	if (id == 0 || network_find(x->ctx, id, &p) != RC_OK)
		return TEXT_NONE;
	*ret_name = admin_name(x, p.name, p.name_en);
	return p.code;
}

static void
put_facts(struct exchange *x, struct html *h, const struct account *a)
{
	struct text point;
	const struct ui_fact facts[] = {
		{ .label = T("登录名"), .value = a->login },
		{ .label = T("职务"), .value = a->title },
		{ .label = T("角色"), .value = admin_say(x, role_label(a->role)) },
		{ .label = T("管辖范围"), .value = admin_place(x, a->place) },
		{ .label = T("单位"), .value = (point_code(x, a->point, &point), point) },
		{ .label = T("在办 / 上限"),
		  .value = arena_format(x->ctx->mem, "%lld / %lld", (long long)a->open_load, (long long)a->capacity) },
		{ .label = T("状态"), .value = admin_say(x, a->active ? T("可用") : T("停用")) },
		{ .label = T("建立于"), .value = admin_when(x, a->created_ms) },
	};

	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

/* ---- the forms ------------------------------------------------------------------------------------------ */

/* After a conflict the newest revision is written over knowingly; else what the form came with. */
static void
form_begin(struct exchange *x, struct html *h, const struct account_view *v, const struct form *form, const char *tail)
{
	struct text revision = admin_int(x, v->a.revision);

	if (admin_sent(x, form) && !v->again)
		revision = params_get(x->in->form, "revision");
	ui_form_open(h, &(struct ui_form){ .action = here(x, v, tail), .csrf = x->csrf, .key = admin_key(x, form) });
	ui_hidden(h, "revision", revision);
}

static void
put_post(struct exchange *x, struct html *h, const struct account_view *v)
{
	const struct form *form = &account_post_form;
	const struct findings *f = admin_findings(x, form);
	struct admin_options places = admin_places(x), points = admin_points(x);
	struct typed typed = admin_typed(x, form);
	struct text name;

	if (!admin_sent(x, form)) {
		admin_put(form, &typed, "role", text_of(role_key(v->a.role)));
		admin_put(form, &typed, "place", admin_int(x, v->a.place.code));
		admin_put(form, &typed, "point", point_code(x, v->a.point, &name));
		admin_put(form, &typed, "active", v->a.active ? TEXT("1") : TEXT_NONE);
	}
	ui_section_open(h, form->title);
	form_begin(x, h, v, form, "/post");
	ui_form_field(h, form, "role", &typed, f);
	ui_field_suggest(h, form_field(form, "place"), places.v, places.n, ui_typed(form, "place", &typed),
	    f ? findings_of(f, "place") : NULL);
	ui_field_suggest(h, form_field(form, "point"), points.v, points.n, ui_typed(form, "point", &typed),
	    f ? findings_of(f, "point") : NULL);
	ui_form_field(h, form, "active", &typed, f);
	ui_form_field(h, form, "successor", &typed, f);
	ui_form_buttons(h, T("改岗位"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static bool
item_chosen(struct exchange *x, const struct account_view *v, const struct item *item)
{
	if (admin_sent(x, &account_work_form)) {
		for (size_t i = 0; i < x->in->form.n; i++)
			if (text_equals(x->in->form.v[i].name, TEXT("item"))
			    && text_equals(x->in->form.v[i].value, item->code))
				return true;
		return false;
	}
	for (size_t i = 0; i < v->n_items; i++)
		if (v->items[i] == item->id)
			return true;
	return false;
}

static void
put_items(struct exchange *x, struct html *h, const struct account_view *v)
{
	struct item *items = NULL;
	size_t n = 0;

	if (catalogue_list(x->ctx, admin_today(x), true, &items, &n) != RC_OK)
		return;
	html_raw(h, "<fieldset class=\"field\"><legend>");
	html_say(h, T("能办的事项（一项不选：都能办）"));
	html_raw(h, "</legend><div class=\"cards\">");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<label class=\"card\"><input type=\"checkbox\" name=\"item\"");
		html_attr(h, "value", items[i].code);
		if (item_chosen(x, v, &items[i]))
			html_raw(h, " checked");
		html_raw(h, "><span>");
		html_text(h, admin_name(x, items[i].name, items[i].name_en));
		html_raw(h, "</span></label>");
	}
	html_raw(h, "</div></fieldset>");
}

static bool
language_chosen(struct exchange *x, const struct account_view *v, struct text code)
{
	if (admin_sent(x, &account_work_form)) {
		for (size_t i = 0; i < x->in->form.n; i++)
			if (text_equals(x->in->form.v[i].name, TEXT("language")) && text_equals(x->in->form.v[i].value, code))
				return true;
		return false;
	}
	for (size_t i = 0; i < v->n_languages; i++)
		if (text_equals(v->languages[i], code))
			return true;
	return false;
}

static void
put_languages(struct exchange *x, struct html *h, const struct account_view *v)
{
	struct code_row *rows = NULL;
	size_t n = 0;

	if (code_list(x->ctx, "language", admin_today(x), &rows, &n) != RC_OK || n == 0)
		return;
	html_raw(h, "<fieldset class=\"field\"><legend>");
	html_say(h, T("会说的语言（一项不选：不清楚）"));
	html_raw(h, "</legend><div class=\"cards\">");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<label class=\"card\"><input type=\"checkbox\" name=\"language\"");
		html_attr(h, "value", rows[i].code);
		if (language_chosen(x, v, rows[i].code))
			html_raw(h, " checked");
		html_raw(h, "><span>");
		html_text(h, admin_name(x, rows[i].name, rows[i].name_en));
		html_raw(h, "</span></label>");
	}
	html_raw(h, "</div></fieldset>");
}

static void
put_work(struct exchange *x, struct html *h, const struct account_view *v)
{
	const struct form *form = &account_work_form;
	const struct findings *f = admin_findings(x, form);
	struct typed typed = admin_typed(x, form);

	if (!admin_sent(x, form)) {
		admin_put(form, &typed, "name", v->a.name);
		admin_put(form, &typed, "title", v->a.title);
		admin_put(form, &typed, "capacity", admin_int(x, v->a.capacity));
	}
	ui_section_open(h, form->title);
	form_begin(x, h, v, form, "/work");
	ui_form_field(h, form, "name", &typed, f);
	ui_form_field(h, form, "title", &typed, f);
	ui_form_field(h, form, "capacity", &typed, f);
	put_items(x, h, v);
	put_languages(x, h, v);
	ui_form_buttons(h, T("保存"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_secret(struct exchange *x, struct html *h, const struct account_view *v)
{
	ui_section_open(h, account_secret_form.title);
	ui_form_open(h, &(struct ui_form){ .action = here(x, v, "/password"), .csrf = x->csrf,
	    .key = admin_key(x, &account_secret_form) });
	ui_form_fields(h, &account_secret_form, NULL, admin_findings(x, &account_secret_form));
	ui_form_buttons(h, T("重设密码"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static void
put_done(struct exchange *x, struct html *h)
{
	static const char *const done[][2] = {
		{ "new", T("账号已建好，可以登录了。") }, { "post", T("岗位已改。已登录的会重新登录。") },
		{ "work", T("已保存。") }, { "password", T("密码已重设。已登录的会重新登录。") },
	};
	struct text key = admin_query(x, "done");

	for (size_t i = 0; i < sizeof done / sizeof done[0]; i++)
		if (text_equals(key, text_of(done[i][0])))
			ui_notice_say(h, UI_OK, NULL, done[i][1]);
}

/* Who may not read cases cannot give them out one by one: they name a successor, or ask who supervises. */
static void
put_left(struct exchange *x, struct html *h)
{
	ui_notice_say(h, UI_LATE, T("还没有改：手上的事不能没有人管"),
	    T("在下面「手上的事由谁接手」填一个登录名，全部转给他；或者请中心主任在「督办」里打开各件，用「改派」逐件分给不同的人。"));
	html_raw(h, "<p><a href=\"#f-successor\">");
	html_say(h, T("填接手的人"));
	html_raw(h, "</a>");
	if (actor_may(x->ctx->actor, RIGHT_SUPERVISE)) {
		html_raw(h, " ");
		ui_link(h, TEXT("/desk/supervise"), T("去督办"));
	}
	html_raw(h, "</p>");
}

static enum rc
account_show(struct exchange *x, const struct account_view *v)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title_text = v->a.name, .area = FRAME_PEOPLE });
	ui_title_text(&h, v->a.name, admin_say(x, T("账号")));
	put_done(x, &h);
	if (v->trouble)
		ui_notice_say(&h, UI_LATE, NULL, v->trouble);
	if (x->route->form != NULL)
		ui_error_summary(&h, x->route->form, &x->findings);
	if (v->left)
		put_left(x, &h);
	put_facts(x, &h, &v->a);
	if (may_change(x, &v->a)) {
		put_post(x, &h, v);
		put_work(x, &h, v);
		put_secret(x, &h, v);
	} else {
		ui_notice_say(&h, UI_INFO, NULL, T("自己的账号和管辖范围以外的账号，这里只能看。"));
	}
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/people"), T("回人员名单"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
account_page_show(struct exchange *x)
{
	struct account_view v;
	enum rc rc = view_read(x, &v);

	return rc == RC_OK ? account_show(x, &v) : rc;
}

/* What follows a change: on to the account, or its page again with all that was typed. */
static enum rc
account_end(struct exchange *x, struct account_view *v, enum rc rc, const char *done)
{
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/people/%lld?done=%s", (long long)v->id.n, done));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = rc == RC_CONFLICT ? 409 : 422;
	if (rc == RC_CONFLICT) {
		rc = view_read(x, v);
		if (rc != RC_OK)
			return rc;
		v->again = true;
		v->trouble = T("刚才有人改过这个账号。上面是现在的内容，下面是您填的；再按一次就用您填的。");
	}
	return account_show(x, v);
}

/* As identity_judge() wants it: the account as it is, with what the form changes. */
static struct account_new
account_as_new(const struct account *a)
{
	return (struct account_new){ .login = a->login, .name = a->name, .title = a->title, .role = a->role,
		.place = a->place, .point = a->point, .capacity = a->capacity, .password = TEXT_NONE };
}

enum rc
account_post_post(struct exchange *x)
{
	const struct post_values *in = x->values;
	struct account_view v;
	struct account_new as;
	enum rc rc = view_read(x, &v), point;

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	as = account_as_new(&v.a);
	as.role = (enum role)in->role;
	as.place = in->place;
	point = people_point(x, in->point, in->place, &as.point);
	if (point != RC_OK && point != RC_INVALID)
		return point;
	if (rc == RC_OK && (!people_judge(x, &as) || point != RC_OK))
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = identity_move(x->ctx, frame_idem_key(x), &(struct account_move){ .id = v.id, .revision = in->revision,
		    .role = as.role, .place = as.place, .point = as.point, .active = in->active,
		    .successor = text_trim(in->successor) }, &x->findings);
	if (rc == RC_REFUSED)
		v.left = true;
	return account_end(x, &v, rc == RC_REFUSED ? RC_INVALID : rc, "post");
}

/* The ids of the items ticked; unknown codes are passed over. */
static size_t
items_ticked(struct exchange *x, const struct account_view *v, int64_t ids[static IDENTITY_ITEMS_MAX])
{
	struct item *items = NULL;
	size_t n = 0, ticked = 0;

	if (catalogue_list(x->ctx, admin_today(x), true, &items, &n) != RC_OK)
		return 0;
	for (size_t i = 0; i < n && ticked < IDENTITY_ITEMS_MAX; i++)
		if (item_chosen(x, v, &items[i]))
			ids[ticked++] = items[i].id;
	return ticked;
}

static size_t
languages_ticked(struct exchange *x, const struct account_view *v, struct text codes[static IDENTITY_LANGUAGES_MAX])
{
	struct code_row *rows = NULL;
	size_t n = 0, ticked = 0;

	if (code_list(x->ctx, "language", admin_today(x), &rows, &n) != RC_OK)
		return 0;
	for (size_t i = 0; i < n && ticked < IDENTITY_LANGUAGES_MAX; i++)
		if (language_chosen(x, v, rows[i].code))
			codes[ticked++] = rows[i].code;
	return ticked;
}

enum rc
account_work_post(struct exchange *x)
{
	const struct work_values *in = x->values;
	int64_t ids[IDENTITY_ITEMS_MAX];
	struct text codes[IDENTITY_LANGUAGES_MAX];
	struct account_work work = { .name = in->name, .title = in->title, .capacity = in->capacity, .items = ids,
		.languages = codes };
	struct account_view v;
	struct account_new as;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	as = account_as_new(&v.a);
	as.name = in->name;
	as.title = in->title;
	as.capacity = in->capacity;
	if (rc == RC_OK && !people_judge(x, &as))
		rc = RC_INVALID;
	work.n_items = items_ticked(x, &v, ids);
	work.n_languages = languages_ticked(x, &v, codes);
	if (rc == RC_OK)
		rc = identity_change_work(x->ctx, frame_idem_key(x), v.id, in->revision, &work);
	return account_end(x, &v, rc, "work");
}

enum rc
account_secret_post(struct exchange *x)
{
	const struct secret_values *in = x->values;
	struct account_view v;
	struct account_new as;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	as = account_as_new(&v.a);
	as.password = in->password;
	if (rc == RC_OK && !people_judge(x, &as))
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = identity_set_password(x->ctx, x->ctx->crypt, frame_idem_key(x), v.id, in->password);
	return account_end(x, &v, rc, "password");
}
