/* Signing in with the code of the day, writing down what was done, confirming it. */
#include "operations/dutylog/dutylog_store.h"

#include <stdio.h>

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/crypt/crypt.h"
#include "kit/msg/msg.h"
#include "resources/identity/delay.h"
#include "resources/identity/identity.h"

#define WORDS_POINTS 500
#define MINUTES_MAX 720
#define PEOPLE_MAX 2000

const struct choice dutylog_kind_choices[] = {
	{ DUTYLOG_ADVICE, "advice", T("解答咨询") }, { DUTYLOG_LECTURE, "lecture", T("法治讲座") }, { DUTYLOG_MEDIATE, "mediation", T("参与调解") },
	{ DUTYLOG_CONTRACT, "contract", T("审查合同、村规民约") }, { DUTYLOG_OPINION, "opinion", T("给村里出法律意见") },
	{ DUTYLOG_DRAFT, "draft", T("代写文书") }, { DUTYLOG_AID, "aid", T("引导申请法律援助") }, { DUTYLOG_PETITION, "petition", T("参与处理信访") },
	{ DUTYLOG_OTHER, "other", T("其他") }, { 0, NULL, NULL },
};

void
dutylog_code(const struct ctx *ctx, int64_t point, struct day day, char out[static DUTYLOG_CODE_CHARS])
{
	int64_t about[3] = { ctx->actor->city, point, day.n };
	unsigned char mac[32];
	uint64_t n = 0;

	crypt_mac(ctx->crypt, "duty.code", (struct text){ (const char *)about, sizeof about }, mac);
	for (int i = 0; i < 8; i++)
		n = n << 8 | mac[i];
	snprintf(out, DUTYLOG_CODE_CHARS, "%06u", (unsigned)(n % 1000000));
}

bool
dutylog_may_see_code(const struct actor *actor, const struct point *p)
{
	return actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_INTAKE) && actor->role != (int)ROLE_PROVIDER &&
	    (actor->point == p->id || (actor_may(actor, RIGHT_SUPERVISE) && place_range_has(actor->places, p->place)));
}

/* ---- signing in ---------------------------------------------------------------------------------------------------- */

struct sign_arg { int64_t plan; uint32_t slot; struct duty_slot s; char subject[48]; int64_t wait_s; };

enum rc
dutylog_own_slot(struct tx *tx, const struct actor *actor, int64_t plan, uint32_t slot, struct duty_slot *ret)
{
	struct duty_plan p;
	enum rc rc = duty_plan_load(tx, actor, plan, &p);

	if (rc == RC_OK)
		rc = duty_slot_load(tx, actor, plan, slot, ret);
	return rc == RC_OK && (p.state != DUTY_PUBLISHED || ret->account != actor->account || ret->account == 0 || ret->point == 0) ? RC_NOT_FOUND : rc;
}

static enum rc
try_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct sign_arg *a = argument;
	enum rc rc = dutylog_own_slot(tx, actor, a->plan, a->slot, &a->s);

	return rc == RC_OK ? delay_take(tx, actor, text_of(a->subject), &a->wait_s) : rc;
}

static enum rc
sign_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct sign_arg *a = argument;
	struct duty_slot s;
	enum rc rc = dutylog_own_slot(tx, actor, a->plan, a->slot, &s);

	if (rc == RC_OK && s.day.n != day_of_moment(tx_now_ms(tx)).n)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &dutylog_q[L_ATTEND_ADD], ARGS(db_int(a->plan), db_int(a->slot), db_int(s.provider), db_int(s.point),
		    db_int(s.day.n), db_int(tx_now_ms(tx))), NULL);
	if (rc == RC_OK)
		rc = delay_give_back(tx, actor, text_of(a->subject));
	return rc == RC_OK ? audit_note(tx, actor, "duty.sign_in", "duty_plan", a->plan, TEXT_NONE) : rc;
}

enum rc
dutylog_sign_in(struct ctx *ctx, struct idem_key key, int64_t plan, uint32_t slot, struct text code, struct findings *findings,
    int64_t *ret_wait_s)
{
	struct sign_arg a = { .plan = plan, .slot = slot };
	char right[DUTYLOG_CODE_CHARS];
	struct day today = day_of_moment(ctx->now_ms);
	enum rc rc;

	snprintf(a.subject, sizeof a.subject, "code:duty-%lld", (long long)ctx->actor->account);
	rc = db_job(ctx, &(struct command){ .name = "duty.sign_try", .fn = try_tx, .arg = &a });
	*ret_wait_s = a.wait_s;
	if (rc != RC_OK)
		return rc;
	if (a.s.day.n != today.n) {
		findings_add(findings, "code", T("只能在值班当天签到"), 0);
		return RC_INVALID;
	}
	dutylog_code(ctx, a.s.point, today, right);
	if (code.n != 6 || !crypt_equal(code.p, right, 6)) {
		findings_add(findings, "code", T("今天的码不对，请看站点电脑上的六位数"), 0);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "duty.sign_in", .fn = sign_tx, .arg = &a,
	    .asked = ARGS(db_int(plan), db_int(slot)) });
}

