/* What an account has been told, what a resident does not want, and what officials have set. */
#include "supply/notify/notify_store.h"

#include "operations/request/request.h"
#include "standards/setting/setting.h"

enum rc
notify_rules_load(struct tx *tx, const struct actor *actor, struct notify_rules *ret)
{
	const struct { const char *key; int64_t min, max, fallback, *to; } v[] = {
		{ "notify.quiet_from", 0, 1440, 21 * 60, &ret->quiet_from },
		{ "notify.quiet_to", 0, 1440, 8 * 60, &ret->quiet_to },
		{ "notify.per_minute", 1, 6000, 60, &ret->per_minute },
		{ "notify.give_up_hours", 1, 720, 72, &ret->give_up_hours },
		{ "notify.wechat", 0, 1, 0, &ret->wechat },
	};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < sizeof v / sizeof v[0]; i++)
		rc = setting_int(tx, actor, v[i].key, v[i].min, v[i].max, v[i].fallback, v[i].to);
	return rc;
}

/* ---- the list ------------------------------------------------------------------------------------------- */

struct list_arg { int64_t before; struct notice *ret; size_t cap, n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list_arg *arg = argument;
	int64_t before = arg->before == 0 ? INT64_MAX : arg->before;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &notify_q[Q_LIST], ARGS(db_int(before), db_int((int64_t)arg->cap)), &row);

	arg->n = 0;
	while (rc == RC_OK && arg->n < arg->cap && (rc = rows_next(row)) == RC_OK) {
		struct notice *n = &arg->ret[arg->n++];

		n->id = rows_int(row, 0);
		n->request = rows_int(row, 1);
		n->event = rows_int(row, 2);
		n->at_ms = rows_int(row, 3);
		n->read_ms = rows_int(row, 4);
		n->kind = rows_copy(row, 5);
		n->number = rows_copy(row, 6);
		n->subject = rows_copy(row, 7);
		n->due_ms = rows_int(row, 8);
		n->open = rows_int(row, 9) != 0;
		n->about = rows_copy(row, 12);
		n->seen = place_range_has(actor->places, (struct place){ rows_int(row, 10) }) || rows_int(row, 11) > 0;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
notify_list(struct ctx *ctx, int64_t before, struct notice *ret, size_t cap, size_t *ret_n)
{
	struct list_arg arg = { before, ret, cap, 0 };
	enum rc rc = db_read(ctx, list_tx, &arg);

	*ret_n = rc == RC_OK ? arg.n : 0;
	return rc;
}

static enum rc
unread_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return tx_int(tx, actor, &notify_q[Q_UNREAD], ARGS(db_int(NOTIFY_COUNT_MOST)), arg);
}

enum rc
notify_unread(struct ctx *ctx, int64_t *ret)
{
	*ret = 0;
	return db_read(ctx, unread_tx, ret);
}

static enum rc
read_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const int64_t *id = arg;

	if (*id == 0)
		return tx_run(tx, actor, &notify_q[Q_READ_ALL], ARGS(db_int(tx_now_ms(tx))), NULL);
	return tx_run(tx, actor, &notify_q[Q_READ], ARGS(db_int(*id), db_int(tx_now_ms(tx))), NULL);
}

enum rc
notify_read(struct ctx *ctx, int64_t id)
{
	return db_job(ctx, &(struct command){ .name = "notify.read", .fn = read_tx, .arg = &id });
}

/* ---- residents --------------------------------------------------------------------------------------------- */

enum rc
notify_off_get(struct tx *tx, const struct actor *actor, bool *ret)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &notify_q[Q_OFF_GET], NO_ARGS, &n);

	*ret = n > 0;
	return rc;
}

static enum rc
off_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const bool *off = arg;

	if (*off)
		return tx_run(tx, actor, &notify_q[Q_OFF_PUT], ARGS(db_int(tx_now_ms(tx))), NULL);
	return tx_run(tx, actor, &notify_q[Q_OFF_DROP], NO_ARGS, NULL);
}

enum rc
notify_off_set(struct ctx *ctx, bool off)
{
	return db_job(ctx, &(struct command){ .name = "notify.off", .fn = off_tx, .arg = &off });
}
