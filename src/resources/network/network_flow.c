#include "resources/network/network_internal.h"

#include "base/phone.h"
#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/log/log.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "resources/network/network_rule.h"
#include "standards/region/region.h"

#define NAME_POINTS 60
#define LONG_POINTS 120
#define CODE_TRIES 1000

/* ---- whose work is it? -------------------------------------------------------------------------------- */

static enum rc
actor_may_change(const struct actor *a)
{
	if (a->kind == ACTOR_SYSTEM)
		return RC_OK;
	if (a->kind != ACTOR_ACCOUNT)
		return RC_UNAUTHENTICATED;
	return actor_may(a, RIGHT_NETWORK) ? RC_OK : RC_FORBIDDEN;
}

static bool
actor_may_at(const struct actor *a, struct place p)
{
	return a->kind == ACTOR_SYSTEM || place_range_has(a->places, p);
}

/* A point of the actor's own places; of others nothing is said. */
static enum rc
head_own(struct tx *tx, const struct actor *actor, int64_t id, struct point_head *ret)
{
	enum rc rc = network_head(tx, actor, id, ret);

	return rc == RC_OK && !actor_may_at(actor, ret->place) ? RC_NOT_FOUND : rc;
}

/* ---- what was asked, in short: tells a repeated key from another request under it ----------------------- */

static uint64_t
mix(uint64_t h, uint64_t x)
{
	h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ (h >> 29);
}

static uint64_t
mix_point(uint64_t h, const struct point_new *in)
{
	const struct text texts[] = { in->code, in->name, in->name_en, in->address, in->phone, in->reason };
	const int64_t numbers[] = { in->kind, in->place.code, in->director, in->parent, in->position.lon_e6,
		in->position.lat_e6, in->position.datum, in->opened.n, (int64_t)in->n_hours, (int64_t)in->n_villages };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		h = mix(h, text_hash(texts[i]));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		h = mix(h, (uint64_t)numbers[i]);
	for (size_t i = 0; i < in->n_hours && i < POINT_HOURS_MAX; i++)
		h = mix(h, (uint64_t)((in->hours[i].weekday * 2000 + in->hours[i].opens) * 2000 + in->hours[i].closes));
	for (size_t i = 0; i < in->n_villages && i < POINT_VILLAGES_MAX; i++)
		h = mix(h, (uint64_t)in->villages[i].code);
	return h;
}

/* ---- what one row can tell --------------------------------------------------------------------------- */

static bool
place_fits(int kind, enum place_level level)
{
	switch (kind) {
	case POINT_COUNTY:
		return level == PLACE_COUNTY;
	case POINT_TOWN:
		return level == PLACE_TOWN;
	case POINT_STATION:
		return level == PLACE_VILLAGE;
	default:
		return level == PLACE_CITY || level == PLACE_COUNTY;
	}
}

/* A division of this city that has not ended. */
static bool
place_is_known(struct place p)
{
	const struct division *d = region_find(p, DAY_NONE);

	return d != NULL && day_is_none(d->to);
}

static void
check_place(const struct point_new *in, struct findings *f)
{
	if (in->kind < POINT_COUNTY || in->kind >= POINT_KIND_COUNT) {
		findings_add(f, "kind", T("请选择服务点的类别"), 0);
		return;
	}
	if (!place_is_known(in->place))
		findings_add(f, "place", T("没有这个区划"), 0);
	else if (!place_fits(in->kind, place_level(in->place)))
		findings_add(f, "place", T("区划的级别与服务点的类别不符：县级中心在县区，镇级中心在镇街，服务站在村社区"), 0);
}

static void
check_text(struct findings *f, const char *field, struct text t, bool required, size_t most)
{
	if (required && text_is_empty(text_trim(t)))
		findings_add(f, field, T("必填"), 0);
	else if (utf8_check(t, false) != UTF8_FINE || utf8_length(t) > most)
		findings_add(f, field, T("最多%lld个字"), (int64_t)most);
}

static void
check_phone(const struct point_new *in, struct findings *f)
{
	char digits[16];

	if (text_is_empty(text_trim(in->phone)))
		findings_add(f, "phone", T("对外公开的电话必填"), 0);
	else if (phone_read(in->phone, digits) != RC_OK)
		findings_add(f, "phone", T("这个电话打不通：应为手机、固定电话（带区号）、400 或短号"), 0);
}

