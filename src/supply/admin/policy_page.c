/* Packages of rules: which are in force, their values by day with the paper behind each, their versions. */
#include "supply/admin/policy_internal.h"

#include "kit/html/ui.h"

const char *
policy_state_label(enum policy_state s)
{
	static const char *const label[POLICY_STATE_COUNT] = {
		T("草稿，等第二人审定"), T("已审定"), T("没有通过"), T("已撤回"),
	};

	return label[(unsigned)s < POLICY_STATE_COUNT ? s : POLICY_DRAFT];
}

struct text
policy_title(const struct exchange *x, const struct rules *r)
{
	const struct rules_package *k = rules_package(r);

	return policy_name(x->ctx->lang, k->name, k->words);
}

struct text
policy_trials(const struct exchange *x, const struct rules *r)
{
	const struct rules_package *k = rules_package(r);
	struct text all = TEXT_NONE;

	for (size_t i = 0; i < k->n_parameters; i++)
		for (size_t t = 0; t < k->parameter[i].n_trials; t++) {
			const struct rules_parameter *par = &k->parameter[i];
			struct text name = policy_name(x->ctx->lang, par->name, par->words), day = admin_day(x, par->trial[t].from);
			struct text value = par->table || par->trial[t].unset ? TEXT_NONE :
			    policy_parameter_value(x->ctx->mem, x->ctx->lang, r, par, par->trial[t].value);

			all = arena_format(x->ctx->mem, "%.*s%s%.*s (%.*s) %.*s", (int)all.n, all.p, all.n > 0 ? "; " : "", (int)name.n, name.p,
			    (int)day.n, day.p, (int)value.n, value.p == NULL ? "" : value.p);
		}
	return all;
}

struct text
policy_path(const struct exchange *x, struct text package, const char *rest)
{
	return arena_format(x->ctx->mem, "/desk/policy/%.*s%s", (int)package.n, package.p, rest);
}

/* ---- all packages ---------------------------------------------------------------------------------------- */

enum rc
policy_all_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct policy_all *p = arg;
	enum rc rc = policy_packages(tx, actor, p->today, p->v, POLICY_PACKAGES_MAX, &p->n);

	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		if (p->v[i].current.id != 0)
			rc = policy_current(tx, actor, p->v[i].package, p->today, &p->v[i].current);
		if (rc == RC_OK && p->v[i].current.id != 0)
			rc = policy_compile(tx_mem(tx), &p->v[i].current, &p->rules[i]);
	}
	return rc;
}

/* Values nobody has stated or checked yet, of those in force on a day. */
static int
unverified(const struct rules *r, struct day today)
{
	const struct rules_package *k = rules_package(r);
	int n = 0;

	for (size_t i = 0; i < k->n_parameters; i++) {
		int at = rules_entry_at(&k->parameter[i], today);

		n += at >= 0 && (k->parameter[i].entry[at].unset || k->parameter[i].entry[at].unverified);
	}
	return n;
}

