/*
 * Which way to go?  What the package "paths" says of a trouble, as one page that can be printed or handed in: every way
 * that is open, the one to take first on top, with cost, usual time and the last safe day.  The ways, their order and every
 * word about them stand in the package: an output of the type 走法 is a way, NAME_费用, NAME_用时 and NAME_最晚 are about it.
 */
#include "supply/portal/check_internal.h"

#include "engine/calendar/calendar.h"
#include "kit/msg/msg.h"
#include "standards/holidays/holidays.h"

#define WAYS_MAX 24
#define DAY_FOREVER 54786 /* 2120-01-01, the last day that rules know: no limit */

enum way_state { WAY_FIRST, WAY_SOON, WAY_OPEN, WAY_LATE, WAY_NOT, WAY_UNKNOWN };

struct way {
	int step;
	enum way_state state;
	struct rules_value value;
	int rule;                /* of the decision; -1 */
};

/* ---- what the package says ----------------------------------------------------------------------------- */

static const struct { const char *name; enum way_state state; enum ui_tone tone; } states[] = {
	{ "先走", WAY_FIRST, UI_OK }, { "抓紧", WAY_SOON, UI_LATE }, { "可以", WAY_OPEN, UI_INFO },
	{ "可能过期", WAY_LATE, UI_SOON }, { "不能", WAY_NOT, UI_HOLD },
};

static enum way_state
state_of(const struct asking *q, const struct rules_step *s, const struct rules_value *v)
{
	char out[48];
	struct text name;

	if (v->state != RULES_KNOWN)
		return WAY_UNKNOWN;
	name = rules_print(q->rules, s->type, v->n, out);
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (text_equals(name, text_of(states[i].name)))
			return states[i].state;
	return WAY_UNKNOWN;
}

static bool
is_way(const struct asking *q, const struct rules_step *s)
{
	return s->output && s->list < 0 && s->type.kind == RULES_OPTION
	    && text_equals(q->k->options[s->type.options].name, TEXT("走法"));
}

static size_t
ways_read(const struct asking *q, struct way ret[static WAYS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < q->k->n_steps && n < WAYS_MAX; i++) {
		struct way w = { .step = (int)i, .rule = -1 };

		if (!is_way(q, &q->k->step[i]) || rules_verdict_step(&q->verdict, (int)i, -1, &w.value, &w.rule) != RC_OK)
			continue;
		w.state = state_of(q, &q->k->step[i], &w.value);
		ret[n++] = w;
	}
	return n;
}

/* The step NAME_TAIL and its value; -1 where the package has none, or nothing is known. */
static int
about(struct exchange *x, const struct asking *q, const struct way *w, const char *tail, struct rules_value *ret)
{
	struct text way = q->k->step[w->step].name;
	int step = rules_step_find(q->rules, -1, arena_format(x->ctx->mem, "%.*s_%s", (int)way.n, way.p, tail));

	if (step < 0 || rules_verdict_step(&q->verdict, step, -1, ret, NULL) != RC_OK || ret->state != RULES_KNOWN)
		return -1;
	return step;
}

static struct text
about_words(struct exchange *x, const struct asking *q, const struct way *w, const char *tail)
{
	struct rules_value v;
	int step = about(x, q, w, tail, &v);

	return step < 0 ? TEXT_NONE : policy_value(x->ctx->mem, x->ctx->lang, q->rules, q->k->step[step].type, v.n);
}

static struct text
basis_of(struct exchange *x, const struct asking *q, int step, int rule)
{
	const struct rules_step *s = &q->k->step[step];
	struct rules_basis b = rule >= 0 && s->n_rules > 0 ? s->rule[rule].basis : s->basis;
	struct text t = policy_basis(x->ctx->mem, x->ctx->lang, q->rules, b);

	return t.n > 0 && b.document >= 0 && q->k->document[b.document].unverified
	    ? arena_format(x->ctx->mem, "%.*s %s", (int)t.n, t.p, msg(x->ctx->lang, T("（未核实）"))) : t;
}

/* ---- the last safe day ----------------------------------------------------------------------------------- */

/* Offices are shut on a day off: the working day before it. */
static struct day
open_before(const struct calendar *c, struct day d)
{
	for (int i = 0; i < 30 && !calendar_is_working(c, d); i++)
		d.n--;
	return d;
}

