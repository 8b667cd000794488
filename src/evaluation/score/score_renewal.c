/* An adviser whose last score lies below the bound has the village again only with a reason, and by a second person. */
#include "evaluation/score/score_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

struct last { int64_t total, scheme, contract; };

static enum rc
last_read(struct tx *tx, const struct actor *actor, int64_t provider, struct place village, struct last *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &score_q[E_LAST], ARGS(db_int(provider), db_int(village.code)), &row);

	if (rc == RC_OK)
		*ret = (struct last){ rows_int(row, 0), rows_int(row, 1), rows_int(row, 2) };
	return rc;
}

static enum rc
reason_read(struct tx *tx, const struct actor *actor, int64_t contract, struct score_renewal *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &score_q[E_RENEWAL], ARGS(db_int(contract)), &row);

	if (rc == RC_OK) {
		ret->reason = rows_copy(row, 0);
		ret->account = rows_int(row, 1);
		ret->at_ms = rows_int(row, 2);
		ret->by = rows_copy(row, 3);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
state_read(struct tx *tx, const struct actor *actor, int64_t provider, struct place village, struct score_renewal *ret)
{
	struct last l = { .total = 0 };
	struct score_scheme *s = ARENA_NEW(tx_mem(tx), struct score_scheme);
	enum rc rc = s == NULL ? RC_NO_MEMORY : last_read(tx, actor, provider, village, &l);

	*ret = (struct score_renewal){ .total = -1 };
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = score_scheme_load(tx, actor, l.scheme, s);
	if (rc != RC_OK)
		return rc;
	ret->total = l.total;
	ret->bound = s->renew;
	ret->below = l.total >= 0 && l.total < s->renew;
	return reason_read(tx, actor, l.contract, ret);
}

struct party { int64_t provider; struct place village; };

static enum rc
party_of(struct tx *tx, const struct actor *actor, int64_t contract, struct party *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &score_q[E_CONTRACT], ARGS(db_int(contract)), &row);

	if (rc == RC_OK)
		*ret = (struct party){ rows_int(row, 2), { rows_int(row, 1) } };
	return rc;
}

enum rc
score_renewal_of(struct tx *tx, const struct actor *actor, int64_t contract, struct score_renewal *ret)
{
	struct party p = { .provider = 0 };
	enum rc rc = party_of(tx, actor, contract, &p);

	return rc == RC_OK ? state_read(tx, actor, p.provider, p.village, ret) : rc;
}

enum rc
score_may_renew(struct tx *tx, const struct actor *actor, struct place village, int64_t provider, int line, struct findings *findings)
{
	struct score_renewal r;
	enum rc rc = state_read(tx, actor, provider, village, &r);

	if (rc != RC_OK || !r.below || (r.account != 0 && r.account != actor->account))
		return rc;
	findings_add(findings, "licence", r.account == 0 ? T("上一期评估不到 %lld 分：先在评估页写明续签的理由，再由另一个人续签")
	    : T("上一期评估不到 %lld 分，理由是您写的：请另一个人续签"), r.bound / 100);
	if (findings->n > 0)
		findings->v[findings->n - 1].line = line;
	return RC_INVALID;
}

struct renewal_arg { int64_t contract; struct text reason; };

static enum rc
renewal_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct renewal_arg *a = argument;
	struct score_renewal r;
	struct party p = { .provider = 0 };
	int64_t n = 0;
	enum rc rc = party_of(tx, actor, a->contract, &p);

	if (rc == RC_OK && !score_may_manage(actor, p.village))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = state_read(tx, actor, p.provider, p.village, &r);
	if (rc == RC_OK && !r.below)
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &score_q[E_RENEWAL_PUT], ARGS(db_int(a->contract), db_text(text_trim(a->reason)), db_int(actor->account),
		    db_int(tx_now_ms(tx))), &n);
	if (rc == RC_OK && n == 0)
		rc = RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "score.renewal", "advisor_contract", a->contract, TEXT_NONE) : rc;
}

enum rc
score_renewal(struct ctx *ctx, struct idem_key key, int64_t contract, struct text reason, struct findings *findings)
{
	struct renewal_arg a = { contract, reason };
	struct text t = text_trim(reason);

	if (ctx->actor->kind != ACTOR_ACCOUNT || !actor_may(ctx->actor, RIGHT_ADVISORS))
		return RC_FORBIDDEN;
	if (utf8_check(t, true) != UTF8_FINE || utf8_length(t) < SCORE_WORDS_MIN || utf8_length(t) > SCORE_WORDS_MAX) {
		findings_add(findings, "reason", T("请写明理由，4 到 500 个字"), 0);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "score.renewal", .fn = renewal_tx, .arg = &a,
	    .asked = ARGS(db_int(contract), db_text(reason)) });
}
