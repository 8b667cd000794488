/* zhaofa: one program; what it does is its first word. */
#include "app/app.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#ifndef ZHAOFA_VERSION
#define ZHAOFA_VERSION "0.1.0"
#endif

static const struct {
	const char *word;
	int (*run)(const struct cli *cli);
	const char *help;
} commands[] = {
	{ "serve", cli_serve, "serve   [--conf FILE] [--db URL] [--state DIR] [--port N] [--now ISO]" },
	{ "demo", cli_demo, "demo    --db URL [--state DIR] [--seed N] [--requests N] [--aid N] | --accounts" },
	{ "verify", cli_verify, "verify  --db URL [--state DIR] [--now ISO] [--quick]   check what the data promise; quick: attached files by size alone" },
	{ "audit", cli_audit, "audit   verify|export --db URL [--state DIR] [FILE of shipped checkpoints]" },
	{ "migrate", cli_migrate, "migrate --db URL [--state DIR]" },
	{ "routes", cli_routes, "routes  method, path, right and kind of every route" },
	{ "dispatch", cli_dispatch, "dispatch explain NUMBER|ID | replay | backtest [--weights FILE|key=number,...] --db URL [--state DIR]   why this person; every decision made again" },
	{ "account", cli_account, "account first LOGIN NAME --db URL [--state DIR]   the first administrator; password on standard input" },
};

static int
usage(FILE *out, int status)
{
	fputs("zhaofa " ZHAOFA_VERSION "  遇事找法 — a city's public legal service\n", out);
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		fprintf(out, "  zhaofa %s\n", commands[i].help);
	fputs("  zhaofa clock   due (--rule NAME | --count N --unit UNIT) --from T [--pause FROM/TO]... | rules\n", out);
	fputs("  zhaofa policy  check FILE | eval --package P --facts FILE [--date D] [--trace] | test DIR | list | replay --db URL\n"
	    "                 | whatif --package P --set NAME=VALUE@DAY --population FILE.csv\n", out);
	fputs("  zhaofa circle  import | synth | build | cover | nearest | matrix | isochrone | verify | site   ways and what is reached on them\n", out);
	fputs("  zhaofa roster  synth | plan | verify | candidates | sick | bench | nrp | nrp-check   months of advisers' visits\n"
	    "                 | gap | assign | seats   jobs to agents, advisers to villages, seats and shifts, each with its bound\n", out);
	fputs("  zhaofa paper   list | check DIR | render NAME --facts FILE.json > PAPER.pdf\n", out);
	fputs("  zhaofa bench   clock | paper | recount\n", out);
	fputs("  zhaofa version\n", out);
	return status;
}

/* Personal data must not reach a core file. */
static void
no_core_dumps(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
}

static int
options(int argc, char **argv, struct cli *cli)
{
	enum { OPT_CONF = 1, OPT_DB, OPT_STATE, OPT_NOW, OPT_SEED, OPT_REQUESTS, OPT_AID, OPT_PORT, OPT_ACCOUNTS, OPT_QUICK, OPT_WEIGHTS, OPT_HELP };
	static const struct option table[] = {
		{ "conf", required_argument, NULL, OPT_CONF }, { "db", required_argument, NULL, OPT_DB },
		{ "state", required_argument, NULL, OPT_STATE }, { "now", required_argument, NULL, OPT_NOW },
		{ "seed", required_argument, NULL, OPT_SEED }, { "requests", required_argument, NULL, OPT_REQUESTS },
		{ "aid", required_argument, NULL, OPT_AID },
		{ "port", required_argument, NULL, OPT_PORT }, { "accounts", no_argument, NULL, OPT_ACCOUNTS },
		{ "quick", no_argument, NULL, OPT_QUICK }, { "weights", required_argument, NULL, OPT_WEIGHTS },
		{ "help", no_argument, NULL, OPT_HELP }, { NULL, 0, NULL, 0 },
	};
	int o;

	while ((o = getopt_long(argc, argv, "", table, NULL)) != -1)
		switch (o) {
		case OPT_CONF: cli->conf = optarg; break;
		case OPT_DB: cli->db = optarg; break;
		case OPT_STATE: cli->state = optarg; break;
		case OPT_NOW: cli->now = optarg; break;
		case OPT_SEED: cli->seed = optarg; break;
		case OPT_REQUESTS: cli->requests = optarg; break;
		case OPT_AID: cli->aid = optarg; break;
		case OPT_PORT: cli->port = optarg; break;
		case OPT_ACCOUNTS: cli->flag_accounts = true; break;
		case OPT_WEIGHTS: cli->weights = optarg; break;
		case OPT_QUICK: cli->flag_quick = true; break;
		case OPT_HELP: return 1;
		default: return 2;
		}
	cli->words = (const char *const *)argv + optind;
	cli->n_words = argc - optind;
	return 0;
}

int
main(int argc, char **argv)
{
	struct cli cli = { .conf = NULL };
	int status;

	no_core_dumps();
	if (argc < 2)
		return usage(stderr, 2);
	if (strcmp(argv[1], "version") == 0)
		return puts("zhaofa " ZHAOFA_VERSION) < 0;
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return usage(stdout, 0);
	if (strcmp(argv[1], "clock") == 0)
		return cli_clock(argc - 1, argv + 1);
	if (strcmp(argv[1], "paper") == 0)
		return cli_paper(argc - 1, argv + 1);
	if (strcmp(argv[1], "policy") == 0)
		return cli_policy(argc - 1, argv + 1);
	if (strcmp(argv[1], "circle") == 0)
		return cli_circle(argc - 1, argv + 1);
	if (strcmp(argv[1], "roster") == 0) {
		status = cli_assign(argc - 1, argv + 1); /* below 0: no word of its own */
		return status >= 0 ? status : cli_roster(argc - 1, argv + 1);
	}
	if (strcmp(argv[1], "bench") == 0)
		return cli_bench(argc - 1, argv + 1);
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(argv[1], commands[i].word) == 0) {
			status = options(argc - 1, argv + 1, &cli);
			return status == 0 ? commands[i].run(&cli) : usage(status == 1 ? stdout : stderr, status - 1);
		}
	fprintf(stderr, "zhaofa: no command '%s'\n", argv[1]);
	return usage(stderr, 2);
}
