/* Advisers of villages: one a village at a time, who may and for how long, absences that end it, a year's plan that a
 * second person approves; tables with findings by line; what verify finds. */
#include "app/story_stage.h"

#include "resources/advisor/advisor_plan.h"
#include "standards/region/region.h"

#include <stdio.h>
#include <string.h>

#define NEXT_VILLAGE INT64_C(320506100202)
#define OTHER_COUNTY INT64_C(320507000000)

enum { OFFICIAL = 181, SECOND, COUNTY_OFFICIAL, OTHER_OFFICIAL };

static struct day
on(int year, int month, int day)
{
	struct day d = DAY_NONE;

	assert_int_equal(day_from_ymd((struct ymd){ year, month, day }, &d), RC_OK);
	return d;
}

static struct ctx
ctx_of(struct stage *f, int who, struct actor *keep)
{
	struct account a = { .id = { who }, .role = ROLE_OFFICIAL, .active = true,
		.place = { who == COUNTY_OFFICIAL ? COUNTY : who == OTHER_OFFICIAL ? OTHER_COUNTY : CITY } };

	*keep = who == 0 ? f->system : who < OFFICIAL ? as(who) : identity_actor(&a, STAGE_CITY);
	return ctx_as(f, keep);
}

/* Two lawyers, a legal worker, a volunteer; a licence that ends at midsummer. */
static void
people(struct stage *f)
{
	static const char csv[] = "firm_licence,firm_kind,firm_name,place,firm_phone,licence,name,kind,valid_from,valid_to,practice_from,skills\n"
	    "F-0001,law_firm,演示一所,320506100000,19900000001,L-0001,演示甲,lawyer,2015-01-01,,2012-03-01,civil\n"
	    "F-0001,law_firm,演示一所,320506100000,19900000001,L-0002,演示乙,lawyer,2015-01-01,2027-06-30,2012-03-01,civil\n"
	    "F-0002,grassroots,演示法律服务所,320506101000,19900000002,L-0003,演示丙,legal_worker,2015-01-01,,2012-03-01,civil\n"
	    "F-0002,grassroots,演示法律服务所,320506101000,19900000002,L-0004,演示丁,volunteer,2015-01-01,,2012-03-01,civil\n";
	static const char seats[] = "licence,home,dialect,room\nL-0001,,1,3\nL-0002,320506100201,0,3\nL-0003,,1,400\n";
	struct ctx ctx = ctx_as(f, &f->system);
	struct findings findings = { .n = 0 };
	char sql[400];
	int64_t rows = 0;

	assert_int_equal(provider_import(&ctx, idem_key_new(), text_of(csv), &findings, &rows), RC_OK);
	assert_int_equal(advisor_import_seats(&ctx, idem_key_new(), text_of(seats), &findings, &rows), RC_INVALID);
	assert_int_equal(findings.total, 1);
	assert_int_equal(findings.v[0].line, 4);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM advisor WHERE city = $1"), 0);
	findings = (struct findings){ .n = 0 };
	assert_int_equal(advisor_import_seats(&ctx, idem_key_new(), TEXT("licence,home,dialect,room\nL-0001,,1,3\nL-0002,320506100201,0,3\n"
	    "L-0003,,1,60\n"), &findings, &rows), RC_OK);
	assert_int_equal(rows, 3);
	for (int id = OFFICIAL; id <= OTHER_OFFICIAL; id++) {
		snprintf(sql, sizeof sql, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active,"
		    " open_load, capacity, created_ms, revision) VALUES (3205, %d, 'o%d', 'o%d', '', %d, %lld, NULL, '', 1, 0, 0, 1, 1)",
		    id, id, id, (int)ROLE_OFFICIAL, (long long)CITY);
		stage_raw(f, sql);
	}
}

static struct advisor_contract_new
year_of(int64_t village, const char *licence)
{
	return (struct advisor_contract_new){ .village = { village }, .licence = text_of(licence), .from = on(2026, 1, 1),
		.to = on(2026, 12, 31), .hours = 8, .fee = 10000, .duties = 3 };
}

