/*
 * post: did the other end take it?  One HTTP POST or one e-mail to an address from the settings, over
 * libcurl: with deadlines, without redirects, proxies or anything from the environment, and with what
 * comes back cut.  In clear only to this host.  Blocks up to POST_SECONDS; never inside a transaction.
 */
#pragma once

#include "base/text.h"

#define POST_SECONDS 10
#define POST_WORDS 160

enum post_end {
	POST_ANSWERED,   /* the other end said something: status and words */
	POST_AWAY,       /* no connection, no answer in time, TLS refused */
};
struct post_answer {
	enum post_end end;
	int status;               /* HTTP or SMTP; 0: none */
	char words[POST_WORDS];   /* printable ASCII: what it said, or why there was no connection */
};

/* Once, before any thread: libcurl's own preparations. */
enum rc post_begin(void);

/* https:// anywhere, http:// to 127.0.0.1, [::1] or localhost; no user, no password, no control character. */
bool post_url_is_safe(struct text url);
/* smtps:// anywhere, smtp:// with STARTTLS (to this host also without). */
bool post_mail_url_is_safe(struct text url);
/* One plain address: no list, no name, no blank, no quotes, ASCII. */
bool post_address_is_sound(struct text address);

struct post_http {
	const char *url;
	const char *const *headers; /* "Name: value", without line ends; the last is NULL */
	struct text body;           /* application/json */
};
void post_http(const struct post_http *in, struct post_answer *ret);

struct post_mail {
	const char *url, *from, *to;
	const char *user, *password; /* NULL or empty: not logged in */
	struct text message;         /* whole, with headers and CRLF */
};
/* status 250 and ANSWERED: taken. */
void post_mail(const struct post_mail *in, struct post_answer *ret);
