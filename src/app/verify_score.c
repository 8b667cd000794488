/* Scores of advisers in the stored data: one in force a contract and period, second persons, and every closed score against its own
 * facts and scheme. */
#include "app/verify_store.h"

#include "evaluation/score/score.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"

static const struct db_stmt checks[] = {
	{ "verify.score_one", DB_SYSTEM, TELL("x.id", "x.state NOT IN (20, 30) OR (x.state = 30) <> EXISTS (SELECT 1 FROM score o WHERE o.city = x.city"
	    " AND o.contract = x.contract AND o.period = x.period AND o.version > x.version) OR (x.version = 1) <> (x.appeal IS NULL)",
	    " FROM score x WHERE x.city = $1"), 0 },
	{ "verify.score_contract", DB_SYSTEM, TELL("x.id", "c.id IS NULL OR c.place <> x.place OR c.provider <> x.provider", " FROM score x"
	    " LEFT JOIN advisor_contract c ON c.city = x.city AND c.id = x.contract WHERE x.city = $1"), 0 },
	{ "verify.score_appeal", DB_SYSTEM, TELL("x.id", "s.id IS NULL OR s.contract <> x.contract OR s.period <> x.period"
	    " OR x.state NOT IN (10, 20, 30) OR (x.state = 10) <> (x.decided_ms IS NULL) OR (x.state = 30) <> (x.marks >= 0)"
	    " OR x.decided_by = x.account OR (s.appeal IS NULL AND x.decided_by = s.account) OR (x.state = 30) <> EXISTS (SELECT 1 FROM score n"
	    " WHERE n.city = x.city AND n.contract = x.contract AND n.period = x.period AND n.appeal = x.id)",
	    " FROM score_appeal x LEFT JOIN score s ON s.city = x.city AND s.id = x.score WHERE x.city = $1"), 0 },
	{ "verify.score_answer", DB_SYSTEM, TELL("x.contract", "c.id IS NULL OR c.place <> x.place OR x.punctual NOT BETWEEN 1 AND 5"
	    " OR x.useful NOT BETWEEN 1 AND 5 OR x.plain NOT BETWEEN 1 AND 5 OR x.keep NOT IN (1, 5)", " FROM score_answer x"
	    " LEFT JOIN advisor_contract c ON c.city = x.city AND c.id = x.contract WHERE x.city = $1"), 0 },
	{ "verify.score_finding", DB_SYSTEM, TELL("x.plan", "s.plan IS NULL OR x.kind NOT BETWEEN 1 AND 6 OR x.why = ''", " FROM score_finding x"
	    " LEFT JOIN duty_slot s ON s.city = x.city AND s.plan = x.plan AND s.slot = x.slot WHERE x.city = $1"), 0 },
	{ "verify.score_renewal", DB_SYSTEM, TELL("x.contract", "EXISTS (SELECT 1 FROM advisor_contract n WHERE n.city = x.city"
	    " AND n.renews = x.contract AND n.account = x.account)", " FROM score_renewal x WHERE x.city = $1"), 0 },
	{ "verify.advisor_support", DB_SYSTEM, TELL("x.id", "c.id IS NULL OR x.day < c.from_day OR x.day > c.to_day OR x.amount < 0",
	    " FROM advisor_support x LEFT JOIN advisor_contract c ON c.city = x.city AND c.id = x.contract WHERE x.city = $1"), 0 },
};
static const char *const names[] = {
	"one score is in force a contract and period, later ones come from appeals",
	"scores are of their contract's village and adviser",
	"appeals were decided by another, corrections made a version",
	"villages answered for their own adviser",
	"what was odd about a visit was looked at with a reason",
	"who wrote why a low score is renewed did not renew it",
	"support of advisers lies inside their contract",
};
const struct db_set verify_score_sql = DB_SET("verify_score", checks);
_Static_assert(sizeof checks / sizeof checks[0] == sizeof names / sizeof names[0], "a name for each check");

enum rc
verify_score(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t looked = 0, bad = 0, first = 0;
	enum rc rc = verify_checks(tx, actor, v, &verify_score_sql, names);

	if (rc == RC_OK)
		rc = score_check(tx, actor, &looked, &bad, &first);
	if (rc == RC_OK)
		verify_line(v, "closed scores come to the same marks from their own facts and scheme", looked, bad, first);
	return rc;
}
