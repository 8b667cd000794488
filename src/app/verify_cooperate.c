/* Co-operation in the stored data: with its case, its rounds, its clock and one event for each step. */
#include "app/verify_store.h"

#include "operations/cooperate/cooperate.h"
#include "standards/holidays/holidays.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define HELPS " FROM cooperation x LEFT JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"
#define ALONE " FROM cooperation x WHERE x.city = $1"
/* events of one co-operation: its id ends their data */
#define EVENTS(kind) "(SELECT COUNT(*) FROM event e WHERE e.city = x.city AND e.request = x.request AND e.kind " kind \
	" AND e.data LIKE '%cooperation=' || CAST(x.id AS text))"
#define ROUNDS(which) "(SELECT COUNT(*) FROM cooperation_round y WHERE y.city = x.city AND y.cooperation = x.id" which ")"
#define END_KIND "CASE x.state WHEN 50 THEN 'cooperate.closed' WHEN 60 THEN 'cooperate.declined'" \
	" WHEN 70 THEN 'cooperate.withdrawn' ELSE 'cooperate.ended' END"

enum { Q_CHECKED = 11, Q_DUE = Q_CHECKED, Q_ALL };
static const struct db_stmt checks[] = {
	{ "verify.cooperation_orphan", DB_SYSTEM, TELL("x.id", "r.id IS NULL", HELPS), 0 },
	{ "verify.cooperation_ended", DB_SYSTEM, TELL("x.id", "r.open = 0", HELPS " AND x.open = 1"), 0 },
	{ "verify.cooperation_point", DB_SYSTEM, TELL("x.id", "x.to_point = r.holder_point", HELPS " AND x.open = 1"), 0 },
	{ "verify.cooperation_state", DB_SYSTEM, TELL("x.id", "x.due_ms < x.start_ms OR x.start_ms < x.asked_ms"
	    " OR (x.open = 1) <> (x.closed_ms IS NULL) OR x.closed_ms < x.asked_ms OR x.taken_ms < x.asked_ms"
	    " OR (x.taken_ms IS NULL) <> (x.taken_by IS NULL) OR (x.state = 10 AND x.taken_ms IS NOT NULL)"
	    " OR (x.state IN (20, 40, 50) AND x.taken_ms IS NULL) OR (x.state = 60) <> (x.refusal IS NOT NULL)"
	    " OR x.state NOT IN (10, 20, 40, 50, 60, 70, 80)", ALONE), 0 },
	{ "verify.cooperation_rounds", DB_SYSTEM, TELL("x.id", ROUNDS("") " <> x.round OR " ROUNDS(" AND y.round > x.round") " > 0"
	    " OR " ROUNDS(" AND y.round < x.round AND y.answered_ms IS NULL") " > 0"
	    " OR (x.state IN (40, 50) AND " ROUNDS(" AND y.round = x.round AND y.answered_ms IS NULL") " > 0)"
	    " OR (x.state IN (10, 20, 60) AND " ROUNDS(" AND y.round = x.round AND y.answered_ms IS NOT NULL") " > 0)"
	    " OR " ROUNDS(" AND y.round = x.round AND y.due_ms <> x.due_ms") " > 0", ALONE), 0 },
	{ "verify.cooperation_events", DB_SYSTEM, TELL("x.id", EVENTS("= 'cooperate.asked'") " <> 1"
	    " OR " EVENTS("= 'cooperate.taken'") " <> CASE WHEN x.taken_ms IS NULL THEN 0 ELSE 1 END"
	    " OR " EVENTS("= 'cooperate.answered'") " <> " ROUNDS(" AND y.answered_ms IS NOT NULL")
	    " OR " EVENTS("= 'cooperate.again'") " <> x.round - 1"
	    " OR " EVENTS("IN ('cooperate.closed', 'cooperate.declined', 'cooperate.withdrawn', 'cooperate.ended')") " <> 1 - x.open"
	    " OR (x.open = 0 AND " EVENTS("= " END_KIND) " <> 1)", ALONE), 0 },
	{ "verify.cooperation_event", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM cooperation c WHERE c.city = x.city"
	    " AND c.request = x.request AND x.data LIKE '%cooperation=' || CAST(c.id AS text))",
	    " FROM event x WHERE x.city = $1 AND x.kind LIKE 'cooperate.%'"), 0 },
	{ "verify.cooperation_round", DB_SYSTEM, TELL("x.cooperation", "c.id IS NULL OR (x.answered_ms IS NULL) <> (x.answer IS NULL)"
	    " OR (x.answered_ms IS NULL) <> (x.answered_by IS NULL) OR x.answered_ms < x.asked_ms",
	    " FROM cooperation_round x LEFT JOIN cooperation c ON c.city = x.city AND c.id = x.cooperation WHERE x.city = $1"), 0 },
	{ "verify.cooperation_shared", DB_SYSTEM, TELL("x.id", "x.shared < 0 OR x.shared > 31", ALONE), 0 },
	{ "verify.letter", DB_SYSTEM, TELL("x.request", "r.id IS NULL OR r.open = 1 OR r.outcome <> 'transferred'"
	    " OR x.organ / 100000000 = CAST($1 AS bigint) OR (SELECT COUNT(*) FROM event e WHERE e.city = x.city AND e.request = x.request"
	    " AND e.kind = 'transfer.sent') <> 1",
	    " FROM transfer_letter x LEFT JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"), 0 },
	{ "verify.transferred", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM transfer_letter l WHERE l.city = x.city"
	    " AND l.request = x.id)", " FROM request x WHERE x.city = $1 AND x.outcome = 'transferred'"), 0 },
	[Q_DUE] = { "verify.cooperation_due", DB_SYSTEM,
	    "SELECT id, count, unit, start_ms, due_ms FROM cooperation WHERE city = $1 AND (open = 1 OR calendar = $2) ORDER BY id", 0 },
};
static const char *const names[Q_CHECKED] = {
	"co-operations belong to requests",
	"no open co-operation on a closed request",
	"nobody is asked to help with what is held there",
	"co-operations stand as their state says",
	"rounds of a co-operation follow each other",
	"exactly one event for each step of a co-operation",
	"events of a co-operation have it",
	"rounds belong to co-operations",
	"what is shared is one of the parts there are",
	"a letter out of the city ends its request, once",
	"what was transferred has its letter",
};
const struct db_set verify_cooperate_sql = DB_SET("verify_cooperate", checks);
_Static_assert(sizeof checks / sizeof checks[0] == Q_ALL, "a name for each check");

static enum rc
clocks(struct tx *tx, const struct actor *actor, struct verify *v)
{
	const struct calendar *calendar = holidays_current();
	int64_t looked = 0, bad = 0, first = 0;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &checks[Q_DUE], ARGS(db_int(calendar->version)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct clock_rule rule = { .count = (int)rows_int(row, 1), .unit = (enum clock_unit)rows_int(row, 2), .roll = true };

		looked++;
		if (clock_due(calendar, rule, rows_int(row, 3), NULL, 0, tx_now_ms(tx)).due_ms == rows_int(row, 4))
			continue;
		bad++;
		first = first == 0 ? rows_int(row, 0) : first;
	}
	if (rc != RC_DONE)
		return rc;
	verify_line(v, "a co-operation is due when the clock says", looked, bad, first);
	return RC_OK;
}

enum rc
verify_cooperate(struct tx *tx, const struct actor *actor, struct verify *v)
{
	for (size_t i = 0; i < Q_CHECKED; i++) {
		ROWS row = NULL;
		enum rc rc = tx_one(tx, actor, &checks[i], NO_ARGS, &row);

		if (rc != RC_OK)
			return rc;
		verify_line(v, names[i], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	return clocks(tx, actor, v);
}
