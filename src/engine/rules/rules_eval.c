/*
 * rules_eval: the walk over one case.  Steps are worked out when something asks for them, once, and
 * noted in the trace when they are done, so that whatever a line needs stands before it.
 */
#include "engine/rules/rules_eval.h"

#include "engine/rules/rules_facts_internal.h"

struct cell { struct rules_value value; int rule; bool done; };

struct judge {
	struct arena *mem;
	const struct rules *rules;
	const struct rules_facts *facts;
	struct cell **step;             /* by step, then by item (one outside lists) */
	struct rules_value **running;   /* by running total: before item 0, 1, …, after the last */
	int *running_done;
	int item[RULES_LIST_MAX];       /* the current one of each list */
	struct rules_trace *trace; size_t n_trace, room;
	uint64_t *seen;                 /* inputs and entries already in the trace */
	int stale[RULES_SMALL_MAX]; size_t n_stale;
	bool no_memory;
};

static struct rules_value eval(struct judge *j, const struct rules_node *e);

/* ---- values ----------------------------------------------------------------------------------------- */

static struct rules_value
missing(int bit)
{
	struct rules_value v = { .state = RULES_MISSING, .culprit = -1, .next = bit };

	v.missing.bit[bit / 64] |= UINT64_C(1) << (bit % 64);
	return v;
}

/* Both stand in the way; the first is asked for first. */
static struct rules_value
missing_both(struct rules_value a, struct rules_value b)
{
	if (a.state != RULES_MISSING)
		return b;
	if (b.state == RULES_MISSING)
		for (size_t i = 0; i < sizeof a.missing.bit / sizeof a.missing.bit[0]; i++)
			a.missing.bit[i] |= b.missing.bit[i];
	return a;
}

/* Neither known: the failure, or what is missing.  For operations that need both. */
static bool
either_blocks(struct rules_value a, struct rules_value b, struct rules_value *ret)
{
	if (a.state == RULES_KNOWN && b.state == RULES_KNOWN)
		return false;
	if (a.state == RULES_FAILED)
		*ret = a;
	else if (b.state == RULES_FAILED)
		*ret = b;
	else
		*ret = missing_both(a, b);
	return true;
}

static int
list_bit(const struct rules *r, int list)
{
	return (int)r->package.n_inputs + list;
}

static int
parameter_bit(const struct rules *r, int parameter)
{
	return (int)(r->package.n_inputs + r->package.n_lists) + parameter;
}

/* ---- trace ------------------------------------------------------------------------------------------ */

static void
note(struct judge *j, struct rules_trace t)
{
	if (j->n_trace == j->room) {
		size_t room = j->room == 0 ? 64 : j->room * 2;
		struct rules_trace *more = arena_array(j->mem, room, sizeof *more);

		if (more == NULL) {
			j->no_memory = true;
			return;
		}
		for (size_t i = 0; i < j->n_trace; i++)
			more[i] = j->trace[i];
		j->trace = more;
		j->room = room;
	}
	j->trace[j->n_trace++] = t;
}

static void
note_parameter(struct judge *j, int parameter, int entry, int64_t day, struct rules_value v)
{
	const struct rules_parameter *par = &j->rules->package.parameter[parameter];

	if (par->stale_days > 0 && day - par->entry[entry].from.n > par->stale_days) {
		bool there = false;

		for (size_t i = 0; i < j->n_stale; i++)
			there |= j->stale[i] == parameter;
		if (!there)
			j->stale[j->n_stale++] = parameter;
	}
	for (size_t i = 0; i < j->n_trace; i++)
		if (j->trace[i].kind == RULES_TRACE_PARAMETER && j->trace[i].index == parameter &&
		    j->trace[i].entry == entry && j->trace[i].day == day && j->trace[i].value.n == v.n)
			return;
	note(j, (struct rules_trace){ .kind = RULES_TRACE_PARAMETER, .index = parameter, .item = -1, .entry = entry,
	    .day = day, .rule = -1, .value = v });
}

static void
note_fact(struct judge *j, int input, int item, struct rules_value v)
{
	const struct rules_input *in = &j->rules->package.input[input];
	enum rules_trace_kind kind = in->list < 0 ? RULES_TRACE_INPUT : RULES_TRACE_FIELD;
	size_t bit = (size_t)input * RULES_LIST_ITEM_MAX + (size_t)(item < 0 ? 0 : item);

	if ((j->seen[bit / 64] >> (bit % 64)) & 1)
		return;
	j->seen[bit / 64] |= UINT64_C(1) << (bit % 64);
	note(j, (struct rules_trace){ .kind = kind, .index = input, .item = item, .entry = -1, .rule = -1, .value = v });
}

