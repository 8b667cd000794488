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

enum rc
matter_worker(struct tx *tx, const struct actor *actor, const struct request *r, int64_t *ret)
{
	const struct matter_kind *kind = matter_find(r->matter);

	*ret = 0;
	return kind != NULL && kind->worker != NULL ? kind->worker(tx, actor, r, ret) : RC_OK;
}

enum rc
matter_may_add(struct tx *tx, const struct actor *actor, const struct request *r, bool *ret)
{
	int64_t worker = 0;
	enum rc rc;

	*ret = request_may_act(actor, r);
	if (*ret || actor->kind != ACTOR_ACCOUNT)
		return RC_OK;
	rc = matter_worker(tx, actor, r, &worker);
	*ret = worker != 0 && worker == actor->account;
	return rc;
}
