/* A month of a county: planned from the registers, pins kept or refused by name, published by a second person, frozen; a visit moved
 * by hand, a sick call; what verify finds. */
#include "app/story_duty_month.h"

#include "operations/dutylog/dutylog.h"
#include "resources/duty/duty_look.h"

#include <stdio.h>
#include <string.h>

/* ---- planning ------------------------------------------------------------------------------------------------------- */

static void
a_month_is_planned_from_the_registers(void **state)
{
	struct stage *f = *state;
	const struct seen *s;
	int64_t first;

	begin(f);
	assert_int_equal(plan(f, CHIEF), RC_INVALID); /* nobody to plan with */
	people(f);
	assert_int_equal(plan(f, DIRECTOR), RC_NOT_FOUND);
	assert_int_equal(plan(f, OTHER_OFFICIAL), RC_NOT_FOUND);
	assert_int_equal(plan(f, CLERK), RC_FORBIDDEN);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	first = made.id;
	s = see(f, first);
	assert_int_equal(s->p.version, 1);
	assert_int_equal(s->p.persons, 3);
	assert_true(s->p.calendar && s->p.est && !s->p.stopped);
	assert_int_equal(s->p.visits, region_count((struct place){ COUNTY }, PLACE_VILLAGE, on(1)));
	assert_int_equal(s->p.open_visits, s->p.visits - VILLAGES);
	assert_true(s->p.bound <= s->p.objective && s->p.bound > 0);
	for (int i = 0; i < VILLAGES; i++)
		assert_true(slot_of(s, village[i])->provider != 0);
	assert_int_equal(slot_of(s, village[3])->provider, provider_of(f, "L-0002"));
	assert_true(slot_of(s, village[3])->day.n <= on(20).n);
	assert_int_equal(slot_of(s, village[0])->minutes, 180); /* four hours by contract, three at most at once */
	assert_int_equal(s->v[s->n - 1].provider, 0);
	assert_int_equal(s->v[s->n - 1].why, ROSTER_ENTITLED);
	assert_int_equal(s->n_pub, 0); /* a draft is nobody's business */
	/* the same registers, the same plan */
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(see(f, made.id)->p.version, 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(DISTINCT input_hash) FROM duty_plan WHERE city = $1"), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_slot a JOIN duty_slot b ON b.city = a.city AND b.slot = a.slot AND b.plan <> a.plan"
	    " WHERE a.city = $1 AND (COALESCE(a.made_provider, 0) <> COALESCE(b.made_provider, 0) OR COALESCE(a.made_day, 0) <>"
	    " COALESCE(b.made_day, 0))"), 0);
	assert_int_equal(problems(f), 0);
}

static void
nobody_is_asked_who_is_away(void **state)
{
	struct stage *f = *state;
	struct findings findings = { .n = 0 };
	struct duty_away in = { .from = on(1), .to = on(31), .reason = TEXT("") };
	struct actor a;
	struct ctx ctx;

	begin(f);
	people(f);
	stage_raw(f, "UPDATE provider SET away_from = 20635, away_to = 20665 WHERE licence = 'L-0003'"); /* July */
	ctx = ctx_of(f, CHIEF, &a);
	in.provider = provider_of(f, "L-0002");
	assert_int_equal(duty_away_add(&ctx, idem_key_new(), &in, &findings), RC_OK);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(slot_of(see(f, made.id), village[2])->provider, 0);
	assert_int_equal(slot_of(see(f, made.id), village[2])->why, ROSTER_AWAY);
	assert_int_equal(slot_of(see(f, made.id), village[3])->provider, 0);
	assert_true(slot_of(see(f, made.id), village[0])->provider != 0);
	assert_int_equal(problems(f), 0);
}

static enum rc
village_set(struct stage *f, int64_t place, const char *licence, unsigned ends_in, bool market)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, CHIEF, &a);

	told = (struct findings){ .n = 0 };
	return duty_village_save(&ctx, idem_key_new(), &(struct duty_village){ .place = { place }, .licence = text_of(licence), .visits = 1,
	    .ends_in = ends_in, .market = market }, &told);
}

