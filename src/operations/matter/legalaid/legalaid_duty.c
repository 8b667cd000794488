/* Duty lawyers: who stands where, whom they helped, and that who wants aid is passed on in time. */
#include "operations/matter/legalaid/legalaid_duty_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define END { 0, NULL, NULL }
#define SEALED_AS "aid_duty_help.helped"
#define LINE_MAX_CHARS 60
#define WORDS_MAX 500
#define PASS_MS INT64_C(86400000) /* Art. 39: 24 hours */

const struct choice aid_station_choices[] = {
	{ AID_AT_COURT, "court", T("人民法院") }, { AID_AT_PROCURATORATE, "procuratorate", T("人民检察院") },
	{ AID_AT_DETENTION, "detention", T("看守所") }, END,
};
const struct choice aid_help_choices[] = {
	{ AID_H_ADVICE, "advice", T("法律咨询") }, { AID_H_PROCEDURE, "procedure", T("程序选择建议") },
	{ AID_H_MEASURE, "measure", T("申请变更强制措施") }, { AID_H_OPINION, "opinion", T("对案件处理提出意见") },
	{ AID_H_MEETING, "meeting", T("会见") }, { AID_H_FILE, "file", T("阅卷") }, { AID_H_PLEA, "plea", T("认罪认罚时在场") }, END,
};

/* ---- who is on duty --------------------------------------------------------------------------------------- */

static bool
is_institution(const struct actor *a)
{
	return a->kind == ACTOR_SYSTEM || (a->kind == ACTOR_ACCOUNT && a->role != ROLE_PROVIDER && actor_may(a, RIGHT_INTAKE));
}

struct put_arg { const struct aid_duty_new *in; struct findings *findings; };

static enum rc
put_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct put_arg *arg = argument;
	const struct aid_duty_new *in = arg->in;
	struct provider p;
	enum provider_why why;
	int64_t changed = 0;
	enum rc rc = provider_load(tx, actor, in->provider, &p);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && p.kind != PROVIDER_LAWYER && p.kind != PROVIDER_AID_LAWYER)) {
		findings_add(arg->findings, "provider", T("值班律师要从名册里的律师中选"), 0);
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	rc = provider_bar(tx, actor, in->day, in->day, &p);
	if (rc != RC_OK)
		return rc;
	why = provider_judge(&p, in->day);
	if (why != PROVIDER_MAY) {
		findings_add(arg->findings, "provider", provider_why_label(why), 0);
		return RC_INVALID;
	}
	rc = tx_run(tx, actor, &aid_duty_q[D_PUT], ARGS(db_int(tx_id(tx)), db_int(in->place.code), db_text(text_trim(in->station)),
	    db_int(in->station_kind), db_int(in->day.n), db_int(in->provider), db_int(actor->account), db_int(tx_now_ms(tx))), &changed);
	if (rc == RC_OK && changed == 0) {
		findings_add(arg->findings, "provider", T("这一天这位律师在这里已经排上了"), 0);
		return RC_INVALID;
	}
	return rc == RC_OK ? audit_note(tx, actor, "aid.duty", "provider", in->provider, text_trim(in->station)) : rc;
}

enum rc
aid_duty_put(struct ctx *ctx, struct idem_key key, const struct aid_duty_new *in, struct findings *findings)
{
	struct put_arg arg = { in, findings };

	if (!is_institution(ctx->actor) || (ctx->actor->kind == ACTOR_ACCOUNT && !place_range_has(ctx->actor->places, in->place)))
		return RC_FORBIDDEN;
	if (text_is_empty(text_trim(in->station)) || utf8_length(in->station) > LINE_MAX_CHARS)
		findings_add(findings, "station", T("请写值班地点，最多 %lld 个字"), LINE_MAX_CHARS);
	if (in->station_kind <= AID_STATION_NONE || in->station_kind >= AID_STATION_COUNT)
		findings_add(findings, "station_kind", T("请选择值班地点是哪一类"), 0);
	if (day_is_none(in->day))
		findings_add(findings, "day", T("请写哪一天"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "aid.duty", .fn = put_tx, .arg = &arg, .asked = ARGS(db_int(in->place.code),
	    db_text(in->station), db_int(in->station_kind), db_int(in->day.n), db_int(in->provider)) });
}

static void
duty_read(const struct rows *row, struct aid_duty *ret)
{
	*ret = (struct aid_duty){ .id = rows_int(row, 0), .provider = rows_int(row, 1), .provider_account = rows_int(row, 2),
		.station = rows_copy(row, 3), .name = rows_copy(row, 4), .firm_name = rows_copy(row, 5), .station_kind = (int)rows_int(row, 6),
		.day = { (int32_t)rows_int(row, 7) }, .helped = rows_int(row, 8) };
}

