#include "kit/post/post.h"

#include <curl/curl.h>
#include <string.h>

#define HEADERS_MOST 16

enum rc
post_begin(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? RC_OK : RC_UNAVAILABLE;
}

/* ---- addresses ------------------------------------------------------------------------------------------ */

static bool
is_plain(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)t.p[i] <= 0x20 || (unsigned char)t.p[i] >= 0x7F || strchr("\"<>\\^`{}|", t.p[i]) != NULL)
			return false;
	return t.n > 0 && t.n < 512;
}

/* The host of "scheme://host:port/…"; empty when somebody stands before an '@'. */
static struct text
host_of(struct text url, struct text scheme)
{
	struct text rest = { url.p + scheme.n, url.n - scheme.n }, host = rest;

	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == '/' || rest.p[i] == '?' || rest.p[i] == '#') {
			host.n = i;
			break;
		}
	if (memchr(host.p, '@', host.n) != NULL)
		return TEXT_NONE;
	if (text_starts_with(host, TEXT("[::1]")) && (host.n == 5 || host.p[5] == ':'))
		return (struct text){ host.p, 5 };
	return text_cut(&host, ':');
}

static bool
is_here(struct text host)
{
	return text_equals(host, TEXT("127.0.0.1")) || text_equals(host, TEXT("localhost")) || text_equals(host, TEXT("[::1]"));
}

bool
post_url_is_safe(struct text url)
{
	if (!is_plain(url))
		return false;
	if (text_starts_with(url, TEXT("https://")))
		return host_of(url, TEXT("https://")).n > 0;
	return text_starts_with(url, TEXT("http://")) && is_here(host_of(url, TEXT("http://")));
}

bool
post_mail_url_is_safe(struct text url)
{
	if (!is_plain(url))
		return false;
	if (text_starts_with(url, TEXT("smtps://")))
		return host_of(url, TEXT("smtps://")).n > 0;
	return text_starts_with(url, TEXT("smtp://")) && host_of(url, TEXT("smtp://")).n > 0;
}

bool
post_address_is_sound(struct text address)
{
	struct text host = address, local = text_cut(&host, '@');

	if (!is_plain(address) || address.n > 254 || local.n == 0 || local.n > 64 || host.n < 3)
		return false;
	for (size_t i = 0; i < address.n; i++)
		if (strchr(",;:()[]'", address.p[i]) != NULL)
			return false;
	for (size_t i = 0; i < host.n; i++)
		if (!((host.p[i] >= 'a' && host.p[i] <= 'z') || (host.p[i] >= 'A' && host.p[i] <= 'Z')
		    || (host.p[i] >= '0' && host.p[i] <= '9') || host.p[i] == '-' || host.p[i] == '.'))
			return false;
	return local.p[0] != '-' && host.p[0] != '.' && host.p[0] != '-' && host.p[host.n - 1] != '.';
}

/* ---- what comes back -------------------------------------------------------------------------------------- */

/* The beginning is kept, the rest is read past: an answer without end runs into the deadline. */
static size_t
answer_in(char *p, size_t size, size_t n, void *arg)
{
	struct post_answer *a = arg;
	size_t have = strlen(a->words);

	for (size_t i = 0; i < size * n && have + 1 < sizeof a->words; i++)
		a->words[have++] = p[i] >= 0x20 && p[i] < 0x7F ? p[i] : '?';
	a->words[have] = '\0';
	return size * n;
}

static CURL *
handle(const char *url, const char *schemes, struct post_answer *ret)
{
	CURL *c = curl_easy_init();
	bool fine;

	*ret = (struct post_answer){ .end = POST_AWAY, .words = "" };
	if (c == NULL)
		return NULL;
	fine = curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, schemes) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_NOPROXY, "*") == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)POST_SECONDS / 2) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)POST_SECONDS) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, answer_in) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_WRITEDATA, ret) == CURLE_OK;
	if (fine)
		return c;
	curl_easy_cleanup(c);
	return NULL;
}

/* Run it and take the status; what curl says where the other end said nothing. */
static CURLcode
perform(CURL *c, struct post_answer *ret)
{
	CURLcode code = curl_easy_perform(c);
	long status = 0;

	if (curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK)
		ret->status = (int)status;
	if (code != CURLE_OK && ret->words[0] == '\0') {
		const char *why = curl_easy_strerror(code);
		size_t n = strlen(why);

		n = n < sizeof ret->words - 1 ? n : sizeof ret->words - 1;
		memcpy(ret->words, why, n);
		ret->words[n] = '\0';
	}
	return code;
}

void
post_http(const struct post_http *in, struct post_answer *ret)
{
	CURL *c = handle(in->url, "http,https", ret);
	struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/json"), *next = list;

	for (size_t i = 0; next != NULL && i < HEADERS_MOST && in->headers[i] != NULL; i++)
		next = curl_slist_append(list, in->headers[i]);
	if (c != NULL && next != NULL && curl_easy_setopt(c, CURLOPT_POSTFIELDS, in->body.p) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)in->body.n) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_HTTPHEADER, list) == CURLE_OK) {
		CURLcode code = perform(c, ret);

		ret->end = code == CURLE_OK && ret->status > 0 ? POST_ANSWERED : POST_AWAY;
	}
	curl_slist_free_all(list);
	curl_easy_cleanup(c);
}

/* ---- mail --------------------------------------------------------------------------------------------------- */

static size_t
message_out(char *p, size_t size, size_t n, void *arg)
{
	struct text *rest = arg;
	size_t most = size * n < rest->n ? size * n : rest->n;

	if (most > 0)
		memcpy(p, rest->p, most);
	rest->p += most;
	rest->n -= most;
	return most;
}

static bool
mail_set(CURL *c, const struct post_mail *in, struct curl_slist *to, struct text *rest)
{
	bool here = is_here(host_of(text_of(in->url), text_starts_with(text_of(in->url), TEXT("smtps://"))
	    ? TEXT("smtps://") : TEXT("smtp://")));
	bool fine = curl_easy_setopt(c, CURLOPT_MAIL_FROM, in->from) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_USE_SSL, here ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_UPLOAD, 1L) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_READFUNCTION, message_out) == CURLE_OK
	    && curl_easy_setopt(c, CURLOPT_READDATA, rest) == CURLE_OK;

	if (fine && in->user != NULL && in->user[0] != '\0')
		fine = curl_easy_setopt(c, CURLOPT_USERNAME, in->user) == CURLE_OK
		    && curl_easy_setopt(c, CURLOPT_PASSWORD, in->password) == CURLE_OK;
	return fine;
}

void
post_mail(const struct post_mail *in, struct post_answer *ret)
{
	CURL *c = handle(in->url, "smtp,smtps", ret);
	struct curl_slist *to = curl_slist_append(NULL, in->to);
	struct text rest = in->message;

	if (c != NULL && to != NULL && mail_set(c, in, to, &rest)) {
		CURLcode code = perform(c, ret);

		/* a refusal of this one message is an answer; a log-in refused or a line cut is not */
		if (code == CURLE_OK)
			*ret = (struct post_answer){ .end = POST_ANSWERED, .status = 250, .words = "" };
		else if ((code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_WEIRD_SERVER_REPLY) && ret->status >= 400)
			ret->end = POST_ANSWERED;
	}
	curl_slist_free_all(to);
	curl_easy_cleanup(c);
}
