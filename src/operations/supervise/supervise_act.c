/* What people do with an order: issue it, sign for it, reply, judge the reply, withdraw it. */
#include "operations/supervise/supervise_internal.h"
#include "operations/supervise/supervise_rule.h"
#include "operations/supervise/supervise_store.h"

#include "base/utf8.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"

#include <string.h>

static bool
words_fit(struct text words)
{
	size_t n = utf8_length(text_trim(words));

	return n >= ORDER_WORDS_LEAST && n <= ORDER_WORDS_MOST;
}

static bool
day_fits(const struct ctx *ctx, struct day reply_by)
{
	return day_is_none(reply_by) || day_compare(reply_by, day_of_moment(ctx->now_ms)) >= 0;
}

/* ---- issue ------------------------------------------------------------------------------------------------ */

struct issue_arg { const struct order_issue *in; struct order_issued ret; };

/* The clock it is about: the nearest that is still running; 0 when none is. */
static enum rc
target_find(struct tx *tx, const struct actor *actor, struct case_id id, int64_t *ret)
{
	enum rc rc = tx_int(tx, actor, &supervise_q[Q_TARGET_NEAREST], ARGS(db_int(id.n)), ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	*ret = 0;
	return RC_OK;
}

static enum rc
may_issue(struct tx *tx, const struct actor *actor, struct issue_arg *a, struct request *r, int64_t *ret_target)
{
	struct code_row cause;
	int64_t open = 0;
	enum rc rc = request_load(tx, actor, a->in->request, r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_assign(actor, r))
		return RC_FORBIDDEN;
	if (!request_is_open(r->state))
		return RC_CONFLICT;
	rc = code_find(tx, actor, "supervise.cause", a->in->cause, day_of_moment(tx_now_ms(tx)), &cause);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_INVALID : rc;
	if (r->holder == actor->account) {
		a->ret.bar = ORDER_BAR_OWN;
		return RC_REFUSED;
	}
	rc = target_find(tx, actor, r->id, ret_target);
	if (rc == RC_OK)
		rc = order_open_find(tx, actor, r->id, (int)*ret_target, &open);
	if (rc != RC_OK || open == 0)
		return rc;
	a->ret = (struct order_issued){ .id = open, .bar = ORDER_BAR_OPEN };
	return RC_REFUSED;
}

static enum rc
issue_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct issue_arg *a = arg;
	struct supervise_rules rules;
	struct request r;
	struct order_new new;
	int64_t target = 0;
	enum rc rc;

	a->ret = (struct order_issued){ .id = 0 };
	rc = may_issue(tx, actor, a, &r, &target);
	if (rc == RC_OK)
		rc = supervise_rules_load(tx, actor, &rules);
	if (rc != RC_OK)
		return rc;
	new = (struct order_new){ .id = tx_id(tx), .r = &r, .target = (int)target, .level = SUPERVISE_ORDER,
		.cause = a->in->cause, .words = a->in->words, .issuer = actor->account,
		.time = order_time_of(tx, &rules, a->in->reply_by) };
	rc = order_insert(tx, actor, &new);
	a->ret.id = new.id;
	return rc == RC_OK ? request_note(tx, actor, &r, &(struct event_new){ .kind = "supervise.ordered", .note = a->in->words,
	    .data = arena_format(tx_mem(tx), "target=%s\nto=%lld\norder=%lld\ndue_ms=%lld",
	        target != 0 ? target_key((enum clock_target)target) : "none", (long long)r.holder, (long long)new.id,
	        (long long)r.due_ms) }) : rc;
}

enum rc
order_issue(struct ctx *ctx, struct idem_key key, const struct order_issue *in, struct order_issued *ret)
{
	struct issue_arg arg = { .in = in };
	enum rc rc;

	if (!words_fit(in->words) || !day_fits(ctx, in->reply_by))
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "supervise.issue", .fn = issue_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(in->request.n), db_text(in->cause), db_text(in->words),
	        db_int(in->reply_by.n)) });
	if (rc == RC_OK || rc == RC_REFUSED || rc == RC_DUPLICATE)
		*ret = arg.ret;
	return rc;
}

