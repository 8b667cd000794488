/* Licences that end: warned of, renewed by their holder's word, confirmed by the keeper; and what a provider changes alone. */
#include "resources/provider/provider_internal.h"
#include "resources/provider/provider_register_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#include <string.h>

const struct setting_kind register_settings[REGISTER_SETTINGS_N] = {
	[REGISTER_WARN_FIRST] = { "register.warn_first", T("证照到期前第一次提醒"), T("天"), T("提醒本人和名册的管理员。"), 1, 730, 60, RIGHT_SETTINGS, NULL },
	[REGISTER_WARN_SECOND] = { "register.warn_second", T("证照到期前第二次提醒"), T("天"), T("要比第一次近。"), 1, 730, 30, RIGHT_SETTINGS, NULL },
	[REGISTER_WARN_LAST] = { "register.warn_last", T("证照到期前最后一次提醒"), T("天"), T("要比第二次近。"), 1, 730, 7, RIGHT_SETTINGS, NULL },
};

/* ---- warnings --------------------------------------------------------------------------------------------- */

int64_t
licence_warn_at(int64_t left, const int64_t days[static REGISTER_SETTINGS_N])
{
	int64_t at = 0;

	for (int i = 0; left >= 0 && i < REGISTER_SETTINGS_N; i++)
		if (left <= days[i] && (at == 0 || days[i] < at))
			at = days[i];
	return at;
}

enum rc
licence_ends(struct tx *tx, const struct actor *actor, struct day today, int64_t days, struct licence_end *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &register_q[G_ENDS], ARGS(db_int(today.n + days), db_int((int64_t)cap)), &row);
	size_t n = 0;

	for (; rc == RC_OK && n < cap && (rc = rows_next(row)) == RC_OK; n++)
		ret[n] = (struct licence_end){ .subject = (int)rows_int(row, 0), .id = rows_int(row, 1), .name = rows_copy(row, 2),
			.licence = rows_copy(row, 3), .kind = (int)rows_int(row, 4), .valid_to = register_day(row, 5),
			.days_told = rows_int(row, 6), .account = rows_int(row, 7) };
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

#define WATCH_MOST 200
struct ending { int64_t subject, id, valid_to; };
struct watched { int64_t n; };
struct watch_arg { int64_t most; struct watched ret; };

static enum rc
watch_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct watch_arg *arg = argument;
	struct ending *v = arena_array(tx_mem(tx), WATCH_MOST, sizeof *v);
	int64_t days[REGISTER_SETTINGS_N] = { 0 }, today = day_of_moment(tx_now_ms(tx)).n;
	size_t n = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : RC_OK;

	for (int i = 0; rc == RC_OK && i < REGISTER_SETTINGS_N; i++)
		rc = setting_read(tx, actor, &register_settings[i], &days[i]);
	if (rc == RC_OK) {
		ROWS row = NULL;

		rc = tx_rows(tx, actor, &register_q[G_WATCH], ARGS(db_int(today + days[REGISTER_WARN_FIRST]), db_int(today),
		    db_int(days[REGISTER_WARN_SECOND]), db_int(days[REGISTER_WARN_LAST]), db_int(arg->most < WATCH_MOST ? arg->most : WATCH_MOST)), &row);
		for (; rc == RC_OK && n < WATCH_MOST && (rc = rows_next(row)) == RC_OK; n++)
			v[n] = (struct ending){ rows_int(row, 0), rows_int(row, 1), rows_int(row, 2) };
		rc = rc == RC_DONE ? RC_OK : rc;
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		int64_t at = licence_warn_at(v[i].valid_to - today, days), changed = 0;

		if (at == 0)
			continue;
		rc = tx_run(tx, actor, &register_q[G_WARN], ARGS(db_int(v[i].subject), db_int(v[i].id), db_int(v[i].valid_to), db_int(at),
		    db_int(tx_now_ms(tx))), &changed);
		arg->ret.n += changed;
	}
	return rc;
}

