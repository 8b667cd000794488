/*
 * zhaofa clock due | rules: until when, and why that day?  No database: the table of holidays that the
 * program carries.  Chinese and English on every line.
 */
#include "app/cli_clock.h"

#include "app/app.h"
#include "kit/msg/msg.h"
#include "kit/html/ui.h"
#include "operations/request/clock_label.h"
#include "standards/holidays/holidays.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAUSES_MAX 50
#define STEPS_MAX 1200
#define DAYS_SHOWN_MAX 800 /* beyond: runs of equal days in one line */
#define FROM_MIN_MS INT64_C(0)
#define FROM_MAX_MS INT64_C(32503651199999) /* 2999-12-31, the engine's own bound */
#define BOUND ((size_t)16 << 20)

struct asked {
	const struct clock_law *law;
	struct clock_rule rule;
	bool has_count, has_unit, roll, no_roll;
	int64_t from_ms, now_ms;
	struct clock_pause pauses[PAUSES_MAX];
	size_t n;
	struct arena *mem;
	struct calendar calendar;
};

/* ---- options ------------------------------------------------------------------------------------ */

/* Bad input: which option, what was given, what it may be. */
static int
refuse(const char *option, const char *given, const char *bound)
{
	fprintf(stderr, "zhaofa: clock due: %s%s%s%s: %s\n", option, given ? " '" : "", given ? given : "", given ? "'" : "",
	    bound);
	return 2;
}

/* A moment with its zone, one without (Shanghai), or a day (its beginning). */
static bool
moment_read(struct arena *mem, struct text t, int64_t *ret)
{
	struct day d;

	if (day_parse(t, &d) == RC_OK)
		*ret = day_start_ms(d);
	else if (moment_parse(t, ret) != RC_OK &&
	    moment_parse(arena_format(mem, "%.*s+08:00", (int)t.n, t.p), ret) != RC_OK)
		return false;
	return *ret >= FROM_MIN_MS && *ret <= FROM_MAX_MS;
}

#define MOMENT_BOUND "must be a day or moment of 1970-01-01..2999-12-31, as 2026-06-30 or 2026-06-30T09:00[+08:00]"

static int
take_rule(struct asked *q, const char *name)
{
	for (size_t i = 0; i < clock_laws_n; i++)
		if (strcmp(clock_laws[i].name, name) == 0) {
			q->law = &clock_laws[i];
			return 0;
		}
	return refuse("--rule", name, "no such rule; `zhaofa clock rules` lists them");
}

static int
take_count(struct asked *q, const char *given)
{
	int64_t n;

	if (int64_parse(text_of(given), 0, CLOCK_COUNT_MAX, &n) != RC_OK)
		return refuse("--count", given, "must be a whole number 0..10000");
	q->rule.count = (int)n;
	q->has_count = true;
	return 0;
}

static int
take_unit(struct asked *q, const char *given)
{
	for (int u = 0; u < CLOCK_UNIT_COUNT; u++)
		if (strcmp(given, clock_unit_key((enum clock_unit)u)) == 0) {
			q->rule.unit = (enum clock_unit)u;
			q->has_unit = true;
			return 0;
		}
	return refuse("--unit", given, "must be one of hour, day, workday, month, year, workhour");
}

static int
take_pause(struct asked *q, const char *given)
{
	struct text rest = text_of(given), from = text_cut(&rest, '/');
	struct clock_pause *p = &q->pauses[q->n];

	if (q->n == PAUSES_MAX)
		return refuse("--pause", given, "at most 50 pauses");
	if (strchr(given, '/') == NULL)
		return refuse("--pause", given, "must be FROM/TO (FROM/ while it still runs)");
	if (!moment_read(q->mem, from, &p->from_ms) || (rest.n > 0 && !moment_read(q->mem, rest, &p->to_ms)))
		return refuse("--pause", given, "FROM and TO: each " MOMENT_BOUND);
	if (rest.n > 0 && p->to_ms <= p->from_ms)
		return refuse("--pause", given, "TO must be later than FROM");
	if (q->n > 0 && (p[-1].to_ms == 0 || p->from_ms < p[-1].to_ms))
		return refuse("--pause", given, "pauses must stand in order, each beginning after the one before has ended");
	q->n++;
	return 0;
}

static int
take_moment(struct asked *q, const char *option, const char *given, int64_t *ret)
{
	return moment_read(q->mem, text_of(given), ret) ? 0 : refuse(option, given, MOMENT_BOUND);
}

