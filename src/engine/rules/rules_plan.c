/*
 * rules_plan: the trees of a package as column code.  Each operation goes into the innermost loop whose
 * item it needs, so that what is the same for all items is worked out before the loop; a step is worked
 * out once in each loop that asks for it.  At the end the registers are dealt out again by when each is
 * last read.
 */
#include "engine/rules/rules_batch_internal.h"

struct context {
	struct context *up;
	int list, depth, id;
	struct rules_code *code;
	struct rules_loop *loop; /* NULL outside all */
};

struct key { int id, op, ref, a, b, c; int64_t n, d; int mode; };
struct slot { struct key key; int r; struct slot *next; };

struct planner {
	struct arena *mem;
	const struct rules *rules;
	struct rules_plan *plan;
	struct context *root;
	/* By register: the depth of the context it is set in; a total is set outside its loop but changes within. */
	int *depth_of, *varies_at; int n_virtual, room;
	int n_contexts, n_instr;
	bool keep;              /* every register for itself, so that parts of the code can run again */
	struct slot *table[1024];
	enum rc rc;
};

static int node(struct planner *p, struct context *c, const struct rules_node *e);

static void *
grown(struct planner *p, void *old, size_t n, size_t room, size_t size)
{
	char *more = arena_array(p->mem, room, size);

	if (more == NULL) {
		p->rc = RC_NO_MEMORY;
		return NULL;
	}
	for (size_t i = 0; i < n * size; i++)
		more[i] = ((const char *)old)[i];
	return more;
}

static int
new_register(struct planner *p, int depth)
{
	if (p->n_virtual == p->room) {
		int room = p->room == 0 ? 256 : p->room * 2;
		int *more = grown(p, p->depth_of, (size_t)p->n_virtual, (size_t)room, sizeof *more);
		int *too = grown(p, p->varies_at, (size_t)p->n_virtual, (size_t)room, sizeof *too);

		if (more == NULL || too == NULL)
			return -1;
		p->depth_of = more;
		p->varies_at = too;
		p->room = room;
	}
	p->depth_of[p->n_virtual] = p->varies_at[p->n_virtual] = depth;
	return p->n_virtual++;
}

static void
emit(struct planner *p, struct context *c, struct rules_instr in)
{
	struct rules_code *code = c->code;

	if (p->rc != RC_OK)
		return;
	if (++p->n_instr > RULES_INSTR_MAX) {
		p->rc = RC_TOO_LARGE;
		return;
	}
	if (code->n == code->room) {
		size_t room = code->room == 0 ? 16 : code->room * 2;
		struct rules_instr *more = grown(p, code->instr, code->n, room, sizeof *more);

		if (more == NULL)
			return;
		code->instr = more;
		code->room = room;
	}
	code->instr[code->n++] = in;
}

/* ---- what was worked out already --------------------------------------------------------------------- */

static bool
same(const struct key *a, const struct key *b)
{
	return a->id == b->id && a->op == b->op && a->ref == b->ref && a->a == b->a && a->b == b->b && a->c == b->c &&
	    a->n == b->n && a->d == b->d && a->mode == b->mode;
}

static size_t
hash(const struct key *k)
{
	uint64_t h = (uint64_t)k->id;
	uint64_t parts[] = { (uint64_t)k->op, (uint64_t)k->ref, (uint64_t)k->a, (uint64_t)k->b, (uint64_t)k->c,
		(uint64_t)k->n };

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		h = (h ^ parts[i]) * UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(h >> 54);
}

static int
found(const struct planner *p, const struct key *k)
{
	for (const struct slot *s = p->table[hash(k)]; s != NULL; s = s->next)
		if (same(&s->key, k))
			return s->r;
	return -1;
}

static void
remember(struct planner *p, const struct key *k, int r)
{
	struct slot *s = ARENA_NEW(p->mem, struct slot);

	if (s == NULL) {
		p->rc = RC_NO_MEMORY;
		return;
	}
	*s = (struct slot){ *k, r, p->table[hash(k)] };
	p->table[hash(k)] = s;
}

/* ---- contexts ------------------------------------------------------------------------------------------ */

static struct context *
context_of(struct context *c, int list)
{
	while (c->list != list && c->up != NULL)
		c = c->up;
	return c;
}

static struct context *
context_at(struct context *c, int depth)
{
	while (c->depth > depth)
		c = c->up;
	return c;
}

