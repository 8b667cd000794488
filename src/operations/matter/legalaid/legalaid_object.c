/* Against a decision: the objection, what the bureau says of it, and the end when nothing more comes (Art. 49). */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

const struct setting_kind aid_objection_setting = { .key = "aid.objection_days", .label = T("对法律援助决定提出异议的期限"),
	.unit = T("日"), .hint = T("从决定之日起算。法律援助法没有写明，0 表示没有核实过、不设期限。"), .min = 0, .max = 3650, .usual = 0,
	.right = RIGHT_SETTINGS };

/* The decision that can be objected to, and whether there is still time. */
struct window { int64_t n, at_ms, days; bool open; };

static enum rc
window_of(struct tx *tx, const struct actor *actor, struct case_id id, struct window *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &aid_run_q[R_LAST_DECISION], ARGS(db_int(id.n)), &row);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_CORRUPT : rc;
	*ret = (struct window){ .n = rows_int(row, 0), .at_ms = rows_int(row, 1) };
	rc = setting_read(tx, actor, &aid_objection_setting, &ret->days);
	ret->open = aid_objection_in_time(day_of_moment(ret->at_ms), day_of_moment(tx_now_ms(tx)), ret->days);
	return rc;
}

static enum rc
object_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	struct window window;
	int64_t changed = 0;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = window_of(tx, actor, w.r.id, &window);
	if (rc != RC_OK)
		return rc;
	arg->verdict.bound = window.days;
	if (!window.open)
		return aid_refuse(&arg->verdict, AID_TOO_LATE);
	if (aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	rc = tx_run(tx, actor, &aid_run_q[R_OBJECT], ARGS(db_int(tx_id(tx)), db_int(w.r.id.n), db_int(window.n), db_text(arg->words),
	    db_int(tx_now_ms(tx)), db_int(actor->kind == ACTOR_ACCOUNT ? actor->account : ACCOUNT_RESIDENT)), &changed);
	if (rc == RC_OK && changed == 0)
		return aid_refuse(&arg->verdict, AID_OBJECTED_ALREADY);
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, true, NULL) : rc;
}

enum rc
aid_object(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_OBJECT }, .words = words };

	return aid_plain_run(ctx, key, "aid.object", object_tx, &arg, ret);
}

struct review_arg { struct aid_plain plain; struct aid_paper paper; };

static enum rc
review_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct review_arg *review = argument;
	struct aid_plain *arg = &review->plain;
	struct aid_work w = { .limits = &arg->limits };
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK && aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_run_q[R_OBJECT_DECIDE], ARGS(db_int(w.r.id.n),
		    db_int(arg->head.step == AID_UPHOLD ? 1 : 2), db_int(tx_now_ms(tx)), db_int(actor->account), db_text(arg->words)));
	if (rc == RC_OK)
		rc = aid_paper_issue(tx, actor, &w, &review->paper);
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, true, NULL) : rc;
}

enum rc
aid_objection_decide(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, bool uphold, struct text words,
    struct aid_verdict *ret)
{
	struct review_arg arg = { .plain = { .head = { id, revision, uphold ? AID_UPHOLD : AID_CORRECT }, .words = words } };
	enum rc rc = aid_paper_objection(ctx, id, uphold, words, &arg.paper);

	*ret = (struct aid_verdict){ .why = AID_MAY, .basis = "" };
	return rc == RC_OK ? aid_plain_run(ctx, key, "aid.objection_decide", review_tx, &arg.plain, ret) : rc;
}

enum rc
aid_objections(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_objection *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT
	    ? tx_rows(tx, actor, &aid_run_q[R_OBJECTIONS_RECEIPT], ARGS(db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &aid_run_q[R_OBJECTIONS], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_objection){ .id = rows_int(row, 0), .filed_ms = rows_int(row, 1),
			.filed_by = rows_int(row, 2), .decision = (int)rows_int(row, 3), .words = rows_copy(row, 4),
			.upheld = rows_int(row, 5) == 1, .decided_ms = rows_int(row, 6), .decided_words = rows_copy(row, 7),
			.decided_name = rows_copy(row, 8) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- nothing more comes --------------------------------------------------------------------------------- */

struct settle_arg { struct aid_plain plain; bool waived; };

static enum rc
settle_judge(struct tx *tx, const struct actor *actor, const struct aid_work *w, struct settle_arg *arg)
{
	struct window window = { .open = false };
	int64_t agreed = 0;
	enum rc rc = tx_int(tx, actor, &aid_run_q[R_AGREED_EVER], ARGS(db_int(w->r.id.n)), &agreed);
	bool ended_by_office = w->a.state == AID_TERMINATED || w->a.before == AID_TERMINATED;

	if (rc == RC_OK && w->a.state != AID_UPHELD)
		rc = window_of(tx, actor, w->r.id, &window);
	if (rc != RC_OK)
		return rc;
	if (ended_by_office && agreed > 0)
		return aid_refuse(&arg->plain.verdict, AID_NO_FILE);
	if (window.open && (!arg->waived || aid_words(arg->plain.words) < AID_WORDS_MIN))
		return aid_refuse(&arg->plain.verdict, AID_WINDOW_OPEN);
	return RC_OK;
}

static enum rc
settle_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct settle_arg *arg = argument;
	struct aid_work w = { .limits = &arg->plain.limits };
	enum rc rc = aid_begin(tx, actor, &arg->plain.head, &w, &arg->plain.verdict);

	if (rc == RC_OK)
		rc = settle_judge(tx, actor, &w, arg);
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->plain.words, true, NULL) : rc;
}

enum rc
aid_settle(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, bool waived, struct text words,
    struct aid_verdict *ret)
{
	struct settle_arg arg = { .plain = { .head = { id, revision, AID_SETTLE }, .words = words }, .waived = waived };
	enum rc rc = aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.plain.limits);

	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.settle", .fn = settle_tx, .arg = &arg,
		    .asked = ARGS(db_int(id.n), db_int(revision), db_int(waived), db_text(words)) });
	*ret = arg.plain.verdict;
	return rc;
}
