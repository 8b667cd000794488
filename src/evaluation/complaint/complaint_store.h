/* complaint_store: the statements of complaints, and reading and writing one whole.  Private to this folder. */
#pragma once

#include "evaluation/complaint/complaint_rule.h"

/* These handled the request: held it, wrote the answer, decided on legal aid or mediated. */
#define HANDLED(request, account) "(EXISTS (SELECT 1 FROM holding h WHERE h.city = $1 AND h.request = " request " AND h.account = " account ")" \
	" OR EXISTS (SELECT 1 FROM consult k WHERE k.city = $1 AND k.request = " request " AND k.answered_by = " account ")" \
	" OR EXISTS (SELECT 1 FROM aid_decision z WHERE z.city = $1 AND z.request = " request " AND z.account = " account ")" \
	" OR EXISTS (SELECT 1 FROM mediation_member z JOIN mediator y ON y.city = z.city AND y.id = z.mediator" \
	" WHERE z.city = $1 AND z.request = " request " AND y.account = " account "))"

enum complaint_q { Q_INSERT, Q_ABOUT_INSERT, Q_ROUND_INSERT, Q_EVENT_INSERT, Q_REMEDY_INSERT, Q_LOAD, Q_LOAD_CODE, Q_LOAD_SYSTEM, Q_ABOUTS,
	Q_ROUNDS, Q_REMEDIES, Q_EVENTS, Q_EVENTS_SHOWN, Q_LIST_OPEN, Q_LIST_DONE, Q_COUNT_MINE, Q_SEALED, Q_CANDIDATES, Q_FLOOR,
	Q_POINT, Q_HANDLED, Q_READ_BEFORE, Q_SAVE, Q_ROUND_TOLD, Q_ROUND_FOUND, Q_ROUND_REPLIED, Q_ROUND_READER, Q_REMEDY_DONE, Q_LATE, Q_TIME_OVER,
	Q_LEFT_COUNT, Q_LEFT, Q_ALL, Q_TOOK_PART, Q_COUNT };
extern const struct db_stmt complaint_q[Q_COUNT];

/* Column order of complaint_read(). */
void complaint_read(const struct rows *row, struct complaint *c);
enum rc complaint_load_system(struct tx *tx, const struct actor *actor, int64_t id, struct complaint *ret);
/* Everything that may change, at the revision that was read; next_due_ms is counted here.  RC_CONFLICT. */
enum rc complaint_save(struct tx *tx, const struct actor *actor, struct complaint *c);
enum complaint_tell { COMPLAINT_QUIET, COMPLAINT_SHOWN, COMPLAINT_TOLD };
enum rc complaint_note(struct tx *tx, const struct actor *actor, int64_t id, const char *kind, struct text note, struct text data,
    enum complaint_tell how);
/* By the rule; 0: nobody.  `except` is passed over; `above`: and whoever is chosen stands above them. */
enum rc complaint_reader_find(struct tx *tx, const struct actor *actor, const struct complaint *c, int64_t except, bool above, int64_t *ret);
enum rc complaint_round_open(struct tx *tx, const struct actor *actor, const struct complaint *c, struct text asked);
/* The limits of the level begin now. */
void complaint_restart(struct complaint *c, const struct complaint_limits *l, int64_t now_ms);
enum rc complaint_code_hash(struct text code, unsigned char ret[static 16]); /* RC_NOT_FOUND: not a code */
