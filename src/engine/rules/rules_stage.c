#include "engine/rules/rules_stage.h"

#include <stdarg.h>
#include <stdio.h>

enum scope { IN_MEMBER = 1, IN_INCOME = 2, IN_HOUSE = 4 };

struct writer {
	struct rules_draw *d;
	char *out; size_t n, room;
	int budget;       /* operations still to be written in this statement */
	unsigned scopes;
	int steps[5];     /* steps written so far, by kind */
	int item_steps;
	bool in_each;     /* of the members: their steps and totals have names here */
};

enum kind { TRUTH, NUMBER, MONEY, DATE, OPTION };

int
rules_draw(struct rules_draw *d, int below)
{
	d->state = d->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((d->state >> 33) % (unsigned)below);
}

static int
draw(struct writer *w, int below)
{
	return rules_draw(w->d, below);
}

__attribute__((format(printf, 2, 3))) static void
put(struct writer *w, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(w->out + w->n, w->room - w->n, format, args);
	va_end(args);
	if (n > 0 && w->n + (size_t)n < w->room)
		w->n += (size_t)n;
}

static void value(struct writer *w, enum kind k);

static void
call(struct writer *w, const char *name, enum kind a, enum kind b)
{
	put(w, "%s(", name);
	value(w, a);
	put(w, ", ");
	value(w, b);
	put(w, ")");
}

static void
literal(struct writer *w, enum kind k)
{
	switch (k) {
	case TRUTH:
		put(w, draw(w, 2) ? "是" : "否");
		break;
	case NUMBER:
		put(w, draw(w, 4) == 0 ? "%d.5" : "%d", draw(w, 12));
		break;
	case MONEY:
		put(w, "%d.%02d元", draw(w, 3000), draw(w, 100));
		break;
	case DATE:
		put(w, "%d-%02d-%02d", 2000 + draw(w, 30), 1 + draw(w, 12), 1 + draw(w, 28));
		break;
	case OPTION:
		put(w, "%s类", (const char *[]){ "甲", "乙", "丙" }[draw(w, 3)]);
		break;
	}
}

/* A fact, a field, a step, a total, a parameter of this kind. */
static void
leaf(struct writer *w, enum kind k)
{
	static const char *const facts[][3] = {
		{ "真一", "真二", "真三" }, { "数一", "数二", "数三" }, { "钱一", "钱二", "钱三" }, { "申请日", "日一", "日二" },
		{ "类一", "类二", "类二" },
	};
	static const char *const member[] = { "成员真", "成员数", "成员钱", "成员日", "成员类" };
	static const char *const income[] = { NULL, "收入主", "收入额", "收入日", NULL };
	static const char *const house[] = { "房真", NULL, "房值", NULL, "房类" };
	int pick = draw(w, 8);

	if ((w->scopes & IN_INCOME) != 0 && pick < 3 && income[k] != NULL)
		put(w, "%s", income[k]);
	else if ((w->scopes & IN_HOUSE) != 0 && pick < 4 && house[k] != NULL)
		put(w, "%s", house[k]);
	else if ((w->scopes & IN_MEMBER) != 0 && pick < 5 && w->in_each && k == MONEY && draw(w, 2) == 0)
		put(w, draw(w, 2) ? "余额" : "另额");
	else if ((w->scopes & IN_MEMBER) != 0 && pick < 5 && w->item_steps > 0 && draw(w, 2) == 0 && (k == MONEY || k == TRUTH))
		put(w, "%s%d", k == MONEY ? "项钱" : "项真", draw(w, w->item_steps));
	else if ((w->scopes & IN_MEMBER) != 0 && pick < 6)
		put(w, "%s", member[k]);
	else if (w->steps[k] > 0 && draw(w, 2) == 0)
		put(w, "步%d_%d", (int)k, draw(w, w->steps[k]));
	else if (k == MONEY && pick == 7 && !w->in_each && w->item_steps > 0)
		put(w, draw(w, 2) ? "成员.余额" : "成员.另额");
	else
		put(w, "%s", facts[k][draw(w, 3)]);
}

static void
dated(struct writer *w, const char *name)
{
	bool at = draw(w, 2);

	put(w, at ? "(%s 于 (" : "%s", name);
	if (at) {
		value(w, DATE);
		put(w, "))");
	}
}

static void
choice(struct writer *w, enum kind k)
{
	put(w, "(如果 ");
	value(w, TRUTH);
	put(w, " 则 ");
	value(w, k);
	put(w, " 否则 ");
	value(w, k);
	put(w, ")");
}

