/* Quality of legal aid from the fixed list to the accepted rectification: nobody near a case judges it, the draw comes out
 * again, two who lie far apart bring a third, the handling person is heard. */
#include "app/story_aid_stage.h"

#include "evaluation/quality/quality.h"
#include "operations/matter/legalaid/legalaid_run.h"

#include <stdio.h>

enum { EXPERT_ONE = 171, EXPERT_TWO, EXPERT_THREE, EXPERT_FOUR, CITY_BUREAU };
static const struct { int id; const char *login; enum role role; int64_t place; } experts[] = {
	{ EXPERT_ONE, "expert1", ROLE_OFFICIAL, COUNTY }, { EXPERT_TWO, "expert2", ROLE_PROVIDER, COUNTY },
	{ EXPERT_THREE, "expert3", ROLE_PROVIDER, COUNTY }, { EXPERT_FOUR, "expert4", ROLE_PROVIDER, COUNTY },
	{ CITY_BUREAU, "citybureau", ROLE_OFFICIAL, CITY },
};

static struct ctx
ctx_of(struct stage *f, int who, struct actor *keep)
{
	struct ctx ctx;

	if (who == 0) {
		*keep = f->system;
		ctx = ctx_as(f, keep);
	} else {
		bool own = false;

		for (size_t i = 0; i < sizeof experts / sizeof experts[0]; i++)
			if (experts[i].id == who) {
				struct account a = { .id = { who }, .role = experts[i].role, .place = { experts[i].place }, .active = true };

				*keep = identity_actor(&a, STAGE_CITY);
				own = true;
			}
		ctx = own ? ctx_as(f, keep) : aid_ctx(f, who, keep);
	}
	ctx.crypt = story_keys;
	return ctx;
}

/* ---- a case that ended, worked on by the first firm's LAWYER ------------------------------------------------- */

static int64_t
finished(struct stage *f, const char *id_number)
{
	struct aid_form form = migrant();
	enum aid_lawyer_why why;
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	int64_t id = applied_by(f, EXAMINER, &form, id_number, RC_OK);

	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	ctx = ctx_of(f, EXAMINER, &a);
	assert_int_equal(aid_assign(&ctx, idem_key_new(), &(struct aid_assign){ .id = { id }, .revision = revision(f, id),
	    .provider = PROVIDER_ONE, .words = TEXT("受援人指名要这一位。") }, &v, &why), RC_OK);
	ctx = ctx_of(f, LAWYER, &a);
	assert_int_equal(aid_accept(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), &v), RC_OK);
	assert_int_equal(aid_agree(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), TEXT_NONE, &v), RC_OK);
	assert_int_equal(aid_report(&ctx, idem_key_new(), &(struct aid_report_new){ .id = { id }, .revision = revision(f, id),
	    .kind = AID_R_MEETING, .day = day_of_moment(stage_now_ms), .minute = -1, .minutes = 60, .words = TEXT("见了受援人。"), .shown = true },
	    &v), RC_OK);
	assert_int_equal(aid_close(&ctx, idem_key_new(), &(struct aid_closing_new){ .id = { id }, .revision = revision(f, id),
	    .day = day_of_moment(stage_now_ms), .way = AID_W_JUDGMENT, .result = AID_RESULT_WON, .words = TEXT("判决支持全部请求。") }, &v), RC_OK);
	return id;
}

static enum rc
panel_put(struct stage *f, int who, const char *login, int64_t revision_seen, bool active, struct quality_verdict *v)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	return quality_expert_save(&ctx, idem_key_new(), &(struct quality_expert_new){ .login = text_of(login), .field = TEXT("劳动争议"),
	    .from = day_add(day_of_moment(stage_now_ms), -10), .to = DAY_NONE, .active = active, .revision = revision_seen }, v);
}

