/* The monthly form of mediation: the bulletin's own columns, and a year of 27,143 disputes counted without difference. */
#include "app/story_mediation_stage.h"

#include <stdio.h>
#include <string.h>

/* Huangshi, August 2016: fifteen kinds in the bulletin's order, and its three sources. */
static const int bulletin[] = { 160, 278, 67, 44, 31, 76, 18, 28, 4, 13, 7, 55, 33, 1, 54 };
#define KINDS (sizeof bulletin / sizeof bulletin[0])
#define AUGUST 869
#define YEAR 27143
#define STRIDE 7919 /* prime: visits every row once */

#define REQUEST_REST "place, item, item_from_day, matter, topic, channel, tier, point, scheduled, online, gathered, applicant, person," \
	" organisation, caller, caller_name, subject, detail, urgent, groups, state, holder, holder_point, first_contact, due_ms," \
	" start_ms, created_ms, created_day, parent, revision, differs, language"

/* So many cases as the one at `like`, under ids of their own. */
static void
requests_make(struct stage *f, int64_t like, int n)
{
	char sql[2400];
	bool sqlite = strcmp(f->engine, "sqlite") == 0;

	snprintf(sql, sizeof sql, "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d) INSERT INTO request (city, id,"
	    " number, code_hash, " REQUEST_REST ") SELECT city, s.n, number || '-' || s.n, %s, " REQUEST_REST
	    " FROM request CROSS JOIN s WHERE city = 3205 AND id = %lld", n,
	    sqlite ? "CAST(printf('%016d', s.n) AS BLOB)" : "decode(lpad(to_hex(s.n), 32, '0'), 'hex')", (long long)like);
	stage_raw(f, sql);
}

/* Which kind the k-th has: the first counts[0] the first, and so on. */
static int
kind_at(const int *counts, int k)
{
	int i = 0;

	while (k >= counts[i])
		k -= counts[i++];
	return i + 1;
}

static size_t
kind_case(char *out, size_t cap, const int *counts)
{
	size_t at = (size_t)snprintf(out, cap, "CASE");
	int sum = 0;

	for (size_t i = 0; i < KINDS; i++) {
		sum += counts[i];
		at += (size_t)snprintf(out + at, cap - at, " WHEN s.k < %d THEN %d", sum, (int)i + 1);
	}
	return at + (size_t)snprintf(out + at, cap - at, " END");
}

/* ---- the bulletin ----------------------------------------------------------------------------------------- */

struct counting { struct mediation_span span; struct mediation_figures f; struct mediation_behind b; struct mediation_row rows[400]; size_t n; };

static enum rc
figures_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct counting *c = arg;
	enum rc rc = mediation_figures(tx, actor, &c->span, &c->f);

	return rc == RC_OK && c->b.measure != 0 ? mediation_records(tx, actor, &c->b, c->rows, 400, &c->n) : rc;
}

static struct day
on(const char *t)
{
	struct day d;

	assert_int_equal(day_parse(text_of(t), &d), RC_OK);
	return d;
}

static const struct mediation_figures *
count(struct stage *f, struct day from, struct day to, const struct mediation_behind *behind, size_t *ret_n)
{
	static struct counting c;
	struct ctx ctx = ctx_as(f, &f->system);

	c.span = (struct mediation_span){ from, to, { CITY } };
	c.b = behind != NULL ? *behind : (struct mediation_behind){ .measure = (enum mediation_measure)0 };
	c.b.span = c.span;
	assert_int_equal(db_read(&ctx, figures_tx, &c), RC_OK);
	if (ret_n != NULL)
		*ret_n = c.n;
	return &c.f;
}