/* The lists whose current item the expression reads. */
static uint32_t
lists_read(const struct rules_node *e)
{
	uint32_t mask = 0;

	if (e == NULL)
		return 0;
	if (e->op == OP_FIELD || e->op == OP_RUNNING || (e->op == OP_STEP && e->list >= 0))
		return UINT32_C(1) << e->list;
	for (int i = 0; i < 3; i++)
		mask |= lists_read(e->kid[i]);
	if (e->op >= OP_SUM && e->op <= OP_FREQUENCY)
		mask &= ~(UINT32_C(1) << e->list);
	return mask;
}

static struct context *
context_for(struct context *c, uint32_t lists)
{
	while (c->up != NULL && (lists >> c->list & 1) == 0)
		c = c->up;
	return c;
}

/* ---- operations ------------------------------------------------------------------------------------------ */

static int
put(struct planner *p, struct context *c, struct rules_instr in)
{
	const struct rules_node *e = in.node;
	struct key k = { c->id, in.op, e == NULL ? in.running : e->ref, in.a, in.b, in.c, e == NULL ? 0 : e->n,
		e == NULL ? 0 : e->d, e == NULL ? 0 : e->mode };

	if (p->rc != RC_OK)
		return 0;
	in.r = found(p, &k);
	if (in.r >= 0)
		return in.r;
	in.r = new_register(p, c->depth);
	if (in.r < 0)
		return 0;
	emit(p, c, in);
	remember(p, &k, in.r);
	return in.r;
}

static int
literal(struct planner *p, int64_t n)
{
	struct rules_plan *plan = p->plan;
	struct key k = { .id = -1, .op = OP_LITERAL, .n = n };
	int r = found(p, &k);

	if (r >= 0 || p->rc != RC_OK)
		return r < 0 ? 0 : r;
	if ((plan->n_pins & (plan->n_pins - 1)) == 0) { /* full at each power of two */
		struct rules_pin *more = grown(p, plan->pin, plan->n_pins, plan->n_pins == 0 ? 1 : plan->n_pins * 2, sizeof *more);

		if (more == NULL)
			return 0;
		plan->pin = more;
	}
	r = new_register(p, 0);
	if (r < 0)
		return 0;
	plan->pin[plan->n_pins++] = (struct rules_pin){ r, n };
	remember(p, &k, r);
	return r;
}

static int
operation(struct planner *p, struct context *c, const struct rules_node *e)
{
	int r[3] = { -1, -1, -1 }, depth = 0;

	for (int i = 0; i < 3 && e->kid[i] != NULL; i++) {
		r[i] = node(p, c, e->kid[i]);
		if (p->rc != RC_OK)
			return 0;
		depth = p->varies_at[r[i]] > depth ? p->varies_at[r[i]] : depth;
	}
	return put(p, context_at(c, depth), (struct rules_instr){ .op = (int)e->op, .a = r[0], .b = r[1], .c = r[2],
	    .node = e });
}

static int
select_of(struct planner *p, struct context *c, int when, int a, int b)
{
	int depth = 0, r[3] = { when, a, b };

	for (int i = 0; i < 3 && p->rc == RC_OK; i++)
		depth = p->varies_at[r[i]] > depth ? p->varies_at[r[i]] : depth;
	return put(p, context_at(c, depth), (struct rules_instr){ .op = OP_IF, .a = when, .b = a, .c = b });
}

static int
step(struct planner *p, struct context *c, int index)
{
	const struct rules_body *b = &p->rules->body[index];
	int list = p->rules->package.step[index].list, r;
	struct key k;

	c = list < 0 ? p->root : context_of(c, list);
	k = (struct key){ .id = c->id, .op = OP_STEP, .ref = index };
	r = found(p, &k);
	if (r >= 0 || p->rc != RC_OK)
		return r < 0 ? 0 : r;
	if (b->value != NULL) {
		r = node(p, c, b->value);
	} else {
		r = node(p, c, b->arm[b->n_arms - 1].value);
		for (size_t i = b->n_arms - 1; i-- > 0 && p->rc == RC_OK;)
			r = select_of(p, c, node(p, c, b->arm[i].when), node(p, c, b->arm[i].value), r);
	}
	if (p->rc == RC_OK)
		remember(p, &k, r);
	return r;
}

