/*
 * zhaofa dispatch explain NUMBER|ID | replay | backtest: why this person, does every decision come out again as it was
 * stored, and what would other weights have done?  Chinese and English on every line.
 */
#include "app/app.h"

#include "kit/msg/msg.h"
#include "operations/dispatch/dispatch.h"

#include <stdio.h>
#include <string.h>

#define BOUND ((size_t)64 << 20)
#define WEIGHTS_MAX 4096

struct explained {
	struct text word;            /* number of a request, or the id of a request */
	struct request r;
	struct decision d;
	struct candidate *v;
	size_t n;
	enum rc again;
	bool same;
};

/* ---- explain ------------------------------------------------------------------------------------------ */

static enum rc
explain_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct explained *e = argument;
	struct case_id id = { 0 };
	enum rc rc = RC_OK;

	e->v = arena_array(tx_mem(tx), DISPATCH_CANDIDATES_MAX, sizeof *e->v);
	if (e->v == NULL)
		return RC_NO_MEMORY;
	if (int64_parse(e->word, 1, INT64_MAX, &id.n) != RC_OK)
		rc = request_find_number(tx, actor, e->word, &id);
	if (rc == RC_OK)
		rc = request_load(tx, actor, id, &e->r);
	if (rc == RC_OK)
		rc = dispatch_decision_load(tx, actor, id, 0, &e->d);
	if (rc != RC_OK)
		return rc;
	e->again = dispatch_replay(&e->d, tx_mem(tx), &e->same);
	return dispatch_decision_candidates(tx, actor, &e->d, e->v, DISPATCH_CANDIDATES_MAX, &e->n);
}

static void
print_pair(const char *label)
{
	printf("%s / %s", label, msg(LANG_EN, label));
}

static void
print_candidate(const struct explained *e, size_t i)
{
	const struct candidate *c = &e->v[i];
	const char *mark = c->account == e->d.chosen ? " ←" : "";

	if (c->bar != BAR_NONE) {
		printf("   —  %.*s（%.*s）%s: ", (int)c->name.n, c->name.p, (int)c->point_name.n, c->point_name.p, mark);
		print_pair(dispatch_bar_label(c->bar));
		putchar('\n');
		return;
	}
	printf("%4zu  %.*s（%.*s）%s: %d =", i + 1, (int)c->name.n, c->name.p, (int)c->point_name.n, c->point_name.p, mark, c->score);
	for (int p = 0; p < PART_COUNT; p++)
		printf(" %s %d", dispatch_part_label((enum dispatch_part)p), c->part[p]);
	printf("; 在办 open %d/%d\n", c->load, c->capacity);
}

static int
explain_print(const struct explained *e)
{
	char when[32];
	struct text at = moment_print(e->d.at_ms, when);

	printf("编号 number   %.*s\n时间 at       %.*s\n选择 chosen   ", (int)e->r.number.n, e->r.number.p, (int)at.n, at.p);
	print_pair(dispatch_how_label(e->d.how));
	printf("\n理由 reason   %.*s\n", (int)e->d.reason.n, e->d.reason.p);
	printf("规则 rule     %lld, 权重 weights %lld, 种子 seed %lld\n", (long long)e->d.engine, (long long)e->d.rules,
	    (long long)e->d.seed);
	printf("复核 replay   %s\n\n", e->again == RC_REFUSED ? "别的版本的规则 / another version of the rule" :
	    e->again == RC_OK && e->same ? "一致，逐字节相同 / the same, byte for byte" : "不一致 / DIFFERS");
	for (size_t i = 0; i < e->n; i++)
		print_candidate(e, i);
	return e->again == RC_REFUSED || (e->again == RC_OK && e->same) ? 0 : 1;
}

static int
explain_run(struct app *app, struct arena *mem, const char *word)
{
	struct actor system = identity_system(app->conf.city);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct explained e = { .word = text_of(word) };
	enum rc rc = db_read(&ctx, explain_tx, &e);

	if (rc == RC_OK)
		return explain_print(&e);
	fprintf(stderr, "zhaofa: dispatch explain '%s': %s\n", word,
	    rc == RC_NOT_FOUND ? "no such request, or nobody was ever chosen for it" : rc_name(rc));
	return 1;
}

/* ---- replay ---------------------------------------------------------------------------------------------- */

static enum rc
replay_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	return dispatch_replay_all(tx, actor, argument);
}

static int
replay_run(struct app *app, struct arena *mem)
{
	struct actor system = identity_system(app->conf.city);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct dispatch_replayed all;
	enum rc rc = db_read(&ctx, replay_tx, &all);

	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: dispatch replay: %s\n", rc_name(rc));
		return 1;
	}
	printf("decisions %lld: the same byte for byte %lld, differ %lld, another version of the rule %lld\n",
	    (long long)all.looked_at, (long long)all.same, (long long)all.differ, (long long)all.other_engine);
	if (all.differ > 0)
		printf("first that differs: decision %lld\n", (long long)all.first);
	return all.differ > 0;
}

/* ---- backtest --------------------------------------------------------------------------------------------- */

struct test_arg { const char *weights; struct dispatch_rules now; struct dispatch_weights w; struct backtest result; };

/* A file of "key=number" lines, or the list itself. */
static struct text
weights_text(struct arena *mem, const char *given)
{
	FILE *f = strchr(given, '=') == NULL ? fopen(given, "rb") : NULL;
	char *p = arena_alloc(mem, WEIGHTS_MAX);
	size_t n = 0;

	if (strchr(given, '=') != NULL)
		return text_of(given);
	if (f == NULL || p == NULL) {
		if (f != NULL)
			fclose(f);
		return (struct text){ NULL, 0 };
	}
	n = fread(p, 1, WEIGHTS_MAX, f);
	fclose(f);
	return (struct text){ p, n };
}