static enum rc
pin(struct stage *f, const char *licence, int64_t place, int day)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, CHIEF, &a);

	told = (struct findings){ .n = 0 };
	return duty_pin_add(&ctx, idem_key_new(), &(struct duty_pin){ .county = { COUNTY }, .month = DUTY_MONTH, .kind = ROSTER_PIN_VISIT,
	    .licence = text_of(licence), .place = { place }, .day = on(day), .why = TEXT("村里定了那天") }, &told);
}

static void
wishes_and_pins_hold_or_are_refused_by_name(void **state)
{
	struct stage *f = *state;
	struct actor a;
	struct ctx ctx;
	const struct seen *s;
	int64_t first;

	begin(f);
	people(f);
	/* days ending in 4; the 4th of July 2026 is a Saturday and goes only where it is market day */
	assert_int_equal(village_set(f, village[0], "", 1u << 4, false), RC_OK);
	assert_int_equal(village_set(f, village[2], "L-0004", 0, false), RC_INVALID); /* a volunteer */
	assert_int_equal(village_set(f, village[2], "L-0001", 1u << 4, true), RC_OK);
	assert_int_equal(village_set(f, village[2], "L-0001", 0, false), RC_CONFLICT);
	assert_int_equal(pin(f, "L-0003", village[1], 0 + 8), RC_OK);      /* not their village */
	assert_int_equal(pin(f, "L-0001", village[0], 14), RC_OK);
	assert_int_equal(pin(f, "L-0001", INT64_C(320507001001), 14), RC_INVALID);
	ctx = ctx_of(f, CHIEF, &a);
	for (int i = 0; i < 3; i++) { /* a window is a centre's: not a station's, not nobody's */
		static const int at[] = { STATION, 0, COUNTY_CENTRE };
		struct duty_pin seat = { .county = { COUNTY }, .month = DUTY_MONTH, .kind = ROSTER_PIN_SEAT, .licence = TEXT("L-0001"), .day = on(15),
			.point = at[i], .why = TEXT("窗口要人") };

		told = (struct findings){ .n = 0 };
		assert_int_equal(duty_pin_add(&ctx, idem_key_new(), &seat, &told), i < 2 ? RC_INVALID : RC_OK);
		assert_true(i == 2 || strcmp(told.v[0].field, "point") == 0);
	}
	assert_int_equal(duty_pin_drop(&ctx, idem_key_new(), (struct place){ COUNTY },
	    stage_int(f, "SELECT MAX(id) FROM duty_pin WHERE city = $1")), RC_OK);
	first = stage_int(f, "SELECT MIN(id) FROM duty_pin WHERE city = $1");
	assert_int_equal(plan(f, CHIEF), RC_REFUSED); /* 丙 has no village any more, and no window: the pin names nobody here */
	assert_true(made.pin_a == first && made.pin_b == 0 && made.rule == ROSTER_ENTITLED);
	ctx = ctx_of(f, CHIEF, &a);
	assert_int_equal(duty_pin_drop(&ctx, idem_key_new(), (struct place){ COUNTY }, first), RC_OK);
	assert_int_equal(duty_pin_drop(&ctx, idem_key_new(), (struct place){ COUNTY }, first), RC_CONFLICT);
	assert_int_equal(pin(f, "L-0001", village[2], 4), RC_OK);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	s = see(f, made.id);
	assert_int_equal(slot_of(s, village[0])->day.n, on(14).n);
	assert_int_equal(slot_of(s, village[2])->day.n, on(4).n);
	assert_int_equal(slot_of(s, village[2])->provider, provider_of(f, "L-0001"));
	/* one village, one visit, two days */
	assert_int_equal(pin(f, "L-0001", village[0], 24), RC_OK);
	assert_int_equal(plan(f, CHIEF), RC_REFUSED);
	assert_true(made.pin_a != 0 && made.pin_b != 0 && made.pin_a != made.pin_b);
	assert_int_equal(problems(f), 0);
}

