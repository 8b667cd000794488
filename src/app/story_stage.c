#include "app/story_stage.h"

#include "app/verify.h"
#include "base/code.h"
#include "evaluation/complaint/complaint.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MINUTE INT64_C(60000)

struct crypt *story_keys;
const char *story_state;
static char key_dir[64];

static const struct { int id; const char *login; enum role role; int64_t place; int point; } people[] = {
	{ HELPER, "helper", ROLE_STATION, VILLAGE, STATION }, { DIRECTOR, "director", ROLE_DIRECTOR, TOWN, CENTRE },
	{ CLERK, "clerk", ROLE_CLERK, TOWN, CENTRE }, { LAWYER, "lawyer", ROLE_PROVIDER, COUNTY, COUNTY_CENTRE },
	{ CHIEF, "chief", ROLE_DIRECTOR, COUNTY, COUNTY_CENTRE }, { STRANGER, "stranger", ROLE_CLERK, OTHER_TOWN, OTHER_CENTRE },
	{ HOTLINE, "hotline", ROLE_HOTLINE, CITY, LINE },
};

struct actor
as(int id)
{
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
		if (people[i].id == id) {
			struct account a = { .id = { id }, .role = people[i].role, .place = { people[i].place },
				.point = people[i].point, .active = true };

			return identity_actor(&a, STAGE_CITY);
		}
	fail();
	return identity_anonymous(STAGE_CITY);
}

static void
keys_make(void)
{
	struct text why;

	snprintf(key_dir, sizeof key_dir, "/tmp/zhaofa-story-XXXXXX");
	assert_non_null(mkdtemp(key_dir));
	assert_int_equal(crypt_open(key_dir, true, &story_keys, &why), RC_OK);
	review_configure(story_keys);
	complaint_configure(story_keys);
}

static void
people_make(struct stage *f)
{
	char sql[512];

	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
		snprintf(sql, sizeof sql, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active,"
		    " open_load, capacity, created_ms, revision) VALUES (3205, %d, '%s', '%s', '', %d, %lld, %d, '', 1, 0, 20, 1, 1)",
		    people[i].id, people[i].login, people[i].login, people[i].role, (long long)people[i].place, people[i].point);
		stage_raw(f, sql);
	}
}

static void
point_make(struct stage *f, int id, int kind, int64_t place, int director, int parent)
{
	char sql[512], up[16] = "NULL";

	if (parent != 0)
		snprintf(up, sizeof up, "%d", parent);
	snprintf(sql, sizeof sql, "INSERT INTO point (city, id, code, kind, place, name, name_en, address, phone, director, parent,"
	    " datum, opened_day, revision) VALUES (3205, %d, 'p%d', %d, %lld, 'point %d', '', '', '1990000', %d, %s, 0, 1, 1)",
	    id, id, kind, (long long)place, id, director, up);
	stage_raw(f, sql);
}

void
begin(struct stage *f)
{
	const char *why = NULL;

	if (story_keys == NULL) {
		keys_make();
		if (!app_tables_ready(&why))
			fail_msg("%s", why);
	}
	f->ctx.crypt = story_keys;
	/* a minute earlier, so that the ids of what comes are the same whether the seeds were sown in this test or before it */
	stage_now_ms -= MINUTE;
	f->ctx.now_ms -= MINUTE;
	assert_int_equal(holidays_seed(&f->ctx), RC_OK);
	assert_int_equal(region_seed(&f->ctx), RC_OK);
	assert_int_equal(catalogue_seed(&f->ctx), RC_OK);
	stage_keep();
	stage_now_ms += MINUTE;
	f->ctx.now_ms += MINUTE;
	people_make(f);
	point_make(f, COUNTY_CENTRE, 1, COUNTY, CHIEF, 0);
	point_make(f, CENTRE, 2, TOWN, DIRECTOR, COUNTY_CENTRE);
	point_make(f, OTHER_CENTRE, 2, OTHER_TOWN, STRANGER, COUNTY_CENTRE);
	point_make(f, STATION, 3, VILLAGE, HELPER, CENTRE);
	point_make(f, LINE, 4, CITY, HOTLINE, 0);
	stage_raw(f, "INSERT INTO point_village (city, village, point, from_day, reason) VALUES (3205, 320506100201, 201, 1, '')");
}

/* ---- doing ------------------------------------------------------------------------------------------------ */

struct ctx
ctx_as(struct stage *f, const struct actor *actor)
{
	struct ctx ctx = stage_ctx(f, actor);

	ctx.crypt = story_keys;
	return ctx;
}

int64_t
item_of(struct stage *f)
{
	return stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'consult'");
}

