/* Templates: line by line, every fault told with its line.  docs/paper-language.md says what stands in one. */
#include "operations/paper/paper_internal.h"

#include <string.h>

#include "base/utf8.h"
#include "kit/msg/msg.h"
#include "kit/pdf/pdf.h"

struct parse {
	struct paper_template *t;
	struct sheet_faults *findings;
	int line;
	int columns;               /* of the open table; 0: none */
	struct text open[8];       /* conditions on facts that are open, by lines */
	bool opposite[8];
	size_t n_open;
};

static void
fault(struct parse *p, const char *message, struct text what)
{
	sheet_fault_add(p->findings, p->line, message, what);
}

/* ---- pieces of a text ------------------------------------------------------------------------------------------ */

static bool
is_key(struct text t)
{
	if (t.n == 0 || t.n > 40 || t.p[0] < 'a' || t.p[0] > 'z')
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (!((t.p[i] >= 'a' && t.p[i] <= 'z') || (t.p[i] >= '0' && t.p[i] <= '9') || t.p[i] == '_'))
			return false;
	return true;
}

bool
paper_piece_next(struct text *rest, struct paper_piece *ret, const char **ret_why)
{
	const char *brace = rest->n > 0 ? memchr(rest->p, '{', rest->n) : NULL, *close;
	struct text inner;

	if (rest->n == 0)
		return false;
	if (brace != rest->p) {
		size_t n = brace != NULL ? (size_t)(brace - rest->p) : rest->n;

		*ret = (struct paper_piece){ PIECE_WORDS, { rest->p, n } };
		*rest = (struct text){ rest->p + n, rest->n - n };
		return true;
	}
	close = memchr(rest->p, '}', rest->n);
	if (close == NULL) {
		*ret_why = T("花括号没有收尾");
		return false;
	}
	inner = (struct text){ rest->p + 1, (size_t)(close - rest->p) - 1 };
	*rest = (struct text){ close + 1, rest->n - inner.n - 2 };
	ret->kind = PIECE_FACT;
	if (text_equals(inner, TEXT("/"))) {
		ret->kind = PIECE_END;
	} else if (inner.n > 0 && (inner.p[0] == '?' || inner.p[0] == '!' || inner.p[0] == '.')) {
		ret->kind = inner.p[0] == '?' ? PIECE_IF : inner.p[0] == '!' ? PIECE_UNLESS : PIECE_COLUMN;
		inner = (struct text){ inner.p + 1, inner.n - 1 };
	}
	ret->text = inner;
	if (ret->kind != PIECE_END && !is_key(inner) && !(ret->kind == PIECE_COLUMN && inner.n == 0)) {
		*ret_why = T("花括号里不是事实的名字");
		return false;
	}
	return true;
}

struct text
paper_word_cut(struct text *rest)
{
	struct text t = text_trim(*rest), word = text_cut(&t, ' ');

	*rest = text_trim(t);
	return word;
}

bool
paper_cell_next(struct text *rest, bool *begun, struct text *ret)
{
	if (*begun && rest->p == NULL)
		return false;
	*begun = true;
	if (memchr(rest->p, '|', rest->n) != NULL) {
		*ret = text_trim(text_cut(rest, '|'));
	} else {
		*ret = text_trim(*rest);
		*rest = (struct text){ NULL, 0 };
	}
	return true;
}

const struct paper_declared *
paper_declared_find(const struct paper_template *t, struct text key, struct text list)
{
	for (size_t i = 0; i < t->n_declared; i++)
		if (text_equals(t->declared[i].key, key) && text_equals(t->declared[i].list, list))
			return &t->declared[i];
	return NULL;
}

/* ---- checking a text ----------------------------------------------------------------------------------------------- */

static bool
is_given(struct text key)
{
	return text_equals(key, TEXT("number")) || text_equals(key, TEXT("today"));
}

static bool
is_open(const struct parse *p, struct text key)
{
	for (size_t i = 0; i < p->n_open; i++)
		if (text_equals(p->open[i], key) && !p->opposite[i])
			return true;
	return false;
}

static void
condition_open(struct parse *p, struct text key, bool opposite)
{
	const struct paper_declared *d = paper_declared_find(p->t, key, TEXT_NONE);

	if (d == NULL)
		fault(p, T("没有声明过的事实：%s"), key);
	else if (d->need != PAPER_MAY)
		fault(p, T("%s 一定有，不用写条件"), key);
	if (p->n_open == sizeof p->open / sizeof p->open[0]) {
		fault(p, T("条件套得太深"), TEXT_NONE);
		return;
	}
	p->open[p->n_open] = key;
	p->opposite[p->n_open++] = opposite;
}

