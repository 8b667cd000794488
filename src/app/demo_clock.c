/*
 * A demonstration lives at its own time (--now), and every start of it begins there.  What earlier
 * runs stored must not lie in the future: the clock goes on where the newest of it was written.
 */
#include "app/demo.h"

static const struct db_stmt clock_q[] = {
	{ "demo.newest_command", DB_SYSTEM, "SELECT COALESCE(MAX(at_ms), 0) FROM command_key WHERE city = $1", 0 },
	{ "demo.newest_audit", DB_SYSTEM, "SELECT at_ms FROM audit WHERE city = $1 ORDER BY id DESC LIMIT 1", 0 },
	{ "demo.newest_session", DB_SYSTEM, "SELECT COALESCE(MAX(seen_ms), 0) FROM session WHERE city = $1", 0 },
};
const struct db_set demo_clock_sql = DB_SET("demo_clock", clock_q);

static enum rc
newest_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	int64_t *newest = arg;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < demo_clock_sql.n; i++) {
		int64_t at = 0;

		rc = tx_int(tx, actor, &clock_q[i], NO_ARGS, &at);
		if (rc == RC_NOT_FOUND)
			rc = RC_OK; /* nothing yet */
		if (at > *newest)
			*newest = at;
	}
	return rc;
}

enum rc
demo_clock_start(struct app *app)
{
	struct actor system = identity_system(app->conf.city);
	struct arena *mem = arena_create(1 << 20);
	struct ctx ctx;
	int64_t newest = 0;
	enum rc rc;

	if (mem == NULL)
		return RC_NO_MEMORY;
	ctx = app_ctx(app, mem, &system);
	rc = db_read(&ctx, newest_tx, &newest);
	arena_free(mem);
	if (rc == RC_OK && newest >= app_now_ms())
		app_clock_set(newest + 1);
	return rc;
}
