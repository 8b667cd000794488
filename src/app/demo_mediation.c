/*
 * Mediation in the demonstration's year: disputes come in at stations and windows, parties are asked, mediators named, talks held,
 * agreements signed and kept or not, by the same use cases that serve people; on the last day some stand in every state.
 */
#include "app/demo.h"

#include "operations/intake/intake.h"
#include "operations/matter/mediation/mediation.h"
#include "operations/request/request.h"

#include <stdio.h>

#define CASES 400
#define STEP_MEMORY ((size_t)64 << 20)

/* Of one case, what the next step needs to know. */
struct open_one {
	int64_t id, revision, holder, members, unasked, duty;
	struct place place;
	enum mediation_state state;
	int others, objects, confirm, category, sessions;
	struct day due;
	bool received, missed, status;
};
struct city_now { struct open_one v[CASES]; size_t n; int64_t mediators, item; };

enum { Q_OPEN, Q_MEDIATORS, Q_ITEM };
#define PARTIES(of) "(SELECT COUNT(*) FROM mediation_party p WHERE p.city = a.city AND p.request = a.request AND " of ")"
static const struct db_stmt demo_mediation_q[] = {
	[Q_OPEN] = { "demo.mediation_open", DB_SYSTEM,
	    "SELECT r.id, r.place, r.revision, r.holder, a.state, " PARTIES("p.side = 2") ", " PARTIES("p.consent = 2") ","
	    " COALESCE((SELECT MIN(p.id) FROM mediation_party p WHERE p.city = a.city AND p.request = a.request AND p.consent = 0), 0),"
	    " (SELECT COUNT(*) FROM mediation_member m WHERE m.city = a.city AND m.request = a.request AND m.ended_ms IS NULL),"
	    " COALESCE((SELECT MIN(d.due) FROM mediation_duty d WHERE d.city = a.city AND d.request = a.request AND d.performed IS NULL), 0),"
	    " COALESCE((SELECT d.id FROM mediation_duty d WHERE d.city = a.city AND d.request = a.request AND d.performed IS NULL"
	    " ORDER BY d.due, d.id LIMIT 1), 0), a.confirm, a.category, r.state,"
	    " (SELECT COUNT(*) FROM mediation_duty d WHERE d.city = a.city AND d.request = a.request AND d.missed_ms IS NOT NULL"
	    " AND d.performed IS NULL), (SELECT COUNT(*) FROM mediation_session s WHERE s.city = a.city AND s.request = a.request),"
	    " a.status_relation FROM mediation a JOIN request r ON r.city = a.city AND r.id = a.request WHERE a.city = $1 AND a.state < 90"
	    " ORDER BY r.id LIMIT $2", 0 },
	[Q_MEDIATORS] = { "demo.mediators", DB_SYSTEM, "SELECT COUNT(*) FROM mediator WHERE city = $1", 0 },
	[Q_ITEM] = { "demo.mediation_item", DB_SYSTEM, "SELECT id FROM item WHERE city = $1 AND code = 'mediation'", 0 },
};
const struct db_set demo_mediation_sql = DB_SET("demo_mediation", demo_mediation_q);

static enum rc
now_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct city_now *c = arg;
	ROWS row = NULL;
	enum rc rc = tx_int(tx, actor, &demo_mediation_q[Q_MEDIATORS], NO_ARGS, &c->mediators);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &demo_mediation_q[Q_ITEM], NO_ARGS, &c->item);
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &demo_mediation_q[Q_OPEN], ARGS(db_int(CASES)), &row);
	c->n = 0;
	while (rc == RC_OK && c->n < CASES && (rc = rows_next(row)) == RC_OK)
		c->v[c->n++] = (struct open_one){ .id = rows_int(row, 0), .place = { rows_int(row, 1) }, .revision = rows_int(row, 2),
			.holder = rows_int(row, 3), .state = (enum mediation_state)rows_int(row, 4), .others = (int)rows_int(row, 5),
			.objects = (int)rows_int(row, 6), .unasked = rows_int(row, 7), .members = rows_int(row, 8),
			.due = { (int32_t)rows_int(row, 9) }, .duty = rows_int(row, 10), .confirm = (int)rows_int(row, 11),
			.category = (int)rows_int(row, 12), .received = rows_int(row, 13) > REQUEST_RECEIVED, .missed = rows_int(row, 14) > 0,
			.sessions = (int)rows_int(row, 15), .status = rows_int(row, 16) != 0 };
	return rc == RC_DONE ? RC_OK : rc;
}

