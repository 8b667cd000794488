#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/db/db_fixture_main.h"
#include "standards/catalogue/catalogue_store.h"

static const char *engine;

static int
seeded(void **state)
{
	static struct db_fixture x;

	if (!fixture_open(&x, engine, "catalogue"))
		return -1;
	*state = &x;
	return catalogue_seed(&x.ctx) == RC_OK ? 0 : -1;
}

static int
close_db(void **state)
{
	fixture_close(*state);
	return 0;
}

static struct day
on(const char *s)
{
	struct day d = DAY_NONE;

	return day_parse(text_of(s), &d) == RC_OK ? d : DAY_NONE;
}

/* Load by code on a day, in a read. */
struct load { struct text code; struct day day; struct item item; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct load *l = arg;

	return catalogue_load_code(tx, actor, l->code, l->day, &l->item);
}

static enum rc
load(struct db_fixture *x, const char *code, const char *day, struct item *ret)
{
	struct load l = { .code = text_of(code), .day = on(day) };
	enum rc rc = db_read(&x->ctx, load_tx, &l);

	*ret = l.item;
	return rc;
}

static struct item_new
sound_item(void)
{
	return (struct item_new){
		.code = TEXT("advice-2"), .matter = TEXT("referral"), .sort = 5, .from = on("2026-06-30"), .name = TEXT("名"),
		.summary = TEXT("说明"), .why_public = TEXT("理由"), .who_may = BIT(APPLICANT_PERSON), .price = PRICE_FREE,
		.supply = SUPPLY_DIRECT, .channels = BIT(CHANNEL_WINDOW), .tiers = BIT(TIER_COUNTY), .in_force = true,
		.limits = { { TARGET_ANSWER, { 3, CLOCK_WORKDAY, true }, TEXT_INIT("x") } },
	};
}

/* ---- may they ask? ---------------------------------------------------------------------------------- */

static const struct {
	uint32_t who_may; enum applicant_kind who; enum channel channel; enum tier tier; bool in_force;
	enum catalogue_why why; const char *article;
} verdicts[] = {
	{ BIT(APPLICANT_PERSON), APPLICANT_PERSON, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_MAY, "S17" },
	{ BIT(APPLICANT_STARTUP), APPLICANT_STARTUP, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_MAY, "S18" },
	{ BIT(APPLICANT_COMMITTEE), APPLICANT_COMMITTEE, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_MAY, "S19" },
	{ BIT(APPLICANT_PUBLIC_ORG), APPLICANT_PUBLIC_ORG, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_MAY, "S20" },
	{ BIT(APPLICANT_ENTERPRISE), APPLICANT_ENTERPRISE, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_MAY, "S21" },
	{ BIT(APPLICANT_STARTUP), APPLICANT_ENTERPRISE, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_MARKET, "S21" },
	{ BIT(APPLICANT_STARTUP), APPLICANT_OTHER_ORG, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_MARKET, "S21" },
	{ BIT(APPLICANT_STARTUP), APPLICANT_PERSON, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_NOT_FOR, "S21" },
	{ BIT(APPLICANT_PERSON), APPLICANT_NONE, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_NOT_FOR, "S21" },
	{ BIT(APPLICANT_PERSON), (enum applicant_kind)77, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_NOT_FOR, "S21" },
	/* a government organ never, not even where the item would let it */
	{ BIT(APPLICANT_PERSON), APPLICANT_GOVERNMENT, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_GOVERNMENT, "S3" },
	{ BIT(APPLICANT_GOVERNMENT), APPLICANT_GOVERNMENT, CHANNEL_PORTAL, TIER_TOWN, true, CATALOGUE_GOVERNMENT, "S3" },
	{ BIT(APPLICANT_PERSON), APPLICANT_PERSON, CHANNEL_PORTAL, TIER_TOWN, false, CATALOGUE_WITHDRAWN, "S130" },
	{ BIT(APPLICANT_PERSON), APPLICANT_PERSON, CHANNEL_HOTLINE, TIER_TOWN, true, CATALOGUE_CHANNEL, "S130" },
	{ BIT(APPLICANT_PERSON), APPLICANT_PERSON, CHANNEL_PORTAL, TIER_STATION, true, CATALOGUE_TIER, "S130" },
};

static void
those_the_article_names_may_ask(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
		struct item item = { .who_may = verdicts[i].who_may, .channels = BIT(CHANNEL_PORTAL) | BIT(CHANNEL_WINDOW),
			.tiers = BIT(TIER_TOWN), .in_force = verdicts[i].in_force };
		struct catalogue_verdict v = catalogue_judge(&item, verdicts[i].who, verdicts[i].channel, verdicts[i].tier);

		if (v.why != verdicts[i].why || strcmp(v.article, verdicts[i].article) != 0)
			fail_msg("verdict %zu: %s, %s", i, catalogue_why_code(v.why), v.article);
		assert_int_equal(v.allowed, v.why == CATALOGUE_MAY);
		assert_int_equal(v.refer, !v.allowed);
		assert_true(catalogue_why_label(v.why)[0] != '\0');
	}
}

