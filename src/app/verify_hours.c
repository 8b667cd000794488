/* After hours in the stored data: who is on duty, test calls, and calls nobody took with their promise and their clock. */
#include "app/verify_store.h"

#include "standards/catalogue/kinds.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define CALL_BACK "12" /* TARGET_CALL_BACK */
#define MISSED " FROM missed_call x LEFT JOIN request r ON r.city = x.city AND r.id = x.request LEFT JOIN callback k ON k.city = x.city" \
	" AND k.id = x.callback LEFT JOIN case_clock c ON c.city = x.city AND c.request = x.request AND c.target = " CALL_BACK \
	" WHERE x.city = $1"

static const struct db_stmt checks[] = {
	{ "verify.oncall_of", DB_SYSTEM, TELL("x.id", "p.id IS NULL OR (x.account IS NOT NULL AND a.id IS NULL)", " FROM oncall_contact x"
	    " LEFT JOIN point p ON p.city = x.city AND p.id = x.point LEFT JOIN account a ON a.city = x.city AND a.id = x.account"
	    " WHERE x.city = $1"), 0 },
	{ "verify.oncall_sound", DB_SYSTEM, TELL("x.id", "x.turn < 1 OR x.phone = '' OR x.name = '' OR x.office = '' OR x.to_day < x.from_day",
	    " FROM oncall_contact x WHERE x.city = $1"), 0 },
	{ "verify.phone_test", DB_SYSTEM, TELL("x.id", "p.id IS NULL OR x.result NOT BETWEEN 1 AND 4 OR (x.contact IS NOT NULL AND"
	    " (o.id IS NULL OR o.point <> x.point OR o.phone <> x.phone))", " FROM phone_test x LEFT JOIN point p ON p.city = x.city"
	    " AND p.id = x.point LEFT JOIN oncall_contact o ON o.city = x.city AND o.id = x.contact WHERE x.city = $1"), 0 },
	{ "verify.missed_of", DB_SYSTEM, TELL("x.id", "r.id IS NULL OR k.id IS NULL OR c.due_ms IS NULL OR NOT EXISTS (SELECT 1 FROM point p"
	    " WHERE p.city = x.city AND p.id = x.point)", MISSED), 0 },
	{ "verify.missed_due", DB_SYSTEM, TELL("x.id", "k.due_ms <> x.due_ms OR c.due_ms <> x.due_ms OR x.due_ms <= x.rang_ms", MISSED), 0 },
	{ "verify.missed_met", DB_SYSTEM, TELL("x.id", "k.request = x.request AND k.result = 'reached' AND c.met_ms IS NULL", MISSED), 0 },
	{ "verify.missed_runs", DB_SYSTEM, TELL("x.id", "k.request = x.request AND k.done_ms IS NULL AND c.met_ms IS NOT NULL", MISSED), 0 },
	{ "verify.missed_clock", DB_SYSTEM, TELL("x.request", "NOT EXISTS (SELECT 1 FROM missed_call m WHERE m.city = x.city"
	    " AND m.request = x.request)", " FROM case_clock x WHERE x.city = $1 AND x.target = " CALL_BACK), 0 },
	{ "verify.missed_event", DB_SYSTEM, TELL("x.id", "(SELECT COUNT(*) FROM event e WHERE e.city = x.city AND e.request = x.request"
	    " AND e.kind = 'missed.noted') <> 1", " FROM missed_call x WHERE x.city = $1"), 0 },
};
static const char *const names[] = {
	"people on duty belong to points and accounts",
	"people on duty have a turn, an office, a name and a number",
	"test calls rang a number of their point",
	"missed calls belong to a request, a point, a promise and a clock",
	"a missed call, its promise and its clock have one deadline",
	"clocks of calls that were returned are met",
	"clocks of calls that wait run",
	"clocks to call back belong to missed calls",
	"missed calls were noted once",
};
const struct db_set verify_hours_sql = DB_SET("verify_hours", checks);
_Static_assert(sizeof checks / sizeof checks[0] == sizeof names / sizeof names[0], "a name for each check");
_Static_assert(TARGET_CALL_BACK == 12, "as the statements say");

enum rc
verify_hours(struct tx *tx, const struct actor *actor, struct verify *v)
{
	return verify_checks(tx, actor, v, &verify_hours_sql, names);
}
