/* The registers as tables: a row a body, a row a person; as they are exported, so they come in again. */
#include "resources/provider/provider_internal.h"
#include "resources/provider/provider_register.h"
#include "resources/provider/provider_rule.h"
#include "resources/provider/provider_store.h"

#include "kit/csv/csv.h"
#include "kit/msg/msg.h"
#include "standards/region/region.h"

#include <limits.h>

#define ANY_DAY .min = INT_MIN, .max = INT_MAX

struct person_line {
	struct text firm_licence, licence, name, qualification;
	int kind, category, sector;
	struct day valid_from, valid_to, practice_from;
	uint64_t skills, languages;
	struct place home;
	int64_t room;
};
#define AT(member) offsetof(struct person_line, member)
static const struct field person_fields[] = {
	{ .key = "firm_licence", .kind = FIELD_LINE, .label = T("所在机构的证号"), .required = true, .min = 4, .max = 40, .offset = AT(firm_licence) },
	{ .key = "licence", .kind = FIELD_LINE, .label = T("证号"), .required = true, .min = 4, .max = 40, .offset = AT(licence) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .required = true, .min = 2, .max = 60, .offset = AT(name) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("人员种类"), .required = true, .choices = provider_kind_choices, .offset = AT(kind) },
	{ .key = "category", .kind = FIELD_CHOICE, .label = T("志愿者类别"), .choices = volunteer_category_choices, .offset = AT(category) },
	{ .key = "qualification", .kind = FIELD_LINE, .label = T("资格证明编号"), .max = 60, .offset = AT(qualification) },
	{ .key = "sector", .kind = FIELD_CHOICE, .label = T("政府、社会、市场"), .choices = provider_sector_choices, .offset = AT(sector) },
	{ .key = "valid_from", .kind = FIELD_DAY, .label = T("证件起始日"), .required = true, ANY_DAY, .offset = AT(valid_from) },
	{ .key = "valid_to", .kind = FIELD_DAY, .label = T("证件终止日"), ANY_DAY, .offset = AT(valid_to) },
	{ .key = "practice_from", .kind = FIELD_DAY, .label = T("从业起始日"), .required = true, .min = INT_MIN, .max = 0, .offset = AT(practice_from) },
	{ .key = "skills", .kind = FIELD_FLAGS, .label = T("专长"), .choices = provider_skill_choices, .offset = AT(skills) },
	{ .key = "languages", .kind = FIELD_FLAGS, .label = T("语言和方言"), .choices = provider_language_choices, .offset = AT(languages) },
	{ .key = "home", .kind = FIELD_PLACE, .label = T("出发地区划代码"), .offset = AT(home) },
	{ .key = "room", .kind = FIELD_INT, .label = T("同时最多承办几件"), .max = 500, .offset = AT(room) },
};
const struct form register_person_table = FORM_OF("register.persons", T("导入人员"), person_fields, struct person_line);
#undef AT

struct body_line { struct text licence, credit, name, phone; int kind, sector; struct place place; bool welfare; struct day valid_from, valid_to; };
#define AT(member) offsetof(struct body_line, member)
static const struct field body_fields[] = {
	{ .key = "licence", .kind = FIELD_LINE, .label = T("机构证号"), .required = true, .min = 4, .max = 40, .offset = AT(licence) },
	{ .key = "credit", .kind = FIELD_CREDIT, .label = T("统一社会信用代码"), .offset = AT(credit) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("机构名称"), .required = true, .min = 2, .max = 60, .offset = AT(name) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("机构种类"), .required = true, .choices = firm_kind_choices, .offset = AT(kind) },
	{ .key = "sector", .kind = FIELD_CHOICE, .label = T("政府、社会、市场"), .choices = provider_sector_choices, .offset = AT(sector) },
	{ .key = "welfare", .kind = FIELD_BOOL, .label = T("公益性法律服务机构"), .offset = AT(welfare) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("机构所在地区划代码"), .required = true, .offset = AT(place) },
	{ .key = "phone", .kind = FIELD_LINE, .label = T("机构电话"), .max = 20, .offset = AT(phone) },
	{ .key = "valid_from", .kind = FIELD_DAY, .label = T("许可或登记起始日"), ANY_DAY, .offset = AT(valid_from) },
	{ .key = "valid_to", .kind = FIELD_DAY, .label = T("许可或登记终止日"), ANY_DAY, .offset = AT(valid_to) },
};
const struct form register_body_table = FORM_OF("register.bodies", T("导入机构"), body_fields, struct body_line);
#undef AT

struct import_ret { int64_t rows; };
struct import { struct csv_rows rows; struct findings *findings; struct import_ret ret; };

/* Findings of one row get its line. */
static void
mark(struct import *x, size_t before, int line)
{
	for (size_t i = before; i < x->findings->n; i++)
		x->findings->v[i].line = line;
}

static void
tell(struct import *x, const char *field, const char *message, int64_t bound)
{
	findings_add(x->findings, field, message, bound);
}

/* ---- people -------------------------------------------------------------------------------------------- */