static void
a_second_person_publishes_until_it_freezes(void **state)
{
	struct stage *f = *state;
	int64_t first;

	begin(f);
	people(f);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	first = made.id;
	assert_int_equal(publish(f, CHIEF, first), RC_INVALID);
	assert_int_equal(publish(f, DIRECTOR, first), RC_NOT_FOUND);
	assert_int_equal(publish(f, CLERK, first), RC_FORBIDDEN);
	stage_now_ms -= 3 * DAY_MS;             /* 27 June: three days before July begins it freezes, 28 June */
	f->ctx.now_ms -= 3 * DAY_MS;
	assert_int_equal(publish(f, OFFICIAL, first), RC_OK);
	assert_int_equal(publish(f, OFFICIAL, first), RC_CONFLICT);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(publish(f, OFFICIAL, made.id), RC_OK);
	assert_int_equal(see(f, first)->p.state, DUTY_REPLACED);
	assert_int_equal(see(f, made.id)->n_pub, 1);      /* who comes to the station of the village */
	assert_int_equal(problems(f), 0);
	stage_now_ms += DAY_MS;
	f->ctx.now_ms += DAY_MS;
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(publish(f, OFFICIAL, made.id), RC_INVALID);
}

/* ---- what changes ------------------------------------------------------------------------------------------------------- */

static void
one_visit_goes_elsewhere_with_its_price(void **state)
{
	struct stage *f = *state;
	struct duty_choice c;
	struct duty_move m;
	enum roster_rule rule;
	struct actor a;
	struct ctx ctx;
	int64_t id;

	begin(f);
	people(f);
	id = published(f);
	ctx = ctx_of(f, CHIEF, &a);
	assert_int_equal(duty_candidates(&ctx, id, slot_of(see(f, id), village[0])->slot, 200, &c), RC_OK);
	assert_true(c.n_fine > 5 && c.n > c.n_fine);
	for (size_t i = 1; i < c.n_fine; i++)
		assert_true(c.v[i - 1].difference <= c.v[i].difference);
	assert_true(c.why[ROSTER_AWAY] > 0 && c.why[ROSTER_CALENDAR] > 0); /* after the 20th the second has no licence; weekends */
	m = (struct duty_move){ id, c.slot.slot, c.slot.revision, c.v[c.n - 1].provider, c.v[c.n - 1].day, TEXT("换一天") };
	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_move(&ctx, idem_key_new(), &m, &told, &rule), RC_REFUSED);
	assert_int_equal(rule, c.v[c.n - 1].blocked);
	m.provider = c.v[0].provider;
	m.day = c.v[0].day;
	m.why = TEXT("");
	assert_int_equal(duty_move(&ctx, idem_key_new(), &m, &told, &rule), RC_INVALID);
	m.why = TEXT("村里有事");
	told = (struct findings){ .n = 0 };
	{
		struct idem_key key = idem_key_new();

		assert_int_equal(duty_move(&ctx, key, &m, &told, &rule), RC_OK);
		assert_int_equal(duty_move(&ctx, key, &m, &told, &rule), RC_OK); /* the same form once more */
	}
	assert_int_equal(duty_move(&ctx, idem_key_new(), &m, &told, &rule), RC_CONFLICT);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_change WHERE city = $1"), 1);
	assert_int_equal(slot_of(see(f, id), village[0])->day.n, m.day.n);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE duty_slot SET day = day + 1 WHERE provider IS NOT NULL AND slot = (SELECT MAX(slot) FROM duty_change)");
	assert_int_equal(problems(f), 1);
}

