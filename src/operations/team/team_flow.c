/* Teams, their members and visits. */
#include "operations/team/team_internal.h"
#include "operations/team/team_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "operations/dutylog/dutylog.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

#define VISIT_AHEAD 400 /* days that a visit can be planned ahead */
#define MEMBERS_MOST 200


bool
team_keeps(const struct actor *actor, struct place place)
{
	if (actor->kind == ACTOR_SYSTEM)
		return true;
	return actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_SUPERVISE) && place_range_has(actor->places, place);
}

static struct day
tx_today(const struct tx *tx)
{
	return day_of_moment(tx_now_ms(tx));
}

/* ---- reading -------------------------------------------------------------------------------------------- */

enum rc
team_load(struct tx *tx, const struct actor *actor, int64_t id, struct day today, struct team *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &team_q[M_TEAM], ARGS(db_int(today.n), db_int(id)), &row);

	if (rc == RC_OK)
		team_read(row, ret);
	return rc;
}

enum rc
team_list(struct tx *tx, const struct actor *actor, int kind, struct place within, int64_t after, struct day today, struct team *ret,
    size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &team_q[M_TEAMS], ARGS(db_int(today.n), db_int(after), db_int(kind), db_int(r.lo), db_int(r.hi),
	    db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		team_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
team_members(struct tx *tx, const struct actor *actor, int64_t team, struct day today, struct team_member *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &team_q[M_MEMBERS], ARGS(db_int(today.n), db_int(team), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		team_member_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
team_visits(struct tx *tx, const struct actor *actor, int64_t team, struct team_visit *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &team_q[M_VISITS], ARGS(db_int(team), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		visit_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- teams ------------------------------------------------------------------------------------------------ */

struct id_ret { int64_t id; };
struct save_arg { const struct team_new *in; struct findings *findings; struct id_ret ret; };

static enum rc
save_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct save_arg *arg = argument;
	const struct team_new *in = arg->in;
	struct team old = { .id = 0 };
	ROWS row = NULL;
	enum rc rc = in->id != 0 ? team_load(tx, actor, in->id, tx_today(tx), &old) : RC_OK;

	if (rc == RC_OK && !team_keeps(actor, in->id != 0 ? old.place : in->place))
		return RC_NOT_FOUND;
	if (rc == RC_OK && (in->id != 0 ? old.kind : in->kind) == TEAM_OFFICE && in->active) {
		rc = tx_one(tx, actor, &team_q[M_OFFICE], ARGS(db_int(in->id != 0 ? old.place.code : in->place.code)), &row);
		if (rc == RC_OK && rows_int(row, 0) != in->id) {
			findings_add(arg->findings, "place", T("这个司法所已经有服务团"), 0);
			return RC_INVALID;
		}
		rc = rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	if (rc != RC_OK)
		return rc;
	arg->ret.id = in->id != 0 ? in->id : tx_id(tx);
	rc = in->id != 0 ? tx_run_one(tx, actor, &team_q[M_UPDATE], ARGS(db_int(in->id), db_int(in->revision), db_text(text_trim(in->name)),
	    db_int((int64_t)in->needs), db_int(in->active)))
	    : tx_run(tx, actor, &team_q[M_ADD], ARGS(db_int(arg->ret.id), db_int(in->kind), db_text(text_trim(in->name)), db_int(in->place.code),
	        db_int((int64_t)in->needs), db_int(in->active), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "team.save", "team", arg->ret.id, TEXT_NONE) : rc;
}

enum rc
team_save(struct ctx *ctx, struct idem_key key, const struct team_new *in, struct findings *findings, int64_t *ret_id)
{
	struct save_arg arg = { .in = in, .findings = findings };
	enum rc rc;

	if (in->id == 0 && (in->kind <= 0 || in->kind >= TEAM_KIND_COUNT))
		findings_add(findings, "kind", T("请选择种类"), 0);
	if (text_is_empty(text_trim(in->name)))
		findings_add(findings, "name", T("请写名称"), 0);
	if (in->id == 0 && in->kind == TEAM_OFFICE && place_level(in->place) != PLACE_TOWN)
		findings_add(findings, "place", T("司法所的服务团写镇（街道）的区划代码"), 0);
	else if (in->id == 0 && region_find(in->place, day_of_moment(ctx->now_ms)) == NULL)
		findings_add(findings, "place", T("没有这个区划"), 0);
	if (in->needs >> TEAM_PROFESSIONS != 0)
		findings_add(findings, "needs", T("请选择"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "team.save", .fn = save_tx, .arg = &arg, .ret = &arg.ret, .ret_size = sizeof arg.ret,
	    .asked = ARGS(db_int(in->id), db_int(in->revision), db_int(in->kind), db_text(in->name), db_int(in->place.code),
	        db_int((int64_t)in->needs), db_int(in->active)) });
	*ret_id = arg.ret.id;
	return rc;
}

/* ---- members ------------------------------------------------------------------------------------------------ */

struct join_arg { const struct team_join *in; struct findings *findings; };

/* The person meant, in one of both registers. */
static enum rc
who_joins(struct tx *tx, const struct actor *actor, const struct join_arg *arg, int64_t *ret_provider)
{
	const struct team_join *in = arg->in;
	ROWS row = NULL;
	int64_t n = 0;
	enum rc rc;

	*ret_provider = 0;
	if (in->mediator != 0) {
		rc = tx_int(tx, actor, &team_q[M_MEDIATOR], ARGS(db_int(in->mediator)), &n);
		if (rc != RC_OK || n == 1)
			return rc;
		findings_add(arg->findings, "mediator", T("调解员名册里没有这个人"), 0);
		return RC_INVALID;
	}
	rc = tx_one(tx, actor, &team_q[M_LICENCE], ARGS(db_text(text_trim(in->licence))), &row);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && rows_int(row, 2) == 0)) {
		findings_add(arg->findings, "licence", T("人员名册里没有这个证号，或者已停用"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		*ret_provider = rows_int(row, 0);
	return rc;
}

static enum rc
join_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct join_arg *arg = argument;
	const struct team_join *in = arg->in;
	struct team t;
	int64_t provider = 0, there = 0;
	enum rc rc = team_load(tx, actor, in->team, tx_today(tx), &t);

	if (rc == RC_OK && !team_keeps(actor, t.place))
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = who_joins(tx, actor, arg, &provider);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &team_q[M_IN_IT], ARGS(db_int(in->team), db_int(provider), db_int(in->mediator)), &there);
	if (rc != RC_OK)
		return rc;
	if (there > 0 || t.members >= MEMBERS_MOST) {
		findings_add(arg->findings, in->mediator != 0 ? "mediator" : "licence", there > 0 ? T("已经在这个队里") : T("一个队最多 %lld 人"), MEMBERS_MOST);
		return RC_INVALID;
	}
	if (in->leads)
		rc = tx_run(tx, actor, &team_q[M_LEADER_OFF], ARGS(db_int(in->team)), NULL);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &team_q[M_JOIN], ARGS(db_int(tx_id(tx)), db_int(in->team), db_key(provider), db_key(in->mediator), db_int(in->leads),
		    db_int(in->from.n), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "team.join", "team", in->team, text_trim(in->licence)) : rc;
}

enum rc
team_member_add(struct ctx *ctx, struct idem_key key, const struct team_join *in, struct findings *findings)
{
	struct join_arg arg = { in, findings };

	if (in->mediator == 0 && text_is_empty(text_trim(in->licence)))
		findings_add(findings, "licence", T("请写证号，或者选一名调解员"), 0);
	if (in->mediator != 0 && !text_is_empty(text_trim(in->licence)))
		findings_add(findings, "mediator", T("证号和调解员只填一个"), 0);
	if (day_is_none(in->from))
		findings_add(findings, "from", T("请写从哪一天起"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "team.join", .fn = join_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->team), db_int(in->mediator), db_text(in->licence), db_int(in->leads), db_int(in->from.n)) });
}

struct leave_arg { int64_t team, member; };

static enum rc
leave_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct leave_arg *arg = argument;
	struct team t;
	enum rc rc = team_load(tx, actor, arg->team, tx_today(tx), &t);

	if (rc == RC_OK && !team_keeps(actor, t.place))
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &team_q[M_LEAVE], ARGS(db_int(arg->member), db_int(arg->team), db_int(day_add(tx_today(tx), -1).n)));
	return rc == RC_OK ? audit_note(tx, actor, "team.leave", "team", arg->team, TEXT_NONE) : rc;
}

enum rc
team_member_end(struct ctx *ctx, struct idem_key key, int64_t team, int64_t member)
{
	struct leave_arg arg = { team, member };

	return db_command(ctx, key, &(struct command){ .name = "team.leave", .fn = leave_tx, .arg = &arg,
	    .asked = ARGS(db_int(team), db_int(member)) });
}

/* ---- visits --------------------------------------------------------------------------------------------------- */

struct plan_arg { const struct visit_new *in; struct findings *findings; };

static enum rc
plan_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct plan_arg *arg = argument;
	const struct visit_new *in = arg->in;
	struct team t;
	enum rc rc = team_load(tx, actor, in->team, tx_today(tx), &t);

	if (rc == RC_OK && !team_keeps(actor, t.place))
		return RC_NOT_FOUND;
	if (rc == RC_OK && !place_range_has(place_range(t.place), in->place)) {
		findings_add(arg->findings, "place", T("要在这个队的地方里"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &team_q[M_VISIT_ADD], ARGS(db_int(tx_id(tx)), db_int(in->team), db_int(in->place.code), db_int(in->day.n),
		    db_text(text_trim(in->what)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "team.visit", "team", in->team, TEXT_NONE) : rc;
}

enum rc
team_visit_plan(struct ctx *ctx, struct idem_key key, const struct visit_new *in, struct findings *findings)
{
	struct plan_arg arg = { in, findings };
	struct day today = day_of_moment(ctx->now_ms);

	if (day_is_none(in->day) || in->day.n < today.n - DUTYLOG_LATE_DAYS || in->day.n > today.n + VISIT_AHEAD)
		findings_add(findings, "day", T("日期最多往前补 %lld 天"), DUTYLOG_LATE_DAYS);
	if (region_find(in->place, today) == NULL)
		findings_add(findings, "place", T("没有这个区划"), 0);
	if (text_is_empty(text_trim(in->what)))
		findings_add(findings, "what", T("请写去做什么"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "team.visit", .fn = plan_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->team), db_int(in->place.code), db_int(in->day.n), db_text(in->what)) });
}

struct write_arg { const struct visit_log *in; struct findings *findings; };

/* Who keeps the team, or one of its members. */
static enum rc
may_write(struct tx *tx, const struct actor *actor, int64_t team)
{
	struct team_member *v = arena_array(tx_mem(tx), MEMBERS_MOST, sizeof *v);
	struct team t;
	size_t n = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : team_load(tx, actor, team, tx_today(tx), &t);

	if (rc != RC_OK || team_keeps(actor, t.place))
		return rc;
	rc = team_members(tx, actor, team, tx_today(tx), v, MEMBERS_MOST, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (actor->kind == ACTOR_ACCOUNT && v[i].account == actor->account)
			return RC_OK;
	return rc == RC_OK ? RC_NOT_FOUND : rc;
}

static enum rc
write_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct write_arg *arg = argument;
	const struct visit_log *in = arg->in;
	struct team_visit v;
	ROWS row = NULL;
	enum rc rc = may_write(tx, actor, in->team);

	if (rc == RC_OK)
		rc = tx_one(tx, actor, &team_q[M_VISIT], ARGS(db_int(in->team), db_int(in->visit)), &row);
	if (rc != RC_OK)
		return rc;
	visit_read(row, &v);
	if (in->kinds != 0 && day_compare(v.day, tx_today(tx)) > 0) {
		findings_add(arg->findings, "", T("那一天还没有到，不能写完成"), 0);
		return RC_INVALID;
	}
	rc = tx_run_one(tx, actor, &team_q[M_VISIT_WRITE], ARGS(db_int(in->visit), db_int(in->kinds != 0 ? VISIT_DONE : VISIT_DROPPED),
	    db_int(in->kinds), db_int(in->minutes), db_int(in->people), db_text(text_trim(in->words)), db_int(actor->account), db_int(tx_now_ms(tx))));
	return rc == RC_OK ? audit_note(tx, actor, "team.visit_written", "team_visit", in->visit, TEXT_NONE) : rc;
}

enum rc
team_visit_write(struct ctx *ctx, struct idem_key key, const struct visit_log *in, struct findings *findings)
{
	struct write_arg arg = { in, findings };

	if (in->kinds >> DUTYLOG_KINDS != 0)
		findings_add(findings, "kinds", T("请选择"), 0);
	if (in->kinds == 0 && text_is_empty(text_trim(in->words)))
		findings_add(findings, "words", T("没有去的写为什么，去了的选做了什么"), 0);
	if (in->kinds != 0 && (in->minutes < 1 || in->minutes > HOURS_DAY_MINUTES))
		findings_add(findings, "minutes", T("1 至 %lld 分钟"), HOURS_DAY_MINUTES);
	if (in->people < 0 || in->people > 100000)
		findings_add(findings, "people", T("最多 %lld 人"), 100000);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "team.visit_write", .fn = write_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->team), db_int(in->visit), db_int(in->kinds), db_int(in->minutes), db_int(in->people), db_text(in->words)) });
}
