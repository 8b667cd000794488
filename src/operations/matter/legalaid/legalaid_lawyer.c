/* The lawyer of a case: whether they may take it on, what is fixed ahead, and which cases are theirs. */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

#include "kit/audit/audit.h"
#include "resources/person/person.h"

/* ---- whose it is, and may they --------------------------------------------------------------------------- */

enum rc
aid_open_one(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_open *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &aid_run_q[R_OPEN], ARGS(db_int(id.n)), &row);

	if (rc == RC_OK)
		*ret = (struct aid_open){ .id = rows_int(row, 0), .accepted = rows_int(row, 1) == AID_A_ACCEPTED,
			.account = rows_int(row, 2), .firm = rows_int(row, 3), .provider = rows_int(row, 4) };
	return rc == RC_NOT_FOUND ? RC_CORRUPT : rc;
}

/* Is `who` among those the statement names for this case? */
static enum rc
is_among(struct tx *tx, const struct actor *actor, enum aid_run_q q, struct case_id id, int64_t who, bool *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[q], ARGS(db_int(id.n)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		*ret = *ret || rows_int(row, 0) == who;
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
aid_lawyer_stands(struct tx *tx, const struct actor *actor, struct case_id id, const struct aid_open *o, struct day day,
    bool conflicts, struct aid_verdict *ret)
{
	bool against = false;
	struct provider p;
	enum rc rc = provider_load(tx, actor, o->provider, &p);

	if (rc == RC_OK)
		rc = provider_bar(tx, actor, day, day, &p);
	if (rc == RC_OK && conflicts)
		rc = is_among(tx, actor, R_CONFLICTS, id, o->provider, &against);
	if (rc == RC_OK && conflicts)
		rc = is_among(tx, actor, R_OPPONENT_FIRMS, id, o->firm, &against);
	if (rc != RC_OK)
		return rc;
	*ret = aid_standing_judge(&p, day, against);
	return ret->why == AID_MAY ? RC_OK : RC_REFUSED;
}

bool
aid_is_appointment(const struct aid_report *r)
{
	return r->kind != AID_R_GROUND && (r->minute >= 0 || r->day.n > day_of_moment(r->at_ms).n);
}

/* ---- another day, or none ----------------------------------------------------------------------------------- */

struct move_arg { const struct aid_move *in; struct aid_plain plain; };
struct ahead { struct day day; int minute; struct text place; bool shown, cancelled; };

static enum rc
ahead_load(struct tx *tx, const struct actor *actor, const struct aid_move *in, struct ahead *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &aid_run_q[R_REPORT_LOAD], ARGS(db_int(in->id.n), db_int(in->report)), &row);

	if (rc == RC_OK)
		*ret = (struct ahead){ .day = { (int32_t)rows_int(row, 0) }, .minute = rows_is_null(row, 1) ? -1 : (int)rows_int(row, 1),
			.place = rows_copy(row, 2), .shown = rows_int(row, 3) != 0, .cancelled = !rows_is_null(row, 4) };
	return rc == RC_NOT_FOUND ? RC_INVALID : rc;
}

static struct text
when_text(struct arena *mem, struct day day, int minute)
{
	char out[16];
	struct text d = day_print(day, out);

	return minute < 0 ? arena_text(mem, d)
	    : arena_format(mem, "%.*s %02d:%02d", (int)d.n, d.p, minute / 60, minute % 60);
}

/* "2026-07-20 09:00 → 2026-07-22 14:00 · 法院改期": what it was stays in the history. */
static struct text
move_note(struct arena *mem, const struct ahead *was, const struct aid_move *in)
{
	struct text a = when_text(mem, was->day, was->minute), b = in->cancel ? TEXT("✕") : when_text(mem, in->day, in->minute);

	return arena_format(mem, "%.*s → %.*s · %.*s", (int)a.n, a.p, (int)b.n, b.p, (int)in->words.n, in->words.p);
}

static enum rc
move_judge(struct tx *tx, const struct actor *actor, struct move_arg *arg, const struct aid_work *w, const struct ahead *was)
{
	const struct aid_move *in = arg->in;
	struct aid_open o = { .id = 0 };
	enum rc rc;

	arg->plain.verdict = aid_move_judge(&(struct aid_move_facts){ .cancelled = was->cancelled, .cancel = in->cancel,
	    .was = was->day, .to = in->day, .today = day_of_moment(tx_now_ms(tx)), .words = aid_words(in->words) });
	if (arg->plain.verdict.why != AID_MAY)
		return RC_REFUSED;
	if (in->cancel)
		return RC_OK;
	rc = aid_open_one(tx, actor, w->r.id, &o);
	return rc == RC_OK ? aid_lawyer_stands(tx, actor, w->r.id, &o, in->day, false, &arg->plain.verdict) : rc;
}

static enum rc
move_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct move_arg *arg = argument;
	const struct aid_move *in = arg->in;
	struct aid_work w = { .limits = &arg->plain.limits };
	struct ahead was = { .minute = -1 };
	int64_t now = tx_now_ms(tx);
	enum rc rc = aid_begin(tx, actor, &arg->plain.head, &w, &arg->plain.verdict);

	if (rc == RC_OK)
		rc = ahead_load(tx, actor, in, &was);
	if (rc == RC_OK)
		rc = move_judge(tx, actor, arg, &w, &was);
	if (rc != RC_OK)
		return rc;
	rc = in->cancel
	    ? tx_run_one(tx, actor, &aid_run_q[R_REPORT_MOVE], ARGS(db_int(in->id.n), db_int(in->report), db_int(was.day.n),
	        was.minute < 0 ? db_null() : db_int(was.minute), db_text(was.place), db_int(now), db_int(now)))
	    : tx_run_one(tx, actor, &aid_run_q[R_REPORT_MOVE], ARGS(db_int(in->id.n), db_int(in->report), db_int(in->day.n),
	        in->minute < 0 ? db_null() : db_int(in->minute), db_text(in->place), db_null(), db_int(now)));
	return rc == RC_OK ? aid_take(tx, actor, &w, move_note(tx_mem(tx), &was, in), was.shown, NULL) : rc;
}

