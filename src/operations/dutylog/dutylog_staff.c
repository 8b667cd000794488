/* Who is at a point's door: the published rosters of the moment's month and day, days away, and sign-ins. */
#include "operations/dutylog/dutylog_staff.h"

#include "resources/duty/duty.h"
#include "standards/holidays/holidays.h"

#define COUNTIES_MAX 40
#define SEATED_MAX 2000
#define TURNS_MAX 4000

/* [public]: that somebody is at a door is for everybody; no name is read. */
enum { STAFF_COUNTIES, STAFF_SEATED, STAFF_TURNS };
static const struct db_stmt q[] = {
	[STAFF_COUNTIES] = { "dutylog.staff_counties", DB_PUBLIC,
	    "SELECT DISTINCT county FROM duty_plan WHERE city = $1 AND month = $2 AND state = 20 ORDER BY county LIMIT $3", 0 },
	[STAFF_SEATED] = { "dutylog.staff_seated", DB_PUBLIC,
	    "SELECT DISTINCT point FROM duty_slot WHERE city = $1 AND state = 20 AND day BETWEEN $2 AND $3 AND seat = 1"
	    " AND point IS NOT NULL ORDER BY point LIMIT $4", 0 },
	[STAFF_TURNS] = { "dutylog.staff_turns", DB_PUBLIC,
	    "SELECT s.point, s.minutes, COALESCE(t.at_ms, 0), CASE WHEN EXISTS (SELECT 1 FROM duty_away w WHERE w.city = s.city"
	    " AND w.provider = s.provider AND s.day BETWEEN w.from_day AND w.to_day) THEN 1 ELSE 0 END FROM duty_slot s"
	    " LEFT JOIN duty_attend t ON t.city = s.city AND t.plan = s.plan AND t.slot = s.slot WHERE s.city = $1 AND s.state = 20"
	    " AND s.day = $2 AND s.provider IS NOT NULL AND s.point IS NOT NULL ORDER BY s.point, s.plan, s.slot LIMIT $3", 0 },
};
const struct db_set dutylog_staff_sql = DB_SET("dutylog_staff", q);

/* ---- one turn ------------------------------------------------------------------------------------------------ */

/* Its end: the minutes from `begin` on while the door is open, that day. */
static int64_t
turn_end(const struct point *p, const struct calendar *c, int64_t begin, int minutes)
{
	int64_t day_end = day_start_ms(day_add(day_of_moment(begin), 1)), left = minutes * INT64_C(60000), at = begin;

	if (minutes == 0)
		return day_end;
	while (at < day_end) {
		struct point_state s = point_state_at(p, at, c);
		int64_t until = s.until_ms == 0 ? day_end : s.until_ms;

		if (s.open && until - at >= left)
			return at + left;
		if (s.open)
			left -= until - at;
		else if (s.next_ms == 0)
			return at;
		at = s.open ? until : s.next_ms;
	}
	return day_end;
}

bool
dutylog_is_there(const struct point *p, const struct calendar *c, const struct dutylog_turn *t, int64_t at_ms, struct day today)
{
	int64_t begin = t->signed_ms;

	if (begin == 0 && (t->away || day_compare(t->day, today) < 0))
		return false;
	if (begin == 0) {
		struct point_state s = point_state_at(p, day_start_ms(t->day), c);

		begin = s.open ? day_start_ms(t->day) : s.next_ms;
	}
	return begin != 0 && day_compare(day_of_moment(at_ms), t->day) == 0 && at_ms >= begin && at_ms < turn_end(p, c, begin, t->minutes);
}

/* ---- all points at once ---------------------------------------------------------------------------------------- */

struct turn { int64_t point; struct dutylog_turn t; };
struct staff {
	struct day day;
	int64_t county[COUNTIES_MAX], seated[SEATED_MAX];
	size_t n_counties, n_seated, n_turns;
	struct turn turn[TURNS_MAX];   /* by point */
};

static enum rc
numbers_read(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt, struct db_args args, int64_t *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, stmt, args, &row);

	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
turns_read(struct tx *tx, const struct actor *actor, struct staff *s)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[STAFF_TURNS], ARGS(db_int(s->day.n), db_int(TURNS_MAX)), &row);

	while (rc == RC_OK && s->n_turns < TURNS_MAX && (rc = rows_next(row)) == RC_OK) {
		struct turn *t = &s->turn[s->n_turns++];

		*t = (struct turn){ rows_int(row, 0), { .day = s->day, .minutes = (int)rows_int(row, 1), .signed_ms = rows_int(row, 2),
		    .away = rows_int(row, 3) != 0 } };
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
staff_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct staff *s = argument;
	int month = duty_month_of(s->day);
	struct day first = DAY_NONE;
	uint32_t days = 0;
	enum rc rc = duty_month_days(month, &first, &days);

	if (rc == RC_OK)
		rc = numbers_read(tx, actor, &q[STAFF_COUNTIES], ARGS(db_int(month), db_int(COUNTIES_MAX)), s->county, COUNTIES_MAX,
		    &s->n_counties);
	if (rc != RC_OK || s->n_counties == 0)
		return rc; /* nothing is published: nothing is known */
	rc = numbers_read(tx, actor, &q[STAFF_SEATED], ARGS(db_int(first.n), db_int(first.n + (int32_t)days - 1), db_int(SEATED_MAX)),
	    s->seated, SEATED_MAX, &s->n_seated);
	return rc == RC_OK ? turns_read(tx, actor, s) : rc;
}

static bool
is_rostered(const struct staff *s, const struct point *p)
{
	struct place county = place_level(p->place) > PLACE_COUNTY ? place_up(p->place, PLACE_COUNTY) : p->place;

	for (size_t i = 0; p->kind == POINT_STATION && i < s->n_counties; i++)
		if (s->county[i] == county.code)
			return true;
	for (size_t i = 0; i < s->n_seated; i++)
		if (s->seated[i] == p->id)
			return true;
	return false;
}

static bool
is_staffed(const struct staff *s, const struct point *p, int64_t at_ms, struct day today)
{
	size_t lo = 0, hi = s->n_turns;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->turn[mid].point < p->id)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < s->n_turns && s->turn[lo].point == p->id; lo++)
		if (dutylog_is_there(p, holidays_current(), &s->turn[lo].t, at_ms, today))
			return true;
	return false;
}

static enum rc
staffing_at(struct ctx *ctx, int64_t at_ms, const struct circle_point *v, uint32_t n, uint8_t *ret)
{
	struct staff *s = ARENA_NEW(ctx->mem, struct staff);
	enum rc rc;

	if (s == NULL)
		return RC_NO_MEMORY;
	s->day = day_of_moment(at_ms);
	rc = db_read(ctx, staff_tx, s);
	for (uint32_t i = 0; rc == RC_OK && i < n; i++) {
		ret[i] = CIRCLE_STAFF_UNKNOWN;
		if (is_rostered(s, &v[i].p))
			ret[i] = is_staffed(s, &v[i].p, at_ms, day_of_moment(ctx->now_ms)) ? CIRCLE_STAFF_ON : CIRCLE_STAFF_NOBODY;
	}
	return rc;
}

const struct circle_staffing dutylog_staffing = { staffing_at };
