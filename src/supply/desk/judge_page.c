/*
 * What the rules say of a case: pick a package, fill in the facts, read the verdict with every line, keep it with the case;
 * and what was kept, made again.  The program proposes; an officer decides.
 */
#include "supply/desk/judge_internal.h"

#include "supply/frame/frame_verdict.h"

#define PACKAGES_MAX 40
#define VERSIONS_OPEN 12

/* ---- reading ------------------------------------------------------------------------------------------------ */

static enum rc
judging_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct judging *q = arg;
	struct policy_version seen;
	enum rc rc = request_load(tx, actor, q->id, &q->r);

	if (rc == RC_OK && !request_may_act(actor, &q->r))
		return RC_FORBIDDEN;
	if (rc == RC_OK)
		rc = policy_current(tx, actor, q->package, day_of_moment(tx_now_ms(tx)), &q->version);
	if (rc == RC_OK)
		rc = policy_compile(tx_mem(tx), &q->version, &q->rules);
	if (rc != RC_OK || q->seen == 0 || q->seen == q->version.id)
		return rc;
	rc = policy_version_load(tx, actor, q->seen, &seen);
	if (rc == RC_OK && text_equals(seen.package, q->package))
		rc = policy_compile(tx_mem(tx), &seen, &q->typed);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
judging_open(struct exchange *x, struct judging **ret)
{
	const struct judge_values *in = x->values;
	struct judging *q = ARENA_NEW(x->ctx->mem, struct judging);
	enum rc rc;

	if (q == NULL)
		return RC_NO_MEMORY;
	q->package = http_segment(x, "package");
	q->seen = in != NULL ? in->seen : 0;
	rc = http_segment_id(x, "id", &q->id.n);
	if (rc == RC_OK)
		rc = db_read(x->ctx, judging_tx, q);
	if (rc != RC_OK)
		return rc;
	q->k = rules_package(q->rules);
	*ret = q;
	return RC_OK;
}

/* ---- one package ---------------------------------------------------------------------------------------------- */

static void
put_way_back(struct exchange *x, struct html *h, struct case_id id)
{
	html_raw(h, "<p>");
	ui_link(h, desk_case_path(x, id, ""), T("回到案件"));
	html_raw(h, " · ");
	ui_link(h, desk_case_path(x, id, "policy"), T("规则试算"));
	html_raw(h, "</p>");
}

/* The facts as they were judged, under a button that keeps them. */
static void
put_record(struct exchange *x, struct html *h, const struct judging *q)
{
	ui_form_open(h, &(struct ui_form){ .action = x->in->path, .csrf = x->csrf, .key = desk_key(x), .id = "record" });
	for (size_t i = 0; i < x->in->form.n; i++) {
		struct text name = x->in->form.v[i].name;

		if (name.n > 0 && (name.p[0] == 'i' || name.p[0] == 'n' || name.p[0] == 'e') && name.n < JUDGE_KEY)
			ui_hidden(h, arena_text(x->ctx->mem, name).p, x->in->form.v[i].value);
	}
	ui_hidden(h, "seen", desk_int(x, q->version.id));
	ui_hidden(h, "deed", TEXT("record"));
	html_raw(h, "<div class=\"buttons\"><button type=\"submit\" class=\"button primary\">");
	html_say(h, T("记入本案"));
	html_raw(h, "</button></div>");
	ui_form_close(h);
}

static void
put_verdict(struct exchange *x, struct html *h, const struct judging *q)
{
	ui_section_open(h, T("规则怎么说"));
	ui_notice_say(h, UI_INFO, T("这是程序按规则算出的意见，不是决定"), T("是否准予由承办人审查决定；事实有出入的，改了再算。"));
	frame_verdict(x, h, q->rules, &q->verdict, UI_INFO, FRAME_SAID_BY_APPLICANT);
	if (q->verdict.n_conflicts == 0 && request_is_open(q->r.state))
		put_record(x, h, q);
	ui_section_close(h);
}

static enum rc
judge_show(struct exchange *x, struct judging *q)
{
	struct html h = frame_html(x);
	struct text title = policy_name(x->ctx->lang, q->k->name, q->k->words);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("规则试算"), .area = FRAME_QUEUE });
	ui_title_text(&h, title, desk_join(x, q->r.number, q->r.subject));
	put_way_back(x, &h, q->id);
	if (q->typed != NULL)
		ui_notice_say(&h, UI_SOON, T("规则刚才有了新版"), T("下面按新版列出，刚才填的都还在，请核对后再算。"));
	if (q->judged)
		put_verdict(x, &h, q);
	judge_put_form(x, &h, q);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
