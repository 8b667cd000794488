/* Reading swaps. */
#include "resources/duty/duty_store.h"
#include "resources/duty/duty_swap_internal.h"

#include "resources/identity/identity.h"

static struct day
day_at(const struct rows *row, int col)
{
	return rows_is_null(row, col) ? DAY_NONE : (struct day){ (int32_t)rows_int(row, col) };
}

static void
swap_read(const struct rows *row, struct duty_swap *w)
{
	bool both = !rows_is_null(row, 7);

	*w = (struct duty_swap){ .id = rows_int(row, 0), .plan = rows_int(row, 1), .county = { rows_int(row, 2) }, .provider = rows_int(row, 4),
		.day = day_at(row, 5), .with_provider = rows_int(row, 6), .with_day = day_at(row, 8), .until = day_at(row, 9),
		.state = (enum duty_swap_state)rows_int(row, 10), .difference = rows_int(row, 11), .why = rows_copy(row, 12),
		.at_ms = rows_int(row, 13), .revision = rows_int(row, 14), .name = rows_copy(row, 15), .account = rows_int(row, 16),
		.with_name = rows_copy(row, 17), .with_account = rows_int(row, 18) };
	w->slot = (struct duty_slot){ .plan = w->plan, .slot = (uint32_t)rows_int(row, 3), .day = w->day, .place = { rows_int(row, 19) },
		.point = rows_int(row, 20), .seat = rows_int(row, 21) != 0, .minutes = (int)rows_int(row, 22) };
	w->theirs = (struct duty_slot){ .day = DAY_NONE };
	if (both)
		w->theirs = (struct duty_slot){ .plan = w->plan, .slot = (uint32_t)rows_int(row, 7), .day = w->with_day,
			.place = { rows_int(row, 23) }, .point = rows_int(row, 24), .seat = rows_int(row, 25) != 0,
			.minutes = (int)rows_int(row, 26) };
}

static enum rc
swaps_list(struct tx *tx, const struct actor *actor, enum duty_q q, struct db_args args, struct duty_swap *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[q], args, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		swap_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

unsigned
duty_swap_who(const struct actor *actor, const struct duty_swap *w)
{
	unsigned who = 0;

	if (actor->kind == ACTOR_SYSTEM)
		return SWAP_BY_SYSTEM | SWAP_BY_PLANNER;
	if (actor->kind != ACTOR_ACCOUNT || actor->account == 0)
		return 0;
	who |= actor->account == w->account ? SWAP_BY_ASKER : 0u;
	who |= actor->account == w->with_account ? SWAP_BY_COLLEAGUE : 0u;
	/* nobody approves what they asked for themselves */
	return who == 0 && duty_may_plan(actor, w->county) ? SWAP_BY_PLANNER : who;
}

enum rc
duty_swap_load(struct tx *tx, const struct actor *actor, int64_t id, struct duty_swap *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &duty_q[D_SWAP], ARGS(db_int(id)), &row);

	if (rc != RC_OK)
		return rc;
	swap_read(row, ret);
	return duty_swap_who(actor, ret) == 0 ? RC_NOT_FOUND : RC_OK;
}

enum rc
duty_swaps_of(struct tx *tx, const struct actor *actor, int64_t provider, struct duty_swap *ret, size_t cap, size_t *ret_n)
{
	return swaps_list(tx, actor, D_SWAPS_PERSON, ARGS(db_int(provider), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_swaps_to_decide(struct tx *tx, const struct actor *actor, bool open, struct duty_swap *ret, size_t cap, size_t *ret_n)
{
	return swaps_list(tx, actor, open ? D_SWAPS_OPEN : D_SWAPS_COUNTY, ARGS(db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_swaps_of_slot(struct tx *tx, const struct actor *actor, int64_t plan, uint32_t slot, struct duty_swap *ret, size_t cap, size_t *ret_n)
{
	return swaps_list(tx, actor, D_SWAP_OF_SLOT, ARGS(db_int(plan), db_int(slot), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_swaps_of_plan(struct tx *tx, const struct actor *actor, int64_t plan, struct duty_swap *ret, size_t cap, size_t *ret_n)
{
	return swaps_list(tx, actor, D_SWAPS_PLAN, ARGS(db_int(plan), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_swaps_past(struct tx *tx, const struct actor *actor, struct duty_swap *ret, size_t cap, size_t *ret_n)
{
	return swaps_list(tx, actor, D_SWAPS_PAST, ARGS(db_int(day_of_moment(tx_now_ms(tx)).n), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_swap_steps(struct tx *tx, const struct actor *actor, int64_t id, struct duty_swap_done *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_SWAP_STEPS], ARGS(db_int(id), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct duty_swap_done){ (enum duty_swap_step)rows_int(row, 0), rows_copy(row, 1), rows_copy(row, 2), rows_int(row, 3) };
	return rc == RC_DONE ? RC_OK : rc;
}
