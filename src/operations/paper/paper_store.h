/* paper_store: the SQL of the register of papers; private. */
#pragma once

#include "operations/paper/paper.h"

enum paper_q {
	Q_LIST, Q_LIST_RECEIPT, Q_LOAD, Q_LOAD_RECEIPT, Q_TEMPLATE_PUT, Q_SERIES_NEXT, Q_PUT, Q_VOID, Q_SEEN, Q_DUE, Q_CHECK,
	Q_KEEP, Q_OWE, Q_OWED, Q_OWED_ONE, Q_OWED_DUE, Q_OWED_LATER, Q_OWED_DONE, Q_COUNT
};
extern const struct db_stmt paper_q[Q_COUNT];

/* Columns of a row, as Q_LIST and Q_LOAD select them; the texts are copies. */
void paper_row_read(const struct rows *row, struct paper *ret);
enum rc paper_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id, struct paper *ret);
/* In whose name it is issued: the actor's, or whoever took the step that owed it. */
enum rc paper_issue_as(struct tx *tx, const struct actor *actor, int64_t account, const struct paper_draft *d, struct case_id request,
    struct place place, struct paper_issued *ret);
