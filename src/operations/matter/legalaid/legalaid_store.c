#include "operations/matter/legalaid/legalaid_store.h"

#define COLUMNS "a.state, a.before, a.kind, a.matter, a.status, a.proof, a.designation, a.gravest, a.detained, a.minor," \
	" a.retrial, a.other_reason, a.own_counsel, a.opponent_home, a.household, a.income, a.own_income, a.commitment," \
	" a.limit_day, a.preserve, a.organ, a.notice, a.found_day, a.confirmed, a.applied_ms, a.applied_by, a.advance_ms," \
	" a.advance_by, a.advance_words, a.examined_ms, a.examined_by, a.examined_words, a.judged, a.advised, a.years," \
	" a.number, a.archive_number, a.archived_ms, a.revision, n1.name, n2.name"
#define NAMES " LEFT JOIN account n1 ON n1.city = a.city AND n1.id = a.applied_by" \
	" LEFT JOIN account n2 ON n2.city = a.city AND n2.id = a.examined_by"
#define OF_REQUEST(table) " FROM " table " x JOIN request r ON r.city = x.city AND r.id = x.request"
#define SUPPLEMENT "x.asked_ms, x.asked_by, x.until_day, x.words, x.given_ms, x.given_by, x.given_words, n.name"
#define ASKED_NAME " LEFT JOIN account n ON n.city = x.city AND n.id = x.asked_by"
#define DECISION "x.n, x.kind, x.number, x.at_ms, x.account, x.judged, x.advised, x.deviation, x.grounds, x.proof, x.words," \
	" x.due_ms, n.name"
#define DECIDED_NAME " LEFT JOIN account n ON n.city = x.city AND n.id = x.account"

