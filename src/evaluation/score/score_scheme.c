/* Reading a scheme: one thing a line. */
#include "evaluation/score/score_marks.h"

#include "kit/msg/msg.h"

#include <stdio.h>
#include <string.h>

#define FULL_MAX 10000

static const char *const keys[SCORE_ITEMS] = { "visits", "hours", "lectures", "reviews", "log", "survey" };

const char *
score_item_key(enum score_item i)
{
	return keys[(unsigned)i < SCORE_ITEMS ? i : 0];
}

struct reading {
	struct score_scheme *s;
	struct score_scheme_fault *faults;
	size_t n;
	int line;
	bool renew, appeal, late, words;
};

static void
fault(struct reading *r, const char *message, struct text what)
{
	if (r->n < SCORE_FAULTS)
		r->faults[r->n++] = (struct score_scheme_fault){ r->line, message, what };
}

static struct text
word(struct text *rest)
{
	struct text w;

	*rest = text_trim(*rest);
	w = text_cut(rest, ' ');
	*rest = text_trim(*rest);
	return w;
}

/* "7" or "7.5" or "7.25" in hundredths. */
static bool
hundredths(struct text t, int64_t max, int64_t *ret)
{
	struct text frac = t, whole = text_cut(&frac, '.');
	int64_t a = 0, b = 0;

	if (int64_parse(whole, 0, max, &a) != RC_OK || frac.n > 2 || (frac.n > 0 && int64_parse(frac, 0, 99, &b) != RC_OK))
		return false;
	*ret = a * 100 + (frac.n == 1 ? b * 10 : b);
	return true;
}

static bool
number(struct reading *r, struct text t, int64_t min, int64_t max, int64_t *ret)
{
	if (int64_parse(t, min, max, ret) == RC_OK)
		return true;
	fault(r, T("这个数不对，或者太大：%s"), t);
	return false;
}

/* item KEY MARKS [want N] share|lose M */
static void
read_item(struct reading *r, struct text rest)
{
	struct text key = word(&rest), full = word(&rest), w;
	struct score_scheme_item it = { .used = true };
	int i = 0;

	while (i < SCORE_ITEMS && !text_equals(key, text_of(keys[i])))
		i++;
	if (i == SCORE_ITEMS) {
		fault(r, T("没有这样的评估项目：%s（visits、hours、lectures、reviews、log、survey）"), key);
		return;
	}
	if (r->s->item[i].used)
		fault(r, T("这个项目写了两次：%s"), key);
	if (!hundredths(full, 100, &it.full) || it.full == 0)
		fault(r, T("满分要在 0 到 100 之间，最多两位小数：%s"), full);
	w = word(&rest);
	if (text_equals(w, TEXT("want"))) {
		if (!number(r, word(&rest), 1, 1000, &it.want))
			return;
		w = word(&rest);
	}
	if (text_equals(w, TEXT("lose"))) {
		struct text lost = word(&rest);

		if (!hundredths(lost, 100, &it.lose) || it.lose == 0)
			fault(r, T("每差一个扣多少分要大于 0：%s"), lost);
	} else if (!text_equals(w, TEXT("share")))
		fault(r, T("项目后面要写 share（按比例）或 lose（每差一个扣几分）：%s"), w);
	if (rest.n > 0)
		fault(r, T("这一行多了：%s"), rest);
	if (it.want == 0 && (i == SCORE_LECTURES || i == SCORE_REVIEWS || i == SCORE_SURVEY))
		fault(r, T("这个项目要写目标 want：%s"), key);
	r->s->item[i] = it;
}

