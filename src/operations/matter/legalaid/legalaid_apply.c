/* Applying: with the request, or for one that is there already. */
#include "operations/matter/legalaid/legalaid_internal.h"

#include "kit/msg/msg.h"

struct apply_arg {
	const struct aid_form *form;
	const struct aid_limits *limits;
	struct aid_verdict verdict;
};

/* Somebody detained applied where no institution sits: passed on within the hours of Art. 39. */
static enum rc
pass_on_start(struct tx *tx, const struct actor *actor, struct request *r, const struct apply_arg *arg)
{
	const struct aid_limit *l = &arg->limits->target[TARGET_PASS_ON];
	int64_t kind = 0;
	enum rc rc = tx_int(tx, actor->kind == ACTOR_ACCOUNT ? actor : &(struct actor){ .kind = ACTOR_SYSTEM, .city = actor->city },
	    &aid_q[Q_POINT_KIND], ARGS(db_int(r->holder_point)), &kind);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	return kind == TIER_COUNTY || l->rule.count == 0 ? RC_OK
	    : case_clock_start(tx, actor, r, TARGET_PASS_ON, l->rule, l->source);
}

static enum rc
apply_write(struct tx *tx, const struct actor *actor, struct aid_work *w, const struct apply_arg *arg)
{
	bool first = w->edge->starts != 0;
	int64_t by = actor->kind == ACTOR_ACCOUNT ? actor->account : ACCOUNT_RESIDENT;
	enum rc rc = aid_form_put(tx, actor, w->r.id.n, arg->form);

	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_q[Q_APPLIED], ARGS(db_int(w->r.id.n), db_int(tx_now_ms(tx)), db_int(by)), NULL);
	if (rc == RC_OK && first && arg->form->detained)
		rc = pass_on_start(tx, actor, &w->r, arg);
	return rc == RC_OK ? aid_take(tx, actor, w, TEXT_NONE, true, NULL) : rc;
}

enum rc
aid_apply_write(struct tx *tx, const struct actor *actor, const struct request *r, const struct aid_form *form,
    const struct aid_limits *limits, struct aid_work *ret)
{
	struct apply_arg arg = { .form = form, .limits = limits };
	enum rc rc;

	*ret = (struct aid_work){ .r = *r, .a = { .state = AID_UNFILLED, .before = AID_NONE, .form = *form }, .limits = limits,
		.edge = aid_edge_find(AID_UNFILLED, AID_APPLY) };
	if (!text_equals(r->matter, TEXT("legal-aid")))
		return RC_INVALID;
	rc = tx_run(tx, actor, &aid_q[Q_OPEN], ARGS(db_int(r->id.n), db_int(AID_UNFILLED)), NULL);
	return rc == RC_OK ? apply_write(tx, actor, ret, &arg) : rc;
}

/* In the transaction of its request. */
static enum rc
apply_with(struct tx *tx, const struct actor *actor, struct request *r, void *argument)
{
	const struct apply_arg *arg = argument;
	struct aid_work w;
	enum rc rc = aid_apply_write(tx, actor, r, arg->form, arg->limits, &w);

	*r = w.r;
	return rc;
}

enum rc
aid_apply(struct ctx *ctx, struct idem_key key, const struct intake_new *request, const struct aid_form *form,
    struct findings *findings, struct intake_receipt *ret)
{
	struct day today = day_of_moment(ctx->now_ms);
	struct intake_new in = *request;
	struct aid_limits limits;
	struct apply_arg arg = { .form = form, .limits = &limits };
	struct intake_also also = { .run = apply_with, .arg = &arg, .asked = aid_form_bytes(ctx->mem, form) };
	enum rc rc = RC_OK;

	aid_form_check(form, today, findings);
	if (text_is_empty(text_trim(in.person.name)))
		findings_add(findings, "name", T("申请法律援助要写姓名"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	if (also.asked.p == NULL)
		return RC_NO_MEMORY;
	rc = aid_limits_load(ctx, today, &limits);
	if (rc != RC_OK)
		return rc;
	in.also = &also;
	return intake_receive(ctx, key, &in, findings, ret);
}

struct fill_arg { struct aid_step_head head; struct apply_arg apply; };

static enum rc
fill_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct fill_arg *arg = argument;
	struct aid_work w = { .limits = arg->apply.limits };
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->apply.verdict);

	if (rc == RC_OK && w.r.person == 0)
		return aid_refuse(&arg->apply.verdict, AID_NO_NAME);
	return rc == RC_OK ? apply_write(tx, actor, &w, &arg->apply) : rc;
}

enum rc
aid_fill(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, const struct aid_form *form,
    struct findings *findings, struct aid_verdict *ret)
{
	struct day today = day_of_moment(ctx->now_ms);
	struct aid_limits limits;
	struct fill_arg arg = { .head = { id, revision, AID_APPLY }, .apply = { .form = form, .limits = &limits } };
	enum rc rc;

	*ret = (struct aid_verdict){ .why = AID_MAY, .basis = "" };
	if (!aid_form_check(form, today, findings))
		return RC_INVALID;
	rc = aid_limits_load(ctx, today, &limits);
	if (rc != RC_OK)
		return rc;
	rc = db_command(ctx, key, &(struct command){ .name = "aid.apply", .fn = fill_tx, .arg = &arg, .ret = &arg.apply.verdict,
	    .ret_size = 0, .asked = ARGS(db_int(id.n), db_int(revision)), .content = aid_form_bytes(ctx->mem, form) });
	*ret = arg.apply.verdict;
	return rc;
}
