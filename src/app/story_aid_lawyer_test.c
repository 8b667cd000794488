/* The lawyer's side of legal aid: what they may see and take on, what is fixed ahead, who is told; and what a case is paid. */
#include "app/story_aid_work.h"

#include "supply/notify/notify.h"

#include <stdio.h>

static int64_t
given(struct stage *f)
{
	enum aid_lawyer_why why;
	struct aid_verdict v;
	int64_t id = granted(f);

	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "他熟悉情况。", &v, &why), RC_OK);
	return id;
}

static void
licence_until(struct stage *f, const char *day)
{
	char sql[160];
	struct day d;

	assert_int_equal(day_parse(text_of(day), &d), RC_OK);
	snprintf(sql, sizeof sql, "UPDATE provider SET valid_to = %d WHERE city = 3205 AND id = %d", d.n, PROVIDER_ONE);
	stage_raw(f, sql);
}

static struct day
on(const char *t)
{
	struct day d;

	assert_int_equal(day_parse(text_of(t), &d), RC_OK);
	return d;
}

/* ---- who may take it on --------------------------------------------------------------------------------------- */

static void
a_licence_is_good_to_its_last_day(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	int64_t one, two;

	aid_city(f);
	one = given(f);
	licence_until(f, "2026-06-29");                                   /* it is the 30th */
	assert_int_equal(accept(f, LAWYER, one, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_LICENCE);
	licence_until(f, "2026-06-30");
	assert_int_equal(accept(f, LAWYER, one, &v), RC_OK);
	licence_until(f, "2026-06-29");
	assert_int_equal(plain(f, LAWYER, one, aid_agree, "", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_LICENCE);
	assert_int_equal(plain(f, LAWYER, one, aid_change_ask, "执业证到期，不能继续承办。", &v), RC_OK); /* the way on */
	licence_until(f, "2026-12-31");
	two = given(f);
	licence_until(f, "2026-06-29");
	assert_int_equal(plain(f, LAWYER, two, aid_decline, "执业证到期了。", &v), RC_OK);
	assert_int_equal(problems(f), 0);
}

static void
a_conflict_that_came_since_is_refused(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct findings findings = { .n = 0 };
	struct intake_receipt r = { .id = 0 };
	enum aid_lawyer_why why;
	struct intake_new in;
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	int64_t one;

	aid_city(f);
	one = given(f);                                                   /* 沈演示 against 演示建筑公司 */
	ctx = aid_ctx(f, EXAMINER, &a);
	in = wages(f);
	in.item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'legal-aid'");
	in.channel = CHANNEL_WINDOW;
	in.accept_now = true;
	in.person.name = TEXT("演示建筑公司");
	in.person.phone = TEXT("19900005678");
	in.opponent = TEXT("沈演示");
	assert_int_equal(aid_apply(&ctx, idem_key_new(), &in, &form, &findings, &r), RC_OK);
	assert_int_equal(examine(f, EXAMINER, r.id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, r.id, true, "", "", 0, &v), RC_OK);
	stage_raw(f, "UPDATE aid_assignment SET firm = 302 WHERE city = 3205"); /* the first is another firm's for a moment */
	assert_int_equal(assign(f, EXAMINER, r.id, PROVIDER_TWO, "更熟悉情况。", &v, &why), RC_OK);
	stage_raw(f, "UPDATE aid_assignment SET firm = 301 WHERE city = 3205");
	assert_int_equal(accept(f, LAWYER, one, &v), RC_REFUSED);         /* a colleague has the other side by now */
	assert_int_equal(v.why, AID_CONFLICT);
	assert_int_equal(state_of(f, one), AID_ASSIGNED);
	assert_int_equal(plain(f, LAWYER, one, aid_decline, "同所的人员已在代理对方。", &v), RC_OK);
	assert_int_equal(state_of(f, one), AID_GRANTED);
	assert_int_equal(problems(f), 0);
}

/* ---- theirs: the list is read in several tests --------------------------------------------------------------------- */

struct theirs { struct aid_task v[8]; size_t n; int64_t before; };

static enum rc
theirs_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct theirs *t = arg;

	return aid_tasks(tx, actor, t->before, t->v, 2, &t->n);
}

static struct theirs
theirs(struct stage *f, int who, int64_t before)
{
	struct theirs t = { .before = before };
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	assert_int_equal(db_read(&ctx, theirs_tx, &t), RC_OK);
	return t;
}

/* ---- what they see ------------------------------------------------------------------------------------------------ */

struct seen { struct case_id id; struct aid a; struct policy_decision judged; struct policy_version version; enum rc judged_rc; };

static enum rc
seen_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct seen *s = arg;
	enum rc rc = aid_load(tx, actor, s->id, &s->a);

	s->judged_rc = rc == RC_OK ? aid_judged_load(tx, actor, &s->a, &s->judged, &s->version) : rc;
	return rc;
}

