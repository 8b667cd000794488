/*
 * zhaofa dispatch explain NUMBER|ID | replay: why this person, and does every decision come out again as it was
 * stored?  Chinese and English on every line.
 */
#include "app/app.h"

#include "kit/msg/msg.h"
#include "operations/dispatch/dispatch.h"

#include <stdio.h>
#include <string.h>

#define BOUND ((size_t)64 << 20)

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

int
cli_dispatch(const struct cli *cli)
{
	bool explain = cli->n_words == 2 && strcmp(cli->words[0], "explain") == 0;
	bool replay = cli->n_words == 1 && strcmp(cli->words[0], "replay") == 0;
	struct arena *mem;
	struct app app;
	int status = 1;

	if (!explain && !replay) {
		fputs("zhaofa: dispatch explain NUMBER|ID   who was considered for the newest hand-over of a request, and why\n"
		    "        dispatch replay              make every stored decision again and compare\n", stderr);
		return 2;
	}
	mem = arena_create(BOUND);
	if (mem != NULL && app_open(&app, cli, false) == RC_OK)
		status = explain ? explain_run(&app, mem, cli->words[1]) : replay_run(&app, mem);
	app_close(&app);
	arena_free(mem);
	return status;
}