/* Something over a list that is not being walked through. */
static bool
over_list(struct writer *w, enum kind k)
{
	static const char *const lists[] = { "成员", "收入", "房产" };
	static const char *const picks[] = { "最大", "最小", "首个" };
	unsigned before = w->scopes;
	int i = draw(w, 3), pick = draw(w, 4);

	if ((w->scopes >> i & 1) != 0 || (k == NUMBER && pick != 3 && draw(w, 2)))
		return false;
	if (k == TRUTH) {
		put(w, "%s(%s, ", pick < 2 ? "存在" : "全部", lists[i]);
	} else if (k == NUMBER && pick == 3) {
		put(w, "个数(%s", lists[i]);
	} else {
		put(w, "%s(%s, ", pick == 3 && k == MONEY ? "合计" : picks[pick % 3], lists[i]);
	}
	w->scopes |= 1U << i;
	if (k != NUMBER || pick != 3)
		value(w, k);
	if (k != TRUTH && draw(w, 2)) {
		put(w, ", 当 ");
		value(w, TRUTH);
	}
	w->scopes = before;
	if (k != TRUTH && !(pick == 3 && (k == MONEY || k == NUMBER))) {
		put(w, ", 无则 ");
		value(w, k);
	}
	put(w, ")");
	return true;
}

static void
rounded(struct writer *w, enum kind k)
{
	static const char *const modes[] = { "四舍五入", "四舍六入", "舍去", "向下", "向上", "进一" };
	int ratio = k == NUMBER ? draw(w, 2) : 0;

	put(w, "舍入(");
	value(w, ratio ? MONEY : k);
	if (ratio || draw(w, 3) != 0) {
		put(w, " ÷ ");
		put(w, draw(w, 2) ? "(" : "(1 × ");
		value(w, ratio ? MONEY : NUMBER);
		put(w, ")");
	}
	put(w, ", %d, %s)", draw(w, k == MONEY ? 3 : 2), modes[draw(w, 6)]);
}

static void
truth(struct writer *w)
{
	static const char *const signs[] = { "<", "≤", ">", "≥", "=", "≠" };
	int pick = draw(w, 10);
	enum kind k = (enum kind)(1 + draw(w, 3));

	if (pick < 2) {
		put(w, "(");
		value(w, TRUTH);
		put(w, pick == 0 ? " 且 " : " 或 ");
		value(w, TRUTH);
		put(w, ")");
	} else if (pick == 2) {
		put(w, "(非 ");
		value(w, TRUTH);
		put(w, ")");
	} else if (pick == 3) {
		put(w, "已知(");
		value(w, k);
		put(w, ")");
	} else if (pick == 4) {
		put(w, "(");
		value(w, OPTION);
		put(w, draw(w, 2) ? " 属于 { 甲类, 丙类 })" : " 不属于 { 乙类 })");
	} else if (pick == 5 && (w->scopes & IN_INCOME) == 0) {
		unsigned before = w->scopes;

		put(w, "(频率(收入, ");
		w->scopes |= IN_INCOME;
		value(w, DATE);
		w->scopes = before;
		put(w, ") = %s)", draw(w, 2) ? "每月" : "不定期");
	} else {
		put(w, "(");
		value(w, k);
		put(w, " %s ", signs[draw(w, 6)]);
		value(w, k);
		put(w, ")");
	}
}

static void
number(struct writer *w)
{
	switch (draw(w, 7)) {
	case 0:
		call(w, "周岁", DATE, DATE);
		break;
	case 1:
		call(w, "天数", DATE, DATE);
		break;
	case 2:
		put(w, "(年份(");
		value(w, DATE);
		put(w, ") - 2000)");
		break;
	case 3:
		dated(w, "率");
		break;
	case 4:
		put(w, "查(级, ");
		value(w, MONEY);
		if (draw(w, 2)) {
			put(w, " 于 (");
			value(w, DATE);
			put(w, ")");
		}
		put(w, ")");
		break;
	default:
		rounded(w, NUMBER);
	}
}

