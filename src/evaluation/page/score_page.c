/* One contract's score: what it comes to, item by item, each with the records it counts; versions; appeals; what follows. */
#include "evaluation/page/score_page_internal.h"

#include "resources/duty/duty.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

#define APPEALS 20
#define VERSIONS 20

static const struct choice item_choices[] = {
	{ SCORE_VISITS + 1, "visits", T("按排班到村服务") }, { SCORE_HOURS + 1, "hours", T("服务时长") }, { SCORE_LECTURES + 1, "lectures", T("法治讲座") },
	{ SCORE_REVIEWS + 1, "reviews", T("居民评价") }, { SCORE_LOG + 1, "log", T("日志及时、写清楚") }, { SCORE_SURVEY + 1, "survey", T("村（社区）的评价") },
	{ 0, NULL, NULL },
};
struct appeal_values { int64_t period; int item; struct text reason; };
#define A(member) offsetof(struct appeal_values, member)
static const struct field appeal_fields[] = {
	{ .key = "period", .kind = FIELD_INT, .label = T("哪一期"), .required = true, .min = 20000, .max = 21994, .offset = A(period) },
	{ .key = "item", .kind = FIELD_CHOICE, .label = T("哪一项"), .required = true, .choices = item_choices, .offset = A(item) },
	{ .key = "reason", .kind = FIELD_PARAGRAPH, .label = T("为什么"), .required = true, .min = SCORE_WORDS_MIN, .max = SCORE_WORDS_MAX,
	  .hint = T("写明哪一天、哪件事，有什么可以核对。"), .offset = A(reason) },
};
const struct form score_appeal_form = FORM_OF("score.appeal", T("申诉"), appeal_fields, struct appeal_values);

static const struct choice decide_choices[] = { { 1, "keep", T("维持原分") }, { 2, "mend", T("更正这一项的得分") }, { 0, NULL, NULL } };
struct decide_values { int64_t period, appeal, marks; int deed; struct text words; };
#define D(member) offsetof(struct decide_values, member)
static const struct field decide_fields[] = {
	{ .key = "period", .kind = FIELD_INT, .label = T("哪一期"), .required = true, .min = 20000, .max = 21994, .offset = D(period) },
	{ .key = "appeal", .kind = FIELD_KEY, .label = T("申诉"), .required = true, .max = INT64_MAX, .offset = D(appeal) },
	{ .key = "deed", .kind = FIELD_CHOICE, .label = T("怎么决定"), .required = true, .choices = decide_choices, .offset = D(deed) },
	{ .key = "marks", .kind = FIELD_INT, .label = T("更正为多少分"), .max = 100, .hint = T("不超过这一项的满分；维持原分的不填。"), .offset = D(marks) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("理由"), .required = true, .min = SCORE_WORDS_MIN, .max = SCORE_WORDS_MAX,
	  .hint = T("顾问看得到。"), .offset = D(words) },
};
const struct form score_decide_form = FORM_OF("score.decide", T("决定申诉"), decide_fields, struct decide_values);

struct renewal_values { int64_t period; struct text reason; };
static const struct field renewal_fields[] = {
	{ .key = "period", .kind = FIELD_INT, .label = T("哪一期"), .required = true, .min = 20000, .max = 21994,
	  .offset = offsetof(struct renewal_values, period) },
	{ .key = "reason", .kind = FIELD_PARAGRAPH, .label = T("为什么还续签"), .required = true, .min = SCORE_WORDS_MIN, .max = SCORE_WORDS_MAX,
	  .offset = offsetof(struct renewal_values, reason) },
};
const struct form score_renewal_form = FORM_OF("score.renewal", T("为什么还续签"), renewal_fields, struct renewal_values);

struct view {
	int64_t id;
	int period;
	struct score s;
	struct score_closed version[VERSIONS];
	struct score_appeal appeal[APPEALS];
	struct score_answered answered;
	struct score_renewal renewal;
	size_t n_versions, n_appeals;
};

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct view *v = arg;
	enum rc rc = score_load(tx, actor, v->id, v->period, &v->s);

	if (rc == RC_OK)
		rc = score_versions(tx, actor, v->id, v->period, v->version, VERSIONS, &v->n_versions);
	if (rc == RC_OK)
		rc = score_appeals(tx, actor, v->id, v->period, v->appeal, APPEALS, &v->n_appeals);
	if (rc == RC_OK)
		rc = score_answered(tx, actor, v->id, v->period, &v->answered);
	return rc == RC_OK ? score_renewal_of(tx, actor, v->id, &v->renewal) : rc;
}

