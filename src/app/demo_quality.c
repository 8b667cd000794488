/*
 * Quality in the demonstration's year: a panel, a round when enough cases have ended, scores, statements, what is put right;
 * and aided people asked, hearings watched.  By the same use cases that serve people.
 */
#include "app/demo.h"

#include "evaluation/quality/quality.h"

#define EXPERTS 8
#define ENOUGH 14                  /* cases that ended since the last round */
#define TASKS 120

struct open_task { int64_t id, revision, account; int kind; };
struct city_quality {
	int64_t experts, ended;      /* on the panel; cases ended and in no round */
	struct open_task tasks[TASKS];
	struct quality_file waiting[60];
	struct quality_call calls[60];
	struct quality_round rounds[8];
	struct text lawyers[EXPERTS];  /* logins: the one that a visitor has, and every third of the others */
	size_t n_lawyers, n_tasks, n_waiting, n_calls, n_rounds;
};

enum { Q_EXPERTS, Q_ENDED, Q_TASKS, Q_LAWYERS };
static const struct db_stmt demo_quality_q[] = {
	[Q_EXPERTS] = { "demo.quality_experts", DB_SYSTEM, "SELECT COUNT(*) FROM quality_expert WHERE city = $1", 0 },
	[Q_ENDED] = { "demo.quality_ended", DB_SYSTEM,
	    "SELECT COUNT(*) FROM aid_closing c WHERE c.city = $1 AND NOT EXISTS (SELECT 1 FROM quality_file f WHERE f.city = c.city"
	    " AND f.request = c.request)", 0 },
	[Q_LAWYERS] = { "demo.quality_lawyers", DB_SYSTEM,
	    "SELECT login FROM account WHERE city = $1 AND role = 4 AND active = 1 ORDER BY CASE WHEN login = 'lawyer' THEN 0 ELSE id END", 0 },
	[Q_TASKS] = { "demo.quality_tasks", DB_SYSTEM,
	    "SELECT t.id, t.revision, t.account, f.kind FROM quality_task t JOIN quality_file f ON f.city = t.city AND f.id = t.file"
	    " WHERE t.city = $1 AND t.state = 10 ORDER BY t.id LIMIT $2", 0 },
};
const struct db_set demo_quality_sql = DB_SET("demo_quality", demo_quality_q);

static enum rc
lawyers_read(struct tx *tx, const struct actor *actor, struct city_quality *q)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &demo_quality_q[Q_LAWYERS], NO_ARGS, &row);

	for (size_t i = 0; rc == RC_OK && q->n_lawyers < EXPERTS && (rc = rows_next(row)) == RC_OK; i++)
		if (i % 3 == 0)
			q->lawyers[q->n_lawyers++] = rows_copy(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct city_quality *q = arg;
	ROWS row = NULL;
	enum rc rc = tx_int(tx, actor, &demo_quality_q[Q_EXPERTS], NO_ARGS, &q->experts);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &demo_quality_q[Q_ENDED], NO_ARGS, &q->ended);
	if (rc == RC_OK)
		rc = quality_waiting(tx, actor, q->waiting, 60, &q->n_waiting);
	if (rc == RC_OK)
		rc = quality_calls(tx, actor, q->calls, 60, &q->n_calls);
	if (rc == RC_OK)
		rc = quality_rounds(tx, actor, q->rounds, 8, &q->n_rounds);
	if (rc == RC_OK)
		rc = lawyers_read(tx, actor, q);
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &demo_quality_q[Q_TASKS], ARGS(db_int(TASKS)), &row);
	while (rc == RC_OK && q->n_tasks < TASKS && (rc = rows_next(row)) == RC_OK)
		q->tasks[q->n_tasks++] = (struct open_task){ rows_int(row, 0), rows_int(row, 1), rows_int(row, 2), (int)rows_int(row, 3) };
	return rc == RC_DONE ? RC_OK : rc;
}

static struct ctx
as(const struct demo_city *c, struct arena *mem, const struct account *a, struct actor *keep)
{
	*keep = a != NULL ? identity_actor(a, c->app->conf.city) : identity_system(c->app->conf.city);
	return app_ctx(c->app, mem, keep);
}

static const struct account *
official(const struct demo_city *c)
{
	for (size_t i = 0; i < c->n_accounts; i++)
		if (c->accounts[i].account.role == ROLE_OFFICIAL && place_level(c->accounts[i].account.place) == PLACE_CITY)
			return &c->accounts[i].account;
	return NULL;
}

static bool
is_not_now(enum rc rc)
{
	return rc == RC_REFUSED || rc == RC_CONFLICT || rc == RC_FORBIDDEN || rc == RC_NOT_FOUND || rc == RC_INVALID;
}

