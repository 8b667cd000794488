/* roster_internal: who is on duty where, as pages of the desk. */
#pragma once

#include "resources/duty/duty.h"
#include "resources/provider/provider.h"
#include "supply/desk/desk_internal.h"

#define ROSTER_COUNTIES 40

struct roster_new_values { struct place county; int64_t month, seed; };
struct roster_pin_values { struct place county, place; int64_t month; struct text licence, why; struct day day; };
struct roster_drop_values { struct place county; int64_t month, pin; };
struct roster_village_values { struct text licence, ends_in; int64_t visits, minutes, revision; uint64_t weekdays, nth; bool market; };
struct roster_window_values { struct place county; struct text point; int64_t need, minutes; uint64_t weekdays; };
struct roster_publish_values { int64_t revision; };
struct roster_move_values { struct text to, why; int64_t revision; };
struct roster_sick_values { int64_t provider, hash; struct day from, to; struct text why; };
struct roster_away_values { struct day from, to; struct text reason; };
struct roster_ask_values { struct text to, why; int64_t with, revision; };
struct roster_take_values { int64_t step, revision; struct text words; };
extern const struct form roster_new_form, roster_pin_form, roster_drop_form, roster_village_form, roster_window_form, roster_publish_form,
    roster_move_form, roster_sick_form, roster_away_form, roster_sign_form, roster_log_form, roster_ask_form, roster_take_form,
    roster_duty_ask_form;

http_handler roster_list_page, roster_new_page, roster_new_post, roster_gaps_page, roster_pins_page, roster_pins_post, roster_drop_post,
    roster_village_page, roster_village_post, roster_windows_page, roster_windows_post, roster_plan_page, roster_publish_post,
    roster_visit_page, roster_visit_post, roster_sick_page, roster_sick_post, roster_mine_page, roster_away_post, roster_point_page,
    roster_log_page, roster_sign_post, roster_log_post, roster_confirm_post, roster_ask_page, roster_ask_post,
    roster_swap_page, roster_swap_post, roster_swaps_page, roster_duty_ask_post, roster_point_poster, roster_village_poster;

/* Counties of the actor's jurisdiction. */
size_t roster_counties(const struct exchange *x, const struct division *ret[static ROSTER_COUNTIES]);
/* "2026-07". */
struct text roster_month_text(const struct exchange *x, int month);
struct text roster_day_text(const struct exchange *x, struct day d);      /* "07-14 周二" */
struct text roster_plan_path(const struct exchange *x, int64_t plan, const char *tail);
struct text roster_visit_path(const struct exchange *x, const struct duty_slot *s);
/* The village, or the centre with its window. */
struct text roster_where(const struct exchange *x, const struct duty_slot *s);
struct text roster_hours(const struct exchange *x, int64_t minutes);       /* "3 小时", "90 分钟" */
/* "2026-07" or a number out of the query; `usual` otherwise. */
int roster_month_query(const struct exchange *x, int usual);
/* What stood in findings without a field. */
void roster_trouble(struct exchange *x, struct html *h);
/* A choice of months from this one on, and of counties. */
void roster_put_month(struct exchange *x, struct html *h, const struct field *f, int64_t typed);
void roster_put_county(struct exchange *x, struct html *h, const struct field *f, struct place typed);
/* A table of swaps, each row leading to its page. */
void roster_put_swaps(struct exchange *x, struct html *h, const char *caption, const struct duty_swap *v, size_t n);
