#include "operations/request/request_rule.h"

#include "base/code.h"

#include <string.h>

static const struct {
	enum request_state from, to;
} steps[] = {
	{ REQUEST_NONE, REQUEST_RECEIVED },
	{ REQUEST_RECEIVED, REQUEST_ACCEPTED },
	{ REQUEST_RECEIVED, REQUEST_DECLINED },
	{ REQUEST_RECEIVED, REQUEST_WITHDRAWN },
	{ REQUEST_ACCEPTED, REQUEST_ANSWERED },
	{ REQUEST_ACCEPTED, REQUEST_WITHDRAWN },
	{ REQUEST_ACCEPTED, REQUEST_CONVERTED },
	{ REQUEST_ACCEPTED, REQUEST_CLOSED },
	{ REQUEST_ANSWERED, REQUEST_CLOSED },
	{ REQUEST_ANSWERED, REQUEST_WITHDRAWN },
	{ REQUEST_ANSWERED, REQUEST_CONVERTED },
};

bool
request_step_allowed(enum request_state from, enum request_state to)
{
	if (from == to)
		return from != REQUEST_NONE;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (steps[i].from == from && steps[i].to == to)
			return true;
	return false;
}

bool
request_is_open(enum request_state s)
{
	return s > REQUEST_NONE && s < REQUEST_CLOSED;
}

struct text
request_number_make(struct day day, const unsigned char random[static 5], char out[static 24])
{
	unsigned char bytes[CODE_BYTES] = { 0 };
	struct ymd ymd = day_to_ymd(day);
	char code[20];
	int parts[3] = { ymd.year % 100, ymd.month, ymd.day };

	memcpy(bytes, random, 5);
	code_print(bytes, code);
	for (int i = 0; i < 3; i++) {
		out[2 * i] = (char)('0' + parts[i] / 10);
		out[2 * i + 1] = (char)('0' + parts[i] % 10);
	}
	out[6] = '-';
	memcpy(out + 7, code, 9); /* two groups of four: 40 bits */
	out[16] = '\0';
	return (struct text){ out, 16 };
}

enum clock_light
request_light(struct lights l, int64_t start_ms, int64_t due_ms, bool open, int64_t now_ms)
{
	if (!open)
		return LIGHT_DONE;
	if (due_ms == DUE_NONE)
		return LIGHT_PAUSED;
	return clock_light(start_ms, due_ms, false, 0, now_ms, l.soon_permille, l.soon_ms);
}

enum pause_why
pause_judge(enum request_state state, bool running, size_t before, struct day today, const struct pause_facts *f)
{
	if (state <= REQUEST_RECEIVED || !request_is_open(state))
		return PAUSE_NOT_ACCEPTED;
	if (running)
		return PAUSE_RUNNING;
	if (before >= CASE_PAUSES_MAX)
		return PAUSE_TOO_MANY;
	if (!f->known || (f->flags & PAUSE_TARGETS) == 0)
		return PAUSE_NO_CODE;
	if (f->words < PAUSE_WORDS_LEAST || f->words > PAUSE_WORDS_MOST)
		return PAUSE_NO_WORDS;
	if (f->until.n < today.n || f->until.n > day_add(today, PAUSE_DAYS_MAX).n)
		return PAUSE_UNTIL;
	if ((f->flags & PAUSE_NEEDS_PROOF) != 0 && !f->proof)
		return PAUSE_NO_PROOF;
	return PAUSE_MAY;
}
