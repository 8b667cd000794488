#include "operations/request/clock_label.h"

#include "operations/request/request.h"

#include "kit/msg/msg.h"

#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* msgfmt -c holds the English to the Chinese */

static const char *
step_label(const struct clock_step *s, enum clock_unit unit)
{
	switch (s->kind) {
	case STEP_START:
		return unit == CLOCK_HOUR || unit == CLOCK_WORKHOUR ? T("从这一刻起算") : T("起算这天，不计");
	case STEP_COUNTED:
		return T("计入");
	case STEP_SKIPPED:
		return T("不上班，不计");
	case STEP_CLOSED:
		return T("已过或未到工作时间，不计");
	case STEP_PAUSED:
		return T("暂停，不计");
	case STEP_WAITING:
		return T("还在暂停");
	case STEP_PASSED:
		return T("不上班，往后顺延");
	case STEP_ROLLED:
		return T("顺延到这天");
	case STEP_RESUMED:
		return T("最后一天遇到暂停，移到暂停结束这天");
	case STEP_FOLDED:
		break;
	}
	return T("中间略去");
}

static struct text
join(struct arena *mem, struct text a, struct text b)
{
	return a.n == 0 ? b : b.n == 0 ? a : arena_format(mem, "%.*s · %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

/* "第 3 天", of a run "第 3–7 天"; of hours how many. */
static struct text
count_words(struct arena *mem, enum lang lang, const struct clock_step *s, struct clock_rule rule, int nth)
{
	bool work = rule.unit == CLOCK_WORKDAY;
	int from = s->n_first + (nth > 0 ? nth : 0), to = nth < 0 ? s->n_last : from;
	int days = s->last.n - s->first.n + 1;
	int64_t minutes = (rule.unit == CLOCK_WORKHOUR && nth >= 0 ? s->ms / days : s->ms) / 60000;

	if (s->kind != STEP_COUNTED)
		return TEXT_NONE;
	if (s->n_first == 0)
		return arena_format(mem, msg(lang, T("计入 %lld 小时 %lld 分")), (long long)minutes / 60, (long long)minutes % 60);
	if (from == to)
		return arena_format(mem, msg(lang, work ? T("第 %d 个工作日") : T("第 %d 天")), from);
	return arena_format(mem, msg(lang, work ? T("第 %d 至 %d 个工作日") : T("第 %d 至 %d 天")), from, to);
}

struct text
clock_step_words(struct arena *mem, enum lang lang, const struct clock_step *s, struct clock_rule rule, int nth)
{
	struct text t = count_words(mem, lang, s, rule, nth);

	if (t.n == 0)
		t = text_of(msg(lang, step_label(s, rule.unit)));
	if (s->due)
		t = join(mem, t, text_of(msg(lang, T("到期"))));
	if (s->uncertain)
		t = join(mem, t, text_of(msg(lang, T("未定：节假日表未到这一年"))));
	return t;
}

/* Names in the State Council's notices; others stay as they are. */
static const char *
holiday_word(enum lang lang, const char *name)
{
	static const char *const names[] = {
		T("元旦"), T("春节"), T("清明"), T("劳动节"), T("端午"), T("中秋"), T("国庆节"), T("中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (text_equals(text_of(name), text_of(names[i])))
			return msg(lang, names[i]);
	return name;
}

struct text
clock_day_words(struct arena *mem, enum lang lang, enum day_kind kind, const char *name)
{
	static const char *const words[] = {
		[DAY_WORK] = T("平日"), [DAY_REST] = T("周末"), [DAY_HOLIDAY] = T("放假日"), [DAY_MAKEUP] = T("调休上班日"),
		[DAY_HALF] = T("上半天班"),
	};
	const char *word = (unsigned)kind < sizeof words / sizeof words[0] ? msg(lang, words[kind]) : "";

	if (name == NULL || *name == '\0')
		return text_of(word);
	return arena_format(mem, lang == LANG_ZH ? "%s（%s）" : "%s (%s)", word, holiday_word(lang, name));
}

struct text
clock_rule_words(struct arena *mem, enum lang lang, struct clock_rule rule)
{
	static const char *const units[CLOCK_UNIT_COUNT] = {
		[CLOCK_HOUR] = T("小时"), [CLOCK_DAY] = T("个自然日"), [CLOCK_WORKDAY] = T("个工作日"),
		[CLOCK_MONTH] = T("个月"), [CLOCK_YEAR] = T("年"), [CLOCK_WORKHOUR] = T("个工作小时"),
	};

	return arena_format(mem, "%d %s", rule.count,
	    msg(lang, units[(unsigned)rule.unit < CLOCK_UNIT_COUNT ? rule.unit : CLOCK_DAY]));
}

/* ---- events ------------------------------------------------------------------------------------------ */

static struct text
moment_words(struct arena *mem, enum lang lang, struct text ms)
{
	int64_t at = 0;
	char day[16];

	if (int64_parse(ms, 0, INT64_MAX, &at) != RC_OK)
		return TEXT_NONE;
	return at == DUE_NONE ? text_of(msg(lang, T("暂停"))) : arena_text(mem, day_print(day_of_moment(at), day));
}

/* "answer=OLD>NEW" as "答复时限 2026-07-03 → 2026-07-07"; "until=DAY" too; empty for other lines. */
static struct text
line_words(struct arena *mem, enum lang lang, struct text line)
{
	struct text rest = line, key = text_cut(&rest, '='), old, new;

	if (text_equals(key, TEXT("until")))
		return arena_format(mem, "%s %.*s", msg(lang, T("最晚等到")), (int)rest.n, rest.p);
	for (int t = TARGET_ACCEPT; t < TARGET_COUNT; t++)
		if (text_equals(key, text_of(target_key((enum clock_target)t)))) {
			old = moment_words(mem, lang, text_cut(&rest, '>'));
			new = moment_words(mem, lang, rest);
			return arena_format(mem, "%s %.*s → %.*s", msg(lang, target_label((enum clock_target)t)), (int)old.n, old.p,
			    (int)new.n, new.p);
		}
	return TEXT_NONE;
}

struct text
event_words(struct arena *mem, enum lang lang, const struct event *e)
{
	struct text words = e->note, rest = e->data;

	if (!text_starts_with(e->kind, TEXT("clock.")))
		return words;
	while (rest.n > 0) {
		struct text line = text_cut(&rest, '\n'), said = line_words(mem, lang, line);

		if (said.n > 0)
			words = words.n == 0 ? said : arena_format(mem, "%.*s\n%.*s", (int)words.n, words.p, (int)said.n, said.p);
	}
	return words;
}