/* grade NAME LEAST pay PERCENT */
static void
read_grade(struct reading *r, struct text rest)
{
	struct text name = word(&rest), least = word(&rest), pay = word(&rest), percent = word(&rest);
	struct score_scheme *s = r->s;
	int64_t bound = 0, n = 0;

	if (s->n_grades == SCORE_GRADES) {
		fault(r, T("等次太多了：%s"), name);
		return;
	}
	if (name.n == 0 || name.n >= SCORE_GRADE_BYTES)
		fault(r, T("等次的名字太长，或者没有写：%s"), name);
	else if (!hundredths(least, 100, &bound) || bound > 10000)
		fault(r, T("等次的分数线要在 0 到 100 之间：%s"), least);
	else if (s->n_grades > 0 && bound >= s->grade[s->n_grades - 1].least)
		fault(r, T("等次要从高到低写：%s"), name);
	else if (!text_equals(pay, TEXT("pay")) || !number(r, percent, 0, 100, &n))
		fault(r, T("等次后面要写 pay 和补贴的百分比：%s"), name);
	else {
		snprintf(s->grade[s->n_grades].name, SCORE_GRADE_BYTES, "%.*s", (int)name.n, name.p);
		s->grade[s->n_grades].least = bound;
		s->grade[s->n_grades++].pay = (int)n;
	}
}

static void
read_number(struct reading *r, struct text key, struct text rest)
{
	struct text t = word(&rest);
	int64_t n = 0;

	if (text_equals(key, TEXT("renew"))) {
		r->renew = hundredths(t, 100, &r->s->renew) && r->s->renew <= 10000;
		if (!r->renew)
			fault(r, T("续签的分数线要在 0 到 100 之间：%s"), t);
	} else if (text_equals(key, TEXT("appeal")) && (r->appeal = number(r, t, 1, 60, &n)))
		r->s->appeal_days = (int)n;
	else if (text_equals(key, TEXT("late")) && (r->late = number(r, t, 0, 14, &n)))
		r->s->late_days = (int)n;
	else if (text_equals(key, TEXT("words")) && (r->words = number(r, t, 0, 500, &n)))
		r->s->words = (int)n;
	else if (text_equals(key, TEXT("reviews")) && number(r, t, 1, 100, &n))
		r->s->least_reviews = (int)n;
}

static void
read_line(struct reading *r, struct text line)
{
	struct text rest = text_trim(line), key;

	if (rest.n == 0 || rest.p[0] == '#')
		return;
	key = word(&rest);
	if (text_equals(key, TEXT("scheme")))
		snprintf(r->s->title, sizeof r->s->title, "%.*s", (int)rest.n, rest.p);
	else if (text_equals(key, TEXT("item")))
		read_item(r, rest);
	else if (text_equals(key, TEXT("grade")))
		read_grade(r, rest);
	else if (text_equals(key, TEXT("renew")) || text_equals(key, TEXT("appeal")) || text_equals(key, TEXT("late"))
	    || text_equals(key, TEXT("words")) || text_equals(key, TEXT("reviews")))
		read_number(r, key, rest);
	else
		fault(r, T("不认识这一行：%s"), key);
}

bool
score_scheme_parse(struct text text, struct score_scheme *ret, struct score_scheme_fault *faults, size_t *ret_n)
{
	struct reading r = { .s = ret, .faults = faults };
	size_t used = 0;
	int64_t full = 0;

	*ret = (struct score_scheme){ .least_reviews = 1 };
	while (text.n > 0) {
		r.line++;
		read_line(&r, text_cut(&text, '\n'));
	}
	r.line = 0;
	for (int i = 0; i < SCORE_ITEMS; i++) {
		used += ret->item[i].used;
		full += ret->item[i].full;
	}
	if (ret->title[0] == '\0')
		fault(&r, T("要有一行 scheme 写办法的名称"), TEXT_NONE);
	if (used > 0 && full != FULL_MAX)
		fault(&r, T("各项满分加起来要正好是 100 分"), TEXT_NONE);
	if (used == 0)
		fault(&r, T("至少要有一个评估项目"), TEXT_NONE);
	if (ret->n_grades == 0 || ret->grade[ret->n_grades - 1].least != 0)
		fault(&r, T("最后一个等次的分数线要是 0"), TEXT_NONE);
	if (!r.renew || !r.appeal || !r.late || !r.words)
		fault(&r, T("还要写 renew、appeal、late、words 各一行"), TEXT_NONE);
	*ret_n = r.n;
	return r.n == 0;
}
