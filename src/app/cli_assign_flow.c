/* zhaofa roster assign: which adviser for which village, from two tables or made up, with its proof. */
#include "app/cli_assign.h"

#include <inttypes.h>
#include <stdio.h>

#include "engine/assign/assign_flow.h"
#include "kit/csv/csv.h"
#include "resources/circle/circle.h"

#define OUT_BYTES ((size_t)64 << 20)
#define ROWS_MAX 20000
#define ROOM_MAX 60
#define LOAD_STEP 5u            /* minutes that each further village counts more */
#define CHANGE 30u              /* minutes that another adviser than before counts */
#define OPEN 100000u

struct spot { struct text code, before; struct route_point at; int64_t room; };
struct spots { struct spot *v; uint32_t n; };

/* ---- two tables ------------------------------------------------------------------------------------------- */

static bool
degrees(struct text t, int32_t most, int32_t *ret)
{
	struct text rest = t, whole = text_cut(&rest, '.');
	int64_t a, b = 0, scale = 10000000;

	if (int64_parse(whole, 0, most, &a) != RC_OK || rest.n > 7 || (rest.n > 0 && int64_parse(rest, 0, 9999999, &b) != RC_OK))
		return false;
	for (size_t i = 0; i < rest.n; i++)
		scale /= 10;
	*ret = (int32_t)(a * 10000000 + b * scale);
	return rest.n > 0 || a > 0;
}

static bool
spots_read(const struct assign_asked *q, const char *path, bool advisers, struct spots *ret)
{
	static const char *const villages_need[] = { "code", "lon", "lat", NULL }, *const villages_may[] = { "before", NULL };
	static const char *const advisers_need[] = { "code", "lon", "lat", "room", NULL }, *const none[] = { NULL };
	struct findings f = { .n = 0 };
	struct csv_record r;
	struct csv c;
	struct text t;
	enum rc rc;

	ret->v = arena_array(q->mem, ROWS_MAX, sizeof *ret->v);
	if (ret->v == NULL || !cli_assign_text(q, path, &t))
		return false;
	rc = csv_begin(&c, q->mem, t, advisers ? advisers_need : villages_need, advisers ? none : villages_may, &f);
	while (rc == RC_OK && ret->n < ROWS_MAX && (rc = csv_next(&c, q->mem, &r, &f)) == RC_OK) {
		struct spot *s = &ret->v[ret->n++];

		*s = (struct spot){ .code = csv_field(&c, &r, "code"), .before = csv_field(&c, &r, "before") };
		if (!degrees(csv_field(&c, &r, "lon"), 180, &s->at.lon) || !degrees(csv_field(&c, &r, "lat"), 90, &s->at.lat)
		    || (advisers && int64_parse(csv_field(&c, &r, "room"), 0, ROOM_MAX, &s->room) != RC_OK)) {
			fprintf(stderr, "zhaofa: roster: %s: line %d: degrees with a point, room from 0 to %d\n", path, r.line, ROOM_MAX);
			return false;
		}
	}
	if (rc != RC_DONE)
		fprintf(stderr, "zhaofa: roster: %s: columns code, lon, lat%s; at most %d rows\n", path, advisers ? ", room" : "[, before]",
		    ROWS_MAX);
	return rc == RC_DONE;
}

/* ---- made up: spread over a city, three in four with somebody from before ---------------------------------------- */

