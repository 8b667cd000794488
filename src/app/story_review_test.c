/*
 * Who may rate, who looks into a bad grade, what is counted, and what verify finds; on both engines.
 */
#include "app/story_stage.h"

#include "app/demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Asked, accepted by the helper, answered and closed: ready to be rated. */
static int64_t
closed_case(struct stage *f)
{
	struct consult_verdict verdict;
	int64_t id = ask(f, idem_key_new()).id;

	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	assert_int_equal(answer_as(f, HELPER, id, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, id, &verdict), RC_OK);
	return id;
}

static int64_t
rate_badly(struct stage *f, int64_t id)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	int64_t follow_up = 0;

	assert_int_equal(rate_as(f, &nobody, id, GRADE_BAD, &follow_up), RC_OK);
	assert_true(follow_up != 0);
	return follow_up;
}

static int64_t
director_of(struct stage *f, int64_t follow_up)
{
	char sql[96];

	snprintf(sql, sizeof sql, "SELECT director FROM follow_up WHERE city = $1 AND id = %lld", (long long)follow_up);
	return stage_int(f, sql);
}

static void
official_make(struct stage *f, int id, int64_t place)
{
	char sql[320];

	snprintf(sql, sizeof sql, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active,"
	    " open_load, capacity, created_ms, revision) VALUES (3205, %d, 'official%d', 'official', '', 6, %lld, NULL, '', 1, 0, 20,"
	    " 1, 1)", id, id, (long long)place);
	stage_raw(f, sql);
}

/* ---- who looks into it ------------------------------------------------------------------------------------ */

static void
a_bad_grade_is_stored_whoever_is_free(void **state)
{
	struct stage *f = *state;

	begin(f);
	assert_int_equal(director_of(f, rate_badly(f, closed_case(f))), DIRECTOR); /* the town's */
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND id = 102");
	assert_int_equal(director_of(f, rate_badly(f, closed_case(f))), CHIEF);    /* the county's */
	stage_raw(f, "UPDATE point SET closed_day = 2 WHERE city = 3205 AND id = 203");
	official_make(f, 120, CITY);
	assert_int_equal(director_of(f, rate_badly(f, closed_case(f))), 120);      /* a closed centre has none */
	official_make(f, 121, COUNTY);
	official_make(f, 122, INT64_C(320583000000));
	assert_int_equal(director_of(f, rate_badly(f, closed_case(f))), 121);      /* the nearer bureau, not another's */
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND role = 6");
	assert_int_equal(director_of(f, rate_badly(f, closed_case(f))), 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM review WHERE city = $1 AND grade = 2"), 5);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM follow_up WHERE city = $1 AND due_ms > opened_ms"), 5);
}

/* A director of another county is no help, however near in the list. */
static void
a_director_elsewhere_is_not_asked(void **state)
{
	struct stage *f = *state;

	begin(f);
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND id IN (102, 105)");
	stage_raw(f, "UPDATE account SET role = 5 WHERE city = 3205 AND id IN (106, 107)");
	stage_raw(f, "INSERT INTO point (city, id, code, kind, place, name, name_en, address, phone, director, parent,"
	    " datum, opened_day, revision) VALUES (3205, 210, 'p210', 1, 320583000000, 'other', '', '', '1990000', 106, NULL, 0, 1, 1)");
	assert_int_equal(director_of(f, rate_badly(f, closed_case(f))), 0);
}

struct area { struct follow_up v[8]; size_t n; };

static enum rc
area_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct area *a = arg;

	return follow_up_area(tx, actor, a->v, 8, &a->n);
}

static enum rc
take_as(struct stage *f, struct actor a, int64_t id, int64_t at)
{
	struct ctx ctx = ctx_as(f, &a);

	return follow_up_take(&ctx, idem_key_new(), id, at);
}