/* The panel: two with nothing to do with the first firm, one of it, one who acts for the other firm. */
static void
panel_make(struct stage *f)
{
	struct quality_verdict v;
	char sql[400];

	for (size_t i = 0; i < sizeof experts / sizeof experts[0]; i++) {
		snprintf(sql, sizeof sql, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active, open_load,"
		    " capacity, created_ms, revision) VALUES (3205, %d, '%s', '%s', '', %d, %lld, 0, '', 1, 0, 20, 1, 1)", experts[i].id,
		    experts[i].login, experts[i].login, experts[i].role, (long long)experts[i].place);
		stage_raw(f, sql);
	}
	assert_int_equal(panel_put(f, EXAMINER, "expert1", 0, true, &v), RC_FORBIDDEN);
	assert_int_equal(panel_put(f, BUREAU, "nobody", 0, true, &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_NO_ACCOUNT);
	assert_int_equal(panel_put(f, BUREAU, "expert1", 0, true, &v), RC_OK);
	assert_int_equal(panel_put(f, BUREAU, "expert1", 0, true, &v), RC_CONFLICT);   /* is on it already */
	assert_int_equal(panel_put(f, BUREAU, "lawyer2", 0, true, &v), RC_OK);         /* of the first firm */
	assert_int_equal(panel_put(f, BUREAU, "lawyer3", 0, true, &v), RC_OK);         /* of the second */
	assert_int_equal(panel_put(f, BUREAU, "chief", 0, true, &v), RC_OK);           /* who decides the cases */
	assert_int_equal(panel_put(f, BUREAU, "lawyer", 0, true, &v), RC_OK);          /* whose cases they are */
}

static enum rc
fix(struct stage *f, int who, int64_t place, int64_t wanted, int64_t per_file, struct quality_verdict *v, int64_t *ret)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);
	struct day today = day_of_moment(stage_now_ms);

	return quality_round_fix(&ctx, idem_key_new(), &(struct quality_round_new){ .name = TEXT("第一轮"), .place = { place },
	    .from = day_add(today, -30), .to = today, .wanted = wanted, .per_file = per_file }, v, ret);
}

static int64_t
one(struct stage *f, const char *what, int64_t id)
{
	char sql[400];

	snprintf(sql, sizeof sql, "SELECT %s AND id = %lld", what, (long long)id);
	return stage_int(f, sql);
}

static enum rc
draw(struct stage *f, int who, int64_t round, const char *number, struct quality_verdict *v)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	return quality_round_draw(&ctx, idem_key_new(), round, one(f, "revision FROM quality_round WHERE city = $1", round), TEXT("见证人甲"),
	    text_of(number), v);
}

/* One task of an account that is open: its id, 0 none. */
static int64_t
task_of(struct stage *f, int account)
{
	char sql[200];
	int64_t id;

	snprintf(sql, sizeof sql, "SELECT id FROM quality_task WHERE city = $1 AND state = 10 AND account = %d ORDER BY id LIMIT 1", account);
	id = stage_int(f, sql);
	return id < 0 ? 0 : id;
}

/* Percent of every line, with a note on each. */
static enum rc
score(struct stage *f, int who, int64_t task, int percent, const char *note, struct quality_verdict *v)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);
	static const int points[] = { 8, 10, 14, 14, 14, 10, 8, 12, 10 };
	struct quality_score in = { .task = task, .revision = one(f, "revision FROM quality_task WHERE city = $1", task), .n = 9,
		.words = TEXT("总体意见") };

	for (int i = 0; i < 9; i++)
		in.v[i] = (struct quality_mark){ .points = points[i] * percent / 100, .note = text_of(note) };
	return quality_score(&ctx, idem_key_new(), &in, v);
}

struct read { int64_t task; struct quality_work *w; };

static enum rc
work_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct read *r = arg;

	return quality_work_load(tx, actor, r->task, r->w);
}

static enum rc
read_as(struct stage *f, int who, int64_t task, struct quality_work **ret)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);
	struct read r = { task, ARENA_NEW(f->mem, struct quality_work) };

	*ret = r.w;
	return db_read(&ctx, work_tx, &r);
}

/* A round of one case, drawn: whoever judges it is in `who`. */
static int64_t
drawn(struct stage *f, int64_t *ret_case, int who[static 2])
{
	struct quality_verdict v;
	int64_t round = 0;

	aid_city(f);
	panel_make(f);
	*ret_case = finished(f, "");
	assert_int_equal(panel_put(f, BUREAU, "expert3", 0, true, &v), RC_OK);
	assert_int_equal(fix(f, BUREAU, COUNTY, 1, 2, &v, &round), RC_OK);
	assert_int_equal(draw(f, BUREAU, round, "8817234", &v), RC_OK);
	who[0] = (int)stage_int(f, "SELECT MIN(account) FROM quality_task WHERE city = $1");
	who[1] = (int)stage_int(f, "SELECT MAX(account) FROM quality_task WHERE city = $1");
	return stage_int(f, "SELECT id FROM quality_file WHERE city = $1 AND place_of = 1");
}

