/* Service teams by profession, their visits, hours that a second person confirms, advisers paired with village officials, ratios. */
#include "app/story_stage.h"

#include "operations/team/team.h"
#include "resources/advisor/advisor.h"
#include "resources/provider/provider_register.h"
#include "standards/region/region.h"

#include <stdio.h>
#include <string.h>

enum { OFFICIAL = 191, AUTHOR, SECOND, ELSEWHERE };

static struct day
on(int month, int day)
{
	struct day d = DAY_NONE;

	assert_int_equal(day_from_ymd((struct ymd){ 2026, month, day }, &d), RC_OK);
	return d;
}

static struct ctx
ctx_of(struct stage *f, int who, struct actor *keep)
{
	struct account a = { .id = { who }, .active = true, .place = { who == ELSEWHERE ? INT64_C(320507000000) : CITY },
		.role = who == AUTHOR ? ROLE_PROVIDER : ROLE_OFFICIAL };

	*keep = identity_actor(&a, STAGE_CITY);
	return ctx_as(f, keep);
}

static struct findings told;

static void
people(struct stage *f)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t rows = 0;

	begin(f);
	told = (struct findings){ .n = 0 };
	assert_int_equal(register_import_bodies(&ctx, idem_key_new(), TEXT("licence,credit,name,kind,sector,welfare,place,phone,valid_from,valid_to\n"
	    "F-0001,,演示一所,law_firm,market,,320506100000,,2010-01-01,\nB-0001,,演示公证处,notary_office,government,,320506100000,,2010-01-01,\n"),
	    &told, &rows), RC_OK);
	assert_int_equal(register_import_persons(&ctx, idem_key_new(), TEXT("firm_licence,licence,name,kind,category,qualification,sector,valid_from,"
	    "valid_to,practice_from,skills,languages,home,room\n"
	    "F-0001,L-0001,演示甲,lawyer,,,market,2015-01-01,2026-07-14,2012-03-01,civil,,,\n"
	    "F-0001,L-0002,演示乙,legal_worker,,,market,2015-01-01,,2012-03-01,civil,,,\n"
	    "B-0001,N-0001,演示丙,notary,,,government,2015-01-01,,2012-03-01,civil,,,\n"
	    "B-0001,J-0001,演示丁,officer,,,government,2015-01-01,,2012-03-01,civil,,,\n"
	    "F-0001,V-0001,演示戊,legal_volunteer,other,,social,2015-01-01,,2012-03-01,,,,\n"), &told, &rows), RC_OK);
	stage_raw(f, "UPDATE provider SET account = 192 WHERE licence = 'L-0001'");
	stage_raw(f, "INSERT INTO mediator (city, id, name, kind, committee, place, categories, account, phone, active, revision)"
	    " VALUES (3205, 77, '演示己', 1, '演示调委会', 320506100000, 0, NULL, '', 1, 1)");
}

static int64_t made;

static enum rc
save(struct stage *f, int who, int kind, int64_t place)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return team_save(&ctx, idem_key_new(), &(struct team_new){ .kind = kind, .name = TEXT("演示便民法律服务团"), .place = { place },
	    .needs = TEAM_OFFICE_NEEDS, .active = true }, &told, &made);
}

static enum rc
join(struct stage *f, const char *licence, int64_t mediator, bool leads)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, OFFICIAL, &a);

	told = (struct findings){ .n = 0 };
	return team_member_add(&ctx, idem_key_new(), &(struct team_join){ made, mediator, text_of(licence), leads, on(6, 1) }, &told);
}

struct looked { struct day day; struct team t; struct team_member m[9]; struct team_visit v[9]; size_t n_m, n_v; };

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct looked *l = argument;
	enum rc rc = team_load(tx, actor, made, l->day, &l->t);

	if (rc == RC_OK)
		rc = team_members(tx, actor, made, l->day, l->m, 9, &l->n_m);
	return rc == RC_OK ? team_visits(tx, actor, made, l->v, 9, &l->n_v) : rc;
}

