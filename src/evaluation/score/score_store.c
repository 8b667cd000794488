#include "evaluation/score/score_store.h"

#define PERSON " FROM advisor_contract c JOIN provider p ON p.city = c.city AND p.id = c.provider JOIN firm f ON f.city = p.city AND f.id = p.firm"
#define CONTRACT "SELECT c.id, c.place, c.provider, c.from_day, c.last_day, c.hours, c.fee, p.name, f.name, COALESCE(p.account, 0)" PERSON

const struct db_stmt score_q[E_COUNT] = {
	[E_CONTRACTS] = { "score.contracts", DB_CITY, CONTRACT " WHERE c.city = $1 AND c.place BETWEEN $2 AND $3 AND c.from_day <= $5"
	    " AND c.last_day >= $4 ORDER BY c.place, c.from_day LIMIT $6", 0 },
	[E_CONTRACT] = { "score.contract", DB_CITY, CONTRACT " WHERE c.city = $1 AND c.id = $2", 0 },
	[E_OWN] = { "score.own", DB_OWN, "SELECT c.id, c.place, c.from_day, c.last_day FROM provider p JOIN advisor_contract c"
	    " ON c.city = p.city AND c.provider = p.id WHERE p.city = $1 AND p.account = $2 ORDER BY c.from_day DESC, c.place LIMIT $3", 0 },
	[E_VISITS] = { "score.visits", DB_CITY, "SELECT s.place, s.provider, s.plan, s.slot, s.day, t.at_ms, l.kinds, l.minutes, l.people,"
	    " LENGTH(l.words), l.at_ms, CASE WHEN EXISTS (SELECT 1 FROM score_finding x WHERE x.city = s.city AND x.plan = s.plan"
	    " AND x.slot = s.slot AND x.upheld = 1) THEN 1 ELSE 0 END FROM duty_slot s LEFT JOIN duty_attend t ON t.city = s.city"
	    " AND t.plan = s.plan AND t.slot = s.slot AND t.provider = s.provider LEFT JOIN duty_log l ON l.city = s.city AND l.plan = s.plan"
	    " AND l.slot = s.slot AND l.provider = s.provider WHERE s.city = $1 AND s.state = 20 AND s.seat = 0 AND s.place BETWEEN $2 AND $3"
	    " AND s.day BETWEEN $4 AND $5 AND s.provider IS NOT NULL ORDER BY s.place, s.day, s.plan, s.slot LIMIT $6", 0 },
	[E_EXCUSED] = { "score.excused", DB_CITY, "SELECT a.contract, a.day FROM advisor_contract c JOIN advisor_absence a ON a.city = c.city"
	    " AND a.contract = c.id WHERE c.city = $1 AND c.place BETWEEN $2 AND $3 AND a.day BETWEEN $4 AND $5 AND a.excused = 1 LIMIT $6", 0 },
	[E_REVIEWS] = { "score.reviews", DB_CITY, "SELECT r.request, r.act, r.grade FROM review r WHERE r.city = $1 AND r.handler = $2"
	    " AND r.given_ms >= $3 AND r.given_ms < $4 AND r.given_ms IS NOT NULL AND r.place BETWEEN $5 AND $6 AND r.grade IS NOT NULL"
	    " ORDER BY r.given_ms, r.request, r.act LIMIT $7", 0 },
	[E_ANSWERS] = { "score.answers", DB_CITY, "SELECT contract, punctual, useful, plain, keep FROM score_answer WHERE city = $1"
	    " AND period = $2 AND place BETWEEN $3 AND $4 ORDER BY place LIMIT $5", 0 },
	[E_CLOSED] = { "score.closed", DB_CITY, "SELECT s.contract, s.id, s.version, s.scheme, s.facts, s.total, s.grade, s.county_share,"
	    " s.account, s.at_ms, s.why, COALESCE(s.appeal, 0), COALESCE(a.name, '') FROM score s LEFT JOIN account a ON a.city = s.city"
	    " AND a.id = s.account WHERE s.city = $1 AND s.state = 20 AND s.period = $2 AND s.place BETWEEN $3 AND $4 ORDER BY s.place LIMIT $5", 0 },
	[E_VERSIONS] = { "score.versions", DB_CITY, "SELECT s.id, s.version, s.total, s.grade, s.account, s.at_ms, s.why, COALESCE(s.appeal, 0),"
	    " COALESCE(a.name, '') FROM score s LEFT JOIN account a ON a.city = s.city AND a.id = s.account WHERE s.city = $1"
	    " AND s.contract = $2 AND s.period = $3 ORDER BY s.version DESC LIMIT $4", 0 },
	[E_NEXT] = { "score.next", DB_SYSTEM, "SELECT COALESCE(MAX(version), 0) + 1 FROM score WHERE city = $1 AND contract = $2 AND period = $3", 0 },
	[E_REPLACE] = { "score.replace", DB_SYSTEM, "UPDATE score SET state = 30 WHERE city = $1 AND contract = $2 AND period = $3 AND state = 20", 0 },
	[E_INSERT] = { "score.insert", DB_SYSTEM, "INSERT INTO score (city, id, contract, period, version, state, place, provider, scheme, facts,"
	    " total, grade, county_share, hash, appeal, why, account, at_ms) VALUES ($1, $2, $3, $4, $5, 20, $6, $7, $8, $9, $10, $11, $12, $13,"
	    " $14, $15, $16, $17)", 0 },
	[E_ANSWER] = { "score.answer", DB_CITY, "SELECT v.punctual, v.useful, v.plain, v.keep, v.paper, v.words, v.at_ms, COALESCE(a.name, '')"
	    " FROM score_answer v LEFT JOIN account a ON a.city = v.city AND a.id = v.account WHERE v.city = $1 AND v.contract = $2"
	    " AND v.period = $3", 0 },
	[E_TO_ANSWER] = { "score.to_answer", DB_CITY, "SELECT c.id, c.place, p.name" PERSON " WHERE c.city = $1 AND c.place BETWEEN $2 AND $3"
	    " AND c.from_day <= $5 AND c.last_day >= $4 AND NOT EXISTS (SELECT 1 FROM score_answer a WHERE a.city = c.city AND a.contract = c.id"
	    " AND a.period = $6) AND NOT EXISTS (SELECT 1 FROM score s WHERE s.city = c.city AND s.contract = c.id AND s.period = $6)"
	    " ORDER BY c.place, c.from_day LIMIT $7", 0 },
	[E_ANSWER_PUT] = { "score.answer_put", DB_SYSTEM, "INSERT INTO score_answer (city, contract, period, place, punctual, useful, plain, keep,"
	    " paper, words, account, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING", 0 },
	[E_APPEALS] = { "score.appeals", DB_CITY, "SELECT p.id, p.score, p.item, p.state, p.reason, p.account, p.at_ms, p.marks,"
	    " COALESCE(p.decided_by, 0), COALESCE(p.decided_ms, 0), p.decided_words, COALESCE(a.name, ''), COALESCE(b.name, '')"
	    " FROM score_appeal p LEFT JOIN account a ON a.city = p.city AND a.id = p.account LEFT JOIN account b ON b.city = p.city"
	    " AND b.id = p.decided_by WHERE p.city = $1 AND p.contract = $2 AND p.period = $3 ORDER BY p.id DESC LIMIT $4", 0 },
	[E_WAITING] = { "score.waiting", DB_CITY, "SELECT p.id, p.contract, s.account, p.at_ms, s.place, p.item, v.name FROM score_appeal p JOIN score s"
	    " ON s.city = p.city AND s.id = p.score JOIN provider v ON v.city = s.city AND v.id = s.provider WHERE p.city = $1 AND p.state = 10"
	    " AND p.period = $2 AND s.place BETWEEN $3 AND $4 ORDER BY p.id LIMIT $5", 0 },
	[E_APPEAL] = { "score.appeal", DB_CITY, "SELECT score, contract, period, item, state FROM score_appeal WHERE city = $1 AND id = $2", 0 },
	[E_APPEAL_PUT] = { "score.appeal_put", DB_SYSTEM, "INSERT INTO score_appeal (city, id, score, contract, period, item, state, reason,"
	    " account, at_ms, marks, decided_words) VALUES ($1, $2, $3, $4, $5, $6, 10, $7, $8, $9, -1, '')", 0 },
	[E_APPEAL_OPEN] = { "score.appeal_open", DB_CITY, "SELECT COUNT(*) FROM score_appeal WHERE city = $1 AND score = $2 AND item = $3", 0 },
	[E_DECIDE] = { "score.decide", DB_SYSTEM, "UPDATE score_appeal SET state = $3, marks = $4, decided_by = $5, decided_ms = $6,"
	    " decided_words = $7 WHERE city = $1 AND id = $2 AND state = 10", 0 },
	[E_LINES] = { "score.lines", DB_CITY, "SELECT s.provider, s.plan, COALESCE(t.point, s.point), s.place, s.slot, s.day, t.at_ms, l.at_ms,"
	    " l.minutes, LENGTH(l.words), l.words, v.name FROM duty_slot s JOIN provider v ON v.city = s.city AND v.id = s.provider"
	    " LEFT JOIN duty_attend t ON t.city = s.city AND t.plan = s.plan AND t.slot = s.slot LEFT JOIN duty_log l ON l.city = s.city"
	    " AND l.plan = s.plan AND l.slot = s.slot WHERE s.city = $1 AND s.state = 20 AND s.place BETWEEN $2 AND $3 AND s.day BETWEEN $4 AND $5"
	    " AND (t.plan IS NOT NULL OR l.plan IS NOT NULL) ORDER BY s.provider, s.day, COALESCE(t.at_ms, 0), s.plan, s.slot LIMIT $6", 0 },
	[E_LOOKED] = { "score.looked", DB_CITY, "SELECT x.plan, x.slot, x.kind, x.upheld, x.why, x.at_ms, COALESCE(a.name, '') FROM duty_slot s"
	    " JOIN score_finding x ON x.city = s.city AND x.plan = s.plan AND x.slot = s.slot LEFT JOIN account a ON a.city = x.city"
	    " AND a.id = x.account WHERE s.city = $1 AND s.state = 20 AND s.place BETWEEN $2 AND $3 AND s.day BETWEEN $4 AND $5 LIMIT $6", 0 },
	[E_SLOT] = { "score.slot", DB_CITY, "SELECT place, day FROM duty_slot WHERE city = $1 AND plan = $2 AND slot = $3 AND day IS NOT NULL", 0 },
	[E_LOOK_PUT] = { "score.look_put", DB_SYSTEM, "INSERT INTO score_finding (city, plan, slot, kind, upheld, why, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING", 0 },
	[E_LAST] = { "score.last", DB_CITY, "SELECT s.total, s.scheme, s.contract FROM score s WHERE s.city = $1 AND s.provider = $2"
	    " AND s.place = $3 AND s.state = 20 ORDER BY s.at_ms DESC LIMIT 1", 0 },
	[E_RENEWAL] = { "score.renewal", DB_CITY, "SELECT r.reason, r.account, r.at_ms, COALESCE(a.name, '') FROM score_renewal r"
	    " LEFT JOIN account a ON a.city = r.city AND a.id = r.account WHERE r.city = $1 AND r.contract = $2", 0 },
	[E_RENEWAL_PUT] = { "score.renewal_put", DB_SYSTEM, "INSERT INTO score_renewal (city, contract, reason, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", 0 },
	[E_CHECK] = { "score.check", DB_SYSTEM, "SELECT id, scheme, facts, total, grade, hash FROM score WHERE city = $1 AND id > $2"
	    " ORDER BY id LIMIT $3", 0 },
};
const struct db_set score_sql = DB_SET("score", score_q);
