/* The decision: by a named officer who neither recorded nor examined the application; the rules only propose. */
#include "operations/matter/legalaid/legalaid_internal.h"

static const char *const letters[] = { [AID_DECIDED_GRANT] = "Y", [AID_DECIDED_REFUSE] = "N", [AID_DECIDED_TERMINATE] = "Z",
	[AID_DECIDED_ADVANCE] = "X" };

static enum clock_target
due_of(enum aid_decided kind)
{
	return kind == AID_DECIDED_GRANT || kind == AID_DECIDED_REFUSE ? TARGET_DECIDE : (enum clock_target)0;
}

enum rc
aid_decision_write(struct tx *tx, const struct actor *actor, const struct aid_work *w, const struct aid_decision_new *in, int *ret_n)
{
	const struct request *r = &w->r;
	int64_t n = 0, due = 0;
	struct text number;
	enum rc rc = tx_int(tx, actor, &aid_q[Q_DECISION_COUNT], ARGS(db_int(r->id.n)), &n);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &aid_q[Q_CLOCK_DUE], ARGS(db_int(r->id.n), db_int(due_of(in->kind))), &due);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	number = arena_format(tx_mem(tx), "%s%.*s-%lld", letters[in->kind], (int)r->number.n, r->number.p, (long long)n + 1);
	if (number.p == NULL)
		return RC_NO_MEMORY;
	if (ret_n != NULL)
		*ret_n = (int)n + 1;
	return tx_run(tx, actor, &aid_q[Q_DECISION_INSERT], ARGS(db_int(r->id.n), db_int(n + 1), db_int(in->kind), db_text(number),
	    db_int(tx_now_ms(tx)), db_int(actor->account), db_key(w->a.judged), db_int(w->a.advised), db_text(in->deviation),
	    db_int(in->grounds), db_key(in->proof), db_text(in->words), db_key(due)), NULL);
}

struct decide_arg {
	const struct aid_decide *in;
	const struct aid_limits *limits;
	struct aid_paper paper;
	struct aid_verdict verdict;
};

static enum rc
decide_judge(struct tx *tx, const struct actor *actor, const struct aid_work *w, struct decide_arg *arg)
{
	const struct aid_decide *in = arg->in;
	struct aid_decision_facts f = { .advised = w->a.advised, .grant = in->grant, .deviation = aid_words(in->deviation),
		.words = aid_words(in->words), .grounds = in->grounds,
		.by_notice = w->a.form.kind == AID_DESIGNATED || w->a.form.kind == AID_COMPULSORY };
	struct aid_other other;
	enum rc rc;

	/* the bureau has ordered it: that is the reason (Art. 49) */
	if (w->edge->from != AID_CORRECTED)
		arg->verdict = aid_decision_judge(&f);
	if (arg->verdict.why != AID_MAY)
		return RC_REFUSED;
	rc = in->grant ? aid_other_find(tx, actor, w->r.id, &other) : RC_NOT_FOUND;
	if (rc == RC_OK) {
		arg->verdict.why = AID_ELSEWHERE_FIRST;
		return RC_REFUSED;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Aided before the decision: whoever has the case keeps it. */
static enum rc
goes_on(struct tx *tx, const struct actor *actor, struct aid_work *w)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &aid_q[Q_ASSIGNED], ARGS(db_int(w->r.id.n)), &n);

	w->edge = aid_edge_find(AID_GRANTED, AID_ASSIGN);
	w->paper_due = false;
	w->goes_on = true;
	return rc == RC_OK && n > 0 ? aid_take(tx, actor, w, TEXT_NONE, false, NULL) : rc;
}

static enum rc
decide_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct decide_arg *arg = argument;
	const struct aid_decide *in = arg->in;
	struct aid_work w = { .limits = arg->limits };
	struct aid_decision_new d = { .kind = in->grant ? AID_DECIDED_GRANT : AID_DECIDED_REFUSE, .deviation = in->deviation,
		.words = in->words, .grounds = in->grant ? 0 : in->grounds };
	enum rc rc = aid_begin(tx, actor, &(struct aid_step_head){ in->id, in->revision, in->grant ? AID_GRANT : AID_REFUSE }, &w,
	    &arg->verdict);

	if (rc == RC_OK)
		rc = decide_judge(tx, actor, &w, arg);
	if (rc == RC_OK)
		rc = aid_decision_write(tx, actor, &w, &d, NULL);
	if (rc == RC_OK && in->grant)
		rc = tx_run_one(tx, actor, &aid_q[Q_GRANTED_NUMBER], ARGS(db_int(w.r.id.n),
		    db_text(arena_format(tx_mem(tx), "A%.*s", (int)w.r.number.n, w.r.number.p))));
	if (rc == RC_OK)
		rc = aid_paper_issue(tx, actor, &w, &arg->paper);
	if (rc == RC_OK)
		rc = aid_take(tx, actor, &w, in->words, true, NULL);
	return rc == RC_OK && in->grant ? goes_on(tx, actor, &w) : rc;
}

enum rc
aid_decide(struct ctx *ctx, struct idem_key key, const struct aid_decide *in, struct aid_verdict *ret)
{
	struct aid_limits limits;
	struct decide_arg arg = { .in = in, .limits = &limits, .verdict = { .basis = "" } };
	enum rc rc = aid_words(in->words) > AID_WORDS_MAX || aid_words(in->deviation) > AID_WORDS_MAX
	    || (in->grounds >> AID_REFUSAL_COUNT) != 0 ? RC_INVALID : aid_limits_load(ctx, day_of_moment(ctx->now_ms), &limits);

	if (rc == RC_OK)
		rc = aid_paper_decide(ctx, in, &arg.paper);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.decide", .fn = decide_tx, .arg = &arg,
		    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->grant), db_text(in->deviation),
		        db_text(in->words), db_int(in->grounds)) });
	*ret = arg.verdict;
	return rc;
}

enum rc
aid_judged_load(struct tx *tx, const struct actor *actor, const struct aid *a, struct policy_decision *ret,
    struct policy_version *ret_version)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city }; /* the case was loaded by its rights */
	enum rc rc = a->judged == 0 ? RC_NOT_FOUND : policy_decision_load(tx, &system, a->request.n, a->judged, ret);

	return rc == RC_OK ? policy_version_load(tx, &system, ret->version, ret_version) : rc;
}

enum rc
aid_decisions(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_decision *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT
	    ? tx_rows(tx, actor, &aid_q[Q_DECISIONS_RECEIPT], ARGS(db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &aid_q[Q_DECISIONS], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_decision){ .n = (int)rows_int(row, 0), .kind = (enum aid_decided)rows_int(row, 1),
			.number = rows_copy(row, 2), .at_ms = rows_int(row, 3), .account = rows_int(row, 4),
			.judged = rows_int(row, 5), .advised = (enum aid_advice)rows_int(row, 6), .deviation = rows_copy(row, 7),
			.grounds = (unsigned)rows_int(row, 8), .proof = rows_int(row, 9), .words = rows_copy(row, 10),
			.due_ms = rows_int(row, 11), .account_name = rows_copy(row, 12) };
	return rc == RC_DONE ? RC_OK : rc;
}
