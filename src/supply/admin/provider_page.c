/* The register of firms and of those who give legal aid: who may be assigned today, and why somebody may not. */
#include "supply/admin/admin_internal.h"

#include "kit/msg/msg.h"
#include "resources/provider/provider.h"

#include <limits.h>

struct firm_values { int64_t id, revision; int kind, sector; struct text licence, credit, name, phone; struct place place; bool active, welfare; struct day valid_from, valid_to; };
struct provider_values {
	int64_t id, revision, firm;
	int kind, category, sector;
	struct text licence, name, login, qualification;
	struct day valid_from, valid_to, practice_from, away_from, away_to;
	uint64_t skills, languages;
	struct place home;
	int64_t room;
	bool active;
};
#define F(member) offsetof(struct firm_values, member)
#define P(member) offsetof(struct provider_values, member)
#define ANY_DAY .min = INT_MIN, .max = INT_MAX

static const struct field firm_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .max = INT64_MAX, .offset = F(revision) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("机构种类"), .required = true, .choices = firm_kind_choices, .offset = F(kind) },
	{ .key = "licence", .kind = FIELD_LINE, .label = T("机构证号"), .required = true, .min = 4, .max = 40, .offset = F(licence) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("机构名称"), .required = true, .min = 2, .max = 60, .offset = F(name) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("机构所在地区划代码"), .required = true, .offset = F(place) },
	{ .key = "phone", .kind = FIELD_LINE, .label = T("机构电话"), .max = 20, .offset = F(phone) },
	{ .key = "credit", .kind = FIELD_CREDIT, .label = T("统一社会信用代码"), .hint = T("18 位；没有的空着。"), .offset = F(credit) },
	{ .key = "sector", .kind = FIELD_CHOICE, .label = T("政府、社会、市场"), .choices = provider_sector_choices, .offset = F(sector) },
	{ .key = "welfare", .kind = FIELD_BOOL, .label = T("公益性法律服务机构"), .offset = F(welfare) },
	{ .key = "valid_from", .kind = FIELD_DAY, .label = T("许可或登记起始日"), ANY_DAY, .offset = F(valid_from) },
	{ .key = "valid_to", .kind = FIELD_DAY, .label = T("许可或登记终止日"), ANY_DAY, .hint = T("没有终止日的空着。"), .offset = F(valid_to) },
	{ .key = "active", .kind = FIELD_BOOL, .label = T("可以承办"), .offset = F(active) },
};
const struct form firm_form = FORM_OF("provider.firm", T("机构"), firm_fields, struct firm_values);

static const struct field provider_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .max = INT64_MAX, .offset = P(revision) },
	{ .key = "firm", .kind = FIELD_KEY, .label = T("所在机构"), .required = true, .max = INT64_MAX, .offset = P(firm) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("人员种类"), .required = true, .choices = provider_kind_choices, .offset = P(kind) },
	{ .key = "licence", .kind = FIELD_LINE, .label = T("执业证号"), .required = true, .min = 4, .max = 40, .offset = P(licence) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .required = true, .min = 2, .max = 60, .offset = P(name) },
	{ .key = "valid_from", .kind = FIELD_DAY, .label = T("执业证起始日"), .required = true, ANY_DAY, .offset = P(valid_from) },
	{ .key = "valid_to", .kind = FIELD_DAY, .label = T("执业证终止日"), ANY_DAY, .hint = T("没有终止日的空着。"), .offset = P(valid_to) },
	{ .key = "practice_from", .kind = FIELD_DAY, .label = T("开始执业日期"), .required = true, ANY_DAY, .offset = P(practice_from) },
	{ .key = "skills", .kind = FIELD_FLAGS, .label = T("专长"), .choices = provider_skill_choices, .offset = P(skills) },
	{ .key = "category", .kind = FIELD_CHOICE, .label = T("志愿者类别"), .choices = volunteer_category_choices, .offset = P(category) },
	{ .key = "qualification", .kind = FIELD_LINE, .label = T("资格证明编号"), .max = 60, .hint = T("志愿者按类别填，见名册页的表。"), .offset = P(qualification) },
	{ .key = "sector", .kind = FIELD_CHOICE, .label = T("政府、社会、市场"), .choices = provider_sector_choices, .offset = P(sector) },
	{ .key = "languages", .kind = FIELD_FLAGS, .label = T("语言和方言"), .choices = provider_language_choices, .offset = P(languages) },
	{ .key = "home", .kind = FIELD_PLACE, .label = T("出发地区划代码"), .hint = T("空着：从所在机构出发。"), .offset = P(home) },
	{ .key = "room", .kind = FIELD_INT, .label = T("同时最多承办几件"), .max = 500, .offset = P(room) },
	{ .key = "login", .kind = FIELD_LINE, .label = T("登录名"), .max = 40, .hint = T("角色是服务提供者的账号；没有账号的由机构代为登记。"), .offset = P(login) },
	{ .key = "away_from", .kind = FIELD_DAY, .label = T("从哪一天起不能接案"), ANY_DAY, .offset = P(away_from) },
	{ .key = "away_to", .kind = FIELD_DAY, .label = T("到哪一天"), ANY_DAY, .offset = P(away_to) },
	{ .key = "active", .kind = FIELD_BOOL, .label = T("可以承办"), .offset = P(active) },
};
const struct form provider_form = FORM_OF("provider.provider", T("承办人员"), provider_fields, struct provider_values);