static void
money(struct writer *w)
{
	switch (draw(w, 9)) {
	case 0:
		put(w, "(");
		value(w, MONEY);
		put(w, " × %d.5)", draw(w, 3));
		break;
	case 1:
		dated(w, "线");
		break;
	case 2:
		call(w, "峰值(线, 较小", DATE, DATE);
		put(w, ", ");
		value(w, DATE);
		put(w, ")");
		break;
	case 3:
		put(w, "查(补, ");
		value(w, OPTION);
		put(w, ")");
		break;
	case 4:
		put(w, "舍入(累进(级, 较小(较大(");
		value(w, MONEY);
		put(w, ", 0), 9999元)), 2, 四舍五入)");
		break;
	case 5:
		put(w, "起点(级, ");
		value(w, MONEY);
		put(w, ")");
		break;
	default:
		rounded(w, MONEY);
	}
}

static void
arithmetic(struct writer *w, enum kind k)
{
	int pick = draw(w, 5);

	if (pick == 4) {
		put(w, "绝对值(");
		value(w, k);
		put(w, ")");
	} else if (pick >= 2) {
		call(w, pick == 2 ? "较大" : "较小", k, k);
	} else {
		put(w, "(");
		value(w, k);
		put(w, pick == 0 ? " + " : " - ");
		value(w, k);
		put(w, ")");
	}
}

static void
day(struct writer *w)
{
	static const char *const calls[] = { "年初", "年末", "月初" };
	int pick = draw(w, 6);

	if (pick == 0) {
		call(w, draw(w, 2) ? "较大" : "较小", DATE, DATE);
		return;
	}
	put(w, pick < 3 ? "%s(" : "(", calls[draw(w, 3)]);
	value(w, DATE);
	put(w, pick < 3 ? ")" : draw(w, 20) == 0 ? " + %d年)" : draw(w, 2) ? " + %d个月)" : " - %d天)",
	    draw(w, 30) == 0 ? 7990 : draw(w, 40));
}

static void
value(struct writer *w, enum kind k)
{
	if (--w->budget < 0 || draw(w, 5) == 0) {
		if (draw(w, 4) == 0)
			literal(w, k);
		else
			leaf(w, k);
	} else if (draw(w, 6) == 0) {
		choice(w, k);
	} else if (k != OPTION && draw(w, 4) == 0 && over_list(w, k)) {
		return;
	} else if (k == TRUTH) {
		truth(w);
	} else if (k == DATE) {
		day(w);
	} else if (k == OPTION) {
		leaf(w, k);
	} else if (draw(w, 2)) {
		arithmetic(w, k);
	} else if (k == NUMBER) {
		number(w);
	} else {
		money(w);
	}
}

static void
statement_value(struct writer *w, enum kind k, int budget)
{
	w->budget = 1 + draw(w, budget);
	value(w, k);
}

static void
decision(struct writer *w, enum kind k, const char *name, int number_of)
{
	static const char *const types[] = { "是否", "小数 3", "金额", "日期", "类" };

	put(w, "判定 %s%d %s\n", name, number_of, types[k]);
	for (int n = 1 + draw(w, 3); n > 0; n--) {
		put(w, "  当 ");
		statement_value(w, TRUTH, 5);
		put(w, " 得 ");
		if (k == MONEY || k == NUMBER) {
			put(w, "舍入(");
			statement_value(w, k, 5);
			put(w, ", 2, 向下)\n");
		} else {
			statement_value(w, k, 5);
			put(w, "\n");
		}
	}
	put(w, "  否则 得 ");
	literal(w, k);
	put(w, "\n");
}

/* Days in any order of size; gaps are not allowed, the ends may stay open. */
static void
entries(struct writer *w, const char *rows)
{
	int year = 1995 + draw(w, 20), n = 1 + draw(w, 5);

	for (int i = 0; i < n; i++) {
		put(w, "  自 %d-07-01", year);
		year += 1 + draw(w, 4);
		if (i == n - 1 && draw(w, 3) == 0)
			put(w, " 至 %d-06-30", year);
		if (draw(w, 6) == 0)
			put(w, " 值 空\n");
		else if (rows != NULL)
			put(w, "\n%s", rows);
		else
			put(w, " 值 %d.5\n", draw(w, 90));
	}
}

