/* The registers as lists, and what was decided about those in them. */
#include "resources/provider/provider_internal.h"
#include "resources/provider/provider_register_store.h"
#include "resources/provider/provider_rule.h"
#include "resources/provider/provider_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"

/* ---- lists ------------------------------------------------------------------------------------------------ */

static enum rc
asked(struct tx *tx, const struct actor *actor, enum register_q q, const struct register_ask *ask, size_t cap, struct rows **ret)
{
	struct place_range r = { 0, INT64_MAX };

	if (ask->within.code != 0)
		r = place_range(ask->within);
	return tx_rows(tx, actor, &register_q[q], ARGS(db_int(ask->after), db_int(ask->kind), db_int(ask->sector), db_int(r.lo), db_int(r.hi),
	    db_text(ask->word.p != NULL ? ask->word : TEXT_NONE), db_int((int64_t)ask->state), db_int(ask->today.n),
	    db_int(ask->today.n + ask->days), db_int((int64_t)cap)), ret);
}

enum rc
register_persons(struct tx *tx, const struct actor *actor, const struct register_ask *ask, struct provider *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = asked(tx, actor, G_PERSONS, ask, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		provider_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
register_bodies(struct tx *tx, const struct actor *actor, const struct register_ask *ask, struct firm *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = asked(tx, actor, G_BODIES, ask, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		firm_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
register_counts(struct tx *tx, const struct actor *actor, struct register_count *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &register_q[G_COUNTS], NO_ARGS, &row);
	size_t n = 0;

	for (; rc == RC_OK && n < cap && (rc = rows_next(row)) == RC_OK; n++) {
		ret[n].subject = (int)rows_int(row, 0);
		ret[n].kind = (int)rows_int(row, 1);
		ret[n].sector = (int)rows_int(row, 2);
		ret[n].n = rows_int(row, 3);
	}
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- sanctions ---------------------------------------------------------------------------------------------- */

static void
sanction_read(const struct rows *row, struct sanction *ret)
{
	*ret = (struct sanction){ .id = rows_int(row, 0), .provider = rows_int(row, 1), .firm = rows_int(row, 2), .kind = (int)rows_int(row, 3),
		.bars = rows_int(row, 4) != 0, .from = register_day(row, 5), .to = register_day(row, 6), .document = rows_copy(row, 7),
		.words = rows_copy(row, 8), .at_ms = rows_int(row, 9), .ended_ms = rows_int(row, 10), .ended_words = rows_copy(row, 11),
		.name = rows_copy(row, 12) };
}

enum rc
sanctions(struct tx *tx, const struct actor *actor, int64_t provider, int64_t firm, struct day today, struct sanction *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = provider == 0 && firm == 0
	    ? tx_rows(tx, actor, &register_q[G_SANCTIONS_NOW], ARGS(db_int(today.n), db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &register_q[G_SANCTIONS], ARGS(db_int(provider), db_int(firm), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		sanction_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

bool
provider_bar_hits(const struct provider_bar *b, int64_t provider, int64_t firm)
{
	return (b->provider != 0 && b->provider == provider) || (b->firm != 0 && b->firm == firm);
}

enum rc
provider_bars_read(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct provider_bars *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &register_q[G_BARS], ARGS(db_int(from.n), db_int(to.n)), &row);

	ret->n = 0;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		if (ret->n == PROVIDER_BARS_MAX)
			return RC_TOO_LARGE;
		ret->v[ret->n] = (struct provider_bar){ rows_int(row, 0), rows_int(row, 1), register_day(row, 2), register_day(row, 3) };
		ret->n++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
provider_bar(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct provider *p)
{
	struct provider_bars *bars = ARENA_NEW(tx_mem(tx), struct provider_bars);
	enum rc rc = bars == NULL ? RC_NO_MEMORY : provider_bars_read(tx, actor, from, to, bars);

	for (size_t i = 0; rc == RC_OK && i < bars->n; i++)
		p->barred = p->barred || provider_bar_hits(&bars->v[i], p->id, p->firm);
	return rc;
}

static bool
sanction_check(const struct sanction_new *in, struct findings *f)
{
	size_t before = f->total;

	if (in->kind <= 0 || in->kind >= SANCTION_COUNT)
		findings_add(f, "kind", T("请选择种类"), 0);
	if (day_is_none(in->from))
		findings_add(f, "from", T("请写从哪一天起"), 0);
	else if (!day_is_none(in->to) && day_compare(in->to, in->from) < 0)
		findings_add(f, "to", T("终止日不能早于起始日"), 0);
	if (text_is_empty(text_trim(in->document)))
		findings_add(f, "document", T("请写决定书的编号"), 0);
	return f->total == before;
}

struct sanction_arg { const struct sanction_new *in; };

static enum rc
sanction_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct sanction_new *in = ((struct sanction_arg *)argument)->in;
	bool bars = in->bars || in->kind == SANCTION_SUSPENDED || in->kind == SANCTION_REVOKED;
	int64_t id = tx_id(tx);
	struct provider p;
	struct firm f;
	enum rc rc = in->provider != 0 ? provider_load(tx, actor, in->provider, &p) : firm_load(tx, actor, in->firm, &f);

	if (rc == RC_OK)
		rc = tx_run(tx, actor, &register_q[G_SANCTION_ADD], ARGS(db_int(id), db_key(in->provider), in->provider != 0 ? db_null() : db_key(in->firm),
		    db_int(in->kind), db_int(bars), db_int(in->from.n), day_is_none(in->to) ? db_null() : db_int(in->to.n),
		    db_text(text_trim(in->document)), db_text(text_trim(in->words)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "provider.sanction", in->provider != 0 ? "provider" : "firm",
	    in->provider != 0 ? in->provider : in->firm, text_trim(in->document)) : rc;
}

enum rc
sanction_add(struct ctx *ctx, struct idem_key key, const struct sanction_new *in, struct findings *findings)
{
	struct sanction_arg arg = { in };

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (!sanction_check(in, findings))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "provider.sanction", .fn = sanction_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->provider), db_int(in->firm), db_int(in->kind), db_int(in->bars), db_int(in->from.n), db_int(in->to.n),
	        db_text(in->document), db_text(in->words)) });
}

struct end_arg { int64_t id; struct day last; struct text words; struct findings *findings; };

static enum rc
end_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct end_arg *arg = argument;
	struct sanction s;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &register_q[G_SANCTION], ARGS(db_int(arg->id)), &row);

	if (rc != RC_OK)
		return rc;
	sanction_read(row, &s);
	if (day_compare(arg->last, day_add(s.from, -1)) < 0 || (!day_is_none(s.to) && day_compare(arg->last, s.to) > 0)) {
		findings_add(arg->findings, "last", T("最后一天要在原定的期间里"), 0);
		return RC_INVALID;
	}
	rc = tx_run_one(tx, actor, &register_q[G_SANCTION_END], ARGS(db_int(arg->id), db_int(arg->last.n), db_int(actor->account),
	    db_int(tx_now_ms(tx)), db_text(text_trim(arg->words))));
	return rc == RC_OK ? audit_note(tx, actor, "provider.sanction_end", "provider_sanction", arg->id, s.document) : rc;
}

enum rc
sanction_end(struct ctx *ctx, struct idem_key key, int64_t id, struct day last, struct text words, struct findings *findings)
{
	struct end_arg arg = { id, last, words, findings };

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (day_is_none(last))
		findings_add(findings, "last", T("请写最后一天"), 0);
	if (text_is_empty(text_trim(words)))
		findings_add(findings, "why", T("请写为什么"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "provider.sanction_end", .fn = end_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(last.n), db_text(words)) });
}

/* ---- assessments --------------------------------------------------------------------------------------------- */

enum rc
assessments(struct tx *tx, const struct actor *actor, int64_t firm, struct day today, struct assessment *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = firm == 0 ? tx_rows(tx, actor, &register_q[G_ASSESSMENTS], ARGS(db_int(today.n), db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &register_q[G_ASSESSMENTS_OF], ARGS(db_int(today.n), db_int(firm), db_int((int64_t)cap)), &row);
	size_t n = 0;

	for (; rc == RC_OK && n < cap && (rc = rows_next(row)) == RC_OK; n++)
		ret[n] = (struct assessment){ .id = rows_int(row, 0), .firm = rows_int(row, 1), .day = register_day(row, 2), .until = register_day(row, 3),
			.able = rows_int(row, 4) != 0, .works = rows_copy(row, 5), .words = rows_copy(row, 6), .at_ms = rows_int(row, 7),
			.name = rows_copy(row, 8), .kind = (int)rows_int(row, 9), .barred = rows_int(row, 10) != 0 };
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

struct assess_arg { const struct assessment_new *in; struct findings *findings; };

static enum rc
assess_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct assess_arg *arg = argument;
	const struct assessment_new *in = arg->in;
	struct provider_bars *bars = ARENA_NEW(tx_mem(tx), struct provider_bars);
	int64_t id = tx_id(tx);
	struct firm f;
	enum rc rc = bars == NULL ? RC_NO_MEMORY : firm_load(tx, actor, in->firm, &f);

	if (rc == RC_OK)
		rc = provider_bars_read(tx, actor, in->day, in->day, bars);
	for (size_t i = 0; rc == RC_OK && in->able && i < bars->n; i++)
		if (provider_bar_hits(&bars->v[i], 0, in->firm)) {
			findings_add(arg->findings, "able", T("受处分期间或者许可已到期，不能评为具备承接能力"), 0);
			return RC_INVALID;
		}
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &register_q[G_ASSESSMENT_ADD], ARGS(db_int(id), db_int(in->firm), db_int(in->day.n), db_int(in->until.n),
		    db_int(in->able), db_text(text_trim(in->works)), db_text(text_trim(in->words)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "provider.assess", "firm", in->firm, text_of(in->able ? "able" : "not able")) : rc;
}

enum rc
assessment_add(struct ctx *ctx, struct idem_key key, const struct assessment_new *in, struct findings *findings)
{
	struct assess_arg arg = { in, findings };

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (day_is_none(in->day))
		findings_add(findings, "day", T("请写评估的日期"), 0);
	if (day_is_none(in->until))
		findings_add(findings, "until", T("请写有效到哪一天"), 0);
	else if (!day_is_none(in->day) && day_compare(in->until, in->day) < 0)
		findings_add(findings, "until", T("终止日不能早于起始日"), 0);
	if (text_is_empty(text_trim(in->words)))
		findings_add(findings, "grounds", T("请写评估的依据"), 0);
	if (in->able && text_is_empty(text_trim(in->works)))
		findings_add(findings, "works", T("请写能承接哪些事项"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "provider.assess", .fn = assess_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->firm), db_int(in->day.n), db_int(in->until.n), db_int(in->able), db_text(in->works), db_text(in->words)) });
}
