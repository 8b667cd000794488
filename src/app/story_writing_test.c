/* A simple paper from the first word to its number: written by one, checked by another, read back, counted once. */
#include "app/story_stage.h"

#include "operations/writing/writing.h"

#include <string.h>

static int64_t
begin_case(struct stage *f)
{
	struct intake_receipt r;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	return r.id;
}

static enum rc
start(struct stage *f, int who, int64_t id, const char *kind, int64_t *ret, enum writing_why *why)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return writing_begin(&ctx, idem_key_new(), (struct case_id){ id }, text_of(kind), ret, why);
}

struct load_arg { int64_t request, id; struct writing w; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct load_arg *a = argument;

	return writing_load(tx, actor, (struct case_id){ a->request }, a->id, &a->w);
}

static enum rc
load_as(struct stage *f, int who, int64_t request, int64_t id, struct writing *ret)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct load_arg arg = { .request = request, .id = id };
	enum rc rc = db_read(&ctx, load_tx, &arg);

	*ret = arg.w;
	return rc;
}

static struct writing_head
head(struct stage *f, int64_t request, int64_t id)
{
	struct writing w;

	assert_int_equal(load_as(f, HELPER, request, id, &w), RC_OK);
	return (struct writing_head){ .request = { request }, .id = id, .revision = w.revision };
}

static void
say_objection(struct paper_facts *f)
{
	paper_say(f, "person", TEXT("欧阳小雨"));
	paper_say(f, "phone", TEXT("19900001234"));
	paper_say(f, "address", TEXT("示范村1号"));
	paper_say(f, "organ", TEXT("吴中区法律援助中心"));
	paper_say(f, "paper", TEXT("不予法律援助决定书"));
	paper_say(f, "received", TEXT("2026-06-20"));
	paper_say(f, "wish", TEXT("请撤销。"));
	paper_say(f, "story", TEXT("共同生活的有五口人。"));
}

static enum rc
save_under(struct stage *f, struct idem_key key, int who, const struct writing_head *h, bool whole, bool asks, enum writing_why *why)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct paper_facts facts;
	struct text missing;

	paper_facts_init(&facts, ctx.mem);
	if (whole)
		say_objection(&facts);
	else
		paper_say(&facts, "person", TEXT("欧阳小雨"));
	return writing_save(&ctx, key, h, &facts, asks, &missing, why);
}

static enum rc
save_as(struct stage *f, int who, const struct writing_head *h, bool whole, bool asks, enum writing_why *why)
{
	return save_under(f, idem_key_new(), who, h, whole, asks, why);
}

static enum rc
issue_as(struct stage *f, int who, const struct writing_head *h, enum writing_read read, int64_t *paper, enum writing_why *why)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return writing_issue(&ctx, idem_key_new(), h, read, paper, why);
}

static int64_t
issued(struct stage *f)
{
	return stage_int(f, "SELECT COUNT(*) FROM writing WHERE city = $1 AND state = 50");
}

/* ---- stories -------------------------------------------------------------------------------------------------- */

static void
what_the_case_holds_is_not_asked_again(void **state)
{
	struct stage *f = *state;
	int64_t request = begin_case(f), id;
	enum writing_why why;
	struct paper_facts facts;
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	struct request r;
	struct writing w;

	assert_int_equal(start(f, HELPER, request, "simple.wage_claim", &id, &why), RC_OK);
	assert_int_equal(load_as(f, HELPER, request, id, &w), RC_OK);
	assert_int_equal(w.state, WRITING_DRAFT);
	assert_int_equal(writing_facts(&ctx, &w, &facts), RC_OK);
	assert_int_equal(look(f, HELPER, request, &r), RC_OK);
	assert_true(text_equals(*paper_fact_find(&facts, TEXT("person"), -1, TEXT_NONE), r.person_name));
	assert_true(text_equals(*paper_fact_find(&facts, TEXT("story"), -1, TEXT_NONE), r.detail));
	assert_null(paper_fact_find(&facts, TEXT("phone"), -1, TEXT_NONE)); /* sealed: asked for again */
	/* what is stored is sealed */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM writing WHERE city = $1 AND length(facts) > 40"), 1);
	assert_int_equal(start(f, HELPER, request, "legalaid.grant", &id, &why), RC_NOT_FOUND); /* no simple paper */
	assert_int_equal(problems(f), 0);
}