/* ---- loops ------------------------------------------------------------------------------------------------- */

/* The total within the loop over its list; it joins the loop when it is read first. */
static int
running(struct planner *p, struct context *c, int index)
{
	struct rules_loop *l;
	struct rules_carry carry = { .running = index, .next = -1 };

	c = context_of(c, p->rules->running[index].list);
	l = c->loop;
	for (size_t i = 0; i < l->n_carries; i++)
		if (l->carry[i].running == index)
			return l->carry[i].total;
	carry.start = node(p, p->root, p->rules->running[index].start);
	carry.start = put(p, p->root, (struct rules_instr){ .op = LANE_START, .a = carry.start, .b = -1, .c = -1,
	    .running = index });
	carry.total = new_register(p, c->depth - 1);
	if (p->rc != RC_OK || carry.total < 0)
		return 0;
	p->varies_at[carry.total] = c->depth;
	if (l->n_carries == l->room) {
		size_t room = l->room == 0 ? 4 : l->room * 2;
		struct rules_carry *more = grown(p, l->carry, l->n_carries, room, sizeof *more);

		if (more == NULL)
			return 0;
		l->carry = more;
		l->room = room;
	}
	l->carry[l->n_carries++] = carry;
	return carry.total;
}

/* All totals go on at once: one that takes over another's value takes the one before the item. */
static void
carries_apart(struct planner *p, struct context *inside, struct rules_loop *l)
{
	for (size_t i = 0; i < l->n_carries; i++)
		for (size_t k = 0; k < l->n_carries && p->rc == RC_OK; k++)
			if (l->carry[i].next == l->carry[k].total)
				l->carry[i].next = put(p, inside, (struct rules_instr){ .op = LANE_COPY, .a = l->carry[k].total, .b = -1,
				    .c = -1 });
}

/* What can be had from a field's column as it lies: its sum, or how many items say yes (no) in it. */
static void
field_alone(struct rules_loop *l, const struct rules_node *e)
{
	const struct rules_node *value = e->kid[0], *when = e->kid[1];

	if (e->op != OP_SUM)
		return;
	if (when == NULL && value->op == OP_FIELD && value->list == e->list) {
		l->field = value;
		return;
	}
	if (when == NULL || value->op != OP_LITERAL || value->n != 1)
		return;
	l->rest = when->op == OP_NOT;
	when = l->rest ? when->kid[0] : when;
	if (when->op == OP_FIELD && when->list == e->list && when->type.kind == RULES_TRUTH)
		l->field = when;
}

static int
loop(struct planner *p, struct context *c, const struct rules_node *e)
{
	struct rules_loop *l = ARENA_NEW(p->mem, struct rules_loop);
	struct context *inside = ARENA_NEW(p->mem, struct context);
	struct rules_instr in = { .op = LANE_LOOP, .a = -1, .b = -1, .c = -1, .node = e, .loop = l };

	c = e->op == OP_FINAL ? p->root : context_for(c, lists_read(e));
	if (l == NULL || inside == NULL || c->depth + 1 > RULES_LOOP_DEPTH) {
		p->rc = l == NULL || inside == NULL ? RC_NO_MEMORY : RC_TOO_LARGE;
		return 0;
	}
	*l = (struct rules_loop){ .op = e->op, .list = e->list, .depth = c->depth, .value = -1, .condition = -1 };
	*inside = (struct context){ c, e->list, c->depth + 1, ++p->n_contexts, &l->code, l };
	if (e->op == OP_FINAL)
		(void)running(p, inside, e->ref);
	else
		l->value = node(p, inside, e->kid[0]);
	if (e->op != OP_FINAL && e->kid[1] != NULL && p->rc == RC_OK)
		l->condition = node(p, inside, e->kid[1]);
	for (size_t i = 0; i < l->n_carries && p->rc == RC_OK; i++) { /* one may bring another in */
		int next = node(p, inside, p->rules->running[l->carry[i].running].next);

		l->carry[i].next = next;
	}
	carries_apart(p, inside, l);
	field_alone(l, e);
	if (e->kid[2] != NULL && p->rc == RC_OK)
		in.c = node(p, c, e->kid[2]);
	if (e->op == OP_FREQUENCY) {
		p->plan->n_days = l->depth + 1 > p->plan->n_days ? l->depth + 1 : p->plan->n_days;
		if (p->rules->package.list[e->list].most > p->plan->days_most)
			p->plan->days_most = p->rules->package.list[e->list].most;
	}
	in.r = p->rc == RC_OK ? new_register(p, c->depth) : 0;
	emit(p, c, in);
	return p->rc == RC_OK ? in.r : 0;
}

