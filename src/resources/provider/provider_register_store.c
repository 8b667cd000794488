#include "resources/provider/provider_register_store.h"

/* As provider_store.c reads them. */
#define FIRM "SELECT f.id, f.kind, f.licence, f.name, f.place, f.phone, f.active, f.revision, COALESCE(f.credit, ''), f.sector, f.welfare," \
	" f.valid_from, f.valid_to FROM firm f WHERE f.city = $1"
#define PROVIDER "SELECT p.id, p.firm, p.kind, p.licence, p.name, p.valid_from, p.valid_to, p.practice_from, p.skills," \
	" COALESCE(p.account, 0), p.away_from, p.away_to, p.active, p.revision, f.name, f.active, f.place," \
	" p.sector, p.category, p.qualification, p.languages, COALESCE(p.home, 0), p.room" \
	" FROM provider p JOIN firm f ON f.city = p.city AND f.id = p.firm WHERE p.city = $1"
#define HOLDS " AND s.bars = 1 AND s.from_day <= $9 AND (s.to_day IS NULL OR s.to_day >= $9)"
/* $3 kind, $4 sector, $5 $6 places, $7 word, $8 state, $9 today, $10 so many days on. */
#define ASKED(t, barred) " AND " t ".id > $2 AND (" t ".kind = $3 OR CAST($3 AS bigint) = 0) AND (" t ".sector = $4 OR CAST($4 AS bigint) = 0)" \
	" AND f.place BETWEEN $5 AND $6 AND (CAST($7 AS text) = '' OR " t ".name = $7 OR " t ".licence = $7)" \
	" AND (CAST($8 AS bigint) = 0 OR (CAST($8 AS bigint) = 1 AND " t ".valid_to BETWEEN $9 AND $10) OR (CAST($8 AS bigint) = 2 AND " t ".valid_to < $9)" \
	" OR (CAST($8 AS bigint) = 3 AND EXISTS (SELECT 1 FROM provider_sanction s WHERE s.city = " t ".city AND " barred HOLDS ")))" \
	" ORDER BY " t ".id LIMIT $11"
#define SANCTION "SELECT s.id, COALESCE(s.provider, 0), COALESCE(s.firm, 0), s.kind, s.bars, s.from_day, s.to_day, s.document, s.words, s.at_ms," \
	" COALESCE(s.ended_ms, 0), s.ended_words, COALESCE(p.name, f.name, '') FROM provider_sanction s" \
	" LEFT JOIN provider p ON p.city = s.city AND p.id = s.provider LEFT JOIN firm f ON f.city = s.city AND f.id = s.firm WHERE s.city = $1"
#define ASSESSMENT "SELECT a.id, a.firm, a.day, a.until_day, a.able, a.works, a.words, a.at_ms, f.name, f.kind," \
	" CASE WHEN EXISTS (SELECT 1 FROM provider_sanction s WHERE s.city = a.city AND s.firm = a.firm AND s.bars = 1 AND s.from_day <= $2" \
	" AND (s.to_day IS NULL OR s.to_day >= $2)) THEN 1 ELSE 0 END" \
	" FROM provider_assessment a JOIN firm f ON f.city = a.city AND f.id = a.firm WHERE a.city = $1"
#define RENEWAL "SELECT r.id, r.provider, r.valid_from, r.valid_to, r.words, r.account, r.at_ms, r.state, COALESCE(r.decided_ms, 0), r.decided_words," \
	" p.name, p.licence, CASE WHEN r.scan IS NULL THEN 0 ELSE 1 END, r.scan_type FROM provider_renewal r" \
	" JOIN provider p ON p.city = r.city AND p.id = r.provider WHERE r.city = $1"
#define TOLD(subject, t) " COALESCE((SELECT MIN(w.days) FROM provider_warning w WHERE w.city = " t ".city AND w.subject = " subject \
	" AND w.id = " t ".id AND w.valid_to = " t ".valid_to), 0)"
#define ENDS "SELECT 1 AS subject, p.id AS id, p.name AS name, p.licence AS licence, p.kind AS kind, p.valid_to AS valid_to," \
	TOLD("1", "p") " AS told, COALESCE(p.account, 0) AS account FROM provider p WHERE p.city = $1 AND p.active = 1 AND p.valid_to IS NOT NULL" \
	" AND p.valid_to <= $2 UNION ALL SELECT 2, f.id, f.name, f.licence, f.kind, f.valid_to," TOLD("2", "f") ", 0 FROM firm f" \
	" WHERE f.city = $1 AND f.active = 1 AND f.valid_to IS NOT NULL AND f.valid_to <= $2"

