/* What counts how much is decided by version; what other weights would have done; and the facts gathered are the plain facts. */
#include "app/story_stage.h"

#include <stdio.h>
#include <string.h>

/* ---- deciding on weights ------------------------------------------------------------------------------------ */

static struct actor
admin(void)
{
	struct actor a = as(CHIEF);

	a.rights = role_rights(ROLE_ADMIN);
	return a;
}

/* The program's weights but one. */
static struct dispatch_rules_new
rules_with(int64_t version, enum dispatch_weight w, int value)
{
	struct dispatch_rules_new in = { .version = version, .weights = dispatch_weights_usual(), .words = TEXT("苏司发〔2026〕1号") };

	in.weights.v[w] = value;
	return in;
}

static enum rc
set_as(struct stage *f, const struct actor *a, const struct dispatch_rules_new *in, int64_t *ret)
{
	struct ctx ctx = ctx_as(f, a);

	return dispatch_rules_set(&ctx, idem_key_new(), in, ret);
}

static enum rc
rules_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	return dispatch_rules_now(tx, actor, argument);
}

static struct dispatch_rules
in_force(struct stage *f)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct dispatch_rules ret;

	assert_int_equal(db_read(&ctx, rules_tx, &ret), RC_OK);
	return ret;
}

static void
both_sides_of_each_bound(void **state)
{
	struct stage *f = *state;
	struct actor a = admin();
	int64_t version = 1;

	begin(f);
	for (int w = 0; w < WEIGHT_COUNT; w++) {
		const struct dispatch_weight_row *row = &dispatch_weight_rows[w];
		const int refused[] = { row->least - 1, row->most + 1 }, taken[] = { row->least, row->most };

		for (int i = 0; i < 2; i++) {
			struct dispatch_rules_new in = rules_with(version, (enum dispatch_weight)w, refused[i]);

			assert_int_equal(set_as(f, &a, &in, &version), RC_INVALID);
			in.weights.v[w] = taken[i];
			assert_int_equal(set_as(f, &a, &in, &version), RC_OK);
			assert_int_equal(version, in.version + 1);
			assert_int_equal(in_force(f).weights.v[w], taken[i]);
		}
	}
	assert_int_equal(version, 1 + 2 * WEIGHT_COUNT);
	assert_int_equal(problems(f), 0);
}

static void
who_decides_and_why(void **state)
{
	struct stage *f = *state;
	struct dispatch_rules_new in = rules_with(1, WEIGHT_TOWN, 1000);
	struct actor a = admin();
	int64_t version = 0;

	begin(f);
	for (int who = HELPER; who <= HOTLINE; who++) {
		struct actor other = as(who);

		assert_int_equal(set_as(f, &other, &in, &version), RC_FORBIDDEN);
	}
	in.words = TEXT(" ");
	assert_int_equal(set_as(f, &a, &in, &version), RC_INVALID);
	in.words = TEXT("依据");
	in.version = 2; /* there is no second yet */
	assert_int_equal(set_as(f, &a, &in, &version), RC_CONFLICT);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM dispatch_rules WHERE city = $1"), 0);
	in.version = 1;
	assert_int_equal(set_as(f, &a, &in, &version), RC_OK);
	assert_int_equal(version, 2);
	assert_int_equal(set_as(f, &a, &in, &version), RC_CONFLICT); /* somebody was faster */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM dispatch_rules WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'dispatch.rules'"), 1);
	assert_int_equal(problems(f), 0);
}

