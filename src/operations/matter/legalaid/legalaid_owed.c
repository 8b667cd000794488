/*
 * Papers that follow a step: the step owes them in its own transaction (aid_take), and they are set right after it from what
 * the case holds.  Here also what a step wanted to issue with itself and no font could print.
 */
#include "operations/matter/legalaid/legalaid_gather_internal.h"
#include "operations/matter/legalaid/legalaid_notice.h"

#include <string.h>

/* ---- which ---------------------------------------------------------------------------------------------- */

/* To the organ that handles the case: who defends (Art. 36), or who acts for the aided person. */
static const char *
letter_of(const struct aid_form *f)
{
	if (text_is_empty(f->organ))
		return NULL;
	return f->kind == AID_DESIGNATED || f->kind == AID_COMPULSORY ? "legalaid.defence" : "legalaid.letter";
}

static enum rc
assign_owes(struct tx *tx, const struct actor *actor, const struct aid_work *w)
{
	const char *letter = letter_of(&w->a.form);
	int64_t changed = 0;
	enum rc rc = tx_int(tx, actor, &aid_run_q[R_CHANGED_LAST], ARGS(db_int(w->r.id.n)), &changed);

	if (rc == RC_OK && changed > 0)
		rc = paper_owe_kind(tx, actor, "legalaid.change", w->r.id);
	return rc == RC_OK && letter != NULL ? paper_owe_kind(tx, actor, letter, w->r.id) : rc;
}

enum rc
aid_step_owes(struct tx *tx, const struct actor *actor, const struct aid_work *w)
{
	switch ((int)w->edge->step) {
	case AID_CLOSE: return paper_owe_kind(tx, actor, "legalaid.closing", w->r.id);
	case AID_SUBSIDY: return paper_owe_kind(tx, actor, "legalaid.subsidy", w->r.id);
	case AID_CHANGE_DENY: return paper_owe_kind(tx, actor, "legalaid.change", w->r.id);
	case AID_ASSIGN: return w->goes_on ? RC_OK : assign_owes(tx, actor, w);
	default: return RC_OK;
	}
}

enum rc
aid_pass_on_owes(struct tx *tx, const struct actor *actor, const struct request *r)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &aid_q[Q_PASS_ON_RUNS], ARGS(db_int(r->id.n), db_int(TARGET_PASS_ON)), &n);

	return rc == RC_OK && n > 0 ? paper_owe_kind(tx, actor, "legalaid.forward", r->id) : rc;
}

/* ---- what they say ---------------------------------------------------------------------------------------- */

#define ROWS_MAX 60

struct told {
	struct gathered g;
	struct paper_owed owed;
	struct aid_assignment assignments[ROWS_MAX];
	struct aid_report reports[ROWS_MAX];
	struct aid_change changes[ROWS_MAX];
	struct aid_subsidy subsidies[ROWS_MAX];
	struct aid_file files[ROWS_MAX];
	struct attachment papers[UPLOADS_PER_REQUEST];
	struct aid_closing closing;
	struct aid_decision decisions[AID_DECISIONS_MAX];
	size_t n_assignments, n_reports, n_changes, n_subsidies, n_files, n_papers, n_decisions;
	bool has_closing, has_supplement, has_notice;
	struct aid_supplement supplement;
	struct aid_notice notice;
	struct aid_brought brought[AID_PAPERS_MAX];
	size_t n_brought;
	struct text from_point, from_phone, from_name; /* where it was before the institution had it */
	struct place from_place;
	int64_t received_ms;
};

static enum rc
work_read(struct tx *tx, const struct actor *actor, struct told *t)
{
	struct case_id id = t->g.id;
	enum rc rc = aid_assignments(tx, actor, id, t->assignments, ROWS_MAX, &t->n_assignments);

	if (rc == RC_OK)
		rc = aid_reports(tx, actor, id, t->reports, ROWS_MAX, &t->n_reports);
	if (rc == RC_OK)
		rc = aid_changes(tx, actor, id, t->changes, ROWS_MAX, &t->n_changes);
	if (rc == RC_OK)
		rc = aid_subsidies(tx, actor, id, t->subsidies, ROWS_MAX, &t->n_subsidies);
	if (rc == RC_OK)
		rc = aid_files(tx, actor, id, t->files, ROWS_MAX, &t->n_files);
	if (rc == RC_OK)
		rc = aid_decisions(tx, actor, id, t->decisions, AID_DECISIONS_MAX, &t->n_decisions);
	if (rc == RC_OK)
		rc = request_attachments(tx, actor, id, t->papers, UPLOADS_PER_REQUEST, &t->n_papers);
	if (rc == RC_OK)
		rc = aid_brought_list(tx, actor, id, t->brought, AID_PAPERS_MAX, &t->n_brought);
	return rc;
}

