/* Templates that the city's people keep: checked with lines, approved by another, in force from a day; old papers stay as they are. */
#include "app/story_stage.h"

#include "operations/writing/writing.h"
#include "standards/sheet/sheet.h"

#include <string.h>

#define KIND "simple.objection"

enum { FIRST = 301, SECOND };

static struct actor
official(int id, int64_t place)
{
	struct account a = { .id = { id }, .role = ROLE_OFFICIAL, .place = { place }, .active = true };

	return identity_actor(&a, STAGE_CITY);
}

static struct sheet_text
own(void)
{
	struct sheet_text s;

	assert_int_equal(sheet_builtin(&paper_sheet, TEXT(KIND), &s), RC_OK);
	return s;
}

/* Of a text with `from` replaced by `to`, once. */
static struct text
with(struct stage *f, struct text t, const char *from, const char *to)
{
	size_t n = strlen(from);

	for (size_t i = 0; i + n <= t.n; i++)
		if (memcmp(t.p + i, from, n) == 0)
			return arena_format(f->mem, "%.*s%s%.*s", (int)i, t.p, to, (int)(t.n - i - n), t.p + i + n);
	fail_msg("no %s", from);
	return t;
}

static enum rc
draft(struct stage *f, const struct actor *a, struct sheet_text s, int64_t base, int days, struct sheet_faults *faults, int64_t *ret)
{
	struct ctx ctx = ctx_as(f, a);
	struct findings findings = { .n = 0 };

	return sheet_draft(&ctx, idem_key_new(), &(struct sheet_change){ .kind = &paper_sheet, .sheet = s, .base = base,
	    .from = day_add(day_of_moment(stage_now_ms), days), .words = TEXT("写得更明白") }, &findings, faults, ret);
}

static enum rc
decide(struct stage *f, const struct actor *a, int64_t id, enum sheet_state to)
{
	struct ctx ctx = ctx_as(f, a);
	struct findings findings = { .n = 0 };

	return sheet_decide(&ctx, idem_key_new(), &paper_sheet, TEXT(KIND), id, to, to == SHEET_REJECTED ? TEXT("不清楚，再改") : TEXT(""), &findings);
}

struct now_arg { struct sheet_version v; };

static enum rc
now_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct now_arg *a = argument;

	return sheet_current(tx, actor, &paper_sheet, TEXT(KIND), day_of_moment(tx_now_ms(tx)), &a->v);
}

static int
number_now(struct stage *f)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct now_arg a = { .v = { .number = -1 } };

	assert_int_equal(db_read(&ctx, now_tx, &a), RC_OK);
	return a.v.number;
}

/* A paper of a case, from its draft to its number; what it says must hold `words` or not. */
static int64_t
issue(struct stage *f, int64_t request, bool more)
{
	struct actor helper = as(HELPER), director = as(DIRECTOR);
	struct ctx ctx = ctx_as(f, &helper), check = ctx_as(f, &director);
	struct writing_head h = { .request = { request }, .revision = 1 };
	struct paper_facts facts;
	struct text missing;
	enum writing_why why;
	int64_t paper = 0;

	assert_int_equal(writing_begin(&ctx, idem_key_new(), h.request, TEXT(KIND), &h.id, &why), RC_OK);
	paper_facts_init(&facts, ctx.mem);
	paper_say(&facts, "person", TEXT("欧阳小雨"));
	paper_say(&facts, "phone", TEXT("19900001234"));
	paper_say(&facts, "address", TEXT("示范村1号"));
	paper_say(&facts, "organ", TEXT("吴中区法律援助中心"));
	paper_say(&facts, "paper", TEXT("不予法律援助决定书"));
	paper_say(&facts, "received", TEXT("2026-06-20"));
	paper_say(&facts, "wish", TEXT("请撤销。"));
	paper_say(&facts, "story", TEXT("共同生活的有五口人。"));
	if (more) {
		assert_int_equal(writing_save(&ctx, idem_key_new(), &h, &facts, true, &missing, &why), RC_INVALID); /* the new fact is asked */
		assert_true(text_starts_with(missing, TEXT("helper")));
		paper_say(&facts, "helper", TEXT("示范站"));
	}
	assert_int_equal(writing_save(&ctx, idem_key_new(), &h, &facts, true, &missing, &why), RC_OK);
	h.revision = 2;
	assert_int_equal(writing_issue(&check, idem_key_new(), &h, WRITING_READ_ALOUD, &paper, &why), RC_OK);
	return paper;
}

