/*
 * How long does a changed calendar keep the database busy?  100,000 running deadlines of 50,000 requests are counted
 * again by the worker's own job, batch by batch, beside what one would write in SQL instead: one UPDATE for each day
 * of beginning and rule, and one for what the requests show.  That knows of no pauses, records nothing that moved, and
 * holds every row for its whole time.  Both give the same deadlines, or the run fails.
 */
#include "app/app.h"
#include "app/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "operations/request/request.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"

#define REQUESTS 50000
#define EVENTS 5    /* of each request's history before */
#define BATCH 2000  /* as the worker does: RECOUNT_MOST of app/worker.c */
#define ROUNDS 5
#define CITY INT64_C(3205)
#define BEGAN INT64_C(1780880400000) /* 2026-06-08T09:00+08:00, a Monday; the requests begin on three days from it */
#define STARTS 3
#define NOW INT64_C(1781139600000)   /* 2026-06-11T09:00+08:00 */

static const int counts[2] = { 3, 15 };

enum { INSERT_REQUEST, INSERT_CLOCK, INSERT_EVENT, FORGET_EVENTS, FORGET_AUDIT, PLAIN_CLOCKS, PLAIN_REQUESTS, PLAIN_DIFFER };

static const struct db_stmt stmts[] = {
	[INSERT_REQUEST] = { "bench.request", DB_SYSTEM,
	    "INSERT INTO request (city, id, place, number, code_hash, item, item_from_day, matter, topic, channel, tier, point,"
	    " scheduled, online, gathered, applicant, caller, subject, detail, urgent, groups, state, holder, holder_point,"
	    " first_contact, due_ms, start_ms, created_ms, created_day, revision) VALUES ($1, $2, $3, $4, $5, 1, 1, 'consult', 1,"
	    " 2, 2, 1, 0, 0, 0, 1, 0, 'bench', 'bench', 0, 0, 20, $6, 1, $6, $7, $8, $8, 1, 1)", 0 },
	[INSERT_CLOCK] = { "bench.clock", DB_SYSTEM,
	    "INSERT INTO case_clock (city, request, target, count, unit, roll, source, start_ms, due_ms, uncertain, calendar)"
	    " VALUES ($1, $2, $3, $4, 2, 1, 'bench', $5, $6, 0, $7)", 0 },
	[INSERT_EVENT] = { "bench.event", DB_SYSTEM,
	    "INSERT INTO event (city, request, id, at_ms, account, kind, from_state, to_state, shown, note, data)"
	    " VALUES ($1, $2, $3, $3, 1, 'bench', 20, 20, 1, 'bench', 'bench=1')", 0 },
	[FORGET_EVENTS] = { "bench.forget_events", DB_SYSTEM, "DELETE FROM event WHERE city = $1 AND kind = 'clock.recounted'", 0 },
	[FORGET_AUDIT] = { "bench.forget_audit", DB_SYSTEM, "DELETE FROM audit WHERE city = $1", 0 },
	[PLAIN_CLOCKS] = { "bench.plain_clocks", DB_SYSTEM,
	    "UPDATE case_clock SET due_ms = $2, calendar = $3 WHERE city = $1 AND met_ms IS NULL AND count = $4"
	    " AND start_ms >= $5 AND start_ms < $6", 0 },
	[PLAIN_REQUESTS] = { "bench.plain_requests", DB_SYSTEM,
	    "UPDATE request SET due_ms = (SELECT MIN(c.due_ms) FROM case_clock c WHERE c.city = $1 AND c.request = request.id"
	    " AND c.met_ms IS NULL) WHERE city = $1 AND open = 1", 0 },
	[PLAIN_DIFFER] = { "bench.plain_differ", DB_SYSTEM, "SELECT SUM(due_ms % 1000000007) FROM case_clock WHERE city = $1", 0 },
};

struct fill { int64_t from, n; };