enum rc
licence_watch(struct ctx *ctx, int64_t most, int64_t *ret_n)
{
	struct watch_arg arg = { .most = most };
	enum rc rc = db_job(ctx, &(struct command){ .name = "register.watch", .fn = watch_tx, .arg = &arg, .ret = &arg.ret, .ret_size = sizeof arg.ret });

	*ret_n = arg.ret.n;
	return rc;
}

/* ---- renewals ------------------------------------------------------------------------------------------------ */

const char *
renewal_state_label(int s)
{
	return s == RENEWAL_PROPOSED ? T("等管理员确认") : s == RENEWAL_CONFIRMED ? T("已确认") : T("没有确认");
}

static void
renewal_read(const struct rows *row, struct renewal *ret)
{
	*ret = (struct renewal){ .id = rows_int(row, 0), .provider = rows_int(row, 1), .valid_from = register_day(row, 2),
		.valid_to = register_day(row, 3), .words = rows_copy(row, 4), .account = rows_int(row, 5), .at_ms = rows_int(row, 6),
		.state = (int)rows_int(row, 7), .decided_ms = rows_int(row, 8), .decided_words = rows_copy(row, 9), .name = rows_copy(row, 10),
		.licence = rows_copy(row, 11), .scan = rows_int(row, 12) != 0, .scan_type = rows_copy(row, 13) };
}

enum rc
renewals(struct tx *tx, const struct actor *actor, int64_t provider, struct renewal *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = provider != 0 ? tx_rows(tx, actor, &register_q[G_RENEWALS], ARGS(db_int(provider), db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &register_q[G_RENEWALS_OPEN], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		renewal_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

/* By its first bytes; empty: none of the three. */
static struct text
scan_type(struct text scan)
{
	static const struct { const char *head; size_t n; const char *type; } v[] = { { "%PDF-", 5, "application/pdf" },
		{ "\xff\xd8\xff", 3, "image/jpeg" }, { "\x89PNG\r\n\x1a\n", 8, "image/png" } };

	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (scan.n > v[i].n && memcmp(scan.p, v[i].head, v[i].n) == 0)
			return text_of(v[i].type);
	return TEXT_NONE;
}

struct renewal_arg { const struct renewal_new *in; struct findings *findings; };

static enum rc
propose_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct renewal_arg *arg = argument;
	const struct renewal_new *in = arg->in;
	struct renewal last[1];
	struct provider me;
	size_t n = 0;
	int64_t id = tx_id(tx);
	enum rc rc = provider_by_account(tx, actor, actor->account, &me);

	if (rc == RC_OK)
		rc = renewals(tx, actor, me.id, last, 1, &n);
	if (rc != RC_OK)
		return rc;
	if (n == 1 && last[0].state == RENEWAL_PROPOSED) {
		findings_add(arg->findings, "", T("上一份换证还在等管理员确认"), 0);
		return RC_INVALID;
	}
	if (!day_is_none(me.valid_to) && day_compare(in->valid_to, me.valid_to) <= 0) {
		findings_add(arg->findings, "valid_to", T("新证的终止日要晚于现在的"), 0);
		return RC_INVALID;
	}
	rc = tx_run(tx, actor, &register_q[G_RENEWAL_ADD], ARGS(db_int(id), db_int(me.id), db_int(in->valid_from.n), db_int(in->valid_to.n),
	    db_text(text_trim(in->words)), in->scan.n > 0 ? db_blob(in->scan) : db_null(), db_text(scan_type(in->scan)), db_int(actor->account),
	    db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "provider.renewal", "provider", me.id, me.licence) : rc;
}

enum rc
renewal_propose(struct ctx *ctx, struct idem_key key, const struct renewal_new *in, struct findings *findings)
{
	struct renewal_arg arg = { in, findings };

	if (ctx->actor->kind != ACTOR_ACCOUNT)
		return RC_FORBIDDEN;
	if (day_is_none(in->valid_from))
		findings_add(findings, "valid_from", T("请写执业证的起始日"), 0);
	if (day_is_none(in->valid_to))
		findings_add(findings, "valid_to", T("请写新证的终止日"), 0);
	else if (!day_is_none(in->valid_from) && day_compare(in->valid_to, in->valid_from) < 0)
		findings_add(findings, "valid_to", T("终止日不能早于起始日"), 0);
	if (in->scan.n > RENEWAL_SCAN_MAX)
		findings_add(findings, "scan", T("扫描件最大 %lld 字节"), (int64_t)RENEWAL_SCAN_MAX);
	else if (in->scan.n > 0 && scan_type(in->scan).n == 0)
		findings_add(findings, "scan", T("扫描件要 PDF、JPEG 或 PNG"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "provider.renewal", .fn = propose_tx, .arg = &arg, .content = in->scan,
	    .asked = ARGS(db_int(in->valid_from.n), db_int(in->valid_to.n), db_text(in->words)) });
}

struct decide_arg { int64_t id; bool confirm; struct text words; };

static enum rc
decide_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct decide_arg *arg = argument;
	struct renewal r;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &register_q[G_RENEWAL], ARGS(db_int(arg->id)), &row);

	if (rc != RC_OK)
		return rc;
	renewal_read(row, &r);
	if (r.account == actor->account)
		return RC_FORBIDDEN;
	rc = tx_run_one(tx, actor, &register_q[G_RENEWAL_DECIDE], ARGS(db_int(arg->id), db_int(arg->confirm ? RENEWAL_CONFIRMED : RENEWAL_REFUSED),
	    db_int(actor->account), db_int(tx_now_ms(tx)), db_text(text_trim(arg->words))));
	if (rc == RC_OK && arg->confirm)
		rc = tx_run_one(tx, actor, &register_q[G_RENEWED], ARGS(db_int(r.provider), db_int(r.valid_from.n), db_int(r.valid_to.n)));
	return rc == RC_OK ? audit_note(tx, actor, arg->confirm ? "provider.renewed" : "provider.renewal_refused", "provider", r.provider, r.licence) : rc;
}

enum rc
renewal_decide(struct ctx *ctx, struct idem_key key, int64_t id, bool confirm, struct text words, struct findings *findings)
{
	struct decide_arg arg = { id, confirm, words };

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (!confirm && text_is_empty(text_trim(words))) {
		findings_add(findings, "words", T("不确认要写为什么"), 0);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "provider.renewal_decide", .fn = decide_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(confirm), db_text(words)) });
}