/* ---- stories ------------------------------------------------------------------------------------------------- */

static void
the_draw_leaves_out_who_stands_near_and_comes_out_again(void **state)
{
	struct stage *f = *state;
	struct quality_verdict v;
	int64_t round = 0, other = 0, id;

	aid_city(f);
	assert_int_equal(fix(f, BUREAU, COUNTY, 1, 2, &v, &round), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_NO_FILES);
	id = finished(f, "");
	assert_int_equal(fix(f, BUREAU, COUNTY, 1, 2, &v, &round), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_NO_EXPERTS);
	panel_make(f);
	assert_int_equal(fix(f, DIRECTOR, TOWN, 1, 2, &v, &round), RC_FORBIDDEN);   /* of a town */
	assert_int_equal(fix(f, BUREAU, CITY, 1, 2, &v, &round), RC_FORBIDDEN);     /* beyond their county */
	assert_int_equal(fix(f, EXAMINER, COUNTY, 1, 2, &v, &round), RC_FORBIDDEN);
	assert_int_equal(fix(f, BUREAU, COUNTY, 0, 2, &v, &round), RC_INVALID);     /* neither a number nor a share */
	assert_int_equal(fix(f, BUREAU, COUNTY, 1, 0, &v, &round), RC_INVALID);
	assert_int_equal(fix(f, BUREAU, COUNTY, 1, 2, &v, &round), RC_OK);
	assert_int_equal(one(f, "COUNT(*) FROM quality_round WHERE city = $1 AND seed IS NULL", round), 1);
	assert_int_equal(draw(f, BUREAU, round, "12345", &v), RC_REFUSED);          /* five digits */
	assert_int_equal(v.why, QUALITY_NO_NUMBER);
	assert_int_equal(draw(f, EXAMINER, round, "123456", &v), RC_FORBIDDEN);
	assert_int_equal(draw(f, BUREAU, round, "123456", &v), RC_OK);
	assert_int_equal(draw(f, BUREAU, round, "123457", &v), RC_REFUSED);         /* once */
	assert_int_equal(v.why, QUALITY_NOT_NOW);
	assert_int_equal(stage_int(f, "SELECT why FROM quality_candidate WHERE city = $1 AND account = 104"), QUALITY_OWN_CASE);
	assert_int_equal(stage_int(f, "SELECT why FROM quality_candidate WHERE city = $1 AND account = 153"), QUALITY_SAME_FIRM);
	assert_int_equal(stage_int(f, "SELECT why FROM quality_candidate WHERE city = $1 AND account = 105"), QUALITY_OFFICER);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM quality_candidate WHERE city = $1 AND chosen = 1 AND account IN (154, 171)"), 2);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'quality.drawn'", id), 1);
	assert_int_equal(problems(f), 0);
	/* the witness's number, or one expert, otherwise: the draw does not come out again */
	stage_raw(f, "UPDATE quality_round SET number = '123457'");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "UPDATE quality_round SET number = '123456'");
	stage_raw(f, "UPDATE quality_file SET must = 1");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "UPDATE quality_file SET must = 0");
	stage_raw(f, "UPDATE quality_candidate SET load = 4 WHERE account = 154");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "UPDATE quality_candidate SET load = 0 WHERE account = 154");
	assert_int_equal(problems(f), 0);
	assert_int_equal(fix(f, BUREAU, COUNTY, 1, 2, &v, &other), RC_REFUSED);     /* drawn once, not again */
	assert_int_equal(v.why, QUALITY_NO_FILES);
}

