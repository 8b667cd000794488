#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/delay.h"
#include "resources/identity/identity_own.h"
#include "resources/identity/identity_store.h"

#define NAME_MAX_POINTS 40
#define TITLE_MAX_POINTS 40
#define CAPACITY_MAX 10000

/* ---- what is asked, judged -------------------------------------------------------------------------- */

static bool
line_fits(struct text t, size_t least, size_t most)
{
	size_t n;

	if (utf8_check(t, false) != UTF8_FINE)
		return false;
	n = utf8_length(t);
	return n >= least && n <= most;
}

bool
identity_range_holds(struct place_range outer, struct place place)
{
	struct place_range inner = place_range(place);

	return inner.lo <= inner.hi && inner.lo >= outer.lo && inner.hi <= outer.hi;
}

void
identity_judge_place(const struct actor *actor, enum role role, struct place place, struct findings *f)
{
	if (role <= ROLE_NONE || role >= ROLE_COUNT)
		findings_add(f, "role", T("请选择角色"), 0);
	else if (!role_fits_place(role, place))
		findings_add(f, "place", T("该角色不能设在这一级区划"), 0);
	if (!identity_range_holds(actor->places, place))
		findings_add(f, "place", T("区划不在您的管辖范围内"), 0);
}

static void
judge_work(struct text name, struct text title, int64_t capacity, struct findings *f)
{
	if (!line_fits(name, 1, NAME_MAX_POINTS))
		findings_add(f, "name", T("姓名应为1至%lld个字"), NAME_MAX_POINTS);
	if (!line_fits(title, 0, TITLE_MAX_POINTS))
		findings_add(f, "title", T("职务不超过%lld个字"), TITLE_MAX_POINTS);
	if (capacity < 0 || capacity > CAPACITY_MAX)
		findings_add(f, "capacity", T("在办上限应为0至%lld件"), CAPACITY_MAX);
}

bool
identity_judge(const struct actor *actor, const struct account_new *in, struct findings *findings)
{
	size_t before = findings->total;
	char login[33];

	if (login_read(in->login, login) != RC_OK)
		findings_add(findings, "login", T("登录名为3至%lld个小写字母、数字、点、横线，以字母或数字开头"), 32);
	if (crypt_password_is_weak(in->password, in->login))
		findings_add(findings, "password", T("口令太弱：至少%lld个字，不能是常见口令，不能与登录名相同"), 8);
	judge_work(in->name, in->title, in->capacity, findings);
	identity_judge_place(actor, in->role, in->place, findings);
	return findings->total == before;
}

/* ---- reading ------------------------------------------------------------------------------------------ */

static enum rc
account_one(struct tx *tx, const struct actor *actor, enum identity_stmt stmt, struct db_args args,
    struct account *ret)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &identity_stmts[stmt], args, &rows);

	if (rc == RC_OK)
		account_read(rows, 0, ret);
	return rc;
}

enum rc
identity_load(struct tx *tx, const struct actor *actor, struct account_id id, struct account *ret)
{
	return account_one(tx, actor, ACCOUNT_GET, ARGS(db_int(id.n)), ret);
}

enum rc
identity_by_login(struct tx *tx, const struct actor *actor, struct text login, struct account *ret)
{
	char name[33];

	if (login_read(login, name) != RC_OK)
		return RC_NOT_FOUND;
	return account_one(tx, actor, ACCOUNT_GET_LOGIN, ARGS(db_text(text_of(name))), ret);
}

struct login_arg { struct text login; int64_t account; };

static enum rc
login_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct login_arg *arg = argument;
	struct account a;
	enum rc rc = identity_by_login(tx, actor, arg->login, &a);

	if (rc == RC_OK)
		arg->account = a.id.n;
	return rc;
}

enum rc
identity_find_login(struct ctx *ctx, struct text login, int64_t *ret)
{
	struct login_arg arg = { .login = login };
	enum rc rc = db_read(ctx, login_tx, &arg);

	if (rc == RC_OK)
		*ret = arg.account;
	return rc;
}

static enum rc
account_many(struct tx *tx, const struct actor *actor, enum identity_stmt stmt, struct db_args args,
    struct account *ret, size_t cap, size_t *ret_n)
{
	size_t n = 0;
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &identity_stmts[stmt], args, &rows);

	if (rc != RC_OK)
		return rc;
	while (n < cap && (rc = rows_next(rows)) == RC_OK)
		account_read(rows, 0, &ret[n++]);
	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	*ret_n = n;
	return RC_OK;
}

enum rc
identity_at_point(struct tx *tx, const struct actor *actor, int64_t point, struct account *ret,
    size_t cap, size_t *ret_n)
{
	return account_many(tx, actor, ACCOUNT_AT_POINT, ARGS(db_int(point), db_int((int64_t)cap)), ret, cap,
	    ret_n);
}

