#include "evaluation/complaint/complaint_store.h"

#include "base/utf8.h"
#include "kit/msg/msg.h"
#include "standards/holidays/holidays.h"

#define OPEN_REMEDIES "(SELECT COUNT(*) FROM complaint_remedy y WHERE y.city = c.city AND y.complaint = c.id AND y.done_ms IS NULL)"
/* The kind of the highest point an account directs: county centre and line 1, town 2, station 3; 0 none. */
#define DIRECTS(a) "COALESCE((SELECT MIN(CASE WHEN d.kind IN (2, 3) THEN d.kind ELSE 1 END) FROM point d WHERE d.city = " a ".city" \
	" AND d.director = " a ".id AND d.closed_day IS NULL), 0)"
#define COLUMNS "SELECT c.id, c.number, c.at_ms, c.place, c.point, c.request, c.act, c.channel, c.anonymous, c.read_back, c.kind," \
	" c.about, c.whom, c.day, c.words, c.wish, c.state, c.level, c.reader, c.watcher, c.verify_due_ms, c.tell_due_ms, c.mend_due_ms," \
	" c.finish_due_ms, c.next_due_ms, c.late, c.extended, c.extend_why, c.told_ms, c.mended_ms, c.replied_ms, c.review_until_ms," \
	" c.grade, c.graded_ms, c.closed_ms, c.ended, c.revision, o.finding, o.found_ms, a.name, a.title, w.name, p.name, r.number," \
	" (SELECT COUNT(*) FROM complaint_remedy y WHERE y.city = c.city AND y.complaint = c.id), " OPEN_REMEDIES "," \
	" COALESCE(a.role, 0), COALESCE(a.place, 0), CASE WHEN a.id IS NULL THEN 0 ELSE " DIRECTS("a") " END FROM complaint c" \
	" LEFT JOIN complaint_round o ON o.city = c.city AND o.complaint = c.id AND o.level = c.level" \
	" LEFT JOIN account a ON a.city = c.city AND a.id = c.reader LEFT JOIN account w ON w.city = c.city AND w.id = c.watcher" \
	" LEFT JOIN point p ON p.city = c.city AND p.id = c.point LEFT JOIN request r ON r.city = c.city AND r.id = c.request"
/*
 * Whose it is to see ($1 city, $2 account): who reads it now or read an earlier round, who watches over a late one, an
 * official of the city while nobody reads it; never who it is about or directs the point that it is about, nor (unread ones) who
 * handled the matter.
 */
#define COMPLAINT_MINE " WHERE c.city = $1 AND (c.reader = $2 OR c.watcher = $2" \
	" OR EXISTS (SELECT 1 FROM complaint_round e WHERE e.city = c.city AND e.complaint = c.id AND e.reader = $2)" \
	" OR (c.reader = 0 AND EXISTS (SELECT 1 FROM account f WHERE f.city = c.city AND f.id = $2 AND f.active = 1 AND f.role = 6" \
	" AND f.place = c.city * CAST(100000000 AS bigint)) AND (c.request IS NULL OR NOT " HANDLED("c.request", "$2") ")))" \
	" AND NOT EXISTS (SELECT 1 FROM complaint_about b WHERE b.city = c.city AND b.complaint = c.id AND b.account = $2)" \
	" AND NOT (c.about = 3 AND EXISTS (SELECT 1 FROM point q WHERE q.city = c.city AND q.id = c.point AND q.director = $2))"
#define OPEN_POINT(p) "(" p ".closed_day IS NULL OR " p ".closed_day > $7)"
#define CHAIN " UNION ALL SELECT u.director FROM point p JOIN point u ON u.city = p.city AND u.id = p.parent"

