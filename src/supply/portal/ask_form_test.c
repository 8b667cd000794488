/* What is asked, how a draft is kept and read back, and what intake gets of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "supply/portal/ask_form.h"

#define SIZE ((size_t)1 << 20)

static struct text
text(const char *s)
{
	return text_of(s);
}

static void
expect_text(struct text got, const char *want)
{
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n);
}

static size_t
index_of(const char *key)
{
	const struct field *f = form_field(&ask_form, key);

	assert_non_null(f);
	return (size_t)(f - ask_form.fields);
}

static struct typed
no_answers(struct arena *a)
{
	struct typed t = { arena_array(a, ask_form.n, sizeof(struct text)) };

	assert_non_null(t.v);
	for (size_t i = 0; i < ask_form.n; i++)
		t.v[i] = TEXT_NONE;
	return t;
}

/* Three pages, no field left out and none asked twice (S98). */
static void
pages_hold_every_field_once(void **state)
{
	const struct form *pages[] = { &ask_what_form, &ask_where_form, &ask_who_form };
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < pages[i]->n; k++, n++)
			assert_ptr_equal(&pages[i]->fields[k], &ask_form.fields[n]);
	assert_int_equal(n, ask_form.n);
}

static void
draft_comes_back_as_typed(void **state)
{
	const char *nasty = "50%25 & a=b\r\n第二行\t，“引号” <b> +1";
	struct arena *a = arena_create(SIZE);
	struct typed t = no_answers(a);
	struct params back;

	(void)state;
	t.v[index_of("detail")] = text(nasty);
	t.v[index_of("topic")] = text("neighbor");
	t.v[index_of("id_number")] = text("not a number");
	back = ask_unpack(a, ask_pack(a, &t, text("00112233445566778899aabbccddeeff")));
	expect_text(params_get(back, "detail"), nasty);
	expect_text(params_get(back, "topic"), "neighbor");
	expect_text(params_get(back, "id_number"), "not a number");
	expect_text(params_get(back, "key"), "00112233445566778899aabbccddeeff");
	assert_int_equal(back.n, 4);
	assert_false(params_has(back, "name"));
	arena_free(a);
}

/* The longest detail of four-byte characters, and every other field at its longest, is kept. */
static void
longest_draft_fits(void **state)
{
	struct arena *a = arena_create(SIZE);
	struct typed t = no_answers(a);
	char *detail = arena_alloc(a, 4 * ASK_DETAIL_MAX);
	struct text packed;

	(void)state;
	for (size_t i = 0; i < ASK_DETAIL_MAX; i++)
		memcpy(detail + 4 * i, "\xF0\xA0\xAE\xB7", 4);
	for (size_t i = 0; i < ask_form.n; i++)
		t.v[i] = (struct text){ detail, 400 };
	t.v[index_of("detail")] = (struct text){ detail, 4 * ASK_DETAIL_MAX };
	packed = ask_pack(a, &t, text("00112233445566778899aabbccddeeff"));
	assert_non_null(packed.p);
	assert_true(packed.n <= DRAFT_MAX);
	assert_int_equal(params_get(ask_unpack(a, packed), "detail").n, 4 * ASK_DETAIL_MAX);
	arena_free(a);
}

static void
broken_draft_is_none(void **state)
{
	struct arena *a = arena_create(SIZE);

	(void)state;
	assert_int_equal(ask_unpack(a, TEXT_NONE).n, 0);
	assert_int_equal(ask_unpack(a, text("&&&=&")).n, 0);
	expect_text(params_get(ask_unpack(a, text("detail=%4")), "detail"), "%4");
	expect_text(params_get(ask_unpack(a, text("detail=%zz%")), "detail"), "%zz%");
	assert_true(ask_unpack(a, text("a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1"
	    "&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1&a=1")).n <= ask_form.n + 1);
	arena_free(a);
}

static void
one_page_leaves_the_others(void **state)
{
	struct arena *a = arena_create(SIZE);
	struct typed all = no_answers(a);
	struct text page[16];

	(void)state;
	for (size_t i = 0; i < ask_where_form.n; i++)
		page[i] = TEXT_NONE;
	all.v[index_of("detail")] = text("kept");
	all.v[index_of("town")] = text("old");
	all.v[index_of("name")] = text("kept too");
	page[0] = text("320508001000");
	ask_merge(&all, &ask_where_form, &(struct typed){ page });
	expect_text(all.v[index_of("detail")], "kept");
	expect_text(all.v[index_of("name")], "kept too");
	expect_text(all.v[index_of("town")], "320508001000");
	page[0] = TEXT_NONE; /* emptied on the page: emptied in the draft */
	ask_merge(&all, &ask_where_form, &(struct typed){ page });
	assert_int_equal(all.v[index_of("town")].n, 0);
	ask_merge(&all, &ask_where_form, &(struct typed){ NULL });
	arena_free(a);
}

