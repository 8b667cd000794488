/*
 * How long does a suggestion take?  The rule alone over 5,000 candidates; and the whole of it through SQLite, facts
 * gathered and ranked, in a city of 5,000 accounts at 250 points with 100,000 holdings behind them: those of a town, its
 * centre and the hotline in reach, and then all of the city in one town.  And how long do stored decisions take, made
 * again and tried with other weights?
 */
#include "app/app.h"
#include "app/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "operations/dispatch/dispatch.h"

#define PEOPLE 5000
#define ROUNDS 5
#define TURNS 20
#define DECISIONS 1000
#define CITY INT64_C(3205)
#define NOW INT64_C(1781139600000)
#define VILLAGE ((struct place){ INT64_C(320506100201) })

static uint64_t drawn = 20260630;

static int
draw(int below)
{
	drawn = drawn * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((drawn >> 33) % (uint64_t)below);
}

/* ---- the rule alone ------------------------------------------------------------------------------------ */

static void
rank_run(void)
{
	static struct candidate base[PEOPLE], v[PEOPLE];
	struct dispatch_weights w = dispatch_weights_usual();
	double rounds[ROUNDS];

	for (int i = 0; i < PEOPLE; i++)
		base[i] = (struct candidate){ .account = i + 1, .point = 1 + draw(250), .tier = (enum tier)(1 + draw(3)),
			.place = { INT64_C(320506100000) + draw(9) * 1000 + draw(20) }, .load = draw(20), .capacity = 20,
			.lists_items = draw(2), .has_item = draw(3) > 0, .open = (enum fact)draw(3), .duty = FACT_UNKNOWN,
			.speaks = (enum fact)draw(3), .recent = draw(30), .served_days = draw(10) == 0 ? draw(500) : -1 };
	for (int r = 0; r < ROUNDS; r++) {
		int64_t spent = 0;

		for (int t = 0; t < TURNS; t++) {
			int64_t began;

			memcpy(v, base, sizeof v);
			began = bench_now_ns();
			dispatch_rank(&w, r * TURNS + t, VILLAGE, 7, v, PEOPLE);
			spent += bench_now_ns() - began;
		}
		rounds[r] = (double)spent / TURNS / 1e6;
	}
	printf("%-58s %8.2f ms\n", "rule alone, 5,000 candidates judged, scored, ordered", bench_median(rounds, ROUNDS));
}

/* ---- through SQLite ---------------------------------------------------------------------------------------- */

/* Points: 1..9 county centres with 100 people each, 10..249 town centres and stations of one county with 17, 250 the hotline. */
static const char *const fills[] = {
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) INSERT INTO point (city, id, code, kind, place,"
	" name, name_en, address, phone, datum, opened_day, revision) SELECT 3205, i, 'p' || i, CASE WHEN i < 10 THEN 1 WHEN i = 250"
	" THEN 4 ELSE 2 + i % 2 END, CASE WHEN i < 10 THEN 320500000000 + i * 1000000 + 500000 WHEN i = 250 THEN 320500000000"
	" ELSE 320506100000 + (i / 24) * 1000 END, 'point', '', '', '', 0, 1, 1 FROM n",
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO account (city, id, login, name,"
	" title, role, place, point, password, active, open_load, capacity, created_ms, revision) SELECT 3205, i, 'a' || i, 'name', '',"
	" 1 + i % 5, 320506000000, 1 + i % 250, '', 1, i % 19, 20, 1, 1 FROM n",
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO account_item (city, account, item)"
	" SELECT DISTINCT 3205, 1 + i % 2500, 1 + i % 7 FROM n",
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO request (city, id, place, number,"
	" code_hash, item, item_from_day, matter, topic, channel, tier, point, scheduled, online, gathered, applicant, person, caller,"
	" subject, detail, urgent, groups, state, holder, holder_point, first_contact, due_ms, start_ms, created_ms, created_day,"
	" revision) SELECT 3205, i, 320506100201, 'n' || i, CAST(printf('%016d', i) AS BLOB), 1 + i % 7, 1, 'consult', 1, 2, 2, 1, 0, 0,"
	" 0, 1, 1 + i % 30000, 0, 'bench', 'bench', 0, 0, 20, 1 + i % 5000, 1, 1, 1, 1, 1, 1, 1 FROM n",
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO holding (city, request, since_ms,"
	" account, point, how, event) SELECT 3205, i, 1781139600000 - i * 43200, 1 + i % 5000, 1, 2, 1 FROM n",
};

struct turn { int64_t request; struct candidate *v; size_t n; };

static enum rc
suggest_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct turn *t = arg;
	struct request r = { .id = { t->request }, .place = VILLAGE, .item = 3, .person = 5, .holder = 7 };

	return dispatch_candidates(tx, actor, &r, t->v, DISPATCH_CANDIDATES_MAX, &t->n);
}

static enum rc
suggest_run(struct ctx *ctx, struct turn *t, const char *what)
{
	double rounds[ROUNDS];
	enum rc rc = RC_OK;

	for (int r = 0; rc == RC_OK && r < ROUNDS; r++) {
		int64_t began = bench_now_ns();

		for (int i = 0; rc == RC_OK && i < TURNS; i++) {
			t->request = 1 + draw(100000);
			rc = db_read(ctx, suggest_tx, t);
			arena_reset(ctx->mem);
		}
		rounds[r] = (double)(bench_now_ns() - began) / TURNS / 1e6;
	}
	if (rc == RC_OK)
		printf("through SQLite, %-30s %4zu looked at %8.2f ms\n", what, t->n, bench_median(rounds, ROUNDS));
	return rc;
}

/* ---- decisions that were made ------------------------------------------------------------------------------- */

static const struct db_stmt decided = { "bench.decided", DB_SYSTEM,
	"INSERT INTO dispatch_decision (city, id, request, at_ms, engine, rules, seed, input, output, how, chosen, reason)"
	" VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, 1, $9, '')", 0 };
static const struct db_stmt first_rules = { "bench.rules", DB_SYSTEM,
	"INSERT INTO dispatch_rules (city, version, since_ms, weights, account, words) VALUES ($1, 1, 1, $2, -1, '')", 0 };

/* As many decisions on the candidates of a turn, each with its own seed. */
static enum rc
decide_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct turn *t = arg;
	struct dispatch_weights w = dispatch_weights_usual();
	enum rc rc = tx_run(tx, actor, &first_rules, ARGS(db_text(dispatch_weights_print(tx_mem(tx), &w))), NULL);

	for (int i = 1; rc == RC_OK && i <= DECISIONS; i++) {
		struct buf input, output;

		buf_init(&input, DISPATCH_RECORD_MAX);
		buf_init(&output, DISPATCH_RECORD_MAX);
		rc = dispatch_input_print(&input, VILLAGE, 7, t->v, t->n);
		dispatch_rank(&w, i, VILLAGE, 7, t->v, t->n);
		if (rc == RC_OK)
			rc = dispatch_output_print(&output, t->v, t->n);
		if (rc == RC_OK)
			rc = tx_run(tx, actor, &decided, ARGS(db_int(i), db_int(i), db_int(NOW + i * INT64_C(60000)), db_int(DISPATCH_ENGINE),
			    db_int(i), db_text(buf_text(&input)), db_text(buf_text(&output)), db_int(t->v[0].account)), NULL);
		buf_free(&input);
		buf_free(&output);
	}
	return rc;
}

static enum rc
replay_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct dispatch_replayed all;
	enum rc rc = dispatch_replay_all(tx, actor, &all);

	(void)arg;
	return rc == RC_OK && all.same != DECISIONS ? RC_CORRUPT : rc;
}