static void
a_follow_up_without_a_person_can_be_taken(void **state)
{
	struct stage *f = *state;
	struct area *seen = ARENA_NEW(f->mem, struct area);
	struct actor chief = as(CHIEF), stranger = as(STRANGER), helper = as(HELPER);
	struct ctx ctx = ctx_as(f, &chief);
	int64_t id;

	begin(f);
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND id IN (102, 105)");
	id = rate_badly(f, closed_case(f));
	stage_raw(f, "UPDATE account SET active = 1 WHERE city = 3205 AND id IN (102, 105)");
	assert_int_equal(problems(f), 0); /* a fact, not a fault */
	assert_int_equal(db_read(&ctx, area_tx, seen), RC_OK);
	assert_int_equal(seen->n, 1);
	assert_true(seen->v[0].id == id && seen->v[0].free && seen->v[0].director == 0);
	assert_int_equal(take_as(f, stranger, id, 1), RC_NOT_FOUND);
	assert_int_equal(take_as(f, as(CLERK), id, 1), RC_FORBIDDEN);    /* sees it, supervises nothing */
	helper.rights |= UINT64_C(1) << RIGHT_SUPERVISE;
	assert_int_equal(take_as(f, helper, id, 1), RC_FORBIDDEN);       /* handled it */
	assert_int_equal(take_as(f, chief, id, 7), RC_CONFLICT);
	assert_int_equal(follow_up_do(&ctx, idem_key_new(), id, 1, FOLLOW_FIXED, TEXT("已当面说明")), RC_FORBIDDEN);
	assert_int_equal(take_as(f, chief, id, 1), RC_OK);
	assert_int_equal(director_of(f, id), CHIEF);
	assert_int_equal(take_as(f, as(DIRECTOR), id, 2), RC_CONFLICT);  /* it has a person now */
	assert_int_equal(follow_up_do(&ctx, idem_key_new(), id, 2, FOLLOW_FIXED, TEXT("已当面说明")), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* ---- who may rate ------------------------------------------------------------------------------------------- */

static void
nobody_who_took_part_rates(void **state)
{
	struct stage *f = *state;
	struct actor clerk = as(CLERK), chief = as(CHIEF), director = as(DIRECTOR), helper = as(HELPER);
	struct consult_verdict verdict;
	struct dispatch_result offer;
	int64_t follow_up = 0, id;
	struct ctx ctx;

	begin(f);
	id = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, id, CLERK, &offer), RC_OK);
	ctx = ctx_as(f, &clerk);
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), offer.handover), RC_OK);
	assert_int_equal(answer_as(f, DIRECTOR, id, true), RC_OK); /* a colleague at the point writes the answer */
	assert_int_equal(close_as(f, CLERK, id, &verdict), RC_OK);
	assert_int_equal(rate_as(f, &helper, id, GRADE_VERY_GOOD, &follow_up), RC_REFUSED);   /* held it once */
	assert_int_equal(rate_as(f, &clerk, id, GRADE_VERY_GOOD, &follow_up), RC_REFUSED);    /* holds it */
	assert_int_equal(rate_as(f, &director, id, GRADE_VERY_GOOD, &follow_up), RC_REFUSED); /* answered it */
	assert_int_equal(rate_as(f, &chief, id, GRADE_VERY_GOOD, &follow_up), RC_OK);
}

static void
nobody_at_the_point_rates_and_nobody_who_answered_follows_up(void **state)
{
	struct stage *f = *state;
	struct actor clerk = as(CLERK);
	struct consult_verdict verdict;
	struct dispatch_result offer;
	int64_t follow_up = 0, id;
	struct ctx ctx;

	begin(f);
	stage_raw(f, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active, open_load, capacity,"
	    " created_ms, revision) VALUES (3205, 130, 'mate', 'mate', '', 2, 320506100000, 202, '', 1, 0, 20, 1, 1)");
	id = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, id, CLERK, &offer), RC_OK);
	ctx = ctx_as(f, &clerk);
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), offer.handover), RC_OK);
	assert_int_equal(answer_as(f, DIRECTOR, id, true), RC_OK);
	assert_int_equal(close_as(f, CLERK, id, &verdict), RC_OK);
	clerk.account = 130; /* the same point, and never touched it */
	assert_int_equal(rate_as(f, &clerk, id, GRADE_VERY_GOOD, &follow_up), RC_REFUSED);
	assert_int_equal(director_of(f, rate_badly(f, id)), CHIEF); /* not the town's director, who wrote the answer */
	assert_int_equal(problems(f), 0);
}

