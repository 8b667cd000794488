#include "evaluation/quality/quality_store.h"

#include "operations/matter/legalaid/legalaid_conflict.h"

#define NAME(alias, of, column) " LEFT JOIN account " alias " ON " alias ".city = " of ".city AND " alias ".id = " of "." column
#define FILE_COLUMNS "SELECT f.id, f.round, f.request, f.kind, f.checklist, f.provider, f.firm, f.must, f.place_of, f.state, f.lacks," \
	" f.score, f.heard_ms, f.statement, f.statement_ms, f.again, f.decided_ms, f.decided_words, f.grade, f.revision, r.number, p.name," \
	" m.name, d.name, x.name, x.place, COALESCE(p.account, 0), COALESCE(y.state, 0), y.due_day"
#define FILE_JOINS " JOIN request r ON r.city = f.city AND r.id = f.request" \
	" LEFT JOIN provider p ON p.city = f.city AND p.id = f.provider LEFT JOIN firm m ON m.city = f.city AND m.id = f.firm" \
	NAME("d", "f", "decided_by") " LEFT JOIN quality_rectify y ON y.city = f.city AND y.file = f.id" \
	" AND y.n = (SELECT MAX(z.n) FROM quality_rectify z WHERE z.city = f.city AND z.file = f.id)"
#define FILES FILE_COLUMNS " FROM quality_round x JOIN quality_file f ON f.city = x.city AND f.round = x.id" FILE_JOINS
#define AREA " WHERE x.city = $1 AND x.place BETWEEN $2 AND $3"
#define ROUND "SELECT x.id, x.place, x.name, x.state, x.from_day, x.to_day, x.wanted, x.percent, x.per_file, x.digest, x.promise," \
	" x.root_seq, x.root, x.fixed_ms, x.nonce, x.witness, x.number, x.seed, x.drawn_ms, x.closed_ms, x.revision, a.name, b.name," \
	" (SELECT COUNT(*) FROM quality_file f WHERE f.city = x.city AND f.round = x.id)," \
	" (SELECT COUNT(*) FROM quality_file f WHERE f.city = x.city AND f.round = x.id AND f.place_of > 0)," \
	" (SELECT COUNT(*) FROM quality_file f WHERE f.city = x.city AND f.round = x.id AND f.place_of > 0 AND f.state >= 30)," \
	" (SELECT COUNT(*) FROM quality_file f WHERE f.city = x.city AND f.round = x.id AND f.state = 10 AND f.lacks > 0)" \
	" FROM quality_round x" NAME("a", "x", "fixed_by") NAME("b", "x", "drawn_by")
#define TASK "SELECT t.id, t.file, f.request, t.score, t.given_ms, t.done_ms, t.revision, t.account, t.turn, f.checklist, a.kind, a.matter," \
	" t.state, f.kind, x.state, r.number, x.name, p.name, m.name, t.words, c.day, n.name"
#define TASK_JOINS " JOIN quality_file f ON f.city = t.city AND f.id = t.file JOIN quality_round x ON x.city = f.city AND x.id = f.round" \
	" JOIN request r ON r.city = f.city AND r.id = f.request JOIN aid a ON a.city = f.city AND a.request = f.request" \
	" LEFT JOIN provider p ON p.city = f.city AND p.id = f.provider LEFT JOIN firm m ON m.city = f.city AND m.id = f.firm" \
	" LEFT JOIN aid_closing c ON c.city = f.city AND c.request = f.request" NAME("n", "t", "account")
#define MY_TASK " FROM quality_task t JOIN quality_file f ON f.city = t.city AND f.id = t.file"
#define IS_MY_TASK " WHERE t.city = $1 AND t.account = $2 AND t.id = $3"
#define VOICE "SELECT v.id, v.request, v.at_ms, v.kind, v.way, v.day, v.reached, v.low, v.answers, v.who, v.words, n.name, r.number" \
	" FROM quality_voice v JOIN request r ON r.city = v.city AND r.id = v.request" NAME("n", "v", "account")
