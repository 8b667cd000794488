/* A few papers in the demonstration: whoever holds an application for legal aid has said in writing what came in. */
#include "app/demo.h"

#include "operations/paper/paper.h"
#include "resources/network/network.h"

#define CASES 400
#define PAPERS 12

struct holding_arg { struct queue_filter f; struct queue_row v[CASES]; size_t n; };

static enum rc
queue_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct holding_arg *a = arg;

	return request_queue(tx, actor, &a->f, a->v, &a->n);
}

struct received_arg { struct paper_draft draft; struct case_id request; struct place place; struct paper_issued done; };

static enum rc
received_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct received_arg *arg = argument;

	return paper_issue(tx, actor, &arg->draft, arg->request, arg->place, &arg->done);
}

static void
received_say(struct paper_facts *f, const struct queue_row *row, const struct point *point)
{
	static const char *const papers[][3] = { { "居民身份证", "1", "复印件，原件已核对" }, { "经济困难说明", "1", "原件" },
		{ "与案件有关的材料", "1", "复印件" } };

	paper_say(f, "issuer", point->name);
	paper_say(f, "applicant", row->person_name);
	paper_say(f, "cause", row->subject);
	paper_say_moment(f, "received", row->created_ms);
	paper_say(f, "clerk", row->holder_name);
	paper_say(f, "phone", point->phone);
	for (int i = 0; i < 3; i++) {
		paper_say_item(f, "materials", i, "name", text_of(papers[i][0]));
		paper_say_item(f, "materials", i, "copies", text_of(papers[i][1]));
		paper_say_item(f, "materials", i, "kind", text_of(papers[i][2]));
	}
}

static enum rc
received(struct demo_city *c, struct arena *mem, const struct queue_row *row)
{
	const struct account *holder = demo_account_find(c, row->holder);
	struct received_arg arg = { .request = row->id };
	struct actor actor;
	struct ctx ctx;
	struct point point;
	struct paper_facts facts;
	struct text why;
	enum rc rc;

	if (holder == NULL || !holder->active)
		return RC_NOT_FOUND;
	actor = identity_actor(holder, c->app->conf.city);
	ctx = app_ctx(c->app, mem, &actor);
	rc = network_find(&ctx, actor.point, &point);
	if (rc != RC_OK || point.phone.n == 0)
		return RC_NOT_FOUND;
	paper_facts_init(&facts, mem);
	received_say(&facts, row, &point);
	rc = paper_prepare(&ctx, "legalaid.received", &facts, &arg.draft, &why);
	arg.place = point.place;
	return rc == RC_OK ? db_job(&ctx, &(struct command){ .name = "demo.paper", .fn = received_tx, .arg = &arg }) : rc;
}

enum rc
demo_paper(struct demo_city *c, struct arena *mem)
{
	struct actor actor = identity_system(c->app->conf.city);
	struct ctx ctx = app_ctx(c->app, mem, &actor);
	struct holding_arg *a = ARENA_NEW(mem, struct holding_arg);
	int issued = 0;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->f = (struct queue_filter){ .kind = QUEUE_CITY, .place = { c->app->conf.city * 100000000 }, .due_last_ms = DUE_NONE,
		.most = CASES };
	rc = db_read(&ctx, queue_tx, a);
	for (size_t i = 0; rc == RC_OK && i < a->n && issued < PAPERS; i++) {
		if (!text_equals(a->v[i].item_name, TEXT("法律援助")) || a->v[i].person_name.n == 0)
			continue;
		rc = received(c, mem, &a->v[i]);
		issued += rc == RC_OK;
		rc = rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	return rc;
}
