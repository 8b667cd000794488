/* Months of the half-hour circle: made again out of what they were made from. */
#include "app/verify_store.h"

#include "resources/circle/circle_month.h"

enum rc
verify_circle(struct ctx *ctx, struct verify *v)
{
	struct circle_months_checked all;
	enum rc rc = circle_month_check(ctx, &all);

	if (rc != RC_OK)
		return rc;
	verify_line(v, "every month of the half-hour circle comes out again as stored", all.same + all.differ, all.differ, all.first_bad);
	if (all.other > 0)
		buf_printf(v->out, "note %lld months of the half-hour circle were made with another network\n", (long long)all.other);
	return RC_OK;
}
