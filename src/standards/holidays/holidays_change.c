/* One day of the table changed by hand, and the history of all changes. */
#include "standards/holidays/holidays_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/log/log.h"
#include "kit/msg/msg.h"

#include <string.h>

#define NAME_POINTS_MAX 40
#define SOURCE_POINTS_MAX 200

enum day_kind
holidays_ordinary(struct day d)
{
	return day_weekday(d) >= 6 ? DAY_REST : DAY_WORK;
}

enum rc
holidays_year(int year, struct day *ret_first, struct day *ret_last)
{
	enum rc rc = day_from_ymd((struct ymd){ year, 1, 1 }, ret_first);

	return rc == RC_OK ? day_from_ymd((struct ymd){ year, 12, 31 }, ret_last) : rc;
}

/* ---- what may be changed ------------------------------------------------------------------------------ */

static bool
is_ordinary(const struct holiday_change *in)
{
	return in->kind == holidays_ordinary(in->day) && text_is_empty(text_trim(in->name));
}

enum rc
holidays_day_check(const struct calendar *c, const struct holiday_change *in, struct findings *findings)
{
	struct text name = text_trim(in->name), source = text_trim(in->source);
	bool known = !day_is_none(in->day) && calendar_knows(c, in->day);

	if (!known)
		findings_add(findings, "day", T("这一年还没有放假安排，先导入整年"), 0);
	if (in->kind == DAY_WORK && known && day_weekday(in->day) >= 6)
		findings_add(findings, "kind", T("周末上班要写「调休上班」"), 0);
	if (in->kind == DAY_MAKEUP && known && day_weekday(in->day) < 6)
		findings_add(findings, "kind", T("调休上班日应当是周六或周日"), 0);
	if (known && !is_ordinary(in) && (name.n == 0 || utf8_length(name) > NAME_POINTS_MAX))
		findings_add(findings, "name", T("名称必填，最多%lld个字"), NAME_POINTS_MAX);
	if (utf8_length(source) < HOLIDAY_SOURCE_MIN || utf8_length(source) > SOURCE_POINTS_MAX)
		findings_add(findings, "source", T("请写明依据的通知：标题和文号，至少%lld个字"), HOLIDAY_SOURCE_MIN);
	return findings->total == 0 ? RC_OK : RC_INVALID;
}

/* ---- trying it ---------------------------------------------------------------------------------------------- */

enum rc
holidays_try(struct arena *mem, const struct holiday_change *in, struct calendar *ret)
{
	const struct calendar *c = holidays_current();
	struct calendar_entry *v = arena_array(mem, c->n + 1, sizeof *v);
	struct calendar_entry e = { in->day, in->kind, arena_text(mem, in->name).p };
	size_t n = 0, i = 0;

	if (v == NULL || e.name == NULL)
		return RC_NO_MEMORY;
	for (; i < c->n && c->entries[i].day.n < in->day.n; i++)
		v[n++] = c->entries[i];
	v[n++] = e;
	for (i += i < c->n && c->entries[i].day.n == in->day.n; i < c->n; i++)
		v[n++] = c->entries[i];
	*ret = holidays_calendar(v, n, c->version + 1);
	ret->first_year = c->first_year;
	ret->last_year = c->last_year;
	calendar_index_build(ret, arena_alloc(mem, calendar_index_size(ret)));
	return RC_OK;
}

/* ---- doing it ------------------------------------------------------------------------------------------------- */

enum rc
holidays_note(struct tx *tx, const struct actor *actor, int64_t version, struct day day, enum day_kind before,
    enum day_kind after, struct text name, struct text source)
{
	return tx_run_one(tx, actor, &holidays_stmts[CHANGE], ARGS(db_int(version), db_int(day.n), db_int(tx_now_ms(tx)),
	    db_int(actor->kind == ACTOR_SYSTEM ? -1 : actor->account), db_int(before), db_int(after), db_text(name),
	    db_text(source)));
}

static enum rc
set_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct holiday_change *in = arg;
	const struct calendar *c = holidays_current();
	int64_t version = 0;
	char day[16];
	struct text printed = day_print(in->day, day);
	enum rc rc = tx_int(tx, actor, &holidays_stmts[NEWEST], NO_ARGS, &version);

	if (rc == RC_OK && version != in->seen)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &holidays_stmts[SET], ARGS(db_int(in->day.n), db_int(in->kind), db_text(text_trim(in->name)),
		    db_int(version + 1), db_text(text_trim(in->source))));
	if (rc == RC_OK)
		rc = holidays_note(tx, actor, version + 1, in->day, calendar_kind(c, in->day), in->kind, text_trim(in->name),
		    text_trim(in->source));
	return rc == RC_OK ? audit_note(tx, actor, "calendar.changed", "calendar", version + 1,
	    arena_format(tx_mem(tx), "day=%.*s\nkind=%d", (int)printed.n, printed.p, (int)in->kind)) : rc;
}

enum rc
holidays_day_set(struct ctx *ctx, struct idem_key key, const struct holiday_change *in, struct findings *findings)
{
	struct holiday_change arg = *in;
	struct command cmd = { .name = "holidays.day_set", .fn = set_tx, .arg = &arg,
		.asked = ARGS(db_int(in->day.n), db_int(in->kind), db_text(in->name), db_text(in->source), db_int(in->seen)) };
	enum rc rc = holidays_day_check(holidays_current(), in, findings);

	if (rc == RC_OK)
		rc = db_command(ctx, key, &cmd);
	if (rc != RC_OK)
		return rc;
	rc = holidays_reload(ctx);
	if (rc != RC_OK) /* it is stored; this process sees it late */
		LOG(LOG_WARN, "holidays.reload", log_str("outcome", rc_name(rc)));
	return RC_OK;
}

/* ---- history ------------------------------------------------------------------------------------------------------ */

enum rc
holidays_history(struct tx *tx, const struct actor *actor, int year, struct holiday_history *ret, size_t cap, size_t *ret_n)
{
	struct day first = DAY_NONE, last = DAY_NONE;
	ROWS row = NULL;
	enum rc rc = holidays_year(year, &first, &last);

	*ret_n = 0;
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &holidays_stmts[HISTORY], ARGS(db_int(first.n), db_int(last.n), db_int((int64_t)cap)), &row);
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct holiday_history){ .at_ms = rows_int(row, 0), .version = (int32_t)rows_int(row, 1),
			.day = { (int32_t)rows_int(row, 2) }, .before = (enum day_kind)rows_int(row, 3),
			.after = (enum day_kind)rows_int(row, 4), .name = rows_copy(row, 5), .source = rows_copy(row, 6),
			.account_name = rows_copy(row, 7) };
	return rc == RC_DONE ? RC_OK : rc;
}