#define SHOWN 1000      /* firms to choose from */
#define PAGE 50         /* of people, of firms */

struct listing { int64_t firm_id, provider_id, after, firms_after; bool paged; struct firm firms[SHOWN], firm; struct provider v[PAGE + 1], provider; struct account account; size_t n_firms, n; };

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct listing *l = arg;
	struct firm from = { .name = TEXT_NONE };
	enum rc rc = l->firms_after != 0 ? firm_load(tx, actor, l->firms_after, &from) : RC_OK;

	if (rc == RC_OK)
		rc = firm_list(tx, actor, from.name, l->firms, l->paged ? PAGE + 1 : SHOWN, &l->n_firms);
	if (rc == RC_OK)
		rc = provider_list(tx, actor, 0, l->after, l->v, PAGE + 1, &l->n);
	if (rc == RC_OK && l->firm_id != 0)
		rc = firm_load(tx, actor, l->firm_id, &l->firm);
	if (rc == RC_OK && l->provider_id != 0)
		rc = provider_load(tx, actor, l->provider_id, &l->provider);
	if (rc == RC_OK && l->provider.account != 0) {
		rc = identity_load(tx, actor, (struct account_id){ l->provider.account }, &l->account);
		rc = rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	return rc;
}

static bool
may_change(const struct exchange *x)
{
	return actor_may(x->ctx->actor, RIGHT_NETWORK);
}

static struct admin_hooks admin_hooks;

void
admin_hooks_set(const struct admin_hooks *hooks)
{
	admin_hooks = *hooks;
}

