/* The record: reading it, writing it, one step at a time. */
#include "operations/request/request_rule.h"
#include "operations/request/request_internal.h"
#include "operations/request/request_store.h"

#include "kit/audit/audit.h"
#include "kit/crypt/crypt.h"
#include "resources/identity/identity.h"

static const struct event_hook *hooks;
static size_t n_hooks;

void
request_hooks_set(const struct event_hook *table, size_t n)
{
	hooks = table;
	n_hooks = n;
}

static void
read_row(const struct rows *row, struct request *r)
{
	int c = 0;

	r->id.n = rows_int(row, c++);
	r->place.code = rows_int(row, c++);
	r->number = rows_copy(row, c++);
	r->item = rows_int(row, c++);
	r->item_from.n = (int32_t)rows_int(row, c++);
	r->matter = rows_copy(row, c++);
	r->topic = (enum topic)rows_int(row, c++);
	r->channel = (enum channel)rows_int(row, c++);
	r->tier = (enum tier)rows_int(row, c++);
	r->point = rows_int(row, c++);
	r->scheduled = rows_int(row, c++) != 0;
	r->online = rows_int(row, c++) != 0;
	r->gathered = rows_int(row, c++) != 0;
	r->applicant = (enum applicant_kind)rows_int(row, c++);
	r->person = rows_int(row, c++);
	r->organisation = rows_int(row, c++);
	r->caller = (enum relation)rows_int(row, c++);
	r->caller_name = rows_copy(row, c++);
	r->subject = rows_copy(row, c++);
	r->detail = rows_copy(row, c++);
	r->urgent = rows_int(row, c++) != 0;
	r->groups = (uint64_t)rows_int(row, c++);
	r->state = (enum request_state)rows_int(row, c++);
	r->holder = rows_int(row, c++);
	r->holder_point = rows_int(row, c++);
	r->first_contact = rows_int(row, c++);
	r->due_ms = rows_int(row, c++);
	r->start_ms = rows_int(row, c++);
	r->created_ms = rows_int(row, c++);
	r->accepted_ms = rows_int(row, c++);
	r->closed_ms = rows_int(row, c++);
	r->outcome = rows_copy(row, c++);
	r->parent = rows_int(row, c++);
	r->revision = rows_int(row, c++);
	r->told_name = rows_copy(row, c++);
	r->differs = (unsigned)rows_int(row, c++);
	r->person_name = rows_copy(row, c++);
	r->holder_name = rows_copy(row, c++);
	r->holder_point_name = rows_copy(row, c++);
	r->first_contact_name = rows_copy(row, c++);
	r->item_name = rows_copy(row, c++);
	r->item_name_en = rows_copy(row, c++);
}

enum rc
request_load(struct tx *tx, const struct actor *actor, struct case_id id, struct request *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &request_q[Q_LOAD], ARGS(db_int(id.n)), &row);

	if (rc == RC_OK)
		read_row(row, ret);
	return rc;
}

enum rc
request_load_receipt(struct tx *tx, const struct actor *actor, struct request *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &request_q[Q_LOAD_RECEIPT], NO_ARGS, &row);

	if (rc == RC_OK)
		read_row(row, ret);
	return rc;
}

enum rc
request_find_number(struct tx *tx, const struct actor *actor, struct text number, struct case_id *ret)
{
	return tx_int(tx, actor, &request_q[Q_FIND_NUMBER], ARGS(db_text(number)), &ret->n);
}

enum rc
request_find_code(struct tx *tx, const struct actor *actor, const unsigned char code_hash[static 16],
    struct case_id *ret)
{
	struct text hash = { (const char *)code_hash, 16 };

	return tx_int(tx, actor, &request_q[Q_FIND_CODE], ARGS(db_blob(hash)), &ret->n);
}

/* ---- writing ------------------------------------------------------------------------------- */

static int64_t
author_of(const struct actor *actor)
{
	if (actor->kind == ACTOR_SYSTEM)
		return ACCOUNT_SYSTEM;
	return actor->kind == ACTOR_ACCOUNT ? actor->account : ACCOUNT_RESIDENT;
}

static enum rc
hooks_run(struct tx *tx, const struct actor *actor, const char *kind, const struct request *r, int64_t event)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n_hooks; i++)
		if (text_equals(text_of(hooks[i].kind), text_of(kind)))
			rc = hooks[i].run(tx, actor, r, event);
	return rc;
}

static enum rc
event_insert(struct tx *tx, const struct actor *actor, const struct request *r, enum request_state from,
    const struct event_new *event, int64_t id)
{
	return tx_run(tx, actor, &request_q[Q_EVENT_INSERT],
	    ARGS(db_int(r->id.n), db_int(id), db_int(tx_now_ms(tx)), db_int(author_of(actor)),
	        db_text(text_of(event->kind)), db_int(from), db_int(r->state), db_int(event->shown),
	        db_text(event->note), db_text(event->data)), NULL);
}