enum rc
policy_list_page(struct exchange *x)
{
	static const struct ui_column columns[] = {
		{ T("规则包"), false }, { T("代号"), false }, { T("现行版本"), true }, { T("自"), false }, { T("参数"), true },
		{ T("未核实的值"), true }, { T("待审定"), true },
	};
	struct policy_all *p = ARENA_NEW(x->ctx->mem, struct policy_all);
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (p == NULL)
		return RC_NO_MEMORY;
	p->today = admin_today(x);
	rc = db_read(x->ctx, policy_all_tx, p);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("政策规则"), .area = FRAME_POLICY });
	ui_title(&h, T("政策规则"), TEXT_NONE);
	ui_paragraph(&h, T("标准、条件和减免都写在规则包里，每个值都有起始日和依据。改动由一人起草、另一人审定，到日子自动施行；程序不用改。"));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/policy/papers"), T("政策文件一览"));
	html_raw(&h, " ");
	ui_link(&h, TEXT("/desk/policy/estimate"), T("测算用的数"));
	html_raw(&h, " ");
	ui_link(&h, TEXT("/desk/texts"), T("文书模板和维权专题"));
	html_raw(&h, "</p>");
	ui_table_open(&t, &h, T("规则包"), columns, 7);
	for (size_t i = 0; i < p->n; i++) {
		const struct policy_row *row = &p->v[i];
		const struct rules *r = p->rules[i];

		ui_row_open(&t);
		ui_cell_link(&t, policy_path(x, row->package, ""), r == NULL ? row->package : policy_title(x, r));
		ui_cell(&t, row->package);
		ui_cell_int(&t, row->current.number);
		ui_cell(&t, admin_day(x, r == NULL ? DAY_NONE : day_of_moment(row->current.decided_ms)));
		ui_cell_int(&t, r == NULL ? 0 : (int64_t)rules_package(r)->n_parameters);
		ui_cell_int(&t, r == NULL ? 0 : unverified(r, p->today));
		ui_cell_int(&t, row->drafts);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one package ------------------------------------------------------------------------------------------ */

enum rc
policy_open_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct policy_open *o = arg;
	enum rc rc = policy_current(tx, actor, o->package, o->day, &o->current);

	if (rc == RC_OK)
		rc = policy_compile(tx_mem(tx), &o->current, &o->rules);
	if (rc == RC_OK && o->versions)
		rc = policy_versions(tx, actor, o->package, o->v, POLICY_VERSIONS_SHOWN, &o->n);
	return rc;
}

static void
put_value(struct exchange *x, struct ui_table *t, const struct rules *r, const struct rules_parameter *par,
    const struct rules_entry *e)
{
	struct html *h = t->h;
	char day[16];

	ui_cell_open(t);
	html_raw(h, "<span>"); /* on a phone a cell lays its children side by side */
	if (e == NULL)
		html_say(h, T("今天没有值"));
	else if (e->unset)
		html_say(h, T("未设定"));
	else if (par->table)
		html_sayf(h, T("%zu 档"), e->n_rows);
	else
		html_text(h, policy_parameter_value(x->ctx->mem, x->ctx->lang, r, par, e->value));
	html_raw(h, " ");
	if (e != NULL && (e->unverified || e->unset))
		ui_tag(h, UI_SOON, admin_say(x, T("未核实")));
	html_raw(h, " ");
	if (e != NULL && par->stale_days > 0 && admin_today(x).n - e->from.n > par->stale_days)
		ui_tag(h, UI_LATE, admin_say(x, T("可能过期")));
	html_raw(h, " ");
	if (par->n_trials > 0)
		ui_tag(h, UI_HOLD, admin_say(x, T("有试算的值")));
	html_raw(h, "</span>");
	ui_cell_close(t);
	ui_cell(t, e == NULL ? TEXT_NONE : arena_text(x->ctx->mem, day_print(e->from, day)));
	ui_cell(t, e == NULL ? TEXT_NONE : policy_basis(x->ctx->mem, x->ctx->lang, r, e->basis));
}