static enum rc
trial_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct dispatch_weights w = dispatch_weights_usual();
	struct backtest ret;
	enum rc rc;

	(void)arg;
	w.v[WEIGHT_FAIR] = 100;
	rc = dispatch_backtest(tx, actor, &w, &ret);
	return rc == RC_OK && ret.decisions != DECISIONS ? RC_CORRUPT : rc;
}

static enum rc
all_run(struct ctx *ctx, db_fn *fn, const char *what, size_t n)
{
	double rounds[ROUNDS];
	enum rc rc = RC_OK;

	for (int r = 0; rc == RC_OK && r < ROUNDS; r++) {
		int64_t began = bench_now_ns();

		rc = db_read(ctx, fn, NULL);
		rounds[r] = (double)(bench_now_ns() - began) / 1e6;
	}
	if (rc == RC_OK)
		printf("%-16s %d decisions of %zu candidates, all of them %8.0f ms\n", what, DECISIONS, n, bench_median(rounds, ROUNDS));
	return rc;
}

static enum rc
runs(struct ctx *ctx)
{
	struct turn t = { .request = 1, .v = calloc(DISPATCH_CANDIDATES_MAX, sizeof *t.v) };
	enum rc rc = t.v == NULL ? RC_NO_MEMORY : suggest_run(ctx, &t, "a town, its centre, the hotline");

	if (rc == RC_OK)
		rc = db_tune(ctx->db);
	if (rc == RC_OK)
		rc = suggest_run(ctx, &t, "the same with statistics");
	if (rc == RC_OK)
		rc = db_job(ctx, &(struct command){ .name = "bench.decide", .fn = decide_tx, .arg = &t });
	if (rc == RC_OK)
		rc = all_run(ctx, replay_tx, "made again", t.n);
	if (rc == RC_OK)
		rc = all_run(ctx, trial_tx, "other weights", t.n);
	if (rc == RC_OK)
		rc = db_raw(ctx->db, "UPDATE point SET place = 320506100000 WHERE city = 3205");
	if (rc == RC_OK)
		rc = suggest_run(ctx, &t, "5,000 people in one town");
	free(t.v);
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
bench_dispatch(void)
{
	char dir[] = "/tmp/zhaofa-bench-XXXXXX", url[64];
	struct actor system = identity_system(CITY);
	struct db_options opt = { .url = url, .city = CITY, .node = 1, .readers = 1, .clock_ms = app_now_ms, .building = true };
	struct ctx ctx = { .mem = arena_create((size_t)64 << 20), .actor = &system, .now_ms = NOW };
	struct text why = TEXT_NONE;
	enum rc rc;

	if (ctx.mem == NULL || mkdtemp(dir) == NULL)
		return 1;
	snprintf(url, sizeof url, "sqlite:%s/bench.db", dir);
	bench_machine_print();
	printf("a suggestion, median of %d rounds of %d\n", ROUNDS, TURNS);
	rank_run();
	rc = db_open(&opt, true, &ctx.db, &why);
	for (size_t i = 0; rc == RC_OK && i < sizeof fills / sizeof fills[0]; i++)
		rc = db_raw(ctx.db, fills[i]);
	if (rc == RC_OK)
		rc = runs(&ctx);
	if (rc != RC_OK)
		fprintf(stderr, "zhaofa: bench dispatch: %s %.*s\n", rc_name(rc), (int)why.n, why.n > 0 ? why.p : "");
	db_close(ctx.db);
	arena_free(ctx.mem);
	files_remove(dir);
	return rc != RC_OK;
}
