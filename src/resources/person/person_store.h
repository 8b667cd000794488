/* person_store: the SQL of persons and organisations.  Private to resources/person. */
#pragma once

#include "resources/person/person.h"

enum person_stmt {
	PERSON_INSERT, PERSON_BY_ID, PERSON_GET, PERSON_SAME_BY_ID, PERSON_SAME_BY_PHONE, PERSON_SAME_BY_NAME,
	PERSON_REQUEST, PERSON_CONTACTS, REVEAL_COUNT,
	ORGANISATION_INSERT, ORGANISATION_BY_CODE, ORGANISATION_GET,
	PERSON_STMT_COUNT
};
extern const struct db_stmt person_stmts[PERSON_STMT_COUNT];

/* What a request's phone is sealed to. */
struct text person_phone_context(struct arena *a, enum person_phone which, int64_t request);

static inline struct db_value
index_value(const unsigned char index[static 16])
{
	return db_blob((struct text){ (const char *)index, 16 });
}

static inline struct db_value
day_value(struct day d)
{
	return day_is_none(d) ? db_null() : db_int(d.n);
}

static inline struct day
day_at(const struct rows *rows, int col)
{
	return rows_is_null(rows, col) ? DAY_NONE : (struct day){ (int32_t)rows_int(rows, col) };
}
