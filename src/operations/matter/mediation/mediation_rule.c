/*
 * The law of people's mediation as values: which step leads where and by which article, who may be party and who mediator,
 * until when a court can be asked.  人民调解法 (in force 2011-01-01); 法释〔2011〕5号.
 */
#include "operations/matter/mediation/mediation_rule.h"

#include "engine/clock/clock.h"

#include <string.h>

#define A MEDIATION_WHO_RESIDENT
#define O MEDIATION_WHO_OFFICE
#define M MEDIATION_WHO_MEDIATOR
#define LAW "人民调解法 "

#define ANSWER BIT(TARGET_ANSWER)
#define MEDIATE BIT(TARGET_MEDIATE)
#define PERFORM BIT(TARGET_PERFORM)
#define CONFIRM BIT(TARGET_CONFIRM)

/* Rows of one step in several states that it leaves as they are. */
#define STAYS(state, step, who, basis, starts) { state, step, state, who, basis, 0, starts }
#define WHILE_MEDIATING(step, who, basis, starts) \
	STAYS(MEDIATION_ACCEPTED, step, who, basis, starts), STAYS(MEDIATION_IN_SESSION, step, who, basis, starts), \
	STAYS(MEDIATION_DRAFTED, step, who, basis, starts)
#define WHILE_PERFORMING(step, who, basis, meets, starts) \
	{ MEDIATION_AGREED, step, MEDIATION_AGREED, who, basis, meets, starts }, \
	{ MEDIATION_BREACHED, step, MEDIATION_BREACHED, who, basis, meets, starts }
#define ENDS(step, to, who, basis) \
	{ MEDIATION_ACCEPTED, step, to, who, basis, MEDIATE, 0 }, { MEDIATION_IN_SESSION, step, to, who, basis, MEDIATE, 0 }, \
	{ MEDIATION_DRAFTED, step, to, who, basis, MEDIATE, 0 }

const struct mediation_edge mediation_edges[] = {
	{ MEDIATION_UNFILLED, MEDIATION_REGISTER, MEDIATION_REGISTERED, O, LAW "第十七条", 0, 0 },
	STAYS(MEDIATION_REGISTERED, MEDIATION_REGISTER, O, LAW "第十七条", 0),        /* corrected */
	STAYS(MEDIATION_REGISTERED, MEDIATION_PARTY, O, "", 0),
	STAYS(MEDIATION_REGISTERED, MEDIATION_CONSENT, O | M, LAW "第十七条", 0),
	STAYS(MEDIATION_REGISTERED, MEDIATION_APPOINT, O, LAW "第十九条", 0),
	STAYS(MEDIATION_REGISTERED, MEDIATION_RELIEVE, O, LAW "第二十三条", 0),
	{ MEDIATION_REGISTERED, MEDIATION_ACCEPT, MEDIATION_ACCEPTED, O, LAW "第十七条", ANSWER, TARGET_MEDIATE },
	{ MEDIATION_REGISTERED, MEDIATION_REFUSE, MEDIATION_REFUSED, O, LAW "第十七条", ANSWER, 0 },
	STAYS(MEDIATION_REGISTERED, MEDIATION_DANGER, O | M, LAW "第二十五条", 0),

	WHILE_MEDIATING(MEDIATION_APPOINT, O, LAW "第十九条", 0),
	WHILE_MEDIATING(MEDIATION_RELIEVE, O, LAW "第二十三条", 0),
	{ MEDIATION_ACCEPTED, MEDIATION_SESSION, MEDIATION_IN_SESSION, O | M, LAW "第二十二条", 0, 0 },
	STAYS(MEDIATION_IN_SESSION, MEDIATION_SESSION, O | M, LAW "第二十二条", 0),
	WHILE_MEDIATING(MEDIATION_EXTEND, O, "", 0),
	WHILE_MEDIATING(MEDIATION_DANGER, O | M, LAW "第二十五条", 0),
	{ MEDIATION_IN_SESSION, MEDIATION_DRAFT, MEDIATION_DRAFTED, O | M, LAW "第二十八条", 0, 0 },
	STAYS(MEDIATION_DRAFTED, MEDIATION_SIGN, O | M, LAW "第二十九条", 0),
	{ MEDIATION_DRAFTED, MEDIATION_EFFECT, MEDIATION_AGREED, O | M, LAW "第二十九条", MEDIATE, TARGET_PERFORM },
	{ MEDIATION_DRAFTED, MEDIATION_REDRAFT, MEDIATION_IN_SESSION, O | M, LAW "第二十三条", 0, 0 },
	ENDS(MEDIATION_FAIL, MEDIATION_FAILED, O | M, LAW "第二十六条"),
	{ MEDIATION_REGISTERED, MEDIATION_END, MEDIATION_ENDED, A | O, LAW "第二十三条", ANSWER, 0 },
	ENDS(MEDIATION_END, MEDIATION_ENDED, A | O | M, LAW "第二十三条"),

	WHILE_PERFORMING(MEDIATION_CLAIM, A, LAW "第三十一条", 0, 0),
	WHILE_PERFORMING(MEDIATION_PERFORM, O | M, LAW "第三十一条", PERFORM, 0),
	{ MEDIATION_AGREED, MEDIATION_FULFIL, MEDIATION_PERFORMED, O | M, LAW "第三十一条", PERFORM | CONFIRM, 0 },
	{ MEDIATION_BREACHED, MEDIATION_FULFIL, MEDIATION_PERFORMED, O | M, LAW "第三十一条", PERFORM | CONFIRM, 0 },
	{ MEDIATION_AGREED, MEDIATION_MISS, MEDIATION_BREACHED, O | M, LAW "第三十一条", 0, 0 },
	STAYS(MEDIATION_BREACHED, MEDIATION_MISS, O | M, LAW "第三十一条", 0),
	{ MEDIATION_BREACHED, MEDIATION_MEND, MEDIATION_AGREED, O | M, LAW "第三十一条", 0, 0 },
	WHILE_PERFORMING(MEDIATION_VISIT, O | M, LAW "第三十一条", 0, 0),
	WHILE_PERFORMING(MEDIATION_DANGER, O | M, LAW "第二十五条", 0, 0),
	{ MEDIATION_BREACHED, MEDIATION_BREAK, MEDIATION_BROKEN, O, LAW "第三十二条", PERFORM | CONFIRM, 0 },
	WHILE_PERFORMING(MEDIATION_CONFIRM_ASK, A | O | M, LAW "第三十三条", 0, 0), /* its clock begins when all have asked */
	WHILE_PERFORMING(MEDIATION_CONFIRM_DROP, O | M, LAW "第三十三条", CONFIRM, 0),
	WHILE_PERFORMING(MEDIATION_CONFIRM_SEND, O | M, LAW "第三十三条", CONFIRM, 0),
	WHILE_PERFORMING(MEDIATION_CONFIRM_RESULT, O | M, LAW "第三十三条", 0, 0),
};
const size_t mediation_edges_n = sizeof mediation_edges / sizeof mediation_edges[0];

