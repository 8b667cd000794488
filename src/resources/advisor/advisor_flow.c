/* Contracts: signed, renewed, ended; absences, substitutes; who can be an adviser. */
#include "resources/advisor/advisor_internal.h"
#include "resources/advisor/advisor_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

bool
advisor_may_change(const struct actor *actor)
{
	return actor->kind == ACTOR_SYSTEM || (actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_ADVISORS));
}

void
advisor_tell(struct findings *f, int line, const char *field, const char *message, int64_t bound)
{
	findings_add(f, field, message, bound);
	if (f->n > 0 && f->n == f->total)
		f->v[f->n - 1].line = line;
}

static advisor_again_fn *again;

void
advisor_again_set(advisor_again_fn *fn)
{
	again = fn;
}

enum rc
advisor_again(struct tx *tx, const struct actor *actor, struct place village, int64_t provider, int line, struct findings *findings)
{
	return again == NULL ? RC_OK : again(tx, actor, village, provider, line, findings);
}

/* ---- looking ------------------------------------------------------------------------------------------- */

/* Who has that licence; RC_INVALID with a finding when nobody. */
static enum rc
person_of(struct tx *tx, const struct actor *actor, struct text licence, int line, struct findings *findings, struct provider *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &advisor_q[A_LICENCE], ARGS(db_text(licence)), &row);

	if (rc == RC_OK)
		person_read(row, 0, ret);
	if (rc != RC_NOT_FOUND)
		return rc;
	advisor_tell(findings, line, "licence", T("人员名册里没有这个执业证号"), 0);
	return RC_INVALID;
}

static enum rc
count(struct tx *tx, const struct actor *actor, enum advisor_q q, struct db_args args, int64_t *ret)
{
	return tx_int(tx, actor, &advisor_q[q], args, ret);
}

/* What is wrong with it as far as itself tells. */
static bool
contract_check(const struct advisor_contract_new *in, int64_t fee_least, int line, struct findings *findings)
{
	size_t before = findings->total;

	if (place_level(in->village) != PLACE_VILLAGE)
		advisor_tell(findings, line, "village", T("请写到村（社区）的 12 位区划代码"), 0);
	if (day_is_none(in->from))
		advisor_tell(findings, line, "from", T("请写合同的第一天"), 0);
	if (day_is_none(in->to))
		advisor_tell(findings, line, "to", T("请写合同的最后一天"), 0);
	if (!day_is_none(in->from) && !day_is_none(in->to) && day_compare(in->to, in->from) < 0)
		advisor_tell(findings, line, "to", T("最后一天不能早于第一天"), 0);
	else if (!day_is_none(in->from) && !day_is_none(in->to) && in->to.n - in->from.n >= ADVISOR_TERM_DAYS_MAX)
		advisor_tell(findings, line, "to", T("一份合同最长 %lld 天"), ADVISOR_TERM_DAYS_MAX);
	if (in->hours < 1)
		advisor_tell(findings, line, "hours", T("每月至少 %lld 小时"), 1);
	if (in->fee < fee_least)
		advisor_tell(findings, line, "fee", T("每村每年不少于 %lld 元（参数设置里可改）"), fee_least);
	return findings->total == before;
}

/* The rules that need the registers: one adviser a village at a time, licence, conflict. */
static enum rc
contract_judge(struct tx *tx, const struct actor *actor, const struct advisor_contract_new *in, const struct provider *p, int line,
    struct findings *findings)
{
	struct advisor_term term = { in->from, in->to };
	enum advisor_why why = advisor_judge(p, term);
	const struct division *d = region_find(in->village, in->from);
	int64_t meets = 0, conflicts = 0;
	size_t before = findings->total;
	enum rc rc;