static struct text
last_day(struct exchange *x, struct day d)
{
	const struct calendar *c = holidays_current();
	struct day safe = open_before(c, d);
	char end[16], before[16];

	if (d.n == DAY_FOREVER)
		return portal_say(x, T("没有期限"));
	day_print(d, end);
	if (safe.n == d.n)
		return arena_format(x->ctx->mem, "%s%s", end,
		    calendar_knows(c, d) ? "" : msg(x->ctx->lang, T("（那一年的放假安排还没有公布，请提早）")));
	day_print(safe, before);
	return arena_format(x->ctx->mem, "%s%s%s%s", before, msg(x->ctx->lang, T("（期限到 ")), end, msg(x->ctx->lang, T("，那天休息）")));
}

static struct text
last_day_of(struct exchange *x, const struct asking *q, const struct way *w, int *ret_step)
{
	struct rules_value v;

	*ret_step = about(x, q, w, "最晚", &v);
	return *ret_step < 0 ? TEXT_NONE : last_day(x, (struct day){ (int32_t)v.n });
}

/* ---- the page ------------------------------------------------------------------------------------------------ */

static struct text
way_name(struct exchange *x, const struct asking *q, const struct way *w)
{
	return policy_name(x->ctx->lang, q->k->step[w->step].name, q->k->step[w->step].words);
}

static struct text
way_reason(struct exchange *x, const struct asking *q, const struct way *w)
{
	const struct rules_step *s = &q->k->step[w->step];

	return w->rule >= 0 ? policy_words(x->ctx->lang, s->rule[w->rule].reason) : TEXT_NONE;
}

/* Ways about which the package says no cost cost nothing; one whose cost nobody has stated yet is another matter. */
static bool
cost_is_known(struct exchange *x, const struct asking *q, const struct way *w)
{
	struct text way = q->k->step[w->step].name;

	return rules_step_find(q->rules, -1, arena_format(x->ctx->mem, "%.*s_费用", (int)way.n, way.p)) < 0;
}

static void
put_way(struct exchange *x, struct html *h, const struct asking *q, const struct way *w)
{
	int end, rule;
	struct rules_value value;
	struct ui_fact f[6];
	size_t n = 0;
	struct text last = last_day_of(x, q, w, &end), cost = about_words(x, q, w, "费用"), time = about_words(x, q, w, "用时");

	html_raw(h, "<article class=\"way\"><h3>");
	html_text(h, way_name(x, q, w));
	html_raw(h, " ");
	ui_tag(h, states[w->state].tone, policy_value(x->ctx->mem, x->ctx->lang, q->rules, q->k->step[w->step].type, w->value.n));
	html_raw(h, "</h3>");
	if (way_reason(x, q, w).n > 0)
		f[n++] = (struct ui_fact){ .label = T("为什么"), .value = way_reason(x, q, w) };
	if (last.n > 0) {
		rule = rules_verdict_step(&q->verdict, end, -1, &value, &rule) == RC_OK ? rule : -1;
		f[n++] = (struct ui_fact){ .label = T("最晚哪天"), .value = last };
		f[n++] = (struct ui_fact){ .label = T("依据"), .value = basis_of(x, q, end, rule) };
	}
	f[n++] = (struct ui_fact){ .label = T("费用"), .value = cost.n > 0 ? cost : portal_say(x, cost_is_known(x, q, w) ?
	    T("不收费，或者由双方商量") : T("还没有核实，请问工作人员")) };
	f[n++] = (struct ui_fact){ .label = T("多久"), .value = time.n == 0 ? portal_say(x, T("说不准"))
	    : arena_format(x->ctx->mem, "%.*s %s", (int)time.n, time.p, msg(x->ctx->lang, T("天以内，看事情的难易"))) };
	ui_facts(h, f, n);
	html_raw(h, "</article>");
}

static void
put_ways(struct exchange *x, struct html *h, const struct asking *q, const struct way *v, size_t n)
{
	static const enum way_state order[] = { WAY_FIRST, WAY_SOON, WAY_OPEN, WAY_LATE };
	bool open = false;

	for (size_t i = 0; i < n && !open; i++)
		open = v[i].state <= WAY_LATE;
	if (!open)
		return;
	ui_section_open(h, T("能走的路"));
	for (size_t o = 0; o < sizeof order / sizeof order[0]; o++)
		for (size_t i = 0; i < n; i++)
			if (v[i].state == order[o])
				put_way(x, h, q, &v[i]);
	ui_section_close(h);
}

