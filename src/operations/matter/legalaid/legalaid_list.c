/* Lists of cases and the figures of a time, each with the records behind it. */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

static void
row_read(const struct rows *row, struct aid_row *ret)
{
	*ret = (struct aid_row){ .id = { rows_int(row, 0) }, .state = (enum aid_state)rows_int(row, 1), .matter = (int)rows_int(row, 2),
		.kind = (int)rows_int(row, 3), .applied_ms = rows_int(row, 4), .due_ms = rows_int(row, 5), .start_ms = rows_int(row, 6),
		.advance = rows_int(row, 7) != 0, .number = rows_copy(row, 8), .person_name = rows_copy(row, 9),
		.holder_name = rows_copy(row, 10), .lawyer_name = rows_copy(row, 11) };
}

static enum rc
rows_read(struct rows *row, struct aid_row *ret, size_t cap, size_t *ret_n)
{
	enum rc rc = RC_OK;

	*ret_n = 0;
	while (*ret_n < cap && (rc = rows_next(row)) == RC_OK)
		row_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
aid_list(struct tx *tx, const struct actor *actor, const struct aid_filter *f, struct aid_row *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[f->mine ? R_LIST_MINE : R_LIST], ARGS(db_int(f->from), db_int(f->last),
	    db_int(f->after_state), db_int(f->after_id), db_int((int64_t)cap)), &row);

	return rc == RC_OK ? rows_read(row, ret, cap, ret_n) : rc;
}

enum rc
aid_figures(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct place place, struct aid_figures *ret)
{
	struct place_range range = place_range(place);
	ROWS row = NULL;
	int c = 0;
	enum rc rc = tx_one(tx, actor, &aid_run_q[R_FIGURES], ARGS(db_int(day_start_ms(from)), db_int(day_start_ms(day_add(to, 1))),
	    db_int(range.lo), db_int(range.hi)), &row);

	*ret = (struct aid_figures){ .applied = 0 };
	if (rc != RC_OK)
		return rc;
	ret->applied = rows_int(row, c++);
	ret->granted = rows_int(row, c++);
	ret->refused = rows_int(row, c++);
	ret->withdrawn = rows_int(row, c++);
	ret->open = rows_int(row, c++);
	ret->decided_late = rows_int(row, c++);
	ret->assigned_late = rows_int(row, c++);
	ret->decide_ms = rows_int(row, c++);
	ret->decided = rows_int(row, c++);
	ret->assign_ms = rows_int(row, c++);
	ret->assigned = rows_int(row, c++);
	for (int g = 0; g < AID_REFUSAL_COUNT; g++)
		ret->refusal[g] = rows_int(row, c++);
	return RC_OK;
}

enum rc
aid_figure_rows(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct place place, int figure,
    struct aid_row *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(place);
	bool ground = figure >= AID_FIG_REFUSAL && figure < AID_FIG_REFUSAL + AID_REFUSAL_COUNT;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[R_FIGURE_ROWS], ARGS(db_int(day_start_ms(from)),
	    db_int(day_start_ms(day_add(to, 1))), db_int(range.lo), db_int(range.hi), db_int(ground ? AID_FIG_REFUSAL : figure),
	    db_int(ground ? INT64_C(1) << (figure - AID_FIG_REFUSAL) : 0), db_int((int64_t)cap)), &row);

	return rc == RC_OK ? rows_read(row, ret, cap, ret_n) : rc;
}
