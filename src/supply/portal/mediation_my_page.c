/* The own mediation: where it stands, who mediates, what was agreed and until when, what can be said and asked. */
#include "supply/portal/my_internal.h"

#include "base/fen.h"
#include "kit/msg/msg.h"
#include "operations/matter/mediation/mediation.h"
#include "standards/holidays/holidays.h"

#define MY_ROWS 60

struct my_mediation_values { int64_t revision, duty; int said; struct text words; };
static const struct choice said_choices[] = { { 1, "performed", T("已经履行") }, { 2, "not", T("没有履行") }, { 0, NULL, NULL } };
static const struct field fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = offsetof(struct my_mediation_values, revision) },
	{ .key = "duty", .kind = FIELD_KEY, .label = T("哪一项"), .max = INT64_MAX, .offset = offsetof(struct my_mediation_values, duty) },
	{ .key = "said", .kind = FIELD_CHOICE, .label = T("履行了吗"), .choices = said_choices, .offset = offsetof(struct my_mediation_values, said) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("想说什么"), .max = 1000, .offset = offsetof(struct my_mediation_values, words) },
};
const struct form my_mediation_form = FORM_OF("my.mediation", T("人民调解"), fields, struct my_mediation_values);

struct my_mediation {
	struct request r;
	struct mediation m;
	struct mediation_party parties[MEDIATION_PARTIES_MAX];
	struct mediation_member members[MY_ROWS];
	struct mediation_session sessions[MY_ROWS];
	struct mediation_duty duties[MY_ROWS];
	struct review reviews[MY_REVIEWS];
	size_t n_parties, n_members, n_sessions, n_duties, n_reviews;
};
struct again { enum mediation_step step; struct text trouble; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct my_mediation *m = arg;
	struct case_id id = { actor->request };
	enum rc rc = request_load_receipt(tx, actor, &m->r);

	if (rc == RC_OK)
		rc = mediation_load(tx, actor, id, &m->m);
	if (rc == RC_OK)
		rc = mediation_parties(tx, actor, id, m->parties, MEDIATION_PARTIES_MAX, &m->n_parties);
	if (rc == RC_OK)
		rc = mediation_members(tx, actor, id, m->members, MY_ROWS, &m->n_members);
	if (rc == RC_OK)
		rc = mediation_sessions(tx, actor, id, m->sessions, MY_ROWS, &m->n_sessions);
	if (rc == RC_OK)
		rc = mediation_duties(tx, actor, id, m->duties, MY_ROWS, &m->n_duties);
	return rc == RC_OK ? review_list(tx, actor, id, m->reviews, MY_REVIEWS, &m->n_reviews) : rc;
}

/* ---- where it stands ------------------------------------------------------------------------------------------- */

static size_t
bar_at(enum mediation_state s)
{
	if (s < MEDIATION_REGISTERED)
		return 0;
	if (s < MEDIATION_ACCEPTED || s == MEDIATION_REFUSED)
		return 1;
	if (s < MEDIATION_AGREED || s == MEDIATION_FAILED || s == MEDIATION_ENDED)
		return 2;
	return s == MEDIATION_PERFORMED ? 4 : 3;
}

static const char *
next_words(const struct my_mediation *m)
{
	switch ((int)m->m.state) {
	case MEDIATION_UNFILLED: return T("工作人员登记纠纷");
	case MEDIATION_REGISTERED: return T("工作人员问对方愿不愿意调解");
	case MEDIATION_ACCEPTED: return T("约双方坐下来谈，一般三十天内谈出结果");
	case MEDIATION_IN_SESSION: return T("接着谈；谈成了写协议");
	case MEDIATION_DRAFTED: return T("各方在协议上签名");
	case MEDIATION_AGREED: return T("按协议履行，到期前提醒");
	case MEDIATION_BREACHED: return T("有一项没有按时履行，调解委员会催；仍不履行的，可以起诉");
	case MEDIATION_FAILED: case MEDIATION_REFUSED: case MEDIATION_ENDED: return T("可以依法申请仲裁、行政处理，或者向法院起诉");
	case MEDIATION_BROKEN: return T("可以就协议向法院起诉；法院确认过的，可以申请强制执行");
	default: return T("已经办结");
	}
}

