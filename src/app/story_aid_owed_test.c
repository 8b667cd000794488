/* Papers that follow a step of legal aid: owed with it or not at all, set right after it, saying what the case says. */
#include "app/story_aid_stage.h"

#include "app/verify.h"
#include "operations/matter/legalaid/legalaid_notice.h"
#include "operations/matter/legalaid/legalaid_run.h"
#include "operations/paper/paper.h"

#include <stdio.h>
#include <string.h>

/* ---- a case is walked through its steps -------------------------------------------------------------------------- */

static enum rc
decision_step(struct ctx *ctx, struct case_id id, int64_t rev, enum aid_step step, struct aid_verdict *v)
{
	if (step == AID_TERMINATE)
		return aid_terminate(ctx, idem_key_new(), &(struct aid_terminate){ .id = id, .revision = rev, .ground = AID_E_ASKED,
		    .words = TEXT("受援人书面要求终止。") }, v);
	if (step == AID_OBJECT)
		return aid_object(ctx, idem_key_new(), id, rev, TEXT("不同意终止。"), v);
	if (step == AID_UPHOLD || step == AID_CORRECT)
		return aid_objection_decide(ctx, idem_key_new(), id, rev, step == AID_UPHOLD, TEXT("查明属实。"), v);
	return aid_decide(ctx, idem_key_new(), &(struct aid_decide){ .id = id, .revision = rev, .grant = step == AID_GRANT,
	    .deviation = TEXT("另有情况。"), .words = TEXT("已经核对。"), .grounds = step == AID_GRANT ? 0 : 1u << AID_R_MEANS }, v);
}

static enum rc
work_step(struct ctx *ctx, struct case_id id, int64_t rev, enum aid_step step, struct aid_verdict *v)
{
	struct text words = TEXT("见了受援人。");
	struct day today = day_of_moment(ctx->now_ms);

	switch ((int)step) {
	case AID_ACCEPT: return aid_accept(ctx, idem_key_new(), id, rev, v);
	case AID_AGREE: return aid_agree(ctx, idem_key_new(), id, rev, words, v);
	case AID_REPORT: return aid_report(ctx, idem_key_new(), &(struct aid_report_new){ .id = id, .revision = rev, .kind = AID_R_MEETING,
	    .day = today, .minute = -1, .minutes = 60, .words = words, .shown = true }, v);
	case AID_CHANGE_ASK: return aid_change_ask(ctx, idem_key_new(), id, rev, TEXT("联系不上。"), v);
	case AID_CHANGE_ALLOW: case AID_CHANGE_DENY:
		return aid_change_decide(ctx, idem_key_new(), id, rev, step == AID_CHANGE_ALLOW, TEXT("核实了联系记录。"), v);
	case AID_CLOSE: return aid_close(ctx, idem_key_new(), &(struct aid_closing_new){ .id = id, .revision = rev, .day = today,
	    .way = AID_W_AWARD, .result = AID_RESULT_WON, .recovered = 1800000, .words = TEXT("裁决支付工资。") }, v);
	case AID_FILE: return aid_file_submit(ctx, idem_key_new(), &(struct aid_file_new){ .id = id, .revision = rev, .pages = 40,
	    .words = TEXT("全部材料。") }, v);
	case AID_FILE_PASS: return aid_file_check(ctx, idem_key_new(), id, rev, true, TEXT("齐全。"), v);
	case AID_SUBSIDY: return aid_subsidy_approve(ctx, idem_key_new(), id, rev, AID_RATE_CIVIL, v);
	case AID_PAY: return aid_subsidy_pay(ctx, idem_key_new(), id, rev, TEXT("演示凭证1"), v);
	case AID_ARCHIVE: return aid_archive(ctx, idem_key_new(), id, rev, words, v);
	default: return RC_INTERNAL;
	}
}

static int
who_takes(enum aid_step step)
{
	switch ((int)step) {
	case AID_ACCEPT: case AID_AGREE: case AID_REPORT: case AID_CLOSE: return LAWYER;
	case AID_CHANGE_ALLOW: case AID_CHANGE_DENY: case AID_SUBSIDY: case AID_GRANT: case AID_REFUSE: case AID_TERMINATE: return CHIEF;
	case AID_UPHOLD: case AID_CORRECT: return BUREAU;
	default: return EXAMINER;
	}
}

