/* Advisers of villages in the stored data: one a village at a time, who may, ends that were allowed, plans that add up. */
#include "app/verify_store.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define CONTRACTS " FROM advisor_contract x LEFT JOIN provider p ON p.city = x.city AND p.id = x.provider WHERE x.city = $1"
#define STAND_INS " FROM advisor_substitute x LEFT JOIN advisor_contract c ON c.city = x.city AND c.id = x.contract WHERE x.city = $1"
#define PLANS " FROM advisor_plan x WHERE x.city = $1"
#define ROWS_OF " FROM advisor_plan_row r WHERE r.city = x.city AND r.plan = x.id"

static const struct db_stmt checks[] = {
	{ "verify.advisor_one", DB_SYSTEM, TELL("x.id", "EXISTS (SELECT 1 FROM advisor_contract y WHERE y.city = x.city AND y.place = x.place"
	    " AND y.id <> x.id AND y.from_day <= x.last_day AND y.last_day >= x.from_day)", CONTRACTS), 0 },
	{ "verify.advisor_term", DB_SYSTEM, TELL("x.id", "x.from_day > x.last_day OR x.last_day > x.to_day OR (x.last_day < x.to_day)"
	    " <> (x.ended > 0) OR x.hours < 1 OR x.fee < 0", CONTRACTS), 0 },
	{ "verify.advisor_who", DB_SYSTEM, TELL("x.id", "p.id IS NULL OR p.kind NOT IN (1, 2) OR p.valid_from > x.from_day", CONTRACTS), 0 },
	{ "verify.advisor_place", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM division d WHERE d.city = x.city AND d.code = x.place)",
	    CONTRACTS), 0 },
	{ "verify.advisor_absent", DB_SYSTEM, TELL("x.id", "x.ended_need < 1 OR (SELECT COUNT(*) FROM advisor_absence a WHERE a.city = x.city"
	    " AND a.contract = x.id AND a.excused = 0) < x.ended_need", CONTRACTS " AND x.ended = 1"), 0 },
	{ "verify.advisor_absence", DB_SYSTEM, TELL("x.contract", "c.id IS NULL OR x.day < c.from_day OR x.day > c.to_day",
	    " FROM advisor_absence x LEFT JOIN advisor_contract c ON c.city = x.city AND c.id = x.contract WHERE x.city = $1"), 0 },
	{ "verify.advisor_substitute", DB_SYSTEM, TELL("x.contract", "c.id IS NULL OR x.provider = c.provider OR x.from_day < c.from_day"
	    " OR x.to_day > c.to_day OR EXISTS (SELECT 1 FROM advisor_substitute y WHERE y.city = x.city AND y.contract = x.contract"
	    " AND y.from_day > x.from_day AND y.from_day <= x.to_day)", STAND_INS), 0 },
	{ "verify.advisor_conflict", DB_SYSTEM, TELL("x.id", "EXISTS (SELECT 1 FROM advisor_conflict k WHERE k.city = x.city"
	    " AND k.provider = x.provider AND k.place = x.place AND k.at_ms < x.at_ms)", CONTRACTS), 0 },
	{ "verify.advisor_plan", DB_SYSTEM, TELL("x.id", "x.bound > x.objective OR x.villages <> (SELECT COUNT(*)" ROWS_OF ")"
	    " OR x.opened <> (SELECT COUNT(*)" ROWS_OF " AND r.provider IS NULL) OR x.minutes <> (SELECT COALESCE(SUM(r.minutes), 0)" ROWS_OF ")"
	    " OR x.changed <> (SELECT COUNT(*)" ROWS_OF " AND r.provider IS NOT NULL AND r.before_provider IS NOT NULL"
	    " AND r.provider <> r.before_provider) OR x.advisers <> (SELECT COUNT(DISTINCT r.provider)" ROWS_OF ")", PLANS), 0 },
	{ "verify.advisor_decided", DB_SYSTEM, TELL("x.id", "(x.state = 10) <> (x.decided_by IS NULL) OR (x.state = 20 AND x.decided_by = x.account)",
	    PLANS), 0 },
	{ "verify.advisor_made", DB_SYSTEM, TELL("x.id", "(SELECT COUNT(*) FROM advisor_contract c WHERE c.city = x.city AND c.plan = x.id)"
	    " <> CASE WHEN x.state = 20 THEN x.villages - x.opened ELSE 0 END OR EXISTS (SELECT 1 FROM advisor_contract c WHERE c.city = x.city"
	    " AND c.plan = x.id AND NOT EXISTS (SELECT 1 FROM advisor_plan_row r WHERE r.city = x.city AND r.plan = x.id"
	    " AND r.place = c.place AND r.provider = c.provider))", PLANS), 0 },
};
static const char *const names[] = {
	"a village has one adviser at a time",
	"contracts of advisers begin, hold and end in order",
	"an adviser is a lawyer or legal worker, licensed when the contract begins",
	"an advised village is in the register",
	"who was dismissed for absences had that many",
	"absences lie inside their contract",
	"a substitute is somebody else, one at a time",
	"nobody advises a village they are ruled out for",
	"a plan of advisers adds up, and nothing is below its bound",
	"a plan of advisers was decided by somebody else",
	"an approved plan has made its contracts, another none",
};
const struct db_set verify_advisor_sql = DB_SET("verify_advisor", checks);
_Static_assert(sizeof checks / sizeof checks[0] == sizeof names / sizeof names[0], "a name for each check");

enum rc
verify_advisor(struct tx *tx, const struct actor *actor, struct verify *v)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < verify_advisor_sql.n; i++) {
		ROWS row = NULL;

		rc = tx_one(tx, actor, &checks[i], NO_ARGS, &row);
		if (rc == RC_OK)
			verify_line(v, names[i], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	return rc;
}
