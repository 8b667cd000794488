/* Who is on the panel, what is looked at, and the numbers in force. */
#include "evaluation/quality/quality_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

extern const char quality_civil_txt[], quality_criminal_txt[];
extern const size_t quality_civil_txt_n, quality_criminal_txt_n;

size_t
quality_words(struct text t)
{
	return utf8_length(text_trim(t));
}

enum rc
quality_refuse(struct quality_verdict *v, enum quality_no why, int64_t bound)
{
	*v = (struct quality_verdict){ why, bound };
	return RC_REFUSED;
}

bool
quality_manages(const struct actor *actor, struct place place)
{
	enum place_level level = place_level(place);
	struct place_range r = place_range(place);

	if (actor->kind == ACTOR_SYSTEM)
		return true;
	return actor_may(actor, RIGHT_QUALITY) && (level == PLACE_CITY || level == PLACE_COUNTY) && actor->places.lo <= r.lo
	    && actor->places.hi >= r.hi;
}

/* ---- settings (内部, 未核实) ----------------------------------------------------------------------------------- */

const struct setting_kind quality_settings[QUALITY_SETTINGS_N] = {
	{ "quality.excellent", T("案件质量：优秀从几分起"), T("分"), T("本系统自己拟定的等次（内部），不是国家标准的数字。"), 1, 100, 90, RIGHT_SETTINGS, NULL },
	{ "quality.good", T("案件质量：良好从几分起"), T("分"), T("本系统自己拟定的等次（内部），不是国家标准的数字。"), 1, 100, 75, RIGHT_SETTINGS, NULL },
	{ "quality.pass", T("案件质量：合格从几分起"), T("分"), T("低于它的要整改（内部）。"), 1, 100, 60, RIGHT_SETTINGS, NULL },
	{ "quality.gap", T("两位专家相差几分以上要再抽一位"), T("分"), T("内部规定。"), 1, 100, 15, RIGHT_SETTINGS, NULL },
	{ "quality.low_percent", T("一项低于它的百分之几要写理由"), "%", T("内部规定。"), 0, 100, 60, RIGHT_SETTINGS, NULL },
	{ "quality.hear_days", T("承办人员陈述意见的日子"), T("日"), T("内部规定；过了没有陈述的，可以定分。"), 1, 60, 7, RIGHT_SETTINGS, NULL },
	{ "quality.rectify_days", T("整改期限"), T("日"), T("内部规定；每一件可以另定。"), 1, 180, 15, RIGHT_SETTINGS, NULL },
	{ "quality.visit_days", T("结案后几日内回访受援人"), T("日"), T("内部规定。"), 1, 180, 30, RIGHT_SETTINGS, NULL },
};

enum rc
quality_bounds_read(struct tx *tx, const struct actor *actor, struct quality_bounds *ret)
{
	int64_t *const to[QUALITY_SETTINGS_N] = { &ret->excellent, &ret->good, &ret->pass, &ret->gap, &ret->low_percent, &ret->hear_days,
		&ret->rectify_days, &ret->visit_days };
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < QUALITY_SETTINGS_N; i++)
		rc = setting_read(tx, actor, &quality_settings[i], to[i]);
	return rc;
}

/* ---- checklists --------------------------------------------------------------------------------------------------- */

static struct text
builtin(enum quality_kind kind)
{
	return kind == QUALITY_CIVIL ? (struct text){ quality_civil_txt, quality_civil_txt_n }
	    : (struct text){ quality_criminal_txt, quality_criminal_txt_n };
}

enum rc
quality_list_load(struct tx *tx, const struct actor *actor, enum quality_kind kind, int version, struct quality_list *ret)
{
	ROWS row = NULL;
	enum rc rc = version == 0 ? tx_one(tx, actor, &quality_q[Q_LIST_NEWEST], ARGS(db_int(kind)), &row)
	    : tx_one(tx, actor, &quality_q[Q_LIST], ARGS(db_int(kind), db_int(version)), &row);

	*ret = (struct quality_list){ .kind = kind, .version = 1, .body = builtin(kind), .source = TEXT("内部，未核实"), .account_name = TEXT_NONE };
	if (rc == RC_NOT_FOUND && version <= 1)
		return RC_OK;
	if (rc == RC_OK)
		*ret = (struct quality_list){ .kind = kind, .version = (int)rows_int(row, 0), .body = rows_copy(row, 1),
			.source = rows_copy(row, 2), .account_name = rows_copy(row, 3), .at_ms = rows_int(row, 4) };
	return rc;
}

struct list_arg { enum quality_kind kind; struct text body, source; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct list_arg *arg = argument;
	struct quality_list now;
	enum rc rc = quality_list_load(tx, actor, arg->kind, 0, &now);