static enum rc
see(struct stage *f, int who, int64_t id, struct seen *s)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	*s = (struct seen){ .id = { id } };
	return db_read(&ctx, seen_tx, s);
}

static void
the_lawyer_sees_the_case_and_not_the_means(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	enum aid_lawyer_why why;
	struct aid_verdict v;
	struct seen s;
	int64_t id;

	aid_city(f);
	form.household = 3;
	form.income = 4200000;
	form.own_income = 1200000;
	id = applied(f, &form);
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	assert_int_equal(see(f, LAWYER, id, &s), RC_NOT_FOUND);
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "", &v, &why), RC_OK);
	assert_int_equal(see(f, EXAMINER, id, &s), RC_OK);
	assert_int_equal(s.a.form.income, 4200000);
	assert_int_equal(s.judged_rc, RC_OK);
	assert_int_equal(see(f, LAWYER, id, &s), RC_OK);
	assert_int_equal(s.a.form.matter, AID_WAGES);
	assert_int_equal(s.a.form.household, 0);
	assert_int_equal(s.a.form.income, -1);
	assert_int_equal(s.a.form.own_income, -1);
	assert_int_equal(s.a.examined_words.n, 0);
	assert_int_equal(s.judged_rc, RC_NOT_FOUND);
	assert_int_equal(see(f, LAWYER_TWO, id, &s), RC_NOT_FOUND);       /* a colleague of the same firm */
	assert_int_equal(plain(f, LAWYER, id, aid_decline, "忙", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_WORDS);                            /* not without a reason */
	assert_int_equal(plain(f, LAWYER, id, aid_decline, "手上案件太多。", &v), RC_OK);
	assert_int_equal(see(f, LAWYER, id, &s), RC_NOT_FOUND);           /* sent back: no longer theirs to see */
	assert_int_equal(theirs(f, LAWYER, 0).n, 0);
	assert_int_equal(problems(f), 0);
}

/* ---- what lies ahead --------------------------------------------------------------------------------------------------- */

static enum rc
hearing(struct stage *f, int64_t id, const char *day, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, LAWYER, &a);

	return aid_report(&ctx, idem_key_new(), &(struct aid_report_new){ .id = { id }, .revision = revision(f, id),
	    .kind = AID_R_HEARING, .day = on(day), .minute = 540, .words = TEXT("请带身份证，提前半小时到。"),
	    .place = TEXT("演示法院三号庭"), .shown = true }, v);
}

static enum rc
move(struct stage *f, int who, int64_t id, int64_t row, const char *day, bool cancel, const char *words, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_move(&ctx, idem_key_new(), &(struct aid_move){ .id = { id }, .revision = revision(f, id), .report = row,
	    .cancel = cancel, .day = on(day), .minute = 870, .place = TEXT("演示法院五号庭"), .words = text_of(words) }, v);
}

