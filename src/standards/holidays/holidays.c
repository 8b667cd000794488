#include "standards/holidays/holidays_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "kit/csv/csv.h"
#include "kit/log/log.h"
#include "kit/msg/msg.h"

#define TABLE_BOUND ((size_t)16 << 20)
#define NAME_POINTS_MAX 40
#define OPEN_MINUTE 540   /* 9:00 and 17:00: the working hours of the unit hour */
#define CLOSE_MINUTE 1020

extern const char holidays_csv[]; /* data/holidays.csv (tools/embed_data.py) */
extern const size_t holidays_csv_n;

const struct db_stmt holidays_stmts[] = {
	[COUNT] = { "holidays.count", DB_PUBLIC, "SELECT count(*) FROM calendar_day WHERE city IN ($1, 0)", 0 },
	[ALL] = { "holidays.all", DB_PUBLIC, /* the city's own row last: it counts */
	    "SELECT day, kind, name, version FROM calendar_day WHERE city IN ($1, 0) ORDER BY day, city", 0 },
	[NEWEST] = { "holidays.newest", DB_PUBLIC,
	    "SELECT COALESCE(max(version), 0) FROM calendar_day WHERE city IN ($1, 0)", 0 },
	[CLEAR] = { "holidays.clear", DB_SYSTEM,
	    "DELETE FROM calendar_day WHERE city = $1 AND day BETWEEN $2 AND $3", 0 },
	[INSERT] = { "holidays.insert", DB_SYSTEM,
	    "INSERT INTO calendar_day (city, day, kind, name, version, source) VALUES ($1, $2, $3, $4, $5, $6)", 0 },
	[SET] = { "holidays.set", DB_SYSTEM,
	    "INSERT INTO calendar_day (city, day, kind, name, version, source) VALUES ($1, $2, $3, $4, $5, $6)"
	    " ON CONFLICT (city, day) DO UPDATE SET kind = excluded.kind, name = excluded.name, version = excluded.version,"
	    " source = excluded.source", 0 },
	[CHANGE] = { "holidays.change", DB_SYSTEM,
	    "INSERT INTO calendar_change (city, version, day, at_ms, account, before_kind, after_kind, name, source)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[HISTORY] = { "holidays.history", DB_CITY,
	    "SELECT h.at_ms, h.version, h.day, h.before_kind, h.after_kind, h.name, h.source, a.name FROM calendar_change h"
	    " LEFT JOIN account a ON a.city = h.city AND a.id = h.account"
	    " WHERE h.city = $1 AND h.day BETWEEN $2 AND $3 ORDER BY h.version DESC, h.day LIMIT $4", 0 },
};

const struct db_set holidays_sql = DB_SET("holidays", holidays_stmts);

/* ---- the table in memory ---------------------------------------------------------------------- */

struct table { struct calendar calendar; struct table *before; struct arena *mem; };

static _Atomic(struct table *) current;
static pthread_mutex_t swapping = PTHREAD_MUTEX_INITIALIZER;

const struct calendar *
holidays_current(void)
{
	static const struct calendar none = { .first_year = 1, .last_year = 0, .open_minute = OPEN_MINUTE,
		.close_minute = CLOSE_MINUTE };
	struct table *t = atomic_load(&current);

	return t == NULL ? &none : &t->calendar;
}

struct load { struct arena *mem; struct calendar_entry *v; size_t n; int32_t version; };

