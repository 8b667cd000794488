/*
 * rules_slot: loops over lists, slot by slot.  Slot k is the k-th item of every row that has one; the
 * others' lanes are worked out along with them and left out when the slot is taken in.
 */
#include "engine/rules/rules_batch_internal.h"

#define EACH(i) for (int i = 0; i < RULES_BLOCK; i++)

/* ---- before the first slot ------------------------------------------------------------------------------ */

static void
fold_begin(const struct rules_loop *l, struct rules_lane *r)
{
	bool folds = l->op == OP_SUM || l->op == OP_ANY || l->op == OP_ALL || l->op == OP_FINAL;

	r->clean = folds || l->op == OP_FREQUENCY;
	EACH(i)
		r->n[i] = l->op == OP_ALL;
	if (!r->clean)
		EACH(i)
			r->s[i] = LANE_EMPTY;
}

/* From here on lanes have states of their own. */
static void
unsettle(struct rules_lane *r)
{
	if (!r->clean)
		return;
	EACH(i)
		r->s[i] = 0;
	r->clean = false;
}

/* ---- one slot ---------------------------------------------------------------------------------------------- */

struct slot {
	const struct rules_loop *loop;
	const struct rules_slots *items;
	struct rules_lane *r;
	const struct rules_lane *value, *when; /* when may be NULL */
	bool all;                              /* every row has this item */
};

/* What an item adds: nothing where it is not meant. */
static uint16_t
meant(const struct slot *t, int i, int64_t *ret)
{
	uint16_t c = t->when == NULL ? 0 : rules_lane_states(t->when)[i], v = rules_lane_states(t->value)[i];

	*ret = t->value->n[i];
	if (t->when == NULL || (c == 0 && t->when->n[i] != 0))
		return v;
	if (c == 0) {
		*ret = 0;
		return 0;
	}
	if (c >= LANE_FAILED) {
		*ret = t->when->n[i];
		return c;
	}
	return v == 0 && *ret == 0 ? 0 : LANE_MISSING;
}

RULES_HOT static void
sum_clean(const struct slot *t)
{
	int64_t *restrict n = t->r->n;
	const int64_t *restrict v = t->value->n, *restrict c = t->when == NULL ? NULL : t->when->n;
	const int16_t *restrict items = t->items->items;
	int16_t k = (int16_t)t->items->slot;

	if (c == NULL && t->all)
		EACH(i)
			n[i] += v[i];
	else if (c == NULL)
		EACH(i)
			n[i] += items[i] > k ? v[i] : 0;
	else
		EACH(i)
			n[i] += ((c[i] != 0) & (items[i] > k)) ? v[i] : 0;
}

static void
sum_slot(const struct slot *t)
{
	struct rules_lane *r = t->r;

	if (r->clean && t->value->clean && (t->when == NULL || t->when->clean)) {
		sum_clean(t);
		return;
	}
	unsettle(r);
	EACH(i) {
		int64_t n;
		uint16_t s;

		if (t->items->items[i] <= t->items->slot || r->s[i] >= LANE_FAILED)
			continue;
		s = meant(t, i, &n);
		if (s >= LANE_FAILED) {
			r->s[i] = s;
			r->n[i] = n;
		} else {
			r->s[i] |= s;
			r->n[i] = (int64_t)((uint64_t)r->n[i] + (uint64_t)n);
		}
	}
}

/* Any: true decides; all: false does.  A failure stands before what is missing. */
static void
logic_slot(const struct slot *t)
{
	struct rules_lane *r = t->r;
	const uint16_t *v = rules_lane_states(t->value);
	int64_t decides = t->loop->op == OP_ANY;

	if (!t->value->clean)
		unsettle(r);
	if (r->clean) {
		EACH(i)
			r->n[i] = t->items->items[i] > t->items->slot && t->value->n[i] == decides ? decides : r->n[i];
		return;
	}
	EACH(i) {
		if (t->items->items[i] <= t->items->slot || (r->s[i] == 0 && r->n[i] == decides))
			continue;
		if (v[i] == 0 && t->value->n[i] == decides) {
			r->s[i] = 0;
			r->n[i] = decides;
		} else if (r->s[i] < LANE_FAILED && v[i] != 0) {
			r->s[i] = v[i] >= LANE_FAILED ? v[i] : LANE_MISSING;
			r->n[i] = t->value->n[i];
		}
	}
}

/* State and value of an item that may be picked; false: it is not meant. */
static bool
candidate(const struct slot *t, int i, uint16_t *ret_s, int64_t *ret)
{
	uint16_t c = t->when == NULL ? 0 : rules_lane_states(t->when)[i];

	if (t->items->items[i] <= t->items->slot || (t->when != NULL && c == 0 && t->when->n[i] == 0))
		return false;
	*ret_s = c != 0 ? c : rules_lane_states(t->value)[i];
	*ret = c != 0 ? t->when->n[i] : t->value->n[i];
	return true;
}

static void
pick_slot(const struct slot *t)
{
	struct rules_lane *r = t->r;

	EACH(i) {
		uint16_t s;
		int64_t n;

		if (r->s[i] >= LANE_FAILED || (t->loop->op == OP_FIRST && r->s[i] != LANE_EMPTY) || !candidate(t, i, &s, &n))
			continue;
		if (s != 0) {
			r->s[i] = s;
			r->n[i] = n;
		} else if (r->s[i] == LANE_EMPTY ||
		    (r->s[i] == 0 && (t->loop->op == OP_LARGEST ? n > r->n[i] : n < r->n[i]))) {
			r->s[i] = 0;
			r->n[i] = n;
		}
	}
}

