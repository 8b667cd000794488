/* The linear program over known months, see roster_simplex_internal.h. */
#include "engine/roster/roster_simplex_internal.h"

#include <math.h>
#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#else
#pragma GCC optimize ("fp-contract=off")
#endif

#define TINY 1e-9
#define WEIGHT 1e-7              /* of a pivot, at least */
#define GAIN 1e-7                /* a column must gain so much */
#define DRIFT 1e-7               /* of the values, before the inverse is made anew */
#define STALL 400u               /* pivots without gain before the order of columns decides (Bland 1977) */

/* So that no two rows are met at once and no pivot is for nothing (Charnes, Econometrica 1952): a little more of each. */
static double
shift(uint32_t row, double most)
{
	uint32_t h = (row + 1) * UINT32_C(2654435761);

	return most * (0.5 + (double)(h >> 16) / 131072);
}

static uint32_t
column_new(struct simplex *s, double cost)
{
	if (s->n == s->n_max)
		return SIMPLEX_NONE;
	s->cost[s->n] = cost;
	s->place[s->n] = SIMPLEX_NONE;
	s->first[++s->n] = s->n_entries;
	return s->n - 1;
}

uint32_t
simplex_column(struct simplex *s, double cost, const struct simplex_entry *entry, uint32_t n)
{
	uint32_t at;

	if (s->n_entries + n > s->entries_max)
		return SIMPLEX_NONE;
	at = column_new(s, cost);
	if (at == SIMPLEX_NONE)
		return at;
	for (uint32_t k = 0; k < n; k++)
		s->entry[s->n_entries++] = entry[k];
	s->first[s->n] = s->n_entries;
	return at;
}

enum rc
simplex_new(struct arena *spare, const struct simplex_row *row, uint32_t n_rows, uint32_t m_max, uint32_t n_max,
    uint32_t entries_max, struct simplex *ret)
{
	struct simplex *s = ret;

	*s = (struct simplex){ .n_rows = n_rows, .m_max = m_max, .n_max = n_max + 2 * n_rows, .entries_max = entries_max + 2 * n_rows };
	s->at = arena_raw(spare, n_rows + 1, sizeof *s->at);
	s->need = arena_raw(spare, n_rows + 1, sizeof *s->need);
	s->slack = arena_raw(spare, n_rows + 1, sizeof *s->slack);
	s->surplus = arena_raw(spare, n_rows + 1, sizeof *s->surplus);
	s->row = arena_raw(spare, m_max + 1, sizeof *s->row);
	s->basic = arena_raw(spare, m_max + 1, sizeof *s->basic);
	s->value = arena_raw(spare, m_max + 1, sizeof *s->value);
	s->y = arena_raw(spare, m_max + 1, sizeof *s->y);
	s->w = arena_raw(spare, m_max + 1, sizeof *s->w);
	s->inverse = arena_raw(spare, (size_t)m_max * m_max + 1, sizeof *s->inverse);
	s->entry = arena_raw(spare, s->entries_max + 1, sizeof *s->entry);
	s->first = arena_raw(spare, s->n_max + 2, sizeof *s->first);
	s->cost = arena_raw(spare, s->n_max + 1, sizeof *s->cost);
	s->place = arena_raw(spare, s->n_max + 1, sizeof *s->place);
	if (s->at == NULL || s->need == NULL || s->slack == NULL || s->surplus == NULL || s->row == NULL || s->basic == NULL ||
	    s->value == NULL || s->y == NULL || s->w == NULL || s->inverse == NULL || s->entry == NULL || s->first == NULL ||
	    s->cost == NULL || s->place == NULL)
		return RC_NO_MEMORY;
	s->first[0] = 0;
	for (uint32_t r = 0; r < n_rows; r++) {
		struct simplex_entry up = { r, 1 }, down = { r, -1 };

		s->at[r] = SIMPLEX_NONE;
		s->need[r] = row[r].need + shift(r, row[r].shift);
		s->slack[r] = simplex_column(s, row[r].under, &up, 1);
		s->surplus[r] = simplex_column(s, row[r].over, &down, 1);
	}
	return RC_OK;
}

/* ---- products ----------------------------------------------------------------------------------------- */

double
simplex_reduced(const struct simplex *s, uint32_t column)
{
	double d = s->cost[column];

	for (uint32_t e = s->first[column]; e < s->first[column + 1]; e++) {
		uint32_t k = s->at[s->entry[e].row];

		if (k != SIMPLEX_NONE)
			d -= s->y[k] * s->entry[e].amount;
	}
	return d;
}