enum rc
identity_items(struct tx *tx, const struct actor *actor, struct account_id id, int64_t *ret,
    size_t cap, size_t *ret_n)
{
	size_t n = 0;
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &identity_stmts[ITEM_LIST],
	    ARGS(db_int(id.n), db_int((int64_t)cap)), &rows);

	if (rc != RC_OK)
		return rc;
	while (n < cap && (rc = rows_next(rows)) == RC_OK)
		ret[n++] = rows_int(rows, 0);
	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	*ret_n = n;
	return RC_OK;
}

enum rc
identity_languages(struct tx *tx, const struct actor *actor, struct account_id id, struct text *ret, size_t cap, size_t *ret_n)
{
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &identity_stmts[LANGUAGE_LIST], ARGS(db_int(id.n), db_int((int64_t)cap)), &rows);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(rows)) == RC_OK)
		ret[(*ret_n)++] = rows_copy(rows, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

struct list_arg {
	struct account_page after;
	struct text word;
	struct account *ret;
	size_t cap, n;
};

static enum rc
list_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct list_arg *arg = p;

	return account_many(tx, actor, ACCOUNT_LIST, ARGS(db_int(arg->after.place.code),
	    db_int(arg->after.id.n), db_text(arg->word), db_int((int64_t)arg->cap)), arg->ret, arg->cap,
	    &arg->n);
}

enum rc
identity_list(struct ctx *ctx, struct account_page after, struct text word, struct account *ret,
    size_t cap, size_t *ret_n)
{
	struct list_arg arg = { .after = after, .word = word, .ret = ret, .cap = cap };
	enum rc rc;

	if (!actor_may(ctx->actor, RIGHT_PEOPLE))
		return RC_FORBIDDEN;
	rc = db_read(ctx, list_read, &arg);
	if (rc == RC_OK)
		*ret_n = arg.n;
	return rc;
}

/* ---- a new account --------------------------------------------------------------------------------------- */

enum rc
identity_note_state(struct tx *tx, const struct actor *actor, const char *action, int64_t id, enum role role,
    struct place place, int64_t point, bool active)
{
	char detail[128];

	snprintf(detail, sizeof(detail), "role=%s place=%lld point=%lld active=%d", role_key(role),
	    (long long)place.code, (long long)point, active ? 1 : 0);
	return audit_note(tx, actor, action, "account", id, text_of(detail));
}

enum rc
identity_insert(struct tx *tx, const struct actor *actor, const struct account_new *in,
    const char *hash, struct account_id *ret)
{
	int64_t id = tx_id(tx), changed = 0;
	char login[33];
	enum rc rc;

	if (login_read(in->login, login) != RC_OK)
		return RC_INVALID;
	rc = tx_run(tx, actor, &identity_stmts[ACCOUNT_INSERT], ARGS(db_int(id), db_text(text_of(login)),
	    db_text(in->name), db_text(in->title), db_int(in->role), db_int(in->place.code), db_key(in->point),
	    db_text(text_of(hash)), db_int(in->capacity), db_int(tx_now_ms(tx))), &changed);
	if (rc == RC_OK && changed != 1)
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = identity_note_state(tx, actor, "account.create", id, in->role, in->place, in->point, true);
	if (rc == RC_OK)
		ret->n = id;
	return rc;
}

struct create_arg {
	const struct account_new *in;
	char hash[128];
	struct account_id ret;
};

static enum rc
create_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct create_arg *arg = p;
	bool outside = false;
	enum rc rc = identity_point_outside(tx, actor, arg->in->point, arg->in->place, &outside);

	if (rc != RC_OK || outside)
		return rc != RC_OK ? rc : RC_INVALID;
	return identity_insert(tx, actor, arg->in, arg->hash, &arg->ret);
}

/* What was asked, so that a repeated key with other content is told apart; the password stays out. */
static struct text
content_of(struct ctx *ctx, const struct account_new *in)
{
	return arena_format(ctx->mem, "%.*s %.*s %d %lld %lld", (int)in->login.n, in->login.p, (int)in->name.n,
	    in->name.p, (int)in->role, (long long)in->place.code, (long long)in->point);
}

