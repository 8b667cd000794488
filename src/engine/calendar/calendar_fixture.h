/* calendar_fixture: the real table of data/holidays.csv for tests; run from the root of the project. */
#pragma once

#include <stdio.h>
#include <string.h>

#include "engine/calendar/calendar.h"

static struct calendar_entry fixture_entries[1200];

static inline void
fixture_add(struct calendar *c, struct text line)
{
	struct text kind, day = text_cut(&line, ',');
	struct calendar_entry *e = &fixture_entries[c->n];

	kind = text_cut(&line, ',');
	if (day_parse(day, &e->day) != RC_OK)
		return; /* comment, heading */
	e->kind = text_equals(kind, TEXT("makeup")) ? DAY_MAKEUP : DAY_HOLIDAY;
	e->name = "节";
	c->n++;
}

/* Years 2004–2026, hours 9:00–17:00; n stays 0 when the file is absent. */
static inline struct calendar
fixture_calendar(void)
{
	struct calendar c = { .entries = fixture_entries, .first_year = 2004, .last_year = 2026,
		.version = 1, .open_minute = 540, .close_minute = 1020 };
	char line[256];
	FILE *f = fopen("data/holidays.csv", "r");

	if (f == NULL)
		return c;
	while (fgets(line, sizeof(line), f) != NULL && c.n < 1200)
		fixture_add(&c, text_trim(text_of(line)));
	fclose(f);
	return c;
}

static inline struct day
fixture_day(const char *s)
{
	struct day d = DAY_NONE;

	return day_parse(text_of(s), &d) == RC_OK ? d : DAY_NONE;
}
