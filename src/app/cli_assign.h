/* cli_assign: what the words gap, assign and seats of `zhaofa roster` share. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"

struct assign_asked {
	const char *file, *out, *villages, *advisers, *synth, *day;
	int64_t seconds, rounds, seed;
	int64_t within, share, lost, talk, patience, quantile; /* seats: seconds, per mille, per mille, seconds, seconds, per mille */
	bool max, holiday;
	struct arena *mem, *spare;
};

/* A file in q->mem, or what is wrong is said. */
bool cli_assign_text(const struct assign_asked *q, const char *path, struct text *ret);
/* To --out; without it nothing is written. */
bool cli_assign_put(const struct assign_asked *q, const struct buf *b);
/* The next whole number of a text of numbers. */
bool cli_assign_number(struct text *t, int64_t least, int64_t most, int64_t *ret);
int64_t cli_assign_ms(void); /* a clock that only runs on */

int cli_assign_gap(const struct assign_asked *q);
int cli_assign_flow(const struct assign_asked *q);
int cli_assign_seats(const struct assign_asked *q);