/* w: the column in terms of the basis. */
static void
column_solve(struct simplex *s, uint32_t column)
{
	memset(s->w, 0, s->m * sizeof *s->w);
	for (uint32_t e = s->first[column]; e < s->first[column + 1]; e++) {
		uint32_t k = s->at[s->entry[e].row];
		double amount = s->entry[e].amount;

		for (uint32_t p = 0; k != SIMPLEX_NONE && p < s->m; p++)
			s->w[p] += s->inverse[(size_t)p * s->m_max + k] * amount;
	}
}

static void
prices_again(struct simplex *s)
{
	memset(s->y, 0, s->m * sizeof *s->y);
	s->dirty = false;
	for (uint32_t p = 0; p < s->m; p++) {
		const double *row = s->inverse + (size_t)p * s->m_max;
		double cost = s->cost[s->basic[p]];

		for (uint32_t k = 0; cost != 0 && k < s->m; k++)
			s->y[k] += cost * row[k];
	}
}

static void
values_again(struct simplex *s)
{
	for (uint32_t p = 0; p < s->m; p++) {
		const double *row = s->inverse + (size_t)p * s->m_max;
		double sum = 0;

		for (uint32_t k = 0; k < s->m; k++)
			sum += row[k] * s->need[s->row[k]];
		s->value[p] = sum < 0 ? 0 : sum;
	}
}

/* ---- the inverse --------------------------------------------------------------------------------------- */

/* w is the column that comes in at place r of the basis. */
static void
inverse_pivot(struct simplex *s, uint32_t r)
{
	double *row = s->inverse + (size_t)r * s->m_max, by = 1 / s->w[r];

	for (uint32_t k = 0; k < s->m; k++)
		row[k] *= by;
	for (uint32_t p = 0; p < s->m; p++) {
		double *other = s->inverse + (size_t)p * s->m_max, w = s->w[p];

		for (uint32_t k = 0; p != r && (w > TINY || w < -TINY) && k < s->m; k++)
			other[k] -= w * row[k];
	}
}

/* How far do the values miss the rows? */
static double
drift(const struct simplex *s)
{
	double most = 0;

	for (uint32_t k = 0; k < s->m; k++)
		s->w[k] = -s->need[s->row[k]];
	for (uint32_t p = 0; p < s->m; p++)
		for (uint32_t e = s->first[s->basic[p]]; e < s->first[s->basic[p] + 1]; e++)
			if (s->at[s->entry[e].row] != SIMPLEX_NONE)
				s->w[s->at[s->entry[e].row]] += s->value[p] * s->entry[e].amount;
	for (uint32_t k = 0; k < s->m; k++)
		most = fabs(s->w[k]) > most ? fabs(s->w[k]) : most;
	return most;
}

