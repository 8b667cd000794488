/* One step of a case: who takes it, what it moves, which limits it meets and starts. */
#include "operations/matter/legalaid/legalaid_internal.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "resources/identity/identity.h"

size_t
aid_words(struct text t)
{
	return utf8_length(text_trim(t));
}

/* ---- reading ----------------------------------------------------------------------------------------- */

static struct day
day_at(const struct rows *row, int col)
{
	struct day none = DAY_NONE, d = { (int32_t)rows_int(row, col) };

	return rows_is_null(row, col) ? none : d;
}

static int64_t
amount_at(const struct rows *row, int col)
{
	return rows_is_null(row, col) ? -1 : rows_int(row, col);
}

static void
read_form(const struct rows *row, struct aid_form *f)
{
	int c = 2;

	f->kind = (int)rows_int(row, c++);
	f->matter = (int)rows_int(row, c++);
	f->status = (int)rows_int(row, c++);
	f->proof = rows_int(row, c++) != 0;
	f->designation = (int)rows_int(row, c++);
	f->gravest = rows_int(row, c++) != 0;
	f->detained = rows_int(row, c++) != 0;
	f->minor = rows_int(row, c++) != 0;
	f->retrial = rows_int(row, c++) != 0;
	f->other_reason = rows_int(row, c++) != 0;
	f->own_counsel = rows_int(row, c++) != 0;
	f->opponent_home = rows_int(row, c++) != 0;
	f->household = rows_int(row, c++);
	f->income = amount_at(row, c++);
	f->own_income = amount_at(row, c++);
	f->commitment = rows_int(row, c++) != 0;
	f->limit_day = day_at(row, c++);
	f->preserve = rows_int(row, c++) != 0;
	f->organ = rows_copy(row, c++);
	f->notice = rows_copy(row, c++);
	f->found_day = day_at(row, c++);
	f->confirmed = (int)rows_int(row, c++);
}

static void
read_aid(const struct rows *row, struct case_id id, struct aid *a)
{
	int c = 24;

	*a = (struct aid){ .request = id, .state = (enum aid_state)rows_int(row, 0), .before = (enum aid_state)rows_int(row, 1) };
	read_form(row, &a->form);
	a->applied_ms = rows_int(row, c++);
	a->applied_by = rows_int(row, c++);
	a->advance_ms = rows_int(row, c++);
	a->advance_by = rows_int(row, c++);
	a->advance_words = rows_copy(row, c++);
	a->examined_ms = rows_int(row, c++);
	a->examined_by = rows_int(row, c++);
	a->examined_words = rows_copy(row, c++);
	a->judged = rows_int(row, c++);
	a->advised = (enum aid_advice)rows_int(row, c++);
	a->years = (int)rows_int(row, c++);
	a->number = rows_copy(row, c++);
	a->archive_number = rows_copy(row, c++);
	a->archived_ms = rows_int(row, c++);
	a->revision = rows_int(row, c++);
	a->applied_name = rows_copy(row, c++);
	a->examined_name = rows_copy(row, c++);
}

/* Whoever works on the case needs neither the household's money nor what was worked out of it (Art. 21). */
static void
means_leave_out(struct aid *a)
{
	a->form.household = 0;
	a->form.income = -1;
	a->form.own_income = -1;
	a->form.commitment = false;
	a->examined_ms = 0;
	a->examined_by = 0;
	a->examined_words = TEXT_NONE;
	a->judged = 0;
	a->advised = AID_ADVICE_NONE;
}

enum rc
aid_load(struct tx *tx, const struct actor *actor, struct case_id id, struct aid *ret)
{
	ROWS row = NULL;
	bool receipt = actor->kind == ACTOR_RECEIPT;
	enum rc rc = receipt ? tx_one(tx, actor, &aid_q[Q_LOAD_RECEIPT], NO_ARGS, &row)
	    : tx_one(tx, actor, &aid_q[Q_LOAD], ARGS(db_int(id.n)), &row);

	if (rc == RC_OK)
		read_aid(row, (struct case_id){ receipt ? actor->request : id.n }, ret);
	if (rc == RC_OK && actor->role == ROLE_PROVIDER)
		means_leave_out(ret);
	return rc;
}

/* ---- who ------------------------------------------------------------------------------------------------ */

