/*
 * Complaints in the demonstration's year: now and then one about who handled a matter, looked into by whoever the rule names,
 * at their pace; and on the last day one in each state about a clerk, for a director to find.  By the same use cases that
 * serve people.
 */
#include "app/demo.h"

#include "evaluation/complaint/complaint.h"
#include "evaluation/review/review.h"

#define OPEN_MOST 60
#define CLOSED_MOST 200
#define NEW_PERCENT 4 /* twice a day */

struct open_one {
	int64_t id, reader, revision, state, finding, remedy, remedies, grade, closes;
};
struct city_complaints {
	struct open_one open[OPEN_MOST];
	int64_t closed[CLOSED_MOST];
	size_t n_open, n_closed;
};

enum { Q_OPEN, Q_CLOSED, Q_UNRATED };
static const struct db_stmt demo_complaint_q[] = {
	[Q_OPEN] = { "demo.complaints_open", DB_SYSTEM,
	    "SELECT c.id, c.reader, c.revision, c.state, COALESCE(o.finding, 0), COALESCE((SELECT MIN(y.id) FROM complaint_remedy y"
	    " WHERE y.city = c.city AND y.complaint = c.id AND y.done_ms IS NULL), 0), (SELECT COUNT(*) FROM complaint_remedy z"
	    " WHERE z.city = c.city AND z.complaint = c.id), COALESCE(c.grade, 0), COALESCE(c.review_until_ms, 0) FROM complaint c"
	    " JOIN complaint_round o ON o.city = c.city AND o.complaint = c.id AND o.level = c.level"
	    " WHERE c.city = $1 AND c.state <= 4 ORDER BY c.id LIMIT $2",
	    0 },
	[Q_CLOSED] = { "demo.complaints_closed", DB_SYSTEM,
	    "SELECT r.id FROM request r WHERE r.city = $1 AND r.open = 0 AND r.created_day >= $2 ORDER BY r.id LIMIT $3",
	    0 },
	[Q_UNRATED] = { "demo.complaints_unrated", DB_SYSTEM,
	    "SELECT v.request, v.act FROM review v WHERE v.city = $1 AND v.grade IS NULL AND v.point = (SELECT w.point FROM review w"
	    " WHERE w.city = $1 AND w.grade IS NULL GROUP BY w.point ORDER BY COUNT(*) DESC, w.point LIMIT 1) ORDER BY v.request LIMIT $2",
	    0 },
};
const struct db_set demo_complaint_sql = DB_SET("demo_complaint", demo_complaint_q);

static const struct {
	enum complaint_kind kind;
	const char *words, *wish;
} said[] = {
	{ COMPLAINT_ATTITUDE, "我去问材料，话没说完就让我回去看墙上的通知，很不耐烦。",
	    "希望能好好说话。" },
	{ COMPLAINT_DELAY, "说好三天内答复，过了一个多星期才打电话来。", "以后按说好的时间来。" },
	{ COMPLAINT_REFUSAL, "这边说归那边管，那边又让我回来，跑了三趟。", "请说清楚到底归谁。" },
	{ COMPLAINT_MISTAKE, "告诉我要带的材料不全，白跑一趟，还请了半天假。", "把清单写对。" },
	{ COMPLAINT_PLACE, "门口写着上午九点开门，九点半还没有人来。", "按时开门。" },
	{ COMPLAINT_CONDUCT, "在大厅里大声念我的名字和事情，旁边的人都听见了。", "请到里间说。" },
};
#define SAID (sizeof said / sizeof said[0])

