/*
 * A year of requests, lived in the order of time: what is due next is done next, through the same use
 * cases that serve people.  What would come after `until` is left undone, so that requests stand in
 * every state.
 */
#include "app/demo.h"

#include "base/code.h"
#include "evaluation/review/review.h"
#include "operations/dispatch/dispatch.h"
#include "operations/intake/intake.h"
#include "operations/matter/consult/consult.h"
#include "standards/holidays/holidays.h"

#include <stdio.h>
#include <string.h>

enum step { STEP_RECEIVE, STEP_ACCEPT, STEP_OFFER, STEP_TAKE, STEP_ANSWER, STEP_ASK, STEP_REPLY, STEP_PROMISE, STEP_CALL,
	STEP_AID, STEP_CLOSE, STEP_CONVERT, STEP_DECLINE, STEP_WITHDRAW, STEP_RATE, STEP_FOLLOW,
	STEP_SUPERVISE };

struct life {             /* one request's way */
	int64_t id;
	int64_t handover, callback, follow_up;
	enum topic topic;
	bool asks, hands_over, returned;
};

struct due { int64_t at_ms; uint32_t life; enum step step; };

struct year {
	struct demo_city *city;
	struct arena *mem;
	struct life *lives;
	size_t n_lives;
	struct due *heap;
	size_t n_heap, cap_heap;
	int64_t until_ms;
	int64_t failed;
	enum rc first_failure;
	enum step first_step;
	struct actor holder;      /* who acts in the step that runs */
	int64_t supervise_ms;     /* when what is late is looked for next */
	struct demo_random supervise; /* of its own: the year is the same with it and without */
};

/* ---- the order of time ---------------------------------------------------------------------------------- */

static bool
earlier(struct due a, struct due b)
{
	return a.at_ms != b.at_ms ? a.at_ms < b.at_ms : a.life < b.life;
}

static void
heap_push(struct year *y, struct due d)
{
	size_t i = y->n_heap;

	if (d.at_ms >= y->until_ms || y->n_heap == y->cap_heap)
		return;
	y->n_heap++;
	while (i > 0 && earlier(d, y->heap[(i - 1) / 2])) {
		y->heap[i] = y->heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	y->heap[i] = d;
}

static struct due
heap_pop(struct year *y)
{
	struct due top = y->heap[0], last = y->heap[--y->n_heap];
	size_t i = 0;

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= y->n_heap)
			break;
		if (child + 1 < y->n_heap && earlier(y->heap[child + 1], y->heap[child]))
			child++;
		if (!earlier(y->heap[child], last))
			break;
		y->heap[i] = y->heap[child];
		i = child;
	}
	if (y->n_heap > 0)
		y->heap[i] = last;
	return top;
}

/* Somewhere in the working hours that follow. */
static int64_t
working_after(struct year *y, int64_t at_ms, int64_t least_minutes, int64_t spread_minutes)
{
	int64_t t = at_ms + (least_minutes + demo_below(&y->city->random, spread_minutes + 1)) * 60000;
	struct day d = day_of_moment(t);
	int minute = moment_minute(t);

	if (minute >= 17 * 60 || !calendar_is_working(holidays_current(), d)) {
		d = calendar_add_working(holidays_current(), d, 1);
		minute = 0;
	}
	if (minute < 9 * 60) {
		t = day_start_ms(d) + (9 * 60 + demo_below(&y->city->random, 180)) * 60000;
		t += demo_below(&y->city->random, 60000);
	}
	return t;
}

static void
then(struct year *y, const struct due *now, enum step step, int64_t least_minutes, int64_t spread_minutes)
{
	heap_push(y, (struct due){ working_after(y, now->at_ms, least_minutes, spread_minutes), now->life, step });
}

/* ---- acting ------------------------------------------------------------------------------------------------ */

struct load_arg { struct case_id id; struct request r; int64_t act; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct load_arg *a = arg;

	return request_load(tx, actor, a->id, &a->r);
}

static enum rc
load(struct year *y, struct ctx *ctx, int64_t id, struct request *ret)
{
	struct actor system = identity_system(y->city->app->conf.city);
	struct load_arg arg = { .id = { id } };
	struct ctx own = *ctx;
	enum rc rc;

	own.actor = &system;
	rc = db_read(&own, load_tx, &arg);
	*ret = arg.r;
	return rc;
}