static void
a_change_is_taken_back_once(void **state)
{
	struct stage *f = *state;
	struct idem_key key = idem_key_new();
	const struct duty_slot *was;
	struct duty_slot before;
	struct duty_choice c;
	enum roster_rule rule;
	int64_t id, change;
	struct actor a;
	struct ctx ctx;

	begin(f);
	people(f);
	id = published(f);
	ctx = ctx_of(f, CHIEF, &a);
	before = *slot_of(see(f, id), village[0]);
	assert_int_equal(duty_candidates(&ctx, id, before.slot, 200, &c), RC_OK);
	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_move(&ctx, idem_key_new(), &(struct duty_move){ id, before.slot, before.revision, c.v[0].provider, c.v[0].day,
	    TEXT("换一天") }, &told, &rule), RC_OK);
	change = stage_int(f, "SELECT MAX(id) FROM duty_change WHERE city = $1");
	assert_int_equal(duty_undo(&ctx, idem_key_new(), id, change + 1, &rule), RC_NOT_FOUND);
	assert_int_equal(duty_undo(&ctx, key, id, change, &rule), RC_OK);
	was = slot_of(see(f, id), village[0]);
	assert_true(was->provider == before.provider && was->day.n == before.day.n);
	assert_int_equal(stage_int(f, "SELECT SUM(difference) FROM duty_change WHERE city = $1"), 0); /* there and back costs nothing */
	assert_int_equal(duty_undo(&ctx, key, id, change, &rule), RC_OK);                 /* the same press again */
	assert_int_equal(duty_undo(&ctx, idem_key_new(), id, change, &rule), RC_CONFLICT); /* something came after it */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_change WHERE city = $1"), 2);
	assert_int_equal(problems(f), 0);
	/* it stands again where that change had put it: still not the last one */
	assert_int_equal(duty_candidates(&ctx, id, before.slot, 200, &c), RC_OK);
	assert_int_equal(duty_move(&ctx, idem_key_new(), &(struct duty_move){ id, before.slot, c.slot.revision, c.v[0].provider, c.v[0].day,
	    TEXT("换一天") }, &told, &rule), RC_OK);
	assert_int_equal(duty_undo(&ctx, idem_key_new(), id, change, &rule), RC_CONFLICT);
	change = stage_int(f, "SELECT MAX(id) FROM duty_change WHERE city = $1");
	assert_int_equal(duty_undo(&ctx, idem_key_new(), id, change, &rule), RC_OK);
	/* where it was is closed meanwhile: refused with the rule */
	change = stage_int(f, "SELECT MAX(id) FROM duty_change WHERE city = $1");
	assert_int_equal(duty_away_add(&ctx, idem_key_new(), &(struct duty_away){ .provider = c.v[0].provider, .from = c.v[0].day,
	    .to = c.v[0].day, .reason = TEXT("") }, &told), RC_OK);
	assert_int_equal(duty_undo(&ctx, idem_key_new(), id, change, &rule), RC_REFUSED);
	assert_int_equal(rule, ROSTER_AWAY);
}

static enum rc
cover(struct stage *f, int64_t id, const char *from, const char *to, struct duty_covered *ret)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, CHIEF, &a);

	told = (struct findings){ .n = 0 };
	return duty_cover(&ctx, idem_key_new(), &(struct duty_cover){ id, provider_of(f, from), text_of(to), on(1), on(31), TEXT("进修一个月") },
	    &told, ret);
}

static void
a_month_goes_to_one_stand_in_or_not_at_all(void **state)
{
	struct stage *f = *state;
	struct duty_slot was[2];
	struct duty_covered done;
	const struct seen *s;
	int64_t id;

	begin(f);
	people(f);
	assert_int_equal(pin(f, "L-0001", village[0], 8), RC_OK);
	assert_int_equal(pin(f, "L-0001", village[1], 22), RC_OK);
	assert_int_equal(pin(f, "L-0003", village[2], 28), RC_OK);
	id = published(f);
	was[0] = *slot_of(see(f, id), village[0]);
	was[1] = *slot_of(see(f, id), village[1]);
	assert_int_equal(cover(f, id, "L-0001", "L-0001", &done), RC_INVALID); /* themself */
	assert_int_equal(cover(f, id, "L-0001", "L-0004", &done), RC_INVALID); /* a volunteer */
	assert_string_equal(told.v[0].field, "licence");
	/* the third is away on the day of one of them: none goes over */
	{
		struct actor a;
		struct ctx ctx = ctx_of(f, CHIEF, &a);

		told = (struct findings){ .n = 0 };
		assert_int_equal(duty_away_add(&ctx, idem_key_new(), &(struct duty_away){ .provider = provider_of(f, "L-0003"), .from = was[1].day,
		    .to = was[1].day, .reason = TEXT("") }, &told), RC_OK);
	}
	assert_int_equal(cover(f, id, "L-0001", "L-0003", &done), RC_REFUSED);
	assert_true(done.rule == ROSTER_AWAY && done.slot.day.n == was[1].day.n);
	assert_int_equal(slot_of(see(f, id), village[0])->provider, was[0].provider);
	stage_raw(f, "DELETE FROM duty_away");
	if (cover(f, id, "L-0001", "L-0003", &done) != RC_OK)
		fail_msg("rule %d on day %d", (int)done.rule, (int)(done.slot.day.n - on(1).n + 1));
	assert_int_equal(done.n, 2);
	s = see(f, id);
	for (int i = 0; i < 2; i++)
		assert_true(slot_of(s, village[i])->provider == provider_of(f, "L-0003") && slot_of(s, village[i])->day.n == was[i].day.n);
	assert_int_equal(cover(f, id, "L-0001", "L-0003", &done), RC_CONFLICT); /* there is nothing left */
	assert_int_equal(problems(f), 0);
}

