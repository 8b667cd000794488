#include "evaluation/review/review_store.h"

#define REVIEW "v.request, v.act, v.handler, v.asked_ms, v.given_ms, v.grade, v.comment, r.number, i.name, i.name_en," \
	" a.name, p.name FROM review v JOIN request r ON r.city = v.city AND r.id = v.request" \
	" LEFT JOIN item_revision i ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day" \
	" LEFT JOIN account a ON a.city = v.city AND a.id = v.handler" \
	" LEFT JOIN point p ON p.city = v.city AND p.id = v.point"
#define FOLLOW "f.id, f.request, f.act, f.director, f.opened_ms, f.due_ms, f.done_ms, f.revision, f.finding, f.words," \
	" v.grade, v.comment, r.number, r.subject, d.name, h.name, d.active, r.place FROM follow_up f" \
	" JOIN request r ON r.city = f.city AND r.id = f.request" \
	" LEFT JOIN review v ON v.city = f.city AND v.request = f.request AND v.act = f.act" \
	" LEFT JOIN account d ON d.city = f.city AND d.id = f.director" \
	" LEFT JOIN account h ON h.city = f.city AND h.id = v.handler"
/* These handled it: held it, or wrote the answer.  $1 is the city. */
#define HANDLED(request, account) \
	"EXISTS (SELECT 1 FROM holding h WHERE h.city = $1 AND h.request = " request " AND h.account = " account ")" \
	" OR EXISTS (SELECT 1 FROM consult k WHERE k.city = $1 AND k.request = " request " AND k.answered_by = " account ")"
#define OPEN_POINT(p) "(" p ".closed_day IS NULL OR " p ".closed_day > $7)"

