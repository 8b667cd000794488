/* rules_lex: the text of a package as tokens, each with its line and its column in characters. */
#include "engine/rules/rules_internal.h"

#include <string.h>

#include "base/utf8.h"

static const struct { struct text zh, en; bool reserved; } word_table[W_COUNT] = {
#define W(id, zh, en, reserved) { TEXT_INIT(zh), TEXT_INIT(en), reserved },
#include "engine/rules/rules_words_internal.h"
#undef W
};

struct text
rules_word_text(enum rules_word w)
{
	return w < W_COUNT ? word_table[w].zh : TEXT_NONE;
}

static enum rules_word
word_of(struct text t)
{
	for (int i = 0; i < W_COUNT; i++)
		if (text_equals(word_table[i].zh, t) || text_equals(word_table[i].en, t))
			return (enum rules_word)i;
	return W_COUNT;
}

bool
rules_word_reserved(enum rules_word w)
{
	return w < W_COUNT && word_table[w].reserved;
}

static const struct { uint32_t c; enum rules_token_kind kind; } sign_table[] = {
	{ '+', T_PLUS }, { 0xFF0B, T_PLUS }, { '-', T_MINUS }, { 0x2212, T_MINUS }, { 0xFF0D, T_MINUS },
	{ '*', T_TIMES }, { 0xD7, T_TIMES }, { '/', T_DIVIDE }, { 0xF7, T_DIVIDE },
	{ '(', T_OPEN }, { 0xFF08, T_OPEN }, { ')', T_CLOSE }, { 0xFF09, T_CLOSE },
	{ ',', T_COMMA }, { 0xFF0C, T_COMMA }, { 0x3001, T_COMMA }, { ':', T_COLON }, { 0xFF1A, T_COLON },
	{ '.', T_DOT }, { '=', T_EQ }, { 0xFF1D, T_EQ }, { 0x2260, T_NE }, { 0x2264, T_LE }, { 0x2265, T_GE },
	{ '<', T_LT }, { 0xFF1C, T_LT }, { '>', T_GT }, { 0xFF1E, T_GT },
	{ '{', T_BRACE_OPEN }, { '}', T_BRACE_CLOSE },
};

static bool
sign_of(uint32_t c, enum rules_token_kind *ret)
{
	for (size_t i = 0; i < sizeof sign_table / sizeof sign_table[0]; i++)
		if (sign_table[i].c == c) {
			*ret = sign_table[i].kind;
			return true;
		}
	return false;
}

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000;
}

static bool
is_money_sign(uint32_t c)
{
	return c == '$' || c == 0xA3 || c == 0xA5 || c == 0x20AC || c == 0xFFE5;
}

static bool
is_name(uint32_t c)
{
	enum rules_token_kind k;

	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
	return !is_space(c) && !is_money_sign(c) && !sign_of(c, &k) && c != 0x201C && c != 0x201D && c != 0x3002 &&
	    c != 0xFF1B && c != 0xFFFD;
}

struct lexer {
	struct rules_parser *p;
	struct text source;
	size_t at;
	int line, column;
	bool first;
	struct rules_token *token; size_t n, room;
};

static uint32_t
look(const struct lexer *l)
{
	size_t at = l->at;

	return at < l->source.n ? utf8_next(l->source, &at) : 0;
}

static uint32_t
step(struct lexer *l)
{
	uint32_t c = utf8_next(l->source, &l->at);

	l->column++;
	if (c == '\n') {
		l->line++;
		l->column = 1;
		l->first = true;
	}
	return c;
}

static struct text
since(const struct lexer *l, size_t from)
{
	return (struct text){ l->source.p + from, l->at - from };
}

static const struct { struct text word; enum rules_unit unit; int64_t factor; } unit_table[] = {
	{ TEXT_INIT("元"), UNIT_MONEY, 1 }, { TEXT_INIT("万元"), UNIT_MONEY, 10000 },
	{ TEXT_INIT("天"), UNIT_DAYS, 1 }, { TEXT_INIT("日"), UNIT_DAYS, 1 }, { TEXT_INIT("days"), UNIT_DAYS, 1 },
	{ TEXT_INIT("周"), UNIT_DAYS, 7 }, { TEXT_INIT("weeks"), UNIT_DAYS, 7 },
	{ TEXT_INIT("个月"), UNIT_MONTHS, 1 }, { TEXT_INIT("months"), UNIT_MONTHS, 1 },
	{ TEXT_INIT("年"), UNIT_YEARS, 1 }, { TEXT_INIT("years"), UNIT_YEARS, 1 },
	{ TEXT_INIT("岁"), UNIT_NONE, 1 }, { TEXT_INIT("人"), UNIT_NONE, 1 },
};