/* Rows that a case may have, one of each. */
static enum rc
rows_read(struct tx *tx, const struct actor *actor, struct told *t)
{
	struct case_id id = t->g.id;
	enum rc rc = aid_closing_load(tx, actor, id, &t->closing);

	t->has_closing = rc == RC_OK;
	if (rc == RC_OK || rc == RC_NOT_FOUND) {
		rc = aid_supplement_load(tx, actor, id, &t->supplement);
		t->has_supplement = rc == RC_OK;
	}
	if (rc == RC_OK || rc == RC_NOT_FOUND) {
		rc = aid_notice_load(tx, actor, id, &t->notice);
		t->has_notice = rc == RC_OK;
	}
	return none_is_fine(rc);
}

/* Who held it last before the institution. */
static enum rc
sender_read(struct tx *tx, const struct actor *actor, struct told *t)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city }; /* the case was loaded by its rights */
	ROWS row = NULL;
	enum rc rc = tx_one(tx, &system, &aid_q[Q_SENDER], ARGS(db_int(t->g.id.n), db_int(t->owed.at_ms)), &row);

	if (rc != RC_OK)
		return none_is_fine(rc);
	t->from_point = rows_copy(row, 0);
	t->from_phone = rows_copy(row, 1);
	t->from_place = (struct place){ rows_int(row, 2) };
	t->from_name = rows_copy(row, 3);
	t->received_ms = rows_int(row, 4);
	return RC_OK;
}

static enum rc
told_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct told *t = argument;
	enum rc rc = gather_tx(tx, actor, &t->g);

	if (rc == RC_OK)
		rc = work_read(tx, actor, t);
	if (rc == RC_OK)
		rc = rows_read(tx, actor, t);
	if (rc == RC_OK)
		rc = sender_read(tx, actor, t);
	/* last: of the lawyer whose case it is or was */
	return rc == RC_OK && t->n_assignments > 0
	    ? provider_load(tx, actor, t->assignments[t->n_assignments - 1].provider, &t->g.provider) : rc;
}

/* The last assignment; one that is empty where there is none. */
static const struct aid_assignment *
last_of(const struct told *t)
{
	static const struct aid_assignment none = { .name = { "", 0 }, .firm_name = { "", 0 }, .firm_phone = { "", 0 } };

	return t->n_assignments > 0 ? &t->assignments[t->n_assignments - 1] : &none;
}

static struct text
form_said(const struct told *t)
{
	struct text form = form_of(&t->g);

	return form.n > 0 ? form : TEXT("民事、行政案件代理");
}

static int
reports_of(const struct told *t, int kind)
{
	int n = 0;

	for (size_t i = 0; i < t->n_reports; i++)
		n += t->reports[i].kind == kind;
	return n;
}

static void
say_lawyer(struct paper_facts *f, const struct told *t)
{
	paper_say(f, "lawyer", last_of(t)->name);
	paper_say(f, "firm", last_of(t)->firm_name);
}

static void
closing_say(struct paper_facts *f, const struct told *t)
{
	const struct aid_closing *c = &t->closing;

	say_lawyer(f, t);
	paper_say(f, "form", form_said(t));
	paper_say_day(f, "assigned", day_of_moment(last_of(t)->at_ms));
	paper_say(f, "organ", t->g.a.form.organ);
	paper_say_int(f, "meetings", reports_of(t, AID_R_MEETING));
	paper_say_int(f, "hearings", reports_of(t, AID_R_HEARING));
	for (size_t i = 0; i < t->n_papers; i++)
		paper_say_item(f, "files", (int)i, "", t->papers[i].name);
	if (!t->has_closing)
		return;
	paper_say_day(f, "closed", c->day);
	paper_say(f, "outcome", text_of(aid_choice_label(aid_way_choices, c->way)));
	paper_say(f, "result", text_of(aid_choice_label(aid_result_choices, c->result)));
	if (c->recovered > 0)
		paper_say_fen(f, "gained", (struct fen){ c->recovered });
	paper_say(f, "work", c->words);
}