#define CASE_FILES " JOIN quality_file f ON f.city = r.city AND f.request = r.id"
#define IN_CASE " WHERE " REQUEST_IN_SCOPE " AND r.id = $5"
#define GRADE(g) "SUM(CASE WHEN f.grade = " g " THEN 1 ELSE 0 END)"
#define COUNTED "COUNT(*), SUM(f.score), " GRADE("1") ", " GRADE("2") ", " GRADE("3") ", " GRADE("4") "," \
	" SUM(CASE WHEN EXISTS (SELECT 1 FROM quality_rectify y WHERE y.city = f.city AND y.file = f.id) THEN 1 ELSE 0 END)"
#define FINAL_IN_AREA " FROM quality_file f JOIN request r ON r.city = f.city AND r.id = f.request"
/* $4, $5 moments */
#define FINAL_WHERE " WHERE f.city = $1 AND r.place BETWEEN $2 AND $3 AND f.state = 30 AND f.decided_ms >= $4 AND f.decided_ms < $5"

const struct db_stmt quality_q[Q_COUNT] = {
	[Q_EXPERTS] = { "quality.experts", DB_CITY,
	    "SELECT e.account, n.name, n.login, m.name, e.field, e.from_day, e.to_day, e.active, e.revision,"
	    " (SELECT COUNT(*) FROM quality_task t WHERE t.city = e.city AND t.account = e.account AND t.state = 10)"
	    " FROM quality_expert e JOIN account n ON n.city = e.city AND n.id = e.account"
	    " LEFT JOIN provider p ON p.city = e.city AND p.account = e.account LEFT JOIN firm m ON m.city = p.city AND m.id = p.firm"
	    " WHERE e.city = $1 ORDER BY e.account LIMIT $2", 0 },
	[Q_EXPERT_INSERT] = { "quality.expert_insert", DB_SYSTEM,
	    "INSERT INTO quality_expert (city, account, field, from_day, to_day, active, added_ms, added_by, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT (city, account) DO NOTHING", 0 },
	[Q_EXPERT_UPDATE] = { "quality.expert_update", DB_SYSTEM,
	    "UPDATE quality_expert SET field = $3, from_day = $4, to_day = $5, active = $6, revision = revision + 1"
	    " WHERE city = $1 AND account = $2 AND revision = $7", 0 },
	/* of the panel on a day, whose account is in use */
	[Q_SITTING] = { "quality.sitting", DB_SYSTEM,
	    "SELECT e.account FROM quality_expert e JOIN account n ON n.city = e.city AND n.id = e.account WHERE e.city = $1"
	    " AND e.active = 1 AND n.active = 1 AND e.from_day <= $2 AND (e.to_day IS NULL OR e.to_day >= $2) ORDER BY e.account", 0 },
	[Q_LIST] = { "quality.list", DB_CITY,
	    "SELECT l.version, l.body, l.source, n.name, l.at_ms FROM quality_checklist l" NAME("n", "l", "account")
	    " WHERE l.city = $1 AND l.kind = $2 AND l.version = $3", 0 },
	[Q_LIST_NEWEST] = { "quality.list_newest", DB_CITY,
	    "SELECT l.version, l.body, l.source, n.name, l.at_ms FROM quality_checklist l" NAME("n", "l", "account")
	    " WHERE l.city = $1 AND l.kind = $2 ORDER BY l.version DESC LIMIT 1", 0 },
	[Q_LIST_PUT] = { "quality.list_put", DB_SYSTEM,
	    "INSERT INTO quality_checklist (city, kind, version, body, source, account, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	    " ON CONFLICT (city, kind, version) DO NOTHING", 0 },
	[Q_ROOT] = { "quality.root", DB_SYSTEM,
	    "SELECT seq, head FROM audit WHERE city = $1 AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1", 0 },
	/* closed in those days, somebody worked on it, not drawn before; 1: somebody is dissatisfied */
	[Q_ELIGIBLE] = { "quality.eligible", DB_SYSTEM,
	    "SELECT a.request, s.provider, s.firm, a.kind, CASE WHEN EXISTS (SELECT 1 FROM quality_voice v WHERE v.city = a.city"
	    " AND v.request = a.request AND v.low = 1) THEN 1 ELSE 0 END FROM aid_closing c"
	    " JOIN aid a ON a.city = c.city AND a.request = c.request JOIN request r ON r.city = a.city AND r.id = a.request"
	    " JOIN aid_assignment s ON s.city = a.city AND s.request = a.request AND s.id = (SELECT MAX(z.id) FROM aid_assignment z"
	    "  WHERE z.city = a.city AND z.request = a.request AND z.agreed_ms IS NOT NULL)"
	    " WHERE c.city = $1 AND c.day BETWEEN $2 AND $3 AND r.place BETWEEN $4 AND $5 AND NOT EXISTS (SELECT 1 FROM quality_file f"
	    "  WHERE f.city = a.city AND f.request = a.request AND f.place_of > 0) ORDER BY a.request LIMIT $6", 0 },
	[Q_ROUND_INSERT] = { "quality.round_insert", DB_SYSTEM,
	    "INSERT INTO quality_round (city, id, place, name, state, from_day, to_day, wanted, percent, per_file, digest, promise,"
	    " root_seq, root, fixed_ms, fixed_by, revision) VALUES ($1, $2, $3, $4, 10, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)", 0 },
	[Q_SEAT_INSERT] = { "quality.seat_insert", DB_SYSTEM,
	    "INSERT INTO quality_seat (city, round, account) VALUES ($1, $2, $3)", 0 },
	[Q_FILE_INSERT] = { "quality.file_insert", DB_SYSTEM,
	    "INSERT INTO quality_file (city, id, round, request, kind, checklist, provider, firm, must, place_of, state, lacks, again,"
	    " revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 0, 1)", 0 },
	[Q_ROUND_LOAD] = { "quality.round_load", DB_AREA, ROUND AREA " AND x.id = $4", 0 },
	[Q_ROUNDS] = { "quality.rounds", DB_AREA, ROUND AREA " ORDER BY x.id DESC LIMIT $4", 0 },
	[Q_SEATS] = { "quality.seats", DB_SYSTEM,
	    "SELECT account FROM quality_seat WHERE city = $1 AND round = $2 ORDER BY account", 0 },
	[Q_FILES_ALL] = { "quality.files_all", DB_SYSTEM,
	    "SELECT id, request, provider, firm, kind, checklist, must, place_of FROM quality_file WHERE city = $1 AND round = $2 ORDER BY request", 0 },
	/* $2 the case, $3 the file, $4 today: each account once with the lowest reason */
	[Q_CONFLICTS] = { "quality.conflicts", DB_SYSTEM,
	    "SELECT u.account, MIN(u.why) FROM ("
	    "SELECT p.account, 1 AS why FROM aid_assignment s JOIN provider p ON p.city = s.city AND p.id = s.provider"
	    " WHERE s.city = $1 AND s.request = $2"
	    " UNION ALL SELECT q.account, 2 FROM aid_assignment s JOIN provider p ON p.city = s.city AND p.id = s.provider"
	    "  JOIN provider q ON q.city = s.city AND (q.firm = s.firm OR q.firm = p.firm) WHERE s.city = $1 AND s.request = $2 AND s.state <> 50"
	    " UNION ALL SELECT q.account, 3" AID_OTHER_SIDE " CROSS JOIN aid_assignment s CROSS JOIN provider q WHERE k.city = $1"
	    "  AND s.city = k.city AND s.request = k.request AND s.state <> 50 AND q.city = s.city AND q.firm = s.firm"
	    " UNION ALL SELECT h.account, 3" AID_OTHER_SIDE " CROSS JOIN holding h WHERE k.city = $1 AND h.city = k.city"
	    "  AND h.request = k.request AND EXISTS (SELECT 1 FROM provider q WHERE q.city = h.city AND q.account = h.account)"
	    " UNION ALL SELECT account, 4 FROM holding WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT applied_by, 4 FROM aid WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT examined_by, 4 FROM aid WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT advance_by, 4 FROM aid WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT account, 4 FROM aid_decision WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT account, 4 FROM aid_assignment WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT decided_by, 4 FROM aid_change WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT decided_by, 4 FROM aid_objection WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT reviewed_by, 4 FROM aid_file WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT approved_by, 4 FROM aid_subsidy WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT paid_by, 4 FROM aid_subsidy WHERE city = $1 AND request = $2"
	    " UNION ALL SELECT t.account, 5 FROM quality_file f JOIN quality_task t ON t.city = f.city AND t.file = f.id"
	    "  WHERE f.city = $1 AND f.request = $2 AND t.state = 30"
	    " UNION ALL SELECT account, 6 FROM quality_task WHERE city = $1 AND file = $3"
	    " UNION ALL SELECT e.account, 7 FROM quality_expert e JOIN account n ON n.city = e.city AND n.id = e.account WHERE e.city = $1"
	    "  AND (e.active = 0 OR n.active = 0 OR e.from_day > $4 OR (e.to_day IS NOT NULL AND e.to_day < $4))"
	    ") u WHERE u.account > 0 GROUP BY u.account", 0 },
	[Q_LOADS] = { "quality.loads", DB_SYSTEM,
	    "SELECT t.account, COUNT(*) FROM quality_file f JOIN quality_task t ON t.city = f.city AND t.file = f.id"
	    " WHERE f.city = $1 AND f.round = $2 AND t.state <> 30 GROUP BY t.account", 0 },
	[Q_CANDIDATE] = { "quality.candidate", DB_SYSTEM,
	    "INSERT INTO quality_candidate (city, file, turn, account, why, load, chosen) VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	[Q_TASK_INSERT] = { "quality.task_insert", DB_SYSTEM,
	    "INSERT INTO quality_task (city, id, file, account, turn, state, given_ms, revision) VALUES ($1, $2, $3, $4, $5, 10, $6, 1)", 0 },
	[Q_FILE_DRAWN] = { "quality.file_drawn", DB_SYSTEM,
	    "UPDATE quality_file SET place_of = $3, state = 10, lacks = $4, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND place_of = 0", 0 },
	[Q_ROUND_DRAWN] = { "quality.round_drawn", DB_SYSTEM,
	    "UPDATE quality_round SET state = 20, nonce = $4, witness = $5, number = $6, seed = $7, drawn_ms = $8, drawn_by = $9,"
	    " revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3 AND state = 10", 0 },
	[Q_ROUND_CLOSE] = { "quality.round_close", DB_SYSTEM,
	    "UPDATE quality_round SET state = 30, closed_ms = $4, closed_by = $5, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state = 20", 0 },
	/* not final, or with something still to be put right */
	[Q_ROUND_OPEN_FILES] = { "quality.round_open_files", DB_SYSTEM,
	    "SELECT COUNT(*) FROM quality_file f WHERE f.city = $1 AND f.round = $2 AND f.place_of > 0 AND (f.state < 30 OR (f.state = 30"
	    " AND f.grade = 4 AND NOT EXISTS (SELECT 1 FROM quality_rectify y WHERE y.city = f.city AND y.file = f.id AND y.state = 30))"
	    " OR EXISTS (SELECT 1 FROM quality_rectify y WHERE y.city = f.city AND y.file = f.id AND y.state IN (10, 20)))", 0 },
	[Q_FILE_STEP] = { "quality.file_step", DB_SYSTEM,
	    "UPDATE quality_file SET revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3", 0 },
	[Q_FILE_LACKS] = { "quality.file_lacks", DB_SYSTEM, "UPDATE quality_file SET lacks = $3 WHERE city = $1 AND id = $2", 0 },
	[Q_TURN] = { "quality.turn", DB_SYSTEM,
	    "SELECT COALESCE(MAX(turn), 0) + 1 FROM quality_candidate WHERE city = $1 AND file = $2", 0 },
	[Q_SCORES] = { "quality.scores", DB_SYSTEM,
	    "SELECT score FROM quality_task WHERE city = $1 AND file = $2 AND state = 20 ORDER BY id", 0 },
	[Q_TASK_SCORED] = { "quality.task_scored", DB_SYSTEM,
	    "UPDATE quality_task SET state = 20, score = $4, words = $5, done_ms = $6, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state = 10", 0 },
	[Q_TASK_BACK] = { "quality.task_back", DB_SYSTEM,
	    "UPDATE quality_task SET state = 30, words = $4, done_ms = $5, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state = 10", 0 },
	[Q_MARK] = { "quality.mark", DB_SYSTEM,
	    "INSERT INTO quality_mark (city, task, n, points, recorded, note) VALUES ($1, $2, $3, $4, $5, $6)", 0 },
	[Q_OPEN_TASKS] = { "quality.open_tasks", DB_SYSTEM,
	    "SELECT COUNT(*) FROM quality_task WHERE city = $1 AND file = $2 AND state = 10", 0 },
	[Q_FILE_HEARD] = { "quality.file_heard", DB_SYSTEM,
	    "UPDATE quality_file SET state = 20, score = $3, lacks = 0, heard_ms = COALESCE(heard_ms, $4), revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND state = 10", 0 },
	[Q_FILE_STATEMENT] = { "quality.file_statement", DB_SYSTEM,
	    "UPDATE quality_file SET statement = $4, statement_ms = $5, statement_by = $6, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state = 20 AND statement_ms IS NULL", 0 },
	[Q_FILE_AGAIN] = { "quality.file_again", DB_SYSTEM,
	    "UPDATE quality_file SET state = 10, again = 1, decided_words = $4, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state = 20 AND again = 0", 0 },
	[Q_FILE_DECIDED] = { "quality.file_decided", DB_SYSTEM,
	    "UPDATE quality_file SET state = $4, grade = $5, lacks = 0, decided_words = $6, decided_ms = $7, decided_by = $8,"
	    " revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3 AND state IN (10, 20)", 0 },
	[Q_FILE_REVISION] = { "quality.file_revision", DB_SYSTEM,
	    "SELECT revision FROM quality_file WHERE city = $1 AND id = $2", 0 },
	[Q_RECTIFY] = { "quality.rectify", DB_SYSTEM,
	    "INSERT INTO quality_rectify (city, id, file, n, state, words, due_day, ordered_ms, ordered_by, revision)"
	    " SELECT $1, $2, f.id, (SELECT COUNT(*) + 1 FROM quality_rectify y WHERE y.city = f.city AND y.file = f.id), 10, $4, $5, $6, $7, 1"
	    " FROM quality_file f WHERE f.city = $1 AND f.id = $3", 0 },
	[Q_RECTIFY_ANSWER] = { "quality.rectify_answer", DB_SYSTEM,
	    "UPDATE quality_rectify SET state = 20, answer = $3, answered_ms = $4, answered_by = $5, revision = revision + 1"
	    " WHERE city = $1 AND file = $2 AND state = 10", 0 },
	[Q_RECTIFY_JUDGE] = { "quality.rectify_judge", DB_SYSTEM,
	    "UPDATE quality_rectify SET state = $3, judged_words = $4, judged_ms = $5, judged_by = $6, revision = revision + 1"
	    " WHERE city = $1 AND file = $2 AND state = 20", 0 },
	[Q_VOICE] = { "quality.voice", DB_SYSTEM,
	    "INSERT INTO quality_voice (city, id, request, kind, day, way, reached, who, answers, low, words, at_ms, account)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", 0 },
	[Q_SEMINAR] = { "quality.seminar", DB_SYSTEM,
	    "INSERT INTO quality_seminar (city, id, kind, place, day, topic, host, people, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", 0 },
	[Q_SEMINAR_CASE] = { "quality.seminar_case", DB_SYSTEM,
	    "INSERT INTO quality_seminar_case (city, seminar, request) VALUES ($1, $2, $3) ON CONFLICT (city, seminar, request) DO NOTHING", 0 },
	[Q_REPLAY_ROUNDS] = { "quality.replay_rounds", DB_SYSTEM,
	    "SELECT id, digest, promise, root, nonce, number, seed, wanted, percent, per_file, state FROM quality_round WHERE city = $1 AND id > $2"
	    " ORDER BY id LIMIT 1", 0 },
	[Q_REPLAY_FILES] = { "quality.replay_files", DB_SYSTEM,
	    "SELECT DISTINCT f.id, c.turn, f.place_of FROM quality_file f JOIN quality_candidate c ON c.city = f.city AND c.file = f.id"
	    " WHERE f.city = $1 AND f.round = $2 AND f.place_of > 0 ORDER BY f.place_of, c.turn", 0 },
	[Q_REPLAY_CANDIDATES] = { "quality.replay_candidates", DB_SYSTEM,
	    "SELECT account, why, load, chosen FROM quality_candidate WHERE city = $1 AND file = $2 AND turn = $3 ORDER BY account", 0 },
};
const struct db_set quality_sql = DB_SET("quality", quality_q);

const struct db_stmt quality_read[L_COUNT] = {
	[L_FILE_AREA] = { "quality.file_area", DB_AREA, FILES AREA " AND f.id = $4", 0 },
	[L_FILE_OWN] = { "quality.file_own", DB_OWN, FILES " WHERE x.city = $1 AND p.account = $2 AND f.id = $3", 0 },
	[L_FILE_SYSTEM] = { "quality.file_system", DB_SYSTEM, FILES " WHERE x.city = $1 AND f.id = $2", 0 },
	[L_FILES_ROUND] = { "quality.files_round", DB_AREA, FILES AREA " AND x.id = $4 AND f.place_of > 0 ORDER BY f.place_of LIMIT $5", 0 },
	[L_FILES_CASE] = { "quality.files_case", DB_PLACE,
	    FILE_COLUMNS " FROM quality_file f JOIN quality_round x ON x.city = f.city AND x.id = f.round" FILE_JOINS
	    IN_CASE " AND f.place_of > 0 ORDER BY f.id LIMIT $6", 0 },
	/* what the handling person has to answer */
	[L_FILES_OWN] = { "quality.files_own", DB_OWN,
	    FILES " WHERE x.city = $1 AND p.account = $2 AND f.place_of > 0 AND ((f.state = 20 AND f.statement_ms IS NULL) OR y.state = 10)"
	    " ORDER BY f.id LIMIT $3", 0 },
	[L_WAITING] = { "quality.waiting", DB_AREA,
	    FILES AREA " AND x.state = 20 AND f.place_of > 0 AND ((f.state = 10 AND f.lacks > 0) OR f.state = 20 OR y.state IN (10, 20)"
	    " OR (f.state = 30 AND f.grade = 4 AND y.id IS NULL)) ORDER BY f.id LIMIT $4", 0 },
	[L_CANDIDATES] = { "quality.candidates", DB_AREA,
	    "SELECT c.file, c.account, c.load, c.turn, c.why, c.chosen, n.name FROM quality_round x JOIN quality_file f ON f.city = x.city"
	    " AND f.round = x.id JOIN quality_candidate c ON c.city = f.city AND c.file = f.id" NAME("n", "c", "account") AREA
	    " AND x.id = $4 ORDER BY f.place_of, c.turn, c.chosen DESC, c.why, n.name LIMIT $5", 0 },
	[L_MINE] = { "quality.mine", DB_OWN,
	    TASK " FROM quality_task t" TASK_JOINS " WHERE t.city = $1 AND t.account = $2 ORDER BY t.state, t.id DESC LIMIT $3", 0 },
	[L_TASK] = { "quality.task", DB_OWN, TASK " FROM quality_task t" TASK_JOINS IS_MY_TASK, 0 },
	/* meetings, file readings, evidence, hearings, reports shown, limits missed, files sent back, days to accept */
	[L_FACTS] = { "quality.facts", DB_OWN,
	    "SELECT (SELECT COUNT(*) FROM aid_report y WHERE y.city = f.city AND y.request = f.request AND y.kind = 1),"
	    " (SELECT COUNT(*) FROM aid_report y WHERE y.city = f.city AND y.request = f.request AND y.kind = 2),"
	    " (SELECT COUNT(*) FROM aid_report y WHERE y.city = f.city AND y.request = f.request AND y.kind = 3),"
	    " (SELECT COUNT(*) FROM aid_report y WHERE y.city = f.city AND y.request = f.request AND y.kind IN (5, 6)),"
	    " (SELECT COUNT(*) FROM aid_report y WHERE y.city = f.city AND y.request = f.request AND y.shown = 1),"
	    " (SELECT COUNT(*) FROM case_clock c WHERE c.city = f.city AND c.request = f.request AND c.target IN (6, 10)"
	    "  AND c.met_ms IS NOT NULL AND c.met_ms > c.due_ms),"
	    " (SELECT COUNT(*) FROM aid_file y WHERE y.city = f.city AND y.request = f.request AND y.passed = 0),"
	    " (SELECT COALESCE(MAX(s.accepted_ms - s.at_ms) / 86400000, -1) FROM aid_assignment s WHERE s.city = f.city AND s.request = f.request"
	    "  AND s.provider = f.provider AND s.accepted_ms IS NOT NULL)" MY_TASK IS_MY_TASK, 0 },
	[L_REPORTS] = { "quality.reports", DB_OWN,
	    "SELECT y.id, y.at_ms, y.kind, y.day, y.minute, y.minutes, y.words, y.shown, ''" MY_TASK
	    " JOIN aid_report y ON y.city = f.city AND y.request = f.request" IS_MY_TASK " AND t.state <> 30 ORDER BY y.day, y.id LIMIT $4", 0 },
	[L_CLOSING] = { "quality.closing", DB_OWN,
	    "SELECT c.words" MY_TASK " JOIN aid_closing c ON c.city = f.city AND c.request = f.request" IS_MY_TASK " AND t.state <> 30", 0 },
	[L_TASK_MARKS] = { "quality.task_marks", DB_OWN,
	    "SELECT k.n, k.points, k.note" MY_TASK " JOIN quality_mark k ON k.city = t.city AND k.task = t.id" IS_MY_TASK " ORDER BY k.n", 0 },
	[L_TASKS_CASE] = { "quality.tasks_case", DB_PLACE,
	    TASK " FROM quality_task t" TASK_JOINS IN_CASE " ORDER BY t.file, t.id LIMIT $6", 0 },
	[L_MARKS_CASE] = { "quality.marks_case", DB_PLACE,
	    "SELECT t.id, k.n, k.points, k.note FROM request r" CASE_FILES " JOIN quality_task t ON t.city = f.city AND t.file = f.id"
	    " JOIN quality_mark k ON k.city = t.city AND k.task = t.id" IN_CASE " ORDER BY t.id, k.n LIMIT $6", 0 },
	[L_RECTIFIES_CASE] = { "quality.rectifies_case", DB_PLACE,
	    "SELECT y.id, y.file, y.n, y.state, y.words, y.due_day, y.ordered_ms, y.answer, y.answered_ms, y.judged_words, y.judged_ms"
	    " FROM request r" CASE_FILES " JOIN quality_rectify y ON y.city = f.city AND y.file = f.id" IN_CASE " ORDER BY y.file, y.n LIMIT $6", 0 },
	[L_VOICES_CASE] = { "quality.voices_case", DB_PLACE, VOICE IN_CASE " ORDER BY v.id LIMIT $6", 0 },
	[L_VOICES_LOW] = { "quality.voices_low", DB_AREA,
	    VOICE " WHERE v.city = $1 AND r.place BETWEEN $2 AND $3 AND v.low = 1 ORDER BY v.id DESC LIMIT $4", 0 },
	[L_CALLS] = { "quality.calls", DB_AREA,
	    "SELECT r.id, (SELECT COUNT(*) FROM quality_voice v WHERE v.city = r.city AND v.request = r.id AND v.kind = 3), c.day, r.number, n.name"
	    " FROM aid_closing c JOIN request r ON r.city = c.city AND r.id = c.request LEFT JOIN person n ON n.city = r.city AND n.id = r.person"
	    " WHERE c.city = $1 AND r.place BETWEEN $2 AND $3 AND NOT EXISTS (SELECT 1 FROM quality_voice v WHERE v.city = r.city"
	    " AND v.request = r.id AND v.kind = 3 AND v.reached = 1) AND (SELECT COUNT(*) FROM quality_voice v WHERE v.city = r.city"
	    " AND v.request = r.id AND v.kind = 3) < $4 ORDER BY c.day, r.id LIMIT $5", 0 },
	[L_SEMINARS] = { "quality.seminars", DB_CITY,
	    "SELECT s.id, s.kind, s.place, s.day, s.topic, s.host, s.people, s.words, n.name, (SELECT COUNT(*) FROM quality_seminar_case c"
	    " WHERE c.city = s.city AND c.seminar = s.id) FROM quality_seminar s" NAME("n", "s", "account")
	    " WHERE s.city = $1 ORDER BY s.day DESC, s.id DESC LIMIT $2", 0 },
	[L_FIG_FIRM] = { "quality.figures_firm", DB_AREA,
	    "SELECT f.firm, MIN(m.name), " COUNTED FINAL_IN_AREA " LEFT JOIN firm m ON m.city = f.city AND m.id = f.firm" FINAL_WHERE
	    " GROUP BY f.firm ORDER BY 3 DESC, 1 LIMIT $6", 0 },
	[L_FIG_PROVIDER] = { "quality.figures_provider", DB_AREA,
	    "SELECT f.provider, MIN(m.name), " COUNTED FINAL_IN_AREA " LEFT JOIN provider m ON m.city = f.city AND m.id = f.provider" FINAL_WHERE
	    " GROUP BY f.provider ORDER BY 3 DESC, 1 LIMIT $6", 0 },
	[L_FIG_COUNTY] = { "quality.figures_county", DB_AREA,
	    "SELECT r.place / 1000000 * 1000000, '', " COUNTED FINAL_IN_AREA FINAL_WHERE " GROUP BY r.place / 1000000 * 1000000 ORDER BY 1 LIMIT $6", 0 },
	[L_FIG_ALL] = { "quality.figures_all", DB_AREA, "SELECT 0, '', " COUNTED FINAL_IN_AREA FINAL_WHERE " LIMIT $6", 0 },
	/* $6 by, $7 key, $8 grade */
	[L_FIG_FILES] = { "quality.figure_files", DB_AREA,
	    FILE_COLUMNS " FROM quality_file f JOIN quality_round x ON x.city = f.city AND x.id = f.round" FILE_JOINS FINAL_WHERE
	    " AND ($7 = 0 OR ($6 = 1 AND f.firm = $7) OR ($6 = 2 AND f.provider = $7) OR ($6 = 3 AND r.place / 1000000 * 1000000 = $7))"
	    " AND ($8 = 0 OR f.grade = $8) ORDER BY f.id LIMIT $9", 0 },
	[L_OF_PROVIDER] = { "quality.of_provider", DB_CITY,
	    "SELECT MAX(f.provider), '', " COUNTED " FROM quality_file f WHERE f.city = $1 AND f.provider = $2 AND f.state = 30", 0 },
};
const struct db_set quality_read_sql = DB_SET("quality_read", quality_read);

/* ---- rows --------------------------------------------------------------------------------------------------- */

static struct day
day_at(const struct rows *row, int col)
{
	struct day none = DAY_NONE, d = { (int32_t)rows_int(row, col) };

	return rows_is_null(row, col) ? none : d;
}

void
quality_file_read(const struct rows *row, struct quality_file *ret)
{
	*ret = (struct quality_file){ .id = rows_int(row, 0), .round = rows_int(row, 1), .request = rows_int(row, 2),
		.kind = (enum quality_kind)rows_int(row, 3), .checklist = (int)rows_int(row, 4), .provider = rows_int(row, 5),
		.firm = rows_int(row, 6), .must = rows_int(row, 7) != 0, .place_of = (int)rows_int(row, 8),
		.state = (enum quality_file_state)rows_int(row, 9), .lacks = (int)rows_int(row, 10),
		.score = rows_is_null(row, 11) ? -1 : rows_int(row, 11), .heard_ms = rows_int(row, 12), .statement = rows_copy(row, 13),
		.statement_ms = rows_int(row, 14), .again = rows_int(row, 15) != 0, .decided_ms = rows_int(row, 16),
		.decided_words = rows_copy(row, 17), .grade = (enum quality_grade)rows_int(row, 18), .revision = rows_int(row, 19),
		.number = rows_copy(row, 20), .provider_name = rows_copy(row, 21), .firm_name = rows_copy(row, 22),
		.decided_name = rows_copy(row, 23), .round_name = rows_copy(row, 24), .round_place = { rows_int(row, 25) },
		.account = rows_int(row, 26), .rectify = (int)rows_int(row, 27), .rectify_due = day_at(row, 28) };
}
