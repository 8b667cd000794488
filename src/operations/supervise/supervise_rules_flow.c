/* The rules of supervision: the set in force, those before, and a new one. */
#include "operations/supervise/supervise_internal.h"
#include "operations/supervise/supervise_rule.h"
#include "operations/supervise/supervise_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "standards/holidays/holidays.h"

static enum rc
rule_read(const struct rows *row, struct supervise_rules *set)
{
	int64_t step = rows_int(row, 1);

	if (step <= SUPERVISE_NONE || step >= SUPERVISE_RULES || !supervise_has_rule((enum supervise_step)step))
		return RC_CORRUPT;
	set->from_ms = rows_int(row, 0);
	set->v[step] = (struct supervise_rule){ .count = (int)rows_int(row, 2),
		.unit = (enum clock_unit)rows_int(row, 3), .reply_count = (int)rows_int(row, 4),
		.reply_unit = (enum clock_unit)rows_int(row, 5), .night = rows_int(row, 6) != 0,
		.source = rows_copy(row, 7), .most = (int)rows_int(row, 11) };
	set->account = rows_int(row, 8);
	set->written_ms = rows_int(row, 9);
	set->account_name = rows_copy(row, 10);
	return RC_OK;
}

enum rc
supervise_rules_at(struct tx *tx, const struct actor *actor, int64_t at_ms, struct supervise_rules *ret)
{
	struct actor system = identity_system(actor->city);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, &system, &supervise_q[Q_RULES], ARGS(db_int(at_ms)), &row);

	*ret = supervise_rules_default();
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		rc = rule_read(row, ret);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
supervise_rules_load(struct tx *tx, const struct actor *actor, struct supervise_rules *ret)
{
	return supervise_rules_at(tx, actor, tx_now_ms(tx), ret);
}

enum rc
supervise_rules_history(struct tx *tx, const struct actor *actor, struct supervise_rules *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[Q_RULES_ALL], ARGS(db_int((int64_t)cap * SUPERVISE_RULES)), &row);

	*ret_n = 0;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		if (*ret_n == 0 || ret[*ret_n - 1].from_ms != rows_int(row, 0)) {
			if (*ret_n == cap)
				break;
			ret[(*ret_n)++] = supervise_rules_default(); /* what a set of before knew no rule for */
		}
		rc = rule_read(row, &ret[*ret_n - 1]);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- a new set ------------------------------------------------------------------------------------------ */

/* A fault of the rules as a person reads it. */
static const struct { enum rules_fault fault; const char *field, *message; } faults[] = {
	{ RULES_FROM_PASSED, "from", T("不能从过去的时候开始") },
	{ RULES_WARNING_LATE, "warning", T("预警不能晚于催办：至少要提前%lld") },
	{ RULES_WARNING_BEYOND, "warning", T("催办提前得太多，预警排不到它前面：请把催办改近") },
	{ RULES_COUNT, NULL, T("应该在0到%lld之间") },
	{ RULES_NO_REPLY_TIME, NULL, T("至少要留%lld") },
	{ RULES_TURNS, NULL, T("应该在1到%lld之间") },
};

bool
supervise_rules_judge(const struct supervise_rules *in, const struct calendar *c, int64_t now_ms, struct findings *findings)
{
	struct rules_finding v[RULES_FINDINGS_MAX];
	size_t n = supervise_rules_check(in, c, now_ms, v);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sizeof faults / sizeof faults[0]; k++)
			if (faults[k].fault == v[i].fault)
				findings_add(findings, faults[k].field != NULL ? faults[k].field : v[i].field, faults[k].message,
				    v[i].bound);
	return n == 0;
}

static enum rc
set_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct supervise_rules *in = arg;
	enum rc rc = RC_OK;

	for (int s = SUPERVISE_WARNING; rc == RC_OK && s < SUPERVISE_RULES; s++) {
		const struct supervise_rule *r = &in->v[s];

		if (!supervise_has_rule((enum supervise_step)s))
			continue;
		rc = tx_run(tx, actor, &supervise_q[Q_RULE_INSERT], ARGS(db_int(in->from_ms), db_int(s), db_int(r->count),
		    db_int(r->unit), db_int(r->reply_count), db_int(r->reply_unit), db_int(r->night), db_text(r->source),
		    db_int(actor->account), db_int(tx_now_ms(tx)), db_int(r->most)), NULL);
	}
	if (rc == RC_DUPLICATE)
		return RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "supervise.rules", "supervise_rule", in->from_ms,
	    arena_format(tx_mem(tx), "from_ms=%lld", (long long)in->from_ms)) : rc;
}

bool
supervise_rules_are_for(const struct actor *actor)
{
	struct place_range city = place_range((struct place){ actor->city * INT64_C(100000000) });

	return actor_may(actor, RIGHT_SUPERVISE_RULES) && actor->places.lo <= city.lo && actor->places.hi >= city.hi;
}

enum rc
supervise_rules_set(struct ctx *ctx, struct idem_key key, const struct supervise_rules *in, struct findings *findings)
{
	const struct supervise_rule *v = in->v;

	if (!supervise_rules_are_for(ctx->actor))
		return RC_FORBIDDEN;
	if (!supervise_rules_judge(in, holidays_current(), ctx->now_ms, findings))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "supervise.rules", .fn = set_tx, .arg = (void *)(uintptr_t)in,
	    .asked = ARGS(db_int(in->from_ms), db_int(v[1].count), db_int(v[1].unit), db_int(v[2].count), db_int(v[2].unit),
	        db_int(v[3].count), db_int(v[3].unit), db_int(v[3].reply_count), db_int(v[3].reply_unit), db_int(v[3].night),
	        db_int(v[4].count), db_int(v[4].unit), db_int(v[4].reply_count), db_int(v[4].reply_unit), db_int(v[4].night),
	        db_int(v[5].count), db_int(v[5].unit), db_int(v[SUPERVISE_AGAIN].count), db_int(v[SUPERVISE_AGAIN].unit),
	        db_int(v[SUPERVISE_AGAIN].most), db_text(v[1].source)) });
}
