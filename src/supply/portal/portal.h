/*
 * portal: what does a resident see?  The home page that begins with what happened to somebody (S28),
 * asking for help in four pages, the receipt, the progress of one's own request, the points of service,
 * the catalogue.  No log-in: a receipt's code is the way back in.  Drafts lie on the server under the
 * browser's cookie.
 *
 * Cookies: "place" (a division code: where somebody looked for a point), "receipt" (the code shown last;
 * ends with the browser).
 */
#pragma once

#include "kit/db/db.h"
#include "kit/http/http.h"
#include "standards/sheet/sheet.h"

extern const struct route portal_routes[];
extern const size_t portal_routes_n;
extern const struct db_set portal_sql;
extern const struct sheet_kind topic_sheet; /* topics of rights (topic.h) */
