#include "fuzz.h"

static void
point_put(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_char(b, (char)c);
	} else if (c < 0x800) {
		buf_char(b, (char)(0xC0 | c >> 6));
		buf_char(b, (char)(0x80 | (c & 0x3F)));
	} else if (c < 0x10000) {
		buf_char(b, (char)(0xE0 | c >> 12));
		buf_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_char(b, (char)(0x80 | (c & 0x3F)));
	} else {
		buf_char(b, (char)(0xF0 | c >> 18));
		buf_char(b, (char)(0x80 | (c >> 12 & 0x3F)));
		buf_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_char(b, (char)(0x80 | (c & 0x3F)));
	}
}

/* Decoded and written again, clean text is the same bytes. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text t = fuzz_text(data, size);
	size_t at = 0, n = 0, last = 0;
	struct buf b;

	buf_init(&b, size * 4 + 16);
	for (; at < t.n; n++) {
		point_put(&b, utf8_next(t, &at));
		PROMISE(at > last && at <= t.n);
		last = at;
	}
	if (utf8_check(t, true) == UTF8_FINE) {
		PROMISE(text_equals(buf_text(&b), t));
		PROMISE(utf8_length(t) == n);
		PROMISE(utf8_head(t, n).n == t.n);
	} else {
		PROMISE(utf8_check(t, false) != UTF8_FINE);
	}
	PROMISE(utf8_check(utf8_head(t, n / 2), true) == UTF8_FINE || utf8_check(t, true) != UTF8_FINE);
	PROMISE(text_trim(t).n <= t.n);
	buf_free(&b);
	return 0;
}
