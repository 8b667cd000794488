#include "resources/activity/activity.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"

#define NAME_POINTS 60
#define WORDS_POINTS 500
#define BITS(n) ((1u << (n)) - 1)

const struct choice activity_kind_choices[] = { { ACTIVITY_NAMED, "named", T("有名字的活动") }, { ACTIVITY_MARKET, "market", T("集市日") },
	{ ACTIVITY_TEAM, "team", T("服务团下乡") }, { ACTIVITY_ROUND, "round", T("流动服务车") }, { 0, NULL, NULL } };

const char *
activity_kind_label(int kind)
{
	const struct choice *c = choice_by_value(activity_kind_choices, kind);

	return c != NULL ? c->label : activity_kind_choices[0].label;
}

/* ---- when ------------------------------------------------------------------------------------------------------- */

uint32_t
activity_days(const struct activity *a, int month, const struct calendar *c)
{
	struct ymd y = { month / 100, month % 100, 1 };
	struct day first = DAY_NONE;
	uint32_t n = 0, days;

	if (day_from_ymd(y, &first) != RC_OK)
		return 0;
	n = (uint32_t)(day_add_months(first, 1).n - first.n);
	days = roster_recurring_days(a->rule, n, (uint32_t)day_weekday(first) - 1);
	for (uint32_t k = 0; k < n; k++) {
		struct day d = day_add(first, (int)k);
		enum day_kind kind = calendar_kind(c, d);
		bool off = kind == DAY_HOLIDAY || kind == DAY_REST;

		if (day_compare(d, a->from) < 0 || (!day_is_none(a->to) && day_compare(d, a->to) > 0) || (off && !a->rest))
			days &= ~(UINT32_C(1) << k);
	}
	return days;
}

struct text
activity_rule_text(struct arena *mem, enum lang lang, const struct activity *a)
{
	static const char *const weekdays[] = { T("周一"), T("周二"), T("周三"), T("周四"), T("周五"), T("周六"), T("周日") };
	static const char *const nth[] = { T("第一个"), T("第二个"), T("第三个"), T("第四个"), T("第五个") };
	struct text t = TEXT("");

	for (int k = 0; k < 10; k++)
		if ((a->rule.ends_in >> k & 1) != 0)
			t = arena_format(mem, "%.*s%s%s %d", (int)t.n, t.p, t.n > 0 ? " · " : "", msg(lang, T("逢")), k);
	for (int k = 0; k < 5; k++)
		if ((a->rule.nth >> k & 1) != 0)
			t = arena_format(mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? " · " : "", msg(lang, nth[k]));
	for (int k = 0; k < 7; k++)
		if ((a->rule.weekdays >> k & 1) != 0)
			t = arena_format(mem, "%.*s%s%s", (int)t.n, t.p, t.n > 0 ? " " : "", msg(lang, weekdays[k]));
	return t.n > 0 ? t : text_of(msg(lang, T("每天")));
}

/* ---- SQL ----------------------------------------------------------------------------------------------------------- */

/* [public]: activities are posted. */
#define ACTIVITY "SELECT a.id, a.county, a.kind, a.name, a.name_en, a.words, a.ends_in, a.weekdays, a.nth, a.rest, a.from_day, a.to_day," \
	" a.revision FROM activity a WHERE a.city = $1"
#define IN_FORCE " AND (a.to_day IS NULL OR a.to_day >= $3)"
enum { A_LIST, A_AT, A_LOAD, A_STOPS, A_ADD, A_SET, A_STOPS_DROP, A_STOP_ADD };
static const struct db_stmt q[] = {
	[A_LIST] = { "activity.list", DB_CITY, ACTIVITY " AND a.county = $2" IN_FORCE " ORDER BY a.name, a.id LIMIT $4", 0 },
	[A_AT] = { "activity.at", DB_PUBLIC, ACTIVITY " AND a.id IN (SELECT s.activity FROM activity_stop s WHERE s.city = $1"
	    " AND s.place IN ($2, $4))" IN_FORCE " ORDER BY a.name, a.id LIMIT $5", 0 },
	[A_LOAD] = { "activity.load", DB_CITY, ACTIVITY " AND a.id = $2", 0 },
	[A_STOPS] = { "activity.stops", DB_PUBLIC,
	    "SELECT place, opens, closes FROM activity_stop WHERE city = $1 AND activity = $2 ORDER BY nth LIMIT $3", 0 },
	[A_ADD] = { "activity.add", DB_SYSTEM,
	    "INSERT INTO activity (city, id, county, kind, name, name_en, words, ends_in, weekdays, nth, rest, from_day, to_day, account, at_ms,"
	    " revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)", 0 },
	[A_SET] = { "activity.set", DB_SYSTEM,
	    "UPDATE activity SET kind = $4, name = $5, name_en = $6, words = $7, ends_in = $8, weekdays = $9, nth = $10, rest = $11,"
	    " from_day = $12, to_day = $13, account = $14, at_ms = $15, revision = revision + 1 WHERE city = $1 AND id = $2 AND county = $3"
	    " AND revision = $16", 0 },
	[A_STOPS_DROP] = { "activity.stops_drop", DB_SYSTEM, "DELETE FROM activity_stop WHERE city = $1 AND activity = $2", 0 },
	[A_STOP_ADD] = { "activity.stop_add", DB_SYSTEM,
	    "INSERT INTO activity_stop (city, activity, nth, place, opens, closes) VALUES ($1, $2, $3, $4, $5, $6)", 0 },
};
const struct db_set activity_sql = DB_SET("activity", q);