struct intake_new
wages(struct stage *f)
{
	return (struct intake_new){ .topic = TOPIC_WAGE_ARREARS, .item = item_of(f), .channel = CHANNEL_PORTAL,
		.applicant = APPLICANT_PERSON, .place = { VILLAGE }, .detail = TEXT("三个月没有发工资了。"),
		.person = { .name = TEXT("沈演示"), .phone = TEXT("19900001234"), .born = DAY_NONE, .place = { VILLAGE } } };
}

struct intake_receipt
ask(struct stage *f, struct idem_key key)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct intake_new in = wages(f);
	struct findings findings = { .n = 0 };
	struct intake_receipt r = { .id = 0 };

	assert_int_equal(intake_receive(&ctx, key, &in, &findings, &r), RC_OK);
	assert_int_equal(findings.total, 0);
	return r;
}

struct story_look { struct case_id id; struct request r; };

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct story_look *l = arg;

	return request_load(tx, actor, l->id, &l->r);
}

enum rc
look(struct stage *f, int who, int64_t id, struct request *ret)
{
	struct actor a = who == 0 ? f->system : as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct story_look l = { .id = { id } };
	enum rc rc = db_read(&ctx, look_tx, &l);

	if (rc == RC_OK)
		*ret = l.r;
	return rc;
}

int64_t
revision(struct stage *f, int64_t id)
{
	struct request r;

	assert_int_equal(look(f, 0, id, &r), RC_OK);
	return r.revision;
}

enum rc
accept_as(struct stage *f, int who, int64_t id)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return intake_accept(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id));
}

enum rc
offer_as(struct stage *f, int who, int64_t id, int to, struct dispatch_result *ret)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct dispatch_offer in = { .id = { id }, .revision = revision(f, id), .to_account = to, .reason = TEXT("需要律师") };

	return dispatch_offer(&ctx, idem_key_new(), &in, ret);
}

enum rc
answer_as(struct stage *f, int who, int64_t id, bool told)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct consult_answer in = { .id = { id }, .revision = revision(f, id), .answer = TEXT("可以申请劳动仲裁。"), .aid_told = told };

	return consult_answer(&ctx, idem_key_new(), &in);
}

enum rc
close_as(struct stage *f, int who, int64_t id, struct consult_verdict *verdict)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return consult_close(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), TEXT("answered"), TEXT_NONE, verdict);
}

static enum rc
reviews_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct look *l = arg;

	return review_list(tx, actor, l->id, l->v, 4, &l->n_v);
}

void
code_of(struct stage *f, int64_t id, unsigned char code[static 10])
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct look l = { .id = { id } };

	assert_int_equal(db_read(&ctx, reviews_tx, &l), RC_OK);
	assert_int_equal(l.n_v, 1);
	review_code(story_keys, STAGE_CITY, l.id, l.v[0].act, code);
}

enum rc
rate_as(struct stage *f, const struct actor *a, int64_t id, enum grade grade, int64_t *follow_up)
{
	struct ctx ctx = ctx_as(f, a);
	unsigned char code[10];

	code_of(f, id, code);
	return review_give(&ctx, idem_key_new(), code, grade, TEXT("没有解决问题"), REVIEW_LINK, TEXT("192.0.2.1"), follow_up);
}

static enum rc
figures_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct look *l = arg;
	struct figure_query q = { .from = { 0 }, .to = { 100000 }, .place = { CITY }, .by = FIGURE_BY_CHANNEL };
	enum rc rc = figure_totals(tx, actor, &q, &l->t);

	return rc == RC_OK ? figure_records(tx, actor, &q, CHANNEL_PORTAL, FIGURE_CLOSED, 0, l->q, 20, &l->n_q) : rc;
}

struct look
figures_as(struct stage *f, int who)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct look l = { .n_q = 0 };

	assert_int_equal(db_read(&ctx, figures_tx, &l), RC_OK);
	return l;
}

int64_t
problems(struct stage *f)
{
	struct app app = { .db = f->db, .crypt = story_keys, .conf = { .city = STAGE_CITY, .state = story_state } };
	struct buf out;
	int64_t n = -1;

	buf_init(&out, 1 << 20);
	assert_int_equal(verify_run(&app, f->mem, false, &out, &n), RC_OK);
	for (struct text rest = buf_text(&out), line; n > 0 && !text_is_empty(rest);) {
		line = text_cut(&rest, '\n');
		if (text_starts_with(line, TEXT("BAD")))
			printf("# %.*s\n", (int)line.n, line.p);
	}
	buf_free(&out);
	return n;
}
