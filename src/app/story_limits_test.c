/* Limits that officials set: bounds, who may, two at once, what holds when nobody has; and that the lights follow. */
#include "app/story_stage.h"

#include "operations/cooperate/cooperate.h"

#define HOUR INT64_C(3600000)

static struct actor
admin(void)
{
	struct actor a = as(CHIEF);

	a.rights = role_rights(ROLE_ADMIN);
	return a;
}

struct held { const struct setting_kind *kind; int64_t value; struct setting_row v[8]; size_t n; };

static enum rc
held_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct held *h = argument;
	enum rc rc = setting_read(tx, actor, h->kind, &h->value);

	return rc == RC_OK ? setting_history(tx, actor, h->kind, h->v, 8, &h->n) : rc;
}

static struct held
held(struct stage *f, const struct setting_kind *k)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct held h = { .kind = k };

	assert_int_equal(db_read(&ctx, held_tx, &h), RC_OK);
	return h;
}

static enum rc
set_as(struct stage *f, const struct actor *a, const struct setting_kind *k, int64_t seen, int64_t value)
{
	struct setting_change in = { .kind = k, .seen = seen, .value = value, .document = TEXT("苏司发〔2026〕9号") };
	struct ctx ctx;

	stage_now_ms++; /* a row of its own */
	ctx = ctx_as(f, a);
	return setting_change(&ctx, idem_key_new(), &in);
}

static const struct setting_kind *
kind_of(const char *key)
{
	const struct setting_group groups[] = { light_settings, cooperation_settings };

	for (int g = 0; g < 2; g++)
		for (size_t i = 0; i < groups[g].n; i++)
			if (text_equals(text_of(groups[g].v[i].key), text_of(key)))
				return &groups[g].v[i];
	fail_msg("no setting %s", key);
	return NULL;
}

static void
both_sides_of_each_bound(void **state)
{
	const struct setting_group groups[] = { light_settings, cooperation_settings };
	struct stage *f = *state;
	struct actor a = admin();

	begin(f);
	for (int g = 0; g < 2; g++)
		for (size_t i = 0; i < groups[g].n; i++) {
			const struct setting_kind *k = &groups[g].v[i];
			struct held h = held(f, k);

			assert_int_equal(h.value, k->usual); /* nobody has set it */
			assert_int_equal(h.n, 0);
			assert_true(k->min <= k->usual && k->usual <= k->max);
			assert_int_equal(set_as(f, &a, k, 0, k->min - 1), RC_INVALID);
			assert_int_equal(set_as(f, &a, k, 0, k->max + 1), RC_INVALID);
			assert_int_equal(held(f, k).n, 0);
			assert_int_equal(set_as(f, &a, k, 0, k->min), RC_OK);
			h = held(f, k);
			assert_int_equal(h.value, k->min);
			assert_int_equal(set_as(f, &a, k, h.v[0].since_ms, k->max), RC_OK);
			h = held(f, k);
			assert_int_equal(h.value, k->max);
			assert_int_equal(h.n, 2); /* the newest first, with its author and paper */
			assert_int_equal(h.v[0].account, CHIEF);
			assert_true(h.v[0].name.n > 0);
			assert_true(text_equals(h.v[0].document, TEXT("苏司发〔2026〕9号")));
			stage_raw(f, "UPDATE setting SET value = '-1' WHERE city = 3205"); /* spoilt: the usual holds */
			assert_int_equal(held(f, k).value, k->usual);
			stage_raw(f, "UPDATE setting SET value = 'many' WHERE city = 3205");
			assert_int_equal(held(f, k).value, k->usual);
			stage_raw(f, "DELETE FROM setting WHERE city = 3205");
		}
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'setting.put'"), 8);
	assert_int_equal(problems(f), 0);
}

static void
who_may_and_two_at_once(void **state)
{
	const struct setting_kind *k = kind_of("light.near_hours");
	struct stage *f = *state;
	struct actor a = admin();
	struct ctx ctx;
	struct idem_key key = idem_key_new();
	struct setting_change in = { .kind = k, .value = 48, .document = TEXT(" \t") };

	begin(f);
	for (int who = HELPER; who <= HOTLINE; who++) {
		struct actor other = as(who);

		assert_int_equal(set_as(f, &other, k, 0, 48), RC_FORBIDDEN);
	}
	ctx = ctx_as(f, &a);
	assert_int_equal(setting_change(&ctx, idem_key_new(), &in), RC_INVALID); /* a word of why is wanted */
	in.document = TEXT("会议纪要");
	assert_int_equal(setting_change(&ctx, key, &in), RC_OK);
	assert_int_equal(setting_change(&ctx, key, &in), RC_OK); /* sent twice, set once */
	assert_int_equal(held(f, k).n, 1);
	assert_int_equal(set_as(f, &a, k, 0, 72), RC_CONFLICT); /* made from a page older than that */
	assert_int_equal(held(f, k).value, 48);
	assert_int_equal(set_as(f, &a, k, held(f, k).v[0].since_ms, 72), RC_OK);
	assert_int_equal(held(f, k).value, 72);
}

