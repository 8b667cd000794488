/* What in the lines of one person should be looked at.  None of it says that something is wrong. */
#include "evaluation/score/score_marks.h"

#define STAY_MS INT64_C(600000) /* at least so long somebody was where they signed in */

struct scan { const struct score_line *v; size_t n; const struct score_bounds *b; struct score_found *ret; size_t cap, got; };

static void
found(struct scan *s, enum score_find kind, size_t line, size_t other, int64_t number)
{
	for (size_t i = 0; i < s->got; i++)
		if (s->ret[i].kind == kind && s->ret[i].line == line)
			return;
	if (s->got < s->cap)
		s->ret[s->got++] = (struct score_found){ kind, line, other, number };
}

static void
scan_one(struct scan *s, size_t i)
{
	const struct score_line *l = &s->v[i];

	if (l->written && !l->here)
		found(s, SCORE_FIND_NO_SIGN, i, SIZE_MAX, 0);
	if (l->here && (moment_minute(l->signed_ms) < s->b->early || moment_minute(l->signed_ms) >= s->b->late))
		found(s, SCORE_FIND_HOURS, i, SIZE_MAX, moment_minute(l->signed_ms));
}

/* Minutes of the day, told of its last line. */
static void
scan_day(struct scan *s, size_t i)
{
	int64_t minutes = 0;
	size_t last = i;

	for (size_t k = 0; k < s->n; k++)
		if (s->v[k].day.n == s->v[i].day.n && s->v[k].written) {
			minutes += s->v[k].minutes;
			last = k;
		}
	if (minutes > s->b->day_minutes)
		found(s, SCORE_FIND_DAY, last, SIZE_MAX, minutes);
}

static int64_t
left_ms(const struct score_line *l)
{
	int64_t stay = l->written ? l->minutes * INT64_C(60000) : 0;

	return l->signed_ms + (stay > STAY_MS ? stay : STAY_MS);
}

static void
scan_pair(struct scan *s, size_t i, size_t k)
{
	const struct score_line *a = &s->v[i], *b = &s->v[k];
	bool a_first = a->signed_ms <= b->signed_ms;

	if (a->written && b->written && a->words >= s->b->words && b->words >= s->b->words && a->hash == b->hash)
		found(s, SCORE_FIND_SAME, k, i, 0);
	if (a->here && b->here && a->point != b->point && (a_first ? b->signed_ms < left_ms(a) : a->signed_ms < left_ms(b)))
		found(s, SCORE_FIND_TWICE, a_first ? k : i, a_first ? i : k, 0);
}

/* Logs of earlier days written within some hours from this one's. */
static void
scan_evening(struct scan *s, size_t i)
{
	int64_t from = s->v[i].written_ms, until = from + s->b->hours * INT64_C(3600000), n = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t k = 0; k < s->n; k++) {
			const struct score_line *l = &s->v[k];

			if (!l->written || l->written_ms < from || l->written_ms >= until || day_of_moment(l->written_ms).n <= l->day.n)
				continue;
			if (pass == 0)
				n++;
			else if (n >= s->b->logs)
				found(s, SCORE_FIND_EVENING, k, k == i ? SIZE_MAX : i, n);
		}
}

void
score_scan(const struct score_line *v, size_t n, const struct score_bounds *b, struct score_found *ret, size_t cap, size_t *ret_n)
{
	struct scan s = { v, n, b, ret, cap, 0 };

	for (size_t i = 0; i < n; i++) {
		scan_one(&s, i);
		if (v[i].written) {
			scan_day(&s, i);
			scan_evening(&s, i);
		}
		for (size_t k = i + 1; k < n; k++)
			scan_pair(&s, i, k);
	}
	*ret_n = s.got;
}
