#include "standards/catalogue/catalogue_rule.h"
#include "standards/catalogue/catalogue_store.h"

#include "base/utf8.h"
#include "kit/msg/msg.h"

/* ---- asking ------------------------------------------------------------------------------------------ */

const struct item_limit *
item_limit_of(const struct item *item, enum clock_target target)
{
	for (size_t i = 0; i < item->n_limits; i++)
		if (item->limits[i].target == target)
			return &item->limits[i];
	return NULL;
}

struct list_arg { struct day day; bool all; int64_t item; struct item *v; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list_arg *x = arg;

	return catalogue_read_list(tx, actor, x->day, x->all, &x->v, &x->n);
}

static enum rc
history_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list_arg *x = arg;

	return catalogue_read_history(tx, actor, x->item, &x->v, &x->n);
}

enum rc
catalogue_list(struct ctx *ctx, struct day day, bool all, struct item **ret, size_t *ret_n)
{
	struct list_arg x = { .day = day, .all = all };
	enum rc rc = db_read(ctx, list_tx, &x);

	if (rc == RC_OK) {
		*ret = x.v;
		*ret_n = x.n;
	}
	return rc;
}

enum rc
catalogue_history(struct ctx *ctx, int64_t item, struct item **ret, size_t *ret_n)
{
	struct list_arg x = { .item = item };
	enum rc rc = db_read(ctx, history_tx, &x);

	if (rc == RC_OK && x.n == 0)
		return RC_NOT_FOUND;
	if (rc == RC_OK) {
		*ret = x.v;
		*ret_n = x.n;
	}
	return rc;
}

struct code_arg { const char *kind; struct day day; struct code_row *v; size_t n; };

static enum rc
code_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct code_arg *x = arg;

	return code_read_list(tx, actor, x->kind, x->day, &x->v, &x->n);
}

enum rc
code_list(struct ctx *ctx, const char *kind, struct day day, struct code_row **ret, size_t *ret_n)
{
	struct code_arg x = { .kind = kind, .day = day };
	enum rc rc = db_read(ctx, code_tx, &x);

	if (rc == RC_OK) {
		*ret = x.v;
		*ret_n = x.n;
	}
	return rc;
}

/* ---- what is wrong with it? ----------------------------------------------------------------------------- */

static void
check_text(struct findings *f, const char *field, struct text t, bool required, size_t most)
{
	if (required && text_is_empty(text_trim(t)))
		findings_add(f, field, T("必填"), 0);
	if (utf8_length(t) > most)
		findings_add(f, field, T("最多%lld个字"), (int64_t)most);
}

static bool
code_is_sound(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!((t.p[i] >= 'a' && t.p[i] <= 'z') || (i > 0 && ((t.p[i] >= '0' && t.p[i] <= '9') || t.p[i] == '-'))))
			return false;
	return t.n >= 1 && t.n <= 32;
}

static void
check_texts(const struct item_new *in, struct findings *f)
{
	check_text(f, "name", in->name, true, 40);
	check_text(f, "name_en", in->name_en, false, 120);
	check_text(f, "summary", in->summary, true, 300);
	check_text(f, "summary_en", in->summary_en, false, 800);
	check_text(f, "why_public", in->why_public, true, 300);
	check_text(f, "basis", in->basis, false, 300);
	check_text(f, "materials", in->materials, false, 2000);
	check_text(f, "price_why", in->price_why, false, 300);
}

static void
check_sets(const struct item_new *in, struct findings *f)
{
	if (in->who_may & BIT(APPLICANT_GOVERNMENT))
		findings_add(f, "who_may", T("政府机关不是公共法律服务的受益主体"), 0);
	else if (!catalogue_set_is_sound(in->who_may, APPLICANT_PERSON, APPLICANT_COUNT))
		findings_add(f, "who_may", T("至少选一类服务对象"), 0);
	if (!catalogue_set_is_sound(in->channels, CHANNEL_PORTAL, CHANNEL_COUNT))
		findings_add(f, "channels", T("至少选一个渠道"), 0);
	if (!catalogue_set_is_sound(in->tiers, TIER_COUNTY, TIER_COUNT))
		findings_add(f, "tiers", T("至少选一级服务点"), 0);
}

static void
check_price(const struct item_new *in, struct findings *f)
{
	if (in->price < PRICE_FREE || in->price >= PRICE_COUNT)
		findings_add(f, "price", T("请选择收费方式"), 0);
	else if (in->price != PRICE_FREE && text_is_empty(text_trim(in->price_why)))
		findings_add(f, "price_why", T("以免费为原则：不免费的，要写明例外的理由"), 0);
	if (in->supply < SUPPLY_DIRECT || in->supply >= SUPPLY_COUNT)
		findings_add(f, "supply", T("请选择供给方式"), 0);
}