static void
check_position(const struct point_new *in, struct findings *f)
{
	struct geo g = in->position;

	if (geo_is_none(g))
		return;
	if (g.lon_e6 < 73000000 || g.lon_e6 > 135999999 || g.lat_e6 < 3000000 || g.lat_e6 > 54999999)
		findings_add(f, "position", T("位置不在国内"), 0);
	if (g.datum == GEO_UNKNOWN)
		findings_add(f, "datum", T("写了经纬度就要说是哪个坐标系：同样的数字，不同的坐标系差几百米"), 0);
	if ((unsigned)g.datum >= GEO_DATUM_COUNT)
		findings_add(f, "datum", T("坐标系要写 wgs84、gcj02、bd09、estimate 或 unknown"), 0);
}

static void
check_villages(const struct point_new *in, struct findings *f)
{
	size_t n = in->n_villages < POINT_VILLAGES_MAX ? in->n_villages : POINT_VILLAGES_MAX;

	if (in->n_villages > POINT_VILLAGES_MAX)
		findings_add(f, "villages", T("一个服务站最多登记%lld个村（社区）"), POINT_VILLAGES_MAX);
	if (in->kind != POINT_STATION && n > 0)
		findings_add(f, "villages", T("只有服务站才登记所服务的村（社区）"), 0);
	for (size_t i = 0; i < n; i++) {
		bool twice = false;

		for (size_t k = 0; k < i; k++)
			twice = twice || in->villages[k].code == in->villages[i].code;
		if (twice)
			findings_add(f, "villages", T("同一个村（社区）写了两次"), 0);
		else if (place_level(in->villages[i]) != PLACE_VILLAGE || !place_is_known(in->villages[i]))
			findings_add(f, "villages", T("第%lld个不是本市的村（社区）"), (int64_t)i + 1);
	}
	if (n > STATION_VILLAGES_MAX && text_is_empty(text_trim(in->reason)))
		findings_add(f, "reason", T("一个固定站点原则上不超过%lld个村（社区），超过的要写明理由"), STATION_VILLAGES_MAX);
	check_text(f, "reason", in->reason, false, 300);
}

static bool
code_is_sound(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!((t.p[i] >= 'a' && t.p[i] <= 'z') || (t.p[i] >= 'A' && t.p[i] <= 'Z') ||
		    (t.p[i] >= '0' && t.p[i] <= '9') || t.p[i] == '-'))
			return false;
	return t.n <= 32;
}

enum rc
network_check(const struct point_new *in, struct findings *findings)
{
	size_t before = findings->total;

	if (!code_is_sound(in->code))
		findings_add(findings, "code", T("代码用字母、数字和连字符，最多%lld个"), 32);
	check_place(in, findings);
	check_text(findings, "name", in->name, true, NAME_POINTS);
	check_text(findings, "name_en", in->name_en, false, LONG_POINTS);
	check_text(findings, "address", in->address, false, LONG_POINTS);
	check_phone(in, findings);
	check_position(in, findings);
	if (in->n_hours > POINT_HOURS_MAX)
		findings_add(findings, "hours", T("开放时间最多%lld段"), POINT_HOURS_MAX);
	else if (!point_hours_are_sound(in->hours, in->n_hours))
		findings_add(findings, "hours", T("开放时间有误：结束要晚于开始，同一天的时段不能重叠"), 0);
	if (day_is_none(in->opened))
		findings_add(findings, "opened", T("必填"), 0);
	check_villages(in, findings);
	return findings->total == before ? RC_OK : RC_INVALID;
}

bool
network_check_line(const struct point_new *in, int line, struct findings *findings)
{
	size_t n = findings->n;
	bool sound = network_check(in, findings) == RC_OK;

	for (; n < findings->n; n++)
		findings->v[n].line = line;
	return sound;
}

/* ---- what only the database can tell -------------------------------------------------------------------- */

/* Findings of a command start afresh each time it runs. */
static void
find_fault(struct findings *f, int line, const char *field, const char *message)
{
	findings_add(f, field, message, 0);
	if (f->n == f->total)
		f->v[f->n - 1].line = line;
}

static enum rc
check_director(struct tx *tx, const struct actor *actor, const struct point_new *in, int64_t id, int line,
    struct findings *f)
{
	bool may = true;
	enum rc rc = RC_OK;

	if (in->director != 0)
		rc = network_may_direct(tx, actor, in->director, in->place, id, &may);
	if (rc == RC_OK && !may)
		find_fault(f, line, "director", T("负责人应是当地在职的账号"));
	return rc;
}

