#include "evaluation/statistics/statistics_store.h"

#include "kit/msg/msg.h"

/* The parameters every figure shares: days and place; and now, where lateness is judged. */
#define PERIOD(q, range) db_int((q)->from.n), db_int((q)->to.n), db_int((range).lo), db_int((range).hi)
#define SHARED(q, range, now) PERIOD(q, range), db_int(now)

bool
figure_judge(const struct figure_query *q, struct findings *findings)
{
	bool ordered = q->from.n < q->to.n;
	bool fits = !ordered || q->by != FIGURE_BY_DAY || (int64_t)q->to.n - q->from.n <= FIGURE_ROWS_MAX;

	if (!ordered && findings != NULL)
		findings_add(findings, "from", T("开始日期不能晚于结束日期"), 0);
	if (!fits && findings != NULL)
		findings_add(findings, "from", T("按日统计最长 %lld 天，请缩短时间或换一种分类"), FIGURE_ROWS_MAX);
	return ordered && fits;
}

enum rc
figure_table(struct tx *tx, const struct actor *actor, const struct figure_query *q, struct figure_row *ret,
    size_t *ret_n)
{
	struct place_range range = place_range(q->place);
	ROWS row = NULL;
	enum rc rc;

	*ret_n = 0;
	if (q->by >= FIGURE_BY_COUNT || !figure_judge(q, NULL))
		return RC_INVALID;
	rc = tx_rows(tx, actor, &statistics_q[Q_TABLE + (int)q->by], ARGS(SHARED(q, range, tx_now_ms(tx))), &row);
	while (rc == RC_OK && *ret_n < FIGURE_ROWS_MAX && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct figure_row){
			.key = rows_int(row, 0),
			.name = rows_copy(row, 1),
			.name_en = rows_copy(row, 2),
			.received = rows_int(row, 3),
			.converted = rows_int(row, 4),
			.open = rows_int(row, 5),
			.closed = rows_int(row, 6),
			.late = rows_int(row, 7),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
totals_count(struct tx *tx, const struct actor *actor, const struct figure_query *q, struct figure_totals *ret)
{
	struct place_range range = place_range(q->place);
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &statistics_q[Q_TOTALS], ARGS(SHARED(q, range, tx_now_ms(tx))), &row);

	if (rc == RC_OK) {
		ret->requests = rows_int(row, 0);
		ret->converted = rows_int(row, 1);
		ret->open = rows_int(row, 2);
		ret->closed = rows_int(row, 3);
		ret->late = rows_int(row, 4);
		ret->attendances = rows_int(row, 5);
	}
	return rc;
}

static enum rc
totals_grades(struct tx *tx, const struct actor *actor, const struct figure_query *q, struct figure_totals *ret)
{
	struct place_range range = place_range(q->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &statistics_q[Q_GRADES], ARGS(PERIOD(q, range)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int64_t grade = rows_int(row, 0);

		if (rows_is_null(row, 0)) {
			ret->silent += rows_int(row, 1);
			continue;
		}
		if (grade < 1 || grade > 5)
			return RC_CORRUPT;
		ret->grades[grade] = rows_int(row, 1);
		ret->rated += rows_int(row, 1);
		ret->mistaken += rows_int(row, 2);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
figure_totals(struct tx *tx, const struct actor *actor, const struct figure_query *q, struct figure_totals *ret)
{
	struct place_range range = place_range(q->place);
	int64_t reached = 0;
	enum rc rc;

	*ret = (struct figure_totals){ .requests = 0 };
	rc = totals_count(tx, actor, q, ret);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &statistics_q[Q_ATTENDANCES], ARGS(PERIOD(q, range)), &reached);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &statistics_q[Q_MESSAGES], ARGS(PERIOD(q, range)), &ret->messages);
	ret->attendances += reached;
	return rc == RC_OK ? totals_grades(tx, actor, q, ret) : rc;
}

enum rc
figure_records(struct tx *tx, const struct actor *actor, const struct figure_query *q, int64_t key,
    enum figure_part part, int64_t before_id, struct queue_row *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(q->place);
	ROWS row = NULL;
	enum rc rc;

	*ret_n = 0;
	if (q->by >= FIGURE_BY_COUNT || part >= FIGURE_PART_COUNT)
		return RC_INVALID;
	rc = tx_rows(tx, actor, &statistics_q[Q_RECORDS + (int)q->by],
	    ARGS(SHARED(q, range, tx_now_ms(tx)), db_int(key), db_int(part == FIGURE_RECEIVED), db_int(part == FIGURE_CONVERTED),
	        db_int(part == FIGURE_OPEN), db_int(part == FIGURE_CLOSED), db_int(part == FIGURE_LATE), db_int(before_id == 0 ? INT64_MAX : before_id), db_int((int64_t)cap)), &row);
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		queue_row_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
late_by_holder(struct tx *tx, const struct actor *actor, struct late_row *ret, size_t cap, size_t *ret_n)
{
	int64_t now = tx_now_ms(tx);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &statistics_q[Q_LATE_BY_HOLDER],
	    ARGS(db_int(now), db_int(now + request_lights().near_ms), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct late_row){
			.account = rows_int(row, 0),
			.point = rows_int(row, 1),
			.name = rows_copy(row, 2),
			.point_name = rows_copy(row, 3),
			.open = rows_int(row, 4),
			.late = rows_int(row, 5),
			.soon = rows_int(row, 6),
			.oldest_due_ms = rows_int(row, 7),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
late_by_point(struct tx *tx, const struct actor *actor, struct point_row *ret, size_t cap, size_t *ret_n)
{
	int64_t now = tx_now_ms(tx);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &statistics_q[Q_LATE_BY_POINT], ARGS(db_int(now), db_int(now + request_lights().near_ms), db_int(DUE_NONE),
	    db_int(day_of_moment(now).n - POINT_ROW_DAYS + 1), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct point_row){ .code = rows_copy(row, 0), .name = rows_copy(row, 1), .director = rows_copy(row, 2),
			.open = rows_int(row, 3), .late = rows_int(row, 4), .soon = rows_int(row, 5), .paused = rows_int(row, 6),
			.received = rows_int(row, 7), .closed = rows_int(row, 8) };
	return rc == RC_DONE ? RC_OK : rc;
}
