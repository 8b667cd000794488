#include "base/day.h"

#define MINUTE_MS INT64_C(60000)
#define SHANGHAI_MS (8 * 60 * MINUTE_MS)
#define YEAR_MIN 1600
#define YEAR_MAX 9999

static int64_t
floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t
floor_rest(int64_t a, int64_t b)
{
	return a % b + (a % b < 0 ? b : 0);
}

bool
day_is_none(struct day d)
{
	return d.n == INT32_MIN;
}

static bool
year_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && year_is_leap(year) ? 29 : days[month - 1];
}

/* Days from civil: years begin in March, so that the leap day is the last of its year. */
enum rc
day_from_ymd(struct ymd ymd, struct day *ret)
{
	int64_t year, era, of_era, of_year;

	if (ymd.year < YEAR_MIN || ymd.year > YEAR_MAX || ymd.month < 1 || ymd.month > 12)
		return RC_INVALID;
	if (ymd.day < 1 || ymd.day > month_days(ymd.year, ymd.month))
		return RC_INVALID;
	year = ymd.year - (ymd.month <= 2);
	era = floor_divide(year, 400);
	of_era = year - era * 400;
	of_year = (153 * ((ymd.month + 9) % 12) + 2) / 5 + ymd.day - 1;
	ret->n = (int32_t)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468);
	return RC_OK;
}

struct ymd
day_to_ymd(struct day d)
{
	int64_t z = (int64_t)d.n + 719468;
	int64_t era = floor_divide(z, 146097);
	int64_t day_of_era = z - era * 146097;
	int64_t of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
	int64_t month = (5 * of_year + 2) / 153; /* March is 0 */
	struct ymd r;

	r.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	r.month = (int)(month < 10 ? month + 3 : month - 9);
	r.year = (int)(of_era + era * 400 + (r.month <= 2));
	return r;
}

int
day_weekday(struct day d)
{
	return (int)floor_rest((int64_t)d.n + 3, 7) + 1;
}

int
day_compare(struct day a, struct day b)
{
	return (a.n > b.n) - (a.n < b.n);
}

struct day
day_add(struct day d, int days)
{
	struct day r;

	if (day_is_none(d) || __builtin_add_overflow(d.n, days, &r.n))
		return DAY_NONE;
	return r;
}

struct day
day_add_months(struct day d, int months)
{
	struct ymd ymd;
	struct day r = DAY_NONE;
	int64_t count;
	int last;

	if (day_is_none(d))
		return DAY_NONE;
	ymd = day_to_ymd(d);
	count = (int64_t)ymd.year * 12 + ymd.month - 1 + months;
	if (count < YEAR_MIN * 12 || count >= (YEAR_MAX + 1) * 12)
		return DAY_NONE;
	ymd.year = (int)(count / 12);
	ymd.month = (int)(count % 12) + 1;
	last = month_days(ymd.year, ymd.month);
	ymd.day = ymd.day < last ? ymd.day : last;
	return day_from_ymd(ymd, &r) == RC_OK ? r : DAY_NONE;
}

int
day_age(struct day born, struct day today)
{
	struct day birthday;
	int age;

	if (day_is_none(born) || day_is_none(today) || day_compare(today, born) < 0)
		return -1;
	age = day_to_ymd(today).year - day_to_ymd(born).year;
	birthday = day_add_months(born, age * 12);
	return day_compare(today, birthday) < 0 ? age - 1 : age;
}

struct day
day_of_moment(int64_t at_ms)
{
	int64_t local, n;

	if (__builtin_add_overflow(at_ms, SHANGHAI_MS, &local))
		return DAY_NONE;
	n = floor_divide(local, DAY_MS);
	return n <= INT32_MIN || n > INT32_MAX ? DAY_NONE : (struct day){ (int32_t)n };
}

int64_t
day_start_ms(struct day d)
{
	return (int64_t)d.n * DAY_MS - SHANGHAI_MS;
}

int
moment_minute(int64_t at_ms)
{
	/* the rest first: the sum then cannot wrap */
	return (int)(floor_rest(floor_rest(at_ms, DAY_MS) + SHANGHAI_MS, DAY_MS) / MINUTE_MS);
}

/* ---- reading ---------------------------------------------------------------------------------- */

/* Exactly n digits off the head of t. */
static bool
digits_take(struct text *t, size_t n, int *ret)
{
	int v = 0;

	if (t->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (t->p[i] < '0' || t->p[i] > '9')
			return false;
		v = v * 10 + (t->p[i] - '0');
	}
	*t = (struct text){ t->p + n, t->n - n };
	*ret = v;
	return true;
}

