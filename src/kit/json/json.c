#include <string.h>

#include "base/utf8.h"
#include "kit/json/json.h"

#define DEPTH_MOST 63

void
json_init(struct json *j, struct buf *out)
{
	*j = (struct json){ .out = out };
}

static void
string_put(struct buf *out, struct text t)
{
	size_t from = 0, at = 0, begin;

	buf_char(out, '"');
	while (at < t.n) {
		begin = at;
		uint32_t c = utf8_next(t, &at);
		bool plain = c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0xFFFD &&
		    (c < 0x7F || c > 0x9F) && c != 0x2028 && c != 0x2029;

		if (plain)
			continue;
		buf_add(out, (struct text){ t.p + from, begin - from });
		if (c == '"' || c == '\\')
			buf_char(out, '\\');
		if (c == '"' || c == '\\')
			buf_char(out, (char)c);
		else
			buf_printf(out, "\\u%04x", (unsigned)c);
		from = at;
	}
	buf_add(out, (struct text){ t.p + from, t.n - from });
	buf_char(out, '"');
}

/* Comma and key before the next value. */
static void
value_begin(struct json *j, const char *key)
{
	uint64_t bit = UINT64_C(1) << j->depth;

	if (j->comma & bit)
		buf_char(j->out, ',');
	j->comma |= bit;
	if (key != NULL) {
		string_put(j->out, text_of(key));
		buf_char(j->out, ':');
	}
}

static void
nest_begin(struct json *j, const char *key, char bracket)
{
	value_begin(j, key);
	buf_char(j->out, bracket);
	if (j->depth == DEPTH_MOST) {
		if (j->out->failed == RC_OK)
			j->out->failed = RC_INTERNAL;
		return;
	}
	j->depth++;
	j->comma &= ~(UINT64_C(1) << j->depth);
}

static void
nest_end(struct json *j, char bracket)
{
	buf_char(j->out, bracket);
	if (j->depth > 0)
		j->depth--;
	else if (j->out->failed == RC_OK)
		j->out->failed = RC_INTERNAL;
}

void
json_begin_object(struct json *j, const char *key)
{
	nest_begin(j, key, '{');
}

void
json_begin_array(struct json *j, const char *key)
{
	nest_begin(j, key, '[');
}

void
json_end_object(struct json *j)
{
	nest_end(j, '}');
}

void
json_end_array(struct json *j)
{
	nest_end(j, ']');
}

void
json_text(struct json *j, const char *key, struct text t)
{
	value_begin(j, key);
	string_put(j->out, t);
}

void
json_str(struct json *j, const char *key, const char *s)
{
	if (s == NULL)
		json_none(j, key);
	else
		json_text(j, key, text_of(s));
}

void
json_int(struct json *j, const char *key, int64_t n)
{
	value_begin(j, key);
	buf_int(j->out, n);
}

void
json_bool(struct json *j, const char *key, bool b)
{
	value_begin(j, key);
	buf_add(j->out, b ? TEXT("true") : TEXT("false"));
}

void
json_none(struct json *j, const char *key)
{
	value_begin(j, key);
	buf_add(j->out, TEXT("null"));
}