static struct ctx
ctx_of(struct demo_city *c, struct arena *mem, const struct account *a, struct actor *keep)
{
	*keep = a != NULL ? identity_actor(a, c->app->conf.city) : identity_system(c->app->conf.city);
	return app_ctx(c->app, mem, keep);
}

/* ---- who mediates ------------------------------------------------------------------------------------------ */

static enum rc
mediator_make(struct ctx *ctx, struct demo_random *r, const struct account *a, enum mediator_kind kind, struct place place, unsigned categories,
    struct text committee, int64_t *ret)
{
	struct findings findings = { .n = 0 };
	char name[32];

	demo_name(r, name);
	return mediator_save(ctx, idem_key_new(), &(struct mediator_new){ .name = a != NULL ? a->name : text_of(name), .committee = committee,
	    .phone = TEXT("19900000110"), .login = a != NULL ? a->login : TEXT_NONE, .kind = (int)kind, .place = place, .categories = categories,
	    .active = true }, &findings, ret);
}

struct named { int64_t id; struct account a; };

static enum rc
named_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct named *n = arg;

	return identity_load(tx, actor, (struct account_id){ n->id }, &n->a);
}

/* Those of the stations with their groups, a town's committee and two panels of lawyers. */
static enum rc
register_make(struct demo_city *c, struct arena *mem, struct demo_random *r)
{
	static const unsigned panels[] = { BIT(MEDIATION_LABOUR) | BIT(MEDIATION_WAGES), BIT(MEDIATION_MEDICAL) };
	struct actor actor;
	struct ctx ctx = ctx_of(c, mem, NULL, &actor);
	struct findings findings = { .n = 0 };
	struct place county, town = { 0 };
	int64_t id = 0, group = 0;
	enum rc rc = identity_find_login(&ctx, TEXT("station"), &id);
	const struct account *visitor = rc == RC_OK ? demo_account_find(c, id) : NULL;

	rc = rc == RC_NOT_FOUND ? RC_OK : rc;
	if (visitor != NULL)
		town = place_up(visitor->place, PLACE_TOWN);
	county = place_up(town, PLACE_COUNTY);

	for (size_t i = 0; rc == RC_OK && i < c->n_stations; i++) {
		struct named n = { .id = c->stations[i] };
		const struct account *a = &n.a, *found = demo_account_find(c, n.id);

		/* a few of the city, and all of the town that a visitor logs in at */
		if (found == NULL || (i >= 24 && place_up(found->place, PLACE_TOWN).code != town.code))
			continue;
		rc = db_read(&ctx, named_tx, &n);
		if (rc != RC_OK || !a->active || place_level(a->place) != PLACE_VILLAGE)
			continue;
		rc = mediator_make(&ctx, r, a, MEDIATOR_VILLAGE, a->place, 0, TEXT("村（社区）人民调解委员会"), &id);
		if (rc == RC_OK && i % 4 == 0)
			rc = chat_group_save(&ctx, idem_key_new(), &(struct chat_group_new){ .mediator = id, .members = 120 + (int64_t)i, .name = TEXT("楼道调解群"),
			    .platform = TEXT("微信"), .place = a->place, .active = true }, &findings, &group);
		if (rc == RC_OK && i % 5 == 0)
			rc = mediator_make(&ctx, r, NULL, MEDIATOR_TOWN, place_up(a->place, PLACE_TOWN), 0, TEXT("镇（街道）人民调解委员会"), &id);
	}
	for (size_t i = 0; rc == RC_OK && i < 2 && county.code != 0; i++)
		rc = mediator_make(&ctx, r, NULL, MEDIATOR_PANEL, county, panels[i], i == 0 ? TEXT("劳动争议专业律师调解组") : TEXT("医患纠纷专业律师调解组"), &id);
	return rc;
}