	if (rc == RC_OK) /* the one that came with the program stays readable as version 1 */
		rc = tx_run(tx, actor, &quality_q[Q_LIST_PUT], ARGS(db_int(arg->kind), db_int(now.version), db_text(now.body), db_text(now.source),
		    db_int(-1), db_int(tx_now_ms(tx))), NULL);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_LIST_PUT], ARGS(db_int(arg->kind), db_int(now.version + 1), db_text(arg->body),
		    db_text(arg->source), db_int(actor->account), db_int(tx_now_ms(tx))));
	return rc == RC_OK ? audit_note(tx, actor, "quality.checklist", "quality_checklist", now.version + 1, TEXT_NONE) : rc;
}

enum rc
quality_list_save(struct ctx *ctx, struct idem_key key, enum quality_kind kind, struct text body, struct text source,
    enum quality_list_why *ret_why, int *ret_line)
{
	struct list_arg arg = { kind, body, source };
	struct quality_checklist parsed;

	if (ctx->actor->kind != ACTOR_SYSTEM && !actor_may(ctx->actor, RIGHT_AID_REVIEW))
		return RC_FORBIDDEN;
	*ret_why = quality_checklist_parse(body, &parsed, ret_line);
	if (*ret_why != QUALITY_LIST_OK || (int)kind <= 0 || kind >= QUALITY_KIND_COUNT || quality_words(source) < QUALITY_WORDS_MIN)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "quality.checklist", .fn = list_tx, .arg = &arg,
	    .asked = ARGS(db_int(kind), db_text(body), db_text(source)) });
}

/* ---- the panel -------------------------------------------------------------------------------------------------------- */

enum rc
quality_experts(struct tx *tx, const struct actor *actor, struct quality_expert *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_EXPERTS], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct quality_expert *e = &ret[(*ret_n)++];

		*e = (struct quality_expert){ .account = rows_int(row, 0), .name = rows_copy(row, 1), .login = rows_copy(row, 2),
			.firm_name = rows_copy(row, 3), .field = rows_copy(row, 4), .from = { (int32_t)rows_int(row, 5) },
			.to = { (int32_t)rows_int(row, 6) }, .active = rows_int(row, 7) != 0, .revision = rows_int(row, 8), .open = rows_int(row, 9) };
		if (rows_is_null(row, 6))
			e->to = DAY_NONE;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

struct expert_arg { const struct quality_expert_new *in; struct quality_verdict verdict; };

static enum rc
expert_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct expert_arg *arg = argument;
	const struct quality_expert_new *in = arg->in;
	struct db_value to = day_is_none(in->to) ? db_null() : db_int(in->to.n);
	struct account a;
	int64_t changed = 0;
	enum rc rc = identity_by_login(tx, actor, in->login, &a);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && in->active && !a.active))
		return quality_refuse(&arg->verdict, QUALITY_NO_ACCOUNT, 0);
	if (rc != RC_OK)
		return rc;
	if (in->revision == 0)
		rc = tx_run(tx, actor, &quality_q[Q_EXPERT_INSERT], ARGS(db_int(a.id.n), db_text(in->field), db_int(in->from.n), to,
		    db_int(in->active), db_int(tx_now_ms(tx)), db_int(actor->account)), &changed);
	else
		rc = tx_run(tx, actor, &quality_q[Q_EXPERT_UPDATE], ARGS(db_int(a.id.n), db_text(in->field), db_int(in->from.n), to,
		    db_int(in->active), db_int(in->revision)), &changed);
	if (rc == RC_OK && changed == 0)
		return RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "quality.expert", "account", a.id.n, in->active ? TEXT("active") : TEXT("off")) : rc;
}

enum rc
quality_expert_save(struct ctx *ctx, struct idem_key key, const struct quality_expert_new *in, struct quality_verdict *ret)
{
	struct expert_arg arg = { .in = in };
	enum rc rc;

	*ret = arg.verdict;
	if (ctx->actor->kind != ACTOR_SYSTEM && !actor_may(ctx->actor, RIGHT_AID_REVIEW))
		return RC_FORBIDDEN;
	if (day_is_none(in->from) || (!day_is_none(in->to) && in->to.n < in->from.n) || utf8_length(in->field) > 60)
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "quality.expert", .fn = expert_tx, .arg = &arg,
	    .asked = ARGS(db_text(in->login), db_text(in->field), db_int(in->from.n), db_int(in->to.n), db_int(in->active),
	        db_int(in->revision)) });
	*ret = arg.verdict;
	return rc;
}
