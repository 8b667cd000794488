#include "kit/db/db_test_own.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * kill -9 of a writing process: every acknowledged row is there afterwards.  The control answers
 * before COMMIT and must lose some: without it "nothing lost" would prove nothing.
 *
 * ZHAOFA_KILLS sets the number of kills (8).
 */

enum { WRITERS = 4, ACKS_BEFORE_KILL = 60 };

struct ack { int writer; int number; };

struct writer {
	pthread_t thread;
	struct db *db;
	int number;
	int round;
	int fd;
};

static void *
writer_main(void *arg)
{
	struct writer *w = arg;
	struct actor actor = { .kind = ACTOR_SYSTEM, .city = TEST_CITY };
	struct ctx ctx = { .db = w->db, .actor = &actor, .now_ms = test_clock() };
	char key[32];
	struct test_put put = { .key = key, .value = "x" };
	struct command c = { .name = "test.put", .fn = test_put_fn, .arg = &put };
	struct ack ack = { .writer = w->number };

	for (;; ack.number++) {
		snprintf(key, sizeof(key), "k%d-%d-%d", w->round, w->number, ack.number);
		if (db_command(&ctx, idem_key_new(), &c) == RC_OK &&
		    write(w->fd, &ack, sizeof(ack)) != (ssize_t)sizeof(ack))
			return NULL;
	}
}

/* The child writes until it is killed; each acknowledgement goes down the pipe. */
static _Noreturn void
child_main(const char *url, int round, bool early, int fd)
{
	struct db_options opt = { .url = url, .city = TEST_CITY, .readers = 1, .clock_ms = test_clock };
	static struct writer w[WRITERS];
	struct db *db;
	struct text why;
	int i;

	if (db_open(&opt, false, &db, &why) != RC_OK)
		_exit(3);
	db->acknowledge_early = early;
	for (i = 0; i < WRITERS; i++) {
		w[i] = (struct writer){ .db = db, .number = i, .round = round, .fd = fd };
		if (pthread_create(&w[i].thread, NULL, writer_main, &w[i]) != 0)
			_exit(4);
	}
	for (;;)
		pause();
}

/* One round: acknowledged commands of each writer into acked[]. */
static void
round_run(const char *url, int round, bool early, int acked[static WRITERS])
{
	int fd[2], n = 0, status;
	struct ack ack;
	pid_t child;

	memset(acked, 0, WRITERS * sizeof(*acked));
	assert_int_equal(pipe(fd), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(fd[0]);
		child_main(url, round, early, fd[1]);
	}
	close(fd[1]);
	while (read(fd[0], &ack, sizeof(ack)) == (ssize_t)sizeof(ack)) {
		acked[ack.writer] = ack.number + 1;
		if (++n == ACKS_BEFORE_KILL + round % 10 * 7)
			kill(child, SIGKILL); /* what it had sent before is read to the end */
	}
	close(fd[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

/* Acknowledged rows that are not there. */
static int64_t
rows_lost(struct test_db *t, int round, const int acked[static WRITERS])
{
	int64_t lost = 0, there;
	char key[32];
	int i;

	for (i = 0; i < WRITERS; i++) {
		snprintf(key, sizeof(key), "k%d-%d-", round, i);
		there = test_count(t, key);
		assert_true(there >= 0);
		if (there < acked[i])
			lost += acked[i] - there;
		assert_true(there <= acked[i] + 1); /* at most one was on its way */
	}
	return lost;
}

static int64_t
kills_lose(struct test_db *t, int first_round, int rounds, bool early)
{
	struct text why;
	int64_t lost = 0, sum = 0;
	int acked[WRITERS];
	int i, k;

	for (i = first_round; i < first_round + rounds; i++) {
		db_close(t->db); /* before the fork: a thread does not survive it */
		t->db = NULL;
		round_run(t->url, i, early, acked);
		assert_int_equal(test_db_reopen(t, false, &why), RC_OK);
		lost += rows_lost(t, i, acked);
		for (k = 0; k < WRITERS; k++)
			sum += acked[k];
	}
	print_message("# %s, %s: %d kills, %lld acknowledged, %lld lost\n", t->kind,
	    early ? "answered before COMMIT (control)" : "answered after COMMIT", rounds,
	    (long long)sum, (long long)lost);
	return lost;
}

static void
acknowledged_rows_survive_kill(void **state)
{
	struct test_db *t = test_db_open(state);
	const char *kills = getenv("ZHAOFA_KILLS");
	int n = kills == NULL ? 8 : (int)strtol(kills, NULL, 10);

	if (strcmp(t->kind, "memory") != 0)
		assert_int_equal(kills_lose(t, 0, n, false), 0);
	test_db_close(t);
}

/* The writer of PostgreSQL's commands is the server: it has no such control. */
static void
the_control_loses(void **state)
{
	struct test_db *t = test_db_open(state);

	if (strcmp(t->kind, "file") == 0)
		assert_true(kills_lose(t, 1000, 3, true) > 0);
	test_db_close(t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(acknowledged_rows_survive_kill),
		cmocka_unit_test(the_control_loses),
	};

	return test_db_main("db_kill", tests, sizeof(tests) / sizeof(tests[0]));
}
