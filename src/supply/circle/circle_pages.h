/*
 * circle_pages: what a person sees of the half-hour circle: the map and the figures by mode, limit and
 * moment, a village with what is near it, a pin that is moved, where the next points should stand, the
 * report of a county, and the same as JSON.  Every page works without JavaScript and says whose network
 * and positions its figures rest on.
 */
#pragma once

#include "kit/http/http.h"

extern const struct route circle_routes[];
extern const size_t circle_routes_n;