static void
fairness_and_versions_count_the_same_visits(void **state)
{
	struct stage *f = *state;
	struct duty_versions d;
	struct duty_fair *v = NULL;
	int64_t first, visits = 0, minutes = 0, of_plan = 0;
	const struct seen *s;
	struct actor a;
	struct ctx ctx;
	size_t n = 0;

	begin(f);
	people(f);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	first = made.id;
	ctx = ctx_of(f, CHIEF, &a);
	assert_int_equal(duty_fairness(&ctx, first, &v, &n), RC_OK);
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++) {
		visits += v[i].visits;
		minutes += v[i].minutes;
		assert_true(v[i].travel % ROSTER_TRAVEL_UNIT == 0 && (v[i].travel > 0 || v[i].visits == 0));
	}
	s = see(f, first);
	assert_int_equal(visits, s->p.visits - s->p.open_visits);
	for (size_t i = 0; i < s->n; i++)
		of_plan += s->v[i].provider != 0 ? s->v[i].minutes : 0;
	assert_int_equal(minutes, of_plan);
	/* the same against itself, then with one arrangement more */
	assert_int_equal(duty_compare(&ctx, first, first, &d), RC_OK);
	assert_int_equal(d.n, 0);
	assert_int_equal(pin(f, "L-0001", village[0], slot_of(s, village[0])->day.n == on(14).n ? 15 : 14), RC_OK);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(duty_compare(&ctx, first, made.id, &d), RC_OK);
	assert_true(d.n >= 1);
	for (size_t i = 0; i < d.n; i++)
		assert_true(d.v[i].was != d.v[i].is || d.v[i].was_day.n != d.v[i].is_day.n);
	visits = 0;
	for (size_t i = 0; i < d.n_who; i++)
		visits += d.who[i].is_visits - d.who[i].was_visits;
	assert_int_equal(visits, (d.is.visits - d.is.open_visits) - (d.was.visits - d.was.open_visits));
}

static void
somebody_falls_ill_and_few_visits_change(void **state)
{
	struct stage *f = *state;
	struct duty_sick in;
	struct duty_repair r;
	struct actor a;
	struct ctx ctx;
	int64_t id;

	begin(f);
	people(f);
	id = published(f);
	ctx = ctx_of(f, CHIEF, &a);
	in = (struct duty_sick){ id, provider_of(f, "L-0001"), on(1), on(31), TEXT("病假") };
	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_sick_try(&ctx, &in, &r), RC_OK);
	assert_int_equal(r.n, 2);
	for (size_t i = 0; i < r.n; i++)
		assert_true(r.v[i].to != 0 && r.v[i].to != in.provider && r.difference > 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_away WHERE city = $1"), 0);
	assert_int_equal(duty_sick_take(&ctx, idem_key_new(), &in, r.hash + 1, &told), RC_CONFLICT);
	assert_int_equal(duty_sick_take(&ctx, idem_key_new(), &in, r.hash, &told), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_change WHERE city = $1 AND kind = 2"), 2);
	assert_int_equal(slot_of(see(f, id), village[0])->provider, r.v[0].to);
	assert_int_equal(problems(f), 0);
}

/* ---- being there ------------------------------------------------------------------------------------------------------------ */

static struct duty_slot turn;

/* The lawyer of the village is the account LAWYER, and today is the day. */
static void
on_the_day(struct stage *f)
{
	int64_t id;

	begin(f);
	people(f);
	stage_raw(f, "UPDATE provider SET account = 104 WHERE licence = 'L-0001'");
	id = published(f);
	turn = *slot_of(see(f, id), VILLAGE);
	stage_now_ms = day_start_ms(turn.day) + 10 * 3600000;
	f->ctx.now_ms = stage_now_ms;
}

static enum rc
sign_as(struct stage *f, int who, const char *code)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);
	int64_t wait_s = 0;

	told = (struct findings){ .n = 0 };
	return dutylog_sign_in(&ctx, idem_key_new(), turn.plan, turn.slot, text_of(code), &told, &wait_s);
}