static enum rc
stops_read(struct tx *tx, const struct actor *actor, struct activity *a)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[A_STOPS], ARGS(db_int(a->id), db_int(ACTIVITY_STOPS)), &row);

	while (rc == RC_OK && a->n_stops < ACTIVITY_STOPS && (rc = rows_next(row)) == RC_OK) {
		struct activity_stop *s = &a->stop[a->n_stops++];

		*s = (struct activity_stop){ { rows_int(row, 0) }, (int)rows_int(row, 1), (int)rows_int(row, 2) };
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
activities_read(struct tx *tx, const struct actor *actor, struct rows *row, struct activity *ret, size_t cap, size_t *ret_n)
{
	enum rc rc = RC_OK;

	*ret_n = 0;
	while (*ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct activity *a = &ret[(*ret_n)++];

		*a = (struct activity){ .id = rows_int(row, 0), .county = { rows_int(row, 1) }, .kind = (int)rows_int(row, 2),
			.name = rows_copy(row, 3), .name_en = rows_copy(row, 4), .words = rows_copy(row, 5), .rule = { (uint32_t)rows_int(row, 6),
			(uint32_t)rows_int(row, 7), (uint32_t)rows_int(row, 8) }, .rest = rows_int(row, 9) != 0,
			.from = { (int32_t)rows_int(row, 10) }, .to = rows_is_null(row, 11) ? DAY_NONE : (struct day){ (int32_t)rows_int(row, 11) },
			.revision = rows_int(row, 12) };
	}
	rc = rc == RC_DONE ? RC_OK : rc;
	for (size_t i = 0; rc == RC_OK && i < *ret_n; i++)
		rc = stops_read(tx, actor, &ret[i]);
	return rc;
}

enum rc
activity_list(struct tx *tx, const struct actor *actor, struct place county, struct day day, struct activity *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[A_LIST], ARGS(db_int(county.code), db_int(day.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	return rc == RC_OK ? activities_read(tx, actor, row, ret, cap, ret_n) : rc;
}

enum rc
activity_at(struct tx *tx, const struct actor *actor, struct place place, struct day day, struct activity *ret, size_t cap, size_t *ret_n)
{
	struct place town = place_level(place) > PLACE_TOWN ? place_up(place, PLACE_TOWN) : place;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[A_AT], ARGS(db_int(place.code), db_int(day.n), db_int(town.code), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	return rc == RC_OK ? activities_read(tx, actor, row, ret, cap, ret_n) : rc;
}

enum rc
activity_load(struct tx *tx, const struct actor *actor, int64_t id, struct activity *ret)
{
	ROWS row = NULL;
	size_t n = 0;
	enum rc rc = tx_rows(tx, actor, &q[A_LOAD], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		rc = activities_read(tx, actor, row, ret, 1, &n);
	return rc == RC_OK && n == 0 ? RC_NOT_FOUND : rc;
}

/* ---- saving ---------------------------------------------------------------------------------------------------------- */

static void
words_check(struct findings *f, const char *key, struct text t, size_t most, bool required)
{
	if (required && text_is_empty(text_trim(t)))
		findings_add(f, key, T("必填"), 0);
	else if (utf8_check(t, true) != UTF8_FINE || utf8_length(t) > most)
		findings_add(f, key, T("最多%lld个字"), (int64_t)most);
}

static bool
is_sound(const struct activity *in, struct findings *f)
{
	words_check(f, "name", in->name, NAME_POINTS, true);
	words_check(f, "name_en", in->name_en, NAME_POINTS, false);
	words_check(f, "words", in->words, WORDS_POINTS, false);
	if (choice_by_value(activity_kind_choices, in->kind) == NULL)
		findings_add(f, "kind", T("必填"), 0);
	if (in->rule.ends_in > BITS(10) || in->rule.weekdays > BITS(7) || in->rule.nth > BITS(5) ||
	    (in->rule.ends_in == 0 && in->rule.weekdays == 0) || (in->rule.nth != 0 && in->rule.weekdays == 0))
		findings_add(f, "ends_in", T("至少写逢几，或者周几；“第几个”要和周几一起写"), 0);
	if (day_is_none(in->from))
		findings_add(f, "from", T("必填"), 0);
	else if (!day_is_none(in->to) && day_compare(in->to, in->from) < 0)
		findings_add(f, "to", T("最后一天不能早于第一天"), 0);
	if (in->n_stops == 0 || in->n_stops > ACTIVITY_STOPS || (in->kind != ACTIVITY_ROUND && in->n_stops > 1))
		findings_add(f, "stops", in->kind == ACTIVITY_ROUND ? T("1 到 %lld 站") : T("写一个地方"), ACTIVITY_STOPS);
	for (size_t i = 0; i < in->n_stops && i < ACTIVITY_STOPS; i++) {
		const struct activity_stop *s = &in->stop[i];

		if (region_find(s->place, in->from) == NULL || place_level(s->place) < PLACE_TOWN || !place_range_has(place_range(in->county), s->place))
			findings_add(f, "stops", T("第 %lld 站不是这个县（市、区）的镇（街道）或村（社区）"), (int64_t)i + 1);
		else if (s->opens < 0 || s->closes > 1440 || s->opens >= s->closes || (i > 0 && s->opens < in->stop[i - 1].closes))
			findings_add(f, "stops", T("第 %lld 站的时间不对：开始早于结束，一站接着一站"), (int64_t)i + 1);
	}
	return f->total == 0;
}

static enum rc
save_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct activity *in = argument;
	int64_t id = in->id == 0 ? tx_id(tx) : in->id;
	struct db_value to = day_is_none(in->to) ? db_null() : db_int(in->to.n);
	struct db_args add = ARGS(db_int(id), db_int(in->county.code), db_int(in->kind), db_text(text_trim(in->name)),
	    db_text(in->name_en.n > 0 ? text_trim(in->name_en) : TEXT("")), db_text(in->words.n > 0 ? text_trim(in->words) : TEXT("")),
	    db_int(in->rule.ends_in), db_int(in->rule.weekdays), db_int(in->rule.nth), db_int(in->rest), db_int(in->from.n), to,
	    db_int(actor->account), db_int(tx_now_ms(tx)), db_int(in->revision));
	enum rc rc;

	if (in->id == 0)
		add.n--; /* a new one has no revision yet */
	rc = in->id == 0 ? tx_run(tx, actor, &q[A_ADD], add, NULL) : tx_run_one(tx, actor, &q[A_SET], add);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &q[A_STOPS_DROP], ARGS(db_int(id)), NULL);
	for (size_t i = 0; rc == RC_OK && i < in->n_stops; i++)
		rc = tx_run(tx, actor, &q[A_STOP_ADD], ARGS(db_int(id), db_int((int64_t)i), db_int(in->stop[i].place.code),
		    db_int(in->stop[i].opens), db_int(in->stop[i].closes)), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "activity.save", "activity", id, TEXT_NONE) : rc;
}

/* What the stops are, for the key of the command: the same form again is the same command. */
static struct text
stops_text(struct arena *mem, const struct activity *in)
{
	struct text t = TEXT("");

	for (size_t i = 0; i < in->n_stops; i++)
		t = arena_format(mem, "%.*s %lld %d %d", (int)t.n, t.p, (long long)in->stop[i].place.code, in->stop[i].opens, in->stop[i].closes);
	return t;
}

enum rc
activity_save(struct ctx *ctx, struct idem_key key, const struct activity *in, struct findings *findings)
{
	struct activity arg = *in;

	if ((ctx->actor->kind != ACTOR_SYSTEM && !actor_may(ctx->actor, RIGHT_SUPERVISE)) || place_level(in->county) != PLACE_COUNTY ||
	    !place_range_has(ctx->actor->places, in->county))
		return RC_NOT_FOUND;
	if (!is_sound(in, findings))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "activity.save", .fn = save_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->id), db_int(in->county.code), db_int(in->kind), db_int(in->rule.ends_in), db_int(in->rule.weekdays),
	        db_int(in->rule.nth), db_int(in->rest), db_int(in->from.n), db_int(in->to.n), db_int(in->revision), db_text(in->name),
	        db_text(in->name_en.n > 0 ? in->name_en : TEXT("")), db_text(in->words.n > 0 ? in->words : TEXT("")),
	        db_text(stops_text(ctx->mem, in))) });
}