static void
written_by_one_checked_by_another_counted_once(void **state)
{
	struct stage *f = *state;
	int64_t request = begin_case(f), id, paper = 0;
	enum writing_why why;
	struct writing_head h, stale;
	struct writing w;

	assert_int_equal(start(f, HELPER, request, "simple.objection", &id, &why), RC_OK);
	h = head(f, request, id);
	assert_int_equal(save_as(f, HELPER, &h, false, false, &why), RC_OK); /* a draft may lack anything */
	h = head(f, request, id);
	assert_int_equal(save_as(f, HELPER, &h, false, true, &why), RC_INVALID); /* what is to be checked may not */
	assert_int_equal(save_as(f, HELPER, &h, true, true, &why), RC_OK);
	stale = h;
	h = head(f, request, id);
	assert_int_equal(save_as(f, HELPER, &h, true, false, &why), RC_REFUSED); /* it waits */
	assert_int_equal(why, WRITING_NO_STEP);
	assert_int_equal(issue_as(f, HELPER, &h, WRITING_READ_ALOUD, &paper, &why), RC_REFUSED);
	assert_int_equal(why, WRITING_SAME_PERSON);
	assert_int_equal(issue_as(f, DIRECTOR, &h, WRITING_NOT_READ, &paper, &why), RC_REFUSED);
	assert_int_equal(why, WRITING_NOT_READ_BACK);
	assert_int_equal(issue_as(f, DIRECTOR, &stale, WRITING_READ_ALOUD, &paper, &why), RC_CONFLICT);
	assert_int_equal(issued(f), 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1 AND kind = 'simple.objection'"), 0);
	assert_int_equal(issue_as(f, DIRECTOR, &h, WRITING_READ_ALOUD, &paper, &why), RC_OK);
	assert_int_equal(issued(f), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1 AND kind = 'simple.objection' AND shown = 1"), 1);
	assert_int_equal(load_as(f, HELPER, request, id, &w), RC_OK);
	assert_int_equal(w.paper, paper);
	assert_int_equal(w.checker, DIRECTOR);
	h = head(f, request, id);
	assert_int_equal(issue_as(f, DIRECTOR, &h, WRITING_READ_ALOUD, &paper, &why), RC_REFUSED); /* not twice */
	assert_int_equal(issued(f), 1);
	assert_int_equal(problems(f), 0);
}

/* Back in the browser, changed, sent again: never taken for the first sending. */
static void
other_words_under_one_key_are_not_swallowed(void **state)
{
	struct stage *f = *state;
	int64_t request = begin_case(f), id;
	struct idem_key key = idem_key_new();
	enum writing_why why;
	struct writing_head h;

	assert_int_equal(start(f, HELPER, request, "simple.objection", &id, &why), RC_OK);
	h = head(f, request, id);
	assert_int_equal(save_under(f, key, HELPER, &h, false, false, &why), RC_OK);
	assert_int_equal(save_under(f, key, HELPER, &h, false, false, &why), RC_OK); /* the same, again */
	assert_int_equal(save_under(f, key, HELPER, &h, true, false, &why), RC_DUPLICATE);
	assert_int_equal(head(f, request, id).revision, h.revision + 1);
}

static void
sent_back_with_words_and_asked_again(void **state)
{
	struct stage *f = *state;
	int64_t request = begin_case(f), id;
	struct actor a = as(DIRECTOR);
	struct ctx ctx = ctx_as(f, &a);
	enum writing_why why;
	struct writing_head h;
	struct writing w;

	assert_int_equal(start(f, HELPER, request, "simple.objection", &id, &why), RC_OK);
	h = head(f, request, id);
	assert_int_equal(save_as(f, HELPER, &h, true, true, &why), RC_OK);
	h = head(f, request, id);
	assert_int_equal(writing_return(&ctx, idem_key_new(), &h, TEXT("改"), &why), RC_REFUSED);
	assert_int_equal(why, WRITING_NO_WORDS);
	assert_int_equal(writing_return(&ctx, idem_key_new(), &h, TEXT("收到的日子写错了"), &why), RC_OK);
	assert_int_equal(load_as(f, HELPER, request, id, &w), RC_OK);
	assert_int_equal(w.state, WRITING_RETURNED);
	assert_true(text_equals(w.words, TEXT("收到的日子写错了")));
	h = head(f, request, id);
	assert_int_equal(save_as(f, HELPER, &h, true, true, &why), RC_OK);
	assert_int_equal(problems(f), 0);
}

static void
others_do_not_write_and_a_draft_ends_with_its_case(void **state)
{
	struct stage *f = *state;
	struct consult_verdict verdict;
	int64_t request = begin_case(f), id, other;
	enum writing_why why;
	struct writing_head h;
	struct writing w;

	assert_int_equal(start(f, STRANGER, request, "simple.objection", &id, &why), RC_NOT_FOUND);
	assert_int_equal(start(f, CHIEF, request, "simple.objection", &id, &why), RC_REFUSED);
	assert_int_equal(why, WRITING_NOT_YOURS);
	assert_int_equal(start(f, HELPER, request, "simple.objection", &id, &why), RC_OK);
	assert_int_equal(load_as(f, STRANGER, request, id, &w), RC_NOT_FOUND);
	h = head(f, request, id);
	for (int i = 1; i < WRITING_MOST; i++)
		assert_int_equal(start(f, HELPER, request, "simple.will", &other, &why), RC_OK);
	assert_int_equal(start(f, HELPER, request, "simple.will", &other, &why), RC_REFUSED);
	assert_int_equal(why, WRITING_TOO_MANY);
	assert_int_equal(answer_as(f, HELPER, request, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, request, &verdict), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM writing WHERE city = $1 AND state = 60"), WRITING_MOST);
	h = head(f, request, id);
	assert_int_equal(save_as(f, HELPER, &h, true, true, &why), RC_REFUSED);
	assert_int_equal(problems(f), 0);
}

struct figures_arg { struct writing_span span; struct writing_count v[4]; struct writing_row rows[4]; size_t n, n_rows; };

static enum rc
figures_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct figures_arg *a = argument;
	enum rc rc = writing_counts(tx, actor, a->span.from, a->span.to, a->span.place, a->v, 4, &a->n);

	return rc == RC_OK ? writing_issued(tx, actor, &a->span, a->rows, 4, &a->n_rows) : rc;
}

static struct figures_arg
writing_figures_as(struct stage *f, int who, struct day from, struct day to, const char *kind)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct figures_arg arg = { .span = { from, to, { CITY }, text_of(kind), 0 } };

	assert_int_equal(db_read(&ctx, figures_tx, &arg), RC_OK);
	return arg;
}

static void
a_figure_counts_what_was_issued_and_opens_to_it(void **state)
{
	struct stage *f = *state;
	int64_t request = begin_case(f), id, paper;
	struct day today = day_of_moment(stage_now_ms);
	struct figures_arg got;
	enum writing_why why;
	struct writing_head h;

	assert_int_equal(start(f, HELPER, request, "simple.objection", &id, &why), RC_OK);
	h = head(f, request, id);
	assert_int_equal(save_as(f, HELPER, &h, true, true, &why), RC_OK);
	assert_int_equal(writing_figures_as(f, DIRECTOR, today, today, "").n, 0); /* written is not issued */
	h = head(f, request, id);
	assert_int_equal(issue_as(f, DIRECTOR, &h, WRITING_READ_ALOUD, &paper, &why), RC_OK);
	got = writing_figures_as(f, DIRECTOR, today, today, "");
	assert_int_equal(got.n, 1);
	assert_int_equal(got.v[0].issued, 1);
	assert_int_equal(got.n_rows, 1);
	assert_int_equal(got.rows[0].paper, paper);
	assert_int_equal(writing_figures_as(f, DIRECTOR, today, today, "simple.objection").n_rows, 1);
	assert_int_equal(writing_figures_as(f, DIRECTOR, today, today, "simple.will").n_rows, 0);
	assert_int_equal(writing_figures_as(f, DIRECTOR, day_add(today, 1), day_add(today, 1), "").n, 0);
	assert_int_equal(writing_figures_as(f, DIRECTOR, day_add(today, -1), day_add(today, -1), "").n, 0);
	assert_int_equal(writing_figures_as(f, STRANGER, today, today, "").n_rows, 0); /* of another town */
}

/* ---- planted faults ----------------------------------------------------------------------------------------------- */

static void
every_check_finds_its_fault(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "UPDATE writing SET checker = 101 WHERE city = 3205", "UPDATE writing SET checker = 102 WHERE city = 3205" },
		{ "UPDATE writing SET checker = NULL WHERE city = 3205", "UPDATE writing SET checker = 102 WHERE city = 3205" },
		{ "UPDATE writing SET read_back = 0 WHERE city = 3205", "UPDATE writing SET read_back = 2 WHERE city = 3205" },
		{ "UPDATE writing SET kind = 'simple.will' WHERE city = 3205", "UPDATE writing SET kind = 'simple.objection' WHERE city = 3205" },
		{ "UPDATE writing SET paper = paper + 1 WHERE city = 3205", "UPDATE writing SET paper = paper - 1 WHERE city = 3205" },
		{ "UPDATE writing SET request = request + 1 WHERE city = 3205", "UPDATE writing SET request = request - 1 WHERE city = 3205" },
	};
	struct stage *f = *state;
	int64_t request = begin_case(f), id, paper;
	enum writing_why why;
	struct writing_head h;

	assert_int_equal(start(f, HELPER, request, "simple.objection", &id, &why), RC_OK);
	h = head(f, request, id);
	assert_int_equal(save_as(f, HELPER, &h, true, true, &why), RC_OK);
	h = head(f, request, id);
	assert_int_equal(issue_as(f, DIRECTOR, &h, WRITING_READ_SELF, &paper, &why), RC_OK);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].plant);
		if (problems(f) == 0)
			fail_msg("not found: %s", faults[i].plant);
		stage_raw(f, faults[i].mend);
		assert_int_equal(problems(f), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_case_holds_is_not_asked_again),
		cmocka_unit_test(written_by_one_checked_by_another_counted_once),
		cmocka_unit_test(other_words_under_one_key_are_not_swallowed),
		cmocka_unit_test(sent_back_with_words_and_asked_again),
		cmocka_unit_test(others_do_not_write_and_a_draft_ends_with_its_case),
		cmocka_unit_test(a_figure_counts_what_was_issued_and_opens_to_it),
		cmocka_unit_test(every_check_finds_its_fault),
	};
	int failed = stage_main("story_writing", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
