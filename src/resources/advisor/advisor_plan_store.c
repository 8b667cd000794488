#include "resources/advisor/advisor_plan_store.h"
#include "resources/advisor/advisor_store.h"

#define PLAN "SELECT q.id, q.place, q.name, q.from_day, q.to_day, q.state, q.price_change, q.price_dialect, q.price_load, q.duties," \
	" q.hours, q.fee, q.input_hash, q.objective, q.bound, q.villages, q.opened, q.minutes, q.longest, q.changed, q.strangers," \
	" q.advisers, q.most, q.account, q.at_ms, COALESCE(q.decided_by, 0), COALESCE(q.decided_ms, 0), a.name, COALESCE(b.name, '')" \
	" FROM advisor_plan q JOIN account a ON a.city = q.city AND a.id = q.account" \
	" LEFT JOIN account b ON b.city = q.city AND b.id = q.decided_by WHERE q.city = $1 AND q.place BETWEEN $2 AND $3"
#define HERE " FROM advisor_plan_row r JOIN provider p ON p.city = r.city AND p.id = r.provider" \
	" JOIN firm f ON f.city = p.city AND f.id = p.firm WHERE r.city = $1 AND r.plan = $2"
#define IN_TERM " c.from_day <= $4 AND c.last_day >= $3"