/* "元" after a number, also with white space between: the number's unit. */
static void
unit(struct lexer *l, struct rules_token *t)
{
	struct lexer ahead = *l;
	size_t from;

	while (look(&ahead) == ' ')
		step(&ahead);
	from = ahead.at;
	while (ahead.at < ahead.source.n && is_name(look(&ahead)))
		step(&ahead);
	for (size_t i = 0; i < sizeof unit_table / sizeof unit_table[0]; i++)
		if (text_equals(since(&ahead, from), unit_table[i].word)) {
			t->unit = unit_table[i].unit;
			if (t->n > INT64_MAX / 10000)
				rules_find(l->p, t, RULES_BAD_NUMBER, t->text, TEXT_NONE);
			else
				t->n *= unit_table[i].factor;
			*l = ahead;
			return;
		}
}

/* "2026-06-30" and nothing looser: 2026 - 6 is a difference. */
static bool
day_here(const struct lexer *l)
{
	static const char form[] = "dddd-dd-dd";
	const char *p = l->source.p + l->at;

	if (l->source.n - l->at < 10 || (l->source.n - l->at > 10 && is_digit((unsigned char)p[10])))
		return false;
	for (int i = 0; i < 10; i++)
		if (form[i] == 'd' ? !is_digit((unsigned char)p[i]) : p[i] != '-')
			return false;
	return true;
}

static void
number(struct lexer *l, struct rules_token *t)
{
	size_t from = l->at;
	bool point = false, bad = false;

	t->kind = T_NUMBER;
	if (day_here(l)) {
		struct day d = DAY_NONE;

		t->kind = T_DAY;
		for (int i = 0; i < 10; i++)
			step(l);
		t->text = since(l, from);
		if (day_parse(t->text, &d) != RC_OK)
			rules_find(l->p, t, RULES_BAD_DATE, t->text, TEXT_NONE);
		t->n = d.n;
		return;
	}
	for (uint32_t c; (c = look(l)), is_digit(c) || (c == '.' && !point && l->at + 1 < l->source.n &&
	    is_digit((unsigned char)l->source.p[l->at + 1])); step(l)) {
		if (c == '.') {
			point = true;
			continue;
		}
		if (t->n > (INT64_MAX - 9) / 10) {
			bad = true;
			continue;
		}
		t->n = t->n * 10 + (int64_t)(c - '0');
		t->decimals += point;
	}
	if (look(l) == '%') {
		step(l);
		t->decimals += 2;
	}
	t->text = since(l, from);
	if (bad || t->decimals > RULES_DECIMAL_MAX)
		rules_find(l->p, t, RULES_BAD_NUMBER, t->text, TEXT_NONE);
	unit(l, t);
}

static void
string(struct lexer *l, struct rules_token *t, uint32_t close)
{
	size_t from, end;

	step(l);
	from = end = l->at;
	while (l->at < l->source.n && look(l) != close && look(l) != '\n') {
		step(l);
		end = l->at;
	}
	t->kind = T_STRING;
	t->text = (struct text){ l->source.p + from, end - from };
	if (l->at >= l->source.n || look(l) != close)
		rules_find(l->p, t, RULES_BAD_STRING, TEXT_NONE, TEXT_NONE);
	else
		step(l);
}

static void
sign(struct lexer *l, struct rules_token *t)
{
	size_t from = l->at;
	uint32_t c = step(l), next = look(l);

	if (!sign_of(c, &t->kind)) {
		if (c == '!' && next == '=') {
			t->kind = T_NE;
			step(l);
		} else {
			rules_find(l->p, t, RULES_BAD_BYTE, since(l, from), TEXT_NONE);
			t->kind = T_COMMA;
		}
	} else if ((t->kind == T_LT || t->kind == T_GT) && next == '=') {
		t->kind = t->kind == T_LT ? T_LE : T_GE;
		step(l);
	} else if (t->kind == T_LT && next == '>') {
		t->kind = T_NE;
		step(l);
	}
	t->text = since(l, from);
}

static void
name(struct lexer *l, struct rules_token *t)
{
	size_t from = l->at;

	while (l->at < l->source.n && is_name(look(l)))
		step(l);
	t->kind = T_NAME;
	t->text = since(l, from);
	t->word = word_of(t->text);
	if (t->text.n > 120)
		rules_find(l->p, t, RULES_TOO_LONG, t->text, TEXT("120"));
}

