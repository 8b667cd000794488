/* zhaofa circle site: where the next points should stand, with the proof. */
#include "app/cli_circle.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "engine/site/site.h"

#define MEDIAN_CELLS_MAX (UINT64_C(1) << 28)

/* ---- villages, points, candidates ------------------------------------------------------------- */

struct proposal {
	struct circle_road r;
	struct circle_places villages, points, candidates;
	struct site_times times;
	int64_t alone; /* villages in reach of nothing */
	struct route_matrix by_point, by_candidate; /* rows of villages */
};

/* Rows of villages to places. */
static bool
rows_of(struct circle_asked *q, struct proposal *x, const struct route_stop *from,
    const struct circle_places *to,
    struct route_matrix *ret)
{
	uint32_t off;
	const struct route_stop *stop = cli_circle_stops(q, &x->r, to, &off);

	if (stop == NULL)
		return false;
	fprintf(stderr, "%u places, %u off the network\n", to->n, off);
	return cli_circle_matrix(q, &x->r, from, x->villages.n, stop, to->n,
	    (uint32_t)(q->minutes * 60000), ret);
}

/* One matrix into the covers: its columns are sites from `base` on. */
static void
columns_count(const struct route_matrix *m, uint32_t base, uint32_t *first)
{
	for (uint32_t i = 0; i < m->n_from; i++)
		for (uint32_t k = 0; k < m->row[i].n; k++)
			first[base + m->row[i].v[k].to + 1]++;
}

static void
columns_fill(const struct route_matrix *m, uint32_t base, uint32_t *at, uint32_t *client, uint32_t *ms)
{
	for (uint32_t i = 0; i < m->n_from; i++)
		for (uint32_t k = 0; k < m->row[i].n; k++) {
			ms[at[base + m->row[i].v[k].to]] = m->row[i].v[k].ms;
			client[at[base + m->row[i].v[k].to]++] = i;
		}
}

/* Sites: the points there are, which stay, and then the candidates. */
static bool
covers_fill(struct circle_asked *q, struct proposal *x)
{
	uint32_t m = x->points.n + x->candidates.n, n = x->villages.n;
	uint32_t *first = arena_array(q->mem, (size_t)m + 2, sizeof *first), *at;
	size_t pairs = (size_t)(x->by_point.n_pairs + x->by_candidate.n_pairs) + 1;
	uint32_t *client = arena_raw(q->mem, pairs, sizeof *client), *ms = arena_raw(q->mem, pairs, sizeof *ms);
	int64_t *weight = arena_array(q->mem, n, sizeof *weight);
	uint8_t *kept = arena_array(q->mem, m, 1);

	if (first == NULL || client == NULL || ms == NULL || weight == NULL || kept == NULL)
		return false;
	at = first + 1; /* where the next of a site goes becomes where the next site begins */
	columns_count(&x->by_point, 1, first);
	columns_count(&x->by_candidate, x->points.n + 1, first);
	for (uint32_t j = 0; j < m; j++)
		first[j + 2] += first[j + 1];
	columns_fill(&x->by_point, 0, at, client, ms);
	columns_fill(&x->by_candidate, x->points.n, at, client, ms);
	for (uint32_t i = 0; i < n; i++) {
		weight[i] = x->villages.v[i].weight;
		x->alone += x->by_point.row[i].n + x->by_candidate.row[i].n == 0;
	}
	memset(kept, 1, x->points.n);
	x->times = (struct site_times){ { n, m, weight, first, client, kept, (uint32_t)q->capacity }, ms };
	return true;
}

static bool
proposal_open(struct circle_asked *q, struct proposal *x)
{
	struct route_stop *from;
	uint32_t off;

	if (!cli_circle_places(q, q->villages, &x->villages) || !cli_circle_places(q, q->candidates,
	    &x->candidates) ||
	    (q->points != NULL && !cli_circle_places(q, q->points, &x->points)) ||
	    !cli_circle_open(q, true, &x->r))
		return false;
	from = cli_circle_stops(q, &x->r, &x->villages, &off);
	return from != NULL && rows_of(q, x, from, &x->points, &x->by_point) &&
	    rows_of(q, x, from, &x->candidates, &x->by_candidate) && covers_fill(q, x);
}

