/* Files, candidates and figures as they are read. */
#include "evaluation/quality/quality_store.h"

enum rc
quality_file_load(struct tx *tx, const struct actor *actor, enum quality_read how, int64_t id, struct quality_file *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &quality_read[how], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		quality_file_read(row, ret);
	return rc;
}

static enum rc
files_collect(enum rc rc, struct rows *row, struct quality_file *ret, size_t cap, size_t *ret_n)
{
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		quality_file_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
quality_files(struct tx *tx, const struct actor *actor, int64_t round, struct quality_file *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_FILES_ROUND], ARGS(db_int(round), db_int((int64_t)cap)), &row);

	return files_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_files_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_file *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_FILES_CASE], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	return files_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_own(struct tx *tx, const struct actor *actor, struct quality_file *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_FILES_OWN], ARGS(db_int((int64_t)cap)), &row);

	return files_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_waiting(struct tx *tx, const struct actor *actor, struct quality_file *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_WAITING], ARGS(db_int((int64_t)cap)), &row);

	return files_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_candidates(struct tx *tx, const struct actor *actor, int64_t round, struct quality_seen *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_CANDIDATES], ARGS(db_int(round), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct quality_seen){ .file = rows_int(row, 0), .account = rows_int(row, 1), .load = rows_int(row, 2),
			.turn = (int)rows_int(row, 3), .why = (enum quality_why)rows_int(row, 4), .chosen = rows_int(row, 5) != 0,
			.name = rows_copy(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
quality_rectifies_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_rectify *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_RECTIFIES_CASE], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct quality_rectify){ .id = rows_int(row, 0), .file = rows_int(row, 1), .n = (int)rows_int(row, 2),
			.state = (enum quality_rectify_state)rows_int(row, 3), .words = rows_copy(row, 4), .due = { (int32_t)rows_int(row, 5) },
			.ordered_ms = rows_int(row, 6), .answer = rows_copy(row, 7), .answered_ms = rows_int(row, 8),
			.judged_words = rows_copy(row, 9), .judged_ms = rows_int(row, 10) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- figures --------------------------------------------------------------------------------------------------- */

static void
figure_read(const struct rows *row, struct quality_figure *ret)
{
	*ret = (struct quality_figure){ .key = rows_int(row, 0), .name = rows_copy(row, 1), .files = rows_int(row, 2),
		.tenths = rows_int(row, 3), .rectified = rows_int(row, 8) };
	for (int g = QUALITY_EXCELLENT; g < QUALITY_GRADE_COUNT; g++)
		ret->grade[g] = rows_int(row, 3 + g);
}

enum rc
quality_figures(struct tx *tx, const struct actor *actor, enum quality_by by, struct day from, struct day to, struct quality_figure *ret,
    size_t cap, size_t *ret_n)
{
	static const enum quality_read of[] = { [QUALITY_BY_FIRM] = L_FIG_FIRM, [QUALITY_BY_PROVIDER] = L_FIG_PROVIDER,
		[QUALITY_BY_COUNTY] = L_FIG_COUNTY, [QUALITY_BY_ALL] = L_FIG_ALL };
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[of[by]], ARGS(db_int(day_start_ms(from)), db_int(day_start_ms(day_add(to, 1))),
	    db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		figure_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
quality_figure_files(struct tx *tx, const struct actor *actor, enum quality_by by, int64_t key, int grade, struct day from, struct day to,
    struct quality_file *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_FIG_FILES], ARGS(db_int(day_start_ms(from)), db_int(day_start_ms(day_add(to, 1))),
	    db_int(by), db_int(key), db_int(grade), db_int((int64_t)cap)), &row);

	return files_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_of_provider(struct tx *tx, const struct actor *actor, int64_t provider, struct quality_figure *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &quality_read[L_OF_PROVIDER], ARGS(db_int(provider)), &row);

	if (rc == RC_OK)
		figure_read(row, ret);
	return rc;
}