static void
check_day(const struct item_new *in, struct day today, struct day newest, struct findings *f)
{
	if (day_is_none(in->from)) {
		findings_add(f, "from", T("必填"), 0);
		return;
	}
	if (day_is_none(newest))
		return;
	if (day_compare(in->from, today) < 0)
		findings_add(f, "from", T("已有的事项不能从过去的日期起修改"), 0);
	else if (day_compare(in->from, newest) <= 0)
		findings_add(f, "from", T("与已有的版本重叠：应晚于最新版本的起始日"), 0);
}

static void
check_limits(const struct item_new *in, struct findings *f)
{
	static const char *const fields[TARGET_ITEM_COUNT] = { "", "accept", "answer", "close" };
	bool seen[TARGET_ITEM_COUNT] = { false };

	for (size_t i = 0; i < ITEM_LIMITS_MAX; i++) {
		const struct item_limit *l = &in->limits[i];

		if (l->rule.count == 0)
			continue;
		if (l->target < TARGET_ACCEPT || l->target >= TARGET_ITEM_COUNT || seen[l->target]) {
			findings_add(f, "limits", T("每个环节只能有一个时限"), 0);
			continue;
		}
		seen[l->target] = true;
		if (l->rule.count < 0 || l->rule.count > CLOCK_COUNT_MAX)
			findings_add(f, fields[l->target], T("时限应在1至%lld之间"), CLOCK_COUNT_MAX);
		if ((unsigned)l->rule.unit >= CLOCK_UNIT_COUNT)
			findings_add(f, fields[l->target], T("请选择时限的单位"), 0);
		if (text_is_empty(text_trim(l->source)))
			findings_add(f, fields[l->target], T("时限要写明来源：法条，或内部服务承诺"), 0);
	}
}

enum rc
catalogue_check(const struct item_new *in, struct day today, struct day newest, struct findings *findings)
{
	size_t before = findings->total;

	if (day_is_none(newest) && !code_is_sound(in->code))
		findings_add(findings, "code", T("代码用小写字母、数字和连字符，以字母开头，最多%lld个"), 32);
	if (day_is_none(newest) && !code_is_sound(in->matter))
		findings_add(findings, "matter", T("请选择办理方式"), 0);
	check_texts(in, findings);
	check_sets(in, findings);
	check_price(in, findings);
	check_day(in, today, newest, findings);
	check_limits(in, findings);
	return findings->total == before ? RC_OK : RC_INVALID;
}

/* ---- changing ------------------------------------------------------------------------------------------------ */

struct change_ret { int64_t item; };
struct change {
	const struct item_new *in;
	int64_t item;
	struct day seen;
	struct findings *findings;
	struct change_ret ret;
};

static enum rc
create_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct change *x = arg;
	struct item old;
	enum rc rc = catalogue_load_code(tx, actor, x->in->code, (struct day){ INT32_MAX }, &old);

	if (rc != RC_NOT_FOUND)
		return rc == RC_OK ? RC_DUPLICATE : rc;
	x->ret.item = tx_id(tx);
	rc = catalogue_insert_item(tx, actor, x->ret.item, x->in);
	return rc == RC_OK ? catalogue_insert_revision(tx, actor, x->ret.item, x->in) : rc;
}

enum rc
catalogue_create(struct ctx *ctx, struct idem_key key, const struct item_new *in, struct findings *findings,
    int64_t *ret_item)
{
	struct change x = { .in = in };
	struct command cmd = { .name = "catalogue.create", .fn = create_tx, .arg = &x, .ret = &x.ret,
		.ret_size = sizeof(x.ret), .content = in->code };
	enum rc rc = catalogue_check(in, day_of_moment(ctx->now_ms), DAY_NONE, findings);

	if (rc == RC_OK)
		rc = db_command(ctx, key, &cmd);
	if (rc == RC_OK)
		*ret_item = x.ret.item;
	return rc;
}

static enum rc
revise_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct change *x = arg;
	struct day newest = DAY_NONE;
	enum rc rc = catalogue_newest(tx, actor, x->item, &newest);

	if (rc != RC_OK)
		return rc;
	if (day_compare(newest, x->seen) != 0)
		return RC_CONFLICT;
	x->ret.item = x->item;
	*x->findings = (struct findings){ .n = 0 }; /* may run again */
	rc = catalogue_check(x->in, day_of_moment(tx_now_ms(tx)), newest, x->findings);
	return rc == RC_OK ? catalogue_insert_revision(tx, actor, x->item, x->in) : rc;
}

enum rc
catalogue_revise(struct ctx *ctx, struct idem_key key, int64_t item, struct day seen, const struct item_new *in,
    struct findings *findings)
{
	struct change x = { .in = in, .item = item, .seen = seen, .findings = findings };
	struct command cmd = { .name = "catalogue.revise", .fn = revise_tx, .arg = &x, .ret = &x.ret,
		.ret_size = sizeof(x.ret), .content = in->name };

	return db_command(ctx, key, &cmd);
}
