#include "kit/db/db_stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit/audit/audit.h"
#include "resources/identity/delay.h"
#include "resources/identity/identity_session.h"
#include "resources/identity/identity_store.h"

#define KUNSHAN INT64_C(320583000000)
#define WUZHONG INT64_C(320506000000)
#define MUDU INT64_C(320506100000)
#define VILLAGE INT64_C(320506100201)
#define CITY INT64_C(320500000000)
#define GOOD "Spring-river-7"

static struct crypt *keys;
static char key_dir[64];

static void
crypt_begin(void)
{
	struct text why;

	snprintf(key_dir, sizeof(key_dir), "/tmp/zhaofa-identity-XXXXXX");
	assert_non_null(mkdtemp(key_dir));
	assert_int_equal(crypt_open(key_dir, true, &keys, &why), RC_OK);
	crypt_set_cost(keys, 1, 64);
}

static void
crypt_end(void)
{
	static const char *const files[] = { "seal.key", "index.key", "session.key", "audit.key" };
	char path[128];

	crypt_close(keys);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", key_dir, files[i]);
		unlink(path);
	}
	rmdir(key_dir);
}

static struct place
place(int64_t code)
{
	return (struct place){ code };
}

static struct account_new
somebody(const char *login, enum role role, int64_t where)
{
	return (struct account_new){ .login = text_of(login), .name = TEXT("演示员"), .title = TEXT_NONE,
		.password = TEXT(GOOD), .role = role, .place = place(where), .point = 11, .capacity = 20 };
}

/* ---- flows ------------------------------------------------------------------------------------------------ */

static struct account_id
make(struct stage *f, const struct actor *actor, struct account_new in)
{
	struct ctx ctx = stage_ctx(f, actor);
	struct account_id id = { 0 };

	assert_int_equal(identity_create(&ctx, keys, idem_key_new(), &in, &id), RC_OK);
	assert_true(id.n > 0);
	return id;
}

struct load_arg { struct account_id id; struct account ret; };

static enum rc
load_fn(struct tx *tx, const struct actor *actor, void *p)
{
	struct load_arg *arg = p;

	return identity_load(tx, actor, arg->id, &arg->ret);
}

static struct account
load(struct stage *f, struct account_id id)
{
	struct load_arg arg = { .id = id };
	struct ctx ctx = stage_ctx(f, &f->system);

	assert_int_equal(db_read(&ctx, load_fn, &arg), RC_OK);
	return arg.ret;
}

static enum rc
login(struct stage *f, const char *name, const char *password, const char *peer, struct session *ret,
    int64_t *ret_wait)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = stage_ctx(f, &nobody);

	return identity_login(&ctx, keys, text_of(name), text_of(password), text_of(peer), ret, ret_wait);
}

static enum rc
holds(struct stage *f, const char *token)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = stage_ctx(f, &nobody);
	struct session s;

	return identity_session(&ctx, text_of(token), &s);
}

static void
statements_are_sound(void **state)
{
	struct stage *f = *state;
	const struct db_set *const sets[] = { &identity_sql };
	const char *why = "";
	struct text words = TEXT_NONE;

	assert_null(db_check_statements(sets, 1, &why));
	assert_null(db_prepare_all(f->db, sets, 1, &words));
}

static void
accounts_are_made_inside_the_jurisdiction(void **state)
{
	struct stage *f = *state;
	struct account_id id, boss = make(f, &f->system, somebody("wuzhong.admin", ROLE_ADMIN, WUZHONG));
	struct account boss_account = load(f, boss), a;
	struct actor county = identity_actor(&boss_account, STAGE_CITY);
	struct ctx ctx = stage_ctx(f, &county);
	struct account_new in = somebody("Zhang", ROLE_CLERK, MUDU);
	struct idem_key key = idem_key_new();
	struct account_id twice = { 0 };

	assert_int_equal(identity_create(&ctx, keys, key, &in, &id), RC_OK);
	a = load(f, id);
	assert_true(text_equals(a.login, TEXT("zhang")) && a.role == ROLE_CLERK && a.place.code == MUDU);
	assert_true(a.active && a.point == 11 && a.capacity == 20 && a.open_load == 0 && a.revision == 1);
	assert_int_equal(identity_create(&ctx, keys, key, &in, &twice), RC_OK); /* the same key */
	assert_int_equal(twice.n, id.n);
	assert_int_equal(identity_create(&ctx, keys, idem_key_new(), &in, &id), RC_CONFLICT);
	in = somebody("li", ROLE_CLERK, MUDU);
	assert_int_equal(identity_create(&ctx, keys, idem_key_new(), &in, &id), RC_INVALID);
	in = somebody("lisi", ROLE_CLERK, KUNSHAN);
	assert_int_equal(identity_create(&ctx, keys, idem_key_new(), &in, &id), RC_INVALID);
	a.role = ROLE_DIRECTOR; /* a director manages nobody */
	county = identity_actor(&a, STAGE_CITY);
	in = somebody("lisi", ROLE_CLERK, MUDU);
	assert_int_equal(identity_create(&ctx, keys, idem_key_new(), &in, &id), RC_FORBIDDEN);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM account WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM audit WHERE city = $1 "
	    "AND action = 'account.create'"), 2);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM account WHERE city = $1 "
	    "AND password LIKE '%Spring%'"), 0);
}

