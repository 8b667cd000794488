/* Who can be an adviser, from where, for how many villages; pairs ruled out; both tables from a file. */
#include "supply/admin/advisor_page_internal.h"

#include "kit/msg/msg.h"

#define PAGE 50

struct conflict_values { struct text licence, reason; struct place village; };
#define C(member) offsetof(struct conflict_values, member)
static const struct field conflict_fields[] = {
	{ .key = "who", .kind = FIELD_LINE, .label = T("执业证号"), .required = true, .min = 4, .max = 40, .offset = C(licence) },
	{ .key = "village", .kind = FIELD_PLACE, .label = T("村（社区）区划代码"), .required = true, .offset = C(village) },
	{ .key = "reason", .kind = FIELD_LINE, .label = T("利益冲突是什么"), .required = true, .min = 2, .max = 200, .offset = C(reason) },
};
const struct form advisor_conflict_form = FORM_OF("advisor.conflict", T("记一处利益冲突"), conflict_fields, struct conflict_values);

struct people { int64_t after, most; struct day today; struct advisor_seat v[PAGE + 1]; size_t n; };

static enum rc
people_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct people *p = argument;
	enum rc rc = setting_read(tx, actor, &advisor_settings[ADVISOR_VILLAGES], &p->most);

	return rc == RC_OK ? advisor_seats(tx, actor, p->after, p->today, p->v, PAGE + 1, &p->n) : rc;
}