static struct looked
look_at(struct stage *f, struct day day)
{
	struct looked l = { .day = day };
	struct actor a;
	struct ctx ctx = ctx_of(f, SECOND, &a);

	assert_int_equal(db_read(&ctx, look_tx, &l), RC_OK);
	return l;
}

static void
professions_are_what_the_register_says(void **state)
{
	static const enum team_profession of[PROVIDER_KIND_COUNT] = { [PROVIDER_LAWYER] = TEAM_LAWYER, [PROVIDER_GRASSROOTS] = TEAM_LEGAL_WORKER,
		[PROVIDER_AID_LAWYER] = TEAM_LAWYER, [PROVIDER_VOLUNTEER] = TEAM_HELPER, [PROVIDER_NOTARY] = TEAM_NOTARY,
		[PROVIDER_APPRAISER] = TEAM_APPRAISER, [PROVIDER_OFFICER] = TEAM_OFFICER, [PROVIDER_HELPER] = TEAM_HELPER };

	(void)state;
	for (int k = PROVIDER_LAWYER; k < PROVIDER_KIND_COUNT; k++)
		assert_int_equal(team_profession_of((enum provider_kind)k), of[k]);
	assert_int_equal(team_missing(TEAM_OFFICE_NEEDS, 0), TEAM_OFFICE_NEEDS);
	assert_int_equal(team_missing(TEAM_OFFICE_NEEDS, TEAM_OFFICE_NEEDS | 1u << TEAM_HELPER), 0);
	assert_int_equal(team_missing(TEAM_OFFICE_NEEDS, TEAM_OFFICE_NEEDS & ~(1u << TEAM_NOTARY)), 1u << TEAM_NOTARY);
}

static void
a_team_is_complete_with_every_profession_in_good_standing(void **state)
{
	struct stage *f = *state;
	struct looked l;

	people(f);
	assert_int_equal(save(f, AUTHOR, TEAM_OFFICE, TOWN), RC_NOT_FOUND);
	assert_int_equal(save(f, ELSEWHERE, TEAM_OFFICE, TOWN), RC_NOT_FOUND);
	assert_int_equal(save(f, OFFICIAL, TEAM_OFFICE, VILLAGE), RC_INVALID); /* offices stand at towns */
	assert_int_equal(save(f, OFFICIAL, TEAM_OFFICE, TOWN), RC_OK);
	assert_int_equal(join(f, "L-0001", 0, true), RC_OK);
	assert_int_equal(join(f, "L-0001", 0, false), RC_INVALID);
	assert_int_equal(join(f, "L-0099", 0, false), RC_INVALID);
	assert_int_equal(join(f, "", 78, false), RC_INVALID);
	assert_int_equal(join(f, "N-0001", 77, false), RC_INVALID);
	assert_int_equal(join(f, "N-0001", 0, false), RC_OK);
	assert_int_equal(join(f, "J-0001", 0, true), RC_OK);            /* leads from now on */
	assert_int_equal(look_at(f, on(6, 30)).t.there, TEAM_OFFICE_NEEDS & ~(1u << TEAM_MEDIATOR));
	assert_int_equal(join(f, "", 77, false), RC_OK);
	l = look_at(f, on(7, 14));                                      /* the last day of the lawyer's licence */
	assert_int_equal(team_missing(l.t.needs, l.t.there), 0);
	assert_int_equal(l.n_m, 4);
	assert_true(l.m[0].leads && l.m[0].profession == TEAM_OFFICER && !l.m[1].leads && !l.m[2].leads);
	l = look_at(f, on(7, 15));                                      /* the day after */
	assert_int_equal(team_missing(l.t.needs, l.t.there), 1u << TEAM_LAWYER);
	l = look_at(f, on(5, 31));                                      /* nobody was in it yet */
	assert_int_equal(l.t.there, 0);
	{
		struct actor a;
		struct ctx ctx = ctx_of(f, OFFICIAL, &a);
		int64_t member = stage_int(f, "SELECT id FROM team_member WHERE city = $1 AND mediator = 77");

		assert_int_equal(team_member_end(&ctx, idem_key_new(), made, member), RC_OK);
		assert_int_equal(team_member_end(&ctx, idem_key_new(), made, member), RC_CONFLICT);
	}
	assert_int_equal(look_at(f, on(6, 30)).n_m, 3);
	assert_int_equal(join(f, "", 77, false), RC_OK);
	assert_int_equal(save(f, OFFICIAL, TEAM_OFFICE, TOWN), RC_INVALID); /* one an office */
	assert_int_equal(save(f, OFFICIAL, TEAM_GROUP, CITY), RC_OK);
	assert_int_equal(problems(f), 0);
}

