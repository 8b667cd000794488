/* Papers told once, facts checked and put to the rules, and a decision by a named officer. */
#include "operations/matter/legalaid/legalaid_internal.h"

#include "kit/audit/audit.h"

/* ---- what is missing -------------------------------------------------------------------------------------- */

struct ask_arg {
	const struct aid_ask *in;
	const struct aid_limits *limits;
	struct aid_paper paper;
	struct aid_verdict verdict;
};

static enum rc
ask_papers(struct tx *tx, const struct actor *actor, const struct aid_ask *in)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < in->n; i++)
		rc = tx_run(tx, actor, &aid_q[Q_SUPPLEMENT_PAPER], ARGS(db_int(in->id.n), db_int((int64_t)i + 1),
		    db_text(text_trim(in->papers[i]))), NULL);
	return rc;
}

/* The clock stands still from now on; the resident reads what to bring. */
static enum rc
ask_pause(struct tx *tx, const struct actor *actor, struct aid_work *w, const struct aid_ask *in, struct aid_verdict *v)
{
	struct text list = TEXT_NONE;
	enum pause_why why = PAUSE_MAY;
	enum rc rc;

	for (size_t i = 0; i < in->n; i++)
		list = arena_format(tx_mem(tx), "%.*s%s%.*s", (int)list.n, list.p, i == 0 ? "" : "；", (int)in->papers[i].n,
		    in->papers[i].p);
	list = arena_format(tx_mem(tx), "等补充材料：%.*s", (int)list.n, list.p);
	if (list.p == NULL)
		return RC_NO_MEMORY;
	rc = case_pause_begin(tx, actor, &w->r, &(struct pause_new){ .id = in->id, .code = TEXT("papers"), .words = list,
	    .until = in->until }, BIT(TARGET_DECIDE), &why);
	if (rc == RC_REFUSED)
		v->why = why == PAUSE_UNTIL ? AID_UNTIL_BAD : AID_NO_STEP;
	return rc;
}

enum rc
aid_supplement_write(struct tx *tx, const struct actor *actor, struct aid_work *w, const struct aid_ask *in, struct aid_verdict *v)
{
	int64_t changed = 0;
	enum rc rc = tx_run(tx, actor, &aid_q[Q_SUPPLEMENT_ASK], ARGS(db_int(in->id.n), db_int(tx_now_ms(tx)), db_int(actor->account),
	    db_int(in->until.n), db_text(in->words)), &changed);

	if (rc == RC_OK && changed == 0)
		return aid_refuse(v, AID_ONCE);
	if (rc == RC_OK)
		rc = ask_papers(tx, actor, in);
	return rc == RC_OK ? ask_pause(tx, actor, w, in, v) : rc;
}

static enum rc
ask_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct ask_arg *arg = argument;
	const struct aid_ask *in = arg->in;
	struct aid_work w = { .limits = arg->limits };
	enum rc rc = aid_begin(tx, actor, &(struct aid_step_head){ in->id, in->revision, AID_ASK_SUPPLEMENT }, &w, &arg->verdict);

	if (rc != RC_OK)
		return rc;
	if (in->n == 0)
		return aid_refuse(&arg->verdict, AID_NO_PAPERS);
	if (day_compare(in->until, day_of_moment(tx_now_ms(tx))) <= 0)
		return aid_refuse(&arg->verdict, AID_UNTIL_BAD);
	rc = aid_paper_issue(tx, actor, &w, &arg->paper); /* first: of the case as it was made ready for */
	if (rc == RC_OK)
		rc = aid_supplement_write(tx, actor, &w, in, &arg->verdict);
	return rc == RC_OK ? aid_take(tx, actor, &w, in->words, true, NULL) : rc;
}

enum rc
aid_ask_supplement(struct ctx *ctx, struct idem_key key, const struct aid_ask *in, struct aid_verdict *ret)
{
	struct aid_limits limits;
	struct ask_arg arg = { .in = in, .limits = &limits, .verdict = { .why = AID_MAY, .basis = "" } };
	struct text papers = TEXT_NONE;
	enum rc rc = in->n > AID_PAPERS_MAX ? RC_INVALID : aid_limits_load(ctx, day_of_moment(ctx->now_ms), &limits);

	for (size_t i = 0; rc == RC_OK && i < in->n; i++) {
		papers = arena_format(ctx->mem, "%.*s%.*s\n", (int)papers.n, papers.p, (int)in->papers[i].n, in->papers[i].p);
		rc = papers.p == NULL ? RC_NO_MEMORY : text_is_empty(text_trim(in->papers[i])) ? RC_INVALID : RC_OK;
	}
	if (rc == RC_OK)
		rc = aid_paper_supplement(ctx, in, &arg.paper);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.ask_supplement", .fn = ask_tx, .arg = &arg,
		    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->until.n), db_text(in->words)), .content = papers });
	*ret = arg.verdict;
	return rc;
}

