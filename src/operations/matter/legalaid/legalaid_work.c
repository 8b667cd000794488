/* The work on the case: progress, another lawyer, the end on one of eight grounds, the closing report. */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

/* ---- progress ----------------------------------------------------------------------------------------- */

struct report_arg { const struct aid_report_new *in; struct aid_plain plain; };

static enum rc
report_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct report_arg *arg = argument;
	const struct aid_report_new *in = arg->in;
	struct aid_work w = { .limits = &arg->plain.limits };
	bool shown = in->shown && in->kind != AID_R_GROUND;
	struct aid_open o = { .id = 0 };
	enum rc rc = aid_begin(tx, actor, &arg->plain.head, &w, &arg->plain.verdict);

	if (rc == RC_OK)
		rc = aid_open_one(tx, actor, w.r.id, &o);
	if (rc == RC_OK)
		rc = aid_lawyer_stands(tx, actor, w.r.id, &o, in->day, false, &arg->plain.verdict);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_run_q[R_REPORT], ARGS(db_int(tx_id(tx)), db_int(w.r.id.n), db_int(o.id),
		    db_int(in->kind), db_int(in->day.n), in->minute < 0 ? db_null() : db_int(in->minute), db_int(in->minutes),
		    db_text(in->words), db_int(shown), db_int(tx_now_ms(tx)), db_int(actor->account), db_text(in->place)), NULL);
	if (in->kind == AID_R_GROUND)
		w.tell = w.r.holder; /* Art. 48: reported at once */
	return rc == RC_OK ? aid_take(tx, actor, &w, in->words, shown, NULL) : rc;
}

enum rc
aid_report(struct ctx *ctx, struct idem_key key, const struct aid_report_new *in, struct aid_verdict *ret)
{
	struct report_arg arg = { .in = in, .plain = { .head = { in->id, in->revision, AID_REPORT }, .words = in->words } };
	enum rc rc;

	*ret = (struct aid_verdict){ .basis = "" };
	if (in->kind <= 0 || in->kind >= AID_REPORT_COUNT || day_is_none(in->day) || in->minutes < 0 || in->minutes > 24 * 60
	    || aid_words(in->words) < AID_WORDS_MIN || aid_words(in->words) > AID_WORDS_MAX || aid_words(in->place) > AID_PLACE_MAX)
		return RC_INVALID;
	rc = aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.plain.limits);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.report", .fn = report_tx, .arg = &arg,
		    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->kind), db_int(in->day.n), db_int(in->minute),
		        db_int(in->minutes), db_text(in->words), db_int(in->shown), db_text(in->place)) });
	*ret = arg.plain.verdict;
	return rc;
}

enum rc
aid_reports(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_report *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT
	    ? tx_rows(tx, actor, &aid_run_q[R_REPORTS_RECEIPT], ARGS(db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &aid_run_q[R_REPORTS], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_report){ .id = rows_int(row, 0), .at_ms = rows_int(row, 1), .kind = (int)rows_int(row, 2),
			.day = { (int32_t)rows_int(row, 3) }, .minute = rows_is_null(row, 4) ? -1 : (int)rows_int(row, 4),
			.minutes = rows_int(row, 5), .words = rows_copy(row, 6), .shown = rows_int(row, 7) != 0,
			.account_name = rows_copy(row, 8), .place = rows_copy(row, 9), .changes = rows_int(row, 10),
			.cancelled_ms = rows_int(row, 11), .nth = rows_int(row, 12) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- another lawyer ---------------------------------------------------------------------------------------- */

static int64_t
author(const struct actor *actor)
{
	return actor->kind == ACTOR_ACCOUNT ? actor->account : ACCOUNT_RESIDENT;
}

static enum rc
change_waits(struct tx *tx, const struct actor *actor, struct case_id id, bool *ret)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &aid_run_q[R_CHANGE_WAITS], ARGS(db_int(id.n)), &n);

	*ret = n > 0;
	return rc;
}

static enum rc
change_ask_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	int64_t assignment = 0;
	bool waits = false;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK && aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	if (rc == RC_OK)
		rc = change_waits(tx, actor, w.r.id, &waits);
	if (rc == RC_OK && waits)
		return aid_refuse(&arg->verdict, AID_NO_STEP);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &aid_run_q[R_OPEN], ARGS(db_int(w.r.id.n)), &assignment);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_run_q[R_CHANGE], ARGS(db_int(tx_id(tx)), db_int(w.r.id.n), db_int(assignment),
		    db_text(arg->words), db_int(tx_now_ms(tx)), db_int(author(actor))), NULL);
	/* the words are for the institution alone: the lawyer does not read them */
	return rc == RC_OK ? aid_take(tx, actor, &w, TEXT_NONE, true, NULL) : rc;
}