static bool
char_take(struct text *t, char c)
{
	if (t->n == 0 || t->p[0] != c)
		return false;
	*t = (struct text){ t->p + 1, t->n - 1 };
	return true;
}

static bool
day_take(struct text *t, struct day *ret)
{
	struct ymd ymd;

	return digits_take(t, 4, &ymd.year) && char_take(t, '-') && digits_take(t, 2, &ymd.month) &&
	    char_take(t, '-') && digits_take(t, 2, &ymd.day) && day_from_ymd(ymd, ret) == RC_OK;
}

enum rc
day_parse(struct text t, struct day *ret)
{
	struct day d;

	if (!day_take(&t, &d) || t.n != 0)
		return RC_INVALID;
	*ret = d;
	return RC_OK;
}

static bool
clock_take(struct text *t, int *ret_seconds)
{
	int hour, minute, second = 0;

	if (!digits_take(t, 2, &hour) || !char_take(t, ':') || !digits_take(t, 2, &minute))
		return false;
	if (char_take(t, ':') && !digits_take(t, 2, &second))
		return false;
	*ret_seconds = (hour * 60 + minute) * 60 + second;
	return hour <= 23 && minute <= 59 && second <= 59;
}

/* Z or an offset of at most fourteen hours. */
static bool
offset_take(struct text *t, int *ret_minutes)
{
	int hour, minute, sign = 1;

	*ret_minutes = 0;
	if (char_take(t, 'Z'))
		return true;
	if (char_take(t, '-'))
		sign = -1;
	else if (!char_take(t, '+'))
		return false;
	if (!digits_take(t, 2, &hour) || !char_take(t, ':') || !digits_take(t, 2, &minute))
		return false;
	*ret_minutes = sign * (hour * 60 + minute);
	return minute <= 59 && hour * 60 + minute <= 14 * 60;
}

enum rc
moment_parse(struct text t, int64_t *ret_ms)
{
	struct day d;
	int seconds, offset;

	if (!day_take(&t, &d) || !char_take(&t, 'T') || !clock_take(&t, &seconds) ||
	    !offset_take(&t, &offset) || t.n != 0)
		return RC_INVALID;
	*ret_ms = d.n * DAY_MS + seconds * INT64_C(1000) - offset * MINUTE_MS;
	return RC_OK;
}

/* ---- writing ---------------------------------------------------------------------------------- */

/* n digits, leading zeros kept; where the next byte goes. */
static char *
digits_put(char *p, int v, int n)
{
	for (int i = n - 1; i >= 0; i--) {
		p[i] = (char)('0' + v % 10);
		v /= 10;
	}
	return p + n;
}

static char *
day_put(char *p, struct day d)
{
	struct ymd ymd = day_to_ymd(d);

	p = digits_put(p, ymd.year, 4);
	*p++ = '-';
	p = digits_put(p, ymd.month, 2);
	*p++ = '-';
	return digits_put(p, ymd.day, 2);
}

static bool
day_can_print(struct day d)
{
	int year = day_to_ymd(d).year;

	return !day_is_none(d) && year >= YEAR_MIN && year <= YEAR_MAX;
}

struct text
day_print(struct day d, char out[static 16])
{
	char *end = out;

	if (day_can_print(d))
		end = day_put(out, d);
	*end = '\0';
	return (struct text){ out, (size_t)(end - out) };
}

static char *
minute_put(char *p, int minute)
{
	p = digits_put(p, minute / 60, 2);
	*p++ = ':';
	return digits_put(p, minute % 60, 2);
}

struct text
moment_print(int64_t at_ms, char out[static 32])
{
	char *end = out;

	if (at_ms > 0 && day_can_print(day_of_moment(at_ms))) {
		end = day_put(out, day_of_moment(at_ms));
		*end++ = ' ';
		end = minute_put(end, moment_minute(at_ms));
	}
	*end = '\0';
	return (struct text){ out, (size_t)(end - out) };
}

struct text
moment_print_iso(int64_t at_ms, char out[static 32])
{
	static const char zone[] = "+08:00";
	char *end = out;

	if (day_can_print(day_of_moment(at_ms))) {
		end = day_put(out, day_of_moment(at_ms));
		*end++ = 'T';
		end = minute_put(end, moment_minute(at_ms));
		*end++ = ':';
		end = digits_put(end, (int)(floor_rest(at_ms, MINUTE_MS) / 1000), 2);
		for (const char *z = zone; *z != '\0'; z++)
			*end++ = *z;
	}
	*end = '\0';
	return (struct text){ out, (size_t)(end - out) };
}
