#include "operations/matter/consult/consult_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct consult_closing fine = { .state = REQUEST_ANSWERED, .hint = AID_TOLD, .served = true };

static enum consult_why
why(struct consult_closing c)
{
	return consult_may_close(&c).why;
}

static void
an_answered_question_closes(void **state)
{
	struct consult_closing c = fine;

	(void)state;
	assert_int_equal(why(c), CONSULT_FINE);
	c.hint = AID_WISHED;
	assert_int_equal(why(c), CONSULT_FINE);
	c.hint = AID_NOT_SAID; /* Legal Aid Law 23 */
	assert_int_equal(why(c), CONSULT_AID_NOT_TOLD);
	c = fine;
	c.state = REQUEST_ACCEPTED;
	assert_int_equal(why(c), CONSULT_NOT_ANSWERED);
	c.state = REQUEST_RECEIVED;
	assert_int_equal(why(c), CONSULT_NOT_ACCEPTED);
	c.state = REQUEST_CLOSED;
	assert_int_equal(why(c), CONSULT_NOT_ACCEPTED);
	c = fine;
	c.handover_open = true;
	assert_int_equal(why(c), CONSULT_WAITING);
}

static void
an_outcome_without_service_needs_words_not_an_answer(void **state)
{
	struct consult_closing c = { .state = REQUEST_ACCEPTED, .wants_reason = true };

	(void)state;
	assert_int_equal(why(c), CONSULT_NEEDS_REASON);
	c.has_reason = true;
	assert_int_equal(why(c), CONSULT_FINE);
	c.state = REQUEST_ANSWERED;
	assert_int_equal(why(c), CONSULT_FINE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answered_question_closes),
		cmocka_unit_test(an_outcome_without_service_needs_words_not_an_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