static void
they_begin_on_their_day(void **state)
{
	struct stage *f = *state;
	struct dispatch_rules_new in = rules_with(1, WEIGHT_TOWN, 500);
	struct actor a = admin();
	int64_t now = stage_now_ms, version = 0;

	begin(f);
	in.since_ms = now - 1;
	assert_int_equal(set_as(f, &a, &in, &version), RC_INVALID);
	in.since_ms = now + DISPATCH_AHEAD_DAYS * DAY_MS + 1;
	assert_int_equal(set_as(f, &a, &in, &version), RC_INVALID);
	in.since_ms = now + DISPATCH_AHEAD_DAYS * DAY_MS;
	assert_int_equal(set_as(f, &a, &in, &version), RC_OK);
	assert_int_equal(in_force(f).version, 1);
	in = rules_with(2, WEIGHT_TOWN, 600);
	in.since_ms = now + DAY_MS; /* replaces nothing: the one before it begins later, and then waits for ever */
	assert_int_equal(set_as(f, &a, &in, &version), RC_OK);
	assert_int_equal(in_force(f).version, 1);
	stage_now_ms = now + DAY_MS - 1;
	assert_int_equal(in_force(f).version, 1);
	stage_now_ms = now + DAY_MS;
	assert_int_equal(in_force(f).version, 3);
	assert_int_equal(in_force(f).weights.v[WEIGHT_TOWN], 600);
	stage_now_ms = now + (DISPATCH_AHEAD_DAYS + 1) * DAY_MS; /* the second would have begun: the third was saved after it */
	assert_int_equal(in_force(f).version, 3);
	stage_now_ms = now - DAY_MS; /* a clock set back behind them all */
	assert_int_equal(in_force(f).version, 1);
	assert_int_equal(in_force(f).weights.v[WEIGHT_TOWN], dispatch_weights_usual().v[WEIGHT_TOWN]);
}

static void
a_failing_database_sets_nothing_by_half(void **state)
{
	struct stage *f = *state;
	struct dispatch_rules_new in = rules_with(1, WEIGHT_TOWN, 500);
	struct actor a = admin();
	int64_t version = 0;
	int step = 1;

	begin(f);
	for (; step < 100; step++) {
		enum rc rc;

		db_fail_after(f->db, step);
		rc = set_as(f, &a, &in, &version);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM dispatch_rules WHERE city = $1"), 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'dispatch.rules'"), 0);
	}
	assert_in_range(step, 5, 99);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM dispatch_rules WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'dispatch.rules'"), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- what other weights would have done ----------------------------------------------------------------------- */

struct tested { struct dispatch_weights w; struct backtest r; };

static enum rc
tested_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct tested *t = argument;

	return dispatch_backtest(tx, actor, &t->w, &t->r);
}

static struct backtest
tested(struct stage *f, enum dispatch_weight w, int value)
{
	struct tested t = { .w = dispatch_weights_usual() };

	t.w.v[w] = value;
	assert_int_equal(db_read(&f->ctx, tested_tx, &t), RC_OK);
	return t.r;
}

static void
handed_on(struct stage *f, int n)
{
	struct dispatch_result offer;

	for (int i = 0; i < n; i++) {
		int64_t id = ask(f, idem_key_new()).id;

		assert_int_equal(accept_as(f, HELPER, id), RC_OK);
		assert_int_equal(offer_as(f, HELPER, id, 0, &offer), RC_OK);
	}
}

static void
other_weights_choose_others(void **state)
{
	struct stage *f = *state;
	struct backtest r;

	begin(f);
	handed_on(f, 6);
	r = tested(f, WEIGHT_TOWN, dispatch_weights_usual().v[WEIGHT_TOWN]);
	assert_int_equal(r.decisions, 6);
	assert_int_equal(r.was.chosen, 6);
	assert_int_equal(r.was.town, 6);
	r = tested(f, WEIGHT_CITY, 1000); /* all to the hotline, whatever its load */
	assert_int_equal(r.changed, 6);
	assert_int_equal(r.was.town, 6);
	assert_int_equal(r.would.city, 6);
	assert_int_equal(r.would.most, 6);
	assert_int_equal(r.would.peak_permille, 250); /* five in hand of twenty when the sixth comes */
	assert_true(r.would.gini_permille > r.was.gini_permille);
}

