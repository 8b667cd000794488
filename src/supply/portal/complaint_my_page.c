/* One's complaint, for whoever has its code: who reads it, by when, what was found and mended, and what can be said to it. */
#include "supply/portal/complaint_internal.h"

#include "base/code.h"
#include "kit/msg/msg.h"

struct deed {
	struct text words;
	int grade;
	int64_t revision;
};
static const struct field deed_fields[] = {
	{ .key = "words",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("想说的话"),
	    .max = COMPLAINT_WORDS_MAX,
	    .offset = offsetof(struct deed, words) },
	{ .key = "grade",
	    .kind = FIELD_CHOICE,
	    .label = T("您满意吗？"),
	    .choices = complaint_grade_choices,
	    .offset = offsetof(struct deed, grade) },
	{ .key = "revision",
	    .kind = FIELD_KEY,
	    .label = T("版本"),
	    .min = 0,
	    .max = INT64_MAX,
	    .offset = offsetof(struct deed, revision) },
};
const struct form complaint_my_form =
    FORM_OF("complaint.my", T("我的投诉"), deed_fields, struct deed);

struct page {
	struct text code;
	struct complaint_whole w;
	struct complaint_limits limits;
};

static enum rc
page_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct page *p = arg;

	enum rc rc = complaint_load_code(tx, actor, p->code, &p->w);

	return rc == RC_OK ? complaint_limits_read(tx, actor, &p->limits) : rc;
}

static enum rc
page_load(struct exchange *x, struct page **ret)
{
	struct page *p = ARENA_NEW(x->ctx->mem, struct page);

	*ret = p;
	if (p == NULL)
		return RC_NO_MEMORY;
	p->code = http_segment(x, "code");
	return db_read(x->ctx, page_tx, p);
}

struct text
complaint_reader_words(const struct exchange *x, const struct complaint *c)
{
	return portal_say(x, complaint_rank_label(c->reader_rank));
}

struct text
complaint_no_words(const struct exchange *x, struct complaint_verdict v)
{
	struct finding f = { .field = "", .message = complaint_why_label(v.why), .bound = v.bound };

	return finding_text(x->ctx->mem, x->ctx->lang, &f);
}

