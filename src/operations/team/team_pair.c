/* Hours given for nothing, confirmed by a second person; advisers paired with village officials. */
#include "operations/team/team_internal.h"
#include "operations/team/team_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

#define HOURS_LATE_DAYS 92 /* so long after the day they can be entered */

static struct day
tx_today(const struct tx *tx)
{
	return day_of_moment(tx_now_ms(tx));
}

/* ---- hours ------------------------------------------------------------------------------------------------ */

enum rc
hours_waiting(struct tx *tx, const struct actor *actor, struct hours *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &team_q[M_HOURS_OPEN], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		hours_read(row, &ret[*ret_n]);
		ret[*ret_n].own = ret[*ret_n].account == actor->account || rows_int(row, 12) == actor->account;
		(*ret_n)++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
hours_sums(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct hours_sum *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &team_q[M_HOURS_SUMS], ARGS(db_int(from.n), db_int(to.n), db_int((int64_t)cap)), &row);
	size_t n = 0;

	for (; rc == RC_OK && n < cap && (rc = rows_next(row)) == RC_OK; n++)
		ret[n] = (struct hours_sum){ .provider = rows_int(row, 0), .kind = (int)rows_int(row, 1), .provider_kind = (int)rows_int(row, 2),
			.name = rows_copy(row, 3), .firm_name = rows_copy(row, 4), .minutes = rows_int(row, 5), .waiting = rows_int(row, 6) };
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

struct hours_arg { const struct hours_new *in; struct findings *findings; };

/* Whose hours: the actor's own, or those of a licence where the actor keeps teams. */
static enum rc
whose(struct tx *tx, const struct actor *actor, const struct hours_arg *arg, int64_t *ret, enum provider_kind *ret_kind)
{
	struct provider me;
	ROWS row = NULL;
	enum rc rc;

	if (text_is_empty(text_trim(arg->in->licence))) {
		rc = provider_by_account(tx, actor, actor->account, &me);
		if (rc == RC_NOT_FOUND)
			findings_add(arg->findings, "licence", T("请写是谁的：证号"), 0);
		*ret = rc == RC_OK ? me.id : 0;
		*ret_kind = rc == RC_OK ? me.kind : PROVIDER_KIND_COUNT;
		return rc == RC_NOT_FOUND ? RC_INVALID : rc;
	}
	rc = tx_one(tx, actor, &team_q[M_LICENCE], ARGS(db_text(text_trim(arg->in->licence))), &row);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && rows_int(row, 2) == 0)) {
		findings_add(arg->findings, "licence", T("人员名册里没有这个证号，或者已停用"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK && !team_keeps(actor, (struct place){ rows_int(row, 3) })) {
		findings_add(arg->findings, "licence", T("别人的时间由所在地的主管登记"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK) {
		*ret = rows_int(row, 0);
		*ret_kind = (enum provider_kind)rows_int(row, 1);
	}
	return rc;
}

static enum rc
hours_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct hours_arg *arg = argument;
	const struct hours_new *in = arg->in;
	enum provider_kind kind = PROVIDER_KIND_COUNT;
	int64_t provider = 0, day = 0, id = tx_id(tx);
	struct team t;
	enum rc rc = whose(tx, actor, arg, &provider, &kind);

	if (rc == RC_OK && in->kind == HOURS_PRO_BONO && team_profession_of(kind) != TEAM_LAWYER) {
		findings_add(arg->findings, "kind", T("律师公益服务只登记律师的"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK && in->team != 0 && team_load(tx, actor, in->team, tx_today(tx), &t) != RC_OK) {
		findings_add(arg->findings, "team", T("没有这个队"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &team_q[M_HOURS_DAY], ARGS(db_int(provider), db_int(in->day.n)), &day);
	if (rc == RC_OK && day + in->minutes > HOURS_DAY_MINUTES) {
		findings_add(arg->findings, "minutes", T("一个人一天最多 %lld 分钟，这一天已经登记过"), HOURS_DAY_MINUTES);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &team_q[M_HOURS_ADD], ARGS(db_int(id), db_int(provider), db_key(in->team), db_int(in->kind), db_int(in->day.n),
		    db_int(in->minutes), db_text(text_trim(in->words)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "team.hours", "provider", provider, TEXT_NONE) : rc;
}

enum rc
hours_add(struct ctx *ctx, struct idem_key key, const struct hours_new *in, struct findings *findings)
{
	struct hours_arg arg = { in, findings };
	struct day today = day_of_moment(ctx->now_ms);

	if (in->kind <= 0 || in->kind >= HOURS_KIND_COUNT)
		findings_add(findings, "kind", T("请选择种类"), 0);
	if (day_is_none(in->day) || day_compare(in->day, today) > 0 || in->day.n < today.n - HOURS_LATE_DAYS)
		findings_add(findings, "day", T("写做了的那一天，最多补 %lld 天"), HOURS_LATE_DAYS);
	if (in->minutes < 1 || in->minutes > HOURS_DAY_MINUTES)
		findings_add(findings, "minutes", T("1 至 %lld 分钟"), HOURS_DAY_MINUTES);
	if (text_is_empty(text_trim(in->words)))
		findings_add(findings, "words", T("请写做了什么"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "team.hours", .fn = hours_tx, .arg = &arg,
	    .asked = ARGS(db_text(in->licence), db_int(in->kind), db_int(in->team), db_int(in->day.n), db_int(in->minutes), db_text(in->words)) });
}

struct confirm_arg { int64_t id; };

static enum rc
confirm_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	int64_t id = ((struct confirm_arg *)argument)->id;
	struct hours h;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &team_q[M_HOURS_ONE], ARGS(db_int(id)), &row);

	if (rc != RC_OK)
		return rc;
	hours_read(row, &h);
	if (!team_keeps(actor, (struct place){ rows_int(row, 13) }))
		return RC_NOT_FOUND;
	if (actor->kind == ACTOR_ACCOUNT && (h.account == actor->account || rows_int(row, 12) == actor->account))
		return RC_FORBIDDEN;
	rc = tx_run_one(tx, actor, &team_q[M_HOURS_CONFIRM], ARGS(db_int(id), db_int(actor->account), db_int(tx_now_ms(tx))));
	return rc == RC_OK ? audit_note(tx, actor, "team.hours_confirmed", "provider", h.provider, TEXT_NONE) : rc;
}

enum rc
hours_confirm(struct ctx *ctx, struct idem_key key, int64_t id)
{
	struct confirm_arg arg = { id };

	return db_command(ctx, key, &(struct command){ .name = "team.hours_confirm", .fn = confirm_tx, .arg = &arg, .asked = ARGS(db_int(id)) });
}

/* ---- pairs ------------------------------------------------------------------------------------------------------ */

enum rc
pair_list(struct tx *tx, const struct actor *actor, struct place within, int64_t after, struct pair *ret, size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &team_q[M_PAIRS], ARGS(db_int(after), db_int(r.lo), db_int(r.hi), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		pair_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
pair_load(struct tx *tx, const struct actor *actor, int64_t id, struct pair *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &team_q[M_PAIR], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		pair_read(row, ret);
	return rc;
}

struct pair_arg { const struct pair_new *in; struct findings *findings; };

static enum rc
pair_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pair_arg *arg = argument;
	const struct pair_new *in = arg->in;
	int64_t provider, advises = 0, meets = 0, id = tx_id(tx);
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &team_q[M_LICENCE], ARGS(db_text(text_trim(in->licence))), &row);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && rows_int(row, 2) == 0)) {
		findings_add(arg->findings, "licence", T("人员名册里没有这个证号，或者已停用"), 0);
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	if (!team_keeps(actor, in->place)) {
		findings_add(arg->findings, "place", T("您的辖区里没有这个村（社区）"), 0);
		return RC_INVALID;
	}
	provider = rows_int(row, 0);
	rc = tx_int(tx, actor, &team_q[M_ADVISES], ARGS(db_int(in->place.code), db_int(provider), db_int(in->from.n)), &advises);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &team_q[M_PAIR_MEETS], ARGS(db_int(in->place.code), db_int(provider), db_text(text_trim(in->official))), &meets);
	if (rc == RC_OK && advises == 0)
		findings_add(arg->findings, "licence", T("那一天不是这个村（社区）的法律顾问"), 0);
	if (rc == RC_OK && meets > 0)
		findings_add(arg->findings, "official", T("这两个人已经结对"), 0);
	if (rc == RC_OK && arg->findings->total > 0)
		return RC_INVALID;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &team_q[M_PAIR_ADD], ARGS(db_int(id), db_int(provider), db_text(text_trim(in->official)), db_int(in->place.code),
		    db_int(in->from.n), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "team.pair", "adviser_pair", id, text_trim(in->licence)) : rc;
}

enum rc
pair_add(struct ctx *ctx, struct idem_key key, const struct pair_new *in, struct findings *findings)
{
	struct pair_arg arg = { in, findings };

	if (place_level(in->place) != PLACE_VILLAGE)
		findings_add(findings, "place", T("请写到村（社区）的 12 位区划代码"), 0);
	if (text_is_empty(text_trim(in->official)))
		findings_add(findings, "official", T("请写村官的姓名"), 0);
	if (day_is_none(in->from))
		findings_add(findings, "from", T("请写从哪一天起"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "team.pair", .fn = pair_tx, .arg = &arg,
	    .asked = ARGS(db_text(in->licence), db_text(in->official), db_int(in->place.code), db_int(in->from.n)) });
}

struct pair_end_arg { int64_t id; struct day last; struct findings *findings; };

static enum rc
pair_end_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pair_end_arg *arg = argument;
	struct pair p;
	enum rc rc = pair_load(tx, actor, arg->id, &p);

	if (rc == RC_OK && !team_keeps(actor, p.place))
		return RC_NOT_FOUND;
	if (rc == RC_OK && day_compare(arg->last, p.from) < 0) {
		findings_add(arg->findings, "last", T("最后一天不能早于第一天"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &team_q[M_PAIR_END], ARGS(db_int(arg->id), db_int(arg->last.n)));
	return rc == RC_OK ? audit_note(tx, actor, "team.pair_end", "adviser_pair", arg->id, TEXT_NONE) : rc;
}

enum rc
pair_end(struct ctx *ctx, struct idem_key key, int64_t id, struct day last, struct findings *findings)
{
	struct pair_end_arg arg = { id, last, findings };

	if (day_is_none(last)) {
		findings_add(findings, "last", T("请写最后一天"), 0);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "team.pair_end", .fn = pair_end_tx, .arg = &arg, .asked = ARGS(db_int(id), db_int(last.n)) });
}

enum rc
pair_trainings(struct tx *tx, const struct actor *actor, int64_t pair, struct training *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &team_q[M_TRAININGS], ARGS(db_int(pair), db_int((int64_t)cap)), &row);
	size_t n = 0;

	for (; rc == RC_OK && n < cap && (rc = rows_next(row)) == RC_OK; n++) {
		ret[n].day.n = (int32_t)rows_int(row, 0);
		ret[n].minutes = rows_int(row, 1);
		ret[n].words = rows_copy(row, 2);
	}
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

struct train_arg { int64_t pair; const struct training *in; struct findings *findings; };

static enum rc
train_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct train_arg *arg = argument;
	struct pair p;
	enum rc rc = pair_load(tx, actor, arg->pair, &p);

	if (rc == RC_OK && !team_keeps(actor, p.place) && (actor->kind != ACTOR_ACCOUNT || p.account != actor->account))
		return RC_NOT_FOUND;
	if (rc == RC_OK && (day_compare(arg->in->day, p.from) < 0 || (!day_is_none(p.to) && day_compare(arg->in->day, p.to) > 0))) {
		findings_add(arg->findings, "day", T("要在结对的日子里"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &team_q[M_TRAIN], ARGS(db_int(tx_id(tx)), db_int(arg->pair), db_int(arg->in->day.n), db_int(arg->in->minutes),
		    db_text(text_trim(arg->in->words)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "team.train", "adviser_pair", arg->pair, TEXT_NONE) : rc;
}

enum rc
pair_train(struct ctx *ctx, struct idem_key key, int64_t pair, const struct training *in, struct findings *findings)
{
	struct train_arg arg = { pair, in, findings };

	if (day_is_none(in->day) || day_compare(in->day, day_of_moment(ctx->now_ms)) > 0)
		findings_add(findings, "day", T("写已经过去的一天"), 0);
	if (in->minutes < 1 || in->minutes > HOURS_DAY_MINUTES)
		findings_add(findings, "minutes", T("1 至 %lld 分钟"), HOURS_DAY_MINUTES);
	if (text_is_empty(text_trim(in->words)))
		findings_add(findings, "words", T("请写做了什么"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "team.train", .fn = train_tx, .arg = &arg,
	    .asked = ARGS(db_int(pair), db_int(in->day.n), db_int(in->minutes), db_text(in->words)) });
}