/* ---- one step -------------------------------------------------------------------------------------------------- */

struct going { struct demo_city *c; struct arena *mem; struct demo_random *r; const struct open_one *o; int64_t at_ms; bool written; };

static struct mediation_values
nothing(const struct going *g)
{
	struct mediation_values v = { .revision = g->o->revision, .day = DAY_NONE, .time = -1 };

	for (int i = 0; i < MEDIATION_DUTIES; i++)
		v.duties[i].due = DAY_NONE;
	return v;
}

static enum rc
take(const struct going *g, enum mediation_step step, struct mediation_values *in)
{
	const struct account *holder = demo_account_find(g->c, g->o->holder);
	struct findings findings = { .n = 0 };
	struct mediation_verdict verdict;
	struct actor actor;
	struct ctx ctx;
	int64_t next = 0;

	if (holder == NULL || !holder->active)
		return RC_OK;
	ctx = ctx_of(g->c, g->mem, holder, &actor);
	return mediation_act_take(&ctx, idem_key_new(), &(struct mediation_act){ { g->o->id }, step, in }, &findings, &verdict, &next);
}

static const struct { enum topic topic; enum mediation_category category; const char *facts, *content, *what; int64_t most; } troubles[] = {
	{ TOPIC_WAGE_ARREARS, MEDIATION_WAGES, "在工地做工，三个月工资没有发。", "分两次付清工资。", "付工资", 20 },
	{ TOPIC_NEIGHBOR, MEDIATION_NEIGHBOURS, "楼上漏水，天花板和家具受损。", "修好漏水处并赔偿损失。", "赔偿维修费", 6 },
	{ TOPIC_MARRIAGE_FAMILY, MEDIATION_FAMILY, "老人的赡养费，兄弟之间谈不拢。", "按月给付赡养费。", "给付赡养费", 3 },
	{ TOPIC_INJURY, MEDIATION_TRAFFIC, "电动车相撞，医药费谁出有争议。", "按责任比例赔偿医药费。", "赔偿医药费", 12 },
	{ TOPIC_HOUSE_LAND, MEDIATION_HOUSING, "宅基地边界，两家各说各的。", "按登记的边界砌墙，费用各半。", "分担砌墙费用", 4 },
	{ TOPIC_CONSUMER, MEDIATION_CONSUMER, "买的家电坏了，店家不肯退。", "店家退货退款。", "退款", 5 },
};
#define TROUBLES (sizeof troubles / sizeof troubles[0])

static size_t
trouble_of(int category)
{
	for (size_t i = 0; i < TROUBLES; i++)
		if ((int)troubles[i].category == category)
			return i;
	return 0;
}

static enum rc
go_register(const struct going *g)
{
	static const enum mediation_source sources[] = { MEDIATION_APPLIED, MEDIATION_APPLIED, MEDIATION_INITIATIVE, MEDIATION_INITIATIVE,
		MEDIATION_POLICE, MEDIATION_COURT };
	struct mediation_values in = nothing(g);
	size_t k = (size_t)(g->o->id % (int64_t)TROUBLES);

	in.source = (int)sources[demo_below(g->r, 6)];
	in.category = (int)troubles[k].category;
	in.level = (int)(1 + demo_below(g->r, 4));
	in.organ = in.source == MEDIATION_POLICE ? TEXT("演示派出所") : in.source == MEDIATION_COURT ? TEXT("演示区人民法院") : TEXT_NONE;
	in.facts = text_of(troubles[k].facts);
	return take(g, MEDIATION_REGISTER, &in);
}

static enum rc
go_ask(const struct going *g)
{
	struct mediation_values in = nothing(g);
	char name[32];

	if (g->o->others == 0) {
		demo_name(g->r, name);
		in.side = MEDIATION_SIDE_B;
		in.name = text_of(name);
		in.consent = demo_chance(g->r, 88) ? MEDIATION_AGREES : MEDIATION_OBJECTS;
		return take(g, MEDIATION_PARTY, &in);
	}
	if (g->o->objects > 0) {
		in.words = TEXT("对方不愿意调解，可以依法申请仲裁或者起诉。");
		return take(g, MEDIATION_REFUSE, &in);
	}
	if (g->o->unasked == 0)
		return take(g, MEDIATION_ACCEPT, &in);
	in.party = g->o->unasked;
	in.consent = MEDIATION_AGREES;
	return take(g, MEDIATION_CONSENT, &in);
}

