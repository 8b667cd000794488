/* paper_internal: the words of the language of templates, and what walks their texts. */
#pragma once

#include "operations/paper/paper.h"

#define PAPER_SEALED_AS "paper.facts" /* context of sealed facts */

enum paper_word {
	WORD_TITLE, WORD_SUBTITLE, WORD_NUMBER, WORD_HEADING, WORD_PARA, WORD_FLUSH, WORD_RIGHT, WORD_NOTE, WORD_CLAUSE, WORD_LIST, WORD_TABLE,
	WORD_ROW, WORD_HEAD, WORD_EACH, WORD_TABLE_END, WORD_SIGN, WORD_SEAL, WORD_CUT, WORD_BREAK, WORD_SPACE, WORD_IF,
	WORD_UNLESS, WORD_END, WORD_COUNT
};

/* One piece of a text: words as they stand, a placeholder, or a condition. */
enum paper_piece_kind { PIECE_WORDS, PIECE_FACT, PIECE_COLUMN, PIECE_IF, PIECE_UNLESS, PIECE_END };
struct paper_piece { enum paper_piece_kind kind; struct text text; };
/* The next piece of *rest; false at its end.  A brace that closes nothing or holds no key: *ret_why. */
bool paper_piece_next(struct text *rest, struct paper_piece *ret, const char **ret_why);

/* NULL: not declared.  list: of which list it is a column; empty: none. */
const struct paper_declared *paper_declared_find(const struct paper_template *t, struct text key, struct text list);
/* The first word of a line, and what follows it. */
struct text paper_word_cut(struct text *rest);
/* A cell of "a | b"; false when there is none left. */
bool paper_cell_next(struct text *rest, bool *begun, struct text *ret);
/* As a reader sees it: days, moments and money in Chinese; into the arena. */
struct text paper_value_print(struct arena *mem, enum paper_kind kind, struct text value);
