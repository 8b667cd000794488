/*
 * What goes on beside the requests, on one thread: the audit trail is sealed, live pages are told,
 * indexes follow other processes, what has run out is swept.  Each job may run in any process; leases
 * inside the jobs keep two from doing the same.
 */
#include "app/app.h"
#include "app/beat.h"
#include "app/live.h"

#include "evaluation/complaint/complaint.h"
#include "kit/audit/audit.h"
#include "kit/log/log.h"
#include "operations/cooperate/cooperate.h"
#include "operations/dutylog/dutylog_alarm.h"
#include "operations/intake/intake.h"
#include "operations/matter/legalaid/legalaid.h"
#include "operations/paper/paper.h"
#include "operations/request/request.h"
#include "operations/supervise/supervise.h"
#include "resources/duty/duty.h"
#include "resources/network/network.h"
#include "resources/provider/provider_register.h"
#include "standards/holidays/holidays.h"

#include <time.h>

#define TICK_MS 500
#define SWEEP_EVERY 120     /* ticks */
#define TUNE_EVERY 7200     /* an hour; the first time ten minutes after the start */
#define TUNE_AT 1200
#define KEYS_KEPT_MS (48 * INT64_C(3600000))
#define ORPHAN_S 86400      /* a file that no row names is kept for a day: its commit may be unknown */
#define PARTS 256           /* of the files, one a sweep: all within some four hours */
#define RECOUNT_TICK 20000  /* and in one tick, so that sealing and live pages are not long behind either */
#define SUPERVISE_MOST 200  /* steps in one tick */
#define RESUME_MOST 100     /* pauses in one transaction: each is a dozen statements */
#define PAPERS_MOST 5 /* made in a tick, so that their digest is known */
#define RECOUNT_MOST 2000   /* clocks in one transaction: some 50 ms, so that what people send in is never long behind */

struct worker {
	struct beat *beat;
	struct app *app;
	struct arena *mem;
	struct live_tail tail;
};

const struct db_stmt worker_q[] = {
	{ "worker.keys_sweep", DB_SYSTEM, "DELETE FROM command_key WHERE city = $1 AND at_ms < $2", 0 },
	{ "worker.drafts_sweep", DB_SYSTEM, "DELETE FROM draft WHERE city = $1 AND updated_ms < $2", 0 },
};
const struct db_set worker_sql = DB_SET("worker", worker_q);
enum { Q_KEYS_SWEEP, Q_DRAFTS_SWEEP };

/* ---- live pages ------------------------------------------------------------------------------------- */

static void
send_refresh(void *arg, struct text topic)
{
	sse_send(arg, topic, "refresh", TEXT("{}"));
}

struct tell_arg { struct live_tail *tail; struct sse_hub *hub; };

static enum rc
tell_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct tell_arg *t = arg;

	return live_follow(tx, actor, t->tail, send_refresh, t->hub);
}

/* ---- sweeping ------------------------------------------------------------------------------------------ */

static enum rc
sweep_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	enum rc rc = tx_run(tx, actor, &worker_q[Q_KEYS_SWEEP], ARGS(db_int(tx_now_ms(tx) - KEYS_KEPT_MS)), NULL);

	(void)arg;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &worker_q[Q_DRAFTS_SWEEP], ARGS(db_int(tx_now_ms(tx) - 30 * DAY_MS)), NULL);
	return rc;
}

static void
job(const char *name, enum rc rc)
{
	if (rc != RC_OK && rc != RC_BUSY)
		LOG(LOG_WARN, "worker.failed", log_str("job", name), log_str("rc", rc_name(rc)));
}