static struct actor
acting(const struct year *y, int64_t account)
{
	const struct account *a = demo_account_find(y->city, account);

	return a != NULL ? identity_actor(a, y->city->app->conf.city) : identity_system(y->city->app->conf.city);
}

static enum topic
topic_draw(struct demo_random *r)
{
	static const int weights[] = { 18, 16, 12, 14, 9, 10, 9, 8, 4 };
	int64_t x = demo_below(r, 100);

	for (int i = 0; i < 9; i++)
		if ((x -= weights[i]) < 0)
			return (enum topic)(TOPIC_WAGE_ARREARS + i);
	return TOPIC_UNSURE;
}

/* A place within what the account serves; a village where there is one. */
static struct place
place_draw(struct year *y, struct place_range within)
{
	struct demo_city *c = y->city;

	for (int i = 0; i < 400; i++) {
		struct place v = c->villages[demo_below(&c->random, (int64_t)c->n_villages)];

		if (place_range_has(within, v))
			return v;
	}
	return (struct place){ within.lo };
}

static void
intake_draw(struct year *y, struct life *l, int64_t at_ms, struct demo_person *who, struct intake_new *in, int64_t *ret_account)
{
	struct demo_city *c = y->city;
	int64_t door = demo_below(&c->random, 100);

	*in = (struct intake_new){ .topic = l->topic, .item = c->item_consult, .applicant = APPLICANT_PERSON };
	in->channel = door < 25 ? CHANNEL_PORTAL : door < 50 ? CHANNEL_WINDOW : door < 75 ? CHANNEL_STATION : CHANNEL_HOTLINE;
	*ret_account = in->channel == CHANNEL_WINDOW ? c->windows[demo_below(&c->random, (int64_t)c->n_windows)]
	    : in->channel == CHANNEL_STATION ? c->stations[demo_below(&c->random, (int64_t)c->n_stations)]
	    : in->channel == CHANNEL_HOTLINE ? c->hotline[demo_below(&c->random, (int64_t)c->n_hotline)] : 0;
	in->place = *ret_account != 0 ? place_draw(y, place_range(demo_account_find(c, *ret_account)->place))
	    : c->villages[demo_below(&c->random, (int64_t)c->n_villages)];
	if (demo_chance(&c->random, 12) && c->n_items > 1)
		in->item = c->items[demo_below(&c->random, (int64_t)c->n_items)];
	in->detail = text_of(demo_trouble(l->topic, &c->random));
	in->scheduled = in->channel != CHANNEL_PORTAL && demo_chance(&c->random, 30);
	in->gathered = in->channel == CHANNEL_STATION && demo_chance(&c->random, 15);
	in->urgent = demo_chance(&c->random, 4);
	in->accept_now = in->channel != CHANNEL_PORTAL && demo_chance(&c->random, 60);
	if (demo_chance(&c->random, 8))
		return; /* asks without a name */
	demo_person_make(&c->random, day_of_moment(at_ms), who);
	in->person = (struct person_new){ .name = text_of(who->name), .phone = text_of(who->phone), .born = DAY_NONE,
		.groups = who->groups, .place = in->place };
	if (demo_chance(&c->random, 70))
		in->person.id_number = text_of(who->id);
}

