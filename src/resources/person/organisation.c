#include <string.h>

#include "base/credit.h"
#include "base/utf8.h"
#include "kit/msg/msg.h"
#include "resources/person/person_store.h"

#define NAME_MAX_POINTS 100
#define STAFF_MAX INT64_C(10000000)

static const char *
credit_why(enum credit_fault fault)
{
	switch (fault) {
	case CREDIT_FINE:
		break;
	case CREDIT_LENGTH:
		return T("统一社会信用代码应为%lld位");
	case CREDIT_CHARACTER:
		return T("统一社会信用代码中有不应出现的字符");
	case CREDIT_CHECK:
		return T("统一社会信用代码校验位不对，请核对");
	}
	return "";
}

static void
code_check(const struct organisation_new *in, char code[static 19], struct findings *f)
{
	enum credit_fault fault;

	code[0] = '\0';
	if (text_is_empty(text_trim(in->credit_code)))
		return;
	fault = credit_read(text_trim(in->credit_code), code);
	if (fault != CREDIT_FINE) {
		code[0] = '\0';
		findings_add(f, "credit_code", credit_why(fault), 18);
	} else if (credit_is_government(code)) {
		findings_add(f, "credit_code", applicant_why_text(FIT_GOVERNMENT), 0);
	}
}

enum rc
organisation_check(const struct organisation_new *in, struct day today, char code_out[static 19],
    struct findings *findings)
{
	size_t before = findings->total;
	struct text name = text_trim(in->name);

	if (utf8_check(name, false) != UTF8_FINE || name.n == 0 || utf8_length(name) > NAME_MAX_POINTS)
		findings_add(findings, "org_name", T("单位名称应为1至%lld个字"), NAME_MAX_POINTS);
	if (!applicant_is_organisation(in->kind))
		findings_add(findings, "applicant", T("请选择单位类型"), 0);
	if (in->kind == APPLICANT_GOVERNMENT)
		findings_add(findings, "applicant", applicant_why_text(FIT_GOVERNMENT), 0);
	code_check(in, code_out, findings);
	if (!day_is_none(in->founded) && day_compare(in->founded, today) > 0)
		findings_add(findings, "founded", applicant_why_text(FIT_UNFOUNDED), 0);
	if (in->staff < -1 || in->staff > STAFF_MAX)
		findings_add(findings, "staff", T("从业人员应为0至%lld人"), STAFF_MAX);
	return findings->total > before ? RC_INVALID : RC_OK;
}

static enum rc
known_find(struct tx *tx, const struct actor *actor, struct text name, const char code[static 19],
    struct organisation_stored *ret)
{
	ROWS rows = NULL;
	enum rc rc;

	if (code[0] == '\0')
		return RC_NOT_FOUND;
	rc = tx_one(tx, actor, &person_stmts[ORGANISATION_BY_CODE], ARGS(db_text(text_of(code))), &rows);
	if (rc == RC_OK)
		*ret = (struct organisation_stored){ .id = { rows_int(rows, 0) }, .reused = true,
			.name_differs = !text_equals(rows_text(rows, 1), name) };
	return rc;
}

enum rc
organisation_insert(struct tx *tx, const struct actor *actor, const struct organisation_new *in,
    const char code[static 19], struct organisation_stored *ret)
{
	struct text name = text_trim(in->name);
	int64_t id;
	enum rc rc = known_find(tx, actor, name, code, ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	id = tx_id(tx);
	rc = tx_run_one(tx, actor, &person_stmts[ORGANISATION_INSERT], ARGS(db_int(id),
	    db_int(in->place.code), db_text(name), db_int(in->kind), db_text_or_null(text_of(code)),
	    day_value(in->founded), in->staff < 0 ? db_null() : db_int(in->staff), db_int(tx_now_ms(tx))));
	if (rc == RC_OK)
		*ret = (struct organisation_stored){ .id = { id } };
	return rc;
}

enum rc
organisation_load(struct tx *tx, const struct actor *actor, struct organisation_id id,
    struct organisation *ret)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &person_stmts[ORGANISATION_GET], ARGS(db_int(id.n)), &rows);

	if (rc != RC_OK)
		return rc;
	*ret = (struct organisation){ .id = id, .place = { rows_int(rows, 1) }, .name = rows_copy(rows, 2),
		.kind = (enum applicant_kind)rows_int(rows, 3), .credit_code = rows_copy(rows, 4),
		.founded = day_at(rows, 5), .staff = rows_is_null(rows, 6) ? -1 : rows_int(rows, 6),
		.created_ms = rows_int(rows, 7), .revision = rows_int(rows, 8) };
	return RC_OK;
}
