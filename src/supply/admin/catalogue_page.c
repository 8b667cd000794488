/* The catalogue: what is offered today, what each revision said, and a new one. */
#include "supply/admin/admin_internal.h"

struct catalogue_view {
	struct item *history;   /* newest first */
	size_t n;
	const char *trouble;
	bool again;             /* after a conflict: the newest revision is built upon knowingly */
};

/* ---- the list --------------------------------------------------------------------------------------- */

static const char *
state_of(const struct exchange *x, const struct item *i)
{
	if (!i->in_force)
		return T("已停办");
	return day_compare(i->from, admin_today(x)) > 0 ? T("将生效") : T("在办理");
}

static void
put_list(struct exchange *x, struct html *h, const struct item *v, size_t n)
{
	static const struct ui_column columns[] = {
		{ T("事项"), false }, { T("代码"), false }, { T("收费"), false }, { T("这一版生效于"), false },
		{ T("依据"), false }, { T("状态"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("服务事项"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/catalogue/%.*s", (int)v[i].code.n, v[i].code.p),
		    admin_name(x, v[i].name, v[i].name_en));
		ui_cell(&t, v[i].code);
		ui_cell_say(&t, price_label(v[i].price));
		ui_cell(&t, admin_day(x, v[i].from));
		ui_cell(&t, v[i].basis.n > 0 ? v[i].basis : admin_say(x, T("未核实")));
		ui_cell_say(&t, state_of(x, &v[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
catalogue_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct item *v = NULL;
	size_t n = 0;
	enum rc rc = catalogue_list(x->ctx, admin_today(x), true, &v, &n);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("事项目录"), .area = FRAME_CATALOGUE });
	ui_title(&h, T("事项目录"), TEXT_NONE);
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/desk/catalogue/new"), T("新事项"), true);
	html_raw(&h, "</p>");
	put_list(x, &h, v, n);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one item ------------------------------------------------------------------------------------------- */

struct find_arg { struct text code; struct day day; struct item item; };

static enum rc
find_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct find_arg *f = arg;

	return catalogue_load_code(tx, actor, f->code, f->day, &f->item);
}

/* Also an item whose first revision lies ahead. */
static enum rc
view_read(struct exchange *x, struct catalogue_view *v)
{
	struct find_arg arg = { .code = http_segment(x, "code"), .day = day_add(admin_today(x), 3650) };
	enum rc rc = db_read(x->ctx, find_tx, &arg);

	*v = (struct catalogue_view){ .n = 0 };
	return rc == RC_OK ? catalogue_history(x->ctx, arg.item.id, &v->history, &v->n) : rc;
}

static struct text
kinds_text(struct exchange *x, uint32_t bits, const struct choice *choices)
{
	struct text t = TEXT_NONE;

	for (const struct choice *c = choices; c->key != NULL; c++) {
		struct text label = admin_say(x, c->label);

		if ((bits & BIT(c->value)) == 0)
			continue;
		t = t.n == 0 ? label
		    : arena_format(x->ctx->mem, "%.*s · %.*s", (int)t.n, t.p, (int)label.n, label.p);
	}
	return t;
}

static struct text
limit_text(struct exchange *x, const struct item *i, enum clock_target target)
{
	const struct item_limit *l = item_limit_of(i, target);
	const struct choice *unit = l != NULL ? choice_by_value(admin_units, (int)l->rule.unit + 1) : NULL;
	struct text word;

	if (l == NULL || unit == NULL)
		return TEXT_NONE;
	word = admin_say(x, unit->label);
	return arena_format(x->ctx->mem, "%d %.*s · %.*s", l->rule.count, (int)word.n, word.p, (int)l->source.n, l->source.p);
}

static void
put_revision(struct exchange *x, struct html *h, const struct item *i)
{
	const struct ui_fact facts[] = {
		{ .label = T("名称"), .value = i->name },
		{ .label = T("英文名称"), .value = i->name_en },
		{ .label = T("能得到什么"), .value = i->summary },
		{ .label = T("为什么由政府办"), .value = i->why_public },
		{ .label = T("谁可以申请"), .value = kinds_text(x, i->who_may, applicant_choices) },
		{ .label = T("收费"), .value = admin_say(x, price_label(i->price)) },
		{ .label = T("收费理由"), .value = i->price_why },
		{ .label = T("提供方式"), .value = admin_say(x, supply_label(i->supply)) },
		{ .label = T("依据"), .value = i->basis.n > 0 ? i->basis : admin_say(x, T("未核实")) },
		{ .label = T("材料"), .value = i->materials },
		{ .label = T("渠道"), .value = kinds_text(x, i->channels, admin_channels) },
		{ .label = T("在哪一级办"), .value = kinds_text(x, i->tiers, admin_tiers) },
		{ .label = T("受理时限"), .value = limit_text(x, i, TARGET_ACCEPT) },
		{ .label = T("答复时限"), .value = limit_text(x, i, TARGET_ANSWER) },
		{ .label = T("办结时限"), .value = limit_text(x, i, TARGET_CLOSE) },
		{ .label = T("状态"), .value = admin_say(x, state_of(x, i)) },
	};

	html_raw(h, "<section><h2>");
	html_sayf(h, T("%s 起"), admin_day(x, i->from).p);
	html_raw(h, "</h2>");
	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
	html_raw(h, "</section>");
}

static struct text
here(struct exchange *x, const struct catalogue_view *v, const char *tail)
{
	struct text code = v->history[0].code;

	return arena_format(x->ctx->mem, "/desk/catalogue/%.*s%s", (int)code.n, code.p, tail);
}

enum rc
catalogue_item_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct catalogue_view v;
	struct text name;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	name = admin_name(x, v.history[0].name, v.history[0].name_en);
	frame_desk_open(x, &h, &(struct frame_page){ .title_text = name, .area = FRAME_CATALOGUE });
	ui_title_text(&h, name, v.history[0].code);
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已保存。"));
	html_raw(&h, "<p>");
	ui_button_link(&h, here(x, &v, "/revise"), T("写新的一版"), true);
	html_raw(&h, " ");
	ui_link(&h, TEXT("/desk/catalogue"), T("回事项目录"));
	html_raw(&h, "</p>");
	for (size_t i = 0; rc == RC_OK && i < v.n; i++)
		if (day_compare(v.history[i].from, admin_today(x)) <= 0) { /* the one in force */
			rc = rerule_panel(x, &h, &v.history[i]);
			break;
		}
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < v.n; i++)
		put_revision(x, &h, &v.history[i]);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- the form -------------------------------------------------------------------------------------------- */

static struct text
keys_of(struct exchange *x, uint32_t bits, const struct choice *choices)
{
	struct text t = TEXT_NONE;

	for (const struct choice *c = choices; c->key != NULL; c++)
		if ((bits & BIT(c->value)) != 0)
			t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? "," : "", c->key);
	return t;
}

static const struct { const char *count, *unit, *source; enum clock_target target; } limit_keys[ITEM_LIMITS_MAX] = {
	{ "accept", "accept_unit", "accept_source", TARGET_ACCEPT },
	{ "answer", "answer_unit", "answer_source", TARGET_ANSWER },
	{ "close", "close_unit", "close_source", TARGET_CLOSE },
};

static void
begin_limits(struct exchange *x, const struct form *form, struct typed *t, const struct item *i)
{
	for (size_t k = 0; k < ITEM_LIMITS_MAX; k++) {
		const struct item_limit *l = item_limit_of(i, limit_keys[k].target);
		const struct choice *unit = l != NULL ? choice_by_value(admin_units, (int)l->rule.unit + 1) : NULL;

		if (unit == NULL)
			continue;
		admin_put(form, t, limit_keys[k].count, admin_int(x, l->rule.count));
		admin_put(form, t, limit_keys[k].unit, text_of(unit->key));
		admin_put(form, t, limit_keys[k].source, l->source);
	}
}

/* A new revision begins as the newest one reads, from today. */
static void
begin_with(struct exchange *x, const struct form *form, struct typed *t, const struct item *i)
{
	const struct { const char *key; struct text value; } texts[] = {
		{ "name", i->name }, { "name_en", i->name_en }, { "summary", i->summary }, { "summary_en", i->summary_en },
		{ "why_public", i->why_public }, { "price_why", i->price_why }, { "basis", i->basis },
		{ "materials", i->materials }, { "price", text_of(price_key(i->price)) },
		{ "supply", text_of(supply_key(i->supply)) }, { "who_may", keys_of(x, i->who_may, applicant_choices) },
		{ "channels", keys_of(x, i->channels, admin_channels) }, { "tiers", keys_of(x, i->tiers, admin_tiers) },
		{ "in_force", i->in_force ? TEXT("1") : TEXT_NONE },
	};

	for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
		admin_put(form, t, texts[k].key, texts[k].value);
	begin_limits(x, form, t, i);
}

static struct typed
form_typed(struct exchange *x, const struct form *form, const struct item *newest)
{
	struct typed typed = admin_typed(x, form);

	if (admin_sent(x, form))
		return typed;
	admin_put(form, &typed, "from", admin_day(x, admin_today(x)));
	if (newest != NULL)
		begin_with(x, form, &typed, newest);
	else
		admin_put(form, &typed, "in_force", TEXT("1"));
	return typed;
}

static enum rc
form_show(struct exchange *x, const struct form *form, const struct catalogue_view *v, struct text action,
    struct text back)
{
	const struct item *newest = v->n > 0 ? &v->history[0] : NULL;
	struct typed typed = form_typed(x, form, newest);
	struct html h = frame_html(x);

	if (v->again && newest != NULL)
		admin_put(form, &typed, "seen", admin_int(x, newest->from.n));
	else if (!admin_sent(x, form) && newest != NULL)
		admin_put(form, &typed, "seen", admin_int(x, newest->from.n));
	frame_desk_open(x, &h, &(struct frame_page){ .title = form->title, .area = FRAME_CATALOGUE });
	ui_title(&h, form->title, newest != NULL ? newest->name : TEXT_NONE);
	if (v->trouble)
		ui_notice_say(&h, UI_LATE, NULL, v->trouble);
	ui_error_summary(&h, form, admin_findings(x, form));
	if (v->again)
		put_revision(x, &h, newest);
	ui_form_open(&h, &(struct ui_form){ .action = action, .csrf = x->csrf, .key = frame_key_text(x) });
	ui_form_fields(&h, form, &typed, admin_findings(x, form));
	ui_form_buttons(&h, T("保存"), back);
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
catalogue_new_page(struct exchange *x)
{
	struct catalogue_view none = { .n = 0 };

	return form_show(x, &item_new_form, &none, TEXT("/desk/catalogue/new"), TEXT("/desk/catalogue"));
}

enum rc
catalogue_revise_page(struct exchange *x)
{
	struct catalogue_view v;
	enum rc rc = view_read(x, &v);

	return rc == RC_OK ? form_show(x, &item_revise_form, &v, here(x, &v, "/revise"), here(x, &v, "")) : rc;
}

/* ---- saving -------------------------------------------------------------------------------------------------- */

static struct item_limit
limit_of(enum clock_target target, int64_t count, int unit, struct text source)
{
	/* by days and longer a last rest day moves on (民法典 203); hours never do */
	return (struct item_limit){ .target = target, .source = source,
		.rule = { .count = (int)count, .unit = unit > 0 ? (enum clock_unit)(unit - 1) : CLOCK_WORKDAY, .roll = true } };
}

static struct item_new
item_of(const struct item_values *v)
{
	struct item_new in = {
		.code = v->code, .matter = v->matter, .sort = v->sort, .from = v->from, .name = v->name, .name_en = v->name_en,
		.summary = v->summary, .summary_en = v->summary_en, .why_public = v->why_public, .who_may = v->who_may,
		.price = v->price, .price_why = v->price_why, .supply = v->supply, .basis = v->basis,
		.materials = v->materials, .channels = v->channels, .tiers = v->tiers, .in_force = v->in_force,
	};

	in.limits[0] = limit_of(TARGET_ACCEPT, v->accept, v->accept_unit, v->accept_source);
	in.limits[1] = limit_of(TARGET_ANSWER, v->answer, v->answer_unit, v->answer_source);
	in.limits[2] = limit_of(TARGET_CLOSE, v->close, v->close_unit, v->close_source);
	return in;
}

enum rc
catalogue_new_post(struct exchange *x)
{
	const struct item_values *v = x->values;
	struct item_new in = item_of(v);
	int64_t item = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = catalogue_create(x->ctx, frame_idem_key(x), &in, &x->findings, &item);
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/catalogue/%.*s?done=1", (int)v->code.n, v->code.p));
		return RC_OK;
	}
	if (rc == RC_DUPLICATE)
		findings_add(&x->findings, "code", T("这个代码已经有了"), 0);
	if (rc != RC_INVALID && rc != RC_DUPLICATE)
		return rc;
	x->out->status = 422;
	return catalogue_new_page(x);
}

enum rc
catalogue_revise_post(struct exchange *x)
{
	const struct item_values *values = x->values;
	struct item_new in = item_of(values);
	struct catalogue_view v;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = catalogue_revise(x->ctx, frame_idem_key(x), v.history[0].id, (struct day){ (int32_t)values->seen }, &in,
		    &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, here(x, &v, "?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = rc == RC_CONFLICT ? 409 : 422;
	if (rc == RC_CONFLICT) {
		v.again = true;
		v.trouble = T("您填写期间有人写了更新的一版。下面先是最新的一版，再是您填的；再按一次就接着最新的一版存您填的。");
	}
	return form_show(x, &item_revise_form, &v, here(x, &v, "/revise"), here(x, &v, ""));
}
