#include <string.h>

#include "base/idcard.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "kit/msg/msg.h"
#include "resources/person/person_store.h"

#define NAME_MAX_POINTS 60
#define PHONE_LEAST_DIGITS 10 /* 12348 and 110 are numbers, but nobody's */
#define ID_COLUMN "person.id_sealed"
#define PHONE_COLUMN "person.phone_sealed"

/* ---- before the transaction ---------------------------------------------------------------------------- */

static const char *
idcard_why(enum idcard_fault fault)
{
	switch (fault) {
	case IDCARD_FINE:
		break;
	case IDCARD_LENGTH:
		return T("身份证号码应为%lld位");
	case IDCARD_DIGITS:
		return T("身份证号码只能是数字，最后一位可为X");
	case IDCARD_BIRTH:
		return T("身份证号码中的出生日期不存在或不在允许范围内");
	case IDCARD_CHECK:
		return T("身份证号码校验位不对，请核对");
	}
	return "";
}

static void
name_check(struct text name, struct findings *f)
{
	if (utf8_check(name, false) != UTF8_FINE || name.n == 0 || utf8_length(name) > NAME_MAX_POINTS)
		findings_add(f, "name", T("姓名应为1至%lld个字"), NAME_MAX_POINTS);
}

static void
born_check(struct day born, struct day today, struct findings *f)
{
	struct day first;

	if (day_is_none(born))
		return;
	if (day_compare(born, today) > 0)
		findings_add(f, "born", T("出生日期不能晚于今天"), 0);
	else if (day_from_ymd((struct ymd){ 1880, 1, 1 }, &first) == RC_OK && day_compare(born, first) < 0)
		findings_add(f, "born", T("出生日期不能早于%lld年"), 1880);
}

/* The number says born and sex too; what was told otherwise is asked about, not overruled. */
static void
card_check(const struct person_new *in, struct day today, struct idcard *card, struct person_prepared *p,
    struct findings *f)
{
	enum idcard_fault fault = idcard_read(in->id_number, today, card);

	if (fault != IDCARD_FINE) {
		findings_add(f, "id_number", idcard_why(fault), 18);
		return;
	}
	if (!day_is_none(in->born) && day_compare(in->born, card->born) != 0)
		findings_add(f, "born", T("出生日期与身份证号码不一致"), 0);
	if ((in->sex == SEX_MALE || in->sex == SEX_FEMALE) && in->sex != card->sex)
		findings_add(f, "sex", T("性别与身份证号码不一致"), 0);
	p->born = card->born;
	p->sex = card->sex;
}

static void
simple_check(const struct person_new *in, int64_t city, struct day today, struct findings *f)
{
	born_check(in->born, today, f);
	if (choice_by_value(sex_choices, in->sex) == NULL)
		findings_add(f, "sex", T("请选择性别"), 0);
	if (place_level(in->place) < PLACE_CITY || place_city4(in->place) != city)
		findings_add(f, "place", T("请选择本市的区划"), 0);
}

static enum rc
column_seal(struct ctx *ctx, struct crypt *crypt, const char *column, int64_t id, struct text value,
    struct text *ret)
{
	struct text context = crypt_context(ctx->mem, column, ctx->actor->city, id);

	return context.p == NULL ? RC_NO_MEMORY : crypt_seal(crypt, ctx->mem, value, context, ret);
}

static enum rc
numbers_seal(struct ctx *ctx, struct crypt *crypt, const struct idcard *card, const char *phone,
    struct person_prepared *p)
{
	enum rc rc = RC_OK;

	if (card->number[0] != '\0') {
		crypt_index(crypt, "idcard", text_of(card->number), p->id_index);
		rc = column_seal(ctx, crypt, ID_COLUMN, p->id, text_of(card->number), &p->id_sealed);
	}
	if (rc == RC_OK && phone[0] != '\0') {
		crypt_index(crypt, "phone", text_of(phone), p->phone_index);
		rc = column_seal(ctx, crypt, PHONE_COLUMN, p->id, text_of(phone), &p->phone_sealed);
	}
	return rc;
}

enum rc
person_prepare(struct ctx *ctx, struct crypt *crypt, const struct person_new *in,
    struct person_prepared *ret, struct findings *findings)
{
	struct day today = day_of_moment(ctx->now_ms);
	size_t before = findings->total;
	struct person_prepared p = { .name = text_trim(in->name), .place = in->place, .born = in->born,
		.sex = in->sex, .id_sealed = TEXT_NONE, .phone_sealed = TEXT_NONE };
	struct idcard card = { .number = "" };
	char phone[16] = "";
	enum rc rc;

