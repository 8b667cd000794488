/* circle_class: why is a village inside the circle, or not? */
#pragma once

#include "base/text.h"

/* Why a village counts as it does; only the first is inside. */
enum circle_class {
	CIRCLE_COVERED,   /* a point that is open at that moment is within the limit */
	CIRCLE_SHUT,      /* points are within the limit, none is open then */
	CIRCLE_EMPTY,     /* one within the limit is open, and by its roster nobody is on duty there then */
	CIRCLE_FAR,       /* no point within the limit */
	CIRCLE_UNSURE,    /* straight lines only, and the band of the estimate holds the limit */
	CIRCLE_OFF,       /* no street near enough to the position */
	CIRCLE_NOWHERE,   /* no position */
	CIRCLE_CLASSES
};
const char *circle_class_key(enum circle_class c);   /* "covered" */
const char *circle_class_label(enum circle_class c); /* T() */
enum circle_class circle_class_by_key(struct text key); /* CIRCLE_CLASSES: none of that name */
