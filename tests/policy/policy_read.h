/* policy_read: files of the sources, for the tests of this folder. */
#pragma once

#include <stdio.h>

#include "base/arena.h"

static inline struct text
file_read(struct arena *mem, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = arena_alloc(mem, 1 << 20);
	size_t n;

	if (f == NULL || p == NULL)
		fail_msg("cannot read %s", path);
	n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (struct text){ p, n };
}
