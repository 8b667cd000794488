/* One point of service: what it is, and how it changes. */
#include "supply/admin/admin_internal.h"

#include <stdio.h>

struct point_view {
	struct point p;
	struct text director;   /* login */
	struct text parent;     /* code */
	const char *trouble;
	bool again;             /* after a conflict: the newest revision is written over knowingly */
};

static enum rc
director_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct point_view *v = arg;
	struct account a;
	enum rc rc = identity_load(tx, actor, (struct account_id){ v->p.director }, &a);

	if (rc == RC_OK)
		v->director = a.login;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
view_read(struct exchange *x, struct point_view *v)
{
	struct point parent;
	enum rc rc;

	*v = (struct point_view){ .director = TEXT_NONE, .parent = TEXT_NONE };
	rc = network_find_code(x->ctx, http_segment(x, "code"), &v->p);
	if (rc == RC_OK && v->p.parent != 0 && network_find(x->ctx, v->p.parent, &parent) == RC_OK)
		v->parent = parent.code;
	return rc == RC_OK && v->p.director != 0 ? db_read(x->ctx, director_tx, v) : rc;
}

static struct text
here(struct exchange *x, const struct point_view *v, const char *tail)
{
	struct text safe = admin_url(x, v->p.code);

	return arena_format(x->ctx->mem, "/desk/network/%.*s%s", (int)safe.n, safe.p, tail);
}

/* ---- what it is --------------------------------------------------------------------------------------------- */

static struct text
degrees(const struct exchange *x, int64_t e6)
{
	return arena_format(x->ctx->mem, "%lld.%06lld", (long long)(e6 / 1000000), (long long)(e6 % 1000000));
}

static struct text
villages_text(struct exchange *x, const struct point *p, bool names)
{
	struct text t = TEXT_NONE;

	for (size_t i = 0; i < p->n_villages; i++) {
		struct text name = region_name(p->villages[i].village);

		if (!day_is_none(p->villages[i].to))
			continue;
		t = arena_format(x->ctx->mem, "%.*s%s%lld%s%.*s", (int)t.n, t.p, t.n > 0 ? " " : "",
		    (long long)p->villages[i].village.code, names ? " " : "", names ? (int)name.n : 0, name.p);
	}
	return t;
}