/* ---- what was found, in words ----------------------------------------------------------------- */

static void
put_proof(const struct site_answer *a, int64_t gap, const char *unit)
{
	fprintf(stderr, "objective %" PRId64 " bound %" PRId64 " %s, gap %" PRId64 "%s, seed %" PRIu64 ", %u nodes\n", a->objective,
	    a->bound, unit, gap, a->proven ? " (proven)" : "", a->seed, a->nodes);
}

static void
put_alone(const struct circle_asked *q, const struct proposal *x)
{
	if (x->alone > 0)
		fprintf(stderr, "%" PRId64 " 个村 %" PRId64 " 分钟内到不了任何点或候选点，没有算在内\n"
		    "%" PRId64 " villages are within %" PRId64 " minutes of no point and no candidate and are left out\n",
		    x->alone, q->minutes, x->alone, q->minutes);
}

/* Villages that a new point serves, after its row. */
static void
put_served(struct buf *b, const struct proposal *x, const struct site_answer *a, uint32_t site)
{
	const char *between = ",";

	for (uint32_t i = 0; i < x->villages.n; i++)
		if (a->serves[i] == site) {
			buf_printf(b, "%s%" PRId64, between, x->villages.v[i].code);
			between = " ";
		}
	buf_add(b, between[0] == ',' ? TEXT(",") : TEXT(""));
}

static bool
put_chosen(const struct circle_asked *q, const struct proposal *x, const struct site_answer *a, uint32_t base)
{
	struct buf b;
	bool fine;

	buf_init(&b, (size_t)64 << 20);
	buf_add(&b, a->serves == NULL ? TEXT("code,lon,lat,datum\n") : TEXT("code,lon,lat,datum,serves\n"));
	for (uint32_t t = 0; t < a->n; t++) {
		const struct circle_place *p = &x->candidates.v[a->chosen[t] - base];

		buf_printf(&b, "%" PRId64 ",%.7f,%.7f,wgs84", p->code, p->at.lon / 1e7, p->at.lat / 1e7);
		if (a->serves != NULL)
			put_served(&b, x, a, a->chosen[t]);
		buf_add(&b, TEXT("\n"));
	}
	fine = cli_circle_put(q, &b);
	buf_free(&b);
	return fine;
}

/* ---- the models --------------------------------------------------------------------------------- */

static enum rc
covering(struct circle_asked *q, const struct proposal *x, struct site_answer *a)
{
	int64_t before = site_cover_weight(q->spare, &x->times.covers, NULL, 0);
	enum rc rc = site_cover(q->mem, q->spare, &x->times.covers, (uint32_t)q->add, (uint64_t)q->seed,
	    (struct site_limits){ 0, 0, 0 }, a);

	if (rc != RC_OK)
		return rc;
	if (q->capacity > 0)
		fprintf(stderr, "每个新点最多管 %" PRId64 " 个村\na new point serves %" PRId64 " villages at most\n", q->capacity, q->capacity);
	fprintf(stderr, "再建 %u 个点，%" PRId64 " 分钟内多覆盖 %" PRId64 "（共 %" PRId64 "）；任何 %u 个点都不会超过 %" PRId64 "%s\n"
	    "with %u more points %" PRId64 " more are within %" PRId64 " minutes (%" PRId64 " in all); no choice of %u can do better than %"
	    PRId64 "; gap %" PRId64 "%s, seed %" PRIu64 "\n", a->n, q->minutes, a->objective - before,
	    a->objective, a->n, a->bound - before,
	    a->proven ? "：已证明最优" : "", a->n, a->objective - before, q->minutes, a->objective, a->n,
	    a->bound - before,
	    a->bound - a->objective, a->proven ? " (proven)" : "", a->seed);
	return RC_OK;
}

static enum rc
cover(struct circle_asked *q, const struct proposal *x, struct site_answer *a)
{
	enum rc rc = site_set(q->mem, q->spare, &x->times.covers, (uint64_t)q->seed, (struct site_limits){ 0, 0, 0 }, a);

	if (rc != RC_OK)
		return rc;
	put_alone(q, x);
	fprintf(stderr, "再建 %" PRId64 " 个点，到得了的人都在 %" PRId64 " 分钟内；少于 %" PRId64 " 个办不到%s\n"
	    "with %" PRId64 " more points everybody who can be reached is within %" PRId64 " minutes; fewer than %" PRId64 " cannot do it\n",
	    a->objective, q->minutes, a->bound, a->proven ? "：已证明最少" : "", a->objective, q->minutes, a->bound);
	put_proof(a, a->objective - a->bound, "points");
	return RC_OK;
}

