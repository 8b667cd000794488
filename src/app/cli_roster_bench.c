/* zhaofa roster bench: a year of the made-up city, county-month by county-month. */
#include "app/cli_roster.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "app/bench.h"
#include "kit/crew/crew_pool.h"

#define MONTHS 12u
#define SICK 5u                  /* calls tried on each plan */

struct month_row {
	int64_t objective, bound, cpu_ns, repair_ns;
	uint32_t open_visits, open_seats, faults, changed, lost;
	bool stopped;
	enum rc rc;
};

struct year {
	const struct roster_asked *q;
	enum roster_synth_year kind;
	struct month_row row[ROSTER_SYNTH_COUNTIES * MONTHS];
	struct arena *mem[CREW_WORKERS_MAX], *spare[CREW_WORKERS_MAX];
};

static int64_t
thread_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Does somebody with visits on a day fall ill, what moves?  The worst of some. */
static void
sick_calls(struct year *y, unsigned worker, const struct roster_month *m, const struct roster_result *r, struct month_row *row)
{
	struct roster_plan plan = { r->plan.n, r->plan.n_visits, arena_array(y->mem[worker], r->plan.n, sizeof *plan.slot) };

	for (uint32_t k = 0; plan.slot != NULL && k < SICK; k++) {
		struct roster_slot at = r->plan.slot[(k * 37 + 11) % r->plan.n_visits];
		struct roster_month now;
		struct roster_verdict v;
		uint32_t changed = 0;
		int64_t ns;

		if (at.person == ROSTER_NOBODY)
			continue;
		for (uint32_t s = 0; s < plan.n; s++)
			plan.slot[s] = r->plan.slot[s];
		arena_reset(y->spare[worker]);
		ns = thread_ns();
		if (roster_call_in(y->mem[worker], m, at.person, UINT32_C(1) << at.day, 60, &now) != RC_OK ||
		    roster_repair(y->spare[worker], &now, &plan, at.person, at.day, &changed) != RC_OK)
			continue;
		ns = thread_ns() - ns;
		roster_check(&now, &plan, &v);
		row->faults += v.n_faults;
		row->lost += v.open_visits + v.open_seats - r->open_visits - r->open_seats;
		row->changed = changed > row->changed ? changed : row->changed;
		row->repair_ns = ns > row->repair_ns ? ns : row->repair_ns;
	}
}

static void
month_run(void *arg, unsigned worker, uint32_t i)
{
	struct year *y = arg;
	const struct roster_asked *q = y->q;
	struct month_row *row = &y->row[i];
	struct roster_month m;
	struct roster_result r;
	struct roster_verdict v;

	if ((q->county >= 0 && i / MONTHS != q->county) || (q->month >= 0 && i % MONTHS + 1 != q->month))
		return;
	arena_reset(y->mem[worker]);
	arena_reset(y->spare[worker]);
	row->rc = roster_synth_month(y->mem[worker], (uint64_t)q->seed, y->kind, i / MONTHS, i % MONTHS + 1, &m);
	if (row->rc != RC_OK)
		return;
	row->cpu_ns = thread_ns();
	row->rc = roster_solve(y->mem[worker], y->spare[worker], &m, (uint64_t)q->seed, (struct roster_limits){ (uint32_t)q->steps,
	    (uint32_t)q->tries, (uint32_t)q->nodes, NULL, NULL }, &r);
	row->cpu_ns = thread_ns() - row->cpu_ns;
	if (row->rc != RC_OK)
		return;
	roster_check(&m, &r.plan, &v);
	*row = (struct month_row){ r.objective, r.bound, row->cpu_ns, 0, r.open_visits, r.open_seats,
		v.n_faults + (v.objective != r.objective), 0, 0, r.stopped, RC_OK };
	sick_calls(y, worker, &m, &r, row);
}

static double
gap_of(const struct month_row *r)
{
	return r->bound <= 0 ? 0 : 100.0 * (double)(r->objective - r->bound) / (double)r->bound;
}

static void
year_print(const struct year *y, int64_t wall_ns)
{
	double gaps = 0, most = 0, seconds = 0, longest = 0;
	uint32_t n = 0, within = 0, faults = 0, open = 0;

	printf("county month objective bound gap%% seconds open_visits open_seats faults sick_changed sick_lost sick_ms\n");
	for (uint32_t i = 0; i < ROSTER_SYNTH_COUNTIES * MONTHS; i++) {
		const struct month_row *r = &y->row[i];
		double gap = gap_of(r), took = (double)r->cpu_ns / 1e9;

		if (r->rc != RC_OK)
			printf("%u %u %s\n", i / MONTHS, i % MONTHS + 1, rc_name(r->rc));
		if (r->rc != RC_OK || r->cpu_ns == 0)
			continue;
		printf("%u %u %" PRId64 " %" PRId64 " %.2f %.2f %u %u %u %u %u %.2f\n", i / MONTHS, i % MONTHS + 1, r->objective, r->bound,
		    gap, took, r->open_visits, r->open_seats, r->faults, r->changed, r->lost, (double)r->repair_ns / 1e6);
		n++;
		gaps += gap;
		seconds += took;
		most = gap > most ? gap : most;
		longest = took > longest ? took : longest;
		within += gap <= 0.5;
		faults += r->faults;
		open += r->open_visits + r->open_seats;
	}
	if (n > 0)
		printf("%u county-months: gap %.2f %% on average, %.2f %% at most, %u within 0.5 %%; %.1f s of processor, %.2f s at most, "
		    "%.1f s in all; %u open, %u faults\n", n, gaps / n, most, within, seconds, longest, (double)wall_ns / 1e9, open, faults);
}

static bool
year_run(const struct roster_asked *q, enum roster_synth_year kind, const struct crew *crew)
{
	struct year *y = ARENA_NEW(q->mem, struct year);
	bool fine = y != NULL;
	int64_t at = bench_now_ns();

	for (unsigned k = 0; fine && k < crew_workers(crew); k++) {
		y->mem[k] = arena_create(ROSTER_CLI_BOUND);
		y->spare[k] = arena_create(ROSTER_CLI_BOUND);
		fine = y->mem[k] != NULL && y->spare[k] != NULL;
	}
	if (fine) {
		y->q = q;
		y->kind = kind;
		crew_run(crew, month_run, y, ROSTER_SYNTH_COUNTIES * MONTHS);
		year_print(y, bench_now_ns() - at);
	}
	for (unsigned k = 0; y != NULL && k < crew_workers(crew); k++) {
		arena_free(y->mem[k]);
		arena_free(y->spare[k]);
	}
	return fine;
}

int
cli_roster_bench(struct roster_asked *q)
{
	static const char *const names[] = { "normal", "tight", "over" };
	const struct crew *crew = q->workers == 1 ? NULL : crew_pool_start((unsigned)q->workers);
	enum roster_synth_year only = ROSTER_SYNTH_NORMAL;
	struct rusage use;
	bool fine = true;

	if (q->year != NULL && !cli_roster_year(q->year, &only)) {
		crew_pool_stop(crew);
		return -1;
	}
	bench_machine_print();
	for (int k = 0; k < 3 && fine; k++)
		if (q->year == NULL || k == (int)only) {
			printf("== %s year, seed %" PRId64 "\n", names[k], q->seed);
			fine = year_run(q, (enum roster_synth_year)k, crew);
		}
	crew_pool_stop(crew);
	getrusage(RUSAGE_SELF, &use);
	printf("memory %ld MB at most\n", use.ru_maxrss / 1024);
	return fine ? 0 : 1;
}
