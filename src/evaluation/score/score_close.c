/* Closing: what a preview shows is kept with its hash. */
#include "evaluation/score/score_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "operations/dutylog/dutylog.h"
#include "resources/identity/identity.h"

_Static_assert(SCORE_LECTURE_BIT == 1u << DUTYLOG_LECTURE, "the rule's bit is that of the log");

enum rc
score_put(struct tx *tx, const struct actor *actor, const struct score *s, int64_t appeal, struct text why, int64_t *ret_id)
{
	char hash[SCORE_HASH_CHARS];
	struct text facts = TEXT_NONE;
	int64_t version = 0, id = tx_id(tx);
	enum rc rc = score_facts_print(&s->facts, tx_mem(tx), &facts);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &score_q[E_NEXT], ARGS(db_int(s->contract), db_int(s->facts.period)), &version);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &score_q[E_REPLACE], ARGS(db_int(s->contract), db_int(s->facts.period)), NULL);
	if (rc != RC_OK)
		return rc;
	score_hash(facts, s->scheme_version, s->marks.total, s->marks.grade, hash);
	rc = tx_run(tx, actor, &score_q[E_INSERT], ARGS(db_int(id), db_int(s->contract), db_int(s->facts.period), db_int(version),
	    db_int(s->village.code), db_int(s->provider), db_int(s->scheme_version), db_text(facts), db_int(s->marks.total), db_int(s->marks.grade),
	    db_int(s->county_share), db_text(text_of(hash)), db_key(appeal), db_text(why), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	*ret_id = id;
	return rc == RC_OK ? audit_note(tx, actor, "score.close", "score", id, TEXT_NONE) : rc;
}

struct close_arg { struct place within; int period; struct findings *findings; int64_t ret; };

static enum rc
close_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct close_arg *a = argument;
	struct score *v = arena_array(tx_mem(tx), SCORE_CONTRACTS_MAX, sizeof *v);
	size_t n = 0;
	int64_t id = 0;
	struct day first, last;
	enum rc rc = v == NULL ? RC_NO_MEMORY : RC_OK;

	a->ret = 0;
	*a->findings = (struct findings){ .n = 0 };
	if (rc == RC_OK && !score_period_days(a->period, &first, &last))
		return RC_NOT_FOUND;
	if (rc == RC_OK && day_of_moment(tx_now_ms(tx)).n - last.n <= DUTYLOG_LATE_DAYS) {
		findings_add(a->findings, "period", T("这一期的日志在期满后 %lld 天内还能写，过了才能定分"), DUTYLOG_LATE_DAYS);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = score_list(tx, actor, a->within, a->period, v, SCORE_CONTRACTS_MAX, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (v[i].closed.id == 0 && score_may_manage(actor, v[i].village) && v[i].account != actor->account) {
			rc = score_put(tx, actor, &v[i], 0, TEXT(""), &id);
			a->ret++;
		}
	return rc;
}

enum rc
score_close(struct ctx *ctx, struct idem_key key, struct place within, int period, struct findings *findings, int64_t *ret_n)
{
	struct close_arg a = { .within = within, .period = period, .findings = findings };
	enum rc rc;

	if (ctx->actor->kind != ACTOR_SYSTEM && !(ctx->actor->kind == ACTOR_ACCOUNT && actor_may(ctx->actor, RIGHT_ADVISORS)))
		return RC_FORBIDDEN;
	if (place_level(within) < PLACE_COUNTY) {
		findings_add(findings, "place", T("请选一个县（市、区），一次给一个地方定分"), 0);
		return RC_INVALID;
	}
	rc = db_command(ctx, key, &(struct command){ .name = "score.close", .fn = close_tx, .arg = &a, .ret = &a.ret, .ret_size = sizeof a.ret,
	    .asked = ARGS(db_int(within.code), db_int(period)) });
	*ret_n = a.ret;
	return rc;
}