static enum rc
backtest_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct test_arg *arg = argument;
	const struct dispatch_weight_row *bad = NULL;
	struct text given;
	enum rc rc = dispatch_rules_now(tx, actor, &arg->now);

	if (rc != RC_OK)
		return rc;
	arg->w = arg->now.weights;
	given = arg->weights != NULL ? weights_text(tx_mem(tx), arg->weights) : TEXT_NONE;
	if (given.p == NULL) {
		fprintf(stderr, "zhaofa: dispatch backtest: --weights '%s': no such file, and no key=value\n", arg->weights);
		return RC_INVALID;
	}
	if (dispatch_weights_read(given, &arg->w, &bad) != RC_OK) {
		if (bad != NULL)
			fprintf(stderr, "zhaofa: dispatch backtest: --weights %s: must be a whole number %d..%d\n", bad->key, bad->least,
			    bad->most);
		else
			fprintf(stderr, "zhaofa: dispatch backtest: --weights '%s': no such weight\n", arg->weights);
		return RC_INVALID;
	}
	return dispatch_backtest(tx, actor, &arg->w, &arg->result);
}

static void
print_share(const char *what, int64_t was, int64_t was_n, int64_t would, int64_t would_n)
{
	int64_t a = was_n > 0 ? 1000 * was / was_n : 0, b = would_n > 0 ? 1000 * would / would_n : 0;

	printf("%-52s %10lld.%lld%% %10lld.%lld%%\n", what, (long long)(a / 10), (long long)(a % 10), (long long)(b / 10),
	    (long long)(b % 10));
}

static void
print_tenths(const char *what, int64_t was, int64_t would)
{
	printf("%-52s %10lld.%lld  %10lld.%lld\n", what, (long long)(was / 10), (long long)(was % 10), (long long)(would / 10),
	    (long long)(would % 10));
}

static void
print_count(const char *what, int64_t was, int64_t would)
{
	printf("%-52s %12lld  %12lld\n", what, (long long)was, (long long)would);
}

static int64_t
mean(int64_t sum, int64_t n)
{
	return n > 0 ? sum / n : 0;
}

static int
backtest_print(const struct backtest *b)
{
	const struct backtest_side *a = &b->was, *w = &b->would;

	printf("decisions %lld, people who could have had one %lld, another choice in %lld; skipped %lld\n",
	    (long long)b->decisions, (long long)b->people, (long long)b->changed, (long long)b->skipped);
	printf("%-52s %13s %13s\n", "", "was", "would");
	print_count("有人可派 somebody to give it to", a->chosen, w->chosen);
	print_share("同村 same village", a->village, a->chosen, w->village, w->chosen);
	print_share("同镇 same town", a->town, a->chosen, w->town, w->chosen);
	print_share("同县 same county", a->county, a->chosen, w->county, w->chosen);
	print_share("全市 city-wide, hotline", a->city, a->chosen, w->city, w->chosen);
	print_tenths("平均距离 mean distance, km", mean(a->km_tenths, a->km_n), mean(w->km_tenths, w->km_n));
	print_share("当时开放 point open at that moment", a->open_point, a->chosen, w->open_point, w->chosen);
	print_count("一人最多件数 most cases to one", a->most, w->most);
	print_count("件数第 90 百分位 90th percentile of cases", a->p90, w->p90);
	print_tenths("基尼系数 Gini of cases, percent", a->gini_permille, w->gini_permille);
	print_tenths("派时最满 fullest when given one, percent", a->peak_permille, w->peak_permille);
	print_count("接收前等候（估计） wait for acceptance, minutes, est.", mean(a->wait_minutes, a->wait_n),
	    mean(w->wait_minutes, w->wait_n));
	return 0;
}

static int
backtest_run(struct app *app, struct arena *mem, const char *weights)
{
	struct actor system = identity_system(app->conf.city);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct test_arg arg = { .weights = weights };
	enum rc rc = db_read(&ctx, backtest_tx, &arg);

	if (rc == RC_OK)
		return backtest_print(&arg.result);
	if (rc != RC_INVALID)
		fprintf(stderr, "zhaofa: dispatch backtest: %s\n", rc_name(rc));
	return rc == RC_INVALID ? 2 : 1;
}

int
cli_dispatch(const struct cli *cli)
{
	bool explain = cli->n_words == 2 && strcmp(cli->words[0], "explain") == 0;
	bool replay = cli->n_words == 1 && strcmp(cli->words[0], "replay") == 0;
	bool backtest = cli->n_words == 1 && strcmp(cli->words[0], "backtest") == 0;
	struct arena *mem;
	struct app app;
	int status = 1;

	if (!explain && !replay && !backtest) {
		fputs("zhaofa: dispatch explain NUMBER|ID   who was considered for the newest hand-over of a request, and why\n"
		    "        dispatch replay              make every stored decision again and compare\n"
		    "        dispatch backtest [--weights FILE|key=number,...]   what other weights would have done\n", stderr);
		return 2;
	}
	mem = arena_create(BOUND);
	if (mem != NULL && app_open(&app, cli, false) == RC_OK)
		status = explain ? explain_run(&app, mem, cli->words[1]) : backtest ? backtest_run(&app, mem, cli->weights)
		    : replay_run(&app, mem);
	app_close(&app);
	arena_free(mem);
	return status;
}
