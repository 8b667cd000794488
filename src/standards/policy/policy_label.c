/* policy_label: findings, failures and values in words. */
#include "standards/policy/policy.h"

#include "kit/msg/msg.h"

/* {0} and {1} in the message; translations may turn them round. */
static struct text
filled(struct arena *mem, enum lang lang, const char *zh, struct text a, struct text b)
{
	struct text t = text_of(msg(lang, zh));
	struct buf out;
	struct text ret;

	buf_init(&out, 4096);
	for (size_t i = 0; i < t.n; i++)
		if (i + 2 < t.n && t.p[i] == '{' && (t.p[i + 1] == '0' || t.p[i + 1] == '1') && t.p[i + 2] == '}') {
			buf_add(&out, t.p[i + 1] == '0' ? a : b);
			i += 2;
		} else {
			buf_char(&out, t.p[i]);
		}
	ret = arena_text(mem, buf_text(&out));
	buf_free(&out);
	return ret;
}

struct text
policy_finding_text(struct arena *mem, enum lang lang, const struct rules_finding *f)
{
	static const char *const why[RULES_FAULT_COUNT] = {
		[RULES_FINE] = T("没有问题"),
		[RULES_BAD_BYTE] = T("不认识的字符“{0}”"),
		[RULES_BAD_NUMBER] = T("数字“{0}”太长或写法不对，小数最多 9 位"),
		[RULES_BAD_STRING] = T("引号没有在本行结束"),
		[RULES_BAD_DATE] = T("没有“{0}”这一天，日期写成 2026-06-30，年份 1900 至 2119"),
		[RULES_TOO_LONG] = T("名称太长，最多 {1} 字节"),
		[RULES_EXPECTED] = T("这里应当是“{0}”，写的是“{1}”"),
		[RULES_UNKNOWN_NAME] = T("还没有定义“{0}”（先写的才能用）"),
		[RULES_NAME_TAKEN] = T("“{0}”已经用过"),
		[RULES_NAME_RESERVED] = T("“{0}”是语言的词，不能作名称"),
		[RULES_WRONG_TYPE] = T("类型不合：一边是{0}，一边是{1}"),
		[RULES_MONEY_TIMES_MONEY] = T("金额不能乘以金额"),
		[RULES_DIVISION_OUTSIDE] = T("除法只能写在“舍入（… ÷ …，位数，方式）”里，要说清怎样舍入"),
		[RULES_TOO_MANY_DECIMALS] = T("小数位数太多：写不进这个类型，或超过 9 位，请先舍入"),
		[RULES_MAY_OVERFLOW] = T("按写明的范围，这个数可能太大；请把输入或参数的范围写窄，或先舍入"),
		[RULES_OUT_OF_RANGE] = T("“{0}”不在范围内，界限是 {1}"),
		[RULES_GAP] = T("与上一条之间有空档：应从上一条结束的次日开始"),
		[RULES_OVERLAP] = T("与上一条重叠"),
		[RULES_ORDER] = T("顺序不对：日期或范围应由小到大"),
		[RULES_NO_ENTRY] = T("参数“{0}”没有任何值；还不知道的写“自 日期 值 空 未核实”"),
		[RULES_ROW_ORDER] = T("表的各行应由小到大，选项不重复"),
		[RULES_NO_LAW_DATE] = T("没有写“法律日”，不知道按哪一天取值"),
		[RULES_NO_OTHERWISE] = T("判定“{0}”最后要有“否则”"),
		[RULES_NO_PACKAGE] = T("开头应当是“规则包 名称 版本 …”"),
		[RULES_NO_CONCLUSION] = T("没有写“结论”"),
		[RULES_TOO_MANY] = T("太多了：超过规则包的上限"),
		[RULES_TOO_DEEP] = T("嵌套太深"),
		[RULES_NEEDS_DEFAULT] = T("“{0}”最后要写“无则 …”：一项也没有时是多少"),
		[RULES_NOT_HERE] = T("“{0}”不能用在这里"),
	};
	struct text at = filled(mem, lang, T("第 {0} 行第 {1} 个字"), arena_format(mem, "%d", f->line),
	    arena_format(mem, "%d", f->column));
	struct text what = filled(mem, lang, f->fault < RULES_FAULT_COUNT ? why[f->fault] : why[0], f->arg[0], f->arg[1]);

	return arena_format(mem, "%.*s%s%.*s", (int)at.n, at.p, lang == LANG_ZH ? "：" : ": ", (int)what.n, what.p);
}

