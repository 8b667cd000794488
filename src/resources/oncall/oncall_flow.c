#include "resources/oncall/oncall_store.h"

#include <stdio.h>

#include "base/phone.h"
#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define NAME_POINTS 60
#define WORDS_POINTS 200

const struct setting_kind oncall_test_day = { .key = "oncall.test_day", .label = T("每月几号起提醒测试电话"), .unit = T("号"),
	.hint = T("到这一天还没有测试的公开电话，提醒站点的负责人。"), .min = 1, .max = 28, .usual = 10, .right = RIGHT_SETTINGS };

const struct choice phone_result_choices[] = {
	{ PHONE_ANSWERED, "answered", T("有人接") }, { PHONE_BUSY, "busy", T("占线、没有人接") },
	{ PHONE_DEAD, "dead", T("打不通") }, { PHONE_WRONG, "wrong", T("号码是别人的") }, { 0, NULL, NULL },
};

const char *
phone_result_key(enum phone_result r)
{
	const struct choice *c = choice_by_value(phone_result_choices, (int)r);

	return c == NULL ? "none" : c->key;
}

const char *
phone_result_label(enum phone_result r)
{
	const struct choice *c = choice_by_value(phone_result_choices, (int)r);

	return c == NULL ? T("还没有测") : c->label;
}

bool
phone_is_bad(enum phone_result r)
{
	return r == PHONE_DEAD || r == PHONE_WRONG;
}

int
oncall_month(int64_t at_ms)
{
	struct ymd d = day_to_ymd(day_of_moment(at_ms));

	return d.year * 100 + d.month;
}

bool
oncall_may_keep(const struct actor *a)
{
	return a->kind == ACTOR_SYSTEM || (a->kind == ACTOR_ACCOUNT && (actor_may(a, RIGHT_NETWORK) || actor_may(a, RIGHT_SUPERVISE)));
}

bool
oncall_may_test(const struct actor *a)
{
	return oncall_may_keep(a) || (a->kind == ACTOR_ACCOUNT && actor_may(a, RIGHT_INTAKE));
}

/* ---- adding ------------------------------------------------------------------------------------------- */

static void
check_words(struct findings *f, const char *field, struct text t, bool required)
{
	if (required && text_is_empty(text_trim(t)))
		findings_add(f, field, T("必填"), 0);
	else if (utf8_check(t, false) != UTF8_FINE || utf8_length(t) > NAME_POINTS)
		findings_add(f, field, T("最多%lld个字"), NAME_POINTS);
}

static void
check_new(const struct oncall_new *in, struct day today, struct findings *f)
{
	struct point_hours hours[POINT_HOURS_MAX];
	char digits[16];
	size_t n = 0;

	if (in->turn < 1 || in->turn > ONCALL_MOST)
		findings_add(f, "turn", T("第几个接，写 1 到 %lld"), ONCALL_MOST);
	check_words(f, "office", in->office, true);
	check_words(f, "name", in->name, in->account == 0 && text_is_empty(in->login));
	if (phone_read(in->phone, digits) != RC_OK)
		findings_add(f, "phone", T("这个电话打不通：应为手机、固定电话（带区号）、400 或短号"), 0);
	if (in->hours.n > ONCALL_HOURS_BYTES || point_hours_read(in->hours, hours, &n) != RC_OK)
		findings_add(f, "hours", T("值班时间写成「1-5 17:00-24:00; 6-8 00:00-24:00」；1 到 7 是周一到周日，8 是法定节假日"), 0);
	if (day_is_none(in->from))
		findings_add(f, "from", T("必填"), 0);
	if (!day_is_none(in->to) && (day_compare(in->to, in->from) < 0 || day_compare(in->to, today) < 0))
		findings_add(f, "to", T("最后一天不能早于第一天，也不能早于今天"), 0);
}

struct add_arg { const struct oncall_new *in; struct text hours; struct findings *findings; struct { int64_t id; } ret; };

static enum rc
point_own(struct tx *tx, const struct actor *actor, int64_t point)
{
	int64_t id = 0;

	return tx_int(tx, actor, &oncall_q[Q_POINT], ARGS(db_int(point)), &id);
}

static enum rc
account_find(struct tx *tx, const struct actor *actor, const struct oncall_new *in, struct findings *f, int64_t *ret, struct text *ret_name)
{
	ROWS row = NULL;
	enum rc rc;

	*ret = 0;
	*ret_name = text_trim(in->name);
	if (in->account == 0 && text_is_empty(in->login))
		return RC_OK;
	rc = tx_one(tx, actor, &oncall_q[Q_LOGIN], ARGS(db_int(in->account), db_text(in->login)), &row);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && rows_int(row, 2) == 0)) {
		findings_add(f, "login", T("没有这个登录名，或者已经停用"), 0);
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	*ret = rows_int(row, 0);
	if (text_is_empty(*ret_name))
		*ret_name = rows_copy(row, 1);
	return RC_OK;
}

