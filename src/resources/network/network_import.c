#include "kit/csv/csv.h"
#include "kit/msg/msg.h"
#include "resources/network/network_internal.h"

#define WORK_BOUND ((size_t)256 << 20)

static const char *const required[] = { "kind", "place", "name", "phone", NULL };
static const char *const optional[] = { "code", "name_en", "address", "director", "parent", "lon", "lat", "datum",
	"opened", "hours", "villages", "reason", NULL };

struct import {
	struct csv csv;
	struct csv_record r;
	struct findings *findings;
	struct day today;
	struct point_new *v;
	struct text *parents, *directors;
	int *lines;
	size_t n;
};

static void
find_fault(struct import *x, const char *column, const char *message, int64_t bound)
{
	csv_finding(x->findings, x->r.line, column, message, bound);
}

static struct text
field(const struct import *x, const char *column)
{
	return csv_field(&x->csv, &x->r, column);
}

/* Degrees with at most six decimals. */
static enum rc
degrees_parse(struct text t, int64_t *ret)
{
	struct text whole = text_cut(&t, '.');
	int64_t degrees, part = 0;

	if (whole.n == 0 || whole.p[0] == '+' || int64_parse(whole, 0, 180, &degrees) != RC_OK || t.n > 6)
		return RC_INVALID;
	if (t.n > 0 && (t.p[0] == '-' || t.p[0] == '+' || int64_parse(t, 0, 999999, &part) != RC_OK))
		return RC_INVALID;
	for (size_t i = t.n; i < 6; i++)
		part *= 10;
	*ret = degrees * 1000000 + part;
	return RC_OK;
}

static void
read_position(struct import *x, struct geo *ret)
{
	static const char *const names[GEO_DATUM_COUNT] = { "unknown", "estimate", "wgs84", "gcj02", "bd09" };
	struct text lon = field(x, "lon"), lat = field(x, "lat"), datum = field(x, "datum");
	int i = 0;

	if (text_is_empty(lon) && text_is_empty(lat))
		return;
	if (degrees_parse(lon, &ret->lon_e6) != RC_OK)
		find_fault(x, "lon", T("经纬度写成度，最多六位小数"), 0);
	if (degrees_parse(lat, &ret->lat_e6) != RC_OK)
		find_fault(x, "lat", T("经纬度写成度，最多六位小数"), 0);
	while (i < GEO_DATUM_COUNT && !text_equals(datum, text_of(names[i])))
		i++;
	if (i == GEO_DATUM_COUNT)
		find_fault(x, "datum", T("坐标系要写 wgs84、gcj02、bd09、estimate 或 unknown"), 0);
	else
		ret->datum = (enum geo_datum)i;
}

static void
read_villages(struct import *x, struct point_new *in)
{
	struct text t = field(x, "villages");

	while (!text_is_empty(t)) {
		struct text code = text_trim(text_cut(&t, ' '));

		if (text_is_empty(code))
			continue;
		if (in->n_villages == POINT_VILLAGES_MAX) {
			find_fault(x, "villages", T("一个服务站最多登记%lld个村（社区）"), POINT_VILLAGES_MAX);
			return;
		}
		if (place_parse(code, &in->villages[in->n_villages]) == RC_OK)
			in->n_villages++;
		else
			find_fault(x, "villages", T("村（社区）写12位区划代码，中间用空格隔开"), 0);
	}
}

static void
read_row(struct import *x, struct point_new *in)
{
	const struct choice *kind = choice_by_key(point_kind_choices, field(x, "kind"));
	struct text opened = field(x, "opened");

	*in = (struct point_new){ .code = field(x, "code"), .kind = kind == NULL ? POINT_NONE : kind->value,
		.name = field(x, "name"), .name_en = field(x, "name_en"), .address = field(x, "address"),
		.phone = field(x, "phone"), .opened = x->today, .reason = field(x, "reason") };
	if (place_parse(field(x, "place"), &in->place) != RC_OK)
		find_fault(x, "place", T("区划代码应为4、6、9或12位数字"), 0);
	if (!text_is_empty(opened) && day_parse(opened, &in->opened) != RC_OK)
		find_fault(x, "opened", T("日期要写成 2026-06-30 这样"), 0);
	if (point_hours_read(field(x, "hours"), in->hours, &in->n_hours) != RC_OK)
		find_fault(x, "hours", T("开放时间写成 1-5 09:00-12:00; 1-5 13:30-17:00; 8 10:00-12:00 这样，8 是节假日"), 0);
	read_position(x, &in->position);
	read_villages(x, in);
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
	x->v = arena_array(a, lines, sizeof(x->v[0]));
	x->parents = arena_array(a, lines, sizeof(x->parents[0]));
	x->directors = arena_array(a, lines, sizeof(x->directors[0]));
	x->lines = arena_array(a, lines, sizeof(x->lines[0]));
	if (x->v == NULL || x->parents == NULL || x->directors == NULL || x->lines == NULL)
		return RC_NO_MEMORY;
	while ((rc = csv_next(&x->csv, a, &x->r, x->findings)) != RC_DONE) {
		size_t before = x->findings->total;

		if (rc == RC_NO_MEMORY)
			return rc;
		if (rc != RC_OK)
			continue;
		read_row(x, &x->v[x->n]);
		x->parents[x->n] = field(x, "parent");
		x->directors[x->n] = field(x, "director");
		x->lines[x->n] = x->r.line;
		x->n += x->findings->total == before;
	}
	return RC_OK; /* rows that can be read are checked too, so that all findings come at once */
}

/* Findings of the reading end it, but only after the sound rows were looked at. */
static enum rc
check_all(const struct import *x)
{
	bool sound = x->findings->total == 0;

	for (size_t i = 0; i < x->n; i++)
		sound = network_check_line(&x->v[i], x->lines[i], x->findings) && sound;
	return sound ? RC_OK : RC_INVALID;
}

enum rc
network_import_csv(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows)
{
	struct import x = { .findings = findings, .today = day_of_moment(ctx->now_ms) };
	struct arena *a = arena_create(WORK_BOUND);
	int64_t first;
	enum rc rc = a == NULL ? RC_NO_MEMORY : import_read(&x, a, csv);

	if (rc == RC_OK)
		rc = check_all(&x);
	if (rc == RC_OK && x.n == 0)
		*ret_rows = 0;
	else if (rc == RC_OK) {
		struct network_batch b = { .v = x.v, .n = x.n, .parents = x.parents, .directors = x.directors, .lines = x.lines,
			.findings = findings };

		rc = network_batch_create(ctx, key, &b, csv, &first, ret_rows);
	}
	arena_free(a);
	return rc;
}
