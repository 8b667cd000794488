/* roster_nurse_test: small rosters of nurses against every roster there is; what is read and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/roster/roster_nurse.h"

#define CASES 400

static struct arena *mem, *spare;
static uint64_t dice;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)64 << 20);
	spare = arena_create((size_t)256 << 20);
	return mem == NULL || spare == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	arena_free(spare);
	return 0;
}

static uint32_t
draw(uint32_t below)
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((dice >> 32) * below >> 32);
}

/* Two persons, two shifts, a week around a weekend. */
static void
problem_draw(struct nurse_problem *p)
{
	struct nurse_shift *shift = arena_array(mem, 2, sizeof *shift);
	struct nurse_staff *staff = arena_array(mem, 2, sizeof *staff);
	uint8_t *off;
	int32_t *on, *against;
	struct nurse_cover *cover;

	*p = (struct nurse_problem){ .n_days = 7, .n_shifts = 2, .n_staff = 2, .shift = shift, .staff = staff };
	off = arena_array(mem, 14, sizeof *off);
	on = arena_array(mem, 28, sizeof *on);
	against = arena_array(mem, 28, sizeof *against);
	cover = arena_array(mem, 14, sizeof *cover);
	shift[0] = (struct nurse_shift){ TEXT("E"), 480, 0 };
	shift[1] = (struct nurse_shift){ TEXT("L"), draw(2) == 0 ? 480 : 600, draw(2) };
	for (int i = 0; i < 2; i++) {
		staff[i] = (struct nurse_staff){ TEXT("x"), { draw(6), draw(8) }, 1200 + draw(2400), draw(1600), 1 + draw(5), 1 + draw(3),
			1 + draw(3), draw(2) };
		for (int k = 0; k < 7; k++)
			off[i * 7 + k] = draw(8) == 0;
	}
	for (int k = 0; k < 28; k++) {
		on[k] = draw(4) == 0 ? (int32_t)draw(9) : 0;
		against[k] = draw(4) == 0 ? (int32_t)draw(9) : 0;
	}
	for (int k = 0; k < 14; k++)
		cover[k] = (struct nurse_cover){ (int32_t)draw(3), 20, 1 + (int32_t)draw(3) };
	p->off = off;
	p->wish_on = on;
	p->wish_off = against;
	p->cover = cover;
}

/* The rows of one person that keep the rules, each day in base 3. */
static uint32_t
rows_of(const struct nurse_problem *p, uint32_t i, uint8_t (*ret)[7])
{
	struct nurse_problem alone = *p;
	uint32_t n = 0;

	alone.n_staff = 1;
	alone.staff = p->staff + i;
	alone.off = p->off + i * 7;
	for (uint32_t code = 0; code < 2187; code++) {
		struct nurse_verdict v;
		uint32_t rest = code;

		for (int d = 0; d < 7; d++, rest /= 3)
			ret[n][d] = rest % 3 == 2 ? NURSE_OFF : (uint8_t)(rest % 3);
		nurse_check(&alone, ret[n], &v);
		n += v.n_faults == 0;
	}
	return n;
}

static uint8_t rows_a[2188][7], rows_b[2188][7];

static int64_t
best_of_all(const struct nurse_problem *p)
{
	uint32_t n_a = rows_of(p, 0, rows_a), n_b = rows_of(p, 1, rows_b);
	int64_t best = INT64_MAX;

	for (uint32_t a = 0; a < n_a; a++)
		for (uint32_t b = 0; b < n_b; b++) {
			struct nurse_verdict v;
			uint8_t both[14];

			memcpy(both, rows_a[a], 7);
			memcpy(both + 7, rows_b[b], 7);
			nurse_check(p, both, &v);
			best = v.objective < best ? v.objective : best;
		}
	return best;
}

