/* What anybody may read: the catalogue, the divisions, where to go. */
#include "supply/api/api_internal.h"

#define DIVISIONS_MAX 4000

/* ---- items --------------------------------------------------------------------------------------------- */

static void
put_kinds(struct json *j, const char *name, uint32_t bits, int n, const char *(*key)(int))
{
	json_begin_array(j, name);
	for (int k = 1; k < n; k++)
		if ((bits & BIT(k)) != 0)
			json_str(j, NULL, key(k));
	json_end_array(j);
}

static const char *key_of_applicant(int k) { return applicant_key((enum applicant_kind)k); }
static const char *key_of_channel(int k) { return channel_key((enum channel)k); }
static const char *key_of_tier(int k) { return tier_key((enum tier)k); }

static void
put_item(struct exchange *x, struct json *j, const struct item *i)
{
	json_text(j, "code", i->code);
	json_text(j, "name", i->name);
	json_text(j, "name_en", i->name_en);
	json_text(j, "summary", i->summary);
	json_text(j, "summary_en", i->summary_en);
	api_choice(x, j, "price", price_key(i->price), price_label(i->price));
	api_choice(x, j, "supply", supply_key(i->supply), supply_label(i->supply));
	put_kinds(j, "who_may", i->who_may, APPLICANT_COUNT, key_of_applicant);
	put_kinds(j, "channels", i->channels, CHANNEL_COUNT, key_of_channel);
	put_kinds(j, "tiers", i->tiers, TIER_COUNT, key_of_tier);
	api_day(j, "from", i->from);
}