/* The same past and the same weights: the same figures, again and on the other engine. */
static void
a_trial_comes_out_the_same(void **state)
{
	static struct backtest first[WEIGHT_COUNT];
	static bool there;
	struct stage *f = *state;

	begin(f);
	stage_raw(f, "UPDATE account SET capacity = 1 + id % 5 WHERE city = 3205"); /* some fill up */
	handed_on(f, 12);
	for (int w = 0; w < WEIGHT_COUNT; w++) {
		struct backtest r = tested(f, (enum dispatch_weight)w, dispatch_weight_rows[w].most);
		struct backtest again = tested(f, (enum dispatch_weight)w, dispatch_weight_rows[w].most);

		assert_memory_equal(&r, &again, sizeof r);
		if (!there)
			first[w] = r;
		assert_memory_equal(&r, &first[w], sizeof r);
	}
	there = true;
}

/* ---- the facts ------------------------------------------------------------------------------------------------ */

/* As plainly as it can be asked: every fact by its own subquery, over everybody in reach. */
static const struct db_stmt plain = { NULL, DB_CITY,
	"SELECT a.id, a.point, p.kind, p.place, a.open_load, a.capacity,"
	" EXISTS (SELECT 1 FROM account_item x WHERE x.city = a.city AND x.account = a.id),"
	" EXISTS (SELECT 1 FROM account_item x WHERE x.city = a.city AND x.account = a.id AND x.item = $5),"
	" EXISTS (SELECT 1 FROM point_item x WHERE x.city = a.city AND x.point = p.id),"
	" EXISTS (SELECT 1 FROM point_item x WHERE x.city = a.city AND x.point = p.id AND x.item = $5),"
	" EXISTS (SELECT 1 FROM handover h WHERE h.city = a.city AND h.request = $6 AND h.to_account = a.id AND h.state = 3),"
	" (SELECT COUNT(*) FROM holding o WHERE o.city = a.city AND o.account = a.id AND o.since_ms >= $7 AND o.how IN (2, 3)),"
	" (SELECT MAX(o.since_ms) FROM request q JOIN holding o ON o.city = q.city AND o.request = q.id"
	"  WHERE q.city = a.city AND q.person = $8 AND q.id <> $6 AND o.account = a.id),"
	" a.role, CASE WHEN $9 = '' THEN 2"
	"  WHEN EXISTS (SELECT 1 FROM account_language x WHERE x.city = a.city AND x.account = a.id AND x.language = $9) THEN 1"
	"  WHEN EXISTS (SELECT 1 FROM account_language x WHERE x.city = a.city AND x.account = a.id) THEN 0 ELSE 2 END"
	" FROM point p JOIN account a ON a.city = p.city AND a.point = p.id"
	" WHERE p.city = $1 AND p.closed_day IS NULL AND a.active = 1 AND a.role BETWEEN 1 AND 5"
	" AND (p.place BETWEEN $2 AND $3 OR (p.place = $4 AND p.kind = 1) OR p.kind = 4)"
	" ORDER BY CASE WHEN p.place BETWEEN $2 AND $3 THEN 0 ELSE 1 END, a.open_load, a.id LIMIT 400", 0 };

struct gathered {
	struct case_id id;
	struct candidate fast[DISPATCH_CANDIDATES_MAX], slow[DISPATCH_CANDIDATES_MAX];
	size_t n_fast, n_slow;
	int returned, recent, served, speaks, has, lists; /* how many have it: the comparison is of something */
};

static void
plain_read(const struct rows *row, int64_t now_ms, struct candidate *c)
{
	*c = (struct candidate){ .account = rows_int(row, 0), .point = rows_int(row, 1), .tier = (enum tier)rows_int(row, 2),
		.place = { rows_int(row, 3) }, .load = (int)rows_int(row, 4), .capacity = (int)rows_int(row, 5),
		.lists_items = rows_int(row, 6) != 0, .has_item = rows_int(row, 7) != 0, .point_lists_items = rows_int(row, 8) != 0,
		.point_has_item = rows_int(row, 9) != 0, .returned = rows_int(row, 10) != 0, .recent = (int)rows_int(row, 11),
		.served_days = rows_is_null(row, 12) ? -1 : (int)((now_ms - rows_int(row, 12)) / DAY_MS),
		.provider = rows_int(row, 13) == ROLE_PROVIDER, .speaks = (enum fact)rows_int(row, 14), .open = FACT_UNKNOWN,
		.duty = FACT_UNKNOWN };
}