static enum rc
visit(struct stage *f, int64_t place, struct day day)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, OFFICIAL, &a);

	told = (struct findings){ .n = 0 };
	return team_visit_plan(&ctx, idem_key_new(), &(struct visit_new){ made, { place }, day, TEXT("下村咨询") }, &told);
}

static enum rc
write(struct stage *f, int who, int64_t id, unsigned kinds, int64_t minutes, const char *words)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return team_visit_write(&ctx, idem_key_new(), &(struct visit_log){ made, id, kinds, minutes, 12, text_of(words) }, &told);
}

static void
visits_are_planned_and_written_down(void **state)
{
	struct stage *f = *state;
	int64_t past, future;

	people(f);
	assert_int_equal(save(f, OFFICIAL, TEAM_OFFICE, TOWN), RC_OK);
	assert_int_equal(visit(f, OTHER_TOWN, on(6, 30)), RC_INVALID);
	assert_int_equal(visit(f, VILLAGE, on(6, 15)), RC_INVALID);      /* fifteen days ago */
	assert_int_equal(visit(f, VILLAGE, on(6, 16)), RC_OK);
	assert_int_equal(visit(f, VILLAGE, on(7, 1)), RC_OK);
	past = stage_int(f, "SELECT MIN(id) FROM team_visit WHERE city = $1");
	future = stage_int(f, "SELECT MAX(id) FROM team_visit WHERE city = $1");
	assert_int_equal(write(f, AUTHOR, past, 1, 60, ""), RC_NOT_FOUND); /* not one of them */
	assert_int_equal(join(f, "L-0001", 0, false), RC_OK);
	assert_int_equal(write(f, AUTHOR, past, 1, 0, ""), RC_INVALID);
	assert_int_equal(write(f, AUTHOR, past, 1, HOURS_DAY_MINUTES + 1, ""), RC_INVALID);
	assert_int_equal(write(f, AUTHOR, past, 1, HOURS_DAY_MINUTES, ""), RC_OK);
	assert_int_equal(write(f, AUTHOR, past, 1, 60, ""), RC_CONFLICT);
	assert_int_equal(write(f, OFFICIAL, future, 1, 60, ""), RC_INVALID); /* that day has not come */
	assert_int_equal(write(f, OFFICIAL, future, 0, 0, " "), RC_INVALID); /* dropped without a word */
	assert_int_equal(write(f, OFFICIAL, future, 0, 0, "台风"), RC_OK);
	assert_int_equal(look_at(f, on(6, 30)).t.visits, 1);
	assert_int_equal(problems(f), 0);
}

/* ---- hours ------------------------------------------------------------------------------------------------------- */

static enum rc
hours(struct stage *f, int who, const char *licence, int kind, struct day day, int64_t minutes)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return hours_add(&ctx, idem_key_new(), &(struct hours_new){ .licence = text_of(licence), .kind = kind, .minutes = minutes, .day = day,
	    .words = TEXT("值守咨询台") }, &told);
}

static enum rc
confirm(struct stage *f, int who)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	return hours_confirm(&ctx, idem_key_new(), stage_int(f, "SELECT MAX(id) FROM service_hours WHERE city = $1"));
}

struct summed { struct hours_sum v[9]; size_t n; };

static enum rc
summed_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct summed *s = argument;

	return hours_sums(tx, actor, on(1, 1), on(12, 31), s->v, 9, &s->n);
}