static void
the_bulletins_own_columns_come_out(void **state)
{
	struct stage *f = *state;
	char kinds[1200], sql[3000];
	const struct mediation_figures *all;
	size_t n = 0;
	int sum = 0;

	mediation_city(f);
	requests_make(f, quarrel(f), AUGUST);
	kind_case(kinds, sizeof kinds, bulletin);
	snprintf(sql, sizeof sql, "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < %d), s AS (SELECT n, n - 1 AS k FROM r)"
	    " INSERT INTO mediation (city, request, state, source, category, level, organ, facts, form, content, duty, status_relation,"
	    " agreed_fen, crime_persons, petition_persons, confirm, court, confirm_number, ended_side, revision, accepted_ms) SELECT 3205, s.n,"
	    " 20, CASE WHEN (s.n * %d) %% %d < 455 THEN 2 WHEN (s.n * %d) %% %d < 833 THEN 1 ELSE 4 END, %s, 3, '', 'x', 0, '', '', 0, 0, 0, 0,"
	    " 0, '', '', 0, 1, %lld FROM s", AUGUST, STRIDE, AUGUST, STRIDE, AUGUST, kinds, (long long)day_start_ms(on("2016-08-15")));
	stage_raw(f, sql);
	all = count(f, on("2016-08-01"), on("2016-08-31"), &(struct mediation_behind){ .measure = MEDIATION_COUNT_ACCEPTED,
	    .category = MEDIATION_NEIGHBOURS }, &n);
	for (size_t i = 0; i < KINDS; i++) {
		assert_int_equal(all->category[i + 1].accepted, bulletin[i]);
		sum += bulletin[i];
	}
	assert_int_equal(sum, AUGUST);
	assert_int_equal(all->total.accepted, AUGUST);
	assert_int_equal(all->class[MEDIATION_CLASS_INITIATIVE].accepted, 455);
	assert_int_equal(all->class[MEDIATION_CLASS_APPLIED].accepted, 378);
	assert_int_equal(all->class[MEDIATION_CLASS_ENTRUSTED].accepted, 36);
	assert_int_equal(n, 278); /* what a number opens is that number */
	all = count(f, on("2016-08-01"), on("2016-08-14"), NULL, NULL); /* the day before */
	assert_int_equal(all->total.accepted, 0);
	all = count(f, on("2016-08-15"), on("2016-08-15"), NULL, NULL);
	assert_int_equal(all->total.accepted, AUGUST);
}

/* ---- a year ------------------------------------------------------------------------------------------------- */

struct dispute { int kind, source; int64_t accepted, effect, ended, fen, crime, petition; bool performed; };

/* The n-th dispute of the year; what SQL makes is the same by its own arithmetic. */
static struct dispute
dispute_at(const int *counts, int n)
{
	int64_t begin = day_start_ms(on("2015-01-01")), k = (int64_t)n * STRIDE % YEAR;
	struct dispute d = { .kind = kind_at(counts, (int)k), .source = 1 + n % 6, .accepted = begin + n % 365 * DAY_MS + 3600000 };

	if (n % 10 < 8) {
		d.effect = d.accepted + n % 20 * DAY_MS;
		d.fen = n % 50 * INT64_C(100000);
		d.crime = n % 97 == 0 ? 2 : 0;
		d.petition = n % 389 == 0 ? 15 : 0;
		d.performed = n % 4 != 0;
		d.ended = d.performed ? d.effect + 5 * DAY_MS : 0;
	}
	return d;
}