static enum rc
note_event(struct tx *tx, const struct actor *actor, const struct request *r, enum request_state from,
    const struct event_new *event, int64_t *ret_event)
{
	int64_t id = tx_id(tx);
	enum rc rc = event_insert(tx, actor, r, from, event, id);

	if (rc == RC_OK)
		rc = audit_note(tx, actor, event->kind, "request", r->id.n, event->data);
	if (rc == RC_OK)
		rc = hooks_run(tx, actor, event->kind, r, id);
	if (rc == RC_OK && request_is_open(from) && !request_is_open(r->state))
		rc = hooks_run(tx, actor, HOOK_ENDED, r, id);
	if (rc == RC_OK && ret_event != NULL)
		*ret_event = id;
	return rc;
}

void
request_new_from(const struct request *r, struct request_new *next)
{
	next->place = r->place;
	next->topic = r->topic;
	next->channel = r->channel;
	next->tier = r->tier;
	next->point = r->point;
	next->scheduled = r->scheduled;
	next->online = r->online;
	next->gathered = r->gathered;
	next->applicant = r->applicant;
	next->person = r->person;
	next->organisation = r->organisation;
	next->caller = r->caller;
	next->caller_name = r->caller_name;
	next->told_name = r->told_name;
	next->differs = r->differs;
	next->subject = r->subject;
	next->detail = r->detail;
	next->urgent = r->urgent;
	next->groups = r->groups;
	next->parent = r->id.n;
	next->holder = r->holder;
	next->holder_point = r->holder_point;
}

static enum rc
insert_row(struct tx *tx, const struct actor *actor, const struct request_new *in, struct text number)
{
	int64_t now = tx_now_ms(tx);
	struct text hash = { (const char *)in->code_hash, sizeof in->code_hash };

	return tx_run(tx, actor, &request_q[Q_INSERT],
	    ARGS(db_int(in->id), db_int(in->place.code), db_text(number), db_blob(hash), db_int(in->item),
	        db_int(in->item_from.n), db_text(in->matter), db_int(in->topic), db_int(in->channel),
	        db_int(in->tier), db_int(in->point), db_int(in->scheduled), db_int(in->online),
	        db_int(in->gathered), db_int(in->applicant), db_key(in->person), db_key(in->organisation),
	        db_int(in->caller), db_text_or_null(in->caller_name),
	        in->caller_phone_sealed.n > 0 ? db_blob(in->caller_phone_sealed) : db_null(),
	        in->contact_sealed.n > 0 ? db_blob(in->contact_sealed) : db_null(), db_text(in->subject),
	        db_text(in->detail), db_int(in->urgent), db_int((int64_t)in->groups), db_int(REQUEST_RECEIVED),
	        db_int(in->holder), db_int(in->holder_point), db_int(in->holder), db_int(DUE_NONE),
	        db_int(now), db_int(now), db_int(day_of_moment(now).n), db_key(in->parent),
	        db_text_or_null(in->told_name), db_int(in->differs),
	        in->asked.n > 0 ? db_blob(in->asked) : db_null()), NULL);
}

enum rc
request_insert(struct tx *tx, const struct actor *actor, struct request_new *in)
{
	unsigned char random[5];
	struct request r = {
		.id = { in->id }, .place = in->place, .state = REQUEST_RECEIVED, .holder = 0, .revision = 1,
		.point = in->point, .due_ms = DUE_NONE, .created_ms = tx_now_ms(tx), .first_contact = in->holder,
		.matter = in->matter, .item = in->item, .item_from = in->item_from, .channel = in->channel,
	};
	struct event_new event = {
		.kind = "intake.received", .shown = true,
		.data = arena_format(tx_mem(tx), "channel=%s", channel_key(in->channel)),
	};
	int64_t id = 0;
	enum rc rc;

	crypt_random(random, sizeof random);
	rc = insert_row(tx, actor, in, request_number_make(day_of_moment(tx_now_ms(tx)), random, in->number));
	if (rc == RC_DUPLICATE)
		return RC_BUSY; /* the 40 random bits met another number of today: draw again */
	if (rc == RC_OK)
		rc = note_event(tx, actor, &r, REQUEST_NONE, &event, &id);
	if (rc == RC_OK)
		rc = request_hold(tx, actor, &r, in->holder, in->holder_point, HOLDING_RECEIVED, id);
	return rc;
}

enum rc
request_step(struct tx *tx, const struct actor *actor, struct request *r, const struct event_new *event,
    int64_t *ret_event)
{
	enum request_state from = r->state;
	enum request_state to = event->to == REQUEST_NONE ? from : event->to;
	enum rc rc;

	if (!request_step_allowed(from, to))
		return RC_CONFLICT;
	rc = tx_run_one(tx, actor, &request_q[Q_STEP],
	    ARGS(db_int(r->id.n), db_int(r->revision), db_int(from), db_int(to), db_int(tx_now_ms(tx))));
	if (rc != RC_OK)
		return rc;
	r->revision++;
	r->state = to;
	return note_event(tx, actor, r, from, event, ret_event);
}

