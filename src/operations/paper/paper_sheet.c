/* Templates of simple papers as texts that the city's people keep: checked, tried with facts, printed. */
#include "operations/paper/paper_internal.h"

#include <string.h>

#include "kit/msg/msg.h"

#define SIMPLE TEXT("simple.")

static bool
builtin(size_t i, struct sheet_text *ret)
{
	for (size_t k = 0; k < paper_builtins_n; k++)
		if (text_starts_with(text_of(paper_builtins[k].id), SIMPLE) && i-- == 0) {
			*ret = (struct sheet_text){ text_of(paper_builtins[k].id), paper_builtins[k].source, paper_builtins[k].sample };
			return true;
		}
	return false;
}

static struct text
title(struct arena *mem, enum lang lang, struct text text)
{
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct sheet_faults findings;

	(void)lang;
	return t != NULL && paper_template_parse(text, t, &findings) == RC_OK ? t->name : TEXT_NONE;
}

/* What paper_facts_check() says ("amount: missing") in the reader's words. */
static void
facts_fault(struct sheet_faults *ret, struct text why)
{
	struct text rest = why, key = text_cut(&rest, ':');

	rest = text_trim(rest);
	if (text_equals(rest, TEXT("missing")))
		sheet_fault_add(ret, 0, T("测试事实里没有：%s"), key);
	else if (text_equals(rest, TEXT("not declared")))
		sheet_fault_add(ret, 0, T("测试事实里多了：%s"), key);
	else
		sheet_fault_add(ret, 0, T("测试事实印不出来：%s"), why);
}

static enum rc
open_both(struct arena *mem, const struct sheet_text *s, struct paper_template **ret, struct paper_facts *facts, struct sheet_faults *faults)
{
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct sheet_faults own;
	struct text why = TEXT_NONE;
	enum rc rc = t == NULL ? RC_NO_MEMORY : paper_template_parse(s->text, t, faults != NULL ? faults : &own);

	*ret = t;
	if (rc != RC_OK)
		return rc;
	paper_facts_init(facts, mem);
	rc = paper_facts_json(facts, s->sample, &why);
	if (rc == RC_INVALID && faults != NULL)
		sheet_fault_add(faults, 0, T("测试事实写得不对：%s"), why);
	return rc;
}

static enum rc
check(struct arena *mem, const struct sheet_text *s, struct sheet_faults *ret)
{
	struct paper_made made = { .number = TEXT("苏测字〔2026〕第1号") };
	struct paper_template *t = NULL;
	struct paper_facts facts;
	struct text why = TEXT_NONE;
	enum rc rc = open_both(mem, s, &t, &facts, ret);

	if (rc == RC_OK && !text_equals(t->id, s->name))
		sheet_fault_add(ret, 0, T("开头的 paper 要写 %s"), s->name);
	if (rc == RC_OK && t->whom != PAPER_FOR_RESIDENT)
		sheet_fault_add(ret, 0, T("代写的文书是给本人的：for resident"), TEXT_NONE);
	if (rc == RC_OK)
		rc = paper_render(t, &facts, &made, mem, NULL, &why);
	if (rc == RC_INVALID && why.n > 0)
		facts_fault(ret, why);
	return rc == RC_OK && ret->n > 0 ? RC_INVALID : rc;
}

static enum rc
said(struct arena *mem, const struct sheet_text *s, int64_t now_ms, struct text *ret)
{
	struct paper_made made = { .number = TEXT("（文书号）"), .at_ms = now_ms };
	struct paper_template *t = NULL;
	struct paper_facts facts;
	struct text why = TEXT_NONE;
	enum rc rc = open_both(mem, s, &t, &facts, NULL);

	return rc == RC_OK ? paper_said(t, &facts, &made, mem, ret, &why) : rc;
}

static enum rc
print(struct arena *mem, const struct sheet_text *s, int64_t now_ms, struct buf *out)
{
	struct paper_made made = { .number = TEXT("（文书号）"), .at_ms = now_ms, .mark = TEXT("样张") };
	struct paper_template *t = NULL;
	struct paper_facts facts;
	struct text why = TEXT_NONE;
	enum rc rc = open_both(mem, s, &t, &facts, NULL);

	return rc == RC_OK ? paper_render(t, &facts, &made, mem, out, &why) : rc;
}

const struct sheet_kind paper_sheet = { .key = "paper", .label = T("代写文书的模板"), .right = RIGHT_POLICY,
	.how = T("写法见 docs/paper-language.md：一行一个词，{事实} 处填事实。重复的只有列表，写几项印几项。"),
	.sample_label = T("测试事实（JSON，用假的人）"), .builtin = builtin, .title = title, .check = check, .said = said, .print = print };

enum rc
paper_source(struct tx *tx, const struct actor *actor, struct text kind, struct day day, struct text *ret)
{
	const struct paper_builtin *b = paper_builtin_find(kind);
	struct sheet_version v;
	enum rc rc;

	if (b == NULL)
		return RC_NOT_FOUND;
	*ret = b->source;
	if (!text_starts_with(kind, SIMPLE))
		return RC_OK;
	rc = sheet_current(tx, actor, &paper_sheet, kind, day, &v);
	if (rc == RC_OK)
		*ret = v.sheet.text;
	return rc;
}

void
paper_facts_keep(struct paper_facts *f, const struct paper_template *t)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		const struct paper_declared *d = paper_declared_find(t, f->v[i].key, TEXT_NONE);

		if (d != NULL && (f->v[i].column.n == 0 || paper_declared_find(t, f->v[i].column, f->v[i].key) != NULL))
			f->v[n++] = f->v[i];
	}
	f->n = n;
}
