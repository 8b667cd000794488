/* zhaofa roster gap | assign | seats: engine/assign from files to files, without a database. */
#include "app/cli_assign.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/app.h"

#define TEXT_BYTES ((size_t)256 << 20)
#define MEM_BYTES ((size_t)1 << 30)

int
cli_assign_usage(void)
{
	fputs("zhaofa roster gap    FILE [--max] [--seconds N | --rounds N] [--seed N] [--out FILE]   OR-Library generalised assignment\n"
	      "zhaofa roster assign --villages CSV --advisers CSV | --synth N,M [--seed N] [--out FILE]   least minutes, exact, with proof\n"
	      "zhaofa roster seats  HISTORY.csv --day DAY [--holiday] [--within S] [--share PERMILLE] [--lost PERMILLE] [--talk S]\n"
	      "                     [--patience S] [--quantile PERMILLE] [--out FILE]   seats each half hour, and shifts of eight hours\n"
	      "  tables: villages code,lon,lat[,before]; advisers code,lon,lat,room; history day,slot,calls[,kind]\n", stderr);
	return 2;
}

bool
cli_assign_text(const struct assign_asked *q, const char *path, struct text *ret)
{
	FILE *f = path == NULL ? NULL : fopen(path, "rb");
	long n = -1;
	char *p = NULL;

	if (f != NULL && fseek(f, 0, SEEK_END) == 0)
		n = ftell(f);
	if (n >= 0 && (size_t)n <= TEXT_BYTES)
		p = arena_raw(q->mem, (size_t)n + 1, 1);
	if (p != NULL) {
		rewind(f);
		if (fread(p, 1, (size_t)n, f) != (size_t)n)
			p = NULL;
	}
	if (f != NULL)
		fclose(f);
	if (p == NULL) {
		fprintf(stderr, "zhaofa: roster: %s: cannot be read, or past %zu bytes\n", path == NULL ? "(no file)" : path, TEXT_BYTES);
		return false;
	}
	*ret = (struct text){ p, (size_t)n };
	return true;
}

bool
cli_assign_put(const struct assign_asked *q, const struct buf *b)
{
	FILE *f;
	bool fine;

	if (q->out == NULL)
		return true;
	f = fopen(q->out, "wb");
	fine = f != NULL && buf_rc(b) == RC_OK && fwrite(b->p, 1, b->n, f) == b->n;
	if (f != NULL)
		fine = fclose(f) == 0 && fine;
	if (!fine)
		fprintf(stderr, "zhaofa: roster: %s: %s\n", q->out, f == NULL ? strerror(errno) : "cannot be written");
	return fine;
}

bool
cli_assign_number(struct text *t, int64_t least, int64_t most, int64_t *ret)
{
	size_t at = 0, end;

	while (at < t->n && (unsigned char)t->p[at] <= ' ')
		at++;
	for (end = at; end < t->n && (unsigned char)t->p[end] > ' ';)
		end++;
	if (int64_parse((struct text){ t->p + at, end - at }, least, most, ret) != RC_OK)
		return false;
	*t = (struct text){ t->p + end, t->n - end };
	return true;
}

int64_t
cli_assign_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool
number(const char *arg, int64_t least, int64_t most, int64_t *ret)
{
	if (int64_parse(text_of(arg), least, most, ret) == RC_OK)
		return true;
	fprintf(stderr, "zhaofa: roster: '%s' is no number from %lld to %lld\n", arg, (long long)least, (long long)most);
	return false;
}

static bool
options(int argc, char **argv, struct assign_asked *q)
{
	enum { OPT_OUT = 1, OPT_SECONDS, OPT_ROUNDS, OPT_SEED, OPT_MAX, OPT_VILLAGES, OPT_ADVISERS, OPT_SYNTH, OPT_DAY,
		OPT_HOLIDAY, OPT_WITHIN, OPT_SHARE, OPT_LOST, OPT_TALK, OPT_PATIENCE, OPT_QUANTILE };
	static const struct option table[] = {
		{ "out", required_argument, NULL, OPT_OUT }, { "seconds", required_argument, NULL, OPT_SECONDS },
		{ "rounds", required_argument, NULL, OPT_ROUNDS }, { "seed", required_argument, NULL, OPT_SEED },
		{ "max", no_argument, NULL, OPT_MAX }, { "villages", required_argument, NULL, OPT_VILLAGES },
		{ "advisers", required_argument, NULL, OPT_ADVISERS }, { "synth", required_argument, NULL, OPT_SYNTH },
		{ "day", required_argument, NULL, OPT_DAY }, { "holiday", no_argument, NULL, OPT_HOLIDAY },
		{ "within", required_argument, NULL, OPT_WITHIN }, { "share", required_argument, NULL, OPT_SHARE },
		{ "lost", required_argument, NULL, OPT_LOST }, { "talk", required_argument, NULL, OPT_TALK },
		{ "patience", required_argument, NULL, OPT_PATIENCE }, { "quantile", required_argument, NULL, OPT_QUANTILE },
		{ NULL, 0, NULL, 0 },
	};
	int o;

	while ((o = getopt_long(argc, argv, "", table, NULL)) != -1)
		switch (o) {
		case OPT_OUT: q->out = optarg; break;
		case OPT_SECONDS: if (!number(optarg, 1, 86400, &q->seconds)) return false; break;
		case OPT_ROUNDS: if (!number(optarg, 1, 1000000000, &q->rounds)) return false; break;
		case OPT_SEED: if (!number(optarg, 0, INT64_MAX, &q->seed)) return false; break;
		case OPT_MAX: q->max = true; break;
		case OPT_VILLAGES: q->villages = optarg; break;
		case OPT_ADVISERS: q->advisers = optarg; break;
		case OPT_SYNTH: q->synth = optarg; break;
		case OPT_DAY: q->day = optarg; break;
		case OPT_HOLIDAY: q->holiday = true; break;
		case OPT_WITHIN: if (!number(optarg, 0, 3600, &q->within)) return false; break;
		case OPT_SHARE: if (!number(optarg, 1, 1000, &q->share)) return false; break;
		case OPT_LOST: if (!number(optarg, 0, 1000, &q->lost)) return false; break;
		case OPT_TALK: if (!number(optarg, 1, 36000, &q->talk)) return false; break;
		case OPT_PATIENCE: if (!number(optarg, 0, 36000, &q->patience)) return false; break;
		case OPT_QUANTILE: if (!number(optarg, 500, 999, &q->quantile)) return false; break;
		default: return false;
		}
	q->file = optind < argc ? argv[optind] : NULL;
	return optind + 1 >= argc;
}

static const struct {
	const char *word;
	int (*run)(const struct assign_asked *q);
} words[] = {
	{ "gap", cli_assign_gap }, { "assign", cli_assign_flow }, { "seats", cli_assign_seats },
};

int
cli_assign(int argc, char **argv)
{
	struct assign_asked q = { .seconds = 20, .seed = 1, .within = 20, .share = 800, .lost = 1000, .talk = 300, .patience = 120,
		.quantile = 800 };
	int status = -1;

	for (size_t i = 0; argc > 1 && i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(argv[1], words[i].word) != 0)
			continue;
		if (!options(argc - 1, argv + 1, &q))
			return cli_assign_usage();
		q.mem = arena_create(MEM_BYTES);
		q.spare = arena_create(MEM_BYTES);
		status = q.mem == NULL || q.spare == NULL ? 1 : words[i].run(&q);
		arena_free(q.mem);
		arena_free(q.spare);
		return status;
	}
	return status;
}
