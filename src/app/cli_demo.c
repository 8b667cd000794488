#include "app/demo.h"
#include "app/notices.h"

#include "kit/audit/audit.h"
#include "resources/network/network.h"

#include <stdio.h>

static void
accounts_print(void)
{
	printf("密码 / password: %s\n", DEMO_PASSWORD);
	for (size_t i = 0; i < demo_logins_n; i++)
		printf("  %-10s %s\n", demo_logins[i].login, demo_logins[i].what);
}

static enum rc
number(const char *what, const char *given, int64_t fallback, int64_t min, int64_t max, int64_t *ret)
{
	*ret = fallback;
	if (given == NULL || int64_parse(text_of(given), min, max, ret) == RC_OK)
		return RC_OK;
	fprintf(stderr, "zhaofa: --%s wants a number from %lld to %lld\n", what, (long long)min, (long long)max);
	return RC_INVALID;
}

static enum rc
seal_all(struct app *app, struct arena *mem)
{
	struct actor system = identity_system(app->conf.city);
	struct ctx ctx = app_ctx(app, mem, &system);
	int64_t sealed = 0;
	enum rc rc;

	do {
		rc = audit_seal(&ctx, app->crypt, 50000, &sealed);
		arena_reset(mem);
	} while (rc == RC_OK && sealed > 0);
	return rc;
}

static enum rc
build(struct app *app, int64_t seed, int64_t requests, int64_t aid, int64_t until_ms)
{
	struct demo_city city = { .app = app, .random = { (uint64_t)seed }, .aid_many = aid,
		.aid_from_ms = until_ms - DEMO_DAYS * DAY_MS, .aid_until_ms = until_ms };
	struct arena *mem = arena_create(256 << 20);
	struct arena *jobs = arena_create(64 << 20);
	enum rc rc = RC_NO_MEMORY;

	if (mem != NULL && jobs != NULL) {
		fprintf(stderr, "demo: 站点与人员 / points and people …\n");
		rc = demo_city_build(&city, mem);
		fprintf(stderr, "demo: %zu accounts, %zu villages\n", city.n_accounts, city.n_villages);
	}
	if (rc == RC_OK) {
		fprintf(stderr, "demo: 一年的 %lld 件 / a year of them …\n", (long long)requests);
		rc = demo_year_live(&city, requests, until_ms);
	}
	app_clock_freeze(until_ms);
	if (rc == RC_OK)
		rc = notices_demo(app, jobs);
	if (rc == RC_OK)
		rc = seal_all(app, jobs);
	arena_free(mem);
	arena_free(jobs);
	return rc;
}

int
cli_demo(const struct cli *cli)
{
	struct app app;
	struct text was = TEXT_NONE;
	int64_t seed = 0, requests = 0, aid = 0, until_ms = 0;
	enum rc rc;

	if (cli->flag_accounts) {
		accounts_print();
		return 0;
	}
	if (number("seed", cli->seed, 1, 0, INT64_MAX, &seed) != RC_OK
	    || number("requests", cli->requests, 2000, 0, 5000000, &requests) != RC_OK
	    || number("aid", cli->aid, 0, 0, 100000, &aid) != RC_OK)
		return 2;
	if (moment_parse(text_of(cli->now != NULL ? cli->now : DEMO_NOW), &until_ms) != RC_OK)
		return 2;
	app_clock_freeze(until_ms - DEMO_DAYS * DAY_MS - DAY_MS);
	rc = app_open_build(&app, cli);
	if (rc == RC_OK && db_meta_get(app.db, app.mem, "demo", &was) == RC_OK) {
		fputs("zhaofa: this database holds a demonstration already\n", stderr);
		rc = RC_CONFLICT;
	}
	if (rc == RC_OK)
		rc = db_meta_set(app.db, "demo", TEXT("1"));
	if (rc == RC_OK)
		rc = build(&app, seed, requests, aid, until_ms);
	app_close(&app);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: demo: %s\n", rc_name(rc));
		return 1;
	}
	printf("demo: ok (%lld requests, seed %lld)\n", (long long)requests, (long long)seed);
	accounts_print();
	return 0;
}
