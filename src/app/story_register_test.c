/* The registers: tables with findings by line, licences that end within a month, sanctions that bar, assessments, renewals. */
#include "app/story_stage.h"

#include "operations/matter/legalaid/legalaid_duty.h"
#include "resources/advisor/advisor.h"
#include "resources/duty/duty.h"
#include "resources/network/network.h"
#include "resources/provider/provider_register.h"
#include "standards/region/region.h"

#include <stdio.h>
#include <string.h>

enum { KEEPER = 191, AUTHOR, OFFICIAL };

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
	struct account a = { .id = { who }, .active = true, .place = { CITY },
		.role = who == KEEPER ? ROLE_ADMIN : who == AUTHOR ? ROLE_PROVIDER : ROLE_OFFICIAL };

	*keep = identity_actor(&a, STAGE_CITY);
	return ctx_as(f, keep);
}

static struct findings told;

#define BODIES "licence,credit,name,kind,sector,welfare,place,phone,valid_from,valid_to\n"
#define PERSONS "firm_licence,licence,name,kind,category,qualification,sector,valid_from,valid_to,practice_from,skills,languages,home,room\n"

static enum rc
bodies(struct stage *f, const char *csv)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, KEEPER, &a);
	int64_t rows = 0;

	told = (struct findings){ .n = 0 };
	return register_import_bodies(&ctx, idem_key_new(), text_of(csv), &told, &rows);
}

static enum rc
persons(struct stage *f, const char *csv)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, KEEPER, &a);
	int64_t rows = 0;

	told = (struct findings){ .n = 0 };
	return register_import_persons(&ctx, idem_key_new(), text_of(csv), &told, &rows);
}

static void
people(struct stage *f)
{
	begin(f);
	assert_int_equal(bodies(f, BODIES "F-0001,,演示一所,law_firm,market,,320506100000,,2010-01-01,\n"
	    "S-0001,,演示调解沙龙,salon,social,1,320506100000,,2020-01-01,2026-12-31\n"), RC_OK);
	assert_int_equal(persons(f, PERSONS "F-0001,L-0001,演示甲,lawyer,,,market,2015-01-01,2027-12-31,2012-03-01,civil,\"putonghua,suzhou\",320506100201,5\n"
	    "F-0001,L-0002,演示乙,lawyer,,,market,2015-01-01,2027-12-31,2012-03-01,civil,,,\n"
	    "S-0001,V-0001,演示丙,legal_volunteer,retired_judge,退字1号,social,2024-01-01,,2024-01-01,,suzhou,,\n"), RC_OK);
	assert_int_equal(network_reload(&f->ctx), RC_OK);
}

static int64_t
id_of(struct stage *f, const char *table, const char *licence)
{
	char sql[160];

	snprintf(sql, sizeof sql, "SELECT id FROM %s WHERE city = $1 AND licence = '%s'", table, licence);
	return stage_int(f, sql);
}

/* ---- tables -------------------------------------------------------------------------------------------- */

static void
lines_are(const int *lines, const char *const *fields, size_t n)
{
	assert_int_equal(told.total, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(told.v[i].line, lines[i]);
		assert_string_equal(told.v[i].field, fields[i]);
	}
}