/* The legal aid institution sits in the county's centre; decisions are made where it holds the case. */
static enum rc
at_institution(struct tx *tx, const struct actor *actor, const struct request *r, bool *ret)
{
	int64_t kind = 0;
	enum rc rc = tx_int(tx, actor, &aid_q[Q_POINT_KIND], ARGS(db_int(r->holder_point)), &kind);

	*ret = kind == TIER_COUNTY;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
worker_of(struct tx *tx, const struct actor *actor, const struct request *r, int64_t *ret)
{
	struct actor city = { .kind = ACTOR_SYSTEM, .city = actor->city }; /* asked for the resident, too */
	enum rc rc = tx_int(tx, &city, &aid_q[Q_WORKER], ARGS(db_int(r->id.n)), ret);

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
aid_sides(struct tx *tx, const struct actor *actor, const struct request *r, unsigned *ret)
{
	bool there = false;
	int64_t worker = 0;
	enum rc rc = RC_OK;

	*ret = 0;
	if (actor->kind == ACTOR_RECEIPT)
		*ret = AID_SIDE_APPLICANT;
	if (actor->kind == ACTOR_SYSTEM)
		*ret = AID_SIDE_PROGRAM | AID_SIDE_OFFICE;
	if (actor->kind != ACTOR_ACCOUNT)
		return RC_OK;
	if (request_may_act(actor, r) && actor->role != ROLE_PROVIDER)
		*ret |= AID_SIDE_OFFICE;
	if ((*ret & AID_SIDE_OFFICE) != 0 && actor_may(actor, RIGHT_AID_DECIDE))
		rc = at_institution(tx, actor, r, &there);
	if (rc == RC_OK && actor->role == ROLE_PROVIDER)
		rc = worker_of(tx, actor, r, &worker);
	if (there)
		*ret |= AID_SIDE_DECIDER;
	if (worker != 0 && worker == actor->account)
		*ret |= AID_SIDE_LAWYER;
	if (actor_may(actor, RIGHT_AID_REVIEW) && place_range_has(actor->places, r->place))
		*ret |= AID_SIDE_BUREAU;
	return rc;
}

/* ---- a step ------------------------------------------------------------------------------------------------- */

enum rc
aid_begin(struct tx *tx, const struct actor *actor, const struct aid_step_head *h, struct aid_work *w, struct aid_verdict *ret)
{
	struct aid_facts f;
	enum rc rc = actor->kind == ACTOR_RECEIPT ? request_load_receipt(tx, actor, &w->r) : request_load(tx, actor, h->id, &w->r);

	*ret = (struct aid_verdict){ .why = AID_MAY, .basis = "" };
	if (rc != RC_OK)
		return rc;
	if (w->r.revision != h->revision || !request_is_open(w->r.state))
		return RC_CONFLICT;
	rc = aid_load(tx, actor, w->r.id, &w->a);
	if (rc == RC_OK)
		rc = aid_sides(tx, actor, &w->r, &w->sides);
	if (rc != RC_OK)
		return rc;
	f = (struct aid_facts){ .state = w->a.state, .sides = w->sides, .accepted = w->r.state > REQUEST_RECEIVED,
		.advance = w->a.advance_ms != 0, .actor = actor->account, .recorded_by = w->a.applied_by,
		.examined_by = w->a.examined_by };
	*ret = aid_step_judge(&f, h->step);
	w->edge = aid_edge_find(w->a.state, h->step);
	return ret->why == AID_MAY ? RC_OK : RC_REFUSED;
}

static enum request_state
ends_as(enum aid_state s)
{
	return s == AID_DEEMED_WITHDRAWN || s == AID_WITHDRAWN ? REQUEST_WITHDRAWN : REQUEST_CLOSED;
}

/* A service was given, or refused for good: that is what people rate. */
static bool
is_act(enum aid_state s)
{
	return s == AID_ARCHIVED || s == AID_SETTLED;
}

static enum rc
clocks_move(struct tx *tx, const struct actor *actor, struct aid_work *w)
{
	const struct aid_edge *e = w->edge;
	enum rc rc = RC_OK;

	if (e->starts != 0 && w->limits->target[e->starts].rule.count > 0)
		rc = case_clock_start(tx, actor, &w->r, e->starts, w->limits->target[e->starts].rule,
		    w->limits->target[e->starts].source);
	/* met last: a request is never without a clock, not even inside this transaction */
	for (int t = TARGET_DECIDE; rc == RC_OK && t < TARGET_COUNT; t++)
		if ((e->meets & BIT(t)) != 0 && t != (int)e->starts)
			rc = case_clock_meet(tx, actor, &w->r, (enum clock_target)t);
	return rc;
}

static enum rc
request_end(struct tx *tx, const struct actor *actor, struct aid_work *w, struct event_new *event, int64_t *ret_event)
{
	enum aid_state to = w->edge->to;
	struct event_new closed = { .kind = "request.closed", .shown = true,
		.data = arena_format(tx_mem(tx), "outcome=%s", aid_state_key(to)) };
	enum rc rc;

	if (!is_act(to))
		return request_close(tx, actor, &w->r, ends_as(to), text_of(aid_state_key(to)), event, ret_event);
	rc = request_step(tx, actor, &w->r, event, ret_event);
	return rc == RC_OK ? request_close(tx, actor, &w->r, REQUEST_CLOSED, text_of(aid_state_key(to)), &closed, NULL) : rc;
}

static struct text
event_data(struct arena *mem, const struct aid_work *w)
{
	struct text to = w->tell > 0 ? arena_format(mem, "\nto=%lld", (long long)w->tell) : TEXT_NONE;

	return arena_format(mem, "aid=%d>%d%.*s%s", (int)w->edge->from, (int)w->edge->to, (int)to.n, to.p,
	    w->paper_due ? "\npaper=missing" : "");
}

enum rc
aid_take(struct tx *tx, const struct actor *actor, struct aid_work *w, struct text note, bool shown, int64_t *ret_event)
{
	const struct aid_edge *e = w->edge;
	enum aid_state before = e->to == AID_OBJECTED ? e->from : w->a.before;
	struct event_new event = { .shown = shown, .note = note,
		.kind = arena_format(tx_mem(tx), "aid.%s", aid_step_key(e->step)).p,
		.data = event_data(tx_mem(tx), w) };
	enum rc rc = tx_run_one(tx, actor, &aid_q[Q_STEP], ARGS(db_int(w->r.id.n), db_int(e->from), db_int(e->to), db_int(before)));

	if (event.kind == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = clocks_move(tx, actor, w);
	if (rc != RC_OK)
		return rc;
	if ((e->step == AID_GRANT || e->step == AID_REFUSE) && w->r.state == REQUEST_ACCEPTED)
		event.to = REQUEST_ANSWERED;
	rc = aid_step_owes(tx, actor, w);
	if (rc != RC_OK)
		return rc;
	w->a.state = e->to;
	w->a.before = before;
	return aid_is_open(e->to) ? request_step(tx, actor, &w->r, &event, ret_event) : request_end(tx, actor, w, &event, ret_event);
}

enum rc
aid_plain_run(struct ctx *ctx, struct idem_key key, const char *name, db_fn *fn, struct aid_plain *arg, struct aid_verdict *ret)
{
	enum rc rc = aid_words(arg->words) > AID_WORDS_MAX ? RC_INVALID
	    : aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg->limits);

	arg->verdict = (struct aid_verdict){ .why = AID_MAY, .basis = "" };
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = name, .fn = fn, .arg = arg,
		    .asked = ARGS(db_int(arg->head.id.n), db_int(arg->head.revision), db_int(arg->head.step), db_text(arg->words)) });
	*ret = arg->verdict;
	return rc;
}