/* Lawyers of the counties, and the one that a visitor logs in as: their own cases leave them out. */
static enum rc
panel_make(struct demo_city *c, struct arena *mem, const struct account *chief, const struct city_quality *q, struct day today)
{
	struct quality_verdict v;
	struct actor actor;
	struct ctx ctx = as(c, mem, chief, &actor);
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < q->n_lawyers; i++)
		rc = quality_expert_save(&ctx, idem_key_new(), &(struct quality_expert_new){ .login = q->lawyers[i], .field = i % 2 == 0 ? TEXT("劳动争议")
		    : TEXT("刑事辩护"), .from = today, .to = day_add_months(today, 36), .active = true }, &v);
	return rc;
}

static enum rc
round_make(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct account *chief, struct day today, int64_t wanted)
{
	struct quality_verdict v = { QUALITY_YES, 0 };
	struct actor actor;
	struct ctx ctx = as(c, mem, chief, &actor);
	int64_t id = 0;
	enum rc rc = quality_round_fix(&ctx, idem_key_new(), &(struct quality_round_new){ .name = arena_format(mem, "%d年%d月案件质量评查",
	    day_to_ymd(today).year, day_to_ymd(today).month), .place = { c->app->conf.city * INT64_C(100000000) }, .from = day_add_months(today, -12),
	    .to = today, .wanted = wanted, .percent = wanted > 0 ? 0 : 60, .per_file = QUALITY_PER_FILE }, &v, &id);

	if (rc == RC_OK)
		rc = quality_round_draw(&ctx, idem_key_new(), id, 1, TEXT("见证人（纪检）"), arena_format(mem, "%08lld",
		    (long long)demo_below(r, 100000000)), &v);
	return rc;
}

/* One expert is strict, most are kind; a poor case is poor for all. */
static enum rc
score_one(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct open_task *t)
{
	static const int points[QUALITY_KIND_COUNT][9] = { { 0 }, { 8, 10, 14, 14, 14, 10, 8, 12, 10 }, { 8, 14, 12, 10, 16, 12, 8, 8, 12 } };
	const struct account *a = demo_account_find(c, t->account);
	int share = t->id % 7 == 0 ? 50 : 72 + (int)demo_below(r, 28);
	struct quality_score in = { .task = t->id, .revision = t->revision, .n = 9, .words = TEXT("按检查单逐项看了案卷。") };
	struct quality_verdict v;
	struct actor actor;
	struct ctx ctx = as(c, mem, a, &actor);

	if (a == NULL)
		return RC_OK;
	if (demo_chance(r, 4))
		return quality_stand_back(&ctx, idem_key_new(), t->id, t->revision, TEXT("和承办人员是同学，申请回避。"), &v);
	for (int i = 0; i < 9; i++)
		in.v[i] = (struct quality_mark){ .points = points[t->kind][i] * (share - (i == 3 && share < 80 ? 15 : 0)) / 100, .note =
		    demo_chance(r, 50) ? TEXT("案卷里的依据不够完整。") : TEXT("和记录核对过，略有欠缺。") };
	return quality_score(&ctx, idem_key_new(), &in, &v);
}

static enum rc
file_on(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct account *chief, const struct quality_file *f)
{
	const struct account *own = f->account != 0 ? demo_account_find(c, f->account) : chief;
	struct quality_verdict v;
	struct actor actor, other;
	struct ctx manager = as(c, mem, chief, &actor), speaker = as(c, mem, own, &other);

	if (own == NULL)
		return RC_OK;
	if (f->state == QUALITY_SCORING)
		return quality_draw_more(&manager, idem_key_new(), f->id, f->revision, &v);
	if (f->state == QUALITY_HEARD && f->statement_ms == 0 && demo_chance(r, 40))
		return quality_state(&speaker, idem_key_new(), f->id, f->revision, f->score < 700 ? TEXT("证据目录在另一卷，请再看。") : TEXT_NONE, &v);
	if (f->state == QUALITY_HEARD)
		return quality_decide(&manager, idem_key_new(), f->id, f->revision, f->statement.n > 0 && !f->again && demo_chance(r, 25)
		    ? QUALITY_LOOK_AGAIN : QUALITY_UPHOLD, f->statement.n > 0 ? TEXT("核对了案卷和陈述。") : TEXT_NONE, &v);
	if (f->rectify == 0)
		return quality_order(&manager, idem_key_new(), f->id, f->revision, TEXT("补齐证据目录和代理意见，写出改进办法。"), DAY_NONE, &v);
	if (f->rectify == QUALITY_ORDERED)
		return quality_answer(&speaker, idem_key_new(), f->id, f->revision, TEXT("已补齐，并在所里通报。"), &v);
	return quality_judge(&manager, idem_key_new(), f->id, f->revision, demo_chance(r, 75), TEXT("看了补交的材料。"), &v);
}