static bool
read_entry(const struct rows *r, struct load *l)
{
	struct text name = arena_text(l->mem, rows_text(r, 2));
	struct day day = { (int32_t)rows_int(r, 0) };

	if (l->n > 0 && l->v[l->n - 1].day.n == day.n)
		l->n--;
	l->v[l->n++] = (struct calendar_entry){ day, (enum day_kind)rows_int(r, 1), name.p };
	if (rows_int(r, 3) > l->version)
		l->version = (int32_t)rows_int(r, 3);
	return name.p != NULL;
}

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct load *l = arg;
	ROWS rows = NULL;
	int64_t count = 0;
	enum rc rc = tx_int(tx, actor, &holidays_stmts[COUNT], NO_ARGS, &count);

	if (rc != RC_OK)
		return rc;
	l->n = 0;
	l->v = arena_array(l->mem, (size_t)count + 1, sizeof(l->v[0]));
	if (l->v == NULL)
		return RC_NO_MEMORY;
	rc = tx_rows(tx, actor, &holidays_stmts[ALL], NO_ARGS, &rows);
	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		if (l->n > (size_t)count)
			return RC_BUSY; /* grew meanwhile */
		if (!read_entry(rows, l))
			return RC_NO_MEMORY;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

struct calendar
holidays_calendar(const struct calendar_entry *v, size_t n, int32_t version)
{
	struct calendar c = { .entries = v, .n = n, .first_year = 1, .last_year = 0, .version = version,
		.open_minute = OPEN_MINUTE, .close_minute = CLOSE_MINUTE };

	if (n > 0) {
		c.first_year = day_to_ymd(v[0].day).year;
		c.last_year = day_to_ymd(v[n - 1].day).year;
	}
	return c;
}

static enum rc
table_swap(const struct load *l)
{
	struct table *t = ARENA_NEW(l->mem, struct table);

	if (t == NULL)
		return RC_NO_MEMORY;
	t->mem = l->mem;
	t->calendar = holidays_calendar(l->v, l->n, l->version);
	calendar_index_build(&t->calendar, arena_alloc(l->mem, calendar_index_size(&t->calendar)));
	pthread_mutex_lock(&swapping);
	t->before = atomic_load(&current);
	atomic_store(&current, t);
	pthread_mutex_unlock(&swapping);
	return RC_OK;
}

enum rc
holidays_reload(struct ctx *ctx)
{
	struct load l = { .mem = arena_create(TABLE_BOUND) };
	enum rc rc = RC_NO_MEMORY;

	if (l.mem != NULL)
		rc = db_read(ctx, load_tx, &l);
	if (rc == RC_OK)
		rc = table_swap(&l);
	if (rc != RC_OK)
		arena_free(l.mem);
	return rc;
}

static enum rc
newest_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return tx_int(tx, actor, &holidays_stmts[NEWEST], NO_ARGS, arg);
}

enum rc
holidays_follow(struct ctx *ctx)
{
	int64_t version = 0;
	enum rc rc = db_read(ctx, newest_tx, &version);

	return rc == RC_OK && version > holidays_current()->version ? holidays_reload(ctx) : rc;
}

bool
holidays_warning(const struct calendar *c, struct day day)
{
	return !calendar_knows(c, day) || !calendar_knows(c, day_add(day, HOLIDAYS_REACH_DAYS));
}

/* ---- import --------------------------------------------------------------------------------------- */

static const char *const required[] = { "day", "kind", "name", NULL };

struct import_ret { int64_t rows; };
struct import { struct calendar_entry *v; size_t n; struct text source; struct findings *findings; struct import_ret ret; };

static bool
kind_read(struct text t, enum day_kind *ret)
{
	static const struct { const char *key; enum day_kind kind; } kinds[] = {
		{ "holiday", DAY_HOLIDAY }, { "makeup", DAY_MAKEUP }, { "rest", DAY_REST }, { "half", DAY_HALF },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_equals(t, text_of(kinds[i].key))) {
			*ret = kinds[i].kind;
			return true;
		}
	return false;
}

static const struct calendar_entry *
entry_of(const struct import *x, struct day d)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->v[i].day.n == d.n)
			return &x->v[i];
	return NULL;
}

