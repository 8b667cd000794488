#include "evaluation/score/score.h"


#include <string.h>

#define WHOLE 10000   /* 100 marks */
#define SURVEY_FULL (5 * SCORE_ANSWERS)

/* ---- periods ---------------------------------------------------------------------------------------------------------- */

bool
score_period_days(int period, struct day *ret_first, struct day *ret_last)
{
	int year = period / 10, quarter = period % 10;
	struct day first;

	if (year < 2000 || year > 2199 || quarter > 4)
		return false;
	if (day_from_ymd((struct ymd){ year, quarter == 0 ? 1 : quarter * 3 - 2, 1 }, &first) != RC_OK)
		return false;
	*ret_first = first;
	*ret_last = day_add(day_add_months(first, score_period_months(period)), -1);
	return true;
}

int
score_period_of(struct day d)
{
	struct ymd y = day_to_ymd(d);

	return y.year * 10 + (y.month + 2) / 3;
}

int
score_period_before(int period)
{
	return period % 10 > 1 ? period - 1 : period % 10 == 1 ? (period / 10 - 1) * 10 + 4 : period - 10;
}

int
score_period_months(int period)
{
	return period % 10 == 0 ? 12 : 3;
}

/* ---- marks ------------------------------------------------------------------------------------------------------------- */

int64_t
score_counts(const struct score_scheme *s, const struct score_visit *v, enum score_item i)
{
	if (v->struck || !v->here)
		return 0;
	switch (i) {
	case SCORE_VISITS: return 1;
	case SCORE_HOURS: return v->written ? v->minutes : 0;
	case SCORE_LECTURES: return v->written && (v->kinds & SCORE_LECTURE_BIT) != 0;
	case SCORE_LOG: return v->written && v->late <= s->late_days && v->words >= s->words;
	case SCORE_REVIEWS:
	case SCORE_SURVEY:
	case SCORE_ITEMS: break;
	}
	return 0;
}

/* Minutes by contract for those days of the period. */
static int64_t
minutes_wanted(const struct score_facts *f)
{
	struct day first, last;
	int64_t days = f->to.n - f->from.n + 1;

	if (!score_period_days(f->period, &first, &last) || days <= 0)
		return 0;
	return f->hours * INT64_C(60) * score_period_months(f->period) * days / (last.n - first.n + 1);
}

static void
measure_visits(const struct score_scheme *s, const struct score_facts *f, enum score_item i, struct score_mark *m)
{
	for (size_t k = 0; k < f->n_visits; k++) {
		const struct score_visit *v = &f->visit[k];

		m->have += score_counts(s, v, i);
		if (i == SCORE_VISITS && !v->excused)
			m->want++;
		if (i == SCORE_LOG && v->here)
			m->want++;
	}
	if (i == SCORE_HOURS)
		m->want = minutes_wanted(f);
	if (i == SCORE_LECTURES)
		m->want = s->item[i].want * score_period_months(f->period) / 3;
	if (i == SCORE_VISITS && s->item[i].want > 0 && m->want > 0)
		m->want = s->item[i].want * score_period_months(f->period) / 3;
}

static void
measure_others(const struct score_scheme *s, const struct score_facts *f, enum score_item i, struct score_mark *m)
{
	int64_t sum = 0;

	if (i == SCORE_REVIEWS && f->n_reviews > 0 && (int64_t)f->n_reviews >= s->least_reviews) {
		for (size_t k = 0; k < f->n_reviews; k++)
			sum += f->review[k].grade;
		m->have = sum * 100 / (int64_t)f->n_reviews;
		m->want = s->item[i].want;
	}
	if (i == SCORE_SURVEY && f->survey.given) {
		for (size_t k = 0; k < SCORE_ANSWERS; k++)
			sum += f->survey.v[k];
		m->have = sum * 100 / SURVEY_FULL;
		m->want = s->item[i].want;
	}
}

static int64_t
marks_of(const struct score_scheme_item *k, enum score_item i, const struct score_mark *m)
{
	int64_t missing = m->want - m->have;

	if (missing <= 0)
		return k->full;
	if (k->lose == 0)
		return k->full * m->have / m->want;
	if (i == SCORE_HOURS)
		missing = (missing + 59) / 60;
	return missing > k->full / k->lose ? 0 : k->full - missing * k->lose;
}

void
score_judge(const struct score_scheme *s, const struct score_facts *f, struct score_marks *ret)
{
	*ret = (struct score_marks){ .total = -1, .grade = -1 };
	for (int i = 0; i < SCORE_ITEMS; i++) {
		struct score_mark *m = &ret->item[i];

		if (!s->item[i].used)
			continue;
		m->full = s->item[i].full;
		if (i == SCORE_REVIEWS || i == SCORE_SURVEY)
			measure_others(s, f, (enum score_item)i, m);
		else
			measure_visits(s, f, (enum score_item)i, m);
		m->mended = f->mend[i].is;
		m->measured = m->want > 0 || m->mended;
		if (!m->measured)
			continue;
		m->got = m->mended ? f->mend[i].marks : marks_of(&s->item[i], (enum score_item)i, m);
		ret->full += m->full;
		ret->got += m->got;
	}
	if (ret->full == 0)
		return;
	ret->total = ret->got * WHOLE / ret->full;
	for (size_t g = 0; g < s->n_grades && ret->grade < 0; g++)
		if (ret->total >= s->grade[g].least)
			ret->grade = (int)g;
}

struct score_pay
score_pay(int64_t fee, struct day from, struct day to, int pay, int county_percent)
{
	struct day first, next;
	struct score_pay p = { .whole = 0 };
	int year = day_to_ymd(from).year;

	if (day_compare(to, from) < 0 || day_from_ymd((struct ymd){ year, 1, 1 }, &first) != RC_OK
	    || day_from_ymd((struct ymd){ year + 1, 1, 1 }, &next) != RC_OK)
		return p;
	p.whole = fee * (to.n - from.n + 1) / (next.n - first.n);
	p.due = p.whole * pay / 100;
	p.county = p.due * county_percent / 100;
	p.town = p.due - p.county;
	return p;
}
