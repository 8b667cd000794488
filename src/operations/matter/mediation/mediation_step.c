/* One step of a mediation: who takes it, what it moves, which limits it meets and starts. */
#include "operations/matter/mediation/mediation_internal.h"

#include "base/utf8.h"
#include "kit/msg/msg.h"
#include "standards/setting/setting.h"

#define LAW "《中华人民共和国人民调解法》"

const struct setting_kind mediation_settings[MEDIATION_SETTINGS_N] = {
	{ "mediation.days", T("人民调解：几天内调结"), T("天"), T("从受理之日算；等鉴定的时间不算。"), 1, 180, 30, RIGHT_SETTINGS, NULL },
	{ "mediation.extend_days", T("人民调解：期限延长几天"), T("天"), T("当事人同意的，可以延长一次。"), 1, 180, 30, RIGHT_SETTINGS, NULL },
};

size_t
mediation_words(struct text t)
{
	return utf8_length(text_trim(t));
}

enum rc
mediation_refused(struct mediation_arg *arg, enum mediation_why why)
{
	arg->verdict.why = why;
	return RC_REFUSED;
}

struct mediation_party *
mediation_party_of(struct mediation_work *w, int64_t id)
{
	for (size_t i = 0; i < w->n_parties; i++)
		if (w->parties[i].id == id)
			return &w->parties[i];
	return NULL;
}

size_t
mediation_keys(const struct mediation_work *w, struct mediation_key ret[static MEDIATION_PARTIES_MAX])
{
	for (size_t i = 0; i < w->n_parties; i++) {
		ret[i].side = w->parties[i].side;
		ret[i].name = w->parties[i].name_key;
		ret[i].id = w->parties[i].has_id ? w->parties[i].id_key : NULL;
	}
	return w->n_parties;
}

/* ---- who ------------------------------------------------------------------------------------------------ */

static enum rc
is_mediator(struct tx *tx, const struct actor *actor, const struct request *r, bool *ret)
{
	struct actor city = { .kind = ACTOR_SYSTEM, .city = actor->city };
	int64_t n = 0;
	enum rc rc = tx_int(tx, &city, &mediation_q[Q_IS_WORKER], ARGS(db_int(r->id.n), db_int(actor->account)), &n);

	*ret = n > 0;
	return rc;
}

enum rc
mediation_sides(struct tx *tx, const struct actor *actor, const struct request *r, unsigned *ret)
{
	bool mediates = false;
	enum rc rc = RC_OK;

	*ret = 0;
	if (actor->kind == ACTOR_RECEIPT)
		*ret = MEDIATION_WHO_RESIDENT;
	if (actor->kind == ACTOR_SYSTEM)
		*ret = MEDIATION_WHO_PROGRAM | MEDIATION_WHO_OFFICE;
	if (actor->kind != ACTOR_ACCOUNT)
		return RC_OK;
	if (request_may_act(actor, r))
		*ret |= MEDIATION_WHO_OFFICE;
	rc = is_mediator(tx, actor, r, &mediates);
	if (mediates)
		*ret |= MEDIATION_WHO_MEDIATOR;
	return rc;
}