static void
login_gives_a_session(void **state)
{
	struct stage *f = *state;
	struct session s, again;
	int64_t wait = 0;

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	assert_int_equal(login(f, " ZHANG ", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	assert_int_equal(strlen(s.token), 43);
	assert_int_equal(strlen(s.csrf), 43);
	assert_string_not_equal(s.token, s.csrf);
	assert_int_equal(s.account.role, ROLE_CLERK);
	assert_int_equal(s.expires_ms, stage_now_ms + 30 * 60000);
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &again, &wait), RC_OK);
	assert_string_not_equal(s.token, again.token);
	assert_int_equal(holds(f, s.token), RC_OK);
	assert_int_equal(holds(f, again.token), RC_OK);
	s.token[5] = s.token[5] == 'x' ? 'y' : 'x';
	assert_int_equal(holds(f, s.token), RC_UNAUTHENTICATED);
	assert_int_equal(holds(f, ""), RC_UNAUTHENTICATED);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM audit WHERE city = $1 "
	    "AND action = 'account.login' AND account > 0"), 2);
	/* neither the token nor the password lies in the database */
	assert_int_equal(stage_int(f, "SELECT count(*) FROM session WHERE city = $1 "
	    "AND length(token_hash) = 32"), 2);
}

static void
login_refuses_alike(void **state)
{
	struct stage *f = *state;
	struct account_id id = make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	struct session s;
	int64_t wait = 0;
	struct ctx ctx = stage_ctx(f, &f->system);

	assert_int_equal(login(f, "zhang", GOOD "x", "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	assert_int_equal(login(f, "nobody", GOOD, "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	assert_int_equal(login(f, "!", GOOD, "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	assert_int_equal(identity_change(&ctx, idem_key_new(), id, 1, ROLE_CLERK, place(MUDU), 11, false), RC_OK);
	stage_now_ms += 2000;
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM audit WHERE city = $1 "
	    "AND action = 'account.refuse'"), 4);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM session WHERE city = $1"), 0);
}

static void
login_delays_grow_and_end(void **state)
{
	struct stage *f = *state;
	struct session s;
	int64_t wait = 0, waited[4] = { 1, 2, 4, 8 };

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	for (int i = 0; i < 4; i++) {
		assert_int_equal(login(f, "zhang", "wrong", "10.0.0.1", &s, &wait), RC_FORBIDDEN);
		assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_TOO_MANY);
		assert_int_equal(wait, waited[i]);
		stage_now_ms += 1000 * waited[i] - 1;
		assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_TOO_MANY);
		assert_int_equal(wait, 1);
		stage_now_ms += 1;
	}
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	assert_int_equal(login(f, "zhang", "wrong", "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_TOO_MANY);
	assert_int_equal(wait, 1); /* success had begun the count anew */
}

static void
login_delays_hold_the_address(void **state)
{
	struct stage *f = *state;
	struct session s;
	int64_t wait = 0;
	char name[24];

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	for (int i = 0; i < 10; i++) { /* ten free, for many people behind one address */
		snprintf(name, sizeof(name), "user%d", i);
		assert_int_equal(login(f, name, "wrong", "10.0.0.1", &s, &wait), RC_FORBIDDEN);
		assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	}
	assert_int_equal(login(f, "user10", "wrong", "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	/* own success does not clear what else was guessed from there */
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_TOO_MANY);
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.3", &s, &wait), RC_OK);
	stage_now_ms += 1000 + 3600000 + 1;
	for (int i = 0; i < 10; i++) { /* an hour later the count begins anew */
		snprintf(name, sizeof(name), "again%d", i);
		assert_int_equal(login(f, name, "wrong", "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	}
}

struct delay_arg { const char *subject; int64_t wait; enum rc check; int op; };

static enum rc
delay_fn(struct tx *tx, const struct actor *actor, void *p)
{
	struct delay_arg *arg = p;
	struct text subject = text_of(arg->subject);

	if (arg->op == 0)
		return delay_check(tx, actor, subject, &arg->wait);
	if (arg->op == 1)
		return delay_fail(tx, actor, subject);
	return delay_clear(tx, actor, subject);
}

static enum rc
delay_do(struct stage *f, const char *subject, int op, int64_t *ret_wait)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = stage_ctx(f, &nobody);
	struct delay_arg arg = { .subject = subject, .op = op };
	enum rc rc = op == 0 ? db_read(&ctx, delay_fn, &arg) : db_command(&ctx, idem_key_new(),
	    &(struct command){ .name = "test.delay", .fn = delay_fn, .arg = &arg });

	*ret_wait = arg.wait;
	return rc;
}

static void
delays_serve_receipt_codes(void **state)
{
	struct stage *f = *state;
	int64_t wait;

	assert_int_equal(delay_do(f, "code:10.0.0.1", 0, &wait), RC_OK);
	for (int i = 0; i < 10; i++)
		assert_int_equal(delay_do(f, "code:10.0.0.1", 1, &wait), RC_OK);
	assert_int_equal(delay_do(f, "code:10.0.0.1", 0, &wait), RC_OK);
	assert_int_equal(delay_do(f, "code:10.0.0.1", 1, &wait), RC_OK);
	assert_int_equal(delay_do(f, "code:10.0.0.1", 0, &wait), RC_TOO_MANY);
	assert_int_equal(wait, 1);
	assert_int_equal(delay_do(f, "code:10.0.0.2", 0, &wait), RC_OK);
	assert_int_equal(delay_do(f, "code:10.0.0.1", 2, &wait), RC_OK);
	assert_int_equal(delay_do(f, "code:10.0.0.1", 0, &wait), RC_OK);
}

/* Guesses from elsewhere keep nobody out of where they work; from a new place they wait 30 s at most. */
static void
guesses_from_elsewhere_lock_nobody_out(void **state)
{
	struct stage *f = *state;
	struct session s;
	int64_t wait = 0, most = 0;
	char peer[40];
	enum rc rc;

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK); /* at work, yesterday */
	stage_now_ms += 20 * INT64_C(3600000);
	assert_int_equal(login(f, "zhang", "wrong", "10.9.0.1", &s, &wait), RC_FORBIDDEN);
	assert_int_equal(login(f, "zhang", GOOD, "10.8.0.1", &s, &wait), RC_OK); /* one wrong try harms no other place */
	for (int i = 0; i < 60; i++) {
		snprintf(peer, sizeof peer, "10.7.0.%d", i);
		rc = login(f, "zhang", "wrong", peer, &s, &wait);
		if (rc == RC_TOO_MANY) {
			most = wait > most ? wait : most;
			stage_now_ms += wait * 1000;
			rc = login(f, "zhang", "wrong", peer, &s, &wait);
		}
		assert_int_equal(rc, RC_FORBIDDEN);
		assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	}
	assert_int_equal(most, 30);
	assert_int_equal(login(f, "zhang", GOOD, "10.6.0.1", &s, &wait), RC_TOO_MANY); /* a place never seen */
	assert_true(wait <= 30);
	stage_now_ms += 30000;
	assert_int_equal(login(f, "zhang", GOOD, "10.6.0.1", &s, &wait), RC_OK);
	stage_raw(f, "UPDATE login_network SET at_ms = at_ms - 7776000001 WHERE city = 3205");
	assert_int_equal(login(f, "zhang", "wrong", "10.5.0.1", &s, &wait), RC_FORBIDDEN);
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_TOO_MANY); /* too long ago */
}

static void
an_ipv6_subscriber_is_one_place(void **state)
{
	static const struct { const char *peer, *network; } rows[] = {
		{ "10.0.0.1", "10.0.0.1" }, { "::ffff:10.0.0.1", "10.0.0.1" }, { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
		{ "2001:db8:1:2::1", "2001:db8:1:2::/64" }, { "2001:db8:1:3::1", "2001:db8:1:3::/64" }, { "::1", "::/64" },
		{ "no address", "no address" }, { "", "" },
	};
	struct stage *f = *state;
	struct session s;
	int64_t wait = 0;
	char got[DELAY_NETWORK_CHARS];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		delay_network(text_of(rows[i].peer), got);
		assert_string_equal(got, rows[i].network);
	}
	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	assert_int_equal(login(f, "zhang", "wrong", "2001:db8::1", &s, &wait), RC_FORBIDDEN);
	assert_int_equal(login(f, "zhang", "wrong", "2001:db8::2", &s, &wait), RC_TOO_MANY);
	assert_int_equal(login(f, "zhang", GOOD, "2001:db8:0:1::1", &s, &wait), RC_OK);
}

/* The clock was set back, or a demonstration begun again: nobody waits for as long as that. */
static void
a_delay_from_the_future_is_over(void **state)
{
	struct stage *f = *state;
	int64_t wait = 0, begun = stage_now_ms;
	struct session s;

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	assert_int_equal(login(f, "zhang", "wrong", "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	stage_now_ms = begun + 1000 - 300 * INT64_C(1000);
	assert_int_equal(delay_do(f, "login:zhang@10.0.0.1", 0, &wait), RC_TOO_MANY);
	assert_int_equal(wait, 300); /* as far ahead as a wait can be */
	stage_now_ms--;
	assert_int_equal(delay_do(f, "login:zhang@10.0.0.1", 0, &wait), RC_OK);
	stage_now_ms = begun - 3600000;
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
}

static void
sessions_run_out(void **state)
{
	struct stage *f = *state;
	struct session s;
	int64_t wait, begun = stage_now_ms;

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	stage_now_ms = begun + 30 * 60000 - 1;
	assert_int_equal(holds(f, s.token), RC_OK);             /* and is seen */
	stage_now_ms += 30 * 60000 - 1;
	assert_int_equal(holds(f, s.token), RC_OK);
	stage_now_ms += 30 * 60000;
	assert_int_equal(holds(f, s.token), RC_UNAUTHENTICATED); /* idle */
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	begun = stage_now_ms;
	for (int i = 1; i < 24; i++) {
		stage_now_ms = begun + i * 20 * 60000;
		assert_int_equal(holds(f, s.token), RC_OK);
	}
	stage_now_ms = begun + 8 * 3600000 - 1;
	assert_int_equal(holds(f, s.token), RC_OK);
	stage_now_ms++;
	assert_int_equal(holds(f, s.token), RC_UNAUTHENTICATED); /* eight hours */
	assert_int_equal(stage_int(f, "SELECT count(*) FROM session WHERE city = $1"), 2);
	f->ctx.now_ms = stage_now_ms;
	assert_int_equal(identity_sweep(&f->ctx), RC_OK);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM session WHERE city = $1"), 0);
}

static void
seen_is_written_once_a_minute(void **state)
{
	struct stage *f = *state;
	struct session s;
	int64_t wait, begun = stage_now_ms;

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	stage_now_ms = begun + 59999;
	assert_int_equal(holds(f, s.token), RC_OK);
	assert_int_equal(stage_int(f, "SELECT seen_ms FROM session WHERE city = $1"), begun);
	stage_now_ms = begun + 60000;
	assert_int_equal(holds(f, s.token), RC_OK);
	assert_int_equal(stage_int(f, "SELECT seen_ms FROM session WHERE city = $1"), begun + 60000);
}

static void
sessions_end_at_a_change(void **state)
{
	struct stage *f = *state;
	struct account_id id = make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	struct ctx ctx = stage_ctx(f, &f->system);
	struct session s;
	int64_t wait;

	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	assert_int_equal(identity_change(&ctx, idem_key_new(), id, 1, ROLE_CLERK, place(MUDU), 11, true), RC_OK);
	assert_int_equal(holds(f, s.token), RC_OK); /* nothing changed */
	assert_int_equal(identity_change(&ctx, idem_key_new(), id, 2, ROLE_DIRECTOR, place(MUDU), 11, true),
	    RC_OK);
	assert_int_equal(holds(f, s.token), RC_UNAUTHENTICATED);
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	assert_int_equal(identity_set_password(&ctx, keys, idem_key_new(), id, TEXT("Autumn-moon-8")), RC_OK);
	assert_int_equal(holds(f, s.token), RC_UNAUTHENTICATED);
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_FORBIDDEN);
	stage_now_ms += 1000;
	assert_int_equal(login(f, "zhang", "Autumn-moon-8", "10.0.0.1", &s, &wait), RC_OK);
	stage_raw(f, "UPDATE account SET active = 0");
	assert_int_equal(holds(f, s.token), RC_UNAUTHENTICATED); /* even with a session left over */
	stage_raw(f, "UPDATE account SET active = 1");
	assert_int_equal(holds(f, s.token), RC_OK);
	assert_int_equal(identity_logout(&ctx, text_of(s.token)), RC_OK);
	assert_int_equal(holds(f, s.token), RC_UNAUTHENTICATED);
	assert_int_equal(identity_logout(&ctx, text_of(s.token)), RC_OK);
	assert_int_equal(identity_set_password(&ctx, keys, idem_key_new(), id, TEXT("12345678")), RC_INVALID);
	assert_int_equal(identity_set_password(&ctx, keys, idem_key_new(), id, TEXT("ZhangZhang")), RC_OK);
}

static void
changes_stay_in_the_jurisdiction(void **state)
{
	struct stage *f = *state;
	struct account_id here = make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	struct account_id there = make(f, &f->system, somebody("chen", ROLE_CLERK, KUNSHAN));
	struct account_id above = make(f, &f->system, somebody("bureau", ROLE_OFFICIAL, CITY));
	struct account boss = load(f, make(f, &f->system, somebody("county", ROLE_ADMIN, WUZHONG)));
	struct actor county = identity_actor(&boss, STAGE_CITY);
	struct ctx ctx = stage_ctx(f, &county);

	assert_int_equal(identity_change(&ctx, idem_key_new(), there, 1, ROLE_CLERK, place(MUDU), 0, true),
	    RC_NOT_FOUND);
	assert_int_equal(identity_change(&ctx, idem_key_new(), above, 1, ROLE_CLERK, place(MUDU), 0, true),
	    RC_NOT_FOUND);
	assert_int_equal(identity_change(&ctx, idem_key_new(), here, 1, ROLE_CLERK, place(KUNSHAN), 0, true),
	    RC_INVALID);
	assert_int_equal(identity_set_password(&ctx, keys, idem_key_new(), there, TEXT("Autumn-moon-8")),
	    RC_NOT_FOUND);
	assert_int_equal(identity_change(&ctx, idem_key_new(), boss.id, 1, ROLE_ADMIN, place(WUZHONG), 0, false),
	    RC_FORBIDDEN);
	assert_int_equal(identity_set_password(&ctx, keys, idem_key_new(), boss.id, TEXT("Autumn-moon-8")),
	    RC_FORBIDDEN);
	assert_int_equal(identity_change(&ctx, idem_key_new(), here, 2, ROLE_CLERK, place(MUDU), 0, true),
	    RC_CONFLICT);
	assert_int_equal(identity_change(&ctx, idem_key_new(), here, 1, ROLE_CLERK, place(MUDU), 0, true), RC_OK);
	assert_int_equal(load(f, here).revision, 2);
	assert_int_equal(load(f, here).point, 0);
	assert_int_equal(load(f, there).revision, 1);
}

static void
work_is_changed(void **state)
{
	struct stage *f = *state;
	struct account_id id = make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	struct ctx ctx = stage_ctx(f, &f->system);
	int64_t items[] = { 5, 3, 5 };
	struct account_work work = { .name = TEXT("演示甲"), .title = TEXT("窗口"), .capacity = 7,
		.items = items, .n_items = 3 };
	struct account a;

	assert_int_equal(identity_change_work(&ctx, idem_key_new(), id, 1, &work), RC_OK);
	a = load(f, id);
	assert_true(text_equals(a.name, TEXT("演示甲")) && a.capacity == 7 && a.revision == 2);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM account_item WHERE city = $1"), 2);
	work.n_items = 0;
	assert_int_equal(identity_change_work(&ctx, idem_key_new(), id, 1, &work), RC_CONFLICT);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM account_item WHERE city = $1"), 2);
	assert_int_equal(identity_change_work(&ctx, idem_key_new(), id, 2, &work), RC_OK);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM account_item WHERE city = $1"), 0);
}

static void
own_password_needs_the_old_one(void **state)
{
	struct stage *f = *state;
	struct account a = load(f, make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU)));
	struct actor me = identity_actor(&a, STAGE_CITY);
	struct ctx ctx = stage_ctx(f, &me);
	struct session s;
	int64_t wait = 0;

	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	assert_int_equal(identity_change_own_password(&ctx, keys, idem_key_new(), TEXT("wrong"),
	    TEXT("Autumn-moon-8"), &wait), RC_FORBIDDEN);
	assert_int_equal(identity_change_own_password(&ctx, keys, idem_key_new(), TEXT(GOOD),
	    TEXT("Autumn-moon-8"), &wait), RC_TOO_MANY);
	assert_int_equal(wait, 1);
	stage_now_ms += 1000;
	ctx = stage_ctx(f, &me);
	assert_int_equal(identity_change_own_password(&ctx, keys, idem_key_new(), TEXT(GOOD), TEXT(GOOD),
	    &wait), RC_INVALID);
	assert_int_equal(identity_change_own_password(&ctx, keys, idem_key_new(), TEXT(GOOD), TEXT("short"),
	    &wait), RC_INVALID);
	assert_int_equal(holds(f, s.token), RC_OK);
	assert_int_equal(identity_change_own_password(&ctx, keys, idem_key_new(), TEXT(GOOD),
	    TEXT("Autumn-moon-8"), &wait), RC_OK);
	assert_int_equal(holds(f, s.token), RC_UNAUTHENTICATED);
	assert_int_equal(login(f, "zhang", "Autumn-moon-8", "10.0.0.1", &s, &wait), RC_OK);
}

static void
login_raises_the_cost(void **state)
{
	struct stage *f = *state;
	struct session s;
	int64_t wait;

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	crypt_set_cost(keys, 2, 64);
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM account WHERE city = $1 "
	    "AND password LIKE '%m=64,t=2%'"), 1);
	crypt_set_cost(keys, 1, 64);
	assert_int_equal(login(f, "zhang", GOOD, "10.0.0.1", &s, &wait), RC_OK);
}

