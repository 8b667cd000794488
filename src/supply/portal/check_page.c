/*
 * Am I eligible?  The rules ask one question at a time, only what still matters, and say what they
 * make of the answers.  Nothing is stored: the answers go to and fro in the form.
 */
#include "supply/portal/check_internal.h"

#include "kit/msg/msg.h"

#define SKIPPED TEXT("?")

static const struct check checks[] = {
	{ "legal_aid", "legal-aid", T("查一查：能不能申请法律援助"),
	  T("回答几个问题，看看大概能不能申请由国家出钱的律师。不用登录，不留记录。"), NULL },
	{ "notary_relief", "notary", T("查一查：公证费能不能减免"), T("回答几个问题，看看公证费大概能不能免、能减多少。不用登录，不留记录。"), NULL },
	{ "paths", "rights", T("该走哪条路"),
	  T("回答几个问题，看看先走哪条路：协商、调解、仲裁、投诉、起诉、复议，各要花多少钱、多久、最晚哪一天。不用登录，不留记录。"), path_put },
};

static const struct check *
check_find(struct text package)
{
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
		if (text_equals(text_of(checks[i].package), package))
			return &checks[i];
	return NULL;
}

/* ---- the answers --------------------------------------------------------------------------------------- */

static void
answers_read(struct exchange *x, struct asking *q)
{
	int64_t drop = -1;

	if (int64_parse(params_get(x->in->form, "drop"), 0, CHECK_ANSWERS_MAX, &drop) != RC_OK)
		drop = CHECK_ANSWERS_MAX; /* what came after an answer was asked because of it */
	for (size_t i = 0; i < x->in->form.n && q->n < CHECK_ANSWERS_MAX && (int64_t)q->n < drop; i++) {
		struct text value = x->in->form.v[i].value, name = text_cut(&value, '=');

		if (text_equals(x->in->form.v[i].name, TEXT("a[]")) && rules_input_find(q->rules, name) >= 0)
			q->v[q->n++] = (struct answer){ name, value };
	}
}

static void
bounds_said(struct exchange *x, struct asking *q, const struct rules_input *in)
{
	struct text least = policy_value(x->ctx->mem, x->ctx->lang, q->rules, in->type, in->least);
	struct text most = policy_value(x->ctx->mem, x->ctx->lang, q->rules, in->type, in->most);

	q->wrong = arena_format(x->ctx->mem, "%s%.*s – %.*s", msg(x->ctx->lang, T("应在以下范围内：")), (int)least.n, least.p,
	    (int)most.n, most.p);
}

/* The answer just given joins the others, or says why it cannot. */
static void
answer_take(struct exchange *x, struct asking *q)
{
	struct text name = params_get(x->in->form, "ask"), value = text_trim(params_get(x->in->form, "v"));
	int input = rules_input_find(q->rules, name);
	const struct rules_input *in = input < 0 ? NULL : &q->k->input[input];
	int64_t n;

	if (in == NULL || q->n == CHECK_ANSWERS_MAX || params_has(x->in->form, "drop"))
		return;
	if (params_has(x->in->form, "skip")) {
		q->v[q->n++] = (struct answer){ name, SKIPPED };
		return;
	}
	q->typed = value;
	if (rules_read(q->rules, in->type, value, &n) != RC_OK)
		q->wrong = portal_say(x, value.n == 0 ? T("请回答，或者点“我不清楚”") : T("看不懂这个回答，请按要求写"));
	else if (n < in->least || n > in->most)
		bounds_said(x, q, in);
	else
		q->v[q->n++] = (struct answer){ name, value };
	q->next = q->wrong.n > 0 ? input : -1;
}