static int
node(struct planner *p, struct context *c, const struct rules_node *e)
{
	struct rules_instr in = { .op = (int)e->op, .a = -1, .b = -1, .c = -1, .node = e };

	if (p->rc != RC_OK)
		return 0;
	switch ((int)e->op) {
	case OP_LITERAL:
		return literal(p, e->n);
	case OP_INPUT:
		return put(p, p->root, in);
	case OP_FIELD:
		return put(p, context_of(c, e->list), in);
	case OP_STEP:
		return step(p, c, e->ref);
	case OP_RUNNING:
		return running(p, c, e->ref);
	case OP_FINAL: case OP_SUM: case OP_ANY: case OP_ALL: case OP_LARGEST: case OP_SMALLEST: case OP_FIRST:
	case OP_FREQUENCY:
		return loop(p, c, e);
	default:
		return operation(p, c, e);
	}
}

static int
conflict(struct planner *p)
{
	const struct rules_package *k = &p->rules->package;
	int r = literal(p, 0);

	for (size_t i = 0; i < k->n_conflicts && p->rc == RC_OK; i++) {
		int holds = put(p, p->root, (struct rules_instr){ .op = LANE_HOLDS,
		    .a = node(p, p->root, p->rules->note[k->n_remarks + i]), .b = -1, .c = -1 });

		r = put(p, p->root, (struct rules_instr){ .op = OP_OR, .a = r, .b = holds, .c = -1 });
	}
	return r;
}

/* ---- registers dealt out again --------------------------------------------------------------------------------- */

struct dealer {
	struct planner *p;
	size_t at[RULES_LOOP_DEPTH + 1];     /* the place in the code of each depth */
	size_t *last;                        /* by register: where it is read last, in the code it is set in */
	int *real;                           /* by register; −1 none (any more) */
	int *free; int n_free, n_real;
	int *live[RULES_LOOP_DEPTH + 1]; int n_live[RULES_LOOP_DEPTH + 1];
};

#define ALWAYS SIZE_MAX

static void
use(struct dealer *d, int r)
{
	if (r >= 0 && d->last[r] != ALWAYS)
		d->last[r] = d->at[d->p->depth_of[r]];
}

static void
uses(struct dealer *d, const struct rules_code *code, int depth)
{
	for (size_t i = 0; i < code->n; i++) {
		const struct rules_instr *in = &code->instr[i];
		struct rules_loop *l = in->loop;

		d->at[depth] = i;
		use(d, in->a);
		use(d, in->b);
		use(d, in->c);
		use(d, in->r);
		if (l == NULL)
			continue;
		for (size_t k = 0; k < l->n_carries; k++) {
			use(d, l->carry[k].start);
			use(d, l->carry[k].total);
		}
		uses(d, &l->code, depth + 1);
		d->at[depth + 1] = l->code.n;
		use(d, l->value);
		use(d, l->condition);
		for (size_t k = 0; k < l->n_carries; k++)
			use(d, l->carry[k].next);
	}
}

static int
deal(struct dealer *d, int r, int depth)
{
	d->real[r] = d->n_free > 0 ? d->free[--d->n_free] : d->n_real++;
	d->live[depth][d->n_live[depth]++] = r;
	return d->real[r];
}

/* Registers of this depth that are not read after `at` go back. */
static void
collect(struct dealer *d, int depth, size_t at)
{
	int n = 0;

	if (d->p->keep)
		return;
	for (int i = 0; i < d->n_live[depth]; i++) {
		int r = d->live[depth][i];

		if (d->last[r] <= at)
			d->free[d->n_free++] = d->real[r];
		else
			d->live[depth][n++] = r;
	}
	d->n_live[depth] = n;
}

static int
real(const struct dealer *d, int r)
{
	return r < 0 ? -1 : d->real[r];
}