static void
two_far_apart_bring_a_third_and_a_bad_case_is_put_right(void **state)
{
	struct stage *f = *state;
	struct quality_verdict v;
	struct quality_work *w;
	struct actor a;
	struct ctx ctx;
	int who[2], third;
	int64_t id, file = drawn(f, &id, who), round = stage_int(f, "SELECT id FROM quality_round WHERE city = $1"), task = task_of(f, who[0]);

	assert_int_equal(read_as(f, who[1], task, &w), RC_NOT_FOUND);               /* what was drawn for them alone */
	assert_int_equal(read_as(f, who[0], task, &w), RC_OK);
	assert_int_equal(w->facts.meetings, 1);
	assert_int_equal(w->suggested[1], 10);                                      /* a meeting is on record */
	assert_int_equal(w->suggested[5], 5);                                       /* one report: half */
	assert_int_equal(score(f, who[1], task, 90, "说明理由", &v), RC_NOT_FOUND);
	assert_int_equal(score(f, who[0], task, 40, "", &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_NO_NOTE);
	assert_int_equal(score(f, who[0], task, 110, "说明理由", &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_OUT_OF_BOUNDS);
	assert_int_equal(score(f, who[0], task, 40, "没有看到依据", &v), RC_OK);
	assert_int_equal(score(f, who[0], task, 90, "没有看到依据", &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_DONE);
	assert_int_equal(score(f, who[1], task_of(f, who[1]), 100, "说明理由", &v), RC_OK);
	assert_int_equal(one(f, "state FROM quality_file WHERE city = $1", file), QUALITY_SCORING);
	third = (int)stage_int(f, "SELECT account FROM quality_task WHERE city = $1 AND turn = 1");
	assert_true(third > 0 && third != who[0] && third != who[1]);
	assert_int_equal(score(f, third, task_of(f, third), 45, "没有看到依据", &v), RC_OK);
	assert_int_equal(one(f, "state FROM quality_file WHERE city = $1", file), QUALITY_HEARD);
	assert_in_range(one(f, "score FROM quality_file WHERE city = $1", file), 350, 450); /* the two that lie nearest */
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'quality.heard' AND account = -1", id), 1);
	/* heard before it stands */
	ctx = ctx_of(f, BUREAU, &a);
	assert_int_equal(quality_decide(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), QUALITY_UPHOLD,
	    TEXT_NONE, &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_HEAR_FIRST);
	ctx = ctx_of(f, LAWYER_OTHER, &a);
	assert_int_equal(quality_state(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), TEXT("不服分数。"),
	    &v), RC_NOT_FOUND);
	ctx = ctx_of(f, LAWYER, &a);
	assert_int_equal(quality_state(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file),
	    TEXT("文书在另一卷里。"), &v), RC_OK);
	assert_int_equal(quality_decide(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), QUALITY_UPHOLD,
	    TEXT("自己定自己。"), &v), RC_NOT_FOUND);
	ctx = ctx_of(f, BUREAU, &a);
	assert_int_equal(quality_decide(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), QUALITY_UPHOLD,
	    TEXT_NONE, &v), RC_REFUSED);                                            /* a statement is answered */
	assert_int_equal(v.why, QUALITY_NO_WORDS);
	assert_int_equal(quality_decide(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), QUALITY_UPHOLD,
	    TEXT("核对了另一卷，仍然缺。"), &v), RC_OK);
	assert_int_equal(one(f, "grade FROM quality_file WHERE city = $1", file), QUALITY_FAIL);
	assert_int_equal(quality_round_close(&ctx, idem_key_new(), round, one(f, "revision FROM quality_round WHERE city = $1", round), &v),
	    RC_REFUSED);                                                            /* something is to be put right */
	assert_int_equal(v.why, QUALITY_STILL_OPEN);
	assert_int_equal(problems(f), 0);
	assert_int_equal(quality_order(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), TEXT("补正文书。"),
	    day_of_moment(stage_now_ms), &v), RC_REFUSED);                          /* today is no time */
	assert_int_equal(v.why, QUALITY_NO_DAY);
	assert_int_equal(quality_order(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), TEXT("补正文书。"),
	    DAY_NONE, &v), RC_OK);
	assert_int_equal(stage_int(f, "SELECT due_day FROM quality_rectify WHERE city = $1"), day_of_moment(stage_now_ms).n + 15);
	assert_int_equal(quality_judge(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), true, TEXT_NONE,
	    &v), RC_REFUSED);                                                       /* nothing is answered yet */
	ctx = ctx_of(f, LAWYER, &a);
	assert_int_equal(quality_answer(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file),
	    TEXT("已补上代理词。"), &v), RC_OK);
	ctx = ctx_of(f, BUREAU, &a);
	assert_int_equal(quality_judge(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), false,
	    TEXT("证据目录还没有补。"), &v), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM quality_rectify WHERE city = $1"), 2);
	ctx = ctx_of(f, LAWYER, &a);
	assert_int_equal(quality_answer(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file),
	    TEXT("证据目录补上了。"), &v), RC_OK);
	ctx = ctx_of(f, BUREAU, &a);
	assert_int_equal(quality_judge(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), true, TEXT_NONE,
	    &v), RC_OK);
	assert_int_equal(quality_round_close(&ctx, idem_key_new(), round, one(f, "revision FROM quality_round WHERE city = $1", round), &v), RC_OK);
	assert_int_equal(problems(f), 0);
}

