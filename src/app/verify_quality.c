/* Quality of legal aid in the stored data: draws come out again, nobody judged their own, scores have their marks. */
#include "app/verify_store.h"

#include "evaluation/quality/quality.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define FILES " FROM quality_file x LEFT JOIN quality_round g ON g.city = x.city AND g.id = x.round WHERE x.city = $1"
#define TASKS " FROM quality_task x LEFT JOIN quality_file f ON f.city = x.city AND f.id = x.file WHERE x.city = $1"
#define POINTS "(SELECT COALESCE(SUM(k.points), 0) FROM quality_mark k WHERE k.city = x.city AND k.task = x.id)"

static const struct db_stmt checks[] = {
	{ "verify.quality_file", DB_SYSTEM, TELL("x.id", "g.id IS NULL OR NOT EXISTS (SELECT 1 FROM aid a WHERE a.city = x.city"
	    " AND a.request = x.request)", FILES), 0 },
	{ "verify.quality_drawn", DB_SYSTEM, TELL("x.id", "(x.place_of > 0) <> (x.state >= 10) OR (x.place_of > 0 AND g.state < 20)", FILES), 0 },
	{ "verify.quality_seats", DB_SYSTEM, TELL("x.id", "x.lacks + (SELECT COUNT(*) FROM quality_task t WHERE t.city = x.city"
	    " AND t.file = x.id AND t.state <> 30) < g.per_file", FILES " AND x.state = 10"), 0 },
	{ "verify.quality_task", DB_SYSTEM, TELL("x.id", "f.id IS NULL OR NOT EXISTS (SELECT 1 FROM quality_candidate c WHERE c.city = x.city"
	    " AND c.file = x.file AND c.turn = x.turn AND c.account = x.account AND c.chosen = 1 AND c.why = 0)", TASKS), 0 },
	{ "verify.quality_chosen", DB_SYSTEM, TELL("x.file", "NOT EXISTS (SELECT 1 FROM quality_task t WHERE t.city = x.city"
	    " AND t.file = x.file AND t.turn = x.turn AND t.account = x.account)", " FROM quality_candidate x WHERE x.city = $1 AND x.chosen = 1"), 0 },
	{ "verify.quality_own", DB_SYSTEM, TELL("x.id", "EXISTS (SELECT 1 FROM aid_assignment s JOIN provider p ON p.city = s.city"
	    " AND p.id = s.provider WHERE s.city = f.city AND s.request = f.request AND p.account = x.account)", TASKS " AND x.state <> 30"), 0 },
	{ "verify.quality_marks", DB_SYSTEM, TELL("x.id", "(x.state = 20) <> (x.score IS NOT NULL) OR (x.state = 20 AND x.score <> " POINTS ")"
	    " OR (x.state <> 20 AND " POINTS " > 0)", TASKS), 0 },
	{ "verify.quality_score", DB_SYSTEM, TELL("x.id", "(x.state IN (20, 30) AND x.score IS NULL) OR (x.state = 30) <> (x.grade IS NOT NULL)"
	    " OR (x.state >= 30) <> (x.decided_ms IS NOT NULL)", FILES), 0 },
	{ "verify.quality_heard", DB_SYSTEM, TELL("x.id", "x.heard_ms IS NULL OR EXISTS (SELECT 1 FROM provider p WHERE p.city = x.city AND p.id = x.provider AND p.account = x.decided_by)",
	    FILES " AND x.state = 30"), 0 },
	{ "verify.quality_closed", DB_SYSTEM, TELL("x.id", "x.state < 30 OR (x.grade = 4 AND NOT EXISTS (SELECT 1 FROM quality_rectify y"
	    " WHERE y.city = x.city AND y.file = x.id AND y.state = 30))", FILES " AND g.state = 30 AND x.place_of > 0"), 0 },
	{ "verify.quality_rectify", DB_SYSTEM, TELL("x.id", "f.state IS NULL OR f.state <> 30 OR (x.state = 10) <> (x.answered_ms IS NULL)"
	    " OR (x.state >= 30) <> (x.judged_ms IS NOT NULL) OR (x.state = 40) <> EXISTS (SELECT 1 FROM quality_rectify y"
	    " WHERE y.city = x.city AND y.file = x.file AND y.n = x.n + 1)",
	    " FROM quality_rectify x LEFT JOIN quality_file f ON f.city = x.city AND f.id = x.file WHERE x.city = $1"), 0 },
	{ "verify.quality_seminar", DB_SYSTEM, TELL("x.seminar", "r.id IS NULL OR s.id IS NULL", " FROM quality_seminar_case x"
	    " LEFT JOIN request r ON r.city = x.city AND r.id = x.request LEFT JOIN quality_seminar s ON s.city = x.city AND s.id = x.seminar"
	    " WHERE x.city = $1"), 0 },
	{ "verify.quality_voice", DB_SYSTEM, TELL("x.id", "(x.reached = 0) <> (x.answers = 0) OR (x.low = 1) <> (x.reached = 1 AND (x.answers % 10 <= 2"
	    " OR x.answers / 10 % 10 <= 2 OR x.answers / 100 % 10 <= 2 OR x.answers / 1000 <= 2)) OR (x.low = 1 AND x.words = '')",
	    " FROM quality_voice x WHERE x.city = $1"), 0 },
};
static const char *const names[] = {
	"files of an evaluation belong to legal aid",
	"files are drawn when their round is, and only then",
	"a drawn file has its experts, or says how many it lacks",
	"who judges a file was chosen for it and could be",
	"who was chosen for a file judges it",
	"nobody judges a case they worked on",
	"a score is what its marks add up to",
	"files stand as their score and decision say",
	"the handling person was heard, and did not decide",
	"a closed round has nothing open",
	"what is to be put right goes round by round",
	"cases shown at a seminar are there",
	"answers are whole, and dissatisfied ones are marked",
};
const struct db_set verify_quality_sql = DB_SET("verify_quality", checks);
_Static_assert(sizeof checks / sizeof checks[0] == sizeof names / sizeof names[0], "a name for each check");

enum rc
verify_quality(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t looked = 0, bad = 0, first = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < verify_quality_sql.n; i++) {
		ROWS row = NULL;

		rc = tx_one(tx, actor, &checks[i], NO_ARGS, &row);
		if (rc == RC_OK)
			verify_line(v, names[i], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	if (rc == RC_OK)
		rc = quality_replay_all(tx, actor, &looked, &bad, &first);
	if (rc == RC_OK)
		verify_line(v, "every draw of files and experts comes out again", looked, bad, first);
	return rc;
}