static bool
spots_make(const struct assign_asked *q, struct spots *villages, struct spots *advisers)
{
	struct text rest = text_of(q->synth), first = text_cut(&rest, ',');
	uint64_t dice = (uint64_t)q->seed * 2 + 1;
	int64_t n, m;

	if (int64_parse(first, 1, ROWS_MAX, &n) != RC_OK || int64_parse(rest, 1, ROWS_MAX, &m) != RC_OK) {
		fprintf(stderr, "zhaofa: roster: --synth wants villages,advisers: 2000,700\n");
		return false;
	}
	villages->v = arena_array(q->mem, (size_t)n, sizeof *villages->v);
	advisers->v = arena_array(q->mem, (size_t)m, sizeof *advisers->v);
	if (villages->v == NULL || advisers->v == NULL)
		return false;
	for (int64_t k = 0; k < n + m; k++) {
		struct spot *s = k < m ? &advisers->v[advisers->n++] : &villages->v[villages->n++];
		uint32_t draw[4];

		for (int d = 0; d < 4; d++) {
			dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			draw[d] = (uint32_t)(dice >> 32);
		}
		s->at = (struct route_point){ 1203000000 + (int32_t)(draw[0] % 10000000), 309000000 + (int32_t)(draw[1] % 10000000) };
		s->code = arena_format(q->mem, "%c%05" PRId64, k < m ? 'a' : 'v', k < m ? k : k - m);
		s->room = 2 + draw[2] % 4;
		if (k >= m && draw[2] % 4 != 0)
			s->before = advisers->v[draw[3] % advisers->n].code;
	}
	return true;
}

/* ---- working it out ------------------------------------------------------------------------------------------------ */

static bool
flow_make(const struct assign_asked *q, const struct spots *villages, const struct spots *advisers, struct assign_flow *ret)
{
	uint32_t n = villages->n, m = advisers->n, at = 0;
	uint32_t *cost = arena_raw(q->spare, (size_t)n * m, sizeof *cost), *open = arena_array(q->spare, n, sizeof *open);
	uint32_t *first = arena_array(q->spare, m + 1, sizeof *first), *load = arena_array(q->spare, (size_t)m * ROOM_MAX, sizeof *load);

	if (cost == NULL || open == NULL || first == NULL || load == NULL)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		open[i] = OPEN;
		for (uint32_t j = 0; j < m; j++) {
			uint32_t ms = circle_est(villages->v[i].at, advisers->v[j].at, circle_est_speed(ROUTE_CAR)).middle_ms;
			bool other = !text_is_empty(villages->v[i].before) && !text_equals(villages->v[i].before, advisers->v[j].code);

			cost[(size_t)i * m + j] = (ms + 59999) / 60000 + (other ? CHANGE : 0);
		}
	}
	for (uint32_t j = 0; j < m; j++) {
		for (uint32_t k = 0; k < advisers->v[j].room; k++)
			load[at++] = LOAD_STEP * k;
		first[j + 1] = at;
	}
	*ret = (struct assign_flow){ n, m, cost, open, first, load };
	return true;
}

int
cli_assign_flow(const struct assign_asked *q)
{
	struct spots villages = { .n = 0 }, advisers = { .n = 0 };
	struct assign_flow flow;
	struct assign_flow_answer a;
	int64_t objective, bound, began;
	struct buf out;
	enum rc rc;

	if (q->synth != NULL ? !spots_make(q, &villages, &advisers)
	    : !spots_read(q, q->villages, false, &villages) || !spots_read(q, q->advisers, true, &advisers))
		return 1;
	if (!flow_make(q, &villages, &advisers, &flow)) {
		fprintf(stderr, "zhaofa: roster: %s\n", rc_name(RC_NO_MEMORY));
		return 1;
	}
	began = cli_assign_ms();
	rc = assign_flow(q->mem, q->spare, &flow, &a);
	began = cli_assign_ms() - began;
	if (rc == RC_OK)
		rc = assign_flow_check(q->spare, &flow, a.at, a.price, &objective, &bound);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: roster: %s\n", rc_name(rc));
		return 1;
	}
	printf("objective %" PRId64 " bound %" PRId64 "%s, %u villages, %u advisers, %u open, %u settled, %" PRId64 " ms\n", objective, bound,
	    objective == bound ? " (optimal)" : "", flow.n, flow.m, a.opened, a.settled, began);
	buf_init(&out, OUT_BYTES);
	buf_printf(&out, "village,adviser\n");
	for (uint32_t i = 0; i < flow.n; i++) {
		csv_cell(&out, villages.v[i].code);
		csv_comma(&out);
		csv_cell(&out, a.at[i] == ASSIGN_OPEN ? TEXT_NONE : advisers.v[a.at[i]].code);
		buf_char(&out, '\n');
	}
	rc = cli_assign_put(q, &out) ? RC_OK : RC_INTERNAL;
	buf_free(&out);
	return rc != RC_OK;
}
