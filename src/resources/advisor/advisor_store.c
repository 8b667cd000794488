#include "resources/advisor/advisor_store.h"

#define PERSON " JOIN provider p ON p.city = c.city AND p.id = c.provider JOIN firm f ON f.city = p.city AND f.id = p.firm"
#define CONTRACT "SELECT " PERSON_COLUMNS ", f.phone, c.id, c.place, c.provider, c.firm, c.from_day, c.to_day, c.last_day, c.ended," \
	" c.ended_note, c.duties, c.hours, c.fee, COALESCE(c.plan, 0), COALESCE(c.renews, 0), c.account, c.at_ms, c.revision," \
	" (SELECT COUNT(*) FROM advisor_absence x WHERE x.city = c.city AND x.contract = c.id AND x.excused = 0)" \
	" FROM advisor_contract c" PERSON " WHERE c.city = $1"
#define SEAT "SELECT " PERSON_COLUMNS ", COALESCE(a.home, 0), COALESCE(a.dialect, 0), COALESCE(a.room, 0), COALESCE(a.revision, 0)," \
	" (SELECT COUNT(*) FROM advisor_contract c WHERE c.city = p.city AND c.provider = p.id AND c.from_day <= $2 AND c.last_day >= $2)" \
	" FROM provider p JOIN firm f ON f.city = p.city AND f.id = p.firm"

