/*
 * rules: what does a package of rules say?  A package is a text (docs/policy-language.md): dated
 * parameters with their sources, the facts it asks for, named steps, decisions by cases.  This
 * header compiles it and lets its parts be read; rules_eval.h judges one case, rules_batch.h a
 * population.  Knows no law: the laws stand in the text.
 *
 * Numbers are exact: every value is an int64 with a number of decimals fixed by its type, and the
 * compiler proves from the declared ranges that none can overflow.  Money has at least 2 decimals
 * (fen).  A division stands only inside a named rounding.  Nothing is a float.
 *
 * Owned by the arena of rules_compile(), immutable afterwards, free to be shared between threads.
 * Pure.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"

#define RULES_TEXT_MAX 262144 /* bytes of a package */
#define RULES_FINDING_MAX 50
#define RULES_LIST_ITEM_MAX 200
#define RULES_ASK_MAX 192     /* facts, fields of lists and parameters together */
#define RULES_DECIMAL_MAX 9   /* decimals of any value */
#define RULES_FOREVER INT32_MAX /* the `to` of an entry without an end */

enum rules_kind { RULES_TRUTH, RULES_NUMBER, RULES_MONEY, RULES_DATE, RULES_OPTION };

/* decimals: of RULES_NUMBER and RULES_MONEY; options: index into the package's options. */
struct rules_type { uint8_t kind, decimals; uint16_t options; };

/* "中文" / "English"; en is empty where the package gives none. */
struct rules_words { struct text zh, en; };

struct rules_document {
	struct text name;
	struct rules_words title;
	struct text number, issuer;   /* 文号, 机关; may be empty */
	struct day issued, effective; /* DAY_NONE where not given */
	bool unverified;              /* 未核实 */
};

/* Where a rule or a value comes from; document -1: none. */
struct rules_basis { int document; struct text article; };

struct rules_options { struct text name; size_t n; const struct rules_option *option; };
struct rules_option { struct text name; struct rules_words words; };

/* One value of a parameter from a day on.  A table has rows instead of the one value. */
struct rules_entry {
	struct day from, to;  /* both days belong to it; to.n RULES_FOREVER: no end */
	bool unset;           /* 空: nobody has stated the value yet */
	int64_t value;
	const struct rules_row *row; size_t n_rows;
	struct rules_basis basis;
	bool unverified;
	bool trial;           /* 试算: see rules_with_trials() */
	int line, last_line;  /* in the text, counted from 1 */
};
struct rules_row { int64_t key, value; }; /* numbers: from this key up to the next; options: exactly it */

struct rules_parameter {
	struct text name;
	struct rules_words words;
	struct rules_type type;
	bool table;
	struct rules_type key;          /* of a table */
	struct text unit;
	int64_t least, most;            /* bounds of each value */
	int stale_days;                 /* 0: never stale */
	const struct rules_entry *entry; size_t n_entries; /* by date */
	const struct rules_entry *trial; size_t n_trials;  /* 试算, by date: nothing here is ever in force */
	int line;
};

/* A fact that is asked for; also a field of a list. */
struct rules_input {
	struct text name;
	struct rules_type type;
	int64_t least, most;
	struct rules_words question, help;
	bool has_default;
	int64_t preset;
	int list;                       /* -1: a fact of its own */
	int line;
};

struct rules_list {
	struct text name;
	struct rules_words question, help;
	int most;                       /* items */
	int first_field, n_fields;      /* in the package's inputs */
	bool empty_by_default;          /* 缺省 无: not given is none */
	int line;
};

/* A named step.  cases: a decision; otherwise one expression. */
struct rules_step {
	struct text name;
	struct rules_words words;
	struct rules_type type;
	int list;                       /* -1, or the list it is worked out for each item of */
	const struct rules_case *rule; size_t n_rules;
	struct rules_basis basis;
	struct text source;             /* the expression as written; of decisions empty */
	int line;
	bool output;
};
struct rules_case {
	struct text when;               /* as written; empty for the last, "otherwise" */
	struct rules_words reason;
	struct rules_basis basis;
	int line;
};

struct rules_note { /* 备注 and 矛盾 */
	struct rules_words words;
	struct rules_basis basis;
	struct text when;
	int field;                      /* 矛盾: the input it is about, or -1 */
};

struct rules; /* the compiled package */