/* ---- what is counted ------------------------------------------------------------------------------------------ */

static void
a_mistaken_grade_is_not_counted(void **state)
{
	struct stage *f = *state;
	struct actor director = as(DIRECTOR);
	struct ctx ctx;
	struct look l;
	int64_t id;

	begin(f);
	ctx = ctx_as(f, &director);
	id = rate_badly(f, closed_case(f));
	rate_badly(f, closed_case(f));
	l = figures_as(f, DIRECTOR);
	assert_true(l.t.rated == 2 && l.t.grades[GRADE_BAD] == 2 && l.t.mistaken == 0);
	assert_int_equal(follow_up_do(&ctx, idem_key_new(), id, 1, FOLLOW_MISTAKEN, TEXT("核实为误评")), RC_OK);
	l = figures_as(f, DIRECTOR);
	assert_true(l.t.rated == 1 && l.t.grades[GRADE_BAD] == 1 && l.t.mistaken == 1);
}

struct converting { struct figure_query q; struct figure_row rows[FIGURE_ROWS_MAX]; size_t n; struct figure_totals t;
	struct queue_row v[20]; size_t n_v; int part; };

static enum rc
converting_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct converting *c = arg;
	enum rc rc = figure_table(tx, actor, &c->q, c->rows, &c->n);

	if (rc == RC_OK)
		rc = figure_totals(tx, actor, &c->q, &c->t);
	return rc == RC_OK ? figure_records(tx, actor, &c->q, CHANNEL_STATION, (enum figure_part)c->part, 0, c->v, 20, &c->n_v) : rc;
}

/* Asked once at the station and converted: one trouble received, one attendance, one request carried on. */
static void
a_conversion_is_not_received_again(void **state)
{
	struct stage *f = *state;
	struct actor helper = as(HELPER), chief = as(CHIEF);
	struct converting *c = ARENA_NEW(f->mem, struct converting);
	struct consult_converted next;
	struct consult_convert in;
	int64_t id, parts[FIGURE_PART_COUNT];
	struct ctx ctx;

	begin(f);
	ctx = ctx_as(f, &helper);
	id = ask(f, idem_key_new()).id;
	stage_raw(f, "UPDATE request SET channel = 3 WHERE city = 3205");
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	in = (struct consult_convert){ .id = { id }, .revision = revision(f, id), .note = TEXT("另一事项"),
		.item = stage_int(f, "SELECT MIN(id) FROM item WHERE city = $1 AND code <> 'consult'") };
	assert_int_equal(consult_convert(&ctx, idem_key_new(), &in, &next), RC_OK);
	ctx = ctx_as(f, &chief);
	c->q = (struct figure_query){ .from = { 0 }, .to = { 100000 }, .place = { COUNTY }, .by = FIGURE_BY_CHANNEL };
	for (c->part = 0; c->part < FIGURE_PART_COUNT; c->part++) {
		assert_int_equal(db_read(&ctx, converting_tx, c), RC_OK);
		parts[c->part] = (int64_t)c->n_v;
	}
	assert_true(c->t.requests == 1 && c->t.converted == 1 && c->t.attendances == 1 && c->t.open == 1 && c->t.closed == 1);
	assert_int_equal(c->n, 1);
	/* each figure opens to exactly its records */
	assert_true(c->rows[0].received == 1 && parts[FIGURE_RECEIVED] == 1);
	assert_true(c->rows[0].converted == 1 && parts[FIGURE_CONVERTED] == 1);
	assert_true(c->rows[0].open == 1 && parts[FIGURE_OPEN] == 1);
	assert_true(c->rows[0].closed == 1 && parts[FIGURE_CLOSED] == 1);
	assert_true(c->rows[0].late == 0 && parts[FIGURE_LATE] == 0);
	assert_int_equal(problems(f), 0);
}

