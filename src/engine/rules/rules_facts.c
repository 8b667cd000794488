/* rules_facts: what is known of one case.  A fact outside its bounds never gets in, so the proofs of the
 * compiler hold. */
#include "engine/rules/rules_facts_internal.h"

struct rules_facts *
rules_facts_new(struct arena *mem, const struct rules *r)
{
	struct rules_facts *f = ARENA_NEW(mem, struct rules_facts);
	const struct rules_package *k = &r->package;

	if (f == NULL)
		return NULL;
	f->rules = r;
	f->fact = arena_array(mem, k->n_inputs + 1, sizeof *f->fact);
	f->items = arena_array(mem, k->n_lists + 1, sizeof *f->items);
	if (f->fact == NULL || f->items == NULL)
		return NULL;
	for (size_t i = 0; i < k->n_lists; i++)
		f->items[i] = k->list[i].empty_by_default ? 0 : -1;
	for (size_t i = 0; i < k->n_inputs; i++) {
		const struct rules_input *in = &k->input[i];
		size_t n = in->list < 0 ? 1 : (size_t)k->list[in->list].most;

		f->fact[i] = arena_array(mem, n, sizeof **f->fact);
		if (f->fact[i] == NULL)
			return NULL;
		for (size_t j = 0; j < n && in->has_default; j++)
			f->fact[i][j] = (struct rules_fact){ in->preset, true };
	}
	return f;
}

static enum rc
set(struct rules_facts *f, int input, int item, int64_t value)
{
	const struct rules_input *in = &f->rules->package.input[input];

	if (value < in->least || value > in->most)
		return RC_INVALID;
	f->fact[input][item] = (struct rules_fact){ value, true };
	return RC_OK;
}

enum rc
rules_fact_set(struct rules_facts *f, int input, int64_t value)
{
	if (input < 0 || (size_t)input >= f->rules->package.n_inputs || f->rules->package.input[input].list >= 0)
		return RC_NOT_FOUND;
	return set(f, input, 0, value);
}

enum rc
rules_list_set(struct rules_facts *f, int list, int items)
{
	if (list < 0 || (size_t)list >= f->rules->package.n_lists)
		return RC_NOT_FOUND;
	if (items < 0 || items > f->rules->package.list[list].most)
		return RC_INVALID;
	f->items[list] = items;
	return RC_OK;
}

enum rc
rules_field_set(struct rules_facts *f, int list, int item, int field, int64_t value)
{
	if (list < 0 || (size_t)list >= f->rules->package.n_lists || item < 0 || item >= f->items[list] || field < 0 ||
	    (size_t)field >= f->rules->package.n_inputs || f->rules->package.input[field].list != list)
		return RC_NOT_FOUND;
	return set(f, field, item, value);
}

bool
rules_fact_known(const struct rules_facts *f, int input, int64_t *ret)
{
	if (!f->fact[input][0].known)
		return false;
	*ret = f->fact[input][0].n;
	return true;
}

int
rules_list_items(const struct rules_facts *f, int list)
{
	return f->items[list];
}

bool
rules_field_known(const struct rules_facts *f, int list, int item, int field, int64_t *ret)
{
	if (item < 0 || item >= f->items[list] || !f->fact[field][item].known)
		return false;
	*ret = f->fact[field][item].n;
	return true;
}