enum rc
aid_change_ask(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_CHANGE_ASK }, .words = words };

	return aid_plain_run(ctx, key, "aid.change_ask", change_ask_tx, &arg, ret);
}

static enum rc
change_decide_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	bool allow = arg->head.step == AID_CHANGE_ALLOW, waits = false;
	struct aid_work w = { .limits = &arg->limits };
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = change_waits(tx, actor, w.r.id, &waits);
	if (rc == RC_OK && !waits)
		return aid_refuse(&arg->verdict, AID_NO_STEP);
	if (rc == RC_OK && aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_run_q[R_CHANGE_DECIDE], ARGS(db_int(w.r.id.n), db_int(allow), db_int(tx_now_ms(tx)),
		    db_int(actor->account), db_text(arg->words)));
	if (rc == RC_OK)
		rc = aid_lawyer_tell(tx, actor, &w);
	if (rc == RC_OK && allow)
		rc = tx_run_one(tx, actor, &aid_run_q[R_END], ARGS(db_int(w.r.id.n), db_int(AID_A_CHANGED), db_int(tx_now_ms(tx)),
		    db_text(arg->words)));
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, true, NULL) : rc;
}

enum rc
aid_change_decide(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, bool allow, struct text words,
    struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, allow ? AID_CHANGE_ALLOW : AID_CHANGE_DENY }, .words = words };

	return aid_plain_run(ctx, key, "aid.change_decide", change_decide_tx, &arg, ret);
}

enum rc
aid_changes(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_change *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT
	    ? tx_rows(tx, actor, &aid_run_q[R_CHANGES_RECEIPT], ARGS(db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &aid_run_q[R_CHANGES], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_change){ .id = rows_int(row, 0), .asked_ms = rows_int(row, 1), .asked_by = rows_int(row, 2),
			.words = rows_copy(row, 3), .granted = rows_int(row, 4) != 0, .decided_ms = rows_int(row, 5),
			.decided_words = rows_copy(row, 6), .decided_name = rows_copy(row, 7) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- the end on one of eight grounds -------------------------------------------------------------------------- */

struct end_arg { const struct aid_terminate *in; struct aid_paper paper; struct aid_plain plain; };

static enum rc
end_judge(struct tx *tx, const struct actor *actor, struct end_arg *arg)
{
	const struct aid_terminate *in = arg->in;
	int64_t there = 0;
	enum rc rc = in->proof == 0 ? RC_OK
	    : tx_int(tx, actor, &aid_run_q[R_ATTACHED], ARGS(db_int(in->id.n), db_int(in->proof)), &there);

	if (rc != RC_OK)
		return rc;
	if (in->proof != 0 && there == 0)
		return RC_INVALID;
	arg->plain.verdict = aid_end_judge((enum aid_end_ground)in->ground, there > 0, aid_words(in->words));
	return arg->plain.verdict.why == AID_MAY ? RC_OK : RC_REFUSED;
}

static enum rc
terminate_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct end_arg *arg = argument;
	const struct aid_terminate *in = arg->in;
	struct aid_decision_new d = { .kind = AID_DECIDED_TERMINATE, .deviation = TEXT_NONE, .words = in->words,
		.grounds = (unsigned)in->ground, .proof = in->proof };
	struct aid_work w = { .limits = &arg->plain.limits };
	enum rc rc = aid_begin(tx, actor, &arg->plain.head, &w, &arg->plain.verdict);

	if (rc == RC_OK)
		rc = end_judge(tx, actor, arg);
	if (rc == RC_OK)
		rc = aid_lawyer_tell(tx, actor, &w);
	if (rc == RC_OK)
		rc = aid_decision_write(tx, actor, &w, &d, NULL);
	if (rc == RC_OK)
		rc = aid_paper_issue(tx, actor, &w, &arg->paper);
	if (rc == RC_OK) /* nobody may have it yet */
		rc = tx_run(tx, actor, &aid_run_q[R_END], ARGS(db_int(w.r.id.n), db_int(AID_A_TERMINATED), db_int(tx_now_ms(tx)),
		    db_text(in->words)), NULL);
	return rc == RC_OK ? aid_take(tx, actor, &w, in->words, true, NULL) : rc;
}

enum rc
aid_terminate(struct ctx *ctx, struct idem_key key, const struct aid_terminate *in, struct aid_verdict *ret)
{
	struct end_arg arg = { .in = in, .plain = { .head = { in->id, in->revision, AID_TERMINATE }, .words = in->words } };
	enum rc rc = aid_words(in->words) > AID_WORDS_MAX ? RC_INVALID
	    : aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.plain.limits);

	if (rc == RC_OK)
		rc = aid_paper_terminate(ctx, in, &arg.paper);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.terminate", .fn = terminate_tx, .arg = &arg,
		    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->ground), db_int(in->proof), db_text(in->words)) });
	*ret = arg.plain.verdict;
	if (ret->basis == NULL)
		ret->basis = "";
	return rc;
}