	name_check(p.name, findings);
	simple_check(in, ctx->actor->city, today, findings);
	if (!text_is_empty(text_trim(in->id_number)))
		card_check(in, today, &card, &p, findings);
	if (!text_is_empty(text_trim(in->phone))
	    && (phone_read(in->phone, phone) != RC_OK || strlen(phone) < PHONE_LEAST_DIGITS))
		findings_add(findings, "phone", T("电话号码不对：手机11位，座机带区号"), 0);
	if (findings->total > before)
		return RC_INVALID;
	p.name = arena_text(ctx->mem, p.name);
	p.groups = group_derive(in->groups, p.born, p.sex, today);
	rc = p.name.p == NULL ? RC_NO_MEMORY : db_id(ctx->db, &p.id);
	if (rc == RC_OK)
		rc = numbers_seal(ctx, crypt, &card, phone, &p);
	if (rc == RC_OK)
		*ret = p;
	return rc;
}

/* ---- in the transaction --------------------------------------------------------------------------------- */

static unsigned
differences(const struct rows *rows, const struct person_prepared *p)
{
	struct text phone = rows_text(rows, 2);
	uint64_t stored = (uint64_t)rows_int(rows, 4);
	unsigned d = 0;

	if (!text_equals(rows_text(rows, 1), p->name))
		d |= PERSON_DIFFERS_NAME;
	if (p->phone_sealed.n > 0 && (phone.n != 16 || memcmp(phone.p, p->phone_index, 16) != 0))
		d |= PERSON_DIFFERS_PHONE;
	if (rows_int(rows, 3) != p->place.code)
		d |= PERSON_DIFFERS_PLACE;
	if ((p->groups & ~stored) != 0)
		d |= PERSON_DIFFERS_GROUPS;
	return d;
}

static enum rc
known_find(struct tx *tx, const struct actor *actor, const struct person_prepared *p,
    struct person_stored *ret)
{
	ROWS rows = NULL;
	enum rc rc;

	if (p->id_sealed.n == 0)
		return RC_NOT_FOUND;
	rc = tx_one(tx, actor, &person_stmts[PERSON_BY_ID], ARGS(index_value(p->id_index)), &rows);
	if (rc == RC_OK)
		*ret = (struct person_stored){ .id = { rows_int(rows, 0) }, .reused = true,
			.differs = differences(rows, p) };
	return rc;
}