/* From the identity: each column of the basis comes in at the place, not taken yet, where it weighs most. */
static void
inverse_again(struct simplex *s)
{
	uint32_t *column = s->basic, m = s->m, taken = 0;

	for (uint32_t p = 0; p < m; p++) {
		double *row = s->inverse + (size_t)p * s->m_max;

		memset(row, 0, m * sizeof *row);
		row[p] = 1;
	}
	while (taken < m) { /* places below `taken` have theirs */
		uint32_t best = taken;

		column_solve(s, column[taken]);
		for (uint32_t p = taken + 1; p < m; p++)
			best = fabs(s->w[p]) > fabs(s->w[best]) ? p : best;
		if (fabs(s->w[best]) < TINY)
			return; /* cannot be told apart any more: the prices stay some */
		if (best != taken) { /* swap two rows of what is left: both still belong to the identity's part */
			double w = s->w[best];

			for (uint32_t k = 0; k < m; k++) {
				double t = s->inverse[(size_t)best * s->m_max + k];

				s->inverse[(size_t)best * s->m_max + k] = s->inverse[(size_t)taken * s->m_max + k];
				s->inverse[(size_t)taken * s->m_max + k] = t;
			}
			s->w[best] = s->w[taken];
			s->w[taken] = w;
		}
		inverse_pivot(s, taken);
		s->place[column[taken]] = taken;
		taken++;
	}
	values_again(s);
	prices_again(s);
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

bool
simplex_wake(struct simplex *s, uint32_t row, uint32_t start)
{
	uint32_t m = s->m, column = start;
	double used = 0, sign = 1, *last = s->inverse + (size_t)m * s->m_max;

	if (s->at[row] != SIMPLEX_NONE)
		return true;
	if (m == s->m_max)
		return false;
	s->at[row] = m;
	s->row[m] = row;
	memset(last, 0, ((size_t)m + 1) * sizeof *last);
	for (uint32_t p = 0; p < m; p++) {
		uint32_t c = s->basic[p];
		const double *from = s->inverse + (size_t)p * s->m_max;

		s->inverse[(size_t)p * s->m_max + m] = 0;
		for (uint32_t e = s->first[c]; e < s->first[c + 1]; e++) {
			if (s->entry[e].row != row)
				continue;
			used += s->value[p] * s->entry[e].amount;
			for (uint32_t k = 0; k < m; k++)
				last[k] -= s->entry[e].amount * from[k];
		}
	}
	if (start == SIMPLEX_NONE) {
		sign = used > s->need[row] ? -1 : 1;
		column = sign > 0 ? s->slack[row] : s->surplus[row];
	}
	for (uint32_t k = 0; k < m; k++)
		last[k] *= sign;
	last[m] = sign;
	s->basic[m] = column;
	s->place[column] = m;
	s->value[m] = start == SIMPLEX_NONE ? fabs(s->need[row] - used) : s->need[row];
	s->m++;
	s->dirty = true;
	return true;
}

/* ---- the method ------------------------------------------------------------------------------------------ */

/* May it come into the basis? */
static bool
column_may(const struct simplex *s, uint32_t c)
{
	return s->place[c] == SIMPLEX_NONE && (c >= 2 * s->n_rows || s->at[c / 2] != SIMPLEX_NONE);
}

/* The column that gains most a unit; or the first that gains. */
static uint32_t
column_pick(const struct simplex *s, bool first, double *ret_gain)
{
	uint32_t best = SIMPLEX_NONE;

	*ret_gain = -GAIN;
	for (uint32_t c = 0; c < s->n; c++) {
		double d;

		if (!column_may(s, c))
			continue;
		d = simplex_reduced(s, c);
		if (d < *ret_gain) {
			*ret_gain = d;
			best = c;
			if (first)
				break;
		}
	}
	return best;
}

/* Who leaves: the first to reach 0; of several the one that weighs most. */
static uint32_t
place_pick(const struct simplex *s, double *ret_step)
{
	uint32_t best = SIMPLEX_NONE;
	double least = INFINITY;

	for (uint32_t p = 0; p < s->m; p++) {
		double t;

		if (s->w[p] <= WEIGHT)
			continue;
		t = s->value[p] / s->w[p];
		if (best == SIMPLEX_NONE || t < least - TINY || (t <= least + TINY && s->w[p] > s->w[best])) {
			least = t < least ? t : least;
			best = p;
		}
	}
	*ret_step = best == SIMPLEX_NONE ? 0 : s->value[best] / s->w[best];
	return best;
}

static void
pivot(struct simplex *s, uint32_t column, uint32_t r, double step, double gain)
{
	double *row = s->inverse + (size_t)r * s->m_max, by = gain / s->w[r];

	for (uint32_t k = 0; k < s->m; k++)
		s->y[k] += by * row[k];
	for (uint32_t p = 0; p < s->m; p++) {
		s->value[p] -= step * s->w[p];
		s->value[p] = s->value[p] < 0 ? 0 : s->value[p];
	}
	s->value[r] = step;
	inverse_pivot(s, r);
	s->place[s->basic[r]] = SIMPLEX_NONE;
	s->basic[r] = column;
	s->place[column] = r;
	s->pivots++;
}

bool
simplex_solve(struct simplex *s, uint32_t pivots_max)
{
	uint32_t stalled = 0;
	bool fresh = false;

	if (s->dirty)
		prices_again(s);
	for (uint32_t k = 0; k < pivots_max; k++) {
		double gain, step;
		uint32_t column = column_pick(s, stalled > STALL, &gain), r;

		if (column == SIMPLEX_NONE) {
			if (fresh || drift(s) <= DRIFT)
				return true;
			inverse_again(s);
			fresh = true;
			continue;
		}
		column_solve(s, column);
		r = place_pick(s, &step);
		if (r == SIMPLEX_NONE)
			return false; /* cannot be: all costs are bounded below */
		stalled = step * -gain > TINY ? 0 : stalled + 1;
		pivot(s, column, r, step, gain);
	}
	return false;
}

double
simplex_price(const struct simplex *s, uint32_t row)
{
	return s->at[row] == SIMPLEX_NONE ? 0 : s->y[s->at[row]];
}

double
simplex_share(const struct simplex *s, uint32_t column)
{
	return s->place[column] == SIMPLEX_NONE ? 0 : s->value[s->place[column]];
}

double
simplex_total(const struct simplex *s)
{
	double sum = 0;

	for (uint32_t p = 0; p < s->m; p++)
		sum += s->value[p] * s->cost[s->basic[p]];
	return sum;
}
