/* portal_internal: what the pages of residents share. */
#pragma once

#include "operations/intake/intake.h"
#include "resources/network/network.h"
#include "standards/catalogue/catalogue.h"
#include "standards/region/region.h"
#include "supply/frame/frame.h"
#include "supply/portal/ask_form.h"
#include "supply/portal/portal.h"

/* ---- small helps (portal.c) ---------------------------------------------------------------------- */

struct day portal_today(const struct exchange *x);
/* Where this browser looked last; code 0: not known, or no such place any more. */
struct place portal_place(const struct exchange *x);
void portal_place_keep(struct exchange *x, struct place p);
/* Data in two languages: the English where it is asked for and there is some. */
struct text portal_name(const struct exchange *x, struct text zh, struct text en);
/* T() text in the page's language as data. */
struct text portal_say(const struct exchange *x, const char *zh);
/* "还有 2 天" to the civil day of a deadline; "已过 1 天". */
struct text portal_days_left(const struct exchange *x, int64_t due_ms);
/* "今天 09:00", else "2026-06-30 09:00". */
struct text portal_when(const struct exchange *x, int64_t at_ms);
struct text portal_date_time(const struct exchange *x, int64_t at_ms);
/* "/ask?item=" + code */
struct text portal_path(const struct exchange *x, const char *before, struct text code);
/* "开到 17:00", "明天 09:00 开门"; empty when not known. */
struct text portal_open_words(const struct exchange *x, const struct point_state *s);
/* Cards of points, with what is open now. */
void portal_station(struct exchange *x, struct html *h, const struct point_near *near, bool on_its_page);
/* The same with the time it takes to get there, in words. */
void portal_station_way(struct exchange *x, struct html *h, const struct point_near *near, struct text way, bool on_its_page);
/* Points near a place; at most cap. */
/* Advisers of the villages that the point serves today; nothing where there are none (point_advisor.c). */
enum rc portal_put_activities(struct exchange *x, struct html *h, struct place at);
enum rc portal_put_roster(struct exchange *x, struct html *h, const struct point *p);
enum rc portal_put_advisors(struct exchange *x, struct html *h, const struct point *p);
enum rc portal_near(struct exchange *x, struct place p, struct point_near *ret, size_t cap, size_t *ret_n);
/* Links to the places right below p, each "/points?place=CODE". */
void portal_places(struct exchange *x, struct html *h, const char *label, struct place p);
struct place portal_city(const struct exchange *x);
/* The item's revision in force today; RC_NOT_FOUND also when it is withdrawn. */
enum rc portal_item(struct exchange *x, struct text code, struct item *ret);
/* A call button: tel:. */
void portal_call(struct html *h, struct text phone);

/* ---- pages ------------------------------------------------------------------------------------------ */

http_handler home_page;
http_handler ask_what_page, ask_what_post, ask_where_page, ask_where_post, ask_who_page, ask_who_post;
http_handler ask_check_page, ask_check_post, ask_draft_post, ask_clear_post;
http_handler my_page, my_post, my_receipt_page, my_paper_page, paper_check_page, my_say_post, my_withdraw_post, my_files_post, my_leave_post, my_notices_post;
http_handler my_legalaid_page, my_legalaid_post, my_legalaid_say_post, my_legalaid_calendar, my_legalaid_form_page, my_legalaid_form_post;
http_handler my_mediation_page, my_mediation_post;
http_handler receipt_link_page;
http_handler rate_page, rate_post;
http_handler complaint_numbers_page, complain_page, complain_post, complaint_my_page, complaint_my_post;
http_handler points_page, point_page, points_here_post;
extern const struct form here_form;
/*
 * The nearest points by the road, those open now first (near_page.c); `action` is the address of the chips of modes,
 * empty: none.  False, and nothing written: no road near, no position, or the times cannot be had.
 */
bool portal_near_way(struct exchange *x, struct html *h, struct geo at, const char *action);
/* The button that asks the phone where it is; hidden without JavaScript. */
void portal_put_here(struct exchange *x, struct html *h);
/* Who answers for a point at this hour, and who next (hours_page.c). */
enum rc portal_put_duty(struct exchange *x, struct html *h, const struct point *p);
http_handler missed_page, missed_post;
extern const struct form missed_form;
http_handler topics_page, topic_page;
http_handler items_page, item_page;
http_handler privacy_page, about_page;
http_handler check_page, check_post;
/* The way to the self-check of an item, where there is one. */
void check_link(struct exchange *x, struct html *h, struct text item);

extern const struct form my_aid_form, my_aid_words_form, my_form, my_say_form, my_withdraw_form, rate_form, complain_form, complaint_my_form;
extern const struct form my_mediation_form;

/* ---- a receipt (receipt_flow.c) ---------------------------------------------------------------------- */

/* The resident with the receipt in the cookie; ctx is a copy that acts as them. */
struct receipt {
	struct actor actor;
	struct ctx ctx;
	struct text code;    /* in groups of four */
	int64_t wait_s;      /* RC_TOO_MANY */
};
/* RC_NOT_FOUND: no cookie, or no such code. */
enum rc receipt_enter(struct exchange *x, struct receipt *ret);
/* The same; without a receipt, back to the page that asks for its code (*ret_in false, RC_OK). */
enum rc receipt_enter_or_ask(struct exchange *x, struct receipt *ret, bool *ret_in);
enum rc receipt_enter_code(struct exchange *x, struct text code, struct receipt *ret);
void receipt_keep(struct exchange *x, struct text code);
void receipt_forget(struct exchange *x);