static void
hours_count_when_somebody_else_says_so(void **state)
{
	struct stage *f = *state;
	struct summed s = { .n = 0 };
	struct actor a;
	struct ctx ctx;

	people(f);
	assert_int_equal(hours(f, AUTHOR, "", HOURS_PRO_BONO, on(6, 29), 300), RC_OK);
	assert_int_equal(hours(f, AUTHOR, "", HOURS_PRO_BONO, on(6, 29), 421), RC_INVALID); /* twelve hours a day at most */
	assert_int_equal(hours(f, AUTHOR, "", HOURS_PRO_BONO, on(6, 29), 420), RC_OK);
	assert_int_equal(hours(f, AUTHOR, "", HOURS_PRO_BONO, on(7, 1), 10), RC_INVALID);   /* tomorrow */
	assert_int_equal(hours(f, AUTHOR, "", HOURS_PRO_BONO, on(3, 29), 10), RC_INVALID);  /* 93 days ago */
	assert_int_equal(hours(f, AUTHOR, "", HOURS_PRO_BONO, on(3, 30), 10), RC_OK);       /* 92 */
	assert_int_equal(hours(f, AUTHOR, "V-0001", HOURS_VOLUNTEER, on(6, 29), 60), RC_INVALID); /* somebody else's */
	assert_int_equal(hours(f, OFFICIAL, "V-0001", HOURS_PRO_BONO, on(6, 29), 60), RC_INVALID); /* no lawyer */
	assert_int_equal(hours(f, ELSEWHERE, "V-0001", HOURS_VOLUNTEER, on(6, 29), 60), RC_INVALID);
	assert_int_equal(hours(f, OFFICIAL, "", HOURS_VOLUNTEER, on(6, 29), 60), RC_INVALID); /* not in the register */
	ctx = ctx_of(f, SECOND, &a);
	assert_int_equal(db_read(&ctx, summed_tx, &s), RC_OK);
	assert_true(s.n == 1 && s.v[0].minutes == 0 && s.v[0].waiting == 730);
	assert_int_equal(confirm(f, AUTHOR), RC_NOT_FOUND);
	assert_int_equal(confirm(f, ELSEWHERE), RC_NOT_FOUND);
	assert_int_equal(confirm(f, OFFICIAL), RC_OK);
	assert_int_equal(confirm(f, SECOND), RC_CONFLICT);
	assert_int_equal(hours(f, OFFICIAL, "V-0001", HOURS_VOLUNTEER, on(6, 29), 60), RC_OK);
	assert_int_equal(confirm(f, OFFICIAL), RC_FORBIDDEN); /* entered it */
	assert_int_equal(confirm(f, SECOND), RC_OK);
	assert_int_equal(db_read(&ctx, summed_tx, &s), RC_OK);
	assert_true(s.n == 2 && s.v[0].minutes == 60 && s.v[1].minutes == 10 && s.v[1].waiting == 720);
	assert_int_equal(problems(f), 0);
}

/* ---- pairs and ratios ---------------------------------------------------------------------------------------------- */

static enum rc
pair(struct stage *f, int who, const char *licence, struct day from)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return pair_add(&ctx, idem_key_new(), &(struct pair_new){ text_of(licence), TEXT("演示村官"), { VILLAGE }, from }, &told);
}

static enum rc
train(struct stage *f, int who, int64_t id, struct day day)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return pair_train(&ctx, idem_key_new(), id, &(struct training){ 90, day, TEXT("起草村规民约") }, &told);
}

