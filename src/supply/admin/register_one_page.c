/* One person, one body of the registers: what is known, sanctions, assessments. */
#include "supply/admin/admin_internal.h"

#include "kit/msg/msg.h"
#include "resources/provider/provider_register.h"

#include <limits.h>

#define MANY 60
#define ANY_DAY .min = INT_MIN, .max = INT_MAX

struct sanction_values { int kind; bool bars; struct day from, to; struct text document, words; };
#define AT(member) offsetof(struct sanction_values, member)
static const struct field sanction_fields[] = {
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("哪一种"), .required = true, .choices = sanction_kind_choices, .offset = AT(kind) },
	{ .key = "bars", .kind = FIELD_BOOL, .label = T("期间不安排新的"), .hint = T("停止执业和吊销总是不安排。"), .offset = AT(bars) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, ANY_DAY, .offset = AT(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到哪一天"), ANY_DAY, .hint = T("没有期限的空着。"), .offset = AT(to) },
	{ .key = "document", .kind = FIELD_LINE, .label = T("决定书编号"), .required = true, .min = 2, .max = 80, .offset = AT(document) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("说明"), .max = 200, .offset = AT(words) },
};
const struct form sanction_form = FORM_OF("register.sanction", T("登记处分"), sanction_fields, struct sanction_values);
#undef AT

struct end_values { struct day last; struct text words; };
#define AT(member) offsetof(struct end_values, member)
static const struct field end_fields[] = {
	{ .key = "last", .kind = FIELD_DAY, .label = T("最后一天"), .required = true, ANY_DAY, .offset = AT(last) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("为什么"), .required = true, .min = 2, .max = 200, .offset = AT(words) },
};
const struct form sanction_end_form = FORM_OF("register.sanction_end", T("提前结束"), end_fields, struct end_values);
#undef AT

struct assess_values { struct day day, until; bool able; struct text works, words; };
#define AT(member) offsetof(struct assess_values, member)
static const struct field assess_fields[] = {
	{ .key = "day", .kind = FIELD_DAY, .label = T("评估日期"), .required = true, .min = INT_MIN, .max = 0, .offset = AT(day) },
	{ .key = "until", .kind = FIELD_DAY, .label = T("有效到哪一天"), .required = true, ANY_DAY, .offset = AT(until) },
	{ .key = "able", .kind = FIELD_BOOL, .label = T("具备承接能力"), .offset = AT(able) },
	{ .key = "works", .kind = FIELD_LINE, .label = T("能承接哪些事项"), .max = 200, .offset = AT(works) },
	{ .key = "grounds", .kind = FIELD_LINE, .label = T("评估的依据"), .required = true, .min = 2, .max = 200, .offset = AT(words) },
};
const struct form assess_form = FORM_OF("register.assess", T("评估承接能力"), assess_fields, struct assess_values);
#undef AT

struct one {
	bool body;
	int64_t id;
	struct day today;
	struct provider p;
	struct firm f;
	struct sanction s[MANY];
	struct assessment a[MANY];
	size_t n_s, n_a;
};

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct one *o = argument;
	enum rc rc = o->body ? firm_load(tx, actor, o->id, &o->f) : provider_load(tx, actor, o->id, &o->p);

	if (rc == RC_OK)
		rc = sanctions(tx, actor, o->body ? 0 : o->id, o->body ? o->id : o->p.firm, o->today, o->s, MANY, &o->n_s);
	if (rc == RC_OK && o->body)
		rc = assessments(tx, actor, o->id, o->today, o->a, MANY, &o->n_a);
	if (rc == RC_OK && !o->body)
		rc = provider_bar(tx, actor, o->today, o->today, &o->p);
	return rc;
}