const struct mediation_edge *
mediation_edge_find(enum mediation_state from, enum mediation_step step)
{
	for (size_t i = 0; i < mediation_edges_n; i++)
		if (mediation_edges[i].from == from && mediation_edges[i].step == step)
			return &mediation_edges[i];
	return NULL;
}

bool
mediation_is_open(enum mediation_state s)
{
	return s > MEDIATION_NONE && s < MEDIATION_PERFORMED;
}

bool
mediation_in_effect(enum mediation_state s)
{
	return s == MEDIATION_AGREED || s == MEDIATION_BREACHED || s == MEDIATION_PERFORMED || s == MEDIATION_BROKEN;
}

enum mediation_class
mediation_class_of(enum mediation_source s)
{
	switch ((int)s) {
	case MEDIATION_APPLIED: return MEDIATION_CLASS_APPLIED;
	case MEDIATION_INITIATIVE: case MEDIATION_GROUP_SOURCE: return MEDIATION_CLASS_INITIATIVE;
	default: return MEDIATION_CLASS_ENTRUSTED;
	}
}

static struct mediation_verdict
verdict(enum mediation_why why, const char *basis)
{
	return (struct mediation_verdict){ .why = why, .basis = basis };
}

struct mediation_verdict
mediation_step_judge(const struct mediation_facts *f, enum mediation_step step)
{
	const struct mediation_edge *e = mediation_edge_find(f->state, step);

	if (e == NULL)
		return verdict(MEDIATION_NO_STEP, "");
	if ((e->who & f->sides) == 0)
		return verdict(MEDIATION_NOT_YOURS, e->basis);
	if (!f->received && step != MEDIATION_REGISTER && step != MEDIATION_PARTY && step != MEDIATION_DANGER)
		return verdict(MEDIATION_NOT_RECEIVED, e->basis);
	return verdict(MEDIATION_MAY, e->basis);
}

/* ---- who against whom, who between them --------------------------------------------------------------------- */

/* The same number; or the same name where one of the two has none. */
static bool
same_person(const struct mediation_key *a, const struct mediation_key *b)
{
	if (a->id != NULL && b->id != NULL)
		return memcmp(a->id, b->id, 16) == 0;
	return memcmp(a->name, b->name, 16) == 0;
}

enum mediation_why
mediation_party_judge(const struct mediation_key *v, size_t n, const struct mediation_key *fresh)
{
	for (size_t i = 0; i < n; i++)
		if (same_person(&v[i], fresh))
			return v[i].side == fresh->side ? MEDIATION_TWICE : MEDIATION_BOTH_SIDES;
	return n >= MEDIATION_PARTIES_MAX ? MEDIATION_TOO_MANY : MEDIATION_MAY;
}

