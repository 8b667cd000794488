/*
 * rules_eval: what do the rules say of one case, and why?  Walks the steps that matter and no others,
 * and keeps the trace: which step had which value, by which case of a decision, with which entry of
 * which parameter.
 *
 * Three kinds of value.  Known.  Missing: a fact nobody gave (or a parameter that is 空) stands in the
 * way, and the value says which; never a silent no.  Failed: no value on that day, a division by
 * zero.  What the missing fact cannot change is known all the same: false and missing is false, and a
 * choice whose two ways agree has that value.  The meaning of each operation with missing and failed
 * operands is in docs/policy-language.md; rules_batch.h keeps the same.
 *
 * Pure; memory from the caller's arena.
 */
#pragma once

#include "engine/rules/rules.h"

enum rules_state { RULES_MISSING, RULES_KNOWN, RULES_FAILED };
enum rules_failure { RULES_NO_FAILURE, RULES_NO_VALUE_ON_DAY, RULES_DIVIDED_BY_ZERO, RULES_NO_BAND, RULES_DAY_RANGE,
	RULES_TOTAL_RANGE };

struct rules_facts; /* what is known of one case; all missing at first */

/* NULL past the arena's bound. */
struct rules_facts *rules_facts_new(struct arena *mem, const struct rules *r);
/* RC_INVALID outside the input's bounds; the value is then still missing. */
enum rc rules_fact_set(struct rules_facts *f, int input, int64_t value);
/* How many items the list has; they are all missing their fields.  RC_INVALID past its `most`. */
enum rc rules_list_set(struct rules_facts *f, int list, int items);
enum rc rules_field_set(struct rules_facts *f, int list, int item, int field_input, int64_t value);
bool rules_fact_known(const struct rules_facts *f, int input, int64_t *ret);
int rules_list_items(const struct rules_facts *f, int list); /* -1: not given */
bool rules_field_known(const struct rules_facts *f, int list, int item, int field_input, int64_t *ret);

/* What stands in the way: inputs (fields included) by index, then lists, then parameters. */
struct rules_missing { uint64_t bit[(RULES_ASK_MAX + 63) / 64]; };
#define RULES_MISSING_NONE ((struct rules_missing){ { 0 } })

struct rules_value {
	int64_t n;
	enum rules_state state;
	enum rules_failure failure;
	int culprit;                   /* RULES_FAILED: the parameter without a value, or -1 */
	int64_t culprit_day;           /* the day it was asked for */
	int next;                      /* RULES_MISSING: the bit to ask for first */
	struct rules_missing missing;  /* RULES_MISSING: all that may still matter */
};

enum rules_trace_kind { RULES_TRACE_STEP, RULES_TRACE_PARAMETER, RULES_TRACE_INPUT, RULES_TRACE_FIELD };

struct rules_trace {
	enum rules_trace_kind kind;
	int index;                     /* of the step, parameter or input */
	int item;                      /* -1, or of its list */
	int entry;                     /* RULES_TRACE_PARAMETER */
	int64_t day;                   /* the day the parameter was read at */
	int rule;                      /* of a decision: the case that decided; -1: several agree */
	struct rules_value value;
};

struct rules_verdict {
	const struct rules *rules;
	struct rules_value conclusion; /* known when the package names one */
	int rule;                      /* its case */
	size_t n_trace; const struct rules_trace *trace; /* what a line needs stands before it */
	size_t n_remarks; const int *remark;
	size_t n_conflicts; const int *conflict; /* facts that contradict each other; nothing was judged */
	size_t n_stale; const int *stale;        /* parameters read longer after their from-date than they bear */
	int next_input, next_list;     /* the first fact that still matters; -1: none */
	const struct rules_facts *facts;
	const void **cell;             /* for rules_verdict_step() */
};

/*
 * RC_OK whatever the verdict says; RC_INVALID with n_conflicts when the facts contradict each other;
 * RC_NO_MEMORY past the arena's bound.
 */
enum rc rules_judge(struct arena *mem, const struct rules *r, const struct rules_facts *f, struct rules_verdict *ret);
/* A step's value, item -1 outside lists; ret_rule may be NULL: the case of a decision.  RC_NOT_FOUND for
 * no such item, and for a step nothing asked for. */
enum rc rules_verdict_step(const struct rules_verdict *v, int step, int item, struct rules_value *ret, int *ret_rule);
bool rules_is_missing(const struct rules_missing *m, int input);
bool rules_is_missing_list(const struct rules *r, const struct rules_missing *m, int list);
bool rules_is_missing_parameter(const struct rules *r, const struct rules_missing *m, int parameter);