static enum rc
take_at(struct stage *f, int64_t id, int64_t rev, enum aid_step step, int64_t provider)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who_takes(step), &a);
	struct case_id c = { id };
	enum aid_lawyer_why why;
	struct aid_verdict v;
	enum rc rc;

	ctx.mem = arena_create(32 << 20);
	if (step == AID_ASSIGN)
		rc = aid_assign(&ctx, idem_key_new(), &(struct aid_assign){ .id = c, .revision = rev, .provider = provider,
		    .words = TEXT("方便见面。") }, &v, &why);
	else if (step == AID_GRANT || step == AID_REFUSE || step == AID_TERMINATE || step == AID_UPHOLD || step == AID_CORRECT
	    || step == AID_OBJECT)
		rc = decision_step(&ctx, c, rev, step, &v);
	else
		rc = work_step(&ctx, c, rev, step, &v);
	arena_free(ctx.mem);
	return rc;
}

static enum rc
take_of(struct stage *f, int64_t id, enum aid_step step, int64_t provider)
{
	return take_at(f, id, revision(f, id), step, provider);
}

static void
take(struct stage *f, int64_t id, enum aid_step step)
{
	assert_int_equal(take_of(f, id, step, PROVIDER_ONE), RC_OK);
}

static void
take_all(struct stage *f, int64_t id, const enum aid_step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++)
		take(f, id, steps[i]);
}

static int64_t
examined_as(struct stage *f, const struct aid_form *form)
{
	struct aid_verdict v;
	int64_t id = applied(f, form);

	assert_int_equal(examine(f, EXAMINER, id, form, &v), RC_OK);
	return id;
}

#define TAKE(f, id, ...) take_all(f, id, (const enum aid_step[]){ __VA_ARGS__ }, \
	sizeof (const enum aid_step[]){ __VA_ARGS__ } / sizeof(enum aid_step))

/* ---- what came of it ------------------------------------------------------------------------------------------------ */

static int64_t
owed_n(struct stage *f, const char *kind)
{
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM paper_owed WHERE city = $1 AND paper IS NULL AND kind LIKE '%s'", kind);
	return stage_int(f, sql);
}

static int64_t
issued_n(struct stage *f, const char *kind)
{
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM paper WHERE city = $1 AND kind LIKE '%s'", kind);
	return stage_int(f, sql);
}

static void
set_all(struct stage *f, int64_t want)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = 0;

	assert_int_equal(aid_papers_due(&ctx, 30, &n), RC_OK);
	if (n != want)
		fail_msg("%d papers were set, not %d; owed: %d", (int)n, (int)want, (int)owed_n(f, "%"));
}

struct opened { const char *kind; int64_t id; struct text sealed, number; };

static enum rc
open_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	static const struct db_stmt last = { "test.owed_facts", DB_CITY,
		"SELECT id, facts, number FROM paper WHERE city = $1 AND kind = $2 ORDER BY id DESC LIMIT 1", 0 };
	struct opened *o = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &last, ARGS(db_text(text_of(o->kind))), &row);

	if (rc == RC_OK)
		*o = (struct opened){ .kind = o->kind, .id = rows_int(row, 0), .sealed = rows_copy(row, 1), .number = rows_copy(row, 2) };
	return rc;
}

/* The newest of that kind says each of these lines; and it prints. */
static void
assert_paper(struct stage *f, int64_t request, const char *kind, const char *const *lines, size_t n)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct opened o = { .kind = kind };
	struct text plain = TEXT_NONE, why;
	struct buf out;

	assert_int_equal(db_read(&ctx, open_tx, &o), RC_OK);
	assert_int_equal(crypt_unseal(ctx.crypt, ctx.mem, o.sealed, crypt_context(ctx.mem, "paper.facts", STAGE_CITY, o.id), &plain), RC_OK);
	plain = arena_format(ctx.mem, "\n%.*s", (int)plain.n, plain.p);
	for (size_t i = 0; i < n; i++)
		if (strstr(plain.p, arena_format(ctx.mem, "\n%s\n", lines[i]).p) == NULL)
			fail_msg("%s does not say \"%s\":%s", kind, lines[i], plain.p);
	buf_init(&out, 16 << 20);
	assert_int_equal(paper_print(&ctx, (struct case_id){ request }, o.id, &out, &why), RC_OK);
	assert_true(out.n > 10000);
	buf_free(&out);
}
#define SAYS(f, id, kind, ...) assert_paper(f, id, kind, (const char *const[]){ __VA_ARGS__ }, \
	sizeof (const char *const[]){ __VA_ARGS__ } / sizeof(char *))