static void
a_period_is_judged_before_it_is_counted(void **state)
{
	struct stage *f = *state;
	struct actor chief = as(CHIEF);
	struct ctx ctx = ctx_as(f, &chief);
	struct converting *c = ARENA_NEW(f->mem, struct converting);
	struct findings findings = { .n = 0 };

	begin(f);
	c->q = (struct figure_query){ .from = { 100 }, .to = { 100 + FIGURE_ROWS_MAX }, .place = { COUNTY }, .by = FIGURE_BY_DAY };
	assert_true(figure_judge(&c->q, &findings) && findings.total == 0);
	assert_int_equal(db_read(&ctx, converting_tx, c), RC_OK);
	c->q.to.n++;
	assert_false(figure_judge(&c->q, &findings));
	assert_int_equal(findings.total, 1);
	assert_string_equal(findings.v[0].field, "from");
	assert_int_equal(findings.v[0].bound, FIGURE_ROWS_MAX);
	assert_int_equal(db_read(&ctx, converting_tx, c), RC_INVALID); /* refused, not cut short */
	c->q.by = FIGURE_BY_TOWN;
	assert_true(figure_judge(&c->q, NULL)); /* other rows don't grow with the period */
	c->q.to.n = c->q.from.n + 1;
	assert_true(figure_judge(&c->q, NULL)); /* one day */
	c->q.to.n = c->q.from.n;
	findings = (struct findings){ .n = 0 };
	assert_false(figure_judge(&c->q, &findings));
	assert_string_equal(findings.v[0].field, "from");
}

/* ---- verify ------------------------------------------------------------------------------------------------------- */

/* A rated case with a follow-up, one offered, one converted; messages and the like are planted where they are needed. */
static void
everything_once(struct stage *f)
{
	struct actor helper = as(HELPER);
	struct ctx ctx = ctx_as(f, &helper);
	struct consult_converted next;
	struct dispatch_result offer;
	struct consult_convert in;
	int64_t id;

	begin(f);
	rate_badly(f, closed_case(f));
	id = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, id, LAWYER, &offer), RC_OK);
	id = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	in = (struct consult_convert){ .id = { id }, .revision = revision(f, id), .note = TEXT("另一事项"),
		.item = stage_int(f, "SELECT MIN(id) FROM item WHERE city = $1 AND code <> 'consult'") };
	assert_int_equal(consult_convert(&ctx, idem_key_new(), &in, &next), RC_OK);
	stage_raw(f, "INSERT INTO organisation (city, id, place, name, kind, created_ms, revision)"
	    " VALUES (3205, 1, 320506100201, 'x', 3, 1, 1)");
}

#define SWAP(table, column, a, b) { "UPDATE " table " SET " column " = " b " WHERE city = 3205 AND " column " = " a, \
	"UPDATE " table " SET " column " = " a " WHERE city = 3205 AND " column " = " b }
#define ADD(table, columns, values) { "INSERT INTO " table " (city, request, " columns ") VALUES (3205, 7, " values ")", \
	"DELETE FROM " table " WHERE city = 3205 AND request = 7" }