/* The day the work ended: of the report, or of the termination. */
static struct day
ended_day(const struct told *t)
{
	struct day d = DAY_NONE;

	if (t->has_closing)
		return t->closing.day;
	for (size_t i = 0; i < t->n_decisions; i++)
		if (t->decisions[i].kind == AID_DECIDED_TERMINATE)
			d = day_of_moment(t->decisions[i].at_ms);
	return d;
}

static void
subsidy_say(struct paper_facts *f, const struct told *t)
{
	const struct aid_subsidy *s = t->n_subsidies > 0 ? &t->subsidies[t->n_subsidies - 1] : NULL;
	const struct aid_file *file = t->n_files > 0 ? &t->files[t->n_files - 1] : NULL;

	say_lawyer(f, t);
	paper_say_day(f, "closed", ended_day(t));
	if (file != NULL && file->reviewed_ms != 0) {
		paper_say_day(f, "reviewed", day_of_moment(file->reviewed_ms));
		paper_say(f, "handler", file->reviewed_name);
	}
	if (s == NULL)
		return;
	paper_say(f, "form", text_of(aid_choice_label(aid_rate_choices, s->kind)));
	paper_say_item(f, "items", 0, "name", text_of(aid_choice_label(aid_rate_choices, s->kind)));
	paper_say_item(f, "items", 0, "count", TEXT("1件"));
	paper_say_item(f, "items", 0, "amount", arena_format(f->mem, "%lld", (long long)s->fen));
	paper_say_fen(f, "total", (struct fen){ s->fen });
	paper_say(f, "standard", t->g.standard);
	paper_say(f, "approver", s->approved_name);
}

static void
change_say(struct paper_facts *f, const struct told *t)
{
	const struct aid_change *c = t->n_changes > 0 ? &t->changes[t->n_changes - 1] : NULL;
	const struct aid_assignment *now = last_of(t);

	if (c == NULL)
		return;
	paper_say_day(f, "asked", day_of_moment(c->asked_ms));
	paper_say(f, "reason", c->decided_words);
	if (!c->granted) {
		paper_say(f, "former", now->name);
		return;
	}
	if (t->n_assignments > 1)
		paper_say(f, "former", t->assignments[t->n_assignments - 2].name);
	say_lawyer(f, t);
	paper_say(f, "lawyer_phone", now->firm_phone);
}

static void
letter_say(struct paper_facts *f, const struct told *t)
{
	bool defends = t->g.a.form.kind == AID_ACCUSED;

	say_lawyer(f, t);
	paper_say(f, "recipient", t->g.a.form.organ);
	paper_say(f, "licence", t->g.provider.licence);
	paper_say(f, "lawyer_phone", last_of(t)->firm_phone);
	paper_say(f, "role", defends ? TEXT("辩护人") : TEXT("代理人"));
	paper_say(f, "clerk", t->g.r.holder_name);
}

static struct text
defence_basis(const struct aid_form *f)
{
	if (f->kind == AID_COMPULSORY)
		return TEXT("第二十八条");
	return f->designation == AID_D_ORDINARY ? TEXT("第二十五条第二款") : TEXT("第二十五条第一款");
}

static void
defence_say(struct paper_facts *f, const struct told *t)
{
	const struct aid_form *form = &t->g.a.form;
	const struct provider *p = &t->g.provider;

	say_lawyer(f, t);
	paper_say(f, "recipient", form->organ);
	paper_say(f, "notice", form->notice.n > 0 ? form->notice : TEXT("通知辩护公函"));
	paper_say_day(f, "notified", t->has_notice ? t->notice.received : day_of_moment(t->g.a.applied_ms));
	paper_say(f, "defendant", t->g.r.person_name);
	paper_say(f, "basis", defence_basis(form));
	paper_say(f, "licence", p->licence);
	paper_say(f, "lawyer_phone", last_of(t)->firm_phone);
	if (form->gravest || form->designation == AID_D_GRAVEST || form->designation == AID_D_DEATH_REVIEW)
		paper_say(f, "years", arena_format(f->mem, "%d年%d月起执业", day_to_ymd(p->practice_from).year,
		    day_to_ymd(p->practice_from).month));
}