static struct text
day_text(const struct exchange *x, struct day d)
{
	char out[16];

	return day_is_none(d) ? TEXT_NONE : arena_text(x->ctx->mem, day_print(d, out));
}

static struct text
mediators_text(const struct exchange *x, const struct my_mediation *m)
{
	struct text t = TEXT_NONE;

	for (size_t i = 0; i < m->n_members; i++)
		if (m->members[i].kind == MEDIATION_NO_HELPER && m->members[i].ended_ms == 0)
			t = arena_format(x->ctx->mem, "%.*s%s%.*s（%.*s）", (int)t.n, t.p, t.n > 0 ? "、" : "", (int)m->members[i].name.n, m->members[i].name.p,
			    (int)m->members[i].committee.n, m->members[i].committee.p);
	return t;
}

static void
put_state(struct exchange *x, struct html *h, const struct my_mediation *m)
{
	static const char *const bar[] = { T("登记"), T("征求意愿"), T("调解"), T("履行"), T("办结") };
	struct text who = mediators_text(x, m);
	struct ui_fact facts[4];
	size_t n = 0;

	html_raw(h, "<p class=\"state\">");
	ui_tag(h, m->m.state == MEDIATION_BREACHED || m->m.state == MEDIATION_BROKEN ? UI_LATE : mediation_in_effect(m->m.state) ? UI_OK : UI_INFO,
	    portal_say(x, mediation_state_label(m->m.state)));
	html_raw(h, "</p>");
	ui_steps(h, bar, 5, bar_at(m->m.state));
	facts[n++] = (struct ui_fact){ .label = T("下一步"), .value = portal_say(x, next_words(m)) };
	if (who.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("调解员"), .value = who };
	facts[n++] = (struct ui_fact){ .label = T("谁负责"), .value = m->r.holder_name };
	facts[n++] = (struct ui_fact){ .label = T("费用"), .value = portal_say(x, T("不收任何费用（第四条）")) };
	ui_facts(h, facts, n);
}

static void
put_sessions(struct exchange *x, struct html *h, const struct my_mediation *m)
{
	struct ui_event *e = arena_array(x->ctx->mem, m->n_sessions + 1, sizeof *e);
	size_t n = 0;

	for (size_t i = 0; e != NULL && i < m->n_sessions; i++)
		if (m->sessions[i].kind == MEDIATION_TALK)
			e[n++] = (struct ui_event){ .when = day_text(x, m->sessions[i].day), .what = m->sessions[i].place.n > 0 ? m->sessions[i].place
			    : portal_say(x, T("调解")), .who = m->sessions[i].account_name };
	if (n == 0)
		return;
	ui_section_open(h, T("谈过几次"));
	ui_timeline(h, e, n);
	ui_section_close(h);
}

/* ---- the agreement ---------------------------------------------------------------------------------------------- */

static const char *
side_label(enum mediation_side s)
{
	return s == MEDIATION_SIDE_A ? T("您这一方") : T("对方");
}

static struct text
money(const struct exchange *x, int64_t fen)
{
	char out[32];
	struct text n = fen_print((struct fen){ fen }, out);

	return fen == 0 ? TEXT_NONE : arena_format(x->ctx->mem, "%.*s %s", (int)n.n, n.p, msg(x->ctx->lang, T("元")));
}

static const char *
kept_label(const struct mediation_duty *d)
{
	if (!day_is_none(d->performed))
		return T("已履行");
	if (d->missed_ms != 0)
		return T("没有按时履行");
	return d->said == 1 ? T("您说已经履行") : d->said == 2 ? T("您说没有履行，正在核实") : T("待履行");
}

static struct text
duty_text(const struct exchange *x, const struct mediation_duty *d)
{
	struct text what = d->what, fen = money(x, d->fen), due = day_text(x, d->due);

	return arena_format(x->ctx->mem, "%.*s %.*s %.*s", (int)due.n, due.p, (int)what.n, what.p, (int)fen.n, fen.p);
}

