/* Administration of notices: what was tried, what is said, when it is quiet, one message by hand. */
#include "supply/notify/notify_rule.h"
#include "supply/notify/notify_store.h"

#include "base/phone.h"
#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "kit/post/post.h"
#include "standards/setting/setting.h"

static bool
may(const struct ctx *ctx)
{
	return actor_may(ctx->actor, RIGHT_SETTINGS);
}

/* ---- what was tried -------------------------------------------------------------------------------------- */

struct log_arg { int64_t before_ms, before_outbox; struct notify_try *v; size_t cap, n; };

static enum rc
log_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct log_arg *arg = argument;
	int64_t before = arg->before_ms == 0 ? INT64_MAX : arg->before_ms;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &notify_q[Q_LOG], ARGS(db_int(before), db_int(arg->before_outbox),
	    db_int((int64_t)arg->cap)), &row);

	while (rc == RC_OK && arg->n < arg->cap && (rc = rows_next(row)) == RC_OK) {
		struct notify_try *t = &arg->v[arg->n++];

		t->at_ms = rows_int(row, 0);
		t->outbox = rows_int(row, 1);
		t->nth = rows_int(row, 2);
		t->way = (enum notify_way)rows_int(row, 3);
		t->result = (enum notify_result)rows_int(row, 4);
		t->code = (int)rows_int(row, 5);
		t->words = rows_copy(row, 6);
		t->to_masked = rows_copy(row, 7);
		t->kind = rows_copy(row, 8);
		t->state = (enum notify_state)rows_int(row, 9);
		t->number = rows_copy(row, 10);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
notify_log(struct ctx *ctx, int64_t before_ms, int64_t before_outbox, struct notify_try *ret, size_t cap, size_t *ret_n)
{
	struct log_arg arg = { before_ms, before_outbox, ret, cap, 0 };
	enum rc rc = may(ctx) ? db_read(ctx, log_tx, &arg) : RC_FORBIDDEN;

	*ret_n = rc == RC_OK ? arg.n : 0;
	return rc;
}

/* ---- the ways ------------------------------------------------------------------------------------------------ */

static struct notify_ways known;

void
notify_ways_set(const struct notify_ways *ways)
{
	known = *ways;
}

bool
notify_tells_residents(void)
{
	return known.demo || known.v[NOTIFY_SMS].send != NULL || known.v[NOTIFY_WECHAT].send != NULL;
}

static enum rc
ways_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct notify_way_now *v = argument;
	ROWS gate = NULL;
	ROWS waiting = NULL;
	enum rc rc = tx_rows(tx, actor, &notify_q[Q_GATES], NO_ARGS, &gate);

	while (rc == RC_OK && (rc = rows_next(gate)) == RC_OK) {
		int64_t way = rows_int(gate, 0);

		if (way <= 0 || way >= NOTIFY_WAYS)
			continue;
		v[way].down = true;
		v[way].down_ms = rows_int(gate, 1);
		v[way].next_ms = rows_int(gate, 2);
	}
	if (rc == RC_DONE)
		rc = tx_rows(tx, actor, &notify_q[Q_WAITING], NO_ARGS, &waiting);
	while (rc == RC_OK && (rc = rows_next(waiting)) == RC_OK) {
		int64_t way = rows_int(waiting, 0);

		if (way <= 0 || way >= NOTIFY_WAYS)
			continue;
		v[way].waiting = rows_int(waiting, 1);
		v[way].oldest_ms = rows_int(waiting, 2);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
notify_ways_now(struct ctx *ctx, struct notify_way_now ret[static NOTIFY_WAYS])
{
	for (int i = 0; i < NOTIFY_WAYS; i++)
		ret[i] = (struct notify_way_now){ .there = i == NOTIFY_DESK || known.v[i].send != NULL };
	return may(ctx) ? db_read(ctx, ways_tx, ret) : RC_FORBIDDEN;
}

/* ---- what is said ----------------------------------------------------------------------------------------------- */

struct templates_arg { struct notify_template *v; size_t cap, n; };

static enum rc
templates_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct templates_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &notify_q[Q_TEMPLATES], ARGS(db_int((int64_t)arg->cap)), &row);

	while (rc == RC_OK && arg->n < arg->cap && (rc = rows_next(row)) == RC_OK) {
		struct notify_template *t = &arg->v[arg->n++];

		t->kind = rows_copy(row, 0);
		t->way = (enum notify_way)rows_int(row, 1);
		t->from.n = (int32_t)rows_int(row, 2);
		t->body = rows_copy(row, 3);
		t->code = rows_copy(row, 4);
		t->source = rows_copy(row, 5);
		t->at_ms = rows_int(row, 6);
		t->author = rows_copy(row, 7);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
notify_templates(struct ctx *ctx, struct notify_template *ret, size_t cap, size_t *ret_n)
{
	struct templates_arg arg = { ret, cap, 0 };
	enum rc rc = may(ctx) ? db_read(ctx, templates_tx, &arg) : RC_FORBIDDEN;

	*ret_n = rc == RC_OK ? arg.n : 0;
	return rc;
}

static enum rc
template_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct notify_template *in = argument;
	struct text detail = arena_format(tx_mem(tx), "kind=%.*s way=%s from=%d", (int)in->kind.n, in->kind.p,
	    notify_way_key(in->way), (int)in->from.n);
	int64_t changed = 0;
	enum rc rc = detail.p == NULL ? RC_NO_MEMORY : tx_run(tx, actor, &notify_q[Q_TEMPLATE_PUT], ARGS(db_text(in->kind),
	    db_int(in->way), db_int(in->from.n), db_text(in->body), db_text(in->code), db_text(in->source),
	    db_int(actor->account), db_int(tx_now_ms(tx))), &changed);

	if (rc == RC_OK && changed == 0)
		return RC_CONFLICT; /* what was in force on a day is not written over */
	return rc == RC_OK ? audit_note(tx, actor, "notify.template", "template", 0, detail) : rc;
}

enum rc
notify_template_write(struct ctx *ctx, struct idem_key key, const struct notify_template *in, struct findings *findings)
{
	struct notify_template copy = *in;
	struct text bad = TEXT_NONE;

	if (!may(ctx))
		return RC_FORBIDDEN;
	if (notify_rule_of(in->kind) == NULL)
		findings_add(findings, "kind", T("没有这一种通知"), 0);
	if (in->way <= NOTIFY_DESK || in->way >= NOTIFY_WAYS)
		findings_add(findings, "way", T("请选短信、微信或邮件"), 0);
	if (!notify_body_is_sound(in->body, &bad))
		findings_add(findings, "body", T("花括号里只能写 number、item、due、phone、what、name"), 0);
	if (day_is_none(in->from) || day_compare(in->from, day_of_moment(ctx->now_ms)) < 0)
		findings_add(findings, "from", T("不能早于今天"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "notify.template", .fn = template_tx, .arg = &copy,
	    .asked = ARGS(db_text(in->kind), db_int(in->way), db_int(in->from.n), db_text(in->body), db_text(in->code),
	        db_text(in->source)) });
}

/* ---- when -------------------------------------------------------------------------------------------------------------- */

struct rules_arg { struct notify_rules rules; struct text document; };

static enum rc
rules_get_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return notify_rules_load(tx, actor, arg);
}