static enum rc
add_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct add_arg *a = argument;
	const struct oncall_new *in = a->in;
	int64_t account = 0, n = 0, today = day_of_moment(tx_now_ms(tx)).n;
	struct text name;
	enum rc rc = point_own(tx, actor, in->point);

	*a->findings = (struct findings){ .n = 0 };
	if (rc == RC_OK)
		rc = account_find(tx, actor, in, a->findings, &account, &name);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &oncall_q[Q_COUNT_CONTACTS], ARGS(db_int(in->point), db_int(today)), &n);
	if (rc == RC_OK && n >= ONCALL_MOST) {
		findings_add(a->findings, "turn", T("一个站点最多登记%lld个值班人"), ONCALL_MOST);
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	a->ret.id = tx_id(tx);
	rc = tx_run(tx, actor, &oncall_q[Q_INSERT], ARGS(db_int(a->ret.id), db_int(in->point), db_int(in->turn), db_key(account), db_text(name),
	    db_int(in->show_name), db_text(text_trim(in->office)), db_text(in->phone), db_text(a->hours), db_int(in->from.n),
	    day_is_none(in->to) ? db_null() : db_int(in->to.n), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "oncall.add", "point", in->point, in->phone) : rc;
}

enum rc
oncall_add(struct ctx *ctx, struct idem_key key, const struct oncall_new *in, struct findings *findings)
{
	struct add_arg a = { .in = in, .findings = findings };
	struct point_hours hours[POINT_HOURS_MAX];
	size_t n = 0;

	if (!oncall_may_keep(ctx->actor))
		return RC_FORBIDDEN;
	check_new(in, day_of_moment(ctx->now_ms), findings);
	if (findings->total > 0 || point_hours_read(in->hours, hours, &n) != RC_OK)
		return RC_INVALID;
	a.hours = n == 0 ? TEXT("") : point_hours_print(ctx->mem, hours, n);
	return db_command(ctx, key, &(struct command){ .name = "oncall.add", .fn = add_tx, .arg = &a, .ret = &a.ret, .ret_size = sizeof a.ret,
	    .asked = ARGS(db_int(in->point), db_int(in->turn), db_int(in->account), db_text(in->login), db_text(in->name), db_text(in->office), db_text(in->phone),
	        db_text(a.hours), db_int(in->show_name), db_int(in->from.n), db_int(in->to.n)) });
}

/* ---- ending --------------------------------------------------------------------------------------------- */

struct end_arg { int64_t point, id, revision; struct day last; };

static enum rc
end_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct end_arg *a = argument;
	enum rc rc = point_own(tx, actor, a->point);

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &oncall_q[Q_END], ARGS(db_int(a->point), db_int(a->id), db_int(a->revision), db_int(a->last.n)));
	return rc == RC_OK ? audit_note(tx, actor, "oncall.end", "point", a->point, TEXT_NONE) : rc;
}

enum rc
oncall_end(struct ctx *ctx, struct idem_key key, int64_t point, int64_t id, int64_t revision, struct day last, struct findings *findings)
{
	struct end_arg a = { point, id, revision, last };

	if (!oncall_may_keep(ctx->actor))
		return RC_FORBIDDEN;
	if (day_is_none(last) || day_compare(last, day_of_moment(ctx->now_ms)) < 0) {
		findings_add(findings, "last", T("最后一天不能早于今天"), 0);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "oncall.end", .fn = end_tx, .arg = &a,
	    .asked = ARGS(db_int(point), db_int(id), db_int(revision), db_int(last.n)) });
}

/* ---- test calls ------------------------------------------------------------------------------------------ */

static enum rc
test_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct oncall_test *in = argument;
	int64_t n = 0, today = day_of_moment(tx_now_ms(tx)).n;
	enum rc rc = point_own(tx, actor, in->point);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &oncall_q[Q_NUMBER], ARGS(db_int(today), db_int(in->point), db_int(in->contact), db_text(in->phone)), &n);
	if (rc == RC_OK && n == 0)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &oncall_q[Q_TEST], ARGS(db_int(tx_id(tx)), db_int(in->point), db_key(in->contact), db_text(in->phone),
		    db_int(oncall_month(tx_now_ms(tx))), db_int(in->result), db_text(in->words), db_int(actor->account),
		    db_int(tx_now_ms(tx))), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "oncall.test", "point", in->point, text_of(phone_result_key(in->result))) : rc;
}

enum rc
oncall_test_put(struct ctx *ctx, struct idem_key key, const struct oncall_test *in)
{
	struct oncall_test arg = *in;

	if (!oncall_may_test(ctx->actor))
		return RC_FORBIDDEN;
	if (in->result <= PHONE_NOT_TESTED || in->result >= PHONE_RESULT_COUNT || utf8_length(in->words) > WORDS_POINTS)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "oncall.test", .fn = test_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->point), db_int(in->contact), db_text(in->phone), db_int(in->result), db_text(in->words)) });
}