struct ranked { struct place place; int category; struct mediator *v; size_t n; };

static enum rc
ranked_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct ranked *k = arg;

	return mediators_for(tx, actor, k->place, k->category, k->v, MEDIATORS_MAX, &k->n);
}

static enum rc
go_appoint(const struct going *g)
{
	struct ranked k = { .place = g->o->place, .category = g->o->category, .v = arena_array(g->mem, MEDIATORS_MAX, sizeof *k.v) };
	struct mediation_values in = nothing(g);
	struct actor actor;
	struct ctx ctx = ctx_of(g->c, g->mem, NULL, &actor);
	enum rc rc = k.v == NULL ? RC_NO_MEMORY : db_read(&ctx, ranked_tx, &k);

	if (rc != RC_OK || k.n == 0)
		return rc;
	in.mediator = k.v[0].id;
	in.chosen = demo_chance(g->r, 70) ? MEDIATION_BY_COMMITTEE : MEDIATION_BY_BOTH;
	in.other = true;
	return take(g, MEDIATION_APPOINT, &in);
}

static enum rc
go_session(const struct going *g)
{
	struct mediation_values in = nothing(g);

	in.kind = demo_chance(g->r, 20) ? MEDIATION_INQUIRY : MEDIATION_TALK;
	in.day = day_of_moment(g->at_ms);
	in.minutes = 40 + demo_below(g->r, 80);
	in.place = TEXT("村（社区）调解室");
	in.words = TEXT("双方到场，各说了经过，谈到了怎么办。");
	return take(g, MEDIATION_SESSION, &in);
}

static enum rc
go_draft(const struct going *g)
{
	struct mediation_values in = nothing(g);
	size_t k = trouble_of(g->o->category);
	int n = (int)(1 + demo_below(g->r, 2));

	in.form = g->written || demo_chance(g->r, 75) ? MEDIATION_WRITTEN : MEDIATION_ORAL;
	in.content = text_of(troubles[k].content);
	for (int i = 0; i < n; i++) {
		int64_t yuan = 200 * (1 + demo_below(g->r, troubles[k].most));
		int days = (int)(5 + demo_below(g->r, 20)) + 30 * i;

		in.duties[i].side = MEDIATION_SIDE_B;
		in.duties[i].what = text_of(troubles[k].what);
		in.duties[i].yuan = arena_format(g->mem, "%lld", (long long)yuan);
		in.duties[i].due = day_add(day_of_moment(g->at_ms), days);
	}
	in.crime_persons = demo_chance(g->r, 6) ? 2 : 0;
	in.petition_persons = demo_chance(g->r, 3) ? 12 : 0;
	return take(g, MEDIATION_DRAFT, &in);
}

static enum rc
go_talk(const struct going *g)
{
	struct mediation_values in = nothing(g);
	int64_t lot = demo_below(g->r, 100);

	if (g->o->state == MEDIATION_ACCEPTED || g->o->sessions == 0)
		return g->o->members == 0 ? go_appoint(g) : go_session(g);
	if (lot < 62)
		return go_draft(g);
	if (lot < 80)
		return go_session(g);
	if (lot < 92) {
		in.words = TEXT("双方差距太大，告知可以依法仲裁、起诉。");
		in.aid = lot < 84;
		return take(g, MEDIATION_FAIL, &in);
	}
	if (lot < 96) {
		in.side = MEDIATION_SIDE_B;
		return take(g, MEDIATION_END, &in);
	}
	in.danger = MEDIATION_SECURITY;
	in.day = day_of_moment(g->at_ms);
	in.time = moment_minute(g->at_ms) - 10;
	in.receiver = TEXT("演示派出所值班民警");
	in.words = TEXT("双方争吵激烈，担心动手。");
	return take(g, MEDIATION_DANGER, &in);
}

