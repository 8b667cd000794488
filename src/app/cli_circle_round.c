/* zhaofa circle site --model rounds: which stops a team on wheels has, on which day and in which order. */
#include "app/cli_circle.h"

#include <inttypes.h>
#include <stdio.h>

#include "engine/site/site_round.h"

#define DRIVE_MOST (12 * 3600000) /* ms between two stops */

/* Stops and, last, the base, each to each by car. */
static enum rc
drives_make(struct circle_asked *q, const struct circle_places *p, const uint32_t **ret)
{
	struct circle_asked car = *q;
	struct circle_road road;
	struct route_matrix m;
	struct route_stop *stop;
	uint32_t *ms = arena_array(q->mem, (size_t)p->n * p->n + 1, sizeof *ms), off, missing = 0;
	bool fine;

	car.mode = ROUTE_CAR;
	if (ms == NULL || !cli_circle_open(&car, true, &road))
		return RC_NO_MEMORY;
	stop = cli_circle_stops(&car, &road, p, &off);
	fine = stop != NULL && cli_circle_matrix(&car, &road, stop, p->n, stop, p->n, DRIVE_MOST, &m);
	cli_circle_close(&road);
	if (!fine)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < p->n; i++) {
		for (uint32_t k = 0; k < m.row[i].n; k++)
			ms[(size_t)i * p->n + m.row[i].v[k].to] = m.row[i].v[k].ms;
		missing += p->n - m.row[i].n;
		ms[(size_t)i * p->n + i] = 0;
	}
	*ret = ms;
	if (missing == 0)
		return RC_OK;
	fprintf(stderr, "zhaofa: circle: 有 %u 段路开车到不了（%u 个地方不在路上）\nzhaofa: circle: %u ways between stops cannot be driven, %u places are off the network\n",
	    missing, off, missing, off);
	return RC_NOT_FOUND;
}

static bool
put_rounds(const struct circle_asked *q, const struct circle_places *p, const struct site_round *r)
{
	struct buf b;
	bool fine;

	buf_init(&b, (size_t)1 << 20);
	buf_add(&b, TEXT("day,order,code,lon,lat,datum\n"));
	for (uint32_t d = 0; d < (uint32_t)q->days; d++)
		for (uint32_t k = r->first[d]; k < r->first[d + 1]; k++) {
			const struct circle_place *at = &p->v[r->stop[k]];

			buf_printf(&b, "%u,%u,%" PRId64 ",%.7f,%.7f,wgs84\n", d + 1, k - r->first[d] + 1, at->code, at->at.lon / 1e7,
			    at->at.lat / 1e7);
		}
	fine = cli_circle_put(q, &b);
	buf_free(&b);
	return fine;
}

bool
cli_circle_rounds(struct circle_asked *q, const struct circle_place *candidate, const uint32_t *chosen, uint32_t n)
{
	struct circle_places base, all = { .n = n + 1 };
	struct circle_place *v = arena_array(q->mem, (size_t)n + 1, sizeof *v);
	struct site_round_ask ask = { .n = n, .days = (uint32_t)q->days, .most = (uint32_t)((n + q->days - 1) / q->days) };
	struct site_round r;
	enum rc rc;

	if (v == NULL || !cli_circle_places(q, q->base, &base))
		return false;
	if (base.n != 1 || n > SITE_ROUND_STOPS || ask.most > SITE_ROUND_DAY) {
		fprintf(stderr, "zhaofa: circle: --base 要正好一个地方，一天最多 %d 站，共最多 %d 站\n"
		    "zhaofa: circle: --base is one place, a day has %d stops at most, all days %d\n", SITE_ROUND_DAY, SITE_ROUND_STOPS,
		    SITE_ROUND_DAY, SITE_ROUND_STOPS);
		return false;
	}
	for (uint32_t i = 0; i < n; i++)
		v[i] = candidate[chosen[i]];
	v[n] = base.v[0];
	all.v = v;
	rc = drives_make(q, &all, &ask.ms);
	if (rc == RC_OK)
		rc = site_round(q->mem, q->spare, &ask, &r);
	if (rc != RC_OK) {
		if (rc != RC_NOT_FOUND) /* which said why */
			fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
		return false;
	}
	fprintf(stderr, "%u 站分 %" PRId64 " 天走，开车共 %.1f 分钟；任何走法都不会少于 %.1f 分钟%s\n"
	    "%u stops in %" PRId64 " days, %.1f minutes of driving; no rounds take less than %.1f\n", n, q->days, (double)r.total / 60000,
	    (double)r.bound / 60000, r.total == r.bound ? "：已证明最短" : "", n, q->days, (double)r.total / 60000,
	    (double)r.bound / 60000);
	return put_rounds(q, &all, &r);
}