static void
put_parameters(struct exchange *x, struct html *h, const struct policy_open *o)
{
	static const struct ui_column columns[] = {
		{ T("参数"), false }, { T("今天的值"), false }, { T("自"), false }, { T("依据"), false },
	};
	const struct rules_package *k = rules_package(o->rules);
	struct ui_table t;

	ui_table_open(&t, h, T("参数"), columns, 4);
	for (size_t i = 0; i < k->n_parameters; i++) {
		const struct rules_parameter *par = &k->parameter[i];
		int at = rules_entry_at(par, o->day);
		struct text name = policy_name(x->ctx->lang, par->name, par->words);

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "%.*s?name=%.*s", (int)policy_path(x, o->package, "/value").n,
		    policy_path(x, o->package, "/value").p, (int)admin_url(x, par->name).n, admin_url(x, par->name).p), name);
		put_value(x, &t, o->rules, par, at < 0 ? NULL : &par->entry[at]);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_versions(struct exchange *x, struct html *h, const struct policy_open *o)
{
	static const struct ui_column columns[] = {
		{ T("版本"), false }, { T("状态"), false }, { T("起草"), false }, { T("为什么"), false }, { T("审定"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("各版"), columns, 5);
	for (size_t i = 0; i < o->n; i++) {
		const struct policy_version *v = &o->v[i];
		struct text who = v->author_name.n > 0 ? v->author_name : admin_say(x, T("程序"));
		struct text when = admin_when(x, v->made_ms);
		struct text decided = v->decided_ms == 0 ? TEXT_NONE : admin_when(x, v->decided_ms);

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "%.*s/%lld", (int)policy_path(x, o->package, "/version").n,
		    policy_path(x, o->package, "/version").p, (long long)v->id), admin_int(x, v->number));
		ui_cell_say(&t, v->id == o->current.id ? T("现行") : policy_state_label(v->state));
		ui_cell(&t, arena_format(x->ctx->mem, "%.*s %.*s", (int)when.n, when.p, (int)who.n, who.p));
		ui_cell(&t, v->words);
		ui_cell(&t, arena_format(x->ctx->mem, "%.*s %.*s", (int)decided.n, decided.p, (int)v->decided_name.n,
		    v->decided_name.p));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_documents(struct exchange *x, struct html *h, const struct rules *r)
{
	static const struct ui_column columns[] = {
		{ T("文件"), false }, { T("文号"), false }, { T("发布"), false }, { T("施行"), false },
	};
	const struct rules_package *k = rules_package(r);
	struct ui_table t;

	ui_table_open(&t, h, T("依据的文件"), columns, 4);
	for (size_t i = 0; i < k->n_documents; i++) {
		const struct rules_document *d = &k->document[i];

		ui_row_open(&t);
		ui_cell_open(&t);
		html_raw(h, "<span>");
		html_text(h, policy_words(x->ctx->lang, d->title));
		html_raw(h, " ");
		if (d->unverified)
			ui_tag(h, UI_SOON, admin_say(x, T("未核实")));
		html_raw(h, "</span>");
		ui_cell_close(&t);
		ui_cell(&t, d->number);
		ui_cell(&t, admin_day(x, d->issued));
		ui_cell(&t, admin_day(x, d->effective));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
policy_package_page(struct exchange *x)
{
	struct policy_open *o = ARENA_NEW(x->ctx->mem, struct policy_open);
	struct html h = frame_html(x);
	enum rc rc;

	if (o == NULL)
		return RC_NO_MEMORY;
	*o = (struct policy_open){ .package = http_segment(x, "package"), .day = admin_today(x), .versions = true };
	rc = db_read(x->ctx, policy_open_tx, o);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("政策规则"), .area = FRAME_POLICY });
	ui_title_text(&h, policy_title(x, o->rules), o->package);
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已办"));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/policy"), T("政策规则"));
	html_raw(&h, " ");
	ui_link(&h, policy_path(x, o->package, "/text"), T("整个文本"));
	if (actor_may(x->ctx->actor, RIGHT_POLICY)) {
		html_raw(&h, " ");
		ui_link(&h, policy_path(x, o->package, "/import"), T("换整个文本"));
	}
	html_raw(&h, "</p>");
	put_parameters(x, &h, o);
	put_versions(x, &h, o);
	put_documents(x, &h, o->rules);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* The text as it stands, to be kept or sent to another city. */
enum rc
policy_text_page(struct exchange *x)
{
	struct policy_open o = { .package = http_segment(x, "package"), .day = admin_today(x) };
	enum rc rc = db_read(x->ctx, policy_open_tx, &o);

	if (rc != RC_OK)
		return rc;
	x->out->type = "text/plain; charset=utf-8";
	buf_add(&x->out->body, o.current.text);
	return buf_rc(&x->out->body);
}