const struct db_stmt aid_q[Q_COUNT] = {
	[Q_OPEN] = { "legalaid.open", DB_SYSTEM,
	    "INSERT INTO aid (city, request, state, before, kind, matter, status, proof, designation, gravest, detained, minor,"
	    " retrial, other_reason, own_counsel, opponent_home, commitment, preserve, organ, notice, confirmed, advised, years,"
	    " revision) VALUES ($1, $2, $3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0, 0, 0, 1)"
	    " ON CONFLICT (city, request) DO NOTHING", 0 },
	[Q_LOAD] = { "legalaid.load", DB_PLACE,
	    "SELECT " COLUMNS " FROM request r JOIN aid a ON a.city = r.city AND a.request = r.id" NAMES
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	[Q_LOAD_RECEIPT] = { "legalaid.load_receipt", DB_RECEIPT,
	    "SELECT " COLUMNS " FROM aid a" NAMES " WHERE a.city = $1 AND a.request = $2", 0 },
	[Q_PUT_FORM] = { "legalaid.put_form", DB_SYSTEM,
	    "UPDATE aid SET kind = $3, matter = $4, status = $5, proof = $6, designation = $7, gravest = $8, detained = $9,"
	    " minor = $10, retrial = $11, other_reason = $12, own_counsel = $13, opponent_home = $14, household = $15,"
	    " income = $16, own_income = $17, commitment = $18, limit_day = $19, preserve = $20, organ = $21, notice = $22,"
	    " found_day = $23, confirmed = $24 WHERE city = $1 AND request = $2", 0 },
	[Q_STEP] = { "legalaid.step", DB_SYSTEM,
	    "UPDATE aid SET state = $4, before = $5, revision = revision + 1 WHERE city = $1 AND request = $2 AND state = $3", 0 },
	[Q_APPLIED] = { "legalaid.applied", DB_SYSTEM,
	    "UPDATE aid SET applied_ms = $3, applied_by = $4 WHERE city = $1 AND request = $2 AND applied_ms IS NULL", 0 },
	[Q_EXAMINED] = { "legalaid.examined", DB_SYSTEM,
	    "UPDATE aid SET examined_ms = $3, examined_by = $4, examined_words = $5, judged = $6, advised = $7, years = $8"
	    " WHERE city = $1 AND request = $2", 0 },
	[Q_GRANTED_NUMBER] = { "legalaid.granted_number", DB_SYSTEM,
	    "UPDATE aid SET number = COALESCE(number, $3) WHERE city = $1 AND request = $2", 0 },
	[Q_ADVANCED] = { "legalaid.advanced", DB_SYSTEM,
	    "UPDATE aid SET advance_ms = $3, advance_by = $4, advance_words = $5"
	    " WHERE city = $1 AND request = $2 AND advance_ms IS NULL", 0 },
	[Q_ENDED] = { "legalaid.ended", DB_SYSTEM,
	    "UPDATE aid SET state = $3, before = 0, revision = revision + 1 WHERE city = $1 AND request = $2 AND state < 90", 0 },
	[Q_POINT_KIND] = { "legalaid.point_kind", DB_CITY, "SELECT kind FROM point WHERE city = $1 AND id = $2", 0 },
	[Q_POINT_PAPER] = { "legalaid.point_paper", DB_CITY,
	    "SELECT address, phone, place FROM point WHERE city = $1 AND id = $2", 0 },
	/* whose case it is; ended after an agreement: who hands in the file (Art. 50) */
	[Q_WORKER] = { "legalaid.worker", DB_CITY,
	    "SELECT COALESCE(p.account, 0) FROM aid_assignment x JOIN provider p ON p.city = x.city AND p.id = x.provider"
	    " WHERE x.city = $1 AND x.request = $2 AND x.id = (SELECT MAX(y.id) FROM aid_assignment y WHERE y.city = x.city"
	    " AND y.request = x.request) AND (x.open = 1 OR (x.state IN (52, 53) AND x.agreed_ms IS NOT NULL))", 0 },
	[Q_SUPPLEMENT] = { "legalaid.supplement", DB_PLACE,
	    "SELECT " SUPPLEMENT OF_REQUEST("aid_supplement") ASKED_NAME " WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	[Q_SUPPLEMENT_RECEIPT] = { "legalaid.supplement_receipt", DB_RECEIPT,
	    "SELECT " SUPPLEMENT " FROM aid_supplement x" ASKED_NAME " WHERE x.city = $1 AND x.request = $2", 0 },
	[Q_SUPPLEMENT_ASK] = { "legalaid.supplement_ask", DB_SYSTEM,
	    "INSERT INTO aid_supplement (city, request, asked_ms, asked_by, until_day, words) VALUES ($1, $2, $3, $4, $5, $6)"
	    " ON CONFLICT (city, request) DO NOTHING", 0 },
	[Q_SUPPLEMENT_PAPER] = { "legalaid.supplement_paper", DB_SYSTEM,
	    "INSERT INTO aid_supplement_paper (city, request, n, name) VALUES ($1, $2, $3, $4)", 0 },
	[Q_SUPPLEMENT_GIVEN] = { "legalaid.supplement_given", DB_SYSTEM,
	    "UPDATE aid_supplement SET given_ms = $3, given_by = $4, given_words = $5"
	    " WHERE city = $1 AND request = $2 AND given_ms IS NULL", 0 },
	[Q_PAPERS] = { "legalaid.papers", DB_PLACE,
	    "SELECT x.name" OF_REQUEST("aid_supplement_paper") " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 ORDER BY x.n", 0 },
	[Q_PAPERS_RECEIPT] = { "legalaid.papers_receipt", DB_RECEIPT,
	    "SELECT x.name FROM aid_supplement_paper x WHERE x.city = $1 AND x.request = $2 ORDER BY x.n", 0 },
	[Q_DECISION_COUNT] = { "legalaid.decision_count", DB_SYSTEM,
	    "SELECT COUNT(*) FROM aid_decision WHERE city = $1 AND request = $2", 0 },
	[Q_DECISION_INSERT] = { "legalaid.decision_insert", DB_SYSTEM,
	    "INSERT INTO aid_decision (city, request, n, kind, number, at_ms, account, judged, advised, deviation, grounds, proof,"
	    " words, due_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", 0 },
	[Q_DECISIONS] = { "legalaid.decisions", DB_PLACE,
	    "SELECT " DECISION OF_REQUEST("aid_decision") DECIDED_NAME " WHERE " REQUEST_IN_SCOPE " AND r.id = $5"
	    " ORDER BY x.n LIMIT $6", 0 },
	[Q_DECISIONS_RECEIPT] = { "legalaid.decisions_receipt", DB_RECEIPT,
	    "SELECT " DECISION " FROM aid_decision x" DECIDED_NAME " WHERE x.city = $1 AND x.request = $2 ORDER BY x.n LIMIT $3", 0 },
	/* the same person by keyed hash (or by record), the same matter, received before and not ended */
	[Q_OTHER] = { "legalaid.other", DB_SYSTEM,
	    "SELECT o.id, o.number, p.name FROM request m JOIN aid ma ON ma.city = m.city AND ma.request = m.id"
	    " JOIN request o ON o.city = m.city AND o.open = 1 AND o.id < m.id AND (o.person = m.person OR EXISTS ("
	    "  SELECT 1 FROM request_party a JOIN request_party b ON b.city = a.city AND b.id_key = a.id_key AND b.side = 1"
	    "  WHERE a.city = m.city AND a.request = m.id AND a.side = 1 AND a.n = 1 AND b.request = o.id AND b.n = 1))"
	    " JOIN aid oa ON oa.city = o.city AND oa.request = o.id AND oa.matter = ma.matter AND oa.kind = ma.kind"
	    "  AND oa.state < 80 AND oa.kind <> 0"
	    " LEFT JOIN point p ON p.city = o.city AND p.id = o.holder_point"
	    " WHERE m.city = $1 AND m.id = $2 AND NOT EXISTS (SELECT 1 FROM request_party c JOIN request_party d"
	    "  ON d.city = c.city AND d.side = 2 AND d.request = o.id AND d.name_key <> c.name_key"
	    "  WHERE c.city = m.city AND c.request = m.id AND c.side = 2) ORDER BY o.id LIMIT 1", 0 },
	[Q_CLOCK_DUE] = { "legalaid.clock_due", DB_SYSTEM,
	    "SELECT due_ms FROM case_clock WHERE city = $1 AND request = $2 AND target = $3", 0 },
	[Q_ASSIGNED] = { "legalaid.assigned", DB_SYSTEM,
	    "SELECT COUNT(*) FROM aid_assignment WHERE city = $1 AND request = $2 AND open = 1", 0 },
	[Q_PASS_ON_RUNS] = { "legalaid.pass_on_runs", DB_SYSTEM,
	    "SELECT COUNT(*) FROM case_clock WHERE city = $1 AND request = $2 AND target = $3 AND met_ms IS NULL", 0 },
	[Q_SENDER] = { "legalaid.sender", DB_SYSTEM,
	    "SELECT p.name, p.phone, p.place, a.name, h.since_ms FROM holding h JOIN request r ON r.city = h.city AND r.id = h.request"
	    " JOIN point p ON p.city = h.city AND p.id = h.point LEFT JOIN account a ON a.city = h.city AND a.id = h.account"
	    " WHERE h.city = $1 AND h.request = $2 AND h.since_ms <= $3 AND h.point <> r.holder_point ORDER BY h.since_ms DESC LIMIT 1", 0 },
	[Q_LAST_LAWYER] = { "legalaid.last_lawyer", DB_SYSTEM,
	    "SELECT COALESCE(p.account, 0) FROM aid_assignment s JOIN provider p ON p.city = s.city AND p.id = s.provider"
	    " WHERE s.city = $1 AND s.request = $2 ORDER BY s.id DESC LIMIT 1", 0 },
};
const struct db_set legalaid_sql = DB_SET("legalaid", aid_q);
