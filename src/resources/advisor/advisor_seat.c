/* Who offers to advise villages, and which pairs are ruled out. */
#include "resources/advisor/advisor_internal.h"
#include "resources/advisor/advisor_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "standards/region/region.h"

#define ROOM_MAX 60

enum rc
seat_put(struct tx *tx, const struct actor *actor, const struct advisor_seat_new *in, int line, struct findings *findings)
{
	ROWS row = NULL;
	struct provider p = { .id = 0 };
	int64_t changed = 0;
	enum rc rc = tx_one(tx, actor, &advisor_q[A_LICENCE], ARGS(db_text(in->licence)), &row);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_NOT_FOUND)
		advisor_tell(findings, line, "licence", T("人员名册里没有这个执业证号"), 0);
	else
		person_read(row, 0, &p);
	if (rc == RC_OK && p.kind != PROVIDER_LAWYER && p.kind != PROVIDER_GRASSROOTS) {
		advisor_tell(findings, line, "licence", advisor_why_label(ADVISOR_KIND), 0);
		rc = RC_INVALID;
	}
	if (in->room < 0 || in->room > ROOM_MAX) {
		advisor_tell(findings, line, "room", T("能服务的村（社区）最多写 %lld 个"), ROOM_MAX);
		rc = RC_INVALID;
	}
	if (in->home.code != 0 && region_find(in->home, DAY_NONE) == NULL) {
		advisor_tell(findings, line, "home", T("没有这个地方"), 0);
		rc = RC_INVALID;
	}
	if (rc != RC_OK)
		return RC_INVALID;
	rc = tx_run(tx, actor, &advisor_q[A_SEAT_UPDATE], ARGS(db_int(p.id), db_int(in->home.code), db_int(in->dialect), db_int(in->room)),
	    &changed);
	if (rc == RC_OK && changed == 0)
		rc = tx_run(tx, actor, &advisor_q[A_SEAT_PUT], ARGS(db_int(p.id), db_int(in->home.code), db_int(in->dialect),
		    db_int(in->room)), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "advisor.seat", "provider", p.id, p.licence) : rc;
}

struct seat_arg { const struct advisor_seat_new *in; struct findings *findings; };

static enum rc
seat_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct seat_arg *arg = argument;

	return seat_put(tx, actor, arg->in, 0, arg->findings);
}

enum rc
advisor_seat_save(struct ctx *ctx, struct idem_key key, const struct advisor_seat_new *in, struct findings *findings)
{
	struct seat_arg arg = { .in = in, .findings = findings };

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "advisor.seat", .fn = seat_tx, .arg = &arg,
	    .asked = ARGS(db_text(in->licence), db_int(in->home.code), db_int(in->dialect), db_int(in->room)) });
}

struct conflict_arg { const struct advisor_ruled_out *in; struct findings *findings; };

static enum rc
conflict_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct conflict_arg *arg = argument;
	const struct advisor_ruled_out *in = arg->in;
	ROWS row = NULL;
	struct provider p = { .id = 0 };
	enum rc rc = tx_one(tx, actor, &advisor_q[A_LICENCE], ARGS(db_text(in->licence)), &row);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_OK)
		person_read(row, 0, &p);
	else
		findings_add(arg->findings, "who", T("人员名册里没有这个执业证号"), 0);
	if (place_level(in->village) != PLACE_VILLAGE || !place_range_has(actor->places, in->village))
		findings_add(arg->findings, "village", T("您的辖区里没有这个村（社区）"), 0);
	if (text_is_empty(text_trim(in->reason)))
		findings_add(arg->findings, "reason", T("请写明是什么利益冲突"), 0);
	if (arg->findings->total > 0)
		return RC_INVALID;
	rc = tx_run(tx, actor, &advisor_q[A_CONFLICT_PUT], ARGS(db_int(p.id), db_int(in->village.code), db_text(in->reason),
	    db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "advisor.conflict", "provider", p.id, p.licence) : rc;
}

enum rc
advisor_conflict(struct ctx *ctx, struct idem_key key, const struct advisor_ruled_out *in, struct findings *findings)
{
	struct conflict_arg arg = { .in = in, .findings = findings };

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "advisor.conflict", .fn = conflict_tx, .arg = &arg,
	    .asked = ARGS(db_text(in->licence), db_int(in->village.code), db_text(in->reason)) });
}