static void
small_rosters_are_the_best_of_all(void **state)
{
	uint32_t solved = 0, refused = 0;

	(void)state;
	for (int k = 0; k < CASES; k++) {
		struct nurse_problem p;
		struct nurse_answer a;
		struct nurse_verdict v;
		uint32_t stuck, n;
		enum rc rc;

		arena_reset(mem);
		arena_reset(spare);
		dice = (uint64_t)k;
		problem_draw(&p);
		n = rows_of(&p, 0, rows_a) * rows_of(&p, 1, rows_b);
		if (n > 20000)
			continue; /* too many to try */
		rc = nurse_solve(mem, spare, &p, 1, (struct nurse_limits){ 20, 5, 1, 10000000, NULL, NULL }, &a, &stuck);
		if (rc == RC_REFUSED) {
			assert_int_equal(n, 0);
			refused++;
			continue;
		}
		assert_int_equal(rc, RC_OK);
		nurse_check(&p, a.shift, &v);
		assert_int_equal(v.n_faults, 0);
		assert_int_equal(v.objective, a.objective);
		assert_int_equal(a.objective, best_of_all(&p));
		assert_true(a.proven);
		solved++;
	}
	print_message("# %u solved, %u refused\n", solved, refused);
	assert_true(solved > 200 && refused > 10);
}

#define FILE_TEXT "# c\nSECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nL,600,E\n\nSECTION_STAFF\nA,E=7|L=2,2400,480,5,2,2,1\n" \
    "SECTION_DAYS_OFF\nA,3,5\nSECTION_SHIFT_ON_REQUESTS\nA,0,E,4\nSECTION_SHIFT_OFF_REQUESTS\nA,1,L,2\nSECTION_COVER\n0,E,1,100,1\n"

static void
a_file_is_read(void **state)
{
	struct nurse_problem p;
	struct nurse_verdict v;
	uint32_t line;
	uint8_t *roster;

	(void)state;
	arena_reset(mem);
	assert_int_equal(nurse_read(mem, TEXT(FILE_TEXT), &p, &line), RC_OK);
	assert_int_equal(p.n_days, 7);
	assert_int_equal(p.shift[1].blocks, 1);
	assert_int_equal(p.staff[0].shifts_max[1], 2);
	assert_int_equal(p.staff[0].off_min, 2);
	assert_int_equal(p.off[5], 1);
	assert_int_equal(p.wish_on[0], 4);
	assert_int_equal(p.wish_off[3], 2);
	assert_int_equal(p.cover[0].under, 100);
	/* the late shift is against the wish of the second day, and an early one may not follow it */
	assert_int_equal(nurse_read_roster(mem, &p, TEXT("A,0,E\nA,1,L\nA,2,E\n"), &roster, &line), RC_OK);
	nurse_check(&p, roster, &v);
	assert_int_equal(v.n_faults, 1);
	assert_int_equal(v.rule, NURSE_FOLLOWS);
	assert_int_equal(v.objective, 2);
	assert_int_equal(nurse_read_roster(mem, &p, TEXT("A,0,E\nA,0,L\n"), &roster, &line), RC_INVALID);
	assert_int_equal(line, 2);
	assert_int_equal(nurse_read_roster(mem, &p, TEXT("A,7,E\n"), &roster, &line), RC_INVALID);
}

static void
a_broken_file_is_refused_with_its_line(void **state)
{
	static const struct { const char *text; uint32_t line; } cases[] = {
		{ "SECTION_HORIZON\n0\n", 2 }, { "SECTION_HORIZON\n372\n", 2 }, { "SECTION_NEWS\n", 1 }, { "7\n", 1 },
		{ "SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,0,\n", 4 }, { "SECTION_SHIFTS\nE,480,\nSECTION_STAFF\nA,E=7,1,1,1,1,1,1\n", 4 },
		{ "SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,Q\nSECTION_STAFF\nA,E=7,1,1,1,1,1,1\n", 6 },
		{ "SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\nA,E=7,1,1,1,1,1\n", 6 },
	};

	(void)state;
	for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
		struct nurse_problem p;
		uint32_t line;

		arena_reset(mem);
		assert_int_equal(nurse_read(mem, text_of(cases[k].text), &p, &line), RC_INVALID);
		assert_int_equal(line, cases[k].line);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_rosters_are_the_best_of_all),
		cmocka_unit_test(a_file_is_read),
		cmocka_unit_test(a_broken_file_is_refused_with_its_line),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
