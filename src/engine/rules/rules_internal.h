/*
 * rules_internal: the compiled form of a package.  Expressions are trees of typed nodes whose bounds
 * are proven; rules_eval.c walks them for one case, rules_plan.c turns them into column code.
 * Private to this folder.
 */
#pragma once

#include "engine/rules/rules.h"

#define RULES_DEPTH_MAX 64
#define RULES_NODE_MAX 20000
#define RULES_REACH_MAX 4000 /* nodes on the longest way from a step down to the facts */

__extension__ typedef __int128 rules_wide; /* bounds while they are being proven */

enum rules_op {
	OP_LITERAL,     /* n */
	OP_INPUT,       /* ref: input */
	OP_FIELD,       /* ref: input, list */
	OP_STEP,        /* ref: step; list -1 or its list */
	OP_RUNNING,     /* ref: running, within its loop: before the current item */
	OP_FINAL,       /* ref: running, after the last item */
	OP_PARAMETER,   /* ref: parameter; kid 0: day */
	OP_PEAK,        /* ref: parameter; kid 0..1: from, to: greatest value in force in between */
	OP_LOOKUP,      /* ref: table; kid 0: key, kid 1: day */
	OP_BAND_START,  /* likewise: the key its row begins at */
	OP_MARGINAL,    /* likewise: sum over the bands of value × the part of the key within */
	OP_SCALE,       /* kid 0 × n, n a power of ten */
	OP_ADD, OP_SUB, OP_MUL, OP_NEG, OP_ABS, OP_LARGER, OP_SMALLER,
	OP_ROUND,       /* kid 0 × n ÷ (kid 1 or 1) × …, to type.decimals; see round_of() */
	OP_EQ, OP_NE, OP_LT, OP_LE,
	OP_AND, OP_OR, OP_NOT,
	OP_IF,          /* kid 0 ? kid 1 : kid 2 */
	OP_IN,          /* kid 0 among the options whose bits n has */
	OP_AGE,         /* kid 0 born, kid 1 at */
	OP_YEAR, OP_YEAR_FIRST, OP_YEAR_LAST, OP_MONTH_FIRST,
	OP_DAYS,        /* kid 0 − kid 1 */
	OP_DAY_ADD,     /* kid 0 + n days, or months with mode 1 */
	OP_KNOWN,
	OP_SUM,         /* list; kid 0: value, kid 1: condition or NULL */
	OP_ANY, OP_ALL, /* list; kid 0: condition */
	OP_LARGEST, OP_SMALLEST, OP_FIRST, /* list; kid 0: value, 1: condition or NULL, 2: if there is none */
	OP_FREQUENCY,   /* list; kid 0: day, kid 1: condition or NULL */
	OP_COUNT
};

enum rules_rounding { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_TO_ZERO, ROUND_DOWN, ROUND_UP, ROUND_AWAY };

struct rules_node {
	enum rules_op op;
	struct rules_type type;
	int64_t least, most;  /* of any known value; truths 0..1 */
	int64_t n;
	int64_t d;            /* OP_ROUND: divide by it too */
	int ref, list, mode;
	const struct rules_node *kid[3];
};

struct rules_arm { const struct rules_node *when, *value; }; /* when NULL: otherwise */
struct rules_body { const struct rules_node *value; const struct rules_arm *arm; size_t n_arms; int loop; };
/* A total carried from item to item; a next value outside least..most is a failure. */
struct rules_running {
	struct text name; struct rules_type type; int64_t least, most; int list, loop;
	const struct rules_node *start, *next; /* next in the scope of an item */
};

struct rules {
	struct rules_package package;
	struct rules_body *body;        /* by step */
	struct rules_running *running; size_t n_running;
	const struct rules_node **note; /* conditions: the remarks, then the conflicts */
	int frequency_options;          /* the built-in 付款频率 */
};

/* The set of options with that name; -1: none. */
int rules_options_find(const struct rules *r, struct text name);

