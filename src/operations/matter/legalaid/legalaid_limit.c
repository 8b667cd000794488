/* The limits of time, as the package "time_limits" has them on a day. */
#include "operations/matter/legalaid/legalaid_internal.h"

static enum rc
current_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return policy_current(tx, actor, TEXT("time_limits"), day_of_moment(tx_now_ms(tx)), arg);
}

static const struct { enum clock_target target; const char *matter; } rows[] = {
	{ TARGET_DECIDE, "审查" }, { TARGET_ASSIGN, "指派" }, { TARGET_AGREE, "委托协议" }, { TARGET_OBJECTION, "异议审查" },
	{ TARGET_CHANGE, "更换答复" }, { TARGET_PASS_ON, "羁押转交" }, { TARGET_FILE, "归档" }, { TARGET_FILE_CHECK, "审查材料" },
};

static enum clock_unit
unit_of(const struct rules *r, const struct rules_verdict *v)
{
	int step = rules_step_find(r, -1, TEXT("单位是"));
	struct rules_value unit;
	char out[48];
	struct text word;

	if (step < 0 || rules_verdict_step(v, step, -1, &unit, NULL) != RC_OK || unit.state != RULES_KNOWN)
		return CLOCK_DAY;
	word = rules_print(r, rules_package(r)->step[step].type, unit.n, out);
	return text_equals(word, TEXT("工作日")) ? CLOCK_WORKDAY : text_equals(word, TEXT("小时")) ? CLOCK_HOUR : CLOCK_DAY;
}

/* One limit; count 0 where the package has none, or nobody has verified it. */
static enum rc
limit_of(struct arena *mem, const struct rules *r, struct day day, const char *matter, struct aid_limit *ret)
{
	const struct rules_package *p = rules_package(r);
	int from = rules_input_find(r, TEXT("起算日")), what = rules_input_find(r, TEXT("事项"));
	struct rules_facts *f = rules_facts_new(mem, r);
	struct rules_verdict v;
	int64_t n = 0;
	enum rc rc;

	*ret = (struct aid_limit){ .source = TEXT_NONE };
	if (f == NULL)
		return RC_NO_MEMORY;
	rc = from < 0 || what < 0 ? RC_CORRUPT : rules_read(r, p->input[what].type, text_of(matter), &n);
	if (rc == RC_OK)
		rc = rules_fact_set(f, what, n);
	if (rc == RC_OK)
		rc = rules_fact_set(f, from, day.n);
	if (rc == RC_OK)
		rc = rules_judge(mem, r, f, &v);
	if (rc != RC_OK)
		return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
	if (v.conclusion.state != RULES_KNOWN || v.rule < 0)
		return RC_OK;
	ret->rule = (struct clock_rule){ .count = (int)v.conclusion.n, .unit = unit_of(r, &v), .roll = true };
	ret->source = policy_basis(mem, LANG_ZH, r, p->step[p->conclusion].rule[v.rule].basis);
	return RC_OK;
}

static enum rc
days_of(struct arena *mem, const struct rules *r, struct day day, const char *matter, int64_t *ret)
{
	struct aid_limit l;
	enum rc rc = limit_of(mem, r, day, matter, &l);

	*ret = l.rule.count;
	return rc;
}

enum rc
aid_limits_load(struct ctx *ctx, struct day day, struct aid_limits *ret)
{
	struct policy_version version;
	const struct rules *r;
	enum rc rc = db_read(ctx, current_tx, &version);

	*ret = (struct aid_limits){ .urgent_days = 0 };
	if (rc == RC_OK)
		rc = policy_compile(ctx->mem, &version, &r);
	for (size_t i = 0; rc == RC_OK && i < sizeof rows / sizeof rows[0]; i++)
		rc = limit_of(ctx->mem, r, day, rows[i].matter, &ret->target[rows[i].target]);
	if (rc == RC_OK)
		rc = limit_of(ctx->mem, r, day, "刑事指派", &ret->by_notice);
	if (rc == RC_OK)
		rc = days_of(ctx->mem, r, day, "紧急", &ret->urgent_days);
	if (rc == RC_OK)
		rc = days_of(ctx->mem, r, day, "补充材料", &ret->supplement_days);
	if (rc == RC_OK)
		rc = days_of(ctx->mem, r, day, "刑事通知", &ret->notify_days);
	return rc == RC_NOT_FOUND ? RC_UNAVAILABLE : rc; /* the city has no such package: nothing can be counted */
}