struct who_case { struct ask ask; const char *field; };

static void
names_are_asked_where_needed(void **state)
{
	const struct who_case cases[] = {
		{ { .naming = NAMING_NAMED }, "name" },
		{ { .naming = NAMING_NAMED, .name = TEXT_INIT("王安") }, NULL },
		{ { .naming = NAMING_ANONYMOUS }, NULL },
		{ { .naming = NAMING_ANONYMOUS, .caller = RELATION_FAMILY }, "caller_name" },
		{ { .naming = NAMING_ANONYMOUS, .caller = RELATION_FAMILY, .caller_name = TEXT_INIT("王安") }, NULL },
		{ { .naming = NAMING_ANONYMOUS, .applicant = APPLICANT_STARTUP }, "org_name" },
		{ { .naming = NAMING_ANONYMOUS, .applicant = APPLICANT_STARTUP, .org_name = TEXT_INIT("甲店") }, NULL },
		{ { .naming = NAMING_ANONYMOUS, .applicant = APPLICANT_FAMILY }, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct findings f = { .n = 0 };

		ask_judge_who(&cases[i].ask, &f);
		assert_int_equal(f.total, cases[i].field ? 1 : 0);
		if (cases[i].field)
			assert_non_null(findings_of(&f, cases[i].field));
	}
}

static void
village_counts_inside_its_town(void **state)
{
	struct ask a = { .town = { INT64_C(320508001000) }, .village = { INT64_C(320508001002) } };

	(void)state;
	assert_int_equal(ask_place(&a).code, INT64_C(320508001002));
	a.village.code = INT64_C(320508002002); /* the town was changed afterwards */
	assert_int_equal(ask_place(&a).code, INT64_C(320508001000));
	a.village.code = 0;
	assert_int_equal(ask_place(&a).code, INT64_C(320508001000));
	a.town.code = INT64_C(320500000000); /* 说不清在哪里 */
	assert_int_equal(ask_place(&a).code, INT64_C(320500000000));
}

static void
nameless_leaves_only_a_phone(void **state)
{
	struct ask a = { .naming = NAMING_ANONYMOUS, .name = TEXT_INIT("王安"), .phone = TEXT_INIT("19900001234"),
		.id_number = TEXT_INIT("990000199001011234"), .applicant = APPLICANT_PERSON,
		.caller_name = TEXT_INIT("李宁") };
	struct intake_new in = ask_intake(&a, 7);

	(void)state;
	assert_int_equal(in.person.name.n + in.person.phone.n + in.person.id_number.n, 0);
	expect_text(in.contact, "19900001234");
	assert_int_equal(in.caller_name.n, 0); /* asks for oneself */
	assert_int_equal(in.item, 7);
	assert_int_equal(in.channel, CHANNEL_PORTAL);
	a.naming = NAMING_NAMED;
	a.caller = RELATION_AGENT;
	in = ask_intake(&a, 7);
	expect_text(in.person.name, "王安");
	expect_text(in.caller_name, "李宁");
	assert_int_equal(in.contact.n, 0);
}

static void
staff_not_said_is_unknown(void **state)
{
	struct ask a = { .naming = NAMING_ANONYMOUS, .applicant = APPLICANT_STARTUP, .org_name = TEXT_INIT("甲店") };

	(void)state;
	assert_int_equal(ask_intake(&a, 1).organisation.staff, -1);
	a.staff = 9;
	assert_int_equal(ask_intake(&a, 1).organisation.staff, 9);
	a.applicant = APPLICANT_PERSON; /* what was typed of an organisation before is not sent */
	assert_int_equal(ask_intake(&a, 1).organisation.name.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_hold_every_field_once),
		cmocka_unit_test(draft_comes_back_as_typed),
		cmocka_unit_test(longest_draft_fits),
		cmocka_unit_test(broken_draft_is_none),
		cmocka_unit_test(one_page_leaves_the_others),
		cmocka_unit_test(names_are_asked_where_needed),
		cmocka_unit_test(village_counts_inside_its_town),
		cmocka_unit_test(nameless_leaves_only_a_phone),
		cmocka_unit_test(staff_not_said_is_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