static enum rc
gathered_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct gathered *g = argument;
	struct dispatch_weights w = dispatch_weights_usual();
	struct place_range town;
	struct dispatch_wish wish;
	struct request r;
	ROWS row = NULL;
	enum rc rc = request_load(tx, actor, g->id, &r);

	town = place_range(place_up(r.place, PLACE_TOWN));
	if (rc == RC_OK)
		rc = dispatch_wish(tx, actor, g->id, &wish);
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &plain, ARGS(db_int(town.lo), db_int(town.hi), db_int(place_up(r.place, PLACE_COUNTY).code),
		    db_int(r.item), db_int(r.id.n), db_int(tx_now_ms(tx) - w.v[WEIGHT_FAIR_DAYS] * DAY_MS), db_int(r.person),
		    db_text(wish.language)), &row);
	g->n_slow = 0;
	while (rc == RC_OK && g->n_slow < DISPATCH_CANDIDATES_MAX && (rc = rows_next(row)) == RC_OK)
		plain_read(row, tx_now_ms(tx), &g->slow[g->n_slow++]);
	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	dispatch_rank(&w, r.id.n ^ r.revision, r.place, r.holder, g->slow, g->n_slow);
	return dispatch_candidates(tx, actor, &r, g->fast, DISPATCH_CANDIDATES_MAX, &g->n_fast);
}

/* 700 people at 60 points, more of them in reach than are looked at; some have left, some points are closed. */
static void
crowd(struct stage *f)
{
	stage_raw(f, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO point (city, id, code,"
	    " kind, place, name, name_en, address, phone, datum, opened_day, closed_day, revision) SELECT 3205, 1000 + i, 'c' || i,"
	    " CASE i % 6 WHEN 0 THEN 1 WHEN 1 THEN 4 WHEN 2 THEN 2 ELSE 3 END, CASE WHEN i % 6 = 0 THEN 320506000000 WHEN i % 6 = 1"
	    " THEN 320500000000 WHEN i % 7 = 0 THEN 320506101000 ELSE 320506100000 + i % 9 END, 'p', '', '', '', 0, 1,"
	    " CASE WHEN i % 11 = 0 THEN 9000 END, 1 FROM n");
	stage_raw(f, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) INSERT INTO account (city, id,"
	    " login, name, title, role, place, point, password, active, open_load, capacity, created_ms, revision) SELECT 3205,"
	    " 2000 + i, 'c' || i, 'c', '', 1 + i % 6, 320506000000, CASE WHEN i % 29 > 0 THEN 1001 + i % 60 END, '',"
	    " CASE WHEN i % 13 = 0 THEN 0 ELSE 1 END, i % 17, i % 19, 1, 1 FROM n");
	stage_raw(f, "INSERT INTO account_item (city, account, item) SELECT 3205, a.id, t.id FROM account a JOIN item t ON t.city = 3205"
	    " AND ((a.id % 8 = 0 AND t.code = 'consult') OR (a.id % 8 = 2 AND t.code <> 'consult')) WHERE a.city = 3205");
	stage_raw(f, "INSERT INTO point_item (city, point, item) SELECT 3205, p.id, t.id FROM point p JOIN item t ON t.city = 3205"
	    " AND ((p.id % 3 = 0 AND t.code = 'consult') OR (p.id % 3 = 1 AND t.code <> 'consult')) WHERE p.city = 3205");
	stage_raw(f, "INSERT INTO account_language (city, account, language) SELECT 3205, id, CASE WHEN id % 2 = 0 THEN 'sign' ELSE 'wu' END"
	    " FROM account WHERE city = 3205 AND id % 5 < 2");
}

/* Who has held what: cases of nobody known around the edge of the window, and the cases of one person. */
static void
past(struct stage *f)
{
	char sql[700];

	snprintf(sql, sizeof sql, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) INSERT INTO holding"
	    " (city, request, since_ms, account, point, how, event) SELECT 3205, 500 + i, %lld - (i %% 29) * CAST(86400000 AS bigint),"
	    " 2001 + (i * 7) %% 700, 1, 1 + i %% 4, 1 FROM n", (long long)stage_now_ms);
	stage_raw(f, sql);
	snprintf(sql, sizeof sql, "INSERT INTO holding (city, request, since_ms, account, point, how, event) SELECT 3205, r.id,"
	    " %lld - a.id * CAST(8640000 AS bigint) - CASE WHEN r.id = (SELECT MIN(id) FROM request WHERE city = 3205) THEN 864000000"
	    " ELSE 0 END, a.id, 1, 1, 1 FROM request r JOIN account a ON a.city = 3205"
	    " AND (a.id + r.revision) %% 9 = 0 AND a.id > 2000 WHERE r.city = 3205", (long long)stage_now_ms);
	stage_raw(f, sql);
	stage_raw(f, "INSERT INTO handover (city, id, request, from_account, from_point, to_account, to_point, state, reason, offered_ms,"
	    " answered_ms) SELECT 3205, 100000 + a.id, (SELECT MAX(id) FROM request WHERE city = 3205), 101, 201, a.id, 1,"
	    " CASE WHEN a.id % 2 = 0 THEN 3 ELSE 4 END, '', 1, 2 FROM account a WHERE a.city = 3205 AND a.id % 7 = 0 AND a.id > 2000");
}

