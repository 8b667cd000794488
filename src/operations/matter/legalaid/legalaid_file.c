/* After the case: its papers, what is paid for it by dated standards, its place in the archive (Arts. 50, 52). */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

/* ---- the file --------------------------------------------------------------------------------------------- */

struct file_arg { const struct aid_file_new *in; struct aid_plain plain; };

static enum rc
submit_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct file_arg *arg = argument;
	struct aid_work w = { .limits = &arg->plain.limits };
	int64_t n = 0, agreed = 0;
	enum rc rc = aid_begin(tx, actor, &arg->plain.head, &w, &arg->plain.verdict);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &aid_run_q[R_AGREED_EVER], ARGS(db_int(w.r.id.n)), &agreed);
	if (rc == RC_OK && agreed == 0)
		return aid_refuse(&arg->plain.verdict, AID_NO_STEP); /* nobody ever worked on it: there is no file */
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &aid_run_q[R_FILE_COUNT], ARGS(db_int(w.r.id.n)), &n);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_run_q[R_FILE], ARGS(db_int(w.r.id.n), db_int(n + 1), db_int(arg->in->pages),
		    db_text(arg->in->words), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->in->words, false, NULL) : rc;
}

enum rc
aid_file_submit(struct ctx *ctx, struct idem_key key, const struct aid_file_new *in, struct aid_verdict *ret)
{
	struct file_arg arg = { .in = in, .plain = { .head = { in->id, in->revision, AID_FILE }, .words = in->words } };
	enum rc rc = in->pages < 1 || in->pages > 9999 || aid_words(in->words) > AID_WORDS_MAX ? RC_INVALID
	    : aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.plain.limits);

	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.file", .fn = submit_tx, .arg = &arg,
		    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->pages), db_text(in->words)) });
	*ret = arg.plain.verdict;
	return rc;
}

static enum rc
check_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	bool pass = arg->head.step == AID_FILE_PASS;
	struct aid_work w = { .limits = &arg->limits };
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK && !pass && aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_run_q[R_FILE_CHECK], ARGS(db_int(w.r.id.n), db_int(pass), db_int(tx_now_ms(tx)),
		    db_int(actor->account), db_text(arg->words)));
	if (rc == RC_OK)
		rc = aid_lawyer_tell(tx, actor, &w);
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, false, NULL) : rc;
}

enum rc
aid_file_check(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, bool pass, struct text words,
    struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, pass ? AID_FILE_PASS : AID_FILE_RETURN }, .words = words };

	return aid_plain_run(ctx, key, "aid.file_check", check_tx, &arg, ret);
}

enum rc
aid_files(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_file *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[R_FILES], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_file){ .n = (int)rows_int(row, 0), .pages = rows_int(row, 1), .words = rows_copy(row, 2),
			.submitted_ms = rows_int(row, 3), .passed = rows_int(row, 4) != 0, .reviewed_ms = rows_int(row, 5),
			.reviewed_words = rows_copy(row, 6), .submitted_name = rows_copy(row, 7), .reviewed_name = rows_copy(row, 8) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- standards ------------------------------------------------------------------------------------------------ */

static void
rate_read(const struct rows *row, struct aid_rate *ret)
{
	*ret = (struct aid_rate){ .kind = (int)rows_int(row, 0), .from = { (int32_t)rows_int(row, 1) },
		.fen = rows_is_null(row, 2) ? -1 : rows_int(row, 2), .source = rows_copy(row, 3), .at_ms = rows_int(row, 4),
		.account_name = rows_copy(row, 5), .words = rows_copy(row, 6) };
}

enum rc
aid_rate_at(struct tx *tx, const struct actor *actor, int kind, struct day day, struct aid_rate *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &aid_run_q[R_RATE_AT], ARGS(db_int(kind), db_int(day.n)), &row);

	if (rc == RC_OK)
		rate_read(row, ret);
	return rc;
}

enum rc
aid_rates(struct tx *tx, const struct actor *actor, struct aid_rate *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[R_RATES], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		rate_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

struct rate_arg { const struct aid_rate_new *in; struct findings *findings; };

static enum rc
rate_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct rate_arg *arg = argument;
	const struct aid_rate_new *in = arg->in;
	int64_t changed = 0, used = 0;
	enum rc rc = tx_int(tx, actor, &aid_run_q[R_RATE_USED], ARGS(db_int(in->kind), db_int(day_start_ms(in->from))), &used);

	if (rc == RC_OK && used > 0) {
		findings_add(arg->findings, "from", T("这一天以后申请的案件已有 %lld 件按原标准核定，新标准只能从更晚的一天起"), used);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_run_q[R_RATE_SET], ARGS(db_int(in->kind), db_int(in->from.n),
		    in->fen < 0 ? db_null() : db_int(in->fen), db_text(in->source), db_int(actor->account), db_int(tx_now_ms(tx)),
		    db_text(in->words)), &changed);
	if (rc == RC_OK && changed == 0) {
		findings_add(arg->findings, "from", T("这一类从这一天起已经有一个标准，请换一天"), 0);
		return RC_INVALID;
	}
	return rc == RC_OK ? audit_note(tx, actor, "aid.rate", "aid_rate", in->kind, in->source) : rc;
}

static bool
may_set_rates(const struct actor *actor)
{
	struct place_range city = place_range((struct place){ actor->city * INT64_C(100000000) });

	return actor->kind == ACTOR_SYSTEM || (actor_may(actor, RIGHT_POLICY) && actor->places.lo <= city.lo && actor->places.hi >= city.hi);
}