static enum rc
do_receive(struct year *y, const struct ctx *base, struct life *l, const struct due *now)
{
	struct ctx ctx = *base;
	struct intake_new in;
	struct demo_person who;
	struct intake_receipt receipt;
	struct findings findings = { .n = 0 };
	struct actor actor;
	int64_t account = 0;
	enum rc rc;

	l->topic = topic_draw(&y->city->random);
	intake_draw(y, l, now->at_ms, &who, &in, &account);
	actor = account != 0 ? acting(y, account) : identity_anonymous(y->city->app->conf.city);
	ctx.actor = &actor;
	rc = intake_receive(&ctx, idem_key_new(), &in, &findings, &receipt);
	if (rc == RC_REFUSED && in.item != y->city->item_consult) {
		in.item = y->city->item_consult; /* that item is not to be had by this door */
		findings = (struct findings){ .n = 0 };
		rc = intake_receive(&ctx, idem_key_new(), &in, &findings, &receipt);
	}
	if (rc != RC_OK)
		return rc;
	l->id = receipt.id;
	l->asks = demo_chance(&y->city->random, 20);
	l->hands_over = demo_chance(&y->city->random, 22);
	if (in.accept_now)
		then(y, now, l->hands_over ? STEP_OFFER : STEP_ANSWER, 5, l->hands_over ? 240 : 1400);
	else if (demo_chance(&y->city->random, 3))
		then(y, now, STEP_WITHDRAW, 10, 300);
	else if (demo_chance(&y->city->random, 4))
		then(y, now, STEP_DECLINE, 30, 300);
	else
		then(y, now, STEP_ACCEPT, 5, demo_chance(&y->city->random, 6) ? 3500 : 420);
	return RC_OK;
}

static enum rc
do_accept(struct year *y, struct ctx *ctx, struct life *l, const struct request *r, const struct due *now)
{
	enum rc rc = intake_accept(ctx, idem_key_new(), r->id, r->revision);

	if (rc == RC_OK)
		then(y, now, l->hands_over ? STEP_OFFER : STEP_ANSWER, 20, demo_chance(&y->city->random, 7) ? 9000 : 2200);
	return rc;
}

static enum rc
do_offer(struct year *y, struct ctx *ctx, struct life *l, const struct request *r, const struct due *now)
{
	struct dispatch_offer offer = { .id = r->id, .revision = r->revision, .reason = TEXT("请就近的专业人员接办") };
	struct dispatch_result ret;
	enum rc rc = dispatch_offer(ctx, idem_key_new(), &offer, &ret);

	if (rc == RC_NOT_FOUND) { /* nobody nearer is free: answers it themselves */
		then(y, now, STEP_ANSWER, 20, 1500);
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	l->handover = ret.handover;
	then(y, now, STEP_TAKE, 10, 900);
	return RC_OK;
}

struct receiver_arg { struct case_id id; int64_t handover, to, to_point; };

static enum rc
receiver_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct receiver_arg *a = arg;
	struct handover h[16];
	size_t n = 0;
	enum rc rc = dispatch_history(tx, actor, a->id, h, 16, &n);

	for (size_t i = 0; i < n; i++)
		if (h[i].id == a->handover) {
			a->to = h[i].to_account;
			a->to_point = h[i].to_point;
		}
	return rc;
}

static enum rc
do_take(struct year *y, struct ctx *ctx, struct life *l, const struct request *r, const struct due *now)
{
	struct actor system = identity_system(y->city->app->conf.city), actor;
	struct receiver_arg arg = { .id = r->id, .handover = l->handover };
	struct ctx own = *ctx;
	enum rc rc;

	own.actor = &system;
	rc = db_read(&own, receiver_tx, &arg);
	if (rc != RC_OK)
		return rc;
	actor = acting(y, arg.to);
	own.actor = &actor;
	if (!l->returned && demo_chance(&y->city->random, 15)) {
		struct dispatch_return back = { .handover = l->handover, .code = TEXT("not_our_place"),
			.reason = text_of(demo_word("return", &y->city->random)), .better_point = r->point };

		if (back.better_point == arg.to_point) { /* it came to the point that took it in: who then is not clear */
			back.code = DISPATCH_UNCLEAR;
			back.better_point = 0;
		}
		l->returned = true;
		rc = dispatch_send_back(&own, idem_key_new(), &back);
		if (rc == RC_OK)
			then(y, now, STEP_OFFER, 20, 300);
		return rc;
	}
	rc = dispatch_accept(&own, idem_key_new(), l->handover);
	if (rc == RC_OK)
		then(y, now, STEP_ANSWER, 30, demo_chance(&y->city->random, 8) ? 7000 : 1800);
	return rc;
}