static void
put_facts(struct exchange *x, struct html *h, const struct point_view *v)
{
	const struct point *p = &v->p;
	bool placed = !geo_is_none(p->position);
	const struct ui_fact facts[] = {
		{ .label = T("编号"), .value = p->code },
		{ .label = T("站点类型"), .value = admin_say(x, point_kind_label(p->kind)) },
		{ .label = T("在哪里"), .value = admin_place(x, p->place) },
		{ .label = T("地址"), .value = p->address },
		{ .label = T("电话"), .value = p->phone },
		{ .label = T("负责人（登录名）"), .value = v->director },
		{ .label = T("由哪个站点管（编号）"), .value = v->parent },
		{ .label = T("经度"), .value = placed ? degrees(x, p->position.lon_e6) : TEXT_NONE },
		{ .label = T("纬度"), .value = placed ? degrees(x, p->position.lat_e6) : TEXT_NONE },
		{ .label = T("开放时间"), .value = point_hours_print(x->ctx->mem, p->hours, p->n_hours) },
		{ .label = T("服务哪些村（社区）"), .value = villages_text(x, p, true) },
		{ .label = T("哪一天起开放"), .value = admin_day(x, p->opened) },
		{ .label = T("从哪一天起撤销"), .value = admin_day(x, p->closed) },
	};

	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

static void
put_exceptions(struct exchange *x, struct html *h, const struct point *p)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("开放时间"), false }, { T("为什么"), false } };
	struct ui_table t;

	if (p->n_exceptions == 0)
		return;
	ui_table_open(&t, h, T("不一样的日子"), columns, 3);
	for (size_t i = 0; i < p->n_exceptions; i++) {
		const struct point_exception *e = &p->exceptions[i];

		ui_row_open(&t);
		ui_cell(&t, admin_day(x, e->day));
		if (e->opens < 0)
			ui_cell_say(&t, T("不开门"));
		else
			ui_cell(&t, arena_format(x->ctx->mem, "%02d:%02d–%02d:%02d", e->opens / 60, e->opens % 60, e->closes / 60,
			    e->closes % 60));
		ui_cell(&t, e->note);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_form(struct exchange *x, struct html *h, const struct point_view *v, const struct form *form, const char *tail)
{
	struct typed typed = admin_typed(x, form);

	if (form_field(form, "revision") != NULL && (v->again || !admin_sent(x, form)))
		admin_put(form, &typed, "revision", admin_int(x, v->p.revision));
	ui_section_open(h, form->title);
	ui_form_open(h, &(struct ui_form){ .action = here(x, v, tail), .csrf = x->csrf, .key = admin_key(x, form) });
	ui_form_fields(h, form, &typed, admin_findings(x, form));
	ui_form_buttons(h, form->title, TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
point_show(struct exchange *x, const struct point_view *v)
{
	struct text name = admin_name(x, v->p.name, v->p.name_en);
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title_text = name, .area = FRAME_NETWORK });
	ui_title_text(&h, name, v->p.code);
	if (admin_query(x, "done").n > 0)
		ui_notice_say(&h, UI_OK, NULL, T("已保存。"));
	if (v->trouble)
		ui_notice_say(&h, UI_LATE, NULL, v->trouble);
	if (x->route->form != NULL)
		ui_error_summary(&h, x->route->form, &x->findings);
	html_raw(&h, "<p>");
	ui_button_link(&h, here(x, v, "/change"), T("改站点"), true);
	html_raw(&h, " ");
	ui_link(&h, TEXT("/desk/network"), T("回站点名单"));
	html_raw(&h, "</p>");
	put_facts(x, &h, v);
	put_exceptions(x, &h, &v->p);
	if (day_is_none(v->p.closed)) {
		put_form(x, &h, v, &point_except_form, "/except");
		put_form(x, &h, v, &point_close_form, "/close");
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
network_point_page(struct exchange *x)
{
	struct point_view v;
	enum rc rc = view_read(x, &v);

	return rc == RC_OK ? point_show(x, &v) : rc;
}

/* ---- new, and changed ------------------------------------------------------------------------------------------ */

static const char *
datum_key(enum geo_datum d)
{
	static const char *const keys[GEO_DATUM_COUNT] = { "", "estimate", "wgs84", "gcj02", "bd09" };

	return (unsigned)d < GEO_DATUM_COUNT ? keys[d] : "";
}

static struct typed
form_typed(struct exchange *x, const struct form *form, const struct point_view *v)
{
	const struct point *p = &v->p;
	struct typed t = admin_typed(x, form);

	if (v->again || !admin_sent(x, form))
		admin_put(form, &t, "revision", admin_int(x, p->revision));
	if (admin_sent(x, form) || p->id == 0)
		return t;
	admin_put(form, &t, "kind", text_of(point_kind_key(p->kind)));
	admin_put(form, &t, "place", admin_int(x, p->place.code));
	admin_put(form, &t, "name", p->name);
	admin_put(form, &t, "name_en", p->name_en);
	admin_put(form, &t, "address", p->address);
	admin_put(form, &t, "phone", p->phone);
	admin_put(form, &t, "director", v->director);
	admin_put(form, &t, "parent", v->parent);
	if (!geo_is_none(p->position)) {
		admin_put(form, &t, "lon", degrees(x, p->position.lon_e6));
		admin_put(form, &t, "lat", degrees(x, p->position.lat_e6));
		admin_put(form, &t, "datum", text_of(datum_key(p->position.datum)));
	}
	admin_put(form, &t, "opened", admin_day(x, p->opened));
	admin_put(form, &t, "hours", point_hours_print(x->ctx->mem, p->hours, p->n_hours));
	admin_put(form, &t, "villages", villages_text(x, p, false));
	if (p->n_villages > 0)
		admin_put(form, &t, "reason", p->villages[0].reason);
	return t;
}

static enum rc
form_show(struct exchange *x, const struct form *form, const struct point_view *v, struct text action, struct text back)
{
	struct typed typed = form_typed(x, form, v);
	const struct findings *f = admin_findings(x, form);
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = form->title, .area = FRAME_NETWORK });
	ui_title(&h, form->title, v->p.name);
	if (v->trouble)
		ui_notice_say(&h, UI_LATE, NULL, v->trouble);
	ui_error_summary(&h, form, f);
	if (v->again)
		put_facts(x, &h, v);
	ui_form_open(&h, &(struct ui_form){ .action = action, .csrf = x->csrf, .key = frame_key_text(x) });
	ui_form_fields(&h, form, &typed, f);
	ui_form_buttons(&h, T("保存"), back);
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
network_new_page(struct exchange *x)
{
	struct point_view none = { .p = { .name = TEXT_NONE } };

	return form_show(x, &point_new_form, &none, TEXT("/desk/network/new"), TEXT("/desk/network"));
}

enum rc
network_change_page(struct exchange *x)
{
	struct point_view v;
	enum rc rc = view_read(x, &v);

	return rc == RC_OK ? form_show(x, &point_change_form, &v, here(x, &v, "/change"), here(x, &v, "")) : rc;
}

/* ---- what was typed, as resources/network wants it ----------------------------------------------------------------- */

/* Degrees with at most six decimals; empty is 0. */
static bool
degrees_read(struct text t, int64_t *ret)
{
	struct text rest = t, whole = text_cut(&rest, '.');
	int64_t degrees_whole = 0, part = 0, scale = 1;

	*ret = 0;
	if (t.n == 0)
		return true;
	if (rest.n > 6 || int64_parse(whole, 0, 180, &degrees_whole) != RC_OK)
		return false;
	if (rest.n > 0 && (rest.p[0] == '+' || rest.p[0] == '-' || int64_parse(rest, 0, 999999, &part) != RC_OK))
		return false;
	for (size_t i = rest.n; i < 6; i++)
		scale *= 10;
	*ret = degrees_whole * 1000000 + part * scale;
	return true;
}

static void
villages_read(struct exchange *x, struct text t, struct point_new *in)
{
	size_t i = 0;

	while (i < t.n) {
		size_t from = i;
		struct place village;

		while (i < t.n && t.p[i] != ' ' && t.p[i] != '\n' && t.p[i] != ',')
			i++;
		if (i > from) {
			if (in->n_villages == POINT_VILLAGES_MAX
			    || place_parse((struct text){ t.p + from, i - from }, &village) != RC_OK) {
				findings_add(&x->findings, "villages", T("写区划代码，用空格分开，最多%lld个"), POINT_VILLAGES_MAX);
				return;
			}
			in->villages[in->n_villages++] = village;
		}
		i++;
	}
}

struct login_arg { struct text login; struct account a; };

static enum rc
login_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct login_arg *l = arg;

	return identity_by_login(tx, actor, l->login, &l->a);
}

/* Who answers for it, and what it is managed by: ids of what was typed as login and code. */
static enum rc
others_read(struct exchange *x, const struct point_values *v, struct point_new *in)
{
	struct login_arg l = { .login = v->director };
	struct point parent;
	enum rc rc = v->director.n > 0 ? db_read(x->ctx, login_tx, &l) : RC_OK;

	if (rc == RC_NOT_FOUND)
		findings_add(&x->findings, "director", T("没有这个登录名"), 0);
	else if (rc != RC_OK)
		return rc;
	in->director = v->director.n > 0 && rc == RC_OK ? l.a.id.n : 0;
	rc = v->parent.n > 0 ? network_find_code(x->ctx, v->parent, &parent) : RC_OK;
	if (rc == RC_NOT_FOUND)
		findings_add(&x->findings, "parent", T("没有这个编号的站点，或者已经撤销"), 0);
	else if (rc != RC_OK)
		return rc;
	in->parent = v->parent.n > 0 && rc == RC_OK ? parent.id : 0;
	return RC_OK;
}

static enum rc
point_of(struct exchange *x, struct point_new *in)
{
	const struct point_values *v = x->values;
	size_t before = x->findings.total;
	enum rc rc;

	*in = (struct point_new){ .code = v->code, .kind = v->kind, .place = v->place, .name = v->name,
		.name_en = v->name_en, .address = v->address, .phone = v->phone, .opened = v->opened, .reason = v->reason };
	if (x->form_rc != RC_OK)
		return x->form_rc;
	if (!degrees_read(v->lon, &in->position.lon_e6))
		findings_add(&x->findings, "lon", T("经度应在73至135度之间，最多六位小数"), 135);
	if (!degrees_read(v->lat, &in->position.lat_e6))
		findings_add(&x->findings, "lat", T("纬度应在3至54度之间，最多六位小数"), 54);
	in->position.datum = geo_is_none(in->position) ? GEO_UNKNOWN : (enum geo_datum)v->datum;
	if (point_hours_read(v->hours, in->hours, &in->n_hours) != RC_OK)
		findings_add(&x->findings, "hours", T("开放时间要写成 1-5 09:00-17:00; 6 09:00-12:00 这样"), 0);
	villages_read(x, v->villages, in);
	rc = others_read(x, v, in);
	if (rc != RC_OK)
		return rc;
	return x->findings.total == before ? RC_OK : RC_INVALID;
}

enum rc
network_new_post(struct exchange *x)
{
	struct point_new *in = ARENA_NEW(x->ctx->mem, struct point_new);
	int64_t id = 0;
	struct point made;
	enum rc rc = in == NULL ? RC_NO_MEMORY : point_of(x, in);

	if (rc == RC_OK)
		rc = network_create(x->ctx, frame_idem_key(x), in, &x->findings, &id);
	if (rc == RC_OK)
		rc = network_find(x->ctx, id, &made);
	if (rc == RC_OK) {
		struct point_view v = { .p = made };

		http_redirect(x->out, here(x, &v, "?done=1"));
		return RC_OK;
	}
	if (rc == RC_DUPLICATE)
		findings_add(&x->findings, "code", T("这个编号已经有了"), 0);
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_DUPLICATE)
		return rc;
	x->out->status = 422;
	return network_new_page(x);
}

