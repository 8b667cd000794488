/* rules_dated: parameters over the lanes of a block, each read on its row's own day. */
#include "engine/rules/rules_batch_internal.h"

#define EACH(i) for (int i = 0; i < RULES_BLOCK; i++)

/* One parameter as this run has it. */
struct reading {
	const struct rules_parameter *par;
	int parameter;
	int entry;              /* found last; −1: look */
	int overridden;         /* entry with a value for each row; −1 none */
	const int64_t *value;
};

static struct reading
reading_of(const struct rules_work *w, int parameter)
{
	struct reading d = { &w->k->parameter[parameter], parameter, -1, -1, w->override_value };

	if (w->override != NULL && w->override->parameter == parameter)
		d.overridden = w->override->entry;
	return d;
}

static int
entry_on(struct reading *d, int64_t day)
{
	const struct rules_parameter *par = d->par;

	if (d->entry < 0 || day < par->entry[d->entry].from.n || day > par->entry[d->entry].to.n)
		d->entry = rules_entry_at(par, (struct day){ (int32_t)day });
	return d->entry;
}

static bool
is_unset(const struct reading *d, int entry)
{
	return d->par->entry[entry].unset && entry != d->overridden;
}

static int64_t
value_at(const struct reading *d, int entry, int lane)
{
	return entry == d->overridden ? d->value[lane] : d->par->entry[entry].value;
}

/* All known days of the block in one entry with a value: no search by lane. */
RULES_HOT static bool
one_entry(struct reading *d, struct rules_lane *r, const struct rules_lane *day)
{
	int64_t least = day->n[0], most = day->n[0], value;
	int entry;

	EACH(i) {
		least = day->n[i] < least ? day->n[i] : least;
		most = day->n[i] > most ? day->n[i] : most;
	}
	entry = entry_on(d, least);
	if (entry < 0 || most > d->par->entry[entry].to.n || is_unset(d, entry))
		return false;
	value = d->par->entry[entry].value;
	if (entry == d->overridden)
		EACH(i)
			r->n[i] = d->value[i];
	else
		EACH(i)
			r->n[i] = value;
	return true;
}

static void
failure(struct rules_lane *r, int i, enum rules_failure why, int culprit, int64_t day)
{
	r->s[i] = lane_failed(why, culprit);
	r->n[i] = day;
}

/* False with the lane's state set: no value on that day, or nobody has stated it. */
static bool
entry_found(struct reading *d, struct rules_lane *r, int i, int64_t day, int *ret)
{
	*ret = entry_on(d, day);
	if (*ret < 0)
		failure(r, i, RULES_NO_VALUE_ON_DAY, d->parameter, day);
	else if (is_unset(d, *ret))
		r->s[i] = LANE_MISSING;
	else
		return true;
	return false;
}

static void
peak(struct reading *d, struct rules_lane *r, int i, int64_t from, int64_t to)
{
	const struct rules_parameter *par = d->par;
	int64_t best = 0;
	int first;

	if (!entry_found(d, r, i, from, &first))
		return;
	if (to < from || to > par->entry[par->n_entries - 1].to.n) {
		failure(r, i, RULES_NO_VALUE_ON_DAY, d->parameter, to);
		return;
	}
	for (int e = first; (size_t)e < par->n_entries && par->entry[e].from.n <= to; e++) {
		int64_t v = value_at(d, e, i);

		if (is_unset(d, e)) {
			r->s[i] = LANE_MISSING;
			return;
		}
		best = e == first || v > best ? v : best;
	}
	r->n[i] = best;
}

static void
table(struct reading *d, const struct rules_node *e, struct rules_lane *r, int i, int64_t key, int64_t day)
{
	const struct rules_entry *entry;
	int at, row;

	if (!entry_found(d, r, i, day, &at))
		return;
	entry = &d->par->entry[at];
	row = rules_row_of(d->par, entry, key);
	if (row < 0 || (e->op == OP_MARGINAL && !rules_marginal(entry, key, &r->n[i])))
		failure(r, i, RULES_NO_BAND, d->parameter, day);
	else if (e->op != OP_MARGINAL)
		r->n[i] = e->op == OP_BAND_START ? entry->row[row].key : entry->row[row].value;
}

void
rules_lane_parameter(struct rules_work *w, const struct rules_instr *in)
{
	const struct rules_node *e = in->node;
	struct reading d = reading_of(w, e->ref);
	struct rules_lane *r = &w->lane[in->r];
	const struct rules_lane *a = &w->lane[in->a], *b = in->b < 0 ? a : &w->lane[in->b];
	int entry;

	rules_lane_merge(r, a, b);
	if (e->op == OP_PARAMETER && r->clean && one_entry(&d, r, a))
		return;
	for (int i = 0; r->clean && i < RULES_BLOCK; i++)
		r->s[i] = 0;
	r->clean = false;
	EACH(i) {
		if (r->s[i] != 0)
			continue;
		if (e->op == OP_PEAK)
			peak(&d, r, i, a->n[i], b->n[i]);
		else if (e->op != OP_PARAMETER)
			table(&d, e, r, i, a->n[i], b->n[i]);
		else if (entry_found(&d, r, i, a->n[i], &entry))
			r->n[i] = value_at(&d, entry, i);
	}
	rules_lane_settle(r);
}
