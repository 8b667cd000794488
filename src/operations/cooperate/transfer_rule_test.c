/* Article 38 by division codes: both sides of every border. */
#include "operations/cooperate/cooperate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define STATION INT64_C(320506100201)
#define COUNTY_CENTRE INT64_C(320506000000)
#define HOTLINE INT64_C(320500000000)

static void
each_border_has_two_sides(void **state)
{
	static const struct { int64_t here, organ; enum transfer_way way; } v[] = {
		/* the county: first and last code inside, the next on either side */
		{ STATION, INT64_C(320506000000), TRANSFER_STAYS }, { STATION, INT64_C(320506999999), TRANSFER_STAYS },
		{ STATION, INT64_C(320505999999), TRANSFER_COUNTY }, { STATION, INT64_C(320507000000), TRANSFER_COUNTY },
		{ STATION, INT64_C(320506100000), TRANSFER_STAYS }, { STATION, INT64_C(320506101201), TRANSFER_STAYS },
		{ COUNTY_CENTRE, INT64_C(320506100201), TRANSFER_STAYS }, { COUNTY_CENTRE, INT64_C(320507100201), TRANSFER_COUNTY },
		/* the city: first and last county code inside, the next on either side */
		{ STATION, INT64_C(320501000000), TRANSFER_COUNTY }, { STATION, INT64_C(320599999999), TRANSFER_COUNTY },
		{ STATION, INT64_C(320499999999), TRANSFER_OUTSIDE }, { STATION, INT64_C(320600000000), TRANSFER_OUTSIDE },
		{ STATION, INT64_C(320602000000), TRANSFER_OUTSIDE }, { STATION, INT64_C(310104000000), TRANSFER_OUTSIDE },
		/* too coarse to tell */
		{ STATION, INT64_C(320500000000), TRANSFER_UNCLEAR }, { STATION, INT64_C(320000000000), TRANSFER_UNCLEAR },
		{ STATION, INT64_C(330000000000), TRANSFER_OUTSIDE }, { STATION, INT64_C(310000000000), TRANSFER_OUTSIDE },
		{ STATION, 0, TRANSFER_UNCLEAR }, { 0, INT64_C(320600000000), TRANSFER_UNCLEAR },
		/* a point of the whole city belongs to no county */
		{ HOTLINE, INT64_C(320506000000), TRANSFER_COUNTY }, { HOTLINE, INT64_C(320499999999), TRANSFER_OUTSIDE },
		{ HOTLINE, INT64_C(320500000000), TRANSFER_UNCLEAR },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		enum transfer_way way = transfer_judge((struct place){ v[i].here }, (struct place){ v[i].organ });

		if (way != v[i].way)
			fail_msg("%lld from %lld: %d, not %d", (long long)v[i].organ, (long long)v[i].here, (int)way, (int)v[i].way);
	}
}

static void
every_kind_names_its_article(void **state)
{
	(void)state;
	for (int k = TRANSFER_LITIGATION; k < TRANSFER_KIND_COUNT; k++)
		assert_non_null(strstr(transfer_kind_basis((enum transfer_kind)k), "第三十八条"));
	assert_non_null(strstr(transfer_kind_basis(TRANSFER_LITIGATION), "办案机关所在地"));
	assert_non_null(strstr(transfer_kind_basis(TRANSFER_MATTER), "事由发生地"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_border_has_two_sides),
		cmocka_unit_test(every_kind_names_its_article),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