/* ---- each of them ------------------------------------------------------------------------------------------------------- */

static void
rate_known(struct stage *f)
{
	stage_raw(f, "INSERT INTO aid_rate (city, kind, from_day, fen, source, account, at_ms) VALUES (3205, 1, 20000, 180000, '演示补贴标准', 1, 1)");
}

static void
a_closed_case_has_its_report_and_a_subsidy_its_table(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	int64_t id;

	aid_city(f);
	rate_known(f);
	id = examined_as(f, &form);
	TAKE(f, id, AID_GRANT, AID_ASSIGN, AID_ACCEPT, AID_AGREE, AID_REPORT, AID_REPORT);
	assert_int_equal(owed_n(f, "%"), 0);                       /* no organ: no letter */
	TAKE(f, id, AID_CLOSE);
	assert_int_equal(owed_n(f, "legalaid.closing"), 1);
	set_all(f, 1);
	SAYS(f, id, "legalaid.closing", "lawyer=律师311", "firm=演示0所", "closed=2026-06-30", "assigned=2026-06-30", "meetings=2", "hearings=0",
	    "outcome=仲裁裁决", "gained=1800000", "work=裁决支付工资。", "cause=请求支付劳动报酬", "form=民事、行政案件代理");
	TAKE(f, id, AID_FILE, AID_FILE_PASS, AID_SUBSIDY);
	set_all(f, 1);
	SAYS(f, id, "legalaid.subsidy", "total=180000", "items[0].amount=180000", "standard=演示补贴标准（自2024年10月4日起）",
	    "handler=examiner", "approver=chief", "closed=2026-06-30", "reviewed=2026-06-30");
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1 AND account = 0"), 0); /* in the name of who took the step */
	assert_int_equal(problems(f), 0);
}

static void
the_aided_person_reads_who_comes_instead_or_why_nobody(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	int64_t id;

	aid_city(f);
	id = examined_as(f, &form);
	TAKE(f, id, AID_GRANT, AID_ASSIGN, AID_ACCEPT, AID_AGREE, AID_CHANGE_ASK, AID_CHANGE_DENY);
	set_all(f, 1);
	SAYS(f, id, "legalaid.change", "former=律师311", "reason=核实了联系记录。", "asked=2026-06-30");
	TAKE(f, id, AID_CHANGE_ASK, AID_CHANGE_ALLOW);
	assert_int_equal(owed_n(f, "%"), 0);                       /* nobody comes yet */
	assert_int_equal(take_of(f, id, AID_ASSIGN, PROVIDER_OTHER), RC_OK);
	set_all(f, 1);
	SAYS(f, id, "legalaid.change", "former=律师311", "lawyer=律师313", "firm=演示1所", "reason=核实了联系记录。");
	assert_int_equal(issued_n(f, "legalaid.change"), 2);
	assert_int_equal(problems(f), 0);
}

static void
the_organ_is_told_who_acts_and_who_defends(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	int64_t id;

	aid_city(f);
	form.organ = TEXT("演示区劳动人事争议仲裁委员会");
	id = examined_as(f, &form);
	TAKE(f, id, AID_GRANT, AID_ASSIGN);
	set_all(f, 1);
	SAYS(f, id, "legalaid.letter", "recipient=演示区劳动人事争议仲裁委员会", "lawyer=律师311", "licence=L-311", "role=代理人", "applicant=沈演示");
	form = (struct aid_form){ .kind = AID_DESIGNATED, .designation = AID_D_ORDINARY, .income = -1, .own_income = -1,
		.limit_day = DAY_NONE, .found_day = DAY_NONE, .organ = TEXT("演示区人民法院"), .notice = TEXT("（2026）演示通援字1号"),
		.confirmed = AID_BY_NOTICE };
	id = examined_as(f, &form);
	TAKE(f, id, AID_GRANT, AID_ASSIGN);
	set_all(f, 1);
	SAYS(f, id, "legalaid.defence", "recipient=演示区人民法院", "notice=（2026）演示通援字1号", "basis=第二十五条第二款", "defendant=沈演示",
	    "notified=2026-06-30");
	assert_int_equal(problems(f), 0);
}

