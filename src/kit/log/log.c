#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/utf8.h"
#include "kit/log/log.h"

/* A line stays below PIPE_BUF (4096), within which write(2) to a pipe is whole. */
#define LOG_LINE_MAX 4000
#define LOG_TEXT_MAX 300 /* code points of one value */

static struct {
	int fd;
	enum log_level least;
	int64_t (*clock_ms)(void);
} sink = { .fd = STDERR_FILENO, .least = LOG_INFO };

void
log_open(int fd, enum log_level least, int64_t (*clock_ms)(void))
{
	sink.fd = fd;
	sink.least = least;
	sink.clock_ms = clock_ms;
}

/* JSON string; a broken byte becomes U+FFFD, so that a line is always readable. */
static void
line_text(struct buf *b, struct text t)
{
	buf_char(b, '"');
	for (size_t at = 0, points = 0; at < t.n && points < LOG_TEXT_MAX; points++) {
		size_t from = at;
		uint32_t c = utf8_next(t, &at);

		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", (int)c);
		else if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
			buf_printf(b, "\\u%04x", (unsigned)c);
		else if (c == 0xFFFD)
			buf_add(b, TEXT("\uFFFD"));
		else
			buf_add(b, (struct text){ t.p + from, at - from });
	}
	buf_char(b, '"');
}

static void
line_head(struct buf *b, enum log_level level, const char *event)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };
	char at[32];

	buf_char(b, '{');
	if (sink.clock_ms != NULL)
		buf_printf(b, "\"time\":\"%s\",", moment_print_iso(sink.clock_ms(), at).p);
	buf_printf(b, "\"level\":\"%s\",\"event\":", names[level]);
	line_text(b, text_of(event));
}

static void
line_field(struct buf *b, const struct log_field *f)
{
	buf_char(b, ',');
	line_text(b, text_of(f->name));
	buf_char(b, ':');
	if (f->kind == 0)
		buf_int(b, f->n);
	else
		line_text(b, f->kind == 1 ? text_of(f->str) : f->t);
}

static void
line_write(struct text line)
{
	while (line.n > 0) {
		ssize_t n = write(sink.fd, line.p, line.n);

		if (n <= 0) /* nowhere to tell of it */
			return;
		line = (struct text){ line.p + n, line.n - (size_t)n };
	}
}

void
log_write(enum log_level level, const char *event, const struct log_field *fields, size_t n)
{
	struct buf b;

	if (level < sink.least || level > LOG_ERROR)
		return;
	buf_init(&b, LOG_LINE_MAX);
	line_head(&b, level, event);
	for (size_t i = 0; i < n; i++) {
		size_t before = b.n;

		line_field(&b, &fields[i]);
		if (buf_rc(&b) == RC_OK && b.n + sizeof(",\"cut\":true}\n") <= LOG_LINE_MAX)
			continue;
		buf_reset(&b);
		b.n = before; /* a field too many is left out, and the line says so */
		buf_add(&b, TEXT(",\"cut\":true"));
		break;
	}
	buf_add(&b, TEXT("}\n"));
	if (buf_rc(&b) == RC_OK)
		line_write(buf_text(&b));
	buf_free(&b);
}
