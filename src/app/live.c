#include "app/live.h"

#include "base/arena.h"
#include "base/place.h"

#define PAGE 500
#define BACK_MOST_MS INT64_C(60000) /* a clock set back must not have months read again */

const struct db_stmt live_q[] = {
	{ "live.audited", DB_SYSTEM,
	    "SELECT a.id, r.id, r.place, r.holder, r.holder_point FROM audit a LEFT JOIN request r ON r.city = a.city"
	    " AND r.id = a.record AND a.subject = 'request' WHERE a.city = $1 AND a.id > $2 ORDER BY a.id LIMIT $3", 1 },
	{ "live.newest", DB_SYSTEM, "SELECT id FROM audit WHERE city = $1 ORDER BY id DESC LIMIT 1", 1 },
	/* who had it, who was asked */
	{ "live.others", DB_SYSTEM,
	    "SELECT x.account, x.point FROM (SELECT account, point FROM holding WHERE city = $1 AND request = $2"
	    "  ORDER BY since_ms DESC LIMIT 2) x"
	    " UNION ALL SELECT y.to_account, y.to_point FROM (SELECT to_account, to_point FROM handover"
	    "  WHERE city = $1 AND request = $2 ORDER BY id DESC LIMIT 2) y", 0 },
};
const struct db_set live_sql = DB_SET("live", live_q);
enum { Q_AUDITED, Q_NEWEST, Q_OTHERS };

/* ---- whom --------------------------------------------------------------------------------------------- */

struct told { int64_t request, place, holder, point; };

struct told_page {
	struct told v[PAGE];
	size_t n;        /* different requests */
};

static void
told_add(struct told_page *page, struct told t)
{
	for (size_t i = 0; i < page->n; i++)
		if (page->v[i].request == t.request)
			return;
	page->v[page->n++] = t;
}

struct speaker { live_say *say; void *arg; struct arena *mem; };

static void
tell(const struct speaker *s, const char *what, int64_t n)
{
	if (n != 0)
		s->say(s->arg, arena_format(s->mem, "%s:%lld", what, (long long)n));
}

static void
tell_places(const struct speaker *s, struct place place)
{
	static const enum place_level levels[] = { PLACE_CITY, PLACE_COUNTY, PLACE_TOWN, PLACE_VILLAGE };

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (place_level(place) >= levels[i])
			tell(s, "place", place_up(place, levels[i]).code);
}

static enum rc
tell_about(struct tx *tx, const struct actor *actor, const struct told *t, const struct speaker *s)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &live_q[Q_OTHERS], ARGS(db_int(t->request)), &row);

	tell(s, "account", t->holder);
	tell(s, "point", t->point);
	tell_places(s, (struct place){ t->place });
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		if (rows_int(row, 0) != t->holder)
			tell(s, "account", rows_int(row, 0));
		if (rows_int(row, 1) != t->point)
			tell(s, "point", rows_int(row, 1));
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- since when ----------------------------------------------------------------------------------------- */

static bool
is_new(struct live_tail *tail, int64_t id)
{
	/* ids of one millisecond differ in their lowest bits, ids of others above */
	int64_t *place = &tail->seen[((uint64_t)id ^ (uint64_t)id >> 22) % LIVE_SEEN];

	if (*place == id)
		return false;
	*place = id;
	return true;
}

static int64_t
begin_at(const struct live_tail *tail, int64_t now_ms)
{
	int64_t late = db_id_at(now_ms - LIVE_OVERLAP_MS), most = tail->last - (db_id_at(now_ms) - db_id_at(now_ms - BACK_MOST_MS));

	if (late > tail->last)
		return tail->last;
	return late > most ? late : most;
}

/* One page; *ret_from is where the next one begins, *ret_rows how many this one had. */
static enum rc
page_read(struct tx *tx, const struct actor *actor, struct live_tail *tail, int64_t *ret_from, size_t *ret_rows,
    struct told_page *page)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &live_q[Q_AUDITED], ARGS(db_int(*ret_from), db_int(PAGE)), &row);

	*ret_rows = page->n = 0;
	while (rc == RC_OK && *ret_rows < PAGE && (rc = rows_next(row)) == RC_OK) {
		*ret_from = rows_int(row, 0);
		++*ret_rows;
		if (is_new(tail, *ret_from) && !rows_is_null(row, 1))
			told_add(page, (struct told){ rows_int(row, 1), rows_int(row, 2), rows_int(row, 3), rows_int(row, 4) });
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
live_follow(struct tx *tx, const struct actor *actor, struct live_tail *tail, live_say *say, void *arg)
{
	struct speaker s = { say, arg, tx_mem(tx) };
	struct told_page *page = arena_alloc(s.mem, sizeof *page);
	size_t rows = PAGE;
	int64_t from;
	enum rc rc = RC_OK;

	if (page == NULL)
		return RC_NO_MEMORY;
	if (tail->last == 0) {
		rc = tx_int(tx, actor, &live_q[Q_NEWEST], NO_ARGS, &tail->last);
		if (rc == RC_NOT_FOUND)
			tail->last = 1; /* an empty trail: everything from here on is new */
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	from = begin_at(tail, tx_now_ms(tx));
	while (rc == RC_OK && rows == PAGE) {
		rc = page_read(tx, actor, tail, &from, &rows, page);
		for (size_t i = 0; rc == RC_OK && i < page->n; i++)
			rc = tell_about(tx, actor, &page->v[i], &s);
		if (rc == RC_OK && from > tail->last)
			tail->last = from;
	}
	if (rc != RC_OK) /* better twice than not at all */
		*tail = (struct live_tail){ .last = tail->last };
	return rc;
}
