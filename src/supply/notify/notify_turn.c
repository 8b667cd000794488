/* Duty as a calendar: of a person behind their secret address, of a station and of a village for everybody. */
#include "supply/notify/notify_ics.h"
#include "supply/notify/notify_page_own.h"

#include "kit/msg/msg.h"
#include "resources/network/network.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

/* The same in every calendar and every version: "duty-202607-320506100201-0", a seat with its point and day. */
static struct text
uid_of(struct arena *mem, const struct duty_turn *t)
{
	if (!t->seat)
		return arena_format(mem, "duty-%d-%lld-%d", t->month, (long long)t->place.code, t->nth);
	return arena_format(mem, "duty-%d-w%lld-%d-%d", t->month, (long long)t->point, t->made_day.n, t->nth);
}

static struct text
what_of(const struct exchange *x, enum duty_whose whose, const struct duty_turn *t)
{
	struct text where = region_name(t->place);
	const char *word = msg(x->ctx->lang, t->seat ? T("窗口值班") : T("村（社区）值班"));

	if (whose == DUTY_OF_PERSON || t->name.n == 0)
		return arena_format(x->ctx->mem, "%s · %.*s", word, (int)where.n, where.p);
	return arena_format(x->ctx->mem, "%s · %.*s · %.*s", word, (int)t->name.n, t->name.p, (int)t->firm.n, t->firm.p);
}

/* It begins when the point opens that day: the roster itself knows days and minutes only. */
static void
turn_fill(const struct exchange *x, enum duty_whose whose, const struct duty_turn *t, struct notify_turn *ret)
{
	struct point p;
	bool there = t->point != 0 && network_find(x->ctx, t->point, &p) == RC_OK;

	*ret = (struct notify_turn){ .uid = uid_of(x->ctx->mem, t), .what = what_of(x, whose, t), .day = t->day, .minutes = t->minutes,
		.minute = there ? point_first_opening(&p, t->day, holidays_current()) : -1, .sequence = t->sequence, .cancelled = t->cancelled };
	ret->place = !there ? region_path(t->place) : arena_format(x->ctx->mem, "%.*s %.*s", (int)p.name.n, p.name.p, (int)p.address.n, p.address.p);
}

enum rc
notify_turns_fill(const struct exchange *x, enum duty_whose whose, const struct duty_turn *v, size_t n, struct notify_calendar *ret)
{
	struct notify_turn *turn = arena_array(x->ctx->mem, n + 1, sizeof *turn);

	if (turn == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		turn_fill(x, whose, &v[i], &turn[i]);
	ret->turn = turn;
	ret->n_turns = n;
	return RC_OK;
}

struct asked { enum duty_whose whose; int64_t id; struct duty_turn *v; size_t n; };

static enum rc
asked_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct asked *a = argument;

	return duty_turns(tx, actor, a->whose, a->id, day_add(day_of_moment(tx_now_ms(tx)), -NOTIFY_BACK_DAYS), a->v, NOTIFY_ENTRIES_MAX, &a->n);
}

static enum rc
answer(struct exchange *x, struct asked *a, struct text name)
{
	struct notify_calendar c = { .name = arena_format(x->ctx->mem, "%.*s · %s", (int)name.n, name.p, msg(x->ctx->lang, T("值班日历"))),
		.host = notify_host(frame_site_get()->public_url), .now_ms = x->ctx->now_ms };
	enum rc rc;

	a->v = arena_array(x->ctx->mem, NOTIFY_ENTRIES_MAX, sizeof *a->v);
	rc = a->v == NULL ? RC_NO_MEMORY : db_read(x->ctx, asked_tx, a);
	if (rc == RC_OK)
		rc = notify_turns_fill(x, a->whose, a->v, a->n, &c);
	if (rc != RC_OK)
		return rc;
	x->out->type = "text/calendar; charset=utf-8";
	http_header(x->out, "Content-Disposition", TEXT("inline; filename=\"duty.ics\""));
	notify_ics_write(&x->out->body, &c, NULL, 0, NULL, 0);
	return buf_rc(&x->out->body);
}

static struct text
code_of(const struct exchange *x)
{
	struct text code = http_segment(x, "code");

	if (text_ends_with(code, TEXT(".ics")))
		code.n -= 4;
	return code;
}

enum rc
notify_point_feed(struct exchange *x)
{
	struct asked a = { .whose = DUTY_OF_STATION };
	struct point p;
	enum rc rc = network_find_code(x->ctx, code_of(x), &p);

	a.id = rc == RC_OK ? p.id : 0;
	return rc == RC_OK ? answer(x, &a, p.name) : rc;
}

enum rc
notify_village_feed(struct exchange *x)
{
	struct asked a = { .whose = DUTY_OF_VILLAGE };
	const struct division *d;

	if (int64_parse(code_of(x), 1, INT64_MAX, &a.id) != RC_OK)
		return RC_NOT_FOUND;
	d = region_find((struct place){ a.id }, day_of_moment(x->ctx->now_ms));
	return d == NULL || d->level != PLACE_VILLAGE || a.id / 100000000 != x->ctx->actor->city ? RC_NOT_FOUND : answer(x, &a, d->name);
}
