/* What the pages of the roster share: words and choices. */
#include "supply/desk/roster_internal.h"

#define MONTHS 4

size_t
roster_counties(const struct exchange *x, const struct division *ret[static ROSTER_COUNTIES])
{
	struct place city = { x->ctx->actor->city * INT64_C(100000000) };
	const struct division *all[ROSTER_COUNTIES];
	size_t n = region_list(city, PLACE_COUNTY, desk_today(x), all, ROSTER_COUNTIES), kept = 0;

	for (size_t i = 0; i < n && i < ROSTER_COUNTIES; i++)
		if (place_range_has(x->ctx->actor->places, all[i]->place))
			ret[kept++] = all[i];
	return kept;
}

struct text
roster_month_text(const struct exchange *x, int month)
{
	return arena_format(x->ctx->mem, "%d-%02d", month / 100, month % 100);
}

struct text
roster_day_text(const struct exchange *x, struct day d)
{
	struct ymd y = day_to_ymd(d);

	return day_is_none(d) ? TEXT("") : arena_format(x->ctx->mem, "%02d-%02d %s", y.month, y.day, msg(x->ctx->lang, ui_weekday_label(d)));
}

struct text
roster_plan_path(const struct exchange *x, int64_t plan, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/roster/%lld%s", (long long)plan, tail);
}

struct text
roster_visit_path(const struct exchange *x, const struct duty_slot *s)
{
	return arena_format(x->ctx->mem, "/desk/roster/%lld/visit/%u", (long long)s->plan, s->slot);
}

struct text
roster_where(const struct exchange *x, const struct duty_slot *s)
{
	struct text place = region_name(s->place);
	struct point p;

	if (!s->seat)
		return place;
	return network_find(x->ctx, s->point, &p) == RC_OK ? desk_join(x, desk_name(x, p.name, p.name_en), desk_say(x, T("窗口值班"))) : place;
}

struct text
roster_hours(const struct exchange *x, int64_t minutes)
{
	bool whole = minutes % 60 == 0;

	return arena_format(x->ctx->mem, "%lld %s", (long long)(whole ? minutes / 60 : minutes), msg(x->ctx->lang, whole ? T("小时") : T("分钟")));
}

int
roster_month_query(const struct exchange *x, int usual)
{
	struct text t = desk_query(x, "month");
	int64_t n = 0;
	struct day first;
	uint32_t days;

	return int64_parse(t, 200001, 299912, &n) == RC_OK && duty_month_days((int)n, &first, &days) == RC_OK ? (int)n : usual;
}

void
roster_trouble(struct exchange *x, struct html *h)
{
	for (size_t i = 0; i < x->findings.n; i++)
		if (x->findings.v[i].field[0] == '\0')
			ui_notice(h, UI_LATE, NULL, finding_text(x->ctx->mem, x->ctx->lang, &x->findings.v[i]));
}

void
roster_put_month(struct exchange *x, struct html *h, const struct field *f, int64_t typed)
{
	struct ui_option v[MONTHS];
	struct day d = desk_today(x);

	for (int i = 0; i < MONTHS; i++) {
		int month = duty_month_of(day_add_months(d, i));

		v[i].value = arena_format(x->ctx->mem, "%d", month);
		v[i].label = roster_month_text(x, month);
		v[i].group = TEXT_NONE;
	}
	ui_field_select(h, f, v, MONTHS, desk_int(x, typed), findings_of(&x->findings, f->key));
}

void
roster_put_county(struct exchange *x, struct html *h, const struct field *f, struct place typed)
{
	const struct division *county[ROSTER_COUNTIES];
	struct ui_option v[ROSTER_COUNTIES];
	size_t n = roster_counties(x, county);

	for (size_t i = 0; i < n; i++) {
		v[i].value = arena_format(x->ctx->mem, "%lld", (long long)county[i]->place.code);
		v[i].label = desk_name(x, county[i]->name, county[i]->name_en);
		v[i].group = TEXT_NONE;
	}
	ui_field_select(h, f, v, n, desk_int(x, typed.code), findings_of(&x->findings, f->key));
}