enum rc
request_note(struct tx *tx, const struct actor *actor, const struct request *r, const struct event_new *event)
{
	return note_event(tx, actor, r, r->state, event, NULL);
}

enum rc
request_note_unaudited(struct tx *tx, const struct actor *actor, const struct request *r, const struct event_new *event,
    int64_t *ret_event)
{
	enum rc rc;

	*ret_event = tx_id(tx);
	rc = event_insert(tx, actor, r, r->state, event, *ret_event);
	return rc == RC_OK ? hooks_run(tx, actor, event->kind, r, *ret_event) : rc;
}

enum rc
request_grant(struct tx *tx, const struct actor *actor, struct case_id id, int64_t account, const char *why)
{
	return tx_run(tx, actor, &request_q[Q_GRANT],
	    ARGS(db_int(id.n), db_int(account), db_int(tx_now_ms(tx)), db_text(text_of(why))), NULL);
}

enum rc
request_urge(struct tx *tx, const struct actor *actor, struct request *r)
{
	r->urgent = true;
	return tx_run_one(tx, actor, &request_q[Q_URGE], ARGS(db_int(r->id.n)));
}

enum rc
request_grant_drop(struct tx *tx, const struct actor *actor, struct case_id id, int64_t account)
{
	return tx_run(tx, actor, &request_q[Q_GRANT_DROP], ARGS(db_int(id.n), db_int(account)), NULL);
}

/* The next holding begins now, or a millisecond after the last when both fall into one. */
static enum rc
holding_since(struct tx *tx, const struct actor *actor, const struct request *r, int64_t *ret)
{
	int64_t last = 0;
	enum rc rc = tx_int(tx, actor, &request_q[Q_HOLDING_LAST], ARGS(db_int(r->id.n)), &last);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret = tx_now_ms(tx) > last ? tx_now_ms(tx) : last + 1;
	return RC_OK;
}

enum rc
request_hold(struct tx *tx, const struct actor *actor, struct request *r, int64_t account, int64_t point,
    enum holding_how how, int64_t event)
{
	int64_t since = 0, before = r->holder;
	enum rc rc;

	rc = holding_since(tx, actor, r, &since);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &request_q[Q_HOLDING_INSERT],
		    ARGS(db_int(r->id.n), db_int(since), db_int(account), db_int(point), db_int(how), db_int(event)),
		    NULL);
	if (rc == RC_OK && r->holder != 0)
		rc = tx_run_one(tx, actor, &request_q[Q_LOAD_DOWN], ARGS(db_int(r->holder)));
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &request_q[Q_LOAD_UP], ARGS(db_int(account)));
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &request_q[Q_HOLDER],
		    ARGS(db_int(r->id.n), db_int(account), db_int(point)));
	if (rc == RC_OK)
		rc = request_grant(tx, actor, r->id, account, "holder");
	if (rc != RC_OK)
		return rc;
	r->holder = account;
	r->holder_point = point;
	return before != 0 && before != account ? hooks_run(tx, actor, HOOK_HELD, r, event) : RC_OK;
}

bool
request_may_act(const struct actor *actor, const struct request *r)
{
	if (actor->kind == ACTOR_SYSTEM)
		return true;
	if (actor->kind != ACTOR_ACCOUNT)
		return false;
	if (r->holder == actor->account)
		return true;
	return actor->point != 0 && actor->point == r->holder_point
	    && place_range_has(actor->places, r->place);
}

bool
request_may_assign(const struct actor *actor, const struct request *r)
{
	return actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_SUPERVISE)
	    && place_range_has(actor->places, r->place);
}

enum rc
request_close(struct tx *tx, const struct actor *actor, struct request *r, enum request_state to,
    struct text outcome, const struct event_new *event, int64_t *ret_event)
{
	struct event_new step = *event;
	int64_t now = tx_now_ms(tx);
	int64_t holder = r->holder;
	enum rc rc;

	if (request_is_open(to))
		return RC_INTERNAL;
	step.to = to;
	rc = case_pause_lift(tx, actor, r, PAUSE_TARGETS);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &request_q[Q_CLOCK_MEET_ALL], ARGS(db_int(r->id.n), db_int(now)), NULL);
	r->outcome = outcome;
	r->closed_ms = now;
	r->due_ms = DUE_NONE;
	if (rc == RC_OK)
		rc = request_step(tx, actor, r, &step, ret_event);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &request_q[Q_CLOSE],
		    ARGS(db_int(r->id.n), db_int(now), db_int(day_of_moment(now).n), db_text(outcome),
		        db_int(DUE_NONE)));
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &request_q[Q_LOAD_DOWN], ARGS(db_int(holder)));
	return rc;
}