static void
put_duties(struct exchange *x, struct html *h, const struct my_mediation *m)
{
	static const struct ui_column columns[] = { { T("谁"), false }, { T("做什么"), false }, { T("金额"), true }, { T("最晚哪一天"), false },
		{ T("履行情况"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("谁在哪一天前做什么"), columns, 5);
	for (size_t i = 0; i < m->n_duties; i++) {
		ui_row_open(&t);
		ui_cell_say(&t, side_label(m->duties[i].side));
		ui_cell(&t, m->duties[i].what);
		ui_cell(&t, money(x, m->duties[i].fen));
		ui_cell(&t, day_text(x, m->duties[i].due));
		ui_cell_say(&t, kept_label(&m->duties[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_agreement(struct exchange *x, struct html *h, const struct my_mediation *m)
{
	if (m->m.form == MEDIATION_FORM_NONE)
		return;
	ui_section_open(h, T("调解协议"));
	html_raw(h, "<div id=\"agreement\"><p>");
	html_lines(h, m->m.content);
	html_raw(h, "</p></div>");
	ui_read_aloud(h, "agreement");
	put_duties(x, h, m);
	ui_section_close(h);
}

/* ---- what can be said and asked -------------------------------------------------------------------------------------- */

static void
form_open(struct exchange *x, struct html *h, const struct my_mediation *m, enum mediation_step step, const struct again *again)
{
	if (again != NULL && again->step == step && again->trouble.n > 0)
		ui_notice(h, UI_LATE, T("没有发出去"), again->trouble);
	ui_form_open(h, &(struct ui_form){ .action = portal_path(x, "/my/mediation/", text_of(mediation_step_key(step))), .csrf = x->csrf,
	    .key = frame_key_text(x) });
	ui_hidden(h, "revision", arena_format(x->ctx->mem, "%lld", (long long)m->r.revision));
}

static void
put_claim(struct exchange *x, struct html *h, const struct my_mediation *m, const struct again *again)
{
	struct ui_option *o = arena_array(x->ctx->mem, m->n_duties + 1, sizeof *o);
	size_t n = 0;

	for (size_t i = 0; o != NULL && i < m->n_duties; i++)
		if (day_is_none(m->duties[i].performed)) {
			o[n].value = arena_format(x->ctx->mem, "%lld", (long long)m->duties[i].id);
			o[n].label = duty_text(x, &m->duties[i]);
			o[n].group = TEXT_NONE;
			n++;
		}
	if (n == 0)
		return;
	ui_section_open(h, T("告诉我们履行了没有"));
	form_open(x, h, m, MEDIATION_CLAIM, again);
	ui_field_select(h, &fields[1], o, n, x->typed.v != NULL ? ui_typed(&my_mediation_form, "duty", &x->typed) : o[0].value,
	    findings_of(&x->findings, "duty"));
	ui_field(h, &fields[2], ui_typed(&my_mediation_form, "said", &x->typed), findings_of(&x->findings, "said"));
	ui_field(h, &fields[3], ui_typed(&my_mediation_form, "words", &x->typed), findings_of(&x->findings, "words"));
	ui_form_buttons(h, T("告诉调解委员会"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_confirm(struct exchange *x, struct html *h, const struct my_mediation *m, const struct again *again)
{
	struct day last = mediation_confirm_last(holidays_current(), day_of_moment(m->m.effect_ms));
	const struct mediation_party *asker = mediation_asker(m->parties, m->n_parties);
	bool asked = asker != NULL && asker->confirm_ms != 0;

	if (m->m.status)
		return;
	ui_section_open(h, T("请法院确认（司法确认）"));
	ui_paragraph(h, T("双方共同申请，法院裁定有效以后，一方不履行，另一方可以直接申请强制执行。不收费。"));
	ui_facts(h, (const struct ui_fact[]){ { T("最晚哪一天提出"), day_text(x, last), TEXT_NONE },
	    { T("办到哪一步"), portal_say(x, m->m.confirm != MEDIATION_UNCONFIRMED ? mediation_choice_label(mediation_confirm_choices, m->m.confirm)
	        : asked ? T("您已提出，等对方") : day_compare(portal_today(x), last) > 0 ? T("三十日已过") : T("还没有提出")), TEXT_NONE } }, 2);
	if (m->m.confirm == MEDIATION_UNCONFIRMED && !asked && day_compare(portal_today(x), last) <= 0) {
		form_open(x, h, m, MEDIATION_CONFIRM_ASK, again);
		ui_form_buttons(h, T("我要申请司法确认"), TEXT_NONE);
		ui_form_close(h);
	}
	ui_section_close(h);
}

static void
put_end(struct exchange *x, struct html *h, const struct my_mediation *m, const struct again *again)
{
	html_raw(h, "<details class=\"why\"><summary>");
	html_say(h, T("不想调解了"));
	html_raw(h, "</summary>");
	ui_paragraph(h, T("您可以随时要求终止调解，不用说理由（第二十三条）。以后还可以再申请，也可以仲裁、起诉。"));
	form_open(x, h, m, MEDIATION_END, again);
	ui_form_buttons(h, T("终止调解"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "</details>");
}

/* ---- the page -------------------------------------------------------------------------------------------------------------- */

static enum rc
show(struct exchange *x, struct receipt *receipt, const struct again *again)
{
	struct my_mediation *m = ARENA_NEW(x->ctx->mem, struct my_mediation);
	struct html h = frame_html(x);
	enum rc rc = m == NULL ? RC_NO_MEMORY : db_read(&receipt->ctx, load_tx, m);

	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("我的调解"), .noindex = true });
	ui_title(&h, T("我的调解"), m->r.number);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/my"), T("回到进度页"));
	html_raw(&h, "</p>");
	put_state(x, &h, m);
	put_agreement(x, &h, m);
	if (m->m.state == MEDIATION_AGREED || m->m.state == MEDIATION_BREACHED) {
		put_claim(x, &h, m, again);
		put_confirm(x, &h, m, again);
	}
	put_sessions(x, &h, m);
	if (mediation_edge_find(m->m.state, MEDIATION_END) != NULL && m->r.state > REQUEST_RECEIVED)
		put_end(x, &h, m, again);
	if (!mediation_is_open(m->m.state) && m->m.state != MEDIATION_PERFORMED)
		ui_button_link(&h, TEXT("/check/paths"), T("还有哪些路可以走"), false);
	my_put_review(x, &h, m->reviews, m->n_reviews);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
my_mediation_page(struct exchange *x)
{
	struct receipt receipt;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	return in ? show(x, &receipt, NULL) : rc;
}

enum rc
my_mediation_post(struct exchange *x)
{
	const struct my_mediation_values *v = x->values;
	enum mediation_step step = mediation_step_by_key(http_segment(x, "step"));
	struct mediation_verdict verdict = { .why = MEDIATION_MAY, .basis = "" };
	struct mediation_values in = { .time = -1, .day = DAY_NONE };
	struct again again = { .step = step, .trouble = TEXT_NONE };
	struct receipt receipt;
	int64_t next = 0;
	bool there;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &there);

	if (!there)
		return rc;
	if (step != MEDIATION_CLAIM && step != MEDIATION_CONFIRM_ASK && step != MEDIATION_END)
		return RC_NOT_FOUND;
	rc = x->form_rc;
	if (rc == RC_OK) {
		in.revision = v->revision;
		in.duty = v->duty;
		in.said = v->said;
		in.words = v->words;
		rc = mediation_act_take(&receipt.ctx, frame_idem_key(x), &(struct mediation_act){ { receipt.actor.request }, step, &in }, &x->findings,
		    &verdict, &next);
	}
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/my/mediation"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	again.trouble = rc == RC_INVALID ? TEXT_NONE : portal_say(x, rc == RC_REFUSED ? mediation_why_label(verdict.why)
	    : T("这件事刚刚有了新变化，没有发出去。请看最新情况"));
	return show(x, &receipt, &again);
}
