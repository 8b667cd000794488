#include "app/story_aid_stage.h"

#include <stdio.h>

int64_t aid_receipt;

static const struct { int id; const char *login; enum role role; int64_t place; int point; } people[] = {
	{ EXAMINER, "examiner", ROLE_CLERK, COUNTY, COUNTY_CENTRE }, { BUREAU, "bureau", ROLE_OFFICIAL, COUNTY, 0 },
	{ LAWYER_TWO, "lawyer2", ROLE_PROVIDER, COUNTY, 0 }, { LAWYER_OTHER, "lawyer3", ROLE_PROVIDER, COUNTY, 0 },
};

static void
lawyer_make(struct stage *f, int id, int firm, int account, const char *practice)
{
	char sql[400];
	struct day d;

	assert_int_equal(day_parse(text_of(practice), &d), RC_OK);
	snprintf(sql, sizeof sql, "INSERT INTO provider (city, id, firm, kind, licence, name, valid_from, practice_from, skills,"
	    " account, active, revision) VALUES (3205, %d, %d, 1, 'L-%d', '律师%d', 16000, %d, %d, %d, 1, 1)", id, firm, id, id, d.n,
	    1 << SKILL_LABOUR | 1 << SKILL_CIVIL, account);
	stage_raw(f, sql);
}

void
aid_city(struct stage *f)
{
	char sql[512];
	struct ctx ctx;

	begin(f);
	ctx = ctx_as(f, &f->system);
	assert_int_equal(policy_seed(&ctx), RC_OK);
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
		snprintf(sql, sizeof sql, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active,"
		    " open_load, capacity, created_ms, revision) VALUES (3205, %d, '%s', '%s', '', %d, %lld, %d, '', 1, 0, 20, 1, 1)",
		    people[i].id, people[i].login, people[i].login, people[i].role, (long long)people[i].place, people[i].point);
		stage_raw(f, sql);
	}
	for (int i = 0; i < 2; i++) {
		snprintf(sql, sizeof sql, "INSERT INTO firm (city, id, kind, licence, name, place, phone, active, revision)"
		    " VALUES (3205, %d, 1, 'F-%d', '演示%d所', %lld, '', 1, 1)", FIRM_ONE + i, FIRM_ONE + i, i, (long long)COUNTY);
		stage_raw(f, sql);
	}
	lawyer_make(f, PROVIDER_ONE, FIRM_ONE, LAWYER, "2015-01-01");
	lawyer_make(f, PROVIDER_TWO, FIRM_ONE, LAWYER_TWO, "2024-01-01");
	lawyer_make(f, PROVIDER_OTHER, FIRM_TWO, LAWYER_OTHER, "2015-01-01");
}

struct ctx
aid_ctx(struct stage *f, int who, struct actor *keep)
{
	if (who == 0) {
		*keep = identity_anonymous(STAGE_CITY);
		keep->kind = ACTOR_RECEIPT;
		keep->request = aid_receipt;
		return ctx_as(f, keep);
	}
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
		if (people[i].id == who) {
			struct account a = { .id = { who }, .role = people[i].role, .place = { people[i].place },
				.point = people[i].point, .active = true };

			*keep = identity_actor(&a, STAGE_CITY);
			return ctx_as(f, keep);
		}
	*keep = as(who);
	return ctx_as(f, keep);
}

struct aid_form
migrant(void)
{
	return (struct aid_form){ .kind = AID_CIVIL, .matter = AID_WAGES, .status = AID_MIGRANT, .proof = true, .income = -1,
		.own_income = -1, .limit_day = DAY_NONE, .found_day = DAY_NONE, .organ = TEXT_NONE, .notice = TEXT_NONE,
		.confirmed = AID_THUMBPRINT };
}

struct aid_form
well_off(void)
{
	struct aid_form f = migrant();

	f.status = AID_ORDINARY;
	f.proof = false;
	f.matter = AID_MAINTENANCE;
	f.household = 3;
	f.income = 30000000; /* three hundred thousand yuan: over the line for three */
	f.own_income = 10000000;
	return f;
}

int64_t
applied_by(struct stage *f, int who, const struct aid_form *form, const char *id_number, enum rc want)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);
	struct intake_new in = wages(f);
	struct findings findings = { .n = 0 };
	struct intake_receipt r = { .id = 0 };
	enum rc rc;

	in.item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'legal-aid'");
	in.person.id_number = text_of(id_number);
	in.opponent = TEXT("演示建筑公司");
	in.channel = a.kind == ACTOR_ACCOUNT ? CHANNEL_WINDOW : CHANNEL_PORTAL;
	in.accept_now = a.kind == ACTOR_ACCOUNT;
	rc = aid_apply(&ctx, idem_key_new(), &in, form, &findings, &r);
	if (rc != want && findings.n > 0)
		fail_msg("%s: %s", findings.v[0].field, findings.v[0].message);
	assert_int_equal(rc, want);
	aid_receipt = r.id;
	return r.id;
}

int64_t
applied(struct stage *f, const struct aid_form *form)
{
	return applied_by(f, EXAMINER, form, "", RC_OK);
}

struct aid_look { struct case_id id; struct aid a; };

static enum rc
aid_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct aid_look *l = arg;

	return aid_load(tx, actor, l->id, &l->a);
}

struct aid
aid_of(struct stage *f, int64_t id)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct aid_look l = { .id = { id } };

	assert_int_equal(db_read(&ctx, aid_tx, &l), RC_OK);
	return l.a;
}

enum aid_state
state_of(struct stage *f, int64_t id)
{
	return aid_of(f, id).state;
}

int64_t
due_of(struct stage *f, int64_t id, enum clock_target target)
{
	char sql[240];

	snprintf(sql, sizeof sql, "SELECT CASE WHEN met_ms IS NULL THEN due_ms ELSE 0 END FROM case_clock WHERE city = $1"
	    " AND request = %lld AND target = %d", (long long)id, (int)target);
	return stage_int(f, sql);
}

int64_t
of(struct stage *f, const char *what, int64_t id)
{
	char sql[400];

	snprintf(sql, sizeof sql, "SELECT %s AND request = %lld", what, (long long)id);
	return stage_int(f, sql);
}

void
move_to(const char *day)
{
	struct day d;

	assert_int_equal(day_parse(text_of(day), &d), RC_OK);
	stage_now_ms = day_start_ms(d) + 9 * INT64_C(3600000);
}

int64_t
end_of(const char *day)
{
	struct day d;

	assert_int_equal(day_parse(text_of(day), &d), RC_OK);
	return day_start_ms(day_add(d, 1)) - 1;
}

enum rc
examine(struct stage *f, int who, int64_t id, const struct aid_form *form, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);
	struct findings findings = { .n = 0 };

	return aid_examine(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), form, TEXT("材料已核对。"), &findings, v);
}

enum rc
decide(struct stage *f, int who, int64_t id, bool grant, const char *deviation, const char *words, unsigned grounds,
    struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);
	struct aid_decide in = { .id = { id }, .revision = revision(f, id), .grant = grant, .deviation = text_of(deviation),
		.words = text_of(words), .grounds = grounds };

	return aid_decide(&ctx, idem_key_new(), &in, v);
}
