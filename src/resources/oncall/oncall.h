/*
 * oncall: whom does one reach under a point's number now, and whom next; and are the numbers answered at all?
 *
 * Every point has a public number and says who answers it at which hours, also when its door is shut (群众均可通过联系电话
 * 随时寻求服务).  Hours are weekdays and minutes as the point's own, holidays by the calendar; contacts are rung in the order
 * of their turns.  The office is always shown, the name where its owner allows it.  Once a month each number is rung; what
 * came of it is kept and never changed, and a number that last was dead is told as such until it is answered again.
 *
 * Changed by who keeps the network or leads a centre (RIGHT_NETWORK, RIGHT_SUPERVISE), tested by who takes calls as well
 * (RIGHT_INTAKE), each within the own jurisdiction: a point elsewhere is RC_NOT_FOUND.
 * (S172, S173)
 */
#pragma once

#include "resources/network/network.h"
#include "standards/setting/setting.h"

#define ONCALL_MOST 20           /* contacts of a point in force at once */
#define ONCALL_HOURS_BYTES 400

struct oncall_contact {
	int64_t id, point, account;  /* account 0: none */
	int turn;
	struct text name, office, phone, hours; /* name: empty where it is not shown to this reader */
	bool show_name, account_off; /* its account does not work here any more */
	struct day from, to;         /* to: last day; DAY_NONE: until further notice */
	int64_t revision;
};

/* ---- who answers (oncall_pick.c, pure) ------------------------------------------------------------------ */

/* Is this contact on duty?  Empty hours: at any hour of its days. */
bool oncall_is_on(const struct oncall_contact *k, int64_t at_ms, const struct calendar *c);
/* v by turn.  NULL: nobody; next may be NULL alone. */
struct oncall_now { const struct oncall_contact *first, *next; };
struct oncall_now oncall_pick(const struct oncall_contact *v, size_t n, int64_t at_ms, const struct calendar *c);
/* Is there a moment in the seven days from at_ms at which nobody is on duty and the door is shut?  By half hours; 0: none. */
int64_t oncall_gap(const struct point *p, const struct oncall_contact *v, size_t n, int64_t at_ms, const struct calendar *c);

/* ---- the register ---------------------------------------------------------------------------------------- */

/* In force or to come on `day`, by turn.  Names as the reader may see them: staff all, others those that are shown. */
enum rc oncall_list(struct tx *tx, const struct actor *actor, int64_t point, struct day day, struct oncall_contact *ret, size_t cap,
    size_t *ret_n);

struct oncall_new {
	int64_t point;
	int turn;
	int64_t account;             /* or 0 and */
	struct text login;           /* of an account; neither: a name is needed */
	struct text name, office, phone, hours;
	bool show_name;
	struct day from, to;
};
bool oncall_may_keep(const struct actor *actor);  /* by right; the place is asked for each point */
bool oncall_may_test(const struct actor *actor);
/* RC_INVALID with findings by field ("turn", "login", "name", "office", "phone", "hours", "from", "to"). */
enum rc oncall_add(struct ctx *ctx, struct idem_key key, const struct oncall_new *in, struct findings *findings);
/* Its last day is `last` (today or later).  RC_CONFLICT: changed since. */
enum rc oncall_end(struct ctx *ctx, struct idem_key key, int64_t point, int64_t id, int64_t revision, struct day last,
    struct findings *findings);

/* ---- test calls -------------------------------------------------------------------------------------------- */

enum phone_result { PHONE_NOT_TESTED, PHONE_ANSWERED, PHONE_BUSY, PHONE_DEAD, PHONE_WRONG, PHONE_RESULT_COUNT };
const char *phone_result_key(enum phone_result r);
const char *phone_result_label(enum phone_result r); /* T() */
bool phone_is_bad(enum phone_result r);              /* dead, or somebody else's: told wherever the number stands */
extern const struct choice phone_result_choices[];

int oncall_month(int64_t at_ms);                     /* 202606 */
extern const struct setting_kind oncall_test_day;    /* day of the month from which a number that waits is a reminder */

/* A public number in force, and what came of its last test. */
struct oncall_number {
	int64_t point, contact;      /* contact 0: the point's own */
	struct text phone, code, name, name_en, office;
	enum phone_result last;
	int last_month;
	int64_t last_ms;
};
enum oncall_numbers { NUMBERS_WAITING, NUMBERS_ALL, NUMBERS_BAD, NUMBERS_RESULT };
struct oncall_number_filter {
	enum oncall_numbers which;
	int month;
	struct day day;
	enum phone_result result;    /* NUMBERS_RESULT: the last test in that month said this; PHONE_NOT_TESTED: there was none */
	struct text after;           /* keyset: code and contact of the last row; empty: from the beginning */
	int64_t after_contact;
};
/* Of the actor's jurisdiction, by point.  waiting: not tested in that month or since. */
enum rc oncall_numbers(struct tx *tx, const struct actor *actor, const struct oncall_number_filter *f, struct oncall_number *ret,
    size_t cap, size_t *ret_n);
struct oncall_test { int64_t point, contact; struct text phone, words; enum phone_result result; };
/* RC_CONFLICT: this is not the number any more. */
enum rc oncall_test_put(struct ctx *ctx, struct idem_key key, const struct oncall_test *in);
struct oncall_tested { int64_t at_ms; struct text phone, words, account_name; enum phone_result result; };
enum rc oncall_tests(struct tx *tx, const struct actor *actor, int64_t point, struct oncall_tested *ret, size_t cap, size_t *ret_n);
/* What the last test of a number of this point said; public. */
enum rc oncall_last(struct tx *tx, const struct actor *actor, int64_t point, struct text phone, enum phone_result *ret);

/* ---- what is wrong ------------------------------------------------------------------------------------------- */

struct oncall_row {              /* a point with what its numbers stand like */
	int64_t id;
	enum point_kind kind;
	struct text code, name, name_en, phone;
	int64_t contacts, bad, waiting;
};
struct oncall_row_filter { struct day day; int month; bool faults; struct text after; /* code */ };
enum rc oncall_rows(struct tx *tx, const struct actor *actor, const struct oncall_row_filter *f, struct oncall_row *ret, size_t cap,
    size_t *ret_n);
/* In the actor's jurisdiction: points there, those without a public number, those that nobody answers for, with a bad number;
 * numbers, and how often the last test in that month said what (PHONE_NOT_TESTED: none was made). */
struct oncall_sums { int64_t points, no_phone, no_contact, bad, numbers, result[PHONE_RESULT_COUNT]; };
enum rc oncall_sums(struct tx *tx, const struct actor *actor, struct day day, int month, struct oncall_sums *ret);

extern const struct db_set oncall_sql;
