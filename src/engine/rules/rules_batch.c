/* rules_batch: column code over rows, block after block, and the turning points and curves made of it. */
#include "engine/rules/rules_batch_internal.h"

static struct rules_work *
work_new(struct arena *mem, const struct rules_plan *plan, const struct rules_population *p)
{
	struct rules_work *w = ARENA_NEW(mem, struct rules_work);
	size_t n = (size_t)plan->n_registers;
	int64_t *values = arena_array(mem, n + 1, RULES_BLOCK * sizeof *values);
	uint16_t *states = arena_array(mem, n + 1, RULES_BLOCK * sizeof *states);

	if (w == NULL || values == NULL || states == NULL)
		return NULL;
	*w = (struct rules_work){ .plan = plan, .p = p, .k = rules_package(plan->rules) };
	w->lane = arena_array(mem, n + 1, sizeof *w->lane);
	w->slots = arena_array(mem, w->k->n_lists + 1, sizeof *w->slots);
	if (w->lane == NULL || w->slots == NULL)
		return NULL;
	for (size_t i = 0; i < n; i++)
		w->lane[i] = (struct rules_lane){ values + i * RULES_BLOCK, states + i * RULES_BLOCK, true };
	for (size_t i = 0; i < plan->n_pins; i++)
		for (int k = 0; k < RULES_BLOCK; k++)
			w->lane[plan->pin[i].r].n[k] = plan->pin[i].n;
	for (int i = 0; i < plan->n_days; i++) {
		w->days[i] = arena_array(mem, (size_t)plan->days_most * RULES_BLOCK, sizeof *w->days[i]);
		if (w->days[i] == NULL)
			return NULL;
	}
	return w;
}

static void
block_begin(struct rules_work *w, size_t row, size_t to)
{
	w->row = row;
	w->n = to - row < RULES_BLOCK ? (int)(to - row) : RULES_BLOCK;
	for (size_t i = 0; i < w->k->n_lists; i++)
		rules_slots_load(w, (int)i);
}

static void
override_set(struct rules_work *w, const struct rules_override *o, const int64_t *value)
{
	w->override = o;
	for (int i = 0; o != NULL && i < RULES_BLOCK; i++)
		w->override_value[i] = value[i < w->n ? i : w->n - 1];
}

static void
out_column(const struct rules_work *w, const struct rules_lane *l, const struct rules_column *out, size_t at)
{
	const uint16_t *s = rules_lane_states(l);

	for (int i = 0; out->n != NULL && i < w->n; i++)
		out->n[at + (size_t)i] = s[i] == LANE_MISSING ? 0 : l->n[i];
	for (int i = 0; out->state != NULL && i < w->n; i++)
		out->state[at + (size_t)i] = (uint8_t)(s[i] >= LANE_FAILED ? RULES_FAILED | (unsigned)(s[i] >> 8) << 2 :
		    s[i] == LANE_MISSING ? RULES_MISSING : RULES_KNOWN);
	for (int i = 0; out->culprit != NULL && i < w->n; i++)
		out->culprit[at + (size_t)i] = (int16_t)(s[i] >= LANE_FAILED ? (s[i] & 0xFF) - 1 : -1);
}

static bool
fits(const struct rules_plan *plan, const struct rules_population *p, size_t from, size_t to)
{
	return p->rules->package.input == plan->rules->package.input && from <= to && to <= p->n;
}

static enum rc
entry_check(const struct rules_plan *plan, int parameter, int entry)
{
	const struct rules_package *k = &plan->rules->package;

	if (parameter < 0 || (size_t)parameter >= k->n_parameters || entry < 0 ||
	    (size_t)entry >= k->parameter[parameter].n_entries || k->parameter[parameter].table)
		return RC_NOT_FOUND;
	return RC_OK;
}

enum rc
rules_batch_run(struct arena *mem, const struct rules_plan *plan, const struct rules_population *p, size_t from,
    size_t to, const struct rules_override *override, const struct rules_column *out)
{
	struct rules_work *w;

	if (!fits(plan, p, from, to))
		return RC_INVALID;
	if (override != NULL && entry_check(plan, override->parameter, override->entry) != RC_OK)
		return RC_NOT_FOUND;
	w = work_new(mem, plan, p);
	if (w == NULL)
		return RC_NO_MEMORY;
	for (size_t row = from; row < to; row += RULES_BLOCK) {
		block_begin(w, row, to);
		override_set(w, override, override == NULL ? NULL : override->value + (row - from));
		rules_code_run(w, &plan->code);
		for (size_t i = 0; i < plan->n_want; i++)
			out_column(w, &w->lane[plan->want[i]], &out[i], row - from);
	}
	return RC_OK;
}