/* Sixteen planted faults in four tables: each found in its line, nothing stored. */
static void
faults_are_told_by_line_and_nothing_is_stored(void **state)
{
	struct stage *f = *state;

	people(f);
	assert_int_equal(bodies(f, BODIES "F-0009,91320506MA1MABCD2X,演示九所,law_firm,market,,320506100000,,,\n"
	    "F-0010,,演示十所,bakery,market,,320506100000,,,\n" "F-0011,,演示十一所,law_firm,church,,320506100000,,,\n"
	    "F-0012,,演示十二所,law_firm,market,,32050610,,,\n" "F-0013,,演示十三所,law_firm,market,,320506100000,,2026-02-30,\n"), RC_INVALID);
	lines_are((const int[]){ 2, 3, 4, 5, 6 }, (const char *const[]){ "credit", "kind", "sector", "place", "valid_from" }, 5);
	assert_int_equal(bodies(f, BODIES "F-0009,,演示九所,law_firm,market,,320506100000,,2026-01-02,2026-01-01\n"
	    "f-0010,,演示十所,law_firm,market,,320506100000,,,\n" "F-0009,,演示十一所,law_firm,market,,320599100000,,,\n"), RC_INVALID);
	lines_are((const int[]){ 2, 3, 4, 4 }, (const char *const[]){ "valid_to", "licence", "place", "licence" }, 4);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM firm WHERE city = $1"), 2);

	assert_int_equal(persons(f, PERSONS "F-0001,L-0008,演示,driver,,,,2015-01-01,,2012-03-01,,,,\n"
	    "F-0001,L-0009,演示,lawyer,,,,2015-01-01,,2032-03-01,,,,\n" "F-0001,L-0010,演示,lawyer,,,,2015-01-01,,2012-03-01,,klingon,,\n"
	    "F-0001,L-0011,演示,lawyer,,,,2015-01-01,,2012-03-01,,,,501\n"), RC_INVALID);
	lines_are((const int[]){ 2, 3, 4, 5 }, (const char *const[]){ "kind", "practice_from", "languages", "room" }, 4);
	assert_int_equal(persons(f, PERSONS "F-0099,L-0008,演示八,lawyer,,,,2015-01-01,,2012-03-01,,,,\n"
	    "F-0001,13205200800123456,演示九,lawyer,,,,2015-01-01,,2012-03-01,,,,\n"
	    "F-0001,V-0009,演示十,legal_volunteer,qualified,,,2015-01-01,,2012-03-01,,,,\n"
	    "F-0001,V-0010,演示十一,legal_volunteer,,,,2015-01-01,,2012-03-01,,,,\n"
	    "F-0001,L-0012,演示十二,lawyer,,,,2015-01-01,2014-12-31,2012-03-01,,,,\n"
	    "F-0001,L-0012,演示十三,lawyer,,,,2015-01-01,,2012-03-01,,,320599100201,\n"), RC_INVALID);
	lines_are((const int[]){ 2, 3, 4, 5, 6, 7, 7 }, (const char *const[]){ "firm_licence", "licence", "qualification", "category", "valid_to",
	    "home", "licence" }, 7);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM provider WHERE city = $1"), 3);
	assert_int_equal(stage_int(f, "SELECT SUM(revision) FROM provider WHERE city = $1"), 3);
}

struct listed { struct register_ask ask; struct provider p[8]; struct firm b[8]; struct register_count c[20]; size_t n, n_b, n_c; };

static enum rc
listed_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct listed *l = argument;
	struct register_ask all = { .today = l->ask.today };
	enum rc rc = register_persons(tx, actor, &l->ask, l->p, 8, &l->n);

	if (rc == RC_OK)
		rc = register_bodies(tx, actor, &all, l->b, 8, &l->n_b);
	return rc == RC_OK ? register_counts(tx, actor, l->c, 20, &l->n_c) : rc;
}

static struct listed
listed(struct stage *f, struct register_ask ask)
{
	struct listed l = { .ask = ask };
	struct actor a;
	struct ctx ctx = ctx_of(f, OFFICIAL, &a);

	assert_int_equal(db_read(&ctx, listed_tx, &l), RC_OK);
	return l;
}

static void
a_list_is_asked_by_kind_sector_place_and_state(void **state)
{
	struct stage *f = *state;
	struct day today = on(6, 30);
	struct listed l;

	people(f);
	l = listed(f, (struct register_ask){ .today = today });
	assert_int_equal(l.n, 3);
	assert_int_equal(l.n_b, 2);
	assert_true(l.b[1].more.welfare && l.b[1].more.valid_to.n == on(12, 31).n);
	assert_int_equal(l.p[0].more.languages, 1 << LANGUAGE_PUTONGHUA | 1 << LANGUAGE_SUZHOU);
	assert_true(l.p[0].more.home.code == VILLAGE && l.p[0].more.room == 5);
	assert_int_equal(l.n_c, 4); /* lawyers, a volunteer; a firm, a salon */
	assert_int_equal(listed(f, (struct register_ask){ .today = today, .kind = PROVIDER_HELPER }).n, 1);
	assert_int_equal(listed(f, (struct register_ask){ .today = today, .sector = SECTOR_MARKET }).n, 2);
	assert_int_equal(listed(f, (struct register_ask){ .today = today, .within = { INT64_C(320507000000) } }).n, 0);
	assert_int_equal(listed(f, (struct register_ask){ .today = today, .word = TEXT("L-0002") }).n, 1);
	assert_int_equal(listed(f, (struct register_ask){ .today = day_add(on(12, 31), 365), .state = REGISTER_OVER }).n, 0);
	assert_int_equal(listed(f, (struct register_ask){ .today = day_add(on(12, 31), 366), .state = REGISTER_OVER }).n, 2);
	assert_int_equal(listed(f, (struct register_ask){ .today = day_add(on(12, 31), 305), .days = 60, .state = REGISTER_ENDING }).n, 2);
	assert_int_equal(listed(f, (struct register_ask){ .today = day_add(on(12, 31), 304), .days = 60, .state = REGISTER_ENDING }).n, 0);
}

