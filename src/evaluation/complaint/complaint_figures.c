#include "evaluation/complaint/complaint_figures.h"
#include "evaluation/complaint/complaint_store.h"

#include "kit/msg/msg.h"

#define HOUR8 "28800000"
#define DAY_OF(column) "((" column " + " HOUR8 ") / 86400000)"
/* $1 city, $2..$3 jurisdiction, $4 who looks, $5 from, $6 before (moments), $7..$8 place. */
#define WITHIN(c) c ".city = $1 AND " c ".place BETWEEN $2 AND $3 AND " c ".place BETWEEN $7 AND $8"
/* Nothing about who looks, the point they direct, what they handled. */
#define NOT_THEIRS " AND NOT EXISTS (SELECT 1 FROM complaint_about b WHERE b.city = c.city AND b.complaint = c.id AND b.account = $4)" \
	" AND NOT (c.about = 3 AND EXISTS (SELECT 1 FROM point q WHERE q.city = c.city AND q.id = c.point AND q.director = $4))" \
	" AND (c.request IS NULL OR NOT " HANDLED("c.request", "$4") ")"
#define FROM_COMPLAINTS " FROM complaint c LEFT JOIN complaint_round o ON o.city = c.city AND o.complaint = c.id AND o.level = c.level" \
	" WHERE " WITHIN("c") " AND c.at_ms >= $5 AND c.at_ms < $6" NOT_THEIRS
#define SUM_IF(what) "COALESCE(SUM(CASE WHEN " what " THEN 1 ELSE 0 END), 0)"
#define ENDED "r.city = $1 AND r.place BETWEEN $2 AND $3 AND r.place BETWEEN $7 AND $8 AND r.open = 0 AND r.closed_ms >= $5 AND r.closed_ms < $6"
#define MONTHS "SELECT " DAY_OF("c.at_ms") ", COUNT(*), " SUM_IF("o.finding IN (1, 2)") FROM_COMPLAINTS " GROUP BY " DAY_OF("c.at_ms") " ORDER BY 1"
/* $9 the row, $10 which rows: 0 point, 1 person, 2 kind, 3 month (from $11 on before $12), 4 all; $13 keyset, $14 most */
#define LINES "SELECT c.id, c.at_ms, c.number, p.name, c.kind, c.state, o.finding, CASE WHEN c.reader = $4 OR c.watcher = $4" \
	" OR EXISTS (SELECT 1 FROM complaint_round e WHERE e.city = c.city AND e.complaint = c.id AND e.reader = $4) THEN 1 ELSE 0 END" \
	" FROM complaint c LEFT JOIN complaint_round o ON o.city = c.city AND o.complaint = c.id AND o.level = c.level" \
	" LEFT JOIN point p ON p.city = c.city AND p.id = c.point WHERE " WITHIN("c") " AND c.at_ms >= $5 AND c.at_ms < $6" NOT_THEIRS \
	" AND ($10 = 4 OR ($10 = 0 AND COALESCE(c.point, 0) = $9) OR ($10 = 2 AND c.kind = $9)" \
	" OR ($10 = 3 AND c.at_ms >= $11 AND c.at_ms < $12) OR ($10 = 1 AND EXISTS (SELECT 1 FROM complaint_about w WHERE w.city = c.city" \
	" AND w.complaint = c.id AND w.account = $9))) AND c.id < $13 ORDER BY c.id DESC LIMIT $14"
/* Ratings given in the span: $4 from, $5 before, $6..$7 place. */
#define GIVEN " v.city = $1 AND v.place BETWEEN $2 AND $3 AND v.given_ms >= $4 AND v.given_ms < $5 AND v.place BETWEEN $6 AND $7"

