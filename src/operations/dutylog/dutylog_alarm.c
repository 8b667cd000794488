/* Gaps of rosters before they happen: found, told step by step, cleared when they are filled. */
#include "operations/dutylog/dutylog_alarm.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define MOST 3000        /* gaps at once */
#define COUNTIES 40
#define UNSIGNED_DAYS 7

const struct setting_kind dutylog_alarm_settings[DUTYLOG_ALARM_SETTINGS] = {
	[DUTYLOG_ALARM_WARN] = { "duty.alarm_days", T("值班缺口提前几天预警"), T("天"), T("月份没有发布、驻点没有人，提前这么多天告诉排班的人。"), 1, 60, 10,
	    RIGHT_SETTINGS, NULL },
	[DUTYLOG_ALARM_REMIND] = { "duty.alarm_remind_days", T("值班缺口提前几天催办"), T("天"), T("还没有补上，提前这么多天催办，也告诉负责人。"), 0, 30, 3,
	    RIGHT_SETTINGS, NULL },
};

const char *
dutylog_alarm_label(enum dutylog_alarm_kind k)
{
	static const char *const labels[DUTYLOG_ALARM_KINDS] = { [DUTYLOG_ALARM_MONTH] = T("这个月的值班表还没有发布"),
		[DUTYLOG_ALARM_OPEN] = T("没有排到人"), [DUTYLOG_ALARM_AWAY] = T("排的人那天来不了"), [DUTYLOG_ALARM_UNSIGNED] = T("那天没有人签到") };

	return labels[k > DUTYLOG_ALARM_NONE && k < DUTYLOG_ALARM_KINDS ? k : DUTYLOG_ALARM_OPEN];
}

