#include "operations/matter/legalaid/legalaid_duty_store.h"

#define DUTY "d.id, d.provider, COALESCE(p.account, 0), d.station, p.name, f.name, d.station_kind, d.day," \
	" (SELECT COUNT(*) FROM aid_duty_help h WHERE h.city = d.city AND h.duty = d.id)"
#define FROM " FROM aid_duty d JOIN provider p ON p.city = d.city AND p.id = d.provider JOIN firm f ON f.city = p.city AND f.id = p.firm"

const struct db_stmt aid_duty_q[D_COUNT] = {
	[D_PUT] = { "legalaid.duty_put", DB_SYSTEM,
	    "INSERT INTO aid_duty (city, id, place, station, station_kind, day, provider, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (city, day, station, provider) DO NOTHING", 0 },
	[D_LIST] = { "legalaid.duties", DB_AREA,
	    "SELECT " DUTY FROM " WHERE d.city = $1 AND d.place BETWEEN $2 AND $3 AND d.day BETWEEN $4 AND $5 ORDER BY d.day, d.id LIMIT $6", 0 },
	[D_LIST_OWN] = { "legalaid.duties_own", DB_OWN,
	    "SELECT " DUTY FROM " WHERE d.city = $1 AND p.account = $2 AND d.day BETWEEN $3 AND $4 ORDER BY d.day, d.id LIMIT $5", 0 },
	[D_ONE] = { "legalaid.duty", DB_AREA, "SELECT " DUTY FROM " WHERE d.city = $1 AND d.place BETWEEN $2 AND $3 AND d.id = $4", 0 },
	[D_ONE_OWN] = { "legalaid.duty_own", DB_OWN, "SELECT " DUTY FROM " WHERE d.city = $1 AND p.account = $2 AND d.id = $3", 0 },
	[D_HELP_PUT] = { "legalaid.help_put", DB_SYSTEM,
	    "INSERT INTO aid_duty_help (city, id, duty, helped, stage, given, words, pass_due_ms, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 0 },
	[D_HELPS] = { "legalaid.helps", DB_CITY,
	    "SELECT h.id, COALESCE(h.pass_due_ms, 0), COALESCE(h.passed_ms, 0), h.at_ms, h.helped, h.words, COALESCE(a.name, ''), h.stage, h.given"
	    " FROM aid_duty_help h LEFT JOIN account a ON a.city = h.city AND a.id = h.account WHERE h.city = $1 AND h.duty = $2"
	    " ORDER BY h.id LIMIT $3", 0 },
	[D_PASS] = { "legalaid.help_pass", DB_SYSTEM,
	    "UPDATE aid_duty_help SET passed_ms = $4, passed_by = $5 WHERE city = $1 AND id = $2 AND duty = $3 AND pass_due_ms IS NOT NULL"
	    " AND passed_ms IS NULL", 0 },
};
const struct db_set legalaid_duty_sql = DB_SET("legalaid_duty", aid_duty_q);