enum rc
person_insert(struct tx *tx, const struct actor *actor, const struct person_prepared *p,
    struct person_stored *ret)
{
	bool has_id = p->id_sealed.n > 0, has_phone = p->phone_sealed.n > 0;
	int64_t changed = 0;
	enum rc rc = known_find(tx, actor, p, ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	rc = tx_run(tx, actor, &person_stmts[PERSON_INSERT], ARGS(db_int(p->id), db_int(p->place.code),
	    db_text(p->name), db_int(has_id ? 1 : 0), has_id ? db_blob(p->id_sealed) : db_null(),
	    has_id ? index_value(p->id_index) : db_null(), has_phone ? db_blob(p->phone_sealed) : db_null(),
	    has_phone ? index_value(p->phone_index) : db_null(), day_value(p->born), db_int(p->sex),
	    db_int((int64_t)p->groups), db_int(tx_now_ms(tx))), &changed);
	if (rc == RC_OK && changed != 1)
		rc = RC_BUSY; /* written down by another transaction at this moment: run again, and find it */
	if (rc == RC_OK)
		*ret = (struct person_stored){ .id = { p->id } };
	return rc;
}

/* ---- masked ------------------------------------------------------------------------------------------------ */

typedef struct text mask_fn(struct text value, char out[static 32]);

/* Unsealed and masked in one step: the clear number lives in the arena of this request only. */
static enum rc
column_mask(struct arena *mem, struct crypt *crypt, const struct actor *actor, const char *column,
    int64_t id, struct text sealed, mask_fn *mask, struct text *ret)
{
	char out[32];
	struct text context, clear;
	enum rc rc;

	*ret = TEXT_NONE;
	if (sealed.n == 0)
		return RC_OK;
	context = crypt_context(mem, column, actor->city, id);
	if (context.p == NULL)
		return RC_NO_MEMORY;
	rc = crypt_unseal(crypt, mem, sealed, context, &clear);
	if (rc != RC_OK)
		return rc;
	*ret = arena_text(mem, mask(clear, out));
	return ret->p == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc
person_load(struct tx *tx, const struct actor *actor, struct crypt *crypt, struct person_id id,
    struct person *ret)
{
	ROWS rows = NULL;
	struct person p;
	enum rc rc = tx_one(tx, actor, &person_stmts[PERSON_GET], ARGS(db_int(id.n)), &rows);

	if (rc != RC_OK)
		return rc;
	p = (struct person){ .id = id, .place = { rows_int(rows, 1) }, .name = rows_copy(rows, 2),
		.born = day_at(rows, 5), .sex = (int)rows_int(rows, 6), .groups = (uint64_t)rows_int(rows, 7),
		.created_ms = rows_int(rows, 8), .revision = rows_int(rows, 9) };
	rc = column_mask(tx_mem(tx), crypt, actor, ID_COLUMN, id.n, rows_text(rows, 3), mask_idcard, &p.id_masked);
	if (rc == RC_OK)
		rc = column_mask(tx_mem(tx), crypt, actor, PHONE_COLUMN, id.n, rows_text(rows, 4), mask_phone,
		    &p.phone_masked);
	if (rc == RC_OK)
		*ret = p;
	return rc;
}

/* ---- likely duplicates --------------------------------------------------------------------------------------- */

struct likely_arg {
	struct crypt *crypt;
	unsigned char id_index[16], phone_index[16];
	bool has_id, has_phone;
	struct text name;
	struct day born;
	struct person_likely *ret;
	size_t cap, n;
};

static bool
likely_has(const struct likely_arg *arg, int64_t id)
{
	for (size_t i = 0; i < arg->n; i++)
		if (arg->ret[i].id.n == id)
			return true;
	return false;
}

static enum rc
likely_add(struct tx *tx, const struct actor *actor, struct likely_arg *arg, const struct rows *rows,
    enum person_same why)
{
	struct person_likely *l = &arg->ret[arg->n];
	char out[64];
	enum rc rc;

	*l = (struct person_likely){ .id = { rows_int(rows, 0) }, .why = why };
	l->name_masked = arena_text(tx_mem(tx), mask_name(rows_text(rows, 1), out));
	rc = column_mask(tx_mem(tx), arg->crypt, actor, ID_COLUMN, l->id.n, rows_text(rows, 2), mask_idcard,
	    &l->id_masked);
	if (rc == RC_OK)
		rc = column_mask(tx_mem(tx), arg->crypt, actor, PHONE_COLUMN, l->id.n, rows_text(rows, 3), mask_phone,
		    &l->phone_masked);
	if (rc == RC_OK)
		arg->n++;
	return rc;
}

static enum rc
likely_read(struct tx *tx, const struct actor *actor, struct likely_arg *arg, enum person_stmt stmt,
    struct db_args args, enum person_same why)
{
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &person_stmts[stmt], args, &rows);

	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK)
		if (arg->n < arg->cap && !likely_has(arg, rows_int(rows, 0)))
			rc = likely_add(tx, actor, arg, rows, why);
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
duplicates_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct likely_arg *arg = p;
	struct db_value most = db_int((int64_t)arg->cap);
	enum rc rc = RC_OK;

	arg->n = 0;
	if (arg->has_id)
		rc = likely_read(tx, actor, arg, PERSON_SAME_BY_ID, ARGS(index_value(arg->id_index), most),
		    PERSON_SAME_ID);
	if (rc == RC_OK && arg->has_phone)
		rc = likely_read(tx, actor, arg, PERSON_SAME_BY_PHONE, ARGS(index_value(arg->phone_index), most),
		    PERSON_SAME_PHONE);
	if (rc == RC_OK && arg->name.n > 0 && !day_is_none(arg->born))
		rc = likely_read(tx, actor, arg, PERSON_SAME_BY_NAME,
		    ARGS(db_text(arg->name), db_int(arg->born.n), most), PERSON_SAME_NAME_BORN);
	return rc;
}

enum rc
person_find_duplicates(struct ctx *ctx, struct crypt *crypt, struct text id_number,
    struct text phone, struct text name, struct day born, struct person_likely *ret, size_t cap,
    size_t *ret_n)
{
	struct likely_arg arg = { .crypt = crypt, .name = text_trim(name), .born = born, .ret = ret,
		.cap = cap < PERSON_LIKELY_MAX ? cap : PERSON_LIKELY_MAX };
	struct idcard card;
	char digits[16];
	enum rc rc;

	if (utf8_check(arg.name, false) != UTF8_FINE)
		arg.name = TEXT_NONE;
	if (idcard_read(id_number, day_of_moment(ctx->now_ms), &card) == IDCARD_FINE) {
		arg.has_id = true;
		arg.born = card.born;
		crypt_index(crypt, "idcard", text_of(card.number), arg.id_index);
	}
	if (phone_read(phone, digits) == RC_OK) {
		arg.has_phone = true;
		crypt_index(crypt, "phone", text_of(digits), arg.phone_index);
	}
	rc = db_read(ctx, duplicates_read, &arg);
	if (rc == RC_OK)
		*ret_n = arg.n;
	return rc;
}
