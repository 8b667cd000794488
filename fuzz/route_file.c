#include <string.h>

#include "engine/route/route_file.h"
#include "engine/route/route_matrix.h"
#include "fuzz.h"

/* What is taken for sound can be asked anything without harm. */
static void
bundle_try(struct arena *a, const struct route_bundle *b)
{
	const struct route_net *net = &b->net;
	struct route_stop stop[4];
	struct route_matrix m;
	struct route_plan *plan;
	struct route_graph g;
	struct route_islands islands;
	struct route_query *q;

	if (net->n == 0 || net->n > 4096)
		return;
	for (uint32_t i = 0; i < 4; i++)
		stop[i] = route_stop_at(i * net->n / 4);
	PROMISE(route_graph_of(a, net, ROUTE_CAR, false, &g) == RC_OK);
	PROMISE(route_islands(a, a, &g, &islands) == RC_OK && islands.n_weak <= islands.n_strong);
	PROMISE(route_matrix_search(&a, &g, stop, 4, stop, 4, ROUTE_NEVER, NULL, &m) == RC_OK && m.n_pairs <= 16);
	for (int k = 0; k < ROUTE_MODES; k++) {
		struct route_seed from = { 0, 0, 0 }, to = { net->n - 1, 5, 0 };

		if (!b->has[k])
			continue;
		PROMISE(route_plan_new(a, &b->h[k], stop, 4, &plan) == RC_OK);
		PROMISE(route_matrix_run(&a, plan, stop, 4, ROUTE_NEVER, NULL, ROUTE_LANES_BEST, &m) == RC_OK && m.n_pairs <= 16);
		PROMISE(route_query_new(a, &b->h[k], &q) == RC_OK);
		PROMISE(route_query_ms(q, &from, 1, &to, 1, 1000) <= ROUTE_NEVER);
	}
}

struct taking { const uint8_t *p; size_t n; };

static uint32_t
take(struct taking *t)
{
	uint32_t v = 0;

	if (t->n == 0)
		return 0;
	v = *t->p++;
	t->n--;
	return v >= 250 ? UINT32_MAX - (v - 250) : v;
}

static uint32_t *
take_array(struct arena *a, struct taking *t, size_t n, bool sums)
{
	uint32_t *v = arena_array(a, n + 1, sizeof *v), sum = 0;

	for (size_t i = 0; i < n; i++)
		v[i] = sums ? (sum += i == 0 ? 0 : take(t) % 5) : take(t);
	return v;
}

static struct route_arc *
take_arcs(struct arena *a, struct taking *t, size_t n)
{
	struct route_arc *v = arena_array(a, n + 1, sizeof *v);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct route_arc){ take(t), take(t) };
	return v;
}

/* The bytes as the arrays of a small network, written and opened again: beyond the checksums. */
static void
arrays_try(struct arena *a, struct taking t)
{
	struct route_bundle b = { .about.data_day = 1 }, c;
	struct route_hierarchy *h = &b.h[ROUTE_CAR];
	struct route_point *at;
	enum route_file_why why;
	void *file;

	b.net.n = take(&t) % 12;
	at = arena_array(a, b.net.n + 1, sizeof *at);
	for (uint32_t i = 0; i < b.net.n; i++)
		at[i] = (struct route_point){ (int32_t)take(&t), (int32_t)take(&t) };
	b.net.at = at;
	b.net.first = take_array(a, &t, b.net.n + 1, true);
	b.net.m = b.net.first[b.net.n];
	b.net.head = take_array(a, &t, b.net.m, false);
	for (int k = 0; k < ROUTE_MODES; k++)
		b.net.ms[k] = take_array(a, &t, b.net.m, false);
	b.has[ROUTE_CAR] = t.n > 0;
	h->n = b.net.n;
	h->rank = take_array(a, &t, b.net.n, false);
	h->up_first = take_array(a, &t, b.net.n + 1, true);
	h->down_first = take_array(a, &t, b.net.n + 1, true);
	h->up = take_arcs(a, &t, h->up_first[h->n]);
	h->down = take_arcs(a, &t, h->down_first[h->n]);
	file = arena_raw(a, route_file_size(&b), 1);
	route_file_write(&b, file);
	if (route_file_open(file, route_file_size(&b), &c, &why) == RC_OK)
		bundle_try(a, &c);
	else
		PROMISE(why == ROUTE_FILE_UNSOUND);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create((size_t)256 << 20);
	struct route_bundle b;
	enum route_file_why why;
	void *p;

	if (a == NULL)
		return 0;
	p = arena_raw(a, size, 1);
	if (size > 0)
		memcpy(p, data, size);
	if (route_file_open(p, size, &b, &why) == RC_OK)
		bundle_try(a, &b);
	else
		PROMISE(why != ROUTE_FILE_FINE);
	arrays_try(a, (struct taking){ data, size });
	arena_free(a);
	return 0;
}
