/* Which step may follow which, and where a light begins; both sides of each limit. */
#include "operations/cooperate/cooperate_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW INT64_C(1782781200000)
#define NEAR (30 * INT64_C(3600000)) /* not the usual day */

static const enum cooperation_state all[] = { COOPERATION_NONE, COOPERATION_ASKED, COOPERATION_TAKEN, COOPERATION_ANSWERED,
	COOPERATION_CLOSED, COOPERATION_DECLINED, COOPERATION_WITHDRAWN, COOPERATION_ENDED };
#define N_ALL (sizeof all / sizeof all[0])

static void
steps_are_these_and_no_others(void **state)
{
	static const struct { enum cooperation_state from, to; } may[] = {
		{ COOPERATION_NONE, COOPERATION_ASKED }, { COOPERATION_ASKED, COOPERATION_TAKEN },
		{ COOPERATION_ASKED, COOPERATION_DECLINED }, { COOPERATION_ASKED, COOPERATION_WITHDRAWN },
		{ COOPERATION_ASKED, COOPERATION_ENDED }, { COOPERATION_TAKEN, COOPERATION_ANSWERED },
		{ COOPERATION_TAKEN, COOPERATION_WITHDRAWN }, { COOPERATION_TAKEN, COOPERATION_ENDED },
		{ COOPERATION_ANSWERED, COOPERATION_TAKEN }, { COOPERATION_ANSWERED, COOPERATION_CLOSED },
		{ COOPERATION_ANSWERED, COOPERATION_WITHDRAWN }, { COOPERATION_ANSWERED, COOPERATION_ENDED },
	};
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < N_ALL; i++)
		for (size_t k = 0; k < N_ALL; k++)
			n += cooperation_step_allowed(all[i], all[k]);
	for (size_t i = 0; i < sizeof may / sizeof may[0]; i++)
		assert_true(cooperation_step_allowed(may[i].from, may[i].to));
	assert_int_equal(n, sizeof may / sizeof may[0]);
}

static void
lights_begin_where_their_lists_do(void **state)
{
	static const struct { int64_t ahead_ms; enum clock_light light; enum cooperation_group group; } v[] = {
		{ -1, LIGHT_LATE, COOPERATIONS_LATE }, { 0, LIGHT_SOON, COOPERATIONS_SOON },
		{ NEAR - 1, LIGHT_SOON, COOPERATIONS_SOON }, { NEAR, LIGHT_NORMAL, COOPERATIONS_NORMAL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct cooperation c = { .state = COOPERATION_TAKEN, .due_ms = NOW + v[i].ahead_ms };

		assert_int_equal(cooperation_light(&c, NEAR, NOW), v[i].light);
		for (int g = COOPERATIONS_LATE; g <= COOPERATIONS_NORMAL; g++) {
			struct cooperation_range r = cooperation_range_of((enum cooperation_group)g, NEAR, NOW);

			assert_int_equal(c.due_ms >= r.due_from_ms && c.due_ms <= r.due_to_ms, g == (int)v[i].group);
		}
		c.state = COOPERATION_ANSWERED; /* waits for the asker: never late */
		assert_int_equal(cooperation_light(&c, NEAR, NOW), LIGHT_NORMAL);
		c.state = COOPERATION_CLOSED;
		assert_int_equal(cooperation_light(&c, NEAR, NOW), LIGHT_DONE);
	}
}

static void
every_state_is_in_its_list(void **state)
{
	(void)state;
	for (size_t i = 1; i < N_ALL; i++) {
		struct cooperation_range open = cooperation_range_of(COOPERATIONS_OPEN, NEAR, NOW), done = cooperation_range_of(COOPERATIONS_DONE, NEAR, NOW),
		    answered = cooperation_range_of(COOPERATIONS_ANSWERED, NEAR, NOW);
		int s = (int)all[i];

		assert_int_equal(s >= open.from && s <= open.to, cooperation_is_open(all[i]));
		assert_int_equal(s >= done.from && s <= done.to, !cooperation_is_open(all[i]));
		assert_int_equal(s >= answered.from && s <= answered.to, all[i] == COOPERATION_ANSWERED);
	}
}

static void
words_have_a_least_and_a_most(void **state)
{
	static char long_words[COOPERATION_WORDS_MOST + 2];

	(void)state;
	for (size_t i = 0; i < sizeof long_words; i++)
		long_words[i] = 'x';
	assert_false(cooperation_words_fit(TEXT("三个字")));
	assert_false(cooperation_words_fit(TEXT("  abc  ")));
	assert_true(cooperation_words_fit(TEXT("四个字了")));
	assert_true(cooperation_words_fit((struct text){ long_words, COOPERATION_WORDS_MOST }));
	assert_false(cooperation_words_fit((struct text){ long_words, COOPERATION_WORDS_MOST + 1 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_these_and_no_others),
		cmocka_unit_test(lights_begin_where_their_lists_do),
		cmocka_unit_test(every_state_is_in_its_list),
		cmocka_unit_test(words_have_a_least_and_a_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