static bool
rate_check(const struct aid_rate_new *in, struct findings *findings)
{
	size_t before = findings->total;

	if (in->kind <= 0 || in->kind >= AID_RATE_COUNT)
		findings_add(findings, "kind", T("请选择哪一类标准"), 0);
	if (day_is_none(in->from))
		findings_add(findings, "from", T("请写从哪一天起"), 0);
	if (in->fen == 0 || in->fen < -1 || in->fen > AID_RATE_FEN_MAX)
		findings_add(findings, "amount", T("每件补贴：大于 0，最多 %lld 元"), AID_RATE_FEN_MAX / 100);
	if (aid_words(in->source) < AID_WORDS_MIN)
		findings_add(findings, "source", T("请写依据的文件（至少 %lld 个字）"), AID_WORDS_MIN);
	if (aid_words(in->words) < AID_WORDS_MIN)
		findings_add(findings, "words", T("请写明理由（至少 %lld 个字）"), AID_WORDS_MIN);
	return findings->total == before;
}

enum rc
aid_rate_set(struct ctx *ctx, struct idem_key key, const struct aid_rate_new *in, struct findings *findings)
{
	struct rate_arg arg = { in, findings };

	if (!may_set_rates(ctx->actor))
		return RC_FORBIDDEN;
	if (!rate_check(in, findings))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "aid.rate", .fn = rate_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->kind), db_int(in->from.n), db_int(in->fen), db_text(in->source), db_text(in->words)) });
}

/* ---- the subsidy ------------------------------------------------------------------------------------------------- */

struct subsidy_arg { int kind; struct aid_plain plain; };

static enum rc
subsidy_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct subsidy_arg *arg = argument;
	struct aid_work w = { .limits = &arg->plain.limits };
	int64_t assignment = 0, changed = 0;
	struct aid_rate rate;
	enum rc rc = aid_begin(tx, actor, &arg->plain.head, &w, &arg->plain.verdict);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &aid_run_q[R_LAST_ASSIGNMENT], ARGS(db_int(w.r.id.n)), &assignment);
	if (rc == RC_OK)
		rc = aid_rate_at(tx, actor, arg->kind, day_of_moment(w.a.applied_ms), &rate);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && rate.fen < 0))
		return aid_refuse(&arg->plain.verdict, AID_NO_RATE);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_run_q[R_SUBSIDY], ARGS(db_int(assignment), db_int(w.r.id.n), db_int(arg->kind),
		    db_int(rate.from.n), db_int(rate.fen), db_int(tx_now_ms(tx)), db_int(actor->account)), &changed);
	if (rc == RC_OK && changed == 0)
		return aid_refuse(&arg->plain.verdict, AID_PAID_ALREADY);
	if (rc == RC_OK)
		rc = aid_lawyer_tell(tx, actor, &w);
	return rc == RC_OK ? aid_take(tx, actor, &w, TEXT_NONE, false, NULL) : rc;
}

enum rc
aid_subsidy_approve(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, int kind, struct aid_verdict *ret)
{
	struct subsidy_arg arg = { .kind = kind, .plain = { .head = { id, revision, AID_SUBSIDY }, .words = TEXT_NONE } };
	enum rc rc = kind <= 0 || kind >= AID_RATE_COUNT ? RC_INVALID
	    : aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.plain.limits);

	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.subsidy", .fn = subsidy_tx, .arg = &arg,
		    .asked = ARGS(db_int(id.n), db_int(revision), db_int(kind)) });
	*ret = arg.plain.verdict;
	return rc;
}

static enum rc
pay_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	int64_t changed = 0;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK && aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_run_q[R_SUBSIDY_PAY], ARGS(db_int(w.r.id.n), db_int(tx_now_ms(tx)), db_int(actor->account),
		    db_text(text_trim(arg->words))), &changed);
	if (rc == RC_DUPLICATE) /* a voucher pays once */
		return aid_refuse(&arg->verdict, AID_PAID_ALREADY);
	if (rc == RC_OK && changed == 0)
		return aid_refuse(&arg->verdict, AID_SAME_PERSON);
	if (rc == RC_OK)
		rc = aid_lawyer_tell(tx, actor, &w);
	return rc == RC_OK ? aid_take(tx, actor, &w, TEXT_NONE, false, NULL) : rc;
}

enum rc
aid_subsidy_pay(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text voucher,
    struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_PAY }, .words = voucher };

	return aid_plain_run(ctx, key, "aid.pay", pay_tx, &arg, ret);
}

enum rc
aid_subsidies(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_subsidy *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[R_SUBSIDIES], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_subsidy){ .assignment = rows_int(row, 0), .kind = (int)rows_int(row, 1),
			.from = { (int32_t)rows_int(row, 2) }, .fen = rows_int(row, 3), .approved_ms = rows_int(row, 4),
			.paid_ms = rows_int(row, 5), .voucher = rows_copy(row, 6), .provider_name = rows_copy(row, 7),
			.approved_name = rows_copy(row, 8), .paid_name = rows_copy(row, 9) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- the archive ----------------------------------------------------------------------------------------------------- */

static enum rc
archive_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	struct text number;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK && w.a.state == AID_FILE_REVIEWED && aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS); /* no subsidy: why */
	if (rc != RC_OK)
		return rc;
	number = arena_format(tx_mem(tx), "D%.*s", (int)w.r.number.n, w.r.number.p);
	if (number.p == NULL)
		return RC_NO_MEMORY;
	rc = tx_run_one(tx, actor, &aid_run_q[R_ARCHIVE], ARGS(db_int(w.r.id.n), db_text(number), db_int(tx_now_ms(tx))));
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, true, NULL) : rc;
}

enum rc
aid_archive(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_ARCHIVE }, .words = words };

	return aid_plain_run(ctx, key, "aid.archive", archive_tx, &arg, ret);
}
