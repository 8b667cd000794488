#include "operations/intake/intake_store.h"

const struct db_stmt intake_q[Q_COUNT] = {
	[Q_POINT_TIER] = { "intake.point_tier", DB_SYSTEM,
	    "SELECT kind FROM point WHERE city = $1 AND id = $2", 0 },
	[Q_DIVISION] = { "intake.division", DB_PUBLIC,
	    "SELECT COUNT(*) FROM division WHERE city = $1 AND code = $2 AND from_day <= $3"
	    " AND (to_day IS NULL OR to_day > $3)", 0 },
	[Q_DRAFT_SAVE] = { "intake.draft_save", DB_SYSTEM,
	    "INSERT INTO draft (city, owner, form, sealed, updated_ms) VALUES ($1, $2, $3, $4, $5)"
	    " ON CONFLICT (city, owner, form) DO UPDATE SET sealed = $4, updated_ms = $5", 0 },
	[Q_DRAFT_LOAD] = { "intake.draft_load", DB_PUBLIC, /* keyed by an unguessable owner */
	    "SELECT sealed FROM draft WHERE city = $1 AND owner = $2 AND form = $3", 0 },
	[Q_DRAFT_DROP] = { "intake.draft_drop", DB_SYSTEM,
	    "DELETE FROM draft WHERE city = $1 AND owner = $2 AND form = $3", 0 },
	[Q_FILES] = { "intake.files", DB_SYSTEM,
	    "SELECT COUNT(*) FROM attachment WHERE city = $1 AND request = $2", 0 },
	/* a request goes on as another at most once, so both walks are single lines; bounded all the same */
	[Q_NEWEST] = { "intake.newest", DB_RECEIPT,
	    "WITH RECURSIVE line(id, n) AS (SELECT r.id, 1 FROM request r WHERE r.city = $1 AND r.id = $2"
	    " UNION ALL SELECT COALESCE(c.converted, m.next_request), l.n + 1 FROM line l LEFT JOIN consult c ON c.city = $1"
	    " AND c.request = l.id LEFT JOIN mediation m ON m.city = $1 AND m.request = l.id"
	    " WHERE COALESCE(c.converted, m.next_request) IS NOT NULL AND l.n < 64) SELECT id FROM line ORDER BY n DESC LIMIT 1", 0 },
	[Q_EARLIER] = { "intake.earlier", DB_RECEIPT,
	    "WITH RECURSIVE line(id, up, n) AS (SELECT r.id, r.parent, 1 FROM request r WHERE r.city = $1 AND r.id = $2"
	    " UNION ALL SELECT r.id, r.parent, l.n + 1 FROM line l JOIN request r ON r.city = $1 AND r.id = l.up"
	    " WHERE l.n < 64) SELECT id FROM line WHERE n > 1 ORDER BY n LIMIT $3", 0 },
	[Q_FILE_ROWS] = { "intake.file_rows", DB_SYSTEM,
	    "SELECT COUNT(*) FROM attachment WHERE city = $1 AND sha256 = $2", 0 },
	[Q_STANDING] = { "intake.standing", DB_SYSTEM,
	    "SELECT r.id, r.number, c.due_ms, r.asked, e.account, r.differs FROM request r"
	    " JOIN event e ON e.city = r.city AND e.request = r.id AND e.kind = 'intake.received'"
	    " LEFT JOIN case_clock c ON c.city = r.city AND c.request = r.id AND c.target = $3"
	    " WHERE r.city = $1 AND r.code_hash = $2", 0 },
};

const struct db_set intake_sql = DB_SET("intake", intake_q);
