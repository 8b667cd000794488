/* For those who run it: is it well, and how busy?  Nothing here names a person. */
#include "app/app.h"

#include "supply/frame/frame.h"

static enum rc
healthz(struct exchange *x)
{
	struct app *app = x->app;
	enum rc rc = db_ping(app->db);

	x->out->type = "text/plain; charset=utf-8";
	x->out->status = rc == RC_OK ? 200 : 503;
	buf_printf(&x->out->body, "%s %s\n", rc == RC_OK ? "ok" : "database unavailable", db_engine(app->db));
	return RC_OK;
}

static void
metric(struct buf *b, const char *name, const char *kind, int64_t value)
{
	buf_printf(b, "# TYPE zhaofa_%s %s\nzhaofa_%s %lld\n", name, kind, name, (long long)value);
}

static enum rc
metrics(struct exchange *x)
{
	struct app *app = x->app;
	struct buf *b = &x->out->body;
	struct http_counters c;

	if (!text_starts_with(x->in->peer, TEXT("127.")) && !text_equals(x->in->peer, TEXT("::1")))
		return RC_FORBIDDEN; /* for the host's own collector */
	if (app->server == NULL)
		return RC_UNAVAILABLE;
	http_counters_read(app->server, &c);
	x->out->type = "text/plain; version=0.0.4; charset=utf-8";
	metric(b, "requests_total", "counter", c.requests);
	for (int i = 1; i < 6; i++)
		buf_printf(b, "zhaofa_answers_total{class=\"%dxx\"} %lld\n", i, (long long)c.by_status[i]);
	metric(b, "connections", "gauge", c.connections);
	metric(b, "connections_refused_total", "counter", c.connections_refused);
	metric(b, "deadlines_total", "counter", c.deadlines);
	metric(b, "rejected_total", "counter", c.rejected);
	metric(b, "answer_bytes_total", "counter", c.bytes_out);
	metric(b, "latency_microseconds_total", "counter", c.latency_us_sum);
	metric(b, "queued", "gauge", c.queued);
	metric(b, "listeners", "gauge", c.listeners);
	return RC_OK;
}

const struct route ops_routes[] = {
	{ HTTP_GET, "/healthz", RIGHT_PUBLIC, healthz, NULL, T("运行状况"), ROUTE_API, 0 },
	{ HTTP_GET, "/metrics", RIGHT_PUBLIC, metrics, NULL, T("运行指标"), ROUTE_API, 0 },
	{ HTTP_GET, "/openapi.json", RIGHT_PUBLIC, openapi, NULL, T("接口说明"), ROUTE_API, 0 },
};
const size_t ops_routes_n = sizeof ops_routes / sizeof ops_routes[0];
