/*
 * What goes on beside the requests: open pages are told what happened, and a quiet house writes nothing.
 */
#include "app/story_stage.h"

#include "app/app.h"
#include "app/live.h"

#include <stdio.h>
#include <string.h>

/* ---- who is told --------------------------------------------------------------------------------------- */

#define TOPICS_MAX 256
struct heard { char v[TOPICS_MAX][40]; size_t n; };

static void
hear(void *arg, struct text topic)
{
	struct heard *h = arg;

	if (h->n < TOPICS_MAX)
		snprintf(h->v[h->n++], sizeof h->v[0], "%.*s", (int)topic.n, topic.p);
}

static int
times(const struct heard *h, const char *topic)
{
	int n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += strcmp(h->v[i], topic) == 0;
	return n;
}

struct follow { struct live_tail *tail; struct heard *heard; };

static enum rc
follow_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct follow *w = arg;

	return live_follow(tx, actor, w->tail, hear, w->heard);
}

static struct heard
follow(struct stage *f, struct live_tail *tail)
{
	struct heard heard = { .n = 0 };
	struct follow w = { tail, &heard };
	struct ctx ctx = ctx_as(f, &f->system);

	assert_int_equal(db_read(&ctx, follow_tx, &w), RC_OK);
	return heard;
}

static enum rc
take_as(struct stage *f, int who, int64_t handover)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return dispatch_accept(&ctx, idem_key_new(), handover);
}

static void
everybody_concerned_is_told(void **state)
{
	static struct live_tail tail;
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt r;
	struct heard h;

	begin(f);
	tail = (struct live_tail){ 0 };
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(follow(f, &tail).n, 0); /* the beginning: what was before, nobody waits for */
	stage_now_ms += 2 * LIVE_OVERLAP_MS;
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	h = follow(f, &tail);
	assert_int_equal(times(&h, "account:101"), 1); /* holds it */
	assert_int_equal(times(&h, "point:201"), 1);
	assert_int_equal(times(&h, "account:104"), 1); /* was offered it */
	assert_int_equal(times(&h, "point:203"), 1);
	assert_int_equal(times(&h, "place:320506100201") + times(&h, "place:320506100000") + times(&h, "place:320506000000")
	    + times(&h, "place:320500000000"), 4);     /* lists by place */
	assert_int_equal(times(&h, "account:102"), 0);
	assert_int_equal(follow(f, &tail).n, 0);       /* once */
	assert_int_equal(take_as(f, LAWYER, offer.handover), RC_OK);
	h = follow(f, &tail);
	assert_true(times(&h, "account:104") >= 1);    /* holds it now */
	assert_true(times(&h, "account:101") >= 1);    /* held it before */
	assert_true(times(&h, "point:201") >= 1);
}

static void
audit_plant(struct stage *f, int64_t id, int64_t request)
{
	char sql[300];

	snprintf(sql, sizeof sql, "INSERT INTO audit (city, id, at_ms, account, action, subject, record, detail, hash)"
	    " SELECT 3205, %lld, 1, 0, 'x', 'request', %lld, '', hash FROM audit WHERE city = 3205 ORDER BY id LIMIT 1",
	    (long long)id, (long long)request);
	stage_raw(f, sql);
}

/* An id is given before its transaction commits: a row may turn up behind those already read. */
static void
a_row_that_commits_late_is_told(void **state)
{
	static struct live_tail tail;
	struct stage *f = *state;
	struct intake_receipt a, b;
	struct heard h;
	int64_t now;

	begin(f);
	tail = (struct live_tail){ 0 };
	a = ask(f, idem_key_new());
	b = ask(f, idem_key_new());
	follow(f, &tail);
	stage_now_ms += 10 * LIVE_OVERLAP_MS;
	now = stage_now_ms;
	audit_plant(f, db_id_at(now), a.id);
	h = follow(f, &tail);
	assert_int_equal(times(&h, "account:101"), 1);
	audit_plant(f, db_id_at(now - LIVE_OVERLAP_MS / 2), b.id); /* older, and only now there */
	h = follow(f, &tail);
	assert_int_equal(times(&h, "account:101"), 1);
	assert_int_equal(follow(f, &tail).n, 0);
}

/* More than one page: nobody is dropped. */
static void
many_at_once_are_all_told(void **state)
{
	static struct live_tail tail;
	struct stage *f = *state;
	struct intake_receipt last;
	struct heard h;
	char sql[400];

	begin(f);
	tail = (struct live_tail){ 0 };
	ask(f, idem_key_new());
	follow(f, &tail);
	stage_now_ms += 10 * LIVE_OVERLAP_MS;
	last = ask(f, idem_key_new());
	snprintf(sql, sizeof sql, "UPDATE request SET holder = 107 WHERE city = 3205 AND id = %lld", (long long)last.id);
	stage_raw(f, sql);
	/* between: 1200 rows of the first request */
	for (int i = 0; i < 1200; i++)
		audit_plant(f, db_id_at(stage_now_ms - 1000) + i, stage_int(f, "SELECT MIN(id) FROM request WHERE city = $1"));
	h = follow(f, &tail);
	assert_int_equal(times(&h, "account:107"), 1);
	assert_true(times(&h, "account:101") >= 1 && times(&h, "account:101") < 8); /* once a page, not once a row */
}

/* ---- a quiet house ----------------------------------------------------------------------------------------- */

static int64_t
written(struct stage *f)
{
	return stage_int(f, "SELECT (SELECT COUNT(*) FROM command_key WHERE city = $1) + (SELECT COUNT(*) FROM audit WHERE city = $1)"
	    " + (SELECT COUNT(*) FROM audit_checkpoint WHERE city = $1) + (SELECT COALESCE(SUM(until_ms), 0) FROM lease"
	    " WHERE city = $1)");
}

static void
a_quiet_server_writes_nothing(void **state)
{
	struct stage *f = *state;
	struct app app = { .db = f->db, .conf = { .city = STAGE_CITY, .state = "/nonexistent" } };
	struct arena *mem = arena_create(64 << 20);
	int64_t before;

	begin(f);
	app.crypt = story_keys;
	ask(f, idem_key_new());
	for (int n = 0; n < 3; n++) {
		app_clock_freeze(stage_now_ms);
		worker_tick(&app, mem, NULL, n);
		stage_now_ms += 61000;
	}
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND seq IS NULL"), 0);
	assert_true(stage_int(f, "SELECT COUNT(*) FROM audit_checkpoint WHERE city = $1") >= 1);
	before = written(f);
	for (int n = 0; n < 125; n++) { /* past one sweep */
		stage_now_ms += 500;
		app_clock_freeze(stage_now_ms);
		worker_tick(&app, mem, NULL, n);
	}
	assert_int_equal(written(f), before);
	ask(f, idem_key_new());
	worker_tick(&app, mem, NULL, 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND seq IS NULL"), 0);
	assert_int_equal(problems(f), 0);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_concerned_is_told),
		cmocka_unit_test(a_row_that_commits_late_is_told),
		cmocka_unit_test(many_at_once_are_all_told),
		cmocka_unit_test(a_quiet_server_writes_nothing),
	};

	int failed = stage_main("story_live", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
