/* Small words of the pages of advisers' scores. */
#include "evaluation/page/score_page_internal.h"

#include "resources/identity/identity.h"
#include "standards/region/region.h"

#define BACK 4        /* quarters before this one that are offered */
#define COUNTIES 40

struct text
score_points(const struct exchange *x, int64_t n)
{
	return n < 0 ? TEXT("–") : arena_format(x->ctx->mem, "%lld.%02lld", (long long)(n / 100), (long long)(n % 100));
}

struct text
score_yuan(const struct exchange *x, int64_t fen)
{
	return score_points(x, fen);
}

int
score_period_query(const struct exchange *x)
{
	struct day first, last, today = day_of_moment(x->ctx->now_ms);
	int64_t n = 0;

	if (int64_parse(qp_query(x, "period"), 20000, 21994, &n) == RC_OK && score_period_days((int)n, &first, &last) && first.n <= today.n)
		return (int)n;
	return score_period_of(today);
}

struct text
score_grade_name(const struct exchange *x, const struct score *s)
{
	return s->marks.grade < 0 ? TEXT("–") : arena_text(x->ctx->mem, text_of(s->scheme->grade[s->marks.grade].name));
}

enum ui_tone
score_tone(const struct score *s)
{
	if (s->marks.total < 0)
		return UI_INFO;
	return s->marks.total < s->scheme->renew ? UI_LATE : s->marks.grade == 0 ? UI_OK : UI_PLAIN;
}

struct text
score_path(const struct exchange *x, int64_t contract, int period, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/advisors/scores/%lld%s?period=%d", (long long)contract, tail, period);
}

struct place
score_place_query(const struct exchange *x)
{
	const struct actor *a = x->ctx->actor;
	const struct division *v[COUNTIES];
	struct place p, city = { a->city * INT64_C(100000000) };
	size_t n;

	if (place_parse(qp_query(x, "place"), &p) == RC_OK && place_level(p) >= PLACE_COUNTY && region_find(p, DAY_NONE) != NULL)
		return p;
	n = region_list(city, PLACE_COUNTY, DAY_NONE, v, COUNTIES);
	for (size_t i = 0; i < n && i < COUNTIES; i++) {
		struct place_range r = place_range(v[i]->place);

		if (a->places.lo >= r.lo && a->places.hi <= r.hi)
			return a->places.lo == r.lo ? v[i]->place : (struct place){ a->places.lo };
	}
	return n > 0 ? v[0]->place : city;
}

static void
county_chips(struct exchange *x, struct html *h, struct place within, int period, const char *path)
{
	const struct division *v[COUNTIES];
	struct ui_chip chips[COUNTIES];
	struct place city = { x->ctx->actor->city * INT64_C(100000000) };
	size_t n = region_list(city, PLACE_COUNTY, DAY_NONE, v, COUNTIES), shown = 0;

	for (size_t i = 0; i < n && i < COUNTIES; i++) {
		if (!place_range_has(x->ctx->actor->places, v[i]->place))
			continue;
		chips[shown] = (struct ui_chip){ .text = v[i]->name, .count = -1, .on = v[i]->place.code == place_up(within, PLACE_COUNTY).code,
			.href = arena_format(x->ctx->mem, "%s?place=%012lld&period=%d", path, (long long)v[i]->place.code, period) };
		shown++;
	}
	if (shown > 1)
		ui_chips(h, T("哪个县（市、区）"), chips, shown);
}

void
score_chips(struct exchange *x, struct html *h, struct place within, int period, const char *path)
{
	struct ui_chip chips[BACK + 3];
	int p = score_period_of(day_of_moment(x->ctx->now_ms)), year = p / 10 * 10;

	for (size_t i = 0; i <= BACK + 1; i++) {
		int one = i <= BACK ? p : year;

		chips[i] = (struct ui_chip){ .text = score_period_text(x->ctx->mem, x->ctx->lang, one), .count = -1, .on = one == period,
			.href = arena_format(x->ctx->mem, "%s?place=%012lld&period=%d", path, (long long)within.code, one) };
		p = score_period_before(p);
	}
	county_chips(x, h, within, period, path);
	ui_chips(h, T("哪一期"), chips, BACK + 2);
}

bool
score_trouble(struct exchange *x, enum rc rc, const char *conflict, struct text *ret)
{
	if (rc != RC_REFUSED && rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return false;
	x->out->status = http_status_of(rc);
	*ret = rc == RC_INVALID ? TEXT_NONE : qp_say(x, rc == RC_REFUSED ? T("定分的人不能决定自己定的分，请另一个人来。")
	    : rc == RC_DUPLICATE ? T("这一份以前已经提交过，这次没有再记。") : conflict);
	return true;
}

void
score_trouble_put(struct exchange *x, struct html *h, struct text why)
{
	if (why.n > 0)
		ui_notice(h, UI_LATE, NULL, why);
	for (size_t i = 0; i < x->findings.n; i++)
		if (x->findings.v[i].field[0] == '\0' || form_field(x->route->form, x->findings.v[i].field) == NULL)
			ui_notice(h, UI_LATE, NULL, finding_text(x->ctx->mem, x->ctx->lang, &x->findings.v[i]));
}
