/* A verdict of the rules is kept with its case. */
#include "operations/judge/judge.h"

#include "kit/audit/audit.h"

struct record_arg {
	struct case_id id;
	const struct policy_version *version;
	const struct policy_decision *decision;
	struct judge_done ret;
};

/* Is it still the version cases are judged by today? */
static enum rc
in_force(struct tx *tx, const struct actor *actor, const struct policy_version *v)
{
	struct policy_version now;
	enum rc rc = policy_current(tx, actor, v->package, day_of_moment(tx_now_ms(tx)), &now);

	return rc == RC_OK && now.id != v->id ? RC_CONFLICT : rc;
}

static enum rc
record_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct record_arg *arg = argument;
	const struct policy_version *v = arg->version;
	struct policy_decision d = *arg->decision;
	struct event_new event = { .kind = "policy.judged" };
	struct request r;
	enum rc rc = request_load(tx, actor, arg->id, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	if (!request_is_open(r.state))
		return RC_CONFLICT;
	rc = in_force(tx, actor, v);
	d.request = r.id.n;
	if (rc == RC_OK)
		rc = policy_decision_put(tx, actor, &d, &arg->ret.decision);
	if (rc != RC_OK)
		return rc;
	event.data = arena_format(tx_mem(tx), "decision=%lld\npackage=%.*s\nversion=%d", (long long)arg->ret.decision,
	    (int)v->package.n, v->package.p, v->number);
	rc = request_note(tx, actor, &r, &event);
	return rc == RC_OK ? audit_note(tx, actor, "policy.judge", "policy_decision", arg->ret.decision, v->package) : rc;
}

enum rc
judge_record(struct ctx *ctx, struct idem_key key, struct case_id id, const struct policy_version *v, const struct rules *r,
    const struct rules_facts *f, struct judge_done *ret)
{
	struct policy_decision d;
	struct rules_verdict verdict;
	struct record_arg arg = { .id = id, .version = v, .decision = &d };
	enum rc rc = policy_judged(ctx->mem, v, r, f, &verdict, &d);

	if (rc == RC_OK && day_is_none(d.law_day))
		rc = RC_INVALID;
	if (rc != RC_OK)
		return rc;
	rc = db_command(ctx, key, &(struct command){ .name = "policy.judge", .fn = record_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(id.n), db_int(v->id)), .content = d.input });
	*ret = arg.ret;
	return rc;
}