static enum rc
do_answer(struct year *y, struct ctx *ctx, struct life *l, const struct request *r, const struct due *now)
{
	bool told = demo_chance(&y->city->random, 85);
	struct consult_answer in = { .id = r->id, .revision = r->revision, .answer = text_of(demo_answer(l->topic)), .aid_told = told };
	enum rc rc = consult_answer(ctx, idem_key_new(), &in);

	if (rc != RC_OK)
		return rc;
	if (!told)
		then(y, now, STEP_AID, 5, 200);
	else if (l->asks)
		then(y, now, STEP_ASK, 30, 1500);
	else if (demo_chance(&y->city->random, 8))
		then(y, now, STEP_PROMISE, 10, 60);
	else
		then(y, now, demo_chance(&y->city->random, 4) ? STEP_CONVERT : STEP_CLOSE, 60, 3000);
	return RC_OK;
}

static enum rc
do_talk(struct year *y, const struct ctx *base, struct life *l, const struct request *r, const struct due *now)
{
	struct ctx ctx = *base;
	struct actor resident = { .kind = ACTOR_RECEIPT, .city = y->city->app->conf.city, .request = r->id.n,
		.places = PLACE_RANGE_EMPTY };
	bool asks = now->step == STEP_ASK;
	enum rc rc;

	(void)l;
	if (asks)
		ctx.actor = &resident;
	rc = consult_say(&ctx, idem_key_new(), r->id, text_of(demo_word(asks ? "ask" : "reply", &y->city->random)));
	if (rc == RC_OK)
		then(y, now, asks ? STEP_REPLY : STEP_CLOSE, 30, asks ? 900 : 2500);
	return rc;
}

static enum rc
do_promise(struct year *y, struct ctx *ctx, struct life *l, const struct request *r, const struct due *now)
{
	enum rc rc = callback_promise(ctx, idem_key_new(), r->id, r->revision, now->at_ms + 6 * INT64_C(3600000));

	(void)l;
	if (rc == RC_OK)
		then(y, now, STEP_CALL, 120, 600);
	return rc;
}

struct call_arg { struct case_id id; struct callback c[8]; size_t n; };

static enum rc
call_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct call_arg *a = arg;

	return callback_list(tx, actor, a->id, a->c, 8, &a->n);
}

static enum rc
do_call(struct year *y, struct ctx *ctx, struct life *l, const struct request *r, const struct due *now)
{
	struct call_arg arg = { .id = r->id };
	enum rc rc = db_read(ctx, call_tx, &arg);

	(void)l;
	for (size_t i = 0; rc == RC_OK && i < arg.n; i++)
		if (arg.c[i].done_ms == 0)
			rc = callback_done(ctx, idem_key_new(), arg.c[i].id, TEXT("reached"));
	if (rc == RC_OK)
		then(y, now, STEP_CLOSE, 30, 1500);
	return rc;
}

static enum rc
do_close(struct year *y, struct ctx *ctx, struct life *l, const struct request *r, const struct due *now)
{
	struct consult_verdict verdict;
	enum rc rc = consult_close(ctx, idem_key_new(), r->id, r->revision,
	    demo_chance(&y->city->random, 80) ? TEXT("answered") : TEXT("mediation_advised"), TEXT_NONE, &verdict);

	(void)l;
	if (rc == RC_OK && demo_chance(&y->city->random, 62))
		heap_push(y, (struct due){ now->at_ms + (60 + demo_below(&y->city->random, 4000)) * 60000, now->life, STEP_RATE });
	return rc;
}

/* ---- after closing -------------------------------------------------------------------------------------------- */

struct act_arg { struct case_id id; struct review v[4]; size_t n; };

static enum rc
act_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct act_arg *a = arg;

	return review_list(tx, actor, a->id, a->v, 4, &a->n);
}

static enum rc
do_rate(struct year *y, const struct ctx *base, struct life *l, const struct request *r, const struct due *now)
{
	struct ctx ctx = *base;
	struct actor system = identity_system(y->city->app->conf.city);
	struct actor nobody = identity_anonymous(y->city->app->conf.city);
	struct act_arg arg = { .id = r->id };
	int64_t x = demo_below(&y->city->random, 100);
	enum grade grade = x < 46 ? GRADE_VERY_GOOD : x < 80 ? GRADE_GOOD : x < 93 ? GRADE_FAIR : x < 98 ? GRADE_BAD : GRADE_VERY_BAD;
	unsigned char code[10];
	enum rc rc;

	ctx.actor = &system;
	rc = db_read(&ctx, act_tx, &arg);
	if (rc != RC_OK || arg.n == 0)
		return rc;
	review_code(ctx.crypt, y->city->app->conf.city, r->id, arg.v[0].act, code);
	ctx.actor = &nobody;
	rc = review_give(&ctx, idem_key_new(), code, grade, text_of(demo_word(grade_is_bad(grade) ? "blame" : "praise",
	    &y->city->random)), REVIEW_LINK, arena_format(base->mem, "198.51.100.%lld", (long long)(r->id.n % 251)), &l->follow_up);
	if (rc == RC_OK && l->follow_up != 0)
		then(y, now, STEP_FOLLOW, 600, 8000);
	return rc;
}

