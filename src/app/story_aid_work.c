#include "app/story_aid_work.h"

int64_t
granted(struct stage *f)
{
	struct aid_form form = migrant();
	struct aid_verdict v;
	int64_t id = applied(f, &form);

	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	return id;
}

enum rc
assign(struct stage *f, int who, int64_t id, int64_t provider, const char *words, struct aid_verdict *v, enum aid_lawyer_why *why)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_assign(&ctx, idem_key_new(), &(struct aid_assign){ .id = { id }, .revision = revision(f, id), .provider = provider,
	    .words = text_of(words) }, v, why);
}

enum rc
plain(struct stage *f, int who, int64_t id, plain_step *step, const char *words, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return step(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), text_of(words), v);
}

enum rc
accept(struct stage *f, int who, int64_t id, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_accept(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), v);
}

enum rc
report(struct stage *f, int who, int64_t id, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_report(&ctx, idem_key_new(), &(struct aid_report_new){ .id = { id }, .revision = revision(f, id),
	    .kind = AID_R_MEETING, .day = day_of_moment(stage_now_ms), .minute = -1, .minutes = 60, .words = TEXT("见了受援人。"), .place = TEXT_NONE,
	    .shown = true }, v);
}

int64_t
under_way(struct stage *f)
{
	enum aid_lawyer_why why;
	struct aid_verdict v;
	int64_t id = granted(f);

	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "", &v, &why), RC_OK);
	assert_int_equal(accept(f, LAWYER, id, &v), RC_OK);
	assert_int_equal(plain(f, LAWYER, id, aid_agree, "", &v), RC_OK);
	assert_int_equal(report(f, LAWYER, id, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_IN_PROGRESS);
	return id;
}