/* A way that some reason closes: told, since people are sent there in vain. */
static void
put_closed(struct exchange *x, struct html *h, const struct asking *q, const struct way *v, size_t n)
{
	bool some = false;

	for (size_t i = 0; i < n; i++) {
		struct text why = way_reason(x, q, &v[i]), basis = basis_of(x, q, v[i].step, v[i].rule);

		if (v[i].state != WAY_NOT || why.n == 0)
			continue;
		if (!some) {
			ui_section_open(h, T("走不了的路"));
			html_raw(h, "<ul>");
			some = true;
		}
		html_raw(h, "<li>");
		html_text(h, way_name(x, q, &v[i]));
		html_raw(h, " — ");
		html_text(h, why);
		html_raw(h, " <small>");
		html_text(h, basis);
		html_raw(h, "</small></li>");
	}
	if (some) {
		html_raw(h, "</ul>");
		ui_section_close(h);
	}
}

static struct text
step_words(struct exchange *x, const struct asking *q, struct text step)
{
	int i = rules_step_find(q->rules, -1, step);
	struct rules_value v;

	if (i < 0 || rules_verdict_step(&q->verdict, i, -1, &v, NULL) != RC_OK || v.state != RULES_KNOWN)
		return TEXT_NONE;
	return policy_value(x->ctx->mem, x->ctx->lang, q->rules, q->k->step[i].type, v.n);
}

static struct text
conclusion_words(struct exchange *x, const struct asking *q)
{
	const struct rules_value *v = &q->verdict.conclusion;

	if (q->verdict.n_conflicts > 0)
		return policy_words(x->ctx->lang, q->k->conflict[q->verdict.conflict[0]].words);
	if (v->state != RULES_KNOWN)
		return TEXT_NONE;
	return policy_value(x->ctx->mem, x->ctx->lang, q->rules, q->k->step[q->k->conclusion].type, v->n);
}

static struct text
conclusion_reason(struct exchange *x, const struct asking *q)
{
	const struct rules_step *s = &q->k->step[q->k->conclusion];

	return q->verdict.conclusion.state == RULES_KNOWN && q->verdict.rule >= 0
	    ? policy_words(x->ctx->lang, s->rule[q->verdict.rule].reason) : TEXT_NONE;
}

/* ---- handing it in ---------------------------------------------------------------------------------------------- */

/* What was asked and answered, as words of the request, in Chinese whoever reads the page: so nothing is typed again. */
static struct text
as_words(struct exchange *x, const struct asking *q)
{
	struct text t = TEXT("（走完“该走哪条路”以后提交的）"), first = conclusion_words(x, q);

	for (size_t i = 0; i < q->n; i++) {
		struct text question = check_question(x, q, &q->v[i]), answer = check_answer(x, q, &q->v[i]);

		t = arena_format(x->ctx->mem, "%.*s\n%.*s %.*s", (int)t.n, t.p, (int)question.n, question.p, (int)answer.n, answer.p);
	}
	return first.n == 0 ? t : arena_format(x->ctx->mem, "%.*s\n%s%.*s", (int)t.n, t.p, "算出来的意见：", (int)first.n, first.p);
}

/* The option's own name of a step: a key. */
static struct text
step_key(struct exchange *x, const struct asking *q, struct text step)
{
	int i = rules_step_find(q->rules, -1, step);
	struct rules_value v;
	char out[48];

	if (i < 0 || rules_verdict_step(&q->verdict, i, -1, &v, NULL) != RC_OK || v.state != RULES_KNOWN)
		return TEXT_NONE;
	return arena_text(x->ctx->mem, rules_print(q->rules, q->k->step[i].type, v.n, out));
}

/* Is people's mediation a way that is open here?  The package says so by the way of that name. */
static bool
may_mediate(struct exchange *x, const struct asking *q)
{
	struct text state = q->verdict.n_conflicts > 0 ? TEXT_NONE : step_key(x, q, TEXT("人民调解"));

	return text_equals(state, TEXT("先走")) || text_equals(state, TEXT("可以")) || text_equals(state, TEXT("抓紧"));
}