static enum rc
request_put(struct tx *tx, const struct actor *actor, int64_t i)
{
	const struct calendar *c = holidays_current();
	int64_t start = BEGAN + i % STARTS * DAY_MS + i % 7 * INT64_C(3600000), due[2];
	char number[32], hash[16] = { 0 };
	enum rc rc = RC_OK;

	snprintf(number, sizeof number, "bench-%lld", (long long)i);
	memcpy(hash, &i, sizeof i);
	for (int t = 0; t < 2; t++)
		due[t] = clock_due(c, (struct clock_rule){ counts[t], CLOCK_WORKDAY, true }, start, NULL, 0, start).due_ms;
	rc = tx_run(tx, actor, &stmts[INSERT_REQUEST], ARGS(db_int(i + 1), db_int(320506100000 + i % 20), db_text(text_of(number)),
	    db_blob((struct text){ hash, sizeof hash }), db_int(i % 200 + 1), db_int(due[0]), db_int(start)), NULL);
	for (int t = 0; rc == RC_OK && t < 2; t++)
		rc = tx_run(tx, actor, &stmts[INSERT_CLOCK], ARGS(db_int(i + 1), db_int(TARGET_ANSWER + t), db_int(counts[t]),
		    db_int(start), db_int(due[t]), db_int(c->version)), NULL);
	for (int64_t k = 1; rc == RC_OK && k <= EVENTS; k++)
		rc = tx_run(tx, actor, &stmts[INSERT_EVENT], ARGS(db_int(i + 1), db_int(k * REQUESTS + i)), NULL);
	return rc;
}

static enum rc
fill_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct fill *f = arg;
	enum rc rc = RC_OK;

	for (int64_t i = 0; rc == RC_OK && i < f->n; i++)
		rc = request_put(tx, actor, f->from + i);
	return rc;
}

static enum rc
fill(struct ctx *ctx)
{
	enum rc rc = RC_OK;

	for (int64_t at = 0; rc == RC_OK && at < REQUESTS; at += 5000) {
		struct fill f = { .from = at, .n = 5000 };

		rc = db_job(ctx, &(struct command){ .name = "bench.fill", .fn = fill_tx, .arg = &f });
		arena_reset(ctx->mem);
	}
	return rc;
}

/* Two days from `first` on are off, or ordinary again. */
static enum rc
days_set(struct ctx *ctx, const char *first, bool off)
{
	struct holiday_change in = { .kind = off ? DAY_REST : DAY_WORK, .name = off ? TEXT("bench") : TEXT_NONE,
		.source = TEXT("bench") };
	struct findings findings = { .n = 0 };
	enum rc rc = day_parse(text_of(first), &in.day);

	for (int i = 0; rc == RC_OK && i < 2; i++, in.day = day_add(in.day, 1)) {
		in.seen = holidays_current()->version;
		rc = holidays_day_set(ctx, idem_key_new(), &in, &findings);
	}
	return rc;
}

static enum rc
recount_all(struct ctx *ctx, int64_t *ret_counted, int64_t *ret_moved)
{
	int64_t counted = 1, moved = 0;
	enum rc rc = RC_OK;

	*ret_counted = *ret_moved = 0;
	while (rc == RC_OK && counted > 0) {
		rc = request_recount(ctx, BATCH, &counted, &moved);
		*ret_counted += counted;
		*ret_moved += moved;
		arena_reset(ctx->mem);
	}
	return rc;
}

/* ---- in SQL alone ---------------------------------------------------------------------------------------- */

static enum rc
plain_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct calendar *c = holidays_current();
	enum rc rc = RC_OK;

	(void)arg;
	for (int i = 0; rc == RC_OK && i < STARTS * 2; i++) {
		int64_t day = day_start_ms(day_add(day_of_moment(BEGAN), i / 2));
		struct clock_rule rule = { counts[i % 2], CLOCK_WORKDAY, true };

		rc = tx_run(tx, actor, &stmts[PLAIN_CLOCKS], ARGS(db_int(clock_due(c, rule, day, NULL, 0, day).due_ms),
		    db_int(c->version), db_int(rule.count), db_int(day), db_int(day + DAY_MS)), NULL);
	}
	return rc == RC_OK ? tx_run(tx, actor, &stmts[PLAIN_REQUESTS], NO_ARGS, NULL) : rc;
}

static enum rc
sum_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return tx_int(tx, actor, &stmts[PLAIN_DIFFER], NO_ARGS, arg);
}

/* ---- measuring ------------------------------------------------------------------------------------------------ */

struct result { double seconds, cpu; int64_t moved, sum; };

/* What an earlier round wrote down: a case has the history of one change, not of twenty. */
static enum rc
forget_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	enum rc rc = tx_run(tx, actor, &stmts[FORGET_EVENTS], NO_ARGS, NULL);

	(void)arg;
	return rc == RC_OK ? tx_run(tx, actor, &stmts[FORGET_AUDIT], NO_ARGS, NULL) : rc;
}

