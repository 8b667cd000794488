/* zhaofa circle site: where the next points should stand, with the proof. */
#include "app/cli_circle.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "engine/site/site.h"

#define PMED_NODES_MAX 2000
#define FAR UINT32_C(0x0fffffff)

/* The next whole number of an OR-Library file. */
static bool
number_next(struct text *t, int64_t least, int64_t most, int64_t *ret)
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

/* Nodes, edges (the last of the same ends counts), p; then the shortest ways by Floyd and Warshall. */
static bool
pmed_read(struct circle_asked *q, struct text t, struct site_costs *ret, uint32_t *ret_p)
{
	int64_t n, m, p, a, b, cost;
	uint32_t *d;

	if (!number_next(&t, 1, PMED_NODES_MAX, &n) || !number_next(&t, 0, 10000000, &m) ||
	    !number_next(&t, 1, n, &p))
		return false;
	d = arena_raw(q->mem, (size_t)(n * n), sizeof *d);
	if (d == NULL)
		return false;
	for (int64_t i = 0; i < n * n; i++)
		d[i] = i % (n + 1) == 0 ? 0 : FAR;
	for (int64_t k = 0; k < m; k++) {
		if (!number_next(&t, 1, n, &a) || !number_next(&t, 1, n, &b) || !number_next(&t, 0,
		    1000000, &cost))
			return false;
		if (a != b)
			d[(a - 1) * n + b - 1] = d[(b - 1) * n + a - 1] = (uint32_t)cost;
	}
	for (int64_t k = 0; k < n; k++)
		for (int64_t i = 0; i < n; i++)
			for (int64_t j = 0; j < n; j++)
				if (d[i * n + k] + d[k * n + j] < d[i * n + j])
					d[i * n + j] = d[i * n + k] + d[k * n + j];
	*ret = (struct site_costs){ (uint32_t)n, (uint32_t)n, d };
	*ret_p = (uint32_t)p;
	return true;
}

static int
pmed(struct circle_asked *q)
{
	struct site_answer answer;
	struct site_costs costs;
	struct text t;
	uint32_t p;
	enum rc rc;

	if (!cli_circle_text(q, q->pmed, &t))
		return 1;
	if (!pmed_read(q, t, &costs, &p)) {
		fprintf(stderr,
		    "zhaofa: circle: %s: nodes edges p, then as many lines of two nodes and a cost\n", q->pmed);
		return 1;
	}
	rc = site_median(q->mem, q->spare, &costs, p, (uint64_t)q->seed, (struct site_limits){ 0, 0,
	    0 }, &answer);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
		return 1;
	}
	printf("objective %" PRId64 " bound %" PRId64 " gap %" PRId64 "%s, seed %" PRIu64 ", %u nodes of branch and bound\nsites",
	    answer.objective, answer.bound, answer.objective - answer.bound,
	    answer.proven ? " (optimal)" : "", answer.seed,
	    answer.nodes);
	for (uint32_t k = 0; k < answer.n; k++)
		printf(" %u", answer.chosen[k] + 1);
	printf("\n");
	return 0;
}

/* ---- covering -------------------------------------------------------------------------------- */

struct proposal {
	struct circle_road r;
	struct circle_places villages, points, candidates;
	struct site_covers covers;
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
columns_fill(const struct route_matrix *m, uint32_t base, uint32_t *at, uint32_t *client)
{
	for (uint32_t i = 0; i < m->n_from; i++)
		for (uint32_t k = 0; k < m->row[i].n; k++)
			client[at[base + m->row[i].v[k].to]++] = i;
}

/* Sites: the points there are, which stay, and then the candidates. */
static bool
covers_fill(struct circle_asked *q, struct proposal *x)
{
	uint32_t m = x->points.n + x->candidates.n, n = x->villages.n;
	uint32_t *first = arena_array(q->mem, (size_t)m + 2, sizeof *first), *at;
	uint32_t *client = arena_raw(q->mem, x->by_point.n_pairs + x->by_candidate.n_pairs, sizeof *client);
	int64_t *weight = arena_array(q->mem, n, sizeof *weight);
	uint8_t *kept = arena_array(q->mem, m, 1);

	if (first == NULL || client == NULL || weight == NULL || kept == NULL)
		return false;
	at = first + 1; /* where the next of a site goes becomes where the next site begins */
	columns_count(&x->by_point, 1, first);
	columns_count(&x->by_candidate, x->points.n + 1, first);
	for (uint32_t j = 0; j < m; j++)
		first[j + 2] += first[j + 1];
	columns_fill(&x->by_point, 0, at, client);
	columns_fill(&x->by_candidate, x->points.n, at, client);
	for (uint32_t i = 0; i < n; i++)
		weight[i] = x->villages.v[i].weight;
	memset(kept, 1, x->points.n);
	x->covers = (struct site_covers){ n, m, weight, first, client, kept };
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

static int
proposal_print(struct circle_asked *q, const struct proposal *x)
{
	int64_t before = site_cover_weight(q->spare, &x->covers, NULL, 0);
	struct site_answer a;
	struct buf b;
	enum rc rc = site_cover(q->mem, q->spare, &x->covers, (uint32_t)q->add, (uint64_t)q->seed,
	    (struct site_limits){ 0, 0, 0 }, &a);
	bool fine;

	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
		return 1;
	}
	fprintf(stderr, "再建 %u 个点，%" PRId64 " 分钟内多覆盖 %" PRId64 "（共 %" PRId64 "）；任何 %u 个点都不会超过 %" PRId64 "%s\n"
	    "with %u more points %" PRId64 " more are within %" PRId64 " minutes (%" PRId64 " in all); no choice of %u can do better than %"
	    PRId64 "; gap %" PRId64 "%s, seed %" PRIu64 "\n", a.n, q->minutes, a.objective - before,
	    a.objective, a.n, a.bound - before,
	    a.proven ? "：已证明最优" : "", a.n, a.objective - before, q->minutes, a.objective, a.n,
	    a.bound - before,
	    a.bound - a.objective, a.proven ? " (proven)" : "", a.seed);
	buf_init(&b, (size_t)64 << 20);
	buf_add(&b, TEXT("code,lon,lat,datum\n"));
	for (uint32_t t = 0; t < a.n; t++) {
		const struct circle_place *p = &x->candidates.v[a.chosen[t] - x->points.n];

		buf_printf(&b, "%" PRId64 ",%.7f,%.7f,wgs84\n", p->code, p->at.lon / 1e7, p->at.lat / 1e7);
	}
	fine = cli_circle_put(q, &b);
	buf_free(&b);
	return fine ? 0 : 1;
}

int
cli_circle_site(struct circle_asked *q)
{
	struct proposal x = { .points.n = 0 };
	int status;

	if (q->pmed != NULL)
		return pmed(q);
	if (q->net == NULL || q->villages == NULL || q->candidates == NULL || q->add == 0)
		return cli_circle_usage();
	status = proposal_open(q, &x) ? proposal_print(q, &x) : 1;
	cli_circle_close(&x.r);
	return status;
}