static void
year_make(struct stage *f, const int *counts)
{
	char kinds[1200], sql[4000];

	kind_case(kinds, sizeof kinds, counts);
	snprintf(sql, sizeof sql, "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < %d), s AS (SELECT n,"
	    " (CAST(n AS bigint) * %d) %% %d AS k, CAST(%lld AS bigint) + (n %% 365) * CAST(86400000 AS bigint) + 3600000 AS a,"
	    " CASE WHEN n %% 10 < 8 THEN 1 ELSE 0 END AS ok FROM r)"
	    " INSERT INTO mediation (city, request, state, source, category, level, organ, facts, form, content, duty, status_relation,"
	    " agreed_fen, crime_persons, petition_persons, confirm, court, confirm_number, ended_side, revision, accepted_ms, effect_ms,"
	    " ended_ms) SELECT 3205, s.n, CASE WHEN s.ok = 1 AND s.n %% 4 <> 0 THEN 90 WHEN s.ok = 1 THEN 40 ELSE 30 END, 1 + s.n %% 6, %s, 3,"
	    " '', 'x', s.ok, '', '', 0, s.ok * (s.n %% 50) * 100000, CASE WHEN s.ok = 1 AND s.n %% 97 = 0 THEN 2 ELSE 0 END,"
	    " CASE WHEN s.ok = 1 AND s.n %% 389 = 0 THEN 15 ELSE 0 END, 0, '', '', 0, 1, s.a,"
	    " CASE WHEN s.ok = 1 THEN s.a + (s.n %% 20) * CAST(86400000 AS bigint) END, CASE WHEN s.ok = 1 AND s.n %% 4 <> 0"
	    " THEN s.a + (5 + s.n %% 20) * CAST(86400000 AS bigint) END FROM s", YEAR, STRIDE, YEAR, (long long)day_start_ms(on("2015-01-01")), kinds);
	stage_raw(f, sql);
}

static void
recount(const int *counts, struct day from, struct day to, struct mediation_figures *ret)
{
	int64_t begin = day_start_ms(from), end = day_start_ms(day_add(to, 1));

	*ret = (struct mediation_figures){ .total = { .accepted = 0 } };
	for (int n = 1; n <= YEAR; n++) {
		struct dispute d = dispute_at(counts, n);
		bool success = d.effect >= begin && d.effect < end && d.effect != 0;
		struct mediation_counts *to_add[] = { &ret->category[d.kind], &ret->class[mediation_class_of((enum mediation_source)d.source)], &ret->total };

		for (size_t i = 0; i < 3; i++) {
			to_add[i]->accepted += d.accepted >= begin && d.accepted < end;
			to_add[i]->successful += success;
			to_add[i]->fen += success ? d.fen : 0;
			to_add[i]->crime += success && d.crime > 0;
			to_add[i]->crime_persons += success ? d.crime : 0;
			to_add[i]->petition += success && d.petition > 0;
			to_add[i]->petition_persons += success ? d.petition : 0;
			to_add[i]->performed += d.performed && d.ended >= begin && d.ended < end;
		}
	}
}

static void
twenty_seven_thousand_disputes_are_counted_without_difference(void **state)
{
	struct stage *f = *state;
	static struct mediation_figures want;
	const struct mediation_figures *got;
	int counts[KINDS], sum = 0;

	for (size_t i = 0; i < KINDS; i++)
		sum += counts[i] = (int)((int64_t)YEAR * bulletin[i] / AUGUST);
	counts[KINDS - 1] += YEAR - sum;
	mediation_city(f);
	requests_make(f, quarrel(f), YEAR);
	year_make(f, counts);
	if (strcmp(f->engine, "postgresql") == 0)
		stage_raw(f, "ANALYZE request, mediation"); /* as its own service does soon after so many rows came */
	got = count(f, on("2015-01-01"), on("2015-12-31"), NULL, NULL);
	for (size_t i = 0; i < KINDS; i++)
		assert_int_equal(got->category[i + 1].accepted, counts[i]);
	assert_int_equal(got->total.accepted, YEAR);
	for (int month = 1; month <= 12; month++) {
		char first[24];
		struct day from, to;

		snprintf(first, sizeof first, "2015-%02d-01", month);
		from = on(first);
		to = day_add(day_add_months(from, 1), -1);
		recount(counts, from, to, &want);
		got = count(f, from, to, NULL, NULL);
		assert_memory_equal(got, &want, sizeof want); /* every column of every kind, source and total */
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_bulletins_own_columns_come_out),
		cmocka_unit_test(twenty_seven_thousand_disputes_are_counted_without_difference) };
	int rc = stage_main("story_mediation_form", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return rc;
}
