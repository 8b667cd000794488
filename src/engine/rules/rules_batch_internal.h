/*
 * rules_batch_internal: column code and the population it runs over.  Private to this folder.
 *
 * A register has one lane for each row of a block, always RULES_BLOCK of them: behind the last row that row
 * is repeated, so that loops have a fixed length and every lane holds a value within the proven bounds
 * unless its state says otherwise.  Loops over lists run slot by slot: slot k is the k-th item of each row.
 */
#pragma once

#include "engine/rules/rules_batch.h"
#include "engine/rules/rules_facts_internal.h"

#define RULES_BLOCK 256
/* Loops over lanes, compiled twice: for any x86-64 and for one with AVX2, taken where there is one. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define RULES_HOT __attribute__((noinline, optimize("O3"), target_clones("avx2", "default")))
#else
#define RULES_HOT
#endif
#define RULES_INSTR_MAX 100000
#define RULES_LOOP_DEPTH 8 /* loops within loops, through steps too */

enum { LANE_HOLDS = OP_COUNT, LANE_START, LANE_COPY, LANE_LOOP };

struct rules_loop;
struct rules_instr {
	int op;                /* enum rules_op or one of the above */
	int r, a, b, c;        /* registers; −1 none */
	const struct rules_node *node;
	struct rules_loop *loop;
	int running;           /* LANE_START */
};
struct rules_code { struct rules_instr *instr; size_t n, room; };
/* A total that goes from slot to slot. */
struct rules_carry { int running, start, total, next; };
struct rules_loop {
	enum rules_op op;      /* OP_SUM …, OP_FINAL: only its totals */
	int list, depth;
	int value, condition;  /* registers of the body; −1 none */
	const struct rules_node *field; /* a sum of nothing but this field, a count of the items where it is yes; or NULL */
	bool rest;             /* … where it is no */
	struct rules_carry *carry; size_t n_carries, room;
	struct rules_code code;
};

struct rules_plan {
	const struct rules *rules;
	struct rules_code code;
	int *want; size_t n_want;      /* registers */
	int first_want;                /* the step */
	struct rules_pin { int r; int64_t n; } *pin; size_t n_pins; /* literals, set once a run */
	int n_registers;               /* 0: of the pins, and on */
	int n_days;                    /* depths at which a loop collects days */
	int days_most;
};

/* keep: no register is used twice, so that a part of the code can run again by itself. */
enum rc rules_plan_make(struct arena *mem, const struct rules *r, const int *want, size_t n_want, bool keep,
    const struct rules_plan **ret);

/* ---- the population ---- */

enum rules_width { WIDTH_NONE, WIDTH_8, WIDTH_16, WIDTH_32, WIDTH_64 };

struct rules_stored {
	enum rules_width width;        /* WIDTH_NONE: nobody set it */
	int64_t least;                 /* added to what is stored */
	void *value;
	uint64_t *missing; size_t n_missing; /* missing may be NULL */
};

#define RULES_COUNT_GROUP 64
struct rules_stored_list {
	uint8_t *count;                /* NULL: nobody set it */
	uint64_t *first;               /* item of every RULES_COUNT_GROUP-th row */
	size_t n_items;
};

struct rules_population {
	struct arena *mem;
	const struct rules *rules;
	size_t n, bytes;
	struct rules_stored *input;
	struct rules_stored_list *list;
};

/* ---- a run ---- */

/* States of a lane: 0 known, 1 missing, a failure << 8 with its culprit + 1 below. */
#define LANE_MISSING 1
#define LANE_EMPTY 2               /* within a loop: no item was meant yet */
#define LANE_FAILED 256

struct rules_lane { int64_t *n; uint16_t *s; bool clean; }; /* clean: all known, s does not count */

struct rules_slots {
	uint64_t first[RULES_BLOCK];   /* item */
	int16_t items[RULES_BLOCK];
	bool not_given[RULES_BLOCK];
	bool any_not_given;
	int least, most, slot;
};

struct rules_work {
	const struct rules_plan *plan;
	const struct rules_population *p;
	const struct rules_package *k;
	size_t row; int n;             /* the block */
	struct rules_lane *lane;
	struct rules_slots *slots;     /* by list */
	const struct rules_override *override; size_t from;
	int64_t override_value[RULES_BLOCK];
	int32_t *days[RULES_LOOP_DEPTH];
};

static inline uint16_t
lane_failed(enum rules_failure why, int culprit)
{
	return (uint16_t)((unsigned)why << 8 | (unsigned)(culprit + 1));
}

const uint16_t *rules_lane_states(const struct rules_lane *l);
/* Whether any lane is not known decides `clean`. */
void rules_lane_settle(struct rules_lane *l);
/* Unless both are known: the failure of a, of b, or missing. */
void rules_lane_merge(struct rules_lane *r, const struct rules_lane *a, const struct rules_lane *b);
/* c ? a : b; where c is missing only what both agree on. */
void rules_lane_select(struct rules_lane *r, const struct rules_lane *c, const struct rules_lane *a,
    const struct rules_lane *b);
void rules_lane_logic(struct rules_lane *r, const struct rules_lane *a, const struct rules_lane *b, int64_t decides);
/* A known value outside least..most is a failure of its total. */
void rules_lane_range(struct rules_lane *r, int64_t least, int64_t most);
void rules_lane_copy(struct rules_lane *r, const struct rules_lane *a);
void rules_lane_operation(struct rules_work *w, const struct rules_instr *i);

void rules_lane_input(struct rules_work *w, const struct rules_instr *i);
void rules_lane_field(struct rules_work *w, const struct rules_instr *i);
void rules_lane_parameter(struct rules_work *w, const struct rules_instr *i);
void rules_slots_load(struct rules_work *w, int list);
/* The sum of a field over each row's items, straight from where they lie end to end; rest: how many items it leaves. */
void rules_lane_field_sum(struct rules_work *w, const struct rules_node *field, bool rest, struct rules_lane *r);
void rules_code_run(struct rules_work *w, const struct rules_code *code);