static void
an_expert_stands_back_and_another_is_drawn_or_it_is_said(void **state)
{
	struct stage *f = *state;
	struct quality_verdict v;
	struct actor a;
	struct ctx ctx;
	int who[2];
	int64_t id, file = drawn(f, &id, who), task = task_of(f, who[0]);
	char sql[200];

	ctx = ctx_of(f, who[0], &a);
	assert_int_equal(quality_stand_back(&ctx, idem_key_new(), task, 1, TEXT("认识"), &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_NO_WORDS);
	assert_int_equal(quality_stand_back(&ctx, idem_key_new(), task, 1, TEXT("和承办律师是亲戚。"), &v), RC_OK);
	assert_int_equal(score(f, who[0], task, 90, "说明理由", &v), RC_REFUSED);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM quality_task WHERE city = $1 AND turn = 1 AND state = 10"), 1);
	snprintf(sql, sizeof sql, "SELECT why FROM quality_candidate WHERE city = $1 AND turn = 1 AND account = %d", who[0]);
	assert_int_equal(stage_int(f, sql), QUALITY_RECUSED);                       /* told as what it is */
	assert_int_equal(one(f, "lacks FROM quality_file WHERE city = $1", file), 0);
	/* nobody is left: said, not left out */
	task = task_of(f, who[1]);
	ctx = ctx_of(f, who[1], &a);
	assert_int_equal(quality_stand_back(&ctx, idem_key_new(), task, 1, TEXT("刚换到这家所。"), &v), RC_OK);
	assert_int_equal(one(f, "lacks FROM quality_file WHERE city = $1", file), 1);
	assert_int_equal(problems(f), 0);
	ctx = ctx_of(f, BUREAU, &a);
	assert_int_equal(quality_draw_more(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_NO_EXPERTS);
	assert_int_equal(panel_put(f, BUREAU, "expert4", 0, true, &v), RC_OK);
	assert_int_equal(quality_draw_more(&ctx, idem_key_new(), file, one(f, "revision FROM quality_file WHERE city = $1", file), &v), RC_OK);
	assert_int_equal(one(f, "lacks FROM quality_file WHERE city = $1", file), 0);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE quality_file SET lacks = 0 WHERE place_of = 1");
	stage_raw(f, "UPDATE quality_task SET state = 30 WHERE turn = 1");
	assert_int_equal(problems(f), 1);                                           /* one too few, and not said */
}

static void
who_became_a_colleague_meanwhile_cannot_score(void **state)
{
	struct stage *f = *state;
	struct quality_verdict v;
	struct actor a;
	struct ctx ctx;
	int who[2];
	int64_t id, file = drawn(f, &id, who), task;
	char sql[300];

	snprintf(sql, sizeof sql, "INSERT INTO provider (city, id, firm, kind, licence, name, valid_from, practice_from, skills, account, active,"
	    " revision) VALUES (3205, 399, %d, 1, 'L-399', '律师', 16000, 16000, 1, %d, 1, 1)", FIRM_ONE, EXPERT_ONE);
	if (who[0] == LAWYER_OTHER || who[1] == LAWYER_OTHER) /* the one of the other firm moves to the first */
		snprintf(sql, sizeof sql, "UPDATE provider SET firm = %d WHERE account = %d", FIRM_ONE, LAWYER_OTHER);
	stage_raw(f, sql);
	task = task_of(f, who[0] == LAWYER_OTHER || who[1] == LAWYER_OTHER ? LAWYER_OTHER : EXPERT_ONE);
	assert_true(task > 0);
	assert_int_equal(score(f, who[0] == LAWYER_OTHER || who[1] == LAWYER_OTHER ? LAWYER_OTHER : EXPERT_ONE, task, 90, "说明理由", &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_CONFLICT);
	/* after the round has ended nobody scores */
	snprintf(sql, sizeof sql, "UPDATE quality_round SET state = 30 WHERE id = (SELECT round FROM quality_file WHERE id = %lld)", (long long)file);
	stage_raw(f, sql);
	ctx = ctx_of(f, who[0], &a);
	assert_int_equal(quality_stand_back(&ctx, idem_key_new(), task_of(f, who[0]), 1, TEXT("来不及评了。"), &v), RC_REFUSED);
	assert_int_equal(v.why, QUALITY_OVER);
}

static void
voices_are_asked_by_others_and_bad_ones_are_looked_at(void **state)
{
	struct stage *f = *state;
	struct quality_voice_new in = { .kind = QUALITY_VISIT, .way = QUALITY_BY_PHONE, .reached = true, .who = TEXT("受援人本人"),
		.answers = { 5, 2, 5, 4 }, .words = TEXT_NONE };
	struct quality_verdict v;
	struct actor a;
	struct ctx ctx;
	int64_t round = 0;

	aid_city(f);
	panel_make(f);
	in.id.n = finished(f, "");
	finished(f, "990000199001010017");
	in.day = day_of_moment(stage_now_ms);
	ctx = ctx_of(f, LAWYER, &a);
	in.words = TEXT("挺好，都满意。");
	assert_int_equal(quality_voice_add(&ctx, idem_key_new(), &in, &v), RC_REFUSED); /* who did it does not ask how */
	assert_int_equal(v.why, QUALITY_CONFLICT);
	ctx = ctx_of(f, EXAMINER, &a);
	in.words = TEXT_NONE;
	assert_int_equal(quality_voice_add(&ctx, idem_key_new(), &in, &v), RC_REFUSED); /* dissatisfied: with what? */
	assert_int_equal(v.why, QUALITY_NO_WORDS);
	in.answers[0] = 0;
	assert_int_equal(quality_voice_add(&ctx, idem_key_new(), &in, &v), RC_INVALID);
	in.answers[0] = 5;
	in.reached = false;
	assert_int_equal(quality_voice_add(&ctx, idem_key_new(), &in, &v), RC_OK);     /* nobody answered */
	in.reached = true;
	in.words = TEXT("进展都是自己打电话问的。");
	in.day = day_add(in.day, 1);
	assert_int_equal(quality_voice_add(&ctx, idem_key_new(), &in, &v), RC_INVALID); /* tomorrow */
	in.day = day_add(in.day, -1);
	assert_int_equal(quality_voice_add(&ctx, idem_key_new(), &in, &v), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM quality_voice WHERE city = $1 AND low = 1"), 1);
	/* looked at without a draw, beside the one that is drawn */
	assert_int_equal(fix(f, BUREAU, COUNTY, 1, 1, &v, &round), RC_OK);
	assert_int_equal(draw(f, BUREAU, round, "55555555", &v), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM quality_file WHERE city = $1 AND place_of > 0"), 2);
	assert_int_equal(stage_int(f, "SELECT must FROM quality_file WHERE city = $1 AND place_of = 1"), 1);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE quality_voice SET low = 0");
	assert_int_equal(problems(f), 1);
}

static void
seminars_show_cases_one_may_see(void **state)
{
	struct stage *f = *state;
	struct quality_seminar_new in = { .kind = QUALITY_SEMINAR, .place = { COUNTY }, .topic = TEXT("劳动争议举证"), .host = TEXT("演示大厅"),
		.words = TEXT("举证清单要前置。"), .people = 12 };
	struct quality_verdict v;
	struct actor a;
	struct ctx ctx;
	struct request r;

	aid_city(f);
	assert_int_equal(look(f, CHIEF, finished(f, ""), &r), RC_OK);
	in.day = day_of_moment(stage_now_ms);
	in.cases = arena_format(f->mem, "%.*s\n\n260101-AAAA-AAAA", (int)r.number.n, r.number.p);
	ctx = ctx_of(f, BUREAU, &a);
	assert_int_equal(quality_seminar_add(&ctx, idem_key_new(), &in, &v), RC_REFUSED); /* the second number is no case */
	assert_int_equal(v.why, QUALITY_NO_CASE);
	assert_int_equal(v.bound, 2);
	in.cases = r.number;
	in.people = 0;
	assert_int_equal(quality_seminar_add(&ctx, idem_key_new(), &in, &v), RC_INVALID);
	in.people = 12;
	assert_int_equal(quality_seminar_add(&ctx, idem_key_new(), &in, &v), RC_OK);
	in.place.code = CITY;
	assert_int_equal(quality_seminar_add(&ctx, idem_key_new(), &in, &v), RC_FORBIDDEN);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM quality_seminar_case WHERE city = $1"), 1);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE quality_seminar_case SET request = 5");
	assert_int_equal(problems(f), 1);
}

/* ---- what verify finds ---------------------------------------------------------------------------------------------- */

static void
verify_finds_what_was_changed(void **state)
{
	static const struct { const char *break_it, *mend; } faults[] = {
		{ "UPDATE quality_task SET score = score + 1 WHERE state = 20", "UPDATE quality_task SET score = score - 1 WHERE state = 20" },
		{ "UPDATE quality_mark SET points = points + 1 WHERE n = 1", "UPDATE quality_mark SET points = points - 1 WHERE n = 1" },
		{ "UPDATE quality_file SET grade = 1 WHERE place_of = 1", "UPDATE quality_file SET grade = NULL WHERE place_of = 1" },
		{ "UPDATE quality_file SET score = NULL WHERE place_of = 1", "UPDATE quality_file SET score = 900 WHERE place_of = 1" },
		{ "UPDATE quality_round SET state = 30", "UPDATE quality_round SET state = 20" },
	};
	struct stage *f = *state;
	struct quality_verdict v;
	int who[2];
	int64_t id;

	drawn(f, &id, who);
	assert_int_equal(score(f, who[0], task_of(f, who[0]), 90, "说明理由", &v), RC_OK);
	assert_int_equal(score(f, who[1], task_of(f, who[1]), 90, "说明理由", &v), RC_OK);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].break_it);
		if (problems(f) == 0)
			fail_msg("not found: %s", faults[i].break_it);
		stage_raw(f, faults[i].mend);
		assert_int_equal(problems(f), 0);
	}
	/* an expert's account becomes the one whose case it was */
	{
		char sql[200];

		snprintf(sql, sizeof sql, "UPDATE provider SET account = NULL WHERE account = %d", who[0]);
		stage_raw(f, sql);
		snprintf(sql, sizeof sql, "UPDATE provider SET account = %d WHERE id = %d", who[0], PROVIDER_ONE);
		stage_raw(f, sql);
		assert_int_equal(problems(f), 1);
	}
}

/* ---- a database that fails ---------------------------------------------------------------------------------------------- */

static void
a_failing_database_moves_no_half(void **state)
{
	struct stage *f = *state;
	struct quality_verdict v;
	int who[2];
	int64_t id, file = drawn(f, &id, who), n = 1, task = task_of(f, who[0]);
	enum rc rc = RC_UNAVAILABLE;

	assert_int_equal(score(f, who[1], task_of(f, who[1]), 90, "说明理由", &v), RC_OK);
	for (; rc != RC_OK && n < 300; n++) {
		struct actor a;
		struct ctx ctx = ctx_of(f, who[0], &a);
		static const int points[] = { 8, 10, 14, 14, 14, 10, 8, 12, 10 };
		struct quality_score in = { .task = task, .revision = 1, .n = 9, .words = TEXT_NONE };

		ctx.mem = arena_create(32 << 20);
		for (int i = 0; i < 9; i++)
			in.v[i] = (struct quality_mark){ .points = points[i], .note = TEXT_NONE };
		db_fail_after(f->db, n);
		rc = quality_score(&ctx, idem_key_new(), &in, &v);
		db_fail_after(f->db, 0);
		arena_free(ctx.mem);
		if (rc == RC_OK)
			break;
		assert_int_equal(one(f, "state FROM quality_task WHERE city = $1", task), QUALITY_GIVEN);
		assert_int_equal(one(f, "state FROM quality_file WHERE city = $1", file), QUALITY_SCORING);
	}
	assert_int_equal(rc, RC_OK);
	assert_true(n > 10);
	assert_int_equal(one(f, "state FROM quality_file WHERE city = $1", file), QUALITY_HEARD);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_draw_leaves_out_who_stands_near_and_comes_out_again),
		cmocka_unit_test(two_far_apart_bring_a_third_and_a_bad_case_is_put_right),
		cmocka_unit_test(an_expert_stands_back_and_another_is_drawn_or_it_is_said),
		cmocka_unit_test(who_became_a_colleague_meanwhile_cannot_score),
		cmocka_unit_test(voices_are_asked_by_others_and_bad_ones_are_looked_at),
		cmocka_unit_test(seminars_show_cases_one_may_see),
		cmocka_unit_test(verify_finds_what_was_changed),
		cmocka_unit_test(a_failing_database_moves_no_half),
	};
	int failed = stage_main("story_quality", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