static bool
has_columns(const struct paper_template *t, struct text list)
{
	for (size_t i = 0; i < t->n_declared; i++)
		if (text_equals(t->declared[i].list, list))
			return true;
	return false;
}

static void
placeholder_check(struct parse *p, const struct paper_piece *piece, struct text list)
{
	bool column = piece->kind == PIECE_COLUMN;
	const struct paper_declared *d;

	if (!column && is_given(piece->text))
		return;
	if (column && list.n == 0) {
		fault(p, T("{.%s} 不在列表里"), piece->text);
		return;
	}
	d = paper_declared_find(p->t, piece->text, column ? list : TEXT_NONE);
	if (d == NULL && column && piece->text.n == 0) /* {.}: a list without columns */
		return;
	if (d == NULL)
		fault(p, T("没有声明过的事实：%s"), piece->text);
	else if (d->kind == PAPER_LIST && has_columns(p->t, piece->text))
		fault(p, T("%s 是有栏目的列表，不能直接写"), piece->text);
	else if (!column && d->need == PAPER_MAY && !is_open(p, piece->text))
		fault(p, T("%s 可能没有，要放在它的条件里（{?…}{/} 或者 if）"), piece->text);
}

/* Placeholders known, conditions closed where they were opened. */
static void
text_check(struct parse *p, struct text t, struct text list)
{
	size_t outside = p->n_open;
	const char *why = NULL;
	struct paper_piece piece;

	if (t.n == 0)
		fault(p, T("没有写字"), TEXT_NONE);
	while (paper_piece_next(&t, &piece, &why)) {
		if (piece.kind == PIECE_IF || piece.kind == PIECE_UNLESS)
			condition_open(p, piece.text, piece.kind == PIECE_UNLESS);
		else if (piece.kind == PIECE_END && p->n_open == outside)
			fault(p, T("多了一个 {/}"), TEXT_NONE);
		else if (piece.kind == PIECE_END)
			p->n_open--;
		else if (piece.kind != PIECE_WORDS)
			placeholder_check(p, &piece, list);
	}
	if (why != NULL)
		fault(p, why, TEXT_NONE);
	else if (p->n_open != outside)
		fault(p, T("条件在这一行里没有收尾（缺 {/}）"), TEXT_NONE);
	p->n_open = outside;
}

static bool
list_check(struct parse *p, struct text key)
{
	const struct paper_declared *d = paper_declared_find(p->t, key, TEXT_NONE);

	if (d == NULL || d->kind != PAPER_LIST) {
		fault(p, T("%s 不是列表"), key);
		return false;
	}
	if (d->need == PAPER_MAY && !is_open(p, key))
		fault(p, T("%s 可能没有，要放在它的条件里（{?…}{/} 或者 if）"), key);
	return true;
}

/* ---- the head ------------------------------------------------------------------------------------------------------- */

static void
declare(struct parse *p, struct text rest, bool column)
{
	static const struct { const char *word; enum paper_kind kind; } kinds[] = { { "text", PAPER_TEXT }, { "words", PAPER_WORDS },
		{ "day", PAPER_DAY }, { "time", PAPER_TIME }, { "money", PAPER_MONEY }, { "count", PAPER_NUMBER }, { "list", PAPER_LIST } };
	static const char *const needs[] = { [PAPER_MUST] = "must", [PAPER_MAY] = "may", [PAPER_SET] = "set" };
	struct text key = paper_word_cut(&rest), kind = paper_word_cut(&rest), need = paper_word_cut(&rest), list = TEXT_NONE;
	struct paper_declared d = { .label = rest };
	const struct paper_declared *of = NULL;
	size_t k = 0, n = 0;

	if (column) {
		list = text_cut(&key, '.');
		of = paper_declared_find(p->t, list, TEXT_NONE);
	}
	while (k < sizeof kinds / sizeof kinds[0] && !text_equals(kind, text_of(kinds[k].word)))
		k++;
	while (n < 3 && !text_equals(need, text_of(needs[n])))
		n++;
	if (!is_key(key) || (!column && is_given(key)))
		fault(p, T("事实的名字用小写字母、数字和下划线，不能是 number、today：%s"), key);
	else if (paper_declared_find(p->t, key, list) != NULL)
		fault(p, T("%s 声明了两次"), key);
	else if (column && (of == NULL || of->kind != PAPER_LIST))
		fault(p, T("%s 不是列表"), list);
	else if (k == sizeof kinds / sizeof kinds[0] || n == 3)
		fault(p, T("声明写成：fact 名字 text|words|day|time|money|count|list must|may|set 中文名称"), TEXT_NONE);
	else if (column && (kinds[k].kind == PAPER_LIST || n != PAPER_MUST))
		fault(p, T("列表的栏目不能是列表，而且必须 must"), TEXT_NONE);
	else if (rest.n == 0)
		fault(p, T("%s 没有写中文名称"), key);
	else if (p->t->n_declared == PAPER_DECLARED_MAX)
		fault(p, T("声明的事实太多，最多 80 个"), TEXT_NONE);
	else {
		d.key = key;
		d.list = list;
		d.kind = kinds[k].kind;
		d.need = (enum paper_need)n;
		p->t->declared[p->t->n_declared++] = d;
	}
}

