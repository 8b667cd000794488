/* What planning is made from: villages' wishes, windows, days away, pins. */
#include "resources/duty/duty_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "resources/network/network.h"
#include "resources/provider/provider.h"
#include "standards/region/region.h"

#define WHY_POINTS 200
#define AWAY_DAYS_MAX 366
#define BITS(n) ((1u << (n)) - 1)

enum rc
duty_month_days(int month, struct day *ret_first, uint32_t *ret_n)
{
	enum rc rc = month < 200001 || month > 299912 ? RC_INVALID :
	    day_from_ymd((struct ymd){ month / 100, month % 100, 1 }, ret_first);

	if (rc == RC_OK)
		*ret_n = (uint32_t)(day_add_months(*ret_first, 1).n - ret_first->n);
	return rc;
}

int
duty_month_of(struct day d)
{
	struct ymd y = day_to_ymd(d);

	return y.year * 100 + y.month;
}

bool
duty_may_plan(const struct actor *actor, struct place county)
{
	return place_level(county) == PLACE_COUNTY &&
	    (actor->kind == ACTOR_SYSTEM || (actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_SUPERVISE) &&
	    place_range_has(actor->places, county)));
}

static bool
may_plan_place(const struct actor *actor, struct place p)
{
	return duty_may_plan(actor, place_up(p, PLACE_COUNTY));
}

static void
check_words(struct findings *f, const char *field, struct text t, bool required)
{
	if (required && text_is_empty(text_trim(t)))
		findings_add(f, field, T("必填"), 0);
	else if (utf8_check(t, false) != UTF8_FINE || utf8_length(t) > WHY_POINTS)
		findings_add(f, field, T("最多%lld个字"), WHY_POINTS);
}