const struct db_stmt review_q[Q_COUNT] = {
	[Q_ASK] = { "review.ask", DB_SYSTEM,
	    "INSERT INTO review (city, request, act, code_hash, handler, point, place, asked_ms, comment)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')", 0 },
	[Q_FIND] = { "review.find", DB_PUBLIC, "SELECT " REVIEW " WHERE v.city = $1 AND v.code_hash = $2", 0 },
	[Q_LIST] = { "review.list", DB_PLACE,
	    "SELECT " REVIEW " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 ORDER BY v.act LIMIT $6", 0 },
	[Q_LIST_RECEIPT] = { "review.list_receipt", DB_RECEIPT,
	    "SELECT " REVIEW " WHERE v.city = $1 AND v.request = $2 ORDER BY v.act LIMIT $3", 0 },
	[Q_GIVE] = { "review.give", DB_SYSTEM,
	    "UPDATE review SET grade = $4, comment = $5, given_ms = $6, channel = $7, peer = $8, giver = $9"
	    " WHERE city = $1 AND request = $2 AND act = $3 AND grade IS NULL", 0 },
	/* Whoever held it, did or said anything on it, or works where it was held when it was closed. */
	[Q_TOOK_PART] = { "review.took_part", DB_SYSTEM,
	    "SELECT (SELECT COUNT(*) FROM holding h WHERE h.city = $1 AND h.request = $2 AND h.account = $3)"
	    " + (SELECT COUNT(*) FROM event e WHERE e.city = $1 AND e.request = $2 AND e.account = $3)"
	    " + (SELECT COUNT(*) FROM consult c WHERE c.city = $1 AND c.request = $2 AND c.answered_by = $3)"
	    " + (SELECT COUNT(*) FROM review v JOIN account a ON a.city = v.city AND a.point = v.point"
	    "  WHERE v.city = $1 AND v.request = $2 AND a.id = $3)", 0 },
	[Q_HANDLED] = { "review.handled", DB_SYSTEM,
	    "SELECT COUNT(*) FROM account x WHERE x.city = $1 AND x.id = $3 AND (" HANDLED("$2", "x.id") ")", 0 },
	/*
	 * Who looks into it, the nearest first: the director of the point, of those above it, of the town's
	 * and the county's centre, an official of the county, of the city.  Not who handled it.
	 * $2 point, $3 request, $4 town, $5 county, $6 city, $7 today, $8 not this one.
	 */
	[Q_DIRECTOR] = { "review.director", DB_SYSTEM,
	    "SELECT a.id FROM ("
	    " SELECT 1 AS near, p.director AS who FROM point p WHERE p.city = $1 AND p.id = $2 AND " OPEN_POINT("p")
	    " UNION ALL SELECT 2, u.director FROM point p JOIN point u ON u.city = p.city AND u.id = p.parent"
	    "  WHERE p.city = $1 AND p.id = $2 AND " OPEN_POINT("u")
	    " UNION ALL SELECT 3, t.director FROM point p JOIN point u ON u.city = p.city AND u.id = p.parent"
	    "  JOIN point t ON t.city = u.city AND t.id = u.parent WHERE p.city = $1 AND p.id = $2 AND " OPEN_POINT("t")
	    " UNION ALL SELECT 4, p.director FROM point p WHERE p.city = $1 AND p.place = $4 AND p.kind = 2 AND " OPEN_POINT("p")
	    " UNION ALL SELECT 5, p.director FROM point p WHERE p.city = $1 AND p.place = $5 AND p.kind = 1 AND " OPEN_POINT("p")
	    " UNION ALL SELECT 6, o.id FROM account o WHERE o.city = $1 AND o.place = $5 AND o.role = 6"
	    " UNION ALL SELECT 7, o.id FROM account o WHERE o.city = $1 AND o.place = $6 AND o.role = 6) c"
	    " JOIN account a ON a.city = $1 AND a.id = c.who AND a.active = 1 AND a.role IN (5, 6)"
	    " WHERE a.id <> $8 AND NOT (" HANDLED("$3", "a.id") ") ORDER BY c.near, a.id LIMIT 1", 0 },
	[Q_FOLLOW_INSERT] = { "review.follow_insert", DB_SYSTEM,
	    "INSERT INTO follow_up (city, id, request, act, place, director, opened_ms, due_ms, words, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 1)", 0 },
	[Q_FOLLOW_MINE] = { "review.follow_mine", DB_OWN,
	    "SELECT " FOLLOW " WHERE f.city = $1 AND f.director = $2 AND f.done_ms IS NULL"
	    " ORDER BY f.due_ms LIMIT $3", 1 },
	[Q_FOLLOW_AREA] = { "review.follow_area", DB_PLACE,
	    "SELECT " FOLLOW " WHERE " REQUEST_IN_SCOPE " AND f.done_ms IS NULL ORDER BY f.due_ms, f.id LIMIT $5", 0 },
	[Q_FOLLOW_LOAD] = { "review.follow_load", DB_PLACE,
	    "SELECT " FOLLOW " WHERE " REQUEST_IN_SCOPE " AND f.id = $5", 0 },
	[Q_FOLLOW_COUNT] = { "review.follow_count", DB_SYSTEM,
	    "SELECT COUNT(*) FROM follow_up WHERE city = $1 AND director = $2 AND done_ms IS NULL", 0 },
	[Q_FOLLOW_LEFT] = { "review.follow_left", DB_SYSTEM,
	    "SELECT id, request FROM follow_up WHERE city = $1 AND director = $2 AND done_ms IS NULL"
	    " ORDER BY due_ms, id LIMIT 100", 0 },
	[Q_FOLLOW_TO] = { "review.follow_to", DB_SYSTEM,
	    "UPDATE follow_up SET director = $3, revision = revision + 1 WHERE city = $1 AND id = $2 AND done_ms IS NULL", 0 },
	/* Where nobody was free, or who was named has left meanwhile. */
	[Q_FOLLOW_TAKE] = { "review.follow_take", DB_SYSTEM,
	    "UPDATE follow_up SET director = $4, revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3"
	    " AND done_ms IS NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.city = $1 AND a.id = follow_up.director"
	    " AND a.active = 1)", 0 },
	[Q_FOLLOW_DO] = { "review.follow_do", DB_SYSTEM,
	    "UPDATE follow_up SET finding = $4, words = $5, done_ms = $6, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND done_ms IS NULL", 0 },
};

const struct db_set review_sql = DB_SET("review", review_q);
