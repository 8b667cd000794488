/*
 * roster_simplex: the linear program over the months that are known so far, by the primal simplex method
 * (Dantzig 1951) with an explicit inverse.  It only proposes prices and shares: what is proven with them is
 * counted in integers elsewhere (core_relaxed()), so a rounding here can cost tightness, never truth.
 *
 * Rows: sum of amounts = need, with a slack at `under` a unit and a surplus at `over`.  A row sleeps, as if it
 * were not there, until it is woken.  Columns are at least 0 and have a cost.  Doubles, each operation by
 * itself (no contraction): the same result on any machine of IEEE 754.
 *
 * A pivot costs O(columns × entries + awake²) at most, less where the inverse is thin; memory O(awake²).
 */
#pragma once

#include "base/arena.h"

#define SIMPLEX_NONE UINT32_MAX
#define SIMPLEX_NEVER 1e6        /* of a unit that may not be: above every price, low enough for doubles */

struct simplex_entry { uint32_t row; int32_t amount; };
struct simplex {
	uint32_t n_rows, m, m_max, n, n_max, n_entries, entries_max, pivots;
	uint32_t *at, *row;              /* row -> place among the awake, and back */
	double *need;                    /* of each row */
	uint32_t *slack, *surplus;       /* of each row their columns */
	struct simplex_entry *entry;
	uint32_t *first;                 /* n + 1 */
	double *cost;
	uint32_t *place;                 /* of each column: in the basis, or SIMPLEX_NONE */
	double *inverse;                 /* [place in the basis * m_max + place of the row] */
	double *value, *y, *w;           /* of what is in the basis; prices of the rows awake; scratch */
	uint32_t *basic;
	bool dirty;                      /* costs were changed: prices are to be worked out again */
};

struct simplex_row { double need, under, over, shift; }; /* shift: so much more is needed at most */
/* At most m_max rows awake at once; n_max columns besides the rows' own two; none is there yet, all rows sleep. */
enum rc simplex_new(struct arena *spare, const struct simplex_row *row, uint32_t n_rows, uint32_t m_max, uint32_t n_max,
    uint32_t entries_max, struct simplex *ret);
/* A new column; SIMPLEX_NONE when there is no room. */
uint32_t simplex_column(struct simplex *s, double cost, const struct simplex_entry *entry, uint32_t n);
/*
 * Wakes a row at what the columns in the basis now use of it.  With a column `start` it has that one in the
 * basis at its whole need (for rows of which each column of the start has exactly one); false: no room.
 */
bool simplex_wake(struct simplex *s, uint32_t row, uint32_t start);
/* Least cost over the columns that there are, from where it stands; false: pivots ran out, the prices are still some. */
bool simplex_solve(struct simplex *s, uint32_t pivots_max);
double simplex_price(const struct simplex *s, uint32_t row);  /* asleep: 0 */
double simplex_share(const struct simplex *s, uint32_t column);
double simplex_total(const struct simplex *s);
double simplex_reduced(const struct simplex *s, uint32_t column);