static struct notify_appointment
in_feed(struct stage *f, size_t want)
{
	static struct notify_entry v[8];
	static struct notify_appointment a[8];
	struct notify_feed feed = { .v = v, .a = a, .cap = 8 };
	struct actor lawyer = as(LAWYER), nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &lawyer);
	char token[NOTIFY_TOKEN_CHARS];
	int64_t wait = 0;

	assert_int_equal(notify_feed_make(&ctx), RC_OK);
	assert_int_equal(notify_feed_token(&ctx, token), RC_OK);
	ctx = ctx_as(f, &nobody);
	assert_int_equal(notify_feed_read(&ctx, text_of(token), TEXT("192.0.2.7"), &feed, &wait), RC_OK);
	assert_int_equal(feed.n_a, want);
	return feed.n_a > 0 ? a[feed.n_a - 1] : (struct notify_appointment){ .nth = 0 };
}

static void
a_hearing_is_fixed_moved_and_called_off(void **state)
{
	struct stage *f = *state;
	struct notify_appointment a;
	struct aid_verdict v;
	int64_t id, row;

	aid_city(f);
	id = under_way(f);                                                /* one meeting: was today, is no appointment */
	licence_until(f, "2026-08-31");
	assert_int_equal(hearing(f, id, "2026-09-01", &v), RC_REFUSED);   /* who would go there has no licence then */
	assert_int_equal(v.why, AID_LICENCE);
	assert_int_equal(hearing(f, id, "2026-07-20", &v), RC_OK);
	row = of(f, "id FROM aid_report WHERE city = $1 AND kind = 5", id);
	a = in_feed(f, 1);
	assert_int_equal(a.day.n, on("2026-07-20").n);
	assert_int_equal(a.minute, 540);
	assert_int_equal(a.changes, 0);
	assert_int_equal(a.nth, 2);
	assert_true(text_equals(a.place, TEXT("演示法院三号庭")));
	assert_int_equal(move(f, LAWYER, id, row, "2026-06-29", false, "法院改期。", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_BEHIND);                              /* to a day that is past */
	assert_int_equal(move(f, LAWYER, id, row, "2026-07-22", false, "改", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_WORDS);
	assert_int_equal(move(f, LAWYER, id, row, "2026-09-01", false, "法院改期。", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_LICENCE);
	assert_int_equal(move(f, LAWYER, id, row + 1, "2026-07-22", false, "法院改期。", &v), RC_INVALID);
	assert_int_equal(move(f, LAWYER, id, row, "2026-07-22", false, "法院改期。", &v), RC_OK);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'aid.move' AND shown = 1 AND note ="
	    " '2026-07-20 09:00 → 2026-07-22 14:30 · 法院改期。'", id), 1);
	a = in_feed(f, 1);
	assert_int_equal(a.day.n, on("2026-07-22").n);
	assert_int_equal(a.changes, 1);
	assert_int_equal(a.nth, 2);                                       /* the same appointment */
	assert_int_equal(move(f, EXAMINER, id, row, "2026-07-22", true, "当事人和解，撤诉。", &v), RC_OK);
	a = in_feed(f, 1);
	assert_true(a.cancelled);
	assert_int_equal(a.changes, 2);
	assert_int_equal(move(f, LAWYER, id, row, "2026-07-23", false, "法院改期。", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_CALLED_OFF);
	assert_int_equal(hearing(f, id, "2026-07-25", &v), RC_OK);
	row = of(f, "MAX(id) FROM aid_report WHERE city = $1", id);
	move_to("2026-07-26");
	assert_int_equal(move(f, LAWYER, id, row, "2026-07-30", false, "法院改期。", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_BEHIND);                              /* it was yesterday */
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE aid_report SET changes = changes + 1 WHERE city = 3205 AND kind = 1");
	assert_int_equal(problems(f), 1);                                 /* verify knows of no such change */
}

static void
their_list_says_what_is_next(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	struct theirs t;
	int64_t one, two, three;

	aid_city(f);
	one = under_way(f);
	assert_int_equal(hearing(f, one, "2026-07-20", &v), RC_OK);
	two = given(f);
	three = given(f);
	t = theirs(f, LAWYER, 0);
	assert_int_equal(t.n, 2);                                         /* a page of two, the newest first */
	assert_int_equal(t.v[0].id.n, three);
	assert_int_equal(t.v[0].assignment_state, AID_A_ASSIGNED);
	t = theirs(f, LAWYER, t.v[1].assignment);
	assert_int_equal(t.n, 1);
	assert_int_equal(t.v[0].id.n, one);
	assert_int_equal(t.v[0].next_day.n, on("2026-07-20").n);
	assert_int_equal(t.v[0].next_minute, 540);                        /* not the meeting that was today */
	move_to("2026-07-21");
	t = theirs(f, LAWYER, t.v[0].assignment + 1);
	assert_true(day_is_none(t.v[0].next_day));
	assert_int_equal(theirs(f, LAWYER_TWO, 0).n, 0);
	assert_int_equal(plain(f, LAWYER, two, aid_decline, "手上案件太多。", &v), RC_OK);
	assert_int_equal(theirs(f, LAWYER, 0).n, 2);
	assert_int_equal(problems(f), 0);
}

/* ---- words and papers ------------------------------------------------------------------------------------------------------ */

static enum rc
say(struct stage *f, int who, int64_t id)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return consult_say(&ctx, idem_key_new(), (struct case_id){ id }, TEXT("周五见面可以吗？"));
}

static void
the_lawyer_and_the_aided_person_write_to_each_other(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	id = under_way(f);
	aid_receipt = id;
	assert_int_equal(say(f, LAWYER, id), RC_OK);
	assert_int_equal(say(f, 0, id), RC_OK);
	assert_int_equal(of(f, "COUNT(*) FROM message WHERE city = $1", id), 2);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'request.message' AND data = 'to=104'", id), 2);
	assert_int_equal(say(f, LAWYER_TWO, id), RC_NOT_FOUND);
	assert_int_equal(plain(f, 0, id, aid_change_ask, "一直联系不上。", &v), RC_OK);
	{
		struct actor a;
		struct ctx ctx = aid_ctx(f, CHIEF, &a);

		assert_int_equal(aid_change_decide(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), true,
		    TEXT("核实过了。"), &v), RC_OK);
	}
	assert_int_equal(say(f, LAWYER, id), RC_FORBIDDEN);               /* no longer theirs */
	assert_int_equal(problems(f), 0);
}

static void
a_ground_to_end_is_for_the_institution(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	int64_t id;

	aid_city(f);
	id = under_way(f);
	ctx = aid_ctx(f, LAWYER, &a);
	assert_int_equal(aid_report(&ctx, idem_key_new(), &(struct aid_report_new){ .id = { id }, .revision = revision(f, id),
	    .kind = AID_R_GROUND, .day = day_of_moment(stage_now_ms), .minute = -1, .words = TEXT("受援人已经另请律师。"),
	    .place = TEXT_NONE, .shown = true }, &v), RC_OK);
	assert_int_equal(of(f, "COUNT(*) FROM aid_report WHERE city = $1 AND kind = 9 AND shown = 0", id), 1);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'aid.report' AND shown = 0 AND data LIKE '%to=151'", id), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- what a case is paid -------------------------------------------------------------------------------------------------- */

static enum rc
standard_as(struct stage *f, const struct actor *who, const char *from, int64_t fen, const char *source, const char *words,
    struct findings *findings)
{
	struct ctx ctx = ctx_as(f, who);

	*findings = (struct findings){ .n = 0 };
	return aid_rate_set(&ctx, idem_key_new(), &(struct aid_rate_new){ AID_RATE_CIVIL, on(from), fen, text_of(source),
	    text_of(words) }, findings);
}

static void
a_standard_has_its_bounds(void **state)
{
	struct stage *f = *state;
	struct account of_city = { .id = { BUREAU }, .role = ROLE_OFFICIAL, .place = { CITY }, .active = true },
		of_county = { .id = { BUREAU }, .role = ROLE_OFFICIAL, .place = { COUNTY }, .active = true };
	struct actor bureau = identity_actor(&of_city, STAGE_CITY), county = identity_actor(&of_county, STAGE_CITY);
	static const struct { int64_t fen; const char *source, *words, *field; } bad[] = {
		{ 0, "演示文件", "按文件录入", "amount" }, { AID_RATE_FEN_MAX + 1, "演示文件", "按文件录入", "amount" },
		{ 100, "文件", "按文件录入", "source" }, { 100, "演示文件", "录入", "words" } };
	struct findings findings;

	aid_city(f);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(standard_as(f, &bureau, "2026-01-01", bad[i].fen, bad[i].source, bad[i].words, &findings), RC_INVALID);
		assert_int_equal(findings.total, 1);
		assert_string_equal(findings.v[0].field, bad[i].field);
	}
	assert_int_equal(standard_as(f, &county, "2026-01-01", 100, "演示文件", "按文件录入", &findings), RC_FORBIDDEN);
	assert_int_equal(standard_as(f, &bureau, "2026-01-01", AID_RATE_FEN_MAX, "演示文件", "按文件录入", &findings), RC_OK);
	assert_int_equal(standard_as(f, &bureau, "2026-01-01", 100, "演示文件", "按文件录入", &findings), RC_INVALID);
	assert_string_equal(findings.v[0].field, "from");                 /* that day has one */
	assert_int_equal(standard_as(f, &bureau, "2026-01-02", 1, "演示文件", "按文件录入", &findings), RC_OK);
	assert_int_equal(problems(f), 0);
}

static void
no_standard_is_put_under_what_was_worked_out(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	struct findings findings;
	struct actor a;
	struct ctx ctx;
	int64_t id;

	aid_city(f);
	assert_int_equal(standard_as(f, &f->system, "2026-01-01", 200000, "演示文件", "按文件录入", &findings), RC_OK);
	id = under_way(f);                                                /* applied for on the 30th of June */
	ctx = aid_ctx(f, LAWYER, &a);
	assert_int_equal(aid_close(&ctx, idem_key_new(), &(struct aid_closing_new){ .id = { id }, .revision = revision(f, id),
	    .day = day_of_moment(stage_now_ms), .way = AID_W_AWARD, .result = AID_RESULT_WON, .words = TEXT("裁决支付工资。") }, &v), RC_OK);
	assert_int_equal(aid_file_submit(&ctx, idem_key_new(), &(struct aid_file_new){ .id = { id }, .revision = revision(f, id),
	    .pages = 40, .words = TEXT("全部材料。") }, &v), RC_OK);
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_file_check(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), true, TEXT_NONE, &v), RC_OK);
	ctx = aid_ctx(f, CHIEF, &a);
	assert_int_equal(aid_subsidy_approve(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), AID_RATE_CIVIL, &v), RC_OK);
	assert_int_equal(standard_as(f, &f->system, "2026-06-30", 300000, "演示文件", "按文件录入", &findings), RC_INVALID);
	assert_string_equal(findings.v[0].field, "from");
	assert_int_equal(findings.v[0].bound, 1);
	assert_int_equal(standard_as(f, &f->system, "2026-07-01", 300000, "演示文件", "按文件录入", &findings), RC_OK);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE aid_rate SET from_day = from_day - 1 WHERE city = 3205 AND fen = 300000");
	assert_int_equal(problems(f), 1);                                 /* put under it behind our back */
	stage_raw(f, "DELETE FROM aid_rate WHERE city = 3205 AND fen = 300000");
	stage_raw(f, "UPDATE aid_subsidy SET fen = 200001 WHERE city = 3205");
	assert_int_equal(problems(f), 1);                                 /* not the standard's amount */
}