static void
put_people(struct exchange *x, struct html *h, const struct people *p)
{
	static const struct ui_column columns[] = { { T("姓名"), false }, { T("机构"), false }, { T("执业证号"), false }, { T("出发地"), false },
		{ T("会说本地话"), false }, { T("现有 / 最多"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("可以担任顾问的人"), columns, 6);
	for (size_t i = 0; i < p->n && i < PAGE; i++) {
		const struct advisor_seat *s = &p->v[i];

		ui_row_open(&t);
		ui_cell(&t, s->p.name);
		ui_cell(&t, s->p.firm_name);
		ui_cell(&t, s->p.licence);
		ui_cell(&t, region_path(s->home));
		ui_cell_say(&t, s->dialect ? T("是") : T("否"));
		ui_cell(&t, arena_format(x->ctx->mem, "%lld / %d%s", (long long)s->load, s->room, s->load > p->most ? " ⚠" : ""));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (p->n > PAGE || p->after != 0)
		ui_pager(h, &(struct ui_pager){ .previous = p->after != 0 ? TEXT("/desk/advisors/people") : TEXT_NONE, .next = p->n > PAGE
		    ? arena_format(x->ctx->mem, "/desk/advisors/people?after=%lld", (long long)p->v[PAGE - 1].p.id) : TEXT_NONE });
}

static void
put_form(struct exchange *x, struct html *h, const struct form *form, const char *action)
{
	struct typed typed = admin_typed(x, form);
	const struct findings *f = admin_findings(x, form);

	ui_section_open(h, form->title);
	ui_error_summary(h, form, f);
	ui_form_open(h, &(struct ui_form){ .action = text_of(action), .csrf = x->csrf, .key = admin_key(x, form) });
	ui_form_fields(h, form, &typed, f);
	ui_form_buttons(h, T("存下"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
people_show(struct exchange *x)
{
	struct people *p = ARENA_NEW(x->ctx->mem, struct people);
	struct html h = frame_html(x);
	enum rc rc;

	if (p == NULL)
		return RC_NO_MEMORY;
	p->today = admin_today(x);
	if (int64_parse(admin_query(x, "after"), 0, INT64_MAX, &p->after) != RC_OK)
		p->after = 0;
	rc = db_read(x->ctx, people_tx, p);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("可以担任顾问的人"), .area = FRAME_ADVISORS });
	ui_title(&h, T("可以担任顾问的人"), TEXT_NONE);
	advisor_up(&h);
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	html_raw(&h, "<p class=\"actions\">");
	ui_button_link(&h, TEXT("/desk/advisors/people/import"), T("从文件导入"), false);
	html_raw(&h, "</p>");
	if (p->n == 0 && p->after == 0)
		ui_empty(&h, T("名册是空的"), T("先在承办人员名册里登记机构和人员，再在这里登记谁可以担任顾问。"), TEXT_NONE, NULL);
	else
		put_people(x, &h, p);
	put_form(x, &h, &advisor_seat_table, "/desk/advisors/people");
	put_form(x, &h, &advisor_conflict_form, "/desk/advisors/people/conflict");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
advisor_people_page(struct exchange *x)
{
	return people_show(x);
}

static enum rc
after(struct exchange *x, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/advisors/people?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return people_show(x);
}

enum rc
advisor_seat_post(struct exchange *x)
{
	enum rc rc = x->form_rc;

	return after(x, rc == RC_OK ? advisor_seat_save(x->ctx, frame_idem_key(x), x->values, &x->findings) : rc);
}

enum rc
advisor_conflict_post(struct exchange *x)
{
	const struct conflict_values *in = x->values;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = advisor_conflict(x->ctx, frame_idem_key(x), &(struct advisor_ruled_out){ .licence = in->licence, .reason = in->reason,
		    .village = in->village }, &x->findings);
	return after(x, rc);
}

/* ---- files --------------------------------------------------------------------------------------------------------- */

static const struct ui_file csv_file = {
	.key = "csv", .label = T("CSV 文件"), .accept = ".csv",
	.hint = T("UTF-8，第一行是列名，最大 4 MB。有一行不对就整个不存，并逐行说明。"),
};

static enum rc
file_show(struct exchange *x, const struct form *form, const char *address, const struct findings *found, int64_t rows)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = form->title, .area = FRAME_ADVISORS });
	ui_title(&h, form->title, TEXT_NONE);
	advisor_up(&h);
	if (rows >= 0)
		admin_imported(&h, rows);
	if (found)
		admin_file_findings(x, &h, found);
	ui_form_open(&h, &(struct ui_form){ .action = text_of(address), .csrf = x->csrf, .key = frame_key_text(x), .upload = true });
	ui_file(&h, &csv_file, findings_of(&x->findings, "csv"));
	ui_form_buttons(&h, T("导入"), TEXT("/desk/advisors"));
	ui_form_close(&h);
	ui_section_open(&h, T("文件怎么写"));
	html_raw(&h, "<ul>");
	for (size_t i = 0; i < form->n; i++) {
		html_raw(&h, "<li><code>");
		html_str(&h, form->fields[i].key);
		html_raw(&h, "</code> ");
		html_say(&h, form->fields[i].label);
		for (const struct choice *c = form->fields[i].choices; c != NULL && c->key != NULL; c++) {
			html_raw(&h, " · <code>");
			html_str(&h, c->key);
			html_raw(&h, "</code> ");
			html_say(&h, c->label);
		}
		html_raw(&h, "</li>");
	}
	html_raw(&h, "</ul>");
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
contracts_show(struct exchange *x, const struct findings *found, int64_t rows)
{
	return file_show(x, &advisor_contract_table, "/desk/advisors/import", found, rows);
}

static enum rc
seats_show(struct exchange *x, const struct findings *found, int64_t rows)
{
	return file_show(x, &advisor_seat_table, "/desk/advisors/people/import", found, rows);
}

static enum rc
contracts_import(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows)
{
	return advisor_import(x->ctx, frame_idem_key(x), csv, found, ret_rows);
}

static enum rc
seats_import(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows)
{
	return advisor_import_seats(x->ctx, frame_idem_key(x), csv, found, ret_rows);
}

enum rc
advisor_file_page(struct exchange *x)
{
	return contracts_show(x, NULL, admin_rows_imported(x));
}

enum rc
advisor_file_post(struct exchange *x)
{
	return admin_import(x, contracts_import, "/desk/advisors/import", contracts_show);
}

enum rc
advisor_people_file_page(struct exchange *x)
{
	return seats_show(x, NULL, admin_rows_imported(x));
}

enum rc
advisor_people_file_post(struct exchange *x)
{
	return admin_import(x, seats_import, "/desk/advisors/people/import", seats_show);
}
