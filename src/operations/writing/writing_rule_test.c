/* Who may take which step with a simple paper, both sides of each condition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "operations/writing/writing_rule.h"

static struct writing_facts
facts(enum writing_state state, bool author)
{
	return (struct writing_facts){ .state = state, .holds = true, .accepted = true, .author = author, .read = WRITING_READ_ALOUD,
		.words = WRITING_WORDS_MIN };
}

static void
each_state_has_its_steps(void **state)
{
	static const struct { enum writing_state state; bool save, check, drop; } v[] = {
		{ WRITING_DRAFT, true, false, true }, { WRITING_ASKED, false, true, true }, { WRITING_RETURNED, true, false, true },
		{ WRITING_ISSUED, false, false, false }, { WRITING_DROPPED, false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct writing_facts f = facts(v[i].state, false);

		assert_int_equal(writing_judge(&f, WRITING_SAVE), v[i].save ? WRITING_MAY : WRITING_NO_STEP);
		assert_int_equal(writing_judge(&f, WRITING_ASK), v[i].save ? WRITING_MAY : WRITING_NO_STEP);
		assert_int_equal(writing_judge(&f, WRITING_RETURN), v[i].check ? WRITING_MAY : WRITING_NO_STEP);
		assert_int_equal(writing_judge(&f, WRITING_ISSUE), v[i].check ? WRITING_MAY : WRITING_NO_STEP);
		assert_int_equal(writing_judge(&f, WRITING_DROP), v[i].drop ? WRITING_MAY : WRITING_NO_STEP);
		assert_int_equal(writing_is_open(v[i].state), v[i].drop);
	}
}

static void
nobody_checks_what_they_wrote(void **state)
{
	struct writing_facts own = facts(WRITING_ASKED, true), other = facts(WRITING_ASKED, false);

	(void)state;
	assert_int_equal(writing_judge(&own, WRITING_ISSUE), WRITING_SAME_PERSON);
	assert_int_equal(writing_judge(&own, WRITING_RETURN), WRITING_SAME_PERSON);
	assert_int_equal(writing_judge(&own, WRITING_DROP), WRITING_MAY);
	assert_int_equal(writing_judge(&other, WRITING_ISSUE), WRITING_MAY);
}

static void
the_person_knows_what_it_says(void **state)
{
	struct writing_facts f = facts(WRITING_ASKED, false);

	(void)state;
	f.read = WRITING_NOT_READ;
	assert_int_equal(writing_judge(&f, WRITING_ISSUE), WRITING_NOT_READ_BACK);
	assert_int_equal(writing_judge(&f, WRITING_RETURN), WRITING_MAY); /* not needed to send it back */
	f.read = WRITING_READ_SELF;
	assert_int_equal(writing_judge(&f, WRITING_ISSUE), WRITING_MAY);
}

static void
sent_back_with_words(void **state)
{
	struct writing_facts f = facts(WRITING_ASKED, false);

	(void)state;
	f.words = WRITING_WORDS_MIN - 1;
	assert_int_equal(writing_judge(&f, WRITING_RETURN), WRITING_NO_WORDS);
	assert_int_equal(writing_judge(&f, WRITING_ISSUE), WRITING_MAY);
	f.words = WRITING_WORDS_MIN;
	assert_int_equal(writing_judge(&f, WRITING_RETURN), WRITING_MAY);
}

static void
only_the_holders_side_of_an_accepted_case(void **state)
{
	(void)state;
	for (int step = WRITING_SAVE; step <= WRITING_DROP; step++) {
		struct writing_facts f = facts(step == WRITING_RETURN || step == WRITING_ISSUE ? WRITING_ASKED : WRITING_DRAFT, false);

		assert_int_equal(writing_judge(&f, (enum writing_step)step), WRITING_MAY);
		f.accepted = false;
		assert_int_equal(writing_judge(&f, (enum writing_step)step), WRITING_NOT_ACCEPTED);
		f.holds = false;
		assert_int_equal(writing_judge(&f, (enum writing_step)step), WRITING_NOT_YOURS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_state_has_its_steps),
		cmocka_unit_test(nobody_checks_what_they_wrote),
		cmocka_unit_test(the_person_knows_what_it_says),
		cmocka_unit_test(sent_back_with_words),
		cmocka_unit_test(only_the_holders_side_of_an_accepted_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
