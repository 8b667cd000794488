/*
 * zhaofa policy: packages of rules from the command line.  check, eval and test need no database.
 * Findings in Chinese and English.
 */
#include "app/app.h"
#include "app/cli_policy.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/policy/policy_version.h"

#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BOUND ((size_t)256 << 20)

int
cli_policy_usage(void)
{
	fputs("zhaofa policy check FILE\n"
	    "zhaofa policy eval --package FILE|NAME --facts FILE [--date YYYY-MM-DD] [--trace] [--trials]\n"
	    "zhaofa policy test DIR|FILE... [--package FILE|NAME] [--trials]\n"
	    "zhaofa policy list\n"
	    "zhaofa policy replay --db URL [--state DIR]   every stored decision once more, byte for byte\n"
	    "zhaofa policy whatif --package FILE|NAME [--draft FILE | --set NAME=VALUE@DAY] [--trials] --population FILE.csv | --synth SEED:N\n"
	    "                     [--date DAY] [--group COLUMN] [--curve NAME FROM TO STEP]\n", stderr);
	return 2;
}

/* The whole file in the arena; "-" is standard input. */
static bool
file_read(struct arena *mem, const char *path, struct text *ret)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	char *p = arena_alloc(mem, RULES_TEXT_MAX + 1);
	size_t n;
	bool fine;

	if (f == NULL || p == NULL) {
		fprintf(stderr, "zhaofa: policy: cannot read %s\n", path);
		return false;
	}
	n = fread(p, 1, RULES_TEXT_MAX + 1, f);
	fine = !ferror(f) && n <= RULES_TEXT_MAX;
	if (f != stdin)
		fclose(f);
	if (!fine)
		fprintf(stderr, "zhaofa: policy: %s: unreadable, or past %d bytes\n", path, RULES_TEXT_MAX);
	*ret = (struct text){ p, n };
	return fine;
}

const struct rules *
cli_policy_compile(struct arena *mem, struct text source, const char *name)
{
	struct rules_findings *findings = ARENA_NEW(mem, struct rules_findings);
	const struct rules *r = NULL;
	enum rc rc;

	if (findings == NULL)
		return NULL;
	rc = rules_compile(mem, source, findings, &r);
	if (rc != RC_OK && rc != RC_INVALID)
		fprintf(stderr, "%s: %s\n", name, rc_name(rc));
	for (size_t i = 0; i < findings->n; i++) {
		struct text zh = policy_finding_text(mem, LANG_ZH, &findings->finding[i]);
		struct text en = policy_finding_text(mem, LANG_EN, &findings->finding[i]);

		fprintf(stderr, "%s:%d:%d: %.*s / %.*s\n", name, findings->finding[i].line, findings->finding[i].column,
		    (int)zh.n, zh.p, (int)en.n, en.p);
	}
	return r;
}

/* A file, or the name of a package the program brings. */
const struct rules *
cli_policy_open(struct arena *mem, const char *name)
{
	const struct policy_builtin *b = policy_builtin_find(text_of(name));
	struct text source;

	if (b != NULL)
		source = b->text;
	else if (!file_read(mem, name, &source))
		return NULL;
	return cli_policy_compile(mem, source, name);
}

const struct rules *
cli_policy_tried(struct policy_asked *q, const struct rules *r)
{
	const struct rules *tried;

	if (r == NULL || !q->trials)
		return r;
	return rules_with_trials(q->mem, r, &tried) == RC_OK ? tried : NULL;
}

static int
check(struct policy_asked *q)
{
	int bad = 0;

	if (q->n_words == 0)
		return cli_policy_usage();
	for (int i = 0; i < q->n_words; i++) {
		const struct rules *r = cli_policy_open(q->mem, q->words[i]);
		const struct rules_package *k;

		if (r == NULL) {
			bad++;
			continue;
		}
		k = rules_package(r);
		printf("%s: %.*s %.*s: 参数 %zu, 输入 %zu, 列表 %zu, 步骤 %zu: 通过 / ok\n", q->words[i], (int)k->name.n, k->name.p,
		    (int)k->version.n, k->version.p, k->n_parameters, k->n_inputs, k->n_lists, k->n_steps);
	}
	return bad > 0;
}

