/* paper_store: the SQL of the register of papers; private. */
#pragma once

#include "operations/paper/paper.h"

enum paper_q {
	Q_LIST, Q_LIST_RECEIPT, Q_LOAD, Q_LOAD_RECEIPT, Q_TEMPLATE_PUT, Q_SERIES_NEXT, Q_PUT, Q_VOID, Q_SEEN, Q_DUE, Q_CHECK, Q_COUNT
};
extern const struct db_stmt paper_q[Q_COUNT];

/* Columns of a row, as Q_LIST and Q_LOAD select them; the texts are copies. */
void paper_row_read(const struct rows *row, struct paper *ret);
enum rc paper_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id, struct paper *ret);
