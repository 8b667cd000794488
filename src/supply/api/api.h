/*
 * api: how do programs of other offices and apps of residents ask and hand in, in JSON?
 *
 * Public: items, divisions, points, a request, its progress by the receipt's code (header
 * X-Receipt-Code, so that it stands in no log of addresses).  Staff: queue, supervision orders and steps of a case, with
 * the desk's session and the header X-CSRF-Token.  Errors are problem+json (RFC 9457) by the gate.
 * Whatever writes wants the header Idempotency-Key, 32 random hexadecimal digits: a repeat answers
 * the same.  Ids are strings, since 63 bits do not fit a number of JavaScript.  Moments are ISO 8601.
 */
#pragma once

#include "kit/http/http.h"

extern const struct route api_routes[];
extern const size_t api_routes_n;
