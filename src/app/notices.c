/*
 * Notices beside the requests, on a thread of their own: a provider that is slow must not keep the audit
 * trail unsealed or live pages waiting.  Any number of processes may do this at once (notify.h).
 */
#include "app/app.h"
#include "app/beat.h"
#include "app/notices.h"

#include "kit/log/log.h"
#include "kit/post/post.h"

#define TICK_MS 2000
#define DEEP_EVERY 30   /* ticks: events that committed minutes late are found, too */
#define FOLLOW_MOST 2000
#define COMPLAINTS_MOST 50
#define DUTIES_MOST 500
#define SEND_MOST 60    /* a tick, so that a stop never waits for more than one message */

struct notices {
	struct beat *beat;
	struct app *app;
	struct arena *mem;
	struct notify_tail tail;
	struct notify_ways ways;
};

static void
job(const char *name, enum rc rc)
{
	if (rc != RC_OK && rc != RC_BUSY)
		LOG(LOG_WARN, "notices.failed", log_str("job", name), log_str("rc", rc_name(rc)));
}

static void
tick(struct beat *b, void *arg, int64_t k)
{
	struct notices *n = arg;
	bool deep = k % DEEP_EVERY == DEEP_EVERY - 1;
	struct actor system = identity_system(n->app->conf.city);
	struct ctx ctx = app_ctx(n->app, n->mem, &system);
	int64_t done = 0;

	job("follow", notify_follow(&ctx, &n->ways, &n->tail, FOLLOW_MOST, deep, &done));
	job("complaints", notify_complaints(&ctx, &n->ways, COMPLAINTS_MOST, &done));
	job("duties", notify_duties(&ctx, &n->ways, DUTIES_MOST, &done));
	for (int i = 0; i < SEND_MOST && !beat_is_ending(b); i++) {
		enum rc rc;

		arena_reset(n->mem);
		ctx = app_ctx(n->app, n->mem, &system); /* sending takes time: a fresh moment for each */
		rc = notify_send(&ctx, &n->ways, 1, &done);
		job("send", rc);
		if (rc != RC_OK || done == 0)
			break;
	}
	arena_reset(n->mem);
}

/* ---- what the settings say ---------------------------------------------------------------------------- */

static enum rc
webhook_open(struct app *app, const char *url, const char *key_file, struct notify_sender *ret, struct text *ret_why)
{
	struct notify_webhook *w;

	if (url[0] == '\0')
		return RC_OK;
	*ret_why = TEXT("notify: a webhook's address must be https, or http to this host");
	if (!post_url_is_safe(text_of(url)))
		return RC_INVALID;
	w = ARENA_NEW(app->mem, struct notify_webhook);
	if (w == NULL)
		return RC_NO_MEMORY;
	w->url = url;
	*ret = (struct notify_sender){ notify_webhook_send, w };
	return crypt_secret_read(key_file, app->mem, 16, &w->key, ret_why);
}

static enum rc
mail_open(struct app *app, struct notify_sender *ret, struct text *ret_why)
{
	const struct conf *c = &app->conf;
	struct notify_mailer *m;
	struct text password = TEXT_NONE;
	enum rc rc = RC_OK;

	if (c->mail_url[0] == '\0')
		return RC_OK;
	*ret_why = TEXT("notify: mail_url must be smtps:// or smtp://, mail_from one plain address");
	if (!post_mail_url_is_safe(text_of(c->mail_url)) || !post_address_is_sound(text_of(c->mail_from)))
		return RC_INVALID;
	m = ARENA_NEW(app->mem, struct notify_mailer);
	if (m == NULL)
		return RC_NO_MEMORY;
	if (c->mail_user[0] != '\0')
		rc = crypt_secret_read(c->mail_password_file, app->mem, 1, &password, ret_why);
	*m = (struct notify_mailer){ .url = c->mail_url, .from = c->mail_from, .user = c->mail_user, .password = password.p };
	*ret = (struct notify_sender){ notify_mailer_send, m };
	return rc;
}

/* A demonstration never has a way out, whatever its settings say. */
static enum rc
ways_open(struct app *app, struct notify_ways *ret, struct text *ret_why)
{
	const struct conf *c = &app->conf;
	enum rc rc = post_begin();

	*ret = (struct notify_ways){ .demo = app->demo };
	*ret_why = TEXT("notify: libcurl cannot begin");
	if (rc != RC_OK || app->demo)
		return rc;
	rc = webhook_open(app, c->sms_url, c->sms_key_file, &ret->v[NOTIFY_SMS], ret_why);
	if (rc == RC_OK)
		rc = webhook_open(app, c->wechat_url, c->wechat_key_file, &ret->v[NOTIFY_WECHAT], ret_why);
	return rc == RC_OK ? mail_open(app, &ret->v[NOTIFY_MAIL], ret_why) : rc;
}

struct notices *
notices_start(struct app *app, struct text *ret_why)
{
	struct notices *n = arena_alloc(app->mem, sizeof *n);

	*ret_why = TEXT("notify: memory is out");
	if (n == NULL || ways_open(app, &n->ways, ret_why) != RC_OK || (n->mem = arena_create(16 << 20)) == NULL)
		return NULL;
	notify_ways_set(&n->ways);
	n->app = app;
	n->beat = beat_start(app->mem, TICK_MS, tick, n);
	if (n->beat != NULL)
		return n;
	arena_free(n->mem);
	return NULL;
}

void
notices_stop(struct notices *n)
{
	if (n == NULL)
		return;
	beat_stop(n->beat);
	arena_free(n->mem);
}

/* ---- a demonstration: the last days have been told ----------------------------------------------------- */

#define DEMO_DAYS_TOLD 30

static enum rc
begin_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const int64_t *from_ms = arg;

	return notify_begin(tx, actor, *from_ms);
}

enum rc
notices_demo(struct app *app, struct arena *mem)
{
	struct actor system = identity_system(app->conf.city);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct notify_ways ways = { .demo = true };
	struct notify_tail *tail = ARENA_NEW(mem, struct notify_tail);
	int64_t from_ms = ctx.now_ms - DEMO_DAYS_TOLD * DAY_MS, n = 0;
	enum rc rc = tail == NULL ? RC_NO_MEMORY
	    : db_job(&ctx, &(struct command){ .name = "notify.begin", .fn = begin_tx, .arg = &from_ms });

	if (rc == RC_OK)
		rc = notify_follow(&ctx, &ways, tail, SIZE_MAX, false, &n);
	return rc == RC_OK ? notify_duties(&ctx, &ways, SIZE_MAX, &n) : rc;
}
