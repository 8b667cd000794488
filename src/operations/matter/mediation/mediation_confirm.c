/* Joint judicial confirmation: both sides ask, within thirty days of its effect (Art. 33). */
#include "operations/matter/mediation/mediation_internal.h"

#include "standards/holidays/holidays.h"

struct confirm_new { enum mediation_confirm state; struct text court, number; struct day sent, result; };

static enum rc
confirm_write(struct tx *tx, const struct actor *actor, const struct mediation_work *w, const struct confirm_new *to)
{
	return tx_run_one(tx, actor, &mediation_q[Q_CONFIRM], ARGS(db_int(w->r.id.n), db_int(w->a.confirm), db_int(to->state),
	    db_text(to->court), day_is_none(to->sent) ? db_null() : db_int(to->sent.n),
	    day_is_none(to->result) ? db_null() : db_int(to->result.n), db_text(to->number)));
}

static enum rc
party_asks(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_party *p)
{
	enum rc rc = tx_run_one(tx, actor, &mediation_q[Q_PARTY_CONFIRM], ARGS(db_int(w->r.id.n), db_int(p->id), db_int(tx_now_ms(tx))));

	p->confirm_ms = tx_now_ms(tx);
	return rc;
}

/* One of them, or all; when none is missing it can be sent, and the days that are left run. */
static enum rc
ask(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	bool resident = w->sides == MEDIATION_WHO_RESIDENT, all = text_equals(arg->act->in->signer, TEXT("all")) && !resident, joint = true;
	const struct mediation_party *asker = mediation_asker(w->parties, w->n_parties);
	int64_t id = resident && asker != NULL ? asker->id : 0;
	struct day today = day_of_moment(tx_now_ms(tx)), last = mediation_confirm_last(holidays_current(), day_of_moment(w->a.effect_ms));
	struct confirm_new to = { .state = MEDIATION_CONFIRM_ASKED, .court = TEXT_NONE, .number = TEXT_NONE, .sent = DAY_NONE, .result = DAY_NONE };
	bool some = false;
	enum rc rc = RC_OK;

	if (!resident && !all && int64_parse(arg->act->in->signer, 1, INT64_MAX, &id) != RC_OK)
		return mediation_refused(arg, MEDIATION_UNKNOWN);
	for (size_t i = 0; rc == RC_OK && i < w->n_parties; i++) {
		struct mediation_party *p = &w->parties[i];

		if ((all || p->id == id) && p->confirm_ms == 0) {
			rc = party_asks(tx, actor, w, p);
			some = true;
		}
		joint = joint && p->confirm_ms != 0;
	}
	if (rc == RC_OK && !some)
		return mediation_refused(arg, !all && mediation_party_of(w, id) == NULL ? MEDIATION_UNKNOWN : MEDIATION_DONE_ALREADY);
	if (rc != RC_OK || !joint)
		return rc;
	rc = confirm_write(tx, actor, w, &to);
	w->tail = TEXT("\njoint=1");
	return rc != RC_OK ? rc : case_clock_start(tx, actor, &w->r, TARGET_CONFIRM,
	    (struct clock_rule){ (int)(last.n - today.n), CLOCK_DAY, false }, TEXT("《中华人民共和国人民调解法》第三十三条"));
}

static enum rc
drop(struct tx *tx, const struct actor *actor, struct mediation_work *w)
{
	struct confirm_new to = { .state = MEDIATION_UNCONFIRMED, .court = TEXT_NONE, .number = TEXT_NONE, .sent = DAY_NONE, .result = DAY_NONE };
	enum rc rc = tx_run(tx, actor, &mediation_q[Q_PARTIES_UNCONFIRM], ARGS(db_int(w->r.id.n)), NULL);

	return rc == RC_OK ? confirm_write(tx, actor, w, &to) : rc;
}

static enum rc
result(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	struct confirm_new to = { .state = (enum mediation_confirm)in->result, .court = w->a.court, .number = text_trim(in->number),
		.sent = w->a.confirm_sent, .result = in->day };

	if (day_compare(in->day, w->a.confirm_sent) < 0)
		return mediation_refused(arg, MEDIATION_BEFORE);
	return confirm_write(tx, actor, w, &to);
}

enum rc
mediation_confirm_step(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg)
{
	const struct mediation_values *in = arg->act->in;
	enum mediation_step step = arg->act->step;
	bool dated = step == MEDIATION_CONFIRM_SEND || step == MEDIATION_CONFIRM_RESULT;
	struct day today = day_of_moment(tx_now_ms(tx));
	struct mediation_confirm_facts f = { .status = w->a.status, .state = (enum mediation_confirm)w->a.confirm,
		.effect = day_of_moment(w->a.effect_ms), .today = dated ? in->day : today };
	struct confirm_new sent = { .state = MEDIATION_CONFIRM_SENT, .court = text_trim(in->court), .number = TEXT_NONE, .sent = in->day,
		.result = DAY_NONE };

	if (dated && day_compare(in->day, today) > 0)
		return mediation_refused(arg, MEDIATION_AHEAD);
	if (dated && day_compare(in->day, f.effect) < 0)
		return mediation_refused(arg, MEDIATION_BEFORE);
	arg->verdict = mediation_confirm_judge(holidays_current(), &f, step);
	if (arg->verdict.why != MEDIATION_MAY)
		return RC_REFUSED;
	switch ((int)step) {
	case MEDIATION_CONFIRM_ASK: return ask(tx, actor, w, arg);
	case MEDIATION_CONFIRM_DROP: return drop(tx, actor, w);
	case MEDIATION_CONFIRM_SEND: return confirm_write(tx, actor, w, &sent);
	default: return result(tx, actor, w, arg);
	}
}
