/* zhaofa roster: months of counties and rosters of nurses, from files to files, without a database. */
#include "app/cli_roster.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/bench.h"

#define TEXT_BYTES ((size_t)64 << 20)

int
cli_roster_usage(void)
{
	fputs("zhaofa roster synth      --year normal|tight|over --county 0..9 --month 1..12 [--seed N] [--out MONTH]\n"
	      "zhaofa roster plan       MONTH [--out ROSTER]          days of visits and seats, with price by rule, bound and gap\n"
	      "zhaofa roster verify     MONTH ROSTER                  every hard rule and the price, by the independent validator\n"
	      "zhaofa roster candidates MONTH ROSTER --slot N         where it might go instead, what that costs, what speaks against the rest\n"
	      "zhaofa roster sick       MONTH ROSTER --person N --from DAY --to DAY [--out ROSTER]   the fewest visits moved\n"
	      "zhaofa roster bench      [--year Y] [--county N] [--month N] [--workers N]            a year of the made-up city\n"
	      "zhaofa roster nrp        FILE [--out ROSTER]           nurse rostering of schedulingbenchmarks.org\n"
	      "zhaofa roster nrp-check  FILE ROSTER\n"
	      "  --seed N  --steps N of the bound  --tries N of the search  --nodes N of the enumeration\n"
	      "  --seconds N: stop then; such a result is marked, another run may give another\n", stderr);
	return cli_assign_usage();
}

bool
cli_roster_text(struct arena *mem, const char *path, struct text *ret)
{
	FILE *f = fopen(path, "rb");
	char *p = NULL;
	long n = -1;
	bool fine;

	if (f != NULL && fseek(f, 0, SEEK_END) == 0)
		n = ftell(f);
	if (n >= 0 && (size_t)n <= TEXT_BYTES) {
		rewind(f);
		p = arena_raw(mem, (size_t)n + 1, 1);
	}
	fine = p != NULL && fread(p, 1, (size_t)n, f) == (size_t)n;
	if (f != NULL)
		fclose(f);
	if (!fine)
		fprintf(stderr, "zhaofa: roster: %s: cannot be read, or past %zu bytes\n", path, TEXT_BYTES);
	*ret = (struct text){ p, fine ? (size_t)n : 0 };
	return fine;
}

bool
cli_roster_put(const char *path, const struct buf *b)
{
	FILE *f = path == NULL ? stdout : fopen(path, "wb");
	bool fine = f != NULL && buf_rc(b) == RC_OK && fwrite(b->p, 1, b->n, f) == b->n;

	if (f != NULL)
		fine = (f == stdout ? fflush(f) : fclose(f)) == 0 && fine;
	if (!fine)
		fprintf(stderr, "zhaofa: roster: %s: cannot be written\n", path == NULL ? "standard output" : path);
	return fine;
}

bool
cli_roster_stop(void *arg)
{
	const struct roster_asked *q = arg;

	return bench_now_ns() >= q->until_ns;
}

bool
cli_roster_year(const char *word, enum roster_synth_year *ret)
{
	static const char *const names[] = { "normal", "tight", "over" };

	for (size_t k = 0; word != NULL && k < sizeof names / sizeof names[0]; k++)
		if (strcmp(word, names[k]) == 0) {
			*ret = (enum roster_synth_year)k;
			return true;
		}
	return false;
}

static const struct row { const char *name; size_t at; int64_t least, most; } rows[] = {
#define AT(m) offsetof(struct roster_asked, m)
	{ "out", AT(out), 0, -1 }, { "year", AT(year), 0, -1 }, /* most < least: a text */
	{ "seed", AT(seed), 0, INT64_MAX }, { "county", AT(county), 0, ROSTER_SYNTH_COUNTIES - 1 }, { "month", AT(month), 1, 12 },
	{ "seconds", AT(seconds), 1, 86400 }, { "steps", AT(steps), 1, 1000000 }, { "tries", AT(tries), 1, 100000000 },
	{ "nodes", AT(nodes), 1, 1000000000 }, { "workers", AT(workers), 0, CREW_WORKERS_MAX },
	{ "slot", AT(slot), 0, -1 }, { "person", AT(person), 0, ROSTER_PERSONS_MAX }, { "from", AT(from), 1, 31 },
	{ "to", AT(to), 1, 31 }, { "price", AT(price), 0, 1000000 },
#undef AT
};
#define N_ROWS (sizeof rows / sizeof rows[0])

static bool
option_take(struct roster_asked *q, const struct row *row, const char *word)
{
	char *to = (char *)q + row->at;

	if (row->most < row->least) {
		memcpy(to, &word, sizeof word);
		return true;
	}
	if (int64_parse(text_of(word), row->least, row->most, (int64_t *)(void *)to) == RC_OK)
		return true;
	fprintf(stderr, "zhaofa: roster: --%s %s: %lld 至 / to %lld\n", row->name, word, (long long)row->least,
	    (long long)row->most);
	return false;
}

static bool
options_take(int argc, char **argv, struct roster_asked *q)
{
	struct option table[N_ROWS + 1] = { { NULL, 0, NULL, 0 } };
	int at;

	for (size_t i = 0; i < N_ROWS; i++) {
		table[i].name = rows[i].name;
		table[i].has_arg = required_argument;
		table[i].val = 'a'; /* any: `at` says which */
	}
	for (int o; (o = getopt_long(argc, argv, "", table, &at)) != -1;)
		if (o != 'a' || !option_take(q, &rows[at], optarg))
			return false;
	q->words = (const char *const *)argv + optind;
	q->n_words = argc - optind;
	return true;
}

static const struct { const char *word; int n_words; int (*run)(struct roster_asked *q); } words[] = {
	{ "synth", 0, cli_roster_synth }, { "plan", 1, cli_roster_plan }, { "verify", 2, cli_roster_verify },
	{ "candidates", 2, cli_roster_candidates }, { "sick", 2, cli_roster_sick }, { "bench", 0, cli_roster_bench },
	{ "nrp", 1, cli_roster_nrp }, { "nrp-check", 2, cli_roster_nrp_check },
};

int
cli_roster(int argc, char **argv)
{
	struct roster_asked q = { .seed = 1, .county = -1, .month = -1, .person = -1, .price = 60, .until_ns = INT64_MAX };
	int status = -1;

	for (size_t i = 0; argc > 1 && i < sizeof words / sizeof words[0]; i++)
		if (strcmp(argv[1], words[i].word) == 0) {
			if (!options_take(argc - 1, argv + 1, &q) || q.n_words != words[i].n_words)
				return cli_roster_usage();
			if (q.seconds > 0)
				q.until_ns = bench_now_ns() + q.seconds * INT64_C(1000000000);
			q.mem = arena_create(ROSTER_CLI_BOUND);
			q.spare = arena_create(ROSTER_CLI_BOUND);
			status = q.mem == NULL || q.spare == NULL ? 1 : words[i].run(&q);
		}
	arena_free(q.mem);
	arena_free(q.spare);
	return status < 0 ? cli_roster_usage() : status;
}