/* Sent by who held it before; to the institution that has it now. */
static void
forward_say(struct paper_facts *f, const struct told *t)
{
	paper_say(f, "issuer", t->from_point);
	paper_say(f, "recipient", t->g.r.holder_point_name);
	paper_say(f, "applicant", t->g.r.person_name);
	paper_say(f, "cause", cause_of(&t->g));
	paper_say_moment(f, "received", t->g.a.applied_ms);
	paper_say(f, "basis", TEXT("《中华人民共和国法律援助法》第三十九条"));
	paper_say(f, "organ", t->g.a.form.organ);
	paper_say_item(f, "materials", 0, "", TEXT("法律援助申请表"));
	for (size_t i = 0; i < t->n_papers; i++)
		paper_say_item(f, "materials", (int)i + 1, "", t->papers[i].name);
	paper_say(f, "clerk", t->from_name);
	paper_say(f, "phone", t->from_phone);
}

/* What was handed in at the counter. */
static void
received_say(struct paper_facts *f, const struct told *t)
{
	for (size_t i = 0; i < t->n_brought; i++) {
		const struct aid_brought *b = &t->brought[i];

		paper_say_item(f, "materials", (int)i, "name", b->name);
		paper_say_item(f, "materials", (int)i, "copies", arena_format(f->mem, "%d", b->copies));
		paper_say_item(f, "materials", (int)i, "kind", b->original ? TEXT("原件") : TEXT("复印件，原件已核对"));
	}
	paper_say_moment(f, "received", t->g.a.applied_ms);
	if (!t->has_supplement)
		paper_say(f, "complete", TEXT("是"));
	paper_say(f, "clerk", t->g.r.holder_name);
}

static void
supplement_say(struct paper_facts *f, const struct told *t)
{
	if (t->g.a.applied_ms != 0)
		paper_say_day(f, "applied", day_of_moment(t->g.a.applied_ms));
	for (size_t i = 0; t->has_supplement && i < t->supplement.n; i++)
		paper_say_item(f, "missing", (int)i, "", t->supplement.papers[i]);
	if (t->has_supplement) {
		paper_say(f, "words", t->supplement.words);
		paper_say_day(f, "due", t->supplement.until);
	}
	paper_say(f, "clerk", t->g.r.holder_name);
	paper_say(f, "where", where_of(f->mem, &t->g));
}

static const struct { const char *kind; void (*say)(struct paper_facts *f, const struct told *t); bool own; } builders[] = {
	{ "legalaid.closing", closing_say, false }, { "legalaid.subsidy", subsidy_say, false },
	{ "legalaid.change", change_say, false }, { "legalaid.letter", letter_say, false },
	{ "legalaid.defence", defence_say, false }, { "legalaid.forward", forward_say, true },
	{ "legalaid.received", received_say, false }, { "legalaid.supplement", supplement_say, false },
};

/* Those that declare neither phone nor applicant say less. */
static void
case_said(struct paper_facts *f, const struct told *t, struct text kind)
{
	paper_say(f, "issuer", t->g.r.holder_point_name);
	paper_say(f, "cause", cause_of(&t->g));
	if (!text_equals(kind, TEXT("legalaid.defence")))
		paper_say(f, "applicant", t->g.r.person_name);
	if (!text_equals(kind, TEXT("legalaid.closing")) && !text_equals(kind, TEXT("legalaid.subsidy")))
		paper_say(f, "phone", t->g.phone);
}

static enum rc
facts_gather(const struct told *t, struct paper_facts *f)
{
	for (size_t i = 0; i < sizeof builders / sizeof builders[0]; i++) {
		if (!text_equals(t->owed.kind, text_of(builders[i].kind)))
			continue;
		if (!builders[i].own)
			case_said(f, t, t->owed.kind);
		builders[i].say(f, t);
		return paper_facts_rc(f);
	}
	return RC_CORRUPT;
}

