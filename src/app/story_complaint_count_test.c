/* Complaints told by message, and counted: not for who they are about; ratings that look odd; on both engines. */
#include "app/story_complaint_stage.h"

#include "evaluation/complaint/complaint_figures.h"
#include "supply/notify/notify.h"

#include <stdio.h>
#include <string.h>

/* ---- told by message ------------------------------------------------------------------------------------ */

struct taken {
	int n;
	char to[20], body[400];
};

static void
take_message(void *arg, const struct notify_message *m, struct notify_answer *ret)
{
	struct taken *t = arg;

	t->n++;
	snprintf(t->to, sizeof t->to, "%.*s", (int)m->to.n, m->to.p);
	snprintf(t->body, sizeof t->body, "%.*s", (int)m->body.n, m->body.p);
	ret->result = NOTIFY_OK;
}

static void
the_complainant_is_told_once(void **state)
{
	struct stage *f = *state;
	struct taken t = { .n = 0 };
	struct notify_ways none = { .demo = false }, ways = { .demo = false };
	struct ctx ctx = ctx_as(f, &f->system);
	struct complaint_receipt r;
	int64_t n = 0;

	begin(f);
	ctx = ctx_as(f, &f->system);
	ways.v[NOTIFY_SMS] = (struct notify_sender){ take_message, &t };
	r = about(f, CLERK);
	assert_int_equal(notify_complaints(&ctx, &ways, 10, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(notify_complaints(&ctx, &ways, 10, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(
	    stage_int(f,
		"SELECT COUNT(*) FROM outbox WHERE city = $1 AND request IS NULL AND kind = 'complaint.received'"),
	    1);
	stage_now_ms += 60000;
	ctx = ctx_as(f, &f->system);
	assert_int_equal(notify_send(&ctx, &ways, 10, &n), RC_OK);
	assert_int_equal(t.n, 1);
	assert_string_equal(t.to, "19900001234");
	assert_non_null(strstr(t.body, r.number));
	assert_null(strstr(t.body, "摔门")); /* nothing of what was said */
	assert_null(strstr(t.body, r.code));
	answered(f, DIRECTOR, r.id, COMPLAINT_UNFOUNDED);
	assert_int_equal(notify_complaints(&ctx, &none, 10, &n),
	    RC_OK); /* no way out: marked, not kept waiting */
	assert_int_equal(n, 0);
	assert_int_equal(
	    stage_int(f, "SELECT COUNT(*) FROM complaint_event WHERE city = $1 AND tell = 1"), 0);
	assert_int_equal(
	    stage_int(f, "SELECT COUNT(*) FROM complaint_event WHERE city = $1 AND tell = 3"), 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM notice WHERE city = $1"), 0);
	assert_int_equal(problems(f), 0);
	stage_now_ms -= 60000;
}

/* ---- figures ------------------------------------------------------------------------------------------- */

struct sheet {
	struct complaint_span span;
	struct complaint_totals t;
	struct complaint_figure v[COMPLAINT_BY_COUNT][COMPLAINT_FIGURES_MAX];
	size_t n[COMPLAINT_BY_COUNT], n_odd, n_lines, n_years;
	struct complaint_oddity odd[20];
	struct complaint_line lines[20];
	struct complaint_content content[4];
	size_t n_content;
	struct complaint_voice voice;
	struct complaint_year years[COMPLAINT_YEARS];
	int64_t least;
};

static enum rc
sheet_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct sheet *s = arg;
	enum rc rc = complaint_totals(tx, actor, &s->span, &s->t);

	for (int by = 0; rc == RC_OK && by < COMPLAINT_BY_COUNT; by++)
		rc = complaint_figures(tx, actor, &s->span, (enum complaint_by)by, s->v[by],
		    COMPLAINT_FIGURES_MAX, &s->n[by]);
	if (rc == RC_OK)
		rc = complaint_oddities(tx, actor, &s->span, s->odd, 20, &s->n_odd);
	if (rc == RC_OK)
		rc = complaint_lines(
		    tx, actor, &s->span, COMPLAINT_BY_PERSON, CLERK, 0, s->lines, 20, &s->n_lines);
	if (rc == RC_OK)
		rc = complaint_contents(tx, actor, &s->span, s->content, 4, &s->n_content);
	if (rc == RC_OK)
		rc = complaint_voice(tx, actor, STATION, &s->voice);
	return rc == RC_OK
	    ? complaint_years(tx, actor, s->years, COMPLAINT_YEARS, &s->n_years, &s->least)
	    : rc;
}

static struct sheet *
sheet_of(struct stage *f, int who)
{
	struct sheet *s = ARENA_NEW(f->mem, struct sheet);
	struct actor a = one(who);
	struct ctx ctx = ctx_as(f, &a);
	struct day today = day_of_moment(stage_now_ms);

	s->span = (struct complaint_span){ day_add(today, -40), today, { CITY } };
	assert_int_equal(db_read(&ctx, sheet_tx, s), RC_OK);
	return s;
}

static void
whole_point(struct stage *f)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct complaint_new in = rude();
	struct complaint_receipt r;
	struct findings findings;

	in.about = COMPLAINT_POINT;
	in.point = CENTRE;
	assert_int_equal(give(f, &nobody, idem_key_new(), &in, &r, &findings), RC_OK);
}

static void
counted_but_not_for_who_it_is_about(void **state)
{
	struct stage *f = *state;
	struct complaint_receipt r;
	struct sheet *s;

	begin(f);
	r = about(f, CLERK);
	answered(f, DIRECTOR, r.id, COMPLAINT_UNFOUNDED);
	assert_int_equal(
	    speak(f, &r, (struct complaint_act){ .deed = COMPLAINT_RATE, .grade = 2 }), RC_OK);
	answered(f, DIRECTOR, about(f, CLERK).id, COMPLAINT_FOUNDED);
	about(f, DIRECTOR);
	s = sheet_of(f, CHIEF);
	assert_true(
	    s->t.received == 3 && s->t.founded == 1 && s->t.unfounded == 1 && s->t.replied == 2);
	assert_true(s->t.rated == 1 && s->t.content == 0); /* of two answered: one said nothing */
	assert_int_equal(s->n[COMPLAINT_BY_PERSON], 2);
	assert_true(s->v[COMPLAINT_BY_PERSON][0].key == CLERK &&
	    s->v[COMPLAINT_BY_PERSON][0].received == 2);
	assert_int_equal(s->v[COMPLAINT_BY_POINT][0].key, CENTRE);
	assert_int_equal(s->n_lines, 2);
	assert_false(s->lines[0].mine); /* counts them, does not read them */
	assert_int_equal(s->v[COMPLAINT_BY_MONTH][s->n[COMPLAINT_BY_MONTH] - 1].received, 3);
	assert_int_equal(s->years[0].received, 3);
	s = sheet_of(f, DIRECTOR);
	assert_int_equal(s->t.received, 2);
	assert_int_equal(s->n[COMPLAINT_BY_PERSON], 1);
	assert_true(s->lines[0].mine);
	whole_point(f);
	assert_int_equal(sheet_of(f, CHIEF)->t.received, 4);
	assert_int_equal(sheet_of(f, DIRECTOR)->t.received, 2); /* of the point they direct */
}

static int64_t
closed_case(struct stage *f)
{
	struct consult_verdict verdict;
	int64_t id = ask(f, idem_key_new()).id;

	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	assert_int_equal(answer_as(f, HELPER, id, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, id, &verdict), RC_OK);
	return id;
}

/* Five best grades from one address in one day, closed in the same minute: shown, and counted all the same. */
static void
odd_ratings_are_shown_and_stay(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY), operator= as(HOTLINE);
	int64_t none = 0;
	struct sheet *s;

	begin(f);
	for (int i = 0; i < 4; i++)
		assert_int_equal(
		    rate_as(f, &nobody, closed_case(f), GRADE_VERY_GOOD, &none), RC_OK);
	s = sheet_of(f, CHIEF);
	assert_true(s->voice.given == 4 && s->voice.few); /* too few to be told to anybody */
	assert_int_equal(s->n_odd, 1); /* quick ones; four are not yet many */
	assert_int_equal(s->odd[0].what, COMPLAINT_ODD_QUICK);
	assert_int_equal(rate_as(f, &operator, closed_case(f), GRADE_VERY_GOOD, &none), RC_OK);
	s = sheet_of(f, CHIEF);
	assert_true(s->voice.given == 5 && !s->voice.few);
	assert_int_equal(s->n_odd, 3);
	assert_true(s->odd[0].what == COMPLAINT_ODD_BURST && s->odd[0].n == 5);
	assert_true(s->odd[2].what == COMPLAINT_ODD_LOGGED_IN &&
	    text_equals(s->odd[2].name, TEXT("hotline")));
	assert_int_equal(rate_as(f, &nobody, closed_case(f), GRADE_GOOD, &none),
	    RC_OK); /* not all of them the best */
	assert_int_equal(sheet_of(f, CHIEF)->n_odd, 2);
	assert_int_equal(
	    stage_int(f, "SELECT COUNT(*) FROM review WHERE city = $1 AND grade >= 4"), 6);
	closed_case(f);
	s = sheet_of(f, CHIEF);
	assert_int_equal(s->n_content, 1);
	assert_true(
	    s->content[0].asked == 7 && s->content[0].given == 6 && s->content[0].content == 6);
	assert_int_equal(figures_as(f, CHIEF).t.silent, 1); /* asked, and said nothing */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_complainant_is_told_once),
		cmocka_unit_test(counted_but_not_for_who_it_is_about),
		cmocka_unit_test(odd_ratings_are_shown_and_stay),
	};
	int failed = stage_main("story_complaint_count", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
