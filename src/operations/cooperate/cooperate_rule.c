#include "operations/cooperate/cooperate_rule.h"

#include "base/utf8.h"

bool
cooperation_is_open(enum cooperation_state s)
{
	return s > COOPERATION_NONE && s < COOPERATION_CLOSED;
}

bool
cooperation_waits(enum cooperation_state s)
{
	return s > COOPERATION_NONE && s < COOPERATION_ANSWERED;
}

bool
cooperation_step_allowed(enum cooperation_state from, enum cooperation_state to)
{
	switch (to) {
	case COOPERATION_NONE:
		return false;
	case COOPERATION_ASKED:
		return from == COOPERATION_NONE;
	case COOPERATION_TAKEN: /* or asked again */
		return from == COOPERATION_ASKED || from == COOPERATION_ANSWERED;
	case COOPERATION_ANSWERED:
		return from == COOPERATION_TAKEN;
	case COOPERATION_DECLINED:
		return from == COOPERATION_ASKED;
	case COOPERATION_CLOSED:
		return from == COOPERATION_ANSWERED;
	case COOPERATION_WITHDRAWN:
	case COOPERATION_ENDED:
		return cooperation_is_open(from);
	}
	return false;
}

enum clock_light
cooperation_light(const struct cooperation *c, int64_t near_ms, int64_t now_ms)
{
	if (!cooperation_waits(c->state))
		return cooperation_is_open(c->state) ? LIGHT_NORMAL : LIGHT_DONE;
	if (c->due_ms < now_ms)
		return LIGHT_LATE;
	return c->due_ms < now_ms + near_ms ? LIGHT_SOON : LIGHT_NORMAL;
}

struct cooperation_range
cooperation_range_of(enum cooperation_group g, int64_t near_ms, int64_t now_ms)
{
	struct cooperation_range r = { 0, COOPERATION_CLOSED - 1, 0, INT64_MAX };

	switch (g) {
	case COOPERATIONS_OPEN:
	case COOPERATIONS_GROUPS:
		break;
	case COOPERATIONS_LATE:
		r = (struct cooperation_range){ 0, COOPERATION_ANSWERED - 1, 0, now_ms - 1 };
		break;
	case COOPERATIONS_SOON:
		r = (struct cooperation_range){ 0, COOPERATION_ANSWERED - 1, now_ms, now_ms + near_ms - 1 };
		break;
	case COOPERATIONS_NORMAL:
		r = (struct cooperation_range){ 0, COOPERATION_ANSWERED - 1, now_ms + near_ms, INT64_MAX };
		break;
	case COOPERATIONS_ANSWERED:
		r.from = COOPERATION_ANSWERED;
		break;
	case COOPERATIONS_DONE:
		r = (struct cooperation_range){ COOPERATION_CLOSED, 99, 0, INT64_MAX };
		break;
	}
	return r;
}

bool
cooperation_words_fit(struct text words)
{
	size_t n = utf8_length(text_trim(words));

	return n >= COOPERATION_WORDS_LEAST && n <= COOPERATION_WORDS_MOST;
}