static struct advisor_signed last;

static enum rc
sign(struct stage *f, int who, const struct advisor_contract_new *in, const char *field)
{
	struct findings findings = { .n = 0 };
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);
	enum rc rc = advisor_sign(&ctx, idem_key_new(), in, &findings, &last);

	if (rc == RC_INVALID) {
		assert_non_null(field);
		assert_non_null(findings_of(&findings, field));
	}
	return rc;
}

static void
one_village_one_adviser(void **state)
{
	struct stage *f = *state;
	struct advisor_contract_new in = year_of(VILLAGE, "L-0001");

	begin(f);
	people(f);
	assert_int_equal(sign(f, CHIEF, &in, NULL), RC_FORBIDDEN);
	assert_int_equal(sign(f, OTHER_OFFICIAL, &in, "village"), RC_INVALID);
	assert_int_equal(sign(f, COUNTY_OFFICIAL, &in, NULL), RC_OK);
	assert_int_equal(last.villages, 1);
	assert_int_equal(last.most, 5);
	/* the last day of it, and the day after */
	in.licence = TEXT("L-0003");
	in.from = in.to = on(2026, 12, 31);
	assert_int_equal(sign(f, OFFICIAL, &in, "village"), RC_INVALID);
	in.from = in.to = on(2027, 1, 1);
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	in.from = in.to = on(2025, 12, 31);
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	in.to = on(2026, 1, 1);
	assert_int_equal(sign(f, OFFICIAL, &in, "village"), RC_INVALID);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE advisor_contract SET from_day = from_day - 1 WHERE place = 320506100201 AND from_day = 20819");
	assert_int_equal(problems(f), 1); /* one check, two contracts */
}

static void
who_may_be_one(void **state)
{
	struct stage *f = *state;
	struct advisor_contract_new in = year_of(VILLAGE, "L-0002");

	begin(f);
	people(f);
	/* the last day of the licence still counts, the next does not */
	in.from = on(2026, 7, 1);
	in.to = on(2027, 7, 1);
	assert_int_equal(sign(f, OFFICIAL, &in, "licence"), RC_INVALID);
	in.to = on(2027, 6, 30);
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	in = year_of(NEXT_VILLAGE, "L-0004");
	assert_int_equal(sign(f, OFFICIAL, &in, "licence"), RC_INVALID);
	in.licence = TEXT("L-0009");
	assert_int_equal(sign(f, OFFICIAL, &in, "licence"), RC_INVALID);
	in = year_of(NEXT_VILLAGE, "L-0001");
	in.from = on(2014, 12, 31);
	in.to = on(2015, 2, 1);
	assert_int_equal(sign(f, OFFICIAL, &in, "licence"), RC_INVALID);
	in = year_of(NEXT_VILLAGE, "L-0001");
	in.fee = 9999;
	assert_int_equal(sign(f, OFFICIAL, &in, "fee"), RC_INVALID);
	in.fee = 10000;
	in.hours = 0;
	assert_int_equal(sign(f, OFFICIAL, &in, "hours"), RC_INVALID);
	in.hours = 1;
	in.to = day_add(in.from, ADVISOR_TERM_DAYS_MAX);
	assert_int_equal(sign(f, OFFICIAL, &in, "to"), RC_INVALID);
	in.to = day_add(in.from, -1);
	assert_int_equal(sign(f, OFFICIAL, &in, "to"), RC_INVALID);
	in.to = on(2026, 12, 31);
	in.village.code = TOWN;
	assert_int_equal(sign(f, OFFICIAL, &in, "village"), RC_INVALID);
	in.village.code = NEXT_VILLAGE;
	{
		struct findings findings = { .n = 0 };
		struct actor a;
		struct ctx ctx = ctx_of(f, OFFICIAL, &a);
		struct advisor_ruled_out out = { .licence = TEXT("L-0001"), .village = { NEXT_VILLAGE } };

		assert_int_equal(advisor_conflict(&ctx, idem_key_new(), &out, &findings), RC_INVALID);
		findings = (struct findings){ .n = 0 };
		out.reason = TEXT("代理过对方");
		assert_int_equal(advisor_conflict(&ctx, idem_key_new(), &out, &findings), RC_OK);
	}
	assert_int_equal(sign(f, OFFICIAL, &in, "licence"), RC_INVALID);
	in.licence = TEXT("L-0003");
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE provider SET kind = 4 WHERE licence = 'L-0003'");
	assert_int_equal(problems(f), 1);
}