struct look_arg {
	struct city_complaints *c;
	int64_t since;
};

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct look_arg *arg = argument;
	struct city_complaints *c = arg->c;
	ROWS open = NULL;
	ROWS closed = NULL;
	enum rc rc = tx_rows(tx, actor, &demo_complaint_q[Q_OPEN], ARGS(db_int(OPEN_MOST)), &open);

	while (rc == RC_OK && c->n_open < OPEN_MOST && (rc = rows_next(open)) == RC_OK)
		c->open[c->n_open++] = (struct open_one){ rows_int(open, 0), rows_int(open, 1),
			rows_int(open, 2), rows_int(open, 3), rows_int(open, 4), rows_int(open, 5),
			rows_int(open, 6), rows_int(open, 7), rows_int(open, 8) };
	if (rc == RC_DONE || rc == RC_OK)
		rc = tx_rows(tx, actor, &demo_complaint_q[Q_CLOSED],
		    ARGS(db_int(arg->since), db_int(CLOSED_MOST)), &closed);
	while (rc == RC_OK && c->n_closed < CLOSED_MOST && (rc = rows_next(closed)) == RC_OK)
		c->closed[c->n_closed++] = rows_int(closed, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

static bool
is_not_now(enum rc rc)
{
	return rc == RC_REFUSED || rc == RC_CONFLICT || rc == RC_FORBIDDEN || rc == RC_NOT_FOUND ||
	    rc == RC_INVALID;
}

/* ---- one comes in ------------------------------------------------------------------------------------------------ */

static struct complaint_new
words_of(struct demo_random *r, struct day today, struct demo_person *p)
{
	/* one draw a line: compilers order those of one expression as they like */
	size_t i = (size_t)demo_below(r, SAID);
	bool web = demo_chance(r, 60);
	bool anonymous = demo_chance(r, 25);
	int ago = (int)demo_below(r, 5);

	demo_person_make(r, today, p);
	return (struct complaint_new){ .channel = web ? COMPLAINT_WEB : COMPLAINT_PHONE,
		.read_back = true,
		.kind = said[i].kind,
		.words = text_of(said[i].words),
		.wish = text_of(said[i].wish),
		.day = day_add(today, -ago),
		.anonymous = anonymous,
		.name = text_of(p->name),
		.phone = text_of(p->phone) };
}

static enum rc
come(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct city_complaints *q,
    struct day today)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	struct findings findings = { .n = 0 };
	struct complaint_receipt receipt;
	struct demo_person p;
	struct complaint_new in = words_of(r, today, &p);

	if (q->n_closed == 0)
		return RC_OK;
	in.request.n = q->closed[demo_below(r, (int64_t)q->n_closed)];
	in.about = demo_chance(r, 70) ? COMPLAINT_HOLDER : COMPLAINT_FIRST;
	return complaint_give(&ctx, idem_key_new(), &in, &findings, &receipt);
}

/* ---- one goes on ---------------------------------------------------------------------------------------------------- */

static struct complaint_act
next_act(struct demo_random *r, const struct open_one *o, struct day today)
{
	struct complaint_act a = { .id = o->id, .revision = o->revision, .day = DAY_NONE };
	bool founded = demo_chance(r, 60);

	switch ((int)o->state) {
	case COMPLAINT_RECEIVED:
		a.deed = COMPLAINT_TELL;
		a.words = TEXT("看了办理记录和当天的排队记录，给投诉人回了电话。");
		break;
	case COMPLAINT_VERIFYING:
		a.deed = COMPLAINT_FIND;
		a.finding = founded	 ? demo_chance(r, 50) ? COMPLAINT_FOUNDED : COMPLAINT_PARTLY
		    : demo_chance(r, 80) ? COMPLAINT_UNFOUNDED
					 : COMPLAINT_MISTAKEN;
		a.words = founded ? TEXT("记录和投诉人说的对得上，接待时没有一次说清。")
				  : TEXT("记录里写明已经当面说过，时间也没有超。");
		a.evidence = TEXT("办理记录、电话录音，问了当天在场的两位同事。");
		break;
	case COMPLAINT_FOUND:
		a.deed =
		    complaint_finding_mends((enum complaint_finding)o->finding) && o->remedies == 0
		    ? COMPLAINT_MEND
		    : COMPLAINT_REPLY;
		a.remedy = demo_chance(r, 50) ? COMPLAINT_APOLOGY : COMPLAINT_TRAINING;
		a.words = a.deed == COMPLAINT_MEND
		    ? TEXT("当面道歉，窗口重学一次性告知。")
		    : TEXT("您反映的情况我们查过了，结果和理由写在这里。谢谢您告诉我们。");
		a.who = TEXT("窗口组长");
		a.day = day_add(today, 5);
		break;
	default:
		a.deed = COMPLAINT_DONE;
		a.remedy_id = o->remedy;
		a.words = TEXT("已经做完，投诉人表示接受。");
	}
	return a;
}

