/* Who may mediate, and the chat groups that troubles are taken from. */
#include "operations/matter/mediation/mediation_internal.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"

static void
mediator_read(const struct rows *row, struct mediator *m)
{
	*m = (struct mediator){ .id = rows_int(row, 0), .name = rows_copy(row, 1), .kind = (enum mediator_kind)rows_int(row, 2),
		.committee = rows_copy(row, 3), .place = { rows_int(row, 4) }, .categories = (unsigned)rows_int(row, 5),
		.account = rows_int(row, 6), .phone = rows_copy(row, 7), .active = rows_int(row, 8) != 0, .revision = rows_int(row, 9),
		.load = rows_int(row, 10), .login = rows_copy(row, 11) };
}

static enum rc
mediators_read(struct rows *row, struct mediator *ret, size_t cap, size_t *ret_n)
{
	enum rc rc = RC_OK;

	while (*ret_n < cap && (rc = rows_next(row)) == RC_OK)
		mediator_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
mediators(struct tx *tx, const struct actor *actor, struct mediator *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &mediation_q[Q_MEDIATORS], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	return rc == RC_OK ? mediators_read(row, ret, cap, ret_n) : rc;
}

/* A panel sits in its county and goes where it is wanted; the others mediate in their own. */
enum rc
mediators_for(struct tx *tx, const struct actor *actor, struct place place, int category, struct mediator *ret, size_t cap, size_t *ret_n)
{
	struct place_range county = place_range(place_up(place, PLACE_COUNTY)), town = place_range(place_up(place, PLACE_TOWN));
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &mediation_q[Q_MEDIATORS_FOR], ARGS(db_int(county.lo), db_int(county.hi), db_int(town.lo),
	    db_int(town.hi), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	if (rc == RC_OK)
		rc = mediators_read(row, ret, cap, ret_n);
	if (rc == RC_OK)
		mediation_rank((enum mediation_category)category, place, ret, *ret_n);
	return rc;
}

/* ---- writing ------------------------------------------------------------------------------------------ */

static bool
may_keep(const struct actor *actor, struct place place)
{
	return actor->kind == ACTOR_SYSTEM || (actor_may(actor, RIGHT_INTAKE) && place_range_has(actor->places, place));
}

/* What is there already is changed by those who keep the place it stands at now, not only the one it is to get. */
static enum rc
may_change(struct tx *tx, const struct actor *actor, enum mediation_q one, int64_t id, int column)
{
	ROWS row = NULL;
	enum rc rc = id == 0 ? RC_OK : tx_one(tx, actor, &mediation_q[one], ARGS(db_int(id)), &row);

	if (rc != RC_OK || id == 0)
		return rc;
	return may_keep(actor, (struct place){ rows_int(row, column) }) ? RC_OK : RC_FORBIDDEN;
}

static void
line_check(struct findings *f, const char *key, struct text t, size_t least, size_t most)
{
	size_t n = utf8_length(text_trim(t));

	if (n < least || n > most)
		findings_add(f, key, n < least ? T("请填写") : T("最多 %lld 个字"), (int64_t)most);
}

struct mediator_arg { const struct mediator_new *in; int64_t id; bool no_login; };

static enum rc
mediator_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct mediator_arg *arg = argument;
	const struct mediator_new *in = arg->in;
	int64_t account = 0;
	enum rc rc = may_change(tx, actor, Q_MEDIATOR_ONE, in->id, 4);

	if (rc != RC_OK)
		return rc;
	rc = in->login.n == 0 ? RC_OK
	    : tx_int(tx, &(struct actor){ .kind = ACTOR_SYSTEM, .city = actor->city }, &mediation_q[Q_MEDIATOR_ACCOUNT],
	        ARGS(db_text(in->login)), &account);
	arg->no_login = rc == RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_REFUSED : rc;
	arg->id = in->id != 0 ? in->id : tx_id(tx);
	if (in->id == 0)
		rc = tx_run(tx, actor, &mediation_q[Q_MEDIATOR_INSERT], ARGS(db_int(arg->id), db_text(text_trim(in->name)), db_int(in->kind),
		    db_text(text_trim(in->committee)), db_int(in->place.code), db_int(in->categories), db_key(account),
		    db_text(text_trim(in->phone)), db_int(in->active)), NULL);
	else
		rc = tx_run_one(tx, actor, &mediation_q[Q_MEDIATOR_UPDATE], ARGS(db_int(in->id), db_int(in->revision),
		    db_text(text_trim(in->name)), db_int(in->kind), db_text(text_trim(in->committee)), db_int(in->place.code),
		    db_int(in->categories), db_key(account), db_text(text_trim(in->phone)), db_int(in->active)));
	return rc == RC_OK ? audit_note(tx, actor, "mediator.save", "mediator", arg->id, TEXT_NONE) : rc;
}

enum rc
mediator_save(struct ctx *ctx, struct idem_key key, const struct mediator_new *in, struct findings *findings, int64_t *ret)
{
	struct mediator_arg arg = { .in = in };
	enum rc rc;

	*ret = 0;
	if (!may_keep(ctx->actor, in->place))
		return RC_FORBIDDEN;
	line_check(findings, "name", in->name, 2, 40);
	line_check(findings, "committee", in->committee, 2, 80);
	line_check(findings, "phone", in->phone, 0, 30);
	if (choice_by_value(mediator_kind_choices, in->kind) == NULL)
		findings_add(findings, "kind", T("请选择"), 0);
	if (in->kind == MEDIATOR_PANEL && in->categories == 0)
		findings_add(findings, "categories", T("专业律师调解组要写明调解哪几类纠纷"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "mediator.save", .fn = mediator_tx, .arg = &arg, .ret = &arg.id,
	    .ret_size = sizeof arg.id, .asked = ARGS(db_int(in->id), db_int(in->revision), db_text(in->name), db_int(in->kind),
	        db_text(in->committee), db_int(in->place.code), db_int(in->categories), db_text(in->login), db_text(in->phone), db_int(in->active)) });
	*ret = arg.id;
	if (rc == RC_REFUSED && arg.no_login) {
		findings_add(findings, "login", T("没有这个登录名"), 0);
		return RC_INVALID;
	}
	return rc;
}

/* ---- chat groups ------------------------------------------------------------------------------------------ */

enum rc
chat_groups(struct tx *tx, const struct actor *actor, struct chat_group *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &mediation_q[Q_GROUPS], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct chat_group){ .id = rows_int(row, 0), .name = rows_copy(row, 1), .platform = rows_copy(row, 2),
			.place = { rows_int(row, 3) }, .mediator = rows_int(row, 4), .members = rows_int(row, 5), .active = rows_int(row, 6) != 0,
			.since = { (int32_t)rows_int(row, 7) }, .revision = rows_int(row, 8), .mediator_name = rows_copy(row, 9), .taken = rows_int(row, 10) };
	return rc == RC_DONE ? RC_OK : rc;
}

