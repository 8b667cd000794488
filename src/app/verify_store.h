/* verify_store: the SQL of verify, and what each check is called; private to app/verify. */
#pragma once

#include "app/verify.h"

/* Checks that one statement answers: number looked at, number that do not fit, first of these. */
enum verify_q {
	Q_NO_HOLDING, Q_FIRST_HOLDING, Q_LAST_HOLDING, Q_HOLDER_AWAY, Q_NO_CLOCK, Q_NEAREST,
	Q_PLACE_REQUEST, Q_PLACE_PERSON, Q_PLACE_ORGANISATION, Q_PLACE_ACCOUNT, Q_PLACE_POINT, Q_PLACE_VILLAGE, Q_PLACE_REVIEW,
	Q_PLACE_FOLLOW_UP, Q_DIVISION, Q_HOLDER_GRANT, Q_FIRST_GRANT, Q_OFFER_GRANT, Q_DIRECTOR_GRANT, Q_ORPHAN_EVENT,
	Q_ORPHAN_MESSAGE, Q_ORPHAN_REVIEW, Q_ORPHAN_CONSULT, Q_ORPHAN_HOLDING, Q_ORPHAN_HANDOVER, Q_ORPHAN_CHOICE, Q_ORPHAN_CLOCK,
	Q_ORPHAN_PAUSE, Q_ORPHAN_ATTACHMENT, Q_ORPHAN_CALLBACK, Q_ORPHAN_GRANT, Q_ORPHAN_FOLLOW_UP, Q_ORPHAN_OUTBOX,
	Q_ORPHAN_CHILD, Q_CONVERTED, Q_OPEN_LOAD, Q_CLOSED, Q_REVIEW_ACT, Q_REVIEW_HANDLER, Q_BAD_GRADE, Q_FOLLOW_REVIEW,
	Q_SELF_FOLLOW, Q_DIRECTOR_AWAY, Q_OPEN_OFFER, Q_OFFER_CLOSED, Q_CALL_CLOSED, Q_CALL_HOLDER, Q_ASKED_GRANT,
	Q_PAUSE_CLOSED, Q_PAUSE_ORDER, Q_VILLAGES, Q_KEYS, Q_ORPHAN_NOTICE, Q_NOTICE_EVENT, Q_OUTBOX_EVENT, Q_OUTBOX_STATE, Q_OUTBOX_SENT,
	Q_ORPHAN_ATTEMPT,
	Q_ORPHAN_DECISION, Q_DECISION_RULES, Q_CHOICE, Q_RULING, Q_ORPHAN_PARTY, Q_SPEAKER,
	Q_COUNTED,
	Q_EVENTS = Q_COUNTED, Q_CLOCKS, Q_UNTAKEN, Q_FILES, Q_COUNT
};
extern const struct db_stmt verify_q[Q_COUNT];
extern const char *const verify_names[Q_COUNTED];

enum rc verify_paper(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_policy(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_policy_replay(struct ctx *ctx, struct verify *v);
enum rc verify_circle(struct ctx *ctx, struct verify *v);
enum rc verify_duty(struct ctx *ctx, struct verify *v);
enum rc verify_supervise(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_aid(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_advisor(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_score(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_mediation(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_quality(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_complaint(struct tx *tx, const struct actor *actor, struct verify *v);
/* Checks that one statement each answers (looked at, bad, first of these), each with its name. */
enum rc verify_checks(struct tx *tx, const struct actor *actor, struct verify *v, const struct db_set *set, const char *const *names);
enum rc verify_roster(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_hours(struct tx *tx, const struct actor *actor, struct verify *v);
enum rc verify_cooperate(struct tx *tx, const struct actor *actor, struct verify *v);
/* Attachments against the files under the state directory: there, of the size, of the hash (unless quick). */
enum rc verify_files(struct tx *tx, const struct actor *actor, struct verify *v);