#define CHANGED T("刚才有人改过这个站点。上面是现在的内容，下面是您填的；再按一次就用您填的。")

static enum rc
point_conflict(struct exchange *x, struct point_view *v)
{
	enum rc rc = network_reload(x->ctx);

	if (rc == RC_OK)
		rc = view_read(x, v);
	v->again = true;
	v->trouble = CHANGED;
	x->out->status = 409;
	return rc;
}

enum rc
network_change_post(struct exchange *x)
{
	struct point_new *in = ARENA_NEW(x->ctx->mem, struct point_new);
	struct point_view v;
	enum rc rc = view_read(x, &v), read;

	if (rc != RC_OK || in == NULL)
		return rc != RC_OK ? rc : RC_NO_MEMORY;
	rc = point_of(x, in);
	in->code = v.p.code;
	if (rc == RC_OK)
		rc = network_change(x->ctx, frame_idem_key(x), v.p.id, ((const struct point_values *)x->values)->revision, in,
		    &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, here(x, &v, "?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED)
		return rc;
	x->out->status = 422;
	read = rc == RC_CONFLICT ? point_conflict(x, &v) : RC_OK;
	return read == RC_OK ? form_show(x, &point_change_form, &v, here(x, &v, "/change"), here(x, &v, "")) : read;
}

static enum rc
point_end(struct exchange *x, struct point_view *v, enum rc rc)
{
	enum rc read = RC_OK;

	if (rc == RC_OK) {
		http_redirect(x->out, here(x, v, "?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED)
		return rc;
	x->out->status = 422;
	if (rc == RC_CONFLICT)
		read = point_conflict(x, v);
	return read == RC_OK ? point_show(x, v) : read;
}

enum rc
network_close_post(struct exchange *x)
{
	const struct point_close_values *in = x->values;
	struct findings found = { .n = 0 };
	struct point_view v;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = network_close(x->ctx, frame_idem_key(x), v.p.id, in->revision, in->day, &found);
	for (size_t i = 0; i < found.n; i++)
		findings_add(&x->findings, "closed", found.v[i].message, found.v[i].bound);
	return point_end(x, &v, rc);
}

enum rc
network_except_post(struct exchange *x)
{
	const struct point_except_values *in = x->values;
	struct point_exception e = { .day = in->day, .opens = in->opens, .closes = in->closes, .note = in->note };
	struct point_view v;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && !in->usual && (in->opens < 0) != (in->closes < 0)) {
		findings_add(&x->findings, in->opens < 0 ? "opens" : "closes", T("开门和关门要么都写，要么都空着"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = network_except(x->ctx, frame_idem_key(x), v.p.id, &e, in->usual, &x->findings);
	return point_end(x, &v, rc);
}
