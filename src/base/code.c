#include <string.h>

#include "base/code.h"

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void
code_print(const unsigned char bytes[static CODE_BYTES], char out[static 20])
{
	uint32_t held = 0;
	int bits = 0;
	char *p = out;

	for (size_t i = 0; i < CODE_BYTES; i++) {
		held = (held << 8 | bytes[i]) & 0xFFFF;
		for (bits += 8; bits >= 5; bits -= 5) {
			if (p - out == 4 || p - out == 9 || p - out == 14)
				*p++ = '-';
			*p++ = crockford[held >> (bits - 5) & 31];
		}
	}
	*p = '\0';
}

/* 0..31, or -1. */
static int
crockford_value(char c)
{
	const char *at;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	at = c == '\0' ? NULL : strchr(crockford, c);
	return at == NULL ? -1 : (int)(at - crockford);
}

enum rc
code_parse(struct text t, unsigned char out[static CODE_BYTES])
{
	unsigned char bytes[CODE_BYTES];
	uint32_t held = 0;
	size_t chars = 0, n = 0;
	int bits = 0;

	for (size_t i = 0; i < t.n; i++) {
		int v = crockford_value(t.p[i]);

		if (t.p[i] == '-' || t.p[i] == ' ')
			continue;
		if (v < 0 || ++chars > CODE_CHARS)
			return RC_INVALID;
		held = (held << 5 | (uint32_t)v) & 0xFFFF;
		bits += 5;
		if (bits >= 8 && n < CODE_BYTES) {
			bits -= 8;
			bytes[n++] = (unsigned char)(held >> bits & 0xFF);
		}
	}
	if (chars != CODE_CHARS)
		return RC_INVALID;
	memcpy(out, bytes, sizeof(bytes));
	return RC_OK;
}

void
hex_print(const unsigned char *bytes, size_t n, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * n] = '\0';
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum rc
hex_parse(struct text t, unsigned char *out, size_t n)
{
	if (t.n % 2 != 0 || t.n / 2 != n)
		return RC_INVALID;
	for (size_t i = 0; i < t.n; i++)
		if (hex_value(t.p[i]) < 0)
			return RC_INVALID;
	for (size_t i = 0; i < n; i++)
		out[i] = (unsigned char)(hex_value(t.p[2 * i]) << 4 | hex_value(t.p[2 * i + 1]));
	return RC_OK;
}