static enum rc
person_put(struct tx *tx, const struct actor *actor, struct import *x, size_t i)
{
	const struct person_line *l = csv_row(&x->rows, i);
	struct provider_new in = { .kind = l->kind, .licence = l->licence, .name = l->name, .login = TEXT_NONE, .valid_from = l->valid_from,
		.valid_to = l->valid_to, .practice_from = l->practice_from, .away_from = DAY_NONE, .away_to = DAY_NONE, .skills = l->skills,
		.active = true, .more = { .sector = l->sector, .category = l->category, .qualification = l->qualification,
		    .languages = l->languages, .home = l->home, .room = l->room } };
	struct provider known = { .account = 0 };
	size_t total = x->findings->total;
	ROWS firm = NULL;
	ROWS row = NULL;
	int64_t id;
	enum rc rc = tx_one(tx, actor, &provider_q[Q_FIRM_LICENCE], ARGS(db_text(l->firm_licence)), &firm);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_NOT_FOUND)
		tell(x, "firm_licence", T("机构名册里没有这个证号"), 0);
	else
		in.firm = rows_int(firm, 0);
	if (l->home.code != 0 && region_find(l->home, day_of_moment(tx_now_ms(tx))) == NULL)
		tell(x, "home", T("没有这个区划"), 0);
	for (size_t k = 0; k < i; k++)
		if (text_equals(((const struct person_line *)csv_row(&x->rows, k))->licence, l->licence))
			tell(x, "licence", T("与第 %lld 行重复"), x->rows.lines[k]);
	if (!provider_check(&in, x->findings) || x->findings->total != total)
		return RC_INVALID;
	rc = tx_one(tx, actor, &provider_q[Q_PROVIDER_LICENCE], ARGS(db_text(l->licence)), &row);
	if (rc == RC_OK) {
		provider_read(row, &known);
		in.id = known.id;
		in.revision = known.revision;
		in.active = known.active;
		in.away_from = known.away_from;
		in.away_to = known.away_to;
	}
	return rc == RC_OK || rc == RC_NOT_FOUND ? provider_put(tx, actor, &in, known.account, &id) : rc;
}

/* ---- bodies --------------------------------------------------------------------------------------------- */

static enum rc
body_put(struct tx *tx, const struct actor *actor, struct import *x, size_t i)
{
	const struct body_line *l = csv_row(&x->rows, i);
	struct firm_new in = { .kind = l->kind, .licence = l->licence, .name = l->name, .phone = l->phone, .place = l->place, .active = true,
		.more = { .credit = l->credit, .sector = l->sector, .welfare = l->welfare, .valid_from = l->valid_from, .valid_to = l->valid_to } };
	size_t total = x->findings->total;
	struct firm known;
	ROWS row = NULL;
	ROWS same = NULL;
	int64_t id;
	enum rc rc = tx_one(tx, actor, &provider_q[Q_FIRM_LICENCE], ARGS(db_text(l->licence)), &row);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_OK) {
		firm_read(row, &known);
		in.id = known.id;
		in.revision = known.revision;
		in.active = known.active;
	}
	rc = l->credit.n > 0 ? tx_one(tx, actor, &provider_q[Q_FIRM_CREDIT], ARGS(db_text(l->credit)), &same) : RC_NOT_FOUND;
	if (rc == RC_OK && rows_int(same, 0) != in.id)
		tell(x, "credit", T("这个统一社会信用代码已经登记过了"), 0);
	if (region_find(l->place, day_of_moment(tx_now_ms(tx))) == NULL)
		tell(x, "place", T("没有这个区划"), 0);
	for (size_t k = 0; k < i; k++) {
		const struct body_line *o = csv_row(&x->rows, k);

		if (text_equals(o->licence, l->licence))
			tell(x, "licence", T("与第 %lld 行重复"), x->rows.lines[k]);
		if (l->credit.n > 0 && text_equals(o->credit, l->credit) && !text_equals(o->licence, l->licence))
			tell(x, "credit", T("与第 %lld 行重复"), x->rows.lines[k]);
	}
	if (!firm_check(&in, x->findings) || x->findings->total != total)
		return RC_INVALID;
	return rc == RC_OK || rc == RC_NOT_FOUND ? firm_put(tx, actor, &in, &id) : rc;
}

/* ---- both ------------------------------------------------------------------------------------------------ */

/* A row with a fault stores nothing and the next is looked at; with one finding nothing is kept. */
static enum rc
all(struct tx *tx, const struct actor *actor, struct import *x, enum rc (*put)(struct tx *, const struct actor *, struct import *, size_t))
{
	enum rc rc = RC_OK;

	x->findings->n = x->findings->total = 0;
	for (size_t i = 0; (rc == RC_OK || rc == RC_INVALID) && i < x->rows.n; i++) {
		size_t before = x->findings->n;

		rc = put(tx, actor, x, i);
		mark(x, before, x->rows.lines[i]);
	}
	x->ret.rows = (int64_t)x->rows.n;
	return (rc == RC_OK || rc == RC_INVALID) && x->findings->total > 0 ? RC_INVALID : rc;
}

static enum rc
persons_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return all(tx, actor, arg, person_put);
}

static enum rc
bodies_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return all(tx, actor, arg, body_put);
}

static enum rc
import(struct ctx *ctx, struct idem_key key, struct text csv, const struct form *form, db_fn *fn, struct findings *findings, int64_t *ret_rows)
{
	struct import x = { .findings = findings };
	enum rc rc;

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	rc = csv_form_read(csv, form, day_of_moment(ctx->now_ms), REGISTER_ROWS_MAX, ctx->mem, &x.rows, findings);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = form->key, .fn = fn, .arg = &x, .ret = &x.ret,
		    .ret_size = sizeof x.ret, .content = csv });
	if (rc == RC_OK)
		*ret_rows = x.ret.rows;
	return rc;
}

enum rc
register_import_persons(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows)
{
	return import(ctx, key, csv, &register_person_table, persons_tx, findings, ret_rows);
}

enum rc
register_import_bodies(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows)
{
	return import(ctx, key, csv, &register_body_table, bodies_tx, findings, ret_rows);
}
