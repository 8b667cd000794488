/* A roster in the hands of others: as calendars that follow its changes, for everybody at a station's page, and the requests that
 * come of a duty. */
#include "app/story_duty_month.h"

#include "operations/dutylog/dutylog.h"

#include <stdio.h>
#include <string.h>

static int64_t plan_id;
static enum roster_rule rule;

static void
ready(struct stage *f)
{
	begin(f);
	people(f);
	stage_raw(f, "UPDATE provider SET account = 104 WHERE licence = 'L-0001'");
	plan_id = published(f);
}

/* ---- calendars ------------------------------------------------------------------------------------------------------------ */

struct turns { enum duty_whose whose; int64_t id; struct duty_turn v[40]; size_t n; };

static enum rc
turns_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct turns *t = argument;

	return duty_turns(tx, actor, t->whose, t->id, on(1), t->v, 40, &t->n);
}

/* As somebody reads it who is not logged in. */
static struct duty_turn
turn_of(struct stage *f, enum duty_whose whose, int64_t id, int64_t place)
{
	struct turns t = { .whose = whose, .id = id };
	struct actor nobody = { .kind = ACTOR_ANONYMOUS, .city = STAGE_CITY };
	struct duty_turn found = { .sequence = -1 };
	struct ctx ctx = ctx_as(f, &nobody);

	assert_int_equal(db_read(&ctx, turns_tx, &t), RC_OK);
	for (size_t i = 0; i < t.n; i++)
		if (t.v[i].place.code == place) {
			assert_int_equal(found.sequence, -1); /* once */
			found = t.v[i];
		}
	return found;
}

static void
a_calendar_follows_what_is_moved_dropped_and_planned_anew(void **state)
{
	struct stage *f = *state;
	struct duty_turn first, now;
	struct duty_choice c;
	struct actor a;
	struct ctx ctx;
	int64_t was, to;
	size_t i = 0;

	ready(f);
	was = provider_of(f, "L-0001");
	to = provider_of(f, "L-0003");
	first = turn_of(f, DUTY_OF_PERSON, was, VILLAGE);
	assert_true(!first.cancelled && first.sequence > 0 && first.day.n == slot_of(see(f, plan_id), VILLAGE)->day.n);
	assert_int_equal(turn_of(f, DUTY_OF_STATION, STATION, VILLAGE).sequence, first.sequence);
	assert_int_equal(turn_of(f, DUTY_OF_PERSON, to, VILLAGE).sequence, -1);
	ctx = ctx_of(f, CHIEF, &a);
	assert_int_equal(duty_candidates(&ctx, plan_id, slot_of(see(f, plan_id), VILLAGE)->slot, 200, &c), RC_OK);
	while (i < c.n_fine && c.v[i].provider != to)
		i++;
	assert_true(i < c.n_fine);
	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_move(&ctx, idem_key_new(), &(struct duty_move){ plan_id, c.slot.slot, c.slot.revision, to, c.v[i].day,
	    TEXT("村里有事") }, &told, &rule), RC_OK);
	/* gone for the one, there for the other, another day and name for the station: all under the same name and a higher number */
	now = turn_of(f, DUTY_OF_PERSON, was, VILLAGE);
	assert_true(now.cancelled && now.sequence > first.sequence && now.day.n == first.day.n && now.nth == first.nth);
	now = turn_of(f, DUTY_OF_PERSON, to, VILLAGE);
	assert_true(!now.cancelled && now.sequence > first.sequence && now.day.n == c.v[i].day.n);
	now = turn_of(f, DUTY_OF_VILLAGE, VILLAGE, VILLAGE);
	assert_true(!now.cancelled && now.sequence > first.sequence && text_equals(now.name, TEXT("演示丙")));
	first = now;
	/* a new version, in which nobody comes */
	stage_raw(f, "UPDATE duty_plan SET freeze_day = 30000 WHERE city = 3205");
	stage_raw(f, "UPDATE provider SET away_from = 20635, away_to = 20665 WHERE licence IN ('L-0001', 'L-0002', 'L-0003')");
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(publish(f, OFFICIAL, made.id), RC_OK);
	now = turn_of(f, DUTY_OF_STATION, STATION, VILLAGE);
	assert_true(now.cancelled && now.sequence > first.sequence);
	now = turn_of(f, DUTY_OF_PERSON, to, VILLAGE);
	assert_true(now.cancelled && now.sequence > first.sequence);
}

/* ---- who comes, for everybody -------------------------------------------------------------------------------------------------- */

static void
everybody_sees_who_cannot_come_and_who_stands_in(void **state)
{
	struct stage *f = *state;
	struct duty_repair r;
	struct duty_sick in;
	struct actor a;
	struct ctx ctx;
	const struct seen *s;

	ready(f);
	s = see(f, plan_id);
	assert_int_equal(s->n_pub, 1);
	assert_true(!s->pub[0].away && s->pub[0].instead_of.n == 0 && s->pub[0].minutes == 180 && s->pub[0].point == STATION);
	/* they say that they can't, nobody stands in yet */
	ctx = ctx_of(f, LAWYER, &a);
	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_away_add(&ctx, idem_key_new(), &(struct duty_away){ .provider = provider_of(f, "L-0001"),
	    .from = s->pub[0].day, .to = s->pub[0].day, .reason = TEXT("私事") }, &told), RC_OK);
	s = see(f, plan_id);
	assert_true(s->n_pub == 1 && s->pub[0].away);
	ctx = ctx_of(f, CHIEF, &a);
	in = (struct duty_sick){ plan_id, provider_of(f, "L-0001"), on(1), on(31), TEXT("病假") };
	assert_int_equal(duty_sick_try(&ctx, &in, &r), RC_OK);
	assert_int_equal(duty_sick_take(&ctx, idem_key_new(), &in, r.hash, &told), RC_OK);
	s = see(f, plan_id);
	assert_true(s->n_pub == 1 && !s->pub[0].away && text_equals(s->pub[0].instead_of, TEXT("演示甲")) &&
	    !text_equals(s->pub[0].name, TEXT("演示甲")));
}