	if (d == NULL || d->level != PLACE_VILLAGE || !place_range_has(actor->places, in->village))
		advisor_tell(findings, line, "village", T("您的辖区里没有这个村（社区）"), 0);
	if (why != ADVISOR_MAY)
		advisor_tell(findings, line, "licence", advisor_why_label(why), 0);
	rc = count(tx, actor, A_MEETS, ARGS(db_int(in->village.code), db_int(in->from.n), db_int(in->to.n)), &meets);
	if (rc == RC_OK)
		rc = count(tx, actor, A_CONFLICT, ARGS(db_int(p->id), db_int(in->village.code)), &conflicts);
	if (rc != RC_OK)
		return rc;
	if (meets > 0)
		advisor_tell(findings, line, "village", T("这个村（社区）在这段时间里已有法律顾问"), 0);
	if (conflicts > 0)
		advisor_tell(findings, line, "licence", advisor_why_label(ADVISOR_CONFLICT), 0);
	return findings->total > before ? RC_INVALID : advisor_again(tx, actor, in->village, p->id, line, findings);
}

/* ---- signing -------------------------------------------------------------------------------------------- */

enum rc
contract_insert(struct tx *tx, const struct actor *actor, struct place village, const struct provider *p, const struct contract_terms *t,
    int64_t *ret_id)
{
	int64_t id = tx_id(tx);

	*ret_id = id;
	return tx_run(tx, actor, &advisor_q[A_INSERT], ARGS(db_int(id), db_int(village.code), db_int(p->id), db_int(p->firm),
	    db_int(t->term.from.n), db_int(t->term.to.n), db_int(t->duties), db_int(t->hours), db_int(t->fee), db_key(t->plan),
	    db_key(t->renews), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
}

enum rc
contract_put(struct tx *tx, const struct actor *actor, const struct advisor_contract_new *in, int64_t renews, int line,
    struct findings *findings, struct advisor_signed *ret)
{
	struct provider p = { .id = 0 };
	int64_t least = 0;
	enum rc rc = setting_read(tx, actor, &advisor_settings[ADVISOR_FEE], &least);

	if (rc == RC_OK)
		rc = setting_read(tx, actor, &advisor_settings[ADVISOR_VILLAGES], &ret->most);
	if (rc == RC_OK && !contract_check(in, least, line, findings))
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = person_of(tx, actor, in->licence, line, findings, &p);
	if (rc == RC_OK)
		rc = provider_bar(tx, actor, in->from, in->to, &p);
	if (rc == RC_OK)
		rc = contract_judge(tx, actor, in, &p, line, findings);
	if (rc == RC_OK)
		rc = contract_insert(tx, actor, in->village, &p, &(struct contract_terms){ .term = { in->from, in->to },
		    .duties = (unsigned)in->duties, .hours = in->hours, .fee = in->fee * 100, .renews = renews }, &ret->id);
	if (rc == RC_OK)
		rc = count(tx, actor, A_VILLAGES_OF, ARGS(db_int(p.id), db_int(in->from.n), db_int(in->to.n)), &ret->villages);
	return rc == RC_OK ? audit_note(tx, actor, "advisor.sign", "advisor_contract", ret->id, p.licence) : rc;
}

struct sign_arg { const struct advisor_contract_new *in; int64_t renews; struct findings *findings; struct advisor_signed ret; };

static enum rc
sign_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct sign_arg *arg = argument;

	return contract_put(tx, actor, arg->in, 0, 0, arg->findings, &arg->ret);
}

enum rc
advisor_sign(struct ctx *ctx, struct idem_key key, const struct advisor_contract_new *in, struct findings *findings,
    struct advisor_signed *ret)
{
	struct sign_arg arg = { .in = in, .findings = findings };
	enum rc rc;

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	rc = db_command(ctx, key, &(struct command){ .name = "advisor.sign", .fn = sign_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(in->village.code), db_text(in->licence), db_int(in->from.n), db_int(in->to.n),
	        db_int(in->hours), db_int(in->fee), db_int((int64_t)in->duties)) });
	*ret = arg.ret;
	return rc;
}

/* The contract, when it lies where the actor may change something. */
static enum rc
contract_of(struct tx *tx, const struct actor *actor, int64_t id, struct advisor_contract *ret)
{
	enum rc rc = advisor_load(tx, actor, id, ret);

	return rc == RC_OK && !place_range_has(actor->places, ret->village) ? RC_NOT_FOUND : rc;
}

struct renew_arg { int64_t id; struct findings *findings; struct advisor_signed ret; };