/* ---- figures -------------------------------------------------------------------------------------------------------------- */

struct counted { struct aid_span span; struct aid_part v[40]; struct aid_row rows[8]; struct aid_paid paid[8]; struct aid_records q; size_t n, n_rows, n_paid; enum aid_by by; };

static enum rc
counted_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct counted *c = arg;
	enum rc rc = aid_parts(tx, actor, &c->span, c->by, c->v, 40, &c->n);

	if (rc == RC_OK)
		rc = aid_paid(tx, actor, &c->span, c->paid, 8, &c->n_paid);
	return rc == RC_OK ? aid_figure_rows(tx, actor, &c->q, c->rows, 2, &c->n_rows) : rc;
}

static struct counted
counted(struct stage *f, enum aid_by by, int64_t key, int64_t after)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, BUREAU, &a);
	struct counted c = { .span = { on("2026-06-01"), on("2026-06-30"), { CITY } }, .by = by };

	c.q = (struct aid_records){ .span = c.span, .figure = AID_FIG_APPLIED, .by = by, .key = key, .after = after };
	assert_int_equal(db_read(&ctx, counted_tx, &c), RC_OK);
	return c;
}

static void
figures_are_broken_down_and_open(void **state)
{
	struct stage *f = *state;
	struct aid_form form = well_off();
	struct counted c;
	int64_t one, two, three;

	aid_city(f);
	one = granted(f);
	two = granted(f);
	three = applied(f, &form);
	stage_raw(f, "UPDATE request SET groups = 0 WHERE city = 3205");
	stage_raw(f, arena_format(f->mem, "UPDATE request SET groups = 9 WHERE city = 3205 AND id = %lld", (long long)one).p);
	stage_raw(f, arena_format(f->mem, "UPDATE request SET groups = 8 WHERE city = 3205 AND id = %lld", (long long)two).p);
	c = counted(f, AID_BY_GROUP, 8, 0);                               /* elderly: one; migrant workers: both */
	assert_int_equal(c.n, 2);
	assert_true(c.v[0].key == 1 && c.v[0].applied == 1);
	assert_true(c.v[1].key == 8 && c.v[1].applied == 2 && c.v[1].granted == 2);
	assert_int_equal(c.n_rows, 2);
	assert_int_equal(counted(f, AID_BY_GROUP, 8, one).rows[0].id.n, two); /* the next page */
	assert_int_equal(counted(f, AID_BY_GROUP, 4, 0).n_rows, 0);
	c = counted(f, AID_BY_MATTER, AID_MAINTENANCE, 0);
	assert_int_equal(c.n, 2);
	assert_true(c.v[0].key == AID_MAINTENANCE && c.v[0].applied == 1 && c.v[0].granted == 0);
	assert_true(c.v[1].key == AID_WAGES && c.v[1].granted == 2 && c.v[1].decided == 2 && c.v[1].decided_late == 0);
	assert_true(c.n_rows == 1 && c.rows[0].id.n == three && c.rows[0].subsidy == -1);
	c = counted(f, AID_BY_STATUS, AID_MIGRANT, 0);
	assert_true(c.n == 2 && c.v[1].key == AID_MIGRANT && c.v[1].applied == 2);
	stage_raw(f, arena_format(f->mem, "INSERT INTO aid_subsidy (city, assignment, request, kind, from_day, fen, approved_ms, approved_by)"
	    " VALUES (3205, 1, %lld, 1, 1, 180000, 1, 1)", (long long)one).p);
	c = counted(f, AID_BY_RATE, AID_RATE_CIVIL, 0);
	assert_true(c.n_paid == 1 && c.paid[0].n == 1 && c.paid[0].fen == 180000 && c.paid[0].paid == 0);
	assert_true(c.n_rows == 1 && c.rows[0].id.n == one && c.rows[0].subsidy == 180000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_licence_is_good_to_its_last_day),
		cmocka_unit_test(a_conflict_that_came_since_is_refused),
		cmocka_unit_test(the_lawyer_sees_the_case_and_not_the_means),
		cmocka_unit_test(a_hearing_is_fixed_moved_and_called_off),
		cmocka_unit_test(their_list_says_what_is_next),
		cmocka_unit_test(the_lawyer_and_the_aided_person_write_to_each_other),
		cmocka_unit_test(a_ground_to_end_is_for_the_institution),
		cmocka_unit_test(a_standard_has_its_bounds),
		cmocka_unit_test(no_standard_is_put_under_what_was_worked_out),
		cmocka_unit_test(figures_are_broken_down_and_open),
	};
	int failed = stage_main("story_aid_lawyer", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