/* ---- writing down ------------------------------------------------------------------------------------------------------ */

struct write_arg { const struct dutylog_new *in; struct findings *findings; };

static enum rc
write_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct write_arg *a = argument;
	const struct dutylog_new *in = a->in;
	struct day today = day_of_moment(tx_now_ms(tx));
	struct duty_slot s;
	struct dutylog l;
	int64_t n = 0;
	enum rc rc = dutylog_own_slot(tx, actor, in->plan, in->slot, &s);

	*a->findings = (struct findings){ .n = 0 };
	if (rc == RC_OK)
		rc = dutylog_load(tx, actor, in->plan, in->slot, &l);
	if (rc == RC_OK && (!l.signed_in || today.n - s.day.n > DUTYLOG_LATE_DAYS)) {
		findings_add(a->findings, "", l.signed_in ? T("过了 %lld 天，不能再写") : T("先签到，再写日志"), DUTYLOG_LATE_DAYS);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &dutylog_q[L_LOG_ADD], ARGS(db_int(in->plan), db_int(in->slot), db_int(s.provider), db_int(s.point),
		    db_int(s.day.n), db_int(in->kinds), db_int(in->minutes), db_int(in->people), db_text(text_trim(in->words)),
		    db_int(actor->account), db_int(tx_now_ms(tx))), &n);
	if (rc == RC_OK && n == 0)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = dutylog_link(tx, actor, in, &s);
	return rc == RC_OK ? audit_note(tx, actor, "duty.log", "duty_plan", in->plan, TEXT_NONE) : rc;
}

enum rc
dutylog_write(struct ctx *ctx, struct idem_key key, const struct dutylog_new *in, struct findings *findings)
{
	struct write_arg a = { in, findings };

	if (in->kinds == 0 || in->kinds >> DUTYLOG_KINDS != 0)
		findings_add(findings, "kinds", T("必填"), 0);
	if (in->minutes < 1 || in->minutes > MINUTES_MAX)
		findings_add(findings, "minutes", T("1 到 %lld 分钟"), MINUTES_MAX);
	if (in->people < 0 || in->people > PEOPLE_MAX)
		findings_add(findings, "people", T("0 到 %lld 人"), PEOPLE_MAX);
	if (utf8_check(in->words, true) != UTF8_FINE || utf8_length(in->words) > WORDS_POINTS)
		findings_add(findings, "words", T("最多%lld个字"), WORDS_POINTS);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "duty.log", .fn = write_tx, .arg = &a, .asked = ARGS(db_int(in->plan),
	    db_int(in->slot), db_int(in->kinds), db_int(in->minutes), db_int(in->people), db_text(in->words.n > 0 ? in->words : TEXT(""))),
	    .content = { (const char *)in->requests, in->n_requests * sizeof *in->requests } });
}

/* ---- confirming ---------------------------------------------------------------------------------------------------------- */

static enum rc
confirm_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct dutylog_new *in = argument;
	struct dutylog l;
	enum rc rc = dutylog_load(tx, actor, in->plan, in->slot, &l);

	if (rc == RC_OK && (!l.written || l.point != actor->point))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &dutylog_q[L_CONFIRM], ARGS(db_int(in->plan), db_int(in->slot), db_int(actor->account),
		    db_int(tx_now_ms(tx))));
	return rc == RC_OK ? audit_note(tx, actor, "duty.confirm", "duty_plan", in->plan, TEXT_NONE) : rc;
}

enum rc
dutylog_confirm(struct ctx *ctx, struct idem_key key, int64_t plan, uint32_t slot)
{
	struct dutylog_new in = { .plan = plan, .slot = slot };

	if (ctx->actor->kind != ACTOR_ACCOUNT || !actor_may(ctx->actor, RIGHT_INTAKE))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "duty.confirm", .fn = confirm_tx, .arg = &in,
	    .asked = ARGS(db_int(plan), db_int(slot)) });
}
