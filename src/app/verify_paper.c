/* Issued papers in the stored data: numbers without gaps, each with its case and its template. */
#include "app/verify_store.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define OF_SERIES " FROM paper p WHERE p.city = x.city AND p.place = x.place AND p.series = x.series AND p.year = x.year"

static const struct db_stmt checks[] = {
	{ "verify.paper_series", DB_SYSTEM, TELL("x.place", "x.taken <> (SELECT COUNT(*)" OF_SERIES ") OR x.taken <>"
	    " (SELECT COALESCE(MAX(p.seq), 0)" OF_SERIES ")", " FROM paper_series x WHERE x.city = $1"), 0 },
	{ "verify.paper_numbered", DB_SYSTEM, TELL("x.id", "s.place IS NULL OR x.seq < 1", " FROM paper x LEFT JOIN paper_series s"
	    " ON s.city = x.city AND s.place = x.place AND s.series = x.series AND s.year = x.year WHERE x.city = $1"), 0 },
	{ "verify.paper_belongs", DB_SYSTEM, TELL("x.id", "r.id IS NULL OR t.hash IS NULL OR t.kind <> x.kind",
	    " FROM paper x LEFT JOIN request r ON r.city = x.city AND r.id = x.request LEFT JOIN paper_template t"
	    " ON t.city = x.city AND t.hash = x.template WHERE x.city = $1"), 0 },
	{ "verify.paper_void", DB_SYSTEM, TELL("x.id", "(x.void_ms IS NULL) <> (x.void_reason IS NULL) OR x.void_ms < x.at_ms",
	    " FROM paper x WHERE x.city = $1"), 0 },
	{ "verify.paper_kept", DB_SYSTEM, TELL("x.id", "(x.digest IS NULL) <> (b.id IS NULL)",
	    " FROM paper x LEFT JOIN paper_bytes b ON b.city = x.city AND b.id = x.id WHERE x.city = $1"), 0 },
	{ "verify.paper_kept_of", DB_SYSTEM, TELL("x.id", "p.id IS NULL",
	    " FROM paper_bytes x LEFT JOIN paper p ON p.city = x.city AND p.id = x.id WHERE x.city = $1"), 0 },
	{ "verify.paper_paid", DB_SYSTEM, TELL("x.id", "r.id IS NULL OR (x.paper IS NOT NULL AND (p.id IS NULL OR p.kind <> x.kind"
	    " OR p.request <> x.request OR p.at_ms < x.at_ms))", " FROM paper_owed x LEFT JOIN request r ON r.city = x.city AND r.id = x.request"
	    " LEFT JOIN paper p ON p.city = x.city AND p.id = x.paper WHERE x.city = $1"), 0 },
	{ "verify.paper_missing", DB_SYSTEM, TELL("x.request", "NOT EXISTS (SELECT 1 FROM paper_owed o WHERE o.city = x.city"
	    " AND o.request = x.request AND o.at_ms = x.at_ms)", " FROM event x WHERE x.city = $1 AND x.kind LIKE 'aid.%'"
	    " AND x.data LIKE '%paper=missing%'"), 0 },
	{ "verify.writing_issued", DB_SYSTEM, TELL("x.id", "x.state = 50 AND (p.id IS NULL OR p.kind <> x.kind OR p.request <> x.request)",
	    " FROM writing x LEFT JOIN paper p ON p.city = x.city AND p.id = x.paper WHERE x.city = $1"), 0 },
	{ "verify.writing_checked", DB_SYSTEM, TELL("x.id", "x.state = 50 AND (COALESCE(x.checker, x.author) = x.author OR x.read_back = 0)",
	    " FROM writing x WHERE x.city = $1"), 0 },
	{ "verify.writing_of", DB_SYSTEM, TELL("x.id", "NOT EXISTS (SELECT 1 FROM writing w WHERE w.city = x.city AND w.paper = x.id)",
	    " FROM paper x WHERE x.city = $1 AND x.kind LIKE 'simple.%'"), 0 },
	{ "verify.writing_open", DB_SYSTEM, TELL("x.id", "r.id IS NULL OR (x.state < 50 AND r.state >= 50)",
	    " FROM writing x LEFT JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"), 0 },
	{ "verify.sheet_decided", DB_SYSTEM, TELL("x.id", "(x.state = 1) <> (x.decided_ms IS NULL) OR (x.state = 2 AND x.decided_by = x.author)"
	    " OR (x.state = 4 AND x.decided_by <> x.author) OR x.decided_ms < x.made_ms", " FROM sheet_version x WHERE x.city = $1"), 0 },
	{ "verify.sheet_base", DB_SYSTEM, TELL("x.id", "x.base <> 0 AND NOT EXISTS (SELECT 1 FROM sheet_version b WHERE b.city = x.city"
	    " AND b.id = x.base AND b.kind = x.kind AND b.name = x.name AND b.state = 2 AND b.number < x.number)",
	    " FROM sheet_version x WHERE x.city = $1"), 0 },
	/* told, never a fault by itself */
	{ "verify.paper_owed", DB_SYSTEM, "SELECT COUNT(*), 0, 0 FROM paper_owed WHERE city = $1 AND paper IS NULL", 0 },
};
static const char *const names[] = {
	"numbers of papers have no gaps",
	"papers have a number of their series",
	"papers belong to requests and templates",
	"voided papers say why",
	"papers that were made are kept as they were made",
	"kept prints belong to papers",
	"papers that were owed became what their step owed, not before it",
	"steps whose paper could not be set owe it",
	"simple papers that were issued are papers of their case",
	"simple papers were checked by another and read back",
	"simple papers were written before they were issued",
	"drafts of papers belong to open requests",
	"versions of templates and topics were approved by another than their author",
	"versions were made from one that held",
	"papers still owed",
};
const struct db_set verify_paper_sql = DB_SET("verify_paper", checks);
_Static_assert(sizeof checks / sizeof checks[0] == sizeof names / sizeof names[0], "a name for each check");

enum rc
verify_paper(struct tx *tx, const struct actor *actor, struct verify *v)
{
	return verify_checks(tx, actor, v, &verify_paper_sql, names);
}