static void
every_check_finds_its_fault(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		SWAP("person", "place", "320506100201", "320600000001"),
		SWAP("organisation", "place", "320506100201", "320600000001"),
		SWAP("account", "place", "320506100201", "320600000001"),
		SWAP("point", "place", "320506100201", "320600000001"),
		SWAP("point_village", "village", "320506100201", "320600000001"),
		SWAP("review", "place", "320506100201", "320506101201"),
		SWAP("follow_up", "place", "320506100201", "320506101201"),
		SWAP("request", "first_contact", "101", "106"),
		SWAP("handover", "to_account", "104", "106"),
		SWAP("follow_up", "director", "102", "103"),
		SWAP("follow_up", "director", "102", "101"),
		{ "UPDATE account SET active = 0 WHERE city = 3205 AND id = 102", "UPDATE account SET active = 1 WHERE city = 3205 AND id = 102" },
		ADD("holding", "since_ms, account, point, how, event", "1, 101, 201, 1, 1"),
		ADD("handover", "id, from_account, from_point, to_account, to_point, state, reason, offered_ms", "1, 1, 1, 1, 1, 4, '', 1"),
		ADD("dispatch_choice", "id, rank, account, point, score, reasons, at_ms, rules", "1, 1, 1, 1, 1, '', 1, 1"),
		ADD("dispatch_decision", "id, at_ms, engine, rules, seed, input, output, how, chosen, reason",
		    "1, 1, 1, 1, 1, 'case 1 1', '', 1, 1, ''"),
		{ "UPDATE dispatch_decision SET output = output || '0' WHERE city = 3205",
		    "UPDATE dispatch_decision SET output = SUBSTR(output, 1, LENGTH(output) - 1) WHERE city = 3205" },
		{ "UPDATE dispatch_decision SET seed = seed + 1, input = REPLACE(input, 'case 320506100201', 'case 320506101201') WHERE city = 3205",
		    "UPDATE dispatch_decision SET seed = seed - 1, input = REPLACE(input, 'case 320506101201', 'case 320506100201') WHERE city = 3205" },
		{ "UPDATE dispatch_rules SET weights = REPLACE(weights, 'town=30', 'town=29') WHERE city = 3205",
		    "UPDATE dispatch_rules SET weights = REPLACE(weights, 'town=29', 'town=30') WHERE city = 3205" },
		{ "UPDATE dispatch_decision SET rules = rules + 1 WHERE city = 3205",
		    "UPDATE dispatch_decision SET rules = rules - 1 WHERE city = 3205" },
		{ "UPDATE handover SET choice = choice + 1 WHERE city = 3205", "UPDATE handover SET choice = choice - 1 WHERE city = 3205" },
		ADD("request_party", "side, n", "2, 1"),
		{ "INSERT INTO account_language (city, account, language) VALUES (3205, 7, 'sign')",
		    "DELETE FROM account_language WHERE city = 3205 AND account = 7" },
		ADD("case_clock", "target, count, unit, roll, source, start_ms, due_ms, met_ms, uncertain, calendar",
		    "1, 1, 1, 0, '', 1, 1, 1, 0, 0"),
		ADD("case_pause", "from_ms, reason, account", "1, '', 1"),
		ADD("attachment", "id, at_ms, account, name, type, bytes, sha256", "1, 1, 0, '', '', 1, 'x'"),
		ADD("callback", "id, account, due_ms, tries", "1, 101, 1, 0"),
		ADD("case_grant", "account, since_ms, why", "101, 1, 'x'"),
		ADD("follow_up", "id, act, place, director, opened_ms, due_ms, words, revision",
		    "1, 1, 320506100201, 0, 1, 1, '', 1"),
		ADD("outbox", "id, kind, to_sealed, body_sealed, due_ms, lease_ms, tries", "1, '', 'x', 'x', 1, 0, 0"),
		{ "UPDATE request SET parent = parent + 1 WHERE city = 3205", "UPDATE request SET parent = parent - 1 WHERE city = 3205" },
		{ "UPDATE consult SET converted = converted + 1 WHERE city = 3205",
		    "UPDATE consult SET converted = converted - 1 WHERE city = 3205" },
		{ "UPDATE review SET act = act + 1 WHERE city = 3205", "UPDATE review SET act = act - 1 WHERE city = 3205" },
		SWAP("review", "handler", "101", "106"),
		SWAP("review", "point", "201", "202"),
		SWAP("review", "grade", "2", "4"),
		{ "UPDATE account SET open_load = open_load + 1 WHERE city = 3205 AND id = 105",
		    "UPDATE account SET open_load = open_load - 1 WHERE city = 3205 AND id = 105" },
	};
	struct stage *f = *state;

	everything_once(f);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].plant);
		if (problems(f) < 1)
			fail_msg("not found: %s", faults[i].plant);
		stage_raw(f, faults[i].mend);
		if (problems(f) != 0)
			fail_msg("not mended: %s", faults[i].mend);
	}
}

static void
file_write(const char *path, const char *words)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	assert_int_equal(fputs(words, out) >= 0 && fclose(out) == 0, 1);
}