const struct db_stmt complaint_q[Q_COUNT] = {
	[Q_INSERT] = { "complaint.insert", DB_SYSTEM,
	    "INSERT INTO complaint (city, id, number, code_hash, at_ms, place, point, request, act, channel, anonymous, name, phone, recorder,"
	    " read_back, kind, about, whom, day, words, wish, state, level, reader, watcher, verify_due_ms, tell_due_ms, mend_due_ms,"
	    " finish_due_ms, next_due_ms, late, extended, extend_why, ended, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
	    " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1, 0, $22, 0, $23, $24, $25, $26, $27, 0, 0, '', 0, 1)", 0 },
	[Q_ABOUT_INSERT] = { "complaint.about_insert", DB_SYSTEM,
	    "INSERT INTO complaint_about (city, complaint, account, since_ms) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (city, complaint, account) DO NOTHING", 0 },
	[Q_ROUND_INSERT] = { "complaint.round_insert", DB_SYSTEM,
	    "INSERT INTO complaint_round (city, complaint, level, reader, opened_ms, due_ms, asked, verified, reasons, evidence, reply)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', '', '')", 0 },
	[Q_EVENT_INSERT] = { "complaint.event_insert", DB_SYSTEM,
	    "INSERT INTO complaint_event (city, id, complaint, at_ms, account, kind, note, data, shown, tell)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 0 },
	[Q_REMEDY_INSERT] = { "complaint.remedy_insert", DB_SYSTEM,
	    "INSERT INTO complaint_remedy (city, id, complaint, kind, words, who, due_day, made_ms, made_by, done_words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')", 0 },
	[Q_LOAD] = { "complaint.load", DB_OWN, COLUMNS COMPLAINT_MINE " AND c.id = $3", 0 },
	[Q_LOAD_CODE] = { "complaint.load_code", DB_PUBLIC, COLUMNS " WHERE c.city = $1 AND c.code_hash = $2", 0 },
	[Q_LOAD_SYSTEM] = { "complaint.load_system", DB_SYSTEM, COLUMNS " WHERE c.city = $1 AND c.id = $2", 0 },
	[Q_ABOUTS] = { "complaint.abouts", DB_SYSTEM,
	    "SELECT a.name, a.title FROM complaint_about b JOIN account a ON a.city = b.city AND a.id = b.account"
	    " WHERE b.city = $1 AND b.complaint = $2 ORDER BY b.since_ms, a.id LIMIT 10", 0 },
	[Q_ROUNDS] = { "complaint.rounds", DB_SYSTEM,
	    "SELECT o.level, o.reader, o.opened_ms, o.due_ms, o.told_ms, o.found_ms, o.replied_ms, o.finding, a.name, o.asked, o.verified,"
	    " o.reasons, o.evidence, o.reply FROM complaint_round o LEFT JOIN account a ON a.city = o.city AND a.id = o.reader"
	    " WHERE o.city = $1 AND o.complaint = $2 ORDER BY o.level LIMIT 3", 0 },
	[Q_REMEDIES] = { "complaint.remedies", DB_SYSTEM,
	    "SELECT y.id, y.kind, y.words, y.who, y.due_day, y.done_ms, y.done_words FROM complaint_remedy y"
	    " WHERE y.city = $1 AND y.complaint = $2 ORDER BY y.id LIMIT 20", 0 },
	[Q_EVENTS] = { "complaint.events", DB_SYSTEM,
	    "SELECT e.id, e.at_ms, e.account, e.kind, e.note, e.shown, a.name FROM complaint_event e LEFT JOIN account a ON a.city = e.city"
	    " AND a.id = e.account WHERE e.city = $1 AND e.complaint = $2 ORDER BY e.id DESC LIMIT 100", 0 },
	/* the complainant: no names of staff */
	[Q_EVENTS_SHOWN] = { "complaint.events_shown", DB_SYSTEM,
	    "SELECT e.id, e.at_ms, e.account, e.kind, e.note, e.shown, '' FROM complaint_event e"
	    " WHERE e.city = $1 AND e.complaint = $2 AND e.shown = 1 ORDER BY e.id DESC LIMIT 100", 0 },
	[Q_LIST_OPEN] = { "complaint.list_open", DB_OWN,
	    COLUMNS COMPLAINT_MINE " AND c.state <= 4 AND (c.finish_due_ms > $3 OR (c.finish_due_ms = $3 AND c.id > $4))"
	    " ORDER BY c.finish_due_ms, c.id LIMIT $5", 0 },
	[Q_LIST_DONE] = { "complaint.list_done", DB_OWN,
	    COLUMNS COMPLAINT_MINE " AND c.state > 4 AND (c.id < $3 OR $3 = 0) ORDER BY c.id DESC LIMIT $4", 0 },
	[Q_COUNT_MINE] = { "complaint.count_mine", DB_OWN,
	    "SELECT COUNT(*) FROM complaint c" COMPLAINT_MINE " AND (c.state < 4 OR (c.state = 4 AND " OPEN_REMEDIES " > 0))"
	    " AND (c.reader IN ($2, 0) OR c.watcher = $2)", 0 },
	[Q_SEALED] = { "complaint.sealed", DB_OWN, "SELECT c.name, c.phone FROM complaint c" COMPLAINT_MINE
	    " AND c.id = $3 AND c.anonymous = 0 AND (c.reader = $2 OR c.watcher = $2)", 0 },
	/* $2 point, $3 complaint, $4 town, $5 county, $6 city, $7 today, $8 request, $9 level, $10 the point it is about, 0 none */
	[Q_CANDIDATES] = { "complaint.candidates", DB_SYSTEM,
	    "SELECT a.id, a.role, a.place, " DIRECTS("a") ","
	    " (SELECT COUNT(*) FROM complaint k WHERE k.city = a.city AND k.reader = a.id AND k.state <= 4),"
	    " (SELECT COUNT(*) FROM complaint_about b WHERE b.city = a.city AND b.complaint = $3 AND b.account = a.id)"
	    " + (SELECT COUNT(*) FROM point q WHERE q.city = a.city AND q.id = $10 AND q.director = a.id),"
	    " CASE WHEN " HANDLED("$8", "a.id") " THEN 1 ELSE 0 END,"
	    " (SELECT COUNT(*) FROM complaint_round o WHERE o.city = a.city AND o.complaint = $3 AND o.reader = a.id AND o.level < $9)"
	    " FROM account a WHERE a.city = $1 AND a.active = 1 AND a.role IN (5, 6) AND (a.id IN ("
	    "SELECT p.director FROM point p WHERE p.city = $1 AND p.id = $2 AND " OPEN_POINT("p")
	    CHAIN " WHERE p.city = $1 AND p.id = $2 AND " OPEN_POINT("u")
	    " UNION ALL SELECT t.director FROM point p JOIN point u ON u.city = p.city AND u.id = p.parent"
	    " JOIN point t ON t.city = u.city AND t.id = u.parent WHERE p.city = $1 AND p.id = $2 AND " OPEN_POINT("t")
	    " UNION ALL SELECT p.director FROM point p WHERE p.city = $1 AND p.place = $4 AND p.kind = 2 AND " OPEN_POINT("p")
	    " UNION ALL SELECT p.director FROM point p WHERE p.city = $1 AND p.place = $5 AND p.kind = 1 AND " OPEN_POINT("p")
	    ") OR (a.role = 6 AND a.place IN ($5, $6))) ORDER BY a.id LIMIT 60", 0 },
	/* who must be stood above: those it is about, who read it before ($3 level), $4, who directs point $5 */
	[Q_FLOOR] = { "complaint.floor", DB_SYSTEM,
	    "SELECT a.role, a.place, " DIRECTS("a") " FROM account a WHERE a.city = $1 AND (a.id = $4"
	    " OR a.id = (SELECT q.director FROM point q WHERE q.city = $1 AND q.id = $5)"
	    " OR EXISTS (SELECT 1 FROM complaint_about b WHERE b.city = a.city AND b.complaint = $2 AND b.account = a.id)"
	    " OR EXISTS (SELECT 1 FROM complaint_round o WHERE o.city = a.city AND o.complaint = $2 AND o.reader = a.id AND o.level < $3))", 0 },
	[Q_POINT] = { "complaint.point", DB_SYSTEM, "SELECT p.kind, p.place FROM point p WHERE p.city = $1 AND p.id = $2", 0 },
	[Q_HANDLED] = { "complaint.handled", DB_SYSTEM,
	    "SELECT COUNT(*) FROM account x WHERE x.city = $1 AND x.id = $3 AND " HANDLED("$2", "x.id"), 0 },
	[Q_READ_BEFORE] = { "complaint.read_before", DB_SYSTEM,
	    "SELECT COUNT(*) FROM complaint_round WHERE city = $1 AND complaint = $2 AND level < $3 AND reader = $4", 0 },
	[Q_SAVE] = { "complaint.save", DB_SYSTEM,
	    "UPDATE complaint SET state = $4, level = $5, reader = $6, watcher = $7, verify_due_ms = $8, tell_due_ms = $9, mend_due_ms = $10,"
	    " finish_due_ms = $11, next_due_ms = $12, late = $13, extended = $14, extend_why = $15, told_ms = $16, mended_ms = $17,"
	    " replied_ms = $18, review_until_ms = $19, grade = $20, graded_ms = $21, closed_ms = $22, ended = $23, point = $24, about = $25,"
	    " place = $26, revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3", 0 },
	[Q_ROUND_TOLD] = { "complaint.round_told", DB_SYSTEM,
	    "UPDATE complaint_round SET told_ms = $4, verified = $5 WHERE city = $1 AND complaint = $2 AND level = $3", 0 },
	[Q_ROUND_FOUND] = { "complaint.round_found", DB_SYSTEM,
	    "UPDATE complaint_round SET found_ms = $4, finding = $5, reasons = $6, evidence = $7 WHERE city = $1 AND complaint = $2 AND level = $3", 0 },
	[Q_ROUND_REPLIED] = { "complaint.round_replied", DB_SYSTEM,
	    "UPDATE complaint_round SET replied_ms = $4, reply = $5 WHERE city = $1 AND complaint = $2 AND level = $3", 0 },
	[Q_ROUND_READER] = { "complaint.round_reader", DB_SYSTEM,
	    "UPDATE complaint_round SET reader = $4, due_ms = $5 WHERE city = $1 AND complaint = $2 AND level = $3", 0 },
	[Q_REMEDY_DONE] = { "complaint.remedy_done", DB_SYSTEM,
	    "UPDATE complaint_remedy SET done_ms = $4, done_words = $5 WHERE city = $1 AND complaint = $2 AND id = $3 AND done_ms IS NULL", 0 },
	[Q_LATE] = { "complaint.late", DB_SYSTEM,
	    "SELECT id FROM complaint WHERE city = $1 AND next_due_ms < $2 ORDER BY next_due_ms, id LIMIT 1", 1 },
	[Q_TIME_OVER] = { "complaint.time_over", DB_SYSTEM,
	    "SELECT c.id FROM complaint c WHERE c.city = $1 AND c.state = 4 AND c.review_until_ms < $2 AND " OPEN_REMEDIES " = 0"
	    " ORDER BY c.review_until_ms, c.id LIMIT 1", 1 },
	[Q_LEFT_COUNT] = { "complaint.left_count", DB_SYSTEM,
	    "SELECT COUNT(*) FROM complaint WHERE city = $1 AND state <= 4 AND (reader = $2 OR watcher = $2)", 0 },
	[Q_LEFT] = { "complaint.left", DB_SYSTEM,
	    "SELECT id FROM complaint WHERE city = $1 AND state <= 4 AND (reader = $2 OR watcher = $2) ORDER BY id LIMIT 1", 0 },
	[Q_TOOK_PART] = { "complaint.took_part", DB_SYSTEM,
	    "SELECT COUNT(*) FROM account x WHERE x.city = $1 AND x.id = $4 AND (EXISTS (SELECT 1 FROM complaint_about b"
	    " WHERE b.city = $1 AND b.complaint = $2 AND b.account = $4) OR " HANDLED("$3", "$4") ")", 0 },
	[Q_ALL] = { "complaint.all", DB_SYSTEM, COLUMNS " WHERE c.city = $1 ORDER BY c.id", 0 },
};

const struct db_set complaint_sql = DB_SET("complaint", complaint_q);

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static struct day
day_or_none(const struct rows *row, int col)
{
	return rows_is_null(row, col) ? DAY_NONE : (struct day){ (int32_t)rows_int(row, col) };
}

static void
read_clocks(const struct rows *row, struct complaint *c)
{
	int k = 20;

	c->verify_due_ms = rows_int(row, k++);
	c->tell_due_ms = rows_int(row, k++);
	c->mend_due_ms = rows_int(row, k++);
	c->finish_due_ms = rows_int(row, k++);
	c->next_due_ms = rows_int(row, k++);
	c->late = (int)rows_int(row, k++);
	c->extended = rows_int(row, k++);
	c->extend_why = rows_copy(row, k++);
	c->told_ms = rows_int(row, k++);
	c->mended_ms = rows_int(row, k++);
	c->replied_ms = rows_int(row, k++);
	c->review_until_ms = rows_int(row, k++);
	c->grade = (int)rows_int(row, k++);
	c->graded_ms = rows_int(row, k++);
	c->closed_ms = rows_int(row, k++);
	c->end = (enum complaint_end)rows_int(row, k++);
	c->revision = rows_int(row, k);
}

static void
read_joined(const struct rows *row, struct complaint *c)
{
	int k = 37;
	struct place place;
	enum role role;

	c->finding = (enum complaint_finding)rows_int(row, k++);
	c->found_ms = rows_int(row, k++);
	c->reader_name = rows_copy(row, k++);
	c->reader_title = rows_copy(row, k++);
	c->watcher_name = rows_copy(row, k++);
	c->point_name = rows_copy(row, k++);
	c->request_number = rows_copy(row, k++);
	c->remedies = rows_int(row, k++);
	c->remedies_open = rows_int(row, k++);
	role = (enum role)rows_int(row, k++);
	place.code = rows_int(row, k++);
	c->reader_rank = complaint_rank_of(role, place, (int)rows_int(row, k));
}

void
complaint_read(const struct rows *row, struct complaint *c)
{
	*c = (struct complaint){ .id = rows_int(row, 0), .number = rows_copy(row, 1), .at_ms = rows_int(row, 2), .place = { rows_int(row, 3) },
		.point = rows_int(row, 4), .request = rows_int(row, 5), .act = rows_int(row, 6),
		.channel = (enum complaint_channel)rows_int(row, 7), .anonymous = rows_int(row, 8) != 0, .read_back = rows_int(row, 9) != 0,
		.kind = (enum complaint_kind)rows_int(row, 10), .about = (enum complaint_about)rows_int(row, 11), .whom = rows_copy(row, 12),
		.day = day_or_none(row, 13), .words = rows_copy(row, 14), .wish = rows_copy(row, 15),
		.state = (enum complaint_state)rows_int(row, 16), .level = (int)rows_int(row, 17), .reader = rows_int(row, 18),
		.watcher = rows_int(row, 19) };
	read_clocks(row, c);
	read_joined(row, c);
}

enum rc
complaint_load_system(struct tx *tx, const struct actor *actor, int64_t id, struct complaint *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &complaint_q[Q_LOAD_SYSTEM], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		complaint_read(row, ret);
	return rc;
}

/* ---- writing ------------------------------------------------------------------------------------------------------ */

enum rc
complaint_save(struct tx *tx, const struct actor *actor, struct complaint *c)
{
	c->next_due_ms = complaint_next_due(c);
	return tx_run_one(tx, actor, &complaint_q[Q_SAVE], ARGS(db_int(c->id), db_int(c->revision), db_int((int)c->state), db_int(c->level),
	    db_int(c->reader), db_int(c->watcher), db_int(c->verify_due_ms), db_int(c->tell_due_ms), db_int(c->mend_due_ms),
	    db_int(c->finish_due_ms), c->next_due_ms == INT64_MAX ? db_null() : db_int(c->next_due_ms), db_int(c->late), db_int(c->extended),
	    db_text(c->extend_why), db_key(c->told_ms), db_key(c->mended_ms), db_key(c->replied_ms), db_key(c->review_until_ms),
	    db_key(c->grade), db_key(c->graded_ms), db_key(c->closed_ms), db_int((int)c->end), db_key(c->point), db_int((int)c->about),
	    db_int(c->place.code)));
}

enum rc
complaint_note(struct tx *tx, const struct actor *actor, int64_t id, const char *kind, struct text note, struct text data,
    enum complaint_tell how)
{
	int64_t who = actor->kind == ACTOR_SYSTEM ? -1 : actor->account;

	return tx_run(tx, actor, &complaint_q[Q_EVENT_INSERT], ARGS(db_int(tx_id(tx)), db_int(id), db_int(tx_now_ms(tx)), db_int(who),
	    db_text(text_of(kind)), db_text(note), db_text(data), db_int(how >= COMPLAINT_SHOWN), db_int(how == COMPLAINT_TOLD)), NULL);
}

enum rc
complaint_round_open(struct tx *tx, const struct actor *actor, const struct complaint *c, struct text asked)
{
	return tx_run(tx, actor, &complaint_q[Q_ROUND_INSERT], ARGS(db_int(c->id), db_int(c->level), db_int(c->reader), db_int(tx_now_ms(tx)),
	    db_int(c->finish_due_ms), db_text(asked)), NULL);
}

/* ---- who reads it ---------------------------------------------------------------------------------------------------- */

#define CANDIDATES_MAX 60 /* as the statement's LIMIT */

/* Whoever directs it is complained of with it. */
static int64_t
point_accused(const struct complaint *c)
{
	return c->about == COMPLAINT_POINT ? c->point : 0;
}

static enum rc
floor_find(struct tx *tx, const struct actor *actor, const struct complaint *c, int64_t above, enum complaint_rank *ret)
{
	ROWS row = NULL;
	int64_t kind = 0;
	enum rc rc = tx_rows(tx, actor, &complaint_q[Q_FLOOR], ARGS(db_int(c->id), db_int(c->level), db_int(above),
	    db_int(point_accused(c))), &row);

	*ret = COMPLAINT_NO_RANK;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		enum complaint_rank rank = complaint_rank_of((enum role)rows_int(row, 0), (struct place){ rows_int(row, 1) }, (int)rows_int(row, 2));

		if (rank > *ret)
			*ret = rank;
	}
	if (rc != RC_DONE || c->about != COMPLAINT_POINT || c->point == 0)
		return rc == RC_DONE ? RC_OK : rc;
	/* about a whole point: whoever directs it answers for it */
	rc = tx_int(tx, actor, &complaint_q[Q_POINT], ARGS(db_int(c->point)), &kind);
	if (rc == RC_OK && complaint_rank_of(ROLE_NONE, c->place, (int)kind) > *ret)
		*ret = complaint_rank_of(ROLE_NONE, c->place, (int)kind);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
complaint_reader_find(struct tx *tx, const struct actor *actor, const struct complaint *c, int64_t except, bool above, int64_t *ret)
{
	struct complaint_candidate v[CANDIDATES_MAX];
	int64_t county = c->place.code / 1000000 * 1000000;
	enum complaint_rank floor;
	ROWS row = NULL;
	size_t n = 0;
	int best;
	enum rc rc = floor_find(tx, actor, c, above ? except : 0, &floor);

	*ret = 0;
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &complaint_q[Q_CANDIDATES], ARGS(db_int(c->point), db_int(c->id), db_int(c->place.code / 1000 * 1000),
		    db_int(county), db_int(county / 100000000 * 100000000), db_int(day_of_moment(tx_now_ms(tx)).n), db_int(c->request),
		    db_int(c->level), db_int(point_accused(c))), &row);
	while (rc == RC_OK && n < CANDIDATES_MAX && (rc = rows_next(row)) == RC_OK) {
		enum complaint_rank rank = complaint_rank_of((enum role)rows_int(row, 1), (struct place){ rows_int(row, 2) }, (int)rows_int(row, 3));

		v[n] = (struct complaint_candidate){ .account = rows_int(row, 0), .load = rows_int(row, 4), .rank = rank, .active = true,
			.accused = rows_int(row, 5) != 0, .handled = rows_int(row, 6) != 0, .before = rows_int(row, 7) != 0 };
		v[n].before = v[n].before || v[n].account == except;
		n++;
	}
	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	best = complaint_reader_choose(v, n, floor);
	if (best >= 0)
		*ret = v[best].account;
	return RC_OK;
}
