#include "supply/portal/topic.h"

#include "kit/msg/msg.h"
#include "operations/paper/paper.h"
#include "resources/identity/identity.h"
#include "standards/catalogue/catalogue.h"

#include <string.h>

struct parse { struct topic_text *t; struct sheet_faults *faults; int line; };

/* "中文 / English" */
static struct topic_words
words_of(struct parse *p, struct text t)
{
	struct topic_words w = { t, TEXT_NONE };

	for (size_t i = 0; i + 3 <= t.n; i++)
		if (memcmp(t.p + i, " / ", 3) == 0) {
			w = (struct topic_words){ text_trim((struct text){ t.p, i }), text_trim((struct text){ t.p + i + 3, t.n - i - 3 }) };
			break;
		}
	if (w.zh.n == 0 || w.en.n == 0)
		sheet_fault_add(p->faults, p->line, T("写成：中文 / English"), TEXT_NONE);
	return w;
}

static bool
has_room(struct parse *p, size_t n, size_t most)
{
	if (n >= most)
		sheet_fault_add(p->faults, p->line, T("同一个词的行数太多"), TEXT_NONE);
	return n < most;
}

static void
words_add(struct parse *p, struct topic_words *v, size_t *n, struct text rest)
{
	struct topic_words w = words_of(p, rest);

	if (has_room(p, *n, TOPIC_LINES_MAX))
		v[(*n)++] = w;
}

static void
law_add(struct parse *p, struct text rest)
{
	struct text mark = text_cut(&rest, ' ');
	struct topic_words w = words_of(p, text_trim(rest));
	bool verified = text_equals(mark, TEXT("verified"));

	if (!verified && !text_equals(mark, TEXT("unverified")))
		sheet_fault_add(p->faults, p->line, T("依据写成：law verified|unverified 法律 第几条 / English"), TEXT_NONE);
	else if (has_room(p, p->t->n_law, TOPIC_LINES_MAX))
		p->t->law[p->t->n_law++] = (struct topic_law){ w, verified };
}

static void
paper_add(struct parse *p, struct text rest)
{
	if (!text_starts_with(rest, TEXT("simple.")) || paper_builtin_find(rest) == NULL)
		sheet_fault_add(p->faults, p->line, T("没有这样的代写文书：%s"), rest);
	else if (has_room(p, p->t->n_paper, TOPIC_LINES_MAX))
		p->t->paper[p->t->n_paper++] = rest;
}

static void
guide_add(struct parse *p, struct text rest)
{
	struct text value = rest, name = text_cut(&value, '=');

	if (name.n == 0 || value.n == 0)
		sheet_fault_add(p->faults, p->line, T("写成：guide 问题=回答"), TEXT_NONE);
	else if (has_room(p, p->t->n_guide, sizeof p->t->guide / sizeof p->t->guide[0]))
		p->t->guide[p->t->n_guide++] = rest;
}

static void
once(struct parse *p, struct text *to, struct text rest, struct text word)
{
	if (rest.n == 0 || to->n > 0)
		sheet_fault_add(p->faults, p->line, T("%s 没有写内容，或者写了两次"), word);
	*to = rest;
}

static void
line_take(struct parse *p, struct text word, struct text rest)
{
	struct topic_text *t = p->t;

	if (text_equals(word, TEXT("topic")))
		once(p, &t->id, rest, word);
	else if (text_equals(word, TEXT("icon")))
		once(p, &t->icon, rest, word);
	else if (text_equals(word, TEXT("about")))
		once(p, &t->about, rest, word);
	else if (text_equals(word, TEXT("name")))
		t->name = words_of(p, rest);
	else if (text_equals(word, TEXT("lead")))
		t->lead = words_of(p, rest);
	else if (text_equals(word, TEXT("guide")))
		guide_add(p, rest);
	else if (text_equals(word, TEXT("right")))
		words_add(p, t->right, &t->n_right, rest);
	else if (text_equals(word, TEXT("step")))
		words_add(p, t->step, &t->n_step, rest);
	else if (text_equals(word, TEXT("where")))
		words_add(p, t->where, &t->n_where, rest);
	else if (text_equals(word, TEXT("paper")))
		paper_add(p, rest);
	else if (text_equals(word, TEXT("law")))
		law_add(p, rest);
	else
		sheet_fault_add(p->faults, p->line, T("不认识的词：%s"), word);
}

enum rc
topic_parse(struct text source, struct topic_text *ret, struct sheet_faults *faults)
{
	struct parse p = { ret, faults, 0 };
	struct text rest = source;

	*ret = (struct topic_text){ .n_law = 0 };
	faults->n = 0;
	while (rest.n > 0) {
		struct text line = text_trim(text_cut(&rest, '\n')), word;

		p.line++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		word = text_cut(&line, ' ');
		line_take(&p, word, text_trim(line));
	}
	if (ret->id.n == 0 || ret->name.zh.n == 0 || ret->lead.zh.n == 0)
		sheet_fault_add(faults, 0, T("要写 topic、name、lead"), TEXT_NONE);
	if (ret->n_right == 0 || ret->n_step == 0 || ret->n_where == 0 || ret->n_law == 0)
		sheet_fault_add(faults, 0, T("right、step、where、law 至少各写一行"), TEXT_NONE);
	if (ret->about.n > 0 && topic_by_key(ret->about) == TOPIC_NONE)
		sheet_fault_add(faults, 0, T("没有这一类事：%s"), ret->about);
	return faults->n == 0 ? RC_OK : RC_INVALID;
}

/* ---- as a text that the city's people keep ------------------------------------------------------------------ */

static bool
builtin(size_t i, struct sheet_text *ret)
{
	if (i >= topic_builtins_n)
		return false;
	*ret = (struct sheet_text){ text_of(topic_builtins[i].name), topic_builtins[i].text, TEXT("") };
	return true;
}

static struct text
title(struct arena *mem, enum lang lang, struct text text)
{
	struct topic_text *t = ARENA_NEW(mem, struct topic_text);
	struct sheet_faults faults;

	if (t == NULL || topic_parse(text, t, &faults) != RC_OK)
		return TEXT_NONE;
	return lang == LANG_EN ? t->name.en : t->name.zh;
}

static enum rc
check(struct arena *mem, const struct sheet_text *s, struct sheet_faults *ret)
{
	struct topic_text *t = ARENA_NEW(mem, struct topic_text);
	enum rc rc = t == NULL ? RC_NO_MEMORY : topic_parse(s->text, t, ret);

	if (rc == RC_OK && !text_equals(t->id, s->name)) {
		sheet_fault_add(ret, 0, T("开头的 topic 要写 %s"), s->name);
		rc = RC_INVALID;
	}
	return rc;
}

const struct sheet_kind topic_sheet = { .key = "topic", .label = T("维权专题"), .right = RIGHT_POLICY,
	.how = T("一行一个词：name、lead、right、step、where 写「中文 / English」；paper 写代写文书的代号；law 写 verified（读过全文）或 unverified；guide 写问题=回答。"),
	.builtin = builtin, .title = title, .check = check };