/* A clerk of the county rings; once in a while a hearing is watched or a court asked. */
static enum rc
voice_one(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct quality_call *call, struct day today)
{
	static const struct { enum quality_voice_kind kind; enum quality_voice_way way; const char *who; } kinds[] = {
		{ QUALITY_VISIT, QUALITY_BY_PHONE, "受援人本人" }, { QUALITY_VISIT, QUALITY_AT_HOME, "受援人和家属" },
		{ QUALITY_OBSERVED, QUALITY_IN_COURT, "演示区人民法院" }, { QUALITY_OPINION, QUALITY_IN_WRITING, "演示区人民法院" } };
	size_t k = demo_chance(r, 80) ? (size_t)demo_below(r, 2) : 2 + (size_t)demo_below(r, 2);
	bool bad = demo_chance(r, 15);
	struct quality_voice_new in = { .id = { call->request }, .kind = (int)kinds[k].kind, .way = (int)kinds[k].way, .day = today,
		.reached = kinds[k].kind != QUALITY_VISIT || demo_chance(r, 85), .who = text_of(kinds[k].who),
		.words = bad ? TEXT("说进展都是自己打电话问的。") : TEXT_NONE };
	struct quality_verdict v;
	struct actor actor;
	struct ctx ctx = as(c, mem, NULL, &actor);

	for (int i = 0; i < QUALITY_QUESTIONS; i++)
		in.answers[i] = bad && i == 1 ? 2 : 3 + (int)demo_below(r, 3);
	return quality_voice_add(&ctx, idem_key_new(), &in, &v);
}

static enum rc
go_on(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct account *chief, const struct city_quality *q, struct day today)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; !(rc != RC_OK && !is_not_now(rc)) && i < q->n_tasks; i++)
		if (demo_chance(r, 7))
			rc = score_one(c, mem, r, &q->tasks[i]);
	for (size_t i = 0; !(rc != RC_OK && !is_not_now(rc)) && i < q->n_waiting; i++)
		if (demo_chance(r, 5))
			rc = file_on(c, mem, r, chief, &q->waiting[i]);
	for (size_t i = 0; !(rc != RC_OK && !is_not_now(rc)) && i < q->n_calls; i++)
		if (demo_chance(r, 3))
			rc = voice_one(c, mem, r, &q->calls[i], today);
	return is_not_now(rc) ? RC_OK : rc; /* somebody looks at it another day */
}

enum rc
demo_quality(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct demo_random r = { (uint64_t)at_ms ^ UINT64_C(0x9a117e57a5e55ed1) }; /* of its own: the year is the same without it */
	struct city_quality *q = ARENA_NEW(mem, struct city_quality);
	const struct account *chief = official(c);
	struct day today = day_of_moment(at_ms);
	struct quality_verdict v;
	struct actor system, actor;
	struct ctx ctx = as(c, mem, NULL, &system), manager = as(c, mem, chief, &actor);
	enum rc rc;

	if (q == NULL || chief == NULL)
		return q == NULL ? RC_NO_MEMORY : RC_OK;
	rc = db_read(&ctx, look_tx, q);
	if (rc == RC_OK && q->experts == 0)
		rc = panel_make(c, mem, chief, q, today);
	else if (rc == RC_OK && q->ended >= ENOUGH && (q->n_rounds == 0 || q->rounds[0].fixed_ms < at_ms - 90 * DAY_MS))
		rc = round_make(c, mem, &r, chief, today, 0);
	if (rc != RC_OK)
		return is_not_now(rc) ? RC_OK : rc;
	rc = go_on(c, mem, &r, chief, q, today);
	for (size_t i = 0; rc == RC_OK && i < q->n_rounds; i++) /* one that has nothing open */
		if (q->rounds[i].state == QUALITY_DRAWN && q->rounds[i].done == q->rounds[i].drawn && demo_chance(&r, 10)) {
			rc = quality_round_close(&manager, idem_key_new(), q->rounds[i].id, q->rounds[i].revision, &v);
			rc = is_not_now(rc) ? RC_OK : rc;
		}
	return rc;
}

#define LAST 4 /* files of the round that a visitor finds under way; some ended cases stay for a round of their own */

/* On the last day a fresh round: one expert of some files has scored, the others have not. */
enum rc
demo_quality_last(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct demo_random r = { UINT64_C(0x9a117e57) };
	struct city_quality *q = ARENA_NEW(mem, struct city_quality);
	const struct account *chief = official(c);
	struct actor system;
	struct ctx ctx = as(c, mem, NULL, &system);
	enum rc rc = q == NULL ? RC_NO_MEMORY : chief == NULL ? RC_OK : round_make(c, mem, &r, chief, day_of_moment(at_ms), LAST);

	if (rc != RC_OK || chief == NULL)
		return is_not_now(rc) ? RC_OK : rc;
	rc = db_read(&ctx, look_tx, q);
	for (size_t i = 0; rc == RC_OK && i < q->n_tasks; i += 4) {
		rc = score_one(c, mem, &r, &q->tasks[i]);
		rc = is_not_now(rc) ? RC_OK : rc;
	}
	return rc;
}