/* ---- break-even ------------------------------------------------------------------------------------------ */

struct search {
	struct rules_work *w;
	struct rules_code again;     /* what the entry has a part in; the rest stands from the block's first run */
	bool first;
	const struct rules_turn *t;
	struct rules_override override;
	int64_t value[RULES_BLOCK];
	int index[RULES_BLOCK];      /* of the grid, by lane: what is asked */
	bool holds[RULES_BLOCK];     /* the answer */
	int low[RULES_BLOCK], high[RULES_BLOCK];
	bool odd[RULES_BLOCK];       /* not monotone */
};

static bool
touches(const struct rules_code *code, int parameter, const bool *touched);

/* Does the instruction read the parameter, or a register that depends on it? */
static bool
touched_by(const struct rules_instr *in, int parameter, const bool *touched)
{
	const struct rules_loop *l = in->loop;

	if ((in->op == OP_PARAMETER || in->op == OP_PEAK) && in->node->ref == parameter)
		return true;
	if ((in->a >= 0 && touched[in->a]) || (in->b >= 0 && touched[in->b]) || (in->c >= 0 && touched[in->c]))
		return true;
	if (l == NULL)
		return false;
	for (size_t c = 0; c < l->n_carries; c++)
		if (touched[l->carry[c].start] || touched[l->carry[c].next])
			return true;
	return (l->value >= 0 && touched[l->value]) || (l->condition >= 0 && touched[l->condition]) ||
	    touches(&l->code, parameter, touched);
}

static bool
touches(const struct rules_code *code, int parameter, const bool *touched)
{
	for (size_t i = 0; i < code->n; i++)
		if (touched_by(&code->instr[i], parameter, touched))
			return true;
	return false;
}

/* The part of a plan that must run again when the parameter has another value. */
static enum rc
again_of(struct arena *mem, const struct rules_plan *plan, int parameter, struct rules_code *ret)
{
	bool *touched = arena_array(mem, (size_t)plan->n_registers + 1, sizeof *touched);
	struct rules_instr *instr = arena_array(mem, plan->code.n + 1, sizeof *instr);

	if (touched == NULL || instr == NULL)
		return RC_NO_MEMORY;
	*ret = (struct rules_code){ .instr = instr };
	for (size_t i = 0; i < plan->code.n; i++) {
		const struct rules_instr *in = &plan->code.instr[i];

		if (!touched_by(in, parameter, touched))
			continue;
		instr[ret->n++] = *in;
		touched[in->r] = true;
	}
	return RC_OK;
}

/* Does the outcome hold at each lane's place in the grid? */
static void
ask(struct search *s)
{
	struct rules_work *w = s->w;
	const struct rules_lane *l;
	const uint16_t *state;

	for (int i = 0; i < w->n; i++)
		s->value[i] = s->t->grid[s->index[i]];
	override_set(w, &s->override, s->value);
	rules_code_run(w, s->first ? &w->plan->code : &s->again);
	s->first = false;
	l = &w->lane[w->plan->want[0]];
	state = rules_lane_states(l);
	for (int i = 0; i < w->n; i++)
		s->holds[i] = (state[i] == 0 && l->n[i] == s->t->wanted) == s->t->rising;
}

static void
ask_all_at(struct search *s, int index)
{
	for (int i = 0; i < s->w->n; i++)
		s->index[i] = index;
	ask(s);
}

/* low: not yet turned (−1 before the grid), high: turned (n_grid behind it). */
static void
ends(struct search *s)
{
	int n = (int)s->t->n_grid;

	ask_all_at(s, 0);
	for (int i = 0; i < s->w->n; i++) {
		s->low[i] = s->holds[i] ? -1 : 0;
		s->high[i] = s->holds[i] ? 0 : n;
	}
	ask_all_at(s, n - 1);
	for (int i = 0; i < s->w->n; i++) {
		s->odd[i] = s->high[i] == 0 && !s->holds[i];
		if (s->high[i] == n && s->holds[i])
			s->high[i] = n - 1;
		else if (s->high[i] == n)
			s->low[i] = n - 1;
	}
}