static bool
facts_open(struct policy_asked *q, const struct rules *r, struct rules_facts **ret)
{
	struct findings findings = { 0 };
	struct policy_findings bad;
	const struct json_value *tree;
	struct text body;
	int law = rules_package(r)->law_date;
	int64_t day;

	if (!file_read(q->mem, q->facts, &body))
		return false;
	if (json_tree(body, q->mem, &tree, &findings) != RC_OK) {
		struct text why = finding_text(q->mem, LANG_ZH, &findings.v[0]);

		fprintf(stderr, "%s: %.*s\n", q->facts, (int)why.n, why.p);
		return false;
	}
	if (policy_facts_read(q->mem, LANG_ZH, r, tree, ret, &bad) != RC_OK) {
		for (size_t i = 0; i < bad.n; i++)
			fprintf(stderr, "%s: %.*s: %.*s\n", q->facts, (int)bad.v[i].field.n, bad.v[i].field.p, (int)bad.v[i].message.n,
			    bad.v[i].message.p);
		return false;
	}
	if (q->date == NULL)
		return true;
	if (law < 0 || rules_read(r, (struct rules_type){ .kind = RULES_DATE }, text_of(q->date), &day) != RC_OK ||
	    rules_fact_set(*ret, law, day) != RC_OK) {
		fprintf(stderr, "--date: 不是规则包能用的日期 / not a day the package takes: %s\n", q->date);
		return false;
	}
	return true;
}

static int
eval(struct policy_asked *q)
{
	const struct rules *r;
	struct rules_facts *f;
	struct rules_verdict v;
	struct buf out;
	enum rc rc;

	if (q->package == NULL || q->facts == NULL)
		return cli_policy_usage();
	r = cli_policy_tried(q, cli_policy_open(q->mem, q->package));
	if (r == NULL || !facts_open(q, r, &f))
		return 1;
	rc = rules_judge(q->mem, r, f, &v);
	if (rc != RC_OK && rc != RC_INVALID) {
		fprintf(stderr, "zhaofa: policy: %s\n", rc_name(rc));
		return 1;
	}
	buf_init(&out, (size_t)4 << 20);
	policy_verdict_write(&out, r, &v, q->trace);
	fwrite(out.p, 1, out.n, stdout);
	rc = buf_rc(&out) == RC_OK ? rc : buf_rc(&out);
	buf_free(&out);
	return rc == RC_OK ? 0 : 1;
}

/* ---- cases ---------------------------------------------------------------------------------------------- */

struct trial { struct policy_asked *q; const struct rules *rules; struct policy_tally tally; const char *file; };

static void
say(void *arg, struct text name, struct text what)
{
	struct trial *t = arg;

	printf("not ok %s: %.*s: %.*s\n", t->file, (int)name.n, name.p, (int)what.n, what.p);
}

static void
run_file(struct trial *t, const struct rules *r, const char *path)
{
	struct findings findings = { 0 };
	struct text json;

	t->file = path;
	if (!file_read(t->q->mem, path, &json)) {
		t->tally.failed++;
		return;
	}
	if (policy_cases_run(t->q->mem, r, json, &t->tally, say, t, &findings) != RC_OK) {
		struct text why = findings.n > 0 ? finding_text(t->q->mem, LANG_ZH, &findings.v[0]) : TEXT("?");

		say(t, TEXT("file"), why);
		t->tally.failed++;
	}
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static void run_path(struct trial *t, const struct rules *r, const char *path);

/* A folder's *.json in the order of their names, and its folders; a folder named like a package is for it. */
static void
run_folder(struct trial *t, const struct rules *r, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
	char **entry = arena_array(t->q->mem, 2000, sizeof *entry);
	DIR *d = opendir(path);
	size_t n = 0;

	if (r == NULL && policy_builtin_find(text_of(name)) != NULL)
		r = cli_policy_tried(t->q, cli_policy_open(t->q->mem, name));
	for (struct dirent *e; d != NULL && entry != NULL && n < 2000 && (e = readdir(d)) != NULL;)
		if (e->d_name[0] != '.') {
			struct text p = arena_format(t->q->mem, "%s/%s", path, e->d_name);

			if (p.p != NULL)
				entry[n++] = (char *)(uintptr_t)p.p;
		}
	if (d != NULL)
		closedir(d);
	if (n > 0)
		qsort(entry, n, sizeof *entry, by_name);
	for (size_t i = 0; i < n; i++)
		run_path(t, r, entry[i]);
}

static void
run_path(struct trial *t, const struct rules *r, const char *path)
{
	struct text p = text_of(path);
	struct stat st;

	if (stat(path, &st) != 0) {
		fprintf(stderr, "zhaofa: policy: cannot read %s\n", path);
		t->tally.failed++;
	} else if (S_ISDIR(st.st_mode)) {
		run_folder(t, r, path);
	} else if (text_ends_with(p, TEXT(".json"))) {
		if (r == NULL) {
			fprintf(stderr, "zhaofa: policy: %s: which package? name it with --package, or its folder like it\n", path);
			t->tally.failed++;
			return;
		}
		run_file(t, r, path);
	}
}

static int
test(struct policy_asked *q)
{
	struct trial t = { .q = q };

	if (q->n_words == 0)
		return cli_policy_usage();
	if (q->package != NULL) {
		t.rules = cli_policy_tried(q, cli_policy_open(q->mem, q->package));
		if (t.rules == NULL)
			return 1;
	}
	for (int i = 0; i < q->n_words; i++)
		run_path(&t, t.rules, q->words[i]);
	printf("%d passed, %d failed\n", t.tally.passed, t.tally.failed);
	return t.tally.failed > 0 || t.tally.passed == 0;
}

static int
list(struct policy_asked *q)
{
	(void)q;
	for (size_t i = 0; i < policy_builtins_n; i++)
		puts(policy_builtins[i].package);
	return 0;
}

/* ---- stored decisions ------------------------------------------------------------------------------------- */

static int
replay(struct policy_asked *q)
{
	struct cli cli = { .db = q->db, .state = q->state };
	struct policy_replays all;
	struct actor system;
	struct app app;
	struct ctx ctx;
	enum rc rc;

	if (q->db == NULL)
		return cli_policy_usage();
	if (app_open(&app, &cli, false) != RC_OK) {
		app_close(&app);
		return 1;
	}
	system = identity_system(app.conf.city);
	ctx = app_ctx(&app, q->mem, &system);
	rc = policy_replay_all(&ctx, &all);
	app_close(&app);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: policy replay: %s\n", rc_name(rc));
		return 1;
	}
	printf("逐字节相同 the same byte for byte %lld, 不同 differ %lld, 文本被改 text tampered with %lld, 不能重算 unreadable %lld\n",
	    (long long)all.n[POLICY_SAME], (long long)all.n[POLICY_OTHER_BYTES], (long long)all.n[POLICY_TAMPERED],
	    (long long)all.n[POLICY_UNREADABLE]);
	if (all.first_bad != 0)
		printf("第一条 first: decision %lld\n", (long long)all.first_bad);
	return all.first_bad != 0;
}

