/* Seminars and demonstrations: a light register; cases that are shown are cases one may see. */
#include "evaluation/quality/quality_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"

struct seminar_arg { const struct quality_seminar_new *in; struct quality_verdict verdict; };

static enum rc
cases_write(struct tx *tx, const struct actor *actor, int64_t seminar, struct text cases, struct quality_verdict *v)
{
	int64_t nth = 0;
	enum rc rc = RC_OK;

	for (struct text rest = cases; rc == RC_OK && rest.n > 0;) {
		struct text number = text_trim(text_cut(&rest, '\n'));
		struct case_id id;

		if (number.n == 0)
			continue;
		nth++;
		rc = request_find_number(tx, actor, number, &id);
		if (rc == RC_NOT_FOUND || nth > QUALITY_SEMINAR_CASES)
			return quality_refuse(v, QUALITY_NO_CASE, nth);
		if (rc == RC_OK)
			rc = tx_run(tx, actor, &quality_q[Q_SEMINAR_CASE], ARGS(db_int(seminar), db_int(id.n)), NULL);
	}
	return rc;
}

static enum rc
seminar_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct seminar_arg *arg = argument;
	const struct quality_seminar_new *in = arg->in;
	int64_t id = tx_id(tx);
	enum rc rc = tx_run(tx, actor, &quality_q[Q_SEMINAR], ARGS(db_int(id), db_int(in->kind), db_int(in->place.code), db_int(in->day.n),
	    db_text(in->topic), db_text(in->host), db_int(in->people), db_text(in->words), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);

	if (rc == RC_OK)
		rc = cases_write(tx, actor, id, in->cases, &arg->verdict);
	return rc == RC_OK ? audit_note(tx, actor, "quality.seminar", "quality_seminar", id, TEXT_NONE) : rc;
}

enum rc
quality_seminar_add(struct ctx *ctx, struct idem_key key, const struct quality_seminar_new *in, struct quality_verdict *ret)
{
	struct seminar_arg arg = { .in = in };
	enum rc rc;

	*ret = arg.verdict;
	if (!quality_manages(ctx->actor, in->place))
		return RC_FORBIDDEN;
	if (in->kind <= 0 || in->kind >= QUALITY_SEMINAR_COUNT || day_is_none(in->day) || in->day.n > day_of_moment(ctx->now_ms).n
	    || utf8_length(in->topic) < 2 || utf8_length(in->topic) > 100 || utf8_length(in->host) > 100 || in->people < 1 || in->people > 5000
	    || quality_words(in->words) > QUALITY_WORDS_MAX)
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "quality.seminar", .fn = seminar_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->kind), db_int(in->place.code), db_int(in->day.n), db_text(in->topic), db_text(in->host), db_text(in->cases),
	        db_int(in->people), db_text(in->words)) });
	*ret = arg.verdict;
	return rc;
}

enum rc
quality_seminars(struct tx *tx, const struct actor *actor, struct quality_seminar *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_SEMINARS], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct quality_seminar){ .id = rows_int(row, 0), .kind = (enum quality_seminar_kind)rows_int(row, 1),
			.place = { rows_int(row, 2) }, .day = { (int32_t)rows_int(row, 3) }, .topic = rows_copy(row, 4), .host = rows_copy(row, 5),
			.people = rows_int(row, 6), .words = rows_copy(row, 7), .account_name = rows_copy(row, 8), .cases = rows_int(row, 9) };
	return rc == RC_DONE ? RC_OK : rc;
}