static enum rc
facts_set(struct exchange *x, struct asking *q)
{
	enum rc rc = RC_OK;

	q->facts = rules_facts_new(x->ctx->mem, q->rules);
	if (q->facts == NULL)
		return RC_NO_MEMORY;
	if (q->k->law_date >= 0)
		rc = rules_fact_set(q->facts, q->k->law_date, portal_today(x).n);
	for (size_t i = 0; rc == RC_OK && i < q->n; i++) {
		int input = rules_input_find(q->rules, q->v[i].name);
		int64_t n;

		if (rules_read(q->rules, q->k->input[input].type, q->v[i].value, &n) == RC_OK)
			rc = rules_fact_set(q->facts, input, n) == RC_NO_MEMORY ? RC_NO_MEMORY : RC_OK; /* out of bounds: missing */
	}
	return rc;
}

static bool
can_ask(const struct asking *q, int input)
{
	const struct rules_input *in = &q->k->input[input];

	if (in->list >= 0 || in->question.zh.n == 0 || input == q->k->law_date)
		return false;
	for (size_t i = 0; i < q->n; i++)
		if (text_equals(q->v[i].name, in->name))
			return false; /* skipped */
	return true;
}

static int
next_question(const struct asking *q)
{
	const struct rules_verdict *v = &q->verdict;

	if (v->n_conflicts > 0 || v->conclusion.state != RULES_MISSING)
		return -1;
	if (v->next_input >= 0 && can_ask(q, v->next_input))
		return v->next_input;
	for (size_t i = 0; i < q->k->n_inputs; i++)
		if (rules_is_missing(&v->conclusion.missing, (int)i) && can_ask(q, (int)i))
			return (int)i;
	return -1;
}

static enum rc
open_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct asking *q = arg;
	enum rc rc = policy_current(tx, actor, text_of(q->check->package), day_of_moment(tx_now_ms(tx)), &q->version);

	return rc == RC_OK ? policy_compile(tx_mem(tx), &q->version, &q->rules) : rc;
}

static enum rc
asking_open(struct exchange *x, struct asking *q)
{
	enum rc rc;

	*q = (struct asking){ .check = check_find(http_segment(x, "package")), .next = -1 };
	if (q->check == NULL)
		return RC_NOT_FOUND;
	rc = db_read(x->ctx, open_tx, q);
	if (rc != RC_OK)
		return rc;
	q->k = rules_package(q->rules);
	if (x->in->method == HTTP_POST) {
		answers_read(x, q);
		answer_take(x, q);
	}
	rc = facts_set(x, q);
	if (rc == RC_OK)
		rc = rules_judge(x->ctx->mem, q->rules, q->facts, &q->verdict);
	if (rc == RC_INVALID)
		rc = RC_OK; /* they contradict each other: the page says so */
	if (q->wrong.n == 0)
		q->next = next_question(q);
	return rc;
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

static void
put_answers(struct exchange *x, struct html *h, const struct asking *q)
{
	for (size_t i = 0; i < q->n; i++)
		ui_hidden(h, "a[]", arena_format(x->ctx->mem, "%.*s=%.*s", (int)q->v[i].name.n, q->v[i].name.p, (int)q->v[i].value.n,
		    q->v[i].value.p));
}

struct text
check_question(struct exchange *x, const struct asking *q, const struct answer *a)
{
	return policy_words(x->ctx->lang, q->k->input[rules_input_find(q->rules, a->name)].question);
}

struct text
check_answer(struct exchange *x, const struct asking *q, const struct answer *a)
{
	const struct rules_input *in = &q->k->input[rules_input_find(q->rules, a->name)];
	int64_t n;

	if (rules_read(q->rules, in->type, a->value, &n) != RC_OK)
		return portal_say(x, T("我不清楚"));
	return policy_value(x->ctx->mem, x->ctx->lang, q->rules, in->type, n);
}

/* What was answered so far, each to be changed; what followed from it is then asked anew. */
static void
put_so_far(struct exchange *x, struct html *h, const struct asking *q)
{
	if (q->n == 0)
		return;
	ui_section_open(h, T("您已经回答的"));
	ui_form_open(h, &(struct ui_form){ .action = portal_path(x, "/check/", text_of(q->check->package)), .csrf = x->csrf });
	put_answers(x, h, q);
	html_raw(h, "<dl class=\"answers\">");
	for (size_t i = 0; i < q->n; i++) {
		struct text question = check_question(x, q, &q->v[i]);

		html_raw(h, "<div><dt>");
		html_text(h, question);
		html_raw(h, "</dt><dd>");
		html_text(h, check_answer(x, q, &q->v[i]));
		html_raw(h, " <button type=\"submit\" name=\"drop\"");
		html_attr(h, "value", arena_format(x->ctx->mem, "%zu", i));
		html_raw(h, " class=\"button\"");
		html_attr(h, "aria-label", arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, T("改")), (int)question.n, question.p));
		html_raw(h, ">");
		html_say(h, T("改"));
		html_raw(h, "</button></dd></div>");
	}
	html_raw(h, "</dl>");
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_choice(struct html *h, struct text value, struct text label)
{
	html_raw(h, "<button type=\"submit\" name=\"v\" class=\"button wide\"");
	html_attr(h, "value", value);
	html_raw(h, ">");
	html_text(h, label);
	html_raw(h, "</button>");
}

