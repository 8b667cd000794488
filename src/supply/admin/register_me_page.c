/* A provider's own place in the register: what is known of them, days away, a renewed licence; and the keeper who confirms it. */
#include "supply/admin/admin_internal.h"

#include "kit/msg/msg.h"
#include "resources/duty/duty.h"
#include "resources/provider/provider_register.h"

#include <limits.h>

#define MANY 40
#define WAITING 200
#define ANY_DAY .min = INT_MIN, .max = INT_MAX

struct own_values { uint64_t languages; struct place home; int64_t room; };
#define AT(member) offsetof(struct own_values, member)
static const struct field own_fields[] = {
	{ .key = "languages", .kind = FIELD_FLAGS, .label = T("语言和方言"), .choices = provider_language_choices, .offset = AT(languages) },
	{ .key = "home", .kind = FIELD_PLACE, .label = T("出发地区划代码"), .hint = T("空着：从所在机构出发。"), .offset = AT(home) },
	{ .key = "room", .kind = FIELD_INT, .label = T("同时最多承办几件"), .max = 500, .offset = AT(room) },
};
const struct form own_form = FORM_OF("register.own", T("我能做的"), own_fields, struct own_values);
#undef AT

struct renewal_values { struct day valid_from, valid_to; struct text words; };
#define AT(member) offsetof(struct renewal_values, member)
static const struct field renewal_fields[] = {
	{ .key = "valid_from", .kind = FIELD_DAY, .label = T("新证起始日"), .required = true, ANY_DAY, .offset = AT(valid_from) },
	{ .key = "valid_to", .kind = FIELD_DAY, .label = T("新证终止日"), .required = true, ANY_DAY, .offset = AT(valid_to) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("说明"), .max = 200, .offset = AT(words) },
};
const struct form renewal_form = FORM_OF("register.renewal", T("换证"), renewal_fields, struct renewal_values);
#undef AT
static const struct ui_file scan_file = { .key = "scan", .label = T("新证的扫描件"), .accept = ".pdf,.jpg,.png", .hint = T("PDF、JPEG 或 PNG，最大 1 MB；可以不附。") };

struct decide_values { bool refuse; struct text words; };
#define AT(member) offsetof(struct decide_values, member)
static const struct field decide_fields[] = {
	{ .key = "refuse", .kind = FIELD_BOOL, .label = T("不确认"), .offset = AT(refuse) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("为什么（不确认要写）"), .max = 200, .offset = AT(words) },
};
const struct form renewal_decide_form = FORM_OF("register.renewal_decide", T("确认换证"), decide_fields, struct decide_values);
#undef AT

/* ---- mine ------------------------------------------------------------------------------------------------- */

struct me {
	struct day today;
	struct provider p;
	struct renewal r[MANY];
	struct duty_away away[MANY];
	struct sanction s[MANY];
	size_t n_r, n_away, n_s;
	int64_t days;
};

static enum rc
me_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct me *m = argument;
	enum rc rc = provider_by_account(tx, actor, actor->account, &m->p);

	if (rc == RC_NOT_FOUND) {
		m->p.id = 0;
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = provider_bar(tx, actor, m->today, m->today, &m->p);
	if (rc == RC_OK)
		rc = setting_read(tx, actor, &register_settings[REGISTER_WARN_FIRST], &m->days);
	if (rc == RC_OK)
		rc = renewals(tx, actor, m->p.id, m->r, MANY, &m->n_r);
	if (rc == RC_OK)
		rc = sanctions(tx, actor, m->p.id, m->p.firm, m->today, m->s, MANY, &m->n_s);
	return rc == RC_OK ? duty_aways(tx, actor, m->p.id, m->today, m->away, MANY, &m->n_away) : rc;
}

static void
put_licence(struct html *h, const struct me *m)
{
	int64_t left = day_is_none(m->p.valid_to) ? INT64_MAX : (int64_t)m->p.valid_to.n - m->today.n;

	if (left < 0)
		ui_notice_say(h, UI_LATE, T("您的证件已过有效期"), T("换证确认以前，不再给您派案、排班。换好以后在下面登记。"));
	else if (left <= m->days)
		ui_notice_say(h, UI_SOON, T("您的证件快到期了"), T("最后一天过了就不再给您派案、排班。换好以后在下面登记。"));
}

static void
put_facts(struct exchange *x, struct html *h, const struct me *m)
{
	const struct provider *p = &m->p;
	struct ui_fact v[] = {
		{ T("人员种类"), admin_say(x, provider_kind_label(p->kind)), TEXT_NONE },
		{ T("机构"), p->firm_name, TEXT_NONE },
		{ T("证号"), p->licence, TEXT_NONE },
		{ T("有效期到"), day_is_none(p->valid_to) ? admin_say(x, T("没有终止日")) : admin_day(x, p->valid_to), TEXT_NONE },
		{ T("还有几天"), day_is_none(p->valid_to) ? TEXT_NONE : admin_int(x, (int64_t)p->valid_to.n - m->today.n), TEXT_NONE },
		{ T("执业年数"), admin_int(x, provider_years(p, m->today)), TEXT_NONE },
		{ T("专长"), admin_flags_text(x, provider_skill_choices, p->skills), TEXT_NONE },
		{ T("今天能不能指派"), admin_say(x, provider_why_label(provider_judge(p, m->today))), TEXT_NONE },
	};

	ui_facts(h, v, sizeof v / sizeof v[0]);
	ui_paragraph(h, T("种类、证号、专长不对，请找名册的管理员改。"));
}

