/* dispatch_store: the SQL of dispatch; private. */
#pragma once

#include "operations/dispatch/dispatch.h"

enum dispatch_q {
	Q_FIRST_HOLDER, Q_CANDIDATES, Q_TOUCHED,
	Q_RULES, Q_RULES_NEWEST, Q_RULES_FIRST, Q_RULES_NEXT, Q_RULES_LIST, Q_BACKTEST, Q_WAITS,
	Q_DECIDE, Q_DECISION, Q_DECISIONS, Q_NAMES, Q_OFFER, Q_LOAD, Q_ANSWER, Q_RETURNS, Q_RULINGS, Q_RULINGS_COUNT, Q_RULING_WAITS, Q_RULING_OVER, Q_POINT_OPEN,
	Q_PARTY, Q_WISH_SET, Q_PARTY_INHERIT, Q_WISH_INHERIT, Q_WISH, Q_CONFLICTS,
	Q_HISTORY, Q_INBOX, Q_REASONS,
	Q_ACCOUNT_POINT, Q_OPEN_OFFER, Q_HELD, Q_HELD_COUNT, Q_OFFERED, Q_OFFERED_COUNT, Q_COUNT
};
extern const struct db_stmt dispatch_q[Q_COUNT];

/* What a decision about to be made is made from (dispatch_decide.c). */
struct deciding {
	struct dispatch_rules rules;
	int64_t seed;
	struct buf input;             /* freed by dispatch_store_decision() or deciding_end() */
	struct candidate *c;          /* ranked */
	size_t n;
};
/* Whoever among them has served the other side of the case gets `conflict` (dispatch_party.c). */
enum rc dispatch_conflicts_mark(struct tx *tx, const struct actor *actor, struct case_id id, struct candidate *c, size_t n);
/* A row of DECISION_COLUMNS; texts are views. */
enum rc dispatch_decision_read(const struct rows *row, struct decision *ret);
/* In a command: candidates gathered, their facts written down, ranked. */
enum rc dispatch_decide(struct tx *tx, const struct actor *actor, const struct request *r, struct deciding *ret);
void deciding_end(struct deciding *d);
enum rc dispatch_store_decision(struct tx *tx, const struct actor *actor, const struct request *r, const struct deciding *d,
    enum dispatch_how how, int64_t chosen, struct text reason, int64_t *ret);