judge_page(struct exchange *x)
{
	struct judging *q = NULL;
	enum rc rc = judging_open(x, &q);

	return rc == RC_OK ? judge_show(x, q) : rc;
}

static enum rc
record(struct exchange *x, struct judging *q)
{
	struct judge_done done;
	enum rc rc = judge_record(x->ctx, frame_idem_key(x), q->id, &q->version, q->rules, q->facts, &done);

	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/request/%lld/judged/%lld?done=1", (long long)q->id.n,
		    (long long)done.decision));
	return rc;
}

enum rc
judge_post(struct exchange *x)
{
	const struct judge_values *in = x->values;
	struct judging *q = NULL;
	enum rc rc = judging_open(x, &q);

	if (rc != RC_OK)
		return rc;
	x->findings = (struct findings){ .n = 0 };
	rc = judge_read(x, q);
	if (params_has(x->in->form, "more") && (rc == RC_OK || rc == RC_INVALID)) {
		x->findings = (struct findings){ .n = 0 };
		return judge_show(x, q);
	}
	if (rc == RC_OK && in->deed == JUDGE_RECORD && q->typed == NULL) {
		rc = record(x, q);
		if (rc != RC_INVALID)
			return rc;
		rc = RC_OK; /* they contradict each other: shown below */
	}
	if (rc == RC_OK)
		rc = rules_judge(x->ctx->mem, q->rules, q->facts, &q->verdict);
	q->judged = rc == RC_OK || (rc == RC_INVALID && x->findings.n == 0);
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	if (rc == RC_INVALID || q->typed != NULL)
		x->out->status = http_status_of(rc == RC_INVALID ? RC_INVALID : RC_CONFLICT);
	return judge_show(x, q);
}

/* ---- a case's verdicts ---------------------------------------------------------------------------------------- */

struct listing {
	struct case_id id;
	struct request r;
	bool may;
	struct policy_row packages[PACKAGES_MAX];
	struct text titles[PACKAGES_MAX];
	size_t n_packages;
	struct policy_decision v[JUDGE_DECISIONS_SHOWN];
	const struct rules *rules[JUDGE_DECISIONS_SHOWN]; /* by which each was judged; NULL: cannot be read again */
	size_t n;
	enum lang lang;
};

static enum rc
titles_load(struct tx *tx, const struct actor *actor, struct listing *l)
{
	struct day today = day_of_moment(tx_now_ms(tx));
	enum rc rc = policy_packages(tx, actor, today, l->packages, PACKAGES_MAX, &l->n_packages);

	for (size_t i = 0; rc == RC_OK && i < l->n_packages; i++) {
		struct policy_version v;
		const struct rules *r;

		if (l->packages[i].current.id == 0)
			continue;
		rc = policy_current(tx, actor, l->packages[i].package, today, &v);
		if (rc == RC_OK)
			rc = policy_compile(tx_mem(tx), &v, &r);
		if (rc == RC_OK)
			l->titles[i] = policy_name(l->lang, rules_package(r)->name, rules_package(r)->words);
	}
	return rc;
}