static struct text
joined(const struct exchange *x, struct text a, struct text b)
{
	if (a.n == 0 || b.n == 0)
		return a.n == 0 ? b : a;
	return arena_format(x->ctx->mem, "%.*s · %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

static struct text
day_words(const struct exchange *x, struct day d)
{
	char out[16];

	return arena_text(x->ctx->mem, day_print(d, out));
}

/* ---- where it stands ---------------------------------------------------------------------------------------------- */

static void
put_new(struct exchange *x, struct html *h, const struct page *p)
{
	struct text url = TEXT_NONE;
	unsigned char bytes[CODE_BYTES];
	char line[20];

	if (!text_equals(params_get(x->in->query, "new"), TEXT("1")) ||
	    code_parse(p->code, bytes) != RC_OK)
		return;
	code_print(bytes, line);
	if (frame_site_get()->public_url != NULL)
		url = arena_format(x->ctx->mem, "%s/c/%s", frame_site_get()->public_url, line);
	ui_notice_say(h, UI_OK, T("已经收到"),
	    T("请抄下或拍下查询码：凭它看进度、补充、撤回、评价。不要给别人看。"));
	ui_receipt(h, T("编号"), p->w.c.number, arena_text(x->ctx->mem, text_of(line)), url);
}

static enum ui_tone
tone_of(enum complaint_state s)
{
	return s == COMPLAINT_CLOSED || s == COMPLAINT_REPLIED ? UI_OK
	    : s == COMPLAINT_WITHDRAWN			       ? UI_HOLD
							       : UI_INFO;
}

static void
put_state(struct exchange *x, struct html *h, const struct complaint *c)
{
	bool runs = c->state < COMPLAINT_REPLIED;

	html_raw(h, "<p class=\"state\">");
	ui_tag(h, tone_of(c->state), portal_say(x, complaint_state_label(c->state)));
	html_raw(h, " ");
	if (c->level > 0)
		ui_tag(h, UI_PLAIN, portal_say(x, complaint_level_label(c->level)));
	if (runs)
		ui_lamp(h, c->finish_due_ms < x->ctx->now_ms ? LAMP_LATE : LAMP_NORMAL,
		    portal_days_left(x, c->finish_due_ms));
	html_raw(h, "</p>");
}

static void
put_facts(struct exchange *x, struct html *h, const struct complaint *c)
{
	struct ui_fact facts[10];
	size_t k = 0;

	facts[k++] = (struct ui_fact){ T("谁来看"), complaint_reader_words(x, c), TEXT_NONE };
	if (c->state == COMPLAINT_RECEIVED)
		facts[k++] = (struct ui_fact){ T("最晚开始核实"),
			portal_date_time(x, c->verify_due_ms), TEXT_NONE };
	if (c->state < COMPLAINT_REPLIED) {
		if (c->level == 0)
			facts[k++] = (struct ui_fact){ T("最晚整改完"),
				portal_date_time(x, c->mend_due_ms), TEXT_NONE };
		facts[k++] = (struct ui_fact){ T("最晚答复"), portal_date_time(x, c->finish_due_ms),
			TEXT_NONE };
	}
	if (c->extended > 0)
		facts[k++] = (struct ui_fact){ T("延长的理由"), c->extend_why, TEXT_NONE };
	facts[k++] = (struct ui_fact){ T("投诉什么"), portal_say(x, complaint_kind_label(c->kind)),
		TEXT_NONE };
	facts[k++] =
	    (struct ui_fact){ T("哪里、哪个人"), joined(x, c->point_name, c->whom), TEXT_NONE };
	if (c->request_number.n > 0)
		facts[k++] = (struct ui_fact){ T("哪件求助"), c->request_number, TEXT_NONE };
	facts[k] = (struct ui_fact){ T("提交时间"), portal_date_time(x, c->at_ms), TEXT_NONE };
	ui_facts(h, facts, k + 1);
}

static void
put_words(struct html *h, const struct complaint *c)
{
	html_raw(h, "<details><summary>");
	html_say(h, T("我写的话"));
	html_raw(h, "</summary><p>");
	html_lines(h, c->words);
	html_raw(h, "</p>");
	if (c->wish.n > 0) {
		html_raw(h, "<p>");
		html_lines(h, c->wish);
		html_raw(h, "</p>");
	}
	html_raw(h, "</details>");
}

static void
put_round(struct exchange *x, struct html *h, const struct complaint_round *o)
{
	struct text when = portal_date_time(x, o->replied_ms);

	ui_section_open(h,
	    o->level == 0	? T("答复")
		: o->level == 1 ? T("复查的答复")
				: T("复核的答复"));
	html_raw(h, "<p>");
	ui_tag(h, complaint_finding_mends(o->finding) ? UI_SOON : UI_PLAIN,
	    portal_say(x, complaint_finding_label(o->finding)));
	html_raw(h, "</p><div class=\"answer\"><p>");
	html_lines(h, o->reply);
	html_raw(h, "</p><p class=\"meta\">");
	html_say(h, T("理由："));
	html_lines(h, o->reasons);
	html_raw(h, "</p><p class=\"meta\">");
	html_text(h, when);
	html_raw(h, "</p></div>");
	ui_section_close(h);
}

static void
put_remedies(struct exchange *x, struct html *h, const struct page *p)
{
	static const struct ui_column columns[] = { { T("哪一种"), false }, { T("做什么"), false },
		{ T("最晚"), false }, { T("做完"), false } };
	struct ui_table t;

	if (p->w.n_remedies == 0)
		return;
	ui_section_open(h, T("怎样整改"));
	ui_table_open(&t, h, T("整改情况"), columns, 4);
	for (size_t i = 0; i < p->w.n_remedies; i++) {
		const struct complaint_remedy *m = &p->w.remedies[i];

		ui_row_open(&t);
		ui_cell_say(&t, complaint_remedy_label(m->kind));
		ui_cell(&t, m->words);
		ui_cell(&t, day_words(x, m->due));
		if (m->done_ms > 0)
			ui_cell(&t, portal_date_time(x, m->done_ms));
		else
			ui_cell_say(&t, T("还没有"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_history(struct exchange *x, struct html *h, const struct page *p)
{
	struct ui_event *v = arena_array(x->ctx->mem, p->w.n_events + 1, sizeof *v);

	if (v == NULL || p->w.n_events == 0)
		return;
	for (size_t i = 0; i < p->w.n_events; i++) {
		const struct complaint_event *e = &p->w.events[p->w.n_events - 1 - i];
		struct text what = portal_say(x, complaint_event_label(e->kind));

		v[i] = (struct ui_event){ .when = portal_when(x, e->at_ms),
			.what = what,
			.who = e->account == 0 ? portal_say(x, T("您"))
			    : e->account < 0   ? portal_say(x, T("系统"))
					       : portal_say(x, T("工作人员")) };
		if (e->note.n > 0)
			v[i].what = arena_format(x->ctx->mem, "%.*s\n%.*s", (int)what.n, what.p,
			    (int)e->note.n, e->note.p);
	}
	ui_section_open(h, T("经过"));
	ui_timeline(h, v, p->w.n_events);
	ui_section_close(h);
}

/* ---- what can be said to it ------------------------------------------------------------------------------------------- */

static void
form_open(struct exchange *x, struct html *h, const struct page *p, const char *step)
{
	ui_form_open(h,
	    &(struct ui_form){
		.action = arena_format(x->ctx->mem, "/c/%.*s/%s", (int)p->code.n, p->code.p, step),
		.csrf = x->csrf,
		.key = frame_key_text(x) });
	ui_hidden(h, "revision", arena_format(x->ctx->mem, "%lld", (long long)p->w.c.revision));
}

/* What was typed into this one form stands in it again. */
static void
put_words_field(struct exchange *x, struct html *h, const char *step, const char *label)
{
	struct field words = deed_fields[0];
	bool again =
	    x->in->method == HTTP_POST && text_equals(http_segment(x, "step"), text_of(step));

	words.label = label;
	words.required =
	    text_equals(text_of(step), TEXT("add")) || text_equals(text_of(step), TEXT("review"));
	ui_field(h, &words, again ? ui_typed(&complaint_my_form, "words", &x->typed) : TEXT_NONE,
	    again ? findings_of(&x->findings, "words") : NULL);
}

static void
put_form(struct exchange *x, struct html *h, const struct page *p, const char *step,
    const char *label, const char *submit)
{
	form_open(x, h, p, step);
	put_words_field(x, h, step, label);
	ui_form_buttons(h, submit, TEXT_NONE);
	ui_form_close(h);
}

static void
put_rate(struct exchange *x, struct html *h, const struct page *p)
{
	ui_section_open(h, T("处理得怎么样"));
	form_open(x, h, p, "rate");
	put_words_field(x, h, "rate", T("想说的话"));
	html_raw(h, "<fieldset class=\"field\"><legend id=\"f-grade\" tabindex=\"-1\">");
	html_say(h, T("点一下就提交"));
	html_raw(h, "</legend><div class=\"grades\">");
	for (const struct choice *c = complaint_grade_choices; c->key != NULL; c++) {
		html_raw(h, "<button type=\"submit\" class=\"button grade\" name=\"grade\"");
		html_attr(h, "value", text_of(c->key));
		html_raw(h, ">");
		html_say(h, c->label);
		html_raw(h, "</button>");
	}
	html_raw(h, "</div></fieldset>");
	ui_form_close(h);
	ui_section_close(h);
}

static bool
review_may(const struct exchange *x, const struct complaint *c)
{
	return (c->state == COMPLAINT_REPLIED || c->state == COMPLAINT_CLOSED) &&
	    c->level + 1 < COMPLAINT_LEVELS && x->ctx->now_ms <= c->review_until_ms;
}

static void
put_review(struct exchange *x, struct html *h, const struct page *p)
{
	const struct complaint *c = &p->w.c;
	struct text until = portal_date_time(x, c->review_until_ms);

	ui_section_open(
	    h, c->level == 0 ? T("不同意这个答复：申请复查") : T("不同意复查的答复：申请复核"));
	html_raw(h, "<p>");
	html_sayf(h, T("由更上一级的另一位负责人重新看，%lld 日内答复您。最晚申请到："),
	    (long long)p->limits.review_days);
	html_raw(h, " <b>");
	html_text(h, until);
	html_raw(h, "</b></p>");
	put_form(
	    x, h, p, "review", T("哪里没有查清楚"), c->level == 0 ? T("申请复查") : T("申请复核"));
	ui_section_close(h);
}

/* Which form stands open: the one sent, the one asked for by ?do=, else what comes next. */
static bool
is_asked(const struct exchange *x, const char *step)
{
	struct text asked =
	    x->in->method == HTTP_POST ? http_segment(x, "step") : params_get(x->in->query, "do");

	return text_equals(asked, text_of(step));
}

static void
put_other(
    struct exchange *x, struct html *h, const struct page *p, const char *step, const char *label)
{
	html_raw(h, "<p>");
	ui_button_link(h,
	    arena_format(x->ctx->mem, "/c/%.*s?do=%s", (int)p->code.n, p->code.p, step), label,
	    false);
	html_raw(h, "</p>");
}

static void
put_answered(struct exchange *x, struct html *h, const struct page *p)
{
	const struct complaint *c = &p->w.c;
	bool may = review_may(x, c);

	if (may && ((c->grade != 0 && c->grade < 3) || is_asked(x, "review"))) {
		put_review(x, h, p);
		if (c->grade == 0)
			put_other(x, h, p, "rate", T("处理得怎么样"));
		return;
	}
	if (c->grade == 0)
		put_rate(x, h, p);
	if (may)
		put_other(x, h, p, "review",
		    c->level == 0 ? T("不同意这个答复：申请复查")
				  : T("不同意复查的答复：申请复核"));
}

static void
put_deeds(struct exchange *x, struct html *h, const struct page *p)
{
	if (p->w.c.state == COMPLAINT_REPLIED || p->w.c.state == COMPLAINT_CLOSED)
		put_answered(x, h, p);
	if (p->w.c.state >= COMPLAINT_REPLIED)
		return;
	if (is_asked(x, "withdraw")) {
		ui_section_open(h, T("不投诉了，撤回"));
		put_form(x, h, p, "withdraw", T("为什么撤回"), T("撤回投诉"));
		ui_section_close(h);
		return;
	}
	ui_section_open(h, T("补充"));
	put_form(x, h, p, "add", T("还想说什么"), T("补充"));
	ui_section_close(h);
	put_other(x, h, p, "withdraw", T("不投诉了，撤回"));
}

/* ---- the page ----------------------------------------------------------------------------------------------------------- */

static enum rc
show(struct exchange *x, struct text trouble)
{
	struct html h = frame_html(x);
	struct page *p = NULL;
	enum rc rc = page_load(x, &p);

	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("我的投诉"), .noindex = true });
	ui_title(&h, T("我的投诉"), p->w.c.number);
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有存下"), trouble);
	put_new(x, &h, p);
	put_state(x, &h, &p->w.c);
	put_facts(x, &h, &p->w.c);
	put_words(&h, &p->w.c);
	for (size_t i = p->w.n_rounds; i-- > 0;)
		if (p->w.rounds[i].replied_ms > 0)
			put_round(x, &h, &p->w.rounds[i]);
	put_remedies(x, &h, p);
	put_deeds(x, &h, p);
	put_history(x, &h, p);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
complaint_my_page(struct exchange *x)
{
	return show(x, TEXT_NONE);
}

static enum complaint_deed
deed_of(struct text step)
{
	static const struct {
		const char *key;
		enum complaint_deed deed;
	} v[] = { { "add", COMPLAINT_ADD }, { "withdraw", COMPLAINT_WITHDRAW },
		{ "rate", COMPLAINT_RATE }, { "review", COMPLAINT_REVIEW } };

	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (text_equals(step, text_of(v[i].key)))
			return v[i].deed;
	return (enum complaint_deed)0;
}

static enum rc
again(struct exchange *x, enum rc rc, struct complaint_verdict v)
{
	x->out->status = rc == RC_INVALID ? 422 : http_status_of(rc);
	if (rc == RC_REFUSED)
		return show(x, complaint_no_words(x, v));
	if (rc == RC_FORBIDDEN)
		return show(x,
		    portal_say(
			x, T("这台机器上登录着工作人员，不能替您做这一步。请用自己的手机。")));
	return show(x,
	    portal_say(x,
		rc == RC_INVALID ? T("请改正下面标出的地方")
		    : rc == RC_CONFLICT
		    ? T("刚刚有了新变化，没有存下。下面是最新情况；您写的还在")
		    : T("这一页以前已经提交过一次。改动的内容没有再记；您写的还在")));
}

enum rc
complaint_my_post(struct exchange *x)
{
	const struct deed *in = x->values;
	struct complaint_verdict v = { COMPLAINT_MAY, 0 };
	struct complaint_act act = { .deed = deed_of(http_segment(x, "step")), .day = DAY_NONE };
	enum rc rc = RC_INVALID;

	if (act.deed == 0)
		return RC_NOT_FOUND;
	if (x->form_rc == RC_OK) {
		act.words = text_trim(in->words);
		act.grade = in->grade;
		act.revision = in->revision;
		rc = complaint_speak(x->ctx, frame_idem_key(x), http_segment(x, "code"), &act, &v);
	}
	if (rc == RC_OK) {
		http_redirect(x->out, portal_path(x, "/c/", http_segment(x, "code")));
		return RC_OK;
	}
	return rc == RC_INVALID || rc == RC_REFUSED || rc == RC_FORBIDDEN || rc == RC_CONFLICT ||
		rc == RC_DUPLICATE
	    ? again(x, rc, v)
	    : rc;
}