/* ---- a licence that ends within the month --------------------------------------------------------------------- */

#define DAYS_IN_FOUR (1u << 4)      /* of July 2026: Saturday the 4th is no working day; the 14th, the 24th */

static struct duty_made made;

static void
one_village(struct stage *f)
{
	struct advisor_contract_new in = { .village = { VILLAGE }, .licence = TEXT("L-0001"), .from = on(7, 1), .to = on(12, 31), .hours = 4,
		.fee = 10000, .duties = 1 };
	struct advisor_signed done;
	struct actor a;
	struct ctx ctx = ctx_as(f, &f->system);

	people(f);
	told = (struct findings){ .n = 0 };
	assert_int_equal(advisor_sign(&ctx, idem_key_new(), &in, &told, &done), RC_OK);
	ctx = ctx_of(f, OFFICIAL, &a);
	assert_int_equal(duty_village_save(&ctx, idem_key_new(), &(struct duty_village){ .place = { VILLAGE }, .licence = TEXT(""), .visits = 1,
	    .ends_in = DAYS_IN_FOUR }, &told), RC_OK);
}

/* The day of the village's visit in the next plan; 0: nobody goes. */
static int
planned_for(struct stage *f)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, OFFICIAL, &a);
	char sql[200];

	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_plan_make(&ctx, idem_key_new(), &(struct duty_plan_new){ { COUNTY }, 202607, 1 }, &told, &made), RC_OK);
	snprintf(sql, sizeof sql, "SELECT COALESCE(MAX(CASE WHEN provider IS NOT NULL THEN day END), 0) FROM duty_slot WHERE city = $1 AND plan = %lld"
	    " AND place = %lld", (long long)made.id, (long long)VILLAGE);
	return (int)stage_int(f, sql);
}

static void
valid_until(struct stage *f, const char *table, const char *licence, struct day last)
{
	char sql[200];

	snprintf(sql, sizeof sql, "UPDATE %s SET valid_to = %d WHERE licence = '%s'", table, last.n, licence);
	stage_raw(f, sql);
}

static enum rc
sanction(struct stage *f, const struct sanction_new *in)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, KEEPER, &a);

	told = (struct findings){ .n = 0 };
	return sanction_add(&ctx, idem_key_new(), in, &told);
}

static void
visits_stop_the_day_after_a_licence_ends(void **state)
{
	struct stage *f = *state;

	one_village(f);
	valid_until(f, "provider", "L-0001", on(7, 14));
	assert_int_equal(planned_for(f), on(7, 14).n);  /* the last day still counts */
	valid_until(f, "provider", "L-0001", on(7, 13));
	assert_int_equal(planned_for(f), 0);            /* the day after does not */
	valid_until(f, "provider", "L-0001", on(7, 31));
	valid_until(f, "firm", "F-0001", on(7, 14));
	assert_int_equal(planned_for(f), on(7, 14).n);
	valid_until(f, "firm", "F-0001", on(7, 13));
	assert_int_equal(planned_for(f), 0);
	valid_until(f, "firm", "F-0001", on(12, 31));
	assert_true(planned_for(f) != 0);
	assert_int_equal(problems(f), 0);
}

static void
a_sanction_bars_its_days_and_no_others(void **state)
{
	struct stage *f = *state;
	struct sanction_new in = { .kind = SANCTION_DISHONEST, .bars = true, .from = on(7, 10), .to = on(7, 23), .document = TEXT("演示〔2026〕1号"),
		.words = TEXT("") };

	one_village(f);
	in.provider = id_of(f, "provider", "L-0001");
	assert_int_equal(sanction(f, &in), RC_OK);
	assert_int_equal(planned_for(f), on(7, 24).n);
	in.bars = false;                                /* on record only */
	in.from = in.to = on(7, 24);
	assert_int_equal(sanction(f, &in), RC_OK);
	assert_int_equal(planned_for(f), on(7, 24).n);
	in.kind = SANCTION_SUSPENDED;                   /* always bars */
	in.provider = 0;
	in.firm = id_of(f, "firm", "F-0001");
	assert_int_equal(sanction(f, &in), RC_OK);
	assert_int_equal(planned_for(f), 0);
	in.document = TEXT(" ");
	in.to = on(7, 23);
	assert_int_equal(sanction(f, &in), RC_INVALID);
	assert_non_null(findings_of(&told, "document"));
	assert_non_null(findings_of(&told, "to"));
	assert_int_equal(problems(f), 0);
}

