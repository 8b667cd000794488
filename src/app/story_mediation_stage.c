#include "app/story_mediation_stage.h"

#include <stdio.h>

int64_t village_mediator, town_mediator, labour_panel;
struct said said;

static int64_t
mediator_make(struct stage *f, const char *name, enum mediator_kind kind, int64_t place, unsigned categories, const char *login)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct findings findings = { .n = 0 };
	int64_t id = 0;

	assert_int_equal(mediator_save(&ctx, idem_key_new(), &(struct mediator_new){ .name = text_of(name), .committee = TEXT("示范调解委员会"),
	    .phone = TEXT_NONE, .login = text_of(login), .kind = (int)kind, .place = { place }, .categories = categories, .active = true },
	    &findings, &id), RC_OK);
	return id;
}

void
mediation_city(struct stage *f)
{
	begin(f);
	village_mediator = mediator_make(f, "示范调解员甲", MEDIATOR_VILLAGE, VILLAGE, 0, "helper");
	town_mediator = mediator_make(f, "示范调解员乙", MEDIATOR_TOWN, TOWN, 0, "");
	labour_panel = mediator_make(f, "示范律师丙", MEDIATOR_PANEL, COUNTY, BIT(MEDIATION_LABOUR) | BIT(MEDIATION_WAGES), "lawyer");
}

int64_t
quarrel(struct stage *f)
{
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	struct intake_new in = wages(f);
	struct findings findings = { .n = 0 };
	struct intake_receipt r = { .id = 0 };

	in.item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'mediation'");
	in.channel = CHANNEL_STATION;
	in.opponent = TEXT("演示建筑公司");
	in.accept_now = true;
	assert_int_equal(intake_receive(&ctx, idem_key_new(), &in, &findings, &r), RC_OK);
	return r.id;
}

struct mediation_values
nothing(void)
{
	struct mediation_values v = { .organ = TEXT_NONE, .facts = TEXT_NONE, .name = TEXT_NONE, .id_number = TEXT_NONE, .phone = TEXT_NONE,
		.address = TEXT_NONE, .place = TEXT_NONE, .words = TEXT_NONE, .receiver = TEXT_NONE, .content = TEXT_NONE,
		.responsibility = TEXT_NONE, .signer = TEXT_NONE, .court = TEXT_NONE, .number = TEXT_NONE, .day = DAY_NONE, .time = -1 };

	for (int i = 0; i < MEDIATION_DUTIES; i++)
		v.duties[i] = (struct mediation_duty_values){ .what = TEXT_NONE, .yuan = TEXT_NONE, .due = DAY_NONE };
	return v;
}

enum rc
step(struct stage *f, int who, int64_t id, enum mediation_step s, struct mediation_values in)
{
	struct actor a = who != 0 ? as(who) : identity_anonymous(STAGE_CITY);
	struct ctx ctx;

	if (who == 0) {
		a.kind = ACTOR_RECEIPT;
		a.request = id;
	}
	ctx = ctx_as(f, &a);
	in.revision = revision(f, id);
	said = (struct said){ .rc = RC_OK };
	said.rc = mediation_act_take(&ctx, idem_key_new(), &(struct mediation_act){ { id }, s, &in }, &said.findings, &said.verdict, &said.next);
	return said.rc;
}

struct whole { struct case_id id; struct mediation m; struct mediation_party v[MEDIATION_PARTIES_MAX]; size_t n; };

static enum rc
whole_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct whole *w = argument;
	enum rc rc = mediation_load(tx, actor, w->id, &w->m);

	return rc == RC_OK ? mediation_parties(tx, actor, w->id, w->v, MEDIATION_PARTIES_MAX, &w->n) : rc;
}

static struct whole *
whole_of(struct stage *f, int64_t id)
{
	static struct whole w;
	struct ctx ctx = ctx_as(f, &f->system);

	w = (struct whole){ .id = { id } };
	assert_int_equal(db_read(&ctx, whole_tx, &w), RC_OK);
	assert_int_equal(mediation_parties_open(&ctx, w.v, w.n), RC_OK);
	return &w;
}

struct mediation
mediation_of(struct stage *f, int64_t id)
{
	return whole_of(f, id)->m;
}

struct mediation_party *
parties_of(struct stage *f, int64_t id, size_t *ret_n)
{
	struct whole *w = whole_of(f, id);

	*ret_n = w->n;
	return w->v;
}

