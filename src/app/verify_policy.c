/* Rules in the stored data: two people behind each version in force, texts that are what their hash says, decisions
 * that come out again. */
#include "app/verify_store.h"

#include "standards/policy/policy_version.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define VERSIONS " FROM policy_version x WHERE x.city = $1"

static const struct db_stmt checks[] = {
	{ "verify.policy_two", DB_SYSTEM, TELL("x.id", "x.decided_by IS NULL OR x.broke > 0 OR (x.decided_by = x.author"
	    " AND x.author <> -1)", VERSIONS " AND x.state = 1"), 0 },
	{ "verify.policy_state", DB_SYSTEM, TELL("x.id", "(x.state = 0) <> (x.decided_ms IS NULL) OR (x.state = 3 AND"
	    " x.decided_by <> x.author) OR x.decided_ms < x.made_ms", VERSIONS), 0 },
	{ "verify.policy_base", DB_SYSTEM, TELL("x.id", "b.id IS NULL OR b.package <> x.package OR b.number >= x.number",
	    " FROM policy_version x LEFT JOIN policy_version b ON b.city = x.city AND b.id = x.base WHERE x.city = $1"
	    " AND x.base <> 0"), 0 },
	{ "verify.policy_decision", DB_SYSTEM, TELL("x.id", "v.id IS NULL OR v.hash <> x.hash OR v.state <> 1",
	    " FROM policy_decision x LEFT JOIN policy_version v ON v.city = x.city AND v.id = x.version WHERE x.city = $1"), 0 },
	{ "verify.policy_request", DB_SYSTEM, TELL("x.id", "r.id IS NULL", " FROM policy_decision x LEFT JOIN request r"
	    " ON r.city = x.city AND r.id = x.request WHERE x.city = $1 AND x.request IS NOT NULL"), 0 },
};
static const char *const names[] = {
	"two people stand behind rules in force",
	"versions of rules stand as their state says",
	"versions of rules follow their base",
	"decisions were made by rules in force",
	"decisions by rules belong to requests",
};
const struct db_set verify_policy_sql = DB_SET("verify_policy", checks);
_Static_assert(sizeof checks / sizeof checks[0] == sizeof names / sizeof names[0], "a name for each check");

enum rc
verify_policy(struct tx *tx, const struct actor *actor, struct verify *v)
{
	return verify_checks(tx, actor, v, &verify_policy_sql, names);
}

enum rc
verify_policy_replay(struct ctx *ctx, struct verify *v)
{
	struct policy_replays all;
	enum rc rc = policy_replay_all(ctx, &all);
	int64_t bad = all.n[POLICY_OTHER_BYTES] + all.n[POLICY_TAMPERED] + all.n[POLICY_UNREADABLE];

	if (rc == RC_OK)
		verify_line(v, "every decision by rules comes out again as stored", all.n[POLICY_SAME] + bad, bad, all.first_bad);
	return rc;
}