enum { F_TOTALS, F_POINT, F_PERSON, F_KIND, F_MONTH, F_LINES, F_BURST, F_QUICK, F_LOGGED_IN, F_CONTENT, F_VOICE, F_YEARS, F_COUNT };
static const struct db_stmt q[F_COUNT] = {
	[F_TOTALS] = { "complaint.totals", DB_AREA,
	    "SELECT COUNT(*), " SUM_IF("c.state <= 4") ", " SUM_IF("c.late <> 0") ", " SUM_IF("c.state = 5") ", " SUM_IF("c.state = 6") ","
	    " " SUM_IF("o.finding IN (1, 2)") ", " SUM_IF("o.finding IN (3, 4)") ", " SUM_IF("c.told_ms IS NOT NULL") ","
	    " " SUM_IF("c.told_ms <= c.verify_due_ms") ", " SUM_IF("c.replied_ms IS NOT NULL") ", " SUM_IF("c.replied_ms <= c.finish_due_ms") ","
	    " " SUM_IF("c.replied_ms IS NOT NULL AND c.grade IS NOT NULL") ", " SUM_IF("c.replied_ms IS NOT NULL AND c.grade >= 3")
	    FROM_COMPLAINTS, 0 },
	[F_POINT] = { "complaint.by_point", DB_AREA,
	    "SELECT COALESCE(p.id, 0), p.name, x.n, x.founded, COALESCE(y.n, 0) FROM (SELECT COALESCE(c.point, 0) AS point, COUNT(*) AS n,"
	    " " SUM_IF("o.finding IN (1, 2)") " AS founded" FROM_COMPLAINTS " GROUP BY COALESCE(c.point, 0)) x"
	    " LEFT JOIN point p ON p.city = $1 AND p.id = x.point"
	    " LEFT JOIN (SELECT r.holder_point AS point, COUNT(*) AS n FROM request r WHERE " ENDED " GROUP BY r.holder_point) y ON y.point = x.point"
	    " ORDER BY x.n DESC, x.point LIMIT $9", 0 },
	[F_PERSON] = { "complaint.by_person", DB_AREA,
	    "SELECT a.id, a.name, x.n, x.founded, COALESCE(y.n, 0) FROM (SELECT w.account AS account, COUNT(*) AS n,"
	    " " SUM_IF("o.finding IN (1, 2)") " AS founded FROM complaint_about w JOIN complaint c ON c.city = w.city AND c.id = w.complaint"
	    " LEFT JOIN complaint_round o ON o.city = c.city AND o.complaint = c.id AND o.level = c.level"
	    " WHERE w.city = $1 AND " WITHIN("c") " AND c.at_ms >= $5 AND c.at_ms < $6" NOT_THEIRS " GROUP BY w.account) x"
	    " JOIN account a ON a.city = $1 AND a.id = x.account"
	    " LEFT JOIN (SELECT r.holder AS holder, COUNT(*) AS n FROM request r WHERE " ENDED " GROUP BY r.holder) y ON y.holder = x.account"
	    " ORDER BY x.n DESC, a.id LIMIT $9", 0 },
	[F_KIND] = { "complaint.by_kind", DB_AREA,
	    "SELECT c.kind, '', COUNT(*), " SUM_IF("o.finding IN (1, 2)") ", 0" FROM_COMPLAINTS " GROUP BY c.kind ORDER BY 3 DESC, 1 LIMIT $9", 0 },
	[F_MONTH] = { "complaint.by_month", DB_AREA, MONTHS, 0 },
	[F_LINES] = { "complaint.lines", DB_AREA, LINES, 0 },
	[F_BURST] = { "complaint.odd_burst", DB_AREA,
	    "SELECT COUNT(*), " SUM_IF("v.grade = 5") ", MIN(v.request), " DAY_OF("v.given_ms") ", MIN(p.name), MIN(r.number) FROM review v"
	    " LEFT JOIN point p ON p.city = v.city AND p.id = v.point JOIN request r ON r.city = v.city AND r.id = v.request"
	    " WHERE" GIVEN " AND v.peer IS NOT NULL GROUP BY v.peer, " DAY_OF("v.given_ms") ", v.point"
	    " HAVING COUNT(*) >= $8 AND SUM(CASE WHEN v.grade = 5 THEN 0 ELSE 1 END) = 0 ORDER BY 1 DESC, 3 LIMIT 50", 0 },
	[F_QUICK] = { "complaint.odd_quick", DB_AREA,
	    "SELECT " SUM_IF("v.grade = 5 AND v.given_ms - v.asked_ms <= $8") ", COUNT(*), MIN(CASE WHEN v.grade = 5 AND v.given_ms - v.asked_ms <= $8"
	    " THEN v.request END), 0, MIN(p.name), '' FROM review v LEFT JOIN point p ON p.city = v.city AND p.id = v.point"
	    " WHERE" GIVEN " GROUP BY v.point HAVING " SUM_IF("v.grade = 5 AND v.given_ms - v.asked_ms <= $8") " >= 3 ORDER BY 1 DESC, 3 LIMIT 50", 0 },
	[F_LOGGED_IN] = { "complaint.odd_logged_in", DB_AREA,
	    "SELECT COUNT(*), COUNT(*), MIN(v.request), 0, MIN(a.name), MIN(r.number) FROM review v JOIN account a ON a.city = v.city"
	    " AND a.id = v.giver JOIN request r ON r.city = v.city AND r.id = v.request WHERE" GIVEN " AND $8 = $8 GROUP BY v.giver"
	    " ORDER BY 1 DESC, 3 LIMIT 50", 0 },
	[F_CONTENT] = { "complaint.content", DB_AREA,
	    "SELECT " DAY_OF("v.asked_ms") ", COUNT(*), " SUM_IF("v.grade IS NOT NULL") ", " SUM_IF("v.grade IS NOT NULL AND f.finding = 4") ","
	    " " SUM_IF("v.grade >= 3 AND (f.finding IS NULL OR f.finding <> 4)") " FROM review v LEFT JOIN follow_up f ON f.city = v.city"
	    " AND f.request = v.request AND f.act = v.act WHERE v.city = $1 AND v.place BETWEEN $2 AND $3 AND v.asked_ms >= $4 AND v.asked_ms < $5"
	    " AND v.place BETWEEN $6 AND $7 GROUP BY " DAY_OF("v.asked_ms") " ORDER BY 1", 0 },
	/* [public]: of one point, and only where enough have said something */
	[F_VOICE] = { "complaint.voice", DB_PUBLIC,
	    "SELECT COUNT(*), " SUM_IF("v.grade IS NOT NULL AND (f.finding IS NULL OR f.finding <> 4)") ","
	    " " SUM_IF("v.grade >= 3 AND (f.finding IS NULL OR f.finding <> 4)") " FROM review v LEFT JOIN follow_up f ON f.city = v.city"
	    " AND f.request = v.request AND f.act = v.act WHERE v.city = $1 AND v.point = $2 AND v.asked_ms >= $3", 0 },
	/* [public]: the whole city's, small ones left out by complaint_suppress() */
	[F_YEARS] = { "complaint.years", DB_PUBLIC,
	    "SELECT c.at_ms, c.kind, o.finding, CASE WHEN c.replied_ms IS NULL THEN 0 ELSE 1 END,"
	    " CASE WHEN c.replied_ms <= c.finish_due_ms THEN 1 ELSE 0 END FROM complaint c"
	    " LEFT JOIN complaint_round o ON o.city = c.city AND o.complaint = c.id AND o.level = c.level AND o.replied_ms IS NOT NULL"
	    " WHERE c.city = $1 AND c.at_ms >= $2 ORDER BY c.at_ms DESC", 0 },
};
const struct db_set complaint_figures_sql = DB_SET("complaint_figures", q);

