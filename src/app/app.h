/*
 * app: what does this process consist of?  The only place that knows every subject, reads the clock,
 * and lists tables: statements, matters, hooks, routes.
 */
#pragma once

#include "kit/conf/conf.h"
#include "kit/crypt/crypt.h"
#include "kit/db/db.h"
#include "kit/http/http.h"
#include "resources/identity/identity.h"

struct app {
	struct conf conf;
	struct arena *mem;          /* of the process */
	struct crypt *crypt;
	struct db *db;
	struct http_server *server; /* NULL outside `serve` */
	bool demo;                  /* the database holds a demonstration: nothing goes out, loopback only */
};

/* ---- the clock (app_clock.c): the only reader of the time of day ----------------------------------- */
int64_t app_now_ms(void);
/* From now on the clock shows at_ms and runs on from there (--now). */
void app_clock_set(int64_t at_ms);
/* The clock stands at at_ms until set again (the demonstration's builder). */
void app_clock_freeze(int64_t at_ms);

/* ---- tables (app_tables.c) ---------------------------------------------------------------------------- */
extern const struct db_set *const app_sql[];
extern const size_t app_sql_n;
extern const struct db_set verify_duty_sql;
extern const struct db_set verify_score_sql;
extern const struct db_set worker_sql, verify_sql, verify_supervise_sql, verify_cooperate_sql, verify_paper_sql, verify_policy_sql, verify_aid_sql, verify_quality_sql, verify_complaint_sql, verify_hours_sql, verify_roster_sql, demo_quality_sql, demo_sql, demo_aid_sql,
    demo_clock_sql, verify_advisor_sql;
extern const struct db_set verify_mediation_sql, demo_mediation_sql;
const struct route_set *app_routes(size_t *ret_n);
/* Matters and hooks are made known; statements and routes are checked (English reason on failure). */
bool app_tables_ready(const char **ret_why);
/* Every route names a right: the first that does not (it is refused at start), or NULL. */
const struct route *route_without_right(const struct route_set *v, size_t n);

/* ---- command line ------------------------------------------------------------------------------------------ */
struct cli {
	const char *conf, *db, *state, *now;
	const char *seed, *requests, *aid, *port, *weights;
	bool flag_accounts, flag_quick;
	const char *const *words;   /* what stands after the options */
	int n_words;
};

/* Settings, keys, database, memory indexes; RC_OK or an English reason on standard error. */
enum rc app_open(struct app *app, const struct cli *cli, bool migrate);
/* The same for building a demonstration: fast, not durable before the end, --now is not the clock's. */
enum rc app_open_build(struct app *app, const struct cli *cli);
void app_close(struct app *app);
/* A ctx of the system in an arena, for jobs. */
struct ctx app_ctx(struct app *app, struct arena *mem, const struct actor *actor);

int cli_serve(const struct cli *cli);
int cli_demo(const struct cli *cli);
int cli_verify(const struct cli *cli);
int cli_audit(const struct cli *cli);
int cli_migrate(const struct cli *cli);
int cli_routes(const struct cli *cli);
int cli_account(const struct cli *cli);
int cli_dispatch(const struct cli *cli);
int cli_bench(int argc, char **argv);
int cli_clock(int argc, char **argv); /* options of its own, no database */
int cli_circle(int argc, char **argv); /* likewise */
int cli_assign(int argc, char **argv); /* words of `zhaofa roster`; likewise; -1: not a word of this one */
int cli_assign_usage(void);
int cli_roster(int argc, char **argv); /* the other words of `zhaofa roster` */
int cli_paper(int argc, char **argv);  /* likewise */
int cli_policy(int argc, char **argv); /* likewise */

/* ---- serving ------------------------------------------------------------------------------------------------- */
void gate_serve(void *arg, struct arena *mem, const struct http_request *in, struct http_response *out);
struct text gate_user(const struct exchange *x); /* name of who is logged in */
const struct route *gate_route(void *arg, enum http_method method, struct text path);
enum rc openapi(struct exchange *x);       /* OpenAPI 3.1, from the routes and the rows of their forms */
extern const struct route ops_routes[];   /* /healthz, /metrics, /openapi.json */
extern const size_t ops_routes_n;

struct worker;
struct worker *worker_start(struct app *app);
void worker_stop(struct worker *w); /* takes NULL */
/* What the worker does twice a second; n counts.  Where nothing has happened nothing is written. */
struct live_tail;
void worker_tick(struct app *app, struct arena *mem, struct live_tail *tail, int64_t n);