static enum rc
give_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_q[Q_SUPPLEMENT_GIVEN], ARGS(db_int(w.r.id.n), db_int(tx_now_ms(tx)),
		    db_int(actor->kind == ACTOR_ACCOUNT ? actor->account : ACCOUNT_RESIDENT), db_text(arg->words)));
	if (rc == RC_OK)
		rc = case_pause_lift(tx, actor, &w.r, BIT(TARGET_DECIDE));
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, true, NULL) : rc;
}

enum rc
aid_give_supplement(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_GIVE_SUPPLEMENT }, .words = words };

	return aid_plain_run(ctx, key, "aid.give_supplement", give_tx, &arg, ret);
}

static enum rc
lapse_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	struct aid_supplement s;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = aid_supplement_load(tx, actor, w.r.id, &s);
	if (rc != RC_OK)
		return rc;
	if (day_compare(day_of_moment(tx_now_ms(tx)), s.until) <= 0)
		return aid_refuse(&arg->verdict, AID_NOT_YET);
	return aid_take(tx, actor, &w, arg->words, true, NULL);
}

enum rc
aid_lapse(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_LAPSE }, .words = words };

	return aid_plain_run(ctx, key, "aid.lapse", lapse_tx, &arg, ret);
}

enum rc
aid_supplement_load(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_supplement *ret)
{
	bool receipt = actor->kind == ACTOR_RECEIPT;
	ROWS row = NULL;
	ROWS papers = NULL;
	enum rc rc = receipt ? tx_one(tx, actor, &aid_q[Q_SUPPLEMENT_RECEIPT], NO_ARGS, &row)
	    : tx_one(tx, actor, &aid_q[Q_SUPPLEMENT], ARGS(db_int(id.n)), &row);

	if (rc != RC_OK)
		return rc;
	*ret = (struct aid_supplement){ .asked_ms = rows_int(row, 0), .asked_by = rows_int(row, 1),
		.until = { (int32_t)rows_int(row, 2) }, .words = rows_copy(row, 3), .given_ms = rows_int(row, 4),
		.given_by = rows_int(row, 5), .given_words = rows_copy(row, 6), .asked_name = rows_copy(row, 7) };
	rc = receipt ? tx_rows(tx, actor, &aid_q[Q_PAPERS_RECEIPT], NO_ARGS, &papers)
	    : tx_rows(tx, actor, &aid_q[Q_PAPERS], ARGS(db_int(id.n)), &papers);
	while (rc == RC_OK && ret->n < AID_PAPERS_MAX && (rc = rows_next(papers)) == RC_OK)
		ret->papers[ret->n++] = rows_copy(papers, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- examining: the facts, and what the rules say of them -------------------------------------------------------- */

struct examine_arg {
	struct aid_step_head head;
	const struct aid_form *form;
	const struct aid_limits *limits;
	struct text words;
	struct policy_version version;
	struct day applied;
	struct policy_decision decision;
	enum aid_advice advice;
	int years;
	struct aid_verdict verdict;
};

/* The day of application, and the version of today. */
static enum rc
examine_read(struct tx *tx, const struct actor *actor, void *argument)
{
	struct examine_arg *arg = argument;
	struct aid a;
	enum rc rc = aid_load(tx, actor, arg->head.id, &a);

	if (rc == RC_OK)
		rc = policy_current(tx, actor, TEXT("legal_aid"), day_of_moment(tx_now_ms(tx)), &arg->version);
	arg->applied = day_of_moment(rc == RC_OK && a.applied_ms != 0 ? a.applied_ms : tx_now_ms(tx));
	return rc;
}

static enum rc
judge(struct ctx *ctx, struct examine_arg *arg)
{
	const struct rules *r = NULL;
	struct rules_facts *facts = NULL;
	struct rules_verdict verdict;
	enum rc rc = policy_compile(ctx->mem, &arg->version, &r);

	if (rc == RC_OK)
		rc = aid_facts_make(ctx->mem, r, arg->form, arg->applied, &facts);
	if (rc == RC_OK)
		rc = policy_judged(ctx->mem, &arg->version, r, facts, &verdict, &arg->decision);
	if (rc != RC_OK)
		return rc;
	arg->advice = aid_advice_of(&verdict);
	arg->years = aid_years_of(&verdict);
	if (arg->form->gravest && arg->years < AID_GRAVEST_YEARS)
		arg->years = AID_GRAVEST_YEARS;
	return RC_OK;
}

static enum rc
examine_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct examine_arg *arg = argument;
	struct policy_decision d = arg->decision;
	struct policy_version now;
	struct aid_work w = { .limits = arg->limits };
	int64_t decision = 0;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = policy_current(tx, actor, TEXT("legal_aid"), day_of_moment(tx_now_ms(tx)), &now);
	if (rc == RC_OK && now.id != arg->version.id)
		return RC_CONFLICT;
	d.request = w.r.id.n;
	if (rc == RC_OK)
		rc = aid_form_put(tx, actor, w.r.id.n, arg->form);
	if (rc == RC_OK)
		rc = policy_decision_put(tx, actor, &d, &decision);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_q[Q_EXAMINED], ARGS(db_int(w.r.id.n), db_int(tx_now_ms(tx)), db_int(actor->account),
		    db_text(arg->words), db_int(decision), db_int(arg->advice), db_int(arg->years)));
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, false, NULL) : rc;
}