/* Centres manage what lies in their place; lines and platforms may hang on any. */
static bool
parent_holds(const struct point_head *parent, const struct point_new *in)
{
	return in->kind > POINT_STATION || place_range_has(place_range(parent->place), in->place);
}

static enum rc
check_parent(struct tx *tx, const struct actor *actor, const struct point_new *in, int64_t id, int line,
    struct findings *f)
{
	struct point_head head;
	enum rc rc;

	if (in->parent == 0)
		return RC_OK;
	rc = in->parent == id ? RC_NOT_FOUND : network_head(tx, actor, in->parent, &head);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	/* county above town above station: a parent's kind is smaller, which also keeps circles out */
	if (rc == RC_NOT_FOUND || head.closed || head.kind >= in->kind || !parent_holds(&head, in))
		find_fault(f, line, "parent", T("上级应是更高一级、仍在开放的服务点"));
	return RC_OK;
}

/* "320506101-1": the place without its trailing noughts, and the first free number. */
static enum rc
code_make(struct tx *tx, const struct actor *actor, struct place p, struct text *ret)
{
	static const int64_t spans[] = { 1, 10000000000, 100000000, 1000000, 1000, 1 };
	int64_t short_code = p.code / spans[place_level(p)], count = 0, taken;
	enum rc rc = network_count_at(tx, actor, p, &count);

	for (int i = 1; rc == RC_OK && i <= CODE_TRIES; i++) {
		struct text code = arena_format(tx_mem(tx), "%lld-%lld", (long long)short_code, (long long)count + i);

		if (code.p == NULL)
			return RC_NO_MEMORY;
		rc = network_id_of_code(tx, actor, code, &taken);
		if (rc == RC_NOT_FOUND) {
			*ret = code;
			return RC_OK;
		}
	}
	return rc == RC_OK ? RC_DUPLICATE : rc;
}

static enum rc
code_take(struct tx *tx, const struct actor *actor, const struct point_new *in, int line, struct findings *f,
    struct text *ret)
{
	int64_t taken;
	enum rc rc;

