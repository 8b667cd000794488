/*
 * idcard: is this a resident identity number?  GB 11643: six digits of area, eight of birth, three
 * of sequence (odd male), one check character by ISO 7064 MOD 11-2.  The area is never judged (codes
 * are abolished); the date must exist, from 1880-01-01 to today.  Pure.
 */
#pragma once

#include "base/day.h"

enum idcard_fault {
	IDCARD_FINE,
	IDCARD_LENGTH,   /* neither 15 nor 18 characters */
	IDCARD_DIGITS,   /* a character that cannot stand there */
	IDCARD_BIRTH,    /* no such day, before 1880, or after today */
	IDCARD_CHECK,    /* the last character does not match */
};

struct idcard {
	char number[19];   /* 18 characters, upper-case X, NUL */
	struct day born;
	int sex;           /* GB/T 2261.1: 1 male, 2 female */
};

/* Read 15 or 18 characters (lower-case x taken); 15 digits are turned into 18.  *ret only when FINE. */
enum idcard_fault idcard_read(struct text t, struct day today, struct idcard *ret);
/* The check character for 17 digits. */
char idcard_check_char(const char digits17[static 17]);
