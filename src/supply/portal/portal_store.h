/* portal_store: what the public may know of a point beside what the network holds in memory. */
#pragma once

#include "kit/db/db.h"

#define POINT_WINDOWS_MAX 40
#define POINT_ITEMS_MAX 64

struct point_window { int64_t number; struct text name; bool general; };
struct point_more {
	int64_t point;
	struct text director, title;  /* empty: none */
	struct point_window windows[POINT_WINDOWS_MAX];
	int64_t items[POINT_ITEMS_MAX]; /* none: all of its tier */
	size_t n_windows, n_items;
};
/* db_fn; arg is a struct point_more with `point` set. */
enum rc point_more_tx(struct tx *tx, const struct actor *actor, void *argument);