/* What OP_FREQUENCY answers; the built-in options stand in this order. */
enum rules_frequency {
	FREQUENCY_WEEK, FREQUENCY_FORTNIGHT, FREQUENCY_FOUR_WEEKS, FREQUENCY_MONTH, FREQUENCY_QUARTER,
	FREQUENCY_YEAR, FREQUENCY_UNSTEADY,
	FREQUENCY_COUNT
};
/* Days in any order; see docs/policy-language.md for the bounds of each. */
enum rules_frequency rules_frequency_of(int64_t *days, size_t n);

/* value × n ÷ d rounded; d > 0.  Exact in 128 bits. */
int64_t rules_round(int64_t value, int64_t n, int64_t d, enum rules_rounding mode);
int64_t rules_power10(int decimals);
/* Row of a table for a key, -1 below the first (or no such option). */
int rules_row_of(const struct rules_parameter *p, const struct rules_entry *e, int64_t key);
/* The sum over the bands; false below the first band. */
bool rules_marginal(const struct rules_entry *e, int64_t key, int64_t *ret);

/* ---- the parser's own ------------------------------------------------------------------------ */

enum rules_word {
#define W(id, zh, en, reserved) W_##id,
#include "engine/rules/rules_words_internal.h"
#undef W
	W_COUNT
};

enum rules_token_kind {
	T_END, T_NAME, T_NUMBER, T_STRING, T_DAY,
	T_PLUS, T_MINUS, T_TIMES, T_DIVIDE, T_OPEN, T_CLOSE, T_COMMA, T_COLON, T_DOT,
	T_EQ, T_NE, T_LT, T_LE, T_GT, T_GE, T_BRACE_OPEN, T_BRACE_CLOSE
};
enum rules_unit { UNIT_NONE, UNIT_MONEY, UNIT_DAYS, UNIT_MONTHS, UNIT_YEARS };

struct rules_token {
	enum rules_token_kind kind;
	struct text text;
	enum rules_word word;   /* T_NAME; W_COUNT: an ordinary name */
	int line, column;
	bool first;             /* on its line */
	int64_t n;              /* number: all digits; day */
	int decimals;
	enum rules_unit unit;
};

struct rules_scope { int list, loop; };

struct rules_parser {
	struct arena *mem;
	struct rules *rules;
	struct rules_findings *findings;
	const struct rules_token *token; size_t n_tokens, at;
	struct rules_scope scope[4]; int n_scopes;
	int depth, nodes;
	int nodes_before, deepest; /* nodes before this statement; the weight of what it refers to */
	int *reach, *reach_carry;  /* by step, by running: nodes on the longest way down, bounding the walk's stack */
	bool broken;            /* the current statement had a finding; skip to the next */
	bool no_memory;
	/* growing parts of the package */
	struct rules_document *document; struct rules_options *options; struct rules_parameter *parameter;
	struct rules_input *input; struct rules_list *list; struct rules_step *step;
	struct rules_note *remark, *conflict; const struct rules_node **remark_when, **conflict_when;
};

#define RULES_PART_MAX 512      /* steps */
#define RULES_SMALL_MAX 128     /* documents, options, parameters, inputs, remarks, conflicts, totals */
#define RULES_LIST_MAX 16

enum rc rules_lex(struct rules_parser *p, struct text source);
void rules_find(struct rules_parser *p, const struct rules_token *at, enum rules_fault f, struct text a, struct text b);
const struct rules_token *rules_peek(const struct rules_parser *p);
const struct rules_token *rules_take(struct rules_parser *p);
bool rules_is(const struct rules_parser *p, enum rules_word w);
bool rules_take_word(struct rules_parser *p, enum rules_word w);
bool rules_take_kind(struct rules_parser *p, enum rules_token_kind k);
bool rules_expect(struct rules_parser *p, enum rules_token_kind k, struct text what);
bool rules_expect_word(struct rules_parser *p, enum rules_word w);
struct text rules_word_text(enum rules_word w);
bool rules_word_reserved(enum rules_word w);
void *rules_alloc(struct rules_parser *p, size_t size);

