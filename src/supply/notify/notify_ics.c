#include "supply/notify/notify_ics.h"

#include "base/day.h"

#include <string.h>

#define OCTETS 75 /* of a line, without its end */

/* One line of content, folded between characters. */
static void
put_line(struct buf *b, struct text t)
{
	size_t room = OCTETS;

	while (t.n > 0) {
		size_t n = t.n < room ? t.n : room;

		while (n < t.n && n > 0 && ((unsigned char)t.p[n] & 0xC0) == 0x80)
			n--;
		if (n == 0)
			n = t.n < room ? t.n : room; /* no UTF-8: cut anywhere */
		buf_add(b, (struct text){ t.p, n });
		t.p += n;
		t.n -= n;
		if (t.n > 0)
			buf_add(b, TEXT("\r\n "));
		room = OCTETS - 1; /* the blank in front counts */
	}
	buf_add(b, TEXT("\r\n"));
}

/* TEXT of RFC 5545, 3.3.11; other control characters cannot stand in it. */
static void
put_escaped(struct buf *b, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '\n')
			buf_add(b, TEXT("\\n"));
		else if (strchr("\\;,", t.p[i]) != NULL && t.p[i] != '\0')
			buf_printf(b, "\\%c", t.p[i]);
		else if ((unsigned char)t.p[i] >= 0x20 && t.p[i] != 0x7F)
			buf_char(b, t.p[i]);
	}
}

static void
put_moment(struct buf *b, int64_t at_ms)
{
	int64_t utc = at_ms - 8 * INT64_C(3600000); /* the civil day of a moment eight hours earlier is the day in UTC */
	struct ymd d = day_to_ymd(day_of_moment(utc));
	int minute = moment_minute(utc);

	buf_printf(b, "%04d%02d%02dT%02d%02d%02dZ", d.year, d.month, d.day, minute / 60, minute % 60, (int)(at_ms / 1000 % 60));
}

static void
put_named(struct buf *b, struct buf *line, const char *name, int64_t at_ms)
{
	buf_reset(line);
	buf_printf(line, "%s:", name);
	put_moment(line, at_ms);
	put_line(b, buf_text(line));
}

static void
put_entry(struct buf *b, struct buf *line, const struct notify_calendar *c, const struct notify_entry *e)
{
	int64_t end = e->due_ms / 1000 * 1000;
	char when[32];
	struct text moment = moment_print(e->due_ms, when);

	put_line(b, TEXT("BEGIN:VEVENT"));
	buf_reset(line);
	buf_add(line, TEXT("UID:"));
	put_escaped(line, e->number);
	buf_char(line, '@');
	put_escaped(line, c->host);
	put_line(b, buf_text(line));
	put_named(b, line, "DTSTAMP", c->now_ms);
	put_named(b, line, "DTSTART", end - 1800000);
	put_named(b, line, "DTEND", end);
	buf_reset(line);
	buf_add(line, TEXT("SUMMARY:"));
	put_escaped(line, c->words);
	buf_char(line, ' ');
	put_escaped(line, moment.n == 16 ? (struct text){ moment.p + 11, 5 } : moment);
	buf_add(line, TEXT(" · "));
	put_escaped(line, e->number);
	buf_add(line, TEXT(" · "));
	put_escaped(line, e->item);
	put_line(b, buf_text(line));
	put_line(b, TEXT("TRANSP:TRANSPARENT"));
	put_line(b, TEXT("END:VEVENT"));
}

static void
put_start(struct buf *b, struct buf *line, const struct notify_appointment *a)
{
	struct ymd d = day_to_ymd(a->day);

	if (a->minute >= 0) {
		put_named(b, line, "DTSTART", day_start_ms(a->day) + a->minute * INT64_C(60000));
		put_line(b, TEXT("DURATION:PT1H")); /* how long it takes nobody knows */
		return;
	}
	buf_reset(line);
	buf_printf(line, "DTSTART;VALUE=DATE:%04d%02d%02d", d.year, d.month, d.day);
	put_line(b, buf_text(line));
}