/* A line of the head; false: none. */
static bool
head_take(struct parse *p, struct text word, struct text rest)
{
	struct paper_template *t = p->t;
	const struct { const char *word; struct text *to; } texts[] = { { "paper", &t->id }, { "name", &t->name },
		{ "series", &t->series }, { "law", &t->law } };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (!text_equals(word, text_of(texts[i].word)))
			continue;
		if (rest.n == 0 || texts[i].to->n > 0)
			fault(p, T("%s 没有写内容，或者写了两次"), word);
		*texts[i].to = rest;
		return true;
	}
	if (text_equals(word, TEXT("for"))) {
		if (text_equals(rest, TEXT("resident")))
			t->whom = PAPER_FOR_RESIDENT;
		else if (text_equals(rest, TEXT("office")))
			t->whom = PAPER_FOR_OFFICE;
		else if (text_equals(rest, TEXT("outside")))
			t->whom = PAPER_FOR_OUTSIDE;
		else
			fault(p, T("给谁看写成：for resident|office|outside"), TEXT_NONE);
		return true;
	}
	if (text_equals(word, TEXT("fact")) || text_equals(word, TEXT("column"))) {
		declare(p, rest, word.p[0] == 'c');
		return true;
	}
	return false;
}

/* ---- blocks ------------------------------------------------------------------------------------------------------------ */

static const struct { const char *word; bool text, bare; } words[WORD_COUNT] = {
	[WORD_TITLE] = { "title", true, false }, [WORD_NUMBER] = { "number", false, true },
	[WORD_SUBTITLE] = { "subtitle", true, false },
	[WORD_HEADING] = { "heading", true, false }, [WORD_PARA] = { "para", true, false },
	[WORD_FLUSH] = { "flush", true, false }, [WORD_RIGHT] = { "right", true, false },
	[WORD_NOTE] = { "note", true, false }, [WORD_CLAUSE] = { "clause", true, false },
	[WORD_LIST] = { "list", false, false }, [WORD_TABLE] = { "table", false, false },
	[WORD_ROW] = { "row", false, false }, [WORD_HEAD] = { "head", false, false },
	[WORD_EACH] = { "each", false, false }, [WORD_TABLE_END] = { "/table", false, true },
	[WORD_SIGN] = { "sign", true, false }, [WORD_SEAL] = { "seal", true, false },
	[WORD_CUT] = { "cut", false, true }, [WORD_BREAK] = { "break", false, true }, [WORD_SPACE] = { "space", false, true },
	[WORD_IF] = { "if", false, false }, [WORD_UNLESS] = { "unless", false, false }, [WORD_END] = { "end", false, true },
};

static void
table_open(struct parse *p, struct text rest)
{
	int n = 0;

	if (p->columns != 0)
		fault(p, T("表格里面不能再有表格"), TEXT_NONE);
	while (rest.n > 0) {
		int64_t width;

		if (int64_parse(paper_word_cut(&rest), 1, 100, &width) != RC_OK || n == PDF_COLUMNS_MAX) {
			fault(p, T("表格写成：table 宽 宽 …，最多 12 栏，每栏 1 到 100"), TEXT_NONE);
			break;
		}
		n++;
	}
	if (n == 0)
		fault(p, T("表格没有栏"), TEXT_NONE);
	p->columns = n > 0 ? n : 1;
}