/* The pieces of an expression that rules_call.c and rules_expr.c build of each other; NULL after a finding. */
const struct rules_node *rules_sum(struct rules_parser *p);
const struct rules_node *rules_call(struct rules_parser *p);
const struct rules_node *rules_field_node(struct rules_parser *p, int input);
const struct rules_node *rules_law_day(struct rules_parser *p, const struct rules_token *at);
const struct rules_node *rules_day_argument(struct rules_parser *p);
const struct rules_node *rules_close(struct rules_parser *p, const struct rules_node *e);
const struct rules_node *rules_expected(struct rules_parser *p, struct text what);
/* An expression; NULL after a finding. */
const struct rules_node *rules_expression(struct rules_parser *p);
const struct rules_node *rules_condition(struct rules_parser *p);
/* Convert to the type (more decimals, 0 to money) or say what is wrong. */
const struct rules_node *rules_fit(struct rules_parser *p, const struct rules_node *e, struct rules_type type,
    const struct rules_token *at);
/* Constant of the declared type at the current token: number, day, 是/否, option; within least..most. */
bool rules_constant(struct rules_parser *p, struct rules_type type, int64_t least, int64_t most, int64_t *ret);
struct text rules_type_name(const struct rules_parser *p, struct rules_type t);

/* typed nodes, rules_node.c */
struct rules_node *rules_node(struct rules_parser *p, enum rules_op op, struct rules_type type);
const struct rules_node *rules_literal(struct rules_parser *p, struct rules_type type, int64_t n);
struct rules_node *rules_arithmetic(struct rules_parser *p, const struct rules_token *at, enum rules_op op,
    const struct rules_node *a, const struct rules_node *b);
const struct rules_node *rules_compare(struct rules_parser *p, const struct rules_token *at,
    enum rules_token_kind sign, const struct rules_node *a, const struct rules_node *b);
const struct rules_node *rules_round_node(struct rules_parser *p, const struct rules_token *at,
    const struct rules_node *a, const struct rules_node *b, int decimals, enum rules_rounding mode);
/* Bring two values to one type: same decimals, a bare 0 as money. */
bool rules_align(struct rules_parser *p, const struct rules_token *at, const struct rules_node **a,
    const struct rules_node **b);

/* statements, rules_parse.c and rules_each.c */
void rules_define_statement(struct rules_parser *p, int list, int loop);
void rules_decide_statement(struct rules_parser *p, int list, int loop);
void rules_each_statement(struct rules_parser *p, int column);
void rules_statement_begins(struct rules_parser *p);
void rules_skip(struct rules_parser *p);
/* A new name, not taken; `n` things of its kind there are, at most `most`. */
bool rules_new_name(struct rules_parser *p, int list, size_t n, size_t most, struct text *ret);

/* dated entries, rules_parameter.c */
void rules_parameter_statement(struct rules_parser *p);
bool rules_type_parse(struct rules_parser *p, struct rules_type *ret);
bool rules_words_parse(struct rules_parser *p, struct rules_words *ret);
bool rules_basis_parse(struct rules_parser *p, struct rules_basis *ret);
bool rules_name_parse(struct rules_parser *p, struct text *ret);
bool rules_range_parse(struct rules_parser *p, struct rules_type type, int64_t *least, int64_t *most);
void rules_range_of(struct rules_type type, bool parameter, const struct rules_parser *p, int64_t *least, int64_t *most);

#define RULES_DAY_LEAST (-25567) /* 1900-01-01 */
#define RULES_DAY_MOST 54787     /* 2120-01-01 */
/* Where days end: 1600-01-01 and 9999-12-31; arithmetic that leaves them fails with RULES_DAY_RANGE. */
#define RULES_DAY_FIRST (-135140)
#define RULES_DAY_LAST 2932896

static inline struct rules_type
rules_truth_type(void)
{
	return (struct rules_type){ .kind = RULES_TRUTH };
}