static struct sheet_text
helped(struct stage *f)
{
	struct sheet_text s = own();

	s.text = with(f, s.text, "fact person ", "fact helper text must 代书站点\nfact person ");
	s.text = arena_format(f->mem, "%.*s\nnote 由{helper}代书。\n", (int)s.text.n, s.text.p);
	s.sample = with(f, s.sample, "{", "{\n \"helper\": \"示范村便民法律服务站\",");
	return s;
}

/* ---- stories ---------------------------------------------------------------------------------------------------------- */

static void
a_new_template_holds_from_its_day_and_old_papers_stay(void **state)
{
	struct stage *f = *state;
	struct actor first = official(FIRST, CITY), second = official(SECOND, CITY);
	struct sheet_faults faults;
	int64_t request, id = 0, before, after;

	begin(f);
	request = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, request), RC_OK);
	before = issue(f, request, false);
	assert_int_equal(draft(f, &first, helped(f), 0, 1, &faults, &id), RC_OK);
	assert_int_equal(number_now(f), 0);
	assert_int_equal(decide(f, &first, id, SHEET_APPROVED), RC_REFUSED);  /* not by who wrote it */
	assert_int_equal(decide(f, &second, id, SHEET_WITHDRAWN), RC_REFUSED); /* not by another */
	assert_int_equal(decide(f, &second, id, SHEET_APPROVED), RC_OK);
	assert_int_equal(decide(f, &second, id, SHEET_APPROVED), RC_CONFLICT);
	assert_int_equal(number_now(f), 0); /* from tomorrow */
	stage_now_ms += DAY_MS;
	assert_int_equal(number_now(f), 1);
	after = issue(f, request, true);
	assert_int_not_equal(before, after);
	assert_int_equal(stage_int(f, "SELECT COUNT(DISTINCT template) FROM paper WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper p JOIN paper_template t ON t.city = p.city AND t.hash = p.template"
	    " WHERE p.city = $1 AND t.text LIKE '%helper%'"), 1);
	assert_int_equal(problems(f), 0);
}

/* A mistake is found in a text that waits for its day; what replaces it holds from then on, also when that day has come. */
static void
what_replaces_a_text_to_come_stays(void **state)
{
	struct stage *f = *state;
	struct actor first = official(FIRST, CITY), second = official(SECOND, CITY);
	struct sheet_faults faults;
	int64_t id = 0;

	begin(f);
	assert_int_equal(draft(f, &first, helped(f), 0, 10, &faults, &id), RC_OK);
	assert_int_equal(decide(f, &second, id, SHEET_APPROVED), RC_OK);
	assert_int_equal(draft(f, &first, own(), id, 3, &faults, &id), RC_OK);
	assert_int_equal(decide(f, &second, id, SHEET_APPROVED), RC_OK);
	stage_now_ms += 3 * DAY_MS;
	assert_int_equal(number_now(f), 2);
	stage_now_ms += 8 * DAY_MS;
	assert_int_equal(number_now(f), 2);
}

static void
what_cannot_hold_is_refused_with_its_line(void **state)
{
	static const struct { const char *line; const char *why; } rows[] = {
		{ "loop 3", "no loops" }, { "while story", "no loops" }, { "para {nobody}", "not declared: nobody" }, { "if story", "always there" },
		{ "para {?proof}{proof}", "condition is not closed" }, { "para {proof}", "may be absent" },
	};
	struct stage *f = *state;
	struct actor first = official(FIRST, CITY);
	struct sheet_text s = own();
	int lines = 0;

	begin(f);
	for (size_t i = 0; i < s.text.n; i++)
		lines += s.text.p[i] == '\n';
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct sheet_text bad = { s.name, arena_format(f->mem, "%.*s%s\n", (int)s.text.n, s.text.p, rows[i].line), s.sample };
		struct sheet_faults faults;
		int64_t id = 0;

		assert_int_equal(draft(f, &first, bad, 0, 0, &faults, &id), RC_INVALID);
		if (strstr(sheet_fault_text(f->mem, LANG_EN, &faults.v[0]).p, rows[i].why) == NULL)
			fail_msg("%s: %s", rows[i].line, sheet_fault_text(f->mem, LANG_EN, &faults.v[0]).p);
		assert_int_equal(faults.v[0].line, lines + 1);
	}
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM sheet_version WHERE city = $1"), 0);
}