/* What the options say together. */
static int
asked_complete(struct asked *q)
{
	if (q->law != NULL && (q->has_count || q->has_unit))
		return refuse("--rule", NULL, "stands alone, without --count and --unit");
	if (q->law == NULL && !q->has_count)
		return refuse("--count", NULL, "is missing (or --rule NAME)");
	if (q->law == NULL && !q->has_unit)
		return refuse("--unit", NULL, "is missing: hour, day, workday, month, year or workhour");
	if (q->from_ms < 0)
		return refuse("--from", NULL, "is missing; it " MOMENT_BOUND);
	if (q->roll && q->no_roll)
		return refuse("--roll", NULL, "and --no-roll exclude each other");
	if (q->law != NULL)
		q->rule = q->law->rule;
	q->rule.roll = q->no_roll ? false : q->rule.roll || q->roll;
	if (q->n > 0 && q->pauses[q->n - 1].to_ms == 0 && q->now_ms < 0) {
		q->now_ms = app_now_ms();
		if (q->now_ms < q->pauses[q->n - 1].from_ms)
			q->now_ms = q->pauses[q->n - 1].from_ms;
	}
	if (q->now_ms < 0)
		q->now_ms = INT64_MAX;
	return 0;
}

static int
options_read(struct asked *q, int argc, char **argv)
{
	enum { OPT_RULE = 1, OPT_COUNT, OPT_UNIT, OPT_FROM, OPT_PAUSE, OPT_ROLL, OPT_NO_ROLL, OPT_NOW };
	static const struct option table[] = {
		{ "rule", required_argument, NULL, OPT_RULE }, { "count", required_argument, NULL, OPT_COUNT },
		{ "unit", required_argument, NULL, OPT_UNIT }, { "from", required_argument, NULL, OPT_FROM },
		{ "pause", required_argument, NULL, OPT_PAUSE }, { "roll", no_argument, NULL, OPT_ROLL },
		{ "no-roll", no_argument, NULL, OPT_NO_ROLL }, { "now", required_argument, NULL, OPT_NOW },
		{ NULL, 0, NULL, 0 },
	};
	static char program[] = "zhaofa: clock due";
	int o, status = 0;

	argv[0] = program; /* what getopt's own words begin with */
	while (status == 0 && (o = getopt_long(argc, argv, "", table, NULL)) != -1)
		switch (o) {
		case OPT_RULE: status = take_rule(q, optarg); break;
		case OPT_COUNT: status = take_count(q, optarg); break;
		case OPT_UNIT: status = take_unit(q, optarg); break;
		case OPT_FROM: status = take_moment(q, "--from", optarg, &q->from_ms); break;
		case OPT_PAUSE: status = take_pause(q, optarg); break;
		case OPT_NOW: status = take_moment(q, "--now", optarg, &q->now_ms); break;
		case OPT_ROLL: q->roll = true; break;
		case OPT_NO_ROLL: q->no_roll = true; break;
		default: status = 2; /* getopt has said which */
		}
	if (status == 0 && optind < argc)
		return refuse(argv[optind], NULL, "is no option");
	return status == 0 ? asked_complete(q) : status;
}

/* ---- printing ------------------------------------------------------------------------------------- */

static void
print_moment(const char *label, int64_t ms)
{
	char t[32];
	struct text when = moment_print(ms, t);
	const char *day = ui_weekday_label(day_of_moment(ms));

	printf("%s  %.*s %s %s", label, (int)when.n, when.p, day, msg(LANG_EN, day));
}

static void
print_head(const struct asked *q)
{
	struct text zh = clock_rule_words(q->mem, LANG_ZH, q->rule), en = clock_rule_words(q->mem, LANG_EN, q->rule);

	if (q->law != NULL)
		printf("规则 rule    %s / %s\n依据 source  %s\n", q->law->what, q->law->what_en, q->law->source);
	if (q->law != NULL && q->law->note != NULL)
		printf("注意 note    %s\n", q->law->note);
	printf("期限 limit   %.*s / %.*s%s\n", (int)zh.n, zh.p, (int)en.n, en.p,
	    q->rule.roll ? "，最后一天不上班就顺延 / a last day off rolls on" : "");
	print_moment("起算 start  ", q->from_ms);
	putchar('\n');
	for (size_t i = 0; i < q->n; i++) {
		print_moment("暂停 pause  ", q->pauses[i].from_ms);
		if (q->pauses[i].to_ms != 0)
			print_moment(" —", q->pauses[i].to_ms);
		puts(q->pauses[i].to_ms == 0 ? " — 还在暂停 / still running" : "");
	}
	if (clock_day_is_missing(q->rule, q->from_ms))
		puts("注意 note    没有对应日，以月末日为准（民法典第二百零二条） / no corresponding day: the month's last");
}