static enum rc
act(struct demo_city *c, struct arena *mem, int64_t reader, const struct complaint_act *a)
{
	const struct account *who = demo_account_find(c, reader);
	struct complaint_verdict v;
	struct actor actor;
	struct ctx ctx;
	enum rc rc;

	if (who == NULL)
		return RC_OK;
	actor = identity_actor(who, c->app->conf.city);
	ctx = app_ctx(c->app, mem, &actor);
	rc = complaint_do(&ctx, idem_key_new(), a, &v);
	return is_not_now(rc) ? RC_OK : rc;
}

static enum rc
speak(struct demo_city *c, struct arena *mem, const struct open_one *o, struct complaint_act a)
{
	struct actor nobody = identity_anonymous(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &nobody);
	struct complaint_verdict v;
	char code[20];
	enum rc rc;

	a.revision = o->revision;
	complaint_code(c->app->conf.city, o->id, code);
	rc = complaint_speak(&ctx, idem_key_new(), text_of(code), &a, &v);
	return is_not_now(rc) ? RC_OK : rc;
}

static enum rc
go_on(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct open_one *o,
    struct day today)
{
	struct complaint_act a = next_act(r, o, today);

	if (o->state != COMPLAINT_REPLIED || o->remedy != 0)
		return act(c, mem, o->reader, &a);
	if (o->grade == 0 && demo_chance(r, 60))
		return speak(c, mem, o,
		    (struct complaint_act){ .deed = COMPLAINT_RATE,
			.grade = demo_chance(r, 75) ? 4 : 2,
			.day = DAY_NONE });
	if (demo_chance(r, 3))
		return speak(c, mem, o,
		    (struct complaint_act){ .deed = COMPLAINT_REVIEW,
			.words = TEXT("没有问到当天在场的人。"),
			.day = DAY_NONE });
	return RC_OK;
}

enum rc
demo_complaint(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct demo_random r = { (uint64_t)at_ms ^
		UINT64_C(0xc0a9b1e5) }; /* of its own: the year is the same without it */
	struct city_complaints *q = ARENA_NEW(mem, struct city_complaints);
	struct day today = day_of_moment(at_ms);
	struct look_arg arg = { q, today.n - 20 };
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	int64_t steps = 0;
	enum rc rc = q == NULL ? RC_NO_MEMORY : complaint_run(&ctx, OPEN_MOST, &steps);

	if (rc == RC_OK)
		rc = db_read(&ctx, look_tx, &arg);
	for (size_t i = 0; rc == RC_OK && i < q->n_open; i++)
		if (demo_chance(&r, q->open[i].state == COMPLAINT_RECEIVED ? 60 : 18))
			rc = go_on(c, mem, &r, &q->open[i], today);
	if (rc == RC_OK && demo_chance(&r, NEW_PERCENT))
		rc = come(c, mem, &r, q, today);
	return is_not_now(rc) ? RC_OK : rc;
}

/* ---- the last day ------------------------------------------------------------------------------------------------------ */

static enum rc
newest(struct demo_city *c, struct arena *mem, int64_t id, struct open_one *ret)
{
	struct city_complaints *q = ARENA_NEW(mem, struct city_complaints);
	struct look_arg arg = { q, INT32_MAX };
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	enum rc rc = q == NULL ? RC_NO_MEMORY : db_read(&ctx, look_tx, &arg);

	for (size_t i = 0; rc == RC_OK && i < q->n_open; i++)
		if (q->open[i].id == id) {
			*ret = q->open[i];
			return RC_OK;
		}
	return rc == RC_OK ? RC_NOT_FOUND : rc;
}