const struct db_stmt advisor_q[A_COUNT] = {
	[A_SEATS] = { "advisor.seats", DB_CITY, SEAT " JOIN advisor a ON a.city = p.city AND a.provider = p.id"
	    " WHERE p.city = $1 AND p.id > $3 ORDER BY p.id LIMIT $4", 0 },
	[A_SEAT_OF] = { "advisor.seat_of", DB_CITY, SEAT " LEFT JOIN advisor a ON a.city = p.city AND a.provider = p.id"
	    " WHERE p.city = $1 AND p.id = $3", 0 },
	[A_SEAT_PUT] = { "advisor.seat_put", DB_SYSTEM,
	    "INSERT INTO advisor (city, provider, home, dialect, room, revision) VALUES ($1, $2, $3, $4, $5, 1)", 0 },
	[A_SEAT_UPDATE] = { "advisor.seat_update", DB_SYSTEM, "UPDATE advisor SET home = $3, dialect = $4, room = $5, revision = revision + 1"
	    " WHERE city = $1 AND provider = $2", 0 },
	[A_CONFLICT_PUT] = { "advisor.conflict_put", DB_SYSTEM, "INSERT INTO advisor_conflict (city, provider, place, reason, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", 0 },
	[A_CONFLICT] = { "advisor.conflict", DB_CITY, "SELECT COUNT(*) FROM advisor_conflict WHERE city = $1 AND provider = $2 AND place = $3", 0 },
	[A_LICENCE] = { "advisor.licence", DB_CITY, "SELECT " PERSON_COLUMNS " FROM provider p JOIN firm f ON f.city = p.city AND f.id = p.firm"
	    " WHERE p.city = $1 AND p.licence = $2", 0 },
	[A_LOAD] = { "advisor.load", DB_CITY, CONTRACT " AND c.id = $2", 0 },
	[A_ON_DAY] = { "advisor.on_day", DB_CITY, CONTRACT " AND c.place > $4 AND c.place BETWEEN $2 AND $3 AND c.from_day <= $5"
	    " AND c.last_day >= $5 ORDER BY c.place LIMIT $6", 0 },
	[A_OF_VILLAGE] = { "advisor.of_village", DB_CITY, CONTRACT " AND c.place = $2 ORDER BY c.from_day DESC LIMIT $3", 0 },
	[A_EXPIRING] = { "advisor.expiring", DB_CITY, CONTRACT " AND c.place BETWEEN $2 AND $3 AND c.from_day <= $4 AND c.last_day >= $4"
	    " AND p.valid_to IS NOT NULL AND (p.valid_to < c.last_day OR p.valid_to <= $5) ORDER BY p.valid_to, c.place LIMIT $6", 0 },
	[A_PLACES] = { "advisor.places", DB_CITY, "SELECT c.place FROM advisor_contract c WHERE c.city = $1 AND c.place BETWEEN $2 AND $3"
	    " AND c.from_day <= $4 AND c.last_day >= $4 ORDER BY c.place LIMIT $5", 0 },
	[A_PUBLIC] = { "advisor.public", DB_PUBLIC, "SELECT p.name, f.name, f.phone, CASE WHEN s.provider IS NULL THEN 0 ELSE 1 END,"
	    " COALESCE(s.to_day, c.last_day) FROM advisor_contract c LEFT JOIN advisor_substitute s ON s.city = c.city"
	    " AND s.contract = c.id AND s.from_day <= $3 AND s.to_day >= $3"
	    " JOIN provider p ON p.city = c.city AND p.id = COALESCE(s.provider, c.provider)"
	    " JOIN firm f ON f.city = p.city AND f.id = p.firm"
	    " WHERE c.city = $1 AND c.place = $2 AND c.from_day <= $3 AND c.last_day >= $3", 0 },
	[A_MEETS] = { "advisor.meets", DB_CITY, "SELECT COUNT(*) FROM advisor_contract WHERE city = $1 AND place = $2 AND from_day <= $4"
	    " AND last_day >= $3", 0 },
	[A_VILLAGES_OF] = { "advisor.villages_of", DB_CITY, "SELECT COUNT(DISTINCT place) FROM advisor_contract WHERE city = $1"
	    " AND provider = $2 AND from_day <= $4 AND last_day >= $3", 0 },
	[A_INSERT] = { "advisor.insert", DB_SYSTEM, "INSERT INTO advisor_contract (city, id, place, provider, firm, from_day, to_day, last_day,"
	    " ended, ended_need, ended_note, duties, hours, fee, plan, renews, account, at_ms, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0, 0, '', $8, $9, $10, $11, $12, $13, $14, 1)", 0 },
	[A_END] = { "advisor.end", DB_SYSTEM, "UPDATE advisor_contract SET last_day = $4, ended = $5, ended_need = $6, ended_note = $7,"
	    " revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3 AND ended = 0", 0 },
	[A_ABSENCES] = { "advisor.absences", DB_CITY,
	    "SELECT day, excused, note FROM advisor_absence WHERE city = $1 AND contract = $2 ORDER BY day DESC LIMIT $3", 0 },
	[A_ABSENCE_PUT] = { "advisor.absence_put", DB_SYSTEM, "INSERT INTO advisor_absence (city, contract, day, excused, note, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING", 0 },
	[A_SUBSTITUTES] = { "advisor.substitutes", DB_CITY, "SELECT c.from_day, c.to_day, c.provider, p.name, f.name, c.reason"
	    " FROM advisor_substitute c" PERSON " WHERE c.city = $1 AND c.contract = $2 ORDER BY c.from_day DESC LIMIT $3", 0 },
	[A_SUBSTITUTE_MEETS] = { "advisor.substitute_meets", DB_CITY, "SELECT COUNT(*) FROM advisor_substitute WHERE city = $1"
	    " AND contract = $2 AND from_day <= $4 AND to_day >= $3", 0 },
	[A_SUBSTITUTE_PUT] = { "advisor.substitute_put", DB_SYSTEM, "INSERT INTO advisor_substitute (city, contract, from_day, to_day, provider,"
	    " reason, account, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 0 },
};
const struct db_set advisor_sql = DB_SET("advisor", advisor_q);

static struct day
day_at(const struct rows *row, int col)
{
	struct day none = DAY_NONE, d = { (int32_t)rows_int(row, col) };

	return rows_is_null(row, col) ? none : d;
}

void
person_read(const struct rows *row, int at, struct provider *ret)
{
	*ret = (struct provider){ .id = rows_int(row, at), .firm = rows_int(row, at + 1), .kind = (enum provider_kind)rows_int(row, at + 2),
		.licence = rows_copy(row, at + 3), .name = rows_copy(row, at + 4), .valid_from = day_at(row, at + 5),
		.valid_to = day_at(row, at + 6), .practice_from = day_at(row, at + 7), .active = rows_int(row, at + 8) != 0,
		.firm_name = rows_copy(row, at + 9), .firm_place = { rows_int(row, at + 10) }, .firm_active = rows_int(row, at + 11) != 0,
		.away_from = DAY_NONE, .away_to = DAY_NONE };
}

void
contract_read(const struct rows *row, struct advisor_contract *ret)
{
	int at = PERSON_COLUMNS_N;
	struct provider p;

	person_read(row, 0, &p);
	*ret = (struct advisor_contract){ .p = p, .phone = rows_copy(row, at), .id = rows_int(row, at + 1),
		.village = { rows_int(row, at + 2) }, .provider = rows_int(row, at + 3), .firm = rows_int(row, at + 4),
		.term = { day_at(row, at + 5), day_at(row, at + 6) }, .last = day_at(row, at + 7),
		.ended = (enum advisor_end)rows_int(row, at + 8), .ended_note = rows_copy(row, at + 9),
		.duties = (unsigned)rows_int(row, at + 10), .hours = (int)rows_int(row, at + 11), .fee = rows_int(row, at + 12),
		.plan = rows_int(row, at + 13), .renews = rows_int(row, at + 14), .account = rows_int(row, at + 15),
		.at_ms = rows_int(row, at + 16), .revision = rows_int(row, at + 17), .absences = rows_int(row, at + 18) };
}

void
seat_read(const struct rows *row, struct advisor_seat *ret)
{
	int at = PERSON_COLUMNS_N;
	struct provider p;
	int64_t home = rows_int(row, at);

	person_read(row, 0, &p);
	*ret = (struct advisor_seat){ .p = p, .home = { home != 0 ? home : p.firm_place.code }, .dialect = rows_int(row, at + 1) != 0,
		.room = (int)rows_int(row, at + 2), .revision = rows_int(row, at + 3), .listed = rows_int(row, at + 3) != 0,
		.load = rows_int(row, at + 4) };
}
