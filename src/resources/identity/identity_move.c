/* Another role, another place, or gone: what the account answered for goes to somebody first. */
#include "kit/msg/msg.h"
#include "resources/identity/identity_own.h"
#include "resources/identity/identity_store.h"

static const struct duty_kind *const *duties;
static size_t n_duties;

void
identity_duties_set(const struct duty_kind *const *kinds, size_t n)
{
	duties = kinds;
	n_duties = n;
}

struct move_arg {
	const struct account_move *in;
	struct findings findings; /* of the last run */
};

/* ---- what is left --------------------------------------------------------------------------------- */

/* How many of a kind are there; a finding for each kind of which there are some. */
static enum rc
duties_count(struct tx *tx, const struct actor *actor, struct move_arg *arg, int64_t *ret_total)
{
	enum rc rc = RC_OK;

	*ret_total = 0;
	for (size_t i = 0; rc == RC_OK && i < n_duties; i++) {
		int64_t n = 0;

		rc = duties[i]->count(tx, actor, arg->in->id, &n);
		if (rc == RC_OK && n > 0)
			findings_add(&arg->findings, "successor", duties[i]->left, n);
		*ret_total += n;
	}
	return rc;
}

static enum rc
successor_bad(struct move_arg *arg, const char *why)
{
	arg->findings = (struct findings){ .n = 0 };
	findings_add(&arg->findings, "successor", why, 0);
	return RC_INVALID;
}

static enum rc
successor_load(struct tx *tx, const struct actor *actor, struct move_arg *arg, struct account *next)
{
	struct actor as_next;
	enum rc rc = identity_by_login(tx, actor, arg->in->successor, next);

	if (rc == RC_NOT_FOUND)
		return successor_bad(arg, T("没有这个登录名"));
	if (rc != RC_OK)
		return rc;
	as_next = identity_actor(next, actor->city);
	if (next->id.n == arg->in->id.n || !next->active)
		return successor_bad(arg, T("接手的应该是另一个可用的账号"));
	if (!identity_range_holds(actor->places, next->place))
		return successor_bad(arg, T("接手的人不在您的管辖范围内"));
	if (!actor_may(&as_next, RIGHT_CASE_HANDLE) || next->point == 0)
		return successor_bad(arg, T("接手的人要能办理事项，并且有工作单位"));
	return RC_OK;
}

/* Nothing is left, or all of it has gone to the successor. */
static enum rc
duties_settle(struct tx *tx, const struct actor *actor, struct move_arg *arg)
{
	struct account next;
	int64_t left = 0;
	enum rc rc = duties_count(tx, actor, arg, &left);

	if (rc != RC_OK || left == 0)
		return rc;
	if (text_is_empty(arg->in->successor))
		return RC_REFUSED;
	rc = successor_load(tx, actor, arg, &next);
	for (size_t i = 0; rc == RC_OK && i < n_duties; i++)
		rc = duties[i]->hand_on(tx, actor, arg->in->id, &next);
	if (rc != RC_OK)
		return rc;
	arg->findings = (struct findings){ .n = 0 };
	return RC_OK;
}

/* ---- the change ------------------------------------------------------------------------------------- */

enum rc
identity_point_outside(struct tx *tx, const struct actor *actor, int64_t point, struct place place, bool *ret)
{
	struct place_range r = place_range(place);
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &identity_stmts[POINT_OUTSIDE], ARGS(db_int(point), db_int(r.lo), db_int(r.hi)), &n);

	*ret = n > 0;
	return rc;
}

static enum rc
point_check(struct tx *tx, const struct actor *actor, struct move_arg *arg)
{
	bool outside = false;
	enum rc rc = identity_point_outside(tx, actor, arg->in->point, arg->in->place, &outside);

	if (rc != RC_OK || !outside)
		return rc;
	findings_add(&arg->findings, "point", T("这个单位不在其管辖范围内"), 0);
	return RC_INVALID;
}

static enum rc
move_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct move_arg *arg = p;
	const struct account_move *in = arg->in;
	struct account was;
	bool moves;
	enum rc rc = identity_managed(tx, actor, in->id, in->revision, &was);

	arg->findings = (struct findings){ .n = 0 };
	if (rc != RC_OK)
		return rc;
	moves = was.role != in->role || was.place.code != in->place.code || was.point != in->point;
	if (moves)
		rc = point_check(tx, actor, arg);
	if (rc == RC_OK && (moves || !in->active))
		rc = duties_settle(tx, actor, arg);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &identity_stmts[ACCOUNT_CHANGE], ARGS(db_int(in->role), db_int(in->place.code),
		    db_key(in->point), db_int(in->active ? 1 : 0), db_int(in->id.n), db_int(in->revision)));
	if (rc == RC_OK && (moves || !in->active))
		rc = identity_sessions_end(tx, actor, in->id);
	if (rc == RC_OK)
		rc = identity_note_state(tx, actor, "account.change", in->id.n, in->role, in->place, in->point, in->active);
	return rc;
}

enum rc
identity_move(struct ctx *ctx, struct idem_key key, const struct account_move *in, struct findings *findings)
{
	struct move_arg arg = { .in = in };
	enum rc rc = identity_may_manage(ctx, in->id);

	if (rc != RC_OK)
		return rc;
	identity_judge_place(ctx->actor, in->role, in->place, &arg.findings);
	rc = arg.findings.total > 0 || in->revision <= 0 ? RC_INVALID
	    : db_command(ctx, key, &(struct command){ .name = "identity.change", .fn = move_tx, .arg = &arg,
	        .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->role), db_int(in->place.code),
	            db_int(in->point), db_int(in->active), db_text(in->successor)) });
	for (size_t i = 0; i < arg.findings.n && rc != RC_OK; i++)
		findings_add(findings, arg.findings.v[i].field, arg.findings.v[i].message, arg.findings.v[i].bound);
	return rc;
}

enum rc
identity_change(struct ctx *ctx, struct idem_key key, struct account_id id, int64_t revision,
    enum role role, struct place place, int64_t point, bool active)
{
	struct findings findings = { .n = 0 };

	return identity_move(ctx, key, &(struct account_move){ .id = id, .revision = revision, .role = role,
	    .place = place, .point = point, .active = active }, &findings);
}
