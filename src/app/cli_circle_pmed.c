/* zhaofa circle site --pmed: an OR-Library p-median, with its bound. */
#include "app/cli_circle.h"

#include <inttypes.h>
#include <stdio.h>

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

int
cli_circle_pmed(struct circle_asked *q)
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