static enum rc
renew_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct renew_arg *arg = argument;
	struct advisor_contract c;
	struct advisor_term next;
	enum rc rc = contract_of(tx, actor, arg->id, &c);

	if (rc != RC_OK)
		return rc;
	if (c.ended != ADVISOR_END_NONE) {
		findings_add(arg->findings, "", T("提前终止的合同不能续签，请另签一份"), 0);
		return RC_INVALID;
	}
	next = advisor_term_next(c.term);
	return contract_put(tx, actor, &(struct advisor_contract_new){ .village = c.village, .licence = c.p.licence, .from = next.from,
	    .to = next.to, .hours = c.hours, .fee = c.fee / 100, .duties = c.duties }, c.id, 0, arg->findings, &arg->ret);
}

enum rc
advisor_renew(struct ctx *ctx, struct idem_key key, int64_t contract, struct findings *findings, struct advisor_signed *ret)
{
	struct renew_arg arg = { .id = contract, .findings = findings };
	enum rc rc;

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	rc = db_command(ctx, key, &(struct command){ .name = "advisor.renew", .fn = renew_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(contract)) });
	*ret = arg.ret;
	return rc;
}

/* ---- ending ---------------------------------------------------------------------------------------------- */

struct end_arg { const struct advisor_ending *in; struct findings *findings; };

static bool
end_check(const struct advisor_contract *c, const struct advisor_ending *in, int64_t need, struct findings *findings)
{
	size_t before = findings->total;

	if (in->why <= ADVISOR_END_NONE || in->why >= ADVISOR_END_COUNT)
		findings_add(findings, "why", T("请选择终止的原因"), 0);
	if (in->why == ADVISOR_END_ABSENT && c->absences < need)
		findings_add(findings, "why", T("记下的无故缺席还不到 %lld 次"), need);
	if (in->why == ADVISOR_END_OTHER && text_is_empty(text_trim(in->note)))
		findings_add(findings, "note", T("其他原因请写明"), 0);
	if (day_is_none(in->last) || day_compare(in->last, c->term.from) < 0 || day_compare(in->last, c->term.to) >= 0)
		findings_add(findings, "last", T("最后一天要在合同期内，并且早于期满那天"), 0);
	return findings->total == before;
}

static enum rc
end_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct end_arg *arg = argument;
	const struct advisor_ending *in = arg->in;
	struct advisor_contract c;
	int64_t need = 0;
	enum rc rc = contract_of(tx, actor, in->contract, &c);

	if (rc == RC_OK)
		rc = setting_read(tx, actor, &advisor_settings[ADVISOR_ABSENCES], &need);
	if (rc == RC_OK && c.ended != ADVISOR_END_NONE)
		rc = RC_CONFLICT;
	if (rc == RC_OK && !end_check(&c, in, need, arg->findings))
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &advisor_q[A_END], ARGS(db_int(c.id), db_int(in->revision), db_int(in->last.n), db_int(in->why),
		    db_int(in->why == ADVISOR_END_ABSENT ? need : 0), db_text(in->note)));
	return rc == RC_OK ? audit_note(tx, actor, "advisor.end", "advisor_contract", c.id, TEXT_NONE) : rc;
}

enum rc
advisor_end(struct ctx *ctx, struct idem_key key, const struct advisor_ending *in, struct findings *findings)
{
	struct end_arg arg = { .in = in, .findings = findings };

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "advisor.end", .fn = end_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->contract), db_int(in->revision), db_int(in->why), db_int(in->last.n), db_text(in->note)) });
}

/* ---- absences and substitutes ------------------------------------------------------------------------------ */

struct absent_arg { const struct advisor_absent *in; struct findings *findings; };

