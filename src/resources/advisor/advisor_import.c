/* Contracts and advisers as tables: a row each. */
#include "resources/advisor/advisor_internal.h"

#include "kit/csv/csv.h"
#include "kit/msg/msg.h"

#include <limits.h>

#define AT(member) offsetof(struct advisor_contract_new, member)
static const struct field contract_fields[] = {
	{ .key = "village", .kind = FIELD_PLACE, .label = T("村（社区）区划代码"), .required = true, .offset = AT(village) },
	{ .key = "licence", .kind = FIELD_LINE, .label = T("顾问执业证号"), .required = true, .min = 4, .max = 40, .offset = AT(licence) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("合同第一天"), .required = true, .min = INT_MIN, .max = INT_MAX, .offset = AT(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("合同最后一天"), .required = true, .min = INT_MIN, .max = INT_MAX, .offset = AT(to) },
	{ .key = "hours", .kind = FIELD_INT, .label = T("每月服务小时"), .required = true, .min = 1, .max = 200, .offset = AT(hours) },
	{ .key = "fee", .kind = FIELD_INT, .label = T("每年费用（元）"), .required = true, .max = 10000000, .offset = AT(fee) },
	{ .key = "duties", .kind = FIELD_FLAGS, .label = T("服务内容"), .choices = advisor_duty_choices, .offset = AT(duties) },
};
const struct form advisor_contract_table = FORM_OF("advisor.import", T("导入法律顾问合同"), contract_fields, struct advisor_contract_new);
#undef AT

#define AT(member) offsetof(struct advisor_seat_new, member)
static const struct field seat_fields[] = {
	{ .key = "licence", .kind = FIELD_LINE, .label = T("执业证号"), .required = true, .min = 4, .max = 40, .offset = AT(licence) },
	{ .key = "home", .kind = FIELD_PLACE, .label = T("出发地区划代码"), .hint = T("空着：从所在机构出发。"), .offset = AT(home) },
	{ .key = "dialect", .kind = FIELD_BOOL, .label = T("会说本地话"), .offset = AT(dialect) },
	{ .key = "room", .kind = FIELD_INT, .label = T("最多服务几个村（社区）"), .required = true, .max = 60, .offset = AT(room) },
};
const struct form advisor_seat_table = FORM_OF("advisor.seat", T("登记可以担任顾问的人"), seat_fields, struct advisor_seat_new);

struct import_ret { int64_t rows; };
struct import { struct csv_rows rows; struct findings *findings; struct import_ret ret; };

/*
 * Row after row, each against what is stored and against the rows before it.  A failed look leaves the transaction whole,
 * so every line gets its findings; with one finding nothing is kept.
 */
static enum rc
contracts_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct import *x = arg;
	enum rc rc = RC_OK;

	x->findings->n = x->findings->total = 0;
	for (size_t i = 0; (rc == RC_OK || rc == RC_INVALID) && i < x->rows.n; i++) {
		struct advisor_signed made = { .id = 0 };

		rc = contract_put(tx, actor, csv_row(&x->rows, i), 0, x->rows.lines[i], x->findings, &made);
	}
	x->ret.rows = (int64_t)x->rows.n;
	return (rc == RC_OK || rc == RC_INVALID) && x->findings->total > 0 ? RC_INVALID : rc;
}

static enum rc
seats_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct import *x = arg;
	enum rc rc = RC_OK;

	x->findings->n = x->findings->total = 0;
	for (size_t i = 0; (rc == RC_OK || rc == RC_INVALID) && i < x->rows.n; i++)
		rc = seat_put(tx, actor, csv_row(&x->rows, i), x->rows.lines[i], x->findings);
	x->ret.rows = (int64_t)x->rows.n;
	return (rc == RC_OK || rc == RC_INVALID) && x->findings->total > 0 ? RC_INVALID : rc;
}

static enum rc
import(struct ctx *ctx, struct idem_key key, struct text csv, const struct form *form, db_fn *fn, struct findings *findings,
    int64_t *ret_rows)
{
	struct import x = { .findings = findings };
	enum rc rc;

	if (!advisor_may_change(ctx->actor))
		return RC_FORBIDDEN;
	rc = csv_form_read(csv, form, day_of_moment(ctx->now_ms), ADVISOR_ROWS_MAX, ctx->mem, &x.rows, findings);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = form->key, .fn = fn, .arg = &x, .ret = &x.ret,
		    .ret_size = sizeof x.ret, .content = csv });
	if (rc == RC_OK)
		*ret_rows = x.ret.rows;
	return rc;
}

enum rc
advisor_import(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows)
{
	return import(ctx, key, csv, &advisor_contract_table, contracts_tx, findings, ret_rows);
}

enum rc
advisor_import_seats(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows)
{
	return import(ctx, key, csv, &advisor_seat_table, seats_tx, findings, ret_rows);
}
