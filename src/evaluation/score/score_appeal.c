/* The adviser does not agree with one item; somebody else than who closed the score decides. */
#include "evaluation/score/score_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/holidays/holidays.h"

struct day
score_appeal_last(const struct score_scheme *s, int64_t closed_ms)
{
	return calendar_add_working(holidays_current(), day_of_moment(closed_ms), s->appeal_days);
}

static bool
words_fit(struct text t)
{
	t = text_trim(t);
	return utf8_check(t, true) == UTF8_FINE && utf8_length(t) >= SCORE_WORDS_MIN && utf8_length(t) <= SCORE_WORDS_MAX;
}

/* ---- appealing ------------------------------------------------------------------------------------------------------------ */

struct appeal_arg { int64_t contract; int period, item; struct text reason; struct findings *findings; };

static enum rc
appeal_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct appeal_arg *a = argument;
	struct score s;
	int64_t n = 0, id = tx_id(tx);
	enum rc rc = score_load(tx, actor, a->contract, a->period, &s);

	*a->findings = (struct findings){ .n = 0 };
	if (rc == RC_OK && (s.account == 0 || s.account != actor->account || s.closed.id == 0))
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	if (!s.marks.item[a->item].measured)
		findings_add(a->findings, "item", T("这一项没有计分"), 0);
	if (day_of_moment(tx_now_ms(tx)).n > score_appeal_last(s.scheme, s.closed.at_ms).n)
		findings_add(a->findings, "", T("定分后 %lld 个工作日内可以申诉，已经过了"), s.scheme->appeal_days);
	if (a->findings->total > 0)
		return RC_INVALID;
	rc = tx_int(tx, actor, &score_q[E_APPEAL_OPEN], ARGS(db_int(s.closed.id), db_int(a->item)), &n);
	if (rc == RC_OK && n > 0)
		return RC_CONFLICT; /* of one version an item is looked at once */
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &score_q[E_APPEAL_PUT], ARGS(db_int(id), db_int(s.closed.id), db_int(a->contract), db_int(a->period),
		    db_int(a->item), db_text(text_trim(a->reason)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "score.appeal", "score", s.closed.id, TEXT_NONE) : rc;
}

enum rc
score_appeal(struct ctx *ctx, struct idem_key key, int64_t contract, int period, int item, struct text reason, struct findings *findings)
{
	struct appeal_arg a = { contract, period, item, reason, findings };

	if (item < 0 || item >= SCORE_ITEMS)
		findings_add(findings, "item", T("请选一项"), 0);
	if (!words_fit(reason))
		findings_add(findings, "reason", T("请写明理由，4 到 500 个字"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "score.appeal", .fn = appeal_tx, .arg = &a,
	    .asked = ARGS(db_int(contract), db_int(period), db_int(item), db_text(reason)) });
}

/* ---- deciding -------------------------------------------------------------------------------------------------------------- */

struct decide_arg { int64_t appeal, marks; struct text words; struct findings *findings; };
struct opened { int64_t score, contract; int period, item, state; };

static enum rc
opened_read(struct tx *tx, const struct actor *actor, int64_t appeal, struct opened *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &score_q[E_APPEAL], ARGS(db_int(appeal)), &row);

	if (rc == RC_OK)
		*ret = (struct opened){ rows_int(row, 0), rows_int(row, 1), (int)rows_int(row, 2), (int)rows_int(row, 3), (int)rows_int(row, 4) };
	return rc;
}

/* Who closed any version of it does not decide about it. */
static enum rc
closed_by(struct tx *tx, const struct actor *actor, const struct opened *o, bool *ret)
{
	struct score_closed v[20];
	size_t n = 0;
	enum rc rc = score_versions(tx, actor, o->contract, o->period, v, 20, &n);

	*ret = false;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		*ret = *ret || (v[i].appeal == 0 && v[i].account == actor->account);
	return rc;
}

static enum rc
decide_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct decide_arg *a = argument;
	struct opened o = { .item = 0 };
	struct score s;
	bool own = false;
	int64_t id = 0;
	enum rc rc = opened_read(tx, actor, a->appeal, &o);

	*a->findings = (struct findings){ .n = 0 };
	if (rc == RC_OK)
		rc = score_load(tx, actor, o.contract, o.period, &s);
	if (rc == RC_OK && !score_may_manage(actor, s.village))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = closed_by(tx, actor, &o, &own);
	if (rc == RC_OK && (own || s.account == actor->account))
		rc = RC_REFUSED;
	if (rc == RC_OK && o.state != SCORE_APPEAL_OPEN)
		rc = RC_CONFLICT;
	if (rc != RC_OK)
		return rc;
	if (a->marks > s.marks.item[o.item].full) {
		findings_add(a->findings, "marks", T("最多是这一项的满分：%lld 分"), s.marks.item[o.item].full / 100);
		return RC_INVALID;
	}
	rc = tx_run_one(tx, actor, &score_q[E_DECIDE], ARGS(db_int(a->appeal), db_int(a->marks < 0 ? SCORE_APPEAL_KEPT : SCORE_APPEAL_MENDED),
	    db_int(a->marks), db_int(actor->account), db_int(tx_now_ms(tx)), db_text(text_trim(a->words))));
	if (rc == RC_OK && a->marks >= 0) {
		s.facts.mend[o.item] = (struct score_mend){ true, a->marks };
		score_judge(s.scheme, &s.facts, &s.marks);
		rc = score_put(tx, actor, &s, a->appeal, text_trim(a->words), &id);
	}
	return rc == RC_OK ? audit_note(tx, actor, "score.decide", "score", o.score, TEXT_NONE) : rc;
}

enum rc
score_decide(struct ctx *ctx, struct idem_key key, int64_t appeal, int64_t marks, struct text words, struct findings *findings)
{
	struct decide_arg a = { appeal, marks < 0 ? -1 : marks, words, findings };

	if (ctx->actor->kind != ACTOR_ACCOUNT || !actor_may(ctx->actor, RIGHT_ADVISORS))
		return RC_FORBIDDEN;
	if (!words_fit(words)) {
		findings_add(findings, "words", T("请写明理由，4 到 500 个字"), 0);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "score.decide", .fn = decide_tx, .arg = &a,
	    .asked = ARGS(db_int(appeal), db_int(a.marks), db_text(words)) });
}

enum rc
score_appeals(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score_appeal *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_APPEALS], ARGS(db_int(contract), db_int(period), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct score_appeal p = { .id = rows_int(row, 0), .score = rows_int(row, 1), .item = (enum score_item)rows_int(row, 2),
			.state = (enum score_appeal_state)rows_int(row, 3), .reason = rows_copy(row, 4), .account = rows_int(row, 5), .at_ms = rows_int(row, 6),
			.marks = rows_int(row, 7), .decided_by = rows_int(row, 8), .decided_ms = rows_int(row, 9), .decided_words = rows_copy(row, 10),
			.by = rows_copy(row, 11), .decided_name = rows_copy(row, 12) };

		ret[*ret_n] = p;
		(*ret_n)++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
score_waiting(struct tx *tx, const struct actor *actor, struct place within, int period, struct score_waiting *ret, size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_WAITING], ARGS(db_int(period), db_int(r.lo), db_int(r.hi), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct score_waiting w = { rows_int(row, 0), rows_int(row, 1), rows_int(row, 2), rows_int(row, 3), { rows_int(row, 4) },
			(enum score_item)rows_int(row, 5), rows_copy(row, 6) };

		if (score_may_manage(actor, w.village))
			ret[(*ret_n)++] = w;
	}
	return rc == RC_DONE ? RC_OK : rc;
}