static enum rc
absent_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct absent_arg *arg = argument;
	const struct advisor_absent *in = arg->in;
	struct day today = day_of_moment(tx_now_ms(tx));
	struct advisor_contract c;
	int64_t written = 0;
	enum rc rc = contract_of(tx, actor, in->contract, &c);

	if (rc != RC_OK)
		return rc;
	if (day_is_none(in->day) || day_compare(in->day, c.term.from) < 0 || day_compare(in->day, c.last) > 0
	    || day_compare(in->day, today) > 0) {
		findings_add(arg->findings, "day", T("缺席的日子要在合同期内，不晚于今天"), 0);
		return RC_INVALID;
	}
	rc = tx_run(tx, actor, &advisor_q[A_ABSENCE_PUT], ARGS(db_int(c.id), db_int(in->day.n), db_int(in->excused), db_text(in->note),
	    db_int(actor->account), db_int(tx_now_ms(tx))), &written);
	if (rc == RC_OK && written == 0) {
		findings_add(arg->findings, "day", T("这一天已经记过了"), 0);
		return RC_INVALID;
	}
	return rc == RC_OK ? audit_note(tx, actor, "advisor.absence", "advisor_contract", c.id, TEXT_NONE) : rc;
}

enum rc
advisor_note_absence(struct ctx *ctx, struct idem_key key, const struct advisor_absent *in, struct findings *findings)
{
	struct absent_arg arg = { .in = in, .findings = findings };

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "advisor.absence", .fn = absent_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->contract), db_int(in->day.n), db_int(in->excused), db_text(in->note)) });
}

struct stand_in_arg { const struct advisor_stand_in *in; struct findings *findings; };

static enum rc
stand_in_check(struct tx *tx, const struct actor *actor, const struct advisor_contract *c, const struct provider *p,
    const struct advisor_stand_in *in, struct findings *findings)
{
	enum advisor_why why;
	int64_t meets = 0;
	size_t before = findings->total;
	enum rc rc;

	if (day_is_none(in->from) || day_is_none(in->to) || day_compare(in->to, in->from) < 0
	    || day_compare(in->from, c->term.from) < 0 || day_compare(in->to, c->last) > 0) {
		findings_add(findings, "from", T("代班的日子要在合同期内，先后有序"), 0);
		return RC_INVALID;
	}
	why = advisor_judge(p, (struct advisor_term){ in->from, in->to });
	if (p->id == c->provider)
		findings_add(findings, "licence", T("不能由本人代自己"), 0);
	if (why != ADVISOR_MAY)
		findings_add(findings, "licence", advisor_why_label(why), 0);
	rc = count(tx, actor, A_CONFLICT, ARGS(db_int(p->id), db_int(c->village.code)), &meets);
	if (rc == RC_OK && meets > 0)
		findings_add(findings, "licence", advisor_why_label(ADVISOR_CONFLICT), 0);
	if (rc == RC_OK)
		rc = count(tx, actor, A_SUBSTITUTE_MEETS, ARGS(db_int(c->id), db_int(in->from.n), db_int(in->to.n)), &meets);
	if (rc == RC_OK && meets > 0)
		findings_add(findings, "from", T("这几天已经有人代班"), 0);
	return rc == RC_OK && findings->total > before ? RC_INVALID : rc;
}

static enum rc
stand_in_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct stand_in_arg *arg = argument;
	const struct advisor_stand_in *in = arg->in;
	struct advisor_contract c;
	struct provider p = { .id = 0 };
	enum rc rc = contract_of(tx, actor, in->contract, &c);

	if (rc == RC_OK)
		rc = person_of(tx, actor, in->licence, 0, arg->findings, &p);
	if (rc == RC_OK)
		rc = provider_bar(tx, actor, in->from, in->to, &p);
	if (rc == RC_OK)
		rc = stand_in_check(tx, actor, &c, &p, in, arg->findings);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &advisor_q[A_SUBSTITUTE_PUT], ARGS(db_int(c.id), db_int(in->from.n), db_int(in->to.n), db_int(p.id),
		    db_text(in->reason), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "advisor.substitute", "advisor_contract", c.id, p.licence) : rc;
}

enum rc
advisor_substitute(struct ctx *ctx, struct idem_key key, const struct advisor_stand_in *in, struct findings *findings)
{
	struct stand_in_arg arg = { .in = in, .findings = findings };

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "advisor.substitute", .fn = stand_in_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->contract), db_text(in->licence), db_int(in->from.n), db_int(in->to.n), db_text(in->reason)) });
}
