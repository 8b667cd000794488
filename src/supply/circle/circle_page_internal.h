/* circle_page_internal: what the pages of the circle share. */
#pragma once

#include "kit/json/json.h"
#include "resources/circle/circle_plan.h"
#include "resources/identity/identity.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"
#include "supply/circle/circle_pages.h"
#include "supply/frame/frame.h"

/* ---- what is asked (circle_ask.c) -------------------------------------------------------------- */

enum { CIRCLE_ALWAYS = 8, CIRCLE_NOW = 9 }; /* beside the weekdays 1 to 7 */

struct circle_values {
	int mode, minutes, tier, day, time;
	struct place place;
	int64_t from;            /* row of the list of gaps */
	int class;               /* of that list; 0: all */
	struct text lon, lat, point;
	int64_t k, seed, with;
	int keep;                /* circle_keep_choices */
	int goal;                /* circle_goal_choices */
	struct text name;        /* of a plan */
};
extern const struct form circle_form;
extern const struct choice circle_mode_choices[], circle_minutes_choices[], circle_tier_choices[], circle_day_choices[],
    circle_keep_choices[], circle_goal_choices[];

/* The question, the city held, and its verdicts. */
struct circle_seen {
	const struct circle_city *city;
	struct circle_provider provider;
	struct circle_values v;              /* with what was left out filled in */
	struct circle_ask ask;
	struct place within;                 /* inside the reader's jurisdiction */
	const struct circle_view *view;
	const struct circle_verdict *verdict; /* of every village of the city */
	const struct circle_counted *who;
	uint32_t first, n;                   /* villages within */
	struct circle_sum sum;
};
/* RC_NOT_FOUND when the jurisdiction holds no place.  circle_seen_drop() in any case. */
enum rc circle_see(struct exchange *x, struct circle_seen *s);
/* The same city and place, for calls that anybody may make: the whole city. */
enum rc circle_see_all(struct exchange *x, struct circle_seen *s);
static inline void circle_seen_drop(struct circle_seen *s) { circle_city_drop(s->city); }
#define CIRCLE_SEEN __attribute__((cleanup(circle_seen_drop))) struct circle_seen
enum rc circle_see_values(struct exchange *x, const struct circle_values *given, struct place_range range,
    struct circle_seen *s);
enum rc circle_sum_within(struct exchange *x, const struct circle_seen *s, const struct circle_verdict *v, struct place p,
    struct circle_sum *ret);
/* PATH with the question behind it; `more` ("&k=6") last. */
struct text circle_url(struct exchange *x, const struct circle_seen *s, const char *path, struct place place, const char *more);
/* "?mode=…" hidden fields of a form. */
void circle_hidden(struct exchange *x, struct html *h, const struct circle_seen *s);
bool circle_asked_position(struct text lon, struct text lat, struct route_point *ret);

/* ---- words (circle_word.c) ------------------------------------------------------------------------ */

struct text circle_say(const struct exchange *x, const char *zh);
struct text circle_int(struct exchange *x, int64_t n);
struct text circle_grouped(struct exchange *x, int64_t n);
struct text circle_percent(struct exchange *x, int64_t permille);       /* "92.3%", "—" for -1 */
struct text circle_minutes(struct exchange *x, uint32_t low, uint32_t high); /* "12 分钟", "9–21 分钟", "60 分钟以上" */
struct text circle_day_text(struct exchange *x, struct day d);
struct text circle_moment(struct exchange *x, const struct circle_seen *s);  /* "2026-06-30 周二 19:00" */
struct text circle_name(const struct exchange *x, struct text zh, struct text en);
const char *circle_unit(const struct circle_seen *s);                       /* T("人") or T("村（社区）") */
/* Whose figures, by what, and what they do not say. */
void circle_put_legend(struct exchange *x, struct html *h, const struct circle_seen *s);
struct text circle_staff_text(struct exchange *x, const struct circle_seen *s);
void circle_put_doubts(struct exchange *x, struct html *h, const struct circle_seen *s);

/* ---- parts of pages --------------------------------------------------------------------------------- */

void circle_put_stats(struct exchange *x, struct html *h, const struct circle_seen *s, const struct circle_sum *sum);
enum rc circle_put_places(struct exchange *x, struct html *h, const struct circle_seen *s);
enum ui_tone circle_tone(enum circle_class c);
/* Villages of `within` as a picture that prints; pins: extra marks. */
struct circle_mark { struct route_point at; struct text label; };
void circle_put_svg(struct exchange *x, struct html *h, const struct circle_seen *s, const struct circle_mark *mark, size_t n);
/* Where the picture for the mouse comes to stand, when there is JavaScript. */
void circle_put_canvas(struct exchange *x, struct html *h, const struct circle_seen *s, bool pin);
void circle_sum_json(struct json *j, const char *key, const struct circle_seen *s, const struct circle_sum *sum);

http_handler circle_page, circle_map_json, circle_village_page, circle_towns_page;
http_handler circle_pin_page, circle_pin_json;
http_handler circle_site_page, circle_site_post, circle_plans_page, circle_plan_page, circle_plan_draft_post;
http_handler circle_months_page, circle_months_post, circle_month_page;
http_handler circle_report_page, circle_report_xlsx, circle_api_coverage, circle_api_nearest, circle_api_isochrone;
extern const struct form circle_draft_form;

/* Two or three columns of figures side by side: what, then one a column. */
struct circle_column { const char *label; struct text name; const struct circle_sum *sum; };
void circle_put_compared(struct exchange *x, struct html *h, const struct circle_seen *s, const struct circle_column *v, size_t n);
struct text circle_gini_text(struct exchange *x, int64_t permille);
struct text circle_p90_text(struct exchange *x, int64_t seconds);
struct text circle_points_text(struct exchange *x, int64_t a, int64_t b); /* percentage points between */