/* Somebody detained applied in the town: whoever had it writes the letter that passes it on (Art. 39). */
static void
a_detained_person_s_application_goes_with_a_letter(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct actor a;
	struct ctx ctx;
	int64_t id;

	aid_city(f);
	form.kind = AID_ACCUSED;
	form.matter = AID_MATTER_NONE;
	form.detained = true;
	form.organ = TEXT("演示区公安分局");
	id = applied_by(f, CLERK, &form, "", RC_OK);
	assert_int_equal(owed_n(f, "%"), 0);
	ctx = aid_ctx(f, CHIEF, &a);
	assert_int_equal(dispatch_assign(&ctx, idem_key_new(), &(struct dispatch_assign){ .id = { id }, .revision = revision(f, id),
	    .to_account = EXAMINER, .reason = TEXT("由法律援助机构审查") }), RC_OK);
	assert_int_equal(owed_n(f, "legalaid.forward"), 1);
	set_all(f, 1);
	SAYS(f, id, "legalaid.forward", "issuer=point 202", "recipient=point 203", "applicant=沈演示", "organ=演示区公安分局",
	    "materials[0]=法律援助申请表", "clerk=clerk");
	assert_int_equal(due_of(f, id, TARGET_PASS_ON), 0);
	assert_int_equal(problems(f), 0);
}

/* What the case lacks is told and waited for; the button does not make it up. */
static void
what_lacks_a_fact_waits(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct actor a;
	struct text why;
	struct ctx ctx;
	int64_t id;

	aid_city(f);
	id = examined_as(f, &form);
	TAKE(f, id, AID_GRANT, AID_ASSIGN, AID_ACCEPT, AID_AGREE, AID_CLOSE);
	stage_raw(f, "UPDATE aid_closing SET words = '' WHERE city = 3205");
	set_all(f, 0);
	assert_int_equal(owed_n(f, "legalaid.closing"), 1);
	assert_int_equal(stage_int(f, "SELECT tries FROM paper_owed WHERE city = $1"), 1);
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_paper_set(&ctx, (struct case_id){ id }, stage_int(f, "SELECT id FROM paper_owed WHERE city = $1"), true, &why), RC_INVALID);
	assert_string_equal(why.p, "work: missing");
	stage_raw(f, "UPDATE aid_closing SET words = '裁决支付工资。' WHERE city = 3205");
	set_all(f, 0);                                             /* not before it is tried again */
	stage_now_ms += 700000;
	set_all(f, 1);
	assert_int_equal(problems(f), 0);
}

/* ---- a database that fails ------------------------------------------------------------------------------------------------ */

#define PAPERS "(SELECT COUNT(*) FROM paper WHERE city = $1) + (SELECT COUNT(*) FROM paper_owed WHERE city = $1)"

static int64_t
revision_kept(struct stage *f, int64_t id)
{
	char sql[160];

	snprintf(sql, sizeof sql, "SELECT revision FROM aid WHERE city = $1 AND request = %lld", (long long)id);
	return stage_int(f, sql);
}

/* Every n-th call fails: neither the step nor its paper nor its debt; then all of them. */
static void
sweep(struct stage *f, int64_t id, enum aid_step step)
{
	int64_t before = stage_int(f, "SELECT " PAPERS), kept = revision_kept(f, id), rev = revision(f, id), n = 1;
	enum rc rc = RC_UNAVAILABLE;

	for (; rc != RC_OK && n < 400; n += 1 + n / 12) {
		db_fail_after(f->db, n);
		rc = take_at(f, id, rev, step, PROVIDER_ONE);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_UNAVAILABLE);
		assert_int_equal(stage_int(f, "SELECT " PAPERS), before);
		assert_int_equal(revision_kept(f, id), kept);
	}
	assert_int_equal(rc, RC_OK);
	assert_int_equal(stage_int(f, "SELECT " PAPERS), before + 1);
	assert_true(revision_kept(f, id) > kept);
}