/* A lawyer or legal worker by licence (S171). */
static enum rc
person_find(struct tx *tx, const struct actor *actor, struct text licence, struct findings *f, int64_t *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &duty_q[D_LICENCE], ARGS(db_text(text_trim(licence))), &row);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && rows_int(row, 1) != PROVIDER_LAWYER && rows_int(row, 1) != PROVIDER_GRASSROOTS)) {
		findings_add(f, "licence", T("名册里没有这个执业证号的律师或基层法律服务工作者"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		*ret = rows_int(row, 0);
	return rc;
}

/* ---- villages --------------------------------------------------------------------------------------------------------- */

enum rc
duty_village_load(struct tx *tx, const struct actor *actor, struct place village, struct duty_village *ret)
{
	ROWS row = NULL;
	int64_t visits = 1;
	enum rc rc = tx_one(tx, actor, &duty_q[D_VILLAGE], ARGS(db_int(village.code)), &row);

	if (rc == RC_NOT_FOUND) {
		rc = setting_read(tx, actor, &duty_settings[DUTY_VISITS], &visits);
		*ret = (struct duty_village){ .place = village, .visits = (int)visits };
		return rc;
	}
	if (rc == RC_OK)
		*ret = (struct duty_village){ .place = { rows_int(row, 0) }, .provider = rows_int(row, 1), .visits = (int)rows_int(row, 2),
			.minutes = (int)rows_int(row, 3), .ends_in = (unsigned)rows_int(row, 4), .weekdays = (unsigned)rows_int(row, 5),
			.nth = (unsigned)rows_int(row, 6), .market = rows_int(row, 7) != 0, .revision = rows_int(row, 8),
			.provider_name = rows_copy(row, 9), .licence = rows_copy(row, 10) };
	return rc;
}

struct village_arg { const struct duty_village *in; struct findings *findings; };

static enum rc
village_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct village_arg *a = argument;
	const struct duty_village *in = a->in;
	int64_t provider = 0;
	enum rc rc = RC_OK;

	*a->findings = (struct findings){ .n = 0 };
	if (!text_is_empty(text_trim(in->licence)))
		rc = person_find(tx, actor, in->licence, a->findings, &provider);
	if (rc != RC_OK)
		return rc;
	if (in->revision == 0) {
		struct duty_village old;

		rc = duty_village_load(tx, actor, in->place, &old);
		if (rc == RC_OK && old.revision != 0)
			return RC_CONFLICT;
		if (rc == RC_OK)
			rc = tx_run(tx, actor, &duty_q[D_VILLAGE_PUT], ARGS(db_int(in->place.code), db_key(provider), db_int(in->visits),
			    db_int(in->minutes), db_int(in->ends_in), db_int(in->weekdays), db_int(in->nth), db_int(in->market),
			    db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	} else
		rc = tx_run_one(tx, actor, &duty_q[D_VILLAGE_SET], ARGS(db_int(in->place.code), db_key(provider), db_int(in->visits),
		    db_int(in->minutes), db_int(in->ends_in), db_int(in->weekdays), db_int(in->nth), db_int(in->market), db_int(actor->account),
		    db_int(tx_now_ms(tx)), db_int(in->revision)));
	return rc == RC_OK ? audit_note(tx, actor, "duty.village", "place", in->place.code, TEXT_NONE) : rc;
}

enum rc
duty_village_save(struct ctx *ctx, struct idem_key key, const struct duty_village *in, struct findings *findings)
{
	struct village_arg a = { in, findings };
	const struct division *d = region_find(in->place, day_of_moment(ctx->now_ms));

	if (d == NULL || d->level != PLACE_VILLAGE || !may_plan_place(ctx->actor, in->place))
		return RC_NOT_FOUND;
	if (in->visits < 1 || in->visits > 4)
		findings_add(findings, "visits", T("每月 1 到 %lld 次"), 4);
	if (in->minutes != 0 && (in->minutes < 30 || in->minutes > 480))
		findings_add(findings, "minutes", T("30 到 %lld 分钟，空着按合同"), 480);
	if (in->ends_in > BITS(10) || in->weekdays > BITS(7) || in->nth > BITS(5))
		findings_add(findings, "weekdays", T("没有这样的日子"), 0);
	if (in->nth != 0 && in->weekdays == 0)
		findings_add(findings, "weekdays", T("写了第几个，也要写星期几"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "duty.village", .fn = village_tx, .arg = &a,
	    .asked = ARGS(db_int(in->place.code), db_text(in->licence.n > 0 ? in->licence : TEXT("")), db_int(in->visits), db_int(in->minutes),
	        db_int(in->ends_in), db_int(in->weekdays), db_int(in->nth), db_int(in->market), db_int(in->revision)) });
}

/* ---- windows ------------------------------------------------------------------------------------------------------------ */

enum rc
duty_windows(struct tx *tx, const struct actor *actor, struct place county, struct duty_window *ret, size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(county);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_WINDOWS], ARGS(db_int(r.lo), db_int(r.hi), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct duty_window){ .point = rows_int(row, 0), .weekdays = (unsigned)rows_int(row, 1),
			.need = (int)rows_int(row, 2), .minutes = (int)rows_int(row, 3), .revision = rows_int(row, 4) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
window_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct duty_window *in = argument;
	enum rc rc = in->need == 0 ? tx_run(tx, actor, &duty_q[D_WINDOW_DROP], ARGS(db_int(in->point)), NULL) :
	    tx_run(tx, actor, &duty_q[D_WINDOW_PUT], ARGS(db_int(in->point), db_int(in->weekdays), db_int(in->need), db_int(in->minutes),
	    db_int(actor->account), db_int(tx_now_ms(tx))), NULL);

	return rc == RC_OK ? audit_note(tx, actor, "duty.window", "point", in->point, TEXT_NONE) : rc;
}

enum rc
duty_window_save(struct ctx *ctx, struct idem_key key, const struct duty_window *in, struct findings *findings)
{
	struct duty_window arg = *in;
	struct point p;
	enum rc rc = network_find(ctx, in->point, &p);

	if (rc == RC_OK && (!may_plan_place(ctx->actor, p.place) || (p.kind != POINT_COUNTY && p.kind != POINT_TOWN)))
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	if (in->need < 0 || in->need > 8)
		findings_add(findings, "need", T("0 到 %lld 人"), 8);
	if (in->need > 0 && (in->minutes < 30 || in->minutes > 480))
		findings_add(findings, "minutes", T("30 到 %lld 分钟"), 480);
	if (in->need > 0 && (in->weekdays == 0 || in->weekdays > BITS(7)))
		findings_add(findings, "weekdays", T("必填"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "duty.window", .fn = window_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->point), db_int(in->weekdays), db_int(in->need), db_int(in->minutes)) });
}

/* ---- days away ------------------------------------------------------------------------------------------------------------ */

struct away_arg { const struct duty_away *in; };

static enum rc
away_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct duty_away *in = ((struct away_arg *)argument)->in;
	struct provider p;
	int64_t id = tx_id(tx);
	enum rc rc = provider_load(tx, actor, in->provider, &p);

	if (rc == RC_OK && p.account != actor->account && !may_plan_place(actor, p.firm_place))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &duty_q[D_AWAY_ADD], ARGS(db_int(id), db_int(in->provider), db_int(in->from.n), db_int(in->to.n),
		    db_int(in->sick), db_text(text_trim(in->reason)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "duty.away", "provider", in->provider, TEXT_NONE) : rc;
}

enum rc
duty_away_add(struct ctx *ctx, struct idem_key key, const struct duty_away *in, struct findings *findings)
{
	struct away_arg a = { in };

	if (day_is_none(in->from) || day_compare(in->from, day_of_moment(ctx->now_ms)) < 0)
		findings_add(findings, "from", T("从今天或以后的一天起"), 0);
	else if (day_is_none(in->to) || day_compare(in->to, in->from) < 0 || in->to.n - in->from.n >= AWAY_DAYS_MAX)
		findings_add(findings, "to", T("最后一天不能早于第一天，一次最多%lld天"), AWAY_DAYS_MAX);
	check_words(findings, "reason", in->reason, false);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "duty.away", .fn = away_tx, .arg = &a,
	    .asked = ARGS(db_int(in->provider), db_int(in->from.n), db_int(in->to.n), db_int(in->sick), db_text(in->reason.n > 0 ? in->reason : TEXT(""))) });
}