/* ---- facts, parameters -------------------------------------------------------------------------------- */

static struct rules_value
fact(struct judge *j, const struct rules_node *e)
{
	int item = e->op == OP_FIELD ? j->item[e->list] : 0;
	const struct rules_fact *f = &j->facts->fact[e->ref][item];
	struct rules_value v = f->known ? rules_known(f->n) : missing(e->ref);

	if (f->known)
		note_fact(j, e->ref, e->op == OP_FIELD ? item : -1, v);
	return v;
}

/* The entry in force on a day; false with why not. */
static bool
entry_on(struct judge *j, int parameter, struct rules_value day, int *ret_entry, struct rules_value *ret_why)
{
	const struct rules_parameter *par = &j->rules->package.parameter[parameter];

	if (day.state != RULES_KNOWN) {
		*ret_why = day;
		return false;
	}
	*ret_entry = rules_entry_at(par, (struct day){ (int32_t)day.n });
	if (*ret_entry < 0)
		*ret_why = rules_failed(RULES_NO_VALUE_ON_DAY, parameter, day.n);
	else if (par->entry[*ret_entry].unset)
		*ret_why = missing(parameter_bit(j->rules, parameter));
	else
		return true;
	return false;
}

static struct rules_value
parameter(struct judge *j, const struct rules_node *e)
{
	struct rules_value day = eval(j, e->kid[0]), v;
	int entry;

	if (!entry_on(j, e->ref, day, &entry, &v))
		return v;
	v = rules_known(j->rules->package.parameter[e->ref].entry[entry].value);
	note_parameter(j, e->ref, entry, day.n, v);
	return v;
}

static struct rules_value
peak(struct judge *j, const struct rules_node *e)
{
	const struct rules_parameter *par = &j->rules->package.parameter[e->ref];
	struct rules_value from = eval(j, e->kid[0]), to = eval(j, e->kid[1]), v;
	int first, best = -1;

	if (either_blocks(from, to, &v) || !entry_on(j, e->ref, from, &first, &v))
		return v;
	if (to.n < from.n || to.n > par->entry[par->n_entries - 1].to.n)
		return rules_failed(RULES_NO_VALUE_ON_DAY, e->ref, to.n);
	for (int i = first; (size_t)i < par->n_entries && par->entry[i].from.n <= to.n; i++) {
		if (par->entry[i].unset)
			return missing(parameter_bit(j->rules, e->ref));
		if (best < 0 || par->entry[i].value > par->entry[best].value)
			best = i;
	}
	v = rules_known(par->entry[best].value);
	note_parameter(j, e->ref, best, to.n, v);
	return v;
}

static struct rules_value
table(struct judge *j, const struct rules_node *e)
{
	const struct rules_parameter *par = &j->rules->package.parameter[e->ref];
	struct rules_value key = eval(j, e->kid[0]), day = eval(j, e->kid[1]), v;
	int entry, row;
	int64_t n;

	if (either_blocks(key, day, &v) || !entry_on(j, e->ref, day, &entry, &v))
		return v;
	row = rules_row_of(par, &par->entry[entry], key.n);
	if (row < 0)
		return rules_failed(RULES_NO_BAND, e->ref, day.n);
	n = e->op == OP_BAND_START ? par->entry[entry].row[row].key : par->entry[entry].row[row].value;
	if (e->op == OP_MARGINAL && !rules_marginal(&par->entry[entry], key.n, &n))
		return rules_failed(RULES_NO_BAND, e->ref, day.n);
	note_parameter(j, e->ref, entry, day.n, rules_known(n));
	return rules_known(n);
}

/* ---- steps and totals ----------------------------------------------------------------------------------- */

/* Two ways a missing condition leaves open: known only where they agree. */
static struct rules_value
agree(struct rules_value condition, struct rules_value a, struct rules_value b)
{
	if (a.state == RULES_KNOWN && b.state == RULES_KNOWN && a.n == b.n)
		return a;
	return missing_both(missing_both(condition, a), b);
}

static struct rules_value
decide(struct judge *j, const struct rules_body *b, size_t i, int *ret_rule)
{
	struct rules_value c, other;

	for (; b->arm[i].when != NULL; i++) {
		c = eval(j, b->arm[i].when);
		if (c.state == RULES_FAILED)
			return c;
		if (c.state == RULES_MISSING) {
			other = decide(j, b, i + 1, ret_rule);
			*ret_rule = -1;
			return agree(c, eval(j, b->arm[i].value), other);
		}
		if (c.n != 0)
			break;
	}
	*ret_rule = (int)i;
	return eval(j, b->arm[i].value);
}