static void
step_and_paper_are_there_together_or_not_at_all(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	enum rc rc = RC_UNAVAILABLE;
	int64_t id, made = 0;
	struct ctx ctx;

	aid_city(f);
	rate_known(f);
	id = examined_as(f, &form);
	sweep(f, id, AID_GRANT);
	sweep(f, id, AID_ASSIGN);
	TAKE(f, id, AID_ACCEPT, AID_AGREE, AID_CHANGE_ASK);
	sweep(f, id, AID_CHANGE_DENY);
	sweep(f, id, AID_CLOSE);
	TAKE(f, id, AID_FILE, AID_FILE_PASS);
	sweep(f, id, AID_SUBSIDY);
	id = examined_as(f, &form);
	sweep(f, id, AID_REFUSE);
	take(f, id, AID_OBJECT);
	sweep(f, id, AID_CORRECT);
	sweep(f, id, AID_GRANT);
	sweep(f, id, AID_TERMINATE);
	take(f, id, AID_OBJECT);
	sweep(f, id, AID_UPHOLD);
	for (int64_t n = 1; n < 60 && rc != RC_OK; n++) { /* and setting what is owed */
		ctx = ctx_as(f, &f->system);
		db_fail_after(f->db, n);
		rc = aid_papers_due(&ctx, 30, &made);
		db_fail_after(f->db, 0);
	}
	set_all(f, owed_n(f, "%"));
	assert_int_equal(owed_n(f, "%"), 0);
	assert_int_equal(problems(f), 0);
}

/* ---- verify -------------------------------------------------------------------------------------------------------- */

#define NOTICE_ORGAN TEXT("演示区人民法院")

/* One case at each place that a fault is planted in. */
enum { ARCHIVED, REFUSED, APPLIED, GRANTED, ASSIGNED, NOTICED, PLACES };

static void
places_make(struct stage *f, int64_t ids[static PLACES])
{
	struct aid_form form = migrant();
	struct findings findings = { .n = 0 };
	struct intake_receipt r = { .id = 0 };
	struct day none = DAY_NONE;
	struct actor a;
	struct ctx ctx;

	aid_city(f);
	rate_known(f);
	for (int i = ARCHIVED; i <= ASSIGNED; i++)
		ids[i] = i == APPLIED ? applied(f, &form) : examined_as(f, &form);
	TAKE(f, ids[ARCHIVED], AID_GRANT, AID_ASSIGN, AID_ACCEPT, AID_AGREE, AID_CLOSE, AID_FILE, AID_FILE_PASS, AID_SUBSIDY, AID_PAY, AID_ARCHIVE);
	TAKE(f, ids[REFUSED], AID_REFUSE);
	TAKE(f, ids[GRANTED], AID_GRANT);
	TAKE(f, ids[ASSIGNED], AID_GRANT, AID_ASSIGN);
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_notice_take(&ctx, idem_key_new(), &(struct aid_notice_new){ .organ_kind = AID_COURT, .stage = AID_FIRST_INSTANCE,
	    .ground = AID_D_ORDINARY, .organ = NOTICE_ORGAN, .notice = TEXT("无编号"), .offence = TEXT("盗窃"), .found = none,
	    .received = day_of_moment(stage_now_ms), .hearing = none, .name = TEXT("韩演示"), .place = { TOWN } }, &findings, &r), RC_OK);
	ids[NOTICED] = r.id;
	set_all(f, 2);
}

/* "#2": the id of that place. */
static const char *
sql_of(struct stage *f, const char *sql, const int64_t *ids)
{
	struct text t = TEXT_NONE;

	for (const char *p = sql; *p != '\0'; p++) {
		if (p[0] == '#')
			t = arena_format(f->mem, "%.*s%lld", (int)t.n, t.p, (long long)ids[*++p - '0']);
		else
			t = arena_format(f->mem, "%.*s%c", (int)t.n, t.p, *p);
	}
	return t.p;
}

