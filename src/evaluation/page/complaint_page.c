/* One complaint: what was said, what is due, and the next step for who reads it. */
#include "evaluation/page/complaint_page_internal.h"

#include "resources/identity/identity.h"
#include "resources/network/network.h"

#include <limits.h>

static const struct choice deed_choices[] = {
	{ COMPLAINT_TELL, "tell", T("开始核实") },
	{ COMPLAINT_FORWARD, "forward", T("转给别人") },
	{ COMPLAINT_EXTEND, "extend", T("延长期限") },
	{ COMPLAINT_FIND, "find", T("作结论") },
	{ COMPLAINT_MEND, "mend", T("定整改") },
	{ COMPLAINT_DONE, "done", T("整改做完") },
	{ COMPLAINT_REPLY, "reply", T("答复") },
	{ COMPLAINT_TAKE, "take", T("由我来办") },
	{ 0, NULL, NULL },
};
struct deed_values {
	int deed, finding, remedy;
	struct text words, evidence, who, login, point;
	struct day day;
	int64_t days, remedy_id, revision;
};
#define V(member) offsetof(struct deed_values, member)
enum {
	F_DEED,
	F_WORDS,
	F_FINDING,
	F_EVIDENCE,
	F_REMEDY,
	F_WHO,
	F_DAY,
	F_DAYS,
	F_LOGIN,
	F_POINT,
	F_REMEDY_ID,
	F_REVISION
};
static const struct field fields[] = {
	[F_DEED] = { .key = "deed",
	    .kind = FIELD_CHOICE,
	    .label = T("做什么"),
	    .required = true,
	    .choices = deed_choices,
	    .offset = V(deed) },
	[F_WORDS] = { .key = "words",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("说明"),
	    .max = COMPLAINT_WORDS_MAX,
	    .offset = V(words) },
	[F_FINDING] = { .key = "finding",
	    .kind = FIELD_CHOICE,
	    .label = T("结论"),
	    .choices = complaint_finding_choices,
	    .offset = V(finding) },
	[F_EVIDENCE] = { .key = "evidence",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("依据：看了什么记录、问了谁"),
	    .max = COMPLAINT_WORDS_MAX,
	    .offset = V(evidence) },
	[F_REMEDY] = { .key = "remedy",
	    .kind = FIELD_CHOICE,
	    .label = T("怎样整改"),
	    .choices = complaint_remedy_choices,
	    .offset = V(remedy) },
	[F_WHO] = { .key = "who",
	    .kind = FIELD_LINE,
	    .label = T("谁来做"),
	    .max = 60,
	    .offset = V(who) },
	[F_DAY] = { .key = "day",
	    .kind = FIELD_DAY,
	    .label = T("最晚哪一天做完"),
	    .min = 0,
	    .max = 365,
	    .offset = V(day) },
	[F_DAYS] = { .key = "days",
	    .kind = FIELD_INT,
	    .label = T("延长几日"),
	    .min = 0,
	    .max = 30,
	    .offset = V(days) },
	[F_LOGIN] = { .key = "login",
	    .kind = FIELD_LINE,
	    .label = T("投诉的是哪个人（登录名）"),
	    .hint = T("投诉的就是您，写您自己的登录名。"),
	    .max = 32,
	    .offset = V(login) },
	[F_POINT] = { .key = "point",
	    .kind = FIELD_LINE,
	    .label = T("或者哪个站点（编号）"),
	    .max = 40,
	    .offset = V(point) },
	[F_REMEDY_ID] = { .key = "remedy_id",
	    .kind = FIELD_KEY,
	    .label = T("整改"),
	    .min = 0,
	    .max = INT64_MAX,
	    .offset = V(remedy_id) },
	[F_REVISION] = { .key = "revision",
	    .kind = FIELD_KEY,
	    .label = T("版本"),
	    .required = true,
	    .min = 0,
	    .max = INT64_MAX,
	    .offset = V(revision) },
};
const struct form complaint_deed_form =
    FORM_OF("complaint.deed", T("办理投诉"), fields, struct deed_values);