int64_t
duty_of(struct stage *f, int64_t id, int n)
{
	char sql[160];

	snprintf(sql, sizeof sql, "SELECT id FROM mediation_duty WHERE city = $1 AND request = %lld ORDER BY due, id LIMIT 1 OFFSET %d",
	    (long long)id, n);
	return stage_int(f, sql);
}

void
register_it(struct stage *f, int64_t id, enum mediation_category category)
{
	struct mediation_values in = nothing();

	in.source = MEDIATION_APPLIED;
	in.category = (int)category;
	in.level = MEDIATION_ORDINARY;
	in.facts = TEXT("在工地干了三个月，五千元工资没有发。");
	assert_int_equal(step(f, HELPER, id, MEDIATION_REGISTER, in), RC_OK);
}

void
add_party(struct stage *f, int64_t id, enum mediation_side side, const char *name, const char *number, enum rc want)
{
	struct mediation_values in = nothing();

	in.side = (int)side;
	in.name = text_of(name);
	in.id_number = text_of(number);
	assert_int_equal(step(f, HELPER, id, MEDIATION_PARTY, in), want);
}

void
all_agree(struct stage *f, int64_t id)
{
	size_t n = 0;
	struct mediation_party *v = parties_of(f, id, &n);
	int64_t ids[MEDIATION_PARTIES_MAX];

	for (size_t i = 0; i < n; i++)
		ids[i] = v[i].id;
	for (size_t i = 0; i < n; i++) {
		struct mediation_values in = nothing();

		in.party = ids[i];
		in.consent = MEDIATION_AGREES;
		assert_int_equal(step(f, HELPER, id, MEDIATION_CONSENT, in), RC_OK);
	}
}

int64_t
talking(struct stage *f)
{
	struct mediation_values in = nothing();
	int64_t id;

	mediation_city(f);
	id = quarrel(f);
	register_it(f, id, MEDIATION_WAGES);
	add_party(f, id, MEDIATION_SIDE_B, "演示建筑公司", "", RC_OK);
	all_agree(f, id);
	assert_int_equal(step(f, HELPER, id, MEDIATION_ACCEPT, nothing()), RC_OK);
	in.mediator = village_mediator;
	in.chosen = MEDIATION_BY_COMMITTEE;
	assert_int_equal(step(f, HELPER, id, MEDIATION_APPOINT, in), RC_OK);
	in = nothing();
	in.kind = MEDIATION_TALK;
	assert_int_equal(day_parse(TEXT("2026-06-30"), &in.day), RC_OK);
	in.words = TEXT("双方到场，公司认欠五千元。");
	assert_int_equal(step(f, HELPER, id, MEDIATION_SESSION, in), RC_OK);
	return id;
}

struct mediation_values
two_payments(enum mediation_form form)
{
	struct mediation_values in = nothing();
	static const char *const due[] = { "2026-07-10", "2026-08-10" };
	static const char *const yuan[] = { "3000", "2000.50" };

	in.form = (int)form;
	in.content = TEXT("公司分两次付清工资。");
	for (int i = 0; i < 2; i++) {
		in.duties[i] = (struct mediation_duty_values){ .side = MEDIATION_SIDE_B, .what = TEXT("付工资"), .yuan = text_of(yuan[i]) };
		assert_int_equal(day_parse(text_of(due[i]), &in.duties[i].due), RC_OK);
	}
	return in;
}

int64_t
agreed(struct stage *f)
{
	struct mediation_values in = nothing();
	int64_t id = talking(f);

	assert_int_equal(step(f, HELPER, id, MEDIATION_DRAFT, two_payments(MEDIATION_WRITTEN)), RC_OK);
	in.signer = TEXT("all");
	in.sign = MEDIATION_SIGNED;
	assert_int_equal(step(f, HELPER, id, MEDIATION_SIGN, in), RC_OK);
	return id;
}

int64_t
due_at(struct stage *f, int64_t id, enum clock_target target)
{
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT CASE WHEN met_ms IS NULL THEN due_ms ELSE 0 END FROM case_clock WHERE city = $1"
	    " AND request = %lld AND target = %d", (long long)id, (int)target);
	return stage_int(f, sql);
}

void
go_to(const char *day)
{
	struct day d;

	assert_int_equal(day_parse(text_of(day), &d), RC_OK);
	stage_now_ms = day_start_ms(d) + 9 * INT64_C(3600000);
}

int64_t
last_of(const char *day)
{
	struct day d;

	assert_int_equal(day_parse(text_of(day), &d), RC_OK);
	return day_start_ms(day_add(d, 1)) - 1;
}
