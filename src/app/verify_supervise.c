/* Supervision in the stored data: orders with their cases, steps with their orders, replies with their rounds. */
#include "app/verify_store.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define ORDERS " FROM supervise_order x LEFT JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"

static const struct db_stmt checks[] = {
	{ "verify.order_orphan", DB_SYSTEM, TELL("x.id", "r.id IS NULL", ORDERS), 0 },
	{ "verify.order_place", DB_SYSTEM, TELL("x.id", "x.place <> r.place", ORDERS), 0 },
	{ "verify.order_holder", DB_SYSTEM, TELL("x.id", "x.to_account <> r.holder", ORDERS " AND x.open = 1"), 0 },
	{ "verify.order_ended", DB_SYSTEM, TELL("x.id", "r.open = 0", ORDERS " AND x.open = 1"), 0 },
	{ "verify.order_state", DB_SYSTEM, TELL("x.id", "x.due_ms < x.issued_ms OR (x.open = 1) <> (x.closed_ms IS NULL)"
	    " OR (x.next_ms IS NOT NULL AND x.state >= 40) OR (x.state = 20 AND x.read_ms IS NULL)",
	    " FROM supervise_order x WHERE x.city = $1"), 0 },
	{ "verify.order_base", DB_SYSTEM, TELL("x.id", "x.base_ms < x.issued_ms OR (x.reply_count > 0 AND x.due_ms < x.base_ms)",
	    " FROM supervise_order x WHERE x.city = $1"), 0 },
	{ "verify.order_reply", DB_SYSTEM, TELL("x.id", "y.order_id IS NULL OR (x.state = 40) <> (y.verdict IS NULL)",
	    " FROM supervise_order x LEFT JOIN supervise_reply y ON y.city = x.city AND y.order_id = x.id AND y.round = x.round"
	    " WHERE x.city = $1 AND x.state IN (40, 50)"), 0 },
	{ "verify.order_step", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM supervise_step s WHERE s.city = x.city"
	    " AND s.request = x.request AND s.target = x.target AND s.order_id = x.id AND s.turn = x.turn AND s.step IN (3, 6))",
	    " FROM supervise_order x WHERE x.city = $1 AND x.issuer = -1"), 0 },
	{ "verify.step_order", DB_SYSTEM, TELL("x.request", "o.id IS NULL OR o.request <> x.request",
	    " FROM supervise_step x LEFT JOIN supervise_order o ON o.city = x.city AND o.id = x.order_id"
	    " WHERE x.city = $1 AND x.step >= 3 AND x.said = 1"), 0 },
	{ "verify.step_turn", DB_SYSTEM, TELL("x.request", "NOT EXISTS (SELECT 1 FROM supervise_step s WHERE s.city = x.city"
	    " AND s.request = x.request AND s.target = x.target AND s.due_ms = x.due_ms AND s.step = 3 AND s.turn = x.turn - 1)",
	    " FROM supervise_step x WHERE x.city = $1 AND x.step = 3 AND x.turn > 1"), 0 },
	{ "verify.step_over", DB_SYSTEM, TELL("x.request", "NOT EXISTS (SELECT 1 FROM supervise_step s WHERE s.city = x.city"
	    " AND s.request = x.request AND s.target = x.target AND s.due_ms = x.due_ms AND s.step = 3 AND s.turn = x.turn"
	    " AND s.order_id = x.order_id)", " FROM supervise_step x WHERE x.city = $1 AND x.step = 7"), 0 },
	{ "verify.step_orphan", DB_SYSTEM, TELL("x.request", "r.id IS NULL", " FROM supervise_step x LEFT JOIN request r"
	    " ON r.city = x.city AND r.id = x.request WHERE x.city = $1"), 0 },
	{ "verify.step_order_of", DB_SYSTEM, TELL("x.request", "NOT EXISTS (SELECT 1 FROM supervise_step s WHERE s.city = x.city"
	    " AND s.request = x.request AND s.target = x.target AND s.due_ms = x.due_ms AND s.step = x.step - 1)",
	    " FROM supervise_step x WHERE x.city = $1 AND x.step IN (2, 3)"), 0 },
	{ "verify.reply_orphan", DB_SYSTEM, TELL("x.order_id", "o.id IS NULL OR x.round > o.round",
	    " FROM supervise_reply x LEFT JOIN supervise_order o ON o.city = x.city AND o.id = x.order_id WHERE x.city = $1"), 0 },
};
static const char *const names[] = {
	"orders belong to requests",
	"orders stand where their request stands",
	"who holds a case replies to its order",
	"no open order on a closed request",
	"orders stand as their state says",
	"a reply is due after it was asked for",
	"an order replied to has its reply",
	"an order of the program has its step",
	"a step that orders or reports has its order",
	"no turn without the one before it",
	"turns end with the order of the last one",
	"steps of supervision belong to requests",
	"no step without the one before it",
	"replies belong to orders",
};
const struct db_set verify_supervise_sql = DB_SET("verify_supervise", checks);
_Static_assert(sizeof checks / sizeof checks[0] == sizeof names / sizeof names[0], "a name for each check");

enum rc
verify_supervise(struct tx *tx, const struct actor *actor, struct verify *v)
{
	return verify_checks(tx, actor, v, &verify_supervise_sql, names);
}
