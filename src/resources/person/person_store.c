#include "resources/person/person_store.h"

#include "resources/identity/identity.h"

/* A person is seen by whoever may see a request of theirs, or by place. */
#define SEEN "(p.place BETWEEN $2 AND $3 OR EXISTS (SELECT 1 FROM request r WHERE r.city = p.city " \
	"AND r.person = p.id AND " REQUEST_IN_SCOPE "))"
#define LIKELY "SELECT id, name, id_sealed, phone_sealed FROM person "

const struct db_stmt person_stmts[PERSON_STMT_COUNT] = {
	/* somebody else may have written the same number down at this moment: then no row comes back */
	[PERSON_INSERT] = { "person.insert", DB_SYSTEM,
		"INSERT INTO person (city, id, place, name, id_kind, id_sealed, id_index, phone_sealed, "
		"phone_index, born_day, sex, groups, created_ms, revision) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1) "
		"ON CONFLICT DO NOTHING", 0 },
	[PERSON_BY_ID] = { "person.by_id", DB_SYSTEM,
		"SELECT id, name, phone_index, place, groups FROM person WHERE city = $1 AND id_index = $2", 0 },
	[PERSON_GET] = { "person.get", DB_PLACE,
		"SELECT p.id, p.place, p.name, p.id_sealed, p.phone_sealed, p.born_day, p.sex, p.groups, "
		"p.created_ms, p.revision FROM person p WHERE p.city = $1 AND p.id = $5 AND " SEEN, 0 },
	[PERSON_SAME_BY_ID] = { "person.same_id", DB_CITY,
		LIKELY "WHERE city = $1 AND id_index = $2 ORDER BY id LIMIT $3", 0 },
	[PERSON_SAME_BY_PHONE] = { "person.same_phone", DB_CITY,
		LIKELY "WHERE city = $1 AND phone_index = $2 ORDER BY id LIMIT $3", 0 },
	[PERSON_SAME_BY_NAME] = { "person.same_name", DB_CITY,
		LIKELY "WHERE city = $1 AND name = $2 AND born_day = $3 ORDER BY id LIMIT $4", 0 },
	[PERSON_REQUEST] = { "person.request", DB_PLACE,
		"SELECT r.person, r.holder, r.open, r.contact, r.caller_phone FROM request r "
		"WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	[PERSON_CONTACTS] = { "person.contacts", DB_PLACE,
		"SELECT r.contact, r.caller_phone, p.id, p.phone_sealed FROM request r "
		"LEFT JOIN person p ON p.city = r.city AND p.id = r.person "
		"WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	[REVEAL_COUNT] = { "person.reveal_count", DB_SYSTEM,
		"SELECT count(*) FROM audit WHERE city = $1 AND account = $2 AND action = 'person.reveal' "
		"AND at_ms > $3", 0 },
	[ORGANISATION_INSERT] = { "organisation.insert", DB_SYSTEM,
		"INSERT INTO organisation (city, id, place, name, kind, credit_code, founded_day, staff, "
		"created_ms, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)", 0 },
	[ORGANISATION_BY_CODE] = { "organisation.by_code", DB_SYSTEM,
		"SELECT id, name FROM organisation WHERE city = $1 AND credit_code = $2 ORDER BY id LIMIT 1", 0 },
	[ORGANISATION_GET] = { "organisation.get", DB_CITY,
		"SELECT id, place, name, kind, credit_code, founded_day, staff, created_ms, revision "
		"FROM organisation WHERE city = $1 AND id = $2", 0 },
};

const struct db_set person_sql = DB_SET("person", person_stmts);