struct text
policy_failure_text(struct arena *mem, enum lang lang, const struct rules *r, const struct rules_value *v)
{
	const struct rules_parameter *par = v->culprit >= 0 ? &rules_package(r)->parameter[v->culprit] : NULL;
	struct text name = par == NULL ? TEXT_NONE : policy_name(lang, par->name, par->words);
	char day[16];

	switch (v->failure) {
	case RULES_NO_VALUE_ON_DAY:
		return filled(mem, lang, T("{0} 这一天没有“{1}”的标准"), day_print((struct day){ (int32_t)v->culprit_day }, day), name);
	case RULES_DIVIDED_BY_ZERO:
		return text_of(msg(lang, T("除数为零")));
	case RULES_NO_BAND:
		return filled(mem, lang, T("“{1}”里没有对应的一档"), TEXT_NONE, name);
	case RULES_DAY_RANGE:
		return text_of(msg(lang, T("日期超出可计算的年份")));
	case RULES_TOTAL_RANGE:
		return text_of(msg(lang, T("累计数超出写明的范围")));
	case RULES_NO_FAILURE:
		break;
	}
	return TEXT_NONE;
}

struct text
policy_words(enum lang lang, struct rules_words w)
{
	return lang != LANG_ZH && w.en.n > 0 ? w.en : w.zh;
}

struct text
policy_name(enum lang lang, struct text name, struct rules_words w)
{
	struct text t = policy_words(lang, w);

	return t.n > 0 ? t : name;
}

/* "1370.00" with commas in threes. */
static struct text
grouped(struct arena *mem, struct text plain)
{
	struct buf out;
	struct text ret;
	size_t minus = plain.n > 0 && plain.p[0] == '-', whole = plain.n;

	for (size_t i = 0; i < plain.n; i++)
		if (plain.p[i] == '.')
			whole = i < whole ? i : whole;
	while (plain.n > whole + 3 && plain.p[plain.n - 1] == '0')
		plain.n--; /* 2490.0000 is 2490.00; what lies below the fen stays when it is something */
	buf_init(&out, 128);
	for (size_t i = 0; i < plain.n; i++) {
		if (i > minus && i < whole && (whole - i) % 3 == 0)
			buf_char(&out, ',');
		buf_char(&out, plain.p[i]);
	}
	ret = arena_text(mem, buf_text(&out));
	buf_free(&out);
	return ret;
}

struct text
policy_value(struct arena *mem, enum lang lang, const struct rules *r, struct rules_type type, int64_t n)
{
	char out[48];
	struct text plain = rules_print(r, type, n, out);

	switch ((enum rules_kind)type.kind) {
	case RULES_TRUTH:
		return text_of(n != 0 ? msg(lang, T("是")) : msg(lang, T("否")));
	case RULES_MONEY:
		return filled(mem, lang, T("{0} 元"), grouped(mem, plain), TEXT_NONE);
	case RULES_NUMBER:
		return grouped(mem, plain);
	case RULES_DATE:
		return arena_text(mem, plain);
	case RULES_OPTION: {
		const struct rules_options *o = &rules_package(r)->options[type.options];

		return n >= 0 && (size_t)n < o->n ? policy_words(lang, o->option[n].words) : TEXT_NONE;
	}
	}
	return TEXT_NONE;
}

struct text
policy_parameter_value(struct arena *mem, enum lang lang, const struct rules *r, const struct rules_parameter *par, int64_t n)
{
	bool money = par->type.kind == RULES_MONEY && par->unit.n > 0; /* the unit names the coin itself */
	char out[48];
	struct text v = money ? grouped(mem, rules_print(r, par->type, n, out)) : policy_value(mem, lang, r, par->type, n);

	return par->unit.n == 0 ? v : arena_format(mem, "%.*s %.*s", (int)v.n, v.p, (int)par->unit.n, par->unit.p);
}

struct text
policy_basis(struct arena *mem, enum lang lang, const struct rules *r, struct rules_basis b)
{
	const struct rules_document *d;
	struct text title;

	if (b.document < 0)
		return TEXT_NONE;
	d = &rules_package(r)->document[b.document];
	title = policy_words(lang, d->title);
	return arena_format(mem, "%s%.*s%s%.*s", lang == LANG_ZH ? "《" : "", (int)title.n, title.p, lang == LANG_ZH ? "》" : " ",
	    (int)b.article.n, b.article.p);
}