static void
cells_check(struct parse *p, struct text rest, struct text list)
{
	struct text cell;
	bool begun = false;
	int n = 0;

	if (p->columns == 0)
		fault(p, T("这一行不在表格里"), TEXT_NONE);
	while (paper_cell_next(&rest, &begun, &cell)) {
		text_check(p, cell, list);
		n++;
	}
	if (p->columns != 0 && n > p->columns)
		fault(p, T("格子比表格的栏多"), TEXT_NONE);
}

static void
block_check(struct parse *p, enum paper_word word, struct text rest)
{
	struct text key;

	if (words[word].bare && rest.n > 0)
		fault(p, T("%s 后面不写东西"), text_of(words[word].word));
	if (words[word].text)
		text_check(p, rest, TEXT_NONE);
	if (p->columns != 0 && (words[word].text || word == WORD_LIST || word == WORD_NUMBER || word == WORD_CUT || word == WORD_BREAK))
		fault(p, T("%s 不能写在表格里"), text_of(words[word].word));
	switch ((int)word) {
	case WORD_LIST:
	case WORD_EACH:
		key = paper_word_cut(&rest);
		if (!list_check(p, key))
			break;
		if (word == WORD_LIST)
			text_check(p, rest, key);
		else
			cells_check(p, rest, key);
		break;
	case WORD_ROW:
	case WORD_HEAD:
		cells_check(p, rest, TEXT_NONE);
		break;
	case WORD_TABLE:
		table_open(p, rest);
		break;
	case WORD_TABLE_END:
		if (p->columns == 0)
			fault(p, T("没有打开的表格"), TEXT_NONE);
		p->columns = 0;
		break;
	case WORD_IF:
	case WORD_UNLESS:
		condition_open(p, rest, word == WORD_UNLESS);
		break;
	case WORD_END:
		if (p->n_open == 0)
			fault(p, T("多了一个 end"), TEXT_NONE);
		else
			p->n_open--;
		break;
	default:
		break;
	}
}

/* What other languages repeat with: told apart, so that whoever looks for it learns what to write instead. */
static bool
is_loop(struct text word)
{
	static const char *const loops[] = { "loop", "while", "repeat", "until", "goto", "do", "include", "foreach" };

	for (size_t i = 0; i < sizeof loops / sizeof loops[0]; i++)
		if (text_equals(word, text_of(loops[i])))
			return true;
	return false;
}

static void
block_take(struct parse *p, struct text word, struct text rest)
{
	size_t k = 0;

	while (k < WORD_COUNT && !text_equals(word, text_of(words[k].word)))
		k++;
	if (k == WORD_COUNT) {
		fault(p, is_loop(word) ? T("不能循环：%s；重复的内容用 list 或者 each，有几项写几项") : T("不认识的词：%s"), word);
		return;
	}
	block_check(p, (enum paper_word)k, rest);
	if (p->t->n_blocks == PAPER_BLOCKS_MAX) {
		fault(p, T("段落太多，最多 200 段"), TEXT_NONE);
		return;
	}
	p->t->blocks[p->t->n_blocks++] = (struct paper_block){ .text = rest, .line = p->line, .word = (int)k, .columns = p->columns };
}

enum rc
paper_template_parse(struct text source, struct paper_template *ret, struct sheet_faults *findings)
{
	struct parse p = { .t = ret, .findings = findings };
	struct text rest = source;

	*ret = (struct paper_template){ .source = source };
	findings->n = 0;
	if (source.n > PAPER_TEMPLATE_MAX || utf8_check(source, true) != UTF8_FINE) {
		fault(&p, T("文本太长（最多 32 KB），或者有坏的字"), TEXT_NONE);
		return RC_INVALID;
	}
	while (rest.n > 0) {
		struct text line = text_trim(text_cut(&rest, '\n')), word;

		p.line++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		word = paper_word_cut(&line);
		if (!head_take(&p, word, line))
			block_take(&p, word, line);
	}
	if (ret->id.n == 0 || ret->name.n == 0 || ret->series.n == 0)
		fault(&p, T("开头要写 paper、name、series"), TEXT_NONE);
	if (ret->n_blocks == 0 || p.columns != 0 || p.n_open != 0)
		fault(&p, T("没有正文，或者表格、条件没有收尾"), TEXT_NONE);
	return findings->n == 0 ? RC_OK : RC_INVALID;
}

const struct paper_builtin *
paper_builtin_find(struct text id)
{
	for (size_t i = 0; i < paper_builtins_n; i++)
		if (text_equals(text_of(paper_builtins[i].id), id))
			return &paper_builtins[i];
	return NULL;
}