static void
list_pages_by_place(void **state)
{
	struct stage *f = *state;
	struct account boss = load(f, make(f, &f->system, somebody("county", ROLE_ADMIN, WUZHONG)));
	struct actor county = identity_actor(&boss, STAGE_CITY);
	struct ctx ctx = stage_ctx(f, &county);
	struct account_page after = { 0 };
	struct account v[3];
	size_t n = 0, all = 0;
	char name[24];

	make(f, &f->system, somebody("chen", ROLE_CLERK, KUNSHAN));
	for (int i = 0; i < 6; i++) {
		snprintf(name, sizeof(name), "zhang%d", i);
		make(f, &f->system, somebody(name, ROLE_STATION, MUDU + 200 + i % 3));
	}
	do {
		assert_int_equal(identity_list(&ctx, after, TEXT_NONE, v, 3, &n), RC_OK);
		for (size_t i = 0; i < n; i++) {
			assert_true(v[i].place.code > after.place.code
			    || (v[i].place.code == after.place.code && v[i].id.n > after.id.n));
			after = (struct account_page){ v[i].place, v[i].id };
		}
		all += n;
	} while (n == 3);
	assert_int_equal(all, 7);
	assert_int_equal(identity_list(&ctx, (struct account_page){ 0 }, TEXT("zhang4"), v, 3, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(identity_list(&ctx, (struct account_page){ 0 }, TEXT("chen"), v, 3, &n), RC_OK);
	assert_int_equal(n, 0);
	county.rights = role_rights(ROLE_DIRECTOR);
	assert_int_equal(identity_list(&ctx, (struct account_page){ 0 }, TEXT_NONE, v, 3, &n), RC_FORBIDDEN);
}

struct find_arg { struct account v[4]; size_t n; int64_t items[4]; };

static enum rc
find_fn(struct tx *tx, const struct actor *actor, void *p)
{
	struct find_arg *arg = p;
	enum rc rc = identity_at_point(tx, actor, 11, arg->v, 4, &arg->n);

	return rc == RC_OK ? identity_by_login(tx, actor, TEXT("CHEN"), &arg->v[3]) : rc;
}

static void
accounts_are_found(void **state)
{
	struct stage *f = *state;
	struct find_arg arg = { 0 };
	struct account_id gone = make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	struct ctx ctx = stage_ctx(f, &f->system);
	struct actor nobody = identity_anonymous(STAGE_CITY);

	make(f, &f->system, somebody("chen", ROLE_CLERK, MUDU));
	assert_int_equal(db_read(&ctx, find_fn, &arg), RC_OK);
	assert_int_equal(arg.n, 2);
	assert_true(text_equals(arg.v[3].login, TEXT("chen")));
	assert_int_equal(identity_change(&ctx, idem_key_new(), gone, 1, ROLE_CLERK, place(MUDU), 11, false), RC_OK);
	assert_int_equal(db_read(&ctx, find_fn, &arg), RC_OK);
	assert_int_equal(arg.n, 1);
	ctx.actor = &nobody;
	assert_int_equal(db_read(&ctx, find_fn, &arg), RC_UNAUTHENTICATED);
}

/* Let the n-th call to the database fail, n = 1, 2, …: afterwards all is as before, or all is done. */
static void
create_is_all_or_nothing(void **state)
{
	struct stage *f = *state;
	struct account_new in = somebody("zhang", ROLE_CLERK, MUDU);
	struct account_id id;
	enum rc rc = RC_UNAVAILABLE;
	int n;

	for (n = 1; n < 50 && rc != RC_OK; n++) {
		db_fail_after(f->db, n);
		rc = identity_create(&f->ctx, keys, idem_key_new(), &in, &id);
		db_fail_after(f->db, 0);
		assert_int_equal(stage_int(f, "SELECT count(*) FROM account WHERE city = $1"), rc == RC_OK);
		assert_int_equal(stage_int(f, "SELECT count(*) FROM audit WHERE city = $1"), rc == RC_OK);
	}
	assert_in_range(n, 4, 49);
}

static void
login_is_all_or_nothing(void **state)
{
	struct stage *f = *state;
	struct session s;
	int64_t wait, before;
	enum rc rc = RC_UNAVAILABLE;
	int n;

	make(f, &f->system, somebody("zhang", ROLE_CLERK, MUDU));
	before = stage_int(f, "SELECT count(*) FROM audit WHERE city = $1");
	for (n = 1; n < 80 && rc != RC_OK; n++) {
		stage_now_ms += 3600 * 1000;
		db_fail_after(f->db, n);
		rc = login(f, "zhang", GOOD, "10.0.0.1", &s, &wait);
		db_fail_after(f->db, 0);
		assert_int_equal(stage_int(f, "SELECT count(*) FROM session WHERE city = $1"), rc == RC_OK);
		assert_int_equal(stage_int(f, "SELECT count(*) FROM audit WHERE city = $1") - before, rc == RC_OK);
	}
	assert_in_range(n, 8, 79);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_are_sound),
		cmocka_unit_test(accounts_are_made_inside_the_jurisdiction),
		cmocka_unit_test(login_gives_a_session),
		cmocka_unit_test(login_refuses_alike),
		cmocka_unit_test(login_delays_grow_and_end),
		cmocka_unit_test(login_delays_hold_the_address),
		cmocka_unit_test(delays_serve_receipt_codes),
		cmocka_unit_test(guesses_from_elsewhere_lock_nobody_out),
		cmocka_unit_test(an_ipv6_subscriber_is_one_place),
		cmocka_unit_test(a_delay_from_the_future_is_over),
		cmocka_unit_test(sessions_run_out),
		cmocka_unit_test(seen_is_written_once_a_minute),
		cmocka_unit_test(sessions_end_at_a_change),
		cmocka_unit_test(changes_stay_in_the_jurisdiction),
		cmocka_unit_test(work_is_changed),
		cmocka_unit_test(own_password_needs_the_old_one),
		cmocka_unit_test(login_raises_the_cost),
		cmocka_unit_test(list_pages_by_place),
		cmocka_unit_test(accounts_are_found),
		cmocka_unit_test(create_is_all_or_nothing),
		cmocka_unit_test(login_is_all_or_nothing),
	};
	int failed;

	crypt_begin();
	failed = stage_main("identity", tests, sizeof(tests) / sizeof(tests[0]));
	crypt_end();
	return failed;
}