enum rc
aid_move(struct ctx *ctx, struct idem_key key, const struct aid_move *in, struct aid_verdict *ret)
{
	struct move_arg arg = { .in = in, .plain = { .head = { in->id, in->revision, AID_MOVE }, .words = in->words } };
	enum rc rc;

	*ret = (struct aid_verdict){ .basis = "" };
	if ((!in->cancel && day_is_none(in->day)) || aid_words(in->words) > AID_WORDS_MAX || aid_words(in->place) > AID_PLACE_MAX)
		return RC_INVALID;
	rc = aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.plain.limits);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.move", .fn = move_tx, .arg = &arg,
		    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->report), db_int(in->cancel), db_int(in->day.n),
		        db_int(in->minute), db_text(in->place), db_text(in->words)) });
	*ret = arg.plain.verdict;
	return rc;
}

/* ---- theirs ---------------------------------------------------------------------------------------------------- */

static void
task_read(const struct rows *row, struct aid_task *t)
{
	struct day none = DAY_NONE, next = { (int32_t)(rows_int(row, 10) / 1440) };

	*t = (struct aid_task){ .id = { rows_int(row, 0) }, .state = (enum aid_state)rows_int(row, 1), .matter = (int)rows_int(row, 2),
		.kind = (int)rows_int(row, 3), .number = rows_copy(row, 4), .person_name = rows_copy(row, 5),
		.assignment_state = (enum aid_assignment_state)rows_int(row, 6), .assigned_ms = rows_int(row, 7),
		.place = { rows_int(row, 8) }, .due_ms = rows_int(row, 9), .next_day = rows_is_null(row, 10) ? none : next,
		.next_minute = (int)(rows_int(row, 10) % 1440), .returned = rows_int(row, 11), .assignment = rows_int(row, 12) };
}

enum rc
aid_tasks(struct tx *tx, const struct actor *actor, int64_t before, struct aid_task *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[R_LIST_LAWYER], ARGS(db_int(before == 0 ? INT64_MAX : before),
	    db_int(day_of_moment(tx_now_ms(tx)).n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		task_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- ringing the aided person -------------------------------------------------------------------------------------- */

struct phone_arg { struct crypt *crypt; struct case_id id; struct text phone; };

static enum rc
may_ring(struct tx *tx, const struct actor *actor, struct case_id id)
{
	struct request r;
	unsigned sides = 0;
	enum rc rc = request_load(tx, actor, id, &r);

	if (rc == RC_OK)
		rc = aid_sides(tx, actor, &r, &sides);
	return rc == RC_OK && (sides & AID_SIDE_LAWYER) == 0 ? RC_NOT_FOUND : rc;
}

static enum rc
phone_note_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct phone_arg *arg = argument;
	enum rc rc = may_ring(tx, actor, arg->id);

	return rc == RC_OK ? audit_note(tx, actor, "person.reveal", "request", arg->id.n, TEXT("aid")) : rc;
}

static enum rc
phone_read_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct phone_arg *arg = argument;
	struct actor system = identity_system(actor->city);
	enum rc rc = may_ring(tx, actor, arg->id);

	return rc == RC_OK ? person_phone_to_tell(tx, &system, arg->crypt, arg->id.n, &arg->phone) : rc;
}

enum rc
aid_client_phone(struct ctx *ctx, struct crypt *crypt, struct idem_key key, struct case_id id, struct text *ret)
{
	struct phone_arg arg = { .crypt = crypt, .id = id, .phone = TEXT_NONE };
	enum rc rc = db_command(ctx, key, &(struct command){ .name = "aid.phone", .fn = phone_note_tx, .arg = &arg,
	    .asked = ARGS(db_int(id.n)) });

	if (rc == RC_OK)
		rc = db_read(ctx, phone_read_tx, &arg);
	*ret = arg.phone;
	return rc;
}