/* Past white space and comments ("#" to the end of the line). */
static void
blank(struct lexer *l)
{
	while (l->at < l->source.n) {
		uint32_t c = look(l);

		if (c == '#')
			while (l->at < l->source.n && look(l) != '\n')
				step(l);
		else if (is_space(c))
			step(l);
		else
			return;
	}
}

static struct rules_token *
token_new(struct lexer *l)
{
	struct rules_token *t;

	if (l->n == l->room) {
		struct rules_token *more = arena_array(l->p->mem, l->room * 2, sizeof *more);

		if (more == NULL)
			return NULL;
		for (size_t i = 0; i < l->n; i++)
			more[i] = l->token[i];
		l->token = more;
		l->room *= 2;
	}
	t = &l->token[l->n++];
	*t = (struct rules_token){ .word = W_COUNT, .line = l->line, .column = l->column, .first = l->first };
	l->first = false;
	return t;
}

enum rc
rules_lex(struct rules_parser *p, struct text source)
{
	struct lexer l = { .p = p, .source = source, .line = 1, .column = 1, .first = true, .room = 512 };

	l.token = arena_array(p->mem, l.room, sizeof *l.token);
	if (l.token == NULL)
		return RC_NO_MEMORY;
	for (blank(&l); l.at < l.source.n; blank(&l)) {
		struct rules_token *t = token_new(&l);
		uint32_t c = look(&l);

		if (t == NULL)
			return RC_NO_MEMORY;
		if (is_digit(c)) {
			number(&l, t);
		} else if (is_money_sign(c)) {
			step(&l);
			if (is_digit(look(&l)))
				number(&l, t);
			else
				rules_find(p, t, RULES_BAD_NUMBER, TEXT_NONE, TEXT_NONE);
			t->unit = UNIT_MONEY;
		} else if (c == '"' || c == 0x201C || c == 0x300C) {
			string(&l, t, c == '"' ? '"' : c == 0x201C ? 0x201D : 0x300D);
		} else if (is_name(c)) {
			name(&l, t);
		} else {
			sign(&l, t);
		}
	}
	l.first = true;
	if (token_new(&l) == NULL)
		return RC_NO_MEMORY;
	p->token = l.token;
	p->n_tokens = l.n;
	return RC_OK;
}

const struct rules_token *
rules_peek(const struct rules_parser *p)
{
	return &p->token[p->at];
}

const struct rules_token *
rules_take(struct rules_parser *p)
{
	const struct rules_token *t = &p->token[p->at];

	if (t->kind != T_END)
		p->at++;
	return t;
}

bool
rules_is(const struct rules_parser *p, enum rules_word w)
{
	return rules_peek(p)->kind == T_NAME && rules_peek(p)->word == w;
}

bool
rules_take_word(struct rules_parser *p, enum rules_word w)
{
	if (!rules_is(p, w))
		return false;
	rules_take(p);
	return true;
}

bool
rules_take_kind(struct rules_parser *p, enum rules_token_kind k)
{
	if (rules_peek(p)->kind != k)
		return false;
	rules_take(p);
	return true;
}

bool
rules_expect(struct rules_parser *p, enum rules_token_kind k, struct text what)
{
	if (rules_take_kind(p, k))
		return true;
	rules_find(p, rules_peek(p), RULES_EXPECTED, what, rules_peek(p)->text);
	return false;
}

bool
rules_expect_word(struct rules_parser *p, enum rules_word w)
{
	if (rules_take_word(p, w))
		return true;
	rules_find(p, rules_peek(p), RULES_EXPECTED, rules_word_text(w), rules_peek(p)->text);
	return false;
}

/* One finding per statement: what follows a mistake is mostly its echo. */
void
rules_find(struct rules_parser *p, const struct rules_token *at, enum rules_fault f, struct text a, struct text b)
{
	if (p->broken || p->findings->n >= RULES_FINDING_MAX)
		return;
	p->broken = p->token != NULL; /* the lexer reads on */
	p->findings->finding[p->findings->n++] =
	    (struct rules_finding){ .line = at->line, .column = at->column, .fault = f, .arg = { a, b } };
}

void *
rules_alloc(struct rules_parser *p, size_t size)
{
	void *v = arena_alloc(p->mem, size);

	if (v == NULL)
		p->no_memory = p->broken = true;
	return v;
}