/* The key of one order of a batch: the form's, and the case. */
static struct idem_key
key_for(struct idem_key key, struct case_id id)
{
	for (size_t i = 0; i < sizeof id.n; i++)
		key.b[i] ^= (unsigned char)((uint64_t)id.n >> (8 * i));
	return key;
}

enum rc
order_issue_all(struct ctx *ctx, struct idem_key key, const struct case_id *v, size_t n, const struct order_issue *in,
    struct order_result *ret)
{
	if (n == 0 || n > ORDER_BATCH_MAX || !words_fit(in->words) || !day_fits(ctx, in->reply_by))
		return RC_INVALID;
	for (size_t i = 0; i < n; i++) {
		struct order_issue one = *in;

		one.request = v[i];
		ret[i] = (struct order_result){ .issued = { .id = 0 } };
		ret[i].rc = order_issue(ctx, key_for(key, v[i]), &one, &ret[i].issued);
		if (ret[i].rc == RC_UNKNOWN || ret[i].rc == RC_UNAVAILABLE)
			return ret[i].rc; /* with the same key the ones before are found done */
	}
	return RC_OK;
}

/* ---- one order, by the one who may ---------------------------------------------------------------------------- */

struct act_arg {
	int64_t id, revision;
	enum order_verdict verdict;
	struct text words;
	struct day reply_by;
};

static enum rc
both_load(struct tx *tx, const struct actor *actor, int64_t id, struct order *o, struct request *r)
{
	enum rc rc = order_load(tx, actor, id, o);

	return rc == RC_OK ? request_load(tx, actor, o->request, r) : rc;
}

static enum rc
order_note(struct tx *tx, const struct actor *actor, const struct request *r, const struct order *o, const char *kind,
    struct text words)
{
	return request_note(tx, actor, r, &(struct event_new){ .kind = kind, .note = words,
	    .data = arena_format(tx_mem(tx), "to=%lld\norder=%lld\nissuer=%lld", (long long)o->to_account, (long long)o->id,
	        (long long)o->issuer) });
}

static enum rc
sign_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct act_arg *in = arg;
	int64_t order = 0, report = 0;
	struct order o;
	struct request r;
	enum rc rc = both_load(tx, actor, in->id, &o, &r);

	if (rc == RC_OK && actor->account != o.to_account && actor->account != o.report_to)
		return RC_FORBIDDEN;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &supervise_q[Q_ORDER_SIGN], ARGS(db_int(o.id), db_int(actor->account),
		    db_int(tx_now_ms(tx))), &order);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &supervise_q[Q_REPORT_SIGN], ARGS(db_int(r.id.n), db_int(o.id), db_int(actor->account),
		    db_int(tx_now_ms(tx))), &report);
	return rc == RC_OK && order + report > 0 ? order_note(tx, actor, &r, &o, "supervise.read", TEXT_NONE) : rc;
}

enum rc
order_sign(struct ctx *ctx, struct idem_key key, int64_t id)
{
	struct act_arg arg = { .id = id };

	return db_command(ctx, key, &(struct command){ .name = "supervise.sign", .fn = sign_tx, .arg = &arg,
	    .asked = ARGS(db_int(id)) });
}

static enum rc
reply_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct act_arg *in = arg;
	struct order o;
	struct request r;
	enum rc rc = both_load(tx, actor, in->id, &o, &r);

	if (rc != RC_OK)
		return rc;
	if (actor->account != o.to_account)
		return RC_FORBIDDEN;
	if (!order_step_allowed(o.state, ORDER_REPLIED) || o.revision != in->revision)
		return RC_CONFLICT;
	rc = tx_run(tx, actor, &supervise_q[Q_REPLY_INSERT], ARGS(db_int(o.id), db_int(o.round), db_int(o.due_ms),
	    db_text(in->words), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &supervise_q[Q_ORDER_REPLIED], ARGS(db_int(o.id), db_int(in->revision),
		    db_int(actor->account), db_int(tx_now_ms(tx))));
	return rc == RC_OK ? order_note(tx, actor, &r, &o, "supervise.replied", in->words) : rc;
}