static void
put_appointment(struct buf *b, struct buf *line, const struct notify_calendar *c, const struct notify_appointment *a)
{
	put_line(b, TEXT("BEGIN:VEVENT"));
	buf_reset(line);
	buf_add(line, TEXT("UID:"));
	put_escaped(line, a->number);
	buf_printf(line, "-a%lld@", (long long)a->nth);
	put_escaped(line, c->host);
	put_line(b, buf_text(line));
	put_named(b, line, "DTSTAMP", c->now_ms);
	buf_reset(line);
	buf_printf(line, "SEQUENCE:%lld", (long long)a->changes);
	put_line(b, buf_text(line));
	put_start(b, line, a);
	buf_reset(line);
	buf_add(line, TEXT("SUMMARY:"));
	put_escaped(line, a->what);
	buf_add(line, TEXT(" · "));
	put_escaped(line, a->number);
	put_line(b, buf_text(line));
	if (a->place.n > 0) {
		buf_reset(line);
		buf_add(line, TEXT("LOCATION:"));
		put_escaped(line, a->place);
		put_line(b, buf_text(line));
	}
	put_line(b, a->cancelled ? TEXT("STATUS:CANCELLED") : TEXT("STATUS:CONFIRMED"));
	put_line(b, TEXT("END:VEVENT"));
}

/* Summer time was last kept in 1991. */
static void
put_zone(struct buf *b)
{
	static const char *const lines[] = { "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19910915T000000",
		"TZOFFSETFROM:+0900", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE" };

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		put_line(b, text_of(lines[i]));
}

static void
put_words(struct buf *b, struct buf *line, const char *name, struct text words)
{
	buf_reset(line);
	buf_printf(line, "%s:", name);
	put_escaped(line, words);
	put_line(b, buf_text(line));
}

static void
put_turn(struct buf *b, struct buf *line, const struct notify_calendar *c, const struct notify_turn *t)
{
	struct ymd d = day_to_ymd(t->day);

	put_line(b, TEXT("BEGIN:VEVENT"));
	buf_reset(line);
	buf_add(line, TEXT("UID:"));
	put_escaped(line, t->uid);
	buf_char(line, '@');
	put_escaped(line, c->host);
	put_line(b, buf_text(line));
	put_named(b, line, "DTSTAMP", c->now_ms);
	buf_reset(line);
	buf_printf(line, "SEQUENCE:%lld", (long long)t->sequence);
	put_line(b, buf_text(line));
	buf_reset(line);
	if (t->minute < 0)
		buf_printf(line, "DTSTART;VALUE=DATE:%04d%02d%02d", d.year, d.month, d.day);
	else
		buf_printf(line, "DTSTART;TZID=Asia/Shanghai:%04d%02d%02dT%02d%02d00", d.year, d.month, d.day, t->minute / 60, t->minute % 60);
	put_line(b, buf_text(line));
	if (t->minute >= 0) {
		buf_reset(line);
		buf_printf(line, "DURATION:PT%dM", t->minutes);
		put_line(b, buf_text(line));
	}
	put_words(b, line, "SUMMARY", t->what);
	if (t->place.n > 0)
		put_words(b, line, "LOCATION", t->place);
	put_line(b, t->cancelled ? TEXT("STATUS:CANCELLED") : TEXT("STATUS:CONFIRMED"));
	put_line(b, TEXT("END:VEVENT"));
}

void
notify_ics_write(struct buf *b, const struct notify_calendar *c, const struct notify_entry *v, size_t n,
    const struct notify_appointment *a, size_t n_a)
{
	struct buf line;

	buf_init(&line, 8192);
	put_line(b, TEXT("BEGIN:VCALENDAR"));
	put_line(b, TEXT("VERSION:2.0"));
	put_line(b, TEXT("PRODID:-//zhaofa//deadlines//ZH"));
	put_line(b, TEXT("CALSCALE:GREGORIAN"));
	put_line(b, TEXT("METHOD:PUBLISH"));
	buf_add(&line, TEXT("X-WR-CALNAME:"));
	put_escaped(&line, c->name);
	put_line(b, buf_text(&line));
	put_line(b, TEXT("REFRESH-INTERVAL;VALUE=DURATION:PT1H"));
	if (c->n_turns > 0)
		put_zone(b);
	for (size_t i = 0; i < n; i++)
		put_entry(b, &line, c, &v[i]);
	for (size_t i = 0; i < n_a; i++)
		put_appointment(b, &line, c, &a[i]);
	for (size_t i = 0; i < c->n_turns; i++)
		put_turn(b, &line, c, &c->turn[i]);
	put_line(b, TEXT("END:VCALENDAR"));
	if (buf_rc(&line) != RC_OK)
		b->failed = buf_rc(&line);
	buf_free(&line);
}
