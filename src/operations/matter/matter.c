#include "operations/matter/matter.h"

static const struct matter_kind *const *kinds;
static size_t n_kinds;

void
matter_kinds_set(const struct matter_kind *const *table, size_t n)
{
	kinds = table;
	n_kinds = n;
}

const struct matter_kind *
matter_find(struct text key)
{
	for (size_t i = 0; i < n_kinds; i++)
		if (text_equals(text_of(kinds[i]->key), key))
			return kinds[i];
	return NULL;
}

bool
matter_has_own_end(const struct request *r)
{
	const struct matter_kind *kind = matter_find(r->matter);

	return kind != NULL && kind->own_end;
}
