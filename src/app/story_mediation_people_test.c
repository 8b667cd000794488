/* The register of mediators and chat groups: whose it is, and who is found in it. */
#include "app/story_mediation_stage.h"

#include <stdio.h>

static void
a_change_of_the_register_keeps_who_logs_in(void **state)
{
	struct stage *f = *state;
	struct actor a = as(HELPER);
	struct ctx ctx;
	struct findings findings = { .n = 0 };
	struct mediator_new in = { .revision = 1, .name = TEXT("示范调解员甲"), .committee = TEXT("示范村调解委员会"), .phone = TEXT_NONE,
		.login = TEXT("helper"), .kind = MEDIATOR_VILLAGE, .place = { VILLAGE }, .active = true };
	int64_t id = 0;

	mediation_city(f);
	ctx = ctx_as(f, &a);
	in.id = village_mediator;
	assert_int_equal(mediator_save(&ctx, idem_key_new(), &in, &findings, &id), RC_OK);
	assert_int_equal(stage_int(f, "SELECT account FROM mediator WHERE city = $1 AND committee = '示范村调解委员会'"), HELPER);
	assert_int_equal(mediator_save(&ctx, idem_key_new(), &in, &findings, &id), RC_CONFLICT); /* another revision by now */
	in.place.code = OTHER_TOWN;
	assert_int_equal(mediator_save(&ctx, idem_key_new(), &in, &findings, &id), RC_FORBIDDEN);
	in.place.code = VILLAGE;
	in.kind = MEDIATOR_PANEL;
	assert_int_equal(mediator_save(&ctx, idem_key_new(), &in, &findings, &id), RC_INVALID); /* a panel of what? */
	assert_non_null(findings_of(&findings, "categories"));
}

static void
nobody_takes_over_what_another_place_keeps(void **state)
{
	struct stage *f = *state;
	struct actor helper = as(HELPER), stranger = as(STRANGER);
	struct ctx ctx;
	struct findings findings = { .n = 0 };
	struct mediator_new m = { .revision = 1, .name = TEXT("示范调解员丁"), .committee = TEXT("示范调解委员会"), .phone = TEXT_NONE,
		.login = TEXT_NONE, .kind = MEDIATOR_TOWN, .place = { OTHER_TOWN }, .active = true };
	struct chat_group_new g = { .members = 80, .name = TEXT("示范村民群"), .platform = TEXT("微信"), .place = { VILLAGE }, .active = true };
	int64_t id = 0;

	mediation_city(f);
	ctx = ctx_as(f, &stranger);
	m.id = village_mediator;
	assert_int_equal(mediator_save(&ctx, idem_key_new(), &m, &findings, &id), RC_FORBIDDEN);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM mediator WHERE city = $1 AND revision > 1"), 0);
	ctx = ctx_as(f, &helper);
	g.mediator = village_mediator;
	assert_int_equal(chat_group_save(&ctx, idem_key_new(), &g, &findings, &g.id), RC_OK);
	g.revision = 1;
	ctx = ctx_as(f, &stranger);
	g.place.code = OTHER_TOWN;
	assert_int_equal(chat_group_save(&ctx, idem_key_new(), &g, &findings, &id), RC_FORBIDDEN);
	ctx = ctx_as(f, &helper);
	g.place.code = VILLAGE;
	assert_int_equal(chat_group_save(&ctx, idem_key_new(), &g, &findings, &id), RC_OK); /* its own may */
	assert_int_equal(stage_int(f, "SELECT revision FROM mediation_group WHERE city = $1"), 2);
}

/* As many as a list holds, of a village. */
static void
crowd(struct stage *f, int64_t first, int64_t place)
{
	char sql[400];

	snprintf(sql, sizeof sql, "INSERT INTO mediator (city, id, name, kind, committee, place, categories, account, phone, active, revision)"
	    " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
	    " SELECT 3205, %lld + i, '示范调解员', 1, '示范调解委员会', %lld, 0, NULL, '', 1, 1 FROM n", MEDIATORS_MAX, (long long)first, (long long)place);
	stage_raw(f, sql);
}

struct found { struct place place; struct mediator v[MEDIATORS_MAX]; size_t n; };

static enum rc
found_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct found *w = argument;

	return w->place.code == 0 ? mediators(tx, actor, w->v, MEDIATORS_MAX, &w->n)
	    : mediators_for(tx, actor, w->place, MEDIATION_WAGES, w->v, MEDIATORS_MAX, &w->n);
}

/* How many HELPER is shown; these two are among them.  place 0: of the register. */
static size_t
shown(struct stage *f, int64_t place, int64_t one, int64_t two)
{
	static struct found w;
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	int there = 0;

	w = (struct found){ .place = { place } };
	assert_int_equal(db_read(&ctx, found_tx, &w), RC_OK);
	for (size_t i = 0; i < w.n; i++)
		there += w.v[i].id == one || w.v[i].id == two;
	assert_int_equal(there, 2);
	return w.n;
}

static void
a_large_city_crowds_nobody_out(void **state)
{
	struct stage *f = *state;
	const int64_t last = INT64_C(320506900201); /* the last town of the county in order */

	mediation_city(f);
	crowd(f, 900000, INT64_C(320501100201)); /* another county, before ours in order */
	assert_int_equal(shown(f, 0, village_mediator, labour_panel), 2);
	assert_int_equal(shown(f, VILLAGE, village_mediator, labour_panel), 3);
	stage_raw(f, "UPDATE mediator SET place = 320506900201 WHERE city = 3205 AND kind = 1 AND account IS NOT NULL");
	crowd(f, 910000, INT64_C(320506200201)); /* more than a list holds in one county: the nearest are shown */
	assert_int_equal(shown(f, last, village_mediator, labour_panel), MEDIATORS_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_of_the_register_keeps_who_logs_in),
		cmocka_unit_test(nobody_takes_over_what_another_place_keeps), cmocka_unit_test(a_large_city_crowds_nobody_out),
	};

	int rc = stage_main("story_mediation_people", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return rc;
}