static void
facts_that_do_not_fit_are_told(void **state)
{
	struct stage *f = *state;
	struct actor first = official(FIRST, CITY);
	struct sheet_text s = helped(f), other = own();
	struct sheet_faults faults;
	int64_t id = 0;

	begin(f);
	s.sample = other.sample; /* without the new fact */
	assert_int_equal(draft(f, &first, s, 0, 0, &faults, &id), RC_INVALID);
	assert_string_equal(sheet_fault_text(f->mem, LANG_EN, &faults.v[0]).p, "missing in the facts to try: helper");
	s = other;
	s.sample = TEXT("{");
	assert_int_equal(draft(f, &first, s, 0, 0, &faults, &id), RC_INVALID);
	assert_int_equal(faults.n, 1);
	s = other;
	s.text = with(f, s.text, "paper simple.objection", "paper simple.will");
	assert_int_equal(draft(f, &first, s, 0, 0, &faults, &id), RC_INVALID);
	assert_string_equal(sheet_fault_text(f->mem, LANG_EN, &faults.v[0]).p, "the head says paper simple.objection");
}

static void
two_people_do_not_write_over_each_other(void **state)
{
	struct stage *f = *state;
	struct actor first = official(FIRST, CITY), second = official(SECOND, CITY), county = official(303, COUNTY), helper = as(HELPER);
	struct sheet_faults faults;
	int64_t a = 0, b = 0, c = 0;

	begin(f);
	assert_int_equal(draft(f, &county, own(), 0, 0, &faults, &a), RC_FORBIDDEN); /* the whole city's texts */
	assert_int_equal(draft(f, &helper, own(), 0, 0, &faults, &a), RC_FORBIDDEN);
	assert_int_equal(draft(f, &first, own(), 0, -1, &faults, &a), RC_INVALID);   /* not from yesterday */
	assert_int_equal(draft(f, &first, helped(f), 0, 0, &faults, &a), RC_OK);
	assert_int_equal(draft(f, &second, own(), 0, 0, &faults, &b), RC_OK);
	assert_int_equal(decide(f, &first, b, SHEET_REJECTED), RC_OK);
	assert_int_equal(draft(f, &second, own(), 0, 0, &faults, &c), RC_OK);
	assert_int_equal(decide(f, &second, a, SHEET_APPROVED), RC_OK);
	assert_int_equal(decide(f, &first, c, SHEET_APPROVED), RC_CONFLICT); /* made from another than holds now */
	assert_int_equal(draft(f, &second, own(), 0, 0, &faults, &b), RC_CONFLICT);
	assert_int_equal(draft(f, &second, own(), a, 0, &faults, &b), RC_OK);
	assert_int_equal(decide(f, &second, b, SHEET_WITHDRAWN), RC_OK);
	assert_int_equal(decide(f, &second, c, SHEET_WITHDRAWN), RC_OK);
	assert_int_equal(number_now(f), 1);
	assert_int_equal(problems(f), 0);
	/* planted: approved by its author; a text that is no template any more */
	stage_raw(f, "UPDATE sheet_version SET decided_by = author WHERE city = 3205 AND number = 1");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "UPDATE sheet_version SET decided_by = 302 WHERE city = 3205 AND number = 1");
	stage_raw(f, "UPDATE sheet_version SET state = 1 WHERE city = 3205 AND number = 2");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "UPDATE sheet_version SET state = 3 WHERE city = 3205 AND number = 2");
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_template_holds_from_its_day_and_old_papers_stay),
		cmocka_unit_test(what_replaces_a_text_to_come_stays),
		cmocka_unit_test(what_cannot_hold_is_refused_with_its_line),
		cmocka_unit_test(facts_that_do_not_fit_are_told),
		cmocka_unit_test(two_people_do_not_write_over_each_other),
	};
	int failed = stage_main("story_sheet", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