static enum rc
rules_load(struct tx *tx, const struct actor *actor, struct listing *l)
{
	for (size_t i = 0, opened = 0; i < l->n; i++) {
		struct policy_version v;
		size_t k = 0;
		enum rc rc;

		while (k < i && l->v[k].version != l->v[i].version)
			k++;
		if (k < i || opened++ >= VERSIONS_OPEN) {
			l->rules[i] = k < i ? l->rules[k] : NULL;
			continue;
		}
		rc = policy_version_load(tx, actor, l->v[i].version, &v);
		if (rc == RC_OK)
			rc = policy_compile(tx_mem(tx), &v, &l->rules[i]);
		if (rc == RC_CORRUPT)
			l->rules[i] = NULL;
		else if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct listing *l = arg;
	enum rc rc = request_load(tx, actor, l->id, &l->r);

	if (rc == RC_OK && desk_is_lawyers(actor, &l->r))
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = policy_decisions(tx, actor, l->id.n, l->v, JUDGE_DECISIONS_SHOWN, &l->n);
	if (rc == RC_OK)
		rc = rules_load(tx, actor, l);
	l->may = rc == RC_OK && request_may_act(actor, &l->r) && request_is_open(l->r.state) && actor_may(actor, RIGHT_CASE_HANDLE);
	return l->may ? titles_load(tx, actor, l) : rc;
}

static struct text
outcome_words(struct exchange *x, const struct rules *r, const struct policy_decision *d)
{
	const struct rules_package *k = r != NULL ? rules_package(r) : NULL;
	struct rules_verdict v;
	struct rules_facts *f;

	if (r == NULL || policy_decision_open(x->ctx->mem, r, d, &f, &v) != RC_OK)
		return desk_say(x, T("不能重新算出"));
	switch (v.conclusion.state) {
	case RULES_KNOWN:
		return policy_value(x->ctx->mem, x->ctx->lang, r, k->step[k->conclusion].type, v.conclusion.n);
	case RULES_FAILED:
		return policy_failure_text(x->ctx->mem, x->ctx->lang, r, &v.conclusion);
	case RULES_MISSING:
		break;
	}
	return desk_say(x, T("材料不全，还不能算"));
}

static struct text
judged_path(const struct exchange *x, struct case_id id, int64_t decision)
{
	return arena_format(x->ctx->mem, "/desk/request/%lld/judged/%lld", (long long)id.n, (long long)decision);
}

static struct text
day_words(const struct exchange *x, struct day d)
{
	char out[16];

	return arena_text(x->ctx->mem, day_print(d, out));
}

static void
put_decisions(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("规则包"), false }, { T("规则的意见"), false }, { T("按哪一天的标准"), false },
		{ T("谁算的"), false }, { T("什么时候"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("已经记入本案的"), columns, 5);
	for (size_t i = 0; i < l->n; i++) {
		const struct policy_decision *d = &l->v[i];
		const struct rules_package *k = l->rules[i] != NULL ? rules_package(l->rules[i]) : NULL;

		ui_row_open(&t);
		ui_cell_link(&t, judged_path(x, l->id, d->id), arena_format(x->ctx->mem, "%.*s #%d",
		    (int)(k != NULL ? policy_name(x->ctx->lang, k->name, k->words) : d->package).n,
		    (k != NULL ? policy_name(x->ctx->lang, k->name, k->words) : d->package).p, d->number));
		ui_cell(&t, outcome_words(x, l->rules[i], d));
		ui_cell(&t, day_words(x, d->law_day));
		ui_cell(&t, d->account < 0 ? desk_say(x, T("程序")) : d->account_name);
		ui_cell(&t, desk_when(x, d->at_ms));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_packages(struct exchange *x, struct html *h, const struct listing *l)
{
	if (!l->may)
		return;
	ui_section_open(h, T("用哪一套规则试算"));
	html_raw(h, "<div class=\"buttons\">");
	for (size_t i = 0; i < l->n_packages; i++) {
		if (l->titles[i].n == 0)
			continue;
		html_raw(h, "<a class=\"button\"");
		html_attr(h, "href", desk_case_path(x, l->id, arena_format(x->ctx->mem, "policy/%.*s", (int)l->packages[i].package.n,
		    l->packages[i].package.p).p));
		html_raw(h, ">");
		html_text(h, l->titles[i]);
		html_raw(h, "</a>");
	}
	html_raw(h, "</div>");
	ui_section_close(h);
}

enum rc
judge_list_page(struct exchange *x)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct html h = frame_html(x);
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	l->lang = x->ctx->lang;
	rc = http_segment_id(x, "id", &l->id.n);
	if (rc == RC_OK)
		rc = db_read(x->ctx, listing_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("规则试算"), .area = FRAME_QUEUE });
	ui_title(&h, T("规则试算"), desk_join(x, l->r.number, l->r.subject));
	html_raw(&h, "<p>");
	ui_link(&h, desk_case_path(x, l->id, ""), T("回到案件"));
	html_raw(&h, "</p>");
	ui_paragraph(&h, T("程序按现行规则算出意见，逐条写明依据，供审查时参考。是否准予由承办人决定。"));
	put_packages(x, &h, l);
	put_decisions(x, &h, l);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one of them, made again ------------------------------------------------------------------------------------ */

struct judged {
	struct case_id id;
	int64_t decision;
	struct request r;
	struct policy_decision d;
	struct policy_version v;
	const struct rules *rules;
	enum policy_replay replay;
};

static enum rc
judged_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct judged *j = arg;
	enum rc rc = request_load(tx, actor, j->id, &j->r);

	if (rc == RC_OK && desk_is_lawyers(actor, &j->r))
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = policy_decision_load(tx, actor, j->id.n, j->decision, &j->d);
	return rc == RC_OK ? policy_version_load(tx, actor, j->d.version, &j->v) : rc;
}

static void
put_replay(struct html *h, enum policy_replay how)
{
	switch (how) {
	case POLICY_SAME:
		ui_notice_say(h, UI_OK, T("重新算过，与当时逐字节相同"), T("用当时的规则文本和当时填的事实重新计算，结果和存下的完全一样。"));
		return;
	case POLICY_OTHER_BYTES:
		ui_notice_say(h, UI_LATE, T("重新算出的和当时存下的不一样"), T("请报告系统管理员：存下的内容或程序变过。下面是重新算出的。"));
		return;
	case POLICY_TAMPERED:
		ui_notice_say(h, UI_LATE, T("规则文本与当时的指纹不符"), T("请报告系统管理员：文本被改过。下面的不能作准。"));
		return;
	case POLICY_UNREADABLE:
	case POLICY_REPLAY_COUNT:
		break;
	}
	ui_notice_say(h, UI_LATE, T("不能重新算出"), T("请报告系统管理员。存下的原文在下面。"));
}

static void
put_stored(struct html *h, const char *title, struct text body)
{
	html_raw(h, "<details class=\"why\"><summary>");
	html_say(h, title);
	html_raw(h, "</summary><p class=\"detail\">");
	html_lines(h, body);
	html_raw(h, "</p></details>");
}

static void
put_judged(struct exchange *x, struct html *h, const struct judged *j)
{
	struct rules_verdict v;
	struct rules_facts *f;

	ui_facts(h, (const struct ui_fact[]){
	    { T("谁算的"), j->d.account < 0 ? desk_say(x, T("程序")) : j->d.account_name, TEXT_NONE },
	    { T("什么时候"), desk_when(x, j->d.at_ms), TEXT_NONE },
	    { T("按哪一天的标准"), day_words(x, j->d.law_day), TEXT_NONE },
	    { T("规则版本"), arena_format(x->ctx->mem, "%.*s #%d", (int)j->d.package.n, j->d.package.p, j->d.number),
	      arena_format(x->ctx->mem, "/desk/policy/%.*s/version/%lld", (int)j->d.package.n, j->d.package.p,
	          (long long)j->d.version) },
	}, 4);
	put_replay(h, j->replay);
	ui_notice_say(h, UI_INFO, NULL, T("这是程序按规则算出的意见，不是决定。"));
	if (j->rules != NULL && policy_decision_open(x->ctx->mem, j->rules, &j->d, &f, &v) == RC_OK)
		frame_verdict(x, h, j->rules, &v, UI_INFO, FRAME_SAID_BY_APPLICANT);
	put_stored(h, T("存下的事实（原文）"), j->d.input);
	put_stored(h, T("存下的结果（原文）"), j->d.output);
}

enum rc
judged_page(struct exchange *x)
{
	struct judged *j = ARENA_NEW(x->ctx->mem, struct judged);
	struct html h = frame_html(x);
	struct text title;
	enum rc rc;

	if (j == NULL)
		return RC_NO_MEMORY;
	rc = http_segment_id(x, "id", &j->id.n);
	if (rc == RC_OK)
		rc = http_segment_id(x, "decision", &j->decision);
	if (rc == RC_OK)
		rc = db_read(x->ctx, judged_tx, j);
	if (rc != RC_OK)
		return rc;
	j->replay = policy_replay_one(x->ctx->mem, &j->v, &j->d);
	if (policy_compile(x->ctx->mem, &j->v, &j->rules) != RC_OK)
		j->rules = NULL;
	title = j->rules != NULL ? policy_name(x->ctx->lang, rules_package(j->rules)->name, rules_package(j->rules)->words)
	    : j->d.package;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("试算的说明"), .area = FRAME_QUEUE });
	ui_title_text(&h, title, desk_join(x, j->r.number, j->r.subject));
	put_way_back(x, &h, j->id);
	if (text_equals(desk_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已记入本案。"));
	put_judged(x, &h, j);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
