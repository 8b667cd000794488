/*
 * complaint_figures: how many complaints, where and about whom, how often against what was done, and which ratings look odd?
 *
 * Rates are complaints received against matters ended in the span, per point and per person; with few matters they are not
 * compared, and each share has its interval (complaint_wilson).  What is about the reader themselves, the point they direct or
 * what they handled is in no number they see.  Ratings that look odd are shown to be looked at; none is changed.  Published
 * numbers leave out what is too small, and one more where the rest would tell it.
 *
 * RIGHT_SUPERVISE, within the actor's jurisdiction; the published numbers are anybody's.
 */
#pragma once

#include "evaluation/complaint/complaint.h"

struct complaint_span {
	struct day from, to;
	struct place place;
}; /* both days count; place within the actor's */
#define COMPLAINT_SPAN_DAYS 1100
bool complaint_span_judge(const struct complaint_span *s, struct findings *findings); /* pure */

struct complaint_totals {
	int64_t received, open, late, ended, withdrawn;
	int64_t founded, unfounded; /* of those with a finding */
	int64_t told, told_in_time, replied, replied_in_time;
	int64_t rated, content; /* of the replied: rated at all; fair or better */
};
enum rc complaint_totals(struct tx *tx, const struct actor *actor, const struct complaint_span *s,
    struct complaint_totals *ret);

enum complaint_by {
	COMPLAINT_BY_POINT,
	COMPLAINT_BY_PERSON,
	COMPLAINT_BY_KIND,
	COMPLAINT_BY_MONTH,
	COMPLAINT_BY_COUNT
};
const char *complaint_by_key(enum complaint_by by);
const char *complaint_by_label(enum complaint_by by); /* T() */
/* ended: matters ended there or by them, what a rate is counted against; 0 by kind.  key by month: year * 100 + month. */
struct complaint_figure {
	int64_t key, received, founded, ended;
	struct text name;
};
#define COMPLAINT_FIGURES_MAX 300
enum rc complaint_figures(struct tx *tx, const struct actor *actor, const struct complaint_span *s,
    enum complaint_by by, struct complaint_figure *ret, size_t cap, size_t *ret_n);

/* The complaints behind a number, newest first, before that id (0: from the newest). */
struct complaint_line {
	int64_t id, at_ms;
	struct text number, point_name;
	enum complaint_kind kind;
	enum complaint_state state;
	enum complaint_finding finding;
	bool mine; /* the actor may open it */
};
enum rc complaint_lines(struct tx *tx, const struct actor *actor, const struct complaint_span *s,
    enum complaint_by by, int64_t key, int64_t before, struct complaint_line *ret, size_t cap,
    size_t *ret_n);

/*
 * Satisfaction month by month of the asking, the oldest first: never without how many were asked and said nothing.
 * Ratings that were found mistaken count as given, not as content or not.  key: year * 100 + month.
 */
struct complaint_content { int64_t key, asked, given, mistaken, content; };
enum rc complaint_contents(struct tx *tx, const struct actor *actor, const struct complaint_span *s, struct complaint_content *ret, size_t cap,
    size_t *ret_n);

/* ---- ratings that look odd ----------------------------------------------------------------------------------------- */

enum complaint_odd {
	COMPLAINT_ODD_BURST,
	COMPLAINT_ODD_QUICK,
	COMPLAINT_ODD_LOGGED_IN,
	COMPLAINT_ODDS
};
const char *complaint_odd_label(enum complaint_odd o); /* T() */
/* n: how many; of: out of how many given there.  day: of a burst; name: the point, or who was logged in; request: the first of them. */
struct complaint_oddity {
	enum complaint_odd what;
	int64_t n, of, request;
	struct day day;
	struct text name, number;
};
enum rc complaint_oddities(struct tx *tx, const struct actor *actor, const struct complaint_span *s,
    struct complaint_oddity *ret, size_t cap, size_t *ret_n);

/* ---- published ------------------------------------------------------------------------------------------------------- */

/* Too small to be written: below `least` and not 0; where one alone is, the smallest of the others goes with it.  Pure. */
void complaint_suppress(const int64_t *v, size_t n, int64_t least, bool *ret_hidden);
struct complaint_year {
	int year;
	int64_t received, founded, unfounded, replied, replied_in_time, kinds[COMPLAINT_KINDS];
};
#define COMPLAINT_YEARS 5
/* The city's, newest year first.  Anybody. */
enum rc complaint_years(struct tx *tx, const struct actor *actor, struct complaint_year *ret,
    size_t cap, size_t *ret_n, int64_t *ret_least);

/* What people said of a point in the year before now: anybody may know, as far as it is not too small (few). */
struct complaint_voice { int64_t asked, given, content, least; bool few; };
enum rc complaint_voice(struct tx *tx, const struct actor *actor, int64_t point, struct complaint_voice *ret);

extern const struct db_set complaint_figures_sql;
