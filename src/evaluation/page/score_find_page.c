/* What is odd in the records, for a person to look at: with the visits it is about, dismissed or upheld with a reason. */
#include "evaluation/page/score_page_internal.h"

#include "resources/duty/duty.h"
#include "standards/region/region.h"

static const struct choice deeds[] = { { 1, "dismiss", T("没有问题") }, { 2, "uphold", T("有问题，这一次不算") }, { 0, NULL, NULL } };

struct look_values { struct place place; int64_t period, plan, slot, kind; int deed; struct text why; };
#define L(member) offsetof(struct look_values, member)
static const struct field look_fields[] = {
	{ .key = "place", .kind = FIELD_PLACE, .label = T("哪个县（市、区）"), .required = true, .offset = L(place) },
	{ .key = "period", .kind = FIELD_INT, .label = T("哪一期"), .required = true, .min = 20000, .max = 21994, .offset = L(period) },
	{ .key = "plan", .kind = FIELD_KEY, .label = T("值班表"), .required = true, .max = INT64_MAX, .offset = L(plan) },
	{ .key = "slot", .kind = FIELD_INT, .label = T("哪一次"), .required = true, .max = INT32_MAX, .offset = L(slot) },
	{ .key = "kind", .kind = FIELD_INT, .label = T("什么问题"), .required = true, .min = 1, .max = SCORE_FIND_COUNT - 1, .offset = L(kind) },
	{ .key = "deed", .kind = FIELD_CHOICE, .label = T("看过了"), .required = true, .choices = deeds, .offset = L(deed) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("理由"), .required = true, .min = SCORE_WORDS_MIN, .max = SCORE_WORDS_MAX, .offset = L(why) },
};
const struct form score_look_form = FORM_OF("score.look", T("看一条记录"), look_fields, struct look_values);

struct listing { struct place within; int period; struct score_finding *v; size_t n; };

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct listing *l = arg;

	return score_findings(tx, actor, l->within, l->period, l->v, SCORE_FINDINGS_MAX, &l->n);
}

static void
put_visit(struct exchange *x, struct html *h, const struct score_line *l)
{
	struct text words = TEXT_NONE, where;

	if (l->here)
		words = arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, T("签到")), (int)qp_when(x, l->signed_ms).n, qp_when(x, l->signed_ms).p);
	if (l->written)
		words = qp_join(x, words, arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, T("日志")), (int)qp_when(x, l->written_ms).n,
		    qp_when(x, l->written_ms).p));
	if (l->written)
		words = qp_join(x, words, qp_sayn(x, T("%lld 分钟"), l->minutes));
	html_raw(h, "<p>");
	where = qp_join(x, region_name((struct place){ l->place }), qp_day(x, l->day));
	if (duty_may_plan(x->ctx->actor, place_up((struct place){ l->place }, PLACE_COUNTY)))
		ui_link_text(h, arena_format(x->ctx->mem, "/desk/roster/%lld/visit/%d", (long long)l->plan, l->slot), where);
	else
		html_text(h, where);
	html_raw(h, " ");
	html_text(h, words);
	html_raw(h, "</p>");
}

/* The one that was sent, or that the address asks for. */
static bool
is_asked(const struct exchange *x, const struct score_finding *f)
{
	const struct look_values *in = x->route->form == &score_look_form ? x->values : NULL;

	if (in != NULL)
		return in->plan == f->line.plan && in->slot == f->line.slot && in->kind == (int64_t)f->kind;
	return text_equals(qp_query(x, "at"), arena_format(x->ctx->mem, "%lld.%d.%d", (long long)f->line.plan, f->line.slot, (int)f->kind));
}

static void
put_form(struct exchange *x, struct html *h, const struct listing *l, const struct score_finding *f)
{
	bool sent = x->route->form == &score_look_form;

	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/advisors/scores/findings"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_hidden(h, "place", arena_format(x->ctx->mem, "%012lld", (long long)l->within.code));
	ui_hidden(h, "period", qp_int(x, l->period));
	ui_hidden(h, "plan", qp_int(x, f->line.plan));
	ui_hidden(h, "slot", qp_int(x, f->line.slot));
	ui_hidden(h, "kind", qp_int(x, (int64_t)f->kind));
	for (size_t i = 5; i < score_look_form.n; i++)
		ui_field(h, &look_fields[i], sent ? ui_typed(&score_look_form, look_fields[i].key, &x->typed) : TEXT_NONE,
		    sent ? findings_of(&x->findings, look_fields[i].key) : NULL);
	ui_form_buttons(h, T("存下"), TEXT_NONE);
	ui_form_close(h);
}

