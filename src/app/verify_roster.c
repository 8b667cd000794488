/* Beside the rosters: gaps that were told, and activities with their stops. */
#include "app/verify_store.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define GAPS " FROM duty_alarm x WHERE x.city = $1"

static const struct db_stmt checks[] = {
	{ "verify.gap_once", DB_SYSTEM, TELL("x.id", "x.cleared_ms IS NULL AND EXISTS (SELECT 1 FROM duty_alarm o WHERE o.city = x.city"
	    " AND o.county = x.county AND o.month = x.month AND o.kind = x.kind AND o.place = x.place AND o.point = x.point AND o.which = x.which"
	    " AND o.cleared_ms IS NULL AND o.id <> x.id)", GAPS), 0 },
	{ "verify.gap_step", DB_SYSTEM, TELL("x.id", "x.step NOT IN (1, 2, 4) OR x.kind NOT BETWEEN 1 AND 4 OR x.step_ms < x.first_ms"
	    " OR x.cleared_ms < x.step_ms OR (x.turn > 1 AND NOT EXISTS (SELECT 1 FROM duty_alarm o WHERE o.city = x.city"
	    " AND o.county = x.county AND o.month = x.month AND o.kind = x.kind AND o.place = x.place AND o.point = x.point AND o.which = x.which"
	    " AND o.turn = x.turn - 1 AND o.cleared_ms IS NOT NULL))", GAPS), 0 },
	{ "verify.activity_stops", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM activity_stop s WHERE s.city = x.city AND s.activity = x.id)"
	    " OR EXISTS (SELECT 1 FROM activity_stop s WHERE s.city = x.city AND s.activity = x.id AND (s.opens >= s.closes OR s.opens < 0"
	    " OR s.closes > 1440 OR s.place / 1000000 * 1000000 <> x.county))", " FROM activity x WHERE x.city = $1"), 0 },
};
static const char *const names[] = {
	"a gap on a roster stands once at a time",
	"gaps on rosters were told step by step, and are new only after they were cleared",
	"activities have their stops in their county, with times",
};
const struct db_set verify_roster_sql = DB_SET("verify_roster", checks);

enum rc
verify_roster(struct tx *tx, const struct actor *actor, struct verify *v)
{
	return verify_checks(tx, actor, v, &verify_roster_sql, names);
}