static void
read_row(struct import *x, struct arena *a, const struct csv *csv, const struct csv_record *r)
{
	struct calendar_entry e = { .kind = DAY_WORK };
	struct text name = csv_field(csv, r, "name");
	size_t before = x->findings->total;

	if (day_parse(csv_field(csv, r, "day"), &e.day) != RC_OK)
		csv_finding(x->findings, r->line, "day", T("日期要写成 2026-06-30 这样"), 0);
	if (!kind_read(csv_field(csv, r, "kind"), &e.kind))
		csv_finding(x->findings, r->line, "kind", T("类别要写 holiday、makeup、rest 或 half"), 0);
	if (name.n == 0 || utf8_length(name) > NAME_POINTS_MAX)
		csv_finding(x->findings, r->line, "name", T("名称必填，最多%lld个字"), NAME_POINTS_MAX);
	if (x->findings->total == before && e.kind == DAY_MAKEUP && day_weekday(e.day) < 6)
		csv_finding(x->findings, r->line, "kind", T("调休上班日应当是周六或周日"), 0);
	if (x->findings->total == before && entry_of(x, e.day) != NULL)
		csv_finding(x->findings, r->line, "day", entry_of(x, e.day)->kind == e.kind ? T("同一天出现了两次")
		    : T("同一天前面写的是另一类：不能又放假又上班"), 0);
	e.name = arena_text(a, name).p;
	if (x->findings->total == before && e.name != NULL)
		x->v[x->n++] = e;
}

static int
entry_compare(const void *a, const void *b)
{
	return day_compare(((const struct calendar_entry *)a)->day, ((const struct calendar_entry *)b)->day);
}

/* Every year of the file holds what the decree fixes by date, and follows a year that is known. */
static void
years_check(struct import *x, const struct calendar *known)
{
	static const struct { int month, day; } fixed[] = { { 1, 1 }, { 5, 1 }, { 10, 1 }, { 10, 2 }, { 10, 3 } };
	int last = known->last_year;

	for (size_t i = 0; i < x->n;) {
		int year = day_to_ymd(x->v[i].day).year;
		size_t first = i;

		while (i < x->n && day_to_ymd(x->v[i].day).year == year)
			i++;
		for (size_t k = 0; k < sizeof fixed / sizeof fixed[0]; k++) {
			struct day d = DAY_NONE;
			bool found = false;

			if (day_from_ymd((struct ymd){ year, fixed[k].month, fixed[k].day }, &d) != RC_OK)
				continue;
			for (size_t e = first; e < i; e++)
				found |= x->v[e].day.n == d.n && x->v[e].kind == DAY_HOLIDAY;
			if (!found)
				csv_finding(x->findings, 0, "day", T("缺法定假日 %lld（年月日）：每年的元旦、5 月 1 日、10 月 1 至 3 日都要有"),
				    (int64_t)year * 10000 + fixed[k].month * 100 + fixed[k].day);
		}
		if (last >= known->first_year && year > last + 1)
			csv_finding(x->findings, 0, "day", T("%lld 年还没有放假安排，中间不能空一年"), last + 1);
		last = year > last ? year : last;
	}
}

static enum rc
import_read(struct import *x, struct arena *a, struct text t, const struct calendar *known)
{
	struct csv csv;
	struct csv_record r;
	size_t lines = 1;
	enum rc rc = csv_begin(&csv, a, t, required, NULL, x->findings);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < t.n; i++)
		lines += t.p[i] == '\n';
	x->v = arena_array(a, lines, sizeof(x->v[0]));
	if (x->v == NULL)
		return RC_NO_MEMORY;
	while ((rc = csv_next(&csv, a, &r, x->findings)) != RC_DONE) {
		if (rc == RC_NO_MEMORY)
			return rc;
		if (rc == RC_OK)
			read_row(x, a, &csv, &r);
	}
	qsort(x->v, x->n, sizeof(x->v[0]), entry_compare);
	if (x->findings->total == 0)
		years_check(x, known);
	if (x->n == 0 && x->findings->total == 0)
		csv_finding(x->findings, 0, "", T("文件里没有一行数据"), 0);
	return x->findings->total == 0 ? RC_OK : RC_INVALID;
}