/* Its records, and what is to be said about it. */
static void
put_asked(struct exchange *x, struct html *h, const struct listing *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct score_finding *f = &l->v[i];

		if (!is_asked(x, f))
			continue;
		ui_section_open(h, score_find_label(f->kind));
		html_raw(h, "<p>");
		html_text(h, f->name);
		html_raw(h, "</p>");
		put_visit(x, h, &f->line);
		if (f->other.plan != 0)
			put_visit(x, h, &f->other);
		if (f->decided)
			ui_facts(h, (const struct ui_fact[]){ { T("看过了"), qp_say(x, f->upheld ? T("有问题，这一次不算") : T("没有问题")), TEXT_NONE },
			    { T("理由"), f->why, TEXT_NONE }, { T("谁"), f->by, TEXT_NONE }, { T("什么时候"), qp_when(x, f->decided_ms), TEXT_NONE } }, 4);
		else
			put_form(x, h, l, f);
		ui_section_close(h);
		return;
	}
}

static void
put_table(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("什么问题"), false }, { T("法律顾问"), false }, { T("村（社区）"), false }, { T("哪一天"), false },
		{ T("看过了"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("要人看的记录"), columns, 5);
	for (size_t i = 0; i < l->n; i++) {
		const struct score_finding *f = &l->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/advisors/scores/findings?place=%012lld&period=%d&at=%lld.%d.%d", (long long)l->within.code,
		    l->period, (long long)f->line.plan, f->line.slot, (int)f->kind), qp_say(x, score_find_label(f->kind)));
		ui_cell(&t, f->name);
		ui_cell(&t, region_name((struct place){ f->line.place }));
		ui_cell(&t, qp_day(x, f->line.day));
		ui_cell_say(&t, !f->decided ? T("还没有看") : f->upheld ? T("有问题，不算") : T("没有问题"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static enum rc
listing_show(struct exchange *x, struct listing *l, struct text why)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("要人看的记录"), .area = FRAME_ADVISORS });
	ui_title(&h, T("要人看的记录"), qp_join(x, region_name(l->within), score_period_text(x->ctx->mem, x->ctx->lang, l->period)));
	qp_back(&h, arena_format(x->ctx->mem, "/desk/advisors/scores?place=%012lld&period=%d", (long long)l->within.code, l->period), T("法律顾问评估"));
	if (qp_query(x, "done").n > 0)
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	score_trouble_put(x, &h, why);
	score_chips(x, &h, l->within, l->period, "/desk/advisors/scores/findings");
	ui_paragraph(&h, T("这些只是看上去不寻常，不扣分。看过记录，认为有问题并写明理由的那一次才不算。"));
	if (l->n == 0)
		ui_empty(&h, T("没有要看的"), T("这一期的签到和日志没有不寻常的地方。"), TEXT("/desk/advisors/scores"), T("法律顾问评估"));
	else {
		put_asked(x, &h, l);
		put_table(x, &h, l);
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
listing_read(struct exchange *x, struct place within, int period, struct listing **ret)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);

	*ret = l;
	if (l == NULL)
		return RC_NO_MEMORY;
	*l = (struct listing){ .within = within, .period = period, .v = arena_array(x->ctx->mem, SCORE_FINDINGS_MAX, sizeof *l->v) };
	return l->v == NULL ? RC_NO_MEMORY : db_read(x->ctx, listing_tx, l);
}

enum rc
score_findings_get(struct exchange *x)
{
	struct listing *l;
	enum rc rc = listing_read(x, score_place_query(x), score_period_query(x), &l);

	return rc == RC_OK ? listing_show(x, l, TEXT_NONE) : rc;
}

enum rc
score_findings_post(struct exchange *x)
{
	const struct look_values *in = x->values;
	struct day first, last;
	struct text why = TEXT_NONE;
	struct listing *l;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = score_look(x->ctx, frame_idem_key(x), &(struct score_look){ (int)in->kind, in->plan, (int32_t)in->slot, in->deed == 2, in->why },
		    &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/advisors/scores/findings?place=%012lld&period=%lld&done=1",
		    (long long)in->place.code, (long long)in->period));
		return RC_OK;
	}
	if (!score_trouble(x, rc, T("这一条刚才有人看过了。"), &why))
		return rc;
	rc = listing_read(x, in->place.code != 0 ? in->place : score_place_query(x),
	    score_period_days((int)in->period, &first, &last) ? (int)in->period : score_period_query(x), &l);
	return rc == RC_OK ? listing_show(x, l, why) : rc;
}
