#include "evaluation/statistics/statistics_store.h"

/* $1 city, $2..$3 the actor's jurisdiction; $4..$5 days, $6..$7 the place asked for, $8 now. */
#define WITHIN "r.city = $1 AND r.place BETWEEN $2 AND $3 AND r.created_day >= $4 AND r.created_day < $5" \
	" AND r.place BETWEEN $6 AND $7"
#define LATE "EXISTS (SELECT 1 FROM case_clock c WHERE c.city = r.city AND c.request = r.id AND" \
	" ((c.met_ms IS NOT NULL AND c.met_ms > c.due_ms) OR (c.met_ms IS NULL AND c.due_ms < $8)))"
/* One trouble is received once: what it was converted into is counted beside, not again. */
#define SUMS "SUM(CASE WHEN r.parent IS NULL THEN 1 ELSE 0 END), SUM(CASE WHEN r.parent IS NULL THEN 0 ELSE 1 END)," \
	" SUM(r.open), SUM(1 - r.open), SUM(CASE WHEN " LATE " THEN 1 ELSE 0 END)"

#define TABLE(name, key) { "statistics.by_" name, DB_AREA, "SELECT " key ", '', '', " SUMS " FROM request r WHERE " \
	WITHIN " GROUP BY " key " ORDER BY " key " LIMIT 400", 0 }

/* $9 the row's key, $10..$14 a flag per part (received, converted, open, closed, late), $15 keyset, $16 most. */
#define RECORDS(name, key) { "statistics.records_" name, DB_AREA, \
	"SELECT r.id, r.number, r.subject, r.state, r.channel, r.urgent, r.due_ms, r.start_ms, r.created_ms, r.holder," \
	" p.name, h.name, hp.name, i.name, i.name_en FROM request r" \
	" LEFT JOIN person p ON p.city = r.city AND p.id = r.person" \
	" LEFT JOIN account h ON h.city = r.city AND h.id = r.holder" \
	" LEFT JOIN point hp ON hp.city = r.city AND hp.id = r.holder_point" \
	" LEFT JOIN item_revision i ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day" \
	" WHERE " WITHIN " AND " key " = $9 AND (r.parent IS NULL OR $10 = 0) AND (r.parent IS NOT NULL OR $11 = 0)" \
	" AND (r.open = 1 OR $12 = 0) AND (r.open = 0 OR $13 = 0)" \
	" AND ($14 = 0 OR " LATE ") AND r.id < $15 ORDER BY r.id DESC LIMIT $16", 0 }