static void
print_due(const struct asked *q, struct clock_answer a)
{
	if (a.paused) {
		puts("到期 due     暂停中，恢复后才能算出 / paused: known when it goes on\n");
		return;
	}
	print_moment("到期 due    ", a.due_ms);
	if (q->rule.unit != CLOCK_HOUR && q->rule.unit != CLOCK_WORKHOUR)
		fputs("，到这一天结束 / to the end of that day", stdout);
	puts(a.rolled ? "，已顺延 / rolled on" : "");
	if (a.uncertain)
		puts("未定 uncertain  算到了还没有节假日表的年份，国务院通知公布后可能变 / counts into a year without a table: may change");
	putchar('\n');
}

static void
print_step(const struct asked *q, const struct clock_step *s, int nth)
{
	struct day d = day_add(s->first, nth < 0 ? 0 : nth);
	struct text zh = clock_step_words(q->mem, LANG_ZH, s, q->rule, nth);
	struct text en = clock_step_words(q->mem, LANG_EN, s, q->rule, nth);
	enum day_kind kind = calendar_kind(&q->calendar, d);
	const char *name = calendar_name(&q->calendar, d);
	struct text day_zh = clock_day_words(q->mem, LANG_ZH, kind, name), day_en = clock_day_words(q->mem, LANG_EN, kind, name);
	char first[16], last[16];

	printf("%.*s", (int)day_print(d, first).n, first);
	if (nth < 0 && s->last.n != s->first.n)
		printf(" … %.*s", (int)day_print(s->last, last).n, last);
	else
		printf(" %s", ui_weekday_label(d));
	if (q->rule.unit == CLOCK_HOUR) /* runs day and night: what kind of day it is says nothing */
		printf("  %.*s  / %.*s\n", (int)zh.n, zh.p, (int)en.n, en.p);
	else
		printf("  %.*s  [%.*s]  / %.*s  [%.*s]\n", (int)zh.n, zh.p, (int)day_zh.n, day_zh.p, (int)en.n, en.p,
		    (int)day_en.n, day_en.p);
}

static void
print_steps(const struct asked *q, const struct clock_step *v, size_t n)
{
	bool each = n > 0 && v[n - 1].last.n - v[0].first.n <= DAYS_SHOWN_MAX;

	for (size_t i = 0; i < n; i++) {
		bool whole = !each || v[i].kind == STEP_FOLDED || (q->rule.unit == CLOCK_HOUR && v[i].kind == STEP_COUNTED);
		int days = whole ? 1 : v[i].last.n - v[i].first.n + 1;

		for (int k = 0; k < days; k++)
			print_step(q, &v[i], whole ? -1 : k);
	}
}

/* ---- commands --------------------------------------------------------------------------------------- */

static int
clock_rules(void)
{
	struct arena *mem = arena_create(BOUND);

	for (size_t i = 0; mem != NULL && i < clock_laws_n; i++) {
		const struct clock_law *l = &clock_laws[i];
		struct text zh = clock_rule_words(mem, LANG_ZH, l->rule), en = clock_rule_words(mem, LANG_EN, l->rule);

		printf("%-22s %.*s / %.*s  %s / %s  %s\n", l->name, (int)zh.n, zh.p, (int)en.n, en.p, l->what, l->what_en,
		    l->source);
	}
	arena_free(mem);
	return mem == NULL;
}

static int
clock_answer_print(struct asked *q)
{
	struct clock_step *steps = arena_array(q->mem, STEPS_MAX, sizeof *steps);
	struct clock_answer a;
	size_t n;

	if (steps == NULL)
		return 1;
	n = clock_explain(&q->calendar, q->rule, q->from_ms, q->pauses, q->n, q->now_ms, steps, STEPS_MAX, &a);
	print_head(q);
	print_due(q, a);
	print_steps(q, steps, n);
	return 0;
}

static int
clock_due_run(int argc, char **argv)
{
	struct asked q = { .from_ms = -1, .now_ms = -1, .mem = arena_create(BOUND) };
	int status = 1;

	if (q.mem == NULL || holidays_builtin(q.mem, &q.calendar) != RC_OK)
		fputs("zhaofa: clock due: no memory for the table of holidays\n", stderr);
	else
		status = options_read(&q, argc, argv);
	if (status == 0)
		status = clock_answer_print(&q);
	arena_free(q.mem);
	return status;
}

int
cli_clock(int argc, char **argv)
{
	if (argc >= 2 && strcmp(argv[1], "due") == 0)
		return clock_due_run(argc - 1, argv + 1);
	if (argc == 2 && strcmp(argv[1], "rules") == 0)
		return clock_rules();
	fputs("zhaofa: clock due (--rule NAME | --count N --unit hour|day|workday|month|year|workhour) --from T\n"
	    "        [--pause FROM/TO]... [--roll | --no-roll] [--now T]\n"
	    "        clock rules   limits that stand in the law, by name\n", stderr);
	return 2;
}
