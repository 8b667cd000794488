/* Complaints in the stored data: read by somebody above, never by who they are about; every step has its mark. */
#include "app/verify_store.h"

#include "evaluation/complaint/complaint.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define ALL " FROM complaint x WHERE x.city = $1"
#define ROUND "EXISTS (SELECT 1 FROM complaint_round o WHERE o.city = x.city AND o.complaint = x.id AND o.level = x.level"
#define IS_ABOUT(who) "EXISTS (SELECT 1 FROM complaint_about b WHERE b.city = x.city AND b.complaint = x.id AND b.account = " who ")"
#define HELD(who) "EXISTS (SELECT 1 FROM holding h WHERE h.city = x.city AND h.request = x.request AND h.account = " who ")"

static const struct db_stmt checks[] = {
	{ "verify.complaint_reader", DB_SYSTEM, TELL("x.id", "x.reader <> 0 AND " IS_ABOUT("x.reader") " OR x.watcher <> 0 AND "
	    IS_ABOUT("x.watcher"), ALL " AND x.state <= 4"), 0 },
	{ "verify.complaint_handled", DB_SYSTEM, TELL("x.id", HELD("x.reader") " AND x.reader <> 0", ALL " AND x.state <= 4"), 0 },
	{ "verify.complaint_right", DB_SYSTEM, TELL("x.id", "x.reader <> 0 AND NOT EXISTS (SELECT 1 FROM account a WHERE a.city = x.city"
	    " AND a.id = x.reader AND a.active = 1 AND a.role IN (5, 6))", ALL " AND x.state <= 4"), 0 },
	{ "verify.complaint_round", DB_SYSTEM, TELL("x.id", "(SELECT COUNT(*) FROM complaint_round o WHERE o.city = x.city AND o.complaint = x.id)"
	    " <> x.level + 1 OR NOT " ROUND " AND o.reader = x.reader AND o.due_ms = x.finish_due_ms)", ALL), 0 },
	{ "verify.complaint_readers", DB_SYSTEM, TELL("x.complaint", "EXISTS (SELECT 1 FROM complaint_round o WHERE o.city = x.city"
	    " AND o.complaint = x.complaint AND o.level < x.level AND o.reader = x.reader AND x.reader <> 0)",
	    " FROM complaint_round x WHERE x.city = $1"), 0 },
	{ "verify.complaint_state", DB_SYSTEM, TELL("x.id", "x.state IN (2, 3, 4, 5) AND NOT " ROUND " AND o.told_ms IS NOT NULL)"
	    " OR x.state IN (3, 4, 5) AND NOT " ROUND " AND o.finding IS NOT NULL AND o.found_ms IS NOT NULL AND o.reasons <> ''"
	    " AND o.evidence <> '') OR x.state IN (4, 5) AND (x.replied_ms IS NULL OR NOT " ROUND " AND o.replied_ms = x.replied_ms"
	    " AND o.reply <> ''))", ALL), 0 },
	{ "verify.complaint_end", DB_SYSTEM, TELL("x.id", "(x.state IN (5, 6)) <> (x.closed_ms IS NOT NULL) OR (x.state = 5) <> (x.ended <> 0)"
	    " OR x.ended = 1 AND COALESCE(x.grade, 0) < 3 OR x.state = 5 AND EXISTS (SELECT 1 FROM complaint_remedy y WHERE y.city = x.city"
	    " AND y.complaint = x.id AND y.done_ms IS NULL)", ALL), 0 },
	{ "verify.complaint_mended", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM complaint_remedy y WHERE y.city = x.city"
	    " AND y.complaint = x.id)", ALL " AND x.state IN (4, 5) AND " ROUND " AND o.finding IN (1, 2))"), 0 },
	{ "verify.complaint_remedy", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM complaint c WHERE c.city = x.city AND c.id = x.complaint)"
	    " OR (x.done_ms IS NULL) <> (x.done_words = '')", " FROM complaint_remedy x WHERE x.city = $1"), 0 },
	{ "verify.complaint_name", DB_SYSTEM, TELL("x.id", "(x.anonymous = 1) <> (x.name IS NULL AND x.phone IS NULL)"
	    " OR x.channel <> 1 AND x.read_back = 0", ALL), 0 },
	{ "verify.complaint_extended", DB_SYSTEM, TELL("x.id", "(x.extended = 0) <> (x.extend_why = '') OR x.extended > 30", ALL), 0 },
	{ "verify.complaint_begun", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM complaint_event e WHERE e.city = x.city"
	    " AND e.complaint = x.id AND e.kind = 'complaint.received')", ALL), 0 },
	/* who is complained of reads the history of the request */
	{ "verify.complaint_apart", DB_SYSTEM, TELL("x.id", "x.kind LIKE 'complaint.%'", " FROM event x JOIN complaint c ON c.city = x.city"
	    " AND c.request = x.request WHERE x.city = $1"), 0 },
};
static const char *const names[] = {
	"nobody reads a complaint about themselves",
	"nobody reads a complaint about what they handled",
	"who reads a complaint is there and may",
	"a complaint has a round for each level, with its reader and limit",
	"each level is read by somebody else",
	"complaints stand as their marks say",
	"a complaint that is over says how, and nothing is left to mend",
	"a complaint with grounds has a remedy",
	"remedies belong to a complaint, and say what was done",
	"an anonymous complaint has no name, one written down was read back",
	"a longer limit has its reason",
	"every complaint begins with its receipt",
	"no history of a request tells of a complaint",
};
const struct db_set verify_complaint_sql = DB_SET("verify_complaint", checks);
_Static_assert(sizeof checks / sizeof checks[0] == sizeof names / sizeof names[0], "a name for each check");

enum rc
verify_complaint(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t looked = 0, bad = 0, first = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < verify_complaint_sql.n; i++) {
		ROWS row = NULL;

		rc = tx_one(tx, actor, &checks[i], NO_ARGS, &row);
		if (rc == RC_OK)
			verify_line(v, names[i], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	if (rc == RC_OK)
		rc = complaint_dues_check(tx, actor, &looked, &bad, &first);
	if (rc == RC_OK)
		verify_line(v, "the next limit of a complaint is the one the rule names", looked, bad, first);
	return rc;
}
