/* provider_rule: pure parts of provider; see provider.h. */
#pragma once

#include "resources/provider/provider.h"

/* 4 to 40 digits, capitals and hyphens. */
bool licence_is_sound(struct text t);

/*
 * A lawyer's licence: 17 digits (type, place, year of the first licence at 6–9, category 1–9 at 10, sex 0 or 1 at 11, serial);
 * 12 digits before.  It has no check digit.  Numbers with letters in them are those of other papers: not judged.
 */
#define LAWYER_LICENCE 17
#define LAWYER_LICENCE_OLD 12
#define LICENCE_YEAR_MOST 2099  /* where the year is not known */
#define LAWYER_FIRST_YEAR 1979 /* the profession was restored */
enum licence_fault { LICENCE_FINE, LICENCE_LENGTH, LICENCE_YEAR, LICENCE_CATEGORY, LICENCE_SEX };
enum licence_fault lawyer_licence_judge(struct text t, int year_now);
/* Has a volunteer of that category the number of the paper it asks for? */
bool volunteer_shows_paper(int category, struct text qualification);
