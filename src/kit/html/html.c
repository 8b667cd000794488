#include "kit/html/html.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What stands for the byte c in content and in double-quoted attributes; n 0: the byte itself. */
static struct text
escape_of(char c)
{
	switch (c) {
	case '&': return TEXT("&amp;");
	case '<': return TEXT("&lt;");
	case '>': return TEXT("&gt;");
	case '"': return TEXT("&quot;");
	case '\'': return TEXT("&#39;");
	default: return TEXT_NONE;
	}
}

void
html_text(struct html *h, struct text t)
{
	size_t from = 0;

	for (size_t i = 0; i < t.n; i++) {
		struct text escaped;

		if ((unsigned char)t.p[i] > '>') /* nothing above '>' needs it; most Chinese bytes end here */
			continue;
		escaped = escape_of(t.p[i]);
		if (escaped.n == 0)
			continue;
		if (i > from)
			buf_add(h->out, (struct text){ t.p + from, i - from });
		buf_add(h->out, escaped);
		from = i + 1;
	}
	if (t.n > from)
		buf_add(h->out, (struct text){ t.p + from, t.n - from });
}

void
html_str(struct html *h, const char *s)
{
	html_text(h, text_of(s));
}

void
html_say(struct html *h, const char *zh)
{
	html_text(h, text_of(msg(h->lang, zh)));
}

void
html_sayf(struct html *h, const char *zh_format, ...)
{
	char line[1024]; /* longer results are cut: T() formats are labels and short sentences */
	va_list ap;
	int n;

	va_start(ap, zh_format);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* msgfmt -c holds the English to the Chinese */
	n = vsnprintf(line, sizeof line, msg(h->lang, zh_format), ap);
#pragma GCC diagnostic pop
	va_end(ap);
	if (n < 0)
		return;
	if ((size_t)n >= sizeof line) { /* never half a character */
		n = (int)sizeof line - 1;
		while (n > 0 && ((unsigned char)line[n] & 0xC0) == 0x80)
			n--;
	}
	html_text(h, (struct text){ line, (size_t)n });
}

void
html_int(struct html *h, int64_t n)
{
	buf_int(h->out, n);
}

void
html_grouped(struct html *h, int64_t n)
{
	char out[32];

	buf_add(h->out, int64_grouped(n, out));
}

void
html_attr(struct html *h, const char *name, struct text value)
{
	buf_char(h->out, ' ');
	buf_add(h->out, text_of(name));
	buf_add(h->out, TEXT("=\""));
	html_text(h, value);
	buf_char(h->out, '"');
}

void
html_lines(struct html *h, struct text t)
{
	while (t.n > 0) {
		struct text line;
		const char *end = memchr(t.p, '\n', t.n);

		if (!end) {
			html_text(h, t);
			return;
		}
		line = (struct text){ t.p, (size_t)(end - t.p) };
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		html_text(h, line);
		html_raw(h, "<br>");
		t.n -= (size_t)(end - t.p) + 1;
		t.p = end + 1;
	}
}