static struct text
until_text(const struct exchange *x, struct day from, struct day to)
{
	struct text a = admin_day(x, from), b = day_is_none(to) ? admin_say(x, T("没有终止日")) : admin_day(x, to);

	return arena_format(x->ctx->mem, "%.*s – %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

static void
put_person(struct exchange *x, struct html *h, const struct one *o)
{
	const struct provider *p = &o->p;
	struct ui_fact v[] = {
		{ T("人员种类"), admin_say(x, provider_kind_label(p->kind)), TEXT_NONE },
		{ T("志愿者类别"), p->more.category != 0 ? admin_say(x, volunteer_category_label(p->more.category)) : TEXT_NONE, TEXT_NONE },
		{ T("资格证明编号"), p->more.qualification, TEXT_NONE },
		{ T("机构"), p->firm_name, arena_format(x->ctx->mem, "/desk/register/body/%lld", (long long)p->firm) },
		{ T("证号"), p->licence, TEXT_NONE },
		{ T("有效期"), until_text(x, p->valid_from, p->valid_to), TEXT_NONE },
		{ T("执业年数"), admin_int(x, provider_years(p, o->today)), TEXT_NONE },
		{ T("专长"), admin_flags_text(x, provider_skill_choices, p->skills), TEXT_NONE },
		{ T("语言和方言"), admin_flags_text(x, provider_language_choices, p->more.languages), TEXT_NONE },
		{ T("从哪里出发"), p->more.home.code != 0 ? region_path(p->more.home) : region_path(p->firm_place), TEXT_NONE },
		{ T("同时最多承办几件"), p->more.room != 0 ? admin_int(x, p->more.room) : TEXT_NONE, TEXT_NONE },
		{ T("政府、社会、市场"), admin_say(x, provider_sector_label(p->more.sector)), TEXT_NONE },
		{ T("今天能不能指派"), admin_say(x, provider_why_label(provider_judge(p, o->today))), TEXT_NONE },
	};

	ui_facts(h, v, sizeof v / sizeof v[0]);
	html_raw(h, "<p class=\"actions\">");
	if (actor_may(x->ctx->actor, RIGHT_NETWORK))
		ui_button_link(h, arena_format(x->ctx->mem, "/desk/providers/%lld", (long long)p->id), T("改登记"), false);
	if (actor_may(x->ctx->actor, RIGHT_ADVISORS))
		ui_button_link(h, TEXT("/desk/advisors/people"), T("顾问和利益冲突"), false);
	html_raw(h, "</p>");
}

static void
put_body(struct exchange *x, struct html *h, const struct one *o)
{
	const struct firm *f = &o->f;
	struct ui_fact v[] = {
		{ T("机构种类"), admin_say(x, firm_kind_label(f->kind)), TEXT_NONE },
		{ T("机构证号"), f->licence, TEXT_NONE },
		{ T("统一社会信用代码"), f->more.credit.n > 0 ? f->more.credit : admin_say(x, T("未填写")), TEXT_NONE },
		{ T("有效期"), until_text(x, f->more.valid_from, f->more.valid_to), TEXT_NONE },
		{ T("所在地"), region_path(f->place), TEXT_NONE },
		{ T("机构电话"), f->phone, TEXT_NONE },
		{ T("政府、社会、市场"), admin_say(x, provider_sector_label(f->more.sector)), TEXT_NONE },
		{ T("公益性法律服务机构"), admin_say(x, f->more.welfare ? T("是") : T("否")), TEXT_NONE },
		{ T("可以承办"), admin_say(x, f->active ? T("是") : T("否")), TEXT_NONE },
	};

	ui_facts(h, v, sizeof v / sizeof v[0]);
	if (actor_may(x->ctx->actor, RIGHT_NETWORK)) {
		html_raw(h, "<p class=\"actions\">");
		ui_button_link(h, arena_format(x->ctx->mem, "/desk/firms/%lld", (long long)f->id), T("改登记"), false);
		html_raw(h, "</p>");
	}
}

static void
put_form(struct exchange *x, struct html *h, const struct form *form, struct text action)
{
	struct typed typed = admin_typed(x, form);

	ui_section_open(h, form->title);
	if (x->out->status == 409 && admin_sent(x, form))
		ui_notice_say(h, UI_SOON, NULL, T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再存。"));
	ui_error_summary(h, form, admin_findings(x, form));
	ui_form_open(h, &(struct ui_form){ .action = action, .csrf = x->csrf, .key = admin_key(x, form) });
	for (size_t i = 0; i < form->n; i++)
		ui_field(h, &form->fields[i], ui_typed(form, form->fields[i].key, &typed),
		    admin_findings(x, form) != NULL ? findings_of(&x->findings, form->fields[i].key) : NULL);
	ui_form_buttons(h, T("存下"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_end_form(struct exchange *x, struct html *h, const struct sanction *s)
{
	html_raw(h, "<details><summary>");
	html_say(h, T("提前结束"));
	html_raw(h, "</summary>");
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/register/sanctions/%lld", (long long)s->id), .csrf = x->csrf,
	    .key = frame_key_text(x) });
	for (size_t i = 0; i < sanction_end_form.n; i++)
		ui_field(h, &end_fields[i], TEXT_NONE, NULL);
	ui_form_buttons(h, T("结束"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "</details>");
}

static void
put_sanctions(struct exchange *x, struct html *h, const struct one *o)
{
	static const struct ui_column columns[] = { { T("种类"), false }, { T("从"), false }, { T("到"), false }, { T("期间不安排"), false },
		{ T("决定书"), false }, { T("说明"), false } };
	struct ui_table t;

	ui_section_open(h, T("处分和失信"));
	ui_table_open(&t, h, T("处分和失信"), columns, 6);
	for (size_t i = 0; i < o->n_s; i++) {
		const struct sanction *s = &o->s[i];

		ui_row_open(&t);
		ui_cell(&t, s->firm != 0 && !o->body ? arena_format(x->ctx->mem, "%s（%s）", admin_say(x, sanction_kind_label(s->kind)).p,
		    admin_say(x, T("所在机构")).p) : admin_say(x, sanction_kind_label(s->kind)));
		ui_cell(&t, admin_day(x, s->from));
		ui_cell(&t, day_is_none(s->to) ? admin_say(x, T("没有期限")) : admin_day(x, s->to));
		ui_cell_say(&t, s->bars ? T("是") : T("否"));
		ui_cell(&t, s->document);
		ui_cell(&t, s->ended_ms != 0 ? s->ended_words : s->words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	for (size_t i = 0; actor_may(x->ctx->actor, RIGHT_NETWORK) && i < o->n_s; i++)
		if (o->s[i].ended_ms == 0 && (day_is_none(o->s[i].to) || day_compare(o->s[i].to, o->today) >= 0)) {
			put_end_form(x, h, &o->s[i]);
			break; /* the newest; the others when it has ended */
		}
	ui_section_close(h);
}

static void
put_assessments(struct exchange *x, struct html *h, const struct one *o)
{
	static const struct ui_column columns[] = { { T("评估日期"), false }, { T("有效到"), false }, { T("结论"), false }, { T("能承接"), false },
		{ T("依据"), false } };
	struct ui_table t;

	ui_section_open(h, T("承接能力"));
	ui_table_open(&t, h, T("承接能力"), columns, 5);
	for (size_t i = 0; i < o->n_a; i++) {
		ui_row_open(&t);
		ui_cell(&t, admin_day(x, o->a[i].day));
		ui_cell(&t, admin_day(x, o->a[i].until));
		ui_cell_say(&t, o->a[i].able ? T("具备") : T("不具备"));
		ui_cell(&t, o->a[i].works);
		ui_cell(&t, o->a[i].words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static enum rc
one_show(struct exchange *x, bool body)
{
	struct one *o = ARENA_NEW(x->ctx->mem, struct one);
	struct html h = frame_html(x);
	const char *title = body ? T("名册里的机构") : T("名册里的人员");
	enum rc rc = o == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &o->id);

	if (rc != RC_OK)
		return rc;
	o->body = body;
	o->today = admin_today(x);
	rc = db_read(x->ctx, one_tx, o);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = title, .area = FRAME_NETWORK });
	ui_title_text(&h, body ? o->f.name : o->p.name, admin_say(x, title));
	html_raw(&h, "<p>");
	ui_link(&h, body ? TEXT("/desk/register?what=bodies") : TEXT("/desk/register"), T("法律服务资源名册"));
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	if (body)
		put_body(x, &h, o);
	else
		put_person(x, &h, o);
	put_sanctions(x, &h, o);
	if (body)
		put_assessments(x, &h, o);
	if (actor_may(x->ctx->actor, RIGHT_NETWORK)) {
		put_form(x, &h, &sanction_form, arena_format(x->ctx->mem, "/desk/register/%s/%lld/sanction", body ? "body" : "person", (long long)o->id));
		if (body)
			put_form(x, &h, &assess_form, arena_format(x->ctx->mem, "/desk/register/body/%lld/assess", (long long)o->id));
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
register_person_page(struct exchange *x)
{
	return one_show(x, false);
}

enum rc
register_body_page(struct exchange *x)
{
	return one_show(x, true);
}

/* ---- what is sent ------------------------------------------------------------------------------------------- */

static enum rc
after(struct exchange *x, bool body, int64_t id, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/register/%s/%lld?done=1", body ? "body" : "person", (long long)id));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return one_show(x, body);
}

static enum rc
sanction_post(struct exchange *x, bool body)
{
	const struct sanction_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = sanction_add(x->ctx, frame_idem_key(x), &(struct sanction_new){ .provider = body ? 0 : id, .firm = body ? id : 0, .kind = in->kind,
		    .bars = in->bars, .from = in->from, .to = in->to, .document = in->document, .words = in->words }, &x->findings);
	return after(x, body, id, rc);
}

enum rc
register_person_sanction_post(struct exchange *x)
{
	return sanction_post(x, false);
}

enum rc
register_body_sanction_post(struct exchange *x)
{
	return sanction_post(x, true);
}

enum rc
register_assess_post(struct exchange *x)
{
	const struct assess_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = assessment_add(x->ctx, frame_idem_key(x), &(struct assessment_new){ .firm = id, .day = in->day, .until = in->until, .able = in->able,
		    .works = in->works, .words = in->words }, &x->findings);
	return after(x, true, id, rc);
}

enum rc
register_sanction_end_post(struct exchange *x)
{
	const struct end_values *in = x->values;
	struct html h;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = sanction_end(x->ctx, frame_idem_key(x), id, in->last, in->words, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/register/sanctions"));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	h = frame_html(x);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("提前结束"), .area = FRAME_NETWORK });
	ui_title(&h, T("提前结束"), TEXT_NONE);
	put_form(x, &h, &sanction_end_form, arena_format(x->ctx->mem, "/desk/register/sanctions/%lld", (long long)id));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
