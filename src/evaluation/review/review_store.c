#include "evaluation/review/review_store.h"

#define REVIEW "v.request, v.act, v.handler, v.asked_ms, v.given_ms, v.grade, v.comment, r.number, i.name, i.name_en," \
	" a.name, p.name FROM review v JOIN request r ON r.city = v.city AND r.id = v.request" \
	" LEFT JOIN item_revision i ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day" \
	" LEFT JOIN account a ON a.city = v.city AND a.id = v.handler" \
	" LEFT JOIN point p ON p.city = v.city AND p.id = v.point"
#define FOLLOW "f.id, f.request, f.act, f.director, f.opened_ms, f.due_ms, f.done_ms, f.revision, f.finding, f.words," \
	" v.grade, v.comment, r.number, r.subject, d.name, h.name FROM follow_up f" \
	" JOIN request r ON r.city = f.city AND r.id = f.request" \
	" LEFT JOIN review v ON v.city = f.city AND v.request = f.request AND v.act = f.act" \
	" LEFT JOIN account d ON d.city = f.city AND d.id = f.director" \
	" LEFT JOIN account h ON h.city = f.city AND h.id = v.handler"

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
	    "UPDATE review SET grade = $4, comment = $5, given_ms = $6, channel = $7"
	    " WHERE city = $1 AND request = $2 AND act = $3 AND grade IS NULL", 0 },
	[Q_HELD] = { "review.held", DB_SYSTEM,
	    "SELECT COUNT(*) FROM holding WHERE city = $1 AND request = $2 AND account = $3", 0 },
	/* The director of the point, or of one above it, who has not held this request. */
	[Q_DIRECTOR] = { "review.director", DB_SYSTEM,
	    "SELECT c.director FROM ("
	    " SELECT 1 AS near, p.director FROM point p WHERE p.city = $1 AND p.id = $2"
	    " UNION ALL SELECT 2, u.director FROM point p JOIN point u ON u.city = p.city AND u.id = p.parent"
	    "  WHERE p.city = $1 AND p.id = $2"
	    " UNION ALL SELECT 3, t.director FROM point p JOIN point u ON u.city = p.city AND u.id = p.parent"
	    "  JOIN point t ON t.city = u.city AND t.id = u.parent WHERE p.city = $1 AND p.id = $2"
	    " UNION ALL SELECT 4, p.director FROM point p WHERE p.city = $1 AND p.kind = 1"
	    " UNION ALL SELECT 5, p.director FROM point p WHERE p.city = $1 AND p.kind = 4) c"
	    " JOIN account a ON a.city = $1 AND a.id = c.director AND a.active = 1 AND a.role = 5"
	    " WHERE NOT EXISTS (SELECT 1 FROM holding h WHERE h.city = $1 AND h.request = $3 AND h.account = c.director)"
	    " ORDER BY c.near, c.director LIMIT 1", 0 },
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
	[Q_FOLLOW_DO] = { "review.follow_do", DB_SYSTEM,
	    "UPDATE follow_up SET finding = $4, words = $5, done_ms = $6, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND done_ms IS NULL", 0 },
};

const struct db_set review_sql = DB_SET("review", review_q);
