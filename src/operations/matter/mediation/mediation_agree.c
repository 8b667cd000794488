/* The agreement: written down, signed, in effect, performed or not. */
#include "operations/matter/mediation/mediation_internal.h"

#include "standards/holidays/holidays.h"

/* ---- written down, signed ------------------------------------------------------------------------------- */

enum rc
mediation_draft(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	const struct mediation_ready *ready = &arg->ready;
	int64_t sum = 0;
	enum rc rc = tx_run(tx, actor, &mediation_q[Q_DUTIES_DROP], ARGS(db_int(w->r.id.n)), NULL);

	for (size_t i = 0; rc == RC_OK && i < ready->n_duties; i++) {
		const struct mediation_duty_values *d = &in->duties[i];

		sum += ready->fen[i]; /* each is bounded by the form */
		rc = tx_run(tx, actor, &mediation_q[Q_DUTY_INSERT], ARGS(db_int(tx_id(tx)), db_int(w->r.id.n), db_int(d->side),
		    db_text(text_trim(d->what)), db_int(ready->fen[i]), db_int(d->due.n)), NULL);
	}
	w->a.form = in->form;
	return rc != RC_OK ? rc : tx_run_one(tx, actor, &mediation_q[Q_DRAFT], ARGS(db_int(w->r.id.n), db_int(in->form),
	    db_text(text_trim(in->content)), db_text(text_trim(in->responsibility)), db_int(in->status), db_int(tx_now_ms(tx)), db_int(sum),
	    db_int(in->crime_persons), db_int(in->petition_persons)));
}

static enum rc
party_sign(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_party *p, int how)
{
	enum rc rc = tx_run_one(tx, actor, &mediation_q[Q_PARTY_SIGN], ARGS(db_int(w->r.id.n), db_int(p->id), db_int(how),
	    db_int(tx_now_ms(tx))));

	p->sign = how;
	return rc;
}

static enum rc
office_sign(struct tx *tx, const struct actor *actor, struct mediation_work *w, bool seal)
{
	int64_t *at = seal ? &w->a.sealed_ms : &w->a.mediator_signed_ms;

	*at = tx_now_ms(tx);
	return tx_run_one(tx, actor, &mediation_q[seal ? Q_SEALED : Q_MEDIATOR_SIGNED], ARGS(db_int(w->r.id.n), db_int(*at)));
}

static enum rc
all_sign(struct tx *tx, const struct actor *actor, struct mediation_work *w, int how)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < w->n_parties; i++)
		if (w->parties[i].sign == MEDIATION_UNSIGNED)
			rc = party_sign(tx, actor, w, &w->parties[i], how);
	if (rc == RC_OK && w->a.mediator_signed_ms == 0)
		rc = office_sign(tx, actor, w, false);
	return rc == RC_OK && w->a.sealed_ms == 0 ? office_sign(tx, actor, w, true) : rc;
}

/* One party, the mediator, the committee's seal, or all that are missing at once. */
enum rc
mediation_sign(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	struct mediation_party *p;
	int64_t id = 0;

	if (text_equals(in->signer, TEXT("all")))
		return all_sign(tx, actor, w, in->sign);
	if (text_equals(in->signer, TEXT("mediator")))
		return w->a.mediator_signed_ms != 0 ? mediation_refused(arg, MEDIATION_SIGNED_ALREADY) : office_sign(tx, actor, w, false);
	if (text_equals(in->signer, TEXT("committee")))
		return w->a.sealed_ms != 0 ? mediation_refused(arg, MEDIATION_SIGNED_ALREADY) : office_sign(tx, actor, w, true);
	p = int64_parse(in->signer, 1, INT64_MAX, &id) == RC_OK ? mediation_party_of(w, id) : NULL;
	if (p == NULL)
		return mediation_refused(arg, MEDIATION_UNKNOWN);
	return p->sign != MEDIATION_UNSIGNED ? mediation_refused(arg, MEDIATION_SIGNED_ALREADY) : party_sign(tx, actor, w, p, in->sign);
}

enum rc
mediation_redraft(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	enum rc rc;

	if (mediation_words(arg->act->in->words) < MEDIATION_WORDS_MIN)
		return mediation_refused(arg, MEDIATION_NO_WORDS);
	rc = tx_run_one(tx, actor, &mediation_q[Q_REDRAFT], ARGS(db_int(w->r.id.n)));
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &mediation_q[Q_PARTIES_UNSIGN], ARGS(db_int(w->r.id.n)), NULL);
	return rc == RC_OK ? tx_run(tx, actor, &mediation_q[Q_DUTIES_DROP], ARGS(db_int(w->r.id.n)), NULL) : rc;
}