enum rc
aid_examine(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, const struct aid_form *form,
    struct text words, struct findings *findings, struct aid_verdict *ret)
{
	struct day today = day_of_moment(ctx->now_ms);
	struct aid_limits limits;
	struct examine_arg arg = { .head = { id, revision, AID_EXAMINE }, .form = form, .limits = &limits, .words = words,
		.verdict = { .basis = "" } };
	enum rc rc;

	*ret = arg.verdict;
	if (!aid_form_check(form, today, findings))
		return RC_INVALID;
	rc = aid_limits_load(ctx, today, &limits);
	if (rc == RC_OK)
		rc = db_read(ctx, examine_read, &arg);
	if (rc == RC_OK)
		rc = judge(ctx, &arg);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.examine", .fn = examine_tx, .arg = &arg,
		    .asked = ARGS(db_int(id.n), db_int(revision), db_text(words)), .content = aid_form_bytes(ctx->mem, form) });
	*ret = arg.verdict;
	return rc;
}

/* ---- before the decision ---------------------------------------------------------------------------------------------- */

static enum rc
advance_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	struct aid_decision_new in = { .kind = AID_DECIDED_ADVANCE, .words = arg->words, .deviation = TEXT_NONE };
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc != RC_OK)
		return rc;
	if (w.a.advance_ms != 0)
		return aid_refuse(&arg->verdict, AID_NO_STEP);
	if (!aid_is_urgent(day_of_moment(tx_now_ms(tx)), w.a.form.limit_day, w.a.form.preserve, arg->limits.urgent_days))
		return aid_refuse(&arg->verdict, AID_NOT_URGENT);
	if (aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	rc = tx_run_one(tx, actor, &aid_q[Q_ADVANCED], ARGS(db_int(w.r.id.n), db_int(tx_now_ms(tx)), db_int(actor->account),
	    db_text(arg->words)));
	if (rc == RC_OK)
		rc = aid_decision_write(tx, actor, &w, &in, NULL);
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, true, NULL) : rc;
}

enum rc
aid_advance(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_ADVANCE }, .words = words };

	return aid_plain_run(ctx, key, "aid.advance", advance_tx, &arg, ret);
}

enum rc
aid_other_find(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_other *ret)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city };
	ROWS row = NULL;
	enum rc rc = tx_one(tx, &system, &aid_q[Q_OTHER], ARGS(db_int(id.n)), &row);

	if (rc == RC_OK)
		*ret = (struct aid_other){ .request = { rows_int(row, 0) }, .number = rows_copy(row, 1), .point_name = rows_copy(row, 2) };
	return rc;
}

static enum rc
pass_back_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	struct aid_other other;
	struct text note;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = aid_other_find(tx, actor, w.r.id, &other);
	if (rc == RC_NOT_FOUND)
		return aid_refuse(&arg->verdict, AID_NOT_ELSEWHERE);
	if (rc != RC_OK)
		return rc;
	note = arena_format(tx_mem(tx), "同一件事已由%.*s先收到（%.*s），由该机构办理，请凭那一件的回执查询。%.*s",
	    (int)other.point_name.n, other.point_name.p, (int)other.number.n, other.number.p, (int)arg->words.n, arg->words.p);
	return note.p == NULL ? RC_NO_MEMORY : aid_take(tx, actor, &w, note, true, NULL);
}

enum rc
aid_pass_back(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_PASS_BACK }, .words = words };

	return aid_plain_run(ctx, key, "aid.pass_back", pass_back_tx, &arg, ret);
}