enum rc
duty_aways(struct tx *tx, const struct actor *actor, int64_t provider, struct day from, struct duty_away *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_AWAYS], ARGS(db_int(provider), db_int(from.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct duty_away){ .id = rows_int(row, 0), .provider = rows_int(row, 1), .from = { (int32_t)rows_int(row, 2) },
			.to = { (int32_t)rows_int(row, 3) }, .sick = rows_int(row, 4) != 0, .reason = rows_copy(row, 5) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- pins -------------------------------------------------------------------------------------------------------------------- */

enum rc
duty_pins(struct tx *tx, const struct actor *actor, struct place county, int month, struct duty_pin *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_PINS], ARGS(db_int(county.code), db_int(month), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct duty_pin){ .id = rows_int(row, 0), .county = { rows_int(row, 1) }, .month = (int)rows_int(row, 2),
			.kind = (enum roster_pin_kind)rows_int(row, 3), .provider = rows_int(row, 4), .day = { (int32_t)rows_int(row, 5) },
			.place = { rows_int(row, 6) }, .point = rows_int(row, 7), .why = rows_copy(row, 8), .provider_name = rows_copy(row, 9),
			.licence = rows_copy(row, 10) };
	return rc == RC_DONE ? RC_OK : rc;
}

struct pin_arg { const struct duty_pin *in; struct findings *findings; };

static enum rc
pin_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pin_arg *a = argument;
	const struct duty_pin *in = a->in;
	int64_t provider = 0, id = tx_id(tx);
	enum rc rc;

	*a->findings = (struct findings){ .n = 0 };
	rc = person_find(tx, actor, in->licence, a->findings, &provider);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &duty_q[D_PIN_ADD], ARGS(db_int(id), db_int(in->county.code), db_int(in->month), db_int(in->kind),
		    db_int(provider), db_int(in->day.n), db_int(in->place.code), db_key(in->point), db_text(text_trim(in->why)),
		    db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "duty.pin", "duty_pin", id, TEXT_NONE) : rc;
}

/* A window stands in a county's or a town's centre, and it is this county's roster. */
static bool
is_centre_of(struct ctx *ctx, struct place county, int64_t point)
{
	struct point p;

	return point != 0 && network_find(ctx, point, &p) == RC_OK && (p.kind == POINT_COUNTY || p.kind == POINT_TOWN)
	    && place_range_has(place_range(county), p.place);
}

enum rc
duty_pin_add(struct ctx *ctx, struct idem_key key, const struct duty_pin *in, struct findings *findings)
{
	struct pin_arg a = { in, findings };
	const struct division *d = region_find(in->place, in->day);

	if (!duty_may_plan(ctx->actor, in->county))
		return RC_NOT_FOUND;
	if (day_is_none(in->day) || duty_month_of(in->day) != in->month)
		findings_add(findings, "day", T("要在这个月里"), 0);
	if (in->kind == ROSTER_PIN_VISIT && (d == NULL || d->level != PLACE_VILLAGE || !place_range_has(place_range(in->county), in->place)))
		findings_add(findings, "place", T("这个县（市、区）没有这个村（社区）"), 0);
	if (in->kind == ROSTER_PIN_SEAT && !is_centre_of(ctx, in->county, in->point))
		findings_add(findings, "point", T("没有这个中心"), 0);
	if (in->kind != ROSTER_PIN_VISIT && in->kind != ROSTER_PIN_SEAT && in->kind != ROSTER_PIN_FREE)
		findings_add(findings, "kind", T("必填"), 0);
	check_words(findings, "why", in->why, true);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "duty.pin", .fn = pin_tx, .arg = &a,
	    .asked = ARGS(db_int(in->county.code), db_int(in->month), db_int(in->kind), db_text(in->licence), db_int(in->day.n),
	        db_int(in->place.code), db_int(in->point), db_text(in->why)) });
}

struct drop_arg { struct place county; int64_t id; };

static enum rc
drop_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct drop_arg *a = argument;
	enum rc rc = tx_run_one(tx, actor, &duty_q[D_PIN_DROP], ARGS(db_int(a->county.code), db_int(a->id), db_int(actor->account),
	    db_int(tx_now_ms(tx))));

	return rc == RC_OK ? audit_note(tx, actor, "duty.pin_drop", "duty_pin", a->id, TEXT_NONE) : rc;
}

enum rc
duty_pin_drop(struct ctx *ctx, struct idem_key key, struct place county, int64_t id)
{
	struct drop_arg a = { county, id };

	if (!duty_may_plan(ctx->actor, county))
		return RC_NOT_FOUND;
	return db_command(ctx, key, &(struct command){ .name = "duty.pin_drop", .fn = drop_tx, .arg = &a,
	    .asked = ARGS(db_int(county.code), db_int(id)) });
}