enum rc
renewal_scan(struct tx *tx, const struct actor *actor, int64_t id, struct text *ret, struct text *ret_type)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &register_q[G_SCAN], ARGS(db_int(id)), &row);

	if (rc == RC_OK && rows_int(row, 2) != actor->account && !provider_may_change(actor))
		return RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	*ret = rows_copy(row, 0);
	*ret_type = rows_copy(row, 1);
	return RC_OK;
}

/* ---- one's own -------------------------------------------------------------------------------------------------- */

struct own_arg { const struct provider_own *in; };

static enum rc
own_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct provider_own *in = ((struct own_arg *)argument)->in;
	struct provider me;
	enum rc rc = provider_by_account(tx, actor, actor->account, &me);

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &register_q[G_OWN], ARGS(db_int(me.id), db_int((int64_t)in->languages), db_key(in->home.code), db_int(in->room)));
	return rc == RC_OK ? audit_note(tx, actor, "provider.own", "provider", me.id, TEXT_NONE) : rc;
}

enum rc
provider_own_save(struct ctx *ctx, struct idem_key key, const struct provider_own *in, struct findings *findings)
{
	struct own_arg arg = { in };

	if (ctx->actor->kind != ACTOR_ACCOUNT)
		return RC_FORBIDDEN;
	if (in->room < 0 || in->room > 500) {
		findings_add(findings, "room", T("最多 %lld 件"), 500);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "provider.own", .fn = own_tx, .arg = &arg,
	    .asked = ARGS(db_int((int64_t)in->languages), db_int(in->home.code), db_int(in->room)) });
}