static void
head(struct writer *w)
{
	put(w, "规则包 试 版本 1\n选项 类 甲类, 乙类, 丙类\n"
	    "输入 申请日 日期 范围 2005-01-01 至 2030-12-31\n法律日 申请日\n"
	    "输入 真一 是否\n输入 真二 是否\n输入 真三 是否 缺省 是\n"
	    "输入 数一 整数 范围 -20 至 200\n输入 数二 小数 1 范围 0 至 10\n输入 数三 整数 范围 0 至 3 缺省 2\n"
	    "输入 钱一 金额\n输入 钱二 金额 范围 -500 至 5000\n输入 钱三 金额 范围 100 至 102\n"
	    "输入 日一 日期\n输入 日二 日期 范围 2010-01-01 至 2010-06-30\n输入 类一 类\n输入 类二 类 缺省 乙类\n"
	    "列表 成员 最多 %d\n  字段 成员真 是否\n  字段 成员数 整数 范围 0 至 90\n  字段 成员钱 金额 范围 0 至 90000\n"
	    "  字段 成员日 日期\n  字段 成员类 类 缺省 甲类\n"
	    "列表 收入 最多 %d 缺省 无\n  字段 收入主 整数 范围 0 至 70000\n  字段 收入额 金额 范围 -100 至 90000\n"
	    "  字段 收入日 日期 范围 2009-12-01 至 2010-12-31\n"
	    "列表 房产 最多 3\n  字段 房真 是否\n  字段 房值 金额\n  字段 房类 类\n", 1 + draw(w, 6), 2 + draw(w, 10));
	put(w, "参数 率 小数 2 范围 0 至 100\n");
	entries(w, NULL);
	put(w, "参数 线 金额\n");
	entries(w, NULL);
	put(w, "参数 级 按 金额 得 小数 2\n");
	entries(w, draw(w, 2) ? "    行 0 得 0.1\n    行 50 得 0.25\n    行 2000 得 0.5\n" : "    行 10.5 得 0.33\n");
	put(w, "参数 补 按 类 得 金额\n");
	entries(w, draw(w, 2) ? "    行 丙类 得 9\n    行 甲类 得 7.25\n" : "    行 甲类 得 1\n    行 乙类 得 2\n    行 丙类 得 3\n");
}

static void
members(struct writer *w)
{
	put(w, "逐项 成员\n  累计 余额 金额 范围 0 至 %d = ", 100 + draw(w, 2) * 100000);
	w->scopes = 0;
	statement_value(w, MONEY, 3);
	put(w, "\n  累计 另额 金额 范围 -100 至 90000 = 50元\n");
	w->scopes = IN_MEMBER;
	w->in_each = true;
	for (int n = 1 + draw(w, 3), i = 0; i < n; i++) {
		put(w, "  定义 项钱%d = 舍入(", i);
		statement_value(w, MONEY, 6);
		put(w, ", 2, 舍去)\n");
		if (draw(w, 2)) {
			put(w, "  定义 项真%d = ", i);
			statement_value(w, TRUTH, 6);
			put(w, "\n");
		} else {
			put(w, "  ");
			decision(w, TRUTH, "项真", i);
		}
		w->item_steps++;
	}
	put(w, "  结转 余额 = ");
	if (draw(w, 3) == 0) {
		put(w, "另额\n");
	} else {
		put(w, "较大(余额 - 舍入(");
		statement_value(w, MONEY, 4);
		put(w, ", 2, 进一), %s)\n", draw(w, 2) ? "0" : "-5元");
	}
	put(w, "  结转 另额 = %s\n", draw(w, 3) == 0 ? "余额" : "另额 + 1.5元");
	w->in_each = false;
	w->scopes = 0;
}

struct text
rules_stage_package(struct rules_draw *d, char *out, size_t room)
{
	struct writer writer = { .d = d, .out = out, .room = room }, *w = &writer;
	int n = 3 + draw(w, 6);

	head(w);
	for (int i = 0; i < n; i++) {
		enum kind k = (enum kind)draw(w, 5);
		char name[16];

		if (i == 1)
			members(w);
		snprintf(name, sizeof name, "步%d_", (int)k);
		if (draw(w, 3) == 0) {
			decision(w, k, name, w->steps[k]);
		} else {
			put(w, "定义 %s%d = ", name, w->steps[k]);
			if (k == MONEY || k == NUMBER)
				put(w, "舍入(");
			statement_value(w, k, 14);
			put(w, k == MONEY || k == NUMBER ? ", 2, 四舍五入)\n" : "\n");
		}
		put(w, "输出 %s%d\n", name, w->steps[k]++);
		if (i == n - 1)
			put(w, "结论 %s%d\n", name, w->steps[k] - 1);
	}
	if (draw(w, 2)) {
		put(w, "矛盾 当 ");
		statement_value(w, TRUTH, 4);
		put(w, " “不可能”\n");
	}
	return (struct text){ out, w->n };
}