static void
halve(struct search *s)
{
	bool open = true;

	while (open) {
		open = false;
		for (int i = 0; i < s->w->n; i++) {
			open |= s->high[i] - s->low[i] > 1;
			s->index[i] = s->high[i] - s->low[i] > 1 ? (s->low[i] + s->high[i]) / 2 : s->high[i] > 0 ? s->high[i] - 1 : 0;
		}
		if (!open)
			return;
		ask(s);
		for (int i = 0; i < s->w->n; i++) {
			if (s->high[i] - s->low[i] <= 1)
				continue;
			if (s->holds[i])
				s->high[i] = s->index[i];
			else
				s->low[i] = s->index[i];
		}
	}
}

static void
verify(struct search *s)
{
	int n = (int)s->t->n_grid;

	for (int c = 0; c < s->t->checks; c++) {
		int at = (int)((int64_t)n * (2 * c + 1) / (2 * s->t->checks));

		ask_all_at(s, at);
		for (int i = 0; i < s->w->n; i++)
			s->odd[i] |= s->holds[i] != (at >= s->high[i]);
	}
}

static enum rc
turn_check(const struct rules_plan *plan, const struct rules_turn *t)
{
	enum rc rc = entry_check(plan, t->parameter, t->entry);
	const struct rules_parameter *par;

	if (rc != RC_OK)
		return rc;
	par = &plan->rules->package.parameter[t->parameter];
	if (plan->n_want < 1 || t->n_grid < 1 || t->n_grid > RULES_GRID_MAX || t->checks < 0 || t->grid[0] < par->least ||
	    t->grid[t->n_grid - 1] > par->most)
		return RC_INVALID;
	for (size_t i = 1; i < t->n_grid; i++)
		if (t->grid[i] <= t->grid[i - 1])
			return RC_INVALID;
	return RC_OK;
}

enum rc
rules_breakeven(struct arena *mem, const struct rules_plan *plan, const struct rules_population *p, size_t from,
    size_t to, const struct rules_turn *t, uint16_t *turn, struct rules_turned *ret)
{
	enum rc rc = fits(plan, p, from, to) ? turn_check(plan, t) : RC_INVALID;
	struct search *s;

	if (rc != RC_OK)
		return rc;
	s = ARENA_NEW(mem, struct search);
	if (s == NULL)
		return RC_NO_MEMORY;
	rc = rules_plan_make(mem, plan->rules, &plan->first_want, 1, true, &plan);
	if (rc == RC_OK)
		rc = again_of(mem, plan, t->parameter, &s->again);
	if (rc != RC_OK)
		return rc;
	s->w = work_new(mem, plan, p);
	if (s->w == NULL)
		return RC_NO_MEMORY;
	s->t = t;
	s->override = (struct rules_override){ t->parameter, t->entry, s->value };
	*ret = (struct rules_turned){ 0 };
	for (size_t row = from; row < to; row += RULES_BLOCK) {
		block_begin(s->w, row, to);
		s->first = true;
		ends(s);
		halve(s);
		verify(s);
		for (int i = 0; i < s->w->n; i++) {
			turn[row - from + (size_t)i] = (uint16_t)s->high[i];
			if (s->odd[i] && ret->n_not_monotone++ == 0)
				ret->first_not_monotone = row + (size_t)i;
		}
	}
	return RC_OK;
}

enum rc
rules_curve(struct arena *mem, const uint16_t *turn, size_t n, size_t n_grid, bool rising, uint64_t *count)
{
	size_t room = n_grid + 1;
	uint32_t *bins = arena_array(mem, room * 4, sizeof *bins); /* neighbours often turn alike: four places to add to */
	uint64_t turned = 0;

	if (bins == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		bins[i % 4 * room + turn[i]]++;
	for (size_t i = 0; i < n_grid; i++) {
		turned += (uint64_t)bins[i] + bins[room + i] + bins[2 * room + i] + bins[3 * room + i];
		count[i] = rising ? turned : n - turned;
	}
	return RC_OK;
}