static void
topics_suggest_items_that_exist(void **state)
{
	struct db_fixture *x = *state;
	struct item item;

	for (int t = TOPIC_WAGE_ARREARS; t < TOPIC_COUNT; t++) {
		assert_int_equal(topic_by_key(text_of(topic_key((enum topic)t))), t);
		assert_true(topic_label((enum topic)t)[0] != '\0' && topic_hint((enum topic)t)[0] != '\0');
		assert_int_equal(load(x, topic_item((enum topic)t), "2026-06-30", &item), RC_OK);
	}
	assert_int_equal(topic_by_key(TEXT("what")), TOPIC_NONE);
	assert_string_equal(topic_key(TOPIC_NONE), "");
	assert_string_equal(applicant_key(APPLICANT_STARTUP), "startup");
	assert_string_equal(price_key(PRICE_FREE), "free");
	assert_string_equal(supply_key(SUPPLY_PURCHASED), "purchased");
}

/* ---- findings ----------------------------------------------------------------------------------------- */

static void
check(struct item_new in, const char *newest, const char *want)
{
	struct findings f = { .n = 0 };
	enum rc rc = catalogue_check(&in, on("2026-06-30"), newest == NULL ? DAY_NONE : on(newest), &f);

	if (want == NULL ? rc != RC_OK : rc != RC_INVALID || f.total != 1 || strcmp(f.v[0].field, want) != 0)
		fail_msg("want %s, got %zu: %s", want, f.total, f.total > 0 ? f.v[0].field : "");
}

#define WITH(change) __extension__ ({ struct item_new i_ = sound_item(); i_.change; i_; })

static void
each_fault_has_its_finding(void **state)
{
	static const char name41[] = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一";

	(void)state;
	check(sound_item(), NULL, NULL);
	check(WITH(code = TEXT("Bad")), NULL, "code");
	check(WITH(code = TEXT("1x")), NULL, "code");
	check(WITH(code = TEXT_NONE), NULL, "code");
	check(WITH(matter = TEXT_NONE), NULL, "matter");
	check(WITH(name = TEXT("  ")), NULL, "name");
	check(WITH(name = text_of(name41)), NULL, "name");
	check(WITH(name = ((struct text){ name41, 120 })), NULL, NULL);
	check(WITH(summary = TEXT_NONE), NULL, "summary");
	check(WITH(why_public = TEXT_NONE), NULL, "why_public");
	check(WITH(who_may = 0), NULL, "who_may");
	check(WITH(who_may = 1), NULL, "who_may");
	check(WITH(who_may |= BIT(APPLICANT_GOVERNMENT)), NULL, "who_may");
	check(WITH(who_may |= BIT(APPLICANT_COUNT)), NULL, "who_may");
	check(WITH(channels = 0), NULL, "channels");
	check(WITH(channels = BIT(CHANNEL_COUNT)), NULL, "channels");
	check(WITH(tiers = 0), NULL, "tiers");
	check(WITH(tiers = BIT(TIER_COUNT)), NULL, "tiers");
	check(WITH(price = 0), NULL, "price");
	check(WITH(price = PRICE_COUNT), NULL, "price");
	check(WITH(price = PRICE_PAID), NULL, "price_why");
	check(WITH(price = PRICE_REDUCED), NULL, "price_why");
	check(WITH(price = PRICE_PAID; i_.price_why = TEXT("x")), NULL, NULL);
	check(WITH(supply = 0), NULL, "supply");
	check(WITH(supply = SUPPLY_COUNT), NULL, "supply");
	check(WITH(basis = TEXT_NONE), NULL, NULL);
	check(WITH(limits[0].rule.count = -1), NULL, "answer");
	check(WITH(limits[0].rule.count = CLOCK_COUNT_MAX), NULL, NULL);
	check(WITH(limits[0].rule.count = CLOCK_COUNT_MAX + 1), NULL, "answer");
	check(WITH(limits[0].rule.unit = (enum clock_unit)9), NULL, "answer");
	check(WITH(limits[0].source = TEXT_NONE), NULL, "answer");
	check(WITH(limits[0].target = (enum clock_target)0), NULL, "limits");
	check(WITH(limits[1] = i_.limits[0]), NULL, "limits");
}

