#include "operations/team/team_store.h"

/* Is somebody's licence good on $2, and their house's; mediators have none. */
#define GOOD "((m.mediator IS NOT NULL AND d.active = 1) OR (p.active = 1 AND f.active = 1 AND p.valid_from <= $2" \
	" AND (p.valid_to IS NULL OR p.valid_to >= $2) AND (f.valid_to IS NULL OR f.valid_to >= $2)))"
#define WHO " LEFT JOIN provider p ON p.city = m.city AND p.id = m.provider LEFT JOIN firm f ON f.city = p.city AND f.id = p.firm" \
	" LEFT JOIN mediator d ON d.city = m.city AND d.id = m.mediator"
#define IN_IT " m.from_day <= $2 AND (m.to_day IS NULL OR m.to_day >= $2)"
/* Bits of enum team_profession, each kind once. */
#define HAS(bit, kinds) " + CASE WHEN EXISTS (SELECT 1 FROM team_member m" WHO " WHERE m.city = t.city AND m.team = t.id AND" IN_IT \
	" AND " GOOD " AND " kinds ") THEN " bit " ELSE 0 END"
#define THERE "0" HAS("1", "p.kind = 7") HAS("2", "p.kind = 5") HAS("4", "m.mediator IS NOT NULL") HAS("8", "p.kind IN (1, 3)") \
	HAS("16", "p.kind = 2") HAS("32", "p.kind = 6") HAS("64", "p.kind IN (4, 8)")
#define TEAM "SELECT t.id, t.kind, t.name, t.place, t.needs, t.active, t.revision, " THERE "," \
	" (SELECT COUNT(*) FROM team_member m WHERE m.city = t.city AND m.team = t.id AND" IN_IT ")," \
	" (SELECT COUNT(*) FROM team_visit v WHERE v.city = t.city AND v.team = t.id AND v.state = 2) FROM team t WHERE t.city = $1"
#define VISIT "SELECT v.id, v.team, v.place, v.day, v.what, v.state, v.kinds, v.minutes, v.people, v.words, COALESCE(v.done_ms, 0), t.name" \
	" FROM team_visit v JOIN team t ON t.city = v.city AND t.id = v.team WHERE v.city = $1"
#define HOURS "SELECT h.id, h.provider, COALESCE(h.team, 0), h.kind, h.day, h.minutes, h.words, h.account, COALESCE(h.confirmed_ms, 0)," \
	" p.name, f.name, COALESCE(t.name, ''), COALESCE(p.account, 0), f.place FROM service_hours h JOIN provider p ON p.city = h.city AND p.id = h.provider" \
	" JOIN firm f ON f.city = p.city AND f.id = p.firm LEFT JOIN team t ON t.city = h.city AND t.id = h.team WHERE h.city = $1"
#define PAIR "SELECT a.id, a.provider, a.official, a.place, a.from_day, a.to_day, p.name, COALESCE(p.account, 0)," \
	" (SELECT COUNT(*) FROM pair_training x WHERE x.city = a.city AND x.pair = a.id)," \
	" (SELECT COALESCE(SUM(x.minutes), 0) FROM pair_training x WHERE x.city = a.city AND x.pair = a.id)" \
	" FROM adviser_pair a JOIN provider p ON p.city = a.city AND p.id = a.provider WHERE a.city = $1"

