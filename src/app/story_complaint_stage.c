#include "app/story_complaint_stage.h"

#include <stdio.h>

/* ---- doing ------------------------------------------------------------------------------------------------------- */

void
official_make(struct stage *f, int id, int64_t place)
{
	char sql[320];

	snprintf(sql, sizeof sql,
	    "INSERT INTO account (city, id, login, name, title, role, place, point, password, active,"
	    " open_load, capacity, created_ms, revision) VALUES (3205, %d, 'official%d', 'official', '', 6, %lld, NULL, '', 1, 0, 20,"
	    " 1, 1)",
	    id, id, (long long)place);
	stage_raw(f, sql);
}

struct actor
one(int id)
{
	struct account a = { .id = { id },
		.role = ROLE_OFFICIAL,
		.place = { id == BUREAU ? COUNTY : CITY },
		.active = true };

	return id < BUREAU ? as(id) : identity_actor(&a, STAGE_CITY);
}

struct complaint_new
rude(void)
{
	return (struct complaint_new){ .channel = COMPLAINT_WEB,
		.kind = COMPLAINT_ATTITUDE,
		.name = TEXT("沈演示"),
		.phone = TEXT("19900001234"),
		.day = day_of_moment(stage_now_ms),
		.words = TEXT("问一句就摔门，不肯再说"),
		.wish = TEXT("请道个歉") };
}

enum rc
give(struct stage *f, const struct actor *a, struct idem_key key, const struct complaint_new *in,
    struct complaint_receipt *ret, struct findings *findings)
{
	struct ctx ctx = ctx_as(f, a);

	*findings = (struct findings){ .n = 0 };
	return complaint_give(&ctx, key, in, findings, ret);
}

/* About that account, written down by the operator of 12348. */
struct complaint_receipt
about(struct stage *f, int account)
{
	struct actor operator= as(HOTLINE);
	struct complaint_new in = rude();
	struct complaint_receipt r = { .id = 0 };
	struct findings findings;

	in.channel = COMPLAINT_PHONE;
	in.read_back = true;
	in.about = COMPLAINT_PERSON;
	in.account = account;
	assert_int_equal(give(f, &operator, idem_key_new(), &in, &r, &findings), RC_OK);
	return r;
}

struct whole_arg {
	int64_t id;
	struct text code;
	struct complaint_whole *w;
};

static enum rc
whole_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct whole_arg *arg = argument;

	return arg->id != 0 ? complaint_load(tx, actor, arg->id, arg->w)
			    : complaint_load_code(tx, actor, arg->code, arg->w);
}

enum rc
seen(struct stage *f, int who, int64_t id, struct complaint_whole **ret)
{
	struct actor a = one(who);
	struct ctx ctx = ctx_as(f, &a);
	struct whole_arg arg = { .id = id, .w = ARENA_NEW(f->mem, struct complaint_whole) };

	*ret = arg.w;
	return db_read(&ctx, whole_tx, &arg);
}

struct complaint_whole *
by_code(struct stage *f, const char *code)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct whole_arg arg = { .code = text_of(code),
		.w = ARENA_NEW(f->mem, struct complaint_whole) };

	assert_int_equal(db_read(&ctx, whole_tx, &arg), RC_OK);
	return arg.w;
}

int64_t
field(struct stage *f, int64_t id, const char *column)
{
	char sql[128];

	snprintf(sql, sizeof sql, "SELECT %s FROM complaint WHERE city = $1 AND id = %lld", column,
	    (long long)id);
	return stage_int(f, sql);
}

enum rc
act(struct stage *f, int who, int64_t id, struct complaint_act in, enum complaint_why *ret)
{
	struct actor a = one(who);
	struct ctx ctx = ctx_as(f, &a);
	struct complaint_verdict v;
	enum rc rc;

	in.id = id;
	in.revision = field(f, id, "revision");
	rc = complaint_do(&ctx, idem_key_new(), &in, &v);
	*ret = v.why;
	return rc;
}

enum rc
speak(struct stage *f, const struct complaint_receipt *r, struct complaint_act in)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct complaint_verdict v;

	in.revision = field(f, r->id, "revision");
	return complaint_speak(&ctx, idem_key_new(), text_of(r->code), &in, &v);
}

void
answered(struct stage *f, int who, int64_t id, enum complaint_finding finding)
{
	MUST(who, id, .deed = COMPLAINT_TELL, .words = TEXT("看了当天的录像"));
	MUST(who, id, .deed = COMPLAINT_FIND, .finding = finding, .words = TEXT("录像里确有此事"),
	    .evidence = TEXT("窗口录像和排队记录"));
	if (finding == COMPLAINT_FOUNDED)
		MUST(who, id, .deed = COMPLAINT_MEND, .remedy = COMPLAINT_APOLOGY,
		    .words = TEXT("上门道歉"), .who = TEXT("窗口负责人"));
	MUST(who, id, .deed = COMPLAINT_REPLY, .words = TEXT("您说得对，我们向您道歉。"));
}