static enum rc
write_as(struct stage *f, int who, int minutes, int people_n)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return dutylog_write(&ctx, idem_key_new(), &(struct dutylog_new){ turn.plan, turn.slot, 1u << DUTYLOG_LECTURE, minutes, people_n,
	    TEXT("讲了防诈骗"), NULL, 0 }, &told);
}

static enum rc
confirm_as(struct stage *f, int who)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	return dutylog_confirm(&ctx, idem_key_new(), turn.plan, turn.slot);
}

static void
the_code_of_the_day_the_log_and_its_confirmation(void **state)
{
	struct stage *f = *state;
	char code[DUTYLOG_CODE_CHARS], eve[DUTYLOG_CODE_CHARS];
	struct actor a;
	struct ctx ctx;

	on_the_day(f);
	ctx = ctx_of(f, HELPER, &a);
	dutylog_code(&ctx, STATION, turn.day, code);
	dutylog_code(&ctx, STATION, day_add(turn.day, -1), eve);
	assert_string_not_equal(code, eve);
	assert_int_equal(write_as(f, LAWYER, 60, 3), RC_INVALID); /* not signed in */
	assert_int_equal(sign_as(f, CLERK, code), RC_NOT_FOUND);  /* not theirs */
	assert_int_equal(sign_as(f, LAWYER, eve), RC_INVALID);
	stage_now_ms += DAY_MS;                                   /* a day late */
	assert_int_equal(sign_as(f, LAWYER, code), RC_INVALID);
	stage_now_ms -= DAY_MS;
	assert_int_equal(sign_as(f, LAWYER, code), RC_OK);
	assert_int_equal(write_as(f, LAWYER, 0, 3), RC_INVALID);
	assert_int_equal(write_as(f, LAWYER, 721, 3), RC_INVALID);
	assert_int_equal(confirm_as(f, HELPER), RC_NOT_FOUND);    /* nothing written */
	stage_now_ms += (DUTYLOG_LATE_DAYS + 1) * DAY_MS;
	assert_int_equal(write_as(f, LAWYER, 60, 3), RC_INVALID);
	stage_now_ms -= DAY_MS;
	assert_int_equal(write_as(f, LAWYER, 720, 0), RC_OK);
	assert_int_equal(write_as(f, LAWYER, 60, 3), RC_CONFLICT);
	assert_int_equal(confirm_as(f, CLERK), RC_NOT_FOUND);     /* another point */
	assert_int_equal(confirm_as(f, HELPER), RC_OK);
	assert_int_equal(confirm_as(f, HELPER), RC_CONFLICT);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE duty_log SET confirmed_by = account");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "DELETE FROM duty_attend WHERE city = 3205");
	assert_int_equal(problems(f), 1);
}

/* Whoever has signed in was there: neither a move nor a sick call gives that visit to another. */
static void
what_was_signed_in_to_stays(void **state)
{
	struct stage *f = *state;
	char code[DUTYLOG_CODE_CHARS];
	enum roster_rule rule;
	struct duty_choice c;
	struct duty_repair r;
	struct duty_sick in;
	struct duty_move m;
	struct actor a;
	struct ctx ctx;

	on_the_day(f);
	ctx = ctx_of(f, HELPER, &a);
	dutylog_code(&ctx, STATION, turn.day, code);
	ctx = ctx_of(f, CHIEF, &a);
	in = (struct duty_sick){ turn.plan, turn.provider, turn.day, turn.day, TEXT("中午病倒") };
	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_sick_try(&ctx, &in, &r), RC_OK);
	assert_true(r.n > 0); /* the whole day of that person */
	assert_int_equal(duty_candidates(&ctx, turn.plan, turn.slot, 1, &c), RC_OK);
	m = (struct duty_move){ turn.plan, turn.slot, turn.revision, c.v[0].provider, c.v[0].day, TEXT("换人") };
	assert_int_equal(sign_as(f, LAWYER, code), RC_OK);
	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_move(&ctx, idem_key_new(), &m, &told, &rule), RC_INVALID);
	assert_string_equal(told.v[0].field, "day");
	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_sick_take(&ctx, idem_key_new(), &in, r.hash, &told), RC_CONFLICT); /* seen before they signed in */
	assert_int_equal(duty_sick_try(&ctx, &in, &r), RC_OK);
	for (size_t i = 0; i < r.n; i++)
		assert_int_not_equal(r.v[i].slot.slot, turn.slot);
	assert_int_equal(slot_of(see(f, turn.plan), VILLAGE)->provider, turn.provider);
	assert_int_equal(problems(f), 0);
}