const struct db_stmt team_q[M_COUNT] = {
	[M_TEAM] = { "team.load", DB_CITY, TEAM " AND t.id = $3", 0 },
	[M_TEAMS] = { "team.list", DB_CITY, TEAM " AND t.id > $3 AND (t.kind = $4 OR CAST($4 AS bigint) = 0) AND t.place BETWEEN $5 AND $6"
	    " ORDER BY t.id LIMIT $7", 0 },
	[M_ADD] = { "team.add", DB_SYSTEM, "INSERT INTO team (city, id, kind, name, place, needs, active, account, at_ms, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)", 0 },
	[M_UPDATE] = { "team.update", DB_SYSTEM, "UPDATE team SET name = $4, needs = $5, active = $6, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3", 0 },
	[M_OFFICE] = { "team.office", DB_CITY, "SELECT id FROM team WHERE city = $1 AND place = $2 AND kind = 1 AND active = 1", 0 },
	[M_MEMBERS] = { "team.members", DB_CITY,
	    "SELECT m.id, COALESCE(m.provider, 0), COALESCE(m.mediator, 0), m.leads, m.from_day, m.to_day, COALESCE(p.name, d.name, ''),"
	    " COALESCE(f.name, d.committee, ''), COALESCE(p.kind, 0), CASE WHEN " GOOD " THEN 1 ELSE 0 END, COALESCE(p.account, d.account, 0)"
	    " FROM team_member m" WHO " WHERE m.city = $1 AND m.team = $3 AND (m.to_day IS NULL OR m.to_day >= $2)"
	    " ORDER BY m.leads DESC, m.id LIMIT $4", 0 },
	[M_JOIN] = { "team.join", DB_SYSTEM, "INSERT INTO team_member (city, id, team, provider, mediator, leads, from_day, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[M_LEAVE] = { "team.leave", DB_SYSTEM, "UPDATE team_member SET to_day = $4, leads = 0 WHERE city = $1 AND id = $2 AND team = $3"
	    " AND to_day IS NULL", 0 },
	[M_LEADER_OFF] = { "team.leader_off", DB_SYSTEM, "UPDATE team_member SET leads = 0 WHERE city = $1 AND team = $2 AND leads = 1", 0 },
	[M_IN_IT] = { "team.in_it", DB_CITY, "SELECT COUNT(*) FROM team_member WHERE city = $1 AND team = $2 AND to_day IS NULL"
	    " AND (provider = $3 OR mediator = $4)", 0 },
	[M_MEDIATOR] = { "team.mediator", DB_CITY, "SELECT COUNT(*) FROM mediator WHERE city = $1 AND id = $2 AND active = 1", 0 },
	[M_LICENCE] = { "team.licence", DB_CITY, "SELECT p.id, p.kind, p.active, f.place FROM provider p JOIN firm f ON f.city = p.city AND f.id = p.firm"
	    " WHERE p.city = $1 AND p.licence = $2", 0 },
	[M_VISITS] = { "team.visits", DB_CITY, VISIT " AND v.team = $2 ORDER BY v.day DESC, v.id DESC LIMIT $3", 0 },
	[M_VISIT] = { "team.visit", DB_CITY, VISIT " AND v.team = $2 AND v.id = $3", 0 },
	[M_VISIT_ADD] = { "team.visit_add", DB_SYSTEM,
	    "INSERT INTO team_visit (city, id, team, place, day, what, state, kinds, minutes, people, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, 1, 0, 0, 0, '', $7, $8)", 0 },
	[M_VISIT_WRITE] = { "team.visit_write", DB_SYSTEM, "UPDATE team_visit SET state = $3, kinds = $4, minutes = $5, people = $6, words = $7,"
	    " done_by = $8, done_ms = $9 WHERE city = $1 AND id = $2 AND state = 1", 0 },
	[M_HOURS_OPEN] = { "team.hours_open", DB_CITY, HOURS " AND h.confirmed_ms IS NULL ORDER BY h.id LIMIT $2", 0 },
	[M_HOURS_ONE] = { "team.hours_one", DB_CITY, HOURS " AND h.id = $2", 0 },
	[M_HOURS_SUMS] = { "team.hours_sums", DB_CITY,
	    "SELECT h.provider, h.kind, p.kind, p.name, f.name, SUM(CASE WHEN h.confirmed_ms IS NULL THEN 0 ELSE h.minutes END),"
	    " SUM(CASE WHEN h.confirmed_ms IS NULL THEN h.minutes ELSE 0 END) FROM service_hours h JOIN provider p ON p.city = h.city"
	    " AND p.id = h.provider JOIN firm f ON f.city = p.city AND f.id = p.firm WHERE h.city = $1 AND h.day BETWEEN $2 AND $3"
	    " GROUP BY h.provider, h.kind, p.kind, p.name, f.name ORDER BY 6 DESC, 1 LIMIT $4", 0 },
	[M_HOURS_DAY] = { "team.hours_day", DB_CITY,
	    "SELECT COALESCE(SUM(minutes), 0) FROM service_hours WHERE city = $1 AND provider = $2 AND day = $3", 0 },
	[M_HOURS_ADD] = { "team.hours_add", DB_SYSTEM,
	    "INSERT INTO service_hours (city, id, provider, team, kind, day, minutes, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 0 },
	[M_HOURS_CONFIRM] = { "team.hours_confirm", DB_SYSTEM, "UPDATE service_hours SET confirmed_by = $3, confirmed_ms = $4 WHERE city = $1"
	    " AND id = $2 AND confirmed_ms IS NULL", 0 },
	[M_PAIRS] = { "team.pairs", DB_CITY, PAIR " AND a.id > $2 AND a.place BETWEEN $3 AND $4 ORDER BY a.id LIMIT $5", 0 },
	[M_PAIR] = { "team.pair", DB_CITY, PAIR " AND a.id = $2", 0 },
	[M_PAIR_ADD] = { "team.pair_add", DB_SYSTEM, "INSERT INTO adviser_pair (city, id, provider, official, place, from_day, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 0 },
	[M_PAIR_END] = { "team.pair_end", DB_SYSTEM, "UPDATE adviser_pair SET to_day = $3 WHERE city = $1 AND id = $2 AND to_day IS NULL", 0 },
	[M_PAIR_MEETS] = { "team.pair_meets", DB_CITY, "SELECT COUNT(*) FROM adviser_pair WHERE city = $1 AND place = $2 AND provider = $3"
	    " AND official = $4 AND to_day IS NULL", 0 },
	[M_ADVISES] = { "team.advises", DB_CITY, "SELECT COUNT(*) FROM advisor_contract WHERE city = $1 AND place = $2 AND provider = $3"
	    " AND from_day <= $4 AND last_day >= $4", 0 },
	[M_TRAININGS] = { "team.trainings", DB_CITY, "SELECT day, minutes, words FROM pair_training WHERE city = $1 AND pair = $2"
	    " ORDER BY day DESC, id DESC LIMIT $3", 0 },
	[M_TRAIN] = { "team.train", DB_SYSTEM, "INSERT INTO pair_training (city, id, pair, day, minutes, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 0 },
};
const struct db_set team_sql = DB_SET("team", team_q);

static struct day
day_at(const struct rows *row, int col)
{
	struct day none = DAY_NONE, d = { (int32_t)rows_int(row, col) };

	return rows_is_null(row, col) ? none : d;
}

void
team_read(const struct rows *row, struct team *ret)
{
	*ret = (struct team){ .id = rows_int(row, 0), .kind = (int)rows_int(row, 1), .name = rows_copy(row, 2), .place = { rows_int(row, 3) },
		.needs = (unsigned)rows_int(row, 4), .active = rows_int(row, 5) != 0, .revision = rows_int(row, 6),
		.there = (unsigned)rows_int(row, 7), .members = rows_int(row, 8), .visits = rows_int(row, 9) };
}

void
team_member_read(const struct rows *row, struct team_member *ret)
{
	*ret = (struct team_member){ .id = rows_int(row, 0), .provider = rows_int(row, 1), .mediator = rows_int(row, 2),
		.leads = rows_int(row, 3) != 0, .from = day_at(row, 4), .to = day_at(row, 5), .name = rows_copy(row, 6), .house = rows_copy(row, 7),
		.profession = rows_int(row, 2) != 0 ? TEAM_MEDIATOR : (int)team_profession_of((enum provider_kind)rows_int(row, 8)),
		.good = rows_int(row, 9) != 0, .account = rows_int(row, 10) };
}

void
visit_read(const struct rows *row, struct team_visit *ret)
{
	*ret = (struct team_visit){ .id = rows_int(row, 0), .team = rows_int(row, 1), .place = { rows_int(row, 2) }, .day = day_at(row, 3),
		.what = rows_copy(row, 4), .state = (int)rows_int(row, 5), .kinds = (unsigned)rows_int(row, 6), .minutes = (int)rows_int(row, 7),
		.people = (int)rows_int(row, 8), .words = rows_copy(row, 9), .done_ms = rows_int(row, 10), .team_name = rows_copy(row, 11) };
}

void
hours_read(const struct rows *row, struct hours *ret)
{
	*ret = (struct hours){ .id = rows_int(row, 0), .provider = rows_int(row, 1), .team = rows_int(row, 2), .kind = (int)rows_int(row, 3),
		.day = day_at(row, 4), .minutes = rows_int(row, 5), .words = rows_copy(row, 6), .account = rows_int(row, 7),
		.confirmed_ms = rows_int(row, 8), .name = rows_copy(row, 9), .firm_name = rows_copy(row, 10), .team_name = rows_copy(row, 11) };
}

void
pair_read(const struct rows *row, struct pair *ret)
{
	*ret = (struct pair){ .id = rows_int(row, 0), .provider = rows_int(row, 1), .official = rows_copy(row, 2), .place = { rows_int(row, 3) },
		.from = day_at(row, 4), .to = day_at(row, 5), .name = rows_copy(row, 6), .account = rows_int(row, 7),
		.trainings = rows_int(row, 8), .minutes = rows_int(row, 9) };
}