struct follow_arg { int64_t id; struct follow_up f; };

static enum rc
follow_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct follow_arg *a = arg;

	return follow_up_load(tx, actor, a->id, &a->f);
}

static enum rc
do_follow(struct year *y, const struct ctx *base, struct life *l)
{
	struct ctx ctx = *base;
	struct actor system = identity_system(y->city->app->conf.city), director;
	struct follow_arg arg = { .id = l->follow_up };
	enum rc rc;

	ctx.actor = &system;
	rc = db_read(&ctx, follow_tx, &arg);
	if (rc != RC_OK)
		return rc;
	director = acting(y, arg.f.director);
	ctx.actor = &director;
	return follow_up_do(&ctx, idem_key_new(), l->follow_up, arg.f.revision, FOLLOW_FIXED,
	    text_of(demo_word("follow", &y->city->random)));
}

static enum rc
do_convert(struct year *y, struct ctx *ctx, const struct request *r)
{
	struct consult_convert in = { .id = r->id, .revision = r->revision, .note = TEXT("转由专门事项继续办理") };
	struct consult_converted ret;

	for (size_t i = 0; i < y->city->n_items && in.item == 0; i++)
		if (y->city->items[i] != r->item)
			in.item = y->city->items[i];
	return consult_convert(ctx, idem_key_new(), &in, &ret);
}

static enum rc
do_withdraw(struct year *y, const struct ctx *base, const struct request *r)
{
	struct ctx ctx = *base;
	struct actor resident = { .kind = ACTOR_RECEIPT, .city = y->city->app->conf.city, .request = r->id.n,
		.places = PLACE_RANGE_EMPTY };

	ctx.actor = &resident;
	return intake_withdraw(&ctx, idem_key_new(), TEXT("已经自己解决了"));
}

static enum rc
do_decline(struct ctx *ctx, const struct request *r)
{
	struct intake_decline in = { .id = r->id, .revision = r->revision,
		.reason = TEXT("这件事由住建部门办理，不属于公共法律服务事项。"),
		.helper = TEXT("请到镇便民服务中心住建窗口，或拨打 12345。") };

	return intake_decline(ctx, idem_key_new(), &in);
}

static enum rc
do_step(struct year *y, struct ctx *ctx, const struct due *now)
{
	struct life *l = &y->lives[now->life];
	struct request r;
	enum rc rc;

	if (now->step == STEP_RECEIVE)
		return do_receive(y, ctx, l, now);
	rc = load(y, ctx, l->id, &r);
	if (rc != RC_OK)
		return rc;
	y->holder = acting(y, r.holder);
	ctx->actor = &y->holder;
	switch (now->step) {
	case STEP_ACCEPT: return do_accept(y, ctx, l, &r, now);
	case STEP_OFFER: return do_offer(y, ctx, l, &r, now);
	case STEP_TAKE: return do_take(y, ctx, l, &r, now);
	case STEP_ANSWER: return do_answer(y, ctx, l, &r, now);
	case STEP_ASK:
	case STEP_REPLY: return do_talk(y, ctx, l, &r, now);
	case STEP_PROMISE: return do_promise(y, ctx, l, &r, now);
	case STEP_CALL: return do_call(y, ctx, l, &r, now);
	case STEP_AID:
		then(y, now, STEP_CLOSE, 60, 2000);
		return consult_tell_aid(ctx, idem_key_new(), r.id, r.revision, AID_TOLD);
	case STEP_CLOSE: return do_close(y, ctx, l, &r, now);
	case STEP_CONVERT: return do_convert(y, ctx, &r);
	case STEP_DECLINE: return do_decline(ctx, &r);
	case STEP_WITHDRAW: return do_withdraw(y, ctx, &r);
	case STEP_RATE: return do_rate(y, ctx, l, &r, now);
	case STEP_FOLLOW: return do_follow(y, ctx, l);
	case STEP_RECEIVE:
	case STEP_SUPERVISE: break;
	}
	return RC_INTERNAL;
}