/* What is due within near_hours counts as near, in queue ranges and boards; and the light of a case follows its two. */
static void
lights_follow(void **state)
{
	struct stage *f = *state;
	struct actor a = admin();
	struct ctx ctx = ctx_as(f, &f->system);
	struct lights l;

	begin(f);
	assert_int_equal(request_lights_follow(&ctx), RC_OK);
	l = request_lights();
	assert_int_equal(l.soon_permille, 250);
	assert_int_equal(l.soon_ms, 4 * HOUR);
	assert_int_equal(l.near_ms, 24 * HOUR);
	assert_int_equal(request_light(l, 0, 100 * HOUR, true, 75 * HOUR - 1), LIGHT_NORMAL);
	assert_int_equal(request_light(l, 0, 100 * HOUR, true, 75 * HOUR), LIGHT_SOON);
	assert_int_equal(request_light(l, 0, 10 * HOUR, true, 6 * HOUR), LIGHT_NORMAL);
	assert_int_equal(request_light(l, 0, 10 * HOUR, true, 6 * HOUR + 1), LIGHT_SOON);
	assert_int_equal(set_as(f, &a, kind_of("light.soon_permille"), 0, 0), RC_OK);
	assert_int_equal(request_light(request_lights(), 0, 100 * HOUR, true, 96 * HOUR), LIGHT_NORMAL); /* at once, here */
	assert_int_equal(request_light(request_lights(), 0, 100 * HOUR, true, 96 * HOUR + 1), LIGHT_SOON);
	assert_int_equal(set_as(f, &a, kind_of("light.soon_hours"), 0, 240), RC_OK);
	assert_int_equal(request_light(request_lights(), 0, 1000 * HOUR, true, 760 * HOUR), LIGHT_NORMAL);
	assert_int_equal(request_light(request_lights(), 0, 1000 * HOUR, true, 760 * HOUR + 1), LIGHT_SOON);
	stage_raw(f, "UPDATE setting SET value = '0' WHERE city = 3205 AND key = 'light.soon_hours'"); /* by another process */
	assert_int_equal(request_light(request_lights(), 0, 1000 * HOUR, true, 760 * HOUR + 1), LIGHT_SOON);
	assert_int_equal(request_lights_follow(&ctx), RC_OK);
	assert_int_equal(request_light(request_lights(), 0, 1000 * HOUR, true, 1000 * HOUR), LIGHT_NORMAL);
	assert_int_equal(request_light(request_lights(), 0, 1000 * HOUR, true, 1000 * HOUR + 1), LIGHT_LATE);
	stage_raw(f, "DELETE FROM setting WHERE city = 3205");
	assert_int_equal(request_lights_follow(&ctx), RC_OK);
}

static enum rc
near_tx(struct tx *tx, const struct actor *actor, void *ret)
{
	struct late_row v[4];
	size_t n = 0;
	enum rc rc = late_by_holder(tx, actor, v, 4, &n);

	for (size_t i = 0; i < n; i++)
		*(int64_t *)ret += v[i].soon;
	return rc;
}

static void
the_board_counts_by_it(void **state)
{
	struct stage *f = *state;
	struct actor a = admin(), chief = as(CHIEF);
	struct ctx ctx = ctx_as(f, &chief);
	struct request r;
	int64_t id, near = 0;

	begin(f);
	id = ask(f, idem_key_new()).id;
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(set_as(f, &a, kind_of("light.near_hours"), 0, 1), RC_OK);
	stage_now_ms = r.due_ms - 2 * HOUR;
	ctx = ctx_as(f, &chief);
	assert_int_equal(db_read(&ctx, near_tx, &near), RC_OK);
	assert_int_equal(near, 0);
	assert_int_equal(set_as(f, &a, kind_of("light.near_hours"), held(f, kind_of("light.near_hours")).v[0].since_ms, 3), RC_OK);
	ctx = ctx_as(f, &chief);
	assert_int_equal(db_read(&ctx, near_tx, &near), RC_OK);
	assert_int_equal(near, 1);
	stage_raw(f, "DELETE FROM setting WHERE city = 3205");
	assert_int_equal(request_lights_follow(&ctx), RC_OK);
}

static void
a_failing_database_sets_nothing_by_half(void **state)
{
	const struct setting_kind *k = kind_of("cooperate.days");
	struct stage *f = *state;
	struct actor a = admin();
	enum rc rc = RC_UNAVAILABLE;
	int n = 0;

	begin(f);
	while (rc != RC_OK && n < 100) {
		db_fail_after(f->db, ++n);
		rc = set_as(f, &a, k, 0, 7);
		db_fail_after(f->db, 0);
		if (rc != RC_OK) {
			assert_int_equal(held(f, k).n, 0);
			assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'setting.put'"), 0);
		}
	}
	assert_true(n > 2 && n < 100);
	assert_int_equal(held(f, k).value, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides_of_each_bound),
		cmocka_unit_test(who_may_and_two_at_once),
		cmocka_unit_test(lights_follow),
		cmocka_unit_test(the_board_counts_by_it),
		cmocka_unit_test(a_failing_database_sets_nothing_by_half),
	};
	int failed = stage_main("story_limits", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
