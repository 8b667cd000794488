/* How many lawyers and legal workers are there for the people and enterprises of a county (S36)? */
#include "resources/provider/provider_internal.h"
#include "resources/provider/provider_register.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "standards/region/region.h"

#include <stdio.h>

#define ENTERPRISES_MOST INT64_C(10000000)

enum { R_COUNTS, R_COUNT };
static const struct db_stmt ratio_q[R_COUNT] = {
	[R_COUNTS] = { "register.ratio", DB_CITY,
	    "SELECT f.place / 1000000, SUM(CASE WHEN p.kind IN (1, 3) THEN 1 ELSE 0 END), SUM(CASE WHEN p.kind = 2 THEN 1 ELSE 0 END)"
	    " FROM provider p JOIN firm f ON f.city = p.city AND f.id = p.firm WHERE p.city = $1 AND p.kind IN (1, 2, 3) AND p.active = 1"
	    " AND f.active = 1 AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to >= $2) GROUP BY f.place / 1000000 ORDER BY 1", 0 },
};
const struct db_set register_ratio_sql = DB_SET("register_ratio", ratio_q);

static void
key_of(struct place county, char out[static 32])
{
	snprintf(out, 32, "enterprises.%06lld", (long long)(county.code / 1000000));
}

int64_t
register_per(int64_t persons, int64_t of, int64_t per)
{
	return of <= 0 ? -1 : persons * per * 100 / of;
}

enum rc
register_ratios(struct tx *tx, const struct actor *actor, struct place within, struct day today, struct register_ratio *ret, size_t cap, size_t *ret_n)
{
	const struct division *v[REGISTER_COUNTIES_MAX];
	size_t n = region_list(within, PLACE_COUNTY, today, v, REGISTER_COUNTIES_MAX);
	ROWS row = NULL;
	enum rc rc = RC_OK;

	n = n < cap ? n : cap;
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		char key[32];

		ret[i] = (struct register_ratio){ .county = v[i]->place, .people = v[i]->population > 0 ? v[i]->population : -1 };
		key_of(v[i]->place, key);
		rc = setting_int(tx, actor, key, 0, ENTERPRISES_MOST, -1, &ret[i].enterprises);
	}
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &ratio_q[R_COUNTS], ARGS(db_int(today.n)), &row);
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		for (size_t i = 0; i < n; i++)
			if (ret[i].county.code / 1000000 == rows_int(row, 0)) {
				ret[i].lawyers = rows_int(row, 1);
				ret[i].workers = rows_int(row, 2);
			}
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

struct set_arg { struct place county; int64_t n; struct text document; };

static enum rc
set_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct set_arg *arg = argument;
	char key[32];

	key_of(arg->county, key);
	return setting_put(tx, actor, key, arg->n, text_trim(arg->document));
}

enum rc
register_enterprises_set(struct ctx *ctx, struct idem_key key, struct place county, int64_t n, struct text document, struct findings *findings)
{
	struct set_arg arg = { county, n, document };

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (place_level(county) != PLACE_COUNTY || region_find(county, day_of_moment(ctx->now_ms)) == NULL)
		findings_add(findings, "county", T("请写县（区）的区划代码"), 0);
	if (n < 0 || n > ENTERPRISES_MOST)
		findings_add(findings, "enterprises", T("0 到 %lld"), ENTERPRISES_MOST);
	if (text_is_empty(text_trim(document)))
		findings_add(findings, "document", T("请写数从哪里来"), 0);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "register.enterprises", .fn = set_tx, .arg = &arg,
	    .asked = ARGS(db_int(county.code), db_int(n), db_text(document)) });
}
