/* roster_board_internal: the month board, fairness and versions, as pages of the desk. */
#pragma once

#include "resources/duty/duty_look.h"
#include "supply/desk/roster_internal.h"

struct roster_put_values { struct text to, why; int64_t slot, revision, by; };
struct roster_undo_values { int64_t change, by; };
struct roster_cover_values { int64_t provider; struct text licence, why; struct day from, to; };
struct roster_seats_values { struct text point; int day; int64_t weeks, talk, within, share, patience; };
struct roster_seat_values { struct text licence, point, why; struct day day; };
struct roster_activity_values {
	struct text name, name_en, words, ends_in, stops;
	int kind;
	uint64_t weekdays, nth;
	bool rest;
	struct day from, to;
	struct place county;
	int64_t id, revision;
};
extern const struct form roster_put_form, roster_undo_form, roster_seats_form, roster_seat_form, roster_activity_form, roster_cover_form;

http_handler roster_board_page, roster_board_post, roster_undo_post, roster_candidates_json, roster_fair_page, roster_compare_page,
    roster_seats_page, roster_seat_post, roster_activities_page, roster_activities_post, roster_cover_page, roster_cover_post;
/* "PROVIDER.DAY" */
/* Activities of a village and its town; nothing where there are none. */
enum rc roster_put_activities(struct exchange *x, struct html *h, struct place at);
/* The same of a county as rows of the board; column: one more before the days. */
enum rc roster_put_activity_rows(struct exchange *x, struct html *h, struct place county, int month, bool column);
enum rc roster_to_read(struct text t, int64_t *provider, struct day *day);