/* The court's steps, in between. */
static enum rc
go_confirm(const struct going *g, bool *ret_done)
{
	struct mediation_values in = nothing(g);

	*ret_done = true;
	in.day = day_of_moment(g->at_ms);
	in.court = TEXT("演示区人民法院");
	in.signer = TEXT("all");
	if (g->o->confirm == MEDIATION_CONFIRM_ASKED)
		return take(g, MEDIATION_CONFIRM_SEND, &in);
	if (g->o->confirm == MEDIATION_CONFIRM_SENT) {
		in.result = MEDIATION_CONFIRMED;
		in.number = arena_format(g->mem, "（演示）民特%lld号", (long long)(g->o->id % 100000));
		return take(g, MEDIATION_CONFIRM_RESULT, &in);
	}
	*ret_done = g->o->confirm == MEDIATION_UNCONFIRMED && demo_chance(g->r, 1);
	return *ret_done ? take(g, MEDIATION_CONFIRM_ASK, &in) : RC_OK;
}

static enum rc
go_keep(const struct going *g)
{
	struct mediation_values in = nothing(g);
	struct day today = day_of_moment(g->at_ms);
	bool done = false;
	enum rc rc = go_confirm(g, &done);

	if (done || rc != RC_OK)
		return rc;
	in.duty = g->o->duty;
	in.day = today;
	in.words = TEXT("收到了，有转账记录。");
	if (day_compare(g->o->due, today) <= 0 || g->o->missed)
		if (demo_chance(g->r, g->o->missed ? 35 : 55))
			return take(g, MEDIATION_PERFORM, &in);
	if (g->o->missed && demo_chance(g->r, 25)) {
		in.words = TEXT("催了几次仍不履行，告知可以起诉。");
		return take(g, MEDIATION_BREAK, &in);
	}
	if (day_compare(g->o->due, day_add(today, -4)) < 0 && !g->o->missed) {
		in.words = TEXT("到期没有付，电话催过两次。");
		return take(g, MEDIATION_MISS, &in);
	}
	in.words = TEXT("打电话问了双方，都说在按协议办。");
	in.place = TEXT("电话");
	return demo_chance(g->r, 6) ? take(g, MEDIATION_VISIT, &in) : RC_OK;
}

static enum rc
go_on(const struct going *g)
{
	struct mediation_values in = nothing(g);

	if (!g->o->received)
		return RC_OK;
	switch ((int)g->o->state) {
	case MEDIATION_UNFILLED: return go_register(g);
	case MEDIATION_REGISTERED: return go_ask(g);
	case MEDIATION_ACCEPTED: case MEDIATION_IN_SESSION: return go_talk(g);
	case MEDIATION_DRAFTED:
		in.signer = TEXT("all");
		in.sign = demo_chance(g->r, 70) ? MEDIATION_SIGNED : MEDIATION_THUMBPRINT;
		return take(g, MEDIATION_SIGN, &in);
	default: return go_keep(g);
	}
}

/* Is it a step nobody can take at this moment? */
static bool
is_not_now(enum rc rc)
{
	return rc == RC_REFUSED || rc == RC_CONFLICT || rc == RC_FORBIDDEN || rc == RC_NOT_FOUND || rc == RC_INVALID;
}

/* ---- coming ------------------------------------------------------------------------------------------------------- */

static enum rc
come(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct account *clerk, int64_t item, int64_t at_ms)
{
	size_t k = (size_t)demo_below(r, (int64_t)TROUBLES);
	struct findings findings = { .n = 0 };
	struct intake_receipt receipt;
	struct demo_person p;
	struct actor actor;
	struct ctx ctx;
	struct intake_new in;
	enum rc rc;

	if (clerk == NULL)
		clerk = demo_account_find(c, c->stations[demo_below(r, (int64_t)c->n_stations)]);
	if (clerk == NULL || !clerk->active || place_level(clerk->place) != PLACE_VILLAGE)
		return RC_OK;
	demo_person_make(r, day_of_moment(at_ms), &p);
	in = (struct intake_new){ .topic = troubles[k].topic, .item = item, .place = clerk->place, .detail = text_of(troubles[k].facts),
		.channel = CHANNEL_STATION, .accept_now = true, .applicant = APPLICANT_PERSON,
		.person = { .name = text_of(p.name), .id_number = text_of(p.id), .phone = text_of(p.phone), .born = p.born, .sex = p.sex,
		    .groups = p.groups, .place = clerk->place } };
	ctx = ctx_of(c, mem, clerk, &actor);
	rc = intake_receive(&ctx, idem_key_new(), &in, &findings, &receipt);
	return rc == RC_INVALID || rc == RC_REFUSED ? RC_OK : rc;
}

