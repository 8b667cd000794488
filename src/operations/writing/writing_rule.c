#include "operations/writing/writing_rule.h"

bool
writing_is_open(enum writing_state s)
{
	return s >= WRITING_DRAFT && s < WRITING_ISSUED;
}

static bool
is_draft(enum writing_state s)
{
	return s == WRITING_DRAFT || s == WRITING_RETURNED;
}

/* Whoever checks is a second person, and the person it is for has heard or read it. */
static enum writing_why
check_judge(const struct writing_facts *f, enum writing_step step)
{
	if (f->state != WRITING_ASKED)
		return WRITING_NO_STEP;
	if (f->author)
		return WRITING_SAME_PERSON;
	if (step == WRITING_RETURN)
		return f->words < WRITING_WORDS_MIN ? WRITING_NO_WORDS : WRITING_MAY;
	return f->read == WRITING_NOT_READ ? WRITING_NOT_READ_BACK : WRITING_MAY;
}

enum writing_why
writing_judge(const struct writing_facts *f, enum writing_step step)
{
	if (!f->holds)
		return WRITING_NOT_YOURS;
	if (!f->accepted)
		return WRITING_NOT_ACCEPTED;
	switch (step) {
	case WRITING_SAVE: case WRITING_ASK:
		return is_draft(f->state) ? WRITING_MAY : WRITING_NO_STEP;
	case WRITING_DROP:
		return writing_is_open(f->state) ? WRITING_MAY : WRITING_NO_STEP;
	case WRITING_RETURN: case WRITING_ISSUE:
		return check_judge(f, step);
	}
	return WRITING_NO_STEP;
}