struct rules_package {
	struct text name, version;
	struct rules_words words;
	struct text source;
	int head_line;                  /* last line of the statement that names the package */
	int law_date;                   /* the input whose day picks the parameters' values */
	int conclusion;                 /* step that is the answer; -1: none named */
	size_t n_documents, n_options, n_parameters, n_inputs, n_lists, n_steps, n_remarks, n_conflicts;
	const struct rules_document *document;
	const struct rules_options *options;
	const struct rules_parameter *parameter;
	const struct rules_input *input;
	const struct rules_list *list;
	const struct rules_step *step;
	const struct rules_note *remark, *conflict;
};

enum rules_fault { /* what a finding says; its words are the caller's (standards/policy) */
	RULES_FINE,
	RULES_BAD_BYTE, RULES_BAD_NUMBER, RULES_BAD_STRING, RULES_BAD_DATE, RULES_TOO_LONG,
	RULES_EXPECTED,         /* arg 0 expected, arg 1 found */
	RULES_UNKNOWN_NAME, RULES_NAME_TAKEN, RULES_NAME_RESERVED,
	RULES_WRONG_TYPE,       /* arg 0 expected, arg 1 is */
	RULES_MONEY_TIMES_MONEY, RULES_DIVISION_OUTSIDE, RULES_TOO_MANY_DECIMALS, RULES_MAY_OVERFLOW,
	RULES_OUT_OF_RANGE,     /* arg 0 value, arg 1 bound */
	RULES_GAP, RULES_OVERLAP, RULES_ORDER, RULES_NO_ENTRY, RULES_ROW_ORDER,
	RULES_NO_LAW_DATE, RULES_NO_OTHERWISE, RULES_NO_PACKAGE, RULES_NO_CONCLUSION,
	RULES_TOO_MANY, RULES_TOO_DEEP, RULES_NEEDS_DEFAULT, RULES_NOT_HERE,
	RULES_FAULT_COUNT
};

struct rules_finding {
	int line, column;               /* from 1; the column in characters */
	enum rules_fault fault;
	struct text arg[2];
};

struct rules_findings { size_t n; struct rules_finding finding[RULES_FINDING_MAX]; };

/* RC_INVALID with findings; RC_TOO_LARGE past RULES_TEXT_MAX; RC_NO_MEMORY past the arena's bound. */
enum rc rules_compile(struct arena *mem, struct text source, struct rules_findings *findings,
    const struct rules **ret);
const struct rules_package *rules_package(const struct rules *r);

int rules_input_find(const struct rules *r, struct text name);                 /* -1: none */
int rules_field_find(const struct rules *r, int list, struct text name);
int rules_list_find(const struct rules *r, struct text name);
int rules_step_find(const struct rules *r, int list, struct text name);        /* list -1: not in a list */
int rules_parameter_find(const struct rules *r, struct text name);
int rules_option_find(const struct rules *r, int options, struct text name);

/* The entry of a parameter on a day; -1 before the first, after the last, and for DAY_NONE. */
int rules_entry_at(const struct rules_parameter *p, struct day d);

/*
 * The same package with another value for one entry; the rest is shared with `r`, which must outlive
 * it.  RC_INVALID outside the parameter's bounds, RC_NOT_FOUND for no such entry or a table.
 */
enum rc rules_with_value(struct arena *mem, const struct rules *r, int parameter, int entry, int64_t value,
    const struct rules **ret);
/* Likewise with another row in one entry of a table; RC_INVALID also for a key out of its order or taken. */
enum rc rules_with_row(struct arena *mem, const struct rules *r, int parameter, int entry, int row,
    struct rules_row new, const struct rules **ret);

/*
 * The same package with the values that stand in it only to be tried (试算) as if they were in force: each from its day up
 * to the next value, in the place of one that begins on the same day.  What is compiled knows nothing of them, so no
 * decision can.  `r` itself when there are none; else the rest is shared with it.
 */
enum rc rules_with_trials(struct arena *mem, const struct rules *r, const struct rules **ret);
bool rules_has_trials(const struct rules *r);

/* "1369.99", "70", "是", "2026-06-30", the option's name; out >= 48 bytes are used for numbers and days. */
struct text rules_print(const struct rules *r, struct rules_type type, int64_t value, char out[static 48]);
/* The other way; RC_INVALID for what the type cannot hold. */
enum rc rules_read(const struct rules *r, struct rules_type type, struct text t, int64_t *ret);
const char *rules_fault_key(enum rules_fault f); /* "may_overflow"; never NULL */