static bool
is_own(const struct exchange *x, const struct view *v)
{
	return v->s.account != 0 && v->s.account == x->ctx->actor->account;
}

/* ---- the records of an item --------------------------------------------------------------------------------------------- */

static struct text
counted_as(const struct exchange *x, const struct view *v, const struct score_visit *s, enum score_item i)
{
	int64_t n = score_counts(v->s.scheme, s, i);

	if (s->struck)
		return qp_say(x, T("核实有问题，不算"));
	if (i == SCORE_VISITS && s->excused)
		return qp_say(x, T("请过假，不算缺"));
	if (i == SCORE_HOURS)
		return qp_sayn(x, T("%lld 分钟"), n);
	return n > 0 ? qp_say(x, T("算")) : qp_say(x, !s->here ? T("没有签到") : !s->written ? T("没有日志") : i == SCORE_LECTURES ? T("不是讲座")
	    : s->late > v->s.scheme->late_days ? T("写晚了") : T("字太少"));
}

static void
put_visits(struct exchange *x, struct html *h, const struct view *v, enum score_item i)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("签到"), false }, { T("日志"), false }, { T("算多少"), false } };
	struct ui_table t;

	ui_table_open(&t, h, score_item_label(i), columns, 4);
	for (size_t k = 0; k < v->s.facts.n_visits; k++) {
		const struct score_visit *s = &v->s.facts.visit[k];

		if ((i == SCORE_HOURS || i == SCORE_LECTURES || i == SCORE_LOG) && !s->here && !s->written)
			continue;
		ui_row_open(&t);
		if (is_own(x, v))
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/duty/%lld/%d", (long long)s->plan, s->slot), qp_day(x, s->day));
		else if (duty_may_plan(x->ctx->actor, place_up(v->s.village, PLACE_COUNTY)))
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/roster/%lld/visit/%d", (long long)s->plan, s->slot), qp_day(x, s->day));
		else
			ui_cell(&t, qp_day(x, s->day));
		ui_cell_say(&t, s->here ? T("签到了") : T("没有签到"));
		ui_cell(&t, !s->written ? qp_say(x, T("没有日志")) : qp_join(x, qp_join(x, qp_sayn(x, T("%lld 分钟"), s->minutes),
		    qp_sayn(x, T("%lld 人"), s->people)), s->late == 0 ? qp_say(x, T("当天写的")) : qp_sayn(x, T("%lld 天后写的"), s->late)));
		ui_cell(&t, counted_as(x, v, s, i));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_reviews(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("求助"), false }, { T("几分（满分 5）"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("居民评价"), columns, 2);
	for (size_t k = 0; k < v->s.facts.n_reviews; k++) {
		ui_row_open(&t);
		if (is_own(x, v)) /* who was rated is not told by whom */
			ui_cell_int(&t, (int64_t)k + 1);
		else
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld", (long long)v->s.facts.review[k].request), qp_int(x, (int64_t)k + 1));
		ui_cell_int(&t, v->s.facts.review[k].grade);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "<p class=\"hint\">");
	html_sayf(h, T("不到 %lld 条不计分。"), (long long)v->s.scheme->least_reviews);
	html_raw(h, "</p>");
}

static void
put_survey(struct exchange *x, struct html *h, const struct view *v)
{
	struct ui_fact facts[SCORE_ANSWERS + 2];
	size_t n = 0;

	if (v->s.facts.survey.given) {
		for (int i = 0; i < SCORE_ANSWERS; i++, n++)
			facts[n] = (struct ui_fact){ score_answer_label(i), i == SCORE_ANSWERS - 1 ? qp_say(x, v->s.facts.survey.v[i] == 5 ? T("是") : T("不"))
			    : qp_int(x, v->s.facts.survey.v[i]), TEXT_NONE };
		if (!is_own(x, v)) {
			facts[n] = (struct ui_fact){ T("怎么来的"), qp_say(x, v->answered.paper ? T("纸上填的，录入") : T("网页上填的")), TEXT_NONE };
			facts[n + 1] = (struct ui_fact){ T("还说了"), v->answered.words, TEXT_NONE };
			n += 2;
		}
		ui_facts(h, facts, n);
		return;
	}
	ui_paragraph(h, T("村（社区）还没有说。四个问题，点几下就好，也可以填纸，由别人录入。"));
	if (v->s.closed.id == 0 && score_may_answer(x->ctx->actor, v->s.village))
		ui_link(h, score_path(x, v->id, v->period, "/answer"), T("填村（社区）的评价"));
}

static struct text
have_want(const struct exchange *x, const struct score_mark *m, enum score_item i)
{
	if (m->want == 0)
		return TEXT("–");
	return arena_format(x->ctx->mem, "%lld / %lld %s", (long long)m->have, (long long)m->want, msg(x->ctx->lang, score_item_unit(i)));
}

/* The page again with the records of that item open. */
static struct text
item_path(const struct exchange *x, const struct view *v, int i)
{
	struct text page = score_path(x, v->id, v->period, "");
	const char *key = score_item_key((enum score_item)i);

	return arena_format(x->ctx->mem, "%.*s&item=%s#item-%s", (int)page.n, page.p, key, key);
}

static void
put_items(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("项目"), false }, { T("满分"), true }, { T("得分"), true }, { T("有多少 / 要多少"), false },
		{ T("怎么扣"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("各项得分"), columns, 5);
	for (int i = 0; i < SCORE_ITEMS; i++) {
		const struct score_mark *m = &v->s.marks.item[i];
		const struct score_scheme_item *k = &v->s.scheme->item[i];

		if (!k->used)
			continue;
		ui_row_open(&t);
		ui_cell_link(&t, item_path(x, v, i), qp_say(x, score_item_label((enum score_item)i)));
		ui_cell(&t, score_points(x, k->full));
		ui_cell(&t, !m->measured ? qp_say(x, T("不计")) : score_points(x, m->got));
		ui_cell(&t, have_want(x, m, (enum score_item)i));
		ui_cell(&t, m->mended ? qp_say(x, T("申诉后更正")) : k->lose == 0 ? qp_say(x, T("按比例"))
		    : arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, T("每差一个扣")), (int)score_points(x, k->lose).n, score_points(x, k->lose).p));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_paragraph(h, T("没有可以数的（没有排班、没有评价）不计分，也不扣分：总分按计了分的各项折成 100 分。"));
}

