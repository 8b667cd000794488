/* Ten thousand decisions with random facts under several versions of the weights, stored and made again. */
#include "kit/db/db_stage.h"

#include "operations/dispatch/dispatch_store.h"

#include <stdio.h>

#define DECISIONS 10000
#define A_COMMAND 500
#define VERSIONS 5
#define MOST 24

static uint64_t drawn = 20260630;

static int
draw(int below)
{
	drawn = drawn * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((drawn >> 33) % (uint64_t)below);
}

static void
versions_make(struct stage *f, struct dispatch_weights v[static VERSIONS])
{
	for (int i = 0; i < VERSIONS; i++) {
		char sql[900];
		struct text words;

		v[i] = dispatch_weights_usual();
		for (int k = 0; k < WEIGHT_COUNT && i > 0; k++)
			v[i].v[k] = dispatch_weight_rows[k].least + draw(dispatch_weight_rows[k].most - dispatch_weight_rows[k].least + 1);
		words = dispatch_weights_print(f->mem, &v[i]);
		snprintf(sql, sizeof sql, "INSERT INTO dispatch_rules (city, version, since_ms, weights, account, words)"
		    " VALUES (3205, %d, 1, '%.*s', -1, '')", i + 1, (int)words.n, words.p);
		stage_raw(f, sql);
	}
}

static struct candidate
candidate_draw(int64_t account)
{
	static const int64_t places[] = { INT64_C(320506100201), INT64_C(320506100202), INT64_C(320506100000),
		INT64_C(320506101000), INT64_C(320506000000), INT64_C(320500000000) };

	return (struct candidate){ .account = account, .point = 200 + draw(9), .tier = (enum tier)(1 + draw(5)),
		.place = { places[draw(6)] }, .load = draw(30), .capacity = draw(30), .lists_items = draw(2), .has_item = draw(2),
		.point_lists_items = draw(2), .point_has_item = draw(2), .returned = draw(9) == 0, .open = (enum fact)draw(3),
		.duty = (enum fact)draw(3), .speaks = (enum fact)draw(3), .conflict = draw(9) == 0, .recent = draw(40),
		.served_days = draw(800) - 1 };
}

struct batch { struct dispatch_weights *versions; };

static enum rc
batch_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct batch *b = argument;
	struct candidate v[MOST];
	enum rc rc = RC_OK;

	for (int i = 0; rc == RC_OK && i < A_COMMAND; i++) {
		int version = 1 + draw(VERSIONS);
		struct request r = { .id = { 7 }, .place = { INT64_C(320506100201) }, .holder = 100 + draw(40) };
		struct deciding d = { .rules = { .version = version, .weights = b->versions[version - 1] },
			.seed = (int64_t)draw(1 << 30) * draw(1 << 30), .c = v, .n = (size_t)draw(MOST + 1) };
		int64_t id;

		for (size_t k = 0; k < d.n; k++)
			v[k] = candidate_draw(140 - (int64_t)k * 2 + draw(2));
		buf_init(&d.input, DISPATCH_RECORD_MAX);
		rc = dispatch_input_print(&d.input, r.place, r.holder, v, d.n);
		dispatch_rank(&d.rules.weights, d.seed, r.place, r.holder, v, d.n);
		if (rc == RC_OK)
			rc = dispatch_store_decision(tx, actor, &r, &d, CHOSEN_BEST, d.n > 0 ? v[0].account : 0, TEXT_NONE, &id);
		deciding_end(&d);
	}
	return rc;
}

static enum rc
replay_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	return dispatch_replay_all(tx, actor, argument);
}

static struct dispatch_replayed
replayed(struct stage *f)
{
	struct dispatch_replayed all;

	assert_int_equal(db_read(&f->ctx, replay_tx, &all), RC_OK);
	return all;
}

static void
ten_thousand_come_out_again(void **state)
{
	struct stage *f = *state;
	struct dispatch_weights versions[VERSIONS];
	struct batch batch = { versions };
	struct dispatch_replayed all;

	versions_make(f, versions);
	for (int i = 0; i < DECISIONS / A_COMMAND; i++)
		assert_int_equal(db_job(&f->ctx, &(struct command){ .name = "test.batch", .fn = batch_tx, .arg = &batch }), RC_OK);
	all = replayed(f);
	assert_int_equal(all.looked_at, DECISIONS);
	assert_int_equal(all.same, DECISIONS);
	assert_int_equal(all.differ, 0);
	/* a weight changed afterwards, an answer, another engine: each shows */
	stage_raw(f, "UPDATE dispatch_rules SET weights = REPLACE(weights, 'town=30', 'town=31') WHERE city = 3205 AND version = 1");
	assert_in_range(replayed(f).differ, 1000, 2100);
	stage_raw(f, "UPDATE dispatch_rules SET weights = REPLACE(weights, 'town=31', 'town=30') WHERE city = 3205 AND version = 1");
	stage_raw(f, "UPDATE dispatch_decision SET output = output || '1' WHERE city = 3205 AND id ="
	    " (SELECT MIN(id) FROM dispatch_decision WHERE city = 3205)");
	all = replayed(f);
	assert_int_equal(all.differ, 1);
	assert_int_equal(all.first, stage_int(f, "SELECT MIN(id) FROM dispatch_decision WHERE city = $1"));
	stage_raw(f, "UPDATE dispatch_decision SET engine = 2 WHERE city = 3205");
	all = replayed(f);
	assert_int_equal(all.other_engine, DECISIONS);
	assert_int_equal(all.differ, 0); /* not known, so not called wrong */
}

static void
what_cannot_be_read_is_said(void **state)
{
	static const char *const inputs[] = { "", "case 1\n", "case 1 2 3\n", "case 1 2\n1 2 3\n", "case 1 2\nx\n",
		"case 320506100201 1\n1 2 3 4 5 6 7 8 9 10 11 3 0 0 0 0 0\n", "case 320506100201 1\n1 2 3 4 5 6 7 8 9 10 11 0 0 0 0 0 99999999999\n" };
	struct stage *f = *state;
	struct decision d = { .engine = DISPATCH_ENGINE, .weights = dispatch_weights_usual() };
	bool same = true;

	for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
		d.input = text_of(inputs[i]);
		assert_int_equal(dispatch_replay(&d, f->mem, &same), RC_CORRUPT);
	}
	d.input = TEXT("case 320506100201 1\n");
	assert_int_equal(dispatch_replay(&d, f->mem, &same), RC_OK);
	assert_true(same); /* nobody was there, and nobody is */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_thousand_come_out_again),
		cmocka_unit_test(what_cannot_be_read_is_said),
	};

	return stage_main("dispatch", tests, sizeof tests / sizeof tests[0]);
}