static enum rc
worker_of(struct tx *tx, const struct actor *actor, const struct request *r, int64_t *ret)
{
	struct actor city = { .kind = ACTOR_SYSTEM, .city = actor->city }; /* asked for the resident, too */
	enum rc rc = tx_int(tx, &city, &mediation_q[Q_WORKER], ARGS(db_int(r->id.n)), ret);

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- a step ---------------------------------------------------------------------------------------------- */

enum rc
mediation_begin(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_act *act = arg->act;
	struct mediation_facts f;
	enum rc rc = actor->kind == ACTOR_RECEIPT ? request_load_receipt(tx, actor, &w->r) : request_load(tx, actor, act->id, &w->r);

	arg->verdict = (struct mediation_verdict){ .why = MEDIATION_MAY, .basis = "" };
	if (rc != RC_OK)
		return rc;
	if (w->r.revision != act->in->revision || !request_is_open(w->r.state))
		return RC_CONFLICT;
	rc = mediation_load(tx, actor, w->r.id, &w->a);
	if (rc == RC_OK)
		rc = mediation_sides(tx, actor, &w->r, &w->sides);
	if (rc == RC_OK)
		rc = mediation_parties(tx, actor, w->r.id, w->parties, MEDIATION_PARTIES_MAX, &w->n_parties);
	if (rc == RC_OK)
		rc = mediation_members(tx, actor, w->r.id, w->members, MEDIATION_ROWS, &w->n_members);
	if (rc != RC_OK)
		return rc;
	f = (struct mediation_facts){ .state = w->a.state, .sides = w->sides, .received = w->r.state > REQUEST_RECEIVED };
	arg->verdict = mediation_step_judge(&f, act->step);
	w->edge = mediation_edge_find(w->a.state, act->step);
	return arg->verdict.why == MEDIATION_MAY ? RC_OK : RC_REFUSED;
}

/* The next duty's last day. */
enum rc
mediation_perform_start(struct tx *tx, const struct actor *actor, struct mediation_work *w)
{
	struct day today = day_of_moment(tx_now_ms(tx));
	int64_t due = 0;
	enum rc rc = tx_int(tx, actor, &mediation_q[Q_DUTY_NEXT], ARGS(db_int(w->r.id.n)), &due);

	if (rc != RC_OK)
		return rc;
	return case_clock_start(tx, actor, &w->r, TARGET_PERFORM, (struct clock_rule){ due > today.n ? (int)(due - today.n) : 0, CLOCK_DAY, true },
	    TEXT(LAW "第三十一条"));
}

static enum rc
mediate_start(struct tx *tx, const struct actor *actor, struct mediation_work *w)
{
	int64_t days = 0;
	enum rc rc = setting_read(tx, actor, &mediation_settings[0], &days);

	return rc != RC_OK ? rc : case_clock_start(tx, actor, &w->r, TARGET_MEDIATE, (struct clock_rule){ (int)days, CLOCK_DAY, true },
	    TEXT("《人民调解工作若干规定》（2002）一般在一个月内（未核实，可改）"));
}

static enum rc
clocks_move(struct tx *tx, const struct actor *actor, struct mediation_work *w)
{
	static const enum clock_target mine[] = { TARGET_ANSWER, TARGET_MEDIATE, TARGET_PERFORM, TARGET_CONFIRM };
	const struct mediation_edge *e = w->edge;
	enum rc rc = RC_OK;

	if (e->starts == TARGET_MEDIATE)
		rc = mediate_start(tx, actor, w);
	if (e->starts == TARGET_PERFORM)
		rc = mediation_perform_start(tx, actor, w);
	for (size_t i = 0; rc == RC_OK && i < sizeof mine / sizeof mine[0]; i++)
		if ((e->meets & BIT(mine[i])) != 0 && mine[i] != e->starts)
			rc = case_clock_meet(tx, actor, &w->r, mine[i]);
	return rc;
}

static enum request_state
ends_as(const struct mediation_work *w, enum mediation_state s)
{
	if (w->a.next_request != 0)
		return REQUEST_CONVERTED;
	return s == MEDIATION_ENDED && w->sides == MEDIATION_WHO_RESIDENT ? REQUEST_WITHDRAWN : REQUEST_CLOSED;
}

/* Somebody sat down with them: that is what people rate. */
static bool
is_act(enum mediation_state s)
{
	return s == MEDIATION_PERFORMED || s == MEDIATION_FAILED || s == MEDIATION_BROKEN;
}

static enum rc
request_end(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct event_new *event)
{
	enum mediation_state to = w->edge->to;
	enum request_state as = ends_as(w, to);
	struct event_new closed = { .kind = "request.closed", .shown = true,
		.data = arena_format(tx_mem(tx), "outcome=%s", mediation_state_key(to)) };
	enum rc rc;

	if (as != REQUEST_CLOSED || !is_act(to))
		return request_close(tx, actor, &w->r, as, text_of(mediation_state_key(to)), event, NULL);
	rc = request_step(tx, actor, &w->r, event, NULL);
	return rc == RC_OK ? request_close(tx, actor, &w->r, as, text_of(mediation_state_key(to)), &closed, NULL) : rc;
}

enum rc
mediation_move(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct text note, bool shown)
{
	const struct mediation_edge *e = w->edge;
	struct text to = w->tell > 0 ? arena_format(tx_mem(tx), "\nto=%lld", (long long)w->tell) : TEXT_NONE;
	struct event_new event = { .shown = shown, .note = note,
		.kind = arena_format(tx_mem(tx), "mediation.%s", mediation_step_key(e->step)).p,
		.data = arena_format(tx_mem(tx), "mediation=%d>%d%.*s%.*s", (int)e->from, (int)e->to, (int)to.n, to.p, (int)w->tail.n, w->tail.p) };
	enum rc rc = tx_run_one(tx, actor, &mediation_q[Q_STEP], ARGS(db_int(w->r.id.n), db_int(e->from), db_int(e->to)));

	if (event.kind == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = clocks_move(tx, actor, w);
	if (rc == RC_OK && !mediation_is_open(e->to))
		rc = tx_run_one(tx, actor, &mediation_q[Q_ENDED], ARGS(db_int(w->r.id.n), db_int(tx_now_ms(tx)), db_int(w->a.ended_side)));
	if (rc != RC_OK)
		return rc;
	if (e->step == MEDIATION_ACCEPT && w->r.state == REQUEST_ACCEPTED)
		event.to = REQUEST_ANSWERED;
	w->a.state = e->to;
	w->tell = 0;
	w->tail = TEXT_NONE;
	return mediation_is_open(e->to) ? request_step(tx, actor, &w->r, &event, NULL) : request_end(tx, actor, w, &event);
}

enum rc
mediation_follow(struct tx *tx, const struct actor *actor, struct mediation_work *w, enum mediation_step step)
{
	w->edge = mediation_edge_find(w->a.state, step);
	return w->edge == NULL ? RC_INTERNAL : mediation_move(tx, actor, w, TEXT_NONE, true);
}

/* ---- the matter ------------------------------------------------------------------------------------------------ */

static enum rc
open_one(struct tx *tx, const struct actor *actor, const struct request *r)
{
	return tx_run(tx, actor, &mediation_q[Q_OPEN], ARGS(db_int(r->id.n), db_int(MEDIATION_UNFILLED)), NULL);
}

const struct matter_kind mediation_matter = {
	.key = "mediation", .label = "人民调解", .outcomes = "mediation.outcome", .open = open_one, .own_end = true, .worker = worker_of,
};

static bool
is_mine(const struct request *r)
{
	return text_equals(r->matter, TEXT("mediation"));
}

/* Withdrawn by the resident, sent to another city: it ends with its request. */
static enum rc
ended(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	enum mediation_state to = r->state == REQUEST_WITHDRAWN ? MEDIATION_WITHDRAWN : MEDIATION_ELSEWHERE;

	(void)event;
	return !is_mine(r) ? RC_OK
	    : tx_run(tx, actor, &mediation_q[Q_OUTSIDE_END], ARGS(db_int(r->id.n), db_int(to), db_int(tx_now_ms(tx))), NULL);
}

static enum rc
received(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return is_mine(r) ? open_one(tx, actor, r) : RC_OK;
}

const struct event_hook mediation_received_hook = { "intake.received", received };
const struct event_hook mediation_ended_hook = { HOOK_ENDED, ended };
