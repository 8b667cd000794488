#include <string.h>

#include "base/text.h"

struct text
text_of(const char *s)
{
	return s == NULL ? TEXT_NONE : (struct text){ s, strlen(s) };
}

bool
text_is_empty(struct text t)
{
	return t.n == 0;
}

bool
text_equals(struct text a, struct text b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int
text_compare(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

bool
text_starts_with(struct text t, struct text prefix)
{
	return t.n >= prefix.n && text_equals((struct text){ t.p, prefix.n }, prefix);
}

bool
text_ends_with(struct text t, struct text suffix)
{
	if (suffix.n == 0)
		return true;
	return t.n >= suffix.n && text_equals((struct text){ t.p + (t.n - suffix.n), suffix.n }, suffix);
}

bool
text_contains(struct text t, struct text part)
{
	return part.n == 0 || (t.n != 0 && memmem(t.p, t.n, part.p, part.n) != NULL);
}

static bool
byte_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes of the white space at the head of t, 0 when there is none. */
static size_t
blank_at_head(struct text t)
{
	if (t.n >= 1 && byte_is_blank(t.p[0]))
		return 1;
	return text_starts_with(t, TEXT("\u3000")) ? 3 : 0;
}

static size_t
blank_at_tail(struct text t)
{
	if (t.n >= 1 && byte_is_blank(t.p[t.n - 1]))
		return 1;
	return text_ends_with(t, TEXT("\u3000")) ? 3 : 0;
}

struct text
text_trim(struct text t)
{
	size_t cut;

	while ((cut = blank_at_head(t)) != 0)
		t = (struct text){ t.p + cut, t.n - cut };
	while ((cut = blank_at_tail(t)) != 0)
		t.n -= cut;
	return t;
}

struct text
text_cut(struct text *rest, char sep)
{
	struct text head = *rest;
	const char *at = head.n == 0 ? NULL : memchr(head.p, sep, head.n);

	if (at == NULL) {
		*rest = TEXT_NONE;
		return head;
	}
	head.n = (size_t)(at - head.p);
	*rest = (struct text){ at + 1, rest->n - head.n - 1 };
	return head;
}

uint64_t
text_hash(struct text t)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < t.n; i++) {
		h ^= (unsigned char)t.p[i];
		h *= UINT64_C(0x100000001b3);
	}
	return h;
}

/* Accumulates below zero, where INT64_MIN has its place. */
static bool
digits_read(struct text t, bool negative, int64_t *ret)
{
	int64_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, t.p[i] - '0', &n))
			return false;
	}
	if (!negative && n == INT64_MIN)
		return false;
	*ret = negative ? n : -n;
	return t.n != 0;
}

enum rc
int64_parse(struct text t, int64_t min, int64_t max, int64_t *ret)
{
	bool negative = t.n != 0 && t.p[0] == '-';
	int64_t n;

	if (negative || (t.n != 0 && t.p[0] == '+'))
		t = (struct text){ t.p + 1, t.n - 1 };
	if (!digits_read(t, negative, &n) || n < min || n > max)
		return RC_INVALID;
	*ret = n;
	return RC_OK;
}

struct text
int64_grouped(int64_t n, char out[static 32])
{
	char reversed[32];
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	size_t at = 0, digits = 0;

	do {
		if (digits > 0 && digits % 3 == 0)
			reversed[at++] = ',';
		reversed[at++] = (char)('0' + rest % 10);
		rest /= 10;
		digits++;
	} while (rest != 0);
	if (n < 0)
		reversed[at++] = '-';
	for (size_t i = 0; i < at; i++)
		out[i] = reversed[at - 1 - i];
	out[at] = '\0';
	return (struct text){ out, at };
}