/* ---- absences, the end, a substitute, the next term ------------------------------------------------------- */

struct look_at { struct place village; struct day day; int64_t id; struct advisor_contract c; struct advisor_public p; enum rc pub; };

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct look_at *l = argument;

	l->pub = advisor_public(tx, actor, l->village, l->day, &l->p);
	return l->id == 0 ? RC_OK : advisor_load(tx, actor, l->id, &l->c);
}

static struct look_at
look_at(struct stage *f, int64_t id, int64_t village, struct day day)
{
	struct look_at l = { .village = { village }, .day = day, .id = id };
	struct actor a;
	struct ctx ctx = ctx_of(f, OFFICIAL, &a);

	assert_int_equal(db_read(&ctx, look_tx, &l), RC_OK);
	return l;
}

static enum rc
absent(struct stage *f, int64_t contract, struct day day, bool excused)
{
	struct findings findings = { .n = 0 };
	struct actor a;
	struct ctx ctx = ctx_of(f, COUNTY_OFFICIAL, &a);

	return advisor_note_absence(&ctx, idem_key_new(), &(struct advisor_absent){ .contract = contract, .day = day, .excused = excused },
	    &findings);
}

static enum rc
end(struct stage *f, int64_t contract, enum advisor_end why, struct day day, const char *field)
{
	struct findings findings = { .n = 0 };
	struct actor a;
	struct ctx ctx = ctx_of(f, COUNTY_OFFICIAL, &a);
	struct look_at l = look_at(f, contract, VILLAGE, day);
	enum rc rc = advisor_end(&ctx, idem_key_new(), &(struct advisor_ending){ .contract = contract, .revision = l.c.revision,
	    .why = (int)why, .last = day }, &findings);

	if (rc == RC_INVALID)
		assert_non_null(findings_of(&findings, field));
	return rc;
}

static enum rc
stand_in(struct stage *f, int64_t contract, const char *licence, struct day from, struct day to)
{
	struct findings findings = { .n = 0 };
	struct actor a;
	struct ctx ctx = ctx_of(f, OFFICIAL, &a);

	return advisor_substitute(&ctx, idem_key_new(), &(struct advisor_stand_in){ .contract = contract, .licence = text_of(licence),
	    .reason = TEXT("休假"), .from = from, .to = to }, &findings);
}