/* The table as it was, then with two days off: one round of either way. */
static enum rc
round_run(struct ctx *ctx, const char *first, bool plain, struct result *ret)
{
	int64_t counted = 0, began, used;
	enum rc rc = days_set(ctx, first, false);

	if (rc == RC_OK)
		rc = recount_all(ctx, &counted, &ret->moved);
	if (rc == RC_OK)
		rc = days_set(ctx, first, true);
	if (rc == RC_OK)
		rc = db_job(ctx, &(struct command){ .name = "bench.forget", .fn = forget_tx });
	began = bench_now_ns();
	used = bench_cpu_ns();
	if (rc == RC_OK && plain)
		rc = db_job(ctx, &(struct command){ .name = "bench.plain", .fn = plain_tx });
	else if (rc == RC_OK)
		rc = recount_all(ctx, &counted, &ret->moved);
	ret->seconds = (double)(bench_now_ns() - began) / 1e9;
	ret->cpu = (double)(bench_cpu_ns() - used) / 1e9;
	return rc == RC_OK ? db_read(ctx, sum_tx, &ret->sum) : rc;
}

static enum rc
rounds(struct ctx *ctx, const char *what, const char *first)
{
	struct result ours = { 0 }, plain = { 0 };
	double a[ROUNDS], b[ROUNDS], c[ROUNDS], d[ROUNDS];
	enum rc rc = RC_OK;

	for (int r = 0; rc == RC_OK && r < ROUNDS; r++) {
		rc = round_run(ctx, first, true, &plain);
		if (rc == RC_OK)
			rc = round_run(ctx, first, false, &ours);
		if (rc == RC_OK && ours.sum != plain.sum)
			return RC_CORRUPT;
		a[r] = ours.seconds;
		b[r] = plain.seconds;
		c[r] = ours.cpu;
		d[r] = plain.cpu;
	}
	if (rc == RC_OK)
		printf("%-10s %8lld moved   job, with pauses and record %6.2f s (processor %.2f)   SQL alone, without %6.2f s (%.2f)\n",
		    what, (long long)ours.moved, bench_median(a, ROUNDS), bench_median(c, ROUNDS), bench_median(b, ROUNDS),
		    bench_median(d, ROUNDS));
	return rc;
}

static void
files_remove(const char *dir)
{
	static const char *const names[] = { "bench.db", "bench.db-wal", "bench.db-shm" };
	char path[96];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}

int
bench_recount(void)
{
	char dir[] = "/tmp/zhaofa-bench-XXXXXX", url[64];
	struct actor system = identity_system(CITY);
	struct db_options opt = { .url = url, .city = CITY, .node = 1, .readers = 1, .clock_ms = app_now_ms };
	struct ctx ctx = { .mem = arena_create((size_t)256 << 20), .actor = &system, .now_ms = NOW };
	struct text why = TEXT_NONE;
	enum rc rc = RC_NO_MEMORY;

	if (ctx.mem == NULL || mkdtemp(dir) == NULL)
		return 1;
	snprintf(url, sizeof url, "sqlite:%s/bench.db", dir);
	if (getenv("ZHAOFA_BENCH_DB") != NULL)
		opt.url = getenv("ZHAOFA_BENCH_DB");
	rc = db_open(&opt, true, &ctx.db, &why);
	if (rc == RC_OK)
		rc = holidays_seed(&ctx);
	if (rc == RC_OK)
		rc = fill(&ctx);
	bench_machine_print();
	printf("%d running deadlines, %s, commits durable, batches of %d, median of %d\n", 2 * REQUESTS,
	    ctx.db != NULL ? db_engine(ctx.db) : "no database", BATCH, ROUNDS);
	if (rc == RC_OK)
		rc = rounds(&ctx, "half move", "2026-06-16");
	if (rc == RC_OK)
		rc = days_set(&ctx, "2026-06-16", false);
	if (rc == RC_OK)
		rc = rounds(&ctx, "all move", "2026-06-11");
	if (rc != RC_OK)
		fprintf(stderr, "zhaofa: bench recount: %s %.*s\n", rc_name(rc), (int)why.n, why.n > 0 ? why.p : "");
	db_close(ctx.db);
	arena_free(ctx.mem);
	files_remove(dir);
	return rc != RC_OK;
}
