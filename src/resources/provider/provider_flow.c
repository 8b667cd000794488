#include "resources/provider/provider_internal.h"
#include "resources/provider/provider_rule.h"
#include "resources/provider/provider_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

/* ---- reading --------------------------------------------------------------------------------------- */

enum rc
firm_load(struct tx *tx, const struct actor *actor, int64_t id, struct firm *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &provider_q[Q_FIRM], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		firm_read(row, ret);
	return rc;
}

enum rc
firm_list(struct tx *tx, const struct actor *actor, struct text after, struct firm *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &provider_q[Q_FIRMS], ARGS(db_text(after), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		firm_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
provider_load(struct tx *tx, const struct actor *actor, int64_t id, struct provider *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &provider_q[Q_PROVIDER], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		provider_read(row, ret);
	return rc;
}

enum rc
provider_by_account(struct tx *tx, const struct actor *actor, int64_t account, struct provider *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &provider_q[Q_PROVIDER_ACCOUNT], ARGS(db_int(account)), &row);

	if (rc == RC_OK)
		provider_read(row, ret);
	return rc;
}

enum rc
provider_list(struct tx *tx, const struct actor *actor, int64_t firm, int64_t after, struct provider *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = firm == 0 ? tx_rows(tx, actor, &provider_q[Q_PROVIDERS], ARGS(db_int(after), db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &provider_q[Q_PROVIDERS_OF], ARGS(db_int(firm), db_int(after), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		provider_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- checking ----------------------------------------------------------------------------------------- */

bool
provider_may_change(const struct actor *actor)
{
	return actor->kind == ACTOR_SYSTEM || (actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_NETWORK));
}

static void
check_head(struct text licence, struct text name, struct findings *findings)
{
	if (!licence_is_sound(licence))
		findings_add(findings, "licence", T("证号用 4 到 40 位数字、大写字母和连字符"), 0);
	if (text_is_empty(text_trim(name)))
		findings_add(findings, "name", T("请写名称"), 0);
}

bool
firm_check(const struct firm_new *in, struct findings *findings)
{
	size_t before = findings->total;

	check_head(in->licence, in->name, findings);
	if (in->kind < FIRM_LAW || in->kind >= FIRM_KIND_COUNT)
		findings_add(findings, "kind", T("请选择机构种类"), 0);
	if (place_level(in->place) < PLACE_CITY)
		findings_add(findings, "place", T("请选择所在地"), 0);
	if (in->more.sector < 0 || in->more.sector >= SECTOR_COUNT)
		findings_add(findings, "sector", T("请选择政府、社会或者市场"), 0);
	if (in->more.valid_to.n > 0 && in->more.valid_from.n > 0 && day_compare(in->more.valid_to, in->more.valid_from) < 0)
		findings_add(findings, "valid_to", T("终止日不能早于起始日"), 0);
	return findings->total == before;
}

static void
check_lawyer(struct text licence, struct findings *findings)
{
	switch (lawyer_licence_judge(licence, LICENCE_YEAR_MOST)) {
	case LICENCE_LENGTH:
		findings_add(findings, "licence", T("律师执业证号是 17 位数字，旧证 12 位"), 0);
		break;
	case LICENCE_YEAR:
		findings_add(findings, "licence", T("律师执业证号第 6 至 9 位是首次执业的年份，不早于 %lld 年"), LAWYER_FIRST_YEAR);
		break;
	case LICENCE_CATEGORY:
		findings_add(findings, "licence", T("律师执业证号第 10 位是类别，1 至 9"), 0);
		break;
	case LICENCE_SEX:
		findings_add(findings, "licence", T("律师执业证号第 11 位是性别，0 或 1"), 0);
		break;
	case LICENCE_FINE:
		break;
	}
}

bool
provider_check(const struct provider_new *in, struct findings *findings)
{
	size_t before = findings->total;

	check_head(in->licence, in->name, findings);
	if (in->kind < PROVIDER_LAWYER || in->kind >= PROVIDER_KIND_COUNT)
		findings_add(findings, "kind", T("请选择人员种类"), 0);
	if (day_is_none(in->valid_from))
		findings_add(findings, "valid_from", T("请写执业证的起始日"), 0);
	if (day_is_none(in->practice_from))
		findings_add(findings, "practice_from", T("请写开始执业的日期"), 0);
	if (!day_is_none(in->valid_to) && day_compare(in->valid_to, in->valid_from) < 0)
		findings_add(findings, "valid_to", T("终止日不能早于起始日"), 0);
	if (in->kind == PROVIDER_HELPER && (in->more.category <= 0 || in->more.category >= VOLUNTEER_COUNT))
		findings_add(findings, "category", T("请选择志愿者的类别"), 0);
	if (in->kind == PROVIDER_HELPER && !volunteer_shows_paper(in->more.category, in->more.qualification))
		findings_add(findings, "qualification", T("这一类志愿者要填资格证明的编号"), 0);
	if (in->kind == PROVIDER_LAWYER || in->kind == PROVIDER_AID_LAWYER)
		check_lawyer(in->licence, findings);
	if (!day_is_none(in->away_to) && (day_is_none(in->away_from) || day_compare(in->away_to, in->away_from) < 0))
		findings_add(findings, "away_to", T("终止日不能早于起始日"), 0);
	return findings->total == before;
}

/* ---- changing -------------------------------------------------------------------------------------------- */

static struct db_value
day_or_null(struct day d)
{
	return day_is_none(d) ? db_null() : db_int(d.n);
}

/* Of a licence: nobody's is from before 1970, so that a day left at its zero is none. */
static struct db_value
licence_day(struct day d)
{
	return d.n <= 0 ? db_null() : db_int(d.n);
}

static struct db_value
text_or_none(struct text t)
{
	return db_text(t.p != NULL ? text_trim(t) : TEXT_NONE);
}

enum rc
firm_put(struct tx *tx, const struct actor *actor, const struct firm_new *in, int64_t *ret_id)
{
	int64_t id = in->id != 0 ? in->id : tx_id(tx);
	enum rc rc = in->id != 0
	    ? tx_run_one(tx, actor, &provider_q[Q_FIRM_UPDATE], ARGS(db_int(id), db_int(in->revision), db_int(in->kind),
	        db_text(in->licence), db_text(in->name), db_int(in->place.code), db_text(in->phone), db_int(in->active),
	        db_text_or_null(in->more.credit), db_int(in->more.sector), db_int(in->more.welfare), licence_day(in->more.valid_from),
	        licence_day(in->more.valid_to)))
	    : tx_run(tx, actor, &provider_q[Q_FIRM_INSERT], ARGS(db_int(id), db_int(in->kind), db_text(in->licence),
	        db_text(in->name), db_int(in->place.code), db_text(in->phone), db_int(in->active), db_text_or_null(in->more.credit),
	        db_int(in->more.sector), db_int(in->more.welfare), licence_day(in->more.valid_from), licence_day(in->more.valid_to)), NULL);

	*ret_id = id;
	return rc == RC_OK ? audit_note(tx, actor, "provider.firm", "firm", id, in->licence) : rc;
}

enum rc
provider_put(struct tx *tx, const struct actor *actor, const struct provider_new *in, int64_t account, int64_t *ret_id)
{
	int64_t id = in->id != 0 ? in->id : tx_id(tx);
	enum rc rc = in->id != 0
	    ? tx_run_one(tx, actor, &provider_q[Q_PROVIDER_UPDATE], ARGS(db_int(id), db_int(in->revision), db_int(in->firm),
	        db_int(in->kind), db_text(in->licence), db_text(in->name), db_int(in->valid_from.n), day_or_null(in->valid_to),
	        db_int(in->practice_from.n), db_int((int64_t)in->skills), db_key(account), day_or_null(in->away_from),
	        day_or_null(in->away_to), db_int(in->active), db_int(in->more.sector), db_int(in->more.category), text_or_none(in->more.qualification),
	        db_int((int64_t)in->more.languages), db_key(in->more.home.code), db_int(in->more.room)))
	    : tx_run(tx, actor, &provider_q[Q_PROVIDER_INSERT], ARGS(db_int(id), db_int(in->firm), db_int(in->kind),
	        db_text(in->licence), db_text(in->name), db_int(in->valid_from.n), day_or_null(in->valid_to),
	        db_int(in->practice_from.n), db_int((int64_t)in->skills), db_key(account), day_or_null(in->away_from),
	        day_or_null(in->away_to), db_int(in->active), db_int(in->more.sector), db_int(in->more.category), text_or_none(in->more.qualification),
	        db_int((int64_t)in->more.languages), db_key(in->more.home.code), db_int(in->more.room)), NULL);

	*ret_id = id;
	return rc == RC_OK ? audit_note(tx, actor, "provider.save", "provider", id, in->licence) : rc;
}

struct saved { int64_t id; };
struct firm_arg { const struct firm_new *in; struct findings *findings; struct saved ret; };

static enum rc
firm_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct firm_arg *arg = argument;
	ROWS row = NULL;
	ROWS same = NULL;
	enum rc rc = tx_one(tx, actor, &provider_q[Q_FIRM_LICENCE], ARGS(db_text(arg->in->licence)), &row);

	if (rc == RC_OK && rows_int(row, 0) != arg->in->id) {
		findings_add(arg->findings, "licence", T("这个证号已经登记过了"), 0);
		return RC_INVALID;
	}
	if ((rc == RC_OK || rc == RC_NOT_FOUND) && arg->in->more.credit.n > 0)
		rc = tx_one(tx, actor, &provider_q[Q_FIRM_CREDIT], ARGS(db_text(arg->in->more.credit)), &same);
	if (rc == RC_OK && same != NULL && rows_int(same, 0) != arg->in->id) {
		findings_add(arg->findings, "credit", T("这个统一社会信用代码已经登记过了"), 0);
		return RC_INVALID;
	}
	return rc == RC_OK || rc == RC_NOT_FOUND ? firm_put(tx, actor, arg->in, &arg->ret.id) : rc;
}

enum rc
firm_save(struct ctx *ctx, struct idem_key key, const struct firm_new *in, struct findings *findings, int64_t *ret_id)
{
	struct firm_arg arg = { .in = in, .findings = findings };
	enum rc rc;

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (!firm_check(in, findings))
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "provider.firm", .fn = firm_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(in->id), db_int(in->revision), db_int(in->kind),
	        db_text(in->licence), db_text(in->name), db_int(in->place.code), db_text(in->phone), db_int(in->active),
	        text_or_none(in->more.credit), db_int(in->more.sector), db_int(in->more.welfare), db_int(in->more.valid_from.n),
	        db_int(in->more.valid_to.n)) });
	*ret_id = arg.ret.id;
	return rc;
}