/* Days are kept lane by lane; while collecting, the register holds how many. */
static void
frequency_slot(const struct slot *t, int32_t *days, int most)
{
	struct rules_lane *r = t->r;

	EACH(i) {
		uint16_t s;
		int64_t n;

		if ((!r->clean && r->s[i] >= LANE_FAILED) || !candidate(t, i, &s, &n))
			continue;
		if (s == 0 && (r->clean || r->s[i] == 0)) {
			days[i * most + r->n[i]++] = (int32_t)n;
		} else if (s != 0) {
			unsettle(r);
			r->s[i] = s;
			r->n[i] = n;
		}
	}
}

static void
carry_slot(struct rules_work *w, const struct rules_loop *l)
{
	const struct rules_slots *items = &w->slots[l->list];

	for (size_t c = 0; c < l->n_carries; c++) { /* out of range is a failure before anything takes it over */
		const struct rules_running *t = &w->plan->rules->running[l->carry[c].running];
		struct rules_lane *total = &w->lane[l->carry[c].total];
		const struct rules_lane *next = &w->lane[l->carry[c].next];
		const uint16_t *s = rules_lane_states(next);

		unsettle(total);
		EACH(i) {
			if (items->items[i] <= items->slot)
				continue;
			total->n[i] = next->n[i];
			total->s[i] = s[i];
			if (s[i] == 0 && (next->n[i] < t->least || next->n[i] > t->most)) {
				total->s[i] = lane_failed(RULES_TOTAL_RANGE, -1);
				total->n[i] = 0;
			}
		}
		rules_lane_settle(total);
	}
}

/* ---- after the last slot -------------------------------------------------------------------------------------- */

static void
frequency_end(struct rules_lane *r, const int32_t *days, int most)
{
	int64_t day[RULES_LIST_ITEM_MAX];

	EACH(i) {
		if (!r->clean && r->s[i] != 0)
			continue;
		for (int k = 0; k < r->n[i]; k++)
			day[k] = days[i * most + k];
		r->n[i] = rules_frequency_of(day, (size_t)r->n[i]);
	}
}

static void
fold_end(struct rules_work *w, const struct rules_instr *in)
{
	const struct rules_loop *l = in->loop;
	const struct rules_slots *items = &w->slots[l->list];
	struct rules_lane *r = &w->lane[in->r];
	const struct rules_lane *other = in->c < 0 ? NULL : &w->lane[in->c];

	if (l->op == OP_FREQUENCY)
		frequency_end(r, w->days[l->depth], w->plan->days_most);
	if (l->op == OP_FINAL)
		rules_lane_copy(r, &w->lane[l->carry[0].total]);
	for (int i = 0; other != NULL && i < RULES_BLOCK; i++)
		if (r->s[i] == LANE_EMPTY) {
			r->n[i] = other->n[i];
			r->s[i] = rules_lane_states(other)[i];
		}
	if (items->any_not_given) {
		unsettle(r);
		EACH(i)
			r->s[i] = items->not_given[i] ? LANE_MISSING : r->s[i];
	}
	rules_lane_settle(r);
}

static void
slot_run(struct rules_work *w, const struct rules_instr *in)
{
	const struct rules_loop *l = in->loop;
	struct slot t = { l, &w->slots[l->list], &w->lane[in->r], l->value < 0 ? NULL : &w->lane[l->value],
		l->condition < 0 ? NULL : &w->lane[l->condition], false };

	t.all = t.items->least > t.items->slot;
	rules_code_run(w, &l->code);
	switch ((int)l->op) {
	case OP_SUM:
		sum_slot(&t);
		break;
	case OP_ANY:
	case OP_ALL:
		logic_slot(&t);
		break;
	case OP_LARGEST:
	case OP_SMALLEST:
	case OP_FIRST:
		pick_slot(&t);
		break;
	case OP_FREQUENCY:
		frequency_slot(&t, w->days[l->depth], w->plan->days_most);
		break;
	default: /* OP_FINAL */
		break;
	}
	carry_slot(w, l);
}

static void
loop_run(struct rules_work *w, const struct rules_instr *in)
{
	const struct rules_loop *l = in->loop;
	struct rules_slots *items = &w->slots[l->list];
	int outer = items->slot; /* a step within this list's loop may walk the list itself */

	for (size_t c = 0; c < l->n_carries; c++)
		rules_lane_copy(&w->lane[l->carry[c].total], &w->lane[l->carry[c].start]);
	fold_begin(l, &w->lane[in->r]);
	if (l->field != NULL && w->p->input[l->field->ref].width != WIDTH_NONE && w->p->input[l->field->ref].n_missing == 0)
		rules_lane_field_sum(w, l->field, l->rest, &w->lane[in->r]);
	else
		for (int k = 0; k < items->most; k++) {
			items->slot = k;
			slot_run(w, in);
		}
	items->slot = outer;
	fold_end(w, in);
}

void
rules_code_run(struct rules_work *w, const struct rules_code *code)
{
	for (size_t i = 0; i < code->n; i++) {
		const struct rules_instr *in = &code->instr[i];

		switch (in->op) {
		case OP_INPUT:
			rules_lane_input(w, in);
			break;
		case OP_FIELD:
			rules_lane_field(w, in);
			break;
		case OP_PARAMETER: case OP_PEAK: case OP_LOOKUP: case OP_BAND_START: case OP_MARGINAL:
			rules_lane_parameter(w, in);
			break;
		case LANE_LOOP:
			loop_run(w, in);
			break;
		default:
			rules_lane_operation(w, in);
		}
	}
}