static struct cell *
step_cell(struct judge *j, int step)
{
	int list = j->rules->package.step[step].list, item = list < 0 ? 0 : j->item[list];
	const struct rules_body *b = &j->rules->body[step];
	struct cell *c = &j->step[step][item];

	if (c->done)
		return c;
	c->rule = -1;
	c->value = b->value != NULL ? eval(j, b->value) : decide(j, b, 0, &c->rule);
	c->done = true;
	note(j, (struct rules_trace){ .kind = RULES_TRACE_STEP, .index = step, .item = list < 0 ? -1 : item, .entry = -1,
	    .rule = c->rule, .value = c->value });
	return c;
}

/* A total outside its range is a failure, before the first item as after any. */
static struct rules_value
in_range(const struct rules_running *r, struct rules_value v)
{
	bool outside = v.state == RULES_KNOWN && (v.n < r->least || v.n > r->most);

	return outside ? rules_failed(RULES_TOTAL_RANGE, -1, 0) : v;
}

/* The total before item `item` (after the last one: the number of items). */
static struct rules_value
running(struct judge *j, int index, int item)
{
	const struct rules_running *r = &j->rules->running[index];
	int keep = j->item[r->list];

	if (j->running_done[index] == 0) {
		j->running[index][0] = in_range(r, eval(j, r->start));
		j->running_done[index] = 1;
	}
	while (j->running_done[index] <= item) {
		int at = j->running_done[index];

		j->item[r->list] = at - 1;
		j->running[index][at] = in_range(r, eval(j, r->next));
		j->running_done[index] = at + 1;
	}
	j->item[r->list] = keep;
	return j->running[index][item];
}

/* ---- lists ------------------------------------------------------------------------------------------------ */

static struct rules_value
condition(struct judge *j, const struct rules_node *when)
{
	return when == NULL ? rules_known(1) : eval(j, when);
}

static struct rules_value
add(struct rules_value a, struct rules_value b)
{
	struct rules_value v;

	return either_blocks(a, b, &v) ? v : rules_known(a.n + b.n);
}

static struct rules_value
sum_item(struct judge *j, const struct rules_node *e)
{
	struct rules_value c = condition(j, e->kid[1]);

	if (c.state == RULES_FAILED)
		return c;
	if (c.state == RULES_MISSING)
		return agree(c, eval(j, e->kid[0]), rules_known(0));
	return c.n != 0 ? eval(j, e->kid[0]) : rules_known(0);
}

static struct rules_value
logic(struct rules_value a, struct rules_value b, int64_t decides)
{
	struct rules_value v;

	if (a.state == RULES_KNOWN && a.n == decides)
		return a;
	if (b.state == RULES_KNOWN && b.n == decides)
		return b;
	return either_blocks(a, b, &v) ? v : rules_known(!decides);
}

/* The largest, the smallest, or the first of the items that are meant. */
static struct rules_value
pick(struct judge *j, const struct rules_node *e, int n)
{
	struct rules_value best = rules_known(0), block = rules_known(0);
	bool found = false;

	for (int i = 0; i < n; i++) {
		struct rules_value c, v;

		j->item[e->list] = i;
		c = condition(j, e->kid[1]);
		if (c.state == RULES_KNOWN && c.n == 0)
			continue;
		v = c.state == RULES_KNOWN ? eval(j, e->kid[0]) : c;
		if (v.state != RULES_KNOWN) {
			if (e->op == OP_FIRST || v.state == RULES_FAILED)
				return v; /* a failure comes before what is missing, wherever it stands */
			block = missing_both(block, v);
			continue;
		}
		if (e->op == OP_FIRST)
			return v;
		if (!found || (e->op == OP_LARGEST ? v.n > best.n : v.n < best.n))
			best = v;
		found = true;
	}
	if (block.state == RULES_MISSING)
		return block;
	return found ? best : eval(j, e->kid[2]);
}

static struct rules_value
frequency(struct judge *j, const struct rules_node *e, int n)
{
	int64_t day[RULES_LIST_ITEM_MAX];
	struct rules_value block = rules_known(0);
	size_t m = 0;

	for (int i = 0; i < n; i++) {
		struct rules_value c, v;

		j->item[e->list] = i;
		c = condition(j, e->kid[1]);
		if (c.state == RULES_KNOWN && c.n == 0)
			continue;
		v = c.state == RULES_KNOWN ? eval(j, e->kid[0]) : c;
		if (v.state == RULES_FAILED)
			return v;
		if (v.state == RULES_MISSING)
			block = missing_both(block, v);
		else
			day[m++] = v.n;
	}
	return block.state == RULES_MISSING ? block : rules_known(rules_frequency_of(day, m));
}

