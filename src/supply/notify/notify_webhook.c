/* Text messages and WeChat: one signed POST to a provider's webhook. */
#include "supply/notify/notify.h"

#include "base/code.h"
#include "kit/json/json.h"
#include "kit/post/post.h"

#include <stdio.h>
#include <string.h>

#define BODY_MAX 16384

static void
body_write(struct buf *b, const struct notify_message *m)
{
	struct json j;

	json_init(&j, b);
	json_begin_object(&j, NULL);
	json_text(&j, "id", m->id);
	json_str(&j, "way", notify_way_key(m->way));
	json_text(&j, "to", m->to);
	json_text(&j, "text", m->body);
	json_text(&j, "template", m->code);
	json_begin_object(&j, "values");
	json_text(&j, "number", m->number);
	json_text(&j, "item", m->item);
	json_text(&j, "due", m->due);
	json_text(&j, "phone", m->phone);
	json_end_object(&j);
	json_end_object(&j);
}

static enum notify_result
result_of(const struct post_answer *a)
{
	if (a->end == POST_AWAY)
		return NOTIFY_DOWN;
	if ((a->status >= 200 && a->status < 300) || a->status == 409)
		return NOTIFY_OK;
	switch (a->status) {
	case 400: case 410: case 413: case 422:
		return NOTIFY_NO;
	case 408: case 425:
		return NOTIFY_LATER;
	default:
		return NOTIFY_DOWN;
	}
}

static void
sign(struct text key, const struct buf *body, int64_t seconds, char stamp[static 64], char signature[static 112])
{
	unsigned char mac[32];
	char hex[65];
	struct buf all;

	snprintf(stamp, 64, "X-Zhaofa-Timestamp: %lld", (long long)seconds);
	buf_init(&all, BODY_MAX + 32);
	buf_printf(&all, "%lld.", (long long)seconds);
	buf_add(&all, buf_text(body));
	crypt_hmac(key, buf_text(&all), mac);
	buf_free(&all);
	hex_print(mac, sizeof mac, hex);
	snprintf(signature, 112, "X-Zhaofa-Signature: sha256=%s", hex);
}

void
notify_webhook_send(void *webhook, const struct notify_message *m, struct notify_answer *ret)
{
	const struct notify_webhook *w = webhook;
	char stamp[64], signature[112], key[80];
	const char *headers[] = { stamp, signature, key, NULL };
	struct post_answer a;
	struct buf body;

	buf_init(&body, BODY_MAX);
	body_write(&body, m);
	if (buf_rc(&body) != RC_OK) {
		*ret = (struct notify_answer){ .result = NOTIFY_NO, .words = "too large" };
	} else {
		sign(w->key, &body, m->at_ms / 1000, stamp, signature);
		snprintf(key, sizeof key, "Idempotency-Key: %.*s", (int)m->id.n, m->id.p);
		post_http(&(struct post_http){ .url = w->url, .headers = headers, .body = buf_text(&body) }, &a);
		*ret = (struct notify_answer){ .result = result_of(&a), .code = a.status };
		memcpy(ret->words, a.words, sizeof ret->words);
	}
	buf_free(&body);
}