enum rc
order_reply(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words)
{
	struct act_arg arg = { .id = id, .revision = revision, .words = words };

	if (!words_fit(words))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "supervise.reply", .fn = reply_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision), db_text(words)) });
}

static enum rc
again(struct tx *tx, const struct actor *actor, const struct act_arg *in, const struct order *o,
    const struct supervise_rules *rules)
{
	struct order_time t = order_time_of(tx, rules, in->reply_by);

	return tx_run_one(tx, actor, &supervise_q[Q_ORDER_AGAIN], ARGS(db_int(o->id), db_int(in->revision), db_int(t.due_ms),
	    db_int(t.next_ms), db_int(t.base_ms), db_int(t.count), db_int(t.unit), db_int(t.rule_ms),
	    db_int(holidays_current()->version)));
}

/* Done; its clock is looked at again after a while. */
static enum rc
order_close(struct tx *tx, const struct actor *actor, const struct order *o, enum order_state state,
    const struct supervise_rules *rules)
{
	return tx_run_one(tx, actor, &supervise_q[Q_ORDER_CLOSE], ARGS(db_int(o->id), db_int(o->revision), db_int(state),
	    db_int(tx_now_ms(tx)), o->target != 0 ? db_int(order_again_ms(tx, rules)) : db_null()));
}

static enum rc
judge_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct act_arg *in = arg;
	bool taken = in->verdict == VERDICT_ACCEPTED;
	struct supervise_rules rules;
	struct order o;
	struct request r;
	int64_t judged = 0;
	enum rc rc = both_load(tx, actor, in->id, &o, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_assign(actor, &r) || actor->account == o.to_account)
		return RC_FORBIDDEN;
	if (!order_step_allowed(o.state, taken ? ORDER_ACCEPTED : ORDER_SENT_BACK) || o.revision != in->revision)
		return RC_CONFLICT;
	rc = supervise_rules_load(tx, actor, &rules);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &supervise_q[Q_REPLY_JUDGE], ARGS(db_int(o.id), db_int(o.round), db_int(in->verdict),
	    db_text(in->words), db_int(tx_now_ms(tx)), db_int(actor->account)), &judged);
	if (rc == RC_OK && judged == 0)
		return RC_FORBIDDEN; /* the case went on to another holder, and the reply is this actor's own */
	if (rc == RC_OK)
		rc = taken ? order_close(tx, actor, &o, ORDER_ACCEPTED, &rules) : again(tx, actor, in, &o, &rules);
	return rc == RC_OK
	    ? order_note(tx, actor, &r, &o, taken ? "supervise.accepted" : "supervise.sent_back", in->words) : rc;
}

enum rc
order_judge(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, enum order_verdict verdict,
    struct text words, struct day reply_by)
{
	struct act_arg arg = { .id = id, .revision = revision, .verdict = verdict, .words = words, .reply_by = reply_by };

	if (verdict != VERDICT_ACCEPTED && verdict != VERDICT_SENT_BACK)
		return RC_INVALID;
	if (verdict == VERDICT_SENT_BACK && (!words_fit(words) || !day_fits(ctx, reply_by)))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "supervise.judge", .fn = judge_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision), db_int(verdict), db_text(words), db_int(reply_by.n)) });
}

static enum rc
withdraw_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct act_arg *in = arg;
	struct supervise_rules rules;
	struct order o;
	struct request r;
	enum rc rc = both_load(tx, actor, in->id, &o, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_assign(actor, &r) || actor->account == o.to_account)
		return RC_FORBIDDEN;
	if (!order_step_allowed(o.state, ORDER_WITHDRAWN) || o.revision != in->revision)
		return RC_CONFLICT;
	rc = supervise_rules_load(tx, actor, &rules);
	if (rc == RC_OK)
		rc = order_close(tx, actor, &o, ORDER_WITHDRAWN, &rules);
	return rc == RC_OK ? order_note(tx, actor, &r, &o, "supervise.withdrawn", in->words) : rc;
}

enum rc
order_withdraw(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words)
{
	struct act_arg arg = { .id = id, .revision = revision, .words = words };

	if (!words_fit(words))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "supervise.withdraw", .fn = withdraw_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision), db_text(words)) });
}