enum rc
notify_rules_get(struct ctx *ctx, struct notify_rules *ret)
{
	return may(ctx) ? db_read(ctx, rules_get_tx, ret) : RC_FORBIDDEN;
}

static enum rc
rules_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct rules_arg *arg = argument;
	const struct notify_rules *in = &arg->rules;
	struct notify_rules now;
	enum rc rc = notify_rules_load(tx, actor, &now);
	const struct { const char *key; int64_t was, is; } v[] = {
		{ "notify.quiet_from", now.quiet_from, in->quiet_from }, { "notify.quiet_to", now.quiet_to, in->quiet_to },
		{ "notify.per_minute", now.per_minute, in->per_minute },
		{ "notify.give_up_hours", now.give_up_hours, in->give_up_hours }, { "notify.wechat", now.wechat, in->wechat },
	};

	for (size_t i = 0; rc == RC_OK && i < sizeof v / sizeof v[0]; i++)
		if (v[i].was != v[i].is)
			rc = setting_put(tx, actor, v[i].key, v[i].is, arg->document);
	return rc;
}

enum rc
notify_rules_set(struct ctx *ctx, struct idem_key key, const struct notify_rules *in, struct text document)
{
	struct rules_arg arg = { *in, document };

	if (!may(ctx))
		return RC_FORBIDDEN;
	return db_command(ctx, key, &(struct command){ .name = "notify.rules", .fn = rules_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->quiet_from), db_int(in->quiet_to), db_int(in->per_minute), db_int(in->give_up_hours),
	        db_int(in->wechat), db_text(document)) });
}

/* ---- by hand -------------------------------------------------------------------------------------------------------------- */

struct trial_arg { int64_t id; enum notify_way way; struct text to, body; };

static enum rc
trial_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct trial_arg *arg = argument;
	enum rc rc = tx_run(tx, actor, &notify_q[Q_TRIAL], ARGS(db_int(arg->id), db_blob(arg->to), db_blob(arg->body),
	    db_int(tx_now_ms(tx)), db_int(arg->way)), NULL);

	return rc == RC_OK ? audit_note(tx, actor, "notify.trial", "outbox", arg->id, text_of(notify_way_key(arg->way))) : rc;
}

enum rc
notify_trial(struct ctx *ctx, struct idem_key key, enum notify_way way, struct text to, struct findings *findings)
{
	struct trial_arg arg = { .way = way };
	char digits[16];
	struct text body = TEXT("【公共法律服务】这是一条试发的消息，不用回复。"), to_context, body_context;
	unsigned char asked[16];
	bool sound = way == NOTIFY_MAIL ? post_address_is_sound(to) : phone_read(to, digits) == RC_OK && phone_is_mobile(digits);
	enum rc rc;

	if (!may(ctx))
		return RC_FORBIDDEN;
	if (!sound)
		findings_add(findings, "to", way == NOTIFY_MAIL ? T("请写一个邮件地址，如 name@example.cn") : T("请写 11 位手机号"), 0);
	if (way <= NOTIFY_DESK || way >= NOTIFY_WAYS)
		findings_add(findings, "by", T("请选短信、微信或邮件"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	rc = db_id(ctx->db, &arg.id);
	if (rc != RC_OK)
		return rc;
	to_context = crypt_context(ctx->mem, "outbox.to_sealed", ctx->actor->city, arg.id);
	body_context = crypt_context(ctx->mem, "outbox.body_sealed", ctx->actor->city, arg.id);
	if (to_context.p == NULL || body_context.p == NULL)
		return RC_NO_MEMORY;
	rc = crypt_seal(ctx->crypt, ctx->mem, way == NOTIFY_MAIL ? to : text_of(digits), to_context, &arg.to);
	if (rc == RC_OK)
		rc = crypt_seal(ctx->crypt, ctx->mem, body, body_context, &arg.body);
	if (rc != RC_OK)
		return rc;
	crypt_index(ctx->crypt, "notify.trial", to, asked);
	return db_command(ctx, key, &(struct command){ .name = "notify.trial", .fn = trial_tx, .arg = &arg,
	    .asked = ARGS(db_int(way), db_blob((struct text){ (const char *)asked, 16 })) });
}