static void
put_records(struct exchange *x, struct html *h, const struct view *v)
{
	ui_section_open(h, T("每一项算了哪些记录"));
	for (int i = 0; i < SCORE_ITEMS; i++) {
		if (!v->s.scheme->item[i].used)
			continue;
		html_raw(h, "<details class=\"why\"");
		html_attr(h, "id", arena_format(x->ctx->mem, "item-%s", score_item_key((enum score_item)i)));
		if (text_equals(qp_query(x, "item"), text_of(score_item_key((enum score_item)i))))
			html_raw(h, " open");
		html_raw(h, "><summary>");
		html_say(h, score_item_label((enum score_item)i));
		html_raw(h, "</summary>");
		if (i == SCORE_REVIEWS)
			put_reviews(x, h, v);
		else if (i == SCORE_SURVEY)
			put_survey(x, h, v);
		else
			put_visits(x, h, v, (enum score_item)i);
		html_raw(h, "</details>");
	}
	ui_section_close(h);
}

/* ---- versions, appeals, renewal ------------------------------------------------------------------------------------------ */

static void
put_versions(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("版本"), true }, { T("得分"), true }, { T("什么时候"), false }, { T("谁"), false }, { T("为什么"), false } };
	struct ui_table t;

	if (v->n_versions == 0)
		return;
	ui_table_open(&t, h, T("定过的分"), columns, 5);
	for (size_t i = 0; i < v->n_versions; i++) {
		ui_row_open(&t);
		ui_cell_int(&t, v->version[i].version);
		ui_cell(&t, score_points(x, v->version[i].total));
		ui_cell(&t, qp_when(x, v->version[i].at_ms));
		ui_cell(&t, v->version[i].by);
		ui_cell(&t, v->version[i].appeal == 0 ? qp_say(x, T("到期定分")) : v->version[i].why);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_decide(struct exchange *x, struct html *h, const struct view *v, const struct score_appeal *a)
{
	bool sent = x->route->form == &score_decide_form;

	ui_form_open(h, &(struct ui_form){ .action = score_path(x, v->id, v->period, "/decide"), .csrf = x->csrf, .key = sent ? frame_key_text(x) : qp_key(x) });
	ui_hidden(h, "period", qp_int(x, v->period));
	ui_hidden(h, "appeal", qp_int(x, a->id));
	for (size_t i = 2; i < score_decide_form.n; i++)
		ui_field(h, &decide_fields[i], sent ? ui_typed(&score_decide_form, decide_fields[i].key, &x->typed) : TEXT_NONE,
		    sent ? findings_of(&x->findings, decide_fields[i].key) : NULL);
	ui_form_buttons(h, T("决定"), TEXT_NONE);
	ui_form_close(h);
}

static void
put_appeals(struct exchange *x, struct html *h, const struct view *v)
{
	bool form = false;

	if (v->n_appeals == 0)
		return;
	ui_section_open(h, T("申诉"));
	for (size_t i = 0; i < v->n_appeals; i++) {
		const struct score_appeal *a = &v->appeal[i];
		const struct ui_fact facts[] = { { T("哪一项"), qp_say(x, score_item_label(a->item)), TEXT_NONE },
			{ T("理由"), a->reason, TEXT_NONE }, { T("什么时候"), qp_when(x, a->at_ms), TEXT_NONE },
			{ T("状态"), qp_say(x, score_appeal_label(a->state)), TEXT_NONE }, { T("决定的理由"), a->decided_words, TEXT_NONE },
			{ T("谁决定的"), a->decided_name, TEXT_NONE } };

		ui_facts(h, facts, a->state == SCORE_APPEAL_OPEN ? 4 : 6);
		if (a->state == SCORE_APPEAL_OPEN && score_may_manage(x->ctx->actor, v->s.village) && !form) {
			if (v->s.closed.account == x->ctx->actor->account)
				ui_paragraph(h, T("这一份是您定的分：请另一个人决定。"));
			else
				put_decide(x, h, v, a);
			form = true;
		}
	}
	ui_section_close(h);
}

static void
put_appeal(struct exchange *x, struct html *h, const struct view *v)
{
	bool sent = x->route->form == &score_appeal_form;
	struct day last;

	if (!is_own(x, v) || v->s.closed.id == 0)
		return;
	last = score_appeal_last(v->s.scheme, v->s.closed.at_ms);
	if (day_of_moment(x->ctx->now_ms).n > last.n && !sent)
		return;
	ui_section_open(h, T("不同意哪一项"));
	html_raw(h, "<p>");
	html_say(h, T("由定分以外的人决定。可以申诉到："));
	html_text(h, qp_day(x, last));
	html_raw(h, "</p>");
	ui_form_open(h, &(struct ui_form){ .action = score_path(x, v->id, v->period, "/appeal"), .csrf = x->csrf, .key = sent ? frame_key_text(x) : qp_key(x) });
	ui_hidden(h, "period", qp_int(x, v->period));
	for (size_t i = 1; i < score_appeal_form.n; i++)
		ui_field(h, &appeal_fields[i], sent ? ui_typed(&score_appeal_form, appeal_fields[i].key, &x->typed) : TEXT_NONE,
		    sent ? findings_of(&x->findings, appeal_fields[i].key) : NULL);
	ui_form_buttons(h, T("申诉"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_renewal(struct exchange *x, struct html *h, const struct view *v)
{
	bool sent = x->route->form == &score_renewal_form;

	if (!v->renewal.below || !score_may_manage(x->ctx->actor, v->s.village))
		return;
	ui_section_open(h, T("续签"));
	html_raw(h, "<p>");
	html_sayf(h, T("最近一次定分低于 %lld 分：续签要写明理由，并由另一个人办。"), (long long)(v->renewal.bound / 100));
	html_raw(h, "</p>");
	if (v->renewal.account != 0)
		ui_facts(h, (const struct ui_fact[]){ { T("为什么还续签"), v->renewal.reason, TEXT_NONE }, { T("谁写的"), v->renewal.by, TEXT_NONE },
		    { T("什么时候"), qp_when(x, v->renewal.at_ms), TEXT_NONE } }, 3);
	else {
		ui_form_open(h, &(struct ui_form){ .action = score_path(x, v->id, v->period, "/renewal"), .csrf = x->csrf,
		    .key = sent ? frame_key_text(x) : qp_key(x) });
		ui_hidden(h, "period", qp_int(x, v->period));
		ui_field(h, &renewal_fields[1], sent ? ui_typed(&score_renewal_form, "reason", &x->typed) : TEXT_NONE,
		    sent ? findings_of(&x->findings, "reason") : NULL);
		ui_form_buttons(h, T("存下理由"), TEXT_NONE);
		ui_form_close(h);
	}
	ui_section_close(h);
}

/* ---- the page ----------------------------------------------------------------------------------------------------------------- */

static void
put_head(struct exchange *x, struct html *h, const struct view *v)
{
	const struct score *s = &v->s;

	ui_stats(h, (const struct ui_stat[]){
	    { T("得分"), score_points(x, s->marks.total), T("分"), qp_say(x, s->closed.id != 0 ? T("已定分") : T("预览，到现在为止")), TEXT_NONE, score_tone(s) },
	    { T("等次"), score_grade_name(x, s), NULL, TEXT_NONE, TEXT_NONE, UI_PLAIN },
	    { T("应付经费"), s->marks.grade < 0 ? TEXT("–") : score_yuan(x, s->pay.due), T("元"), s->marks.grade < 0 ? TEXT_NONE
	        : qp_sayn(x, T("经费的百分之 %lld"), s->scheme->grade[s->marks.grade].pay), TEXT_NONE, UI_PLAIN },
	    { T("县级 / 镇级"), s->marks.grade < 0 ? TEXT("–") : arena_format(x->ctx->mem, "%.*s / %.*s", (int)score_yuan(x, s->pay.county).n,
	        score_yuan(x, s->pay.county).p, (int)score_yuan(x, s->pay.town).n, score_yuan(x, s->pay.town).p), T("元"), TEXT_NONE, TEXT_NONE,
	      UI_PLAIN } }, 4);
	ui_facts(h, (const struct ui_fact[]){
	    { T("村（社区）"), region_path(s->village), TEXT_NONE },
	    { T("法律顾问"), qp_join(x, s->name, s->firm), arena_format(x->ctx->mem, "/desk/advisors/%lld", (long long)v->id) },
	    { T("评估办法"), arena_text(x->ctx->mem, text_of(s->scheme->title)), arena_format(x->ctx->mem, "/desk/texts/score/" SCORE_SHEET_NAME "/version/%lld",
	        (long long)s->scheme_version) },
	    { T("算哪几天"), arena_format(x->ctx->mem, "%.*s – %.*s", (int)qp_day(x, s->facts.from).n,
	        qp_day(x, s->facts.from).p, (int)qp_day(x, s->facts.to).n, qp_day(x, s->facts.to).p), TEXT_NONE } }, 4);
}

static enum rc
view_show(struct exchange *x, struct view *v, struct text why)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律顾问评估"), .area = FRAME_ADVISORS });
	ui_title_text(&h, region_name(v->s.village), qp_join(x, qp_say(x, T("法律顾问评估")), score_period_text(x->ctx->mem, x->ctx->lang, v->period)));
	qp_back(&h, arena_format(x->ctx->mem, "/desk/advisors/scores?place=%012lld&period=%d", (long long)place_up(v->s.village, PLACE_COUNTY).code,
	    v->period), is_own(x, v) ? T("我的评估") : T("法律顾问评估"));
	if (qp_query(x, "done").n > 0)
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	score_trouble_put(x, &h, why);
	put_head(x, &h, v);
	put_items(x, &h, v);
	put_records(x, &h, v);
	put_versions(x, &h, v);
	put_appeals(x, &h, v);
	put_appeal(x, &h, v);
	put_renewal(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
view_read(struct exchange *x, struct view **ret)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	enum rc rc = v == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &v->id);

	*ret = v;
	if (rc != RC_OK)
		return rc;
	v->period = score_period_query(x);
	return db_read(x->ctx, view_tx, v);
}

enum rc
score_get(struct exchange *x)
{
	struct view *v;
	enum rc rc = view_read(x, &v);

	return rc == RC_OK ? view_show(x, v, TEXT_NONE) : rc;
}

/* Back to the page, or shown again with what is wrong. */
static enum rc
after(struct exchange *x, struct view *v, enum rc rc, const char *conflict)
{
	struct text why = TEXT_NONE, to;

	if (rc == RC_OK) {
		to = score_path(x, v->id, v->period, "");
		http_redirect(x->out, arena_format(x->ctx->mem, "%.*s&done=1", (int)to.n, to.p));
		return RC_OK;
	}
	if (!score_trouble(x, rc, conflict, &why))
		return rc;
	rc = db_read(x->ctx, view_tx, v);
	return rc == RC_OK ? view_show(x, v, why) : rc;
}

enum rc
score_appeal_post(struct exchange *x)
{
	const struct appeal_values *in = x->values;
	struct view *v;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	if (!is_own(x, v))
		return RC_FORBIDDEN;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = score_appeal(x->ctx, frame_idem_key(x), v->id, (int)in->period, in->item - 1, in->reason, &x->findings);
	return after(x, v, rc, T("这一项已经申诉过了。"));
}

enum rc
score_decide_post(struct exchange *x)
{
	const struct decide_values *in = x->values;
	struct view *v;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = score_decide(x->ctx, frame_idem_key(x), in->appeal, in->deed == 2 ? in->marks * 100 : -1, in->words, &x->findings);
	return after(x, v, rc, T("这份申诉已经决定了。"));
}

enum rc
score_renewal_post(struct exchange *x)
{
	const struct renewal_values *in = x->values;
	struct view *v;
	enum rc rc = view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = score_renewal(x->ctx, frame_idem_key(x), v->id, in->reason, &x->findings);
	return after(x, v, rc, T("理由已经写过，或者不需要写。"));
}