enum mediation_why
mediation_mediator_judge(const struct mediation_key *v, size_t n, const struct mediation_key *mediator, bool related, bool other)
{
	if (related)
		return MEDIATION_IS_RELATED;
	for (size_t i = 0; i < n; i++) {
		if (mediator->id != NULL && v[i].id != NULL && memcmp(mediator->id, v[i].id, 16) == 0)
			return MEDIATION_IS_PARTY;
		if (same_person(&v[i], mediator) && !other)
			return MEDIATION_SAME_NAME;
	}
	return MEDIATION_MAY;
}

enum mediation_why
mediation_accept_judge(const struct mediation_party *v, size_t n)
{
	bool there[MEDIATION_SIDE_COUNT] = { false }, unasked = false;

	for (size_t i = 0; i < n; i++) {
		if (v[i].consent == MEDIATION_OBJECTS)
			return MEDIATION_PARTY_REFUSES;
		there[v[i].side] = true;
		unasked = unasked || v[i].consent == MEDIATION_NOT_ASKED;
	}
	if (!there[MEDIATION_SIDE_A] || !there[MEDIATION_SIDE_B])
		return MEDIATION_ONE_SIDE;
	return unasked ? MEDIATION_NOT_ALL_ASKED : MEDIATION_MAY;
}

/* ---- days -------------------------------------------------------------------------------------------------------- */

struct day
mediation_confirm_last(const struct calendar *c, struct day effect)
{
	struct clock_rule rule = { MEDIATION_CONFIRM_DAYS, CLOCK_DAY, true };
	int64_t start = day_start_ms(effect);

	return day_of_moment(clock_due(c, rule, start, NULL, 0, start).due_ms);
}

struct mediation_verdict
mediation_confirm_judge(const struct calendar *c, const struct mediation_confirm_facts *f, enum mediation_step step)
{
	struct day last = mediation_confirm_last(c, f->effect);
	enum mediation_confirm wants = step == MEDIATION_CONFIRM_ASK ? MEDIATION_UNCONFIRMED
	    : step == MEDIATION_CONFIRM_RESULT ? MEDIATION_CONFIRM_SENT : MEDIATION_CONFIRM_ASKED;

	if (f->status)
		return verdict(MEDIATION_CONFIRM_STATUS, "法释〔2011〕5号 第四条");
	if (f->state != wants)
		return verdict(MEDIATION_CONFIRM_STATE, LAW "第三十三条");
	if ((step == MEDIATION_CONFIRM_ASK || step == MEDIATION_CONFIRM_SEND) && day_compare(f->today, last) > 0)
		return (struct mediation_verdict){ .why = MEDIATION_CONFIRM_LATE, .basis = LAW "第三十三条", .bound = last.n };
	return verdict(MEDIATION_MAY, LAW "第三十三条");
}

const struct mediation_party *
mediation_asker(const struct mediation_party *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].side == MEDIATION_SIDE_A)
			return &v[i];
	return NULL;
}

bool
mediation_day_over(const struct calendar *c, struct day due, struct day today)
{
	return day_compare(today, calendar_roll(c, due)) > 0;
}

/* ---- who should mediate ------------------------------------------------------------------------------------------ */

static unsigned
fit_of(enum mediation_category category, struct place place, const struct mediator *m)
{
	unsigned fit = m->account != 0 ? MEDIATION_FIT_ACCOUNT : 0;

	if (m->categories != 0 && (m->categories & BIT(category)) != 0)
		fit |= MEDIATION_FIT_PANEL;
	if (place_range_has(place_range(m->place), place) && place_level(m->place) == PLACE_VILLAGE)
		fit |= MEDIATION_FIT_PLACE;
	else if (place_up(m->place, PLACE_TOWN).code == place_up(place, PLACE_TOWN).code)
		fit |= MEDIATION_FIT_TOWN;
	return fit;
}

/* A panel for this kind of dispute first; a panel for other kinds last. */
static int
weight(enum mediation_category category, const struct mediator *m)
{
	bool foreign = m->categories != 0 && (m->categories & BIT(category)) == 0;

	return (m->fit & MEDIATION_FIT_PANEL ? 8 : 0) + (m->fit & MEDIATION_FIT_PLACE ? 4 : 0) + (m->fit & MEDIATION_FIT_TOWN ? 2 : 0)
	    + (m->fit & MEDIATION_FIT_ACCOUNT ? 1 : 0) - (foreign ? 16 : 0);
}

static int
compare(const struct mediator *a, int wa, const struct mediator *b, int wb)
{
	if (wa != wb)
		return wa > wb ? -1 : 1;
	if (a->load != b->load)
		return a->load < b->load ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

void
mediation_rank(enum mediation_category category, struct place place, struct mediator *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		v[i].fit = fit_of(category, place, &v[i]);
	for (size_t i = 1; i < n; i++) { /* some hundreds at most */
		struct mediator m = v[i];
		int w = weight(category, &m);
		size_t at = i;

		while (at > 0 && compare(&m, w, &v[at - 1], weight(category, &v[at - 1])) < 0) {
			v[at] = v[at - 1];
			at--;
		}
		v[at] = m;
	}
}