static void
put_providers(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("姓名"), false }, { T("机构"), false }, { T("人员种类"), false },
		{ T("执业年数"), true }, { T("专长"), false }, { T("今天能不能指派"), false }, { T("案件质量"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("承办人员"), columns, 7);
	for (size_t i = 0; i < l->n && i < PAGE; i++) {
		const struct provider *p = &l->v[i];

		ui_row_open(&t);
		if (may_change(x))
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/providers/%lld", (long long)p->id), p->name);
		else
			ui_cell(&t, p->name);
		ui_cell(&t, p->firm_name);
		ui_cell_say(&t, provider_kind_label(p->kind));
		ui_cell_int(&t, provider_years(p, admin_today(x)));
		ui_cell(&t, admin_flags_text(x, provider_skill_choices, p->skills));
		ui_cell_say(&t, provider_why_label(provider_judge(p, admin_today(x))));
		ui_cell(&t, admin_hooks.provider_quality != NULL ? admin_hooks.provider_quality(x, p->id) : TEXT_NONE);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (l->n > PAGE || l->after != 0)
		ui_pager(h, &(struct ui_pager){ .previous = l->after != 0 ? TEXT("/desk/providers") : TEXT_NONE, .next = l->n > PAGE
		    ? arena_format(x->ctx->mem, "/desk/providers?after=%lld", (long long)l->v[PAGE - 1].id) : TEXT_NONE });
}

static void
put_firms(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("机构名称"), false }, { T("机构种类"), false }, { T("机构证号"), false },
		{ T("所在地"), false }, { T("可以承办"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("机构"), columns, 5);
	for (size_t i = 0; i < l->n_firms && i < PAGE; i++) {
		const struct firm *f = &l->firms[i];

		ui_row_open(&t);
		if (may_change(x))
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/firms/%lld", (long long)f->id), f->name);
		else
			ui_cell(&t, f->name);
		ui_cell_say(&t, firm_kind_label(f->kind));
		ui_cell(&t, f->licence);
		ui_cell(&t, admin_place(x, f->place));
		ui_cell_say(&t, f->active ? T("是") : T("否"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (l->firms_after == 0 && l->n_firms > PAGE) { /* beside the people's own pager */
		html_raw(h, "<p>");
		ui_link(h, arena_format(x->ctx->mem, "/desk/providers?firms=%lld", (long long)l->firms[PAGE - 1].id), T("后面的机构"));
		html_raw(h, "</p>");
	} else if (l->firms_after != 0) {
		ui_pager(h, &(struct ui_pager){ .previous = TEXT("/desk/providers"), .next = l->n_firms > PAGE
		    ? arena_format(x->ctx->mem, "/desk/providers?firms=%lld", (long long)l->firms[PAGE - 1].id) : TEXT_NONE });
	}
}

enum rc
providers_page(struct exchange *x)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct html h = frame_html(x);
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	if (int64_parse(admin_query(x, "after"), 0, INT64_MAX, &l->after) != RC_OK)
		l->after = 0;
	if (int64_parse(admin_query(x, "firms"), 0, INT64_MAX, &l->firms_after) != RC_OK)
		l->firms_after = 0;
	l->paged = true;
	rc = db_read(x->ctx, listing_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律援助承办人员"), .area = FRAME_NETWORK });
	ui_title(&h, T("法律援助承办人员"), TEXT_NONE);
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/advisors"), T("村（社区）法律顾问"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/desk/register"), T("法律服务资源名册"));
	html_raw(&h, "</p>");
	if (may_change(x)) {
		html_raw(&h, "<p class=\"actions\">");
		ui_button_link(&h, TEXT("/desk/providers/new"), T("登记人员"), true);
		ui_button_link(&h, TEXT("/desk/firms/new"), T("登记机构"), false);
		ui_button_link(&h, TEXT("/desk/providers/import"), T("从文件导入"), false);
		html_raw(&h, "</p>");
	}
	if (l->firms_after == 0 && l->n == 0)
		ui_empty(&h, T("名册是空的"), T("先登记机构，再登记人员；也可以从文件导入。"), TEXT_NONE, NULL);
	if (l->firms_after == 0 && l->n > 0)
		put_providers(x, &h, l);
	if (l->after == 0 && l->n_firms > 0)
		put_firms(x, &h, l);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one of them ------------------------------------------------------------------------------------------ */

static void
fill_provider(const struct exchange *x, struct typed *typed, const struct listing *l)
{
	const struct provider *p = &l->provider;

	if (p->id == 0) {
		admin_put(&provider_form, typed, "active", TEXT("1"));
		return;
	}
	admin_put(&provider_form, typed, "firm", admin_int(x, p->firm));
	admin_put(&provider_form, typed, "kind", admin_choice_key(provider_kind_choices, (int)p->kind));
	admin_put(&provider_form, typed, "licence", p->licence);
	admin_put(&provider_form, typed, "name", p->name);
	admin_put(&provider_form, typed, "valid_from", admin_day(x, p->valid_from));
	admin_put(&provider_form, typed, "valid_to", admin_day(x, p->valid_to));
	admin_put(&provider_form, typed, "practice_from", admin_day(x, p->practice_from));
	admin_put(&provider_form, typed, "skills", admin_flags_typed(x, provider_skill_choices, p->skills));
	admin_put(&provider_form, typed, "category", admin_choice_key(volunteer_category_choices, p->more.category));
	admin_put(&provider_form, typed, "qualification", p->more.qualification);
	admin_put(&provider_form, typed, "sector", admin_choice_key(provider_sector_choices, p->more.sector));
	admin_put(&provider_form, typed, "languages", admin_flags_typed(x, provider_language_choices, p->more.languages));
	if (p->more.home.code != 0)
		admin_put(&provider_form, typed, "home", arena_format(x->ctx->mem, "%012lld", (long long)p->more.home.code));
	if (p->more.room != 0)
		admin_put(&provider_form, typed, "room", admin_int(x, p->more.room));
	admin_put(&provider_form, typed, "away_from", admin_day(x, p->away_from));
	admin_put(&provider_form, typed, "away_to", admin_day(x, p->away_to));
	admin_put(&provider_form, typed, "login", p->account != 0 ? l->account.login : TEXT_NONE);
	admin_put(&provider_form, typed, "active", p->active ? TEXT("1") : TEXT_NONE);
}

static void
fill_firm(const struct exchange *x, struct typed *typed, const struct firm *f)
{
	admin_put(&firm_form, typed, "active", f->id == 0 || f->active ? TEXT("1") : TEXT_NONE);
	if (f->id == 0)
		return;
	admin_put(&firm_form, typed, "kind", admin_choice_key(firm_kind_choices, (int)f->kind));
	admin_put(&firm_form, typed, "licence", f->licence);
	admin_put(&firm_form, typed, "name", f->name);
	admin_put(&firm_form, typed, "phone", f->phone);
	admin_put(&firm_form, typed, "credit", f->more.credit);
	admin_put(&firm_form, typed, "sector", admin_choice_key(provider_sector_choices, f->more.sector));
	admin_put(&firm_form, typed, "welfare", f->more.welfare ? TEXT("1") : TEXT_NONE);
	admin_put(&firm_form, typed, "valid_from", admin_day(x, f->more.valid_from));
	admin_put(&firm_form, typed, "valid_to", admin_day(x, f->more.valid_to));
	admin_put(&firm_form, typed, "place", arena_format(x->ctx->mem, "%012lld", (long long)f->place.code));
}

static void
put_firm_choice(struct exchange *x, struct html *h, const struct listing *l, const struct typed *typed)
{
	struct ui_option *v = arena_array(x->ctx->mem, l->n_firms + 1, sizeof *v);

	for (size_t i = 0; v != NULL && i < l->n_firms; i++)
		v[i] = (struct ui_option){ .value = admin_int(x, l->firms[i].id), .label = l->firms[i].name };
	ui_field_select(h, form_field(&provider_form, "firm"), v, v != NULL ? l->n_firms : 0, ui_typed(&provider_form, "firm", typed),
	    admin_findings(x, &provider_form) != NULL ? findings_of(&x->findings, "firm") : NULL);
}

static void
put_fields(struct exchange *x, struct html *h, const struct form *form, const struct listing *l, struct typed *typed)
{
	for (size_t i = 1; i < form->n; i++)
		if (form == &provider_form && i == 1)
			put_firm_choice(x, h, l, typed);
		else
			ui_form_field(h, form, form->fields[i].key, typed, &x->findings);
}

/* id 0: a new one. */
static enum rc
one_show(struct exchange *x, const struct form *form, int64_t id)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct typed typed = admin_typed(x, form);
	struct html h = frame_html(x);
	bool firm = form == &firm_form;
	enum rc rc = RC_NO_MEMORY;

	if (l != NULL) {
		*(firm ? &l->firm_id : &l->provider_id) = id;
		rc = db_read(x->ctx, listing_tx, l);
	}
	if (rc != RC_OK)
		return rc;
	if (!admin_sent(x, form) && firm)
		fill_firm(x, &typed, &l->firm);
	else if (!admin_sent(x, form))
		fill_provider(x, &typed, l);
	frame_desk_open(x, &h, &(struct frame_page){ .title = form->title, .area = FRAME_NETWORK });
	ui_title(&h, form->title, firm ? l->firm.name : l->provider.name);
	if (x->out->status == 409)
		ui_notice_say(&h, UI_SOON, NULL, T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再存。"));
	ui_error_summary(&h, form, admin_findings(x, form));
	ui_form_open(&h, &(struct ui_form){ .action = id == 0 ? text_of(firm ? "/desk/firms/new" : "/desk/providers/new")
	    : arena_format(x->ctx->mem, "/desk/%s/%lld", firm ? "firms" : "providers", (long long)id), .csrf = x->csrf,
	    .key = admin_key(x, form) });
	ui_hidden(&h, "revision", admin_int(x, firm ? l->firm.revision : l->provider.revision));
	put_fields(x, &h, form, l, &typed);
	ui_form_buttons(&h, T("存下"), TEXT("/desk/providers"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
id_of(const struct exchange *x, int64_t *ret)
{
	*ret = 0;
	return x->n_segments == 0 ? RC_OK : http_segment_id(x, "id", ret);
}

enum rc
provider_page(struct exchange *x)
{
	int64_t id;
	enum rc rc = id_of(x, &id);

	return rc == RC_OK ? one_show(x, &provider_form, id) : rc;
}

enum rc
firm_page(struct exchange *x)
{
	int64_t id;
	enum rc rc = id_of(x, &id);

	return rc == RC_OK ? one_show(x, &firm_form, id) : rc;
}

static enum rc
after(struct exchange *x, const struct form *form, int64_t id, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/providers?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return one_show(x, form, id);
}

enum rc
provider_post(struct exchange *x)
{
	const struct provider_values *in = x->values;
	int64_t id, saved = 0;
	enum rc rc = id_of(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = provider_save(x->ctx, frame_idem_key(x), &(struct provider_new){ .id = id, .revision = in->revision, .firm = in->firm,
		    .kind = in->kind, .licence = in->licence, .name = in->name, .login = in->login, .valid_from = in->valid_from,
		    .valid_to = in->valid_to, .practice_from = in->practice_from, .away_from = in->away_from, .away_to = in->away_to,
		    .skills = in->skills, .active = in->active, .more = { .sector = in->sector, .category = in->category,
		        .qualification = in->qualification, .languages = in->languages, .home = in->home, .room = in->room } }, &x->findings, &saved);
	return after(x, &provider_form, id, rc);
}

enum rc
firm_post(struct exchange *x)
{
	const struct firm_values *in = x->values;
	int64_t id, saved = 0;
	enum rc rc = id_of(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = firm_save(x->ctx, frame_idem_key(x), &(struct firm_new){ .id = id, .revision = in->revision, .kind = in->kind,
		    .licence = in->licence, .name = in->name, .phone = in->phone, .place = in->place, .active = in->active,
		    .more = { .credit = in->credit, .sector = in->sector, .welfare = in->welfare, .valid_from = in->valid_from, .valid_to = in->valid_to } },
		    &x->findings, &saved);
	return after(x, &firm_form, id, rc);
}

/* ---- a file ------------------------------------------------------------------------------------------------------ */

static const struct ui_file csv_file = {
	.key = "csv", .label = T("CSV 文件"), .accept = ".csv",
	.hint = T("UTF-8，第一行是列名，最大 4 MB。有一行不对就整个不存，并逐行说明。"),
};

static enum rc
file_show(struct exchange *x, const struct findings *found, int64_t rows)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("导入机构和人员"), .area = FRAME_NETWORK });
	ui_title(&h, T("导入机构和人员"), TEXT_NONE);
	if (rows >= 0)
		admin_imported(&h, rows);
	if (found)
		admin_file_findings(x, &h, found);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/providers/import"), .csrf = x->csrf, .key = frame_key_text(x),
	    .upload = true });
	ui_file(&h, &csv_file, findings_of(&x->findings, "csv"));
	ui_form_buttons(&h, T("导入"), TEXT("/desk/providers"));
	ui_form_close(&h);
	ui_section_open(&h, T("文件怎么写"));
	html_raw(&h, "<ul>");
	for (size_t i = 0; i < provider_import_form.n; i++) {
		html_raw(&h, "<li><code>");
		html_str(&h, provider_import_form.fields[i].key);
		html_raw(&h, "</code> ");
		html_say(&h, provider_import_form.fields[i].label);
		html_raw(&h, "</li>");
	}
	html_raw(&h, "</ul>");
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
provider_file_page(struct exchange *x)
{
	return file_show(x, NULL, admin_rows_imported(x));
}

static enum rc
file_import(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows)
{
	return provider_import(x->ctx, frame_idem_key(x), csv, found, ret_rows);
}

enum rc
provider_file_post(struct exchange *x)
{
	return admin_import(x, file_import, "/desk/providers/import", file_show);
}
