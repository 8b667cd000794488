#include "app/story_duty_month.h"

#include <stdio.h>
#include <string.h>

int64_t village[VILLAGES];

struct day
on(int day)
{
	struct day d = DAY_NONE;

	assert_int_equal(day_from_ymd((struct ymd){ 2026, 7, day }, &d), RC_OK);
	return d;
}

struct ctx
ctx_of(struct stage *f, int who, struct actor *keep)
{
	struct account a = { .id = { who }, .role = ROLE_OFFICIAL, .active = true,
		.place = { who == OTHER_OFFICIAL ? INT64_C(320507000000) : COUNTY } };

	*keep = who == 0 ? f->system : who < OFFICIAL ? as(who) : identity_actor(&a, STAGE_CITY);
	return ctx_as(f, keep);
}

/* Three who may, one who may not; the first four villages of the town have a contract, two with the first lawyer. */
void
people(struct stage *f)
{
	static const char csv[] = "firm_licence,firm_kind,firm_name,place,firm_phone,licence,name,kind,valid_from,valid_to,practice_from,skills\n"
	    "F-0001,law_firm,演示一所,320506100000,19900000001,L-0001,演示甲,lawyer,2015-01-01,,2012-03-01,civil\n"
	    "F-0001,law_firm,演示一所,320506100000,19900000001,L-0002,演示乙,lawyer,2015-01-01,2026-07-20,2012-03-01,civil\n"
	    "F-0002,grassroots,演示法律服务所,320506101000,19900000002,L-0003,演示丙,legal_worker,2015-01-01,,2012-03-01,civil\n"
	    "F-0002,grassroots,演示法律服务所,320506101000,19900000002,L-0004,演示丁,volunteer,2015-01-01,,2012-03-01,civil\n";
	const struct division *v[VILLAGES];
	struct ctx ctx = ctx_as(f, &f->system);
	struct findings findings = { .n = 0 };
	int64_t rows = 0;

	assert_int_equal(provider_import(&ctx, idem_key_new(), text_of(csv), &findings, &rows), RC_OK);
	assert_int_equal(network_reload(&f->ctx), RC_OK);
	assert_true(region_list((struct place){ TOWN }, PLACE_VILLAGE, on(1), v, VILLAGES) >= VILLAGES);
	for (int i = 0; i < VILLAGES; i++) {
		static const char *const who[] = { "L-0001", "L-0001", "L-0003", "L-0002" };
		struct advisor_contract_new in = { .village = v[i]->place, .licence = text_of(who[i]), .from = on(1), .to = on(15), .hours = 4,
			.fee = 10000, .duties = 1 };
		struct advisor_signed done;

		in.village.code = village[i] = i == 0 ? VILLAGE : v[i]->place.code == VILLAGE ? v[0]->place.code : v[i]->place.code;
		in.to = i == 3 ? on(20) : day_add(on(1), 200);
		assert_int_equal(advisor_sign(&ctx, idem_key_new(), &in, &findings, &done), RC_OK);
	}
	for (int id = OFFICIAL; id <= OTHER_OFFICIAL; id++) {
		char sql[400];

		snprintf(sql, sizeof sql, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active,"
		    " open_load, capacity, created_ms, revision) VALUES (3205, %d, 'o%d', 'o%d', '', %d, %lld, NULL, '', 1, 0, 0, 1, 1)",
		    id, id, id, (int)ROLE_OFFICIAL, (long long)(id == OTHER_OFFICIAL ? INT64_C(320507000000) : COUNTY));
		stage_raw(f, sql);
	}
}

int64_t
provider_of(struct stage *f, const char *licence)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT id FROM provider WHERE city = $1 AND licence = '%s'", licence);
	return stage_int(f, sql);
}

struct duty_made made;
struct findings told;

enum rc
plan(struct stage *f, int who)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return duty_plan_make(&ctx, idem_key_new(), &(struct duty_plan_new){ { COUNTY }, DUTY_MONTH, 1 }, &told, &made);
}

enum rc
publish(struct stage *f, int who, int64_t id)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);
	char sql[120];

	told = (struct findings){ .n = 0 };
	snprintf(sql, sizeof sql, "SELECT revision FROM duty_plan WHERE city = $1 AND id = %lld", (long long)id);
	return duty_plan_publish(&ctx, idem_key_new(), id, stage_int(f, sql), &told);
}

static enum rc
seen_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct seen *s = argument;
	enum rc rc = duty_plan_load(tx, actor, s->plan, &s->p);

	if (rc == RC_OK)
		rc = duty_slots(tx, actor, s->plan, s->v, 400, &s->n);
	return rc == RC_OK ? duty_of_public(tx, actor, DUTY_OF_STATION, STATION, on(1), on(31), s->pub, 8, &s->n_pub) : rc;
}

const struct seen *
see(struct stage *f, int64_t id)
{
	static struct seen s;
	struct actor a;
	struct ctx ctx = ctx_of(f, OFFICIAL, &a);

	s = (struct seen){ .plan = id };
	assert_int_equal(db_read(&ctx, seen_tx, &s), RC_OK);
	return &s;
}

const struct duty_slot *
slot_of(const struct seen *s, int64_t place)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].place.code == place)
			return &s->v[i];
	fail();
	return NULL;
}

int64_t
published(struct stage *f)
{
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(publish(f, OFFICIAL, made.id), RC_OK);
	return made.id;
}