static void
put_limits(struct exchange *x, struct json *j, const struct item *item)
{
	json_begin_array(j, "limits");
	for (size_t i = 0; i < item->n_limits; i++) {
		const struct item_limit *l = &item->limits[i];

		json_begin_object(j, NULL);
		api_choice(x, j, "target", target_key(l->target), target_label(l->target));
		json_int(j, "count", l->rule.count);
		json_str(j, "unit", clock_unit_key(l->rule.unit));
		json_text(j, "source", l->source);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_materials(struct json *j, struct text lines)
{
	json_begin_array(j, "materials");
	while (lines.n > 0) {
		struct text line = text_trim(text_cut(&lines, '\n'));

		if (line.n > 0)
			json_text(j, NULL, line);
	}
	json_end_array(j);
}

enum rc
api_items(struct exchange *x)
{
	struct item *v = NULL;
	size_t n = 0;
	enum rc rc = catalogue_list(x->ctx, day_of_moment(x->ctx->now_ms), false, &v, &n);
	struct json j;

	if (rc != RC_OK)
		return rc;
	api_keep(x);
	j = api_open(x);
	json_begin_array(&j, "items");
	for (size_t i = 0; i < n; i++) {
		json_begin_object(&j, NULL);
		put_item(x, &j, &v[i]);
		json_end_object(&j);
	}
	json_end_array(&j);
	return api_close(x, &j);
}

struct item_arg { struct text code; struct day day; struct item item; };

static enum rc
item_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct item_arg *a = arg;

	return catalogue_load_code(tx, actor, a->code, a->day, &a->item);
}

enum rc
api_item(struct exchange *x)
{
	struct item_arg arg = { .code = http_segment(x, "code"), .day = day_of_moment(x->ctx->now_ms) };
	enum rc rc = db_read(x->ctx, item_tx, &arg);
	struct json j;

	if (rc != RC_OK)
		return rc;
	if (!arg.item.in_force)
		return RC_NOT_FOUND;
	api_keep(x);
	j = api_open(x);
	put_item(x, &j, &arg.item);
	put_limits(x, &j, &arg.item);
	put_materials(&j, arg.item.materials);
	json_text(&j, "why_public", arg.item.why_public);
	json_text(&j, "price_why", arg.item.price_why);
	json_text(&j, "basis", arg.item.basis);
	return api_close(x, &j);
}

/* ---- divisions ------------------------------------------------------------------------------------------- */

static const char *
level_key(enum place_level level)
{
	static const char *const keys[] = { "none", "province", "city", "county", "town", "village" };

	return keys[level <= PLACE_VILLAGE ? level : PLACE_NONE];
}

enum rc
api_divisions(struct exchange *x)
{
	const struct division_ask *in = x->values;
	struct place parent = in->parent.code != 0 ? in->parent : (struct place){ x->ctx->actor->city * INT64_C(100000000) };
	struct day today = day_of_moment(x->ctx->now_ms);
	const struct division **v = arena_array(x->ctx->mem, DIVISIONS_MAX, sizeof *v);
	struct json j;
	size_t n;

	if (v == NULL)
		return RC_NO_MEMORY;
	if (region_find(parent, today) == NULL)
		return RC_NOT_FOUND;
	n = region_children(parent, today, v, DIVISIONS_MAX);
	api_keep(x);
	j = api_open(x);
	api_place(&j, "parent", parent);
	json_begin_array(&j, "divisions");
	for (size_t i = 0; i < n && i < DIVISIONS_MAX; i++) {
		json_begin_object(&j, NULL);
		api_id(&j, "code", v[i]->place.code);
		json_str(&j, "level", level_key(v[i]->level));
		json_text(&j, "name", v[i]->name);
		json_text(&j, "name_en", v[i]->name_en);
		json_end_object(&j);
	}
	json_end_array(&j);
	return api_close(x, &j);
}

/* ---- points ------------------------------------------------------------------------------------------------ */

static void
put_degrees(struct json *j, const char *key, int64_t e6)
{
	char out[32];
	struct buf b;

	buf_init(&b, sizeof out);
	buf_printf(&b, "%s%lld.%06lld", e6 < 0 ? "-" : "", (long long)((e6 < 0 ? -e6 : e6) / 1000000),
	    (long long)((e6 < 0 ? -e6 : e6) % 1000000));
	json_text(j, key, buf_text(&b));
	buf_free(&b);
}

/* "estimate": a place of the demonstration, of no use to a navigator. */
static const char *
datum_key(enum geo_datum d)
{
	static const char *const keys[GEO_DATUM_COUNT] = { "unknown", "estimate", "wgs84", "gcj02", "bd09" };

	return (unsigned)d < GEO_DATUM_COUNT ? keys[d] : keys[0];
}

static void
put_point(struct exchange *x, struct json *j, const struct point *p)
{
	struct point_state state = point_state_at(p, x->ctx->now_ms, holidays_current());

	json_begin_object(j, NULL);
	json_text(j, "code", p->code);
	api_choice(x, j, "kind", point_kind_key(p->kind), point_kind_label(p->kind));
	json_text(j, "name", p->name);
	json_text(j, "name_en", p->name_en);
	json_text(j, "address", p->address);
	json_text(j, "phone", p->phone);
	api_place(j, "place", p->place);
	if (!geo_is_none(p->position)) {
		put_degrees(j, "lon", p->position.lon_e6);
		put_degrees(j, "lat", p->position.lat_e6);
		json_str(j, "datum", datum_key(p->position.datum));
	}
	json_text(j, "hours", point_hours_print(x->ctx->mem, p->hours, p->n_hours));
	json_bool(j, "open", state.open);
	json_bool(j, "uncertain", state.uncertain);
	api_moment(j, "open_until", state.until_ms);
	api_moment(j, "opens_next", state.next_ms);
	json_end_object(j);
}

enum rc
api_points(struct exchange *x)
{
	const struct points_ask *in = x->values;
	struct place within = in->place.code != 0 ? in->place : (struct place){ x->ctx->actor->city * INT64_C(100000000) };
	struct day today = day_of_moment(x->ctx->now_ms);
	struct point *v = NULL, serving;
	size_t n = 0;
	enum rc rc = network_list(x->ctx, (enum point_kind)in->kind, within, today, &v, &n);
	struct json j;

	if (rc != RC_OK)
		return rc;
	rc = network_serving(x->ctx, within, today, &serving);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	api_keep(x);
	j = api_open(x);
	json_text(&j, "serving", rc == RC_OK ? serving.code : TEXT_NONE);
	json_begin_array(&j, "points");
	for (size_t i = 0; i < n; i++)
		put_point(x, &j, &v[i]);
	json_end_array(&j);
	return api_close(x, &j);
}