const struct db_stmt statistics_q[Q_COUNT] = {
	[Q_TABLE + FIGURE_BY_ITEM] = { "statistics.by_item", DB_AREA,
	    "SELECT r.item, MAX(i.name), MAX(i.name_en), " SUMS " FROM request r LEFT JOIN item_revision i"
	    " ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day WHERE " WITHIN
	    " GROUP BY r.item ORDER BY r.item LIMIT 400", 0 },
	[Q_TABLE + FIGURE_BY_CHANNEL] = TABLE("channel", "r.channel"),
	[Q_TABLE + FIGURE_BY_TIER] = TABLE("tier", "r.tier"),
	[Q_TABLE + FIGURE_BY_COUNTY] = TABLE("county", "r.county"),
	[Q_TABLE + FIGURE_BY_TOWN] = TABLE("town", "r.town"),
	[Q_TABLE + FIGURE_BY_TOPIC] = TABLE("topic", "r.topic"),
	[Q_TABLE + FIGURE_BY_TIMING] = TABLE("timing", "r.scheduled"),
	[Q_TABLE + FIGURE_BY_LINE] = TABLE("line", "r.online"),
	[Q_TABLE + FIGURE_BY_GATHERING] = TABLE("gathering", "r.gathered"),
	[Q_TABLE + FIGURE_BY_DAY] = TABLE("day", "r.created_day"),
	[Q_RECORDS + FIGURE_BY_ITEM] = RECORDS("item", "r.item"),
	[Q_RECORDS + FIGURE_BY_CHANNEL] = RECORDS("channel", "r.channel"),
	[Q_RECORDS + FIGURE_BY_TIER] = RECORDS("tier", "r.tier"),
	[Q_RECORDS + FIGURE_BY_COUNTY] = RECORDS("county", "r.county"),
	[Q_RECORDS + FIGURE_BY_TOWN] = RECORDS("town", "r.town"),
	[Q_RECORDS + FIGURE_BY_TOPIC] = RECORDS("topic", "r.topic"),
	[Q_RECORDS + FIGURE_BY_TIMING] = RECORDS("timing", "r.scheduled"),
	[Q_RECORDS + FIGURE_BY_LINE] = RECORDS("line", "r.online"),
	[Q_RECORDS + FIGURE_BY_GATHERING] = RECORDS("gathering", "r.gathered"),
	[Q_RECORDS + FIGURE_BY_DAY] = RECORDS("day", "r.created_day"),
	[Q_TOTALS] = { "statistics.totals", DB_AREA,
	    "SELECT " SUMS ", SUM(CASE WHEN r.channel IN (2, 3, 4) AND r.parent IS NULL THEN 1 ELSE 0 END) FROM request r WHERE " WITHIN, 0 },
	[Q_ATTENDANCES] = { "statistics.calls_back", DB_AREA,
	    "SELECT COUNT(*) FROM request r JOIN callback k ON k.city = r.city AND k.request = r.id"
	    " WHERE " WITHIN " AND k.result = 'reached'", 0 },
	[Q_MESSAGES] = { "statistics.messages", DB_AREA,
	    "SELECT COUNT(*) FROM request r JOIN message m ON m.city = r.city AND m.request = r.id WHERE " WITHIN, 0 },
	[Q_GRADES] = { "statistics.grades", DB_AREA,
	    "SELECT v.grade, SUM(CASE WHEN f.finding = 4 THEN 0 ELSE 1 END), SUM(CASE WHEN f.finding = 4 THEN 1 ELSE 0 END)"
	    " FROM request r JOIN review v ON v.city = r.city AND v.request = r.id"
	    " LEFT JOIN follow_up f ON f.city = v.city AND f.request = v.request AND f.act = v.act"
	    " WHERE " WITHIN " GROUP BY v.grade", 0 },
	[Q_LATE_BY_HOLDER] = { "statistics.late_by_holder", DB_AREA,
	    "SELECT r.holder, r.holder_point, MAX(h.name), MAX(p.name), COUNT(*),"
	    " SUM(CASE WHEN r.due_ms < $4 THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN r.due_ms >= $4 AND r.due_ms < $5 THEN 1 ELSE 0 END), MIN(r.due_ms)"
	    " FROM request r LEFT JOIN account h ON h.city = r.city AND h.id = r.holder"
	    " LEFT JOIN point p ON p.city = r.city AND p.id = r.holder_point"
	    " WHERE r.city = $1 AND r.place BETWEEN $2 AND $3 AND r.open = 1"
	    " GROUP BY r.holder, r.holder_point ORDER BY 6 DESC, 7 DESC, 5 DESC, 1 LIMIT $6", 0 },
	/* $4 now, $5 in a day, $6 stands still, $7 first day of what came lately */
	[Q_LATE_BY_POINT] = { "statistics.late_by_point", DB_AREA,
	    "SELECT p.code, p.name, a.name, COALESCE(o.n, 0), COALESCE(o.late, 0), COALESCE(o.soon, 0), COALESCE(o.paused, 0),"
	    " COALESCE(c.n, 0), COALESCE(c.ended, 0)"
	    " FROM point p LEFT JOIN account a ON a.city = p.city AND a.id = p.director"
	    " LEFT JOIN (SELECT r.holder_point AS point, COUNT(*) AS n, SUM(CASE WHEN r.due_ms < $4 THEN 1 ELSE 0 END) AS late,"
	    "  SUM(CASE WHEN r.due_ms >= $4 AND r.due_ms < $5 THEN 1 ELSE 0 END) AS soon,"
	    "  SUM(CASE WHEN r.due_ms = $6 THEN 1 ELSE 0 END) AS paused"
	    "  FROM request r WHERE r.city = $1 AND r.place BETWEEN $2 AND $3 AND r.open = 1 GROUP BY r.holder_point) o"
	    " ON o.point = p.id"
	    " LEFT JOIN (SELECT r.holder_point AS point, COUNT(*) AS n, SUM(CASE WHEN r.open = 0 THEN 1 ELSE 0 END) AS ended"
	    "  FROM request r WHERE r.city = $1 AND r.created_day >= $7 AND r.place BETWEEN $2 AND $3 GROUP BY r.holder_point) c"
	    " ON c.point = p.id"
	    " WHERE p.city = $1 AND p.place BETWEEN $2 AND $3 AND p.closed_day IS NULL"
	    " ORDER BY COALESCE(o.late, 0) DESC, COALESCE(o.soon, 0) DESC, COALESCE(o.n, 0) DESC, p.kind, p.id LIMIT $8", 0 },
};

const struct db_set statistics_sql = DB_SET("statistics", statistics_q);