static void
put_input(struct exchange *x, struct html *h, const struct asking *q, const struct rules_input *in)
{
	static const struct choice none = { 0, NULL, NULL };
	struct field f = { .key = "v", .kind = in->type.kind == RULES_DATE ? FIELD_DAY : FIELD_LINE, .label = T("您的回答"),
		.required = true, .min = in->type.kind == RULES_DATE ? INT32_MIN : 0, .max = in->type.kind == RULES_DATE ? INT32_MAX : 20,
		.choices = &none, .hint = in->type.kind == RULES_MONEY ? T("多少元，只写数字，例如 16440 或 16439.99") :
		    in->type.kind == RULES_DATE ? NULL : T("只写数字") };
	struct text typed = q->typed;
	struct finding wrong = { .field = "v", .message = arena_text(x->ctx->mem, q->wrong).p };
	const struct rules_options *o = &q->k->options[in->type.options];

	if (in->type.kind == RULES_TRUTH) {
		put_choice(h, TEXT("是"), portal_say(x, T("是")));
		put_choice(h, TEXT("否"), portal_say(x, T("否")));
	} else if (in->type.kind == RULES_OPTION) {
		for (size_t i = 0; i < o->n; i++)
			put_choice(h, o->option[i].name, policy_words(x->ctx->lang, o->option[i].words));
	} else {
		ui_field(h, &f, typed, q->wrong.n > 0 ? &wrong : NULL);
		html_raw(h, "<button type=\"submit\" class=\"button primary wide\">");
		html_say(h, T("下一步"));
		html_raw(h, "</button>");
	}
}

static void
put_question(struct exchange *x, struct html *h, const struct asking *q)
{
	const struct rules_input *in = &q->k->input[q->next];

	if (q->n == 0)
		ui_paragraph(h, q->check->intro);
	if (q->wrong.n > 0)
		ui_notice(h, UI_LATE, NULL, q->wrong);
	ui_form_open(h, &(struct ui_form){ .action = portal_path(x, "/check/", text_of(q->check->package)), .csrf = x->csrf });
	put_answers(x, h, q);
	ui_hidden(h, "ask", in->name);
	html_raw(h, "<fieldset class=\"question\"><legend><h2>");
	html_text(h, policy_words(x->ctx->lang, in->question));
	html_raw(h, "</h2></legend>");
	if (in->help.zh.n > 0) {
		html_raw(h, "<p class=\"hint\">");
		html_text(h, policy_words(x->ctx->lang, in->help));
		html_raw(h, "</p>");
	}
	html_raw(h, "<div class=\"buttons\">");
	put_input(x, h, q, in);
	html_raw(h, "<button type=\"submit\" name=\"skip\" value=\"1\" class=\"button wide\">");
	html_say(h, T("我不清楚"));
	html_raw(h, "</button></div></fieldset>");
	ui_form_close(h);
}