static void
absences_end_it(void **state)
{
	struct stage *f = *state;
	struct advisor_contract_new in = year_of(VILLAGE, "L-0001");
	struct look_at l;
	int64_t id;

	begin(f);
	people(f);
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	id = last.id;
	assert_int_equal(absent(f, id, on(2025, 12, 31), false), RC_INVALID);
	assert_int_equal(absent(f, id, on(2026, 1, 1), false), RC_OK);
	assert_int_equal(absent(f, id, on(2026, 1, 1), false), RC_INVALID);
	assert_int_equal(absent(f, id, on(2026, 7, 1), false), RC_INVALID); /* tomorrow */
	assert_int_equal(absent(f, id, on(2026, 6, 30), false), RC_OK);
	assert_int_equal(absent(f, id, on(2026, 6, 29), true), RC_OK);
	assert_int_equal(end(f, id, ADVISOR_END_ABSENT, on(2026, 6, 30), "why"), RC_INVALID);
	assert_int_equal(absent(f, id, on(2026, 5, 4), false), RC_OK);
	assert_int_equal(end(f, id, ADVISOR_END_OTHER, on(2026, 6, 30), "note"), RC_INVALID);
	assert_int_equal(end(f, id, ADVISOR_END_ABSENT, on(2026, 12, 31), "last"), RC_INVALID);
	/* somebody stands in, but not for themselves, nor past the licence, nor two at once */
	assert_int_equal(stand_in(f, id, "L-0001", on(2026, 3, 1), on(2026, 3, 9)), RC_INVALID);
	assert_int_equal(stand_in(f, id, "L-0002", on(2026, 3, 1), on(2026, 3, 9)), RC_OK);
	assert_int_equal(stand_in(f, id, "L-0003", on(2026, 3, 9), on(2026, 3, 10)), RC_INVALID);
	assert_int_equal(stand_in(f, id, "L-0003", on(2026, 3, 10), on(2026, 3, 10)), RC_OK);
	assert_int_equal(stand_in(f, id, "L-0003", on(2026, 12, 31), on(2027, 1, 1)), RC_INVALID);
	l = look_at(f, id, VILLAGE, on(2026, 3, 9));
	assert_true(l.p.substitute && text_equals(l.p.name, TEXT("演示乙")));
	l = look_at(f, id, VILLAGE, on(2026, 3, 11));
	assert_true(!l.p.substitute && text_equals(l.p.name, TEXT("演示甲")));
	assert_int_equal(end(f, id, ADVISOR_END_ABSENT, on(2026, 6, 30), ""), RC_OK);
	assert_int_equal(end(f, id, ADVISOR_END_AGREED, on(2026, 6, 1), ""), RC_CONFLICT);
	assert_int_equal(look_at(f, id, VILLAGE, on(2026, 6, 30)).pub, RC_OK);
	assert_int_equal(look_at(f, id, VILLAGE, on(2026, 7, 1)).pub, RC_NOT_FOUND);
	assert_int_equal(problems(f), 0);
	/* the village is free from the next day on */
	in = year_of(VILLAGE, "L-0003");
	in.from = on(2026, 6, 30);
	assert_int_equal(sign(f, OFFICIAL, &in, "village"), RC_INVALID);
	in.from = on(2026, 7, 1);
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	stage_raw(f, "DELETE FROM advisor_absence WHERE city = 3205 AND excused = 0 AND day = (SELECT MIN(day) FROM advisor_absence)");
	assert_int_equal(problems(f), 1);
}

static void
the_next_term(void **state)
{
	struct stage *f = *state;
	struct advisor_contract_new in = year_of(VILLAGE, "L-0001");
	struct findings findings = { .n = 0 };
	struct advisor_signed made = { .id = 0 };
	struct actor a;
	struct ctx ctx;
	struct look_at l;

	begin(f);
	people(f);
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	ctx = ctx_of(f, OFFICIAL, &a);
	assert_int_equal(advisor_renew(&ctx, idem_key_new(), last.id, &findings, &made), RC_OK);
	l = look_at(f, made.id, VILLAGE, on(2027, 5, 5));
	assert_int_equal(l.c.term.from.n, on(2027, 1, 1).n);
	assert_int_equal(l.c.term.to.n, on(2027, 12, 31).n);
	assert_int_equal(l.c.renews, last.id);
	assert_int_equal(l.c.fee, 1000000);
	assert_int_equal(advisor_renew(&ctx, idem_key_new(), last.id, &findings, &made), RC_INVALID);
	/* a licence that ends before the next term does is no renewal */
	in = year_of(NEXT_VILLAGE, "L-0002");
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	findings = (struct findings){ .n = 0 };
	assert_int_equal(advisor_renew(&ctx, idem_key_new(), last.id, &findings, &made), RC_INVALID);
	assert_non_null(findings_of(&findings, "licence"));
	assert_int_equal(problems(f), 0);
}

/* ---- tables --------------------------------------------------------------------------------------------------- */

