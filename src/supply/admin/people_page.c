/* Who works here: the list of accounts, and a new one. */
#include "supply/admin/admin_internal.h"

#define PAGE 30

/* ---- the list --------------------------------------------------------------------------------------- */

static const struct field search_field = {
	.key = "q", .kind = FIELD_LINE, .label = T("登录名或姓名（要写全）"), .max = 64,
};

static void
put_search(struct exchange *x, struct html *h)
{
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/people"), .get = true });
	ui_field(h, &search_field, admin_query(x, "q"), NULL);
	ui_form_buttons(h, T("找人"), admin_query(x, "q").n > 0 ? TEXT("/desk/people") : TEXT_NONE);
	ui_form_close(h);
}

static struct text
point_name(struct exchange *x, int64_t id)
{
	struct point p;

	if (id == 0 || network_find(x->ctx, id, &p) != RC_OK)
		return TEXT_NONE;
	return admin_name(x, p.name, p.name_en);
}

static void
put_row(struct exchange *x, struct ui_table *t, const struct account *a)
{
	ui_row_open(t);
	ui_cell_link(t, arena_format(x->ctx->mem, "/desk/people/%lld", (long long)a->id.n), a->name);
	ui_cell(t, a->login);
	ui_cell_say(t, role_label(a->role));
	ui_cell(t, region_path(a->place));
	ui_cell(t, point_name(x, a->point));
	ui_cell(t, arena_format(x->ctx->mem, "%lld / %lld", (long long)a->open_load, (long long)a->capacity));
	ui_cell_say(t, a->active ? T("可用") : T("停用"));
	ui_row_close(t);
}

static void
put_list(struct exchange *x, struct html *h, const struct account *v, size_t n)
{
	static const struct ui_column columns[] = {
		{ T("姓名"), false }, { T("登录名"), false }, { T("角色"), false }, { T("管辖范围"), false },
		{ T("单位"), false }, { T("在办 / 上限"), true }, { T("状态"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("账号"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++)
		put_row(x, &t, &v[i]);
	ui_table_close(&t);
}

static void
put_pager(struct exchange *x, struct html *h, const struct account *last)
{
	struct ui_pager pager = { .where = TEXT_NONE };
	struct text q = admin_url(x, admin_query(x, "q"));

	if (last != NULL)
		pager.next = arena_format(x->ctx->mem, "/desk/people?q=%.*s&after=%lld-%lld", (int)q.n, q.p,
		    (long long)last->place.code, (long long)last->id.n);
	if (admin_query(x, "after").n > 0)
		pager.previous = arena_format(x->ctx->mem, "/desk/people?q=%.*s", (int)q.n, q.p);
	if (pager.next.n > 0 || pager.previous.n > 0)
		ui_pager(h, &pager);
}

enum rc
people_page(struct exchange *x)
{
	struct account *v = arena_array(x->ctx->mem, PAGE + 1, sizeof *v);
	struct account_page after = { { 0 }, { 0 } };
	struct html h = frame_html(x);
	size_t n = 0, shown;
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	admin_cursor(x, &after.place.code, &after.id.n);
	rc = identity_list(x->ctx, after, text_trim(admin_query(x, "q")), v, PAGE + 1, &n);
	if (rc != RC_OK)
		return rc;
	shown = n > PAGE ? PAGE : n;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("人员"), .area = FRAME_PEOPLE });
	ui_title(&h, T("人员"), TEXT_NONE);
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/desk/people/new"), T("新账号"), true);
	html_raw(&h, "</p>");
	put_search(x, &h);
	if (n == 0)
		ui_empty(&h, T("没有这样的账号"), T("登录名和姓名都要写全；只列出您管辖范围内的人。"), TEXT("/desk/people"),
		    T("看全部"));
	else
		put_list(x, &h, v, shown);
	put_pager(x, &h, n > PAGE ? &v[PAGE - 1] : NULL);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- a new account ------------------------------------------------------------------------------------ */

enum rc
people_point(struct exchange *x, struct text code, struct place within, int64_t *ret)
{
	struct place_range range = place_range(within);
	struct point p;
	enum rc rc;

	*ret = 0;
	if (code.n == 0)
		return RC_OK;
	rc = network_find_code(x->ctx, code, &p);
	if (rc == RC_OK && !day_is_none(p.closed) && day_compare(p.closed, admin_today(x)) <= 0)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK && range.lo <= range.hi && !place_range_has(range, p.place)) {
		findings_add(&x->findings, "point", T("这个单位不在其管辖范围内"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		*ret = p.id;
	if (rc != RC_NOT_FOUND)
		return rc;
	findings_add(&x->findings, "point", T("没有这个编号的站点，或者已经撤销"), 0);
	return RC_INVALID;
}

bool
people_judge(struct exchange *x, const struct account_new *in)
{
	struct findings all = { .n = 0 };
	size_t before = x->findings.total;

	if (identity_judge(x->ctx->actor, in, &all))
		return true;
	for (size_t i = 0; i < all.n; i++)
		if (form_field(x->route->form, all.v[i].field) != NULL)
			findings_add(&x->findings, all.v[i].field, all.v[i].message, all.v[i].bound);
	return x->findings.total == before;
}

static void
put_new_fields(struct exchange *x, struct html *h)
{
	const struct form *form = &account_new_form;
	struct typed typed = admin_typed(x, form);
	const struct findings *f = admin_findings(x, form);
	struct admin_options places = admin_places(x), points = admin_points(x);
	static const char *const before[] = { "login", "name", "title", "role" };

	if (!admin_sent(x, form))
		admin_put(form, &typed, "capacity", TEXT("30"));
	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
		ui_form_field(h, form, before[i], &typed, f);
	ui_field_suggest(h, form_field(form, "place"), places.v, places.n, ui_typed(form, "place", &typed),
	    f ? findings_of(f, "place") : NULL);
	ui_field_suggest(h, form_field(form, "point"), points.v, points.n, ui_typed(form, "point", &typed),
	    f ? findings_of(f, "point") : NULL);
	ui_form_field(h, form, "capacity", &typed, f);
	ui_form_field(h, form, "password", &typed, f);
}

enum rc
people_new_page(struct exchange *x)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("新账号"), .area = FRAME_PEOPLE });
	ui_title(&h, T("新账号"), TEXT_NONE);
	ui_error_summary(&h, &account_new_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/people/new"), .csrf = x->csrf, .key = frame_key_text(x) });
	put_new_fields(x, &h);
	ui_form_buttons(&h, T("建账号"), TEXT("/desk/people"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
create(struct exchange *x, struct account_id *id)
{
	const struct person_new_values *v = x->values;
	struct account_new in = { .login = v->login, .name = v->name, .title = v->title, .password = v->password,
		.role = (enum role)v->role, .place = v->place, .capacity = v->capacity };
	enum rc rc = x->form_rc, point = people_point(x, v->point, v->place, &in.point);

	if (point != RC_OK && point != RC_INVALID)
		return point;
	if (rc == RC_OK && (!people_judge(x, &in) || point != RC_OK))
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = identity_create(x->ctx, x->ctx->crypt, frame_idem_key(x), &in, id);
	if (rc == RC_CONFLICT)
		findings_add(&x->findings, "login", T("这个登录名已经有人用了"), 0);
	return rc;
}

enum rc
people_new_post(struct exchange *x)
{
	struct account_id id = { 0 };
	enum rc rc = create(x, &id);

	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/people/%lld?done=new", (long long)id.n));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = rc == RC_CONFLICT ? 409 : 422;
	return people_new_page(x);
}
