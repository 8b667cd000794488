/*
 * kill -9 in the middle of escalation: a child takes the steps of supervision of many late cases, two at a time, and is
 * killed while it does the next; another goes on.  At the end every case has each of its steps once, one order and one
 * event of each kind, and what a child had said it did was there when it died.
 *
 * ZHAOFA_KILLS sets the number of kills (30), ZHAOFA_CASES that of cases (120).
 */
#include "app/story_stage.h"

#include "operations/supervise/supervise.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TUESDAY INT64_C(1782781200000) /* 2026-06-30 9:00 */
enum { AT_ONCE = 2 };

static char dir[64], url[128];

static int64_t
clock_ms(void)
{
	return stage_now_ms;
}

static int
number(const char *name, int otherwise)
{
	const char *s = getenv(name);

	return s != NULL ? (int)strtol(s, NULL, 10) : otherwise;
}

static void
open_db(struct stage *f, bool migrate)
{
	struct db_options opt = { .url = url, .city = STAGE_CITY, .node = 1, .readers = 1, .clock_ms = clock_ms };
	struct text why = TEXT_NONE;

	if (db_open(&opt, migrate, &f->db, &why) != RC_OK)
		fail_msg("%.*s", (int)why.n, why.p);
	f->ctx = stage_ctx(f, &f->system);
	f->ctx.crypt = story_keys;
}

/* Orders first, then reports to the director, then to the bureau; each while there is something to do. */
static int64_t
moment_of(int64_t taken, int64_t cases)
{
	return TUESDAY + (taken < cases ? 2 : taken < 2 * cases ? 7 : 9) * DAY_MS;
}

static _Noreturn void
child_main(struct stage *f, int fd)
{
	open_db(f, false);
	for (;;) {
		struct ctx ctx = stage_ctx(f, &f->system);
		int64_t n = 0;

		if (supervise_run(&ctx, AT_ONCE, &n) != RC_OK)
			_exit(3);
		if (write(fd, &n, sizeof n) != (ssize_t)sizeof n)
			_exit(4);
		arena_reset(f->mem);
	}
}

/* Steps that the child said it took; it dies in the middle of what it did next. */
static int64_t
life(struct stage *f, int round)
{
	int64_t n, sum = 0;
	int fd[2], status, acks = 0;
	pid_t child;

	assert_int_equal(pipe(fd), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(fd[0]);
		child_main(f, fd[1]);
	}
	close(fd[1]);
	while (read(fd[0], &n, sizeof n) == (ssize_t)sizeof n) {
		sum += n;
		if (++acks == 1 + round % 2) {
			usleep((useconds_t)(round * 397 % 6000));
			kill(child, SIGKILL);
		}
	}
	close(fd[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return sum;
}

static int64_t
taken_now(struct stage *f)
{
	return stage_int(f, "SELECT COUNT(*) FROM supervise_step WHERE city = $1 AND said = 1");
}

/* Kinds of rows of which some case has another number than one. */
static void
each_once(struct stage *f, const char *what, const char *where)
{
	char sql[400];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM request r WHERE r.city = $1 AND 1 <> (SELECT COUNT(*) FROM %s x"
	    " WHERE x.city = r.city AND x.request = r.id AND %s)", what, where);
	if (stage_int(f, sql) != 0)
		fail_msg("%s %s: %lld cases have another number than one", what, where, (long long)stage_int(f, sql));
}

static void
what_is_left(struct stage *f)
{
	struct ctx ctx = stage_ctx(f, &f->system);
	int64_t n = 1;

	for (int d = 2; d <= 9; d++) {
		stage_now_ms = TUESDAY + d * DAY_MS;
		for (n = 1; n > 0;) {
			ctx.now_ms = stage_now_ms;
			assert_int_equal(supervise_run(&ctx, 100, &n), RC_OK);
		}
	}
}

static void
no_order_is_lost_or_doubled(void **state)
{
	int kills = number("ZHAOFA_KILLS", 30), cases = number("ZHAOFA_CASES", 120);
	struct stage *f = *state;
	int64_t said = 0, there = 0, before = 0;

	for (int i = 0; i < cases; i++) {
		ask(f, idem_key_new());
		arena_reset(f->mem);
	}
	for (int k = 0; k < kills; k++) {
		before = taken_now(f);
		stage_now_ms = moment_of(before, cases);
		db_close(f->db); /* before the fork: a thread does not survive it */
		said = life(f, k);
		open_db(f, false);
		there = taken_now(f);
		assert_true(there >= before + said);           /* nothing that was acknowledged is lost */
		assert_true(there <= before + said + AT_ONCE); /* and at most one transaction was under way */
	}
	print_message("# %d kills in the middle of escalation, %lld of %d steps taken by then\n", kills, (long long)there, 3 * cases);
	what_is_left(f);
	for (int s = SUPERVISE_WARNING; s <= SUPERVISE_BUREAU; s++) {
		char where[32];

		snprintf(where, sizeof where, "x.step = %d", s);
		each_once(f, "supervise_step", where);
	}
	each_once(f, "supervise_order", "1 = 1");
	each_once(f, "event", "x.kind = 'supervise.ordered'");
	each_once(f, "event", "x.kind = 'supervise.reported.director'");
	each_once(f, "event", "x.kind = 'supervise.reported.bureau'");
	assert_int_equal(problems(f), 0);
}

static int
set_up(void **state)
{
	static struct stage f;

	snprintf(dir, sizeof dir, "/tmp/zhaofa-supervise-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(url, sizeof url, "sqlite:%s/zhaofa.db", dir);
	stage_now_ms = TUESDAY;
	f.engine = "sqlite";
	f.mem = arena_create((size_t)64 << 20);
	f.system = identity_system(STAGE_CITY);
	*state = &f;
	open_db(&f, true);
	begin(&f);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const files[] = { "zhaofa.db", "zhaofa.db-wal", "zhaofa.db-shm", NULL };
	struct stage *f = *state;
	char path[160];

	db_close(f->db);
	arena_free(f->mem);
	crypt_close(story_keys);
	for (int i = 0; files[i] != NULL; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, files[i]);
		unlink(path);
	}
	return rmdir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_order_is_lost_or_doubled, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("supervise_kill", tests, NULL, NULL);
}