static void
a_table_is_taken_whole_or_not(void **state)
{
	struct stage *f = *state;
	struct findings findings = { .n = 0 };
	struct actor a;
	struct ctx ctx;
	int64_t rows = 0;

	begin(f);
	people(f);
	ctx = ctx_of(f, OFFICIAL, &a);
	assert_int_equal(advisor_import(&ctx, idem_key_new(), TEXT("village,licence,from,to,hours,fee,duties\n"
	    "320506100201,L-0001,2026-01-01,2026-12-31,8,12000,\"advice,lecture\"\n"
	    "320506100201,L-0003,2026-12-31,2027-12-30,8,12000,advice\n"
	    "320506100202,L-0004,2026-01-01,2026-12-31,8,12000,\n"
	    "320506100202,L-0001,2026-01-01,2026-12-31,8,900,\n"), &findings, &rows), RC_INVALID);
	assert_int_equal(findings.total, 3);
	assert_int_equal(findings.v[0].line, 3);
	assert_string_equal(findings.v[0].field, "village");
	assert_int_equal(findings.v[1].line, 4);
	assert_string_equal(findings.v[1].field, "licence");
	assert_int_equal(findings.v[2].line, 5);
	assert_string_equal(findings.v[2].field, "fee");
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM advisor_contract WHERE city = $1"), 0);
	findings = (struct findings){ .n = 0 };
	assert_int_equal(advisor_import(&ctx, idem_key_new(), TEXT("village,licence,from,to,hours,fee,duties\n"
	    "320506100201,L-0001,2026-01-01,2026-12-31,8,12000,\"advice,lecture\"\n"
	    "320506100201,L-0003,2027-01-01,2027-12-31,8,12000,advice\n"), &findings, &rows), RC_OK);
	assert_int_equal(rows, 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM advisor_contract WHERE city = $1"), 2);
	assert_int_equal(problems(f), 0);
}

/* ---- a year's plan ------------------------------------------------------------------------------------------------ */

static enum rc
plan(struct stage *f, int who, int64_t place, int64_t change, int64_t *ret)
{
	struct findings findings = { .n = 0 };
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	return advisor_plan_make(&ctx, idem_key_new(), &(struct advisor_plan_new){ .name = TEXT("明年"), .place = { place },
	    .from = on(2027, 1, 1), .to = on(2027, 12, 31), .price_change = change, .price_dialect = 20, .price_load = 5, .hours = 8,
	    .fee = 12000, .duties = 7 }, &findings, ret);
}

static enum rc
decide(struct stage *f, int who, int64_t id, bool approve)
{
	struct findings findings = { .n = 0 };
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	return advisor_plan_decide(&ctx, idem_key_new(), id, approve, &findings);
}

/* Another town of the county with villages. */
static int64_t
other_town(void)
{
	const struct division *v[60];
	size_t n = region_list((struct place){ COUNTY }, PLACE_TOWN, on(2027, 1, 1), v, 60);

	for (size_t i = 0; i < n && i < 60; i++)
		if (v[i]->place.code != TOWN && region_count(v[i]->place, PLACE_VILLAGE, on(2027, 1, 1)) > 3)
			return v[i]->place.code;
	fail();
	return 0;
}

struct plan_look { int64_t id, other; struct advisor_plan p; struct advisor_plan_row row[200]; struct advisor_plan_other o[200];
	struct advisor_claim c[20]; size_t n, n_o, n_c; int64_t all; };

static enum rc
plan_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct plan_look *l = argument;
	enum rc rc = advisor_plan_load(tx, actor, l->id, &l->p);

	if (rc == RC_OK)
		rc = advisor_plan_rows(tx, actor, l->id, (struct place){ 0 }, l->row, 200, &l->n);
	if (rc == RC_OK)
		rc = advisor_plan_claims(tx, actor, l->id, l->c, 20, &l->n_c);
	return rc == RC_OK && l->other != 0 ? advisor_plan_differs(tx, actor, l->id, l->other, l->o, 200, &l->n_o, &l->all) : rc;
}

static void
plan_look(struct stage *f, int64_t id, int64_t other, struct plan_look *ret)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, OFFICIAL, &a);

	*ret = (struct plan_look){ .id = id, .other = other };
	assert_int_equal(db_read(&ctx, plan_tx, ret), RC_OK);
}

