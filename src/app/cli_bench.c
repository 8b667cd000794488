/* zhaofa bench NAME: the program's own figures, on this machine. */
#include "app/app.h"

#include <stdio.h>
#include <string.h>

#include "app/bench.h"

static int
policy(void)
{
	return bench_policy(0);
}

static const struct { const char *name; int (*run)(void); const char *what; } benches[] = {
	{ "circle", bench_circle, "every village to every point within half an hour, by hierarchy, buckets and igraph" },
	{ "circle-pin", bench_circle_pin, "a pin moved over the made-up city: verdicts of all villages and figures" },
	{ "circle-scale", bench_circle_scale, "nearest service for 2,000 to 620,573 villages, to 16 million nodes; takes 6 GB" },
	{ "clock", bench_clock, "deadlines per second, by unit" },
	{ "dispatch", bench_dispatch, "a suggestion: the rule over 5,000 candidates, and the whole through SQLite" },
	{ "paper", bench_paper, "papers a second, by pages and threads" },
	{ "policy", policy, "a means test over 1 and 5.9 million households; [--rows N]" },
	{ "recount", bench_recount, "100,000 running deadlines after a change of the calendar" },
};

int
cli_bench(int argc, char **argv)
{
	int64_t rows;

	if (argc == 4 && strcmp(argv[1], "policy") == 0 && strcmp(argv[2], "--rows") == 0 &&
	    int64_parse(text_of(argv[3]), 1, 20000000, &rows) == RC_OK)
		return bench_policy(rows);
	for (size_t i = 0; argc == 2 && i < sizeof benches / sizeof benches[0]; i++)
		if (strcmp(argv[1], benches[i].name) == 0)
			return benches[i].run();
	for (size_t i = 0; i < sizeof benches / sizeof benches[0]; i++)
		fprintf(stderr, "  zhaofa bench %-12s %s\n", benches[i].name, benches[i].what);
	return 2;
}
