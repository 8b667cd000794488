/*
 * score_marks: how many marks does what an adviser has done come to, and what in the records should a person look at?
 *
 * A scheme is a text of lines (score_sheet.c keeps its versions); facts are what was counted.  Marks are hundredths, all sums are
 * whole numbers, quotients are cut: the same facts and the same scheme give the same marks on any machine.  An item with nothing
 * to count (no visit planned, no review given, no survey answered) is not measured: it speaks neither for nor against, and the
 * total is the marks of the others as a share of their full marks.  Pure: no clock, no allocation.
 */
#pragma once

#include "base/day.h"
#include "base/text.h"

/* ---- periods: 20261 is the first quarter of 2026, 20260 the whole year ------------------------------------------- */

bool score_period_days(int period, struct day *ret_first, struct day *ret_last); /* false: no such period */
int score_period_of(struct day d);          /* the quarter that day lies in */
int score_period_before(int period);        /* the one of the same length before it */
int score_period_months(int period);

/* ---- schemes -------------------------------------------------------------------------------------------------------- */

enum score_item { SCORE_VISITS, SCORE_HOURS, SCORE_LECTURES, SCORE_REVIEWS, SCORE_LOG, SCORE_SURVEY, SCORE_ITEMS };
const char *score_item_key(enum score_item i); /* "visits" */

/* share: full marks × what there is ÷ what is wanted.  lose: so many hundredths for each whole unit that is missing. */
struct score_scheme_item { int64_t full, want, lose; bool used; };
#define SCORE_GRADES 6
#define SCORE_GRADE_BYTES 48
struct score_grade { char name[SCORE_GRADE_BYTES]; int64_t least; int pay; }; /* least: hundredths of 100; pay: per cent of the fee */
struct score_scheme {
	char title[160];
	struct score_scheme_item item[SCORE_ITEMS];
	struct score_grade grade[SCORE_GRADES];
	size_t n_grades;
	int64_t renew;        /* below this total a renewal needs a reason and a second person; hundredths */
	int appeal_days;      /* working days after the score was closed */
	int late_days;        /* a log written so many days after the visit is in time */
	int words;            /* characters of a log that says something */
	int least_reviews;    /* fewer are not measured */
};
/* What is wrong with it, line by line: message is a T() text with one %s or none. */
struct score_scheme_fault { int line; const char *message; struct text what; };
#define SCORE_FAULTS 12
bool score_scheme_parse(struct text text, struct score_scheme *ret, struct score_scheme_fault *faults, size_t *ret_n);

/* ---- facts ------------------------------------------------------------------------------------------------------------ */

/* One visit that was on a published roster for this adviser in this village. */
struct score_visit {
	int64_t plan;
	int32_t slot;
	struct day day;
	bool here;               /* signed in with the code of the day */
	bool excused;            /* not here, and excused that day: not counted */
	bool struck;             /* a person looked at it and upheld that something is wrong: nothing of it counts */
	bool written;
	unsigned kinds;          /* bits, as dutylog has them */
	int minutes, people, words; /* words: characters */
	int late;                /* days from the visit to its log */
};
struct score_review { int64_t request, act; int grade; };
#define SCORE_ANSWERS 4      /* of the village: comes as agreed, is of use, can be understood, should stay */
struct score_survey { bool given; int v[SCORE_ANSWERS]; }; /* 1..5 each; the last 1 or 5 */
/* By a decision about an appeal: this item has so many marks, whatever was counted. */
struct score_mend { bool is; int64_t marks; };
#define SCORE_VISITS_MAX 200
#define SCORE_REVIEWS_MAX 200
struct score_facts {
	int64_t contract;
	int period, hours;       /* hours: by contract, a month */
	struct day from, to;     /* days of the period on which the contract holds */
	struct score_visit *visit;
	struct score_review *review;
	size_t n_visits, n_reviews;
	struct score_survey survey;
	struct score_mend mend[SCORE_ITEMS];
};
#define SCORE_LECTURE_BIT 2u /* 1 << DUTYLOG_LECTURE */

struct score_mark { bool measured, mended; int64_t full, got, have, want; }; /* have, want: visits, minutes, lectures, hundredths of a grade, logs, per cent */
struct score_marks {
	struct score_mark item[SCORE_ITEMS];
	int64_t full, got;       /* of the measured */
	int64_t total;           /* hundredths of 100 marks; -1: nothing was measured */
	int grade;               /* of the scheme's; -1: none */
};
void score_judge(const struct score_scheme *s, const struct score_facts *f, struct score_marks *ret);
/* What the visit counts for in an item: 0 or 1, minutes for SCORE_HOURS. */
int64_t score_counts(const struct score_scheme *s, const struct score_visit *v, enum score_item i);

/* Fen of a yearly fee for those days at that per cent, and what the county pays of it; the town pays the rest (S166). */
struct score_pay { int64_t whole, due, county, town; };
struct score_pay score_pay(int64_t fee, struct day from, struct day to, int pay, int county_percent);

/* ---- what should be looked at ------------------------------------------------------------------------------------------- */

enum score_find { SCORE_FIND_NONE, SCORE_FIND_SAME, SCORE_FIND_EVENING, SCORE_FIND_DAY, SCORE_FIND_TWICE, SCORE_FIND_NO_SIGN,
	SCORE_FIND_HOURS, SCORE_FIND_COUNT };
struct score_line {
	int64_t provider, plan, point, place;
	int32_t slot;
	struct day day;
	bool here, written;
	int64_t signed_ms, written_ms;
	int minutes, words;
	uint64_t hash;           /* of the log's text */
};
struct score_bounds {
	int64_t words;           /* shorter texts may be the same by chance */
	int64_t logs, hours;     /* so many logs of earlier days within so many hours */
	int64_t day_minutes;     /* a person's day */
	int64_t early, late;     /* minutes of the day between which people sign in */
};
struct score_found { enum score_find kind; size_t line, other; int64_t number; }; /* other: SIZE_MAX none */
/* Lines of one provider, by day.  Each line once a kind. */
void score_scan(const struct score_line *v, size_t n, const struct score_bounds *b, struct score_found *ret, size_t cap, size_t *ret_n);