enum rc
identity_create(struct ctx *ctx, struct crypt *crypt, struct idem_key key,
    const struct account_new *in, struct account_id *ret)
{
	struct create_arg arg = { .in = in };
	struct findings findings = { 0 };
	enum rc rc;

	if (!actor_may(ctx->actor, RIGHT_PEOPLE))
		return RC_FORBIDDEN;
	if (!identity_judge(ctx->actor, in, &findings))
		return RC_INVALID;
	rc = crypt_password_hash(crypt, in->password, arg.hash);
	if (rc != RC_OK)
		return rc;
	rc = db_command(ctx, key, &(struct command){ .name = "identity.create", .fn = create_tx, .arg = &arg,
	    .ret = &arg.ret, .ret_size = sizeof(arg.ret), .content = content_of(ctx, in) });
	if (rc == RC_OK)
		*ret = arg.ret;
	return rc;
}

/* ---- changes ------------------------------------------------------------------------------------------------ */

struct change_arg {
	struct account_id id;
	int64_t revision;
	const struct account_work *work;
	char hash[128], old_hash[128];
	struct text delay_subject;
	int64_t wait_s;
};

enum rc
identity_managed(struct tx *tx, const struct actor *actor, struct account_id id, int64_t revision,
    struct account *ret)
{
	enum rc rc = account_one(tx, actor, ACCOUNT_MANAGED, ARGS(db_int(id.n)), ret);

	if (rc == RC_OK && revision != 0 && ret->revision != revision)
		rc = RC_CONFLICT;
	return rc;
}

enum rc
identity_sessions_end(struct tx *tx, const struct actor *actor, struct account_id id)
{
	return tx_run(tx, actor, &identity_stmts[SESSION_END_ALL], ARGS(db_int(id.n)), NULL);
}

enum rc
identity_may_manage(const struct ctx *ctx, struct account_id id)
{
	return actor_may(ctx->actor, RIGHT_PEOPLE) && ctx->actor->account != id.n ? RC_OK : RC_FORBIDDEN;
}

static enum rc
items_write(struct tx *tx, const struct actor *actor, const struct change_arg *arg)
{
	enum rc rc = tx_run(tx, actor, &identity_stmts[ITEM_CLEAR], ARGS(db_int(arg->id.n)), NULL);

	for (size_t i = 0; rc == RC_OK && i < arg->work->n_items; i++)
		rc = tx_run(tx, actor, &identity_stmts[ITEM_ADD],
		    ARGS(db_int(arg->id.n), db_int(arg->work->items[i])), NULL);
	return rc;
}

static enum rc
languages_write(struct tx *tx, const struct actor *actor, const struct change_arg *arg)
{
	enum rc rc = RC_OK;

	if (arg->work->languages == NULL)
		return RC_OK;
	rc = tx_run(tx, actor, &identity_stmts[LANGUAGE_CLEAR], ARGS(db_int(arg->id.n)), NULL);
	for (size_t i = 0; rc == RC_OK && i < arg->work->n_languages; i++)
		rc = tx_run(tx, actor, &identity_stmts[LANGUAGE_ADD], ARGS(db_int(arg->id.n), db_text(arg->work->languages[i])), NULL);
	return rc;
}

static enum rc
work_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct change_arg *arg = p;
	struct account was;
	char detail[64];
	enum rc rc = identity_managed(tx, actor, arg->id, arg->revision, &was);

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &identity_stmts[ACCOUNT_CHANGE_WORK], ARGS(db_text(arg->work->name),
		    db_text(arg->work->title), db_int(arg->work->capacity), db_int(arg->id.n),
		    db_int(arg->revision)));
	if (rc == RC_OK)
		rc = items_write(tx, actor, arg);
	if (rc == RC_OK)
		rc = languages_write(tx, actor, arg);
	snprintf(detail, sizeof(detail), "capacity=%lld items=%zu", (long long)arg->work->capacity,
	    arg->work->n_items);
	return rc == RC_OK ? audit_note(tx, actor, "account.work", "account", arg->id.n, text_of(detail)) : rc;
}

enum rc
identity_change_work(struct ctx *ctx, struct idem_key key, struct account_id id, int64_t revision,
    const struct account_work *in)
{
	struct change_arg arg = { .id = id, .revision = revision, .work = in };
	struct findings findings = { 0 };
	enum rc rc = identity_may_manage(ctx, id);

	if (rc != RC_OK)
		return rc;
	judge_work(in->name, in->title, in->capacity, &findings);
	if (findings.total > 0 || revision <= 0 || in->n_items > IDENTITY_ITEMS_MAX)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "identity.change_work", .fn = work_tx,
	    .arg = &arg, .content = arena_format(ctx->mem, "%lld %lld %lld %zu", (long long)id.n,
	        (long long)revision, (long long)in->capacity, in->n_items) });
}

/* ---- passwords ------------------------------------------------------------------------------------------------ */

