/* Short commands: audit, migrate, routes, the first administrator. */
#include "app/app.h"

#include "kit/audit/audit.h"

#include <stdio.h>
#include <string.h>

int
cli_migrate(const struct cli *cli)
{
	struct app app;
	enum rc rc = app_open(&app, cli, true);

	if (rc == RC_OK)
		printf("migrate: ok (%s)\n", db_engine(app.db));
	app_close(&app);
	return rc != RC_OK;
}

static enum rc
file_read(struct arena *mem, const char *path, struct text *ret)
{
	FILE *f = fopen(path, "rb");
	char *p = arena_alloc(mem, 8 << 20);
	size_t n;

	if (f == NULL || p == NULL) {
		if (f != NULL)
			fclose(f);
		return RC_UNAVAILABLE;
	}
	n = fread(p, 1, 8 << 20, f);
	fclose(f);
	*ret = (struct text){ p, n };
	return RC_OK;
}

static int
audit_run(struct app *app, const struct cli *cli)
{
	struct actor system = identity_system(app->conf.city);
	struct arena *mem = arena_create(64 << 20);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct audit_report report;
	struct text shipped = TEXT_NONE;
	struct buf out;
	enum rc rc = RC_OK;

	buf_init(&out, 64 << 20);
	if (strcmp(cli->words[0], "export") == 0)
		rc = audit_export(&ctx, app->crypt, 0, &out);
	else {
		if (cli->n_words > 1)
			rc = file_read(mem, cli->words[1], &shipped);
		if (rc == RC_OK)
			rc = audit_verify_against(&ctx, app->crypt, shipped, &report);
		if (rc == RC_OK)
			audit_print(&report, &out);
		if (rc == RC_OK && report.bad > 0)
			rc = RC_CORRUPT;
	}
	fwrite(out.p, 1, out.n, stdout);
	if (rc != RC_OK && rc != RC_CORRUPT)
		fprintf(stderr, "zhaofa: audit: %s\n", rc_name(rc));
	buf_free(&out);
	arena_free(mem);
	return rc != RC_OK;
}

int
cli_audit(const struct cli *cli)
{
	struct app app;
	int status = 1;

	if (cli->n_words < 1 || (strcmp(cli->words[0], "verify") != 0 && strcmp(cli->words[0], "export") != 0)) {
		fputs("zhaofa: audit verify | audit export\n", stderr);
		return 2;
	}
	if (app_open(&app, cli, false) == RC_OK)
		status = audit_run(&app, cli);
	app_close(&app);
	return status;
}

/* One route a line: method, path, right, and what kind of answer; for tests and for whoever sets up a proxy. */
int
cli_routes(const struct cli *cli)
{
	const struct route_set *sets;
	const char *why = NULL;
	size_t n;

	(void)cli;
	if (!app_tables_ready(&why)) {
		fprintf(stderr, "zhaofa: %s\n", why);
		return 1;
	}
	sets = app_routes(&n);
	for (size_t s = 0; s < n; s++)
		for (size_t i = 0; i < sets[s].n; i++) {
			const struct route *r = &sets[s].routes[i];
			printf("%s\t%s\t%s\t%s\n", r->method == HTTP_GET ? "GET" : "POST", r->path,
			    right_key((enum right)r->right), (r->flags & ROUTE_API) != 0 ? "json" :
			    (r->flags & ROUTE_LIVE) != 0 ? "events" : "page");
		}
	return 0;
}

/* ---- the first administrator: everybody else is made by them, through pages ------------------------------- */

struct first_arg {
	struct account_new account;
	char hash[128];
};

static enum rc
first_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct first_arg *arg = argument;
	struct account_id id;

	return identity_insert(tx, actor, &arg->account, arg->hash, &id);
}

static enum rc
first_account(struct app *app, const struct cli *cli)
{
	struct actor system = identity_system(app->conf.city);
	struct arena *mem = arena_create(8 << 20);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct first_arg arg = { .account = { .login = text_of(cli->words[1]), .name = text_of(cli->words[2]),
	    .role = ROLE_ADMIN, .place = { app->conf.city * INT64_C(100000000) }, .capacity = 0 } };
	char line[256];
	enum rc rc = RC_INVALID;

	if (fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		arg.account.password = text_of(line);
		if (!crypt_password_is_weak(arg.account.password, arg.account.login))
			rc = crypt_password_hash(app->crypt, arg.account.password, arg.hash);
	}
	if (rc == RC_OK)
		rc = db_command(&ctx, idem_key_new(), &(struct command){ .name = "account.first", .fn = first_tx, .arg = &arg });
	arena_free(mem);
	return rc;
}

int
cli_account(const struct cli *cli)
{
	struct app app;
	enum rc rc;

	if (cli->n_words != 3 || strcmp(cli->words[0], "first") != 0) {
		fputs("zhaofa: account first LOGIN NAME   (password on standard input, 8 to 128 characters)\n", stderr);
		return 2;
	}
	rc = app_open(&app, cli, true);
	if (rc == RC_OK)
		rc = first_account(&app, cli);
	if (rc == RC_OK)
		puts("account: ok");
	else
		fprintf(stderr, "zhaofa: account: %s\n", rc_name(rc));
	app_close(&app);
	return rc != RC_OK;
}