enum supervise_step
dutylog_alarm_step(enum dutylog_alarm_kind k, struct day due, struct day today, int64_t warn, int64_t remind)
{
	int64_t left = due.n - today.n;

	if (k == DUTYLOG_ALARM_UNSIGNED)
		return left < 0 ? SUPERVISE_DIRECTOR : SUPERVISE_NONE;
	if (left <= 0)
		return SUPERVISE_DIRECTOR;
	return left <= remind ? SUPERVISE_REMINDER : left <= warn ? SUPERVISE_WARNING : SUPERVISE_NONE;
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

#define OPEN "a.id, a.county, a.month, a.kind, a.place, a.point, a.which, a.turn, a.due_day, a.step, a.planner, a.director, a.first_ms," \
	" a.step_ms"
#define AWAY "EXISTS (SELECT 1 FROM duty_away w WHERE w.city = s.city AND w.provider = s.provider AND s.day BETWEEN w.from_day AND w.to_day)"
enum { A_COUNTIES, A_PUBLISHED, A_PLANNER, A_DIRECTOR, A_GAPS, A_UNSIGNED, A_OPEN, A_TURN, A_ADD, A_STEP, A_CLEAR, A_LIST };
static const struct db_stmt q[] = {
	/* those with advisers then, or with a roster ever */
	[A_COUNTIES] = { "dutylog.alarm_counties", DB_SYSTEM,
	    "SELECT county FROM (SELECT DISTINCT county FROM duty_plan WHERE city = $1 UNION SELECT DISTINCT place / 1000000 * 1000000 AS county"
	    " FROM advisor_contract WHERE city = $1 AND from_day <= $2 AND last_day >= $2) c ORDER BY county LIMIT $3", 0 },
	[A_PUBLISHED] = { "dutylog.alarm_published", DB_SYSTEM,
	    "SELECT COUNT(*) FROM duty_plan WHERE city = $1 AND county = $2 AND month = $3 AND state = 20", 0 },
	[A_PLANNER] = { "dutylog.alarm_planner", DB_SYSTEM,
	    "SELECT p.account FROM duty_plan p JOIN account a ON a.city = p.city AND a.id = p.account AND a.active = 1"
	    " WHERE p.city = $1 AND p.county = $2 ORDER BY p.id DESC LIMIT 1", 0 },
	/* who leads the county's centre, else an official of the county, else of the city */
	[A_DIRECTOR] = { "dutylog.alarm_director", DB_SYSTEM,
	    "SELECT a.id FROM (SELECT 1 AS near, p.director AS who FROM point p WHERE p.city = $1 AND p.place = $2 AND p.kind = 1"
	    " AND (p.closed_day IS NULL OR p.closed_day > $4) UNION ALL SELECT CASE WHEN o.place = $2 THEN 2 ELSE 3 END, o.id FROM account o"
	    " WHERE o.city = $1 AND o.place IN ($2, $3) AND o.role = 6) c JOIN account a ON a.city = $1 AND a.id = c.who AND a.active = 1"
	    " ORDER BY c.near, a.id LIMIT 1", 0 },
	[A_GAPS] = { "dutylog.alarm_gaps", DB_SYSTEM,
	    "SELECT p.county, p.month, s.place, COALESCE(s.point, 0), s.seat, s.nth, s.day, s.provider FROM duty_plan p JOIN duty_slot s ON s.city = p.city"
	    " AND s.plan = p.id WHERE p.city = $1 AND p.state = 20 AND p.month BETWEEN $2 AND $3 AND (s.day IS NULL OR s.day >= $4)"
	    " AND (s.provider IS NULL OR " AWAY ") ORDER BY p.county, p.month, s.slot LIMIT $5", 0 },
	[A_UNSIGNED] = { "dutylog.alarm_unsigned", DB_SYSTEM,
	    "SELECT p.county, p.month, s.place, COALESCE(s.point, 0), s.seat, s.nth, s.day, s.provider FROM duty_slot s JOIN duty_plan p ON p.city = s.city"
	    " AND p.id = s.plan WHERE s.city = $1 AND s.state = 20 AND s.day BETWEEN $2 AND $3 AND s.point IS NOT NULL"
	    " AND s.provider IS NOT NULL AND NOT EXISTS (SELECT 1 FROM duty_attend t WHERE t.city = s.city AND t.plan = s.plan"
	    " AND t.slot = s.slot) ORDER BY p.county, p.month, s.slot LIMIT $4", 0 },
	[A_OPEN] = { "dutylog.alarm_open", DB_SYSTEM,
	    "SELECT " OPEN " FROM duty_alarm a WHERE a.city = $1 AND a.cleared_ms IS NULL ORDER BY a.county, a.due_day, a.id LIMIT $2", 0 },
	[A_TURN] = { "dutylog.alarm_turn", DB_SYSTEM,
	    "SELECT COALESCE(MAX(turn), 0) + 1 FROM duty_alarm WHERE city = $1 AND county = $2 AND month = $3 AND kind = $4 AND place = $5"
	    " AND point = $6 AND which = $7", 0 },
	[A_ADD] = { "dutylog.alarm_add", DB_SYSTEM,
	    "INSERT INTO duty_alarm (city, id, county, month, kind, place, point, which, turn, due_day, step, planner, director, first_ms, step_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)"
	    " ON CONFLICT (city, county, month, kind, place, point, which, turn) DO NOTHING", 0 },
	[A_STEP] = { "dutylog.alarm_step", DB_SYSTEM,
	    "UPDATE duty_alarm SET step = $3, step_ms = $4, due_day = $5 WHERE city = $1 AND id = $2 AND cleared_ms IS NULL AND step < $3", 0 },
	[A_CLEAR] = { "dutylog.alarm_clear", DB_SYSTEM,
	    "UPDATE duty_alarm SET cleared_ms = $3 WHERE city = $1 AND id = $2 AND cleared_ms IS NULL", 0 },
	[A_LIST] = { "dutylog.alarms", DB_AREA,
	    "SELECT " OPEN ", COALESCE(p.name, ''), COALESCE(d.name, '') FROM duty_alarm a LEFT JOIN account p ON p.city = a.city"
	    " AND p.id = a.planner LEFT JOIN account d ON d.city = a.city AND d.id = a.director WHERE a.city = $1"
	    " AND a.county BETWEEN $2 AND $3 AND a.cleared_ms IS NULL ORDER BY a.due_day, a.id LIMIT $4", 0 },
};
const struct db_set dutylog_alarm_sql = DB_SET("dutylog_alarm", q);

static void
alarm_read(const struct rows *r, struct dutylog_alarm *ret)
{
	*ret = (struct dutylog_alarm){ .id = rows_int(r, 0), .county = { rows_int(r, 1) }, .month = (int)rows_int(r, 2),
		.kind = (enum dutylog_alarm_kind)rows_int(r, 3), .place = { rows_int(r, 4) }, .point = rows_int(r, 5), .which = (int)rows_int(r, 6),
		.turn = (int)rows_int(r, 7), .due = { (int32_t)rows_int(r, 8) }, .step = (enum supervise_step)rows_int(r, 9),
		.planner = rows_int(r, 10), .director = rows_int(r, 11), .first_ms = rows_int(r, 12), .step_ms = rows_int(r, 13) };
}

enum rc
dutylog_alarms(struct tx *tx, const struct actor *actor, struct dutylog_alarm *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[A_LIST], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		alarm_read(row, &ret[*ret_n]);
		ret[*ret_n].planner_name = rows_copy(row, 14);
		ret[(*ret_n)++].director_name = rows_copy(row, 15);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- what is open now ------------------------------------------------------------------------------------------------ */

struct watch {
	struct day today;
	int64_t warn, remind;
	struct dutylog_alarm *gap, *told;  /* as it is; as it is known */
	size_t n_gaps, n_told;
	bool write;
	int64_t done;
};

static void
gap_add(struct watch *w, struct dutylog_alarm a)
{
	a.step = dutylog_alarm_step(a.kind, a.due, w->today, w->warn, w->remind);
	if (a.step != SUPERVISE_NONE && w->n_gaps < MOST)
		w->gap[w->n_gaps++] = a;
}

static enum rc
months_look(struct tx *tx, const struct actor *actor, struct watch *w)
{
	int64_t county[COUNTIES];
	size_t n = 0;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[A_COUNTIES], ARGS(db_int(w->today.n), db_int(COUNTIES)), &row);

	while (rc == RC_OK && n < COUNTIES && (rc = rows_next(row)) == RC_OK)
		county[n++] = rows_int(row, 0);
	rc = rc == RC_DONE ? RC_OK : rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		for (int k = 0; rc == RC_OK && k < 2; k++) {
			int month = duty_month_of(day_add_months(day_add(w->today, 1 - day_to_ymd(w->today).day), k));
			struct day first = DAY_NONE;
			uint32_t days = 0;
			int64_t published = 0;

			rc = duty_month_days(month, &first, &days);
			if (rc == RC_OK)
				rc = tx_int(tx, actor, &q[A_PUBLISHED], ARGS(db_int(county[i]), db_int(month)), &published);
			if (rc == RC_OK && published == 0)
				gap_add(w, (struct dutylog_alarm){ .county = { county[i] }, .place = { county[i] }, .month = month,
				    .kind = DUTYLOG_ALARM_MONTH, .due = first });
		}
	return rc;
}

static enum rc
slots_look(struct tx *tx, const struct actor *actor, struct watch *w, bool past)
{
	struct day first = day_add(w->today, 1 - day_to_ymd(w->today).day);
	ROWS row = NULL;
	enum rc rc = past ? tx_rows(tx, actor, &q[A_UNSIGNED], ARGS(db_int(w->today.n - UNSIGNED_DAYS), db_int(w->today.n - 1), db_int(MOST)), &row)
	    : tx_rows(tx, actor, &q[A_GAPS], ARGS(db_int(duty_month_of(first)), db_int(duty_month_of(day_add_months(first, 1))),
	        db_int(w->today.n), db_int(MOST)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct dutylog_alarm a = { .county = { rows_int(row, 0) }, .month = (int)rows_int(row, 1), .place = { rows_int(row, 2) },
			.due = { (int32_t)rows_int(row, 6) }, .which = (int)rows_int(row, 5),
			.kind = past ? DUTYLOG_ALARM_UNSIGNED : rows_is_null(row, 7) ? DUTYLOG_ALARM_OPEN : DUTYLOG_ALARM_AWAY };
		struct day begins = DAY_NONE;
		uint32_t days = 0;

		if (rows_int(row, 4) != 0) {
			a.point = rows_int(row, 3);
			a.which += 8 * day_to_ymd(a.due).day;
		}
		if (rows_is_null(row, 6) && duty_month_days(a.month, &begins, &days) == RC_OK)
			a.due = day_add(begins, (int)days - 1); /* at some day of the month: while it lasts */
		gap_add(w, a);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
told_read(struct tx *tx, const struct actor *actor, struct watch *w)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[A_OPEN], ARGS(db_int(MOST)), &row);

	while (rc == RC_OK && w->n_told < MOST && (rc = rows_next(row)) == RC_OK)
		alarm_read(row, &w->told[w->n_told++]);
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- steps ------------------------------------------------------------------------------------------------------------ */

static bool
is_same(const struct dutylog_alarm *a, const struct dutylog_alarm *b)
{
	return a->county.code == b->county.code && a->month == b->month && a->kind == b->kind && a->place.code == b->place.code &&
	    a->point == b->point && a->which == b->which;
}

static enum rc
people_find(struct tx *tx, const struct actor *actor, const struct watch *w, struct dutylog_alarm *a)
{
	struct db_value county = db_int(a->county.code);
	enum rc rc = tx_int(tx, actor, &q[A_DIRECTOR], ARGS(county, db_int(place_up(a->county, PLACE_CITY).code), db_int(w->today.n)), &a->director);

	if (rc == RC_NOT_FOUND) {
		a->director = 0;
		rc = RC_OK;
	}
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &q[A_PLANNER], ARGS(county), &a->planner);
	if (rc != RC_NOT_FOUND)
		return rc;
	a->planner = a->director;
	return RC_OK;
}

static enum rc
gap_new(struct tx *tx, const struct actor *actor, struct watch *w, struct dutylog_alarm *a)
{
	int64_t turn = 1;
	enum rc rc = people_find(tx, actor, w, a);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &q[A_TURN], ARGS(db_int(a->county.code), db_int(a->month), db_int(a->kind), db_int(a->place.code),
		    db_int(a->point), db_int(a->which)), &turn);
	return rc != RC_OK ? rc : tx_run(tx, actor, &q[A_ADD], ARGS(db_int(tx_id(tx)), db_int(a->county.code), db_int(a->month),
	    db_int(a->kind), db_int(a->place.code), db_int(a->point), db_int(a->which), db_int(turn), db_int(a->due.n), db_int(a->step),
	    db_int(a->planner), db_int(a->director), db_int(tx_now_ms(tx))), NULL);
}

/* A visit that has had its day is told as not signed in to, if it was; what else is over stands no longer. */
static enum rc
watch_take(struct tx *tx, const struct actor *actor, struct watch *w)
{
	enum rc rc = RC_OK;

	w->done = 0;
	for (size_t i = 0; rc == RC_OK && i < w->n_gaps; i++) {
		const struct dutylog_alarm *known = NULL;

		for (size_t k = 0; k < w->n_told && known == NULL; k++)
			known = is_same(&w->told[k], &w->gap[i]) ? &w->told[k] : NULL;
		if (known != NULL && known->step >= w->gap[i].step)
			continue;
		w->done++;
		if (w->write)
			rc = known == NULL ? gap_new(tx, actor, w, &w->gap[i]) : tx_run(tx, actor, &q[A_STEP], ARGS(db_int(known->id),
			    db_int(w->gap[i].step), db_int(tx_now_ms(tx)), db_int(w->gap[i].due.n)), NULL);
	}
	for (size_t k = 0; rc == RC_OK && k < w->n_told; k++) {
		bool stands = false;

		for (size_t i = 0; i < w->n_gaps && !stands; i++)
			stands = is_same(&w->told[k], &w->gap[i]);
		if (stands)
			continue;
		w->done++;
		if (w->write)
			rc = tx_run(tx, actor, &q[A_CLEAR], ARGS(db_int(w->told[k].id), db_int(tx_now_ms(tx))), NULL);
	}
	return rc;
}

static enum rc
watch_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct watch *w = argument;
	enum rc rc = setting_read(tx, actor, &dutylog_alarm_settings[DUTYLOG_ALARM_WARN], &w->warn);

	w->n_gaps = w->n_told = 0;
	w->gap = arena_array(tx_mem(tx), MOST, sizeof *w->gap);
	w->told = arena_array(tx_mem(tx), MOST, sizeof *w->told);
	if (w->gap == NULL || w->told == NULL)
		return RC_NO_MEMORY;
	w->today = day_of_moment(tx_now_ms(tx));
	if (rc == RC_OK)
		rc = setting_read(tx, actor, &dutylog_alarm_settings[DUTYLOG_ALARM_REMIND], &w->remind);
	if (rc == RC_OK)
		rc = months_look(tx, actor, w);
	if (rc == RC_OK)
		rc = slots_look(tx, actor, w, false);
	if (rc == RC_OK)
		rc = slots_look(tx, actor, w, true);
	if (rc == RC_OK)
		rc = told_read(tx, actor, w);
	return rc == RC_OK ? watch_take(tx, actor, w) : rc;
}

enum rc
dutylog_alarm_run(struct ctx *ctx, int64_t *ret_n)
{
	struct watch w = { .write = false };
	enum rc rc = db_read(ctx, watch_tx, &w); /* most times there is nothing to write */

	w.write = rc == RC_OK && w.done > 0;
	if (w.write)
		rc = db_job(ctx, &(struct command){ .name = "dutylog.alarm", .fn = watch_tx, .arg = &w });
	*ret_n = rc == RC_OK ? w.done : 0;
	return rc;
}