enum rc
aid_refuse(struct aid_verdict *v, enum aid_why why)
{
	v->why = why;
	return RC_REFUSED;
}

enum rc
aid_lawyer_tell(struct tx *tx, const struct actor *actor, struct aid_work *w)
{
	enum rc rc = tx_int(tx, actor, &aid_q[Q_LAST_LAWYER], ARGS(db_int(w->r.id.n)), &w->tell);

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- the matter ------------------------------------------------------------------------------------------------- */

static enum rc
aid_open(struct tx *tx, const struct actor *actor, const struct request *r)
{
	return tx_run(tx, actor, &aid_q[Q_OPEN], ARGS(db_int(r->id.n), db_int(AID_UNFILLED)), NULL);
}

const struct matter_kind legalaid_matter = {
	.key = "legal-aid", .label = "法律援助", .outcomes = "aid.outcome", .open = aid_open, .own_end = true, .worker = worker_of,
};

/* Withdrawn by the resident, sent to another city: the application ends with its request. */
static enum rc
ended(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	enum aid_state to = r->state == REQUEST_WITHDRAWN ? AID_WITHDRAWN : AID_ELSEWHERE;

	(void)event;
	if (!text_equals(r->matter, TEXT("legal-aid")))
		return RC_OK;
	return tx_run(tx, actor, &aid_q[Q_ENDED], ARGS(db_int(r->id.n), db_int(to)), NULL);
}

/* Written down as a request: the form may be filled in before anybody accepts it. */
static enum rc
received(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return text_equals(r->matter, TEXT("legal-aid")) ? aid_open(tx, actor, r) : RC_OK;
}

/* The application of somebody detained has come to the institution: it is passed on (Art. 39). */
static enum rc
held(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	struct request copy = *r;
	bool there = false;
	enum rc rc;

	(void)event;
	if (!text_equals(r->matter, TEXT("legal-aid")))
		return RC_OK;
	rc = at_institution(tx, actor, r, &there);
	if (rc == RC_OK && there)
		rc = aid_pass_on_owes(tx, actor, r);
	return rc == RC_OK && there ? case_clock_meet(tx, actor, &copy, TARGET_PASS_ON) : rc;
}

const struct event_hook aid_received_hook = { "intake.received", received };
const struct event_hook aid_ended_hook = { HOOK_ENDED, ended };
const struct event_hook aid_held_hook = { HOOK_HELD, held };