static void
a_year_is_planned_and_approved(void **state)
{
	struct stage *f = *state;
	struct advisor_contract_new in = year_of(VILLAGE, "L-0002");
	static struct plan_look l;
	int64_t id = 0, other = 0, elsewhere = 0, had = 0;

	begin(f);
	people(f);
	in.from = on(2026, 7, 1);
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	assert_int_equal(plan(f, OTHER_OFFICIAL, TOWN, 30, &id), RC_INVALID);
	assert_int_equal(plan(f, COUNTY_OFFICIAL, TOWN, 30, &id), RC_OK);
	plan_look(f, id, 0, &l);
	/* the licence that ends at midsummer can't have a year; of 63 places the others have, nobody beyond */
	assert_int_equal(l.p.villages, (int64_t)region_count((struct place){ TOWN }, PLACE_VILLAGE, on(2027, 1, 1)));
	assert_int_equal(l.p.opened, 0);
	assert_int_equal(l.p.objective, l.p.bound);
	for (size_t i = 0; i < l.n; i++)
		had += l.row[i].before != 0 && l.row[i].before != l.row[i].provider;
	assert_int_equal(l.p.changed, had);
	assert_int_equal(had, 1);
	assert_int_equal(l.p.advisers, 2);
	/* why: each with what the whole would cost more; the one that was chosen nothing */
	{
		static struct advisor_reasons r;
		struct actor a;
		struct ctx ctx = ctx_of(f, OFFICIAL, &a);

		assert_int_equal(advisor_plan_why(&ctx, id, (struct place){ VILLAGE }, &r), RC_OK);
		assert_int_equal(r.able, 2);
		assert_int_equal(r.n, 2);
		assert_true(r.v[0].more == 0 && r.v[1].more >= 0);
		for (size_t i = 0; i < l.n; i++)
			if (l.row[i].village.code == VILLAGE && l.row[i].provider == r.v[1].provider)
				assert_int_equal(r.v[1].more, 0);
		assert_int_equal(advisor_plan_why(&ctx, id, (struct place){ TOWN }, &r), RC_NOT_FOUND);
	}
	/* another plan of the same villages; and the next town claims the same people */
	assert_int_equal(plan(f, COUNTY_OFFICIAL, TOWN, 0, &other), RC_OK);
	assert_int_equal(plan(f, COUNTY_OFFICIAL, other_town(), 0, &elsewhere), RC_OK);
	plan_look(f, other, id, &l);
	assert_int_equal(l.n_o, (size_t)l.all);
	assert_true(l.n_c >= 1);
	assert_true(l.c[0].here + l.c[0].there > l.c[0].room);
	assert_int_equal(l.c[0].place.code, other_town());
	/* not by its author; then once; then the other no longer fits */
	assert_int_equal(decide(f, COUNTY_OFFICIAL, id, true), RC_FORBIDDEN);
	assert_int_equal(decide(f, OTHER_OFFICIAL, id, true), RC_NOT_FOUND);
	assert_int_equal(decide(f, SECOND, id, true), RC_OK);
	assert_int_equal(decide(f, SECOND, id, true), RC_CONFLICT);
	{
		static struct advisor_reasons r;
		struct actor a;
		struct ctx ctx = ctx_of(f, OFFICIAL, &a);

		assert_int_equal(advisor_plan_why(&ctx, id, (struct place){ VILLAGE }, &r), RC_CONFLICT);
		assert_int_equal(advisor_plan_why(&ctx, elsewhere, (struct place){ VILLAGE }, &r), RC_CONFLICT); /* others' contracts since */
	}
	assert_int_equal(decide(f, SECOND, other, true), RC_INVALID);
	assert_int_equal(decide(f, SECOND, elsewhere, true), RC_INVALID); /* over somebody's room */
	plan_look(f, elsewhere, 0, &l);
	assert_true(l.n_c >= 1 && text_is_empty(l.c[l.n_c - 1].plan) && l.c[l.n_c - 1].here + l.c[l.n_c - 1].there > l.c[l.n_c - 1].room);
	assert_int_equal(decide(f, COUNTY_OFFICIAL, other, false), RC_OK);
	plan_look(f, id, 0, &l);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM advisor_contract WHERE city = $1 AND plan IS NOT NULL"), l.p.villages);
	assert_int_equal(plan(f, COUNTY_OFFICIAL, TOWN, 0, &other), RC_INVALID); /* nobody is without one */
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE advisor_plan SET minutes = minutes + 1 WHERE state = 20");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "UPDATE advisor_plan SET minutes = minutes - 1, decided_by = account WHERE state = 20");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "UPDATE advisor_plan SET decided_by = 182 WHERE state = 20");
	stage_raw(f, "DELETE FROM advisor_contract WHERE plan IS NOT NULL AND place = 320506100201");
	assert_int_equal(problems(f), 1);
}

