/* circle_import: what every import of roads promises, whoever wrote the file. */
#pragma once

#include "fuzz.h"
#include "resources/circle/circle.h"

static inline void
fuzz_import_check(struct arena *a, const struct circle_import *m)
{
	struct route_net net;
	struct route_findings f;

	for (uint32_t i = 0; i < m->links.m; i++)
		PROMISE(m->links.link[i].from < m->links.n && m->links.link[i].to < m->links.n);
	PROMISE(route_build(a, a, m->links.at, m->links.n, m->links.link, m->links.m, &net, NULL, &f) == RC_OK);
	PROMISE(f.v[ROUTE_FAULT_RANGE].n == 0 && f.v[ROUTE_FAULT_LONG].n == 0 && f.v[ROUTE_FAULT_ZERO].n == 0);
	PROMISE(route_net_is_sound(&net));
}