static bool
finds(struct stage *f, const char *check)
{
	struct app app = { .db = f->db, .crypt = story_keys, .conf = { .city = STAGE_CITY, .state = story_state } };
	struct buf out;
	int64_t n = 0;
	bool found;

	buf_init(&out, 1 << 20);
	assert_int_equal(verify_run(&app, f->mem, false, &out, &n), RC_OK);
	found = n > 0 && strstr(arena_text(f->mem, buf_text(&out)).p, arena_format(f->mem, "BAD  %s:", check).p) != NULL;
	buf_free(&out);
	return found;
}

static void
every_check_of_aid_and_papers_finds_its_fault(void **state)
{
	static const struct { const char *check, *plant, *mend; } v[] = {
		{ "legal aid belongs to requests of its matter", "UPDATE request SET matter = 'consult' WHERE city = 3205 AND id = #2",
		  "UPDATE request SET matter = 'legal-aid' WHERE city = 3205 AND id = #2" },
		{ "legal aid has ended when its request has, and only then", "UPDATE aid SET state = 93 WHERE city = 3205 AND request = #2",
		  "UPDATE aid SET state = 10 WHERE city = 3205 AND request = #2" },
		{ "an application has its form, confirmed", "UPDATE aid SET confirmed = 0 WHERE city = 3205 AND request = #2",
		  "UPDATE aid SET confirmed = 2 WHERE city = 3205 AND request = #2" },
		{ "every application's time to decide runs, or was met by the decision", "UPDATE case_clock SET met_ms = 1 WHERE city = 3205"
		  " AND request = #2 AND target = 4", "UPDATE case_clock SET met_ms = NULL WHERE city = 3205 AND request = #2 AND target = 4" },
		{ "who was granted aid and has nobody yet has a clock running", "UPDATE case_clock SET met_ms = 1 WHERE city = 3205"
		  " AND request = #3 AND target = 5", "UPDATE case_clock SET met_ms = NULL WHERE city = 3205 AND request = #3 AND target = 5" },
		{ "what stands decided has a decision", "UPDATE aid_decision SET kind = 4 WHERE city = 3205 AND request = #1",
		  "UPDATE aid_decision SET kind = 2 WHERE city = 3205 AND request = #1" },
		{ "nobody decided what they recorded or examined", "UPDATE aid SET examined_by = 105 WHERE city = 3205 AND request = #1",
		  "UPDATE aid SET examined_by = 151 WHERE city = 3205 AND request = #1" },
		{ "refusals have grounds and words, deviations from advice too", "UPDATE aid_decision SET grounds = 0 WHERE city = 3205 AND request = #1",
		  "UPDATE aid_decision SET grounds = 1 WHERE city = 3205 AND request = #1" },
		{ "decisions name the verdict of the rules they were made with", "UPDATE aid_decision SET judged = judged + 7 WHERE city = 3205"
		  " AND request = #1", "UPDATE aid_decision SET judged = judged - 7 WHERE city = 3205 AND request = #1" },
		{ "who has a lawyer has one", "UPDATE aid_assignment SET state = 51 WHERE city = 3205 AND request = #4",
		  "UPDATE aid_assignment SET state = 10 WHERE city = 3205 AND request = #4" },
		{ "subsidies belong to assignments, and who approved does not pay", "UPDATE aid_subsidy SET paid_by = approved_by WHERE city = 3205",
		  "UPDATE aid_subsidy SET paid_by = 151 WHERE city = 3205" },
		{ "what is archived has its number", "UPDATE aid SET archive_number = 'D-1' WHERE city = 3205 AND request = #1",
		  "UPDATE aid SET archive_number = NULL WHERE city = 3205 AND request = #1" },
		{ "a notice opens a case of its kind, assigned in its own time, never refused", "UPDATE aid_notice SET withdrawn_ms = 1 WHERE city = 3205",
		  "UPDATE aid_notice SET withdrawn_ms = NULL WHERE city = 3205" },
		{ "a notice opens a case of its kind, assigned in its own time, never refused", "UPDATE aid SET kind = 1 WHERE city = 3205 AND request = #5",
		  "UPDATE aid SET kind = 5 WHERE city = 3205 AND request = #5" },
		{ "the gravest cases went to lawyers of three years' practice", "UPDATE aid SET years = 30 WHERE city = 3205 AND request = #4",
		  "UPDATE aid SET years = 0 WHERE city = 3205 AND request = #4" },
		{ "no case of legal aid is without a running or finished clock", "UPDATE case_clock SET met_ms = 1 WHERE city = 3205 AND request = #2"
		  " AND met_ms IS NULL", "UPDATE case_clock SET met_ms = NULL WHERE city = 3205 AND request = #2 AND met_ms = 1" },
		{ "no case of legal aid is without a running or finished clock", "UPDATE case_clock SET request = request + 1 WHERE city = 3205"
		  " AND request = #1", "UPDATE case_clock SET request = request - 1 WHERE city = 3205 AND request = #1 + 1" },
		{ "every state of legal aid was reached by allowed steps", "UPDATE event SET data = 'aid=10>80' WHERE city = 3205 AND request = #1"
		  " AND kind = 'aid.refuse'", "UPDATE event SET data = 'aid=20>80' WHERE city = 3205 AND request = #1 AND kind = 'aid.refuse'" },
		{ "numbers of papers have no gaps", "UPDATE paper_series SET taken = taken + 1 WHERE city = 3205 AND series = '援决'",
		  "UPDATE paper_series SET taken = taken - 1 WHERE city = 3205 AND series = '援决'" },
		{ "papers have a number of their series", "UPDATE paper SET seq = 0 WHERE city = 3205 AND kind = 'legalaid.refuse'",
		  "UPDATE paper SET seq = 1 WHERE city = 3205 AND kind = 'legalaid.refuse'" },
		{ "papers belong to requests and templates", "UPDATE paper SET template = 'x' WHERE city = 3205 AND kind = 'legalaid.refuse'",
		  "UPDATE paper SET template = (SELECT t.hash FROM paper_template t WHERE t.city = 3205 AND t.kind = 'legalaid.refuse')"
		  " WHERE city = 3205 AND kind = 'legalaid.refuse'" },
		{ "voided papers say why", "UPDATE paper SET void_ms = at_ms WHERE city = 3205 AND kind = 'legalaid.refuse'",
		  "UPDATE paper SET void_ms = NULL WHERE city = 3205 AND kind = 'legalaid.refuse'" },
		{ "papers that were made are kept as they were made", "UPDATE paper SET digest = 'x' WHERE city = 3205 AND kind = 'legalaid.refuse'",
		  "UPDATE paper SET digest = NULL WHERE city = 3205 AND kind = 'legalaid.refuse'" },
		{ "kept prints belong to papers", "INSERT INTO paper_bytes (city, id, bytes) SELECT 3205, 5, facts FROM paper WHERE city = 3205"
		  " AND kind = 'legalaid.refuse'", "DELETE FROM paper_bytes WHERE city = 3205 AND id = 5" },
		{ "papers that were owed became what their step owed, not before it", "UPDATE paper_owed SET at_ms = at_ms + 86400000 WHERE city = 3205",
		  "UPDATE paper_owed SET at_ms = at_ms - 86400000 WHERE city = 3205" },
		{ "steps whose paper could not be set owe it", "UPDATE event SET data = 'aid=20>80\npaper=missing' WHERE city = 3205"
		  " AND request = #1 AND kind = 'aid.refuse'", "UPDATE event SET data = 'aid=20>80' WHERE city = 3205 AND request = #1"
		  " AND kind = 'aid.refuse'" },
	};
	struct stage *f = *state;
	int64_t ids[PLACES];

	places_make(f, ids);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		stage_raw(f, sql_of(f, v[i].plant, ids));
		if (!finds(f, v[i].check))
			fail_msg("not found: %s", v[i].plant);
		stage_raw(f, sql_of(f, v[i].mend, ids));
		if (problems(f) != 0)
			fail_msg("not mended: %s", v[i].mend);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_closed_case_has_its_report_and_a_subsidy_its_table),
		cmocka_unit_test(the_aided_person_reads_who_comes_instead_or_why_nobody),
		cmocka_unit_test(the_organ_is_told_who_acts_and_who_defends),
		cmocka_unit_test(a_detained_person_s_application_goes_with_a_letter),
		cmocka_unit_test(what_lacks_a_fact_waits),
		cmocka_unit_test(step_and_paper_are_there_together_or_not_at_all),
		cmocka_unit_test(every_check_of_aid_and_papers_finds_its_fault),
	};
	int failed = stage_main("story_aid_owed", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