/* About the clerk a visitor can log in as, in as many steps as say. */
static enum rc
one_at(struct demo_city *c, struct arena *mem, struct demo_random *r, int64_t clerk, int steps,
    int64_t at_ms)
{
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	struct day today = day_of_moment(at_ms);
	struct findings findings = { .n = 0 };
	struct complaint_receipt receipt;
	struct demo_person p;
	struct complaint_new in = words_of(r, today, &p);
	enum rc rc;

	in.about = COMPLAINT_PERSON;
	in.account = clerk;
	in.anonymous = steps == 1;
	in.whom = TEXT("窗口的工作人员");
	rc = complaint_give(&ctx, idem_key_new(), &in, &findings, &receipt);
	for (int i = 0; rc == RC_OK && i < steps; i++) {
		struct open_one o;

		rc = newest(c, mem, receipt.id, &o);
		if (rc != RC_OK)
			break;
		if (o.state == COMPLAINT_REPLIED && o.remedy == 0)
			rc = speak(c, mem, &o,
			    (struct complaint_act){ .deed = COMPLAINT_REVIEW,
				.words = TEXT("没有问到当天在场的人。"),
				.day = DAY_NONE });
		else {
			struct complaint_act a = next_act(r, &o, today);

			if (a.deed == COMPLAINT_FIND)
				a.finding = steps >= 5 ? COMPLAINT_UNFOUNDED : COMPLAINT_FOUNDED;
			rc = act(c, mem, o.reader, &a);
		}
	}
	return is_not_now(rc) ? RC_OK : rc;
}

#define BURST 6

struct unrated {
	struct {
		int64_t request, act;
	} v[BURST];
	size_t n;
};

static enum rc
unrated_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct unrated *u = argument;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &demo_complaint_q[Q_UNRATED], ARGS(db_int(BURST)), &row);

	while (rc == RC_OK && u->n < BURST && (rc = rows_next(row)) == RC_OK) {
		u->v[u->n].request = rows_int(row, 0);
		u->v[u->n++].act = rows_int(row, 1);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* Best grades only, from one address: for whoever looks through the ratings. */
static enum rc
burst(struct demo_city *c, struct arena *mem)
{
	struct actor system = identity_system(c->app->conf.city),
		     nobody = identity_anonymous(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system), giver = app_ctx(c->app, mem, &nobody);
	struct unrated u = { .n = 0 };
	enum rc rc = db_read(&ctx, unrated_tx, &u);

	for (size_t i = 0; rc == RC_OK && i < u.n; i++) {
		unsigned char code[10];
		int64_t none = 0;

		review_code(ctx.crypt, c->app->conf.city, (struct case_id){ u.v[i].request },
		    u.v[i].act, code);
		rc = review_give(&giver, idem_key_new(), code, GRADE_VERY_GOOD, TEXT("很好"),
		    REVIEW_QR, TEXT("203.0.113.7"), &none);
	}
	return rc;
}

enum rc
demo_complaint_last(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	/* received, verifying, found, with a remedy, answered with it still owed, and one the next level looks at again */
	static const int steps[] = { 0, 1, 2, 3, 4, 5 };
	struct demo_random r = { UINT64_C(0xc0a9b1e5) };
	struct actor system = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &system);
	int64_t clerk = 0;
	enum rc rc = identity_find_login(&ctx, TEXT("clerk"), &clerk);

	for (size_t i = 0; rc == RC_OK && i < sizeof steps / sizeof steps[0]; i++)
		rc = one_at(c, mem, &r, clerk, steps[i], at_ms);
	if (rc == RC_OK)
		rc = burst(c, mem);
	return is_not_now(rc) ? RC_OK : rc;
}