/* All that a new calendar leaves behind, batch by batch: between two of them everybody else gets through. */
static void
recount(struct ctx *ctx)
{
	int64_t counted = 1, moved = 0, all = 0, all_moved = 0;
	enum rc rc = RC_OK;

	while (rc == RC_OK && counted > 0 && all < RECOUNT_TICK) {
		rc = request_recount(ctx, RECOUNT_MOST, &counted, &moved);
		all += counted;
		all_moved += moved;
		arena_reset(ctx->mem);
	}
	job("clocks", rc);
	if (all_moved > 0)
		LOG(LOG_INFO, "worker.recounted", log_int("clocks", all), log_int("moved", all_moved));
}

void
worker_tick(struct app *app, struct arena *mem, struct live_tail *tail, int64_t n)
{
	struct actor system = identity_system(app->conf.city);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct tell_arg told = { tail, ctx.hub };
	int64_t sealed = 0, files = 0, resumed = 0, papers = 0, owed = 0, swaps = 0, steps = 0, again = 0, pressed = 0, warned = 0, gaps = 0;
	bool stale = false;
	enum rc rc;

	job("audit", audit_seal(&ctx, app->crypt, 5000, &sealed));
	if (ctx.hub != NULL)
		job("live", db_read(&ctx, tell_tx, &told));
	rc = network_is_stale(&ctx, &stale);
	if (rc == RC_OK && stale)
		rc = network_reload(&ctx);
	job("network", rc);
	job("calendar", holidays_follow(&ctx));
	job("lights", request_lights_follow(&ctx));
	recount(&ctx);
	job("cooperate", cooperation_recount(&ctx, RECOUNT_MOST, &again));
	job("orders", supervise_recount(&ctx, RECOUNT_MOST, &again));
	job("pauses", request_resume_due(&ctx, RESUME_MOST, &resumed));
	job("papers owed", aid_papers_due(&ctx, PAPERS_MOST, &owed));
	job("papers", paper_digest_due(&ctx, PAPERS_MOST, &papers));
	job("supervise", n % SWEEP_EVERY == 0 ? supervise_watch(&ctx, SUPERVISE_MOST, &steps)
	    : supervise_run(&ctx, SUPERVISE_MOST, &steps));
	if (n % SWEEP_EVERY == 1)
		job("complaints", complaint_run(&ctx, SUPERVISE_MOST, &pressed));
	if (n % SWEEP_EVERY == 2)
		job("duty gaps", dutylog_alarm_run(&ctx, &gaps));
	if (n % SWEEP_EVERY == 3)
		job("licences", licence_watch(&ctx, SUPERVISE_MOST, &warned));
	if (n % SWEEP_EVERY == 4)
		job("swaps", duty_swap_expire(&ctx, &swaps));
	if (steps > 0)
		LOG(LOG_INFO, "worker.supervised", log_int("steps", steps));
	if (n % SWEEP_EVERY == SWEEP_EVERY - 1) {
		job("sessions", identity_sweep(&ctx));
		job("files", intake_sweep_files(&ctx, app->conf.state, (int)(n / SWEEP_EVERY % PARTS),
		    (int64_t)time(NULL) - ORPHAN_S, &files)); /* the host's clock, as the files' */
		job("sweep", db_job(&ctx, &(struct command){ .name = "worker.sweep", .fn = sweep_tx }));
	}
	if (n % TUNE_EVERY == TUNE_AT)
		job("statistics", db_tune(app->db));
	arena_reset(mem);
}

static void
tick(struct beat *b, void *arg, int64_t n)
{
	struct worker *w = arg;

	(void)b;
	worker_tick(w->app, w->mem, &w->tail, n);
}

struct worker *
worker_start(struct app *app)
{
	struct worker *w = arena_alloc(app->mem, sizeof *w);

	if (w == NULL || (w->mem = arena_create(64 << 20)) == NULL)
		return NULL;
	w->app = app;
	w->beat = beat_start(app->mem, TICK_MS, tick, w);
	if (w->beat != NULL)
		return w;
	arena_free(w->mem);
	return NULL;
}

void
worker_stop(struct worker *w)
{
	if (w == NULL)
		return;
	beat_stop(w->beat);
	arena_free(w->mem);
}