struct caller_values {
	int64_t revision;
};
static const struct field caller_fields[] = {
	{ "revision", FIELD_KEY, T("版本"), NULL, false, 0, INT64_MAX, NULL,
	    offsetof(struct caller_values, revision), NULL },
};
const struct form complaint_caller_form =
    FORM_OF("complaint.caller", T("看投诉人是谁"), caller_fields, struct caller_values);

struct page {
	int64_t id;
	struct complaint_whole w;
	const struct complaint_caller *caller;
	enum complaint_deed again;
};

static enum rc
page_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct page *p = arg;

	return complaint_load(tx, actor, p->id, &p->w);
}

/* ---- what was said -------------------------------------------------------------------------------------------------- */

static void
put_said(struct exchange *x, struct html *h, const struct page *p)
{
	const struct complaint *c = &p->w.c;
	struct text state = qp_say(x, complaint_state_label(c->state));
	const struct ui_fact facts[] = {
		{ T("到哪一步"),
		    c->level > 0 ? qp_join(x, qp_say(x, complaint_level_label(c->level)), state)
				 : state,
		    TEXT_NONE },
		{ T("投诉什么"), qp_say(x, complaint_kind_label(c->kind)), TEXT_NONE },
		{ T("被投诉的人"),
		    c->about_names.n > 0 ? c->about_names : qp_say(x, T("没有说是哪个人")),
		    TEXT_NONE },
		{ T("哪里、哪个人"), qp_join(x, c->point_name, c->whom), TEXT_NONE },
		{ T("哪一天"), qp_day(x, c->day), TEXT_NONE },
		{ T("发生了什么"), c->words, TEXT_NONE },
		{ T("希望怎么办"), c->wish, TEXT_NONE },
		{ T("哪件求助"), c->request_number,
		    arena_format(x->ctx->mem, "/desk/request/%lld", (long long)c->request) },
		{ T("怎样收到"),
		    qp_join(
			x, qp_say(x, complaint_channel_label(c->channel)), qp_when(x, c->at_ms)),
		    TEXT_NONE },
		{ T("谁来看"), c->reader_name, TEXT_NONE },
		{ T("谁督办"), c->watcher_name, TEXT_NONE },
		{ T("投诉人的评价"),
		    c->grade > 0
			? qp_say(x, choice_by_value(complaint_grade_choices, c->grade)->label)
			: TEXT_NONE,
		    TEXT_NONE },
	};
	struct ui_fact shown[sizeof facts / sizeof facts[0]];
	size_t n = 0;

	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
		if (facts[i].value.n > 0)
			shown[n++] = facts[i];
	ui_facts(h, shown, n);
}

static void
put_caller(struct exchange *x, struct html *h, const struct page *p)
{
	const struct complaint *c = &p->w.c;

	if (c->anonymous) {
		ui_paragraph(h, T("投诉人没有留名。"));
		return;
	}
	if (p->caller != NULL) {
		const struct ui_fact facts[] = { { T("投诉人"), p->caller->name, TEXT_NONE },
			{ T("电话"), p->caller->phone,
			    arena_format(x->ctx->mem, "tel:%.*s", (int)p->caller->phone.n,
				p->caller->phone.p) } };

		ui_facts(h, facts, 2);
		return;
	}
	if (c->reader != x->ctx->actor->account && c->watcher != x->ctx->actor->account)
		return;
	ui_form_open(h,
	    &(struct ui_form){ .action = arena_format(
				   x->ctx->mem, "/desk/complaint/%lld/caller", (long long)c->id),
		.csrf = x->csrf,
		.key = qp_key(x) });
	html_raw(h, "<div class=\"buttons\"><button type=\"submit\" class=\"button\">");
	html_say(h, T("看投诉人的名字和电话（记入审计）"));
	html_raw(h, "</button></div>");
	ui_form_close(h);
}