static void
an_adviser_is_paired_where_they_advise(void **state)
{
	struct stage *f = *state;
	struct advisor_contract_new in = { .village = { VILLAGE }, .licence = TEXT("L-0001"), .from = on(6, 1), .to = on(7, 14), .hours = 4,
		.fee = 10000, .duties = 1 };
	struct advisor_signed done;
	struct ctx system = ctx_as(f, &f->system), ctx;
	struct actor a;
	int64_t id;

	people(f);
	assert_int_equal(advisor_sign(&system, idem_key_new(), &in, &told, &done), RC_OK);
	assert_int_equal(pair(f, OFFICIAL, "L-0002", on(6, 1)), RC_INVALID);
	assert_int_equal(pair(f, OFFICIAL, "L-0001", on(5, 31)), RC_INVALID);
	assert_int_equal(pair(f, ELSEWHERE, "L-0001", on(6, 1)), RC_INVALID);
	assert_int_equal(pair(f, OFFICIAL, "L-0001", on(6, 1)), RC_OK);
	assert_int_equal(pair(f, OFFICIAL, "L-0001", on(6, 1)), RC_INVALID); /* already */
	id = stage_int(f, "SELECT id FROM adviser_pair WHERE city = $1");
	assert_int_equal(train(f, AUTHOR, id, on(5, 31)), RC_INVALID);
	assert_int_equal(train(f, AUTHOR, id, on(7, 1)), RC_INVALID);      /* tomorrow */
	assert_int_equal(train(f, AUTHOR, id, on(6, 1)), RC_OK);
	assert_int_equal(train(f, ELSEWHERE, id, on(6, 2)), RC_NOT_FOUND);
	ctx = ctx_of(f, OFFICIAL, &a);
	assert_int_equal(pair_end(&ctx, idem_key_new(), id, on(5, 31), &told), RC_INVALID);
	assert_int_equal(pair_end(&ctx, idem_key_new(), id, on(6, 20), &told), RC_OK);
	assert_int_equal(train(f, AUTHOR, id, on(6, 20)), RC_OK);
	assert_int_equal(train(f, AUTHOR, id, on(6, 21)), RC_INVALID);
	assert_int_equal(stage_int(f, "SELECT SUM(minutes) FROM pair_training WHERE city = $1"), 180);
}

struct ratios { struct day day; struct register_ratio v[20]; size_t n; };

static enum rc
ratios_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct ratios *r = argument;

	return register_ratios(tx, actor, (struct place){ CITY }, r->day, r->v, 20, &r->n);
}

static struct register_ratio
ratio(struct stage *f, struct day day)
{
	struct ratios r = { .day = day };
	struct actor a;
	struct ctx ctx = ctx_of(f, SECOND, &a);

	assert_int_equal(db_read(&ctx, ratios_tx, &r), RC_OK);
	for (size_t i = 0; i < r.n; i++)
		if (r.v[i].county.code == COUNTY)
			return r.v[i];
	fail();
	return r.v[0];
}

static void
a_ratio_wants_numbers_that_are_known(void **state)
{
	struct stage *f = *state;
	struct ctx ctx = ctx_as(f, &f->system);
	struct register_ratio r;

	people(f);
	r = ratio(f, on(7, 14));
	assert_true(r.lawyers == 1 && r.workers == 1 && r.enterprises == -1);
	assert_int_equal(register_per(2, r.enterprises, 1000), -1);
	assert_int_equal(ratio(f, on(7, 15)).lawyers, 0);
	told = (struct findings){ .n = 0 };
	assert_int_equal(register_enterprises_set(&ctx, idem_key_new(), (struct place){ TOWN }, 10, TEXT(" "), &told), RC_INVALID);
	assert_true(findings_of(&told, "county") != NULL && findings_of(&told, "document") != NULL);
	told = (struct findings){ .n = 0 };
	assert_int_equal(register_enterprises_set(&ctx, idem_key_new(), (struct place){ COUNTY }, 800, TEXT("演示年报"), &told), RC_OK);
	assert_int_equal(ratio(f, on(7, 14)).enterprises, 800);
	assert_int_equal(register_per(2, 800, 1000), 250); /* 2.50 */
	assert_int_equal(register_per(2, 0, 1000), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(professions_are_what_the_register_says),
		cmocka_unit_test(a_team_is_complete_with_every_profession_in_good_standing),
		cmocka_unit_test(visits_are_planned_and_written_down),
		cmocka_unit_test(hours_count_when_somebody_else_says_so),
		cmocka_unit_test(an_adviser_is_paired_where_they_advise),
		cmocka_unit_test(a_ratio_wants_numbers_that_are_known),
	};
	int failed = stage_main("story_team", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys); /* nothing here was sealed: the checker for leaks can't see what only guarded memory points to */
	return failed;
}