struct gaps { struct duty_slot v[40]; size_t n; };

static enum rc
gaps_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct gaps *g = argument;

	return duty_gaps(tx, actor, (struct place){ VILLAGE }, 202607, g->v, 40, &g->n);
}

static void
a_licence_cut_after_publication_is_a_gap(void **state)
{
	struct stage *f = *state;
	struct gaps g = { .n = 9 };
	struct actor a;
	struct ctx ctx;
	char sql[120];

	one_village(f);
	valid_until(f, "provider", "L-0001", on(7, 14));
	assert_int_equal(planned_for(f), on(7, 14).n);
	ctx = ctx_of(f, KEEPER, &a);
	a.role = ROLE_OFFICIAL;                         /* a second official publishes */
	a.rights = role_rights(ROLE_OFFICIAL);
	snprintf(sql, sizeof sql, "SELECT revision FROM duty_plan WHERE city = $1 AND id = %lld", (long long)made.id);
	assert_int_equal(duty_plan_publish(&ctx, idem_key_new(), made.id, stage_int(f, sql), &told), RC_OK);
	assert_int_equal(db_read(&ctx, gaps_tx, &g), RC_OK);
	assert_int_equal(g.n, 0);
	valid_until(f, "provider", "L-0001", on(7, 13));
	assert_int_equal(db_read(&ctx, gaps_tx, &g), RC_OK);
	assert_int_equal(g.n, 1);
}

/* ---- contracts and the duty of legal aid ------------------------------------------------------------------------ */

static enum rc
sign(struct stage *f, struct day from, struct day to)
{
	struct advisor_contract_new in = { .village = { VILLAGE }, .licence = TEXT("L-0002"), .from = from, .to = to, .hours = 4, .fee = 10000, .duties = 1 };
	struct advisor_signed done;
	struct ctx ctx = ctx_as(f, &f->system);

	told = (struct findings){ .n = 0 };
	return advisor_sign(&ctx, idem_key_new(), &in, &told, &done);
}

static enum rc
aid_duty(struct stage *f, struct day day)
{
	struct aid_duty_new in = { .place = { COUNTY }, .station = TEXT("演示看守所"), .station_kind = 1, .day = day,
		.provider = id_of(f, "provider", "L-0002") };
	struct ctx ctx = ctx_as(f, &f->system);

	told = (struct findings){ .n = 0 };
	return aid_duty_put(&ctx, idem_key_new(), &in, &told);
}

static void
nothing_new_is_given_under_a_sanction_or_after_the_licence(void **state)
{
	struct stage *f = *state;
	struct sanction_new in = { .kind = SANCTION_SUSPENDED, .from = on(8, 1), .to = on(8, 31), .document = TEXT("演示〔2026〕2号"), .words = TEXT("") };

	people(f);
	valid_until(f, "provider", "L-0002", on(9, 15));
	in.provider = id_of(f, "provider", "L-0002");
	assert_int_equal(sanction(f, &in), RC_OK);
	assert_int_equal(sign(f, on(7, 1), on(8, 1)), RC_INVALID);
	assert_int_equal(sign(f, on(8, 31), on(9, 15)), RC_INVALID);
	assert_non_null(findings_of(&told, "licence"));
	assert_int_equal(sign(f, on(7, 1), on(7, 31)), RC_OK);
	assert_int_equal(sign(f, on(9, 1), on(9, 16)), RC_INVALID);
	assert_int_equal(sign(f, on(9, 1), on(9, 15)), RC_OK);
	assert_int_equal(aid_duty(f, on(7, 31)), RC_OK);
	assert_int_equal(aid_duty(f, on(8, 1)), RC_INVALID);
	assert_int_equal(aid_duty(f, on(8, 31)), RC_INVALID);
	assert_int_equal(aid_duty(f, on(9, 15)), RC_OK);
	assert_int_equal(aid_duty(f, on(9, 16)), RC_INVALID);
	assert_int_equal(problems(f), 0);
}