static void
put_onward(struct exchange *x, struct html *h, const struct asking *q)
{
	bool first = q->verdict.n_conflicts == 0 && text_equals(step_key(x, q, TEXT("先走哪条")), TEXT("人民调解"));
	struct text topic = step_key(x, q, TEXT("归到"));
	enum topic t = topic_by_key(topic);

	ui_form_open(h, &(struct ui_form){ .action = TEXT("/ask"), .csrf = x->csrf });
	ui_hidden(h, "topic", text_of(topic_key(t == TOPIC_NONE ? TOPIC_UNSURE : t)));
	ui_hidden(h, "detail", as_words(x, q));
	html_raw(h, "<div class=\"buttons\">");
	if (first) {
		html_raw(h, "<button type=\"submit\" name=\"item\" value=\"mediation\" class=\"button primary\">");
		html_say(h, T("请调解委员会调解，答过的带过去"));
		html_raw(h, "</button>");
	}
	buf_add(h->out, first ? TEXT("<button type=\"submit\" class=\"button\">") : TEXT("<button type=\"submit\" class=\"button primary\">"));
	html_say(h, T("请人帮我办，答过的带过去"));
	html_raw(h, "</button>");
	if (!first && may_mediate(x, q)) {
		html_raw(h, "<button type=\"submit\" name=\"item\" value=\"mediation\" class=\"button\">");
		html_say(h, T("请调解委员会调解，答过的带过去"));
		html_raw(h, "</button>");
	}
	ui_button_link(h, TEXT("/check/legal_aid"), T("能不能申请法律援助"), false);
	ui_button_link(h, TEXT("/points"), T("附近站点"), false);
	portal_call(h, TEXT("12348"));
	html_raw(h, "</div>");
	ui_form_close(h);
}

static bool
is_danger(struct exchange *x, const struct asking *q)
{
	return q->verdict.n_conflicts == 0 && text_equals(step_key(x, q, TEXT("先走哪条")), TEXT("报警"));
}

static void
put_first(struct exchange *x, struct html *h, const struct asking *q)
{
	struct text first = conclusion_words(x, q), why = conclusion_reason(x, q);
	bool danger = is_danger(x, q);

	if (q->verdict.n_conflicts > 0)
		ui_notice(h, UI_LATE, T("填的情况互相矛盾，没有计算"), first);
	else if (first.n == 0)
		ui_notice_say(h, UI_INFO, T("请问一问工作人员"), T("凭这些还算不出来。请打 12348，或者到最近的站点，让工作人员帮您看。"));
	else
		ui_notice(h, danger ? UI_LATE : UI_OK, NULL, why.n == 0 ? first
		    : arena_format(x->ctx->mem, "%.*s — %.*s", (int)first.n, first.p, (int)why.n, why.p));
	if (danger) {
		html_raw(h, "<div class=\"buttons\">");
		portal_call(h, TEXT("110"));
		html_raw(h, "</div>");
	}
}

static void
put_remarks(struct exchange *x, struct html *h, const struct asking *q)
{
	for (size_t i = 0; i < q->verdict.n_remarks; i++) {
		html_raw(h, "<p class=\"hint\">");
		html_text(h, policy_words(x->ctx->lang, q->k->remark[q->verdict.remark[i]].words));
		html_raw(h, "</p>");
	}
}

void
path_put(struct exchange *x, struct html *h, const struct asking *q)
{
	struct way v[WAYS_MAX];
	size_t n = q->verdict.n_conflicts > 0 || is_danger(x, q) ? 0 : ways_read(q, v);
	struct text papers = n == 0 ? TEXT_NONE : step_words(x, q, TEXT("带什么"));

	put_first(x, h, q);
	put_ways(x, h, q, v, n);
	if (papers.n > 0) {
		ui_section_open(h, T("去的时候带上"));
		html_raw(h, "<p>");
		html_text(h, papers);
		html_raw(h, "</p>");
		ui_section_close(h);
	}
	put_closed(x, h, q, v, n);
	put_remarks(x, h, q);
	ui_paragraph(h, T("期限从知道的第二天算起。催讨过、对方答应过的，可能重新算；标着“未核实”的数，请工作人员核对。打印这一页，可以带着去。"));
	put_onward(x, h, q);
	html_raw(h, "<details class=\"why\"><summary>");
	html_say(h, T("这是怎么算出来的"));
	html_raw(h, "</summary>");
	frame_verdict(x, h, q->rules, &q->verdict, UI_INFO, FRAME_SAID_BY_READER);
	html_raw(h, "</details>");
}