/* ---- kept or not ------------------------------------------------------------------------------------------ */

enum rc
mediation_claim(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	enum rc rc = tx_run_one(tx, actor, &mediation_q[Q_DUTY_SAY], ARGS(db_int(w->r.id.n), db_int(in->duty), db_int(in->said),
	    db_int(tx_now_ms(tx)), db_text(text_trim(in->words))));

	return rc == RC_CONFLICT ? mediation_refused(arg, MEDIATION_UNKNOWN) : rc;
}

enum rc
mediation_perform(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	enum rc rc;

	if (day_compare(in->day, day_of_moment(tx_now_ms(tx))) > 0)
		return mediation_refused(arg, MEDIATION_AHEAD);
	if (day_compare(in->day, day_of_moment(w->a.drafted_ms)) < 0)
		return mediation_refused(arg, MEDIATION_BEFORE);
	rc = tx_run_one(tx, actor, &mediation_q[Q_DUTY_PERFORM], ARGS(db_int(w->r.id.n), db_int(in->duty), db_int(in->day.n),
	    db_int(tx_now_ms(tx)), db_int(actor->account)));
	return rc == RC_CONFLICT ? mediation_refused(arg, MEDIATION_DONE_ALREADY) : rc;
}

enum rc
mediation_miss(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	struct db_args one = ARGS(db_int(w->r.id.n), db_int(in->duty));
	ROWS row = NULL;
	struct day due;
	bool missed;
	enum rc rc = tx_one(tx, actor, &mediation_q[Q_DUTY_OPEN], one, &row);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? mediation_refused(arg, MEDIATION_UNKNOWN) : rc;
	due = (struct day){ (int32_t)rows_int(row, 0) };
	missed = !rows_is_null(row, 1);
	if (missed)
		return mediation_refused(arg, MEDIATION_DONE_ALREADY);
	if (!mediation_day_over(holidays_current(), due, day_of_moment(tx_now_ms(tx))))
		return mediation_refused(arg, MEDIATION_NOT_OVER);
	return tx_run_one(tx, actor, &mediation_q[Q_DUTY_MISS], ARGS(db_int(w->r.id.n), db_int(in->duty), db_int(tx_now_ms(tx))));
}

enum rc
mediation_break(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &mediation_q[Q_DUTIES_MISSED], ARGS(db_int(w->r.id.n)), &n);

	if (rc == RC_OK && n == 0)
		return mediation_refused(arg, MEDIATION_NONE_MISSED);
	return rc == RC_OK ? mediation_fail(tx, actor, w, arg) : rc;
}

/* ---- what follows by itself ---------------------------------------------------------------------------------- */

static bool
all_signed(const struct mediation_work *w)
{
	for (size_t i = 0; i < w->n_parties; i++)
		if (w->parties[i].sign == MEDIATION_UNSIGNED)
			return false;
	return w->a.mediator_signed_ms != 0 && w->a.sealed_ms != 0;
}

static enum rc
take_effect(struct tx *tx, const struct actor *actor, struct mediation_work *w)
{
	enum rc rc = tx_run_one(tx, actor, &mediation_q[Q_EFFECT], ARGS(db_int(w->r.id.n), db_int(tx_now_ms(tx))));

	return rc == RC_OK ? mediation_follow(tx, actor, w, MEDIATION_EFFECT) : rc;
}

/* Something was performed: on to the next, back in order, or done. */
static enum rc
performed(struct tx *tx, const struct actor *actor, struct mediation_work *w)
{
	int64_t missed = 0;
	enum rc rc = mediation_perform_start(tx, actor, w);

	if (rc == RC_NOT_FOUND)
		return mediation_follow(tx, actor, w, MEDIATION_FULFIL);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &mediation_q[Q_DUTIES_MISSED], ARGS(db_int(w->r.id.n)), &missed);
	return rc == RC_OK && w->a.state == MEDIATION_BREACHED && missed == 0 ? mediation_follow(tx, actor, w, MEDIATION_MEND) : rc;
}

enum rc
mediation_after(struct tx *tx, const struct actor *actor, struct mediation_work *w, enum mediation_step step)
{
	switch ((int)step) {
	case MEDIATION_DRAFT: return w->a.form == MEDIATION_ORAL ? take_effect(tx, actor, w) : RC_OK;
	case MEDIATION_SIGN: return all_signed(w) ? take_effect(tx, actor, w) : RC_OK;
	case MEDIATION_PERFORM: return performed(tx, actor, w);
	default: return RC_OK;
	}
}
