/*
 * desk: with what do those who handle cases work?  Log-in, the queue with its panel, intake on one
 * screen, the 12348 call page, and the page of a case with every step that can be taken from it.
 * Pages only: what may be done, and what it does, is judged by the use cases of operations/.
 *
 * Cookies: "session"; "desk-receipt" (the code of the receipt shown last, until it is printed).
 */
#pragma once

#include "kit/db/db.h"
#include "kit/html/html.h"
#include "kit/http/http.h"
#include "operations/request/request.h"

/* Parts of other wings on pages of the desk, set once by app; any may be NULL. */
struct desk_hooks {
	/* On the page of a closed case: how it was rated. */
	void (*after_close)(struct html *h, struct exchange *x, struct case_id id);
	/* Bad reviews the actor must look into, for the queue's chip; negative: not shown. */
	int64_t (*follow_ups)(struct exchange *x);
	int64_t (*complaints)(struct exchange *x); /* that wait for the actor; -1 unknown */
	/* On the page of legal aid of a case, and where its subsidy is decided: how it was judged. */
	void (*aid_quality)(struct html *h, struct exchange *x, struct case_id id);
	/* Beside a candidate for a case: how their cases were judged; empty: never. */
	struct text (*provider_quality)(struct exchange *x, int64_t provider);
};
void desk_hooks_set(const struct desk_hooks *hooks);

extern const struct route desk_mediation_routes[];
extern const size_t desk_mediation_routes_n;

extern const struct route desk_routes[], desk_aid_routes[], desk_hours_routes[];
extern const struct route desk_roster_routes[];
extern const size_t desk_roster_routes_n;
extern const size_t desk_routes_n, desk_aid_routes_n, desk_hours_routes_n;
extern const struct db_set desk_sql, roster_seats_sql;