static const struct { const char *word; int (*run)(struct policy_asked *q); } words[] = {
	{ "check", check }, { "eval", eval }, { "test", test }, { "list", list },
	{ "replay", replay }, { "whatif", cli_policy_whatif },
};

int
cli_policy(int argc, char **argv)
{
	enum { OPT_PACKAGE = 1, OPT_DATE, OPT_FACTS, OPT_TRACE, OPT_DB, OPT_STATE, OPT_ALL, OPT_DRAFT, OPT_SET,
		OPT_POPULATION, OPT_TRIALS, OPT_SYNTH, OPT_GROUP, OPT_CURVE };
	static const struct option table[] = {
		{ "package", required_argument, NULL, OPT_PACKAGE }, { "date", required_argument, NULL, OPT_DATE },
		{ "facts", required_argument, NULL, OPT_FACTS }, { "trace", no_argument, NULL, OPT_TRACE },
		{ "db", required_argument, NULL, OPT_DB }, { "state", required_argument, NULL, OPT_STATE },
		{ "all", no_argument, NULL, OPT_ALL }, { "draft", required_argument, NULL, OPT_DRAFT },
		{ "set", required_argument, NULL, OPT_SET }, { "population", required_argument, NULL, OPT_POPULATION },
		{ "synth", required_argument, NULL, OPT_SYNTH }, { "trials", no_argument, NULL, OPT_TRIALS },
		{ "group", required_argument, NULL, OPT_GROUP }, { "curve", required_argument, NULL, OPT_CURVE }, { NULL, 0, NULL, 0 },
	};
	struct policy_asked q = { .package = NULL };
	int o, status = 2;

	while ((o = getopt_long(argc, argv, "", table, NULL)) != -1)
		switch (o) {
		case OPT_PACKAGE: q.package = optarg; break;
		case OPT_DATE: q.date = optarg; break;
		case OPT_FACTS: q.facts = optarg; break;
		case OPT_TRACE: q.trace = true; break;
		case OPT_DB: q.db = optarg; break;
		case OPT_STATE: q.state = optarg; break;
		case OPT_ALL: break;
		case OPT_DRAFT: q.draft = optarg; break;
		case OPT_SET: q.set = optarg; break;
		case OPT_POPULATION: q.population = optarg; break;
		case OPT_TRIALS: q.trials = true; break;
		case OPT_SYNTH: q.synth = optarg; break;
		case OPT_GROUP: q.group = optarg; break;
		case OPT_CURVE: q.curve = optarg; break;
		default: return cli_policy_usage();
		}
	if (optind >= argc)
		return cli_policy_usage();
	q.words = (const char *const *)argv + optind + 1;
	q.n_words = argc - optind - 1;
	q.mem = arena_create(BOUND);
	for (size_t i = 0; q.mem != NULL && i < sizeof words / sizeof words[0]; i++)
		if (strcmp(argv[optind], words[i].word) == 0) {
			status = words[i].run(&q);
			arena_free(q.mem);
			return status;
		}
	arena_free(q.mem);
	return cli_policy_usage();
}
