/* network_internal: creating many points at once, shared by network_flow.c and network_import.c. */
#pragma once

#include "resources/network/network_store.h"

struct network_batch {
	const struct point_new *v;
	size_t n;
	const struct text *parents, *directors; /* codes and logins instead of ids; NULL, or n of them, empty: the id counts */
	const int *lines;                       /* NULL: index + 1 */
	struct findings *findings;
	int64_t *ret_ids;                       /* NULL, or n */
};

static inline int
network_batch_line(const struct network_batch *b, size_t i)
{
	return b->lines == NULL ? (int)i + 1 : b->lines[i];
}

/* network_check() with the findings at that line. */
bool network_check_line(const struct point_new *in, int line, struct findings *findings);
enum rc network_batch_create(struct ctx *ctx, struct idem_key key, const struct network_batch *b, struct text content,
    int64_t *ret_first, int64_t *ret_rows);
