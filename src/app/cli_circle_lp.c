/*
 * zhaofa circle site --write-lp: maximal covering (Church and ReVelle 1974) or set cover as a model for other solvers.
 * y: a candidate is chosen.  x: a village is covered by one.  What the points there cover is a constant:
 * `kept`, a variable that is 1.
 */
#include "app/cli_circle.h"

#include <inttypes.h>

#define LP_BYTES ((size_t)1 << 30)
#define TERMS_A_LINE 8 /* readers of the format may stop at 255 characters */

struct lp { struct buf b; uint32_t terms; };

/* Between two terms: a sum may go on in the next line. */
static void
term_begin(struct lp *lp, const char *sign)
{
	buf_printf(&lp->b, "%s%s ", ++lp->terms % TERMS_A_LINE == 0 ? "\n " : " ", sign);
}

/* Does a candidate bring anything to this village? */
static bool
is_open(const struct route_matrix *by_point, const struct route_matrix *by_candidate, uint32_t i)
{
	return (by_point->n_to == 0 || by_point->row[i].n == 0) && by_candidate->row[i].n > 0;
}

static void
objective_put(struct lp *lp, const struct circle_places *v, const struct route_matrix *by_point,
    const struct route_matrix *by_candidate)
{
	int64_t kept = 0;

	buf_add(&lp->b, TEXT("Maximize\n covered:"));
	for (uint32_t i = 0; i < v->n; i++) {
		if (by_point->n_to > 0 && by_point->row[i].n > 0)
			kept += v->v[i].weight;
		else if (is_open(by_point, by_candidate, i)) {
			term_begin(lp, "+");
			buf_printf(&lp->b, "%" PRId64 " x%u", v->v[i].weight, i);
		}
	}
	term_begin(lp, "+");
	buf_printf(&lp->b, "%" PRId64 " kept\n", kept);
}

static void
rows_put(struct lp *lp, uint32_t n, int64_t most, const struct route_matrix *by_point,
    const struct route_matrix *by_candidate)
{
	buf_add(&lp->b, TEXT("Subject To\n budget:"));
	for (uint32_t j = 0; j < by_candidate->n_to; j++) {
		term_begin(lp, "+");
		buf_printf(&lp->b, "y%u", j);
	}
	buf_printf(&lp->b, " <= %" PRId64 "\n", most);
	for (uint32_t i = 0; i < n; i++) {
		if (!is_open(by_point, by_candidate, i))
			continue;
		buf_printf(&lp->b, " c%u: x%u", i, i);
		for (uint32_t k = 0; k < by_candidate->row[i].n; k++) {
			term_begin(lp, "-");
			buf_printf(&lp->b, "y%u", by_candidate->row[i].v[k].to);
		}
		buf_add(&lp->b, TEXT(" <= 0\n"));
	}
}

/* The fewest candidates that cover everybody some candidate covers: set cover. */
static void
fewest_put(struct lp *lp, uint32_t n, const struct route_matrix *by_point, const struct route_matrix *by_candidate)
{
	buf_add(&lp->b, TEXT("Minimize\n fewest:"));
	for (uint32_t j = 0; j < by_candidate->n_to; j++) {
		term_begin(lp, "+");
		buf_printf(&lp->b, "y%u", j);
	}
	buf_add(&lp->b, TEXT("\nSubject To\n"));
	for (uint32_t i = 0; i < n; i++) {
		if (!is_open(by_point, by_candidate, i))
			continue;
		buf_printf(&lp->b, " c%u:", i);
		for (uint32_t k = 0; k < by_candidate->row[i].n; k++) {
			term_begin(lp, "+");
			buf_printf(&lp->b, "y%u", by_candidate->row[i].v[k].to);
		}
		buf_add(&lp->b, TEXT(" >= 1\n"));
	}
}

static void
most_put(struct lp *lp, const struct circle_asked *q, const struct circle_places *villages,
    const struct route_matrix *by_point, const struct route_matrix *by_candidate)
{
	objective_put(lp, villages, by_point, by_candidate);
	rows_put(lp, villages->n, q->add, by_point, by_candidate);
	buf_add(&lp->b, TEXT("Bounds\n 1 <= kept <= 1\n"));
	for (uint32_t i = 0; i < villages->n; i++)
		if (is_open(by_point, by_candidate, i))
			buf_printf(&lp->b, " 0 <= x%u <= 1\n", i);
}

bool
cli_circle_lp(const struct circle_asked *q, const struct circle_places *villages,
    const struct route_matrix *by_point, const struct route_matrix *by_candidate)
{
	struct circle_asked to = *q;
	struct lp lp = { .terms = 0 };
	bool fine;

	buf_init(&lp.b, LP_BYTES);
	if (q->add > 0)
		most_put(&lp, q, villages, by_point, by_candidate);
	else
		fewest_put(&lp, villages->n, by_point, by_candidate);
	buf_add(&lp.b, TEXT("Binary\n"));
	for (uint32_t j = 0; j < by_candidate->n_to; j++)
		buf_printf(&lp.b, " y%u\n", j);
	buf_add(&lp.b, TEXT("End\n"));
	to.out = q->write_lp;
	fine = cli_circle_put(&to, &lp.b);
	buf_free(&lp.b);
	return fine;
}