static void
a_sanction_is_ended_within_its_time(void **state)
{
	struct stage *f = *state;
	struct sanction_new in = { .kind = SANCTION_SUSPENDED, .from = on(8, 1), .to = on(8, 31), .document = TEXT("演示〔2026〕3号"), .words = TEXT("") };
	struct actor a;
	struct ctx ctx;
	int64_t id;

	people(f);
	in.provider = id_of(f, "provider", "L-0002");
	assert_int_equal(sanction(f, &in), RC_OK);
	id = stage_int(f, "SELECT id FROM provider_sanction WHERE city = $1");
	ctx = ctx_of(f, OFFICIAL, &a);
	assert_int_equal(sanction_end(&ctx, idem_key_new(), id, on(8, 14), TEXT("复议撤销"), &told), RC_FORBIDDEN);
	ctx = ctx_of(f, KEEPER, &a);
	assert_int_equal(sanction_end(&ctx, idem_key_new(), id, on(9, 1), TEXT("复议撤销"), &told), RC_INVALID);
	told = (struct findings){ .n = 0 };
	assert_int_equal(sanction_end(&ctx, idem_key_new(), id, on(8, 14), TEXT("复议撤销"), &told), RC_OK);
	assert_int_equal(sanction_end(&ctx, idem_key_new(), id, on(8, 10), TEXT("复议撤销"), &told), RC_CONFLICT);
	assert_int_equal(aid_duty(f, on(8, 14)), RC_INVALID);
	assert_int_equal(aid_duty(f, on(8, 15)), RC_OK);
}

/* ---- assessments ---------------------------------------------------------------------------------------------------- */

struct able { struct assessment v[4]; size_t n; };

static enum rc
able_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct able *l = argument;

	return assessments(tx, actor, 0, on(6, 30), l->v, 4, &l->n);
}

static void
the_latest_assessment_counts_and_none_under_a_sanction(void **state)
{
	struct stage *f = *state;
	struct assessment_new in = { .day = on(6, 1), .until = on(12, 31), .able = true, .works = TEXT("医患纠纷调解"), .words = TEXT("现场评估") };
	struct able l = { .n = 0 };
	struct actor a;
	struct ctx ctx;

	people(f);
	ctx = ctx_of(f, KEEPER, &a);
	in.firm = id_of(f, "firm", "S-0001");
	told = (struct findings){ .n = 0 };
	assert_int_equal(assessment_add(&ctx, idem_key_new(), &in, &told), RC_OK);
	in.day = on(5, 1); /* an older one, written down later */
	in.able = false;
	assert_int_equal(assessment_add(&ctx, idem_key_new(), &in, &told), RC_OK);
	assert_int_equal(db_read(&ctx, able_tx, &l), RC_OK);
	assert_int_equal(l.n, 1);
	assert_true(l.v[0].able && !l.v[0].barred);
	assert_int_equal(sanction(f, &(struct sanction_new){ .firm = in.firm, .kind = SANCTION_DISHONEST, .bars = true, .from = on(6, 20), .to = DAY_NONE,
	    .document = TEXT("演示〔2026〕4号"), .words = TEXT("") }), RC_OK);
	assert_int_equal(db_read(&ctx, able_tx, &l), RC_OK);
	assert_true(l.v[0].barred);
	in.able = true;
	in.day = on(6, 19);
	assert_int_equal(assessment_add(&ctx, idem_key_new(), &in, &told), RC_OK);
	in.day = on(6, 20);
	told = (struct findings){ .n = 0 };
	assert_int_equal(assessment_add(&ctx, idem_key_new(), &in, &told), RC_INVALID);
	assert_non_null(findings_of(&told, "able"));
}

/* ---- warnings and renewals --------------------------------------------------------------------------------------------- */

static int64_t
watch(struct stage *f, struct day day)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = 0;

	ctx.now_ms = day_start_ms(day) + 9 * 3600000;
	assert_int_equal(licence_watch(&ctx, 100, &n), RC_OK);
	return n;
}