const struct db_stmt register_q[G_COUNT] = {
	[G_PERSONS] = { "register.persons", DB_CITY, PROVIDER ASKED("p", "(s.provider = p.id OR s.firm = p.firm)"), 0 },
	[G_BODIES] = { "register.bodies", DB_CITY, FIRM ASKED("f", "s.firm = f.id"), 0 },
	[G_COUNTS] = { "register.counts", DB_CITY, "SELECT 1, kind, sector, COUNT(*) FROM provider WHERE city = $1 AND active = 1 GROUP BY kind, sector"
	    " UNION ALL SELECT 2, kind, sector, COUNT(*) FROM firm WHERE city = $1 AND active = 1 GROUP BY kind, sector ORDER BY 1, 2, 3", 0 },
	[G_BARS] = { "register.bars", DB_CITY,
	    "SELECT COALESCE(s.provider, 0), COALESCE(s.firm, 0), s.from_day, s.to_day FROM provider_sanction s WHERE s.city = $1 AND s.bars = 1"
	    " AND s.from_day <= $3 AND (s.to_day IS NULL OR s.to_day >= $2)"
	    " UNION ALL SELECT 0, f.id, f.valid_to + 1, NULL FROM firm f WHERE f.city = $1 AND f.valid_to IS NOT NULL AND f.valid_to < $3", 0 },
	[G_SANCTIONS] = { "register.sanctions", DB_CITY, SANCTION " AND (s.provider = $2 OR s.firm = $3) ORDER BY s.id DESC LIMIT $4", 0 },
	[G_SANCTIONS_NOW] = { "register.sanctions_now", DB_CITY,
	    SANCTION " AND s.from_day <= $2 AND (s.to_day IS NULL OR s.to_day >= $2) ORDER BY s.id DESC LIMIT $3", 0 },
	[G_SANCTION] = { "register.sanction", DB_CITY, SANCTION " AND s.id = $2", 0 },
	[G_SANCTION_ADD] = { "register.sanction_add", DB_SYSTEM,
	    "INSERT INTO provider_sanction (city, id, provider, firm, kind, bars, from_day, to_day, document, words, account, at_ms, ended_words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '')", 0 },
	[G_SANCTION_END] = { "register.sanction_end", DB_SYSTEM,
	    "UPDATE provider_sanction SET to_day = $3, ended_by = $4, ended_ms = $5, ended_words = $6 WHERE city = $1 AND id = $2"
	    " AND ended_ms IS NULL", 0 },
	[G_ASSESSMENTS] = { "register.assessments", DB_CITY, ASSESSMENT " AND NOT EXISTS (SELECT 1 FROM provider_assessment b WHERE b.city = a.city"
	    " AND b.firm = a.firm AND (b.day > a.day OR (b.day = a.day AND b.id > a.id))) ORDER BY f.name, a.id LIMIT $3", 0 },
	[G_ASSESSMENTS_OF] = { "register.assessments_of", DB_CITY, ASSESSMENT " AND a.firm = $3 ORDER BY a.day DESC, a.id DESC LIMIT $4", 0 },
	[G_ASSESSMENT_ADD] = { "register.assessment_add", DB_SYSTEM,
	    "INSERT INTO provider_assessment (city, id, firm, day, until_day, able, works, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 0 },
	[G_ENDS] = { "register.ends", DB_CITY, "SELECT subject, id, name, licence, kind, valid_to, told, account FROM (" ENDS ") q"
	    " ORDER BY valid_to, subject, id LIMIT $3", 0 },
	/* Not over, and told at a greater distance only, or never. */
	[G_WATCH] = { "register.watch", DB_SYSTEM, "SELECT subject, id, valid_to, told FROM (" ENDS ") q WHERE valid_to >= $3 AND (told = 0"
	    " OR (valid_to - $3 <= $4 AND told > $4) OR (valid_to - $3 <= $5 AND told > $5)) ORDER BY valid_to, subject, id LIMIT $6", 0 },
	[G_WARN] = { "register.warn", DB_SYSTEM, "INSERT INTO provider_warning (city, subject, id, valid_to, days, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", 0 },
	[G_RENEWALS] = { "register.renewals", DB_CITY, RENEWAL " AND r.provider = $2 ORDER BY r.id DESC LIMIT $3", 0 },
	[G_RENEWALS_OPEN] = { "register.renewals_open", DB_CITY, RENEWAL " AND r.state = 1 ORDER BY r.id LIMIT $2", 0 },
	[G_RENEWAL] = { "register.renewal", DB_CITY, RENEWAL " AND r.id = $2", 0 },
	[G_RENEWAL_ADD] = { "register.renewal_add", DB_SYSTEM,
	    "INSERT INTO provider_renewal (city, id, provider, valid_from, valid_to, words, scan, scan_type, account, at_ms, state, decided_words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, '')", 0 },
	[G_RENEWAL_DECIDE] = { "register.renewal_decide", DB_SYSTEM,
	    "UPDATE provider_renewal SET state = $3, decided_by = $4, decided_ms = $5, decided_words = $6 WHERE city = $1 AND id = $2 AND state = 1", 0 },
	[G_RENEWED] = { "register.renewed", DB_SYSTEM,
	    "UPDATE provider SET valid_from = CASE WHEN valid_to IS NOT NULL AND valid_to + 1 < $3 THEN $3 ELSE valid_from END, valid_to = $4,"
	    " revision = revision + 1 WHERE city = $1 AND id = $2", 0 },
	[G_SCAN] = { "register.scan", DB_CITY, "SELECT r.scan, r.scan_type, r.account FROM provider_renewal r WHERE r.city = $1 AND r.id = $2"
	    " AND r.scan IS NOT NULL", 0 },
	[G_OWN] = { "register.own", DB_SYSTEM,
	    "UPDATE provider SET languages = $3, home = $4, room = $5, revision = revision + 1 WHERE city = $1 AND id = $2", 0 },
};
const struct db_set register_sql = DB_SET("register", register_q);

struct day
register_day(const struct rows *row, int col)
{
	struct day none = DAY_NONE, d = { (int32_t)rows_int(row, col) };

	return rows_is_null(row, col) ? none : d;
}
