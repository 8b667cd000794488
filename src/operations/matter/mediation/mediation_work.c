/* From the registration to the end of the talks. */
#include "operations/matter/mediation/mediation_internal.h"

#include "operations/intake/intake.h"
#include "standards/setting/setting.h"

/* ---- who quarrels -------------------------------------------------------------------------------------- */

static enum rc
party_write(struct tx *tx, const struct actor *actor, const struct mediation_work *w, const struct mediation_arg *arg, int side, int consent)
{
	const struct mediation_values *in = arg->act->in;
	const struct mediation_ready *p = &arg->ready;
	bool asked = consent != MEDIATION_NOT_ASKED;

	return tx_run(tx, actor, &mediation_q[Q_PARTY_INSERT], ARGS(db_int(p->party), db_int(w->r.id.n), db_int(side),
	    db_int(in->organisation), db_blob(p->who), db_blob((struct text){ (const char *)p->name_key, 16 }),
	    p->has_id ? db_blob((struct text){ (const char *)p->id_key, 16 }) : db_null(), db_int(consent),
	    asked ? db_int(tx_now_ms(tx)) : db_null(), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
}

enum rc
mediation_party_add(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	struct mediation_key keys[MEDIATION_PARTIES_MAX], fresh = { .side = (enum mediation_side)arg->act->in->side,
		.name = arg->ready.name_key, .id = arg->ready.has_id ? arg->ready.id_key : NULL };
	enum mediation_why why = mediation_party_judge(keys, mediation_keys(w, keys), &fresh);

	return why != MEDIATION_MAY ? mediation_refused(arg, why)
	    : party_write(tx, actor, w, arg, arg->act->in->side, arg->act->in->consent);
}

/* Who asked is the first party; corrected later, nobody is added. */
enum rc
mediation_register(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	bool group = in->source == MEDIATION_GROUP_SOURCE;
	int64_t place = 0;
	enum rc rc = group ? tx_int(tx, actor, &mediation_q[Q_GROUP_ONE], ARGS(db_int(in->group)), &place) : RC_OK;

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? mediation_refused(arg, MEDIATION_UNKNOWN) : rc;
	rc = tx_run_one(tx, actor, &mediation_q[Q_REGISTER], ARGS(db_int(w->r.id.n), db_int(in->source), db_int(in->category),
	    db_int(in->level), db_text(text_trim(in->organ)), db_key(group ? in->group : 0), db_text(text_trim(in->facts)),
	    db_int(tx_now_ms(tx)), db_int(actor->account)));
	if (rc != RC_OK || w->edge->from != MEDIATION_UNFILLED || arg->ready.party == 0)
		return rc;
	return party_write(tx, actor, w, arg, MEDIATION_SIDE_A, in->source == MEDIATION_APPLIED ? MEDIATION_AGREES : MEDIATION_NOT_ASKED);
}

enum rc
mediation_consent(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;

	if (mediation_party_of(w, in->party) == NULL)
		return mediation_refused(arg, MEDIATION_UNKNOWN);
	return tx_run_one(tx, actor, &mediation_q[Q_PARTY_CONSENT], ARGS(db_int(w->r.id.n), db_int(in->party), db_int(in->consent),
	    db_int(tx_now_ms(tx))));
}

enum rc
mediation_accept(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	enum mediation_why why = mediation_accept_judge(w->parties, w->n_parties);

	return why != MEDIATION_MAY ? mediation_refused(arg, why)
	    : tx_run_one(tx, actor, &mediation_q[Q_ACCEPTED], ARGS(db_int(w->r.id.n), db_int(tx_now_ms(tx))));
}

/* ---- who mediates ----------------------------------------------------------------------------------------- */

static size_t
mediating(const struct mediation_work *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n_members; i++)
		n += w->members[i].kind == 0 && w->members[i].ended_ms == 0;
	return n;
}

static bool
is_member(const struct mediation_work *w, int64_t mediator)
{
	for (size_t i = 0; i < w->n_members; i++)
		if (w->members[i].mediator == mediator && mediator != 0 && w->members[i].ended_ms == 0)
			return true;
	return false;
}

static enum rc
member_write(struct tx *tx, const struct actor *actor, const struct mediation_work *w, const struct mediation_arg *arg,
    const struct mediator *m, int rank)
{
	const struct mediation_values *in = arg->act->in;

	return tx_run(tx, actor, &mediation_q[Q_MEMBER_INSERT], ARGS(db_int(tx_id(tx)), db_int(w->r.id.n), db_key(m != NULL ? m->id : 0),
	    db_text(m != NULL ? m->name : text_trim(in->name)), db_int(m != NULL ? MEDIATION_NO_HELPER : in->helper),
	    db_int(in->chosen), db_int(rank), db_text(text_trim(in->words)), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
}

/* One of the register: not a party, not related, and where in the ranking. */
static enum rc
mediator_add(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	struct mediation_key keys[MEDIATION_PARTIES_MAX], key = { .name = arg->ready.name_key, .id = NULL };
	struct mediator *v = arena_array(tx_mem(tx), MEDIATORS_MAX, sizeof *v);
	enum mediation_why why;
	size_t n = 0, at = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : mediators_for(tx, actor, w->r.place, w->a.category, v, MEDIATORS_MAX, &n);

	if (rc != RC_OK)
		return rc;
	while (at < n && v[at].id != in->mediator)
		at++;
	if (at == n)
		return mediation_refused(arg, MEDIATION_MEDIATOR_OFF);
	if (is_member(w, in->mediator))
		return mediation_refused(arg, MEDIATION_MEDIATOR_THERE);
	why = mediation_mediator_judge(keys, mediation_keys(w, keys), &key, in->related, in->other);
	if (why != MEDIATION_MAY)
		return mediation_refused(arg, why);
	rc = member_write(tx, actor, w, arg, &v[at], (int)at + 1);
	w->tell = v[at].account;
	return rc == RC_OK && v[at].account != 0 ? request_grant(tx, actor, w->r.id, v[at].account, "mediation") : rc;
}

enum rc
mediation_appoint(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;

	if (w->n_members == MEDIATION_ROWS)
		return mediation_refused(arg, MEDIATION_TOO_MANY);
	if (in->mediator != 0)
		return mediator_add(tx, actor, w, arg);
	return in->agreed ? member_write(tx, actor, w, arg, NULL, 0) : mediation_refused(arg, MEDIATION_NO_CONSENT);
}

enum rc
mediation_relieve(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	enum rc rc;

	if (mediation_words(in->words) < MEDIATION_WORDS_MIN)
		return mediation_refused(arg, MEDIATION_NO_WORDS);
	rc = tx_run_one(tx, actor, &mediation_q[Q_MEMBER_END], ARGS(db_int(w->r.id.n), db_int(in->member), db_int(tx_now_ms(tx)),
	    db_text(text_trim(in->words))));
	return rc == RC_CONFLICT ? mediation_refused(arg, MEDIATION_UNKNOWN) : rc;
}

/* ---- the talks --------------------------------------------------------------------------------------------- */

static enum rc
record_write(struct tx *tx, const struct actor *actor, const struct mediation_work *w, const struct mediation_values *in, int kind)
{
	return tx_run(tx, actor, &mediation_q[Q_SESSION_INSERT], ARGS(db_int(tx_id(tx)), db_int(w->r.id.n), db_int(kind), db_int(in->day.n),
	    in->time < 0 ? db_null() : db_int(in->time), db_int(in->minutes), db_text(text_trim(in->place)), db_int(in->public),
	    db_text(text_trim(in->words)), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
}

enum rc
mediation_session(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;

	if (mediating(w) == 0)
		return mediation_refused(arg, MEDIATION_NO_MEDIATOR);
	if (day_compare(in->day, day_of_moment(tx_now_ms(tx))) > 0)
		return mediation_refused(arg, MEDIATION_AHEAD);
	if (day_compare(in->day, day_of_moment(w->r.created_ms)) < 0)
		return mediation_refused(arg, MEDIATION_BEFORE);
	return record_write(tx, actor, w, in, in->kind == MEDIATION_INQUIRY ? MEDIATION_INQUIRY : MEDIATION_TALK);
}

enum rc
mediation_visit(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;

	if (day_compare(in->day, day_of_moment(tx_now_ms(tx))) > 0)
		return mediation_refused(arg, MEDIATION_AHEAD);
	if (day_compare(in->day, day_of_moment(w->a.effect_ms)) < 0)
		return mediation_refused(arg, MEDIATION_BEFORE);
	return record_write(tx, actor, w, in, MEDIATION_RETURN_VISIT);
}

/* From its last day on, once, with the parties' consent. */
enum rc
mediation_extend(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	struct case_clock v[CASE_CLOCKS_MAX];
	struct day today = day_of_moment(tx_now_ms(tx)), last = today;
	int64_t days = 0;
	size_t n = 0;
	enum rc rc;

	if (w->a.extended_ms != 0)
		return mediation_refused(arg, MEDIATION_ONCE);
	if (!arg->act->in->agreed)
		return mediation_refused(arg, MEDIATION_NO_CONSENT);
	if (mediation_words(arg->act->in->words) < MEDIATION_WORDS_MIN)
		return mediation_refused(arg, MEDIATION_NO_WORDS);
	rc = case_clock_list(tx, actor, w->r.id, v, CASE_CLOCKS_MAX, &n);
	if (rc == RC_OK)
		rc = setting_read(tx, actor, &mediation_settings[1], &days);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (v[i].target == TARGET_MEDIATE) {
			if (v[i].due_ms == DUE_NONE)
				return mediation_refused(arg, MEDIATION_STANDS_STILL);
			last = day_of_moment(v[i].due_ms);
		}
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &mediation_q[Q_EXTENDED], ARGS(db_int(w->r.id.n), db_int(tx_now_ms(tx))));
	if (rc == RC_OK)
		rc = case_clock_meet(tx, actor, &w->r, TARGET_MEDIATE);
	w->tail = arena_format(tx_mem(tx), "\nfrom=%d\ndays=%lld", last.n, (long long)days);
	return rc != RC_OK ? rc : case_clock_start(tx, actor, &w->r, TARGET_MEDIATE,
	    (struct clock_rule){ (int)(last.n - today.n + days > 0 ? last.n - today.n + days : 0), CLOCK_DAY, true },
	    TEXT("当事人同意延长一次（未核实，可改）"));
}

/* Told at once, to whom and when; whoever is above is told as well. */
enum rc
mediation_danger_tell(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	int64_t told = day_start_ms(in->day) + in->time * INT64_C(60000), director = 0;
	enum rc rc;

	if (told > tx_now_ms(tx))
		return mediation_refused(arg, MEDIATION_AHEAD);
	if (told < w->r.created_ms - DAY_MS)
		return mediation_refused(arg, MEDIATION_BEFORE);
	rc = tx_run(tx, actor, &mediation_q[Q_DANGER_INSERT], ARGS(db_int(tx_id(tx)), db_int(w->r.id.n), db_int(in->danger), db_int(told),
	    db_text(text_trim(in->receiver)), db_text(text_trim(in->words)), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &mediation_q[Q_DIRECTOR], ARGS(db_int(w->r.holder_point)), &director);
	w->tell = director;
	return rc == RC_OK || rc == RC_NOT_FOUND ? request_urge(tx, actor, &w->r) : rc;
}

/* ---- the end without an agreement ------------------------------------------------------------------------------- */

/* It goes on as an application for legal aid: nothing is asked twice. */
static enum rc
goes_on(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	struct request_new *next = &arg->ready.next;
	const struct request *r = &w->r;
	enum rc rc;

	if (next->item == 0)
		return RC_OK;
	request_new_from(r, next);
	rc = intake_start(tx, actor, next, NULL);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &mediation_q[Q_NEXT], ARGS(db_int(r->id.n), db_int(next->id)));
	w->a.next_request = next->id;
	arg->next = next->id;
	w->tail = arena_format(tx_mem(tx), "\nnext=%lld", (long long)next->id);
	return rc;
}

static enum rc
told_other_ways(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	if (mediation_words(arg->act->in->words) < MEDIATION_WORDS_MIN)
		return mediation_refused(arg, MEDIATION_NO_WORDS);
	return goes_on(tx, actor, w, arg);
}

enum rc
mediation_refuse(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	for (size_t i = 0; i < w->n_parties; i++)
		if (w->parties[i].consent == MEDIATION_OBJECTS)
			w->a.ended_side = (int)w->parties[i].side;
	return told_other_ways(tx, actor, w, arg);
}

enum rc
mediation_fail(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	return told_other_ways(tx, actor, w, arg);
}

/* A party may end it at any time and owes no reason. */
enum rc
mediation_end(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	w->a.ended_side = w->sides == MEDIATION_WHO_RESIDENT ? MEDIATION_SIDE_A : arg->act->in->side;
	return w->sides == MEDIATION_WHO_RESIDENT ? RC_OK : goes_on(tx, actor, w, arg);
}
