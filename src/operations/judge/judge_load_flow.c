#include "operations/judge/judge_load.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/setting/setting.h"

const struct judge_figure_row judge_figure_rows[JUDGE_FIGURE_COUNT] = {
	[JUDGE_APPLICATIONS] = { "applications", "estimate.applications", T("每千户符合条件的家庭一年申请几件"), T("件"), 100000 },
	[JUDGE_HOURS] = { "hours", "estimate.hours", T("律师办一件平均用几小时"), T("小时"), 100000 },
	[JUDGE_CAPACITY] = { "capacity", "estimate.capacity", T("全市律师一年能办援助的小时数"), T("小时"), INT64_C(10000000000) },
	[JUDGE_SUBSIDY] = { "subsidy", "estimate.subsidy", T("每件补贴多少元"), T("元"), 100000000 },
	[JUDGE_BUDGET] = { "budget", "estimate.budget", T("一年预算多少元"), T("元"), INT64_C(1000000000000) },
};

enum rc
judge_figures_now(struct tx *tx, const struct actor *actor, struct judge_figures *ret)
{
	struct setting_past last;
	size_t n = 0;
	enum rc rc = setting_changes(tx, actor, TEXT("estimate."), &last, 1, &n);

	ret->seen = n > 0 ? last.since_ms : 0;
	for (int i = 0; rc == RC_OK && i < JUDGE_FIGURE_COUNT; i++)
		rc = setting_int(tx, actor, judge_figure_rows[i].setting, 0, judge_figure_rows[i].most, JUDGE_UNKNOWN, &ret->v[i]);
	return rc;
}

struct set_arg { struct judge_figures in; struct text document; };

static enum rc
set_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct set_arg *arg = argument;
	struct judge_figures now;
	enum rc rc = judge_figures_now(tx, actor, &now);

	if (rc == RC_OK && now.seen != arg->in.seen)
		return RC_CONFLICT;
	for (int i = 0; rc == RC_OK && i < JUDGE_FIGURE_COUNT; i++)
		if (now.v[i] != arg->in.v[i])
			rc = setting_put(tx, actor, judge_figure_rows[i].setting, arg->in.v[i], arg->document);
	return rc;
}

enum rc
judge_figures_set(struct ctx *ctx, struct idem_key key, const struct judge_figures *in, struct text document,
    struct findings *findings)
{
	struct set_arg arg = { *in, document };

	if (!actor_may(ctx->actor, RIGHT_POLICY))
		return RC_FORBIDDEN;
	for (int i = 0; i < JUDGE_FIGURE_COUNT; i++)
		if (in->v[i] > judge_figure_rows[i].most)
			findings_add(findings, judge_figure_rows[i].key, T("最大是%lld"), judge_figure_rows[i].most / 100);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "judge.figures", .fn = set_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->v[0]), db_int(in->v[1]), db_int(in->v[2]), db_int(in->v[3]), db_int(in->v[4]), db_int(in->seen),
	        db_text(document)) });
}