static void
revisions_begin_today_or_later_and_after_the_newest(void **state)
{
	(void)state;
	check(WITH(from = DAY_NONE), NULL, "from");
	check(WITH(from = on("2020-01-01")), NULL, NULL);           /* a new item may begin in the past */
	check(WITH(from = on("2026-06-29")), "2020-01-01", "from"); /* an existing one not */
	check(WITH(from = on("2026-06-30")), "2020-01-01", NULL);
	check(WITH(from = on("2026-07-10")), "2026-07-10", "from"); /* overlaps */
	check(WITH(from = on("2026-07-09")), "2026-07-10", "from");
	check(WITH(from = on("2026-07-11")), "2026-07-10", NULL);
	check(WITH(code = TEXT_NONE), "2020-01-01", NULL);          /* the code stays what it was */
}

/* ---- stored --------------------------------------------------------------------------------------------- */

static void
statements_are_sound(void **state)
{
	struct db_fixture *x = *state;
	const struct db_set *sets[] = { &catalogue_sql };
	const char *why = "";
	struct text words = TEXT_NONE;

	assert_null(db_check_statements(sets, 1, &why));
	assert_null(db_prepare_all(x->db, sets, 1, &words));
}

static void
the_basic_items_are_seeded_once_and_are_sound(void **state)
{
	struct db_fixture *x = *state;
	struct item *v;
	size_t n = 0;

	assert_int_equal(catalogue_seed(&x->ctx), RC_OK);
	assert_int_equal(catalogue_list(&x->ctx, on("2026-06-30"), false, &v, &n), RC_OK);
	assert_int_equal(n, 10);
	assert_true(text_equals(v[0].code, TEXT("consult")) && text_equals(v[0].matter, TEXT("consult")));
	for (size_t i = 0; i < n; i++) {
		struct findings f = { .n = 0 };
		struct item_new in = { .code = v[i].code, .matter = v[i].matter, .from = v[i].from, .name = v[i].name,
			.name_en = v[i].name_en, .summary = v[i].summary, .summary_en = v[i].summary_en,
			.why_public = v[i].why_public, .who_may = v[i].who_may, .price = (int)v[i].price, .supply = (int)v[i].supply,
			.basis = v[i].basis, .materials = v[i].materials, .channels = v[i].channels, .tiers = v[i].tiers };

		assert_int_equal(catalogue_check(&in, on("2026-06-30"), DAY_NONE, &f), RC_OK);
		assert_int_equal(v[i].price, PRICE_FREE);
		/* legal aid is decided by the law's own limits, and a court takes its time: no promise but the year */
		if (text_equals(v[i].matter, TEXT("legal-aid"))) {
			assert_int_equal(v[i].n_limits, 2);
			assert_null(item_limit_of(&v[i], TARGET_ANSWER));
			assert_int_equal(item_limit_of(&v[i], TARGET_CLOSE)->rule.count, 12);
			assert_int_equal(item_limit_of(&v[i], TARGET_CLOSE)->rule.unit, CLOCK_MONTH);
			continue;
		}
		/* accepted or told the other ways within the promise; what follows its own steps start */
		if (text_equals(v[i].matter, TEXT("mediation"))) {
			assert_int_equal(v[i].n_limits, 3);
			assert_int_equal(item_limit_of(&v[i], TARGET_ANSWER)->rule.count, 3);
			assert_int_equal(item_limit_of(&v[i], TARGET_CLOSE)->rule.unit, CLOCK_MONTH);
			continue;
		}
		assert_int_equal(v[i].n_limits, 3);
		assert_int_equal(item_limit_of(&v[i], TARGET_ANSWER)->rule.count, 3);
		assert_int_equal(item_limit_of(&v[i], TARGET_CLOSE)->rule.count, 15);
		assert_true(text_equals(item_limit_of(&v[i], TARGET_CLOSE)->source, text_of(CATALOGUE_PROMISE)));
	}
	assert_int_equal(catalogue_list(&x->ctx, on("2015-12-31"), false, &v, &n), RC_OK);
	assert_int_equal(n, 0);
}

