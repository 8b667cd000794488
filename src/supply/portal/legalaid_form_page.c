/* The application form for residents: three short pages, what was told before travels along; nothing is stored until the
 * last one is sent. */
#include "supply/portal/legalaid_my_internal.h"

#include "base/fen.h"
#include "kit/msg/msg.h"

#include <limits.h>
#include <string.h>

struct my_aid_values {
	int64_t revision, page;
	int kind, matter, status;
	bool own_counsel, preserve, proof, opponent_home, commitment, confirmed;
	struct day limit_day;
	int64_t household;
	struct text income, own_income;
};
#define AT(member) offsetof(struct my_aid_values, member)
#define PAGES 3
#define YUAN_MAX INT64_C(100000000)

/* What comes by an authority's notice is not applied for by a resident. */
static const struct choice kinds[] = {
	{ AID_CIVIL, "civil", T("民事、行政、国家赔偿事项") }, { AID_ACCUSED, "accused", T("刑事案件的犯罪嫌疑人、被告人") },
	{ AID_VICTIM, "victim", T("被害人、自诉人、附带民事诉讼原告人") }, { AID_RETRIAL, "retrial", T("申诉、申请再审") }, { 0, NULL, NULL },
};

static const struct field fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = AT(revision) },
	{ .key = "page", .kind = FIELD_KEY, .label = T("第几页"), .required = true, .min = 1, .max = PAGES, .offset = AT(page) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("申请哪一类援助"), .choices = kinds, .offset = AT(kind) },
	{ .key = "matter", .kind = FIELD_CHOICE, .label = T("为了什么事"), .choices = aid_matter_choices,
	  .hint = T("刑事案件不用选。"), .offset = AT(matter) },
	{ .key = "own_counsel", .kind = FIELD_BOOL, .label = T("已经自己请了律师或者其他代理人"), .offset = AT(own_counsel) },
	{ .key = "limit_day", .kind = FIELD_DAY, .label = T("有快要到期的时效或者期限吗？哪一天到期"), .min = INT_MIN, .max = INT_MAX,
	  .hint = T("没有就空着。快到期的，可以先提供援助，材料后补。"), .offset = AT(limit_day) },
	{ .key = "preserve", .kind = FIELD_BOOL, .label = T("需要马上申请财产保全、证据保全或者先予执行"), .offset = AT(preserve) },
	{ .key = "status", .kind = FIELD_CHOICE, .label = T("您属于下面哪一类"), .choices = aid_status_choices,
	  .hint = T("属于这些人员、又有证明的，不看收入。"), .offset = AT(status) },
	{ .key = "proof", .kind = FIELD_BOOL, .label = T("有证明这一身份的材料"), .offset = AT(proof) },
	{ .key = "household", .kind = FIELD_INT, .label = T("住在一起的家人有几个（连您自己）"), .min = 0, .max = 30, .offset = AT(household) },
	{ .key = "income", .kind = FIELD_LINE, .label = T("过去十二个月，全家一共收入多少元"), .max = 14,
	  .hint = T("属于上面几类、又有证明的，可以空着。"), .offset = AT(income) },
	{ .key = "own_income", .kind = FIELD_LINE, .label = T("其中您自己收入多少元"), .max = 14, .offset = AT(own_income) },
	{ .key = "opponent_home", .kind = FIELD_BOOL, .label = T("对方是住在一起的家人"), .offset = AT(opponent_home) },
	{ .key = "commitment", .kind = FIELD_BOOL, .label = T("我以个人诚信承诺代替经济状况材料"),
	  .hint = T("说的不是真的，要补交费用，还可能被罚款（第六十四条）。"), .offset = AT(commitment) },
	{ .key = "confirmed", .kind = FIELD_BOOL, .label = T("上面写的都是真的，我申请法律援助"), .offset = AT(confirmed) },
};
const struct form my_aid_form = FORM_OF("my.legalaid.form", T("法律援助申请表"), fields, struct my_aid_values);

static const char *const pages[PAGES][8] = {
	{ "kind", "matter", "own_counsel", "limit_day", "preserve" },
	{ "status", "proof", "household", "income", "own_income", "opponent_home" },
	{ "commitment", "confirmed" },
};
static const char *const titles[PAGES] = { T("为了什么事"), T("家里的经济状况"), T("核对后提交") };

/* ---- reading ------------------------------------------------------------------------------------------------ */

static int64_t
amount(struct text typed, const char *key, struct findings *findings)
{
	struct fen fen;

	if (text_is_empty(text_trim(typed)))
		return -1;
	if (fen_parse(text_trim(typed), YUAN_MAX, &fen) == RC_OK)
		return fen.n;
	findings_add(findings, key, T("写成数字，最多两位小数，例如 28000.50"), 0);
	return -1;
}

static struct aid_form
form_of(const struct my_aid_values *v, struct findings *findings)
{
	return (struct aid_form){ .kind = v->kind, .matter = v->kind == AID_CIVIL ? v->matter : AID_MATTER_NONE, .status = v->status,
		.own_counsel = v->own_counsel, .preserve = v->preserve, .proof = v->proof && v->status != AID_ORDINARY,
		.opponent_home = v->opponent_home, .commitment = v->commitment, .limit_day = v->limit_day, .found_day = DAY_NONE,
		.household = v->household, .income = amount(v->income, "income", findings),
		.own_income = amount(v->own_income, "own_income", findings), .organ = TEXT_NONE, .notice = TEXT_NONE,
		.confirmed = v->confirmed ? AID_ONLINE : AID_UNCONFIRMED };
}

