/* From what is typed at intake to what operations/intake gets; drafts there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "supply/desk/desk_internal.h"
#include "supply/desk/intake_form.h"

#define TODAY ((struct day){ 20634 }) /* 2026-06-30 */
#define P(n, v) { TEXT_INIT(n), TEXT_INIT(v) }
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct trial { struct arena *mem; struct intake_values values; struct typed typed; struct findings findings; };

static enum rc
read_params(struct trial *t, const struct param *v, size_t n)
{
	memset(&t->findings, 0, sizeof t->findings);
	return form_read(&intake_form, (struct params){ v, n }, TODAY, t->mem, &t->values, &t->typed, &t->findings);
}

static bool
complains_of(const struct trial *t, const char *field)
{
	return findings_of(&t->findings, field) != NULL;
}

static const struct param walk_in[] = {
	P("item", "consult"), P("name", "王小明"), P("id_number", "990000199001011230"), P("phone", "19900001234"),
	P("detail", "工资拖了三个月"), P("town", "320506101000"), P("village", "320506101001"), P("channel", "window"),
	P("topic", "wage_arrears"), P("applicant", "person"), P("caller", "self"), P("accept_now", "1"), P("urgent", "1"),
};

static void
a_walk_in_becomes_a_request(void **state)
{
	struct trial *t = *state;
	struct intake_new out;

	assert_int_equal(read_params(t, walk_in, COUNT(walk_in)) == RC_OK || complains_of(t, "id_number"), 1);
	t->values.id_number = TEXT("990000199001011230");
	memset(&t->findings, 0, sizeof t->findings);
	intake_judge(&t->values, &t->findings);
	assert_int_equal(t->findings.total, 0);
	out = intake_of(&t->values, 77);
	assert_int_equal(out.item, 77);
	assert_int_equal(out.channel, CHANNEL_WINDOW);
	assert_int_equal(out.topic, TOPIC_WAGE_ARREARS);
	assert_int_equal(out.place.code, INT64_C(320506101001));
	assert_int_equal(out.person.place.code, INT64_C(320506101001));
	assert_true(text_equals(out.person.name, TEXT("王小明")));
	assert_true(text_equals(out.person.phone, TEXT("19900001234")));
	assert_int_equal(out.contact.n, 0);
	assert_true(out.accept_now && out.urgent && !out.scheduled);
	assert_int_equal(out.organisation.staff, -1);
}

static void
without_a_name_the_number_is_a_contact(void **state)
{
	struct trial *t = *state;
	struct intake_values in = { .anonymous = true, .phone = TEXT("19900001234"), .name = TEXT_NONE,
		.id_number = TEXT_NONE, .town = { INT64_C(320506101000) } };
	struct findings f = { .n = 0 };
	struct intake_new out;

	(void)t;
	intake_judge(&in, &f);
	assert_int_equal(f.total, 0);
	out = intake_of(&in, 1);
	assert_int_equal(out.person.name.n + out.person.phone.n + out.person.id_number.n, 0);
	assert_true(text_equals(out.contact, TEXT("19900001234")));
}

static void
a_name_or_the_tick_but_not_both(void **state)
{
	struct intake_values none = { .name = TEXT_NONE }, both = { .anonymous = true, .name = TEXT("王") };
	struct findings f = { .n = 0 };

	(void)state;
	intake_judge(&none, &f);
	assert_non_null(findings_of(&f, "name"));
	memset(&f, 0, sizeof f);
	intake_judge(&both, &f);
	assert_non_null(findings_of(&f, "anonymous"));
}

static void
a_village_counts_inside_its_town_only(void **state)
{
	struct intake_values in = { .town = { INT64_C(320506101000) }, .village = { INT64_C(320506102001) } };

	(void)state;
	assert_int_equal(intake_place(&in).code, INT64_C(320506101000));
	in.village.code = INT64_C(320506101001);
	assert_int_equal(intake_place(&in).code, INT64_C(320506101001));
	in.village.code = 0;
	assert_int_equal(intake_place(&in).code, INT64_C(320506101000));
}

