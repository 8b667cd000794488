/* advisor_store: the SQL of contracts and of who can have one; private. */
#pragma once

#include "resources/advisor/advisor.h"

enum advisor_q {
	A_SEATS, A_SEAT_OF, A_SEAT_PUT, A_SEAT_UPDATE, A_CONFLICT_PUT, A_CONFLICT, A_LICENCE,
	A_LOAD, A_ON_DAY, A_OF_VILLAGE, A_EXPIRING, A_PLACES, A_PUBLIC, A_MEETS, A_VILLAGES_OF, A_INSERT, A_END,
	A_ABSENCES, A_ABSENCE_PUT, A_SUBSTITUTES, A_SUBSTITUTE_MEETS, A_SUBSTITUTE_PUT,
	A_COUNT
};
extern const struct db_stmt advisor_q[A_COUNT];

void contract_read(const struct rows *row, struct advisor_contract *ret);
void seat_read(const struct rows *row, struct advisor_seat *ret);
/* Columns PERSON_COLUMNS from `at` on. */
#define PERSON_COLUMNS "p.id, p.firm, p.kind, p.licence, p.name, p.valid_from, p.valid_to, p.practice_from, p.active," \
	" f.name, f.place, f.active"
#define PERSON_COLUMNS_N 12
void person_read(const struct rows *row, int at, struct provider *ret);