struct group_arg { const struct chat_group_new *in; int64_t id; };

static enum rc
group_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct group_arg *arg = argument;
	const struct chat_group_new *in = arg->in;
	ROWS row = NULL;
	enum rc rc = may_change(tx, actor, Q_GROUP_ONE, in->id, 0);

	if (rc != RC_OK)
		return rc;
	rc = tx_one(tx, actor, &mediation_q[Q_MEDIATOR_ONE], ARGS(db_int(in->mediator)), &row);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_REFUSED : rc;
	arg->id = in->id != 0 ? in->id : tx_id(tx);
	if (in->id == 0)
		rc = tx_run(tx, actor, &mediation_q[Q_GROUP_INSERT], ARGS(db_int(arg->id), db_text(text_trim(in->name)),
		    db_text(text_trim(in->platform)), db_int(in->place.code), db_int(in->mediator), db_int(in->members), db_int(in->active),
		    db_int(day_of_moment(tx_now_ms(tx)).n)), NULL);
	else
		rc = tx_run_one(tx, actor, &mediation_q[Q_GROUP_UPDATE], ARGS(db_int(in->id), db_int(in->revision), db_text(text_trim(in->name)),
		    db_text(text_trim(in->platform)), db_int(in->place.code), db_int(in->mediator), db_int(in->members), db_int(in->active)));
	return rc == RC_OK ? audit_note(tx, actor, "mediation_group.save", "mediation_group", arg->id, TEXT_NONE) : rc;
}

enum rc
chat_group_save(struct ctx *ctx, struct idem_key key, const struct chat_group_new *in, struct findings *findings, int64_t *ret)
{
	struct group_arg arg = { .in = in };
	enum rc rc;

	*ret = 0;
	if (!may_keep(ctx->actor, in->place))
		return RC_FORBIDDEN;
	line_check(findings, "name", in->name, 2, 60);
	line_check(findings, "platform", in->platform, 1, 20);
	if (in->mediator == 0)
		findings_add(findings, "mediator", T("请选择由哪位调解员负责"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "mediation_group.save", .fn = group_tx, .arg = &arg, .ret = &arg.id,
	    .ret_size = sizeof arg.id, .asked = ARGS(db_int(in->id), db_int(in->revision), db_text(in->name), db_text(in->platform),
	        db_int(in->place.code), db_int(in->mediator), db_int(in->members), db_int(in->active)) });
	*ret = arg.id;
	if (rc == RC_REFUSED) {
		findings_add(findings, "mediator", T("请选择由哪位调解员负责"), 0);
		return RC_INVALID;
	}
	return rc;
}