static void
each_distance_is_told_once(void **state)
{
	struct stage *f = *state;

	people(f);
	valid_until(f, "provider", "L-0001", on(9, 30));
	assert_int_equal(watch(f, on(7, 31)), 0);        /* 61 days before */
	assert_int_equal(watch(f, on(8, 1)), 1);         /* 60 */
	assert_int_equal(watch(f, on(8, 2)), 0);
	assert_int_equal(watch(f, on(8, 30)), 0);        /* 31 */
	assert_int_equal(watch(f, on(8, 31)), 1);        /* 30 */
	assert_int_equal(watch(f, on(9, 22)), 0);        /* 8 */
	assert_int_equal(watch(f, on(9, 23)), 1);        /* 7 */
	assert_int_equal(watch(f, on(9, 30)), 0);
	assert_int_equal(stage_int(f, "SELECT SUM(days) FROM provider_warning WHERE city = $1 AND subject = 1"), 97);
	/* found late: only the nearest */
	valid_until(f, "provider", "L-0002", on(9, 25));
	assert_int_equal(watch(f, on(9, 24)), 1);
	assert_int_equal(watch(f, on(9, 24)), 0);
	valid_until(f, "provider", "L-0002", on(9, 20)); /* over: nothing to warn of */
	assert_int_equal(watch(f, on(9, 24)), 0);
	/* another end, another warning */
	valid_until(f, "provider", "L-0001", on(12, 1));
	assert_int_equal(watch(f, on(10, 2)), 1);
}

static void
a_renewal_counts_when_the_keeper_has_confirmed_it(void **state)
{
	struct stage *f = *state;
	struct renewal_new in = { .valid_from = on(7, 1), .valid_to = day_add(on(12, 31), 365 * 3), .words = TEXT("已换新证"), .scan = TEXT("GIF89a") };
	struct actor a, k;
	struct ctx author, keeper;
	int64_t id;

	people(f);
	stage_raw(f, "UPDATE provider SET account = 192 WHERE licence = 'L-0001'");
	author = ctx_of(f, AUTHOR, &a);
	keeper = ctx_of(f, KEEPER, &k);
	told = (struct findings){ .n = 0 };
	assert_int_equal(renewal_propose(&author, idem_key_new(), &in, &told), RC_INVALID);
	assert_non_null(findings_of(&told, "scan"));
	in.scan = TEXT("%PDF-1.4 demonstration");
	told = (struct findings){ .n = 0 };
	assert_int_equal(renewal_propose(&author, idem_key_new(), &in, &told), RC_OK);
	assert_int_equal(renewal_propose(&author, idem_key_new(), &in, &told), RC_INVALID); /* one waits already */
	id = stage_int(f, "SELECT id FROM provider_renewal WHERE city = $1");
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM provider WHERE city = $1 AND licence = 'L-0001' AND revision = 1"), 1);
	assert_int_equal(renewal_decide(&author, idem_key_new(), id, true, TEXT(""), &told), RC_FORBIDDEN);
	told = (struct findings){ .n = 0 };
	assert_int_equal(renewal_decide(&keeper, idem_key_new(), id, false, TEXT(" "), &told), RC_INVALID);
	assert_int_equal(renewal_decide(&keeper, idem_key_new(), id, true, TEXT(""), &told), RC_OK);
	assert_int_equal(renewal_decide(&keeper, idem_key_new(), id, true, TEXT(""), &told), RC_CONFLICT);
	assert_int_equal(stage_int(f, "SELECT valid_to FROM provider WHERE city = $1 AND licence = 'L-0001'"), in.valid_to.n);
	assert_int_equal(provider_own_save(&author, idem_key_new(), &(struct provider_own){ .languages = 2, .room = 501 }, &told), RC_INVALID);
	assert_int_equal(provider_own_save(&author, idem_key_new(), &(struct provider_own){ .languages = 2, .room = 500 }, &told), RC_OK);
	assert_int_equal(stage_int(f, "SELECT room FROM provider WHERE city = $1 AND licence = 'L-0001'"), 500);
	assert_int_equal(provider_own_save(&keeper, idem_key_new(), &(struct provider_own){ .room = 1 }, &told), RC_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_told_by_line_and_nothing_is_stored),
		cmocka_unit_test(a_list_is_asked_by_kind_sector_place_and_state),
		cmocka_unit_test(visits_stop_the_day_after_a_licence_ends),
		cmocka_unit_test(a_sanction_bars_its_days_and_no_others),
		cmocka_unit_test(a_licence_cut_after_publication_is_a_gap),
		cmocka_unit_test(nothing_new_is_given_under_a_sanction_or_after_the_licence),
		cmocka_unit_test(a_sanction_is_ended_within_its_time),
		cmocka_unit_test(the_latest_assessment_counts_and_none_under_a_sanction),
		cmocka_unit_test(each_distance_is_told_once),
		cmocka_unit_test(a_renewal_counts_when_the_keeper_has_confirmed_it),
	};
	int failed = stage_main("story_register", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys); /* nothing here was sealed: the checker for leaks can't see what only guarded memory points to */
	return failed;
}