struct save_arg { const struct provider_new *in; struct findings *findings; struct saved ret; };

/* The account by its login: there, and nobody else's. */
static enum rc
account_of(struct tx *tx, const struct actor *actor, struct save_arg *arg, int64_t *ret)
{
	struct account a;
	struct provider other;
	enum rc rc;

	*ret = 0;
	if (text_is_empty(arg->in->login))
		return RC_OK;
	rc = identity_by_login(tx, actor, arg->in->login, &a);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && a.role != ROLE_PROVIDER)) {
		findings_add(arg->findings, "login", T("没有这个服务提供者账号"), 0);
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	*ret = a.id.n;
	rc = provider_by_account(tx, actor, a.id.n, &other);
	if (rc == RC_OK && other.id != arg->in->id) {
		findings_add(arg->findings, "login", T("这个账号已经是另一名人员的"), 0);
		return RC_INVALID;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
save_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct save_arg *arg = argument;
	struct firm firm;
	int64_t account = 0;
	ROWS row = NULL;
	enum rc rc = firm_load(tx, actor, arg->in->firm, &firm);

	if (rc == RC_NOT_FOUND) {
		findings_add(arg->findings, "firm", T("没有这个机构"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_one(tx, actor, &provider_q[Q_PROVIDER_LICENCE], ARGS(db_text(arg->in->licence)), &row);
	if (rc == RC_OK && rows_int(row, 0) != arg->in->id) {
		findings_add(arg->findings, "licence", T("这个证号已经登记过了"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		rc = account_of(tx, actor, arg, &account);
	return rc == RC_OK ? provider_put(tx, actor, arg->in, account, &arg->ret.id) : rc;
}

enum rc
provider_save(struct ctx *ctx, struct idem_key key, const struct provider_new *in, struct findings *findings, int64_t *ret_id)
{
	struct save_arg arg = { .in = in, .findings = findings };
	enum rc rc;

	if (!provider_may_change(ctx->actor))
		return RC_FORBIDDEN;
	if (!provider_check(in, findings))
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "provider.save", .fn = save_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(in->id), db_int(in->revision), db_int(in->firm), db_int(in->kind),
	        db_text(in->licence), db_text(in->name), db_text(in->login), db_int(in->valid_from.n), db_int(in->valid_to.n),
	        db_int(in->practice_from.n), db_int(in->away_from.n), db_int(in->away_to.n), db_int((int64_t)in->skills),
	        db_int(in->active), db_int(in->more.sector), db_int(in->more.category), text_or_none(in->more.qualification),
	        db_int((int64_t)in->more.languages), db_key(in->more.home.code), db_int(in->more.room)) });
	*ret_id = arg.ret.id;
	return rc;
}
