/*
 * circle_osm: bytes as a file through the whole importer, its child included: the child may fall over, what
 * started it may not, and says why.
 */
#pragma once

#include <string.h>
#include <unistd.h>

#include "circle_import.h"

static char fuzz_osm_path[64];

static void
fuzz_osm_forget(void)
{
	unlink(fuzz_osm_path);
}

/* One file for the whole run, written anew for each input. */
static inline bool
fuzz_osm_write(const void *bytes, size_t n, const char *ending)
{
	FILE *f;

	if (fuzz_osm_path[0] == '\0') {
		snprintf(fuzz_osm_path, sizeof fuzz_osm_path, "/tmp/fuzz-%ld%s", (long)getpid(), ending);
		atexit(fuzz_osm_forget);
	}
	f = fopen(fuzz_osm_path, "wb");
	if (f == NULL)
		return false;
	n -= fwrite(bytes, 1, n, f);
	return fclose(f) == 0 && n == 0;
}

static inline void
fuzz_osm_try(const void *bytes, size_t n, const char *ending)
{
	struct arena *a = arena_create((size_t)512 << 20);
	struct circle_bounds none = { 0, 0, 0, 0 };
	struct circle_speeds *speeds;
	struct circle_import m;
	enum circle_osm_why why;
	enum rc rc;

	if (a == NULL || !fuzz_osm_write(bytes, n, ending)) {
		arena_free(a);
		return;
	}
	speeds = ARENA_NEW(a, struct circle_speeds);
	PROMISE(circle_speeds_carried(a, speeds) == RC_OK);
	rc = circle_osm_import(a, a, fuzz_osm_path, speeds, none, (uint64_t)1 << 24, &m, &why);
	PROMISE(rc == RC_OK ? why == CIRCLE_OSM_FINE && m.links.m > 0 : rc == RC_NO_MEMORY || why != CIRCLE_OSM_FINE);
	if (rc == RC_OK)
		fuzz_import_check(a, &m);
	arena_free(a);
}