static void
deal_code(struct dealer *d, struct rules_code *code, int depth)
{
	for (size_t i = 0; i < code->n; i++) {
		struct rules_instr *in = &code->instr[i];
		struct rules_loop *l = in->loop;

		in->a = real(d, in->a);
		in->b = real(d, in->b);
		in->c = real(d, in->c);
		in->r = deal(d, in->r, depth);
		if (l != NULL) {
			for (size_t k = 0; k < l->n_carries; k++) {
				l->carry[k].start = real(d, l->carry[k].start);
				l->carry[k].total = deal(d, l->carry[k].total, depth);
			}
			deal_code(d, &l->code, depth + 1);
			l->value = real(d, l->value);
			l->condition = real(d, l->condition);
			for (size_t k = 0; k < l->n_carries; k++)
				l->carry[k].next = real(d, l->carry[k].next);
			collect(d, depth + 1, ALWAYS);
		}
		collect(d, depth, i);
	}
}

static enum rc
registers(struct planner *p)
{
	struct rules_plan *plan = p->plan;
	size_t n = (size_t)p->n_virtual + 1;
	struct dealer d = { .p = p, .last = arena_array(p->mem, n, sizeof *d.last),
		.real = arena_array(p->mem, n, sizeof *d.real), .free = arena_array(p->mem, n, sizeof *d.free) };

	if (d.last == NULL || d.real == NULL || d.free == NULL)
		return RC_NO_MEMORY;
	for (int i = 0; i <= RULES_LOOP_DEPTH; i++) {
		d.live[i] = arena_array(p->mem, n, sizeof *d.live[i]);
		if (d.live[i] == NULL)
			return RC_NO_MEMORY;
	}
	for (size_t i = 0; i < plan->n_want; i++)
		d.last[plan->want[i]] = ALWAYS;
	for (size_t i = 0; i < plan->n_pins; i++) {
		d.last[plan->pin[i].r] = ALWAYS;
		plan->pin[i].r = d.real[plan->pin[i].r] = d.n_real++;
	}
	uses(&d, &plan->code, 0);
	deal_code(&d, &plan->code, 0);
	for (size_t i = 0; i < plan->n_want; i++)
		plan->want[i] = d.real[plan->want[i]];
	plan->n_registers = d.n_real;
	return RC_OK;
}

enum rc
rules_plan_new(struct arena *mem, const struct rules *r, const int *want, size_t n_want, const struct rules_plan **ret)
{
	return rules_plan_make(mem, r, want, n_want, false, ret);
}

enum rc
rules_plan_make(struct arena *mem, const struct rules *r, const int *want, size_t n_want, bool keep,
    const struct rules_plan **ret)
{
	struct planner *p = ARENA_NEW(mem, struct planner);
	struct rules_plan *plan = ARENA_NEW(mem, struct rules_plan);
	struct context root = { .list = -1 };
	enum rc rc;

	if (p == NULL || plan == NULL)
		return RC_NO_MEMORY;
	*plan = (struct rules_plan){ .rules = r, .want = arena_array(mem, n_want + 1, sizeof *plan->want), .n_want = n_want };
	*p = (struct planner){ .mem = mem, .rules = r, .plan = plan, .root = &root, .keep = keep, .rc = RC_OK };
	root.code = &plan->code;
	if (plan->want == NULL)
		return RC_NO_MEMORY;
	plan->first_want = n_want > 0 ? want[0] : 0;
	for (size_t i = 0; i < n_want; i++) {
		if (want[i] != RULES_WANT_CONFLICT && (want[i] < 0 || (size_t)want[i] >= r->package.n_steps ||
		    r->package.step[want[i]].list >= 0))
			return RC_NOT_FOUND;
		plan->want[i] = want[i] == RULES_WANT_CONFLICT ? conflict(p) : step(p, &root, want[i]);
		if (p->rc != RC_OK)
			return p->rc;
	}
	rc = registers(p);
	if (rc == RC_OK)
		*ret = plan;
	return rc;
}

size_t
rules_plan_bytes(const struct rules_plan *plan)
{
	size_t lane = RULES_BLOCK * (sizeof(int64_t) + sizeof(uint16_t)) + sizeof(struct rules_lane) + 64;
	size_t days = (size_t)plan->n_days * (size_t)plan->days_most * RULES_BLOCK * sizeof(int32_t);

	return (size_t)plan->n_registers * lane + days + sizeof(struct rules_work) +
	    (plan->rules->package.n_lists + 1) * sizeof(struct rules_slots) + 65536;
}
