/* The scheme as a text that the city keeps; what the program brings is a proposal. */
#include "evaluation/score/score.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

/* 未核实: the city's own measures are not known here.  One lecture a quarter and eight hours a month stand in measures of other
 * places (Shuyang 2016); all other numbers are ours. */
static const char proposal[] =
    "# 各项分值、目标、扣分办法、等次和补贴比例都是拟的，未核实；由市里另写一版并审定后施行。\n"
    "scheme 村（社区）法律顾问工作评估办法（拟）\n"
    "# item 项目 满分 [want 目标] share（按比例）或 lose 每差一个扣几分\n"
    "item visits 30 lose 10\n"
    "item hours 20 share\n"
    "item lectures 15 want 1 share\n"
    "item reviews 10 want 400 share\n"
    "item log 10 share\n"
    "item survey 15 want 80 share\n"
    "# grade 等次 分数线 pay 补贴百分比\n"
    "grade 优秀 90 pay 100\n"
    "grade 良好 75 pay 100\n"
    "grade 合格 60 pay 80\n"
    "grade 不合格 0 pay 50\n"
    "# 低于这个分数，续签要写明理由并由另一个人办\n"
    "renew 60\n"
    "# 定分后几个工作日内可以申诉\n"
    "appeal 10\n"
    "# 值班后几天内写日志算及时；日志至少几个字\n"
    "late 3\n"
    "words 10\n"
    "# 居民评价至少几条才计分\n"
    "reviews 3\n";

static bool
builtin(size_t i, struct sheet_text *ret)
{
	if (i > 0)
		return false;
	*ret = (struct sheet_text){ TEXT(SCORE_SHEET_NAME), text_of(proposal), TEXT("") };
	return true;
}

static struct text
title(struct arena *mem, enum lang lang, struct text text)
{
	struct score_scheme_fault faults[SCORE_FAULTS];
	struct score_scheme *s = ARENA_NEW(mem, struct score_scheme);
	size_t n = 0;

	(void)lang;
	if (s == NULL)
		return TEXT_NONE;
	score_scheme_parse(text, s, faults, &n);
	return text_of(s->title);
}

static enum rc
check(struct arena *mem, const struct sheet_text *s, struct sheet_faults *ret)
{
	struct score_scheme_fault faults[SCORE_FAULTS];
	struct score_scheme *scheme = ARENA_NEW(mem, struct score_scheme);
	size_t n = 0;

	if (scheme == NULL)
		return RC_NO_MEMORY;
	if (score_scheme_parse(s->text, scheme, faults, &n))
		return RC_OK;
	for (size_t i = 0; i < n; i++)
		sheet_fault_add(ret, faults[i].line, faults[i].message, faults[i].what);
	return RC_INVALID;
}

const struct sheet_kind score_sheet = { .key = "score", .label = T("法律顾问评估办法"), .right = RIGHT_POLICY,
	.how = T("一行一条：scheme 名称；item 项目 满分 [want 目标] share 或 lose 扣分；grade 等次 分数线 pay 补贴百分比；renew、appeal、late、words、reviews 各一个数。项目有 visits、hours、lectures、reviews、log、survey。各项满分加起来是 100。"),
	.builtin = builtin, .title = title, .check = check };
