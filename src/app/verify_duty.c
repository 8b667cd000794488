/* Rosters in the stored data: one published plan a county and month, its visits and what became of them; and every plan against its
 * own input by the validator of engine/roster. */
#include "app/verify_store.h"

#include "resources/duty/duty.h"

#define PLANS_MAX 2000
#define PLAN_BYTES ((size_t)64 << 20)

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define PLANS " FROM duty_plan x WHERE x.city = $1"
#define SLOTS " FROM duty_slot x JOIN duty_plan p ON p.city = x.city AND p.id = x.plan WHERE x.city = $1"
#define LAST(column) "(SELECT COALESCE(c." column ", 0) FROM duty_change c WHERE c.city = x.city AND c.plan = x.plan AND c.slot = x.slot" \
	" ORDER BY c.id DESC LIMIT 1)"
#define SWAPS " FROM duty_swap x WHERE x.city = $1"
/* How often the roster changed so in the moment of the last step. */
#define SWAPPED(slot, from, to) "(SELECT COUNT(*) FROM duty_change c WHERE c.city = x.city AND c.plan = x.plan AND c.slot = x." slot \
	" AND c.kind = 3 AND c.from_provider = x." from " AND c.to_provider = x." to " AND c.at_ms = (SELECT MAX(d.at_ms) FROM duty_swap_step d" \
	" WHERE d.city = x.city AND d.swap = x.id))"
/* What a change began from: the change before it, or the plan. */
#define BEFORE(column, made) "COALESCE((SELECT COALESCE(b." column ", 0) FROM duty_change b WHERE b.city = x.city AND b.plan = x.plan" \
	" AND b.slot = x.slot AND b.id < x.id ORDER BY b.id DESC LIMIT 1), s." made ", 0)"

static const struct db_stmt checks[] = {
	{ "verify.duty_one", DB_SYSTEM, TELL("x.id", "x.state = 20 AND EXISTS (SELECT 1 FROM duty_plan o WHERE o.city = x.city"
	    " AND o.county = x.county AND o.month = x.month AND o.state = 20 AND o.id <> x.id)", PLANS), 0 },
	{ "verify.duty_second", DB_SYSTEM, TELL("x.id", "x.state NOT IN (10, 20, 30) OR (x.state = 10) <> (x.published_ms IS NULL)"
	    " OR (x.state = 10) <> (x.freeze_day IS NULL) OR x.published_by = x.account", PLANS), 0 },
	{ "verify.duty_slots", DB_SYSTEM, TELL("x.id", "x.visits + x.seats <> (SELECT COUNT(*) FROM duty_slot s WHERE s.city = x.city"
	    " AND s.plan = x.id) OR x.open_visits + x.open_seats <> (SELECT COUNT(*) FROM duty_slot s WHERE s.city = x.city AND s.plan = x.id"
	    " AND s.made_provider IS NULL)", PLANS), 0 },
	{ "verify.duty_state", DB_SYSTEM, TELL("x.plan", "x.state <> p.state OR (x.provider IS NOT NULL AND x.day IS NULL)", SLOTS), 0 },
	{ "verify.duty_twice", DB_SYSTEM, TELL("x.plan", "x.state = 20 AND x.provider IS NOT NULL AND EXISTS (SELECT 1 FROM duty_slot o"
	    " WHERE o.city = x.city AND o.provider = x.provider AND o.state = 20 AND o.day = x.day AND o.plan <> x.plan)", SLOTS), 0 },
	{ "verify.duty_now", DB_SYSTEM, TELL("x.plan", "COALESCE(x.provider, 0) <> COALESCE(" LAST("to_provider") ", x.made_provider, 0)"
	    " OR COALESCE(x.day, 0) <> COALESCE(" LAST("to_day") ", x.made_day, 0)", SLOTS), 0 },
	{ "verify.duty_chain", DB_SYSTEM, TELL("x.id", "s.plan IS NULL OR COALESCE(x.from_provider, 0) <> " BEFORE("to_provider", "made_provider")
	    " OR COALESCE(x.from_day, 0) <> " BEFORE("to_day", "made_day"), " FROM duty_change x LEFT JOIN duty_slot s ON s.city = x.city"
	    " AND s.plan = x.plan AND s.slot = x.slot WHERE x.city = $1"), 0 },
	{ "verify.duty_person", DB_SYSTEM, TELL("x.plan", "x.provider IS NOT NULL AND NOT EXISTS (SELECT 1 FROM provider v WHERE v.city = x.city"
	    " AND v.id = x.provider AND v.kind IN (1, 2))", SLOTS), 0 },
	{ "verify.duty_attend", DB_SYSTEM, TELL("x.plan", "s.plan IS NULL OR s.state = 10 OR x.point <> COALESCE(s.point, 0)",
	    " FROM duty_attend x LEFT JOIN duty_slot s ON s.city = x.city AND s.plan = x.plan AND s.slot = x.slot WHERE x.city = $1"), 0 },
	{ "verify.duty_log", DB_SYSTEM, TELL("x.plan", "t.plan IS NULL OR t.provider <> x.provider OR t.day <> x.day OR x.kinds <= 0"
	    " OR x.minutes <= 0 OR (x.confirmed_by IS NULL) <> (x.confirmed_ms IS NULL) OR x.confirmed_by = x.account", " FROM duty_log x"
	    " LEFT JOIN duty_attend t ON t.city = x.city AND t.plan = x.plan AND t.slot = x.slot WHERE x.city = $1"), 0 },
	{ "verify.duty_requests", DB_SYSTEM, TELL("x.request", "t.plan IS NULL OR r.id IS NULL OR r.point <> t.point OR r.created_day <> t.day"
	    " OR (x.made = 0 AND l.plan IS NULL)", " FROM duty_log_request x LEFT JOIN duty_attend t ON t.city = x.city AND t.plan = x.plan"
	    " AND t.slot = x.slot LEFT JOIN duty_log l ON l.city = x.city AND l.plan = x.plan AND l.slot = x.slot LEFT JOIN request r"
	    " ON r.city = x.city AND r.id = x.request WHERE x.city = $1"), 0 },
	{ "verify.duty_swap_steps", DB_SYSTEM, TELL("x.id", "x.state <> COALESCE((SELECT d.to_state FROM duty_swap_step d WHERE d.city = x.city"
	    " AND d.swap = x.id ORDER BY d.nth DESC LIMIT 1), 0) OR x.revision <> (SELECT COUNT(*) FROM duty_swap_step e WHERE e.city = x.city"
	    " AND e.swap = x.id) OR EXISTS (SELECT 1 FROM duty_swap_step f WHERE f.city = x.city AND f.swap = x.id AND f.from_state <>"
	    " COALESCE((SELECT g.to_state FROM duty_swap_step g WHERE g.city = f.city AND g.swap = f.swap AND g.nth = f.nth - 1), 0))", SWAPS), 0 },
	{ "verify.duty_swap_done", DB_SYSTEM, TELL("x.id", "x.state = 30 AND (" SWAPPED("slot", "provider", "with_provider") " <> 1 OR"
	    " (x.with_slot IS NOT NULL AND " SWAPPED("with_slot", "with_provider", "provider") " <> 1))", SWAPS), 0 },
	{ "verify.duty_swap_open", DB_SYSTEM, TELL("x.id", "x.state < 30 AND NOT EXISTS (SELECT 1 FROM duty_slot s WHERE s.city = x.city"
	    " AND s.plan = x.plan AND s.slot = x.slot AND s.state = 20 AND s.provider = x.provider AND s.day = x.day)", SWAPS), 0 },
	{ "verify.duty_plans", DB_SYSTEM, "SELECT id FROM duty_plan WHERE city = $1 ORDER BY id LIMIT $2", 0 },
};
static const char *const names[] = {
	"one roster is in force a county and month",
	"rosters were published by a second person, with the day they freeze",
	"rosters have all their visits, open ones counted",
	"visits stand where their roster stands",
	"nobody is on duty in two rosters on one day",
	"visits are where they were planned or last moved",
	"every change of a visit began where it stood",
	"those on duty are lawyers or legal workers",
	"those who signed in were on a published roster at that point",
	"what was written of a duty was signed in to, and confirmed by another",
	"requests of a duty were received at its point on its day",
	"swaps stand where their last step ended, each step where the one before did",
	"approved swaps changed the roster, once each visit",
	"open swaps are about visits that still stand so",
};
const struct db_set verify_duty_sql = DB_SET("verify_duty", checks);
enum { LISTS = sizeof checks / sizeof checks[0] - 1 };
_Static_assert(LISTS == sizeof names / sizeof names[0], "a name for each check");