enum rc
holidays_builtin(struct arena *mem, struct calendar *ret)
{
	struct findings findings = { .n = 0 };
	struct import x = { .findings = &findings };
	enum rc rc = import_read(&x, mem, (struct text){ holidays_csv, holidays_csv_n }, holidays_current());

	if (rc == RC_OK)
		*ret = holidays_calendar(x.v, x.n, 1);
	if (rc == RC_OK)
		calendar_index_build(ret, arena_alloc(mem, calendar_index_size(ret)));
	return rc;
}

/* What the file changes in a year that has a table; a year's first table is no change. */
static enum rc
year_note(struct tx *tx, const struct actor *actor, const struct import *x, int year, int64_t version)
{
	const struct calendar *c = holidays_current();
	struct day first = DAY_NONE, last = DAY_NONE;
	enum rc rc = holidays_year(year, &first, &last);

	for (struct day d = first; rc == RC_OK && calendar_knows(c, first) && d.n <= last.n; d = day_add(d, 1)) {
		const struct calendar_entry *e = entry_of(x, d);
		enum day_kind before = calendar_kind(c, d), after = e != NULL ? e->kind : holidays_ordinary(d);

		if (before != after)
			rc = holidays_note(tx, actor, version, d, before, after, e != NULL ? text_of(e->name) : TEXT_NONE, x->source);
	}
	return rc;
}

static enum rc
clear_year(struct tx *tx, const struct actor *actor, int year)
{
	struct day first = DAY_NONE, last = DAY_NONE;
	enum rc rc = holidays_year(year, &first, &last);

	if (rc != RC_OK)
		return rc;
	return tx_run(tx, actor, &holidays_stmts[CLEAR], ARGS(db_int(first.n), db_int(last.n)), NULL);
}

static enum rc
import_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct import *x = arg;
	int64_t version = 0;
	int year = 0;
	enum rc rc = tx_int(tx, actor, &holidays_stmts[NEWEST], NO_ARGS, &version);

	for (size_t i = 0; rc == RC_OK && i < x->n; i++) {
		struct calendar_entry *e = &x->v[i];

		if (day_to_ymd(e->day).year != year) {
			year = day_to_ymd(e->day).year;
			rc = year_note(tx, actor, x, year, version + 1);
			if (rc == RC_OK)
				rc = clear_year(tx, actor, year);
		}
		if (rc == RC_OK)
			rc = tx_run_one(tx, actor, &holidays_stmts[INSERT], ARGS(db_int(e->day.n), db_int(e->kind), db_text(text_of(e->name)),
			    db_int(version + 1), db_text(x->source)));
	}
	x->ret.rows = (int64_t)x->n;
	return rc;
}

enum rc
holidays_import_csv(struct ctx *ctx, struct idem_key key, struct text csv, struct text source,
    struct findings *findings, int64_t *ret_rows)
{
	struct import x = { .source = source, .findings = findings };
	struct command cmd = { .name = "holidays.import", .fn = import_tx, .arg = &x, .ret = &x.ret,
		.ret_size = sizeof(x.ret), .content = csv };
	struct arena *a = arena_create(TABLE_BOUND);
	enum rc rc = a == NULL ? RC_NO_MEMORY : import_read(&x, a, csv, holidays_current());

	if (rc == RC_OK)
		rc = db_command(ctx, key, &cmd);
	arena_free(a);
	if (rc != RC_OK)
		return rc;
	*ret_rows = x.ret.rows;
	rc = holidays_reload(ctx);
	if (rc != RC_OK) /* it is stored; this process sees it late */
		LOG(LOG_WARN, "holidays.reload", log_str("outcome", rc_name(rc)));
	return RC_OK;
}

enum rc
holidays_seed(struct ctx *ctx)
{
	struct idem_key key = { .b = "holidays.seed" };
	struct findings findings = { .n = 0 };
	int64_t rows;
	enum rc rc = holidays_reload(ctx);

	if (rc != RC_OK || holidays_current()->n > 0)
		return rc;
	return holidays_import_csv(ctx, key, (struct text){ holidays_csv, holidays_csv_n },
	    TEXT("npm chinese-days 1.5.7 (MIT)"), &findings, &rows);
}
