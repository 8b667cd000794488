/* What the place did for the work of its adviser (综合保障, S202): written down by whoever keeps the contracts. */
#include "resources/advisor/advisor_internal.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"

#define AMOUNT_MAX 100000000 /* fen */

enum { T_ADD, T_LIST, T_COUNT };
static const struct db_stmt support_q[T_COUNT] = {
	[T_ADD] = { "advisor_support.add", DB_SYSTEM, "INSERT INTO advisor_support (city, id, contract, day, kind, amount, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[T_LIST] = { "advisor_support.list", DB_CITY, "SELECT day, kind, amount, words FROM advisor_support WHERE city = $1 AND contract = $2"
	    " ORDER BY day DESC, id DESC LIMIT $3", 0 },
};
const struct db_set advisor_support_sql = DB_SET("advisor_support", support_q);

const struct choice advisor_support_choices[] = {
	{ ADVISOR_SUPPORT_TRAINING, "training", T("培训") }, { ADVISOR_SUPPORT_MATERIALS, "materials", T("资料、宣传品") },
	{ ADVISOR_SUPPORT_PLACE, "place", T("场地、设备") }, { ADVISOR_SUPPORT_INSURANCE, "insurance", T("意外保险") },
	{ ADVISOR_SUPPORT_TRAVEL, "travel", T("交通补助") }, { ADVISOR_SUPPORT_OTHER, "other", T("其他保障") }, { 0, NULL, NULL },
};

struct support_arg { const struct advisor_support_new *in; struct findings *findings; };

static enum rc
support_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct support_arg *a = argument;
	const struct advisor_support_new *in = a->in;
	struct advisor_contract c;
	int64_t id = tx_id(tx);
	enum rc rc = advisor_load(tx, actor, in->contract, &c);

	*a->findings = (struct findings){ .n = 0 };
	if (rc == RC_OK && !place_range_has(actor->places, c.village))
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	if (day_is_none(in->day) || in->day.n < c.term.from.n || in->day.n > c.last.n || in->day.n > day_of_moment(tx_now_ms(tx)).n) {
		findings_add(a->findings, "support_day", T("日子要在合同期内，不晚于今天"), 0);
		return RC_INVALID;
	}
	rc = tx_run(tx, actor, &support_q[T_ADD], ARGS(db_int(id), db_int(in->contract), db_int(in->day.n), db_int(in->kind), db_int(in->amount),
	    db_text(text_trim(in->words)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "advisor.support", "advisor_contract", in->contract, TEXT_NONE) : rc;
}

enum rc
advisor_support(struct ctx *ctx, struct idem_key key, const struct advisor_support_new *in, struct findings *findings)
{
	struct support_arg a = { in, findings };
	struct text words = text_trim(in->words);

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (in->kind < ADVISOR_SUPPORT_TRAINING || in->kind >= ADVISOR_SUPPORT_KINDS)
		findings_add(findings, "support_kind", T("请选一个"), 0);
	if (in->amount < 0 || in->amount > AMOUNT_MAX)
		findings_add(findings, "amount", T("最多 %lld 元"), AMOUNT_MAX / 100);
	if (utf8_check(words, true) != UTF8_FINE || utf8_length(words) < 2 || utf8_length(words) > 200)
		findings_add(findings, "support_words", T("写明做了什么，2 到 200 个字"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "advisor.support", .fn = support_tx, .arg = &a, .asked = ARGS(db_int(in->contract),
	    db_int(in->day.n), db_int(in->kind), db_int(in->amount), db_text(in->words)) });
}

enum rc
advisor_supports(struct tx *tx, const struct actor *actor, int64_t contract, struct advisor_support_new *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &support_q[T_LIST], ARGS(db_int(contract), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct advisor_support_new s = { .contract = contract, .day = { (int32_t)rows_int(row, 0) }, .kind = (int)rows_int(row, 1),
			.amount = rows_int(row, 2), .words = rows_copy(row, 3) };

		ret[*ret_n] = s;
		(*ret_n)++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}