/* ---- words ------------------------------------------------------------------------------------------------------- */

const char *
complaint_by_key(enum complaint_by by)
{
	static const char *const v[] = { "point", "person", "kind", "month", "all" };

	return (int)by >= 0 && by <= COMPLAINT_BY_COUNT ? v[by] : "";
}

const char *
complaint_by_label(enum complaint_by by)
{
	static const char *const v[] = { T("按站点"), T("按被投诉的人"), T("按种类"), T("按月"), T("全部") };

	return (int)by >= 0 && by <= COMPLAINT_BY_COUNT ? v[by] : "";
}

const char *
complaint_odd_label(enum complaint_odd o)
{
	static const char *const v[] = { T("同一个地址、同一天、全是五星"), T("办结后很快就是五星"), T("评价的那台机器上登录着工作人员") };

	return (int)o >= 0 && o < COMPLAINT_ODDS ? v[o] : "";
}

bool
complaint_span_judge(const struct complaint_span *s, struct findings *findings)
{
	bool ordered = s->from.n <= s->to.n;
	bool fits = !ordered || s->to.n - s->from.n < COMPLAINT_SPAN_DAYS;

	if (!ordered)
		findings_add(findings, "from", T("开始日期不能晚于结束日期"), 0);
	if (!fits)
		findings_add(findings, "from", T("最长 %lld 天，请缩短时间"), COMPLAINT_SPAN_DAYS);
	return ordered && fits;
}

/* ---- counting ------------------------------------------------------------------------------------------------------ */

#define MOMENTS(s) db_int(day_start_ms((s)->from)), db_int(day_start_ms(day_add((s)->to, 1)))
#define SPAN(actor, s, range) db_int((actor)->account), MOMENTS(s), db_int((range).lo), db_int((range).hi)

