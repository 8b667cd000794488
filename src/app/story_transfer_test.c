/* A case that belongs to another city: the letter, and its end here; both sides of the border. */
#include "app/story_stage.h"

#include "operations/cooperate/cooperate.h"

#include <stdio.h>

#define HELPS "COUNT(*) FROM cooperation WHERE city = $1"

/* SQL of one number about one case. */
static int64_t
of(struct stage *f, const char *what, int64_t id)
{
	char sql[400];

	snprintf(sql, sizeof sql, "SELECT %s AND request = %lld", what, (long long)id);
	return stage_int(f, sql);
}

static enum rc
transfer_as(struct stage *f, int who, int64_t id, int64_t organ, enum transfer_way *way)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct transfer_new in = { .id = { id }, .revision = revision(f, id), .kind = TRANSFER_MATTER, .organ = { organ },
		.authority = TEXT("外地法律援助中心"), .content = TEXT("当事人住在本市，事情发生在贵地，请予办理。"),
		.told = TEXT("事情发生在外地，要到那里的法律援助中心办。") };

	return transfer_out(&ctx, idem_key_new(), &in, way);
}

struct letter_look { struct case_id id; struct transfer_letter letter; };

static enum rc
letter_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct letter_look *l = arg;

	return transfer_letter_load(tx, actor, l->id, &l->letter);
}

static enum rc
letter_as(struct stage *f, int who, int64_t id, struct transfer_letter *ret)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct letter_look l = { .id = { id } };
	enum rc rc = db_read(&ctx, letter_tx, &l);

	*ret = l.letter;
	return rc;
}

#define OUTSIDE INT64_C(320600000000)     /* the first code beyond the city's last */
#define INSIDE INT64_C(320599999999)

static void
beyond_the_city_a_letter_goes_and_the_case_is_closed(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct transfer_letter letter;
	enum transfer_way way;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	{
		struct actor a = as(HELPER);
		struct ctx ctx = ctx_as(f, &a);
		struct cooperation_done done;

		assert_int_equal(cooperation_ask(&ctx, idem_key_new(), &(struct cooperation_ask){ .request = { r.id },
		    .point = OTHER_CENTRE, .kind = TEXT("evidence"), .words = TEXT("请到工地核实出勤。") }, &done), RC_OK);
	}
	assert_int_equal(letter_as(f, HELPER, r.id, &letter), RC_NOT_FOUND);
	assert_int_equal(transfer_as(f, STRANGER, r.id, OUTSIDE, &way), RC_NOT_FOUND);
	assert_int_equal(transfer_as(f, CLERK, r.id, OUTSIDE, &way), RC_FORBIDDEN);
	assert_int_equal(transfer_as(f, HELPER, r.id, INSIDE, &way), RC_REFUSED);
	assert_int_equal(way, TRANSFER_COUNTY);
	assert_int_equal(transfer_as(f, HELPER, r.id, CITY, &way), RC_REFUSED);
	assert_int_equal(way, TRANSFER_UNCLEAR);
	assert_int_equal(problems(f), 0);
	assert_int_equal(transfer_as(f, HELPER, r.id, OUTSIDE, &way), RC_OK);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'transfer.sent' AND shown = 1 AND from_state = 20"
	    " AND to_state = 50", r.id), 1);
	assert_int_equal(of(f, HELPS " AND state = 80", r.id), 1); /* what was asked of others ends with it */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM review WHERE city = $1"), 0);
	assert_int_equal(letter_as(f, HELPER, r.id, &letter), RC_OK);
	assert_int_equal(letter.organ.code, OUTSIDE);
	assert_true(text_starts_with(letter.number, TEXT("Z26")) && text_contains(letter.basis, TEXT("第三十八条")));
	assert_int_equal(letter_as(f, STRANGER, r.id, &letter), RC_NOT_FOUND);
	assert_int_equal(transfer_as(f, HELPER, r.id, OUTSIDE, &way), RC_CONFLICT);
	assert_int_equal(problems(f), 0);
	/* not accepted yet: declined, with where to go */
	r = ask(f, idem_key_new());
	assert_int_equal(transfer_as(f, HELPER, r.id, INT64_C(320499999999), &way), RC_OK);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'transfer.sent' AND to_state = 60", r.id), 1);
	assert_int_equal(problems(f), 0);
}

static void
a_failing_database_transfers_nothing_by_half(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	enum transfer_way way;
	int step = 1;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	for (enum rc rc = RC_UNAVAILABLE; rc != RC_OK && step < 100; step++) {
		struct actor a = as(HELPER);
		struct ctx ctx = ctx_as(f, &a);
		struct transfer_new in = { .id = { r.id }, .revision = 2, .kind = TRANSFER_MATTER, .organ = { OUTSIDE },
			.authority = TEXT("外地中心"), .content = TEXT("请予办理。"), .told = TEXT("要到外地办。") };

		db_fail_after(f->db, step);
		rc = transfer_out(&ctx, idem_key_new(), &in, &way);
		db_fail_after(f->db, 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM transfer_letter WHERE city = $1"), rc == RC_OK);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1 AND open = 0"), rc == RC_OK);
	}
	assert_in_range(step, 8, 99);
	assert_int_equal(problems(f), 0);
}

static void
planted_faults_of_letters_are_found(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "UPDATE transfer_letter SET organ = 320506000000 WHERE city = 3205", "UPDATE transfer_letter SET organ = 320600000000 WHERE city = 3205" },
		{ "UPDATE transfer_letter SET request = request + 1 WHERE city = 3205", "UPDATE transfer_letter SET request = request - 1 WHERE city = 3205" },
		{ "UPDATE request SET outcome = 'answered' WHERE city = 3205", "UPDATE request SET outcome = 'transferred' WHERE city = 3205" },
		{ "UPDATE event SET kind = 'request.closed' WHERE city = 3205 AND kind = 'transfer.sent'",
		    "UPDATE event SET kind = 'transfer.sent' WHERE city = 3205 AND kind = 'request.closed'" },
	};
	struct stage *f = *state;
	struct intake_receipt r;
	enum transfer_way way;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(transfer_as(f, HELPER, r.id, OUTSIDE, &way), RC_OK);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(beyond_the_city_a_letter_goes_and_the_case_is_closed),
		cmocka_unit_test(a_failing_database_transfers_nothing_by_half),
		cmocka_unit_test(planted_faults_of_letters_are_found),
	};
	int failed = stage_main("story_transfer", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