	if (text_is_empty(in->code))
		return code_make(tx, actor, in->place, ret);
	*ret = in->code;
	rc = network_id_of_code(tx, actor, in->code, &taken);
	if (rc == RC_OK)
		find_fault(f, line, "code", T("这个代码已经有服务点在用"));
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- creating --------------------------------------------------------------------------------------------- */

static enum rc
put_rows(struct tx *tx, const struct actor *actor, int64_t id, const struct point_new *in, struct day day)
{
	bool own = in->kind == POINT_STATION && in->n_villages == 0;
	enum rc rc = network_put_hours(tx, actor, id, in);

	if (rc != RC_OK)
		return rc;
	return network_put_villages(tx, actor, id, own ? &in->place : in->villages, own ? 1 : in->n_villages, in->reason, day);
}

/* Codes of parents and logins of directors become ids; what cannot be found is a finding. */
static enum rc
resolve(struct tx *tx, const struct actor *actor, const struct network_batch *b, size_t i, struct point_new *in)
{
	struct text parent = b->parents == NULL ? TEXT_NONE : b->parents[i];
	struct text director = b->directors == NULL ? TEXT_NONE : b->directors[i];
	enum rc rc = text_is_empty(parent) ? RC_OK : network_id_of_code(tx, actor, parent, &in->parent);

	if (rc == RC_NOT_FOUND)
		find_fault(b->findings, network_batch_line(b, i), "parent", T("没有这个代码的服务点（上级要写在前面）"));
	else if (rc != RC_OK)
		return rc;
	rc = text_is_empty(director) ? RC_OK : network_id_of_login(tx, actor, director, &in->director);
	if (rc == RC_NOT_FOUND)
		find_fault(b->findings, network_batch_line(b, i), "director", T("没有这个登录名的账号"));
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
create_one(struct tx *tx, const struct actor *actor, const struct network_batch *b, size_t i, int64_t *ret_id)
{
	struct point_new in = b->v[i];
	size_t before = b->findings->total;
	int line = network_batch_line(b, i);
	int64_t id = tx_id(tx);
	struct text code = TEXT_NONE;
	enum rc rc = resolve(tx, actor, b, i, &in);

	if (!actor_may_at(actor, in.place))
		find_fault(b->findings, line, "place", T("不在您管辖的范围内"));
	if (rc == RC_OK)
		rc = check_director(tx, actor, &in, id, line, b->findings);
	if (rc == RC_OK)
		rc = check_parent(tx, actor, &in, id, line, b->findings);
	if (rc == RC_OK)
		rc = code_take(tx, actor, &in, line, b->findings, &code);
	*ret_id = id;
	if (rc != RC_OK || b->findings->total != before)
		return rc; /* its findings end the command when all rows are seen */
	rc = network_insert(tx, actor, id, code, &in);
	return rc == RC_OK ? put_rows(tx, actor, id, &in, in.opened) : rc;
}

struct batch_ret { int64_t first, rows; };
struct batch_arg { const struct network_batch *b; struct batch_ret ret; };

static enum rc
batch_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct batch_arg *x = arg;
	const struct network_batch *b = x->b;
	enum rc rc = RC_OK;

	*b->findings = (struct findings){ .n = 0 };
	x->ret = (struct batch_ret){ 0 };
	for (size_t i = 0; rc == RC_OK && i < b->n; i++) {
		int64_t id = 0;

		rc = create_one(tx, actor, b, i, &id);
		if (i == 0)
			x->ret.first = id;
		if (b->ret_ids != NULL)
			b->ret_ids[i] = id;
		x->ret.rows++;
	}
	if (rc == RC_OK && b->findings->total > 0)
		return RC_INVALID;
	if (rc != RC_OK)
		return rc;
	return audit_note(tx, actor, "point.create", "point", x->ret.first, arena_format(tx_mem(tx), "n=%zu", b->n));
}

/* It is stored; that this process sees it late is no reason to say it failed (network_is_stale() sees it). */
static void
reload_after_commit(struct ctx *ctx)
{
	enum rc rc = network_reload(ctx);

	if (rc != RC_OK)
		LOG(LOG_WARN, "network.reload", log_str("outcome", rc_name(rc)));
}

enum rc
network_batch_create(struct ctx *ctx, struct idem_key key, const struct network_batch *b, struct text content,
    int64_t *ret_first, int64_t *ret_rows)
{
	struct batch_arg arg = { .b = b };
	struct command cmd = { .name = "network.create", .fn = batch_tx, .arg = &arg, .ret = &arg.ret,
		.ret_size = sizeof(arg.ret), .content = content };
	bool sound = true;
	enum rc rc = actor_may_change(ctx->actor);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < b->n; i++)
		sound = network_check_line(&b->v[i], network_batch_line(b, i), b->findings) && sound;
	if (!sound)
		return RC_INVALID;
	rc = db_command(ctx, key, &cmd);
	if (rc != RC_OK)
		return rc;
	*ret_first = arg.ret.first;
	*ret_rows = arg.ret.rows;
	reload_after_commit(ctx);
	return RC_OK;
}

enum rc
network_create(struct ctx *ctx, struct idem_key key, const struct point_new *in, struct findings *findings,
    int64_t *ret_point)
{
	static const int no_lines[1] = { 0 };
	struct network_batch b = { .v = in, .n = 1, .lines = no_lines, .findings = findings };
	uint64_t digest = mix_point(1, in);
	int64_t rows;

	return network_batch_create(ctx, key, &b, (struct text){ (const char *)&digest, sizeof(digest) }, ret_point, &rows);
}

enum rc
network_create_many(struct ctx *ctx, struct idem_key key, const struct point_new *in, size_t n,
    struct findings *findings, int64_t *ret_ids)
{
	struct network_batch b = { .v = in, .n = n, .findings = findings, .ret_ids = ret_ids };
	uint64_t digest = n;
	int64_t first, rows;

	for (size_t i = 0; i < n; i++) {
		digest = mix_point(digest, &in[i]);
		if (ret_ids != NULL)
			ret_ids[i] = 0;
	}
	return n == 0 ? RC_OK : network_batch_create(ctx, key, &b,
	    (struct text){ (const char *)&digest, sizeof(digest) }, &first, &rows);
}

/* ---- changing ------------------------------------------------------------------------------------------------ */

struct change_ret { int64_t point; };
struct change {
	int64_t point, revision;
	const struct point_new *in;
	const struct point_exception *exception;
	bool remove;
	struct day day;
	struct findings *findings;
	struct change_ret ret;
};