static void
compare(struct gathered *g)
{
	assert_int_equal(g->n_fast, g->n_slow);
	for (size_t i = 0; i < g->n_fast; i++) {
		struct candidate *a = &g->fast[i], *b = &g->slow[i];

		g->returned += b->returned;
		g->recent += b->recent > 0;
		g->served += b->served_days >= 0;
		g->speaks += b->speaks == FACT_YES;
		g->has += b->has_item && b->point_has_item;
		g->lists += b->lists_items && b->point_lists_items;
		a->name = a->point_name = b->name; /* the plain question asks for no names */
		assert_memory_equal(a, b, sizeof *a);
	}
}

/* Gathered quickly, people and facts are those of the plain question, and so is the order. */
static void
quick_is_as_plain(void **state)
{
	static struct gathered g;
	struct stage *f = *state;
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t ids[6];

	begin(f);
	crowd(f);
	for (int i = 0; i < 6; i++)
		ids[i] = ask(f, idem_key_new()).id;
	stage_raw(f, "UPDATE request SET person = (SELECT MIN(person) FROM request WHERE city = 3205) WHERE city = 3205");
	stage_raw(f, "UPDATE request SET language = 'sign' WHERE city = 3205 AND id = (SELECT MAX(id) FROM request WHERE city = 3205)");
	past(f);
	memset(&g, 0, sizeof g);
	for (int i = 0; i < 6; i++) {
		g.id.n = ids[i];
		assert_int_equal(db_read(&ctx, gathered_tx, &g), RC_OK);
		assert_int_equal(g.n_fast, DISPATCH_CANDIDATES_MAX);
		compare(&g);
	}
	assert_true(g.returned > 5 && g.recent > 100 && g.served > 100 && g.speaks > 20 && g.has > 20 && g.lists > 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides_of_each_bound),
		cmocka_unit_test(who_decides_and_why),
		cmocka_unit_test(they_begin_on_their_day),
		cmocka_unit_test(a_failing_database_sets_nothing_by_half),
		cmocka_unit_test(other_weights_choose_others),
		cmocka_unit_test(a_trial_comes_out_the_same),
		cmocka_unit_test(quick_is_as_plain),
	};
	int failed = stage_main("story_weights", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