enum likely { LIKELY_YES, LIKELY_NO, LIKELY_ASK };

static enum likely
likely(const struct asking *q)
{
	static const char *const yes[] = { "符合", "免收", "减收" }, *const ask[] = { "请工作人员判断" };
	const struct rules_value *v = &q->verdict.conclusion;
	const struct rules_step *s = &q->k->step[q->k->conclusion];
	char out[48];
	struct text name;

	if (q->verdict.n_conflicts > 0 || v->state != RULES_KNOWN)
		return LIKELY_ASK;
	name = rules_print(q->rules, s->type, v->n, out);
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		if (text_equals(name, text_of(yes[i])))
			return LIKELY_YES;
	return text_equals(name, text_of(ask[0])) ? LIKELY_ASK : LIKELY_NO;
}

static void
put_materials(struct html *h, struct text materials)
{
	if (materials.n == 0)
		return;
	ui_section_open(h, T("去的时候带上"));
	html_raw(h, "<ul>");
	while (materials.n > 0) {
		html_raw(h, "<li>");
		html_text(h, text_cut(&materials, '\n'));
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
	ui_section_close(h);
}

static void
put_result(struct exchange *x, struct html *h, const struct asking *q)
{
	static const struct { const char *title, *body; enum ui_tone tone; } words[] = {
		[LIKELY_YES] = { T("很可能可以"), T("按您说的情况，很可能可以。正式结果由工作人员审查决定，来申请吧。"), UI_OK },
		[LIKELY_NO] = { T("很可能不行"), T("按您说的情况，很可能不行。情况有出入、或者觉得不对，仍然可以申请，也可以打 12348 问清楚。"), UI_SOON },
		[LIKELY_ASK] = { T("请问一问工作人员"), T("凭这些还算不出来。请打 12348，或者到最近的站点，让工作人员帮您看。"), UI_INFO },
	};
	enum likely l = likely(q);
	struct item item;

	ui_notice_say(h, words[l].tone, words[l].title, words[l].body);
	frame_verdict(x, h, q->rules, &q->verdict, words[l].tone, FRAME_SAID_BY_READER);
	if (portal_item(x, text_of(q->check->item), &item) == RC_OK && l != LIKELY_NO)
		put_materials(h, item.materials);
	html_raw(h, "<div class=\"buttons\">");
	ui_button_link(h, portal_path(x, "/ask?item=", text_of(q->check->item)), T("我要申请"), l == LIKELY_YES);
	ui_button_link(h, TEXT("/points"), T("附近站点"), false);
	portal_call(h, TEXT("12348"));
	html_raw(h, "</div>");
}

static enum rc
check_show(struct exchange *x)
{
	struct asking *q = ARENA_NEW(x->ctx->mem, struct asking);
	struct html h = frame_html(x);
	enum rc rc = q == NULL ? RC_NO_MEMORY : asking_open(x, q);

	if (rc != RC_OK)
		return rc;
	if (q->wrong.n > 0)
		x->out->status = http_status_of(RC_INVALID);
	frame_public_open(x, &h, &(struct frame_page){ .title = q->check->title, .noindex = x->in->method == HTTP_POST });
	ui_title(&h, q->check->title, TEXT_NONE);
	if (q->next >= 0)
		put_question(x, &h, q);
	else if (q->check->put != NULL)
		q->check->put(x, &h, q);
	else
		put_result(x, &h, q);
	put_so_far(x, &h, q);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
check_page(struct exchange *x)
{
	return check_show(x);
}

enum rc
check_post(struct exchange *x)
{
	return check_show(x);
}

void
check_link(struct exchange *x, struct html *h, struct text item)
{
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
		if (text_equals(item, text_of(checks[i].item)))
			ui_button_link(h, portal_path(x, "/check/", text_of(checks[i].package)), checks[i].title, false);
	if (text_equals(item, TEXT("rights"))) {
		html_raw(h, " ");
		ui_button_link(h, TEXT("/rights"), T("维权专题"), false);
	}
}