enum rc
complaint_totals(struct tx *tx, const struct actor *actor, const struct complaint_span *s, struct complaint_totals *ret)
{
	struct place_range range = place_range(s->place);
	int64_t *const to[] = { &ret->received, &ret->open, &ret->late, &ret->ended, &ret->withdrawn, &ret->founded, &ret->unfounded, &ret->told,
		&ret->told_in_time, &ret->replied, &ret->replied_in_time, &ret->rated, &ret->content };
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &q[F_TOTALS], ARGS(SPAN(actor, s, range)), &row);

	for (int i = 0; rc == RC_OK && i < (int)(sizeof to / sizeof to[0]); i++)
		*to[i] = rows_int(row, i);
	return rc;
}

static int64_t
month_of(int64_t day)
{
	struct ymd d = day_to_ymd((struct day){ (int32_t)day });

	return d.year * 100 + d.month;
}

/* Days added up to months; a month with none between two that have some stands there as none. */
static enum rc
by_month(struct tx *tx, const struct actor *actor, const struct complaint_span *s, struct complaint_figure *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(s->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[F_MONTH], ARGS(SPAN(actor, s, range)), &row);

	for (struct day d = s->from; d.n <= s->to.n && *ret_n < cap; d = day_add(d, 1))
		if (*ret_n == 0 || ret[*ret_n - 1].key != month_of(d.n))
			ret[(*ret_n)++] = (struct complaint_figure){ .key = month_of(d.n) };
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		for (size_t i = 0; i < *ret_n; i++)
			if (ret[i].key == month_of(rows_int(row, 0))) {
				ret[i].received += rows_int(row, 1);
				ret[i].founded += rows_int(row, 2);
			}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
complaint_figures(struct tx *tx, const struct actor *actor, const struct complaint_span *s, enum complaint_by by, struct complaint_figure *ret,
    size_t cap, size_t *ret_n)
{
	static const int which[] = { F_POINT, F_PERSON, F_KIND };
	struct place_range range = place_range(s->place);
	ROWS row = NULL;
	enum rc rc;

	*ret_n = 0;
	if (by == COMPLAINT_BY_MONTH)
		return by_month(tx, actor, s, ret, cap, ret_n);
	if (by > COMPLAINT_BY_MONTH)
		return RC_INVALID;
	rc = tx_rows(tx, actor, &q[which[by]], ARGS(SPAN(actor, s, range), db_int((int64_t)cap)), &row);
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct complaint_figure){ .key = rows_int(row, 0), .name = rows_copy(row, 1), .received = rows_int(row, 2),
			.founded = rows_int(row, 3), .ended = rows_int(row, 4) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
complaint_lines(struct tx *tx, const struct actor *actor, const struct complaint_span *s, enum complaint_by by, int64_t key, int64_t before,
    struct complaint_line *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(s->place);
	struct day first = DAY_NONE;
	int64_t from = 0, until = 0;
	ROWS row = NULL;
	enum rc rc;

	*ret_n = 0;
	if (by == COMPLAINT_BY_MONTH && day_from_ymd((struct ymd){ (int)(key / 100 % 10000), (int)(key % 100), 1 }, &first) == RC_OK) {
		from = day_start_ms(first);
		until = day_start_ms(day_add_months(first, 1));
	}
	rc = tx_rows(tx, actor, &q[F_LINES], ARGS(SPAN(actor, s, range), db_int(key), db_int((int)by), db_int(from), db_int(until),
	    db_int(before == 0 ? INT64_MAX : before), db_int((int64_t)cap)), &row);
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct complaint_line){ .id = rows_int(row, 0), .at_ms = rows_int(row, 1), .number = rows_copy(row, 2),
			.point_name = rows_copy(row, 3), .kind = (enum complaint_kind)rows_int(row, 4), .state = (enum complaint_state)rows_int(row, 5),
			.finding = (enum complaint_finding)rows_int(row, 6), .mine = rows_int(row, 7) != 0 };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- ratings that look odd -------------------------------------------------------------------------------------------- */

static enum rc
odd(struct tx *tx, const struct actor *actor, const struct complaint_span *s, enum complaint_odd what, int64_t bound,
    struct complaint_oddity *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(s->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[F_BURST + (int)what], ARGS(MOMENTS(s), db_int(range.lo), db_int(range.hi), db_int(bound)), &row);

	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct complaint_oddity){ .what = what, .n = rows_int(row, 0), .of = rows_int(row, 1), .request = rows_int(row, 2),
			.day = { (int32_t)rows_int(row, 3) }, .name = rows_copy(row, 4),
			.number = rows_copy(row, 5) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
complaint_oddities(struct tx *tx, const struct actor *actor, const struct complaint_span *s, struct complaint_oddity *ret, size_t cap,
    size_t *ret_n)
{
	struct complaint_limits l;
	enum rc rc = complaint_limits_read(tx, actor, &l);

	*ret_n = 0;
	if (rc == RC_OK)
		rc = odd(tx, actor, s, COMPLAINT_ODD_BURST, l.burst, ret, cap, ret_n);
	if (rc == RC_OK)
		rc = odd(tx, actor, s, COMPLAINT_ODD_QUICK, l.quick_seconds * 1000, ret, cap, ret_n);
	return rc == RC_OK ? odd(tx, actor, s, COMPLAINT_ODD_LOGGED_IN, 0, ret, cap, ret_n) : rc;
}

enum rc
complaint_contents(struct tx *tx, const struct actor *actor, const struct complaint_span *s, struct complaint_content *ret, size_t cap,
    size_t *ret_n)
{
	struct place_range range = place_range(s->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[F_CONTENT], ARGS(MOMENTS(s), db_int(range.lo), db_int(range.hi)), &row);

	*ret_n = 0;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int64_t key = month_of(rows_int(row, 0));

		if (*ret_n == 0 || ret[*ret_n - 1].key != key) {
			if (*ret_n == cap)
				break;
			ret[(*ret_n)++] = (struct complaint_content){ .key = key };
		}
		ret[*ret_n - 1].asked += rows_int(row, 1);
		ret[*ret_n - 1].given += rows_int(row, 2);
		ret[*ret_n - 1].mistaken += rows_int(row, 3);
		ret[*ret_n - 1].content += rows_int(row, 4);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- published ----------------------------------------------------------------------------------------------------------- */

void
complaint_suppress(const int64_t *v, size_t n, int64_t least, bool *hidden)
{
	size_t small = 0, next = n;
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		hidden[i] = v[i] > 0 && v[i] < least;
		small += hidden[i];
		sum += hidden[i] ? v[i] : 0;
		if (!hidden[i] && v[i] > 0 && (next == n || v[i] < v[next]))
			next = i;
	}
	/* the total less the others tells their sum: of one it is the number, and so it is of several that are all one or all the most */
	if (small > 0 && next < n && (small == 1 || sum == (int64_t)small || sum == (int64_t)small * (least - 1)))
		hidden[next] = true;
}

static void
year_add(struct complaint_year *y, const struct rows *row)
{
	int64_t kind = rows_int(row, 1), finding = rows_int(row, 2);

	y->received++;
	if (kind > 0 && kind < COMPLAINT_KINDS)
		y->kinds[kind]++;
	y->founded += finding == COMPLAINT_FOUNDED || finding == COMPLAINT_PARTLY;
	y->unfounded += finding == COMPLAINT_UNFOUNDED || finding == COMPLAINT_MISTAKEN;
	y->replied += rows_int(row, 3);
	y->replied_in_time += rows_int(row, 4);
}

enum rc
complaint_years(struct tx *tx, const struct actor *actor, struct complaint_year *ret, size_t cap, size_t *ret_n, int64_t *ret_least)
{
	struct complaint_limits l;
	struct day first = DAY_NONE;
	int now = day_to_ymd(day_of_moment(tx_now_ms(tx))).year;
	ROWS row = NULL;
	enum rc rc = complaint_limits_read(tx, actor, &l);

	*ret_n = 0;
	if (rc == RC_OK)
		rc = day_from_ymd((struct ymd){ now - (int)cap + 1, 1, 1 }, &first);
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &q[F_YEARS], ARGS(db_int(day_start_ms(first))), &row);
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int year = day_to_ymd(day_of_moment(rows_int(row, 0))).year;

		if (*ret_n == 0 || ret[*ret_n - 1].year != year) {
			if (*ret_n == cap)
				break;
			ret[(*ret_n)++] = (struct complaint_year){ .year = year };
		}
		year_add(&ret[*ret_n - 1], row);
	}
	*ret_least = l.public_least;
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
complaint_voice(struct tx *tx, const struct actor *actor, int64_t point, struct complaint_voice *ret)
{
	struct complaint_limits l;
	ROWS row = NULL;
	enum rc rc = complaint_limits_read(tx, actor, &l);

	if (rc == RC_OK)
		rc = tx_one(tx, actor, &q[F_VOICE], ARGS(db_int(point), db_int(tx_now_ms(tx) - 365 * DAY_MS)), &row);
	if (rc == RC_OK)
		*ret = (struct complaint_voice){ .asked = rows_int(row, 0), .given = rows_int(row, 1), .content = rows_int(row, 2),
			.least = l.public_least, .few = rows_int(row, 1) < l.public_least };
	return rc;
}
