#include "kit/http/http_inner.h"

#include <arpa/inet.h>
#include <string.h>

struct gather { struct arena *mem; struct param *v; size_t n, room; bool full; };

static struct text
lower_case(struct arena *mem, const char *name, size_t n)
{
	char *p = arena_alloc(mem, n + 1);

	for (size_t i = 0; p != NULL && i < n; i++)
		p[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] - 'A' + 'a') : name[i];
	return (struct text){ p, n };
}

static enum MHD_Result
gather_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
    size_t value_n)
{
	struct gather *g = cls;
	struct text key = lower_case(g->mem, name, name_n);

	(void)kind;
	if (key.p == NULL || g->n == g->room) {
		g->full = true;
		return MHD_NO;
	}
	g->v[g->n++] = (struct param){ key, value == NULL ? TEXT_NONE : (struct text){ value, value_n } };
	return MHD_YES;
}

/* Lines of one name as one list, as RFC 9110 has it. */
static struct text
headers_joined(struct params headers, const char *name, char sep, struct arena *mem)
{
	struct text all = TEXT_NONE, want = text_of(name);

	for (size_t i = 0; i < headers.n; i++) {
		struct text v = headers.v[i].value;

		if (!text_equals(headers.v[i].name, want))
			continue;
		all = all.n == 0 ? v :
		    arena_format(mem, "%.*s%c%.*s", (int)all.n, all.p, sep, (int)v.n, v.p);
		if (all.p == NULL)
			return TEXT_NONE;
	}
	return all;
}

static bool
is_address(struct text t)
{
	char s[INET6_ADDRSTRLEN];
	struct in6_addr a;

	if (t.n == 0 || t.n >= sizeof(s))
		return false;
	memcpy(s, t.p, t.n);
	s[t.n] = '\0';
	return inet_pton(AF_INET, s, &a) == 1 || inet_pton(AF_INET6, s, &a) == 1;
}

static bool
is_proxy(struct text t, const struct text *proxies, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text_equals(proxies[i], t))
			return true;
	}
	return false;
}

/* The last item of a comma list, and *list without it. */
static struct text
list_pop(struct text *list)
{
	size_t from = list->n;
	struct text item;

	while (from > 0 && list->p[from - 1] != ',')
		from--;
	item = text_trim((struct text){ list->p + from, list->n - from });
	list->n = from > 0 ? from - 1 : 0;
	return item;
}

struct text
peer_of(struct text direct, struct text forwarded, const struct text *proxies, size_t n)
{
	struct text peer = direct;

	while (is_proxy(peer, proxies, n) && forwarded.n > 0) {
		struct text before = list_pop(&forwarded);

		if (!is_address(before))
			break;
		peer = before;
	}
	return peer;
}

static int
fault_status(enum decode_fault f, const char **ret_why)
{
	*ret_why = decode_text(f);
	return f == DECODE_FINE ? 0 : f == DECODE_NO_MEMORY ? 413 : 400;
}

static int
headers_read(struct call *c, struct arena *mem, struct http_request *in, const char **why)
{
	size_t room = (size_t)c->server->opt.limits.headers_max;
	struct gather g = { .mem = mem, .room = room, .v = arena_array(mem, room, sizeof(*g.v)) };
	struct text forwarded, proto;
	struct text direct = text_of(c->conn->peer);

	if (g.v == NULL)
		return fault_status(DECODE_NO_MEMORY, why);
	MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, gather_header, &g);
	if (g.full)
		return fault_status(DECODE_NO_MEMORY, why);
	in->headers = (struct params){ g.v, g.n };
	in->content_type = params_get(in->headers, "content-type");
	forwarded = headers_joined(in->headers, "x-forwarded-for", ',', mem);
	in->peer = peer_of(direct, forwarded, c->server->opt.proxies, c->server->opt.n_proxies);
	proto = headers_joined(in->headers, "x-forwarded-proto", ',', mem);
	in->secure = c->conn->proxy && text_equals(list_pop(&proto), TEXT("https"));
	return fault_status(decode_cookies(headers_joined(in->headers, "cookie", ';', mem), mem, &in->cookies), why);
}

static int
body_read(struct call *c, struct arena *mem, struct http_request *in, const char **why)
{
	struct body *b = &c->body;

	switch (b->kind) {
	case BODY_DISCARD:
		break;
	case BODY_RAW:
		in->body = buf_text(&b->raw);
		break;
	case BODY_FORM:
		return fault_status(decode_params(buf_text(&b->raw), false, mem, &in->form), why);
	case BODY_PARTS:
		in->form = (struct params){ b->fields, b->n_fields };
		in->files = b->files;
		in->n_files = b->n_files;
		break;
	}
	return 0;
}

int
request_build(struct call *c, struct arena *mem, struct http_request *ret, const char **ret_why)
{
	int status;

	*ret = (struct http_request){ .method = c->method, .path = c->path, .body = TEXT_NONE,
		.content_type = TEXT_NONE, .id = text_of(c->id) };
	status = headers_read(c, mem, ret, ret_why);
	if (status == 0)
		status = fault_status(decode_params(c->raw_query, true, mem, &ret->query), ret_why);
	return status != 0 ? status : body_read(c, mem, ret, ret_why);
}
