#include "app/demo.h"
#include "app/notices.h"

#include "kit/log/log.h"
#include "operations/intake/intake.h"
#include "operations/paper/paper.h"
#include "supply/frame/frame.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <errno.h>

#define DRAIN_MS 20000

static bool
is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static size_t
proxies_split(struct app *app, struct text *ret, size_t cap)
{
	struct text rest = text_of(app->conf.proxies);
	size_t n = 0;

	while (!text_is_empty(rest) && n < cap) {
		struct text one = text_trim(text_cut(&rest, ','));

		if (!text_is_empty(one))
			ret[n++] = arena_text(app->mem, one);
	}
	return n;
}

static int64_t
unread(const struct exchange *x)
{
	int64_t n = 0;

	return notify_unread(x->ctx, &n) == RC_OK ? n : 0;
}

static void
site_set(struct app *app)
{
	static struct frame_site site;

	site = (struct frame_site){ .name = arena_format(app->mem, "%s公共法律服务", app->conf.city_name).p, .name_en = "Public legal services", .demo = app->demo,
		.site_code = app->conf.site_code, .icp = app->conf.icp, .map_approval = app->conf.map_approval, .public_url = app->conf.public_url,
		.state = app->conf.state, .user = gate_user, .unread = unread };
	frame_site_set(&site);
	paper_site_set(text_of(app->conf.public_url));
}

static enum rc
server_start(struct app *app)
{
	static struct text proxies[16];
	const struct conf *c = &app->conf;
	struct text why = TEXT_NONE;
	struct http_options opt = {
		.address = c->listen, .port = (int)c->port, .workers = (int)c->workers,
		.limits = { .body_max = 10 * UPLOAD_BYTES_MAX + 65536, .connections = (int)c->connections,
		    .connections_per_peer = (int)c->connections_per_peer, .header_ms = (int)c->header_seconds * 1000,
		    .body_ms = (int)c->body_seconds * 1000, .idle_ms = (int)c->idle_seconds * 1000 },
		.spool = arena_format(app->mem, "%s/spool", c->state).p,
		.proxies = proxies, .n_proxies = proxies_split(app, proxies, 16),
		.route = gate_route, .serve = gate_serve, .arg = app,
	};
	enum rc rc;

	if (mkdir(opt.spool, 0700) != 0 && errno != EEXIST)
		return RC_UNAVAILABLE;
	rc = http_start(&opt, &app->server, &why);
	if (rc != RC_OK)
		fprintf(stderr, "zhaofa: %s:%d: %.*s\n", c->listen, opt.port, (int)why.n, why.n > 0 ? why.p : "");
	return rc;
}

static int
wait_for_end(void)
{
	sigset_t set;
	int sig = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigwait(&set, &sig);
	return sig;
}

/* Signals are taken by sigwait in the main thread alone; blocked before any thread is made. */
static void
block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static int
serve(struct app *app)
{
	struct worker *worker;
	struct notices *notices;
	struct text why;
	bool all;

	if (app->demo && !is_loopback(app->conf.listen)) {
		fputs("zhaofa: this database is a demonstration with known passwords: it is served on 127.0.0.1 only\n", stderr);
		return 2;
	}
	if (app->demo && demo_clock_start(app) != RC_OK)
		return 1;
	site_set(app);
	if (server_start(app) != RC_OK)
		return 1;
	worker = worker_start(app);
	notices = notices_start(app, &why);
	if (notices == NULL) {
		fprintf(stderr, "zhaofa: %.*s\n", (int)why.n, why.p);
		worker_stop(worker);
		http_stop(app->server);
		return 2;
	}
	LOG(LOG_INFO, "server.ready", log_str("engine", db_engine(app->db)), log_int("port", http_port(app->server)));
	printf("http://%s:%d\n", app->conf.listen, http_port(app->server));
	fflush(stdout);
	wait_for_end();
	LOG(LOG_INFO, "server.draining", log_int("ms", DRAIN_MS));
	all = http_drain(app->server, DRAIN_MS);
	notices_stop(notices);
	worker_stop(worker);
	http_stop(app->server);
	app->server = NULL;
	LOG(LOG_INFO, "server.stopped", log_int("finished", all));
	return 0;
}

int
cli_serve(const struct cli *cli)
{
	struct app app;
	int status;

	block_signals();
	if (app_open(&app, cli, true) != RC_OK)
		return 1;
	status = serve(&app);
	app_close(&app);
	return status;
}