static enum rc
centre(struct circle_asked *q, const struct proposal *x, struct site_answer *a)
{
	enum rc rc = site_centre(q->mem, q->spare, &x->times, (uint32_t)q->add, (uint64_t)q->seed, (struct site_limits){ 0, 0, 0 }, a);

	if (rc == RC_NOT_FOUND)
		fprintf(stderr, "zhaofa: circle: %" PRId64 " 分钟内 %" PRId64 " 个点没有找到能让到得了的人都到的选法：至少要 %" PRId64 " 个，%" PRId64 " 个够\n"
		    "no choice of %" PRId64 " was found that has everybody who can be reached within %" PRId64 " minutes: at least %" PRId64
		    " are needed, %" PRId64 " are enough\n", q->minutes, q->add, a->bound, a->objective, q->add, q->minutes, a->bound,
		    a->objective);
	if (rc != RC_OK)
		return rc;
	put_alone(q, x);
	fprintf(stderr, "再建 %u 个点，最远的村 %.1f 分钟；任何 %" PRId64 " 个点都不会短于 %.1f 分钟%s\n"
	    "with %u more points the last village is %.1f minutes away; no choice of %" PRId64 " can do better than %.1f\n", a->n,
	    (double)a->objective / 60000, q->add, (double)a->bound / 60000, a->proven ? "：已证明最优" : "", a->n,
	    (double)a->objective / 60000, q->add, (double)a->bound / 60000);
	put_proof(a, a->objective - a->bound, "ms");
	return RC_OK;
}

/* Weight × seconds to the nearest; the points there are and the limit shorten every way. */
static enum rc
costs_make(struct circle_asked *q, const struct proposal *x, struct site_costs *ret)
{
	size_t n = x->villages.n, m = x->candidates.n;
	uint32_t *cost = (uint64_t)n * m > MEDIAN_CELLS_MAX ? NULL : arena_raw(q->mem, n * m, sizeof *cost);

	if (cost == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		const struct route_row *have = &x->by_point.row[i], *could = &x->by_candidate.row[i];
		int64_t near = q->minutes * 60000, weight = x->villages.v[i].weight;

		for (uint32_t k = 0; k < have->n; k++)
			near = have->v[k].ms < near ? have->v[k].ms : near;
		if (weight > SITE_COST_MAX / (q->minutes * 60))
			return RC_INVALID;
		for (size_t j = 0; j < m; j++)
			cost[i * m + j] = (uint32_t)(weight * near / 1000);
		for (uint32_t k = 0; k < could->n; k++)
			if (could->v[k].ms < near)
				cost[i * m + could->v[k].to] = (uint32_t)(weight * could->v[k].ms / 1000);
	}
	*ret = (struct site_costs){ (uint32_t)n, (uint32_t)m, cost };
	return RC_OK;
}

static enum rc
median(struct circle_asked *q, const struct proposal *x, struct site_answer *a)
{
	struct site_costs costs;
	int64_t people = 0;
	enum rc rc = costs_make(q, x, &costs);

	if (rc == RC_OK)
		rc = site_median(q->mem, q->spare, &costs, (uint32_t)q->add, (uint64_t)q->seed, (struct site_limits){ 0, 0, 0 }, a);
	if (rc != RC_OK)
		return rc;
	for (uint32_t i = 0; i < x->villages.n; i++)
		people += x->villages.v[i].weight;
	people = people > 0 ? people : 1;
	fprintf(stderr, "再建 %u 个点，平均 %.2f 分钟到最近的点（到不了的按 %" PRId64 " 分钟算）；任何 %u 个点都不会少于 %.2f 分钟%s\n"
	    "with %u more points the nearest is %.2f minutes away on average (who is past the limit counts as %" PRId64
	    "); no choice of %u can do better than %.2f\n", a->n, (double)a->objective / 60 / (double)people, q->minutes, a->n,
	    (double)a->bound / 60 / (double)people, a->proven ? "：已证明最优" : "", a->n,
	    (double)a->objective / 60 / (double)people, q->minutes, a->n, (double)a->bound / 60 / (double)people);
	put_proof(a, a->objective - a->bound, "weight × seconds");
	return RC_OK;
}