static void
codes_cannot_be_guessed_for_long(void **state)
{
	struct stage *f = *state;
	enum rc rc = RC_OK;
	int tries = 0;

	on_the_day(f);
	while (tries < 20 && (rc = sign_as(f, LAWYER, "x00000")) == RC_INVALID)
		tries++;
	assert_int_equal(rc, RC_TOO_MANY);
	assert_int_equal(tries, 11); /* ten free tries, then a wait after each */
}

/* ---- what verify finds ---------------------------------------------------------------------------------------------------- */

static void
faults_are_found(void **state)
{
	static const struct { const char *plant, *back; int64_t n; } faults[] = {
		{ "UPDATE duty_plan SET state = 20, freeze_day = 1, published_ms = 1, published_by = 1 WHERE version = 2", "UPDATE duty_plan SET"
		    " state = 10, freeze_day = NULL, published_ms = NULL, published_by = NULL WHERE version = 2", 2 }, /* two in force, slots behind */
		{ "UPDATE duty_plan SET published_by = account WHERE version = 1", "UPDATE duty_plan SET published_by = 181 WHERE version = 1", 1 },
		{ "UPDATE duty_plan SET objective = objective + 1 WHERE version = 1", "UPDATE duty_plan SET objective = objective - 1 WHERE version = 1", 1 },
		{ "UPDATE duty_plan SET bound = objective + 1 WHERE version = 2", "UPDATE duty_plan SET bound = objective WHERE version = 2", 1 },
		{ "UPDATE duty_plan SET input_hash = input_hash + 1", "UPDATE duty_plan SET input_hash = input_hash - 1", 1 },
		{ "UPDATE duty_plan SET open_visits = open_visits - 1 WHERE version = 1", "UPDATE duty_plan SET open_visits = open_visits + 1 WHERE version = 1", 2 },
		{ "UPDATE duty_slot SET made_day = made_day + 1, day = day + 1 WHERE state = 10 AND provider IS NOT NULL", "UPDATE duty_slot SET"
		    " made_day = made_day - 1, day = day - 1 WHERE state = 10 AND provider IS NOT NULL", -1 },
		{ "UPDATE provider SET kind = 4 WHERE licence = 'L-0003'", "UPDATE provider SET kind = 2 WHERE licence = 'L-0003'", -1 },
	};
	struct stage *f = *state;

	begin(f);
	people(f);
	(void)published(f);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		int64_t n;

		stage_raw(f, faults[i].plant);
		n = problems(f);
		if (faults[i].n < 0 ? n <= 0 : n != faults[i].n)
			fail_msg("fault %zu: %lld", i, (long long)n);
		stage_raw(f, faults[i].back);
		assert_int_equal(problems(f), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_month_is_planned_from_the_registers),
		cmocka_unit_test(nobody_is_asked_who_is_away),
		cmocka_unit_test(wishes_and_pins_hold_or_are_refused_by_name),
		cmocka_unit_test(a_second_person_publishes_until_it_freezes),
		cmocka_unit_test(one_visit_goes_elsewhere_with_its_price),
		cmocka_unit_test(a_change_is_taken_back_once),
		cmocka_unit_test(a_month_goes_to_one_stand_in_or_not_at_all),
		cmocka_unit_test(fairness_and_versions_count_the_same_visits),
		cmocka_unit_test(somebody_falls_ill_and_few_visits_change),
		cmocka_unit_test(the_code_of_the_day_the_log_and_its_confirmation),
		cmocka_unit_test(what_was_signed_in_to_stays), cmocka_unit_test(codes_cannot_be_guessed_for_long),
		cmocka_unit_test(faults_are_found),
	};
	int failed = stage_main("story_duty", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys); /* nothing here was sealed: the checker for leaks can't see what only guarded memory points to */
	return failed;
}