const struct db_stmt plan_q[P_COUNT] = {
	[P_LIST] = { "advisor_plan.list", DB_AREA, PLAN " ORDER BY q.id DESC LIMIT $4", 0 },
	[P_LOAD] = { "advisor_plan.load", DB_AREA, PLAN " AND q.id = $4", 0 },
	[P_INSERT] = { "advisor_plan.insert", DB_CITY, "INSERT INTO advisor_plan (city, id, place, name, from_day, to_day, state,"
	    " price_change, price_dialect, price_load, duties, hours, fee, input_hash, objective, bound, villages, opened, minutes, longest,"
	    " changed, strangers, advisers, most, account, at_ms) VALUES ($1, $2, $3, $4, $5, $6, 10, $7, $8, $9, $10, $11, $12, $13, $14,"
	    " $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)", 0 },
	[P_ROW_PUT] = { "advisor_plan.row_put", DB_CITY, "INSERT INTO advisor_plan_row (city, plan, place, provider, before_provider, minutes)"
	    " VALUES ($1, $2, $3, $4, $5, $6)", 0 },
	[P_ROWS] = { "advisor_plan.rows", DB_CITY, "SELECT r.place, COALESCE(r.provider, 0), COALESCE(r.before_provider, 0), r.minutes,"
	    " COALESCE(p.name, ''), COALESCE(f.name, ''), COALESCE(b.name, '') FROM advisor_plan_row r"
	    " LEFT JOIN provider p ON p.city = r.city AND p.id = r.provider LEFT JOIN firm f ON f.city = p.city AND f.id = p.firm"
	    " LEFT JOIN provider b ON b.city = r.city AND b.id = r.before_provider"
	    " WHERE r.city = $1 AND r.plan = $2 AND r.place > $3 ORDER BY r.place LIMIT $4", 0 },
	[P_DIFFERS] = { "advisor_plan.differs", DB_CITY, "SELECT r.place, COALESCE(p.name, ''), COALESCE(o.name, ''), r.minutes, s.minutes"
	    " FROM advisor_plan_row r JOIN advisor_plan_row s ON s.city = r.city AND s.plan = $3 AND s.place = r.place"
	    " LEFT JOIN provider p ON p.city = r.city AND p.id = r.provider LEFT JOIN provider o ON o.city = s.city AND o.id = s.provider"
	    " WHERE r.city = $1 AND r.plan = $2 AND COALESCE(r.provider, 0) <> COALESCE(s.provider, 0) ORDER BY r.place LIMIT $4", 0 },
	[P_DIFFERS_N] = { "advisor_plan.differs_n", DB_CITY, "SELECT COUNT(*) FROM advisor_plan_row r JOIN advisor_plan_row s"
	    " ON s.city = r.city AND s.plan = $3 AND s.place = r.place WHERE r.city = $1 AND r.plan = $2"
	    " AND COALESCE(r.provider, 0) <> COALESCE(s.provider, 0)", 0 },
	[P_DECIDE] = { "advisor_plan.decide", DB_CITY, "UPDATE advisor_plan SET state = $3, decided_by = $4, decided_ms = $5"
	    " WHERE city = $1 AND id = $2 AND state = 10", 0 },
	[P_CLAIMS] = { "advisor_plan.claims", DB_CITY, "SELECT p.name, f.name, o.name, o.place, h.n, COUNT(*), COALESCE(a.room, 0)"
	    " FROM (SELECT r.provider, COUNT(*) AS n FROM advisor_plan_row r WHERE r.city = $1 AND r.plan = $2 AND r.provider IS NOT NULL"
	    " GROUP BY r.provider) h JOIN advisor_plan o ON o.city = $1 AND o.state = 10 AND o.from_day <= $4 AND o.to_day >= $3"
	    " AND NOT (o.place BETWEEN $5 AND $6) AND NOT (o.id = $2)"
	    " JOIN advisor_plan_row s ON s.city = o.city AND s.plan = o.id AND s.provider = h.provider"
	    " JOIN provider p ON p.city = o.city AND p.id = h.provider JOIN firm f ON f.city = p.city AND f.id = p.firm"
	    " LEFT JOIN advisor a ON a.city = p.city AND a.provider = p.id"
	    " GROUP BY p.id, p.name, f.name, o.id, o.name, o.place, h.n, a.room HAVING h.n + COUNT(*) > COALESCE(a.room, 0)"
	    " ORDER BY p.id, o.id LIMIT $7", 0 },
	/* what a plan is made from */
	[P_BEFORE] = { "advisor_plan.before", DB_CITY, "SELECT c.place, c.provider FROM advisor_contract c WHERE c.city = $1"
	    " AND c.place BETWEEN $2 AND $3 AND c.from_day <= $4 AND c.last_day >= $4 ORDER BY c.place", 0 },
	[P_TAKEN] = { "advisor_plan.taken", DB_CITY, "SELECT DISTINCT c.place FROM advisor_contract c WHERE c.city = $1 AND c.from_day <= $3"
	    " AND c.last_day >= $2 AND c.place BETWEEN $4 AND $5 ORDER BY c.place", 0 },
	[P_BUSY] = { "advisor_plan.busy", DB_CITY, "SELECT c.provider, COUNT(DISTINCT c.place) FROM advisor_contract c WHERE c.city = $1"
	    " AND c.from_day <= $3 AND c.last_day >= $2 GROUP BY c.provider ORDER BY c.provider", 0 },
	[P_CONFLICTS] = { "advisor_plan.conflicts", DB_CITY, "SELECT provider, place FROM advisor_conflict WHERE city = $1"
	    " AND place BETWEEN $2 AND $3 ORDER BY place, provider", 0 },
	/* what is looked at once more before the contracts are made: first village, first adviser that does not fit */
	[P_MEETS] = { "advisor_plan.meets", DB_CITY, "SELECT r.place FROM advisor_plan_row r JOIN advisor_contract c ON c.city = r.city"
	    " AND c.place = r.place WHERE r.city = $1 AND r.plan = $2 AND r.provider IS NOT NULL AND" IN_TERM " ORDER BY r.place LIMIT 1", 0 },
	[P_UNFIT] = { "advisor_plan.unfit", DB_CITY, "SELECT p.id, p.name, h.n, (SELECT COUNT(DISTINCT c.place) FROM advisor_contract c"
	    " WHERE c.city = p.city AND c.provider = p.id AND" IN_TERM "), COALESCE(a.room, 0), f.name"
	    " FROM (SELECT r.provider, COUNT(*) AS n FROM advisor_plan_row r WHERE r.city = $1 AND r.plan = $2 AND r.provider IS NOT NULL"
	    " GROUP BY r.provider) h JOIN provider p ON p.city = $1 AND p.id = h.provider"
	    " JOIN firm f ON f.city = p.city AND f.id = p.firm LEFT JOIN advisor a ON a.city = p.city AND a.provider = p.id ORDER BY p.id", 0 },
	[P_PEOPLE] = { "advisor_plan.people", DB_CITY, "SELECT r.place, " PERSON_COLUMNS HERE " ORDER BY r.place", 0 },
};
const struct db_set advisor_plan_sql = DB_SET("advisor_plan", plan_q);
