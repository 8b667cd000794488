/* zhaofa roster seats: a history of calls, a day, a service level; seats each half hour and shifts that cover them. */
#include "app/cli_assign.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/day.h"
#include "engine/assign/assign_seats.h"
#include "kit/csv/csv.h"
#include "kit/msg/msg.h"

#define DAYS_MAX 4000
#define OUT_BYTES ((size_t)4 << 20)
#define SHIFT_SLOTS 17         /* eight hours and one off after the first four */
#define BREAK_AFTER 8
#define BREAK_SLOTS 1
#define SHIFTS (SEATS_SLOTS - SHIFT_SLOTS + 1)

struct history { struct seats_day v[DAYS_MAX]; struct day day[DAYS_MAX]; uint32_t n; };

static bool
say(const struct assign_asked *q, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		fprintf(stderr, "zhaofa: roster: %s: line %d: %s: %s\n", q->file, f->v[i].line, f->v[i].field,
		    finding_text(q->mem, LANG_ZH, &f->v[i]).p);
	return f->total == 0;
}

/* "09:30" as the number of its half hour; RC_INVALID when it is none. */
static enum rc
slot_parse(struct text t, int *ret)
{
	struct text rest = t, hour = text_cut(&rest, ':');
	int64_t h, m;

	if (int64_parse(hour, 0, 23, &h) != RC_OK || int64_parse(rest, 0, 59, &m) != RC_OK || m % 30 != 0)
		return RC_INVALID;
	*ret = (int)(h * 2 + m / 30);
	return RC_OK;
}

/* A line a half hour: day, slot, calls; kind "holiday" where the day is one.  Days in order. */
static bool
history_read(const struct assign_asked *q, struct text t, struct history *h)
{
	static const char *const required[] = { "day", "slot", "calls", NULL }, *const optional[] = { "kind", NULL };
	struct findings f = { .n = 0 };
	struct csv c;
	struct csv_record r;
	enum rc rc = csv_begin(&c, q->mem, t, required, optional, &f);

	if (rc != RC_OK)
		return say(q, &f) && false;
	while (rc == RC_OK || rc == RC_INVALID) {
		struct day day;
		int64_t calls = 0;
		int slot = 0;

		rc = csv_next(&c, q->mem, &r, &f);
		if (rc != RC_OK)
			continue;
		if (day_parse(csv_field(&c, &r, "day"), &day) != RC_OK)
			csv_finding(&f, r.line, "day", T("日期写成 2026-06-30 这样"), 0);
		else if (slot_parse(csv_field(&c, &r, "slot"), &slot) != RC_OK)
			csv_finding(&f, r.line, "slot", T("写半点或整点，例如 09:30"), 0);
		else if (int64_parse(csv_field(&c, &r, "calls"), 0, 1000000, &calls) != RC_OK)
			csv_finding(&f, r.line, "calls", T("应是 0 到 %lld 的整数"), 1000000);
		else if (h->n > 0 && day_compare(day, h->day[h->n - 1]) < 0)
			csv_finding(&f, r.line, "day", T("日子要从早到晚排"), 0);
		else if (h->n == DAYS_MAX && day_compare(day, h->day[h->n - 1]) != 0)
			csv_finding(&f, r.line, "day", T("最多 %lld 天"), DAYS_MAX);
		else {
			if (h->n == 0 || day_compare(day, h->day[h->n - 1]) != 0) {
				h->day[h->n] = day;
				h->v[h->n++].kind = text_equals(csv_field(&c, &r, "kind"), TEXT("holiday")) ? 8 : day_weekday(day);
			}
			h->v[h->n - 1].calls[slot] += (uint32_t)calls;
		}
	}
	return say(q, &f) && rc == RC_DONE;
}

static void
shifts_make(struct seats_shift v[static SHIFTS])
{
	for (int s = 0; s < SHIFTS; s++) {
		v[s] = (struct seats_shift){ .cost = 1 };
		for (int k = 0; k < SHIFT_SLOTS; k++)
			v[s].covers[s + k] = k < BREAK_AFTER || k >= BREAK_AFTER + BREAK_SLOTS;
	}
}

static bool
put_seats(const struct assign_asked *q, const struct seats_forecast *f, struct buf *out, int64_t need[static SEATS_SLOTS])
{
	buf_printf(out, "slot,calls,calls_high,seats,within_permille,lost_permille,busy_permille\n");
	for (int t = 0; t < SEATS_SLOTS; t++) {
		struct seats_load l = { f->high[t], q->talk, q->patience };
		struct seats_level level = { .within = 1000 };

		if (seats_needed(&l, q->within, q->share, q->lost, &need[t]) != RC_OK
		    || (need[t] > 0 && seats_level(&l, need[t], q->within, &level) != RC_OK)) {
			fprintf(stderr, "zhaofa: roster: no number of seats up to %d does that\n", SEATS_MOST);
			return false;
		}
		buf_printf(out, "%02d:%02d,%" PRId64 ".%03" PRId64 ",%" PRId64 ".%03" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64
		    "\n", t / 2, t % 2 * 30, f->middle[t] / 1000, f->middle[t] % 1000, f->high[t] / 1000, f->high[t] % 1000, need[t],
		    level.within, level.lost, level.busy);
	}
	return true;
}

static bool
put_shifts(const int64_t need[static SEATS_SLOTS], struct buf *out)
{
	static struct seats_shift shift[SHIFTS];
	struct seats_plan p;
	enum rc rc;

	shifts_make(shift);
	rc = seats_cover(need, shift, SHIFTS, SEATS_LIMITS, &p);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: roster: shifts: %s\n", rc_name(rc));
		return false;
	}
	buf_printf(out, "\nshift,people\n");
	for (int s = 0; s < SHIFTS; s++)
		if (p.count[s] > 0)
			buf_printf(out, "%02d:%02d-%02d:%02d,%u\n", s / 2, s % 2 * 30, (s + SHIFT_SLOTS) / 2, (s + SHIFT_SLOTS) % 2 * 30, p.count[s]);
	fprintf(stderr, "people %" PRId64 " bound %" PRId64 "%s, %" PRIu64 " nodes\n", p.cost, p.bound, p.proven ? " (optimal)" : "", p.nodes);
	return true;
}

int
cli_assign_seats(const struct assign_asked *q)
{
	struct history *h = arena_array(q->mem, 1, sizeof *h);
	int64_t need[SEATS_SLOTS] = { 0 };
	struct seats_forecast f;
	struct day day;
	struct text t;
	struct buf out;
	int kind, status = 1;
	enum rc rc;

	if (h == NULL || !cli_assign_text(q, q->file, &t) || !history_read(q, t, h))
		return 1;
	if (q->day == NULL || day_parse(text_of(q->day), &day) != RC_OK) {
		fprintf(stderr, "zhaofa: roster: --day wants a day, 2026-06-30\n");
		return 2;
	}
	kind = q->holiday ? 8 : day_weekday(day);
	rc = seats_forecast(q->mem, h->v, h->n, kind, q->quantile, &f);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: roster: %s\n", rc == RC_NOT_FOUND ? "no day of that kind in the history" : rc_name(rc));
		return 1;
	}
	buf_init(&out, OUT_BYTES);
	if (put_seats(q, &f, &out, need) && put_shifts(need, &out)) {
		fprintf(stderr, "forecast: %u days of that kind, mean of the last %d, high at %" PRId64 " per mille of it\n", f.days,
		    SEATS_LEVEL_DAYS, f.factor);
		status = q->out == NULL ? fwrite(out.p, 1, out.n, stdout) != out.n : !cli_assign_put(q, &out);
	}
	buf_free(&out);
	return status;
}