/* Each fault on its own is one check's, and gone again when it is put right. */
static void
verify_sees_each_fault(void **state)
{
	static const struct { const char *wrong, *right; } faults[] = {
		{ "UPDATE advisor_contract SET last_day = last_day - 1", "UPDATE advisor_contract SET last_day = last_day + 1" },
		{ "UPDATE advisor_contract SET place = place + 777", "UPDATE advisor_contract SET place = place - 777" },
		{ "UPDATE advisor_absence SET day = day - 400", "UPDATE advisor_absence SET day = day + 400" },
		{ "UPDATE advisor_substitute SET provider = (SELECT MAX(provider) FROM advisor_contract)",
		  "UPDATE advisor_substitute SET provider = (SELECT id FROM provider WHERE licence = 'L-0003')" },
		{ "UPDATE advisor_substitute SET to_day = to_day + 400", "UPDATE advisor_substitute SET to_day = to_day - 400" },
		{ "INSERT INTO advisor_conflict (city, provider, place, reason, account, at_ms) SELECT city, provider, place, 'x', 1, 0"
		  " FROM advisor_contract", "DELETE FROM advisor_conflict" },
		{ "UPDATE advisor_plan SET bound = bound + 1", "UPDATE advisor_plan SET bound = bound - 1" },
		{ "UPDATE advisor_plan SET state = 30", "UPDATE advisor_plan SET state = 10" },
	};
	struct stage *f = *state;
	struct advisor_contract_new in = year_of(VILLAGE, "L-0001");
	int64_t id = 0;

	begin(f);
	people(f);
	assert_int_equal(sign(f, OFFICIAL, &in, NULL), RC_OK);
	assert_int_equal(absent(f, last.id, on(2026, 6, 29), true), RC_OK);
	assert_int_equal(stand_in(f, last.id, "L-0003", on(2026, 6, 29), on(2026, 6, 29)), RC_OK);
	assert_int_equal(plan(f, COUNTY_OFFICIAL, TOWN, 30, &id), RC_OK);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].wrong);
		assert_int_equal(problems(f), 1);
		stage_raw(f, faults[i].right);
		assert_int_equal(problems(f), 0);
	}
}

/* Whatever call to the database fails, a plan's contracts are there all or not at all. */
static void
failures_leave_nothing_half(void **state)
{
	struct stage *f = *state;
	int64_t id = 0, made;
	enum rc rc = RC_UNAVAILABLE;

	begin(f);
	people(f);
	assert_int_equal(plan(f, COUNTY_OFFICIAL, TOWN, 30, &id), RC_OK);
	for (int64_t n = 1; rc != RC_OK && n < 400; n += n < 12 ? 1 : 7) {
		db_fail_after(f->db, n);
		rc = decide(f, SECOND, id, true);
		db_fail_after(f->db, 0);
		made = stage_int(f, "SELECT COUNT(*) FROM advisor_contract WHERE city = $1");
		assert_true(rc == RC_OK ? made > 0 : made == 0);
	}
	assert_int_equal(rc, RC_OK);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_village_one_adviser),
		cmocka_unit_test(who_may_be_one),
		cmocka_unit_test(absences_end_it),
		cmocka_unit_test(the_next_term),
		cmocka_unit_test(a_table_is_taken_whole_or_not),
		cmocka_unit_test(a_year_is_planned_and_approved),
		cmocka_unit_test(verify_sees_each_fault),
		cmocka_unit_test(failures_leave_nothing_half),
	};

	int failed = stage_main("story_advisor", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