static bool
on_page(const char *key, size_t page)
{
	for (size_t i = 0; i < 8 && pages[page - 1][i] != NULL; i++)
		if (strcmp(pages[page - 1][i], key) == 0)
			return true;
	return false;
}

/* Is anything on the pages up to this one at fault?  The first such page; 0: none. */
static size_t
fault_page(const struct findings *f, size_t upto)
{
	for (size_t page = 1; page <= upto; page++)
		for (size_t i = 0; i < f->n; i++)
			if (on_page(f->v[i].field, page))
				return page;
	return 0;
}

/* ---- the pages ------------------------------------------------------------------------------------------------ */

static struct text
typed(const struct exchange *x, const char *key)
{
	return x->typed.v != NULL ? ui_typed(&my_aid_form, key, &x->typed) : TEXT_NONE;
}

static void
put_review(struct exchange *x, struct html *h, const struct aid_form *f)
{
	const char *needed[AID_PAPERS_MAX];
	size_t n = aid_papers_needed(f, needed);
	char day[16];

	ui_answers(h, (const struct ui_answer[]){
	    { T("申请哪一类援助"), portal_say(x, aid_choice_label(aid_kind_choices, f->kind)), TEXT_NONE },
	    { T("为了什么事"), f->matter != 0 ? portal_say(x, aid_choice_label(aid_matter_choices, f->matter)) : TEXT_NONE, TEXT_NONE },
	    { T("期限哪一天到"), day_is_none(f->limit_day) ? portal_say(x, T("没有")) : arena_text(x->ctx->mem, day_print(f->limit_day, day)), TEXT_NONE },
	    { T("属于哪一类"), portal_say(x, aid_choice_label(aid_status_choices, f->status)), TEXT_NONE },
	    { T("住在一起的几个人"), f->household > 0 ? arena_format(x->ctx->mem, "%lld", (long long)f->household) : portal_say(x, T("未填写")), TEXT_NONE },
	    { T("全家收入"), typed(x, "income").n > 0 ? typed(x, "income") : portal_say(x, T("未填写")), TEXT_NONE } }, 6);
	ui_section_open(h, T("来的时候请带上"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<li>");
		html_say(h, needed[i]);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
	ui_paragraph(h, T("缺什么，工作人员会一次告诉您。提交以后，七日内给您决定。"));
	ui_section_close(h);
}

static enum rc
page_show(struct exchange *x, struct receipt *receipt, size_t page, const char *trouble)
{
	struct my_aid *m = ARENA_NEW(x->ctx->mem, struct my_aid);
	struct findings none = { .n = 0 };
	struct html h = frame_html(x);
	enum rc rc = m == NULL ? RC_NO_MEMORY : my_aid_load(x, receipt, m);

	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("法律援助申请表"), .noindex = true });
	ui_title(&h, titles[page - 1], m->r.number);
	ui_steps(&h, titles, PAGES, page - 1);
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有交上去"), trouble);
	ui_error_summary(&h, &my_aid_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/my/legalaid/form"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_hidden(&h, "revision", arena_format(x->ctx->mem, "%lld", (long long)m->r.revision));
	ui_hidden(&h, "page", arena_format(x->ctx->mem, "%zu", page));
	for (size_t i = 2; i < my_aid_form.n; i++)
		if (!on_page(fields[i].key, page) && typed(x, fields[i].key).n > 0)
			ui_hidden(&h, fields[i].key, typed(x, fields[i].key));
	if (page == PAGES) {
		struct aid_form f = form_of(x->values, &none);

		put_review(x, &h, &f);
	}
	for (size_t i = 0; i < 8 && pages[page - 1][i] != NULL; i++)
		ui_field(&h, form_field(&my_aid_form, pages[page - 1][i]), typed(x, pages[page - 1][i]),
		    findings_of(&x->findings, pages[page - 1][i]));
	ui_form_buttons(&h, page == PAGES ? T("提交申请") : T("下一页"), TEXT("/my/legalaid"));
	ui_form_close(&h);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
my_legalaid_form_page(struct exchange *x)
{
	struct receipt receipt;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	return in ? page_show(x, &receipt, 1, NULL) : rc;
}

/* What may be wrong with the pages filled in so far. */
static size_t
check(struct exchange *x, const struct my_aid_values *v, struct aid_form *ret)
{
	size_t page = v->page >= 1 && v->page <= PAGES ? (size_t)v->page : 1, bad;

	*ret = form_of(v, &x->findings);
	if (ret->kind < AID_CIVIL || ret->kind > AID_VICTIM)
		ret->kind = AID_KIND_NONE;
	(void)aid_form_check(ret, portal_today(x), &x->findings);
	bad = fault_page(&x->findings, page);
	if (bad == 0)
		x->findings = (struct findings){ .n = 0 }; /* of pages still to come */
	return bad;
}

enum rc
my_legalaid_form_post(struct exchange *x)
{
	const struct my_aid_values *v = x->values;
	struct aid_verdict verdict = { .why = AID_MAY, .basis = "" };
	struct receipt receipt;
	struct aid_form form;
	size_t bad;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	if (!in)
		return rc;
	bad = check(x, v, &form);
	if (bad != 0) {
		x->out->status = 422;
		return page_show(x, &receipt, bad, NULL);
	}
	if (v->page < PAGES)
		return page_show(x, &receipt, (size_t)v->page + 1, NULL);
	rc = aid_fill(&receipt.ctx, frame_idem_key(x), (struct case_id){ 0 }, v->revision, &form, &x->findings, &verdict);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/my/legalaid"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return page_show(x, &receipt, PAGES, rc == RC_REFUSED ? aid_why_label(verdict.why)
	    : T("这件事刚刚有了新变化，没有交上去。请看最新情况"));
}