static enum rc
change_run(struct ctx *ctx, struct idem_key key, const char *name, db_fn *fn, struct change *x, uint64_t digest)
{
	uint64_t asked = mix(mix(digest, (uint64_t)x->point), (uint64_t)x->revision);
	struct command cmd = { .name = name, .fn = fn, .arg = x, .ret = &x->ret, .ret_size = sizeof(x->ret),
		.content = { (const char *)&asked, sizeof(asked) } };
	enum rc rc = actor_may_change(ctx->actor);

	if (rc == RC_OK)
		rc = db_command(ctx, key, &cmd);
	if (rc == RC_OK)
		reload_after_commit(ctx);
	return rc;
}

static enum rc
change_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct change *x = arg;
	struct point_head head;
	enum rc rc = head_own(tx, actor, x->point, &head);

	*x->findings = (struct findings){ .n = 0 };
	x->ret.point = x->point;
	if (rc == RC_OK && !actor_may_at(actor, x->in->place))
		find_fault(x->findings, 0, "place", T("不在您管辖的范围内"));
	if (rc == RC_OK)
		rc = check_director(tx, actor, x->in, x->point, 0, x->findings);
	if (rc == RC_OK)
		rc = check_parent(tx, actor, x->in, x->point, 0, x->findings);
	if (rc != RC_OK || x->findings->total > 0)
		return rc == RC_OK ? RC_INVALID : rc;
	rc = network_update(tx, actor, x->point, x->revision, x->in);
	if (rc == RC_OK)
		rc = put_rows(tx, actor, x->point, x->in, day_of_moment(tx_now_ms(tx)));
	return rc == RC_OK ? audit_note(tx, actor, "point.change", "point", x->point, TEXT_NONE) : rc;
}

enum rc
network_change(struct ctx *ctx, struct idem_key key, int64_t point, int64_t revision, const struct point_new *in,
    struct findings *findings)
{
	struct change x = { .point = point, .revision = revision, .in = in, .findings = findings };
	enum rc rc = network_check(in, findings);

	return rc == RC_OK ? change_run(ctx, key, "network.change", change_tx, &x, mix_point(1, in)) : rc;
}

static enum rc
close_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct change *x = arg;
	struct point_head head;
	enum rc rc = head_own(tx, actor, x->point, &head);

	x->ret.point = x->point;
	if (rc == RC_OK)
		rc = network_set_closed(tx, actor, x->point, x->revision, x->day);
	return rc == RC_OK ? audit_note(tx, actor, "point.close", "point", x->point, TEXT_NONE) : rc;
}

enum rc
network_close(struct ctx *ctx, struct idem_key key, int64_t point, int64_t revision, struct day day,
    struct findings *findings)
{
	struct change x = { .point = point, .revision = revision, .day = day, .findings = findings };

	if (day_is_none(day) || day_compare(day, day_of_moment(ctx->now_ms)) < 0) {
		findings_add(findings, "closed", T("关闭日期不能早于今天"), 0);
		return RC_INVALID;
	}
	return change_run(ctx, key, "network.close", close_tx, &x, (uint64_t)day.n);
}

static enum rc
except_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct change *x = arg;
	enum rc rc = network_touch(tx, actor, x->point);

	x->ret.point = x->point;
	if (rc != RC_OK)
		return rc == RC_CONFLICT ? RC_NOT_FOUND : rc;
	rc = network_put_exception(tx, actor, x->point, x->exception, x->remove);
	return rc == RC_OK ? audit_note(tx, actor, "point.except", "point", x->point, TEXT_NONE) : rc;
}

enum rc
network_except(struct ctx *ctx, struct idem_key key, int64_t point, const struct point_exception *in, bool remove,
    struct findings *findings)
{
	struct change x = { .point = point, .exception = in, .remove = remove };
	uint64_t digest = mix(mix((uint64_t)in->day.n, (uint64_t)in->opens), (uint64_t)in->closes);
	size_t before = findings->total;

	if (day_is_none(in->day) || day_compare(in->day, day_of_moment(ctx->now_ms)) < 0)
		findings_add(findings, "day", T("日期不能早于今天"), 0);
	if (!remove && in->opens >= 0 && (in->closes > 1440 || in->opens >= in->closes))
		findings_add(findings, "closes", T("结束要晚于开始"), 0);
	check_text(findings, "note", in->note, false, 100);
	if (findings->total != before)
		return RC_INVALID;
	return change_run(ctx, key, "network.except", except_tx, &x, mix(mix(digest, remove), text_hash(in->note)));
}
