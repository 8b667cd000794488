/* The rules of supervision: the set in force. */
#include "operations/supervise/supervise_rule.h"
#include "operations/supervise/supervise_store.h"

enum rc
supervise_rules_load(struct tx *tx, const struct actor *actor, struct supervise_rules *ret)
{
	struct actor system = identity_system(actor->city);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, &system, &supervise_q[Q_RULES], ARGS(db_int(tx_now_ms(tx))), &row);

	*ret = supervise_rules_default();
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int64_t step = rows_int(row, 1);

		if (step <= SUPERVISE_NONE || step >= SUPERVISE_RULES)
			return RC_CORRUPT;
		ret->from_ms = rows_int(row, 0);
		ret->v[step] = (struct supervise_rule){ .count = (int)rows_int(row, 2),
			.unit = (enum clock_unit)rows_int(row, 3), .reply_count = (int)rows_int(row, 4),
			.reply_unit = (enum clock_unit)rows_int(row, 5), .night = rows_int(row, 6) != 0,
			.source = rows_copy(row, 7) };
		ret->account = rows_int(row, 8);
		ret->written_ms = rows_int(row, 9);
		ret->account_name = rows_copy(row, 10);
	}
	return rc == RC_DONE ? RC_OK : rc;
}