static void
a_file_is_what_its_row_says(void **state)
{
	struct stage *f = *state;
	const char *abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; /* SHA-256 of "abc", FIPS 180-2 */
	char dir[] = "/tmp/zhaofa-files-XXXXXX", folder[64], path[160], sql[400];
	int64_t id;

	begin(f);
	id = ask(f, idem_key_new()).id;
	assert_non_null(mkdtemp(dir));
	snprintf(folder, sizeof folder, "%s/files", dir);
	assert_int_equal(mkdir(folder, 0700), 0);
	snprintf(path, sizeof path, "%s/%s", folder, abc);
	snprintf(sql, sizeof sql, strcmp(f->engine, "sqlite") == 0
	    ? "INSERT INTO attachment (city, request, id, at_ms, account, name, type, bytes, sha256) VALUES (3205, %lld, 1, 1, 0, 'a', 'b', 3, x'%s')"
	    : "INSERT INTO attachment (city, request, id, at_ms, account, name, type, bytes, sha256) VALUES (3205, %lld, 1, 1, 0, 'a', 'b', 3, '\\x%s')",
	    (long long)id, abc);
	stage_raw(f, sql);
	story_state = dir;
	assert_int_equal(problems(f), 1); /* not there */
	file_write(path, "abc");
	assert_int_equal(problems(f), 0);
	file_write(path, "abd");
	assert_int_equal(problems(f), 1); /* another content */
	file_write(path, "abcd");
	assert_int_equal(problems(f), 1); /* another size */
	story_state = NULL;
	unlink(path);
	rmdir(folder);
	rmdir(dir);
}

/* ---- the receipt's code ------------------------------------------------------------------------------------------- */

static void
a_right_code_is_let_in_whatever_others_tried(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY), resident;
	struct ctx ctx = ctx_as(f, &nobody);
	struct intake_receipt mine;
	int64_t wait = 0;
	enum rc rc = RC_OK;

	begin(f);
	mine = ask(f, idem_key_new());
	for (int i = 0; i < 40 && rc != RC_TOO_MANY; i++)
		rc = intake_enter(&ctx, TEXT("0000-0000-0000-0000"), TEXT("2001:db8::9"), &resident, &wait);
	assert_int_equal(rc, RC_TOO_MANY); /* wrong ones are slowed, also from next door */
	assert_int_equal(intake_enter(&ctx, TEXT("0000-0000-0000-0001"), TEXT("2001:db8::a"), &resident, &wait), RC_TOO_MANY);
	assert_int_equal(intake_enter(&ctx, text_of(mine.code), TEXT("2001:db8::9"), &resident, &wait), RC_OK);
	assert_int_equal(resident.request, mine.id);
}

/* ---- the demonstration's clock ----------------------------------------------------------------------------------- */

static void
a_second_run_goes_on_where_the_first_ended(void **state)
{
	struct stage *f = *state;
	struct app app = { .db = f->db, .crypt = story_keys, .conf = { .city = STAGE_CITY }, .demo = true };
	int64_t begun = stage_now_ms, last;

	begin(f);
	app_clock_freeze(begun);
	assert_int_equal(demo_clock_start(&app), RC_OK);
	stage_now_ms += 7 * INT64_C(3600000);
	last = stage_now_ms;
	ask(f, idem_key_new());
	app_clock_freeze(begun);          /* ./run again: --now is nine o'clock */
	assert_int_equal(demo_clock_start(&app), RC_OK);
	assert_true(app_now_ms() > last);
	app_clock_freeze(last + 5000);    /* later than everything stored: stays */
	assert_int_equal(demo_clock_start(&app), RC_OK);
	assert_int_equal(app_now_ms(), last + 5000);
	app_clock_set(begun);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_grade_is_stored_whoever_is_free),
		cmocka_unit_test(a_director_elsewhere_is_not_asked),
		cmocka_unit_test(a_follow_up_without_a_person_can_be_taken),
		cmocka_unit_test(nobody_who_took_part_rates),
		cmocka_unit_test(nobody_at_the_point_rates_and_nobody_who_answered_follows_up),
		cmocka_unit_test(a_mistaken_grade_is_not_counted),
		cmocka_unit_test(a_conversion_is_not_received_again),
		cmocka_unit_test(a_period_is_judged_before_it_is_counted),
		cmocka_unit_test(every_check_finds_its_fault),
		cmocka_unit_test(a_file_is_what_its_row_says),
		cmocka_unit_test(a_right_code_is_let_in_whatever_others_tried),
		cmocka_unit_test(a_second_run_goes_on_where_the_first_ended),
	};
	int failed = stage_main("story_review", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
