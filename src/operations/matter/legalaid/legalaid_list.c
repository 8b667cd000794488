/* Lists of cases and the figures of a time, each with the records behind it. */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

#include "resources/person/person.h"

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

#define SPAN(s, range) db_int(day_start_ms((s)->from)), db_int(day_start_ms(day_add((s)->to, 1))), db_int((range).lo), db_int((range).hi)

enum rc
aid_figures(struct tx *tx, const struct actor *actor, const struct aid_span *span, struct aid_figures *ret)
{
	struct place_range range = place_range(span->place);
	ROWS row = NULL;
	int c = 0;
	enum rc rc = tx_one(tx, actor, &aid_run_q[R_FIGURES], ARGS(SPAN(span, range)), &row);

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

static enum rc
part_read(struct rows *row, struct aid_part *ret, size_t cap, size_t *n)
{
	enum rc rc = RC_OK;

	while (*n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*n)++] = (struct aid_part){ .key = rows_int(row, 0), .applied = rows_int(row, 1), .granted = rows_int(row, 2),
			.refused = rows_int(row, 3), .decided_late = rows_int(row, 4), .assigned_late = rows_int(row, 5),
			.decide_ms = rows_int(row, 6), .decided = rows_int(row, 7), .assign_ms = rows_int(row, 8), .assigned = rows_int(row, 9) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
group_parts(struct tx *tx, const struct actor *actor, const struct aid_span *span, struct aid_part *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(span->place);
	enum rc rc = RC_OK;

	for (int g = 0; rc == RC_OK && g < GROUP_COUNT; g++) {
		ROWS row = NULL;

		rc = tx_rows(tx, actor, &aid_run_q[R_BY_GROUP], ARGS(SPAN(span, range), db_int((int64_t)cap), db_int((int64_t)GROUP_BIT(g))), &row);
		if (rc == RC_OK)
			rc = part_read(row, ret, cap, ret_n);
	}
	return rc;
}

enum rc
aid_parts(struct tx *tx, const struct actor *actor, const struct aid_span *span, enum aid_by by, struct aid_part *ret, size_t cap,
    size_t *ret_n)
{
	struct place_range range = place_range(span->place);
	ROWS row = NULL;
	enum rc rc;

	*ret_n = 0;
	if (by == AID_BY_GROUP)
		return group_parts(tx, actor, span, ret, cap, ret_n);
	rc = tx_rows(tx, actor, &aid_run_q[by == AID_BY_MATTER ? R_BY_MATTER : R_BY_STATUS], ARGS(SPAN(span, range), db_int((int64_t)cap)), &row);
	return rc == RC_OK ? part_read(row, ret, cap, ret_n) : rc;
}

enum rc
aid_paid(struct tx *tx, const struct actor *actor, const struct aid_span *span, struct aid_paid *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(span->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[R_BY_RATE], ARGS(SPAN(span, range), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_paid){ .kind = (int)rows_int(row, 0), .n = rows_int(row, 1), .fen = rows_int(row, 2),
			.paid = rows_int(row, 3), .paid_fen = rows_int(row, 4) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
aid_figure_rows(struct tx *tx, const struct actor *actor, const struct aid_records *q, struct aid_row *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(q->span.place);
	bool ground = q->figure >= AID_FIG_REFUSAL && q->figure < AID_FIG_REFUSAL + AID_REFUSAL_COUNT;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[R_FIGURE_ROWS], ARGS(SPAN(&q->span, range),
	    db_int(ground ? AID_FIG_REFUSAL : q->figure), db_int(ground ? INT64_C(1) << (q->figure - AID_FIG_REFUSAL) : 0),
	    db_int((int64_t)cap), db_int(q->by), db_int(q->key), db_int(q->after)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		row_read(row, &ret[*ret_n]);
		ret[(*ret_n)++].subsidy = rows_is_null(row, 12) ? -1 : rows_int(row, 12);
	}
	return rc == RC_DONE ? RC_OK : rc;
}
