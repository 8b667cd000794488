/*
 * The loops of a lane kernel.  Whoever includes this has defined LANE_TARGET (attribute of each
 * function), LANE_KERNEL (the name) and, on its struct lane_v: lane_all(), lane_load(), lane_store(),
 * lane_plus(), lane_min(), lane_within() (a mask of lanes not past the limit), lane_count().
 */

LANE_TARGET static void
loops_climb(struct lane_work *w, const struct route_hierarchy *h, uint32_t limit)
{
	const struct lane_v most = lane_all(limit);
	uint32_t from = 0, r;

	w->n_came = 0;
	while (ladder_take(&w->ladder, &from, &r)) {
		const struct lane_v here = lane_load(&w->up[r]);

		w->came[w->n_came++] = r;
		for (uint32_t a = h->up_first[r]; a < h->up_first[r + 1]; a++) {
			uint32_t to = h->up[a].to;
			struct lane_v there = lane_plus(here, lane_all(h->up[a].ms));

			if (lane_within(there, most) == 0)
				continue;
			if (ladder_put(&w->ladder, to))
				there = lane_min(there, lane_all(ROUTE_NEVER));
			else
				there = lane_min(there, lane_load(&w->up[to]));
			lane_store(&w->up[to], there);
		}
	}
}

LANE_TARGET static void
loops_sweep(struct lane_work *w, const struct sweep *s, uint32_t limit)
{
	const struct lane_v most = lane_all(limit), never = lane_all(ROUTE_NEVER);
	uint32_t start = 0, next = w->n_starts > 0 ? w->start[0] : ROUTE_NONE;

	for (uint32_t i = 0; i < s->n; i++) {
		struct lane_v here = never;
		uint8_t any = 0;

		if (i == next) {
			here = lane_load(w->start_row[start++]);
			next = start < w->n_starts ? w->start[start] : ROUTE_NONE;
			any = 1;
		}
		for (uint32_t a = s->first[i]; a < s->first[i + 1]; a++) {
			if (w->alive[s->arc[a].to] == 0)
				continue;
			here = lane_min(here, lane_plus(lane_load(&w->row[s->arc[a].to]),
			    lane_all(s->arc[a].ms)));
			any = 1;
		}
		if (any != 0 && lane_within(here, most) != 0)
			lane_store(&w->row[i], here);
		else
			any = 0;
		w->alive[i] = any;
	}
}

LANE_TARGET static void
loops_targets(struct lane_work *w, const struct sweep_targets *t, uint32_t limit, uint32_t count[LANES])
{
	const struct lane_v most = lane_all(limit), never = lane_all(ROUTE_NEVER);
	struct lane_row total;
	struct lane_v n = lane_all(0);

	for (uint32_t i = 0; i < t->n; i++) {
		struct lane_v here = never;
		uint32_t mask = 0;

		for (uint32_t a = t->first[i]; a < t->first[i + 1]; a++)
			if (w->alive[t->ref[a].to] != 0) {
				here = lane_min(here, lane_plus(lane_load(&w->row[t->ref[a].to]),
				    lane_all(t->ref[a].ms)));
				mask = 1;
			}
		if (mask != 0)
			mask = lane_within(here, most);
		w->mask[i] = (uint16_t)mask;
		if (mask != 0) {
			lane_store(&w->target[i], here);
			n = lane_count(n, here, most);
		}
	}
	lane_store(&total, n);
	for (int k = 0; k < LANES; k++)
		count[k] += total.ms[k];
}

const struct lane_kernel LANE_KERNEL = { loops_climb, loops_sweep, loops_targets };