static void
what_is_missing_is_named_all_at_once(void **state)
{
	struct trial *t = *state;
	static const struct param empty[] = { P("name", "王") };

	assert_int_equal(read_params(t, empty, 1), RC_INVALID);
	assert_true(complains_of(t, "item") && complains_of(t, "detail") && complains_of(t, "town")
	    && complains_of(t, "channel") && complains_of(t, "applicant") && complains_of(t, "caller"));
	assert_true(text_equals(ui_typed(&intake_form, "name", &t->typed), TEXT("王")));
}

static void
findings_of_the_record_stand_under_fields_of_the_form(void **state)
{
	struct findings f = { .n = 0 };

	(void)state;
	findings_add(&f, "place", "x", 0);
	findings_add(&f, "contact", "x", 0);
	findings_add(&f, "born", "x", 0);
	findings_add(&f, "name", "x", 0);
	intake_rekey(&f);
	for (size_t i = 0; i < f.n; i++)
		assert_non_null(form_field(&intake_form, f.v[i].field));
	assert_non_null(findings_of(&f, "town"));
}

static void
a_draft_comes_back_as_it_was(void **state)
{
	struct trial *t = *state;
	static const struct param typed[] = {
		P("csrf", "secret"), P("key", "00"), P("name", "王&小=明%41+ x"), P("detail", "一\n二"), P("groups", "elderly"),
		P("groups", "farmer"), P("phone", ""),
	};
	struct text packed = draft_pack(t->mem, (struct params){ typed, COUNT(typed) });
	struct params back = draft_unpack(t->mem, packed);

	assert_non_null(packed.p);
	assert_int_equal(back.n, 4);
	assert_false(params_has(back, "csrf") || params_has(back, "key") || params_has(back, "phone"));
	for (size_t i = 0; i < back.n; i++) {
		assert_true(text_equals(back.v[i].name, typed[i + 2].name));
		assert_true(text_equals(back.v[i].value, typed[i + 2].value));
	}
}

static void
what_is_no_draft_does_no_harm(void **state)
{
	struct trial *t = *state;
	static const char *const bad[] = { "", "&", "=", "%", "a=%4", "a=%zz", "&&&=&=", "a" };

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct params p = draft_unpack(t->mem, text_of(bad[i]));

		assert_true(p.n <= 8);
	}
	assert_true(text_equals(draft_unpack(t->mem, TEXT("a=%4")).v[0].value, TEXT("%4")));
	assert_true(text_equals(draft_unpack(t->mem, TEXT("a=%41")).v[0].value, TEXT("A")));
}

static void
a_draft_past_its_bound_is_refused(void **state)
{
	struct trial *t = *state;
	char *long_text = arena_alloc(t->mem, DRAFT_MAX + 1);
	struct param p = { TEXT("d"), { long_text, DRAFT_MAX - 2 } };

	memset(long_text, 'x', DRAFT_MAX);
	assert_non_null(draft_pack(t->mem, (struct params){ &p, 1 }).p);
	p.value.n++;
	assert_null(draft_pack(t->mem, (struct params){ &p, 1 }).p);
}

static void
every_step_has_a_right_and_a_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < desk_routes_n; i++) {
		const struct route *r = &desk_routes[i];

		assert_true(r->right > RIGHT_NONE && r->right < RIGHT_COUNT);
		assert_true(strncmp(r->path, "/desk", 5) == 0);
		/* whoever may see a form may send it, and the other way round */
		for (size_t k = 0; k < desk_routes_n; k++)
			if (strcmp(r->path, desk_routes[k].path) == 0)
				assert_int_equal(r->right, desk_routes[k].right);
	}
}

static int
set_up(void **state)
{
	static struct trial t;

	memset(&t, 0, sizeof t);
	t.mem = arena_create((size_t)1 << 20);
	*state = &t;
	return t.mem == NULL;
}

static int
tear_down(void **state)
{
	arena_free(((struct trial *)*state)->mem);
	return 0;
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_walk_in_becomes_a_request), CASE(without_a_name_the_number_is_a_contact),
		CASE(a_name_or_the_tick_but_not_both), CASE(a_village_counts_inside_its_town_only),
		CASE(what_is_missing_is_named_all_at_once), CASE(findings_of_the_record_stand_under_fields_of_the_form),
		CASE(a_draft_comes_back_as_it_was), CASE(what_is_no_draft_does_no_harm), CASE(a_draft_past_its_bound_is_refused),
		CASE(every_step_has_a_right_and_a_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