static struct rules_value
over_list(struct judge *j, const struct rules_node *e)
{
	int n = j->facts->items[e->list], keep = j->item[e->list];
	struct rules_value v = rules_known(e->op == OP_ALL);

	if (n < 0)
		return missing(list_bit(j->rules, e->list));
	if (e->op == OP_FREQUENCY) {
		v = frequency(j, e, n);
	} else if (e->op == OP_SUM || e->op == OP_ANY || e->op == OP_ALL) {
		for (int i = 0; i < n; i++) {
			j->item[e->list] = i;
			if (e->op == OP_SUM)
				v = add(v, sum_item(j, e));
			else
				v = logic(v, eval(j, e->kid[0]), e->op == OP_ANY);
		}
	} else {
		v = pick(j, e, n);
	}
	j->item[e->list] = keep;
	return v;
}

/* ---- expressions ------------------------------------------------------------------------------------------------ */

static struct rules_value
choose(struct judge *j, const struct rules_node *e)
{
	struct rules_value c = eval(j, e->kid[0]);

	if (c.state == RULES_FAILED)
		return c;
	if (c.state == RULES_MISSING)
		return agree(c, eval(j, e->kid[1]), eval(j, e->kid[2]));
	return eval(j, e->kid[c.n != 0 ? 1 : 2]);
}

static struct rules_value
eval(struct judge *j, const struct rules_node *e)
{
	struct rules_value a, v;

	switch ((int)e->op) {
	case OP_LITERAL:
		return rules_known(e->n);
	case OP_INPUT:
	case OP_FIELD:
		return fact(j, e);
	case OP_STEP:
		return step_cell(j, e->ref)->value;
	case OP_RUNNING:
		return running(j, e->ref, j->item[e->list]);
	case OP_FINAL:
		if (j->facts->items[e->list] < 0)
			return missing(list_bit(j->rules, e->list));
		return running(j, e->ref, j->facts->items[e->list]);
	case OP_PARAMETER:
		return parameter(j, e);
	case OP_PEAK:
		return peak(j, e);
	case OP_LOOKUP:
	case OP_BAND_START:
	case OP_MARGINAL:
		return table(j, e);
	case OP_IF:
		return choose(j, e);
	case OP_AND:
	case OP_OR:
		a = eval(j, e->kid[0]);
		if (a.state == RULES_KNOWN && a.n == (e->op == OP_OR))
			return a;
		return logic(a, eval(j, e->kid[1]), e->op == OP_OR);
	case OP_KNOWN:
		return rules_known(eval(j, e->kid[0]).state == RULES_KNOWN);
	case OP_SUM: case OP_ANY: case OP_ALL: case OP_LARGEST: case OP_SMALLEST: case OP_FIRST: case OP_FREQUENCY:
		return over_list(j, e);
	default:
		a = eval(j, e->kid[0]);
		v = e->kid[1] == NULL ? rules_known(1) : eval(j, e->kid[1]);
		return either_blocks(a, v, &v) ? v : rules_operation(e, a, v);
	}
}

/* ---- the verdict ------------------------------------------------------------------------------------------------ */

static bool
begin(struct judge *j)
{
	const struct rules_package *k = &j->rules->package;

	j->step = arena_array(j->mem, k->n_steps + 1, sizeof *j->step);
	j->running = arena_array(j->mem, j->rules->n_running + 1, sizeof *j->running);
	j->running_done = arena_array(j->mem, j->rules->n_running + 1, sizeof *j->running_done);
	j->seen = arena_array(j->mem, (k->n_inputs + 1) * RULES_LIST_ITEM_MAX / 64 + 1, sizeof *j->seen);
	if (j->step == NULL || j->running == NULL || j->running_done == NULL || j->seen == NULL)
		return false;
	for (size_t i = 0; i < k->n_steps; i++) {
		int list = k->step[i].list, n = list < 0 ? 1 : j->facts->items[list];

		j->step[i] = arena_array(j->mem, n < 1 ? 1 : (size_t)n, sizeof **j->step);
		if (j->step[i] == NULL)
			return false;
	}
	for (size_t i = 0; i < j->rules->n_running; i++) {
		int n = j->facts->items[j->rules->running[i].list];

		j->running[i] = arena_array(j->mem, n < 0 ? 1 : (size_t)n + 1, sizeof **j->running);
		if (j->running[i] == NULL)
			return false;
	}
	return true;
}