static int
pace(enum mediation_state s)
{
	return s < MEDIATION_ACCEPTED ? 60 : s < MEDIATION_AGREED ? 30 : 22;
}

enum rc
demo_mediation(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct demo_random r = { (uint64_t)at_ms ^ UINT64_C(0x6d65646961746521) }; /* of its own: the year is the same without it */
	struct city_now *all = ARENA_NEW(mem, struct city_now);
	struct arena *own = arena_create(STEP_MEMORY);
	struct actor actor;
	struct ctx ctx = ctx_of(c, mem, NULL, &actor);
	enum rc rc = all == NULL || own == NULL ? RC_NO_MEMORY : db_read(&ctx, now_tx, all);

	if (rc == RC_OK && all->mediators == 0)
		rc = register_make(c, own, &r);
	for (size_t i = 0; rc == RC_OK && i < all->n; i++) {
		struct going g = { .c = c, .mem = own, .r = &r, .o = &all->v[i], .at_ms = at_ms };

		if (!demo_chance(&r, pace(all->v[i].state)))
			continue;
		arena_reset(own);
		rc = go_on(&g);
		rc = is_not_now(rc) ? RC_OK : rc; /* somebody looks at it another day */
	}
	arena_reset(own);
	if (rc == RC_OK && c->n_stations > 0 && demo_chance(&r, 16))
		rc = come(c, own, &r, NULL, all->item, at_ms);
	arena_free(own);
	return rc;
}

#define LAST 9

/* On the last day the station that a visitor logs in at has one in each state. */
enum rc
demo_mediation_last(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	static const enum mediation_state to[LAST] = { MEDIATION_REGISTERED, MEDIATION_ACCEPTED, MEDIATION_IN_SESSION, MEDIATION_IN_SESSION,
		MEDIATION_DRAFTED, MEDIATION_AGREED, MEDIATION_AGREED, MEDIATION_REGISTERED, MEDIATION_UNFILLED };
	struct demo_random r = { UINT64_C(0x6d656469617465) };
	struct actor actor;
	struct ctx ctx = ctx_of(c, mem, NULL, &actor);
	struct city_now *all = ARENA_NEW(mem, struct city_now);
	int64_t id = 0;
	const struct account *clerk = identity_find_login(&ctx, TEXT("station"), &id) == RC_OK ? demo_account_find(c, id) : NULL;
	enum rc rc = all == NULL ? RC_NO_MEMORY : db_read(&ctx, now_tx, all);
	int64_t newest = all != NULL && all->n > 0 ? all->v[all->n - 1].id : 0;

	for (size_t k = 0; rc == RC_OK && clerk != NULL && k < LAST; k++) {
		rc = come(c, mem, &r, clerk, all->item, at_ms);
		for (int tries = 0; rc == RC_OK && tries < 24; tries++) {
			struct going g = { .c = c, .mem = mem, .r = &r, .at_ms = at_ms, .written = to[k] == MEDIATION_DRAFTED };

			rc = db_read(&ctx, now_tx, all);
			for (size_t i = 0; rc == RC_OK && i < all->n; i++)
				if (all->v[i].id > newest)
					g.o = &all->v[i];
			if (rc != RC_OK || g.o == NULL || g.o->state >= to[k])
				break;
			rc = go_on(&g);
			rc = is_not_now(rc) ? RC_OK : rc;
		}
		newest = all->n > 0 && all->v[all->n - 1].id > newest ? all->v[all->n - 1].id : newest;
	}
	return rc;
}