static enum rc
password_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct change_arg *arg = p;
	struct account was;
	enum rc rc = identity_managed(tx, actor, arg->id, arg->revision, &was);

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &identity_stmts[ACCOUNT_PASSWORD],
		    ARGS(db_text(text_of(arg->hash)), db_int(arg->id.n)));
	if (rc == RC_OK)
		rc = identity_sessions_end(tx, actor, arg->id);
	return rc == RC_OK ? audit_note(tx, actor, "account.password", "account", arg->id.n, TEXT_NONE) : rc;
}

struct own_arg {
	struct account account;
	char hash[128];
};

static enum rc
own_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct own_arg *arg = p;
	struct text hash;
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &identity_stmts[ACCOUNT_SECRET_OWN], NO_ARGS, &rows);

	if (rc != RC_OK)
		return rc;
	hash = rows_text(rows, ACCOUNT_COLUMNS);
	if (hash.n >= sizeof(arg->hash))
		return RC_CORRUPT;
	account_read(rows, 0, &arg->account);
	memcpy(arg->hash, hash.p, hash.n);
	arg->hash[hash.n] = '\0';
	return RC_OK;
}

static enum rc
managed_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct own_arg *arg = p;

	return account_one(tx, actor, ACCOUNT_MANAGED, ARGS(db_int(arg->account.id.n)), &arg->account);
}

enum rc
identity_set_password(struct ctx *ctx, struct crypt *crypt, struct idem_key key,
    struct account_id id, struct text password)
{
	struct change_arg arg = { .id = id };
	struct own_arg target = { .account.id = id };
	enum rc rc = identity_may_manage(ctx, id);

	if (rc == RC_OK)
		rc = db_read(ctx, managed_read, &target);
	if (rc != RC_OK)
		return rc;
	if (crypt_password_is_weak(password, target.account.login))
		return RC_INVALID;
	rc = crypt_password_hash(crypt, password, arg.hash);
	if (rc != RC_OK)
		return rc;
	return db_command(ctx, key, &(struct command){ .name = "identity.set_password", .fn = password_tx,
	    .arg = &arg, .content = arena_format(ctx->mem, "%lld", (long long)id.n) });
}

/* A stolen session must not serve to guess the password. */
static enum rc
own_try_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct change_arg *arg = p;

	return delay_take(tx, actor, arg->delay_subject, &arg->wait_s);
}

static enum rc
own_password_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct change_arg *arg = p;
	int64_t same = 0;
	enum rc rc = tx_run(tx, actor, &identity_stmts[ACCOUNT_REHASH], ARGS(db_text(text_of(arg->hash)),
	    db_int(actor->account), db_text(text_of(arg->old_hash))), &same);

	if (rc == RC_OK && same != 1)
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = delay_clear(tx, actor, arg->delay_subject);
	if (rc == RC_OK)
		rc = identity_sessions_end(tx, actor, (struct account_id){ actor->account });
	return rc == RC_OK
	    ? audit_note(tx, actor, "account.password_own", "account", actor->account, TEXT_NONE) : rc;
}

static enum rc
old_check(struct ctx *ctx, struct crypt *crypt, struct change_arg *arg, const struct own_arg *own,
    struct text old)
{
	enum rc rc;

	arg->delay_subject = arena_format(ctx->mem, "login:%.*s", (int)own->account.login.n,
	    own->account.login.p);
	if (arg->delay_subject.p == NULL)
		return RC_NO_MEMORY;
	rc = db_command(ctx, identity_key(), &(struct command){ .name = "identity.try_own", .fn = own_try_tx,
	    .arg = arg });
	return rc == RC_OK ? crypt_password_check(crypt, own->hash, old) : rc;
}

enum rc
identity_change_own_password(struct ctx *ctx, struct crypt *crypt, struct idem_key key,
    struct text old, struct text fresh, int64_t *ret_wait_s)
{
	struct change_arg arg = { 0 };
	struct own_arg own = { 0 };
	enum rc rc;

	if (!actor_may(ctx->actor, RIGHT_STAFF) || ctx->actor->kind != ACTOR_ACCOUNT)
		return RC_FORBIDDEN;
	rc = db_read(ctx, own_read, &own);
	if (rc != RC_OK)
		return rc;
	if (crypt_password_is_weak(fresh, own.account.login) || text_equals(old, fresh))
		return RC_INVALID;
	rc = old_check(ctx, crypt, &arg, &own, old);
	if (rc == RC_TOO_MANY)
		*ret_wait_s = arg.wait_s;
	if (rc != RC_OK)
		return rc;
	memcpy(arg.old_hash, own.hash, sizeof(own.hash));
	rc = crypt_password_hash(crypt, fresh, arg.hash);
	if (rc != RC_OK)
		return rc;
	return db_command(ctx, key, &(struct command){ .name = "identity.change_own_password",
	    .fn = own_password_tx, .arg = &arg });
}
