#include "supply/notify/notify_mail.h"

#include "base/day.h"
#include "kit/post/post.h"

#include <stdio.h>
#include <string.h>

#define MESSAGE_MAX 16384
#define WORD_BYTES 39   /* of text in one encoded word: 52 characters of base64, in a line of 76 (RFC 2047) */
#define LINE_BYTES 57   /* of text in a line of 76 characters (RFC 2045) */

static void
base64(struct buf *b, struct text t)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < t.n; i += 3) {
		size_t left = t.n - i;
		unsigned v = (unsigned)(unsigned char)t.p[i] << 16;

		if (left > 1)
			v |= (unsigned)(unsigned char)t.p[i + 1] << 8;
		if (left > 2)
			v |= (unsigned)(unsigned char)t.p[i + 2];
		buf_char(b, digits[v >> 18]);
		buf_char(b, digits[v >> 12 & 63]);
		buf_char(b, left > 1 ? digits[v >> 6 & 63] : '=');
		buf_char(b, left > 2 ? digits[v & 63] : '=');
	}
}

/* Encoded words of whole characters, folded. */
static void
subject(struct buf *b, struct text t)
{
	while (t.n > 0) {
		size_t n = t.n < WORD_BYTES ? t.n : WORD_BYTES;

		while (n < t.n && n > 0 && ((unsigned char)t.p[n] & 0xC0) == 0x80)
			n--;
		if (n == 0)
			return; /* no text of ours has four followers in a row */
		buf_add(b, TEXT("=?UTF-8?B?"));
		base64(b, (struct text){ t.p, n });
		buf_add(b, TEXT("?="));
		t.p += n;
		t.n -= n;
		if (t.n > 0)
			buf_add(b, TEXT("\r\n "));
	}
}

static void
date(struct buf *b, int64_t at_ms)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct day d = day_of_moment(at_ms);
	struct ymd ymd = day_to_ymd(d);
	int minute = moment_minute(at_ms);

	buf_printf(b, "Date: %s, %02d %s %04d %02d:%02d:%02d +0800\r\n", days[day_weekday(d) - 1], ymd.day, months[ymd.month - 1],
	    ymd.year, minute / 60, minute % 60, (int)(at_ms / 1000 % 60));
}

void
notify_mail_write(struct buf *b, const struct notify_message *m, const char *from)
{
	struct text host = text_of(from);

	(void)text_cut(&host, '@');
	date(b, m->at_ms);
	buf_printf(b, "From: <%s>\r\nTo: <%.*s>\r\n", from, (int)m->to.n, m->to.p);
	buf_printf(b, "Message-ID: <%.*s@%.*s>\r\nSubject: ", (int)m->id.n, m->id.p, (int)host.n, host.p);
	subject(b, m->subject);
	buf_add(b, TEXT("\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n"));
	for (size_t i = 0; i < m->body.n; i += LINE_BYTES) {
		size_t n = m->body.n - i < LINE_BYTES ? m->body.n - i : LINE_BYTES;

		base64(b, (struct text){ m->body.p + i, n });
		buf_add(b, TEXT("\r\n"));
	}
}

static enum notify_result
result_of(const struct post_answer *a)
{
	if (a->end == POST_AWAY || a->status == 421 || a->status == 530 || a->status == 535)
		return NOTIFY_DOWN;
	if (a->status < 400)
		return NOTIFY_OK;
	return a->status < 500 ? NOTIFY_LATER : NOTIFY_NO;
}

void
notify_mailer_send(void *mailer, const struct notify_message *m, struct notify_answer *ret)
{
	const struct notify_mailer *w = mailer;
	struct post_answer a;
	struct buf b;
	char to[256];

	*ret = (struct notify_answer){ .result = NOTIFY_NO, .words = "not an address" };
	if (!post_address_is_sound(m->to))
		return;
	snprintf(to, sizeof to, "%.*s", (int)m->to.n, m->to.p);
	buf_init(&b, MESSAGE_MAX);
	notify_mail_write(&b, m, w->from);
	if (buf_rc(&b) == RC_OK) {
		post_mail(&(struct post_mail){ .url = w->url, .from = w->from, .to = to, .user = w->user, .password = w->password,
		    .message = buf_text(&b) }, &a);
		*ret = (struct notify_answer){ .result = result_of(&a), .code = a.status };
		memcpy(ret->words, a.words, sizeof ret->words);
	}
	buf_free(&b);
}