/* ---- all ------------------------------------------------------------------------------------------ */

static const struct model {
	const char *name;
	enum rc (*run)(struct circle_asked *q, const struct proposal *x, struct site_answer *a);
	bool adds, capacity, own, rounds; /* asks for a number, a room; counts the candidates from 0; goes round by days */
} models[] = {
	{ "covering", covering, true, true, false, false }, { "cover", cover, false, false, false, false },
	{ "centre", centre, true, false, false, false }, { "median", median, true, false, true, false },
	{ "rounds", covering, true, false, false, true },
};

static const struct model *
model_of(const struct circle_asked *q)
{
	for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
		if (strcmp(q->model == NULL ? "covering" : q->model, models[i].name) == 0)
			return &models[i];
	fprintf(stderr, "zhaofa: circle: --model %s: covering, cover, centre, median 或 / or rounds\n", q->model);
	return NULL;
}

static bool
may_be_asked(const struct circle_asked *q, const struct model *m)
{
	if (m->adds != (q->add > 0)) {
		fprintf(stderr, m->adds ? "zhaofa: circle: --model %s: 要用 --add 说建几个 / --add says how many\n" :
		    "zhaofa: circle: --model %s: 算的就是要建几个，不用 --add / how many is the answer: no --add\n", m->name);
		return false;
	}
	if (q->capacity > 0 && !m->capacity) {
		fprintf(stderr, "zhaofa: circle: --capacity: 只用于 --model covering / goes with --model covering only\n");
		return false;
	}
	if (m->rounds != (q->base != NULL && q->days > 0) || (!m->rounds && (q->base != NULL || q->days > 0))) {
		fprintf(stderr, "zhaofa: circle: --base 和 --days 两个都要，只用于 --model rounds / both go with --model rounds, and only there\n");
		return false;
	}
	if (q->write_lp != NULL && ((m->run != covering && m->run != cover) || q->capacity > 0)) {
		fprintf(stderr, "zhaofa: circle: --write-lp: 只用于 cover 和不带 --capacity 的 covering / goes with cover, and covering without "
		    "--capacity, only\n");
		return false;
	}
	return true;
}

static int
propose(struct circle_asked *q, const struct model *m, const struct proposal *x)
{
	struct site_answer a = { .n = 0 };
	enum rc rc;

	if (q->add > x->candidates.n) {
		fprintf(stderr, "zhaofa: circle: --add %" PRId64 ": 候选点只有 %u 个 / there are only %u candidates\n", q->add,
		    x->candidates.n, x->candidates.n);
		return 1;
	}
	rc = m->run(q, x, &a);
	for (uint32_t t = 0; rc == RC_OK && m->rounds && t < a.n; t++)
		a.chosen[t] -= x->points.n;
	if (rc == RC_OK && m->rounds)
		return cli_circle_rounds(q, x->candidates.v, a.chosen, a.n) ? 0 : 1;
	if (rc == RC_OK)
		return put_chosen(q, x, &a, m->own ? 0 : x->points.n) ? 0 : 1;
	if (rc != RC_NOT_FOUND) /* which said why */
		fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
	return 1;
}

int
cli_circle_site(struct circle_asked *q)
{
	struct proposal x = { .points.n = 0 };
	const struct model *m;
	int status;

	if (q->pmed != NULL)
		return cli_circle_pmed(q);
	if (q->net == NULL || q->villages == NULL || q->candidates == NULL)
		return cli_circle_usage();
	m = model_of(q);
	if (m == NULL || !may_be_asked(q, m))
		return 2;
	status = proposal_open(q, &x) &&
	    (q->write_lp == NULL || cli_circle_lp(q, &x.villages, &x.by_point, &x.by_candidate)) ? propose(q, m, &x) : 1;
	cli_circle_close(&x.r);
	return status;
}