/* ---- the closing report ------------------------------------------------------------------------------------------ */

struct close_arg { const struct aid_closing_new *in; struct aid_plain plain; };

static enum rc
close_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct close_arg *arg = argument;
	const struct aid_closing_new *in = arg->in;
	struct aid_work w = { .limits = &arg->plain.limits };
	enum rc rc = aid_begin(tx, actor, &arg->plain.head, &w, &arg->plain.verdict);

	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_run_q[R_CLOSING], ARGS(db_int(w.r.id.n), db_int(in->day.n), db_int(in->way), db_int(in->result),
		    db_int(in->recovered), db_text(in->words), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_run_q[R_END], ARGS(db_int(w.r.id.n), db_int(AID_A_DONE), db_int(tx_now_ms(tx)), db_text(TEXT_NONE)));
	return rc == RC_OK ? aid_take(tx, actor, &w, in->words, true, NULL) : rc;
}

enum rc
aid_close(struct ctx *ctx, struct idem_key key, const struct aid_closing_new *in, struct aid_verdict *ret)
{
	struct close_arg arg = { .in = in, .plain = { .head = { in->id, in->revision, AID_CLOSE }, .words = in->words } };
	enum rc rc;

	*ret = (struct aid_verdict){ .basis = "" };
	if (in->way <= 0 || in->way >= AID_WAY_COUNT || in->result <= 0 || in->result >= AID_RESULT_COUNT || in->recovered < 0
	    || day_is_none(in->day) || day_compare(in->day, day_of_moment(ctx->now_ms)) > 0 || aid_words(in->words) < AID_WORDS_MIN
	    || aid_words(in->words) > AID_WORDS_MAX)
		return RC_INVALID;
	rc = aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.plain.limits);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.close", .fn = close_tx, .arg = &arg,
		    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->day.n), db_int(in->way), db_int(in->result),
		        db_int(in->recovered), db_text(in->words)) });
	*ret = arg.plain.verdict;
	return rc;
}

enum rc
aid_closing_load(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_closing *ret)
{
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT ? tx_one(tx, actor, &aid_run_q[R_CLOSING_RECEIPT], NO_ARGS, &row)
	    : tx_one(tx, actor, &aid_run_q[R_CLOSING_LOAD], ARGS(db_int(id.n)), &row);

	if (rc == RC_OK)
		*ret = (struct aid_closing){ .day = { (int32_t)rows_int(row, 0) }, .way = (int)rows_int(row, 1),
			.result = (int)rows_int(row, 2), .recovered = rows_int(row, 3), .words = rows_copy(row, 4),
			.at_ms = rows_int(row, 5), .account_name = rows_copy(row, 6) };
	return rc;
}