static enum rc
lists_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct verify *v = argument;

	for (size_t i = 0; i < LISTS; i++) {
		ROWS row = NULL;
		enum rc rc = tx_one(tx, actor, &checks[i], NO_ARGS, &row);

		if (rc != RC_OK)
			return rc;
		verify_line(v, names[i], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	return RC_OK;
}

struct plans { int64_t v[PLANS_MAX]; size_t n; };

static enum rc
plans_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct plans *p = argument;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &checks[LISTS], ARGS(db_int(PLANS_MAX)), &row);

	while (rc == RC_OK && p->n < PLANS_MAX && (rc = rows_next(row)) == RC_OK)
		p->v[p->n++] = rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

/* The validator's reading, plan after plan, each in memory of its own. */
static enum rc
plans_check(struct ctx *ctx, struct verify *v)
{
	struct plans *p = ARENA_NEW(ctx->mem, struct plans);
	int64_t input = 0, rules = 0, price = 0, first[3] = { 0 };
	struct ctx mine = *ctx;
	enum rc rc = p == NULL ? RC_NO_MEMORY : db_read(ctx, plans_tx, p);

	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		struct duty_checked c;

		mine.mem = arena_create(PLAN_BYTES);
		rc = mine.mem == NULL ? RC_NO_MEMORY : duty_plan_check(&mine, p->v[i], &c);
		arena_free(mine.mem);
		if (rc != RC_OK)
			return rc;
		if (!(c.input && c.hash) && input++ == 0)
			first[0] = p->v[i];
		if (!c.rules && rules++ == 0)
			first[1] = p->v[i];
		if (!c.price && price++ == 0)
			first[2] = p->v[i];
	}
	if (rc != RC_OK)
		return rc;
	verify_line(v, "rosters have the input they were made from", (int64_t)p->n, input, first[0]);
	verify_line(v, "rosters as planned break no rule", (int64_t)p->n, rules, first[1]);
	verify_line(v, "rosters cost what is stored, by rule, and their bound holds", (int64_t)p->n, price, first[2]);
	return RC_OK;
}

enum rc
verify_duty(struct ctx *ctx, struct verify *v)
{
	enum rc rc = db_read(ctx, lists_tx, v);

	return rc == RC_OK && !v->quick ? plans_check(ctx, v) : rc;
}