static void
put_form(struct exchange *x, struct html *h, const struct form *form, const char *action, struct typed typed, const struct ui_file *file)
{
	ui_section_open(h, form->title);
	ui_error_summary(h, form, admin_findings(x, form));
	ui_form_open(h, &(struct ui_form){ .action = text_of(action), .csrf = x->csrf, .key = admin_key(x, form), .upload = file != NULL });
	for (size_t i = 0; i < form->n; i++)
		ui_field(h, &form->fields[i], ui_typed(form, form->fields[i].key, &typed),
		    admin_findings(x, form) != NULL ? findings_of(&x->findings, form->fields[i].key) : NULL);
	if (file != NULL)
		ui_file(h, file, findings_of(&x->findings, "scan"));
	ui_form_buttons(h, T("存下"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static struct text
renewal_days(const struct exchange *x, const struct renewal *r)
{
	struct text a = admin_day(x, r->valid_from), b = admin_day(x, r->valid_to);

	return arena_format(x->ctx->mem, "%.*s – %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

static void
put_renewals(struct exchange *x, struct html *h, const struct me *m)
{
	static const struct ui_column columns[] = { { T("登记时间"), false }, { T("新的有效期"), false }, { T("到哪一步"), false }, { T("说明"), false } };
	struct ui_table t;

	if (m->n_r == 0)
		return;
	ui_table_open(&t, h, T("我登记过的换证"), columns, 4);
	for (size_t i = 0; i < m->n_r; i++) {
		ui_row_open(&t);
		ui_cell(&t, admin_when(x, m->r[i].at_ms));
		ui_cell(&t, renewal_days(x, &m->r[i]));
		ui_cell_say(&t, renewal_state_label(m->r[i].state));
		ui_cell(&t, m->r[i].decided_words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_away(struct exchange *x, struct html *h, const struct me *m)
{
	static const struct ui_column columns[] = { { T("从"), false }, { T("到"), false }, { T("为什么"), false } };
	struct ui_table t;

	ui_section_open(h, T("哪几天来不了"));
	ui_table_open(&t, h, T("已经登记的"), columns, 3);
	for (size_t i = 0; i < m->n_away; i++) {
		ui_row_open(&t);
		ui_cell(&t, admin_day(x, m->away[i].from));
		ui_cell(&t, admin_day(x, m->away[i].to));
		ui_cell(&t, m->away[i].reason);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "<p>");
	ui_link(h, TEXT("/desk/duty"), T("我的值班、请假、换班"));
	html_raw(h, "</p>");
	ui_section_close(h);
}

static struct typed
own_typed(struct exchange *x, const struct me *m)
{
	struct typed typed = admin_typed(x, &own_form);

	if (admin_sent(x, &own_form))
		return typed;
	admin_put(&own_form, &typed, "languages", admin_flags_typed(x, provider_language_choices, m->p.more.languages));
	if (m->p.more.home.code != 0)
		admin_put(&own_form, &typed, "home", arena_format(x->ctx->mem, "%012lld", (long long)m->p.more.home.code));
	if (m->p.more.room != 0)
		admin_put(&own_form, &typed, "room", admin_int(x, m->p.more.room));
	return typed;
}

enum rc
register_me_page(struct exchange *x)
{
	struct me *m = ARENA_NEW(x->ctx->mem, struct me);
	struct html h = frame_html(x);
	enum rc rc;

	if (m == NULL)
		return RC_NO_MEMORY;
	m->today = admin_today(x);
	rc = db_read(x->ctx, me_tx, m);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("我在名册里"), .area = FRAME_ROSTER });
	ui_title(&h, T("我在名册里"), m->p.name);
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	if (m->p.id == 0) {
		ui_empty(&h, T("您不在名册里"), T("名册里登记了您的账号，这里才有您的证件、语言和换证。"), TEXT("/desk/register"), T("法律服务资源名册"));
		frame_desk_close(x, &h);
		return buf_rc(h.out);
	}
	put_licence(&h, m);
	put_facts(x, &h, m);
	put_form(x, &h, &own_form, "/desk/register/me", own_typed(x, m), NULL);
	put_away(x, &h, m);
	put_renewals(x, &h, m);
	if (m->n_r == 0 || m->r[0].state != RENEWAL_PROPOSED)
		put_form(x, &h, &renewal_form, "/desk/register/me/renewal", admin_typed(x, &renewal_form), &scan_file);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
after(struct exchange *x, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/register/me?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = http_status_of(rc);
	return register_me_page(x);
}

enum rc
register_me_post(struct exchange *x)
{
	const struct own_values *in = x->values;
	enum rc rc = x->form_rc;

	if (rc == RC_OK && in->home.code != 0 && region_find(in->home, admin_today(x)) == NULL) {
		findings_add(&x->findings, "home", T("没有这个区划"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = provider_own_save(x->ctx, frame_idem_key(x), &(struct provider_own){ in->languages, in->home, in->room }, &x->findings);
	return after(x, rc);
}

enum rc
register_renewal_post(struct exchange *x)
{
	const struct renewal_values *in = x->values;
	struct text scan = TEXT_NONE;
	enum rc rc = x->form_rc, file = admin_file_bytes(x, "scan", (int64_t)RENEWAL_SCAN_MAX, &scan);

	if (file == RC_TOO_LARGE) {
		findings_add(&x->findings, "scan", T("扫描件最大 %lld 字节"), (int64_t)RENEWAL_SCAN_MAX);
		rc = RC_INVALID;
	} else if (file != RC_OK && file != RC_NOT_FOUND) {
		return file;
	}
	if (rc == RC_OK)
		rc = renewal_propose(x->ctx, frame_idem_key(x), &(struct renewal_new){ .valid_from = in->valid_from, .valid_to = in->valid_to,
		    .words = in->words, .scan = scan }, &x->findings);
	return after(x, rc);
}

/* ---- the keeper's ------------------------------------------------------------------------------------------- */

struct waiting { struct renewal v[WAITING]; size_t n; };

static enum rc
waiting_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct waiting *w = argument;

	return renewals(tx, actor, 0, w->v, WAITING, &w->n);
}

static void
put_waiting(struct exchange *x, struct html *h, const struct renewal *r)
{
	struct text id = admin_int(x, r->id);
	struct ui_fact v[] = {
		{ T("证号"), r->licence, arena_format(x->ctx->mem, "/desk/register/person/%lld", (long long)r->provider) },
		{ T("新的有效期"), renewal_days(x, r), TEXT_NONE },
		{ T("说明"), r->words, TEXT_NONE },
		{ T("登记时间"), admin_when(x, r->at_ms), TEXT_NONE },
		{ T("扫描件"), admin_say(x, r->scan ? T("打开") : T("没有附")), r->scan ? arena_format(x->ctx->mem, "/desk/register/scan/%s", id.p) : TEXT_NONE },
	};

	html_raw(h, "<section><h2>");
	html_text(h, r->name);
	html_raw(h, "</h2>");
	ui_facts(h, v, sizeof v / sizeof v[0]);
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/register/renewals/%s", id.p), .csrf = x->csrf,
	    .key = frame_key_text(x) });
	for (size_t i = 0; i < renewal_decide_form.n; i++)
		ui_field(h, &decide_fields[i], TEXT_NONE, NULL);
	ui_form_buttons(h, T("确认换证"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "</section>");
}

enum rc
register_renewals_page(struct exchange *x)
{
	struct waiting *w = ARENA_NEW(x->ctx->mem, struct waiting);
	struct html h = frame_html(x);
	int64_t id = 0;
	size_t at = 0; /* the one to decide on; the others are links */
	enum rc rc = w == NULL ? RC_NO_MEMORY : db_read(x->ctx, waiting_tx, w);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("换证待确认"), .area = FRAME_NETWORK });
	ui_title(&h, T("换证待确认"), TEXT_NONE);
	ui_error_summary(&h, &renewal_decide_form, admin_findings(x, &renewal_decide_form));
	if (x->out->status == 409)
		ui_notice_say(&h, UI_SOON, NULL, T("别人已经处理了这一份。"));
	if (w->n == 0)
		ui_empty(&h, T("没有等确认的"), T("本人在“我在名册里”登记换证，这里确认以后才算数。"), TEXT("/desk/register"), T("法律服务资源名册"));
	if (int64_parse(admin_query(x, "id"), 1, INT64_MAX, &id) != RC_OK)
		id = 0;
	for (size_t i = 0; i < w->n; i++)
		at = w->v[i].id == id ? i : at;
	if (w->n > 0)
		put_waiting(x, &h, &w->v[at]);
	for (size_t i = 0; i < w->n; i++)
		if (i != at) {
			html_raw(&h, "<p>");
			ui_link_text(&h, arena_format(x->ctx->mem, "/desk/register/renewals?id=%lld", (long long)w->v[i].id), w->v[i].name);
			html_raw(&h, "</p>");
		}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
register_renewal_decide_post(struct exchange *x)
{
	const struct decide_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = renewal_decide(x->ctx, frame_idem_key(x), id, !in->refuse, in->words, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/register/renewals"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = http_status_of(rc);
	return register_renewals_page(x);
}

struct scan_arg { int64_t id; struct text scan, type; };

static enum rc
scan_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct scan_arg *s = argument;

	return renewal_scan(tx, actor, s->id, &s->scan, &s->type);
}

enum rc
register_scan(struct exchange *x)
{
	struct scan_arg s = { .id = 0 };
	enum rc rc = http_segment_id(x, "id", &s.id);

	if (rc == RC_OK)
		rc = db_read(x->ctx, scan_tx, &s);
	if (rc != RC_OK)
		return rc;
	x->out->type = s.type.p;
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"licence\""));
	buf_add(&x->out->body, s.scan);
	return buf_rc(&x->out->body);
}
