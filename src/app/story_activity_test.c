/* Activities with names: on which days they are held, what is refused, and where they are told. */
#include "app/story_stage.h"

#include "resources/activity/activity.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#include <string.h>

#define SHOWN 10

static struct day
on(int month, int day)
{
	struct day d = DAY_NONE;

	assert_int_equal(day_from_ymd((struct ymd){ 2026, month, day }, &d), RC_OK);
	return d;
}

static struct activity
market(void)
{
	return (struct activity){ .county = { COUNTY }, .kind = ACTIVITY_MARKET, .name = TEXT("逢四集市"), .name_en = TEXT(""), .words = TEXT(""),
		.rule = { 1u << 4, 0, 0 }, .rest = true, .from = on(7, 1), .to = DAY_NONE, .stop = { { { VILLAGE }, 540, 690 } }, .n_stops = 1 };
}

static void
days_of_a_month(void **state)
{
	struct stage *f = *state;
	struct activity a = market();

	begin(f);
	/* the 4th of July 2026 is a Saturday */
	assert_int_equal(activity_days(&a, 202607, holidays_current()), 1u << 3 | 1u << 13 | 1u << 23);
	a.rest = false;
	assert_int_equal(activity_days(&a, 202607, holidays_current()), 1u << 13 | 1u << 23);
	a.from = on(7, 15);
	assert_int_equal(activity_days(&a, 202607, holidays_current()), 1u << 23);
	a.from = on(7, 24);
	a.to = on(7, 24);
	assert_int_equal(activity_days(&a, 202607, holidays_current()), 1u << 23); /* first and last day count */
	a.from = on(7, 25);
	a.to = DAY_NONE;
	assert_int_equal(activity_days(&a, 202607, holidays_current()), 0);
	a = market();
	a.rule = (struct roster_recurring){ 0, 1u << 2, 1u << 1 };                   /* the second Wednesday */
	assert_int_equal(activity_days(&a, 202607, holidays_current()), 1u << 7);
	assert_int_equal(activity_days(&a, 202613, holidays_current()), 0);
}

static struct findings told;

static enum rc
save(struct stage *f, int who, const struct activity *a)
{
	struct actor actor = who == 0 ? f->system : as(who);
	struct ctx ctx = ctx_as(f, &actor);

	told = (struct findings){ .n = 0 };
	return activity_save(&ctx, idem_key_new(), a, &told);
}

struct list { struct place at; bool county; struct activity v[SHOWN]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list *l = argument;

	return l->county ? activity_list(tx, actor, l->at, on(7, 1), l->v, SHOWN, &l->n) : activity_at(tx, actor, l->at, on(7, 1), l->v, SHOWN, &l->n);
}

static struct list
listed(struct stage *f, int64_t at, bool county)
{
	struct actor anybody = { .kind = ACTOR_ANONYMOUS, .city = STAGE_CITY };
	struct list l = { .at = { at }, .county = county };
	struct actor chief = as(CHIEF);
	struct ctx ctx = ctx_as(f, county ? &chief : &anybody);

	assert_int_equal(db_read(&ctx, list_tx, &l), RC_OK);
	return l;
}

static void
kept_shown_and_refused(void **state)
{
	struct stage *f = *state;
	struct activity a = market();
	const struct division *town[3];
	struct list l;
	int64_t other;

	begin(f);
	assert_true(region_list((struct place){ COUNTY }, PLACE_TOWN, on(7, 1), town, 3) >= 3);
	other = town[town[0]->place.code == TOWN ? 1 : 0]->place.code;
	assert_int_equal(save(f, DIRECTOR, &a), RC_NOT_FOUND); /* of a town */
	assert_int_equal(save(f, CLERK, &a), RC_NOT_FOUND);
	assert_int_equal(save(f, CHIEF, &a), RC_OK);
	l = listed(f, VILLAGE, false);
	assert_int_equal(l.n, 1);
	assert_true(l.v[0].n_stops == 1 && l.v[0].stop[0].opens == 540 && l.v[0].revision == 1);
	assert_int_equal(listed(f, other, false).n, 0);
	/* a round with two stops; one of them a town: all its villages are told */
	a.kind = ACTIVITY_ROUND;
	a.name = TEXT("法律服务车");
	a.stop[0] = (struct activity_stop){ { TOWN }, 540, 600 };
	a.stop[1] = (struct activity_stop){ { other }, 600, 720 };
	a.n_stops = 2;
	if (save(f, CHIEF, &a) != RC_OK)
		fail_msg("%s: %s %lld", told.v[0].field, told.v[0].message, (long long)told.v[0].bound);
	assert_int_equal(listed(f, VILLAGE, false).n, 2);
	assert_int_equal(listed(f, other, false).n, 1);
	assert_int_equal(listed(f, COUNTY, true).n, 2);
	/* changed once, the second time it has been changed */
	a = listed(f, VILLAGE, false).v[0];
	a.to = on(6, 30);
	assert_int_equal(save(f, CHIEF, &a), RC_INVALID);
	assert_string_equal(told.v[0].field, "to");
	a.to = on(7, 1);
	assert_int_equal(save(f, CHIEF, &a), RC_OK);
	assert_int_equal(save(f, CHIEF, &a), RC_CONFLICT);
	assert_int_equal(problems(f), 0);
}

static void
each_fault_has_its_finding(void **state)
{
	struct stage *f = *state;
	struct activity bad[9];
	static const char *const fields[] = { "name", "kind", "ends_in", "ends_in", "from", "stops", "stops", "stops", "stops" };

	begin(f);
	for (size_t i = 0; i < 9; i++)
		bad[i] = market();
	bad[0].name = TEXT(" ");
	bad[1].kind = ACTIVITY_KINDS;
	bad[2].rule = (struct roster_recurring){ 0, 0, 0 };
	bad[3].rule = (struct roster_recurring){ 1, 0, 1 };          /* the how-many-th of what? */
	bad[4].from = DAY_NONE;
	bad[5].n_stops = 0;
	bad[6].stop[0].closes = 540;
	bad[7].stop[0].place.code = INT64_C(320507001001);           /* another county */
	bad[8].n_stops = 2;                                           /* only a round has several */
	bad[8].stop[1] = (struct activity_stop){ { VILLAGE }, 700, 800 };
	for (size_t i = 0; i < 9; i++) {
		assert_int_equal(save(f, CHIEF, &bad[i]), RC_INVALID);
		if (told.n != 1 || strcmp(told.v[0].field, fields[i]) != 0)
			fail_msg("row %zu: %s", i, told.n > 0 ? told.v[0].field : "none");
	}
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM activity WHERE city = $1"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_of_a_month),
		cmocka_unit_test(kept_shown_and_refused),
		cmocka_unit_test(each_fault_has_its_finding),
	};
	int failed = stage_main("story_activity", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
