/* score_store: the SQL of this subject.  Private. */
#pragma once

#include "evaluation/score/score_internal.h"

enum score_q { E_CONTRACTS, E_CONTRACT, E_OWN, E_VISITS, E_EXCUSED, E_REVIEWS, E_ANSWERS, E_CLOSED, E_VERSIONS, E_NEXT, E_REPLACE, E_INSERT,
	E_ANSWER, E_TO_ANSWER, E_ANSWER_PUT, E_APPEALS, E_WAITING, E_APPEAL, E_APPEAL_PUT, E_APPEAL_OPEN, E_DECIDE, E_LINES, E_LOOKED, E_SLOT, E_LOOK_PUT, E_LAST, E_RENEWAL,
	E_RENEWAL_PUT, E_CHECK, E_COUNT };
extern const struct db_stmt score_q[E_COUNT];