static void
put_dues(struct exchange *x, struct html *h, const struct complaint *c)
{
	static const struct ui_column columns[] = { { T("要做什么"), false }, { T("期限"), false },
		{ T("做到的时间"), false } };
	const struct {
		const char *what;
		int64_t due, done;
	} v[] = {
		{ T("开始核实"), c->verify_due_ms, c->told_ms },
		{ T("告知谁负责"), c->tell_due_ms, c->told_ms },
		{ T("整改完"), c->mend_due_ms, c->mended_ms },
		{ T("办结、答复"), c->finish_due_ms, c->replied_ms },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("期限"), columns, 3);
	for (size_t i = c->level > 0 ? 3 : 0; i < sizeof v / sizeof v[0]; i++) {
		if (i == 2 && c->finding != 0 && c->remedies == 0 &&
		    !complaint_finding_mends(c->finding))
			continue; /* nothing to mend */
		ui_row_open(&t);
		ui_cell_say(&t, v[i].what);
		if (v[i].done > 0 || c->state >= COMPLAINT_CLOSED)
			ui_cell(&t, qp_when(x, v[i].due));
		else
			complaint_due_cell(x, &t, v[i].due);
		if (v[i].done > 0)
			ui_cell_lamp(&t, v[i].done > v[i].due ? LAMP_LATE : LAMP_DONE,
			    qp_when(x, v[i].done));
		else
			ui_cell(&t, TEXT("—"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_rounds(struct exchange *x, struct html *h, const struct page *p)
{
	for (size_t i = 0; i < p->w.n_rounds; i++) {
		const struct complaint_round *o = &p->w.rounds[i];
		const struct ui_fact facts[] = {
			{ T("谁来看"), o->reader_name, TEXT_NONE },
			{ T("为什么申请"), o->asked, TEXT_NONE },
			{ T("先核实了什么"), o->verified, TEXT_NONE },
			{ T("结论"),
			    o->finding != 0 ? qp_say(x, complaint_finding_label(o->finding))
					    : TEXT_NONE,
			    TEXT_NONE },
			{ T("理由"), o->reasons, TEXT_NONE },
			{ T("依据"), o->evidence, TEXT_NONE },
			{ T("答复"), o->reply, TEXT_NONE },
		};
		struct ui_fact shown[7];
		size_t n = 0;

		for (size_t k = 0; k < 7; k++)
			if (facts[k].value.n > 0)
				shown[n++] = facts[k];
		if (o->told_ms == 0 && o->asked.n == 0)
			continue;
		ui_section_open(h, complaint_level_label(o->level));
		ui_facts(h, shown, n);
		ui_section_close(h);
	}
}

/* ---- steps ------------------------------------------------------------------------------------------------------------ */

static void
put_step(struct exchange *x, struct html *h, const struct page *p, enum complaint_deed deed,
    const char *words_label, const int *more, size_t n_more, int64_t remedy_id)
{
	const struct choice *what = choice_by_value(deed_choices, (int)deed);
	bool again = p->again == deed;

	ui_form_open(h,
	    &(struct ui_form){
		.action = arena_format(x->ctx->mem, "/desk/complaint/%lld", (long long)p->id),
		.csrf = x->csrf,
		.key = again ? frame_key_text(x) : qp_key(x) });
	ui_hidden(h, "deed", text_of(what->key));
	ui_hidden(h, "revision", qp_int(x, p->w.c.revision));
	if (remedy_id != 0)
		ui_hidden(h, "remedy_id", qp_int(x, remedy_id));
	for (size_t i = 0; i < n_more; i++) {
		struct field f = fields[more[i]];

		f.required = more[i] != F_LOGIN && more[i] != F_POINT; /* one of these two does */
		ui_field(h, &f,
		    again ? ui_typed(&complaint_deed_form, f.key, &x->typed) : TEXT_NONE,
		    again ? findings_of(&x->findings, f.key) : NULL);
	}
	if (words_label != NULL) {
		struct field words = fields[F_WORDS];

		words.label = words_label;
		words.required = true;
		ui_field(h, &words,
		    again ? ui_typed(&complaint_deed_form, "words", &x->typed) : TEXT_NONE,
		    again ? findings_of(&x->findings, "words") : NULL);
	}
	ui_form_buttons(h, what->label, TEXT_NONE);
	ui_form_close(h);
}

/* ---- which step stands open: the one that comes next, or the one asked for by ?step= ------------------------------------ */

static bool
step_may(const struct page *p, const struct actor *a, enum complaint_deed deed)
{
	const struct complaint *c = &p->w.c;
	bool mine = c->reader == a->account, mends = complaint_finding_mends(c->finding), before = false;

	for (size_t i = 0; i < p->w.n_rounds; i++)
		before = before || (p->w.rounds[i].level < c->level && p->w.rounds[i].reader == a->account);
	switch ((int)deed) {
	case COMPLAINT_TELL:
		return mine && c->state == COMPLAINT_RECEIVED;
	case COMPLAINT_FIND:
		return mine && c->state == COMPLAINT_VERIFYING;
	case COMPLAINT_REPLY:
		return mine && c->state == COMPLAINT_FOUND && (!mends || c->remedies > 0);
	case COMPLAINT_MEND:
		return mine && (c->state == COMPLAINT_FOUND || c->state == COMPLAINT_REPLIED) &&
		    mends;
	case COMPLAINT_DONE:
		return mine && (c->state == COMPLAINT_FOUND || c->state == COMPLAINT_REPLIED) &&
		    c->remedies_open > 0;
	case COMPLAINT_EXTEND:
		return mine && c->state < COMPLAINT_REPLIED && c->level == 0 && c->extended == 0;
	case COMPLAINT_FORWARD:
		return mine && c->state <= COMPLAINT_VERIFYING;
	case COMPLAINT_TAKE:
		return c->state < COMPLAINT_CLOSED && !before && (c->reader == 0 || c->watcher == a->account);
	default:
		return false;
	}
}

/* In the order in which one of them stands open by itself. */
static const struct {
	enum complaint_deed deed;
	const char *words, *link;
	int fields[3];
	size_t n;
} steps[] = {
	{ COMPLAINT_TAKE, NULL, T("由我来办"), { 0 }, 0 },
	{ COMPLAINT_TELL, T("先看了什么、问了谁（投诉人看不到这一段）"), T("开始核实"), { 0 }, 0 },
	{ COMPLAINT_FIND, T("理由（答复后投诉人看得到）"), T("作结论"), { F_FINDING, F_EVIDENCE },
	    2 },
	{ COMPLAINT_REPLY, T("给投诉人的答复"), T("答复"), { 0 }, 0 },
	{ COMPLAINT_DONE, T("做了什么"), T("整改做完"), { 0 }, 0 },
	{ COMPLAINT_MEND, T("具体做什么"), T("再定一项整改"), { F_REMEDY, F_WHO, F_DAY }, 3 },
	{ COMPLAINT_EXTEND, T("延长的理由"), T("延长办理期限（只能一次，要告诉投诉人理由）"),
	    { F_DAYS }, 1 },
	{ COMPLAINT_FORWARD, T("为什么转"), T("查明了投诉的是谁，或者投诉的就是我：转给别人"),
	    { F_LOGIN, F_POINT }, 2 },
};
#define STEPS (sizeof steps / sizeof steps[0])

static size_t
step_open(struct exchange *x, const struct page *p)
{
	const struct choice *asked = choice_by_key(deed_choices, qp_query(x, "step"));

	for (size_t i = 0; i < STEPS; i++)
		if ((p->again != 0 ? p->again == steps[i].deed
				   : asked != NULL && asked->value == (int)steps[i].deed) &&
		    step_may(p, x->ctx->actor, steps[i].deed))
			return i;
	for (size_t i = 0; i < STEPS; i++)
		if (step_may(p, x->ctx->actor, steps[i].deed))
			return i;
	return STEPS;
}

static int64_t
remedy_asked(struct exchange *x, const struct page *p)
{
	int64_t id =
	    p->again == COMPLAINT_DONE ? ((const struct deed_values *)x->values)->remedy_id : 0;

	if (id == 0 && int64_parse(qp_query(x, "remedy"), 1, INT64_MAX, &id) != RC_OK)
		id = 0;
	for (size_t i = 0; i < p->w.n_remedies; i++)
		if (p->w.remedies[i].done_ms == 0 && (id == 0 || id == p->w.remedies[i].id))
			return p->w.remedies[i].id;
	return 0;
}

static void
put_remedies(struct exchange *x, struct html *h, const struct page *p)
{
	static const struct ui_column columns[] = { { T("怎样整改"), false },
		{ T("做什么"), false }, { T("谁来做"), false }, { T("最晚"), false },
		{ T("做完"), false } };
	bool may = step_may(p, x->ctx->actor, COMPLAINT_DONE);
	struct ui_table t;

	if (p->w.n_remedies == 0)
		return;
	ui_section_open(h, T("怎样整改"));
	ui_table_open(&t, h, T("整改情况"), columns, 5);
	for (size_t i = 0; i < p->w.n_remedies; i++) {
		const struct complaint_remedy *m = &p->w.remedies[i];

		ui_row_open(&t);
		ui_cell_say(&t, complaint_remedy_label(m->kind));
		ui_cell(&t, m->words);
		ui_cell(&t, m->who);
		ui_cell(&t, qp_day(x, m->due));
		if (m->done_ms > 0)
			ui_cell(&t, qp_join(x, qp_when(x, m->done_ms), m->done_words));
		else if (may)
			ui_cell_link(&t,
			    arena_format(x->ctx->mem, "/desk/complaint/%lld?step=done&remedy=%lld",
				(long long)p->id, (long long)m->id),
			    qp_say(x, T("做完了，写下来")));
		else
			ui_cell_say(&t, T("还没有"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_steps(struct exchange *x, struct html *h, const struct page *p)
{
	const struct complaint *c = &p->w.c;
	size_t open = step_open(x, p);

	put_remedies(x, h, p);
	if (open == STEPS)
		return;
	ui_section_open(h, T("下一步"));
	if (steps[open].deed == COMPLAINT_TAKE)
		ui_paragraph(h,
		    c->reader == 0 ? T("没有可以指派的人，期限照算。")
				   : T("这一件超过了期限，由您督办，也可以接过来自己办。"));
	put_step(x, h, p, steps[open].deed, steps[open].words, steps[open].fields, steps[open].n,
	    steps[open].deed == COMPLAINT_DONE ? remedy_asked(x, p) : 0);
	for (size_t i = 0; i < STEPS; i++)
		if (i != open && steps[i].deed != COMPLAINT_DONE &&
		    step_may(p, x->ctx->actor, steps[i].deed)) {
			html_raw(h, "<p>");
			ui_link(h,
			    arena_format(x->ctx->mem, "/desk/complaint/%lld?step=%s",
				(long long)p->id,
				choice_by_value(deed_choices, (int)steps[i].deed)->key),
			    steps[i].link);
			html_raw(h, "</p>");
		}
	ui_section_close(h);
}

static void
put_history(struct exchange *x, struct html *h, const struct page *p)
{
	struct ui_event *v = arena_array(x->ctx->mem, p->w.n_events + 1, sizeof *v);

	if (v == NULL)
		return;
	for (size_t i = 0; i < p->w.n_events; i++) {
		const struct complaint_event *e = &p->w.events[p->w.n_events - 1 - i];
		struct text what = qp_say(x, complaint_event_label(e->kind));

		v[i] = (struct ui_event){ .when = qp_when(x, e->at_ms),
			.what = what,
			.who = e->account > 0
			    ? e->account_name
			    : qp_say(x, e->account == 0 ? T("投诉人") : T("系统")) };
		if (e->note.n > 0)
			v[i].what = arena_format(x->ctx->mem, "%.*s\n%.*s", (int)what.n, what.p,
			    (int)e->note.n, e->note.p);
	}
	ui_section_open(h, T("经过"));
	ui_timeline(h, v, p->w.n_events);
	ui_section_close(h);
}

/* ---- the page ----------------------------------------------------------------------------------------------------------- */

static enum rc
show(struct exchange *x, struct page *p, struct text trouble)
{
	struct html h = frame_html(x);
	enum rc rc = http_segment_id(x, "id", &p->id);

	if (rc == RC_OK)
		rc = db_read(x->ctx, page_tx, p);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("投诉"), .area = FRAME_SUPERVISE });
	ui_title(&h, T("投诉"), p->w.c.number);
	qp_back(&h, TEXT("/desk/complaints"), T("回到投诉"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有存下"), trouble);
	put_said(x, &h, p);
	put_caller(x, &h, p);
	put_dues(x, &h, &p->w.c);
	put_rounds(x, &h, p);
	put_steps(x, &h, p);
	put_history(x, &h, p);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
complaint_get(struct exchange *x)
{
	struct page *p = ARENA_NEW(x->ctx->mem, struct page);

	return p != NULL ? show(x, p, TEXT_NONE) : RC_NO_MEMORY;
}

enum rc
complaint_caller_post(struct exchange *x)
{
	struct page *p = ARENA_NEW(x->ctx->mem, struct page);
	struct complaint_caller *caller = ARENA_NEW(x->ctx->mem, struct complaint_caller);
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (p == NULL || caller == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = complaint_caller(x->ctx, id, caller);
	p->caller = caller;
	return rc == RC_OK ? show(x, p, TEXT_NONE) : rc;
}

/* What the form says, as an act; a point by its code. */
static enum rc
act_of(struct exchange *x, struct complaint_act *act)
{
	const struct deed_values *in = x->values;
	struct point point;

	*act = (struct complaint_act){ .id = act->id,
		.revision = in->revision,
		.deed = (enum complaint_deed)in->deed,
		.words = text_trim(in->words),
		.evidence = text_trim(in->evidence),
		.who = text_trim(in->who),
		.login = text_trim(in->login),
		.remedy_id = in->remedy_id,
		.days = in->days,
		.day = in->day,
		.finding = (enum complaint_finding)in->finding,
		.remedy = (enum complaint_remedy_kind)in->remedy };
	if (in->deed == COMPLAINT_FORWARD && act->login.n == 0 &&
	    network_find_code(x->ctx, text_trim(in->point), &point) == RC_OK)
		act->point = point.id;
	return RC_OK;
}

static struct text
trouble_of(const struct exchange *x, enum rc rc, struct complaint_verdict v)
{
	switch ((int)rc) {
	case RC_REFUSED:
		return qp_sayn(x, complaint_why_label(v.why), v.bound);
	case RC_CONFLICT:
		return qp_say(x, T("刚刚有了新变化，没有存下。下面是最新情况；您写的还在"));
	case RC_DUPLICATE:
		return qp_say(x, T("这一页以前已经提交过一次。改动的内容没有再记；您写的还在"));
	case RC_INVALID:
		return qp_say(x, T("请改正下面标出的地方"));
	default:
		return TEXT_NONE;
	}
}

enum rc
complaint_post(struct exchange *x)
{
	struct page *p = ARENA_NEW(x->ctx->mem, struct page);
	struct complaint_verdict v = { COMPLAINT_MAY, 0 };
	struct complaint_act act = { .id = 0 };
	struct text trouble;
	enum rc rc = http_segment_id(x, "id", &act.id);

	if (p == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK && x->form_rc != RC_OK)
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = act_of(x, &act);
	if (rc == RC_OK)
		rc = complaint_do(x->ctx, frame_idem_key(x), &act, &v);
	if (rc == RC_OK) {
		/* handed to another, it may be out of sight from now on */
		http_redirect(x->out,
		    act.deed == COMPLAINT_FORWARD
			? TEXT("/desk/complaints")
			: arena_format(x->ctx->mem, "/desk/complaint/%lld", (long long)act.id));
		return RC_OK;
	}
	trouble = trouble_of(x, rc, v);
	if (trouble.n == 0)
		return rc;
	x->out->status = rc == RC_INVALID || rc == RC_REFUSED ? 422 : 409;
	p->again = (enum complaint_deed)((const struct deed_values *)x->values)->deed;
	return show(x, p, trouble);
}