/* ---- setting one --------------------------------------------------------------------------------------------- */

struct pay_arg { struct paper_owed owed; struct paper_draft draft; struct place place; struct text why; bool later; struct paper_issued issued; };

static enum rc
pay_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pay_arg *arg = argument;

	return arg->later ? paper_owed_later(tx, actor, arg->owed.id, arg->why)
	    : paper_owed_issue(tx, actor, &arg->owed, &arg->draft, arg->place, &arg->issued);
}

static enum rc
facts_of(struct ctx *ctx, struct told *t, bool fill, struct paper_facts *f)
{
	enum rc rc = paper_owed_facts(ctx, &t->owed, fill, f);

	if (rc != RC_NOT_FOUND)
		return rc;
	paper_facts_init(f, ctx->mem);
	rc = facts_gather(t, f);
	return rc == RC_OK && fill ? paper_facts_fill(f) : rc;
}

/* RC_INVALID with *ret_why: it cannot be set yet, and is tried again later. */
static enum rc
owed_pay(struct ctx *ctx, const struct paper_owed *owed, bool fill, struct text *ret_why)
{
	struct told *t = ARENA_NEW(ctx->mem, struct told);
	struct pay_arg arg = { .owed = *owed, .why = TEXT_NONE };
	struct paper_facts f;
	char kind[64];
	enum rc rc;

	if (t == NULL || owed->kind.n >= sizeof kind)
		return t == NULL ? RC_NO_MEMORY : RC_CORRUPT;
	memcpy(kind, owed->kind.p, owed->kind.n);
	kind[owed->kind.n] = '\0';
	t->g = (struct gathered){ .id = owed->request, .crypt = ctx->crypt };
	t->owed = *owed;
	rc = db_read(ctx, told_tx, t);
	if (rc == RC_OK)
		rc = facts_of(ctx, t, fill, &f);
	arg.place = t->from_place.code != 0 && text_equals(owed->kind, TEXT("legalaid.forward")) ? t->from_place : t->g.place;
	if (rc == RC_OK)
		rc = paper_prepare(ctx, kind, &f, &arg.draft, &arg.why);
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	arg.later = rc == RC_INVALID;
	*ret_why = arg.why;
	rc = db_job(ctx, &(struct command){ .name = "aid.paper_owed", .fn = pay_tx, .arg = &arg });
	return rc == RC_OK && arg.later ? RC_INVALID : rc;
}

#define DUE_MAX 32
struct owed_read { struct case_id request; int64_t id; struct paper_owed v[DUE_MAX]; size_t most, n; };

static enum rc
due_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct owed_read *o = argument;

	return paper_owed_due(tx, actor, o->v, o->most, &o->n);
}

enum rc
aid_papers_due(struct ctx *ctx, size_t most, int64_t *ret_n)
{
	struct owed_read due = { .most = most < DUE_MAX ? most : DUE_MAX };
	enum rc rc = db_read(ctx, due_tx, &due);

	*ret_n = 0;
	for (size_t i = 0; rc == RC_OK && i < due.n; i++) {
		struct text why = TEXT_NONE;

		rc = owed_pay(ctx, &due.v[i], false, &why);
		*ret_n += rc == RC_OK;
		if (rc == RC_INVALID || rc == RC_CONFLICT) /* later; paid meanwhile */
			rc = RC_OK;
	}
	return rc;
}

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct owed_read *o = argument;
	struct request r;
	enum rc rc = request_load(tx, actor, o->request, &r);

	if (rc != RC_OK)
		return rc;
	return request_may_act(actor, &r) ? paper_owed_load(tx, actor, o->request, o->id, &o->v[0]) : RC_FORBIDDEN;
}

enum rc
aid_paper_set(struct ctx *ctx, struct case_id id, int64_t owed, bool fill, struct text *ret_why)
{
	struct owed_read one = { .request = id, .id = owed };
	enum rc rc = db_read(ctx, one_tx, &one);

	*ret_why = TEXT_NONE;
	return rc == RC_OK ? owed_pay(ctx, &one.v[0], fill, ret_why) : rc;
}