/* ---- requests of a duty ------------------------------------------------------------------------------------------------------------ */

static struct duty_slot turn;

static void
on_the_day(struct stage *f)
{
	char code[DUTYLOG_CODE_CHARS];
	struct actor a;
	struct ctx ctx;
	int64_t wait_s;

	ready(f);
	turn = *slot_of(see(f, plan_id), VILLAGE);
	stage_now_ms = day_start_ms(turn.day) + 10 * 3600000;
	f->ctx.now_ms = stage_now_ms;
	ctx = ctx_of(f, LAWYER, &a);
	dutylog_code(&ctx, STATION, turn.day, code);
	told = (struct findings){ .n = 0 };
	assert_int_equal(dutylog_sign_in(&ctx, idem_key_new(), turn.plan, turn.slot, text_of(code), &told, &wait_s), RC_OK);
}

static enum rc
receive(struct stage *f, int who, struct idem_key key, const char *phone, struct intake_receipt *ret)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return dutylog_receive(&ctx, key, &(struct dutylog_ask){ turn.plan, turn.slot, TOPIC_WAGE_ARREARS, TEXT("来问工钱怎么要"), TEXT("张三"),
	    text_of(phone) }, &told, ret);
}

struct cases { struct dutylog_case v[8]; size_t n; };

static enum rc
cases_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct cases *c = argument;

	return dutylog_cases(tx, actor, &turn, c->v, 8, &c->n);
}

static struct cases
cases(struct stage *f)
{
	struct cases c = { .n = 0 };
	struct actor a;
	struct ctx ctx = ctx_of(f, LAWYER, &a);

	assert_int_equal(db_read(&ctx, cases_tx, &c), RC_OK);
	return c;
}

static enum rc
write_with(struct stage *f, const int64_t *requests, size_t n)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, LAWYER, &a);

	told = (struct findings){ .n = 0 };
	return dutylog_write(&ctx, idem_key_new(), &(struct dutylog_new){ turn.plan, turn.slot, 1u << DUTYLOG_ADVICE, 180, (int)n, TEXT(""),
	    requests, n }, &told);
}

static void
a_request_comes_of_a_duty_and_is_counted_once(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r = { .id = 0 }, again = { .id = 0 };
	struct intake_new at_station;
	struct idem_key key = idem_key_new();
	struct actor a;
	struct ctx ctx;
	struct cases c;
	int64_t requests[3];

	on_the_day(f);
	assert_int_equal(receive(f, CHIEF, idem_key_new(), "13800000000", &r), RC_NOT_FOUND); /* not their duty */
	assert_int_equal(receive(f, LAWYER, idem_key_new(), "138", &r), RC_INVALID);
	assert_int_equal(cases(f).n, 0);
	assert_int_equal(receive(f, LAWYER, key, "13800000000", &r), RC_OK);
	assert_int_equal(receive(f, LAWYER, key, "13800000000", &again), RC_OK);
	assert_true(again.id == r.id && strcmp(again.code, r.code) == 0);
	/* the station's own of that day */
	ctx = ctx_of(f, HELPER, &a);
	at_station = wages(f);
	at_station.channel = CHANNEL_STATION;
	told = (struct findings){ .n = 0 };
	assert_int_equal(intake_receive(&ctx, idem_key_new(), &at_station, &told, &again), RC_OK);
	c = cases(f);
	assert_int_equal(c.n, 2);
	assert_true(c.v[0].made && c.v[0].linked && c.v[0].request == r.id && c.v[0].holder == LAWYER);
	assert_true(!c.v[1].made && !c.v[1].linked && c.v[1].request == again.id);
	requests[0] = again.id;
	requests[1] = r.id;                 /* linked already: once is enough */
	requests[2] = again.id + 12345;     /* none */
	assert_int_equal(write_with(f, requests, 3), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_log_request WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_log_request WHERE city = $1 AND made = 1"), 1);
	assert_int_equal(receive(f, LAWYER, idem_key_new(), "13800000000", &again), RC_INVALID); /* the log is written */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1 AND point = 201 AND channel = 3 AND tier = 3"), 2);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE duty_attend SET day = day - 1");
	assert_true(problems(f) > 0);
}

static void
what_another_day_or_point_took_in_is_not_taken_along(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r = { .id = 0 };
	int64_t other;

	on_the_day(f);
	r = ask(f, idem_key_new());          /* by the portal, yesterday */
	other = r.id;
	stage_raw(f, "UPDATE request SET created_day = created_day - 1 WHERE city = 3205");
	assert_int_equal(cases(f).n, 0);
	assert_int_equal(write_with(f, &other, 1), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_log_request WHERE city = $1"), 0);
	stage_now_ms += DAY_MS;
	assert_int_equal(receive(f, LAWYER, idem_key_new(), "13800000000", &r), RC_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_calendar_follows_what_is_moved_dropped_and_planned_anew),
		cmocka_unit_test(everybody_sees_who_cannot_come_and_who_stands_in),
		cmocka_unit_test(a_request_comes_of_a_duty_and_is_counted_once),
		cmocka_unit_test(what_another_day_or_point_took_in_is_not_taken_along),
	};
	int failed = stage_main("story_duty_life", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys); /* the checker for leaks can't see what only guarded memory points to */
	return failed;
}