enum rc
aid_duties(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct aid_duty *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_duty_q[is_institution(actor) ? D_LIST : D_LIST_OWN],
	    ARGS(db_int(from.n), db_int(to.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		duty_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
duty_load(struct tx *tx, const struct actor *actor, int64_t id, struct aid_duty *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &aid_duty_q[is_institution(actor) ? D_ONE : D_ONE_OWN], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		duty_read(row, ret);
	return rc;
}

/* ---- help ------------------------------------------------------------------------------------------------------ */

struct help_arg { const struct aid_help_new *in; struct findings *findings; int64_t id; struct text sealed; };

static enum rc
help_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct help_arg *arg = argument;
	const struct aid_help_new *in = arg->in;
	struct aid_duty duty;
	enum rc rc = duty_load(tx, actor, in->duty, &duty);

	if (rc != RC_OK)
		return rc;
	if (day_compare(duty.day, day_of_moment(tx_now_ms(tx))) > 0) {
		findings_add(arg->findings, "name", T("还没有到值班那一天"), 0);
		return RC_INVALID;
	}
	rc = tx_run(tx, actor, &aid_duty_q[D_HELP_PUT], ARGS(db_int(arg->id), db_int(in->duty), db_blob(arg->sealed), db_int(in->stage),
	    db_int(in->given), db_text(text_trim(in->words)), in->wants_aid ? db_int(tx_now_ms(tx) + PASS_MS) : db_null(),
	    db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "aid.help", "aid_duty", in->duty, TEXT_NONE) : rc;
}

enum rc
aid_help_put(struct ctx *ctx, struct idem_key key, const struct aid_help_new *in, struct findings *findings)
{
	struct help_arg arg = { .in = in, .findings = findings };
	enum rc rc;

	if (text_is_empty(text_trim(in->name)) || utf8_length(in->name) > LINE_MAX_CHARS)
		findings_add(findings, "name", T("请写帮助了谁，最多 %lld 个字"), LINE_MAX_CHARS);
	if (in->stage <= AID_STAGE_NONE || in->stage >= AID_STAGE_COUNT)
		findings_add(findings, "stage", T("请选择案件在哪个阶段"), 0);
	if (in->given == 0 || (in->given >> AID_HELP_COUNT) != 0)
		findings_add(findings, "given", T("请选择提供了哪些帮助"), 0);
	if (utf8_length(in->words) > WORDS_MAX)
		findings_add(findings, "words", T("最多 %lld 个字"), WORDS_MAX);
	if (findings->total > 0)
		return RC_INVALID;
	rc = db_id(ctx->db, &arg.id);
	if (rc == RC_OK)
		rc = crypt_seal(ctx->crypt, ctx->mem, text_trim(in->name), crypt_context(ctx->mem, SEALED_AS, ctx->actor->city, arg.id), &arg.sealed);
	return rc != RC_OK ? rc : db_command(ctx, key, &(struct command){ .name = "aid.help", .fn = help_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->duty), db_text(text_trim(in->name)), db_int(in->stage), db_int(in->given), db_int(in->wants_aid),
	    db_text(in->words)) });
}

struct helps_arg { int64_t duty; struct aid_duty *ret; struct aid_help_row *v; size_t cap, n; };

static enum rc
helps_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct helps_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = duty_load(tx, actor, arg->duty, arg->ret);

	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &aid_duty_q[D_HELPS], ARGS(db_int(arg->duty), db_int((int64_t)arg->cap)), &row);
	while (rc == RC_OK && arg->n < arg->cap && (rc = rows_next(row)) == RC_OK)
		arg->v[arg->n++] = (struct aid_help_row){ .id = rows_int(row, 0), .pass_due_ms = rows_int(row, 1), .passed_ms = rows_int(row, 2),
			.at_ms = rows_int(row, 3), .sealed = rows_copy(row, 4), .words = rows_copy(row, 5), .account_name = rows_copy(row, 6),
			.stage = (int)rows_int(row, 7), .given = (unsigned)rows_int(row, 8) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
aid_helps(struct ctx *ctx, int64_t duty, struct aid_duty *ret_duty, struct aid_help_row *ret, size_t cap, size_t *ret_n)
{
	struct helps_arg arg = { .duty = duty, .ret = ret_duty, .v = ret, .cap = cap };
	enum rc rc = db_read(ctx, helps_tx, &arg);

	*ret_n = arg.n;
	for (size_t i = 0; rc == RC_OK && i < arg.n; i++)
		rc = crypt_unseal(ctx->crypt, ctx->mem, ret[i].sealed, crypt_context(ctx->mem, SEALED_AS, ctx->actor->city, ret[i].id), &ret[i].name);
	return rc;
}

struct pass_arg { int64_t duty, help; };

static enum rc
pass_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct pass_arg *arg = argument;
	struct aid_duty duty;
	int64_t changed = 0;
	enum rc rc = duty_load(tx, actor, arg->duty, &duty);

	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_duty_q[D_PASS], ARGS(db_int(arg->help), db_int(arg->duty), db_int(tx_now_ms(tx)), db_int(actor->account)), &changed);
	if (rc == RC_OK && changed == 0)
		return RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "aid.help_pass", "aid_duty", arg->duty, TEXT_NONE) : rc;
}

enum rc
aid_help_pass(struct ctx *ctx, struct idem_key key, int64_t duty, int64_t help)
{
	struct pass_arg arg = { duty, help };

	return !is_institution(ctx->actor) ? RC_FORBIDDEN : db_command(ctx, key, &(struct command){ .name = "aid.help_pass", .fn = pass_tx,
	    .arg = &arg, .asked = ARGS(db_int(duty), db_int(help)) });
}