/* ---- the year ------------------------------------------------------------------------------------------------------ */

/* When they come: most in working hours, the portal's at any time. */
static int64_t
arrival(struct year *y)
{
	struct demo_random *r = &y->city->random;
	struct day last = day_of_moment(y->until_ms);
	struct day d = day_add(last, (int)-demo_below(r, DEMO_DAYS));
	int64_t at;

	if (!calendar_is_working(holidays_current(), d) && demo_chance(r, 75))
		d = calendar_roll(holidays_current(), d);
	at = day_start_ms(d) + (8 * 60 + 30 + demo_below(r, demo_chance(r, 85) ? 510 : 840)) * 60000;
	at += demo_below(r, 60000);
	return at < y->until_ms ? at : y->until_ms - 1 - demo_below(r, DAY_MS);
}

static void
failed(struct year *y, enum rc rc, enum step step)
{
	if (rc == RC_OK || y->failed++ > 0)
		return;
	y->first_failure = rc;
	y->first_step = step;
}

static void
run_all(struct year *y)
{
	int64_t done = 0;

	while (y->n_heap > 0) {
		struct due now = heap_pop(y);
		struct ctx ctx;
		enum rc rc;

		failed(y, demo_supervise(y->city, &y->supervise, y->mem, &y->supervise_ms, now.at_ms), STEP_SUPERVISE);
		app_clock_freeze(now.at_ms);
		ctx = app_ctx(y->city->app, y->mem, NULL);
		rc = do_step(y, &ctx, &now);
		failed(y, rc, now.step);
		arena_reset(y->mem);
		if (++done % 20000 == 0)
			fprintf(stderr, "demo: %lld steps, %zu to come\n", (long long)done, y->n_heap);
	}
	failed(y, demo_supervise(y->city, &y->supervise, y->mem, &y->supervise_ms, y->until_ms), STEP_SUPERVISE);
	failed(y, demo_cooperate_last(y->city, y->mem), STEP_SUPERVISE);
	failed(y, demo_aid_last(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_quality_last(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_mediation_last(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_hours_last(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_complaint_last(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_paper(y->city, y->mem), STEP_SUPERVISE);
	failed(y, demo_advisor(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_register(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_team(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_score_contracts(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_duty(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
	failed(y, demo_score(y->city, y->mem, y->until_ms - 3600000), STEP_SUPERVISE);
}

enum rc
demo_year_live(struct demo_city *city, int64_t requests, int64_t until_ms)
{
	struct arena *own = arena_create(512 << 20);
	struct year y = { .city = city, .until_ms = until_ms, .mem = arena_create(64 << 20),
		.supervise_ms = demo_supervise_next(until_ms - DEMO_DAYS * DAY_MS),
		.supervise = { city->random.s ^ UINT64_C(0x9e3779b97f4a7c15) }, .n_lives = (size_t)requests, .cap_heap = (size_t)requests * 2 + 16 };
	enum rc rc = RC_NO_MEMORY;

	if (own != NULL && y.mem != NULL) {
		y.lives = arena_array(own, y.n_lives + 1, sizeof *y.lives);
		y.heap = arena_array(own, y.cap_heap, sizeof *y.heap);
	}
	if (y.lives != NULL && y.heap != NULL) {
		for (size_t i = 0; i < y.n_lives; i++)
			heap_push(&y, (struct due){ arrival(&y), (uint32_t)i, STEP_RECEIVE });
		run_all(&y);
		rc = RC_OK;
	}
	if (y.failed > 0) {
		fprintf(stderr, "demo: %lld steps failed, the first (step %d) with: %s\n", (long long)y.failed, (int)y.first_step,
		    rc_name(y.first_failure));
		rc = RC_INTERNAL;
	}
	arena_free(own);
	arena_free(y.mem);
	return rc;
}
