#include "app/app.h"

#include "evaluation/complaint/complaint.h"
#include "evaluation/review/review.h"
#include "kit/log/log.h"
#include "operations/request/request.h"
#include "resources/circle/circle_city.h"
#include "resources/network/network.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"
#include "standards/policy/policy_version.h"
#include "standards/region/region.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum rc
fail(enum rc rc, const char *what, struct text why)
{
	fprintf(stderr, "zhaofa: %s: %.*s%s%s\n", what, (int)why.n, why.n > 0 ? why.p : "", why.n > 0 ? ": " : "", rc_name(rc));
	return rc;
}

static enum rc
settings(struct app *app, const struct cli *cli)
{
	struct text why = TEXT_NONE;
	enum rc rc = conf_load(cli->conf, app->mem, &app->conf, &why);

	if (rc == RC_OK && cli->state != NULL)
		rc = conf_set(&app->conf, app->mem, TEXT("storage.state"), text_of(cli->state), &why);
	if (rc == RC_OK && cli->db != NULL)
		rc = conf_set(&app->conf, app->mem, TEXT("storage.db"), text_of(cli->db), &why);
	if (rc == RC_OK && cli->port != NULL)
		rc = conf_set(&app->conf, app->mem, TEXT("server.port"), text_of(cli->port), &why);
	if (rc != RC_OK)
		return fail(rc, "settings", why);
	if (cli->now != NULL) {
		int64_t at = 0;

		rc = moment_parse(text_of(cli->now), &at);
		if (rc != RC_OK)
			return fail(rc, "--now wants 2026-06-30T09:00+08:00", TEXT_NONE);
		app_clock_set(at);
	}
	return RC_OK;
}

static enum rc
state_directory(const char *path)
{
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return fail(RC_UNAVAILABLE, path, text_of(strerror(errno)));
	if (access(path, R_OK | W_OK | X_OK) != 0)
		return fail(RC_UNAVAILABLE, path, text_of(strerror(errno)));
	return RC_OK;
}

/* "sqlite:STATE/zhaofa.db" means a file in the state directory; so does "STATE/circle.net". */
static const char *
in_state(struct app *app, const char *given, const char *head)
{
	size_t n = strlen(head);

	if (!text_starts_with(text_of(given), (struct text){ head, n }))
		return given;
	return arena_format(app->mem, "%.*s%s/%s", (int)(n - strlen("STATE/")), head, app->conf.state, given + n).p;
}

static enum rc
stores(struct app *app, bool migrate, bool building)
{
	struct db_options opt = { .city = app->conf.city, .node = (int)app->conf.node, .readers = (int)app->conf.readers,
		.clock_ms = app_now_ms, .url = in_state(app, app->conf.db, "sqlite:STATE/"), .building = building };
	struct text why = TEXT_NONE, word;
	enum rc rc = crypt_open(arena_format(app->mem, "%s/keys", app->conf.state).p, migrate, &app->crypt, &why);

	if (rc != RC_OK)
		return fail(rc, "keys", why);
	crypt_set_slots(app->crypt, (int)app->conf.hash_slots);
	identity_configure(app->conf.session_idle_minutes * 60000, app->conf.session_hours * INT64_C(3600000));
	rc = db_open(&opt, migrate, &app->db, &why);
	if (rc != RC_OK)
		return fail(rc, "database", why);
	app->demo = db_meta_get(app->db, app->mem, "demo", &word) == RC_OK && text_equals(word, TEXT("1"));
	return RC_OK;
}

/* What is held in memory; a new database gets its tables' first rows, a verified one is only read. */
static enum rc
indexes(struct app *app, bool seed)
{
	struct actor system = identity_system(app->conf.city);
	struct arena *mem = arena_create(256 << 20);
	struct ctx ctx;
	enum rc rc;

	if (mem == NULL)
		return fail(RC_NO_MEMORY, "indexes", TEXT_NONE);
	ctx = app_ctx(app, mem, &system);
	rc = seed ? holidays_seed(&ctx) : holidays_reload(&ctx);
	if (rc == RC_OK)
		rc = seed ? region_seed(&ctx) : region_reload(&ctx);
	if (rc == RC_OK && seed)
		rc = catalogue_seed(&ctx);
	if (rc == RC_OK && seed)
		rc = policy_seed(&ctx);
	if (rc == RC_OK)
		rc = network_reload(&ctx);
	if (rc == RC_OK)
		rc = request_lights_follow(&ctx);
	arena_free(mem);
	return rc == RC_OK ? RC_OK : fail(rc, "first rows", TEXT_NONE);
}

static enum rc
open_all(struct app *app, const struct cli *cli, bool migrate, bool building)
{
	const char *why = NULL;
	enum rc rc;

	*app = (struct app){ .mem = arena_create(16 << 20) };
	if (app->mem == NULL)
		return RC_NO_MEMORY;
	log_open(STDERR_FILENO, LOG_INFO, app_now_ms);
	if (!app_tables_ready(&why))
		return fail(RC_INTERNAL, "tables", text_of(why));
	rc = settings(app, cli);
	if (rc == RC_OK)
		rc = state_directory(app->conf.state);
	if (rc == RC_OK)
		rc = stores(app, migrate, building);
	if (rc == RC_OK)
		rc = indexes(app, migrate);
	if (rc == RC_OK) {
		review_configure(app->crypt);
		complaint_configure(app->crypt);
		circle_configure(in_state(app, app->conf.circle_network, "STATE/"));
	}
	return rc;
}

enum rc
app_open(struct app *app, const struct cli *cli, bool migrate)
{
	return open_all(app, cli, migrate, false);
}

enum rc
app_open_build(struct app *app, const struct cli *cli)
{
	struct cli own = *cli;

	own.now = NULL; /* the builder moves the clock itself */
	return open_all(app, &own, true, true);
}

void
app_close(struct app *app)
{
	circle_close();
	db_close(app->db);
	crypt_close(app->crypt);
	arena_free(app->mem);
	*app = (struct app){ .mem = NULL };
}

struct ctx
app_ctx(struct app *app, struct arena *mem, const struct actor *actor)
{
	return (struct ctx){ .mem = mem, .db = app->db, .crypt = app->crypt, .actor = actor, .now_ms = app_now_ms(),
		.hub = app->server != NULL ? http_hub(app->server) : NULL };
}