/* Which of the conditions hold; those that are missing or failed do not. */
static bool
those_that_hold(struct judge *j, const struct rules_node **when, size_t n, const int **ret, size_t *ret_n)
{
	int *holds = arena_array(j->mem, n + 1, sizeof *holds);
	size_t m = 0;

	if (holds == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct rules_value v = eval(j, when[i]);

		if (v.state == RULES_KNOWN && v.n != 0)
			holds[m++] = (int)i;
	}
	*ret = holds;
	*ret_n = m;
	return true;
}

static void
outputs(struct judge *j)
{
	const struct rules_package *k = &j->rules->package;

	for (size_t i = 0; i < k->n_steps; i++) {
		int list = k->step[i].list, n = list < 0 ? 1 : j->facts->items[list];

		for (int item = 0; k->step[i].output && item < n; item++) {
			if (list >= 0)
				j->item[list] = item;
			(void)step_cell(j, (int)i);
		}
	}
}

/* The list of a field nobody could fill in yet comes before the field. */
static void
ask_next(const struct rules *r, struct rules_verdict *v)
{
	int bit = v->conclusion.state == RULES_MISSING ? v->conclusion.next : -1, n = (int)r->package.n_inputs;

	v->next_input = bit >= 0 && bit < n ? bit : -1;
	v->next_list = bit >= n && bit < n + (int)r->package.n_lists ? bit - n : -1;
}

enum rc
rules_judge(struct arena *mem, const struct rules *r, const struct rules_facts *f, struct rules_verdict *ret)
{
	const struct rules_package *k = &r->package;
	struct judge *j = ARENA_NEW(mem, struct judge);
	struct rules_verdict v = { .rules = r, .rule = -1, .next_input = -1, .next_list = -1 };
	struct cell *c;
	int *stale;

	if (j == NULL)
		return RC_NO_MEMORY;
	*j = (struct judge){ .mem = mem, .rules = r, .facts = f };
	if (!begin(j) || !those_that_hold(j, r->note + k->n_remarks, k->n_conflicts, &v.conflict, &v.n_conflicts))
		return RC_NO_MEMORY;
	if (v.n_conflicts == 0) {
		c = step_cell(j, k->conclusion);
		v.conclusion = c->value;
		v.rule = c->rule;
		ask_next(r, &v);
		outputs(j);
		if (!those_that_hold(j, r->note, k->n_remarks, &v.remark, &v.n_remarks))
			return RC_NO_MEMORY;
	}
	v.cell = arena_array(mem, k->n_steps + 1, sizeof *v.cell);
	stale = arena_array(mem, j->n_stale + 1, sizeof *stale);
	if (v.cell == NULL || stale == NULL || j->no_memory)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < j->n_stale; i++)
		stale[i] = j->stale[i];
	v.stale = stale;
	v.n_stale = j->n_stale;
	v.trace = j->trace;
	v.n_trace = j->n_trace;
	v.facts = f;
	for (size_t i = 0; i < k->n_steps; i++)
		v.cell[i] = j->step[i];
	*ret = v;
	return v.n_conflicts == 0 ? RC_OK : RC_INVALID;
}

enum rc
rules_verdict_step(const struct rules_verdict *v, int step, int item, struct rules_value *ret, int *ret_rule)
{
	const struct rules_package *k = &v->rules->package;
	const struct cell *c;
	int list;

	if (step < 0 || (size_t)step >= k->n_steps)
		return RC_NOT_FOUND;
	list = k->step[step].list;
	if ((list < 0) != (item < 0) || (list >= 0 && item >= v->facts->items[list]))
		return RC_NOT_FOUND;
	c = (const struct cell *)v->cell[step] + (item < 0 ? 0 : item);
	if (!c->done)
		return RC_NOT_FOUND;
	*ret = c->value;
	if (ret_rule != NULL)
		*ret_rule = c->rule;
	return RC_OK;
}

static bool
has(const struct rules_missing *m, int bit)
{
	return (m->bit[bit / 64] >> (bit % 64)) & 1;
}

bool
rules_is_missing(const struct rules_missing *m, int input)
{
	return has(m, input);
}

bool
rules_is_missing_list(const struct rules *r, const struct rules_missing *m, int list)
{
	return has(m, list_bit(r, list));
}

bool
rules_is_missing_parameter(const struct rules *r, const struct rules_missing *m, int parameter)
{
	return has(m, parameter_bit(r, parameter));
}
