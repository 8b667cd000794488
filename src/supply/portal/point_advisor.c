/* Who advises the villages of a point, for everybody to know. */
#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"
#include "resources/advisor/advisor.h"

struct advised { const struct point *p; struct day today; struct advisor_public v[POINT_VILLAGES_MAX]; struct place village[POINT_VILLAGES_MAX];
	size_t n; };

static enum rc
advised_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct advised *a = argument;

	a->n = 0;
	for (size_t i = 0; i < a->p->n_villages && a->n < POINT_VILLAGES_MAX; i++) {
		const struct point_village *v = &a->p->villages[i];
		enum rc rc;

		if (day_compare(v->from, a->today) > 0 || (!day_is_none(v->to) && day_compare(v->to, a->today) <= 0))
			continue;
		rc = advisor_public(tx, actor, v->village, a->today, &a->v[a->n]);
		if (rc == RC_OK)
			a->village[a->n++] = v->village;
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	return RC_OK;
}

enum rc
portal_put_advisors(struct exchange *x, struct html *h, const struct point *p)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("法律顾问"), false }, { T("机构"), false },
		{ T("电话"), false } };
	struct advised *a = ARENA_NEW(x->ctx->mem, struct advised);
	struct ui_table t;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->p = p;
	a->today = portal_today(x);
	rc = db_read(x->ctx, advised_tx, a);
	if (rc != RC_OK || a->n == 0)
		return rc;
	ui_section_open(h, T("村（社区）法律顾问"));
	ui_table_open(&t, h, T("村（社区）法律顾问"), columns, 4);
	for (size_t i = 0; i < a->n; i++) {
		const struct advisor_public *v = &a->v[i];

		ui_row_open(&t);
		ui_cell(&t, region_name(a->village[i]));
		ui_cell(&t, v->substitute ? arena_format(x->ctx->mem, "%.*s（%s）", (int)v->name.n, v->name.p, msg(x->ctx->lang, T("代班")))
		    : v->name);
		ui_cell(&t, v->firm);
		ui_cell_link(&t, arena_format(x->ctx->mem, "tel:%.*s", (int)v->phone.n, v->phone.p), v->phone);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
	return RC_OK;
}
