/* Contracts, advisers, absences and substitutes, read. */
#include "resources/advisor/advisor_store.h"

enum rc
advisor_seats(struct tx *tx, const struct actor *actor, int64_t after, struct day day, struct advisor_seat *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &advisor_q[A_SEATS], ARGS(db_int(day.n), db_int(after), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		seat_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
advisor_load(struct tx *tx, const struct actor *actor, int64_t id, struct advisor_contract *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &advisor_q[A_LOAD], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		contract_read(row, ret);
	return rc;
}

static enum rc
contracts(struct tx *tx, const struct actor *actor, enum advisor_q q, struct db_args args, struct advisor_contract *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &advisor_q[q], args, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		contract_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
advisor_on_day(struct tx *tx, const struct actor *actor, struct place within, struct day day, struct place after,
    struct advisor_contract *ret, size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(within);

	return contracts(tx, actor, A_ON_DAY, ARGS(db_int(r.lo), db_int(r.hi), db_int(after.code), db_int(day.n), db_int((int64_t)cap)),
	    ret, cap, ret_n);
}

enum rc
advisor_of_village(struct tx *tx, const struct actor *actor, struct place village, struct advisor_contract *ret, size_t cap, size_t *ret_n)
{
	return contracts(tx, actor, A_OF_VILLAGE, ARGS(db_int(village.code), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
advisor_expiring(struct tx *tx, const struct actor *actor, struct place within, struct day today, int64_t days,
    struct advisor_contract *ret, size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(within);

	return contracts(tx, actor, A_EXPIRING, ARGS(db_int(r.lo), db_int(r.hi), db_int(today.n), db_int(today.n + days),
	    db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
advisor_places(struct tx *tx, const struct actor *actor, struct place within, struct day day, struct place *ret, size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &advisor_q[A_PLACES], ARGS(db_int(r.lo), db_int(r.hi), db_int(day.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++].code = rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
advisor_public(struct tx *tx, const struct actor *actor, struct place village, struct day day, struct advisor_public *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &advisor_q[A_PUBLIC], ARGS(db_int(village.code), db_int(day.n)), &row);

	if (rc == RC_OK)
		*ret = (struct advisor_public){ .name = rows_copy(row, 0), .firm = rows_copy(row, 1), .phone = rows_copy(row, 2),
			.substitute = rows_int(row, 3) != 0, .to = { (int32_t)rows_int(row, 4) } };
	return rc;
}

enum rc
advisor_absences(struct tx *tx, const struct actor *actor, int64_t contract, struct advisor_absence *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &advisor_q[A_ABSENCES], ARGS(db_int(contract), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct advisor_absence){ .day = { (int32_t)rows_int(row, 0) }, .excused = rows_int(row, 1) != 0,
			.note = rows_copy(row, 2) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
advisor_substitutes(struct tx *tx, const struct actor *actor, int64_t contract, struct advisor_substitute *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &advisor_q[A_SUBSTITUTES], ARGS(db_int(contract), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct advisor_substitute){ .term = { { (int32_t)rows_int(row, 0) }, { (int32_t)rows_int(row, 1) } },
			.provider = rows_int(row, 2), .name = rows_copy(row, 3), .firm_name = rows_copy(row, 4), .reason = rows_copy(row, 5) };
	return rc == RC_DONE ? RC_OK : rc;
}
