/* The register as a table: a row a provider, its firm beside it. */
#include "resources/provider/provider_internal.h"
#include "resources/provider/provider_rule.h"
#include "resources/provider/provider_store.h"

#include "kit/csv/csv.h"
#include "kit/msg/msg.h"

#include <limits.h>

struct line {
	struct text firm_licence, firm_name, firm_phone;
	int firm_kind;
	struct place place;
	struct text licence, name;
	int kind;
	struct day valid_from, valid_to, practice_from;
	uint64_t skills;
};

#define AT(member) offsetof(struct line, member)

static const struct field fields[] = {
	{ .key = "firm_licence", .kind = FIELD_LINE, .label = T("机构证号"), .required = true, .min = 4, .max = 40, .offset = AT(firm_licence) },
	{ .key = "firm_kind", .kind = FIELD_CHOICE, .label = T("机构种类"), .required = true, .choices = firm_kind_choices, .offset = AT(firm_kind) },
	{ .key = "firm_name", .kind = FIELD_LINE, .label = T("机构名称"), .required = true, .min = 2, .max = 60, .offset = AT(firm_name) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("机构所在地区划代码"), .required = true, .offset = AT(place) },
	{ .key = "firm_phone", .kind = FIELD_LINE, .label = T("机构电话"), .max = 20, .offset = AT(firm_phone) },
	{ .key = "licence", .kind = FIELD_LINE, .label = T("执业证号"), .required = true, .min = 4, .max = 40, .offset = AT(licence) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .required = true, .min = 2, .max = 60, .offset = AT(name) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("人员种类"), .required = true, .choices = provider_kind_choices, .offset = AT(kind) },
	{ .key = "valid_from", .kind = FIELD_DAY, .label = T("执业证起始日"), .required = true, .min = INT_MIN, .max = INT_MAX, .offset = AT(valid_from) },
	{ .key = "valid_to", .kind = FIELD_DAY, .label = T("执业证终止日"), .min = INT_MIN, .max = INT_MAX, .offset = AT(valid_to) },
	{ .key = "practice_from", .kind = FIELD_DAY, .label = T("开始执业日期"), .required = true, .min = INT_MIN, .max = INT_MAX, .offset = AT(practice_from) },
	{ .key = "skills", .kind = FIELD_FLAGS, .label = T("专长"), .choices = provider_skill_choices, .offset = AT(skills) },
};
const struct form provider_import_form = FORM_OF("provider.import", T("导入机构和人员"), fields, struct line);

struct import_ret { int64_t rows; };
struct import { struct csv_rows rows; struct findings *findings; struct import_ret ret; };

/* Every row is looked at; findings get its line. */
static bool
check_all(const struct import *x)
{
	bool sound = true;

	for (size_t i = 0; i < x->rows.n; i++) {
		const struct line *l = csv_row(&x->rows, i);
		size_t before = x->findings->total;

		if (!licence_is_sound(l->firm_licence))
			csv_finding(x->findings, x->rows.lines[i], "firm_licence", T("证号用 4 到 40 位数字、大写字母和连字符"), 0);
		if (!licence_is_sound(l->licence))
			csv_finding(x->findings, x->rows.lines[i], "licence", T("证号用 4 到 40 位数字、大写字母和连字符"), 0);
		if (!day_is_none(l->valid_to) && day_compare(l->valid_to, l->valid_from) < 0)
			csv_finding(x->findings, x->rows.lines[i], "valid_to", T("终止日不能早于起始日"), 0);
		for (size_t k = 0; k < i; k++)
			if (text_equals(((const struct line *)csv_row(&x->rows, k))->licence, l->licence))
				csv_finding(x->findings, x->rows.lines[i], "licence", T("与第 %lld 行重复"), x->rows.lines[k]);
		sound = sound && x->findings->total == before;
	}
	return sound;
}

static enum rc
put_firm(struct tx *tx, const struct actor *actor, const struct line *l, int64_t *ret)
{
	struct firm_new in = { .kind = l->firm_kind, .licence = l->firm_licence, .name = l->firm_name, .phone = l->firm_phone,
		.place = l->place, .active = true };
	ROWS row = NULL;
	struct firm known;
	enum rc rc = tx_one(tx, actor, &provider_q[Q_FIRM_LICENCE], ARGS(db_text(l->firm_licence)), &row);

	if (rc == RC_NOT_FOUND)
		return firm_put(tx, actor, &in, ret);
	if (rc != RC_OK)
		return rc;
	firm_read(row, &known);
	*ret = known.id;
	if (known.kind == (enum firm_kind)in.kind && known.place.code == in.place.code && text_equals(known.name, in.name)
	    && text_equals(known.phone, in.phone))
		return RC_OK;
	in.id = known.id;
	in.revision = known.revision;
	in.active = known.active;
	in.more = known.more;
	return firm_put(tx, actor, &in, ret);
}

static enum rc
put_line(struct tx *tx, const struct actor *actor, const struct line *l)
{
	struct provider_new in = { .kind = l->kind, .licence = l->licence, .name = l->name, .valid_from = l->valid_from,
		.valid_to = l->valid_to, .practice_from = l->practice_from, .skills = l->skills, .active = true,
		.away_from = DAY_NONE, .away_to = DAY_NONE };
	struct provider known = { .account = 0 };
	ROWS row = NULL;
	int64_t id;
	enum rc rc = put_firm(tx, actor, l, &in.firm);

	if (rc == RC_OK)
		rc = tx_one(tx, actor, &provider_q[Q_PROVIDER_LICENCE], ARGS(db_text(l->licence)), &row);
	if (rc == RC_OK) {
		provider_read(row, &known);
		in.id = known.id;
		in.revision = known.revision;
		in.active = known.active;
		in.away_from = known.away_from;
		in.away_to = known.away_to;
		in.more = known.more;
	}
	return rc == RC_OK || rc == RC_NOT_FOUND ? provider_put(tx, actor, &in, known.account, &id) : rc;
}

static enum rc
import_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct import *x = arg;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < x->rows.n; i++)
		rc = put_line(tx, actor, csv_row(&x->rows, i));
	x->ret.rows = (int64_t)x->rows.n;
	return rc;
}

enum rc
provider_import(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows)
{
	struct import x = { .findings = findings };
	enum rc rc;

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	rc = csv_form_read(csv, &provider_import_form, day_of_moment(ctx->now_ms), PROVIDER_IMPORT_ROWS, ctx->mem, &x.rows, findings);
	if (rc == RC_OK && !check_all(&x))
		rc = RC_INVALID;
	if (rc != RC_OK)
		return rc;
	rc = db_command(ctx, key, &(struct command){ .name = "provider.import", .fn = import_tx, .arg = &x, .ret = &x.ret,
	    .ret_size = sizeof x.ret, .content = csv });
	if (rc == RC_OK)
		*ret_rows = x.ret.rows;
	return rc;
}