static void
a_revision_counts_from_its_day(void **state)
{
	struct db_fixture *x = *state;
	struct item_new in = sound_item();
	struct findings f = { .n = 0 };
	struct item item, *v;
	size_t n = 0;
	int64_t id = 0;

	assert_int_equal(catalogue_create(&x->ctx, fixture_key(), &in, &f, &id), RC_OK);
	assert_int_equal(catalogue_create(&x->ctx, fixture_key(), &in, &f, &id), RC_DUPLICATE);
	assert_int_equal(load(x, "advice-2", "2026-06-29", &item), RC_NOT_FOUND);
	assert_int_equal(load(x, "advice-2", "2026-06-30", &item), RC_OK);
	in.name = TEXT("新名");
	in.in_force = false;
	in.from = on("2026-08-01");
	in.limits[0].rule.count = 0;
	assert_int_equal(catalogue_revise(&x->ctx, fixture_key(), item.id, on("2026-06-01"), &in, &f), RC_CONFLICT);
	assert_int_equal(catalogue_revise(&x->ctx, fixture_key(), item.id, item.from, &in, &f), RC_OK);
	assert_int_equal(catalogue_revise(&x->ctx, fixture_key(), item.id, item.from, &in, &f), RC_CONFLICT);
	assert_int_equal(catalogue_revise(&x->ctx, fixture_key(), item.id, in.from, &in, &f), RC_INVALID);
	assert_string_equal(f.v[0].field, "from");
	assert_int_equal(catalogue_revise(&x->ctx, fixture_key(), 999, item.from, &in, &f), RC_NOT_FOUND);
	assert_int_equal(load(x, "advice-2", "2026-07-31", &item), RC_OK);
	assert_true(text_equals(item.name, TEXT("名")) && item.in_force && item.n_limits == 1);
	assert_int_equal(load(x, "advice-2", "2026-08-01", &item), RC_OK);
	assert_true(text_equals(item.name, TEXT("新名")) && !item.in_force && item.n_limits == 0);
	assert_int_equal(catalogue_list(&x->ctx, on("2026-08-01"), false, &v, &n), RC_OK);
	assert_int_equal(n, 10);
	assert_int_equal(catalogue_list(&x->ctx, on("2026-08-01"), true, &v, &n), RC_OK);
	assert_int_equal(n, 11);
	assert_int_equal(catalogue_history(&x->ctx, item.id, &v, &n), RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(v[0].from.n, on("2026-08-01").n);
	assert_int_equal(catalogue_history(&x->ctx, 999, &v, &n), RC_NOT_FOUND);
}

static void
a_failing_database_leaves_no_half_item(void **state)
{
	struct db_fixture *x = *state;
	struct item_new in = sound_item();
	struct item item;
	enum rc rc = RC_UNAVAILABLE;

	for (int n = 1; rc != RC_OK && n < 40; n++) {
		struct findings f = { .n = 0 };
		int64_t id = 0;

		db_fail_after(x->db, n);
		rc = catalogue_create(&x->ctx, fixture_key(), &in, &f, &id);
		db_fail_after(x->db, 0);
		assert_int_equal(load(x, "advice-2", "2026-06-30", &item), rc == RC_OK ? RC_OK : RC_NOT_FOUND);
	}
	assert_int_equal(rc, RC_OK);
	assert_int_equal(item.n_limits, 1);
}

struct find { const char *code; struct day day; struct code_row row; };

static enum rc
find_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct find *f = arg;

	return code_find(tx, actor, "consult.outcome", text_of(f->code), f->day, &f->row);
}

static void
codes_are_dated(void **state)
{
	struct db_fixture *x = *state;
	struct code_row *v;
	struct find f = { .code = "referred", .day = on("2026-06-30") };
	size_t n = 0;

	assert_int_equal(code_list(&x->ctx, "consult.outcome", on("2026-06-30"), &v, &n), RC_OK);
	assert_int_equal(n, 7);
	assert_true(text_equals(v[0].code, TEXT("answered")) && text_equals(v[6].code, TEXT("out_of_scope")));
	assert_int_equal(code_list(&x->ctx, "dispatch.return", on("2026-06-30"), &v, &n), RC_OK);
	assert_int_equal(n, 7);
	assert_int_equal(code_list(&x->ctx, "consult.outcome", on("2015-12-31"), &v, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(db_read(&x->ctx, find_tx, &f), RC_OK);
	assert_int_equal(f.row.flags, OUTCOME_SERVED | OUTCOME_NEEDS_REASON);
	f.day = on("2015-12-31");
	assert_int_equal(db_read(&x->ctx, find_tx, &f), RC_NOT_FOUND);
	f.day = DAY_NONE;
	assert_int_equal(db_read(&x->ctx, find_tx, &f), RC_OK);
	f.code = "what";
	assert_int_equal(db_read(&x->ctx, find_tx, &f), RC_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(those_the_article_names_may_ask),
		cmocka_unit_test(each_fault_has_its_finding),
		cmocka_unit_test(revisions_begin_today_or_later_and_after_the_newest),
		cmocka_unit_test_setup_teardown(topics_suggest_items_that_exist, seeded, close_db),
		cmocka_unit_test_setup_teardown(statements_are_sound, seeded, close_db),
		cmocka_unit_test_setup_teardown(the_basic_items_are_seeded_once_and_are_sound, seeded, close_db),
		cmocka_unit_test_setup_teardown(a_revision_counts_from_its_day, seeded, close_db),
		cmocka_unit_test_setup_teardown(a_failing_database_leaves_no_half_item, seeded, close_db),
		cmocka_unit_test_setup_teardown(codes_are_dated, seeded, close_db),
	};

	return fixture_main("catalogue", tests, sizeof(tests) / sizeof(tests[0]), &engine);
}
