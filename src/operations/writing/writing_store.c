#include "operations/writing/writing_store.h"

#define COLUMNS "x.id, x.request, x.kind, x.facts, x.state, x.author, x.begun_ms, x.at_ms, x.checker, x.words, x.read_back, x.paper," \
	" x.revision, n.name, m.name"
#define FROM " FROM writing x JOIN request r ON r.city = x.city AND r.id = x.request LEFT JOIN account n ON n.city = x.city" \
	" AND n.id = x.author LEFT JOIN account m ON m.city = x.city AND m.id = x.checker WHERE " REQUEST_IN_SCOPE

const struct db_stmt writing_q[Q_COUNT] = {
	[Q_INSERT] = { "writing.insert", DB_SYSTEM,
	    "INSERT INTO writing (city, id, request, kind, facts, state, author, begun_ms, at_ms, words, read_back, revision)"
	    " VALUES ($1, $2, $3, $4, $5, 10, $6, $7, $7, '', 0, 1)", 0 },
	[Q_LOAD] = { "writing.load", DB_PLACE, "SELECT " COLUMNS FROM " AND x.request = $5 AND x.id = $6", 0 },
	[Q_LIST] = { "writing.list", DB_PLACE, "SELECT " COLUMNS FROM " AND x.request = $5 ORDER BY x.id LIMIT $6", 0 },
	[Q_OPEN_COUNT] = { "writing.open_count", DB_SYSTEM,
	    "SELECT COUNT(*) FROM writing WHERE city = $1 AND request = $2 AND state < 50", 0 },
	[Q_SAVE] = { "writing.save", DB_SYSTEM,
	    "UPDATE writing SET facts = $4, state = $5, author = $6, at_ms = $7, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3", 0 },
	[Q_MOVE] = { "writing.move", DB_SYSTEM,
	    "UPDATE writing SET state = $4, at_ms = $5, checker = $6, words = $7, read_back = $8, paper = $9, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3", 0 },
	[Q_ENDED] = { "writing.ended", DB_SYSTEM,
	    "UPDATE writing SET state = 60, at_ms = $3, revision = revision + 1 WHERE city = $1 AND request = $2 AND state < 50", 0 },
	[Q_COUNTS] = { "writing.counts", DB_AREA,
	    "SELECT x.kind, COUNT(*) FROM writing x JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"
	    " AND r.place BETWEEN $2 AND $3 AND x.state = 50 AND x.at_ms >= $4 AND x.at_ms < $5 AND r.place BETWEEN $6 AND $7"
	    " GROUP BY x.kind ORDER BY x.kind LIMIT $8", 0 },
	[Q_ISSUED] = { "writing.issued", DB_AREA,
	    "SELECT x.id, x.request, x.paper, x.at_ms, x.kind, r.number, p.number, n.name, m.name FROM writing x JOIN request r"
	    " ON r.city = x.city AND r.id = x.request LEFT JOIN paper p ON p.city = x.city AND p.id = x.paper LEFT JOIN account n"
	    " ON n.city = x.city AND n.id = x.author LEFT JOIN account m ON m.city = x.city AND m.id = x.checker WHERE x.city = $1"
	    " AND r.place BETWEEN $2 AND $3 AND x.state = 50 AND x.at_ms >= $4 AND x.at_ms < $5 AND r.place BETWEEN $6 AND $7"
	    " AND (CAST($8 AS text) = '' OR x.kind = $8) AND x.id < $9 ORDER BY x.id DESC LIMIT $10", 0 },
};
const struct db_set writing_sql = DB_SET("writing", writing_q);
