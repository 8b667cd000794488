#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/crew/crew_pool.h"

#define PARTS 5000

struct tally { atomic_int times[PARTS]; atomic_int at_work[CREW_WORKERS_MAX]; atomic_int faults; unsigned workers; };

static void
part(void *arg, unsigned worker, uint32_t i)
{
	struct tally *t = arg;

	if (worker >= t->workers || atomic_fetch_add(&t->at_work[worker], 1) != 0)
		atomic_fetch_add(&t->faults, 1);
	atomic_fetch_add(&t->times[i], 1);
	atomic_fetch_sub(&t->at_work[worker], 1);
}

static void
check(const struct crew *crew, uint32_t n)
{
	static struct tally t;

	t.workers = crew_workers(crew);
	for (int i = 0; i < PARTS; i++)
		atomic_store(&t.times[i], 0);
	crew_run(crew, part, &t, n);
	for (uint32_t i = 0; i < PARTS; i++)
		assert_int_equal(atomic_load(&t.times[i]), i < n);
	assert_int_equal(atomic_load(&t.faults), 0);
}

static void
every_part_is_done_once(void **state)
{
	static const unsigned sizes[] = { 1, 2, 3, 8, 64, 100, 0 };

	(void)state;
	check(NULL, PARTS);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		const struct crew *crew = crew_pool_start(sizes[i]);

		assert_non_null(crew);
		if (sizes[i] > 0)
			assert_int_equal(crew_workers(crew), sizes[i] < 64 ? sizes[i] : 64);
		check(crew, 0);
		check(crew, 1);
		for (int k = 0; k < 50; k++)
			check(crew, 2 + (uint32_t)k * 97);
		check(crew, PARTS);
		crew_pool_stop(crew);
	}
	crew_pool_stop(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_part_is_done_once) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
