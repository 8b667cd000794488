/*
 * statistics: how much was asked, where, by which door, and how well was it done?
 *
 * Figures are counted from the records themselves, never typed in, and each opens to the records
 * behind it, within the reader's rights.  Units are exact: 件 (requests), 人次 (attendances), 条 (entries).
 * A figure belongs to the day a request was received, in Shanghai, and to where its matter arises.
 */
#pragma once

#include "base/day.h"
#include "kit/form/form.h"
#include "operations/request/request.h"

/* What the rows of a table are. */
enum figure_by {
	FIGURE_BY_ITEM, FIGURE_BY_CHANNEL, FIGURE_BY_TIER, FIGURE_BY_COUNTY, FIGURE_BY_TOWN, FIGURE_BY_TOPIC,
	FIGURE_BY_TIMING,    /* S170: scheduled or on call */
	FIGURE_BY_LINE,      /* S170: online or offline */
	FIGURE_BY_GATHERING, /* S170: concentrated or dispersed */
	FIGURE_BY_DAY,
	FIGURE_BY_COUNT
};
const char *figure_by_key(enum figure_by by);   /* "item" */
const char *figure_by_label(enum figure_by by); /* T() */
enum figure_by figure_by_of(struct text key);   /* FIGURE_BY_COUNT when unknown */

struct figure_query {
	struct day from, to;        /* half-open */
	struct place place;         /* the reader's own jurisdiction bounds it too */
	enum figure_by by;
};

struct figure_row {
	int64_t key;                /* id, code or number of what the row stands for */
	struct text name;           /* of items; else empty: the page names the key */
	struct text name_en;
	int64_t received;           /* 件, each trouble once */
	int64_t converted;          /* 件 that an earlier one was converted into (转办件); open + closed = received + converted */
	int64_t open;               /* 件, now */
	int64_t closed;             /* 件, closed, declined, withdrawn or converted */
	int64_t late;               /* 件, a target missed, or unmet and past due now */
};
#define FIGURE_ROWS_MAX 400
/* Is the period sound: from before to, and by day at most FIGURE_ROWS_MAX days?  findings may be NULL.  Pure. */
bool figure_judge(const struct figure_query *q, struct findings *findings);
/* Rows by key; at most FIGURE_ROWS_MAX (a year of days, all towns).  RC_INVALID as figure_judge() says. */
enum rc figure_table(struct tx *tx, const struct actor *actor, const struct figure_query *q, struct figure_row *ret,
    size_t *ret_n);

struct figure_totals {
	int64_t requests;           /* 件, each trouble once */
	int64_t converted;          /* 件 that an earlier one was converted into: nobody came again for them */
	int64_t attendances;        /* 人次: each visit and call, and each call back that reached somebody */
	int64_t messages;           /* 条: both ways */
	int64_t open, closed, late; /* 件 */
	int64_t rated;              /* reviews given on these requests, without the mistaken ones */
	int64_t silent;             /* asked and not answered (yet): what is not in rated, grades and mistaken */
	int64_t mistaken;           /* reviews that the follow-up found mistaken or malicious: not in rated and grades */
	int64_t grades[6];          /* by enum grade, 1..5 */
};
enum rc figure_totals(struct tx *tx, const struct actor *actor, const struct figure_query *q,
    struct figure_totals *ret);

/* The records behind one cell: newest first, keyset by id (0: from the newest). */
enum figure_part { FIGURE_RECEIVED, FIGURE_CONVERTED, FIGURE_OPEN, FIGURE_CLOSED, FIGURE_LATE, FIGURE_PART_COUNT };
enum figure_part figure_part_of(struct text key); /* "received" …; FIGURE_PART_COUNT when unknown */
const char *figure_part_key(enum figure_part p);
const char *figure_part_label(enum figure_part p); /* T() */
enum rc figure_records(struct tx *tx, const struct actor *actor, const struct figure_query *q, int64_t key,
    enum figure_part part, int64_t before_id, struct queue_row *ret, size_t cap, size_t *ret_n);

/* Late and open now in the actor's jurisdiction, by who holds them (the director's board). */
struct late_row { int64_t account, point; struct text name, point_name; int64_t open, late, soon; int64_t oldest_due_ms; };
enum rc late_by_holder(struct tx *tx, const struct actor *actor, struct late_row *ret, size_t cap, size_t *ret_n);
/* Every point of the jurisdiction, those with nothing along, the late ones first (S107). */
#define POINT_ROW_DAYS 30
struct point_row {
	struct text code, name, director;
	int64_t open, late, soon, paused;
	int64_t received, closed; /* came in within POINT_ROW_DAYS days, and of those already ended */
};
enum rc late_by_point(struct tx *tx, const struct actor *actor, struct point_row *ret, size_t cap, size_t *ret_n);

extern const struct db_set statistics_sql;
